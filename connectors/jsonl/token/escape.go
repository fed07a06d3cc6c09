package token

import (
	"bytes"
	"errors"
	"unicode/utf8"

	"bezlik/connectors"
)

// Step reads one step of a string between quotes: how many raw bytes stand for how many decoded bytes.
// Every escape is at least as long as what it stands for; zero bytes stand for nothing. What is no
// escape stands for itself.
func Step(raw []byte) (nraw, ndec int) {
	if raw[0] != '\\' {
		if raw[0] == 0 {
			return 1, 0
		}
		return 1, 1
	}
	var buf [4]byte
	nraw, dec := unescape(buf[:0], raw)
	return nraw, len(dec)
}

// decode decodes s in place and returns how many bytes remain.
func decode(s []byte) int {
	w := 0
	for r := 0; r < len(s); {
		if s[r] != '\\' {
			if s[r] != 0 {
				s[w] = s[r]
				w++
			}
			r++
			continue
		}
		n, dec := unescape(s[:w], s[r:])
		r, w = r+n, len(dec)
	}
	return w
}

var simple = [256]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', '\'': '\''}

// unescape appends what the escape at the start of raw stands for and returns how long it is.
// dst may lie in front of raw in the same memory.
func unescape(dst, raw []byte) (int, []byte) {
	if len(raw) < 2 {
		return 1, append(dst, '\\')
	}
	switch c := raw[1]; c {
	case 'u':
		r := hex(raw, 2, 4)
		switch {
		case r < 0:
			return 1, append(dst, '\\')
		case r == 0:
			return 6, dst
		case r >= 0xd800 && r < 0xdc00:
			if len(raw) >= 12 && raw[6] == '\\' && raw[7] == 'u' {
				if low := hex(raw, 8, 4); low >= 0xdc00 && low < 0xe000 {
					return 12, utf8.AppendRune(dst, (r-0xd800)<<10|(low-0xdc00)+0x10000)
				}
			}
		}
		return 6, utf8.AppendRune(dst, r) // a lone surrogate becomes U+FFFD
	case 'x': // Telegram Desktop writes control bytes so, web servers write bytes so
		r := hex(raw, 2, 2)
		switch {
		case r < 0:
			return 1, append(dst, '\\')
		case r == 0:
			return 4, dst
		case r >= 0x80:
			if n, seq := byteRun(dst, raw); n > 0 {
				return n, seq
			}
		}
		return 4, utf8.AppendRune(dst, r)
	default:
		if simple[c] == 0 {
			return 1, append(dst, '\\')
		}
		return 2, append(dst, simple[c])
	}
}

// byteRun appends one character written as several \xHH, if raw begins with one.
func byteRun(dst, raw []byte) (int, []byte) {
	var ch [utf8.UTFMax]byte
	for n := 0; n < len(ch) && len(raw) >= 4*n+4 && raw[4*n] == '\\' && raw[4*n+1] == 'x'; n++ {
		b := hex(raw, 4*n+2, 2)
		if b < 0x80 {
			break
		}
		ch[n] = byte(b)
		if r, size := utf8.DecodeRune(ch[:n+1]); r != utf8.RuneError && size == n+1 {
			return 4 * size, append(dst, ch[:size]...)
		}
	}
	return 0, dst
}

// hex reads n hex digits at i; -1 says that they are none.
func hex(s []byte, i, n int) rune {
	if len(s) < i+n {
		return -1
	}
	var r rune
	for _, c := range s[i : i+n] {
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c >= 'a' && c <= 'f':
			c -= 'a' - 10
		case c >= 'A' && c <= 'F':
			c -= 'A' - 10
		default:
			return -1
		}
		r = r<<4 | rune(c)
	}
	return r
}

// Errors of edits that JSON cannot hold. They name no value.
var (
	errNull = errors.New("json: nothing can be written in the place of null")
	errPart = errors.New("json: a part of a number cannot be replaced by itself")
)

// Escape writes text into a cell so that the result stays JSON: between the quotes where there are
// some; bare in the place of a whole number or truth value if the text is one, and else as a string.
func Escape(dst, text []byte, c connectors.Cell, whole bool) ([]byte, error) {
	switch {
	case c.Type == connectors.Null || c.Type == connectors.Echo:
		return dst, errNull
	case c.Form != connectors.Plain || c.Type == connectors.Text:
		return AppendEscaped(dst, text), nil
	case !whole:
		return dst, errPart
	case IsNumber(text) || c.Type == connectors.Bool && (string(text) == "true" || string(text) == "false"):
		return append(dst, text...), nil
	}
	return AppendString(dst, text), nil
}

// AppendString appends text as a JSON string.
func AppendString(dst, text []byte) []byte {
	dst = append(dst, '"')
	dst = AppendEscaped(dst, text)
	return append(dst, '"')
}

// AppendEscaped appends text as it stands between the quotes of a JSON string.
func AppendEscaped(dst, text []byte) []byte {
	const digits = "0123456789abcdef"
	for len(text) > 0 {
		i := 0
		for i < len(text) && text[i] >= ' ' && text[i] != '"' && text[i] != '\\' {
			i++
		}
		dst = append(dst, text[:i]...)
		if i == len(text) {
			break
		}
		switch c := text[i]; c {
		case '"', '\\':
			dst = append(dst, '\\', c)
		case '\n':
			dst = append(dst, '\\', 'n')
		case '\r':
			dst = append(dst, '\\', 'r')
		case '\t':
			dst = append(dst, '\\', 't')
		default:
			dst = append(dst, '\\', 'u', '0', '0', digits[c>>4], digits[c&15])
		}
		text = text[i+1:]
	}
	return dst
}

// IsNumber says whether s is a number in JSON.
func IsNumber(s []byte) bool {
	if len(s) > 0 && s[0] == '-' {
		s = s[1:]
	}
	if len(s) == 0 {
		return false
	}
	n := digits(s)
	if n == 0 || n > 1 && s[0] == '0' {
		return false
	}
	if s = s[n:]; len(s) > 0 && s[0] == '.' {
		if n = digits(s[1:]); n == 0 {
			return false
		}
		s = s[n+1:]
	}
	if len(s) > 0 && s[0]|0x20 == 'e' {
		s = s[1:]
		if len(s) > 0 && (s[0] == '+' || s[0] == '-') {
			s = s[1:]
		}
		if n = digits(s); n == 0 {
			return false
		}
		s = s[n:]
	}
	return len(s) == 0
}

func digits(s []byte) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// literal says what a bare word is. Numbers that are no JSON but are written by others (NaN, a leading
// zero or plus sign) are numbers too.
func literal(s []byte) (t connectors.Type, ok bool) {
	if c := s[0]; c >= 'a' && c <= 'z' {
		switch string(s) {
		case "true", "false":
			return connectors.Bool, true
		case "null":
			return connectors.Null, true
		}
		return 0, false
	}
	if digits(s) == len(s) {
		return connectors.Int, true
	}
	u := bytes.TrimLeft(s, "+-")
	if len(s)-len(u) > 1 || len(u) == 0 {
		return 0, false
	}
	if string(u) == "NaN" || string(u) == "Infinity" {
		return connectors.Number, true
	}
	if n := digits(u); n > 1 && u[0] == '0' {
		u = u[n-1:] // leading zeros
	}
	return connectors.Number, IsNumber(u)
}

// unfinished says whether more bytes could make a literal of s.
func unfinished(s []byte) bool {
	for _, w := range [...]string{"true", "false", "null"} {
		if len(s) < len(w) && string(s) == w[:len(s)] {
			return true
		}
	}
	return len(bytes.Trim(s, "0123456789+-.eE")) == 0
}
