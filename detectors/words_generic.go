//go:build purego || !amd64

package detectors

func flatten(places []uint32, starts []uint64) int { return flattenPortable(places, starts) }

func filterWords(maybe, words []uint32, text []byte, f *filter) int {
	return filterWordsPortable(maybe, words, text, f)
}
