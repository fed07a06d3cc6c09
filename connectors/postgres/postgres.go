// Package postgres reads PostgreSQL databases.
//
// All parts of a source, whoever reads them and when, see one moment: a connection that does nothing
// else holds an exported snapshot, and every part is read in a read-only transaction that imports it.
// A table is cut by ranges of pages, whatever the number of workers.
//
// Values come as the text psql prints with the time zone UTC and DateStyle ISO. Arrays, json, xml and
// composites are text, so that what they hold is found. A bytea that holds readable text comes as that
// text, with backslashes doubled, which the server takes for the same bytes; another one as \x and hex.
//
// The password comes from the address, PGPASSWORD or PGPASSFILE and goes nowhere else. Encryption is
// libpq's: sslmode=prefer unless the address or PGSSLMODE says otherwise, which verifies nothing;
// sslmode=verify-full verifies the server's certificate and name.
//
// What memory a reader needs does not depend on the number of rows, but a batch always holds whole
// rows: a value of 100 MB makes a batch of 100 MB.
package postgres

import (
	"context"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"bezlik/connectors"
)

// Options tune a source. The zero value is the usual one.
type Options struct {
	Password string // used if the address has none; PGPASSWORD and PGPASSFILE come after it

	// Globs of tables to read and to leave out: "users", "archive.*", "*.log_*". One without a dot is about
	// the name alone, whatever the schema. No Include is all.
	Include, Exclude []string

	Views   bool // read views too; they repeat what tables hold
	Foreign bool // read foreign tables too; otherwise each is a problem "not_read"

	StatementTimeout time.Duration // for one part; 0 is none
	LockTimeout      time.Duration // 0 is 10 s
	ConnectTimeout   time.Duration // 0 is 15 s, unless the address has connect_timeout

	PartPages  uint32 // pages of a part; 0 is 8,192, which are 64 MB
	BatchBytes int    // a batch is full when its arena has so many bytes; 0 is 256 KiB
}

// Open connects to the database of an address postgres://user@host:port/database?… and takes the
// snapshot. The source holds a transaction open until Close: the server cannot remove old row versions
// meanwhile. Errors are *connectors.Problem, or ctx's own.
func Open(ctx context.Context, url string, opts Options) (connectors.Source, error) {
	if opts.LockTimeout == 0 {
		opts.LockTimeout = 10 * time.Second
	}
	if opts.PartPages == 0 {
		opts.PartPages = 8192
	}
	if opts.BatchBytes <= 0 {
		opts.BatchBytes = 1 << 18
	}
	for _, g := range append(slices.Clone(opts.Include), opts.Exclude...) {
		if _, err := path.Match(g, ""); err != nil {
			return nil, &connectors.Problem{Object: "postgres", Kind: "bad_glob", Message: "a pattern of table names is not well formed"}
		}
	}
	cfg, place, p := configure(url, opts)
	if p != nil {
		return nil, p
	}
	s := &source{cfg: cfg, opts: opts, place: place}
	if err := s.hold(ctx); err != nil {
		s.Close() //nolint:errcheck // the first error is the one to tell
		return nil, err
	}
	return s, nil
}

type source struct {
	cfg   *pgconn.Config
	opts  Options
	place string // postgres://host:port/database

	// Known once the snapshot is held.
	snapshot string
	version  int    // 150018
	system   string // which database of which cluster
	ascii    bool   // the database does not know its encoding

	ownerMu sync.Mutex
	owner   *pgconn.PgConn // holds the snapshot and does nothing else

	mu     sync.Mutex
	idle   []*pgconn.PgConn
	closed bool

	catalogMu sync.Mutex
	catalog   *catalog
}

