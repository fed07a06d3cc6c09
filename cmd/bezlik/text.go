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
	headed  bool       // the table has its head
	names   *nameTable // of a scan of names only
	clear   int        // columns of the object in which nothing was found
}

func (t *textReport) emit(m *pipeline.Message) error {
	switch {
	case m.Start != nil && m.Start.Names:
		t.names = &nameTable{kinds: map[string]int64{}}
	case m.Column != nil && t.names != nil:
		t.named(m.Column)
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
	t.enter(c.Object)
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
		fmt.Fprintf(t.table, "  \t└ %s: %s\n", t.a.word(c.Role), printable(c.Explain))
	}
	return nil
}

// enter begins the table of another object.
func (t *textReport) enter(object string) {
	if object == t.object {
		return
	}
	t.flush()
	t.object = object
	fmt.Fprintf(t.w, "\n%s\n", printable(object))
	t.table, t.headed = tabwriter.NewWriter(t.w, 2, 0, 2, ' ', 0), false
}

// head prints the head of a table before its first line.
func (t *textReport) head() {
	if t.headed {
		return
	}
	columns := t.a.say("колонка\tвид\tкласс\tнайдено\tуверенность\tпочему", "column\tkind\tclass\tfound\tscore\tevidence")
	if t.names != nil {
		columns = t.a.say("колонка\tвид\tкласс\tуверенность", "column\tkind\tclass\tscore")
	}
	fmt.Fprintln(t.table, "  "+columns)
	t.headed = true
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
	switch {
	case t.clear > 0 && t.names != nil:
		fmt.Fprintf(t.w, "  "+t.a.say("колонок, имя которых ничего не говорит: %d\n", "columns whose name tells nothing: %d\n"), t.clear)
	case t.clear > 0:
		fmt.Fprintf(t.w, "  "+t.a.say("колонок без находок: %d\n", "columns with nothing found: %d\n"), t.clear)
	}
	t.table, t.object, t.clear = nil, "", 0
}

func (t *textReport) end(e *pipeline.End) {
	t.flush()
	a := t.a
	if t.names != nil {
		t.nameCounts(e)
	} else {
		t.counts(e)
	}
	if n := len(e.Unsupported); n > 0 {
		fmt.Fprintf(t.w, t.a.say("файлов неизвестного формата, не прочитано: %d (%s)\n", "files of a format we do not read: %d (%s)\n"), n, few(e.Unsupported))
	}
	if n := len(e.LeftOut); n > 0 {
		fmt.Fprintf(t.w, t.a.say("исключено по просьбе: %d (%s)\n", "left out as asked: %d (%s)\n"), n, few(e.LeftOut))
	}
	for i, q := range e.Quasi {
		if i == 0 {
			fmt.Fprintln(t.w, a.say("вместе указывают на человека (квазиидентификаторы):", "together they identify a person (quasi-identifiers):"))
		}
		fmt.Fprintf(t.w, "  %s: %s\n", printable(q.Object), printable(strings.Join(q.Fields, ", ")))
	}
	t.exposure(e.Exposure)
	if !e.Complete {
		fmt.Fprintln(t.w, a.say("СКАНИРОВАНИЕ НЕПОЛНОЕ: не прочитано ", "THE SCAN IS INCOMPLETE: ")+
			a.many(int64(e.Problems), "место|места|мест", "place was not read|places were not read"))
	}
}

// counts tells how much was found.
func (t *textReport) counts(e *pipeline.End) {
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
}

