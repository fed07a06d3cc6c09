package main

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"bezlik/benchmarks/corpus"
	"bezlik/connectors"
	"bezlik/connectors/sourcetest"
	"bezlik/detectors"
)

const text = "0123456789012345678901234567890123456789"

func at(kind detectors.Kind, start, end int) span { return span{Start: start, End: end, Kind: kind} }

func told100(kind detectors.Kind, start, end, score int) finding {
	return finding{span: at(kind, start, end), Score: score}
}

// TestCounting compares hand-made labels and findings with what a person would count.
func TestCounting(t *testing.T) {
	type counts struct{ labelled, found, exact, lenient, ambiguous, leaked, alarms int }
	for _, c := range []struct {
		name   string
		labels []span
		found  []finding
		want   map[detectors.Kind]counts
		misses string // kind and what, joined
		leak   leak
	}{
		{name: "right", labels: []span{at("phone", 0, 10)}, found: []finding{told100("phone", 0, 10, 80)},
			want: map[detectors.Kind]counts{"phone": {labelled: 1, found: 1, exact: 1, lenient: 1}}, leak: leak{Texts: 1}},
		{name: "optional and not found", labels: []span{{Start: 0, End: 10, Kind: "phone", Optional: true}},
			want: map[detectors.Kind]counts{}, leak: leak{Texts: 1, Leaked: 1, Strict: 1}},
		{name: "optional and found", labels: []span{{Start: 0, End: 10, Kind: "phone", Optional: true}}, found: []finding{told100("phone", 0, 10, 80)},
			want: map[detectors.Kind]counts{}, leak: leak{Texts: 1}},
		{name: "optional and found as something else", labels: []span{{Start: 0, End: 10, Kind: "phone", Optional: true}}, found: []finding{told100("inn", 0, 10, 80)},
			want: map[detectors.Kind]counts{"inn": {found: 1}}, misses: "inn false alarm", leak: leak{Texts: 1}},
		{name: "half of the label", labels: []span{at("phone", 0, 10)}, found: []finding{told100("phone", 5, 20, 90)},
			want:   map[detectors.Kind]counts{"phone": {labelled: 1, found: 1, lenient: 1}},
			misses: "phone place", leak: leak{Texts: 1, Strict: 1}},
		{name: "less than half", labels: []span{at("phone", 0, 10)}, found: []finding{told100("phone", 6, 20, 90)},
			want:   map[detectors.Kind]counts{"phone": {labelled: 1, found: 1}},
			misses: "phone false alarm, phone missed", leak: leak{Texts: 1, Strict: 1}},
		{name: "nothing", labels: []span{at("phone", 0, 10)},
			want:   map[detectors.Kind]counts{"phone": {labelled: 1, leaked: 1}},
			misses: "phone missed", leak: leak{Texts: 1, Leaked: 1, Strict: 1}},
		{name: "masked but not told", labels: []span{at("phone", 0, 10)}, found: []finding{told100("phone", 0, 10, 79)},
			want:   map[detectors.Kind]counts{"phone": {labelled: 1}},
			misses: "phone missed", leak: leak{Texts: 1}},
		{name: "masked in pieces", labels: []span{at("phone", 0, 10)}, found: []finding{told100("inn", 0, 6, 30), told100("snils", 4, 12, 30)},
			want:   map[detectors.Kind]counts{"phone": {labelled: 1}},
			misses: "phone missed", leak: leak{Texts: 1}},
		{name: "masked with a gap", labels: []span{at("phone", 0, 10)}, found: []finding{told100("inn", 0, 4, 30), told100("snils", 5, 12, 30)},
			want:   map[detectors.Kind]counts{"phone": {labelled: 1}},
			misses: "phone missed", leak: leak{Texts: 1, Strict: 1}},
		{name: "twice", labels: []span{at("phone", 0, 10)}, found: []finding{told100("phone", 0, 10, 80), told100("phone", 2, 9, 80)},
			want:   map[detectors.Kind]counts{"phone": {labelled: 1, found: 2, exact: 1, lenient: 1}},
			misses: "phone duplicate", leak: leak{Texts: 1}},
		{name: "one over two", labels: []span{at("person_name", 0, 10), at("person_name", 12, 20)}, found: []finding{told100("person_name", 0, 20, 90)},
			want:   map[detectors.Kind]counts{"person_name": {labelled: 2, found: 1, lenient: 1}},
			misses: "person_name missed, person_name place", leak: leak{Texts: 1}},
		{name: "confused", labels: []span{at("card", 0, 16)}, found: []finding{told100("oms", 0, 16, 90)},
			want:   map[detectors.Kind]counts{"card": {labelled: 1}, "oms": {found: 1}},
			misses: "card confused, oms confused", leak: leak{Texts: 1}},
		{name: "another kind over a label that was found", labels: []span{at("card", 0, 16)}, found: []finding{told100("card", 0, 16, 90), told100("oms", 0, 16, 90)},
			want:   map[detectors.Kind]counts{"card": {labelled: 1, found: 1, exact: 1, lenient: 1}, "oms": {found: 1}},
			misses: "oms false alarm", leak: leak{Texts: 1}},
		{name: "ambiguous and right", labels: []span{at("card", 0, 16)}, found: []finding{told100(ambiguous, 0, 16, 90)},
			want: map[detectors.Kind]counts{"card": {labelled: 1, found: 1, exact: 1, lenient: 1, ambiguous: 1}}, leak: leak{Texts: 1}},
		{name: "ambiguous where nothing is", found: []finding{told100(ambiguous, 0, 16, 90)},
			want: map[detectors.Kind]counts{ambiguous: {found: 1, alarms: 1}}, misses: "ambiguous false alarm"},
		{name: "a kind's own finding goes before an ambiguous one", labels: []span{at("card", 0, 16)},
			found:  []finding{told100(ambiguous, 0, 16, 90), told100("card", 0, 16, 90)},
			want:   map[detectors.Kind]counts{"card": {labelled: 1, found: 1, exact: 1, lenient: 1}, ambiguous: {found: 1}},
			misses: "ambiguous false alarm", leak: leak{Texts: 1}},
		{name: "false alarm in a text without labels", found: []finding{told100("phone", 3, 9, 85), told100("inn", 12, 20, 50)},
			want: map[detectors.Kind]counts{"phone": {found: 1, alarms: 1}}, misses: "phone false alarm"},
		// The first finding covers half of both labels, the second only of the first: both labels have a partner.
		{name: "partners are found for all", labels: []span{at("phone", 0, 10), at("phone", 10, 14)},
			found: []finding{told100("phone", 4, 14, 90), told100("phone", 0, 6, 90)},
			want:  map[detectors.Kind]counts{"phone": {labelled: 2, found: 2, lenient: 2}}, misses: "phone place, phone place", leak: leak{Texts: 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			slices.SortFunc(c.found, func(a, b finding) int { return a.Start - b.Start })
			s := scoreTexts([]labelledText{{ID: "t", Text: text, Spans: c.labels}}, [][]finding{c.found}, 80)
			if len(s.Kinds) != len(c.want) {
				t.Errorf("%d kinds, wanted %d", len(s.Kinds), len(c.want))
			}
			for _, k := range s.Kinds {
				if got := (counts{k.Labelled, k.Found, k.Exact, k.Lenient, k.Ambiguous, k.Leaked, k.Alarms}); got != c.want[k.Kind] {
					t.Errorf("%s: %+v, wanted %+v", k.Kind, got, c.want[k.Kind])
				}
			}
			var misses []string
			for _, m := range s.misses {
				misses = append(misses, string(m.Kind)+" "+m.What)
			}
			if got := strings.Join(misses, ", "); got != c.misses {
				t.Errorf("misses %q, wanted %q", got, c.misses)
			}
			if s.Leak != c.leak {
				t.Errorf("leak %+v, wanted %+v", s.Leak, c.leak)
			}
		})
	}
}

