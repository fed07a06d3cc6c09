//go:build purego || !amd64

package detectors

func flattenCyrillic(places []uint32, starts []uint64, blocks []block) int {
	return flattenPortable(places, starts, blocks, false)
}

func flattenLatin(places []uint32, starts []uint64, blocks []block) int {
	return flattenPortable(places, starts, blocks, true)
}

func filterCyrillic(maybe, words []uint32, text []byte, set *wordCodes) int {
	return filterCyrillicPortable(maybe, words, text, set)
}

func filterLatin(maybe, words []uint32, text []byte, set *wordCodes) int {
	return filterLatinPortable(maybe, words, text, set)
}
