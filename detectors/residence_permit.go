package detectors

// ResidencePermit is the residence permit of a foreigner: two digits of a series and seven of a number, 82 1234567 or
// 83 № 1234567. Any nine digits look like that: only words tell.
var ResidencePermit = declare(Detector{
	Kind:   "residence_permit",
	Class:  Direct,
	Doc:    Doc{RU: "вид на жительство", EN: "residence permit"},
	Prefix: "внж",
	Near:   []string{"жительство", "внж", "residence", "vnzh"},
	Cues:   []string{"жительство", "внж", "residence", "vnzh"},
	Names: []string{"вид_на_жительство", "внж", "номер_внж", "вид_на_жительство_номер", "vid_na_zhitelstvo", "vnzh", "vnzh_number", "nomer_vnzh", "residence_permit",
		"residence_permit_number", "residence_permit_no"},
	Digits: 1<<7 | 1<<9,
	Find:   findResidencePermit,
	Reach:  768,
	Fits: func(value []byte) bool {
		var buf [24]byte
		d := appendDigits(buf[:0], value[:min(len(value), len(buf))])
		return len(value) <= len(buf) && len(d) == 9 && d[0] == '8' && !same(d[2:])
	},
	Normal: appendDigits,
	Good: []string{
		"вид на жительство 82 1029384",
		"Вид на жительство серия 83 № 0475612, выдан УВМ",
		"ВНЖ: 821946273 до 2029 года",
		"residence permit 82 № 7362518",
		"предъявил вид на жительство иностранного гражданина серии 82 номер 5039187",
		"ВНЖ № 4472918 продлён",
	},
	Bad: []string{
		"82 1029384",
		"заявление 82 1029384 на замену",
		"место жительства не указано, договор 821946273",
		"получает ВНЖ, тел. 2946273",
		"вид на жительство 82 0000000",
		"ВНЖ ждёт третий месяц, заказ № 4472918",
	},
})

func findResidencePermit(dst []Finding, t *Text) []Finding {
	cues := t.Cues(t.current)
	if len(cues) == 0 {
		return dst
	}
	s := sheet(t.Arena)
	for _, digits := range [...]int{7, 9} {
		next := 0
		for i := range t.Nums[digits] {
			n := &t.Nums[digits][i]
			if n.Groups > 1 || n.Flags&(Sticky|Outer|Plus|Query|Glued) != 0 || !within(cues, &next, n.Start) {
				continue
			}
			start, series := int(n.Start), digits == 9 && s[n.Start] == '8'
			if digits == 7 {
				if e := s.beforeNumber(start); e >= 2 && s[e-1]-'0' <= 9 && s[e-2] == '8' && s.freeBefore(e-2) {
					start, series = e-2, true
				}
			}
			if same(s[n.End-7:n.End]) || digits == 9 && !series {
				continue
			}
			f := Finding{Start: uint32(start), End: n.End, Evidence: Keyword}
			x := t.words.find(t, f.Start, f.End, leftWindow)
			switch {
			case !x.speaks(t.current, leftWindow) || x.right:
				continue
			case series && x.distance <= 60:
				f.Score = 88
			case x.distance <= 3:
				f.Score = 82
			default:
				continue
			}
			if t.Whole(f.Start, f.End) {
				f.Evidence |= Whole
			}
			dst = append(dst, f)
		}
	}
	return dst
}
