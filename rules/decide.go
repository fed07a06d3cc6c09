package rules

import (
	"cmp"
	"slices"
	"time"

	"bezlik/detectors"
)

// Decide answers a request. It goes through ten questions in a fixed order and collects every answer: who gets
// it, what for, on what ground, which data, explicit rules, whose rows, which country, in what form, where it is
// kept, and what the finished result must show. Refusals outrank holds, holds outrank permissions, silence refuses.
func Decide(p *Policy, r Request) *Decision {
	e := &engine{p: p, r: r, d: &Decision{
		Policy: p.ID, Export: r.Export, Recipient: r.Recipient, Purpose: r.Purpose, PolicySHA: p.SHA256,
		LawVersion: Law().Version, At: r.Now.UTC().Truncate(time.Second),
		Reasons: []Reason{}, Law: []LawRef{}, Obligations: []string{}, Columns: []ColumnPlan{}, Rows: []RowFilter{}, Missing: []string{},
	}}
	e.recipient()
	e.purpose()
	e.ground()
	e.scope()
	e.rules()
	e.rows()
	e.border()
	e.form()
	e.places()
	e.gates()
	e.subjects()
	e.conclude()
	return e.d
}

// engine is one run of Decide. exp, rec and use are nil while unknown: later questions are still asked as far as they make sense.
type engine struct {
	p    *Policy
	r    Request
	d    *Decision
	exp  *Export
	rec  *Recipient
	use  *Purpose
	cols []*judged
}

// judged is a column on its way through the questions.
type judged struct {
	object   string
	column   *MapColumn // nil: not in the map
	field    string
	class    string
	category *Category
	named    bool     // asked for by name
	drops    []Reason // why it stays behind
	holds    []pending
	plan     ColumnPlan
}

// pending is a hold of one column, and what would lift it.
type pending struct {
	Reason
	missing string
}

func (j *judged) name() string { return j.object + "." + j.field }

func (e *engine) reason(effect Effect, rule, clause, note string) Reason {
	c := e.p.clause(clause)
	return Reason{Rule: rule, Clause: c.At, Gist: c.Gist, GistRu: c.GistRu, Effect: effect, Note: note}
}

func (e *engine) refuse(rule, clause, note string) {
	e.d.Reasons = append(e.d.Reasons, e.reason(Refuses, rule, clause, note))
}

func (e *engine) hold(rule, clause, note, missing string) {
	e.d.Reasons = append(e.d.Reasons, e.reason(Holds, rule, clause, note))
	e.miss(missing)
}

func (e *engine) miss(what string) {
	if what != "" && !contains(e.d.Missing, what) {
		e.d.Missing = append(e.d.Missing, what)
	}
}

func (e *engine) law(act, article string) {
	if x := (LawRef{act, article}); !slices.Contains(e.d.Law, x) {
		e.d.Law = append(e.d.Law, x)
	}
}

func (e *engine) oblige(what string) {
	if !contains(e.d.Obligations, what) {
		e.d.Obligations = append(e.d.Obligations, what)
	}
}

func (e *engine) drop(j *judged, rule, clause, note string) {
	x := e.reason(Drops, rule, clause, note)
	x.Column = j.name()
	j.drops = append(j.drops, x)
}

func (e *engine) wait(j *judged, rule, clause, note, missing string) {
	x := e.reason(Holds, rule, clause, note)
	x.Column = j.name()
	j.holds = append(j.holds, pending{x, missing})
}

func (e *engine) shown(document string) bool { return contains(e.r.Documents, document) }

// recipient asks who gets it (1).
func (e *engine) recipient() {
	if e.rec = e.p.recipient(e.r.Recipient); e.rec == nil {
		note := "the recipient is not named in the policy"
		var known []string
		for _, r := range e.p.Recipients {
			known = append(known, r.ID)
		}
		if hint := didYouMean(e.r.Recipient, known); hint != "" {
			note += "; " + hint
		}
		e.refuse("recipient_unknown", e.p.Silence.Recipient, note)
		return
	}
	e.d.Recipient = e.rec.ID
}

