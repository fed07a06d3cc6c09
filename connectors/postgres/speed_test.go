package postgres_test

import (
	"context"
	"fmt"
	"io"
	"os/exec"
	"runtime"
	"testing"
	"time"

	"bezlik/connectors"
	"bezlik/connectors/postgres"
	"bezlik/connectors/postgres/pgtest"
	"bezlik/connectors/sourcetest"
)

func TestAcceptance(t *testing.T) {
	u := pgtest.URL(t)
	pgtest.Exec(t, u, `CREATE TABLE "Люди" (id bigint, имя text, b bytea, d date, j jsonb)`,
		`INSERT INTO "Люди" SELECT i, CASE WHEN i % 7 = 0 THEN NULL ELSE 'Имя ' || i END, convert_to('т' || i, 'UTF8'), date '2000-01-01' + i, jsonb_build_object('k', i) FROM generate_series(1, 5000) i`,
		`CREATE TABLE nocols ()`, `INSERT INTO nocols DEFAULT VALUES`, `CREATE TABLE empty (a int, b text)`)
	with := func(o postgres.Options) func(t *testing.T) connectors.Source {
		return func(t *testing.T) connectors.Source { return open(t, u, o) }
	}
	sourcetest.Run(t, with(postgres.Options{BatchBytes: 8 << 10, PartPages: 1 << 20}), sourcetest.Options{
		Again: []func(*testing.T) connectors.Source{with(postgres.Options{}), with(postgres.Options{BatchBytes: 1, PartPages: 3})},
	})
}

// users makes a table of the shape that figures are given for.
func users(t testing.TB, u string, rows int) {
	pgtest.Exec(t, u, fmt.Sprintf(`CREATE TABLE users AS SELECT i::bigint AS id, 'Фамилия' || i %% 5000 || ' Имя' || i %% 300 || ' Отчество' AS name,
		'+7900' || lpad((i * 7919 %% 10000000)::text, 7, '0') AS phone, 'user' || i || '@example.org' AS email,
		500100000000 + i AS inn, date '1960-01-01' + i %% 15000 AS born, timestamp '2020-01-01' + i * interval '37 seconds' AS created,
		(i %% 3 = 0) AS active, (i %% 1000) / 7.0 AS amount, md5(i::text)::uuid AS key, CASE WHEN i %% 2 = 0 THEN 'комментарий к записи ' || i || repeat(' и ещё', 12) END AS note
		FROM generate_series(1, %d) i`, rows), "VACUUM ANALYZE users")
}

// TestMemoryDoesNotGrowWithRows also holds the number of allocations of a warm batch.
func TestMemoryDoesNotGrowWithRows(t *testing.T) {
	u := pgtest.URL(t)
	users(t, u, 200_000)
	s := open(t, u, postgres.Options{PartPages: 1 << 20})
	r, err := s.Open(context.Background(), parts(t, s)[0])
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var b connectors.Batch
	var early, late runtime.MemStats
	batches, bytes, rows := 0, 0, 0
	for {
		err := r.Next(&b)
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		batches, bytes, rows = batches+1, bytes+len(b.Arena), rows+len(b.Rows)
		if batches == 5 {
			runtime.GC()
			runtime.ReadMemStats(&early)
		}
		if batches > 5 {
			runtime.ReadMemStats(&late)
		}
	}
	if batches < 30 || rows != 200_000 {
		t.Fatalf("%d batches, %d rows", batches, rows)
	}
	allocs := float64(late.Mallocs-early.Mallocs) / float64(batches-5)
	fresh := float64(late.TotalAlloc-early.TotalAlloc) / float64(batches-5)
	t.Logf("%d rows, %d batches, %d MB of arena: %.2f allocations and %.0f bytes a warm batch; the process holds %d MB", rows, batches, bytes>>20, allocs, fresh, late.Sys>>20)
	if allocs > 2 || fresh > 64<<10 {
		t.Errorf("%.2f allocations and %.0f bytes a warm batch", allocs, fresh)
	}
	if grown := int64(late.HeapInuse) - int64(early.HeapInuse); grown > 4<<20 {
		t.Errorf("the heap grew by %d bytes", grown)
	}
}

func BenchmarkRead(b *testing.B) {
	u := pgtest.URL(b)
	users(b, u, 200_000)
	program, env := pgtest.Psql(b, u)
	var ours, psql time.Duration
	var bytes int64
	for b.Loop() {
		from := time.Now()
		cmd := exec.Command(program, "-X", "-c", "COPY users TO STDOUT")
		cmd.Env = env
		if err := cmd.Run(); err != nil {
			b.Fatal(err)
		}
		psql += time.Since(from)
		from = time.Now()
		s := open(b, u, postgres.Options{})
		var batch connectors.Batch
		for _, p := range parts(b, s) {
			r, err := s.Open(context.Background(), p)
			if err != nil {
				b.Fatal(err)
			}
			for err = r.Next(&batch); err == nil; err = r.Next(&batch) {
				bytes += int64(len(batch.Arena))
			}
			if err != io.EOF {
				b.Fatal(err)
			}
			r.Close()
		}
		s.Close()
		ours += time.Since(from)
	}
	b.SetBytes(bytes / int64(b.N))
	b.ReportMetric(float64(ours)/float64(psql), "of-psql")
}

// BenchmarkWire compares the ways to get rows: what the reader uses against the same all in text, and COPY.
func BenchmarkWire(b *testing.B) {
	u := pgtest.URL(b)
	users(b, u, 200_000)
	c := pgtest.Connect(b, u)
	defer pgtest.Disconnect(c)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	mixed := []int16{1, 0, 0, 0, 1, 1, 1, 1, 0, 1, 0}
	for name, formats := range map[string][]int16{"mixed": mixed, "text": nil} {
		b.Run("rows-"+name, func(b *testing.B) {
			for b.Loop() {
				n := 0
				r := c.ExecParams(ctx, "SELECT * FROM users", nil, nil, nil, formats)
				for r.NextRow() {
					for _, v := range r.Values() {
						n += len(v)
					}
				}
				if _, err := r.Close(); err != nil {
					b.Fatal(err)
				}
				b.SetBytes(int64(n))
			}
		})
	}
	for _, format := range []string{"text", "binary"} {
		b.Run("copy-"+format, func(b *testing.B) {
			for b.Loop() {
				var n counter
				if _, err := c.CopyTo(ctx, &n, "COPY users TO STDOUT (FORMAT "+format+")"); err != nil {
					b.Fatal(err)
				}
				b.SetBytes(int64(n))
			}
		})
	}
}

type counter int

func (c *counter) Write(p []byte) (int, error) { *c += counter(len(p)); return len(p), nil }
