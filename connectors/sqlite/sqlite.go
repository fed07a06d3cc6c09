// Package sqlite reads SQLite files: every ordinary table, one part each. A file is never changed, locked or
// recovered by reading it.
package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"math"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"modernc.org/sqlite"

	"bezlik/connectors"
)

// batchSize is about how many bytes of values a batch holds.
const batchSize = 1 << 20

// Source is one SQLite file. It implements connectors.Source.
type Source struct {
	db     *sql.DB
	object string
	prefix string // of the names of tables: "" or "file.db!/"
	path   string
	tables []table
}

type table struct {
	name    string
	columns []column
}

type column struct{ name, native string }

// Match says whether a file is a SQLite database.
func Match(_ string, head []byte) bool { return bytes.HasPrefix(head, []byte("SQLite format 3\x00")) }

// Open opens the file at path. Its tables are the objects; inside a folder they are named object!/table.
func Open(path, object string) (*Source, error) {
	s := &Source{path: path, object: object}
	if object != "" {
		s.prefix = object + "!/"
	} else {
		s.object = filepath.Base(path)
	}
	if _, err := os.Stat(path); err != nil {
		return nil, s.problem("", 0, err)
	}
	options := "mode=ro&_pragma=query_only(1)&_pragma=busy_timeout(2000)"
	if !exists(path+"-wal") && !exists(path+"-journal") {
		options += "&immutable=1" // nobody is writing: take no locks
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, s.problem("", 0, err)
	}
	s.db, err = sql.Open("sqlite", (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: abs}).EscapedPath(), RawQuery: options}).String())
	if err != nil {
		return nil, s.problem("", 0, err)
	}
	if err := s.learn(); err != nil {
		s.db.Close()
		return nil, err
	}
	return s, nil
}

func exists(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Size() > 0
}

