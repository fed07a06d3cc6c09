package pipeline

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"bezlik/rules"
)

// keeping is a plan that keeps the columns of objects as they are.
func keeping(objects map[string]*rules.ObjectPlan) *rules.Plan {
	for _, o := range objects {
		o.Rest = rules.Keep
	}
	return &rules.Plan{Objects: objects}
}

// ids are the first cells of the rows of a published table.
func ids(t *testing.T, file string) (list []string) {
	t.Helper()
	for _, r := range records(t, file) {
		list = append(list, r[0])
	}
	return list
}

// TestArrayHidesNoMissingField: a field that is met twice does not stand for another one that is missing.
func TestArrayHidesNoMissingField(t *testing.T) {
	o := fakeObject{name: "t", fields: []string{"id", "blocked", "blocked", "consent"}, rows: [][]string{
		{"1", "", "", "yes"}, {"2", "", ""}, {"3", "", "", "no"}, {"4", "", "no", "yes"}, {"5", "", "2025-01-01", "yes"}}}
	x := &anExport{source: &fake{objects: []fakeObject{o}}, form: "csv", workers: 1, plan: keeping(map[string]*rules.ObjectPlan{
		"t": {Rows: []rules.RowFilter{{Field: "blocked", When: rules.NotEmpty}, {Field: "consent", When: rules.Falsy}}}})}
	files, out, err := x.run(t.Context(), t)
	if err != nil {
		t.Fatal(err)
	}
	if got := ids(t, files["t.csv"]); !slices.Equal(got, []string{"1", "4"}) || out.Dropped != 3 {
		t.Errorf("left are %v", got)
	}
}

// TestRowsOfNobodyKnown: once somebody is left out, a row that does not say whose it is may be theirs.
func TestRowsOfNobodyKnown(t *testing.T) {
	for _, blocked := range []string{"", "yes"} {
		users := fakeObject{name: "users", fields: []string{"id", "blocked"}, rows: [][]string{{"1", ""}, {"2", blocked}}}
		orders := fakeObject{name: "orders", fields: []string{"n", "buyer"}, rows: [][]string{{"a", "1"}, {"b", "2"}, {"c", ""}, {"d"}, {"e", " "}}}
		x := &anExport{source: &fake{objects: []fakeObject{users, orders}}, form: "csv", workers: 1, plan: keeping(map[string]*rules.ObjectPlan{
			"users": {Subject: "id", Rows: []rules.RowFilter{{Field: "blocked", When: rules.NotEmpty}}}, "orders": {Subject: "buyer"}})}
		files, _, err := x.run(t.Context(), t)
		if err != nil {
			t.Fatal(err)
		}
		want := []string{"a", "b", "c", "d", "e"}
		if blocked != "" {
			want = want[:1]
		}
		if got := ids(t, files["orders.csv"]); !slices.Equal(got, want) {
			t.Errorf("blocked %q: left are %v", blocked, got)
		}
	}
}

