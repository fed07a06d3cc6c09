package csvfile

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"

	"bezlik/connectors"
	"bezlik/connectors/textenc"
	"bezlik/connectors/textfile"
)

// shown is how many bytes of its neighbours a piece of an overlong record is shown with.
const shown = 1024

type reader struct {
	ctx  context.Context
	in   *textenc.Input
	text *textenc.Reader
	file io.Closer
	o    Options

	p       parser
	fields  []connectors.Field
	started bool
	head    int // rows still to come that are no records: names, and Excel's line before them

	buf  []byte // buf[at:] was read and belongs to no batch yet
	at   int
	eof  bool
	want int   // how much to read for the next batch
	off  int64 // bytes of UTF-8 before buf[at:]
	row  int64 // records before the next batch
	end  error

	literal int64 // no quote that opened before is closed before this offset
	long    bool  // in the middle of an overlong record
	lead    []byte
	mixed   bool // a row in another encoding was noted
	cr      bool // rows end with a carriage return, see endsWithCR: the two line ends stand for each other in buf
}

// Next fills b with some rows.
func (r *reader) Next(b *connectors.Batch) error {
	b.Reset()
	if r.end == nil {
		r.end = r.ctx.Err()
	}
	if r.end == nil && !r.started {
		r.end = r.start()
	}
	if r.end == nil {
		r.end = r.next(b)
	}
	return r.end
}

// Close ends reading.
func (r *reader) Close() error { return r.file.Close() }

// start looks at the head: the dialect and the names.
func (r *reader) start() error {
	r.started = true
	r.buf = make([]byte, 0, headSize+connectors.Pad)
	if err := r.read(headSize); err != nil {
		return err
	}
	if r.cr = endsWithCR(r.buf, r.eof); r.cr {
		swapEnds(r.buf)
	}
	d := sniff(r.buf, r.eof, r.in.Object, r.o)
	r.p = parser{comma: d.comma, quote: r.o.Quote}
	r.head = d.head
	r.fields = d.fields
	return nil
}

// endsWithCR says whether the rows of a table end as on old Macs: outside quotes, its beginning has carriage returns
// and no line feed. whole says that nothing follows, so that a last carriage return is no half of a line end.
func endsWithCR(head []byte, whole bool) bool {
	if bytes.IndexByte(head, '\r') < 0 {
		return false
	}
	head = bytes.TrimPrefix(head, mark)
	border := func(i int) bool { return i < 0 || i >= len(head) || bytes.IndexByte([]byte(",;\t|\r\n"), head[i]) >= 0 }
	quoted := false
	returns, feeds := 0, 0 // feeds: since the last quote was opened
	for i := 0; i < len(head); i++ {
		switch c := head[i]; {
		case c == '"' && quoted && i+1 < len(head) && head[i+1] == '"':
			i++
		case c == '"' && quoted:
			quoted = !border(i + 1)
		case c == '"' && border(i-1):
			quoted, feeds = true, 0
		case c == '\n' && !quoted:
			return false
		case c == '\n':
			feeds++
		case c == '\r' && !quoted && (i+1 < len(head) || whole) && !bytes.HasPrefix(head[i+1:], []byte("\n")):
			returns++
		}
	}
	return returns > 0 && (!quoted || returns > feeds) // a quote that is never closed hides line feeds
}

// swapEnds makes carriage returns line feeds and line feeds carriage returns: done twice, nothing has changed.
func swapEnds(a []byte) {
	for i, c := range a {
		if c == '\r' || c == '\n' {
			a[i] = c ^ '\r' ^ '\n'
		}
	}
}

// read makes buf hold n bytes if the text has them. It may stop when the text does not come at once.
func (r *reader) read(n int) error {
	var err error
	r.buf, err = r.readTo(r.buf, n)
	return err
}

// readTo reads until a holds n bytes, which are in its capacity, or the text ends.
func (r *reader) readTo(a []byte, n int) ([]byte, error) {
	for idle := 0; len(a) < n && !r.eof; {
		k, err := r.text.Read(a[len(a):n])
		if r.cr {
			swapEnds(a[len(a) : len(a)+k])
		}
		a = a[:len(a)+k]
		switch {
		case err == io.EOF:
			r.eof = true
		case err != nil:
			return a, r.in.Problem(err, r.off)
		case k > 0:
			idle = 0
			if err := r.ctx.Err(); err != nil {
				return a, err
			}
		default:
			if idle++; idle > 100 {
				return a, r.in.Problem(io.ErrNoProgress, r.off)
			}
		}
	}
	return a, nil
}

