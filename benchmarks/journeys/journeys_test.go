package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"bezlik/benchmarks/corpus"
	"bezlik/connectors/postgres/pgtest"
)

// TestMain lets this binary stand in for bezlik and for the launcher, so that the runner is tested without
// either being measured.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == launchWord {
		os.Exit(launch(os.Args[2:]))
	}
	if way := os.Getenv("JOURNEYS_FAKE"); way != "" && len(os.Args) > 1 && !strings.HasPrefix(os.Args[1], "-test.") {
		os.Exit(fake(way, os.Args[1:]))
	}
	pgtest.Main(m)
}

// fake is a bezlik that knows the corpora: it finds what their truth says. The way "blind" misses every
// twentieth item, "lazy" masks nothing, "short" loses a row, "broken" fails.
func fake(way string, args []string) int {
	if way == "broken" {
		fmt.Fprintln(os.Stderr, "it broke")
		return 3
	}
	var err error
	switch source := args[len(args)-1]; args[0] {
	case "scan":
		err = fakeScan(way, args, source)
	case "mask":
		err = fakeMask(way, os.Stdin, os.Stdout)
	case "export":
		err = fakeExport(way, args)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 3
	}
	if s, err := os.Stat(args[len(args)-1]); args[0] == "scan" && (err != nil || s.Size() > 0) { // a database or a file with something in it
		return 1
	}
	return 0
}

func fakeScan(way string, args []string, source string) error {
	if !slices.Contains(args, "jsonl") {
		return nil
	}
	o := corpus.Options{Kind: "copy", Seed: corpus.Seed}
	if strings.HasPrefix(source, "postgres://") {
		rows, err := count(source)
		if err != nil {
			return err
		}
		o.Rows = rows
	} else {
		b, err := os.ReadFile(source + ".meta.json")
		if err != nil {
			return err
		}
		var meta corpus.Meta
		if err := json.Unmarshal(b, &meta); err != nil {
			return err
		}
		o = corpus.Options{Kind: meta.Kind, Seed: meta.Seed, Rows: meta.Rows, With: meta.With}
	}
	n := 0
	e := json.NewEncoder(os.Stdout)
	o.Truth = func(p *corpus.Planted) {
		if n++; way == "blind" && n%20 == 0 {
			return
		}
		e.Encode(map[string]any{"finding": map[string]any{"kind": p.Kind, "normal": string(p.Value), "row": p.Row}})
	}
	if _, err := corpus.Write(io.Discard, o); err != nil {
		return err
	}
	return e.Encode(map[string]any{"end": map[string]any{"complete": true}})
}

func count(url string) (n int64, err error) {
	c, err := pgconn.Connect(context.Background(), url)
	if err != nil {
		return 0, err
	}
	defer c.Close(context.Background())
	r, err := c.Exec(context.Background(), "SELECT count(*) FROM users").ReadAll()
	if err != nil {
		return 0, err
	}
	_, err = fmt.Sscan(string(r[0].Rows[0][0]), &n)
	return n, err
}

func fakeMask(way string, in io.Reader, out io.Writer) error {
	b := bufio.NewReader(in)
	if head, _ := b.Peek(3); string(head) != "id," {
		return fakeMaskText(way, b, out)
	}
	r, w := csv.NewReader(b), csv.NewWriter(out)
	for n := 0; ; n++ {
		record, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		for i := range record {
			if n > 0 && way != "lazy" {
				record[i] = "***"
			}
		}
		if n == 1 && way == "short" {
			continue
		}
		w.Write(record)
	}
	w.Flush()
	return w.Error()
}

func fakeMaskText(way string, in *bufio.Reader, out io.Writer) error {
	for n := 0; ; n++ {
		line, err := in.ReadString('\n')
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if way != "lazy" {
			line = "***\n"
		}
		if n == 1 && way == "short" {
			continue
		}
		if _, err := io.WriteString(out, line); err != nil {
			return err
		}
	}
}

