package detectors

import (
	"encoding/binary"
	"math/bits"
	"strings"
)

// How an address is spelled: its words, and the signs and digits between them.

// An addressWord is a word of an address, or two that are looked up as one.
type addressWord struct {
	start, end int
	hash       uint64
	roles      addressRole
	letters    int
	tail       uint16 // codes of its last two letters
	capital    bool
	upper      bool // all capitals
	latin      bool
}

// word reads the word at i: letters, with hyphens between. Single letters that dots or slashes join are one word where
// that is known (а/я), and so are two words (Нижний Новгород).
func (r *addressReader) word(i int) addressWord {
	w := readAddressWord(r.a, i, addressSeed)
	if w.letters == 0 {
		return w
	}
	w.roles = r.words.find(w.hash)
	if b := r.a[w.end]; w.roles&roleFirst != 0 || w.letters == 1 && (b == '/' || b == '.') {
		r.compound(&w)
	}
	return w
}

// compound goes on with the letters or the second word that w is known with.
func (r *addressReader) compound(w *addressWord) {
	a := r.a
	if w.letters == 1 {
		h, e := w.hash, w.end
		for n := 1; n < 3 && (a[e] == '/' || a[e] == '.'); n++ {
			c, size := addressLetter(a, e+1)
			if c == 0 {
				break
			}
			if next, _ := addressLetter(a, e+1+size); next != 0 {
				break
			}
			h = addressHash(addressHash(h, slashed), uint64(c))
			e += 1 + size
			if roles := r.words.find(h); roles != 0 {
				w.end, w.hash, w.roles, w.letters = e, h, roles, n+1
			}
		}
	}
	if w.roles&roleFirst == 0 {
		return
	}
	e := w.end
	if w.latin && a[e] == '.' {
		e++
	}
	if n := spaceAt(a, e); n > 0 {
		second := readAddressWord(a, e+n, addressHash(w.hash, joined))
		if roles := r.words.find(second.hash); second.letters > 0 && roles != 0 {
			second.start, second.roles, second.capital = w.start, roles, w.capital
			second.letters += w.letters
			*w = second
		}
	}
}

// longestAddressWord is how far words that hyphens join are read, in bytes.
const longestAddressWord = 96

// readAddressWord reads the word at i and goes on with a hash.
func readAddressWord(a []byte, start int, h uint64) addressWord {
	var (
		i, letters     = start, 0
		tail           uint64
		capital, latin bool
		upper          = true
		codes          uint64 // of letters that the hash does not hold yet
		held           int    // how many
	)
	for i+8 <= len(a) { // four Cyrillic letters at a time, a lane of sixteen bits for each
		x := binary.LittleEndian.Uint64(a[i : i+8])
		u := x>>8&(0x3F*lane) | x&lane<<6
		n := russianLetters(x)
		if n == 0 {
			break
		}
		up := (64 - 16*n) & 63
		lanes := ^uint64(0) >> up
		small := (u + lanesTop - 0x30*lane) & lanesTop & lanes
		if letters == 0 {
			capital = small&0x8000 == 0
		}
		upper = upper && small == 0
		u = ((u+0x10*lane)&(0x1F*lane) + lane) & lanes
		last := u << up
		if n == 1 {
			last |= tail << 32
		}
		tail = last>>48 | last>>24&0xFF00
		u = (u | u>>10) & 0x00000FFF00000FFF
		codes = (u | u>>20) & 0xFFFFFF
		letters += n
		i += 2 * n
		if n < 4 {
			held = n
			break
		}
		h = addressHash(h, codes)
		codes = 0
	}
	for {
		b := a[i]
		var c byte
		size := 1
		big := false
		switch {
		case b&0xFE == 0xD0:
			c = foldCyrillic[b&1][a[i+1]&0x3F]
			size = 2
			big = b == 0xD0 && (a[i+1]-0x90 < 32 || a[i+1] == 0x81)
		case b|0x20-'a' < 26:
			c = foldASCII[b]
			big = b < 'a'
			latin = true
		case b == '-' && letters > 0 && i-start < longestAddressWord:
			if next, _ := addressLetter(a, i+1); next != 0 {
				c = joined
			}
		}
		if c == 0 {
			break
		}
		if c == joined {
			if held > 0 {
				h = addressHash(h, codes)
			}
			codes, held = 0, 0
			h = addressHash(h, joined)
			i++
			continue
		}
		if letters == 0 {
			capital = big
		}
		upper = upper && big
		codes |= uint64(c) << (6 * held)
		if held++; held == 4 {
			h = addressHash(h, codes)
			codes, held = 0, 0
		}
		tail = tail<<8 | uint64(c)
		letters++
		i += size
	}
	if held > 0 {
		h = addressHash(h, codes)
	}
	return addressWord{start: start, end: i, hash: h, letters: letters, tail: uint16(tail), capital: capital, upper: upper, latin: latin}
}

// Lanes of sixteen bits: the lowest bit of each, and the highest one.
const lane, lanesTop = 0x0001000100010001, 0x8000800080008000

// russianLetters is how many letters from А to я x begins with, four at most.
func russianLetters(x uint64) int {
	lead := x&(0xFE*lane) ^ 0xD0*lane
	u := x>>8&(0x3F*lane) | x&lane<<6 // А-Я are 0x10 to 0x2F, а-я 0x30 to 0x4F
	other := (^(u + lanesTop - 0x10*lane) | (u + lanesTop - 0x50*lane) | (lead + 0x7FFF*lane)) & lanesTop
	return bits.TrailingZeros64(other) / 16
}

