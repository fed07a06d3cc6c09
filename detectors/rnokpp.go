package detectors

// RNOKPP is the taxpayer number of a person in Ukraine: the day of birth, counted from 31.12.1899, a serial number of
// which the last digit tells the sex, and a check digit.
var RNOKPP = declare(Detector{
	Kind:   "rnokpp",
	Class:  Direct,
	Doc:    Doc{RU: "РНОКПП (ИНН физлица Украины)", EN: "taxpayer number of a person in Ukraine (RNOKPP)"},
	Prefix: "рнокпп",
	Near:   rnokppWords,
	Cues:   rnokppWords,
	Names:  []string{"рнокпп", "іпн", "рнокпп_іпн", "rnokpp", "ipn"},
	Digits: 1 << 10,
	Chance: 0.043,
	Find:   findRNOKPP,
	Reach:  512,
	Fits: func(value []byte) bool {
		var buf [24]byte
		d := onlyDigits(value, &buf, 10, 10)
		return d != nil && !trivial(d) && bornRNOKPP(d, today()) && checkRNOKPP(d) == right
	},
	Normal: appendDigits,
	Good: []string{
		"РНОКПП 3012345670",
		"ІПН: 3012345670",
		"ідентифікаційний код 2812345678",
		"ФОП Петренко, РНОКПП №2812345678",
		"rnokpp=3012345670",
	},
	Bad: []string{
		"3012345670",
		"РНОКПП 3012345675",
		"РНОКПП 9912345676",
		"ИНН 7707123000",
		"РНОКПП 1111111111",
		"тел. 3012345670",
	},
})

var rnokppWords = []string{"рнокпп", "rnokpp", "рнукпн"}

// rnokppLabels holds words in letters that the index of context words does not know, and such as are not its alone.
var rnokppLabels = newVocabulary("іпн ідентифікаційн* податков* rnokpp")

// bornRNOKPP says whether the first five digits are a day from 1910 to today, which is yyyymmdd.
func bornRNOKPP(d []byte, today uint32) bool {
	day := number(d[:5])
	year := int(today/10000) - 1900
	return day >= 3653 && day <= year*36525/100+int(today/100%100-1)*31+int(today%100)+1
}

// checkRNOKPP judges the last digit of d.
func checkRNOKPP(d []byte) check {
	sum := weigh((*[8]byte)(d), 10<<48|7<<32|4<<16|10, 5<<48|9<<32|6<<16|5) + 7*uint32(d[8]-'0') // -1 5 7 9 4 6 10 5 7, modulo 11
	if uint32(d[9]-'0') == sum%11%10 {
		return right
	}
	return wrong
}

func findRNOKPP(dst []Finding, t *Text) []Finding {
	cues, next := t.Cues(t.current), 0
	for i := range t.Nums[10] {
		n := &t.Nums[10][i]
		if n.Shape != 0xA || n.Flags&(Plus|Inner|Outer|Sticky) != 0 {
			continue
		}
		told := within(cues, &next, n.Start) // a word may be near
		if !told && n.Flags&Query != 0 && t.Arena[n.Start-2] < 0x80 {
			continue // a parameter of something else
		}
		d := t.Arena[n.Start:n.End]
		c := checkRNOKPP(d)
		if c != right && !told || !bornRNOKPP(d, t.today) || trivial(d) {
			continue
		}
		f := Finding{Start: n.Start, End: n.End, Evidence: Structure}
		if t.Whole(n.Start, n.End) {
			f.Evidence |= Whole
		}
		labelled := c == right && anyWordBefore(t, n.Start, 4, rnokppLabels)
		near := false
		if told || labelled {
			x := t.context(n)
			near = x.speaks(t.current, leftWindow) && !x.right || labelled && x.kinds.Empty()
		}
		switch {
		case near && c == right:
			f.Score, f.Evidence = 96, f.Evidence|Checksum|Keyword
		case near:
			f.Score, f.Evidence = 60, f.Evidence|ChecksumFailed|Keyword
		case c == right && f.Evidence&Whole != 0:
			f.Score, f.Evidence = 12, f.Evidence|Checksum
		default:
			continue
		}
		dst = append(dst, f)
	}
	return dst
}
