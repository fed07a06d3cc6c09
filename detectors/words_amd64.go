//go:build !purego

package detectors

import "golang.org/x/sys/cpu"

// flatten is flattenPortable.
func flatten(places []uint32, starts []uint64) int {
	if !bmi {
		return flattenPortable(places, starts)
	}
	if len(starts) == 0 {
		return 0
	}
	_ = places[len(starts)*64+7] // the kernel does not look at lengths
	return flattenBMI(&places[0], &starts[0], len(starts))
}

// filterWords is filterWordsPortable.
func filterWords(maybe, words []uint32, text []byte, f *filter) int {
	if !bmi {
		return filterWordsPortable(maybe, words, text, f)
	}
	if len(words) == 0 {
		return 0
	}
	return filterWordsBMI(&maybe[0], &words[0], len(words), &text[0], &f.bits)
}

var bmi = cpu.X86.HasBMI1 && cpu.X86.HasBMI2 && cpu.X86.HasPOPCNT

//go:noescape
func flattenBMI(places *uint32, starts *uint64, n int) int

//go:noescape
func filterWordsBMI(maybe, words *uint32, n int, text *byte, bits *wordCodes) int
