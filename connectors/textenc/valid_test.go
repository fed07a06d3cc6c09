package textenc

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

// Every leading byte with every second byte, and third and fourth ones from both sides of the borders that the standard
// draws, in all places around the border of two blocks, in text that is skipped and in text that is not.
func TestValidSequences(t *testing.T) {
	edge := []byte{0x7F, 0x80, 0xBF, 0xC0}
	for _, filler := range []string{"aa", "я"} {
		for at := 59; at <= 64; at++ {
			edges := strings.Repeat("b", at%2)
			text := []byte(edges + strings.Repeat(filler, 64-at%2) + edges)
			for first := 0xBF; first < 256; first++ {
				for second := range 256 {
					for _, third := range edge {
						for _, fourth := range edge {
							copy(text[at:], []byte{byte(first), byte(second), third, fourth})
							if got, want := validPortable(text) == len(text), utf8.Valid(text); got != want {
								t.Fatalf("% x at %d of %q: %v, want %v", text[at:at+4], at, filler, got, want)
							}
						}
					}
				}
			}
		}
	}
}

// Whole blocks are looked at, and no character that goes on behind them.
func TestValidBlocks(t *testing.T) {
	for _, c := range []struct {
		in   string
		want int
	}{
		{"", 0}, {strings.Repeat("\xff", 63), 0}, {strings.Repeat("я", 32) + "\xff", 64}, {strings.Repeat("я", 31) + "a\xd0", 64},
		{strings.Repeat("я", 31) + "a\xd0" + strings.Repeat("a", 64), -1}, {strings.Repeat("a", 61) + "\xf0\x9f\x98", 64},
		{strings.Repeat("a", 61) + "\xf0\x9f\x98" + strings.Repeat("a", 64), -1},
	} {
		if got := validPortable([]byte(c.in)); got != c.want {
			t.Errorf("%q: %d, want %d", c.in, got, c.want)
		}
	}
}

// Inspect agrees with what the standard library says of texts of all lengths, with a few bytes changed.
func TestInspect(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	runes := []rune("aя\n—😀\x00ࠀ\uD7FF\U0010FFFF")
	for range 20000 {
		var text []byte
		for size := r.IntN(700); len(text) < size; {
			text = utf8.AppendRune(text, runes[r.IntN(len(runes))])
		}
		for n := r.IntN(3); n > 0 && len(text) > 0; n-- {
			text[r.IntN(len(text))] = byte(r.Uint32())
		}
		valid, lines, zeros := Inspect(text)
		if valid != utf8.Valid(text) || lines != bytes.Count(text, []byte("\n")) || zeros != bytes.ContainsRune(text, 0) {
			t.Fatalf("%q: %v, %d, %v", text, valid, lines, zeros)
		}
	}
}
