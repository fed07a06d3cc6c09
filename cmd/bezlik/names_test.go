package main

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"bezlik/connectors/postgres/pgtest"
)

// TestNamesOnlyNeedsNoRight scans a database by a user who sees its catalogue and may read no row: the scan is complete,
// and it cannot have read a value. A scan of values by the same user is not complete.
func TestNamesOnlyNeedsNoRight(t *testing.T) {
	u := pgtest.URL(t)
	pgtest.Exec(t, u, `CREATE TABLE clients (id bigint, surname text, phone text, phone_confirmed boolean)`,
		`INSERT INTO clients VALUES (1, 'Петров', '+7 916 000-00-11', true)`, `CREATE TABLE goods (sku text)`,
		`DROP ROLE IF EXISTS blind_scan`, `CREATE ROLE blind_scan LOGIN PASSWORD 'b'`)
	t.Cleanup(func() { pgtest.Exec(t, u, `DROP OWNED BY blind_scan`, `DROP ROLE blind_scan`) })
	scan := func(args ...string) (out string, code int) {
		var stdout, stderr bytes.Buffer
		args = append(append([]string{"scan", "--lang", "en"}, args...), pgtest.As(u, "blind_scan", "b"))
		code = run(context.Background(), args, &app{in: strings.NewReader(""), out: &stdout, err: &stderr, env: func(string) string { return "" }})
		return stdout.String() + stderr.String(), code
	}
	out, code := scan("--names-only")
	for _, want := range []string{"public.clients\n", "  surname  person_name  direct  0.60\n", "  phone    phone        direct  0.60\n",
		"2 objects, 5 columns; named for a kind: person_name 1, phone 1\n"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in:\n%s", want, out)
		}
	}
	if code != exitFindings || strings.Contains(out, "916") {
		t.Errorf("exit code %d:\n%s", code, out)
	}
	if out, code := scan("--names-only", "--include", "goods"); code != exitClean || !strings.Contains(out, "left out as asked: 1 (public.clients)") {
		t.Errorf("a table without telling names: exit code %d:\n%s", code, out)
	}
	if out, code := scan(); code != exitIncomplete {
		t.Errorf("a scan of values: exit code %d, this proves nothing:\n%s", code, out)
	}
}

// TestNamesOnlyLeavesTheStream: of the standard input the first line is taken, and the rest is there for who reads on.
func TestNamesOnlyLeavesTheStream(t *testing.T) {
	const values = "1;+7 916 000-00-11\n2;+7 916 000-00-12\n"
	in := strings.NewReader("id;phone\n" + values)
	var out bytes.Buffer
	code := run(context.Background(), []string{"scan", "--names-only", "--lang", "en", "-"}, &app{in: in, out: &out, err: io.Discard, env: func(string) string { return "" }})
	rest, err := io.ReadAll(in)
	if err != nil || code != exitFindings || string(rest) != values {
		t.Errorf("exit code %d, %q is left, %v:\n%s", code, rest, err, out.String())
	}
	for as, want := range map[string]int{"telegram": exitNothing, "sqlite": exitNothing, "csv": exitFindings, "nonsense": exitUsage} {
		in := strings.NewReader("id;phone\n" + values)
		code := run(context.Background(), []string{"scan", "--names-only", "--as", as, "-"}, &app{in: in, out: io.Discard, err: io.Discard, env: func(string) string { return "" }})
		if rest, _ := io.ReadAll(in); code != want || len(rest) < len(values) {
			t.Errorf("--as %s: exit code %d, want %d; %d bytes are left", as, code, want, len(rest))
		}
	}
}
