package connectors_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"bezlik/connectors"
	"pgregory.net/rapid"
)

// A small format of our own, made for these tests: rows end in "\n", cells in ";", "\\x" stands for x, "~" for
// nothing. "^" before a cell says that it is escaped.

func step(raw []byte) (nraw, ndec int) {
	switch {
	case raw[0] == 0:
		return 1, 0
	case raw[0] == '\\':
		return 2, 1
	}
	return 1, 1
}

func escape(dst, text []byte, c connectors.Cell, whole bool) ([]byte, error) {
	if c.Type == connectors.Opaque {
		return dst, errors.New("opaque")
	}
	if c.Type == connectors.Int && whole {
		return fmt.Appendf(dst, "<%s>", text), nil
	}
	if c.Form != connectors.Escaped {
		return append(dst, text...), nil
	}
	for _, x := range text {
		dst = append(dst, '\\', x)
	}
	return dst, nil
}

// build makes a batch of raw cells. A cell that begins with "^" is escaped.
func build(rows [][]string) *connectors.Batch {
	b := &connectors.Batch{Exact: true, Arena: []byte{0}, Raw: []byte{'#'}}
	for _, row := range rows {
		b.Bounds = append(b.Bounds, uint32(len(b.Raw)))
		b.Rows = append(b.Rows, uint32(len(b.Cells)))
		for _, cell := range row {
			raw, escaped := strings.CutPrefix(cell, "^")
			c := connectors.Cell{Start: uint32(len(b.Raw))}
			b.Raw = append(b.Raw, raw...)
			for rest := []byte(raw); len(rest) > 0; {
				if !escaped {
					b.Arena = append(b.Arena, rest...)
					break
				}
				n, d := step(rest)
				if d > 0 {
					b.Arena = append(b.Arena, rest[n-1])
				}
				rest = rest[n:]
			}
			c.End = uint32(len(b.Arena))
			if escaped {
				c.Form = connectors.Escaped
			}
			b.Cells = append(b.Cells, c)
			b.Raw = append(b.Raw, ';')
			b.Arena = append(b.Arena, make([]byte, len(b.Raw)-len(b.Arena))...)
		}
		b.Raw = append(b.Raw, '\n')
		b.Arena = append(b.Arena, 0)
	}
	b.Bounds = append(b.Bounds, uint32(len(b.Raw)))
	return b
}

// edit is relative to its cell.
func edit(b *connectors.Batch, cell, from, to int, text string) connectors.Edit {
	start := b.Cells[cell].Start
	return connectors.Edit{Cell: uint32(cell), Start: start + uint32(from), End: start + uint32(to), Text: []byte(text)}
}

func TestSplice(t *testing.T) {
	rows := [][]string{{"one", "two"}, {"^a\\bc", "^\x00x\x00y\x00"}, {"", "five"}}
	for _, c := range []struct {
		name  string
		edits func(b *connectors.Batch) []connectors.Edit
		drop  []uint32
		want  string
	}{
		{"nothing", func(b *connectors.Batch) []connectors.Edit { return nil }, nil, "#one;two;\na\\bc;\x00x\x00y\x00;\n;five;\n"},
		{"a whole cell", func(b *connectors.Batch) []connectors.Edit { return []connectors.Edit{edit(b, 0, 0, 3, "1")} }, nil,
			"#1;two;\na\\bc;\x00x\x00y\x00;\n;five;\n"},
		{"pieces", func(b *connectors.Batch) []connectors.Edit {
			return []connectors.Edit{edit(b, 1, 0, 1, "T"), edit(b, 1, 2, 3, "OOO")}
		}, nil, "#one;TwOOO;\na\\bc;\x00x\x00y\x00;\n;five;\n"},
		{"an escape", func(b *connectors.Batch) []connectors.Edit { return []connectors.Edit{edit(b, 2, 1, 2, "!")} }, nil,
			"#one;two;\na\\!c;\x00x\x00y\x00;\n;five;\n"},
		{"behind an escape", func(b *connectors.Batch) []connectors.Edit { return []connectors.Edit{edit(b, 2, 2, 3, "")} }, nil,
			"#one;two;\na\\b;\x00x\x00y\x00;\n;five;\n"},
		{"zeros go with the whole", func(b *connectors.Batch) []connectors.Edit { return []connectors.Edit{edit(b, 3, 0, 2, "z")} }, nil,
			"#one;two;\na\\bc;\\z;\n;five;\n"},
		{"zeros before a piece stay", func(b *connectors.Batch) []connectors.Edit { return []connectors.Edit{edit(b, 3, 1, 2, "z")} }, nil,
			"#one;two;\na\\bc;\x00x\x00\\z;\n;five;\n"},
		{"an empty cell", func(b *connectors.Batch) []connectors.Edit { return []connectors.Edit{edit(b, 4, 0, 0, "4")} }, nil,
			"#one;two;\na\\bc;\x00x\x00y\x00;\n4;five;\n"},
		{"a row", func(b *connectors.Batch) []connectors.Edit { return nil }, []uint32{1}, "#one;two;\n;five;\n"},
		{"all rows", func(b *connectors.Batch) []connectors.Edit { return nil }, []uint32{0, 1, 2}, "#"},
		{"first and last row", func(b *connectors.Batch) []connectors.Edit { return nil }, []uint32{0, 2}, "#a\\bc;\x00x\x00y\x00;\n"},
		// The first cell of a row begins where the row does: its text came out although the row was dropped.
		{"edits of dropped rows", func(b *connectors.Batch) []connectors.Edit {
			return []connectors.Edit{edit(b, 0, 0, 3, "gone"), edit(b, 1, 0, 3, "gone"), edit(b, 2, 0, 3, "kept"), edit(b, 4, 0, 0, "gone"), edit(b, 5, 1, 2, "gone")}
		}, []uint32{0, 2}, "#\\k\\e\\p\\t;\x00x\x00y\x00;\n"},
	} {
		b := build(rows)
		got, err := connectors.Splice([]byte("dst"), b, c.edits(b), c.drop, step, escape)
		if err != nil || string(got) != "dst"+c.want {
			t.Errorf("%s: %q %v, want %q", c.name, got, err, "dst"+c.want)
		}
	}
}

