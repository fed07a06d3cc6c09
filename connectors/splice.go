package connectors

import "errors"

// ErrRows is returned by a Rewriter that was asked to leave out rows and cannot.
var ErrRows = errors.New("this format cannot leave out single rows")

// Splice is the Rewriter of every format whose escapes are at least as long as what they stand for.
// It copies b.Raw to dst with the edits put in and the rows of drop left out.
//
// step reads one step of an escaped cell: how many raw bytes stand for how many decoded bytes.
// It is called only inside cells of Form Escaped that are edited. escape writes text into a cell;
// it is told the cell, whose Form and Type say what is allowed there, and whether the text is the
// whole of it, so that a number may become a string. step may be nil if no cell is ever Escaped.
//
// A whole replacement of a Quoted or Escaped cell goes between its quotes, which stay.
func Splice(dst []byte, b *Batch, edits []Edit, drop []uint32, step func(raw []byte) (nraw, ndec int),
	escape func(dst, text []byte, c Cell, whole bool) ([]byte, error)) ([]byte, error) {
	if len(drop) > 0 && b.Bounds == nil {
		return dst, ErrRows
	}
	s := splicer{b: b, drop: drop, step: step, cell: ^uint32(0)}
	var err error
	at := uint32(0) // raw bytes before are done
	for i := range edits {
		e := &edits[i]
		c := &b.Cells[e.Cell]
		from, to := e.Start, e.End
		if c.Form == Escaped {
			from, to = s.walk(e, c)
		}
		if len(s.drop) > 0 {
			dst, at = s.leaveOut(dst, at, from)
		}
		if at > from { // the row is dropped
			continue
		}
		dst = put(dst, b.Raw, at, from)
		if dst, err = escape(dst, e.Text, *c, e.Start == c.Start && e.End == c.End); err != nil {
			return dst, err
		}
		at = to
	}
	end := uint32(len(b.Raw))
	if dst, at = s.leaveOut(dst, at, end); at < end {
		dst = put(dst, b.Raw, at, end)
	}
	return dst, nil
}

// A splicer keeps where Splice is in the dropped rows, and in the escaped cell at hand.
type splicer struct {
	b              *Batch
	drop           []uint32
	step           func(raw []byte) (nraw, ndec int)
	cell, raw, dec uint32
}

// leaveOut copies raw bytes up to the dropped rows that begin at end or before, and passes over those.
func (s *splicer) leaveOut(dst []byte, at, end uint32) ([]byte, uint32) {
	for len(s.drop) > 0 && s.b.Bounds[s.drop[0]] <= end { // an edit may begin where its row does
		from, to := s.b.Bounds[s.drop[0]], s.b.Bounds[s.drop[0]+1]
		if from > at {
			dst = put(dst, s.b.Raw, at, from)
		}
		at = max(at, to)
		s.drop = s.drop[1:]
	}
	return dst, at
}

// walk finds the raw bytes of an edit within an escaped cell.
func (s *splicer) walk(e *Edit, c *Cell) (from, to uint32) {
	if e.Cell != s.cell {
		s.cell, s.raw, s.dec = e.Cell, c.Start, c.Start
	}
	from = s.upTo(e.Start)
	if e.Start > c.Start { // what decodes to nothing before the edit stays
		from = rawEnd(s.b, from, s.step)
	}
	to = s.upTo(e.End)
	if e.End == c.End { // steps that decode to nothing at the end of a cell go with it
		to = rawEnd(s.b, to, s.step)
	}
	return from, to
}

func (s *splicer) upTo(dec uint32) uint32 {
	for s.dec < dec {
		nr, nd := s.step(s.b.Raw[s.raw:])
		s.raw, s.dec = s.raw+uint32(nr), s.dec+uint32(nd)
	}
	return s.raw
}

// put appends src[from:to]. Most pieces are short, and copied as 32 bytes, of which those that count are kept: a third
// of the time that a call of copy takes.
func put(dst, src []byte, from, to uint32) []byte {
	n, at := to-from, len(dst)
	if n <= 32 && cap(dst)-at >= 32 && int(from)+32 <= len(src) {
		*(*[32]byte)(dst[at : at+32]) = [32]byte(src[from : from+32])
		return dst[:at+int(n)]
	}
	return append(dst, src[from:to]...)
}

// rawEnd moves past steps that stand for no byte at all, such as a dropped NUL.
func rawEnd(b *Batch, at uint32, step func([]byte) (int, int)) uint32 {
	for int(at) < len(b.Raw) && b.Raw[at] == 0 {
		nr, nd := step(b.Raw[at:])
		if nd != 0 || nr == 0 {
			break
		}
		at += uint32(nr)
	}
	return at
}

// Apply is Splice's twin for records: out becomes b with the edits put in and the rows of drop left out.
// out and b share nothing but Fields. It is for writers of records, which look at cells only.
func Apply(out, b *Batch, edits []Edit, drop []uint32) {
	out.Reset()
	out.Object, out.Fields, out.First = b.Object, b.Fields, b.First
	out.Arena = append(out.Arena, 0)
	e, d := 0, 0
	for r := range b.Rows {
		first := b.Rows[r]
		last := uint32(len(b.Cells))
		if r+1 < len(b.Rows) {
			last = b.Rows[r+1]
		}
		if d < len(drop) && drop[d] == uint32(r) {
			d++
			for e < len(edits) && edits[e].Cell < last {
				e++
			}
			continue
		}
		if first < last && b.Cells[first].Type == Echo { // a view of other rows, none of its own
			for e < len(edits) && edits[e].Cell < last {
				e++
			}
			continue
		}
		out.Rows = append(out.Rows, uint32(len(out.Cells)))
		for i := first; i < last; i++ {
			c := b.Cells[i]
			at, start := c.Start, uint32(len(out.Arena))
			edited := false
			for ; e < len(edits) && edits[e].Cell == i; e++ {
				out.Arena = append(out.Arena, b.Arena[at:edits[e].Start]...)
				out.Arena = append(out.Arena, edits[e].Text...)
				at, edited = edits[e].End, true
			}
			out.Arena = append(out.Arena, b.Arena[at:c.End]...)
			n := Cell{Start: start, End: uint32(len(out.Arena)), Field: c.Field, Type: c.Type}
			if edited && c.Type != Null && c.Type != Key { // a key stays no value
				n.Type = Text
			}
			out.Cells = append(out.Cells, n)
			out.Arena = append(out.Arena, 0)
		}
	}
	out.Arena = Padded(out.Arena)
}

// Padded returns a with Pad zero bytes in its capacity behind its length.
func Padded(a []byte) []byte {
	n := len(a)
	if cap(a)-n < Pad {
		a = append(a, make([]byte, Pad)...)[:n]
	}
	clear(a[n : n+Pad])
	return a
}
