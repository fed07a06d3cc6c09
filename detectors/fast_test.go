package detectors

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// What is quick must say the same as what is plain: the plain forms are written out here.

func weighted(d []byte, weights ...int) (sum int) {
	for i, w := range weights {
		sum += int(d[i]-'0') * w
	}
	return sum
}

func TestChecksAreThoseOfTheWeights(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := []byte(rapid.StringMatching("[0-9]{12}").Draw(t, "digits"))
		own := bytes.Clone(d)
		own[10] = '0' + byte(weighted(own, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10)
		own[11] = '0' + byte(weighted(own, 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10)
		if x, y := checksINN((*[12]byte)(d)); x != own[10] || y != own[11] {
			t.Errorf("INN %s: %c%c", own, x, y)
		}
		if x := checkDigitINNOrg((*[10]byte)(d)); int(x-'0') != weighted(d, 2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10 {
			t.Errorf("INN of an organisation %s: %c", d[:10], x)
		}
		want := weighted(d, 9, 8, 7, 6, 5, 4, 3, 2, 1) % 101 % 100
		if x, y := checksSNILS((*[11]byte)(d)); int(x-'0')*10+int(y-'0') != want {
			t.Errorf("SNILS %s: %c%c", d[:11], x, y)
		}
	})
}

func TestTrivialDigits(t *testing.T) {
	plain := func(d []byte) bool {
		for _, step := range []byte{0, 1, 9} {
			n := 1
			for n < len(d) && (d[n-1]-'0'+step)%10 == d[n]-'0' {
				n++
			}
			if n == len(d) {
				return true
			}
		}
		return false
	}
	rapid.Check(t, func(t *rapid.T) {
		d := []byte(rapid.StringMatching("[0-9]{3,12}").Draw(t, "digits"))
		if step := rapid.SampledFrom([]byte{0, 1, 9, 5, 20}).Draw(t, "step"); step < 20 {
			for i := 1; i < len(d); i++ {
				d[i] = '0' + (d[i-1]-'0'+step)%10
			}
		}
		if trivial(d) != plain(d) {
			t.Errorf("%s: %v", d, trivial(d))
		}
	})
}

// Every number's digits are those of its span, wherever it stands.
func TestDigitsOfNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.SampledFrom([]string{"1", "22", "333", "4444", "666666", "88888888", " ", "-", ") ", " (", "\u00a0", ".", " № ", "\x00", "я"}), 1, 40).Draw(t, "parts")
		s := NewScanner(All())
		s.main.run(pad(strings.Join(parts, "")))
		for _, nums := range s.main.Nums {
			for i := range nums {
				n := &nums[i]
				want := appendDigits(nil, s.main.Arena[n.Start:n.End])
				if got := s.main.digits(n); !bytes.Equal(got, want) || len(got) != int(n.N) {
					t.Fatalf("%q: %s, want %s", s.main.Arena[n.Start:n.End], got, want)
				}
			}
		}
	})
}

func TestWordBefore(t *testing.T) {
	plain := func(a []byte, e int) (begin, letters int) {
		for begin = e; begin >= 2 && a[begin-2]&0xFC == 0xD0 && a[begin-1]&0xC0 == 0x80 && letters <= 40; letters++ {
			begin -= 2
		}
		return begin, letters
	}
	for n := range 60 {
		for _, front := range []string{"\x00", "\x00 ", "\x00123456789 ", "\x00«", "\x00…"} {
			a := append([]byte(front), bytes.Repeat([]byte("ё"), n)...)
			b, l := wordBefore(a, len(a))
			if wb, wl := plain(a, len(a)); b != wb || l != wl {
				t.Errorf("%d letters behind %q: %d %d, want %d %d", n, front, b, l, wb, wl)
			}
		}
	}
}

// A phone number with its prefix hides no other number, whatever the set of detectors.
func TestPhoneNumberIsReadOnce(t *testing.T) {
	for _, text := range []string{"+7 (916) 123-45-67", "8-495-123-45-67", "8 4951 234567", "7 45 10 123456", "8\n916 123-45-67"} {
		s := NewScanner(All())
		s.main.run(pad(text))
		want := 1
		if text != "+7 (916) 123-45-67" && text != "8-495-123-45-67" {
			want = 2
		}
		if got := len(s.main.Nums[10]) + len(s.main.Nums[11]); got != want {
			t.Errorf("%s: %d readings, want %d", text, got, want)
		}
	}
}

