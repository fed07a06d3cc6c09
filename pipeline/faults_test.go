package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"bezlik/connectors"
	"bezlik/connectors/csvfile"
)

// settles waits until there are as few goroutines and open files as before.
func settles(t *testing.T) (check func()) {
	t.Helper()
	count := func() (goroutines, files int) {
		if open, err := os.ReadDir("/proc/self/fd"); err == nil {
			files = len(open)
		}
		return runtime.NumGoroutine(), files
	}
	g, f := count()
	return func() {
		t.Helper()
		for wait := time.Millisecond; ; wait *= 2 {
			g2, f2 := count()
			if g2 <= g && f2 <= f {
				return
			}
			if wait > time.Second {
				t.Fatalf("%d goroutines and %d files were open, now %d and %d", g, f, g2, f2)
			}
			time.Sleep(wait)
		}
	}
}

// in says that do returns within a time that no healthy run takes.
func in(t *testing.T, do func()) {
	t.Helper()
	done := make(chan struct{})
	go func() { defer close(done); do() }()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Fatal("hangs")
	}
}

var errPlain = errors.New("invalid syntax near 7700123")

// A part that goes wrong is told with its place; the others go on, however many go wrong.
func TestFaultsOfOnePart(t *testing.T) {
	var nothing *fakeReader
	faults := map[string]struct {
		next   func(object string, batch int) error
		open   func(object string) (connectors.Reader, error)
		kind   string
		status string
	}{
		"an error in the middle": {kind: "failed", status: "partial", next: func(_ string, n int) error {
			if n == 2 {
				return errPlain
			}
			return nil
		}},
		"an error at once": {kind: "failed", status: "failed", next: func(string, int) error { return errPlain }},
		"a problem in the middle": {kind: "damaged", status: "partial", next: func(object string, n int) error {
			if n == 1 {
				return &connectors.Problem{Object: object, Kind: "damaged", Row: 6, Message: "a page is damaged"}
			}
			return nil
		}},
		"io.EOF inside another error": {kind: "failed", status: "failed", next: func(string, int) error { return fmt.Errorf("reading: %w", io.EOF) }},
		"a panic at once":             {kind: "internal", status: "failed", next: func(string, int) error { panic("7700123") }},
		"a panic in the middle": {kind: "internal", status: "partial", next: func(_ string, n int) error {
			if n == 3 {
				panic(errPlain)
			}
			return nil
		}},
		"an open that fails":                        {kind: "failed", status: "failed", open: func(string) (connectors.Reader, error) { return nil, errPlain }},
		"an open that fails and returns a reader":   {kind: "failed", status: "failed", open: func(string) (connectors.Reader, error) { return nothing, errPlain }},
		"an open that panics":                       {kind: "internal", status: "failed", open: func(string) (connectors.Reader, error) { panic(errPlain) }},
		"an open that says well and returns none":   {kind: "internal", status: "failed", open: func(string) (connectors.Reader, error) { return nothing, nil }},
		"a close that fails":                        {kind: "failed", status: "failed", open: func(string) (connectors.Reader, error) { return &closing{func() error { return errPlain }}, nil }},
		"a close that panics":                       {kind: "internal", status: "failed", open: func(string) (connectors.Reader, error) { return &closing{func() error { panic(errPlain) }}, nil }},
		"a reader that breaks the contract's arena": {kind: "internal", status: "failed", open: func(string) (connectors.Reader, error) { return &wild{}, nil }},
	}
	r := rand.New(rand.NewPCG(60, 60))
	var objects []fakeObject
	for i := range 10 { // more than there are batches on the way
		objects = append(objects, people(r, fmt.Sprintf("bad%d", i), 20), people(r, fmt.Sprintf("good%d", i), 20))
	}
	for name, fault := range faults {
		for _, workers := range []int{1, 3} {
			t.Run(fmt.Sprintf("%s/%d", name, workers), func(t *testing.T) {
				check := settles(t)
				defer check()
				s := &fake{objects: objects, cut: func() int { return 5 }}
				if fault.next != nil {
					s.next = func(object string, n int) error {
						if strings.HasPrefix(object, "bad") {
							return fault.next(object, n)
						}
						return nil
					}
				}
				if fault.open != nil {
					s.open = func(object string) (connectors.Reader, error) {
						if strings.HasPrefix(object, "bad") {
							return fault.open(object)
						}
						return nil, nil
					}
				}
				ends := map[string]string{}
				problems := map[string]int{}
				var res *Result
				in(t, func() {
					var err error
					res, err = (&Scan{Source: s, Workers: workers, Findings: true, Emit: func(m *Message) error {
						if m.Part != nil {
							ends[m.Part.Object] = m.Part.Status
						}
						if m.Problem != nil {
							problems[m.Problem.Object]++
							if m.Problem.Kind != fault.kind || strings.Contains(m.Problem.Error(), "7700123") {
								t.Errorf("got %+v", m.Problem)
							}
						}
						return nil
					}}).Run(t.Context())
					if err != nil {
						t.Error(err)
					}
				})
				if t.Failed() {
					return
				}
				for i := range 10 {
					bad, good := fmt.Sprintf("bad%d", i), fmt.Sprintf("good%d", i)
					if ends[good] != "complete" || ends[bad] != fault.status || problems[bad] != 1 || problems[good] != 0 {
						t.Fatalf("good ended %s, bad %s, with %d problems", ends[good], ends[bad], problems[bad])
					}
					if inv := res.inventory(good); inv == nil || inv.Rows != 20 {
						t.Fatalf("good was not read: %+v", inv)
					}
				}
				if res.Complete() || len(res.Problems) != 10 {
					t.Errorf("%d problems", len(res.Problems))
				}
				x := &anExport{source: s, survey: res, plan: masking(t), form: "csv"}
				if _, _, err := x.run(t.Context(), t); err == nil {
					t.Error("what was not read whole was exported")
				}
			})
		}
	}
}

