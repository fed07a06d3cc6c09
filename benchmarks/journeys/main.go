// Command journeys measures bezlik as a user meets it: whole processes against what would be used instead, on
// corpora with known items in them. A figure counts only when the items were found in the same run.
//
//	go run ./benchmarks/journeys -bezlik ./bezlik            all goals, about half an hour
//	go run ./benchmarks/journeys -bezlik ./bezlik -quick     does the runner work? a minute, no figures
//
// It exits with 1 when a goal is missed or void, or its peer is missing.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"bezlik/benchmarks/corpus"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == launchWord {
		os.Exit(launch(os.Args[2:]))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "journeys:", err)
		code := 2
		if errors.Is(err, errMissed) {
			code = 1
		}
		os.Exit(code)
	}
}

var errMissed = errors.New("a goal was missed, its figure is void or its peer is missing")

// options are the flags.
type options struct {
	bezlik   string
	portable string
	dir      string
	goals    string
	rounds   int
	quick    bool
	results  string
	seed     uint64
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) (err error) {
	fs := flag.NewFlagSet("journeys", flag.ContinueOnError)
	fs.SetOutput(stderr)
	var o options
	fs.StringVar(&o.bezlik, "bezlik", "", "the program to measure")
	fs.StringVar(&o.portable, "portable", "", "the same program built with -tags purego, for goal 2 (default: it is built from the sources here)")
	fs.StringVar(&o.dir, "dir", "", "folder for corpora, kept afterwards (default: a temporary one)")
	fs.StringVar(&o.goals, "goals", "", "numbers of goals, comma-separated (default: all)")
	fs.IntVar(&o.rounds, "rounds", 5, "rounds that count; one more warms up")
	fs.BoolVar(&o.quick, "quick", false, "small corpora and two rounds: shows that the runner works, measures nothing")
	fs.StringVar(&o.results, "results", "", "folder for results/<date>-<machine> (default: benchmarks/results; quick: none)")
	fs.Uint64Var(&o.seed, "seed", corpus.Seed, "seed of the corpora")
	if err := fs.Parse(args); err != nil {
		return err
	}
	chosen, err := choose(o.goals)
	if err != nil {
		return err
	}
	if o.bezlik == "" && !slices.Equal(chosen, []string{"25"}) {
		return errors.New("-bezlik is needed: build it with go build -o bezlik ./cmd/bezlik")
	}
	for _, p := range []*string{&o.bezlik, &o.portable} {
		if *p == "" {
			continue
		}
		if *p, err = filepath.Abs(*p); err != nil {
			return err
		}
	}
	if o.quick {
		o.rounds = 2
	}
	root, err := moduleRoot(ctx)
	if err != nil {
		return err
	}
	if o.dir == "" {
		if o.dir, err = os.MkdirTemp("", "journeys-"); err != nil {
			return err
		}
		defer os.RemoveAll(o.dir)
	} else if o.dir, err = filepath.Abs(o.dir); err != nil {
		return err
	}
	data := newData(o, root, stderr)
	defer data.close()
	report := newReport(o)
	for _, ids := range tables {
		if ids = intersect(ids, chosen); len(ids) == 0 {
			continue
		}
		t, err := measureTable(ctx, data, ids, o.rounds, stderr)
		if err != nil {
			return err
		}
		report.add(ctx, data, t)
		t.print(stdout)
	}
	if slices.Contains(chosen, "25") {
		if err := report.allocations(ctx, root); err != nil {
			return err
		}
	}
	report.print(stdout)
	if o.results == "" && !o.quick {
		o.results = filepath.Join(root, "benchmarks", "results")
	}
	if o.results != "" {
		dir, err := report.save(o.results)
		if err != nil {
			return err
		}
		fmt.Fprintln(stderr, "written to", dir)
	}
	if report.missed() {
		return errMissed
	}
	return nil
}

// choose turns the list of goals into their numbers.
func choose(list string) ([]string, error) {
	var all []string
	for _, t := range tables {
		all = append(all, t...)
	}
	all = append(all, "25")
	if list == "" {
		return all, nil
	}
	chosen := strings.Split(list, ",")
	for _, id := range chosen {
		if !slices.Contains(all, id) {
			return nil, fmt.Errorf("there is no goal %q here; there are %s", id, strings.Join(all, ", "))
		}
	}
	return chosen, nil
}

func intersect(a, b []string) (out []string) {
	for _, s := range a {
		if slices.Contains(b, s) {
			out = append(out, s)
		}
	}
	return out
}

// moduleRoot is where go.mod lies: peers and benchmarks are built from there.
func moduleRoot(ctx context.Context) (string, error) {
	out, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		return "", errors.New("run this inside the module: go list -m failed")
	}
	return strings.TrimSpace(string(out)), nil
}

func today() string { return time.Now().UTC().Format("2006-01-02") }
