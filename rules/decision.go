// Package rules reads policies, maps and profiles, decides what may leave, to whom and in what form, and names
// the clause that decided. Refusing is the zero value.
package rules

import (
	"encoding/json"
	"errors"
	"slices"
	"time"

	"bezlik/detectors"
)

// Outcome is what a decision says. The zero value refuses.
type Outcome uint8

// The outcomes, from strictest to mildest but for Refuse, which outranks all.
const (
	Refuse Outcome = iota
	Hold
	AllowWithObligations
	Allow
)

var outcomes = []string{"refuse", "hold", "allow_with_obligations", "allow"}

func (o Outcome) String() string { return outcomes[min(int(o), len(outcomes)-1)] }

// Exit returns the exit code of the command line: 0 allowed, 5 refused, 6 on hold.
func (o Outcome) Exit() int {
	switch o {
	case Allow, AllowWithObligations:
		return 0
	case Hold:
		return 6
	}
	return 5
}

// Allows says whether something may leave.
func (o Outcome) Allows() bool { return o == Allow || o == AllowWithObligations }

// MarshalText writes the outcome as a word.
func (o Outcome) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// UnmarshalText reads the word.
func (o *Outcome) UnmarshalText(text []byte) error {
	i := slices.Index(outcomes, string(text))
	if i < 0 {
		return errors.New("not an outcome")
	}
	*o = Outcome(i)
	return nil
}

// A Decision answers a Request. Its JSON is stable.
type Decision struct {
	Outcome     Outcome      `json:"decision"`
	Policy      string       `json:"policy"`
	Export      string       `json:"export"`
	Recipient   string       `json:"recipient"`
	Purpose     string       `json:"purpose"`
	Profile     string       `json:"profile,omitempty"`
	Reasons     []Reason     `json:"reasons"`
	Law         []LawRef     `json:"law"`
	Obligations []string     `json:"obligations"`
	Columns     []ColumnPlan `json:"column_plan"`
	Rows        []RowFilter  `json:"rows"`
	Harm        string       `json:"harm_grade"`           // Order 178: low, medium, high
	Missing     []string     `json:"missing"`              // ids of documents, and answers the map owes
	NotInMap    []string     `json:"not_in_map,omitempty"` // objects and columns of the source that stay behind since the map does not name them
	PolicySHA   string       `json:"policy_sha256"`
	LawVersion  string       `json:"law_version"`
	At          time.Time    `json:"at"`

	depersonalized bool
	profile        *Profile // what the column plan was made with; nil keeps
}

// A Reason is a rule that spoke, the clause it rests on and what it did.
type Reason struct {
	Rule   string `json:"rule"`
	Clause string `json:"clause"`
	Gist   string `json:"gist"`
	GistRu string `json:"-"` // for people only; "" if the policy has none
	Effect Effect `json:"effect"`
	Column string `json:"column,omitempty"` // object.column, where it speaks of one column
	Note   string `json:"note,omitempty"`   // what exactly, in our words
}

// Effect is what a reason did.
type Effect string

// The effects.
const (
	Refuses Effect = "refuse" // the whole request
	Holds   Effect = "hold"   // the whole request, until something is shown
	Drops   Effect = "drop"   // a column
	Filters Effect = "filter" // rows
	Permits Effect = "allow"
)

// A LawRef names an article.
type LawRef struct {
	Act     string `json:"act"`
	Article string `json:"article"`
}

// JSON returns the decision as indented JSON with a line end.
func (d *Decision) JSON() ([]byte, error) {
	b, err := json.MarshalIndent(d, "", "  ")
	return append(b, '\n'), err
}

// Deciding returns the reasons that made the outcome what it is: refusals of a refusal, holds of a hold.
func (d *Decision) Deciding() []Reason {
	want := map[Outcome][]Effect{Refuse: {Refuses, Drops}, Hold: {Holds}, AllowWithObligations: {Permits, Drops}, Allow: {Permits}}[d.Outcome]
	var rs []Reason
	for _, r := range d.Reasons {
		if slices.Contains(want, r.Effect) {
			rs = append(rs, r)
		}
	}
	return rs
}

// RowsDropped is called when an export has left out rows: what was allowed is then allowed with obligations.
func (d *Decision) RowsDropped() {
	if d.Outcome == Allow {
		d.Outcome = AllowWithObligations
	}
}

// A Request asks what may leave. What it does not say is not granted.
type Request struct {
	Export    string
	Recipient string
	Purpose   string // the export's first purpose if empty
	// Columns are asked for by name; none means every column of the map that the export may hold.
	Columns   []ColumnRef
	Map       *Map
	Profile   *Profile // the export's default if nil
	Documents []string // ids of documents that were shown
	// Identifiable asks for the data as they are.
	Identifiable bool
	// Places, as paths or URLs; empty is not known yet and not checked.
	Source, Target, KeyPlace, ProfilePlace string
	// Bundle is what would be handed over besides the data.
	Bundle []BundleFile
	Now    time.Time
}

// A ColumnRef names a column. An empty Object means any object with such a column, an empty Field or * all of the object's.
type ColumnRef struct{ Object, Field string }

// Seen is what a scan says about a column. It holds no values.
type Seen struct {
	Object, Field, Native string
	Kind                  detectors.Kind
	Part                  detectors.Part
	Class                 detectors.Class
	Score                 uint8
	FreeText              bool
	Inside                []detectors.Kind // kinds found inside running text
	Cells, Distinct       int64
}
