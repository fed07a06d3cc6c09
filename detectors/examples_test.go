package detectors

import (
	"strings"
	"testing"
	"time"
)

// pad puts cells into an arena: a zero byte around each, and padding behind.
func pad(cells ...string) []byte {
	a := []byte{0}
	for _, c := range cells {
		a = append(append(a, c...), 0)
	}
	return append(a, make([]byte, 64)...)[:len(a)]
}

// found scans cells and keeps the best of overlapping findings.
func found(cells ...string) ([]Finding, []byte) {
	a := pad(cells...)
	return Resolve(NewScanner(All()).Find(nil, a)), a
}

// describe prints findings for failures of tests on made-up data.
func describe(f []Finding, a []byte) (s []string) {
	for _, x := range f {
		s = append(s, string(x.Kind)+" "+string(a[x.Start:x.End])+" "+itoa(int(x.Score))+" "+join(x.Evidence.Names()))
	}
	return s
}

func join(s []string) (out string) {
	for i, w := range s {
		if i > 0 {
			out += ","
		}
		out += w
	}
	return out
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}

// Every detector finds its good examples and leaves the bad ones alone.
func TestExamples(t *testing.T) {
	for _, d := range All() {
		if d.Find == nil {
			continue // Ambiguous: made of others
		}
		t.Run(string(d.Kind), func(t *testing.T) {
			if d.Doc.RU == "" || d.Doc.EN == "" || d.Prefix == "" || len(d.Names) == 0 || d.Fits == nil || d.Reach == 0 || d.Reach > 1024 {
				t.Error("declaration is incomplete")
			}
			if len(d.Good) < 3 || len(d.Bad) < 3 {
				t.Error("too few examples")
			}
			for _, text := range d.Good {
				f, a := found(text)
				n := 0
				for _, x := range f {
					if x.Detector == d && x.Score >= Report {
						n++
					}
				}
				if n != 1 {
					t.Errorf("good %q: %d findings, want 1; all: %q", text, n, describe(f, a))
				}
			}
			for _, text := range d.Bad {
				f, a := found(text)
				for _, x := range f {
					if x.Detector == d && x.Score >= Report {
						t.Errorf("bad %q: %q", text, describe(f, a))
					}
				}
			}
		})
	}
}

// Where a text stands in the arena does not matter: the lexer works by blocks of 64 bytes.
func TestExamplesAtEveryPlace(t *testing.T) {
	s := NewScanner(All())
	for _, d := range All() {
		for _, text := range d.Good {
			if len(text) > 400 {
				continue
			}
			for shift := range 64 {
				a := pad(strings.Repeat(".", shift), text)
				n := 0
				for _, x := range Resolve(s.Find(nil, a)) {
					if x.Detector == d && x.Score >= Report {
						n++
					}
				}
				if n != 1 {
					t.Errorf("%s %q after %d bytes: %d findings", d.Kind, text, shift, n)
					break
				}
			}
		}
	}
}

// The time that a scan takes grows with its text, whatever the text repeats.
func TestTimeGrowsWithTheText(t *testing.T) {
	s := NewScanner(All())
	took := func(text string) time.Duration {
		best := time.Hour
		for range 3 {
			start := time.Now()
			s.Find(nil, pad(text))
			best = min(best, time.Since(start))
		}
		return best
	}
	for _, w := range []string{"kv-", "ave-", "hiv-", "@abcde ", "_sk", "AKIA_", "_eyJ", "пароль (", "-----BEGIN PRIVATE KEY", "ул. ", "паспорт ", "а/я ", "1.1.1.1 ",
		"::", "password=", "г. ", "рака 1 ", "x@y.ru,", "Иванов "} {
		short, long := took(strings.Repeat(w, 8<<10/len(w))), took(strings.Repeat(w, 64<<10/len(w)))
		if long > 24*short+20*time.Millisecond {
			t.Errorf("%q: %v for 8 KB, %v for 64 KB", w, short, long)
		}
	}
}
