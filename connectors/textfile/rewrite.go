package textfile

import (
	"bezlik/connectors"
	"bezlik/connectors/textenc"
)

// A Rewriter writes texts back in the encoding of their input.
type Rewriter struct{ in *textenc.Input }

// NewRewriter returns the Rewriter of an input.
func NewRewriter(in *textenc.Input) Rewriter { return Rewriter{in: in} }

// Rewrite is Splice in the encoding of the input.
func (w Rewriter) Rewrite(dst []byte, b *connectors.Batch, edits []connectors.Edit, drop []uint32, skip int) ([]byte, int, error) {
	if len(drop) > 0 {
		return dst, 0, connectors.ErrRows
	}
	from := len(dst)
	dst, spill := Splice(dst, b, edits, skip)
	dst, err := w.in.Encoding().EncodeTail(dst, from)
	return dst, spill, err
}

// Splice appends the bytes that a batch of running text owns, with the edits put in, as UTF-8. Raw[0] stands
// for the border before the cell and belongs to nobody; what stands between it and the cell (a byte order
// mark) comes first. skip and spill count decoded bytes.
//
// An edit that begins in what the batch before covered loses that much and keeps the rest.
func Splice(dst []byte, b *connectors.Batch, edits []connectors.Edit, skip int) (out []byte, spill int) {
	if len(b.Cells) == 0 {
		if len(b.Raw) > 1 {
			dst = append(dst, b.Raw[1:]...)
		}
		return dst, skip
	}
	c := b.Cells[0]
	w := walk{b: b, raw: c.Start, dec: c.Start}
	dst = append(dst, b.Raw[1:c.Start]...)
	at, end := c.Start+b.Lead, c.End-b.Tail
	w.to(at)
	if at+uint32(skip) > end {
		return dst, int(at) + skip - int(end)
	}
	if skip > 0 {
		at += uint32(skip)
		w.to(at)
	}
	for i := range edits {
		e := &edits[i]
		from := max(e.Start, at)
		if e.End <= at && (e.End > e.Start || e.Start < at) || from >= end {
			continue
		}
		raw := w.raw
		w.to(from)
		w.zeros()
		dst = append(dst, b.Raw[raw:w.raw]...)
		dst = append(dst, e.Text...)
		at = e.End
		if at > end {
			return dst, int(at - end)
		}
		w.to(at)
	}
	raw := w.raw
	if b.Tail == 0 { // everything, whatever it decodes to
		return append(dst, b.Raw[raw:]...), 0
	}
	return append(dst, b.Raw[raw:w.to(end)]...), 0
}

// A walk goes through a cell in step with its raw bytes.
type walk struct {
	b        *connectors.Batch
	raw, dec uint32
}

// to goes to the raw byte where the decoded byte at dec may begin: before zero bytes that stand for nothing.
func (w *walk) to(dec uint32) uint32 {
	if w.b.Cells[0].Form != connectors.Escaped {
		w.raw, w.dec = dec, dec
		return dec
	}
	for w.dec < dec {
		if w.b.Raw[w.raw] != 0 {
			w.dec++
		}
		w.raw++
	}
	return w.raw
}

// zeros goes over zero bytes that stand for nothing.
func (w *walk) zeros() {
	for w.b.Cells[0].Form == connectors.Escaped && int(w.raw) < len(w.b.Raw) && w.b.Raw[w.raw] == 0 {
		w.raw++
	}
}
