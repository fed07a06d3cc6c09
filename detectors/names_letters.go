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
	x, y, z := binary.LittleEndian.Uint64(a), binary.LittleEndian.Uint64(a[8:]), binary.LittleEndian.Uint64(a[16:])
	strange1, small1 := fourLetters(x)
	strange2, small2 := fourLetters(y)
	strange3, small3 := fourLetters(z)
	// Ones up to the first strange bit. None counts behind a gap.
	run1 := (strange1 - 1) &^ strange1
	run2 := (strange2 - 1) &^ strange2 & uint64(int64(run1)>>63)
	run3 := (strange3 - 1) &^ strange3 & uint64(int64(run2)>>63)
	// A lane that has all its ones is a letter. The four counts of lanes are summed up by a multiplication.
	run1, run2, run3 = run1>>15&eachLane, run2>>15&eachLane, run3>>15&eachLane
	n = int((run1 + run2 + run3) * eachLane >> 48)
	small := (small1&run1 + small2&run2 + small3&run3) * eachLane >> 48
	codes = (packFour(x)<<40 | packFour(y)<<20 | packFour(z)) ^ 0x842_1084_2108_4210
	return codes >> (letterBits * (maxPacked - n) & 63), n, n - int(small)
}

// lastLetters says how many Russian letters stand at the end of 24 bytes, and returns their codes packed.
func lastLetters(a []byte) (codes uint64, n int) {
	a = a[:24:24]
	x, y, z := binary.LittleEndian.Uint64(a), binary.LittleEndian.Uint64(a[8:]), binary.LittleEndian.Uint64(a[16:])
	strange1, _ := fourLetters(x)
	strange2, _ := fourLetters(y)
	strange3, _ := fourLetters(z)
	n = bits.LeadingZeros64(strange3) / 16
	n2 := bits.LeadingZeros64(strange2) / 16 & -(n / 4) // none counts before a gap
	n += n2 + bits.LeadingZeros64(strange1)/16&-(n2/4)
	codes = (packFour(x)<<40 | packFour(y)<<20 | packFour(z)) ^ 0x842_1084_2108_4210
	return codes & (1<<(letterBits*n&63) - 1), n
}

const eachLane = 0x0001_0001_0001_0001

// fourLetters looks at the four letters that eight bytes may be, in lanes of two bytes: D090..D0BF are А-п, D180..D18F р-я. A
// lane of strange is zero if it is a letter, and then small has its lowest bit if it is no capital.
func fourLetters(x uint64) (strange, small uint64) {
	low, high := x>>12, x>>13 // 0x10 and 0x20 of the second bytes
	strange = (x ^ (low|high)&eachLane ^ 0x80D1*eachLane) & (0xC0FF * eachLane)
	return strange, x | low&high
}

// packFour packs five bits of the second bytes of four letters, the first one highest. The highest of the five is not that of
// the code.
func packFour(x uint64) uint64 {
	pairs := (x >> 8 & (31 * eachLane)) * (1<<21 | 1) >> 16 & 0x0000_03FF_0000_03FF
	return pairs * (1<<42 | 1) >> 32
}

// eightLatin says how many Latin letters stand at the begin of x, and returns their codes packed and how many of them are
// capitals.
func eightLatin(x uint64) (codes uint64, n, capitals int) {
	const each = 0x0101_0101_0101_0101
	low := x | 0xA0*each
	strange := (^(low - 'a'*each) | (low - ('z'+1)*each) | x) & (0x80 * each)
	letters := ((strange - 1) &^ strange) >> 7 & each // ones up to the first byte that is no letter
	n = int(letters * each >> 56)
	small := (x >> 5 & letters) * each >> 56
	codes = x - each
	codes = codes&(31*eachLane)<<5 | codes>>8&(31*eachLane)
	codes = codes&0x0000_03FF_0000_03FF<<10 | codes>>16&0x0000_03FF_0000_03FF
	codes = codes&0xF_FFFF<<20 | codes>>32
	return codes >> (letterBits * (8 - n) & 63), n, n - int(small)
}

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
