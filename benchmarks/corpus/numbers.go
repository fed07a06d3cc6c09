package corpus

import (
	"math/bits"
	"math/rand/v2"
)

// dice is a stream of random numbers that depends on (seed, stream) and nothing else.
type dice struct{ src *rand.PCG }

func newDice(seed, stream uint64) dice { return dice{src: rand.NewPCG(seed, stream)} }

// n is at least 0 and less than k.
func (d dice) n(k int) int {
	hi, _ := bits.Mul64(d.src.Uint64(), uint64(k))
	return int(hi)
}

func (d dice) between(from, to int) int { return from + d.n(to-from+1) }

func (d dice) percent(p int) bool { return d.n(100) < p }

func (d dice) pick(list []string) string { return list[d.n(len(list))] }

func (d dice) pickByte(list string) byte { return list[d.n(len(list))] }

// digits appends n random digits.
func (d dice) digits(dst []byte, n int) []byte {
	for n > 0 {
		r := d.src.Uint64() >> 1 // nine digits are taken from each draw
		for i := 0; i < 9 && n > 0; i, n = i+1, n-1 {
			dst = append(dst, '0'+byte(r%10))
			r /= 10
		}
	}
	return dst
}

// weighted is the sum of digits times weights.
func weighted(digits []byte, weights ...int) int {
	sum := 0
	for i, w := range weights {
		sum += int(digits[i]-'0') * w
	}
	return sum
}

// Tax regions and passport regions (OKATO) in use. INNs of the regions below 10 are left out, so that a
// number stored as an integer keeps its length.
var (
	innRegions      = []string{"16", "18", "23", "34", "36", "45", "50", "52", "54", "59", "61", "63", "66", "72", "74", "76", "77", "78"}
	passportRegions = []string{"03", "04", "18", "20", "22", "25", "36", "40", "41", "45", "46", "50", "57", "60", "63", "65", "71", "75", "80", "92"}
	phoneCodes      = []string{"901", "902", "903", "905", "906", "908", "909", "910", "911", "912", "913", "914", "915", "916", "917", "918", "919", "920", "921", "922", "923", "924", "925", "926", "927", "928", "929", "930", "937", "950", "951", "952", "960", "961", "962", "963", "964", "965", "967", "968", "977", "980", "981", "982", "983", "985", "987", "988", "989", "996", "999"}
	cardPrefixes    = []string{"2200", "2201", "2202", "2204", "4276", "4279", "4817", "5106", "5213", "5469", "5536"}
)

// The functions below append one made-up number each; its check digits are right.

func (d dice) inn12(dst []byte) []byte {
	from := len(dst)
	dst = append(dst, d.pick(innRegions)...)
	dst = append(dst, '0'+byte(d.n(5)), '1'+byte(d.n(9)))
	dst = d.digits(dst, 6)
	n := dst[from:]
	dst = append(dst, '0'+byte(weighted(n, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10))
	n = dst[from:]
	return append(dst, '0'+byte(weighted(n, 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10))
}

func (d dice) inn10(dst []byte) []byte {
	from := len(dst)
	dst = append(dst, d.pick(innRegions)...)
	dst = append(dst, '0'+byte(d.n(5)), '1'+byte(d.n(9)))
	dst = d.digits(dst, 5)
	return append(dst, '0'+byte(weighted(dst[from:], 2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10))
}

// snils begins with 002 to 199: numbers up to 001-001-998 have no check digits, those above 2 are not issued.
func (d dice) snils(dst []byte) []byte {
	from := len(dst)
	h := d.between(2, 199)
	dst = append(dst, '0'+byte(h/100), '0'+byte(h/10%10), '0'+byte(h%10))
	dst = d.digits(dst, 6)
	check := weighted(dst[from:], 9, 8, 7, 6, 5, 4, 3, 2, 1)
	switch {
	case check == 100 || check == 101:
		check = 0
	case check > 101:
		if check %= 101; check == 100 {
			check = 0
		}
	}
	return append(dst, '0'+byte(check/10), '0'+byte(check%10))
}

func (d dice) passport(dst []byte) []byte {
	dst = append(dst, d.pick(passportRegions)...)
	year := d.between(1, 24)
	dst = append(dst, '0'+byte(year/10), '0'+byte(year%10), '1'+byte(d.n(9)))
	return d.digits(dst, 5)
}

// card ends in the digit that makes it pass the Luhn test.
func (d dice) card(dst []byte) []byte {
	from := len(dst)
	dst = append(dst, d.pick(cardPrefixes)...)
	dst = d.digits(dst, 11)
	sum := 0
	for i, c := range dst[from:] {
		v := int(c - '0')
		if i%2 == 0 { // the check digit makes sixteen: every even place is doubled
			if v *= 2; v > 9 {
				v -= 9
			}
		}
		sum += v
	}
	return append(dst, '0'+byte((10-sum%10)%10))
}

// phone appends the ten national digits of a mobile number.
func (d dice) phone(dst []byte) []byte {
	return d.digits(append(dst, d.pick(phoneCodes)...), 7)
}

// shape appends digits in a pattern: # takes the next digit, all else stands for itself.
func shape(dst []byte, pattern string, digits []byte) []byte {
	for i := 0; i < len(pattern); i++ {
		if c := pattern[i]; c == '#' {
			dst = append(dst, digits[0])
			digits = digits[1:]
		} else {
			dst = append(dst, c)
		}
	}
	return dst
}

func two(dst []byte, n int) []byte { return append(dst, '0'+byte(n/10), '0'+byte(n%10)) }

func four(dst []byte, n int) []byte { return two(two(dst, n/100), n%100) }

// isoDate appends a day that every calendar has.
func (d dice) isoDate(dst []byte, from, to int) []byte {
	dst = append(four(dst, d.between(from, to)), '-')
	dst = append(two(dst, d.between(1, 12)), '-')
	return two(dst, d.between(1, 28))
}

func (d dice) clock(dst []byte) []byte {
	dst = append(two(dst, d.n(24)), ':')
	return two(dst, d.n(60))
}
