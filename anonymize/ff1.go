package anonymize

import (
	"crypto/cipher"
	"encoding/binary"
	"errors"
	"math"
	"math/bits"
)

// ff1 is FF1 of NIST SP 800-38G for one key, radix, length and tweak, in words of 64 bits: a permutation of
// all strings of n numerals. It covers every domain whose halves are below 2^63, 36 decimal digits among
// them. It belongs to one goroutine.
type ff1 struct {
	block  cipher.Block
	radix  uint64
	n      int
	u, v   uint64   // radix to the length of the left and of the right half
	wide   bool     // y has 12 bytes, not 8
	prefix [16]byte // CBC-MAC of everything before the block that holds the round and the half
	at     int      // where the round number stands in that block; the half fills the rest of it
	x      [16]byte
}

// ff1Smallest is the smallest domain that the standard (revision 1) allows.
const ff1Smallest = 1_000_000

func newFF1(block cipher.Block, radix, n int, tweak []byte) (*ff1, error) {
	if radix < 2 || radix > 1<<16 || n < 2 || len(tweak) > 255 {
		return nil, errors.New("ff1: radix, length or tweak out of range")
	}
	right := n - n/2
	if float64(right)*math.Log2(float64(radix)) >= 63 {
		return nil, errors.New("ff1: the domain is too large")
	}
	if float64(n)*math.Log10(float64(radix)) < math.Log10(ff1Smallest)-1e-9 {
		return nil, errors.New("ff1: the domain is smaller than a million")
	}
	f := &ff1{block: block, radix: uint64(radix), n: n, u: power(radix, n/2), v: power(radix, right)}
	b := (bits.Len64(f.v-1) + 7) / 8 // bytes of a half
	f.wide = 4*((b+3)/4)+4 > 8

	p := [16]byte{1, 2, 1, byte(radix >> 16), byte(radix >> 8), byte(radix), 10, byte(n / 2)}
	binary.BigEndian.PutUint32(p[8:], uint32(n))
	binary.BigEndian.PutUint32(p[12:], uint32(len(tweak)))
	q := make([]byte, (len(tweak)+b+1+15)/16*16) // tweak, zeros, round, half
	copy(q, tweak)
	f.prefix = p
	block.Encrypt(f.prefix[:], f.prefix[:])
	for ; len(q) > 16; q = q[16:] {
		xor(f.prefix[:], q)
		block.Encrypt(f.prefix[:], f.prefix[:])
	}
	xor(f.prefix[:], q)
	f.at = 15 - b
	return f, nil
}

// permute encrypts a string given as its two halves; the left one has n/2 numerals.
func (f *ff1) permute(a, b uint64) (uint64, uint64) {
	x := f.x[:]
	for i := range byte(10) {
		copy(x, f.prefix[:])
		x[f.at] ^= i
		binary.BigEndian.PutUint64(x[8:], binary.BigEndian.Uint64(x[8:])^b) // the half ends the block; what is before it is zero in b
		f.block.Encrypt(x, x)
		m := f.u
		if i&1 == 1 {
			m = f.v
		}
		y := binary.BigEndian.Uint64(x)
		if f.wide {
			y = bits.Rem64(y>>32, y<<32|uint64(binary.BigEndian.Uint32(x[8:])), m)
		} else {
			y %= m
		}
		c := a + y
		if c >= m {
			c -= m
		}
		a, b = b, c
	}
	return a, b
}

// digits encrypts n decimal digits in place; the radix is 10.
func (f *ff1) digits(d []byte) {
	left := f.n / 2
	a, b := f.permute(number(d[:left]), number(d[left:]))
	putNumber(d[:left], a)
	putNumber(d[left:], b)
}

func power(radix, n int) uint64 {
	p := uint64(1)
	for range n {
		p *= uint64(radix)
	}
	return p
}

// number reads decimal digits.
func number(d []byte) uint64 {
	var n uint64
	for _, c := range d {
		n = n*10 + uint64(c-'0')
	}
	return n
}

// putNumber writes n with leading zeros.
func putNumber(d []byte, n uint64) {
	for i := len(d) - 1; i >= 0; i-- {
		d[i] = byte('0' + n%10)
		n /= 10
	}
}
