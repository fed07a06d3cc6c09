package corpus

import (
	"bytes"
	"unicode/utf8"
)

// A format is one written form of the table.
type format struct {
	head, tail string
	row        func(dst []byte, r *row, first bool) []byte
}

func formats(o Options) map[string]format {
	end := "\n"
	if o.With.CRLF {
		end = "\r\n"
	}
	json := format{row: func(dst []byte, r *row, _ bool) []byte { return append(jsonRow(dst, r), end...) }}
	if o.With.Minified {
		json = format{head: "[", tail: "]" + end, row: func(dst []byte, r *row, first bool) []byte {
			if !first {
				dst = append(dst, ',')
			}
			return jsonRow(dst, r)
		}}
	}
	return map[string]format{
		"csv":  {head: header(",") + end, row: func(dst []byte, r *row, _ bool) []byte { return append(csvRow(dst, r), end...) }},
		"copy": {row: func(dst []byte, r *row, _ bool) []byte { return append(copyRow(dst, r), '\n') }},
		"pgdump": {
			head: "--\n-- PostgreSQL database dump\n--\n\nSET client_encoding = 'UTF8';\n\n" + DDL("public.users", false) +
				"\nCOPY public.users (" + header(", ") + ") FROM stdin;\n",
			row:  func(dst []byte, r *row, _ bool) []byte { return append(copyRow(dst, r), '\n') },
			tail: "\\.\n\n--\n-- PostgreSQL database dump complete\n--\n",
		},
		"inserts": {head: "SET client_encoding = 'UTF8';\n\n" + DDL("public.users", false) + "\n", row: insertRow},
		"jsonl":   json,
	}
}

func header(sep string) string {
	var b []byte
	for i, c := range columns {
		if i > 0 {
			b = append(b, sep...)
		}
		b = append(b, c...)
	}
	return string(b)
}

func (o *output) table(opt Options, f format) {
	r := &row{maker: newMaker(opt.Seed, streamTable, opt.With)}
	field := func(i int) (string, int) { return columns[i], r.start(i) }
	o.buf = append(o.buf, f.head...)
	for o.more(&opt) {
		r.next(o.meta.Rows)
		o.buf = f.row(o.buf, r, o.meta.Rows == 1)
		o.note(r.maker, o.meta.Rows, field)
	}
	o.buf = append(o.buf, f.tail...)
}

func csvRow(dst []byte, r *row) []byte {
	for i := range r.ends {
		if i > 0 {
			dst = append(dst, ',')
		}
		c := r.cell(i)
		if i != colAddress && i != colComment || !bytes.ContainsAny(c, ",\"\r\n") { // no other column needs quotes
			dst = append(dst, c...)
			continue
		}
		dst = append(dst, '"')
		for _, b := range c {
			if b == '"' {
				dst = append(dst, '"')
			}
			dst = append(dst, b)
		}
		dst = append(dst, '"')
	}
	return dst
}

func copyRow(dst []byte, r *row) []byte {
	for i := range r.ends {
		if i > 0 {
			dst = append(dst, '\t')
		}
		c := r.cell(i)
		if len(c) == 0 {
			dst = append(dst, `\N`...)
			continue
		}
		dst = copyEscape(dst, c)
	}
	return dst
}

func copyEscape(dst, c []byte) []byte {
	for _, b := range c {
		switch b {
		case '\n':
			dst = append(dst, `\n`...)
		case '\t':
			dst = append(dst, `\t`...)
		case '\\':
			dst = append(dst, `\\`...)
		default:
			dst = append(dst, b)
		}
	}
	return dst
}

func insertRow(dst []byte, r *row, _ bool) []byte {
	dst = append(dst, "INSERT INTO public.users VALUES ("...)
	for i := range r.ends {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		c := r.cell(i)
		switch {
		case len(c) == 0:
			dst = append(dst, "NULL"...)
		case i == colID:
			dst = append(dst, c...)
		default:
			dst = append(dst, '\'')
			for _, b := range c {
				if b == '\'' {
					dst = append(dst, '\'')
				}
				dst = append(dst, b)
			}
			dst = append(dst, '\'')
		}
	}
	return append(dst, ");\n"...)
}

func jsonRow(dst []byte, r *row) []byte {
	for i := range r.ends {
		dst = append(dst, ",{"[b2i(i == 0)])
		dst = append(dst, '"')
		dst = append(dst, columns[i]...)
		dst = append(dst, `":`...)
		c := r.cell(i)
		switch {
		case len(c) == 0:
			dst = append(dst, "null"...)
		case i == colID, r.Numeric && (i == colPhone || i == colINN):
			dst = append(dst, c...)
		default:
			dst = jsonString(dst, c, r.Escapes)
		}
	}
	return append(dst, '}')
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// jsonString appends s in quotes; escapes asks for nothing but ASCII.
func jsonString(dst, s []byte, escapes bool) []byte {
	dst = append(dst, '"')
	for i := 0; i < len(s); {
		switch b := s[i]; {
		case b == '"' || b == '\\':
			dst = append(dst, '\\', b)
		case b == '\n':
			dst = append(dst, `\n`...)
		case b < 0x80 || !escapes:
			dst = append(dst, b)
		default:
			r, n := utf8.DecodeRune(s[i:])
			const hex = "0123456789abcdef"
			dst = append(dst, '\\', 'u', hex[r>>12&15], hex[r>>8&15], hex[r>>4&15], hex[r&15])
			i += n
			continue
		}
		i++
	}
	return append(dst, '"')
}
