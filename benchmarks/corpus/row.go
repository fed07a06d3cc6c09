package corpus

// Columns of the table.
var columns = []string{"id", "full_name", "birth_date", "gender", "phone", "email", "inn", "snils", "passport", "address", "comment", "created_at"}

const (
	colID = iota
	colName
	colBirth
	colGender
	colPhone
	colEmail
	colINN
	colSNILS
	colPassport
	colAddress
	colComment
	colCreated
)

// row is one row of the table: cell i is text[ends[i-1]:ends[i]] of the maker.
type row struct {
	*maker
	ends [12]int
}

func (r *row) cell(i int) []byte { return r.text[r.start(i):r.ends[i]] }

func (r *row) start(i int) int {
	if i == 0 {
		return 0
	}
	return r.ends[i-1]
}

func (r *row) end() {
	r.ends[r.field] = len(r.text)
	r.field++
}

// next makes row n. Every form of the table calls it alike, so all hold the same rows.
func (r *row) next(n int64) {
	m := r.maker
	m.reset()
	m.decimal(int(n))
	r.end()

	w := m.person(true)
	start := len(m.text)
	m.fullName(w, false)
	m.plantName(start, w, 0)
	r.end()

	start, from := len(m.text), len(m.norm)
	m.text = m.isoDate(m.text, 1945, 2007)
	m.norm = append(m.norm, m.text[start:]...)
	m.plant(BirthDate, start, from, 0)
	r.end()

	m.say([]string{"м", "ж"}[m.female(w)])
	r.end()

	if m.Numeric {
		m.tmp = m.phone(m.tmp[:0])
		m.number(Phone, "+7", m.tmp, "7##########", 0)
	} else {
		m.phoneItem(0)
	}
	r.end()

	m.emailItem(mail(m, w), 0)
	r.end()

	m.tmp = m.inn12(m.tmp[:0])
	m.number(INN, "", m.tmp, "############", 0)
	r.end()

	m.tmp = m.snils(m.tmp[:0])
	if m.percent(25) {
		m.number(SNILS, "", m.tmp, "###########", 0)
	} else {
		m.number(SNILS, "", m.tmp, "###-###-### ##", 0)
	}
	r.end()

	m.tmp = m.passport(m.tmp[:0])
	m.number(Passport, "", m.tmp, "#### ######", 0)
	r.end()

	start, from = len(m.text), len(m.norm)
	m.say("г. ")
	m.say(m.pick(cities))
	m.say(", ул. ")
	m.say(m.pick(streets))
	m.say(", д. ")
	m.decimal(m.between(1, 150))
	m.say(", кв. ")
	m.decimal(m.between(1, 300))
	m.norm = append(m.norm, m.text[start:]...)
	m.plant(Address, start, from, 0)
	r.end()

	r.comment(n)
	r.end()

	m.text = m.isoDate(m.text, 2019, 2026)
	m.text = append(m.text, ' ')
	m.text = append(m.clock(m.text), ':')
	m.text = two(m.text, m.n(60))
	r.end()
}

// comment is empty, a sentence, a quotation, a text with items, or has a line break in it.
func (r *row) comment(n int64) {
	m := r.maker
	p := m.n(100)
	switch {
	case m.NoComment:
	case m.Huge && n == 3:
		m.longLine(1<<20 + 1<<12)
	case m.Long && n%2000 == 500:
		m.longLine(1<<16 + 1<<10)
	case p < 40:
	case p < 50:
		m.sentence()
		m.say(" Просили передать: ")
		m.item()
		m.stop()
		if m.percent(30) {
			m.say(" Ещё ")
			m.item()
			m.stop()
		}
	case p < 60:
		m.say(`Сказано: "`)
		m.sentence()
		m.say(`", фирма «`)
		m.say(m.pick(companies))
		m.say("»")
	case p < 63 && !m.OneLine:
		m.sentence()
		m.text = append(m.text, '\n')
		m.sentence()
	default:
		m.sentence()
	}
}

func (m *maker) female(w who) int {
	if w.g == m.sex[1] {
		return 1
	}
	return 0
}

// mail is the person an address is made from: rare names have no Latin form, so a common one steps in.
func mail(m *maker, w who) who {
	if w.rare {
		return m.person(false)
	}
	return w
}
