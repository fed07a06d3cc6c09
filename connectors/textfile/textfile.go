// Package textfile reads running text: logs, notes, anything that has no records.
//
// A batch is one cell of about a MiB, cut at the end of a line where there is one, with some bytes of its
// neighbours on either side.
package textfile

import (
	"bytes"
	"context"
	"io"
	"unicode/utf8"

	"bezlik/connectors"
	"bezlik/connectors/textenc"
)

// Options say how to read. The zero value is right for a file.
type Options struct {
	Encoding  textenc.Encoding
	Encoded   bool // Encoding is known: do not guess
	BatchSize int  // about how many bytes of text a batch owns; 512 KiB if 0
	Context   int  // how many bytes of a neighbour are shown; 1,024 if 0
}

// A Source is one text.
type Source struct {
	in *textenc.Input
	o  Options
}

// Open reads the file at path, which people call object.
func Open(path, object string, o Options) (*Source, error) {
	return New(textenc.FileInput(object, path), o), nil
}

// New reads an input. A stream can be opened once.
func New(in *textenc.Input, o Options) *Source {
	if o.Encoded {
		in.Force(o.Encoding)
	}
	if o.BatchSize <= 0 {
		o.BatchSize = 1 << 19
	}
	if o.Context <= 0 {
		o.Context = 1024
	}
	return &Source{in: in, o: o}
}

// Parts returns the text as one part.
func (s *Source) Parts(ctx context.Context, _ int) ([]connectors.Part, error) {
	p, err := s.in.Part(ctx)
	if err != nil {
		return nil, err
	}
	return []connectors.Part{p}, nil
}

// Open starts reading.
func (s *Source) Open(ctx context.Context, _ connectors.Part) (connectors.Reader, error) {
	text, file, err := s.in.Open(ctx)
	if err != nil {
		return nil, err
	}
	return &reader{Rewriter: Rewriter{in: s.in}, ctx: ctx, text: text, file: file, o: s.o, line: 1}, nil
}

// Close ends the source.
func (s *Source) Close() error { return s.in.Close() }

var fields = []connectors.Field{{Name: "text", Native: connectors.RunningText}}

type reader struct {
	Rewriter
	ctx  context.Context
	text *textenc.Reader
	file io.Closer
	o    Options

	lead []byte // context for the next batch, as it came
	rest []byte // read, and not owned by a batch yet
	eof  bool
	end  error
	any  bool  // a batch was given out
	off  int64 // bytes of UTF-8 owned by batches so far
	line int64
	odd  int64 // broken units noted so far
}

// Next fills b with a piece of the text.
func (r *reader) Next(b *connectors.Batch) error {
	b.Reset()
	b.Object, b.Fields, b.First = r.in.Object, fields, r.line
	if r.end != nil {
		return r.end
	}
	if err := r.ctx.Err(); err != nil {
		r.end = err
		return err
	}
	if err := r.fill(b); err != nil {
		r.end = err
		return err
	}
	own := 1 + len(r.lead) // where the owned bytes begin
	if len(b.Arena) == own {
		r.end = io.EOF
		return io.EOF
	}
	end := r.cut(b.Arena, own)
	if end == own {
		end += Zeros(b, own, own+r.o.BatchSize)
		r.rest = append(r.rest[:0], b.Arena[end:]...)
		b.Arena = connectors.Padded(b.Arena[:1])
		r.any = true
		r.off += int64(end - own)
		return nil
	}
	r.rest = append(r.rest[:0], b.Arena[end:]...)
	tail := min(len(b.Arena), end+r.o.Context)
	tail = Boundary(b.Arena, tail, end)
	r.emit(b, own, end, tail)
	return nil
}

// fill puts a border, the context before, and what is to come into the arena.
func (r *reader) fill(b *connectors.Batch) error {
	want := 1 + len(r.lead) + r.o.BatchSize + r.o.Context
	if cap(b.Arena) < want+connectors.Pad+1 {
		b.Arena = make([]byte, 0, want+connectors.Pad+1)
	}
	a := append(b.Arena, 0)
	a = append(a, r.lead...)
	a = append(a, r.rest...)
	for idle := 0; len(a) < want && !r.eof; {
		n, err := r.text.Read(a[len(a):want])
		a = a[:len(a)+n]
		switch {
		case err == io.EOF:
			r.eof = true
		case err != nil:
			return r.in.Problem(err, r.off)
		case n > 0:
			idle = 0
			if err := r.ctx.Err(); err != nil {
				return err
			}
		default:
			if idle++; idle > 100 {
				return r.in.Problem(io.ErrNoProgress, r.off)
			}
		}
	}
	b.Arena = a
	return nil
}

// cut says where the owned bytes end: behind the last line end, else where Cut says. At the end of the text
// everything is owned.
func (r *reader) cut(a []byte, own int) int {
	limit := own + r.o.BatchSize
	if r.eof && len(a) <= limit {
		return len(a)
	}
	limit = min(limit, len(a))
	if i := bytes.LastIndexByte(a[own:limit], '\n'); i >= 0 {
		return own + i + 1
	}
	return Cut(a, own, limit, r.o.Context)
}

