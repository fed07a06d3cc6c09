package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bezlik/anonymize"
	"bezlik/connectors"
	"bezlik/connectors/csvfile"
	"bezlik/connectors/filesink"
	"bezlik/connectors/folder"
	"bezlik/connectors/jsonl"
	"bezlik/pipeline"
	"bezlik/rules"
)

func (a *app) exportCommand() *cobra.Command {
	x := &export{app: a}
	c := &cobra.Command{
		Use:   "export",
		Short: "Export what the policy allows, depersonalized, checked and accounted for",
		Long: "Export what the policy allows. The source is read twice: once to learn what it holds, once to transform it by the plan\n" +
			"that the policy, the map and the profile give. With a map, the first rows are enough to learn from, unless the rest\n" +
			"turns out to be different. The finished result is read again and checked before it is published under its name, whole,\n" +
			"or not at all.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return x.run(cmd.Context()) },
	}
	x.asking.flags(c)
	x.reading.flags(c)
	f := c.Flags()
	f.StringVar(&x.from, "from", "", "what is exported: a path or URL")
	f.StringVar(&x.to, "to", "", "the folder that the export becomes; it must not exist, or hold an earlier export")
	f.StringVar(&x.form, "to-format", "csv", "csv, jsonl, or own: the source's own format, byte for byte but for changed cells")
	f.StringVar(&x.keyFile, "key-file", "", "key of tokens: a file, env:NAME or cmd:COMMAND; 64 hex digits")
	f.StringVar(&x.ledger, "ledger", "", "where actions are accounted for (in your state folder if left out)")
	f.StringVar(&x.decisionFormat, "format", "text", "of the decision: text or json")
	f.IntVar(&x.workers, "workers", 0, "how many workers (one a core if left out)")
	c.MarkFlagRequired("from") //nolint:errcheck // the flag exists
	c.MarkFlagRequired("to")   //nolint:errcheck // the flag exists
	return c
}

// An export is one run of the export command.
type export struct {
	app *app
	asking
	reading
	from, to, form, keyFile, ledger, decisionFormat string
	workers                                         int
}

func (x *export) run(ctx context.Context) error {
	a := x.app
	policy, request, err := x.request()
	if err != nil {
		return err
	}
	format, exact, err := sinkFormat(x.form)
	if err != nil {
		return err
	}
	if strings.Contains(x.to, "://") {
		return wrong("--to is a folder: %s is none", display(x.to))
	}
	key, err := readKey(x.keyFile)
	if err != nil {
		return err
	}
	src, err := a.open(ctx, x.from, &x.reading)
	if err != nil {
		return err
	}
	defer src.Close()
	survey, err := x.survey(ctx, src, request.Map != nil)
	if err != nil {
		return err
	}
	if request.Map == nil {
		request.Map = rules.DraftMap(policy, survey.Seen())
	}
	request.Source, request.Target, request.KeyPlace = x.from, x.to, x.keyFile
	d := rules.Decide(policy, *request)
	if err := a.printDecision(d, x.decisionFormat); err != nil {
		return err
	}
	book := &pipeline.Ledger{Path: a.ledgerPath(x.ledger)}
	record := func(action string, detail any) error {
		if err := book.Append(action, detail, time.Now()); err != nil {
			return pipeline.Sanitize(book.Path, err)
		}
		return nil
	}
	if !d.Outcome.Allows() {
		if err := record(pipeline.ActionRefused, account(d, nil, nil, "")); err != nil {
			return err
		}
		return decided(d)
	}
	plan, err := rules.NewPlan(d, request.Map, request.Profile, key)
	if err != nil {
		return &exit{code: exitUsage, err: clean(err.Error())}
	}
	id := ""
	if key != nil {
		id = key.ID()
	}
	if err := record(pipeline.ActionScope, account(d, plan, nil, id)); err != nil {
		return err
	}
	out, err := x.publish(ctx, src, survey, d, plan, format, exact)
	var rough *pipeline.OverviewError
	if errors.As(err, &rough) && ctx.Err() == nil {
		a.note("первые строки сказали не всё: источник читается ещё раз", "the first rows did not say everything: the source is read once more")
		if survey, err = x.survey(ctx, src, false); err == nil {
			out, err = x.publish(ctx, src, survey, d, plan, format, exact)
		}
	}
	var gate *pipeline.GateError
	switch {
	case errors.As(err, &gate):
		d.Obligations = append(d.Obligations, gate.Error())
		return errors.Join(err, record(pipeline.ActionRefused, account(d, plan, out, id)))
	case err != nil:
		return errors.Join(pipeline.Sanitize(x.to, err), record(pipeline.ActionFailed, account(d, plan, nil, id)))
	}
	if out.Dropped+out.Suppressed > 0 {
		d.RowsDropped()
	}
	if err := record(pipeline.ActionExport, account(d, plan, out, id)); err != nil {
		return err
	}
	a.note("выгружено: объектов %d, строк %s; изменено ячеек %s, исключено строк %s, подавлено строк %s → %s",
		"exported: %d objects, %s rows; %s cells changed, %s rows left out, %s rows suppressed → %s",
		len(out.Objects), thousands(out.Rows), thousands(out.Changed), thousands(out.Dropped), thousands(out.Suppressed), x.to)
	return nil
}

