package detectors

import "bytes"

// Geo is a place given by its coordinates: latitude and longitude in degrees with three decimals or more, which is a
// hundred metres, or in degrees, minutes and seconds. One finding reaches from the first digit of a pair to its last one, or to
// the hemisphere behind degrees and minutes.
// A pair is believed where a word, a key or a link to a map says what it is.
var Geo = declare(Detector{
	Kind:   "geo",
	Class:  Quasi,
	Doc:    Doc{RU: "координаты (геопозиция)", EN: "coordinates of a place"},
	Prefix: "гео",
	Cues: []string{"координат*", "геопозици*", "геолокац*", "геометк*", "геоточк*", "местоположени*", "широт*", "долгот*", "lat", "latitude", "lon", "lng", "longitude",
		"latlng", "latlon", "coordinat*", "coords", "coord", "geo", "geolocation", "geopoint", "gps", "location",
		"с.ш", "ю.ш", "в.д", "з.д", "gpslatitude", "gpsposition", "n", "s", "е", "e"},
	Names: []string{"координаты", "координата", "геопозиция", "геолокация", "геометка", "геоточка", "местоположение", "широта", "долгота", "shirota",
		"dolgota", "koord", "koordinaty", "coordinates", "coords", "coord", "geo", "geolocation", "geo_location", "geo_point", "geopoint", "geo_lat", "geo_lon",
		"gps", "gps_coordinates", "lat", "latitude", "lon", "lng", "longitude", "lat_lon", "lat_lng", "last_location", "location", "point"},
	Telling: true,
	Company: 82,
	Find:    findGeo,
	Reach:   256,
	Fits:    fitsGeo,
	Good: []string{
		"координаты 55.7512, 37.6184",
		"широта 55.751244, долгота 37.618423",
		`{"lat":55.751,"lon":37.618}`,
		`"coordinates": [37.6184, 55.7512]`,
		"https://yandex.ru/maps/?ll=37.618423,55.751244&z=15",
		"https://maps.google.com/?q=55.7512,37.6184",
		"https://www.google.com/maps/@55.7512,37.6184,15z",
		"geo:55.7512,37.6184",
		"GPS: 55°45′21″N 37°37′04″E",
		"геопозиция: 55,7512; 37,6184",
		"место встречи (координаты): 55.7512 37.6184",
		"55.7512° с.ш. 37.6184° в.д.",
		"lat=-33.8688 lng=151.2093",
		"Дача: 55°01′47″ с.ш. 82°55′13″ в.д., участок 118",
		"82°55′13″ в.д., 55°01′47″ с.ш.",
		"54,98312; 82,89644 широта/долгота",
		"GPSLatitude: 53.34781, GPSLongitude: 83.77654; Model: Pixel 7",
		"Съёмка велась здесь: 54°19'02.8\"N 48°23'57.1\"E, вид на мост",
		"44°10′55″N, 43°28′12″E",
		"GPS Position : 55 deg 1' 47.20\" N, 82 deg 55' 13.08\" E",
	},
	Bad: []string{
		"55.7512, 37.6184",
		"курс 91.2345, 98.7654",
		"версия 1.2.3456",
		"координаты 191.7512, 237.6184",
		"широта взглядов, 3.1415",
		"location: Москва, дом 5",
		"lat 55.7",
		"на 55° с.ш. и 82° в.д. лежит Новосибирск",
		"54,98312; 82,89644 рубля",
		"оценка 4,983; 2,896 широта охвата темы",
		"rgba(0.1234, 0.5678, 0.9012, 1)",
		"поворот на 12°30'N и остановка",
		"размеры 5'10\"E и 6'2\"N",
		`"geometry":{"type":"LineString","coordinates":[[37.6184, 55.7512],[37.6190, 55.7520]]}`,
	},
})

// geoWords are the words that may stand before a pair or inside it.
var geoWords = newVocabulary(`lat latitude lon lng long longitude latlng latlon ll sll ssll pt loc geo geopoint geolocation gps coord coords coordinates
	coordinate location maps map placemark waypoint rtext y x n e s w с ю в з сш вд шд широта широты широте долгота долготы долготе координаты координат
	координата координатам координатами геопозиция геопозиции геопозицию геолокация геолокации геолокацию геометка геометку геоточка местоположение
	местоположения точка точке точку место места и градусов градуса г д gpslatitude gpslongitude gpsposition position`)

