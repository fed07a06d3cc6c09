package telegram

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

	"bezlik/connectors"
	"bezlik/connectors/sourcetest"
	"bezlik/connectors/textenc"
)

const chat = `{
 "name": "Тестовый чат",
 "type": "personal_chat",
 "id": 4500000001,
 "messages": [
  {
   "id": 1,
   "type": "service",
   "date": "2025-01-15T10:30:00",
   "date_unixtime": "1736926200",
   "actor": "Тест Тестов",
   "actor_id": "user100",
   "action": "invite_members",
   "members": [
    "Проба Пробина",
    null
   ],
   "text": "",
   "text_entities": []
  },
  {
   "id": 2,
   "type": "message",
   "date": "2025-01-15T10:31:00",
   "date_unixtime": "1736926260",
   "from": "Тест Тестов",
   "from_id": "user100",
   "forwarded_from": "Проба \"П\" Пробина",
   "text": [
    "Иван",
    {
     "type": "bold",
     "text": " Проверкин"
    },
    ", тел. ",
    {
     "type": "phone",
     "text": "+7 999 000-00-01"
    },
    "\u0021\x1F"
   ],
   "text_entities": [
    {
     "type": "plain",
     "text": "Иван"
    },
    {
     "type": "bold",
     "text": " Проверкин"
    },
    {
     "type": "plain",
     "text": ", тел. "
    },
    {
     "type": "phone",
     "text": "+7 999 000-00-01"
    },
    {
     "type": "plain",
     "text": "\u0021\x1F"
    }
   ]
  },
  {
   "id": 3,
   "type": "message",
   "from": "Проба Пробина",
   "invoice_information": "{\"title\":\"Счёт\",\"phone\":\"+79990000002\"}",
   "text": "просто так",
   "text_entities": [
    {
     "type": "plain",
     "text": "просто так"
    }
   ]
  }
 ]
}`

// account wraps the messages of chat into an export of everything.
var account = strings.NewReplacer("@", chat[strings.Index(chat, "[\n"):strings.LastIndex(chat, "]")+1]).Replace(`{
 "about": "Here is the data you requested.",
 "personal_information": {
  "user_id": 100,
  "first_name": "Тест",
  "phone_number": "+7 999 000-00-03"
 },
 "contacts": {
  "about": "contacts",
  "list": [
   {
    "first_name": "Проба",
    "phone_number": "+7 999 000-00-04"
   },
   {
    "first_name": "",
    "phone_number": ""
   }
  ]
 },
 "sessions": {"list": [{"last_ip": "192.0.2.1"}]},
 "chats": {
  "about": "chats",
  "list": [
   {
    "name": "А",
    "type": "personal_chat",
    "id": 1,
    "messages": @
   },
   {
    "name": "Б",
    "messages": []
   },
   {
    "messages": @
   }
  ]
 }
}`)

var sizes = []int{1, 64, 500, 1 << 20}

type cell struct {
	field, text string
	typ         connectors.Type
}

// open starts reading data.
func open(t testing.TB, data []byte, opt Options) interface {
	connectors.Reader
	connectors.Rewriter
} {
	t.Helper()
	s := New(textenc.MemoryInput("result.json", bytes.NewReader(data), int64(len(data))), opt)
	r, err := s.Open(context.Background(), connectors.Part{})
	if err != nil {
		t.Fatal(err)
	}
	return r.(interface {
		connectors.Reader
		connectors.Rewriter
	})
}

