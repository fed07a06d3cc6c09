package rules

import (
	"fmt"
	"slices"

	"bezlik/detectors"
)

// conclude weighs the columns and writes the outcome.
func (e *engine) conclude() {
	clear := e.weigh()
	e.harm()
	slices.Sort(e.d.Missing)
	if e.exp != nil && e.rec != nil {
		for _, doc := range e.exp.Requires {
			if !e.shown(doc) {
				e.hold("document_required", e.exp.Clause, "", doc)
			}
		}
	}
	effects := map[Effect]bool{}
	for _, r := range e.d.Reasons {
		effects[r.Effect] = true
	}
	switch {
	case effects[Refuses]:
		e.d.Outcome = Refuse
	case effects[Holds]:
		e.d.Outcome = Hold
	case clear == 0:
		e.refuse("nothing_left", e.p.Silence.Category, "every column asked for stays behind")
		e.d.Outcome = Refuse
	default:
		e.d.Reasons = append(e.d.Reasons, e.reason(Permits, e.exp.ID, e.exp.Clause, ""), e.reason(Permits, e.rec.ID, e.rec.Clause, ""))
		for _, o := range e.exp.Obligations {
			e.oblige(o.Do + " (" + e.p.clause(o.Clause).At + ")")
		}
		e.d.Outcome = Allow
		if effects[Drops] || len(e.d.Obligations) > 0 {
			e.d.Outcome = AllowWithObligations
		}
	}
	if !e.d.Outcome.Allows() {
		e.d.Obligations = []string{}
	}
	slices.Sort(e.d.Missing)
}

// weigh turns what was said of columns into reasons and the column plan, and counts the columns that go out.
// A hold on a column that nobody named and that stays behind anyway holds nothing up, unless nothing else is left.
func (e *engine) weigh() int {
	out := 0
	for _, j := range e.cols {
		if len(j.drops)+len(j.holds) == 0 {
			out++
		}
	}
	for _, j := range e.cols {
		moot := len(j.drops) > 0 && !j.named && out > 0
		for _, h := range j.holds {
			if !moot {
				e.d.Reasons = append(e.d.Reasons, h.Reason)
				e.miss(h.missing)
			}
		}
		e.d.Reasons = append(e.d.Reasons, j.drops...)
		e.d.Columns = append(e.d.Columns, e.planned(j))
	}
	return out
}

func (e *engine) planned(j *judged) ColumnPlan {
	c := ColumnPlan{Object: j.object, Field: j.field, Class: j.class, Action: j.plan.Action, Do: j.plan.Do}
	if j.column != nil {
		c.Kind = detectors.Kind(j.column.Kind)
		c.Category = j.column.Category
	}
	switch {
	case len(j.holds) > 0 && len(j.drops) == 0:
		c.Action, c.Do, c.Clause = Drop, "hold", j.holds[0].Clause
	case len(j.drops) > 0:
		c.Action, c.Do, c.Clause = Drop, "drop", j.drops[0].Clause
	case j.category != nil:
		c.Clause = e.p.clause(j.category.Clause).At
	default:
		c.Clause = "152-FZ 3(1)" // not personal data: no clause of the policy is needed
	}
	return c
}

// harm computes the grade of Order 178.
func (e *engine) harm() {
	grade := "low"
	if e.use != nil && e.exp != nil {
		if e.exp.BeyondCollection != "" || e.rec != nil && e.rec.Role == "public" {
			grade = "medium" // an additional purpose, or an unlimited circle
		}
		if e.exp.Depersonalize == "mandatory" && e.use.Kind != "research" {
			grade = "high" // depersonalization for what 6 p.1 cl.9 does not cover
		}
	}
	if e.rec != nil && e.foreign() {
		grade = "high"
	}
	for _, j := range e.cols {
		if j.class == "special" && len(j.drops) == 0 {
			grade = "high"
		}
	}
	e.d.Harm = grade
	e.law("rkn-178", fmt.Sprintf("2.%d", 1+slices.Index([]string{"high", "medium", "low"}, grade)))
}
