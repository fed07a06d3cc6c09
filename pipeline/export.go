package pipeline

import (
	"context"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"bezlik/connectors"
	"bezlik/rules"
)

// An Export transforms a source by a frozen plan into a sink, checks what came out and publishes it whole, or
// nothing of it. The survey it rests on comes from Scan.Survey.
type Export struct {
	Source  connectors.Source
	Survey  *Result
	Plan    *rules.Plan
	Sink    Sealer
	Exact   bool // the format of the source comes out, byte for byte but for changed cells
	Workers int
	Now     time.Time
	// Reopen opens a sealed file of the stage as a source, to be checked as a reader would see it.
	Reopen   func(ctx context.Context, object, path string) (connectors.Source, error)
	Progress func(object string, bytes int64)
	// Manifest is asked for the last file of the stage, once all gates are passed.
	Manifest func(*Outcome) ([]byte, error)
}

// A Sealer is a sink whose files can be checked in a place apart before they are published.
type Sealer interface {
	connectors.Sink
	// Seal makes the files whole, in a place that others do not see.
	Seal(done []connectors.Part) error
	// File is the name of the file that an object becomes, and Path where a staged file lies.
	File(object string) string
	Path(file string) string
	// Put writes a staged file of our own.
	Put(file string, data []byte) error
	// Replace writes a staged file anew; write may read the one it replaces.
	Replace(file string, write func(io.Writer) error) error
}

// An Outcome says what an export did.
type Outcome struct {
	Objects    []ObjectOutcome `json:"objects"`
	Rows       int64           `json:"rows"`
	Changed    int64           `json:"changed"` // cells that were changed or emptied
	Dropped    int64           `json:"dropped"` // rows left out by filters
	Suppressed int64           `json:"suppressed"`
	SmallestK  int64           `json:"k,omitempty"`        // the smallest class in the result; 0 where not measured
	Left       []string        `json:"left_out,omitempty"` // objects without any column that may leave
	Residual   int64           `json:"residual"`
}

// ObjectOutcome is what became of one object.
type ObjectOutcome struct {
	Object  string   `json:"object"`
	File    string   `json:"file"`
	Rows    int64    `json:"rows"`
	Columns []string `json:"columns"`
}

// A GateError says that the finished result did not pass a check. Nothing was published.
type GateError struct {
	Gate    string // "residual", "k", "covers", "rows"
	Object  string
	Message string
}

func (e *GateError) Error() string { return e.Object + ": " + e.Message }

// Clean implements Clean.
func (e *GateError) Clean() (kind, message, hint string) { return "gate_" + e.Gate, e.Error(), "" }

// Run exports. On any error nothing is published.
func (x *Export) Run(ctx context.Context) (*Outcome, error) {
	if !x.Survey.Complete() {
		return nil, &x.Survey.Problems[0]
	}
	parts, err := x.Source.Parts(ctx, partsPerObject)
	if err != nil {
		return nil, err
	}
	if err := x.grounded(parts); err != nil {
		return nil, err
	}
	t := &transform{plan: x.Plan, verdicts: newVerdicts(x.Survey.Inventories), now: x.Now, key: randomKey()}
	if err := x.findSubjects(ctx, t, parts); err != nil {
		return nil, err
	}
	out := &Outcome{}
	layouts := map[string]*layout{}
	for _, inv := range x.Survey.Inventories {
		if !t.exports(inv.Object) {
			continue
		}
		if t.bare(inv) {
			out.Left = append(out.Left, inv.Object)
			continue
		}
		l := newLayout(inv, t, x.Exact)
		layouts[inv.Object] = l
		if err := x.Sink.Accepts(inv.Object, l.fields); err != nil {
			return nil, err
		}
		o := ObjectOutcome{Object: inv.Object, File: x.Sink.File(inv.Object)}
		for _, f := range l.fields {
			o.Columns = append(o.Columns, f.Name)
		}
		out.Objects = append(out.Objects, o)
	}
	if len(out.Objects) == 0 {
		return nil, &connectors.Problem{Kind: "nothing_left", Message: "no column of the source may leave",
			Hint: "compare the names in the map with those that a scan of the source shows"}
	}
	var kept []connectors.Part
	for _, p := range parts {
		if layouts[p.Object] != nil {
			kept = append(kept, p)
		}
	}
	tr := &transformer{source: x.Source, sink: x.Sink, exact: x.Exact, workers: x.Workers, layouts: layouts, survey: x.Survey, progress: x.Progress}
	if err := tr.run(ctx, t, kept, out); err != nil {
		return nil, err
	}
	if err := x.Sink.Seal(kept); err != nil {
		return nil, err
	}
	if err := x.gates(ctx, t, out); err != nil {
		return out, err
	}
	if x.Manifest != nil {
		m, err := x.Manifest(out)
		if err != nil {
			return out, err
		}
		if err := x.Sink.Put("manifest.json", m); err != nil {
			return out, err
		}
	}
	return out, x.Sink.Publish(ctx, kept)
}

