package jsonl

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"bezlik/connectors"
)

var sizes = []int{1, 64, 100, 1000, 1 << 20}

// files are valid JSON; level is that of the rows (see reference).
var files = []struct {
	name  string
	level int
	text  string
}{
	{"lines", 0, "{\"a\":\"x\",\"b\":1}\n{\"a\":\"y\",\"b\":-2.5e3,\"c\":null}\n"},
	{"crlf, blank lines, no end", 0, "{\"a\":1}\r\n\r\n \n{\"a\":true,\"b\":false}\r\n{}\n{\"a\":[]}"},
	{"nested", 0, `{"user":{"phones":["+79161234567","8 916 123-45-67"],"name":{"first":"Иван"}},"n":[[1,[2,{"x":"y"}]],{}]}` + "\n" + `{"user":{"phones":[]}}` + "\n"},
	{"escapes", 0, `{"a":"\u0418\u0432\u0430\u043d \"x\" \\ \/ \b\f\n\r\t","b":"\ud83d\ude00\ud83d","c\u0430":"\u0000x\u0000y\u0000","":"",` + "\"d\":\"\u2028\"}\n"},
	{"scalars", 0, "123\n\"abc\"\nnull\ntrue\n-5\n[1,2]\n\"\"\n7"},
	{"array, pretty", 1, "[\n  {\n    \"a\": 1,\n    \"b\": [\n      \"x\",\n      {\"c\": \"y\"}\n    ]\n  },\n  {},\n  {\"a\": null}\n]\n"},
	{"array, minified", 1, `[{"a":"x","b":[1,2,{"c":[]}]},{"a":"y"},5,"z",[1,[2]],null,{}]`},
	{"array of arrays", 1, `[[1,2],[3],[],["4"]]`},
	{"empty array", 1, `[]`},
	{"object, pretty", 0, "{\n \"name\": \"x\",\n \"list\": [\n  {\"a\": 1},\n  {\"a\": 2}\n ]\n}\n"},
	{"objects, pretty", 0, "{\n \"a\": 1\n}\n{\n \"a\": [2]\n}"},
	{"object, minified", 0, `{"a":{"b":{"c":[{"d":"e"}]}}}`},
	{"colon in the next line", 0, "{\"a\"\n:1,\"b\":\n2}"},
	{"two on a line", 0, `{"a":1} {"a":2}` + "\n" + `{"a":3}`},
	{"empty", 0, ""},
	{"blank", 0, " \n\r\n\t"},
	{"keys with data", 0, `{"a@b.ru":1,"+79161234567":{"x":"y"},"Иванов Иван":2}` + "\n"},
}

func TestEqualsEncodingJSON(t *testing.T) {
	for _, f := range files {
		want, err := reference([]byte(f.text), f.level)
		if err != nil {
			t.Fatal(f.name, err)
		}
		for _, size := range sizes {
			got := readAll(t, []byte(f.text), Options{BatchSize: size})
			if got.err != nil || len(got.problems) > 0 {
				t.Errorf("%s: %v %v", f.name, got.err, got.problems)
			}
			if err := sameRows(got.rows, want); err != nil {
				t.Errorf("%s, batches of %d: %v", f.name, size, err)
			}
			if string(got.raw) != f.text {
				t.Errorf("%s, batches of %d: not the same bytes:\n%q\n%q", f.name, size, got.raw, f.text)
			}
		}
	}
}

// big is JSON of about n bytes.
func big(n int, pretty bool) []byte {
	var b bytes.Buffer
	for i := 0; b.Len() < n; i++ {
		fmt.Fprintf(&b, `{"id":%d,"full_name":"Тестов Тест %d","phone":"+7 (999) 000-%02d-%02d","tags":["a","\u0431%d"],"ok":%t,"sum":%d.5,"note":null,"deep":{"x":[{"y":%d}]}}`,
			i, i, i/100%100, i%100, i, i%2 == 0, i, i)
		b.WriteByte('\n')
	}
	if pretty {
		s := strings.ReplaceAll(strings.TrimSuffix(b.String(), "\n"), "\n", ",\n\t")
		return []byte("[\n\t" + s + "\n]\n")
	}
	return b.Bytes()
}

func TestBigFiles(t *testing.T) {
	for level, pretty := range []bool{false, true} {
		data := big(3<<20, pretty)
		want, err := reference(data, level)
		if err != nil {
			t.Fatal(err)
		}
		for _, size := range []int{64, 4000, 1 << 20} {
			got := readAll(t, data, Options{BatchSize: size})
			if err := sameRows(got.rows, want); err != nil || got.err != nil {
				t.Error(size, err, got.err)
			}
			if !bytes.Equal(got.raw, data) {
				t.Error("not the same bytes")
			}
		}
	}
}

// mask replaces every value and key of b that has a digit or a letter a by text, whole or in part.
func mask(b *connectors.Batch, text string) (edits []connectors.Edit) {
	for i, c := range b.Cells {
		if c.Type == connectors.Null {
			continue
		}
		v := b.Value(c)
		for at := 0; at < len(v); {
			k := bytes.IndexAny(v[at:], "0123456789a")
			if k < 0 {
				break
			}
			at += k
			end := at
			for end < len(v) && bytes.IndexByte([]byte("0123456789a"), v[end]) >= 0 {
				end++
			}
			edits = append(edits, connectors.Edit{Cell: uint32(i), Start: c.Start + uint32(at), End: c.Start + uint32(end), Text: []byte(text)})
			at = end
		}
	}
	return edits
}

