package detectors

// EDRPOU is the number of an organisation in the register of Ukraine: seven digits and a check digit. It is of the
// family of OKPO, and three in four numbers that pass one pass the other: words tell them apart.
var EDRPOU = declare(Detector{
	Kind:   "edrpou",
	Class:  Organisation,
	Doc:    Doc{RU: "код ЕГРПОУ (ЄДРПОУ) Украины", EN: "register code of an organisation of Ukraine (EDRPOU)"},
	Prefix: "едрпоу",
	Near:   edrpouWords,
	Cues:   edrpouWords,
	Names:  []string{"едрпоу", "єдрпоу", "егрпоу", "edrpou", "yedrpou", "egrpou"},
	Digits: 1 << 8,
	Chance: 0.1001, // as OKPO, which is meant more often where no name says
	Find: func(dst []Finding, t *Text) []Finding {
		return findLabelled(dst, t, 8, checkEDRPOU, edrpouLabels)
	},
	Reach: 512,
	Fits: func(value []byte) bool {
		var buf [24]byte
		d := onlyDigits(value, &buf, 8, 8)
		return d != nil && !trivial(d) && checkEDRPOU(d) == right
	},
	Normal: appendDigits,
	Good: []string{
		"ЄДРПОУ 32855961",
		"Код ЕДРПОУ: 00022438",
		"ТОВ «Ромашка», код ЄДРПОУ — 43808820",
		"EDRPOU 20077720",
		"ЕГРПОУ №40123454",
	},
	Bad: []string{
		"32855961",
		"ЄДРПОУ 32855968",
		"ОКПО 32855961",
		"заказ 32855961",
		"EDRPOU 11111111",
	},
})

var edrpouWords = []string{"едрпоу", "егрпоу", "edrpou", "yedrpou", "egrpou"}

// edrpouLabels holds what the index of context words does not: a letter that the Russian alphabet lacks.
var edrpouLabels = newVocabulary("єдрпоу")

// checkEDRPOU judges the last digit of d: weights 1 to 7, or 7, 1, 2… where the first digit is 3 to 5; when the rest by
// 11 is 10, every weight is two more.
func checkEDRPOU(d []byte) check {
	if d[0] < '3' || d[0] > '5' {
		return checkOKPO(d)
	}
	sum, digits := 7*int(d[0]-'0'), int(d[0]-'0')
	for i, b := range d[1:7] {
		sum += int(b-'0') * (i + 1)
		digits += int(b - '0')
	}
	r := sum % 11
	if r == 10 {
		r = (sum + 2*digits) % 11 % 10
	}
	if d[7] == '0'+byte(r) {
		return right
	}
	return wrong
}
