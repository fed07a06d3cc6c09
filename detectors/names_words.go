package detectors

// A nameWord is a word as person_name sees it.
type nameWord struct {
	start, end uint32
	key        uint64 // of the last part of a hyphenated word
	is         wordClass
	n          uint8 // letters of the last part
	kind       wordKind
	caps       bool // all capitals
	latin      bool
	dotted     bool // an initial with its dot
	line       bool // a line end stands before it
	comma      bool // a comma stands before it
	pieces     bool // not letters only, or joined: key does not tell all of it
	joined     bool // a particle begins it: фон Шварц
	known      bool // is and shaped have been looked up
	shaped     bool // it may be one of our shaped names
	may        mayBe
}

type wordKind uint8

const (
	noWord   wordKind = iota
	initial           // И. or И
	proper            // begins with a capital
	lower             // does not
	oddWord           // mixed case, digits, an address: never a name
	twoInits          // ИИ
)

// readWord reads the word at p into w, all but what it may be: see look. It never goes past a zero byte.
func (t *wordTable) readWord(w *nameWord, a []byte, p uint32) {
	*w = nameWord{start: p}
	if w.readPlain(a, p) {
		return
	}
	w.pieces = true
	var key uint64
	var n, uppers, total int
	var first, all wordClass
	parts := 0
	l, size := letterAt(a, p)
	if l == 0 {
		return
	}
	firstUpper, latin := l&letterUpper != 0, size == 1
	lastUpper := false
loop:
	for {
		switch {
		case l != 0 && (size == 1) == latin:
			up := l&letterUpper != 0
			if up && n > 1 && !lastUpper && uppers == 1 && parts == 0 && !latin {
				break loop // the initials of ИвановИИ
			}
			lastUpper = up
			if up {
				uppers++
			}
			key = key<<letterBits | uint64(l&letterCode)
			n++
			total++
			p += size
		case a[p] == '-' || a[p] == 0xE2 && a[p+1] == 0x80 && (a[p+2] == 0x90 || a[p+2] == 0x91): // hyphens
			step := uint32(1)
			if a[p] != '-' {
				step = 3
			}
			next, nextSize := letterAt(a, p+step)
			if next == 0 || (nextSize == 1) != latin || n == 0 {
				break loop
			}
			all = t.part(scripted(key, latin), n)
			if parts == 0 {
				first = all
			}
			parts++
			key, n = 0, 0
			p += step
			lastUpper = false
			uppers-- // a capital after the hyphen is no sign of capitals throughout
			total--
			if next&letterUpper == 0 {
				uppers++
				total++
			}
		case a[p] == '\'' || a[p] == 0xE2 && a[p+1] == 0x80 && a[p+2] == 0x99: // apostrophes
			step := uint32(1)
			if a[p] != '\'' {
				step = 3
			}
			if next, nextSize := letterAt(a, p+step); next == 0 || (nextSize == 1) != latin {
				break loop
			}
			p += step
			lastUpper = false
			uppers = min(uppers, 1)
		case a[p] == 0xCC && a[p+1] == 0x86 && key&letterCode == 'и'-'а': // й in two code points
			key++
			p += 2
		case a[p] == 0xCC && a[p+1] == 0x88 && key&letterCode == 'е'-'а': // ё
			p += 2
		default:
			break loop
		}
		l, size = letterAt(a, p)
	}
	w.end, w.key, w.n, w.latin = p, scripted(key, latin), uint8(min(n, 255)), latin
	switch b := a[p]; {
	case b >= '0' && b <= '9', b == '_', b == '@', l != 0 && (size == 1) != latin:
		w.kind = oddWord
		return
	case b == '-' && (asciiLetter[a[p+1]&127] != 0 && a[p+1] < 0x80 || a[p+1] >= '0' && a[p+1] <= '9'):
		w.kind = oddWord // «Лицо-7f3a»
		return
	case b == '.' && latin && total > 2 && asciiLetter[a[p+1]&127] != 0 && a[p+1] < 0x80:
		w.kind = oddWord // a host or a file
		return
	}
	switch {
	case parts == 0 && total == 1 && firstUpper:
		w.kind, w.dotted = initial, a[p] == '.'
		return
	case parts == 0 && total == 2 && firstUpper && a[p] == '.' && (key == packString("дж")&^(1<<10) || latin && uppers == 1 && t.word(scripted(key, true), 2)&(isCue|isStop) == 0):
		w.kind, w.dotted = initial, true // Дж., Yu.
		return
	case parts == 0 && total == 2 && uppers == 2 && !latin:
		w.kind, w.caps = twoInits, true
	case !firstUpper:
		w.kind = lower
		if uppers > 0 {
			w.kind = oddWord
			return
		}
	default:
		w.kind = proper
		w.caps = uppers >= total && total > 1
		if uppers > 1 && !w.caps && parts == 0 {
			w.kind = oddWord
			return
		}
	}
	if parts > 0 {
		w.is, w.known, w.shaped = joinParts(first, t.part(w.key, n)), true, true
	}
}

