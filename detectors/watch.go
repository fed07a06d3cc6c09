package detectors

import "sync/atomic"

// A Watch counts what users' rules were not tried on since it began. Whoever reads a source begins one before, and asks it
// after: a rule that was cut off was not looked for everywhere. Watches may overlap, where two sources are read at the same
// time; each then counts what the other one lost, too.
type Watch struct{ from [MaxKinds]uint64 }

// NewWatch begins a watch. Every rule is tried again, whatever was cut off before.
func NewWatch() *Watch {
	w := &Watch{}
	for _, d := range declared {
		if d.custom != nil {
			w.from[d.index] = d.custom.cuts.renew()
		}
	}
	return w
}

// Cut says on how many lines and values a user's rule was cut off, or was not tried any more.
func (w *Watch) Cut(d *Detector) int {
	if d.custom == nil {
		return 0
	}
	return int(d.custom.cuts.lost.Load() - w.from[d.index])
}

// cuts counts the lines and values that a rule was not tried on. Whatever asks the rule shares it, on any goroutine.
type cuts struct {
	lost atomic.Uint64
	from atomic.Uint64 // lost when the newest watch began
}

func (c *cuts) add() { c.lost.Add(1) }

// spent says that the rule was cut off so often that it is not tried any more.
func (c *cuts) spent() bool {
	from := c.from.Load() // first: lost only grows
	return c.lost.Load()-from >= maxCuts
}

// renew lets the rule be tried again, and returns what was lost before.
func (c *cuts) renew() uint64 {
	n := c.lost.Load()
	c.from.Store(n)
	return n
}
