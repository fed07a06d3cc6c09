package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"bezlik/anonymize"
	"bezlik/detectors"
)

// form asks in what form (8): whether depersonalization is required, whether the profile gives it, and whether
// the local acts for its methods are there.
func (e *engine) form() {
	if e.exp == nil {
		return
	}
	pr := e.profile()
	e.d.depersonalized = e.depersonalizes()
	if e.exp.Depersonalize == "mandatory" {
		e.law("fz-152", "6 p.1 cl.9")
		if e.r.Identifiable || pr == nil || len(pr.Columns) == 0 {
			e.refuse("depersonalization_required", e.exp.Clause, "the data may leave depersonalized only")
			return
		}
		e.standing()
	}
	e.d.profile = pr
	if pr != nil {
		e.d.Profile = pr.ID
	}
	used := map[string]string{} // a method by the act that it needs
	use := func(do string) {
		if family := anonymize.NeedsAct(do); used[family] == "" {
			used[family] = do
		}
	}
	for _, j := range e.cols {
		e.treat(j, pr)
		if len(j.drops) == 0 {
			use(j.plan.Do)
		}
	}
	if pr == nil {
		return
	}
	for _, det := range detectors.All() {
		if spec, ok := pr.inside(det.Kind); ok && spec.Do != "keep" && det.Class != detectors.Organisation && !e.clear(det.Kind) {
			use(spec.Do)
			e.try(spec, det, "values of kind "+string(det.Kind))
		}
	}
	for _, a := range acts {
		if used[a.family] == "" || pr.Acts.has(a.family) {
			continue
		}
		note := fmt.Sprintf("%s is a method of clause %s of annex 2 to Order 140, and %s demands your local act with %s: write its number into the profile, acts: {%s: \"…\"}",
			used[a.family], a.family[1:], a.article, a.about, a.family)
		if e.r.Profile == nil {
			note += "; the built-in profile names no act, so give a profile of your own"
		}
		e.refuse("local_act", e.exp.Clause, note)
		e.law("rkn-140", a.article)
	}
}

// acts are the local acts that Order 140 demands, by the clause of the method.
var acts = []struct{ family, article, about string }{
	{"m4", "annex 1 cl. 2(3)", "the rules of changing, deleting and distorting data"},
	{"m10", "annex 1 cl. 2(4)", "the algorithm and the offset of the permutation"},
	{"m11", "annex 1 cl. 2(5)", "the rules of division and the places of the parts"},
}

// clear says whether a column lets values of a kind out as they are, wherever they stand.
func (e *engine) clear(k detectors.Kind) bool {
	return !e.d.depersonalized && slices.ContainsFunc(e.cols, func(j *judged) bool {
		return j.column != nil && j.column.Kind == string(k) && len(j.drops) == 0 && j.plan.Action == Keep
	})
}

// try refuses what a plan could not be made with.
func (e *engine) try(spec anonymize.Spec, det *detectors.Detector, what string) {
	if _, err := anonymize.New(spec, det, probe(), exportOf(e.p.ID, e.exp.ID)); err != nil {
		e.refuse("profile_method", e.exp.Clause, what+": "+err.Error())
	}
}

// profile returns the profile to use, nil for none: the one given, if it is made for this export, or the export's own.
func (e *engine) profile() *Profile {
	pr, mandatory := e.r.Profile, e.exp.Depersonalize == "mandatory"
	if pr == nil {
		id := cmp.Or(e.exp.Profile, e.p.DefaultProfile)
		if !mandatory || id == "" {
			return nil
		}
		if pr, _ = BuiltinProfile(id); pr == nil {
			return nil
		}
	}
	if len(pr.Exports) > 0 && !contains(pr.Exports, e.exp.ID) {
		if mandatory {
			e.refuse("profile_of_other_export", e.exp.Clause, "the profile is made for other exports")
		}
		return nil
	}
	if len(pr.Columns) == 0 && !mandatory {
		return nil
	}
	return pr
}

// treat finds the method for a column. Without a profile, which only exports that need none get this far
// with, a column leaves as it is.
func (e *engine) treat(j *judged, pr *Profile) {
	j.plan.Action, j.plan.Do = Keep, "keep"
	if pr == nil || j.column == nil {
		return
	}
	t := targetOf(j.object, j.column, e.p)
	spec, matched := pr.spec(t)
	switch {
	case !matched && (j.class == "organisation" || j.class == Plain):
		return
	case !matched:
		e.drop(j, "profile_silent", e.exp.Clause, "the profile says nothing about this column")
	case spec.Do == "drop":
		e.drop(j, "profile_drop", e.exp.Clause, "the profile leaves it out")
	case spec.Do == "refuse":
		e.drop(j, "profile_refuse", e.exp.Clause, "the profile lets nothing of this out")
	case spec.Do == "m4.delete":
		j.plan.Action, j.plan.Do = Drop, spec.Do
	case spec.Do == "keep":
		if len(j.drops)+len(j.holds) == 0 && e.exp.Depersonalize == "mandatory" && tooClear(t) {
			e.refuse("profile_insufficient", e.exp.Clause, j.name()+" would leave as it is")
			e.law("rkn-140", "annex 1 cl. 1(4)")
		}
	default:
		j.plan.Action, j.plan.Do = Change, spec.Do
		if len(j.drops) == 0 {
			e.try(specOf(pr, t, j.column), detectors.Find(detectors.Kind(j.column.Kind)), j.name())
		}
	}
}

