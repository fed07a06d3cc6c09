package pipeline

import (
	"math"
	"math/bits"
	"slices"

	"github.com/dchest/siphash"

	"bezlik/connectors"
	"bezlik/detectors"
)

// sketchSize is how many distinct values of a column are looked at closely. The bottom-k sketch of size k
// estimates a share with a standard error of at most 1/(2·√k), 3 % here.
const sketchSize = 256

// denseRows is how many rows of a part are all looked at; of later rows every sparseStep-th is. Row numbers
// decide, so the sample depends neither on how the input is cut into batches nor on the number of workers.
const (
	denseRows  = 4096
	sparseStep = 32
)

// sampledLength bounds the values that are looked at closely: longer ones are running text.
const sampledLength = 1024

// A Column gathers what the cells of one column look like, without keeping a value: counts, and a uniform
// sample of keyed hashes of distinct values. Merge is commutative, so the result is the same for any number
// of workers and parts. It belongs to one goroutine.
type Column struct {
	Field   connectors.Field
	Key     bool // of the keys of an object, not of its values
	Cells   int64
	Empty   int64
	Skipped int64   // of Cells: counted, but looked at in no other way, since the column was settled
	sketch  []entry // sorted by hash, at most sketchSize
	tally   tally
	rest    rest                  // of rows that are not sampled, until fold
	hints   []*detectors.Detector // kinds that the column's name speaks of: their Fits counts as passing
}

// An entry is one distinct value of the sample.
type entry struct {
	Hash  uint64          `json:"h"`
	Kinds detectors.Kinds `json:"k"`          // of which it is, as a whole cell, a candidate
	Holds detectors.Kinds `json:"i,omitzero"` // of which it holds reportable candidates without being one
	Flags uint8           `json:"f"`
	Bits  uint8           `json:"b"` // bits.Len of its length in bytes
	Digit uint8           `json:"d"` // how many digits it has, up to 31
	Lead  detectors.Lead  `json:"l,omitzero"`
}

const (
	flagInside uint8 = 1 << iota // holds a reportable candidate without being one, and is mostly other text
	flagMostly                   // holds one, and candidates make up most of it
	flagWords                    // letters, spaces and hyphens only
	flagSpaced                   // three words or more
	flagOwn                      // one of our own tokens
	flagMade                     // JSON
	flagFirm                     // an organisation's by itself
)

// sketchKey keys the hashes of a sketch. Neither inventory nor checkpoint may hold unkeyed ones: 10¹² INN
// are a dictionary one can enumerate.
type sketchKey [2]uint64

// sample looks closely at one value.
func (c *Column) sample(key sketchKey, value []byte, kinds, holds detectors.Kinds, flags uint8) {
	h := siphash.Hash(key[0], key[1], value)
	if len(c.sketch) == sketchSize && h > c.sketch[sketchSize-1].Hash {
		return
	}
	i, found := slices.BinarySearchFunc(c.sketch, h, func(e entry, h uint64) int {
		switch {
		case e.Hash < h:
			return -1
		case e.Hash > h:
			return 1
		}
		return 0
	})
	if found {
		c.sketch[i].Kinds.Join(kinds)
		c.sketch[i].Holds.Join(holds)
		c.sketch[i].Flags |= flags
		return
	}
	if len(c.sketch) == sketchSize {
		c.sketch = c.sketch[:sketchSize-1]
	}
	for _, d := range c.hints {
		if d.Passes(value) {
			kinds.Add(d.Index())
		}
	}
	c.sketch = slices.Insert(c.sketch, i, entry{Hash: h, Kinds: kinds, Holds: holds, Flags: flags | shape(value),
		Bits: uint8(bits.Len(uint(len(value)))), Digit: digitCount(value), Lead: detectors.LeadOf(value)})
}

// digitCount counts the digits of a value, up to 31.
func digitCount(value []byte) (n uint8) {
	for _, b := range value {
		if b-'0' <= 9 && n < 31 {
			n++
		}
	}
	return n
}

