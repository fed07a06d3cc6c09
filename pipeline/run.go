package pipeline

import (
	"context"
	"io"
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"

	"bezlik/connectors"
)

// A run moves the batches of some parts through workers. Each part is read by one goroutine; workers take
// batches of all parts as they come; what they made of a part is collected in order by one goroutine a part.
// The number of batches, and so the memory, is fixed before the first one is read.
type run struct {
	source  connectors.Source
	workers []*Worker
	readers int   // parts read at the same time
	exact   bool  // raw bytes are wanted
	limit   int64 // rows after which the rest of a part is left; 0 is none

	begin   func(p *part) error            // before the first batch of a part
	work    func(w *Worker, j *job) error  // by any worker
	collect func(p *part, j *job) error    // in order; may be nil
	end     func(p *part, err error) error // after the last batch: err is nil when the part was read whole
}

// A part is a connectors.Part on its way.
type part struct {
	connectors.Part
	index    int
	reader   connectors.Reader
	rows     int64
	bytes    int64
	before   int64 // bytes of the line or record at hand that earlier batches brought, where findings are told
	problems []connectors.Problem
	notes    []connectors.Problem
	state    any // what begin keeps for collect and end
	head     head
}

// A job is one batch on its way, with the memory for what becomes of it.
type job struct {
	part   *part
	batch  connectors.Batch
	edits  []connectors.Edit // all of them, in order, once Edits is done
	inside []connectors.Edit // of cells that stay
	merged []connectors.Edit // memory for order
	drop   []uint32
	text   []byte           // what edits point into
	out    []byte           // rewritten raw bytes
	spill  int              // how far the last edit of running text reaches into the next batch
	record connectors.Batch // edited records
	found  []Found          // settled findings, where they are wanted
	done   chan error
}

// maxKept bounds how many problems and notes of one part are kept; the rest are counted in the last one.
const maxKept = 100

// all runs through the parts. Errors of one part are told to end and leave the others alone; an error of
// begin, work, collect or end itself stops everything.
func (r *run) all(ctx context.Context, parts []connectors.Part) error {
	readers := min(max(r.readers, 1), max(len(parts), 1))
	pool := len(r.workers) + readers + 1
	free := make(chan *job, pool)
	for range pool {
		free <- &job{done: make(chan error, 1)}
	}
	work := make(chan *job, pool)
	g, ctx := errgroup.WithContext(ctx)

	for _, w := range r.workers {
		g.Go(func() error {
			for j := range work {
				j.done <- guard(func() error { return r.work(w, j) })
			}
			return nil
		})
	}

	next := make(chan *part)
	g.Go(func() error {
		defer close(next)
		for i := range parts {
			select {
			case next <- &part{Part: parts[i], index: i}:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	var reading sync.WaitGroup
	for range readers {
		reading.Add(1)
		g.Go(func() error {
			defer reading.Done()
			for p := range next {
				if err := r.one(ctx, p, free, work); err != nil {
					return err
				}
			}
			return nil
		})
	}
	g.Go(func() error {
		reading.Wait()
		close(work)
		return nil
	})
	return g.Wait()
}

// one reads a part and collects it.
func (r *run) one(ctx context.Context, p *part, free, work chan *job) error {
	if err := r.begin(p); err != nil {
		return err
	}
	order := make(chan *job, cap(free))
	stop := make(chan struct{}) // the collector gave up: read no more
	collected := make(chan error, 1)
	go func() {
		var first error
		for j := range order {
			err := <-j.done
			if err == nil && first == nil && r.collect != nil {
				err = guard(func() error { return r.collect(p, j) })
			}
			if err != nil && first == nil {
				first = err
				close(stop)
			}
			free <- j
		}
		collected <- first
	}()

	var held *job // not on its way: the part ends, perhaps with a panic
	read := guard(func() error {
		reader, err := r.source.Open(ctx, p.Part)
		if err != nil {
			return err // and no reader, whatever was returned beside it
		}
		p.reader = reader
		for {
			var j *job
			select {
			case j = <-free:
			case <-stop:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
			held, j.part, j.batch.Exact = j, p, r.exact
			if err = p.reader.Next(&j.batch); err != nil {
				if err == io.EOF { //nolint:errorlint // the contract: io.EOF itself, never wrapped
					return nil
				}
				return err
			}
			p.rows += int64(rowCount(&j.batch))
			p.bytes += int64(len(j.batch.Arena))
			p.problems = keep(p.problems, j.batch.Problems)
			p.notes = keep(p.notes, j.batch.Notes)
			held = nil
			order <- j
			work <- j
			if r.limit > 0 && p.rows >= r.limit {
				return nil
			}
		}
	})
	if held != nil {
		free <- held
	}
	close(order)
	failed := <-collected
	if p.reader != nil {
		if err := guard(func() error { return p.reader.Close() }); read == nil && err != nil {
			read = err
		}
	}
	if failed != nil {
		return failed
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return r.end(p, read)
}

// keep appends problems up to maxKept, and counts the rest in one more.
func keep(kept, more []connectors.Problem) []connectors.Problem {
	for i := range more {
		switch {
		case len(kept) < maxKept:
			kept = append(kept, more[i])
		case len(kept) == maxKept:
			kept = append(kept, connectors.Problem{Object: more[i].Object, Kind: "more", Row: 1,
				Message: "more of the same kind; Row counts them"})
		default:
			kept[maxKept].Row++
		}
	}
	return kept
}

// guard turns a panic into an error that tells the type of what was thrown and nothing else: values of
// panics quote data.
func guard(do func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &panicked{value: v, stack: callers()}
		}
	}()
	return do()
}

// callers lists the functions on the stack, without arguments.
func callers() []string {
	pc := make([]uintptr, 32)
	frames := runtime.CallersFrames(pc[:runtime.Callers(4, pc)])
	var names []string
	for {
		f, more := frames.Next()
		names = append(names, f.Function)
		if !more {
			return names
		}
	}
}
