package postgres_test

import (
	"context"
	"reflect"
	"testing"
	"time"

	"bezlik/connectors"
	"bezlik/connectors/postgres"
	"bezlik/connectors/postgres/pgtest"
)

// TestDescribeNeedsNoRight: a user who may read no row of anything is told the same as the owner, and could not have been
// told a value.
func TestDescribeNeedsNoRight(t *testing.T) {
	u := pgtest.URL(t)
	pgtest.Exec(t, u,
		`CREATE TABLE users (id bigint PRIMARY KEY, "Ф.И.О." text, phone varchar(20), gone int, born date)`, `ALTER TABLE users DROP COLUMN gone`,
		`INSERT INTO users VALUES (1, 'Петров Пётр', '+7 916 000-00-11', '1999-01-02')`,
		`CREATE SCHEMA private`, `CREATE TABLE private.notes (inn numeric(12,0))`, `CREATE VIEW v AS SELECT phone FROM users`,
		`CREATE MATERIALIZED VIEW m AS SELECT born FROM users WITH NO DATA`, `CREATE TABLE nothing ()`,
		`CREATE TABLE tree (id int) PARTITION BY RANGE (id)`, `CREATE TABLE tree_1 PARTITION OF tree FOR VALUES FROM (0) TO (10)`,
		`SELECT lo_create(7)`,
		`DROP ROLE IF EXISTS blind`, `CREATE ROLE blind LOGIN PASSWORD 'b'`, `REVOKE ALL ON SCHEMA public FROM PUBLIC`,
	)
	t.Cleanup(func() { pgtest.Exec(t, u, `DROP OWNED BY blind`, `DROP ROLE blind`) })
	fields := func(pairs ...string) (f []connectors.Field) {
		for i := 0; i < len(pairs); i += 2 {
			f = append(f, connectors.Field{Name: pairs[i], Native: pairs[i+1]})
		}
		return f
	}
	want := []connectors.Described{
		{Object: "private.notes", Fields: fields("inn", "numeric(12,0)")},
		{Object: "public.m", Fields: fields("born", "date")},
		{Object: "public.nothing"},
		{Object: "public.tree_1", Fields: fields("id", "integer")},
		{Object: "public.users", Fields: fields("id", "bigint", "Ф.И.О.", "text", "phone", "character varying(20)", "born", "date")},
		{Object: "pg_catalog.pg_largeobject", Unknown: true},
	}
	for who, address := range map[string]string{"the owner": u, "a user without rights": pgtest.As(u, "blind", "b")} {
		s := open(t, address, postgres.Options{})
		got, err := s.(connectors.Describer).Describe(context.Background())
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, %v\nwant %+v", who, got, err, want)
		}
	}
	blind := readAll(t, open(t, pgtest.As(u, "blind", "b"), postgres.Options{}))
	for object, r := range blind {
		if r.err == nil || len(r.rows) > 0 {
			t.Errorf("%s can be read: this proves nothing", object)
		}
	}
}

// TestDescribeReadsNoTable asks the server which tables were read: none.
func TestDescribeReadsNoTable(t *testing.T) {
	u := pgtest.URL(t)
	pgtest.Exec(t, u, `CREATE TABLE users (id bigint PRIMARY KEY, phone text)`, `INSERT INTO users SELECT i, i::text FROM generate_series(1, 1000) i`, `ANALYZE`,
		`SELECT pg_stat_force_next_flush()`) // else what it counted itself may come later
	const scans = `SELECT seq_scan, coalesce(idx_scan, 0), seq_tup_read FROM pg_stat_user_tables WHERE relname = 'users'`
	before := pgtest.Query(t, u, scans)
	count := func(look func(s connectors.Source)) [][]string {
		s := open(t, u, postgres.Options{})
		look(s)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		for range 500 { // what a connection has counted is known when its process has ended
			if len(backends(t, u, `application_name = 'bezlik'`)) == 0 {
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
		return pgtest.Query(t, u, scans)
	}
	after := count(func(s connectors.Source) {
		if _, err := s.(connectors.Describer).Describe(context.Background()); err != nil {
			t.Fatal(err)
		}
	})
	if !reflect.DeepEqual(before, after) {
		t.Errorf("scans of the table: %v before, %v after", before, after)
	}
	if read := count(func(s connectors.Source) { readAll(t, s) }); reflect.DeepEqual(after, read) {
		t.Errorf("reading the table counts as no scan (%v): this proves nothing", read)
	}
}
