//go:build purego || !amd64

package detectors

// classify fills blocks from text, which holds 64 bytes for each of them and one more.
func classify(blocks []block, text []byte) { classifyPortable(blocks, text) }
