package detectors

import "bytes"

// DriverLicense is a Russian driving licence: region, two digits or letters, and six digits. There are no check digits
// and passports have as many digits, so the nearest word decides. Papers of the vehicle (СТС, ПТС) are written the same
// way; they are of no kind, and their words speak against this one.
var DriverLicense = declare(Detector{
	Kind:   "driver_license",
	Class:  Direct,
	Doc:    Doc{RU: "водительское удостоверение", EN: "driving licence"},
	Prefix: "права",
	Near:   []string{"водительск*", "водит", "в.у", "ву", "voditelsk*"},
	Cues: []string{"водительск*", "водит", "в.у", "ву", "voditelsk*", "вод", "driver*", "driving", "license", "licence",
		"прав", "права", "удост", "удостоверение"},
	Names: []string{"ву", "в_у", "права", "водительские_права", "водительское_удостоверение", "номер_ву", "серия_номер_ву", "серия_и_номер_ву", "vu", "nomer_vu",
		"prava", "nomer_prav", "voditelskoe_udostoverenie", "vod_udost", "driver_license", "driver_licence", "drivers_license", "drivers_licence",
		"driver_license_number", "driver_license_no", "driving_license", "driving_licence", "dl_no", "dl_number", "driver_lic", "вод_удостоверение", "вод_удост", "водит_удостоверение", "водит_удост"},
	Parts: []PartNames{
		{Part: Series, Names: "серия_ву ву_серия серия_прав права_серия серия_водительского_удостоверения vu_ser ser_vu seria_vu vu_seria dl_series driver_license_series"},
		{Part: Number, Names: "ву_номер номер_прав права_номер номер_водительского_удостоверения vu_num num_vu vu_nomer dl_num driver_license_num"},
	},
	Split:   2,
	Digits:  1<<10 | 1<<6,
	Company: 82,
	Find:    findDriverLicense,
	Reach:   768,
	Fits: func(value []byte) bool {
		var buf [72]byte
		s := bordered(buf[:0], value)
		if s == nil {
			return false
		}
		end := s.license(1)
		return end == len(value)+1 && !trivial(s[1:end]) && !(s[1] == '0' && s[2] == '0')
	},
	Normal: appendCode,
	Good: []string{
		"водительское удостоверение 77 16 123459",
		"Водительское удостоверение серия 99 08 № 654320, категории B, B1, M",
		"в/у 7716123459",
		"ВУ: 77 АВ 123459",
		"права 50 22 718293",
		"Номер водительских прав 5022 718293, выданы ГИБДД",
		"Driver's license No. 77 16 123459",
		"водительское удостоверение серии 7716 за номером 123459",
		"вод. уд. 7716123459, выдано ГИБДД 7716",
		"Водитель Чирков С. Б., удостоверение 77 16 123459",
	},
	Bad: []string{
		"паспорт 4510 678234",
		"СТС 99 12 123459",
		"ПТС 77 УН 123459",
		"свидетельство о государственной регистрации права 77-АБ 123459",
		"77 АВ 123459",
		"обновите драйвер, driver version 4510678234",
		"водительское удостоверение получил в 2016, тел. 8 916 123-45-67",
	},
})

func findDriverLicense(dst []Finding, t *Text) []Finding {
	cues := t.Cues(t.current)
	if len(cues) == 0 {
		return dst // every word that tells a licence is among them
	}
	from := len(dst)
	dst = findLicenseNumbers(dst, t, cues)
	middle := len(dst)
	dst = findLetteredLicenses(dst, t, cues)
	end := len(dst)
	for _, c := range cues {
		if c.Word >= paperWords {
			continue
		}
		f, ok := licenseBehind(sheet(t.Arena), c)
		if !ok || foundAt(dst[from:middle], f.Start) || foundAt(dst[middle:end], f.Start) {
			continue
		}
		if n := len(dst); n > end && dst[n-1].Start == f.Start {
			continue // driver and license
		}
		dst = append(dst, f)
	}
	return dst
}

// findLicenseNumbers looks at the numbers of ten digits near cues.
func findLicenseNumbers(dst []Finding, t *Text, cues []Cue) []Finding {
	s, next := sheet(t.Arena), 0
	for i := range t.Nums[10] {
		n := &t.Nums[10][i]
		switch n.Shape {
		case 0x226, 0x46, 0xA:
		default:
			continue
		}
		if n.Flags&(Plus|Bracketed|Dotted|Sticky|Inner|Outer|Slashed) != 0 || !within(cues, &next, n.Start) {
			continue
		}
		f := Finding{Start: n.Start, End: n.End, Evidence: Keyword}
		near := t.context(n).speaks(t.current, longWindow)
		switch {
		case near && n.Groups > 1:
			f.Score, f.Evidence = 92, Keyword|Format
		case near:
			f.Score = 88
		case s.rights(int(n.Start)), n.Groups > 1 && s.asked(int(n.Start), licenseAsked):
			f.Score = 85
		default:
			continue
		}
		if d := t.digits(n); trivial(d) || d[0] == '0' && d[1] == '0' {
			continue
		}
		if t.Whole(n.Start, n.End) {
			f.Evidence |= Whole
		}
		dst = append(dst, f)
	}
	return dst
}

