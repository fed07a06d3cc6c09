package pipeline

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"bezlik/connectors"
	"bezlik/connectors/sourcetest"
	"bezlik/detectors"
)

// TestMain makes properties quick unless somebody asks for more: go test ./pipeline -rapid.checks 1000.
func TestMain(m *testing.M) {
	flag.Parse()
	asked := false
	flag.Visit(func(f *flag.Flag) { asked = asked || f.Name == "rapid.checks" })
	if !asked {
		checks := "30"
		if testing.Short() {
			checks = "10"
		}
		if err := flag.Set("rapid.checks", checks); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

// A fake is a source in memory: every object is a part, or several, and batches are cut where cut says.
type fake struct {
	objects []fakeObject
	// cut says how many rows the next batch holds, at least one; nil is all of them.
	cut func() int
	// next, if set, is asked before each batch of a part: an error ends the part, a panic is a panic.
	next func(object string, batch int) error
	// open, if set, is asked instead of opening.
	open func(object string) (connectors.Reader, error)
}

// A fakeObject has the same names in every row. A name that ends in = is that of a key cell.
type fakeObject struct {
	name   string
	fields []string
	rows   [][]string
}

func (f *fake) Parts(ctx context.Context, _ int) ([]connectors.Part, error) {
	var p []connectors.Part
	seen := map[string]int{}
	for _, o := range f.objects {
		p = append(p, connectors.Part{Object: o.name, Range: fmt.Sprint(seen[o.name]), Identity: "1"})
		seen[o.name]++
	}
	return p, ctx.Err()
}

func (f *fake) Open(ctx context.Context, p connectors.Part) (connectors.Reader, error) {
	if f.open != nil {
		if r, err := f.open(p.Object); r != nil || err != nil {
			return r, err
		}
	}
	n := 0
	for i := range f.objects {
		if f.objects[i].name == p.Object {
			if fmt.Sprint(n) == p.Range {
				return &fakeReader{ctx: ctx, fake: f, object: &f.objects[i]}, nil
			}
			n++
		}
	}
	return nil, errors.New("no such part")
}

func (f *fake) Close() error { return nil }

type fakeReader struct {
	ctx     context.Context
	fake    *fake
	object  *fakeObject
	at      int
	batches int
	fields  []connectors.Field
	index   map[string]uint16
}

func (r *fakeReader) Close() error { return nil }

func (r *fakeReader) Next(b *connectors.Batch) error {
	b.Reset()
	if err := r.ctx.Err(); err != nil {
		return err
	}
	if r.fake.next != nil {
		if err := r.fake.next(r.object.name, r.batches); err != nil {
			return err
		}
	}
	r.batches++
	n := len(r.object.rows) - r.at
	if n == 0 {
		return io.EOF
	}
	if r.fake.cut != nil {
		n = min(n, max(1, r.fake.cut()))
	}
	b.Object, b.First = r.object.name, int64(r.at)+1
	length := 1
	for _, row := range r.object.rows[r.at : r.at+n] {
		for _, v := range row {
			length += len(v) + 1
		}
		length += 2
	}
	b.Arena = append(slices.Grow(b.Arena, length+connectors.Pad), 0)
	if b.Exact {
		b.Raw = slices.Grow(b.Raw, length+connectors.Pad)
	}
	for _, row := range r.object.rows[r.at : r.at+n] {
		b.Rows = append(b.Rows, uint32(len(b.Cells)))
		if b.Exact {
			b.Bounds = append(b.Bounds, uint32(len(b.Arena)-1))
		}
		for i, v := range row {
			name, key := strings.CutSuffix(r.object.fields[i], "=")
			c := connectors.Cell{Start: uint32(len(b.Arena)), Field: r.field(name)}
			if key {
				c.Type = connectors.Key
			}
			b.Arena = append(b.Arena, v...)
			c.End = uint32(len(b.Arena))
			b.Cells = append(b.Cells, c)
			b.Arena = append(b.Arena, 0)
		}
		b.Arena = append(b.Arena, '\n', 0) // as text formats have it: words of one row say nothing about the next
	}
	r.at += n
	b.Fields = slices.Clip(r.fields)
	b.Arena = connectors.Padded(b.Arena)
	if b.Exact {
		b.Bounds = append(b.Bounds, uint32(len(b.Arena)))
		b.Raw = connectors.Padded(append(b.Raw, b.Arena...))
	}
	return nil
}

func (r *fakeReader) field(name string) uint16 {
	if i, ok := r.index[name]; ok {
		return i
	}
	if r.index == nil {
		r.index = map[string]uint16{}
	}
	i := uint16(len(r.fields))
	r.index[name] = i
	r.fields = append(r.fields, connectors.Field{Name: name})
	return i
}

// Rewrite implements connectors.Rewriter: zero bytes and all.
func (r *fakeReader) Rewrite(dst []byte, b *connectors.Batch, edits []connectors.Edit, drop []uint32, _ int) ([]byte, int, error) {
	out, err := connectors.Splice(dst, b, edits, drop, nil, func(dst, text []byte, _ connectors.Cell, _ bool) ([]byte, error) {
		return append(dst, text...), nil
	})
	return out, 0, err
}

func TestFakeKeepsTheContract(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	objects := []fakeObject{people(r, "a", 20), people(r, "b", 3)}
	sourcetest.Run(t, func(*testing.T) connectors.Source { return &fake{objects: objects} }, sourcetest.Options{
		Again: []func(*testing.T) connectors.Source{func(*testing.T) connectors.Source {
			return &fake{objects: objects, cut: func() int { return 3 }}
		}},
	})
}

// Values of nobody: sealed numbers, reserved domains, phones of the 000 block.

func digits(r *rand.Rand, n int) []byte {
	d := make([]byte, n)
	for i := range d {
		d[i] = '0' + byte(r.IntN(10))
	}
	d[0] = '1' + byte(r.IntN(9))
	return d
}

func sealed(r *rand.Rand, k detectors.Kind, n int) string {
	d := digits(r, n)
	detectors.Find(k).Seal(d)
	return string(d)
}

func inn(r *rand.Rand) string { return sealed(r, "inn", 12) }

func phone(r *rand.Rand) string {
	return fmt.Sprintf("+7 (9%02d) 000-%02d-%02d", r.IntN(100), r.IntN(100), r.IntN(100))
}

func email(r *rand.Rand) string { return fmt.Sprintf("user%d@example.com", r.IntN(1_000_000)) }

var (
	surnames = strings.Fields("Соболева Кравцова Миронова Зайцева Лебедева Орлова Беляева Громова")
	givens   = strings.Fields("Анна Мария Ольга Елена Ирина Татьяна")
	fathers  = strings.Fields("Петровна Ивановна Сергеевна Андреевна Олеговна")
	common   = strings.Fields("телефон инн заказ почта договор снилс звоните привет спасибо паспорт номер счёт id order")
)

func person(r *rand.Rand) string {
	return surnames[r.IntN(len(surnames))] + " " + givens[r.IntN(len(givens))] + " " + fathers[r.IntN(len(fathers))]
}

// anything is a value of any kind, of none, or some of them in a text.
func anything(r *rand.Rand) string {
	switch r.IntN(12) {
	case 0:
		return inn(r)
	case 1:
		return phone(r)
	case 2:
		return email(r)
	case 3:
		return person(r)
	case 4:
		return sealed(r, "inn_org", 10)
	case 5:
		return ""
	case 6:
		return "-"
	case 7:
		return string(digits(r, 1+r.IntN(14)))
	case 8:
		return fmt.Sprintf("9%s", digits(r, 9)) // a phone if a word says so
	}
	var s []string
	for range 2 + r.IntN(6) {
		switch r.IntN(5) {
		case 0:
			s = append(s, anythingShort(r))
		default:
			s = append(s, common[r.IntN(len(common))])
		}
	}
	return strings.Join(s, " ")
}

func anythingShort(r *rand.Rand) string {
	return [](func(*rand.Rand) string){inn, phone, email, person}[r.IntN(4)](r)
}

// people is a table with columns that will be labelled, texts, and mixtures.
func people(r *rand.Rand, name string, rows int) fakeObject {
	o := fakeObject{name: name, fields: []string{"id", "ФИО", "ИНН", "контакт", "comment", "x", "last"}}
	for i := range rows {
		o.rows = append(o.rows, []string{fmt.Sprint(i + 1), person(r), inn(r), []func(*rand.Rand) string{phone, email}[i%2](r), anything(r), anything(r), anything(r)})
	}
	return o
}

// noContext is for readers that are called without a pipeline.
var noContext = context.Background()

// A failer is a testing.T or a rapid.T.
type failer interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}

// scanned runs a scan and gives its messages as JSON lines, those about parts apart: they come as parts end.
func scanned(t failer, s *Scan) (lines, parts []string, res *Result) {
	t.Helper()
	s.Findings, s.Reveal = true, true
	s.Emit = func(m *Message) error {
		b, err := json.Marshal(m)
		if m.Part != nil || m.Problem != nil {
			parts = append(parts, string(b))
		} else {
			lines = append(lines, string(b))
		}
		return err
	}
	res, err := s.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(parts)
	return lines, parts, res
}

// the tests' own key of sketches: estimates depend on it.
var testKey = sketchKey{0x0123456789abcdef, 0xfedcba9876543210}

// differ tells the first difference of two lists of lines, "" if there is none.
func differ(a, b []string) string {
	for i := range max(len(a), len(b)) {
		x, y := "(nothing)", "(nothing)"
		if i < len(a) {
			x = a[i]
		}
		if i < len(b) {
			y = b[i]
		}
		if x != y {
			k := 0 // where they part
			for k < len(x) && k < len(y) && x[k] == y[k] {
				k++
			}
			around := func(s string) string {
				return s[:min(len(s), 80)] + "…" + s[max(0, min(k-60, len(s))):min(len(s), k+60)]
			}
			return fmt.Sprintf("line %d of %d and %d:\n%s\n%s", i+1, len(a), len(b), around(x), around(y))
		}
	}
	return ""
}

// textOf writes an object as CSV: the simplest writer that quotes everything.
func (o *fakeObject) csv() []byte {
	var b bytes.Buffer
	line := func(cells []string) {
		for i, c := range cells {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(`"` + strings.ReplaceAll(c, `"`, `""`) + `"`)
		}
		b.WriteByte('\n')
	}
	line(o.fields)
	for _, row := range o.rows {
		line(row)
	}
	return b.Bytes()
}

// jsonl writes an object as JSON lines.
func (o *fakeObject) jsonl() []byte {
	var b bytes.Buffer
	for _, row := range o.rows {
		b.WriteByte('{')
		for i, c := range row {
			k, _ := json.Marshal(o.fields[i])
			v, _ := json.Marshal(c)
			fmt.Fprintf(&b, "%s%s:%s", map[bool]string{true: ", "}[i > 0], k, v)
		}
		b.WriteString("}\n")
	}
	return b.Bytes()
}

// text writes an object as lines.
func (o *fakeObject) text() []byte {
	var b bytes.Buffer
	for _, row := range o.rows {
		b.WriteString(strings.Join(row, ", ") + "\n")
	}
	return b.Bytes()
}

// sums counts the findings among messages by object and kind, and the counts of their columns, at the reporting threshold.
func sums(t failer, lines []string) (told, counted map[string]int64) {
	t.Helper()
	told, counted = map[string]int64{}, map[string]int64{}
	for _, l := range lines {
		var m Message
		if err := json.Unmarshal([]byte(l), &m); err != nil {
			t.Fatal(err)
		}
		switch {
		case m.Finding != nil:
			told[m.Finding.Object+" "+m.Finding.Kind]++
		case m.Column != nil:
			for _, k := range m.Column.Kinds {
				if k.Count > 0 {
					counted[m.Column.Object+" "+k.Kind] += k.Count
				}
			}
		}
	}
	return told, counted
}

// keysOf lists the keys of a map in order.
func keysOf[K cmp.Ordered, V any](m map[K]V) []K {
	var k []K
	for x := range m {
		k = append(k, x)
	}
	slices.Sort(k)
	return k
}
