package detectors

// BYPersonal is the personal number in passports of Belarus: a digit for century and sex, the day of birth, a letter for
// the region, three digits, two letters for the citizenship and a check digit. Letters are often typed in Cyrillic.
var BYPersonal = declare(Detector{
	Kind:   "by_personal",
	Class:  Direct,
	Doc:    Doc{RU: "личный номер гражданина Беларуси", EN: "personal number of a citizen of Belarus"},
	Prefix: "личномер",
	Names:  []string{"личный_номер", "личный_номер_рб", "lichnyi_nomer", "personal_number", "personal_no"},
	Chance: 0.0022, // of values with the letters in their places
	// Digits and letters in such places are hardly anything else.
	Telling: true,
	Find:    findBYPersonal,
	Reach:   64,
	Fits: func(value []byte) bool {
		var buf [14]byte
		n, ok := readBYPersonal(value, &buf)
		return ok && n == len(value) && checkBYPersonal(&buf)
	},
	Normal: spelledNormal,
	Good: []string{
		"личный номер 3120385A012PB3",
		"паспорт гр. РБ, идент. № 4311290С034РВ1",
		"3120385A012PB3",
		"identification number: 4311290C034PB1",
		"(4311290c034pb1)",
	},
	Bad: []string{
		"3120385A012PB6",
		"3123485A012PB7",
		"0000000A000PB2",
		"3120385A012XX5",
		"AB3120385A012PB3",
		"артикул 1234567A012",
	},
})

// readBYPersonal reads the fourteen characters that s begins with, letters as Latin capitals. n is their length.
func readBYPersonal(s []byte, buf *[14]byte) (n int, ok bool) {
	for k := range buf {
		if n >= len(s) {
			return 0, false
		}
		b := s[n]
		switch k {
		case 7, 11, 12:
			c, w := latinCapital(s[n:])
			if b-'a' < 26 {
				c, w = b&^0x20, 1
			}
			if c == 0 {
				return 0, false
			}
			buf[k] = c
			n += w
		default:
			if b-'0' > 9 {
				return 0, false
			}
			buf[k] = b
			n++
		}
	}
	return n, true
}

// checkBYPersonal looks at century, day, letters and the check digit: all before it times 7, 3 and 1 in turn, letters
// counting from 10, the last digit of the sum.
func checkBYPersonal(d *[14]byte) bool {
	if d[0] < '1' || d[0] > '6' {
		return false
	}
	century := 1800 + int(d[0]-'1')/2*100
	if !calendar(max(century+pair(d[5:]), 1900), pair(d[3:]), pair(d[1:])) {
		return false
	}
	switch d[7] {
	case 'A', 'B', 'C', 'E', 'H', 'K', 'M':
	default:
		return false
	}
	if x := [2]byte{d[11], d[12]}; x != [2]byte{'P', 'B'} && x != [2]byte{'B', 'A'} && x != [2]byte{'B', 'I'} {
		return false
	}
	sum := 0
	for i, b := range d[:13] {
		v := int(b - '0')
		if b >= 'A' {
			v = int(b-'A') + 10
		}
		sum += v * [3]int{7, 3, 1}[i%3]
	}
	return d[13] == '0'+byte(sum%10)
}

func findBYPersonal(dst []Finding, t *Text) []Finding {
	a := t.Arena
	for _, p := range t.Threes {
		// A letter of one byte or two, and seven digits before it.
		start := int(p) - 8
		if a[p-1] >= 0x80 {
			start--
		}
		if start < 1 || a[start]-'1' > 5 || alphanumeric(a[start-1]) {
			continue
		}
		var buf [14]byte
		n, ok := readBYPersonal(a[start:], &buf)
		if !ok || !checkBYPersonal(&buf) || alphanumeric(a[start+n]) {
			continue
		}
		f := Finding{Start: uint32(start), End: uint32(start + n), Score: 95, Evidence: Checksum | Structure | Format}
		if t.Whole(f.Start, f.End) {
			f.Evidence |= Whole
		}
		dst = append(dst, f)
	}
	return dst
}
