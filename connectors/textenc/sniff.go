package textenc

import (
	"bytes"
	"encoding/binary"
	"io"
	"math"
	"unicode/utf8"
)

// sniffSize is how much text the sniffer wants to see.
const sniffSize = 64 << 10

// Sniff guesses how text is encoded from the beginning of it, or from any place of an even offset: by the
// byte order mark, by the pattern of high bytes of UTF-16, by being valid UTF-8, and at last by how often
// letters are used in Russian. Whatever it says, decoding is reversible; plain ASCII is UTF-8.
func Sniff(head []byte) Encoding {
	switch {
	case bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")):
		return UTF8
	case bytes.HasPrefix(head, []byte("\xFF\xFE")):
		return UTF16LE
	case bytes.HasPrefix(head, []byte("\xFE\xFF")):
		return UTF16BE
	}
	if e := wide(head); e != UTF8 {
		return e
	}
	high := highByte(head)
	if high == len(head) {
		return UTF8
	}
	// The text before the first high byte says nothing, and a file may begin with megabytes of it.
	text := head[high:min(len(head), high+sniffSize)]
	good, double, bad := sequences(text, len(text) == len(head)-high)
	// A file that is mostly UTF-8 is UTF-8: what is broken in it is said, and the rest is read right. CP866, whose
	// р and с begin characters of three bytes, makes up for one letter in eight, but hardly any of two bytes.
	if bad == 0 || good > 4*bad || double > bad {
		return UTF8
	}
	best, most := CP1251, math.Inf(-1)
	for _, e := range []Encoding{CP1251, KOI8R, CP866} {
		if s := russian(text, scorers[e]); s > most {
			best, most = e, s
		}
	}
	return best
}

// SniffAt is Sniff for a file of any size: while its beginning is plain ASCII it looks further on.
func SniffAt(r io.ReaderAt, size int64) (Encoding, error) {
	buf := make([]byte, sniffSize)
	for at := int64(0); at < size; at += sniffSize {
		n, err := r.ReadAt(buf, at)
		if err != nil && err != io.EOF {
			return UTF8, err
		}
		if n == 0 {
			break
		}
		high := highByte(buf[:n])
		if at == 0 && wide(buf[:n]) != UTF8 || at == 0 && high < n {
			if high > sniffSize/2 && n == sniffSize { // little of it was seen
				k, err := r.ReadAt(buf, int64(high))
				if err != nil && err != io.EOF {
					return UTF8, err
				}
				return Sniff(buf[:k]), nil
			}
			return Sniff(buf[:n]), nil
		}
		if high < n {
			n, err = r.ReadAt(buf, at+int64(high))
			if err != nil && err != io.EOF {
				return UTF8, err
			}
			return Sniff(buf[:n]), nil
		}
	}
	return UTF8, nil
}

// highByte returns the index of the first byte that is not ASCII, or len(b).
func highByte(b []byte) int {
	i := 0
	for ; i+32 <= len(b); i += 32 {
		c := b[i : i+32 : i+32]
		w := binary.LittleEndian.Uint64(c) | binary.LittleEndian.Uint64(c[8:]) |
			binary.LittleEndian.Uint64(c[16:]) | binary.LittleEndian.Uint64(c[24:])
		if w&0x8080808080808080 != 0 {
			break
		}
	}
	for ; i < len(b); i++ {
		if b[i] >= utf8.RuneSelf {
			break
		}
	}
	return i
}

// wide tells UTF-16 without a mark by the high bytes of Latin (0) and Cyrillic (4) letters, which stand on one
// side only. It returns UTF8 for anything else.
func wide(head []byte) Encoding {
	head = head[:min(len(head), sniffSize)&^1]
	var side [2]int
	for i, c := range head {
		if c == 0 || c == 4 {
			side[i&1]++
		}
	}
	units := len(head) / 2
	switch {
	case units < 2:
	case side[1]*2 > units && side[0]*4 < side[1]:
		return UTF16LE
	case side[0]*2 > units && side[1]*4 < side[0]:
		return UTF16BE
	}
	return UTF8
}

// sequences counts the characters of several bytes in b, those of two among them, and the bytes that belong to
// none. Unless b is whole, its last character does not count.
func sequences(b []byte, whole bool) (good, double, bad int) {
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			if !utf8.FullRune(b[i:]) && i > 0 || !whole && i+utf8.UTFMax > len(b) {
				break
			}
			bad++
		} else {
			good++
			if n == 2 {
				double++
			}
		}
		i += n
	}
	return good, double, bad
}

// The classes of bytes in a scorer.
const (
	none  uint8 = iota // ASCII other than letters
	lower              // of the Cyrillic alphabet
	upper
	sign  // a letter that begins no word: ъ, ь, ы, in lower case
	other // anything else, Latin letters included
)

// A scorer knows how likely a byte is in Russian text.
type scorer struct {
	class  [256]uint8
	weight [256]float64
}

// The letters of Russian, а to я, and how often each is used, per 10,000 (the usual counts of the
// National Corpus of the Russian language, ё apart).
var frequency = [32]float64{801, 159, 454, 170, 298, 845, 94, 165, 735, 121, 349, 440, 321, 670, 1097, 281,
	473, 547, 626, 262, 26, 97, 48, 144, 73, 36, 4, 190, 174, 32, 64, 201}

var scorers = [...]*scorer{CP1251: newScorer(CP1251), KOI8R: newScorer(KOI8R), CP866: newScorer(CP866)}

func newScorer(e Encoding) *scorer {
	s := new(scorer)
	for i := range s.class {
		var b [4]byte
		binary.LittleEndian.PutUint32(b[:], tables[e].to[i])
		r, _ := utf8.DecodeRune(b[:b[3]])
		letter := func(at rune, class uint8) {
			s.class[i], s.weight[i] = class, math.Log(frequency[at]/312.5) // against all letters alike
			if class == lower && at >= 26 && at <= 28 {
				s.class[i] = sign
			}
		}
		switch {
		case r >= 'а' && r <= 'я':
			letter(r-'а', lower)
		case r >= 'А' && r <= 'Я':
			letter(r-'А', upper)
		case r == 'ё':
			s.class[i], s.weight[i] = lower, -2
		case r == 'Ё':
			s.class[i], s.weight[i] = upper, -2
		case r < utf8.RuneSelf:
			if r|0x20 >= 'a' && r|0x20 <= 'z' {
				s.class[i] = other
			}
		case r == '«' || r == '»' || r == '№' || r == '—' || r == '–' || r == 0xA0 || r == '…' || r == '“' || r == '”' || r == '„':
			s.class[i], s.weight[i] = none, -1
		case r >= 0x400 && r < 0x500: // Ukrainian, Belarusian, Serbian
			s.class[i], s.weight[i] = lower, -3
		default: // box drawing, signs
			s.class[i], s.weight[i] = other, -4
		}
	}
	return s
}

func russian(text []byte, s *scorer) float64 {
	sum, last := 0.0, none
	for _, c := range text {
		now := s.class[c]
		sum += s.weight[c]
		switch {
		case now == upper && (last == lower || last == sign): // иВАНОВ
			sum -= 3
		case now == upper && last == upper:
			sum -= 0.3
		case now == sign && last == none: // no word begins so
			sum -= 4
		case last == other && (now == lower || now == upper) || now == other && (last == lower || last == upper):
			sum -= 1
		}
		last = now
	}
	return sum
}