// geoInside are those of them that say what a number inside a pair is.
var geoInside = newVocabulary(`lat latitude lon lng long longitude широта широты долгота долготы широт* долгот* y x n e s w с ю в з сш вд ш д
	gpslatitude gpslongitude gpslatituderef gpslongituderef`)

// weakGeo says nothing before a pair by itself.
var weakGeo = newVocabulary(`y x n e s w с ю в з и г д место map long`)

func findGeo(dst []Finding, t *Text) []Finding {
	a := t.Arena[:len(t.Arena)+lookAhead]
	done := 0
	for _, p := range t.Fracs {
		if int(p) < done {
			continue
		}
		p := numberBegin(a, int(p))
		if p == 0 {
			continue
		}
		g, ok := readPair(a, p)
		if !ok {
			continue
		}
		done = g.end
		f := Finding{Start: uint32(g.start), End: uint32(g.end), Score: 50, Evidence: Structure}
		if g.worded || geoBefore(t, p) || geoBehind(a, g.end) {
			f.Score, f.Evidence = 90, f.Evidence|Keyword
			if ofMap(a, p) {
				f.Score = 60
			}
		} else if g.spaced && g.decimals >= 5 && g.russia && saidBefore(a, p) {
			f.Score = 40
		} else if !g.degrees && (g.spaced || g.decimals < 4 || !g.russia) {
			f.Score = 25
		} else if g.decimals >= 5 && g.russia && saidBefore(a, p) {
			f.Score = 82 // «я тут 43.589767, 39.721900»
		}
		if g.degrees {
			f.Score = max(f.Score, 88)
			f.End = hemisphereEnd(a, f.End)
		}
		if t.Whole(f.Start, f.End) {
			f.Evidence |= Whole
		}
		dst = append(dst, f)
	}
	done = 0
	for _, c := range t.Cues(t.current) {
		if int(c.Start) < done {
			continue
		}
		g, ok := geoPair{}, false
		if c.End-c.Start <= 2 { // 55°45'21"N
			if prime := a[c.Start-1]; prime != '"' && prime != '\'' && prime&^3 != 0xB0 && prime != 0x9D && prime != 0x99 {
				continue
			}
		} else if p := digitAfter(a, int(c.End)); p > 0 {
			g, ok = readPair(a, p)
		}
		if !ok {
			g, ok = pairAt(a, int(c.Start), done)
		}
		if !ok || g.fracs {
			continue // the first loop has it
		}
		done = g.end
		f := Finding{Start: uint32(g.start), End: uint32(g.end), Score: 88, Evidence: Structure | Keyword}
		if g.degrees {
			f.End = hemisphereEnd(a, f.End)
		} else if g.decimals < 3 {
			f.Score = 50 // a town, not a place
		}
		if t.Whole(f.Start, f.End) {
			f.Evidence |= Whole
		}
		dst = append(dst, f)
	}
	return dst
}

// numberBegin returns the begin of the decimal number with its dot at p, sign included, 0 if it is none.
func numberBegin(a []byte, p int) int {
	i := p
	for i > p-4 && a[i-1]-'0' <= 9 {
		i--
	}
	if i == p || i == p-4 {
		return 0
	}
	if a[i-1] == '-' {
		i--
	}
	if b := a[i-1]; b-'0' <= 9 || b == '.' || b == '_' {
		return 0
	}
	j := i
	for a[j-1] == ' ' || a[j-1] == '\n' {
		j--
	}
	if a[j-1] == ',' && a[j-2]-'0' <= 9 {
		for n := 0; n < 20 && a[j-2]-'0' <= 9; n++ {
			j--
		}
		if a[j-2] == '.' { // one of a list of such numbers
			return 0
		}
	}
	return i
}

// digitAfter returns where the first number behind a word begins that ends at i: within 24 bytes that hold nothing but words of
// geoWords and light punctuation; 0 if there is none.
func digitAfter(a []byte, i int) int {
	for end := i + 40; i < end; {
		switch b := a[i]; {
		case b-'0' <= 9:
			if a[i-1] == '-' && a[i-2]-'0' > 9 {
				i--
			}
			return i
		case b == ' ' || b == ':' || b == '"' || b == '\'' || b == '=' || b == '[' || b == '(' || b == ',' || b == '-' || b == '{' || b == '.' || b == ')' || b == '>' || b == '\n' ||
			b == '\t':
			i++
		case b|0x20-'a' < 26 || b&0xFE == 0xD0:
			e, _ := wordAfterLetter(a, i)
			if e == i || !geoWords.has(a[i:e]) {
				return 0
			}
			i = e
		case b == 0xC2 || b == 0xE2 || b >= 0x80 && b < 0xC0:
			i++
		default:
			return 0
		}
	}
	return 0
}