func fakeExport(way string, args []string) error {
	from, to := args[slices.Index(args, "--from")+1], args[slices.Index(args, "--to")+1]
	c, err := pgconn.Connect(context.Background(), from)
	if err != nil {
		return err
	}
	defer c.Close(context.Background())
	var b bytes.Buffer
	if _, err := c.CopyTo(context.Background(), &b, "COPY users TO STDOUT (FORMAT csv, HEADER)"); err != nil {
		return err
	}
	if err := os.Mkdir(to, 0o755); err != nil {
		return err
	}
	f, err := os.Create(filepath.Join(to, "users.csv"))
	if err != nil {
		return err
	}
	defer f.Close()
	return fakeMask(way, &b, f)
}

// quick runs the runner with a fake bezlik.
func quick(t *testing.T, way string, args ...string) (table, result string, err error) {
	t.Helper()
	t.Setenv("JOURNEYS_FAKE", way)
	self, e := os.Executable()
	if e != nil {
		t.Fatal(e)
	}
	dir := t.TempDir()
	var out, log bytes.Buffer
	err = run(context.Background(), append([]string{"-quick", "-bezlik", self, "-portable", self, "-results", dir}, args...), &out, &log)
	if files, _ := filepath.Glob(filepath.Join(dir, "*", "result.json")); len(files) == 1 {
		b, e := os.ReadFile(files[0])
		if e != nil {
			t.Fatal(e)
		}
		result = string(b)
	}
	return out.String(), result, err
}

func TestRunner(t *testing.T) {
	table, result, err := quick(t, "good", "-goals", "1,2,3,4,5,6,7,9,11,12,15,16,19,21,24")
	if err != nil {
		t.Fatalf("%v\n%s", err, table)
	}
	var r report
	if err := json.Unmarshal([]byte(result), &r); err != nil {
		t.Fatal(err)
	}
	// 21 lines of goals, 4 of absolute memory; log portable access log.small csv masked maskedtext telegram jsonl pg exported log.big tokenized
	if len(r.Goals) != 25 || len(r.Checks) != 13 {
		t.Errorf("%d goals and %d checks", len(r.Goals), len(r.Checks))
	}
	for _, l := range r.Goals {
		if l.Verdict != "quick" && l.Verdict != "report" {
			t.Errorf("goal %s is %s: %s", l.ID, l.Verdict, l.Why)
		}
	}
	for _, c := range r.Checks {
		if !c.ok() || c.Found != c.Planted {
			t.Errorf("check %s", c)
		}
	}
	for _, s := range []string{"spin 2", "rg text", "MB/s per CPU s", "quiet rounds", "goal 4 is quick: pdscan is not there", "goal 5 is quick: gitleaks is not there"} {
		if !strings.Contains(table, s) {
			t.Errorf("the table does not say %q", s)
		}
	}
	for _, s := range r.Tables[0].Series {
		if len(s.CPU) != 2 || s.RSS[0] < 100_000 || s.Wall[0] <= 0 {
			t.Errorf("%s: %v %v %v", s.Name, s.CPU, s.Wall, s.RSS)
		}
	}
}

// TestFiguresAreVoid: whoever does not find, does not mask, or loses rows, has no figure.
func TestFiguresAreVoid(t *testing.T) {
	for way, ids := range map[string]string{"blind": "2,4,6,21", "lazy": "7,9,21", "short": "7,9,21"} {
		table, _, err := quick(t, way, "-goals", ids)
		if !errors.Is(err, errMissed) {
			t.Errorf("%s: %v", way, err)
		}
		for id := range strings.SplitSeq(ids, ",") {
			if !strings.Contains(table, "goal "+id+" is void") {
				t.Errorf("%s: goal %s is not void\n%s", way, id, table)
			}
		}
	}
	if _, _, err := quick(t, "broken", "-goals", "1"); err == nil || !strings.Contains(err.Error(), "exit code 3") {
		t.Errorf("broken: %v", err)
	}
}

