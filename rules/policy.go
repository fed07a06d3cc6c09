package rules

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
)

// A Policy says what is promised to people and what is allowed: pdpolicy/v1. Whatever it does not say is refused.
type Policy struct {
	Schema         string       `yaml:"schema" need:"yes" one:"pdpolicy/v1"`
	ID             string       `yaml:"id" need:"yes" like:"id"`
	Title          string       `yaml:"title" need:"yes" like:"text"`
	Source         Source       `yaml:"source" need:"yes" about:"the document that people have agreed to"`
	Operator       Operator     `yaml:"operator"`
	Jurisdiction   Jurisdiction `yaml:"jurisdiction"`
	DefaultProfile string       `yaml:"default_profile" like:"id"`
	Silence        Silence      `yaml:"silence" need:"yes" about:"the clauses that decide when a name is not in the policy"`
	Clauses        []Clause     `yaml:"clauses" need:"yes"`
	Documents      []Document   `yaml:"documents" about:"what can be shown to lift a hold, beyond the documents the law names"`
	Actions        []Promise    `yaml:"actions" about:"what may be done with the data"`
	Grounds        []Ground     `yaml:"grounds"`
	Purposes       []Purpose    `yaml:"purposes" need:"yes"`
	Categories     []Category   `yaml:"categories" need:"yes"`
	Undeclared     string       `yaml:"undeclared" one:"report violation" about:"what a finding outside of the categories means; it is never exported"`
	Forbidden      []Forbidden  `yaml:"forbidden"`
	Recipients     []Recipient  `yaml:"recipients" need:"yes"`
	Exports        []Export     `yaml:"exports" need:"yes" about:"the only doors out"`
	Rows           []RowRule    `yaml:"rows" about:"whose rows are left out of every export"`
	Rules          []Rule       `yaml:"rules"`
	Retention      []Clock      `yaml:"retention"`
	Rights         []Right      `yaml:"rights"`
	Conflicts      []Conflict   `yaml:"conflicts" about:"where the policy contradicts itself"`
	Unresolved     []Unresolved `yaml:"unresolved"`

	SHA256 string `yaml:"-"` // of the policy file
}

// A Source is the document a policy file was made from.
type Source struct {
	File          string `yaml:"file" need:"yes"`
	SHA256        string `yaml:"sha256" need:"yes" like:"sha256" about:"of the whole text, normalised as for a clause"`
	EffectiveFrom string `yaml:"effective_from" like:"date"`
	Language      string `yaml:"language" one:"ru en"`
	Authoritative string `yaml:"authoritative" one:"ru en unknown"`
}

// An Operator is who processes the data.
type Operator struct {
	Name    string `yaml:"name"`
	Kind    string `yaml:"kind" one:"org ie unknown"`
	INN     string `yaml:"inn"`
	OGRN    string `yaml:"ogrn"`
	KPP     string `yaml:"kpp"`
	RKN     string `yaml:"rkn_reg"`
	Country string `yaml:"country" like:"country"`
}

// A Jurisdiction names the laws that apply. The stricter wins when there are several.
type Jurisdiction struct {
	Apply      Words `yaml:"apply" one:"RU-152FZ EU-GDPR UA"`
	Unresolved Words `yaml:"unresolved" one:"RU-152FZ EU-GDPR UA"`
}

// Silence names the clauses that decide about what is not in the policy.
type Silence struct {
	Recipient string `yaml:"recipient" need:"yes" ref:"clause"`
	Purpose   string `yaml:"purpose" need:"yes" ref:"clause"`
	Export    string `yaml:"export" need:"yes" ref:"clause"`
	Category  string `yaml:"category" need:"yes" ref:"clause"`
}

// A Clause is a place in the source, with its sense in our words and the fingerprint of its text.
type Clause struct {
	ID     string `yaml:"id" need:"yes" like:"id" id:"clause"`
	At     string `yaml:"at" need:"yes" like:"text" about:"5.1, App. 1 row 2, App. 2 table 2 row 1"`
	Gist   string `yaml:"gist" need:"yes" like:"text" about:"in our own words"`
	GistRu string `yaml:"gist_ru" like:"text" about:"the same in Russian"`
	SHA256 string `yaml:"sha256" need:"yes" like:"sha256" about:"of the normalised text"`
}

// A Document is something that can be shown to lift a hold.
type Document struct {
	ID   string `yaml:"id" need:"yes" like:"id" id:"document"`
	What string `yaml:"what" need:"yes" like:"text"`
}

// A Promise is a word with the clause that holds it.
type Promise struct {
	ID     string `yaml:"id" need:"yes" like:"id" id:"action"`
	Clause string `yaml:"clause" need:"yes" ref:"clause"`
}

// A Ground is why processing is lawful.
type Ground struct {
	ID       string `yaml:"id" need:"yes" like:"id" id:"ground"`
	Kind     string `yaml:"kind" need:"yes" one:"consent law contract interest research"`
	Law      string `yaml:"law" need:"yes" like:"text" about:"article of 152-FZ: 6 p.1 cl.5"`
	Clause   string `yaml:"clause" need:"yes" ref:"clause"`
	Withdraw string `yaml:"withdraw" ref:"clause" about:"the clause on withdrawing a consent"`
}

