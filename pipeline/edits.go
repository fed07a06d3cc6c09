package pipeline

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/dchest/siphash"

	"bezlik/anonymize"
	"bezlik/connectors"
	"bezlik/detectors"
	"bezlik/rules"
)

// A transform is what an export does to batches. It is frozen before the first byte; workers share it.
type transform struct {
	plan     *rules.Plan
	verdicts verdicts
	now      time.Time
	key      sketchKey // of subjects
	// Keyed hashes of subjects, sorted: those whose rows are dropped wherever they stand, and for every filter
	// that requires a row of its own (a consent on record), those that have one.
	dropped  []uint64
	required [][]uint64
}

// out says whether the rows of a subject are left out.
func (t *transform) out(subject []byte) bool {
	if len(t.dropped) == 0 && len(t.required) == 0 {
		return false
	}
	if _, found := slices.BinarySearch(t.dropped, t.alike(subject)); found {
		return true
	}
	h := t.same(subject)
	for _, r := range t.required {
		if _, found := slices.BinarySearch(r, h); !found {
			return true
		}
	}
	return false
}

// same hashes a subject: one who has consented is the same however a table writes the identifier.
func (t *transform) same(subject []byte) uint64 {
	return siphash.Hash(t.key[0], t.key[1], anonymize.ID(subject))
}

// alike hashes a subject so that all who might be meant have one hash: case, a plus and zeros in front do not count.
// Whoever is left out is rather left out twice than let go.
func (t *transform) alike(subject []byte) uint64 {
	var buf [64]byte
	v := append(buf[:0], bytes.TrimPrefix(anonymize.ID(bytes.TrimPrefix(bytes.TrimSpace(subject), []byte("+"))), []byte("+"))...)
	for i, b := range v {
		if b-'A' < 26 {
			v[i] = b | 0x20
		}
	}
	if len(v) > 0 && len(bytes.Trim(v, "0123456789")) == 0 {
		v = bytes.TrimLeft(v, "0")
	}
	return siphash.Hash(t.key[0], t.key[1], v)
}

// planned is a worker's own view of a transform for the object at hand.
type planned struct {
	object  string
	none    bool // the object is not exported
	rest    rules.Action
	fields  []fieldPlan // by Cell.Field
	filters []rules.RowFilter
	subject string
	forks   map[anonymize.Method]anonymize.Method
}

type fieldPlan struct {
	name    string
	action  rules.Action
	kind    *detectors.Detector
	method  anonymize.Method
	subject bool
	filters []rules.RowFilter
}

// errMethod says that a method failed; its own error may be about the value and goes no further.
var errMethod = errors.New("a value could not be replaced")

// Whole decides what becomes of a batch as far as no scan is needed for it: which rows are left out, and, in rows
// that are not sampled, the cells that are replaced or emptied whatever they hold. Those cells are blanked in the
// arena, so that Scan passes over them, and Tally and Settle do, too.
func (w *Worker) Whole(j *job, t *transform) error {
	b := &j.batch
	w.judged.enter(b, t.verdicts)
	p := &w.planned
	p.enter(b, t)
	j.edits, j.inside, j.drop, j.text = j.edits[:0], j.inside[:0], j.drop[:0], j.text[:0]
	w.todo, w.listed = w.todo[:0], len(b.Rows) > 0 && b.Rows[0] == 0
	for row := range b.Rows {
		look := sampled(b.First+int64(row)) || b.Running()
		number, seen := b.Rows[row], uint32(0)
		if look {
			seen = 1
		}
		cells := b.Row(row)
		if p.drops(b, row, t) {
			j.drop = append(j.drop, uint32(row))
			for range cells {
				w.todo = append(w.todo, number<<1|seen)
				number++
			}
			continue
		}
		for i := range cells {
			c := &cells[i]
			f := &p.fields[c.Field]
			number = b.Rows[row] + uint32(i)
			if look && f.action == rules.Keep || c.Start == c.End || c.Type == connectors.Null || c.Type == connectors.Key || c.Type == connectors.Echo {
				w.todo = append(w.todo, number<<1|seen)
				continue
			}
			var err error
			switch f.action {
			case rules.Drop:
				j.edits = append(j.edits, connectors.Edit{Cell: number, Start: c.Start, End: c.End})
			case rules.Change:
				err = j.replace(&j.edits, number, c.Start, c.End, f.kind, f.method)
			case rules.Keep:
				v := w.judged.of(c)
				if !v.settled {
					w.todo = append(w.todo, number<<1|seen)
					continue
				}
				value := b.Arena[c.Start:c.End]
				m := p.value(t, v.Label)
				if m == nil || !written(value) || detectors.IsToken(value) { // it stays, so it must not be blanked
					w.todo = append(w.todo, number<<1|seen)
					continue
				}
				err = j.replace(&j.edits, number, c.Start, c.End, v.Label, m)
			}
			if err != nil {
				return err
			}
			if look {
				w.todo = append(w.todo, number<<1|seen)
			} else {
				clear(b.Arena[c.Start:c.End])
			}
		}
	}
	return nil
}

