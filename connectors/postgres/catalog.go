package postgres

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"bezlik/connectors"
)

// A catalog is what the database holds at the moment of the snapshot.
type catalog struct {
	tables   []*table
	byName   map[string]*table
	excluded []string
}

// A table is anything with rows. refuse says why it cannot be read at all; notRead what of it cannot.
type table struct {
	oid, root    uint32
	schema, name string
	kind         byte // pg_class.relkind
	object       string
	identity     string
	filenode     string
	pages, size  int64
	ranges       bool // ctid ranges are possible and quick
	rowSecurity  bool
	readable     bool
	columns      []column           // those that this user may read
	fields       []connectors.Field // of columns
	declared     []connectors.Field // whether this user may read them or not
	refuse       *connectors.Problem
	notRead      []connectors.Problem
}

type column struct {
	name     string
	category byte // pg_type.typcategory
	number   int  // attnum
	readable bool
	native   string
}

// tables reads the catalog once. It uses a connection like those of parts: the owner's is left alone.
func (s *source) tables(ctx context.Context) (*catalog, error) {
	s.catalogMu.Lock()
	defer s.catalogMu.Unlock()
	if s.catalog != nil {
		return s.catalog, nil
	}
	s.mu.Lock()
	closed := s.closed
	s.mu.Unlock()
	if closed {
		return nil, &connectors.Problem{Object: s.place, Kind: "closed", Message: "the source was closed"}
	}
	conn, err := s.begin(ctx, s.place)
	if err != nil {
		return nil, err
	}
	c, err := s.load(ctx, conn)
	if err != nil {
		disconnect(conn)
		return nil, s.problem(ctx, s.place, err)
	}
	s.end(ctx, conn)
	s.catalog = c
	return c, nil
}

// others' schemas and temporary tables are left out; partitioned tables are asked for because a leaf may
// be readable only through them.
const sqlTables = `
SELECT c.oid, n.nspname, c.relname, c.relkind,
	coalesce(pg_relation_filenode(c.oid), 0),
	CASE WHEN c.relkind IN ('r', 'm') THEN coalesce(pg_relation_size(c.oid), 0) / current_setting('block_size')::int ELSE 0 END,
	CASE WHEN c.relkind IN ('r', 'm') THEN coalesce(pg_table_size(c.oid), 0) ELSE 0 END,
	coalesce(a.amname, 'heap') = 'heap',
	coalesce(has_table_privilege(c.oid, 'SELECT'), false),
	coalesce(has_schema_privilege(n.oid, 'USAGE'), false),
	row_security_active(c.oid),
	c.relispopulated,
	CASE WHEN c.relispartition THEN %s ELSE 0 END
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_am a ON a.oid = c.relam
WHERE c.relkind IN (%s) AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`

const sqlColumns = `
SELECT c.oid, a.attname, t.typcategory, format_type(a.atttypid, a.atttypmod), a.attnum,
	CASE WHEN has_table_privilege(c.oid, 'SELECT') THEN true ELSE coalesce(has_column_privilege(c.oid, a.attnum, 'SELECT'), false) END
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
	JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid
WHERE c.relkind IN (%s) AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
	AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY c.oid, a.attnum`

const largeObjects = "pg_catalog.pg_largeobject"

func (s *source) load(ctx context.Context, conn *pgconn.PgConn) (*catalog, error) {
	kinds, root := "'r', 'm', 'f', 'p'", "pg_partition_root(c.oid)::oid"
	if s.opts.Views {
		kinds += ", 'v'"
	}
	if s.version < 120000 {
		root = "0"
	}
	query := func(sql string) ([][][]byte, error) {
		res, err := conn.Exec(ctx, sql).ReadAll()
		if err != nil {
			return nil, err
		}
		return res[0].Rows, nil
	}
	rows, err := query(fmt.Sprintf(sqlTables, root, kinds))
	if err != nil {
		return nil, err
	}
	all := map[uint32]*table{}
	var order []*table
	for _, r := range rows {
		t := &table{oid: number(r[0]), schema: string(r[1]), name: string(r[2]), kind: r[3][0], filenode: string(r[4]), root: number(r[12])}
		t.object = display(t.schema, t.name)
		t.pages, _ = strconv.ParseInt(string(r[5]), 10, 64)
		t.size, _ = strconv.ParseInt(string(r[6]), 10, 64)
		// Before version 14 a ctid range reads the whole table and throws the rest away.
		t.ranges = yes(r[7]) && (t.kind == 'r' || t.kind == 'm') && s.version >= 140000
		t.readable = yes(r[8]) && yes(r[9])
		t.rowSecurity = yes(r[10])
		if !yes(r[9]) {
			t.refuse = &connectors.Problem{Object: t.object, Kind: "no_permission", Message: "this user may not read it", Hint: "GRANT USAGE on the schema to the user"}
		} else if !yes(r[11]) {
			t.refuse = &connectors.Problem{Object: t.object, Kind: "not_populated", Message: "the materialized view holds no rows yet", Hint: "REFRESH MATERIALIZED VIEW, then read again"}
		} else if t.kind == 'f' && !s.opts.Foreign {
			t.refuse = &connectors.Problem{Object: t.object, Kind: "not_read", Message: "a foreign table: its rows live on another server", Hint: "read that server itself, or ask for foreign tables too"}
		}
		all[t.oid] = t
		order = append(order, t)
	}
	if rows, err = query(fmt.Sprintf(sqlColumns, kinds)); err != nil {
		return nil, err
	}
	for _, r := range rows {
		if t := all[number(r[0])]; t != nil {
			t.columns = append(t.columns, column{name: string(r[1]), category: r[2][0], native: string(r[3]), number: int(number(r[4])), readable: yes(r[5])})
		}
	}
	// A leaf that may be read only through its root is read there, and so is the whole tree.
	through := map[uint32]bool{}
	for _, t := range order {
		if r := all[t.root]; r != nil && r.kind == 'p' && t.kind == 'r' && !t.readable && r.readable {
			through[r.oid] = true
		}
	}
	c := &catalog{byName: map[string]*table{}}
	for _, t := range order {
		if t.kind == 'p' != through[t.oid] || t.root != t.oid && through[t.root] {
			continue
		}
		if !s.opts.wanted(t.schema, t.name) {
			c.excluded = append(c.excluded, t.object)
			continue
		}
		t.finish(s.system)
		c.tables = append(c.tables, t)
		c.byName[t.object] = t
	}
	if rows, err = query("SELECT count(*) FROM (SELECT FROM pg_largeobject_metadata LIMIT 1) x"); err != nil {
		return nil, err
	}
	if string(rows[0][0]) != "0" && !s.opts.wanted("pg_catalog", "pg_largeobject") {
		c.excluded = append(c.excluded, largeObjects)
	} else if string(rows[0][0]) != "0" {
		t := &table{object: largeObjects, kind: 'L', identity: s.system, refuse: &connectors.Problem{Object: largeObjects, Kind: "not_read",
			Message: "the database holds large objects, which are not read", Hint: "export them to files (lo_export) and scan those"}}
		c.tables = append(c.tables, t)
		c.byName[t.object] = t
	}
	return c, nil
}

