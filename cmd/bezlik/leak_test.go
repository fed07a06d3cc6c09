package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/maphash"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"

	"bezlik/connectors/postgres/pgtest"
	"bezlik/detectors"
)

// A canary is one made-up person: values that no output may show. Numbers are computed, domains reserved.
type canary struct {
	surname, name, phone, inn, snils, passport, email, card, born string
	word                                                          string // looks like nothing personal
}

func newCanary(i int) *canary {
	seal := func(kind, digits string) string {
		b := []byte(digits)
		detectors.Find(detectors.Kind(kind)).Seal(b)
		return string(b)
	}
	surnames := []string{"Желтоногова", "Щупальцева", "Хрюмкина", "Цыплакова", "Жабоедова", "Шмелькова", "Кукушечкина", "Выхухолева", "Бурундукова", "Тюленева", "Моржова"}
	s := seal("snils", fmt.Sprintf("%09d00", 955_000_000+i*104_729))
	c := seal("card", fmt.Sprintf("22000000%07d0", 4_700_000+i*7919))
	p := &canary{
		surname:  surnames[i],
		phone:    fmt.Sprintf("+7 (983) 000-47-%02d", 60+i),
		inn:      seal("inn", fmt.Sprintf("77%08d00", 55_000_000+i*7919)),
		snils:    s[:3] + "-" + s[3:6] + "-" + s[6:9] + " " + s[9:],
		passport: fmt.Sprintf("45 99 0%05d", 40_000+i*17),
		email:    fmt.Sprintf("kanareyka%02d@pochta%02d.example.org", i, i),
		card:     c[:4] + " " + c[4:8] + " " + c[8:12] + " " + c[12:],
		born:     fmt.Sprintf("%02d.03.1961", 10+i),
		word:     "Кракозябликс" + string(rune('а'+i)),
	}
	p.name = p.surname + " Аполлинария Вениаминовна"
	return p
}

// line is the person as a sentence.
func (c *canary) line() string {
	return fmt.Sprintf("Клиент %s, тел. %s, ИНН %s, СНИЛС %s, паспорт %s, почта %s, карта %s, дата рождения %s, слово %s.",
		c.name, c.phone, c.inn, c.snils, c.passport, c.email, c.card, c.born, c.word)
}

var canaryColumns = []string{"ФИО", "Телефон", "ИНН", "СНИЛС", "Паспорт", "Почта", "Карта", "Дата рождения", "Примечание"}

func (c *canary) cells() []string {
	return []string{c.name, c.phone, c.inn, c.snils, c.passport, c.email, c.card, c.born, c.word}
}

// values are what must not be seen; kinds only leaves out the word that looks like nothing.
func (c *canary) values(kindsOnly bool) []string {
	v := []string{c.surname, c.phone, c.inn, c.snils, c.passport, c.email, c.card, c.born}
	if !kindsOnly {
		v = append(v, c.word)
	}
	return v
}

// A needle is one way in which a value could stand in what was written.
type needle struct {
	value string
	how   string
	b     []byte
}

func needles(value string) (all []needle) {
	add := func(how string, b []byte) { all = append(all, needle{value, how, b}) }
	forms := []string{value}
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, value)
	switch {
	case strings.Count(value, ".") == 2 && len(digits) == 8: // a date
		forms = append(forms, digits[4:]+"-"+digits[2:4]+"-"+digits[:2])
	case len(digits) >= 10 && !strings.Contains(value, "@"):
		forms = append(forms, digits)
		if digits[0] == '7' && len(digits) == 11 {
			forms = append(forms, digits[1:])
		}
	}
	for _, f := range forms {
		add("UTF-8", []byte(f))
		for _, g := range []string{strings.ToLower(f), strings.ToUpper(f)} {
			if g != f {
				add("UTF-8 in another case", []byte(g))
			}
		}
		var le, be []byte
		var low, high strings.Builder
		for _, u := range utf16.Encode([]rune(f)) {
			le, be = append(le, byte(u), byte(u>>8)), append(be, byte(u>>8), byte(u))
			fmt.Fprintf(&low, `\u%04x`, u)
			fmt.Fprintf(&high, `\u%04X`, u)
		}
		add("UTF-16LE", le)
		add("UTF-16BE", be)
		add("JSON", []byte(low.String()))
		add("JSON", []byte(high.String()))
		add("hex", []byte(hex.EncodeToString([]byte(f))))
		add("hex", []byte(strings.ToUpper(hex.EncodeToString([]byte(f)))))
		for shift := range 3 { // wherever it stands in what was encoded, without the letters at its ends that depend on it
			for _, enc := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
				s := enc.EncodeToString(append(make([]byte, shift), f...))
				add("base64", []byte(s[(shift*8+5)/6:(len(f)+shift)*8/6]))
			}
		}
		for _, g := range []string{url.QueryEscape(f), url.PathEscape(f), strconv.QuoteToASCII(f)} {
			add("escaped", []byte(strings.Trim(g, `"`)))
		}
		for _, cm := range []*charmap.Charmap{charmap.Windows1251, charmap.KOI8R, charmap.CodePage866} {
			if b, err := cm.NewEncoder().Bytes([]byte(f)); err == nil {
				add(cm.String(), b)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b needle) int { return bytes.Compare(a.b, b.b) })
	return slices.CompactFunc(all, func(a, b needle) bool { return bytes.Equal(a.b, b.b) })
}

// A watch looks for values in all that is written.
type watch struct {
	all, kinds []needle
	home, temp string
	places     []string // folders with what was written
	seed       maphash.Seed
	mu         sync.Mutex
	seen       map[uint64]bool // what was looked at already
	looked     int
}

func newWatch(t *testing.T) *watch {
	w := &watch{home: t.TempDir(), temp: t.TempDir(), seed: maphash.MakeSeed(), seen: map[uint64]bool{}}
	t.Setenv("TMPDIR", w.temp)
	t.Setenv("BEZLIK_HOME", w.home)
	w.places = []string{w.home, w.temp}
	return w
}

// add makes values of which none may be seen.
func (w *watch) add(c *canary) {
	for _, v := range c.values(false) {
		w.secret(v)
	}
	for _, v := range c.values(true) {
		w.kinds = append(w.kinds, needles(v)...)
	}
}

func (w *watch) secret(v string) { w.all = append(w.all, needles(v)...) }

// held names the values that data holds, and how.
func held(data []byte, all []needle) (found []string) {
	for i := range all {
		if bytes.Contains(data, all[i].b) {
			found = append(found, all[i].value+" as "+all[i].how)
		}
	}
	return found
}