// A Purpose is what data are used for.
type Purpose struct {
	ID     string `yaml:"id" need:"yes" like:"id" id:"purpose"`
	Kind   string `yaml:"kind" need:"yes" one:"service security analytics research marketing support state"`
	Ground string `yaml:"ground" need:"yes" ref:"ground"`
	Clause string `yaml:"clause" need:"yes" ref:"clause"`
}

// A Category is declared data: attributes and kinds that belong together.
type Category struct {
	ID       string `yaml:"id" need:"yes" like:"id" id:"category"`
	Fields   Words  `yaml:"fields" need:"yes" like:"id" about:"attributes and kinds, as maps name them"`
	Class    string `yaml:"class" need:"yes" one:"technical organisation quasi direct special"`
	Origin   string `yaml:"origin" need:"yes" one:"user_mandatory user_optional automatic request"`
	Stores   Words  `yaml:"stores" about:"words in object names: the category is taken for columns of such objects only"`
	FreeText bool   `yaml:"free_text"`
	Purposes Words  `yaml:"purposes" need:"yes" ref:"purpose" about:"what they are collected for"`
	Clause   string `yaml:"clause" need:"yes" ref:"clause"`
}

// A Forbidden kind may be nowhere in the data.
type Forbidden struct {
	ID     string `yaml:"id" need:"yes" like:"id" id:"forbidden"`
	Kinds  Words  `yaml:"kinds" need:"yes" ref:"kind"`
	Clause string `yaml:"clause" need:"yes" ref:"clause"`
}

// A Recipient is who gets an export.
type Recipient struct {
	ID       string `yaml:"id" need:"yes" like:"id" id:"recipient"`
	Name     string `yaml:"name" need:"yes" like:"text"`
	Aliases  Words  `yaml:"aliases"`
	Role     string `yaml:"role" need:"yes" one:"internal public processor controller state subject"`
	Table    string `yaml:"table" like:"id" about:"group of recipients that rules may name"`
	Country  string `yaml:"country" like:"country"`
	Scope    Scope  `yaml:"scope" need:"yes" about:"what they may get"`
	Purposes Words  `yaml:"purposes" need:"yes" ref:"purpose"`
	Clause   string `yaml:"clause" need:"yes" ref:"clause"`
}

// A Scope is a set of data: of these origins, or of these fields.
type Scope struct {
	Origins Words `yaml:"origins" one:"user_mandatory user_optional automatic request"`
	Fields  Words `yaml:"fields" like:"id"`
}

// An Export is a door out.
type Export struct {
	ID               string           `yaml:"id" need:"yes" like:"id" id:"export"`
	Title            string           `yaml:"title"`
	Purposes         Words            `yaml:"purposes" need:"yes" ref:"purpose" about:"the first is meant when none is named"`
	Recipients       Words            `yaml:"recipients" need:"yes" ref:"recipient"`
	Categories       Words            `yaml:"categories" need:"yes" ref:"category"`
	Depersonalize    string           `yaml:"depersonalize" need:"yes" one:"mandatory no"`
	Profile          string           `yaml:"profile" like:"id" about:"used when none is given"`
	Requires         Words            `yaml:"requires" ref:"document"`
	Clause           string           `yaml:"clause" need:"yes" ref:"clause"`
	Gates            *ProfileGates    `yaml:"gates" about:"the mildest gates a profile may have here"`
	Obligations      []ObligationRule `yaml:"obligations"`
	KeepDeleted      bool             `yaml:"keep_deleted" about:"rows of accounts the user deleted may be in it, depersonalized"`
	BeyondCollection string           `yaml:"beyond_collection" ref:"clause" about:"allows a purpose other than the one of collection"`
}

// An ObligationRule is something to do when an export is allowed.
type ObligationRule struct {
	Do     string `yaml:"do" need:"yes" like:"text"`
	Clause string `yaml:"clause" need:"yes" ref:"clause"`
}

// A RowRule leaves out rows of every export.
type RowRule struct {
	ID     string `yaml:"id" need:"yes" like:"id" id:"row"`
	When   string `yaml:"when" need:"yes" one:"blocked deleted under_age"`
	Age    int    `yaml:"age" min:"0" max:"150" about:"under_age: years"`
	Clause string `yaml:"clause" need:"yes" ref:"clause"`
}

// A Rule is an explicit prohibition or condition. All of when must hold; a list holds when one of it does.
type Rule struct {
	ID     string `yaml:"id" need:"yes" like:"id" id:"rule"`
	Effect string `yaml:"effect" need:"yes" one:"refuse hold drop" about:"drop leaves out the columns in question; refuse and hold are about the whole request"`
	When   When   `yaml:"when" need:"yes"`
	Until  string `yaml:"until" ref:"document" about:"the document that lifts a hold"`
	Law    string `yaml:"law"`
	Clause string `yaml:"clause" need:"yes" ref:"clause"`
}

