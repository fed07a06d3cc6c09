// Package sqlite reads SQLite files: every ordinary table, big ones cut by ranges of rowids. A file is never
// changed or recovered by reading it.
//
// Rows are counted from 1 within a part: how many rows stand before a range is known only by counting them.
//
// A file that nobody writes is read without locks. Every part is one read of the database; when the database
// was changed after Open, each part that ends later says so by a Problem "changed", since parts may then
// have seen different moments.
//
// A file is open only while it is asked: a folder may hold more databases than a process may have files open.
//
// Text that is not UTF-8 is taken as windows-1251, with a note, unless most of it is UTF-8. Blobs of valid
// UTF-8 are text, others \x and hex. Full-text indexes (FTS) are read through the tables that hold their
// content; other virtual tables are a Problem "not_read" each.
package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"modernc.org/sqlite"

	"bezlik/connectors"
)

// Source is one SQLite file. It implements connectors.Source.
type Source struct {
	db       *sql.DB
	object   string
	prefix   string // of the names of tables: "" or "file.db!/"
	path     string
	tables   []table
	utf16    bool  // text is stored as UTF-16: what is no UTF-8 is not windows-1251 either
	partRows int64 // how many rowids a part spans at least

	frozen  bool    // nobody was writing when the file was opened: no locks are taken
	opening version // as of Open, if frozen

	mu      sync.Mutex
	active  int       // who asks the database
	left    int       // parts that were listed and not read yet
	watch   *sql.Conn // sees commits of others, unless frozen
	data    int64     // PRAGMA data_version of watch when it began to see
	stamp   string    // of the files when watch was closed last
	changed bool      // a commit was seen
}

// fewTables is how many tables a database may have to be closed whenever nobody asks it: opening it reads all
// their definitions. One with more stays open until all of its parts were read.
const fewTables = 200

// Match says whether a file is a SQLite database.
func Match(_ string, head []byte) bool { return bytes.HasPrefix(head, []byte("SQLite format 3\x00")) }

// Open opens the file at path. Its tables are the objects; inside a folder they are named object!/table.
func Open(path, object string) (*Source, error) {
	s := &Source{path: path, object: object, partRows: 250_000}
	if object != "" {
		s.prefix = object + "!/"
	} else {
		s.object = filepath.Base(path)
	}
	path, err := filepath.EvalSymlinks(path) // the journals lie beside the file itself
	if err != nil {
		return nil, s.problem(s.object, 0, err)
	}
	s.path = path
	options := "mode=ro&_pragma=query_only(1)&_pragma=busy_timeout(2000)"
	if s.frozen = size(path+"-wal") == 0 && size(path+"-journal") == 0; s.frozen {
		options += "&immutable=1"
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, s.problem(s.object, 0, err)
	}
	s.db, err = sql.Open("sqlite", (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: abs}).EscapedPath(), RawQuery: options}).String())
	if err != nil {
		return nil, s.problem(s.object, 0, err)
	}
	if err := s.begin(); err != nil {
		s.db.Close() //nolint:errcheck // the first error is the one to tell
		return nil, err
	}
	return s, nil
}

// begin remembers the version of the database before anything is read of it.
func (s *Source) begin() error {
	if err := s.wake(); err != nil {
		return s.problem(s.object, 0, err)
	}
	defer s.rest()
	if s.frozen {
		var err error
		if s.opening, err = s.version(); err != nil {
			return s.problem(s.object, 0, err)
		}
	}
	return s.learn()
}

// wake prepares the database to be asked, until rest.
func (s *Source) wake() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.frozen && s.watch == nil {
		watch, err := s.db.Conn(context.Background())
		if err != nil {
			return err
		}
		if s.data, err = dataVersion(watch); err != nil {
			watch.Close() //nolint:errcheck // the first error is the one to tell
			return err
		}
		s.watch = watch
		s.changed = s.changed || s.stamp != "" && s.stamp != s.files()
	}
	s.active++
	s.db.SetMaxIdleConns(2)
	return nil
}

// rest ends what wake began. The last one closes the file, unless parts of a big schema are left.
func (s *Source) rest() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.active--
	if s.active > 0 || s.left > 0 && len(s.tables) > fewTables {
		return
	}
	s.sleep() //nolint:errcheck // a commit that was not seen is seen by the stamp
	s.db.SetMaxIdleConns(0)
}

// sleep closes watch. What is committed from now on changes the stamp, and what was before it was seen.
func (s *Source) sleep() error {
	if s.watch == nil {
		return nil
	}
	s.stamp = s.files()
	now, err := dataVersion(s.watch)
	s.changed = s.changed || err != nil || now != s.data
	err = s.watch.Close()
	s.watch = nil
	return err
}

// files says what the system knows of the files of the database, without opening one.
func (s *Source) files() string {
	stamp := ""
	for _, suffix := range []string{"", "-wal"} {
		if info, err := os.Stat(s.path + suffix); err == nil && (suffix == "" || info.Size() > 0) {
			stamp += fmt.Sprintf("-%d-%x", info.Size(), info.ModTime().UnixNano())
		}
	}
	return stamp
}

func dataVersion(c *sql.Conn) (n int64, err error) {
	err = c.QueryRowContext(context.Background(), "PRAGMA data_version").Scan(&n)
	return n, err
}