func (w *watch) look(t *testing.T, where string, data []byte, all []needle) {
	t.Helper()
	w.mu.Lock()
	h := maphash.Bytes(w.seed, data) + uint64(len(all))
	again := w.seen[h]
	w.seen[h] = true
	w.looked += len(data)
	w.mu.Unlock()
	if again {
		return
	}
	if found := held(data, all); found != nil {
		t.Errorf("%s holds %q", where, found)
	}
}

// folders looks through all files that were written, their names included.
func (w *watch) folders(t *testing.T) {
	t.Helper()
	for _, dir := range w.places {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				if errors.Is(err, fs.ErrNotExist) { // removed meanwhile
					return nil
				}
				return err
			}
			w.look(t, "the name "+path, []byte(path), w.all)
			if !d.Type().IsRegular() {
				return nil
			}
			data, err := os.ReadFile(path)
			if err == nil {
				w.look(t, path, data, w.all)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// run runs a command line in both languages and looks at what it prints. It returns what it printed in English.
func (w *watch) run(t *testing.T, want int, stdin []byte, args ...string) string {
	t.Helper()
	return w.runFor(t, w.all, want, stdin, args...)
}

func (w *watch) runFor(t *testing.T, all []needle, want int, stdin []byte, args ...string) (text string) {
	t.Helper()
	line := strings.Join(args, " ")
	for _, lang := range []string{"ru", "en"} {
		var out, complaint bytes.Buffer
		a := &app{in: bytes.NewReader(stdin), out: &out, err: &complaint, env: os.Getenv}
		code := run(context.Background(), append([]string{"--lang", lang}, args...), a)
		if code != want {
			t.Errorf("%s: exit code %d, want %d: %s", line, code, want, complaint.String())
		}
		if code == exitClean && out.Len() == 0 && complaint.Len() == 0 && len(stdin) > 0 {
			t.Errorf("%s: nothing was printed", line)
		}
		w.look(t, "stdout of "+line, out.Bytes(), all)
		w.look(t, "stderr of "+line, complaint.Bytes(), w.all)
		text = out.String() + complaint.String()
	}
	return text
}

// birds are sources full of canaries.
type birds struct {
	whole, broken []string // files, by what they are
	all           []*canary
	in            map[string][]*canary // by file
}

// hatch writes the sources into two folders.
func hatch(t *testing.T, good, bad string) *birds {
	t.Helper()
	b := &birds{in: map[string][]*canary{}}
	put := func(broken bool, name string, make func(c *canary) []byte) {
		c := newCanary(len(b.all))
		dir := good
		if broken {
			dir = bad
		}
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if data := make(c); data != nil {
			write(t, path, data)
		}
		b.all, b.in[path] = append(b.all, c), append(b.in[path], c)
		if broken {
			b.broken = append(b.broken, path)
		} else {
			b.whole = append(b.whole, path)
		}
	}
	sheet := func(c *canary) string {
		var s strings.Builder
		fmt.Fprintf(&s, "%s\r\n", strings.Join(canaryColumns, ";"))
		for range 100 { // so many that it is CSV beyond doubt in a stream, which has no name: 95 of 100 rows are even
			fmt.Fprintf(&s, "%s\r\n", strings.Join(c.cells(), ";"))
		}
		return s.String()
	}
	wide := func(s string) []byte {
		out := []byte{0xFF, 0xFE}
		for _, u := range utf16.Encode([]rune(s)) {
			out = append(out, byte(u), byte(u>>8))
		}
		return out
	}
	put(false, "partners.csv", func(c *canary) []byte { // and rows with cells too many, too few, and no text at all
		data, err := cp1251(sheet(c) + strings.Join(c.cells(), ";") + ";" + c.word + "\r\n" + c.name + ";" + c.phone + "\r\n" + c.word + "\r\n")
		if err != nil {
			t.Fatal(err)
		}
		return append(data, 0x98, '\r', '\n')
	})
	put(false, "wide.csv", func(c *canary) []byte { return wide(sheet(c)) })
	put(false, "people.jsonl", func(c *canary) []byte { // and values as keys
		return fmt.Appendf(nil, "{\"ФИО\":%q,\"phone\":%q,\"inn\":%q,\"snils\":%q,\"passport\":%q,\"email\":%q,\"card\":%q,\"birth_date\":%q,\"note\":%q}\n{%q:1,%q:{%q:2}}\n",
			c.name, c.phone, c.inn, c.snils, c.passport, c.email, c.card, c.born, c.word, c.phone, c.name, c.email)
	})
	put(false, "chat/result.json", func(c *canary) []byte {
		return fmt.Appendf(nil, `{"name":%q,"type":"personal_chat","id":41,"messages":[
{"id":1,"type":"message","date":"2026-10-01T09:00:00","date_unixtime":"1790000000","from":%q,"from_id":"user5","text":[{"type":"phone","text":%q}," ",{"type":"bold","text":%q}],"text_entities":[{"type":"phone","text":%q},{"type":"plain","text":" "},{"type":"bold","text":%q}]},
{"id":2,"type":"message","date":"2026-10-01T09:01:00","date_unixtime":"1790000060","from":%q,"from_id":"user5","text":%q,"text_entities":[{"type":"plain","text":%q}]}]}`,
			c.name, c.name, c.phone, c.word, c.phone, c.word, c.name, c.line(), c.line())
	})
	put(false, "notes.txt", func(c *canary) []byte {
		return append([]byte("Заметки\n"+c.line()+"\n"), "\xff\xfe"+c.word+"\xc3\x28 конец\n"...)
	})
	put(false, "crm.db", func(c *canary) []byte {
		path := filepath.Join(good, "crm.db")
		database(t, path, c)
		return nil
	})
	put(true, "headless.csv", func(c *canary) []byte { // the person stands where the names of columns should, and a quote stays open
		return []byte(strings.Join(c.cells(), ";") + "\n" + strings.Join(c.cells(), ";") + "\n\"" + c.name + ";" + c.word + "\n")
	})
	put(true, "cut.jsonl", func(c *canary) []byte {
		return fmt.Appendf(nil, "{\"phone\":%q}\n{\"note\": %s %s, \"note\": \"%s\n{\"a\":[1,{\"phone\":%q", c.phone, c.word, c.phone, c.line(), c.line())
	})
	put(true, "cut/result.json", func(c *canary) []byte {
		return fmt.Appendf(nil, `{"name":%q,"type":"personal_chat","id":42,"messages":[{"id":1,"type":"message","date":"2026-10-01T09:00:00","date_unixtime":"1790000000","from":%q,"from_id":"user6","text":"%s`,
			c.name, c.name, c.line())
	})
	put(true, "torn.db", func(c *canary) []byte {
		path := filepath.Join(t.TempDir(), "torn.db")
		database(t, path, c)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return append(data[:5000], bytes.Repeat([]byte{0xA5}, 3192)...)
	})
	return b
}

// database makes an SQLite database with a person in a table of usual columns.
func database(t *testing.T, path string, c *canary) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, q := range []string{`CREATE TABLE clients (full_name TEXT, phone TEXT, inn TEXT, snils TEXT, passport TEXT, email TEXT, card TEXT, birth_date TEXT, note TEXT)`,
		`CREATE TABLE raw (b BLOB, n INTEGER)`} {
		if _, err := db.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	var cells []any
	for _, x := range c.cells() {
		cells = append(cells, x)
	}
	for range 3 {
		if _, err := db.Exec(`INSERT INTO clients VALUES (?,?,?,?,?,?,?,?,?)`, cells...); err != nil {
			t.Fatal(err)
		}
	}
	inn, _ := strconv.ParseInt(c.inn, 10, 64)
	if _, err := db.Exec(`INSERT INTO raw VALUES (?, ?)`, append([]byte{0, 1, 2, 0xff}, c.line()...), inn); err != nil {
		t.Fatal(err)
	}
}

// TestNoValueLeaks runs every command over sources full of made-up people, in both languages, and looks for their
// values, in every form they could take, in all that is printed and written. With --reveal they must be there.
func TestNoValueLeaks(t *testing.T) {
	w := newWatch(t)
	good, bad, out := t.TempDir(), t.TempDir(), t.TempDir()
	w.places = append(w.places, out)
	b := hatch(t, good, bad)
	for _, c := range b.all {
		w.add(c)
	}
	sheet, err := os.ReadFile(b.whole[0])
	if err != nil {
		t.Fatal(err)
	}

	t.Run("they are there", func(t *testing.T) {
		for _, path := range b.whole {
			report := reveal(t, "scan", "--format", "jsonl", "--reveal", "--min-score", "0.3", path)
			text := reveal(t, "scan", "--format", "text", "--reveal", "--min-score", "0.3", path)
			for _, c := range b.in[path] {
				for _, v := range c.values(true) {
					for name, said := range map[string]string{"jsonl": report, "text": text} {
						if !strings.Contains(said, v) {
							t.Errorf("%s: --reveal in %s does not show %q: this proves nothing", path, name, v)
						}
					}
				}
			}
		}
	})

	t.Run("scan", func(t *testing.T) {
		folders := []struct {
			path string
			want int
		}{{good, exitFindings}, {bad, exitIncomplete}}
		for _, f := range folders {
			for _, format := range []string{"text", "jsonl"} {
				for _, score := range []string{"0.01", "0.3", "0.8", "1"} {
					want := f.want
					if score == "1" && want == exitFindings {
						want = exitClean // nothing is that sure
					}
					w.run(t, want, nil, "scan", "--format", format, "--min-score", score, "--explain", f.path)
				}
				w.run(t, f.want, nil, "scan", "--format", format, "--strict", "--workers", "1", f.path)
				w.run(t, f.want, nil, "scan", "--format", format, "-o", filepath.Join(out, "report."+format+filepath.Base(f.path)), f.path)
				for range 2 { // the second one has a state to go on from
					w.run(t, f.want, nil, "scan", "--format", format, "--state", filepath.Join(out, "state"+filepath.Base(f.path)), f.path)
				}
			}
		}
		for _, path := range append(slices.Clone(b.whole), b.broken...) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for _, as := range []string{"csv", "jsonl", "telegram", "text", "sqlite"} { // mostly what they are not
				for _, format := range []string{"text", "jsonl"} {
					for _, in := range []struct {
						source string
						stdin  []byte
					}{{path, nil}, {"-", data}} {
						var code int
						for _, lang := range []string{"ru", "en"} {
							var o, e bytes.Buffer
							code = run(context.Background(), []string{"--lang", lang, "scan", "--format", format, "--as", as, in.source},
								&app{in: bytes.NewReader(in.stdin), out: &o, err: &e, env: os.Getenv})
							w.look(t, fmt.Sprintf("stdout of %s as %s", path, as), o.Bytes(), w.all)
							w.look(t, fmt.Sprintf("stderr of %s as %s", path, as), e.Bytes(), w.all)
						}
						if code == exitUsage {
							t.Errorf("%s as %s: exit code %d", path, as, code)
						}
					}
				}
			}
		}
		w.run(t, exitUsage, nil, "scan", "--state", b.whole[4], good) // not a state
		w.run(t, exitIncomplete, nil, "scan", "-o", filepath.Join(out, "no", "such", "folder"), good)
		w.run(t, exitIncomplete, nil, "scan", good, filepath.Join(out, "missing"))
		if got := w.run(t, exitUsage, nil, "scan", "--format", "sarif", good); !strings.Contains(got, "text or jsonl") {
			t.Errorf("the formats have changed, and this test has not: %s", got)
		}
	})

	t.Run("report", func(t *testing.T) {
		stored := filepath.Join(t.TempDir(), "revealed.jsonl") // in a place of its own: it holds values, as it was told to
		reveal(t, "scan", "--format", "jsonl", "--reveal", "-o", stored, b.whole[0])
		for _, format := range []string{"text", "jsonl"} {
			w.run(t, exitClean, nil, "report", "--format", format, stored)
			if said := reveal(t, "report", "--reveal", "--format", format, stored); !strings.Contains(said, b.all[0].inn) {
				t.Error("report --reveal shows nothing")
			}
			w.run(t, exitClean, nil, "report", "--format", format, filepath.Join(out, "report.jsonl"+filepath.Base(good)))
			for _, path := range append(slices.Clone(b.whole), b.broken...) {
				w.run(t, exitUsage, nil, "report", "--format", format, path)
			}
		}
	})

	t.Run("mask", func(t *testing.T) { // of text the word that looks like nothing may stay; it must not be told elsewhere
		for _, path := range b.whole[:5] {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			var own []needle
			for _, c := range b.in[path] {
				for _, v := range c.values(true) {
					own = append(own, needles(v)...)
				}
			}
			if len(held(data, own)) < 8 {
				t.Fatalf("%s does not hold its values", path)
			}
			w.runFor(t, own, exitClean, data, "mask")
			for _, as := range []string{"sqlite", "nonsense"} {
				w.run(t, map[string]int{"sqlite": exitNothing, "nonsense": exitUsage}[as], data, "mask", "--as", as)
			}
		}
	})

	maps := filepath.Join(out, "maps")
	if err := os.Mkdir(maps, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Run("map, decide and profile", func(t *testing.T) {
		w.run(t, exitIncomplete, nil, "map", "draft", "--policy", "sens", bad)
		for i, path := range b.whole {
			code, drafted, complaint := do(t, w.home, "map", "draft", "--policy", "sens", path)
			if code != exitClean {
				t.Fatalf("%s: %d %s", path, code, complaint)
			}
			m := filepath.Join(maps, strconv.Itoa(i)+".yaml")
			write(t, m, []byte(drafted))
			w.run(t, exitClean, nil, "map", "draft", "--policy", "sens", path)
			for _, format := range []string{"text", "json"} {
				w.run(t, exitRefused, nil, "decide", "--format", format, "--policy", "sens", "--map", m, "--export", "mailing", "--recipient", "nobody")
				for _, more := range [][]string{{}, {"--identifiable"}} {
					var o, e bytes.Buffer
					run(context.Background(), append([]string{"decide", "--format", format, "--policy", "sens", "--map", m, "--export", "research", "--recipient", "internal"}, more...),
						&app{in: strings.NewReader(""), out: &o, err: &e, env: os.Getenv})
					w.look(t, "decide", append(o.Bytes(), e.Bytes()...), w.all)
				}
			}
			w.run(t, exitClean, nil, "profile", "draft", "--policy", "sens", "--map", m)
		}
		d := profileOf(t, out)
		w.run(t, exitClean, nil, "profile", "check", d)
		w.run(t, exitClean, nil, "policy", "list")
		w.run(t, exitClean, nil, "policy", "show", "sens")
		w.run(t, exitClean, nil, "policy", "diff", "sens", "sens")
		for _, path := range append(slices.Clone(b.whole), b.broken...) { // data, where one of our files should be
			for _, args := range [][]string{{"policy", "check", path}, {"policy", "show", path}, {"policy", "diff", "sens", path}, {"profile", "check", path},
				{"profile", "draft", "--policy", "sens", "--map", path}, {"decide", "--policy", path, "--export", "research", "--recipient", "internal", "--map", path},
				{"decide", "--policy", "sens", "--export", "research", "--recipient", "internal", "--map", path},
				{"decide", "--policy", "sens", "--export", "research", "--recipient", "internal", "--profile", path},
				{"scan", "--key-file", path, "--state", filepath.Join(out, "keyed"), good}, {"mask", "--key-file", path}, {"mask", "--profile", path}} {
				w.run(t, exitUsage, nil, args...)
			}
			w.run(t, exitIncomplete, nil, "policy", "verify", "sens", "--source", path)
			w.run(t, exitIncomplete, nil, "ledger", "verify", "--ledger", path)
			w.run(t, exitIncomplete, nil, "ledger", "show", "--ledger", path)
		}
	})

	t.Run("the rest", func(t *testing.T) {
		w.run(t, exitClean, nil, "version")
		w.run(t, exitClean, nil, "completion", "bash")
		w.run(t, exitClean, nil, "--help")
		w.run(t, exitClean, nil, "demo", "--people", "2000")
		made, err := filepath.Glob(filepath.Join(w.temp, "bezlik-demo-*"))
		if err != nil || len(made) != 2 {
			t.Errorf("%d folders of demos", len(made))
		}
		w.folders(t)
		for _, dir := range made { // it says that it stays, and how to remove it
			if err := os.RemoveAll(dir); err != nil {
				t.Error(err)
			}
		}
		w.run(t, exitUsage, nil, string(sheet[:40]))
	})
	w.folders(t)
	w.empty(t)
	t.Logf("looked at %d bytes for %d needles", w.looked, len(w.all))
}

// empty checks that nothing is left in the folder for temporary files.
func (w *watch) empty(t *testing.T) {
	t.Helper()
	left, err := os.ReadDir(w.temp)
	if err != nil || len(left) > 0 {
		t.Errorf("in the folder for temporary files: %v, %v", left, err)
	}
}

// reveal runs a command that may show values.
func reveal(t *testing.T, args ...string) string {
	t.Helper()
	var out, complaint bytes.Buffer
	code := run(context.Background(), args, &app{in: strings.NewReader(""), out: &out, err: &complaint, env: os.Getenv})
	if code != exitFindings && code != exitClean {
		t.Fatalf("%v: exit code %d: %s", args, code, complaint.String())
	}
	return out.String()
}

// profileOf writes the desk's profile for commands that read one.
func profileOf(t *testing.T, dir string) string {
	t.Helper()
	data, err := os.ReadFile(newDesk(t, 100).profile)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "profile.yaml")
	write(t, path, data)
	return path
}

// plant puts a person into columns of the made-up world that no export keeps.
func (c *canary) plant(id int) []string {
	return []string{
		fmt.Sprintf(`UPDATE users SET first_name = 'Аполлинария', last_name = '%s', phone = '%s', email = '%s', birth_date = '1961-03-%s' WHERE id = %d`,
			c.surname, c.phone, c.email, c.born[:2], id),
		fmt.Sprintf(`UPDATE profiles SET about = '%s' WHERE user_id = %d`, c.line(), id),
	}
}

// TestExportsLeakNothing exports a world with planted people in all formats, allowed, refused, on hold and failing.
func TestExportsLeakNothing(t *testing.T) {
	w := newWatch(t)
	out := t.TempDir()
	w.places = append(w.places, out)
	var change []string
	for i := range 3 {
		c := newCanary(i)
		w.add(c)
		change = append(change, c.plant(7+i)...)
	}
	d := newDesk(t, 1500, append(slices.Clone(large), change...)...)
	d.ledger, d.home = filepath.Join(out, "account", "ledger.jsonl"), w.home
	world, err := os.ReadFile(d.db)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range w.all[:1] {
		if !bytes.Contains(world, []byte(n.value)) {
			t.Fatal("the world does not hold its people")
		}
	}
	sheet := filepath.Join(t.TempDir(), "world", "users.csv") // the same people as a file
	lines := filepath.Join(filepath.Dir(sheet), "clients.jsonl")
	d.unload(t, sheet, lines)

	from := func(source string, to string, more ...string) []string {
		args := d.args(to, d.key[0], "csv")
		for i := range args {
			if args[i] == "--from" {
				args[i+1] = source
			}
		}
		return append(args, more...)
	}
	n := 0
	target := func() string { n++; return filepath.Join(out, fmt.Sprintf("research%d", n)) }
	for _, c := range []struct {
		name, source, format string
		want                 int
	}{{"sqlite", d.db, "csv", exitClean}, {"sqlite", d.db, "jsonl", exitClean}, {"sqlite", d.db, "own", exitUsage},
		{"csv", sheet, "csv", exitClean}, {"csv", sheet, "jsonl", exitClean}, {"csv", sheet, "own", exitClean},
		{"jsonl", lines, "csv", exitClean}, {"jsonl", lines, "jsonl", exitClean}, {"jsonl", lines, "own", exitClean}} {
		t.Run(c.name+" to "+c.format, func(t *testing.T) {
			to := target()
			said := w.run(t, c.want, nil, from(c.source, to, "--to-format", c.format, "--format", "json")...)
			if exists(to) != (c.want == exitClean) {
				t.Errorf("exit code %d and exists: %v\n%s", c.want, exists(to), said)
			}
			w.folders(t)
		})
	}
	t.Run("refused, held, wrong", func(t *testing.T) {
		for _, c := range []struct {
			want int
			more []string
		}{
			{exitRefused, []string{"--recipient", "metrics_vendor"}},
			{exitRefused, []string{"--purpose", "curiosity"}},
			{exitHeld, []string{"--export", "cloud", "--recipient", "selectel", "--columns", "device_logs.ip"}},
			{exitHeld, []string{"--columns", "users.no_such"}}, // nobody has said what that is
			{exitUsage, []string{"--to-format", "parquet"}},
			{exitUsage, []string{"--key-file", d.db}},
			{exitUsage, []string{"--map", d.db}},
		} {
			to := target()
			w.run(t, c.want, nil, from(d.db, to, c.more...)...)
			if exists(to) {
				t.Errorf("%v: published", c.more)
			}
		}
	})
	t.Run("a folder that is not ours", func(t *testing.T) {
		to := target()
		if err := os.Mkdir(to, 0o700); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(to, "letter.txt"), []byte("Дорогой друг"))
		before := files(t, to)
		said := w.run(t, exitIncomplete, nil, from(d.db, to)...)
		if !same(before, files(t, to)) || !strings.Contains(said, to) || !strings.Contains(said, "name a folder that does not exist yet") {
			t.Errorf("it says %q", said)
		}
	})
	t.Run("the account", func(t *testing.T) {
		w.run(t, exitClean, nil, "ledger", "verify", "--ledger", d.ledger)
		w.run(t, exitClean, nil, "ledger", "show", "--ledger", d.ledger)
	})
	w.folders(t)
	w.empty(t)
	left, _ := filepath.Glob(filepath.Join(out, ".*"))
	if len(left) > 0 {
		t.Errorf("left beside the exports: %v", left)
	}
}

