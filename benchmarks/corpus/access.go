package corpus

// access makes the log of a web server. With users, one line in a thousand tells who asked, by e-mail or by telephone,
// so that a scan of digits that are nothing can show that it still finds the ones that are something.
func (o *output) access(opt Options) {
	m := newMaker(opt.Seed, streamAccess, opt.With)
	whole := func(int) (string, int) { return "", 0 }
	for o.more(&opt) {
		m.reset()
		m.accessLine()
		if opt.With.Users && o.meta.Rows%1000 == 500 {
			m.accessUser()
		}
		o.buf = append(o.buf, m.text...)
		o.newline()
		o.note(m, o.meta.Rows, whole)
	}
}

// accessUser appends a field as log formats have them.
func (m *maker) accessUser() {
	if m.percent(50) {
		m.say(" user=")
		m.emailItem(m.person(false), 0)
		return
	}
	m.say(" phone=")
	m.tmp = m.phone(m.tmp[:0])
	m.number(Phone, "+7", m.tmp, "+7##########", 0)
}

// accessLine makes a line of a web server's log: digits everywhere and no personal data.
func (m *maker) accessLine() {
	m.ipv4()
	m.say(" - - [")
	m.text = append(two(m.text, m.between(1, 28)), "/Mar/2026:"...)
	m.text = append(m.clock(m.text), ':')
	m.text = append(two(m.text, m.n(60)), ` +0300] "GET /`...)
	m.say(m.pick(latinWords))
	m.text = append(m.text, '/')
	m.decimal(m.n(1000000))
	m.say("?v=")
	m.hex(8)
	m.say("&t=17")
	m.text = m.digits(m.text, 8)
	m.say(` HTTP/1.1" `)
	m.say(m.pick([]string{"200", "200", "200", "304", "404", "500"}))
	m.text = append(m.text, ' ')
	m.decimal(m.n(200000))
	m.say(` "-" "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/`)
	m.decimal(m.between(90, 140))
	m.say(`.0" rt=0.`)
	m.text = m.digits(m.text, 3)
	m.say(" id=")
	m.hex(16)
}
