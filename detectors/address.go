package detectors

import (
	"encoding/binary"
	"strings"
)

// Address is a postal address down to the house, in Russian or in English order: one span from its first element to the
// last one, without a postcode before or behind it. There is no list of streets: words such as улица and дом say what is
// what (address_words.go), an address is read element by element (address_read.go; names and numbers have files of their
// own), and the levels that were found make the score. A street alone or a town alone is no address.
var Address = declare(Detector{
	Kind:   "address",
	Class:  Direct,
	Doc:    Doc{RU: "адрес", EN: "postal address"},
	Prefix: "адрес",
	Cues:   addressCues(),
	Names: []string{"адрес", "адрес_регистрации", "адрес_проживания", "адрес_доставки", "адрес_фактический", "адрес_юридический", "адрес_прописки",
		"адрес_клиента", "фактический_адрес", "юридический_адрес", "почтовый_адрес", "домашний_адрес", "адрес_почтовый", "место_жительства",
		"место_проживания", "место_регистрации", "регистрация_адрес", "прописка", "проживание", "adres", "adr", "adres_reg", "adres_registracii",
		"adres_prozhivaniya", "adres_dostavki", "fakt_adres", "yur_adres", "propiska", "prozhivanie", "mesto_zhitelstva", "mesto_prozhivaniya", "address",
		"addr", "full_address", "reg_address", "registration_address", "home_address", "legal_address", "actual_address", "street_address",
		"postal_address", "mailing_address", "delivery_address", "shipping_address", "billing_address", "residence_address", "residential_address",
		"address_line", "residence", "place_of_residence"},
	Telling: true,
	Company: 82,
	Find:    findAddress,
	Reach:   1024,
	Fits:    fitsAddress,
	Good: []string{
		"г. Казань, ул. Баумана, д. 5, кв. 12",
		"127006, г. Москва, ул. Краснопролетарская, д. 7, помещ 4/П",
		"проживает по адресу: ул. Ленина 5-12",
		"г Москва ул Тверская д 7 кв 12",
		"Москва, Тверская, 7",
		"доставка на просп. Мира 10к2",
		"prem. 1-N, bld. 12-14, Lit. A, Khersonskaya st., St. Petersburg, Russia, 191024",
		"Московская обл, Одинцовский р-н, Одинцово г, Маршала Жукова ул, дом № 5, квартира 12",
		"Тверская область, Кимрский район, дер. Ивановка, дом 5",
		"ул. 8 Марта, д. 12А",
		"3-я ул. Строителей, д. 25, кв. 12",
		"Большая Садовая ул., 10",
		"живу на улице Героев Панфиловцев, дом 15 корпус 2, квартира 77",
		"тер. СНТ «Берёзка», уч. 12, Ногинский р-н",
		"УЛ. АКАДЕМИКА КОРОЛЁВА, Д. 12, КВ. 5",
		"Lenina str. 5, apt. 12, Kazan",
		"ночует у свекрови: д. Лопатино, 27",
		"с. Шипуново, д. 41",
		"дом в пос. Кедровый, 12-3",
		"дер. Ивановка, 15",
	},
	Bad: []string{
		"Калязин, ул. Полевая.\nОфис и склад закрыты",
		"Калязин, ул. Полевая, гараж с инструментом",
		"на улице Ленина",
		"на улице Ленина 5 мая открыли фонтан",
		"встреча в г. Казань 12.03.2024 г.",
		"п. 5.2 договора, ст. 13, с. 5, стр. 15",
		"1 кв. 2024 г., 50 кв. м, к. т. н. Петров",
		"на проспекте Мира 15 минут пробка, 12 машин",
		"ООО «Улица», д. 5",
		"ул. Ленина, 15:00",
		"Краснодарский край, г. Сочи",
		"шоссе Энтузиастов, 12 км",
		"пер. с англ. Иванова, 2010",
		"пос. Кедровый, 12 дворов",
		"и т. д. Лопатино, 27",
		"Д. Петров, 41",
		"пос. Мирный, 12-13 июня",
		"дер. Ивановка, 2019",
	},
})

// anchorKind says how a word leads to an address.
type anchorKind uint8

