// Package corpus makes test data that looks like Russian personal data: logs, tables, dumps and chats with
// planted items whose place and value are known. The same options give the same bytes on every machine.
//
// Nobody is described: numbers are random with right check digits, names are drawn from lists of common
// words, mail hosts lie under reserved domains. Check digits are computed here, by code of its own, so that
// the corpus can judge detectors.
package corpus

import (
	"fmt"
	"io"
	"os"
)

// Seeds for measuring. Tune on Seed; look at HeldOutSeed only to see whether the tuning was honest.
const (
	Seed        = 1
	HeldOutSeed = 20260731
)

// Options say what to make. The zero value of everything but Kind is usable: seed 0, 1 MB.
type Options struct {
	Kind   string // one of Kinds, or Clean
	Seed   uint64
	Size   int64  // stop at this many bytes of UTF-8, at the end of a record; 0 with no Rows is 1 MB
	Rows   int64  // stop after this many records
	Object string // what Truth calls the object; a file's name, say
	With   With
	Truth  func(*Planted) // called for every planted item, in order; nil if not wanted
}

// With lists what makes a corpus harder. The zero value is the common case.
type With struct {
	CRLF      bool `json:"crlf,omitempty"`      // lines end in \r\n
	BOM       bool `json:"bom,omitempty"`       // begins with a byte order mark
	CP1251    bool `json:"cp1251,omitempty"`    // in windows-1251
	UTF16     bool `json:"utf16,omitempty"`     // in UTF-16, little endian, with its mark
	Escapes   bool `json:"escapes,omitempty"`   // JSON: everything outside ASCII as \uXXXX
	Minified  bool `json:"minified,omitempty"`  // JSON: all in one line (jsonl becomes an array)
	Long      bool `json:"long,omitempty"`      // now and then a line or cell of more than 64 KiB, with an item at its end
	Huge      bool `json:"huge,omitempty"`      // the third record is longer than 1 MiB
	Straddle  bool `json:"straddle,omitempty"`  // log: an item lies across every multiple of 64 KiB
	NBSP      bool `json:"nbsp,omitempty"`      // no-break spaces and en dashes in phones and SNILS
	Case      bool `json:"case,omitempty"`      // half of the full names in upper or lower case
	Rare      bool `json:"rare,omitempty"`      // a quarter of the names on no common list (otherwise 2 %)
	Numeric   bool `json:"numeric,omitempty"`   // table: phone and INN are numbers where the format has them
	OneLine   bool `json:"oneline,omitempty"`   // table: no line breaks inside cells (otherwise 3 % of the rows have one)
	NoComment bool `json:"nocomment,omitempty"` // table: the comment column is empty: nothing but structured cells
	Users     bool `json:"users,omitempty"`     // access: a thousandth of the lines tell who asked (otherwise none)
	Gzip      bool `json:"gz,omitempty"`        // compressed
}

// Meta describes a finished corpus.
type Meta struct {
	Kind    string           `json:"kind"`
	Seed    uint64           `json:"seed"`
	Rows    int64            `json:"rows"`
	Bytes   int64            `json:"bytes"`
	SHA256  string           `json:"sha256"`
	Planted map[string]int64 `json:"planted"`        // items to be found, per kind
	Also    map[string]int64 `json:"also,omitempty"` // birth dates and addresses in columns of their own
	Hard    map[string]int64 `json:"hard,omitempty"` // how many of the planted ones have which note
	With    With             `json:"with"`
}

// Total is the number of planted items.
func (m *Meta) Total() (n int64) {
	for _, k := range m.Planted {
		n += k
	}
	return n
}

// Planted is one item of the truth. Its slices are valid during the call only.
type Planted struct {
	Object string
	Row    int64  // from 1: line of a log, record of a table (a header is none), message of a chat
	Field  string // column or key; empty in a log
	Kind   string
	// Value is the normal form: digits, +7 and ten digits, lower case, an ISO date; names as in the text.
	Value []byte
	Text  []byte // as written, before any escaping
	// Start and End are bytes in the decoded cell (log: line).
	Start, End int
	note       note
	counted    bool
}

// Notes says what makes the item hard.
func (p *Planted) Notes() (names []string) {
	for i, s := range noteNames {
		if p.note&(1<<i) != 0 {
			names = append(names, s)
		}
	}
	return names
}

// Counted says that the item counts as planted; birth dates and addresses do not.
func (p *Planted) Counted() bool { return p.counted }

// Kinds lists what can be made with items in it: text, one table in six forms, and chats. sqlite needs WriteFile.
// There is also Clean, which holds none.
func Kinds() []string {
	return []string{"log", "access", "csv", "copy", "pgdump", "inserts", "jsonl", "telegram", "sqlite"}
}

// Streams of random numbers: the forms of the table share one, so that all of them hold the same rows.
const (
	streamLog = iota + 1
	streamAccess
	streamTable
	streamTelegram
	streamWide
)

// Write makes a corpus.
func Write(w io.Writer, o Options) (Meta, error) {
	if o.Size <= 0 && o.Rows <= 0 {
		o.Size = 1_000_000
	}
	if err := o.check(); err != nil {
		return Meta{}, err
	}
	out := newOutput(w, o)
	switch o.Kind {
	case "log":
		out.log(o)
	case "access":
		out.access(o)
	case Clean:
		out.clean(o)
	case "telegram":
		out.telegram(o)
	default:
		f := formats(o)[o.Kind]
		out.table(o, f)
	}
	return out.finish()
}

func (o *Options) check() error {
	_, table := formats(*o)[o.Kind]
	text := o.Kind == "log" || o.Kind == "access" || o.Kind == Clean
	switch {
	case o.Kind == "sqlite":
		return fmt.Errorf("corpus: kind sqlite is written to a file, not to a stream")
	case !table && !text && o.Kind != "telegram":
		return fmt.Errorf("corpus: unknown kind %q; there are %v", o.Kind, append(Kinds(), Clean))
	case o.With.CP1251 && (o.With.UTF16 || o.With.BOM):
		return fmt.Errorf("corpus: windows-1251 goes with neither UTF-16 nor a byte order mark")
	case o.With.Straddle && o.Kind != "log":
		return fmt.Errorf("corpus: only a log can have items across chunk borders on demand")
	}
	return nil
}

// WriteFile makes a corpus in a file, of any kind.
func WriteFile(path string, o Options) (Meta, error) {
	if o.Kind == "sqlite" {
		return writeSQLite(path, o)
	}
	f, err := os.Create(path)
	if err != nil {
		return Meta{}, err
	}
	meta, err := Write(f, o)
	if e := f.Close(); err == nil {
		err = e
	}
	return meta, err
}
