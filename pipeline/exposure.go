package pipeline

import (
	"slices"
	"strings"

	"bezlik/connectors"
	"bezlik/detectors"
	"bezlik/rules"
)

// An Exposure says what a leak of one store would mean: how many people and identifiers lie in it, the fine for losing
// that many (KoAP 13.11), and the level of protection that it needs (Decree 1119). A store is a source as it was named
// on the command line: all tables of a database, all files of a folder. Everything is estimated from the inventory.
type Exposure struct {
	Source      string   `json:"source"`
	Note        string   `json:"note"`
	Incomplete  bool     `json:"incomplete,omitempty"` // not all was read: the upper bounds are of what was
	Subjects    Bounds   `json:"subjects"`
	Identifiers Bounds   `json:"identifiers"`
	Special     []string `json:"special,omitempty"`   // kinds of special categories (152-FZ art. 10)
	Biometric   []string `json:"biometric,omitempty"` // kinds of biometrics (art. 11)
	Fines       *Fines   `json:"fines,omitempty"`     // this and Level are nil where nothing personal was found
	Level       *Level   `json:"level,omitempty"`
}

// exposureNote stands in every Exposure.
const exposureNote = "estimate from the scan, not legal advice"

// Bounds are the least and the most that a number may be as far as a scan can tell, and the likeliest in between.
type Bounds struct {
	Lower    int64 `json:"lower"`
	Estimate int64 `json:"estimate"`
	Upper    int64 `json:"upper"`
}

// widen takes the larger of each.
func (b *Bounds) widen(o Bounds) {
	b.Lower, b.Estimate, b.Upper = max(b.Lower, o.Lower), max(b.Estimate, o.Estimate), max(b.Upper, o.Upper)
}

// Fines are those of a legal entity: for the size of the leak by its lower and its upper bound, each nil below the
// smallest bracket, and for special categories and biometrics whatever the size.
type Fines struct {
	Lower     *Fine `json:"lower,omitempty"`
	Upper     *Fine `json:"upper,omitempty"`
	Special   *Fine `json:"special,omitempty"`
	Biometric *Fine `json:"biometric,omitempty"`
}

// A Fine is a part of an article, in roubles, for leaks from a day on.
type Fine struct {
	Act     string   `json:"act"`
	Article string   `json:"article"`
	Part    string   `json:"part"`
	By      []string `json:"by,omitempty"` // subjects, identifiers: what reaches the bracket
	Min     int      `json:"min"`
	Max     int      `json:"max"`
	From    string   `json:"from"`
	Until   string   `json:"until,omitempty"`
	Again   *Again   `json:"repeated,omitempty"`
}

// Again is the fine when it happens once more: a share of the yearly revenue, within bounds.
type Again struct {
	Part        string `json:"part"`
	PercentFrom int    `json:"percent_from"`
	PercentTo   int    `json:"percent_to"`
	Min         int    `json:"min"`
	Max         int    `json:"max"`
}

// A Level is that of protection, 1 the strongest, for the lower and the upper bound of subjects, none of whom is taken
// to be the operator's own staff. It is for threats of the named type: the operator's model of threats says which type
// is right.
type Level struct {
	Act     string `json:"act"`
	Threats int    `json:"threats"`
	Lower   int    `json:"lower"`
	Upper   int    `json:"upper"`
}

// How people and identifiers are counted:
//
// Identifiers are different values of kinds of class direct. Several columns of a kind may hold the same values: of a
// kind there are at least as many as in its largest column in the store, which is also the estimate, and at most the sum
// over all. The note to KoAP 13.11 means unique designations; whether a name is one is open, so names count in the
// upper bound only. Numbers that the store itself gives to people (user ids) are no kind that is found: they count
// nowhere.
//
// Subjects of an object: the largest number of different values that any direct kind has in any one column. Rows bound
// it from below only: a row may be a document about many people. What is found in running text may be about people
// whom no column knows, so all of it is added to the upper bound. The store has at least as many subjects as its
// largest object, which is also the estimate, and at most the sum.
//
// Subjects and identifiers are never added up.