// TestFiltersRestOnSomething: what says whose rows are left out must be in the source.
func TestFiltersRestOnSomething(t *testing.T) {
	users := fakeObject{name: "users", fields: []string{"id", "blocked"}, rows: [][]string{{"1", ""}, {"2", "yes"}}}
	orders := fakeObject{name: "orders", fields: []string{"n", "buyer"}, rows: [][]string{{"a", "1"}, {"b", "2"}}}
	empty := fakeObject{name: "consents", fields: []string{"user", "given"}}
	blocked := rules.RowFilter{Field: "blocked", When: rules.NotEmpty}
	for _, c := range []struct {
		name   string
		plan   map[string]*rules.ObjectPlan
		object string // that the error names, "" for none
		want   []string
	}{
		{"as it should be", map[string]*rules.ObjectPlan{"users": {Subject: "id", Rows: []rules.RowFilter{blocked}}, "orders": {Subject: "buyer"}}, "", []string{"a"}},
		{"no such column", map[string]*rules.ObjectPlan{"users": {Subject: "id", Rows: []rules.RowFilter{{Field: "blokced", When: rules.NotEmpty}}}, "orders": {Subject: "buyer"}}, "users", nil},
		{"no such object", map[string]*rules.ObjectPlan{"userz": {Subject: "id", Rows: []rules.RowFilter{blocked}}, "orders": {Subject: "buyer"}}, "userz", nil},
		{"no such subject", map[string]*rules.ObjectPlan{"users": {Subject: "id", Rows: []rules.RowFilter{blocked}}, "orders": {Subject: "byuer"}}, "orders", nil},
		{"no such subject of a filter", map[string]*rules.ObjectPlan{"users": {Subject: "ID", Rows: []rules.RowFilter{blocked}}, "orders": {Subject: "buyer"}}, "users", nil},
		{"no such object, and nothing rests on it", map[string]*rules.ObjectPlan{"users": {Subject: "id", Rows: []rules.RowFilter{blocked}}, "orders": {Subject: "buyer"}, "chats": {Subject: "from"}}, "", []string{"a"}},
		{"no rows, so nobody has consented", map[string]*rules.ObjectPlan{"consents": {Subject: "user", Rows: []rules.RowFilter{{Field: "given", When: rules.Falsy, Require: true}}}, "orders": {Subject: "buyer"}}, "", nil},
	} {
		for _, overview := range []bool{false, true} {
			t.Run(fmt.Sprint(c.name, " ", overview), func(t *testing.T) {
				x := &anExport{source: &fake{objects: []fakeObject{users, orders, empty}}, form: "jsonl", workers: 1, plan: keeping(c.plan)}
				if overview {
					var err error
					if x.survey, err = (&Scan{Source: x.source, Emit: func(*Message) error { return nil }}).Overview(t.Context()); err != nil {
						t.Fatal(err)
					}
				}
				files, _, err := x.run(t.Context(), t)
				var rough *OverviewError
				if overview && errors.As(err, &rough) { // as the command does
					x.survey = nil
					files, _, err = x.run(t.Context(), t)
				}
				if c.object != "" {
					failsAt(t, err, "rows", c.object)
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				want := ""
				for _, n := range c.want {
					want += fmt.Sprintf("{\"n\":%q,\"buyer\":\"1\"}\n", n)
				}
				if got := files["orders.jsonl"]; got != want {
					t.Errorf("got %q, want %q", got, want)
				}
			})
		}
	}
}

// TestLateFilterIsFound: a column that the first rows do not have is looked for in the others before it is missed.
func TestLateFilterIsFound(t *testing.T) {
	o := fakeObject{name: "t", fields: []string{"id", "blocked"}}
	for i := range denseRows + 50 {
		o.rows = append(o.rows, []string{fmt.Sprint(i)})
	}
	o.rows = append(o.rows, []string{"last", "yes"})
	x := &anExport{source: &fake{objects: []fakeObject{o}, cut: func() int { return 100 }}, form: "csv", workers: 1, plan: keeping(map[string]*rules.ObjectPlan{
		"t": {Rows: []rules.RowFilter{{Field: "blocked", When: rules.NotEmpty}}}})}
	var err error
	if x.survey, err = (&Scan{Source: x.source, Emit: func(*Message) error { return nil }}).Overview(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, _, err = x.run(t.Context(), t)
	var rough *OverviewError
	if !errors.As(err, &rough) {
		t.Fatalf("an overview cannot know: %v", err)
	}
	x.survey = nil
	files, out, err := x.run(t.Context(), t)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(records(t, files["t.csv"])); n != denseRows+50 || out.Dropped != 1 {
		t.Errorf("%d rows, %d left out", n, out.Dropped)
	}
}

// TestSubjectsTakeSpaceOnce: subjects with very many rows are remembered once each.
func TestSubjectsTakeSpaceOnce(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	var h hashes
	want := map[uint64]bool{}
	for i := range 2_000_000 {
		x := r.Uint64N(1000) // of few
		if i%20 == 0 {
			x = r.Uint64N(100_000) + 1000 // and of more and more
		}
		want[x] = true
		h.add(x)
	}
	if c := cap(h.list); c > 8*len(want) {
		t.Errorf("room for %d hashes, and there are %d", c, len(want))
	}
	got := h.sorted()
	if len(got) != len(want) || !slices.IsSorted(got) {
		t.Fatalf("%d hashes, want %d", len(got), len(want))
	}
	for _, x := range got {
		if !want[x] {
			t.Fatal("a hash nobody added")
		}
	}
}

// TestFilteringIsCheap allocates nothing for each row, whatever fields are missing.
func TestFilteringIsCheap(t *testing.T) {
	o := fakeObject{name: "t", fields: []string{"id", "a", "b", "c"}, rows: [][]string{{"1", "yes", "", "on"}, {"2", "yes"}}}
	f := &fake{objects: []fakeObject{o}}
	parts, err := f.Parts(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	rd, err := f.Open(t.Context(), parts[0])
	if err != nil {
		t.Fatal(err)
	}
	var j job
	if err := rd.Next(&j.batch); err != nil {
		t.Fatal(err)
	}
	tr := &transform{now: time.Unix(0, 0), plan: keeping(map[string]*rules.ObjectPlan{"t": {Rows: []rules.RowFilter{
		{Field: "a", When: rules.Falsy}, {Field: "b", When: rules.NotEmpty}, {Field: "c", When: rules.Falsy}}}})}
	var p planned
	p.enter(&j.batch, tr)
	var drops [2]bool
	n := testing.AllocsPerRun(100, func() { drops = [2]bool{p.drops(&j.batch, 0, tr), p.drops(&j.batch, 1, tr)} })
	if n != 0 || drops != [2]bool{false, true} {
		t.Errorf("%v allocations, dropped %v", n, drops)
	}
}