// unload writes the table of users as CSV in windows-1251 and as JSON lines.
func (d *desk) unload(t *testing.T, sheet, lines string) {
	t.Helper()
	columns := []string{"id", "first_name", "last_name", "birth_date", "gender", "phone", "email", "city", "country", "created_at", "last_login_at"}
	var s, j strings.Builder
	s.WriteString(strings.Join(columns, ";") + "\r\n")
	for _, row := range d.source(t, `SELECT * FROM users`) {
		for i, c := range columns {
			if i > 0 {
				s.WriteByte(';')
				j.WriteByte(',')
			} else {
				j.WriteByte('{')
			}
			s.WriteString(row[c])
			fmt.Fprintf(&j, "%q:%q", c, row[c])
		}
		s.WriteString("\r\n")
		j.WriteString("}\n")
	}
	if err := os.MkdirAll(filepath.Dir(sheet), 0o700); err != nil {
		t.Fatal(err)
	}
	data, err := cp1251(s.String())
	if err != nil {
		t.Fatal(err)
	}
	write(t, sheet, data)
	write(t, lines, []byte(j.String()))
}

// nasty is a password with all that is special in addresses, shells and quotes.
const nasty = `p@ss:/?#[]%25'"\ word`

// TestPasswordsLeakNowhere connects to PostgreSQL with such a password, given in every way there is, rightly and
// wrongly. It may come from the environment or a file, so it need not be on any command line.
func TestPasswordsLeakNowhere(t *testing.T) {
	u := pgtest.URL(t) // before the folder for temporary files is ours: its user must get into that
	w := newWatch(t)
	c := newCanary(0)
	w.add(c)
	w.secret(nasty)
	w.secret(nasty[4:]) // what a reader of addresses may take for a host, a path or a fragment
	w.secret("ordinary9pass")
	pgtest.Exec(t, u, `CREATE TABLE users (id int, full_name text, phone text, email text, note text)`,
		fmt.Sprintf(`INSERT INTO users SELECT i, '%s', '%s', '%s', '%s' FROM generate_series(1, 50) i`, c.name, c.phone, c.email, c.line()),
		`CREATE TABLE secrets (v text)`, `REVOKE ALL ON secrets FROM PUBLIC`)
	role := fmt.Sprintf("nasty%d", os.Getpid())
	pgtest.Exec(t, u, `CREATE ROLE `+role+` LOGIN PASSWORD '`+strings.ReplaceAll(nasty, "'", "''")+`'`, `GRANT SELECT ON users TO `+role)
	t.Cleanup(func() { pgtest.Exec(t, u, `DROP OWNED BY `+role, `DROP ROLE `+role) })
	right := pgtest.As(u, role, nasty)
	p, err := url.Parse(u)
	if err != nil {
		t.Fatal(err)
	}
	bare := "postgres://" + role + "@" + p.Host + p.Path + "?sslmode=disable"
	place := p.Host + p.Path + "?sslmode=disable"

	for _, format := range []string{"text", "jsonl"} {
		scan := func(t *testing.T, want int, source string, more ...string) string {
			t.Helper()
			return w.run(t, want, nil, append([]string{"scan", "--format", format, source}, more...)...)
		}
		t.Run(format+" in the address", func(t *testing.T) {
			// One table may not be read: that is told, and the scan is not complete.
			if said := scan(t, exitIncomplete, right); !strings.Contains(said, "secrets") || !strings.Contains(said, "phone") {
				t.Errorf("%s", said)
			}
			scan(t, exitFindings, right, "--include", "public.users")
			scan(t, exitIncomplete, "postgres://"+role+"@"+place+"&password="+url.QueryEscape(nasty))
		})
		t.Run(format+" in the environment", func(t *testing.T) {
			t.Setenv("PGPASSWORD", nasty)
			scan(t, exitFindings, bare, "--include", "public.users")
		})
		t.Run(format+" in a file", func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "pgpass")
			write(t, file, []byte("*:*:*:"+role+":"+strings.NewReplacer(`\`, `\\`, `:`, `\:`).Replace(nasty)+"\n"))
			t.Setenv("PGPASSFILE", file)
			scan(t, exitFindings, bare, "--include", "public.users")
		})
		t.Run(format+" not as it should be", func(t *testing.T) {
			for _, source := range []string{
				"postgres://" + role + ":" + nasty + "@" + place,
				"postgres://" + role + ":12" + nasty + "@" + place,
				"postgres://" + role + ":1#" + nasty + "@" + place,
				"postgres://" + role + ":1?" + nasty + "@" + place,
				"postgres://" + role + ":1/" + nasty + "@" + place,
				"postgres:/" + role + ":" + nasty + "@" + place,
				"postgres:" + role + ":" + nasty + "@" + place,
				"postgres//" + role + ":" + nasty + "@" + place,
				"postgres://" + role + ":ordinary9pass@" + place,
				"postgres://" + role + ":ordinary9pass@127.0.0.1:1" + p.Path,
				"postgres://" + role + ":ordinary9pass@no-such-host.invalid" + p.Path,
				"postgres://" + role + "@127.0.0.1:1/db?sslpassword=ordinary9pass",
				"postgres://" + role + "@127.0.0.1:1/db?password=ordinary9pass;x",
				"host=127.0.0.1 port=1 user=" + role + " password=ordinary9pass",
				"host=127.0.0.1 port=1 user=" + role + " password='ordinary9pass",
			} {
				scan(t, exitIncomplete, source)
				w.run(t, exitIncomplete, nil, "map", "draft", "--policy", "sens", source)
				w.run(t, exitIncomplete, nil, "export", "--policy", "sens", "--export", "research", "--recipient", "internal", "--to", filepath.Join(w.home, "x"), "--from="+source)
				for _, args := range [][]string{{source}, {"mask", source}, {"ledger", source}, {"scan", "--as", source, "x"}, {"scan", "--fail-on", source, "x"},
					{"scan", "--workers=" + source, "x"}, {"policy", "check", source}, {"decide", "--policy", "sens", "--map", source},
					{"decide", "--policy", "sens", "--profile", source}, {"mask", "--key-file", source}} {
					var o, e bytes.Buffer
					if code := run(context.Background(), args, &app{in: strings.NewReader(""), out: &o, err: &e, env: os.Getenv}); code == exitFindings {
						t.Errorf("%v: exit code %d", args, code)
					}
					w.look(t, "what was said to "+args[0], append(o.Bytes(), e.Bytes()...), w.all)
				}
			}
			w.run(t, exitUsage, nil, "scan", "mysql://"+role+":ordinary9pass@"+place)
			w.run(t, exitUsage, nil, "export", "--policy", "sens", "--export", "research", "--recipient", "internal", "--from", bare, "--to", "postgres://"+role+":ordinary9pass@"+place)
		})
	}
	t.Run("an export", func(t *testing.T) {
		t.Setenv("PGPASSWORD", nasty)
		d := newDesk(t, 100)
		d.db, d.ledger = bare, filepath.Join(w.home, "ledger.jsonl")
		w.run(t, exitIncomplete, nil, d.args(filepath.Join(w.home, "out"), d.key[0], "csv")...) // one table cannot be read
	})
	w.folders(t)
	w.empty(t)
}

// A process is the built command under watch: its command line and those of its children, its folder for temporary
// files and the stage of its export are looked at while it runs.
type process struct {
	*exec.Cmd
	out, complaint bytes.Buffer
	polls, stages  int
}

// start runs the binary; until it ends, during is called again and again with what its stage holds.
func (w *watch) start(t *testing.T, bin, to string, env []string, during func(p *process, files map[string]int64), args ...string) *process {
	t.Helper()
	p := &process{Cmd: exec.Command(bin, args...)}
	p.Env = append(append(os.Environ(), "TMPDIR="+w.temp, "BEZLIK_HOME="+w.home), env...)
	p.Stdout, p.Stderr = &p.out, &p.complaint
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- p.Wait() }()
	stage := filepath.Join(filepath.Dir(to), "."+filepath.Base(to)+".partial")
	for ended := false; !ended; {
		select {
		case err := <-done:
			var failed *exec.ExitError
			if err != nil && !errors.As(err, &failed) {
				t.Fatal(err)
			}
			ended = true
		case <-time.After(2 * time.Millisecond):
		}
		pids := []string{strconv.Itoa(p.Process.Pid)}
		tasks, _ := filepath.Glob("/proc/" + pids[0] + "/task/*/children")
		for _, f := range tasks {
			if b, err := os.ReadFile(f); err == nil {
				pids = append(pids, strings.Fields(string(b))...)
			}
		}
		for _, pid := range pids {
			for _, f := range []string{"cmdline", "comm", "environ"} {
				if b, err := os.ReadFile("/proc/" + pid + "/" + f); err == nil && len(b) > 0 {
					if f == "environ" && pid == pids[0] { // that is where the password may be
						continue
					}
					p.polls++
					w.look(t, f+" of a process", b, w.all)
				}
			}
		}
		files := map[string]int64{}
		for _, dir := range []string{stage, w.temp} {
			filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error { //nolint:errcheck // it comes and goes
				if err != nil || d.IsDir() {
					return nil
				}
				if b, err := os.ReadFile(path); err == nil {
					files[path] = int64(len(b))
					w.look(t, path+" while it was written", b, w.all)
				}
				return nil
			})
		}
		if len(files) > 0 {
			p.stages++
		}
		if during != nil && !ended {
			during(p, files)
		}
	}
	w.look(t, "stdout", p.out.Bytes(), w.all)
	w.look(t, "stderr", p.complaint.Bytes(), w.all)
	return p
}

// TestProcessLeaksNothing looks at exports as processes while they run, from a database that wants a password.
func TestProcessLeaksNothing(t *testing.T) {
	u := pgtest.URL(t)
	bin := binary(t)
	w := newWatch(t)
	c := newCanary(0)
	w.add(c)
	pgtest.Exec(t, u, people("users", 1, 20_000), fmt.Sprintf(`UPDATE users SET last_name = '%s', phone = '%s', email = '%s', about = '%s' WHERE id = 7`,
		c.surname, c.phone, c.email, c.line()))
	p, err := url.Parse(u)
	if err != nil {
		t.Fatal(err)
	}
	password, _ := p.User.Password()
	w.secret(password)
	p.User = url.User(p.User.Username())
	d := newDesk(t, 100)
	d.db, d.ledger = p.String(), filepath.Join(w.home, "ledger.jsonl")
	env := []string{"PGPASSWORD=" + password}
	to := filepath.Join(t.TempDir(), "research")
	w.places = append(w.places, filepath.Dir(to))

	scan := w.start(t, bin, to, env, nil, "scan", "--format", "jsonl", d.db)
	if code := scan.ProcessState.ExitCode(); code != exitFindings || scan.polls < 3 {
		t.Errorf("scan: exit code %d, looked at %d times: %s", code, scan.polls, scan.complaint.String())
	}
	export := w.start(t, bin, to, env, nil, d.args(to, d.key[0], "csv")...)
	if code := export.ProcessState.ExitCode(); code != exitClean || export.polls < 3 || export.stages == 0 {
		t.Errorf("export: exit code %d, looked at %d times, at its stage %d times: %s", code, export.polls, export.stages, export.complaint.String())
	}
	if data := files(t, to)["public.users.csv"]; len(data) < 100_000 {
		t.Errorf("%d bytes were exported: this proves nothing", len(data))
	}
	before := files(t, to)
	again := filepath.Join(filepath.Dir(to), "again")
	killed := false
	lost := w.start(t, bin, again, env, func(_ *process, staged map[string]int64) {
		if !killed && len(staged) > 0 {
			killed = true
			pgtest.Exec(t, u, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'bezlik' AND datname = current_database()`)
		}
	}, d.args(again, d.key[0], "csv")...)
	if code := lost.ProcessState.ExitCode(); code != exitIncomplete && code != exitClean || !killed || code == exitIncomplete && exists(again) {
		t.Errorf("a connection was ended (%v): exit code %d, published: %v: %s", killed, code, exists(again), lost.complaint.String())
	}
	if !same(before, files(t, to)) {
		t.Error("an export has changed another one")
	}
	w.folders(t)
	w.empty(t)
}

