package detectors

import (
	"encoding/binary"
	"math/bits"
	"strings"
)

// addressLevel is a set of the levels of an address.
type addressLevel uint16

const (
	levelCountry addressLevel = 1 << iota
	levelRegion
	levelDistrict
	levelTown
	levelArea // a microdistrict, a gardeners' partnership
	levelStreet
	levelHouse
	levelBuild
	levelFlat
	levelBox
)

// addressMark is how an address is written.
type addressMark uint16

const (
	markBare   addressMark = 1 << iota // the street has no word for it
	markSure                           // but its name is that of a street
	markWeak                           // the house number may be another number
	markHouse                          // the house has a word for it
	markNumber                         // the house number is more than digits: 5к2, 12А, 5-12
	markPlain                          // the word for the street is English
	markSmall                          // it lies in a village
	markName                           // its town has no word for it and is not the capital
)

// An addressReader reads the elements of an address one after the other.
type addressReader struct {
	a          []byte
	words      *addressTable
	start, end int // of what was read
	levels     addressLevel
	last       addressLevel
	marks      addressMark
	between    between // what stands before the next element
	dotted     bool    // the last element ends with an abbreviation: a dot behind it belongs to it
	bare       bool    // a street may stand without a word for it, and first
	trying     bool    // a look ahead
	towns      uint8
	districts  uint8
	flats      uint8
}

// between says what stands between two elements.
type between uint8

const (
	betweenComma between = 1 << iota
	betweenDot
	betweenLine
	betweenStop // nothing may follow
	betweenDash // a dash, beside betweenComma
)

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

// read reads an address that begins at i, as far as it goes, and says whether there is anything. bare is kept.
func (r *addressReader) read(i int) bool {
	*r = addressReader{a: r.a, words: r.words, bare: r.bare, start: i, end: i}
	for {
		end := r.element(i)
		if end == 0 && r.last&(levelTown|levelStreet|levelRegion|levelDistrict) != 0 && r.between&(betweenDot|betweenLine) == 0 {
			end = r.linked(i)
		}
		if end == 0 {
			return r.levels != 0
		}
		r.end = end
		i, r.between = r.gap(end)
		if r.between&betweenStop != 0 {
			return true
		}
		if j := postcodeAt(r.a, i); j > 0 {
			if r.levels&^levelCountry == 0 {
				r.start, r.levels = j, 0
			}
			if r.a[j] == 0 {
				return r.levels != 0
			}
			i = j
		}
		r.dotted = false
	}
}

// linked reads the element behind a preposition: в Казани на улице Баумана.
func (r *addressReader) linked(i int) int {
	w := r.word(i)
	if w.roles&roleLink == 0 || r.a[w.end] != ' ' {
		return 0
	}
	next := r.word(w.end + 1)
	if next.roles&(roleStreet|roleHouse|roleArea) != 0 {
		return r.marked(&next)
	}
	if !next.capital {
		return 0
	}
	ahead := *r
	ahead.trying = true // на Тверской улице; no street without a word for it
	if end := ahead.named(&next); end > 0 && ahead.last == levelStreet {
		ahead.trying = r.trying
		*r = ahead
		return end
	}
	return 0
}

// postcodeAt returns the begin of what follows a postcode at i, 0 if there is none.
func postcodeAt(a []byte, i int) int {
	n := 0
	for n < 7 && a[i+n]-'0' <= 9 {
		n++
	}
	if n != 6 || !postcodeRange(a[i:]) {
		return 0
	}
	for i += n; a[i] == ' ' || a[i] == ','; i++ {
	}
	return i
}

