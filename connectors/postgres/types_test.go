package postgres_test

import (
	"bytes"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"bezlik/connectors"
	"bezlik/connectors/postgres"
	"bezlik/connectors/postgres/pgtest"
)

// TestTypesAreWrittenAsPsqlWritesThem compares with psql, column by column.
func TestTypesAreWrittenAsPsqlWritesThem(t *testing.T) {
	cols := []struct {
		name, typ string
		want      connectors.Type
		values    []string // SQL expressions
	}{
		{"b", "boolean", connectors.Bool, []string{"true", "false"}},
		{"i2", "smallint", connectors.Int, []string{"-32768", "32767", "0"}},
		{"i4", "integer", connectors.Int, []string{"-2147483648", "2147483647", "42"}},
		{"i8", "bigint", connectors.Int, []string{"-9223372036854775808", "9223372036854775807", "500100732259"}},
		{"oid", "oid", connectors.Int, []string{"4294967295", "0"}},
		{"f4", "real", connectors.Number, []string{"1.5", "'NaN'", "'-Infinity'", "1e-30", "16777216"}},
		{"f8", "double precision", connectors.Number, []string{"0.1", "1e300", "-0.0", "123456789012345680"}},
		{"n", "numeric", connectors.Number, []string{"0", "-12345678901234567890.123400", "'NaN'", "1e30"}},
		{"nn", "numeric(10,2)", connectors.Number, []string{"7", "-0.5"}},
		{"d", "date", connectors.Date, []string{"'2024-02-29'", "'0001-01-01'", "'0044-03-15 BC'", "'infinity'", "'-infinity'", "'5874897-12-31'", "'4713-01-01 BC'", "'1999-12-31'", "'12345-06-07'"}},
		{"ts", "timestamp", connectors.Time, []string{"'2024-02-29 23:59:59.999999'", "'1970-01-01'", "'1999-12-31 23:59:59.5'", "'0044-03-15 12:00:01.00012 BC'", "'infinity'", "'-infinity'", "'294276-12-31 23:59:59.999999'"}},
		{"tz", "timestamptz", connectors.Time, []string{"'2024-02-29 23:59:59.1+03'", "'1900-01-01 00:00:00+00'", "'0001-12-31 BC'", "'infinity'"}},
		{"tm", "time", connectors.Opaque, []string{"'23:59:59.5'", "'24:00'"}},
		{"iv", "interval", connectors.Opaque, []string{"'1 year -2 days 03:04:05.6'", "'-1 sec'"}},
		{"u", "uuid", connectors.Opaque, []string{"'00112233-4455-6677-8899-aabbccddeeff'", "'FFFFFFFF-ffff-ffff-ffff-ffffffffffff'"}},
		{"by", "bytea", connectors.Opaque, []string{`'\x'`, `'\x00ff10'`, `'\xd0'`}},
		{"js", "json", connectors.Text, []string{`'{"a":  [1, "\u0417"], "a": null}'`}},
		{"jb", "jsonb", connectors.Text, []string{`'{"b": 1, "a": "Тест \" кавычка"}'`, `'null'`, `'"x"'`}},
		{"ta", "text[]", connectors.Text, []string{`ARRAY['a,b', NULL, 'c"d', '', 'NULL', '\', 'ж']`, "'{}'", "'{{a,b},{c,d}}'"}},
		{"ia", "int[]", connectors.Text, []string{"'{1,NULL,3}'"}},
		{"s", "text", connectors.Text, []string{"''", "'привет'", "E'tab\\there'", "E'back\\\\slash'", "'NULL'", "'  пробелы  '"}},
		{"vc", "varchar(20)", connectors.Text, []string{"'😀'"}},
		{"ch", "char(5)", connectors.Text, []string{"'ab'"}},
		{"имя с пробелом", "name", connectors.Text, []string{"'Пётр'"}},
		{"e", "mood", connectors.Opaque, []string{"'ok'"}},
		{"dm", "even", connectors.Int, []string{"8"}},
		{"co", "pair", connectors.Text, []string{"ROW(1, 'x y')"}},
		{"ip", "inet", connectors.Opaque, []string{"'192.0.2.1/24'", "'2001:db8::1'"}},
		{"rg", "int4range", connectors.Opaque, []string{"'[1,5)'"}},
		{"xm", "xml", connectors.Text, []string{"'<a>т</a>'"}},
		{"bt", "bit(4)", connectors.Opaque, []string{"B'1010'"}},
		{"mo", "money", connectors.Opaque, []string{"12.34"}},
	}
	u := pgtest.URL(t)
	pgtest.Exec(t, u, `CREATE TYPE mood AS ENUM ('sad', 'ok')`, `CREATE DOMAIN even AS int CHECK (VALUE % 2 = 0)`, `CREATE TYPE pair AS (a int, b text)`)
	var defs []string
	rows := 0
	for _, c := range cols {
		defs = append(defs, pgtest.Quote(c.name)+" "+c.typ)
		rows = max(rows, len(c.values))
	}
	stmts := []string{"CREATE TABLE t (row int, " + strings.Join(defs, ", ") + ")"}
	for i := range rows + 1 { // the last row is all NULL
		v := []string{"NULL"}
		for _, c := range cols {
			if i < len(c.values) {
				v = append(v, c.values[i])
			} else {
				v = append(v, "NULL")
			}
		}
		stmts = append(stmts, "INSERT INTO t VALUES ("+strings.Join(v, ", ")+")")
	}
	pgtest.Exec(t, u, stmts...)

	program, env := pgtest.Psql(t, u)
	cmd := exec.Command(program, "-X", "-q", "-A", "-t", "-F", "\x1f", "-R", "\x1e", "-P", "null=NULL", "-c", "SELECT * FROM t")
	cmd.Env = env
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	records := strings.Split(string(bytes.TrimSuffix(out, []byte("\n"))), "\x1e")
	r := readAll(t, open(t, u, postgres.Options{}))["public.t"]
	if r.err != nil || len(r.rows) != rows+1 || len(records) != rows+1 {
		t.Fatalf("%d rows, psql %d, %v", len(r.rows), len(records), r.err)
	}
	for i, rec := range records {
		for j, want := range strings.Split(rec, "\x1f") {
			if got := r.rows[i][j]; got != want {
				t.Errorf("%s: got %q, psql writes %q", r.fields[j].Name, got, want)
			}
		}
	}
	for j, c := range cols {
		if got := r.fields[j+1].Type; got != c.want {
			t.Errorf("%s is of type %d, want %d", c.name, got, c.want)
		}
	}
	for i, c := range r.cells {
		row, col := i/(len(cols)+1), i%(len(cols)+1)
		null := col == 0 || row >= len(cols[col-1].values)
		if (c.Type == connectors.Null) != null || null && c.Start != c.End {
			t.Fatalf("row %d, column %d: cell %v, null is %v", row, col, c, null)
		}
	}
	if len(r.notes) != 1 || r.notes[0].Kind != "binary" {
		t.Errorf("notes: %v", r.notes)
	}
}

