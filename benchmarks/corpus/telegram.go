package corpus

import (
	"strconv"
	"time"
)

// telegram writes a chat the way the desktop client exports one: one space of indent, 300 people, every
// text again in text_entities, and a fifth of the messages as an array with a phone entity in it. Names of
// senders are first names with a made-up nickname; they are not planted items.
func (o *output) telegram(opt Options) {
	m := newMaker(opt.Seed, streamTelegram, opt.With)
	j := chatWriter{o: o, m: m, minified: opt.With.Minified, escapes: opt.With.Escapes}
	people := make([]string, 300)
	for i := range people {
		people[i] = m.pick(m.sex[m.n(2)].first) + " " + m.pick(latinWords)
	}
	field := func(int) (string, int) { return "text", 0 }
	j.line(0, "{")
	j.line(1, `"name": "`, m.pick(companies), `",`)
	j.line(1, `"type": "private_supergroup",`)
	j.line(1, `"id": 1700000001,`)
	j.line(1, `"messages": [`)
	second := int64(1_700_000_000)
	for first := true; o.more(&opt); first = false {
		m.reset()
		if !first {
			j.raw(",")
			j.end()
		}
		from := m.n(len(people))
		second += int64(m.n(600))
		j.message(o.meta.Rows, second, people[from], from, opt)
		o.note(m, o.meta.Rows, field)
	}
	j.end()
	j.line(1, "]")
	j.line(0, "}")
}

type chatWriter struct {
	o                 *output
	m                 *maker
	minified, escapes bool
	num               []byte
}

func (j *chatWriter) raw(parts ...string) {
	for _, p := range parts {
		j.o.buf = append(j.o.buf, p...)
	}
}

func (j *chatWriter) indent(n int) {
	if !j.minified {
		j.raw("        "[:n])
	}
}

// end ends a line, where there are lines.
func (j *chatWriter) end() {
	if !j.minified {
		j.o.newline()
	}
}

func (j *chatWriter) line(n int, parts ...string) {
	j.indent(n)
	j.raw(parts...)
	j.end()
}

func (j *chatWriter) str(s []byte) { j.o.buf = jsonString(j.o.buf, s, j.escapes) }

func (j *chatWriter) message(id, second int64, from string, user int, opt Options) {
	m := j.m
	j.line(2, "{")
	j.line(3, `"id": `, j.itoa(id), ",")
	j.line(3, `"type": "message",`)
	j.indent(3)
	j.raw(`"date": "`)
	j.num = append(time.Unix(second, 0).UTC().AppendFormat(j.num[:0], "2006-01-02T15:04:05"), `",`...)
	j.o.buf = append(j.o.buf, j.num...)
	j.end()
	j.line(3, `"date_unixtime": "`, j.itoa(second), `",`)
	j.indent(3)
	j.raw(`"from": `)
	j.str([]byte(from))
	j.raw(",")
	j.end()
	j.line(3, `"from_id": "user`, j.itoa(int64(100_000_000+user*7919)), `",`)
	switch {
	case opt.With.Huge && id == 3:
		m.longLine(1<<20 + 1<<12)
	case opt.With.Long && id%2000 == 500:
		m.longLine(1<<16 + 1<<10)
	case m.percent(20):
		j.entities()
		return
	default:
		for n := m.between(1, 4); n > 0; n-- {
			m.speech()
			if n > 1 {
				m.say(" ")
			}
		}
	}
	j.indent(3)
	j.raw(`"text": `)
	j.str(m.text)
	j.raw(",")
	j.end()
	j.line(3, `"text_entities": [`)
	j.entity(4, "plain", m.text, true)
	j.line(3, "]")
	j.indent(2)
	j.raw("}")
}

// entities writes a message with a phone number as an entity of its own.
func (j *chatWriter) entities() {
	m := j.m
	m.sentence()
	m.say(" ")
	a := len(m.text)
	m.phoneItem(bare)
	b := len(m.text)
	m.say(" ")
	m.sentence()
	j.line(3, `"text": [`)
	j.indent(4)
	j.str(m.text[:a])
	j.raw(",")
	j.end()
	j.entity(4, "phone", m.text[a:b], false)
	j.indent(4)
	j.str(m.text[b:])
	j.end()
	j.line(3, `],`)
	j.line(3, `"text_entities": [`)
	j.entity(4, "plain", m.text[:a], false)
	j.entity(4, "phone", m.text[a:b], false)
	j.entity(4, "plain", m.text[b:], true)
	j.line(3, "]")
	j.indent(2)
	j.raw("}")
}

func (j *chatWriter) entity(n int, kind string, text []byte, last bool) {
	j.line(n, "{")
	j.line(n+1, `"type": "`, kind, `",`)
	j.indent(n + 1)
	j.raw(`"text": `)
	j.str(text)
	j.end()
	j.indent(n)
	j.raw("}")
	if !last {
		j.raw(",")
	}
	j.end()
}

func (j *chatWriter) itoa(n int64) string { return strconv.FormatInt(n, 10) }