// TestMeans works two kinds out on paper: precision 1/2 and 1, recall 1 and 1/4. A third kind is found and never labelled:
// it lowers the precision of all together, 2 of 4, and no mean.
func TestMeans(t *testing.T) {
	kinds := []*tally{{Kind: "a", Labelled: 1, Found: 2, Exact: 1, Lenient: 1}, {Kind: "b", Labelled: 4, Found: 1, Exact: 1, Lenient: 1}, {Kind: "c", Found: 1}}
	g := newGroup("all", kinds, func(detectors.Kind) bool { return true })
	if g.Kinds != 2 || g.Macro.Precision != 0.75 || g.Macro.Recall != 0.625 || g.Pooled.Found != 4 {
		t.Errorf("%+v", g)
	}
	if got := g.Pooled.exact(); got.Precision != 0.5 || got.Recall != 0.4 {
		t.Errorf("%+v", got)
	}
	if got := newRate(1, 2, 1).F1; got < 0.6666 || got > 0.6667 {
		t.Errorf("F1 %v", got)
	}
}

// TestGates: each gate fails when its figure is worse than its bound, and only then.
func TestGates(t *testing.T) {
	bounds := goals{sumPrecision: 0.995, sumRecall: 0.99, precision: 0.97, recall: 0.95, alarms: 1}
	groupOf := func(name string, labelled, found, right int) *group {
		return newGroup(name, []*tally{{Kind: "k", Labelled: labelled, Found: found, Exact: right, Lenient: right}}, func(detectors.Kind) bool { return true })
	}
	good := func() *report {
		return &report{
			Texts:   &textScore{Groups: []*group{groupOf("checksummed", 1000, 1000, 995), groupOf("others", 100, 100, 97)}},
			Columns: []columnScore{{Table: "t", Field: "f"}},
			Clean:   &cleanScore{Per10MB: 1},
		}
	}
	for _, c := range []struct {
		name  string
		spoil func(*report)
		want  string
	}{
		{"all well", func(*report) {}, ""},
		{"precision of sums", func(r *report) { r.Texts.Groups[0] = groupOf("checksummed", 994, 1000, 994) }, "checksummed precision"},
		{"recall of sums", func(r *report) { r.Texts.Groups[0] = groupOf("checksummed", 1000, 989, 989) }, "checksummed recall"},
		{"precision of others", func(r *report) { r.Texts.Groups[1] = groupOf("others", 96, 100, 96) }, "others precision"},
		{"recall of others", func(r *report) { r.Texts.Groups[1] = groupOf("others", 100, 94, 94) }, "others recall"},
		{"a kind that is never labelled", func(r *report) { r.Texts.Groups[1].Pooled.Found += 10 }, "others precision"},
		{"a column", func(r *report) { r.Columns[0].Wrong = []string{"label"} }, "wrong columns"},
		{"clean text", func(r *report) { r.Clean.Per10MB = 1.05 }, "findings in 10 MB of clean text"},
		{"nothing labelled, nothing found", func(r *report) { r.Texts.Groups[0] = newGroup("checksummed", nil, nil) }, ""},
	} {
		r := good()
		c.spoil(r)
		r.judge(bounds)
		var failed []string
		for _, g := range r.Gates {
			if g.Judged && !g.Passed {
				failed = append(failed, g.Name)
			}
		}
		if got := strings.Join(failed, ", "); got != c.want || r.failed() != (c.want != "") {
			t.Errorf("%s: failed %q, wanted %q", c.name, got, c.want)
		}
	}
}

