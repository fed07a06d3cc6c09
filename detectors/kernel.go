package detectors

import "encoding/binary"

// classifyPortable fills the planes of classes of bytes for n blocks from the first one of the stretch on. text holds 64
// bytes for each of them and one more. It is the portable kernel, tested like the others against a loop over bytes.
//
// The 64 bytes are turned into eight planes: bit i of plane k is bit k of byte i. What a class asks of all of them
// is then a few operations on words, without tables or branches, whatever the text.
//
// The method: R. Cameron, A Case Study in SIMD Text Processing with Parallel Bit Streams, 2008; here without SIMD.
func classifyPortable(p *planes, n int, text []byte) {
	for i := range n {
		t := (*[65]byte)(text[i*64:])
		w0, w1, w2, w3 := halves(t[0:]), halves(t[8:]), halves(t[16:]), halves(t[24:])
		w4, w5, w6, w7 := halves(t[4:]), halves(t[12:]), halves(t[20:]), halves(t[28:])

		// The numbers of a word, of a byte in it and of a bit in that have three binary digits each. Bit k of the text's
		// byte 8j+i stands in word j, byte i, bit k, and belongs in word k, byte j, bit i. So, digit by digit, the word's
		// number is exchanged with the byte's and then with the bit's. Loading did the first with the byte's.
		w0, w4 = exchange(w0, w4, 4, 0x0F0F0F0F0F0F0F0F)
		w1, w5 = exchange(w1, w5, 4, 0x0F0F0F0F0F0F0F0F)
		w2, w6 = exchange(w2, w6, 4, 0x0F0F0F0F0F0F0F0F)
		w3, w7 = exchange(w3, w7, 4, 0x0F0F0F0F0F0F0F0F)

		w0, w2 = exchange(w0, w2, 16, 0x0000FFFF0000FFFF)
		w1, w3 = exchange(w1, w3, 16, 0x0000FFFF0000FFFF)
		w4, w6 = exchange(w4, w6, 16, 0x0000FFFF0000FFFF)
		w5, w7 = exchange(w5, w7, 16, 0x0000FFFF0000FFFF)
		w0, w2 = exchange(w0, w2, 2, 0x3333333333333333)
		w1, w3 = exchange(w1, w3, 2, 0x3333333333333333)
		w4, w6 = exchange(w4, w6, 2, 0x3333333333333333)
		w5, w7 = exchange(w5, w7, 2, 0x3333333333333333)

		w0, w1 = exchange(w0, w1, 8, 0x00FF00FF00FF00FF)
		w2, w3 = exchange(w2, w3, 8, 0x00FF00FF00FF00FF)
		w4, w5 = exchange(w4, w5, 8, 0x00FF00FF00FF00FF)
		w6, w7 = exchange(w6, w7, 8, 0x00FF00FF00FF00FF)
		w0, w1 = exchange(w0, w1, 1, 0x5555555555555555)
		w2, w3 = exchange(w2, w3, 1, 0x5555555555555555)
		w4, w5 = exchange(w4, w5, 1, 0x5555555555555555)
		w6, w7 = exchange(w6, w7, 1, 0x5555555555555555)

		p.fill(i+1, w0, w1, w2, w3, w4, w5, w6, w7, t[64])
	}
}

// fill says what stands at each of the 64 bytes of block i, whose bits are in p0 to p7; next is the byte behind them.
// It is a function of its own so that the compiler has registers for all planes.
func (b *planes) fill(i int, p0, p1, p2, p3, p4, p5, p6, p7 uint64, next byte) {
	lead := p7 & p6
	b.lead[i] = lead
	cyril := lead & p4 &^ (p5 | p3 | p2)
	b.cyril[i] = cyril
	low := p7 &^ (p6 | p5&p4)                       // 80..AF
	after := (uint64(next^0x80) - 0x30) >> 63 << 63 // next is one of these
	b.caps[i] = cyril &^ (p1 | p0) & (low>>1 | after)

	zero := ^(p3 | p2 | p1 | p0) // the low half of the byte
	row0 := ^(p7 | p6 | p5 | p4) // 00..0F
	row2 := p5 &^ (p7 | p6 | p4) // 20..2F
	row3 := p5 & p4 &^ (p7 | p6) // 30..3F
	row4 := p6 &^ p7             // 40..7F
	digit := row3 &^ (p3 & (p2 | p1))
	b.digit[i] = digit
	b.colon[i] = row3 & p3 & p1 &^ (p2 | p0)
	b.at[i] = row4 & zero &^ (p5 | p4)
	latin := row4 &^ (zero &^ p4) &^ (p4 & p3 & (p2 | p1&p0)) // not @ ` [\]^_ {|}~ DEL
	b.latin[i] = latin
	b.upper[i] = latin &^ p5

	tabs := row0 & p3 & (p1 ^ p0) &^ p2 // \t \n
	marks := row2 & p3 & p2             // , - . /
	b.dot[i] = marks & p1 &^ p0
	b.space[i] = tabs | row2&zero | marks&^(p1&p0)
	inside := row2 & (p3&(p2|^p1) | ^(p3 | p2 | (p1 ^ p0))) // space # ( ) , - . /
	word := row4 & p3 & p2 & p1 &^ p4 & (p5 | ^p0)          // N n o
	b.stop[i] = ^(p7 | tabs | inside | word | digit)
}

// halves puts four bytes, and the four that stand 32 behind them, into one word.
func halves(t []byte) uint64 {
	return uint64(binary.LittleEndian.Uint32(t)) | uint64(binary.LittleEndian.Uint32(t[32:]))<<32
}

// exchange swaps the bits of x that stand n above those of mask for the bits of y in mask.
func exchange(x, y uint64, n int, mask uint64) (uint64, uint64) {
	t := (x>>n ^ y) & mask
	return x ^ t<<n, y ^ t
}
