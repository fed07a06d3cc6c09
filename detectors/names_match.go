package detectors

// A namePattern is a name that was recognised: words from..to of a run.
type namePattern struct {
	from, to uint8
	nameMark
}

// A nameMark is what words are worth as one name.
type nameMark struct {
	score    uint8
	evidence Evidence
}

// A nameSetting is what stands around a run of words.
type nameSetting struct {
	whole      bool // the run fills its cell
	open, shut bool // nothing that could belong to a name stands before, or behind
	line       bool // a line, or what is behind a colon, begins with it
	mid        bool // a sentence has begun before it: its capitals are those of names
	aged       bool // an age stands before it: 46-летний
}

// matchRun finds the names in a run: of all ways to cut it, the one that explains most words best.
func matchRun(run []nameWord, set nameSetting, out *[runLimit]namePattern) int {
	anchor := set.mid || set.aged
	for i := range run {
		w := &run[i]
		anchor = anchor || w.is&(isGiven|isPatronymic) != 0 || w.kind == initial || w.kind == twoInits
	}
	if !anchor {
		return 0
	}
	if len(run) < 4 {
		// Most names are these, and of three words nothing else can be worth more.
		m := scoreName(run, set)
		if m.score > 92 || len(run) == 2 && m.score > 0 {
			out[0] = namePattern{from: 0, to: uint8(len(run)), nameMark: m}
			return 1
		}
		if len(run) == 2 {
			return 0
		}
	}
	var best [runLimit + 1]int
	var take [runLimit]namePattern
	for i := len(run) - 1; i >= 0; i-- {
		best[i] = best[i+1]
		for n := 2; n <= 4 && i+n <= len(run); n++ {
			in := set
			if i > 0 {
				in.open = run[i].comma || run[i].line || run[i-1].is&(isCue|isRole|isStop) != 0
				in.whole, in.line = false, false
				in.mid = run[i].comma || run[i-1].is&(isCue|isRole) != 0
			}
			if i+n < len(run) {
				in.shut = run[i+n].comma || run[i+n].line
				in.whole = false
			}
			m := scoreName(run[i:i+n], in)
			if m.score == 0 || n == 2 && parts(run[i:]) {
				continue
			}
			if sum := m.worth(n) + best[i+n]; sum > best[i] {
				best[i] = sum
				take[i] = namePattern{from: uint8(i), to: uint8(i + n), nameMark: m}
			}
		}
	}
	n := 0
	for i := 0; i < len(run); {
		if take[i].to == 0 || best[i] == best[i+1] {
			i++
			continue
		}
		out[n] = take[i]
		n++
		i = int(take[i].to)
	}
	return n
}

// worth weighs a reading of n words against others: each name has its price, so that three words are one name rather
// than a half and a whole one.
func (m *nameMark) worth(n int) int { return max(n*int(m.score)-80, 1) }

// parts says that the first two words of w would part a surname's two initials. The second one belongs to what
// follows only if that is a surname by its form: «Уваров Н. С. Картошка» names one person, «Уваров Н. С. Котова» two.
func parts(w []nameWord) bool {
	if len(w) < 3 || w[0].kind == initial || w[1].kind != initial || w[2].kind != initial || w[2].line || w[2].comma {
		return false
	}
	if len(w) > 3 && w[3].is&isSurname != 0 && !w[3].line && !w[3].comma {
		return false
	}
	return scoreThree(&w[0], &w[1], &w[2], nameSetting{}).score > 0
}

// scoreName scores words as one name (detectors.md, 7); 0 is none.
func scoreName(w []nameWord, set nameSetting) (m nameMark) {
	for i := range w {
		x := &w[i]
		if x.is&(isStop|isRole|isCue) != 0 && x.is&isGiven == 0 && x.kind != initial && (x.kind != twoInits || i == 0) {
			return nameMark{}
		}
		// What stands before the name is nothing to it.
		if i > 0 && (x.comma && (i != 1 || w[0].kind != proper) || x.line && len(w) < 3) {
			return nameMark{}
		}
	}
	comma := len(w) > 1 && w[1].comma
	switch len(w) {
	case 2:
		if comma && !(set.whole && w[1].is&isGiven != 0 || w[1].kind == twoInits) {
			return nameMark{}
		}
		return scoreTwo(&w[0], &w[1], set)
	case 3:
		m = scoreThree(&w[0], &w[1], &w[2], set)
		if comma && !(set.line && (w[2].is&isPatronymic != 0 || w[1].kind == initial)) {
			return nameMark{}
		}
		return m
	case 4: // a surname of two words before given name and patronymic
		if comma || w[3].is&isPatronymic == 0 || w[1].is&isGiven != 0 || !w[0].named() || !w[1].named() || w[2].is&isGiven == 0 {
			return nameMark{}
		}
		if agree(w[0].cases()&w[1].cases(), w[2].cases()&w[3].cases()) {
			return nameMark{96, Grammar | Dictionary}
		}
	}
	return nameMark{}
}

