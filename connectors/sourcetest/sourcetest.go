// Package sourcetest is the acceptance kit of connectors: every source passes it.
//
// It asks only what the contract in package connectors promises, reads every source several times, spoils the
// memory of every batch between two calls, and computes what to expect by itself.
package sourcetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"testing"
	"time"

	"bezlik/connectors"
)

// Options say what may be asked of a source. The zero value asks what every source can do.
type Options struct {
	// Again are sources of the same content that cut it otherwise: other batch sizes. They bring the same cells.
	Again []func(t *testing.T) connectors.Source
	// ZeroAllocs asserts that a warm Next allocates nothing. The source needs 16 batches or more.
	ZeroAllocs bool
	// Exact holds the bytes of each object, for formats that come out byte for byte: their readers are Rewriters.
	Exact map[string][]byte
	// Reopen makes a source of rewritten bytes. Without it edits and dropped rows are not read back.
	Reopen func(t *testing.T, object string, content []byte) connectors.Source
	// Find stands somewhere in the cells, written the same in Exact; all of it is replaced by Put, and the
	// result compared with bytes.ReplaceAll. Find is ASCII, and Put as long as you like.
	Find, Put string
	// Hostile are texts to be written into whole cells, besides the kit's own. A Rewriter refuses one or
	// writes it so that it reads back as itself.
	Hostile []string
	// Text says that the source is running text: one cell a batch, edited by Find and Put only.
	Text bool
}

// Run puts a source to the test. make is called many times and must bring the same content each time.
func Run(t *testing.T, make func(t *testing.T) connectors.Source, o Options) {
	k := &kit{make: make, o: o}
	k.want = k.read(t, make(t), 1, spoilt(0))
	t.Run("parts", k.parts)
	t.Run("capacities", k.capacities)
	t.Run("cuts", k.cuts)
	t.Run("concurrent", k.concurrent)
	t.Run("cancel", k.cancel)
	t.Run("describe", k.describe)
	if o.ZeroAllocs {
		t.Run("allocs", k.allocs)
	}
	if o.Exact != nil {
		t.Run("identity", k.identity)
		t.Run("replace", k.replace)
	}
	if o.Exact != nil && o.Reopen != nil && !o.Text {
		t.Run("edits", k.edits)
		t.Run("hostile", k.hostile)
		t.Run("rows", k.rows)
	}
}

// A Row is what one record said, copied out of a batch.
type Row struct {
	Object string
	Cells  []Cell
	cut    bool // came in pieces, as running text
}

// A Cell is one value with the name of its field.
type Cell struct {
	Field, Value string
	Type         connectors.Type
}

// Read returns all rows of a source, in the order of its parts, and closes it. Batches of running text become
// one cell. It fails the test if a batch breaks the contract.
func Read(t testing.TB, s connectors.Source) []Row {
	t.Helper()
	return (&kit{}).read(t, s, 1, spoilt(0))
}

type kit struct {
	make func(t *testing.T) connectors.Source
	o    Options
	want []Row
}

func (k *kit) read(t testing.TB, s connectors.Source, n int, next func(*connectors.Batch)) []Row {
	t.Helper()
	var rows []Row
	ctx := context.Background()
	for _, p := range partsOf(t, s, n) {
		r, err := s.Open(ctx, p)
		if err != nil {
			t.Fatalf("open %s: %v", p.Object, err)
		}
		rows = append(rows, readAll(t, r, next)...)
	}
	if err := s.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
	return rows
}

// readAll reads a reader to its end and closes it. next prepares the batch for each call.
func readAll(t testing.TB, r connectors.Reader, next func(*connectors.Batch)) []Row {
	t.Helper()
	var rows []Row
	var b connectors.Batch
	b.Exact = true
	for {
		next(&b)
		err := r.Next(&b)
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("next: %v", err)
		}
		if err := Check(&b); err != nil {
			t.Fatalf("batch at row %d: %v", b.First, err)
		}
		rows = collect(rows, &b)
	}
	next(&b)
	if err := r.Next(&b); err != io.EOF {
		t.Errorf("next behind the end: %v", err)
	}
	if err := r.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
	return rows
}

