package corpus

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// The kinds of planted items, by the names that reports use.
const (
	Phone    = "phone"
	Name     = "person_name"
	Email    = "email"
	Passport = "passport"
	INN      = "inn"
	INNOrg   = "inn_org"
	SNILS    = "snils"
	Card     = "card"
	// Columns of the table hold these too; they are listed in the truth but not counted as planted.
	BirthDate = "birth_date"
	Address   = "address"
)

// An item is what was planted in the text of a maker: offsets in text and in norm.
type item struct {
	kind             string
	start, end       int
	move             int // added to the offsets in the cell: of a copy in another column
	normal, normalTo int
	field            int
	note             note
}

// note says what makes an item harder than the common case.
type note uint16

const (
	bare     note = 1 << iota // no word beside it says what it is
	rare                      // name that a list of names will not hold
	upper                     // ИВАНОВ ИВАН
	lower                     // иванов иван
	nbsp                      // separated by no-break spaces or en dashes
	straddle                  // lies across a multiple of 64 KiB of the file
	deep                      // more than 64 KiB from the start of its line
)

var noteNames = []string{"bare", "rare", "upper", "lower", "nbsp", "straddle", "deep"}

// maker makes text with items in it. Everything it appends goes to text; begin a record with reset.
type maker struct {
	dice
	With
	text  []byte
	norm  []byte
	items []item
	tmp   []byte
	field int
	zipf  *[4096]uint16
	sex   [2]*gender
	caps  []string // words with a capital letter
}

func newMaker(seed, stream uint64, w With) *maker {
	m := &maker{dice: newDice(seed, stream), With: w, sex: [2]*gender{newGender(false), newGender(true)}}
	m.zipf = zipf(len(words))
	m.caps = each(words, func(s string) string {
		r, n := utf8.DecodeRuneInString(s)
		return string(unicode.ToUpper(r)) + s[n:]
	})
	return m
}

// zipf is a table in which index i stands about 1/(i+8) of the time.
func zipf(n int) *[4096]uint16 {
	total := 0.0
	for i := range n {
		total += 1 / float64(i+8)
	}
	t := new([4096]uint16)
	at, sum := 0, 0.0
	for i := range n {
		sum += 1 / float64(i+8)
		for ; at < int(sum/total*4096) && at < 4096; at++ {
			t[at] = uint16(i)
		}
	}
	for ; at < 4096; at++ {
		t[at] = uint16(n - 1)
	}
	return t
}

func (m *maker) reset() { m.text, m.norm, m.items, m.field = m.text[:0], m.norm[:0], m.items[:0], 0 }

func (m *maker) say(s string) { m.text = append(m.text, s...) }

// plant registers text[start:] as an item whose normal form is norm[from:].
func (m *maker) plant(kind string, start, from int, n note) {
	m.items = append(m.items, item{kind: kind, start: start, end: len(m.text), normal: from, normalTo: len(m.norm), field: m.field, note: n})
}

// number plants digits made by make in one of the shapes.
func (m *maker) number(kind, prefix string, digits []byte, pattern string, n note) {
	start, from := len(m.text), len(m.norm)
	m.norm = append(append(m.norm, prefix...), digits...)
	m.text = shape(m.text, pattern, digits)
	if m.NBSP && (kind == Phone || kind == SNILS) && m.percent(30) && m.unbreak(start) {
		n |= nbsp
	}
	m.plant(kind, start, from, n)
}

// unbreak turns spaces into no-break spaces and hyphens into en dashes in text[start:].
func (m *maker) unbreak(start int) bool {
	m.tmp = append(m.tmp[:0], m.text[start:]...)
	if bytes.IndexByte(m.tmp, ' ') < 0 && bytes.IndexByte(m.tmp, '-') < 0 {
		return false
	}
	m.text = m.text[:start]
	for _, c := range m.tmp {
		switch c {
		case ' ':
			m.text = append(m.text, "\u00a0"...)
		case '-':
			m.text = append(m.text, "–"...)
		default:
			m.text = append(m.text, c)
		}
	}
	return true
}

