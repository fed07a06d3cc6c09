package detectors

// A neighbour is the word before a name, and what stands between.
type neighbour struct {
	is     wordClass
	start  uint32
	gap    gapKind
	proper bool
}

// A gapKind says what stands between two words, or instead of the first one.
type gapKind uint16

const (
	gapSpace gapKind = 1 << iota
	gapDot
	gapQuote
	gapColon
	gapComma
	gapDash
	gapOpen
	gapClose
	gapLine
	gapStart // the cell begins
	gapDigit // a digit stands before, and no word
	gapStop  // ! or ?
	gapOther
)

// nameGaps has the kind of the bytes that may stand in a gap.
var nameGaps = func() (t [256]gapKind) {
	for i, s := range []string{" \t", ".", "\"'", ":=", ",;|", "-", "([{<>", ")]}", "\n\r", "", "", "!?", "/*#&"} {
		for _, b := range []byte(s) {
			t[b] = 1 << i
		}
	}
	return t
}()

// before reads the word before p, in the same cell.
func (t *wordTable) before(a []byte, p uint32) (w neighbour) {
	q := p
	for {
		b := a[q-1]
		switch g := nameGaps[b]; {
		case g != 0:
			w.gap |= g
			q--
		case b < 0x80:
			if b == 0 {
				w.gap |= gapStart
				return w
			}
			if b-'0' <= 9 {
				w.gap |= gapDigit
				return w
			}
			if asciiLetter[b] == 0 {
				w.gap |= gapOther
				return w
			}
			goto word
		case b == 0xA0 && a[q-2] == 0xC2:
			w.gap |= gapSpace
			q -= 2
		case b == 0xAB && a[q-2] == 0xC2, b == 0xBB && a[q-2] == 0xC2: // « »
			w.gap |= gapQuote
			q -= 2
		case a[q-2] == 0x80 && q >= 3 && a[q-3] == 0xE2:
			switch b {
			case 0x9C, 0x9E: // “ „
				w.gap |= gapQuote
			case 0x93, 0x94, 0x95, 0xA2: // dashes, a bullet
				w.gap |= gapDash
			case 0xAF:
				w.gap |= gapSpace
			default:
				w.gap |= gapOther
				return w
			}
			q -= 3
		default:
			goto word
		}
		if p-q > 8 {
			w.gap |= gapOther
			return w
		}
	}
word:
	end := q
	if q > 24 {
		codes, n := lastLetters(a[q-24:])
		q -= 2 * uint32(n)
		if b := a[q-1]; b < 0x80 && asciiLetter[b] == 0 && b != '-' {
			w.start = q
			w.proper = a[q] == 0xD0 && a[q+1] < 0xB0
			w.is = t.word(codes, n)
			return w
		}
	}
	for end-q < 48 {
		b := a[q-1]
		if b >= 0x80 && b&0xC0 == 0x80 && a[q-2]&^3 == 0xD0 {
			q -= 2
		} else if b < 0x80 && (asciiLetter[b] != 0 || (b == '-' || b == '_') && q < end) {
			q--
		} else {
			break
		}
	}
	w.start = q
	var key uint64
	n := 0
	for i := q; i < end; {
		l, size := letterAt(a, i)
		if l != 0 {
			if n == 0 {
				w.proper = l&letterUpper != 0
			}
			key = key<<letterBits | uint64(l&letterCode)
			n++
			if size == 1 {
				key |= packedLat
			}
		}
		i += size
	}
	w.is = t.word(key, n)
	if n == 0 {
		w.gap |= gapOther
	}
	return w
}

// afterWord is before for a word of a run, from the word before it in the same run.
func afterWord(last, w *nameWord) neighbour {
	n := neighbour{is: last.is, start: last.start, gap: gapSpace, proper: last.kind != lower}
	if w.comma {
		n.gap |= gapComma
	}
	if w.line {
		n.gap |= gapLine
	}
	if last.dotted {
		n.gap |= gapDot
	}
	return n
}

// surroundings says what stands around a run that ends at p; aged, that an age stands before it.
func surroundings(a []byte, left *neighbour, p uint32, aged bool) (s nameSetting) {
	s.aged = aged
	const opens = gapStart | gapLine | gapColon | gapComma | gapOpen | gapDigit | gapDash | gapQuote
	s.mid = left.gap&^(gapComma|gapOpen|gapDash) == gapSpace && left.is&(isStop|isStreet) == 0 || left.is&(isCue|isRole) != 0
	s.line = left.gap&(gapStart|gapLine|gapColon|gapDigit) != 0
	s.open = left.gap&opens != 0 || left.is&(isCue|isRole) != 0
	for a[p] == ' ' || a[p] == '\t' || a[p] == 0xC2 && a[p+1] == 0xA0 {
		p++
		if a[p-1] == 0xC2 {
			p++
		}
	}
	s.shut = nameShuts[a[p]]
	switch a[p] {
	case 0xE2:
		s.shut = a[p+1] == 0x80 && (a[p+2] == 0x93 || a[p+2] == 0x94)
	case 0xC2:
		s.shut = a[p+1] == 0xBB
	}
	for a[p] == '.' || a[p] == ' ' {
		p++
	}
	s.whole = left.gap&gapStart != 0 && a[p] == 0
	return s
}

