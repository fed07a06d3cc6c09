package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"bezlik/anonymize"
	"bezlik/rules"
)

// readPolicy takes a built-in policy's id or a file.
func readPolicy(name string) (*rules.Policy, error) {
	if name == "" {
		return nil, wrong("--policy is missing: name a built-in policy (bezlik policy list) or a file")
	}
	for _, id := range rules.BuiltinIDs() {
		if id == name {
			return rules.Builtin(id)
		}
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, wrong("policy %q: neither built in (%s) nor a file that can be read", name, strings.Join(rules.BuiltinIDs(), ", "))
	}
	p, err := rules.ReadPolicy(name, data)
	if err != nil {
		return nil, misread(name, "policy", "pdpolicy/v1", data, err)
	}
	return p, nil
}

// misread tells what is wrong in a file of ours, with the lines. A file that does not even mean to be one, named by
// mistake, may hold people's data: nothing of it is shown.
func misread(name, what, schema string, data []byte, err error) error {
	word, _, _ := strings.Cut(schema, "/")
	if !bytes.Contains(data, []byte(word+"/")) {
		return wrong("%s: this is no %s: the line \"schema: %s\" is missing", name, what, schema)
	}
	return &exit{code: exitUsage, err: err}
}

func readMap(name string, p *rules.Policy) (*rules.Map, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, wrong("map %q cannot be read", name)
	}
	m, err := rules.ReadMap(name, data)
	if err == nil && p != nil {
		err = m.Check(p)
	}
	if err != nil {
		return nil, misread(name, "map", "pdmap/v1", data, err)
	}
	return m, nil
}

func readProfile(name string) (*rules.Profile, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, wrong("profile %q cannot be read", name)
	}
	p, err := rules.ReadProfile(name, data)
	if err != nil {
		return nil, misread(name, "profile", "pdprofile/v1", data, err)
	}
	return p, nil
}

// readKey reads a key by its address: a file, env:NAME or cmd:COMMAND.
func readKey(spec string) (*anonymize.Key, error) {
	if spec == "" {
		return nil, nil
	}
	k, err := anonymize.ReadKey(spec)
	if err != nil {
		return nil, &exit{code: exitUsage, err: clean(err.Error())}
	}
	return k, nil
}

// An asking is the flags of decide and export that say what is asked for.
type asking struct {
	policy, export, recipient, purpose, profile, mapFile string
	columns, documents                                   []string
	identifiable                                         bool
	now                                                  string
}

func (q *asking) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&q.policy, "policy", "", "policy: a built-in id or a file")
	f.StringVar(&q.export, "export", "", "which of the policy's exports")
	f.StringVar(&q.recipient, "recipient", "", "who gets it")
	f.StringVar(&q.purpose, "purpose", "", "what for (the export's own purpose if left out)")
	f.StringVar(&q.profile, "profile", "", "depersonalization profile (the policy's own if left out)")
	f.StringVar(&q.mapFile, "map", "", "which column is which (the scan's own verdict if left out)")
	f.StringSliceVar(&q.columns, "columns", nil, "columns asked for: table.column, comma-separated (all if left out)")
	f.StringSliceVar(&q.documents, "with-document", nil, "id of a document that is at hand")
	f.BoolVar(&q.identifiable, "identifiable", false, "ask for the data as they are, without depersonalization")
	f.StringVar(&q.now, "now", "", "decide as of this date, 2006-01-02 (today if left out)")
}

// request reads the files and makes a request of the flags. The map may be nil still.
func (q *asking) request() (*rules.Policy, *rules.Request, error) {
	p, err := readPolicy(q.policy)
	if err != nil {
		return nil, nil, err
	}
	r := &rules.Request{Export: q.export, Recipient: q.recipient, Purpose: q.purpose, Documents: q.documents, Identifiable: q.identifiable, Now: time.Now()}
	if q.now != "" {
		if r.Now, err = time.Parse(time.DateOnly, q.now); err != nil {
			return nil, nil, wrong("--now is a date like 2026-01-31")
		}
	}
	for _, c := range q.columns {
		object, field := "", c
		if i := strings.LastIndexByte(c, '.'); i >= 0 {
			object, field = c[:i], c[i+1:]
		}
		r.Columns = append(r.Columns, rules.ColumnRef{Object: object, Field: field})
	}
	if q.profile != "" {
		if r.Profile, err = readProfile(q.profile); err != nil {
			return nil, nil, err
		}
		r.ProfilePlace = q.profile
	}
	if q.mapFile != "" {
		if r.Map, err = readMap(q.mapFile, p); err != nil {
			return nil, nil, err
		}
	}
	return p, r, nil
}