func (r *reader) next(b *connectors.Batch) error {
	for want := r.want; ; want = min(2*want, max(r.o.MaxRecord, r.o.BatchSize)) {
		if err := r.fill(b, want); err != nil {
			return err
		}
		a := b.Arena
		if len(a) == 1 {
			return io.EOF
		}
		b.Object = r.in.Object
		if r.long {
			return r.piece(b)
		}
		full := len(a) >= 1+r.o.MaxRecord
		end := r.rows(b, r.eof && r.at == len(r.buf))
		if end == 1 && r.p.open == 0 && full {
			r.startLong(b)
			return r.piece(b)
		}
		if end == 1 && r.p.open > 0 && (full || r.eof && r.at == len(r.buf)) {
			// The quote swallows all there is: it is taken for an ordinary character, up to here.
			r.literal = r.off + int64(len(a)-1)
			b.Problems = append(b.Problems, connectors.Problem{Object: b.Object, Kind: "open_quote",
				Row: max(1, r.row+1-int64(r.head)), Offset: r.off + int64(r.p.open-1),
				Message: "a quote is opened and never closed; reading goes on with the next line",
				Hint:    "look at this row: a quote is missing or should be doubled"})
			if end = r.rows(b, r.eof && r.at == len(r.buf)); end == 1 {
				r.startLong(b)
				return r.piece(b)
			}
		}
		if end == 1 {
			r.keep(a[1:])
			continue
		}
		r.keep(a[end:])
		r.finish(b, end)
		return nil
	}
}

// fill puts a border and the next want bytes into the arena.
func (r *reader) fill(b *connectors.Batch, want int) error {
	if cap(b.Arena) < want+2+connectors.Pad {
		b.Arena = make([]byte, 0, want+2+connectors.Pad)
	}
	a := append(b.Arena[:0], 0)
	n := min(want, len(r.buf)-r.at)
	a = append(a, r.buf[r.at:r.at+n]...)
	r.at += n
	var err error
	b.Arena, err = r.readTo(a, 1+want)
	return err
}

// keep takes back the end of what fill gave out.
func (r *reader) keep(rest []byte) {
	if r.at < len(r.buf) { // fill took from buf only
		r.at -= len(rest)
		return
	}
	r.buf = append(r.buf[:0], rest...)
	r.at = 0
}

// rows parses the arena into b and returns the offset behind the last whole row.
func (r *reader) rows(b *connectors.Batch, final bool) int {
	b.Cells, b.Rows, b.Bounds = b.Cells[:0], b.Rows[:0], b.Bounds[:0]
	from := 1
	if r.off == 0 && bytes.HasPrefix(b.Arena[1:], mark) {
		from += len(mark)
	}
	literal := max(0, min(r.literal-r.off+1, int64(len(b.Arena))))
	end := r.p.run(b, b.Arena, from, 1+r.o.BatchSize, int(literal), len(r.fields), final)
	if end == from && !final {
		return 1
	}
	return end
}

var mark = []byte("\xEF\xBB\xBF")

// finish turns what was parsed of b.Arena[:end] into a batch.
func (r *reader) finish(b *connectors.Batch, end int) {
	a := b.Arena[:end]
	if r.cr {
		swapEnds(a)
	}
	if b.Exact {
		b.Raw = connectors.Padded(append(b.Raw, a...))
		b.Bounds = append(b.Bounds, uint32(end))
	} else {
		b.Bounds = nil
	}
	ragged := r.p.ragged
	if r.head > 0 && len(b.Rows) > 0 { // rows that are no records
		k := min(r.head, len(b.Rows))
		r.head -= k
		cells := len(b.Cells)
		if k < len(b.Rows) {
			cells = int(b.Rows[k])
		}
		for i := range k {
			if len(b.Row(i)) != len(r.fields) {
				ragged--
			}
		}
		b.Cells = b.Cells[:copy(b.Cells, b.Cells[cells:])]
		b.Rows = b.Rows[:copy(b.Rows, b.Rows[k:])]
		for i := range b.Rows {
			b.Rows[i] -= uint32(cells)
		}
		if b.Exact {
			b.Bounds = b.Bounds[:copy(b.Bounds, b.Bounds[k:])]
		}
	}
	bad := 0
	if r.text.Encoding() == textenc.UTF8 || r.text.Broken() > 0 { // what is broken may have been read for an earlier batch
		bad = textenc.Clean(a[1:])
	}
	strange := -1 // where the first of what was recovered stands
	if bad > 0 {
		strange = bytes.IndexByte(a, textenc.Substitute)
	}
	mixed := false
	if !r.mixed {
		if i := r.text.Encoding().Mixed(a); i >= 0 {
			mixed, r.mixed, strange = true, true, i
		}
	}
	row := int64(0)
	for row+1 < int64(len(b.Rows)) && int(b.Cells[b.Rows[row+1]].Start) <= strange {
		row++
	}
	r.p.decode(a, b.Cells)
	b.Arena = connectors.Padded(append(a, 0))
	b.First = r.row + 1
	r.row += int64(len(b.Rows))
	r.off += int64(end - 1)
	r.note(b, ragged, bad, b.First+row)
	if mixed {
		b.Notes = append(b.Notes, connectors.Problem{Object: b.Object, Kind: "mixed_encoding", Row: b.First + row,
			Message: "a row is in UTF-8 although the file is " + r.text.Encoding().String() + "; rows like it are not read right", Hint: "split the file by encoding"})
	}
	for n := len(r.fields); n < min(r.p.width, maxFields); n++ {
		r.fields = append(r.fields, connectors.Field{Name: fmt.Sprintf("column %d", n+1)})
	}
	b.Fields = slices.Clip(r.fields)
}