// purpose asks what for, and whether the export is one (2).
func (e *engine) purpose() {
	if e.exp = e.p.export(e.r.Export); e.exp == nil {
		var known []string
		for _, x := range e.p.Exports {
			known = append(known, x.ID)
		}
		note := "there is no such export in the policy"
		if hint := didYouMean(e.r.Export, known); hint != "" {
			note += "; " + hint
		}
		e.refuse("export_unknown", e.p.Silence.Export, note)
	}
	name := e.r.Purpose
	if name == "" && e.exp != nil {
		name = e.exp.Purposes[0]
	}
	e.d.Purpose = name
	if e.use = e.p.purpose(name); e.use == nil {
		e.refuse("purpose_unknown", e.p.Silence.Purpose, "the purpose is not named in the policy")
		return
	}
	if e.exp == nil {
		return
	}
	if !contains(e.exp.Purposes, name) {
		e.refuse("purpose_not_of_export", e.exp.Clause, "the export is not made for this purpose")
		if e.use.Kind == "marketing" && e.exp.Depersonalize == "mandatory" {
			e.law("fz-152", "6 p.1 cl.9")
			e.law("fz-152", "15")
		}
		e.law("fz-152", "5 p.2")
	}
	if e.rec == nil {
		return
	}
	if !contains(e.exp.Recipients, e.rec.ID) {
		e.refuse("recipient_not_of_export", e.exp.Clause, "the export does not go to this recipient")
	}
	if !contains(e.rec.Purposes, name) {
		e.refuse("purpose_not_of_recipient", e.rec.Clause, "this recipient gets nothing for this purpose")
	}
}

// ground asks whether processing is lawful today (3).
func (e *engine) ground() {
	if e.use == nil {
		return
	}
	g := e.p.ground(e.use.Ground)
	e.law("fz-152", g.Law)
	if g.Kind != "consent" {
		return
	}
	found := false
	for _, o := range e.objects() {
		for _, c := range o.Columns {
			if c.Consent == g.ID {
				found = true
				e.filter(o.Object, c.Column, Falsy, "", "consent_withdrawn", cmp.Or(g.Withdraw, g.Clause), true)
			}
		}
	}
	if !found {
		e.hold("consent_store", g.Clause, "the map names no column that says who has consented", "map:consent:"+g.ID)
	}
}

func (e *engine) objects() []MapObject {
	if e.r.Map == nil {
		return nil
	}
	return e.r.Map.Objects
}

func (e *engine) filter(object, field string, when Condition, arg, reason, clause string, require bool) {
	f := RowFilter{Object: object, Field: field, When: when, Arg: arg, Reason: reason, Clause: e.p.clause(clause).At, Require: require}
	if !slices.Contains(e.d.Rows, f) {
		e.d.Rows = append(e.d.Rows, f)
		e.d.Reasons = append(e.d.Reasons, e.reason(Filters, reason, clause, object+"."+field))
	}
}

// scope asks which data, and whether the recipient may have them (4).
func (e *engine) scope() {
	e.ask()
	if len(e.cols) == 0 {
		e.refuse("nothing_asked", e.p.Silence.Category, "no column is asked for that the map knows")
	}
	for _, j := range e.cols {
		if j.column == nil {
			e.wait(j, "column_unknown", e.p.Silence.Category, "the map does not know this column", "map:"+j.name())
			continue
		}
		e.place(j)
	}
}

// ask lists the columns of the request.
func (e *engine) ask() {
	if len(e.r.Columns) == 0 {
		for _, o := range e.objects() {
			for i := range o.Columns {
				e.add(o.Object, &o.Columns[i], o.Columns[i].Column, false)
			}
		}
		return
	}
	for _, ref := range e.r.Columns {
		if !e.find(ref) && (ref.Object != "" || !e.find(ColumnRef{Object: ref.Field})) { // a lone word may name an object
			e.add(ref.Object, nil, ref.Field, true)
		}
	}
}

