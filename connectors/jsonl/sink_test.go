package jsonl

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bezlik/connectors"
	"bezlik/connectors/filesink"
)

// batch makes records of cells.
func batch(fields []string, rows ...[]cellText) *connectors.Batch {
	b := &connectors.Batch{Object: "users", Arena: []byte{0}, First: 1}
	for _, f := range fields {
		b.Fields = append(b.Fields, connectors.Field{Name: f})
	}
	for _, row := range rows {
		b.Rows = append(b.Rows, uint32(len(b.Cells)))
		for _, c := range row {
			start := uint32(len(b.Arena))
			b.Arena = append(append(b.Arena, c.text...), 0)
			b.Cells = append(b.Cells, connectors.Cell{Start: start, End: start + uint32(len(c.text)), Field: c.field, Type: c.typ})
		}
	}
	b.Arena = connectors.Padded(b.Arena)
	return b
}

type cellText struct {
	field uint16
	typ   connectors.Type
	text  string
}

func TestRecords(t *testing.T) {
	b := batch([]string{"a", "user.phones[]", `q"`, "ok"},
		[]cellText{{0, connectors.Int, "500"}, {1, connectors.Text, "+7"}, {3, connectors.Bool, "true"}, {1, connectors.Text, "8"}, {2, connectors.Null, ""}},
		[]cellText{},
		[]cellText{{0, connectors.Key, "secret"}, {0, connectors.Int, "***"}, {2, connectors.Number, "-1.5e3"}, {3, connectors.Bool, "x"}},
		[]cellText{{0, connectors.Int, "007"}, {2, connectors.Text, "я\n\"\\\x01\xff"}, {1, connectors.Date, "2025-01-15"}},
		[]cellText{{0, connectors.Echo, "secret"}},
	)
	out, err := appendRecords(nil, b, b.Fields)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"a":500,"user.phones[]":["+7","8"],"ok":true,"q\"":null}
{}
{"a":"***","q\"":-1.5e3,"ok":"x"}
{"a":"007","q\"":"я\n\"\\\u0001` + "\ufffd" + `","user.phones[]":"2025-01-15"}
`
	if string(out) != want {
		t.Errorf("%s", out)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		if !json.Valid([]byte(line)) {
			t.Errorf("no JSON: %s", line)
		}
	}
}

func TestSink(t *testing.T) {
	target := filepath.Join(t.TempDir(), "out")
	stage, err := filesink.NewStage(target)
	if err != nil {
		t.Fatal(err)
	}
	s := NewSink(stage)
	defer s.Close()
	b := batch([]string{"a"}, []cellText{{0, connectors.Text, "x"}}, []cellText{{0, connectors.Int, "1"}})
	if err := s.Accepts("users", b.Fields); err != nil {
		t.Fatal(err)
	}
	part := connectors.Part{Object: "users"}
	w, err := s.Create(context.Background(), part)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write(b, nil); err != nil {
		t.Fatal(err)
	}
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Seal([]connectors.Part{part}); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(stage.Path("users.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != "{\"a\":\"x\"}\n{\"a\":1}\n" {
		t.Errorf("%s", got)
	}
	// What was written reads back as records of the same cells.
	back := readAll(t, got, Options{})
	if want := [][]value{{{"a", connectors.Key, "a"}, {"a", connectors.Text, "x"}}, {{"a", connectors.Key, "a"}, {"a", connectors.Int, "1"}}}; !slices.EqualFunc(back.rows, want, slices.Equal[[]value]) {
		t.Errorf("%v", back.rows)
	}
}
