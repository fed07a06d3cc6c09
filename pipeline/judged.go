package pipeline

import (
	"bezlik/connectors"
	"bezlik/detectors"
)

// verdicts are the frozen verdicts of a survey, by object and column. Workers read them at the same time.
type verdicts map[string]map[columnName]columnVerdict

type columnName struct {
	field string
	key   bool
}

type columnVerdict struct {
	*detectors.Verdict
	settled bool // every cell is a finding of the label, whatever it holds
}

func newVerdicts(inventories []*Inventory) verdicts {
	v := verdicts{}
	for _, inv := range inventories {
		fields := map[columnName]columnVerdict{}
		for i := range inv.Fields {
			f := &inv.Fields[i]
			fields[columnName{f.Field, f.Key}] = columnVerdict{&f.Verdict, f.settled()}
		}
		v[inv.Object] = fields
	}
	return v
}

// silent is the verdict on a column that has not spoken: candidates keep their scores.
var silent detectors.Verdict

// of finds the verdict of a column.
func (v verdicts) of(object, field string, key bool) columnVerdict {
	if x, ok := v[object][columnName{field, key}]; ok {
		return x
	}
	return columnVerdict{Verdict: &silent}
}

// judged holds verdicts by field number of one reader, so that cells need no look-up by name.
type judged struct {
	object string
	names  []string
	values []columnVerdict
	keys   []columnVerdict
}

// enter turns to the fields of a batch.
func (j *judged) enter(b *connectors.Batch, v verdicts) {
	if j.object != b.Object {
		j.object, j.names = b.Object, j.names[:0]
	}
	for i := range min(len(j.names), len(b.Fields)) {
		if j.names[i] != b.Fields[i].Name {
			j.names = j.names[:i]
			break
		}
	}
	j.values, j.keys = j.values[:len(j.names)], j.keys[:len(j.names)]
	for _, f := range b.Fields[len(j.names):] {
		j.names = append(j.names, f.Name)
		j.values = append(j.values, v.of(b.Object, f.Name, false))
		j.keys = append(j.keys, v.of(b.Object, f.Name, true))
	}
}

func (j *judged) of(c *connectors.Cell) *columnVerdict {
	if c.Type == connectors.Key {
		return &j.keys[c.Field]
	}
	return &j.values[c.Field]
}

// Settle appends the findings of a batch to dst, ordered by cell and position: candidates weighed with the
// verdict of their column, overlaps resolved, whole cells of labelled columns. Cells of type Echo settle too;
// what is found there spans cells of the row.
func (w *Worker) Settle(dst []Found, b *connectors.Batch, found []Found, v verdicts) []Found {
	w.judged.enter(b, v)
	if w.listed {
		for _, x := range w.todo {
			dst, found = w.settled(dst, b, x>>1, found)
		}
		return dst
	}
	for i := range uint32(len(b.Cells)) {
		dst, found = w.settled(dst, b, i, found)
	}
	return dst
}

// settled is Settle for one cell; it returns what was found in later ones, too.
func (w *Worker) settled(dst []Found, b *connectors.Batch, i uint32, found []Found) (all, later []Found) {
	here, later := split(found, i)
	c := &b.Cells[i]
	verdict := w.judged.of(c)
	if verdict.Label == nil && len(here) == 0 || c.Start == c.End || b.Arena[c.Start] == 0 { // blanked cells are done
		return dst, later
	}
	return append(dst, w.settle.cell(i, *c, b.Arena[c.Start:c.End], here, verdict.Verdict)...), later
}

// split parts what was found in cell i from what was found in later ones.
func split(found []Found, i uint32) (here, later []Found) {
	n := 0
	for n < len(found) && found[n].Cell <= i {
		n++
	}
	return found[:n], found[n:]
}
