package detectors

// PassportForeign is a passport for travelling abroad: two digits and seven of a citizen of Russia, or letters and
// digits of a citizen of another state. Nine digits are many things: only words tell.
var PassportForeign = declare(Detector{
	Kind:   "passport_foreign",
	Class:  Direct,
	Doc:    Doc{RU: "загранпаспорт или паспорт иностранного гражданина", EN: "passport for travelling abroad, passport of a foreign citizen"},
	Prefix: "загран",
	Near:   []string{"загран*", "zagran*", "psp"},
	Cues:   []string{"паспорт*", "passport*", "pasport*", "загран*", "zagran*", "psp", "rus"},
	Names: []string{"загранпаспорт", "заграничный_паспорт", "загран", "номер_загранпаспорта", "загран_паспорт", "иностранный_паспорт", "паспорт_иностранца",
		"паспорт_иностранного_гражданина", "zagranpasport", "zagran", "zagran_pasport", "zagran_passport", "nomer_zagranpasporta", "foreign_passport",
		"foreign_passport_number", "international_passport", "intl_passport", "passport_foreign", "passport_int", "travel_passport", "travel_document",
		"паспорт", "passport", "passport_no", "passport_number", "pasport", "nomer_pasporta"},
	Parts: []PartNames{
		{Part: Series, Names: "серия_загранпаспорта загран_серия zagran_ser zagran_seria foreign_passport_series intl_passport_series"},
		{Part: Number, Names: "загран_номер zagran_num zagran_nomer foreign_passport_num intl_passport_num"},
	},
	Split:  2,
	Twin:   "passport",
	Digits: 1<<9 | 1<<7,
	Find:   findPassportForeign,
	Reach:  768,
	Fits: func(value []byte) bool {
		var buf [24]byte
		if d := onlyDigits(value, &buf, 9, 9); d != nil && value[0] < 0x80 {
			return !trivial(d) && !(d[0] == '0' && d[1] == '0')
		}
		var room [72]byte
		s := bordered(room[:0], value)
		if s == nil {
			return false
		}
		end, _ := s.foreignNumber(1)
		return end == len(value)+1
	},
	Normal: normalForeign,
	Good: []string{
		"Загранпаспорт 75 1234567",
		"загранпаспорт № 751928374, действителен до 12.03.2030",
		"заграничный паспорт серия 72 № 1928374",
		"International passport No 71 2938475",
		"Passport number: 651928374",
		"паспорт гражданина Республики Казахстан N12938475",
		"паспорт иностранного гражданина AA1928374, Узбекистан",
		"Паспорт гражданина Республики Беларусь МР1928374",
		"P<RUSZIMIN<<OLEG<<<<<<<<<<<<<<<<<<<<<<<<<<<<\n7512345672RUS8503127M3003127<<<<<<<<<<<<<<06",
	},
	Bad: []string{
		"75 1234567",
		"КПП 770701001",
		"паспорт изделия 751928374",
		"тел. 75 1234567, паспорт готов",
		"паспорт 4510 678234",
		"Паспорт качества № АБ 1928374",
		"загранпаспорт оформили, заказ № 751928374",
	},
})

// zagranWords is how many of the first words of PassportForeign.Cues name a passport.
const zagranWords = 6

