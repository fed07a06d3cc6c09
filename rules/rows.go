package rules

import (
	"fmt"
	"slices"
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

// subjects asks whose the rows are (6, once it is known what leaves). A filter of one object leaves out rows of others by
// their subject: where that is not known, people who must be left out would leave.
func (e *engine) subjects() {
	said := map[string]bool{}
	ask := func(object string, f RowFilter, otherwise string) {
		if said[object] {
			return
		}
		said[object] = true
		x := Reason{Rule: "subject_unknown", Clause: f.Clause, Effect: Holds, Note: fmt.Sprintf("%s: nobody has said whom its rows are about, so rows of people "+
			"left out by %s.%s would leave: write subject: COLUMN into the map%s", object, f.Object, f.Field, otherwise)}
		if c := find(e.p.Clauses, func(c *Clause) bool { return c.At == f.Clause }); c != nil {
			x.Gist, x.GistRu = c.Gist, c.GistRu
		}
		e.d.Reasons = append(e.d.Reasons, x)
		e.miss("map:subject:" + object)
	}
	for _, o := range e.objects() {
		if !e.leaves(o.Object) {
			continue
		}
		for _, f := range e.d.Rows {
			switch from := e.r.Map.object(f.Object); {
			case f.Object == o.Object:
			case o.Subject != o.whose(from) && o.whose(from) != "":
				ask(o.Object, f, ", for a column of it holds ids of the same people: "+o.whose(from))
			case o.Nobody:
			case o.Subject == "":
				ask(o.Object, f, ", or nobody: true if they are about no person")
			case from.Subject == "":
				ask(f.Object, f, "")
			}
		}
	}
}

// whose names the column that holds the ids of those whom another object is about, its subject if that is one of them,
// "" if no column does.
func (o *MapObject) whose(other *MapObject) (column string) {
	domain := ""
	for i := range other.Columns {
		if other.Columns[i].Column == other.Subject {
			domain = other.Columns[i].Domain
		}
	}
	for i := range o.Columns {
		if c := &o.Columns[i]; domain != "" && c.Domain == domain && (column == "" || c.Column == o.Subject) {
			column = c.Column
		}
	}
	return column
}

// leaves says whether anything of an object leaves.
func (e *engine) leaves(object string) bool {
	return slices.ContainsFunc(e.cols, func(j *judged) bool {
		return j.object == object && len(j.drops) == 0 && j.plan.Action != Drop
	})
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
