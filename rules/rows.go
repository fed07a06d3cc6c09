package rules

import (
	"fmt"
	"strings"
	"time"
)

// rows asks whose rows stay behind (6).
func (e *engine) rows() {
	for _, rule := range e.p.Rows {
		found := false
		for _, o := range e.objects() {
			for _, c := range o.Columns {
				switch {
				case rule.When == "blocked" && c.Blocked:
					found = true
					e.filter(o.Object, c.Column, NotEmpty, "", "blocked", rule.Clause, false)
				case rule.When == "under_age" && c.BirthDate:
					found = true
					e.filter(o.Object, c.Column, Under, fmt.Sprint(rule.Age), "under_age", rule.Clause, false)
				case rule.When == "deleted" && c.Deleted:
					found = true
					if e.exp == nil || !e.exp.KeepDeleted {
						e.filter(o.Object, c.Column, NotEmpty, "", "deleted", rule.Clause, false)
					}
				}
			}
		}
		if !found && (e.exp == nil || rule.When != "deleted" || !e.exp.KeepDeleted) {
			e.oblige(fmt.Sprintf("the map names no column for %q: leave these people's rows out by hand (%s)",
				strings.ReplaceAll(rule.When, "_", " "), e.p.clause(rule.Clause).At))
		}
	}
	e.retention()
}

// retention leaves out rows whose time is over. Where depersonalizing is one of the two things to do at the end
// of the time, a depersonalized export may still hold them during the time to act.
func (e *engine) retention() {
	for i := range e.p.Retention {
		k := &e.p.Retention[i]
		if k.Applies != "identifiable" || k.Start != "last_activity" {
			continue
		}
		cut := e.r.Now.UTC()
		if e.depersonalizes() && k.Then == "destroy_or_depersonalize" {
			cut = before(cut, k.Grace)
		}
		cut = before(cut, k.Keep)
		for _, o := range e.objects() {
			for _, c := range o.Columns {
				if c.LastActivity {
					e.filter(o.Object, c.Column, Before, cut.Format(time.DateOnly), "retention", k.Clause, false)
				}
			}
		}
	}
}
