package jsonl

import (
	"bytes"
	"unicode/utf8"

	"bezlik/connectors"
	"bezlik/connectors/filesink"
	"bezlik/connectors/jsonl/token"
)

// Format writes records as JSON lines: a flat object for each row. Keys are the names of fields as they are;
// several cells of one field become an array. Keys of the source are no values and are left out.
var Format = filesink.Format{Suffix: ".jsonl", Append: appendRecords}

// NewSink returns a sink that writes each object as a file of JSON lines into a stage.
func NewSink(stage *filesink.Stage) *filesink.Sink { return filesink.New(stage, Format) }

func appendRecords(dst []byte, b *connectors.Batch, fields []connectors.Field) ([]byte, error) {
	if len(b.Fields) > 0 {
		fields = b.Fields
	}
	count := make([]uint32, len(fields))
	for i := range b.Rows {
		row := b.Row(i)
		echo := len(row) > 0
		for _, c := range row {
			if isValue(c) {
				count[c.Field]++
			}
			echo = echo && c.Type == connectors.Echo
		}
		if echo {
			continue
		}
		dst = append(dst, '{')
		empty := true
		for k, c := range row {
			if !isValue(c) || count[c.Field] == 0 { // 0: written with the first of its field
				continue
			}
			if !empty {
				dst = append(dst, ',')
			}
			empty = false
			dst = append(appendText(dst, []byte(fields[c.Field].Name)), ':')
			if count[c.Field] == 1 {
				dst = appendValue(dst, c, b.Value(c))
			} else {
				sep := byte('[')
				for _, o := range row[k:] {
					if o.Field == c.Field && isValue(o) {
						dst = appendValue(append(dst, sep), o, b.Value(o))
						sep = ','
					}
				}
				dst = append(dst, ']')
			}
			count[c.Field] = 0
		}
		dst = append(dst, '}', '\n')
	}
	return dst, nil
}

func isValue(c connectors.Cell) bool { return c.Type != connectors.Key && c.Type != connectors.Echo }

func appendValue(dst []byte, c connectors.Cell, v []byte) []byte {
	switch c.Type {
	case connectors.Null:
		return append(dst, "null"...)
	case connectors.Int, connectors.Number:
		if token.IsNumber(v) {
			return append(dst, v...)
		}
	case connectors.Bool:
		if string(v) == "true" || string(v) == "false" {
			return append(dst, v...)
		}
	}
	return appendText(dst, v)
}

func appendText(dst, v []byte) []byte {
	if !utf8.Valid(v) {
		v = bytes.ToValidUTF8(v, []byte("\ufffd"))
	}
	return token.AppendString(dst, v)
}