var (
	phoneShapes    = []string{"+7 (###) ###-##-##", "8-###-###-##-##", "+7##########", "8##########", "8 (###) ###-##-##", "+7 ### ### ## ##", "+7-###-###-##-##"}
	passportShapes = []string{"## ## ######", "#### ######", "#### № ######", "## ## №######"}
	passportCues   = []string{"", "", "паспорт серия ", "паспорт: "}
	phoneCues      = []string{"", "звоните ", "мой номер ", "тел. ", "перезвоните на ", ""}
	emailCues      = []string{"", "почта ", "пишите на ", "скиньте на ", ""}
	nameCues       = []string{"", "клиент ", "от ", "получатель ", "принял ", ""}
	cardCues       = []string{"карта ", "на карту ", "номер карты ", ""}
	mailHosts      = []string{"pochta.example.org", "mail.example.com", "post.example.net", "box.example.org", "office.example.com", "pismo.example.net"}
)

// item plants one item of a random kind, with or without a word before it.
func (m *maker) item() {
	switch p := m.n(100); {
	case p < 25:
		cue := m.pick(phoneCues)
		m.say(cue)
		m.phoneItem(noteIf(cue == "", bare))
	case p < 50:
		cue := m.pick(nameCues)
		m.say(cue)
		m.nameItem(noteIf(cue == "", bare))
	case p < 65:
		cue := m.pick(emailCues)
		m.say(cue)
		m.emailItem(m.person(false), noteIf(cue == "", bare))
	case p < 75:
		i := m.n(len(passportShapes))
		m.say(passportCues[i])
		m.tmp = m.passport(m.tmp[:0])
		m.number(Passport, "", m.tmp, passportShapes[i], noteIf(passportCues[i] == "", bare))
	case p < 83:
		b := m.percent(20)
		if !b {
			m.say("ИНН ")
		}
		m.tmp = m.inn12(m.tmp[:0])
		m.number(INN, "", m.tmp, "############", noteIf(b, bare))
	case p < 88:
		m.say("ИНН организации ")
		m.tmp = m.inn10(m.tmp[:0])
		m.number(INNOrg, "", m.tmp, "##########", 0)
	case p < 95:
		m.tmp = m.snils(m.tmp[:0])
		if m.percent(25) {
			m.say("СНИЛС ")
			m.number(SNILS, "", m.tmp, "###########", 0)
			return
		}
		b := m.percent(50)
		if !b {
			m.say("СНИЛС ")
		}
		m.number(SNILS, "", m.tmp, "###-###-### ##", noteIf(b, bare))
	default:
		cue := m.pick(cardCues)
		m.say(cue)
		m.tmp = m.card(m.tmp[:0])
		m.number(Card, "", m.tmp, "#### #### #### ####", noteIf(cue == "", bare))
	}
}

func noteIf(b bool, n note) note {
	if b {
		return n
	}
	return 0
}

func (m *maker) phoneItem(n note) {
	m.tmp = m.phone(m.tmp[:0])
	m.number(Phone, "+7", m.tmp, m.pick(phoneShapes), n)
}

// who is a person: indices of names in a gender. Rare names have their own lists.
type who struct {
	g                   *gender
	first, middle, last int
	rare                bool
	surname             [3]string // of a rare surname
}

// person draws somebody; rareOK lets in, now and then, names that no list of common names holds.
func (m *maker) person(rareOK bool) who {
	g := m.sex[m.n(2)]
	w := who{g: g, first: m.n(len(g.first)), middle: m.n(len(g.middle)), last: m.n(len(g.last))}
	chance := 2
	if m.Rare {
		chance = 25
	}
	if m.percent(chance) && rareOK {
		w.rare, w.first, w.middle = true, m.n(len(g.rareFirst)), m.n(len(g.rareMiddle))
		w.surname = [3]string{m.pick(rareHead), m.pick(rareMiddle), m.pick(rareTail)}
	}
	return w
}

