package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"text/tabwriter"
	"time"
	"unicode/utf8"

	"bezlik/detectors"
)

// A report is all figures of one run.
type report struct {
	Date    string        `json:"date"`
	Machine string        `json:"machine"`
	Go      string        `json:"go"`
	Least   int           `json:"min"` // hundredths
	Files   []string      `json:"files,omitempty"`
	Texts   *textScore    `json:"texts,omitempty"`
	Columns []columnScore `json:"columns,omitempty"`
	Roles   bool          `json:"roles_judged"`
	Clean   *cleanScore   `json:"clean,omitempty"`
	Gates   []gate        `json:"gates"`
}

func newReport(least int) *report {
	return &report{Date: time.Now().UTC().Format("2006-01-02"), Machine: machine(), Go: runtime.Version(), Least: least}
}

var notName = regexp.MustCompile(`[^a-z0-9]+`)

func machine() string {
	model := runtime.GOARCH
	if b, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(b)) {
			if k, v, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(k) == "model name" {
				model = v
				break
			}
		}
	}
	return fmt.Sprintf("%dx-%s", runtime.NumCPU(), strings.Trim(notName.ReplaceAllString(strings.ToLower(model), "-"), "-"))
}

// print writes the figures for people.
func (r *report) print(w io.Writer) {
	fmt.Fprintf(w, "quality %s, %s, %s; findings from 0.%02d up\n", r.Date, r.Machine, r.Go, r.Least)
	if r.Texts != nil {
		r.Texts.print(w)
	}
	if len(r.Columns) > 0 {
		r.printColumns(w)
	}
	if r.Clean != nil {
		r.Clean.print(w)
	}
	fmt.Fprintln(w)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, g := range r.Gates {
		fmt.Fprintf(t, "gate\t%s\t%s\n", g.Name, g.verdict())
	}
	t.Flush()
}

func (s *textScore) print(w io.Writer) {
	fmt.Fprintf(w, "\n%d texts, %d of them without labels\n\n", s.Texts, s.Unlabelled)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "kind\tlabelled\tfound\ttrue\tprecision\trecall\tF1\thalf\tprecision\trecall\tF1\tambig.\tleaked\t")
	for _, k := range s.Kinds {
		mark := ""
		if detectors.Find(k.Kind) == nil && k.Kind != ambiguous {
			mark = " (no detector)"
		}
		k.print(t, string(k.Kind)+mark)
	}
	for _, g := range s.Groups {
		g.Pooled.print(t, "all "+g.Name)
	}
	for _, g := range s.Groups {
		fmt.Fprintf(t, "macro %s\t%d kinds\t\t\t%s\t\t%s\t\t\t\n", g.Name, g.Kinds, g.Macro, g.Loose)
	}
	t.Flush()
	fmt.Fprintf(w, "\nleak per document, at %.2f: %d of %d texts with labels, %.1f %%; strict: %d, %.1f %%\n", detectors.Mask/100.0,
		s.Leak.Leaked, s.Leak.Texts, 100*share(s.Leak.Leaked, s.Leak.Texts), s.Leak.Strict, 100*share(s.Leak.Strict, s.Leak.Texts))
	fmt.Fprintf(w, "texts without labels: false alarms in %d of %d", s.Alarmed, s.Unlabelled)
	for _, k := range s.Kinds {
		if k.Alarms > 0 {
			fmt.Fprintf(w, "; %s %d", k.Kind, k.Alarms)
		}
	}
	fmt.Fprintln(w)
}

func (t *tally) print(w io.Writer, name string) {
	fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%s\t%d\t%s\t%d\t%d\t\n", name, t.Labelled, t.Found, t.Exact, t.exact(), t.Lenient, t.lenient(), t.Ambiguous, t.Leaked)
}

// String gives three cells of a table.
func (r rate) String() string { return fmt.Sprintf("%.4f\t%.4f\t%.4f", r.Precision, r.Recall, r.F1) }

