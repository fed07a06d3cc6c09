package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bezlik/anonymize"
	"bezlik/connectors"
	"bezlik/detectors"
	"bezlik/pipeline"
	"bezlik/rules"
)

func (a *app) scanCommand() *cobra.Command {
	var (
		r                       reading
		format, output, failOn  string
		minScore                float64
		explain, reveal, strict bool
		names                   bool
		statePath, keyFile      string
		workers                 int
	)
	c := &cobra.Command{
		Use:   "scan SOURCE…",
		Short: "Find personal data in files, folders, databases and chats",
		Long: "Find personal data. SOURCE is a path, - for the standard input, or a URL: postgres://user@host/db, sqlite:FILE.\n" +
			"Passwords come from PGPASSWORD, a password file or the URL.",
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			ctx := cmd.Context()
			gate, err := newGate(failOn)
			if err != nil {
				return err
			}
			if minScore <= 0 || minScore > 1 {
				return wrong("--min-score is above 0 and at most 1")
			}
			if format != "text" && format != "jsonl" {
				return wrong("--format is text or jsonl")
			}
			if names && (reveal || statePath != "" || cmd.Flags().Changed("min-score")) {
				return wrong("--names-only reads no value: --reveal, --min-score and --state do not go with it")
			}
			var state *pipeline.State
			if statePath != "" {
				if err := apart("--state", statePath, args); err != nil {
					return err
				}
				key, err := a.stateKey(keyFile)
				if err != nil {
					return err
				}
				switch state, err = pipeline.OpenState(statePath, version+a.ruleset, key); {
				case errors.Is(err, pipeline.ErrState):
					return wrong("%s: %v", statePath, err)
				case err != nil:
					return pipeline.Sanitize(statePath, err)
				}
				defer func() {
					if failed := state.Close(); failed != nil && err == nil {
						err = pipeline.Sanitize(statePath, failed)
					}
				}()
			}
			out := a.out
			if output != "" && output != "-" {
				if err := apart("--output", output, args); err != nil {
					return err
				}
				f, failed := newOutput(output)
				if failed != nil {
					return failed
				}
				defer func() {
					var e *exit
					told := err == nil || errors.As(err, &e) && e.code != exitUsage
					if failed := f.finish(told); failed != nil {
						err = failed
					}
				}()
				out = f
			}
			emit := pipeline.Lines(out)
			if format == "text" {
				emit = (&textReport{a: a, w: out, explain: explain}).emit
			}
			s := &scan{app: a, gate: gate, strict: strict, names: names, emit: emit}
			s.Scan = pipeline.Scan{Workers: workers, MinScore: uint8(minScore*100 + 0.5), Findings: format == "jsonl" || reveal, Reveal: reveal,
				Lang: a.lang, State: state, Emit: emit}
			if !explain && format == "text" {
				s.Lang = ""
			}
			if names {
				s.MinScore = pipeline.NameScore
			}
			defer useCores(workers)()
			return s.run(ctx, args, &r)
		},
	}
	f := c.Flags()
	r.flags(c)
	f.StringVar(&format, "format", "text", "text or jsonl")
	f.StringVarP(&output, "output", "o", "", "write the report to this file (mode 0600)")
	f.StringVar(&failOn, "fail-on", "any", "exit with 1 on findings: any (all but organisation and technical), none, a class, or a kind")
	f.Float64Var(&minScore, "min-score", 0.8, "report findings from this score up")
	f.BoolVar(&explain, "explain", false, "say why each column was judged as it was")
	f.BoolVar(&reveal, "reveal", false, "show the values found")
	f.BoolVar(&names, "names-only", false, "read no value: judge columns by name and declared type (catalogues of databases, first line of CSV)")
	f.BoolVar(&strict, "strict", false, "files of a format we do not read count as not read")
	f.StringVar(&statePath, "state", "", "keep finished parts in this file, and do not read them again")
	f.StringVar(&keyFile, "key-file", "", "key of the state (one is made in your state folder if left out)")
	f.IntVar(&workers, "workers", 0, "how many cores to use (all if left out)")
	return c
}

func (r *reading) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&r.as, "as", "", "read files as this format, whatever they look like")
	f.StringSliceVar(&r.include, "include", nil, "read only what matches: '*.csv', 'logs/**', 'users', 'crm.db!/users', 'public.*'")
	f.StringSliceVar(&r.exclude, "exclude", nil, "leave out what matches: names as the inventory shows them for one source; a pattern\n"+
		"without a slash is about the last name; what matches a file matches all in it")
}

// A scan runs over several sources and sums up.
type scan struct {
	pipeline.Scan
	app    *app
	gate   gate
	strict bool
	names  bool // no value is read
	emit   func(*pipeline.Message) error
	end    pipeline.End
	gated  bool
	parts  int
}

