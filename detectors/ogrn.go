package detectors

import "bytes"

// OGRN is the number of an organisation in the state register: its kind, the year of the entry, the region, seven
// digits and a check digit (rules of the register, order of the Ministry of Finance 165n of 30.10.2017).
var OGRN = declare(Detector{
	Kind:   "ogrn",
	Class:  Organisation,
	Doc:    Doc{RU: "ОГРН организации", EN: "state registration number of an organisation (OGRN)"},
	Prefix: "огрн",
	Near:   ogrnWords,
	Names: []string{"огрн", "огрн_юл", "огрн_организации", "огрн_огрнип", "основной_государственный_регистрационный_номер", "ogrn", "ogrn_ul", "ogrn_ogrnip",
		"psrn", "msrn"},
	Digits: 1 << 13,
	Chance: 0.0052,
	Twin:   "ogrnip",
	Find:   func(dst []Finding, t *Text) []Finding { return findRegistered(dst, t, 13) },
	Reach:  512,
	Fits: func(value []byte) bool {
		var buf [24]byte
		d := onlyDigits(value, &buf, 13, 13)
		return d != nil && registered(d, thisYear()) && checkRegistered(d) == right
	},
	Seal: func(d []byte) {
		if len(d) == 13 {
			d[12] = digitRegistered(d)
		}
	},
	Checks: 1,
	Normal: appendDigits,
	Good: []string{
		"ОГРН 1027700000020",
		"огрн: 1157746123457, КПП 770701001",
		"ООО «Ромашка» (ОГРН № 5087746123450)",
		"PSRN 1247700829650, TIN 7707123000",
		"зарегистрировано в ЕГРЮЛ за номером 1157746123457",
		"ИНН/КПП/ОГРН 7707123000/770701001/1157746123457",
		"ОГРН\u00a01\u00a0157\u00a0746\u00a0123\u00a0457",
	},
	Bad: []string{
		"ОГРН 1157746123458",
		"1157746123457",
		"ts=1700000000006",
		"ОГРН 1700000000006",
		"штрихкод 4670089126241",
		"ГРН записи 2157746123456",
		"ОГРН 0000000000000",
	},
})

// ogrnWords name the numbers of organisations and entrepreneurs alike: texts say ОГРН of both.
var ogrnWords = []string{"огрн*", "ogrn*", "psrn", "psrn*", "msrn*"}

// registerWords are those of sentences that say it in full: only right numbers listen to them.
var registerWords = newVocabulary("свидетельств* егрюл егрип егрн* госрегистрац* регистрац* рег зарегистрирован* registration registered register")

// registered looks at the first digit, the year of the entry and the region. Entries of organisations are numbered
// since July 2002, those of entrepreneurs since 2004.
func registered(d []byte, year int) bool {
	entry, first := pair(d[1:]), 2
	if len(d) == 15 {
		if d[0] != '3' {
			return false
		}
		first = 4
	} else if d[0] != '1' && d[0] != '5' {
		return false
	}
	return entry >= first && entry <= year%100 && (d[3] != '0' || d[4] != '0')
}

// digitRegistered is the right last digit: the rest of all the others by 11, of an entrepreneur's by 13, of which the
// last digit counts. Remainders from 10 are as good as any.
func digitRegistered(d []byte) byte {
	x := uint64(0)
	for _, b := range d[:len(d)-1] {
		x = x*10 + uint64(b-'0')
	}
	if len(d) == 15 {
		return '0' + byte(x%13%10)
	}
	return '0' + byte(x%11%10)
}

func checkRegistered(d []byte) check { return judgeChecks(d[len(d)-1:], digitRegistered(d)) }

