package csvfile

import (
	"encoding/binary"
	"math/bits"
)

// chunk is how many blocks of 64 bytes are looked at in one go.
const chunk = 32

// positions has room for every byte of a chunk, and for what flatten writes too much.
type positions [64*chunk + 8]uint32

// flattenGo writes the offsets of the bits of m, which begins at offset base, and says how many there are.
func flattenGo(dst *positions, m []uint64, base uint32) int {
	n := 0
	for _, w := range m {
		for ; w != 0; w &= w - 1 {
			dst[n] = base + uint32(bits.TrailingZeros64(w))
			n++
		}
		base += 64
	}
	return n
}

// masksSWAR sets in dst[i] a bit for each byte of block i that is comma, quote, a line feed or zero.
func masksSWAR(dst *[chunk]uint64, p []byte, comma, quote byte) {
	const ones, low, high = 0x0101010101010101, 0x7F7F7F7F7F7F7F7F, 0x8080808080808080
	c, q, n := ones*uint64(comma), ones*uint64(quote), uint64(ones*'\n')
	zero := func(x uint64) uint64 { return ^((x&low + low) | x | low) } // 0x80 where a byte is 0, exactly
	for i := 0; i+64 <= len(p); i += 64 {
		m := uint64(0)
		for k := 0; k < 64; k += 8 {
			w := binary.LittleEndian.Uint64(p[i+k:])
			if hit := (zero(w^c) | zero(w^q) | zero(w^n) | zero(w)) & high; hit != 0 {
				m |= (hit >> 7) * 0x0102040810204080 >> 56 << k
			}
		}
		dst[i/64] = m
	}
}
