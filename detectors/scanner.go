package detectors

import (
	"math/bits"
	"slices"
	"time"
)

// A Scanner finds candidates in an arena. It belongs to one goroutine and allocates nothing once warm.
type Scanner struct {
	set   []*Detector
	main  lexer // of the arena
	view  view  // of what must be read in a normalised form
	words *keywords
	found []Finding // what detectors find, one after the other
	parts []uint32  // memory of order
}

// NewScanner returns a scanner for a set of detectors, usually All().
func NewScanner(set []*Detector) *Scanner {
	s := &Scanner{set: slices.Clone(set), words: newKeywords(set)}
	for _, l := range []*lexer{&s.main, &s.view.lexer} {
		l.words = s.words
		l.today = today()
		l.cues = make([][]Cue, len(declared))
		for _, d := range set {
			l.wanted |= d.Digits &^ 0x3FF
			l.short |= d.Digits & 0x3FF
			l.dates = l.dates || d == BirthDate
			l.names = l.names || d == PersonName
		}
	}
	return s
}

// Find appends every candidate in arena, which is valid UTF-8, to dst, ordered by Start, none across a zero byte, overlapping ones
// included: the column has not spoken yet. arena[0] is zero, and at least 64 zero bytes lie in its capacity.
func (s *Scanner) Find(dst []Finding, arena []byte) []Finding {
	if len(arena) == 0 {
		return dst
	}
	s.main.run(arena)
	from := len(dst)
	dst = s.detect(dst, &s.main.Text)
	if len(s.main.odd) > 0 {
		dst = s.views(dst, from, arena)
	}
	return dst
}

// detect lets every detector look at t, and appends what they find in order.
func (s *Scanner) detect(dst []Finding, t *Text) []Finding {
	f := s.found[:0]
	for _, d := range s.set {
		if d.Find == nil {
			continue
		}
		before := len(f)
		t.current = d
		f = d.Find(f, t)
		for i := before; i < len(f); i++ {
			f[i].Detector = d
		}
	}
	s.found = f
	from := len(dst)
	dst = s.order(dst, len(t.Arena))
	return dst[:from+len(company(t.Arena, dst[from:]))]
}

// order appends what was found in an arena of so many bytes, sorted; equal findings keep their order. Every finding is put
// into the part of the arena that it begins in, and then only neighbours are out of order.
func (s *Scanner) order(dst []Finding, size int) []Finding {
	const few = 24
	from, n := len(dst), len(s.found)
	dst = slices.Grow(dst, n)[:from+n]
	f := dst[from:]
	if n <= few {
		copy(f, s.found)
	} else {
		shift := bits.Len(uint(size / n / 4)) // a finding for two to four parts
		parts := size>>shift + 2
		s.parts = slices.Grow(s.parts[:0], parts)[:parts]
		clear(s.parts)
		most, sum := uint32(0), uint32(0)
		for i := range s.found {
			n := &s.parts[s.found[i].Start>>shift+1]
			*n++
			most = max(most, *n)
		}
		for i, n := range s.parts {
			sum += n
			s.parts[i] = sum
		}
		for i := range s.found {
			part := &s.parts[s.found[i].Start>>shift]
			f[*part] = s.found[i]
			*part++
		}
		if most > few { // they crowd
			slices.SortStableFunc(f, byStart)
			return dst
		}
	}
	for i := 1; i < len(f); i++ {
		if f[i-1].Start < f[i].Start || byStart(f[i-1], f[i]) <= 0 {
			continue
		}
		x := f[i]
		k := i
		for ; k > 0 && byStart(f[k-1], x) > 0; k-- {
			f[k] = f[k-1]
		}
		f[k] = x
	}
	return dst
}

// byStart is the order of findings: by place, longer ones first, then by kind.
func byStart(x, y Finding) int {
	switch {
	case x.Start != y.Start:
		if x.Start < y.Start {
			return -1
		}
		return 1
	case x.End != y.End:
		if x.End > y.End {
			return -1
		}
		return 1
	case x.Detector == y.Detector:
		return 0
	case x.Kind < y.Kind:
		return -1
	}
	return 1
}

// today is the last day that a birth date may have.
func today() uint32 {
	y, m, d := time.Now().Date()
	return uint32(y*10000 + int(m)*100 + d)
}
