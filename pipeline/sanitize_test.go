package pipeline

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/x509"
	"database/sql"
	"encoding/base64"
	"encoding/csv"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	htmltemplate "html/template"
	"io"
	"io/fs"
	"math/big"
	"mime"
	"net"
	"net/http"
	"net/mail"
	"net/netip"
	"net/textproto"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"regexp"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/template"
	"time"
	"unicode/utf16"

	"github.com/goccy/go-yaml"
	"github.com/jackc/pgx/v5/pgconn"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/language"
	_ "modernc.org/sqlite"

	"bezlik/connectors"
	"bezlik/connectors/postgres/pgtest"
)

// The values that must not come through. They look like nothing that our own texts or names of types hold.
const (
	word    = "Жъq7Щкω9481Ээ"
	ascii   = "zq7xkv9481wjp"
	address = "zq7xkv.9481@zqx.example.org"
	figures = "948120577316"
	secret  = `p@ss:/?#[]%25'"`
)

// A strange error holds a value in a field and tells it.
type strange struct{ Value string }

func (s strange) Error() string { return "cannot take " + s.Value }

// A quiet one tells it only when it is printed with its fields.
type taciturn struct{ Value []byte }

func (*taciturn) Error() string { return "cannot take it" }

// spill is what an error could tell: its text, and its fields and those of all that it wraps.
func spill(err error) string {
	var s strings.Builder
	var walk func(error)
	walk = func(err error) {
		if err == nil {
			return
		}
		fmt.Fprintf(&s, "%v\n%+v\n%#v\n", err, err, err)
		var pg *pgconn.PgError
		if errors.As(err, &pg) {
			fmt.Fprintf(&s, "%+v\n", *pg)
		}
		if p, ok := err.(*panicked); ok {
			fmt.Fprintf(&s, "%v\n%+v\n", p.value, p.value)
			if e, ok := p.value.(error); ok {
				walk(e)
			}
		}
		if t, ok := err.(*taciturn); ok {
			fmt.Fprintf(&s, "%s\n", t.Value)
		}
		switch w := err.(type) {
		case interface{ Unwrap() error }:
			walk(w.Unwrap())
		case interface{ Unwrap() []error }:
			for _, e := range w.Unwrap() {
				walk(e)
			}
		}
	}
	walk(err)
	return s.String()
}

// disguises are the ways in which a value may stand in a text.
func disguises(v string) [][]byte {
	u16 := utf16.Encode([]rune(v))
	var le, be []byte
	var escaped strings.Builder
	for _, c := range u16 {
		le, be = append(le, byte(c), byte(c>>8)), append(be, byte(c>>8), byte(c))
		fmt.Fprintf(&escaped, `\u%04x`, c)
	}
	inJSON, _ := json.Marshal(v)
	all := [][]byte{[]byte(v), le, be, []byte(escaped.String()), inJSON[1 : len(inJSON)-1],
		[]byte(strings.Trim(strconv.Quote(v), `"`)), []byte(strings.Trim(strconv.QuoteToASCII(v), `"`)),
		[]byte(url.QueryEscape(v)), []byte(url.PathEscape(v)), []byte(hex.EncodeToString([]byte(v))),
		[]byte(base64.StdEncoding.EncodeToString([]byte(v))), []byte(base64.RawURLEncoding.EncodeToString([]byte(v)))}
	for _, cm := range []*charmap.Charmap{charmap.Windows1251, charmap.KOI8R} {
		if b, err := cm.NewEncoder().Bytes([]byte(v)); err == nil {
			all = append(all, b)
		}
	}
	return all
}

// leaks says which piece of a value, of four characters or more, a text holds, as it is or in a disguise; upper and
// lower case are the same.
func leaks(text, v string) string {
	low := bytes.ToLower([]byte(text))
	runes := []rune(v)
	for i := 0; i+4 <= len(runes); i++ {
		piece := string(runes[i : i+4])
		for _, d := range disguises(piece) {
			if bytes.Contains(low, bytes.ToLower(d)) {
				return piece
			}
		}
	}
	for _, d := range disguises(v) {
		if bytes.Contains(low, bytes.ToLower(d)) {
			return v
		}
	}
	return ""
}

