package token

import (
	"bezlik/connectors"
	"bezlik/connectors/textenc"
)

// A Rewriter writes JSON back in the encoding of its input.
type Rewriter struct{ in *textenc.Input }

// Rewrite implements connectors.Rewriter.
func (w Rewriter) Rewrite(dst []byte, b *connectors.Batch, edits []connectors.Edit, drop []uint32, skip int) (out []byte, spill int, err error) {
	from := len(dst)
	switch {
	case b.Lead > 0 || b.Tail > 0:
		if len(drop) > 0 {
			return dst, 0, connectors.ErrRows
		}
		out, spill = rewriteText(dst, b, edits, skip)
	case len(edits) == 0 && len(drop) == 0:
		out = append(dst, b.Raw...)
	default:
		out, err = connectors.Splice(dst, b, widen(b, edits), drop, Step, Escape)
		if err != nil {
			return dst, 0, err
		}
	}
	if b.Lead == 0 && len(b.Cells) > 0 && b.Cells[0].Start == 1 && b.Raw[0] == 0 { // ours, see Reader.read
		out = append(out[:from], out[from+1:]...)
	}
	out, err = w.in.Encoding().EncodeTail(out, from)
	return out, spill, err
}

// widen replaces edits of parts of bare numbers by edits of all of them: they may have to become strings.
func widen(b *connectors.Batch, edits []connectors.Edit) []connectors.Edit {
	part := func(e *connectors.Edit) bool {
		c := b.Cells[e.Cell]
		return c.Form == connectors.Plain && c.Type != connectors.Text && (e.Start != c.Start || e.End != c.End)
	}
	i := 0
	for i < len(edits) && !part(&edits[i]) {
		i++
	}
	if i == len(edits) {
		return edits
	}
	wide := append(make([]connectors.Edit, 0, len(edits)), edits[:i]...)
	for i < len(edits) {
		e := edits[i]
		if !part(&e) {
			wide = append(wide, e)
			i++
			continue
		}
		c := b.Cells[e.Cell]
		text, at := []byte(nil), c.Start
		for ; i < len(edits) && edits[i].Cell == e.Cell; i++ {
			text = append(append(text, b.Arena[at:edits[i].Start]...), edits[i].Text...)
			at = edits[i].End
		}
		text = append(text, b.Arena[at:c.End]...)
		wide = append(wide, connectors.Edit{Cell: e.Cell, Start: c.Start, End: c.End, Text: text})
	}
	return wide
}

// rewriteText rewrites the part of a text cell that its batch owns.
func rewriteText(dst []byte, b *connectors.Batch, edits []connectors.Edit, skip int) (out []byte, spill int) {
	c := b.Cells[0]
	raw, dec := c.Start, c.Start
	walk := func(to uint32) uint32 {
		for dec < to {
			nr, nd := Step(b.Raw[raw:])
			raw, dec = raw+uint32(nr), dec+uint32(nd)
		}
		return raw
	}
	own, end := c.Start+b.Lead, c.End-b.Tail
	at := uint32(0)
	if b.Lead > 0 {
		at = walk(own)
	}
	if skip > 0 {
		own = min(own+uint32(skip), end)
		spill = int(b.Lead+c.Start) + skip - int(end)
		at = walk(own)
	}
	for _, e := range edits {
		if e.Start < own || e.Start >= end {
			continue
		}
		if from := walk(e.Start); from > at {
			dst = append(dst, b.Raw[at:from]...)
		}
		dst = AppendEscaped(dst, e.Text)
		at, own = walk(e.End), e.End
		spill = int(e.End) - int(end)
	}
	if b.Tail == 0 {
		dst = append(dst, b.Raw[at:]...)
	} else if dec <= end {
		dst = append(dst, b.Raw[at:walk(end)]...)
	}
	return dst, max(0, spill)
}