// named says that a word has the form of a surname.
func (w *nameWord) named() bool {
	return w.is&(isSurname|isLikeSurname) != 0 && w.is&(isGiven|isPatronymic|isThing) == 0
}

// plain says that nothing is known of a word that may be a surname.
func (w *nameWord) plain() bool {
	const known = isSurname | isLikeSurname | isGiven | isPatronymic | isStop | isTurkic | isRole | isCue | isFirm | isStreet
	return w.kind != initial && w.kind != twoInits && w.n > 2 && w.is&known == 0 && (w.is&isThing == 0 || w.is&nominatives == 0)
}

// cases are the cases a word may stand in; a word of unknown form may stand in any.
func (w *nameWord) cases() wordClass {
	if w.is&isPatronymic != 0 && w.is&isOblique == 0 && w.is&feminine == 0 {
		return w.is & anyCase
	}
	if c := w.is & anyCase; c != 0 {
		return c
	}
	return anyCase
}

// plainCases are the cases that a surname of no known form may stand in, by its last letter: Бортун, Бортуна; women's
// surnames in a consonant are not declined, and those in о, у, е, и hardly ever.
func (w *nameWord) plainCases() wordClass {
	switch w.key & letterCode {
	case 0, 'я' - 'а': // а
		return nominatives | masculine&(nominatives<<1|nominatives<<3)
	case 'о' - 'а', 'е' - 'а', 'и' - 'а', 'у' - 'а', 'ы' - 'а', 'э' - 'а', 'ю' - 'а':
		return anyCase
	case 'м' - 'а':
		return nominatives | feminine | masculine&(nominatives<<4)
	}
	return nominatives | feminine
}

// verbal says that a word of unknown form ends as verbs do: «Дежурит Анна Петровна», «Позвоните Анне Петровне».
func (w *nameWord) verbal() bool {
	switch w.key & (1<<(2*letterBits) - 1) {
	case packPair('и', 'т'), packPair('е', 'т'), packPair('у', 'т'), packPair('ю', 'т'), packPair('я', 'т'), packPair('а', 'т'),
		packPair('т', 'е'), packPair('т', 'ь'), packPair('е', 'м'), packPair('и', 'м'), packPair('л', 'а'), packPair('л', 'и'):
		return true
	}
	return false
}

// adjectivalKey says whether a word ends as adjectives do: Том Первый.
func adjectivalKey(key uint64) bool {
	switch key & (1<<(2*letterBits) - 1) {
	case packPair('ы', 'й'), packPair('и', 'й'), packPair('о', 'й'), packPair('а', 'я'), packPair('я', 'я'), packPair('о', 'е'), packPair('ы', 'е'), packPair('г', 'о'), packPair('ы', 'х'), packPair('и', 'х'):
		return true
	}
	return false
}

func packPair(a, b rune) uint64 { return uint64(a-'а')<<letterBits | uint64(b-'а') }

// formCases are the cases of a word that may be a surname.
func (w *nameWord) formCases() wordClass {
	if w.named() {
		return w.cases()
	}
	return w.plainCases()
}

// agree says that words which may stand in the cases x and y may stand in one.
func agree(x, y wordClass) bool { return x&y&anyCase != 0 }

