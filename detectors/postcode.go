package detectors

// Postcode is a Russian postal index: six digits, of which the first three are 101 to 499 or 600 to 699. There are no check
// digits: an address beside it, or a word, says what it is.
var Postcode = declare(Detector{
	Kind:   "postcode",
	Class:  Quasi,
	Doc:    Doc{RU: "почтовый индекс", EN: "postal code"},
	Prefix: "индекс",
	Near:   postcodeWords,
	Cues:   postcodeWords,
	Names: []string{"индекс", "почтовый_индекс", "почт_индекс", "индекс_почтовый", "indeks", "pochtoviy_indeks", "pochtovyy_indeks", "post_indeks", "zip", "zip_code",
		"postcode", "post_code", "postal_code", "postal_index", "post_index", "postal", "mail_index", "index"},
	Digits: 1 << 6,
	Find:   findPostcode,
	Reach:  1024,
	Fits: func(value []byte) bool {
		value = trimSpace(value)
		return len(value) == 6 && digits(value) && postcodeRange(value) && !trivial(value)
	},
	Good: []string{
		"127006, г. Москва, ул. Краснопролетарская, д. 7",
		"индекс 630099",
		"127006 индекс",
		"zip code: 630099, Novosibirsk",
		"Почтовый индекс: 420111",
		"Khersonskaya st., St. Petersburg, Russia, 191024",
		"Россия, 603005, Нижний Новгород, ул. Минина, 5",
		"ул. Ленина, д. 5, кв. 12, 344002",
		"350000 Краснодарский край, г. Краснодар",
		"проживает: 143000, Московская обл., Одинцово",
		"ул. Луговая, 3, 634000",
		"г. Томск, пр. Кирова, 12-4, 634000",
		"пер. Луговой, д. 3Б, кв. 27\nг. Томск\n634000\n",
		"Томск, ул. Луговая, д. 3\n634000",
	},
	Bad: []string{
		"Биржевой индекс вырос до 275761",
		"заказ 127006, Москва",
		"код 630099",
		"индекс развития региона 430700 баллов",
		"индекс 530099",
		"оплачено 127006 руб.",
		"№ 191024, от 12.03.2024",
		"индекс 111111",
		"Остаток, 8, 650000",
		"Итого за 8 дней\n650000",
		"Томск\n634000 рублей",
		"таблица 3, 8, 650000",
	},
})

var postcodeWords = []string{"индекс", "индекса", "индексу", "индексом", "postcode", "zip", "zipcode", "indeks"}

// postcodeRange says whether the six digits that d begins with are in a range that is in use.
func postcodeRange(d []byte) bool {
	n := 100*int(d[0]) + 10*int(d[1]) + int(d[2]) - 111*'0'
	return n >= 101 && n <= 499 || n >= 600 && n <= 699
}

func findPostcode(dst []Finding, t *Text) []Finding {
	a := t.Arena[:len(t.Arena)+lookAhead]
	cues := t.Cues(t.current)
	for i := range t.Nums[6] {
		n := &t.Nums[6][i]
		for len(cues) > 1 && cues[1].Start < n.End {
			cues = cues[1:]
		}
		if n.Flags&(Plus|Glued|Sticky|Inner|Outer|Query) != 0 || !postcodeRange(a[n.Start:]) || trivial(a[n.Start:n.End]) {
			continue
		}
		f := Finding{Start: n.Start, End: n.End, Evidence: Structure}
		f.Score = beforeAddress(a, int(n.Start), int(n.End))
		behind := behindAddress(t, int(n.Start), int(n.End))
		inside := behind > 0 && f.Score > 0
		f.Score = max(f.Score, behind)
		switch {
		case f.Score > 0:
			if x := t.context(n); x.negative && x.distance < 12 && f.Score < 95 && !postalCode(t, n.Start) {
				f.Score = 25 // заказ 127006, Москва
			} else if inside {
				f.Score = Report // the address around it is stronger
			} else if x.speaks(t.current, leftWindow) {
				f.Score = max(f.Score, 95)
			}
			f.Evidence |= Keyword
		default:
			// The word stands within 48 bytes before the number, or right behind it.
			told := false
			for _, c := range cues[:min(2, len(cues))] {
				told = told || c.End <= n.Start && n.Start-c.End <= 48 || c.Start >= n.End && c.Start-n.End <= 4
			}
			if !told {
				continue
			}
			x := t.context(n)
			if !postalCode(t, n.Start) && (!x.speaks(t.current, 24) || x.right && x.distance > 3 || !x.right && !follows(a, n.Start)) {
				continue
			}
			f.Score = 88
			f.Evidence |= Keyword
			if indexOfShares(t, int(n.Start)) {
				f.Score = 20
			}
		}
		if t.Whole(n.Start, n.End) {
			f.Evidence |= Whole
		}
		dst = append(dst, f)
	}
	return dst
}

