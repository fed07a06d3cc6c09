package detectors

// BIK is the identification code of a bank: how it takes part in the payment system (04, since 2021 also 00 to 02), the
// OKATO code of the region, the unit of the Bank of Russia and the last three digits of the correspondent account
// (Regulation of the Bank of Russia 732-P of 24.09.2020). There are no check digits.
var BIK = declare(Detector{
	Kind:   "bik",
	Class:  Organisation,
	Doc:    Doc{RU: "БИК банка", EN: "bank identification code of Russia (BIK)"},
	Prefix: "бик",
	Near:   bikWords,
	Cues:   bikWords,
	Names:  []string{"бик", "бик_банка", "bik", "bik_banka", "bank_bik", "rcbic", "bic"},
	Digits: 1 << 9,
	// A column of numbers that begin with 04, a region and a bank is hardly anything else.
	Telling: true,
	Find:    findBIK,
	Reach:   512,
	Fits: func(value []byte) bool {
		var buf [24]byte
		d := onlyDigits(value, &buf, 9, 9)
		return d != nil && fitsBIK(d)
	},
	Normal: appendDigits,
	Good: []string{
		"БИК 044525225",
		"ПАО Сбербанк, бик: 044525225, к/с 30101810400000000225",
		"БИК ТОФК 017003983",
		"BIC 044030827, acc. 40702810900000002851",
		"БИК044525677",
		"БИК № 044 525 677",
		"(044525677 — БИК)",
	},
	Bad: []string{
		"044525225",
		"БИК 054525225",
		"БИК 044525030",
		"заказ 044525225",
		"КПП 044501001",
		"ручка BIC, артикул 044525225",
		"БИК 0445252251",
	},
})

var bikWords = []string{"бик", "плательщикбик", "получательбик", "bik", "bic", "rcbic"}

// fitsBIK looks at the parts of nine digits.
func fitsBIK(d []byte) bool {
	if !digits(d) || d[0] != '0' || d[1] != '0' && d[1] != '1' && d[1] != '2' && d[1] != '4' || trivial(d) {
		return false
	}
	region, bank := pair(d[2:]), number(d[6:])
	// 00 are units abroad, 55 is Baikonur. Banks begin with 050; units of the Bank of Russia are 000 to 002 and 012.
	return (regions[region/64]>>(region%64)&1 != 0 || region == 0 || region == 55) && (bank >= 50 || bank <= 2 || bank == 12)
}

func findBIK(dst []Finding, t *Text) []Finding {
	a := t.Arena
	cues := t.Cues(t.current)
	for i := range cues {
		var buf [9]byte
		if start, end, ok := spelled(a, int(cues[i].End), &buf); ok && fitsBIK(buf[:]) {
			dst = append(dst, Finding{Start: uint32(start), End: uint32(end), Score: 92, Evidence: Keyword | Format | Structure})
		}
	}
	for i := range t.Nums[9] {
		n := &t.Nums[9][i]
		d := a[n.Start:n.End]
		cues = dropCues(cues, n.Start)
		if d[0] != '0' || n.Flags&(Plus|Inner|Outer) != 0 || trivial(d) {
			continue
		}
		f := Finding{Start: n.Start, End: n.End}
		if t.Whole(n.Start, n.End) {
			f.Evidence = Whole
		}
		fits := fitsBIK(d)
		switch {
		case cuesReach(cues, n) && namedByWord(t, n):
			f.Score, f.Evidence = 50, f.Evidence|Keyword
			if fits {
				f.Score, f.Evidence = 92, f.Evidence|Structure
			}
		case fits && f.Evidence&Whole != 0 && d[1] == '4' && d[6] != '0':
			f.Score, f.Evidence = 15, f.Evidence|Structure
		default:
			continue
		}
		dst = append(dst, f)
	}
	return dst
}
