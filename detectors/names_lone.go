package detectors

// A word alone is a name only if something speaks for it: a word before it that persons have (мастер Олег, гр. Зайцев), a
// colon, a comma or a telephone number behind it, a full name before in the same text; or its form, in the middle of a
// sentence, where no other word has a capital.

// How lone words score.
const (
	loneKeyed   = 86 // мастер Олег
	loneSurname = 84 // водитель Зайцев, and a surname that has been read before
	loneForm    = 82 // сказал Зайцев
	loneWeak    = 80
	loneSpeaker = 86 // «Олег: привет»: who speaks in a chat
	// «[12.05.2024 10:02] Олег: привет»: where each line has a time and a given name, the name tells the members of a chat
	// apart and nobody else. It is masked, and not reported.
	loneStamped = 79
	loneBeside  = 60 // another word with a capital is beside it, and may belong to the name
	loneDoubted = 45
)

// A loneWord is a word with a capital, and what speaks for its being a name.
type loneWord struct {
	*nameWord
	left   *neighbour
	beside bool // a word with a capital stands beside it
	label  bool // Фамилия: Зайцев
	keyed  bool // водитель Зайцев
	given  bool
	family bool // a surname by its ending
	seen   bool // the surname of a name before it
}

// lone scores a word that stands alone; beside says that a word with a capital touches it.
func (t *wordTable) lone(a []byte, w *nameWord, left *neighbour, beside bool, known *knownNames) nameMark {
	const never = isStop | isRole | isCue | isThing | isFirm | isStreet
	if w.is&never != 0 && w.is&isGiven == 0 {
		return nameMark{}
	}
	var x loneWord
	x.nameWord, x.left, x.beside = w, left, beside
	x.label = left.is&isNameLabel == isNameLabel && left.gap&(gapLine|gapOther|gapComma) == 0
	x.given = w.is&isGiven != 0
	x.keyed = !x.label && t.keyed(a, left)
	if !x.given && !w.pieces && w.is&isPatronymic == 0 {
		x.family = w.n > 3 && (w.is&isPossessive != 0 || w.is&isTelling == isTelling)
		if x.keyed && w.is&isSurname != 0 && w.is&nominatives != 0 && w.key&1023 != packPair('о', 'й') {
			x.family = true // адвокат Вяземский, but no депутат Вяземской думы
		}
	}
	x.seen = !x.label && !(x.keyed && (x.given || x.family)) && known.has(a, w)
	if !x.given && !x.family && !x.seen && !x.label || t.noPerson(a, &x) {
		return nameMark{}
	}
	m := x.score(a)
	next := a[w.end+1]
	// Елизавета II; «Жанна foo» is a nickname.
	if x.beside || a[w.end] == ' ' && (next == 'I' || next == 'V' || next == 'X' || left.gap&gapStart != 0 && next < 0x80 && asciiLetter[next] != 0) {
		limit := uint8(loneDoubted)
		if m.evidence&Keyword != 0 {
			limit = loneBeside
		}
		m.score = min(m.score, limit)
	}
	return m
}

// noPerson says that what stands around a word makes it something else: a street, a firm, a work, a part of an address.
func (t *wordTable) noPerson(a []byte, w *loneWord) bool {
	b, end := w.left, a[w.end]
	switch {
	case end >= 0x80:
		if l, _ := letterAt(a, w.end); l != 0 {
			return true // half a word
		}
	case end == '.' || end == '/' || end == '-':
		if l, _ := letterAt(a, w.end+1); l != 0 {
			return true // анна.зайцева@
		}
	}
	if a[w.end-1] == 0xA3 && a[w.end-2] == 0xD2 {
		return true // Kazakh: Республикасының
	}
	titled := w.is&nominatives != 0 && b.is&(isThing|isFirm) != 0 && b.gap&^gapQuote == gapSpace // платье Анна
	cell := b.gap&gapStart != 0 && (end == 0 || end == '.' && a[w.end+1] == 0)                   // its column tells
	joined := b.gap == gapDot && b.is&(isCue|isRole) == 0
	heading := b.proper && b.gap == gapSpace && b.is&isStop != 0 && b.is&anyCase != 0 // Отдел Кадров
	if titled || cell || joined || heading && !w.label && !w.keyed {
		return true
	}
	if w.keyed && quotedName(a, b.start, w.end) { // «Дядя Ваня»
		return true
	}
	if b.gap&gapQuote != 0 && !w.label { // «Анна», "shop":"Анна"
		if quotedName(a, w.start, w.end) || !w.keyed && a[w.start-1] == '"' && end == '"' {
			return true
		}
	}
	return w.shaped && SyntheticName(a[w.start:w.end]) || t.against(a, b, nil) || t.streetAfter(a, w.end)
}

