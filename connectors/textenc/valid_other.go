//go:build !amd64 || purego

package textenc

// validBlocks says how many bytes at the start of b are valid, or -1.
func validBlocks(b []byte) int { return validPortable(b) }
