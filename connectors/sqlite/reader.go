package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"bezlik/connectors"
	"bezlik/connectors/textenc"
)

// batchSize is about how many bytes of values a batch holds.
const batchSize = 1 << 20

// reader implements connectors.Reader. Rows are counted within the part.
type reader struct {
	s        *Source
	ctx      context.Context
	object   string
	rows     *sql.Rows
	fields   []connectors.Field
	values   []any
	pointers []any
	row      int64 // number of the next row
	begun    bool  // a batch was given
	noted    [notes]bool
	closed   bool
	last     error // comes after the rows that were read before it
}

// read begins to read a piece of a table.
func (s *Source) read(ctx context.Context, t *table, part string) (connectors.Reader, error) {
	p, ok := parseSpan(part)
	rowid := t.rowid()
	if !ok || part != "" && rowid == "" {
		return nil, &connectors.Problem{Object: t.object, Kind: "changed", Message: "the table has no such part any more", Hint: "read it again from the start"}
	}
	r := &reader{s: s, ctx: ctx, object: t.object, row: 1, fields: t.fields(), values: make([]any, len(t.columns)), pointers: make([]any, len(t.columns))}
	list := make([]string, len(t.columns))
	for i, c := range t.columns {
		r.pointers[i] = &r.values[i]
		list[i] = "+" + quote(c.name) // the plus takes the declared type away: values come as they are stored
	}
	var err error
	// Without an index rows come in the order of rowids, or of the primary key.
	r.rows, err = s.db.QueryContext(ctx, "SELECT "+strings.Join(list, ", ")+" FROM "+quote(t.name)+" NOT INDEXED"+p.where(rowid)) //nolint:gosec // quoted
	if err != nil {
		return nil, s.problem(t.object, 0, err)
	}
	return r, nil
}

// Next fills b with rows. The first batch comes even if there are none, with the fields.
func (r *reader) Next(b *connectors.Batch) error {
	b.Reset()
	if err := r.ctx.Err(); err != nil {
		return err
	}
	if r.last != nil {
		return r.last
	}
	b.Object, b.Fields, b.First = r.object, r.fields, r.row
	b.Arena = append(b.Arena, 0)
	for len(b.Arena) < batchSize {
		if !r.rows.Next() {
			r.last = r.end()
			break
		}
		if err := r.rows.Scan(r.pointers...); err != nil {
			r.last = r.s.problem(r.object, r.row, err)
			break
		}
		b.Rows = append(b.Rows, uint32(len(b.Cells)))
		for i, v := range r.values {
			r.add(b, uint16(i), v)
		}
		b.Arena = append(b.Arena, '\n', 0) // the last words of a row say nothing about the next one
		r.row++
	}
	b.Arena = connectors.Padded(b.Arena)
	if len(b.Rows) > 0 || !r.begun && r.last == io.EOF { //nolint:errorlint // set above
		r.begun = true
		return nil
	}
	return r.last
}

// end says how reading ended: with io.EOF if all rows came, of the database that was opened.
func (r *reader) end() error {
	if err := errors.Join(r.ctx.Err(), r.rows.Err()); err != nil {
		return r.s.problem(r.object, r.row, err)
	}
	if err := r.s.unchanged(r.object); err != nil {
		return err
	}
	return io.EOF
}

// Close ends the read.
func (r *reader) Close() error {
	err := r.rows.Close()
	if !r.closed {
		r.closed = true
		r.s.mu.Lock()
		r.s.left--
		r.s.mu.Unlock()
		r.s.rest()
	}
	if err != nil && r.ctx.Err() == nil {
		return &connectors.Problem{Object: r.object, Kind: "failed", Message: "reading could not be ended"}
	}
	return nil
}

// add appends a value as a cell. SQLite types values, not columns.
func (r *reader) add(b *connectors.Batch, field uint16, v any) {
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
		r.text(b, field, v)
	case []byte:
		if utf8.Valid(v) && bytes.IndexByte(v, 0) < 0 {
			b.Arena = append(b.Arena, v...)
			break
		}
		c.Type = connectors.Opaque
		b.Arena = append(b.Arena, `\x`...)
		b.Arena = hex.AppendEncode(b.Arena, v)
		r.note(b, binary, field)
	default:
		c.Type = connectors.Opaque
		r.note(b, binary, field)
	}
	c.End = uint32(len(b.Arena))
	b.Cells = append(b.Cells, c)
	b.Arena = append(b.Arena, 0)
}

// text appends a text as UTF-8 without NUL, which would be a border.
func (r *reader) text(b *connectors.Batch, field uint16, v string) {
	if strings.IndexByte(v, 0) >= 0 {
		r.note(b, zeros, field)
		v = strings.ReplaceAll(v, "\x00", "")
	}
	switch {
	case utf8.ValidString(v):
		b.Arena = append(b.Arena, v...)
	case !r.s.utf16 && isWindows1251(v):
		r.note(b, recoded, field)
		b.Arena = textenc.Append1251(b.Arena, v)
	default:
		r.note(b, repaired, field)
		b.Arena = append(b.Arena, strings.ToValidUTF8(v, "\ufffd")...)
	}
}

// What is noted, once in a part.
const (
	binary = iota
	zeros
	recoded
	repaired
	notes
)

func (r *reader) note(b *connectors.Batch, what int, field uint16) {
	if r.noted[what] {
		return
	}
	r.noted[what] = true
	column := "column " + r.fields[field].Name + " and perhaps others: "
	p := connectors.Problem{Object: r.object, Row: r.row}
	switch what {
	case binary:
		p.Kind, p.Message = "binary", column+"binary values are not looked into"
	case zeros:
		p.Kind, p.Message = "nul_bytes", column+"zero bytes stand in the text; it is read as if they did not"
	case recoded:
		p.Kind, p.Message = "encoding", column+"text that is not UTF-8 is taken as windows-1251"
	case repaired:
		p.Kind, p.Message = "encoding", column+"bytes that are no text are read around"
	}
	b.Notes = append(b.Notes, p)
}
