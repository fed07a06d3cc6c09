package jsonl

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"bezlik/connectors"
	"bezlik/connectors/sourcetest"
	"bezlik/connectors/textenc"
)

// A value is a cell as an independent parser sees it.
type value struct {
	Field string
	Type  connectors.Type
	Text  string
}

// read is everything a reader says about a file.
type read struct {
	rows     [][]value
	raw      []byte
	problems []connectors.Problem
	notes    []connectors.Problem
	err      error
}

// open starts reading data.
func open(t testing.TB, data []byte, opt Options) interface {
	connectors.Reader
	connectors.Rewriter
} {
	t.Helper()
	s := New(textenc.MemoryInput("x", bytes.NewReader(data), int64(len(data))), opt)
	r, err := s.Open(context.Background(), connectors.Part{})
	if err != nil {
		t.Fatal(err)
	}
	return r.(interface {
		connectors.Reader
		connectors.Rewriter
	})
}

// readAll reads data in batches of size bytes and checks the rules of the contract on the way.
func readAll(t testing.TB, data []byte, opt Options) (out read) {
	t.Helper()
	r := open(t, data, opt)
	b := &connectors.Batch{Exact: true}
	next := int64(1)
	for {
		err := r.Next(b)
		if err != nil {
			if err != io.EOF {
				out.err = err
			}
			return out
		}
		if err := sourcetest.Check(b); err != nil {
			t.Fatal(err)
		}
		if b.First != next {
			t.Fatalf("First is %d, want %d", b.First, next)
		}
		next += int64(len(b.Rows))
		for i := range b.Rows {
			var row []value
			for _, c := range b.Row(i) {
				row = append(row, value{b.Fields[c.Field].Name, c.Type, string(b.Value(c))})
			}
			out.rows = append(out.rows, row)
		}
		if out.raw, _, err = r.Rewrite(out.raw, b, nil, nil, 0); err != nil {
			t.Fatal(err)
		}
		out.problems = append(out.problems, b.Problems...)
		out.notes = append(out.notes, b.Notes...)
	}
}

// reference lists the cells of JSON values in the order of the text, as encoding/json reads them.
// Each value at level deep (0: outermost, 1: elements of outermost arrays) is a row.
func reference(data []byte, level int) (rows [][]value, err error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var row []value
	var walk func(path string, tok json.Token) error
	walk = func(path string, tok json.Token) error {
		name := path
		if name == "" {
			name = "value"
		}
		switch v := tok.(type) {
		case json.Delim:
			for d.More() {
				key := path + "[]"
				if v == '{' {
					k, err := d.Token()
					if err != nil {
						return err
					}
					key = strings.ReplaceAll(k.(string), "\x00", "")
					shown := key
					if path != "" {
						key = path + "." + key
					}
					name := key
					if name == "" {
						name = "value"
					}
					row = append(row, value{name, connectors.Key, shown})
				}
				t, err := d.Token()
				if err != nil {
					return err
				}
				if err := walk(key, t); err != nil {
					return err
				}
			}
			_, err := d.Token()
			return err
		case string:
			row = append(row, value{name, connectors.Text, strings.ReplaceAll(v, "\x00", "")})
		case json.Number:
			typ := connectors.Int
			if strings.ContainsAny(string(v), "-.eE+") {
				typ = connectors.Number
			}
			row = append(row, value{name, typ, string(v)})
		case bool:
			row = append(row, value{name, connectors.Bool, fmt.Sprint(v)})
		case nil:
			row = append(row, value{name, connectors.Null, ""})
		}
		return nil
	}
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return rows, err
		}
		if tok == json.Delim('[') && level == 1 {
			for d.More() {
				if tok, err = d.Token(); err != nil {
					return rows, err
				}
				row = nil
				if err := walk("", tok); err != nil {
					return rows, err
				}
				rows = append(rows, row)
			}
			if _, err = d.Token(); err != nil {
				return rows, err
			}
			continue
		}
		row = nil
		if err := walk("", tok); err != nil {
			return rows, err
		}
		rows = append(rows, row)
	}
}

// sameRows compares, and takes what encoding/json says for broken UTF-8. Names of keys that look
// like data are stars; then only the last part, or nothing, is left to compare.
func sameRows(got, want [][]value) error {
	if len(got) != len(want) {
		return fmt.Errorf("%d rows, want %d", len(got), len(want))
	}
	for i := range got {
		if len(got[i]) != len(want[i]) {
			return fmt.Errorf("row %d: %d cells, want %d:\n%q\n%q", i, len(got[i]), len(want[i]), got[i], want[i])
		}
		for k, g := range got[i] {
			w := want[i][k]
			if clean(g.Text) != w.Text || g.Type != w.Type {
				return fmt.Errorf("row %d cell %d: %q, want %q", i, k, g, w)
			}
			if !strings.Contains(g.Field, "*") && g.Field != w.Field {
				return fmt.Errorf("row %d cell %d: field %q, want %q", i, k, g.Field, w.Field)
			}
		}
	}
	return nil
}

// clean writes broken UTF-8 as encoding/json does.
func clean(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		b.WriteRune(r)
	}
	return b.String()
}

func isProblem(err error, kind string) bool {
	var p *connectors.Problem
	return errors.As(err, &p) && p.Kind == kind
}
