//go:build !purego

package detectors

// partLones is partLonesPortable. It lists all words in its memory first.
func partLones(lones *[wordBatch]uint32, plain *[wordBatch]uint64, words []uint32, starts, letters []uint64, a []byte, base uint32, begins *nameBegins) (n, m int) {
	if !bmi {
		return partLonesPortable(lones, plain, words, starts, letters, a, base, begins)
	}
	m = flatten(words, starts, letters)
	if m == 0 {
		return 0, 0
	}
	_, _ = lones[m], a[base+words[m-1]+9] // the kernel does not look at lengths
	n = partLonesBMI(lones, plain, &words[0], m, &a[0], base, begins, &beforeLone, &beforeThat)
	return n, m - n
}

//go:noescape
func partLonesBMI(lones *[wordBatch]uint32, plain *[wordBatch]uint64, words *uint32, n int, a *byte, base uint32, begins *nameBegins, lone, that *[256]uint8) int