// readPlain reads a word of Russian letters with nothing special behind it: nearly every word. Where it returns
// false, nothing is read.
func (w *nameWord) readPlain(a []byte, p uint32) bool {
	if a[p]&^1 != 0xD0 {
		return false
	}
	firstUpper := a[p] == 0xD0 && a[p+1] < 0xB0
	var key uint64
	var n, uppers int
	for {
		codes, more, capitals := twelveLetters(a[p:])
		key = key<<(letterBits*more) | codes
		n += more
		uppers += capitals
		p += 2 * uint32(more)
		if more == maxPacked {
			continue
		}
		if plainEnd[a[p]] {
			break
		}
		l, size := letterAt(a, p)
		if l == 0 || size == 1 {
			return false
		}
		key = key<<letterBits | uint64(l&letterCode) // ё
		n++
		uppers += int(l&letterUpper) / letterUpper
		p += size
	}
	switch {
	case n == 0 || n == 2 && a[p] == '.':
		return false
	case uppers == 0:
		w.kind = lower
	case n == 1:
		w.kind, w.dotted = initial, a[p] == '.'
	case n == 2 && uppers == 2:
		w.kind, w.caps = twoInits, true
	case uppers == n:
		w.kind, w.caps = proper, true
	case uppers == 1 && firstUpper:
		w.kind = proper
	default:
		return false
	}
	w.end, w.key, w.n = p, scripted(key, false), uint8(min(n, 255))
	return true
}

// readCapital reads a word that begins with a capital, is short and has nothing but letters, as nearly all names, and says what
// it may be. Where it returns false, nothing is read.
func (t *wordTable) readCapital(w *nameWord, a []byte, p uint32, m *wordMemo) bool {
	var key uint64
	var n, capitals int
	end, latin := p, false
	switch {
	case a[p] == 0xD0 && a[p+1] < 0xB0:
		key, n, capitals = twelveLetters(a[p:])
		if end += 2 * uint32(n); a[end]&^3 == 0xD0 {
			if key, n, capitals, end = lettersBehind(key, n, capitals, a, end); n > maxPacked {
				return false
			}
		}
	case a[p]-'A' < 26:
		key, n, capitals = eightLatin(eightBytes(a[p:]))
		if end += uint32(n); n > 7 || n > 1 && a[end] == '.' {
			return false
		}
		key, latin = key|packedLat, true
	}
	switch b := a[end]; {
	case n == 0 || !plainEnd[b] || n == 2 && (b == '.' || capitals == 2 && !latin):
		return false
	case capitals > 1 && capitals < n:
		return false
	}
	*w = nameWord{} // and then field by field: a copy of what has just been written waits for it
	w.start, w.end, w.key, w.n, w.latin, w.pieces = p, end, key, uint8(n), latin, latin
	if n == 1 {
		w.kind, w.dotted, w.may = initial, a[end] == '.', mayGiven
		return true
	}
	f := t.facts(m, key, n)
	w.kind, w.caps, w.known, w.is, w.may, w.shaped = proper, capitals > 1, true, f.is, f.may, f.shaped || latin
	return true
}

// lettersBehind goes on with a word at ё, which twelveLetters does not know: n letters have been read up to p.
func lettersBehind(key uint64, n, capitals int, a []byte, p uint32) (uint64, int, int, uint32) {
	for n < maxPacked {
		l, size := letterAt(a, p)
		if l == 0 || size == 1 {
			break
		}
		codes, more, upper := twelveLetters(a[p+size:])
		key = (key<<letterBits|uint64(l&letterCode))<<(letterBits*more) | codes
		n += 1 + more
		capitals += int(l&letterUpper)/letterUpper + upper
		p += size + 2*uint32(more)
	}
	return key, n, capitals, p
}

// scripted marks the key of a Latin word, and only that: the letters of a long word reach the nameMark.
func scripted(key uint64, latin bool) uint64 {
	key &= 1<<(letterBits*maxPacked) - 1
	if latin {
		key |= packedLat
	}
	return key
}

// look finds out what a word may be.
func (t *wordTable) look(w *nameWord) {
	if !w.known && w.kind >= proper && w.kind != oddWord {
		w.is, w.known = t.part(w.key, int(w.n)), true
		w.shaped = w.pieces || w.n > maxPacked || t.mayShaped(w.key, int(w.n))
	}
}

