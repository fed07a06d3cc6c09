package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bezlik/connectors"
	"bezlik/connectors/postgres"
	"bezlik/connectors/postgres/pgtest"
)

// bits are pieces of a secret that must not be seen: the secret, how an address writes it, and what lies
// between its special characters.
func bits(secret string) []string {
	out := []string{secret, url.QueryEscape(secret), url.PathEscape(secret)}
	for _, s := range strings.FieldsFunc(secret, func(r rune) bool { return strings.ContainsRune(` '"@%/?#:;\&=`, r) }) {
		if len(s) > 3 {
			out = append(out, s)
		}
	}
	return out
}

var nasty = []string{"kwxz vbnm1", "sing'le'quote", `doub"lequo`, "atsi@gnnn", "perce%nttt", "slas/hhhh", "ques?tionz", "hash#mark1", "colo:nnnn",
	"semi;colon", "back\\slash", "a@b/c?d#e%f", "host=evil1 role=rootz", "100%", "%zzzz", "sec/ret@host/evil9", "пароль42", "[brack]et", "amp&x=y123", "12/34@56", "tab\tbed1"}

func TestPasswordsAreNeverShown(t *testing.T) {
	u := pgtest.URL(t)
	p, err := url.Parse(u)
	if err != nil {
		t.Fatal(err)
	}
	try := func(t *testing.T, address, password string, kinds ...string) {
		t.Helper()
		_, err := postgres.Open(context.Background(), address, postgres.Options{ConnectTimeout: 2 * time.Second})
		if err == nil {
			t.Fatal("a wrong password opens the database")
		}
		text := fmt.Sprintf("%v %+v %#v", err, err, err)
		var q *connectors.Problem
		if errors.As(err, &q) {
			text += fmt.Sprintf("%+v", *q)
		}
		for _, b := range bits(password) {
			if strings.Contains(text, b) {
				t.Errorf("%q is shown in %s", b, text)
			}
		}
		for _, k := range kinds {
			if kind(err) == k {
				return
			}
		}
		t.Errorf("got %s, want one of %v", kind(err), kinds)
	}
	for _, password := range nasty {
		t.Run(password, func(t *testing.T) {
			try(t, pgtest.As(u, "bezlik", password), password, "wrong_password")
			// Written as it is. Some of these are other addresses than meant, none may be shown.
			raw := "postgres://bezlik:" + password + "@" + p.Host + p.Path + "?sslmode=disable"
			try(t, raw, password, "wrong_password", "bad_url")
			noUser := "postgres://" + p.Host + p.Path + "?sslmode=disable&user=bezlik&password=" + url.QueryEscape(password)
			try(t, noUser, password, "wrong_password")
			t.Setenv("PGPASSWORD", password)
			bare := "postgres://bezlik@" + p.Host + p.Path + "?sslmode=disable"
			try(t, bare, password, "wrong_password")
		})
	}
}

