package detectors

// BYUNP is the taxpayer number of Belarus: nine digits, or two letters and seven digits of a person without a business;
// the last digit is a check digit.
var BYUNP = declare(Detector{
	Kind:   "by_unp",
	Class:  Organisation,
	Doc:    Doc{RU: "УНП Беларуси", EN: "taxpayer number of Belarus (UNP)"},
	Prefix: "унп",
	Near:   unpWords,
	Cues:   unpWords,
	Names:  []string{"унп", "unp", "унп_организации"},
	Digits: 1 << 9,
	Chance: 0.064,
	Find:   findUNP,
	Reach:  512,
	Fits: func(value []byte) bool {
		var buf [9]byte
		d, letters := buf[:0], 0
		for i := 0; i < len(value); {
			c, w := latinCapital(value[i:])
			switch {
			case len(d) == 9:
				return false
			case c != 0:
				d = append(d, c)
				letters++
				i += w
			case value[i]-'0' <= 9:
				d = append(d, value[i])
				i++
			case value[i] == ' ' && len(d) > 0:
				i++
			default:
				return false
			}
		}
		return len(d) == 9 && (letters == 0 || letters == 2) && !trivial(d) && checkUNP(d) == right
	},
	Normal: spelledNormal,
	Good: []string{
		"УНП 100000007",
		"ООО «Ромашка», унп: 190123455",
		"УНП МА1234569",
		"UNP 190 123 455",
		"ИП, УНП № 590123450, Гродно",
	},
	Bad: []string{
		"190123455",
		"УНП 190123456",
		"УНП 991705588",
		"УНН 111111111",
		"заказ 190123455",
		"УНП МА1234560",
	},
})

var unpWords = []string{"унп", "unp", "унн"}

// unpWeights belong to the first eight characters of a UNP.
var unpWeights = [8]int{29, 23, 19, 17, 13, 7, 5, 3}

// checkUNP judges the last digit of nine: the others times the weights, the rest by 11, which is never 10. A first letter
// counts from 10 in the order of the alphabet, a second one from 0 in that of the letters which may stand there.
func checkUNP(d []byte) check {
	sum := 0
	for i, w := range unpWeights {
		v := int(d[i] - '0')
		if d[i] >= 'A' {
			if v = unpLetter(d[i], i); v < 0 {
				return wrong
			}
		} else if i == 0 && (v < 1 || v > 7) {
			return wrong
		}
		sum += v * w
	}
	if r := sum % 11; r < 10 && d[8] == '0'+byte(r) {
		return right
	}
	return wrong
}

// unpLetter is what a letter counts, -1 where it may not stand.
func unpLetter(c byte, place int) int {
	const letters = "ABCEHKMOPT" // the last three only in the second place
	for i := range letters {
		switch {
		case letters[i] != c:
		case place == 1:
			return i
		case i < 7:
			return int(c-'A') + 10
		}
	}
	return -1
}

func findUNP(dst []Finding, t *Text) []Finding {
	for _, c := range t.Cues(t.current) {
		var buf [9]byte
		start, end, ok := spelled(t.Arena, int(c.End), &buf)
		if !ok {
			continue
		}
		f := Finding{Start: uint32(start), End: uint32(end), Score: 95, Evidence: Checksum | Keyword | Format}
		if checkUNP(buf[:]) != right {
			f.Score, f.Evidence = 60, ChecksumFailed|Keyword
		}
		dst = append(dst, f)
	}
	return findLabelled(dst, t, 9, checkUNP, nil)
}