func (m *maker) sayLast(w who, to bool) {
	switch {
	case !w.rare && to:
		m.say(w.g.lastTo[w.last])
	case !w.rare:
		m.say(w.g.last[w.last])
	default:
		s := w.surname[0] + w.surname[1] + w.surname[2]
		female := w.g == m.sex[1]
		if female {
			s += "а"
		}
		if to {
			s = dativeSurname(s, female)
		}
		m.say(s)
	}
}

func (m *maker) sayFirst(w who, to bool) {
	switch {
	case w.rare && to:
		m.say(dative(w.g.rareFirst[w.first]))
	case w.rare:
		m.say(w.g.rareFirst[w.first])
	case to:
		m.say(w.g.firstTo[w.first])
	default:
		m.say(w.g.first[w.first])
	}
}

func (m *maker) sayMiddle(w who, to bool) {
	switch {
	case w.rare && to:
		m.say(dative(w.g.rareMiddle[w.middle]))
	case w.rare:
		m.say(w.g.rareMiddle[w.middle])
	case to:
		m.say(w.g.middleTo[w.middle])
	default:
		m.say(w.g.middle[w.middle])
	}
}

func (m *maker) sayInitials(w who, sep string) {
	first, middle := w.g.firstInitial, w.g.middleInitial
	if w.rare {
		first, middle = w.g.rareFI, w.g.rareMI
	}
	m.say(first[w.first])
	m.say(sep)
	m.say(middle[w.middle])
}

// nameItem plants a name in one of five forms.
func (m *maker) nameItem(n note) {
	w := m.person(true)
	start := len(m.text)
	switch p := m.n(100); {
	case p < 50:
		m.fullName(w, false)
	case p < 70:
		m.sayFirst(w, false)
		m.say(" ")
		m.sayMiddle(w, false)
		m.say(" ")
		m.sayLast(w, false)
	case p < 80:
		m.sayLast(w, false)
		m.say(" ")
		m.sayInitials(w, " ")
	case p < 90:
		m.sayInitials(w, "")
		m.say(" ")
		m.sayLast(w, false)
	default:
		m.fullName(w, true)
	}
	m.plantName(start, w, n)
}

func (m *maker) fullName(w who, to bool) {
	m.sayLast(w, to)
	m.say(" ")
	m.sayFirst(w, to)
	m.say(" ")
	m.sayMiddle(w, to)
}

func (m *maker) plantName(start int, w who, n note) {
	if w.rare {
		n |= rare
	}
	if m.Case && m.percent(50) && bytes.IndexByte(m.text[start:], '.') < 0 {
		var changed []byte
		if m.percent(50) {
			n, changed = n|upper, bytes.ToUpper(m.text[start:])
		} else {
			n, changed = n|lower, bytes.ToLower(m.text[start:])
		}
		m.text = append(m.text[:start], changed...)
	}
	from := len(m.norm)
	m.norm = append(m.norm, m.text[start:]...)
	m.plant(Name, start, from, n)
}

func (m *maker) emailItem(w who, n note) {
	start, from := len(m.text), len(m.norm)
	if m.percent(50) {
		m.say(w.g.latinFirst[w.first%len(w.g.latinFirst)])
	} else {
		m.text = append(m.text, w.g.latinFirst[w.first%len(w.g.latinFirst)][0])
	}
	m.text = append(m.text, m.pickByte("._-"))
	m.say(w.g.latinLast[w.last])
	m.text = m.digits(m.text, m.between(1, 4))
	m.text = append(m.text, '@')
	m.say(m.pick(mailHosts))
	m.norm = append(m.norm, m.text[start:]...)
	m.plant(Email, start, from, n)
}
