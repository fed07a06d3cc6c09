package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"unicode/utf8"

	"bezlik/connectors"
	"bezlik/pipeline"
)

// A textReport turns the stream of messages into tables for people. It keeps the lines of one object at a time.
type textReport struct {
	a       *app
	w       io.Writer
	explain bool
	object  string
	table   *tabwriter.Writer
	headed  bool // the table has its head
	clear   int  // columns of the object in which nothing was found
}

func (t *textReport) emit(m *pipeline.Message) error {
	switch {
	case m.Column != nil:
		return t.column(m.Column)
	case m.Finding != nil:
		return t.finding(m.Finding)
	case m.Part != nil:
		t.part(m.Part)
	case m.Problem != nil:
		t.flush()
		fmt.Fprintf(t.w, "%s %s\n", t.a.say("НЕ ПРОЧИТАНО", "NOT READ"), t.a.where(m.Problem))
	case m.End != nil:
		t.end(m.End)
	}
	return nil
}

func (t *textReport) column(c *pipeline.ColumnLine) error {
	if c.Object != t.object {
		t.flush()
		t.object = c.Object
		fmt.Fprintf(t.w, "\n%s\n", printable(c.Object))
		t.table, t.headed = tabwriter.NewWriter(t.w, 2, 0, 2, ' ', 0), false
	}
	name := printable(c.Field)
	if c.Key {
		name += t.a.say(" (ключи)", " (keys)")
	}
	any := false
	for _, k := range c.Kinds {
		if k.Count == 0 {
			continue
		}
		t.head()
		kind := k.Kind
		if c.FreeText && c.Label == "" {
			kind += t.a.say(" в тексте", " in text")
		}
		fmt.Fprintf(t.table, "  %s\t%s\t%s\t%s\t%.2f\t%s\n", name, kind, t.a.word(k.Class), thousands(k.Count), k.Score, t.a.words(k.Evidence))
		name, any = "", true
	}
	if !any {
		t.clear++
	}
	if t.explain && c.Explain != "" {
		if !any {
			t.head()
			fmt.Fprintf(t.table, "  %s\n", name)
		}
		fmt.Fprintf(t.table, "  \t└ %s\n", printable(c.Explain))
	}
	return nil
}

// head prints the head of a table before its first line.
func (t *textReport) head() {
	if !t.headed {
		fmt.Fprintln(t.table, "  "+t.a.say("колонка\tвид\tкласс\tнайдено\tуверенность\tпочему", "column\tkind\tclass\tfound\tscore\tevidence"))
		t.headed = true
	}
}

func (t *textReport) finding(f *pipeline.FindingLine) error {
	t.flush()
	shown := printable(f.Sample)
	if f.Value != nil {
		shown = printable(*f.Value)
	}
	_, err := fmt.Fprintf(t.w, "%s:%d:%s\t%s\t%.2f\t%s\n", printable(f.Object), f.Row, printable(f.Field), f.Kind, f.Score, shown)
	return err
}

func (t *textReport) part(p *pipeline.PartEnd) {
	if len(p.Notes) == 0 {
		return
	}
	t.flush()
	for i := range p.Notes {
		fmt.Fprintf(t.w, "%s %s\n", t.a.say("заметка:", "note:"), t.a.where(&p.Notes[i]))
	}
}

// flush ends the table at hand.
func (t *textReport) flush() {
	if t.table == nil {
		return
	}
	t.table.Flush()
	if t.clear > 0 {
		fmt.Fprintf(t.w, "  "+t.a.say("колонок без находок: %d\n", "columns with nothing found: %d\n"), t.clear)
	}
	t.table, t.object, t.clear = nil, "", 0
}

func (t *textReport) end(e *pipeline.End) {
	t.flush()
	a := t.a
	fmt.Fprintf(t.w, "\n%s, %s, %s", a.many(int64(e.Objects), "объект|объекта|объектов", "object|objects"),
		a.many(e.Rows, "запись|записи|записей", "record|records"), a.many(e.Findings, "находка|находки|находок", "finding|findings"))
	if len(e.Kinds) > 0 {
		var s []string
		for _, k := range slices.Sorted(maps.Keys(e.Kinds)) {
			s = append(s, fmt.Sprintf("%s %s", k, thousands(e.Kinds[k])))
		}
		fmt.Fprintf(t.w, ": %s", strings.Join(s, ", "))
	}
	fmt.Fprintln(t.w)
	if n := len(e.Unsupported); n > 0 {
		fmt.Fprintf(t.w, t.a.say("файлов неизвестного формата, не прочитано: %d (%s)\n", "files of a format we do not read: %d (%s)\n"), n, few(e.Unsupported))
	}
	if n := len(e.LeftOut); n > 0 {
		fmt.Fprintf(t.w, t.a.say("исключено по просьбе: %d (%s)\n", "left out as asked: %d (%s)\n"), n, few(e.LeftOut))
	}
	if !e.Complete {
		fmt.Fprintln(t.w, a.say("СКАНИРОВАНИЕ НЕПОЛНОЕ: не прочитано ", "THE SCAN IS INCOMPLETE: ")+
			a.many(int64(e.Problems), "место|места|мест", "place was not read|places were not read"))
	}
}

// where tells a problem with its place.
func (a *app) where(p *connectors.Problem) string {
	var s strings.Builder
	s.WriteString(printable(p.Object))
	if p.Row > 0 {
		fmt.Fprintf(&s, ":%d", p.Row)
	}
	if p.Offset > 0 {
		fmt.Fprintf(&s, a.say(" (байт %d)", " (byte %d)"), p.Offset)
	}
	fmt.Fprintf(&s, ": %s", a.plain(p.Message))
	if p.Message == "" {
		s.WriteString(p.Kind)
	}
	if p.Hint != "" {
		fmt.Fprintf(&s, " — %s", a.plain(p.Hint))
	}
	return s.String()
}

// few shows the first names of many.
func few(names []string) string {
	const most = 5
	if len(names) <= most {
		return printable(strings.Join(names, ", "))
	}
	return printable(strings.Join(names[:most], ", ")) + ", …"
}

// printable makes a name from a source safe for a terminal: no control or formatting characters.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < ' ', r == 0x7f, r >= 0x80 && r < 0xA0, r == utf8.RuneError, r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
			return '·'
		}
		return r
	}, s)
}

// thousands groups digits by threes with a thin no-break space.
func thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "\u202f" + s[i:]
	}
	return s
}
