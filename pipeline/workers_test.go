package pipeline

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"bezlik/anonymize"
	"bezlik/connectors"
	"bezlik/connectors/csvfile"
	"bezlik/connectors/jsonl"
	"bezlik/rules"
)

// The report of a scan does not depend on the number of workers. Messages about parts and problems come as parts end.
func TestWorkersTellTheSame(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	objects := []fakeObject{people(r, "a", 700), people(r, "b", 300), people(r, "a", 5200), people(r, "c", 1)}
	keyed := fakeObject{name: "keys", fields: []string{"a", "a=", "b=", "b", "c=", "c"}} // keys that turn up late
	for i := range 400 {
		row := make([]string, 6)
		row[i%6] = anything(r)
		keyed.rows = append(keyed.rows, row)
	}
	objects = append(objects, keyed)
	var want, wantParts []string
	for _, workers := range []int{1, 2, 4} {
		got, parts, _ := scanned(t, &Scan{Source: &fake{objects: objects, cut: func() int { return 37 }}, Workers: workers, State: memoryState(t)})
		if want == nil {
			want, wantParts = got, parts
		}
		if d := differ(want, got); d != "" {
			t.Errorf("%d workers: %s", workers, d)
		}
		if d := differ(wantParts, parts); d != "" {
			t.Errorf("%d workers: %s", workers, d)
		}
	}
}

// JSON says keys as cells, one of them in the first batch and another in the last.
func TestWorkersKeepTheOrderOfColumns(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	var b bytes.Buffer
	for i := range 300 {
		fmt.Fprintf(&b, `{"k%d":%q, "n":{"m%d":%q}}`+"\n", i%7, anything(r), i/50, anything(r))
	}
	var want []string
	for round := range 4 {
		got, _, _ := scanned(t, &Scan{Source: jsonl.New(memory(b.Bytes()), jsonl.Options{BatchSize: 300}), Workers: 1 + round, State: memoryState(t)})
		if want == nil {
			want = got
		}
		if d := differ(want, got); d != "" {
			t.Errorf("%d workers: %s", 1+round, d)
		}
	}
}

// An export has the same bytes whatever the number of workers and the cuts, its manifest included.
func TestWorkersExportTheSame(t *testing.T) {
	r := rand.New(rand.NewPCG(10, 10))
	objects := []fakeObject{people(r, "a", 150), people(r, "b", 90), people(r, "a", 40)}
	for i := range objects {
		for k, row := range objects[i].rows {
			row[6] = []string{"Москва", "Тверь", "Псков"}[k%3]
		}
	}
	whole := people(rand.New(rand.NewPCG(11, 11)), "whole", 200)
	for _, row := range whole.rows { // no names by grammar in what is looked at again: "Громова id" is one
		row[4], row[5] = email(r), phone(r)
	}
	for _, form := range []string{"csv", "jsonl", "own"} {
		var want map[string]string
		for _, workers := range []int{1, 2, 4} {
			cut := map[int]int{1: 1 << 20, 2: 3, 4: 50}[workers]
			x := &anExport{plan: tokens(t), form: form, workers: workers}
			x.source = &fake{objects: objects, cut: func() int { return cut }}
			if form == "own" {
				x.source = csvfile.New(memory(whole.csv()), csvfile.Options{BatchSize: cut * 100, Header: csvfile.Present})
			}
			x.plan.All.Columns = []rules.ColumnPlan{
				{Field: "ФИО", Kind: "person_name", Action: rules.Change, Method: method(t, anonymize.Spec{Do: "m2.identifier"}, "person_name")},
				{Field: "id", Action: rules.Drop},
			}
			if form != "own" {
				x.plan.All.Quasi, x.plan.Gates = []string{"last"}, rules.Gates{K: 10}
			}
			x.plan.Gates.Residual = 1 << 20 // another test's matter
			got, out, err := x.run(t.Context(), t)
			if err != nil {
				t.Fatal(err)
			}
			if want == nil {
				want = got
				if out.Rows < 200 || out.Changed < 600 {
					t.Errorf("%s: %+v", form, out)
				}
			}
			if !maps.Equal(want, got) {
				for name := range want {
					t.Errorf("%s, %d workers, cut %d: %s: %s", form, workers, cut, name, differ(strings.Split(want[name], "\n"), strings.Split(got[name], "\n")))
				}
			}
		}
	}
}

// A masked stream has the same bytes whatever the number of workers and the cuts.
func TestWorkersMaskTheSame(t *testing.T) {
	for _, name := range slices.Sorted(maps.Keys(formats)) {
		o := people(rand.New(rand.NewPCG(12, 12)), "object", 60)
		open := func(size int) connectors.Source { return formats[name](&o, size) }
		want, _ := masked(t, open, tokens(t), 0, 1)
		if n := strings.Count(want, "@example.com"); n > 0 || strings.Count(want, "_") < 100 {
			t.Errorf("%s: %d addresses are left", name, n)
		}
		for _, size := range []int{16, 333, 5000} {
			for _, workers := range []int{1, 2, 4} {
				if got, _ := masked(t, open, tokens(t), size, workers); got != want {
					t.Errorf("%s, batches of %d, %d workers: %s", name, size, workers, differ(strings.Split(want, "\n"), strings.Split(got, "\n")))
				}
			}
		}
	}
}