// last keeps the error of a call with one more result.
func last[T any](_ T, err error) error { return err }

// TestSanitize makes errors of libraries from values, really, and looks for the values in what the boundary lets
// through. Each error is checked to hold its value first.
func TestSanitize(t *testing.T) {
	type failure struct {
		name  string
		value string
		err   error
		kind  string // of the problem, if it is one that we know
	}
	var all []failure
	add := func(name, value, kind string, err error) {
		t.Helper()
		all = append(all, failure{name, value, err, kind})
	}
	dir := filepath.Join(t.TempDir(), word)
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}

	// encoding/json
	var number struct{ N int8 }
	add("json: number out of range", figures, "failed", json.Unmarshal([]byte(`{"N": `+figures+`}`), &number))
	add("json: key of a map", word, "failed", json.Unmarshal([]byte(`{"`+word+`": 1}`), &map[int]int{}))
	known := json.NewDecoder(strings.NewReader(`{"` + word + `": 1}`))
	known.DisallowUnknownFields()
	add("json: unknown field", word, "failed", known.Decode(&number))
	add("json: number in a string", word, "failed", json.Unmarshal([]byte(`{"N": "`+word+`"}`), &struct {
		N int `json:",string"`
	}{}))
	add("json: literal that is no number", word, "failed", last(json.Marshal(json.Number(word))))
	add("json: a marshaler's error", word, "failed", last(json.Marshal(map[string]any{"a": &marshals{word}})))
	add("json: time", word, "failed", json.Unmarshal([]byte(`"`+word+`"`), new(time.Time)))
	add("json: big number", word, "failed", new(big.Int).UnmarshalText([]byte(word)))

	// strconv
	add("strconv: int", word, "failed", last(strconv.Atoi(word)))
	add("strconv: out of range", figures, "failed", last(strconv.ParseInt(figures, 10, 16)))
	add("strconv: float", word, "failed", last(strconv.ParseFloat(word, 64)))
	add("strconv: bool", word, "failed", last(strconv.ParseBool(word)))
	add("strconv: complex", word, "failed", last(strconv.ParseComplex(word, 128)))

	// net/url
	add("url: bracket", ascii, "failed", last(url.Parse("https://["+ascii)))
	add("url: port", ascii, "failed", last(url.Parse("https://example.org:"+ascii+"/")))
	add("url: password", ascii, "failed", last(url.Parse("postgres://u:"+ascii+"%zz@example.org/db")))
	add("url: scheme", word, "failed", last(url.Parse(word+":x")))

	// time
	add("time: date", word, "failed", last(time.Parse(time.DateOnly, word)))
	add("time: after the date", ascii, "failed", last(time.Parse(time.DateOnly, "1987-06-05"+ascii)))
	add("time: month out of range", "1987-66-05", "failed", last(time.Parse(time.DateOnly, "1987-66-05")))
	add("time: duration", word, "failed", last(time.ParseDuration(word)))
	add("time: zone", ascii, "failed", last(time.LoadLocation(ascii)))

	// os, io/fs, os/exec, os/user
	add("os: missing", word, "missing", last(os.Open(filepath.Join(dir, "x"))))
	add("os: exists", word, "system", os.Mkdir(dir, 0o700))
	add("os: not a folder's file", word, "system", last(os.ReadFile(dir)))
	add("os: link", word, "missing", os.Rename(filepath.Join(dir, "x"), filepath.Join(dir, "y")))
	add("os: no link", word, "system", last(os.Readlink(dir)))
	add("fs: name", word, "system", last(fs.ReadFile(os.DirFS(dir), "../"+word)))
	add("exec: no program", ascii, "failed", exec.Command(ascii).Run())
	add("exec: no program there", word, "missing", exec.Command(filepath.Join(dir, "x")).Run())
	add("user: nobody", ascii, "", last(user.Lookup(ascii)))

	// net
	add("net: network", word, "failed", last2(net.ParseCIDR(word)))
	add("net: hardware address", word, "failed", last(net.ParseMAC(word)))
	add("net: no port", ascii, "connection", last(net.Dial("tcp", ascii)))
	add("net: socket", word, "missing", last(net.Dial("unix", filepath.Join(dir, "s"))))
	add("net: kind of network", ascii, "connection", last(net.Dial(ascii, "example.org:1")))
	add("net: service", ascii, "unknown_host", last(net.LookupPort("tcp", ascii)))
	add("netip: address", word, "failed", last(netip.ParseAddr(word)))
	add("netip: prefix", word, "failed", last(netip.ParsePrefix(word)))
	add("http: request", ascii, "failed", last(http.ReadRequest(bufio.NewReader(strings.NewReader(ascii+"\r\n\r\n")))))
	add("http: method", word, "failed", last(http.NewRequest(word, "https://example.org", nil)))
	add("textproto: header", ascii, "failed", last(textproto.NewReader(bufio.NewReader(strings.NewReader(ascii+"\r\n\r\n"))).ReadMIMEHeader()))
	add("mail: address", word, "failed", last(mail.ParseAddress("a@example.org "+word)))
	add("mime: charset", ascii, "failed", last(new(mime.WordDecoder).Decode("=?"+ascii+"?B?eA==?=")))

	// regexp, templates
	add("regexp: group", word, "failed", last(regexp.Compile("("+word)))
	add("regexp: class", word, "failed", last(regexp.Compile(`\p{`+word+`}`)))
	add("regexp/syntax: bracket", word, "failed", last(syntax.Parse("["+word, syntax.Perl)))
	add("template: function", ascii, "failed", last(template.New("x").Parse("{{"+ascii+" 1}}")))
	add("template: name", word, "failed", last(template.New(word).Parse("{{.")))
	add("template: field", ascii, "failed", template.Must(template.New("x").Parse(`{{.V.`+ascii+`}}`)).Execute(io.Discard, strange{word}))
	add("template: a function's error", word, "failed", template.Must(template.New("x").Funcs(template.FuncMap{"n": strconv.Atoi}).Parse(`{{n .Value}}`)).Execute(io.Discard, strange{word}))
	add("html/template: missing", ascii, "failed", htmltemplate.Must(htmltemplate.New("x").Parse(`{{template "`+ascii+`"}}`)).Execute(io.Discard, nil))

	// encodings. Those that quote a byte at most are wrapped, as somebody might.
	add("hex, wrapped", word, "failed", wrap(word, last(hex.DecodeString(word))))
	add("base64, wrapped", word, "failed", wrap(word, last(base64.StdEncoding.DecodeString(word))))
	add("x/text, wrapped", word+"汉", "failed", wrap(word+"汉", last(charmap.Windows1251.NewEncoder().String(word+"汉"))))
	add("x/text: script", "Zqxk", "failed", last(language.ParseScript("Zqxk")))
	add("csv, from a folder", word, "system", last(csv.NewReader(must(os.Open(dir))).Read()))
	add("csv, wrapped", word, "failed", wrap(word, last(csv.NewReader(strings.NewReader("a,\""+word)).Read())))
	add("xml: other end", word, "failed", xml.Unmarshal([]byte("<"+word+"></b>"), new(string)))
	add("xml: other name", word, "failed", xml.Unmarshal([]byte("<"+word+"/>"), &struct {
		XMLName xml.Name `xml:"a"`
	}{}))
	add("xml: entity", word, "failed", xml.Unmarshal([]byte("<a>&"+word+";</a>"), new(string)))
	add("xml: number", word, "failed", xml.Unmarshal([]byte("<a>"+word+"</a>"), new(int)))
	add("gob: type", "strange", "failed", gob.NewEncoder(io.Discard).Encode(&struct{ V any }{strange{word}}))

	// archives
	gz := must(os.Open(dir))
	add("gzip, from a folder", word, "system", last(gzip.NewReader(gz)))
	add("gzip, wrapped", word, "failed", wrap(word, last(gzip.NewReader(strings.NewReader(word+"0123456789")))))
	var archive bytes.Buffer
	if err := zip.NewWriter(&archive).Close(); err != nil {
		t.Fatal(err)
	}
	z := must(zip.NewReader(bytes.NewReader(archive.Bytes()), int64(archive.Len())))
	add("zip: no such file", word, "missing", last(z.Open(word)))
	add("zip: no archive there", word, "missing", last(zip.OpenReader(filepath.Join(dir, "x.zip"))))
	add("tar: header", word, "failed", tar.NewWriter(io.Discard).WriteHeader(&tar.Header{Name: "x", Format: tar.FormatUSTAR, Uname: word}))

	// YAML
	add("yaml: type", word, "failed", yaml.Unmarshal([]byte("n: "+word), &struct{ N int }{}))
	add("yaml: unknown key", word, "failed", yaml.UnmarshalWithOptions([]byte(word+": 1"), &struct{ N int }{}, yaml.Strict()))
	add("yaml: syntax", word, "failed", yaml.Unmarshal([]byte("a: {b: "+word), &map[string]any{}))
	add("yaml: twice", word, "failed", yaml.Unmarshal([]byte(word+": 1\n"+word+": 2"), &map[string]any{}))

	// SQLite
	db := must(sql.Open("sqlite", ":memory:"))
	defer db.Close()
	db.SetMaxOpenConns(1)
	exec := func(q string, args ...any) error { return last(db.Exec(q, args...)) }
	for _, q := range []string{`CREATE TABLE t (id INTEGER PRIMARY KEY, "` + word + `" TEXT UNIQUE CONSTRAINT "c` + ascii + `" CHECK (id < 100))`,
		`INSERT INTO t VALUES (1, 'a')`, `CREATE TRIGGER g BEFORE DELETE ON t BEGIN SELECT RAISE(ABORT, '` + word + `'); END`} {
		if err := exec(q); err != nil {
			t.Fatal(err)
		}
	}
	add("sqlite: unique", word, "failed", exec(`INSERT INTO t VALUES (2, 'a')`))
	add("sqlite: check", ascii, "failed", exec(`INSERT INTO t VALUES (200, 'b')`))
	add("sqlite: trigger", word, "failed", exec(`DELETE FROM t`))
	add("sqlite: no table", word, "failed", exec(`SELECT * FROM "`+word+`"`))
	add("sqlite: syntax", ascii, "failed", exec(ascii+` TABLE t`))
	add("sqlite: JSON path", word, "failed", last(rows(db.Query(`SELECT json_extract('{}', ?)`, word))))
	add("sql: scan", word, "failed", db.QueryRow(`SELECT ?`, word).Scan(new(int)))
	add("sql: driver", word, "failed", last(sql.Open(word, "")))

	// PostgreSQL
	for _, c := range []struct{ name, dsn, value string }{
		{"port", "host=" + ascii + " port=x" + ascii, ascii},
		{"parameter", "postgres://u@example.org/db?connect_timeout=" + ascii, ascii},
		{"sslmode", "postgres://u:x@example.org/db?sslmode=" + ascii, ascii},
		{"password with a space", "postgres://u:p " + ascii + "@example.org:x/db", ascii},
		{"nasty password", "postgres://u:" + secret + "@example.org/db", secret},
		{"key file", "postgres://u@example.org/db?sslmode=require&sslcert=/" + ascii + "&sslkey=/" + ascii, ascii},
	} {
		add("pgconn: "+c.name, c.value, "", last(pgconn.ParseConfig(c.dsn)))
	}
	ctx := context.Background()
	add("pgconn: no socket", word, "missing", last(pgconn.Connect(ctx, "host="+dir+" user=u password=x dbname=d sslmode=disable")))
	u := pgtest.URL(t)
	pgtest.Exec(t, u, `CREATE TABLE users (email text PRIMARY KEY, age int CHECK (age < 200))`, `INSERT INTO users VALUES ('`+address+`', 1)`,
		`CREATE FUNCTION throw() RETURNS void LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no % here', '`+word+`' USING HINT = '`+word+`'; END $$`)
	c := pgtest.Connect(t, u)
	defer pgtest.Disconnect(c)
	query := func(q string) error { return last(c.Exec(ctx, q).ReadAll()) }
	add("postgres: key exists", address, "database", query(`INSERT INTO users VALUES ('`+address+`', 2)`))
	add("postgres: failing row", address, "database", query(`INSERT INTO users VALUES ('x`+address+`', 999)`))
	add("postgres: no number", word, "database", query(`SELECT '`+word+`'::int`))
	add("postgres: no date", word, "database", query(`SELECT '`+word+`'::date`))
	add("postgres: no json", word, "database", query(`SELECT '{"a": `+word+`'::json`))
	add("postgres: no table", word, "database", query(`SELECT * FROM "`+word+`"`))
	add("postgres: an exception", word, "database", query(`SELECT throw()`))
	add("postgres: password", ascii, "", last(pgconn.Connect(ctx, pgtest.As(u, ascii, ascii))))

	// flags, certificates
	flags := flag.NewFlagSet("x", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.Int("n", 0, "")
	add("flag: value", word, "failed", flags.Parse([]string{"-n", word}))
	add("flag: name", word, "failed", flags.Parse([]string{"-" + word}))
	add("x509: name", ascii, "failed", (&x509.Certificate{DNSNames: []string{ascii + ".example.org"}}).VerifyHostname("x"))

	// panics
	add("panic: text", word, "internal", guard(func() error { panic(word) }))
	add("panic: index", "948120577", "internal", guard(func() error { _ = make([]int, 3)[must(strconv.Atoi("948120577"))]; return nil }))
	add("panic: slice", "948120577", "internal", guard(func() error { _ = word[must(strconv.Atoi("948120577")):]; return nil }))
	add("panic: an error", word, "internal", guard(func() error { panic(fmt.Errorf("row: %w", strange{word})) }))
	add("panic: a struct", word, "internal", guard(func() error { panic(struct{ Name string }{word}) }))
	add("panic: a map", word, "internal", guard(func() error { panic(map[string]int{word: 1}) }))
	add("panic: regexp", word, "internal", guard(func() error { regexp.MustCompile("(" + word); return nil }))
	add("panic: template", word, "internal", guard(func() error { template.Must(template.New(word).Parse("{{.")); return nil }))

	// errors of errors
	_, atoi := strconv.Atoi(word)
	_, open := os.Open(filepath.Join(dir, "x"))
	add("custom type", word, "failed", strange{word})
	add("value in a field only", word, "failed", &taciturn{[]byte(word)})
	add("chain", word, "failed", wrap(word, wrap(ascii, atoi)))
	add("chain that ends in a known one", word, "truncated", wrap(word, wrap(ascii, io.ErrUnexpectedEOF)))
	add("chain around a lack of permission", word, "no_permission", wrap(word, &fs.PathError{Op: "open", Path: dir, Err: fs.ErrPermission}))
	add("joined", word, "failed", errors.Join(atoi, strange{word}))
	add("joined with a known one", word, "missing", errors.Join(strange{word}, open))
	add("joined with an end", word, "interrupted", errors.Join(strange{word}, context.Canceled))
	add("around a problem", word, "damaged", wrap(word, &connectors.Problem{Kind: "damaged", Message: "the file is damaged"}))
	add("cause of an end", word, "failed", canceled(strange{word}))
	add("deadline of a query", word, "timeout", wrap(word, context.DeadlineExceeded))

	names := map[string]bool{}
	for _, f := range all {
		t.Run(f.name, func(t *testing.T) {
			if names[f.name] {
				t.Fatal("there are two of this name")
			}
			names[f.name] = true
			if f.err == nil {
				t.Fatal("there is no error: this proves nothing")
			}
			raw := spill(f.err)
			if !slices.ContainsFunc(disguises(f.value), func(d []byte) bool { return bytes.Contains([]byte(raw), d) }) {
				t.Fatalf("the error does not quote its value, so this proves nothing: %s", raw)
			}
			p := Sanitize("place.csv", f.err)
			line, err := json.Marshal(&Message{Problem: p})
			if err != nil {
				t.Fatal(err)
			}
			for _, text := range []string{p.Object, p.Kind, p.Message, p.Hint, p.Error(), string(line), fmt.Sprintf("%+v %#v", p, p)} {
				if f.name == "gob: type" { // its value is the name of a type, which may be told
					break
				}
				if piece := leaks(text, f.value); piece != "" {
					t.Errorf("%q holds %q", text, piece)
				}
			}
			if p.Object != "place.csv" || p.Kind == "" || len(p.Message) < 8 || !strings.Contains(p.Error(), "place.csv") {
				t.Errorf("nobody can use %+v", p)
			}
			if f.kind != "" && p.Kind != f.kind {
				t.Errorf("kind %q, want %q: %s", p.Kind, f.kind, p.Message)
			}
		})
	}
	if len(all) < 40 {
		t.Errorf("only %d errors", len(all))
	}
	t.Logf("%d errors", len(all))
}