// readAll reads a file: its rows, its Echo cells with their pieces, and what Rewrite makes of it with edit.
func readAll(t testing.TB, text string, size int, edit func(b *connectors.Batch) []connectors.Edit) (rows [][]cell, echoes []cell, out string, err error) {
	t.Helper()
	r := open(t, []byte(text), Options{BatchSize: size})
	b := &connectors.Batch{Exact: true}
	var raw []byte
	for next := int64(1); ; {
		if err = r.Next(b); err != nil {
			if err == io.EOF {
				err = nil
			}
			return rows, echoes, string(raw), err
		}
		if b.First != next {
			t.Fatalf("First is %d, want %d", b.First, next)
		}
		if err := sourcetest.Check(b); err != nil {
			t.Fatal(err)
		}
		for i := range b.Rows {
			var row []cell
			for _, c := range b.Row(i) {
				row = append(row, cell{b.Fields[c.Field].Name, string(b.Value(c)), c.Type})
			}
			if len(row) == 1 && row[0].typ == connectors.Echo {
				echoes = append(echoes, row[0])
				checkPieces(t, b, b.Rows[i])
				continue
			}
			rows = append(rows, row)
			next++
		}
		var edits []connectors.Edit
		if edit != nil {
			edits = edit(b)
		}
		if raw, _, err = r.Rewrite(raw, b, edits, nil, 0); err != nil {
			t.Fatal(err)
		}
	}
}

// checkPieces checks that every byte of an Echo cell is in some piece, and is the same there.
func checkPieces(t testing.TB, b *connectors.Batch, echo uint32) {
	t.Helper()
	text := b.Value(b.Cells[echo])
	seen := make([]bool, len(text))
	for _, p := range b.Pieces {
		if p.Echo != echo {
			continue
		}
		v := b.Value(b.Cells[p.Cell])
		if string(text[p.At:int(p.At)+len(v)]) != string(v) {
			t.Fatal("a piece is not what the echo says")
		}
		for i := range v {
			seen[int(p.At)+i] = true
		}
	}
	if slices.Contains(seen, false) {
		t.Fatal("an echo has bytes of no piece")
	}
}

// plain makes JSON of what Telegram writes.
func plain(s string) string { return strings.ReplaceAll(s, `\x1F`, `\u001f`) }

