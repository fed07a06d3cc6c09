package pipeline

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bezlik/connectors"
	"bezlik/connectors/csvfile"
	"bezlik/connectors/jsonl"
	"bezlik/connectors/sqlite"
	"bezlik/connectors/telegram"
	"bezlik/connectors/textenc"
	"bezlik/connectors/textfile"
)

// What is found does not depend on where a source cuts its rows into batches, nor on how many workers look at them.
func TestCutsOfTables(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "seed")
		rows := rapid.IntRange(0, 60).Draw(t, "rows")
		cuts := rapid.SliceOfN(rapid.IntRange(1, 9), 1, 20).Draw(t, "cuts")
		objects := []fakeObject{people(rand.New(rand.NewPCG(seed, 0)), "a", rows), people(rand.New(rand.NewPCG(seed, 1)), "b", 5)}
		want, wantParts, _ := scanned(t, &Scan{Source: &fake{objects: objects}, Workers: 1})
		told, counted := sums(t, want)
		if !maps.Equal(told, counted) {
			t.Fatalf("told %v, counted %v", told, counted)
		}
		for _, workers := range []int{1, 3} {
			i := 0
			cut := func() int { i++; return cuts[i%len(cuts)] }
			if workers > 1 { // parts are read at the same time: cut must have no state
				cut = func() int { return cuts[0] }
			}
			got, parts, _ := scanned(t, &Scan{Source: &fake{objects: objects, cut: cut}, Workers: workers})
			if d := differ(want, got); d != "" {
				t.Fatalf("%d workers: %s", workers, d)
			}
			if d := differ(wantParts, parts); d != "" {
				t.Fatalf("%d workers: %s", workers, d)
			}
		}
	})
}

// formats makes sources of the same content by the size of their batches, 0 for the usual one.
var formats = map[string]func(o *fakeObject, size int) connectors.Source{
	"csv": func(o *fakeObject, size int) connectors.Source {
		return csvfile.New(memory(o.csv()), csvfile.Options{BatchSize: size, Header: csvfile.Present})
	},
	"jsonl": func(o *fakeObject, size int) connectors.Source {
		return jsonl.New(memory(o.jsonl()), jsonl.Options{BatchSize: size})
	},
	"json array": func(o *fakeObject, size int) connectors.Source {
		b := bytes.ReplaceAll(bytes.TrimSpace(o.jsonl()), []byte("}\n{"), []byte("},{"))
		return jsonl.New(memory([]byte("["+string(b)+"]")), jsonl.Options{BatchSize: size})
	},
	"text": func(o *fakeObject, size int) connectors.Source {
		return textfile.New(memory(o.text()), textfile.Options{BatchSize: size})
	},
	"text in one line": func(o *fakeObject, size int) connectors.Source {
		return textfile.New(memory(bytes.ReplaceAll(o.text(), []byte("\n"), []byte("; "))), textfile.Options{BatchSize: size})
	},
	"telegram": func(o *fakeObject, size int) connectors.Source {
		return telegram.New(memory(chat(o)), telegram.Options{BatchSize: size})
	},
}

func memory(b []byte) *textenc.Input {
	return textenc.MemoryInput("object", bytes.NewReader(b), int64(len(b)))
}

// chat writes an object as a chat: texts are plain, or cut into pieces by formatting.
func chat(o *fakeObject) []byte {
	var b bytes.Buffer
	b.WriteString(`{"name":"Работа","type":"personal_chat","id":1,"messages":[`)
	for i, row := range o.rows {
		text := strings.Join(row[3:], " ")
		cut := len(text) / 2
		for cut > 0 && text[cut]&0xC0 == 0x80 {
			cut--
		}
		var v any = text
		pieces := []any{map[string]string{"type": "plain", "text": text}}
		if i%2 == 1 {
			v = []any{text[:cut], map[string]string{"type": "bold", "text": text[cut:]}}
			pieces = []any{map[string]string{"type": "plain", "text": text[:cut]}, map[string]string{"type": "bold", "text": text[cut:]}}
		}
		m, _ := json.Marshal(map[string]any{"id": i + 1, "type": "message", "date": "2025-03-01T10:00:00", "date_unixtime": "1740823200", "from": row[1], "from_id": fmt.Sprintf("user%d", i), "text": v, "text_entities": pieces})
		fmt.Fprintf(&b, "%s%s", map[bool]string{true: ","}[i > 0], m)
	}
	b.WriteString("]}")
	return b.Bytes()
}

func TestCutsOfFormats(t *testing.T) {
	for name, open := range formats {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(3) {
				o := people(rand.New(rand.NewPCG(seed, 7)), "object", 60)
				want, wantParts, _ := scanned(t, &Scan{Source: open(&o, 0), Workers: 1})
				told, counted := sums(t, want)
				if len(told) < 4 || !maps.Equal(told, counted) {
					t.Errorf("told %v, counted %v", told, counted)
				}
				for _, size := range []int{16, 100, 333, 1500, 5000} {
					got, parts, _ := scanned(t, &Scan{Source: open(&o, size), Workers: 1 + size%3})
					if name == "telegram" { // what formatting has cut into pieces is told at the end of its batch
						slices.Sort(want)
						slices.Sort(got)
					}
					if d := differ(want, got); d != "" {
						t.Errorf("seed %d, batches of %d: %s", seed, size, d)
					}
					if d := differ(wantParts, parts); d != "" {
						t.Errorf("seed %d, batches of %d: %s", seed, size, d)
					}
				}
			}
		})
	}
}