const (
	anchorMarker anchorKind = iota // a part of an address, abbreviated: it is read to both sides
	anchorProse                    // a part of an address that prose is full of: only with a capital letter or a digit beside it
	anchorFlat                     // a flat: the street before it may have no marker
	anchorTown                     // a town: a street may follow without a marker
	anchorKnown                    // the name of many streets: a house number may follow
	anchorWord                     // проживает, доставка: an address follows
	anchorSurely                   // адрес: it does, whatever the street is called
)

// addressAnchors are the words that lead to addresses. Those of one letter are in nearly every sentence and lead nowhere.
var addressAnchors = []struct {
	kind  anchorKind
	words string
}{
	{anchorMarker, `б ш д ул пр просп пер наб бул бульв пл мкр мкрн снт днт днп снп дпк гск обл респ абонентск* дер пос пгт корп помещ str ave prospekt ulitsa ulica
		ul pereulok shosse naberezhnaya blvd bld bldg prem rd st`},
	{anchorProse, `улица улицы улице улицу улицей проспект* переул* набережн* шоссе бульвар* проезд* тупик* площад* аллея аллее аллеи тракт линия микрорайон*
		область край республика деревня деревне село селе поселок поселке дом доме владение корпус квартал street avenue boulevard embankment lane`},
	{anchorFlat, `кв квартира квартиры квартире квартиру кварт apt apartment kv`},
	{anchorTown, commonTowns},
	{anchorKnown, `ленина гагарина пушкина кирова горького маркса калинина чапаева фрунзе свердлова маяковского лермонтова чкалова дзержинского куйбышева
		советская советской комсомольская комсомольской`},
	{anchorSurely, `адрес адреса адресу адресе адресом`},
	{anchorWord, `проживает проживающ* проживаю прожива* прописан* прописк* прож живу живет зарегистрирован* доставк* доставить жительства`},
}

// addressCues lists the words of addressAnchors.
func addressCues() (words []string) {
	for _, g := range addressAnchors {
		words = append(words, strings.Fields(g.words)...)
	}
	return words
}

// anchorKinds are the kinds of the words that addressCues lists.
var anchorKinds = func() (kinds []anchorKind) {
	for _, g := range addressAnchors {
		for range strings.Fields(g.words) {
			kinds = append(kinds, g.kind)
		}
	}
	return kinds
}()

// lookAhead is how many bytes behind the zero byte that ends a cell are looked at, into the padding of the arena.
const lookAhead = 16

func findAddress(dst []Finding, t *Text) []Finding {
	// What ends before done is known. A place that was tried in vain is no part of an address that a later cue is in, if the
	// later one does not read more: from there on it is looked at no further back.
	done := 0
	announced := -1000 // where the last word ends that says that an address follows
	var tried [2]int
	cues := t.Cues(t.current)
	if len(cues) == 0 {
		return dst
	}
	r := addressReader{a: t.Arena[:len(t.Arena)+lookAhead], words: addressLexicon()}
	for _, c := range cues {
		if int(c.Start) < done {
			continue
		}
		kind := anchorKinds[c.Word]
		if kind >= anchorWord {
			announced = int(c.End)
		}
		far := int(c.Start)-announced > 200
		if kind == anchorMarker && far && r.houseless(&c) || !r.promising(&c, kind) || kind == anchorProse && far && r.houseless(&c) {
			continue
		}
		r.bare = kind != anchorMarker && kind != anchorProse && kind != anchorTown
		ok := false
		if kind >= anchorWord {
			ok = r.behind(int(c.End))
		} else {
			read := 0
			if r.bare {
				read = 1
			}
			ok = r.around(t, int(c.Start), max(done, tried[read]))
			if !ok {
				tried[0] = int(c.Start)
				tried[read] = int(c.Start)
			}
		}
		if !ok {
			continue
		}
		done = r.end
		f := Finding{Start: uint32(r.start), End: uint32(r.end), Score: r.score(unsaid), Evidence: Structure}
		if t.Whole(f.Start, f.End) {
			f.Evidence |= Whole
		}
		by := unsaid
		switch {
		case kind == anchorSurely:
			by = saidAddress
		case r.score(saidWord) == f.Score: // nothing depends on it
		case kind == anchorWord || r.keyword(t):
			by = saidWord
		case kind == anchorKnown && r.marks&markWeak == 0 && (f.Evidence&Whole != 0 || stands(r.a, r.start)):
			by = saidPlace
		}
		if by >= saidWord {
			f.Evidence |= Keyword
		}
		if f.Score = r.score(by); f.Score >= Mask && (f.Score > streetOnly || f.Evidence&Whole != 0) {
			dst = append(dst, f)
		}
	}
	return dst
}

