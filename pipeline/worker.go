// Package pipeline moves records from sources through a Worker to sinks and reports. It is the only home of
// goroutines; they live in run.go.
package pipeline

import (
	"slices"
	"sync"
	"unicode"
	"unicode/utf8"

	"bezlik/anonymize/risk"
	"bezlik/connectors"
	"bezlik/detectors"
)

// Found is a candidate that knows its cell.
type Found struct {
	detectors.Finding
	Cell  uint32
	Whole bool // fills its cell, but for spaces, quotes and marks that one does not see
}

// A Worker scans batches. It belongs to one goroutine; scan, export, filter and library all use the same one.
type Worker struct {
	key     sketchKey
	scanner *detectors.Scanner
	settle  settler
	raw     []detectors.Finding
	found   []Found
	echo    []Found // of one Echo cell

	mu    sync.Mutex                 // guards parts
	parts map[int]map[string]*Object // what was gathered, by number of the part
	turn  int

	objects map[string]*Object // of the part at hand
	now     *Object
	columns []*Column // by Cell.Field of the batch at hand
	keys    []*Column // of the keys of objects, likewise
	skip    []bool    // settled columns, likewise; empty for none
	listed  bool      // todo lists the cells of the batch at hand that are not passed over:
	todo    []uint32  // twice their numbers, and 1 where the row is sampled
	apart   bool      // rows that are not sampled are tallied apart, until Column.fold

	judged  judged  // verdicts by Cell.Field of the batch at hand
	planned planned // actions, likewise

	counter *risk.Counter // whose hasher this is
	hasher  *risk.Hasher
	tuple   [][]byte
	rows    []risk.Class
}

// NewWorker returns a worker whose sketches are keyed with key.
func NewWorker(key [2]uint64) *Worker {
	w := &Worker{key: key, scanner: detectors.NewScanner(detectors.All()), parts: map[int]map[string]*Object{}, turn: -1}
	w.Turn(0)
	return w
}