// TestOffsets reads the same texts with offsets in bytes and in characters.
func TestOffsets(t *testing.T) {
	inBytes, err := readTexts([]string{"testdata/fixtures/texts.jsonl"}, false)
	if err != nil {
		t.Fatal(err)
	}
	inRunes, err := readTexts([]string{"testdata/fixtures/runes.jsonl"}, true)
	if err != nil {
		t.Fatal(err)
	}
	for i := range inBytes {
		if !slices.Equal(inBytes[i].Spans, inRunes[i].Spans) {
			t.Errorf("%v and %v", inBytes[i].Spans, inRunes[i].Spans)
		}
	}
	first := inBytes[0]
	for i, want := range []string{"sklad17@example.com", "771234567859"} {
		if got := first.Text[first.Spans[i].Start:first.Spans[i].End]; got != want {
			t.Errorf("label %d is %q", i, got)
		}
	}
	if _, err := readTexts([]string{"testdata/fixtures/runes.jsonl"}, false); err == nil {
		t.Error("character offsets passed for bytes although they cut characters")
	}
	for _, bad := range []labelledText{{}, {Text: "a\x00b"}, {Text: "\ufeffab"}, {Text: "ab", Spans: []span{at("x", 1, 1)}}, {Text: "ab", Spans: []span{at("x", 0, 3)}},
		{Text: "ab", Spans: []span{at("", 0, 1)}}, {Text: "я", Spans: []span{at("x", 0, 1)}}} {
		if bad.check() == nil {
			t.Errorf("%q %v was taken", bad.Text, bad.Spans)
		}
	}
	for _, c := range []struct {
		line int64
		at   int
		ok   bool
	}{{1, 0, true}, {2, 2, true}, {3, 3, true}, {4, 0, false}} {
		if at, ok := lineStart("a\n\nb", c.line); at != c.at || ok != c.ok {
			t.Errorf("line %d begins at %d, %v", c.line, at, ok)
		}
	}
}

