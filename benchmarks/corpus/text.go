package corpus

// sentence appends 5 to 14 words and a full stop.
func (m *maker) sentence() {
	n := m.between(5, 14)
	r := m.src.Uint64()
	m.say(m.caps[m.zipf[r&4095]])
	for i := 1; i < n; i++ {
		if r >>= 12; r < 1<<20 {
			r = m.src.Uint64()
		}
		if r&4095 < 200 && i > 2 && i < n-1 {
			m.text = append(m.text, ',')
		}
		m.text = append(m.text, ' ')
		m.say(words[m.zipf[(r>>4)&4095]])
	}
	m.text = append(m.text, '.')
}

// speech appends a sentence and, often, an item or something that only looks like one.
func (m *maker) speech() {
	m.sentence()
	switch p := m.n(100); {
	case p < 26:
		m.text = append(m.text, ' ')
		m.item()
		m.stop()
	case p < 90:
		m.text = append(m.text, ' ')
		m.distractor()
		m.stop()
	}
}

func (m *maker) stop() {
	if m.text[len(m.text)-1] != '.' {
		m.text = append(m.text, m.pickByte(".;."))
	}
}

// distractor appends numbers and words that resemble personal data and are none.
func (m *maker) distractor() {
	switch m.n(13) {
	case 0:
		m.say("сумма ")
		m.text = append(m.text, '1'+byte(m.n(9)))
		m.text = m.digits(m.text, m.n(2))
		m.text = append(m.text, ' ')
		m.text = m.digits(m.text, 3)
		m.text = append(m.text, ',')
		m.text = m.digits(m.text, 2)
		m.say(" руб.")
	case 1:
		m.say("срок ")
		m.text = append(two(m.text, m.between(1, 28)), '.')
		m.text = append(two(m.text, m.between(1, 12)), '.')
		m.text = four(m.text, m.between(2019, 2026))
	case 2:
		m.say("заказ № ")
		m.text = append(m.text, '1'+byte(m.n(9)))
		m.text = m.digits(m.text, m.between(4, 6))
	case 3:
		m.say("код ")
		m.text = append(m.text, '1'+byte(m.n(9)))
		m.text = m.digits(m.text, 9)
	case 4:
		m.say("трек ")
		m.text = append(m.text, '1'+byte(m.n(9)))
		m.text = m.digits(m.text, 13)
	case 5:
		m.say("узел ")
		m.ipv4()
	case 6:
		m.say("https://docs.example.com/")
		m.say(m.pick(latinWords))
		m.text = append(m.text, '/')
		m.say(m.pick(latinWords))
		m.text = append(m.text, '/')
		m.text = m.digits(m.text, m.between(2, 5))
	case 7:
		m.say("ООО «")
		m.say(m.pick(companies))
		m.say("», ")
		m.say(m.pick(cities))
	case 8:
		m.say(m.pick(cities))
		m.say(", ул. ")
		m.say(m.pick(streets))
	case 9:
		m.say("сборка ")
		m.hex(m.between(8, 20))
	case 10:
		m.say("начало в ")
		m.text = m.clock(m.text)
	default:
		m.say(m.pick(latinWords))
		m.text = append(m.text, ' ')
		m.say(m.pick(latinWords))
	}
}

func (m *maker) ipv4() {
	m.say("10.")
	for i := range 3 {
		if i > 0 {
			m.text = append(m.text, '.')
		}
		m.decimal(m.n(256))
	}
}

func (m *maker) decimal(n int) {
	if n >= 10 {
		m.decimal(n / 10)
	}
	m.text = append(m.text, '0'+byte(n%10))
}

func (m *maker) hex(n int) {
	r := m.src.Uint64()
	for i := range n {
		if i%16 == 15 {
			r = m.src.Uint64()
		}
		m.text = append(m.text, "0123456789abcdef"[r&15])
		r >>= 4
	}
}

// logLine makes the next line of a log, without its ending.
func (m *maker) logLine() {
	switch p := m.n(100); {
	case p < 25:
		m.stamp()
		m.say(" INFO service=")
		m.say(m.pick(services))
		m.say(" req=")
		m.hex(12)
		m.say(" ms=")
		m.decimal(m.n(5000))
		m.say(` msg="`)
		m.speech()
		m.text = append(m.text, '"')
	case p < 75:
		m.text = append(m.text, '[')
		m.text = append(two(m.text, m.between(1, 28)), '.')
		m.text = append(two(m.text, m.between(1, 12)), '.')
		m.text = append(four(m.text, m.between(2023, 2026)), ' ')
		m.text = m.clock(m.text)
		m.say("] ")
		m.say(m.sex[m.n(2)].first[m.n(40)])
		m.say(": ")
		for n := m.between(1, 3); n > 0; n-- {
			m.speech()
			if n > 1 {
				m.text = append(m.text, ' ')
			}
		}
	default:
		for size := m.between(300, 1500); len(m.text) < size; {
			if len(m.text) > 0 {
				m.text = append(m.text, ' ')
			}
			m.speech()
		}
	}
}

// stamp appends a moment as service logs write it.
func (m *maker) stamp() {
	m.text = m.isoDate(m.text, 2023, 2026)
	m.text = append(m.text, 'T')
	m.text = append(m.clock(m.text), ':')
	m.text = append(two(m.text, m.n(60)), '.')
	m.text = append(m.digits(m.text, 3), 'Z')
}

// longLine makes a line of more than size bytes with an item near its end.
func (m *maker) longLine(size int) {
	for len(m.text) < size {
		m.speech()
		m.text = append(m.text, ' ')
	}
	m.say("Итого. ")
	from := len(m.items)
	m.item()
	for i := range m.items[from:] {
		m.items[from+i].note |= deep
	}
	m.stop()
}

// straddleLine makes a line in which an item lies across the byte that is room bytes ahead.
func (m *maker) straddleLine(room int) {
	m.item() // to learn how long it is; then filler goes before it
	it := m.items[len(m.items)-1]
	fill := max(room-(it.start+it.end)/2, 1)
	m.tmp = append(m.tmp[:0], m.text...)
	m.text = m.text[:0]
	for len(m.text) < fill {
		m.text = append(m.text, "----- "[len(m.text)%6])
	}
	m.text[fill-1] = ' '
	m.text = append(m.text, m.tmp...)
	for i := range m.items {
		m.items[i].start += fill
		m.items[i].end += fill
		m.items[i].note |= straddle
	}
}