func (a *app) decideCommand() *cobra.Command {
	var q asking
	var format string
	c := &cobra.Command{Use: "decide", Short: "Say whether an export would be allowed, and which clause decides", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			p, r, err := q.request()
			if err != nil {
				return err
			}
			if r.Map == nil {
				return wrong("decide needs --map: draft one with bezlik map draft SOURCE --policy %s", q.policy)
			}
			d := rules.Decide(p, *r)
			if err := a.printDecision(d, format); err != nil {
				return err
			}
			return decided(d)
		}}
	q.flags(c)
	c.Flags().StringVar(&format, "format", "text", "text or json")
	return c
}

// decided is the exit of a decision.
func decided(d *rules.Decision) error {
	if code := d.Outcome.Exit(); code != 0 {
		return &exit{code: code}
	}
	return nil
}

func (a *app) printDecision(d *rules.Decision, format string) error {
	switch format {
	case "json":
		b, err := d.JSON()
		if err != nil {
			return err
		}
		_, err = a.out.Write(b)
		return err
	case "text":
		a.decision(a.out, d)
		return nil
	}
	return wrong("--format is text or json")
}

// decision prints a decision for people: the word, the clauses that decided, what follows.
func (a *app) decision(w io.Writer, d *rules.Decision) {
	words := map[rules.Outcome][2]string{
		rules.Refuse:               {"ОТКАЗАНО", "REFUSED"},
		rules.Hold:                 {"ОТЛОЖЕНО", "ON HOLD"},
		rules.Allow:                {"РАЗРЕШЕНО", "ALLOWED"},
		rules.AllowWithObligations: {"РАЗРЕШЕНО С ОБЯЗАТЕЛЬСТВАМИ", "ALLOWED WITH OBLIGATIONS"},
	}
	word := words[d.Outcome]
	fmt.Fprintf(w, "%s: %s → %s", a.say(word[0], word[1]), d.Export, d.Recipient)
	if d.Purpose != "" {
		fmt.Fprintf(w, a.say(", цель %s", ", purpose %s"), d.Purpose)
	}
	fmt.Fprintln(w)
	t := tabwriter.NewWriter(w, 2, 0, 2, ' ', 0)
	for _, r := range d.Deciding() {
		about := r.Gist
		if r.Note != "" {
			about = r.Note + "; " + about
		}
		fmt.Fprintf(t, "  %s\t%s\t%s\t%s\n", r.Effect, r.Clause, r.Column, about)
	}
	t.Flush()
	for _, m := range d.Missing {
		fmt.Fprintf(w, a.say("  не хватает: %s\n", "  missing: %s\n"), m)
	}
	for _, o := range d.Obligations {
		fmt.Fprintf(w, a.say("  обязательство: %s\n", "  obligation: %s\n"), o)
	}
	if len(d.Columns) > 0 && d.Outcome.Allows() {
		t := tabwriter.NewWriter(w, 2, 0, 2, ' ', 0)
		fmt.Fprintln(t, "  "+a.say("колонка\tкатегория\tвид\tспособ\tпункт", "column\tcategory\tkind\tmethod\tclause"))
		for _, c := range d.Columns {
			fmt.Fprintf(t, "  %s.%s\t%s\t%s\t%s\t%s\n", c.Object, c.Field, c.Category, c.Kind, c.Do, c.Clause)
		}
		t.Flush()
	}
	for _, f := range d.Rows {
		fmt.Fprintf(w, a.say("  строки без: %s.%s (%s, %s)\n", "  rows left out by: %s.%s (%s, %s)\n"), f.Object, f.Field, f.Reason, f.Clause)
	}
	for _, l := range d.Law {
		fmt.Fprintf(w, a.say("  закон: %s, %s\n", "  law: %s, %s\n"), l.Act, l.Article)
	}
	if d.Harm != "" {
		fmt.Fprintf(w, a.say("  степень вреда (приказ № 178): %s\n", "  harm grade (Order 178): %s\n"), d.Harm)
	}
}