func (r *report) wrong() (n int) {
	for i := range r.Columns {
		n += toInt(len(r.Columns[i].Wrong) > 0)
	}
	return n
}

func (r *report) printColumns(w io.Writer) {
	fmt.Fprintf(w, "\ncolumns of tables: %d right, %d wrong", len(r.Columns)-r.wrong(), r.wrong())
	if !r.Roles {
		fmt.Fprint(w, " (the scan tells no roles: they are not judged)")
	}
	fmt.Fprintln(w)
	for _, c := range r.Columns {
		if len(c.Wrong) > 0 {
			fmt.Fprintf(w, "  %s %q: %s\n", c.Table, c.Field, strings.Join(c.Wrong, "; "))
		}
	}
}

func (s *cleanScore) print(w io.Writer) {
	fmt.Fprintf(w, "\nclean text, %.1f MB, seed %d: %d findings, %.2f in 10 MB\n", float64(s.Bytes)/1e6, s.Seed, s.Total, s.Per10MB)
	for _, k := range s.kinds() {
		fmt.Fprintf(w, "  %-20s %6d  %8.2f in 10 MB\n", k, s.Kinds[k], float64(s.Kinds[k])*1e7/float64(s.Bytes))
	}
}

// printMisses lists everything that went wrong, kind by kind.
func (r *report) printMisses(w io.Writer) {
	if r.Texts != nil {
		var kind detectors.Kind
		for _, m := range r.Texts.misses {
			if m.Kind != kind {
				kind = m.Kind
				fmt.Fprintf(w, "\n== %s\n", kind)
			}
			m.print(w)
		}
	}
	if r.Clean != nil {
		for _, a := range r.Clean.alarms {
			fmt.Fprintf(w, "clean %s 0.%02d [%s] line %d: %s\n", a.kind, a.score, strings.Join(a.evidence, " "), a.line, around(a.text, a.start, a.end))
		}
	}
}

func (m *miss) print(w io.Writer) {
	place := m.Label
	if place == nil || m.What == "false alarm" || m.What == "duplicate" {
		place = &m.Found.span
	}
	fmt.Fprintf(w, "%s  %s", m.What, m.Text.ID)
	if m.Text.Note != "" {
		fmt.Fprintf(w, " (%s)", m.Text.Note)
	}
	fmt.Fprintf(w, ": %s", around(m.Text.Text, place.Start, place.End))
	if m.Label != nil && place != m.Label {
		fmt.Fprintf(w, " | label %s %q", m.Label.Kind, m.Text.Text[m.Label.Start:m.Label.End])
	}
	if f := m.Found; f != nil {
		fmt.Fprintf(w, " | found %s 0.%02d [%s]", f.Kind, f.Score, strings.Join(f.Evidence, " "))
		if place != &f.span {
			fmt.Fprintf(w, " %q", m.Text.Text[f.Start:f.End])
		}
	}
	if m.Leaked {
		fmt.Fprint(w, " | LEAKED")
	}
	fmt.Fprintln(w)
}

// around shows a place between brackets with some characters before and after it, in one line.
func around(text string, start, end int) string {
	const near = 60
	if start > len(text) || end > len(text) {
		return "?"
	}
	from, to := max(0, start-near), min(len(text), end+near)
	for from > 0 && !utf8.RuneStart(text[from]) {
		from--
	}
	for to < len(text) && !utf8.RuneStart(text[to]) {
		to++
	}
	return strings.NewReplacer("\n", "⏎", "\r", "", "\t", "⇥").Replace(text[from:start] + "⟦" + text[start:end] + "⟧" + text[end:to])
}

// write puts the figures into DIR/quality-DATE.txt and .json, which holds no text and no value.
func (r *report) write(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	var text strings.Builder
	r.print(&text)
	base := filepath.Join(dir, "quality-"+r.Date)
	if err := os.WriteFile(base+".txt", []byte(text.String()), 0o644); err != nil {
		return err
	}
	b, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(base+".json", append(b, '\n'), 0o644)
}
