package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
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

// held counts the files that this process has open at path.
func held(t *testing.T, path string) (n int) {
	t.Helper()
	links, err := filepath.Glob("/proc/self/fd/*")
	if err != nil || len(links) == 0 {
		if runtime.GOOS == "linux" {
			t.Fatal("no open files are listed", err)
		}
		t.Skip("only Linux lists open files there")
	}
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range links {
		if to, err := os.Readlink(l); err == nil && strings.TrimSuffix(to, "-wal") == real {
			n++
		}
	}
	return n
}

// live makes a database that a writer has open, with a commit in its log.
func live(t *testing.T) (path string, writer *sql.DB) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "live.db")
	writer, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { writer.Close() })
	writer.SetMaxOpenConns(1)
	for _, q := range []string{`PRAGMA journal_mode = wal`, `PRAGMA wal_autocheckpoint = 0`, `CREATE TABLE t (a)`, `CREATE TABLE u (a)`,
		`INSERT INTO t VALUES (1)`, `INSERT INTO u VALUES (2)`} {
		if _, err := writer.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	return path, writer
}

// A folder may hold more databases than a process may have files open: one that nobody asks is closed.
func TestFilesAreOpenOnlyWhileAsked(t *testing.T) {
	frozen := database(t, `CREATE TABLE t (a)`, `INSERT INTO t VALUES (1)`, `CREATE TABLE u (a)`)
	// As a writer in another process leaves it: while one in this process has it, SQLite closes nothing.
	written := filepath.Join(t.TempDir(), "live.db")
	now, _ := live(t)
	for _, suffix := range []string{"", "-wal"} {
		b, err := os.ReadFile(now + suffix)
		if err := errors.Join(err, os.WriteFile(written+suffix, b, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range []string{frozen, written} {
		s, err := Open(path, "")
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		check := func(when string, open bool) {
			t.Helper()
			if n := held(t, path); open != (n > 0) {
				t.Errorf("%s: %d files %s", filepath.Base(path), n, when)
			}
		}
		check("after Open", false)
		parts, err := s.Parts(context.Background(), 1)
		if err != nil {
			t.Fatal(err)
		}
		check("after Parts", false)
		r, err := s.Open(context.Background(), parts[0])
		if err != nil {
			t.Fatal(err)
		}
		check("while a part is read", true)
		var b connectors.Batch
		for err == nil {
			err = r.Next(&b)
		}
		if !errors.Is(err, io.EOF) {
			t.Error(err)
		}
		if err := errors.Join(r.Close(), r.Close()); err != nil {
			t.Error(err)
		}
		check("after a part was read", false)
		if got, err := read(t, s); err != nil || len(got) == 0 {
			t.Errorf("%v %v", got, err)
		}
		check("after all was read", false)
	}
}

// What others commit is seen: while a part is read, and while the file is closed between two.
func TestChangesAreSeen(t *testing.T) {
	var p *connectors.Problem
	for _, between := range []bool{false, true} {
		path, writer := live(t)
		s, err := Open(path, "")
		if err != nil {
			t.Fatal(err)
		}
		if got, err := read(t, s); err != nil || len(got) != 2 {
			t.Fatalf("%v %v", got, err)
		}
		commit := func() {
			if _, err := writer.Exec(`INSERT INTO t VALUES (3)`); err != nil {
				t.Fatal(err)
			}
		}
		if between {
			commit()
		}
		r, err := s.Open(context.Background(), connectors.Part{Object: "u"})
		if err != nil {
			t.Fatal(err)
		}
		if !between {
			commit()
		}
		var b connectors.Batch
		for err == nil {
			err = r.Next(&b)
		}
		if !errors.As(err, &p) || p.Kind != "changed" {
			t.Errorf("between %v: %v", between, err)
		}
		if err := errors.Join(r.Close(), s.Close()); err != nil {
			t.Error(err)
		}
	}
	// A file that nobody wrote when it was opened.
	path := database(t, `CREATE TABLE t (a)`, `INSERT INTO t VALUES (1)`)
	s, err := Open(path, "")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	writer, err := sql.Open("sqlite", "file:"+strings.NewReplacer("%", "%25", "?", "%3f", " ", "%20").Replace(path))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := writer.Exec(`INSERT INTO t VALUES (2)`); err != nil {
		t.Fatal(err)
	}
	writer.Close()
	if _, err := read(t, s); !errors.As(err, &p) || p.Kind != "changed" {
		t.Errorf("%v", err)
	}
}

// A link to a database in use is read with its log, which lies beside the file itself.
func TestLinkToALiveDatabase(t *testing.T) {
	path, _ := live(t)
	link := filepath.Join(t.TempDir(), "link.db")
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	s, err := Open(link, "")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if got, err := read(t, s); err != nil || len(got) != 2 {
		t.Errorf("%v %v", got, err)
	}
}