func TestValuesEqualEncodingJSON(t *testing.T) {
	for name, text := range map[string]string{"chat": chat, "account": account} {
		var want []string // strings, numbers and keys in order
		d := json.NewDecoder(strings.NewReader(plain(text)))
		d.UseNumber()
		for {
			tok, err := d.Token()
			if err == io.EOF {
				break
			} else if err != nil {
				t.Fatal(err)
			}
			switch v := tok.(type) {
			case string:
				want = append(want, v)
			case json.Number:
				want = append(want, string(v))
			case nil:
				want = append(want, "")
			}
		}
		for _, size := range sizes {
			rows, _, out, err := readAll(t, text, size, nil)
			if err != nil {
				t.Fatal(name, err)
			}
			if out != text {
				t.Errorf("%s: not the same bytes", name)
			}
			var got []string
			for _, row := range rows {
				for _, c := range row {
					got = append(got, c.text)
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s, batches of %d:\n%q\n%q", name, size, got, want)
			}
		}
	}
}

func TestRowsAndFields(t *testing.T) {
	for _, size := range sizes {
		rows, _, _, _ := readAll(t, account, size, nil)
		var got []string
		for _, row := range rows {
			got = append(got, row[0].field)
		}
		want := []string{"about", "contacts[].first_name", "contacts[].first_name", "sessions", "sessions[].last_ip", "chats",
			"id", "id", "id", "chats.list[].name", "id", "id", "id"}
		if !slices.Equal(got, want) {
			// The rows around arrays begin with whatever key follows.
			t.Errorf("batches of %d: rows begin with %q, want %q", size, got, want)
		}
		var fields []string
		for _, c := range rows[7] {
			if c.typ != connectors.Key {
				fields = append(fields, c.field)
			}
		}
		want = []string{"id", "type", "date", "date_unixtime", "from", "from_id", "forwarded_from",
			"text[]", "text[].type", "text[].text", "text[]", "text[].type", "text[].text", "text[]"}
		if len(fields) < len(want) || !slices.Equal(fields[:len(want)], want) || fields[len(fields)-1] != "text_entities[].text" {
			t.Errorf("fields of a message: %q", fields)
		}
	}
}

func TestEcho(t *testing.T) {
	for _, size := range sizes {
		_, echoes, _, _ := readAll(t, account, size, nil)
		want := cell{"text", "Иван Проверкин, тел. +7 999 000-00-01!\x1f", connectors.Echo}
		if !slices.Equal(echoes, []cell{want, want}) {
			t.Errorf("batches of %d: %q", size, echoes)
		}
	}
}

// mask hides words in every cell, and in Echo cells by editing the pieces that they cover.
func mask(words ...string) func(b *connectors.Batch) []connectors.Edit {
	return func(b *connectors.Batch) []connectors.Edit {
		var edits []connectors.Edit
		add := func(cell uint32, from, to int) { // offsets in the cell
			c := b.Cells[cell]
			from, to = max(from, 0), min(to, int(c.End-c.Start))
			e := connectors.Edit{Cell: cell, Start: c.Start + uint32(from), End: c.Start + uint32(to), Text: []byte("***")}
			if from < to && !slices.ContainsFunc(edits, func(o connectors.Edit) bool { return o.Cell == e.Cell && o.Start == e.Start }) {
				edits = append(edits, e)
			}
		}
		for i, c := range b.Cells {
			for _, w := range words {
				k := bytes.Index(b.Value(c), []byte(w))
				if k < 0 {
					continue
				}
				if c.Type != connectors.Echo {
					add(uint32(i), k, k+len(w))
					continue
				}
				for _, p := range b.Pieces {
					if p.Echo == uint32(i) {
						add(p.Cell, k-int(p.At), k+len(w)-int(p.At))
					}
				}
			}
		}
		slices.SortFunc(edits, func(a, b connectors.Edit) int { return int(a.Start) - int(b.Start) })
		return edits
	}
}

func TestMaskedInBothPlaces(t *testing.T) {
	for _, text := range []string{chat, account} {
		for _, size := range sizes {
			_, _, out, err := readAll(t, text, size, mask("Иван Проверкин", "+7 999 000-00-01", "+79990000002", `"П"`, "1736926260"))
			if err != nil {
				t.Fatal(err)
			}
			if !json.Valid([]byte(plain(out))) {
				t.Fatalf("no JSON:\n%s", out)
			}
			for _, gone := range []string{"Иван", "Проверкин", "000-00-01", "79990000002", `\"П`, "1736926260"} {
				if strings.Contains(out, gone) {
					t.Errorf("%s is still there", gone)
				}
			}
			want := strings.NewReplacer("Иван", "***", " Проверкин", "***", "+7 999 000-00-01", "***", "+79990000002", "***",
				`\"П\"`, "***", "1736926260", "***").Replace(text)
			if out != want {
				t.Errorf("batches of %d: bytes outside the values changed", size)
			}
		}
	}
}

func TestTruncated(t *testing.T) {
	full, _, _, _ := readAll(t, chat, 1<<20, nil)
	for n := 1; n < len(chat); n++ {
		for _, size := range []int{64, 1 << 20} {
			rows, _, out, err := readAll(t, chat[:n], size, nil)
			var p *connectors.Problem
			if !errors.As(err, &p) || p.Kind != "truncated" {
				t.Fatalf("%d bytes pass: %v", n, err)
			}
			if out != chat[:n] {
				t.Fatalf("%d bytes: not all of them came", n)
			}
			for i := range len(rows) - 1 {
				if !slices.Equal(rows[i], full[i]) {
					t.Fatalf("%d bytes: row %d is lost", n, i)
				}
			}
		}
	}
}

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		name, head string
		want       bool
	}{
		{"chat", chat, true},
		{"head of a chat", chat[:60], false},
		{"chat up to its messages", chat[:strings.Index(chat, "[")+1], true},
		{"account", account, true},
		{"head of an account", account[:150], true},
		{"other messages", `{"messages":[{"role":"user","content":"x"}]}`, false},
		{"a table", `[{"id":1,"type":"a"}]`, false},
		{"lines", "{\"id\":1,\"type\":\"x\"}\n{\"id\":2}", false},
		{"no JSON", "id,type,messages\n", false},
		{"empty", "", false},
	} {
		if got := Match("x", []byte(c.head)); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// big is an export of about n bytes.
func big(n int) []byte {
	var b bytes.Buffer
	b.WriteString("{\n \"name\": \"Тест\",\n \"type\": \"private_group\",\n \"id\": 1,\n \"messages\": [")
	for i := 0; b.Len() < n; i++ {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "\n  {\n   \"id\": %d,\n   \"type\": \"message\",\n   \"date\": \"2025-01-15T10:30:00\",\n   \"date_unixtime\": \"%d\",\n   \"from\": \"Тест Тестов %d\",\n   \"from_id\": \"user%d\",\n", i, 1736926200+i, i%300, i%300)
		said := strings.Repeat("Добрый день, когда можно подъехать и забрать документы? ", 1+i%5)
		if i%5 == 0 {
			fmt.Fprintf(&b, "   \"text\": [\n    \"%s\",\n    {\n     \"type\": \"phone\",\n     \"text\": \"+7 999 000-%02d-%02d\"\n    },\n    \"\"\n   ],\n   \"text_entities\": [\n    {\n     \"type\": \"plain\",\n     \"text\": \"%s\"\n    },\n    {\n     \"type\": \"phone\",\n     \"text\": \"+7 999 000-%02d-%02d\"\n    }\n   ]\n  }",
				said, i/100%100, i%100, said, i/100%100, i%100)
		} else {
			fmt.Fprintf(&b, "   \"text\": \"%s\",\n   \"text_entities\": [\n    {\n     \"type\": \"plain\",\n     \"text\": \"%s\"\n    }\n   ]\n  }", said, said)
		}
	}
	b.WriteString("\n ]\n}")
	return b.Bytes()
}

