//go:build purego || !amd64

package detectors

func pickCyrillic(maybe, _ []uint32, starts, letters []uint64, text []byte, set *wordCodes) int {
	return pickCyrillicPortable(maybe, starts, letters, text, set)
}

func pickLatin(maybe, _ []uint32, starts, letters []uint64, text []byte, set *wordCodes) int {
	return pickLatinPortable(maybe, starts, letters, text, set)
}