// SQLite cuts by the mebibyte: rows are the same whatever stands before them.
func TestCutsOfSQLite(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	object := people(r, "object", 40)
	for _, row := range object.rows { // the first cell of a row, and the last one before it
		row[0], row[6] = fmt.Sprintf("9%s", digits(r, 9)), common[r.IntN(len(common))]
		if r.IntN(2) == 0 { // the column does not speak
			row[0] = common[r.IntN(len(common))]
		}
	}
	scan := func(t *testing.T, filler int) (cells []string) {
		path := filepath.Join(t.TempDir(), "a.db")
		db, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if _, err := db.Exec(`CREATE TABLE people (a TEXT, "ФИО", "ИНН", "контакт", filler, comment, x, last)`); err != nil {
			t.Fatal(err)
		}
		for _, row := range object.rows {
			if _, err := db.Exec("INSERT INTO people VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row[0], row[1], row[2], row[3], strings.Repeat("~", filler), row[4], row[5], row[6]); err != nil {
				t.Fatal(err)
			}
		}
		src, err := sqlite.Open(path, "")
		if err != nil {
			t.Fatal(err)
		}
		defer src.Close()
		all, _, _ := scanned(t, &Scan{Source: src, Workers: 2})
		for _, l := range all {
			if !strings.Contains(l, `"filler"`) {
				cells = append(cells, l)
			}
		}
		return cells
	}
	want := scan(t, 10)
	if got := scan(t, 300<<10); differ(want, got) != "" { // four rows a batch
		t.Error(differ(want, got))
	}
}

// A sample decides about columns of more rows than are looked at, and rows decide what the sample is: neither cuts
// nor workers nor luck.
func TestCutsOfSettledColumns(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	o := fakeObject{name: "t", fields: []string{"ИНН", "телефон", "почта"}}
	for i := range 12_000 {
		row := []string{inn(r), phone(r), email(r)}
		if i > denseRows && !sampled(int64(i)+1) { // what no sample sees: firms among people, our own numbers
			row[0] = sealed(r, "inn_org", 10)
			row[1] = "+7 (012) 000-00-" + string(digits(r, 2))
		}
		o.rows = append(o.rows, row)
	}
	var want []string
	for _, cut := range []int{64, 500, 3000, 1 << 20} {
		for _, workers := range []int{1, 2, 4} {
			s := &Scan{Source: &fake{objects: []fakeObject{o}, cut: func() int { return cut }}, Workers: workers, State: memoryState(t)}
			var got []string
			s.Emit = func(m *Message) error {
				b, err := json.Marshal(m)
				got = append(got, string(b))
				return err
			}
			if _, err := s.Run(t.Context()); err != nil {
				t.Fatal(err)
			}
			if want == nil {
				want = got
				if !strings.Contains(want[1], `"label":"inn","role":"direct","cells":12000,`) {
					t.Errorf("got %s", want[1])
				}
			}
			if d := differ(want, got); d != "" {
				t.Errorf("batches of %d rows, %d workers: %s", cut, workers, d)
			}
		}
	}
}

// A record that is too long to be one is one row and one cell, in however many pieces it comes, and findings tell
// where they stand in it.
func TestCutsOfLongRecords(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	number := inn(r)
	long := strings.Repeat("слово и ещё ", 2000) + " инн " + number + " " + strings.Repeat("слово и ещё ", 300)
	for name, open := range map[string]func(size int) connectors.Source{
		"csv": func(size int) connectors.Source {
			return csvfile.New(memory([]byte("a,b\n1,2\n3,"+long+"\n5,6\n")), csvfile.Options{BatchSize: size, MaxRecord: 8000, Header: csvfile.Present})
		},
		"jsonl": func(size int) connectors.Source {
			return jsonl.New(memory([]byte(`{"a":1}`+"\n"+`{"a":"`+long+`"}`+"\n"+`{"a":2}`+"\n")), jsonl.Options{BatchSize: size, MaxRow: 8000})
		},
	} {
		var want []string
		for _, size := range []int{4000, 1500, 2111} {
			got, parts, res := scanned(t, &Scan{Source: open(size), Workers: 3})
			if want == nil {
				want = got
			}
			if d := differ(want, got); d != "" {
				t.Errorf("%s, batches of %d: %s", name, size, d)
			}
			if res.Rows != 3 || res.Inventories[0].Rows != 3 {
				t.Errorf("%s, batches of %d: %d rows, %s", name, size, res.Rows, parts)
			}
		}
		var f Message
		if err := json.Unmarshal([]byte(want[len(want)-1]), &f); err != nil || f.Finding == nil {
			t.Fatal(want)
		}
		before := map[string]int{"csv": len("3,"), "jsonl": len(`"a":"`)}[name] // the bracket is no part of the cell
		if at := before + strings.Index(long, number); f.Finding.Start != at || f.Finding.End != at+12 || f.Finding.Row != 2 {
			t.Errorf("%s: told at %d in row %d, stands at %d in row 2", name, f.Finding.Start, f.Finding.Row, at)
		}
	}
}
