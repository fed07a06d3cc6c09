package pipeline

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bezlik/anonymize"
	"bezlik/connectors"
	"bezlik/connectors/filesink"
	"bezlik/rules"
)

// records reads a published table with the standard library.
func records(t failer, file string) [][]string {
	t.Helper()
	r, err := csv.NewReader(strings.NewReader(file)).ReadAll()
	if err != nil || len(r) == 0 {
		t.Fatalf("%v, %d rows", err, len(r))
	}
	return r[1:]
}

func TestResidualScanFindsWhatIsLeft(t *testing.T) {
	r := rand.New(rand.NewPCG(30, 30))
	o := fakeObject{name: "t", fields: []string{"note", "phone"}}
	for range 50 {
		o.rows = append(o.rows, []string{"инн " + inn(r) + " принят", phone(r)})
	}
	leftovers := map[string]string{
		"a number in a text":       `"клиент, инн ` + inn(r) + `, ждёт",***` + "\n",
		"an address in the end":    `***,` + email(r) + "\n",
		"a phone behind 900 texts": strings.Repeat("***,***\n", 900) + "звоните " + phone(r) + ",***\n",
	}
	for name, text := range leftovers {
		for _, allowed := range []int{0, 1, 2} {
			t.Run(fmt.Sprintf("%s/%d", name, allowed), func(t *testing.T) {
				x := &anExport{source: &fake{objects: []fakeObject{o}}, plan: masking(t), form: "csv", workers: 2}
				x.plan.Gates.Residual = allowed
				x.spoil = func(t *testing.T, path string) {
					f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
					if err != nil {
						t.Fatal(err)
					}
					defer f.Close()
					if _, err := f.WriteString(text); err != nil {
						t.Fatal(err)
					}
				}
				_, out, err := x.run(t.Context(), t)
				if out == nil || out.Residual != 1 {
					t.Fatalf("found %+v, %v", out, err)
				}
				if allowed == 0 {
					failsAt(t, err, "residual", "t")
					if strings.ContainsAny(err.Error(), "@+") {
						t.Error("the error quotes a value")
					}
				} else if err != nil {
					t.Error(err)
				}
			})
		}
	}
}

