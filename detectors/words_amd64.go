//go:build !purego

package detectors

import "golang.org/x/sys/cpu"

// flatten is flattenPortable.
func flatten(places []uint32, starts, letters []uint64) int {
	if !bmi {
		return flattenPortable(places, starts, letters)
	}
	if len(starts) == 0 {
		return 0
	}
	_, _ = places[len(starts)*64+63], letters[len(starts)-1] // the kernels do not look at lengths
	if avx512 {
		return flatten512(&places[0], &starts[0], len(starts), &letters[0])
	}
	return flattenBMI(&places[0], &starts[0], len(starts), &letters[0])
}

// filterCyrillic is filterCyrillicPortable.
func filterCyrillic(maybe, words []uint32, text []byte, set *wordCodes) int {
	if !bmi {
		return filterCyrillicPortable(maybe, words, text, set)
	}
	if len(words) == 0 {
		return 0
	}
	return filterCyrillicBMI(&maybe[0], &words[0], len(words), &text[0], set)
}

// filterLatin is filterLatinPortable.
func filterLatin(maybe, words []uint32, text []byte, set *wordCodes) int {
	if !bmi {
		return filterLatinPortable(maybe, words, text, set)
	}
	if len(words) == 0 {
		return 0
	}
	return filterLatinBMI(&maybe[0], &words[0], len(words), &text[0], set)
}

var bmi = cpu.X86.HasBMI1 && cpu.X86.HasBMI2 && cpu.X86.HasPOPCNT

//go:noescape
func flatten512(places *uint32, starts *uint64, n int, letters *uint64) int

//go:noescape
func flattenBMI(places *uint32, starts *uint64, n int, letters *uint64) int

//go:noescape
func filterCyrillicBMI(maybe, words *uint32, n int, text *byte, set *wordCodes) int

//go:noescape
func filterLatinBMI(maybe, words *uint32, n int, text *byte, set *wordCodes) int
