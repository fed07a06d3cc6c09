package jsonl

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"

	"bezlik/connectors"
	"bezlik/connectors/sourcetest"
	"bezlik/connectors/textenc"
)

func source(data []byte, o Options) *Source {
	return New(textenc.MemoryInput("x", bytes.NewReader(data), int64(len(data))), o)
}

func TestAcceptance(t *testing.T) {
	for name, data := range map[string][]byte{
		"lines":  big(300<<10, false),
		"array":  big(300<<10, true),
		"crlf":   bytes.ReplaceAll(big(300<<10, false), []byte("\n"), []byte("\r\n\r\n")),
		"object": append(append([]byte(`{"before":[],"rows":`), big(1200<<10, true)...), `,"after":{"a":1}}`...),
	} {
		t.Run(name, func(t *testing.T) {
			make := func(o Options) func(t *testing.T) connectors.Source {
				return func(t *testing.T) connectors.Source { return source(data, o) }
			}
			o := sourcetest.Options{
				Again: []func(t *testing.T) connectors.Source{
					make(Options{BatchSize: 64}), make(Options{BatchSize: 777}), make(Options{}),
				},
				ZeroAllocs: true,
				Exact:      map[string][]byte{"x": data},
				Reopen: func(t *testing.T, _ string, content []byte) connectors.Source {
					return source(content, Options{})
				},
				Find: "+7 (999)", Put: "***",
				Hostile: []string{`\u0041`, "\u2028", "😀", "]}", "\x7f"},
			}
			if name == "object" { // one that has shrunk below a mebibyte is one row
				o.Reopen = nil
			}
			sourcetest.Run(t, make(Options{BatchSize: 1 << 14}), o)
		})
	}
}

func TestEncodings(t *testing.T) {
	text := "{\"имя\":\"Тестов Тест\",\"n\":1}\r\n{\"имя\":\"Проба \\u0416\",\"n\":2}\n"
	cp1251, err := charmap.Windows1251.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	var wide []byte
	for _, u := range utf16.Encode([]rune("\ufeff" + text)) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	want, err := reference([]byte(text), 0)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{"windows-1251": cp1251, "utf-16": string(wide), "utf-8 with a mark": "\xef\xbb\xbf" + text} {
		if !Match("x.json", []byte(data)) {
			t.Errorf("%s is not seen as JSON", name)
		}
		for _, size := range sizes {
			got := readAll(t, []byte(data), Options{BatchSize: size})
			if err := sameRows(got.rows, want); err != nil || got.err != nil {
				t.Error(name, err, got.err)
			}
			if string(got.raw) != data {
				t.Errorf("%s: not the same bytes", name)
			}
		}
	}
}

func TestBrokenBytes(t *testing.T) {
	// Bytes that are no UTF-8, in UTF-8 text long enough to be taken for it, and zero bytes.
	text := strings.Repeat("{\"a\":\"Тестов Тест\"}\n", 50) + "{\"a\":\"x\xffy\",\"b\":\"+7\x00999\",\"c\\u0000\":\"\\u0000\"}\n"
	for _, size := range sizes {
		got := readAll(t, []byte(text), Options{BatchSize: size, Encoded: true})
		if got.err != nil || len(got.problems) > 0 {
			t.Fatal(got.err, got.problems)
		}
		last := got.rows[len(got.rows)-1]
		want := []value{{"a", connectors.Key, "a"}, {"a", connectors.Text, "x\x1ay"}, {"b", connectors.Key, "b"}, {"b", connectors.Text, "+7999"},
			{"c", connectors.Key, "c"}, {"c", connectors.Text, ""}}
		if !slices.Equal(last, want) {
			t.Errorf("%q", last)
		}
		var kinds []string
		for _, n := range got.notes {
			kinds = append(kinds, n.Kind)
		}
		if !slices.Equal(kinds, []string{"broken_text", "nul_bytes"}) {
			t.Errorf("notes: %q", kinds)
		}
		if string(got.raw) != text {
			t.Error("not the same bytes")
		}
	}
}

