package pipeline

import (
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"bezlik/connectors"
	"bezlik/detectors"
	"bezlik/rules"
)

// findings is a histogram of n findings that are reported, and some that are not.
func findings(class detectors.Class, n int64) *Count {
	c := &Count{Class: class}
	c.add(95, detectors.Whole, n)
	c.add(40, detectors.Format, 7)
	return c
}

// columnOf is a column that holds a kind as such in all its cells.
func columnOf(name string, kind detectors.Kind, cells, distinct int64) FieldVerdict {
	d := &detectors.Detector{Kind: kind, Class: detectors.Direct}
	return FieldVerdict{Field: name, Cells: cells, Distinct: distinct, Verdict: detectors.Verdict{Label: d, Score: 95},
		Counts: map[detectors.Kind]*Count{kind: findings(d.Class, cells)}}
}

// partsOf is a column that holds parts of a kind's values.
func partsOf(name string, kind detectors.Kind, p detectors.Part, cells, distinct int64) FieldVerdict {
	f := columnOf(name, kind, cells, distinct)
	f.Verdict.Part = p
	return f
}

// prose is a column of running text with so many findings of a class.
func prose(class detectors.Class, counts map[detectors.Kind]int64) FieldVerdict {
	f := FieldVerdict{Field: "text", Native: connectors.RunningText, Cells: 3, Counts: map[detectors.Kind]*Count{}}
	for kind, n := range counts {
		f.Counts[kind] = findings(class, n)
	}
	return f
}

func object(name string, rows int64, fields ...FieldVerdict) *Inventory {
	return &Inventory{Object: name, Rows: rows, Fields: fields}
}

func TestExposureCounts(t *testing.T) {
	mixed := columnOf("contact", "phone", 100, 90)
	mixed.Counts["phone"] = findings(detectors.Direct, 40)
	weak := columnOf("phone", "phone", 50, 50)
	weak.Counts["phone"] = &Count{Class: detectors.Direct}
	weak.Counts["phone"].add(50, detectors.Format, 50)
	for _, c := range []struct {
		name         string
		inventories  []*Inventory
		sampled      map[string]int64
		subjects     Bounds
		identifiers  Bounds
		special, bio string
	}{
		{name: "nothing", inventories: []*Inventory{object("a", 3)}},
		{name: "a small table", inventories: []*Inventory{object("a", 3, columnOf("phone", "phone", 3, 3), columnOf("inn", "inn", 3, 2))},
			subjects: Bounds{3, 3, 3}, identifiers: Bounds{5, 5, 5}},
		{name: "two objects may tell about the same people", // margins of an eighth: 187 of 1500, 175 of 1400
			inventories: []*Inventory{object("users", 1500, columnOf("phone", "phone", 1500, 1500)), object("orders", 5000, columnOf("phone", "phone", 5000, 1400))},
			subjects:    Bounds{1313, 1500, 1500 + 1575}, identifiers: Bounds{1313, 1500, 1500 + 1575}},
		{name: "a tenth of the rows was sampled", inventories: []*Inventory{object("a", 200000, columnOf("snils", "snils", 200000, 16000))},
			sampled: map[string]int64{"a": 20000}, subjects: Bounds{14000, 160000, 180000}, identifiers: Bounds{14000, 160000, 180000}},
		{name: "never more values than findings", inventories: []*Inventory{object("a", 200000, columnOf("snils", "snils", 200000, 19900))},
			sampled: map[string]int64{"a": 20000}, subjects: Bounds{19900 - 2487, 199000, 200000}, identifiers: Bounds{19900 - 2487, 199000, 200000}},
		{name: "running text: any finding may be another person", inventories: []*Inventory{object("a", 3, prose(detectors.Direct, map[detectors.Kind]int64{"phone": 10, "email": 4}))},
			subjects: Bounds{1, 10, 14}, identifiers: Bounds{2, 14, 14}},
		{name: "a chat: those who write and those who are written about",
			inventories: []*Inventory{object("a", 60, columnOf("from", "phone", 60, 20), prose(detectors.Direct, map[detectors.Kind]int64{"phone": 8}))},
			subjects:    Bounds{20, 20, 28}, identifiers: Bounds{20, 20, 28}},
		{name: "one row is a document about many", inventories: []*Inventory{object("a", 1, columnOf("users[].phone", "phone", 200, 150))},
			subjects: Bounds{1, 150, 150}, identifiers: Bounds{150, 150, 150}},
		{name: "cells of something else may be what differs", inventories: []*Inventory{object("a", 100, mixed)},
			subjects: Bounds{30, 40, 40}, identifiers: Bounds{30, 40, 40}},
		{name: "what is not reported is not counted", inventories: []*Inventory{object("a", 50, weak)}},
		{name: "names are no unique designation", inventories: []*Inventory{object("a", 90, columnOf("name", "person_name", 90, 80))},
			subjects: Bounds{80, 80, 80}, identifiers: Bounds{0, 0, 80}},
		{name: "split values: the combinations were not counted",
			inventories: []*Inventory{object("a", 500, partsOf("series", "passport", detectors.Series, 500, 20), partsOf("number", "passport", detectors.Number, 500, 200))},
			subjects:    Bounds{200, 200, 500}, identifiers: Bounds{200, 200, 500}},
		{name: "organisations and devices are no people", inventories: []*Inventory{object("a", 9,
			prose(detectors.Organisation, map[detectors.Kind]int64{"inn_org": 9}), prose(detectors.Technical, map[detectors.Kind]int64{"secret": 9}))}},
		{name: "special categories and biometrics", inventories: []*Inventory{object("a", 9, columnOf("email", "email", 9, 9),
			prose(detectors.Special, map[detectors.Kind]int64{"special_health": 2, "special_religion": 1, "biometric": 1}))},
			subjects: Bounds{9, 9, 9}, identifiers: Bounds{9, 9, 9}, special: "special_health special_religion", bio: "biometric"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := &Result{Inventories: c.inventories, sampled: c.sampled}
			x := r.Exposure("s", detectors.Report, rules.Law(), "2026-11-27")
			if x.Subjects != c.subjects || x.Identifiers != c.identifiers {
				t.Errorf("subjects %v, want %v; identifiers %v, want %v", x.Subjects, c.subjects, x.Identifiers, c.identifiers)
			}
			if strings.Join(x.Special, " ") != c.special || strings.Join(x.Biometric, " ") != c.bio {
				t.Errorf("special %v, biometric %v", x.Special, x.Biometric)
			}
			if personal := c.subjects.Upper > 0; (x.Level != nil) != personal || (x.Fines != nil) != personal {
				t.Errorf("level %v, fines %v", x.Level, x.Fines)
			}
		})
	}
}

