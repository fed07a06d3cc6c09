package sqlite

import (
	"context"
	"database/sql"
)

// maxParts is into how many parts a table is cut at most.
const maxParts = 64

type piece struct {
	span
	weight float64 // rowids times columns
}

// cut divides a table by its rowids. A table that has none, or whose ends cannot be read, is one piece: what is
// wrong with it comes out when it is read. Pieces of a table with wide gaps between rowids hold unlike numbers
// of rows, down to none.
func (s *Source) cut(ctx context.Context, t *table) []piece {
	rowid := t.rowid()
	if rowid == "" || t.refuse != nil {
		return []piece{{}}
	}
	var least, most sql.NullInt64
	for _, end := range []struct {
		function string
		value    *sql.NullInt64
	}{{"min", &least}, {"max", &most}} { // apart: together they would be a walk over the table
		err := s.db.QueryRowContext(ctx, "SELECT "+end.function+"("+rowid+") FROM "+quote(t.name)+" NOT INDEXED").Scan(end.value)
		if err != nil || !end.value.Valid {
			return []piece{{}}
		}
	}
	spans := divide(least.Int64, most.Int64, s.partRows)
	pieces := make([]piece, len(spans))
	weight := (float64(most.Int64) - float64(least.Int64) + 1) * float64(len(t.columns)) / float64(len(spans))
	for i, p := range spans {
		pieces[i] = piece{span: p, weight: weight}
	}
	return pieces
}

// divide cuts the rowids from least to most into spans of rows or more rowids each, maxParts at most. The first
// and the last are open.
func divide(least, most, rows int64) []span {
	width := uint64(most) - uint64(least) // one less than the number of rowids, which may be 1<<64
	step := max(uint64(rows), width/maxParts+1)
	spans := make([]span, width/step+1)
	for i := range spans[1:] {
		border := int64(uint64(least) + step*uint64(i+1))
		before := border - 1
		spans[i].to, spans[i+1].from = &before, &border
	}
	return spans
}
