package rules

import (
	"path"
	"slices"
	"strings"
	"sync"

	"bezlik/anonymize"
	"bezlik/detectors"
)

// A Profile says how each kind and column is treated: pdprofile/v1. The first entry that matches wins. What
// no entry matches and is about a person is dropped. Profiles are secret: Order 140, annex 1 cl. 2(2).
type Profile struct {
	Schema  string          `yaml:"schema" json:"schema" need:"yes" one:"pdprofile/v1"`
	ID      string          `yaml:"id" json:"id" need:"yes" like:"id"`
	Title   string          `yaml:"title" json:"title,omitempty"`
	Exports Words           `yaml:"exports" json:"exports,omitempty" like:"id" about:"the exports it is made for; any if left out"`
	Acts    Acts            `yaml:"acts" json:"acts" about:"numbers of the operator's local acts: Order 140, annex 1 cl. 2(3)-(5)"`
	Columns []ProfileColumn `yaml:"columns" json:"columns,omitempty"`
	Gates   ProfileGates    `yaml:"gates" json:"gates"`
}

// Acts are the numbers of local acts, required when a method of clause 4, 10 or 11 is used.
type Acts struct {
	M4  string `yaml:"m4" json:"m4,omitempty"`
	M10 string `yaml:"m10" json:"m10,omitempty"`
	M11 string `yaml:"m11" json:"m11,omitempty"`
}

// A ProfileColumn is a match and a method with its parameters.
type ProfileColumn struct {
	Match          Match `yaml:"match" json:"match" need:"yes"`
	anonymize.Spec `yaml:",inline"`
}

// A Match is a condition on a column: everything given must hold, a list holds when one of it does.
type Match struct {
	Class     Words `yaml:"class" json:"class,omitempty" one:"unknown technical organisation quasi direct special plain"`
	Kind      Words `yaml:"kind" json:"kind,omitempty" ref:"kind"`
	Attribute Words `yaml:"attribute" json:"attribute,omitempty" like:"id"`
	Category  Words `yaml:"category" json:"category,omitempty" like:"id"`
	Column    Words `yaml:"column" json:"column,omitempty" like:"text" about:"column or object.column; * stands for any characters"`
	FreeText  *bool `yaml:"free_text" json:"free_text,omitempty"`
}

// ProfileGates are checked on the finished result; see Gates.
type ProfileGates struct {
	Residual    int     `yaml:"residual_pd" min:"0" json:"residual_pd"`
	K           int     `yaml:"k" min:"0" json:"k"`
	Suppression float64 `yaml:"max_suppression" min:"0" max:"1" json:"max_suppression"`
}

// methods are the words a profile may use for do: the closed list of Order 140, and ours for no method at all.
var methods = strings.Fields("m2.identifier m4.delete m4.distort m4.generalize m4.mask m4.substitute m10.shuffle m11.decompose m12.aggregate keep drop refuse")

// specRules says what the keys of an anonymize.Spec may hold, as the tags of our own structs do.
var specRules = map[string]field{
	"do":     {need: true, one: methods},
	"face":   {one: strings.Fields("opaque shaped valid")},
	"to":     {like: "text"},
	"domain": {like: "id"},
	"keep":   {min: "0"},
	"round":  {min: "0"},
}

// ReadProfile reads a profile. name stands in errors, which are FileErrors.
func ReadProfile(name string, data []byte) (*Profile, error) {
	pr := &Profile{}
	if err := readStrict(name, data, pr, map[string][]string{"kind": Kinds()}); err != nil {
		return nil, err
	}
	return pr, nil
}

// mistakes are parameters that the method does not take, or not so. Whether a kind has a face is known only where the
// match names kinds; a method of the catalogue that is not made yet is refused by the decision.
func (c *ProfileColumn) mistakes() []mistake {
	if c.Domain != "" && len(c.Match.Kind) > 0 {
		return []mistake{kindAndDomain}
	}
	if !contains(anonymize.Known(), c.Do) {
		return nil
	}
	spec, kinds := c.Spec, []*detectors.Detector{nil}
	if c.Face == "shaped" || c.Face == "valid" {
		kinds = nil
		for _, k := range c.Match.Kind {
			if d := detectors.Find(detectors.Kind(k)); d != nil {
				kinds = append(kinds, d)
			}
		}
		if len(kinds) == 0 && c.Do == "m2.identifier" {
			spec.Face, kinds = "", []*detectors.Detector{nil}
		}
	}
	for _, d := range kinds {
		if _, err := anonymize.New(spec, d, probe(), ""); err != nil {
			return []mistake{{c.blamed(err), err.Error(), ""}}
		}
	}
	return nil
}