// TestInterruptedExport presses Ctrl-C while an export writes.
func TestInterruptedExport(t *testing.T) {
	bin := binary(t)
	w := newWatch(t)
	c := newCanary(0)
	w.add(c)
	d := newDesk(t, 25_000, append(slices.Clone(large), c.plant(7)...)...)
	d.ledger = filepath.Join(w.home, "ledger.jsonl")
	base := t.TempDir()
	w.places = append(w.places, base)
	for _, lang := range []string{"en", "ru"} {
		for _, signal := range []os.Signal{syscall.SIGINT, syscall.SIGTERM} {
			t.Run(lang+" "+signal.String(), func(t *testing.T) {
				to := filepath.Join(base, lang+signal.String(), "research")
				if err := os.Mkdir(filepath.Dir(to), 0o700); err != nil {
					t.Fatal(err)
				}
				sent := false
				args := append(d.args(to, d.key[0], "csv"), "--lang", lang)
				p := w.start(t, bin, to, nil, func(p *process, staged map[string]int64) {
					if !sent && len(staged) > 0 {
						sent = true
						p.Process.Signal(signal) //nolint:errcheck // it may have ended
					}
				}, args...)
				if code := p.ProcessState.ExitCode(); code != exitIncomplete || !sent {
					t.Errorf("exit code %d, sent: %v: %s", code, sent, p.complaint.String())
				}
				if want := map[string]string{"ru": "прервано", "en": "interrupted"}[lang]; !strings.Contains(p.complaint.String(), want) {
					t.Errorf("it says %q", p.complaint.String())
				}
				if left := leftovers(t, filepath.Dir(to)); len(left) > 0 {
					t.Errorf("left: %v", left)
				}
				w.empty(t)
			})
		}
	}
	w.folders(t)
	w.run(t, exitClean, nil, "ledger", "verify", "--ledger", d.ledger)
}