// addressLetter returns the code and the length of the letter at i, 0 if there is none.
func addressLetter(a []byte, i int) (code byte, size int) {
	switch b := a[i]; {
	case b&0xFE == 0xD0:
		return foldCyrillic[b&1][a[i+1]&0x3F], 2
	case b|0x20-'a' < 26:
		return foldASCII[b], 1
	}
	return 0, 0
}

// spaceAt returns the length of the space at i, 0 if there is none.
func spaceAt(a []byte, i int) int {
	switch b := a[i]; {
	case b == ' ':
		if a[i+1] == ' ' {
			return 2
		}
		return 1
	case b == 0xC2 && a[i+1] == 0xA0:
		return 2
	case b == 0xE2 && a[i+1] == 0x80 && a[i+2] == 0xAF:
		return 3
	}
	return 0
}

// skipMarker skips what may stand between a marker and what it marks: a dot, spaces, a colon, № and the word номер.
func skipMarker(a []byte, i int) int {
	if a[i] == '.' {
		i++
	}
	for n := 0; n < 4; n++ {
		switch b := a[i]; {
		case b == ' ' || b == ':' || b == '#' || b == '=':
			i++
		case b == 0xC2 && a[i+1] == 0xA0:
			i += 2
		case b == 0xE2 && a[i+1] == 0x80 && a[i+2] == 0xAF:
			i += 3
		case b == 0xE2 && a[i+1] == 0x84 && a[i+2] == 0x96: // №
			i += 3
		case b == 'N' && (a[i+1] == ' ' || a[i+1]-'0' <= 9):
			i++
		default:
			return i
		}
	}
	return i
}

// quoteAt returns the length of the quote at i, 0 if there is none.
func quoteAt(a []byte, i int) int {
	switch {
	case a[i] == '"' || a[i] == '\'':
		return 1
	case a[i] == 0xC2 && (a[i+1] == 0xAB || a[i+1] == 0xBB):
		return 2
	case a[i] == 0xE2 && a[i+1] == 0x80 && a[i+2]-0x9C < 3:
		return 3
	}
	return 0
}

// adjective says whether a word ends like an adjective that names a street or district: Садовая, Тверской, Sadovaya.
func (w *addressWord) adjective() bool {
	if w.ends(adjectiveEndings) {
		return w.letters >= 4
	}
	if w.latin {
		last := byte(w.tail) - 32 + 'a' - 1
		before := byte(w.tail>>8) - 32 + 'a' - 1
		return last == 'y' && w.letters > 4 || last == 'a' && before == 'y' || last == 'e' && (before == 'o' || before == 'y')
	}
	return false
}

// streetLike says whether a word without a marker could well be the name of a street.
func (w *addressWord) streetLike() bool {
	if w.roles&roleKnown != 0 || w.adjective() {
		return true
	}
	switch w.tail & 0xFF {
	case 1, 32, 9, 28: // а я и ы
		return !w.latin
	}
	return false
}

// ends says whether a word has one of the endings.
func (w *addressWord) ends(list []uint16) bool {
	for _, e := range list {
		if w.tail == e {
			return true
		}
	}
	return false
}

var (
	adjectiveEndings = wordTails("ая яя ой ей ий ый ое ее ых их ую юю")
	townEndings      = wordTails("ск цк ад рг во но ль")
)

// wordTails are endings of two letters as addressWord.tail has them.
func wordTails(list string) (tails []uint16) {
	for _, e := range strings.Fields(list) {
		c := foldWord(nil, []byte(e))
		tails = append(tails, uint16(c[0])<<8|uint16(c[1]))
	}
	return tails
}

// hasLetters says whether s, in small letters, stands at i.
func hasLetters(a []byte, i int, s string) bool {
	return i+len(s) <= len(a) && string(a[i:i+len(s)]) == s
}

// closingQuote returns the end of the quotation whose text begins at i, 0 if it does not end soon.
func closingQuote(a []byte, i int) int {
	for end := i + 80; i < end && a[i] != 0 && a[i] != '\n' && a[i] != ','; i++ {
		if q := quoteAt(a, i); q > 0 {
			return i + q
		}
	}
	return 0
}

// behindDigits returns the end of the digits at i.
func behindDigits(a []byte, i int) int {
	for a[i]-'0' <= 9 {
		i++
	}
	return i
}

// ordinalEnd returns the end of the ending that digits which end at i have as an ordinal number, 0 if they have none:
// 3-я, 8-го, 40-летия.
func ordinalEnd(a []byte, i int) int {
	if a[i] != '-' || a[i+1]&0xFE != 0xD0 {
		return 0
	}
	e, n := wordAfterLetter(a, i+1)
	switch s := a[i+1 : e]; {
	case n > 2:
		if !hasLetters(s, 0, "лети") {
			return 0
		}
	default:
		switch string(s) {
		case "я", "й", "е", "х", "ю", "го", "ая", "ый", "ой", "ий", "ое", "ом", "Я", "Й", "АЯ", "ЫЙ", "ОЙ", "ГО":
		default:
			return 0
		}
	}
	return e
}

// townLike says whether a word ends as names of towns do and names of persons hardly: Дальнегорск, Белозерово, Новоград.
func townLike(w *addressWord) bool { return w.letters >= 6 && w.ends(townEndings) }

func skipSpaces(a []byte, i int) int {
	for a[i] == ' ' {
		i++
	}
	return i
}

// romanDigits says whether s is a number in Roman digits below forty.
func romanDigits(s []byte) bool {
	for _, b := range s {
		if b != 'I' && b != 'V' && b != 'X' {
			return false
		}
	}
	return true
}