// agedBefore says whether an age stands before a name at p: «46-летний».
func agedBefore(a []byte, p uint32) bool {
	if a[p-1] != ' ' || a[p-2] < 0x80 {
		return false
	}
	begin, letters := wordBefore(a, int(p-1))
	return letters >= 6 && letters <= 8 && a[begin-1] == '-' && a[begin-2]-'0' <= 9 && hasLetters(a, begin, "летн")
}

// nameShuts has the bytes behind which nothing of a name can follow.
var nameShuts = func() (t [256]bool) {
	for _, b := range []byte("\x00\n\r,;:|\")]<([/-+*.'0123456789") {
		t[b] = true
	}
	return t
}()

// fillsCell says whether a span fills its cell but for a full stop and spaces.
func fillsCell(a []byte, start, end uint32) bool {
	for a[start-1] == ' ' {
		start--
	}
	if a[start-1] != 0 {
		return false
	}
	for a[end] == ' ' || a[end] == '.' {
		end++
	}
	return a[end] == 0
}

// keyed says that the word before says that a name follows.
func (t *wordTable) keyed(a []byte, b *neighbour) bool {
	if b.is&(isCue|isRole) == 0 || b.is&isStreet != 0 || b.gap&(gapQuote|gapLine|gapOther) != 0 {
		return false
	}
	if b.is&isRole == 0 || b.gap&^gapDot != gapSpace {
		return true
	}
	c := t.before(a, b.start) // ул. Маршала Жукова
	return c.is&isStreet == 0 || c.gap&^gapDot&^gapSpace != 0
}

// isSubject says that a name stands in a case that no street is named in: «директор школы Анна Зайцева», «с директором школы
// Анной Зайцевой».
func isSubject(words []nameWord) bool {
	both := anyCase
	given := false
	for i := range words {
		if w := &words[i]; w.kind == proper && !w.latin {
			both &= w.cases()
			given = given || w.is&isGiven != 0
		}
	}
	return given && both&(nominatives|nominatives<<4) != 0 && both&(nominatives<<1) == 0
}

// against says that the words before make a name that of a street or a firm.
func (t *wordTable) against(a []byte, b *neighbour, words []nameWord) bool {
	const tight = gapSpace | gapDot
	switch {
	case b.is&isStreet != 0 && b.gap&^tight == 0:
		return !isSubject(words)
	case b.is&isFirm != 0 && b.gap&gapQuote != 0:
		return true
	case b.proper && b.gap&^gapDot == gapSpace:
		// A rank or a first word of the name stands between: ул. Академика Королёва, ООО «Завод Петрова».
		c := t.before(a, b.start)
		initial := c.proper && a[c.start] >= 0x80 && a[c.start+2] == '.' // … В. Г. Ещё О. О. Зайцев: no town
		return c.is&isStreet != 0 && !initial && c.gap&^gapDot == gapSpace && !isSubject(words) || c.is&isFirm != 0 && c.gap&gapQuote != 0
	}
	return false
}

// streetAfter says whether a word for a street follows: Ленина ул., Lenin Street. After a dot, a capital letter begins
// the next sentence.
func (t *wordTable) streetAfter(a []byte, p uint32) bool {
	dot := a[p-1] == '.'
	for i := 0; i < 2 && a[p] == ' '; i++ {
		p++
	}
	if a[p]&^1 == 0xD0 {
		codes, n, capitals := twelveLetters(a[p:])
		if end := a[p+2*uint32(n)]; end < 0x80 && end != '-' && n < maxPacked && (capitals == 0 || !dot) {
			return t.word(codes, n)&isStreetAfter != 0
		}
	}
	l, size := letterAt(a, p)
	if l == 0 || l&letterUpper != 0 && dot {
		return false
	}
	var key uint64
	n := 0
	latin := size == 1
	for n <= maxPacked {
		l, s := letterAt(a, p)
		if l == 0 && a[p] != '-' {
			break
		}
		if l != 0 {
			key = key<<letterBits | uint64(l&letterCode)
			n++
		}
		p += s
	}
	if latin {
		key |= packedLat
	}
	return t.word(key, n)&isStreetAfter != 0
}

// quotedName says that a span is all that stands between two quotes, and that they are not those of a program: «Анна
// Каренина» is a book.
func quotedName(a []byte, start, end uint32) bool {
	switch {
	case a[start-1] == 0xBB || a[start-1] == 0xAB:
		return a[end] == 0xC2 && a[end+1] == 0xBB
	case a[start-1] == 0x9C || a[start-1] == 0x9E:
		return a[end] == 0xE2 && a[end+1] == 0x80
	case a[start-1] == '"' && a[end] == '"':
		p := start - 1
		for a[p-1] == ' ' {
			p--
		}
		return p < start-1 && (a[p-1] >= 0x80 || asciiLetter[a[p-1]] != 0)
	}
	return false
}
