package sourcetest

import (
	"fmt"
	"slices"
	"testing"
	"unicode/utf8"

	"bezlik/connectors"
)

// edits: replaced wholes and pieces of cells read back as what was written.
func (k *kit) edits(t *testing.T) {
	k.editAll(t, func(i int, v []byte) []piece {
		third, half := boundary(v, len(v)/3), boundary(v, len(v)/2)
		switch i % 7 {
		case 0:
			return []piece{{0, len(v), fmt.Sprintf("new %d", i)}}
		case 1:
			return []piece{{third, half, "***"}}
		case 2:
			return []piece{{0, third, "<"}, {half, len(v), ">"}}
		case 3:
			return []piece{{0, half, ""}}
		case 4:
			return []piece{{half, len(v), ""}}
		}
		return nil
	}, false)
}

// hostile: texts that mean something to one format or another.
func (k *kit) hostile(t *testing.T) {
	for _, text := range append([]string{"a,b", `say "x"`, "two\nlines", "cr\r", "crlf\r\n", "", `"`, `""`, ";|\t", `\`, `\"`, `'`,
		" around ", "null", `{"a":1}`, `\N`, `\.`, `"open`, "=1+1"}, k.o.Hostile...) {
		k.editAll(t, func(i int, v []byte) []piece {
			if i%3 == 0 {
				return []piece{{0, len(v), text}}
			}
			return nil
		}, true)
		k.editAll(t, func(i int, v []byte) []piece {
			if at := boundary(v, len(v)/2); i%3 == 0 && at < len(v) {
				return []piece{{at, len(v), text}}
			}
			return nil
		}, true)
	}
}

// A piece is an edit relative to its cell.
type piece struct {
	from, to int
	text     string
}

// editAll edits cells of type Text and compares what reads back with the edited values. pick is given the
// number of the cell, counted over everything.
func (k *kit) editAll(t *testing.T, pick func(i int, v []byte) []piece, mayRefuse bool) {
	t.Helper()
	// The expected rows are computed on the values as read, apart from the Rewriter.
	want := make([]Row, len(k.want))
	n := 0
	plan := map[int][]piece{}
	for r, row := range k.want {
		want[r] = Row{Object: row.Object, Cells: slices.Clone(row.Cells)}
		for j, c := range row.Cells {
			if c.Type == connectors.Text && !row.cut {
				plan[n] = slices.DeleteFunc(pick(n, []byte(c.Value)), func(p piece) bool { return p.from == p.to && len(c.Value) > 0 })
				v, at := "", 0
				for _, p := range plan[n] {
					v += c.Value[at:p.from] + p.text
					at = p.to
				}
				want[r].Cells[j].Value = v + c.Value[at:]
			}
			n++
		}
	}
	n = 0
	out, err := k.rewrite(t, func(b *connectors.Batch, _ int) (edits []connectors.Edit) {
		for i, c := range b.Cells {
			if b.Lead > 0 { // goes on with a cell that was counted
				return nil
			}
			if b.Tail == 0 {
				for _, p := range plan[n] {
					edits = append(edits, connectors.Edit{Cell: uint32(i), Start: c.Start + uint32(p.from),
						End: c.Start + uint32(p.to), Text: []byte(p.text)})
				}
			}
			n++
		}
		return edits
	}, nil)
	if err != nil {
		if !mayRefuse {
			t.Errorf("rewrite: %v", err)
		}
		return
	}
	k.readBack(t, want, out)
}

func (k *kit) readBack(t *testing.T, want []Row, out map[string][]byte) {
	t.Helper()
	for _, object := range sorted(out) {
		var w []Row
		for _, r := range want {
			if r.Object == object {
				w = append(w, r)
			}
		}
		got := k.read(t, k.o.Reopen(t, object, out[object]), 1, spoilt(0))
		if d := Diff(w, got); d != "" {
			t.Errorf("%s does not read back: %s", object, d)
		}
	}
}

func sorted(m map[string][]byte) (keys []string) {
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// rows: rows that were left out are gone, and only they.
func (k *kit) rows(t *testing.T) {
	for name, drop := range map[string]func(int) bool{
		"every third": func(i int) bool { return i%3 == 0 },
		"pairs":       func(i int) bool { return i%5 < 2 },
		"all":         func(int) bool { return true },
	} {
		count := map[string]int{}
		var want []Row
		for _, r := range k.want {
			if !drop(count[r.Object]) {
				want = append(want, r)
			}
			count[r.Object]++
		}
		long := false // a row cut as running text cannot be left out, which is an error
		// Edits of dropped rows go with them.
		out, err := k.rewrite(t, func(b *connectors.Batch, row int) (edits []connectors.Edit) {
			long = long || b.Bounds == nil && len(b.Rows) > 0
			for i := range b.Rows {
				for j, c := range b.Row(i) {
					if drop(row+i) && c.Type == connectors.Text && b.Lead|b.Tail == 0 {
						edits = append(edits, connectors.Edit{Cell: b.Rows[i] + uint32(j), Start: c.Start, End: c.End, Text: []byte("gone")})
					}
				}
			}
			return edits
		}, drop)
		if long {
			if err == nil {
				t.Errorf("%s: rows without bounds were left out", name)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		k.readBack(t, want, out)
	}
}

// boundary moves i back to the beginning of a character.
func boundary(v []byte, i int) int {
	for i > 0 && i < len(v) && !utf8.RuneStart(v[i]) {
		i--
	}
	return i
}
