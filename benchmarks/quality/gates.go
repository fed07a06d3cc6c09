package main

import "fmt"

// goals are the bounds that a run is held to.
type goals struct {
	sumPrecision, sumRecall float64 // kinds with check digits
	precision, recall       float64 // the others
	wrongColumns            int
	alarms                  float64 // findings in 10 MB of clean text
}

// A gate is one bound and how it was met.
type gate struct {
	Name   string  `json:"name"`
	Figure float64 `json:"figure"`
	Bound  float64 `json:"bound"`
	AtMost bool    `json:"at_most,omitempty"` // Bound is the most, otherwise the least
	Judged bool    `json:"judged"`            // false: nothing was labelled
	Passed bool    `json:"passed"`
}

func (g gate) verdict() string {
	if !g.Judged {
		return "not judged: nothing is labelled"
	}
	sign, word := "≥", "failed"
	if g.AtMost {
		sign = "≤"
	}
	if g.Passed {
		word = "passed"
	}
	return fmt.Sprintf("%s: %.4g, should be %s %.4g", word, g.Figure, sign, g.Bound)
}

// judge holds a report to the goals. A group of kinds has to reach them twice, in the mean over its kinds and with
// all findings in one pot: the one hides no rare kind, the other no kind that is never labelled.
func (r *report) judge(o goals) {
	least := func(name string, figure, bound float64, judged bool) {
		r.Gates = append(r.Gates, gate{Name: name, Figure: figure, Bound: bound, Judged: judged, Passed: judged && figure >= bound})
	}
	most := func(name string, figure, bound float64) {
		r.Gates = append(r.Gates, gate{Name: name, Figure: figure, Bound: bound, AtMost: true, Judged: true, Passed: figure <= bound})
	}
	if r.Texts != nil {
		for i, g := range r.Texts.Groups {
			precision, recall := o.sumPrecision, o.sumRecall
			if i == 1 {
				precision, recall = o.precision, o.recall
			}
			pooled := newRate(g.Placed, g.Pooled.Found, g.Pooled.Labelled)
			least(g.Name+" precision", min(g.Macro.Precision, pooled.Precision), precision, g.Kinds > 0 || g.Pooled.Found > 0)
			least(g.Name+" recall", min(g.Macro.Recall, pooled.Recall), recall, g.Kinds > 0)
		}
	}
	if len(r.Columns) > 0 {
		most("wrong columns", float64(r.wrong()), float64(o.wrongColumns))
	}
	if r.Clean != nil {
		most("findings in 10 MB of clean text", r.Clean.Per10MB, o.alarms)
	}
}

// failed says whether a gate that was judged did not pass.
func (r *report) failed() bool {
	for _, g := range r.Gates {
		if g.Judged && !g.Passed {
			return true
		}
	}
	return false
}
