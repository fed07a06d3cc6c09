package sqlite

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"bezlik/connectors"
)

type table struct {
	name    string // as SQL knows it
	object  string // as people see it: on one line, and no other table's
	columns []column
	refuse  *connectors.Problem // why it cannot be read

	module, args string // of a virtual table
}

type column struct{ name, native string }

// learn lists the tables and their columns. Views hold nothing of their own.
func (s *Source) learn() error {
	all, err := s.schema()
	if err != nil {
		return err
	}
	index := map[string]*table{} // in small letters: SQL does not tell names apart by case
	for i := range all {
		if err := s.columns(&all[i]); err != nil {
			return err
		}
		index[strings.ToLower(all[i].name)] = &all[i]
	}
	left := map[string]bool{}
	for i := range all {
		t := &all[i]
		if t.module == "" {
			continue
		}
		if left[t.name] = s.readElsewhere(t, index); !left[t.name] {
			t.refuse = &connectors.Problem{Kind: "not_read", Message: "a virtual table: its rows are made by an extension of SQLite",
				Hint: "copy it into an ordinary table with the program that uses it, and read that"}
		}
		for _, shadow := range shadows[t.module] {
			if o := index[strings.ToLower(t.name)+shadow.suffix]; o != nil && o.module == "" && strings.HasPrefix(o.names(), shadow.columns) {
				left[o.name] = true
			}
		}
	}
	seen := map[string]int{}
	for _, t := range all {
		if left[t.name] {
			continue
		}
		t.object = display(t.name)
		if seen[t.object]++; seen[t.object] > 1 {
			t.object += "#" + strconv.Itoa(seen[t.object])
			seen[t.object]++
		}
		t.object = s.prefix + t.object
		if t.refuse != nil {
			t.refuse.Object = t.object
		}
		s.tables = append(s.tables, t)
	}
	return nil
}

func (s *Source) schema() (all []table, err error) {
	var encoding string
	if err := s.db.QueryRow("PRAGMA encoding").Scan(&encoding); err != nil {
		return nil, s.problem(s.object, 0, err)
	}
	s.utf16 = strings.HasPrefix(encoding, "UTF-16")
	rows, err := s.db.Query(`SELECT name, ifnull(sql, '') FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name`)
	if err != nil {
		return nil, s.problem(s.object, 0, err)
	}
	defer rows.Close()
	for rows.Next() {
		var t table
		var statement string
		if err := rows.Scan(&t.name, &statement); err != nil {
			return nil, s.problem(s.object, 0, err)
		}
		t.module, t.args = virtual(statement)
		all = append(all, t)
	}
	if err := rows.Err(); err != nil {
		return nil, s.problem(s.object, 0, err)
	}
	return all, nil
}

func (s *Source) columns(t *table) error {
	if t.module != "" {
		return nil
	}
	object := s.prefix + display(t.name)
	rows, err := s.db.Query(`SELECT name, type FROM pragma_table_xinfo(?) WHERE hidden <> 1 ORDER BY cid`, t.name)
	if err != nil {
		return s.problem(object, 0, err)
	}
	defer rows.Close()
	for rows.Next() {
		var c column
		if err := rows.Scan(&c.name, &c.native); err != nil {
			return s.problem(object, 0, err)
		}
		t.columns = append(t.columns, c)
	}
	if err := rows.Err(); err != nil {
		return s.problem(object, 0, err)
	}
	return nil
}

// names joins the names of the columns.
func (t *table) names() string {
	var b strings.Builder
	for _, c := range t.columns {
		b.WriteString(c.name + ",")
	}
	return b.String()
}

type shadow struct{ suffix, columns string }

// shadows are the tables that hold the indexes of full-text tables. Tables of users may have such names too,
// so the first columns count as well. Those that hold the content are not here.
var shadows = map[string][]shadow{
	"fts3": old, "fts4": old,
	"fts5": {{"_data", "id,block,"}, {"_idx", "segid,term,pgno,"}, {"_docsize", "id,sz,"}, {"_config", "k,v,"}},
}

var old = []shadow{{"_segments", "blockid,block,"}, {"_segdir", "level,idx,start_block,leaves_end_block,end_block,root,"},
	{"_docsize", "docid,size,"}, {"_stat", "id,value,"}}

// readElsewhere says whether what a virtual table shows is read from ordinary tables.
func (s *Source) readElsewhere(t *table, index map[string]*table) bool {
	switch t.module {
	case "fts5vocab", "fts4aux": // the words of a full-text table
		return true
	case "fts3", "fts4", "fts5":
		if content, given := content(t.args); given {
			o := index[strings.ToLower(content)]
			return o != nil && o.module == "" // with content='' only the index is there
		}
		return index[strings.ToLower(t.name)+"_content"] != nil
	}
	return false
}