// Turn makes Tally gather for the part with this number.
func (w *Worker) Turn(number int) {
	if w.turn == number {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.parts[number] == nil {
		w.parts[number] = map[string]*Object{}
	}
	w.gather(w.parts[number])
	w.turn = number
}

// gather makes Tally gather in objects until the next Turn.
func (w *Worker) gather(objects map[string]*Object) {
	w.turn = -1
	w.objects = objects
	w.now, w.columns, w.keys, w.skip, w.listed = nil, w.columns[:0], w.keys[:0], w.skip[:0], false
}

// Take gives up what was gathered for a part. No batch of that part may be under way; other goroutines may call it.
func (w *Worker) Take(number int) map[string]*Object {
	w.mu.Lock()
	defer w.mu.Unlock()
	o := w.parts[number]
	delete(w.parts, number)
	return o
}

// longValue is a length in bytes that only values have which fill all of the text that a batch shares with the next one.
const longValue = 500

// Scan lists the candidates of a batch by cell, overlapping ones included: the columns have not spoken yet.
// What it returns is valid until the next call.
func (w *Worker) Scan(b *connectors.Batch) []Found {
	w.raw = w.scanner.Find(w.raw[:0], b.Arena)
	w.found = slices.Grow(w.found[:0], len(w.raw))[:len(w.raw)]
	n, i := 0, 0
	for k := range w.raw {
		f := &w.raw[k]
		for i < len(b.Cells) && b.Cells[i].End <= f.Start {
			i++
		}
		if i == len(b.Cells) || f.Start < b.Cells[i].Start {
			continue // between cells there is no data: readers leave only zeros and white space there
		}
		c := &b.Cells[i]
		if f.Start < c.Start+b.Lead || f.Start >= c.End-b.Tail { // a neighbouring batch owns it
			continue
		}
		if f.End == c.End && b.Tail > 0 && f.End-f.Start > longValue { // it goes on in the next batch, which leaves it to this one
			f.Crop()
		}
		x := &w.found[n] // filled in place: what was just put together elsewhere is slow to copy
		x.Finding, x.Cell = *f, uint32(i)
		x.Whole = f.Start == c.Start && f.End == c.End || bare(b.Arena[c.Start:f.Start]) && bare(b.Arena[f.End:c.End])
		n++
	}
	w.found = w.found[:n]
	return w.found
}

// bare says that what stands beside a candidate is nothing: spaces, quotes, angle brackets, marks without a form.
func bare(beside []byte) bool {
	if len(beside) > 24 {
		return false
	}
	for len(beside) > 0 {
		b := beside[0]
		switch {
		case b == ' ' || b == '\t' || b == '\r' || b == '\n' || b == '\'' || b == '"' || b == '<' || b == '>' || b == '`':
			beside = beside[1:]
		case b < 0x80:
			return false
		default:
			r, n := utf8.DecodeRune(beside)
			if !unicode.In(r, unicode.Zs, unicode.Cf) && r != '«' && r != '»' && r != '“' && r != '”' && r != '„' && r != '’' && r != '‘' {
				return false
			}
			beside = beside[n:]
		}
	}
	return true
}

// Tally adds a scanned batch to what is known of its columns.
func (w *Worker) Tally(b *connectors.Batch, found []Found) {
	w.enter(b)
	rows := int64(rowCount(b))
	w.now.Rows += rows
	if b.Running() { // its cells are lines: the one of a batch is as long as chance has cut it
		w.columns[0].Cells += rows
	}
	if w.listed {
		for _, x := range w.todo {
			found = w.tally(b, x>>1, x&1 != 0, found)
		}
		return
	}
	row, rowEnd, look := -1, uint32(0), false
	for i := range uint32(len(b.Cells)) {
		for i >= rowEnd {
			row++
			if row+1 < len(b.Rows) {
				rowEnd = b.Rows[row+1]
			} else {
				rowEnd = ^uint32(0)
			}
			look = sampled(b.First + int64(row))
		}
		found = w.tally(b, i, look, found)
	}
}

// tally adds one cell, and returns what was found in later ones; look says that its row is sampled.
func (w *Worker) tally(b *connectors.Batch, i uint32, look bool, found []Found) []Found {
	here, later := split(found, i)
	cell := &b.Cells[i]
	col := w.column(cell)
	if cell.Type == connectors.Echo { // its pieces are counted; what spans them is found here only
		w.echo = append(w.echo[:0], here...)
		clusters(told(b, w.echo), func(f []Found) { col.tally.add(f) })
		return later
	}
	value := b.Arena[cell.Start:cell.End]
	running := b.Running()
	if !written(value) || detectors.IsToken(value) {
		if !running {
			col.Empty++ // nothing to find, or one of our own tokens
		}
		return later
	}
	if !running && b.Lead == 0 { // a later piece of a long record was counted with the first
		col.Cells++
	}
	t := &col.tally
	if w.apart && !look && !running {
		t = &col.rest.tally
		col.rest.cells++
	}
	if len(here) > 0 {
		clusters(here, func(f []Found) { t.add(f) })
	}
	if look && len(value) <= sampledLength && col.Field.Native != connectors.RunningText {
		var kinds, holds detectors.Kinds
		var flags uint8
		inside := false
		held, end := uint32(0), cell.Start // bytes of candidates, and where the last of them ends
		for _, f := range here {
			switch {
			case f.Evidence&detectors.Synthetic != 0:
				if f.Whole {
					flags |= flagOwn
				}
			case f.Whole:
				kinds.Add(f.Index())
			case f.Score >= detectors.Mask:
				if f.Score >= detectors.Report {
					holds.Add(f.Index())
					inside = true
				}
				held += max(f.End, end) - max(f.Start, end)
				end = max(f.End, end)
			}
		}
		switch {
		case !inside:
		case 5*held >= 3*uint32(len(value)):
			flags |= flagMostly
		default:
			flags |= flagInside
		}
		col.sample(w.key, value, kinds, holds, flags)
	}
	return later
}

// clusters calls do for each group of overlapping candidates of one cell.
func clusters(f []Found, do func([]Found)) {
	for len(f) > 0 {
		n, end := 1, f[0].End
		for n < len(f) && f[n].Start < end {
			end = max(end, f[n].End)
			n++
		}
		do(f[:n])
		f = f[n:]
	}
}

// enter turns to the object of b. Field numbers are the reader's own, so columns are looked up by name
// whenever the fields are not those of the batch before.
func (w *Worker) enter(b *connectors.Batch) {
	if w.now == nil || w.now.Name != b.Object {
		w.now = w.objects[b.Object]
		if w.now == nil {
			w.now = &Object{Name: b.Object}
			w.objects[b.Object] = w.now
		}
		w.columns, w.keys = w.columns[:0], w.keys[:0]
	}
	for i := range min(len(w.columns), len(b.Fields)) {
		if w.columns[i].Field.Name != b.Fields[i].Name {
			w.columns, w.keys = w.columns[:i], w.keys[:i]
			break
		}
	}
	for i := len(w.columns); i < len(b.Fields); i++ {
		w.columns = append(w.columns, w.now.column(b.Fields[i], false))
		w.keys = append(w.keys, nil)
	}
}

func (w *Worker) column(c *connectors.Cell) *Column {
	if c.Type != connectors.Key {
		return w.columns[c.Field]
	}
	if w.keys[c.Field] == nil {
		w.keys[c.Field] = w.now.column(w.columns[c.Field].Field, true)
	}
	return w.keys[c.Field]
}