// survey learns what the source holds: from some rows if a map says what the columns are, else from all.
func (x *export) survey(ctx context.Context, src connectors.Source, mapped bool) (*pipeline.Result, error) {
	a := x.app
	scan := &pipeline.Scan{Source: src, Workers: x.workers, Emit: func(*pipeline.Message) error { return nil }}
	learn := scan.Survey
	if mapped {
		learn = scan.Overview
	}
	done := a.progress(scan)
	survey, err := learn(ctx)
	done()
	if err != nil {
		return nil, err
	}
	if s, ok := src.(interface{ Problems() []connectors.Problem }); ok {
		survey.Problems = append(survey.Problems, s.Problems()...)
	}
	for i := range survey.Problems {
		fmt.Fprintf(a.err, "%s %s\n", a.say("НЕ ПРОЧИТАНО", "NOT READ"), where(&survey.Problems[i]))
	}
	if !survey.Complete() {
		return nil, &exit{code: exitIncomplete, err: clean(a.say("источник прочитан не весь: ничего не выгружено", "the source was not read whole: nothing was exported"))}
	}
	if len(survey.Inventories) == 0 {
		return nil, &exit{code: exitNothing, err: clean(a.say("выгружать нечего: нет ничего известного формата", "there is nothing of a format we read"))}
	}
	return survey, nil
}

// publish transforms, checks and publishes.
func (x *export) publish(ctx context.Context, src connectors.Source, survey *pipeline.Result, d *rules.Decision, plan *rules.Plan,
	format filesink.Format, exact bool) (*pipeline.Outcome, error) {
	stage, err := filesink.NewStage(x.to)
	if err != nil {
		return nil, err
	}
	sink := filesink.New(stage, format)
	defer sink.Close() // after Publish there is nothing to discard
	e := &pipeline.Export{Source: src, Survey: survey, Plan: plan, Sink: sink, Exact: exact, Workers: x.workers, Now: d.At,
		Reopen: func(_ context.Context, object, path string) (connectors.Source, error) {
			return reopen(x.form, object, path)
		},
		Manifest: func(o *pipeline.Outcome) ([]byte, error) {
			return manifest(d, o, func(file string) string { return sink.Path(file) })
		}}
	show, done := x.app.meter()
	e.Progress = show
	defer done()
	return e.Run(ctx)
}

// sinkFormat is the format of a sink by its word.
func sinkFormat(word string) (f filesink.Format, exact bool, err error) {
	switch word {
	case "csv":
		return csvfile.Format, false, nil
	case "jsonl":
		return jsonl.Format, false, nil
	case "own":
		return filesink.Format{}, true, nil
	}
	return f, false, wrong("--to-format is csv, jsonl or own")
}

