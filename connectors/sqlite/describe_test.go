package sqlite

import (
	"bytes"
	"context"
	"errors"
	"os"
	"reflect"
	"testing"

	"bezlik/connectors"
)

// TestDescribeReadsNoRow spoils every page of a database but the first, which holds its schema: rows cannot be read any
// more, and the tables are told as before.
func TestDescribeReadsNoRow(t *testing.T) {
	path := database(t, `PRAGMA page_size = 4096`, `CREATE TABLE users (id INTEGER PRIMARY KEY, "e mail" TEXT, Born DATE, hidden TEXT GENERATED ALWAYS AS ("e mail") VIRTUAL)`,
		`INSERT INTO users ("e mail", Born) VALUES ('user1@mail.example.com', '1999-01-02')`, `CREATE VIEW v AS SELECT * FROM users`,
		`CREATE TABLE empty (phone varchar(20))`, `CREATE VIRTUAL TABLE box USING rtree(id, low, high)`)
	want := []connectors.Described{
		{Object: "box", Unknown: true},
		{Object: "box_node", Fields: []connectors.Field{{Name: "nodeno", Native: "integer"}, {Name: "data", Native: ""}}},
		{Object: "box_parent", Fields: []connectors.Field{{Name: "nodeno", Native: "integer"}, {Name: "parentnode", Native: ""}}},
		{Object: "box_rowid", Fields: []connectors.Field{{Name: "rowid", Native: "integer"}, {Name: "nodeno", Native: ""}}},
		{Object: "empty", Fields: []connectors.Field{{Name: "phone", Native: "varchar(20)"}}},
		{Object: "users", Fields: []connectors.Field{{Name: "id", Native: "integer"}, {Name: "e mail", Native: "text"}, {Name: "Born", Native: "date"}, {Name: "hidden", Native: "text"}}},
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for at := 4096; at < len(b); at += 4096 {
		copy(b[at:at+4096], bytes.Repeat([]byte{0xA5}, 4096))
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := Open(path, "")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	got, err := s.Describe(context.Background())
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v\nwant %+v", got, err, want)
	}
	r, err := s.Open(context.Background(), connectors.Part{Object: "users"})
	if err == nil {
		err = r.Next(new(connectors.Batch))
		r.Close()
	}
	var p *connectors.Problem
	if !errors.As(err, &p) || p.Kind != "damaged" {
		t.Errorf("rows can still be read, this proves nothing: %v", err)
	}
}
