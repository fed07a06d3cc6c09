package detectors

// PersonName is the name of a natural person in Cyrillic or Latin: surname, given name, patronymic and initials in any
// order. There is no list of surnames: endings, agreement of gender and case, and a list of given names decide
// (names_match.go). A patronymic is the anchor.
var PersonName = declare(Detector{
	Kind:   "person_name",
	Class:  Direct,
	Doc:    Doc{RU: "имя человека (ФИО)", EN: "name of a person"},
	Prefix: "Лицо",
	Near:   []string{"фио", "зовут", "fio"}, // "клиент" and the like would take the numbers behind them away from other kinds
	Names: []string{"фио", "ф_и_о", "полное_имя", "фамилия_имя_отчество", "фамилия_имя", "клиент", "заявитель", "плательщик", "получатель", "владелец",
		"контактное_лицо", "абонент", "пациент", "сотрудник", "имя_клиента", "сотрудник_фио", "fio", "f_i_o", "klient", "zayavitel", "platelshik",
		"poluchatel", "vladelec", "kontakt_lico", "abonent", "sotrudnik", "full_name", "name", "person", "person_name", "contact_name", "holder",
		"cardholder", "cardholder_name", "recipient", "display_name", "client_name", "customer_name", "patient", "employee", "employee_name",
		"owner_name", "sender_name", "recipient_name", "піб", "пiб", "pib", "имя_получателя",
		// These are weak: firms stand there, too, and job titles.
		"исполнитель", "ответственный", "ответств", "директор", "ген_директор", "руководитель", "врач", "родитель", "водитель", "студент", "ученик",
		"менеджер", "представитель", "работник", "бухгалтер", "доверитель", "страхователь", "застрахованный", "арендатор", "заемщик", "должник",
		"участник", "гость", "гражданин", "физлицо", "ребенок", "мать", "отец", "супруг", "супруга", "опекун", "подписант", "агент", "кассир", "курьер",
		"преподаватель", "учитель", "начальник", "кандидат", "соискатель", "собственник", "индивидуальный_предприниматель", "driver", "doctor",
		"manager", "student", "teacher", "author", "candidate", "insured", "guest", "tenant", "borrower", "debtor", "representative", "director",
		"signer", "applicant", "child", "parent", "performer", "owner", "responsible", "ispolnitel", "otvetstvennyi", "direktor", "rukovoditel", "vrach",
		"voditel", "uchenik", "menedzher", "rabotnik"},
	Parts: []PartNames{
		{Part: Surname, Names: "фамилия прізвище фам familia fam famfl surname last_name lname family_name second_name_family lastname"},
		{Part: GivenName, Names: "имя ім_я ima im imfl first_name fname given_name firstname forename"},
		{Part: Patronymic, Names: "отчество по_батькові батькові отч otch ot otchfl middle_name patronymic mname middlename second_name"},
		{Part: GivenName, Names: "name имя", Loose: true},
	},
	Split:   2,
	Telling: true,
	Find:    findPersonName,
	Reach:   512,
	Fits:    fitsPersonName,
	Normal:  normalPersonName,
	Good:    goodNames,
	Bad:     badNames,
})

func findPersonName(dst []Finding, t *Text) []Finding {
	if len(t.Caps) == 0 {
		return dst
	}
	words := lexicon()
	a := t.Arena[:len(t.Arena)+24] // words are read 24 bytes at a time, the last ones into the padding
	var run [runLimit]nameWord
	var names [runLimit]namePattern
	var next uint32
	for _, p := range t.Caps {
		if p < next {
			continue
		}
		for {
			n, more, anchored := words.readRun(a, p, &run)
			if n == 0 {
				next = p + 1
				break
			}
			next = run[n-1].end
			k := 0
			if anchored {
				for i := range run[:n] {
					words.look(&run[i])
				}
				k = matchRun(run[:n], t.fills(run[0].start, run[n-1].end), &names)
			}
			if more {
				// The run goes on: what begins near its end is looked at again, together with what follows.
				keep := n - 4
				for k > 0 && int(names[k-1].from) > keep {
					k--
				}
				if k > 0 {
					keep = max(keep, int(names[k-1].to)-1)
				}
				next = run[keep].end
				if keep+1 < n {
					next = run[keep+1].start
				}
			}
			if anchored {
				dst = words.report(dst, t, run[:n], names[:k], next)
			}
			if !more {
				break
			}
			p = next
		}
	}
	return dst
}

// fills says whether a span fills its cell but for a full stop and spaces.
func (t *Text) fills(start, end uint32) bool {
	a := t.Arena
	for a[start-1] == ' ' {
		start--
	}
	for a[end] == ' ' || a[end] == '.' {
		end++
	}
	return a[start-1] == 0 && a[end] == 0
}

