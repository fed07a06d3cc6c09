package detectors

import (
	"encoding/binary"
	"strings"
)

// classifyPortable fills blocks from text, which holds 64 bytes for each of them and one more. It is the
// portable kernel and what the others are tested against.
func classifyPortable(blocks []block, text []byte) {
	var m [8][8]byte // by class, then by eight bytes
	for i := range blocks {
		chunk := text[i*64 : i*64+65]
		var low, stop, dot, colon uint64
		for j := range 8 {
			eight := chunk[j*8 : j*8+8 : j*8+8]
			// Eight bytes of eight class bits, turned by ninety degrees: byte k says which of the eight are of class k.
			x := uint64(classOf[eight[0]]) | uint64(classOf[eight[1]])<<8 | uint64(classOf[eight[2]])<<16 | uint64(classOf[eight[3]])<<24 |
				uint64(classOf[eight[4]])<<32 | uint64(classOf[eight[5]])<<40 | uint64(classOf[eight[6]])<<48 | uint64(classOf[eight[7]])<<56
			if x != 0 {
				t := (x ^ x>>7) & 0x00AA00AA00AA00AA
				x ^= t ^ t<<7
				t = (x ^ x>>14) & 0x0000CCCC0000CCCC
				x ^= t ^ t<<14
				t = (x ^ x>>28) & 0x00000000F0F0F0F0
				x ^= t ^ t<<28
			}
			m[0][j], m[1][j], m[2][j], m[3][j] = byte(x), byte(x>>8), byte(x>>16), byte(x>>24)
			m[4][j], m[5][j], m[6][j], m[7][j] = byte(x>>32), byte(x>>40), byte(x>>48), byte(x>>56)
			stop |= stops(eight) << (j * 8)
			w := binary.LittleEndian.Uint64(eight)
			low |= below(w) << (j * 8)
			dot |= equal(w^0x2E2E2E2E2E2E2E2E) << (j * 8)
			colon |= equal(w^0x3A3A3A3A3A3A3A3A) << (j * 8)
		}
		b := &blocks[i]
		b.digit = binary.LittleEndian.Uint64(m[0][:])
		b.at = binary.LittleEndian.Uint64(m[1][:])
		b.space = binary.LittleEndian.Uint64(m[2][:])
		b.upper = binary.LittleEndian.Uint64(m[4][:])
		b.latin = binary.LittleEndian.Uint64(m[3][:]) | b.upper
		b.cyril = binary.LittleEndian.Uint64(m[5][:])
		var after uint64
		if c := chunk[64]; c >= 0x80 && c < 0xB0 {
			after = 1 << 63
		}
		b.caps = binary.LittleEndian.Uint64(m[6][:]) & (low>>1 | after)
		b.stop, b.dot, b.colon = stop, dot, colon
		b.lead = binary.LittleEndian.Uint64(m[7][:])
	}
}

// below has a bit for every one of eight bytes that is 80..AF.
func below(x uint64) uint64 {
	const high = 0x8080808080808080
	r := x &^ (x&0x7F7F7F7F7F7F7F7F + 0x5050505050505050) & high
	return (r >> 7) * 0x0102040810204080 >> 56
}

// equal has a bit for every one of eight bytes that is zero.
func equal(x uint64) uint64 {
	const low = 0x7F7F7F7F7F7F7F7F
	r := ^((x&low + low) | x | low)
	return (r >> 7) * 0x0102040810204080 >> 56
}

// stops has a bit for every one of eight bytes that ends a number.
func stops(e []byte) uint64 {
	return uint64(stopOf[e[0]] | stopOf[e[1]]<<1 | stopOf[e[2]]<<2 | stopOf[e[3]]<<3 | stopOf[e[4]]<<4 | stopOf[e[5]]<<5 | stopOf[e[6]]<<6 | stopOf[e[7]]<<7)
}

var stopOf = func() (t [256]byte) {
	for b := range 0x80 {
		if strings.IndexByte("\t\n #(),-./Nno0123456789", byte(b)) < 0 {
			t[b] = 1
		}
	}
	return t
}()

// classOf has a bit for every class a byte is in, in the order of classifyPortable.
var classOf = func() (t [256]byte) {
	for b := range t {
		switch {
		case b >= '0' && b <= '9':
			t[b] = 1 << 0
		case b == '@':
			t[b] = 1 << 1
		case b == ' ' || b == '\t' || b == '\n' || b == ',' || b == '-' || b == '.':
			t[b] = 1 << 2
		case b >= 'a' && b <= 'z':
			t[b] = 1 << 3
		case b >= 'A' && b <= 'Z':
			t[b] = 1 << 4
		case b == 0xD0:
			t[b] = 1<<5 | 1<<6 | 1<<7
		case b > 0xD0 && b <= 0xD3:
			t[b] = 1<<5 | 1<<7
		case b >= 0xC0:
			t[b] = 1 << 7
		}
	}
	return t
}()