func TestWarmBatchAllocatesNothing(t *testing.T) {
	r := open(t, big(8<<20), Options{BatchSize: 1 << 16})
	b := &connectors.Batch{Exact: true}
	next := func() {
		if err := r.Next(b); err != nil {
			t.Fatal(err)
		}
	}
	for range 10 {
		next()
	}
	if n := testing.AllocsPerRun(40, next); n > 0 {
		t.Errorf("%v allocations a batch", n)
	}
}

func BenchmarkRead(b *testing.B) {
	data := big(16 << 20)
	b.SetBytes(int64(len(data)))
	batch := &connectors.Batch{}
	for b.Loop() {
		r := open(b, data, Options{})
		for {
			if err := r.Next(batch); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
	}
}

func FuzzTelegram(f *testing.F) {
	f.Add(chat, 64)
	f.Add(account, 1000)
	f.Add(`{"messages":[{"text":["a",{"text":"b"},{"x":{"text":["c"]}}],"text_entities":[{"text":"a"},{"text":"x"}]},1,"2",[3]]}`, 10)
	f.Add(chat[:300], 7)
	f.Fuzz(func(t *testing.T, text string, size int) {
		size = 1 + size&0xfff
		rows, echoes, out, err := readAll(t, text, size, nil)
		if err == nil && out != text && strings.HasPrefix(text, "\ufeff") == strings.HasPrefix(out, "\ufeff") && isUTF8(text) {
			t.Fatal("not the same bytes")
		}
		rows2, echoes2, _, err2 := readAll(t, text, 1<<20, nil)
		if (err == nil) != (err2 == nil) || err == nil && (!slices.EqualFunc(rows, rows2, slices.Equal[[]cell]) || !slices.Equal(echoes, echoes2)) {
			t.Fatalf("batches of %d say something else than one: %v, %v", size, err, err2)
		}
		if json.Valid([]byte(text)) && isUTF8(text) && text[0] != '"' && err != nil && strings.ContainsAny(text[:1], "{[") {
			t.Fatalf("JSON is refused: %v", err)
		}
	})
}

func isUTF8(s string) bool { return strings.ToValidUTF8(s, "") == s }
