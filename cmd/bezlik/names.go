package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"bezlik/connectors"
	"bezlik/connectors/csvfile"
	"bezlik/detectors"
	"bezlik/pipeline"
)

// scan --names-only: what columns are called and declared as, and no value.

// unread says that a source tells its columns by values only.
var unread = &exit{code: exitNothing, err: clean("nothing here tells its columns without its values")}

// openUnread is open for a source whose values must not be read: nothing of the standard input is read ahead to learn
// its format. It is a table unless the user says otherwise.
func (a *app) openUnread(ctx context.Context, source string, r *reading) (connectors.Source, error) {
	d := driver(cmp.Or(r.as, csvfile.Driver.Name))
	switch {
	case source != "-", d == nil:
		return a.open(ctx, source, r)
	case d.Names == nil, d.Stream == nil:
		return nil, unread
	}
	src, err := d.Stream("stdin", &stoppable{ctx: ctx, r: a.in, buf: make([]byte, 1)})
	if err != nil {
		return nil, err
	}
	return r.choose(src, ""), nil
}

// byName scans a source, which people call shown, by names.
func (s *scan) byName(ctx context.Context, src connectors.Source, shown string) error {
	d, ok := src.(connectors.Describer)
	if !ok {
		return unread
	}
	n, err := s.Names(ctx, d)
	if err != nil {
		return err
	}
	s.parts += n.Objects
	s.end.Objects += n.Objects
	s.end.Unknown = append(s.end.Unknown, n.Unknown...)
	s.end.Quasi = append(s.end.Quasi, n.Quasi...)
	for _, c := range n.Clear {
		s.gated = s.gated || s.gate.stops(c.Kind, c.Class)
	}
	if s.strict && len(n.Unknown) > 0 {
		return s.problem(&connectors.Problem{Object: shown, Kind: "names_unknown", Message: "only values would tell the columns of some of it"})
	}
	return nil
}

// Describe tells of what was chosen only.
func (c *chosen) Describe(ctx context.Context) ([]connectors.Described, error) {
	d, ok := c.Source.(connectors.Describer)
	if !ok {
		return nil, unread
	}
	all, err := d.Describe(ctx)
	return slices.DeleteFunc(all, func(x connectors.Described) bool {
		if c.want(x.Object) {
			return false
		}
		c.left = append(c.left, x.Object)
		return true
	}), err
}

// A nameTable counts what the columns of a scan of names only are named for.
type nameTable struct {
	columns int64
	kinds   map[string]int64
}

// named tells a column of which only the name and the type are known.
func (t *textReport) named(c *pipeline.ColumnLine) {
	t.enter(c.Object)
	t.names.columns++
	if c.Label != "" {
		t.names.kinds[c.Label]++
	}
	name := printable(c.Field)
	switch {
	case len(c.Kinds) > 0:
		t.head()
		k := c.Kinds[0]
		fmt.Fprintf(t.table, "  %s\t%s\t%s\t%.2f\n", name, k.Kind, t.a.word(k.Class), k.Score)
	case c.Role != detectors.Safe.String():
		t.head()
		fmt.Fprintf(t.table, "  %s\t–\t%s\t\n", name, t.a.word(c.Role))
	default:
		t.clear++
		if t.explain && c.Explain != "" {
			t.head()
			fmt.Fprintf(t.table, "  %s\t\n", name)
		}
	}
	if t.explain && c.Explain != "" {
		fmt.Fprintf(t.table, "  \t└ %s\n", printable(c.Explain))
	}
}

// nameCounts sums up a scan of names only.
func (t *textReport) nameCounts(e *pipeline.End) {
	a := t.a
	fmt.Fprintf(t.w, "\n%s, %s", a.many(int64(e.Objects), "объект|объекта|объектов", "object|objects"),
		a.many(t.names.columns, "колонка|колонки|колонок", "column|columns"))
	var s []string
	for _, k := range slices.Sorted(maps.Keys(t.names.kinds)) {
		s = append(s, k+" "+thousands(t.names.kinds[k]))
	}
	if len(s) > 0 {
		fmt.Fprint(t.w, a.say("; по имени — виды: ", "; named for a kind: ")+strings.Join(s, ", "))
	}
	fmt.Fprintln(t.w, "\n"+a.say("только по именам и объявленным типам: ни одно значение не прочитано", "judged by name and declared type only: no value was read"))
	if n := len(e.Unknown); n > 0 {
		fmt.Fprintf(t.w, a.say("не просматривались, колонки известны только из значений: %d (%s)\n",
			"not looked at, their columns are known only from values: %d (%s)\n"), n, few(e.Unknown))
	}
}
