package detectors

// OMS is the number of a policy of compulsory health insurance: sixteen digits, the last a check digit that is Luhn's
// under another name, so that only words and columns tell it from a card. Policies of the old form and temporary
// certificates have no check digits and are found behind a word.
var OMS = declare(Detector{
	Kind:   "oms",
	Class:  Direct,
	Doc:    Doc{RU: "полис ОМС", EN: "compulsory health insurance policy (OMS)"},
	Prefix: "полис",
	Near:   []string{"полис*", "омс", "енп", "polis*", "oms", "enp"},
	Cues:   []string{"омс", "oms", "енп", "enp"},
	Names: []string{"омс", "енп", "полис", "полис_омс", "номер_полиса", "номер_полиса_омс", "номер_омс", "медполис", "медицинский_полис",
		"единый_номер_полиса", "серия_номер_полиса", "oms", "enp", "polis", "polis_oms", "oms_polis", "nomer_polisa", "policy_oms", "oms_policy", "oms_number",
		"enp_number", "med_polis", "medpolis", "health_policy", "policy_number_oms", "insurance_policy_oms"},
	Parts: []PartNames{
		{Part: Series, Names: "серия_полиса полис_серия polis_ser polis_seria seria_polisa oms_ser oms_seria oms_series spolis"},
		{Part: Number, Names: "полис_номер polis_num polis_nomer oms_num oms_nomer npolis"},
	},
	Split:  2,
	Digits: 1 << 16,
	Chance: 0.1,
	Find:   findOMS,
	Reach:  768,
	Fits: func(value []byte) bool {
		var buf [24]byte
		d := onlyDigits(value, &buf, 16, 16)
		return d != nil && !trivial(d) && checkLuhn(d) == right
	},
	Seal:   sealLuhn,
	Checks: 1,
	Normal: appendCode,
	Good: []string{
		"полис ОМС 7751123456789011",
		"ЕНП: 5012 3456 7890 1236",
		"Полис обязательного медицинского страхования № 1654321098765438",
		"номер полиса 7800 5566 7788 9907, прикрепление к поликлинике",
		"enp=4577001122334454",
		"полис ОМС серия 46-18 № 192837",
		"Полис омс старого образца: 50 АЕ 1928374",
	},
	Bad: []string{
		"7751 1234 5678 9011",
		"полис ОМС 7751123456789012",
		"карта 5209 8765 4321 0125",
		"полис ОСАГО ХХХ 0192837465",
		"полис ДМС № 7751123456789011",
		"полис каско серия 46 № 192837",
		"заказ 7751123456789011",
		"услуги ОМС за 2024 год, 192837 обращений",
	},
})

func findOMS(dst []Finding, t *Text) []Finding {
	s := sheet(t.Arena)
	for i := range t.Nums[16] {
		n := &t.Nums[16][i]
		if n.Flags&(Plus|Sticky|Inner|Outer|Bracketed|Slashed|Dotted) != 0 {
			continue
		}
		f := Finding{Start: n.Start, End: n.End}
		if t.Whole(n.Start, n.End) {
			f.Evidence |= Whole
		}
		d := t.digits(n)
		if trivial(d) {
			continue
		}
		c := checkLuhn(d)
		near := s.insured(t, t.context(n), n.Start) || c == right && s.asked(int(n.Start), policyName)
		switch {
		case c == ours && (near || f.Evidence&Whole != 0):
			f.Score = 10
			f.Evidence |= Synthetic
		case near && c == right:
			f.Score = 95
			f.Evidence |= Checksum | Keyword
		case near:
			f.Score = 60
			f.Evidence |= ChecksumFailed | Keyword
		case c != right || f.Evidence&Whole == 0 || n.Groups > 1 || n.Flags&(Glued|Query) != 0:
			continue
		default:
			f.Score = 20
			f.Evidence |= Checksum
		}
		dst = append(dst, f)
	}
	from := len(dst)
	for _, c := range t.Cues(t.current) {
		if f, ok := s.oldPolicy(int(c.End)); ok && (len(dst) == from || dst[len(dst)-1].Start != f.Start) {
			if t.Whole(f.Start, f.End) {
				f.Evidence |= Whole
			}
			dst = append(dst, f)
		}
	}
	return dst
}

// insured says whether the word near a number of sixteen digits is about compulsory health insurance: a word of its own,
// or страхования behind медицинского; and whether no word of another insurance stands between.
func (s sheet) insured(t *Text, x *context, start uint32) bool {
	if !x.speaks(t.current, leftWindow) && !(x.kinds.Has(SNILS.Index()) && !x.right) {
		return false
	}
	if x.right {
		return true
	}
	n, ok := s.wordsLeft(int(start), 12, insurance)
	return ok && n < otherInsurance || !ok && x.speaks(t.current, leftWindow)
}

var policyName = newVocabulary("полис* омс енп polis* oms enp")

// insurance are words of insurances: of ours, and from otherInsurance on of others.
var insurance = newVocabulary(`омс oms енп enp медицинск* обязательн* дмс осаго каско добровольн* гражданск* ответственност* имуществ* жизни квартир* ипотек*
	несчастн* выезжающ* вздр путешеств* турист* автогражданск* dms osago kasko`)

const otherInsurance = 6

// oldPolicy reads a policy of the old form behind a word that ends at i: a series and six to eight digits, or nine of a
// temporary certificate.
func (s sheet) oldPolicy(i int) (f Finding, ok bool) {
	for from := i; i-from < 96; {
		switch b := s[i]; {
		case b == 0:
			return f, false
		case b-'0' <= 9:
			if end := s.policy(i); end > 0 {
				return Finding{Start: uint32(i), End: uint32(end), Score: 85, Evidence: Keyword | Format}, true
			}
			return f, false
		case s.letterAt(i) > 0:
			end, _ := wordAfter(s, i)
			if !policyLabels.has(s[i:end]) {
				if end := s.lettered(i); end > 0 {
					return Finding{Start: uint32(i), End: uint32(end), Score: 85, Evidence: Keyword | Format}, true
				}
				return f, false
			}
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

// policyLabels are words between a word for a policy and its number.
var policyLabels = newVocabulary(`омс oms енп enp медицинск* обязательн* страхов* полис* polis* серия серии сер номер номера ном за n no и единого старого
	нового образца временн* свидетельств* бумажн* электронн*`)

// policy returns the end of a policy that begins with a digit: two digits and letters, four digits, then six to eight;
// or nine digits.
func (s sheet) policy(i int) int {
	var j int
	switch s.digits(i) {
	case 9:
		if s.freeAfter(i+9) && !same(s[i:i+9]) {
			return i + 9
		}
		return 0
	case 2:
		j = i + 2 + s.gap(i+2)
		if s.digits(j) == 2 && j > i+2 {
			j += 2
			break
		}
		return s.lettered(j)
	case 4:
		j = i + 4
	default:
		return 0
	}
	return s.policyNumber(j)
}

// lettered returns the end of two or three capital letters and six to eight digits.
func (s sheet) lettered(i int) int {
	j, n := i, 0
	for ; n < 4 && s.letterAt(j) > 0; n++ {
		if !s.capitalAt(j) {
			return 0
		}
		j += s.letterAt(j)
	}
	if n < 2 || n > 3 {
		return 0
	}
	return s.policyNumber(j)
}

// policyNumber returns the end of six to eight digits behind a series that ends at i.
func (s sheet) policyNumber(i int) int {
	j, _ := s.skipLabels(i)
	if n := s.digits(j); n >= 6 && n <= 8 && s.freeAfter(j+n) && !same(s[j:j+n]) {
		return j + n
	}
	return 0
}