// A context word is known in any case and with ё, whatever stands behind.
func TestContextWordsInAnyCase(t *testing.T) {
	k := newKeywords(All())
	for _, list := range k.list {
		for i := range list {
			e := &list[i]
			if !e.context() || len(e.word) > 20 {
				continue
			}
			small := unfold(e.word)
			if len(e.word) == 3 && e.word[1] == 63 {
				small = unfold(e.word[:1]) + "/" + unfold(e.word[2:])
			}
			_, first := foldLetter([]byte(small))
			for _, s := range []string{small, strings.ToUpper(small), strings.ToUpper(small[:first]) + small[first:], strings.ReplaceAll(small, "е", "ё"), strings.ReplaceAll(strings.ToUpper(small), "Е", "Ё")} {
				for _, behind := range []string{"", " и", ".", "Number"} {
					a := append(make([]byte, 0, len(s)+80), s+behind...)
					if !k.begins.may(eightBytes(a), len(s)) {
						t.Errorf("%q: no context word may begin so", a)
					}
					if got := k.lookup(a[:len(s)]); got == nil || got.word != e.word {
						t.Errorf("%q: not found", a)
					}
				}
			}
		}
	}
}

// Where nothing but prose stands behind a word for a password or a key, none is found there.
func TestProseHidesNoPassword(t *testing.T) {
	pieces := rapid.SampledFrom([]string{" ", " слово", " это", " от вайфая", ".", ", ", "; ", "? ", ": ", "Qwerty12", " 1234", " — ", "\u00a0", "ё"})
	rapid.Check(t, func(r *rapid.T) {
		before := rapid.SampledFrom([]string{"", "мой ", "логин и ", "логин/"}).Draw(r, "before")
		word := rapid.SampledFrom([]string{"пароль", "ключ"}).Draw(r, "word")
		text := &Text{Arena: pad(before + word + strings.Join(rapid.SliceOfN(pieces, 0, 9).Draw(r, "behind"), ""))}
		start := len(before) + 1
		end := start + len(word)
		if !onlyProse(text.Arena, start, end) {
			return
		}
		if _, ok := passwordAt(text, start, end, false); ok {
			r.Fatalf("a password in %q", text.Arena)
		}
		if _, ok := tokenAt(text, start, end, true); ok {
			r.Fatalf("a key in %q", text.Arena)
		}
	})
}

// A word that an address goes on with is known by its first letters, in any case.
func TestLeadsOfAddresses(t *testing.T) {
	table := addressLexicon()
	for _, l := range addressLists {
		for _, w := range strings.Fields(l.words + " " + largeTowns + " " + towns) {
			for _, s := range []string{w, strings.ToUpper(w), strings.ReplaceAll(w, "е", "ё")} {
				a := pad(strings.NewReplacer("_", " ").Replace(s) + ".")
				r := addressReader{a: append(a, make([]byte, lookAhead)...), words: table}
				if found := r.word(1); found.roles&roleLeads != 0 && found.letters > 1 && !table.leads.mayRussian(eightBytes(a[1:])) {
					t.Errorf("%q may not lead on to an address", s)
				}
			}
		}
	}
}

// A context word that is remembered is what the index says.
func TestLabelsAreRemembered(t *testing.T) {
	k, l := newKeywords(All()), new(labels)
	text := []byte("\x00ИНН инн ИННа ин код кода тел телефон телефона паспорт паспорта удостоверение INN inn passport order к/с ИНН код")
	a := append(text, make([]byte, 64)...)[:len(text)]
	for range 3 {
		for begin := 1; begin < len(a); {
			end := begin + max(1, bytes.IndexByte(append(a[begin:len(a):len(a)], ' '), ' '))
			if got, want := l.lookup(k, a, begin, end), k.lookup(a[begin:end]); got != want {
				t.Errorf("%q: not what the index says", a[begin:end])
			}
			begin = end + 1
		}
	}
}
