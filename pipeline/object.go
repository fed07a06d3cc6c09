package pipeline

import (
	"slices"

	"bezlik/connectors"
	"bezlik/detectors"
)

// An Object is a table, file or chat as it was seen: its columns in the order they turned up.
type Object struct {
	Name    string
	Rows    int64
	Columns []*Column
}

// column returns the column of a field, which is new if it was not seen yet.
func (o *Object) column(f connectors.Field, key bool) *Column {
	for _, c := range o.Columns {
		if c.Key == key && c.Field.Name == f.Name {
			return c
		}
	}
	c := &Column{Field: f, Key: key}
	if !key {
		for _, h := range detectors.HintIn(o.Name, c.name()) {
			c.hints = append(c.hints, h.Detector)
		}
	}
	o.Columns = append(o.Columns, c)
	return c
}

// Merge adds what another goroutine or part has gathered of the same object.
func (o *Object) Merge(other *Object) {
	o.Rows += other.Rows
	for _, c := range other.Columns {
		o.column(c.Field, c.Key).Merge(c)
	}
}

// Judge lets every column speak. Columns that together form one value (surname, name, patronymic; series, number)
// are labelled as what they form.
func (o *Object) Judge() *Inventory {
	inv := &Inventory{Object: o.Name, Rows: o.Rows}
	verdicts := make([]detectors.Verdict, len(o.Columns))
	names := make([]string, len(o.Columns))
	var judged []detectors.Judged
	for i, c := range o.Columns {
		if !c.Key {
			f := c.Facts()
			f.Object = o.Name
			verdicts[i] = detectors.Judge(f)
			names[i] = c.name()
			judged = append(judged, detectors.Judged{Name: f.Name, Verdict: &verdicts[i], Firms: float64(f.Firms) / float64(max(f.Sample, 1))})
		}
	}
	for _, g := range detectors.Composites(names) {
		for _, m := range g.Members {
			v := &verdicts[m.Index]
			if v.Label == nil || v.Label == g.Detector || v.Score < detectors.Report {
				v.Label, v.Part, v.FreeText = g.Detector, m.Part, false
				v.Score = max(v.Score, compositeScore)
				v.Evidence |= detectors.Composite | detectors.Column
			}
		}
	}
	detectors.JudgeTogether(o.Name, judged)
	for i, c := range o.Columns { // keys turn up in no order when several workers look: each stands behind its values
		if c.Key {
			continue
		}
		inv.Fields = append(inv.Fields, c.verdict(verdicts[i]))
		for k, key := range o.Columns {
			if key.Key && key.Field.Name == c.Field.Name {
				inv.Fields = append(inv.Fields, key.verdict(verdicts[k]))
			}
		}
	}
	return inv
}

// compositeScore is that of a column whose neighbours complete it: name and shape agree in several columns.
const compositeScore = 95

// verdict settles the tally of a column now that it has spoken.
func (c *Column) verdict(v detectors.Verdict) FieldVerdict {
	f := FieldVerdict{Field: c.Field.Name, Native: c.Field.Native, Key: c.Key, Cells: c.Cells, Empty: c.Empty,
		Distinct: c.Distinct(), Verdict: v, Counts: map[detectors.Kind]*Count{}, skipped: c.Skipped > 0}
	c.tally.settle()
	if v.Label == nil {
		var s settler
		for shape, n := range c.tally.counts {
			s.out = s.out[:0]
			for _, x := range s.cluster(shape.findings(nil), &v) {
				f.count(x.Detector).add(x.Score, x.Evidence, n)
			}
		}
		return f
	}
	rest := c.Cells // every cell is a finding; those without a candidate that fills them have the column's score
	for shape, n := range c.tally.counts {
		found := shape.findings(nil)
		x, ok := labelled(found, &v)
		if !slices.ContainsFunc(found, func(x Found) bool { return x.Whole }) && x.Score == v.Score {
			continue
		}
		rest -= n
		if ok {
			f.count(x.Detector).add(x.Score, x.Evidence, n)
		}
	}
	if rest > 0 {
		f.count(v.Label).add(v.Score, v.Evidence|detectors.Whole, rest)
	}
	return f
}

