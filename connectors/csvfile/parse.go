package csvfile

import (
	"slices"

	"bezlik/connectors"
)

// maxFields is how many columns a table may have; cells further right belong to the last one.
const maxFields = 1 << 14

// A parser finds rows and cells. It changes no byte: the end of a buffer may cut a row, which is read again later.
//
// A quote counts at the start of a cell only. In a quoted cell, two quotes stand for one, a quote before a
// comma or the end of a line closes it, and any other quote stands for itself.
type parser struct {
	comma, quote byte

	// What the last run saw.
	open   int // offset of a quote that was not closed before the end; 0: none
	width  int // cells of the widest row
	ragged int // rows whose width is not columns
	stray  int // quotes inside quoted cells that stand for themselves
	zeros  int // zero bytes in cells
	m      [chunk]uint64
	at     positions
}

// run appends the rows of a[from:] to b and returns the offset behind the last whole one. It stops behind the
// row in which offset stop lies. final says that nothing follows a, so that the last row needs no line end.
// Quotes before offset literal are known not to be closed before it. Exact bounds are appended if bounds.
// a has Pad bytes of capacity behind its length.
func (p *parser) run(b *connectors.Batch, a []byte, from, stop, literal, columns int, final bool) (end int) {
	p.open, p.width, p.ragged, p.stray, p.zeros = 0, 0, 0, 0, 0
	n := len(a)
	comma, quote := p.comma, p.quote
	cells, rows, bounds := b.Cells, b.Rows, b.Bounds
	end = from
	var (
		start  = from       // of the cell
		row    = len(cells) // first cell of the row
		line   = from       // where the row begins
		inside = false      // a quote is open, and start is behind it
		closed = -1         // where it was closed
		second = -1         // the second of two quotes
		form   = connectors.Plain
		ragged = 0
	)
	padded := a[:cap(a)]
scan:
	for base := from &^ 63; base < n; base += 64 * chunk {
		blocks := min(chunk, (n-base+63)/64)
		masks(&p.m, padded[base:base+64*blocks], comma, quote)
		if base < from {
			p.m[0] &= ^uint64(0) << (from - base)
		}
		if rest := n - base; rest < 64*blocks {
			p.m[blocks-1] &= 1<<(rest&63) - 1
		}
		count := flatten(&p.at, p.m[:blocks], uint32(base))
		if cap(cells)-len(cells) < count+1 {
			cells = slices.Grow(cells, count+1)
		}
		for k := 0; k < count; k++ {
			if !inside && closed < 0 && form == connectors.Plain {
				n := plain(cells[len(cells):cap(cells)], p.at[k:count], a, comma, uint32(start), len(cells)-row)
				if n > 0 {
					cells = cells[:len(cells)+n]
					start = int(p.at[k+n-1]) + 1
					if k += n; k == count {
						break
					}
				}
			}
			i := int(p.at[k])
			c := a[i]
			if inside {
				if c == 0 {
					form = connectors.Escaped
					p.zeros++
					continue
				}
				if c != quote || i == second {
					continue
				}
				switch p.closes(a, i+1, final) {
				case yes:
					inside, closed = false, i
				case pair:
					form, second = connectors.Escaped, i+1
				case no:
					form = connectors.Escaped
					p.stray++
				case unknown:
					break scan
				}
				continue
			}
			switch c {
			case comma:
				e := i
				if closed >= 0 {
					e, closed = closed, -1
				}
				cells = cells[:len(cells)+1]
				x := &cells[len(cells)-1]
				x.Start, x.End, x.Type, x.Form = uint32(start), uint32(e), connectors.Text, form
				x.Field = uint16(min(len(cells)-1-row, maxFields-1))
				start, form = i+1, connectors.Plain
			case '\n':
				e := i
				if closed >= 0 {
					e, closed = closed, -1
				} else {
					if e > start && a[e-1] == '\r' {
						e--
					}
					if e == start && len(cells) == row { // an empty line
						start, line, end = i+1, i+1, i+1
						continue
					}
				}
				cells = cells[:len(cells)+1]
				x := &cells[len(cells)-1]
				x.Start, x.End, x.Type, x.Form = uint32(start), uint32(e), connectors.Text, form
				x.Field = uint16(min(len(cells)-1-row, maxFields-1))
				if w := len(cells) - row; w != columns {
					ragged++
					p.width = max(p.width, w)
				}
				rows = append(rows, uint32(row))
				if b.Exact {
					bounds = append(bounds, uint32(line))
				}
				row = len(cells)
				start, line, end, form = i+1, i+1, i+1, connectors.Plain
				if end >= stop {
					break scan
				}
			case quote:
				if i != start || closed >= 0 {
					continue
				}
				if i < literal && !p.selfClosed(a, i, final) {
					continue
				}
				inside, start, form = true, i+1, connectors.Quoted
			case 0:
				form = connectors.Escaped
				p.zeros++
			}
		}
	}
	if inside && end < stop {
		p.open = start - 1
	}
	if final && end < stop && !inside && (start < n || len(cells) > row || closed >= 0) {
		e := n
		if closed >= 0 {
			e = closed
		} else if e > start && a[e-1] == '\r' {
			e--
		}
		if e > start || len(cells) > row || closed >= 0 {
			cells = append(cells, connectors.Cell{Start: uint32(start), End: uint32(e),
				Field: uint16(min(len(cells)-row, maxFields-1)), Form: form})
			if w := len(cells) - row; w != columns {
				ragged++
				p.width = max(p.width, w)
			}
			rows = append(rows, uint32(row))
			if b.Exact {
				bounds = append(bounds, uint32(line))
			}
			row = len(cells)
		}
		end = n
	}
	p.ragged = ragged
	b.Cells, b.Rows, b.Bounds = cells[:row], rows, bounds
	return end
}