func TestExposureConsequences(t *testing.T) {
	health := prose(detectors.Special, map[detectors.Kind]int64{"special_health": 2})
	face := prose(detectors.Special, map[detectors.Kind]int64{"biometric": 2})
	users := func(n int64) FieldVerdict { return columnOf("phone", "phone", n, n) }
	var many []FieldVerdict // 13 kinds of 950 people
	for i := range 13 {
		many = append(many, columnOf("c", detectors.Kind(fmt.Sprint("kind", i)), 950, 950))
	}
	for _, c := range []struct {
		name        string
		inventories []*Inventory
		day         string
		parts       string // lower, upper, special, biometric
		by          string // of the upper
		level       [2]int
	}{
		{"below", []*Inventory{object("a", 900, users(900))}, "2026-11-27", "- - - -", "", [2]int{4, 4}},
		{"one bracket", []*Inventory{object("a", 9000, users(9000))}, "2026-11-27", "12 12 - -", "subjects", [2]int{4, 4}},
		{"two brackets", []*Inventory{object("a", 11000, users(11000))}, "2026-11-27", "12 13 - -", "subjects", [2]int{4, 4}},
		{"below or not", []*Inventory{object("a", 1100, users(1100))}, "2026-11-27", "- 12 - -", "subjects", [2]int{4, 4}},
		{"by identifiers alone", []*Inventory{object("a", 950, many...)}, "2026-11-27", "12 12 - -", "identifiers", [2]int{4, 4}},
		{"more than 100 000", []*Inventory{object("a", 200000, users(200000))}, "2026-11-27", "14 14 - -", "subjects", [2]int{3, 3}},
		{"about 100 000", []*Inventory{object("a", 110000, users(110000))}, "2026-11-27", "13 14 - -", "subjects", [2]int{4, 3}},
		{"health, few", []*Inventory{object("a", 9, users(9), health)}, "2026-11-27", "- - 16 -", "", [2]int{3, 3}},
		{"health, many", []*Inventory{object("a", 200000, users(200000), health)}, "2026-11-27", "14 14 16 -", "subjects", [2]int{2, 2}},
		{"faces", []*Inventory{object("a", 9, users(9), face)}, "2026-11-27", "- - - 17", "", [2]int{3, 3}},
		{"before the fines came", []*Inventory{object("a", 9000, users(9000))}, "2025-05-29", "none", "", [2]int{4, 4}},
	} {
		t.Run(c.name, func(t *testing.T) {
			x := (&Result{Inventories: c.inventories}).Exposure("s", detectors.Report, rules.Law(), c.day)
			got, by := "none", ""
			if x.Fines != nil {
				var parts []string
				for _, f := range []*Fine{x.Fines.Lower, x.Fines.Upper, x.Fines.Special, x.Fines.Biometric} {
					if f == nil {
						parts = append(parts, "-")
						continue
					}
					parts = append(parts, f.Part)
					if f.From != "2025-05-30" || f.Act != "fz-420" || f.Article != "13.11" || f.Again == nil {
						t.Errorf("%+v", f)
					}
				}
				got = strings.Join(parts, " ")
				if x.Fines.Upper != nil {
					by = strings.Join(x.Fines.Upper.By, " ")
				}
			}
			if got != c.parts || by != c.by {
				t.Errorf("parts %s by %q, want %s by %q: %+v", got, by, c.parts, c.by, x)
			}
			if x.Level == nil || [2]int{x.Level.Lower, x.Level.Upper} != c.level || x.Level.Threats != 3 {
				t.Errorf("level %+v", x.Level)
			}
		})
	}
}