// grounded says whether all that decides whose rows are left out is in the source. A filter on a column that is not
// there, or of an object that was not read, would leave out nobody.
func (x *Export) grounded(parts []connectors.Part) error {
	for _, ref := range x.Plan.RestsOn() {
		inv := x.Survey.inventory(ref.Object)
		e := &GateError{Gate: "rows", Object: ref.Object}
		switch {
		case inv == nil && len(x.Plan.Objects[ref.Object].Rows) == 0:
			continue // nothing of it leaves
		case inv == nil && slices.ContainsFunc(parts, func(p connectors.Part) bool { return p.Object == ref.Object }) && !x.Survey.overview:
			continue // it was read, and has no rows
		case inv == nil:
			e.Message = fmt.Sprintf("column %q says whose rows are left out, and no such object was read: "+
				"correct its name in the map, or read it too", ref.Field)
		case inv.Field(ref.Field, false) == nil:
			e.Message = fmt.Sprintf("there is no column %q, which the map says decides whose rows are left out: correct its name in the map", ref.Field)
		default:
			continue
		}
		if x.Survey.overview {
			return &OverviewError{e}
		}
		return e
	}
	return nil
}

// findSubjects reads the objects with row filters and remembers, by keyed hash, whose rows are left out.
func (x *Export) findSubjects(ctx context.Context, t *transform, parts []connectors.Part) error {
	var todo []connectors.Part
	for _, p := range parts {
		if o := t.object(p.Object); o != nil && o.Subject != "" && len(o.Rows) > 0 {
			todo = append(todo, p)
		}
	}
	required := map[string]int{} // object with a filter that requires a row: its place in t.required
	for name, o := range x.Plan.Objects {
		for _, f := range o.Rows {
			if f.Require {
				required[name] = len(required)
				break
			}
		}
	}
	if len(todo) == 0 && len(required) == 0 {
		return nil
	}
	var mu sync.Mutex
	var dropped hashes
	kept := make([]hashes, len(required))
	r := &run{source: x.Source, workers: newWorkers(x.Workers, sketchKey{}), readers: 1, end: whole}
	r.begin = func(*part) error { return nil }
	r.work = func(w *Worker, j *job) error {
		p := &w.planned
		p.enter(&j.batch, t)
		place, asks := required[j.batch.Object]
		mu.Lock()
		defer mu.Unlock()
		for row := range rowCount(&j.batch) {
			drop := p.drops(&j.batch, row, t)
			if !drop && !asks {
				continue
			}
			for _, c := range j.batch.Row(row) {
				if c.Type == connectors.Key || !p.fields[c.Field].subject {
					continue
				}
				if drop {
					dropped.add(t.alike(j.batch.Value(c)))
				} else {
					kept[place].add(t.same(j.batch.Value(c)))
				}
			}
		}
		return nil
	}
	if err := r.all(ctx, todo); err != nil {
		return err
	}
	t.dropped, t.required = dropped.sorted(), make([][]uint64, len(kept))
	for i := range kept {
		t.required[i] = kept[i].sorted()
	}
	return nil
}

// hashes gathers hashes in space for the different ones: a subject may have any number of rows.
type hashes struct {
	list []uint64
	full int // length at which the list is made compact
}

func (h *hashes) add(x uint64) {
	if len(h.list) >= max(h.full, 1<<16) {
		h.full = 2 * len(h.sorted())
	}
	h.list = append(h.list, x)
}

// sorted returns the hashes in order, each once. They are valid until the next add.
func (h *hashes) sorted() []uint64 {
	slices.Sort(h.list)
	h.list = slices.Compact(h.list)
	return h.list
}
