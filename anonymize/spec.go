package anonymize

import (
	"fmt"
	"strings"

	"bezlik/detectors"
)

// A Spec names a method and its parameters, as a profile writes them.
type Spec struct {
	Do     string   `yaml:"do" json:"do"`                             // "m2.identifier", "m4.mask", "m4.delete", "m4.generalize", "keep"
	Face   string   `yaml:"face,omitempty" json:"face,omitempty"`     // m2.identifier: opaque (default), shaped, valid
	Domain string   `yaml:"domain,omitempty" json:"domain,omitempty"` // m2.identifier of an attribute without a kind: columns of one domain share tokens, so joins survive
	Keep   int      `yaml:"keep,omitempty" json:"keep,omitempty"`     // m4.mask: characters left at the end; 0 masks all
	To     string   `yaml:"to,omitempty" json:"to,omitempty"`         // m4.generalize: year, year5, region
	Round  float64  `yaml:"round,omitempty" json:"round,omitempty"`   // m4.generalize: step of a number
	Bottom *float64 `yaml:"bottom,omitempty" json:"bottom,omitempty"` // m4.generalize: this and smaller ones become "≤bottom"; years for dates
	Top    *float64 `yaml:"top,omitempty" json:"top,omitempty"`       // m4.generalize: this and larger ones become "≥top"
}

// New returns the method of a spec for values of kind d (nil: an attribute that no detector knows). key is
// used by keyed methods only; they refuse a zero key. export separates the tokens of different exports.
// The catalogue is closed: a method that it does not have, or a parameter that the method does not take, is
// an error.
func New(s Spec, d *detectors.Detector, key *Key, export string) (Method, error) {
	for _, e := range catalogue {
		if e.do != s.Do {
			continue
		}
		if name := s.strange(e.takes); name != "" {
			return nil, fmt.Errorf("%s does not take %q", s.Do, name)
		}
		return e.make(s, d, key, export)
	}
	return nil, fmt.Errorf("unknown method %q; known are %s", s.Do, strings.Join(Known(), ", "))
}

// Known lists the names of the methods, in the order of the clauses.
func Known() []string {
	names := make([]string, len(catalogue))
	for i, e := range catalogue {
		names[i] = e.do
	}
	return names
}

// Clause names the clause of Order 140 that allows a method, for manifests. It is empty for keep, which is
// no method of depersonalization, and for unknown names.
func Clause(do string) string {
	for _, e := range catalogue {
		if e.do == do {
			return e.clause
		}
	}
	return ""
}

// NeedsAct says which local act of the operator a method needs (Order 140, annex 1 cl. 2(3)-2(5)): "m4",
// "m10", "m11", or none.
func NeedsAct(do string) string {
	switch family, _, _ := strings.Cut(do, "."); family {
	case "m4", "m10", "m11":
		return family
	}
	return ""
}

type entry struct {
	do     string
	clause string
	takes  string // names of parameters, separated by spaces
	make   func(Spec, *detectors.Detector, *Key, string) (Method, error)
}

var catalogue = [...]entry{
	{do: "m2.identifier", clause: "Order 140, annex 2, cl. 2-3", takes: "face domain", make: newIdentifier},
	{do: "m4.delete", clause: "Order 140, annex 2, cl. 4, 5(1)", make: newDelete},
	{do: "m4.generalize", clause: "Order 140, annex 2, cl. 4, 9(1)", takes: "to round bottom top", make: newGeneralize},
	{do: "m4.mask", clause: "Order 140, annex 2, cl. 4, 9(2)", takes: "keep", make: newMask},
	{do: "keep", make: newKeep},
}

// strange names a parameter that is set but is not among those taken.
func (s Spec) strange(takes string) string {
	for _, p := range []struct {
		name string
		set  bool
	}{
		{"face", s.Face != ""}, {"domain", s.Domain != ""}, {"keep", s.Keep != 0}, {"to", s.To != ""},
		{"round", s.Round != 0}, {"bottom", s.Bottom != nil}, {"top", s.Top != nil},
	} {
		if p.set && !strings.Contains(" "+takes+" ", " "+p.name+" ") {
			return p.name
		}
	}
	return ""
}
