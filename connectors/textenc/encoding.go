// Package textenc turns the bytes of text files into UTF-8 and back, byte for byte.
//
// Every encoding is a bijection: what a Reader decodes, Encode writes as it was, broken bytes included.
// A byte order mark is the character U+FEFF like any other.
package textenc

import (
	"encoding/binary"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// An Encoding says how text is written in bytes. The zero value is UTF-8.
type Encoding uint8

// The encodings that Russian text comes in.
const (
	UTF8 Encoding = iota
	CP1251
	KOI8R
	CP866
	UTF16LE
	UTF16BE
)

var names = [...]string{"utf-8", "windows-1251", "koi8-r", "cp866", "utf-16le", "utf-16be"}

func (e Encoding) String() string { return names[e] }

// Parse returns the encoding of a name such as "cp1251" or "UTF-16LE".
func Parse(name string) (Encoding, bool) {
	name = strings.ToLower(strings.NewReplacer("_", "-", " ", "-").Replace(name))
	switch name {
	case "utf8":
		return UTF8, true
	case "cp1251", "1251", "windows1251", "win-1251", "win1251":
		return CP1251, true
	case "koi8r", "koi8":
		return KOI8R, true
	case "ibm866", "866", "dos":
		return CP866, true
	case "utf-16", "utf16", "utf16le":
		return UTF16LE, true
	case "utf16be":
		return UTF16BE, true
	}
	for i, n := range names {
		if n == name {
			return Encoding(i), true
		}
	}
	return UTF8, false
}

// An EncodeError says that an encoding has no place for a character. It never holds the character.
type EncodeError struct {
	Encoding Encoding
	Class    string // "a letter", "a symbol"
}

func (e *EncodeError) Error() string { return e.Encoding.String() + " cannot write " + e.Class }

// Encode appends text, which is UTF-8 as a Reader made it, in encoding e. What e cannot write is an
// *EncodeError, and dst comes back as it was.
func (e Encoding) Encode(dst, text []byte) ([]byte, error) {
	switch e {
	case UTF8:
		return append(dst, text...), nil
	case UTF16LE:
		return encode16(dst, text, binary.LittleEndian, e)
	case UTF16BE:
		return encode16(dst, text, binary.BigEndian, e)
	}
	return encode8(dst, text, e)
}

// EncodeTail encodes buf[from:] in place: the bytes behind from are UTF-8 and come back in encoding e.
// It is for writers that build UTF-8 behind what they were given.
func (e Encoding) EncodeTail(buf []byte, from int) ([]byte, error) {
	if e == UTF8 {
		return buf, nil
	}
	end := len(buf)
	out, err := e.Encode(buf, buf[from:end])
	if err != nil {
		return buf[:from], err
	}
	n := copy(out[from:], out[end:])
	return out[:from+n], nil
}

func encode8(dst, text []byte, e Encoding) ([]byte, error) {
	t := tables[e]
	at := len(dst)
	dst = slices.Grow(dst, len(text)) // it only shrinks
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			dst = append(dst, c)
			i++
			continue
		}
		if c >= 0xC2 && c < 0xE0 && i+1 < len(text) && text[i+1]&0xC0 == 0x80 { // two bytes: nearly all of Cyrillic
			if x := t.from[int(c&0x1F)<<6|int(text[i+1]&0x3F)]; x != 0 {
				dst = append(dst, x)
				i += 2
				continue
			}
		}
		r, n := utf8.DecodeRune(text[i:])
		if int(r) >= len(t.from) || t.from[r] == 0 || r == utf8.RuneError {
			return dst[:at], &EncodeError{Encoding: e, Class: class(r, n)}
		}
		dst = append(dst, t.from[r])
		i += n
	}
	return dst, nil
}

// encode16 also takes lone surrogates (as if they were characters of three bytes) and the odd last byte.
func encode16(dst, text []byte, order binary.AppendByteOrder, e Encoding) ([]byte, error) {
	at := len(dst)
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			dst = order.AppendUint16(dst, uint16(c))
			i++
			continue
		}
		if i+2 < len(text) && c == 0xED && text[i+1] >= 0xA0 && text[i+1] < 0xC0 && text[i+2]&0xC0 == 0x80 {
			dst = order.AppendUint16(dst, 0xD000|uint16(text[i+1]&0x3F)<<6|uint16(text[i+2]&0x3F))
			i += 3
			continue
		}
		if c == oddByte && i+3 == len(text) {
			dst = append(dst, text[i+1]<<4|text[i+2]&0x0F)
			i += 3
			continue
		}
		r, n := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && n == 1 {
			return dst[:at], &EncodeError{Encoding: e, Class: class(r, n)}
		}
		if r >= 0x10000 {
			r -= 0x10000
			dst = order.AppendUint16(dst, 0xD800|uint16(r>>10))
			r = 0xDC00 | r&0x3FF
		}
		dst = order.AppendUint16(dst, uint16(r))
		i += n
	}
	return dst, nil
}

// oddByte stands before the two halves of a last byte that is not a whole UTF-16 unit. It is no UTF-8.
const oddByte = 0xFF

func class(r rune, n int) string {
	switch {
	case r == utf8.RuneError && n == 1:
		return "bytes that are no UTF-8"
	case unicode.Is(unicode.Cyrillic, r):
		return "a Cyrillic letter outside the Russian alphabet"
	case unicode.IsLetter(r):
		return "a letter of another alphabet"
	case unicode.IsDigit(r):
		return "a digit of another script"
	case unicode.IsMark(r):
		return "a combining mark"
	case unicode.IsPunct(r):
		return "a punctuation mark"
	case unicode.IsSpace(r):
		return "a kind of space"
	case unicode.IsSymbol(r):
		return "a symbol"
	}
	return "a control or unassigned character"
}

// Append1251 appends a text in windows-1251 as UTF-8, for sources that hold single values in it. 0x98, which means
// nothing there, is its own number.
func Append1251[T string | []byte](dst []byte, text T) []byte {
	for i := range len(text) {
		var b [4]byte
		binary.LittleEndian.PutUint32(b[:], tables[CP1251].to[text[i]])
		dst = append(dst, b[:b[3]]...)
	}
	return dst
}

// A table holds both directions of an 8-bit encoding.
type table struct {
	to   [256]uint32  // UTF-8, first byte lowest, and its length in the highest byte
	from [0x2600]byte // 0: no such character; NUL itself is ASCII and never looked up
}

var tables = [...]*table{
	CP1251: newTable(charmap.Windows1251),
	KOI8R:  newTable(charmap.KOI8R),
	CP866:  newTable(charmap.CodePage866),
}

// newTable reads a charmap. A byte that has no character there stands for the control character of its number.
func newTable(m *charmap.Charmap) *table {
	t := new(table)
	for i := range t.to {
		r := m.DecodeByte(byte(i))
		if r == utf8.RuneError {
			r = rune(i)
		}
		var b [4]byte
		b[3] = byte(utf8.EncodeRune(b[:3], r))
		t.to[i] = binary.LittleEndian.Uint32(b[:])
		t.from[r] = byte(i)
	}
	return t
}
