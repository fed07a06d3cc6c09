package detectors

// KZIIN is the number of a person in Kazakhstan: the day of birth, a digit for century and sex, a serial number and a
// check digit (resolution of the Government of Kazakhstan 565 of 11.06.2003).
var KZIIN = declare(Detector{
	Kind:   "kz_iin",
	Class:  Direct,
	Doc:    Doc{RU: "ИИН Казахстана", EN: "individual identification number of Kazakhstan (IIN)"},
	Prefix: "иин",
	Near:   kzWords,
	Names:  []string{"иин", "иин_бин", "бин_иин", "жсн", "iin", "iin_bin", "bin_iin", "zhsn"},
	Digits: 1 << 12,
	Chance: 0.0022,
	Twin:   "kz_bin",
	Find:   func(dst []Finding, t *Text) []Finding { return findKZ(dst, t, true) },
	Reach:  512,
	Fits: func(value []byte) bool {
		var buf [24]byte
		d := onlyDigits(value, &buf, 12, 12)
		return d != nil && bornKZ(d, today()) && checkKZ(d)
	},
	Normal: appendDigits,
	Good: []string{
		"ИИН 850312300121",
		"иин: 991231451232",
		"ЖСН 040229500124",
		"ИИН/БИН: 850312300121",
		"гражданин РК, ИИН № 850312 300121",
		"iin=850312300121",
	},
	Bad: []string{
		"850312300121",
		"ИИН 850312300122",
		"ИИН 851312300124",
		"заказ 850312300121",
		"БИН 070940000004",
	},
})

// kzWords name the numbers of persons and of organisations alike: forms ask for "ИИН/БИН".
var kzWords = []string{"иин", "бин", "жсн", "бсн", "iin", "bin"}

// bornKZ says whether d begins with a day until today, which is yyyymmdd, and a digit for the century.
func bornKZ(d []byte, today uint32) bool {
	if d[6] < '1' || d[6] > '6' {
		return false
	}
	year, month, day := 1800+100*int(d[6]-'1')/2, pair(d[2:]), pair(d[4:])
	year = year/100*100 + pair(d)
	return calendar(max(year, 1900), month, day) && uint32(year*10000+month*100+day) <= today
}

// checkKZ judges the last digit: the others times 1 to 11, the rest by 11; where that is 10, times 3 to 11, 1 and 2.
// Numbers for which it is 10 again are not given out.
func checkKZ(d []byte) bool {
	one, two := 0, 0
	for i, b := range d[:11] {
		v := int(b - '0')
		one += v * (i + 1)
		two += v * ((i+2)%11 + 1)
	}
	r := one % 11
	if r == 10 {
		r = two % 11
	}
	return r < 10 && d[11] == '0'+byte(r)
}

// findKZ looks for the numbers of persons, or for those of organisations: the fifth digit tells them apart.
func findKZ(dst []Finding, t *Text, person bool) []Finding {
	for i := range t.Nums[12] {
		n := &t.Nums[12][i]
		switch n.Shape {
		case 0xC:
		case 0x444, 0x66, 0x633, 0x615:
			if n.Flags&^(Spaced|Wide|Dashed|Query|Glued) != 0 {
				continue
			}
		default:
			continue
		}
		d := t.digits(n)
		if n.Flags&(Plus|Inner|Outer|Sticky) != 0 || t.Arena[n.Start-1] == '/' && n.Flags&Glued != 0 || person && !bornKZ(d, t.today) || !person && !foundedKZ(d) {
			continue
		}
		f := Finding{Start: n.Start, End: n.End, Evidence: Structure}
		if t.Whole(n.Start, n.End) {
			f.Evidence |= Whole
		}
		passes := checkKZ(d)
		x := t.context(n)
		switch near := spokenFor(t, x); {
		case near && passes:
			f.Score, f.Evidence = 97, f.Evidence|Checksum|Keyword
		case near && n.Groups == 1:
			f.Score, f.Evidence = 60, f.Evidence|ChecksumFailed|Keyword
		case !passes || n.Groups > 1 || n.Flags&Glued != 0:
			continue
		case x.negative || !x.kinds.Empty():
			f.Score, f.Evidence = 15, f.Evidence|Checksum|Negative
		default:
			f.Score, f.Evidence = 40, f.Evidence|Checksum
		}
		dst = append(dst, f)
	}
	return dst
}