func leftovers(t *testing.T, dir string) (paths []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		paths = append(paths, filepath.Join(dir, e.Name()))
	}
	return paths
}

// TestWaitingInputIsInterrupted presses Ctrl-C while a filter waits for its input.
func TestWaitingInputIsInterrupted(t *testing.T) {
	bin := binary(t)
	for _, args := range [][]string{{"mask"}, {"scan", "-"}, {"scan", "--format", "jsonl", "-"}} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			c := exec.Command(bin, args...)
			in, err := c.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			defer in.Close()
			var out, complaint bytes.Buffer
			c.Stdout, c.Stderr = &out, &complaint
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			if _, err := in.Write([]byte("Звонил Иванов Иван Иванович, ")); err != nil {
				t.Fatal(err)
			}
			time.Sleep(300 * time.Millisecond)
			c.Process.Signal(os.Interrupt) //nolint:errcheck // it may have ended
			done := make(chan error, 1)
			go func() { done <- c.Wait() }()
			select {
			case <-done:
				if code := c.ProcessState.ExitCode(); code != exitIncomplete || !strings.Contains(out.String()+complaint.String(), "interrupted") {
					t.Errorf("exit code %d: %s%s", code, out.String(), complaint.String())
				}
			case <-time.After(20 * time.Second):
				c.Process.Kill() //nolint:errcheck // it may have ended
				t.Error("it waits on")
			}
		})
	}
}

