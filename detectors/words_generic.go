//go:build purego || !amd64

package detectors

func flatten(places []uint32, starts, letters []uint64) int {
	return flattenPortable(places, starts, letters)
}

func filterCyrillic(maybe, words []uint32, text []byte, set *wordCodes) int {
	return filterCyrillicPortable(maybe, words, text, set)
}

func filterLatin(maybe, words []uint32, text []byte, set *wordCodes) int {
	return filterLatinPortable(maybe, words, text, set)
}
