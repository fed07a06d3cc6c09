package detectors

// KZBIN is the number of an organisation in Kazakhstan: year and month of the registration, its type, whether it is a
// branch, a serial number and a check digit (resolution of the Government of Kazakhstan 565 of 11.06.2003).
var KZBIN = declare(Detector{
	Kind:   "kz_bin",
	Class:  Organisation,
	Doc:    Doc{RU: "БИН Казахстана", EN: "business identification number of Kazakhstan (BIN)"},
	Prefix: "бин",
	Near:   kzWords,
	Names:  []string{"бин", "иин_бин", "бин_иин", "бсн", "bin", "iin_bin", "bin_iin", "bsn"},
	Digits: 1 << 12,
	Chance: 0.0014,
	Twin:   "kz_iin",
	Find:   func(dst []Finding, t *Text) []Finding { return findKZ(dst, t, false) },
	Reach:  512,
	Fits: func(value []byte) bool {
		var buf [24]byte
		d := onlyDigits(value, &buf, 12, 12)
		return d != nil && foundedKZ(d) && checkKZ(d)
	},
	Normal: appendDigits,
	Good: []string{
		"БИН 940140000385",
		"ТОО «Ромашка», БИН: 070941024691",
		"ИИН/БИН 961141000023",
		"бсн № 950341000052",
		"БИН поставщика 940140000385",
	},
	Bad: []string{
		"940140000385",
		"БИН 940140000380",
		"заказ 940140000385",
		"БИН 941340000385",
		"BIN карты 220220",
	},
})

// foundedKZ says whether d begins with a month, a type of organisations and a part of them.
func foundedKZ(d []byte) bool {
	month := pair(d[2:])
	return month >= 1 && month <= 12 && d[4] >= '4' && d[4] <= '6' && d[5] <= '3'
}
