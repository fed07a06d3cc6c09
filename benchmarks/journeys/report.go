package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"text/tabwriter"
)

// A goalLine is the verdict on a goal.
type goalLine struct {
	ID      string    `json:"goal"`
	Title   string    `json:"title"`
	Figure  float64   `json:"figure"` // median of the rounds
	Rounds  []float64 `json:"rounds"`
	Floor   float64   `json:"floor,omitempty"`
	Target  float64   `json:"target,omitempty"`
	Stretch float64   `json:"stretch,omitempty"`
	Verdict string    `json:"verdict"` // stretch, target, floor, missed, void, noisy, peer missing, report, quick
	Why     string    `json:"why,omitempty"`
}

type report struct {
	Date    string      `json:"date"`
	Machine string      `json:"machine"`
	Go      string      `json:"go"`
	Quick   bool        `json:"quick,omitempty"`
	Seed    uint64      `json:"seed"`
	Tables  []*table    `json:"tables"`
	Goals   []*goalLine `json:"goals"`
	Checks  []*check    `json:"checks"`
}

func newReport(o options) *report {
	return &report{Date: today(), Machine: machine(), Go: runtime.Version(), Quick: o.quick, Seed: o.seed}
}

// add judges the goals of a table.
func (r *report) add(ctx context.Context, d *data, t *table) {
	r.Tables = append(r.Tables, t)
	for i := range goals {
		g := &goals[i]
		peer := t.find(g.Peer)
		if t.find(g.Ours) == nil || peer == nil {
			continue
		}
		l := &goalLine{ID: g.ID, Title: g.Title, Floor: g.Floor, Target: g.Target, Stretch: g.Stretch}
		if peer.Missing != "" {
			l.Verdict, l.Why = "peer missing", peer.Missing
		} else {
			l.judge(t, g)
		}
		if r.Quick && l.Verdict != "report" {
			if l.Verdict = "quick"; peer.Missing == "" {
				l.Why = ""
			}
		}
		if peer.Blind {
			l.Verdict, l.Why = "void", "the peer found nothing: "+peer.Name
		}
		if g.Check != "" {
			if c := r.check(ctx, d, g.Check); !c.ok() {
				l.Verdict, l.Why = "void", c.String()
			}
		}
		r.Goals = append(r.Goals, l)
		if g.By == rss {
			r.absolute(t, g)
		}
	}
}

// judge fills in the figure and its verdict.
func (l *goalLine) judge(t *table, g *goal) {
	l.Rounds = t.ratios(g)
	l.Figure = median(l.Rounds)
	l.Verdict = verdict(l.Figure, g)
	if 2*len(l.Rounds) <= len(t.Quiet) {
		l.Verdict, l.Why = "noisy", fmt.Sprintf("only %d of %d rounds were quiet", len(l.Rounds), len(t.Quiet))
	}
}

// absolute judges the peak RSS of the bigger scan by itself.
func (r *report) absolute(t *table, g *goal) {
	l := &goalLine{ID: g.ID, Title: strings.Replace(g.Title, ", big ≤ k × small", ", big, MB", 1), Floor: maxRSS[0], Target: maxRSS[1], Stretch: maxRSS[2]}
	for _, n := range t.find(g.Ours).RSS {
		l.Rounds = append(l.Rounds, float64(n)/1e6)
	}
	l.Figure = median(l.Rounds)
	l.Verdict = verdict(l.Figure, &goal{Floor: l.Floor, Target: l.Target, Stretch: l.Stretch})
	if r.Quick {
		l.Verdict = "quick"
	}
	r.Goals = append(r.Goals, l)
}

func verdict(figure float64, g *goal) string {
	reaches := func(bound float64) bool {
		if g.Faster {
			return figure >= bound
		}
		return figure <= bound
	}
	switch {
	case g.Floor == 0:
		return "report"
	case reaches(g.Stretch):
		return "stretch"
	case reaches(g.Target):
		return "target"
	case reaches(g.Floor):
		return "floor"
	}
	return "missed"
}

// check runs a detection check once; goals share it.
func (r *report) check(ctx context.Context, d *data, name string) *check {
	for _, c := range r.Checks {
		if c.Name == name {
			return c
		}
	}
	c := runCheck(ctx, d, name)
	r.Checks = append(r.Checks, c)
	return c
}