// find adds the columns that a reference means, and says whether there are any.
func (e *engine) find(ref ColumnRef) bool {
	found := false
	for _, o := range e.objects() {
		if ref.Object != "" && !same(ref.Object, o.Object) && tableOf(ref.Object) != tableOf(o.Object) {
			continue
		}
		for i := range o.Columns {
			c := &o.Columns[i]
			if (ref.Field == "" || ref.Field == "*") && ref.Object != "" || same(ref.Field, c.Column) {
				found = true
				e.add(o.Object, c, c.Column, true)
			}
		}
	}
	return found
}

func (e *engine) add(object string, c *MapColumn, field string, named bool) {
	if slices.ContainsFunc(e.cols, func(j *judged) bool { return j.object == object && j.field == field }) {
		return
	}
	j := &judged{object: object, column: c, field: field, named: named, class: "unknown"}
	if c != nil {
		j.category, j.class = e.p.category(c.Category), c.class(e.p)
	}
	e.cols = append(e.cols, j)
}

// place holds one column to the categories, the export and the recipient.
func (e *engine) place(j *judged) {
	c := j.column
	for _, f := range e.p.Forbidden {
		if c.Kind != "" && contains(f.Kinds, c.Kind) {
			e.drop(j, f.ID, f.Clause, "such data may not be here at all")
		}
	}
	switch {
	case j.class == "organisation" || j.class == Plain: // outside of the rules on personal data, but listed
		return
	case c.Kind == "ambiguous" || c.Kind != "" && !known(detectors.Kind(c.Kind)):
		e.wait(j, "kind_unknown", e.p.Silence.Category, "nobody has said which kind of data this is", "map:"+j.name())
		return
	case j.category == nil && c.Kind == "" && c.Category == "" && !j.named:
		e.drop(j, "category_unknown", e.p.Silence.Category, "nobody has said what this is")
		return
	case j.category == nil && (c.Kind == "" || c.Category != ""):
		e.wait(j, "category_unknown", e.p.Silence.Category, "nobody has said which category of the policy this is", "map:"+j.name())
		return
	case j.category == nil:
		e.drop(j, "undeclared", e.p.Silence.Category, "the policy declares no such data here")
		return
	}
	if e.exp != nil && !contains(e.exp.Categories, j.category.ID) {
		e.drop(j, "category_not_of_export", e.exp.Clause, "the export does not hold this category")
	}
	if e.use != nil && e.exp != nil && e.exp.BeyondCollection == "" && !contains(j.category.Purposes, e.use.ID) {
		e.drop(j, "purpose_of_collection", j.category.Clause, "collected for other purposes")
		e.law("fz-152", "5 p.2")
	}
	if e.rec != nil && !e.rec.Scope.holds(j) {
		e.drop(j, "scope_of_recipient", e.rec.Clause, "the recipient may not have it")
	}
	if j.class == "special" {
		e.drop(j, "special_category", e.p.Silence.Category, "a special category or biometrics")
		e.law("fz-152", "10")
	}
}

// holds says whether a column lies in the scope: by the origin of its category, or by attribute or kind.
func (s *Scope) holds(j *judged) bool {
	origin := cmp.Or(j.column.Origin, j.category.Origin)
	return contains(s.Origins, origin) || j.column.Attribute != "" && contains(s.Fields, j.column.Attribute) ||
		j.column.Kind != "" && contains(s.Fields, j.column.Kind)
}

