package detectors

import (
	"math/bits"
	"strings"
)

// Most words are no context words. That is seen from their first letters, all at once.

// begins is a set of what context words begin with: their first four letters, by a hash. Other words may share the place of
// one, and then they are looked at.
type begins [1 << 14 / 64]uint64

// may says whether the word of so many bytes that x begins with may be a context word.
func (s *begins) may(x uint64, size int) bool {
	behind := 64 - 8*size // bits of x that are not the word's, as another one may be that follows in camel case
	h := beginOf(x & (^uint64(0) >> (behind &^ (behind >> 63) & 63)))
	return s[h>>6&255]>>(h&63)&1 != 0
}

// mayRussian is may for a word of Russian letters, however long it is. A single letter always may, and so may other words.
func (s *begins) mayRussian(x uint64) bool {
	n := russianLetters(x)
	return n < 2 || x>>(16*n&63)&0xFC == 0xD0 && n < 4 || s.may(x, 2*n)
}

// beginOf hashes the first four letters of the word that x is: of each the five bits that are the same for both cases, but
// for ё.
func beginOf(x uint64) uint64 {
	const latin, cyrillic = 0x1F1F1F1F, 0x1F001F001F001F00
	return x & (latin ^ -(x>>7&1)&(latin^cyrillic)) * hashFactor >> 50
}

// add adds a context word.
func (s *begins) add(e *entry) {
	word, width := e.word, 8
	if word[0] <= 32 {
		width = 16
	}
	if len(word) == 3 && word[1] == 63 { // letters joined by a dot or a slash
		for _, mark := range []string{".", "/"} {
			joined := unfold(word[:1]) + mark + unfold(word[2:])
			for _, spelled := range []string{joined, strings.ToUpper(joined)} {
				s.put(beginOf(eightBytes(append([]byte(spelled), 0, 0, 0, 0, 0))))
			}
		}
		return
	}
	ways := []uint64{uint64(width<<3) & 0x80} // tells the script
	for i := 0; i < 4 && (i < len(word) || e.prefix); i++ {
		letters := lettersAt(e, i)
		if i < len(word) && word[i] == 6 {
			letters = append(letters, 0x01) // Ё
		}
		var more []uint64
		for _, c := range letters {
			for _, x := range ways {
				more = append(more, x|uint64(c)<<(width*i+width-8))
			}
		}
		ways = more
	}
	for _, x := range ways {
		s.put(beginOf(x))
	}
}

func (s *begins) put(h uint64) { s[h>>6] |= 1 << (h & 63) }

// lastStart returns the last place before e where a word begins, e-65 if that is further away.
func (t *Text) lastStart(e int) int {
	block, at := (e-1)>>6, (e-1)&63
	starts := t.starts[block] << (63 - at)
	if block > 0 {
		starts |= t.starts[block-1] >> 1 >> at
	}
	return e - 1 - bits.LeadingZeros64(starts)
}

// wordBefore returns the begin of the word that ends at e, and its letters, from what the lexer has marked; see the
// function of the same name.
func (t *Text) wordBefore(e int) (begin, letters int) {
	if begin = t.lastStart(e); begin < e-64 {
		const far = 8 // blocks: of a word that long, longer than any window, only the end is of interest
		block, last := (e-1)>>6-1, max((e-1)>>6-far, 0)
		for block >= last && t.starts[block] == 0 {
			block--
		}
		if block < last {
			return max(block, 0) << 6, far << 5
		}
		begin = block<<6 + bits.Len64(t.starts[block]) - 1
	}
	letters = (e - begin) >> (t.Arena[begin] >> 7)
	if letters <= 1 {
		return wordBefore(t.Arena, e)
	}
	return begin, letters
}
