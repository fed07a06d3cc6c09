package corpus

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"database/sql"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

// make1 makes a corpus in memory and collects its truth.
func make1(t *testing.T, o Options) ([]byte, Meta, []Planted) {
	t.Helper()
	var b bytes.Buffer
	var truth []Planted
	o.Truth = func(p *Planted) {
		q := *p
		q.Value, q.Text = bytes.Clone(p.Value), bytes.Clone(p.Text)
		truth = append(truth, q)
	}
	meta, err := Write(&b, o)
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), meta, truth
}

func sum(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

// TestPinned holds the bytes of 1 MB of every kind: figures of different days compare only while these stay.
func TestPinned(t *testing.T) {
	pins := map[string]string{
		"log":      "dc5d9dbd6191e03f1b3565535557cb9a00fc158bb7a65ff79b2fd5ba195d9209",
		"access":   "8d30eaa4f46cb938d3b4127cb497e6e09f2e18cfe5db77b38190d3b0adf77349",
		"csv":      "a43e7f243678d202e495e17a511417db841b70370d8aae3012be6a2f8be028f4",
		"copy":     "ad73803ea519aceff6fc061b61a81613ba24089fb8f7e25b6c6a5e21b414f360",
		"pgdump":   "95ace4fe901865b74c07b92590291c23862c7e4c3dc69f2490d72edcd7067eaa",
		"inserts":  "1f1bc04f7453f20aa30d3333ae438f8b622a3341f5d663679ec4a727bed54157",
		"jsonl":    "1e474e8478189eca6317723c40e281b0cda5ef048553f26a132e2ae479c05b3f",
		"telegram": "a0f1ae2c9c12a7a591e8fa851c1c201e46f25a0b38c6f10a607e3fc705df683f",
		"sqlite":   "2407fa0c6d2ef27b37cef7dd66874e62cbd5b4cda50f0e538b34f9d3cdedb2ab",
	}
	for _, kind := range Kinds() {
		t.Run(kind, func(t *testing.T) {
			var got string
			if kind == "sqlite" { // the library writes its version into the file, so the rows are pinned
				path := filepath.Join(t.TempDir(), "a.sqlite")
				if _, err := WriteFile(path, Options{Kind: kind, Seed: Seed}); err != nil {
					t.Fatal(err)
				}
				got = sum([]byte(strings.Join(sqliteRows(t, path), "\n")))
			} else {
				b, meta, _ := make1(t, Options{Kind: kind, Seed: Seed})
				if got = sum(b); got != meta.SHA256 || int64(len(b)) != meta.Bytes {
					t.Errorf("meta says %s, %d bytes; the output is %s, %d bytes", meta.SHA256, meta.Bytes, got, len(b))
				}
				if len(b) < 1_000_000 || len(b) > 1_010_000 {
					t.Errorf("%d bytes", len(b))
				}
			}
			if got != pins[kind] {
				t.Errorf("sha256 %s, pinned is %s", got, pins[kind])
			}
		})
	}
}

func sqliteRows(t *testing.T, path string) (out []string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query("SELECT id, full_name, birth_date, gender, phone, email, inn, snils, passport, address, coalesce(comment, ''), created_at FROM users ORDER BY id")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		cells, ptrs := make([]string, len(columns)), make([]any, len(columns))
		for i := range cells {
			ptrs[i] = &cells[i]
		}
		if err := rows.Scan(ptrs...); err != nil {
			t.Fatal(err)
		}
		out = append(out, strings.Join(cells, "\x1f"))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestTableKindsHoldTheSameRows reads every form of the table back with readers that are not ours.
func TestTableKindsHoldTheSameRows(t *testing.T) {
	for _, with := range []With{{}, {NBSP: true, Case: true, Rare: true, CRLF: true}, {Long: true, Escapes: true}, {Numeric: true}} {
		o := Options{Seed: 5, Rows: 300, With: with}
		o.Kind = "csv"
		b, _, _ := make1(t, o)
		records, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		breaks := 0
		for _, r := range records[1:] {
			want = append(want, strings.Join(r, "\x1f"))
			if strings.Contains(r[colComment], "\n") {
				breaks++
			}
		}
		if len(want) != 300 || breaks*50 < len(want) {
			t.Errorf("%d rows, %d with a line break in a cell; wanted 300 and 2 %% of them", len(want), breaks)
		}
		o.Kind = "jsonl"
		b, _, _ = make1(t, o)
		equalRows(t, "jsonl", jsonRows(t, b), want)
		o.Kind = "copy"
		b, _, _ = make1(t, o)
		equalRows(t, "copy", copyRows(b), want)
		o.Kind = "pgdump"
		b, _, _ = make1(t, o)
		_, data, _ := bytes.Cut(b, []byte("FROM stdin;\n"))
		data, _, ok := bytes.Cut(data, []byte("\\.\n"))
		if !ok {
			t.Fatal("no end of data in the dump")
		}
		equalRows(t, "pgdump", copyRows(data), want)
		path := filepath.Join(t.TempDir(), "a.sqlite")
		o.Kind = "sqlite"
		if _, err := WriteFile(path, o); err != nil {
			t.Fatal(err)
		}
		equalRows(t, "sqlite", sqliteRows(t, path), want)
		o.Kind = "inserts"
		b, _, _ = make1(t, o)
		equalRows(t, "inserts", insertedRows(t, b), want)
	}
}

// insertedRows lets SQLite run the statements; what PostgreSQL alone understands is taken out.
func insertedRows(t *testing.T, b []byte) []string {
	path := filepath.Join(t.TempDir(), "i.sqlite")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	s := strings.TrimPrefix(string(b), "SET client_encoding = 'UTF8';\n")
	s = strings.ReplaceAll(strings.ReplaceAll(s, "public.users", "users"), "timestamp without time zone", "text")
	_, err = db.Exec(strings.Replace(s, " date,", " text,", 1))
	if e := db.Close(); err != nil || e != nil {
		t.Fatal(errors.Join(err, e))
	}
	return sqliteRows(t, path)
}

func equalRows(t *testing.T, kind string, got, want []string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d rows, csv has %d", kind, len(got), len(want))
	}
	for i := range got {
		if got[i] != want[i] {
			t.Fatalf("%s: row %d is %q, csv has %q", kind, i+1, got[i], want[i])
		}
	}
}

func jsonRows(t *testing.T, b []byte) (out []string) {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	for {
		var m map[string]any
		if err := d.Decode(&m); err == io.EOF {
			return out
		} else if err != nil {
			t.Fatal(err)
		}
		var cells []string
		for _, c := range columns {
			switch v := m[c].(type) {
			case nil:
				cells = append(cells, "")
			case string:
				cells = append(cells, v)
			case json.Number:
				cells = append(cells, v.String())
			}
		}
		out = append(out, strings.Join(cells, "\x1f"))
	}
}

func copyRows(b []byte) (out []string) {
	for _, line := range strings.Split(strings.TrimSuffix(string(b), "\n"), "\n") {
		line = strings.ReplaceAll(line, `\N`, "")
		line = strings.NewReplacer(`\n`, "\n", `\\`, `\`).Replace(line)
		out = append(out, strings.ReplaceAll(line, "\t", "\x1f"))
	}
	return out
}

// TestTruthPointsAtItems reads the items from where the truth says they are.
func TestTruthPointsAtItems(t *testing.T) {
	hard := With{NBSP: true, Case: true, Rare: true, Long: true, Huge: true}
	t.Run("log", func(t *testing.T) {
		h := hard
		h.Straddle = true
		b, meta, truth := make1(t, Options{Kind: "log", Size: 4_000_000, With: h})
		lines := bytes.Split(b, []byte("\n"))
		starts, at := make([]int, len(lines)), 0
		for i, l := range lines {
			starts[i] = at
			at += len(l) + 1
		}
		across := map[int]bool{}
		for _, p := range truth {
			checkItem(t, p, lines[p.Row-1])
			from, to := starts[p.Row-1]+p.Start, starts[p.Row-1]+p.End
			if from>>16 != (to-1)>>16 {
				across[to>>16] = true
			}
			if p.note&deep != 0 && p.Start < 1<<16 {
				t.Errorf("an item noted as deep begins at byte %d", p.Start)
			}
		}
		// All borders but those inside the line of 1 MiB and in long lines have an item across them.
		if len(across) < len(b)>>16-30 {
			t.Errorf("items across %d of %d borders", len(across), len(b)>>16)
		}
		if len(lines[2]) < 1<<20 {
			t.Errorf("line 3 has %d bytes", len(lines[2]))
		}
		for _, n := range noteNames {
			if meta.Hard[n] == 0 {
				t.Errorf("no item is %s", n)
			}
		}
		total := int64(0)
		for _, p := range truth {
			if p.Counted() {
				total++
			}
		}
		if total != meta.Total() {
			t.Errorf("meta counts %d items, the truth %d", meta.Total(), total)
		}
	})
	t.Run("csv", func(t *testing.T) {
		b, _, truth := make1(t, Options{Kind: "csv", Size: 3_000_000, With: hard})
		records, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range truth {
			i := 0
			for columns[i] != p.Field {
				i++
			}
			checkItem(t, p, []byte(records[p.Row][i]))
		}
	})
	t.Run("telegram", func(t *testing.T) {
		b, meta, truth := make1(t, Options{Kind: "telegram", Size: 2_000_000, With: With{NBSP: true, Escapes: true, Huge: true}})
		var chat struct {
			Messages []struct {
				Text     any
				Date     string
				Unix     string                  `json:"date_unixtime"`
				Entities []struct{ Text string } `json:"text_entities"`
			}
		}
		if err := json.Unmarshal(b, &chat); err != nil {
			t.Fatal(err)
		}
		if int64(len(chat.Messages)) != meta.Rows {
			t.Fatalf("%d messages, meta says %d", len(chat.Messages), meta.Rows)
		}
		texts := make([]string, len(chat.Messages))
		for i, m := range chat.Messages {
			joined := ""
			for _, e := range m.Entities {
				joined += e.Text
			}
			texts[i] = joined
			if s, ok := m.Text.(string); ok && s != joined {
				t.Fatalf("message %d: text and text_entities differ", i+1)
			}
		}
		for _, p := range truth {
			checkItem(t, p, []byte(texts[p.Row-1]))
		}
	})
	t.Run("copywide", func(t *testing.T) {
		var b bytes.Buffer
		var truth []Planted
		_, err := WriteWide(&b, Options{Rows: 300, Truth: func(p *Planted) {
			q := *p
			q.Value, q.Text = bytes.Clone(p.Value), bytes.Clone(p.Text)
			truth = append(truth, q)
		}})
		if err != nil {
			t.Fatal(err)
		}
		names := append(append([]string{}, columns...), wideColumns...)
		rows := copyRows(b.Bytes())
		seen := map[string]int{}
		for _, p := range truth {
			cells := strings.Split(rows[p.Row-1], "\x1f")
			if len(cells) != 19 {
				t.Fatalf("row %d has %d cells", p.Row, len(cells))
			}
			for i, n := range names {
				if n == p.Field {
					checkItem(t, p, []byte(cells[i]))
					seen[n]++
				}
			}
		}
		if seen["profile"] != 600 || seen["phones"] != 300 || seen["inn_number"] != 300 {
			t.Errorf("items in the added columns: %v", seen)
		}
	})
}

// checkItem compares an item in its cell with its normal form, digit by digit where it is a number.
func checkItem(t *testing.T, p Planted, cell []byte) {
	t.Helper()
	if p.Start < 0 || p.End > len(cell) || p.Start >= p.End {
		t.Fatalf("%s: bytes %d to %d of a cell of %d", p.Kind, p.Start, p.End, len(cell))
	}
	text := cell[p.Start:p.End]
	if !bytes.Equal(text, p.Text) || !utf8.Valid(text) {
		t.Fatalf("%s: %q stands where %q was planted", p.Kind, text, p.Text)
	}
	want := string(p.Value)
	var digits []byte
	for _, c := range text {
		if c >= '0' && c <= '9' {
			digits = append(digits, c)
		}
	}
	switch p.Kind {
	case Phone:
		if got := "+7" + string(digits[len(digits)-10:]); got != want || len(want) != 12 {
			t.Fatalf("phone %s, truth says %s", got, want)
		}
	case INN, INNOrg, SNILS, Passport, Card:
		if string(digits) != want {
			t.Fatalf("%s %s, truth says %s", p.Kind, digits, want)
		}
	default:
		if string(text) != want {
			t.Fatalf("%s %q, truth says %q", p.Kind, text, want)
		}
	}
}

// TestCheckDigits knows numbers whose check digits are published, or worked out on paper.
func TestCheckDigits(t *testing.T) {
	// The tax service's own numbers; 77 07 083893 is an organisation's published INN.
	if got := weighted([]byte("770708389"), 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10; got != 3 {
		t.Errorf("INN: %d", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		d := newDice(rapid.Uint64().Draw(t, "seed"), 1)
		// Luhn from the right, as ISO/IEC 7812 tells it.
		card, odd, total := d.card(nil), false, 0
		for i := len(card) - 1; i >= 0; i-- {
			v := int(card[i] - '0')
			if odd {
				v = v*2/10 + v*2%10
			}
			total, odd = total+v, !odd
		}
		if len(card) != 16 || total%10 != 0 {
			t.Fatalf("card %s", card)
		}
		// SNILS: the sum of digits times places from the right, and its remainder by 101.
		snils, total := d.snils(nil), 0
		for i := range 9 {
			total += int(snils[i]-'0') * (9 - i)
		}
		if check, _ := strconv.Atoi(string(snils[9:])); len(snils) != 11 || total%101%100 != check {
			t.Fatalf("snils %s", snils)
		}
		if n := len(d.inn12(nil)); n != 12 {
			t.Fatalf("inn of %d digits", n)
		}
		if n := len(d.inn10(nil)); n != 10 {
			t.Fatalf("inn of %d digits", n)
		}
		if n := len(d.passport(nil)); n != 10 {
			t.Fatalf("passport of %d digits", n)
		}
	})
	// 112-233-445 95 is the example in the pension fund's description of the rule.
	if got := weighted([]byte("112233445"), 9, 8, 7, 6, 5, 4, 3, 2, 1) % 101 % 100; got != 95 {
		t.Errorf("SNILS: %d", got)
	}
}

func TestNames(t *testing.T) {
	for _, c := range []struct{ father, son, daughter string }{
		{"Иван", "Иванович", "Ивановна"}, {"Андрей", "Андреевич", "Андреевна"}, {"Василий", "Васильевич", "Васильевна"},
		{"Игорь", "Игоревич", "Игоревна"}, {"Илья", "Ильич", "Ильинична"}, {"Лев", "Львович", "Львовна"}, {"Дмитрий", "Дмитриевич", "Дмитриевна"},
	} {
		if s, d := patronymic(c.father, false), patronymic(c.father, true); s != c.son || d != c.daughter {
			t.Errorf("%s: %s, %s", c.father, s, d)
		}
	}
	for nominative, want := range map[string]string{"Анна": "Анне", "Мария": "Марии", "Игорь": "Игорю", "Сергей": "Сергею",
		"Илья": "Илье", "Пётр": "Петру", "Любовь": "Любови", "Иванович": "Ивановичу", "Ивановна": "Ивановне"} {
		if got := dative(nominative); got != want {
			t.Errorf("%s: %s", nominative, got)
		}
	}
	for nominative, want := range map[string]string{"Иванов": "Иванову", "Бондаренко": "Бондаренко", "Высоцкий": "Высоцкому"} {
		if got := dativeSurname(nominative, false); got != want {
			t.Errorf("%s: %s", nominative, got)
		}
	}
	for nominative, want := range map[string]string{"Иванова": "Ивановой", "Высоцкая": "Высоцкой", "Гончарук": "Гончарук"} {
		if got := dativeSurname(nominative, true); got != want {
			t.Errorf("%s: %s", nominative, got)
		}
	}
}

// TestEncodings decodes with the libraries' own tables.
func TestEncodings(t *testing.T) {
	plain, _, _ := make1(t, Options{Kind: "csv", Rows: 500, With: With{NBSP: true}})
	b, _, _ := make1(t, Options{Kind: "csv", Rows: 500, With: With{NBSP: true, CP1251: true}})
	if got, err := charmap.Windows1251.NewDecoder().Bytes(b); err != nil || !bytes.Equal(got, plain) {
		t.Errorf("windows-1251 does not come back: %v", err)
	}
	b, _, _ = make1(t, Options{Kind: "csv", Rows: 500, With: With{NBSP: true, UTF16: true}})
	if got, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(b); err != nil || !bytes.Equal(got, plain) {
		t.Errorf("UTF-16 does not come back: %v", err)
	}
	b, _, _ = make1(t, Options{Kind: "csv", Rows: 500, With: With{NBSP: true, BOM: true}})
	if got, ok := bytes.CutPrefix(b, []byte("\xef\xbb\xbf")); !ok || !bytes.Equal(got, plain) {
		t.Error("no byte order mark before the same text")
	}
	b, _, _ = make1(t, Options{Kind: "csv", Rows: 500, With: With{NBSP: true, Gzip: true}})
	r, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, plain) {
		t.Errorf("gzip does not come back: %v", err)
	}
	b, _, _ = make1(t, Options{Kind: "log", Rows: 500, With: With{CRLF: true}})
	if bytes.Count(b, []byte("\r\n")) != 500 || bytes.Count(b, []byte("\n")) != 500 {
		t.Error("not every line ends in CRLF")
	}
}

func TestMinifiedIsOneLine(t *testing.T) {
	b, meta, _ := make1(t, Options{Kind: "jsonl", Size: 200_000, With: With{Minified: true, Escapes: true}})
	var rows []map[string]any
	if err := json.Unmarshal(b, &rows); err != nil || int64(len(rows)) != meta.Rows {
		t.Errorf("%d of %d rows: %v", len(rows), meta.Rows, err)
	}
	if bytes.Count(b, []byte("\n")) != 1 || bytes.IndexFunc(b, func(r rune) bool { return r > 127 }) >= 0 {
		t.Error("more than one line, or more than ASCII")
	}
	b, _, _ = make1(t, Options{Kind: "telegram", Size: 200_000, With: With{Minified: true}})
	if !json.Valid(b) || bytes.Contains(b, []byte("\n")) {
		t.Error("a minified chat is not one line of JSON")
	}
}

// TestSeeds: the same seed gives the same bytes, another one others, and the held-out seed is not the first one.
func TestSeeds(t *testing.T) {
	a, _, _ := make1(t, Options{Kind: "log", Rows: 50, Seed: Seed})
	b, _, _ := make1(t, Options{Kind: "log", Rows: 50, Seed: Seed})
	c, _, _ := make1(t, Options{Kind: "log", Rows: 50, Seed: HeldOutSeed})
	if !bytes.Equal(a, b) || bytes.Equal(a, c) {
		t.Error("seeds do not decide")
	}
}

func TestAccessLogHoldsNothing(t *testing.T) {
	_, meta, truth := make1(t, Options{Kind: "access"})
	if meta.Total() != 0 || len(truth) != 0 {
		t.Errorf("%d items", meta.Total())
	}
}

func TestWrongOptions(t *testing.T) {
	for name, o := range map[string]Options{"kind": {Kind: "docx"}, "sqlite": {Kind: "sqlite"}, "both": {Kind: "log", With: With{CP1251: true, UTF16: true}},
		"straddle": {Kind: "csv", With: With{Straddle: true}}} {
		if _, err := Write(io.Discard, o); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	want := errors.New("full")
	if _, err := Write(failing{want}, Options{Kind: "log"}); !errors.Is(err, want) {
		t.Errorf("an error of the writer became %v", err)
	}
}

type failing struct{ error }

func (f failing) Write([]byte) (int, error) { return 0, f.error }

func TestWorld(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "world")
	metas, err := World(dir, 9, 200)
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(dir + ".truth.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	counts := map[string]int64{}
	for s := bufio.NewScanner(f); s.Scan(); {
		var p struct {
			Object, Kind, Value string
			Row                 int64
			Counted             bool
		}
		if err := json.Unmarshal(s.Bytes(), &p); err != nil || p.Row < 1 || p.Row > 200 || p.Value == "" {
			t.Fatalf("a line of the truth: %v", err)
		}
		if p.Counted {
			counts[p.Object]++
		}
	}
	for name, m := range metas {
		info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil || info.Size() != m.Bytes || counts[name] != m.Total() || m.Total() == 0 {
			t.Errorf("%s: %v, %d of %d items in the truth", name, err, counts[name], m.Total())
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	for _, kind := range []string{"log", "csv", "telegram"} {
		b.Run(kind, func(b *testing.B) {
			b.SetBytes(8_000_000)
			for b.Loop() {
				if _, err := Write(io.Discard, Options{Kind: kind, Size: 8_000_000}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