// Escapes as web servers and Telegram write them. encoding/json refuses them, so the values are spelled out.
func TestOddEscapes(t *testing.T) {
	for in, want := range map[string]string{
		`\x41\x1F`:     "A\x1f",
		`\xD0\x98z`:    "Иz",
		`\xFFz`:        "ÿz",
		`\x00a\x0`:     `a\x0`,
		`\u12`:         `\u12`,
		`\q`:           `\q`,
		`\'`:           `'`,
		`\xF0\x9F\x98`: "\u00f0\u009f\u0098",
		`\ud83dx`:      "\ufffdx",
	} {
		got := readAll(t, []byte(`{"a":"`+in+`"}`), Options{})
		if len(got.rows) != 1 || got.rows[0][1].Text != want {
			t.Errorf("%s: %q, want %q", in, got.rows, want)
		}
	}
}

func TestLongRows(t *testing.T) {
	said := strings.Repeat(`Позвонить Тестову: +7 999 000-00-01 или \u0442\u0435\u0441\u0442@example.com\n`, 600)
	long := `{"a":"x","text":"` + said + `","n":12345}`
	short := `{"a":"y"}`
	for name, text := range map[string]string{
		"line":         short + "\n" + long + "\n" + short + "\r\n" + long,
		"line, first":  long + "\n" + short + "\n",
		"value, array": "[" + short + ",\n" + long + ",\n" + short + "]",
	} {
		// All of it, as far as running text shows it.
		want := strings.Count(text, "+7 999 000-00-01")
		for _, size := range []int{64, 5000, 1 << 14} {
			r := open(t, []byte(text), Options{BatchSize: size, MaxRow: 8 << 10})
			b := &connectors.Batch{Exact: true}
			var raw, masked []byte
			found, mails, notes, skip, rows := 0, 0, 0, 0, []int64{}
			for {
				err := r.Next(b)
				if err == io.EOF {
					break
				} else if err != nil {
					t.Fatal(err)
				}
				if err := sourcetest.Check(b); err != nil {
					t.Fatal(err)
				}
				if len(b.Arena) > 64<<10 {
					t.Fatalf("a batch of %d bytes", len(b.Arena))
				}
				notes += len(b.Notes)
				rows = append(rows, b.First)
				if raw, _, err = r.Rewrite(raw, b, nil, nil, 0); err != nil {
					t.Fatal(err)
				}
				var edits []connectors.Edit
				for i, c := range b.Cells {
					lo, hi := c.Start+b.Lead, c.End-b.Tail
					for _, w := range []string{"+7 999 000-00-01", "тест@example.com"} {
						for at := c.Start; ; {
							k := bytes.Index(b.Arena[at:c.End], []byte(w))
							if k < 0 {
								break
							}
							at += uint32(k)
							if at >= lo && at < hi {
								if w[0] == '+' {
									found++
								} else {
									mails++
								}
								edits = append(edits, connectors.Edit{Cell: uint32(i), Start: at, End: at + uint32(len(w)), Text: []byte(`"`)})
							}
							at += uint32(len(w))
						}
					}
				}
				slices.SortFunc(edits, func(a, b connectors.Edit) int { return int(a.Start) - int(b.Start) })
				if masked, skip, err = r.Rewrite(masked, b, edits, nil, skip); err != nil {
					t.Fatal(err)
				}
			}
			if found != want || mails != want {
				t.Errorf("%s, batches of %d: %d and %d found, want %d", name, size, found, mails, want)
			}
			if string(raw) != text {
				t.Errorf("%s, batches of %d: not the same bytes", name, size)
			}
			if notes == 0 {
				t.Errorf("%s: no note", name)
			}
			if !slices.IsSorted(rows) {
				t.Errorf("%s: rows %d", name, rows)
			}
			wantText := strings.NewReplacer("+7 999 000-00-01", `\"`, `\u0442\u0435\u0441\u0442@example.com`, `\"`).Replace(text)
			if string(masked) != wantText {
				t.Errorf("%s, batches of %d: masked text is wrong", name, size)
			}
		}
	}
}

