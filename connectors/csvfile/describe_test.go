package csvfile

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"bezlik/connectors/textenc"
)

// counted counts what is read of a text, whichever way.
type counted struct {
	text string
	end  int64 // of what was read
}

func (c *counted) ReadAt(p []byte, at int64) (int, error) {
	n, err := strings.NewReader(c.text).ReadAt(p, at)
	c.end = max(c.end, at+int64(n))
	return n, err
}

func (c *counted) Read(p []byte) (int, error) {
	n := copy(p, c.text[c.end:])
	c.end += int64(n)
	if n == 0 && len(p) > 0 {
		return 0, io.EOF
	}
	return n, nil
}

// described returns the names that Describe tells of a text, nil for unknown, and how many bytes were read: of a file
// and of a stream the same.
func described(t *testing.T, text string) (names []string, read int64) {
	t.Helper()
	file, stream := &counted{text: text}, &counted{text: text}
	for _, s := range []*Source{New(textenc.MemoryInput("t.csv", file, int64(len(text))), Options{}), New(textenc.StreamInput("t.csv", stream), Options{})} {
		got, err := s.Describe(context.Background())
		if err != nil || len(got) != 1 || got[0].Object != "t.csv" {
			t.Fatalf("%q: %v, %v", text, got, err)
		}
		if got[0].Unknown != (len(got[0].Fields) == 0) {
			t.Fatalf("%q: unknown %v, and %d fields", text, got[0].Unknown, len(got[0].Fields))
		}
		again := []string(nil)
		for _, f := range got[0].Fields {
			again = append(again, f.Name)
		}
		if names != nil && !slices.Equal(names, again) {
			t.Fatalf("%q: of a file %q, of a stream %q", text, names, again)
		}
		names = again
	}
	if file.end != stream.end {
		t.Errorf("%q: %d bytes of a file are read, %d of a stream", text, file.end, stream.end)
	}
	return names, file.end
}

// TestDescribeReadsTheHeadingOnly: nothing behind the row of names is read, not a byte.
func TestDescribeReadsTheHeadingOnly(t *testing.T) {
	const values = "1;Петров Пётр;+7 916 000-00-11\n2;Сидорова Анна;+7 916 000-00-12\n"
	for _, c := range []struct {
		what, heading string
		want          []string
	}{
		{"semicolons", "id;ФИО;Телефон\n", []string{"id", "ФИО", "Телефон"}},
		{"commas", "id,name,phone\n", []string{"id", "name", "phone"}},
		{"commas within a name", "№ п/п;Фамилия, имя, отчество;Телефон\n", []string{"№ п/п", "Фамилия, имя, отчество", "Телефон"}},
		{"quotes", "id,\"Фамилия; имя\",\"say \"\"phone\"\"\"\n", []string{"id", "Фамилия; имя", `say "phone"`}},
		{"a line end within quotes", "id;\"Дата\nрождения\";ФИО\n", []string{"id", "Дата рождения", "ФИО"}},
		{"a mark", "\uFEFFid;ФИО\n", []string{"\uFEFFid", "ФИО"}},
		{"a mark and quotes", "\uFEFF\"id\";\"ФИО;\"\n", []string{"\uFEFFid", "ФИО;"}},
		{"empty lines before", "\n\nid;ФИО\n", []string{"id", "ФИО"}},
		{"Excel's line", "sep=;\r\nid;Фамилия, имя\n", []string{"id", "Фамилия, имя"}},
		{"two of a name", "Телефон\tТелефон\n", []string{"Телефон", "Телефон#2"}},
		{"one column", "phone\n", []string{"phone"}},
		{"data", "Петров Пётр;+7 916 000-00-13\n", nil},
		{"a person alone", "Петров Пётр\n", nil},
		{"JSON", `{"phone": "+7 916 000-00-14", "id": 1}` + "\n", nil},
	} {
		want := slices.Clone(c.want)
		for i := range want {
			want[i] = strings.TrimPrefix(want[i], "\uFEFF")
		}
		got, read := described(t, c.heading+values)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", c.what, got, want)
		}
		if read > int64(len(c.heading)) {
			t.Errorf("%s: %d bytes are read, the heading has %d", c.what, read, len(c.heading))
		}
		if alone, _ := described(t, strings.TrimSuffix(c.heading, "\n")); !slices.Equal(alone, want) {
			t.Errorf("%s, nothing behind it: %q, want %q", c.what, alone, want)
		}
		for _, e := range []textenc.Encoding{textenc.CP1251, textenc.KOI8R, textenc.CP866, textenc.UTF16LE, textenc.UTF16BE} {
			heading, err := e.Encode(nil, []byte(c.heading))
			if err != nil {
				continue // it has no № or no mark
			}
			rest, err := e.Encode(nil, []byte(values))
			if err != nil {
				t.Fatal(err)
			}
			got, read := described(t, string(heading)+string(rest))
			if !slices.Equal(got, want) {
				t.Errorf("%s in %s: %q, want %q", c.what, e, got, want)
			}
			if read > int64(len(heading)) {
				t.Errorf("%s in %s: %d bytes are read, the heading has %d", c.what, e, read, len(heading))
			}
		}
	}
	if got, read := described(t, "id;ФИО\r1;Петров Пётр\r"); !slices.Equal(got, []string{"id", "ФИО"}) || read > int64(len("id;ФИО\r")) {
		t.Errorf("carriage returns: %q, %d bytes", got, read)
	}
}

// TestDescribeGivesUp: a quote that is never closed does not make it read on, and neither does a file without lines.
func TestDescribeGivesUp(t *testing.T) {
	const value = "Петров Пётр;+7 916 000-00-11\n"
	many := strings.Repeat(value, 1<<14)
	for what, c := range map[string]struct {
		text string
		most int64
	}{
		"a quote":     {"id;\"phone;name\n" + many, int64(len("id;\"phone;name\n")) + 4*longestName},
		"no line end": {strings.ReplaceAll(many, "\n", ";"), headSize + 1},
		"empty":       {"", 0},
		"one letter":  {"n", 1},
		"blank":       {"\n\n\n", 3},
	} {
		if got, read := described(t, c.text); got != nil || read > c.most {
			t.Errorf("%s: %q, %d bytes of at most %d", what, got, read, c.most)
		}
	}
}

// TestDescribeAgrees: where both know the columns, Describe and reading name them alike.
func TestDescribeAgrees(t *testing.T) {
	for _, table := range []string{
		"id;name;phone\n1;a;79000000001\n2;b;79000000002\n3;c;79000000003\n",
		"ФИО;Телефон;Телефон\nА;1;2\nБ;3;4\n",
		"sep=,\nid,\"e-mail, home\",phone\n1,a@example.com,2\n",
		"name;;phone;;email\na;;1;;b@example.com\n",
		"\uFEFFСерия и номер паспорта\tКем выдан\n1\tx\n",
	} {
		want := sniffed(table)
		if got, _ := described(t, table); got == nil || !slices.Equal(got, want) {
			t.Errorf("%q: described as %q, read as %q", table, got, want)
		}
	}
}

// TestDescribeTellsErrors: a disk that fails is no table without names.
func TestDescribeTellsErrors(t *testing.T) {
	broken := io.MultiReader(bytes.NewReader([]byte("id;pho")), &failing{})
	if _, err := New(textenc.StreamInput("t.csv", broken), Options{}).Describe(context.Background()); err == nil {
		t.Error("no error")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := New(textenc.StreamInput("t.csv", strings.NewReader("id;phone\n")), Options{}).Describe(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

type failing struct{}

func (*failing) Read([]byte) (int, error) { return 0, errors.New("the disk is gone") }