// pairAt reads the pair that a word at i stands inside or right behind: 55°01′47″ с.ш. 82°55′13″ в.д. It begins at floor
// or behind.
func pairAt(a []byte, i, floor int) (g geoPair, ok bool) {
	begin := i
	for begin > max(floor, 1) && i-begin < 48 {
		b := a[begin-1]
		if b-'0' > 9 && b != ' ' && b != '.' && b != ',' && b != ';' && b != '-' && b != '\'' && b != '"' && b != '(' && b != ')' &&
			b != 0xC2 && b != 0xE2 && (b < 0x80 || b >= 0xC0) && b != 'N' && b != 'E' {
			break
		}
		begin--
	}
	for p := begin; p < i; p++ {
		if a[p]-'0' > 9 || inName(a[p-1]) || a[p-1] == '.' || a[p-1] == ',' {
			continue
		}
		if a[p-1] == '-' && a[p-2]-'0' > 9 {
			p--
		}
		g, ok = readPair(a, p)
		if ok {
			return g, g.end > i || i-g.end < 8 && (g.degrees || g.decimals >= 4)
		}
		for a[p] == '-' || a[p]-'0' <= 9 {
			p++
		}
	}
	return g, false
}

// A geoPair is two coordinates of one place.
type geoPair struct {
	start, end int
	decimals   int  // of the less exact one
	worded     bool // words between say what they are
	spaced     bool // nothing but space stands between
	degrees    bool // in degrees, minutes and seconds
	fracs      bool // the first number is one of Text.Fracs
	russia     bool // it lies in the box around Russia, in either order
}

// readPair reads two coordinates from p on.
func readPair(a []byte, p int) (g geoPair, ok bool) {
	x, ok := readCoordinate(a, p)
	if !ok {
		return g, false
	}
	i, worded, marks := pairGap(a, x.end)
	if i == 0 {
		return g, false
	}
	y, ok := readCoordinate(a, i)
	if !ok || x.degrees != y.degrees || x.comma != y.comma {
		return g, false
	}
	// One is a latitude, in either order.
	if max(x.value, -x.value) > 90 && max(y.value, -y.value) > 90 || x.value == 0 && y.value == 0 {
		return g, false
	}
	g = geoPair{start: p, end: y.end, decimals: min(x.decimals, y.decimals), worded: worded || x.pole || y.pole, spaced: marks == 0, degrees: x.degrees, fracs: x.decimals >= 4 && !x.comma && !x.degrees}
	g.russia = inRussia(x.value, y.value) || inRussia(y.value, x.value)
	if g.decimals < 2 && !g.degrees || x.comma && marks == 0 {
		return g, false
	}
	// A third number makes it a vector, a list, a version.
	if b := a[y.end]; !g.worded && (b == ',' || b == ' ') {
		j := y.end + 1
		for a[j] == ' ' {
			j++
		}
		d := behindDigits(a, j)
		if d > j && a[d] == '.' && a[d+1]-'0' <= 9 {
			return g, false
		}
	}
	return g, true
}

// inRussia says whether a latitude and a longitude lie in the box around Russia.
func inRussia(lat, lon float64) bool { return lat >= 41 && lat <= 82 && (lon >= 19 || lon <= -168) }

// hemisphereEnd returns where the sign of seconds and the hemisphere end that stand behind p: ″E, ″ в. д.
func hemisphereEnd(a []byte, p uint32) uint32 {
	i := int(p)
	i += primeAt(a, i)
	end := i
	if a[i] == ' ' {
		i++
	}
	switch b := a[i]; {
	case (b == 'N' || b == 'E' || b == 'S' || b == 'W') && !alphanumeric(a[i+1]):
		return uint32(i + 1)
	case hasAt(a, i, "с") || hasAt(a, i, "ю") || hasAt(a, i, "в") || hasAt(a, i, "з"):
		dotted := a[i+2] == '.'
		for i += 2; a[i] == '.' || a[i] == ' '; i++ {
		}
		if (hasAt(a, i, "ш") || hasAt(a, i, "д")) && !alphanumeric(a[i+2]) {
			if i += 2; dotted && a[i] == '.' {
				i++
			}
			return uint32(i)
		}
	}
	return uint32(end)
}