// TestLeaks checks that the search itself finds what it should.
func TestLeaks(t *testing.T) {
	for _, c := range []struct {
		text, value string
		want        bool
	}{
		{"x " + word + " y", word, true},
		{"x " + string([]rune(word)[3:7]) + " y", word, true},
		{"x " + string([]rune(word)[3:6]) + " y", word, false},
		{strconv.QuoteToASCII(word), word, true},
		{url.QueryEscape(word), word, true},
		{fmt.Sprintf("%x", word), word, true},
		{fmt.Sprintf("%X", string([]rune(word)[2:6])), word, true},
		{base64.StdEncoding.EncodeToString([]byte(word)), word, true},
		{"failed (*json.SyntaxError)", word, false},
		{strings.ToUpper(ascii), ascii, true},
	} {
		if got := leaks(c.text, c.value) != ""; got != c.want {
			t.Errorf("%q in %q: %v", c.value, c.text, got)
		}
	}
}

// TestSanitizeTrusts checks what passes as it is: our own words.
func TestSanitizeTrusts(t *testing.T) {
	if Sanitize("x", nil) != nil {
		t.Error("no error became a problem")
	}
	own := &connectors.Problem{Object: "a.csv", Kind: "open_quote", Row: 3, Offset: 40, Message: "a quote is never closed", Hint: "close it"}
	for _, err := range []error{own, fmt.Errorf("reading: %w", own), errors.Join(errors.New("x"), own)} {
		if got := Sanitize("b.csv", err); *got != *own || got == own {
			t.Errorf("%+v", got)
		}
	}
	gate := &GateError{Gate: "k", Object: "users", Message: "k is 3"}
	if p := Sanitize("", gate); !strings.Contains(p.Message, "k is 3") {
		t.Errorf("a gate's words are lost: %+v", p)
	}
	if p := Sanitize("db", &pgconn.PgError{Code: "23505"}); !strings.Contains(p.Message, "23505") {
		t.Errorf("the SQLSTATE is lost: %+v", p)
	}
	if p := Sanitize("db", &pgconn.PgError{Code: ascii}); leaks(p.Error(), ascii) != "" {
		t.Errorf("an SQLSTATE that is none comes through: %+v", p)
	}
	if p := Sanitize("x", guard(func() error { panic(word) })); !strings.Contains(p.Message, "bezlik/pipeline.") {
		t.Errorf("an internal error without its place: %+v", p)
	}
}

type marshals struct{ v string }

func (m *marshals) MarshalText() ([]byte, error) { return nil, last(strconv.Atoi(m.v)) }

func wrap(value string, err error) error { return fmt.Errorf("row with %q: %w", value, err) }

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func last2[A, B any](_ A, _ B, err error) error { return err }

// rows goes through the rows of a query: some of its errors come late.
func rows(r *sql.Rows, err error) (int, error) {
	if err != nil {
		return 0, err
	}
	defer r.Close()
	n := 0
	for r.Next() {
		n++
	}
	return n, r.Err()
}

func canceled(cause error) error {
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(cause)
	return context.Cause(ctx)
}