// TestSources puts both sources to the acceptance kit.
func TestSources(t *testing.T) {
	texts, err := readTexts([]string{"testdata/fixtures/texts.jsonl"}, false)
	if err != nil {
		t.Fatal(err)
	}
	tables, err := readTables([]string{"testdata/fixtures/tables.jsonl"})
	if err != nil {
		t.Fatal(err)
	}
	t.Run("texts", func(t *testing.T) {
		sourcetest.Run(t, func(*testing.T) connectors.Source { return textSource{texts: texts} }, sourcetest.Options{Text: true})
	})
	t.Run("tables", func(t *testing.T) {
		sourcetest.Run(t, func(*testing.T) connectors.Source { return tableSource{tables: tables} }, sourcetest.Options{})
	})
	t.Run("clean", func(t *testing.T) {
		o := corpus.Options{Kind: corpus.Clean, Seed: 1, Size: 700_000}
		rows := sourcetest.Read(t, cleanSource{o: o})
		var want strings.Builder
		if _, err := corpus.Write(&want, o); err != nil || len(rows) != 1 || rows[0].Cells[0].Value != want.String() {
			t.Errorf("%d rows, %v", len(rows), err)
		}
	})
	for raw, want := range map[string]connectors.Type{`"1"`: connectors.Text, `null`: connectors.Null, `17`: connectors.Int, `1.5`: connectors.Number, `true`: connectors.Bool} {
		if _, got, err := cell(json.RawMessage(raw)); got != want || err != nil {
			t.Errorf("%s: %v, %v", raw, got, err)
		}
	}
	if _, _, err := cell(json.RawMessage(`[1]`)); err == nil {
		t.Error("a list was taken as a cell")
	}
}

// TestTables: labels, alternatives, free text and roles, each right and wrong.
func TestTables(t *testing.T) {
	role := func(s string) *string { return &s }
	for _, c := range []struct {
		name string
		want labelledField
		said spoken
		bad  int
	}{
		{"right", labelledField{Kind: "inn", Role: "direct"}, spoken{Label: "inn", Role: role("direct")}, 0},
		{"wrong label", labelledField{Kind: "inn"}, spoken{Label: "phone"}, 1},
		{"as good", labelledField{Kind: "inn", Also: []detectors.Kind{"inn_org"}}, spoken{Label: "inn_org"}, 0},
		{"no label is as good", labelledField{Kind: "inn", Also: []detectors.Kind{""}}, spoken{}, 0},
		{"no label", labelledField{Kind: "inn"}, spoken{}, 1},
		{"none wanted", labelledField{}, spoken{Label: "inn"}, 1},
		{"free text", labelledField{FreeText: true}, spoken{}, 1},
		{"role", labelledField{Role: "quasi"}, spoken{Role: role("direct")}, 1},
		{"label and role", labelledField{Kind: "inn", Role: "direct"}, spoken{Role: role("quasi")}, 2},
		{"roles are not told", labelledField{Role: "quasi"}, spoken{}, 0},
	} {
		c.want.Name = "f"
		tables := []labelledTable{{ID: "t", Object: "o", Fields: []labelledField{c.want}}}
		columns, _ := scoreTables(tables, map[[2]string]spoken{{"000000 o", "f"}: c.said})
		if len(columns) != 1 || len(columns[0].Wrong) != c.bad {
			t.Errorf("%s: %+v", c.name, columns)
		}
	}
}

