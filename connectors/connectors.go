// Package connectors says what a source, a record and a sink are.
//
// A source is cut into parts; a part is read as batches; a batch is one arena of decoded UTF-8
// with a zero byte before and after every cell, whatever the format was. Whoever reads a batch
// owns it: readers keep nothing of it and have no pool of their own.
//
// The package imports the standard library only. One folder per format or system lies below it,
// and every one of them passes the acceptance kit in sourcetest.
package connectors

import "context"

// A Source brings records.
type Source interface {
	// Parts lists the units of parallelism, retry and resume as plain data, about n per object.
	// It may read the source once. The same source and n give the same parts.
	Parts(ctx context.Context, n int) ([]Part, error)
	// Open starts reading a part. It is safe to call concurrently; each Reader belongs to one goroutine.
	Open(ctx context.Context, p Part) (Reader, error)
	// Close ends what the parts share, such as a snapshot.
	Close() error
}

// A Reader fills the caller's batches. It belongs to one goroutine.
//
// Next overwrites b, which stays the caller's: the reader keeps nothing of it. io.EOF, and only
// io.EOF, means that everything was read. Any other error is the last word; what could not be read
// although reading went on stands in b.Problems.
//
// A Reader of a format that can come out byte for byte also implements Rewriter.
type Reader interface {
	Next(b *Batch) error
	Close() error
}

// A Part is a piece of a source that can be read, retried and resumed by itself.
type Part struct {
	Object   string `json:"object"`             // what people call it: "users.csv", "a.zip!/b.csv", "public.users"
	Range    string `json:"range,omitempty"`    // which piece of the object; means something to the source only
	Identity string `json:"identity,omitempty"` // changes when the content does, as far as the source can tell
	Size     int64  `json:"size,omitempty"`     // bytes, for progress; 0 is unknown
}

// Pad is how many zero bytes a reader keeps in the capacity of Arena (and of Raw) behind its length,
// so that a scanner may load whole vectors.
const Pad = 64

// A Batch is some whole rows of one object.
type Batch struct {
	Object string  // one object per batch; a reader may go through several (dump, workbook)
	Fields []Field // read-only for others, append-only within a reader; index = Cell.Field
	// Arena is decoded UTF-8. Arena[0] is zero, and a zero byte stands before and after every cell;
	// the bytes between two cells are not data and are all zero or white space. Pad zeros lie in the capacity.
	Arena []byte
	// Raw is filled when Exact was asked for: the bytes as they came (in UTF-8, whatever the file's
	// encoding), and every cell starts at the same offset in Arena and in Raw. Raw of all batches of
	// a part, joined, is the whole part.
	Raw   []byte
	Cells []Cell // in arena order, never overlapping
	// Rows holds the index in Cells of each row's first cell. Rows are whole; ragged rows and missing cells are allowed.
	Rows []uint32
	// Bounds holds, when Exact was asked for and the format can leave out whole rows, the offset in Raw
	// where each row's bytes begin, and one more at the end: len(Rows)+1. Nil where rows cannot be left out.
	Bounds []uint32
	First  int64 // number of the first row, from 1, as a person would count records (text: line)
	// Lead and Tail, for running text only: how many bytes at both ends of the single cell belong to
	// the neighbouring batches and are shown as context. A finding belongs to the batch of its first byte.
	Lead, Tail uint32
	Lines      int // likewise: line ends among the bytes that belong to this batch
	// Pieces says what the Echo cells are joined from, ordered by Echo. Echo cells stand behind all other
	// cells, each in a row of its own that is no row of the object; their bytes are not in Raw.
	Pieces   []Piece
	Problems []Problem // what was not fully read although reading goes on
	Notes    []Problem // what was recovered: ragged rows, a wrong ending, bytes decoded around
	Exact    bool      // set by the caller before Next: Raw is wanted
}

// Reset empties b for the next use and keeps its memory.
func (b *Batch) Reset() {
	exact := b.Exact
	*b = Batch{Arena: b.Arena[:0], Raw: b.Raw[:0], Cells: b.Cells[:0], Rows: b.Rows[:0], Bounds: b.Bounds[:0],
		Pieces: b.Pieces[:0], Problems: b.Problems[:0], Notes: b.Notes[:0], Exact: exact}
}