func TestMissingProgramNamesItsPackage(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := account(context.Background(), &command{Name: "rg text"}, []string{"rg"}, os.DevNull, os.DevNull)
	if err == nil || !strings.Contains(err.Error(), "Debian package ripgrep") {
		t.Errorf("got %v", err)
	}
	_, err = account(context.Background(), &command{Name: "psql copy"}, []string{"psql"}, os.DevNull, os.DevNull)
	if err == nil || !strings.Contains(err.Error(), "Debian package postgresql-client") {
		t.Errorf("got %v", err)
	}
}

// TestAccountIsOfTheChild: a runner with much memory does not lend it to what it measures.
func TestAccountIsOfTheChild(t *testing.T) {
	ballast := bytes.Repeat([]byte{1}, 200<<20)
	u, err := account(context.Background(), &command{Name: "true"}, []string{"true"}, os.DevNull, os.DevNull)
	if err != nil || u.RSS > 60<<20 || u.Exit != 0 {
		t.Errorf("%+v %v", u, err)
	}
	u, err = account(context.Background(), &command{Name: "sh", OK: []int{4}}, []string{"sh", "-c", "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done; exit 4"}, os.DevNull, os.DevNull)
	if err != nil || u.Exit != 4 || u.CPU <= 0.01 || u.CPU > 30 {
		t.Errorf("%+v %v", u, err)
	}
	if ballast[len(ballast)-1] != 1 {
		t.Error("no ballast")
	}
}

// TestManyRunsOfOneRound: the account of three runs is that of the mean one.
func TestManyRunsOfOneRound(t *testing.T) {
	file := filepath.Join(t.TempDir(), "runs")
	u, err := account(context.Background(), &command{Name: "sh", Times: 3}, []string{"sh", "-c", `echo run >> "$0"; sleep 0.2`, file}, os.DevNull, os.DevNull)
	if err != nil || u.Wall < 0.2 || u.Wall >= 0.6 {
		t.Errorf("%+v %v", u, err)
	}
	if b, err := os.ReadFile(file); err != nil || string(b) != "run\nrun\nrun\n" {
		t.Errorf("%q %v", b, err)
	}
}

// examples hold eleven matches, counted by hand. Петровне ends in -вне, which the pattern does not know, and an address
// does not begin with a Cyrillic letter.
const examples = "+7 (916) 123-45-67\n8-916-123-45-67\nа@b.ru a.b@example.org\n112-233-445 95\n45 08 123456\n4508 № 123456\n1234567890\n" +
	"2200 1234 5678 9012\nИванов Иван Иванович\nИвановой Анне Петровне\nИванов И. О.\nИ.О. Иванов\nпросто текст 12.03.2026\n123456789\n"

