package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"text/tabwriter"
)

// A table holds commands that took turns: A B C … A B C …
type table struct {
	Goals   []string    `json:"goals"`
	Series  []*series   `json:"commands"`
	Quiet   []bool      `json:"quiet"` // per round: spin 2 took at most 1.1 times as long as spin 1
	Figures []*goalLine `json:"-"`
}

// A series is what one command took, round by round, the warm-up left out.
type series struct {
	Name    string    `json:"name"`
	Bytes   int64     `json:"bytes,omitempty"` // of its input
	CPU     []float64 `json:"cpu_s"`
	Wall    []float64 `json:"wall_s"`
	RSS     []int64   `json:"rss_bytes"`
	Missing string    `json:"missing,omitempty"` // why it was not run at all
	Blind   bool      `json:"blind,omitempty"`   // a peer that found nothing
	c       *command
}

// noisy is how much longer two spinning goroutines may take than one before a round's wall times are dropped.
const noisy = 1.1

func measureTable(ctx context.Context, data *data, ids []string, rounds int, log io.Writer) (*table, error) {
	names := []string{"spin 1", "spin 2"}
	for i := range goals {
		if g := &goals[i]; slices.Contains(ids, g.ID) {
			for _, n := range []string{g.Peer, g.Ours} {
				if !slices.Contains(names, n) {
					names = append(names, n)
				}
			}
		}
	}
	t := &table{Goals: ids}
	for i := range commands {
		if slices.Contains(names, commands[i].Name) {
			t.Series = append(t.Series, &series{Name: commands[i].Name, c: &commands[i]})
		}
	}
	if len(t.Series) != len(names) {
		return nil, fmt.Errorf("goals %v name a command that there is not", ids)
	}
	for _, s := range t.Series {
		_, err := data.expand(s.c.Argv...)
		var missing *peerMissing
		if errors.As(err, &missing) {
			s.Missing = missing.Error()
			fmt.Fprintln(log, s.Missing)
		} else if err != nil {
			return nil, err
		}
	}
	for round := range rounds + 1 {
		fmt.Fprintf(log, "goals %v: round %d of %d\n", ids, round, rounds)
		for _, s := range t.Series {
			if s.Missing != "" {
				continue
			}
			u, err := runOnce(ctx, data, s)
			if err != nil {
				return nil, err
			}
			if round > 0 {
				s.CPU, s.Wall, s.RSS = append(s.CPU, u.CPU), append(s.Wall, u.Wall), append(s.RSS, u.RSS)
			}
		}
	}
	for _, s := range t.Series {
		if s.Missing == "" && s.c.Finds != "" {
			var err error
			if s.Blind, err = blind(ctx, data, s.c); err != nil {
				return nil, err
			}
		}
	}
	one, two := t.find("spin 1"), t.find("spin 2")
	for i := range one.Wall {
		t.Quiet = append(t.Quiet, two.Wall[i] <= noisy*one.Wall[i])
	}
	return t, nil
}

func runOnce(ctx context.Context, data *data, s *series) (usage, error) {
	argv, err := data.expand(s.c.Argv...)
	if err != nil {
		return usage{}, err
	}
	files, err := data.expand(s.c.Stdin, s.c.Stdout)
	if err != nil {
		return usage{}, err
	}
	if s.Bytes, err = data.size(s.c.Input); err != nil {
		return usage{}, err
	}
	for i, f := range files {
		if f == "" {
			files[i] = os.DevNull
		}
	}
	if err := data.removeOutputs(); err != nil {
		return usage{}, err
	}
	c := *s.c
	if data.o.quick {
		c.Times = min(c.Times, 3)
	}
	return account(ctx, &c, argv, files[0], files[1])
}

// blind runs a peer once more and says whether its output shows that it found nothing.
func blind(ctx context.Context, data *data, c *command) (bool, error) {
	argv, err := data.expand(c.Argv...)
	if err != nil {
		return false, err
	}
	var out beginning
	x := exec.CommandContext(ctx, argv[0], argv[1:]...)
	x.Stdout, x.Stderr = &out, &out
	if err := x.Run(); err != nil {
		return false, fmt.Errorf("%s, run to see what it finds: %w", c.Name, err)
	}
	return !regexp.MustCompile(c.Finds).Match(out), nil
}

// beginning keeps the first MiB of what is written to it.
type beginning []byte

func (b *beginning) Write(p []byte) (int, error) {
	*b = append(*b, p[:min(len(p), 1<<20-len(*b))]...)
	return len(p), nil
}

func (t *table) find(name string) *series {
	for _, s := range t.Series {
		if s.Name == name {
			return s
		}
	}
	return nil
}

// ratios gives a goal's figure for each round that counts.
func (t *table) ratios(g *goal) (r []float64) {
	ours, peer := t.find(g.Ours), t.find(g.Peer)
	for i := range ours.CPU {
		a, b := ours.CPU[i], peer.CPU[i]
		switch g.By {
		case wall:
			if !t.Quiet[i] {
				continue
			}
			a, b = ours.Wall[i], peer.Wall[i]
		case rss:
			a, b = float64(ours.RSS[i]), float64(peer.RSS[i])
		}
		if g.Faster {
			a, b = b, a
		}
		r = append(r, a/max(b, 1e-4)) // the clock of CPU time has steps
	}
	return r
}

// print writes the table of commands; ratios to the first command that is not a spin are of CPU time, round by round.
func (t *table) print(w io.Writer) {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(tw, "\ngoals %v\tCPU s\twall s\tMB/s per CPU s\tpeak MB\tCPU / first\t\n", t.Goals)
	first := t.Series[0]
	for _, s := range t.Series[min(2, len(t.Series)-1):] {
		if s.Missing == "" {
			first = s
			break
		}
	}
	for _, s := range t.Series {
		if s.Missing != "" {
			fmt.Fprintf(tw, "%s\tmissing\t-\t-\t-\t-\t\n", s.Name)
			continue
		}
		rate := "-"
		if s.Bytes > 0 && median(s.CPU) > 0 {
			rate = fmt.Sprintf("%.0f", float64(s.Bytes)/1e6/median(s.CPU))
		}
		r := make([]float64, len(s.CPU))
		for i := range r {
			r[i] = s.CPU[i] / max(first.CPU[i], 1e-4)
		}
		fmt.Fprintf(tw, "%s\t%.3f\t%.3f\t%s\t%.1f\t%.2f\t\n", s.Name, median(s.CPU), median(s.Wall), rate, float64(median(s.RSS))/1e6, median(r))
	}
	tw.Flush()
	quiet := 0
	for _, q := range t.Quiet {
		if q {
			quiet++
		}
	}
	for _, s := range t.Series {
		if s.c != nil && s.c.Times > 1 && s.Missing == "" {
			fmt.Fprintf(w, "%s: the mean of many starts a round; in ms: CPU %.2f, wall %.2f\n", s.Name, 1000*median(s.CPU), 1000*median(s.Wall))
		}
	}
	fmt.Fprintf(w, "quiet rounds (spin 2 / spin 1 ≤ %.1f): %d of %d\n", noisy, quiet, len(t.Quiet))
}

// median is the middle value; of an even number, the upper one of the two in the middle would flatter some
// figures and punish others, so it is their mean.
func median[T int64 | float64](v []T) T {
	if len(v) == 0 {
		return 0
	}
	v = slices.Sorted(slices.Values(v))
	n := len(v)
	return (v[(n-1)/2] + v[n/2]) / 2
}
