// Package textfile reads running text: logs, letters, anything that is no table. A text is one object with one
// field; a batch is about a mebibyte of whole lines in a single cell, with what stands before and behind it
// shown as context, so that a line of any length is read in the same memory.
package textfile

import (
	"bytes"
	"context"
	"errors"
	"io"
	"unicode/utf8"

	"bezlik/connectors"
	"bezlik/connectors/textenc"
)

// batchSize is how many bytes of its own a batch holds at most; reach is how much context it shows on
// either side, which is as far as a detector may look.
const (
	batchSize = 1 << 20
	reach     = 1024
)

// Source is one text. It implements connectors.Source.
type Source struct {
	in   *textenc.Input
	size int // of batches; tests make it small
}

// Open reads the file at path.
func Open(path, object string) (*Source, error) {
	return &Source{in: textenc.FileInput(object, path), size: batchSize}, nil
}

// Stream reads r, once.
func Stream(object string, r io.Reader) (*Source, error) {
	return &Source{in: textenc.StreamInput(object, r), size: batchSize}, nil
}

// Match says whether a file looks like text: no NUL but those of UTF-16, hardly any other control bytes.
func Match(_ string, head []byte) bool {
	if e := textenc.Sniff(head); e == textenc.UTF16LE || e == textenc.UTF16BE {
		return true
	}
	bad := 0
	for _, b := range head {
		if b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f' && b != 0x1b {
			bad++
		}
	}
	return bad*200 <= len(head)
}

// Parts implements connectors.Source: a text is one part.
func (s *Source) Parts(ctx context.Context, _ int) ([]connectors.Part, error) {
	p, err := s.in.Part(ctx)
	if err != nil {
		return nil, err
	}
	return []connectors.Part{p}, nil
}

// Open implements connectors.Source.
func (s *Source) Open(ctx context.Context, p connectors.Part) (connectors.Reader, error) {
	r, closer, err := s.in.Open(ctx)
	if err != nil {
		return nil, err
	}
	return &Reader{ctx: ctx, in: s.in, text: r, closer: closer, size: s.size, object: p.Object, line: 1}, nil
}

// Close implements connectors.Source.
func (s *Source) Close() error { return s.in.Close() }

var fields = []connectors.Field{{Name: "text", Native: connectors.RunningText}}

// A Reader reads a text. It implements connectors.Reader and connectors.Rewriter.
type Reader struct {
	ctx    context.Context
	in     *textenc.Input
	text   *textenc.Reader
	closer io.Closer
	object string
	size   int

	buf  []byte // lead, then what was read and not yet given out
	lead int
	eof  bool
	line int64
	at   int64 // bytes given out, decoded
}

// Next implements connectors.Reader.
func (r *Reader) Next(b *connectors.Batch) error {
	if err := r.ctx.Err(); err != nil {
		return err
	}
	b.Reset()
	for !r.eof && len(r.buf) < r.lead+r.size+reach {
		if err := r.fill(); err != nil {
			return err
		}
	}
	rest := r.buf[r.lead:]
	if len(rest) == 0 {
		return io.EOF
	}
	own := len(rest)
	if !r.eof || own > r.size {
		own = cut(rest, min(own, r.size))
	}
	tail := runeEnd(rest, min(len(rest), own+reach)) - own

	b.Object, b.Fields, b.First = r.object, fields, r.line
	b.Lead, b.Tail = uint32(r.lead), uint32(tail)
	b.Arena = append(b.Arena, 0)
	b.Arena = append(b.Arena, r.buf[:r.lead+own+tail]...)
	if b.Exact {
		b.Raw = append(b.Raw, b.Arena...)
	}
	end := uint32(len(b.Arena))
	cell := b.Arena[1:end]
	if bad := textenc.Clean(cell); bad > 0 {
		b.Notes = append(b.Notes, connectors.Problem{Object: r.object, Kind: "encoding", Row: r.line, Offset: r.at,
			Message: "bytes that are not valid UTF-8 were read around"})
	}
	if i := bytes.IndexByte(cell, 0); i >= 0 { // a NUL would hide what it cuts in two
		for ; i < len(cell); i++ {
			if cell[i] == 0 {
				cell[i] = textenc.Substitute
			}
		}
		b.Notes = append(b.Notes, connectors.Problem{Object: r.object, Kind: "nul", Row: r.line, Offset: r.at, Message: "NUL bytes in a text were read around"})
	}
	b.Cells = append(b.Cells, connectors.Cell{Start: 1, End: end})
	b.Rows = append(b.Rows, 0)
	b.Arena = connectors.Padded(append(b.Arena, 0))

	r.line += int64(bytes.Count(rest[:own], []byte{'\n'}))
	r.at += int64(own)
	lead := min(r.lead+own, reach)
	from := r.lead + own - lead
	for lead > 0 && !utf8.RuneStart(r.buf[from]) && lead > reach-4 {
		from, lead = from+1, lead-1
	}
	r.buf = r.buf[:copy(r.buf, r.buf[from:])]
	r.lead = lead
	return nil
}

// fill reads some more.
func (r *Reader) fill() error {
	if want := r.lead + r.size + 2*reach; cap(r.buf) < want {
		r.buf = append(make([]byte, 0, want), r.buf...)
	}
	n, err := r.text.Read(r.buf[len(r.buf):cap(r.buf)])
	r.buf = r.buf[:len(r.buf)+n]
	if errors.Is(err, io.EOF) {
		r.eof = true
		return nil
	}
	if err != nil {
		return r.in.Problem(err, r.at)
	}
	return nil
}

// cut says how many of the first n bytes a batch takes: up to the last line end, or all of an endless line.
func cut(rest []byte, n int) int {
	if i := bytes.LastIndexByte(rest[:n], '\n'); i >= 0 {
		return i + 1
	}
	if m := runeEnd(rest, n); m > 0 {
		return m
	}
	return n
}

// runeEnd moves n back to the end of a character.
func runeEnd(b []byte, n int) int {
	if n == len(b) {
		return n
	}
	for i := n; i > 0 && i > n-utf8.UTFMax; i-- {
		if utf8.RuneStart(b[i]) {
			return i
		}
	}
	return n
}

// Close implements connectors.Reader.
func (r *Reader) Close() error { return r.closer.Close() }

// Rewrite implements connectors.Rewriter.
func (r *Reader) Rewrite(dst []byte, b *connectors.Batch, edits []connectors.Edit, drop []uint32, skip int) (out []byte, spill int, err error) {
	if len(drop) > 0 {
		return dst, 0, connectors.ErrRows
	}
	from := len(dst)
	c := b.Cells[0]
	end := c.End - b.Tail
	at := c.Start + b.Lead + uint32(skip)
	for _, e := range edits {
		if e.Start < at { // what the edit before covers has gone already; the rest goes too
			at = max(at, e.End)
			continue
		}
		dst = append(dst, b.Raw[at:e.Start]...)
		dst = append(dst, e.Text...)
		at = e.End
	}
	if at < end {
		dst = append(dst, b.Raw[at:end]...)
		at = end
	}
	dst, err = r.in.Encoding().EncodeTail(dst, from)
	return dst, int(at - end), err
}