// gap skips what may stand between two elements.
func (r *addressReader) gap(i int) (int, between) {
	a := r.a
	var k between
	if a[i] == '.' {
		if !r.dotted {
			k = betweenDot
		}
		i++
	}
	for marks := 0; ; {
		switch b := a[i]; {
		case b == 0xD0 && a[i+1] == 0xB2 && hasLetters(a, i, "вн.тер.г."): // of the state's own register
			i += len("вн.тер.г.")
		case b == 0xD0 && a[i+1] == 0x92 && hasLetters(a, i, "В.О."): // Васильевский остров
			i += len("В.О.")
		case b == 0xD0 && a[i+1] == 0xBC && hasLetters(a, i, "м.р-н"):
			return i + len("м."), k
		case b == ' ' || b == '\t' || b == '\r':
			i++
		case b == 0xC2 && a[i+1] == 0xA0:
			i += 2
		case b == 0xE2 && a[i+1] == 0x80 && (a[i+2] == 0xAF || a[i+2] == 0x89 || a[i+2] == 0x87):
			i += 3
		case (b == ',' || b == ';') && marks < 2:
			marks++
			k |= betweenComma
			i++
		case b == '\n' && k&betweenLine == 0:
			k |= betweenLine
			i++
		case b == '-' && a[i-1] == ' ' && a[i+1] == ' ':
			k |= betweenComma | betweenDash
			i++
		case b == 0xE2 && a[i+1] == 0x80 && (a[i+2] == 0x93 || a[i+2] == 0x94) && a[i-1] == ' ' && a[i+3] == ' ':
			k |= betweenComma | betweenDash
			i += 3
		case b == 0:
			return i, betweenStop
		default:
			return i, k
		}
	}
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
	const one, top = 0x0001000100010001, 0x8000800080008000
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
		lead := x&(0xFE*one) ^ 0xD0*one
		u := x>>8&(0x3F*one) | x&one<<6 // А-Я are 0x10 to 0x2F, а-я 0x30 to 0x4F
		other := (^(u + top - 0x10*one) | (u + top - 0x50*one) | (lead + 0x7FFF*one)) & top
		n := bits.TrailingZeros64(other) / 16
		if n == 0 {
			break
		}
		up := (64 - 16*n) & 63
		lanes := ^uint64(0) >> up
		small := (u + top - 0x30*one) & top & lanes
		if letters == 0 {
			capital = small&0x8000 == 0
		}
		upper = upper && small == 0
		u = ((u+0x10*one)&(0x1F*one) + one) & lanes
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

// element reads one element at i and returns its end, 0 if there is none. It changes r only if there is one.
func (r *addressReader) element(i int) int {
	if r.a[i]-'0' <= 9 {
		if r.between&betweenLine != 0 {
			return 0
		}
		return r.number(i)
	}
	w := r.word(i)
	if w.letters == 0 {
		if k := skipMarker(r.a, i); k > i && r.a[i] == 0xE2 && r.last&(levelStreet|levelArea) != 0 && r.levels&levelHouse == 0 { // ул. Чехова, № 17
			if end, marks := r.house(k, true); end > 0 {
				r.took(levelHouse)
				r.marks |= marks | markHouse
				return end
			}
		}
		return 0
	}
	if w.roles&(roleMarker|roleSite) != 0 {
		if end := r.marked(&w); end != 0 {
			return end
		}
	}
	if r.between&betweenDot != 0 && w.roles&(roleCity|roleMarker) == 0 {
		return 0
	}
	return r.named(&w)
}

// took notes an element of a level.
func (r *addressReader) took(l addressLevel) { r.levels, r.last = r.levels|l, l }

// anew begins again at an element that is taken at i, where what was read so far is no part of it: a flat before a street
// in Russian is that of another address, and a town before «г. Смоленск» may be somebody's name.
func (r *addressReader) anew(i int, l addressLevel, marked bool) {
	other := r.levels == levelFlat && l&(levelStreet|levelTown|levelRegion) != 0 && r.a[i] >= 0x80 ||
		r.levels == levelTown && l == levelTown && marked && r.marks&markName != 0
	if other && !r.trying {
		r.start, r.levels, r.marks, r.towns, r.flats = i, 0, 0, 0, 0
	}
}

// marked reads an element that begins with its marker w.
func (r *addressReader) marked(w *addressWord) int {
	first := r.levels == 0
	end := r.behindMarker(w, skipMarker(r.a, w.end))
	if end > 0 && first && w.roles&roleFull != 0 {
		// Город: Москва: the word is a label.
		for i := w.end; i < end && i < w.end+3; i++ {
			if r.a[i] == ':' {
				r.start = skipMarker(r.a, w.end)
			}
		}
	}
	return end
}

// behindMarker reads what stands at k behind a marker.
func (r *addressReader) behindMarker(w *addressWord, k int) int {
	a := r.a
	if k == w.end && a[k]-'0' > 9 && quoteAt(a, k) == 0 || w.roles&roleFull != 0 && a[w.end] == '.' {
		return 0 // a comma follows, or nothing; or a sentence ends
	}
	placed := r.levels&(levelStreet|levelArea|levelTown) != 0
	if a[k]-'0' <= 9 || w.roles&(roleBuild|roleFlat|roleBox|roleHouse) != 0 {
		if w.roles&roleHouse != 0 && r.levels&(levelHouse|levelBuild) == 0 && (placed || w.roles&roleLead != 0 && r.levels&^levelFlat == 0) {
			if end, marks := r.house(k, true); end > 0 && (r.levels != 0 || w.letters > 1 || r.bare || w.latin) {
				r.took(levelHouse)
				r.marks |= marks | markHouse
				return end
			}
		}
		inside := r.levels&(levelHouse|levelBuild) != 0
		if w.roles&roleBuild != 0 && (inside || placed && w.letters > 1 || w.roles&roleLead != 0 && r.levels&^(levelFlat|levelHouse) == 0) {
			if end := r.value(k, w.letters > 1); end > 0 {
				r.took(levelBuild)
				return end
			}
		}
		if w.roles&roleFlat != 0 && r.flats < 5 && (inside || r.levels&(levelStreet|levelArea) != 0 || w.roles&roleLead != 0 && r.levels&^levelFlat == 0) {
			if end := r.value(k, true); end > 0 && !squareMetres(a, end) {
				r.took(levelFlat)
				r.flats++
				return end
			}
		}
		if w.roles&roleBox != 0 && a[k]-'0' <= 9 {
			if end := r.value(k, false); end > 0 {
				r.took(levelBox)
				return end
			}
		}
	}
	switch {
	case w.roles&roleStreet != 0 && w.roles&roleAfter == 0 && r.levels&levelStreet == 0:
		if end := r.streetName(k, w); end > 0 {
			r.anew(w.start, levelStreet, true)
			r.took(levelStreet)
			return end
		}
	case w.roles&roleSite != 0 && r.levels&levelHouse != 0 && w.upper:
		if end := r.areaName(k); end > 0 {
			r.took(levelBuild)
			return end
		}
	case w.roles&roleArea != 0 && r.levels&levelArea == 0:
		if end := r.areaName(k); end > 0 {
			r.took(levelArea)
			return end
		}
	}
	if w.roles&(roleTown|roleDistrict|roleRegion) != 0 {
		return r.placeName(k, w)
	}
	return 0
}

// squareMetres says whether кв. м or the like follows.
func squareMetres(a []byte, i int) bool {
	if n := spaceAt(a, i); n > 0 {
		i += n
	}
	if hasLetters(a, i, "кв") {
		i += 4
	}
	for a[i] == '.' || a[i] == ' ' {
		i++
	}
	c, size := addressLetter(a, i)
	next, _ := addressLetter(a, i+max(size, 1))
	return c == 13 && next == 0 // м
}

// hasLetters says whether s, in small letters, stands at i.
func hasLetters(a []byte, i int, s string) bool {
	return i+len(s) <= len(a) && string(a[i:i+len(s)]) == s
}

// placeName reads the name of a town, district or region behind its marker w.
func (r *addressReader) placeName(k int, w *addressWord) int {
	a := r.a
	level := levelTown
	switch {
	case w.roles&roleRegion != 0:
		level = levelRegion
		if r.levels&levelRegion != 0 {
			return 0
		}
	case w.roles&roleDistrict != 0:
		level = levelDistrict
		if r.districts == 2 {
			return 0
		}
	case r.towns == 2 || r.levels&levelHouse != 0 && r.levels&levelTown != 0:
		return 0
	}
	quote := quoteAt(a, k)
	t := r.word(k + quote)
	if t.roles&(roleTown|roleArea) != 0 && t.roles&roleCity == 0 && !t.capital { // поселок городского типа, тер. СНТ
		k = skipMarker(a, t.end)
		t = r.word(k)
	}
	if t.roles&roleFiller != 0 && t.letters > 1 { // им. Свердлова
		t = r.word(skipMarker(a, t.end))
	}
	if t.letters < 2 {
		return 0
	}
	end := t.end
	if quote > 0 {
		if end = closingQuote(a, t.start); end == 0 {
			return 0
		}
		r.took(level)
		return end
	}
	switch {
	case level != levelTown && r.markerAfter(end):
		return 0 // Регион: Московская область
	case t.roles&(roleCity|roleRegionName) != 0 && (level != levelTown || t.roles&roleCity != 0):
	case !t.capital:
		// In small letters only where more of an address follows.
		if t.letters < 3 || t.roles&^roleKnown != 0 {
			return 0
		}
		if e, k := r.gap(end); k&(betweenStop|betweenDot) != 0 || r.word(e).roles&(roleMarker|roleRegion) == 0 {
			return 0
		}
	case w.letters == 1 && w.capital && !t.upper && r.levels == 0:
		return 0 // Г. Иванов
	case w.letters == 1 && r.levels == 0 && a[w.end] != '.' && w.hash != letterG && a[w.start-1] != 0:
		return 0 // с Ивановой
	default:
		for n := 0; n < 2; n++ {
			s := spaceAt(a, end)
			if s == 0 {
				break
			}
			next := r.word(end + s)
			if !next.capital || next.letters < 2 || next.roles&(roleMarker|roleCity|roleKnown|roleCountry) != 0 || next.latin != t.latin {
				break
			}
			if r.markerAfter(next.end) {
				break
			}
			end = next.end
		}
	}
	if a[end] == '-' && a[end+1]-'0' <= 9 { // Мирный-2
		end = behindDigits(a, end+1)
	}
	end = r.smallTail(&t, end)
	r.anew(w.start, level, w.hash == letterG || w.roles&roleFull != 0)
	switch level {
	case levelTown:
		r.towns++
		if w.hash != letterG && w.roles&roleFull == 0 || t.roles&roleCity == 0 {
			r.marks |= markSmall
		}
	case levelDistrict:
		r.districts++
	case levelRegion:
		end = r.regionTail(end)
	}
	r.took(level)
	return end
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

// smallTail goes on over the small second word of a name whose first word t, an adjective, ends at end: пос. Сосновый бор.
func (r *addressReader) smallTail(t *addressWord, end int) int {
	s := spaceAt(r.a, end)
	if s == 0 || end != t.end || !t.adjective() || t.latin {
		return end
	}
	next := readAddressWord(r.a, end+s, addressSeed)
	if next.letters < 3 || next.capital || r.words.find(next.hash)&(roleMarker|roleLink|roleAside|roleCounted)&^roleTown != 0 {
		return end
	}
	if b := r.a[next.end]; b != ',' && b != 0 {
		return end
	}
	return next.end
}

// letterG is the hash of г.
var letterG = addressHash(addressSeed, 4)

// markerAfter says whether a marker of a street, district or region follows at once: then the word before it is its name.
func (r *addressReader) markerAfter(i int) bool {
	s := spaceAt(r.a, i)
	if s == 0 {
		return false
	}
	w := r.word(i + s)
	return w.roles&(roleStreet|roleDistrict|roleRegion) != 0 && !w.capital && r.post(&w, true)
}

// regionTail goes on over what classifiers write behind the name of a region: Саха /Якутия/, Чувашская Республика - Чувашия.
func (r *addressReader) regionTail(end int) int {
	a := r.a
	i := end
	for a[i] == ' ' {
		i++
	}
	switch a[i] {
	case '/', '(':
		w := r.word(i + 1)
		if w.roles&roleRegionName != 0 && (a[w.end] == '/' || a[w.end] == ')') {
			return w.end + 1
		}
	case '-', 0xE2:
		for i++; a[i] == ' ' || a[i] >= 0x80 && a[i] < 0xC0; i++ {
		}
		if w := r.word(i); w.roles&roleRegionName != 0 {
			return w.end
		}
	}
	return end
}

// areaName reads the name or number of a microdistrict or a partnership.
func (r *addressReader) areaName(k int) int {
	a := r.a
	if t := r.word(k); t.roles&roleArea != 0 { // тер. СНТ
		k = skipMarker(a, t.end)
	}
	quote := quoteAt(a, k)
	k += quote
	var end int
	if a[k]-'0' <= 9 {
		if end = behindDigits(a, k); end-k > 3 {
			return 0
		}
		if o := ordinalEnd(a, end); o > 0 {
			end = o
			if s := spaceAt(a, end); s > 0 {
				if t := r.word(end + s); t.capital && t.roles&roleMarker == 0 { // мкр. 1-й Южный
					return t.end
				}
			}
			return end
		}
		if c, size := addressLetter(a, end); c != 0 {
			if next, _ := addressLetter(a, end+size); next != 0 {
				return 0
			}
			end += size
		}
		return end
	}
	t := r.word(k)
	if quote > 0 {
		return closingQuote(a, k)
	}
	if t.letters == 0 || !t.capital && (t.letters < 3 || t.roles&^roleKnown != 0) {
		return 0
	}
	end = t.end
	for range 2 {
		s := spaceAt(a, end)
		if s == 0 {
			break
		}
		next := r.word(end + s)
		if !next.capital || next.roles&roleMarker != 0 {
			break
		}
		end = next.end
	}
	if a[end] == '-' && a[end+1]-'0' <= 9 {
		end = behindDigits(a, end+1)
	}
	return r.smallTail(&t, end)
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

// streetName reads the name of a street behind its marker m: words, initials, numbers. It returns its end, 0 if there is none.
func (r *addressReader) streetName(i int, m *addressWord) (end int) {
	a := r.a
	quote := quoteAt(a, i)
	if quote > 0 && m.latin {
		return 0
	}
	i += quote
	words, numbered := 0, false
	small, adjective := false, false
	for n := 0; n < 6; n++ {
		if a[i]-'0' <= 9 {
			e := behindDigits(a, i)
			o := ordinalEnd(a, e)
			if o > 0 {
				if words > 0 {
					end = o
				}
				numbered = true
				e = o
			} else if words > 0 || e-i > 4 {
				break
			}
			s := spaceAt(a, e)
			if s == 0 {
				break
			}
			i = e + s
			if words == 0 {
				if w := r.word(i); w.letters < 3 || w.roles&(roleMarker|roleLink) != 0 && !(o > 0 && w.roles&roleStreet != 0) || !w.capital && w.roles&roleFiller == 0 && !numbered {
					break
				}
				numbered = true
			}
			continue
		}
		w := r.word(i)
		if w.letters == 0 {
			break
		}
		if words == 0 && a[w.end] == '.' {
			if next, ok := r.abbreviated(&w); next > 0 {
				i = next
				continue
			} else if !ok {
				break
			}
		}
		if w.letters == 1 && w.capital && words == 1 && a[w.end] == '.' { // Чернышевского Н.Г.
			if next := readAddressWord(a, w.end+1, addressSeed); next.letters == 1 && next.capital && a[next.end] == '.' {
				return next.end + 1
			}
		}
		if w.roles&roleStreet != 0 && w.roles&roleFull != 0 && (words == 1 && adjective || words == 0 && numbered) { // ул. Красный проспект, ул. 1-я Линия
			return w.end
		}
		if w.roles&roleMarker != 0 && (words > 0 || !w.capital || w.roles&roleKnown == 0 && w.roles&(roleStreet|roleHouse|roleBuild|roleFlat) != 0) { // ул. Республики
			break
		}
		switch {
		case w.letters == 1 && words == 0:
			return 0
		case w.capital && (words == 0 || w.roles&(roleCountry|roleLarge) == 0 && !(w.letters == 1 && a[w.end] == '.')):
		case w.roles&roleFiller != 0:
			if next := r.behindFiller(&w, words == 0); next > 0 {
				i = next
				continue
			}
			if numbered && w.letters > 2 { // 1905 года
				end = w.end
			}
			return end
		case words == 0:
			if !r.smallStreet(&w, m) {
				return 0
			}
			small = true
		case w.letters < 4 || w.roles&^roleKnown != 0 || w.roles == 0 && small && words > 2:
			return end
		default:
			// героев труда: a small letter, where the name ends behind it
			e, k := r.gap(w.end)
			if k == 0 && a[e]-'0' > 9 && r.word(e).roles&roleMarker == 0 {
				return end
			}
		}
		words++
		end = w.end
		adjective = w.adjective()
		if a[end] == '/' && capitalAt(a, end+1) { // Киевская/Фрунзе
			i = end + 1
			continue
		}
		s := spaceAt(a, end)
		if s == 0 || words == 5 {
			break
		}
		i = end + s
	}
	if end > 0 && quote > 0 {
		end += quoteAt(a, end)
	}
	return end
}

// abbreviated returns where the name goes on behind its abbreviated first word w, which a dot follows: К. Маркса, А.С. Пушкина,
// Ст. Разина, акад. Королёва; 0 if it does not. ok says that w may be a word of the name all the same.
func (r *addressReader) abbreviated(w *addressWord) (next int, ok bool) {
	if w.letters > 5 || w.letters == 5 && w.capital || !w.capital && w.roles&(roleMarker|roleLink) != 0 {
		return 0, true
	}
	next = w.end + 1
	next += spaceAt(r.a, next)
	if capitalAt(r.a, next) {
		return next, true
	}
	return 0, w.letters > 1 && w.capital || w.roles&roleFiller != 0
}

// behindFiller returns where a name goes on behind лет or имени, 0 if it does not. first says that no other word was read.
func (r *addressReader) behindFiller(w *addressWord, first bool) int {
	i := w.end
	if r.a[i] == '.' {
		i++
	}
	if i += spaceAt(r.a, i); i == w.end {
		return 0
	}
	if next := readAddressWord(r.a, i, addressSeed); next.capital || first && next.letters > 3 {
		return i
	}
	return 0
}

// smallStreet says whether a word in small letters may be the first one of the name of a street behind the marker m.
func (r *addressReader) smallStreet(w, m *addressWord) bool {
	if w.letters < 3 || w.roles&(roleLink|roleAside|roleCounted|roleKeyword|roleCountry) != 0 {
		return false
	}
	sure := m.roles&roleFull == 0 && m.letters > 1 && !m.latin // ул and пер are nothing else
	return sure || w.roles&roleKnown != 0 || r.houseAfter(w.end)
}

// houseAfter says whether a marked house number follows.
func (r *addressReader) houseAfter(i int) bool {
	e, k := r.gap(i)
	if k&^(betweenComma|betweenDash) != 0 {
		return false
	}
	w := r.word(e)
	return w.roles&roleHouse != 0 && r.a[skipMarker(r.a, w.end)]-'0' <= 9
}

// post says whether the marker w belongs to what stands before it, and not to what follows. adjective says that the word
// before is one, which needs its marker.
func (r *addressReader) post(w *addressWord, adjective bool) bool {
	a := r.a
	if w.roles&roleAfter != 0 {
		return true
	}
	i := w.end
	if a[i] == '.' {
		i++
	}
	for a[i] == ' ' {
		i++
	}
	if c, _ := addressLetter(a, i); c == 0 {
		return a[i] != 0xC2 || a[i+1] == 0xA0 // «
	}
	next := r.word(i)
	switch {
	case w.roles&roleTown != 0 && next.capital && next.roles&roleMarker == 0:
		return false // Квартира г. Ростов
	case next.roles&(roleMarker|roleCountry) != 0 && next.roles&roleKnown == 0:
		return !(w.roles&roleArea != 0 && next.roles&roleArea != 0)
	case next.roles&roleCity != 0 && next.roles&roleKnown == 0 && w.roles&roleFull == 0:
		return true // Ленина ул Москва; on the other hand, улица Чайковского
	case !next.capital && w.roles&roleFull != 0:
		return true
	case !next.capital:
		return next.roles&roleMarker != 0 || adjective
	}
	return adjective
}

// mayMark says whether m may be the marker behind a name that begins with w.
func (r *addressReader) mayMark(w, m *addressWord) bool {
	switch {
	case m.roles&(roleRegion|roleDistrict|roleTown|roleStreet|roleArea) == 0 || w.letters == 1 || w.roles&(roleLink|roleAside) != 0:
		return false
	case m.letters == 1 && m.roles&roleTown != 0 && m.hash != letterG && r.a[m.end] != ',':
		return false // Ивановка с, Ленина ул; not «человек с улицы»
	case !w.capital:
		return !m.capital && m.roles&roleFull == 0 && (w.roles&roleKnown != 0 || w.adjective())
	}
	return !m.capital || m.latin || m.letters > 2 && m.roles&(roleRegion|roleDistrict) != 0 || m.upper && (w.upper || m.letters == 2)
}

// maxNameWords is how many words a name may have that stands before its marker.
const maxNameWords = 4

// short reads an element whose name begins with an abbreviated word w: Б. Никитская, Бол. Грузинская ул.
func (r *addressReader) short(w *addressWord) int {
	i := w.end + 1
	next := r.word(i + spaceAt(r.a, i))
	if !next.capital || next.letters < 5 || next.roles&(roleMarker|roleCity) != 0 {
		return 0
	}
	ahead := *r
	end := ahead.named(&next)
	if end == 0 || ahead.last != levelStreet || ahead.marks&markBare != 0 && !next.adjective() {
		return 0
	}
	if ahead.start == next.start {
		ahead.start = w.start
	}
	*r = ahead
	return end
}

// named reads an element that begins with a name: one that stands before its marker, a town or region that is known, or a
// street without a marker.
func (r *addressReader) named(w *addressWord) int {
	a := r.a
	if w.capital && w.letters <= 4 && a[w.end] == '.' {
		if end := r.short(w); end > 0 {
			return end
		}
	}
	// The words of the name, up to its marker.
	var starts [maxNameWords]int
	var adjectives [maxNameWords]bool
	n, e := 0, w.end
	last := *w
	count := maxNameWords
	if w.roles&roleCity != 0 && (!w.adjective() || w.letters < 6) {
		count = 1
	}
	if !w.capital {
		count = 1
		if w.letters < 3 || w.roles&(roleLink|roleAside|roleCounted|roleFiller|roleKeyword|roleMarker) != 0 {
			return 0
		}
	}
	for {
		starts[n], adjectives[n] = last.start, last.adjective()
		n++
		s := spaceAt(a, e)
		if a[e] == '.' && n == 1 && w.letters <= 5 { // Моск. обл.
			s = 1 + spaceAt(a, e+1)
			if next := r.word(e + s); next.roles&roleRegion != 0 && r.post(&next, true) {
				return r.postMarked(starts[:n], adjectives[:n], &next)
			}
			break
		}
		if s == 0 {
			break
		}
		if a[e+s]-'0' <= 9 { // Парковая 9-я ул.
			d := behindDigits(a, e+s)
			o := ordinalEnd(a, d)
			if o == 0 || spaceAt(a, o) == 0 {
				break
			}
			s = o + spaceAt(a, o) - e
		}
		next := r.word(e + s)
		if r.mayMark(w, &next) && r.post(&next, last.adjective()) {
			return r.postMarked(starts[:n], adjectives[:n], &next)
		}
		if n >= count || !next.capital && !(next.roles&roleFiller != 0 && next.letters > 2) || next.letters < 2 {
			break
		}
		if next.capital && next.roles&(roleCity|roleCountry) != 0 && !next.adjective() {
			break
		}
		last, e = next, next.end
	}
	switch {
	case w.roles&roleCity != 0 && (w.capital || w.roles&roleLarge != 0 || r.levels != 0):
		if r.towns == 2 || r.levels&levelHouse != 0 && r.levels&levelTown != 0 {
			return 0
		}
		r.anew(w.start, levelTown, false)
		r.towns++
		r.took(levelTown)
		if w.roles&roleCapital == 0 {
			r.marks |= markName
		}
		return w.end
	case w.latin && w.capital && w.roles == 0 && r.levels&levelStreet != 0 && r.towns == 0 && r.between&betweenComma != 0 && r.countryAfter(w.end):
		r.towns++
		r.took(levelTown)
		return w.end
	case w.roles&roleCountry != 0:
		if r.levels&levelCountry != 0 {
			return 0
		}
		r.took(levelCountry)
		return w.end
	case w.roles&roleRegionName != 0 && w.capital:
		if r.levels&levelRegion != 0 || w.letters < 3 && !w.upper {
			return 0
		}
		r.took(levelRegion)
		return w.end
	case !w.capital && w.roles&roleKnown == 0:
		return 0
	}
	if end := r.bareStreet(w); end > 0 {
		return end
	}
	// A town that is not known, between levels that are.
	if w.capital && r.levels&(levelRegion|levelDistrict|levelTown) != 0 && r.levels&(levelStreet|levelHouse) == 0 && r.between&betweenComma != 0 && !r.trying ||
		w.capital && r.levels == 0 && townLike(w) && !r.trying {
		end := w.end
		for range 2 {
			if s := spaceAt(a, end); s > 0 {
				if next := r.word(end + s); next.capital && next.letters > 1 && next.roles&roleMarker == 0 {
					end = next.end
					continue
				}
			}
			break
		}
		ahead := *r
		ahead.trying, ahead.bare = true, false
		i, k := r.gap(end)
		ahead.between = k
		if k&(betweenStop|betweenDot|betweenLine) == 0 && (k&betweenComma != 0 || r.levels == 0) && ahead.element(i) > 0 && ahead.last&(levelStreet|levelArea|levelTown|levelHouse) != 0 {
			r.towns++
			r.took(levelTown)
			r.marks |= markSmall
			return end
		}
	}
	return 0
}

// countryAfter says whether the name of a country follows a comma.
func (r *addressReader) countryAfter(i int) bool {
	i, k := r.gap(i)
	return k == betweenComma && r.word(i).roles&roleCountry != 0
}

// townLike says whether a word ends as names of towns do and names of persons hardly: Дальнегорск, Белозерово, Новоград.
func townLike(w *addressWord) bool { return w.letters >= 6 && w.ends(townEndings) }

// postMarked takes a name of words that begin at starts and the marker m behind it.
func (r *addressReader) postMarked(starts []int, adjectives []bool, m *addressWord) int {
	n := len(starts)
	from := 0
	if adjectives[n-1] {
		// Of what stands before an adjective only adjectives belong to the name: Большая Садовая ул.
		for from = n - 1; from > 0 && adjectives[from-1]; from-- {
		}
	}
	var level addressLevel
	end := m.end
	switch {
	case m.roles&roleRegion != 0 && r.levels&levelRegion == 0:
		level = levelRegion
	case m.roles&roleDistrict != 0 && r.districts < 2:
		level = levelDistrict
		r.districts++
	case m.roles&roleStreet != 0 && r.levels&levelStreet == 0:
		level = levelStreet
		if m.roles&rolePlain != 0 {
			r.marks |= markPlain
		}
	case m.roles&roleArea != 0 && r.levels&levelArea == 0:
		level = levelArea
	case m.roles&roleTown != 0 && r.towns < 2:
		level = levelTown
		r.towns++
		if m.hash != letterG {
			r.marks |= markSmall
		}
	default:
		return 0
	}
	r.anew(starts[from], level, false)
	if r.levels == 0 {
		r.start = starts[from]
	}
	r.took(level)
	if level == levelRegion {
		end = r.regionTail(end)
	}
	if end == m.end && m.roles&roleFull == 0 && r.a[end] == '.' {
		r.dotted = true
	}
	return end
}

// bareStreet reads a street without a marker: a town, a word for an address or for a flat says what it is, and a house number
// follows.
func (r *addressReader) bareStreet(w *addressWord) int {
	a := r.a
	if r.levels&(levelStreet|levelHouse) != 0 || r.trying || w.letters < 3 || w.roles&roleMarker != 0 && w.roles&roleKnown == 0 {
		return 0
	}
	inTown := r.levels&levelTown != 0
	if !r.bare && !inTown {
		return 0
	}
	end := w.end
	sure := w.streetLike()
	first := w.adjective()
	known := w.roles&roleKnown != 0
	last := *w
	for n := 1; n < 3; n++ {
		s := spaceAt(a, end)
		if s == 0 {
			break
		}
		next := r.word(end + s)
		if next.letters < 3 || !next.capital && w.capital || next.roles&(roleMarker|roleLink|roleAside|roleCounted|roleCity) != 0 {
			break
		}
		last, end = next, next.end
		sure = first || last.adjective() // Кузнецова Мария is no street
		known = known || next.roles&roleKnown != 0
	}
	if !w.capital && !known || !inTown && w.latin && !known {
		return 0
	}
	if inTown && !r.bare && r.between&betweenComma == 0 && !known {
		return 0
	}
	if !r.bareHouse(end) {
		return 0
	}
	r.anew(w.start, levelStreet, false)
	r.took(levelStreet)
	r.marks |= markBare
	if sure || known {
		r.marks |= markSure
	}
	return end
}

// number reads an element that begins with digits: an ordinal before a street, a house or flat without a marker, an English
// house number, a storey.
func (r *addressReader) number(i int) int {
	a := r.a
	e := behindDigits(a, i)
	if e-i > 4 {
		return 0
	}
	if o := ordinalEnd(a, e); o > 0 {
		s := spaceAt(a, o)
		if s == 0 {
			return 0
		}
		return r.ordinal(i, o+s)
	}
	// A house or a flat.
	switch {
	case r.last&(levelStreet|levelArea) != 0 && r.levels&levelHouse == 0, r.last == levelTown && r.marks&markSmall != 0 && r.between&betweenComma != 0:
		if end, marks := r.house(i, false); end > 0 {
			r.took(levelHouse)
			r.marks |= marks
			if marks&markWeak != 0 && r.between&(betweenComma|betweenDash) == betweenComma {
				r.marks &^= markWeak
			}
			return end
		}
	case r.last&(levelHouse|levelBuild) != 0 && r.between&betweenComma != 0 && r.levels&levelFlat == 0:
		if end, marks := r.house(i, false); end > 0 && marks&markWeak == 0 {
			if w := r.word(skipSpaces(a, end)); w.roles&roleFlat == 0 || w.roles&roleFull != 0 && !(w.roles&roleLead != 0) {
				r.took(levelFlat)
				return end
			}
		}
	}
	if a[e] == '/' && a[e+1]-'0' <= 9 {
		if e = behindDigits(a, e+1); r.levels&levelHouse != 0 || !r.word(skipSpaces(a, e)).latin {
			return 0
		}
	}
	s := spaceAt(a, e)
	if s == 0 {
		c, size := addressLetter(a, e)
		if c == 0 || spaceAt(a, e+size) == 0 {
			return 0
		}
		s = size + spaceAt(a, e+size) // 221b Baker Street, 7А мкр.
		if w := r.word(e + s); size == 2 && w.roles&roleArea == 0 {
			return 0
		}
	}
	w := r.word(e + s)
	switch {
	case w.roles&roleFlat != 0 && w.roles&roleLead == 0 && !w.capital && r.levels&levelHouse != 0 && w.letters > 1: // 5 этаж
		r.took(levelFlat)
		return w.end
	case w.roles&roleArea != 0 && w.roles&roleCounted == 0 && r.levels&levelArea == 0 && r.post(&w, true): // 5 мкр
		r.took(levelArea)
		return w.end
	case r.levels&levelStreet != 0 || e-i > 4:
		return 0
	case w.latin && w.capital && r.levels&levelHouse == 0:
		ahead := *r
		if end := ahead.named(&w); end > 0 && ahead.last == levelStreet {
			ahead.start = r.start
			*r = ahead
			r.levels |= levelHouse
			return end
		}
		return 0
	case w.capital || w.roles&roleFiller != 0:
		// 8 Марта ул., 60 лет Октября пр-т
		end := w.end
		for range 3 {
			s := spaceAt(a, end)
			if s == 0 {
				break
			}
			next := r.word(end + s)
			if next.roles&roleStreet != 0 && !next.capital && r.post(&next, false) {
				r.took(levelStreet)
				r.dotted = true
				return next.end
			}
			if !next.capital {
				break
			}
			end = next.end
		}
		if (r.bare || r.levels&levelTown != 0) && !r.trying && (w.roles&roleFiller != 0 && end > w.end || r.words.find(w.hash)&roleCounted != 0) && r.bareHouse(end) {
			r.took(levelStreet)
			r.marks |= markBare | markSure
			return end
		}
	}
	return 0
}

// bareHouse says whether a house number follows a street without a marker that ends at end.
func (r *addressReader) bareHouse(end int) bool {
	i, k := r.gap(end)
	if k&^(betweenComma|betweenDash) != 0 {
		return false
	}
	marked := false
	if r.a[i]-'0' > 9 {
		h := r.word(i)
		if h.roles&roleHouse == 0 {
			return false
		}
		i = skipMarker(r.a, h.end)
		marked = true
	}
	e, _ := r.house(i, marked)
	return e > 0
}

// ordinal reads what follows an ordinal number: 3-я ул. Строителей, 9-я Парковая ул., 1-я линия, 2-й подъезд.
func (r *addressReader) ordinal(start, i int) int {
	a := r.a
	w := r.word(i)
	switch {
	case w.letters < 2:
		return 0
	case w.roles&roleFlat != 0 && r.levels&levelHouse != 0:
		r.took(levelFlat)
		return w.end
	case w.roles&roleArea != 0 && r.levels&levelArea == 0:
		r.took(levelArea)
		return w.end
	case r.levels&levelStreet != 0:
		return 0
	case w.roles&roleStreet != 0 && !(w.capital && !w.upper):
		end := w.end
		k := skipMarker(a, w.end)
		if next := r.word(k); k > w.end && next.capital && next.roles&(roleMarker|roleCity) == 0 {
			if e := r.streetName(k, &w); e > 0 {
				end = e
			}
		}
		// линия В.О.
		if s := spaceAt(a, end); s > 0 && (hasLetters(a, end+s, "В.О") || hasLetters(a, end+s, "ВО")) {
			end += s + len("ВО")
			if a[end-2] == '.' || a[end-1] == '.' {
				end++
			}
		}
		r.took(levelStreet)
		return end
	case !w.capital:
		return 0
	}
	ahead := *r
	ahead.bare = r.bare
	if end := ahead.named(&w); end > 0 && ahead.last == levelStreet {
		ahead.start = r.start
		*r = ahead
		if r.levels == levelStreet {
			r.start = start
		}
		return end
	}
	return 0
}

func skipSpaces(a []byte, i int) int {
	for a[i] == ' ' {
		i++
	}
	return i
}

// house reads a house number at i and returns its end, 0 if it is none: 5, 12А, 5/7, 10к2с1, 5-12. marked says that a word
// for a house stands before it; without one, what stands behind may show that something is counted.
func (r *addressReader) house(i int, marked bool) (end int, marks addressMark) {
	a := r.a
	e := behindDigits(a, i)
	if n := e - i; n == 0 || n > 4 || n > 3 && !marked || n > 1 && a[i] == '0' {
		return 0, 0
	}
	end = e
	dashes := 0
	pairs := e-i == 2
parts:
	for {
		b := a[end]
		dash := 1
		if b == 0xE2 && a[end+1] == 0x80 && a[end+2]-0x90 < 4 { // 98–14
			b, dash = '-', 3
			if a[end+3]-'0' > 9 {
				break
			}
		}
		switch {
		case b == '/' || b == '-':
			if a[end+dash]-'0' <= 9 {
				d := behindDigits(a, end+dash)
				if n := d - end - dash; n > 4 || b == '-' && n > 3 {
					return 0, 0
				}
				if b == '-' {
					dashes++
					pairs = pairs && d-end-dash == 2
				}
				end = d
				marks |= markNumber
				continue
			}
			c, size := addressLetter(a, end+1)
			if next, _ := addressLetter(a, end+1+max(size, 1)); c == 0 || next != 0 {
				if c != 0 {
					return 0, 0
				}
				break parts
			}
			end += 1 + size
			marks |= markNumber
		case b&0xFE == 0xD0 || b|0x20-'a' < 26:
			w := r.word(end)
			k := w.end
			if a[k] == '.' {
				k++
			}
			switch {
			case w.roles&(roleBuild|roleHouse) != 0 && w.letters <= 4 && a[k]-'0' <= 9: // 10к2, 7стр1
				end = behindDigits(a, k)
				marks |= markNumber
			case w.roles&roleFlat != 0 && w.letters > 1 && a[k]-'0' <= 9: // 5кв12
				break parts
			case w.letters == 1 && marks&markNumber == 0 && (a[w.end] != '.' || a[w.end+1]-'0' > 9):
				if !marked && w.roles&roleCounted != 0 && !w.capital && a[w.end] != ',' && a[w.end] != 0 { // 5м, 10ч, 2024г
					return 0, 0
				}
				end = w.end
				marks |= markNumber
			case w.letters == 1 && marks&markNumber != 0: // 5/7А
				end = w.end
				break parts
			default:
				return 0, 0
			}
		default:
			break parts
		}
	}
	if dashes > 2 || dashes == 2 && pairs {
		return 0, 0 // a phone number, a date
	}
	// 12 А, 12 "А"
	if s := spaceAt(a, end); s > 0 && marks&markNumber == 0 {
		q := quoteAt(a, end+s)
		w := readAddressWord(a, end+s+q, addressSeed)
		if w.letters == 1 {
			behind := a[w.end]
			if q > 0 && quoteAt(a, w.end) > 0 {
				end = w.end + quoteAt(a, w.end)
				return end, marks | markNumber
			}
			if q == 0 && (behind == 0 || behind == ',' || behind == ')' || behind == ';' || behind == '\n' || w.capital && behind == ' ' && a[w.end+1]-'0' > 9) {
				if r.words.find(w.hash)&(roleBuild|roleTown) == 0 || w.capital || behind == 0 || behind == ',' {
					return w.end, marks | markNumber
				}
			}
		}
	}
	if marked {
		if b := a[end]; b == '.' && a[end+1]-'0' <= 9 {
			return 0, 0
		}
		return end, marks
	}
	switch b := a[end]; {
	case (b == '.' || b == ':') && a[end+1]-'0' <= 9, b == '%', b == '+':
		return 0, 0
	}
	i = skipSpaces(a, end)
	if n := spaceAt(a, i); n > 1 {
		i += n
	}
	switch b := a[i]; {
	case b == '%' || b == 0xE2 && a[i+1] == 0x82:
		return 0, 0
	case b-'0' <= 9 && i > end:
		if behindDigits(a, i)-i == 3 { // 15 000
			return 0, 0
		}
	case b&0xFE == 0xD0 || b|0x20-'a' < 26:
		w := r.word(i)
		if w.roles&roleCounted != 0 && !r.marking(&w) {
			return 0, 0
		}
		if w.roles&roleFlat != 0 && (squareMetres(a, i) || w.roles&roleLead == 0 && w.letters > 3 && !r.marking(&w)) { // 50 кв. м, 5 этаж
			return 0, 0
		}
		if !w.capital && w.roles&^roleCounted == 0 {
			marks |= markWeak
		}
	}
	return end, marks
}

// marking says whether a number or a name follows the marker w: then it counts nothing.
func (r *addressReader) marking(w *addressWord) bool {
	i := skipMarker(r.a, w.end)
	return i > w.end && (w.roles&roleMarker != 0 && r.a[i]-'0' <= 9 || w.letters == 1 && r.a[w.end] == '.' && readAddressWord(r.a, i, addressSeed).capital)
}

// value reads the number or letters of a building, flat or box at i and returns its end, 0 if there is none: 2, 4/П, 1-Н, XII, А.
// letters says that it may have no digits.
func (r *addressReader) value(i int, letters bool) int {
	a := r.a
	quote := quoteAt(a, i)
	i += quote
	end := behindDigits(a, i)
	if n := end - i; n > 5 {
		return 0
	}
	if end == i {
		if !letters {
			return 0
		}
		w := readAddressWord(a, i, addressSeed)
		if w.letters == 0 || w.letters > 5 || w.letters > 1 && !(w.latin && w.upper && romanDigits(a[i:w.end])) && !(w.upper && w.letters == 2) {
			return 0
		}
		if w.letters == 1 && !w.capital && a[w.end] != ',' && a[w.end] != 0 && a[w.end] != ' ' {
			return 0
		}
		end = w.end
		if a[end]-'0' <= 9 {
			end = behindDigits(a, end)
		}
	}
	for range 3 {
		switch b := a[end]; {
		case b == '/' || b == '-':
			if a[end+1]-'0' <= 9 {
				end = behindDigits(a, end+1)
				continue
			}
			if c, size := addressLetter(a, end+1); c != 0 {
				if next, _ := addressLetter(a, end+1+size); next == 0 {
					end += 1 + size
					continue
				}
				if w := readAddressWord(a, end+1, addressSeed); b == '-' && w.latin && w.upper && romanDigits(a[end+1:w.end]) {
					end = w.end
				}
			}
		default:
			c, size := addressLetter(a, end)
			if c == 0 {
				break
			}
			if next, _ := addressLetter(a, end+size); next == 0 && a[end+size]-'0' > 9 {
				end += size
				continue
			}
		}
		break
	}
	if a[end] == '.' && a[end+1]-'0' <= 9 || a[end] == ':' && a[end+1]-'0' <= 9 {
		return 0
	}
	if quote > 0 {
		q := quoteAt(a, end)
		if q == 0 {
			return 0
		}
		end += q
	}
	return end
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