// pairGap returns where the second number of a pair begins, 0 if none follows at once, whether words between say so, and how
// many commas and the like stand between.
func pairGap(a []byte, i int) (next int, worded bool, marks int) {
	for end := i + 48; i < end; {
		switch b := a[i]; {
		case b-'0' <= 9:
			if a[i-1] == '-' {
				i--
			}
			return i, worded, marks
		case b == ' ' || b == '"' || b == '\'' || b == '-' || b == '+' || b == '\n' || b == '\t' || b == '\r' || b == '.' || b == ')' || b == '(':
			i++
		case b == ',' || b == ';' || b == ':' || b == '=' || b == '/' || b == '&':
			marks++
			i++
		case b == '%':
			if !bytes.HasPrefix(a[i:], []byte("%2C")) && !bytes.HasPrefix(a[i:], []byte("%2c")) {
				return 0, false, 0
			}
			marks++
			i += 3
		case b|0x20-'a' < 26 || b&0xFE == 0xD0:
			e, _ := wordAfterLetter(a, i)
			if e == i || !geoInside.has(a[i:e]) {
				return 0, false, 0
			}
			worded = worded || e-i > 1 || a[i]|0x20 != 'x' && a[i]|0x20 != 'y'
			i = e
		case b == 0xC2 && (a[i+1] == 0xB0 || a[i+1] == 0xA0):
			worded = worded || a[i+1] == 0xB0
			i += 2
		case b == 0xE2 && a[i+1] == 0x80 && a[i+2]-0xB2 < 2: // ′ ″
			i += 3
		default:
			return 0, false, 0
		}
		if i >= len(a) {
			break
		}
	}
	return 0, false, 0
}

// A coordinate is one number of a pair.
type coordinate struct {
	end      int
	value    float64
	decimals int
	comma    bool // a comma is its decimal point
	degrees  bool // minutes follow
	pole     bool // a degree sign or a letter of the compass follows
}

// readCoordinate reads one at p: -33.8688, 37,6184, 55°45′21″, 55° 45' 21.5".
func readCoordinate(a []byte, p int) (c coordinate, ok bool) {
	i := p
	if a[i] == '-' {
		i++
	}
	e := behindDigits(a, i)
	if n := e - i; n == 0 || n > 3 || n > 1 && a[i] == '0' && a[i+1] == '0' {
		return c, false
	}
	c.value = float64(number(a[i:e]))
	c.end = e
	switch b := a[e]; {
	case (b == '.' || b == ',') && a[e+1]-'0' <= 9:
		c.end = behindDigits(a, e+1)
		c.decimals = c.end - e - 1
		c.comma = b == ','
		if c.comma && c.decimals < 3 || c.decimals > 18 {
			return c, false
		}
		scale := 0.1
		for _, d := range a[e+1 : min(c.end, e+8)] {
			c.value += float64(d-'0') * scale
			scale /= 10
		}
		if a[c.end] == 'e' && a[c.end+1] == '-' || a[c.end] == '.' && a[c.end+1]-'0' <= 9 {
			return c, false
		}
		c.pole = a[c.end] == 0xC2 && a[c.end+1] == 0xB0
	case degreeSign(a, e) > 0:
		minutes := skipSpaces(a, e+degreeSign(a, e))
		end := behindDigits(a, minutes)
		if n := end - minutes; n == 0 || n > 2 || number(a[minutes:end]) >= 60 {
			return c, false
		}
		c.degrees = true
		c.end = end
		if a[end] == '.' && a[end+1]-'0' <= 9 { // 55°45.350′
			c.end = behindDigits(a, end+1)
		} else if q := primeAt(a, end); q > 0 {
			seconds := skipSpaces(a, end+q)
			if e := behindDigits(a, seconds); e > seconds && e-seconds <= 2 && number(a[seconds:e]) < 60 {
				c.end = e
				if (a[e] == '.' || a[e] == ',') && a[e+1]-'0' <= 9 {
					e = behindDigits(a, e+1)
				}
				if primeAt(a, e) > 0 {
					c.end = e
				} else {
					c.end = end
				}
			}
		}
	default:
		return c, false
	}
	if c.value > 180 {
		return c, false
	}
	if a[p] == '-' {
		c.value = -c.value
	}
	return c, true
}

// degreeSign returns the length of °, º or the word deg at i, 0 if there is none.
func degreeSign(a []byte, i int) int {
	if hasAt(a, i, " deg ") {
		return len(" deg")
	}
	if a[i] == 0xC2 && (a[i+1] == 0xB0 || a[i+1] == 0xBA) {
		return 2
	}
	return 0
}

