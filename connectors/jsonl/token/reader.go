package token

import (
	"bytes"
	"context"
	"io"
	"slices"

	"bezlik/connectors"
	"bezlik/connectors/textenc"
)

// Options say how a Reader cuts its source into rows. The zero value reads a stream of values, each a row.
type Options struct {
	// Lines says that every line is a value of its own: a broken one is reported, and reading goes on.
	Lines bool
	// RowsAt is asked once for every array outside rows, by the path of its elements, whether they are
	// rows, and how the names of what they hold shall begin. Nil is never.
	RowsAt func(path string) (prefix string, ok bool)
	// After is called with every complete batch, in the reader's goroutine. It may append cells behind
	// the last one; the arena ends in the zero byte that may stand before them.
	After func(b *connectors.Batch)
	// Size is how many bytes a batch should have, 1 MiB if zero.
	Size int
	// MaxRow is how many bytes of one row are kept in memory, 64 MiB if zero.
	MaxRow int
	// Head was read from the source before, and decoded; Err is what the source said then, if anything.
	Head []byte
	Err  error
}

// A Reader reads JSON as batches. It is a connectors.Reader and a connectors.Rewriter.
type Reader struct {
	Rewriter
	ctx    context.Context
	src    *textenc.Reader
	file   io.Closer
	opt    Options
	t      *tokenizer
	mark   mark   // the tokenizer at the start of the current row
	rest   []byte // what the batch before did not take
	off    int64  // offset of rest in the object
	rows   int64  // whole rows in the batches before
	eof    bool
	text   bool  // inside a line or stream that is read as text, see text.go
	broken int64 // units of broken text noted so far
	lead   int   // text: bytes of rest that the batch before owned, behind a zero
	err    error
}

// Open starts reading an input. What head holds was read from it, by text, before.
func Open(ctx context.Context, in *textenc.Input, text *textenc.Reader, file io.Closer, opt Options) *Reader {
	if opt.Size <= 0 {
		opt.Size = 1 << 20
	}
	if opt.MaxRow <= 0 {
		opt.MaxRow = 64 << 20
	}
	r := &Reader{Rewriter: Rewriter{in: in}, ctx: ctx, src: text, file: file, opt: opt, t: newTokenizer(opt.RowsAt)}
	if !opt.Lines {
		r.t.maxRow = opt.MaxRow
	}
	r.t.save(&r.mark)
	return r
}

// Close ends reading.
func (r *Reader) Close() error { return r.file.Close() }

// fill is one batch in the making.
type fill struct {
	b     *connectors.Batch
	arena []byte
	base  int // bytes at its start that are not in the source: 0 or 1
	done  int // where the last whole row ends
	line  int // lines: where the current line begins; blank ones belong to the row behind them
	at    int // where the tokenizer stands (stream), up to where a line end was looked for (lines)
}

// Next implements connectors.Reader.
func (r *Reader) Next(b *connectors.Batch) error {
	b.Reset()
	if r.err == nil {
		r.err = r.ctx.Err()
	}
	if r.err != nil {
		return r.err
	}
	b.Object, b.First = r.in.Object, r.rows+1
	f := fill{b: b, arena: append(b.Arena, r.rest...)}
	r.t.cells, r.t.row, r.t.from = b.Cells, 0, 0
	for want := max(r.opt.Size, 2*len(f.arena)); ; want = 2 * len(f.arena) {
		r.read(&f, want)
		if r.eof && len(f.arena) == 0 {
			return r.end(&f)
		}
		if !r.text {
			if r.opt.Lines {
				r.lines(&f)
			} else {
				r.stream(&f)
			}
			if len(b.Rows) > 0 || r.eof {
				r.finish(&f)
				return nil
			}
		}
		if r.err != nil {
			return r.err
		}
		if !r.text && len(f.arena) >= r.opt.MaxRow {
			r.startText(&f)
		}
		if r.text && r.piece(&f) {
			return nil
		}
	}
}

// end says whether everything was read.
func (r *Reader) end(f *fill) error {
	if r.err == nil && (r.t.depth > 0 || r.t.state != wantValue) {
		r.err = r.problem(more, f, 0, "")
	}
	if r.err == nil {
		r.err = io.EOF
	}
	return r.err
}

