package textenc

import (
	"testing"

	"golang.org/x/text/encoding/charmap"
)

func TestWindows1251(t *testing.T) {
	for i := range 256 {
		want := charmap.Windows1251.DecodeByte(byte(i))
		if i == 0x98 {
			want = 0x98 // undefined in the code page
		}
		if got := string(Append1251(nil, []byte{byte(i)})); got != string(want) {
			t.Errorf("%#x: got %q, want %q", i, got, want)
		}
	}
}