func TestPasswordSources(t *testing.T) {
	u := pgtest.URL(t)
	p, _ := url.Parse(u)
	for _, password := range nasty {
		if strings.Contains(password, "\t") {
			continue // not in a password file
		}
		t.Run(password, func(t *testing.T) {
			pgtest.Exec(t, u, "DROP ROLE IF EXISTS nasty", "CREATE ROLE nasty LOGIN PASSWORD '"+strings.ReplaceAll(password, "'", "''")+"'")
			t.Cleanup(func() { pgtest.Exec(t, u, "DROP ROLE nasty") })
			bare := "postgres://nasty@" + p.Host + p.Path + "?sslmode=disable"
			open(t, pgtest.As(u, "nasty", password), postgres.Options{}).Close()
			open(t, bare, postgres.Options{Password: password}).Close()
			open(t, pgtest.As(u, "nasty", password), postgres.Options{Password: "another"}).Close()
			t.Setenv("PGPASSWORD", password)
			open(t, bare, postgres.Options{}).Close()
			os.Unsetenv("PGPASSWORD")
			file := filepath.Join(t.TempDir(), "pgpass")
			line := "*:*:*:nasty:" + strings.NewReplacer(`\`, `\\`, ":", `\:`).Replace(password) + "\n"
			if err := os.WriteFile(file, []byte(line), 0o600); err != nil {
				t.Fatal(err)
			}
			t.Setenv("PGPASSFILE", file)
			open(t, bare, postgres.Options{}).Close()
		})
	}
}

func TestConnectionProblems(t *testing.T) {
	u := pgtest.URL(t)
	p, _ := url.Parse(u)
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := free.Addr().String()
	free.Close()
	silent, err := net.Listen("tcp", "127.0.0.1:0") // takes connections and says nothing
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	with := func(change func(*url.URL)) string { q := *p; change(&q); return q.String() }
	for _, c := range []struct{ name, url, kind, place string }{
		{"wrong user", pgtest.As(u, "nobody-such", "x"), "wrong_password", p.Host + p.Path},
		{"unknown database", with(func(q *url.URL) { q.Path = "/no_such_db" }), "unknown_database", p.Host + "/no_such_db"},
		{"refused", with(func(q *url.URL) { q.Host = nobody }), "connection_refused", nobody},
		{"unknown host", with(func(q *url.URL) { q.Host = "no-such-host.invalid:5432" }), "unknown_host", "no-such-host.invalid:5432"},
		{"no TLS there", with(func(q *url.URL) { q.RawQuery = "sslmode=verify-full" }), "tls", p.Host},
		{"silent", with(func(q *url.URL) { q.Host = silent.Addr().String() }), "timeout", silent.Addr().String()},
		{"not an address", "host=localhost user=x", "bad_url", "postgres"},
		{"another scheme", "mysql://localhost/x", "bad_url", "postgres"},
		{"bad port", "postgres://localhost:99999/x", "bad_url", "postgres"},
		{"bad sslmode", with(func(q *url.URL) { q.RawQuery = "sslmode=perhaps" }), "bad_url", "postgres"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := postgres.Open(context.Background(), c.url, postgres.Options{ConnectTimeout: time.Second})
			var q *connectors.Problem
			if !errors.As(err, &q) {
				t.Fatalf("got %v", err)
			}
			if q.Kind != c.kind || !strings.Contains(q.Object, c.place) || q.Message == "" || q.Hint == "" {
				t.Errorf("got %+v, want %s at %s", *q, c.kind, c.place)
			}
		})
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := postgres.Open(ctx, u, postgres.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("an ended context gives %v", err)
	}
}

// large makes a table whose reading cannot be over before the client wants it: more than sockets hold.
func large(t testing.TB, u string, rows int) {
	t.Helper()
	pgtest.Exec(t, u, fmt.Sprintf(`CREATE TABLE large AS SELECT i AS id, repeat(md5(i::text), 8) AS s FROM generate_series(1, %d) i`, rows))
}

// oldest is the connection that holds the snapshot: the first one of the source.
const oldest = "backend_start = (SELECT min(backend_start) FROM pg_stat_activity WHERE application_name = 'bezlik' AND datname = current_database())"

func backends(t testing.TB, u, where string) []string {
	t.Helper()
	var out []string
	for _, r := range pgtest.Query(t, u, "SELECT pid FROM pg_stat_activity WHERE application_name = 'bezlik' AND datname = current_database() AND "+where) {
		out = append(out, r[0])
	}
	return out
}

func TestBackendTerminatedInMidScan(t *testing.T) {
	u := pgtest.URL(t)
	large(t, u, 200_000)
	s := open(t, u, postgres.Options{PartPages: 100_000})
	list := parts(t, s)
	r, err := s.Open(context.Background(), list[0])
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var b connectors.Batch
	if err := r.Next(&b); err != nil {
		t.Fatal(err)
	}
	rows := int64(len(b.Rows))
	pids := backends(t, u, "state = 'active' AND query LIKE '%large%'")
	if len(pids) != 1 {
		t.Fatalf("%d readers on the server", len(pids))
	}
	pgtest.Exec(t, u, "SELECT pg_terminate_backend("+pids[0]+")")
	for {
		if err = r.Next(&b); err != nil {
			break
		}
		rows += int64(len(b.Rows))
	}
	var p *connectors.Problem
	if !errors.As(err, &p) || p.Kind != "connection_lost" || p.Object != "public.large" || p.Row != rows+1 || rows >= 200_000 {
		t.Fatalf("after %d rows: %v", rows, err)
	}
	if again := r.Next(&b); again != err || len(b.Rows) != 0 {
		t.Errorf("the last word was not the last: %v", again)
	}
	// The owner of the snapshot lives: the part can be read again, whole, and by the same moment.
	pgtest.Exec(t, u, "DELETE FROM large WHERE id > 10")
	if got := readPart(s, list[0]); got.err != nil || len(got.rows) != 200_000 {
		t.Errorf("read again: %d rows, %v", len(got.rows), got.err)
	}
}

// TestFaultsNeverPassForTheWhole ends readers at odd moments. A part either is whole or says that it is not.
func TestFaultsNeverPassForTheWhole(t *testing.T) {
	u := pgtest.URL(t)
	large(t, u, 60_000)
	killer := pgtest.Connect(t, u)
	defer pgtest.Disconnect(killer)
	whole, partial := 0, 0
	for i := range 30 {
		s := open(t, u, postgres.Options{PartPages: 1 << 20})
		list := parts(t, s)
		done := make(chan error, 1)
		go func() {
			time.Sleep(time.Duration(i) * 3 * time.Millisecond)
			_, err := killer.Exec(context.Background(), "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'bezlik' AND query LIKE '%large%' AND datname = current_database()").ReadAll()
			done <- err
		}()
		r := readPart(s, list[0])
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		switch {
		case r.err == nil && len(r.rows) == 60_000:
			whole++
		case kind(r.err) == "connection_lost" && len(r.rows) < 60_000:
			partial++
		default:
			t.Errorf("%d rows and %v", len(r.rows), r.err)
		}
		s.Close()
	}
	t.Logf("%d whole, %d partial", whole, partial)
	if partial == 0 {
		t.Error("nothing was interrupted: this test proves nothing")
	}
}

func TestSnapshotOwnerTerminated(t *testing.T) {
	u := pgtest.URL(t)
	large(t, u, 100_000)
	s := open(t, u, postgres.Options{PartPages: 500})
	list := parts(t, s)
	r, err := s.Open(context.Background(), list[0])
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	owner := backends(t, u, oldest)
	if len(owner) != 1 {
		t.Fatalf("%d owners", len(owner))
	}
	pgtest.Exec(t, u, "SELECT pg_terminate_backend("+owner[0]+")")
	// Who has the snapshot already keeps it.
	var b connectors.Batch
	for err = r.Next(&b); err == nil; err = r.Next(&b) {
	}
	if err != io.EOF {
		t.Errorf("the reader under way: %v", err)
	}
	for range 2 {
		if got := readPart(s, list[1]); kind(got.err) != "snapshot_lost" || len(got.rows) != 0 {
			t.Errorf("a new part: %d rows, %v", len(got.rows), got.err)
		}
	}
}

// TestServerCrash kills a server process: the server ends all connections and starts itself anew.
func TestServerCrash(t *testing.T) {
	u := pgtest.URL(t)
	large(t, u, 100_000)
	s := open(t, u, postgres.Options{})
	list := parts(t, s)
	r, err := s.Open(context.Background(), list[0])
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	kill(t, backends(t, u, oldest)[0])
	var b connectors.Batch
	rows := 0
	for err = r.Next(&b); err == nil; err = r.Next(&b) {
		rows += len(b.Rows)
	}
	if kind(err) != "connection_lost" || rows >= 100_000 {
		t.Errorf("the reader under way: %d rows, %v", rows, err)
	}
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		got := readPart(s, list[0])
		if got.err == nil {
			t.Fatal("another snapshot was mixed in")
		}
		if kind(got.err) == "snapshot_lost" {
			return
		}
		if k := kind(got.err); k != "connection_lost" && k != "connection_refused" && k != "not_ready" && k != "connection_failed" {
			t.Fatalf("got %v", got.err)
		}
		if time.Now().After(deadline) {
			t.Fatalf("the server did not come back: %v", got.err)
		}
	}
}

func TestStatementTimeout(t *testing.T) {
	u := pgtest.URL(t)
	pgtest.Exec(t, u, `CREATE TABLE t (id int)`, `CREATE VIEW slow AS SELECT pg_sleep(20)::text AS p`)
	s := open(t, u, postgres.Options{Views: true, StatementTimeout: 200 * time.Millisecond})
	from := time.Now()
	got := readPart(s, connectors.Part{Object: "public.slow"})
	if kind(got.err) != "timeout" || time.Since(from) > 10*time.Second {
		t.Errorf("after %v: %v", time.Since(from), got.err)
	}
	if got := readPart(s, connectors.Part{Object: "public.t"}); got.err != nil {
		t.Errorf("the next part: %v", got.err)
	}
}

func TestLockTimeout(t *testing.T) {
	u := pgtest.URL(t)
	pgtest.Exec(t, u, `CREATE TABLE t (id int)`)
	s := open(t, u, postgres.Options{LockTimeout: 200 * time.Millisecond})
	list := parts(t, s)
	c := pgtest.Connect(t, u)
	defer pgtest.Disconnect(c)
	if _, err := c.Exec(context.Background(), "BEGIN; LOCK TABLE t IN ACCESS EXCLUSIVE MODE").ReadAll(); err != nil {
		t.Fatal(err)
	}
	if got := readPart(s, list[0]); kind(got.err) != "locked" {
		t.Errorf("got %v", got.err)
	}
}

// TestErrorsHideValues makes the server quote a value in its error.
func TestErrorsHideValues(t *testing.T) {
	u := pgtest.URL(t)
	pgtest.Exec(t, u, `CREATE VIEW v AS SELECT ('secret' || n)::int AS x FROM generate_series(1, 3) n`)
	got := readPart(open(t, u, postgres.Options{Views: true}), connectors.Part{Object: "public.v"})
	if kind(got.err) != "database_error" || strings.Contains(got.err.Error(), "secret") || !strings.Contains(got.err.Error(), "22P02") {
		t.Errorf("got %v", got.err)
	}
}

func TestCancelAndClose(t *testing.T) {
	u := pgtest.URL(t)
	large(t, u, 200_000)
	s := open(t, u, postgres.Options{})
	list := parts(t, s)
	var b connectors.Batch
	for _, way := range []string{"cancel", "close"} {
		ctx, cancel := context.WithCancel(context.Background())
		r, err := s.Open(ctx, list[0])
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Next(&b); err != nil {
			t.Fatal(err)
		}
		if way == "cancel" {
			cancel()
			for err = r.Next(&b); err == nil; err = r.Next(&b) {
			}
			if !errors.Is(err, context.Canceled) {
				t.Errorf("after the context ended: %v", err)
			}
		}
		r.Close()
		if err := r.Next(&b); err == nil || err == io.EOF {
			t.Errorf("%s: Next after Close gives %v", way, err)
		}
		cancel()
	}
	for range 100 {
		if len(backends(t, u, "state = 'active'")) == 0 {
			// The snapshot is still good.
			if got := readPart(s, list[0]); got.err != nil || len(got.rows) != 200_000 {
				t.Errorf("%d rows, %v", len(got.rows), got.err)
			}
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Error("queries go on")
}
