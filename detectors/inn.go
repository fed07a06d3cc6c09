package detectors

// INN is the taxpayer number of a person: twelve digits, of which the last two are check digits
// (order of the Federal Tax Service MMV-7-6/435@ of 29.06.2012).
var INN = declare(Detector{
	Kind:    "inn",
	Class:   Direct,
	Doc:     Doc{RU: "ИНН физического лица", EN: "taxpayer number of a person (INN)"},
	Prefix:  "инн",
	Near:    innWords,
	Cues:    innWords,
	Names:   []string{"инн", "инн_фл", "инн_физлица", "инн_ип", "inn", "inn_fl", "innfl", "inn_ip", "tin", "tax_id", "taxpayer_id"},
	Digits:  1 << 12,
	Chance:  0.0101,
	Twin:    "inn_org",
	Company: 85,
	Find:    findINN,
	Reach:   512,
	Fits: func(value []byte) bool {
		var buf [24]byte
		d := onlyDigits(value, &buf, 12, 12)
		return d != nil && !trivial(d) && checkINN(d) == right
	},
	Seal:   sealINN,
	Checks: 2,
	Normal: appendDigits,
	Good: []string{
		"ИНН 771234500149",
		"инн: 5029 0001 2380",
		"TIN 165077700118, принят",
		"Заявитель с ИНН № 644912398765 найден",
	},
	Bad: []string{
		"заказ 771234500149",
		"ИНН 771234500140",
		"код 000000000000",
		"771234500149,50 руб.",
		"550e8400-e29b-41d4-a716-771234500149",
	},
})

var innWords = []string{"инн", "налогоплательщик*", "inn", "tin", "taxpayer*", "innfl", "innul"}

func sealINN(d []byte) {
	if len(d) == 12 {
		d[10], d[11] = checksINN((*[12]byte)(d))
	}
}

// checksINN are the right last digits of d; the second one counts the first as it should be.
func checksINN(d *[12]byte) (eleventh, twelfth byte) {
	first, ninth, tenth := (*[8]byte)(d[:]), uint32(d[8]-'0'), uint32(d[9]-'0')
	x := weigh(first, 7<<48|4<<32|3<<16|9, 2<<48|10<<32|5<<16|4) + 6*ninth + 8*tenth // 7 2 4 10 3 5 9 4 6 8
	x = x % 11 % 10
	y := weigh(first, 3<<48|2<<32|10<<16|5, 7<<48|4<<32|3<<16|9) + 4*ninth + 6*tenth + 8*x // 3 7 2 4 10 3 5 9 4 6 8
	return '0' + byte(x), '0' + byte(y%11%10)
}

func checkINN(d []byte) check {
	x, y := checksINN((*[12]byte)(d))
	return judgeChecks(d[10:], x, y)
}

func findINN(dst []Finding, t *Text) []Finding {
	cues, next := t.Cues(t.current), 0
	for i := range t.Nums[12] {
		n := &t.Nums[12][i]
		e := Structure
		switch n.Shape {
		case 0xC:
		case 0x444, 0x462, 0x4332:
			if n.Flags&^(Spaced|Query|Plus|Wide) != 0 {
				continue
			}
			e = 0
		default:
			continue
		}
		d := t.digits(n)
		c := checkINN(d)
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
		if c == wrong && !within(cues, &next, n.Start) {
			continue
		}
		x := t.context(n)
		switch near := x.speaks(t.current, leftWindow); {
		case near && c == right:
			f.Score, f.Evidence = 99, e|Checksum|Keyword
		case near:
			f.Score, f.Evidence = 60, e|ChecksumFailed|Keyword
		case c != right || n.Flags&Glued != 0:
			continue
		case x.negative:
			f.Score, f.Evidence = 25, e|Checksum|Negative
		case x.taken(20):
			f.Score, f.Evidence = 50, e|Checksum
		case n.Groups > 1 || n.Flags&(Inner|Outer|Sticky|Query|Wide) != 0 || d[0] == '0' && d[1] == '0':
			f.Score, f.Evidence = 35, e|Checksum
		case !t.prose(n.Start, n.End):
			f.Score, f.Evidence = 70, e|Checksum // one in a hundred of all such numbers passes: lists of ids hold many
		default:
			f.Score, f.Evidence = 85, e|Checksum
		}
		dst = append(dst, f)
	}
	return dst
}