// Exposure estimates that of a store. Findings count from a score up; day, such as 2026-11-27, says which law holds.
func (r *Result) Exposure(source string, score uint8, law *rules.LawTable, day string) *Exposure {
	x := &Exposure{Source: source, Note: exposureNote, Incomplete: !r.Complete()}
	ids := map[detectors.Kind]*identifiers{}
	special, biometric := map[detectors.Kind]bool{}, map[detectors.Kind]bool{}
	personal := false
	for _, inv := range r.Inventories {
		people := Bounds{}
		mentions := int64(0)
		for i := range inv.Fields {
			f := &inv.Fields[i]
			found := int64(0) // of direct kinds
			most := Bounds{}
			for kind, c := range f.Counts {
				n := c.From(score)
				if n == 0 {
					continue
				}
				switch c.Class {
				case detectors.Direct:
					b := f.values(kind, n, r.share(inv))
					most.widen(b)
					found += n
					if ids[kind] == nil {
						ids[kind] = &identifiers{parts: map[detectors.Part]int64{}}
					}
					ids[kind].add(f, kind, b)
				case detectors.Special:
					if isBiometric(kind) {
						biometric[kind] = true
					} else {
						special[kind] = true
					}
				case detectors.Quasi:
				default:
					continue // organisations and devices are no people
				}
				personal = true
			}
			if f.Verdict.FreeText || f.Native == connectors.RunningText || f.Verdict.Label == nil && found > f.Cells {
				mentions += found
				most.Upper = 0
			}
			people.widen(most)
		}
		people.Lower = min(people.Lower, max(inv.Rows, 1))
		people.Upper += mentions
		x.Subjects.Lower = max(x.Subjects.Lower, people.Lower)
		x.Subjects.Estimate = max(x.Subjects.Estimate, people.Estimate)
		x.Subjects.Upper += people.Upper
	}
	for kind, k := range ids {
		b := k.bounds()
		if !named(kind) {
			x.Identifiers.Lower += b.Lower
			x.Identifiers.Estimate += b.Estimate
		}
		x.Identifiers.Upper += b.Upper
	}
	x.Special, x.Biometric = kindNames(special), kindNames(biometric)
	if personal {
		x.judge(law, day)
	}
	return x
}

// share is how many of the rows of an object were sampled for different values, 1 for all.
func (r *Result) share(inv *Inventory) float64 {
	seen := r.sampled[inv.Object]
	if seen <= 0 || seen >= inv.Rows {
		return 1
	}
	return float64(seen) / float64(inv.Rows)
}

// sample counts the sampled rows of the objects of a finished part. In a part of several objects nobody knows which of
// them its first rows belong to: each is taken to be sampled as sparsely as the end of the part.
func (r *Result) sample(seen map[string]*Object, rows int64) {
	if r.sampled == nil {
		r.sampled = map[string]int64{}
	}
	for name, o := range seen {
		switch {
		case rows <= denseRows:
			r.sampled[name] += o.Rows
		case len(seen) > 1:
			r.sampled[name] += o.Rows / sparseStep
		default:
			r.sampled[name] += denseRows + o.Rows/sparseStep - denseRows/sparseStep
		}
	}
}

// sketchMargin is two standard errors of the number of different values that a sketch estimates, 2/√(k-2), as one part
// in so many: 12.5 %.
const sketchMargin = 8

// labelled says whether a column holds a kind as such, so that its different values are those of the kind.
func (f *FieldVerdict) labelled(kind detectors.Kind) bool {
	return f.Verdict.Label != nil && f.Verdict.Label.Kind == kind
}

