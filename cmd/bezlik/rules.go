package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"bezlik/anonymize"
	"bezlik/detectors"
	"bezlik/pipeline"
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
	if err != nil {
		return nil, misread(name, "map", "pdmap/v1", data, err)
	}
	if p != nil {
		if err := m.Check(p); err != nil {
			return nil, wrong("%s: %v", name, err)
		}
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

func (q *asking) flags(c *cobra.Command, aboutMap string) {
	f := c.Flags()
	f.StringVar(&q.policy, "policy", "", "policy: a built-in id or a file")
	f.StringVar(&q.export, "export", "", "which of the policy's exports")
	f.StringVar(&q.recipient, "recipient", "", "who gets it")
	f.StringVar(&q.purpose, "purpose", "", "what for (the export's own purpose if left out)")
	f.StringVar(&q.profile, "profile", "", "depersonalization profile (the policy's own if left out)")
	f.StringVar(&q.mapFile, "map", "", aboutMap)
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
	if err := q.known(p); err != nil {
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

// known says which names of the request are no names of the policy at all. A recipient or a purpose that the policy does
// not name is another matter: the policy refuses them.
func (q *asking) known(p *rules.Policy) error {
	var exports []string
	for _, x := range p.Exports {
		exports = append(exports, x.ID)
	}
	if !slices.Contains(exports, q.export) {
		if q.export == "" {
			return wrong("--export is missing: policy %s has %s", p.ID, strings.Join(exports, ", "))
		}
		return wrong("--export %s: policy %s has no such export; it has %s", q.export, p.ID, strings.Join(exports, ", "))
	}
	if q.recipient == "" {
		return wrong("--recipient is missing: name who gets it")
	}
	var documents []string
	for _, d := range append(slices.Clone(rules.Law().Documents), p.Documents...) {
		documents = append(documents, d.ID)
	}
	for _, d := range q.documents {
		if !slices.Contains(documents, d) {
			return wrong("--with-document %s: no such document; known are %s", d, strings.Join(documents, ", "))
		}
	}
	return nil
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
	q.flags(c, "which column is which: a reviewed draft of bezlik map draft (required)")
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
	fmt.Fprintf(w, "%s: %s → %s", a.say(word[0], word[1]), printable(d.Export), printable(d.Recipient))
	if d.Purpose != "" {
		fmt.Fprintf(w, a.say(", цель %s", ", purpose %s"), printable(d.Purpose))
	}
	fmt.Fprintln(w)
	a.reasons(w, d.Deciding())
	for _, m := range d.Missing {
		fmt.Fprintf(w, a.say("  не хватает: %s\n", "  missing: %s\n"), printable(a.missing(m, d)))
	}
	for _, o := range d.Obligations {
		fmt.Fprintf(w, a.say("  обязательство: %s\n", "  obligation: %s\n"), printable(a.plain(o)))
	}
	if d.Outcome.Allows() {
		a.columns(w, d.Columns)
	}
	if n := len(d.NotInMap); n > 0 {
		fmt.Fprintf(w, a.say("  нет в карте, остаётся: %d (%s)\n", "  not in the map, left out: %d (%s)\n"), n, few(d.NotInMap))
	}
	for _, f := range d.Rows {
		fmt.Fprintf(w, a.say("  исключены строки по: %s.%s (%s, %s)\n", "  rows left out by: %s.%s (%s, %s)\n"), printable(f.Object), printable(f.Field), a.word(f.Reason), a.clause(f.Clause))
	}
	var acts []string
	articles := map[string][]string{}
	for _, l := range d.Law {
		if articles[l.Act] == nil {
			acts = append(acts, l.Act)
		}
		articles[l.Act] = append(articles[l.Act], l.Article)
	}
	for _, act := range acts {
		fmt.Fprintf(w, a.say("  закон: %s\n", "  law: %s\n"), a.law(act, articles[act]))
	}
	if d.Harm != "" {
		fmt.Fprintf(w, a.say("  степень вреда (приказ № 178): %s\n", "  harm grade (Order 178): %s\n"), a.word(d.Harm))
	}
}

// reasons prints every clause that decided once, with its gist; below it, what exactly, and the columns it concerns.
func (a *app) reasons(w io.Writer, all []rules.Reason) {
	type clause struct {
		effect   rules.Effect
		at, gist string
	}
	var order []clause
	notes := map[clause][]string{}
	columns := map[clause]map[string][]string{} // by note
	for _, r := range all {
		c := clause{r.Effect, r.Clause, r.Gist}
		if a.lang == "ru" && r.GistRu != "" {
			c.gist = r.GistRu
		}
		if columns[c] == nil {
			order, columns[c] = append(order, c), map[string][]string{}
		}
		if _, ok := columns[c][r.Note]; !ok {
			notes[c], columns[c][r.Note] = append(notes[c], r.Note), nil
		}
		if r.Column != "" {
			columns[c][r.Note] = append(columns[c][r.Note], r.Column)
		}
	}
	t := tabwriter.NewWriter(w, 2, 0, 2, ' ', 0)
	said := map[string]bool{}
	for _, c := range order {
		gist := printable(c.gist)
		if said[c.at+gist] {
			gist = a.say("(см. выше)", "(as above)")
		}
		said[c.at+gist] = true
		fmt.Fprintf(t, "  %s\t%s\t%s\n", strings.TrimPrefix(a.word("clause "+string(c.effect)), "clause "), printable(a.clause(c.at)), gist)
		for _, note := range notes[c] {
			var about []string
			if note != "" {
				about = append(about, printable(a.plain(note)))
			}
			if list := columns[c][note]; len(list) > 0 {
				about = append(about, printable(strings.Join(shorter(list), ", ")))
			}
			if len(about) > 0 {
				fmt.Fprintf(t, "  \t\t– %s\n", strings.Join(about, ": "))
			}
		}
	}
	t.Flush()
}

// shorter names an object once for columns of it that follow each other: "users.phone", "email".
func shorter(columns []string) []string {
	short, last := make([]string, len(columns)), ""
	for i, c := range columns {
		dot := strings.LastIndexByte(c, '.')
		if short[i] = c; dot >= 0 && last == c[:dot+1] {
			short[i] = c[dot+1:]
		}
		last = c[:dot+1]
	}
	return short
}

// columns prints how the columns leave. Those that a clause keeps back are told with it.
func (a *app) columns(w io.Writer, all []rules.ColumnPlan) {
	t := tabwriter.NewWriter(w, 2, 0, 2, ' ', 0)
	fmt.Fprintln(t, "  "+a.say("колонка\tкатегория\tвид\tспособ\tпункт", "column\tcategory\tkind\tmethod\tclause"))
	left := 0
	for _, c := range all {
		if c.Do == "drop" || c.Do == "hold" {
			left++
			continue
		}
		fmt.Fprintf(t, "  %s.%s\t%s\t%s\t%s\t%s\n", printable(c.Object), printable(c.Field), printable(c.Category), printable(string(c.Kind)), a.word(c.Do), printable(a.clause(c.Clause)))
	}
	if left < len(all) {
		t.Flush()
	}
	if left > 0 {
		fmt.Fprintf(w, a.say("  остаётся колонок: %d\n", "  columns that stay behind: %d\n"), left)
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
			fmt.Fprintf(t, "%s\t%s\n", id, a.plain(p.Title))
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
		fmt.Fprintf(a.out, a.say("%s: политика в порядке, %s, %s\n", "%s: a good policy, %s, %s\n"), args[0],
			a.many(int64(len(p.Clauses)), "пункт|пункта|пунктов", "clause|clauses"), a.many(int64(len(p.Exports)), "выгрузка|выгрузки|выгрузок", "export|exports"))
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
				return &exit{code: exitUsage, err: pipeline.Sanitize(source, err)}
			}
			if err := p.Verify(text); err != nil {
				return &exit{code: exitIncomplete, err: clean(err.Error())}
			}
			fmt.Fprintf(a.out, a.say("%s: все пункты (%d) стоят в источнике такими, какими были прочитаны\n", "%s: all %d clauses stand in the source as they were read\n"), args[0], len(p.Clauses))
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

// readKinds reads a file of the user's own kinds; data is what stands in it.
func readKinds(name string) (all []detectors.Rule, data []byte, err error) {
	if data, err = os.ReadFile(name); err != nil {
		return nil, nil, wrong("rules %q cannot be read", name)
	}
	if all, err = rules.ReadKinds(name, data); err != nil {
		return nil, nil, misread(name, "file of kinds", "pdkinds/v1", data, err)
	}
	return all, data, nil
}

// addKinds declares the kinds of --rules for the time of this command; the undo of what was declared is kept.
func (a *app) addKinds() error {
	for _, name := range a.rules {
		all, data, err := readKinds(name)
		if err != nil {
			return err
		}
		digest := sha256.Sum256(data)
		a.ruleset += "+" + hex.EncodeToString(digest[:8])
		undo, err := detectors.Add(all)
		if err != nil {
			return &exit{code: exitUsage, err: clean(name + ": " + err.Error())}
		}
		a.undo = append(a.undo, undo)
	}
	return nil
}

func (a *app) rulesCommand() *cobra.Command {
	c := &cobra.Command{Use: "rules", Short: "Kinds of data of your own"}
	c.AddCommand(&cobra.Command{Use: "check FILE", Short: "Check a file of kinds, and try each on its examples", Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			all, _, err := readKinds(args[0])
			if err != nil {
				return err
			}
			undo, err := detectors.Add(all)
			if err != nil {
				return &exit{code: exitUsage, err: clean(args[0] + ": " + err.Error())}
			}
			defer undo()
			t := tabwriter.NewWriter(a.out, 2, 0, 2, ' ', 0)
			fmt.Fprintln(t, a.say("вид\tкласс\tчто это\tпримеры\tконтрпримеры", "kind\tclass\twhat it is\tgood examples\tbad examples"))
			for i := range all {
				r := &all[i]
				fmt.Fprintf(t, "%s\t%s\t%s\t%d\t%d\n", r.Kind, a.word(r.Class.String()), a.say(r.Doc.RU, r.Doc.EN), len(r.Good), len(r.Bad))
			}
			if err := t.Flush(); err != nil {
				return err
			}
			_, err = fmt.Fprintf(a.out, a.say("%s: всё в порядке, %s\n", "%s: all is well, %s\n"), args[0], a.many(int64(len(all)), "вид|вида|видов", "kind|kinds"))
			return err
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
		fmt.Fprintf(a.out, a.say("%s: профиль в порядке, %s\n", "%s: a good profile, %s\n"), args[0], a.many(int64(len(p.Columns)), "правило|правила|правил", "rule|rules"))
		for _, family := range p.ActsLacking() {
			fmt.Fprintf(a.out, a.say("acts.%s пусто: пока здесь нет номера вашего локального акта, выгрузка будет отказана (приказ 140)\n",
				"acts.%s is empty: an export is refused until the number of your local act stands there (Order 140)\n"), family)
		}
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
		_, err = a.out.Write(a.remarks(rules.DraftProfile(p, m).YAML()))
		return err
	}}
	draft.Flags().StringVar(&policy, "policy", "", "policy: a built-in id or a file")
	draft.Flags().StringVar(&mapFile, "map", "", "which column is which")
	draft.MarkFlagRequired("policy") //nolint:errcheck // the flag exists
	draft.MarkFlagRequired("map")    //nolint:errcheck // the flag exists
	c.AddCommand(draft)
	return c
}
