//go:build !purego

package detectors

// partLones is partLonesPortable.
func partLones(lones *[wordBatch]uint32, plain *[wordBatch]uint64, words []uint32, a []byte, base uint32, begins *nameBegins) int {
	if !bmi {
		return partLonesPortable(lones, plain, words, a, base, begins)
	}
	if len(words) == 0 {
		return 0
	}
	_, _ = lones[len(words)], a[base+words[len(words)-1]+9] // the kernel does not look at lengths
	return partLonesBMI(lones, plain, &words[0], len(words), &a[0], base, begins, &beforeLone, &beforeThat)
}

//go:noescape
func partLonesBMI(lones *[wordBatch]uint32, plain *[wordBatch]uint64, words *uint32, n int, a *byte, base uint32, begins *nameBegins, lone, that *[256]uint8) int
