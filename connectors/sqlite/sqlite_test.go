package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bezlik/connectors"
	"bezlik/connectors/sourcetest"
)

// database makes a file with the statements in it.
func database(t *testing.T, statements ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a b%20?.db")
	db, err := sql.Open("sqlite", "file:"+strings.NewReplacer("%", "%25", "?", "%3f", " ", "%20").Replace(path))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// read reads everything as lines of object|field=value:type.
func read(t *testing.T, s *Source) (lines []string, last error) {
	t.Helper()
	parts, err := s.Parts(context.Background(), 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range parts {
		r, err := s.Open(context.Background(), p)
		if err != nil {
			return lines, err
		}
		var b connectors.Batch
		for {
			err := r.Next(&b)
			if err != nil {
				if !errors.Is(err, io.EOF) {
					last = err
				}
				break
			}
			for _, c := range b.Cells {
				lines = append(lines, fmt.Sprintf("%s|%s=%s:%d", b.Object, b.Fields[c.Field].Name, b.Value(c), c.Type))
			}
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return lines, last
}

func TestValuesComeAsTheyAreStored(t *testing.T) {
	path := database(t,
		`CREATE TABLE "лю""ди" ("имя поля" TEXT, born DATE, n, x BLOB)`,
		`INSERT INTO "лю""ди" VALUES ('Пётр', '1985-03-12', 500100732259, x'00ff'), (NULL, 5, 79160000000.0, 'текст'), ('', 'нет', 0.25, x'd09f')`,
		`CREATE TABLE keyed (k TEXT PRIMARY KEY, v) WITHOUT ROWID`, `INSERT INTO keyed VALUES ('a', 1)`,
		`CREATE VIEW v AS SELECT * FROM keyed`, `CREATE TABLE "empty" (a)`)
	s, err := Open(path, "")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	got, err := read(t, s)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"keyed|k=a:0", "keyed|v=1:2",
		`лю"ди|имя поля=Пётр:0`, `лю"ди|born=1985-03-12:0`, `лю"ди|n=500100732259:2`, `лю"ди|x=\x00ff:8`,
		`лю"ди|имя поля=:1`, `лю"ди|born=5:2`, `лю"ди|n=79160000000.0:3`, `лю"ди|x=текст:0`,
		`лю"ди|имя поля=:0`, `лю"ди|born=нет:0`, `лю"ди|n=0.25:3`, `лю"ди|x=П:0`,
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestNamesInsideAFolder(t *testing.T) {
	s, err := Open(database(t, `CREATE TABLE t (a)`, `INSERT INTO t VALUES (1)`), "dir/x.db")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if got, _ := read(t, s); len(got) != 1 || got[0] != "dir/x.db!/t|a=1:2" {
		t.Errorf("got %q", got)
	}
}

func TestBadFilesAreProblems(t *testing.T) {
	dir := t.TempDir()
	bad := filepath.Join(dir, "bad.db")
	if err := os.WriteFile(bad, []byte("SQLite format 3\x00"+strings.Repeat("79160001122", 400)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{bad, filepath.Join(dir, "missing.db")} {
		_, err := Open(path, "")
		var p *connectors.Problem
		if !errors.As(err, &p) || strings.Contains(err.Error(), "79160001122") {
			t.Errorf("%s: got %v", filepath.Base(path), err)
		}
	}
}

func TestADamagedPageIsAProblemAfterTheRowsBeforeIt(t *testing.T) {
	path := database(t, `CREATE TABLE t (a TEXT)`,
		`WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 60000) INSERT INTO t SELECT printf('value %d of many', i) FROM c`)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := len(b) / 2; i < len(b)/2+40960; i++ {
		b[i] = 0xff
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := Open(path, "")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	got, last := read(t, s)
	var p *connectors.Problem
	if !errors.As(last, &p) || p.Kind != "damaged" || len(got) == 0 || len(got) >= 60000 {
		t.Errorf("got %d cells, then %v", len(got), last)
	}
}

func TestSourceKit(t *testing.T) {
	statements := []string{`CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, x REAL)`,
		`WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 40000) INSERT INTO t SELECT i, printf('имя %d', i), i / 4.0 FROM c`}
	path := database(t, statements...)
	sourcetest.Run(t, func(t *testing.T) connectors.Source {
		s, err := Open(path, "")
		if err != nil {
			t.Fatal(err)
		}
		return s
	}, sourcetest.Options{})
}