// exposure tells what a leak of each source would mean, if anything personal was found.
func (t *textReport) exposure(all []*pipeline.Exposure) {
	all = slices.DeleteFunc(slices.Clone(all), func(x *pipeline.Exposure) bool { return x.Fines == nil || x.Level == nil })
	if len(all) == 0 {
		return
	}
	a := t.a
	fmt.Fprintln(t.w, "\n"+a.say("Если это утечёт: оценка по найденному", "If this leaks: an estimate from what was found"))
	table := tabwriter.NewWriter(t.w, 2, 0, 2, ' ', 0)
	fmt.Fprintln(table, "  "+a.say("источник\tлюдей\tидентификаторов\tчто\tКоАП, ст. 13.11: штраф юрлица\tзащита",
		"source\tpeople\tidentifiers\twhat\tKoAP art. 13.11: fine of a company\tprotection"))
	incomplete := false
	for _, x := range all {
		levels := fmt.Sprintf(a.say("УЗ-%d", "level %d"), x.Level.Lower)
		if x.Level.Upper != x.Level.Lower {
			levels += fmt.Sprintf(a.say(" или УЗ-%d", " or %d"), x.Level.Upper)
		}
		source, people, ids := printable(x.Source), between(x.Subjects), between(x.Identifiers)
		if x.Incomplete {
			source, incomplete = source+" *", true
		}
		for _, fine := range a.fines(x.Fines) {
			fmt.Fprintf(table, "  %s\t%s\t%s\t%s\t%s\t%s\n", source, people, ids, fine[0], fine[1], levels)
			source, people, ids, levels = "", "", "", ""
		}
	}
	table.Flush()
	if incomplete {
		fmt.Fprintln(t.w, "  "+a.say("* прочитано не всё: людей и идентификаторов может быть больше", "* not all of it was read: there may be more people and identifiers"))
	}
	for _, line := range a.again(all) {
		fmt.Fprintln(t.w, "  "+line)
	}
	fmt.Fprintf(t.w, "  "+a.say("Защита: уровень по постановлению № 1119 при угрозах %d-го типа, если люди — не работники оператора\n",
		"Protection: the level of Decree 1119 where threats are of type %d and the people are not the operator's staff\n"), all[0].Level.Threats)
	fmt.Fprintln(t.w, "  "+a.say("Это оценка по результатам сканирования, а не юридическая консультация.", "This is an estimate from the scan and no legal advice."))
}

// between shows an estimate with its bounds, as one number where they are one.
func between(b pipeline.Bounds) string {
	if b.Lower == b.Upper {
		return thousands(b.Lower)
	}
	return fmt.Sprintf("≈ %s (%s–%s)", thousands(b.Estimate), thousands(b.Lower), thousands(b.Upper))
}

// fines lists the fines for a leak, each with what it is for: its size, which may be in two brackets, special categories,
// biometrics. Of a leak that is too small for a bracket only what holds whatever the size is told.
func (a *app) fines(f *pipeline.Fines) [][2]string {
	var list [][2]string
	size := func(f *pipeline.Fine) string {
		if f == nil {
			return a.say("меньше порога", "below the threshold")
		}
		return a.fine(f)
	}
	if f.Upper != nil || f.Special == nil && f.Biometric == nil {
		fine := size(f.Lower)
		if upper := size(f.Upper); upper != fine {
			fine += a.say(" или ", " or ") + upper
		}
		list = append(list, [2]string{a.say("объём", "size"), fine})
	}
	if f.Special != nil {
		list = append(list, [2]string{a.say("специальные категории", "special categories"), a.fine(f.Special)})
	}
	if f.Biometric != nil {
		list = append(list, [2]string{a.say("биометрия", "biometrics"), a.fine(f.Biometric)})
	}
	return list
}

func (a *app) fine(f *pipeline.Fine) string {
	return fmt.Sprintf(a.say("ч. %s: %s", "part %s: %s"), f.Part, a.roubles(f.Min, f.Max))
}

// roubles shows two amounts, in millions where both are.
func (a *app) roubles(from, to int) string {
	const million = 1_000_000
	if from%million == 0 && to%million == 0 {
		return fmt.Sprintf(a.say("%d–%d млн ₽", "₽%d–%d million"), from/million, to/million)
	}
	return fmt.Sprintf(a.say("%s–%s ₽", "₽%s–%s"), thousands(int64(from)), thousands(int64(to)))
}

// again tells for each part that exposures name what repeating it costs, and since when the parts hold.
func (a *app) again(all []*pipeline.Exposure) []string {
	var parts, lines []string
	since := ""
	for _, x := range all {
		for _, f := range []*pipeline.Fine{x.Fines.Lower, x.Fines.Upper, x.Fines.Special, x.Fines.Biometric} {
			if f == nil {
				continue
			}
			since = f.From
			if f.Again == nil || slices.Contains(parts, f.Again.Part) {
				continue
			}
			parts = append(parts, f.Again.Part)
			lines = append(lines, fmt.Sprintf(a.say("Повторно (ч. %s): %d–%d %% годовой выручки, %s", "Once more (part %s): %d–%d %% of the yearly revenue, %s"),
				f.Again.Part, f.Again.PercentFrom, f.Again.PercentTo, a.roubles(f.Again.Min, f.Again.Max)))
		}
	}
	if since != "" {
		lines = append(lines, fmt.Sprintf(a.say("Штрафы действуют с %s", "The fines hold from %s on"), since))
	}
	return lines
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
