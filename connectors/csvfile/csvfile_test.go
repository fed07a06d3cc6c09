package csvfile_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"bezlik/connectors"
	"bezlik/connectors/csvfile"
	"bezlik/connectors/sourcetest"
	"bezlik/connectors/textenc"
)

// utf8 keeps the sniffers out of tests that are not about them.
var plain = csvfile.Options{Comma: ',', Header: csvfile.Absent, Encoded: true}

func source(content []byte, o csvfile.Options) *csvfile.Source {
	return csvfile.New(textenc.MemoryInput("t.csv", bytes.NewReader(content), int64(len(content))), o)
}

func maker(content []byte, o csvfile.Options) func(*testing.T) connectors.Source {
	return func(*testing.T) connectors.Source { return source(content, o) }
}

func reopen(o csvfile.Options) func(*testing.T, string, []byte) connectors.Source {
	return func(_ *testing.T, _ string, content []byte) connectors.Source { return source(content, o) }
}

func values(rows []sourcetest.Row) [][]string {
	var out [][]string
	for _, r := range rows {
		var v []string
		for _, c := range r.Cells {
			v = append(v, c.Value)
		}
		out = append(out, v)
	}
	return out
}

func users(n int) string {
	var s strings.Builder
	s.WriteString("id,Имя,phone,comment\n")
	for i := range n {
		comment := [...]string{"", "plain", `"quoted, with comma"`, `"two
lines"`, `"said ""SECRET"""`, `15" screen`, `SECRET`}[i%7]
		fmt.Fprintf(&s, "%d,Клиент SECRET%s,+7900%07d,%s\n", i, strings.Repeat("ий", i%5), i, comment)
	}
	return s.String()
}

var tables = map[string]string{
	"users":                 users(60),
	"crlf":                  strings.ReplaceAll(users(40), "\n", "\r\n"),
	"no line end":           strings.TrimSuffix(users(20), "\n"),
	"mark":                  "\uFEFF" + users(10),
	"mark and quote":        "\uFEFF\"a\",\"b\"\n1,SECRET\n",
	"all quoted":            "\"a\",\"b\"\n\"SECRET\",\"\"\n\"\",\"x\"\"y\"\n",
	"empty cells":           ",,\n,SECRET,\n,,\n",
	"one column":            "a\nSECRET\n\"\"\nb\n",
	"blank lines":           "\n\na,b\n\n\r\nSECRET,d\n\n\n",
	"ragged":                "a,b,c\n1\nSECRET,2,3,4,5\n\n6,7\n",
	"stray quotes":          "a\"b,SECRET\"\n\"x\"y,z\"\nc,d\n\"p\"q\"\n",
	"text behind a quote":   "\"SECRET\" x,y\",z\n1,2,3\n",
	"zero bytes":            "a\x00b,\x00\n\"c\x00\"\"d\x00\",x\x00SECRET\x00y\n\x00\"e,f\n",
	"broken by zeros":       "\xee\x00\x90\x90,SECRET\n",
	"broken bytes":          "a\xff,\"b\xd0\"\n\xe2\x82,SECRET\n\"\xff\"\"\xfe\",x\n",
	"lone carriage returns": "a\rb,SECRET\r\r\nc,\"d\r\"\r\ne,f\r",
	"long cells":            strings.Repeat("x", 300) + ",SECRET\n\"" + strings.Repeat("я\n", 200) + "\",b\n",
}

// oldMacs end their rows with carriage returns, which encoding/csv does not know.
var oldMacs = map[string]string{
	"old Mac":              strings.ReplaceAll(users(40), "\n", "\r"),
	"old Mac, blank lines": "\r\ra,b\r\r\"SECRET\",d\r\r\r",
}

