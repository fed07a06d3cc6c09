package detectors

import (
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// Words are picked the same way by every kernel.
func TestWordKernelsAgree(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	k := newKeywords(All())
	for range 300 {
		starts := randomPlane(r)
		letters := []rune("абвёЁяЯАБaбZz.- ЖpassпарольТЕЛ")
		var b strings.Builder
		for b.Len() < len(starts)*64+16 {
			b.WriteRune(letters[r.IntN(len(letters))])
		}
		var text stretchText
		copy(text[:], b.String())
		cyrillic, latin := make([]uint64, len(starts)), make([]uint64, len(starts))
		for i := range starts {
			for at := range 64 {
				if text[i*64+at] >= 0x80 {
					cyrillic[i] |= 1 << at
				}
			}
			latin[i] = ^cyrillic[i]
		}
		list := func() []uint32 { return make([]uint32, wordBatch) }
		x, y, u, v := list(), list(), list(), list()
		n, m := pickWordsPortable(x, y, starts, &text, &k.cues.bits)
		if i, j := pickWords(u, v, list(), starts, cyrillic, latin, &text, &k.cues.bits); !slices.Equal(x[:n], u[:i]) || !slices.Equal(y[:m], v[:j]) {
			t.Fatalf("%d Cyrillic words and %d Latin ones, not %d and %d", i, j, n, m)
		}
	}
}

// randomPlane has bits of up to a stretch of blocks, some of them full.
func randomPlane(r *rand.Rand) []uint64 {
	blocks := make([]uint64, r.IntN(stretch+1))
	for i := range blocks {
		blocks[i] = r.Uint64() & r.Uint64() & r.Uint64()
		if r.IntN(10) == 0 {
			blocks[i] = ^uint64(0)
		}
	}
	return blocks
}

// Each cue is found once: whatever its case, whatever follows, wherever it stands.
func TestEveryCueIsFound(t *testing.T) {
	s := NewScanner(All())
	for _, d := range All() {
		for i, w := range d.Cues {
			for _, form := range []string{w, strings.ToUpper(w), strings.ReplaceAll(w, "е", "ё"), strings.ToTitle(w)} {
				word, stem := strings.CutSuffix(form, "*")
				if stem {
					word += "ами"
					if form[0] < 0x80 {
						word = strings.TrimSuffix(word, "ами") + "abc"
					}
				}
				for shift := range 3 {
					text := strings.Repeat("x ", 28+shift) + word + " "
					s.Find(nil, pad(text))
					times := 0
					for _, c := range s.main.Cues(d) {
						if int(c.Word) == i && int(c.Start) == 1+2*(28+shift) && int(c.End-c.Start) == len(word) {
							times++
						}
					}
					if times != 1 {
						t.Errorf("%s: %q is found %d times in %q", d.Kind, w, times, text)
					}
				}
			}
		}
	}
}

// A word looks like a cue only if each of its letters does, whichever of the sixteen bytes differs.
func TestLike(t *testing.T) {
	f := newKeywords(All()).cues
	for i := range f.cues {
		e := &f.cues[i]
		var text [16]byte
		for k := range text {
			text[k] = byte(e.begin[k/8] >> (k % 8 * 8))
		}
		if i > 0 && e.like(&text) != 1 {
			t.Fatalf("cue %d is not like itself", i)
		}
		for k := range text {
			for bit := range 8 {
				other := text
				other[k] ^= 1 << bit
				want := 1 - int(e.mask[k/8]>>(k%8*8+bit)&1)
				if i > 0 && e.like(&other) != want {
					t.Fatalf("cue %d, byte %d, bit %d: want %d", i, k, bit, want)
				}
			}
		}
	}
}

// Words of camel case are words.
func TestCuesInCamelCase(t *testing.T) {
	d := &Detector{Kind: "x", Cues: []string{"vk", "idcard", "id"}, Find: func(dst []Finding, _ *Text) []Finding { return dst }}
	s := NewScanner([]*Detector{d})
	s.Find(nil, pad("vkId userVk vkontakte idCard ID"))
	var got []string
	for _, c := range s.main.Cues(d) {
		got = append(got, string(s.main.Arena[c.Start:c.End]))
	}
	if want := []string{"vk", "Id", "Vk", "idCard", "id", "ID"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Two letters joined by a dot or a slash are one word, wherever they stand.
func TestJoinedCues(t *testing.T) {
	d := &Detector{Kind: "x", Cues: []string{"р/с", "в.у", "сч"}, Find: func(dst []Finding, _ *Text) []Finding { return dst }}
	s := NewScanner([]*Detector{d})
	for shift := range 130 {
		s.Find(nil, pad(strings.Repeat("-", shift)+"сч Р/С и в. у ар/с р/см В/У р.с"))
		var got []string
		for _, c := range s.main.Cues(d) {
			got = append(got, string(s.main.Arena[c.Start:c.End]))
		}
		if want := []string{"сч", "Р/С", "В/У", "р.с"}; !slices.Equal(got, want) {
			t.Fatalf("shift %d: got %q, want %q", shift, got, want)
		}
	}
}

func FuzzCodeOf(f *testing.F) {
	f.Add([]byte("привет, "), []byte("passWord"))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		for _, s := range [][]byte{a, b} {
			var text stretchText
			copy(text[:], s)
			var all wordCodes
			c := codeOf(binary.LittleEndian.Uint64(text[:]))
			all[c>>6] |= 1 << (c & 63)
			first, none := []uint64{1}, []uint64{0}
			cyrillic, latin := none, first
			if text[0] >= 0x80 {
				cyrillic, latin = first, none
			}
			list := func() []uint32 { return make([]uint32, wordBatch) }
			if n, m := pickWords(list(), list(), list(), first, cyrillic, latin, &text, &all); n+m != 1 {
				t.Fatalf("%q", s)
			}
		}
	})
}

// A stem ends where its word does, also where the words behind have not been looked at yet.
func TestCuesAtTheEndOfAStretch(t *testing.T) {
	d := &Detector{Kind: "x", Cues: []string{"башкир*"}, Find: func(dst []Finding, _ *Text) []Finding { return dst }}
	s := NewScanner([]*Detector{d})
	text := strings.Repeat("живёт башкирия слово ", 2000)
	for shift := range 200 {
		s.Find(nil, pad(strings.Repeat("a ", 40)+strings.Repeat("x", shift)+" "+text)) // what it leaves behind is stale then
		for _, c := range s.main.Cues(d) {
			if got := string(s.main.Arena[c.Start:c.End]); got != "башкирия" {
				t.Fatalf("shift %d: %q", shift, got)
			}
		}
	}
}