func collect(rows []Row, b *connectors.Batch) []Row {
	if b.Lead > 0 && len(rows) > 0 {
		c := b.Cells[0]
		last := rows[len(rows)-1].Cells
		last[0].Value += string(b.Arena[c.Start+b.Lead : c.End-b.Tail])
		return rows
	}
	for i := range b.Rows {
		row := Row{Object: b.Object, cut: b.Tail > 0}
		for _, c := range b.Row(i) {
			row.Cells = append(row.Cells, Cell{Field: b.Fields[c.Field].Name, Value: string(b.Arena[c.Start : c.End-b.Tail]), Type: c.Type})
		}
		rows = append(rows, row)
	}
	return rows
}

// spoilt returns a function that fills all memory of a batch with rubbish and, if size is not 0, gives it
// fresh memory of that capacity unless it has it.
func spoilt(size int) func(*connectors.Batch) {
	return func(b *connectors.Batch) {
		for _, a := range [][]byte{b.Arena[:cap(b.Arena)], b.Raw[:cap(b.Raw)]} {
			for i := range a {
				a[i] = 0xA5
			}
		}
		for _, a := range [][]uint32{b.Rows[:cap(b.Rows)], b.Bounds[:cap(b.Bounds)]} {
			for i := range a {
				a[i] = 0xA5A5A5
			}
		}
		for i := range b.Cells[:cap(b.Cells)] {
			b.Cells[:cap(b.Cells)][i] = connectors.Cell{Start: 0xA5A5A5, End: 1, Field: 0xA5A5, Type: 0xA5, Form: 0xA5}
		}
		if size > 0 && cap(b.Arena) != size {
			*b = connectors.Batch{Exact: b.Exact, Arena: make([]byte, size/2, size), Raw: make([]byte, 0, size),
				Cells: make([]connectors.Cell, 0, size/8), Rows: make([]uint32, 0, size/16)}
		}
	}
}

func partsOf(t testing.TB, s connectors.Source, n int) []connectors.Part {
	t.Helper()
	parts, err := s.Parts(context.Background(), n)
	if err != nil {
		t.Fatalf("parts: %v", err)
	}
	for i, p := range parts {
		if p.Object == "" || slices.ContainsFunc(parts[:i], func(q connectors.Part) bool { return q.Object == p.Object && q.Range == p.Range }) {
			t.Fatalf("part %d: no name, or twice: %+v", i, p)
		}
	}
	return parts
}

func (k *kit) same(t *testing.T, what string, got []Row) {
	t.Helper()
	if d := Diff(k.want, got); d != "" {
		t.Errorf("%s: %s", what, d)
	}
}

// Diff says where two lists of rows first differ, or "".
func Diff(want, got []Row) string {
	for i := range min(len(want), len(got)) {
		w, g := want[i], got[i]
		if w.Object != g.Object {
			return fmt.Sprintf("row %d is of %q, want %q", i, g.Object, w.Object)
		}
		for j := range min(len(w.Cells), len(g.Cells)) {
			if w.Cells[j] != g.Cells[j] {
				return fmt.Sprintf("row %d: %s, want %s", i, brief(g.Cells[j]), brief(w.Cells[j]))
			}
		}
		if len(w.Cells) != len(g.Cells) {
			return fmt.Sprintf("row %d has %d cells, want %d", i, len(g.Cells), len(w.Cells))
		}
	}
	if len(want) != len(got) {
		return fmt.Sprintf("%d rows, want %d", len(got), len(want))
	}
	return ""
}

func brief(c Cell) string {
	if len(c.Value) > 200 {
		return fmt.Sprintf("{%s %q… of %d bytes, type %d}", c.Field, c.Value[:100], len(c.Value), c.Type)
	}
	return fmt.Sprintf("{%s %q, type %d}", c.Field, c.Value, c.Type)
}