// A value that is one long object without arrays is cut between its members, and stays JSON.
func TestLongObject(t *testing.T) {
	var b bytes.Buffer
	b.WriteString("{")
	for i := 0; b.Len() < 3<<20; i++ {
		if i > 0 {
			b.WriteString(",\n")
		}
		fmt.Fprintf(&b, `"id%d":{"phone":%d,"a":"+7 (999) 000-00-%02d"}`, 100000+i, 79990000000+i, i%100)
	}
	b.WriteString("}")
	data := b.Bytes()
	want, _ := reference(data, 0)
	for _, size := range []int{5000, 1 << 20} {
		got := readAll(t, data, Options{BatchSize: size})
		if got.err != nil || len(got.rows) < 3 || len(got.notes) == 0 {
			t.Fatal(got.err, len(got.rows), len(got.notes))
		}
		if err := sameRows([][]value{slices.Concat(got.rows...)}, want); err != nil {
			t.Error(err)
		}
		if !bytes.Equal(got.raw, data) {
			t.Error("not the same bytes")
		}
		r := open(t, data, Options{BatchSize: size})
		batch := &connectors.Batch{Exact: true}
		var out []byte
		for r.Next(batch) == nil {
			if n := len(batch.Fields); n > 4096 {
				t.Fatalf("%d fields", n)
			}
			for _, f := range batch.Fields {
				if strings.ContainsAny(f.Name, "0123456789") {
					t.Fatalf("a key that looks like data became a name")
				}
			}
			out, _, _ = r.Rewrite(out, batch, mask(batch, "x"), nil, 0)
		}
		if !json.Valid(out) {
			t.Error("masked is no JSON")
		}
	}
}

func TestManyKeys(t *testing.T) {
	var text strings.Builder
	word := func(i int) string {
		s := ""
		for ; i > 0; i /= 10 {
			s += string(rune('a' + i%10))
		}
		return s
	}
	for i := range 20000 {
		fmt.Fprintf(&text, "{\"k%s\":{\"k%s\":{\"x\":%d}}}\n", word(i%300), word(i), i)
	}
	want, _ := reference([]byte(text.String()), 0)
	got := readAll(t, []byte(text.String()), Options{})
	if err := sameRows(got.rows, want); err != nil {
		t.Fatal(err)
	}
	r := open(t, []byte(text.String()), Options{})
	b := &connectors.Batch{}
	for r.Next(b) == nil {
		if len(b.Fields) > 4096 {
			t.Fatalf("%d fields", len(b.Fields))
		}
	}
}

func TestReadErrorIsNoEnd(t *testing.T) {
	secret := errors.New("+7 999 000-00-01")
	for _, size := range sizes {
		text := strings.Repeat("{\"a\":1}\n", 10) + `{"a":`
		in := textenc.StreamInput("x", io.MultiReader(strings.NewReader(text), iotest.ErrReader(secret)))
		r, err := New(in, Options{BatchSize: size}).Open(context.Background(), connectors.Part{})
		if err != nil {
			t.Fatal(err)
		}
		rows := 0
		b := &connectors.Batch{}
		for {
			if err = r.Next(b); err != nil {
				break
			}
			rows += len(b.Rows)
		}
		if !isProblem(err, "read_error") || strings.Contains(err.Error(), "999") {
			t.Errorf("batches of %d: %v", size, err)
		}
		if rows != 10 {
			t.Errorf("batches of %d: %d rows came before", size, rows)
		}
	}
}

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		name, head string
		want       bool
	}{
		{"a.jsonl", "{\"a\":1}\n", true},
		{"a.ndjson", "broken", true},
		{"a.jsonl", "a\x00b", false},
		{"a", "{\"a\":1}\n", true},
		{"a.txt", " \n[{\"a\":", true},
		{"a", "\xef\xbb\xbf{\n  \"a\": [", true},
		{"a.log", "[2025-01-15 10:30:00] Тест: здравствуйте\n", false},
		{"a.log", "[info] started\n", false},
		{"a.csv", "a,b\n1,2\n", false},
		{"a.csv", "1\n2\n", false},
		{"a.html", "{{ template }}\n", false},
		{"a.json", "{broken", true},
		{"a", "", false},
	} {
		if got := Match(c.name, []byte(c.head)); got != c.want {
			t.Errorf("%s %q: %v", c.name, c.head, got)
		}
	}
}