// Parts implements connectors.Source. Cuts do not depend on n.
func (s *Source) Parts(ctx context.Context, _ int) ([]connectors.Part, error) {
	info, err := os.Stat(s.path)
	if err != nil {
		return nil, s.problem(s.object, 0, err)
	}
	identity := strings.TrimPrefix(s.files(), "-")
	if err := s.wake(); err != nil {
		return nil, s.problem(s.object, 0, err)
	}
	defer s.rest()
	parts := []connectors.Part{}
	var weights []float64
	var total float64
	for i := range s.tables {
		t := &s.tables[i]
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		sum := crc32.NewIEEE()
		for _, c := range t.columns {
			fmt.Fprintf(sum, "%s\x00%s\x00", c.name, c.native)
		}
		for _, p := range s.cut(ctx, t) {
			parts = append(parts, connectors.Part{Object: t.object, Range: p.span.String(),
				Identity: fmt.Sprintf("%s-%08x", identity, sum.Sum32())})
			weights = append(weights, p.weight)
			total += p.weight
		}
	}
	// The file says nothing about the size of a table; its bytes are shared out by rowids and columns.
	for i, w := range weights {
		if total > 0 {
			parts[i].Size = int64(w / total * float64(info.Size()))
		}
	}
	s.mu.Lock()
	s.left = len(parts)
	s.mu.Unlock()
	return parts, ctx.Err()
}

// Open implements connectors.Source.
func (s *Source) Open(ctx context.Context, p connectors.Part) (connectors.Reader, error) {
	for i := range s.tables {
		if t := &s.tables[i]; t.object == p.Object {
			if t.refuse != nil {
				refuse := *t.refuse
				return nil, &refuse
			}
			if err := s.wake(); err != nil {
				return nil, s.problem(t.object, 0, err)
			}
			r, err := s.read(ctx, t, p.Range)
			if err != nil {
				s.rest()
				return nil, err
			}
			return r, nil
		}
	}
	return nil, &connectors.Problem{Object: p.Object, Kind: "changed", Message: "there is no such table any more"}
}

// Close implements connectors.Source.
func (s *Source) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if errors.Join(s.sleep(), s.db.Close()) != nil {
		return &connectors.Problem{Object: s.object, Kind: "failed", Message: "the database could not be closed"}
	}
	return nil
}

// A version changes with the content of a frozen database, as far as can be told without reading it.
type version struct {
	size, time int64
	counter    [4]byte // the file's change counter
}

// version must not open a file that is read with locks: closing it would end them.
func (s *Source) version() (v version, err error) {
	f, err := os.Open(s.path)
	if err != nil {
		return v, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return v, err
	}
	v.size, v.time = info.Size(), info.ModTime().UnixNano()
	if v.size >= 100 {
		_, err = f.ReadAt(v.counter[:], 24)
	}
	return v, err
}

// unchanged returns a Problem if the database is not as it was when it was opened. It is awake.
func (s *Source) unchanged(object string) error {
	changed, err := false, error(nil)
	if s.frozen {
		var now version
		now, err = s.version()
		changed = now != s.opening
	} else {
		changed, err = s.committed()
	}
	if err != nil {
		return s.problem(object, 0, err)
	}
	if changed {
		return &connectors.Problem{Object: object, Kind: "changed", Message: "the database was written to while it was read",
			Hint: "read it again, or read a copy made with .backup"}
	}
	return nil
}

// committed says whether others have changed the database.
func (s *Source) committed() (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.watch == nil {
		return false, sql.ErrConnDone
	}
	now, err := dataVersion(s.watch)
	s.changed = s.changed || now != s.data
	return s.changed, err
}

func size(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}

// problem tells an error in our words: those of the driver may quote values.
func (s *Source) problem(object string, row int64, err error) error {
	for _, c := range []error{context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, c) {
			return c
		}
	}
	p := &connectors.Problem{Object: object, Row: row, Kind: "failed", Message: "the database cannot be read"}
	var e *sqlite.Error
	switch {
	case errors.Is(err, fs.ErrNotExist):
		p.Kind, p.Message = "missing", "no such file"
	case errors.Is(err, fs.ErrPermission):
		p.Kind, p.Message, p.Hint = "no_permission", "permission denied", "run as a user who may read it"
	case errors.As(err, &e):
		switch e.Code() & 0xff {
		case 26: // SQLITE_NOTADB
			p.Kind, p.Message, p.Hint = "not_a_database", "this is no SQLite database, or it is encrypted", "decrypt it first"
		case 11: // SQLITE_CORRUPT
			p.Kind, p.Message, p.Hint = "damaged", "the database is damaged", "try .recover of the sqlite3 shell, and read what it saves"
		case 5, 6: // SQLITE_BUSY, SQLITE_LOCKED
			p.Kind, p.Message, p.Hint = "locked", "another process holds the database", "stop it, or read a copy made with .backup"
		case 8: // SQLITE_READONLY
			p.Kind, p.Message, p.Hint = "locked", "the last write to the database was not finished", "open it once with the sqlite3 shell, which finishes it"
		case 14: // SQLITE_CANTOPEN
			p.Kind, p.Message, p.Hint = "no_permission", "the database cannot be opened", "check who may read the file and its folder"
		}
	}
	return p
}

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