// reopen opens a finished file as a reader would.
func reopen(form, object, path string) (connectors.Source, error) {
	d := driver(form)
	if form == "own" {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		head := make([]byte, folder.HeadSize)
		n, err := io.ReadFull(f, head)
		f.Close()
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, err
		}
		if d = folder.Detect(drivers, object, head[:n]); d == nil {
			d = driver("text")
		}
	}
	return d.Open(path, object)
}

// A manifestFile is what the recipient learns of a file. Nothing in a manifest tells methods, parameters or
// software: Order 140, annex 1, 2(2).
type manifestFile struct {
	Name    string   `json:"name"`
	Rows    int64    `json:"rows"`
	Columns []string `json:"columns"`
	Bytes   int64    `json:"bytes"`
	SHA256  string   `json:"sha256"`
}

func manifest(d *rules.Decision, o *pipeline.Outcome, path func(string) string) ([]byte, error) {
	m := struct {
		Schema    string         `json:"schema"`
		Policy    string         `json:"policy"`
		Export    string         `json:"export"`
		Recipient string         `json:"recipient"`
		Purpose   string         `json:"purpose"`
		Files     []manifestFile `json:"files"`
	}{Schema: "export-manifest/v1", Policy: d.Policy, Export: d.Export, Recipient: d.Recipient, Purpose: d.Purpose}
	for _, obj := range o.Objects {
		f, err := os.Open(path(obj.File))
		if err != nil {
			return nil, err
		}
		h := sha256.New()
		n, err := io.Copy(h, f)
		if err = errors.Join(err, f.Close()); err != nil {
			return nil, err
		}
		m.Files = append(m.Files, manifestFile{Name: obj.File, Rows: obj.Rows, Columns: obj.Columns, Bytes: n, SHA256: hex.EncodeToString(h.Sum(nil))})
	}
	b, err := json.MarshalIndent(m, "", "  ")
	return append(b, '\n'), err
}

// account is what the ledger keeps of an export: what was decided and done, no values.
func account(d *rules.Decision, plan *rules.Plan, out *pipeline.Outcome, key string) any {
	v := struct {
		Decision *rules.Decision   `json:"decision"`
		Plan     string            `json:"plan,omitempty"`
		Key      string            `json:"key,omitempty"`
		Tool     string            `json:"tool"`
		Gates    *rules.Gates      `json:"gates,omitempty"`
		Outcome  *pipeline.Outcome `json:"outcome,omitempty"`
	}{Decision: d, Key: key, Tool: version, Outcome: out}
	if plan != nil {
		v.Plan, v.Gates = plan.Hash, &plan.Gates
	}
	return v
}

// ledgerPath is where actions are accounted for.
func (a *app) ledgerPath(flag string) string {
	if flag != "" {
		return flag
	}
	return filepath.Join(a.stateFolder(), "ledger.jsonl")
}

func (a *app) ledgerCommand() *cobra.Command {
	c := &cobra.Command{Use: "ledger", Short: "Show and verify the account of actions with personal data"}
	var path string
	c.PersistentFlags().StringVar(&path, "ledger", "", "the ledger (in your state folder if left out)")
	c.AddCommand(&cobra.Command{Use: "verify", Short: "Verify the chain of entries", Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error {
		l := &pipeline.Ledger{Path: a.ledgerPath(path)}
		n, err := l.Each(nil)
		if err != nil {
			return err
		}
		fmt.Fprintf(a.out, a.say("записей %d, цепочка цела\n", "%d entries, the chain holds\n"), n)
		return nil
	}})
	c.AddCommand(&cobra.Command{Use: "show", Short: "Print the entries", Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error {
		l := &pipeline.Ledger{Path: a.ledgerPath(path)}
		_, err := l.Each(func(e *pipeline.Entry) error {
			var d struct {
				Decision struct {
					Export, Recipient, Policy string
					Decision                  string
				}
				Outcome struct{ Rows int64 }
			}
			if json.Unmarshal(e.Detail, &d) != nil {
				return nil
			}
			_, err := fmt.Fprintf(a.out, "%d  %s  %-8s %s/%s → %s: %s, %s %s\n", e.Seq, e.At, e.Action, d.Decision.Policy, d.Decision.Export,
				d.Decision.Recipient, d.Decision.Decision, thousands(d.Outcome.Rows), a.say("строк", "rows"))
			return err
		})
		return err
	}})
	return c
}

