//go:build !amd64 || purego

package textenc

// validBlocks says how many bytes at the start of b are valid, or -1.
func validBlocks(b []byte) int { return validPortable(b) }

func inspectBlocks([]byte) (n int, valid bool, lines int, zeros bool) { return 0, true, 0, false }
