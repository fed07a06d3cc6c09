package detectors

import "strings"

// A vocabulary is a list of words that detectors compare words of a text with, whatever the case and ё as е. It is
// made once and read-only; looking a word up allocates nothing.
type vocabulary struct {
	whole  map[string]int
	stems  map[string]int
	lowest int // letters of the shortest stem
}

// newVocabulary makes a vocabulary of words separated by white space; one that ends in * stands for every word that
// begins with it. Words are numbered from 0 in the order of the list.
func newVocabulary(list string) *vocabulary {
	v := &vocabulary{whole: map[string]int{}, stems: map[string]int{}, lowest: 40}
	for i, w := range strings.Fields(list) {
		stem := strings.TrimSuffix(w, "*")
		folded := string(foldWord(nil, []byte(stem)))
		if stem == w {
			v.whole[folded] = i
			continue
		}
		v.stems[folded] = i
		v.lowest = min(v.lowest, len(folded))
	}
	return v
}

// find returns the number of the entry that word is: itself, or else its longest stem.
func (v *vocabulary) find(word []byte) (n int, ok bool) {
	if len(word) > 80 {
		return 0, false
	}
	var buf [80]byte
	folded := foldWord(buf[:0], word)
	if n, ok = v.whole[string(folded)]; ok {
		return n, true
	}
	for i := len(folded); i >= v.lowest; i-- {
		if n, ok = v.stems[string(folded[:i])]; ok {
			return n, true
		}
	}
	return 0, false
}

// has says whether word is in the vocabulary.
func (v *vocabulary) has(word []byte) bool {
	_, ok := v.find(word)
	return ok
}
