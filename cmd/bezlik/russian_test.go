package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"bezlik/rules"
)

// sayings are the functions whose arguments, by number, are texts for people.
var sayings = map[string][]int{
	"Errorf": {0}, "errors.New": {0}, "wrong": {0}, "clean": {0}, // errors
	"refuse": {2}, "hold": {2}, "drop": {3}, "wait": {3}, "oblige": {0}, // rules: the notes of a decision
	"fault": {1, 2},                                        // detectors: what is wrong with a rule
	"fail":  {1, 2}, "problem": {1, 2, 3}, "mismatch": {2}, // rules: the strict reader
	"p": {1, 2}, "bad": {1}, "note": {2, 3}, "add": {2}, "recovered": {2}, // helpers of connectors
}

// phrases collects what packages below cmd, and wrong, say in English: formats with their verbs, and %s for what is
// joined by +.
func phrases(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	set := token.NewFileSet()
	for _, dir := range []string{"connectors", "pipeline", "rules", "anonymize", "detectors", "cmd/bezlik"} {
		err := filepath.WalkDir(filepath.Join("..", "..", dir), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() && (d.Name() == "testdata" || d.Name() == "sourcetest" || d.Name() == "pgtest") {
				if err == nil {
					err = fs.SkipDir
				}
				return err
			}
			if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return nil
			}
			file, err := parser.ParseFile(set, path, nil, 0)
			if err != nil {
				return err
			}
			take := func(e ast.Expr) {
				for _, s := range said(e) {
					found[s] = set.Position(e.Pos()).String()
				}
			}
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.KeyValueExpr:
					if k, ok := n.Key.(*ast.Ident); ok && slices.Contains([]string{"Message", "Hint", "Why"}, k.Name) {
						take(n.Value)
					}
				case *ast.AssignStmt:
					for i, l := range n.Lhs {
						s, ok := l.(*ast.SelectorExpr)
						id, _ := l.(*ast.Ident)
						if (ok && (s.Sel.Name == "Message" || s.Sel.Name == "Hint") || id != nil && id.Name == "note") && len(n.Rhs) == len(n.Lhs) {
							take(n.Rhs[i])
						}
					}
				case *ast.FuncDecl:
					if n.Name.Name == "Clean" || n.Name.Name == "check" && strings.HasSuffix(path, "ledger.go") || n.Name.Name == "tells" {
						ast.Inspect(n, func(n ast.Node) bool {
							if r, ok := n.(*ast.ReturnStmt); ok && len(r.Results) > 0 {
								for _, e := range r.Results[len(r.Results)/2:] { // kind, message, hint
									take(e)
								}
							}
							return true
						})
					}
				case *ast.RangeStmt: // over the standing obligations
					if c, ok := n.X.(*ast.CompositeLit); ok && strings.HasSuffix(path, filepath.Join("rules", "form.go")) {
						for _, e := range c.Elts {
							take(e)
						}
					}
				case *ast.CompositeLit:
					if id, ok := n.Type.(*ast.Ident); ok && id.Name == "mistake" && len(n.Elts) == 3 {
						take(n.Elts[1])
						take(n.Elts[2])
					}
					if a, ok := n.Type.(*ast.ArrayType); ok && n.Elts != nil {
						if id, ok := a.Elt.(*ast.Ident); ok && id.Name == "mistake" {
							for _, e := range n.Elts {
								if c, ok := e.(*ast.CompositeLit); ok && len(c.Elts) == 3 {
									take(c.Elts[1])
									take(c.Elts[2])
								}
							}
						}
					}
				case *ast.CallExpr:
					name := ""
					switch f := n.Fun.(type) {
					case *ast.Ident:
						name = f.Name
					case *ast.SelectorExpr:
						name = f.Sel.Name
						if id, ok := f.X.(*ast.Ident); ok && id.Name == "errors" {
							name = "errors." + name
						}
					}
					for _, i := range sayings[name] {
						if i < len(n.Args) {
							take(n.Args[i])
						}
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return found
}

// said is the text of an expression, as formats.
func said(e ast.Expr) []string {
	switch e := e.(type) {
	case *ast.BasicLit:
		if s, err := strconv.Unquote(e.Value); err == nil && e.Kind == token.STRING {
			return []string{s}
		}
	case *ast.ParenExpr:
		return said(e.X)
	case *ast.BinaryExpr:
		one := func(e ast.Expr) string {
			if s := said(e); len(s) == 1 {
				return s[0]
			}
			return "%s"
		}
		return []string{one(e.X) + one(e.Y)}
	case *ast.CallExpr:
		if f, ok := e.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "Sprintf" {
			return said(e.Args[0])
		}
	}
	return nil
}

// TestEveryPhraseIsTranslated holds the phrasebook to the sources: a new message below cmd needs a line in it.
func TestEveryPhraseIsTranslated(t *testing.T) {
	all := phrases(t)
	if len(all) < 250 {
		t.Fatalf("only %d phrases were found: the walk has lost its way", len(all))
	}
	for en, at := range all {
		if !english.MatchString(verb.ReplaceAllString(en, "")) {
			continue // nothing but what is put together
		}
		if text := filled(en); !cyrillic.MatchString(russian(text)) {
			t.Errorf("%s: no Russian for %q", at, en)
		}
	}
}

var (
	english  = regexp.MustCompile(`[A-Za-z]{2}`)
	cyrillic = regexp.MustCompile(`[а-яё]{2}`)
)

// filled puts something into the verbs of a format.
func filled(format string) string {
	return verb.ReplaceAllStringFunc(format, func(v string) string {
		switch v[len(v)-1] {
		case 'q':
			return `"x"`
		case 'd', 'o', 'g':
			return "7"
		case '%':
			return "%"
		}
		return "x"
	})
}

// TestPhrasebookFits holds each line to itself: the Russian takes as many values as the English gives, and says nothing in
// English but names.
func TestPhrasebookFits(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range phrasebook {
		if seen[p.en] {
			t.Errorf("%q stands in the book twice", p.en)
		}
		seen[p.en] = true
		ru := russian(filled(p.en))
		if strings.Contains(ru, "%!") || p.ru != "text или jsonl" && !cyrillic.MatchString(ru) && p.en != " in %s" && !strings.HasPrefix(p.en, "--") {
			t.Errorf("%q becomes %q", p.en, ru)
		}
		if strings.Contains(strings.ToLower(p.ru), "псевдоним") {
			t.Errorf("%q: tokens are identifiers", p.ru)
		}
	}
}

// TestPoliciesSpeakRussian: every text of the policies that come with the program, and of the law.
func TestPoliciesSpeakRussian(t *testing.T) {
	check := func(where, text string) {
		t.Helper()
		if text != "" && !cyrillic.MatchString(russian(text)) {
			t.Errorf("%s: no Russian for %q", where, text)
		}
	}
	law := rules.Law()
	check("law", "RU: "+law.Adequate.NotAdequate)
	documents := law.Documents
	for _, id := range rules.BuiltinIDs() {
		p, err := rules.Builtin(id)
		if err != nil {
			t.Fatal(err)
		}
		check(id, p.Title)
		documents = append(documents, p.Documents...)
		for _, c := range p.Clauses {
			if !cyrillic.MatchString(c.GistRu) {
				t.Errorf("%s: clause %s has no gist_ru", id, c.ID)
			}
		}
		for _, c := range p.Conflicts {
			check(c.ID, c.What)
		}
		for _, x := range p.Exports {
			for _, o := range x.Obligations {
				check(x.ID, o.Do)
			}
		}
	}
	for _, d := range documents {
		check(d.ID, d.What)
	}
}

// TestRussianHelp: every command and every flag.
func TestRussianHelp(t *testing.T) {
	a := &app{env: func(string) string { return "" }, args: []string{"--lang", "ru", "--help"}}
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		if !cyrillic.MatchString(c.Short) || c.Long != "" && !cyrillic.MatchString(c.Long) {
			t.Errorf("%s: %q, %q", c.CommandPath(), c.Short, c.Long)
		}
		for _, m := range flagName.FindAllStringSubmatch(c.LocalFlags().FlagUsages(), -1) {
			if u := c.LocalFlags().Lookup(m[1]).Usage; u != "text или jsonl" && !cyrillic.MatchString(u) {
				t.Errorf("%s --%s: %q", c.CommandPath(), m[1], u)
			}
		}
		for _, sub := range c.Commands() {
			walk(sub)
		}
	}
	walk(a.root())
}

func TestMany(t *testing.T) {
	ru, en := &app{lang: "ru"}, &app{lang: "en"}
	for n, want := range map[int64][2]string{0: {"0 мест", "0 places"}, 1: {"1 место", "1 place"}, 2: {"2 места", "2 places"}, 5: {"5 мест", "5 places"},
		11: {"11 мест", "11 places"}, 14: {"14 мест", "14 places"}, 21: {"21 место", "21 places"}, 22: {"22 места", "22 places"},
		111: {"111 мест", "111 places"}, 1001: {"1\u202f001 место", "1\u202f001 places"}} {
		for i, a := range []*app{ru, en} {
			if got := a.many(n, "место|места|мест", "place|places"); got != want[i] {
				t.Errorf("%d: %q, want %q", n, got, want[i])
			}
		}
	}
}

func TestRussian(t *testing.T) {
	for _, c := range []struct{ en, ru string }{
		{`map, users.phone: the policy has no category "contac"; did you mean "contact"?`, `карта, users.phone: в политике нет: category "contac"; может быть, "contact"?`},
		{"key: others may read k (mode 0644); run chmod 600 on it", "ключ: k могут читать другие (права 0644); выполните chmod 600"},
		{"column phone and perhaps others: binary values are not looked into", "колонка phone и, возможно, другие: двоичные значения не просматриваются"},
		{"users.csv: column \"phone\" is not what its first rows said", "users.csv: колонка \"phone\" — не то, чем казалась по первым строкам"},
		{"assess that the methods are sufficient (Order 140, annex 1 cl. 1(3))", "оценить достаточность методов (приказ № 140, прил. 1 п. 1(3))"},
		{"data people provide (2.5.1)", "данные, которые люди дают сами (п. 2.5.1)"},
		{"what nobody has written into the book", "what nobody has written into the book"},
	} {
		if got := russian(c.en); got != c.ru {
			t.Errorf("%q becomes %q, want %q", c.en, got, c.ru)
		}
	}
}
