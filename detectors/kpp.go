package detectors

import "bytes"

// KPP is the code of the reason for registration with a tax office: the office, the reason and a serial number
// (order of the Federal Tax Service MMV-7-6/435@ of 29.06.2012). The reason may hold capital letters. There are no
// check digits: a word, the column or the INN that it is joined to decides.
var KPP = declare(Detector{
	Kind:   "kpp",
	Class:  Organisation,
	Doc:    Doc{RU: "КПП организации", EN: "tax registration reason code of an organisation (KPP)"},
	Prefix: "кпп",
	Near:   kppWords,
	Cues:   kppWords,
	Names:  []string{"кпп", "код_причины_постановки", "код_причины_постановки_на_учет", "kpp", "rrc"},
	Digits: 1<<9 | 1<<10,
	// A column of codes of the usual reasons is hardly anything else.
	Telling: true,
	Find:    findKPP,
	Reach:   512,
	Fits: func(value []byte) bool {
		if len(value) == 9 {
			return fitsKPP(value)
		}
		var buf [24]byte
		d := onlyDigits(value, &buf, 9, 9)
		return d != nil && fitsKPP(d)
	},
	Normal: spelledNormal,
	Good: []string{
		"КПП 770701001",
		"ИНН/КПП 7707123000/770701001",
		"ИНН 7707123000 КПП 770701001",
		"7707123000 / 770743001",
		"inn=7707123000&kpp=770701001",
		"ПлательщикКПП=770701001\nПлательщикБИК=044030827",
		"кпп: 7743AB001",
		"КПП № 7707 01 001",
		"ИНН / КПП 7707123001 / 770701001",
	},
	Bad: []string{
		"770701001",
		"заказ 770701001",
		"ИНН 7707123000, тел. 770701001",
		"КПП пройден в 12:30, талон 12",
		"БИК 044525225",
		"ОКАТО 770701001",
		"КПП 000000000",
	},
})

// kppWords holds the fields of the bank exchange format of 1C, too, which are written in one word.
var kppWords = []string{"кпп", "плательщиккпп", "получателькпп", "kpp", "rrc"}

// fitsKPP looks at the form of nine characters.
func fitsKPP(d []byte) bool {
	for i, b := range d {
		if b-'0' > 9 && (i != 4 && i != 5 || b-'A' >= 26) {
			return false
		}
	}
	return !trivial(d)
}

// usualKPP says whether the reason is one of those of Russian organisations (where they are, a branch, an office, a
// large taxpayer) and the serial number is low.
func usualKPP(d []byte) bool {
	switch pair(d[4:]) {
	case 1, 43, 44, 45, 50:
		return d[6] == '0' && (d[0] != '0' || d[1] != '0')
	}
	return false
}

func findKPP(dst []Finding, t *Text) []Finding {
	a := t.Arena
	cues := t.Cues(t.current)
	for i := range cues {
		var buf [9]byte
		if start, end, ok := spelled(a, int(cues[i].End), &buf); ok && fitsKPP(buf[:]) {
			dst = append(dst, Finding{Start: uint32(start), End: uint32(end), Score: 90, Evidence: Keyword | Format})
		}
	}
	tens := t.Nums[10]
	for i := range t.Nums[9] {
		n := &t.Nums[9][i]
		for len(tens) > 0 && tens[0].End+8 < n.Start {
			tens = tens[1:]
		}
		cues = dropCues(cues, n.Start)
		d := a[n.Start:n.End]
		if n.Flags&(Plus|Inner|Outer) != 0 || trivial(d) {
			continue
		}
		f := Finding{Start: n.Start, End: n.End}
		usual := usualKPP(d)
		if usual {
			f.Evidence = Structure
		}
		if t.Whole(n.Start, n.End) {
			f.Evidence |= Whole
		}
		switch {
		case cuesReach(cues, n) && namedByWord(t, n):
			f.Score = 85
			if usual {
				f.Score = 92
			}
			f.Evidence |= Keyword
		case behindINN(t, tens, n):
			f.Score = 88
			f.Evidence |= Format
		case usual && f.Evidence&Whole != 0:
			f.Score = 15
		default:
			continue
		}
		dst = append(dst, f)
	}
	return dst
}

// namedByWord says whether a word names the number for the current detector.
func namedByWord(t *Text, n *Num) bool {
	return spokenFor(t, t.context(n)) || underLabels(t, n.Start)
}

