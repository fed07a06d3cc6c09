package rules

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

func sens(t testing.TB) *Policy {
	t.Helper()
	p, err := Builtin("sens")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestErrorsSayWhere checks that every kind of mistake is found at its line and column, with the nearest word.
func TestErrorsSayWhere(t *testing.T) {
	good := string(testFile(t, "library.yaml"))
	for _, c := range []struct{ name, old, new, text, hint string }{
		{"unknown key", "title: A library", "titel: A library", `unknown key "titel"`, `did you mean "title"?`},
		{"wrong type", "age: 14", "age: [14]", "age must be a whole number", ""},
		{"duplicate id", "id: c2_1_1, at", "id: c2_1, at", `there are two clause "c2_1"`, ""},
		{"missing clause", "depersonalize: \"no\", clause: c2_3", "depersonalize: \"no\", clause: c2_33", `there is no clause "c2_33"`, `did you mean "c2_3"?`},
		{"missing category", "categories: [reader]", "categories: [raeder]", `there is no category "raeder"`, `did you mean "reader"?`},
		{"missing purpose", "recipients: [archive], categories", "recipients: [archve], categories", `there is no recipient "archve"`, `did you mean "archive"?`},
		{"missing recipient", "- {id: yearly, purposes: [lending]", "- {id: yearly, purposes: [landing]", `there is no purpose "landing"`, `did you mean "lending"?`},
		{"same key twice", "title: A library", "title: A library\ntitle: B", "title", ""},
		{"alias", "title: A library", "title: *x", "", ""},
		{"not YAML", "title: A library", "title: [", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if !strings.Contains(good, c.old) {
				t.Fatalf("no %q", c.old)
			}
			text := strings.Replace(good, c.old, c.new, 1)
			_, err := ReadPolicy("p.yaml", []byte(text))
			var all FileErrors
			if !errors.As(err, &all) || len(all) == 0 {
				t.Fatalf("got %v", err)
			}
			e := all[0]
			line := 1 + strings.Count(text[:firstDifference(good, text)], "\n")
			if c.text != "" && (!strings.Contains(e.Text, c.text) || e.Line < line || e.Line > line+1 || e.Col < 1) {
				t.Errorf("line %d expected: %v", line, e)
			}
			if e.Hint != c.hint && c.text != "" {
				t.Errorf("hint %q, want %q", e.Hint, c.hint)
			}
			if !regexp.MustCompile(`^p\.yaml:\d+:\d+: `).MatchString(e.Error()) {
				t.Errorf("%v", e)
			}
			if e.Source != "" && !strings.Contains(e.Error(), "^") {
				t.Errorf("no caret: %v", e)
			}
		})
	}
}

func firstDifference(a, b string) int {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	return i
}