// finish works out the fields, what cannot be read, and the identity.
func (t *table) finish(system string) {
	h := sha256.New()
	var denied []string
	all := t.columns
	t.columns = nil
	for _, c := range all {
		fmt.Fprintf(h, "%d %q %q\n", c.number, c.name, c.native)
		t.declared = append(t.declared, connectors.Field{Name: c.name, Native: c.native})
		if !c.readable {
			denied = append(denied, c.name)
			continue
		}
		t.columns = append(t.columns, c)
		t.fields = append(t.fields, connectors.Field{Name: c.name, Native: c.native})
	}
	t.identity = fmt.Sprintf("%s/%d/%s/%s", system, t.oid, t.filenode, hex.EncodeToString(h.Sum(nil)[:8]))
	if t.refuse == nil && len(denied) > 0 {
		p := connectors.Problem{Object: t.object, Kind: "no_permission", Message: "this user may not read it", Hint: "GRANT SELECT on the table to the user"}
		if len(t.columns) == 0 {
			t.refuse = &p
			return
		}
		p.Message = "this user may not read the columns " + display(denied...)
		t.notRead = append(t.notRead, p)
	}
	if t.refuse == nil && !t.readable && len(all) == 0 {
		t.refuse = &connectors.Problem{Object: t.object, Kind: "no_permission", Message: "this user may not read it", Hint: "GRANT SELECT on the table to the user"}
	}
	if t.refuse == nil && t.rowSecurity {
		t.notRead = append(t.notRead, connectors.Problem{Object: t.object, Kind: "row_security",
			Message: "row security may hide rows of the table from this user", Hint: "read as the owner of the table or as a user with BYPASSRLS"})
	}
}

// parts appends the parts of t.
func (t *table) parts(dst []connectors.Part, pages uint32) []connectors.Part {
	if t.refuse != nil || !t.ranges {
		return append(dst, connectors.Part{Object: t.object, Identity: t.identity, Size: t.size})
	}
	for lo := int64(0); ; lo += int64(pages) {
		p := connectors.Part{Object: t.object, Identity: t.identity, Range: strconv.FormatInt(lo, 10) + "-"}
		n := t.pages - lo
		last := n <= int64(pages)
		if !last {
			n = int64(pages)
			p.Range += strconv.FormatInt(lo+n, 10)
		}
		if t.pages > 0 {
			p.Size = int64(float64(t.size) * float64(n) / float64(t.pages)) // with its share of the long values
		}
		dst = append(dst, p)
		if last {
			return dst
		}
	}
}

// parseRange reads a range of pages; lo and hi are 0 for "from the start" and "to the end".
func parseRange(s string) (lo, hi uint32, ok bool) {
	if s == "" {
		return 0, 0, true
	}
	a, b, ok := strings.Cut(s, "-")
	if !ok {
		return 0, 0, false
	}
	l, err := strconv.ParseUint(a, 10, 32)
	if err != nil || a[0] == '+' {
		return 0, 0, false
	}
	if b == "" {
		return uint32(l), 0, true
	}
	h, err := strconv.ParseUint(b, 10, 32)
	return uint32(l), uint32(h), err == nil && b[0] != '+' && h > l
}

// query is the statement that reads pages lo up to hi.
func (t *table) query(lo, hi uint32) string {
	var q strings.Builder
	q.WriteString("SELECT ")
	for i, c := range t.columns {
		if i > 0 {
			q.WriteString(", ")
		}
		q.WriteString(pgx.Identifier{c.name}.Sanitize())
	}
	q.WriteString(" FROM ")
	if t.kind == 'r' {
		q.WriteString("ONLY ") // tables that inherit from it are tables of their own
	}
	q.WriteString(pgx.Identifier{t.schema, t.name}.Sanitize())
	and := " WHERE "
	if lo > 0 {
		fmt.Fprintf(&q, "%sctid >= '(%d,0)'::pg_catalog.tid", and, lo)
		and = " AND "
	}
	if hi > 0 {
		fmt.Fprintf(&q, "%sctid < '(%d,0)'::pg_catalog.tid", and, hi)
	}
	return q.String()
}

func number(b []byte) uint32 {
	n, _ := strconv.ParseUint(string(b), 10, 32)
	return uint32(n)
}

func yes(b []byte) bool { return string(b) == "t" }
