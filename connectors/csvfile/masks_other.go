//go:build !amd64 || purego

package csvfile

func flatten(dst *positions, m []uint64, base uint32) int { return flattenGo(dst, m, base) }

func masks(dst *[chunk]uint64, p []byte, comma, quote byte) { masksSWAR(dst, p, comma, quote) }
