package postgres_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"bezlik/connectors"
	"bezlik/connectors/postgres"
	"bezlik/connectors/postgres/pgtest"
)

const (
	snapshotTables = 8
	snapshotIDs    = 8_000
)

// TestSnapshot reads eight tables with four readers while four writers move rows between them. With one
// snapshot each id is there exactly once. The control reads each part with a source, and so a snapshot,
// of its own: there rows are missed and doubled.
func TestSnapshot(t *testing.T) {
	u := pgtest.URL(t)
	for i := range snapshotTables {
		pgtest.Exec(t, u, fmt.Sprintf(`CREATE TABLE t%d AS SELECT i AS id, '+7900' || lpad(i::text, 7, '0') AS tel FROM generate_series(%d, %d) i`,
			i, i*snapshotIDs/snapshotTables+1, (i+1)*snapshotIDs/snapshotTables), fmt.Sprintf(`CREATE INDEX ON t%d (id)`, i))
	}
	stop, moved := make(chan struct{}), atomic.Int64{}
	var writers sync.WaitGroup
	for w := range 4 {
		c := pgtest.Connect(t, u)
		writers.Add(1)
		go func() {
			defer writers.Done()
			defer pgtest.Disconnect(c)
			rnd := rand.New(rand.NewPCG(1, uint64(w)))
			for {
				select {
				case <-stop:
					return
				default:
				}
				from, to, at := rnd.IntN(snapshotTables), rnd.IntN(snapshotTables), rnd.IntN(snapshotIDs)
				_, err := c.Exec(context.Background(), fmt.Sprintf(
					`WITH x AS (DELETE FROM t%d WHERE id BETWEEN %d AND %d RETURNING *) INSERT INTO t%d SELECT * FROM x`, from, at, at+100, to)).ReadAll()
				if err != nil {
					t.Error(err)
					return
				}
				moved.Add(1)
				time.Sleep(8 * time.Millisecond) // what is moved leaves a dead row behind
			}
		}()
	}
	rounds, bad := 4, 0
	for range rounds {
		s := open(t, u, postgres.Options{PartPages: 40})
		if wrong := spoiled(t, s, func() (connectors.Source, func()) { return s, func() {} }); wrong != 0 {
			t.Errorf("%d ids are not there exactly once", wrong)
		}
		s.Close()
	}
	for range rounds {
		s := open(t, u, postgres.Options{PartPages: 40})
		if spoiled(t, s, func() (connectors.Source, func()) {
			o, err := postgres.Open(context.Background(), u, postgres.Options{PartPages: 40})
			if err != nil {
				t.Error(err)
				return s, func() {}
			}
			return o, func() { o.Close() }
		}) > 0 {
			bad++
		}
		s.Close()
	}
	close(stop)
	writers.Wait()
	t.Logf("%d moves; without a common snapshot %d of %d rounds were wrong", moved.Load(), bad, rounds)
	if bad == 0 {
		t.Error("the control saw nothing: this test proves nothing")
	}
}

// spoiled reads the parts of s with four readers, each part by the source that with returns, and counts
// the ids that were not seen exactly once.
func spoiled(t *testing.T, s connectors.Source, with func() (connectors.Source, func())) (wrong int) {
	list := parts(t, s)
	var next atomic.Int64
	var mu sync.Mutex
	seen := map[string]int{}
	var readers sync.WaitGroup
	for range 4 {
		readers.Add(1)
		go func() {
			defer readers.Done()
			for {
				i := int(next.Add(1)) - 1
				if i >= len(list) {
					return
				}
				o, done := with()
				r := readPart(o, list[i])
				done()
				if r.err != nil {
					t.Error(r.err)
					return
				}
				mu.Lock()
				for _, row := range r.rows {
					seen[row[0]]++
				}
				mu.Unlock()
			}
		}()
	}
	readers.Wait()
	wrong = max(0, snapshotIDs-len(seen))
	for _, n := range seen {
		if n != 1 {
			wrong++
		}
	}
	return wrong
}
