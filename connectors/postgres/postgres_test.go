package postgres_test

import (
	"context"
	"errors"
	"io"
	"sort"
	"strings"
	"testing"

	"bezlik/connectors"
	"bezlik/connectors/postgres"
	"bezlik/connectors/postgres/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

func open(t testing.TB, url string, opts postgres.Options) connectors.Source {
	t.Helper()
	s, err := postgres.Open(context.Background(), url, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func parts(t testing.TB, s connectors.Source) []connectors.Part {
	t.Helper()
	p, err := s.Parts(context.Background(), 4)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// read is all that a part gives: rows as text, NULL as "NULL"; problems and notes.
type read struct {
	rows            [][]string
	cells           []connectors.Cell
	fields          []connectors.Field
	problems, notes []connectors.Problem
	err             error
}

func readPart(s connectors.Source, p connectors.Part) (out read) {
	r, err := s.Open(context.Background(), p)
	if err != nil {
		return read{err: err}
	}
	defer r.Close()
	var b connectors.Batch
	for {
		err := r.Next(&b)
		if err == io.EOF {
			return out
		}
		if err != nil {
			out.err = err
			return out
		}
		if want := int64(len(out.rows)) + 1; b.First != want {
			out.err = errors.New("First is wrong")
			return out
		}
		out.fields = b.Fields
		out.problems = append(out.problems, b.Problems...)
		out.notes = append(out.notes, b.Notes...)
		for i := range b.Rows {
			row := []string{}
			for _, c := range b.Row(i) {
				if b.Arena[c.Start-1] != 0 || b.Arena[c.End] != 0 {
					out.err = errors.New("a cell without borders")
					return out
				}
				if c.Type == connectors.Null {
					row = append(row, "NULL")
				} else {
					row = append(row, string(b.Value(c)))
				}
				out.cells = append(out.cells, c)
			}
			out.rows = append(out.rows, row)
		}
	}
}

func readAll(t testing.TB, s connectors.Source) map[string]read {
	t.Helper()
	out := map[string]read{}
	for _, p := range parts(t, s) {
		r := readPart(s, p)
		o := out[p.Object]
		o.rows = append(o.rows, r.rows...)
		o.problems = append(o.problems, r.problems...)
		o.fields, o.cells = r.fields, r.cells
		o.notes = append(o.notes, r.notes...)
		if r.err != nil {
			o.err = r.err
		}
		out[p.Object] = o
	}
	return out
}

func kind(err error) string {
	var p *connectors.Problem
	if errors.As(err, &p) {
		return p.Kind
	}
	if err == nil {
		return ""
	}
	return "not a Problem: " + err.Error()
}

func TestObjects(t *testing.T) {
	u := pgtest.URL(t)
	pgtest.Exec(t, u,
		`CREATE TABLE plain (id int, "Имя с пробелом" text)`, `INSERT INTO plain VALUES (1, 'а'), (2, NULL)`,
		`CREATE TABLE "клиенты" (id int)`, `INSERT INTO "клиенты" VALUES (3)`,
		`CREATE SCHEMA "Odd.Schema"`, `CREATE TABLE "Odd.Schema"."q""x; DROP TABLE plain --" (id int)`,
		"CREATE TABLE \"new\nline\" (\"a\nb\" int)", "INSERT INTO \"new\nline\" VALUES (5)",
		`CREATE TABLE nocols ()`, `INSERT INTO nocols DEFAULT VALUES`, `INSERT INTO nocols DEFAULT VALUES`,
		`CREATE TABLE empty (x int)`,
		`CREATE TABLE gen (a int, b int GENERATED ALWAYS AS (a * 2) STORED)`, `INSERT INTO gen VALUES (21)`,
		`CREATE TABLE part (id int, k text) PARTITION BY LIST (k)`,
		`CREATE TABLE part_a PARTITION OF part FOR VALUES IN ('a')`,
		`CREATE TABLE part_b PARTITION OF part FOR VALUES IN ('b') PARTITION BY RANGE (id)`,
		`CREATE TABLE part_b1 PARTITION OF part_b FOR VALUES FROM (0) TO (100)`,
		`INSERT INTO part VALUES (1, 'a'), (2, 'b')`,
		`CREATE TABLE parent (id int)`, `CREATE TABLE child (more text) INHERITS (parent)`,
		`INSERT INTO parent VALUES (10)`, `INSERT INTO child VALUES (11, 'm')`,
		`CREATE MATERIALIZED VIEW mv AS SELECT 77 AS n`, `CREATE MATERIALIZED VIEW bare AS SELECT 1 AS n WITH NO DATA`,
		`CREATE VIEW v AS SELECT 88 AS n`,
		`CREATE EXTENSION IF NOT EXISTS file_fdw`, `CREATE SERVER f FOREIGN DATA WRAPPER file_fdw`,
		`CREATE FOREIGN TABLE far (l text) SERVER f OPTIONS (filename '/nowhere')`,
		`SELECT lo_from_bytea(0, '\x00')`,
		`CREATE TABLE dropped (a int, b int, c int)`, `ALTER TABLE dropped DROP COLUMN b`, `INSERT INTO dropped VALUES (1, 3)`,
	)
	tmp := pgtest.Connect(t, u)
	defer pgtest.Disconnect(tmp)
	if _, err := tmp.Exec(context.Background(), "CREATE TEMP TABLE passing (x int); INSERT INTO passing VALUES (1)").ReadAll(); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		`public.plain`: "1,а;2,NULL", `public."клиенты"`: "", `public.клиенты`: "3",
		`"Odd.Schema"."q""x; DROP TABLE plain --"`: "", `public.U&"new\000Aline"`: "5", `public.nocols`: ";",
		`public.empty`: "", `public.gen`: "21,42", `public.part_a`: "1,a", `public.part_b1`: "2,b", `public.parent`: "10",
		`public.child`: "11,m", `public.mv`: "77", `public.bare`: "not_populated", `public.far`: "not_read",
		`pg_catalog.pg_largeobject`: "not_read", `public.dropped`: "1,3",
	}
	delete(want, `public."клиенты"`)
	got := readAll(t, open(t, u, postgres.Options{}))
	for o, r := range got {
		w, ok := want[o]
		if !ok {
			t.Errorf("%s was not expected", o)
			continue
		}
		var lines []string
		for _, row := range r.rows {
			lines = append(lines, strings.Join(row, ","))
		}
		if s := strings.Join(lines, ";"); s != w && kind(r.err) != w {
			t.Errorf("%s: got %q and %v, want %q", o, s, r.err, w)
		}
		if o == "public.nocols" && len(r.rows) != 2 {
			t.Errorf("%d rows without columns, want 2", len(r.rows))
		}
		if o == "public.empty" && (len(r.fields) != 1 || r.fields[0].Name != "x" || r.fields[0].Native != "integer") {
			t.Errorf("an empty table does not tell its fields: %v", r.fields)
		}
	}
	for o := range want {
		if _, ok := got[o]; !ok {
			t.Errorf("%s is missing", o)
		}
	}
	views := readAll(t, open(t, u, postgres.Options{Views: true}))
	if r := views["public.v"]; len(r.rows) != 1 || r.rows[0][0] != "88" {
		t.Errorf("the view gave %v", r)
	}
	if got, want := pgtest.Query(t, u, "SELECT count(*) FROM plain")[0][0], "2"; got != want {
		t.Errorf("the source was changed: %s rows", got)
	}
}

func TestPartsAreTheSameAndCoverTheTable(t *testing.T) {
	u := pgtest.URL(t)
	pgtest.Exec(t, u, `CREATE TABLE big AS SELECT i AS id, repeat('x', 100) AS s FROM generate_series(1, 20000) i`, `CREATE TABLE one (i int)`)
	s := open(t, u, postgres.Options{PartPages: 50})
	a, err := s.Parts(context.Background(), 1)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := s.Parts(context.Background(), 64)
	if len(a) != len(b) || len(a) < 5 {
		t.Fatalf("%d and %d parts", len(a), len(b))
	}
	seen := map[string]int{}
	for i, p := range a {
		if p != b[i] {
			t.Fatalf("part %d is %v and %v", i, p, b[i])
		}
		r := readPart(s, p)
		if r.err != nil {
			t.Fatal(r.err)
		}
		for _, row := range r.rows {
			seen[row[0]]++
		}
	}
	if a[0].Range != "0-50" || a[1].Range != "50-100" || !strings.HasSuffix(a[len(a)-2].Range, "-") || a[len(a)-1].Range != "0-" {
		t.Errorf("ranges: %v", a)
	}
	if len(seen) != 20000 {
		t.Errorf("%d ids seen", len(seen))
	}
	for id, n := range seen {
		if n != 1 {
			t.Fatalf("id %s seen %d times", id, n)
		}
	}

	// A stored part opens in a later source, which sees what was added since in the open end.
	s.Close()
	pgtest.Exec(t, u, `INSERT INTO big SELECT i, repeat('y', 100) FROM generate_series(20001, 22000) i`)
	s = open(t, u, postgres.Options{PartPages: 50})
	n := 0
	for _, p := range a {
		r := readPart(s, p)
		if r.err != nil {
			t.Fatal(r.err)
		}
		n += len(r.rows)
	}
	if n != 22000 {
		t.Errorf("stored parts gave %d rows", n)
	}

	// Not if the table was rewritten, and a range of somebody else's is refused.
	pgtest.Exec(t, u, `VACUUM FULL big`)
	s = open(t, u, postgres.Options{})
	if r := readPart(s, a[0]); kind(r.err) != "changed" {
		t.Errorf("a rewritten table: %v", r.err)
	}
	for _, rng := range []string{"x", "-", "5-5", "7-3", "-1-2", "1-99999999999", "0-1; DROP TABLE big", "+1-2"} {
		if r := readPart(s, connectors.Part{Object: "public.big", Range: rng}); kind(r.err) != "bad_part" {
			t.Errorf("range %q: %v", rng, r.err)
		}
	}
	if r := readPart(s, connectors.Part{Object: "public.nosuch"}); kind(r.err) != "missing" {
		t.Errorf("no such table: %v", r.err)
	}
}

func TestRewrittenTableIsNotMixed(t *testing.T) {
	for _, change := range []string{"TRUNCATE big", "VACUUM FULL big", "ALTER TABLE big ALTER id TYPE bigint", "DROP TABLE big", "ALTER TABLE big DROP COLUMN s"} {
		t.Run(change, func(t *testing.T) {
			u := pgtest.URL(t)
			pgtest.Exec(t, u, `CREATE TABLE big AS SELECT i AS id, repeat('x', 100) AS s FROM generate_series(1, 2000) i`)
			s := open(t, u, postgres.Options{PartPages: 10})
			p := parts(t, s)
			if r := readPart(s, p[0]); r.err != nil || len(r.rows) == 0 {
				t.Fatal(r.err)
			}
			pgtest.Exec(t, u, change)
			if r := readPart(s, p[1]); kind(r.err) != "changed" {
				t.Errorf("got %d rows and %v", len(r.rows), r.err)
			}
		})
	}
}

func TestPermissions(t *testing.T) {
	u := pgtest.URL(t)
	pgtest.Exec(t, u,
		`CREATE TABLE open (id int, s text)`, `INSERT INTO open VALUES (1, 'a')`,
		`CREATE TABLE shut (id int)`, `INSERT INTO shut VALUES (1)`,
		`CREATE TABLE half (id int, secret text, n int)`, `INSERT INTO half VALUES (1, 'hidden', 2)`,
		`CREATE SCHEMA private`, `CREATE TABLE private.t (id int)`,
		`CREATE TABLE rls (id int, who text)`, `INSERT INTO rls VALUES (1, 'a'), (2, 'b')`,
		`ALTER TABLE rls ENABLE ROW LEVEL SECURITY`, `CREATE POLICY p ON rls USING (who = 'a')`,
		`CREATE TABLE tree (id int) PARTITION BY RANGE (id)`, `CREATE TABLE tree_1 PARTITION OF tree FOR VALUES FROM (0) TO (10)`,
		`CREATE TABLE tree_2 PARTITION OF tree FOR VALUES FROM (10) TO (20)`, `INSERT INTO tree VALUES (1), (11)`,
		`DROP ROLE IF EXISTS reader`, `CREATE ROLE reader LOGIN PASSWORD 'r'`,
		`GRANT USAGE ON SCHEMA public TO reader`, `GRANT SELECT ON open, rls, tree TO reader`, `GRANT SELECT (id, n) ON half TO reader`,
		`GRANT SELECT ON private.t TO reader`,
	)
	t.Cleanup(func() { pgtest.Exec(t, u, `DROP OWNED BY reader`, `DROP ROLE reader`) })
	got := readAll(t, open(t, pgtest.As(u, "reader", "r"), postgres.Options{}))
	for object, want := range map[string]struct{ err, problem, rows string }{
		"public.open": {"", "", "1,a"}, "public.shut": {"no_permission", "", ""}, "private.t": {"no_permission", "", ""},
		"public.half": {"", "no_permission", "1,2"}, "public.rls": {"", "row_security", "1,a"}, "public.tree": {"", "", "1;11"},
	} {
		r, ok := got[object]
		var lines, problems []string
		for _, row := range r.rows {
			lines = append(lines, strings.Join(row, ","))
		}
		for _, p := range r.problems {
			problems = append(problems, p.Kind)
		}
		if !ok || kind(r.err) != want.err || strings.Join(problems, ",") != want.problem || strings.Join(lines, ";") != want.rows {
			t.Errorf("%s: %v %v %v, want %v", object, r.err, problems, lines, want)
		}
	}
	if len(got) != 6 {
		t.Errorf("%d objects: %v", len(got), got)
	}
	owner := readAll(t, open(t, u, postgres.Options{}))
	if r := owner["public.rls"]; len(r.rows) != 2 || len(r.problems) != 0 {
		t.Errorf("the owner sees %v", r)
	}
	if r, ok := owner["public.tree_1"]; !ok || len(r.rows) != 1 {
		t.Errorf("leaves are read by themselves when they can be: %v", r)
	}
}

// TestSessionCannotWrite looks at what our transactions are from outside.
func TestSessionCannotWrite(t *testing.T) {
	u := pgtest.URL(t)
	pgtest.Exec(t, u, `CREATE TABLE t (id int)`,
		`CREATE FUNCTION nasty() RETURNS int LANGUAGE plpgsql AS $$ BEGIN INSERT INTO t VALUES (1); RETURN 1; END $$`,
		`CREATE VIEW v AS SELECT nasty() AS n`)
	s := open(t, u, postgres.Options{Views: true})
	got := readAll(t, s)
	if err := got["public.v"].err; kind(err) != "database_error" || !strings.Contains(err.Error(), "25006") { // read_only_sql_transaction
		t.Errorf("a view that writes: %v", err)
	}
	if n := pgtest.Query(t, u, "SELECT count(*) FROM t")[0][0]; n != "0" {
		t.Error("it wrote")
	}
	apps := pgtest.Query(t, u, "SELECT DISTINCT application_name FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
	if len(apps) != 1 || apps[0][0] != "bezlik" {
		t.Errorf("application names: %v", apps)
	}
	s.Close()
	for range 100 {
		if n := pgtest.Query(t, u, "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'bezlik' AND datname = current_database()")[0][0]; n == "0" {
			return
		}
	}
	t.Error("connections stay after Close")
}

func TestGlobs(t *testing.T) {
	u := pgtest.URL(t)
	pgtest.Exec(t, u, `CREATE SCHEMA arch`, `CREATE TABLE users (a int)`, `CREATE TABLE logs (a int)`, `CREATE TABLE arch.users (a int)`, `CREATE TABLE "Клиенты" (a int)`)
	for _, c := range []struct {
		include, exclude []string
		want             string
	}{
		{nil, nil, `arch.users public.logs public.users public."Клиенты"`},
		{[]string{"users"}, nil, `arch.users public.users`},
		{[]string{"public.*"}, []string{"logs"}, `public.users public."Клиенты"`},
		{nil, []string{"*.users", "К*"}, `public.logs`},
	} {
		s := open(t, u, postgres.Options{Include: c.include, Exclude: c.exclude})
		var got []string
		for _, p := range parts(t, s) {
			got = append(got, p.Object)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%v without %v: got %v", c.include, c.exclude, got)
		}
		if out := s.(interface{ Excluded() []string }).Excluded(); len(out)+len(got) != 4 {
			t.Errorf("%v without %v: excluded %v", c.include, c.exclude, out)
		}
	}
	if _, err := postgres.Open(context.Background(), u, postgres.Options{Include: []string{"[a"}}); kind(err) != "bad_glob" {
		t.Errorf("got %v", err)
	}
}

func TestFieldOrderAndNames(t *testing.T) {
	u := pgtest.URL(t)
	pgtest.Exec(t, u, `CREATE TABLE t ("z" int, "Ещё ""одно"" поле" varchar(40), a numeric(10,2)[])`)
	r := readAll(t, open(t, u, postgres.Options{}))["public.t"]
	var got []string
	for _, f := range r.fields {
		got = append(got, f.Name+":"+f.Native)
	}
	if want := `z:integer|Ещё "одно" поле:character varying(40)|a:numeric(10,2)[]`; strings.Join(got, "|") != want {
		t.Errorf("got %v", got)
	}
	if sort.StringsAreSorted(got) {
		t.Error("fields come in the table's order")
	}
}