// tooClear says whether a column that stays as it is would say whom a row belongs to, or might.
func tooClear(t target) bool {
	return t.class == "direct" || t.class == "special" || t.class == "unknown" || t.freeText || t.class == "technical" && t.kind != ""
}

// standing lists what Order 140 asks of every depersonalization.
func (e *engine) standing() {
	e.law("rkn-140", "annex 1 cl. 1-2")
	e.law("rkn-140", "annex 2")
	for _, o := range []string{
		"record what is depersonalized before the start (Order 140, annex 1 cl. 1(2))",
		"assess that the methods are sufficient (Order 140, annex 1 cl. 1(3))",
		"scan the result and test re-identification, and publish nothing that fails (Order 140, annex 1 cl. 1(4))",
		"keep source, result, key and local acts in different places (Order 140, annex 1 cl. 1(6), 2(6), annex 2 cl. 3)",
		"account for every action, also later ones with the result (Order 140, annex 1 cl. 1(7))",
		"tell third parties nothing about methods, parameters and software (Order 140, annex 1 cl. 2(2))",
	} {
		e.oblige(o)
	}
}

// gates asks what the finished result must show (10).
func (e *engine) gates() {
	if e.exp == nil || e.exp.Depersonalize != "mandatory" || e.d.profile == nil {
		return
	}
	g, least := e.d.profile.Gates, ProfileGates{Suppression: 1}
	if e.exp.Gates != nil {
		least = *e.exp.Gates
	}
	if g.Residual > 0 {
		e.refuse("residual_gate", e.exp.Clause, "the profile would let findings in the result pass")
		e.law("rkn-140", "annex 1 cl. 1(4)")
	}
	if g.K < least.K {
		e.refuse("k_gate", e.exp.Clause, "the profile asks for smaller groups than the export does")
		e.law("rkn-140", "annex 1 cl. 1(3)")
	}
	if g.Suppression > least.Suppression {
		e.refuse("suppression_gate", e.exp.Clause, "the profile leaves out more rows than the export allows")
	}
}

// A BundleFile is something that would be handed over besides the data.
type BundleFile struct {
	Name string // path or URL
	Text []byte
}

// places asks where things are kept (9): source, result, key and profile lie apart, and what is handed over
// tells nothing about how it was made.
func (e *engine) places() {
	clause := e.p.Silence.Export
	if e.exp != nil {
		clause = e.exp.Clause
	}
	if e.r.Source != "" && e.r.Target != "" && together(e.r.Source, e.r.Target) {
		e.refuse("stored_together", clause, "the result would be stored with the source")
		e.law("rkn-140", "annex 1 cl. 1(6)")
	}
	for _, of := range []struct{ place, what string }{{e.r.Source, "source"}, {e.r.Target, "result"}} {
		if e.r.KeyPlace != "" && of.place != "" && beside(e.r.KeyPlace, of.place) {
			e.refuse("key_beside", clause, "the key lies beside the "+of.what)
			e.law("rkn-140", "annex 2 cl. 3")
		}
	}
	if e.r.ProfilePlace != "" && e.r.Target != "" && beside(e.r.ProfilePlace, e.r.Target) {
		e.refuse("profile_beside", clause, "the profile lies beside the result")
		e.law("rkn-140", "annex 1 cl. 2(6)")
	}
	for _, f := range e.r.Bundle {
		if what := e.tells(f); what != "" {
			e.refuse("bundle_tells", clause, "what is handed over "+what)
			e.law("rkn-140", "annex 2 cl. 3")
			e.law("rkn-140", "annex 1 cl. 2(2)")
		}
	}
}

// tells says what a file of the bundle gives away, or "".
func (e *engine) tells(f BundleFile) string {
	text := strings.ToLower(string(f.Text))
	hex := strings.TrimSpace(text)
	switch {
	case e.r.KeyPlace != "" && f.Name == e.r.KeyPlace || forms["sha256"].pattern.MatchString(hex):
		return "holds the key"
	case e.r.ProfilePlace != "" && f.Name == e.r.ProfilePlace || strings.Contains(text, "pdprofile/v1"):
		return "holds the profile"
	case strings.Contains(text, "bezlik"):
		return "names the program"
	case slices.ContainsFunc(methods, func(m string) bool { return strings.Contains(m, ".") && strings.Contains(text, m) }):
		return "names a method"
	}
	return ""
}

// specOf returns what a profile does with a column, ready for anonymize.
func specOf(pr *Profile, t target, c *MapColumn) anonymize.Spec {
	spec, _ := pr.spec(t)
	if spec.Do == "m2.identifier" && spec.Domain == "" && c != nil {
		spec.Domain = c.Domain
		if spec.Domain == "" && c.Kind == "" {
			spec.Domain = t.object + "." + t.column
		}
	}
	return spec
}
