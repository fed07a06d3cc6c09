package detectors

// MilitaryID is the identity card of a soldier or of somebody liable to service: two letters and seven digits.
// Contracts, diplomas and forms have such numbers, too: only words tell.
var MilitaryID = declare(Detector{
	Kind:   "military_id",
	Class:  Direct,
	Doc:    Doc{RU: "военный билет", EN: "military identity card"},
	Prefix: "военбилет",
	Near:   []string{"воен", "военн*", "воинск*", "в.б", "военник*", "voen*", "military"},
	Cues:   []string{"воен", "военн*", "воинск*", "в.б", "военник*", "voenn*"},
	Names: []string{"военный_билет", "номер_военного_билета", "военник", "в_б", "удостоверение_военнослужащего", "voen_bilet", "voenbilet", "voenny_bilet",
		"voennik", "nomer_voen_bileta", "military_id", "military_card", "military_ticket", "military_id_number"},
	Parts: []PartNames{
		{Part: Series, Names: "военный_билет_серия серия_военного_билета voen_bilet_seria voen_bilet_ser military_id_series"},
		{Part: Number, Names: "военный_билет_номер voen_bilet_nomer voen_bilet_num military_id_num"},
	},
	Split:  2,
	Digits: 1 << 7,
	Find:   findMilitaryID,
	Reach:  768,
	Fits: func(value []byte) bool {
		var buf [72]byte
		s := bordered(buf[:0], value)
		if s == nil || len(value) < 11 {
			return false
		}
		start, ok := s.militarySeries(len(value) - 6)
		return ok && start == 1 && s.digits(len(value)-6) == 7
	},
	Normal: appendCode,
	Good: []string{
		"военный билет АБ 1234567",
		"Военный билет серия АС № 2345671, выдан военкоматом",
		"в/б ас 1029384",
		"Удостоверение личности военнослужащего РЯ № 0918273",
		"военник: АН1827364",
		"воен. билет серии АК 3746152",
		"Представил военный билет серии АК номер 3746152 и приписное",
	},
	Bad: []string{
		"договор АБ 1234567",
		"АБ 1234567",
		"военная часть 1234567",
		"военный билет АБВ 1234567",
		"диплом ВС 1234567, военная кафедра МГУ, факультет",
		"военкомат, тел. 1234567",
	},
})

func findMilitaryID(dst []Finding, t *Text) []Finding {
	cues := t.Cues(t.current)
	if len(cues) == 0 {
		return dst
	}
	next, s := 0, sheet(t.Arena)
	for i := range t.Nums[7] {
		n := &t.Nums[7][i]
		if n.Flags&(Sticky|Outer|Plus|Query) != 0 || !within(cues, &next, n.Start) {
			continue
		}
		start, ok := s.militarySeries(int(n.Start))
		if !ok || same(s[n.Start:n.End]) {
			continue
		}
		f := Finding{Start: uint32(start), End: n.End, Evidence: Keyword}
		x := t.words.find(t, f.Start, f.End, leftWindow)
		switch {
		case !x.speaks(t.current, leftWindow):
			continue
		case x.distance <= 60 && !x.right:
			f.Score = 88
		default:
			f.Score = 50
		}
		if t.Whole(f.Start, f.End) {
			f.Evidence |= Whole
		}
		dst = append(dst, f)
	}
	return dst
}

// militarySeries returns the begin of a series of two Russian letters before a number at i.
func (s sheet) militarySeries(i int) (start int, ok bool) {
	start, n := s.letters(s.beforeNumber(i))
	return start, n == 2 && s.freeBefore(start) && s[start] >= 0xD0 && s[start+2] >= 0xD0
}
