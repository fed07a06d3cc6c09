package detectors

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	kinds := All()
	for _, c := range []struct {
		name          string
		size, n, from int // findings begin from here on
	}{
		{"none", 100, 0, 0},
		{"few", 100, 20, 0},
		{"spread", 200000, 900, 0},
		{"more than bytes", 50, 300, 0},
		{"crowded", 200000, 900, 199000},
		{"at the end", 4096, 60, 4095},
	} {
		t.Run(c.name, func(t *testing.T) {
			var f []Finding
			for i := range c.n {
				start := uint32(c.from + random.IntN(c.size-c.from))
				f = append(f, Finding{Detector: kinds[random.IntN(5)], Start: start, End: start + uint32(random.IntN(3)), Score: uint8(i % 100)})
			}
			want := slices.Clone(f)
			slices.SortStableFunc(want, byStart)
			s := NewScanner(nil)
			s.found = f
			if !slices.Equal(s.order(nil, c.size), want) {
				t.Error("out of order")
			}
		})
	}
}
