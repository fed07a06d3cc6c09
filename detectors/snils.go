package detectors

// SNILS is the number of a pension insurance account: nine digits and two check digits.
var SNILS = declare(Detector{
	Kind:    "snils",
	Class:   Direct,
	Doc:     Doc{RU: "СНИЛС", EN: "pension insurance number (SNILS)"},
	Prefix:  "снилс",
	Near:    []string{"снилс*", "страхов*", "пенсионн*", "пфр", "сфр", "snils*", "pension*", "pfr"},
	Names:   []string{"снилс", "страховой_номер", "snils", "strah_nomer", "pfr", "pension_no", "insurance_no", "ssn_ru"},
	Digits:  1 << 11,
	Chance:  0.01,
	Company: 85,
	Find:    findSNILS,
	Reach:   512,
	Fits: func(value []byte) bool {
		var buf [24]byte
		d := onlyDigits(value, &buf, 11, 11)
		return d != nil && !trivial(d) && checkSNILS(d) == right
	},
	Seal:   sealSNILS,
	Checks: 2,
	Normal: appendDigits,
	Good: []string{
		"112-233-445 95",
		"СНИЛС 08765430300",
		"снилс:\n160 123 987 34",
		"СНИЛС 045–678–912 00",
	},
	Bad: []string{
		"112-233-445 96",
		"СНИЛС 000-000-000 00",
		"трек 08765430300",
		"+7 916 123-45-11",
	},
})

func sealSNILS(d []byte) {
	if len(d) == 11 {
		d[9], d[10] = checksSNILS((*[11]byte)(d))
	}
}

// checksSNILS are the right last digits of d.
func checksSNILS(d *[11]byte) (tenth, eleventh byte) {
	x := weigh((*[8]byte)(d[:]), 9<<48|7<<32|5<<16|3, 8<<48|6<<32|4<<16|2) + uint32(d[8]-'0') // 9 to 1
	x = x % 101 % 100
	return '0' + byte(x/10), '0' + byte(x%10)
}

func checkSNILS(d []byte) check {
	x, y := checksSNILS((*[11]byte)(d))
	return judgeChecks(d[9:], x, y)
}

func findSNILS(dst []Finding, t *Text) []Finding {
	for i := range t.Nums[11] {
		n := &t.Nums[11][i]
		var e Evidence
		switch n.Shape {
		case 0xB:
			if n.Flags&Plus != 0 {
				continue
			}
		case 0x3332, 0x335, 0x362, 0x65:
			if n.Flags&(Bracketed|Plus|Slashed) != 0 {
				continue
			}
			if n.Flags&Dashed != 0 {
				e = Format
			}
		case 0x92:
		default:
			continue
		}
		d := t.digits(n)
		c := checkSNILS(d)
		if c == wrong && n.Flags&(Inner|Outer|Sticky) != 0 || trivial(d) {
			continue
		}
		f := Finding{Start: n.Start, End: n.End}
		if t.Whole(n.Start, n.End) {
			e |= Whole
		}
		if c == ours {
			f.Score, f.Evidence = 10, e|Synthetic
			dst = append(dst, f)
			continue
		}
		if c == right && e&Format != 0 && n.Flags&(Inner|Outer|Glued) == 0 {
			f.Score, f.Evidence = 99, e|Checksum
			dst = append(dst, f)
			continue
		}
		// Numbers issued so far begin with 0 to 2; 7, 8 and 9 begin phone numbers.
		phone := d[0] >= '7'
		if phone && c == wrong && e&Format == 0 && n.Groups == 1 && plausiblePhone(d) {
			continue
		}
		x := t.context(n)
		switch near := x.speaks(t.current, leftWindow); {
		case near && c == right:
			f.Score, f.Evidence = 99, e|Checksum|Keyword
		case near:
			f.Score, f.Evidence = 60, e|ChecksumFailed|Keyword
		case c != right && e&Format != 0 && !x.negative && n.Shape == 0x3332 && n.Flags&Spaced != 0:
			f.Score, f.Evidence = 60, e|ChecksumFailed
		case c != right || n.Flags&Glued != 0:
			continue
		case x.negative || phone:
			f.Score, f.Evidence = 25, e|Checksum|Negative
		case x.taken(20):
			f.Score, f.Evidence = 50, e|Checksum
		case n.Flags&(Inner|Outer|Sticky|Query|Wide) != 0:
			f.Score, f.Evidence = 40, e|Checksum
		case d[0] > '2' || t.rowed(n) || !t.prose(n.Start, n.End):
			f.Score, f.Evidence = 70, e|Checksum // one in a hundred of all such numbers passes: lists of ids hold many
		default:
			f.Score, f.Evidence = 90, e|Checksum|Structure
		}
		dst = append(dst, f)
	}
	return dst
}
