package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"testing"

	"bezlik/benchmarks/corpus"
	"bezlik/connectors/postgres/pgtest"
)

// databases are those of a throw-away server, which pgtest ends when this process does.
type databases struct {
	testing.TB // pgtest is made for tests: only the methods below are called
	cleanups   []func()
}

// noServer carries an error of pgtest out of it.
type noServer struct{ error }

func (d *databases) Helper()                   {}
func (d *databases) Cleanup(f func())          { d.cleanups = append(d.cleanups, f) }
func (d *databases) Fatal(a ...any)            { panic(noServer{errors.New(fmt.Sprint(a...))}) }
func (d *databases) Fatalf(f string, a ...any) { panic(noServer{fmt.Errorf(f, a...)}) }

func (d *databases) close() {
	for i := len(d.cleanups) - 1; i >= 0; i-- {
		func() {
			defer func() { recover() }() // the server goes with this process anyway
			d.cleanups[i]()
		}()
	}
}

// database starts the server, makes a database and fills its table users.
func (d *data) database(name string) (url string, err error) {
	defer func() {
		if p := recover(); p != nil {
			n, ok := p.(noServer)
			if !ok {
				panic(p)
			}
			err = n.error
		}
	}()
	if d.db == nil {
		d.db = &databases{}
	}
	rows := corpora[name].full
	if d.o.quick {
		rows = corpora[name].quick
	}
	fmt.Fprintf(d.log, "filling a database with %d rows\n", rows)
	o := corpus.Options{Kind: "copy", Seed: d.o.seed, Rows: rows, Object: "public.users"}
	url = pgtest.URL(d.db)
	meta, err := load(d.db, url, o)
	d.specs[name] = spec{Options: o, meta: meta}
	return url, err
}

func load(tb testing.TB, url string, o corpus.Options) (meta corpus.Meta, err error) {
	pgtest.Exec(tb, url, corpus.DDL("users", false))
	c := pgtest.Connect(tb, url)
	defer pgtest.Disconnect(c)
	r, w := io.Pipe()
	made := make(chan error, 1)
	go func() {
		var e error
		meta, e = corpus.Write(w, o)
		w.CloseWithError(e)
		made <- e
	}()
	_, err = c.CopyFrom(context.Background(), r, "COPY users FROM STDIN")
	r.CloseWithError(err)
	err = errors.Join(<-made, err)
	pgtest.Exec(tb, url, "ALTER TABLE users ADD PRIMARY KEY (id)", "VACUUM ANALYZE users", "CHECKPOINT")
	return meta, err
}
