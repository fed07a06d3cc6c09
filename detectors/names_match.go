package detectors

// A namePattern is a name that was recognised: words from..to of a run.
type namePattern struct {
	from, to uint8
	score    uint8
	evidence Evidence
}

// matchRun finds the names in a run: of all ways to cut it, the one with the highest sum of scores.
func matchRun(run []nameWord, whole bool, out *[runLimit]namePattern) int {
	anchor := false
	for i := range run {
		w := &run[i]
		anchor = anchor || w.is&(isGiven|isPatronymic) != 0 || w.kind == initial || w.kind == twoInits
	}
	if !anchor || len(run) < 2 {
		return 0
	}
	if len(run) == 3 {
		// Most names are these. Two words never score more than 90, so nothing else can win.
		if score, e := scoreName(run, whole); score > 90 {
			out[0] = namePattern{from: 0, to: 3, score: score, evidence: e}
			return 1
		}
	}
	var best [runLimit + 1]int
	var take [runLimit]namePattern
	for i := len(run) - 1; i >= 0; i-- {
		best[i] = best[i+1]
		for n := 2; n <= 4 && i+n <= len(run); n++ {
			score, e := scoreName(run[i:i+n], whole && n == len(run))
			if score == 0 || n == 2 && parts(run[i:]) {
				continue
			}
			if sum := int(score) + best[i+n]; sum > best[i] {
				best[i] = sum
				take[i] = namePattern{from: uint8(i), to: uint8(i + n), score: score, evidence: e}
			}
		}
	}
	n := 0
	for i := 0; i < len(run); {
		if take[i].score == 0 || best[i] == best[i+1] {
			i++
			continue
		}
		out[n] = take[i]
		n++
		i = int(take[i].to)
	}
	return n
}

// parts says that the first two words of w would part a surname's two initials. The second one belongs to what
// follows only if that is a surname by its form: «Уваров Н. С. Картошка» names one person, «Уваров Н. С. Котова» two.
func parts(w []nameWord) bool {
	if len(w) < 3 || w[0].kind == initial || w[1].kind != initial || w[2].kind != initial || w[2].line || w[2].comma {
		return false
	}
	if len(w) > 3 && w[3].is&isSurname != 0 && !w[3].line && !w[3].comma {
		return false
	}
	s, _ := scoreThree(&w[0], &w[1], &w[2], false)
	return s > 0
}

// scoreName scores words as one name (detectors.md, 7); 0 is none.
func scoreName(w []nameWord, whole bool) (uint8, Evidence) {
	for i := range w {
		if w[i].is&isStop != 0 && w[i].is&isGiven == 0 && w[i].kind != initial && w[i].kind != twoInits {
			return 0, 0
		}
		if i == 0 {
			continue // what stands before the name is nothing to it
		}
		if w[i].comma && (i != 1 || w[0].kind != proper) {
			return 0, 0
		}
		if w[i].line && len(w) < 3 {
			return 0, 0
		}
	}
	lowerCase := w[0].kind == lower
	comma := len(w) > 1 && w[1].comma
	switch len(w) {
	case 2:
		s, e := scoreTwo(&w[0], &w[1], whole)
		if comma && !(whole && w[1].is&isGiven != 0 || w[1].kind == twoInits) || lowerCase && !whole {
			return 0, 0
		}
		return s, e
	case 3:
		s, e := scoreThree(&w[0], &w[1], &w[2], whole)
		if lowerCase && s < 90 {
			return 0, 0
		}
		if comma && w[2].is&isPatronymic == 0 && w[1].kind != initial {
			return 0, 0
		}
		return s, e
	case 4: // a surname of two words before given name and patronymic
		if comma || lowerCase || w[3].is&isPatronymic == 0 || w[1].is&isGiven != 0 || !w[0].named() || !w[1].named() || w[2].is&isGiven == 0 {
			return 0, 0
		}
		if agree(w[0].cases(), w[1].cases(), w[2].cases()&w[3].cases()) {
			return 96, Grammar | Dictionary
		}
	}
	return 0, 0
}

// named says that a word has the form of a surname.
func (w *nameWord) named() bool {
	return w.is&(isSurname|isLikeSurname) != 0 && w.is&(isGiven|isPatronymic) == 0
}

