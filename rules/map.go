package rules

import (
	"errors"
	"fmt"

	"bezlik/detectors"
)

// A Map says what the columns of a source are: pdmap/v1. A scan drafts it, a person reviews it.
type Map struct {
	Schema  string      `yaml:"schema" json:"schema" need:"yes" one:"pdmap/v1"`
	Policy  string      `yaml:"policy" json:"policy" need:"yes" like:"id"`
	Objects []MapObject `yaml:"objects" json:"objects" need:"yes"`
}

// A MapObject is a table, a file, a sheet.
type MapObject struct {
	Object  string      `yaml:"object" json:"object" need:"yes" like:"text" id:"object"`
	Subject string      `yaml:"subject" json:"subject,omitempty" about:"the column that says whom a row is about"`
	Nobody  bool        `yaml:"nobody" json:"nobody,omitempty" about:"its rows are about no person, so there is no subject"`
	Columns []MapColumn `yaml:"columns" json:"columns" need:"yes"`
}

// A MapColumn is a column. Category and Attribute are words of the policy.
type MapColumn struct {
	Column    string `yaml:"column" json:"column" need:"yes" like:"text" local:"yes"`
	Kind      string `yaml:"kind" json:"kind,omitempty" ref:"kind"`
	Class     string `yaml:"class" json:"class,omitempty" one:"unknown technical organisation quasi direct special plain" about:"plain: says nothing about anybody"`
	Category  string `yaml:"category" json:"category,omitempty" like:"id"`
	Attribute string `yaml:"attribute" json:"attribute,omitempty" like:"id"`
	Domain    string `yaml:"domain" json:"domain,omitempty" like:"id" about:"columns of one domain share identifiers, so that joins survive"`
	Origin    string `yaml:"origin" json:"origin,omitempty" one:"user_mandatory user_optional automatic request"`
	FreeText  bool   `yaml:"free_text" json:"free_text,omitempty"`
	Quasi     bool   `yaml:"quasi" json:"quasi,omitempty" about:"counted by the k gate"`
	Consent   string `yaml:"consent" json:"consent,omitempty" like:"id" about:"the column says whether the consent of this ground is given"`
	// What the column says about the subject of the row:
	LastActivity bool `yaml:"last_activity" json:"last_activity,omitempty"`
	BirthDate    bool `yaml:"birth_date" json:"birth_date,omitempty"`
	Blocked      bool `yaml:"blocked" json:"blocked,omitempty"`
	Deleted      bool `yaml:"deleted_at" json:"deleted_at,omitempty"`

	saw string // kinds that a scan saw inside, for the remark of a draft
}

// mistakes are what no single key shows: the rows of nobody that have a subject, or say something about one.
func (o *MapObject) mistakes() []mistake {
	if !o.Nobody {
		return nil
	}
	if o.Subject != "" {
		return []mistake{{"nobody", "an object about nobody has no subject", "leave out one of the two"}}
	}
	for i := range o.Columns {
		if c := &o.Columns[i]; c.tells() {
			return []mistake{{"nobody", fmt.Sprintf("an object about nobody has no column %q that tells something about a person", c.Column),
				"name the subject: which column says whom a row is about?"}}
		}
	}
	return nil
}

// tells says whether the column tells something about the subject of the row.
func (c *MapColumn) tells() bool {
	return c.LastActivity || c.BirthDate || c.Blocked || c.Deleted || c.Consent != ""
}

func (c *MapColumn) mistakes() []mistake {
	if c.Kind == "" || c.Domain == "" {
		return nil
	}
	return []mistake{kindAndDomain}
}

// kindAndDomain: identifiers of a kind are made from the kind, wherever a value of it stands.
var kindAndDomain = mistake{"domain", "columns of a kind share identifiers by their kind, not by a domain", "leave out domain, or kind if this is none"}

// ReadMap reads a map. name stands in errors, which are FileErrors.
func ReadMap(name string, data []byte) (*Map, error) {
	m := &Map{}
	if err := readStrict(name, data, m, map[string][]string{"kind": Kinds()}); err != nil {
		return nil, err
	}
	return m, nil
}

// Check holds the words of a map to a policy.
func (m *Map) Check(p *Policy) error {
	if m.Policy != p.ID {
		return fmt.Errorf("the map is made for policy %q, not %q", m.Policy, p.ID)
	}
	var categories, grounds []string
	for _, c := range p.Categories {
		categories = append(categories, c.ID)
	}
	for _, g := range p.Grounds {
		grounds = append(grounds, g.ID)
	}
	for _, o := range m.Objects {
		for _, c := range o.Columns {
			if c.Category != "" && !contains(categories, c.Category) {
				return notThere(o.Object, c.Column, "category", c.Category, categories)
			}
			if c.Consent != "" && !contains(grounds, c.Consent) {
				return notThere(o.Object, c.Column, "ground", c.Consent, grounds)
			}
		}
	}
	return nil
}

func notThere(object, column, space, word string, known []string) error {
	text := fmt.Sprintf("map, %s.%s: the policy has no %s %q", object, column, space, word)
	if hint := didYouMean(word, known); hint != "" {
		text += "; " + hint
	}
	return errors.New(text)
}

// class returns what a column is under the law: the map's word, the kind's class, the category's.
func (c *MapColumn) class(p *Policy) string {
	if c.Class != "" && c.Class != "unknown" {
		return c.Class
	}
	class := ClassOf(detectors.Kind(c.Kind)).String()
	if p == nil || class != "unknown" {
		return class
	}
	if cat := p.category(c.Category); cat != nil {
		return cat.Class
	}
	return class
}