// Edits decides about the rest of a scanned batch and puts all edits in order. Edits point into j.text.
func (w *Worker) Edits(j *job, found []Found, t *transform) error {
	b := &j.batch
	p := &w.planned
	j.found = w.Settle(j.found[:0], b, found, t.verdicts)
	row, d := 0, 0
	for next := 0; next < len(j.found); {
		i := j.found[next].Cell
		first := next
		for next < len(j.found) && j.found[next].Cell == i {
			next++
		}
		for row+1 < len(b.Rows) && b.Rows[row+1] <= i {
			row++
		}
		for d < len(j.drop) && j.drop[d] < uint32(row) {
			d++
		}
		c := &b.Cells[i]
		if d < len(j.drop) && j.drop[d] == uint32(row) || c.Type == connectors.Null {
			continue
		}
		if c.Type == connectors.Echo {
			if err := p.spread(j, t, j.found[first:next], i); err != nil {
				return err
			}
			continue
		}
		if p.fields[c.Field].action != rules.Keep && c.Type != connectors.Key { // a key is the name of a column: only what is found in it changes
			continue // done by Whole
		}
		for _, x := range j.found[first:next] {
			m := p.value(t, x.Detector)
			if x.Score < detectors.Mask || m == nil {
				continue
			}
			if err := j.replace(&j.inside, i, x.Start, x.End, x.Detector, m); err != nil {
				return err
			}
		}
	}
	j.order()
	if len(b.Pieces) > 0 {
		j.edits = tidy(j.edits)
	}
	return nil
}

// order merges the two lists of edits.
func (j *job) order() {
	if len(j.inside) == 0 {
		return
	}
	j.merged = j.merged[:0]
	a := j.edits
	for _, x := range j.inside { // few among many
		n := 0
		for n < len(a) && a[n].Cell <= x.Cell {
			n++
		}
		j.merged = append(append(j.merged, a[:n]...), x)
		a = a[n:]
	}
	j.merged = append(j.merged, a...)
	j.edits, j.merged = j.merged, j.edits
}

// replace adds an edit to a list. Its Text stays where it is, even when j.text moves to grow.
func (j *job) replace(list *[]connectors.Edit, cell, start, end uint32, d *detectors.Detector, m anonymize.Method) error {
	from := len(j.text)
	text, err := m.Append(j.text, d, j.batch.Arena[start:end])
	if err != nil {
		return errMethod
	}
	j.text = text
	*list = append(*list, connectors.Edit{Cell: cell, Start: start, End: end, Text: text[from:]})
	return nil
}

// enter turns to the object and the fields of a batch.
func (p *planned) enter(b *connectors.Batch, t *transform) {
	if p.object != b.Object || p.forks == nil {
		if p.forks == nil {
			p.forks = map[anonymize.Method]anonymize.Method{}
		}
		p.object, p.fields = b.Object, p.fields[:0]
		o := t.object(b.Object)
		p.none, p.rest, p.filters, p.subject = o == nil, rules.Drop, nil, ""
		if o != nil {
			p.rest, p.filters, p.subject = o.Rest, o.Rows, o.Subject
		}
	}
	for i := range min(len(p.fields), len(b.Fields)) {
		if p.fields[i].name != b.Fields[i].Name {
			p.fields = p.fields[:i]
			break
		}
	}
	for _, f := range b.Fields[len(p.fields):] {
		p.fields = append(p.fields, p.field(f.Name, t))
	}
}

func (p *planned) field(name string, t *transform) fieldPlan {
	f := fieldPlan{name: name, action: p.rest, subject: p.subject != "" && p.subject == name}
	for _, x := range p.filters {
		if x.Field == name {
			f.filters = append(f.filters, x)
		}
	}
	o := t.object(p.object)
	if o == nil {
		f.action = rules.Drop
		return f
	}
	for i := range o.Columns {
		if c := &o.Columns[i]; c.Field == name {
			f.action, f.kind, f.method = c.Action, detectors.Find(c.Kind), p.fork(c.Method)
			if f.action == rules.Change && f.method == nil {
				f.action = rules.Drop
			}
		}
	}
	return f
}

