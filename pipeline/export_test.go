package pipeline

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"bezlik/anonymize"
	"bezlik/connectors"
	"bezlik/connectors/csvfile"
	"bezlik/connectors/filesink"
	"bezlik/connectors/jsonl"
	"bezlik/detectors"
	"bezlik/rules"
)

// method makes a method as a profile would.
func method(t failer, s anonymize.Spec, kind detectors.Kind) anonymize.Method {
	t.Helper()
	key, err := anonymize.ParseKey([]byte(oneKey))
	if err != nil {
		t.Fatal(err)
	}
	m, err := anonymize.New(s, detectors.Find(kind), key, "test")
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// masking is a plan that keeps every column and replaces whatever is found.
func masking(t failer) *rules.Plan {
	return &rules.Plan{All: &rules.ObjectPlan{Rest: rules.Keep}, Other: method(t, anonymize.Spec{Do: "m4.mask"}, "")}
}

// tokens is masking with tokens that depend on the value.
func tokens(t failer) *rules.Plan {
	p := masking(t)
	p.Values = map[detectors.Kind]anonymize.Method{}
	for _, d := range detectors.All() {
		p.Values[d.Kind] = method(t, anonymize.Spec{Do: "m2.identifier"}, d.Kind)
	}
	return p
}

// anExport is an export into a folder of the test's own.
type anExport struct {
	source  connectors.Source
	plan    *rules.Plan
	form    string // csv, jsonl or own: csv byte for byte
	workers int
	target  string // of the test's own if empty
	survey  *Result
	spoil   func(t *testing.T, path string) // of each finished file, before it is looked at
	discard bool                            // the names of files are enough
}

// run exports and returns the files that were published, by name, and that nothing else is left beside them.
func (x *anExport) run(ctx context.Context, t *testing.T) (files map[string]string, out *Outcome, err error) {
	t.Helper()
	if x.target == "" {
		x.target = filepath.Join(t.TempDir(), "out")
	}
	if x.survey == nil {
		if x.survey, err = (&Scan{Source: x.source, Workers: x.workers, State: memoryState(t), Emit: func(*Message) error { return nil }}).Survey(ctx); err != nil {
			t.Fatal(err)
		}
	}
	stage, err := filesink.NewStage(x.target)
	if err != nil {
		t.Fatal(err)
	}
	format := map[string]filesink.Format{"csv": csvfile.Format, "jsonl": jsonl.Format}[x.form]
	sink := filesink.New(stage, format)
	e := &Export{Source: x.source, Survey: x.survey, Plan: x.plan, Sink: spoiling{sink, t, x}, Exact: x.form == "own", Workers: x.workers, Now: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC),
		Reopen: func(_ context.Context, object, path string) (connectors.Source, error) {
			if x.form == "jsonl" {
				return jsonl.Open(path, object, jsonl.Options{BatchSize: 1000})
			}
			return csvfile.Open(path, object, csvfile.Options{BatchSize: 1000, Header: csvfile.Present})
		},
		Manifest: func(o *Outcome) ([]byte, error) { return json.Marshal(o) }}
	out, err = e.Run(ctx)
	if cerr := sink.Close(); cerr != nil {
		t.Error(cerr)
	}
	files = map[string]string{}
	werr := filepath.WalkDir(filepath.Dir(x.target), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(x.target, path)
		if err != nil || !filepath.IsLocal(name) {
			t.Errorf("%s is left beside the target", path)
		}
		if files[name] = "big"; x.discard {
			return err
		}
		b, err := os.ReadFile(path)
		files[name] = string(b)
		return err
	})
	if werr != nil {
		t.Error(werr)
	}
	if err != nil && len(files) > 0 {
		t.Errorf("%v, and %v were published", err, keysOf(files))
	}
	return files, out, err
}

// spoiling is a sink that something happens to between Seal and the gates.
type spoiling struct {
	*filesink.Sink
	t *testing.T
	x *anExport
}

func (s spoiling) Seal(done []connectors.Part) error {
	if err := s.Sink.Seal(done); err != nil || s.x.spoil == nil {
		return err
	}
	for _, p := range done {
		s.x.spoil(s.t, s.Path(s.File(p.Object)))
	}
	return nil
}

// failsAt says that an export has failed at a gate.
func failsAt(t *testing.T, err error, gate, object string) {
	t.Helper()
	var g *GateError
	if !errors.As(err, &g) || g.Gate != gate || g.Object != object {
		t.Errorf("got %v, want the gate %s of %s", err, gate, object)
	}
}

// whatever is seen, this is the plan.
func whatever(p *rules.Plan) func([]rules.Seen) (*rules.Plan, error) {
	return func([]rules.Seen) (*rules.Plan, error) { return p, nil }
}

// masked runs a stream through a filter.
func masked(t failer, open func(size int) connectors.Source, plan *rules.Plan, size, workers int) (string, *Outcome) {
	t.Helper()
	var b bytes.Buffer
	f := &Filter{Head: open(0), Stream: open(size), Workers: workers, Now: time.Unix(0, 0), Out: &b,
		Plan: whatever(plan)}
	out, err := f.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return b.String(), out
}

// quoting fails with the value in its error.
type quoting struct{ anonymize.Method }

func (quoting) Append(dst []byte, _ *detectors.Detector, value []byte) ([]byte, error) {
	return dst, errors.New(string(value))
}
