package detectors

// Ambiguous is a value that may be of two kinds with nothing to tell them apart: sixteen digits that are a card by the
// first ones and a policy by the check digit. Resolve makes it of a tie that involves a person; nothing else finds it.
var Ambiguous = declare(Detector{
	Kind:   "ambiguous",
	Class:  Direct,
	Doc:    Doc{RU: "значение, вид которого однозначно не определить", EN: "value of one of several kinds"},
	Prefix: "неясно",
	Fits:   func([]byte) bool { return false },
	Reach:  1,
})
