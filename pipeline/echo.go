package pipeline

import (
	"slices"

	"bezlik/connectors"
	"bezlik/detectors"
	"bezlik/rules"
)

// rowCount is how many rows of the object a batch holds: lines of running text; rows of Echo cells are none, and
// the later pieces of a record that is too long for one batch.
func rowCount(b *connectors.Batch) int {
	if b.Running() && len(b.Cells) == 1 {
		c := b.Cells[0]
		own := b.Arena[c.Start+b.Lead : c.End-b.Tail]
		n := b.Lines
		if b.Tail == 0 && len(own) > 0 && own[len(own)-1] != '\n' {
			n++
		}
		return n
	}
	n := len(b.Rows)
	for n > 0 && int(b.Rows[n-1]) < len(b.Cells) && b.Cells[b.Rows[n-1]].Type == connectors.Echo {
		n--
	}
	if b.Lead > 0 {
		n--
	}
	return max(n, 0)
}

// spans finds the cell that holds the first byte of a finding in an Echo cell, if no single piece holds all of it:
// what lies within one piece is found there as well, and counted there.
func spans(b *connectors.Batch, f *Found) (first connectors.Piece, ok bool) {
	at := f.Start - b.Cells[f.Cell].Start
	end := f.End - b.Cells[f.Cell].Start
	from, _ := slices.BinarySearchFunc(b.Pieces, f.Cell, func(x connectors.Piece, echo uint32) int { return int(x.Echo) - int(echo) })
	for _, x := range b.Pieces[from:] {
		if x.Echo != f.Cell {
			break
		}
		c := b.Cells[x.Cell]
		n := c.End - c.Start
		if at >= x.At && at < x.At+n {
			if end <= x.At+n {
				return x, false
			}
			if !ok {
				first, ok = x, true
			}
		}
	}
	return first, ok
}

// told leaves out, in place, the candidates of Echo cells that a single piece holds: they are told and counted there.
// Edits need them all, for another piece may hold a part of the same value.
func told(b *connectors.Batch, found []Found) []Found {
	if len(b.Pieces) == 0 {
		return found
	}
	return slices.DeleteFunc(found, func(f Found) bool {
		if b.Cells[f.Cell].Type != connectors.Echo {
			return false
		}
		_, ok := spans(b, &f)
		return !ok
	})
}

// spread turns findings in an Echo cell into edits of the cells it is joined from: the piece that a finding begins
// in takes what replaces it, the others lose what they hold of it. Where the same text is cut twice, there are two
// such pieces.
func (p *planned) spread(j *job, t *transform, found []Found, echo uint32) error {
	b := &j.batch
	from, ok := slices.BinarySearchFunc(b.Pieces, echo, func(x connectors.Piece, echo uint32) int { return int(x.Echo) - int(echo) })
	if !ok {
		return nil
	}
	start := b.Cells[echo].Start
	for i := range found {
		f := &found[i]
		m := p.value(t, f.Detector)
		if f.Score < detectors.Mask || m == nil {
			continue
		}
		for k := from; k < len(b.Pieces) && b.Pieces[k].Echo == echo; k++ {
			x := b.Pieces[k]
			c := b.Cells[x.Cell]
			at := start + x.At
			lo, hi := max(f.Start, at), min(f.End, at+(c.End-c.Start))
			if lo >= hi || p.fields[c.Field].action != rules.Keep {
				continue
			}
			e := connectors.Edit{Cell: x.Cell, Start: c.Start + lo - at, End: c.Start + hi - at}
			if lo == f.Start {
				n := len(j.text)
				text, err := m.Append(j.text, f.Detector, b.Arena[f.Start:f.End])
				if err != nil {
					return errMethod
				}
				j.text, e.Text = text, text[n:len(text):len(text)]
			}
			j.inside = append(j.inside, e)
		}
	}
	return nil
}

// tidy puts edits in order and joins those that overlap: what either covers goes. Of equal ones the last has its say,
// for those of Echo cells come last and know the whole value.
func tidy(edits []connectors.Edit) []connectors.Edit {
	slices.Reverse(edits)
	slices.SortStableFunc(edits, func(a, b connectors.Edit) int {
		if a.Cell != b.Cell {
			return int(a.Cell) - int(b.Cell)
		}
		if a.Start != b.Start {
			return int(a.Start) - int(b.Start)
		}
		return int(b.End) - int(a.End)
	})
	out := edits[:0]
	for _, e := range edits {
		if n := len(out); n > 0 && out[n-1].Cell == e.Cell && e.Start < out[n-1].End {
			out[n-1].End = max(out[n-1].End, e.End)
			continue
		}
		out = append(out, e)
	}
	return out
}
