//go:build !purego

package textenc

import "golang.org/x/sys/cpu"

var (
	hasAVX2   = cpu.X86.HasAVX2
	hasAVX512 = cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW
)

// validBlocks says how many bytes at the start of b, whole blocks of 32, hold no error, or -1. A character
// that begins in them and goes on behind is not looked at.
func validBlocks(b []byte) int {
	if !hasAVX2 || len(b) < 64 {
		return validPortable(b)
	}
	n := len(b) &^ 31
	if validAVX2(&b[0], n/32) != 0 {
		return -1
	}
	return n
}

// validAVX2 returns 0 if blocks times 32 bytes at p are valid UTF-8, up to the last character.
//
// The method: J. Keiser, D. Lemire, Validating UTF-8 In Less Than One Instruction Per Byte, 2020.
//
//go:noescape
func validAVX2(p *byte, blocks int) uint64

// inspectBlocks is Inspect for whole blocks of 64 bytes at the start of b, the first one left out. It says how many bytes it
// has looked at, 0 if it cannot.
func inspectBlocks(b []byte) (n int, valid bool, lines int, zeros bool) {
	if !hasAVX512 || len(b) < 256 {
		return 0, true, 0, false
	}
	n = len(b) &^ 63
	bad, lines, none := inspect512(&b[64], n/64-1)
	return n, bad == 0, lines, none != 0
}

// inspect512 looks at blocks times 64 bytes at p, before which three more stand. bad is 0 if they are valid UTF-8, up to the last
// character, zeros is 0 if no byte is zero.
//
//go:noescape
func inspect512(p *byte, blocks int) (bad uint64, lines int, zeros uint64)