func TestPatternsCountExamples(t *testing.T) {
	if _, err := exec.LookPath("rg"); err != nil {
		t.Fatal("rg not found: install the Debian package ripgrep")
	}
	file := filepath.Join(t.TempDir(), "a.txt")
	if err := os.WriteFile(file, []byte(examples), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("rg", "--count-matches", alternation(), file).Output()
	if err != nil || strings.TrimSpace(string(out)) != "11" {
		t.Errorf("%s matches: %v", out, err)
	}
}

// TestPatternsOfRE2 counts the same examples: what gitleaks is given matches what ripgrep is given.
func TestPatternsOfRE2(t *testing.T) {
	if got := len(regexp.MustCompile(re2(alternation())).FindAllString(examples, -1)); got != 11 {
		t.Errorf("%d matches, wanted 11", got)
	}
	rules := regexp.MustCompile("(?m)^regex = '''(.*)'''$").FindAllStringSubmatch(gitleaksRules(), -1)
	if len(rules) != len(patterns) {
		t.Fatalf("%d rules for %d patterns", len(rules), len(patterns))
	}
	for _, r := range rules {
		if !regexp.MustCompile(r[1]).MatchString(examples) {
			t.Errorf("%s matches none of the examples", r[1])
		}
	}
}

// moduleProxy serves one module from a folder, as go mod download wants it.
func moduleProxy(t *testing.T, module, revision string, files map[string]string) {
	t.Helper()
	dir := t.TempDir()
	at := filepath.Join(dir, filepath.FromSlash(module), "@v")
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range files {
		w, err := z.Create(module + "@" + revision + "/" + name)
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(z.Close(), os.MkdirAll(at, 0o755)); err != nil {
		t.Fatal(err)
	}
	for ending, text := range map[string]string{"info": `{"Version":"` + revision + `"}`, "mod": files["go.mod"], "zip": b.String()} {
		if err := os.WriteFile(filepath.Join(at, revision+"."+ending), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("GOPROXY", "file://"+filepath.ToSlash(dir))
	t.Setenv("GOSUMDB", "off")
	t.Setenv("GOFLAGS", "-modcacherw")
	t.Setenv("GOMODCACHE", t.TempDir())
}

// TestForeignModuleOfANewerGo: a peer that asks for a Go of the future is built with ours.
func TestForeignModuleOfANewerGo(t *testing.T) {
	moduleProxy(t, "example.com/peer", "v1.0.0", map[string]string{
		"go.mod":  "module example.com/peer\n\ngo 1.99.1\n\ntoolchain go1.99.2\n",
		"main.go": "package main\n\nfunc main() { println(\"here\") }\n",
	})
	p, err := buildForeign(t.TempDir(), "peer", "example.com/peer", "v1.0.0")
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(p).CombinedOutput(); err != nil || string(out) != "here\n" {
		t.Errorf("%q %v", out, err)
	}
	if _, err := buildForeign(t.TempDir(), "peer", "example.com/peer", "v1.0.1"); err == nil {
		t.Error("a version that there is not was built")
	}
}

// TestPeerMissing: without its peer a goal is not reached, and says why; the rest is measured.
func TestPeerMissing(t *testing.T) {
	moduleProxy(t, "example.com/peer", "v1.0.0", map[string]string{"go.mod": "module example.com/peer\n"})
	d := newData(options{dir: t.TempDir()}, t.TempDir(), io.Discard)
	_, err := d.place("pdscan")
	var missing *peerMissing
	if !errors.As(err, &missing) {
		t.Fatalf("got %v", err)
	}
	tab := &table{Quiet: []bool{true}, Series: []*series{{Name: "spin 1", CPU: []float64{1}, Wall: []float64{1}, RSS: []int64{1}},
		{Name: "pdscan start", Missing: missing.Error()}, {Name: "bezlik start", CPU: []float64{1}, Wall: []float64{1}, RSS: []int64{1}}}}
	r := newReport(options{})
	r.add(context.Background(), d, tab)
	var out bytes.Buffer
	tab.print(&out)
	r.print(&out)
	if len(r.Goals) != 1 || r.Goals[0].Verdict != "peer missing" || !r.missed() || !strings.Contains(out.String(), "goal 24 is peer missing: pdscan is not there") {
		t.Errorf("%+v\n%s", r.Goals[0], out.String())
	}
}

// TestBlindPeer: what a peer says decides whether it found something.
func TestBlindPeer(t *testing.T) {
	d := newData(options{dir: t.TempDir()}, t.TempDir(), io.Discard)
	for said, want := range map[string]bool{"No sensitive data found": true, "chat.log: found emails (12 lines)": false} {
		got, err := blind(context.Background(), d, &command{Name: "peer", Argv: []string{"echo", said}, Finds: commandNamed(t, "pdscan 16 MB").Finds})
		if err != nil || got != want {
			t.Errorf("%q: blind %v, %v", said, got, err)
		}
	}
	r := newReport(options{})
	r.add(context.Background(), d, &table{Quiet: []bool{true}, Series: []*series{{Name: "pdscan start", CPU: []float64{1}, Wall: []float64{1}, Blind: true},
		{Name: "bezlik start", CPU: []float64{1}, Wall: []float64{1}}}})
	if r.Goals[0].Verdict != "void" {
		t.Errorf("the verdict beside a blind peer is %s", r.Goals[0].Verdict)
	}
}

func commandNamed(t *testing.T, name string) *command {
	t.Helper()
	for i := range commands {
		if commands[i].Name == name {
			return &commands[i]
		}
	}
	t.Fatalf("no command %q", name)
	return nil
}

func TestVerdict(t *testing.T) {
	up := &goal{Faster: true, Floor: 1.5, Target: 2.5, Stretch: 4}
	down := &goal{Floor: 1.5, Target: 1.1, Stretch: 0.9}
	for _, c := range []struct {
		g      *goal
		figure float64
		want   string
	}{{up, 1.4, "missed"}, {up, 1.5, "floor"}, {up, 3, "target"}, {up, 4, "stretch"}, {down, 1.6, "missed"}, {down, 1.2, "floor"}, {down, 1, "target"}, {down, .9, "stretch"}, {&goal{}, 5, "report"}} {
		if got := verdict(c.figure, c.g); got != c.want {
			t.Errorf("%v: %s, wanted %s", c.figure, got, c.want)
		}
	}
}

// TestWallCountsQuietRounds: a round in which something else had a core has no wall figure.
func TestWallCountsQuietRounds(t *testing.T) {
	tab := &table{Quiet: []bool{true, false, true}, Series: []*series{
		{Name: "a", CPU: []float64{1, 1, 1}, Wall: []float64{1, 9, 2}}, {Name: "b", CPU: []float64{2, 2, 2}, Wall: []float64{2, 2, 2}}}}
	if got := tab.ratios(&goal{Ours: "a", Peer: "b", By: wall}); !slices.Equal(got, []float64{0.5, 1}) {
		t.Errorf("wall %v", got)
	}
	if got := tab.ratios(&goal{Ours: "a", Peer: "b", By: cpu, Faster: true}); !slices.Equal(got, []float64{2, 2, 2}) {
		t.Errorf("cpu %v", got)
	}
}

func TestPerMiB(t *testing.T) {
	out := "goos: linux\nBenchmarkFind/log-2   \t     100\t   1048576 ns/op\t1000.00 MB/s\t      16 B/op\t       3 allocs/op\nBenchmarkOther-2 10 5 ns/op 0 B/op 0 allocs/op\n"
	got := perMiB([]byte(out))
	if len(got) != 1 || got[0].Figure != 3 || !strings.HasSuffix(got[0].Title, "BenchmarkFind/log-2") {
		t.Errorf("got %+v", got)
	}
}

func TestCommon(t *testing.T) {
	if n := common([]uint64{1, 2, 2, 5}, []uint64{2, 2, 2, 3, 5}); n != 3 {
		t.Errorf("got %d", n)
	}
}

func TestGoalsNameCommands(t *testing.T) {
	names := map[string]bool{}
	for _, c := range commands {
		if names[c.Name] {
			t.Errorf("%s stands twice", c.Name)
		}
		names[c.Name] = true
	}
	in := map[string]bool{}
	for _, tab := range tables {
		for _, id := range tab {
			in[id] = true
		}
	}
	for _, g := range goals {
		if !names[g.Ours] || !names[g.Peer] || !in[g.ID] {
			t.Errorf("goal %s, %s: no such command or table", g.ID, g.Title)
		}
	}
}

// Results name no host.
func TestMissingPeerNamesNoHost(t *testing.T) {
	p := &peerMissing{name: "x", err: errors.New("reading https://modules.example.com:8443/a/@v/1.info: 403 Forbidden; see http://b.example/c")}
	if got, want := p.Error(), "x is not there: reading the module proxy: 403 Forbidden; see the module proxy"; got != want {
		t.Errorf("%q", got)
	}
}

// A second run of a day does not overwrite the first.
func TestResultsOfOneDay(t *testing.T) {
	dir, seen := t.TempDir(), map[string]bool{}
	for range 3 {
		r := &report{Date: "2026-01-02", Machine: "m"}
		at, err := r.save(dir)
		if err != nil || seen[at] {
			t.Fatalf("%q: %v", at, err)
		}
		seen[at] = true
	}
}