// read fills the arena up to want bytes, or to the end of the source. If reading fails, r.err says so: the
// rows that came before are kept, and one that is cut by it is none.
func (r *Reader) read(f *fill, want int) {
	a := f.arena
	want = max(want, len(a))
	if cap(a) < want+2*connectors.Pad {
		a = append(make([]byte, 0, want+2*connectors.Pad), a...)
	}
	n := copy(a[len(a):want], r.opt.Head)
	a, r.opt.Head = a[:len(a)+n], r.opt.Head[n:]
	for idle := 0; len(a) < want && !r.eof && r.err == nil; {
		n, err := 0, r.opt.Err
		if err == nil {
			n, err = r.src.Read(a[len(a):want])
		}
		a = a[:len(a)+n]
		if idle++; n > 0 {
			idle = 0
		}
		if err == nil && idle > 100 {
			err = io.ErrNoProgress
		}
		if err == nil {
			err = r.ctx.Err()
		}
		if err == io.EOF {
			r.eof = true
		} else if err != nil {
			r.err = r.in.Problem(err, r.off+int64(len(a)-f.base))
		}
	}
	between := r.off > 0 && (r.t.state == wantValue || r.t.state == wantFirstValue) && f.at == 0 // the tokens of a stream
	if (r.opt.Lines || between) && f.base == 0 && f.done == 0 && !r.text && len(a) > 0 && bytes.IndexByte(begin, a[0]) < 0 {
		a = slices.Insert(a, 0, 0) // the first byte is a cell's, and a zero stands before every cell
		f.base, f.done, f.line, f.at = 1, 1, 1, 1
	}
	f.arena = connectors.Padded(a)
}

// begin holds the bytes a line may begin with that are not part of a cell.
var begin = []byte("{[\" \t\r\n\xef")

var bom = []byte("\xef\xbb\xbf")

// lines takes all whole lines.
func (r *Reader) lines(f *fill) {
	if r.off == 0 && f.line == 0 && bytes.HasPrefix(f.arena, bom) {
		f.done, f.line, f.at = len(bom), len(bom), len(bom)
	}
	for f.line < len(f.arena) {
		end, next := len(f.arena), len(f.arena)
		if i := bytes.IndexByte(f.arena[f.at:], '\n'); i >= 0 {
			end, next = f.at+i, f.at+i+1
		} else if !r.eof {
			f.at = len(f.arena)
			return
		}
		if r.takeLine(f, end) {
			f.done = next
		}
		f.line, f.at = next, next
	}
}

// takeLine takes the values of the line that ends at n, normally one, and says whether there were any.
func (r *Reader) takeLine(f *fill, n int) bool {
	t, b := r.t, f.b
	row, rows := len(t.cells), len(b.Rows)
	buf := f.arena[:len(f.arena)+connectors.Pad]
	start := f.done
	for i := f.line; ; {
		t.begin()
		at, st := t.run(buf, i, n, true)
		if st == valueEnd {
			r.row(f, start)
			i, start = at, at
			continue
		}
		if st == more && t.depth == 0 && at == n {
			return len(b.Rows) > rows // nothing but white space was left
		}
		t.cells, t.row = t.cells[:row], row
		b.Rows, b.Bounds = b.Rows[:rows], b.Bounds[:min(rows, len(b.Bounds))]
		r.remains(f, f.line, n)
		r.row(f, f.done)
		b.Problems = append(b.Problems, *r.problem(st, f, at, "the line is no JSON"))
		return true
	}
}

// row ends a row that begins at start.
func (r *Reader) row(f *fill, start int) {
	f.b.Rows = append(f.b.Rows, uint32(r.t.row))
	if r.opt.Lines && f.b.Exact {
		f.b.Bounds = append(f.b.Bounds, uint32(start))
	}
	r.t.row = len(r.t.cells)
}

// Broken is the name of the field of what is no JSON and was read as text.
const Broken = "broken"

// remains makes a text cell of what is no JSON, so that it is not lost.
func (r *Reader) remains(f *fill, i, n int) {
	for i < n && (i == 0 || bytes.IndexByte(begin[:len(begin)-1], f.arena[i]) >= 0) {
		i++ // a zero byte must stand before it
	}
	for n > i && f.arena[n-1] == '\r' {
		n--
	}
	if i < n {
		r.t.cells = append(r.t.cells, connectors.Cell{Start: uint32(i), End: uint32(n), Field: r.t.name(Broken)})
	}
}

