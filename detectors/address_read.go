package detectors

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
