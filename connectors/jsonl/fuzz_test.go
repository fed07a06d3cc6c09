package jsonl

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"bezlik/connectors"
)

// Whatever comes in: no panic, the rules of the contract, the same bytes out, nothing that depends on
// the size of batches; and valid JSON reads as encoding/json reads it and stays valid when masked.
func FuzzJSONL(f *testing.F) {
	for _, file := range files {
		f.Add([]byte(file.text), 10)
	}
	f.Add([]byte(`{"a":"\x41\xd0\x98\xff\x00\u00"}`+"\n"), 5)
	f.Add([]byte("{\"a\":\"x\x00y\"}\n\x00\n"), 5)
	f.Add([]byte("[\n{\"a\":NaN},\n{\"a\":007}\n]"), 5)
	f.Add([]byte("{\"a\":1,\n\"b\"\n:[{\"c\":[]},[],2"), 5)
	f.Add([]byte("9a"), 240) // was taken for the beginning of a number, with no border before it
	f.Fuzz(func(t *testing.T, data []byte, size int) {
		if !utf8.Valid(data) {
			return // the encoding is guessed then; TestEncodings has those
		}
		whole := readAll(t, data, Options{})
		parts := readAll(t, data, Options{BatchSize: 1 + size&0xff})
		if (whole.err == nil) != (parts.err == nil) || len(whole.problems) != len(parts.problems) {
			t.Fatalf("%v, %v", whole.err, parts.err)
		}
		if whole.err != nil {
			return
		}
		if !bytes.Equal(whole.raw, data) || !bytes.Equal(parts.raw, data) {
			t.Fatalf("not the same bytes:\n%q\n%q\n%q", data, whole.raw, parts.raw)
		}
		if !slices.EqualFunc(whole.rows, parts.rows, slices.Equal[[]value]) {
			t.Fatalf("rows depend on the size of batches:\n%q\n%q", whole.rows, parts.rows)
		}
		if len(whole.problems) > 0 {
			if json.Valid(data) {
				t.Fatalf("JSON is refused: %v", whole.problems)
			}
			return
		}
		// Rows are values, or the elements of arrays.
		valid := true
		for line := range bytes.Lines(data) {
			valid = valid && (json.Valid(line) || len(bytes.Trim(line, " \t\r\n")) == 0)
		}
		if valid = valid || json.Valid(data); !valid {
			return
		}
		values, err := reference(data, 0)
		if err != nil {
			t.Fatal(err)
		}
		elements, _ := reference(data, 1)
		asValues, asElements := sameRows(whole.rows, values), sameRows(whole.rows, elements)
		if asValues != nil && asElements != nil {
			t.Fatalf("%v; %v", asValues, asElements)
		}
		var out []byte
		r := open(t, data, Options{BatchSize: 1 + size&0xff})
		b := &connectors.Batch{Exact: true}
		for {
			err := r.Next(b)
			if err == io.EOF {
				break
			}
			if out, _, err = r.Rewrite(out, b, mask(b, "*\"*"), nil, 0); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := reference(out, 0); err != nil {
			t.Fatalf("masked is no JSON: %q", out)
		}
	})
}

// Writing text into a string and reading it back gives the text.
func FuzzEscape(f *testing.F) {
	f.Add("a\"\\\x00\n\u2028😀")
	f.Fuzz(func(t *testing.T, s string) {
		out := appendText(nil, []byte(s))
		var back string
		if err := json.Unmarshal(out, &back); err != nil {
			t.Fatal(err)
		}
		if back != strings.ToValidUTF8(s, "\ufffd") && utf8.ValidString(s) {
			t.Fatalf("%q became %q", s, back)
		}
	})
}