// part says what one part of a word may be.
func (t *wordTable) part(key uint64, n int) wordClass {
	is := t.word(key, n)
	if is&(isGiven|isPatronymic|isStop|isRole|isTurkic) != 0 {
		if is&isGiven != 0 {
			is &^= isStop | isRole | isThing
		}
		return is
	}
	end := t.end(key, n)
	if is&(isSurname|isLikeSurname) != 0 {
		return is | end
	}
	if end&isPatronymic != 0 && n < 6 {
		end = end&^isPatronymic | isLikeSurname
	}
	return is | end
}

// joinParts says what two parts joined by a hyphen are.
func joinParts(first, last wordClass) wordClass {
	const names = isGiven | isSurname | isLikeSurname
	switch {
	case last&isTurkic != 0:
		return isPatronymic | anyCase
	case (first|last)&isStop != 0:
		return isStop
	case first&isGiven != 0 && last&isGiven != 0:
		return (first | last) &^ isDoubtful
	case last&names != 0:
		return last&^(isGiven|isPatronymic) | isSurname
	}
	return 0
}

// skipGap passes what may stand between two words of a name. ok is false where something else does.
func skipGap(a []byte, p uint32) (next uint32, line, comma, ok bool) {
	start := p
	if a[p] == ',' {
		comma = true
		p++
	}
	for spaces := 0; spaces < 4; spaces++ {
		switch b := a[p]; {
		case b == ' ' || b == '\t':
			p++
		case b == '\n' && !line:
			line = true
			p++
		case b == '\r' && a[p+1] == '\n':
			p++
		case b == 0xC2 && a[p+1] == 0xA0: // NBSP
			p += 2
		case b == 0xE2 && a[p+1] == 0x80 && (a[p+2] == 0xAF || a[p+2] >= 0x80 && a[p+2] <= 0x8A): // thin spaces
			p += 3
		default:
			return p, line, comma, p > start && !(comma && p == start+1)
		}
	}
	return p, line, comma, true
}

// A mayBe says what a word may be as far as a quick look tells. It is right whenever it says no.
type mayBe uint8

const (
	mayGiven  mayBe = 1 << iota // what no name is without: a given name, a patronymic, an initial
	mayFamily                   // the ending is that of a surname
)

// runLimit is how many words are looked at together.
const runLimit = 8

// readRun reads the words of one run of capitals from p on. more says that the run was cut, may what its words may be.
func (t *wordTable) readRun(a []byte, p uint32, r *nameReader) (n int, more bool, may mayBe) {
	run := &r.run
	var line, comma, ok bool
	for {
		w := &run[n]
		if !t.readCapital(w, a, p, &r.memo) {
			if n > 0 {
				if l, _ := letterAt(a, p); l&letterUpper == 0 && !mayTail(a, p) {
					return n, false, may // most runs end so, and the word need not be read
				}
			}
			t.readWord(w, a, p)
			w.may = t.quick(w)
		}
		w.line, w.comma = line, comma
		switch w.kind {
		case noWord, oddWord:
			return n, false, may
		case lower:
			if n > 0 {
				if !t.tailWord(a, w, run, &n) {
					return n, false, may
				}
				if run[n-1].is&isPatronymic != 0 {
					may |= mayGiven
				}
				if p, line, comma, ok = skipGap(a, run[n-1].end); !ok {
					return n, false, may
				}
				continue
			}
		}
		if n == runLimit {
			return n, true, may
		}
		switch {
		case w.kind == initial && !w.dotted && w.line && n > 0:
			return n, false, may
		case w.kind == proper && w.caps && !w.pieces && n > 1 && t.word(w.key, int(w.n))&isTurkic != 0: // АЛИЕВ РАМИЗ ЭЛЬДАР ОГЛЫ
			last := &run[n-1]
			last.end, last.is, last.known = w.end, isPatronymic|anyCase, true
			may |= mayGiven
			if p, line, comma, ok = skipGap(a, w.end); !ok {
				return n, false, may
			}
			continue
		}
		if n > 0 && run[n-1].latin != w.latin && w.kind != initial {
			return n, false, may
		}
		n++
		may |= w.may
		if q := w.end; a[q] == ' ' && a[q+1] >= 'A' && a[q+1] != 0xC2 && a[q+1] != 0xE2 { // the usual gap
			p, line, comma = q+1, false, false
		} else if p, line, comma, ok = w.gapBehind(a); !ok {
			return n, false, may
		}
	}
}

// gapBehind passes what stands behind a word of a run, and the dot of an initial. ok is false where the run ends.
func (w *nameWord) gapBehind(a []byte) (next uint32, line, comma, ok bool) {
	p := w.end
	if w.kind == initial && w.dotted {
		p++
		w.end = p
		if next, line, comma, ok = skipGap(a, p); ok {
			return next, line, comma, true
		}
		if a[p] == '-' {
			p++ // Ж.-К.
		}
		return p, false, false, true
	}
	if next, line, comma, ok = skipGap(a, p); ok {
		return next, line, comma, true
	}
	letter, _ := letterAt(a, p)
	switch {
	case a[p] == '/' && w.latin && w.caps && a[p+1]-'A' < 26: // ZAYTSEVA/ANNA
		return p + 1, false, false, true
	case letter == 0 || w.kind != proper:
		return p, false, false, false
	}
	return p, false, false, true // glued initials
}