// shape tells what kind of writing a value is. A word is what spaces cut off, if there is a letter in it.
func shape(value []byte) uint8 {
	words, letters, other := 0, 0, 0
	in := false
	for _, b := range value {
		switch {
		case b >= 0x80 || b|0x20 >= 'a' && b|0x20 <= 'z':
			letters++
			if !in {
				words++
			}
			in = true
		case b == '-' || b == '.' || b == '\'':
		case b == ' ' || b == '\n' || b == '\r' || b == '\t':
			in = false
		default:
			other++
		}
	}
	var f uint8
	if letters > 0 && other == 0 {
		f |= flagWords
	}
	if words >= 3 {
		f |= flagSpaced
	}
	if n := len(value); n >= 2 && (value[0] == '{' && value[n-1] == '}' || value[0] == '[' && value[n-1] == ']') {
		f |= flagMade
	}
	if detectors.OfFirm(value) {
		f |= flagFirm
	}
	return f
}

// Merge adds what another goroutine or part has gathered of the same column.
func (c *Column) Merge(o *Column) {
	c.Cells += o.Cells
	c.Empty += o.Empty
	c.Skipped += o.Skipped
	if c.Field.Native == "" {
		c.Field.Native = o.Field.Native
	}
	merged := make([]entry, 0, sketchSize)
	a, b := c.sketch, o.sketch
	for (len(a) > 0 || len(b) > 0) && len(merged) < sketchSize {
		switch {
		case len(b) == 0 || len(a) > 0 && a[0].Hash < b[0].Hash:
			merged, a = append(merged, a[0]), a[1:]
		case len(a) == 0 || b[0].Hash < a[0].Hash:
			merged, b = append(merged, b[0]), b[1:]
		default:
			e := a[0]
			e.Kinds.Join(b[0].Kinds)
			e.Holds.Join(b[0].Holds)
			e.Flags |= b[0].Flags
			merged, a, b = append(merged, e), a[1:], b[1:]
		}
	}
	c.sketch = merged
	c.tally.merge(&o.tally)
	c.rest.cells += o.rest.cells
	c.rest.tally.merge(&o.rest.tally)
}

// rest is what was seen in rows that are not sampled. Whether it counts is known when the part ends: which of those
// rows were still looked at before the head had settled the column depends on chance.
type rest struct {
	cells int64
	tally tally
}

// fold ends the part: in a settled column the cells of rows that are not sampled count as skipped, all of them.
func (c *Column) fold(settled bool) {
	if settled {
		c.Skipped += c.rest.cells
	} else {
		c.tally.merge(&c.rest.tally)
	}
	c.rest = rest{}
}

// Distinct estimates the number of distinct values among the rows looked at.
func (c *Column) Distinct() int64 {
	if len(c.sketch) < sketchSize {
		return int64(len(c.sketch))
	}
	return int64(float64(sketchSize-1) / (float64(c.sketch[sketchSize-1].Hash) / math.MaxUint64))
}

// name is what the source calls the column: nothing where it is no column, but a text.
func (c *Column) name() string {
	if c.Field.Native == connectors.RunningText {
		return ""
	}
	return c.Field.Name
}

// Facts says what is known of the column to those who judge it.
func (c *Column) Facts() *detectors.Facts {
	f := &detectors.Facts{Name: c.name(), Native: c.Field.Native, Cells: c.Cells, Empty: c.Empty,
		Distinct: c.Distinct(), Passed: map[detectors.Kind]int64{}, Holds: map[detectors.Kind]int64{}}
	for _, d := range detectors.All() {
		passed, holds := int64(0), int64(0)
		for _, e := range c.sketch {
			switch {
			case e.Flags&flagOwn != 0:
			case e.Kinds.Has(d.Index()):
				passed++
			case e.Holds.Has(d.Index()):
				holds++
			}
		}
		if passed > 0 {
			f.Passed[d.Kind] = passed
		}
		if holds > 0 {
			f.Holds[d.Kind] = holds
		}
	}
	for _, e := range c.sketch {
		if e.Flags&flagOwn != 0 {
			continue
		}
		f.Sample++
		f.Lengths[min(e.Bits, 31)]++
		f.Digits[min(e.Digit, 31)]++
		if e.Lead != 0 {
			f.Leads = append(f.Leads, e.Lead)
		}
		f.Inside += one(e.Flags & flagInside)
		f.Mostly += one(e.Flags & flagMostly)
		f.Words += one(e.Flags & flagWords)
		f.Spaced += one(e.Flags & flagSpaced)
		f.Made += one(e.Flags & flagMade)
		f.Firms += one(e.Flags & flagFirm)
	}
	return f
}

// one is 1 where a flag is set.
func one(flag uint8) int64 {
	if flag != 0 {
		return 1
	}
	return 0
}
