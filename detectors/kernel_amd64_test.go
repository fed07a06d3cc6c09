//go:build !purego

package detectors

import (
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"
)

// narrow does something as on a machine that works on 32 bytes at a time.
func narrow(do func()) {
	chosen := avx512
	avx512 = false
	defer func() { avx512 = chosen }()
	do()
}

// The kernels that this machine would not choose are tested, too.
func init() {
	kernels["AVX2"] = kernel{
		classify: func(p *planes, n int, text []byte) { narrow(func() { classify(p, n, text) }) },
		derive:   func(p *planes, n int) { narrow(func() { derive(p, n) }) },
	}
}

// Both kernels list bits as a loop over them does.
func TestFlatten(t *testing.T) {
	if !bmi {
		t.Skip("this processor has no BMI2")
	}
	r := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		starts := randomPlane(r)
		letters := make([]uint64, len(starts))
		var want []uint32
		for i := range letters {
			letters[i] = r.Uint64()
			for s := starts[i] & letters[i]; s != 0; s &= s - 1 {
				want = append(want, uint32(i*64+bits.TrailingZeros64(s)))
			}
		}
		got := make([]uint32, wordBatch)
		if n := flatten(got, starts, letters); !slices.Equal(got[:n], want) {
			t.Fatalf("%d places, not %d", n, len(want))
		}
		narrow(func() {
			if n := flatten(got, starts, letters); !slices.Equal(got[:n], want) {
				t.Fatalf("BMI: %d places, not %d", n, len(want))
			}
		})
	}
}