func (a *app) maskCommand() *cobra.Command {
	var profile, keyFile, as string
	var workers int
	c := &cobra.Command{
		Use:   "mask < in > out",
		Short: "Mask a stream in flight: text, CSV, JSONL, Telegram in, the same out",
		Long: "Mask a stream in flight. The first 4 MiB decide what the columns hold; every value found is masked by the profile.\n" +
			"When the rest of the stream shows that the decision came too late, the exit code is 3 and the output must not be used.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			p := rules.MaskProfile()
			var err error
			if profile != "" {
				if p, err = readProfile(profile); err != nil {
					return err
				}
			}
			key, err := readKey(keyFile)
			if err != nil {
				return err
			}
			return a.mask(cmd.Context(), p, key, as, workers)
		},
	}
	c.Flags().StringVar(&profile, "profile", "", "how each kind and column is treated (everything personal becomes *** if left out)")
	c.Flags().StringVar(&keyFile, "key-file", "", "key of tokens: a file, env:NAME or cmd:COMMAND; 64 hex digits")
	c.Flags().StringVar(&as, "as", "", "the format of the stream, whatever it looks like")
	c.Flags().IntVar(&workers, "workers", 0, "how many workers (one a core if left out)")
	return c
}

func (a *app) mask(ctx context.Context, p *rules.Profile, key *anonymize.Key, as string, workers int) error {
	src, err := a.open(ctx, "-", &reading{as: as})
	if err != nil {
		return err
	}
	defer src.Close()
	f := &pipeline.Filter{Head: src.(*streamed).first, Stream: src, Workers: workers, Now: time.Now(), Out: a.out,
		Plan: func(seen []rules.Seen) (*rules.Plan, error) { return rules.MaskPlan(p, seen, key) }}
	_, err = f.Run(ctx)
	var gate *pipeline.GateError
	if errors.As(err, &gate) {
		return &exit{code: exitIncomplete, err: gate}
	}
	return err
}

func (a *app) mapCommand() *cobra.Command {
	c := &cobra.Command{Use: "map", Short: "Draft which column is which"}
	var policy string
	var r reading
	draft := &cobra.Command{Use: "draft SOURCE… --policy P", Short: "Draft a map from a scan, for a person to review", Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := readPolicy(policy)
			if err != nil {
				return err
			}
			var seen []rules.Seen
			for _, source := range args {
				s, err := a.seen(cmd.Context(), source, &r)
				if err != nil {
					return err
				}
				seen = append(seen, s...)
			}
			_, err = a.out.Write(rules.DraftMap(p, seen).YAML())
			return err
		}}
	draft.Flags().StringVar(&policy, "policy", "", "policy: a built-in id or a file")
	r.flags(draft)
	c.AddCommand(draft)
	return c
}

// seen scans a source and tells what its columns hold.
func (a *app) seen(ctx context.Context, source string, r *reading) ([]rules.Seen, error) {
	src, err := a.open(ctx, source, r)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	scan := &pipeline.Scan{Source: src, Emit: func(*pipeline.Message) error { return nil }}
	done := a.progress(scan)
	res, err := scan.Survey(ctx)
	done()
	if err != nil {
		return nil, err
	}
	for i := range res.Problems {
		fmt.Fprintf(a.err, "%s %s\n", a.say("НЕ ПРОЧИТАНО", "NOT READ"), where(&res.Problems[i]))
	}
	if !res.Complete() {
		return nil, &exit{code: exitIncomplete}
	}
	return res.Seen(), nil
}