// quick says what a word may be without looking it up.
func (t *wordTable) quick(w *nameWord) (may mayBe) {
	switch {
	case w.kind == initial || w.kind == twoInits:
		return mayGiven
	case w.known:
		if w.is&(isGiven|isPatronymic) != 0 {
			may = mayGiven
		}
		if w.is&isSurname != 0 {
			may |= mayFamily
		}
		return may
	}
	return t.quickWord(w.key, int(w.n))
}

// quickWord says what a word of n letters may be.
func (t *wordTable) quickWord(key uint64, n int) (may mayBe) {
	end := key & (1<<(letterBits*3) - 1)
	script := key >> 63
	may = mayBe(t.anchorEnds[script][end>>6]>>(end&63)&1) | mayBe(t.familyEnds[script][end>>6]>>(end&63)&1<<1)
	if n <= maxPacked && t.anchors.has(wordKey(key, n)) {
		may |= mayGiven
	}
	return may
}

// nameTails has, by script and first letter, the second letters of the lower-case words that belong to a name.
var nameTails = [2][32]uint32{
	{
		'о' - 'а': letterSet("г"), 'у' - 'а': letterSet("глу"), 'к' - 'а': letterSet("ыиз"), 'г' - 'а': letterSet("ы"),
		'ф' - 'а': letterSet("о"), 'в' - 'а': letterSet("а"), 'д' - 'а': letterSet("еиа"), 'и' - 'а': letterSet("б"), 'б' - 'а': letterSet("еи"),
		0: letterSet("лсштдрнз"), 'э' - 'а': letterSet("лсштдрн"),
	},
	{
		'o' - 'a': letterSet("g"), 'k' - 'a': letterSet("yi"), 'g' - 'a': letterSet("yi"), 'v' - 'a': letterSet("oa"), 'd' - 'a': letterSet("e"),
		'b' - 'a': letterSet("i"), 'i' - 'a': letterSet("b"), 0: letterSet("l"),
	},
}

func letterSet(letters string) (set uint32) {
	for _, r := range letters {
		set |= 1 << (packString(string(r)) & letterCode)
	}
	return set
}

// mayTail says whether a word begins as turkicWords and nameParticles do.
func mayTail(a []byte, p uint32) bool {
	l, size := letterAt(a, p)
	if l == 0 {
		return false
	}
	second, _ := letterAt(a, p+size)
	return nameTails[2-size][l&letterCode]>>(second&letterCode)&1 != 0 && second != 0
}

// tailWord takes a lower-case word that belongs to a name: оглы makes the word before it a patronymic, and фон makes the
// word behind it a surname.
func (t *wordTable) tailWord(a []byte, w *nameWord, run *[runLimit + 1]nameWord, n *int) bool {
	if w.line || w.comma || run[*n-1].kind != proper {
		return false
	}
	is := t.word(w.key, int(w.n))
	arab := w.pieces && w.n > 2 && arabic(a, w.start)
	switch {
	case is&isTurkic != 0 && *n > 1 && !w.pieces:
		last := &run[*n-1]
		last.end, last.is, last.known = w.end, isPatronymic|anyCase, true
		return true
	case is&isParticle != 0 && !w.pieces, arab:
		if t.look(&run[*n-1]); *n == runLimit || run[*n-1].is&isGiven == 0 && *n < 2 {
			return false
		}
		next := nameWord{end: w.end}
		if !arab {
			if a[w.end] != ' ' {
				return false
			}
			if l, _ := letterAt(a, w.end+1); l&letterUpper == 0 {
				return false
			}
			t.readWord(&next, a, w.end+1)
			if next.kind != proper || next.latin != w.latin {
				return false
			}
		}
		run[*n] = nameWord{start: w.start, end: next.end, n: 3, kind: proper, latin: w.latin, is: isSurname | anyCase, known: true, pieces: true, joined: true}
		*n++
		return true
	}
	return false
}

// arabic says whether a word begins with an article as those of аль-Асад and эс-Сисси, and goes on with a capital.
func arabic(a []byte, p uint32) bool {
	for i := 0; i < 3; i++ {
		l, size := letterAt(a, p)
		if l == 0 {
			break
		}
		p += size
	}
	if a[p] != '-' {
		return false
	}
	l, _ := letterAt(a, p+1)
	return l&letterUpper != 0
}