// primeAt returns the length of the sign of minutes or seconds at i, 0 if there is none.
func primeAt(a []byte, i int) int {
	switch {
	case a[i] == '\'' && a[i+1] == '\'':
		return 2
	case a[i] == '\'' || a[i] == '"':
		return 1
	case a[i] == 0xE2 && a[i+1] == 0x80 && (a[i+2] == 0xB2 || a[i+2] == 0xB3 || a[i+2] == 0x99 || a[i+2] == 0x9D):
		return 3
	}
	return 0
}

// geoBefore says whether a word, a key or a link to a map before the pair at p says what it is.
func geoBefore(t *Text, p int) bool {
	a := t.Arena
	i := p
	for words := 0; words < 3 && i > 1 && p-i < 64; {
		switch b := a[i-1]; {
		case b == '@' || b == '!':
			// google.com/maps/@55.75,37.61, !3d55.75!4d37.61
			from := max(0, i-64)
			return bytes.Contains(a[from:i], []byte("/maps"))
		case b == 0:
			e := leftCell(a, i-1)
			if e == 0 || i != p || !isLabel(a, e) {
				return false
			}
			i = e
		case b|0x20-'a' < 26 || b >= 0x80 && b < 0xC0 && a[i-2]&0xFE == 0xD0:
			begin := i
			for begin > 1 {
				if b := a[begin-1]; b|0x20-'a' < 26 {
					begin--
				} else if b >= 0x80 && b < 0xC0 && a[begin-2]&0xFE == 0xD0 {
					begin -= 2
				} else {
					break
				}
			}
			if begin == i {
				return false
			}
			w := a[begin:i]
			if geoWords.has(w) && !weakGeo.has(w) {
				return true
			}
			if (len(w) == 1 && w[0] == 'q' || string(w) == "daddr" || string(w) == "saddr" || string(w) == "query" || string(w) == "destination") && a[i] == '=' {
				from := max(0, i-80)
				return bytes.Contains(a[from:i], []byte("map"))
			}
			words++
			i = begin
		case b == '.' && i < p && a[i] == ' ' || (b == '\n' || b == '/') && words > 0:
			return false
		case b-'0' <= 9 && words == 0:
			return false
		default:
			i--
		}
	}
	return false
}

// ofMap says whether the pair at p is part of a drawn map: a feature or a line of GeoJSON, a point or node in XML.
func ofMap(a []byte, p int) bool {
	if a[p-1] == '[' && a[p-2] == '[' {
		return true
	}
	before := a[max(0, p-64):p]
	return bytes.Contains(before, []byte(`"geometry"`)) || bytes.Contains(before, []byte("pt lat=")) || bytes.Contains(before, []byte("<node "))
}

// saidBefore says whether a Russian word or a key for a position stands right before p.
func saidBefore(a []byte, p int) bool {
	i := p
	for n := 0; n < 3 && (a[i-1] == ' ' || a[i-1] == ':' || a[i-1] == '=' || a[i-1] == '"' || a[i-1] == '('); n++ {
		i--
	}
	if i == p || i < 4 {
		return false
	}
	return a[i-1] >= 0x80 && a[i-2]&0xFE == 0xD0 || hasLetters(a, i-3, "pos") && a[i-4]|0x20-'a' >= 26 || i > 8 && hasLetters(a, i-8, "position")
}

// geoBehind says whether the word behind the pair that ends at i says what it is.
func geoBehind(a []byte, i int) bool {
	for n := 0; n < 4 && (a[i] == ' ' || a[i] == '-' || a[i] == '(' || a[i] == ')' || a[i] == ']'); n++ {
		i++
	}
	if a[i]&0xFE != 0xD0 {
		return false
	}
	e, _ := wordAfterLetter(a, i)
	return e > i && geoWords.has(a[i:e]) && !weakGeo.has(a[i:e])
}

// fitsGeo says whether a cell of a column of coordinates holds a pair or, in one of latitudes or longitudes, a single one.
func fitsGeo(value []byte) bool {
	if len(value) < 5 || len(value) > 80 {
		return false
	}
	var buf [128]byte
	copy(buf[1:], value)
	a := buf[:]
	i := 1
	for a[i] == '(' || a[i] == '[' || a[i] == ' ' || a[i]|0x20-'a' < 26 {
		i++
	}
	if g, ok := readPair(a, i); ok {
		return g.degrees || g.decimals >= 3
	}
	c, ok := readCoordinate(a, i)
	return ok && a[c.end] == 0 && c.decimals >= 3
}