// TestTextInBytea: what is shown is taken by the server for the same bytes.
func TestTextInBytea(t *testing.T) {
	u := pgtest.URL(t)
	pgtest.Exec(t, u, `CREATE TABLE t (id int, b bytea)`)
	for i, v := range []string{"привет", `a\b\\c`, `\x41`, `\`, "две\nстроки", "'кавычки'", `\101`} {
		pgtest.Exec(t, u, fmt.Sprintf(`INSERT INTO t VALUES (%d, convert_to('%s', 'UTF8'))`, i, strings.ReplaceAll(v, "'", "''")))
	}
	r := readAll(t, open(t, u, postgres.Options{}))["public.t"]
	if r.err != nil || len(r.rows) != 7 || r.rows[0][1] != "привет" || r.rows[1][1] != `a\\b\\\\c` {
		t.Fatalf("got %v and %v", r.rows, r.err)
	}
	for i, row := range r.rows {
		if r.cells[2*i+1].Type != connectors.Text {
			t.Errorf("%q is not text", row[1])
		}
		same := pgtest.Query(t, u, fmt.Sprintf(`SELECT b = '%s'::bytea FROM t WHERE id = %s`, strings.ReplaceAll(row[1], "'", "''"), row[0]))
		if same[0][0] != "t" {
			t.Errorf("%q is other bytes", row[1])
		}
	}
}

func TestBytesOfNoEncoding(t *testing.T) {
	u := pgtest.URL(t)
	pgtest.Exec(t, u, `DROP DATABASE IF EXISTS raw`, `CREATE DATABASE raw ENCODING 'SQL_ASCII' TEMPLATE template0 LOCALE 'C'`)
	t.Cleanup(func() { pgtest.Exec(t, u, `DROP DATABASE raw WITH (FORCE)`) })
	raw := u[:strings.LastIndexByte(u, '/')] + "/raw?sslmode=disable"
	// Пётр in windows-1251, then in UTF-8.
	pgtest.Exec(t, raw, `CREATE TABLE t (s text)`, "INSERT INTO t VALUES (E'\\xcf\\xb8\\xf2\\xf0'), ('Пётр')")
	r := readAll(t, open(t, raw, postgres.Options{}))["public.t"]
	if r.err != nil || len(r.rows) != 2 || r.rows[0][0] != "Пётр" || r.rows[1][0] != "Пётр" || len(r.notes) != 1 || r.notes[0].Kind != "encoding" {
		t.Errorf("got %v and %v", r, r.err)
	}
}
