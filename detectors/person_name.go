package detectors

import "strings"

// PersonName is the name of a natural person in Cyrillic or Latin: surname, given name, patronymic and initials in any
// order. There is no list of surnames: endings, agreement of gender and case, and a list of given names decide
// (names_match.go). A patronymic is the anchor.
var PersonName = declare(Detector{
	Kind:   "person_name",
	Class:  Direct,
	Doc:    Doc{RU: "имя человека (ФИО)", EN: "name of a person"},
	Prefix: "Лицо",
	Near:   []string{"фио", "зовут", "fio"}, // "клиент" and the like would take the numbers behind them away from other kinds
	Cues:   nameCues,
	Names: []string{"фио", "ф_и_о", "полное_имя", "фамилия_имя_отчество", "фамилия_имя", "клиент", "заявитель", "плательщик", "получатель", "владелец",
		"контактное_лицо", "абонент", "пациент", "сотрудник", "имя_клиента", "сотрудник_фио", "fio", "f_i_o", "klient", "zayavitel", "platelshik",
		"poluchatel", "vladelec", "kontakt_lico", "abonent", "sotrudnik", "full_name", "name", "person", "person_name", "contact_name", "holder",
		"cardholder", "cardholder_name", "recipient", "display_name", "client_name", "customer_name", "patient", "employee", "employee_name",
		"owner_name", "sender_name", "recipient_name", "піб", "пiб", "pib", "имя_получателя",
		"аты_жөні", "аты_жони", "aty_zhoni", "aty_joni", "тегі_аты",
		// These are weak: firms stand there, too, and job titles.
		"исполнитель", "ответственный", "ответств", "директор", "ген_директор", "руководитель", "врач", "родитель", "водитель", "студент", "ученик",
		"менеджер", "представитель", "работник", "бухгалтер", "доверитель", "страхователь", "застрахованный", "арендатор", "заемщик", "должник",
		"участник", "гость", "гражданин", "физлицо", "ребенок", "мать", "отец", "супруг", "супруга", "опекун", "подписант", "агент", "кассир", "курьер",
		"преподаватель", "учитель", "начальник", "кандидат", "соискатель", "собственник", "индивидуальный_предприниматель", "driver", "doctor",
		"manager", "student", "teacher", "author", "candidate", "insured", "guest", "tenant", "borrower", "debtor", "representative", "director",
		"signer", "applicant", "child", "parent", "performer", "owner", "responsible", "ispolnitel", "otvetstvennyi", "direktor", "rukovoditel", "vrach",
		"voditel", "uchenik", "menedzher", "rabotnik"},
	Parts: []PartNames{
		{Part: Surname, Names: "фамилия прізвище фам familia fam famfl surname last_name lname family_name second_name_family lastname тегі прозвішча"},
		{Part: GivenName, Names: "имя ім_я им ima im imfl імя first_name fname given_name firstname forename"},
		{Part: Patronymic, Names: "отчество по_батькові батькові отч otch ot otchfl middle_name patronymic mname middlename second_name әкесінің_аты імя_па_бацьку"},
		{Part: Surname, Names: "last ф f", Weak: true, Last: true},
		{Part: GivenName, Names: "first и i аты", Weak: true, Last: true},
		{Part: Patronymic, Names: "middle о o", Weak: true, Last: true},
		{Part: GivenName, Names: "name имя", Loose: true},
	},
	Split:   2,
	Telling: true,
	Find:    findPersonName,
	Reach:   1024,
	Fits:    fitsPersonName,
	Normal:  normalPersonName,
	Good:    goodNames,
	Bad:     badNames,
})

// nameCues are words that a name in small letters may follow, the first few, and labels and abbreviations that a word with a
// capital follows.
var nameCues = strings.Fields(`зовут фио кому
	имя имени фамилия фамилию фамилии отчество firstname lastname surname name familiya imya otchestvo
	гр тов инж доц нач зам зав исп отв рук деж`)

// Words of nameCues: зовут, which needs no colon; the first few, up to lowerCues; имя, that on which a card or a parcel is.
const (
	calledCue = 0
	lowerCues = 3
	nameCue   = 3
)

func findPersonName(dst []Finding, t *Text) []Finding {
	words := lexicon()
	a := t.Arena[:len(t.Arena)+24] // words are read 24 bytes at a time, the last ones into the padding
	if t.reader == nil {
		t.reader = new(nameReader)
	}
	r := t.reader
	r.next, r.label, r.named = 0, 0, r.named[:0]
	r.known = knownNames{}
	i := 0
	for _, p := range t.Lones {
		for ; i < len(t.Caps) && t.Caps[i] <= p; i++ {
			if q := t.Caps[i]; q >= r.next {
				dst = words.readNames(dst, a, q, r)
			}
		}
		if p >= r.next {
			dst = words.readLone(dst, a, p, r)
		}
	}
	for _, p := range t.Caps[i:] {
		if p >= r.next {
			dst = words.readNames(dst, a, p, r)
		}
	}
	for _, c := range t.Cues(t.current) {
		if forName := c.Word == nameCue && c.Start > 5 && hasLetters(a, int(c.Start)-5, "на "); c.Word < lowerCues || forName {
			dst = words.readLower(dst, a, c.End, c.Word == calledCue || forName, r)
		}
		dst = words.labelled(dst, t, c.End, r)
	}
	return words.readKnown(dst, t, t.Plain, r)
}