// promising looks at what stands next to a cue, to send most of them away at once.
func (r *addressReader) promising(c *Cue, kind anchorKind) bool {
	a := r.a
	i := int(c.End)
	if a[i] == '-' { // пр-т, мкр-н, кв-л
		i, _ = wordAfterLetter(a, i+1)
		if kind == anchorFlat {
			kind = anchorMarker
		}
	}
	switch kind {
	case anchorFlat:
		return a[skipMarker(a, i)]-'0' <= 9
	case anchorTown:
		if a[i] == ',' {
			i++
		}
		for a[i] == ' ' {
			i++
		}
		return (capitalAt(a, i) || a[i]-'0' <= 9 || hasLetters(a, i, "г") || hasLetters(a, i, "а/я")) && digitSoon(a, i, 72)
	case anchorKnown:
		for a[i] == ' ' || a[i] == ',' {
			i++
		}
		return a[i]-'0' <= 9
	case anchorWord, anchorSurely:
		return announces(a, i)
	}
	before := int(c.Start) - 1
	if a[before] == '-' {
		return true // кв-л
	}
	k := skipMarker(a, i)
	if a[c.Start] == 0xD0 && i-int(c.Start) == 2 && a[c.Start+1]&^0x20 == 0x94 { // д
		return a[c.Start+1] == 0xB4 && a[i] == '.' && k > i && r.village(int(c.Start), k)
	}
	switch {
	case a[k]-'0' <= 9 || a[k] == '"' || a[k] == 0xC2 || capitalAt(a, k):
	case k > i && (kind == anchorMarker || smallName(a, k)):
	default: // Тверская ул.
		if a[before] == 0xA0 {
			before--
		} else if a[before] != ' ' {
			return false
		}
		begin := max(russianBegin(a, before), before-48)
		for before-begin < 48 && (a[begin-1]|0x20-'a' < 26 || a[begin-1] >= 0x80 || a[begin-1] == '-') {
			begin--
		}
		if !capitalAt(a, begin) && a[begin]-'0' > 9 && a[begin-1]-'0' > 9 && kind != anchorMarker {
			return false
		}
	}
	if kind == anchorMarker {
		return digitSoon(a, i, 140) || digitJustBefore(a, int(c.Start))
	}
	if a[i-1] < 0x80 && digitJustBefore(a, int(c.Start)) {
		return true
	}
	n := min(i+72, len(a))
	for i < n {
		if i+8 <= n {
			x := binary.LittleEndian.Uint64(a[i : i+8])
			if inRange(x, 11)|zeros(x)|zeros(x^0x0A0A0A0A0A0A0A0A) == 0 { // no digit, no colon, no end of the cell or of a line
				i += 8
				continue
			}
		}
		switch b := a[i]; {
		case b-'0' <= 9 || b == ':':
			return true
		case b == 0, b == '\n' && a[i-1] != ',':
			return false
		}
		i++
	}
	return false
}

// village says whether «д.» at i may be that of a village, «д. Лопатино, 27», or of a house in one, «с. Шипуново, д. 41»;
// k is what stands behind it. The house of a street is found from the street.
func (r *addressReader) village(i, k int) bool {
	a := r.a
	if a[i-1] == 0xA0 {
		i--
	}
	if capitalAt(a, k) {
		return (a[i-1] != ' ' || a[i-2] != '.') && digitSoon(a, k, 60) // и т. д.
	}
	return a[k]-'0' <= 9 && a[i-1] == ' ' && a[i-2] == ',' && endsLetter(a, i-2)
}

// alone says that no word in small letters goes on behind the address: «пос. Кедровый, 12», not «12 дворов».
func (r *addressReader) alone() bool {
	i := skipSpaces(r.a, r.end)
	return !beginsLetter(r.a, i) || capitalAt(r.a, i)
}

