package detectors

import (
	"slices"
	"time"
)

// A Scanner finds candidates in an arena. It belongs to one goroutine and allocates nothing once warm.
type Scanner struct {
	set   []*Detector
	main  lexer // of the arena
	view  view  // of what must be read in a normalised form
	words *keywords
	merge []Finding
}

// NewScanner returns a scanner for a set of detectors, usually All().
func NewScanner(set []*Detector) *Scanner {
	s := &Scanner{set: slices.Clone(set), words: newKeywords(set)}
	cuts := make([]uint32, len(declared))
	for _, l := range []*lexer{&s.main, &s.view.lexer} {
		l.words = s.words
		l.today = today()
		l.cues, l.cuts = make([][]Cue, len(declared)), cuts
		for _, d := range set {
			l.wanted |= d.Digits &^ 0x3FF
			l.short |= d.Digits & 0x3FF
			l.dates = l.dates || d == BirthDate
		}
	}
	return s
}

// Cut says on how many lines a user's rule was cut off, or was not tried any more, since the scanner was made.
func (s *Scanner) Cut(d *Detector) int { return int(s.main.cuts[d.index]) }

// Find appends every candidate in arena to dst, ordered by Start, none across a zero byte, overlapping ones
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

// detect lets every detector look at t and brings what they find into order.
func (s *Scanner) detect(dst []Finding, t *Text) []Finding {
	from := len(dst)
	ends := [2*MaxKinds + 1]int{from}
	n := 0 // runs in order: one for most kinds, some for kinds that look at one list after the other
	for _, d := range s.set {
		if d.Find == nil {
			continue
		}
		before := len(dst)
		t.current = d
		dst = d.Find(dst, t)
		for i := before; i < len(dst); i++ {
			dst[i].Detector = d
			if i > ends[n] && (dst[i-1].Start > dst[i].Start || dst[i-1].Start == dst[i].Start && byStart(dst[i-1], dst[i]) > 0) {
				if n == len(ends)-2 {
					slices.SortFunc(dst[from:i], byStart)
					n = 0
				}
				n++
				ends[n] = i
			}
		}
	}
	if len(dst) > ends[n] {
		n++
		ends[n] = len(dst)
	}
	// Merge the runs two by two.
	for n > 1 {
		k := 0
		for i := 0; i+1 < n; i += 2 {
			s.mergeRuns(dst[ends[i]:ends[i+2]], ends[i+1]-ends[i])
			k++
			ends[k] = ends[i+2]
		}
		if n%2 == 1 {
			k++
			ends[k] = ends[n]
		}
		n = k
	}
	return dst[:from+len(company(t.Arena, dst[from:]))]
}

// mergeRuns merges f[:mid] and f[mid:], each in order, in place.
func (s *Scanner) mergeRuns(f []Finding, mid int) {
	if byStart(f[mid-1], f[mid]) <= 0 {
		return
	}
	left := append(s.merge[:0], f[:mid]...)
	s.merge = left
	right := f[mid:]
	k := 0
	for len(left) > 0 && len(right) > 0 {
		if right[0].Start < left[0].Start || right[0].Start == left[0].Start && byStart(right[0], left[0]) < 0 {
			f[k] = right[0]
			right = right[1:]
		} else {
			f[k] = left[0]
			left = left[1:]
		}
		k++
	}
	copy(f[k:], left)
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
