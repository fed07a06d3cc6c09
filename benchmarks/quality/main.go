// Command quality measures how well personal data is found: precision and recall over labelled texts, verdicts over
// labelled tables, false alarms in text that holds nothing. Everything goes through pipeline.Scan, as users' data
// does. See README.md.
//
//	go run ./benchmarks/quality
//	go run ./benchmarks/quality -misses -texts my.jsonl
//	go run ./benchmarks/quality -clean 200MB
//
// Exit code 1 says that a gate failed, 2 that something did not run.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"bezlik/benchmarks/corpus"
	"bezlik/detectors"
)

func main() {
	failed, err := run(context.Background(), os.Args[1:], os.Stdout)
	switch {
	case errors.Is(err, flag.ErrHelp):
	case err != nil:
		fmt.Fprintln(os.Stderr, "quality:", err)
		os.Exit(2)
	case failed:
		os.Exit(1)
	}
}

const (
	defaultTexts  = "benchmarks/quality/testdata/texts_*.jsonl"
	defaultTables = "benchmarks/quality/testdata/tables.jsonl"
)

func run(ctx context.Context, args []string, w io.Writer) (failed bool, err error) {
	fs := flag.NewFlagSet("quality", flag.ContinueOnError)
	texts := fs.String("texts", "", "labelled texts, files or patterns between commas (default "+defaultTexts+")")
	tables := fs.String("tables", "", "labelled tables, likewise (default "+defaultTables+")")
	unit := fs.String("unit", "bytes", "what offsets in texts count: bytes or runes")
	least := fs.Float64("min", detectors.Report/100.0, "score from which findings count")
	misses := fs.Bool("misses", false, "list everything that went wrong, with the text around it")
	results := fs.String("results", "", "folder for a dated text file and JSON")
	clean := fs.String("clean", "", "scan so much clean text, 200MB; without -texts or -tables nothing else")
	seed := fs.Uint64("seed", corpus.Seed, "of clean text; "+strconv.Itoa(corpus.HeldOutSeed)+" is held out for checks")
	var o goals
	fs.Float64Var(&o.sumPrecision, "sum-precision", 0.995, "gate: precision of kinds with check digits")
	fs.Float64Var(&o.sumRecall, "sum-recall", 0.99, "gate: recall of kinds with check digits")
	fs.Float64Var(&o.precision, "precision", 0.97, "gate: precision of the other kinds")
	fs.Float64Var(&o.recall, "recall", 0.95, "gate: recall of the other kinds")
	fs.IntVar(&o.wrongColumns, "wrong-columns", 0, "gate: columns of tables judged wrongly, at most")
	fs.Float64Var(&o.alarms, "alarms", 1, "gate: findings in 10 MB of clean text, at most")
	if err := fs.Parse(args); err != nil {
		return false, err
	}
	switch {
	case fs.NArg() > 0:
		return false, fmt.Errorf("unknown argument %q", fs.Arg(0))
	case *unit != "bytes" && *unit != "runes":
		return false, fmt.Errorf("-unit is bytes or runes")
	case *least < detectors.Mask/100.0 || *least > 1:
		return false, fmt.Errorf("-min lies between %.2f and 1", detectors.Mask/100.0)
	case *texts == "" && *tables == "" && *clean == "":
		*texts, *tables = defaultTexts, defaultTables
	}
	r := newReport(hundredths(*least))
	if *texts != "" {
		if err := r.readTexts(ctx, *texts, *unit == "runes"); err != nil {
			return false, err
		}
	}
	if *tables != "" {
		if err := r.readTables(ctx, *tables); err != nil {
			return false, err
		}
	}
	if *clean != "" {
		size, err := parseSize(*clean)
		if err != nil {
			return false, err
		}
		if r.Clean, err = scanClean(ctx, size, *seed, r.Least, *misses); err != nil {
			return false, err
		}
	}
	r.judge(o)
	if *misses {
		r.printMisses(w)
		fmt.Fprintln(w)
	}
	r.print(w)
	if *results != "" {
		if err := r.write(*results); err != nil {
			return false, err
		}
	}
	return r.failed(), nil
}

func (r *report) readTexts(ctx context.Context, list string, runes bool) error {
	paths, err := files(list)
	if err != nil {
		return err
	}
	texts, err := readTexts(paths, runes)
	if err != nil {
		return err
	}
	if len(texts) == 0 {
		return fmt.Errorf("no texts in %s", list)
	}
	found, err := scanTexts(ctx, texts)
	if err != nil {
		return err
	}
	r.Files = append(r.Files, paths...)
	r.Texts = scoreTexts(texts, found, r.Least)
	return nil
}

func (r *report) readTables(ctx context.Context, list string) error {
	paths, err := files(list)
	if err != nil {
		return err
	}
	tables, err := readTables(paths)
	if err != nil {
		return err
	}
	if len(tables) == 0 {
		return fmt.Errorf("no tables in %s", list)
	}
	said, err := scanTables(ctx, tables)
	if err != nil {
		return err
	}
	r.Files = append(r.Files, paths...)
	r.Columns, r.Roles = scoreTables(tables, said)
	return nil
}

// parseSize reads 200MB, 1GB, 5000KB or a number of bytes.
func parseSize(s string) (int64, error) {
	digits, unit := s, int64(1)
	for i, suffix := range []string{"KB", "MB", "GB"} {
		if t, ok := strings.CutSuffix(s, suffix); ok {
			digits, unit = t, []int64{1e3, 1e6, 1e9}[i]
		}
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n <= 0 || n > 1e6 && unit > 1e6 {
		return 0, fmt.Errorf("-clean: want a number of bytes such as 16000000 or 16MB")
	}
	return n * unit, nil
}