func (s *scan) run(ctx context.Context, sources []string, r *reading) error {
	s.end = pipeline.End{Complete: true, Kinds: map[string]int64{}, Classes: map[string]int64{}}
	shown := make([]string, len(sources))
	for i, src := range sources {
		shown[i] = display(src)
	}
	err := s.emit(&pipeline.Message{Start: &pipeline.Start{Schema: "bezlik-report/v1", Tool: version, At: time.Now().UTC().Format(time.RFC3339),
		Sources: shown, MinScore: float64(s.MinScore) / 100, Reveal: s.Reveal, Left: append(slices.Clone(r.include), r.exclude...),
		Names: s.names}})
	if err != nil {
		return err
	}
	for i, source := range sources {
		if len(sources) > 1 {
			s.Prefix = shown[i] + "/"
		}
		if err := s.one(ctx, source, r); err != nil {
			return err
		}
	}
	if err := s.emit(&pipeline.Message{End: &s.end}); err != nil {
		return err
	}
	switch {
	case !s.end.Complete:
		return &exit{code: exitIncomplete}
	case s.parts == 0 && s.names:
		return unread
	case s.parts == 0:
		s.app.note("нет ничего известного формата", "there is nothing of a format we read")
		return &exit{code: exitNothing}
	case s.gated:
		return &exit{code: exitFindings}
	}
	return nil
}

// one scans one source. A source that cannot be opened is a problem; the others are scanned all the same.
func (s *scan) one(ctx context.Context, source string, r *reading) error {
	open := s.app.open
	if s.names {
		open = s.app.openUnread
	}
	src, err := open(ctx, source, r)
	var e *exit
	if errors.As(err, &e) {
		return err
	}
	var res *pipeline.Result
	problems := s.end.Problems
	if err == nil {
		defer src.Close()
		s.Source = src
		if h, ok := src.(*streamed); ok {
			s.Head = h.first
		}
		if s.names {
			err = s.byName(ctx, src, display(source))
		} else {
			done := s.app.progress(&s.Scan)
			res, err = s.Run(ctx)
			done()
		}
		if u, ok := src.(interface{ Unsupported() []string }); ok {
			s.end.Unsupported = append(s.end.Unsupported, u.Unsupported()...)
			if s.strict && len(u.Unsupported()) > 0 {
				err = errors.Join(err, s.problem(&connectors.Problem{Object: display(source), Kind: "unsupported", Message: "files of a format we do not read"}))
			}
		}
		if u, ok := src.(interface{ Problems() []connectors.Problem }); ok {
			for _, p := range u.Problems() {
				err = errors.Join(err, s.problem(&p))
			}
		}
		if u, ok := src.(interface{ Notes() []connectors.Problem }); ok {
			for _, p := range u.Notes() {
				fmt.Fprintf(s.app.err, "%s %s\n", s.app.say("заметка:", "note:"), s.app.where(&p))
			}
		}
		for _, object := range excluded(src) {
			s.end.LeftOut = append(s.end.LeftOut, s.Prefix+object)
		}
	}
	if res != nil {
		s.sum(res)
	}
	if res != nil && len(res.Inventories) > 0 {
		x := res.Exposure(display(source), s.MinScore, rules.Law(), time.Now().UTC().Format(time.DateOnly))
		x.Incomplete = x.Incomplete || err != nil || s.end.Problems > problems
		s.end.Exposure = append(s.end.Exposure, x)
	}
	if err != nil {
		p := pipeline.Sanitize(display(source), err)
		if p.Object == source {
			p.Object = display(source)
		}
		return s.problem(p)
	}
	return nil
}

func (s *scan) problem(p *connectors.Problem) error {
	s.end.Complete = false
	s.end.Problems++
	return s.emit(&pipeline.Message{Problem: p})
}

func (s *scan) sum(res *pipeline.Result) {
	s.end.Objects += len(res.Inventories)
	s.end.Rows += res.Rows
	s.end.Problems += len(res.Problems)
	s.end.Complete = s.end.Complete && res.Complete()
	s.parts += res.Parts
	for _, inv := range res.Inventories {
		if q := inv.Quasi(); q != nil {
			s.end.Quasi = append(s.end.Quasi, pipeline.QuasiSet{Object: s.Prefix + inv.Object, Fields: q})
		}
		for i := range inv.Fields {
			for kind, c := range inv.Fields[i].Counts {
				n := c.From(s.MinScore)
				if n == 0 {
					continue
				}
				s.end.Findings += n
				s.end.Kinds[string(kind)] += n
				s.end.Classes[c.Class.String()] += n
				s.gated = s.gated || s.gate.stops(kind, c.Class)
			}
		}
	}
}

// A gate says which findings make a scan exit with 1.
type gate struct {
	any   bool
	class detectors.Class
	kind  detectors.Kind
}

