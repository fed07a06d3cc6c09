package detectors

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// slowClassify says the same as the kernels, one byte after the other.
func slowClassify(blocks []block, text []byte) {
	for i := range blocks {
		blocks[i] = block{}
		for j := range 64 {
			b, next := text[i*64+j], text[i*64+j+1]
			set := func(m *uint64, ok bool) {
				if ok {
					*m |= 1 << j
				}
			}
			upper := b >= 'A' && b <= 'Z'
			set(&blocks[i].digit, b >= '0' && b <= '9')
			set(&blocks[i].at, b == '@')
			set(&blocks[i].space, b == ' ' || b == '\t' || b == '\n' || b == ',' || b == '-' || b == '.')
			set(&blocks[i].upper, upper)
			set(&blocks[i].latin, upper || b >= 'a' && b <= 'z')
			set(&blocks[i].cyril, b >= 0xD0 && b <= 0xD3)
			set(&blocks[i].caps, b == 0xD0 && next >= 0x80 && next <= 0xAF)
			set(&blocks[i].lead, b >= 0xC0)
			set(&blocks[i].dot, b == '.')
			set(&blocks[i].colon, b == ':')
			set(&blocks[i].stop, b < 0x80 && !strings.ContainsRune("\t\n #(),-./0123456789Nno", rune(b)))
		}
	}
}

func checkKernels(t *testing.T, text []byte) {
	t.Helper()
	n := (len(text) - 1) / 64
	want, got := make([]block, n), make([]block, n)
	slowClassify(want, text)
	for name, f := range map[string]func([]block, []byte){"portable": classifyPortable, "chosen": classify} {
		clear(got)
		f(got, text)
		for i := range want {
			if got[i] != want[i] {
				t.Fatalf("%s: block %d of %q:\n got %x\nwant %x", name, i, text[i*64:i*64+65], got[i], want[i])
			}
		}
	}
}

func TestKernelsAgree(t *testing.T) {
	var every []byte
	for x := range 256 {
		for y := range 256 {
			every = append(every, byte(x), byte(y))
		}
	}
	checkKernels(t, append(every, 0))
	border := make([]byte, 65)
	for x := range 256 {
		for _, y := range []byte{0, 0x7F, 0x80, 0xAF, 0xB0, 0xBF, 0xC0, 0xFF} {
			border[63], border[64] = byte(x), y
			checkKernels(t, border)
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		text := make([]byte, 64*(1+r.IntN(5))+1)
		for i := range text {
			text[i] = byte(r.Uint32())
		}
		checkKernels(t, text)
	}
}

func FuzzKernels(f *testing.F) {
	f.Add([]byte("Иванов Иван, тел. +7 (916) 123-45-67, ivan@mail.ru, СНИЛС 112-233-445 95; ООО «Ромашка» — 12 %"))
	f.Fuzz(func(t *testing.T, text []byte) {
		checkKernels(t, append(text, make([]byte, 66)...))
	})
}