// closing is an empty part whose Close goes wrong.
type closing struct{ close func() error }

func (*closing) Next(*connectors.Batch) error { return io.EOF }
func (c *closing) Close() error               { return c.close() }

// wild says that a cell lies behind the arena. Rows are counted before anybody looks at it, so the pipeline finds it.
type wild struct{}

func (*wild) Next(b *connectors.Batch) error {
	b.Reset()
	b.Object, b.Fields = "bad", []connectors.Field{{Name: "text", Native: connectors.RunningText}}
	b.Cells, b.Rows = []connectors.Cell{{Start: 1, End: 1 << 30}}, []uint32{0}
	return nil
}
func (*wild) Close() error { return nil }

// A source that was whole in the survey and is not when it is read again: nothing is published.
func TestFaultsInMidExport(t *testing.T) {
	objects := []fakeObject{people(rand.New(rand.NewPCG(61, 61)), "a", 60), people(rand.New(rand.NewPCG(62, 62)), "b", 60)}
	s := &fake{objects: objects, cut: func() int { return 4 }}
	survey, err := (&Scan{Source: s, Emit: func(*Message) error { return nil }}).Survey(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, next := range map[string]func(string, int) error{
		"error": func(object string, n int) error {
			if object == "b" && n == 7 {
				return errPlain
			}
			return nil
		},
		"panic": func(object string, n int) error {
			if object == "b" && n == 7 {
				panic(errPlain)
			}
			return nil
		},
	} {
		for _, workers := range []int{1, 3} {
			t.Run(fmt.Sprintf("%s/%d", name, workers), func(t *testing.T) {
				check := settles(t)
				x := &anExport{source: &fake{objects: objects, cut: s.cut, next: next}, survey: survey, plan: masking(t), form: "csv", workers: workers}
				if _, _, err := x.run(t.Context(), t); err == nil || strings.Contains(Sanitize("b", err).Error(), "7700123") {
					t.Errorf("got %v", err)
				}
				check()
			})
		}
	}
}

// Cancelled at any moment, a scan, an export and a filter return at once and leave nothing: no file, no goroutine.
func TestCancelledInTheMiddle(t *testing.T) {
	objects := []fakeObject{people(rand.New(rand.NewPCG(63, 63)), "a", 90), people(rand.New(rand.NewPCG(64, 64)), "b", 90), people(rand.New(rand.NewPCG(65, 65)), "a", 90)}
	clean := &fake{objects: objects, cut: func() int { return 3 }}
	survey, err := (&Scan{Source: clean, Emit: func(*Message) error { return nil }}).Survey(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, moment := range []int{0, 1, 10, 29, 50, 89} {
		for _, workers := range []int{1, 2, 4} {
			run := func(what string, do func(ctx context.Context, s *fake) error) {
				t.Run(fmt.Sprintf("%s/%d/%d", what, moment, workers), func(t *testing.T) {
					check := settles(t)
					ctx, cancel := context.WithCancel(t.Context())
					defer cancel()
					left := make(chan struct{}, 1000)
					for range moment {
						left <- struct{}{}
					}
					s := &fake{objects: objects, cut: clean.cut, next: func(string, int) error {
						select {
						case <-left:
						default:
							cancel()
						}
						return nil
					}}
					in(t, func() {
						if err := do(ctx, s); !errors.Is(err, context.Canceled) {
							t.Errorf("got %v", err)
						}
					})
					cancel()
					check()
				})
			}
			run("scan", func(ctx context.Context, s *fake) error {
				_, err := (&Scan{Source: s, Workers: workers, Findings: true, Emit: func(*Message) error { return nil }}).Run(ctx)
				return err
			})
			run("export", func(ctx context.Context, s *fake) error {
				x := &anExport{source: s, survey: survey, plan: masking(t), form: "csv", workers: workers}
				files, _, err := x.run(ctx, t)
				if len(files) > 0 {
					t.Errorf("left: %v", keysOf(files))
				}
				return err
			})
			run("filter", func(ctx context.Context, s *fake) error {
				one := &fake{objects: objects[:1], cut: s.cut, next: s.next}
				f := &Filter{Head: &fake{objects: objects[:1]}, Stream: one, Workers: workers, Out: io.Discard, Plan: whatever(masking(t))}
				_, err := f.Run(ctx)
				if moment > 31 { // the stream ends before that
					return context.Canceled
				}
				return err
			})
		}
	}
}

// An Emit or a writer that fails stops everything, and is what Run returns.
func TestStoppedByTheOtherEnd(t *testing.T) {
	o := people(rand.New(rand.NewPCG(66, 66)), "a", 200)
	full := errors.New("no room")
	for _, after := range []int{0, 1, 5, 40} {
		for _, workers := range []int{1, 4} {
			check := settles(t)
			in(t, func() {
				n := 0
				_, err := (&Scan{Source: &fake{objects: []fakeObject{o}, cut: func() int { return 2 }}, Workers: workers, Findings: true, Emit: func(*Message) error {
					if n++; n > after {
						return full
					}
					return nil
				}}).Run(t.Context())
				if !errors.Is(err, full) {
					t.Errorf("got %v", err)
				}
				source := csvfile.New(memory(o.csv()), csvfile.Options{BatchSize: 200})
				f := &Filter{Head: source, Stream: source, Workers: workers, Out: &limitedWriter{after * 100, full}, Plan: whatever(masking(t))}
				if _, err := f.Run(t.Context()); !errors.Is(err, full) {
					t.Errorf("got %v", err)
				}
			})
			check()
		}
	}
}

type limitedWriter struct {
	left int
	err  error
}

func (w *limitedWriter) Write(p []byte) (int, error) {
	if w.left -= len(p); w.left < 0 {
		return 0, w.err
	}
	return len(p), nil
}

// Batches of several parts on their way at the same time, some of them failing, keep their order.
func TestPartsKeepTheirOrder(t *testing.T) {
	var objects []fakeObject
	r := rand.New(rand.NewPCG(67, 67))
	for i := range 9 {
		objects = append(objects, people(r, fmt.Sprint("o", i), 30+i))
	}
	rows := map[string][]int64{}
	s := &Scan{Source: &fake{objects: objects, cut: func() int { return 1 }}, Workers: 4, Findings: true}
	s.Emit = func(m *Message) error {
		if f := m.Finding; f != nil && f.Field == "ИНН" {
			rows[f.Object] = append(rows[f.Object], f.Row)
		}
		return nil
	}
	if _, err := s.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i, o := range objects {
		if got := rows[o.name]; len(got) != 30+i || !slices.IsSorted(got) {
			t.Errorf("%s: %v", o.name, got)
		}
	}
}
