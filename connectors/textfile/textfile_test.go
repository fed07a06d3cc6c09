package textfile_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"bezlik/connectors"
	"bezlik/connectors/sourcetest"
	"bezlik/connectors/textenc"
	"bezlik/connectors/textfile"
)

func source(content []byte, o textfile.Options) *textfile.Source {
	return textfile.New(textenc.MemoryInput("notes.txt", bytes.NewReader(content), int64(len(content))), o)
}

func maker(content []byte, o textfile.Options) func(*testing.T) connectors.Source {
	return func(*testing.T) connectors.Source { return source(content, o) }
}

func log(n int) string {
	var s strings.Builder
	for i := range n {
		fmt.Fprintf(&s, "2024-05-%02d запись %d: клиент просил перезвонить SECRET-%d, потом снова SECRET и всё\r\n", i%28+1, i, i)
	}
	return s.String()
}

func TestSource(t *testing.T) {
	texts := map[string]string{
		"log":             log(200),
		"no line ends":    strings.ReplaceAll(log(100), "\r\n", ""),
		"no spaces":       strings.Repeat("SECRETпривет", 500),
		"only the value":  strings.Repeat("SECRET", 300),
		"mark":            "\uFEFF" + log(20),
		"broken":          strings.ReplaceAll(log(50), "клиент", "кли\xffент\xd0") + "\xe2\x82",
		"zero bytes":      strings.ReplaceAll(log(50), "клиент", "кли\x00ент\x00\x00") + "\x00",
		"zeros at a cut":  strings.Repeat("SECRET\x00\x00\x00a\x00", 300),
		"a run of zeros":  "SECRET" + strings.Repeat("\x00", 3000) + "SECRET\n" + strings.Repeat("\x00", 2000),
		"zeros first":     strings.Repeat("\x00", 1500) + "SECRET",
		"no end of line":  "SECRET",
		"empty lines":     "\n\n\nSECRET\n\n\n",
		"continuations":   strings.Repeat("\x80", 500) + "SECRET" + strings.Repeat("\x80", 300),
		"long characters": strings.Repeat("😀", 300) + "SECRET" + strings.Repeat("😀", 300),
	}
	for name, text := range texts {
		for _, put := range []string{"*", "a much longer replacement"} {
			t.Run(name+"/"+put, func(t *testing.T) {
				content := []byte(text)
				o := textfile.Options{Encoded: true}
				var again []func(*testing.T) connectors.Source
				for _, size := range []int{16, 33, 100, 1000} {
					o := textfile.Options{Encoded: true, BatchSize: size, Context: 16}
					again = append(again, maker(content, o))
					sourcetest.Run(t, maker(content, o), sourcetest.Options{Text: true, Find: "SECRET", Put: put,
						Exact: map[string][]byte{"notes.txt": content}})
				}
				sourcetest.Run(t, maker(content, o), sourcetest.Options{Text: true, Again: again, Find: "SECRET", Put: put,
					Exact: map[string][]byte{"notes.txt": content}})
			})
		}
	}
}

func TestEncodings(t *testing.T) {
	for _, e := range []textenc.Encoding{textenc.CP1251, textenc.KOI8R, textenc.CP866, textenc.UTF16LE, textenc.UTF16BE} {
		content, err := e.Encode(nil, []byte(log(100)))
		if err != nil {
			t.Fatal(err)
		}
		for _, size := range []int{100, 0} {
			s := source(content, textfile.Options{BatchSize: size})
			rows := sourcetest.Read(t, s)
			if len(rows) != 1 || rows[0].Cells[0].Value != log(100) {
				t.Errorf("%v: read otherwise", e)
			}
			got := rewrite(t, source(content, textfile.Options{BatchSize: size}), "SECRET", "ТАЙНА")
			want, _ := e.Encode(nil, []byte(strings.ReplaceAll(log(100), "SECRET", "ТАЙНА")))
			if !bytes.Equal(got, want) {
				t.Errorf("%v: rewritten otherwise", e)
			}
		}
	}
}

// rewrite replaces every find that a batch owns.
func rewrite(t testing.TB, s connectors.Source, find, put string) (out []byte) {
	t.Helper()
	ctx := context.Background()
	parts, err := s.Parts(ctx, 1)
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Open(ctx, parts[0])
	if err != nil {
		t.Fatal(err)
	}
	b := connectors.Batch{Exact: true}
	for skip := 0; ; {
		if err := r.Next(&b); err == io.EOF {
			return out
		} else if err != nil {
			t.Fatal(err)
		}
		c := b.Cells[0]
		var edits []connectors.Edit
		for at := c.Start; ; {
			i := bytes.Index(b.Arena[at:c.End], []byte(find))
			if i < 0 {
				break
			}
			from := at + uint32(i)
			at = from + uint32(len(find))
			if from >= c.Start+b.Lead && from < c.End-b.Tail {
				edits = append(edits, connectors.Edit{Start: from, End: at, Text: []byte(put)})
			}
		}
		if out, skip, err = r.(connectors.Rewriter).Rewrite(out, &b, edits, nil, skip); err != nil {
			t.Fatal(err)
		}
	}
}

