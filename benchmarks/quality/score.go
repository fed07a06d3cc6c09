package main

import (
	"cmp"
	"slices"

	"bezlik/detectors"
)

// A tally is what was counted of one kind, or of several.
type tally struct {
	Kind      detectors.Kind `json:"kind"`
	Labelled  int            `json:"labelled"`
	Found     int            `json:"found"`
	Exact     int            `json:"exact"`     // true, at the same place
	Lenient   int            `json:"lenient"`   // true, half of the label or more
	Ambiguous int            `json:"ambiguous"` // how many of Found were told as ambiguous
	Leaked    int            `json:"leaked"`    // labels of which no byte would be masked
	Alarms    int            `json:"alarms"`    // how many of Found stand in texts without labels
}

func (t *tally) add(o *tally) {
	t.Labelled += o.Labelled
	t.Found += o.Found
	t.Exact += o.Exact
	t.Lenient += o.Lenient
	t.Ambiguous += o.Ambiguous
	t.Leaked += o.Leaked
	t.Alarms += o.Alarms
}

// A rate is a precision, a recall and their harmonic mean. Of a kind that is labelled and never found the
// precision counts as 0, and so does the recall of one that is found and never labelled.
type rate struct {
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
}

func newRate(right, found, labelled int) rate {
	return rate{Precision: share(right, found), Recall: share(right, labelled)}.withF1()
}

func (r rate) withF1() rate {
	r.F1 = 0
	if r.Precision+r.Recall > 0 {
		r.F1 = 2 * r.Precision * r.Recall / (r.Precision + r.Recall)
	}
	return r
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

func (t *tally) exact() rate   { return newRate(t.Exact, t.Found, t.Labelled) }
func (t *tally) lenient() rate { return newRate(t.Lenient, t.Found, t.Labelled) }

// place returns how many findings are in the right place. Of special categories half of the label will do: they are told
// by phrases, and no two readers agree where those end.
func (t *tally) place() int {
	if d := detectors.Find(t.Kind); d != nil && d.Class == detectors.Special {
		return t.Lenient
	}
	return t.Exact
}

// A group is the kinds with check digits, or the others.
type group struct {
	Name   string `json:"name"`
	Kinds  int    `json:"kinds"` // with labels
	Pooled tally  `json:"pooled"`
	Placed int    `json:"placed"` // of Pooled: in the right place, see tally.place
	Macro  rate   `json:"macro"`  // the mean over the kinds with labels
	Loose  rate   `json:"macro_lenient"`
}

// leak counts texts that have labels.
type leak struct {
	Texts  int `json:"texts"`
	Leaked int `json:"leaked"` // in which of some value no byte would be masked
	Strict int `json:"strict"` // in which some byte of a value would not be masked
}

// A textScore is all that is counted over texts.
type textScore struct {
	Texts      int      `json:"texts"`
	Unlabelled int      `json:"unlabelled"` // texts without labels
	Alarmed    int      `json:"alarmed"`    // of these, texts with findings
	Kinds      []*tally `json:"kinds"`
	Groups     []*group `json:"groups"`
	Leak       leak     `json:"leak"`
	misses     []miss
}

// A miss is one thing that went wrong.
type miss struct {
	Kind   detectors.Kind // under which a developer looks for it
	What   string         // missed, confused, place, false alarm, duplicate
	Text   *labelledText
	Label  *span    // nil for a false alarm
	Found  *finding // nil when nothing was found
	Leaked bool     // no byte of the label would be masked
}

// scoreTexts compares what was found, from the masking threshold up, with the labels; findings from least up are told.
func scoreTexts(texts []labelledText, found [][]finding, least int) *textScore {
	s := &textScore{Texts: len(texts)}
	kinds := map[detectors.Kind]*tally{}
	of := func(k detectors.Kind) *tally {
		if kinds[k] == nil {
			kinds[k] = &tally{Kind: k}
		}
		return kinds[k]
	}
	for i := range texts {
		s.text(&texts[i], found[i], least, of)
	}
	for _, t := range kinds {
		s.Kinds = append(s.Kinds, t)
	}
	slices.SortFunc(s.Kinds, func(a, b *tally) int { return cmp.Compare(a.Kind, b.Kind) })
	slices.SortStableFunc(s.misses, func(a, b miss) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.What, b.What))
	})
	s.Groups = []*group{newGroup("checksummed", s.Kinds, checksummed), newGroup("others", s.Kinds, func(k detectors.Kind) bool { return !checksummed(k) })}
	return s
}

// checksummed says that values of a kind have check digits.
func checksummed(k detectors.Kind) bool {
	d := detectors.Find(k)
	return d != nil && d.Chance > 0
}

func newGroup(name string, kinds []*tally, in func(detectors.Kind) bool) *group {
	g := &group{Name: name}
	for _, t := range kinds {
		if !in(t.Kind) {
			continue
		}
		g.Pooled.add(t)
		if t.Labelled == 0 {
			continue
		}
		g.Kinds++
		judged, lenient := newRate(t.place(), t.Found, t.Labelled), t.lenient()
		g.Macro.Precision += judged.Precision
		g.Macro.Recall += judged.Recall
		g.Placed += t.place()
		g.Loose.Precision += lenient.Precision
		g.Loose.Recall += lenient.Recall
	}
	if n := float64(g.Kinds); n > 0 {
		g.Macro = rate{Precision: g.Macro.Precision / n, Recall: g.Macro.Recall / n}.withF1()
		g.Loose = rate{Precision: g.Loose.Precision / n, Recall: g.Loose.Recall / n}.withF1()
	}
	return g
}

