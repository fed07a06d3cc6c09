package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bezlik/anonymize"
	"bezlik/connectors"
	"bezlik/connectors/csvfile"
	"bezlik/connectors/filesink"
	"bezlik/connectors/folder"
	"bezlik/connectors/jsonl"
	"bezlik/connectors/textenc"
	"bezlik/detectors"
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
		RunE: func(cmd *cobra.Command, _ []string) error {
			defer useCores(x.workers)()
			return x.run(cmd.Context())
		},
	}
	x.asking.flags(c, "which column is which (the scan's own verdict if left out)")
	x.reading.flags(c)
	f := c.Flags()
	f.StringVar(&x.from, "from", "", "what is exported: a path or URL")
	f.StringVar(&x.to, "to", "", "the folder that the export becomes; it must not exist, or hold an earlier export")
	f.StringVar(&x.form, "to-format", "csv", "csv, jsonl, or own: the source's own format, byte for byte but for changed cells")
	f.StringVar(&x.keyFile, "key-file", "", "key of tokens: a file, env:NAME or cmd:COMMAND; 64 hex digits")
	f.StringVar(&x.ledger, "ledger", "", "where actions are accounted for (in your state folder if left out)")
	f.StringVar(&x.decisionFormat, "format", "text", "of the decision: text or json")
	f.IntVar(&x.workers, "workers", 0, "how many cores to use (all if left out)")
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
	files                                           []manifestFile     // as they were published
	tells                                           func([]byte) error // what a file beside the data gives away
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
	book := &pipeline.Ledger{Path: a.ledgerPath(x.ledger)}
	if err := x.bookIsSound(book); err != nil {
		return err
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
	d.NotInMap = notInMap(request.Map, survey)
	if err := a.printDecision(d, x.decisionFormat); err != nil {
		return err
	}
	var head pipeline.Head
	record := func(action string, detail entry) (err error) {
		if head, err = book.Add(action, detail, time.Now()); err != nil {
			return pipeline.Sanitize(book.Path, err)
		}
		return nil
	}
	if !d.Outcome.Allows() {
		if err := record(pipeline.ActionRefused, entry{Decision: d, Tool: version, Reason: inShort(d)}); err != nil {
			return err
		}
		return decided(d)
	}
	plan, err := rules.NewPlan(d, request.Map, request.Profile, key)
	if err != nil {
		return unplanned(err, key)
	}
	x.tells = func(manifest []byte) error { // what is handed over beside the data is asked about, too
		r := *request
		r.Bundle = []rules.BundleFile{{Name: "manifest.json", Text: manifest}}
		if again := rules.Decide(policy, r); !again.Outcome.Allows() {
			return &pipeline.GateError{Gate: "bundle", Object: "manifest.json", Message: inShort(again)}
		}
		return nil
	}
	about := account(d, plan, key)
	if err := record(pipeline.ActionScope, about); err != nil {
		return err
	}
	out, err := x.publish(ctx, src, survey, d, plan, format, exact)
	var rough *pipeline.OverviewError
	if errors.As(err, &rough) && ctx.Err() == nil {
		a.note("первые строки сказали не всё: источник читается ещё раз", "the first rows did not say everything: the source is read once more")
		if survey, err = x.survey(ctx, src, false); err == nil {
			d.NotInMap = notInMap(request.Map, survey)
			out, err = x.publish(ctx, src, survey, d, plan, format, exact)
		}
	}
	var gate *pipeline.GateError
	switch {
	case errors.As(err, &gate):
		about.Outcome, about.Reason = out, gate.Error()
		return errors.Join(err, record(pipeline.ActionRefused, about))
	case err != nil:
		p := pipeline.Sanitize(x.to, err)
		about.Reason = p.Message
		failed := errors.Join(p, record(pipeline.ActionFailed, about))
		if p.Kind == "no_exact" || p.Kind == "no_rows" { // --to-format asked for what the source cannot be
			return &exit{code: exitUsage, err: failed}
		}
		return failed
	}
	if out.Dropped+out.Suppressed > 0 {
		d.RowsDropped()
	}
	about.Outcome, about.Files = out, x.files
	if err := record(pipeline.ActionExport, about); err != nil {
		return &exit{code: exitIncomplete, err: clean(fmt.Sprintf(a.say("выгрузка ОПУБЛИКОВАНА (%s), но в учёте её нет — внесите её сами: %s",
			"the export IS published (%s), but its entry in the ledger is missing, account for it by hand: %s"), x.to, a.where(pipeline.Sanitize(book.Path, err))))}
	}
	x.told(out, head)
	return nil
}

