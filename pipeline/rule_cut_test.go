package pipeline

import (
	"io"
	"strings"
	"testing"

	"bezlik/connectors"
	"bezlik/connectors/textfile"
	"bezlik/detectors"
)

// hostile declares two kinds whose patterns never end on lines of the letter a, and one that is quick.
func hostile(t *testing.T) {
	t.Helper()
	rule := func(kind detectors.Kind, pattern string) detectors.Rule {
		return detectors.Rule{Kind: kind, Class: detectors.Quasi, Doc: detectors.Doc{RU: "вид", EN: "kind"}, Pattern: pattern, Backtrack: true,
			Score: 90, Alone: 85, Good: []string{"x"}}
	}
	undo, err := detectors.Add([]detectors.Rule{rule("slow", `(a+a+)+b|slow[0-9]+`), rule("slower", `(a+a+)+c|slower[0-9]+`), rule("quick", `quick[0-9]+`)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(undo)
}

// endless is an object of several parts on which the hostile rules are cut off.
func endless(name string) *fake {
	o := func(name string) fakeObject {
		line := strings.Repeat("a", 60)
		return fakeObject{name: name, fields: []string{"note"}, rows: [][]string{{line}, {"quick1"}, {line + "a"}}}
	}
	return &fake{objects: []fakeObject{o(name + "1"), o(name + "2"), o(name + "3"), o(name + "4")}, cut: func() int { return 1 }}
}

// cutKinds lists the kinds that problems say were cut off.
func cutKinds(all []connectors.Problem) string {
	var kinds []string
	for _, p := range all {
		if p.Kind == "rule_cut" {
			kinds = append(kinds, p.Object)
		}
	}
	return strings.Join(kinds, " ")
}

// Every kind that was cut off is told, while workers write and parts end; nothing of such a scan is kept for later.
func TestRulesThatAreCutOff(t *testing.T) {
	hostile(t)
	state := memoryState(t)
	for range 2 {
		told := []connectors.Problem{}
		s := &Scan{Source: endless("t"), Workers: 4, State: state, Emit: func(m *Message) error {
			if m.Problem != nil {
				told = append(told, *m.Problem)
			}
			return nil
		}}
		res, err := s.Run(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got := cutKinds(told); got != "slow slower" || cutKinds(res.Problems) != got {
			t.Errorf("cut off are %q, told %q", cutKinds(res.Problems), got)
		}
	}
	// A scan of something else knows nothing of it.
	res, err := (&Scan{Source: &fake{objects: []fakeObject{{name: "u", fields: []string{"note"}, rows: [][]string{{"slow1"}}}}}, Emit: func(*Message) error { return nil }}).Run(t.Context())
	if err != nil || len(res.Problems) > 0 {
		t.Errorf("%v, %v", err, res.Problems)
	}
}

// Findings are told by a second reading. What is cut off only there is told as well, and what both lost is told once.
func TestRulesThatAreCutOffLater(t *testing.T) {
	hostile(t)
	src, readings := endless("t"), 0
	src.objects = src.objects[:1]
	src.open = func(string) (connectors.Reader, error) {
		if readings++; readings == 1 {
			src.objects[0].rows = [][]string{{"quick1"}}
		} else {
			src.objects[0].rows = [][]string{{strings.Repeat("a", 60)}}
		}
		return nil, nil
	}
	lines, parts, res := scanned(t, &Scan{Source: src, Workers: 2})
	if got := cutKinds(res.Problems); readings != 2 || got != "slow slower" {
		t.Errorf("cut off are %q in %d readings, of %q and %q", got, readings, lines, parts)
	}
	_, parts, res = scanned(t, &Scan{Source: endless("u"), Workers: 2})
	if n := strings.Count(strings.Join(parts, ""), "rule_cut"); n != 2 || cutKinds(res.Problems) != "slow slower" {
		t.Errorf("%d are told of %v", n, res.Problems)
	}
}

// An export and a filter stop with an error that names every kind.
func TestExportWithRulesThatAreCutOff(t *testing.T) {
	hostile(t)
	f := &Filter{Head: &fake{objects: []fakeObject{{name: "u", fields: []string{"note"}, rows: [][]string{{"slow1"}}}}}, Stream: endless("t"), Workers: 2,
		Out: io.Discard, Plan: whatever(masking(t))}
	_, err := f.Run(t.Context())
	p := Sanitize("", err)
	if p == nil || p.Kind != "rule_cut" || p.Object != "slow" || !strings.Contains(p.Message, "too long: 8 lines") ||
		!strings.Contains(p.Message, "; slower: the pattern of this kind takes too long: 8 lines") {
		t.Errorf("%v", p)
	}
}

// A batch shares a kilobyte with the next one. A value that is longer and stands across both is told as one whose end was
// not seen; a shorter one, or one that ends with the text, is whole.
func TestValueLongerThanItsBatch(t *testing.T) {
	undo, err := detectors.Add([]detectors.Rule{{Kind: "run", Class: detectors.Quasi, Doc: detectors.Doc{RU: "вид", EN: "kind"}, Pattern: `:z+`, Score: 90, Alone: 90, Good: []string{":zz"}}})
	if err != nil {
		t.Fatal(err)
	}
	defer undo()
	for _, c := range []struct {
		before, length, behind int
		want                   string
	}{{10, 9000, 9000, "run"}, {10, 9000, 0, "run"}, {3000, 900, 9000, ""}, {100, 2000, 0, ""}} {
		text := strings.Repeat("-", c.before) + ":" + strings.Repeat("z", c.length) + strings.Repeat("-", c.behind)
		src := textfile.New(memory([]byte(text)), textfile.Options{BatchSize: 4000})
		_, _, res := scanned(t, &Scan{Source: src, Workers: 2})
		got := ""
		for _, p := range res.Problems {
			if p.Kind == "rule_long" {
				got += p.Object
			}
		}
		if got != c.want || len(res.Problems) != len(got)/3 {
			t.Errorf("%d bytes behind %d: %v", c.length, c.before, res.Problems)
		}
	}
}
