package detectors

import (
	"encoding/binary"
	"math/bits"
)

// letterOf says what the letters of U+0000-007F and U+0400-04FF are: five bits of code, and flags. Letters of
// other languages in the same script stand for their Russian neighbours.
var asciiLetter, cyrillicLetter = letterTables()

const (
	letterCode  = 31
	letterUpper = 32
	letterThere = 64
)

func letterTables() (ascii [128]uint8, cyr [256]uint8) {
	for b := byte('a'); b <= 'z'; b++ {
		ascii[b] = b - 'a' | letterThere
		ascii[b-32] = b - 'a' | letterThere | letterUpper
	}
	for r := rune('а'); r <= 'я'; r++ {
		cyr[r-0x400] = uint8(r-'а') | letterThere
		cyr[r-32-0x400] = uint8(r-'а') | letterThere | letterUpper
	}
	for i, pairs := 0, []rune("ЁёеІіиЇїиЄєеҐґгӘәаӨөоҮүуҰұуҚқкҢңнҒғгҺһхҖҗжҲҳхҶҷчӢӣиӮӯуЎўу"); i < len(pairs); i += 3 {
		code := uint8(pairs[i+2]-'а') | letterThere
		cyr[pairs[i]-0x400] = code | letterUpper
		cyr[pairs[i+1]-0x400] = code
	}
	return ascii, cyr
}

// letterAt returns the letter at p and its bytes; 0 where there is none. The arena has zeros behind it.
func letterAt(a []byte, p uint32) (uint8, uint32) {
	b := a[p]
	if b < 0x80 {
		return asciiLetter[b], 1
	}
	if b&^3 == 0xD0 && a[p+1]&0xC0 == 0x80 { // half a letter before a border is none
		return cyrillicLetter[uint32(b&3)<<6|uint32(a[p+1]&63)], 2
	}
	return 0, 1
}

// twelveLetters says how many Russian letters stand at the begin of a, twelve at most, and returns their codes packed and
// how many of them are capitals. It reads 24 bytes and has no branches: words are of any length, and a loop that ends
// where nobody expects it costs more than the letters. ё stands outside the alphabet and ends it.
func twelveLetters(a []byte) (codes uint64, n, capitals int) {
	a = a[:24:24]
	p1, n1 := fourPlaces(binary.LittleEndian.Uint64(a))
	p2, n2 := fourPlaces(binary.LittleEndian.Uint64(a[8:]))
	p3, n3 := fourPlaces(binary.LittleEndian.Uint64(a[16:]))
	n3 &= -(n2 >> 2) // none counts behind a gap
	n2 &= -(n1 >> 2)
	n3 &= -(n1 >> 2)
	n = n1 + n2 + n3
	codes = (packFour(p1)<<40 | packFour(p2)<<20 | packFour(p3)) >> (letterBits * (maxPacked - n) & 63)
	// Capitals lack a bit that small letters have. Four counts of a block's lanes are summed up by a multiplication.
	small := p1&ofFour(n1) + p2&ofFour(n2) + p3&ofFour(n3)
	return codes, n, n - int(small>>5*eachLane>>48)
}

const eachLane = 0x0001_0001_0001_0001

// fourPlaces turns the four letters that eight bytes may be into 80..9F for А-Я and A0..BF for а-я, the code of the letter
// in the low bits, and says how many come before anything else.
func fourPlaces(x uint64) (place uint64, n int) {
	place = (x&(1*eachLane)<<6 | x>>8&(63*eachLane)) + 0x70*eachLane
	strange := (x^0x80D0*eachLane)&(0xC0FE*eachLane) | (place^0x80*eachLane)&(0xC0*eachLane)
	return place, bits.TrailingZeros64(strange) >> 4
}

// packFour packs the codes of four places, the first one highest.
func packFour(place uint64) uint64 {
	place &= 31 * eachLane
	place = (place<<5 | place>>16) & 0x0000_03FF_0000_03FF
	return (place<<10 | place>>32) & 0xF_FFFF
}

// ofFour has the bit of small letters in the first n of four places.
func ofFour(n int) uint64 { return 0x20 * eachLane & (1<<(16*n) - 1) }

// plainEnd has the bytes that end a word and say nothing about it.
var plainEnd = func() (t [256]bool) {
	for b := range t {
		l := b < 0x80 && asciiLetter[b] != 0
		switch {
		case l, b >= '0' && b <= '9', b == '_', b == '@', b == '-', b == '\'', b == 0xE2, b == 0xCC, b >= 0xD0 && b <= 0xD3:
		default:
			t[b] = true
		}
	}
	return t
}()
