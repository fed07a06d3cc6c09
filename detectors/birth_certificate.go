package detectors

// BirthCertificate is a certificate of birth, marriage or death: a Roman numeral, two Russian letters and six digits
// (rules for forms of certificates of civil status). Nothing else is written like that; without a dash, or with a
// numeral of other letters, a word has to say so.
var BirthCertificate = declare(Detector{
	Kind:   "birth_certificate",
	Class:  Direct,
	Doc:    Doc{RU: "свидетельство о рождении, браке или смерти", EN: "certificate of birth, marriage or death"},
	Prefix: "свидетельство",
	Near:   []string{"загс*", "zags"},
	Names: []string{"свидетельство_о_рождении", "свид_о_рождении", "свид_рожд", "свидетельство", "номер_свидетельства", "свидетельство_о_браке",
		"свидетельство_о_смерти", "svid_rozhd", "svid_o_rozhd", "svid_o_rozhdenii", "svidetelstvo", "svidetelstvo_o_rozhdenii", "birth_cert",
		"birth_certificate", "birth_cert_no", "birth_certificate_number", "marriage_certificate", "death_certificate"},
	Parts: []PartNames{
		{Part: Series, Names: "серия_свидетельства свидетельство_серия svid_ser svid_seria birth_cert_series birth_certificate_series"},
		{Part: Number, Names: "свидетельство_номер svid_num svid_nomer birth_cert_num"},
	},
	Split:   2,
	Digits:  1 << 6,
	Telling: true,
	Company: 82,
	Find:    findBirthCertificate,
	Reach:   768,
	Fits: func(value []byte) bool {
		var buf [72]byte
		s := bordered(buf[:0], value)
		if s == nil || len(value) < 10 || s.digits(len(value)-5) != 6 {
			return false
		}
		x, ok := s.certificate(len(value) - 5)
		return ok && x.start == 1
	},
	Normal: normalCertificate,
	Good: []string{
		"II-МЮ № 123456",
		"свидетельство о рождении IV-АК 654321",
		"св-во о рождении: VII-SHSH 333238",
		"Свидетельство о браке серия I-ЕР номер 718293",
		"свидетельство о рождении III МЮ №506172",
		"Свидетельство о смерти ІV–ИК № 829304, выдано ЗАГС",
		"свидетельство о рождении 1-МЮ 192837",
		"у ребёнка xii-бо № 564738, свидетельство о рождении прилагаю",
	},
	Bad: []string{
		"II-МЮ 95013",
		"77-АА 123456",
		"ГОСТ II-МЮ 1234567",
		"глава II АВ 123456",
		"свидетельство о регистрации права 77-АБ 123456",
		"договор XI-ЛК 123456/7",
		"тип IC-AB 123456",
	},
})

// A certificate is what was read before six digits.
type certificate struct {
	start  int
	dashed bool // between numeral and letters
	roman  bool // the numeral is of capitals I, V, X
	number bool // №, or a word for it, stands before the digits
	latin  bool // the letters are
}

func findBirthCertificate(dst []Finding, t *Text) []Finding {
	s := sheet(t.Arena)
	for i := range t.Nums[6] {
		n := &t.Nums[6][i]
		if b := s[n.Start-1]; b == 0 || b-'0' <= 9 || b == '/' || b == '_' || b == ' ' && s[n.Start-2]-'0' <= 9 || n.Flags&(Sticky|Outer|Plus|Query) != 0 {
			continue // most numbers of six digits
		}
		x, ok := s.certificate(int(n.Start))
		if !ok || s[n.End] == '/' {
			continue
		}
		f := Finding{Start: uint32(x.start), End: n.End, Evidence: Format}
		_, named := s.wordsLeft(x.start, 9, certificateWords)
		if !named {
			_, named = s.wordsRight(int(n.End), 4, certificateWords)
		}
		c := t.words.find(t, f.Start, f.End, leftWindow)
		canonical := x.roman && (x.dashed || x.number) && !(x.latin && !x.dashed)
		switch {
		case named || c.speaks(t.current, leftWindow):
			f.Score = 92
			f.Evidence |= Keyword
		case !canonical:
			continue
		case c.negative:
			f.Score = 40
			f.Evidence |= Negative
		case x.latin:
			f.Score = 55
		case !x.dashed:
			f.Score = 70
		default:
			f.Score = 82
		}
		if t.Whole(f.Start, f.End) {
			f.Evidence |= Whole
		}
		dst = append(dst, f)
	}
	return dst
}

