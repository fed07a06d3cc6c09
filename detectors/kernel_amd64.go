//go:build !purego

package detectors

import "golang.org/x/sys/cpu"

// classify fills blocks from text, which holds 64 bytes for each of them and one more.
func classify(blocks []block, text []byte) {
	if !cpu.X86.HasAVX2 {
		classifyPortable(blocks, text)
		return
	}
	if len(blocks) == 0 {
		return
	}
	_ = text[len(blocks)*64] // the kernel does not look at lengths
	classifyAVX2(&blocks[0], &text[0], len(blocks))
}

//go:noescape
func classifyAVX2(blocks *block, text *byte, n int)
