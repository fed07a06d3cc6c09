package detectors

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
)

// A vocabulary is a list of words that detectors compare words of a text with, whatever the case and ё as е. It is
// made once and read-only; looking a word up allocates nothing.
type vocabulary struct {
	begin int              // of how many first letters slots know, three at most
	shift int              // makes a slot of a hash
	slots []uint16         // one more than the place of the first of words with these letters, 0 where there is none
	words []vocabularyWord // those with the same slot stand together: whole words, then stems, the longest first
}

// A vocabularyWord is a word or a stem, its letters folded to one byte each.
type vocabularyWord struct {
	letters string
	slot    int
	number  int
	stem    bool
	last    bool // of its slot
}

// newVocabulary makes a vocabulary of words separated by white space; one that ends in * stands for every word that
// begins with it. Words are numbered from 0 in the order of the list.
func newVocabulary(list string) *vocabulary {
	v := &vocabulary{begin: 3}
	for i, w := range strings.Fields(list) {
		letters := string(foldWord(nil, []byte(strings.TrimSuffix(w, "*"))))
		stem := strings.HasSuffix(w, "*")
		if stem {
			v.begin = min(v.begin, len(letters))
		}
		v.words = append(v.words, vocabularyWord{letters: letters, number: i, stem: stem})
	}
	size := bits.Len(uint(8 * len(v.words)))
	v.slots, v.shift = make([]uint16, 1<<size), 32-size
	for i := range v.words {
		w := &v.words[i]
		var first [3]byte
		copy(first[:v.begin], w.letters)
		w.slot = v.slot(first[0], first[1], first[2])
	}
	slices.SortStableFunc(v.words, func(x, y vocabularyWord) int {
		switch {
		case x.slot != y.slot:
			return cmp.Compare(x.slot, y.slot)
		case x.stem != y.stem:
			if y.stem {
				return -1
			}
			return 1
		case len(x.letters) != len(y.letters):
			return cmp.Compare(len(y.letters), len(x.letters))
		}
		return cmp.Compare(y.number, x.number)
	})
	for i := range v.words {
		w := &v.words[i]
		w.last = i+1 == len(v.words) || v.words[i+1].slot != w.slot
		if v.slots[w.slot] == 0 {
			v.slots[w.slot] = uint16(i + 1)
		}
	}
	return v
}

// slot is where words with these first letters are looked for, 0 standing for none.
func (v *vocabulary) slot(x, y, z byte) int {
	return int((uint32(x) | uint32(y)<<6 | uint32(z)<<12) * 0x9E3779B1 >> (v.shift & 31))
}

// slotOf is the slot of a word. Nearly all begin with three Russian letters, which are folded without a look at each.
func (v *vocabulary) slotOf(word []byte) int {
	if v.begin == 3 && len(word) >= 6 {
		a, b, c := word[0], word[2], word[4]
		if (a^0xD0|b^0xD0|c^0xD0)&0xFE == 0 {
			return v.slot(foldCyrillic[a&1][word[1]&0x3F], foldCyrillic[b&1][word[3]&0x3F], foldCyrillic[c&1][word[5]&0x3F])
		}
	}
	var y, z byte
	x, i := foldLetter(word)
	if i < len(word) && v.begin > 1 {
		var size int
		y, size = foldLetter(word[i:])
		if i += size; i < len(word) && v.begin > 2 {
			z, _ = foldLetter(word[i:])
		}
	}
	return v.slot(x, y, z)
}

// find returns the number of the entry that word is: itself, or else its longest stem.
func (v *vocabulary) find(word []byte) (n int, ok bool) {
	if len(word) == 0 || len(word) > 80 {
		return 0, false
	}
	// The first letters send most words away.
	k := int(v.slots[v.slotOf(word)])
	if k == 0 {
		return 0, false
	}
	for words := v.words[k-1:]; ; words = words[1:] {
		if w := &words[0]; w.begins(word) {
			return w.number, true
		} else if w.last {
			return 0, false
		}
	}
}

// begins says whether w is word, or a stem of it.
func (w *vocabularyWord) begins(word []byte) bool {
	i := 0
	for k := range len(w.letters) {
		if i >= len(word) {
			return false
		}
		c, size := foldLetter(word[i:])
		if c != w.letters[k] {
			return false
		}
		i += size
	}
	return w.stem || i >= len(word)
}

// has says whether word is in the vocabulary.
func (v *vocabulary) has(word []byte) bool {
	_, ok := v.find(word)
	return ok
}