// parts: the same parts each time, and together they are the whole, however many were asked for.
func (k *kit) parts(t *testing.T) {
	for _, n := range []int{1, 2, 7} {
		a, b := k.make(t), k.make(t)
		pa, pb := partsOf(t, a, n), partsOf(t, b, n)
		if !slices.Equal(pa, pb) {
			t.Errorf("n = %d: %+v, then %+v", n, pa, pb)
		}
		b.Close()
		k.same(t, fmt.Sprintf("%d parts", n), k.read(t, a, n, spoilt(0)))
	}
}

// capacities: the memory a batch comes with changes nothing.
func (k *kit) capacities(t *testing.T) {
	for _, size := range []int{1, 64, 5000, 100_000} {
		k.same(t, fmt.Sprintf("capacity %d", size), k.read(t, k.make(t), 1, spoilt(size)))
	}
	k.same(t, "Reset", k.read(t, k.make(t), 1, func(b *connectors.Batch) { spoilt(0)(b); b.Reset() }))
	k.same(t, "not exact", k.read(t, k.make(t), 1, func(b *connectors.Batch) { spoilt(0)(b); b.Exact = false }))
}

func (k *kit) cuts(t *testing.T) {
	for i, again := range k.o.Again {
		k.same(t, fmt.Sprintf("cut %d", i), k.read(t, again(t), 1, spoilt(0)))
	}
}

// concurrent: parts may be open at the same time.
func (k *kit) concurrent(t *testing.T) {
	s := k.make(t)
	defer s.Close()
	parts := partsOf(t, s, 4)
	results := make([][]Row, len(parts))
	var wg sync.WaitGroup
	for i, p := range parts {
		wg.Go(func() {
			r, err := s.Open(context.Background(), p)
			if err != nil {
				t.Errorf("open: %v", err)
				return
			}
			defer r.Close()
			var b connectors.Batch
			for {
				spoilt(0)(&b)
				if err := r.Next(&b); err != nil {
					if err != io.EOF {
						t.Errorf("next: %v", err)
					}
					return
				}
				results[i] = collect(results[i], &b)
			}
		})
	}
	wg.Wait()
	k.same(t, "all parts at once", slices.Concat(results...))
}

// cancel: a reader whose context has ended says so soon, and never io.EOF.
func (k *kit) cancel(t *testing.T) {
	start := time.Now()
	s := k.make(t)
	defer s.Close()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for _, p := range partsOf(t, s, 1) {
		r, err := s.Open(ctx, p)
		if err != nil {
			if ctx.Err() == nil || err == io.EOF {
				t.Fatalf("open: %v", err)
			}
			continue
		}
		var b connectors.Batch
		if ctx.Err() == nil {
			if err := r.Next(&b); err != nil && err != io.EOF {
				t.Fatalf("next: %v", err)
			}
			cancel()
		}
		var last error
		for range 3 {
			if last = r.Next(&b); last != nil {
				break
			}
		}
		if last == nil {
			t.Errorf("reading goes on")
		}
		if last == io.EOF {
			t.Errorf("a cancelled reader says that everything was read")
		}
		r.Close()
	}
	if d := time.Since(start); d > 20*time.Second {
		t.Errorf("took %v", d)
	}
}

func (k *kit) allocs(t *testing.T) {
	s := k.make(t)
	defer s.Close()
	r, err := s.Open(context.Background(), partsOf(t, s, 1)[0])
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for _, exact := range []bool{false, true} {
		b := connectors.Batch{Exact: exact}
		next := func() {
			if err := r.Next(&b); err != nil {
				t.Fatalf("too few batches to measure: %v", err)
			}
		}
		for range 3 {
			next()
		}
		if n := testing.AllocsPerRun(4, next); n != 0 {
			t.Errorf("exact %v: %v allocations a batch", exact, n)
		}
	}
}