var certificateWords = newVocabulary("свидетельств* св рождени* браке брака расторжени* смерти усыновлени* отцовств* загс* svid* svidetelstvo certificate birth* marriage death")

// certificate reads a Roman numeral and a series of letters before a number at i.
func (s sheet) certificate(i int) (x certificate, ok bool) {
	e := s.beforeNumber(i)
	x.number = e < i && s.numberSign(e, i)
	begin, n := s.letters(e)
	if x.latin = e-begin == n; x.latin && (n < 2 || n > 4) || !x.latin && n != 2 {
		return x, false
	}
	g := s.gapBefore(begin)
	if g == 0 {
		return x, false
	}
	x.roman = s.capitalAt(begin)
	x.start = begin - g
	x.dashed = s[x.start] != ' ' && s[x.start] != 0xC2
	if g := s.gapBefore(x.start); g > 0 && !x.dashed { // II - МЮ
		x.start -= g
		if x.dashed = s[x.start] != ' ' && s[x.start] != 0xC2; !x.dashed {
			return x, false
		}
		x.start -= s.gapBefore(x.start)
	}
	digits := 0
	for ; digits < 8; digits++ {
		j, capital := s.roman(x.start)
		if j == x.start {
			break
		}
		x.roman = x.roman && capital
		x.start = j
	}
	return x, digits > 0 && digits < 8 && s.freeBefore(x.start) && s[x.start-1] != '-'
}

// roman returns the begin of a Roman digit that ends at i, or of a letter or digit that looks like one, i if there is
// none; capital says that it is a real one, in Latin or Cyrillic.
func (s sheet) roman(i int) (begin int, capital bool) {
	switch b := s[i-1]; {
	case b == 'I' || b == 'V' || b == 'X' || b == 'L':
		return i - 1, true
	case b == 'i' || b == 'v' || b == 'x' || b == 'l' || b == '1':
		return i - 1, false
	case i < 2:
		return i, false
	case s[i-2] == 0xD0 && (b == 0x86 || b == 0xA5): // І, Х
		return i - 2, true
	case s[i-2] == 0xD0 && b == 0xA3, s[i-2] == 0xD1 && (b == 0x96 || b == 0x85 || b == 0x83): // У for V, і, х, у
		return i - 2, false
	}
	return i, false
}

// numberSign says whether № or a letter of a word for it stands in s[from:to].
func (s sheet) numberSign(from, to int) bool {
	for _, b := range s[from:to] {
		if b == 0x96 || b|0x20-'a' < 26 || b >= 0xD0 && b < 0xD2 {
			return true
		}
	}
	return false
}

// normalCertificate is II-МЮ 123456, the numeral in Latin.
func normalCertificate(dst, value []byte) []byte {
	var buf [72]byte
	s := bordered(buf[:0], value)
	if s == nil || len(value) < 10 || s.digits(len(value)-5) != 6 {
		return append(dst, value...)
	}
	p := len(value) - 5
	x, ok := s.certificate(p)
	if !ok {
		return append(dst, value...)
	}
	e := s.beforeNumber(p)
	begin, _ := s.letters(e)
	for i := x.start; s.gap(i) == 0; i++ {
		switch s[i] {
		case 'V', 'v', 0xA3, 0x83:
			dst = append(dst, 'V')
		case 'X', 'x', 0xA5, 0x85:
			dst = append(dst, 'X')
		case 'L', 'l':
			dst = append(dst, 'L')
		case 0xD0, 0xD1:
		default:
			dst = append(dst, 'I')
		}
	}
	dst = append(dst, '-')
	for i := begin; i < e; i++ {
		if x.latin {
			dst = append(dst, s[i]&^0x20)
		} else {
			dst = appendCyrillic(dst, s, &i)
		}
	}
	return append(append(dst, ' '), s[p:p+6]...)
}
