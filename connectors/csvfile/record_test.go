package csvfile_test

import (
	"context"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bezlik/connectors"
	"bezlik/connectors/csvfile"
	"bezlik/connectors/filesink"
	"pgregory.net/rapid"
)

// batch makes records; a cell is "field=value", and its type stands in types by value.
func batch(fields []connectors.Field, types map[string]connectors.Type, rows ...[]string) *connectors.Batch {
	b := &connectors.Batch{Object: "t", Fields: fields, Arena: []byte{0}, First: 1}
	for _, row := range rows {
		b.Rows = append(b.Rows, uint32(len(b.Cells)))
		for _, cell := range row {
			name, v, _ := strings.Cut(cell, "=")
			f := slices.IndexFunc(fields, func(f connectors.Field) bool { return f.Name == name })
			c := connectors.Cell{Start: uint32(len(b.Arena)), Field: uint16(f), Type: types[v]}
			b.Arena = append(b.Arena, v...)
			c.End = uint32(len(b.Arena))
			b.Arena = append(b.Arena, 0)
			b.Cells = append(b.Cells, c)
		}
	}
	b.Arena = connectors.Padded(b.Arena)
	return b
}

func TestRecords(t *testing.T) {
	ctx := context.Background()
	dir := filepath.Join(t.TempDir(), "out")
	stage, err := filesink.NewStage(dir)
	if err != nil {
		t.Fatal(err)
	}
	s := filesink.New(stage, csvfile.Format)
	fields := []connectors.Field{{Name: "id"}, {Name: "name, full"}, {Name: "phones"}}
	if err := s.Accepts("t", fields); err != nil {
		t.Fatal(err)
	}
	types := map[string]connectors.Type{"": connectors.Null, "phones": connectors.Key}
	parts := []connectors.Part{{Object: "t", Range: "1"}, {Object: "t", Range: "2"}}
	for i, b := range []*connectors.Batch{
		batch(fields, types, []string{"id=1", "name, full=say \"x\"", "phones=1", "phones=2"}, []string{"id=2", "name, full="}, []string{"phones=phones", "phones=3", "id=3"}),
		batch(fields, types, []string{"id=4", "name, full=two\nlines"}, []string{}),
	} {
		w, err := s.Create(ctx, parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(w.Write(b, nil), w.Commit(), w.Close()); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Publish(ctx, parts); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "t.csv"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
	want := [][]string{{"id", "name, full", "phones"}, {"1", `say "x"`, "1; 2"}, {"2", "", ""}, {"3", "", "3"}, {"4", "two\nlines", ""}, {"", "", ""}}
	if err != nil || !slices.EqualFunc(rows, want, slices.Equal) {
		t.Errorf("%q %v", rows, err)
	}
}

// Any records read back with the standard library as they were.
func TestRecordsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 4).Draw(t, "columns")
		var fields []connectors.Field
		for i := range n {
			fields = append(fields, connectors.Field{Name: string(rune('a' + i))})
		}
		value := rapid.StringOf(rapid.SampledFrom([]rune("ab,;\"\n 'я\t=")))
		var rows, want [][]string
		for range rapid.IntRange(0, 5).Draw(t, "rows") {
			var row, values []string
			for _, f := range fields {
				v := value.Draw(t, "value")
				row, values = append(row, f.Name+"="+v), append(values, v)
			}
			rows, want = append(rows, row), append(want, values)
		}
		text, err := csvfile.Format.Head(nil, fields)
		if err == nil {
			text, err = csvfile.Format.Append(text, batch(fields, nil, rows...), fields)
		}
		if err != nil {
			t.Fatal(err)
		}
		got, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
		if err != nil || !slices.EqualFunc(got[1:], want, slices.Equal) {
			t.Fatalf("%q: %q, want %q (%v)", text, got, want, err)
		}
	})
}
