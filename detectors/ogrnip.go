package detectors

// OGRNIP is the number of a sole proprietor, who is a person, in the state register: 3, the year of the entry, the
// region, nine digits and a check digit (order of the Ministry of Finance 165n of 30.10.2017).
var OGRNIP = declare(Detector{
	Kind:   "ogrnip",
	Class:  Direct,
	Doc:    Doc{RU: "ОГРНИП индивидуального предпринимателя", EN: "state registration number of a sole proprietor (OGRNIP)"},
	Prefix: "огрнип",
	Near:   ogrnWords,
	Names: []string{"огрнип", "огрн_ип", "огрн", "огрн_огрнип", "ogrnip", "ogrn_ip", "ogrn", "ogrn_ogrnip", "psrnip", "psrnsp", "psrn_ip", "psrn_sp",
		"psrn"},
	Digits: 1 << 15,
	Chance: 0.0023,
	Twin:   "ogrn",
	Find:   func(dst []Finding, t *Text) []Finding { return findRegistered(dst, t, 15) },
	Reach:  512,
	Fits: func(value []byte) bool {
		var buf [24]byte
		d := onlyDigits(value, &buf, 15, 15)
		return d != nil && registered(d, thisYear()) && checkRegistered(d) == right
	},
	Seal: func(d []byte) {
		if len(d) == 15 {
			d[14] = digitRegistered(d)
		}
	},
	Checks: 1,
	Normal: appendDigits,
	Good: []string{
		"ОГРНИП 304770000000020",
		"огрнип: 304770000000031",
		"ИП Петров П. П., ОГРН 304770000000042",
		"TIN 771234500149, OGRNIP 319774600123453",
		"ОГРНИП №319774600123453 от 12.03.2019",
		"PSRNSP 3 19 77 460012345 3",
		"сведения внесены в ЕГРИП, запись 319774600123453",
		"Свидетельство 319774600123453 выдано ИФНС",
	},
	Bad: []string{
		"ОГРНИП 319774600123455",
		"319774600123453",
		"IMEI 356357629487830",
		"ОГРНИП 356357629487830",
		"ОГРНИП 333333333333333",
		"заказ 319774600123453",
	},
})
