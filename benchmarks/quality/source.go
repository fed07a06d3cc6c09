package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"bezlik/benchmarks/corpus"
	"bezlik/connectors"
	"bezlik/connectors/textenc"
	"bezlik/connectors/textfile"
)

// textSource brings every text as an object of its own, read by the connector of text files.
type textSource struct{ texts []labelledText }

func (s textSource) Parts(ctx context.Context, _ int) ([]connectors.Part, error) {
	parts := make([]connectors.Part, len(s.texts))
	for i := range s.texts {
		parts[i] = connectors.Part{Object: s.object(i), Range: strconv.Itoa(i), Identity: "1", Size: int64(len(s.texts[i].Text))}
	}
	return parts, ctx.Err()
}

// object names a text: identifiers may stand in several files.
func (s textSource) object(i int) string { return fmt.Sprintf("%06d", i) }

func (s textSource) Open(ctx context.Context, p connectors.Part) (connectors.Reader, error) {
	i, err := strconv.Atoi(p.Range)
	if err != nil {
		return nil, err
	}
	t := s.texts[i].Text
	in := textenc.MemoryInput(p.Object, strings.NewReader(t), int64(len(t)))
	return textfile.New(in, textfile.Options{Encoding: textenc.UTF8, Encoded: true}).Open(ctx, p)
}

func (s textSource) Close() error { return nil }

// cleanSource brings clean text as it is made: each time it is opened it is made again.
type cleanSource struct{ o corpus.Options }

func (s cleanSource) Parts(ctx context.Context, _ int) ([]connectors.Part, error) {
	return []connectors.Part{{Object: corpus.Clean, Identity: "1", Size: s.o.Size}}, ctx.Err()
}

func (s cleanSource) Open(ctx context.Context, p connectors.Part) (connectors.Reader, error) {
	from, to := io.Pipe()
	go func() {
		_, err := corpus.Write(to, s.o)
		to.CloseWithError(err)
	}()
	text := textfile.New(textenc.StreamInput(p.Object, from), textfile.Options{Encoding: textenc.UTF8, Encoded: true})
	r, err := text.Open(ctx, p)
	if err != nil {
		from.Close()
		return nil, err
	}
	return &pipeReader{Reader: r, from: from}, nil
}

func (s cleanSource) Close() error { return nil }

// A pipeReader ends its writer when it is closed early.
type pipeReader struct {
	connectors.Reader
	from *io.PipeReader
}

func (r *pipeReader) Close() error {
	r.from.Close()
	return r.Reader.Close()
}

// tableSource brings every table as an object of its own.
type tableSource struct{ tables []labelledTable }

func (s tableSource) Parts(ctx context.Context, _ int) ([]connectors.Part, error) {
	parts := make([]connectors.Part, len(s.tables))
	for i := range s.tables {
		parts[i] = connectors.Part{Object: s.object(i), Range: strconv.Itoa(i), Identity: "1"}
	}
	return parts, ctx.Err()
}

func (s tableSource) object(i int) string { return fmt.Sprintf("%06d %s", i, s.tables[i].Object) }

func (s tableSource) Open(ctx context.Context, p connectors.Part) (connectors.Reader, error) {
	i, err := strconv.Atoi(p.Range)
	if err != nil {
		return nil, err
	}
	r := &tableReader{ctx: ctx, object: p.Object, table: &s.tables[i]}
	for _, f := range r.table.Fields {
		r.fields = append(r.fields, connectors.Field{Name: f.Name, Native: f.Native})
	}
	return r, nil
}

func (s tableSource) Close() error { return nil }

type tableReader struct {
	ctx    context.Context
	object string
	table  *labelledTable
	fields []connectors.Field
	at     int // rows read
}

// batchSize is about how many bytes a batch of a table has.
const batchSize = 1 << 18

func (r *tableReader) Next(b *connectors.Batch) error {
	b.Reset()
	if err := r.ctx.Err(); err != nil {
		return err
	}
	if r.at == len(r.table.Rows) {
		return io.EOF
	}
	b.Object, b.Fields, b.First = r.object, r.fields, int64(r.at)+1
	b.Arena = append(b.Arena, 0)
	for r.at < len(r.table.Rows) && len(b.Arena) < batchSize {
		b.Rows = append(b.Rows, uint32(len(b.Cells)))
		for i, raw := range r.table.Rows[r.at] {
			c := connectors.Cell{Start: uint32(len(b.Arena)), Field: uint16(i)}
			value, kind, err := cell(raw)
			if err != nil {
				return fmt.Errorf("row %d, column %d: %w", r.at+1, i+1, err)
			}
			c.Type = kind
			b.Arena = append(b.Arena, value...)
			c.End = uint32(len(b.Arena))
			b.Cells = append(b.Cells, c)
			b.Arena = append(b.Arena, 0)
		}
		b.Arena = append(b.Arena, '\n', 0) // as text formats have it: words of one row say nothing about the next
		r.at++
	}
	b.Arena = connectors.Padded(slices.Grow(b.Arena, connectors.Pad))
	return nil
}

func (r *tableReader) Close() error { return nil }

// cell reads a JSON value that is no object and no array. Zero bytes, which would be borders, are left out.
func cell(raw json.RawMessage) (string, connectors.Type, error) {
	switch raw = bytes.TrimSpace(raw); raw[0] {
	case '"':
		var s string
		err := json.Unmarshal(raw, &s)
		return strings.ReplaceAll(s, "\x00", ""), connectors.Text, err
	case 'n':
		return "", connectors.Null, nil
	case 't', 'f':
		return string(raw), connectors.Bool, nil
	case '{', '[':
		return "", connectors.Text, fmt.Errorf("a cell is a text, a number, true, false or null")
	}
	if bytes.ContainsAny(raw, ".eE") {
		return string(raw), connectors.Number, nil
	}
	return string(raw), connectors.Int, nil
}
