package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bezlik/benchmarks/corpus"
	"bezlik/pipeline"
)

// do runs a command line as its user would, with a state folder of its own.
func do(t *testing.T, home string, args ...string) (code int, out, err string) {
	t.Helper()
	var o, e bytes.Buffer
	a := &app{in: strings.NewReader(""), out: &o, err: &e, env: func(name string) string {
		if name == "BEZLIK_HOME" {
			return home
		}
		return ""
	}}
	code = run(context.Background(), args, a)
	return code, o.String(), e.String()
}

// A plant is one item of the corpus' truth.
type plant struct {
	Object, Field, Kind, Value string
	Row                        int64
	Counted                    bool
	Notes                      []string
}

// A spot is where an item stands and what it is.
type spot struct {
	object, field, kind, value string
	row                        int64
}

// place is where a report says that a planted item is. In a chat the first row is what stands around the
// messages, and a text that formatting has cut into pieces is a field of its own.
func (p *plant) place() spot {
	s := spot{p.Object, p.Field, p.Kind, p.Value, p.Row}
	switch filepath.Ext(p.Object) {
	case ".sqlite":
		s.object += "!/users"
	case ".json":
		s.row++
	case ".log":
		s.field = "text"
	}
	return s
}

// reported is where a finding is, with the pieces of a chat's text under the name of the text. again says that it
// stands in the list that repeats the text.
func reported(f *pipeline.FindingLine) (s spot, again bool) {
	s = spot{f.Object, f.Field, f.Kind, *f.Normal, f.Row}
	if strings.HasSuffix(f.Object, "result.json") {
		again = f.Field == "text_entities[].text"
		if again || f.Field == "text[].text" {
			s.field = "text"
		}
	}
	return s, again
}

// structured are the kinds that a form, check digits or a word beside them give away.
var structured = []string{"phone", "email", "passport", "inn", "inn_org", "snils", "card", "birth_date"}

// TestCorpus scans a folder of files in six formats and four encodings, in which thousands of items are planted, and
// compares the report with the truth file, item by item.
//
// An item without a word beside it ("bare") may be below the reporting threshold: ten digits are a passport or an
// order. It must then be above the masking threshold.
func TestCorpus(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "world")
	const rows = 2000
	metas, err := corpus.World(dir, corpus.Seed, rows)
	if err != nil {
		t.Fatal(err)
	}
	plants := readTruth(t, dir+".truth.jsonl", metas)
	planted := map[spot]bool{}
	for i := range plants {
		planted[plants[i].place()] = true
	}
	for _, c := range []struct {
		name, score string
		named, bare map[string]float64 // the least share found; 1 if left out, and nothing is asked of bare items if nil
		precision   float64
	}{
		{"report", "0.8", map[string]float64{"person_name": 0.98}, nil, 0.99},
		{"mask", "0.3", map[string]float64{"person_name": 0.98}, map[string]float64{"person_name": 0.86}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			found := map[spot]bool{}
			var total, right = map[string]int{}, map[string]int{}
			for _, f := range findings(t, dir, c.score) {
				s, again := reported(f)
				found[s] = found[s] || !again
				total[f.Kind]++
				if planted[s] {
					right[f.Kind]++
				} else if total[f.Kind]-right[f.Kind] < 4 {
					t.Logf("not planted: %s in %s, %s, row %d: %s", f.Kind, f.Object, f.Field, f.Row, *f.Value)
				}
			}
			type share struct{ of, hit, bareOf, bareHit int }
			shares := map[string]*share{}
			for i := range plants {
				p := &plants[i]
				if p.Kind == corpus.Address { // its column is not judged by what stands in it
					continue
				}
				s := shares[p.Kind]
				if s == nil {
					s = &share{}
					shares[p.Kind] = s
				}
				hit := found[p.place()]
				bare := slices.Contains(p.Notes, "bare")
				switch {
				case bare:
					s.bareOf++
				default:
					s.of++
				}
				switch {
				case hit && bare:
					s.bareHit++
				case hit:
					s.hit++
				case !bare && c.named[p.Kind] == 0:
					t.Errorf("missed: %s in %s, %s, row %d: %s %v", p.Kind, p.Object, p.Field, p.Row, p.Value, p.Notes)
				}
			}
			least := func(m map[string]float64, kind string) float64 {
				if x, ok := m[kind]; ok {
					return x
				}
				return 1
			}
			for _, kind := range append(slices.Clone(structured), "person_name") {
				s := shares[kind]
				if s == nil || s.of == 0 || total[kind] == 0 {
					t.Fatalf("%s: nothing was planted, or nothing found", kind)
				}
				precision := float64(right[kind]) / float64(total[kind])
				t.Logf("%-11s named %5d of %5d, bare %4d of %4d, precision %.4f of %d", kind, s.hit, s.of, s.bareHit, s.bareOf, precision, total[kind])
				if got := float64(s.hit) / float64(s.of); got < least(c.named, kind) {
					t.Errorf("%s: recall %.4f of items that are named, want %.3f", kind, got, least(c.named, kind))
				}
				if c.bare != nil && s.bareOf > 0 && float64(s.bareHit)/float64(s.bareOf) < least(c.bare, kind) {
					t.Errorf("%s: %d of %d bare items, want a share of %.3f", kind, s.bareHit, s.bareOf, least(c.bare, kind))
				}
				if precision < c.precision {
					t.Errorf("%s: precision %.4f, want %.2f", kind, precision, c.precision)
				}
			}
		})
	}
}

// readTruth reads the truth file and checks that it is the whole one.
func readTruth(t *testing.T, path string, metas map[string]corpus.Meta) (plants []plant) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	counts := map[string]int64{}
	for d := json.NewDecoder(f); d.More(); {
		var p plant
		if err := d.Decode(&p); err != nil {
			t.Fatal(err)
		}
		plants = append(plants, p)
		if p.Counted {
			counts[p.Object]++
		}
	}
	for name, m := range metas {
		if counts[name] != m.Total() || m.Total() == 0 {
			t.Fatalf("%s: the truth lists %d items, the generator says %d", name, counts[name], m.Total())
		}
	}
	return plants
}

// findings scans with values shown.
func findings(t *testing.T, source, score string) (list []*pipeline.FindingLine) {
	t.Helper()
	code, out, complaint := do(t, t.TempDir(), "scan", "--format", "jsonl", "--reveal", "--min-score", score, "-q", source)
	if code != exitFindings {
		t.Fatalf("exit code %d: %s", code, complaint)
	}
	end := false
	_, err := pipeline.Replay(strings.NewReader(out), func(m *pipeline.Message) error {
		switch {
		case m.Finding != nil:
			list = append(list, m.Finding)
		case m.Problem != nil:
			return fmt.Errorf("a problem: %s", m.Problem.Error())
		case m.End != nil:
			end = m.End.Complete
		}
		return nil
	})
	if err != nil || !end {
		t.Fatalf("the report is not whole: %v", err)
	}
	return list
}