// houseless says that no house follows the name of a street, which has the Russian marker c: its sentence ends before a
// digit, and neither a part of an address begins the next one nor does a number or the border of a cell stand in front.
// «Казань, ул. Баумана. Встреча» is a place, no address.
func (r *addressReader) houseless(c *Cue) bool {
	a := r.a
	i := int(c.Start)
	if a[i] < 0x80 || i < 72 {
		return false
	}
	for n := 0; n < 64; n += 8 {
		x := binary.LittleEndian.Uint64(a[i-n-8 : i-n])
		if zeros(x) != 0 || n < 40 && inRange(x, 10) != 0 {
			return false
		}
	}
	i = int(c.End)
	if a[i] == '.' {
		i++
	}
	for from, n := i, min(i+96, len(a)-lookAhead); ; i++ {
		if i = proseEnd(a, i); i >= n {
			return false
		}
		switch b := a[i]; {
		case b == '.' && (i-from < 8 || zeros(eightBytes(a[i-8:])^spaces) != 0): // an abbreviation
		case b == '.' || b == ';' || b == '\n':
			return r.ends(i)
		case b == 0 || b-'0' <= 9:
			return false
		}
	}
}

// ends says that the sentence or line which ends with the mark at i has no address that goes on behind.
func (r *addressReader) ends(i int) bool {
	a := r.a
	k := i + 1
	line := a[i] == '\n'
	for a[k] == ' ' || a[k] == '\n' || a[k] == '"' {
		line = line || a[k] == '\n'
		k++
	}
	switch b := a[k]; {
	case k == i+1 && !line || b == 0 || b == 0xE2:
		return false
	case b-'0' <= 9:
		return line && postcodeAt(a, k) == 0
	}
	if !r.words.leads.mayRussian(eightBytes(a[k:])) {
		return true // most words
	}
	w := r.word(k)
	if w.letters == 1 && w.roles&roleLink == 0 && a[w.end] == ' ' { // «С утра»
		k = skipMarker(a, w.end)
		return a[k]-'0' > 9 && !capitalAt(a, k)
	}
	return w.roles&roleLeads == 0
}

// smallName says whether one or two words at i are followed by a digit or by a word for a house: улица ленина дом 5.
func smallName(a []byte, i int) bool {
	for range 2 {
		e, n := wordAfterLetter(a, i)
		if e == i || n < 3 {
			return false
		}
		for i = e; a[i] == ' ' || a[i] == ','; {
			i++
		}
		if a[i]-'0' <= 9 {
			return true
		}
		if hasLetters(a, i, "д") {
			if b := a[i+2]; b == '.' || b == ' ' || b-'0' <= 9 || hasLetters(a, i+2, "ом") {
				return true
			}
		}
	}
	return false
}

// stands says whether the word before i is one of place: на Ленина 24.
func stands(a []byte, i int) bool {
	if a[i-1] != ' ' || i < 6 {
		return false
	}
	return (hasLetters(a, i-5, "на") || hasLetters(a, i-5, "На") || hasLetters(a, i-5, "по")) && (a[i-6] < 0x80)
}

// capitalAt says whether a capital letter stands at i.
func capitalAt(a []byte, i int) bool {
	return a[i]-'A' < 26 || a[i] == 0xD0 && (a[i+1]-0x90 < 32 || a[i+1] == 0x81)
}

// digitSoon says whether a digit stands in the bytes from i on, so many, in the same cell.
func digitSoon(a []byte, i, within int) bool {
	n := min(i+within, len(a))
	for ; i+8 <= n; i += 8 {
		x := binary.LittleEndian.Uint64(a[i : i+8])
		digit, zero := inRange(x, 10), zeros(x)
		if found := digit | zero; found != 0 {
			return digit&(found&-found) != 0
		}
	}
	for ; i < n && a[i] != 0; i++ {
		if a[i]-'0' <= 9 {
			return true
		}
	}
	return false
}

// digitJustBefore says whether a digit stands in the 96 bytes before i, in the same cell.
func digitJustBefore(a []byte, i int) bool {
	n := max(i-96, 1)
	for ; i-8 >= n; i -= 8 {
		x := binary.LittleEndian.Uint64(a[i-8 : i])
		digit, zero := inRange(x, 10), zeros(x)
		if digit|zero != 0 {
			return digit > zero
		}
	}
	for ; i > n && a[i-1] != 0; i-- {
		if a[i-1]-'0' <= 9 {
			return true
		}
	}
	return false
}

// inRange has the highest bit of every byte of x set that is one of so many, sixteen at most, from '0' on; zeros of every
// byte that is zero.
func inRange(x, count uint64) uint64 {
	const one, top = 0x0101010101010101, 0x8080808080808080
	x ^= '0' * one
	return ^(x&^top + (0x80-count)*one | x) & top
}

