package detectors

// OKPO is the number of an organisation (eight digits) or a sole proprietor (ten) in the statistical register; the last
// digit is a check digit (PR 50.1.024-2005). So many other numbers have eight digits that only a word or a column decides.
var OKPO = declare(Detector{
	Kind:   "okpo",
	Class:  Organisation,
	Doc:    Doc{RU: "код ОКПО", EN: "statistical register code of Russia (OKPO)"},
	Prefix: "окпо",
	Near:   okpoWords,
	Cues:   okpoWords,
	Names:  []string{"окпо", "okpo"},
	Digits: 1<<8 | 1<<10,
	Chance: 0.1,
	Find: func(dst []Finding, t *Text) []Finding {
		return findLabelled(findLabelled(dst, t, 8, checkOKPO, nil), t, 10, checkOKPO, nil)
	},
	Reach: 512,
	Fits: func(value []byte) bool {
		var buf [24]byte
		d := onlyDigits(value, &buf, 8, 10)
		return d != nil && len(d) != 9 && !trivial(d) && checkOKPO(d) == right
	},
	Normal: appendDigits,
	Good: []string{
		"ОКПО 00032537",
		"Код по ОКПО: 52314570",
		"okpo=40123451",
		"ИНН 7707123000, ОКПО 27654327, ОКВЭД 62.01",
		"ИП, ОКПО 0129456713",
		"ОГРН 1157746123457 ОКПО 00186447 ОКТМО 45382000",
	},
	Bad: []string{
		"00032537",
		"ОКПО 00032538",
		"ОКТМО 45382000",
		"заказ 00032537",
		"от 20240117",
		"ЄДРПОУ 32855961",
		"ОКПО 00000000",
	},
})

var okpoWords = []string{"окпо", "okpo"}

// checkOKPO judges the last digit of d: the others times 1, 2, 3…, the sum's rest by 11; where that is 10, times 3, 4, 5…
func checkOKPO(d []byte) check {
	r := restOf(d, 1)
	if r == 10 {
		r = restOf(d, 3) % 10
	}
	if d[len(d)-1] == '0'+byte(r) {
		return right
	}
	return wrong
}

// restOf weighs all but the last digit of d with first and what follows it, and divides by 11.
func restOf(d []byte, first int) int {
	sum := 0
	for i, b := range d[:len(d)-1] {
		sum += int(b-'0') * (first + i)
	}
	return sum % 11
}

// findLabelled looks for numbers of so many adjacent digits that say little without a word: the detector's, or one of
// a vocabulary, which right numbers listen to. Right ones that fill their cell are candidates for the column.
func findLabelled(dst []Finding, t *Text, count int, check func([]byte) check, said *vocabulary) []Finding {
	cues := t.Cues(t.current)
	for i := range t.Nums[count] {
		n := &t.Nums[count][i]
		cues = dropCues(cues, n.Start)
		reached := cuesReach(cues, n)
		if !reached && count > 9 || n.Groups != 1 || n.Flags&(Plus|Inner|Outer) != 0 {
			continue
		}
		whole := t.Whole(n.Start, n.End)
		if !reached && !whole && (said == nil || n.Flags&(Glued|Query) != 0 && t.Arena[n.Start-1] < 0x80) {
			continue // no word is near
		}
		d := t.Arena[n.Start:n.End]
		c := check(d)
		if c != right && !reached || trivial(d) {
			continue
		}
		f := Finding{Start: n.Start, End: n.End}
		if whole {
			f.Evidence = Whole
		}
		near := reached && namedByWord(t, n) || c == right && said != nil && anyWordBefore(t, n.Start, 3, said)
		switch {
		case near && c == right:
			f.Score, f.Evidence = 95, f.Evidence|Checksum|Keyword
		case near:
			f.Score, f.Evidence = 60, f.Evidence|ChecksumFailed|Keyword
		case c == right && f.Evidence&Whole != 0:
			f.Score, f.Evidence = 15, f.Evidence|Checksum
		default:
			continue
		}
		dst = append(dst, f)
	}
	return dst
}
