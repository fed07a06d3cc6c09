//go:build !purego

package csvfile

import "golang.org/x/sys/cpu"

var (
	hasAVX2 = cpu.X86.HasAVX2
	hasBMI  = cpu.X86.HasBMI1 && cpu.X86.HasPOPCNT
)

// masks is masksSWAR, with vectors where the processor has them.
func masks(dst *[chunk]uint64, p []byte, comma, quote byte) {
	if !hasAVX2 || len(p) < 64 {
		masksSWAR(dst, p, comma, quote)
		return
	}
	masksAVX2(dst, &p[0], len(p)/64, comma, quote)
}

//go:noescape
func masksAVX2(dst *[chunk]uint64, p *byte, blocks int, comma, quote byte)

// flatten is flattenGo without a branch for every bit: which of them is the last of its word nobody can predict.
func flatten(dst *positions, m []uint64, base uint32) int {
	if !hasBMI || len(m) == 0 {
		return flattenGo(dst, m, base)
	}
	return flattenBMI(dst, &m[0], len(m), base)
}

//go:noescape
func flattenBMI(dst *positions, m *uint64, words int, base uint32) int