// findRegistered looks for numbers of the register with so many digits.
func findRegistered(dst []Finding, t *Text, count int) []Finding {
	year := int(t.today / 10000)
	for i := range t.Nums[count] {
		n := &t.Nums[count][i]
		if b := t.Arena[n.Start]; count == 13 && b != '1' && b != '5' || count == 15 && b != '3' || n.Flags&Plus != 0 {
			continue
		}
		e := Structure
		if n.Groups > 1 {
			if n.Flags&^(Spaced|Wide|Query|Glued) != 0 {
				continue
			}
			e = 0
		}
		d := t.digits(n)
		c, plausible := checkRegistered(d), registered(d, year)
		if c == wrong && (!plausible || n.Groups > 1 || n.Flags&(Inner|Outer|Sticky) != 0) || trivial(d) {
			continue
		}
		f := Finding{Start: n.Start, End: n.End}
		if t.Whole(n.Start, n.End) {
			e |= Whole
		}
		x := t.context(n)
		near := spokenFor(t, x)
		if c == ours {
			// One number in ten is wrong by our offset: only where a right one would be found is it ours.
			if near || e&Whole != 0 {
				f.Score, f.Evidence = 10, e|Synthetic
				dst = append(dst, f)
			}
			continue
		}
		if c == right && plausible && !near && x.kinds.Empty() {
			near = anyWordBefore(t, n.Start, 4, registerWords) || underLabels(t, n.Start)
		}
		switch {
		case near && c == right && plausible:
			f.Score, f.Evidence = 95, e|Checksum|Keyword
		case near && c == right:
			f.Score, f.Evidence = 60, e&^Structure|Checksum|Keyword|Negative
		case near:
			f.Score, f.Evidence = 60, e|ChecksumFailed|Keyword
		case c != right || !plausible || currency(t.Arena, n.End):
			continue
		case x.negative || x.taken(20) || n.Groups > 1 || n.Flags&(Glued|Inner|Outer|Sticky|Query) != 0:
			f.Score, f.Evidence = 20, e|Checksum|Negative
		default:
			f.Score, f.Evidence = 45, e|Checksum
		}
		dst = append(dst, f)
	}
	return dst
}

// spokenFor says whether the nearest context word is one of the current detector's and stands before the number, or
// right behind it as in "(…, ОГРН)".
func spokenFor(t *Text, x *context) bool {
	return x.speaks(t.current, leftWindow) && !x.right || x.speaks(t.current, 4)
}

// anyWordBefore says whether one of so many words before p, in one run without digits, is in the vocabulary. It is for
// words that would take too many numbers away from other kinds if they stood in Near.
func anyWordBefore(t *Text, p uint32, words int, v *vocabulary) bool {
	a := t.Arena
	for i := int(p); i > 0 && int(p)-i < 160; {
		b := a[i-1]
		if b == 0 || b-'0' <= 9 {
			return false
		}
		if !letterEnds(a, i) {
			i--
			continue
		}
		begin, _ := t.wordBefore(i)
		if v.has(a[begin:i]) {
			return true
		}
		if words--; words == 0 {
			return false
		}
		i = begin
	}
	return false
}

// letterEnds says whether a letter ends at i.
func letterEnds(a []byte, i int) bool {
	return i > 0 && a[i-1]|0x20-'a' < 26 || i > 1 && a[i-1]-0x80 < 0x40 && a[i-2]&0xFC == 0xD0
}

// underLabels reads lists like ИНН/КПП/ОГРН 7707…/7707…/1027…: the number that begins at p is the current detector's
// when it stands at the place of one of its words.
func underLabels(t *Text, p uint32) bool {
	const most = 6
	a := t.Arena
	i, place := int(p), 0
	for ; place < most; place++ {
		j := marksBefore(a, i, 6)
		if a[j-1]-'0' > 9 {
			break
		}
		k := j
		for a[k-1]-'0' <= 9 {
			k--
		}
		if i == j || j-k < 6 {
			return false
		}
		i = k
	}
	if i = marksBefore(a, i, 16); place == 0 || place == most {
		return false
	}
	var labels [most][2]int
	n := 0
	for n < most && letterEnds(a, i) {
		begin, _ := t.wordBefore(i)
		labels[n] = [2]int{begin, i}
		n++
		if i = marksBefore(a, begin, 4); !bytes.ContainsAny(a[i:begin], "/\\|;,\t") {
			break
		}
	}
	if place >= n {
		return false
	}
	l := labels[n-1-place]
	if l[1]-l[0] > 48 {
		return false
	}
	e := t.words.lookup(a[l[0]:l[1]])
	return e != nil && e.kinds.Has(t.current.Index())
}

// marksBefore walks back from i over spaces and marks, at most so many bytes, and returns where it stops.
func marksBefore(a []byte, i, most int) int {
	for from := i; i > 1 && from-i < most; {
		switch b := a[i-1]; {
		case b == ' ', b == '/', b == '\\', b == '|', b == ',', b == ';', b == ':', b == '-', b == '=', b == '(', b == '"', b == '\'', b == '.', b == '\t', b == '\n':
			i--
		case b == 0xA0 && a[i-2] == 0xC2: // no-break space
			i -= 2
		case i > 2 && a[i-3] == 0xE2 && (a[i-2] == 0x84 || a[i-2] == 0x80): // №, dashes
			i -= 3
		default:
			return i
		}
	}
	return i
}