// A Piece says that the bytes of the cell Echo from offset At on are those of Cell: both are indices in
// Cells. A finding in an Echo cell becomes edits of the pieces it covers. Several cells may be the same
// piece, where a source says the same text twice.
type Piece struct {
	Echo, Cell uint32
	At         uint32 // bytes from the start of the Echo cell
}

// Row returns the cells of row i.
func (b *Batch) Row(i int) []Cell {
	if i+1 < len(b.Rows) {
		return b.Cells[b.Rows[i]:b.Rows[i+1]]
	}
	return b.Cells[b.Rows[i]:]
}

// Value returns the decoded bytes of a cell, valid until the next batch.
func (b *Batch) Value(c Cell) []byte { return b.Arena[c.Start:c.End] }

// A Cell is one value in the arena.
type Cell struct {
	Start, End uint32
	Field      uint16
	Type       Type
	Form       Form
}

// Type says what may be written in a cell's place.
type Type uint8

// The types of cells. Text is the zero value: anything may be written.
const (
	Text   Type = iota
	Null        // absent: Start == End, nothing is written
	Int         // digits only
	Number      // a decimal number
	Bool        // true or false
	Date        // a calendar date
	Time        // a point in time
	Key         // a key of an object, not a value
	Opaque      // nothing but a value of the same native type: uuid, bytea and the like
	Echo        // a joined view of other cells of the row (formatted text): found in, never edited
)

// Form says how a cell stands in Raw.
type Form uint8

// The forms of cells.
const (
	Plain   Form = iota // as in the arena
	Quoted              // between quotes, otherwise as in the arena
	Escaped             // between quotes or not, and longer in Raw than in the arena
)

// A Field is a column, a key path or a kind of text within an object.
type Field struct {
	Name   string
	Type   Type
	Native string // "bigint": for a writer of the same family
}

// RunningText is the Native of the only field of a running text: its one cell holds many lines, and what
// people call a row is a line.
const RunningText = "running text"

// Running says whether a batch is a piece of running text.
func (b *Batch) Running() bool { return len(b.Fields) == 1 && b.Fields[0].Native == RunningText }

// An Edit replaces bytes of one cell. Start and End are arena offsets within the cell. Edits are sorted
// and never overlap. Text is valid until the next batch.
type Edit struct {
	Cell, Start, End uint32
	Text             []byte
}

// A Rewriter puts edits into b.Raw and copies the rest. It has no state: workers call it concurrently,
// also while the reader reads on. drop lists rows (indices in b.Rows, ascending) to leave out; formats
// that cannot leave out rows (b.Bounds is nil) return an error for them. skip and spill, for running
// text, count owned bytes that the previous and this batch's last edit cover. out is dst extended by
// bytes in the encoding of the source.
type Rewriter interface {
	Rewrite(dst []byte, b *Batch, edits []Edit, drop []uint32, skip int) (out []byte, spill int, err error)
}

// A Sink takes records and publishes them whole or not at all.
type Sink interface {
	// Accepts is asked before the first byte: can an object with these fields be written here?
	Accepts(object string, f []Field) error
	// Create starts writing a part in a place that others do not see. Parts may be written concurrently.
	Create(ctx context.Context, p Part) (Writer, error)
	// Publish makes what was written visible: the only step others can see. It is idempotent.
	Publish(ctx context.Context, done []Part) error
	// Close without Publish discards.
	Close() error
}

// A Writer belongs to one goroutine and gets batches in order; it keeps nothing of them.
type Writer interface {
	// Write takes a batch; raw holds its rewritten bytes, or nil for records.
	Write(b *Batch, raw []byte) error
	Commit() error
	Close() error // without Commit: discards
}

// A Problem says what was not read, or what was recovered, and where. It never holds a value.
type Problem struct {
	Object  string `json:"object"`
	Kind    string `json:"kind"`             // stable, short: "truncated", "open_quote", "no_permission"
	Row     int64  `json:"row,omitempty"`    // from 1; 0 is unknown
	Offset  int64  `json:"offset,omitempty"` // bytes from the start of the object; 0 is unknown
	Message string `json:"message"`          // for people, in our words: never a value, never another library's text
	Hint    string `json:"hint,omitempty"`   // what to do about it
}

func (p *Problem) Error() string {
	s := p.Object + ": " + p.Message
	if p.Message == "" {
		s = p.Object + ": " + p.Kind
	}
	if p.Hint != "" {
		s += " (" + p.Hint + ")"
	}
	return s
}
