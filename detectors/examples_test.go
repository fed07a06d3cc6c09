package detectors

import (
	"testing"
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