func newGate(word string) (gate, error) {
	switch {
	case word == "any":
		return gate{any: true}, nil
	case word == "none":
		return gate{}, nil
	case detectors.ParseClass(word) != detectors.Unknown:
		return gate{class: detectors.ParseClass(word)}, nil
	case detectors.Find(detectors.Kind(word)) != nil:
		return gate{kind: detectors.Kind(word)}, nil
	}
	return gate{}, wrong("--fail-on %s: neither any, none, a class nor a kind", word)
}

func (g gate) stops(kind detectors.Kind, class detectors.Class) bool {
	switch {
	case g.any:
		return kind == "secret" || class != detectors.Organisation && class != detectors.Technical
	case g.class != detectors.Unknown:
		return class == g.class
	}
	return g.kind != "" && kind == g.kind
}

// stateKey is the key of scan states: the one named, or one of this user's own, made when first needed.
func (a *app) stateKey(spec string) (*anonymize.Key, error) {
	if spec != "" {
		return readKey(spec)
	}
	path := filepath.Join(a.stateFolder(), "scan.key")
	_, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		var b [32]byte
		rand.Read(b[:]) //nolint:errcheck // never fails
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return nil, err
		}
		f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err != nil {
			return nil, err
		}
		_, err = io.WriteString(f, hex.EncodeToString(b[:])+"\n")
		if err = errors.Join(err, f.Close()); err != nil {
			return nil, err
		}
	}
	return readKey(path)
}

// stateFolder is where what we keep between runs lies: key of states, ledger, protocols.
func (a *app) stateFolder() string {
	if dir := a.env("BEZLIK_HOME"); dir != "" {
		return dir
	}
	if dir := a.env("XDG_STATE_HOME"); dir != "" {
		return filepath.Join(dir, "bezlik")
	}
	return filepath.Join(a.env("HOME"), ".local", "state", "bezlik")
}

func (a *app) reportCommand() *cobra.Command {
	var format string
	var reveal bool
	c := &cobra.Command{Use: "report FILE.jsonl", Short: "Show a stored scan again in another format", Args: cobra.ExactArgs(1),
		Long: "Show a stored scan (scan --format jsonl) again in another format. The exit code is 3 when the scan was incomplete,\n" +
			"or when the file ends before the scan did.",
		RunE: func(_ *cobra.Command, args []string) error {
			f, err := os.Open(args[0])
			if err != nil {
				return pipeline.Sanitize(args[0], err)
			}
			defer f.Close()
			var emit func(*pipeline.Message) error
			switch format {
			case "text":
				emit = (&textReport{a: a, w: a.out, explain: true}).emit
			case "jsonl":
				emit = pipeline.Lines(a.out)
			default:
				return wrong("--format is text or jsonl")
			}
			if !reveal {
				emit = hidden(emit)
			}
			head := make([]byte, len(reportHead))
			n, err := f.ReadAt(head, 0)
			if err != nil && !errors.Is(err, io.EOF) {
				return pipeline.Sanitize(args[0], err)
			}
			ours := n > 0 && strings.HasPrefix(reportHead, string(head[:n])) // what is no report at all was not cut
			var begun bool
			var end *pipeline.End
			n, err = pipeline.Replay(f, func(m *pipeline.Message) error {
				begun = begun || m.Start != nil
				if m.End != nil {
					end = m.End
				}
				return emit(m)
			})
			switch {
			case err != nil && !(ours && errors.Is(err, io.ErrUnexpectedEOF)):
				return &exit{code: exitUsage, err: clean(fmt.Sprintf("%s:%d: this is no line of a report", args[0], n+1))}
			case err != nil || !begun || end == nil:
				return &exit{code: exitIncomplete, err: clean(fmt.Sprintf(a.say("%s: отчёт неполон: файл обрезан, начала или конца сканирования в нём нет",
					"%s: the report is incomplete: the file was cut, and lacks the start or the end of the scan"), args[0]))}
			case !end.Complete:
				return &exit{code: exitIncomplete}
			}
			return nil
		}}
	c.Flags().StringVar(&format, "format", "text", "text or jsonl")
	c.Flags().BoolVar(&reveal, "reveal", false, "show the values, if the scan was stored with them")
	return c
}

// reportHead is how a stored scan begins.
const reportHead = `{"start":`

// hidden leaves values out of the findings of a scan that was stored with them.
func hidden(emit func(*pipeline.Message) error) func(*pipeline.Message) error {
	return func(m *pipeline.Message) error {
		if m.Start != nil {
			m.Start.Reveal = false
		}
		if m.Finding != nil {
			m.Finding.Value, m.Finding.Normal = nil, nil
		}
		return emit(m)
	}
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{Use: "version", Short: "Print the version", Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error {
		_, err := fmt.Fprintf(a.out, "bezlik %s\n", version)
		return err
	}}
}
