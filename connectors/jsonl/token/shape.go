package token

import (
	"bytes"

	"bezlik/connectors"
)

// A Shape is how JSON lies in a file.
type Shape uint8

// The shapes.
const (
	Unknown Shape = iota // more has to be seen
	NotJSON
	Lines  // a value per line
	Values // an array, or a value over several lines, or several
	One    // small values that are no arrays, over several lines
)

// Look says how a file lies that begins with head; whole says that this is all of it.
func Look(head []byte, whole bool) Shape {
	text := bytes.TrimLeft(bytes.TrimPrefix(head, bom), " \t\r\n")
	if len(text) == 0 {
		if whole {
			return Lines
		}
		return Unknown
	}
	if text[0] != '{' && text[0] != '[' {
		return Lines
	}
	line, rest, broken := bytes.Cut(text, []byte("\n"))
	switch st, _, inside := probe(line); {
	case st == valueEnd && line[0] != '[':
		return Lines
	case st == valueEnd && len(bytes.TrimLeft(rest, " \t\r\n")) > 0:
		return Lines
	case st == valueEnd && whole:
		return Values
	case st == valueEnd:
		return Unknown
	case st != more, broken && inside: // a line that ends inside a string
		return NotJSON
	}
	// The value goes on behind the line, or behind head.
	switch st, n, _ := probe(text); {
	case n > 0 && text[0] != '[':
		return One
	case st == valueEnd:
		return Values
	case st != more:
		return NotJSON
	case !whole:
		return Unknown
	}
	return Values
}

// probe reads values to the end of text and counts them. inside says that it ends inside a token.
func probe(text []byte) (st status, n int, inside bool) {
	buf := connectors.Padded(append(make([]byte, 0, len(text)+connectors.Pad), text...))
	t := newTokenizer(nil)
	for i := 0; ; {
		i, st = t.run(buf[:len(text)+connectors.Pad], i, len(text), true)
		switch {
		case st == valueEnd:
			n++
			t.begin()
			t.cells = t.cells[:0]
		case st == more && t.depth == 0 && i == len(text):
			return valueEnd, n, false
		default:
			for i < len(text) && (buf[i] == ' ' || buf[i] == '\t' || buf[i] == '\r' || buf[i] == '\n') {
				i++
			}
			if i < len(text) && buf[i] == '"' { // a key may be complete, with its colon in the next line
				end, _ := quote(buf[:len(text)+connectors.Pad], i+1, len(text))
				inside = len(bytes.TrimRight(buf[min(end+1, len(text)):], " \t\r")) > 0 || end >= len(text)
				return st, n, inside
			}
			return st, n, i < len(text)
		}
	}
}

// Names lists the key paths in the first bytes of a JSON file.
func Names(head []byte, rowsAt func(path string) (prefix string, ok bool)) []connectors.Field {
	t := newTokenizer(rowsAt)
	buf := connectors.Padded(append(make([]byte, 0, len(head)+connectors.Pad), bytes.TrimPrefix(head, bom)...))
	n := len(buf)
	for i, st := 0, rowEnd; st == rowEnd; {
		t.row = len(t.cells)
		i, st = t.run(buf[:n+connectors.Pad], i, n, false)
	}
	return t.fields
}