// scoreThree scores a name of three words.
func scoreThree(a, b, c *nameWord, set nameSetting) nameMark {
	switch {
	case c.is&isPatronymic != 0: // Ф И О
		return scoreFull(a, b, c, set)
	case b.is&isPatronymic != 0: // И О Ф
		if c.kind == initial && c.dotted && a.is&isGiven != 0 && !c.line && agree(a.cases(), b.cases()) {
			return nameMark{92, Dictionary | Grammar} // Ольга Павловна Д.
		}
		if !c.named() && !c.plain() && c.is&isGiven == 0 || c.line {
			return nameMark{}
		}
		m := scoreFull(c, a, b, set)
		if m.score > 4 && c.plain() {
			m.score -= 3
		}
		return m
	case a.kind == initial && b.kind == initial: // И. О. Ф
		return scoreInitials(c, a, b, true)
	case b.kind == initial && c.kind == initial: // Ф И. О.
		return scoreInitials(a, b, c, false)
	case b.kind == initial && a.is&isGiven != 0 && b.dotted: // И О. Ф
		switch {
		case c.line:
		case c.named() && agree(a.cases(), c.cases()):
			return nameMark{86, Dictionary | Grammar | Structure}
		case c.plain():
			return nameMark{81, Dictionary | Structure}
		}
	case a.is&isForeign != 0 && (b.is&isGiven != 0 && agree(a.cases(), b.cases()) || c.joined) && !b.line && !c.line && !a.caps: // Хосе Антонио Бергано
		if c.named() && agree(a.cases(), c.cases()) || c.plain() && agree(a.cases(), c.plainCases()) {
			return nameMark{84, Dictionary | Grammar}
		}
	case a.is&isForeign != 0 && a.is&isDoubtful == 0 && a.kind == proper && !a.caps && !a.latin && (b.named() || b.plain()) && (c.named() || c.plain()): // Хайме Бордас Лугера
		if !b.line && !c.line && c.kind == proper && !c.pieces && agree(a.cases(), b.formCases()) && agree(a.cases(), c.formCases()) {
			return nameMark{82, Dictionary | Grammar}
		}
	}
	return nameMark{}
}

// scoreFull scores surname, given name and patronymic, wherever they stand.
func scoreFull(surname, given, patronymic *nameWord, set nameSetting) nameMark {
	if given.kind == initial || surname.kind == initial || given.kind == twoInits || surname.kind == twoInits || given.is&isPatronymic != 0 {
		return nameMark{}
	}
	known := given.is&isGiven != 0
	if surname.is&isPatronymic != 0 && !known || surname.is&isThing != 0 && !set.open || surname.plain() && surname.verbal() && !set.whole {
		return nameMark{}
	}
	sur := surname.is&(isSurname|isLikeSurname|isPatronymic) != 0
	g := anyCase
	if known {
		g = given.cases()
	}
	s := anyCase
	if sur && surname.is&isPatronymic == 0 {
		s = surname.cases()
	}
	switch p := patronymic.cases(); {
	case !agree(g, p):
		return nameMark{}
	case !agree(g&p, s): // a slip of the pen, or two persons
		if known {
			return nameMark{82, Grammar | Dictionary}
		}
		return nameMark{}
	case known && sur:
		return nameMark{97, Grammar | Dictionary | Structure}
	case known:
		return nameMark{95, Grammar | Dictionary}
	case patronymic.is&isOblique != 0 && surname.is&isSurname == 0:
		return nameMark{}
	case surname.is&isSurname != 0:
		return nameMark{96, Grammar | Structure}
	case sur:
		return nameMark{93, Grammar | Structure}
	case set.whole:
		return nameMark{90, Grammar}
	}
	return nameMark{84, Grammar}
}

// scoreInitials scores a surname and two initials; before says that the initials come first.
func scoreInitials(surname, a, b *nameWord, before bool) nameMark {
	if before && surname.line || surname.kind == initial {
		return nameMark{}
	}
	dots := a.dotted && b.dotted
	form := surname.is&(isSurname|isLikeSurname|isPatronymic) != 0
	s := uint8(0)
	switch {
	case form && dots && surname.is&isSurname == 0 && before:
		s = 81 // Андреева А. Я. Огурец: the other reading wins
	case form && dots && surname.is&isSurname == 0:
		s = 83
	case form && dots:
		s = 86
	case form && (a.dotted || b.dotted || !before):
		s = 82
	case form:
		s = 60
	case surname.is&isGiven != 0 && dots && before:
		s = 60
	case surname.plain() && dots && surname.n > 3 && !noInitials[a.key>>63][a.key&letterCode<<letterBits|b.key&letterCode]:
		s = 80
	case surname.plain() && dots:
		s = 75
	default:
		return nameMark{}
	}
	if !before && s > 80 {
		s--
	}
	return nameMark{s, Structure}
}

