package csvfile

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"

	"bezlik/connectors"
	"bezlik/connectors/textenc"
)

// longestName is how many characters a quoted name may have: a cell that is longer names no column (isDatum).
const longestName = 64

// Describe implements connectors.Describer: the columns as the first row names them. No byte behind it is read. Where
// that row may be data the fields are unknown, and nothing of it is told.
func (s *Source) Describe(ctx context.Context) ([]connectors.Described, error) {
	raw, err := s.in.Raw(ctx)
	if err != nil {
		return nil, err
	}
	defer raw.Close()
	d := connectors.Described{Object: s.in.Object, Unknown: true}
	h := heading{r: raw, quote: uint16(s.o.Quote)}
	whole, err := h.read(ctx)
	if err != nil {
		return nil, s.in.Problem(err, int64(len(h.raw)))
	}
	if !whole {
		return []connectors.Described{d}, nil
	}
	o, rows := s.o, 1
	if h.saysComma {
		rows++
	} else if o.Comma == 0 {
		o.Comma = h.comma()
	}
	for _, enc := range s.encodings(h.raw) {
		text, err := io.ReadAll(textenc.NewReader(bytes.NewReader(h.raw[h.start:]), enc))
		if err != nil {
			return nil, s.in.Problem(err, 0)
		}
		text = bytes.ReplaceAll(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))
		text = append(make([]byte, 0, len(text)+connectors.Pad), text...)
		if dialect := sniff(text, true, s.in.Object, o); dialect.head == rows {
			d.Fields, d.Unknown = dialect.fields, false
			break
		}
	}
	return []connectors.Described{d}, nil
}

// encodings are those that a row may be in, the likeliest first. A few letters do not tell one encoding of single bytes
// from another: the one in which they name columns is the right one.
func (s *Source) encodings(row []byte) []textenc.Encoding {
	if s.o.Encoded {
		return []textenc.Encoding{s.o.Encoding}
	}
	guess := textenc.Sniff(row)
	switch guess {
	case textenc.CP1251, textenc.KOI8R, textenc.CP866:
		return []textenc.Encoding{guess, textenc.CP1251, textenc.KOI8R, textenc.CP866}
	}
	return []textenc.Encoding{guess}
}

// A heading is the first row of a table, read byte by byte: what follows is values.
type heading struct {
	r     io.Reader
	quote uint16

	raw       []byte // all that was read
	start     int    // of the first row that is not empty
	saysComma bool   // it is Excel's line that says the delimiter, and the row of names stands behind it
	seen      [len(commas)]bool
}

// commas are the delimiters, those that hardly stand in a name first: one row does not tell which is meant otherwise.
const commas = "\t;|,"

// comma is the delimiter that the row speaks for, 0 for none.
func (h *heading) comma() byte {
	if i := slices.Index(h.seen[:], true); i >= 0 {
		return commas[i]
	}
	return 0
}

// read reads up to the end of the first row, or of the second if the first says the delimiter. whole is false where
// it cannot be a row of names: too long, or with a quoted cell too long for a name.
func (h *heading) read(ctx context.Context) (whole bool, err error) {
	if err := h.more(2); err != nil {
		return false, ended(err)
	}
	unit := unitOf(h.raw)
	var (
		line    = 0     // where the row begins
		inside  = false // a quote is open
		closed  = false // one has just been closed
		border  = true  // a cell begins
		letters = 0     // of the quoted cell
	)
	for at := 0; ; {
		for len(h.raw) < at+unit.size {
			err := h.more(1)
			if errors.Is(err, io.EOF) {
				return len(h.raw) > line && !inside, nil
			}
			if err != nil {
				return false, err
			}
		}
		if err := ctx.Err(); err != nil {
			return false, err
		}
		c := unit.of(h.raw[at:])
		at += unit.size
		switch {
		case at > headSize:
			return false, nil
		case c == 0xFEFF || unit.size == 1 && bytes.HasPrefix(mark, h.raw[:at]):
			continue // the byte order mark
		case inside && c != h.quote:
			if c&0xC0 != 0x80 || unit.size > 1 { // not the rest of a character of UTF-8
				letters++
			}
			if letters > longestName {
				return false, nil
			}
			continue
		case inside:
			inside, closed = false, true
			continue
		case c == h.quote && (border || closed):
			if border {
				letters = 0
			}
			inside = true
		case c == '\n' || c == '\r':
			row := h.raw[line : at-unit.size]
			switch {
			case len(row) == 0:
				if h.start == line {
					h.start = at
				}
			case !h.saysComma && line == h.start && bytes.HasPrefix(unit.ascii(row), []byte("sep=")) && len(unit.ascii(row)) == 5:
				h.saysComma = true
			default:
				return true, nil
			}
			line, border = at, true
			continue
		}
		border, closed = false, false
		if i := bytes.IndexByte([]byte(commas), byte(c)); i >= 0 && c < 0x80 && !inside {
			h.seen[i], border = true, true
		}
	}
}

// more reads n bytes.
func (h *heading) more(n int) error {
	at := len(h.raw)
	h.raw = append(h.raw, make([]byte, n)...)
	k, err := io.ReadFull(h.r, h.raw[at:])
	h.raw = h.raw[:at+k]
	return err
}

// ended makes nothing of an end: there is no row.
func ended(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return err
}

// A unit is how characters stand in bytes as long as nothing but delimiters and line ends matters.
type unit struct {
	size int // 1, or 2 in UTF-16
	low  int // where the lower byte of two stands
}

// unitOf tells UTF-16 by its first character: a mark, or the high byte of a Latin (0) or Cyrillic (4) letter.
func unitOf(head []byte) unit {
	high := func(c byte) bool { return c == 0 || c == 4 }
	switch {
	case string(head[:2]) == "\xFF\xFE", high(head[1]):
		return unit{size: 2}
	case string(head[:2]) == "\xFE\xFF", high(head[0]):
		return unit{size: 2, low: 1}
	}
	return unit{size: 1}
}

func (u unit) of(b []byte) uint16 {
	if u.size == 1 {
		return uint16(b[0])
	}
	return uint16(b[u.low]) | uint16(b[1-u.low])<<8
}

// ascii is a row as single bytes, without a mark.
func (u unit) ascii(row []byte) []byte {
	var text []byte
	for i := 0; i+u.size <= len(row); i += u.size {
		if c := u.of(row[i:]); c != 0xFEFF {
			text = append(text, byte(c))
		}
	}
	return bytes.TrimPrefix(text, mark)
}