// told says what was exported, and how the ledger ends now.
func (x *export) told(out *pipeline.Outcome, head pipeline.Head) {
	a := x.app
	if n := len(out.Left); n > 0 {
		a.note("не опубликованы, ни одной колонки нельзя: %d (%s)", "not published, no column of theirs may leave: %d (%s)", n, few(out.Left))
	}
	k := ""
	if out.SmallestK > 0 {
		k = fmt.Sprintf(a.say(" (наименьшая группа похожих: %d)", " (smallest group of alike: %d)"), out.SmallestK)
	}
	rows := func(n int64) string { return a.many(n, "строка|строки|строк", "row|rows") }
	a.note("выгружено: %s, %s; изменено: %s, исключено: %s, подавлено: %s%s → %s",
		"exported: %s, %s; %s changed, %s left out, %s suppressed%s → %s",
		a.many(int64(len(out.Objects)), "объект|объекта|объектов", "object|objects"), rows(out.Rows),
		a.many(out.Changed, "ячейка|ячейки|ячеек", "cell|cells"), rows(out.Dropped), rows(out.Suppressed), k, printable(x.to))
	a.note("в учёте %s, последний хеш %s: запишите то и другое в другом месте", "the ledger has %s, head %s: note both elsewhere",
		a.many(head.Entries, "запись|записи|записей", "entry|entries"), head.Hash)
}

// bookIsSound verifies the ledger before anything is read. A torn last line is what a crash leaves, and the next entry
// mends it.
func (x *export) bookIsSound(book *pipeline.Ledger) error {
	if err := apart("--ledger", book.Path, []string{x.from}); err != nil {
		return err
	}
	if rel, err := filepath.Rel(resolved(x.to), resolved(book.Path)); err == nil && filepath.IsLocal(rel) {
		return wrong("--ledger %s lies inside the export, which a later one replaces: name a place outside of it", book.Path)
	}
	head, err := book.Verify(nil)
	var broken *pipeline.ErrLedger
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.As(err, &broken) && broken.Torn:
		return nil
	case err == nil && head.Entries == 0:
		x.app.note("%s: учёт пуст и начинается заново", "%s: the ledger is empty and begins anew", printable(book.Path))
		return nil
	case err != nil:
		return pipeline.Sanitize(book.Path, err)
	}
	return nil
}

// unplanned says why a plan could not be made.
func unplanned(err error, key *anonymize.Key) error {
	text := err.Error()
	if key == nil && strings.Contains(text, "needs a key") {
		text += ": name one with --key-file"
	}
	return &exit{code: exitUsage, err: clean(text)}
}

// notInMap lists what the source holds and the map does not name: whole objects, and columns of others.
func notInMap(m *rules.Map, survey *pipeline.Result) []string {
	known := map[string]map[string]bool{}
	for _, o := range m.Objects {
		known[o.Object] = map[string]bool{}
		for _, c := range o.Columns {
			known[o.Object][c.Column] = true
		}
	}
	var left []string
	for _, inv := range survey.Inventories {
		if known[inv.Object] == nil {
			left = append(left, inv.Object)
			continue
		}
		for i := range inv.Fields {
			if f := &inv.Fields[i]; !f.Key && !known[inv.Object][f.Field] {
				left = append(left, inv.Object+"."+f.Field)
			}
		}
	}
	return left
}

