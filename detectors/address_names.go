package detectors

// Names of towns, regions, areas and streets, with and without a word for what they are.

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