// note says what was recovered.
func (r *reader) note(b *connectors.Batch, ragged, bad int, badRow int64) {
	note := func(row int64, kind, message string) {
		b.Notes = append(b.Notes, connectors.Problem{Object: b.Object, Kind: kind, Row: row, Message: message})
	}
	add := func(n int, kind, message string) {
		if n > 0 {
			note(b.First, kind, message)
		}
	}
	if ragged > 0 && len(r.fields) > 0 {
		add(ragged, "ragged_rows", fmt.Sprintf("%d of the rows from here have more or fewer than %d cells", ragged, len(r.fields)))
	}
	add(r.p.stray, "stray_quote", "quotes inside quoted cells are not doubled; they are taken as they stand")
	add(r.p.zeros, "nul_bytes", "zero bytes stand in cells; they are read as if they did not")
	if bad > 0 {
		note(badRow, "broken_text", "bytes that are no "+r.text.Encoding().String()+" text; read around, kept as they were")
	}
	if r.p.width > maxFields {
		add(1, "many_columns", fmt.Sprintf("cells beyond column %d are counted as this column", maxFields))
	}
}

// startLong begins a record that is too long to be one: it is cut as running text, in a field of its own.
func (r *reader) startLong(b *connectors.Batch) {
	r.long = true
	r.lead = r.lead[:0]
	r.keep(b.Arena[1:])
	b.Arena = b.Arena[:1]
	if !slices.ContainsFunc(r.fields, isRecord) && len(r.fields) < maxFields {
		r.fields = append(r.fields, record)
	}
	b.Notes = append(b.Notes, connectors.Problem{Object: b.Object, Kind: "long_record", Row: r.row + 1, Offset: r.off,
		Message: fmt.Sprintf("a record is longer than %d bytes; it is read as running text", r.o.MaxRecord)})
}

var record = connectors.Field{Name: "record"}

func isRecord(f connectors.Field) bool { return f == record }

// piece gives out the next piece of an overlong record. What is in the arena behind its border goes back first.
func (r *reader) piece(b *connectors.Batch) error {
	r.keep(b.Arena[1:])
	b.Cells, b.Rows, b.Bounds = b.Cells[:0], b.Rows[:0], nil
	want := len(r.lead) + r.o.BatchSize + shown
	if cap(b.Arena) < 2+want+connectors.Pad {
		b.Arena = make([]byte, 0, 2+want+connectors.Pad)
	}
	a := append(b.Arena[:0], 0)
	a = append(a, r.lead...)
	own := len(a)
	fresh := own
	n := min(r.o.BatchSize+shown, len(r.buf)-r.at)
	a = append(a, r.buf[r.at:r.at+n]...)
	r.at += n
	var err error
	if a, err = r.readTo(a, own+r.o.BatchSize+shown); err != nil {
		return err
	}
	first := own
	if r.off == 0 && bytes.HasPrefix(a[own:], mark) {
		own += len(mark)
		first = own
	} else if len(r.lead) > 0 {
		first = 1
	}
	end, tail, after := len(a), len(a), len(a) // of the owned text, of the context, of the bytes
	if i := bytes.IndexByte(a[own:min(len(a), own+r.o.BatchSize)], '\n'); i >= 0 {
		r.long = false
		end, after = own+i, own+i+1
		if end > own && a[end-1] == '\r' {
			end--
		}
		tail = end
	} else if len(a) > own+r.o.BatchSize {
		end = textfile.Cut(a, own, own+r.o.BatchSize, shown)
		if end == own {
			b.Arena, b.Object, b.Fields, b.First = a, r.in.Object, r.fields, r.row+1
			end += textfile.Zeros(b, own, own+r.o.BatchSize)
			r.keep(a[end:])
			r.off += int64(end - own)
			b.Arena = connectors.Padded(a[:1])
			return nil
		}
		tail = textfile.Boundary(a, min(len(a), end+shown), end)
		if i := bytes.IndexByte(a[end:tail], '\n'); i >= 0 {
			tail = end + i
		}
		after = end
	} else {
		r.long = false
	}
	r.keep(a[after:])
	rawEnd := max(tail, after)
	b.Arena = a[:rawEnd]
	if r.cr {
		swapEnds(a[fresh:rawEnd])
	}
	if b.Exact {
		b.Raw = connectors.Padded(append(b.Raw[:0], b.Arena...))
	}
	if r.long {
		keep := textfile.Boundary(a, max(own, end-shown), own)
		r.lead = append(r.lead[:0], a[keep:end]...)
	}
	clear(a[1:first])
	b.Object, b.Fields, b.First = r.in.Object, r.fields, r.row+1
	bad, zeros, _ := textfile.Place(b, first, own, end, tail)
	b.Cells[0].Field = uint16(max(0, slices.IndexFunc(r.fields, isRecord)))
	r.off += int64(after - own)
	if !r.long {
		r.row++
	}
	r.p.stray, r.p.width, r.p.zeros = 0, 0, zeros
	r.note(b, 0, bad, b.First)
	return nil
}