func findPassportForeign(dst []Finding, t *Text) []Finding {
	cues := t.Cues(t.current)
	if len(cues) == 0 {
		return dst
	}
	s, next := sheet(t.Arena), 0
	for i := range t.Nums[9] {
		n := &t.Nums[9][i]
		if n.Flags&(Plus|Sticky|Inner|Outer|Query) != 0 || !within(cues, &next, n.Start) {
			continue
		}
		if f, ok := foreignPassport(t, n.Start, n.End); ok {
			dst = append(dst, f)
		}
	}
	next = 0
	for i := range t.Nums[7] {
		n := &t.Nums[7][i]
		if n.Flags&(Plus|Sticky|Outer|Query) != 0 || !within(cues, &next, n.Start) {
			continue
		}
		// The two digits of the series.
		if j := s.beforeNumber(int(n.Start)); j >= 3 && j < int(n.Start) && s[j-1]-'0' <= 9 && s[j-2]-'0' <= 9 && s.freeBefore(j-2) {
			if f, ok := foreignPassport(t, uint32(j-2), n.End); ok {
				f.Evidence |= Format
				dst = append(dst, f)
			}
		}
	}
	from := len(dst)
	for _, c := range cues {
		f, ok := Finding{}, false
		if c.Word >= zagranWords {
			f, ok = machineForeign(s, int(c.Start))
		} else if !s.thing(c) {
			f, ok = foreignCitizen(s, int(c.End))
		}
		if ok && (len(dst) == from || dst[len(dst)-1].Start != f.Start) {
			if t.Whole(f.Start, f.End) {
				f.Evidence |= Whole
			}
			dst = append(dst, f)
		}
	}
	return dst
}

// foreignPassport judges nine digits near a word for a passport.
func foreignPassport(t *Text, start, end uint32) (f Finding, ok bool) {
	s := sheet(t.Arena)
	var buf [24]byte
	d := appendDigits(buf[:0], s[start:end])
	if trivial(d) || d[0] == '0' && d[1] == '0' {
		return f, false
	}
	f = Finding{Start: start, End: end, Evidence: Keyword}
	x := t.words.find(t, start, end, leftWindow)
	switch {
	case x.speaks(t.current, leftWindow):
		f.Score = 90
	case s.asked(int(start), foreignName):
		f.Score = 85
	case x.speaks(Passport, 60):
		c, ok := s.cueBefore(t.Cues(t.current), start, zagranWords)
		if x.right {
			c, ok = s.cueAfter(t.Cues(t.current), end, zagranWords)
		}
		if !ok || s.thing(c) || !x.right && end-start == 9 && !s.leads(int(c.End), int(start)) {
			return f, false
		}
		f.Score = 85
	default:
		return f, false
	}
	if t.Whole(start, end) {
		f.Evidence |= Whole
	}
	return f, true
}

var foreignName = newVocabulary("загран* zagran*")

// leads says whether nothing but labels and states stands between a word for a passport and its number.
func (s sheet) leads(from, to int) bool {
	for i := from; i < to; {
		if s.letterAt(i) > 0 {
			end, _ := wordAfter(s, i)
			if !documentLabels.has(s[i:end]) && !passportStates.has(s[i:end]) {
				return false
			}
			i = end
		} else if s[i]-'0' <= 9 {
			return false
		} else {
			i++
		}
	}
	return true
}

// foreignCitizen reads a number of letters and digits behind a word for a passport that ends at i.
func foreignCitizen(s sheet, i int) (f Finding, ok bool) {
	known := false // a state or a foreigner is named
	for from := i; i-from < 160; {
		switch b := s[i]; {
		case b == 0 || b-'0' <= 9:
			return f, false
		case s.letterAt(i) > 0:
			if end, sure := s.foreignNumber(i); end > 0 && s.freeBefore(i) {
				f = Finding{Start: uint32(i), End: uint32(end), Score: 85, Evidence: Keyword | Format}
				switch {
				case known:
					f.Score = 90
				case !sure:
					f.Score = 60
				}
				return f, true
			}
			end, letters := wordAfter(s, i)
			n, ok := passportStates.find(s[i:end])
			if _, label := documentLabels.find(s[i:end]); !ok && !label || letters > 24 {
				return f, false
			}
			known = known || ok && n >= statesFrom
			i = end
		case b < 0x80:
			i++
		case b&0xE0 == 0xC0 && s[i+1] >= 0x80:
			i += 2
		case b&0xF0 == 0xE0 && s[i+1] >= 0x80 && s[i+2] >= 0x80:
			i += 3
		default:
			return f, false
		}
	}
	return f, false
}