// inShort tells the reasons of a refusal or a hold in a line.
func inShort(d *rules.Decision) string {
	var all []string
	for _, r := range d.Deciding() {
		text := cmp.Or(r.Note, r.Gist) + " (" + r.Clause + ")"
		if !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	return strings.Join(all, "; ")
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
		fmt.Fprintf(a.err, "%s %s\n", a.say("НЕ ПРОЧИТАНО", "NOT READ"), a.where(&survey.Problems[i]))
	}
	if left := excluded(src); len(left) > 0 {
		a.note("исключено по просьбе: %d (%s)", "left out as asked: %d (%s)", len(left), few(left))
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
			var b []byte
			var err error
			if x.files, b, err = manifest(d, o, sink.Path); err != nil {
				return nil, err
			}
			return b, x.tells(b)
		}}
	show, done := x.app.meter()
	e.Progress = show
	defer done()
	out, err := e.Run(ctx)
	for _, p := range stage.Notes() {
		fmt.Fprintf(x.app.err, "%s %s\n", x.app.say("заметка:", "note:"), x.app.where(&p))
	}
	return out, err
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
	if form == "csv" { // we know what we wrote
		return csvfile.Open(path, object, csvfile.Options{Comma: ',', Header: csvfile.Present, Encoding: textenc.UTF8, Encoded: true, MaxRecord: 1 << 30})
	}
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

func manifest(d *rules.Decision, o *pipeline.Outcome, path func(string) string) ([]manifestFile, []byte, error) {
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
			return nil, nil, err
		}
		h := sha256.New()
		n, err := io.Copy(h, f)
		if err = errors.Join(err, f.Close()); err != nil {
			return nil, nil, err
		}
		m.Files = append(m.Files, manifestFile{Name: obj.File, Rows: obj.Rows, Columns: obj.Columns, Bytes: n, SHA256: hex.EncodeToString(h.Sum(nil))})
	}
	b, err := json.MarshalIndent(m, "", "  ")
	return m.Files, append(b, '\n'), err
}

// An entry is what the ledger keeps of an export: what was decided and done, and how. It holds no values, and it is
// our own: methods, parameters and software are told to nobody else (Order 140, annex 1, 2(2)).
type entry struct {
	Decision *rules.Decision                   `json:"decision"`
	Reason   string                            `json:"reason,omitempty"` // of a refusal or a failure
	Plan     string                            `json:"plan,omitempty"`   // its hash
	Key      string                            `json:"key,omitempty"`    // its name
	Tool     string                            `json:"tool"`
	Gates    *rules.Gates                      `json:"gates,omitempty"`
	Methods  []method                          `json:"methods,omitempty"`
	Inside   map[detectors.Kind]anonymize.Spec `json:"inside,omitempty"` // what replaces values found in cells that stay; "": others
	Outcome  *pipeline.Outcome                 `json:"outcome,omitempty"`
	Files    []manifestFile                    `json:"files,omitempty"`
}

// A method is what was done with a column, with all parameters.
type method struct {
	Object string `json:"object"`
	Column string `json:"column"`
	anonymize.Spec
	Clause string `json:"clause,omitempty"` // of Order 140
}

// account begins the entry of an export from its plan.
func account(d *rules.Decision, plan *rules.Plan, key *anonymize.Key) entry {
	e := entry{Decision: d, Tool: version, Plan: plan.Hash, Gates: &plan.Gates, Inside: plan.Specs}
	if key != nil {
		e.Key = key.ID()
	}
	for _, object := range slices.Sorted(maps.Keys(plan.Objects)) {
		for _, c := range plan.Objects[object].Columns {
			m := method{Object: object, Column: c.Field, Spec: c.Spec, Clause: anonymize.Clause(c.Do)}
			m.Do = c.Do
			e.Methods = append(e.Methods, m)
		}
	}
	return e
}
