package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"bezlik/benchmarks/corpus"
)

// needed is the share of planted items that must be found, or be gone after masking, for a figure to count.
const needed = 0.99

// A check is the result of looking for the planted items.
type check struct {
	Name    string             `json:"name"`
	Planted int64              `json:"planted"`
	Found   int64              `json:"found"`
	Kinds   map[string]float64 `json:"kinds,omitempty"` // share per kind
	Fault   string             `json:"fault,omitempty"`
}

func (c *check) share() float64 { return float64(c.Found) / float64(max(c.Planted, 1)) }

func (c *check) ok() bool { return c.Fault == "" && c.Planted > 0 && c.share() >= needed }

func (c *check) String() string {
	if c.Fault != "" {
		return c.Name + ": " + c.Fault
	}
	worst := ""
	for k, s := range c.Kinds {
		if worst == "" || s < c.Kinds[worst] || s == c.Kinds[worst] && k < worst {
			worst = k
		}
	}
	s := fmt.Sprintf("%s: %d of %d planted items found, %.2f %%", c.Name, c.Found, c.Planted, 100*c.share())
	if worst != "" {
		s += fmt.Sprintf("; worst kind %s %.2f %%", worst, 100*c.Kinds[worst])
	}
	return s
}

// runCheck makes the check of a goal.
func runCheck(ctx context.Context, d *data, name string) *check {
	c := &check{Name: name}
	var err error
	switch name {
	case "masked":
		err = c.masked(ctx, d, "bezlik mask", "csv", "masked")
	case "exported":
		err = c.masked(ctx, d, "bezlik export", "pg", "exported")
	case "tokenized":
		err = c.masked(ctx, d, "tokens 2 workers", "csv", "tokenized")
	case "maskedtext":
		err = c.maskedText(ctx, d, "bezlik mask text", "log", "maskedtext")
	case "portable":
		err = c.found(ctx, d, "{portable}", "log")
	default:
		err = c.found(ctx, d, "{bezlik}", name)
	}
	if err != nil {
		c.Fault = err.Error()
	}
	return c
}

// found runs a scan that lists its findings, and looks for every planted item among them, by kind and value.
func (c *check) found(ctx context.Context, d *data, program, name string) error {
	source, err := d.place(name)
	if err != nil {
		return err
	}
	argv := append([]string{program}, checkArgv...)
	for i, a := range argv {
		argv[i] = strings.ReplaceAll(a, "{source}", source)
	}
	if argv, err = d.expand(argv...); err != nil {
		return err
	}
	x := exec.CommandContext(ctx, argv[0], argv[1:]...)
	out, err := x.StdoutPipe()
	if err != nil {
		return err
	}
	if err := x.Start(); err != nil {
		return err
	}
	got, complete, err := readFindings(out)
	if err != nil {
		x.Cancel()
	}
	var failed *exec.ExitError
	if e := x.Wait(); e != nil && (!errors.As(e, &failed) || !slices.Contains(scanned, failed.ExitCode())) {
		return fmt.Errorf("the scan for the check failed: %w", e)
	}
	if err != nil {
		return err
	}
	if !complete {
		return errors.New("the scan for the check did not say that it was complete")
	}
	want := bag{}
	o := d.specs[name].Options
	o.Truth = func(p *corpus.Planted) {
		if p.Counted() {
			want.add(p.Kind, string(p.Value))
		}
	}
	if _, err := corpus.Write(io.Discard, o); err != nil {
		return err
	}
	c.compare(want, got)
	return nil
}

// readFindings collects the findings of a report in JSON lines.
func readFindings(r io.Reader) (got bag, complete bool, err error) {
	got = bag{}
	s := bufio.NewReaderSize(r, 1<<20)
	for {
		line, err := s.ReadBytes('\n')
		if err == io.EOF && len(line) == 0 {
			return got, complete, nil
		}
		if err != nil && err != io.EOF {
			return got, false, errors.New("reading the report failed")
		}
		var m struct {
			Finding *struct{ Kind, Normal string }
			End     *struct{ Complete bool }
		}
		if json.Unmarshal(line, &m) != nil {
			return got, false, errors.New("a line of the report is not JSON")
		}
		switch {
		case m.Finding != nil:
			got.add(m.Finding.Kind, m.Finding.Normal)
		case m.End != nil:
			complete = m.End.Complete
		}
	}
}

// A bag holds hashes of values, with repetitions, by kind.
type bag map[string][]uint64

var seed = maphash.MakeSeed()

func (b bag) add(kind, value string) {
	if kind == corpus.Name { // where a name ends is a matter of taste: with the dot of the last initial or without
		value = strings.ToLower(strings.Join(strings.FieldsFunc(value, func(r rune) bool { return r == ' ' || r == '.' || r == '\u00a0' }), " "))
	}
	b[kind] = append(b[kind], maphash.String(seed, value))
}