// report appends the names of a run, weighed by what stands around them. Words from limit on are not of this run.
func (t *wordTable) report(dst []Finding, text *Text, run []nameWord, names []namePattern, limit uint32) []Finding {
	a := text.Arena
	at := 0
	for i := 0; i < len(run) && run[i].start < limit; {
		if at < len(names) && int(names[at].from) == i {
			m := &names[at]
			at++
			i = int(m.to)
			f := Finding{Start: run[m.from].start, End: run[m.to-1].end, Score: m.score, Evidence: m.evidence}
			if f.Score < Mask {
				continue
			}
			t.weigh(&f, a, run[m.from:m.to])
			if text.fills(f.Start, f.End) {
				f.Evidence |= Whole
			}
			dst = append(dst, f)
			continue
		}
		w := &run[i]
		if w.is&isGiven != 0 && w.is&(isDoubtful|isStop) == 0 && w.kind == proper {
			if before := t.before(a, w.start); before.is&isCue != 0 && before.near {
				f := Finding{Start: w.start, End: w.end, Score: 60, Evidence: Dictionary | Keyword}
				dst = append(dst, f)
			}
		}
		i++
	}
	return dst
}

// weigh lets the words around a name speak.
func (t *wordTable) weigh(f *Finding, a []byte, words []nameWord) {
	ours := true
	anchored := false
	for i := range words {
		w := &words[i]
		if w.kind != initial && w.kind != twoInits {
			ours = ours && t.maySynthetic(w) && SyntheticName(a[w.start:w.end])
		}
		anchored = anchored || w.is&isPatronymic != 0
	}
	if ours {
		f.Score, f.Evidence = 0, Synthetic
		return
	}
	against := false
	b := t.before(a, f.Start)
	switch {
	case b.is&isCue != 0 && b.near:
		f.Evidence |= Keyword
		f.Score = min(max(f.Score, 58)+12, 97)
	case b.is&isStreet != 0 && b.gap == gapSpace, b.is&isFirm != 0 && b.gap == gapQuote:
		against = true
	case b.gap == gapSpace && b.proper:
		// A rank or a first word of the name stands between: ул. Академика Королёва, ООО «Завод Петрова».
		if c := t.before(a, b.start); c.is&isStreet != 0 && c.gap == gapSpace || c.is&isFirm != 0 && c.gap == gapQuote {
			against = true
		}
	}
	against = against || t.streetAfter(a, f.End)
	if against {
		f.Evidence |= Negative
		f.Score = min(f.Score, 25)
		if anchored {
			f.Score = 60
		}
	}
}

// A neighbour is the word before a name.
type neighbour struct {
	is     wordClass
	start  uint32
	gap    gapKind
	near   bool // nothing but spaces and light punctuation stands between
	proper bool
}

type gapKind uint8

const (
	gapOther gapKind = iota
	gapSpace         // spaces, and the dot of an abbreviation
	gapQuote         // an opening quote
)

// before reads the word before p, in the same cell.
func (t *wordTable) before(a []byte, p uint32) (w neighbour) {
	q := p
	w.gap = gapSpace
	quote, colon := false, false
	for {
		switch b := a[q-1]; {
		case b == ' ', b == '.', b == '\t':
			q--
		case b == 0xA0 && a[q-2] == 0xC2:
			q -= 2
		case b == '"', b == '\'':
			quote = true
			q--
		case b == 0xAB && a[q-2] == 0xC2, b == 0xBB && a[q-2] == 0xC2: // « »
			quote = true
			q -= 2
		case (b == 0x9C || b == 0x9E) && a[q-2] == 0x80 && q >= 3 && a[q-3] == 0xE2: // “ „
			quote = true
			q -= 3
		case (b == 0x93 || b == 0x94) && a[q-2] == 0x80 && q >= 3 && a[q-3] == 0xE2: // dashes
			colon = true
			q -= 3
		case b == ':', b == ',', b == '-', b == '(', b == '=':
			colon = true
			q--
		default:
			goto word
		}
		if p-q > 8 {
			return neighbour{}
		}
	}
word:
	w.near = q < p
	if quote {
		w.gap = gapQuote
	}
	if colon {
		w.gap = gapOther
	}
	end := q
	for end-q < 48 {
		b := a[q-1]
		if b >= 0x80 && b&0xC0 == 0x80 && a[q-2]&^3 == 0xD0 {
			q -= 2
		} else if b < 0x80 && (asciiLetter[b] != 0 || b == '-' && q < end) {
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
	return w
}

// streetAfter says whether a word for a street follows: Ленина ул., Lenin Street. After a dot, a capital letter begins
// the next sentence.
func (t *wordTable) streetAfter(a []byte, p uint32) bool {
	dot := a[p-1] == '.'
	for i := 0; i < 2 && a[p] == ' '; i++ {
		p++
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
		if w.kind == oddWord || w.is&isStop != 0 && w.is&isGiven == 0 {
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
