package sourcetest

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"bezlik/connectors"
)

// Check says what is wrong with a batch by the contract of connectors.Batch, or nil. It needs no test and may
// be used by fuzzers.
func Check(b *connectors.Batch) error {
	if b.Object == "" {
		return fmt.Errorf("no object")
	}
	if len(b.Cells) > 0 && (len(b.Arena) == 0 || b.Arena[0] != 0) {
		return fmt.Errorf("the arena does not begin with zero")
	}
	if err := padded("arena", b.Arena); err != nil {
		return err
	}
	if !utf8.Valid(b.Arena) {
		return fmt.Errorf("the arena is not valid UTF-8")
	}
	end := uint32(0)
	for i, c := range b.Cells {
		switch {
		case c.Start > c.End || int(c.End) >= len(b.Arena):
			return fmt.Errorf("cell %d: [%d, %d) in an arena of %d", i, c.Start, c.End, len(b.Arena))
		case c.Start == 0 || c.Start < end:
			return fmt.Errorf("cell %d begins at %d, the one before ends at %d", i, c.Start, end)
		case b.Arena[c.Start-1] != 0:
			return fmt.Errorf("cell %d: no zero byte before it", i)
		case b.Arena[c.End] != 0:
			return fmt.Errorf("cell %d: no zero byte behind it", i)
		case bytes.IndexByte(b.Arena[c.Start:c.End], 0) >= 0:
			return fmt.Errorf("cell %d: a zero byte inside", i)
		case len(bytes.Trim(b.Arena[end:c.Start], "\x00 \t\r\n")) > 0:
			return fmt.Errorf("cell %d: bytes before it are in no cell", i)
		case int(c.Field) >= len(b.Fields):
			return fmt.Errorf("cell %d: field %d of %d", i, c.Field, len(b.Fields))
		case c.Type == connectors.Null && c.Start != c.End:
			return fmt.Errorf("cell %d: null with bytes", i)
		}
		end = c.End
	}
	if len(bytes.Trim(b.Arena[end:], "\x00 \t\r\n")) > 0 {
		return fmt.Errorf("bytes behind the last cell are in no cell")
	}
	if len(b.Cells) > 0 && (len(b.Rows) == 0 || b.Rows[0] != 0) {
		return fmt.Errorf("cells before the first row")
	}
	for i, r := range b.Rows {
		if int(r) > len(b.Cells) || i > 0 && r < b.Rows[i-1] {
			return fmt.Errorf("row %d begins at cell %d of %d", i, r, len(b.Cells))
		}
	}
	if len(b.Rows) > 0 && b.First < 0 {
		return fmt.Errorf("first row is %d", b.First)
	}
	if b.Lead|b.Tail != 0 {
		if len(b.Cells) != 1 || len(b.Rows) != 1 {
			return fmt.Errorf("lead and tail with %d cells in %d rows", len(b.Cells), len(b.Rows))
		}
		if c := b.Cells[0]; b.Lead+b.Tail > c.End-c.Start {
			return fmt.Errorf("lead %d and tail %d in a cell of %d", b.Lead, b.Tail, c.End-c.Start)
		}
	}
	if b.Running() && len(b.Cells) == 1 {
		c := b.Cells[0]
		if n := bytes.Count(b.Arena[c.Start+b.Lead:c.End-b.Tail], []byte{'\n'}); n != b.Lines {
			return fmt.Errorf("%d line ends, not %d", n, b.Lines)
		}
	}
	for _, p := range append(b.Problems[:len(b.Problems):len(b.Problems)], b.Notes...) {
		if p.Kind == "" || p.Object == "" {
			return fmt.Errorf("a problem without kind or object: %+v", p)
		}
	}
	if err := checkPieces(b); err != nil {
		return err
	}
	return checkRaw(b)
}

// checkPieces looks at echoes: behind all other cells, each in a row of its own, joined from what it says.
func checkPieces(b *connectors.Batch) error {
	echoes := false
	for i, c := range b.Cells {
		if echoes && c.Type != connectors.Echo {
			return fmt.Errorf("cell %d stands behind an echo", i)
		}
		echoes = echoes || c.Type == connectors.Echo
	}
	for i, p := range b.Pieces {
		if int(p.Echo) >= len(b.Cells) || int(p.Cell) >= len(b.Cells) || i > 0 && p.Echo < b.Pieces[i-1].Echo {
			return fmt.Errorf("piece %d is of cell %d in echo %d", i, p.Cell, p.Echo)
		}
		echo, cell := b.Cells[p.Echo], b.Cells[p.Cell]
		if echo.Type != connectors.Echo || cell.Type == connectors.Echo {
			return fmt.Errorf("piece %d: cell %d is no echo, or cell %d is one", i, p.Echo, p.Cell)
		}
		if from := echo.Start + p.At; from+cell.End-cell.Start > echo.End || !bytes.Equal(b.Arena[from:from+cell.End-cell.Start], b.Value(cell)) {
			return fmt.Errorf("piece %d is not what the echo says", i)
		}
	}
	return nil
}

// checkRaw looks at what only byte-exact formats have.
func checkRaw(b *connectors.Batch) error {
	if !b.Exact || len(b.Raw) == 0 {
		return nil
	}
	if err := padded("raw", b.Raw); err != nil {
		return err
	}
	for i, c := range b.Cells {
		if c.Type == connectors.Echo { // a view, which has no bytes of its own
			continue
		}
		if int(c.End) > len(b.Raw) {
			return fmt.Errorf("cell %d ends at %d in raw bytes of %d", i, c.End, len(b.Raw))
		}
		if c.Form == connectors.Escaped {
			continue
		}
		for k := c.Start; k < c.End; k++ {
			if b.Raw[k] != b.Arena[k] && b.Arena[k] != 0x1A {
				return fmt.Errorf("cell %d: byte %d is not the same in the arena and raw", i, k-c.Start)
			}
		}
	}
	if b.Bounds == nil {
		return nil
	}
	if len(b.Bounds) != len(b.Rows)+1 {
		return fmt.Errorf("%d bounds for %d rows", len(b.Bounds), len(b.Rows))
	}
	for i, at := range b.Bounds {
		if int(at) > len(b.Raw) || i > 0 && at < b.Bounds[i-1] {
			return fmt.Errorf("bound %d is %d", i, at)
		}
		if i < len(b.Rows) {
			for _, c := range b.Row(i) {
				if c.Start < at || c.End > b.Bounds[i+1] {
					return fmt.Errorf("row %d: a cell outside its bounds", i)
				}
			}
		}
	}
	return nil
}

func padded(what string, a []byte) error {
	if cap(a) == 0 {
		return nil
	}
	if cap(a)-len(a) < connectors.Pad {
		return fmt.Errorf("the %s has %d bytes of padding", what, cap(a)-len(a))
	}
	for _, c := range a[len(a) : len(a)+connectors.Pad] {
		if c != 0 {
			return fmt.Errorf("the padding of the %s is not zero", what)
		}
	}
	return nil
}