// text counts one text.
func (s *textScore) text(all *labelledText, candidates []finding, least int, of func(detectors.Kind) *tally) {
	t := *all
	t.Spans = slices.DeleteFunc(slices.Clone(t.Spans), func(l span) bool { return l.Optional })
	var found []finding
	for _, f := range candidates {
		may := slices.ContainsFunc(all.Spans, func(l span) bool { return l.Optional && l.Kind == f.Kind && l.overlap(f.span) > 0 })
		if f.Score >= least && !may {
			found = append(found, f)
		}
	}
	m := newMatch(t.Spans, found)
	owner := nothing(len(found))
	leaked, strict := false, false
	for _, l := range all.Spans {
		whole, part := leaks(l, candidates)
		leaked, strict = leaked || whole, strict || part
	}
	for l := range t.Spans {
		label := &t.Spans[l]
		k := of(label.Kind)
		k.Labelled++
		if whole, _ := leaks(*label, candidates); whole {
			k.Leaked++
		}
		if m.exact[l] >= 0 {
			k.Exact++
		}
		f := m.lenient[l]
		if f < 0 {
			continue
		}
		owner[f] = l
		k.Lenient++
		if found[f].Kind == ambiguous {
			k.Ambiguous++
			k.Found++
		}
		if m.exact[l] < 0 {
			s.misses = append(s.misses, miss{Kind: label.Kind, What: "place", Text: &t, Label: label, Found: &found[f]})
		}
	}
	for f := range found {
		if found[f].Kind != ambiguous || owner[f] < 0 {
			of(found[f].Kind).Found++
			if len(all.Spans) == 0 {
				of(found[f].Kind).Alarms++
			}
		}
	}
	s.told(&t, found, candidates, m, owner)
	if len(all.Spans) > 0 {
		s.Leak.Texts++
		s.Leak.Leaked += toInt(leaked)
		s.Leak.Strict += toInt(strict)
	} else {
		s.Unlabelled++
		s.Alarmed += toInt(len(found) > 0)
	}
}

func toInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// told lists the labels and the findings of a text that have no partner. A label that was found as something else
// stands under both kinds.
func (s *textScore) told(t *labelledText, found, candidates []finding, m match, owner []int) {
	for l := range t.Spans {
		if m.lenient[l] >= 0 {
			continue
		}
		label := &t.Spans[l]
		whole, _ := leaks(*label, candidates)
		x := miss{Kind: label.Kind, What: "missed", Text: t, Label: label, Leaked: whole}
		for f := range found {
			if owner[f] < 0 && found[f].Kind != label.Kind && 2*label.overlap(found[f].span) >= label.End-label.Start {
				x.What, x.Found = "confused", &found[f]
			}
		}
		for c := range candidates { // what it was held for, below what is told
			if x.Found == nil && label.overlap(candidates[c].span) > 0 {
				x.Found = &candidates[c]
			}
		}
		s.misses = append(s.misses, x)
	}
	for f := range found {
		if owner[f] >= 0 {
			continue
		}
		x := miss{Kind: found[f].Kind, What: "false alarm", Text: t, Found: &found[f]}
		for l := range t.Spans {
			switch label := &t.Spans[l]; {
			case label.overlap(found[f].span) == 0:
			case label.Kind == found[f].Kind:
				x.Label, x.What = label, "false alarm"
				if m.lenient[l] >= 0 {
					x.What = "duplicate"
				}
			case x.Label == nil && 2*label.overlap(found[f].span) >= label.End-label.Start:
				x.Label = label
				if m.lenient[l] < 0 {
					x.What = "confused"
				}
			}
		}
		s.misses = append(s.misses, x)
	}
}

// A columnScore is the verdict on one column of a table.
type columnScore struct {
	Table string   `json:"table"`
	Field string   `json:"field"`
	Note  string   `json:"note,omitempty"`
	Wrong []string `json:"wrong,omitempty"` // what is; empty for a right column
}

// scoreTables compares what was said about columns with what they hold. Roles are judged as soon as any column
// was told with one; a column without one is then "safe".
func scoreTables(tables []labelledTable, said map[[2]string]spoken) (columns []columnScore, roles bool) {
	for _, s := range said {
		roles = roles || s.Role != nil
	}
	source := tableSource{tables: tables}
	for i := range tables {
		for _, f := range tables[i].Fields {
			s := said[[2]string{source.object(i), f.Name}] // nothing is said of a column that is empty
			c := columnScore{Table: tables[i].ID, Field: f.Name, Note: tables[i].Note}
			if s.Label != f.Kind && !slices.Contains(f.Also, s.Label) {
				c.Wrong = append(c.Wrong, "label "+name(s.Label)+", should be "+name(f.Kind))
			}
			if s.FreeText != f.FreeText {
				c.Wrong = append(c.Wrong, "free text "+yes(s.FreeText)+", should be "+yes(f.FreeText))
			}
			if role := roleOf(s); roles && f.Role != "" && role != f.Role {
				c.Wrong = append(c.Wrong, "role "+role+", should be "+f.Role)
			}
			columns = append(columns, c)
		}
	}
	return columns, roles
}

func roleOf(s spoken) string {
	if s.Role == nil || *s.Role == "" {
		return "safe"
	}
	return *s.Role
}

func name(k detectors.Kind) string {
	if k == "" {
		return "none"
	}
	return string(k)
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