// plain is run's shortest path: as long as commas are next, it makes a cell of what stands before each, and says
// how many. cells has room for all of at.
func plain(cells []connectors.Cell, at []uint32, a []byte, comma byte, start uint32, field int) int {
	cells = cells[:len(at)]
	for k, i := range at {
		if a[i] != comma {
			return k
		}
		x := &cells[k] // field by field: a literal would be built elsewhere and copied
		x.Start, x.End, x.Type, x.Form = start, i, connectors.Text, connectors.Plain
		x.Field = uint16(min(field+k, maxFields-1))
		start = i + 1
	}
	return len(at)
}

// The answers of closes.
const (
	no = iota
	yes
	pair
	unknown
)

// closes says what a quote inside a quoted cell means by what stands at i, behind it.
func (p *parser) closes(a []byte, i int, final bool) int {
	if i == len(a) {
		if final {
			return yes
		}
		return unknown
	}
	switch a[i] {
	case p.quote:
		return pair
	case p.comma, '\n':
		return yes
	case '\r':
		switch {
		case i+1 < len(a) && a[i+1] == '\n', i+1 == len(a) && final:
			return yes
		case i+1 == len(a):
			return unknown
		}
	}
	return no
}

// selfClosed says whether the cell that begins at i holds nothing but quotes: an even number of them, the
// only kind of cell that can be closed where a quote opened earlier could not.
func (p *parser) selfClosed(a []byte, i int, final bool) bool {
	j := i
	for j < len(a) && a[j] == p.quote {
		j++
	}
	return (j-i)%2 == 0 && p.closes(a, j, final) == yes
}

// decode makes the arena of what run found in a: zero bytes around the cells, doubled quotes and zero bytes
// in cells gone. cells are those of the batch; what stands in no cell becomes zero.
func (p *parser) decode(a []byte, cells []connectors.Cell) {
	at := uint32(0) // everything before is done
	for i := range cells {
		c := &cells[i]
		quoted := c.Start > 0 && a[c.Start-1] == p.quote
		switch c.Start - at {
		case 0:
		case 1:
			a[at] = 0
		default:
			clear(a[at:c.Start])
		}
		at = c.End
		if c.Form == connectors.Escaped {
			n := c.Start
			for k := c.Start; k < c.End; k++ {
				x := a[k]
				if x == 0 {
					continue
				}
				a[n] = x
				n++
				if x == p.quote && quoted && k+1 < c.End && a[k+1] == p.quote {
					k++
				}
			}
			clear(a[n:c.End])
			c.End = n
		}
	}
	clear(a[at:])
}