// postalCode says whether «zip code» or the like stands right before p. A code alone is that of something else.
func postalCode(t *Text, p uint32) bool {
	a, i := t.Arena, int(p)
	for n := 0; n < 4 && (a[i-1] == ' ' || a[i-1] == ':' || a[i-1] == '"' || a[i-1] == '='); n++ {
		i--
	}
	begin, _ := t.wordBefore(i)
	if !equalFold(a[begin:i], "code") || a[begin-1] != ' ' && a[begin-1] != '_' {
		return false
	}
	first, _ := t.wordBefore(begin - 1)
	return equalFold(a[first:begin-1], "zip") || equalFold(a[first:begin-1], "postal") || equalFold(a[first:begin-1], "post")
}

// follows says whether a word stands before p with nothing but marks between: no other number.
func follows(a []byte, p uint32) bool {
	for n := 0; n < 12; n++ {
		b := a[p-1]
		if b-'0' <= 9 {
			return false
		}
		if b|0x20-'a' < 26 || b >= 0x80 && b < 0xC0 && a[p-2]&0xFE == 0xD0 || b == 0 {
			return true
		}
		p--
	}
	return false
}

// beforeAddress returns the score of a number from start to i behind which an address begins, 0 if none does.
func beforeAddress(a []byte, start, i int) uint8 {
	comma := false
	for n := 0; ; n++ {
		switch b := a[i]; {
		case n > 6:
			return 0
		case b == '\n' && a[start-1] == ' ' && a[start-2]-'0' <= 9:
			return 0 // the last number of a row
		case b == ' ' || b == '\n' || b == '\r' || b == '\t':
			i++
			continue
		case b == ',' || b == ';':
			comma = true
			i++
			continue
		case b == 0xC2 && a[i+1] == 0xA0:
			i += 2
			continue
		}
		break
	}
	if b := a[i]; b|0x20-'a' >= 26 && b&0xFE != 0xD0 {
		return 0
	}
	r := addressReader{a: a, words: addressLexicon(), start: i, end: i}
	w := r.word(i)
	if !w.capital && w.roles&roleMarker == 0 {
		return 0
	}
	if !r.read(i) || r.levels&(levelCountry|levelRegion|levelDistrict|levelTown|levelArea|levelStreet) == 0 {
		return 0
	}
	several := r.levels&(r.levels-1) != 0
	switch {
	case several && comma:
		return 95
	case several, comma:
		return 90
	case w.roles&roleMarker != 0, r.levels&(levelRegion|levelStreet) != 0:
		return 85
	}
	return 60
}

// behindAddress returns the score of a number from i to end where an address ends before it, 0 if none does.
func behindAddress(t *Text, i, end int) uint8 {
	a := t.Arena
	comma := false
	for n := 0; ; n++ {
		switch b := a[i-1]; {
		case n > 3:
			return 0
		case b == '\n':
			comma = comma || a[end] == 0 || lineEnd(a, end) > 0 // alone in its line
			i--
			continue
		case b == ' ' || b == '.' || b == '\r':
			i--
			continue
		case b == ',':
			comma = true
			i--
			continue
		}
		break
	}
	if !comma {
		return 0
	}
	words := addressLexicon()
	house := i
	last := a[i-1]
	digit := last-'0' <= 9
	if digit {
		for n := 0; a[i-1]-'0' <= 9 || a[i-1] == '-' || a[i-1] == '/'; n++ {
			if n > 8 {
				return 0
			}
			i--
		}
		for a[i-1] == ' ' || a[i-1] == '.' {
			i--
		}
	}
	for a[i-1] == ' ' || digit && a[i-1] == ',' {
		i--
	}
	begin := wordBegin(t, i)
	if begin == i {
		return 0
	}
	roles := words.find(readAddressWord(a, begin, addressSeed).hash)
	switch {
	case digit && roles&(roleHouse|roleFlat) != 0 && i-begin > 1, !digit && roles&(roleCity|roleCountry|roleRegion) != 0:
		return 88
	case digit:
		// ул. Луговая, 3
		r := addressReader{a: t.Arena[:len(t.Arena)+lookAhead], words: words}
		if r.around(t, begin, 0) && r.end == house && r.levels&levelStreet != 0 && r.levels&levelHouse != 0 {
			return 88
		}
	}
	return 0
}

// indexOfShares says whether the word индекс before p is that of a market or of prices.
func indexOfShares(t *Text, p int) bool {
	a := t.Arena
	for range 3 {
		for p > 1 && a[p-1] != 0 && a[p-1] != '\n' && wordBegin(t, p) == p {
			p--
		}
		begin := wordBegin(t, p)
		if begin == p {
			return false
		}
		if indexWords.has(a[begin:p]) {
			return true
		}
		p = begin
	}
	return false
}

var indexWords = newVocabulary(`биржев* фондов* цен потребительск* капитализаци* ртс мосбирж* ммвб массы цитировани* производств* развити* доверия вырос* упал* снизил* составил* до на`)