// Parts lists what can be read and, as parts that fail when opened, what cannot: nothing is left out
// silently. n is not used: a part has Options.PartPages pages, so that the same database gives the
// same parts whatever the number of workers.
//
// Range is "lo-hi" in pages, "lo-" for the last one of a table, and empty for a table in one piece.
// A part of an earlier source may be opened while its Identity holds: the table is the same one, has the
// same columns and was not rewritten. Rows may still have changed.
func (s *source) Parts(ctx context.Context, _ int) ([]connectors.Part, error) {
	c, err := s.tables(ctx)
	if err != nil {
		return nil, err
	}
	var parts []connectors.Part
	for _, t := range c.tables {
		parts = t.parts(parts, s.opts.PartPages)
	}
	return parts, nil
}

// Open starts reading a part; ctx governs the reader until its end.
func (s *source) Open(ctx context.Context, p connectors.Part) (connectors.Reader, error) {
	c, err := s.tables(ctx)
	if err != nil {
		return nil, err
	}
	t := c.byName[p.Object]
	if t == nil {
		return nil, &connectors.Problem{Object: p.Object, Kind: "missing", Message: "there is no such table in this database"}
	}
	if t.refuse != nil {
		q := *t.refuse
		return nil, &q
	}
	if p.Identity != "" && p.Identity != t.identity {
		return nil, changed(p.Object)
	}
	lo, hi, ok := parseRange(p.Range)
	if !ok {
		return nil, &connectors.Problem{Object: p.Object, Kind: "bad_part", Message: "the range of this part is not one of ours"}
	}
	return s.read(ctx, t, lo, hi)
}

// Excluded lists the tables that Include and Exclude left out. It is complete once Parts has returned.
func (s *source) Excluded() []string {
	s.catalogMu.Lock()
	defer s.catalogMu.Unlock()
	if s.catalog == nil {
		return nil
	}
	return s.catalog.excluded
}

// wanted applies the globs.
func (o *Options) wanted(schema, name string) bool {
	match := func(globs []string) bool {
		for _, g := range globs {
			target := name
			if strings.Contains(g, ".") {
				target = schema + "." + name
			}
			if ok, _ := path.Match(g, target); ok {
				return true
			}
		}
		return false
	}
	return (len(o.Include) == 0 || match(o.Include)) && !match(o.Exclude)
}

// Close ends the snapshot. Readers that are still open can read on.
func (s *source) Close() error {
	s.mu.Lock()
	idle := s.idle
	s.idle, s.closed = nil, true
	s.mu.Unlock()
	for _, c := range idle {
		disconnect(c)
	}
	s.ownerMu.Lock()
	defer s.ownerMu.Unlock()
	if s.owner != nil {
		disconnect(s.owner)
		s.owner = nil
	}
	return nil
}

// hold opens the connection that keeps the snapshot.
func (s *source) hold(ctx context.Context) error {
	c, err := s.connect(ctx)
	if err != nil {
		return err
	}
	s.owner = c
	one := func(sql string) ([][]byte, error) {
		res, err := c.Exec(ctx, sql).ReadAll()
		if err != nil {
			return nil, err
		}
		return res[len(res)-1].Rows[0], nil
	}
	row, err := one(`SELECT current_setting('server_version_num'), current_setting('server_encoding'),
		(SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()),
		pg_catalog.has_function_privilege('pg_catalog.pg_control_system()', 'EXECUTE')`)
	if err != nil {
		return s.problem(ctx, s.place, err)
	}
	s.version, _ = strconv.Atoi(string(row[0]))
	s.ascii = string(row[1]) == "SQL_ASCII"
	s.system = "-/" + string(row[2])
	if string(row[3]) == "t" {
		id, err := one("SELECT system_identifier FROM pg_catalog.pg_control_system()")
		if err != nil {
			return s.problem(ctx, s.place, err)
		}
		s.system = string(id[0]) + s.system[1:]
	}
	row, err = one("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; " + s.settings() + "SELECT pg_catalog.pg_export_snapshot()")
	if err != nil {
		return s.problem(ctx, s.place, err)
	}
	s.snapshot = string(row[0])
	return nil
}

