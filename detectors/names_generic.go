//go:build purego || !amd64

package detectors

func partLones(lones *[wordBatch]uint32, plain *[wordBatch]uint64, words []uint32, a []byte, base uint32, begins *nameBegins) int {
	return partLonesPortable(lones, plain, words, a, base, begins)
}
