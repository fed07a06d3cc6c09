package textenc

import "unicode/utf8"

// Substitute stands for a byte that is no UTF-8: one byte too, so that offsets stay.
const Substitute = 0x1A

// Valid is utf8.Valid, several times as fast where the processor allows.
func Valid(b []byte) bool {
	n := validBlocks(b)
	if n < 0 {
		return false
	}
	// The blocks say nothing about a character that their end cuts.
	for k := 1; k <= 3 && n >= k; k++ {
		if c := b[n-k]; utf8.RuneStart(c) {
			if c >= utf8.RuneSelf {
				n -= k
			}
			break
		}
	}
	return utf8.Valid(b[n:])
}

// Clean puts Substitute in the place of every byte of b that belongs to no valid character, and says how many.
func Clean(b []byte) (bad int) {
	if Valid(b) {
		return 0
	}
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			b[i] = Substitute
			bad++
		}
		i += n
	}
	return bad
}