// rules asks the explicit rules and the contradictions (5).
func (e *engine) rules() {
	for i := range e.p.Rules {
		rule := &e.p.Rules[i]
		if !e.concerns(&rule.When) || rule.Until != "" && e.shown(rule.Until) {
			continue
		}
		if !rule.When.columns() {
			e.speak(rule)
			continue
		}
		for _, j := range e.cols {
			if j.category == nil || !rule.When.meets(j) {
				continue
			}
			if rule.Law != "" {
				e.law("fz-152", rule.Law)
			}
			if rule.Effect == "hold" {
				e.wait(j, rule.ID, rule.Clause, "", rule.Until)
			} else {
				e.drop(j, rule.ID, rule.Clause, "")
			}
		}
	}
	for _, c := range e.p.Conflicts {
		if c.Resolution != "hold" || e.rec == nil || contains(c.RolesNot, e.rec.Role) || len(c.Tables) > 0 && !contains(c.Tables, e.rec.Table) ||
			c.Until != "" && e.shown(c.Until) {
			continue
		}
		for _, j := range e.cols {
			if j.category != nil && contains(c.Categories, j.category.ID) {
				e.wait(j, c.ID, c.Between[0], c.What, cmp.Or(c.Until, "answer:"+c.ID))
			}
		}
	}
}

func (e *engine) speak(rule *Rule) {
	if rule.Law != "" {
		e.law("fz-152", rule.Law)
	}
	switch rule.Effect {
	case "hold":
		e.hold(rule.ID, rule.Clause, "", rule.Until)
	default:
		e.refuse(rule.ID, rule.Clause, "")
	}
}

// concerns says whether the part of a condition that is about the request holds. It cannot hold of what is not known.
func (e *engine) concerns(w *When) bool {
	if e.rec == nil && (len(w.Recipients)+len(w.Tables)+len(w.Roles)+len(w.RolesNot) > 0 || w.Foreign) ||
		e.use == nil && len(w.Purposes)+len(w.PurposesNot) > 0 || e.exp == nil && len(w.Exports) > 0 {
		return false
	}
	in := func(list Words, word func() string) bool { return len(list) == 0 || contains(list, word()) }
	return in(w.Recipients, func() string { return e.rec.ID }) && in(w.Tables, func() string { return e.rec.Table }) &&
		in(w.Roles, func() string { return e.rec.Role }) && in(w.Purposes, func() string { return e.use.ID }) &&
		in(w.Exports, func() string { return e.exp.ID }) &&
		(len(w.RolesNot) == 0 || !contains(w.RolesNot, e.rec.Role)) && (len(w.PurposesNot) == 0 || !contains(w.PurposesNot, e.use.ID)) &&
		(!w.Foreign || e.foreign())
}

// meets says whether the part of a condition that is about columns holds.
func (w *When) meets(j *judged) bool {
	return (len(w.Categories) == 0 || contains(w.Categories, j.category.ID)) &&
		(len(w.Origins) == 0 || contains(w.Origins, cmp.Or(j.column.Origin, j.category.Origin))) &&
		(len(w.Classes) == 0 || contains(w.Classes, j.class))
}

// foreign says whether the recipient is known to be, or may be, abroad.
func (e *engine) foreign() bool {
	return e.rec.Country != "RU" && e.rec.Role != "internal" && e.rec.Role != "subject" && e.rec.Role != "public"
}

// border asks which country (7).
func (e *engine) border() {
	if e.rec == nil || !e.foreign() {
		return
	}
	e.law("fz-152", "12")
	law := Law()
	e.law(law.Adequate.Act, "the list")
	where := cmp.Or(e.rec.Country, "a country the policy does not name")
	if !e.shown("crossborder_record") {
		e.hold("cross_border", e.rec.Clause, "the recipient is in "+where, "crossborder_record")
	} else {
		e.oblige("keep the record of cross-border transfer to " + where + " with the export")
	}
	if !law.AdequateCountry(e.rec.Country) && !e.shown("crossborder_permission") {
		e.hold("not_adequate", e.rec.Clause, where+": "+law.Adequate.NotAdequate, "crossborder_permission")
	}
}

func (e *engine) depersonalizes() bool {
	return e.exp != nil && e.exp.Depersonalize == "mandatory" && !e.r.Identifiable
}