func (c *check) compare(want, got bag) {
	c.Kinds = map[string]float64{}
	for kind, w := range want {
		slices.Sort(w)
		g := got[kind]
		slices.Sort(g)
		n := common(w, g)
		c.Kinds[kind] = float64(n) / float64(len(w))
		c.Planted += int64(len(w))
		c.Found += n
	}
}

// common is the size of the intersection of two sorted lists, with repetitions.
func common(a, b []uint64) (n int64) {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			n++
			a, b = a[1:], b[1:]
		}
	}
	return n
}

// masked runs the command once more and counts which planted cells are no longer in its output. Only cells that
// an item fills count: the same cell elsewhere would be found by its value.
func (c *check) masked(ctx context.Context, d *data, name, source, output string) error {
	path, err := c.again(ctx, d, name, source, output)
	if err != nil {
		return err
	}
	sp := d.specs[source]
	planted := map[uint64]struct{}{}
	o := sp.Options
	o.Truth = func(p *corpus.Planted) {
		if p.Counted() && p.Field != "comment" {
			planted[maphash.Bytes(seed, p.Text)] = struct{}{}
			c.Planted++
		}
	}
	if _, err = corpus.Write(io.Discard, o); err != nil {
		return err
	}
	rows, left, err := countLeft(path, planted)
	if err != nil {
		return err
	}
	if rows != sp.meta.Rows {
		return fmt.Errorf("the output has %d rows and the input %d", rows, sp.meta.Rows)
	}
	c.Found = c.Planted - left
	return nil
}

// again runs a command once more and returns the path of its output.
func (c *check) again(ctx context.Context, d *data, name, source, output string) (string, error) {
	if _, err := d.place(source); err != nil {
		return "", err
	}
	i := slices.IndexFunc(commands, func(x command) bool { return x.Name == name })
	if _, err := runOnce(ctx, d, &series{Name: name, c: &commands[i]}); err != nil {
		return "", err
	}
	return d.place(output)
}

// maskedText runs the command once more and counts which planted items are no longer in the line of its output that
// was theirs. Numbers of organisations do not count: they are nobody's, and stay.
func (c *check) maskedText(ctx context.Context, d *data, name, source, output string) error {
	path, err := c.again(ctx, d, name, source, output)
	if err != nil {
		return err
	}
	f, err := os.Open(path)
	if err != nil {
		return errors.New("there is no output")
	}
	defer f.Close()
	lines := &lineReader{r: bufio.NewReaderSize(f, 1<<20)}
	sp := d.specs[source]
	o := sp.Options
	planted, gone := map[string]int64{}, map[string]int64{}
	o.Truth = func(p *corpus.Planted) {
		if !p.Counted() || p.Kind == corpus.INNOrg {
			return
		}
		planted[p.Kind]++
		if line, ok := lines.line(p.Row); ok && !bytes.Contains(line, p.Text) {
			gone[p.Kind]++
		}
	}
	if _, err = corpus.Write(io.Discard, o); err != nil {
		return err
	}
	c.Kinds = map[string]float64{}
	for kind, n := range planted {
		c.Kinds[kind] = float64(gone[kind]) / float64(n)
		c.Planted += n
		c.Found += gone[kind]
	}
	if n := lines.count(); n != sp.meta.Rows {
		return fmt.Errorf("the output has %d lines and the input %d", n, sp.meta.Rows)
	}
	return nil
}

// A lineReader reads lines by number, in order; the same one may be asked for again.
type lineReader struct {
	r    *bufio.Reader
	last []byte
	n    int64 // of last
}

func (l *lineReader) next() bool {
	line, err := l.r.ReadBytes('\n')
	if err != nil && len(line) == 0 {
		return false
	}
	l.last = line
	l.n++
	return true
}

// line returns line n, from 1.
func (l *lineReader) line(n int64) ([]byte, bool) {
	for l.n < n {
		if !l.next() {
			return nil, false
		}
	}
	return l.last, l.n == n
}

// count reads the rest and returns how many lines there were.
func (l *lineReader) count() int64 {
	for l.next() {
	}
	return l.n
}

// countLeft counts the rows of a CSV file, or of all of them in a folder, and the cells with a planted value.
func countLeft(path string, planted map[uint64]struct{}) (rows, left int64, err error) {
	var files []string
	err = filepath.WalkDir(path, func(p string, e os.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() && (p == path || filepath.Ext(p) == ".csv") {
			files = append(files, p)
		}
		return err
	})
	if err != nil {
		return 0, 0, errors.New("there is no output")
	}
	for _, p := range files {
		f, err := os.Open(p)
		if err != nil {
			return 0, 0, err
		}
		r := csv.NewReader(f)
		r.ReuseRecord, r.FieldsPerRecord = true, -1
		for n := 0; ; n++ {
			record, err := r.Read()
			if err == io.EOF {
				break
			}
			if err != nil {
				f.Close()
				return 0, 0, errors.New("the output is not CSV")
			}
			if n == 0 { // header
				continue
			}
			rows++
			for _, cell := range record {
				if _, ok := planted[maphash.String(seed, cell)]; ok {
					left++
				}
			}
		}
		f.Close()
	}
	return rows, left, nil
}
