package corpus

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"io"
	"os"
	"strings"

	_ "modernc.org/sqlite" // the driver that writes the file
)

// writeSQLite makes a database with one table, users. Numeric stores phone and INN as integers.
func writeSQLite(path string, o Options) (meta Meta, err error) {
	if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
		return Meta{}, err
	}
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(off)&_pragma=synchronous(off)")
	if err != nil {
		return Meta{}, err
	}
	defer func() {
		if e := db.Close(); err == nil {
			err = e
		}
		if err == nil {
			meta.Bytes, meta.SHA256, err = fileSum(path)
		}
	}()
	db.SetMaxOpenConns(1)
	number := "TEXT"
	if o.With.Numeric {
		number = "INTEGER"
	}
	if _, err = db.Exec(`CREATE TABLE users (id INTEGER PRIMARY KEY, full_name TEXT, birth_date TEXT, gender TEXT, phone ` + number +
		`, email TEXT, inn ` + number + `, snils TEXT, passport TEXT, address TEXT, comment TEXT, created_at TEXT)`); err != nil {
		return Meta{}, err
	}
	tx, err := db.Begin()
	if err != nil {
		return Meta{}, err
	}
	insert, err := tx.Prepare("INSERT INTO users VALUES (" + strings.Repeat("?,", 11) + "?)")
	if err != nil {
		return Meta{}, err
	}
	if o.Size <= 0 && o.Rows <= 0 {
		o.Size = 1_000_000
	}
	out := newOutput(io.Discard, o)
	out.buf = out.buf[:0]
	r := &row{maker: newMaker(o.Seed, streamTable, o.With)}
	field := func(i int) (string, int) { return columns[i], r.start(i) }
	args := make([]any, len(columns))
	for out.more(&o) {
		r.next(out.meta.Rows)
		for i := range args {
			args[i] = nil
			if c := r.cell(i); len(c) > 0 {
				args[i] = string(c) // a column of type INTEGER turns digits into a number
			}
		}
		if _, err = insert.Exec(args...); err != nil {
			return Meta{}, err
		}
		out.utf8 += int64(len(r.text)) + int64(len(columns))
		out.note(r.maker, out.meta.Rows, field)
	}
	if err = insert.Close(); err != nil {
		return Meta{}, err
	}
	meta, _ = out.finish()
	return meta, tx.Commit()
}

func fileSum(path string) (size int64, sum string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, "", err
	}
	defer f.Close()
	h := sha256.New()
	size, err = io.Copy(h, f)
	return size, hex.EncodeToString(h.Sum(nil)), err
}
