package detectors

import (
	"math/bits"
	"slices"
)

// Resolve keeps the best of overlapping findings, in place. The result does not depend on the order of f: the higher
// score wins, then the stronger evidence, the longer span, the more personal class, and at last the kind's name; of a
// tie that is about a person, and that nothing but class and name would decide, comes one Ambiguous finding.
// What overlaps a winner goes, even where it also overlaps one that went. The result is ordered by Start.
func Resolve(f []Finding) []Finding {
	if !slices.IsSortedFunc(f, byStart) {
		slices.SortFunc(f, byStart)
	}
	out := f[:0]
	for i := 0; i < len(f); {
		// A cluster of findings of which each overlaps one before it.
		end, j := f[i].End, i+1
		for j < len(f) && f[j].Start < end {
			end = max(end, f[j].End)
			j++
		}
		if j == i+1 {
			out = append(out, f[i])
		} else {
			out = resolveCluster(out, f[i:j])
		}
		i = j
	}
	return out
}

// resolveCluster appends the winners of a cluster to out, which may end where c begins or before.
func resolveCluster(out, c []Finding) []Finding {
	slices.SortFunc(c, byRank)
	kept := 0
next:
	for _, x := range c {
		for i := range c[:kept] {
			y := &c[i]
			if x.Start < y.End && y.Start < x.End {
				if tied(&x, y) {
					y.Detector = Ambiguous
				}
				continue next
			}
		}
		c[kept] = x
		kept++
	}
	slices.SortFunc(c[:kept], byStart)
	return append(out, c[:kept]...)
}

// tied says that nothing tells two findings of one span apart, and one of them is about a person.
func tied(x, y *Finding) bool {
	return x.Detector != y.Detector && x.Start == y.Start && x.End == y.End && x.Score == y.Score && x.Score >= Mask &&
		rank(x.Evidence) == rank(y.Evidence) && max(x.Class, y.Class) >= Quasi && max(x.Class, y.Class) < Special
}

// byRank orders findings best first.
func byRank(x, y Finding) int {
	if x.Score != y.Score {
		return int(y.Score) - int(x.Score)
	}
	if a, b := rank(x.Evidence), rank(y.Evidence); a != b {
		return int(b) - int(a)
	}
	if a, b := x.End-x.Start, y.End-y.Start; a != b {
		if a > b {
			return -1
		}
		return 1
	}
	if x.Detector != y.Detector && x.Class != y.Class {
		return int(y.Class) - int(x.Class)
	}
	return byStart(x, y)
}

// rank turns reasons into a number: a stronger reason outweighs all weaker ones, and reasons against count nothing.
func rank(e Evidence) uint32 {
	return bits.Reverse32(uint32(e &^ (ChecksumFailed | Negative | Synthetic | Beside)))
}
