//go:build !purego

package detectors

// The kernels that this machine would not choose are tested, too.
func init() {
	chosen := avx512
	narrow := func(do func()) {
		avx512 = false
		defer func() { avx512 = chosen }()
		do()
	}
	kernels["AVX2"] = kernel{
		classify: func(p *planes, n int, text []byte) { narrow(func() { classify(p, n, text) }) },
		derive:   func(p *planes, n int) { narrow(func() { derive(p, n) }) },
		flatten: func(places []uint32, starts, letters []uint64) (n int) {
			narrow(func() { n = flatten(places, starts, letters) })
			return n
		},
	}
}
