// Package telegram reads and rewrites the result.json of Telegram Desktop: one chat or a whole account.
//
// Messages are rows, and so are contacts, sessions and the like; what stands around them makes rows of
// its own. Fields are the same for a chat and an account: a message's "from", "text", "text_entities[].text",
// and "contacts[].phone_number", "sessions[].last_ip". An entity's type stands left of its text.
package telegram

import (
	"context"
	"io"
	"strings"

	"bezlik/connectors"
	"bezlik/connectors/folder"
	"bezlik/connectors/jsonl/token"
	"bezlik/connectors/textenc"
)

// Match says whether a file is an export of Telegram Desktop, from its first bytes; its name does not matter.
func Match(_ string, head []byte) bool {
	has := map[string]bool{}
	for _, f := range token.Names(head, rowsAt) {
		has[f.Name] = true
	}
	switch {
	case has["personal_information"] && (has["personal_information.user_id"] || has["about"]):
		return true
	case has["chats.list[]"] || has["chats.list[].messages"]:
		return true
	case has["messages"] && has["type"] && has["id"]:
		// Either the first message was not seen yet, or it looks like one.
		return has["date_unixtime"] || has["from_id"] || has["actor"] || has["date"] && has["text"] || has["name"] && !has["text"]
	}
	return false
}

// Options say how to read. The zero value is right for a file.
type Options struct {
	BatchSize int // about how many bytes a batch has; 1 MiB if 0
	MaxRow    int // how many bytes of a row are kept in memory; 64 MiB if 0
}

// A Source is one result.json.
//
// A text that formatting has cut into pieces stands, once more and joined, in an Echo cell behind all
// rows of the batch; the batch's Pieces lead from there to the cells.
type Source struct {
	in *textenc.Input
	o  Options
}

// Driver reads exports of Telegram Desktop from files and streams.
var Driver = folder.Driver{
	Name:  "telegram",
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
func New(in *textenc.Input, o Options) *Source { return &Source{in: in, o: o} }

// Parts returns the file as one part.
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
	var r roles
	return token.Open(ctx, s.in, text, file, token.Options{Size: s.o.BatchSize, MaxRow: s.o.MaxRow, RowsAt: rowsAt, After: r.join}), nil
}

// Close ends the source.
func (s *Source) Close() error { return s.in.Close() }

// rowsAt says which arrays hold rows, and what the names of their fields begin with.
func rowsAt(path string) (prefix string, ok bool) {
	switch {
	case path == "messages[]" || strings.HasSuffix(path, ".messages[]"):
		return "", true
	case path == "chats.list[]" || path == "left_chats.list[]":
		return "", false
	case strings.HasSuffix(path, ".list[]"):
		return strings.TrimSuffix(path, ".list[]") + "[]", true
	}
	return path, path != "[]"
}

// A role is what a field has to do with the text of a message.
type role uint8

const (
	none     role = iota
	whole         // the text itself, or the key of its pieces
	piece         // a piece of it
	repeated      // a piece of it in text_entities
)

// roles knows the roles of the first fields of a batch.
type roles []role

// join adds the Echo cells of a batch.
func (r *roles) join(b *connectors.Batch) {
	for i := len(*r); i < len(b.Fields); i++ {
		*r = append(*r, roleOf(b.Fields[i].Name))
	}
	rows, cells := len(b.Rows), uint32(len(b.Cells))
	for i := range rows {
		end := cells
		if i+1 < rows {
			end = b.Rows[i+1]
		}
		r.joinRow(b, b.Rows[i], end)
	}
}

func roleOf(name string) role {
	switch name {
	case "text":
		return whole
	case "text[]", "text[].text":
		return piece
	case "text_entities[].text":
		return repeated
	}
	return none
}

// joinRow joins the pieces among the cells from first to end, if there are several.
func (r roles) joinRow(b *connectors.Batch, first, end uint32) {
	var count [repeated + 1]int
	field := uint16(0)
	for _, c := range b.Cells[first:end] {
		k := r[c.Field]
		if k == none {
			continue
		}
		if k == whole {
			field = c.Field
		} else if c.Type == connectors.Text {
			count[k]++
		}
	}
	var text []byte
	if count[piece] > 1 {
		text = r.echo(b, piece, field, first, end)
	}
	switch {
	case count[repeated] > 1 && text == nil:
		r.echo(b, repeated, field, first, end)
	case count[repeated] > 0 && text != nil:
		// The same text again, mostly: then both are pieces of one cell.
		echo, from, at := uint32(len(b.Cells)-1), len(b.Pieces), 0
		for i := first; i < end; i++ {
			if c := b.Cells[i]; r[c.Field] == repeated && c.Type == connectors.Text {
				b.Pieces = append(b.Pieces, connectors.Piece{Echo: echo, Cell: i, At: uint32(at)})
				v := b.Value(c)
				if at += len(v); at > len(text) || string(text[at-len(v):at]) != string(v) {
					b.Pieces = b.Pieces[:from]
					r.echo(b, repeated, field, first, end)
					return
				}
			}
		}
	}
}

// echo appends an Echo cell made of the cells of a role, and returns its text.
func (r roles) echo(b *connectors.Batch, k role, field uint16, first, end uint32) []byte {
	start, echo := len(b.Arena), uint32(len(b.Cells))
	for i := first; i < end; i++ {
		if c := b.Cells[i]; r[c.Field] == k && c.Type == connectors.Text {
			b.Pieces = append(b.Pieces, connectors.Piece{Echo: echo, Cell: i, At: uint32(len(b.Arena) - start)})
			b.Arena = append(b.Arena, b.Value(c)...)
		}
	}
	b.Rows = append(b.Rows, echo)
	b.Cells = append(b.Cells, connectors.Cell{Start: uint32(start), End: uint32(len(b.Arena)), Field: field, Type: connectors.Echo})
	b.Arena = append(b.Arena, 0)
	return b.Arena[start : len(b.Arena)-1]
}
