//go:build purego || !amd64

package detectors

func pickWords(cyrillic, latin, words []uint32, starts, _, _ []uint64, text *stretchText, set *wordCodes) (n, m int) {
	return pickWordsPortable(cyrillic, latin, words, starts, text, set)
}