// TestRun goes the whole way over small files.
func TestRun(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct {
		name   string
		args   []string
		failed bool
		says   []string
	}{
		{"right", []string{"-texts", "testdata/fixtures/texts.jsonl", "-tables", "testdata/fixtures/tables.jsonl", "-results", dir}, false,
			[]string{"2 texts, 1 of them without labels", "at 0.30: 0 of 1", "false alarms in 0 of 1", "3 right, 0 wrong"}},
		{"in characters", []string{"-texts", "testdata/fixtures/runes.jsonl", "-unit", "runes"}, false, []string{"2 texts"}},
		{"missed", []string{"-texts", "testdata/fixtures/missed.jsonl", "-misses"}, true,
			[]string{"no_such_kind (no detector)", "missed  m1", "⟦синий ёж⟧", "LEAKED", "false alarm  m2", "⟦501298765408⟧", "others recall          failed"}},
		{"missed, with easy gates", []string{"-texts", "testdata/fixtures/missed.jsonl", "-recall", "0", "-precision", "0", "-sum-precision", "0", "-sum-recall", "0"}, false, nil},
		{"wrong column", []string{"-tables", "testdata/fixtures/wrong.jsonl"}, true, []string{"2 right, 1 wrong", "label inn, should be snils"}},
		{"wrong column allowed", []string{"-tables", "testdata/fixtures/wrong.jsonl", "-wrong-columns", "1"}, false, nil},
		{"clean", []string{"-clean", "300KB", "-alarms", "1e9", "-misses"}, false, []string{"clean text, 0.3 MB, seed 1"}},
	} {
		var out strings.Builder
		failed, err := run(context.Background(), c.args, &out)
		if err != nil || failed != c.failed {
			t.Errorf("%s: failed %v, %v\n%s", c.name, failed, err, out.String())
		}
		for _, s := range c.says {
			if !strings.Contains(out.String(), s) {
				t.Errorf("%s: no %q in\n%s", c.name, s, out.String())
			}
		}
	}
	found, err := filepath.Glob(filepath.Join(dir, "quality-*"))
	if err != nil || len(found) != 2 {
		t.Fatalf("results: %v, %v", found, err)
	}
	b, err := os.ReadFile(found[0])
	var r report
	if err != nil || json.Unmarshal(b, &r) != nil || r.Texts.Leak.Texts != 1 || len(r.Columns) != 3 || strings.Contains(string(b), "771234567859") {
		t.Errorf("results: %v\n%s", err, b)
	}
	for _, args := range [][]string{{"-texts", "testdata/none.jsonl"}, {"-unit", "lines"}, {"-min", "0.1"}, {"-clean", "much"}, {"-clean", "0"}, {"x"},
		{"-texts", "testdata/fixtures/tables.jsonl"}} {
		if _, err := run(context.Background(), args, io.Discard); err == nil {
			t.Errorf("%v: no error", args)
		}
	}
}

// TestLineKeeper cuts the same text in many ways.
func TestLineKeeper(t *testing.T) {
	const lines = "one\ntwo\n\nfour\nfive"
	for size := 1; size <= len(lines); size++ {
		k := &lineKeeper{line: 1, wanted: map[int64]string{2: "", 3: "", 4: ""}}
		for at := 0; at < len(lines); at += size {
			if _, err := k.Write([]byte(lines[at:min(len(lines), at+size)])); err != nil {
				t.Fatal(err)
			}
		}
		if k.wanted[2] != "two" || k.wanted[3] != "" || k.wanted[4] != "four" || len(k.wanted) != 3 {
			t.Errorf("in pieces of %d: %v", size, k.wanted)
		}
	}
}

// TestLabelledFiles: what people write by hand has offsets that hold, and no identifier twice in a file.
func TestLabelledFiles(t *testing.T) {
	paths, err := filepath.Glob("testdata/texts_*.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		texts, err := readTexts([]string{path}, false)
		if err != nil {
			t.Error(err)
		}
		seen := map[string]bool{}
		for _, x := range texts {
			if seen[x.ID] {
				t.Errorf("%s: %s twice", path, x.ID)
			}
			seen[x.ID] = true
		}
	}
	if _, err := os.Stat("testdata/tables.jsonl"); err == nil {
		if _, err := readTables([]string{"testdata/tables.jsonl"}); err != nil {
			t.Error(err)
		}
	}
}

// TestExamplesAreNotLabelledTexts: the examples of detectors are made up, not taken from the texts they are judged on. Words are
// those of three letters at least; phrases of the law are everybody's.
func TestExamplesAreNotLabelledTexts(t *testing.T) {
	const long = 5
	phrases := func(s string, do func(phrase string)) {
		words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) })
		words = slices.DeleteFunc(words, func(w string) bool { return utf8.RuneCountInString(w) < 3 })
		for i := range len(words) - long + 1 {
			do(strings.Join(words[i:i+long], " "))
		}
	}
	labelled := map[string]string{}
	paths, err := filepath.Glob("testdata/texts_*.jsonl")
	if err != nil || len(paths) == 0 {
		t.Fatal("no labelled texts", err)
	}
	for _, path := range paths {
		texts, err := readTexts([]string{path}, false)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range texts {
			phrases(x.Text, func(p string) { labelled[p] = x.ID })
		}
	}
	for _, d := range detectors.All() {
		for _, example := range slices.Concat(d.Good, d.Bad) {
			phrases(example, func(p string) {
				if id, ok := labelled[p]; ok && !strings.Contains(p, "персональных данных") {
					t.Errorf("%s: %q stands in %s, too: %q", d.Kind, p, id, example)
				}
			})
		}
	}
}