// allocations is goal 25.
func (r *report) allocations(ctx context.Context, root string) error {
	args := append([]string{"test", "-run", "^$", "-bench", allocs.Run, "-benchmem", "-benchtime", "200ms"}, allocs.Packages...)
	c := exec.CommandContext(ctx, "go", args...)
	c.Dir = root
	out, err := c.Output()
	if err != nil {
		return fmt.Errorf("goal 25: go test -bench failed: %w", err)
	}
	lines := perMiB(out)
	if len(lines) == 0 {
		r.Goals = append(r.Goals, &goalLine{ID: "25", Title: "allocations per MiB", Floor: allocs.Floor, Verdict: "void",
			Why: "no benchmark named " + allocs.Run + " says how many bytes it works on"})
	}
	for _, l := range lines {
		l.ID, l.Floor, l.Rounds = "25", allocs.Floor, []float64{l.Figure}
		l.Verdict = verdict(l.Figure, &goal{Floor: allocs.Floor}) // target and stretch are none at all
		r.Goals = append(r.Goals, l)
	}
	return nil
}

var benchLine = regexp.MustCompile(`^(Benchmark\S+)\s+\d+\s+([0-9.]+) ns/op\s+([0-9.]+) MB/s.*?\s([0-9.]+) allocs/op`)

// perMiB reads the output of go test -bench -benchmem; benchmarks that set no bytes are left out.
func perMiB(out []byte) (lines []*goalLine) {
	for s := bufio.NewScanner(bytes.NewReader(out)); s.Scan(); {
		m := benchLine.FindStringSubmatch(s.Text())
		if m == nil {
			continue
		}
		ns, _ := strconv.ParseFloat(m[2], 64)
		rate, _ := strconv.ParseFloat(m[3], 64)
		n, _ := strconv.ParseFloat(m[4], 64)
		mib := ns * rate / 1000 / (1 << 20)
		if mib <= 0 {
			continue
		}
		lines = append(lines, &goalLine{Title: "allocations per MiB, " + m[1], Figure: math.Round(n/mib*100) / 100})
	}
	return lines
}

// missed says whether anything gates: quick runs only fail on void figures.
func (r *report) missed() bool {
	for _, l := range r.Goals {
		switch l.Verdict {
		case "missed", "void", "noisy", "peer missing":
			return true
		}
	}
	return false
}

func (r *report) print(w io.Writer) {
	fmt.Fprintf(w, "\n%s, %s, %s, seed %d\n", r.Date, r.Machine, r.Go, r.Seed)
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "goal\tfigure\tfloor\ttarget\tstretch\tverdict\twhat")
	for _, l := range r.Goals {
		figure := "-" // the peer is missing or no round counts
		if len(l.Rounds) > 0 {
			figure = fmt.Sprintf("%.3g", l.Figure)
		}
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", l.ID, figure, bound(l.Floor), bound(l.Target), bound(l.Stretch), l.Verdict, l.Title)
	}
	tw.Flush()
	for _, l := range r.Goals {
		if l.Why != "" {
			fmt.Fprintf(w, "goal %s is %s: %s\n", l.ID, l.Verdict, l.Why)
		}
	}
	for _, c := range r.Checks {
		fmt.Fprintln(w, "check", c)
	}
}

func bound(b float64) string {
	if b == 0 {
		return "-"
	}
	return strconv.FormatFloat(b, 'g', -1, 64)
}

// save writes the tables for people and the figures for programs, each run of a day into a folder of its own.
func (r *report) save(dir string) (string, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	name := filepath.Join(dir, r.Date+"-"+r.Machine)
	dir = name
	for n := 2; ; n++ {
		err := os.Mkdir(dir, 0o755)
		if err == nil {
			break
		}
		if !errors.Is(err, fs.ErrExist) {
			return "", err
		}
		dir = name + "-" + strconv.Itoa(n)
	}
	var text bytes.Buffer
	for _, t := range r.Tables {
		t.print(&text)
	}
	r.print(&text)
	if err := os.WriteFile(filepath.Join(dir, "table.txt"), text.Bytes(), 0o644); err != nil {
		return "", err
	}
	b, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		return "", err
	}
	return dir, os.WriteFile(filepath.Join(dir, "result.json"), append(b, '\n'), 0o644)
}

var notName = regexp.MustCompile(`[^a-z0-9]+`)

// machine names the machine by what it is, never by what it is called.
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
