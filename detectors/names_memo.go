package detectors

// Texts repeat their words. What has been found out about the last ones is kept at hand: one look here tells what takes six
// in larger tables.

const memoBits = 12

// A wordMemo has a place for each word by a hash of its letters.
type wordMemo [1 << memoBits]wordFacts

// wordFacts are what a word may be.
type wordFacts struct {
	key    uint64 // as wordKey
	is     wordClass
	may    mayBe
	shaped bool // see mayShaped
}

// facts says what a word of n letters may be, twelve at most. It holds until the next call.
func (t *wordTable) facts(m *wordMemo, key uint64, n int) *wordFacts {
	full := wordKey(key, n)
	f := &m[full*hashFactor>>(64-memoBits)]
	if f.key != full {
		*f = wordFacts{key: full, is: t.part(key, n), may: t.quickWord(key, n), shaped: t.mayShaped(key, n)}
	}
	return f
}