// noInitials has, by script, the pairs of letters that are hardly anybody's initials: П.С., Т.Е., P.S., U.S.
var noInitials = [2][1024]bool{
	pairsOf("пс те бу ио мп го фи тк тд тп нэ"),
	pairsOf("ps us sa nv dc am pm eg ie ny la"),
}

func pairsOf(list string) (set [1024]bool) {
	for w := range lowerWords(list) {
		set[packString(w)&1023] = true
	}
	return set
}

// scoreTwo scores a name of two words.
func scoreTwo(a, b *nameWord, set nameSetting) nameMark {
	alone := set.open && set.shut
	switch {
	case b.kind == twoInits: // Иванов ИИ
		if a.is&isSurname != 0 || a.named() && a.end == b.start {
			return nameMark{81, Structure}
		}
		if a.named() && set.whole {
			return nameMark{80, Structure}
		}
		return nameMark{}
	case a.kind == twoInits: // ИИ Иванов
		if b.is&isSurname != 0 && a.end < b.start && !b.caps {
			return nameMark{45, Structure}
		}
		return nameMark{}
	case a.kind == initial: // И. Иванов
		glued := a.end == b.start
		switch {
		case b.kind == initial || b.line:
		case !a.dotted:
			if a.latin && b.is&isSurname != 0 && alone {
				return nameMark{80, Structure} // S ZAYTSEVA
			}
		case b.is&isSurname != 0:
			return nameMark{82, Structure}
		case b.named() && (b.is&isPossessive != 0 || glued), b.plain() && glued && b.n > 3 && !b.latin:
			return nameMark{80, Structure}
		case b.named():
			return nameMark{60, Structure}
		case b.is&isGiven != 0 && glued && b.is&isDoubtful == 0:
			return nameMark{80, Structure | Dictionary} // Р.Даниэль
		case b.plain():
			return nameMark{40, Structure}
		}
		return nameMark{}
	case b.kind == initial: // Иванов И.
		switch {
		case a.latin != b.latin:
		case a.is&isGiven != 0 && b.dotted:
			if a.is&isDoubtful == 0 || alone {
				return nameMark{81, Dictionary} // Иван И.
			}
			return nameMark{50, Dictionary}
		case a.is&isSurname != 0 && b.dotted:
			return nameMark{81, Structure}
		case a.named() && b.dotted && (a.is&isPossessive != 0 || alone):
			return nameMark{80, Structure}
		case a.named() && b.dotted:
			return nameMark{60, Structure}
		case a.named() && set.whole:
			return nameMark{85, Structure}
		case a.is&isSurname != 0:
			return nameMark{40, Structure}
		}
		return nameMark{}
	}
	switch {
	case b.is&isPatronymic != 0 && !(a.is&isGiven != 0 && b.maySurname(a)): // И О
		switch {
		case a.is&isGiven != 0:
			if agree(a.cases(), b.cases()) {
				return nameMark{90, Grammar | Dictionary}
			}
			return nameMark{}
		case b.is&isOblique != 0 || a.is&isPatronymic != 0:
			return nameMark{}
		case a.is&isSurname != 0:
			return nameMark{50, Grammar}
		case b.is&nominatives != 0 && a.is&anyCase == 0:
			return nameMark{82, Grammar}
		}
		return nameMark{45, Grammar}
	case a.is&isGiven != 0 && b.is&isGiven == 0 || a.is&isGiven != 0 && b.is&isSurname != 0: // И Ф
		return scoreGiven(a, b, true, set)
	case set.mid && a.plain() && b.is&isGiven == 0 && a.n > 2 && !a.pieces && !a.caps && b.is&isSurname != 0 && (b.is&isPossessive != 0 || b.is&isTelling == isTelling): // a given name that we do not know, and a surname
		if agree(a.plainCases(), b.cases()) {
			return nameMark{81, Structure | Grammar}
		}
	case set.aged && (a.plain() || a.named()) && (b.plain() || b.named()) && !a.caps && !a.latin && !b.latin && b.is&isGiven == 0:
		if agree(a.formCases(), b.formCases()) {
			return nameMark{81, Structure}
		}
	case b.is&isGiven != 0: // Ф И
		if a.is&isGiven == 0 {
			return scoreGiven(b, a, false, set)
		}
		switch doubt := (a.is | b.is) & isDoubtful; {
		case !agree(a.cases(), b.cases()):
			if doubt == 0 && a.is&b.is&isForeign != 0 && agree(a.cases(), b.plainCases()) {
				return nameMark{80, Dictionary} // Мишель Лоран
			}
		case doubt == 0 && ((a.is|b.is)&isForeign != 0 || alone):
			return nameMark{81, Dictionary}
		case doubt == 0:
			return nameMark{60, Dictionary}
		case a.is&b.is&isDoubtful == 0 && alone:
			return nameMark{80, Dictionary}
		case a.is&b.is&isDoubtful == 0:
			return nameMark{45, Dictionary}
		}
	}
	return nameMark{}
}