func zeros(x uint64) uint64 {
	const top = 0x8080808080808080
	return ^(x&^top + ^uint64(top) | x) & top
}

// announces says whether an address may follow a word for one that ends at i: a capital letter, a digit or a short word.
func announces(a []byte, i int) bool {
	sign := false
	for n := 0; n < 6; n++ {
		switch b := a[i]; {
		case b == ' ' || b == '"' || b == '-' || b == '\t' || b == '(':
			i++
			continue
		case b == ':' || b == '=' || b == ',' || b == '\n' || b == '\r':
			sign = true
			i++
			continue
		case b == 0xC2:
			i += 2
			continue
		case b == 0xE2 && a[i+1] == 0x80:
			i += 3
			continue
		case b == 0 || b == '@':
			return false
		}
		break
	}
	if a[i]-'0' <= 9 || capitalAt(a, i) {
		return true
	}
	e, n := wordAfterLetter(a, i)
	if e == i || n > 3 && !sign && !leads(a, i) {
		return false
	}
	if n > 3 || a[e] != ' ' {
		return true
	}
	return capitalAt(a, e+1) || a[e+1]-'0' <= 9 || leads(a, e+1) || leads(a, i) // на Садовую, по адресу
}

// leads says whether a word at i may lead on to an address.
func leads(a []byte, i int) bool {
	if a[i]&0xFE != 0xD0 {
		return false
	}
	is := func(begin string) bool { return hasLetters(a, i, begin) }
	switch a[i+1] { // the second byte of the first letter
	case 0x83:
		return is("ул")
	case 0xB0:
		return is("адр")
	case 0xB3:
		return is("гор") || is("г ")
	case 0xBF:
		return is("про") || is("пр ") || is("пер") || is("пост")
	case 0x80:
		return is("рег")
	case 0xB4:
		return is("дост") || is("дер")
	case 0x84:
		return is("факт")
	case 0x81:
		return is("сел")
	case 0xBA:
		return is("кв")
	case 0xBC:
		return is("мкр")
	}
	return false
}

// around reads the address that the word at p is part of and that begins at floor or behind.
func (r *addressReader) around(t *Text, p, floor int) bool {
	for i := max(r.back(t, p), floor); i <= p; i = r.skip(max(i, r.end)) {
		if r.read(i) && r.end > p {
			return true
		}
	}
	return false
}

// behind reads the address behind a word that announces one, which ends at i.
func (r *addressReader) behind(i int) bool {
	a := r.a
	lines := 0
	for n := 0; n < 8; n++ {
		for {
			switch b := a[i]; {
			case b == ' ' || b == ':' || b == ',' || b == '.' || b == '-' || b == '"' || b == '\t' || b == '=' || b == ')' || b == '(' || b == '\r':
				i++
			case b == 0xC2 && (a[i+1] == 0xA0 || a[i+1] == 0xAB):
				i += 2
			case b == 0xE2 && a[i+1] == 0x80:
				i += 3
			case b == '\n' && lines == 0:
				lines++
				i++
			default:
				goto element
			}
		}
	element:
		if j := postcodeAt(a, i); j > 0 {
			i = j
			continue
		}
		if a[i] == 0 {
			return false
		}
		w := r.word(i)
		if w.roles&roleMarker != 0 || w.roles&roleBetween == 0 || w.capital && w.roles&roleKnown != 0 {
			if r.read(i) && r.levels&(levelStreet|levelArea|levelTown|levelHouse) != 0 {
				return true
			}
			if w.roles&roleBetween == 0 {
				return false
			}
		}
		if w.letters == 0 {
			return false
		}
		i = w.end
	}
	return false
}

// skip returns the begin of what follows the word, number or mark at i.
func (r *addressReader) skip(i int) int {
	a := r.a
	if a[i]-'0' <= 9 {
		i = behindDigits(a, i)
		if o := ordinalEnd(a, i); o > 0 {
			i = o
		}
	} else if w := readAddressWord(a, i, addressSeed); w.letters > 0 {
		i = w.end
	} else {
		i++
	}
	for {
		switch b := a[i]; {
		case b == ' ' || b == ',' || b == '.' || b == '\n' || b == '\t' || b == ':':
			i++
		case b >= 0x80 && b < 0xC0: // inside a rune
			i++
		case b == 0xC2 || b == 0xE2:
			i++
		default:
			return i
		}
	}
}