// TestSampledRows holds the count of sampled rows to the rule that samples them.
func TestSampledRows(t *testing.T) {
	for _, rows := range []int64{0, 1, 4095, 4096, 4097, 4127, 4128, 4129, 10000, 99999} {
		want := int64(0)
		for row := int64(1); row <= rows; row++ {
			if sampled(row) {
				want++
			}
		}
		r := &Result{}
		r.sample(map[string]*Object{"a": {Rows: rows}}, rows)
		if r.sampled["a"] != want {
			t.Errorf("%d rows: %d, want %d", rows, r.sampled["a"], want)
		}
	}
	r := &Result{} // in a part of two, nobody knows which was first
	r.sample(map[string]*Object{"a": {Rows: 8000}, "b": {Rows: 8000}}, 16000)
	r.sample(map[string]*Object{"a": {Rows: 100}}, 100)
	if r.sampled["a"] != 350 || r.sampled["b"] != 250 {
		t.Error(r.sampled)
	}
}

// TestExposureOfAScan: what is known to lie in a source is within the bounds, however much of it was sampled, and when
// an earlier run has read it.
func TestExposureOfAScan(t *testing.T) {
	for _, rows := range []int{100, 3000, 30000} {
		o := fakeObject{name: "users", fields: []string{"id", "phone"}}
		for i := range rows {
			o.rows = append(o.rows, []string{fmt.Sprint(i), fmt.Sprintf("+7916%07d", i)})
		}
		state, err := OpenState(filepath.Join(t.TempDir(), "state"), "test", stateKey(t, oneKey))
		if err != nil {
			t.Fatal(err)
		}
		defer state.Close()
		_, _, res := scanned(t, &Scan{Source: &fake{objects: []fakeObject{o}}, Workers: 2, State: state})
		x := res.Exposure("s", detectors.Report, rules.Law(), "2026-11-27")
		n := int64(rows)
		for _, b := range []Bounds{x.Subjects, x.Identifiers} {
			if b.Lower > n || b.Upper < n || b.Estimate < n*3/4 || b.Estimate > n || b.Lower < min(n, 4096)*2/3 {
				t.Errorf("%d rows: %+v", rows, b)
			}
		}
		_, _, res = scanned(t, &Scan{Source: &fake{objects: []fakeObject{o}}, State: state})
		if again := res.Exposure("s", detectors.Report, rules.Law(), "2026-11-27"); !reflect.DeepEqual(again, x) {
			t.Errorf("%d rows: %+v and then %+v", rows, x, again)
		}
	}
}

// TestExposureHoldsNoValues: what goes into a report is numbers, names of kinds and of the source.
func TestExposureHoldsNoValues(t *testing.T) {
	var walk func(typ reflect.Type)
	walk = func(typ reflect.Type) {
		switch typ.Kind() {
		case reflect.Pointer, reflect.Slice:
			walk(typ.Elem())
		case reflect.Struct:
			for i := range typ.NumField() {
				walk(typ.Field(i).Type)
			}
		case reflect.Bool, reflect.Int, reflect.Int64, reflect.String:
		default:
			t.Errorf("%v", typ)
		}
	}
	walk(reflect.TypeFor[Exposure]())
}
