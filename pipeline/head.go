package pipeline

import (
	"sync"
	"sync/atomic"

	"bezlik/connectors"
	"bezlik/detectors"
)

// A head is the first rows of a part, all of which are looked at. When they have spoken, columns that are wholly
// of one kind need no second look in every row: each of their cells is a finding whatever it holds, so only
// sampled rows are scanned there. What the sample of the whole part says later decides; if it does not confirm
// the head, the survey is made again without skipping (see Scan.Survey).
type head struct {
	mu      sync.Mutex
	objects map[string]*Object
	settled atomic.Pointer[settledColumns]
}

// settledColumns names columns by object and field.
type settledColumns map[string]map[string]bool

// tally adds a batch of first rows.
func (h *head) tally(w *Worker, b *connectors.Batch) {
	found := w.Scan(b)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.objects == nil {
		h.objects = map[string]*Object{}
	}
	w.gather(h.objects)
	w.Tally(b, found)
}

// settle lets the first rows speak, once they are all tallied.
func (h *head) settle() {
	h.mu.Lock()
	defer h.mu.Unlock()
	s := settledColumns{}
	for name, o := range h.objects {
		inv := o.Judge()
		for i := range inv.Fields {
			if f := &inv.Fields[i]; !f.Key && f.settled() {
				if s[name] == nil {
					s[name] = map[string]bool{}
				}
				s[name][f.Field] = true
			}
		}
	}
	h.settled.Store(&s)
}

// fold ends what was seen of the part.
func (h *head) fold(objects map[string]*Object) {
	settled := h.settled.Load()
	for name, o := range objects {
		for _, c := range o.Columns {
			c.fold(settled != nil && !c.Key && (*settled)[name][c.Field.Name])
		}
	}
}

// take gives up what was gathered.
func (h *head) take() map[string]*Object {
	h.mu.Lock()
	defer h.mu.Unlock()
	o := h.objects
	h.objects = nil
	return o
}

// settled says whether every cell of the column is a finding of one kind, whatever it holds.
func (f *FieldVerdict) settled() bool {
	if f.Verdict.Label == nil || f.Verdict.Score < detectors.Report {
		return false
	}
	for kind := range f.Counts { // a twin: ИНН of people and of firms in one column are told apart cell by cell
		if kind != f.Verdict.Label.Kind {
			return false
		}
	}
	return true
}

// sampled says whether a row is looked at whatever its columns have said.
func sampled(row int64) bool { return row <= denseRows || row%sparseStep == 0 }

// Skip makes Scan and Tally pass over the cells of settled columns in rows that are not sampled: they are counted,
// and blanked in the arena. Values that are still needed must be taken before.
func (w *Worker) Skip(b *connectors.Batch, settled *settledColumns) {
	w.skip, w.listed = w.skip[:0], false
	if settled == nil || len((*settled)[b.Object]) == 0 || b.Running() {
		return
	}
	w.enter(b)
	any := false
	for _, f := range b.Fields {
		skip := (*settled)[b.Object][f.Name]
		any = any || skip
		w.skip = append(w.skip, skip)
	}
	if !any {
		w.skip = w.skip[:0]
		return
	}
	w.todo, w.listed = w.todo[:0], len(b.Rows) > 0 && b.Rows[0] == 0
	for row := range b.Rows {
		number := b.Rows[row] << 1
		cells := b.Row(row)
		if sampled(b.First + int64(row)) {
			for range cells {
				w.todo = append(w.todo, number|1)
				number += 2
			}
			continue
		}
		for i := range cells {
			c := &cells[i]
			if !w.skip[c.Field] || c.Type == connectors.Key || c.Type == connectors.Echo {
				w.todo = append(w.todo, number)
				number += 2
				continue
			}
			number += 2
			col := w.columns[c.Field]
			value := b.Arena[c.Start:c.End]
			if !written(value) || detectors.IsToken(value) {
				col.Empty++
				continue
			}
			col.Cells++
			col.Skipped++
			clear(value)
		}
	}
}