// A nameReader is what findPersonName has in hand. Only memo outlives an arena.
type nameReader struct {
	run   [runLimit + 1]nameWord // the last one is read to see that there is one
	names [runLimit]namePattern
	next  uint32 // what begins before it has been read
	label uint32 // the word behind the label that was read last
	known knownNames
	named []knownName // all that were ever known, in order
	memo  wordMemo
}

// readNames reads a run of words with capitals that begins at p.
func (t *wordTable) readNames(dst []Finding, a []byte, p uint32, r *nameReader) []Finding {
	for q := p - 1; a[q] == '/' && a[q-1]-'A' < 26 && a[p]-'A' < 26 && q >= r.next; p = q {
		for a[q-1]-'A' < 26 { // ZAYTSEVA/ANNA MRS
			q--
		}
	}
	for {
		n, more, may := t.readRun(a, p, r)
		if n == 0 {
			r.next = p + 1
			return dst
		}
		run := r.run[:n]
		r.next = run[n-1].end
		if n == 2 && run[0].kind == initial && !run[0].dotted {
			may = run[1].may // 12:29:13Z INFO: alone, such a letter makes no name
		}
		aged := n == 2 && agedBefore(a, run[0].start)
		if may&(mayGiven|mayFamily) == 0 && !aged && !r.known.any(a, run) && !(a[p-1] == ' ' && a[p-2] == ':' && t.behindLabel(a, p)) {
			if !more {
				return dst
			}
			p = r.next
			continue
		}
		for i := range run {
			t.look(&run[i])
		}
		left := t.before(a, run[0].start)
		k := 0
		if n > 1 {
			k = matchRun(run, surroundings(a, &left, r.next, aged), &r.names)
		}
		if more {
			// The run goes on: what begins near its end is looked at again, together with what follows.
			keep := n - 4
			for k > 0 && int(r.names[k-1].from) > keep {
				k--
			}
			if k > 0 {
				keep = max(keep, int(r.names[k-1].to)-1)
			}
			r.next = run[keep].end
			if keep+1 < n {
				r.next = run[keep+1].start
			}
		}
		dst = t.report(dst, a, run, r.names[:k], &left, r)
		if !more {
			return dst
		}
		p = r.next
	}
}

// report appends the names of a run, weighed by what stands around them.
func (t *wordTable) report(dst []Finding, a []byte, run []nameWord, names []namePattern, left *neighbour, r *nameReader) []Finding {
	at := 0
	for i := 0; i < len(run) && run[i].start < r.next; {
		b := *left
		if i > 0 {
			b = afterWord(&run[i-1], &run[i])
		}
		if at < len(names) && int(names[at].from) == i {
			m := &names[at]
			at++
			i = int(m.to)
			if m.score < Mask {
				continue
			}
			dst = append(dst, Finding{})
			f := &dst[len(dst)-1]
			f.Start, f.End, f.Score, f.Evidence = run[m.from].start, run[m.to-1].end, m.score, m.evidence
			if b.gap == gapSpace|gapDigit && run[m.from].kind == initial {
				f.Score = min(f.Score, 45) // 12 В. Складской учёт: a unit
			}
			t.weigh(f, a, run[m.from:m.to], &b)
			if words := run[m.from:m.to]; a[words[0].end] == '/' {
				f.End = titleEnd(a, f.End)
			}
			if fillsCell(a, f.Start, f.End) {
				f.Evidence |= Whole
			}
			if f.Score >= Report {
				r.remember(run[m.from:m.to])
			}
			continue
		}
		if w := &run[i]; w.kind == proper && (w.may != 0 || b.is&isNameLabel == isNameLabel || r.known.has(a, w)) {
			first := i == 1 && left.gap&(gapStart|gapLine|gapStop|gapDot|gapColon) != 0 // the word before begins a sentence
			beside := i > 0 && !first && run[i-1].touches(w) || i+1 < len(run) && w.touches(&run[i+1])
			if m := t.lone(a, w, &b, beside, &r.known); m.score > 0 {
				dst = w.appendTo(dst, m)
			}
		}
		i++
	}
	return dst
}