// backLimit is how far, in bytes, an address may begin before the word that led to it.
const backLimit = 320

// back returns where an address that holds p may begin: it walks back over numbers, names, words of addresses and light
// punctuation.
func (r *addressReader) back(t *Text, p int) int {
	a := r.a
	from := p
	lines := 0
	right := roleStreet // of the word on the right, while nothing but a space stands between
	for i := p; i > 1 && p-i < backLimit; {
		switch b := a[i-1]; {
		case b == ' ':
			i--
		case b == ',' || b == ';' || b == '\t' || b == '\r' || b == '/' || b == '"':
			right = 0
			i--
		case b == '.':
			i--
		case b == '-':
			i--
		case b == '\n':
			if lines++; lines > 4 {
				return from
			}
			right = 0
			i--
		case b-'0' <= 9:
			i--
			from = i
			right = 0
		case b == ':':
			// Город: Москва
			begin := wordBegin(t, i-1)
			if begin == i-1 || r.word(begin).roles&roleMarker == 0 {
				return from
			}
			right = 0
			i--
		case b|0x20-'a' < 26 || b >= 0x80 && b < 0xC0 && a[i-2]&0xFE == 0xD0:
			begin := wordBegin(t, i)
			if i-begin <= 2 && (a[begin-1] == '.' || a[begin-1] == '/') && a[begin-2] >= 0x80 { // г.о., с/п
				for (a[begin-1] == '.' || a[begin-1] == '/') && begin > 3 && a[begin-2] >= 0x80 {
					begin -= 3
				}
				if a[begin] >= 0xC0 && r.word(begin).roles&roleMarker != 0 {
					from = begin
				}
				i, right = begin, 0
				continue
			}
			if i-begin <= 2 && a[i] == '.' && a[i+1] >= 0x80 { // м.р-н
				from, i, right = begin, begin, 0
				continue
			}
			if a[begin-1]-'0' <= 9 && i-begin <= 2 { // 12а
				i, right = begin, 0
				continue
			}
			if a[begin-1] == '-' && a[begin-2]-'0' <= 9 { // 2-й
				i, right = begin-1, 0
				continue
			}
			w := readAddressWord(a, begin, addressSeed)
			if w.letters == 0 {
				return from
			}
			roles := addressRole(0)
			if !w.capital {
				roles = r.words.find(w.hash)
				switch {
				case roles&(roleMarker|roleFiller|roleCity|roleKnown|roleFirst) != 0:
				case roles&roleLink != 0:
					right = 0
					i = begin
					continue
				case right&(roleStreet|roleRegion|roleDistrict) != 0 && w.letters > 2 && roles == 0:
				default:
					if w.letters > 2 && roles == 0 && a[begin-1] == ' ' { // г кукуево
						before := wordBegin(t, begin-1)
						if before < begin-1 && r.words.find(readAddressWord(a, before, addressSeed).hash)&(roleTown|roleStreet) != 0 {
							break
						}
					}
					return from
				}
			}
			from, i, right = begin, begin, roles
		case b == 0xA0 && a[i-2] == 0xC2, (b == 0xAB || b == 0xBB) && a[i-2] == 0xC2:
			i -= 2
		case i > 3 && b&0xC0 == 0x80 && a[i-2]&0xC0 == 0x80 && a[i-3] == 0xE2:
			i -= 3
		default:
			return from
		}
	}
	return from
}

// wordBegin returns the begin of the word that ends at e, hyphens included.
func wordBegin(t *Text, e int) int {
	a, last := t.Arena, e
	for {
		if b := a[e-1]; b|0x20-'a' >= 26 && !(b >= 0x80 && b < 0xC0 && a[e-2]&0xFE == 0xD0) {
			return e
		}
		begin := russianBegin(a, e)
		for begin > 1 {
			if b := a[begin-1]; b|0x20-'a' < 26 {
				begin--
			} else if b >= 0x80 && b < 0xC0 && a[begin-2]&0xFE == 0xD0 {
				begin -= 2
			} else {
				break
			}
		}
		if a[begin-1] != '-' || last-begin > 64 {
			return begin
		}
		if b := a[begin-2]; b|0x20-'a' >= 26 && b < 0x80 {
			return begin
		}
		e = begin - 1
	}
}