// problem says what is wrong at a place of the arena, in the row that was added last.
func (r *Reader) problem(st status, f *fill, at int, what string) *connectors.Problem {
	p := &connectors.Problem{Object: r.in.Object, Kind: "malformed", Message: what,
		Row: f.b.First + int64(max(0, len(f.b.Rows)-1)), Offset: r.off + int64(at-f.base)}
	switch st {
	case more:
		p.Kind, p.Message = "truncated", "JSON ends too early"
		p.Hint = "the file was cut: write or fetch it again"
	case deep:
		p.Kind, p.Message = "too_deep", "too many arrays and objects in each other"
	}
	return p
}

// stream takes whole rows of a stream of values.
func (r *Reader) stream(f *fill) {
	t := r.t
	if r.off == 0 && f.at == 0 && bytes.HasPrefix(f.arena, bom) {
		f.at = len(bom)
	}
	buf := f.arena[:len(f.arena)+connectors.Pad]
	for {
		at, st := t.run(buf, f.at, len(f.arena), r.eof)
		if st < more && len(t.cells) > 0 && t.cells[0].Start == 0 {
			t.cells, st, at = t.cells[:0], bad, 0 // a number outside everything, with no border before it
		}
		f.at = at
		switch st {
		case rowEnd:
			r.row(f, 0)
		case cut:
			r.row(f, 0)
			r.note(f)
		case valueEnd:
			if len(t.cells) > t.row || string(buf[max(0, at-2):at]) == "{}" {
				r.row(f, 0)
			}
			t.begin()
		case more:
			if !r.eof {
				return
			}
			if t.depth == 0 && t.state == wantValue && at == len(f.arena) {
				f.done = at
				return
			}
			r.remains(f, at, len(f.arena))
			r.fatal(f, st, len(f.arena))
			return
		default:
			r.fatal(f, st, at)
			return
		}
		f.done, t.from = at, at
		t.save(&r.mark)
	}
}

// fatal ends the stream: what came before is kept.
func (r *Reader) fatal(f *fill, st status, done int) {
	if len(r.t.cells) > r.t.row {
		r.row(f, 0)
	}
	if r.err == nil {
		r.err = r.problem(st, f, f.at, "the data is no JSON from here on")
	}
	f.arena = connectors.Padded(f.arena[:done])
	f.done, r.eof = done, true
}

// note says that a row was cut.
func (r *Reader) note(f *fill) {
	f.b.Notes = append(f.b.Notes, connectors.Problem{Object: r.in.Object, Kind: "long_row", Row: f.b.First + int64(len(f.b.Rows)) - 1,
		Message: "a row is too long to be looked at as a whole and was read in pieces"})
}

// finish hands over the whole rows of the arena and keeps the rest.
func (r *Reader) finish(f *fill) {
	b, t := f.b, r.t
	if r.rest = r.rest[:0]; !r.eof {
		r.rest = append(r.rest, f.arena[f.done:]...)
	}
	r.off += int64(f.done - f.base)
	r.rows += int64(len(b.Rows))
	t.cells = t.cells[:t.row]
	t.load(&r.mark)
	if r.opt.Lines && b.Exact {
		b.Bounds = append(b.Bounds, uint32(f.done))
	} else {
		b.Bounds = nil
	}
	if r.eof {
		f.done = len(f.arena) // blank lines at the end belong to no row
	}
	r.settle(b, f.arena[:f.done])
	if r.opt.After != nil {
		r.opt.After(b)
		b.Arena = connectors.Padded(b.Arena)
	}
}

// settle completes b, whose cells lie in arena as it came.
func (r *Reader) settle(b *connectors.Batch, arena []byte) {
	if b.Exact {
		b.Raw = connectors.Padded(append(b.Raw, arena...))
	}
	b.Cells, b.Fields = r.t.cells, r.t.fields
	r.t.cells = nil
	first := uint32(len(arena))
	if len(b.Cells) > 0 {
		first = b.Cells[0].Start
	}
	bad := textenc.Clean(arena[first:])
	if n := r.src.Broken(); n > r.broken {
		r.broken = n
		bad++
	}
	if bad > 0 {
		r.recovered(b, "broken_text", "bytes that are no "+r.src.Encoding().String()+" text; read around, kept as they were")
	}
	if bytes.IndexByte(arena[first:], 0) >= 0 && hideNUL(arena, b.Cells) {
		r.recovered(b, "nul_bytes", "zero bytes stand in the text; it is read as if they did not")
	}
	settle(arena, b.Cells)
	b.Arena = connectors.Padded(append(arena, 0))
}

func (r *Reader) recovered(b *connectors.Batch, kind, what string) {
	b.Notes = append(b.Notes, connectors.Problem{Object: b.Object, Kind: kind, Row: b.First, Message: what})
}