// alive asks whether the owner of the snapshot still holds it. It does not use a caller's context: ending
// that would end the connection, and the snapshot of everyone with it.
func (s *source) alive() bool {
	s.ownerMu.Lock()
	defer s.ownerMu.Unlock()
	if s.owner == nil {
		return false
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return s.owner.Ping(ctx) == nil && s.owner.TxStatus() == 'T'
}

// settings is what every transaction of ours sets for itself. They are set in the transaction and not
// with the connection, since a pooler in between may give each transaction another one.
func (s *source) settings() string {
	encoding := "UTF8"
	if s.ascii {
		encoding = "SQL_ASCII" // the bytes as they are: the server cannot turn them into anything
	}
	ms := func(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) }
	q := "SET LOCAL statement_timeout = " + ms(s.opts.StatementTimeout) +
		"; SET LOCAL lock_timeout = " + ms(s.opts.LockTimeout) +
		`; SET LOCAL idle_in_transaction_session_timeout = 0` +
		"; SET LOCAL client_encoding = '" + encoding + "'" +
		`; SET LOCAL search_path = pg_catalog` + // names in SQL of ours mean what they say
		`; SET LOCAL row_security = off` + // an error instead of rows left out
		`; SET LOCAL synchronize_seqscans = off` + // the same order of rows each time
		`; SET LOCAL max_parallel_workers_per_gather = 0` +
		`; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'postgres'; SET LOCAL TimeZone = 'UTC'` +
		`; SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1; `
	if s.version >= 170000 {
		q += "SET LOCAL transaction_timeout = 0; "
	}
	return q
}

// connect opens one connection.
func (s *source) connect(ctx context.Context) (*pgconn.PgConn, error) {
	c, err := pgconn.ConnectConfig(ctx, s.cfg)
	if err != nil {
		return nil, s.problem(ctx, s.place, err)
	}
	return c, nil
}

// begin returns a connection in a transaction that sees the snapshot.
func (s *source) begin(ctx context.Context, object string) (*pgconn.PgConn, error) {
	for {
		c, pooled := s.take()
		if !pooled {
			var err error
			if c, err = s.connect(ctx); err != nil {
				return nil, err
			}
		}
		_, err := c.Exec(ctx, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET TRANSACTION SNAPSHOT '"+s.snapshot+"'").ReadAll()
		if err != nil && pooled && ctx.Err() == nil && c.IsClosed() {
			continue // it died in the pool
		}
		if err != nil {
			disconnect(c)
			if _, said := sqlState(err); said && ctx.Err() == nil {
				return nil, lost(object)
			}
			return nil, s.problem(ctx, object, err)
		}
		// The owner is asked after the import: a server that crashed and came back may have given our
		// snapshot's name to somebody else's.
		if !s.alive() {
			disconnect(c)
			return nil, lost(object)
		}
		if _, err = c.Exec(ctx, s.settings()).ReadAll(); err != nil {
			disconnect(c)
			return nil, s.problem(ctx, object, err)
		}
		return c, nil
	}
}

func (s *source) take() (c *pgconn.PgConn, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.idle); n > 0 {
		c, s.idle = s.idle[n-1], s.idle[:n-1]
		return c, true
	}
	return nil, false
}

// end finishes the transaction of begin and keeps the connection for the next part.
func (s *source) end(ctx context.Context, c *pgconn.PgConn) {
	if _, err := c.Exec(ctx, "COMMIT").ReadAll(); err != nil || c.TxStatus() != 'I' {
		disconnect(c)
		return
	}
	s.mu.Lock()
	if !s.closed {
		s.idle = append(s.idle, c)
		c = nil
	}
	s.mu.Unlock()
	if c != nil {
		disconnect(c)
	}
}

func disconnect(c *pgconn.PgConn) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	c.Close(ctx)
	select {
	case <-c.CleanupDone():
	case <-ctx.Done():
	}
}