func TestSource(t *testing.T) {
	all := maps.Clone(tables)
	maps.Copy(all, oldMacs)
	for name, text := range all {
		t.Run(name, func(t *testing.T) {
			content := []byte(text)
			var again []func(*testing.T) connectors.Source
			for _, size := range []int{1, 30, 64, 127, 500} {
				o := plain
				o.BatchSize = size
				again = append(again, maker(content, o))
				sourcetest.Run(t, maker(content, o), sourcetest.Options{Find: "SECRET", Put: "***",
					Exact: map[string][]byte{"t.csv": content}, Reopen: reopen(o)})
			}
			sourcetest.Run(t, maker(content, plain), sourcetest.Options{Again: again, Find: "SECRET", Put: "longer than it was",
				Exact: map[string][]byte{"t.csv": content}, Reopen: reopen(plain)})
		})
	}
}

func TestOtherDialects(t *testing.T) {
	for comma, e := range map[byte]textenc.Encoding{';': textenc.CP1251, '\t': textenc.UTF16LE, '|': textenc.CP866} {
		text := strings.NewReplacer(",", string(comma), ";", ",").Replace(users(50))
		content, err := e.Encode(nil, []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		o := csvfile.Options{}
		rows := sourcetest.Read(t, source(content, o))
		if len(rows) != 50 || rows[0].Cells[1].Field != "Имя" {
			t.Fatalf("%v: %d rows, %+v", e, len(rows), rows[0])
		}
		o = csvfile.Options{BatchSize: 200, Comma: comma, Header: csvfile.Present, Encoding: e, Encoded: true}
		sourcetest.Run(t, maker(content, csvfile.Options{}), sourcetest.Options{Find: "не ищется", Put: "",
			Again: []func(*testing.T) connectors.Source{maker(content, o)}})
		r := reopen(o)
		src := source(content, o)
		rd := open(t, src)
		var out []byte
		for b := (connectors.Batch{Exact: true}); rd.Next(&b) == nil; {
			var edits []connectors.Edit
			for i, c := range b.Cells {
				if c.Field == 1 {
					edits = append(edits, connectors.Edit{Cell: uint32(i), Start: c.Start, End: c.End, Text: []byte("Ё" + string(comma))})
				}
			}
			if out, _, err = rd.(connectors.Rewriter).Rewrite(out, &b, edits, nil, 0); err != nil {
				t.Fatal(err)
			}
		}
		got := sourcetest.Read(t, r(t, "t.csv", out))
		for i := range rows {
			rows[i].Cells[1].Value = "Ё" + string(comma)
		}
		if d := sourcetest.Diff(rows, got); d != "" {
			t.Errorf("%v: %s", e, d)
		}
	}
}

func open(t testing.TB, s connectors.Source) connectors.Reader {
	t.Helper()
	parts, err := s.Parts(context.Background(), 1)
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Open(context.Background(), parts[0])
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// What cannot be encoded is an error, never a question mark.
func TestUnencodable(t *testing.T) {
	content, _ := textenc.CP1251.Encode(nil, []byte("имя,город\nАнна,Тула\n"))
	rd := open(t, source(content, csvfile.Options{}))
	b := connectors.Batch{Exact: true}
	if err := rd.Next(&b); err != nil {
		t.Fatal(err)
	}
	c := b.Cells[0]
	out, _, err := rd.(connectors.Rewriter).Rewrite([]byte("kept"), &b,
		[]connectors.Edit{{Cell: 0, Start: c.Start, End: c.End, Text: []byte("中")}}, nil, 0)
	var ee *textenc.EncodeError
	if !errors.As(err, &ee) || string(out) != "kept" {
		t.Errorf("%q %v", out, err)
	}
}

// lazy reads with the standard library. Line ends within cells come out as \n there.
func lazy(content []byte) ([][]string, error) {
	r := csv.NewReader(bytes.NewReader(content))
	r.LazyQuotes, r.FieldsPerRecord = true, -1
	rows, err := r.ReadAll()
	for _, row := range rows {
		for i := range row {
			b := []byte(row[i])
			textenc.Clean(b)
			row[i] = strings.ReplaceAll(string(b), "\x00", "")
		}
	}
	return rows, err
}

func unix(rows [][]string) [][]string {
	for _, row := range rows {
		for i := range row {
			row[i] = strings.ReplaceAll(row[i], "\r\n", "\n")
		}
	}
	return rows
}

func TestAgreesWithEncodingCSV(t *testing.T) {
	for name, text := range tables {
		if strings.HasPrefix(text, "\uFEFF") {
			continue // encoding/csv takes the mark for text
		}
		want, err := lazy([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		got := unix(values(sourcetest.Read(t, source([]byte(text), plain))))
		if !slices.EqualFunc(got, want, slices.Equal) {
			t.Errorf("%s:\n got %q\nwant %q", name, got, want)
		}
	}
}

type result struct {
	rows            [][]string
	problems, notes map[string]int64 // kind → row
	out             []byte
	most            int // memory of the largest arena
}

// all reads and rewrites without edits.
func all(t testing.TB, s connectors.Source) result {
	t.Helper()
	r := result{problems: map[string]int64{}, notes: map[string]int64{}}
	rd := open(t, s)
	defer rd.Close()
	b := connectors.Batch{Exact: true}
	for {
		err := rd.Next(&b)
		if err == io.EOF {
			return r
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := sourcetest.Check(&b); err != nil {
			t.Fatal(err)
		}
		for _, p := range b.Problems {
			r.problems[p.Kind] = p.Row
		}
		for _, p := range b.Notes {
			r.notes[p.Kind] = p.Row
		}
		for i := range b.Rows {
			var row []string
			for _, c := range b.Row(i) {
				row = append(row, string(b.Value(c)))
			}
			if b.Lead > 0 {
				r.rows[len(r.rows)-1][0] += row[0][b.Lead : len(row[0])-int(b.Tail)]
			} else {
				row[len(row)-1] = row[len(row)-1][:len(row[len(row)-1])-int(b.Tail)]
				r.rows = append(r.rows, row)
			}
		}
		r.most = max(r.most, cap(b.Arena))
		if r.out, _, err = rd.(connectors.Rewriter).Rewrite(r.out, &b, nil, nil, 0); err != nil {
			t.Fatal(err)
		}
	}
}

func TestOpenQuote(t *testing.T) {
	text := "a,b\n1,\"open\n2,x\n3,\"\"\n4,\"also open\n5,y\n"
	for _, size := range []int{0, 1, 20} {
		for _, limit := range []int{0, 15} {
			if limit > 0 && size != 1 {
				continue
			}
			o := plain
			o.Header, o.BatchSize, o.MaxRecord = csvfile.Present, size, limit
			r := all(t, source([]byte(text), o))
			want := [][]string{{"1", "\"open"}, {"2", "x"}, {"3", ""}, {"4", "\"also open"}, {"5", "y"}}
			if !slices.EqualFunc(r.rows, want, slices.Equal) {
				t.Errorf("batches of %d: %q", size, r.rows)
			}
			if r.problems["open_quote"] == 0 || limit == 0 && r.problems["open_quote"] != 1 {
				t.Errorf("batches of %d: problems %v", size, r.problems)
			}
			if string(r.out) != text {
				t.Errorf("batches of %d: %q", size, r.out)
			}
		}
	}
}

// Rows that end as on old Macs are rows, of whatever length, and come out as they were.
func TestCarriageReturns(t *testing.T) {
	long := strings.Repeat("слово, ещё ", 30000)
	for name, c := range map[string]struct {
		text string
		want [][]string
	}{
		"rows":             {"id,name\r1,anna\r2,oleg\r", [][]string{{"1", "anna"}, {"2", "oleg"}}},
		"no last end":      {"id,name\r1,anna\r2,oleg", [][]string{{"1", "anna"}, {"2", "oleg"}}},
		"in quotes":        {"id,name\r1,\"an\rna\"\r2,\"ol\neg\"\r3,x\r", [][]string{{"1", "an\rna"}, {"2", "ol\neg"}, {"3", "x"}}},
		"a record":         {"id,name\r1,2\r" + long + "\r3,4\r", [][]string{{"1", "2"}, {long}, {"3", "4"}}},
		"only in quotes":   {"id,name\r\n1,\"an\rna\"\r\n", [][]string{{"1", "an\rna"}}},
		"in a cell":        {"id,name\n1,an\rna\n", [][]string{{"1", "an\rna"}}},
		"a line in quotes": {"id,name\r\"1\n\",anna\r", [][]string{{"1\n", "anna"}}},
	} {
		for _, size := range []int{0, 1, 100, 10000} {
			if name == "a record" && size < 10000 {
				continue
			}
			o := csvfile.Options{BatchSize: size}
			if name == "a record" {
				o.MaxRecord = 50000
			}
			r := all(t, source([]byte(c.text), o))
			if !slices.EqualFunc(r.rows, c.want, slices.Equal) {
				t.Errorf("%s, batches of %d: %d rows, %.200q", name, size, len(r.rows), r.rows)
			}
			if string(r.out) != c.text {
				t.Errorf("%s, batches of %d: other bytes came out", name, size)
			}
		}
	}
	if !csvfile.Driver.Match("users.txt", []byte("id;name;phone\r1;anna;2\r2;oleg;3\r")) {
		t.Error("no table")
	}
}

// Files put together from two encodings: the most is read right, and a note says which row is not.
func TestMixedEncodings(t *testing.T) {
	utf8, other := "Петрова Анна,Тула\n", "Смирнова Ольга,Пермь\n"
	encoded, err := textenc.CP1251.Encode(nil, []byte(other))
	if err != nil {
		t.Fatal(err)
	}
	r := all(t, source([]byte("имя,город\n"+utf8+utf8+string(encoded)+utf8), csvfile.Options{}))
	if len(r.rows) != 4 || r.rows[1][0] != "Петрова Анна" || r.notes["broken_text"] != 3 {
		t.Errorf("%q, notes %v", r.rows, r.notes)
	}
	for _, size := range []int{0, 30} {
		r = all(t, source([]byte("name,city\n"+strings.Repeat(string(encoded), 4)+utf8+string(encoded)), csvfile.Options{BatchSize: size}))
		if len(r.rows) != 6 || r.rows[0][0] != "Смирнова Ольга" || r.notes["mixed_encoding"] != 5 {
			t.Errorf("batches of %d: %q, notes %v", size, r.rows, r.notes)
		}
	}
	if r := all(t, source([]byte(strings.Repeat(string(encoded), 5)), csvfile.Options{})); len(r.notes) > 0 {
		t.Errorf("one encoding, but notes %v", r.notes)
	}
}

// A small table with zero bytes is a table.
func TestTableWithZeros(t *testing.T) {
	text := "id,phone\n1,+79000000001\x00\x00\x00\n2,+7900000\x000002\n"
	if !csvfile.Driver.Match("users.csv", []byte(text)) {
		t.Error("no table")
	}
	r := all(t, source([]byte(text), csvfile.Options{}))
	if len(r.rows) != 2 || r.rows[1][1] != "+79000000002" || r.notes["nul_bytes"] == 0 || string(r.out) != text {
		t.Errorf("%q, notes %v", r.rows, r.notes)
	}
}

// Many open quotes take no more than a few readings of the file.
func TestOpenQuotesAreLinear(t *testing.T) {
	text := strings.Repeat("\"abc,d\"ef\n", 400000)
	o := plain
	o.MaxRecord = 1 << 20
	r := all(t, source([]byte(text), o))
	if len(r.rows) != 400000 || string(r.out) != text {
		t.Errorf("%d rows, %d bytes", len(r.rows), len(r.out))
	}
}

func TestLongRecord(t *testing.T) {
	long := strings.Repeat("слово, ещё ", 30000)
	text := "a,b\n1,2\n" + long + "\n3,4\n"
	o := plain
	o.Header, o.MaxRecord, o.BatchSize = csvfile.Present, 50000, 10000
	r := all(t, source([]byte(text), o))
	want := [][]string{{"1", "2"}, {long}, {"3", "4"}}
	if !slices.EqualFunc(r.rows, want, slices.Equal) {
		t.Errorf("%d rows", len(r.rows))
	}
	if r.notes["long_record"] != 2 || len(r.problems) > 0 {
		t.Errorf("%v %v", r.notes, r.problems)
	}
	if string(r.out) != text {
		t.Errorf("not the same bytes")
	}
	content := []byte(strings.ReplaceAll(text, "ещё", "SECRET"))
	sourcetest.Run(t, maker(content, o), sourcetest.Options{Find: "SECRET", Put: "***", Exact: map[string][]byte{"t.csv": content}, Reopen: reopen(o)})
}

// Zero bytes at the cut of a piece, and more of them than a piece holds, come out as they were.
func TestZerosInLongRecord(t *testing.T) {
	text := "\x00\x00a\x00\x00\x00" + strings.Repeat("b\x00\x00\x00c", 30) + strings.Repeat("\x00", 3000) + "d\x00\x00\n1,2\n"
	for size := 1; size < 40; size += 3 {
		o := plain
		o.MaxRecord, o.BatchSize = 50, size
		r := all(t, source([]byte(text), o))
		if string(r.out) != text {
			t.Errorf("pieces of %d: %q", size, r.out)
		}
		if want := [][]string{{"a" + strings.Repeat("bc", 30) + "d"}, {"1", "2"}}; !slices.EqualFunc(r.rows, want, slices.Equal) {
			t.Errorf("pieces of %d: %q", size, r.rows)
		}
	}
}

// A line of 100 MB, with and without a quote that opens it, does not need its size in memory.
func TestHugeLine(t *testing.T) {
	for _, start := range []string{"", `"`} {
		line := start + strings.Repeat("0123456789", 3<<20)
		o := plain
		o.MaxRecord = 4 << 20
		r := all(t, source([]byte("a,b\n"+line+"\n3,4\n"), o))
		if len(r.rows) != 3 || r.rows[1][0] != line || r.most > 10<<20 {
			t.Errorf("%d rows, arenas of %d", len(r.rows), r.most)
		}
		if want := start != ""; want != (r.problems["open_quote"] == 2) || r.notes["long_record"] != 2 {
			t.Errorf("%v %v", r.problems, r.notes)
		}
	}
}

func TestNotes(t *testing.T) {
	for text, want := range map[string]string{
		"a,b\n1,2\n": "", "a,b\n1\n": "ragged_rows", "a\x00,b\n": "nul_bytes", "a\xff,b\n": "broken_text", "\"a\"b\",c\n": "stray_quote",
	} {
		got := ""
		for k := range all(t, source([]byte(text), plain)).notes {
			got += k
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestHeaderAndEmpty(t *testing.T) {
	for _, c := range []struct {
		name, text string
		fields     string
		rows       int
	}{
		{"empty", "", "", 0},
		{"a mark only", "\uFEFF", "", 0},
		{"names only", "id,name\n", "", 0},
		{"names in Russian", "Фамилия;Имя;Дата рождения\nПетрова;Анна;01.02.1990\n", "Фамилия Имя Дата рождения", 1},
		{"English names", "user_id,login\n1,anna\n", "user_id login", 1},
		{"unusual names", "a,b\n1,x\n2,y\n3,z\n", "a b", 3},
		{"no names", "1,anna\n2,oleg\n", "column 1 column 2", 2},
		{"people, no names", "Иванов Иван,город Тула\nПетров Пётр,город Орёл\n", "column 1 column 2", 2},
		{"people in three columns", "Иванов,Иван,Иванович\nПетров,Пётр,Петрович\n", "column 1 column 2 column 3", 2},
		{"an e-mail", "name,a@example.org\nx,b@example.org\n", "column 1 column 2", 2},
		{"blank first", "\n\nid,name\n1,x\n", "id name", 1},
		{"quoted names", "\"id\",\"full \"\"name\"\"\"\n1,x\n", `id full "name"`, 1},
		{"Excel's line", "sep=|\r\nid|name\r\n1|x;y\r\n", "id name", 1},
		{"decimal commas", "id;price;sum\n1;1,5;2,5\n2;2,5;5,0\n", "id price sum", 2},
		{"tabs", "id\tname\n1\ta,b\n2\tc;d\n", "id name", 2},
		{"one column", "phone\n+79000000001\n+79000000002\n", "phone", 2},
		{"empty name", "id,,name\n1,2,3\n", "id column 2 name", 1},
	} {
		rd := open(t, source([]byte(c.text), csvfile.Options{}))
		b := connectors.Batch{Exact: true}
		rows, fields, out := 0, []string{}, []byte{}
		for rd.Next(&b) == nil {
			rows += len(b.Rows)
			for i := len(fields); i < len(b.Fields); i++ {
				fields = append(fields, b.Fields[i].Name)
			}
			out, _, _ = rd.(connectors.Rewriter).Rewrite(out, &b, nil, nil, 0)
		}
		if rows != c.rows || c.rows > 0 && strings.Join(fields, " ") != c.fields {
			t.Errorf("%s: %d rows, fields %q", c.name, rows, fields)
		}
		if string(out) != c.text {
			t.Errorf("%s: %q", c.name, out)
		}
	}
}

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		name, head string
		least      int
		most       int
	}{
		{"a", users(10), 40, 60}, {"a.csv", "x\n", 70, 100}, {"b", "Просто текст, и ещё текст.\nБез таблицы.\n", 0, 0},
		{"c", "\x7fELF\x00\x00\x00\x01\x02\x03\x00\x00", 0, 0}, {"d.csv", "PK\x03\x04\x00\x00\x01\x02\x05\x06", 0, 0}, {"e", "", 0, 0},
		{"log", "2024-01-01 12:00:00,123 INFO started\n2024-01-01 12:00:01,456 INFO stopped\n", 0, 0},
		{"prose", strings.Repeat("г. Казань, ул. Баумана, д. 86, кв. 199\n", 30), 0, 0}, {"prose.csv", "а, б, в\nг, д, е\n", 70, 100},
		{"headed", "id, name, phone\n1, Анна, 7\n2, Олег, 8\n3, Яна, 9\n", 50, 50}, {"tight", "1,Анна,7\n2,Олег,8\n3,Яна,9\n", 50, 50},
	} {
		if got := csvfile.Match(c.name, []byte(c.head)); got < c.least || got > c.most {
			t.Errorf("%s: %d", c.name, got)
		}
	}
}

func TestFileAndIdentity(t *testing.T) {
	path := t.TempDir() + "/u.csv"
	write := func(s string) connectors.Part {
		if err := os.WriteFile(path, []byte(s), 0o600); err != nil {
			t.Fatal(err)
		}
		s1, err := csvfile.Open(path, "u.csv", csvfile.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer s1.Close()
		parts, err := s1.Parts(context.Background(), 8)
		if err != nil || len(parts) != 1 || parts[0].Object != "u.csv" {
			t.Fatal(parts, err)
		}
		if got := sourcetest.Read(t, s1); len(got) != 1 {
			t.Errorf("%v", got)
		}
		return parts[0]
	}
	if a, b := write("id,name\n1,x\n"), write("id,name\n1,y\n"); a.Identity == b.Identity || a.Size != 12 {
		t.Errorf("%+v %+v", a, b)
	}
	s, _ := csvfile.Open(path+"x", "gone.csv", csvfile.Options{})
	if _, err := s.Parts(context.Background(), 1); err == nil || err.Error() != "gone.csv: no such file or folder" {
		t.Error(err)
	}
}

func TestManyColumns(t *testing.T) {
	text := strings.Repeat("x,", 20000) + "y\n"
	r := all(t, source([]byte(text), plain))
	if len(r.rows) != 1 || len(r.rows[0]) != 20001 || r.notes["many_columns"] == 0 || string(r.out) != text {
		t.Errorf("%d rows, %v", len(r.rows), r.notes)
	}
}

func TestAllocs(t *testing.T) {
	content := []byte(users(30000))
	o := plain
	o.BatchSize = 64 << 10
	sourcetest.Run(t, maker(content, o), sourcetest.Options{ZeroAllocs: true, Find: "SECRET", Put: "*",
		Exact: map[string][]byte{"t.csv": content}, Reopen: reopen(o)})
}

func FuzzCSV(f *testing.F) {
	for _, text := range tables {
		if len(text) < 300 {
			f.Add([]byte(text), 10)
		}
	}
	f.Add([]byte(oldMacs["old Mac, blank lines"]), 10)
	f.Fuzz(func(t *testing.T, content []byte, size int) {
		o := plain
		o.BatchSize = 1 + int(uint(size)%200)
		whole, cut := all(t, source(content, plain)), all(t, source(content, o))
		if !bytes.Equal(whole.out, content) || !bytes.Equal(cut.out, content) {
			t.Fatalf("%q became %q, in pieces %q", content, whole.out, cut.out)
		}
		if !slices.EqualFunc(whole.rows, cut.rows, slices.Equal) {
			t.Fatalf("%q in batches of %d: %q, want %q", content, o.BatchSize, cut.rows, whole.rows)
		}
		guessed := all(t, source(content, csvfile.Options{}))
		if !bytes.Equal(guessed.out, content) {
			t.Fatalf("%q became %q by guessing", content, guessed.out)
		}
		o.MaxRecord = 50
		if limited := all(t, source(content, o)); !bytes.Equal(limited.out, content) {
			t.Fatalf("%q became %q with a limit", content, limited.out)
		}
		if len(whole.problems) > 0 || bytes.HasPrefix(content, []byte("\xEF\xBB\xBF")) {
			return
		}
		if lone := bytes.Contains(bytes.ReplaceAll(content, []byte("\r\n"), nil), []byte("\r")); lone &&
			(!bytes.Contains(content, []byte("\n")) || bytes.Contains(content, []byte("\""))) {
			return // may be an old Mac's, which encoding/csv does not read
		}
		want, err := lazy(content)
		if err != nil {
			return
		}
		if got := unix(whole.rows); !slices.EqualFunc(got, want, slices.Equal) {
			t.Fatalf("%q: %q, want %q", content, got, want)
		}
	})
}

// Reading in memory, against encoding/csv with ReuseRecord.
func BenchmarkRead(b *testing.B) {
	var s strings.Builder
	s.WriteString("id,ФИО,телефон,почта,ИНН,город,адрес,создан,сумма,статус,комментарий,источник\n")
	for i := range 60000 {
		fmt.Fprintf(&s, "%d,Клиент%d Имя Отчество,+7900%07d,user%d@example.org,%012d,Тула,\"г. Тула, ул. Мира, д. %d\",2024-01-%02d 12:00:00,%d.50,active,позвонить после обеда,site\n",
			i, i, i, i, i*7919, i%90+1, i%28+1, i)
	}
	content := []byte(s.String())
	b.Run("encoding/csv", func(b *testing.B) {
		b.SetBytes(int64(len(content)))
		for b.Loop() {
			r := csv.NewReader(bytes.NewReader(content))
			r.ReuseRecord = true
			for {
				if _, err := r.Read(); err != nil {
					break
				}
			}
		}
	})
	for _, exact := range []bool{false, true} {
		b.Run(fmt.Sprintf("exact=%v", exact), func(b *testing.B) {
			b.SetBytes(int64(len(content)))
			batch := connectors.Batch{Exact: exact}
			for b.Loop() {
				r := open(b, source(content, csvfile.Options{}))
				for r.Next(&batch) == nil {
				}
			}
		})
	}
	b.Run("rewrite", func(b *testing.B) {
		b.SetBytes(int64(len(content)))
		batch := connectors.Batch{Exact: true}
		var out []byte
		for b.Loop() {
			r := open(b, source(content, csvfile.Options{}))
			for r.Next(&batch) == nil {
				out, _, _ = r.(connectors.Rewriter).Rewrite(out[:0], &batch, nil, nil, 0)
			}
		}
	})
}