// values bounds the number of different values of a kind that was found n times in a column, of whose rows a share was
// sampled. The same value written in two ways counts twice.
//
// In a column that holds the kind, the sketch counts the different values among sampled cells. The lower bound takes
// rows that were not sampled to bring nothing new. The estimate takes them to bring as much as the sampled ones; in a
// column with repetitions that is too much, since new values get fewer the longer one looks. The upper bound is the
// estimate with the margin of the sketch. Of a value that is split over columns the parts are counted, not the
// combinations: there is one a cell at most. Anywhere else all that is known is n, and that there is one.
func (f *FieldVerdict) values(kind detectors.Kind, n int64, share float64) Bounds {
	if !f.labelled(kind) || f.Distinct == 0 {
		return Bounds{Lower: 1, Estimate: n, Upper: n}
	}
	margin := int64(0)
	if f.Distinct >= sketchSize-sketchSize/sketchMargin { // fewer are counted, not estimated
		margin = f.Distinct / sketchMargin
	}
	other := max(f.Cells-n, 0) // cells that hold something else may be what differs
	b := Bounds{Lower: min(max(f.Distinct-margin-other, 1), n)}
	b.Estimate = min(max(int64(float64(f.Distinct)/share), b.Lower), n)
	b.Upper = min(max(int64(float64(f.Distinct+margin)/share), b.Lower), n)
	if f.split() {
		b.Upper = n
	}
	return b
}

// split says whether a column holds parts of values that stand in several columns.
func (f *FieldVerdict) split() bool { return f.Verdict.Part != detectors.WholeValue }

// identifiers are what a store holds of one kind.
type identifiers struct {
	largest Bounds                   // of columns
	whole   int64                    // upper bounds of columns with whole values
	parts   map[detectors.Part]int64 // and of columns with parts of values, by part
}

func (k *identifiers) add(f *FieldVerdict, kind detectors.Kind, b Bounds) {
	k.largest.widen(b)
	if f.labelled(kind) && f.split() {
		k.parts[f.Verdict.Part] += b.Upper
	} else {
		k.whole += b.Upper
	}
}

func (k *identifiers) bounds() Bounds {
	split := int64(0)
	for _, n := range k.parts {
		split = max(split, n)
	}
	return Bounds{Lower: k.largest.Lower, Estimate: k.largest.Estimate, Upper: k.whole + split}
}

// named says whether the values of a kind are people's names: two people may have the same.
func named(kind detectors.Kind) bool { return kind == "person_name" }

// isBiometric tells biometrics from special categories: both are of class special.
func isBiometric(kind detectors.Kind) bool { return strings.HasPrefix(string(kind), "biometric") }

func kindNames(kinds map[detectors.Kind]bool) []string {
	var names []string
	for k := range kinds {
		names = append(names, string(k))
	}
	slices.Sort(names)
	return names
}

// judge says what the law attaches to the counts on a day.
func (x *Exposure) judge(law *rules.LawTable, day string) {
	if act := law.Act(law.Leaks.Act); act != nil && act.Holds(day) {
		fine := func(f rules.Fine) *Fine {
			out := &Fine{Act: act.ID, Article: law.Leaks.Article, Part: f.Part, Min: f.Min, Max: f.Max, From: act.InForce, Until: act.Until}
			if t := law.Leaks.Again(f.Part); t != nil {
				out.Again = &Again{Part: t.Part, PercentFrom: t.PercentFrom, PercentTo: t.PercentTo, Min: t.Min, Max: t.Max}
			}
			return out
		}
		volume := func(subjects, identifiers int64) *Fine {
			b := law.Leaks.Bracket(subjects, identifiers)
			if b == nil {
				return nil
			}
			f := fine(b.Fine)
			if subjects >= int64(b.Subjects) {
				f.By = append(f.By, "subjects")
			}
			if identifiers >= int64(b.Identifiers) {
				f.By = append(f.By, "identifiers")
			}
			return f
		}
		x.Fines = &Fines{Lower: volume(x.Subjects.Lower, x.Identifiers.Lower), Upper: volume(x.Subjects.Upper, x.Identifiers.Upper)}
		if len(x.Special) > 0 {
			x.Fines.Special = fine(law.Leaks.Special)
		}
		if len(x.Biometric) > 0 {
			x.Fines.Biometric = fine(law.Leaks.Biometric)
		}
	}
	if act := law.Act(law.Levels.Act); act != nil && act.Holds(day) {
		level := func(subjects int64) int {
			return law.Levels.Level(subjects, len(x.Special) > 0, len(x.Biometric) > 0)
		}
		x.Level = &Level{Act: act.ID, Threats: law.Levels.Threats, Lower: level(x.Subjects.Lower), Upper: level(x.Subjects.Upper)}
	}
}