func TestLongLine(t *testing.T) {
	const size = 100 << 20
	r := io.LimitReader(repeat("слово"), size)
	s := textfile.New(textenc.StreamInput("-", r), textfile.Options{})
	rd, err := s.Open(context.Background(), connectors.Part{Object: "-"})
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for b := (connectors.Batch{}); ; {
		err := rd.Next(&b)
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if cap(b.Arena) > 2<<20 {
			t.Fatalf("an arena of %d bytes", cap(b.Arena))
		}
		total += int(b.Cells[0].End-b.Cells[0].Start) - int(b.Lead+b.Tail)
	}
	if total != size {
		t.Errorf("%d bytes, want %d", total, size)
	}
}

type repeat string

func (r repeat) Read(p []byte) (n int, err error) {
	for n+len(r) <= len(p) {
		n += copy(p[n:], r)
	}
	if n == 0 {
		n = copy(p, "          ")
	}
	return n, nil
}

func TestLinesAreCounted(t *testing.T) {
	s := source([]byte(log(100)), textfile.Options{BatchSize: 500})
	r, _ := s.Open(context.Background(), connectors.Part{})
	seen := 0
	for b := (connectors.Batch{}); r.Next(&b) == nil; seen++ {
		own := b.Arena[b.Cells[0].Start+b.Lead:]
		var n int
		if _, err := fmt.Sscanf(string(own[bytes.Index(own, []byte("запись ")):]), "запись %d", &n); err != nil || int64(n)+1 != b.First {
			t.Fatalf("record %d is on line %d", n, b.First)
		}
	}
	if seen < 10 {
		t.Errorf("%d batches", seen)
	}
}

func TestNotes(t *testing.T) {
	for text, kind := range map[string]string{"a\xffb": "broken_text", "a\x00b": "nul_bytes", "ok": ""} {
		r, _ := source([]byte(text), textfile.Options{Encoded: true}).Open(context.Background(), connectors.Part{})
		var b connectors.Batch
		if err := r.Next(&b); err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, n := range b.Notes {
			got += n.Kind
		}
		if got != kind {
			t.Errorf("%q: %q, want %q", text, got, kind)
		}
	}
}

func TestEmpty(t *testing.T) {
	if rows := sourcetest.Read(t, source(nil, textfile.Options{})); len(rows) != 0 {
		t.Errorf("%v", rows)
	}
	if got := rewrite(t, source([]byte("\xEF\xBB\xBF"), textfile.Options{}), "x", "y"); string(got) != "\xEF\xBB\xBF" {
		t.Errorf("a lone mark: %x", got)
	}
}

func TestReadErrorIsNoEnd(t *testing.T) {
	r := io.MultiReader(strings.NewReader("some text\n"), iotest.ErrReader(errors.New("secret name inside")))
	rd, err := textfile.New(textenc.StreamInput("-", r), textfile.Options{}).Open(context.Background(), connectors.Part{})
	if err != nil {
		t.Fatal(err)
	}
	var b connectors.Batch
	err = rd.Next(&b)
	var p *connectors.Problem
	if !errors.As(err, &p) || p.Kind != "read_error" || strings.Contains(err.Error(), "secret") {
		t.Errorf("%v", err)
	}
	if again := rd.Next(&b); again != err {
		t.Errorf("then %v", again)
	}
}

func TestAllocs(t *testing.T) {
	content := []byte(log(20000))
	sourcetest.Run(t, maker(content, textfile.Options{BatchSize: 64 << 10}), sourcetest.Options{Text: true, ZeroAllocs: true,
		Find: "SECRET", Put: "***", Exact: map[string][]byte{"notes.txt": content}})
}

func FuzzText(f *testing.F) {
	f.Add([]byte("SECRET at home\nSECRET"), 5)
	f.Add([]byte("a\x00SEC\x00RET\xff\xd0\n\n"), 20)
	f.Add([]byte("\xEF\xBB\xBFSECRET"), 1)
	f.Fuzz(func(t *testing.T, content []byte, size int) {
		o := textfile.Options{Encoded: true, BatchSize: 16 + int(uint(size)%200), Context: 16}
		if got := rewrite(t, source(content, o), "\xff\xff", ""); !bytes.Equal(got, content) {
			t.Fatalf("%q became %q", content, got)
		}
		whole, cut := sourcetest.Read(t, source(content, textfile.Options{Encoded: true})), sourcetest.Read(t, source(content, o))
		if d := sourcetest.Diff(whole, cut); d != "" {
			t.Fatal(d)
		}
		if bytes.IndexByte(content, 0) < 0 {
			want := bytes.ReplaceAll(content, []byte("SECRET"), []byte("*"))
			if got := rewrite(t, source(content, o), "SECRET", "*"); !bytes.Equal(got, want) {
				t.Fatalf("%q became %q", content, got)
			}
		}
	})
}

func BenchmarkNext(b *testing.B) {
	content := []byte(log(100000))
	b.SetBytes(int64(len(content)))
	var batch connectors.Batch
	for b.Loop() {
		r, _ := source(content, textfile.Options{Encoded: true}).Open(context.Background(), connectors.Part{})
		for r.Next(&batch) == nil {
		}
	}
}