// passportStates are words between паспорт and a foreign citizen's number; those from statesFrom on say that he is one.
var passportStates = newVocabulary(`гражданин республики republic citizen иностранн* foreign казахстан* рк узбекистан* руз таджикистан* рт киргиз* кыргыз* кр украин* беларус* белорус* рб
	армени* ра азербайджан* молдов* молдав* рм грузи* туркмен* абхаз* китай* китая кнр турци* турец* герман* сша израил* вьетнам* индии сербии серби* франци* итали*
	польш* литв* латви* эстони* финлянд* испани* монгол* коре* кубы сирии ирана ирак* египет* египта кипра
	kazakhstan uzbekistan tajikistan kyrgyz* ukrain* belarus armenia azerbaijan moldova georgia china turkey germany israel serbia usa`)

const statesFrom = 4

// foreignNumber returns the end of a number as neighbours' passports have it: N12345678, AA1234567, AA123456, the
// letters in Latin or Cyrillic. sure says that nothing is between the letters and the digits, and that they are capital.
func (s sheet) foreignNumber(i int) (end int, sure bool) {
	j, n := i, 0
	sure = true
	for ; n < 3; n++ {
		size := s.letterAt(j)
		if size == 0 {
			break
		}
		sure = sure && s.capitalAt(j)
		j += size
	}
	letters := s[i:j]
	if n == 0 || n == 3 || notSeries.has(letters) {
		return 0, false
	}
	if g := s.gap(j); g > 0 {
		j += g
	}
	if s[j] == 0xE2 && s[j+1] == 0x84 && s[j+2] == 0x96 { // АА № 123456
		j += 3
		j += s.gap(j)
	}
	d := s.digits(j)
	if n == 1 && d != 8 && d != 7 || n == 2 && d != 7 && d != 6 || same(s[j:j+d]) || !s.freeAfter(j+d) {
		return 0, false
	}
	sure = sure && !(n == 1 && j > i+len(letters))
	return j + d, sure
}

// notSeries are words and kinds of papers of two letters that stand before numbers.
var notSeries = newVocabulary("no nr id от до на по из за и в с к о ту пс рэ фо эт но cn pn sn")

// machineForeign reads a machine-readable zone with RUS at p in its second line, of a passport that expires.
func machineForeign(s sheet, p int) (f Finding, ok bool) {
	start, end, ok := s.machineLine(p)
	if !ok || s.digits(start+21) < 6 {
		return f, false
	}
	f = Finding{Start: uint32(s.firstLine(start)), End: uint32(end), Score: 88, Evidence: Format | Structure}
	if machineDigit(s[start:start+9]) == s[start+9] {
		f.Score, f.Evidence = 97, Format|Structure|Checksum
	}
	return f, true
}

// normalForeign is the number alone, its letters in Latin.
func normalForeign(dst, value []byte) []byte {
	for i := 10; i+19 <= len(value); i++ {
		if string(value[i:i+3]) == "RUS" && value[i-1]-'0' <= 9 && value[i-10]-'0' <= 9 {
			return append(dst, value[i-10:i-1]...)
		}
	}
	var buf [24]byte
	if d := appendDigits(buf[:0], value); len(d) == 9 {
		return append(dst, d...)
	}
	for i := 0; i < len(value); {
		switch b := value[i]; {
		case b-'0' <= 9:
			dst = append(dst, b)
			i++
		case b|0x20-'a' < 26:
			dst = append(dst, b&^0x20)
			i++
		case b&0xFE == 0xD0 && i+1 < len(value):
			if fold, _ := foldLetter(value[i:]); twins[fold] != 0 {
				dst = append(dst, twins[fold])
			} else {
				dst = append(dst, value[i:i+2]...)
			}
			i += 2
		default:
			i++
		}
	}
	return dst
}