// blamed is the key of the entry that an error of a method is about.
func (c *ProfileColumn) blamed(err error) string {
	words := strings.FieldsFunc(err.Error(), func(r rune) bool { return !(r >= 'a' && r <= 'z') })
	for _, k := range []struct {
		key string
		set bool
	}{{"to", c.To != ""}, {"round", c.Round != 0}, {"bottom", c.Bottom != nil}, {"top", c.Top != nil}, {"keep", c.Keep != 0},
		{"face", c.Face != ""}, {"domain", c.Domain != ""}} {
		if k.set && contains(words, k.key) {
			return k.key
		}
	}
	return "do"
}

// probe is a key to try methods with; nothing made with it is kept.
var probe = sync.OnceValue(anonymize.RandomKey)

// MaskProfile is the default of a filter: whatever is personal is replaced by asterisks.
func MaskProfile() *Profile {
	mask := anonymize.Spec{Do: "m4.mask"}
	return &Profile{Schema: "pdprofile/v1", ID: "mask", Columns: []ProfileColumn{
		{Match: Match{Class: Words{"direct", "quasi", "special", "technical", "unknown"}}, Spec: mask},
	}}
}

// A target is what a profile's match looks at.
type target struct {
	object, column, kind, class, attribute, category string
	freeText                                         bool
}

// spec returns the method for a column, and whether an entry matched.
func (pr *Profile) spec(t target) (anonymize.Spec, bool) {
	for i := range pr.Columns {
		if pr.Columns[i].Match.holds(t) {
			return pr.Columns[i].Spec, true
		}
	}
	return anonymize.Spec{}, false
}

func (m *Match) holds(t target) bool {
	in := func(list Words, word string) bool { return len(list) == 0 || contains(list, word) }
	return m.given() && in(m.Class, t.class) && in(m.Kind, t.kind) && in(m.Attribute, t.attribute) && in(m.Category, t.category) &&
		(m.FreeText == nil || *m.FreeText == t.freeText) && m.named(t)
}

// given says whether there is any condition: an empty match matches nothing.
func (m *Match) given() bool {
	return len(m.Class)+len(m.Kind)+len(m.Attribute)+len(m.Category)+len(m.Column) > 0 || m.FreeText != nil
}

func (m *Match) named(t target) bool {
	if len(m.Column) == 0 {
		return true
	}
	column, whole := strings.ToLower(t.column), strings.ToLower(t.object+"."+t.column)
	for _, pattern := range m.Column {
		pattern = strings.ToLower(pattern)
		if ok, _ := path.Match(pattern, column); ok || pattern == column || pattern == whole {
			return true
		}
		if ok, _ := path.Match(pattern, whole); ok {
			return true
		}
	}
	return false
}

// has says whether the number of the act of a family is there.
// ActsLacking lists the clauses of Order 140 ("m4") whose methods the profile uses without naming a local act for them.
func (p *Profile) ActsLacking() []string {
	var lacking []string
	for i := range p.Columns {
		family := anonymize.NeedsAct(p.Columns[i].Do)
		if !p.Acts.has(family) && !slices.Contains(lacking, family) {
			lacking = append(lacking, family)
		}
	}
	return lacking
}

func (a *Acts) has(family string) bool {
	switch family {
	case "m4":
		return strings.TrimSpace(a.M4) != ""
	case "m10":
		return strings.TrimSpace(a.M10) != ""
	case "m11":
		return strings.TrimSpace(a.M11) != ""
	}
	return true
}

func targetOf(object string, c *MapColumn, p *Policy) target {
	return target{object: object, column: c.Column, kind: c.Kind, class: c.class(p), attribute: c.Attribute,
		category: c.Category, freeText: c.FreeText}
}

// inside returns what a profile does with values of a kind inside cells that stay. ok is false where what
// replaces all other values replaces them.
func (pr *Profile) inside(k detectors.Kind) (spec anonymize.Spec, ok bool) {
	spec, ok = pr.spec(kindTarget(k))
	switch spec.Do {
	case "keep", "m2.identifier", "m4.mask", "m4.substitute":
		return spec, ok
	}
	return spec, false
}

func kindTarget(k detectors.Kind) target {
	return target{kind: string(k), class: ClassOf(k).String()}
}
