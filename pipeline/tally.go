package pipeline

import (
	"bezlik/detectors"
)

// A tally counts clusters of overlapping candidates by what they are, not where: memory is bounded by the
// number of different shapes, and when the column has spoken each shape is settled once.
type tally struct {
	counts map[cluster]int64
	last   cluster // the shape seen last, and how often since
	run    int64
}

// maxCluster is how many overlapping candidates a shape tells apart; the weakest of more are left out.
const maxCluster = 4

// maxShapes bounds a tally; what comes later is counted as the first candidate alone.
const maxShapes = 4096

// A cluster is the shape of a group of candidates that overlap.
type cluster [maxCluster]candidate

// A candidate within a cluster: what it is and where it stands within the cluster, as ranks, so that equal
// patterns of overlap are equal.
type candidate struct {
	Kind     uint8 // Detector.Index + 1; 0 is no candidate
	Score    uint8
	Whole    bool
	From, To uint8 // ranks of the borders within the cluster
	Evidence detectors.Evidence
}

// add counts a group of overlapping candidates of one cell.
func (t *tally) add(f []Found) {
	var c cluster
	if len(f) == 1 {
		x := &f[0].Finding
		c[0] = candidate{Kind: uint8(x.Index()) + 1, Score: x.Score, Whole: f[0].Whole, To: 1, Evidence: x.Evidence}
	} else {
		c = shapeOf(f)
	}
	if c == t.last {
		t.run++
		return
	}
	t.flush()
	t.last, t.run = c, 1
}

func (t *tally) flush() {
	if t.run == 0 {
		return
	}
	if t.counts == nil {
		t.counts = map[cluster]int64{}
	}
	if _, ok := t.counts[t.last]; !ok && len(t.counts) >= maxShapes {
		t.last = cluster{t.last[0]}
	}
	t.counts[t.last] += t.run
	t.run = 0
}

func (t *tally) merge(o *tally) {
	t.flush()
	o.flush()
	if t.counts == nil {
		t.counts = map[cluster]int64{}
	}
	for c, n := range o.counts {
		t.counts[c] += n
	}
}

// shapeOf ranks the borders of overlapping candidates.
func shapeOf(f []Found) cluster {
	var c cluster
	var keep [maxCluster]*Found
	n := 0
	for i := range f { // the strongest ones, in order of position
		x := &f[i]
		if n < maxCluster {
			keep[n] = x
			n++
			continue
		}
		weakest := 0
		for j := 1; j < n; j++ {
			if keep[j].Score < keep[weakest].Score {
				weakest = j
			}
		}
		if x.Score > keep[weakest].Score {
			copy(keep[weakest:n-1], keep[weakest+1:n])
			keep[n-1] = x
		}
	}
	var borders [2 * maxCluster]uint32
	for i := range n {
		borders[2*i], borders[2*i+1] = keep[i].Start, keep[i].End
	}
	rank := func(at uint32) (r uint8) { // lengths decide ties, so equal lengths must have equal ranks
		for i := range 2 * n {
			smaller, first := borders[i] < at, true
			for j := range i {
				first = first && borders[j] != borders[i]
			}
			if smaller && first {
				r++
			}
		}
		return r
	}
	for i := range n {
		x := keep[i]
		c[i] = candidate{Kind: uint8(x.Index()) + 1, Score: x.Score, Whole: x.Whole,
			From: rank(x.Start), To: rank(x.End), Evidence: x.Evidence}
	}
	return c
}

// findings gives back a cluster as findings whose offsets have the same pattern.
func (c *cluster) findings(dst []Found) []Found {
	for _, x := range c {
		if x.Kind == 0 {
			break
		}
		dst = append(dst, Found{Whole: x.Whole, Finding: detectors.Finding{Detector: detectors.At(int(x.Kind) - 1),
			Start: uint32(x.From), End: uint32(x.To), Score: x.Score, Evidence: x.Evidence}})
	}
	return dst
}
