package textenc

import (
	"bytes"
	"encoding/binary"
	"unicode/utf8"
)

// Substitute stands for a byte that is no UTF-8: one byte too, so that offsets stay.
const Substitute = 0x1A

// Valid is utf8.Valid, several times as fast where the processor allows.
func Valid(b []byte) bool {
	n := validBlocks(b)
	return n >= 0 && validBehind(b, n)
}

// validBehind says whether b is valid from n on, where blocks end that say nothing about a character which their end cuts.
func validBehind(b []byte, n int) bool {
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

// Inspect is Valid that counts line ends and looks for zero bytes on the way.
func Inspect(b []byte) (valid bool, lines int, zeros bool) {
	n, valid, lines, zeros := inspectBlocks(b)
	if n == 0 {
		return Valid(b), bytes.Count(b, newline), bytes.IndexByte(b, 0) >= 0
	}
	first, last := b[:64], b[n:]
	lines += bytes.Count(first, newline) + bytes.Count(last, newline)
	zeros = zeros || bytes.IndexByte(first, 0) >= 0 || bytes.IndexByte(last, 0) >= 0
	return valid && validBlocks(first) > 0 && validBehind(b, n), lines, zeros
}

var newline = []byte{'\n'}

// validPortable says how many bytes at the start of b, whole blocks of 64, hold no error, or -1. A character that
// begins in them and goes on behind is not looked at.
//
// The 64 bytes are turned into eight planes: plane k holds bit k of every byte, of byte 8j+i at 8i+j. What the standard
// asks of all of them is then a few operations on words.
func validPortable(b []byte) int {
	n := len(b) &^ 63
	// Where one more byte of a character must follow, where two, where three; of the block before only the last bit counts.
	var one, two, three uint64
	var limits limited
	for at := 0; at < n; at += 64 {
		t := (*[64]byte)(b[at:])
		w0, w1, w2, w3 := word(t[0:]), word(t[8:]), word(t[16:]), word(t[24:])
		w4, w5, w6, w7 := word(t[32:]), word(t[40:]), word(t[48:]), word(t[56:])
		if (w0|w1|w2|w3|w4|w5|w6|w7)&0x8080808080808080 == 0 { // ASCII
			if one>>63 != 0 {
				return -1
			}
			continue // nothing is due, so the last bits are zero as they should be
		}
		const low = 0x0F0F0F0F0F0F0F0F // halves of bytes
		p4, p5, p6, p7 := planesOf(w0>>4&low|w4&^low, w1>>4&low|w5&^low, w2>>4&low|w6&^low, w3>>4&low|w7&^low)

		lead := p7 & p6 // C0..FF
		e := lead & p5  // E0..FF
		f := e & p4     // F0..FF
		twos := e | behind(f, three)
		ones := lead | behind(twos, two)
		bad := behind(ones, one) ^ (p7 &^ p6) // no continuation where it is due
		one, two, three = ones, twos, f

		if e|lead&^(p5|p4) != 0 || limits.last() { // hardly ever in Russian
			p0, p1, p2, p3 := planesOf(w0&low|w4&low<<4, w1&low|w5&low<<4, w2&low|w6&low<<4, w3&low|w7&low<<4)
			now := limited{e0: e &^ (p4 | p3 | p2 | p1 | p0), ed: e & p3 & p2 & p0 &^ (p4 | p1), f0: f &^ (p3 | p2 | p1 | p0), f4: f & p2}
			bad |= lead &^ (p5 | p4 | p3 | p2 | p1) // C0, C1
			bad |= f & (p3 | p2&(p1|p0))            // F5..FF
			bad |= behind(now.e0, limits.e0)&^p5 | behind(now.ed, limits.ed)&p5
			bad |= behind(now.f0, limits.f0)&^(p5|p4) | behind(now.f4, limits.f4)&(p5|p4)
			limits = now
		}
		if bad != 0 {
			return -1
		}
	}
	return n
}

// planesOf turns words whose bytes have half the bits of two bytes, 32 apart, into the planes of these bits.
func planesOf(w0, w1, w2, w3 uint64) (p0, p1, p2, p3 uint64) {
	w0, w2 = exchange(w0, w2, 2, 0x3333333333333333)
	w1, w3 = exchange(w1, w3, 2, 0x3333333333333333)
	p0, p1 = exchange(w0, w1, 1, 0x5555555555555555)
	p2, p3 = exchange(w2, w3, 1, 0x5555555555555555)
	return p0, p1, p2, p3
}

// limited says where bytes stand that only some continuations may follow: behind E0 and F0 the low ones would make a
// longer form of a shorter character, behind ED the high ones half of a pair of UTF-16, behind F4 a number beyond 10FFFF.
type limited struct{ e0, ed, f0, f4 uint64 }

// last says whether the last byte is such a one.
func (l *limited) last() bool { return (l.e0|l.ed|l.f0|l.f4)>>63 != 0 }

// behind moves a plane on by one byte; the last bit of the plane before comes in.
func behind(plane, before uint64) uint64 { return plane<<8 | plane>>55&0xFE | before>>63 }

func word(t []byte) uint64 { return binary.LittleEndian.Uint64(t) }

// exchange swaps the bits of x that stand n above those of mask for the bits of y in mask.
func exchange(x, y uint64, n int, mask uint64) (uint64, uint64) {
	t := (x>>n ^ y) & mask
	return x ^ t<<n, y ^ t
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