func maskText(s, text string) string {
	var b strings.Builder
	in := false
	for _, c := range []byte(s) {
		hit := strings.IndexByte("0123456789a", c) >= 0
		if hit && !in {
			b.WriteString(text)
		}
		if in = hit; !hit {
			b.WriteByte(c)
		}
	}
	return b.String()
}

func TestMaskedStaysJSON(t *testing.T) {
	for _, text := range []string{"***", "7", "\"\\\n\x01я", ""} {
		for _, f := range files {
			want, _ := reference([]byte(f.text), f.level)
			for _, size := range sizes {
				r := open(t, []byte(f.text), Options{BatchSize: size})
				b := &connectors.Batch{Exact: true}
				var out []byte
				for r.Next(b) == nil {
					var err error
					if out, _, err = r.Rewrite(out, b, mask(b, text), nil, 0); err != nil {
						t.Fatal(f.name, err)
					}
				}
				got, err := reference(out, f.level)
				if err != nil {
					t.Fatalf("%s is no JSON with %q: %v\n%s", f.name, text, err, out)
				}
				if len(got) != len(want) {
					t.Fatalf("%s: %d rows, want %d", f.name, len(got), len(want))
				}
				for i := range want {
					for k, w := range want[i] {
						g := got[i][k]
						w.Text = maskText(w.Text, text)
						if w.Type == connectors.Bool && strings.Contains(w.Text, "lse") {
							w.Text = maskText("false", text)
						}
						if g.Text != w.Text {
							t.Fatalf("%s: %q, want %q", f.name, g, w)
						}
						if w.Type == connectors.Int && text == "7" && g.Type != connectors.Int {
							t.Fatalf("%s: a number became a string", f.name)
						}
					}
				}
			}
		}
	}
}

func TestDropRows(t *testing.T) {
	text := "\xef\xbb\xbf{\"a\":1}\r\n\n{\"a\":2}\n{\"a\":3}\n{\"a\":4}\n\n"
	for _, size := range sizes {
		r := open(t, []byte(text), Options{BatchSize: size})
		b := &connectors.Batch{Exact: true}
		var out []byte
		n := 0
		for r.Next(b) == nil {
			var drop []uint32
			for i := range b.Rows {
				if n++; n%2 == 0 {
					drop = append(drop, uint32(i))
				}
			}
			var err error
			if out, _, err = r.Rewrite(out, b, mask(b, "x")[:0], drop, 0); err != nil {
				t.Fatal(err)
			}
		}
		if want := "\xef\xbb\xbf{\"a\":1}\r\n{\"a\":3}\n\n"; string(out) != want {
			t.Errorf("batches of %d: %q, want %q", size, out, want)
		}
	}
}

func TestBrokenLine(t *testing.T) {
	for name, broken := range map[string]string{
		"cut in a string": `{"a":"+7 999 000-00-01`,
		"cut in a key":    `{"a`,
		"no comma":        `{"a":"+7 999 000-00-01" "b":1}`,
		"a text":          `тел. +7 999 000-00-01`,
		"bad word":        `{"a":nil}`,
		"no number":       `9a`,
		"cut in a word":   `{"a":"+7 999 000-00-01","b":tru`,
		"too deep":        strings.Repeat("[", 600) + "x",
	} {
		for _, at := range []int{0, 1, 2} {
			lines := []string{`{"a":1,"b":[2]}`, `{"a":2}`, `{"a":3}`}
			lines[at] = broken
			text := strings.Join(lines, "\n") + "\n"
			for _, size := range sizes {
				got := readAll(t, []byte(text), Options{BatchSize: size})
				if got.err != nil || len(got.rows) != 3 || len(got.problems) != 1 {
					t.Fatalf("%s, line %d: %v, %d rows, problems %v", name, at, got.err, len(got.rows), got.problems)
				}
				p := got.problems[0]
				if start := int64(len(strings.Join(lines[:at], "\n"))); p.Row != int64(at+1) || p.Offset < start || p.Offset > start+1+int64(len(broken)) {
					t.Errorf("%s, line %d: problem at row %d, offset %d", name, at, p.Row, p.Offset)
				}
				cells := got.rows[at]
				if len(cells) != 1 || cells[0].Field != "broken" {
					t.Fatalf("%s, line %d: %v", name, at, cells)
				}
				if v := cells[0].Text; !strings.HasSuffix(broken, v) || strings.Contains(broken, "999") && !strings.Contains(v, "999") {
					t.Errorf("%s, line %d: %q is lost", name, at, v)
				}
				if string(got.raw) != text {
					t.Errorf("%s, line %d, batches of %d: not the same bytes\n%q\n%q", name, at, size, got.raw, text)
				}
			}
		}
	}
}

func TestTruncated(t *testing.T) {
	for _, whole := range []string{"[{\"a\":\"x\"},\n{\"a\":\"y\",\"b\":\"+7 999 000-00-01\"}]", "{\"a\": [\n{\"b\": 1},\n{\"b\": 2}\n]\n}"} {
		for n := 2; n < len(whole); n++ {
			text := whole[:n]
			for _, size := range sizes {
				got := readAll(t, []byte(text), Options{BatchSize: size})
				if got.err == nil && len(got.problems) == 0 {
					t.Fatalf("%q passes as complete", text)
				}
				if string(got.raw) != text {
					t.Fatalf("%q: only %q came", text, got.raw)
				}
				if got.err != nil && !isProblem(got.err, "truncated") {
					t.Fatal(got.err)
				}
			}
		}
	}
}
