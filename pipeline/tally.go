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
	recent []counted // shapes seen lately, each in the place that its first candidates give it
	alone  []single  // likewise, those of one candidate
}

// A single is a candidate that nothing overlaps, and how often it was seen. Here its fields are bits of one number.
type single struct {
	shape uint64
	n     int64
}

// singleOf is the shape of one candidate.
func singleOf(f *Found) uint64 {
	s := uint64(f.Index()+1) | uint64(f.Score)<<8 | uint64(f.Evidence)<<32
	if f.Whole {
		s |= 1 << 16
	}
	return s
}

// cluster is the shape as others are counted.
func (s *single) cluster() cluster {
	return cluster{{Kind: uint8(s.shape), Score: uint8(s.shape >> 8), Whole: s.shape>>16&1 != 0, To: 1, Evidence: detectors.Evidence(s.shape >> 32)}}
}

type counted struct {
	shape cluster
	n     int64
}

// recentShapes is how many shapes are counted without the map, which takes a tenth of the time of a scan of text.
const recentShapes = 256

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
	From, To uint8    // ranks of the borders within the cluster, or bytes from its start; see shapeOf
	Spare    [3]uint8 `json:"-"` // zero; with it there is no padding, and shapes are compared and hashed as bytes
	Evidence detectors.Evidence
}

// add counts a group of overlapping candidates of one cell.
func (t *tally) add(f []Found) {
	if len(f) == 1 {
		t.addOne(singleOf(&f[0]))
		return
	}
	c := shapeOf(f)
	if c == t.last {
		t.run++
		return
	}
	t.flush()
	t.last, t.run = c, 1
}

// addOne counts a candidate that nothing overlaps.
func (t *tally) addOne(shape uint64) {
	if t.alone == nil {
		t.alone = make([]single, recentShapes)
	}
	x := &t.alone[shape*0x9E3779B97F4A7C15>>56]
	if x.shape != shape {
		t.count(x.cluster(), x.n)
		x.shape, x.n = shape, 0
	}
	x.n++
}

// flush counts the last run of a shape.
func (t *tally) flush() {
	if t.run == 0 {
		return
	}
	if t.recent == nil {
		t.recent = make([]counted, recentShapes)
	}
	x := &t.recent[t.last.place()]
	if x.shape != t.last {
		t.count(x.shape, x.n)
		x.shape, x.n = t.last, 0
	}
	x.n += t.run
	t.run = 0
}

// place is where a shape is counted, by its first two candidates.
func (c *cluster) place() int {
	x, y := &c[0], &c[1]
	return int((uint32(x.Kind)<<17 ^ uint32(x.Score)<<13 ^ uint32(x.Evidence) ^ (uint32(y.Kind)<<8|uint32(y.Score))*0x85EBCA6B) * 0x9E3779B1 >> 24)
}

// settle counts everything in the map.
func (t *tally) settle() {
	t.flush()
	for i := range t.recent {
		t.count(t.recent[i].shape, t.recent[i].n)
	}
	for i := range t.alone {
		t.count(t.alone[i].cluster(), t.alone[i].n)
	}
	t.recent, t.alone = nil, nil
}

func (t *tally) count(c cluster, n int64) {
	if n == 0 {
		return
	}
	if t.counts == nil {
		t.counts = map[cluster]int64{}
	}
	if _, ok := t.counts[c]; !ok && len(t.counts) >= maxShapes {
		c = cluster{c[0]}
	}
	t.counts[c] += n
}

func (t *tally) merge(o *tally) {
	t.settle()
	o.settle()
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
	if !faithful(&c, keep[:n]) { // the rare case: then bytes stand for ranks, as far as they go
		for i, x := range keep[:n] {
			c[i].From, c[i].To = uint8(min(x.Start-f[0].Start, 255)), uint8(min(x.End-f[0].Start, 255))
		}
	}
	return c
}

// faithful says whether candidates are longer and shorter by ranks as they are by bytes.
func faithful(c *cluster, f []*Found) bool {
	for i := range f {
		for j := range i {
			bytes, ranks := int(f[i].End-f[i].Start)-int(f[j].End-f[j].Start), int(c[i].To-c[i].From)-int(c[j].To-c[j].From)
			if bytes < 0 != (ranks < 0) || bytes > 0 != (ranks > 0) {
				return false
			}
		}
	}
	return true
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
