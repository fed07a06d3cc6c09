// Package csvfile reads tables of separated values, writes them back byte for byte with edits, and writes
// records as new tables.
//
// It finds out the delimiter, the encoding and whether there is a row of names. What encoding/csv reads with
// LazyQuotes it reads the same way; what cannot be a table is recovered and said, and nothing is lost.
package csvfile

import (
	"context"

	"bezlik/connectors"
	"bezlik/connectors/textenc"
)

// Options say how to read. The zero value finds out everything by itself.
type Options struct {
	Comma     byte // the delimiter; 0: find out
	Quote     byte // 0: "
	Header    Header
	Encoding  textenc.Encoding
	Encoded   bool // Encoding is known: do not guess
	BatchSize int  // about how many bytes a batch holds; 512 KiB if 0
	MaxRecord int  // how long a record may be, in bytes; 64 MiB if 0
}

// Header says whether the first row holds the names of the columns.
type Header uint8

// Whether there is a row of names.
const (
	Guess Header = iota
	Present
	Absent
)

// A Source is one table.
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
	if o.Quote == 0 {
		o.Quote = '"'
	}
	if o.BatchSize <= 0 {
		o.BatchSize = 1 << 19
	}
	if o.MaxRecord <= 0 {
		o.MaxRecord = 64 << 20
	}
	return &Source{in: in, o: o}
}

// Parts returns the table as one part.
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
	return &reader{ctx: ctx, in: s.in, text: text, file: file, o: s.o, want: s.o.BatchSize}, nil
}

// Close ends the source.
func (s *Source) Close() error { return s.in.Close() }
