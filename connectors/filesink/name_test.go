package filesink

import (
	"testing"

	"golang.org/x/text/unicode/norm"
)

// Letters of Russian, its neighbours and Western Europe are the same name in both forms of Unicode, and different
// letters are not.
func TestFold(t *testing.T) {
	seen := map[string]rune{}
	for _, r := range "йёїўѓќѐѝàáâãäåçèéêëìíîïñòóôõöùúûüýÿčšžřěňćńśźůłаеиу" {
		got := fold(norm.NFD.String(string(r)))
		if want := fold(string(r)); got != want {
			t.Errorf("%c: %q, want %q", r, got, want)
		}
		if other, taken := seen[got]; taken {
			t.Errorf("%c and %c are one", r, other)
		}
		seen[got] = r
	}
	for _, pair := range [][2]string{{"ЁЛКА", "ёлка"}, {"Й", "и\u0306"}, {"Straße", "STRAßE"}, {"K", "\u212a"}} {
		if fold(pair[0]) != fold(pair[1]) {
			t.Errorf("%q and %q differ", pair[0], pair[1])
		}
	}
}