// What k says of a result is what counting its rows in a map says, within the budget and beyond it.
func TestClassesAreAsLargeAsPromised(t *testing.T) {
	dir, n := t.TempDir(), 0
	outer := t
	rapid.Check(t, func(t *rapid.T) {
		n++
		seed := rapid.Uint64().Draw(t, "seed")
		rows := rapid.IntRange(1, 200).Draw(t, "rows")
		k := rapid.IntRange(2, 6).Draw(t, "k")
		r := rand.New(rand.NewPCG(seed, 0))
		spread := rapid.IntRange(1, 12).Draw(t, "spread")
		o := fakeObject{name: "t", fields: []string{"id", "city", "year", "note"}}
		classes := map[string]int{}
		for i := range rows {
			city := []string{"Москва", "Тверь", "Псков, область", "", "ab", "a"}[r.IntN(6)]
			year := []string{fmt.Sprint(1960 + r.IntN(spread)), "", "b"}[min(r.IntN(8), 2)%3]
			o.rows = append(o.rows, []string{fmt.Sprint(i), city, year, "слово"})
			classes[fmt.Sprintf("%q %q", city, year)]++
		}
		small, least := 0, rows
		for _, size := range classes {
			if size < k {
				small += size
			} else {
				least = min(least, size)
			}
		}
		budget := rapid.SampledFrom([]float64{0, 1, float64(small) / float64(rows), float64(max(small-1, 0)) / float64(rows), 0.05}).Draw(t, "budget")
		x := &anExport{source: &fake{objects: []fakeObject{o}, cut: func() int { return 17 }}, plan: masking(t), form: "csv", workers: 2, target: filepath.Join(dir, fmt.Sprint(n), "out")}
		x.plan.All.Quasi, x.plan.Gates = []string{"city", "year"}, rules.Gates{K: k, Suppression: budget}
		files, out, err := x.run(outer.Context(), outer)
		if float64(small)/float64(rows) > budget {
			failsAt(outer, err, "k", "t")
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		got := records(t, files["t.csv"])
		after := map[string]int{}
		for _, row := range got {
			after[fmt.Sprintf("%q %q", row[1], row[2])]++
		}
		for class, size := range classes {
			if size < k {
				size = 0
			}
			if after[class] != size {
				t.Fatalf("%d rows of a class of %d are left, k is %d", after[class], classes[class], k)
			}
		}
		if len(got) != rows-small || out.Rows != int64(rows-small) || out.Suppressed != int64(small) || out.Objects[0].Rows != out.Rows {
			t.Fatalf("%d rows are left of %d, of which %d small: %+v", len(got), rows, small, out)
		}
		if small == 0 && out.SmallestK != int64(least) || out.SmallestK < int64(k) {
			t.Fatalf("the smallest class is %d, told %d", least, out.SmallestK)
		}
		if !slices.IsSortedFunc(got, func(a, b []string) int { return len(a[0])*1000 + int(a[0][0]) - len(b[0])*1000 - int(b[0][0]) }) {
			t.Fatal("rows are out of order")
		}
	})
	if failed, _ := filepath.Glob(filepath.Join(dir, "*", ".*")); len(failed) > 0 {
		t.Errorf("left: %v", failed)
	}
}

// Rows of a subject that a filter drops in one object are dropped in all, and so are those of a subject without a row
// where one is required.
func TestFiltersDropSubjectsEverywhere(t *testing.T) {
	r := rand.New(rand.NewPCG(40, 40))
	users := fakeObject{name: "users", fields: []string{"id", "blocked", "born"}}
	consents := fakeObject{name: "consents", fields: []string{"user", "given"}}
	orders := fakeObject{name: "orders", fields: []string{"n", "buyer"}}
	gone := map[string]bool{}
	for i := range 300 {
		id := fmt.Sprint("u", i)
		blocked, born := []string{"", "false", "2025-01-02", "yes", "0"}[r.IntN(5)], []string{"2001-05-06", "06.05.1990", "2015-01-01", "unknown"}[min(r.IntN(12), 3)]
		if r.IntN(2) == 0 {
			born = "1980-01-01"
		}
		users.rows = append(users.rows, []string{id, blocked, born})
		if blocked == "2025-01-02" || blocked == "yes" || born == "2015-01-01" || born == "unknown" {
			gone[id] = true
		}
		if i%10 == 0 { // nothing on record
			gone[id] = true
			continue
		}
		given := []string{"true", "нет", ""}[min(r.IntN(9), 2)]
		if r.IntN(2) == 0 {
			given = "1"
		}
		consents.rows = append(consents.rows, []string{id, given})
		if given == "нет" || given == "" {
			gone[id] = true
		}
	}
	for i := range 500 {
		orders.rows = append(orders.rows, []string{fmt.Sprint(i), fmt.Sprint("u", r.IntN(300))})
	}
	for _, workers := range []int{1, 4} {
		x := &anExport{source: &fake{objects: []fakeObject{orders, users, consents}, cut: func() int { return 13 }}, plan: masking(t), form: "csv", workers: workers}
		x.plan.All, x.plan.Other = nil, nil // what is found stays: another test's matter
		x.plan.Objects = map[string]*rules.ObjectPlan{
			"users":    {Rest: rules.Keep, Subject: "id", Rows: []rules.RowFilter{{Field: "blocked", When: rules.NotEmpty}, {Field: "born", When: rules.Under, Arg: "18"}}},
			"consents": {Rest: rules.Keep, Subject: "user", Rows: []rules.RowFilter{{Field: "given", When: rules.Falsy, Require: true}}},
			"orders":   {Rest: rules.Keep, Subject: "buyer"},
		}
		files, out, err := x.run(t.Context(), t)
		if err != nil {
			t.Fatal(err)
		}
		dropped := 0
		for i, o := range []fakeObject{users, consents, orders} {
			var want [][]string
			for _, row := range o.rows {
				if gone[row[i/2]] { // the subject's place: 0, 0, 1
					dropped++
					continue
				}
				want = append(want, row)
			}
			got := records(t, files[o.name+".csv"])
			if !slices.EqualFunc(got, want, slices.Equal) {
				t.Errorf("%s: %d rows, want %d of %d", o.name, len(got), len(want), len(o.rows))
			}
		}
		if out.Dropped != int64(dropped) || dropped < 100 {
			t.Errorf("told %d dropped rows, want %d", out.Dropped, dropped)
		}
	}
}

// A column at the threshold of a verdict is looked at twice with the same eyes: an export is not refused by luck.
func TestColumnAtAThresholdDoesNotTurnOver(t *testing.T) {
	r := rand.New(rand.NewPCG(50, 50))
	verdicts := map[bool]int{}
	for i := range 16 {
		o := fakeObject{name: "t", fields: []string{"code"}}
		for i := range 2000 {
			v := inn(r)
			if i%10 >= 6 { // six of ten are what a column without a name has to hold
				v = strings.Repeat("9", 1+i%5) + string(digits(r, 11-i%5)[:6]) + "ab"
			}
			o.rows = append(o.rows, []string{v})
		}
		source := &fake{objects: []fakeObject{o}}
		survey, err := (&Scan{Source: source, Workers: 2, Emit: func(*Message) error { return nil }}).Survey(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		verdicts[survey.Inventories[0].Fields[0].Verdict.Label != nil]++
		x := &anExport{source: source, survey: survey, plan: masking(t), form: "csv", workers: 2, target: filepath.Join(t.TempDir(), fmt.Sprint(i), "out")}
		if _, _, err := x.run(t.Context(), t); err != nil {
			t.Errorf("round %d: %v", i, err)
		}
	}
	if len(verdicts) < 2 {
		t.Errorf("this column is at no threshold: %v", verdicts)
	}
}

// A column that the survey saw empty of a kind, and that holds it now, is not covered.
func TestChangedSourceIsNotCovered(t *testing.T) {
	r := rand.New(rand.NewPCG(51, 51))
	o := fakeObject{name: "t", fields: []string{"x"}}
	for i := range 40 {
		o.rows = append(o.rows, []string{fmt.Sprint("слово ", i)})
	}
	survey, err := (&Scan{Source: &fake{objects: []fakeObject{o}}, Emit: func(*Message) error { return nil }}).Survey(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	o.rows[20][0] = "пишите на " + email(r)
	x := &anExport{source: &fake{objects: []fakeObject{o}}, survey: survey, plan: masking(t), form: "csv"}
	_, _, err = x.run(t.Context(), t)
	failsAt(t, err, "covers", "t")
}

// A form that cannot leave out rows refuses to, and publishes nothing.
func TestRowsThatCannotBeLeftOut(t *testing.T) {
	o := people(rand.New(rand.NewPCG(52, 52)), "object", 20)
	source := formats["json array"](&o, 0)
	x := &anExport{source: source, plan: masking(t), form: "own"}
	x.plan.All.Rows = []rules.RowFilter{{Field: "id", When: rules.NotEmpty}}
	_, _, err := x.run(t.Context(), t)
	var p *connectors.Problem
	if p = Sanitize("", err); p == nil || p.Kind != "no_rows" {
		t.Errorf("got %v", err)
	}
}

// A method that fails stops the export; its error, which may quote the value, goes no further.
func TestMethodThatFails(t *testing.T) {
	o := people(rand.New(rand.NewPCG(53, 53)), "t", 20)
	x := &anExport{source: &fake{objects: []fakeObject{o}}, plan: masking(t), form: "csv", workers: 3}
	x.plan.Other = failing{x.plan.Other}
	_, _, err := x.run(t.Context(), t)
	if err == nil || strings.Contains(err.Error(), o.rows[0][2]) {
		t.Errorf("got %v", err)
	}
}

type failing struct{ anonymize.Method }

func (f failing) Fork() anonymize.Method { return quoting{f.Method} }

// The stage of an export that was refused is gone, and the target can be used again.
func TestRefusedExportCanBeRepeated(t *testing.T) {
	o := people(rand.New(rand.NewPCG(54, 54)), "t", 20)
	x := &anExport{source: &fake{objects: []fakeObject{o}}, plan: masking(t), form: "csv", target: filepath.Join(t.TempDir(), "out")}
	x.plan.Gates, x.plan.All.Quasi = rules.Gates{K: 2, Residual: 1 << 20}, []string{"id"}
	_, _, err := x.run(t.Context(), t)
	failsAt(t, err, "k", "t")
	x.plan.Gates.K = 1
	files, _, err := x.run(t.Context(), t)
	if err != nil || len(files) != 2 || files[filesink.Manifest] == "" {
		t.Errorf("%v: %v", err, keysOf(files))
	}
}

// 0.29 of a hundred rows are 29 of them, though the product is a little less.
func TestBudgetIsInclusive(t *testing.T) {
	o := fakeObject{name: "t", fields: []string{"city"}}
	for i := range 100 {
		o.rows = append(o.rows, []string{[]string{fmt.Sprint("город", i), "Тверь"}[min(i/29, 1)]})
	}
	x := &anExport{source: &fake{objects: []fakeObject{o}}, plan: masking(t), form: "csv"}
	x.plan.All.Quasi, x.plan.Gates = []string{"city"}, rules.Gates{K: 2, Suppression: 0.29}
	if _, out, err := x.run(t.Context(), t); err != nil || out.Rows != 71 {
		t.Errorf("%+v, %v", out, err)
	}
}

// Cells of a settled column that the plan keeps, and that hold nothing to replace, come out as they are, also in rows
// that are not sampled.
func TestNothingToReplaceStaysAsItIs(t *testing.T) {
	r := rand.New(rand.NewPCG(35, 35))
	o := fakeObject{name: "t", fields: []string{"id", "phone"}}
	for i := range 6000 {
		v := phone(r)
		if i%10 == 9 {
			v = "-"
		}
		o.rows = append(o.rows, []string{fmt.Sprint(i), v})
	}
	x := &anExport{source: &fake{objects: []fakeObject{o}}, plan: masking(t), form: "csv", workers: 2}
	files, _, err := x.run(t.Context(), t)
	if err != nil {
		t.Fatal(err)
	}
	got := records(t, files["t.csv"])
	for i, row := range got {
		want := "***"
		if i%10 == 9 {
			want = "-"
		}
		if row[1] != want {
			t.Fatalf("row %d: %q, want %q", i+1, row[1], want)
		}
	}
	if len(got) != 6000 {
		t.Fatalf("%d rows", len(got))
	}
}
