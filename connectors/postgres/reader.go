package postgres

import (
	"context"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"

	"github.com/jackc/pgx/v5/pgconn"

	"bezlik/connectors"
	"bezlik/connectors/textenc"
)

// A batch is full at Options.BatchBytes of values, and at these, for rows that hold hardly any.
const (
	maxCells = 1 << 18
	maxRows  = 1 << 16
)

// reader reads one part. Rows are counted from 1 within the part: a table has no numbers for its rows.
type reader struct {
	s      *source
	t      *table
	conn   *pgconn.PgConn
	rows   *pgconn.ResultReader
	outer  context.Context // the caller's
	ctx    context.Context // ends with the reader
	cancel context.CancelFunc
	wires  []wire
	fields []connectors.Field
	row    int64 // rows read
	last   error // what Next returns from now on
	said   bool  // Next has returned last
	begun  bool
	binary []bool // columns whose binary content was noted
}

// read begins a transaction and the query of a part.
//
// The statement is prepared first. That tells the types as they are, domains resolved, and takes the lock
// on the table: from then on nobody rewrites it. Whether somebody did before is asked next, since a
// rewritten table shows an older snapshot other pages, or nothing at all after TRUNCATE.
func (s *source) read(ctx context.Context, t *table, lo, hi uint32) (connectors.Reader, error) {
	conn, err := s.begin(ctx, t.object)
	if err != nil {
		return nil, err
	}
	r := &reader{s: s, t: t, conn: conn, outer: ctx}
	r.ctx, r.cancel = context.WithCancel(ctx)
	fail := func(err error) (*reader, error) {
		r.cancel()
		disconnect(conn)
		return nil, err
	}
	if t.rowSecurity || t.kind == 'v' || t.kind == 'f' { // functions of views and policies find what they name
		more := "SET LOCAL search_path TO DEFAULT"
		if t.rowSecurity {
			more += "; SET LOCAL row_security = on"
		}
		if _, err := conn.Exec(ctx, more).ReadAll(); err != nil {
			return fail(s.problem(ctx, t.object, err))
		}
	}
	d, err := conn.Prepare(ctx, "", t.query(lo, hi), nil)
	if err != nil {
		return fail(s.problem(ctx, t.object, err))
	}
	if t.kind == 'r' || t.kind == 'm' {
		res, err := conn.Exec(ctx, "SELECT pg_relation_filenode("+strconv.FormatUint(uint64(t.oid), 10)+")").ReadAll()
		if err != nil {
			return fail(s.problem(ctx, t.object, err))
		}
		if len(res[0].Rows) != 1 || string(res[0].Rows[0][0]) != t.filenode {
			return fail(changed(t.object))
		}
	}
	if len(d.Fields) != len(t.columns) {
		return fail(changed(t.object))
	}
	binaryTimes := conn.ParameterStatus("integer_datetimes") == "on"
	formats := make([]int16, len(d.Fields))
	r.wires = make([]wire, len(d.Fields))
	r.fields = make([]connectors.Field, len(d.Fields))
	r.binary = make([]bool, len(d.Fields))
	for i, f := range d.Fields {
		w, typ := wireOf(f.DataTypeOID, t.columns[i].category)
		if (w == stamp || w == stampZone) && !binaryTimes {
			w = text
		}
		if w != text {
			formats[i] = 1
		}
		r.wires[i], r.fields[i] = w, t.fields[i]
		r.fields[i].Type = typ
	}
	// pgconn keeps a statement prepared as "" until the next one; the query above went by the simple
	// protocol, which drops it. It is sent again with the query.
	r.rows = conn.ExecParams(r.ctx, t.query(lo, hi), nil, nil, nil, formats)
	return r, nil
}