// virtual returns the module, in small letters, and the arguments of CREATE VIRTUAL TABLE name USING
// module(arguments), or nothing for another statement.
func virtual(statement string) (module, args string) {
	const create = "CREATE VIRTUAL TABLE " // SQLite writes this beginning itself
	if len(statement) < len(create) || !strings.EqualFold(statement[:len(create)], create) {
		return "", ""
	}
	rest := statement[len(create):]
	for _, skip := range []string{"name", "USING"} {
		if word, after := token(rest); skip == "name" || strings.EqualFold(word, skip) {
			rest = after
		}
	}
	module, args = token(rest)
	if module == "" {
		module = "unknown"
	}
	return strings.ToLower(module), args
}

// content finds the option content=… of a full-text table.
func content(args string) (value string, given bool) {
	for args != "" {
		word, rest := token(args)
		if strings.EqualFold(word, "content") {
			if equals, after := token(rest); equals == "=" {
				value, _ = token(after)
				if value == "," || value == ")" {
					value = ""
				}
				return value, true
			}
		}
		args = rest
	}
	return "", false
}

// token returns the first word of SQL without its quotes, or one other character, and what follows.
func token(s string) (word, rest string) {
	for {
		s = strings.TrimLeft(s, " \t\r\n\f")
		switch {
		case strings.HasPrefix(s, "--"):
			_, s, _ = strings.Cut(s, "\n")
			continue
		case strings.HasPrefix(s, "/*"):
			_, s, _ = strings.Cut(s[2:], "*/")
			continue
		}
		break
	}
	if s == "" {
		return "", ""
	}
	end := s[0]
	switch end {
	case '[':
		word, rest, _ = strings.Cut(s[1:], "]")
		return word, rest
	case '"', '\'', '`':
		var b strings.Builder
		for i := 1; i < len(s); i++ {
			if s[i] == end {
				if i+1 == len(s) || s[i+1] != end {
					return b.String(), s[i+1:]
				}
				i++
			}
			b.WriteByte(s[i])
		}
		return b.String(), ""
	}
	n := strings.IndexFunc(s, func(r rune) bool {
		return r < utf8.RuneSelf && r != '_' && r != '$' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	if n < 0 {
		n = len(s)
	}
	return s[:max(n, 1)], s[max(n, 1):]
}

// display writes a name on one line. What cannot be printed becomes an escape.
func display(name string) string {
	if name == "" {
		return `""`
	}
	if utf8.ValidString(name) && !strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return name
	}
	q := strconv.Quote(name)
	return strings.ReplaceAll(q[1:len(q)-1], `\"`, `"`)
}

// A span is a range of rowids, both ends in it. Nil is open.
type span struct{ from, to *int64 }

// String writes a span as Part.Range: "1..5", "..5", "6..", "" for all.
func (p span) String() string {
	if p.from == nil && p.to == nil {
		return ""
	}
	var b []byte
	if p.from != nil {
		b = strconv.AppendInt(b, *p.from, 10)
	}
	b = append(b, ".."...)
	if p.to != nil {
		b = strconv.AppendInt(b, *p.to, 10)
	}
	return string(b)
}

func parseSpan(s string) (p span, ok bool) {
	if s == "" {
		return p, true
	}
	from, to, ok := strings.Cut(s, "..")
	end := func(s string) *int64 {
		if s == "" {
			return nil
		}
		n, err := strconv.ParseInt(s, 10, 64)
		ok = ok && err == nil
		return &n
	}
	p = span{from: end(from), to: end(to)}
	return p, ok && s != ".."
}

// where writes a span as a condition.
func (p span) where(rowid string) string {
	switch {
	case p.from != nil && p.to != nil:
		return fmt.Sprintf(" WHERE %s BETWEEN %d AND %d", rowid, *p.from, *p.to)
	case p.from != nil:
		return fmt.Sprintf(" WHERE %s >= %d", rowid, *p.from)
	case p.to != nil:
		return fmt.Sprintf(" WHERE %s <= %d", rowid, *p.to)
	}
	return ""
}

// rowid returns a name of the rowid that no column has taken; "" if there is none.
func (t *table) rowid() string {
	for _, name := range []string{"rowid", "_rowid_", "oid"} {
		if !slices.ContainsFunc(t.columns, func(c column) bool { return strings.EqualFold(c.name, name) }) {
			return name
		}
	}
	return ""
}
