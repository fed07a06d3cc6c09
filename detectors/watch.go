package detectors

import "sync/atomic"

// A Watch counts what users' rules did not look at since it began. Whoever reads a source begins one before, and asks it
// after: a rule that was cut off was not looked for everywhere. Watches may overlap, where two sources are read at the same
// time; each then counts what the other one lost, too.
type Watch struct{ slow, long [MaxKinds]uint64 }

// NewWatch begins a watch. Every rule is tried again, whatever was cut off before.
func NewWatch() *Watch {
	w := &Watch{}
	for _, d := range declared {
		if d.custom != nil {
			c := &d.custom.cuts
			c.used.Store(0)
			w.slow[d.index], w.long[d.index] = c.slow.Load(), c.long.Load()
		}
	}
	return w
}

// Cut says on how many lines and values a user's rule was cut off, or was not tried any more.
func (w *Watch) Cut(d *Detector) int {
	if d.custom == nil {
		return 0
	}
	return int(d.custom.cuts.slow.Load() - w.slow[d.index])
}

// Long says how many values of a user's rule were so long that their ends were not seen.
func (w *Watch) Long(d *Detector) int {
	if d.custom == nil {
		return 0
	}
	return int(d.custom.cuts.long.Load() - w.long[d.index])
}

// Crop notes that the end of a value was not seen, where whoever cut the text knows that and the detector cannot. It counts
// for users' rules only.
func (d *Detector) Crop() {
	if d.custom != nil {
		d.custom.cuts.long.Add(1)
	}
}

// cuts counts what a rule did not look at. Whatever asks the rule shares it, on any goroutine.
type cuts struct {
	slow, long atomic.Uint64
	used       atomic.Uint64 // cut-offs since the newest watch began
}

// cut notes that the rule was cut off.
func (c *cuts) cut() {
	c.used.Add(1)
	c.slow.Add(1)
}

// spent says that the rule was cut off so often that it is not tried any more; that counts as a cut-off, too.
func (c *cuts) spent() bool {
	if c.used.Load() < maxCuts {
		return false
	}
	c.slow.Add(1)
	return true
}