// maySurname says that a word with the ending of a patronymic is a woman's surname: Анна Станкевич.
func (w *nameWord) maySurname(given *nameWord) bool {
	return w.is&masculine != 0 && w.is&feminine == 0 && given.is&feminine != 0 && given.is&masculine == 0
}

// scoreGiven scores a given name and a surname; first says that the given name comes first.
func scoreGiven(given, surname *nameWord, first bool, set nameSetting) nameMark {
	m := nameMark{evidence: Dictionary}
	alone := set.open && set.shut
	g, s := given.cases(), surname.cases()
	if surname.is&isPatronymic != 0 {
		s |= feminine // Анна Станкевич, Станкевич Анна
	}
	ok := agree(g, s)
	straight := g&s&nominatives != 0
	sure := surname.is&isSurname != 0
	possessive := surname.is&isPossessive != 0
	switch {
	case surname.is&(isStop|isRole|isCue|isFirm|isStreet) != 0 || surname.is&isThing != 0 && surname.is&nominatives != 0:
		return nameMark{}
	case sure && ok:
		m.score, m.evidence = 88, m.evidence|Grammar|Structure
		if !first {
			m.score = 84
		}
	case possessive && ok:
		m.score, m.evidence = 84, m.evidence|Grammar
		if !first {
			m.score = 82
		}
	case surname.is&(isLikeSurname|isPatronymic) != 0 && ok:
		m.score, m.evidence = 82, m.evidence|Grammar
		switch {
		case first || straight && (alone || surname.is&isPlace != 0): // a surname of our list
		case straight:
			m.score = 66
		default:
			m.score = 45
		}
	case first && given.is&isForeign != 0 && given.is&masculine == 0 && surname.is&nominatives&masculine != 0 && !given.caps:
		m.score = 81 // Джейн Остин: women's surnames of other languages stay as they are
	case surname.is&(isSurname|isLikeSurname) != 0:
		m.score = 40
	case given.latin:
		if !first || given.is&isDoubtful != 0 || !surname.plain() {
			return nameMark{}
		}
		m.score = 40
	case surname.plain() && first:
		switch {
		case !agree(g, surname.plainCases()):
			m.score = 45
		case given.caps && surname.caps && !alone:
			m.score = 60
		default:
			m.score = 81
		}
	case surname.plain():
		if !alone || g&surname.plainCases()&nominatives == 0 || given.is&isDoubtful != 0 {
			return nameMark{}
		}
		m.score = 80
	default:
		return nameMark{}
	}
	if given.is&isShort != 0 && m.score > 81 {
		m.score = 81
	}
	if given.is&isDoubtful != 0 {
		switch {
		case sure && ok && (possessive || first && straight):
			m.score = min(m.score, 81)
		case possessive && straight && (first || alone), surname.named() && straight && (alone || first && set.mid), sure && ok && alone:
			m.score = min(m.score, 80)
		case first && given.is&isForeign != 0 && surname.plain() && !surname.pieces && surname.n > 3 && g&surname.plainCases()&nominatives != 0 && !surname.verbal() && !adjectivalKey(surname.key):
			m.score = min(m.score, 80) // Пол Хансен
		case sure && ok || possessive && straight:
			m.score = min(m.score, 70)
		case surname.named() && ok:
			m.score = min(m.score, 50)
		default:
			m.score = min(m.score, 35)
		}
	}
	if set.whole && given.is&isDoubtful == 0 && surname.is&(isSurname|isLikeSurname) != 0 && m.score > 60 {
		m.score = min(m.score+8, 88)
	}
	return m
}