func TestCaretStandsUnderTheWord(t *testing.T) {
	_, err := ReadProfile("p.yaml", []byte("schema: pdprofile/v1\nid: x\ncolumns:\n  - {match: {kind: phnoe}, do: m4.mask}\n"))
	want := "p.yaml:4:20: there is no kind \"phnoe\"\n" +
		"  4 |   - {match: {kind: phnoe}, do: m4.mask}\n" +
		"    |                    ^\n" +
		"  hint: did you mean \"phone\"?"
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

func TestTwoColumnsOfOneNameAreAnError(t *testing.T) {
	_, err := ReadMap("m.yaml", []byte("schema: pdmap/v1\npolicy: sens\nobjects:\n  - object: users\n    columns:\n      - {column: a}\n      - {column: A}\n"))
	if err == nil || !strings.Contains(err.Error(), "m.yaml:7:") {
		t.Errorf("got %v", err)
	}
}

func TestMapIsHeldToThePolicy(t *testing.T) {
	p := sens(t)
	m, err := ReadMap("m.yaml", testFile(t, "sens.map.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Check(p); err != nil {
		t.Error(err)
	}
	m.Objects[0].Columns[1].Category = "identiti"
	if err := m.Check(p); err == nil || !strings.Contains(err.Error(), `did you mean "identity"?`) {
		t.Errorf("got %v", err)
	}
}

// TestVerifyLibrary: the fingerprints in testdata/library.yaml were computed by another program from texts written out by hand.
func TestVerifyLibrary(t *testing.T) {
	p, err := ReadPolicy("library.yaml", testFile(t, "library.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	source := testFile(t, "library.txt")
	one := bytes.Join(bytes.Fields(source), []byte(" "))
	for name, s := range map[string][]byte{
		"as it is": source, "on one line": one, "a word a line": bytes.ReplaceAll(one, []byte(" "), []byte("\r\n")),
		"other spaces": bytes.ReplaceAll(one, []byte(" "), []byte("\u00a0")), "other dash": bytes.ReplaceAll(source, []byte("–"), []byte("—")),
		"other quotes": bytes.ReplaceAll(bytes.ReplaceAll(source, []byte("«"), []byte("“")), []byte("»"), []byte("”")),
	} {
		if err := p.Verify(s); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, c := range []struct {
		name, old, new  string
		differ, missing string
		elsewhere       bool
	}{
		{"another number", "than 14", "than 16", "1.2", "", false},
		{"another case", "Readers younger", "readers younger", "1.2", "", false},
		{"clause gone", "2.1.1. for one year since the last visit;\n", "", "", "2.1.1", false},
		{"two of them", "The reader\nmay", "The reader\nmust", "1.1", "", false},
		{"table row", "reading list |\nthe Archive |", "reading list |\nthe Ministry |", "App. 1 table 2 row 1", "", false},
		{"a clause nobody cites", "no longer", "a day longer", "", "", true},
	} {
		t.Run("51 "+c.name, func(t *testing.T) {
			changed := strings.Replace(string(source), c.old, c.new, 1)
			if changed == string(source) {
				t.Fatal("nothing changed")
			}
			var e *VerifyError
			if !errors.As(p.Verify([]byte(changed)), &e) {
				t.Fatal("passed")
			}
			if strings.Join(e.Differ, ", ") != c.differ || strings.Join(e.Missing, ", ") != c.missing || e.Elsewhere != c.elsewhere {
				t.Errorf("got %+v", e)
			}
		})
	}
}

const sensSource = "../../shared/seeds/001_0adcadb723a5fcb8.txt"

func TestVerifySens(t *testing.T) {
	source, err := os.ReadFile(sensSource)
	if err != nil {
		t.Fatalf("the folder with the policies' sources lies beside the project: %v", err)
	}
	p := sens(t)
	if err := p.Verify(source); err != nil {
		t.Error(err)
	}
	if err := p.Verify(bytes.Join(bytes.Fields(source), []byte("\n"))); err != nil {
		t.Errorf("with other line breaks: %v", err)
	}
	if err := p.Verify(bytes.Replace(source, []byte("5 (five) calendar"), []byte("6 (six) calendar"), 1)); err == nil || !strings.Contains(err.Error(), "another text in 5.6") {
		t.Errorf("a changed term: %v", err)
	}
}

// TestNoSentenceOfTheSource holds the licence: gists are our words.
func TestNoSentenceOfTheSource(t *testing.T) {
	source, err := os.ReadFile(sensSource)
	if err != nil {
		t.Fatal(err)
	}
	data, err := BuiltinFile("sens")
	if err != nil {
		t.Fatal(err)
	}
	words := func(s string) []string {
		return strings.FieldsFunc(strings.ToLower(normalise(s)), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9') })
	}
	theirs := " " + strings.Join(words(string(source)), " ") + " "
	for _, line := range strings.Split(string(data), "\n") {
		w := words(line)
		for i := 0; i+8 <= len(w); i++ {
			if run := strings.Join(w[i:i+8], " "); strings.Contains(theirs, " "+run+" ") {
				t.Errorf("eight words as in the source: %q", run)
			}
		}
	}
}

var sourceFlag = flag.String("source", "", "print the clauses of this document with their fingerprints")

// TestFingerprints holds the splitter's list of places. With -source FILE it prints what a policy file needs:
// go test ./rules -run Fingerprints -v -source FILE
func TestFingerprints(t *testing.T) {
	var got []string
	for _, c := range SplitSource(testFile(t, "library.txt")) {
		got = append(got, c.At)
	}
	want := []string{"1", "1.1", "1.2", "2", "2.1", "2.1.1", "2.1.2", "2.3", "App. 1", "App. 1 table 1 row 1", "App. 1 table 1 row 1 col 1",
		"App. 1 table 1 row 1 col 2", "App. 1 table 1 row 1 col 3", "App. 1 table 1 row 2", "App. 1 table 1 row 2 col 1",
		"App. 1 table 2 row 1", "App. 1 table 2 row 1 col 1", "App. 1 table 2 row 1 col 2"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if *sourceFlag == "" {
		return
	}
	source, err := os.ReadFile(*sourceFlag)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("sha256: %q", SourceFingerprint(source))
	for _, c := range SplitSource(source) {
		t.Logf("{at: %q, sha256: %q}", c.At, c.Fingerprint())
	}
}

// TestHugeFilesEndSoon: no file of rules takes long, or much of the stack, to be refused or read.
func TestHugeFilesEndSoon(t *testing.T) {
	repeat := func(s string) []byte { return []byte(strings.Repeat(s, maxFile/len(s))) }
	for name, data := range map[string][]byte{
		"keys": repeat("a: 1\n"), "list": repeat("- 1\n"), "brackets": repeat("["), "lines of brackets": repeat("[\n"), "dashes": repeat("- "),
		"lines of dashes": repeat("- - - - - -\n"), "question marks": repeat("? "), "colons": repeat("a: b: "), "anchors": repeat("&a "),
		"quotes": repeat("\"a\n"), "texts": repeat("a: |\n  b\n"), "tags": repeat("!a\n"), "comments": repeat("# x\n"), "documents": repeat("---\n"),
		"flow": []byte("a: [" + strings.Repeat("1,\n", maxFile/3-4) + "]"), "deeper": repeat(" a:\n  b:\n"), "spaces": repeat(" \n"), "one byte more": append(repeat("#"), '#'),
	} {
		start := time.Now()
		if _, err := ReadPolicy(name, data); err == nil {
			t.Errorf("%s: no error", name)
		}
		if d := time.Since(start); d > 2*time.Minute {
			t.Errorf("%s: took %v", name, d)
		}
	}
}

func TestLawTable(t *testing.T) {
	l := Law()
	if n := len(l.Adequate.Parties); n != 55 { // counted in the order
		t.Errorf("%d parties", n)
	}
	if n := len(l.Adequate.Others); n != 34 {
		t.Errorf("%d others", n)
	}
	for country, want := range map[string]bool{"GB": true, "CN": true, "NO": true, "US": false, "": false, "IR": false} {
		if l.AdequateCountry(country) != want {
			t.Errorf("%s: %t", country, !want)
		}
	}
}

func TestDue(t *testing.T) {
	p := sens(t)
	day := func(s string) time.Time {
		d, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, c := range []struct {
		name, form, now string
		events          map[string]string
		clock, clause   string
	}{
		{"13 left 5 years and a day ago", "depersonalized", "2030-03-02", map[string]string{"use_stopped": "2025-03-01", "depersonalized_at": "2025-06-01"}, "left_since", "5.6"},
		{"13 one day short", "depersonalized", "2030-02-28", map[string]string{"use_stopped": "2025-03-01"}, "", ""},
		{"13 depersonalized first", "depersonalized", "2031-01-01", map[string]string{"use_stopped": "2025-12-01", "depersonalized_at": "2025-03-01"}, "depersonalized_since", "App. 1 row 1"},
		{"14 inactive a year and a day", "identifiable", "2026-03-03", map[string]string{"last_activity": "2025-03-02"}, "active", "App. 1 row 1"},
		{"14 active", "identifiable", "2026-03-01", map[string]string{"last_activity": "2025-03-02"}, "", ""},
		{"blocked for 366 days", "identifiable", "2026-03-03", map[string]string{"blocked_at": "2025-03-02"}, "long_block", "3.9"},
	} {
		t.Run(c.name, func(t *testing.T) {
			events := map[string]time.Time{}
			for k, v := range c.events {
				events[k] = day(v)
			}
			due := p.Due(c.form, events, day(c.now))
			switch {
			case due == nil && c.clock != "":
				t.Error("nothing is due")
			case due != nil && (due.Clock != c.clock || due.Clause != c.clause):
				t.Errorf("got %+v", due)
			}
		})
	}
	due := p.Due("identifiable", map[string]time.Time{"last_activity": day("2025-03-02")}, day("2026-03-03"))
	if due == nil || due.Act != day("2026-04-01") || due.Then != "destroy_or_depersonalize" {
		t.Errorf("14: 30 days to act: %+v", due)
	}
	if got := after(day("2026-11-20"), "P10BD"); got != day("2026-12-04") { // a Friday
		t.Errorf("ten working days: %v", got)
	}
}

func TestBefore(t *testing.T) {
	for _, c := range []struct{ from, duration, want string }{
		{"2026-12-04", "P10BD", "2026-11-20"}, // Fridays, two weeks apart
		{"2026-11-23", "P1BD", "2026-11-20"},  // Monday, Friday
		{"2026-11-25", "P1Y", "2025-11-25"},
		{"2026-11-25", "P1M30D", "2026-09-25"},
	} {
		from, err := time.Parse(time.DateOnly, c.from)
		if err != nil {
			t.Fatal(err)
		}
		if got := before(from, c.duration).Format(time.DateOnly); got != c.want {
			t.Errorf("%s before %s is %s, want %s", c.duration, c.from, got, c.want)
		}
	}
}

func FuzzPolicy(f *testing.F) {
	data, _ := BuiltinFile("sens")
	f.Add(data)
	f.Add(testFile(f, "library.yaml"))
	f.Add(testFile(f, "sens.map.yaml"))
	for _, s := range []string{"", "a: [", "{a: &x 1, b: *x}", "- - - - 1", "? ? a", "a: !!str 1\n---\nb: 1", "\xff", "a: |\n  b\n", "{{{{", "<<: {a: 1}",
		"schema: pdpolicy/v1\nid: x\nclauses: {}", "schema: \"pdprofile/v1\"\ncolumns: [{match: {}, do: keep, top: .nan}]", strings.Repeat("[", 40)} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		start := time.Now()
		if p, err := ReadPolicy("f", data); err == nil {
			Decide(p, Request{Export: "research", Recipient: "internal"})
		}
		if m, err := ReadMap("f", data); err == nil {
			if _, err := ReadMap("g", m.YAML()); err != nil {
				t.Fatalf("a map does not read back: %v", err)
			}
		}
		if pr, err := ReadProfile("f", data); err == nil {
			if _, err := ReadProfile("g", pr.YAML()); err != nil {
				t.Fatalf("a profile does not read back: %v", err)
			}
		}
		SplitSource(data)
		if d := time.Since(start); d > time.Minute {
			t.Fatalf("took %v for %d bytes", d, len(data))
		}
	})
}