func (a *app) policyCommand() *cobra.Command {
	c := &cobra.Command{Use: "policy", Short: "List, show, check and verify policies"}
	c.AddCommand(&cobra.Command{Use: "list", Short: "List the built-in policies", Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error {
		t := tabwriter.NewWriter(a.out, 2, 0, 2, ' ', 0)
		for _, id := range rules.BuiltinIDs() {
			p, err := rules.Builtin(id)
			if err != nil {
				return err
			}
			fmt.Fprintf(t, "%s\t%s\n", id, p.Title)
		}
		return t.Flush()
	}})
	c.AddCommand(&cobra.Command{Use: "show POLICY", Short: "Print a policy as it is read", Args: cobra.ExactArgs(1), RunE: func(_ *cobra.Command, args []string) error {
		for _, id := range rules.BuiltinIDs() {
			if id == args[0] {
				_, err := a.out.Write(rules.BuiltinSource(id))
				return err
			}
		}
		if _, err := readPolicy(args[0]); err != nil {
			return err
		}
		data, err := os.ReadFile(args[0])
		if err != nil {
			return err
		}
		_, err = a.out.Write(data)
		return err
	}})
	c.AddCommand(&cobra.Command{Use: "check FILE", Short: "Check that a policy file is well formed", Args: cobra.ExactArgs(1), RunE: func(_ *cobra.Command, args []string) error {
		p, err := readPolicy(args[0])
		if err != nil {
			return err
		}
		fmt.Fprintf(a.out, a.say("%s: политика в порядке, пунктов %d, выгрузок %d\n", "%s: a good policy, %d clauses, %d exports\n"), args[0], len(p.Clauses), len(p.Exports))
		return nil
	}})
	var source string
	verify := &cobra.Command{Use: "verify POLICY --source FILE", Short: "Prove that the clauses a policy cites still stand in its source text", Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			p, err := readPolicy(args[0])
			if err != nil {
				return err
			}
			text, err := os.ReadFile(source)
			if err != nil {
				return &exit{code: exitUsage, err: err}
			}
			if err := p.Verify(text); err != nil {
				return &exit{code: exitIncomplete, err: clean(err.Error())}
			}
			fmt.Fprintf(a.out, a.say("%s: все %d пунктов стоят в источнике, как при чтении\n", "%s: all %d clauses stand in the source as they were read\n"), args[0], len(p.Clauses))
			return nil
		}}
	verify.Flags().StringVar(&source, "source", "", "the policy's own text")
	verify.MarkFlagRequired("source") //nolint:errcheck // the flag exists
	c.AddCommand(verify)
	c.AddCommand(&cobra.Command{Use: "diff A B", Short: "Say what differs between two policies", Args: cobra.ExactArgs(2), RunE: func(_ *cobra.Command, args []string) error {
		p, err := readPolicy(args[0])
		if err != nil {
			return err
		}
		q, err := readPolicy(args[1])
		if err != nil {
			return err
		}
		lines := rules.Diff(p, q)
		for _, l := range lines {
			fmt.Fprintln(a.out, l)
		}
		if len(lines) > 0 {
			return &exit{code: exitFindings}
		}
		return nil
	}})
	return c
}

func (a *app) profileCommand() *cobra.Command {
	c := &cobra.Command{Use: "profile", Short: "Check and draft depersonalization profiles"}
	c.AddCommand(&cobra.Command{Use: "check FILE", Short: "Check that a profile is well formed", Args: cobra.ExactArgs(1), RunE: func(_ *cobra.Command, args []string) error {
		p, err := readProfile(args[0])
		if err != nil {
			return err
		}
		fmt.Fprintf(a.out, a.say("%s: профиль в порядке, правил %d\n", "%s: a good profile, %d rules\n"), args[0], len(p.Columns))
		return nil
	}})
	var policy, mapFile string
	draft := &cobra.Command{Use: "draft", Short: "Draft a profile for a policy and a map", Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error {
		p, err := readPolicy(policy)
		if err != nil {
			return err
		}
		m, err := readMap(mapFile, p)
		if err != nil {
			return err
		}
		_, err = a.out.Write(rules.DraftProfile(p, m).YAML())
		return err
	}}
	draft.Flags().StringVar(&policy, "policy", "", "policy: a built-in id or a file")
	draft.Flags().StringVar(&mapFile, "map", "", "which column is which")
	draft.MarkFlagRequired("policy") //nolint:errcheck // the flag exists
	draft.MarkFlagRequired("map")    //nolint:errcheck // the flag exists
	c.AddCommand(draft)
	return c
}