// rewrite sends everything through the readers' Rewriters. Edits of a batch come from edit, dropped rows from
// drop; row numbers count from 0 within the object. Rewriting a batch and reading the next go on at once.
func (k *kit) rewrite(t *testing.T, edit func(b *connectors.Batch, row int) []connectors.Edit, drop func(row int) bool) (map[string][]byte, error) {
	t.Helper()
	s := k.make(t)
	defer s.Close()
	out := map[string][]byte{}
	var problem error
	for _, p := range partsOf(t, s, 1) {
		r, err := s.Open(context.Background(), p)
		if err != nil {
			t.Fatal(err)
		}
		rw, ok := r.(connectors.Rewriter)
		if !ok {
			t.Fatalf("the reader of %s is no Rewriter", p.Object)
		}
		if out[p.Object] == nil {
			out[p.Object] = []byte{}
		}
		now, next := &connectors.Batch{Exact: true}, &connectors.Batch{Exact: true}
		row, skip := 0, 0
		err = r.Next(now)
		for err == nil {
			var edits []connectors.Edit
			if edit != nil {
				edits = edit(now, row)
			}
			var gone []uint32
			for i := range now.Rows {
				if drop != nil && drop(row+i) {
					gone = append(gone, uint32(i))
				}
			}
			var wg sync.WaitGroup
			wg.Go(func() {
				var e error
				out[p.Object], skip, e = rw.Rewrite(out[p.Object], now, edits, gone, skip)
				problem = errors.Join(problem, e)
			})
			spoilt(0)(next)
			err = r.Next(next)
			wg.Wait()
			row += len(now.Rows)
			now, next = next, now
		}
		if err != io.EOF {
			t.Fatal(err)
		}
		if skip != 0 {
			t.Errorf("%s: %d bytes spill over the end", p.Object, skip)
		}
		r.Close()
	}
	return out, problem
}

func (k *kit) identity(t *testing.T) {
	out, err := k.rewrite(t, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for object, want := range k.o.Exact {
		bytesEqual(t, object, want, out[object])
	}
	if len(out) != len(k.o.Exact) {
		t.Errorf("%d objects, want %d", len(out), len(k.o.Exact))
	}
}

func bytesEqual(t *testing.T, object string, want, got []byte) {
	t.Helper()
	if bytes.Equal(want, got) {
		return
	}
	i := 0
	for i < len(want) && i < len(got) && want[i] == got[i] {
		i++
	}
	t.Errorf("%s: %d bytes, want %d; they differ from %d: %q, want %q", object, len(got), len(want), i,
		got[i:min(len(got), i+60)], want[i:min(len(want), i+60)])
}

// replace: all occurrences of a string, found in the arena, against a replacement in the file.
func (k *kit) replace(t *testing.T) {
	if k.o.Find == "" {
		t.Fatal("Options.Find is not set")
	}
	n := 0
	out, err := k.rewrite(t, func(b *connectors.Batch, _ int) (edits []connectors.Edit) {
		for i, c := range b.Cells {
			for at := c.Start; ; {
				j := bytes.Index(b.Arena[at:c.End], []byte(k.o.Find))
				if j < 0 {
					break
				}
				from := at + uint32(j)
				at = from + uint32(len(k.o.Find))
				if from < c.Start+b.Lead || from >= c.End-b.Tail { // a neighbour's
					continue
				}
				edits = append(edits, connectors.Edit{Cell: uint32(i), Start: from, End: at, Text: []byte(k.o.Put)})
				n++
			}
		}
		return edits
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for object, content := range k.o.Exact {
		total += bytes.Count(content, []byte(k.o.Find))
		bytesEqual(t, object, bytes.ReplaceAll(content, []byte(k.o.Find), []byte(k.o.Put)), out[object])
	}
	if n == 0 || n != total {
		t.Errorf("found %d times, want %d", n, total)
	}
}