// said is what the text says of an address beside the address itself.
type said uint8

const (
	unsaid      said = iota
	saidPlace        // на Ленина 24, or nothing else in the cell
	saidWord         // проживает, доставка
	saidAddress      // адрес
)

// streetOnly is the score of a street in a town, without a house: it counts in a cell of its own only.
const streetOnly = 38

// score weighs the levels that were read, and what is said of them.
func (r *addressReader) score(by said) uint8 {
	has := func(l addressLevel) bool { return r.levels&l != 0 }
	is := func(m addressMark) bool { return r.marks&m != 0 }
	street, house, inside := has(levelStreet|levelArea), has(levelHouse|levelBuild), has(levelFlat)
	place := has(levelTown | levelDistrict | levelRegion)
	third := place || inside
	switch {
	case street && house && is(markBare):
		switch {
		case is(markHouse) && place, is(markSure) && third && by >= saidWord:
			return 86
		case is(markSure) && third, is(markNumber) && place:
			return 84
		case by == saidWord && (is(markSure|markHouse) || third):
			return 86
		case by == saidAddress, is(markSure) && (by == saidPlace || is(markNumber)):
			return 82
		}
		return 60
	case street && house:
		switch {
		case by >= saidWord && third, place && inside && !is(markWeak):
			return 93
		case by >= saidWord:
			return 86
		case is(markWeak):
			return 60
		case third:
			return 90
		case is(markPlain):
			return 70
		}
		return 82
	case has(levelTown) && house:
		switch {
		case is(markSmall) && is(markHouse) && (has(levelDistrict|levelRegion) || inside):
			return 90
		case (is(markHouse) || has(levelBuild)) && inside:
			return 86 // Зеленоград and Набережные Челны do without streets
		case by >= saidWord:
			return 84
		case is(markSmall) && (is(markHouse) || !is(markWeak) && r.alone()):
			return 82
		}
		return 60
	case has(levelBox) && (place || by >= saidWord):
		return 84
	case by >= saidWord && (street && inside || street && has(levelTown) || house && inside):
		return 82
	case street && inside:
		return 65
	case has(levelHouse) && inside:
		return 55
	case street && has(levelTown):
		return streetOnly
	}
	return 0
}

// keyword says whether a word before the address announces it: in the same line, in the line before, or as the label in the
// cell on the left.
func (r *addressReader) keyword(t *Text) bool {
	a := r.a
	i := r.start
	if a[i-1] == 0 {
		e := leftCell(a, i-1)
		if e == 0 || !isLabel(a, e) {
			return false
		}
		i = e
	}
	crossed := false
	for words := 0; words < 7 && i > 1 && r.start-i < 120; {
		switch b := a[i-1]; {
		case b|0x20-'a' < 26 || b >= 0x80 && b < 0xC0 && a[i-2]&0xFE == 0xD0:
			begin := wordBegin(t, i)
			w := readAddressWord(a, begin, addressSeed)
			if w.letters == 0 {
				return false
			}
			if r.words.find(w.hash)&roleKeyword != 0 {
				return true
			}
			words++
			i = begin
		case b == 0 || b == '!' || b == '?' || b == '.' && words > 0 && a[i] == ' ' || b == '\n' && (crossed || words > 0):
			return false
		case b == '.' && a[i] == ' ':
			words = 6 // only «прож.» and the like may stand before a full stop
			i--
		case b == '\n':
			crossed = true
			i--
		default:
			i--
		}
	}
	return false
}

// fitsAddress says whether a cell holds an address of two levels or more.
func fitsAddress(value []byte) bool {
	if len(value) < 5 || len(value) > 500 {
		return false
	}
	a := make([]byte, len(value)+65)
	copy(a[1:], value)
	r := addressReader{a: a, words: addressLexicon(), bare: true}
	for i := 1; i <= len(value); {
		if r.read(i) {
			l := r.levels
			n := 0
			for _, level := range [...]addressLevel{levelRegion, levelDistrict, levelTown, levelStreet | levelArea, levelHouse | levelBuild, levelFlat, levelBox} {
				if l&level != 0 {
					n++
				}
			}
			if n >= 2 {
				return true
			}
		}
		i = max(r.skip(i), r.end)
	}
	return false
}
