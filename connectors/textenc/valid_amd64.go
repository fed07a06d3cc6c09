//go:build !purego

package textenc

import "golang.org/x/sys/cpu"

var hasAVX2 = cpu.X86.HasAVX2

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