// An Inventory says which columns of an object hold which kinds, how often, how surely and on what evidence.
// It holds counts and estimates: no values, no hashes.
type Inventory struct {
	Object   string         `json:"object"`
	Rows     int64          `json:"rows"`
	Identity string         `json:"identity,omitempty"`
	Fields   []FieldVerdict `json:"fields"`
}

// A FieldVerdict is one column of an inventory.
type FieldVerdict struct {
	Field    string                    `json:"field"`
	Native   string                    `json:"native,omitempty"`
	Key      bool                      `json:"key,omitempty"`
	Cells    int64                     `json:"cells"`
	Empty    int64                     `json:"empty"`
	Distinct int64                     `json:"distinct"`
	Counts   map[detectors.Kind]*Count `json:"counts,omitempty"`
	Verdict  detectors.Verdict         `json:"-"`
	skipped  bool                      // some cells were counted only
}

// A Count is how often a kind was found in a column: a histogram of scores.
type Count struct {
	Class    detectors.Class    `json:"-"`
	Scores   [101]int64         `json:"-"`
	Evidence detectors.Evidence `json:"-"`
}

func (c *Count) add(score uint8, e detectors.Evidence, n int64) {
	c.Scores[min(score, 100)] += n
	c.Evidence |= e
}

// From counts the findings with at least this score.
func (c *Count) From(score uint8) int64 {
	n := int64(0)
	for _, k := range c.Scores[min(score, 100):] {
		n += k
	}
	return n
}

// Best is the highest score seen.
func (c *Count) Best() uint8 {
	for i := 100; i > 0; i-- {
		if c.Scores[i] > 0 {
			return uint8(i)
		}
	}
	return 0
}

func (f *FieldVerdict) count(d *detectors.Detector) *Count {
	c := f.Counts[d.Kind]
	if c == nil {
		c = &Count{Class: d.Class}
		f.Counts[d.Kind] = c
	}
	return c
}

// Kinds lists the kinds found with at least this score, the most frequent first.
func (f *FieldVerdict) Kinds(score uint8) []detectors.Kind {
	var k []detectors.Kind
	for kind, c := range f.Counts {
		if c.From(score) > 0 {
			k = append(k, kind)
		}
	}
	slices.SortFunc(k, func(a, b detectors.Kind) int {
		if d := f.Counts[b].From(score) - f.Counts[a].From(score); d != 0 {
			return int(min(max(d, -1), 1))
		}
		if a < b {
			return -1
		}
		return 1
	})
	return k
}

// Role says what the column means for the risk of re-identification. Contacts of organisations mean none; a column without
// a label has the role of the most personal kind found in it, or that of an attribute which its name tells. Cells that
// would be special categories if they were said of somebody make it sensitive.
func (f *FieldVerdict) Role() detectors.Role {
	switch {
	case f.Verdict.Firm:
		return detectors.Safe
	case f.Verdict.Label != nil:
		return detectors.RoleOf(f.Verdict.Label)
	case f.Verdict.FreeText:
		return detectors.FreeText
	}
	role := f.Verdict.Attribute
	for _, k := range f.Kinds(detectors.Report) {
		role = max(role, detectors.RoleOf(detectors.Find(k)))
	}
	for _, c := range f.Counts {
		if c.Class == detectors.Special && 2*c.From(detectors.Mask) >= f.Cells && f.Cells > 0 {
			role = max(role, detectors.Sensitive)
		}
	}
	return role
}

// Quasi lists the columns that identify a person together, none where there are fewer than two.
func (i *Inventory) Quasi() []string {
	var names []string
	for k := range i.Fields {
		if f := &i.Fields[k]; !f.Key && f.Role() == detectors.QuasiRole && f.Cells > 0 {
			names = append(names, f.Field)
		}
	}
	if len(names) < 2 {
		return nil
	}
	return names
}

// Field returns the verdict on a column, nil if it was never seen.
func (i *Inventory) Field(name string, key bool) *FieldVerdict {
	for k := range i.Fields {
		if i.Fields[k].Field == name && i.Fields[k].Key == key {
			return &i.Fields[k]
		}
	}
	return nil
}
