// Package jsonl reads and rewrites JSON byte for byte, and writes records as JSON lines.
//
// A file holds a value per line, one array of them, or one value. The elements of a file that is one
// array are rows, as are those of the outermost arrays of a value over a mebibyte.
package jsonl

import (
	"bytes"
	"context"
	"io"
	"strings"

	"bezlik/connectors"
	"bezlik/connectors/folder"
	"bezlik/connectors/jsonl/token"
	"bezlik/connectors/textenc"
)

// headSize is how much of a file is looked at to tell its shape. It does not depend on the size of
// batches, so neither do the rows.
const headSize = 1 << 20

// Match says whether a file is JSON, from its name and its first bytes.
func Match(name string, head []byte) bool {
	name = strings.ToLower(name)
	if e := textenc.Sniff(head); e == textenc.UTF16LE || e == textenc.UTF16BE {
		head, _ = io.ReadAll(textenc.NewReader(bytes.NewReader(head), e)) // reading memory does not fail
	}
	if strings.HasSuffix(name, ".jsonl") || strings.HasSuffix(name, ".ndjson") {
		return bytes.IndexByte(head, 0) < 0
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	if len(text) == 0 || text[0] != '{' && text[0] != '[' {
		return false
	}
	return strings.HasSuffix(name, ".json") || token.Look(text, false) != token.NotJSON
}

// Options say how to read. The zero value is right for a file.
type Options struct {
	Encoding  textenc.Encoding
	Encoded   bool // Encoding is known: do not guess
	BatchSize int  // about how many bytes a batch has; 1 MiB if 0
	MaxRow    int  // how many bytes of a row are kept in memory; 64 MiB if 0
}

// A Source is one file.
type Source struct {
	in *textenc.Input
	o  Options
}

// Driver reads JSON in files and streams.
var Driver = folder.Driver{
	Name:  "jsonl",
	Match: Match,
	Open:  func(path, object string) (connectors.Source, error) { return Open(path, object, Options{}) },
	Stream: func(object string, r io.Reader) (connectors.Source, error) {
		return New(textenc.StreamInput(object, r), Options{}), nil
	},
}

// Open opens the file at path, which people call object.
func Open(path, object string, o Options) (*Source, error) {
	return New(textenc.FileInput(object, path), o), nil
}

// New reads an input. A stream can be opened once.
func New(in *textenc.Input, o Options) *Source {
	if o.Encoded {
		in.Force(o.Encoding)
	}
	return &Source{in: in, o: o}
}

// Parts returns the file as one part.
func (s *Source) Parts(ctx context.Context, _ int) ([]connectors.Part, error) {
	p, err := s.in.Part(ctx)
	if err != nil {
		return nil, err
	}
	return []connectors.Part{p}, nil
}

// Open looks at the beginning of the file and starts reading.
func (s *Source) Open(ctx context.Context, _ connectors.Part) (connectors.Reader, error) {
	text, file, err := s.in.Open(ctx)
	if err != nil {
		return nil, err
	}
	var head []byte
	var end error
	shape := token.Unknown
	for _, size := range [...]int{64 << 10, headSize} {
		head = append(make([]byte, 0, size), head...)
		for idle := 0; len(head) < size && end == nil && ctx.Err() == nil && idle < 100; idle++ {
			var n int
			n, end = text.Read(head[len(head):size])
			if head = head[:len(head)+n]; n > 0 {
				idle = 0
			}
		}
		if shape = token.Look(head, end != nil); shape != token.Unknown {
			break
		}
	}
	opt := token.Options{Size: s.o.BatchSize, MaxRow: s.o.MaxRow, Head: head, Err: end}
	switch shape {
	case token.Values, token.Unknown:
		opt.RowsAt = outermost
	case token.Lines, token.NotJSON:
		opt.Lines = true
	}
	return token.Open(ctx, s.in, text, file, opt), nil
}

// Close ends the source.
func (s *Source) Close() error { return s.in.Close() }

// outermost makes rows of the elements of arrays that lie in no other.
func outermost(path string) (prefix string, ok bool) {
	if path == "[]" {
		path = ""
	}
	return path, true
}