// TestFullDisk exports, scans and accounts onto a disk that is full: a file system of half a megabyte in memory.
func TestFullDisk(t *testing.T) {
	w := newWatch(t)
	c := newCanary(0)
	w.add(c)
	d := newDesk(t, 5_000, append(slices.Clone(large), c.plant(7)...)...)
	d.ledger = filepath.Join(w.home, "ledger.jsonl")
	disk := t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=512k,mode=0700"); errors.Is(err, fs.ErrPermission) {
		t.Skipf("making a small disk takes the right to mount, which root of a whole machine has: %v", err)
	} else if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(disk, 0); err != nil {
			t.Error(err)
		}
	})
	w.places = append(w.places, disk)
	to := filepath.Join(disk, "research")
	w.key(t, d)
	for _, lang := range []string{"en", "ru"} {
		for _, format := range []string{"csv", "jsonl"} {
			said := w.run(t, exitIncomplete, nil, d.args(to, d.key[0], format)...)
			if !strings.Contains(said, to) || !strings.Contains(said, "no space left") || !strings.Contains(said, "free some space") {
				t.Errorf("%s: it says %q", lang, said)
			}
			if left := leftovers(t, disk); len(left) > 0 {
				t.Errorf("left: %v", left)
			}
		}
	}
	w.run(t, exitClean, nil, "ledger", "verify", "--ledger", d.ledger)
	// With an earlier export there, that one stays whole.
	small := newDesk(t, 400, large...)
	small.ledger = d.ledger
	small.export(t, to, small.key[0], "csv")
	before := files(t, to)
	w.run(t, exitIncomplete, nil, d.args(to, d.key[0], "csv")...)
	if !same(before, files(t, to)) || verify(files(t, to)) != nil {
		t.Error("the earlier export was damaged")
	}
	if left := leftovers(t, disk); !slices.Equal(left, []string{to}) {
		t.Errorf("left: %v", left)
	}
	// Filled to the last byte: no report, no state and no account can be written.
	fill(t, filepath.Join(disk, "filler"))
	for name, args := range map[string][]string{
		"report": {"scan", "-o", filepath.Join(disk, "report.txt"), d.db},
		"jsonl":  {"scan", "--format", "jsonl", "-o", filepath.Join(disk, "report.jsonl"), d.db},
		"state":  {"scan", "--state", filepath.Join(disk, "state"), d.db},
		"ledger": append(d.args(filepath.Join(t.TempDir(), "research"), d.key[0], "csv"), "--ledger", filepath.Join(disk, "ledger.jsonl")),
	} {
		said := w.run(t, exitIncomplete, nil, args...)
		if !strings.Contains(said, "no space left") || !strings.Contains(said, disk) && name != "state" {
			t.Errorf("%s: it says %q", name, said)
		}
	}
	w.folders(t)
	w.empty(t)
}

