package main

import (
	"slices"

	"bezlik/detectors"
)

// Ambiguous is the kind of a finding that may be of several kinds: it is right wherever any is labelled.
const ambiguous detectors.Kind = "ambiguous"

// A match pairs the labels of one text with findings, one with one. The slices say for each label which finding
// belongs to it, -1 for none.
type match struct {
	exact   []int // same kind, same place
	lenient []int // same kind, half of the label or more; holds all pairs that a lenient eye can make
}

func newMatch(labels []span, found []finding) match {
	kind := func(l span, f finding) bool { return l.Kind == f.Kind }
	same := func(l span, f finding) bool { return l.Start == f.Start && l.End == f.End }
	half := func(l span, f finding) bool { return 2*l.overlap(f.span) >= l.End-l.Start }
	unsure := func(f finding) bool { return f.Kind == ambiguous }

	exact := nothing(len(labels))
	pair(exact, labels, found, func(l span, f finding) bool { return kind(l, f) && same(l, f) })
	lenient := slices.Clone(exact)
	pair(exact, labels, found, func(l span, f finding) bool { return unsure(f) && same(l, f) })
	pair(lenient, labels, found, func(l span, f finding) bool { return kind(l, f) && half(l, f) })
	pair(lenient, labels, found, func(l span, f finding) bool { return (kind(l, f) || unsure(f)) && half(l, f) })
	return match{exact: exact, lenient: lenient}
}

func nothing(n int) []int { return slices.Repeat([]int{-1}, n) }

// pair adds as many pairs as can be made: a label without a finding takes one that is free, or takes over one whose
// label can take another. Labels that have a finding keep one.
func pair(of []int, labels []span, found []finding, fits func(span, finding) bool) {
	owner := nothing(len(found))
	for l, f := range of {
		if f >= 0 {
			owner[f] = l
		}
	}
	var seen []bool
	var take func(l int) bool
	take = func(l int) bool {
		for f := range found {
			if seen[f] || !fits(labels[l], found[f]) {
				continue
			}
			seen[f] = true
			if owner[f] < 0 || take(owner[f]) {
				of[l], owner[f] = f, l
				return true
			}
		}
		return false
	}
	for l := range labels {
		if of[l] < 0 {
			seen = make([]bool, len(found))
			take(l)
		}
	}
}

// leaks says whether a label has no byte under any finding, and whether it has a byte under none.
func leaks(l span, found []finding) (whole, part bool) {
	whole = true
	at := l.Start // all before it is covered; findings are sorted by their start
	for _, f := range found {
		if l.overlap(f.span) > 0 {
			whole = false
			if f.Start <= at {
				at = max(at, f.End)
			}
		}
	}
	return whole, at < l.End
}
