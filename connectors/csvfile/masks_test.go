package csvfile

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// Vectors and plain Go against a loop over bytes.
func TestMasks(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 6))
	for range 2000 {
		p := make([]byte, 64*(1+rnd.IntN(chunk)))
		dense := rnd.IntN(4)
		for i := range p {
			p[i] = byte(rnd.Uint32())
			if dense > 0 && rnd.IntN(4) < dense {
				p[i] = ",\"\n\x00\r\x01\x80\xac"[rnd.IntN(8)]
			}
		}
		var want []uint32
		for i, c := range p {
			if c == ',' || c == '"' || c == '\n' || c == 0 {
				want = append(want, uint32(i)+640)
			}
		}
		for name, f := range map[string]func(*[chunk]uint64, []byte, byte, byte){"swar": masksSWAR, "masks": masks} {
			var m [chunk]uint64
			f(&m, p, ',', '"')
			var at positions
			n := flatten(&at, m[:len(p)/64], 640)
			k := flattenGo(&at, m[:len(p)/64], 640)
			if n != k || !slices.Equal(at[:n], want) {
				t.Fatalf("%s: %v, want %v", name, at[:n], want)
			}
			flatten(&at, m[:len(p)/64], 640)
			if !slices.Equal(at[:n], want) {
				t.Fatalf("%s, flatten: %v, want %v", name, at[:n], want)
			}
		}
	}
}
