// Package pgtest starts a throw-away PostgreSQL server for the tests of a package.
//
// The server is started by the first call of URL, listens on a free port of the loopback interface,
// asks for a password, and is gone with all its files when the test binary ends, however it ends:
// a small shell outside of the binary waits for the end of a pipe and then cleans up.
//
//	func TestMain(m *testing.M) { pgtest.Main(m) }
//	func TestX(t *testing.T)    { url := pgtest.URL(t) … }
package pgtest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Main runs the tests, stops the server if there was one, and exits.
func Main(m *testing.M) {
	code := m.Run()
	stop()
	os.Exit(code)
}

var databases atomic.Int64

// URL returns the address, with the password of a superuser, of a new and empty database (UTF-8,
// locale C). The database is dropped when the test ends. Without a server program the test fails.
func URL(t testing.TB) string {
	t.Helper()
	s, err := start()
	if err != nil {
		t.Fatalf("no PostgreSQL server for tests: %v", err)
	}
	name := fmt.Sprintf("test_%d", databases.Add(1))
	Exec(t, s.url("postgres"), "CREATE DATABASE "+name)
	t.Cleanup(func() { Exec(t, s.url("postgres"), "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)") })
	return s.url(name)
}

// As returns the address u with another user and password.
func As(u, user, password string) string {
	p, err := url.Parse(u)
	if err != nil {
		panic("pgtest: not an address of pgtest.URL")
	}
	p.User = url.UserPassword(user, password)
	return p.String()
}

// Exec runs statements, each in a transaction of its own, and fails the test if one fails.
func Exec(t testing.TB, u string, statements ...string) {
	t.Helper()
	c := Connect(t, u)
	defer Disconnect(c)
	for _, s := range statements {
		if _, err := c.Exec(context.Background(), s).ReadAll(); err != nil {
			t.Fatalf("%v in: %s", err, s)
		}
	}
}

// Query runs one statement and returns its rows as text, NULL as "NULL".
func Query(t testing.TB, u, statement string) [][]string {
	t.Helper()
	c := Connect(t, u)
	defer Disconnect(c)
	res, err := c.Exec(context.Background(), statement).ReadAll()
	if err != nil {
		t.Fatalf("%v in: %s", err, statement)
	}
	var out [][]string
	for _, row := range res[len(res)-1].Rows {
		var o []string
		for _, v := range row {
			if v == nil {
				o = append(o, "NULL")
			} else {
				o = append(o, string(v))
			}
		}
		out = append(out, o)
	}
	return out
}

// Connect opens a connection; the caller ends it with Disconnect.
func Connect(t testing.TB, u string) *pgconn.PgConn {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	c, err := pgconn.Connect(ctx, u)
	if err != nil {
		t.Fatalf("connecting to the test server: %v", err)
	}
	return c
}

// Disconnect closes a connection of Connect.
func Disconnect(c *pgconn.PgConn) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	c.Close(ctx)
}

// Quote returns a name as SQL.
func Quote(name ...string) string { return pgx.Identifier(name).Sanitize() }

// Psql returns the command psql with the connection of u in its environment, to run with more arguments.
func Psql(t testing.TB, u string) (program string, env []string) {
	t.Helper()
	p, err := url.Parse(u)
	if err != nil {
		t.Fatal("pgtest: not an address of pgtest.URL")
	}
	program, err = find("psql")
	if err != nil {
		t.Fatal(err)
	}
	password, _ := p.User.Password()
	env = append(os.Environ(), "PGHOST="+p.Hostname(), "PGPORT="+p.Port(), "PGUSER="+p.User.Username(),
		"PGPASSWORD="+password, "PGDATABASE="+strings.TrimPrefix(p.Path, "/"), "PGTZ=UTC", "PGCLIENTENCODING=UTF8", "PGOPTIONS=")
	return program, env
}

// find looks for a program of the server in the path and where Debian keeps it, newest version first.
func find(program string) (string, error) {
	for _, dir := range filepath.SplitList(os.Getenv("PATH")) {
		if p := filepath.Join(dir, program); executable(p) {
			return p, nil
		}
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + program)
	best, version := "", -1
	for _, p := range found {
		var v int
		fmt.Sscanf(strings.TrimPrefix(p, "/usr/lib/postgresql/"), "%d", &v)
		if v > version && executable(p) {
			best, version = p, v
		}
	}
	if best == "" {
		return "", fmt.Errorf("%s not found: install the Debian package postgresql (.ci/servers does it)", program)
	}
	return best, nil
}

func executable(p string) bool {
	i, err := os.Stat(p)
	return err == nil && i.Mode().IsRegular() && i.Mode()&0o111 != 0
}