// Next fills b with rows. The first batch comes even if the table is empty, with its fields.
func (r *reader) Next(b *connectors.Batch) error {
	b.Reset()
	if err := r.outer.Err(); err != nil && (r.last == nil || r.last == io.EOF && !r.said) {
		r.stop(err)
	}
	if r.last != nil {
		r.said = true
		return r.last
	}
	b.Object, b.Fields, b.First = r.t.object, r.fields, r.row+1
	b.Arena = append(b.Arena, 0)
	if !r.begun {
		b.Problems = append(b.Problems, r.t.notRead...)
	}
	full := false
	for !full && r.rows.NextRow() {
		values := r.rows.Values()
		if len(values) != len(r.wires) {
			r.stop(&connectors.Problem{Object: r.t.object, Kind: "damaged", Row: r.row + 1, Message: "the server sent a row of another width"})
			break
		}
		b.Rows = append(b.Rows, uint32(len(b.Cells)))
		if !r.add(b, values) {
			b.Rows = b.Rows[:len(b.Rows)-1]
			r.stop(&connectors.Problem{Object: r.t.object, Kind: "damaged", Row: r.row + 1, Message: "the server sent a value of another length than its type has"})
			break
		}
		b.Arena = append(b.Arena, '\n', 0) // the last words of a row say nothing about the next one
		r.row++
		full = len(b.Arena) >= r.s.opts.BatchBytes || len(b.Cells) >= maxCells || len(b.Rows) >= maxRows
	}
	b.Arena = connectors.Padded(b.Arena)
	if !full && r.last == nil {
		r.finish()
	}
	if len(b.Rows) > 0 || !r.begun && r.last == io.EOF {
		r.begun = true
		return nil // what was read before the end or the error
	}
	r.said = true
	return r.last
}

// add appends one row to b.
func (r *reader) add(b *connectors.Batch, values [][]byte) bool {
	first := len(b.Cells)
	arena, cells := b.Arena, b.Cells
	for i, v := range values {
		c := connectors.Cell{Start: uint32(len(arena)), Field: uint16(i), Type: r.fields[i].Type}
		if v == nil {
			c.End, c.Type = c.Start, connectors.Null
			cells = append(cells, c)
			arena = append(arena, 0)
			continue
		}
		w := r.wires[i]
		if w == text {
			if r.s.ascii && !utf8.Valid(v) {
				arena = r.recode(arena, b, v)
			} else {
				arena = append(arena, v...)
			}
		} else {
			var ok bool
			if arena, ok = appendValue(arena, v, w); !ok {
				b.Cells = b.Cells[:first]
				return false
			}
		}
		if w == bytea && len(v) > 0 {
			if arena[c.Start] != '\\' || arena[c.Start+1] != 'x' {
				c.Type = connectors.Text
			} else if !r.binary[i] {
				r.binary[i] = true
				b.Notes = append(b.Notes, connectors.Problem{Object: r.t.object, Kind: "binary", Row: r.row + 1,
					Message: "column " + display(r.fields[i].Name) + " holds binary values; they are not looked into"})
			}
		}
		c.End = uint32(len(arena))
		cells = append(cells, c)
		arena = append(arena, 0)
	}
	b.Arena, b.Cells = arena, cells
	return true
}

// recode appends a value of a database that does not know its encoding (SQL_ASCII).
func (r *reader) recode(arena []byte, b *connectors.Batch, v []byte) []byte {
	if len(b.Notes) == 0 || b.Notes[len(b.Notes)-1].Kind != "encoding" {
		b.Notes = append(b.Notes, connectors.Problem{Object: r.t.object, Kind: "encoding", Row: r.row + 1,
			Message: "values that are not UTF-8 are taken as windows-1251: the database does not know its encoding"})
	}
	return textenc.Append1251(arena, v)
}

// finish ends the query after its last row, or after an error.
func (r *reader) finish() {
	tag, err := r.rows.Close()
	switch {
	case err != nil:
		r.stop(r.place(r.s.problem(r.ctx, r.t.object, err)))
	case tag.RowsAffected() != r.row:
		r.stop(r.place(&connectors.Problem{Object: r.t.object, Kind: "truncated", Message: "fewer rows came than the server says it sent"}))
	default:
		r.s.end(r.ctx, r.conn)
		r.conn, r.last = nil, io.EOF
		r.cancel()
	}
}

func (r *reader) place(err error) error {
	var p *connectors.Problem
	if errors.As(err, &p) {
		p.Row = r.row + 1
	}
	return err
}

// stop ends the connection: nothing comes from it any more.
func (r *reader) stop(err error) {
	r.last = err
	r.Close() //nolint:errcheck // it returns none
}

// Close ends the query if it is still running.
func (r *reader) Close() error {
	if r.last == nil {
		r.last = io.ErrClosedPipe
	}
	r.cancel()
	if r.conn != nil {
		r.rows.Close() //nolint:errcheck // nothing more is wanted of it
		disconnect(r.conn)
		r.conn = nil
	}
	return nil
}
