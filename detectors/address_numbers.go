package detectors

import "strings"

// Numbers of houses, flats and streets.

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

// houseAfter says whether a marked house number follows.
func (r *addressReader) houseAfter(i int) bool {
	e, k := r.gap(i)
	if k&^(betweenComma|betweenDash) != 0 {
		return false
	}
	w := r.word(e)
	return w.roles&roleHouse != 0 && r.a[skipMarker(r.a, w.end)]-'0' <= 9
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

// conjunction says whether a letter is a word of its own: «офис и склад», «склад с товаром». Behind «корпус в кв. 7» an element follows.
func (r *addressReader) conjunction(w *addressWord) bool {
	if w.letters != 1 || w.capital || w.latin || r.a[w.end] != ' ' || !strings.Contains("авикосуя", string(r.a[w.start:w.end])) {
		return false
	}
	next := r.word(skipSpaces(r.a, w.end))
	return next.letters > 0 && next.roles&roleMarker == 0
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
		if r.conjunction(&w) {
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