// findLetteredLicenses looks at the numbers of six digits near cues with a region and two letters before.
func findLetteredLicenses(dst []Finding, t *Text, cues []Cue) []Finding {
	s, next := sheet(t.Arena), 0
	for i := range t.Nums[6] {
		n := &t.Nums[6][i]
		if b := s[n.Start-1]; b == 0 || b == '/' || n.Flags&(Sticky|Outer|Plus|Query) != 0 || !within(cues, &next, n.Start) {
			continue
		}
		start, ok := s.licenseSeries(int(n.Start))
		if !ok {
			continue
		}
		f := Finding{Start: uint32(start), End: n.End, Score: 85, Evidence: Keyword | Format}
		if x := t.words.find(t, f.Start, f.End, leftWindow); x.speaks(t.current, leftWindow) {
			f.Score = 92
		} else if !s.rights(start) {
			continue
		}
		if t.Whole(f.Start, f.End) {
			f.Evidence |= Whole
		}
		dst = append(dst, f)
	}
	return dst
}

// licenseBehind reads a licence that stands behind a word for it with nothing but labels between.
func licenseBehind(s sheet, c Cue) (f Finding, ok bool) {
	i := int(c.End)
	if c.Word >= pairedWords && c.Word < loneLicense && !bytes.Contains(s[c.Start:c.End], []byte("icen")) { // driverLicense is one word
		if i = s.secondWord(i); i == 0 {
			return f, false
		}
	}
	start, end := s.licenseAfter(i)
	if end == 0 {
		return f, false
	}
	f = Finding{Start: uint32(start), End: uint32(end), Score: 88, Evidence: Keyword}
	if c.Word >= loneLicense {
		f.Score = 85
		if s.digits(start) == 10 {
			f.Score = 50
		}
	}
	return f, true
}

// Words of DriverLicense.Cues from pairedWords on need a second one for a licence, those from loneLicense on are one and
// could be a licence for anything. Those from paperWords on count only where a number stands near, see rights and asked.
const (
	pairedWords = 5
	loneLicense = 8
	paperWords  = 10
)

// secondWord goes on from driver, driving or вод. at i to behind a word for a licence, and returns 0 if there is none.
func (s sheet) secondWord(i int) int {
	for n := 0; n < 8 && s[i] != 0 && s[i]|0x20 != 'l' && s[i]|0x20 != 'p' && s[i] < 0xC0; n++ { // 's and a space
		i++
	}
	if s[i] == 0xE2 && s[i+1] == 0x80 && s[i+2] == 0x99 { // ’s
		return s.secondWord(i + 3)
	}
	if s[i] == 0 {
		return 0
	}
	end, letters := wordAfter(s, i)
	if letters > 16 || !licenseWords.has(s[i:end]) {
		return 0
	}
	return end
}

var (
	licenseWords  = newVocabulary("license licence licenses licences permit уд удост удостоверени*")
	licenseAsked  = newVocabulary("прав права водительск* ву в.у")
	driverWords   = newVocabulary("водител* driver")
	licenseBefore = newVocabulary("права удостоверение удост")
)

// licenseAfter reads a licence that stands behind i with nothing but labels between; end is 0 where none does.
func (s sheet) licenseAfter(i int) (start, end int) {
	start, _ = s.skipLabels(i)
	if s.mentions(i, start, passportName) {
		return 0, 0
	}
	if end = s.license(start); end > 0 {
		return start, end
	}
	start, end, ok := s.seriesAndNumber(i)
	if !ok || s.digits(start) != 6 {
		return 0, 0
	}
	return start, end // № 123456 серия 7716
}

// license returns the end of a licence that begins at i, 0 if there is none.
func (s sheet) license(i int) (end int) {
	if n := s.digits(i); n == 10 {
		end = i + 10
	} else if e := s.four(i); e > 0 {
		if j, _ := s.skipLabels(e); j > e {
			end = s.six(j)
		}
	} else if n == 2 {
		j := i + 2 + s.gap(i+2)
		for range 2 {
			size := s.letterAt(j)
			if size == 0 {
				return 0
			}
			j += size
		}
		if s.letterAt(j) > 0 {
			return 0
		}
		j, _ = s.skipLabels(j)
		end = s.six(j)
	}
	if end > 0 && !s.freeAfter(end) {
		return 0
	}
	return end
}

// licenseSeries returns the begin of a region and two letters before a number at i.
func (s sheet) licenseSeries(i int) (start int, ok bool) {
	j := s.beforeNumber(i)
	if s.letter(j) == j {
		return 0, false
	}
	j, n := s.letters(j)
	if n != 2 {
		return 0, false
	}
	j -= s.gapBefore(j)
	if j < 3 || s[j-1]-'0' > 9 || s[j-2]-'0' > 9 {
		return 0, false
	}
	return j - 2, s.freeBefore(j - 2)
}

// rights says whether the word права stands right before a number at i and means a licence, not the rights of somebody,
// or удостоверение, and a driver before it.
func (s sheet) rights(i int) bool {
	j := s.beforeNumber(i)
	if j == i || s.letter(j) == j {
		return false
	}
	begin, _ := wordBefore(s, j)
	n, ok := licenseBefore.find(s[begin:j])
	if !ok {
		return false
	}
	if n > 0 { // водитель Иванов, удостоверение …
		_, ok = s.wordsLeft(begin, 6, driverWords)
		return ok
	}
	g := s.gapBefore(begin)
	if s.letter(begin-g) == begin-g {
		return true
	}
	k, _ := wordBefore(s, begin-g)
	return rightsOwner.has(s[k : begin-g])
}

// rightsOwner are words before права that mean the paper.
var rightsOwner = newVocabulary(`мои его ее их твои свои ваши наши новые старые водительские вод автомобильные на и потерял* нашел нашла нашли показал* предъявил*
		вот есть скинь скину шлю прислал* отобрали отобрал забрали лишен* папины мамины мужа`)
