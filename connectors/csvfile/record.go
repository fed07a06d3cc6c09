package csvfile

import (
	"bytes"

	"bezlik/connectors"
	"bezlik/connectors/filesink"
)

// Format writes records as CSV by RFC 4180: UTF-8, a header, commas, quotes where they are needed, CRLF-free line
// ends. A missing cell and NULL are empty. Several values of one field in a row, as arrays in JSON have them, are
// joined by "; ". Keys of the source are left out.
var Format = filesink.Format{Suffix: ".csv", Head: appendHead, Append: appendRecords}

func appendHead(dst []byte, fields []connectors.Field) ([]byte, error) {
	for i, f := range fields {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendField(dst, []byte(f.Name), len(fields) == 1)
	}
	return append(dst, '\n'), nil
}

func appendRecords(dst []byte, b *connectors.Batch, fields []connectors.Field) ([]byte, error) {
	var joined []byte
	for r := range b.Rows {
		cells := b.Row(r)
		next := 0
		for f := range fields {
			if f > 0 {
				dst = append(dst, ',')
			}
			if next < len(cells) && int(cells[next].Field) == f && isValue(cells[next]) && (next+1 == len(cells) || int(cells[next+1].Field) != f) {
				dst = appendField(dst, b.Value(cells[next]), len(fields) == 1)
				next++
				continue
			}
			joined = joined[:0]
			some := false
			for _, c := range cells { // out of order, missing or several
				if int(c.Field) != f || !isValue(c) {
					continue
				}
				if some {
					joined = append(joined, "; "...)
				}
				joined = append(joined, b.Value(c)...)
				some = true
			}
			dst = appendField(dst, joined, len(fields) == 1)
			for next < len(cells) && int(cells[next].Field) <= f {
				next++
			}
		}
		dst = append(dst, '\n')
	}
	return dst, nil
}

// isValue leaves out NULL, and the keys and views of a source, which are no values of their own.
func isValue(c connectors.Cell) bool {
	return c.Type != connectors.Null && c.Type != connectors.Key && c.Type != connectors.Echo
}

// appendField writes one field, in quotes where it needs them; alone says that an empty one would leave an empty line.
func appendField(dst, v []byte, alone bool) []byte {
	if !bytes.ContainsAny(v, ",\"\r\n") && !(alone && len(v) == 0) && (len(v) == 0 || v[0] != ' ' && v[len(v)-1] != ' ') {
		return append(dst, v...)
	}
	dst = append(dst, '"')
	for {
		i := bytes.IndexByte(v, '"')
		if i < 0 {
			break
		}
		dst = append(dst, v[:i+1]...)
		dst = append(dst, '"')
		v = v[i+1:]
	}
	dst = append(dst, v...)
	return append(dst, '"')
}