// titleEnd is where the title of a passenger ends that stands behind p, as tickets have it: ZAYTSEVA/ANNA MRS.
func titleEnd(a []byte, p uint32) uint32 {
	for _, title := range [...]string{" MRS", " MR", " MISS", " MSTR", " MS", " CHD", " INF"} {
		end := p + uint32(len(title))
		if int(end) < len(a) && string(a[p:end]) == title && asciiLetter[a[end]&127] == 0 {
			return end
		}
	}
	return p
}

// touches says that nothing but a space parts two words with capitals: they may be one name that was not understood.
func (w *nameWord) touches(next *nameWord) bool {
	return !next.comma && !next.line && w.end < next.start && w.kind >= proper && next.kind >= proper && w.is&(isRole|isCue) == 0 && next.is&isCue == 0
}

// weigh lets the words around a name speak.
func (t *wordTable) weigh(f *Finding, a []byte, words []nameWord, b *neighbour) {
	ours := true
	anchored := false
	for i := range words {
		w := &words[i]
		if w.kind != initial && w.kind != twoInits {
			ours = ours && w.shaped && SyntheticName(a[w.start:w.end])
		}
		anchored = anchored || w.is&isPatronymic != 0
	}
	if ours {
		f.Score, f.Evidence = 0, Synthetic
		return
	}
	switch {
	case t.keyed(a, b):
		f.Evidence |= Keyword
		if f.Score >= 60 {
			f.Score = max(f.Score, 72)
		}
		f.Score = min(f.Score+12, 97)
		return
	case b.gap&gapQuote != 0 && !anchored && quotedName(a, f.Start, f.End):
		f.Evidence |= Negative
		f.Score = min(f.Score, 40)
		return
	}
	if t.against(a, b, words) || t.streetAfter(a, f.End) {
		f.Evidence |= Negative
		f.Score = min(f.Score, 25)
		if anchored {
			f.Score = 60
		}
	}
}

// fitsPersonName says whether a cell of a column of names, or of parts of names, looks like one: a word that is a given
// name, a patronymic or has the form of a surname, or up to six words of letters with a given name or a patronymic, or
// a surname with initials. Letter case is free. Adjectives do not count.
func fitsPersonName(value []byte) bool {
	if len(value) == 0 || len(value) > 200 {
		return false
	}
	var arena [256]byte
	copy(arena[1:], value)
	a := arena[:]
	end := uint32(len(value)) + 1
	t := lexicon()
	words, initials := 0, 0
	sure, form, like := false, false, false
	for p := uint32(1); p < end; {
		if l, _ := letterAt(a, p); l == 0 {
			next, _, _, _ := skipGap(a, p)
			switch {
			case next > p:
				p = next
			case a[p] == '.', a[p] == '(', a[p] == ')', a[p] == '-':
				p++
			default:
				return false
			}
			continue
		}
		var w nameWord
		t.readWord(&w, a, p)
		t.look(&w)
		if w.kind == oddWord || w.is&(isStop|isRole|isThing) != 0 && w.is&isGiven == 0 {
			return false
		}
		words++
		switch {
		case w.kind == initial || w.kind == twoInits:
			initials++
		case w.is&(isGiven|isPatronymic|isTurkic) != 0:
			sure = true
		case w.is&isSurname != 0 || w.is&isLikeSurname != 0 && (t.word(w.key, int(w.n))&isLikeSurname != 0 || endsPossessive(w.key)):
			form = true
		case w.is&isLikeSurname != 0:
			like = true
		}
		p = w.end
	}
	return words <= 6 && (sure || words == 1 && form || initials > 0 && initials < words && (form || like))
}

// endsPossessive says whether a word ends as Шубин, Шубина, Shubin or Shubina do.
func endsPossessive(key uint64) bool {
	const pair, triple = 1<<10 - 1, 1<<15 - 1
	k := key &^ packedLat
	if key&packedLat != 0 {
		return k&pair == packString("in")&pair || k&triple == packString("ina")&triple
	}
	return k&pair == packString("ин")&pair || k&triple == packString("ина")&triple || k&pair == packString("ын")&pair
}

// normalPersonName keeps a name as it stands, with single spaces.
func normalPersonName(dst, value []byte) []byte {
	from := len(dst)
	space := false
	for p := 0; p < len(value); {
		size := 0
		switch b := value[p]; {
		case b == ' ' || b == '\t' || b == '\n' || b == '\r':
			size = 1
		case b == 0xC2 && p+1 < len(value) && value[p+1] == 0xA0:
			size = 2
		case b == 0xE2 && p+2 < len(value) && value[p+1] == 0x80 && value[p+2] == 0xAF:
			size = 3
		}
		if size > 0 {
			space = len(dst) > from
			p += size
			continue
		}
		if space {
			dst = append(dst, ' ')
			space = false
		}
		dst = append(dst, value[p])
		p++
	}
	return dst
}
