package detectors

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// TestReadAddressWord compares the reader that takes four letters at a time with one that takes runes.
func TestReadAddressWord(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 3))
	alphabet := []rune("абвгдежзийклмнопрстуфхцчшщъыьэюяАБЯРПЁёѐЂғabzAZ--..  5/«\n")
	for range 20000 {
		var text []rune
		for range random.IntN(24) {
			text = append(text, alphabet[random.IntN(len(alphabet))])
		}
		a := append(append([]byte{0}, string(text)...), 0)
		if random.IntN(2) == 0 {
			a = append(a, make([]byte, 16)...)
		}
		got, want := readAddressWord(a, 1, addressSeed), plainAddressWord(text)
		if got != want {
			t.Fatalf("%q: %+v, want %+v", string(text), got, want)
		}
	}
}

// plainAddressWord reads the word that text begins with.
func plainAddressWord(text []rune) addressWord {
	code := func(i int) byte {
		if i >= len(text) {
			return 0
		}
		c := foldWord(nil, []byte(string(text[i])))[0]
		if c > 58 {
			return 0 // a dot
		}
		return c
	}
	w := addressWord{start: 1, end: 1, upper: true, hash: addressSeed}
	var run []byte
	hash := func() {
		for len(run) > 0 {
			n, codes := min(4, len(run)), uint64(0)
			for i, c := range run[:n] {
				codes += uint64(c) << (6 * i)
			}
			w.hash = addressHash(w.hash, codes)
			run = run[n:]
		}
	}
	for i, r := range text {
		c := code(i)
		if r == '-' && w.letters > 0 && code(i+1) != 0 {
			hash()
			w.hash = addressHash(w.hash, joined)
			w.end++
			continue
		}
		if c == 0 {
			break
		}
		big := r >= 'А' && r <= 'Я' || r == 'Ё' || r >= 'A' && r <= 'Z'
		if w.letters == 0 {
			w.capital = big
		}
		w.upper = w.upper && big
		w.latin = w.latin || r < 128
		w.tail = w.tail<<8 | uint16(c)
		w.letters++
		w.end += len(string(r))
		run = append(run, c)
	}
	hash()
	return w
}

func TestDigitsNear(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 5))
	for range 20000 {
		a := bytes.Repeat([]byte{'.'}, 260)
		a[0], a[259] = 0, 0
		for range random.IntN(4) {
			a[1+random.IntN(258)] = "0959:/\x00\x80\xB0\xB9"[random.IntN(10)]
		}
		i, within := 100+random.IntN(60), random.IntN(100)
		soon, before := false, false
		for k := i; k < i+within && a[k] != 0 && !soon; k++ {
			soon = a[k] >= '0' && a[k] <= '9'
		}
		for k := i - 1; k >= max(i-96, 1) && a[k] != 0 && !before; k-- {
			before = a[k] >= '0' && a[k] <= '9'
		}
		if got := digitSoon(a, i, within); got != soon {
			t.Fatalf("digitSoon(%q, %d): %v", a[i:], within, got)
		}
		if got := digitJustBefore(a, i); got != before {
			t.Fatalf("digitJustBefore(%q): %v", a[:i], got)
		}
	}
}