// score weighs what speaks for a word.
func (w *loneWord) score(a []byte) nameMark {
	b := w.left
	doubt := w.is&(isDoubtful|isPlace) != 0
	colon := a[w.end] == ':'
	switch {
	case w.label:
		sure := b.gap&gapColon != 0 || b.is&isTitle == isTitle && !w.caps // any word may be a surname
		if w.given || w.is&(isPatronymic|isPossessive) != 0 || sure && w.n > 2 {
			return nameMark{loneSurname, Keyword}
		}
		return nameMark{}
	case w.keyed && w.given && (!doubt || b.gap&^gapDot == gapSpace):
		return nameMark{loneKeyed, Dictionary | Keyword}
	case w.keyed && !w.given && w.latin:
		return nameMark{loneWeak, Structure | Keyword}
	case w.keyed && !w.given, w.seen:
		return nameMark{loneSurname, Structure | Keyword}
	case w.latin || w.caps || doubt:
		return nameMark{}
	case w.given:
		switch {
		case colon && b.gap&gapClose != 0:
			return nameMark{loneStamped, Dictionary | Structure}
		case colon && b.gap&(gapStart|gapLine) != 0:
			return nameMark{loneSpeaker, Dictionary | Structure}
		case b.is&isInto != 0 && b.gap == gapSpace && a[b.start+1] == 0xB2: // в Марселе
			return nameMark{loneDoubted, Dictionary}
		}
		if next := a[w.end+1]; b.gap&gapStart != 0 && a[w.end] == ' ' && next >= 0x80 { // «Марина и ветер»: a title as well as a sentence
			return nameMark{loneStamped, Dictionary}
		}
		return nameMark{loneWeak, Dictionary}
	}
	// A surname. At the begin of a sentence it may be any word in a plural: «Заказов прибыло».
	first := b.gap&(gapStart|gapLine|gapStop|gapClose|gapDot) != 0
	strong := w.is&isSurname != 0
	switch {
	case colon && b.gap&(gapStart|gapLine|gapClose) != 0 && strong && w.is&isPossessive != 0, phoneFollows(a, w.end):
		return nameMark{loneWeak, Structure}
	case first || b.gap&^(gapSpace|gapOpen) != 0 || b.is&isInto != 0:
	case strong && w.is&isPossessive != 0 && w.is&(masculine|nominatives) == 0: // Трудовой
	case strong:
		return nameMark{loneForm, Structure}
	case b.gap == gapSpace:
		return nameMark{loneWeak, Structure}
	}
	return nameMark{loneDoubted, Structure}
}

// phoneFollows says that a phone number follows p.
func phoneFollows(a []byte, p uint32) bool {
	for n := 0; n < 8 && (a[p] == ' ' || a[p] == ',' || a[p] == '(' || a[p] == ':' || a[p] >= 0x80 && a[p] < 0xC0 || a[p] == 0xE2); n++ {
		p++
	}
	if a[p] == '+' {
		return true
	}
	digits := 0
	for end := p + 20; p < end; p++ {
		switch b := a[p]; {
		case isDigit[b] != 0:
			digits++
		case b != ' ' && b != '-' && b != '(' && b != ')' && b != '.':
			end = p
		}
	}
	return digits > 6
}

// readLower reads a name in small letters behind a cue that ends at p: «меня зовут олег зайцев», «кому: анне зайцевой».
// told says that no colon is needed.
func (t *wordTable) readLower(dst []Finding, a []byte, p uint32, told bool, r *nameReader) []Finding {
	start := p
	for ; p-start < 6 && (nameGaps[a[p]]&(gapSpace|gapColon|gapDash) != 0 || a[p] == 0xE2 && a[p+1] == 0x80); p++ {
		told = told || a[p] == ':'
		if a[p] == 0xE2 {
			p += 2
		}
	}
	if !told || p == start {
		return dst
	}
	n := 0
	for n < 3 {
		w := &r.run[n]
		if t.readWord(w, a, p); w.kind != lower || w.latin {
			break
		}
		w.kind, w.known = proper, false
		t.look(w)
		n++
		if p = w.end; a[p] != ' ' {
			break
		}
		p++
	}
	for ; n > 0; n-- {
		if m := lowerName(r.run[:n]); m.score >= Report {
			return append(dst, Finding{Start: r.run[0].start, End: r.run[n-1].end, Score: m.score, Evidence: m.evidence | Keyword})
		}
	}
	return dst
}

// lowerName scores words in small letters as one name. Any word could be a surname of no telling form.
func lowerName(words []nameWord) nameMark {
	for i := range words {
		if w := &words[i]; w.is&(isGiven|isPatronymic|isPossessive) == 0 && w.is&isTelling != isTelling {
			return nameMark{}
		}
	}
	switch {
	case len(words) > 1:
		return scoreName(words, nameSetting{open: true})
	case words[0].is&isGiven != 0:
		return nameMark{loneSurname, Dictionary}
	}
	return nameMark{}
}