func TestSpliceErrors(t *testing.T) {
	b := build([][]string{{"a"}})
	b.Bounds = nil
	if _, err := connectors.Splice(nil, b, nil, []uint32{0}, step, escape); !errors.Is(err, connectors.ErrRows) {
		t.Errorf("%v", err)
	}
	b.Cells[0].Type = connectors.Opaque
	if _, err := connectors.Splice(nil, b, []connectors.Edit{edit(b, 0, 0, 1, "x")}, nil, step, escape); err == nil {
		t.Error("an opaque cell was written")
	}
	b.Cells[0].Type = connectors.Int
	if got, err := connectors.Splice(nil, b, []connectors.Edit{edit(b, 0, 0, 1, "x")}, nil, step, escape); err != nil || string(got) != "#<x>;\n" {
		t.Errorf("whole: %q %v", got, err)
	}
}

// An edited key became a value of its field, and stood in the records beside it.
func TestApplyKeepsKeys(t *testing.T) {
	b := build([][]string{{"key", "value"}})
	b.Cells[0].Type = connectors.Key
	b.Cells[1].Type = connectors.Int
	var out connectors.Batch
	connectors.Apply(&out, b, []connectors.Edit{edit(b, 0, 0, 3, "K"), edit(b, 1, 0, 5, "V")}, nil)
	if out.Cells[0].Type != connectors.Key || out.Cells[1].Type != connectors.Text || string(out.Value(out.Cells[0])) != "K" {
		t.Errorf("%+v", out.Cells)
	}
}

func TestSpliceAllocatesNothing(t *testing.T) {
	b := build([][]string{{"one", "^t\\wo"}, {"three", "four"}})
	edits := []connectors.Edit{edit(b, 0, 0, 3, "1"), edit(b, 1, 1, 3, "2")}
	drop := []uint32{1}
	out := make([]byte, 0, 1000)
	if n := testing.AllocsPerRun(100, func() { out, _ = connectors.Splice(out[:0], b, edits, drop, step, escape) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// Splice, and Apply on the same batch, against replacing the decoded values one by one.
func TestSpliceAndApply(t *testing.T) {
	cell := rapid.StringMatching(`\^?([a-c]|\\[a-c;])*`)
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, 1, 4), 1, 5).Draw(t, "rows")
		for _, row := range rows {
			for i, c := range row { // a backslash is an escape in escaped cells only
				if !strings.HasPrefix(c, "^") {
					row[i] = strings.NewReplacer(`\`, "", ";", "").Replace(c)
				}
			}
		}
		b := build(rows)
		var edits []connectors.Edit
		var want [][]string
		drop := []uint32{}
		for r := range b.Rows {
			gone := rapid.IntRange(0, 3).Draw(t, "drop") == 0
			if gone {
				drop = append(drop, uint32(r))
			}
			var row []string
			for j, c := range b.Row(r) {
				v := string(b.Value(c))
				k := int(b.Rows[r]) + j
				from := rapid.IntRange(0, len(v)).Draw(t, "from")
				to := rapid.IntRange(from, len(v)).Draw(t, "to")
				if rapid.Bool().Draw(t, "edit") {
					edits = append(edits, edit(b, k, from, to, "X"))
					v = v[:from] + "X" + v[to:]
				}
				row = append(row, v)
			}
			if !gone {
				want = append(want, row)
			}
		}
		raw, err := connectors.Splice(nil, b, edits, drop, step, escape)
		if err != nil {
			t.Fatal(err)
		}
		if got := parse(raw, b, drop); !equal(got, want) {
			t.Fatalf("%q: %q, want %q", raw, got, want)
		}
		var out connectors.Batch
		connectors.Apply(&out, b, edits, drop)
		var got [][]string
		for r := range out.Rows {
			var row []string
			for _, c := range out.Row(r) {
				row = append(row, string(out.Value(c)))
				if out.Arena[c.Start-1] != 0 || out.Arena[c.End] != 0 {
					t.Fatal("no zero border")
				}
			}
			got = append(got, row)
		}
		if !equal(got, want) {
			t.Fatalf("%q, want %q", got, want)
		}
	})
}

// parse reads the test format back; which cells are escaped is known from the batch.
func parse(raw []byte, b *connectors.Batch, drop []uint32) (rows [][]string) {
	raw = raw[1:]
	for r := range b.Rows {
		if slices.Contains(drop, uint32(r)) {
			continue
		}
		var row []string
		for _, c := range b.Row(r) {
			var v []byte
			i := 0
			for ; raw[i] != ';'; i++ {
				if c.Form == connectors.Escaped && raw[i] == '\\' {
					i++
				}
				v = append(v, raw[i])
			}
			raw = raw[i+1:]
			row = append(row, string(v))
		}
		raw = bytes.TrimPrefix(raw, []byte("\n"))
		rows = append(rows, row)
	}
	return rows
}

func equal(a, b [][]string) bool { return slices.EqualFunc(a, b, slices.Equal) }