// learn lists the tables and their columns. Views and virtual tables hold nothing of their own.
func (s *Source) learn() error {
	rows, err := s.db.Query(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
		AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name`)
	if err != nil {
		return s.problem("", 0, err)
	}
	defer rows.Close()
	for rows.Next() {
		var t table
		if err := rows.Scan(&t.name); err != nil {
			return s.problem("", 0, err)
		}
		s.tables = append(s.tables, t)
	}
	if err := rows.Err(); err != nil {
		return s.problem("", 0, err)
	}
	for i := range s.tables {
		if err := s.columns(&s.tables[i]); err != nil {
			return err
		}
	}
	return nil
}

func (s *Source) columns(t *table) error {
	rows, err := s.db.Query(`SELECT name, type FROM pragma_table_xinfo(?) WHERE hidden <> 1 ORDER BY cid`, t.name)
	if err != nil {
		return s.problem(t.name, 0, err)
	}
	defer rows.Close()
	for rows.Next() {
		var c column
		if err := rows.Scan(&c.name, &c.native); err != nil {
			return s.problem(t.name, 0, err)
		}
		t.columns = append(t.columns, c)
	}
	if err := rows.Err(); err != nil {
		return s.problem(t.name, 0, err)
	}
	return nil
}

// Parts implements connectors.Source: a table is a part.
func (s *Source) Parts(ctx context.Context, _ int) ([]connectors.Part, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	info, err := os.Stat(s.path)
	if err != nil {
		return nil, s.problem("", 0, err)
	}
	parts := []connectors.Part{}
	for _, t := range s.tables {
		sum := crc32.NewIEEE()
		for _, c := range t.columns {
			fmt.Fprintf(sum, "%s\x00%s\x00", c.name, c.native)
		}
		parts = append(parts, connectors.Part{Object: s.prefix + t.name,
			Identity: fmt.Sprintf("%d-%x-%08x", info.Size(), info.ModTime().UnixNano(), sum.Sum32())})
	}
	return parts, nil
}

// Open implements connectors.Source.
func (s *Source) Open(ctx context.Context, p connectors.Part) (connectors.Reader, error) {
	for i := range s.tables {
		t := &s.tables[i]
		if s.prefix+t.name != p.Object {
			continue
		}
		r := &reader{s: s, ctx: ctx, object: p.Object, row: 1, values: make([]any, len(t.columns)), pointers: make([]any, len(t.columns))}
		list := make([]string, len(t.columns))
		for i, c := range t.columns {
			r.pointers[i] = &r.values[i]
			r.fields = append(r.fields, connectors.Field{Name: c.name, Native: strings.ToLower(c.native)})
			list[i] = "+" + quote(c.name) // the plus takes the declared type away: values come as they are stored
		}
		if len(list) == 0 {
			return r, nil
		}
		var err error
		r.rows, err = s.db.QueryContext(ctx, "SELECT "+strings.Join(list, ", ")+" FROM "+quote(t.name)) //nolint:gosec // quoted
		if err != nil {
			return nil, s.problem(t.name, 0, err)
		}
		return r, nil
	}
	return nil, &connectors.Problem{Object: p.Object, Kind: "changed", Message: "there is no such table any more"}
}

// Close implements connectors.Source.
func (s *Source) Close() error {
	if s.db.Close() != nil {
		return &connectors.Problem{Object: s.object, Kind: "failed", Message: "the database could not be closed"}
	}
	return nil
}

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// problem tells an error in our words: those of the driver may quote values.
func (s *Source) problem(table string, row int64, err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	p := &connectors.Problem{Object: s.object, Row: row, Kind: "failed", Message: "the database cannot be read"}
	if table != "" {
		p.Object = s.prefix + table
	}
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
		case 14: // SQLITE_CANTOPEN
			p.Kind, p.Message, p.Hint = "no_permission", "the database cannot be opened", "check who may read the file and its folder"
		}
	}
	return p
}

// reader implements connectors.Reader.
type reader struct {
	s        *Source
	ctx      context.Context
	object   string
	rows     *sql.Rows
	fields   []connectors.Field
	values   []any
	pointers []any
	row      int64
	pending  error // comes after the rows that were read before it
}

func (r *reader) Next(b *connectors.Batch) error {
	b.Reset()
	if err := r.ctx.Err(); err != nil {
		return err
	}
	if r.pending != nil {
		return r.pending
	}
	if r.rows == nil {
		return io.EOF
	}
	b.Object, b.Fields, b.First = r.object, r.fields, r.row
	b.Arena = append(b.Arena, 0)
	for len(b.Arena) < batchSize {
		if !r.rows.Next() {
			r.pending = io.EOF
			if err := errors.Join(r.ctx.Err(), r.rows.Err()); err != nil {
				r.pending = r.s.problem(strings.TrimPrefix(r.object, r.s.prefix), r.row, err)
			}
			if len(b.Rows) == 0 {
				return r.pending
			}
			break
		}
		if err := r.rows.Scan(r.pointers...); err != nil {
			return r.s.problem(strings.TrimPrefix(r.object, r.s.prefix), r.row, err)
		}
		b.Rows = append(b.Rows, uint32(len(b.Cells)))
		for i, v := range r.values {
			add(b, uint16(i), v)
		}
		r.row++
	}
	b.Arena = connectors.Padded(b.Arena)
	return nil
}

// add appends a value as a cell. SQLite types values, not columns.
func add(b *connectors.Batch, field uint16, v any) {
	c := connectors.Cell{Start: uint32(len(b.Arena)), Field: field}
	switch v := v.(type) {
	case nil:
		c.Type = connectors.Null
	case int64:
		c.Type = connectors.Int
		b.Arena = strconv.AppendInt(b.Arena, v, 10)
	case float64:
		c.Type = connectors.Number
		if v == math.Trunc(v) && math.Abs(v) < 1e18 { // an integer that a spreadsheet made a float: no exponent
			b.Arena = strconv.AppendFloat(b.Arena, v, 'f', 1, 64)
		} else {
			b.Arena = strconv.AppendFloat(b.Arena, v, 'g', -1, 64)
		}
	case string:
		b.Arena = text(b.Arena, []byte(v))
	case []byte:
		if utf8.Valid(v) && bytes.IndexByte(v, 0) < 0 {
			b.Arena = append(b.Arena, v...)
			break
		}
		c.Type = connectors.Opaque
		b.Arena = append(b.Arena, `\x`...)
		b.Arena = hex.AppendEncode(b.Arena, v)
	default:
		c.Type = connectors.Opaque
	}
	c.End = uint32(len(b.Arena))
	b.Cells = append(b.Cells, c)
	b.Arena = append(b.Arena, 0)
}

// text appends a text without NUL, which would be a border, and with U+FFFD for bytes that are no UTF-8.
func text(dst, v []byte) []byte {
	if bytes.IndexByte(v, 0) >= 0 {
		v = bytes.ReplaceAll(v, []byte{0}, nil)
	}
	if !utf8.Valid(v) {
		v = bytes.ToValidUTF8(v, []byte("\ufffd"))
	}
	return append(dst, v...)
}

func (r *reader) Close() error {
	if r.rows != nil && r.rows.Close() != nil {
		return &connectors.Problem{Object: r.object, Kind: "failed", Message: "reading could not be ended"}
	}
	return nil
}
