//go:build purego || !amd64

package detectors

func partLones(lones *[wordBatch]uint32, plain *[wordBatch]uint64, words []uint32, starts, letters []uint64, a []byte, base uint32, begins *nameBegins) (n, m int) {
	return partLonesPortable(lones, plain, words, starts, letters, a, base, begins)
}
