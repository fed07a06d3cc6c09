package textenc

import (
	"bytes"
	"unicode/utf8"
)

// Mixed returns where in text, which was decoded from e, there is Russian in UTF-8 instead, or -1: files are put
// together from others, and such words come out as "РђРЅРЅР°". It says nothing of texts without the commonest vowels.
func (e Encoding) Mixed(text []byte) int {
	if e != CP1251 && e != KOI8R && e != CP866 {
		return -1
	}
	for _, p := range &misread[e] {
		for at := 0; ; {
			i := bytes.Index(text[at:], p)
			if i < 0 {
				break
			}
			i += at
			at = i + len(p)
			// One such pair may be chance; the letter beside it is read wrong as well.
			if _, ok := e.pair(text[at:]); ok || e.pairBefore(text[:i]) {
				return i
			}
		}
	}
	return -1
}

// misread says how the commonest vowels in UTF-8 come out of other encodings.
var misread = func() (m [CP866 + 1][4][]byte) {
	for e := CP1251; e <= CP866; e++ {
		for i, vowel := range []string{"а", "е", "и", "о"} {
			for k := range len(vowel) {
				c := tables[e].to[vowel[k]]
				for n := range c >> 24 {
					m[e][i] = append(m[e][i], byte(c>>(8*n)))
				}
			}
		}
	}
	return m
}()

// pair says whether text begins with a Russian letter in UTF-8, decoded from e.
func (e Encoding) pair(text []byte) (n int, ok bool) {
	first, k := utf8.DecodeRune(text)
	second, l := utf8.DecodeRune(text[k:])
	a, b := e.of(first), e.of(second)
	return k + l, (a == 0xD0 || a == 0xD1) && b >= 0x80 && b < 0xC0
}

func (e Encoding) pairBefore(text []byte) bool {
	_, n := utf8.DecodeLastRune(text)
	_, m := utf8.DecodeLastRune(text[:len(text)-n])
	_, ok := e.pair(text[len(text)-n-m:])
	return ok
}

// of returns the byte that a character was, 0 if it was none.
func (e Encoding) of(r rune) byte {
	if t := tables[e]; int(r) < len(t.from) {
		return t.from[r]
	}
	return 0
}
