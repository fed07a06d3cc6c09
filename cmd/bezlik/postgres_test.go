package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"bezlik/connectors/postgres/pgtest"
	"bezlik/pipeline"
)

// memoryLimit is how much memory a scan or an export may take, however large the table is.
const memoryLimit = 96 << 20

// A consumption is what one process took.
type consumption struct {
	Code      int
	Wall, CPU time.Duration
	RSS       int64
	complaint string
}

// launchEnv makes the test binary start one process and account for it: where the account goes, and after it, one
// a line, the command. A child's peak memory begins with that of the process it was forked from, so that has to be a
// small one, not the one that runs the tests.
const launchEnv = "BEZLIK_TEST_LAUNCH"

// launch is the small process.
func launch(t *testing.T, order string) {
	lines := strings.Split(order, "\n")
	account, out, argv := lines[0], lines[1], lines[2:]
	stdout, err := os.OpenFile(out, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(argv[0], argv[1:]...)
	c.Stdout, c.Stderr = stdout, os.Stderr
	start := time.Now()
	err = c.Run()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	s := c.ProcessState
	u := consumption{Code: s.ExitCode(), Wall: time.Since(start), CPU: s.UserTime() + s.SystemTime(), RSS: s.SysUsage().(*syscall.Rusage).Maxrss << 10}
	b, err := json.Marshal(u)
	if err != nil {
		t.Fatal(err)
	}
	write(t, account, b)
}

// measure runs a command through launch, with its output in a file.
func measure(t *testing.T, out string, env []string, argv ...string) (u consumption) {
	t.Helper()
	account := filepath.Join(t.TempDir(), "account")
	c := exec.Command(os.Args[0], "-test.run=^TestPostgresAtScale$")
	c.Env = append(append(os.Environ(), env...), launchEnv+"="+strings.Join(append([]string{account, out}, argv...), "\n"))
	var complaint bytes.Buffer
	c.Stderr = &complaint
	if b, err := c.Output(); err != nil {
		t.Fatalf("%s: %v: %s%s", argv[0], err, b, complaint.String())
	}
	b, err := os.ReadFile(account)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &u); err != nil {
		t.Fatal(err)
	}
	u.complaint = complaint.String()
	return u
}

// people is SQL for a table of twelve columns with made-up people: computed numbers, reserved domains.
func people(table string, from, to int) string {
	return fmt.Sprintf(`CREATE TABLE %s AS SELECT i AS id,
		(ARRAY['Алиса','Борис','Вера','Глеб','Дарья','Егор','Жанна','Игорь'])[1 + i %% 8] AS first_name,
		(ARRAY['Орлова','Зимин','Чернова','Ларин','Калинина','Морозов','Тихонова','Ушаков'])[1 + i / 8 %% 8] AS last_name,
		make_date(1980 + i / 64 %% 10, 5, 5) AS birth_date,
		CASE WHEN i %% 2 = 0 THEN 'ж' ELSE 'м' END AS gender,
		'+7 (9' || lpad((i / 10000 %% 100)::text, 2, '0') || ') 000-' || lpad((i / 100 %% 100)::text, 2, '0') || '-' || lpad((i %% 100)::text, 2, '0') AS phone,
		'user' || i || '@mail.example.com' AS email,
		(ARRAY['Москва','Казань','Екатеринбург','Новосибирск'])[1 + i / 640 %% 4] AS city,
		'Россия' AS country,
		timestamp '2025-03-01 10:00:00' + i %% 1000 * interval '1 minute' AS created_at,
		timestamp '2026-11-01 10:00:00' AS last_login_at,
		'Люблю горы и палатки, а ещё шахматы и бег по утрам: ' || md5(i::text) AS about
		FROM generate_series(%d, %d) i`, table, from, to)
}

