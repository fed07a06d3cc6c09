package detectors

import "time"

// Passport is the internal passport of a citizen of Russia: a series of four digits (OKATO code of the region and
// year of the blank) and six more. There are no check digits, so words, columns and the way it is written decide.
var Passport = declare(Detector{
	Kind:   "passport",
	Class:  Direct,
	Doc:    Doc{RU: "паспорт гражданина РФ", EN: "passport of the Russian Federation"},
	Prefix: "паспорт",
	Near: []string{"паспорт*", "серия", "серии", "сер", "удостоверяющ*", "уфмс", "овд", "passport*", "pasport*", "pasp", "paspor*", "series",
		"seriya"},
	Names: []string{"паспорт", "серия_номер", "паспорт_серия_номер", "паспортные_данные", "дул", "pasport", "passport", "passport_no", "passport_number",
		"nomer_pasporta", "pasp", "id_doc", "dul"},
	Parts: []PartNames{
		{Part: Series, Names: "паспорт_серия серия_паспорта passport_series passport_seria pasp_ser pass_ser ser_pasp pasp_seria passport_ser дул_серия dul_ser doc_ser doc_series document_series"},
		{Part: Number, Names: "паспорт_номер номер_паспорта pasp_num pass_num num_pasp pasp_nom passport_num passport_nomer дул_номер dul_num doc_num"},
		{Part: Number, Names: "passport_number passport_no doc_number document_number", Weak: true},
		{Part: Series, Names: "серия seria series ser", Context: "паспорт passport pasport pasp дул dul документ document doc"},
		{Part: Number, Names: "номер nomer number num no", Context: "паспорт passport pasport pasp дул dul"},
		{Part: Series, Names: "серия seria", Weak: true},
		{Part: Number, Names: "номер nomer number no num", Loose: true},
	},
	Split:  2,
	Digits: 1 << 10,
	Find:   findPassport,
	Reach:  768,
	Fits: func(value []byte) bool {
		var buf [24]byte
		d := onlyDigits(value, &buf, 10, 10)
		return d != nil && !trivial(d) && plausiblePassport(d, thisYear())
	},
	Normal: appendDigits,
	Good: []string{
		"паспорт 4510 678234",
		"серия 4509 номер 123456",
		"паспорт: 45 08 № 123456, выдан ОВД",
		"45 12 884920, паспорт выдан 12.03.2013",
		"Паспорт 4510123458",
		"Документ, удостоверяющий личность: паспорт гражданина РФ 4510-123458",
	},
	Bad: []string{
		"заказ 4510123458",
		"45 10 000000",
		"водительское удостоверение серия 77 16 № 123456",
		"регистрационный номер 77-25-517688",
		"счёт 4510 678234",
	},
})

// regions has a bit for every OKATO code of a region that issues blanks, the territories of 2014 and 2022 included.
var regions = func() (r [2]uint64) {
	for i := 1; i < 100; i++ {
		switch i {
		case 2, 6, 9, 13, 16, 31, 39, 48, 51, 55, 59, 62, 72:
		default:
			r[i/64] |= 1 << (i % 64)
		}
	}
	return r
}()

// plausiblePassport looks at region, year of the blank (1997 to year) and number (from 000101).
func plausiblePassport(d []byte, year int) bool {
	region := int(d[0]-'0')*10 + int(d[1]-'0')
	blank := int(d[2]-'0')*10 + int(d[3]-'0')
	low := d[4] == '0' && d[5] == '0' && d[6] == '0' && (d[7] == '0' || string(d[7:]) == "100")
	return regions[region/64]>>(region%64)&1 != 0 && (blank >= 97 || blank <= year%100+1) && !low
}

func thisYear() int { return time.Now().Year() }

func findPassport(dst []Finding, t *Text) []Finding {
	var buf [24]byte
	year := int(t.today / 10000)
	for i := range t.Nums[10] {
		n := &t.Nums[10][i]
		f := Finding{Start: n.Start, End: n.End}
		if n.Flags&(Plus|Bracketed|Dotted|Sticky|Slashed) != 0 {
			continue
		}
		alone := uint8(0) // the score without a word
		switch n.Shape {
		case 0xA:
			alone = 0
		case 0x226, 0x46:
			f.Evidence = Format
			switch {
			case n.Flags&Worded != 0:
				alone = 60
			case n.Flags&(Dashed|Wrapped) != 0:
				alone = 20
			case n.Shape == 0x226:
				alone = 50
			default:
				alone = 40
			}
		case 0x2233, 0x433:
			if n.Flags&Dashed != 0 {
				continue
			}
		default:
			continue
		}
		if n.Flags&(Inner|Outer) != 0 {
			continue
		}
		d := t.digits(n, &buf)
		if trivial(d) || trivial(d[4:]) && d[4] == '0' {
			continue
		}
		plausible := plausiblePassport(d, year)
		if plausible {
			f.Evidence |= Structure
		}
		whole := t.Whole(n.Start, n.End)
		if whole {
			f.Evidence |= Whole
		}
		x := t.context(n)
		switch near := x.speaks(t.current, longWindow); {
		case near && plausible:
			f.Score = 88
			if f.Evidence&Format != 0 {
				f.Score = 92
			}
			f.Evidence |= Keyword
		case near && x.distance <= 40 && !x.right:
			f.Score = 80 // blanks of older years, other forms of numbering
			f.Evidence |= Keyword
		case near:
			f.Score = 50
			f.Evidence |= Keyword
		case !plausible || n.Flags&Glued != 0:
			continue
		case x.negative || x.taken(20):
			f.Score = 10
			f.Evidence |= Negative
			if alone == 0 && !whole {
				continue
			}
		case alone == 0 && !whole:
			continue
		default:
			f.Score = max(alone, 15)
		}
		dst = append(dst, f)
	}
	return dst
}
