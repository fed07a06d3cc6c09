package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"bezlik/anonymize/risk"
	"bezlik/connectors"
	"bezlik/detectors"
	"bezlik/rules"
)

// gates checks the finished result as a reader would see it: each sealed file is opened again and read once,
// for values that should not be there and for classes of rows too small to hide in. Small classes are left out
// within the plan's budget. On an error nothing is published.
func (x *Export) gates(ctx context.Context, t *transform, out *Outcome) error {
	for i := range out.Objects {
		o := &out.Objects[i]
		if err := x.gate(ctx, t, o, out); err != nil {
			return err
		}
	}
	return nil
}

// gate checks one object.
func (x *Export) gate(ctx context.Context, t *transform, o *ObjectOutcome, out *Outcome) error {
	quasi := t.object(o.Object).Quasi
	if x.Plan.Gates.K <= 1 {
		quasi = nil
	}
	classes := risk.New("")
	defer classes.Close()
	if err := x.check(ctx, t, o, quasi, classes, out); err != nil {
		return err
	}
	if len(quasi) == 0 || classes.Rows() == 0 {
		return nil
	}
	small, err := classes.Small(x.Plan.Gates.K, x.Plan.Gates.Suppression)
	var over *risk.OverBudget
	if errors.As(err, &over) {
		return &GateError{Gate: "k", Object: o.Object, Message: fmt.Sprintf("%s: generalize %s further, or leave one out", over, quoted(quasi))}
	}
	if err != nil {
		return err
	}
	least := small.Least
	if small.Rows > 0 {
		least = int64(x.Plan.Gates.K) // what remains has that many at least
	}
	if out.SmallestK == 0 || least < out.SmallestK {
		out.SmallestK = least
	}
	if small.Rows == 0 {
		return nil
	}
	return x.suppress(ctx, o, quasi, classes, small, out)
}

// check reads a sealed file: residual scan, and the classes of its rows.
func (x *Export) check(ctx context.Context, t *transform, o *ObjectOutcome, quasi []string, classes *risk.Counter, out *Outcome) error {
	src, err := x.Reopen(ctx, o.Object, x.Sink.Path(o.File))
	if err != nil {
		return err
	}
	defer src.Close()
	parts, err := src.Parts(ctx, partsPerObject)
	if err != nil {
		return err
	}
	objects := map[string]*Object{}
	workers := newWorkers(x.Workers, keptNowhere)
	watch := detectors.NewWatch()
	r := &run{source: src, workers: workers, readers: 1}
	r.begin = func(*part) error { return nil }
	r.work = func(w *Worker, j *job) error {
		w.Turn(j.part.index)
		w.Tally(&j.batch, w.Scan(&j.batch))
		if len(quasi) == 0 {
			return nil
		}
		return classes.Add(w.classes(&j.batch, quasi, classes)...)
	}
	r.end = func(p *part, err error) error {
		for _, w := range workers {
			merge(objects, w.Take(p.index))
		}
		return whole(p, err)
	}
	if err := r.all(ctx, parts); err != nil {
		return err
	}
	if err := cutShort(watch); err != nil {
		return err
	}
	return x.residual(t, o, objects, out)
}

// residual counts what should not be in the result: findings at the reporting threshold of kinds that no column
// plan lets out in clear. In columns whose cells were all replaced the column's name is no evidence.
func (x *Export) residual(t *transform, o *ObjectOutcome, objects map[string]*Object, out *Outcome) error {
	found := map[string]int64{}
	for _, object := range objects {
		for _, c := range object.Columns {
			facts := c.Facts()
			clear := detectors.Kind("")
			if p := t.column(o.Object, c.Field.Name); p != nil {
				if p.Action == rules.Change && p.Do != "keep" {
					facts.Name = ""
				} else {
					clear = p.Kind
				}
			}
			f := c.verdict(detectors.Judge(facts))
			for _, kind := range f.Kinds(detectors.Report) {
				n := f.Counts[kind]
				if kind == clear || n.Class == detectors.Organisation || x.Plan.Clear(kind) {
					continue
				}
				found[fmt.Sprintf("%s in column %q", kind, c.Field.Name)] += n.From(detectors.Report)
				out.Residual += n.From(detectors.Report)
			}
		}
	}
	if len(found) == 0 || out.Residual <= int64(x.Plan.Gates.Residual) {
		return nil
	}
	what := slices.Sorted(maps.Keys(found))
	return &GateError{Gate: "residual", Object: o.Object, Message: fmt.Sprintf("the finished result still holds %d findings, such as %s", out.Residual, what[0])}
}

// column is the plan for a column, nil if it is not named.
func (t *transform) column(object, field string) *rules.ColumnPlan {
	o := t.object(object)
	if o == nil {
		return nil
	}
	for i := range o.Columns {
		if o.Columns[i].Field == field {
			return &o.Columns[i]
		}
	}
	return nil
}

// classes names the class of each row of a batch. The result is valid until the next call.
func (w *Worker) classes(b *connectors.Batch, quasi []string, counter *risk.Counter) []risk.Class {
	if w.counter != counter {
		w.counter, w.hasher = counter, counter.Hasher()
	}
	w.rows = w.rows[:0]
	for row := range rowCount(b) {
		w.tuple = w.tuple[:0]
		for _, q := range quasi {
			var value []byte
			for _, c := range b.Row(row) {
				if c.Type != connectors.Key && b.Fields[c.Field].Name == q {
					value = b.Value(c)
				}
			}
			w.tuple = append(w.tuple, value)
		}
		w.rows = append(w.rows, w.hasher.Class(w.tuple...))
	}
	return w.rows
}

// suppress leaves out the rows of small classes.
func (x *Export) suppress(ctx context.Context, o *ObjectOutcome, quasi []string, classes *risk.Counter, small *risk.Small, out *Outcome) error {
	src, err := x.Reopen(ctx, o.Object, x.Sink.Path(o.File))
	if err != nil {
		return err
	}
	defer src.Close()
	parts, err := src.Parts(ctx, partsPerObject)
	if err != nil {
		return err
	}
	return x.Sink.Replace(o.File, func(w io.Writer) error {
		r := &run{source: src, workers: newWorkers(x.Workers, sketchKey{}), readers: 1, exact: true, end: whole}
		r.begin = func(*part) error { return nil }
		r.work = func(w *Worker, j *job) error {
			j.edits, j.drop = j.edits[:0], j.drop[:0]
			for row, class := range w.classes(&j.batch, quasi, classes) {
				if small.Has(class) {
					j.drop = append(j.drop, uint32(row))
				}
			}
			return j.rewrite(0)
		}
		r.collect = func(_ *part, j *job) error {
			out.Suppressed += int64(len(j.drop))
			o.Rows -= int64(len(j.drop))
			out.Rows -= int64(len(j.drop))
			_, err := w.Write(j.out)
			return err
		}
		return r.all(ctx, parts)
	})
}

func quoted(names []string) string {
	s := ""
	for i, n := range names {
		if i > 0 {
			s += ", "
		}
		s += fmt.Sprintf("%q", n)
	}
	return s
}
