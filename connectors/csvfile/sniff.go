package csvfile

import (
	"bytes"
	"slices"
	"strings"

	"bezlik/connectors"
	"bezlik/connectors/textenc"
)

// headSize is how much of a table is looked at to find out what it is.
const headSize = 64 << 10

// A dialect is what was found out.
type dialect struct {
	comma  byte
	head   int // rows that are no records
	fields []connectors.Field
	even   float64 // share of the rows that have the most usual width
	width  int
	rows   int
	prose  bool // the commas are those of sentences and addresses
}

// Match says how much the beginning of a file looks like a table, from 0 to 100: by its content, and a bit by
// the ending of its name.
func Match(name string, head []byte) int {
	text, ok := textenc.Head(head)
	if !ok || len(bytes.TrimSpace(text)) == 0 {
		return 0
	}
	text = append(make([]byte, 0, len(text)+connectors.Pad), text...)
	if endsWithCR(text, len(head) < headSize) {
		swapEnds(text)
	}
	d := sniff(text, len(head) < headSize, name, Options{Quote: '"'})
	switch {
	case named(name):
		return 80
	case d.prose:
		return 0
	case d.width >= 2 && d.rows >= 2 && d.even >= 0.95 && (d.width >= 3 || d.head > 0):
		return 50
	case d.width >= 2 && d.rows >= 2 && d.even >= 0.6 && d.head > 0 && d.comma != ',': // ragged, but with a head
		return 40
	}
	return 0
}

// named says whether a file is called a table.
func named(name string) bool {
	name = strings.ToLower(name)
	return strings.HasSuffix(name, ".csv") || strings.HasSuffix(name, ".tsv") || strings.HasSuffix(name, ".tab")
}

// sniff finds out the dialect of text, which is UTF-8, whole or cut, with Pad bytes of capacity behind it.
func sniff(text []byte, whole bool, name string, o Options) dialect {
	text = text[:min(len(text), headSize)]
	from := 0
	if bytes.HasPrefix(text, mark) {
		from = len(mark)
	}
	before := 0 // Excel's first line says the delimiter
	if line := text[from:]; o.Comma == 0 && len(line) >= 6 && string(line[:4]) == "sep=" && (line[5] == '\n' || line[5] == '\r') {
		o.Comma, before = line[4], 1
	}
	var best dialect
	var sample connectors.Batch
	commas := []byte{'\t', ';', ',', '|'}
	if o.Comma != 0 {
		commas = []byte{o.Comma}
	}
	score := -1.0
	for _, c := range commas {
		p := parser{comma: c, quote: o.Quote}
		var b connectors.Batch
		p.run(&b, text, from, len(text)+1, 0, 0, whole)
		if len(b.Rows) == 0 && len(text) > 0 { // a row longer than the head, or an open quote: read it without quotes
			p.quote = 0xFF
			p.run(&b, text, from, len(text)+1, 0, 0, true)
		}
		d := dialect{comma: c}
		d.measure(&b, before)
		s := d.even + 0.02*float64(min(d.width, 10))
		if d.width < 2 {
			s = 0
		}
		if s > score {
			best, sample, score = d, b, s
		}
	}
	if score <= 0 && o.Comma == 0 {
		best.comma = ','
		if strings.HasSuffix(strings.ToLower(name), ".tsv") {
			best.comma = '\t'
		}
		p := parser{comma: best.comma, quote: o.Quote}
		sample = connectors.Batch{}
		p.run(&sample, text, from, len(text)+1, 0, 0, whole)
		best.measure(&sample, before)
	}
	best.head = before
	names := rowTexts(text, &sample, before, o.Quote)
	header := names != nil && o.Header == Present
	if names != nil && o.Header == Guess {
		var below [][]string
		for i := before + 1; i < len(sample.Rows) && len(below) < 200; i++ {
			if row := rowTexts(text, &sample, i, o.Quote); !slices.Equal(row, names) { // put together from several files
				below = append(below, row)
			}
		}
		header = isHeader(names, below)
	}
	if header {
		best.head++
	} else {
		names = make([]string, best.width)
		best.prose = best.comma == ',' && spaced(text, &sample)
	}
	best.fields = fieldsOf(names)
	return best
}

// measure says how even the rows are, but for the first few.
func (d *dialect) measure(b *connectors.Batch, skip int) {
	widths := map[int]int{}
	for i := skip; i < len(b.Rows) && i < 1000; i++ {
		w := len(b.Row(i))
		widths[w]++
		d.rows++
		if n := widths[w]; n > widths[d.width] || n == widths[d.width] && w > d.width {
			d.width = w
		}
	}
	if d.rows > 0 {
		d.even = float64(widths[d.width]) / float64(d.rows)
	}
}

// spaced says whether a space stands behind most delimiters: so people write, «г. Казань, ул. Баумана, д. 86», however
// even their lines are, and what they write is found by being read as text.
func spaced(text []byte, b *connectors.Batch) bool {
	cells, spaces := 0, 0
	for i := range min(len(b.Rows), 1000) {
		for j, c := range b.Row(i) {
			if j == 0 || c.Start >= c.End {
				continue
			}
			if cells++; text[c.Start] == ' ' {
				spaces++
			}
		}
	}
	return spaces*10 >= cells*8 && cells > 0
}

// rowTexts returns the cells of row i, or nil.
func rowTexts(text []byte, b *connectors.Batch, i int, quote byte) []string {
	if i >= len(b.Rows) {
		return nil
	}
	var s []string
	for _, c := range b.Row(i) {
		v := strings.ReplaceAll(string(text[c.Start:c.End]), "\x00", "")
		if c.Form == connectors.Escaped && c.Start > 0 && text[c.Start-1] == quote {
			v = strings.ReplaceAll(v, string([]byte{quote, quote}), string(quote))
		}
		s = append(s, strings.TrimSpace(strings.ToValidUTF8(v, "")))
	}
	return s
}