// fork gives this goroutine its own of a method.
func (p *planned) fork(m anonymize.Method) anonymize.Method {
	if m == nil {
		return nil
	}
	own := p.forks[m]
	if own == nil {
		own = m.Fork()
		p.forks[m] = own
	}
	return own
}

// value is the method for a value of a kind found inside a cell that stays.
func (p *planned) value(t *transform, d *detectors.Detector) anonymize.Method {
	m := t.plan.Values[d.Kind]
	if m == nil {
		m = t.plan.Other
	}
	return p.fork(m)
}

// exports says whether anything of an object comes out; others are read for their row filters only.
func (t *transform) exports(name string) bool {
	o := t.object(name)
	return o != nil && (len(o.Columns) > 0 || o.Rest != rules.Drop)
}

// object is the plan for an object, nil if there is none.
func (t *transform) object(name string) *rules.ObjectPlan {
	if o := t.plan.Objects[name]; o != nil {
		return o
	}
	return t.plan.All
}

// drops says whether a row is left out: by a filter of its object, or because its subject is.
func (p *planned) drops(b *connectors.Batch, row int, t *transform) bool {
	if len(p.filters) == 0 && (p.subject == "" || len(t.dropped)+len(t.required) == 0) {
		return false
	}
	named, met := false, uint64(0) // met: bits of the filters whose field is in the row
	for _, c := range b.Row(row) {
		if c.Type == connectors.Key || c.Type == connectors.Echo {
			continue
		}
		f := &p.fields[c.Field]
		value := b.Value(c)
		for _, x := range f.filters {
			if holds(x, value, t.now) {
				return true
			}
		}
		if len(f.filters) > 0 {
			for i := range p.filters {
				if p.filters[i].Field == f.name {
					met |= 1 << i
				}
			}
		}
		if f.subject && len(bytes.TrimSpace(value)) > 0 {
			if t.out(value) {
				return true
			}
			named = true
		}
	}
	for i, x := range p.filters {
		if x.When != rules.NotEmpty && met>>i&1 == 0 && !has(b, row, x.Field) { // as if it were empty
			return true
		}
	}
	// A row that does not say whose it is may be anybody's, of those left out as well.
	return !named && p.subject != "" && len(t.dropped)+len(t.required) > 0
}

// has says whether a row has a value of a field, empty or not.
func has(b *connectors.Batch, row int, field string) bool {
	for _, c := range b.Row(row) {
		if c.Type != connectors.Key && c.Type != connectors.Echo && b.Fields[c.Field].Name == field {
			return true
		}
	}
	return false
}

// holds says whether a filter drops the row of this value.
func holds(f rules.RowFilter, value []byte, now time.Time) bool {
	value = bytes.TrimSpace(value)
	switch f.When {
	case rules.NotEmpty:
		return !falsy(value)
	case rules.Falsy:
		return !consent(value)
	case rules.Before:
		limit, err := time.Parse(time.DateOnly, f.Arg)
		at, ok := day(value)
		return err != nil || !ok || at.Before(limit)
	case rules.Under:
		years, err := strconv.Atoi(f.Arg)
		at, ok := day(value)
		return err != nil || !ok || at.AddDate(years, 0, 0).After(now)
	}
	return true // an unknown condition lets nothing through
}

// consent says whether a value says yes: a word for it, or the day on which it was given. Whatever else stands there is no.
func consent(value []byte) bool {
	if _, ok := day(value); ok {
		return true
	}
	for _, w := range truthyWords {
		if bytes.EqualFold(value, w) {
			return true
		}
	}
	return false
}

var truthyWords = bytes.Fields([]byte("1 1.0 t true y yes on + да д истина дано дан есть согласен согласна given granted accepted agreed consented"))

var falsyWords = [][]byte{[]byte("0"), []byte("f"), []byte("false"), []byte("no"), []byte("n"), []byte("null"), []byte("нет"), []byte("ложь")}

func falsy(value []byte) bool {
	if len(value) == 0 {
		return true
	}
	for _, w := range falsyWords {
		if bytes.EqualFold(value, w) {
			return true
		}
	}
	return false
}

// day reads a date at the start of a value: 2006-01-02 or 02.01.2006, whatever time follows.
func day(value []byte) (time.Time, bool) {
	if len(value) < 10 {
		return time.Time{}, false
	}
	for _, layout := range []string{time.DateOnly, "02.01.2006", "02/01/2006"} {
		if t, err := time.Parse(layout, string(value[:10])); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