// key checks that the desk's key is one, so that a failure is not about it.
func (w *watch) key(t *testing.T, d *desk) {
	t.Helper()
	data, err := os.ReadFile(d.key[0])
	if err != nil || len(bytes.TrimSpace(data)) != 2*sha256.Size {
		t.Fatalf("the key: %v", err)
	}
}

// TestNoPermission scans as somebody who may not read: a process of user 65534, since root may read everything.
func TestNoPermission(t *testing.T) {
	c := newCanary(0)
	dir, err := os.MkdirTemp("", "bezlik-perm-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	bin := filepath.Join(dir, "bezlik")
	data, err := os.ReadFile(binary(t))
	if err != nil {
		t.Fatal(err)
	}
	locked, open, home := filepath.Join(dir, "data", "locked.csv"), filepath.Join(dir, "data", "open.csv"), filepath.Join(dir, "home")
	if err := errors.Join(os.WriteFile(bin, data, 0o755), os.Chmod(bin, 0o755), os.Mkdir(filepath.Dir(locked), 0o755), os.Mkdir(home, 0o777), os.Chmod(home, 0o777),
		os.Chmod(filepath.Dir(locked), 0o755), os.WriteFile(locked, []byte(c.line()), 0o600), os.Chmod(locked, 0o000), os.WriteFile(open, []byte("id,word\n1,a\n2,b\n"), 0o644),
		os.Chmod(open, 0o644), os.Mkdir(filepath.Join(dir, "data", "shut"), 0o700), os.Chmod(filepath.Join(dir, "data", "shut"), 0o000)); err != nil {
		t.Fatal(err)
	}
	if os.Getuid() == 0 {
		if err := os.Chown(locked, 0, 0); err != nil {
			t.Fatal(err)
		}
	}
	w := &watch{seed: maphash.MakeSeed(), seen: map[uint64]bool{}}
	w.add(c)
	for _, x := range []struct {
		args []string
		want int
		says []string
	}{
		{[]string{"--lang", "en", "scan", locked}, exitIncomplete, []string{"NOT READ locked.csv", "permission", "run as a user who may read it"}},
		{[]string{"--lang", "ru", "scan", locked}, exitIncomplete, []string{"НЕ ПРОЧИТАНО locked.csv", "НЕПОЛНОЕ", "нет доступа", "запустите от имени пользователя"}},
		{[]string{"--lang", "en", "scan", filepath.Dir(locked)}, exitIncomplete, []string{"NOT READ locked.csv", "NOT READ shut", "open.csv", "INCOMPLETE: 2"}},
		{[]string{"--lang", "en", "scan", "--exclude", "locked.csv", open}, exitClean, []string{"1 object,"}},
		{[]string{"--lang", "en", "scan", "-o", filepath.Join(dir, "report"), open}, exitIncomplete, []string{filepath.Join(dir, "report"), "permission denied"}},
		{[]string{"policy", "check", locked}, exitUsage, []string{locked}},
		{[]string{"decide", "--policy", "sens", "--map", locked, "--export", "research", "--recipient", "internal"}, exitUsage, []string{locked, "cannot be read"}},
		{[]string{"mask", "--key-file", locked}, exitUsage, []string{locked, "permission denied"}},
		{[]string{"export", "--policy", "sens", "--export", "research", "--recipient", "internal", "--from", locked, "--to", filepath.Join(home, "out")}, exitIncomplete,
			[]string{"locked.csv", "permission"}},
	} {
		p := exec.Command(bin, x.args...)
		p.Dir, p.Env = "/", []string{"BEZLIK_HOME=" + home, "TMPDIR=" + home}
		if os.Getuid() == 0 {
			p.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		}
		said, err := p.CombinedOutput()
		var failed *exec.ExitError
		if err != nil && !errors.As(err, &failed) {
			t.Fatal(err)
		}
		if code := p.ProcessState.ExitCode(); code != x.want {
			t.Errorf("%v: exit code %d, want %d: %s", x.args, code, x.want, said)
		}
		for _, s := range x.says {
			if !bytes.Contains(said, []byte(s)) {
				t.Errorf("%v: it does not say %q: %s", x.args, s, said)
			}
		}
		w.look(t, strings.Join(x.args, " "), said, w.all)
	}
	if left := leftovers(t, home); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}

func fill(t *testing.T, path string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for size := 1 << 16; size > 0; {
		if _, err := f.Write(make([]byte, size)); err != nil {
			size /= 2
		}
	}
}

// TestNeedles checks the search itself.
func TestNeedles(t *testing.T) {
	c := newCanary(3)
	w1251, err := cp1251(c.surname)
	if err != nil {
		t.Fatal(err)
	}
	digits := strings.NewReplacer(" ", "", "-", "", "+", "", "(", "", ")", "").Replace
	for _, x := range []struct{ value, text string }{
		{c.surname, "x" + c.surname}, {c.surname, string(w1251)}, {c.surname, strings.ToUpper(c.surname)},
		{c.surname, strings.Trim(strconv.QuoteToASCII(c.surname), `"`)}, {c.surname, hex.EncodeToString([]byte("ab" + c.surname))},
		{c.surname, base64.StdEncoding.EncodeToString([]byte("a" + c.surname + "b"))}, {c.surname, base64.URLEncoding.EncodeToString([]byte("ab" + c.surname + "bc"))},
		{c.surname, url.QueryEscape(c.surname)}, {c.phone, "8" + digits(c.phone)[1:]}, {c.snils, digits(c.snils)}, {c.card, digits(c.card)},
		{c.born, "1961-03-13"}, {nasty, strconv.Quote(nasty)}, {nasty, url.QueryEscape(nasty)},
	} {
		if held([]byte(x.text), needles(x.value)) == nil {
			t.Errorf("%q is not seen in %q", x.value, x.text)
		}
		if got := held([]byte("nothing of the kind, 77********93"), needles(x.value)); got != nil {
			t.Errorf("seen where it is not: %q", got)
		}
	}
}