// Cut returns a good place to cut a[own:limit]: behind white space in its last near bytes, else between two
// characters near its end. It never cuts behind a zero byte, which stands for nothing, so that both sides agree
// on where it belongs; own says that all are zero.
func Cut(a []byte, own, limit, near int) int {
	from := max(own, limit-near)
	if i := bytes.LastIndexAny(a[from:limit], " \t\r"); i >= 0 {
		return from + i + 1
	}
	i := Boundary(a, limit, own)
	for i > own && a[i-1] == 0 {
		i--
	}
	return i
}

// Zeros counts the zero bytes in b.Arena[own:limit] before anything else, and makes them the batch's raw bytes:
// a batch without cells, for a run of zeros that is longer than a batch.
func Zeros(b *connectors.Batch, own, limit int) int {
	n := 0
	for own+n < min(limit, len(b.Arena)) && b.Arena[own+n] == 0 {
		n++
	}
	if b.Exact {
		b.Raw = append(append(b.Raw[:0], 0), b.Arena[own:own+n]...)
		b.Raw = connectors.Padded(b.Raw)
	}
	b.Notes = append(b.Notes, connectors.Problem{Object: b.Object, Kind: "nul_bytes", Row: b.First,
		Message: "a long run of zero bytes is left out"})
	return n
}

// Boundary moves i back to where a character begins, but not to least or before it. At the end of a it moves back
// before a character that is not there whole.
func Boundary(a []byte, i, least int) int {
	if i == len(a) { // the end of what was read may have cut a character
		for k := i - 1; k > least && k > i-utf8.UTFMax; k-- {
			if utf8.RuneStart(a[k]) {
				if !utf8.FullRune(a[k:]) {
					return k
				}
				break
			}
		}
		return i
	}
	for k := i; k > least && k > i-utf8.UTFMax; k-- {
		if utf8.RuneStart(a[k]) {
			return k
		}
	}
	return i
}

// emit makes the batch: a cell over lead, owned bytes and tail.
func (r *reader) emit(b *connectors.Batch, own, end, tail int) {
	a := b.Arena[:tail]
	if b.Exact {
		b.Raw = append(b.Raw, a...)
		b.Raw = connectors.Padded(b.Raw)
	}
	r.off += int64(end - own)
	keep := Boundary(a, max(1, end-r.o.Context), 0) // a short batch hands on what it was shown itself
	r.lead = append(r.lead[:0], a[keep:end]...)

	first := 1
	if !r.any && bytes.HasPrefix(a[1:], []byte("\xEF\xBB\xBF")) { // the byte order mark is no text
		clear(a[1:4])
		first, own = 4, 4
	}
	r.any = true
	bad, zeros, lines := Place(b, first, own, end, tail)
	b.Lines = lines
	r.line += int64(lines)
	if zeros > 0 {
		b.Notes = append(b.Notes, connectors.Problem{Object: b.Object, Kind: "nul_bytes", Row: b.First,
			Message: "zero bytes stand in the text; it is read as if they did not"})
	}
	r.recovered(b, bad)
}

// Place makes the single cell of a batch of running text. Arena holds a zero byte, what belongs to no cell up
// to first, context up to own, owned bytes up to end, context up to tail; Raw was copied already. bad counts
// bytes that were no UTF-8, zeros the zero bytes that were left out, both in the owned bytes and the context; lines counts
// the line ends in the owned bytes.
func Place(b *connectors.Batch, first, own, end, tail int) (bad, zeros, lines int) {
	a := b.Arena[:tail]
	valid, lines, zero := textenc.Inspect(a[first:])
	lines -= bytes.Count(a[first:own], newline) + bytes.Count(a[end:], newline)
	if !valid {
		bad = textenc.Clean(a[first:])
	}
	c := connectors.Cell{Start: uint32(first), End: uint32(tail)}
	b.Lead, b.Tail = uint32(own-first), uint32(tail-end)
	if zero { // it would be a border and hide what it stands in
		n := first
		squeeze := func(part []byte) uint32 {
			from := n
			for _, x := range part {
				if x != 0 {
					a[n] = x
					n++
				}
			}
			return uint32(n - from)
		}
		b.Lead = squeeze(a[first:own])
		squeeze(a[own:end])
		if b.Tail = squeeze(a[end:]); b.Tail == 0 && tail > end && b.Exact {
			b.Raw = connectors.Padded(b.Raw[:end]) // no tail at all: what follows is the neighbour's
		}
		zeros = tail - n
		clear(a[n:])
		c.End, c.Form = uint32(n), connectors.Escaped
	}
	b.Arena = connectors.Padded(append(a[:c.End], 0))
	b.Cells = append(b.Cells, c)
	b.Rows = append(b.Rows, 0)
	return bad, zeros, lines
}

var newline = []byte{'\n'}

func (r *reader) recovered(b *connectors.Batch, bad int) {
	if n := r.text.Broken(); n > r.odd {
		r.odd = n
		bad = 1
	}
	if bad > 0 {
		b.Notes = append(b.Notes, connectors.Problem{Object: b.Object, Kind: "broken_text", Row: b.First,
			Message: "bytes that are no " + r.text.Encoding().String() + " text; read around, kept as they were"})
	}
}

// Close ends reading.
func (r *reader) Close() error { return r.file.Close() }
