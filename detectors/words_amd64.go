//go:build !purego

package detectors

import "golang.org/x/sys/cpu"

// flatten lists the places of bits that both starts and letters have, and returns how many there are. places has room for 64 more.
func flatten(places []uint32, starts, letters []uint64) int {
	if len(starts) == 0 {
		return 0
	}
	_, _ = places[len(starts)*64+63], letters[len(starts)-1] // the kernels do not look at lengths
	if avx512 {
		return flatten512(&places[0], &starts[0], len(starts), &letters[0])
	}
	return flattenBMI(&places[0], &starts[0], len(starts), &letters[0])
}

// pickWords is pickWordsPortable. It lists all words of a script in its memory first; cyril and latin have a bit for each letter.
func pickWords(cyrillic, latin, words []uint32, starts, cyril, latinLetters []uint64, text *stretchText, set *wordCodes) (n, m int) {
	if !bmi {
		return pickWordsPortable(cyrillic, latin, starts, text, set)
	}
	if k := flatten(words, starts, cyril); k > 0 {
		n = filterCyrillicBMI(&cyrillic[0], &words[0], k, &text[0], set)
	}
	if k := flatten(words, starts, latinLetters); k > 0 {
		m = filterLatinBMI(&latin[0], &words[0], k, &text[0], set)
	}
	return n, m
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