// plain says that nothing is known of a word that may be a surname.
func (w *nameWord) plain() bool {
	return w.kind != initial && w.kind != twoInits && w.n > 2 && w.is&(isSurname|isLikeSurname|isGiven|isPatronymic|isStop|isTurkic) == 0
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

func agree(c ...wordClass) bool {
	all := anyCase
	for _, x := range c {
		all &= x
	}
	return all != 0
}

// scoreThree scores a name of three words.
func scoreThree(a, b, c *nameWord, whole bool) (uint8, Evidence) {
	switch {
	case c.is&isPatronymic != 0: // Ф И О
		return scoreFull(a, b, c, whole)
	case b.is&isPatronymic != 0: // И О Ф
		if !c.named() && !c.plain() && c.is&isGiven == 0 || c.line {
			return 0, 0
		}
		s, e := scoreFull(c, a, b, whole)
		if s > 4 && c.plain() {
			s -= 3
		}
		return s, e
	case a.kind == initial && b.kind == initial: // И. О. Ф
		return scoreInitials(c, a, b, true)
	case b.kind == initial && c.kind == initial: // Ф И. О.
		return scoreInitials(a, b, c, false)
	case b.kind == initial && a.is&isGiven != 0 && b.dotted: // И О. Ф
		switch {
		case c.line:
		case c.named() && agree(a.cases(), c.cases()):
			return 85, Dictionary | Grammar | Structure
		case c.plain():
			return 70, Dictionary | Structure
		}
	}
	return 0, 0
}

// scoreFull scores surname, given name and patronymic, wherever they stand.
func scoreFull(surname, given, patronymic *nameWord, whole bool) (uint8, Evidence) {
	if given.kind == initial || surname.kind == initial || given.kind == twoInits || surname.kind == twoInits || given.is&isPatronymic != 0 {
		return 0, 0
	}
	known := given.is&isGiven != 0
	if surname.is&isPatronymic != 0 && !known {
		return 0, 0
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
		return 0, 0
	case !agree(g, p, s): // a slip of the pen, or two persons
		if known {
			return 82, Grammar | Dictionary
		}
		return 0, 0
	case known && sur:
		return 97, Grammar | Dictionary | Structure
	case known:
		return 95, Grammar | Dictionary
	case patronymic.is&isOblique != 0 && surname.is&isSurname == 0:
		return 0, 0
	case surname.is&isSurname != 0:
		return 96, Grammar | Structure
	case sur:
		return 93, Grammar | Structure
	case whole:
		return 90, Grammar
	}
	return 84, Grammar
}

// scoreInitials scores a surname and two initials; before says that the initials come first.
func scoreInitials(surname, a, b *nameWord, before bool) (uint8, Evidence) {
	if surname.line || surname.kind == lower {
		return 0, 0
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
	case surname.plain() && dots:
		s = 75
	default:
		return 0, 0
	}
	if !before && s > 80 {
		s--
	}
	return s, Structure
}

// scoreTwo scores a name of two words.
func scoreTwo(a, b *nameWord, whole bool) (uint8, Evidence) {
	switch {
	case b.kind == twoInits: // Иванов ИИ
		if a.is&isSurname != 0 || a.named() && a.end == b.start {
			return 81, Structure
		}
		if a.named() && whole {
			return 80, Structure
		}
		return 0, 0
	case a.kind == twoInits: // ИИ Иванов
		if b.is&isSurname != 0 && a.end < b.start && !b.caps {
			return 45, Structure
		}
		return 0, 0
	case a.kind == initial: // И. Иванов
		switch {
		case b.kind == initial || b.line:
		case !a.dotted:
		case b.is&isSurname != 0:
			return 76, Structure
		case b.named():
			return 60, Structure
		case b.plain():
			return 30, Structure
		}
		return 0, 0
	case b.kind == initial: // Иванов И.
		switch {
		case a.is&isGiven != 0 && b.dotted:
			return 40, Dictionary // Иван И.
		case a.is&isSurname != 0 && b.dotted:
			return 78, Structure
		case a.named() && b.dotted:
			return 60, Structure
		case a.named() && whole:
			return 85, Structure
		case a.is&isSurname != 0:
			return 40, Structure
		}
		return 0, 0
	}
	switch {
	case b.is&isPatronymic != 0: // И О
		switch {
		case a.is&isGiven != 0:
			if agree(a.cases(), b.cases()) {
				return 90, Grammar | Dictionary
			}
			return 0, 0
		case b.is&isOblique != 0 || a.is&isPatronymic != 0:
			return 0, 0
		case a.is&isSurname != 0:
			return 50, Grammar
		case b.is&nominatives != 0 && a.is&anyCase == 0:
			return 82, Grammar
		}
		return 45, Grammar
	case a.is&isGiven != 0 && b.is&isGiven == 0 || a.is&isGiven != 0 && b.is&isSurname != 0: // И Ф
		return scoreGiven(a, b, true, whole)
	case b.is&isGiven != 0 && a.is&isPatronymic == 0: // Ф И
		if a.is&isGiven != 0 {
			if agree(a.cases(), b.cases()) && a.is&b.is&isDoubtful == 0 {
				return 45, Dictionary
			}
			return 0, 0
		}
		return scoreGiven(b, a, false, whole)
	}
	return 0, 0
}

// scoreGiven scores a given name and a surname; first says that the given name comes first.
func scoreGiven(given, surname *nameWord, first, whole bool) (uint8, Evidence) {
	doubt := given.is&isDoubtful != 0
	e := Dictionary
	s := 0
	switch ok := agree(given.cases(), surname.cases()); {
	case surname.is&isSurname != 0 && ok:
		s, e = 85, e|Grammar|Structure
	case surname.is&isLikeSurname != 0 && ok:
		s, e = 75, e|Grammar
	case surname.is&(isSurname|isLikeSurname) != 0:
		s = 40
	case given.latin:
		return 0, 0
	case surname.plain() && given.is&isForeign != 0:
		s = 55
	case surname.plain():
		s = 45
	default:
		return 0, 0
	}
	if given.is&isShort != 0 {
		s -= 10
	}
	if doubt {
		s -= 20
		if s >= 60 {
			s = 78
		}
	}
	if !first {
		if surname.plain() && !whole {
			return 0, 0
		}
		s -= 9
	}
	if whole && !doubt && (surname.is&isSurname != 0 || surname.is&isLikeSurname != 0) && s > 60 {
		s = min(s+10, 88)
	}
	return uint8(max(s, 0)), e
}
