package rules

import (
	"slices"
	"strings"

	"bezlik/detectors"
)

// Kinds lists the kinds that policies, maps and profiles may name.
func Kinds() []string {
	var all []string
	for _, d := range detectors.All() {
		all = append(all, string(d.Kind))
	}
	return all
}

// known says whether a kind is one of Kinds.
func known(k detectors.Kind) bool {
	return detectors.Find(k) != nil
}

// Plain is the class a person gives in a map to a column that says nothing about anybody.
const Plain = "plain"

// ClassOf returns the class of a kind, Unknown where there is none.
func ClassOf(k detectors.Kind) detectors.Class {
	if k == "ambiguous" { // one of several kinds: nobody has said which
		return detectors.Unknown
	}
	if d := detectors.Find(k); d != nil {
		return d.Class
	}
	return detectors.Unknown
}

// same compares names as people write them.
func same(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) }

func contains(list []string, word string) bool { return slices.Contains(list, word) }
