package anonymize

import (
	"crypto/aes"
	"encoding/hex"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const numerals = "0123456789abcdefghijklmnopqrstuvwxyz"

// encryptString runs FF1 over a string of numerals of any radix.
func encryptString(t rapid.TB, key []byte, radix int, tweak []byte, text string) string {
	t.Helper()
	block, err := aes.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	f, err := newFF1(block, radix, len(text), tweak)
	if err != nil {
		t.Fatal(err)
	}
	num := func(s string) uint64 {
		n, ok := new(big.Int).SetString(s, radix)
		if !ok {
			t.Fatal("bad numerals")
		}
		return n.Uint64()
	}
	str := func(n uint64, width int) string {
		s := new(big.Int).SetUint64(n).Text(radix)
		return strings.Repeat("0", width-len(s)) + s
	}
	half := len(text) / 2
	a, b := f.permute(num(text[:half]), num(text[half:]))
	return str(a, half) + str(b, len(text)-half)
}

// The nine samples that NIST published for FF1.
func TestFF1Samples(t *testing.T) {
	keys := []string{
		"2b7e151628aed2a6abf7158809cf4f3c",
		"2b7e151628aed2a6abf7158809cf4f3cef4359d8d580aa4f",
		"2b7e151628aed2a6abf7158809cf4f3cef4359d8d580aa4f7f036d6f04fc6a94",
	}
	inputs := []struct {
		radix       int
		tweak, text string
		want        [3]string // for the three keys
	}{
		{10, "", "0123456789", [3]string{"2433477484", "2830668132", "6657667009"}},
		{10, "39383736353433323130", "0123456789", [3]string{"6124200773", "2496655549", "1001623463"}},
		{36, "3737373770717273373737", "0123456789abcdefghi", [3]string{"a9tv40mll9kdu509eum", "xbj3kv35jrawxv32ysr", "xs8a0azh2avyalyzuwd"}},
	}
	for _, in := range inputs {
		tweak, _ := hex.DecodeString(in.tweak)
		for i, k := range keys {
			key, _ := hex.DecodeString(k)
			if got := encryptString(t, key, in.radix, tweak, in.text); got != in.want[i] {
				t.Errorf("radix %d, tweak %s, key of %d bits: %s, want %s", in.radix, in.tweak, 8*len(key), got, in.want[i])
			}
		}
	}
}

// plainFF1 is the standard written down with big numbers, forwards or backwards; it shares nothing with ff1.go.
func plainFF1(key []byte, radix int, tweak []byte, text string, back bool) string {
	block, _ := aes.NewCipher(key)
	n := len(text)
	u, v := n/2, n-n/2
	r := big.NewInt(int64(radix))
	pow := func(e int) *big.Int { return new(big.Int).Exp(r, big.NewInt(int64(e)), nil) }
	b := (new(big.Int).Sub(pow(v), big.NewInt(1)).BitLen() + 7) / 8
	d := 4*((b+3)/4) + 4
	p := []byte{1, 2, 1, byte(radix >> 16), byte(radix >> 8), byte(radix), 10, byte(u),
		byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n), 0, 0, 0, byte(len(tweak))}
	round := func(i int, half string, m int) *big.Int {
		q := append([]byte{}, tweak...)
		for (len(q)+b+1)%16 != 0 {
			q = append(q, 0)
		}
		num, _ := new(big.Int).SetString(half, radix)
		q = append(append(q, byte(i)), num.FillBytes(make([]byte, b))...)
		state := make([]byte, 16)
		for all := append(append([]byte{}, p...), q...); len(all) > 0; all = all[16:] {
			for j := range 16 {
				state[j] ^= all[j]
			}
			block.Encrypt(state, state)
		}
		s := append([]byte{}, state...)
		for j := byte(1); len(s) < d; j++ {
			x := append([]byte{}, state...)
			x[15] ^= j
			block.Encrypt(x, x)
			s = append(s, x...)
		}
		return new(big.Int).Mod(new(big.Int).SetBytes(s[:d]), pow(m))
	}
	str := func(x *big.Int, m int) string {
		s := x.Text(radix)
		return strings.Repeat("0", m-len(s)) + s
	}
	x, y := text[:u], text[u:]
	for j := range 10 {
		i := j
		if back {
			i = 9 - j
		}
		m := u
		if i%2 == 1 {
			m = v
		}
		if back {
			num, _ := new(big.Int).SetString(y, radix)
			c := num.Sub(num, round(i, x, m))
			x, y = str(c.Mod(c, pow(m)), m), x
		} else {
			num, _ := new(big.Int).SetString(x, radix)
			c := num.Add(num, round(i, y, m))
			x, y = y, str(c.Mod(c, pow(m)), m)
		}
	}
	return x + y
}

// Every key, radix, length and tweak gives what the plain form of the standard gives, and it can be undone.
func TestFF1AgainstPlainForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		radix := rapid.IntRange(2, 36).Draw(t, "radix")
		least, most := 2, 2
		for power := float64(radix * radix); power < ff1Smallest; power *= float64(radix) {
			least++
		}
		for half := float64(radix); half < 1<<62/float64(radix); half *= float64(radix) {
			most += 2
		}
		n := rapid.IntRange(least, max(least, most)).Draw(t, "n")
		key := rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "key")
		tweak := rapid.SliceOfN(rapid.Byte(), 0, 40).Draw(t, "tweak")
		text := rapid.StringOfN(rapid.SampledFrom([]rune(numerals[:radix])), n, n, -1).Draw(t, "text")
		got := encryptString(t, key, radix, tweak, text)
		if want := plainFF1(key, radix, tweak, text, false); got != want {
			t.Fatalf("%s, want %s", got, want)
		}
		if back := plainFF1(key, radix, tweak, got, true); back != text {
			t.Fatalf("%s comes back as %s", text, back)
		}
	})
}

func TestFF1RefusesSmallDomains(t *testing.T) {
	block := newAES([32]byte{1})
	for _, c := range []struct {
		radix, n int
		ok       bool
	}{
		{10, 6, true}, {10, 5, false}, {2, 20, true}, {2, 19, false}, {36, 4, true}, {36, 3, false}, {1000, 2, true}, {999, 2, false},
		{10, 36, true}, {10, 38, false}, {1, 30, false}, {10, 1, false}, {1 << 17, 2, false},
	} {
		if _, err := newFF1(block, c.radix, c.n, nil); (err == nil) != c.ok {
			t.Errorf("radix %d, %d numerals: %v", c.radix, c.n, err)
		}
	}
}

// A whole small domain is mapped onto itself, one to one.
func TestFF1IsPermutation(t *testing.T) {
	f, err := newFF1(newAES([32]byte{2}), 10, 6, nil)
	if err != nil {
		t.Fatal(err)
	}
	seen := make([]bool, 1_000_000)
	d := make([]byte, 6)
	for i := range seen {
		putNumber(d, uint64(i))
		f.digits(d)
		if n := number(d); seen[n] {
			t.Fatalf("%06d comes twice", n)
		} else {
			seen[n] = true
		}
	}
}