// TestPostgresAtScale scans and exports a large table while other sessions move its rows into another table and
// change them. In one snapshot every person is in exactly one of the two. Memory does not depend on the number of
// rows; BEZLIK_ROWS is how many.
func TestPostgresAtScale(t *testing.T) {
	if order := os.Getenv(launchEnv); order != "" {
		launch(t, order)
		return
	}
	usual := 200_000
	if testing.Short() {
		usual = 50_000
	}
	rows := number(t, "BEZLIK_ROWS", usual)
	u := pgtest.URL(t)
	pgtest.Exec(t, u, people("users", 1, rows), `ALTER TABLE users ADD PRIMARY KEY (id)`, people("clients", 0, -1), `ANALYZE`)
	d := newDesk(t, 100)
	bin := binary(t)
	env := []string{"BEZLIK_HOME=" + d.home}

	psql, penv := pgtest.Psql(t, u)
	copied := measure(t, os.DevNull, penv, psql, "-X", "-q", "-c", `COPY users TO STDOUT`)
	if copied.Code != 0 {
		t.Fatalf("psql: %s", copied.complaint)
	}
	moves, stop := move(t, u, rows)
	report := filepath.Join(t.TempDir(), "report.txt")
	scanned := measure(t, report, env, bin, "scan", "-q", "--lang", "en", u)
	text, err := os.ReadFile(report)
	if err != nil {
		t.Fatal(err)
	}
	if want := fmt.Sprintf("2 objects, %s records", thousands(int64(rows))); scanned.Code != exitFindings || !strings.Contains(string(text), want) {
		t.Errorf("scan: exit code %d, want %q in:\n%s%s", scanned.Code, want, text, scanned.complaint)
	}

	d.db = u
	out := filepath.Join(t.TempDir(), "research")
	before := moves.Load()
	exported := measure(t, os.DevNull, env, append([]string{bin}, d.args(out, d.key[0], "csv")...)...)
	during := moves.Load() - before
	stop()
	if exported.Code != exitClean {
		t.Fatalf("export: exit code %d: %s", exported.Code, exported.complaint)
	}
	if before == 0 || during == 0 {
		t.Fatalf("%d moves before the export and %d meanwhile: this proves nothing", before, during)
	}
	if n, twice := distinct(t, out); n != rows || twice != 0 {
		t.Errorf("the export holds %d of %d people, %d of them twice", n, rows, twice)
	}
	for _, c := range []struct {
		name string
		u    consumption
	}{{"psql COPY", copied}, {"scan", scanned}, {"export", exported}} {
		t.Logf("%-9s %8d rows: wall %6.2f s (%.2f of psql), CPU %6.2f s, peak %5.1f MB", c.name, rows, c.u.Wall.Seconds(),
			c.u.Wall.Seconds()/copied.Wall.Seconds(), c.u.CPU.Seconds(), float64(c.u.RSS)/(1<<20))
		if c.u.RSS > memoryLimit {
			t.Errorf("%s took %d MB, want at most %d", c.name, c.u.RSS>>20, memoryLimit>>20)
		}
	}
	t.Logf("%d moves, %d of them during the export", moves.Load(), during)
}

// move moves people between the two tables, and changes them, until stop is called.
func move(t *testing.T, u string, rows int) (moves *atomic.Int64, stop func()) {
	t.Helper()
	c := pgtest.Connect(t, u)
	moves = new(atomic.Int64)
	done := make(chan struct{})
	var running sync.WaitGroup
	running.Add(1)
	go func() {
		defer running.Done()
		defer pgtest.Disconnect(c)
		r := rand.New(rand.NewPCG(5, 5))
		for tables := [2]string{"users", "clients"}; ; tables[0], tables[1] = tables[1], tables[0] {
			select {
			case <-done:
				return
			default:
			}
			at := r.IntN(rows)
			_, err := c.Exec(context.Background(), fmt.Sprintf(`WITH x AS (DELETE FROM %s WHERE id BETWEEN %d AND %d RETURNING *) INSERT INTO %s SELECT * FROM x`,
				tables[0], at, at+50, tables[1])).ReadAll()
			if err == nil {
				_, err = c.Exec(context.Background(), fmt.Sprintf(`UPDATE users SET last_login_at = last_login_at + interval '1 day' WHERE id = %d`, r.IntN(rows))).ReadAll()
			}
			if err != nil {
				t.Errorf("moving: %v", err)
				return
			}
			moves.Add(1)
			time.Sleep(5 * time.Millisecond)
		}
	}()
	return moves, sync.OnceFunc(func() { close(done); running.Wait() })
}

