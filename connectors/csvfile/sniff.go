package csvfile

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

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
}

// Match says how much the beginning of a file looks like a table, from 0 to 100: by its content, and a bit by
// the ending of its name.
func Match(name string, head []byte) int {
	text, ok := textenc.Head(head)
	if !ok || len(bytes.TrimSpace(text)) == 0 {
		return 0
	}
	lower := strings.ToLower(name)
	named := strings.HasSuffix(lower, ".csv") || strings.HasSuffix(lower, ".tsv") || strings.HasSuffix(lower, ".tab")
	d := sniff(append(make([]byte, 0, len(text)+connectors.Pad), text...), len(head) < headSize, name, Options{Quote: '"'})
	switch {
	case named:
		return 80
	case d.width >= 2 && d.rows >= 2 && d.even >= 0.95 && (d.width >= 3 || d.head > 0):
		return 50
	case d.width >= 2 && d.rows >= 2 && d.even >= 0.6 && d.head > 0 && d.comma != ',': // ragged, but with a head
		return 40
	}
	return 0
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
	if names != nil && (o.Header == Present || o.Header == Guess && isHeader(names, text, &sample, before, o.Quote)) {
		best.head++
	} else {
		names = make([]string, best.width)
	}
	for i := range names[:min(len(names), maxFields)] {
		if names[i] == "" {
			names[i] = fmt.Sprintf("column %d", i+1)
		}
		best.fields = append(best.fields, connectors.Field{Name: names[i]})
	}
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

// isHeader decides whether names are the names of columns. In doubt they are data, so that nothing is missed.
func isHeader(names []string, text []byte, b *connectors.Batch, before int, quote byte) bool {
	seen := map[string]bool{}
	idents, known, under := 0, 0, false
	for _, n := range names {
		if n == "" && len(names) > 1 {
			continue
		}
		if (n == "№" || n == "#") && !seen[n] {
			seen[n] = true
			known++
			continue
		}
		digits := strings.IndexFunc(n, unicode.IsDigit)
		letters := strings.IndexFunc(n, unicode.IsLetter)
		if n == "" || letters < 0 || digits >= 0 && digits < letters || countDigits(n) > 4 ||
			utf8.RuneCountInString(n) > 64 || strings.ContainsAny(n, "@\n{}") || strings.Contains(n, `":`) || seen[n] || looksLikeName(n) && !isKnown(n) {
			return false
		}
		seen[n] = true
		under = under || strings.Contains(n, "_")
		if isIdent(n) {
			idents++
		}
		if isKnown(n) {
			known++
		}
	}
	filled := len(seen)
	if filled == 0 || filled*2 < len(names) {
		return false
	}
	if idents == filled && (known > 0 || under) || known*2 >= filled {
		return true
	}
	// No row of names has digits; if most rows below have some in the same column, this is another kind of row.
	rows, best := 0, 0
	digits := make([]int, len(names))
	for i := before + 1; i < len(b.Rows) && i < 200; i++ {
		rows++
		for j, v := range rowTexts(text, b, i, quote) {
			if j < len(digits) && countDigits(v) > 0 {
				digits[j]++
			}
		}
	}
	for j, n := range digits {
		if countDigits(names[j]) == 0 {
			best = max(best, n)
		}
	}
	return rows >= 3 && best*10 >= rows*8
}

func countDigits(s string) (n int) {
	for _, c := range s {
		if unicode.IsDigit(c) {
			n++
		}
	}
	return n
}

// isIdent: lower-case Latin letters, digits and signs as in user_id, or userId.
func isIdent(s string) bool {
	for i, c := range s {
		switch {
		case c >= 'a' && c <= 'z', c == '_':
		case i > 0 && (c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '[' || c == ']'):
		default:
			return false
		}
	}
	return strings.ContainsAny(s, "_.") || len(s) <= 24
}

// looksLikeName: two or three capitalised words and nothing else.
func looksLikeName(s string) bool {
	words := strings.Fields(s)
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) {
			return false
		}
	}
	return len(words) == 2 || len(words) == 3
}

// columnWords are words that name columns and are nobody's name.
var columnWords = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`id name first last middle full email mail phone tel mobile address addr city region
		country zip postcode birth birthday dob date time created updated status type kind code key value number num
		no inn snils passport gender sex age sum amount price total comment note text message title description url
		user login username password account card client customer order product
		ид имя фио фамилия отчество телефон тел моб почта адрес город регион область страна индекс дата время рождения
		статус тип вид код ключ значение номер инн снилс паспорт пол возраст сумма цена итого комментарий примечание
		текст сообщение название наименование описание ссылка пользователь логин счет счёт карта клиент заказ товар
		должность отдел организация компания огрн кпп бик серия полис серия/номер e-mail email`) {
		m[w] = true
	}
	return m
}()

// isKnown: at most three words, one of them a usual name of a column.
func isKnown(s string) bool {
	words := strings.FieldsFunc(strings.ToLower(s), func(c rune) bool {
		return !unicode.IsLetter(c) && c != '-'
	})
	for _, w := range words {
		if columnWords[w] {
			return len(words) <= 3
		}
	}
	return strings.TrimSpace(s) == "№" || strings.HasPrefix(s, "№ ")
}
