package corpus

import (
	"bytes"
	"io"
	"strings"
)

// DDL creates the table of kind copy, or of WriteWide.
func DDL(table string, wide bool) string {
	s := `CREATE TABLE ` + table + ` (
    id bigint NOT NULL,
    full_name text,
    birth_date date,
    gender text,
    phone text,
    email text,
    inn text,
    snils text,
    passport text,
    address text,
    comment text,
    created_at timestamp without time zone
);
`
	if !wide {
		return s
	}
	return strings.Replace(s, "without time zone\n", `without time zone,
    profile jsonb,
    phones text[],
    scan bytea,
    token uuid,
    balance numeric(12,2),
    inn_number bigint,
    active boolean
`, 1)
}

// WriteWide makes the same rows as kind copy with more columns, in COPY text: the phone and the e-mail again in
// jsonb, the phone again in an array beside a NULL, the name's bytes in bytea, a uuid, a numeric, the INN as a
// number and a boolean. Items in the added columns are in the truth and count as planted.
func WriteWide(w io.Writer, o Options) (Meta, error) {
	o.Kind = "copy"
	if o.Size <= 0 && o.Rows <= 0 {
		o.Size = 1_000_000
	}
	if err := o.check(); err != nil {
		return Meta{}, err
	}
	out := newOutput(w, o)
	wide := wideRow{r: &row{maker: newMaker(o.Seed, streamTable, o.With)}, extra: newMaker(o.Seed, streamWide, o.With)}
	for out.more(&o) {
		wide.next(out.meta.Rows)
		out.buf = append(wide.append(out.buf), '\n')
		out.note(wide.r.maker, out.meta.Rows, wide.field)
	}
	return out.finish()
}

// wideColumns are the added ones; items planted in them have field numbers behind those of the table.
var wideColumns = []string{"profile", "phones", "scan", "token", "balance", "inn_number", "active"}

type wideRow struct {
	r     *row
	extra *maker // randomness of the added columns; the table's own stays as it is
	cells [7][]byte
}

func (w *wideRow) field(i int) (string, int) {
	if i < len(columns) {
		return columns[i], w.r.start(i)
	}
	return wideColumns[i-len(columns)], 0
}

func (w *wideRow) next(n int64) {
	r, x := w.r, w.extra
	r.next(n)
	for i := range w.cells {
		w.cells[i] = w.cells[i][:0]
	}
	phone, email, inn := r.cell(colPhone), r.cell(colEmail), r.cell(colINN)
	c := w.cells[0][:0]
	c = append(c, `{"email": "`...)
	w.again(colEmail, 0, len(c))
	c = append(append(c, email...), `", "phone": "`...)
	w.again(colPhone, 0, len(c))
	w.cells[0] = append(append(c, phone...), `", "visits": 3}`...)

	c = append(w.cells[1][:0], `{NULL,"`...)
	w.again(colPhone, 1, len(c))
	w.cells[1] = append(append(c, phone...), `"}`...)

	const hex = "0123456789abcdef"
	c = append(w.cells[2][:0], `\x`...)
	for _, b := range r.cell(colName) {
		c = append(c, hex[b>>4], hex[b&15])
	}
	w.cells[2] = c

	x.reset()
	for i, size := range []int{8, 4, 4, 4, 12} {
		if i > 0 {
			x.say("-")
		}
		x.hex(size)
	}
	w.cells[3] = append(w.cells[3][:0], x.text...)

	x.reset()
	x.decimal(x.n(1_000_000))
	x.say(".")
	x.text = x.digits(x.text, 2)
	w.cells[4] = append(w.cells[4][:0], x.text...)

	w.again(colINN, 5, 0)
	w.cells[5] = append(w.cells[5][:0], inn...)
	w.cells[6] = append(w.cells[6][:0], "tf"[x.n(2)])
}

// again registers the item of a table column as standing also in an added column, at a byte of its text.
func (w *wideRow) again(column, extra, at int) {
	for _, it := range w.r.items {
		if it.field == column {
			it.field, it.move = len(columns)+extra, at-it.start
			w.r.items = append(w.r.items, it)
			return
		}
	}
}

func (w *wideRow) append(dst []byte) []byte {
	dst = copyRow(dst, w.r)
	for _, c := range w.cells {
		dst = append(dst, '\t')
		dst = append(dst, bytes.ReplaceAll(c, []byte(`\`), []byte(`\\`))...)
	}
	return dst
}