// distinct counts the different tokens of people in the tables of an export, and those that stand twice.
func distinct(t *testing.T, dir string) (n, twice int) {
	t.Helper()
	seed := maphash.MakeSeed()
	seen := map[uint64]bool{}
	for _, name := range []string{"public.users.csv", "public.clients.csv"} {
		f, err := os.Open(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		r := csv.NewReader(bufio.NewReaderSize(f, 1<<16))
		r.ReuseRecord = true
		for line := 0; ; line++ {
			row, err := r.Read()
			if err == io.EOF { //nolint:errorlint // csv.Reader returns it bare
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			if line == 0 {
				if row[0] != "id" {
					t.Fatalf("%s begins with %q", name, row[0])
				}
				continue
			}
			h := maphash.String(seed, row[0])
			if seen[h] {
				twice++
			}
			seen[h] = true
		}
	}
	return len(seen), twice
}

// TestPostgresResumes ends the server's processes while a scan with a state is under way. What was read whole is kept,
// the scan says that it is not complete, and the next one finishes it with the same inventory as a scan that nobody
// disturbed.
func TestPostgresResumes(t *testing.T) {
	const tables = 8
	rows := number(t, "BEZLIK_ROWS", 120_000) / tables
	u := pgtest.URL(t)
	for i := range tables {
		pgtest.Exec(t, u, people(fmt.Sprintf("people%d", i), i*rows+1, (i+1)*rows))
	}
	d := newDesk(t, 100)
	bin := binary(t)
	dir := t.TempDir()
	scan := func(state string) *exec.Cmd {
		c := exec.Command(bin, "scan", "-q", "--workers", "1", "--format", "jsonl", "--key-file", d.key[0], "--state", state, u)
		c.Env = append(os.Environ(), "BEZLIK_HOME="+d.home)
		return c
	}
	want, code, stored := inventory(t, scan(filepath.Join(dir, "undisturbed")), nil)
	if code != exitFindings || stored != 0 || len(want) != tables*12 {
		t.Fatalf("undisturbed: exit code %d, %d parts stored, %d columns", code, stored, len(want))
	}
	for attempt := 1; ; attempt++ {
		state := filepath.Join(dir, fmt.Sprintf("state%d", attempt))
		_, code, _ := inventory(t, scan(state), func() { // when the second part was kept, all connections of the scan end
			for range 5000 {
				if b, _ := os.ReadFile(state); bytes.Count(b, []byte{'\n'}) > 2 {
					break
				}
				time.Sleep(2 * time.Millisecond)
			}
			pgtest.Exec(t, u, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'bezlik' AND datname = current_database()`)
		})
		b, err := os.ReadFile(state)
		if err != nil {
			t.Fatal(err)
		}
		done := bytes.Count(b, []byte{'\n'}) - 1
		if done == tables && attempt < 5 {
			continue // the scan was faster
		}
		if code != exitIncomplete || done < 2 || done >= tables {
			t.Fatalf("disturbed: exit code %d with %d of %d parts kept", code, done, tables)
		}
		got, code, stored := inventory(t, scan(state), nil)
		if code != exitFindings || stored != done {
			t.Errorf("resumed: exit code %d, %d parts taken from the state, want the %d kept", code, stored, done)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("resumed: the inventory is not that of the undisturbed scan")
		}
		return
	}
}

// inventory runs a scan, disturbs it, and returns its columns, exit code and the number of parts it took from a state.
func inventory(t *testing.T, c *exec.Cmd, disturb func()) (columns []pipeline.ColumnLine, code, stored int) {
	t.Helper()
	var out, complaint bytes.Buffer
	c.Stdout, c.Stderr = &out, &complaint
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	if disturb != nil {
		disturb()
	}
	var failed *exec.ExitError
	if err := c.Wait(); err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	code = c.ProcessState.ExitCode()
	complete, problems := false, 0
	_, err := pipeline.Replay(&out, func(m *pipeline.Message) error {
		switch {
		case m.Column != nil:
			columns = append(columns, *m.Column)
		case m.Part != nil && m.Part.Stored:
			stored++
		case m.Problem != nil:
			problems++
		case m.End != nil:
			complete = m.End.Complete
		}
		return nil
	})
	if err != nil || complete != (code != exitIncomplete) || complete != (problems == 0) {
		t.Fatalf("exit code %d, complete %v, %d problems: %v: %s", code, complete, problems, err, complaint.String())
	}
	return columns, code, stored
}
