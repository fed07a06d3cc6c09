package detectors

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// twelveLetters agrees with reading letter by letter, whatever the bytes are.
func TestTwelveLetters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		letters := rapid.SliceOfN(rapid.RuneFrom([]rune("АБВЖИЙОПРСЯабвжийопрсяЁёї -.aZ\u00a0")), 0, 14).Draw(t, "letters")
		junk := rapid.SliceOfN(rapid.Byte(), 0, 4).Draw(t, "junk")
		a := append([]byte(string(letters)), junk...)
		a = append(a, make([]byte, 24)...)
		var codes uint64
		n, capitals := 0, 0
		for p := uint32(0); n < 12; p += 2 {
			l, size := letterAt(a, p)
			r := []rune(string(a[p : p+2]))
			if l == 0 || size != 2 || r[0] < 'А' || r[0] > 'я' {
				break
			}
			codes = codes<<5 | uint64(l&letterCode)
			n++
			if l&letterUpper != 0 {
				capitals++
			}
		}
		if c, k, u := twelveLetters(a); c != codes || k != n || u != capitals {
			t.Fatalf("% x: got %x %d %d, want %x %d %d", a, c, k, u, codes, n, capitals)
		}
	})
}

// lastLetters agrees with twelveLetters from where its letters begin.
func TestLastLetters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		junk := rapid.SliceOfN(rapid.Byte(), 0, 4).Draw(t, "junk")
		letters := rapid.SliceOfN(rapid.RuneFrom([]rune("АБВЖИЙОПРСЯабвжийопрсяЁёї -.aZ\u00a0")), 0, 14).Draw(t, "letters")
		a := append(append(make([]byte, 24), junk...), string(letters)...)
		end := len(a)
		a = append(a, make([]byte, 24)...)
		begin := end
		for end-begin < 24 {
			if _, n, _ := twelveLetters(a[begin-2:]); 2*n != end-begin+2 {
				break
			}
			begin -= 2
		}
		want, _, _ := twelveLetters(a[begin:])
		if c, n := lastLetters(a[end-24:]); c != want || n != (end-begin)/2 {
			t.Fatalf("% x: got %x %d, want %x %d", a[:end], c, n, want, (end-begin)/2)
		}
	})
}

// eightLatin agrees with reading letter by letter.
func TestEightLatin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.SliceOfN(rapid.OneOf(rapid.ByteRange('a', 'z'), rapid.ByteRange('A', 'Z'), rapid.Byte()), 8, 8).Draw(t, "text")
		var codes uint64
		n, capitals := 0, 0
		for ; n < 8 && a[n] < 0x80 && asciiLetter[a[n]] != 0; n++ {
			l := asciiLetter[a[n]]
			codes = codes<<5 | uint64(l&letterCode)
			capitals += int(l&letterUpper) / letterUpper
		}
		if c, k, u := eightLatin(eightBytes(a)); c != codes || k != n || u != capitals {
			t.Fatalf("% x: got %x %d %d, want %x %d %d", a, c, k, u, codes, n, capitals)
		}
	})
}

// A quick reading of a word says what a slow one does.
func TestReadCapital(t *testing.T) {
	table := lexicon()
	quickly := 0
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringOfN(rapid.RuneFrom([]rune("АИОВAINOV")), 1, 1, -1).Draw(t, "first") +
			rapid.StringOfN(rapid.RuneFrom([]rune("АИОВабвгеиклнорстуяёAINOVabevinor.-'7 ")), 0, 13, -1).Draw(t, "rest")
		a := nameArena(word)
		a = a[:len(a)+24]
		var quick, slow nameWord
		if !table.readCapital(&quick, a, 1, new(wordMemo)) {
			return // nothing was read
		}
		quickly++
		table.readWord(&slow, a, 1)
		slow.may = table.quick(&slow)
		table.look(&slow)
		if quick != slow {
			t.Fatalf("%q: %+v, want %+v", word, quick, slow)
		}
	})
	if quickly == 0 {
		t.Error("no word was read quickly")
	}
}

func TestLowerWords(t *testing.T) {
	for _, list := range []string{maleNames, femaleNamesEast, foreignMale, plainSurnames, stopFixed, latinExtra, " Ёлка ЖЁСТ\tпоД\nЯр ", ""} {
		if got, want := slices.Collect(lowerWords(list)), strings.Fields(strings.ToLower(list)); !slices.Equal(got, want) {
			t.Errorf("%.30q: %.60q, want %.60q", list, got, want)
		}
	}
}

// The quick looks never say no where the table says yes.
func TestQuickLooks(t *testing.T) {
	table := lexicon()
	words := strings.Fields(maleNames + " " + femaleNames + " " + patronymicsShort + " " + latinExtra + " " + foreignFemale)
	for _, end := range strings.Fields("ович овича овичу овичем овиче евич овна овны овне овну овной евной") {
		words = append(words, "Альберт"+end, "Кор"+end)
	}
	words = append(words, strings.Fields("Petrovich Petrovitch Ilyich Petrovna Sergeevna Ilinichna")...)
	for _, s := range SyntheticStems {
		words = append(words, s, strings.ToUpper(s)+"ОВА", romanSchemes[1].Replace(s)+"ovich")
	}
	anchors := 0
	for _, s := range words {
		a := nameArena(s)[:len(s)+2+24]
		var w nameWord
		table.readWord(&w, a, 1)
		may := table.quick(&w)
		table.look(&w)
		if w.is&(isGiven|isPatronymic) != 0 {
			anchors++
			if may&mayGiven == 0 {
				t.Errorf("%q is taken for no name", s)
			}
		}
		if SyntheticName([]byte(s)) && !w.shaped {
			t.Errorf("%q is taken for not ours", s)
		}
	}
	if anchors < 300 {
		t.Errorf("%d names and patronymics", anchors)
	}
}

// The thirteenth letter from the end once set the mark of Latin words.
func TestPersonNameLongWords(t *testing.T) {
	for _, s := range []string{"Зайцев Олег Константинович", "Белой Анне Константиновне", "Константинопольский Олег Львович"} {
		a := nameArena(s)
		f := namesIn(a)
		if len(f) != 1 || f[0].Score < Report || string(a[f[0].Start:f[0].End]) != s {
			t.Errorf("%q: %s", s, scores(f, a))
		}
	}
}
