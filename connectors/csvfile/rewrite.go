package csvfile

import (
	"bytes"
	"errors"
	"slices"

	"bezlik/connectors"
	"bezlik/connectors/textfile"
)

var (
	errZero = errors.New("a zero byte cannot be written into a table")
	errLong = errors.New("a delimiter, a quote or a line end cannot be written into a record that was cut as running text")
)

// Rewrite puts edits into b.Raw, in the encoding of the file. A cell whose new text needs quotes gets them.
// Raw[0] stands for the border before the first cell and is left out.
func (r *reader) Rewrite(dst []byte, b *connectors.Batch, edits []connectors.Edit, drop []uint32, skip int) ([]byte, int, error) {
	w := writer{comma: r.p.comma, quote: r.p.quote, b: b}
	from, spill := len(dst), 0
	var err error
	if b.Lead|b.Tail != 0 {
		if len(drop) > 0 {
			return dst, 0, connectors.ErrRows
		}
		for i := range edits {
			if w.special(edits[i].Text) {
				return dst, 0, errLong
			}
		}
		dst, spill = textfile.Splice(dst, b, edits, skip)
	} else {
		dst, err = connectors.Splice(dst, b, w.whole(edits), drop, w.step, w.escape)
		if err != nil {
			return dst[:from], 0, err
		}
		dst = slices.Delete(dst, from, from+1) // the border
	}
	dst, err = r.in.Encoding().EncodeTail(dst, from)
	return dst, spill, err
}

type writer struct {
	comma, quote byte
	b            *connectors.Batch
}

// step: two quotes in a quoted cell stand for one, a zero byte for nothing.
func (w *writer) step(raw []byte) (nraw, ndec int) {
	switch {
	case raw[0] == 0:
		return 1, 0
	case raw[0] == w.quote && len(raw) > 1 && raw[1] == w.quote:
		return 2, 1
	}
	return 1, 1
}

func (w *writer) escape(dst, text []byte, c connectors.Cell, _ bool) ([]byte, error) {
	special := false
	for _, x := range text {
		if x <= '\r' || x == w.comma || x == w.quote {
			if x == 0 {
				return dst, errZero
			}
			special = special || x == w.comma || x == w.quote || x == '\n' || x == '\r'
		}
	}
	switch {
	case w.quoted(c):
		return w.double(dst, text), nil
	case !special && (len(text) > 0 || !w.alone(c)):
		return append(dst, text...), nil
	}
	// whole saw to it that text is all of the cell.
	dst = append(dst, w.quote)
	dst = w.double(dst, text)
	return append(dst, w.quote), nil
}

func (w *writer) double(dst, text []byte) []byte {
	for {
		i := bytes.IndexByte(text, w.quote)
		if i < 0 {
			return append(dst, text...)
		}
		dst = append(dst, text[:i+1]...)
		dst = append(dst, w.quote)
		text = text[i+1:]
	}
}

// special says whether text needs quotes around it.
func (w *writer) special(text []byte) bool {
	for _, c := range text {
		if c == w.comma || c == w.quote || c == '\n' || c == '\r' {
			return true
		}
	}
	return false
}

func (w *writer) quoted(c connectors.Cell) bool {
	return c.Form == connectors.Quoted || c.Form == connectors.Escaped && w.b.Raw[c.Start-1] == w.quote
}

// alone says whether c is the only cell of its row: an empty one would make an empty line, which is no row.
func (w *writer) alone(c connectors.Cell) bool {
	b := w.b
	i, _ := slices.BinarySearchFunc(b.Cells, c.Start, func(x connectors.Cell, at uint32) int { return int(x.Start) - int(at) })
	row, ok := slices.BinarySearch(b.Rows, uint32(i))
	return ok && len(b.Row(row)) == 1
}

// whole turns the edits of a cell into one edit of the whole cell where pieces would not do, because it has to
// get quotes or holds some. Usually it returns what it was given.
func (w *writer) whole(edits []connectors.Edit) []connectors.Edit {
	for i := range edits {
		if w.bad(&edits[i]) {
			return w.merge(edits)
		}
	}
	return edits
}

// bad says whether an edit cannot be done by itself.
func (w *writer) bad(e *connectors.Edit) bool {
	c := w.b.Cells[e.Cell]
	if e.Start == c.Start && e.End == c.End {
		return false
	}
	if c.Form == connectors.Quoted {
		return false
	}
	// What is left of an escaped cell may hold quotes that are not doubled, and mean something else before a
	// comma or a quote. Of a plain cell, a quote may come to stand at its start, or nothing be left.
	return w.special(e.Text) || len(e.Text) == 0 && (c.Form == connectors.Escaped || e.Start == c.Start || e.End == c.End)
}

func (w *writer) merge(edits []connectors.Edit) []connectors.Edit {
	out := make([]connectors.Edit, 0, len(edits))
	for i := 0; i < len(edits); {
		j, bad := i, false
		for ; j < len(edits) && edits[j].Cell == edits[i].Cell; j++ {
			bad = bad || w.bad(&edits[j])
		}
		if bad {
			out = append(out, w.join(edits[i:j]))
		} else {
			out = append(out, edits[i:j]...)
		}
		i = j
	}
	return out
}

// join makes one edit of a cell's edits. What is not edited comes from the raw bytes: the arena has other
// bytes in the place of broken ones.
func (w *writer) join(edits []connectors.Edit) connectors.Edit {
	c := w.b.Cells[edits[0].Cell]
	raw, dec, escaped := c.Start, c.Start, w.quoted(c)
	var text []byte
	walk := func(to uint32, keep bool) {
		for dec < to {
			x := w.b.Raw[raw]
			raw++
			if x == 0 && c.Form == connectors.Escaped {
				continue
			}
			if x == w.quote && escaped && w.b.Raw[raw] == w.quote {
				raw++
			}
			dec++
			if keep {
				text = append(text, x)
			}
		}
	}
	for _, e := range edits {
		walk(e.Start, true)
		text = append(text, e.Text...)
		walk(e.End, false)
	}
	walk(c.End, true)
	return connectors.Edit{Cell: edits[0].Cell, Start: c.Start, End: c.End, Text: text}
}
