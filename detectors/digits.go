package detectors

import (
	"bytes"
	"encoding/binary"
)

// Offset is what tells the check digits of our own shaped tokens from right ones: every check digit is the right one
// plus Offset, modulo 10. Such a number passes nobody's check, and a scanner knows it as ours.
const Offset = 5

// Unseal gives digits the check digits of a shaped token of kind d, in place. Kinds without check digits stay as they are.
func Unseal(d *Detector, digits []byte) {
	if d.Seal == nil || len(digits) <= d.Checks {
		return
	}
	d.Seal(digits)
	shift(digits[len(digits)-d.Checks:])
}

// Off says whether digits are those of a shaped token: check digits wrong by exactly Offset.
func Off(d *Detector, digits []byte) bool {
	var buf [24]byte
	if d.Seal == nil || len(digits) <= d.Checks || len(digits) > len(buf) {
		return false
	}
	own := append(buf[:0], digits...)
	Unseal(d, own)
	return bytes.Equal(own, digits)
}

func shift(checks []byte) {
	for i, c := range checks {
		checks[i] = '0' + (c-'0'+Offset)%10
	}
}

// weigh sums up eight digits of ASCII, each times its weight. even holds the weights of the first, third, fifth and seventh digit,
// sixteen bits for each from the top down, odd those of the others: a product's highest sixteen bits are then the sum of four.
func weigh(d *[8]byte, even, odd uint64) uint32 {
	x := binary.LittleEndian.Uint64(d[:]) ^ 0x3030303030303030
	return uint32((x&0x00FF00FF00FF00FF*even + x>>8&0x00FF00FF00FF00FF*odd) >> 48)
}

// A check is what check digits say.
type check uint8

const (
	wrong check = iota
	right
	ours // wrong by Offset
)

// judgeChecks compares the check digits at the end of a number with the right ones.
func judgeChecks(got []byte, want ...byte) check {
	c := right
	for i, w := range want {
		switch {
		case got[i] == w && c == right:
		case got[i] == '0'+(w-'0'+Offset)%10 && (c == ours || i == 0):
			c = ours
		default:
			return wrong
		}
	}
	return c
}
