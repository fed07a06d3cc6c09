package main

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bezlik/anonymize"
	"bezlik/rules"
)

// exportDay is the day as of which exports of tests decide: everybody of the made-up world is of age then.
const exportDay = "2026-12-01"

// A desk is a made-up world and all that an export for research needs.
type desk struct {
	db, keys, profile, ledger string
	home                      string
	key                       [2]string // two key files
}

// large makes the classes of the quasi-identifiers so large that no row has to be suppressed.
var large = []string{`UPDATE users SET birth_date = '19' || (80 + id % 10) || '-05-05', last_login_at = '2026-11-11'`,
	`UPDATE profiles SET height = 170, weight = 70`, `UPDATE device_logs SET ts = '2026-11-11T10:20:30Z'`}

// newDesk makes a world of some people. change is SQL that makes its tables what the test needs.
func newDesk(t *testing.T, people int, change ...string) *desk {
	t.Helper()
	dir := t.TempDir()
	d := &desk{db: filepath.Join(dir, "world", "sens.db"), keys: filepath.Join(dir, "keys"), home: filepath.Join(dir, "home"),
		ledger: filepath.Join(dir, "account", "ledger.jsonl")}
	for _, p := range []string{filepath.Dir(d.db), d.keys} {
		if err := os.Mkdir(p, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := makeWorld(filepath.Dir(d.db), people); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", d.db)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, q := range change {
		if _, err := db.Exec(q); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
	}
	for i := range d.key {
		d.key[i] = filepath.Join(d.keys, fmt.Sprintf("%d.key", i))
		secret := sha256.Sum256([]byte{byte(i), 'k'})
		write(t, d.key[i], []byte(hex.EncodeToString(secret[:])+"\n"))
	}
	d.profile = filepath.Join(d.keys, "profile.yaml")
	policy, err := rules.Builtin("sens")
	if err != nil {
		t.Fatal(err)
	}
	p := rules.DefaultProfile(policy)
	p.Acts.M4, p.Gates.K = localAct, 5
	coarse := func(round, bottom, top float64) anonymize.Spec {
		return anonymize.Spec{Do: "m4.generalize", Round: round, Bottom: &bottom, Top: &top}
	}
	p.Columns = append([]rules.ProfileColumn{
		{Match: rules.Match{Attribute: rules.Words{"height"}}, Spec: coarse(10, 160, 180)},
		{Match: rules.Match{Attribute: rules.Words{"weight"}}, Spec: coarse(20, 60, 90)},
	}, p.Columns...)
	write(t, d.profile, p.YAML())
	return d
}

// localAct is the number of a made-up local act; it stands in the profile and nowhere else.
const localAct = "ЛА-77/2026"

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// args is the command line of an export for research.
func (d *desk) args(to, key, format string) []string {
	return []string{"export", "-q", "--lang", "en", "--policy", "sens", "--export", "research", "--recipient", "internal", "--profile", d.profile,
		"--from", d.db, "--to", to, "--to-format", format, "--key-file", key, "--ledger", d.ledger, "--now", exportDay}
}

// export exports and returns what was published.
func (d *desk) export(t *testing.T, to, key, format string) map[string][]byte {
	t.Helper()
	if code, out, complaint := do(t, d.home, d.args(to, key, format)...); code != exitClean {
		t.Fatalf("exit code %d: %s%s", code, out, complaint)
	}
	return files(t, to)
}

// files reads all files of a folder, by name.
func files(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err == nil {
			all[filepath.ToSlash(name)], err = os.ReadFile(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// same says whether two folders hold the same bytes under the same names.
func same(a, b map[string][]byte) bool {
	if len(a) != len(b) {
		return false
	}
	for name, x := range a {
		if y, ok := b[name]; !ok || !bytes.Equal(x, y) {
			return false
		}
	}
	return true
}

// A table is rows by column name, as text; what is empty or null is "".
type table []map[string]string

// parse reads an exported file with the standard library.
func parse(t *testing.T, name string, data []byte) (rows table) {
	t.Helper()
	if strings.HasSuffix(name, ".csv") {
		all, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
		if err != nil || len(all) == 0 {
			t.Fatalf("%s: %v", name, err)
		}
		for _, r := range all[1:] {
			m := map[string]string{}
			for i, column := range all[0] {
				m[column] = r[i]
			}
			rows = append(rows, m)
		}
		return rows
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	for {
		var m map[string]any
		err := d.Decode(&m)
		if err == io.EOF { //nolint:errorlint // json.Decoder returns it bare
			return rows
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		row := map[string]string{}
		for k, v := range m {
			if v != nil {
				row[k] = fmt.Sprint(v)
			}
		}
		rows = append(rows, row)
	}
}

// source reads the rows of a query as text.
func (d *desk) source(t *testing.T, query string) (rows table) {
	t.Helper()
	db, err := sql.Open("sqlite", d.db)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	r, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	columns, err := r.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for r.Next() {
		cells, into := make([]sql.NullString, len(columns)), make([]any, len(columns))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := r.Scan(into...); err != nil {
			t.Fatal(err)
		}
		m := map[string]string{}
		for i, c := range columns {
			m[c] = cells[i].String
		}
		rows = append(rows, m)
	}
	if err := r.Err(); err != nil {
		t.Fatal(err)
	}
	return rows
}

// join is the pairs of row numbers of two tables whose columns hold the same.
func join(left table, l string, right table, r string) (pairs [][2]int) {
	by := map[string][]int{}
	for i, row := range right {
		by[row[r]] = append(by[row[r]], i)
	}
	for i, row := range left {
		for _, k := range by[row[l]] {
			pairs = append(pairs, [2]int{i, k})
		}
	}
	return pairs
}

// TestExportKeepsJoins exports three tables that are joined one to one, one to none and one to many. Which rows leave
// is computed by SQL; rows keep their order, so the numbers of the joined rows must be those of the source.
func TestExportKeepsJoins(t *testing.T) {
	d := newDesk(t, 1500, append(slices.Clone(large),
		`DELETE FROM profiles WHERE user_id % 7 = 0`,
		`INSERT INTO profiles SELECT id + 1000000, 170, 70, 0, 'врач', 'Люблю шахматы.' FROM users WHERE id % 11 = 0`, // of nobody
		`INSERT INTO device_logs SELECT * FROM device_logs WHERE user_id % 3 = 0`,
		`UPDATE users SET deleted_at = '2026-10-10' WHERE id % 50 = 0`)...)
	const gone = `SELECT id FROM users WHERE blocked_at IS NOT NULL` // deleted accounts stay: the policy's clause 5.6
	users := d.source(t, `SELECT * FROM users WHERE id NOT IN (`+gone+`) ORDER BY rowid`)
	profiles := d.source(t, `SELECT * FROM profiles WHERE user_id NOT IN (`+gone+`) ORDER BY rowid`)
	logs := d.source(t, `SELECT * FROM device_logs WHERE user_id NOT IN (`+gone+`) ORDER BY rowid`)
	if len(users) < 1200 || len(users) > 1490 {
		t.Fatalf("%d users are left of the made-up ones: this proves nothing", len(users))
	}
	tokens := map[string]map[string]string{} // by format: the value of the source, and its token
	for _, format := range []string{"csv", "jsonl"} {
		t.Run(format, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "research")
			got := d.export(t, out, d.key[0], format)
			u := parse(t, "users."+format, got["sens.db/users."+format])
			p := parse(t, "profiles."+format, got["sens.db/profiles."+format])
			l := parse(t, "device_logs."+format, got["sens.db/device_logs."+format])
			if len(u) != len(users) || len(p) != len(profiles) || len(l) != len(logs) {
				t.Fatalf("%d, %d and %d rows left, want %d, %d and %d", len(u), len(p), len(l), len(users), len(profiles), len(logs))
			}
			kept(t, u, users, "gender", "country")
			kept(t, p, profiles, "children", "profession")
			for _, c := range []struct {
				name        string
				left, right table
				l, r        string
				want        [][2]int
			}{
				{"users and profiles", u, p, "id", "user_id", join(users, "id", profiles, "user_id")},
				{"users and logs", u, l, "id", "user_id", join(users, "id", logs, "user_id")},
				{"profiles and logs", p, l, "user_id", "user_id", join(profiles, "user_id", logs, "user_id")},
			} {
				if pairs := join(c.left, c.l, c.right, c.r); len(pairs) < 1000 || !slices.Equal(pairs, c.want) {
					t.Errorf("%s: %d pairs, want the %d of the source", c.name, len(pairs), len(c.want))
				}
			}
			tokens[format] = map[string]string{}
			for _, column := range []string{"id", "first_name", "last_name", "phone", "email"} {
				bijection(t, column, users, u, tokens[format])
			}

			again := d.export(t, filepath.Join(t.TempDir(), "research"), d.key[0], format)
			if !same(got, again) {
				t.Error("the same key and source gave another export")
			}
			other := parse(t, "users."+format, d.export(t, filepath.Join(t.TempDir(), "research"), d.key[1], format)["sens.db/users."+format])
			seen := map[string]bool{}
			for _, token := range tokens[format] {
				seen[token] = true
			}
			for i, row := range other {
				for _, column := range []string{"id", "first_name", "last_name", "phone", "email"} {
					if seen[row[column]] {
						t.Fatalf("row %d: another key gave a token of the first one in %s", i+1, column)
					}
				}
			}
			checkManifest(t, got)
			d.secrets(t, got)
			if code, report, _ := do(t, d.home, "scan", "--lang", "en", out); code != exitClean {
				t.Errorf("the export still holds something, exit code %d:\n%s", code, report)
			}
		})
	}
	for value, token := range tokens["csv"] {
		if tokens["jsonl"][value] != token {
			t.Fatal("the same value has two tokens in two formats")
		}
	}
	if code, out, complaint := do(t, d.home, "ledger", "verify", "--lang", "en", "--ledger", d.ledger); code != exitClean || !strings.HasPrefix(out, "12 entries") {
		t.Errorf("six exports, exit code %d: %s%s", code, out, complaint)
	}
}

// kept checks that columns that are exported as they are still say the same, row by row.
func kept(t *testing.T, got, want table, columns ...string) {
	t.Helper()
	for i := range got {
		for _, c := range columns {
			if got[i][c] != want[i][c] {
				t.Fatalf("row %d, %s: %q, want %q", i+1, c, got[i][c], want[i][c])
			}
		}
	}
}

// bijection checks that equal values have equal tokens, different ones different tokens, and none its own.
func bijection(t *testing.T, column string, source, result table, tokens map[string]string) {
	t.Helper()
	back := map[string]string{}
	for i := range source {
		value, token := source[i][column], result[i][column]
		if token == "" || token == value || len(value) > 5 && strings.Contains(token, value) {
			t.Fatalf("row %d: %s was not replaced", i+1, column)
		}
		if have, ok := tokens[column+" "+value]; ok && have != token {
			t.Fatalf("row %d: one value of %s has two tokens", i+1, column)
		}
		if have, ok := back[token]; ok && have != value {
			t.Fatalf("row %d: two values of %s have one token", i+1, column)
		}
		tokens[column+" "+value], back[token] = token, value
	}
}

// published is a manifest as its reader sees it.
type published struct {
	Files []struct {
		Name    string
		Rows    int
		Columns []string
		Bytes   int
		SHA256  string
	}
}

// verify checks a published folder against its manifest: nothing is missing, nothing is more, all bytes are right.
func verify(got map[string][]byte) error {
	var m published
	if err := json.Unmarshal(got["manifest.json"], &m); err != nil {
		return err
	}
	if len(m.Files)+1 != len(got) {
		return fmt.Errorf("%d files, %d in the manifest", len(got)-1, len(m.Files))
	}
	for _, f := range m.Files {
		data, ok := got[f.Name]
		sum := sha256.Sum256(data)
		if !ok || len(data) != f.Bytes || hex.EncodeToString(sum[:]) != f.SHA256 {
			return fmt.Errorf("%s is not what the manifest says", f.Name)
		}
	}
	return nil
}

// checkManifest checks the figures of a manifest, and that it says nothing of how the data were made.
func checkManifest(t *testing.T, got map[string][]byte) {
	t.Helper()
	if err := verify(got); err != nil {
		t.Fatal(err)
	}
	var m published
	if err := json.Unmarshal(got["manifest.json"], &m); err != nil {
		t.Fatal(err)
	}
	for _, f := range m.Files {
		rows := parse(t, f.Name, got[f.Name])
		if len(rows) != f.Rows {
			t.Errorf("%s: %d rows, the manifest says %d", f.Name, len(rows), f.Rows)
		}
		for _, c := range f.Columns {
			if _, ok := rows[0][c]; !ok && strings.HasSuffix(f.Name, ".csv") {
				t.Errorf("%s: no column %s", f.Name, c)
			}
		}
	}
	text := strings.ToLower(string(got["manifest.json"]))
	for _, word := range []string{"bezlik", "m2", "m4", "k=", `"k"`, "identifier", "generali", "mask", "delete\"", "keep", "method", "метод", "key", "ключ",
		"profile\"", "профил", "token", "версия", "version", version, "suppress", "год", "year", "plan", "gate", "residual", "dropped"} {
		if strings.Contains(text, word) {
			t.Errorf("the manifest says %q", word)
		}
	}
}

// secrets looks in all that was published for what must lie elsewhere.
func (d *desk) secrets(t *testing.T, got map[string][]byte) {
	t.Helper()
	profile, err := os.ReadFile(d.profile)
	if err != nil {
		t.Fatal(err)
	}
	needles := []string{localAct, "sens-research", "pdprofile", string(profile[:40])}
	for _, path := range d.key {
		key, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		k, err := anonymize.ReadKey(path)
		if err != nil {
			t.Fatal(err)
		}
		raw, _ := hex.DecodeString(strings.TrimSpace(string(key)))
		needles = append(needles, strings.TrimSpace(string(key)), string(raw), k.ID())
	}
	for name, data := range got {
		for _, n := range needles {
			if bytes.Contains(data, []byte(n)) {
				t.Errorf("%s holds a key, or the profile", name)
			}
		}
	}
}

// TestExportKeepsKeyApart asks for exports that would put key and data in one place.
func TestExportKeepsKeyApart(t *testing.T) {
	d := newDesk(t, 300, large...)
	out := filepath.Join(t.TempDir(), "research")
	d.export(t, out, d.key[0], "csv")
	inside := filepath.Join(out, "research.key")
	key, err := os.ReadFile(d.key[0])
	if err != nil {
		t.Fatal(err)
	}
	write(t, inside, key)
	before := files(t, out)
	if code, _, complaint := do(t, d.home, d.args(out, inside, "csv")...); code != exitUsage && code != exitRefused && code != exitHeld {
		t.Errorf("a key in the target folder: exit code %d: %s", code, complaint)
	}
	if !same(before, files(t, out)) {
		t.Error("what was refused has changed the folder")
	}
	beside := filepath.Join(filepath.Dir(d.db), "out")
	if code, _, _ := do(t, d.home, d.args(beside, d.key[0], "csv")...); code == exitClean || exists(beside) {
		t.Errorf("an export beside its source: exit code %d", code)
	}
}

// TestExportTellsNothing exports a table whose name tells what the data went through: the manifest would hand it over.
func TestExportTellsNothing(t *testing.T) {
	d := newDesk(t, 300, append(slices.Clone(large), `ALTER TABLE profiles RENAME TO profiles_by_bezlik`)...)
	to := filepath.Join(t.TempDir(), "research")
	code, out, complaint := do(t, d.home, d.args(to, d.key[0], "csv")...)
	if code != exitRefused || !strings.Contains(complaint, "names the program") {
		t.Errorf("exit code %d: %s%s", code, out, complaint)
	}
	if exists(to) {
		t.Error("published all the same")
	}
}
