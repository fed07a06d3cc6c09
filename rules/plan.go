package rules

import (
	"cmp"
	"slices"
	"strings"

	"bezlik/anonymize"
	"bezlik/detectors"
)

// Action says what happens to the cells of a column. The zero value lets nothing out.
type Action uint8

// The actions.
const (
	Drop   Action = iota // the column is not exported (emptied, where the form of the source must stay)
	Change               // every non-empty cell is replaced as a whole by Method
	Keep                 // cells stay; values found inside at detectors.Mask or above are replaced by Plan.Values
)

// A Plan is frozen before the first byte of an export. The zero value lets nothing out: an object that
// is not in it is not exported, a field that is not in its object is dropped.
type Plan struct {
	Objects map[string]*ObjectPlan
	// All, if set, serves every object not named in Objects: mask without a map works this way.
	All *ObjectPlan
	// Values says what replaces a value of a kind that is found inside a cell that stays. A kind that is
	// not in it is replaced by Other.
	Values map[detectors.Kind]anonymize.Method
	Other  anonymize.Method // nil with no entry in Values: such values stay (a mask profile that names single kinds)
	// Specs says of Values and Other what they are, for the account of the export; Other has the empty kind.
	Specs map[detectors.Kind]anonymize.Spec
	Gates Gates
	Hash  string // over everything above; checkpoints are bound to it
}

// Clear says whether values of a kind may stand in the result as they are: nothing replaces them where they are found.
func (p *Plan) Clear(k detectors.Kind) bool {
	m, ok := p.Values[k]
	if !ok {
		return p.Other == nil
	}
	_, stays := m.(stay)
	return stays
}

// RestsOn lists the columns that say whose rows are left out: those of the filters, and once there are filters every
// subject. A filter on a column that is not there leaves out nobody, so whoever carries out the plan must have seen them
// all; an object without filters may be missing, since then nothing of it leaves.
func (p *Plan) RestsOn() []ColumnRef {
	var refs []ColumnRef
	filters := false
	for name, o := range p.Objects {
		for _, f := range o.Rows {
			filters = true
			refs = append(refs, ColumnRef{name, f.Field})
		}
	}
	for name, o := range p.Objects {
		if filters && o.Subject != "" && (len(o.Rows) > 0 || o.exports()) {
			refs = append(refs, ColumnRef{name, o.Subject})
		}
	}
	slices.SortFunc(refs, func(a, b ColumnRef) int {
		return cmp.Or(strings.Compare(a.Object, b.Object), strings.Compare(a.Field, b.Field))
	})
	return slices.Compact(refs)
}

// An ObjectPlan says what happens to one object.
type ObjectPlan struct {
	Columns []ColumnPlan
	// Rest is the action for fields not named in Columns; the zero value drops them.
	Rest Action
	Rows []RowFilter
	// Subject is the field that says whom a row is about; a subject dropped in one object is dropped in all.
	Subject string
	// Quasi names the fields whose combined values the k gate counts in the finished result.
	Quasi []string
}

func (o *ObjectPlan) exports() bool {
	return o.Rest != Drop || slices.ContainsFunc(o.Columns, func(c ColumnPlan) bool { return c.Action != Drop })
}

// A ColumnPlan says what happens to one column.
type ColumnPlan struct {
	Object   string           `json:"object"`
	Field    string           `json:"column"`
	Kind     detectors.Kind   `json:"kind,omitempty"`
	Class    string           `json:"class,omitempty"`
	Category string           `json:"category,omitempty"`
	Action   Action           `json:"-"`
	Do       string           `json:"method"` // "m4.generalize", "keep", "drop"
	Method   anonymize.Method `json:"-"`
	Spec     anonymize.Spec   `json:"-"`      // Method with all its parameters, for the account of the export
	Clause   string           `json:"clause"` // of the policy, by number: "App. 1 row 1"
}

// A RowFilter drops rows. Rows of the same subject in other objects are dropped too.
type RowFilter struct {
	Object string    `json:"object"`
	Field  string    `json:"column"`
	When   Condition `json:"when"`
	Arg    string    `json:"arg,omitempty"` // Before: an ISO date; Under: years
	Reason string    `json:"reason"`        // "blocked", "consent_withdrawn", "under_age", "retention", "deleted"
	Clause string    `json:"clause"`
	// Require says that a subject without any row in Object is dropped as well: who has no consent on record has not consented.
	Require bool `json:"require,omitempty"`
}

// Condition says which cells of a filter's field drop their row.
type Condition string

// The conditions.
const (
	NotEmpty Condition = "not_empty" // non-empty and not false, 0, no, нет: blocked_at is set
	Falsy    Condition = "falsy"     // empty, false, 0, no, нет: consent is missing
	Before   Condition = "before"    // a date before Arg, or unreadable or empty
	Under    Condition = "under"     // a birth date less than Arg years ago, or unreadable or empty
)

// Gates are checked on the finished result. They are ours, not the law's: Order 140 names no numbers.
type Gates struct {
	Residual    int     `json:"residual_pd"`     // findings at detectors.Report or above of kinds no column plan lets out in clear
	K           int     `json:"k"`               // smallest class of rows equal in the quasi-identifiers; 0 or 1: not asked for
	Suppression float64 `json:"max_suppression"` // share of rows that may be left out to reach K
}
