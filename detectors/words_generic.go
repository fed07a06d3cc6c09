//go:build purego || !amd64

package detectors

func pickWords(cyrillic, latin, _ []uint32, starts, _, _ []uint64, text *stretchText, set *wordCodes) (n, m int) {
	return pickWordsPortable(cyrillic, latin, starts, text, set)
}
