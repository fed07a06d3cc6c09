package detectors

// INNOrg is the taxpayer number of an organisation: ten digits, of which the last is a check digit.
// One random number in ten passes, so without a word or a column that says so it is a candidate only.
var INNOrg = declare(Detector{
	Kind:   "inn_org",
	Class:  Organisation,
	Doc:    Doc{RU: "ИНН организации", EN: "taxpayer number of an organisation (INN)"},
	Prefix: "иннорг",
	Near:   innWords,
	Cues:   innWords,
	Names:  []string{"инн", "инн_юл", "инн_организации", "инн_компании", "inn", "inn_ul", "innul", "inn_org", "tin", "vat", "company_inn"},
	Digits: 1 << 10,
	Chance: 0.1,
	Twin:   "inn",
	Find:   findINNOrg,
	Reach:  512,
	Fits: func(value []byte) bool {
		var buf [24]byte
		d := onlyDigits(value, &buf, 10, 10)
		return d != nil && !trivial(d) && checkINNOrg(d) == right
	},
	Seal:   sealINNOrg,
	Checks: 1,
	Normal: appendDigits,
	Good: []string{
		"ИНН 7707123000",
		"ИНН/КПП 5030123457/503001001",
		"ООО «Ромашка», инн: 1655 001 127, Казань",
		"company inn=7707123000&kpp=770701001",
		"Покупатель: 7707123000/770701001, ООО",
	},
	Bad: []string{
		"заказ № 7707123000",
		"user_id: 7707123000",
		"ИНН 7707123001",
		"баланс 7707123000 руб.",
		"1234567890",
		"тираж 7707123000/770799111 листов",
	},
})

func sealINNOrg(d []byte) {
	if len(d) == 10 {
		d[9] = checkDigitINNOrg((*[10]byte)(d))
	}
}

// checkDigitINNOrg is the right last digit of d.
func checkDigitINNOrg(d *[10]byte) byte {
	x := weigh((*[8]byte)(d[:]), 2<<48|10<<32|5<<16|4, 4<<48|3<<32|9<<16|6) + 8*uint32(d[8]-'0') // 2 4 10 3 5 9 4 6 8
	return '0' + byte(x%11%10)
}

func checkINNOrg(d []byte) check { return judgeChecks(d[9:10], checkDigitINNOrg((*[10]byte)(d))) }

// kppBehind says whether a KPP is joined to the INN that ends at i: 7707123000/770701001.
func kppBehind(a []byte, i int) bool {
	if a[i] != '/' && a[i] != '\\' || digitsEnd(a, i+1) != i+10 {
		return false
	}
	return usualKPP(a[i+1:i+10]) && !alphanumeric(a[i+10])
}

func findINNOrg(dst []Finding, t *Text) []Finding {
	cues, next := t.Cues(t.current), 0
	for i := range t.Nums[10] {
		n := &t.Nums[10][i]
		e := Structure
		switch n.Shape {
		case 0xA:
		case 0x433, 0x46, 0x442, 0x4222, 0x334, 0x2224, 0x244:
			if n.Flags&^(Spaced|Query) != 0 {
				continue
			}
			e = 0
		default:
			continue
		}
		told := within(cues, &next, n.Start) // a word may be near
		if n.Flags&Plus != 0 || n.Flags&Query != 0 && !told {
			continue // a phone number, a parameter of something else
		}
		d := t.digits(n)
		c := checkINNOrg(d)
		if c != right && (n.Groups > 1 || n.Flags&(Inner|Outer|Sticky) != 0) || trivial(d) {
			continue
		}
		f := Finding{Start: n.Start, End: n.End}
		if t.Whole(n.Start, n.End) {
			e |= Whole
		}
		if c != right && !told {
			if c == ours && e&Whole != 0 {
				f.Score, f.Evidence = 10, e|Synthetic
				dst = append(dst, f)
			}
			continue
		}
		x := t.context(n)
		near := x.speaks(t.current, leftWindow) && !x.right || x.speaks(t.current, 4)
		if c == ours {
			// One number in ten is wrong by our offset: only where a right one would be found is it ours.
			if near || e&Whole != 0 {
				f.Score, f.Evidence = 10, e|Synthetic
				dst = append(dst, f)
			}
			continue
		}
		switch {
		case c == right && n.Groups == 1 && n.Flags&Glued == 0 && kppBehind(t.Arena, int(n.End)):
			f.Score, f.Evidence = 90, e|Checksum|Format
			if near {
				f.Score, f.Evidence = 95, f.Evidence|Keyword
			}
		case near && c == right && x.distance <= 40:
			f.Score, f.Evidence = 95, e|Checksum|Keyword
		case near && c == right:
			f.Score, f.Evidence = 90, e|Checksum|Keyword
		case near && x.distance <= 40:
			f.Score, f.Evidence = 60, e|ChecksumFailed|Keyword
		case c != right || n.Groups > 1 || n.Flags&Glued != 0 || currency(t.Arena, n.End):
			continue
		case x.negative || x.taken(256):
			f.Score, f.Evidence = 10, e|Checksum|Negative
		default:
			f.Score, f.Evidence = 25, e|Checksum
		}
		dst = append(dst, f)
	}
	return dst
}
