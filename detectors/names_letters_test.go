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