// behindINN says whether the number is joined to the right INN of an organisation, as in 7707123000/770701001; after
// marks other than a slash it has to begin like it, too.
func behindINN(t *Text, tens []Num, n *Num) bool {
	a := t.Arena
	for i := range tens {
		m := &tens[i]
		if m.Start >= n.Start {
			return false
		}
		if m.End > n.Start || m.Groups != 1 || marksBefore(a, int(n.Start), 8) != int(m.End) {
			continue
		}
		inn := a[m.Start:m.End]
		slash := bytes.ContainsAny(a[m.End:n.Start], `/\`)
		if slash || usualKPP(a[n.Start:n.End]) && string(inn[:4]) == string(a[n.Start:n.Start+4]) {
			return !trivial(inn) && checkINNOrg(inn) == right
		}
	}
	return false
}

// cueReach is how many bytes a context word may stand away from a number.
const cueReach = 3 * leftWindow

// dropCues drops the cues that stand too far before p. Numbers come in order, so it is asked with what it returned.
func dropCues(cues []Cue, p uint32) []Cue {
	for len(cues) > 0 && cues[0].End+cueReach < p {
		cues = cues[1:]
	}
	return cues
}

// cuesReach says whether a word stands near enough for the number's context to be asked, which is dear.
func cuesReach(cues []Cue, n *Num) bool { return len(cues) > 0 && cues[0].Start < n.End+cueReach }

// spelled reads nine digits and capital letters behind a label that ends at i, when they stand in groups or hold a
// letter: numbers of nine adjacent digits are the lexer's. Cyrillic letters that look like Latin ones are read as these.
func spelled(a []byte, i int, buf *[9]byte) (start, end int, ok bool) {
	for from := i; i-from < 12; {
		if w := markWidth(a[i:]); w > 0 {
			i += w
			continue
		}
		break
	}
	start = i
	n, groups, letters := 0, 1, false
	for n < 9 {
		b := a[i]
		if b-'0' <= 9 {
			buf[n] = b
			n++
			i++
			continue
		}
		if c, w := latinCapital(a[i:]); c != 0 {
			buf[n] = c
			n++
			i += w
			letters = true
			continue
		}
		if w := spaceWidth(a[i:]); w > 0 && n > 0 && groups < 4 {
			i += w
			groups++
			continue
		}
		return 0, 0, false
	}
	if b := a[i]; groups == 1 && !letters || b-'0' <= 9 || b|0x20-'a' < 26 || b&0xFC == 0xD0 || b == '-' || b == ' ' && a[i+1]-'0' <= 9 {
		return 0, 0, false
	}
	return start, i, true
}

// markWidth is the length of the mark between a label and its value that s begins with, 0 if there is none.
func markWidth(s []byte) int {
	switch b := s[0]; {
	case b == ':' || b == '.' || b == '=' || b == '-' || b == '"' || b == '#' || b == '\t':
		return 1
	case b == 0xE2 && (s[1] == 0x84 && s[2] == 0x96 || s[1] == 0x80 && s[2]&0xF8 == 0x90): // №, dashes
		return 3
	}
	return spaceWidth(s)
}

// spaceWidth is the length of the space that s begins with, 0 if there is none.
func spaceWidth(s []byte) int {
	switch {
	case s[0] == ' ':
		return 1
	case s[0] == 0xC2 && s[1] == 0xA0:
		return 2
	case s[0] == 0xE2 && s[1] == 0x80 && (s[2] == 0xAF || s[2] == 0x87 || s[2] == 0x89):
		return 3
	}
	return 0
}

// latinCapital returns the Latin capital that s begins with, or that its first letter, a Cyrillic capital, looks
// like, and the length of it.
func latinCapital(s []byte) (c byte, n int) {
	if s[0]-'A' < 26 {
		return s[0], 1
	}
	if s[0] == 0xD0 && len(s) > 1 {
		if c = lookalikes[s[1]&0x3F]; c != 0 && s[1] < 0xB0 {
			return c, 2
		}
	}
	return 0, 0
}

// lookalikes are the Latin twins of Cyrillic capitals, by the lower bits of their second byte.
var lookalikes = [64]byte{0x06: 'I', 0x10: 'A', 0x12: 'B', 0x15: 'E', 0x1A: 'K', 0x1C: 'M', 0x1D: 'H', 0x1E: 'O', 0x20: 'P', 0x21: 'C', 0x22: 'T',
	0x23: 'Y', 0x25: 'X'}

// spelledNormal appends the digits and capital letters of a value, Cyrillic look-alikes as Latin letters.
func spelledNormal(dst, value []byte) []byte {
	for i := 0; i < len(value); {
		c, n := latinCapital(value[i:])
		switch {
		case c != 0:
			dst = append(dst, c)
			i += n
		case value[i]-'0' <= 9:
			dst = append(dst, value[i])
			i++
		case value[i]-'a' < 26:
			dst = append(dst, value[i]&^0x20)
			i++
		default:
			i++
		}
	}
	return dst
}