// When is a condition of a rule.
type When struct {
	Categories  Words `yaml:"categories" ref:"category"`
	Origins     Words `yaml:"origins" one:"user_mandatory user_optional automatic request"`
	Classes     Words `yaml:"classes" one:"technical organisation quasi direct special"`
	Recipients  Words `yaml:"recipients" ref:"recipient"`
	Tables      Words `yaml:"tables" like:"id"`
	Roles       Words `yaml:"roles" one:"internal public processor controller state subject"`
	RolesNot    Words `yaml:"roles_not" one:"internal public processor controller state subject"`
	Purposes    Words `yaml:"purposes" ref:"purpose"`
	PurposesNot Words `yaml:"purposes_not" ref:"purpose"`
	Exports     Words `yaml:"exports" ref:"export"`
	Foreign     bool  `yaml:"foreign" about:"the recipient is not in Russia"`
}

// columns says whether the condition speaks of columns, not of the request as a whole.
func (w *When) columns() bool { return len(w.Categories)+len(w.Origins)+len(w.Classes) > 0 }

// A Clock says how long data may be kept. Of several clocks the earliest end wins.
type Clock struct {
	ID      string `yaml:"id" need:"yes" like:"id" id:"clock"`
	Applies string `yaml:"applies" need:"yes" one:"identifiable depersonalized"`
	Start   string `yaml:"start" need:"yes" one:"last_activity purpose_achieved depersonalized_at use_stopped blocked_at deleted_at consent_withdrawn"`
	Keep    string `yaml:"keep" need:"yes" like:"duration"`
	Grace   string `yaml:"grace" like:"duration" about:"time to act after the end"`
	Then    string `yaml:"then" need:"yes" one:"destroy destroy_or_depersonalize may_destroy"`
	Clause  string `yaml:"clause" need:"yes" ref:"clause"`
}

// A Right is a subject's right and the time to answer.
type Right struct {
	ID      string `yaml:"id" need:"yes" like:"id" id:"right"`
	Within  string `yaml:"within" like:"duration"`
	Extend  string `yaml:"extend" like:"duration"`
	AtOnce  bool   `yaml:"at_once"`
	Clause  string `yaml:"clause" need:"yes" ref:"clause"`
	Article string `yaml:"law"`
}

// A Conflict is two places of the policy that cannot both be followed.
type Conflict struct {
	ID         string `yaml:"id" need:"yes" like:"id" id:"conflict"`
	Between    Words  `yaml:"between" need:"yes" ref:"clause" about:"the first one decides when in doubt"`
	What       string `yaml:"what" need:"yes" like:"text" about:"in our own words"`
	Resolution string `yaml:"resolution" need:"yes" one:"hold earlier note"`
	Categories Words  `yaml:"categories" ref:"category" about:"hold: the data in question"`
	RolesNot   Words  `yaml:"roles_not" one:"internal public processor controller state subject" about:"hold: nobody of these"`
	Tables     Words  `yaml:"tables" like:"id" about:"hold: recipients of these tables only"`
	Until      string `yaml:"until" ref:"document" about:"the answer that lifts the hold"`
}

// An Unresolved thing is said nowhere, or refers to nothing.
type Unresolved struct {
	What   string `yaml:"what" need:"yes" like:"text"`
	Clause string `yaml:"clause" ref:"clause"`
}

// ReadPolicy reads a policy file. name stands in errors, which are FileErrors.
func ReadPolicy(name string, data []byte) (*Policy, error) {
	p := &Policy{}
	law := Law()
	if err := readStrict(name, data, p, map[string][]string{"kind": Kinds(), "document": law.documentIDs()}); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	p.SHA256 = hex.EncodeToString(sum[:])
	return p, nil
}

func (p *Policy) clause(id string) Clause {
	if i := slices.IndexFunc(p.Clauses, func(c Clause) bool { return c.ID == id }); i >= 0 {
		return p.Clauses[i]
	}
	return Clause{}
}

func (p *Policy) category(id string) *Category {
	return find(p.Categories, func(c *Category) bool { return c.ID == id })
}

func (p *Policy) purpose(id string) *Purpose {
	return find(p.Purposes, func(x *Purpose) bool { return x.ID == id })
}

func (p *Policy) ground(id string) *Ground {
	return find(p.Grounds, func(g *Ground) bool { return g.ID == id })
}

func (p *Policy) export(id string) *Export {
	return find(p.Exports, func(e *Export) bool { return e.ID == id })
}

// recipient finds a recipient by id, name or alias, whatever the case.
func (p *Policy) recipient(name string) *Recipient {
	return find(p.Recipients, func(r *Recipient) bool {
		return same(r.ID, name) || same(r.Name, name) || slices.ContainsFunc(r.Aliases, func(a string) bool { return same(a, name) })
	})
}

func find[T any](list []T, is func(*T) bool) *T {
	for i := range list {
		if is(&list[i]) {
			return &list[i]
		}
	}
	return nil
}
