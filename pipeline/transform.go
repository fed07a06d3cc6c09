package pipeline

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"bezlik/connectors"
	"bezlik/detectors"
)

// whole is the end of a part that must be read whole.
func whole(p *part, err error) error {
	if err == nil && len(p.problems) > 0 {
		err = &p.problems[0]
	}
	return err
}

// A transformer writes what a plan lets out into a sink, and looks at every batch as the survey did: if the
// columns now say anything stricter than they said then, the plan no longer covers them.
type transformer struct {
	source   connectors.Source
	sink     connectors.Sink
	exact    bool
	workers  int
	layouts  map[string]*layout // of records
	survey   *Result
	late     bool // the survey is of the head of the stream only
	progress func(object string, bytes int64)
}

func (x *transformer) run(ctx context.Context, t *transform, parts []connectors.Part, out *Outcome) error {
	workers := newWorkers(x.workers, x.survey.key) // the sample of the survey: a column at a threshold must not turn over
	watch := detectors.NewWatch()
	r := &run{source: x.source, workers: workers, readers: min(len(workers), readersAtMost), exact: x.exact}
	var mu sync.Mutex
	objects := map[string]*Object{}
	rows := map[string]int64{}
	open := map[*writing]bool{} // not ended: closed when everything stops
	r.begin = func(p *part) error {
		w, err := x.sink.Create(ctx, p.Part)
		if err != nil {
			return err
		}
		s := &writing{Writer: w}
		mu.Lock()
		defer mu.Unlock()
		p.state, open[s] = s, true
		return nil
	}
	r.work = func(w *Worker, j *job) error {
		w.Turn(j.part.index)
		if err := w.Whole(j, t); err != nil {
			return err
		}
		found := w.Scan(&j.batch)
		w.Tally(&j.batch, found)
		if err := w.Edits(j, found, t); err != nil {
			return err
		}
		if !x.exact {
			return x.layouts[j.batch.Object].apply(&j.record, &j.batch, j.edits, j.drop)
		}
		if j.late() {
			return nil
		}
		return j.rewrite(0)
	}
	r.collect = func(p *part, j *job) error {
		s := p.state.(*writing)
		if x.progress != nil {
			x.progress(p.Object, int64(len(j.batch.Arena)))
		}
		if x.exact && j.late() {
			if err := j.rewrite(s.skip); err != nil {
				return err
			}
			s.skip = j.spill
		}
		mu.Lock()
		out.Changed += int64(len(j.edits))
		out.Dropped += int64(len(j.drop))
		rows[j.batch.Object] += int64(rowCount(&j.batch) - len(j.drop))
		mu.Unlock()
		if x.exact {
			return s.Write(&j.batch, j.out)
		}
		return s.Write(&j.record, nil)
	}
	r.end = func(p *part, err error) error {
		w := p.state.(*writing)
		mu.Lock()
		delete(open, w)
		mu.Unlock()
		seen := map[string]*Object{}
		for _, k := range workers {
			merge(seen, k.Take(p.index))
		}
		mu.Lock()
		merge(objects, seen)
		mu.Unlock()
		if err = whole(p, err); err == nil {
			err = w.Commit()
		} else {
			err = x.unless(err) // a survey tells everything that cannot be read
		}
		return errors.Join(err, w.Close())
	}
	if err := r.all(ctx, parts); err != nil {
		for w := range open {
			err = errors.Join(err, w.Close())
		}
		return err
	}
	if err := cutShort(watch); err != nil {
		return err
	}
	for i := range out.Objects {
		out.Objects[i].Rows = rows[out.Objects[i].Object]
		out.Rows += out.Objects[i].Rows
	}
	for name, o := range objects {
		then := x.survey.inventory(name)
		if then == nil {
			then = &Inventory{Object: name}
		}
		now := o.Judge()
		if err := then.Covers(now, x.late); err != nil {
			return x.unless(err)
		}
		if x.survey.overview {
			if err := then.same(now); err != nil {
				return x.unless(err)
			}
		}
	}
	return nil
}

// unless makes an error of an export that rests on an overview one that a survey may help.
func (x *transformer) unless(err error) error {
	if x.survey.overview {
		return &OverviewError{err}
	}
	return err
}

// An OverviewError says that an export that rested on Scan.Overview has to rest on a Survey. Nothing was published.
type OverviewError struct{ error }

// Unwrap returns what went wrong.
func (e *OverviewError) Unwrap() error { return e.error }

// writing is a part's writer and what the last edit of running text covers of the next batch.
type writing struct {
	connectors.Writer
	skip int
}

// late says that a batch of running text can be rewritten only after the one before it.
func (j *job) late() bool {
	return j.batch.Lead+j.batch.Tail > 0 || j.batch.Bounds == nil && len(j.batch.Rows) == 0
}

// rewrite puts the edits into the raw bytes.
func (j *job) rewrite(skip int) error {
	rw, ok := j.part.reader.(connectors.Rewriter)
	if !ok {
		return &connectors.Problem{Object: j.part.Object, Kind: "no_exact", Message: "this format cannot be written back byte for byte",
			Hint: "export to csv or jsonl"}
	}
	var err error
	j.out, j.spill, err = rw.Rewrite(j.out[:0], &j.batch, j.edits, j.drop, skip)
	if errors.Is(err, connectors.ErrRows) {
		return &connectors.Problem{Object: j.part.Object, Kind: "no_rows", Message: "rows must be left out, and this format cannot leave out rows",
			Hint: "export to csv or jsonl"}
	}
	return err
}

// same says whether the columns are those of the overview, and each of the same kind as a whole.
func (i *Inventory) same(seen *Inventory) error {
	for k := range seen.Fields {
		now := &seen.Fields[k]
		then := i.Field(now.Field, now.Key)
		if then == nil || then.Verdict.Label != now.Verdict.Label {
			return &GateError{Gate: "covers", Object: seen.Object, Message: fmt.Sprintf("column %q is not what its first rows said", now.Field)}
		}
	}
	return nil
}

// Covers says whether a plan made from this inventory still holds for what was seen later. A kind found in
// running text or without a label is replaced wherever it turns up; what matters is a column that became one kind
// as a whole, since that decides about its damaged values too. head says that the inventory is of the head of a
// stream; else a kind that the survey did not see at all shows that the source has changed.
func (i *Inventory) Covers(seen *Inventory, head bool) error {
	for k := range seen.Fields {
		now := &seen.Fields[k]
		then := i.Field(now.Field, now.Key)
		if label := now.Verdict.Label; label != nil && (then == nil || then.Verdict.Label == nil) {
			return &GateError{Gate: "covers", Object: seen.Object, Message: fmt.Sprintf("column %q turned out to be %s only later: "+
				"do not use this result, run it again", now.Field, label.Kind)}
		}
		if head {
			continue
		}
		for _, kind := range now.Kinds(detectors.Report) {
			if then == nil || then.Counts[kind] == nil || then.Counts[kind].From(detectors.Mask) == 0 {
				return &GateError{Gate: "covers", Object: seen.Object, Message: fmt.Sprintf("column %q now holds %s, which the survey did not see: "+
					"the source has changed, run the export again", now.Field, kind)}
			}
		}
	}
	return nil
}
