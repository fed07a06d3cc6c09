package detectors

import (
	"math/bits"
)

// Most words are no context words. That is seen from their first letters, all at once.

// begins holds what context words begin with: three letters of five bits each, without case. Other words may share
// the five bits of their letters, and then they are looked at.
type begins struct {
	cyrillic, latin [1 << 15 / 64]uint64
	single          uint32 // Cyrillic context words of one letter
}

// cyrillicBegin is the place of the Cyrillic word that x begins with; letters are 1, 2 or 3 for more.
func cyrillicBegin(x uint64) (at, letters int) {
	// A letter is two bytes, the first one D0 or D1; the lower five bits of the second one are the same for both
	// cases, but for ё. A letter that is not there counts as 0: masks of all ones or none do it without a jump.
	second := int64((x>>16&0xFE^0xD0)-1) >> 63
	third := int64((x>>32&0xFE^0xD0)-1) >> 63 & second
	at = int(x>>8&0x1F) | int(x>>19&0x3E0&uint64(second)) | int(x>>30&0x7C00&uint64(third))
	return at, 1 - int(second) - int(third)
}

// latinBegin is the place of the Latin word that x begins with; what follows a word of one or two letters counts.
func latinBegin(x uint64) int { return int(x&0x1F | x>>3&0x3E0 | x>>6&0x7C00) }

// may says whether a context word may begin with x, the next eight bytes.
func (b *begins) may(x uint64) bool {
	if x&0x80 == 0 {
		at := latinBegin(x)
		return b.latin[at>>6]>>(at&63)&1 != 0
	}
	at, letters := cyrillicBegin(x)
	if b.cyrillic[at>>6]>>(at&63)&1 == 0 {
		return false
	}
	// One letter is a word only if it is joined to another, as in д.р and р/с.
	return letters > 1 || x>>16&0xFF == '.' || x>>16&0xFF == '/' || b.single>>at&1 != 0
}

// add adds a folded context word.
func (b *begins) add(word string) {
	letters := 0
	for letters < len(word) && letters < 3 && word[letters] < 63 {
		letters++
	}
	if word[0] > 32 { // Latin; whatever may follow a short word
		code := func(i int) uint64 { return uint64(word[i]-32) & 0x1F }
		for rest := range uint64(1 << 10) {
			x := code(0) | rest<<5
			if letters > 1 {
				x = x&^0x3E0 | code(1)<<5
			}
			if letters > 2 {
				x = x&^0x7C00 | code(2)<<10
			}
			b.latin[x>>6] |= 1 << (x & 63)
		}
		return
	}
	if len(word) == 1 {
		b.single |= 1 << ((0xB0 + uint32(word[0]) - 1) & 0x1F)
	}
	raw := []uint64{0} // every way in which the letters may be written
	for i := range letters {
		var more []uint64
		for second := range uint64(128) {
			letter := [2]byte{0xD0 | byte(second>>6), 0x80 | byte(second&0x3F)}
			if c, _ := foldLetter(letter[:]); c == word[i] {
				for _, x := range raw {
					more = append(more, x|uint64(letter[0])<<(16*i)|uint64(letter[1])<<(16*i+8))
				}
			}
		}
		raw = more
	}
	for _, x := range raw {
		at, _ := cyrillicBegin(x)
		b.cyrillic[at>>6] |= 1 << (at & 63)
	}
}

// wordBefore returns the begin of the word that ends at e, and its letters, from what the lexer has marked; see the
// function of the same name.
func (t *Text) wordBefore(e int) (begin, letters int) {
	const far = 8 // blocks: of a word that long, longer than any window, only the end is of interest
	block := (e - 1) >> 6
	last := block - far
	m := t.starts[block] & (^uint64(0) >> (63 - (e-1)&63))
	for m == 0 {
		if block--; block < last {
			return block << 6, far << 5
		}
		m = t.starts[block]
	}
	begin = block<<6 + bits.Len64(m) - 1
	letters = e - begin
	if t.Arena[begin] >= 0x80 {
		letters >>= 1
	}
	if letters <= 1 {
		return wordBefore(t.Arena, e)
	}
	return begin, letters
}
