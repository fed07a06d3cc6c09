package main

import (
	"bytes"
	"context"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"bezlik/connectors"
	"bezlik/connectors/csvfile"
	"bezlik/connectors/folder"
	"bezlik/connectors/jsonl"
	"bezlik/connectors/postgres"
	"bezlik/connectors/sqlite"
	"bezlik/connectors/telegram"
	"bezlik/connectors/textfile"
)

// drivers are the formats of files we read, tried in this order. Adding one adds a line.
var drivers = []folder.Driver{
	sqlite.Driver,
	telegram.Driver,
	jsonl.Driver,
	csvfile.Driver,
	textfile.Driver,
}

// A reading is the flags that say what is read and how.
type reading struct {
	as               string
	include, exclude []string
}

// open opens a SOURCE: a path, -, or a URL.
func (a *app) open(ctx context.Context, source string, r *reading) (connectors.Source, error) {
	if r.as != "" && driver(r.as) == nil {
		var names []string
		for _, d := range drivers {
			names = append(names, d.Name)
		}
		return nil, wrong("--as %s: unknown format; known are %s", r.as, strings.Join(names, ", "))
	}
	for _, g := range append(slices.Clone(r.include), r.exclude...) {
		if !folder.GoodGlob(g) {
			return nil, wrong("the pattern %q is not well formed", g)
		}
	}
	if source == "-" {
		return a.stdin(ctx, r)
	}
	if scheme, rest, ok := strings.Cut(source, ":"); ok && len(scheme) > 1 && !exists(source) {
		switch scheme {
		case "postgres", "postgresql":
			return postgres.Open(ctx, source, postgres.Options{Include: r.include, Exclude: r.exclude})
		case "sqlite":
			place := strings.TrimPrefix(rest, "//")
			src, err := sqlite.Open(place, "")
			if err != nil {
				return nil, err
			}
			return r.choose(src, filepath.Base(place)+"!/"), nil
		case "file":
			u, err := url.Parse(source)
			if err != nil {
				return nil, wrong("this file URL cannot be read")
			}
			source = u.Path
		default:
			if strings.HasPrefix(rest, "//") {
				return nil, wrong("unknown kind of source %q: known are paths, -, postgres://, sqlite:", scheme+"://")
			}
		}
	}
	return folder.Open(source, folder.Options{Drivers: drivers, As: r.as, Include: r.include, Exclude: r.exclude})
}

// choose leaves out the objects of a source that were not asked for. within stands before their names for the globs.
func (r *reading) choose(src connectors.Source, within string) connectors.Source {
	if len(r.include)+len(r.exclude) == 0 {
		return src
	}
	return &chosen{Source: src, want: func(object string) bool { return folder.Wanted(within+object, r.include, r.exclude) }}
}

// chosen is some of the objects of a source.
type chosen struct {
	connectors.Source
	want func(object string) bool
	left []string // what is left out, once Parts has returned
}

// Excluded lists what was left out.
func (c *chosen) Excluded() []string { return c.left }

// excluded lists what globs have left out of a source.
func excluded(src connectors.Source) []string {
	if s, ok := src.(*streamed); ok {
		src = s.Source
	}
	if s, ok := src.(interface{ Excluded() []string }); ok {
		return s.Excluded()
	}
	return nil
}

func (c *chosen) Parts(ctx context.Context, n int) ([]connectors.Part, error) {
	parts, err := c.Source.Parts(ctx, n)
	kept := parts[:0]
	for _, p := range parts {
		if c.want(p.Object) {
			kept = append(kept, p)
		} else if !slices.Contains(c.left, p.Object) {
			c.left = append(c.left, p.Object)
		}
	}
	return kept, err
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func driver(name string) *folder.Driver {
	for i := range drivers {
		if drivers[i].Name == name {
			return &drivers[i]
		}
	}
	return nil
}

// headSize is how much of a stream is kept to learn its format and what its columns hold.
const headSize = 4 << 20

// stdin opens the standard input as a source that can be read once.
func (a *app) stdin(ctx context.Context, r *reading) (connectors.Source, error) {
	head, rest, err := a.head(ctx)
	if err != nil {
		return nil, err
	}
	d := driver(r.as)
	if d == nil {
		d = folder.Detect(drivers, "", head)
	}
	if d == nil || d.Stream == nil {
		return nil, &exit{code: exitNothing, err: clean("the input is of no format that can be read from a stream")}
	}
	first, err := d.Stream("stdin", bytes.NewReader(head))
	if err != nil {
		return nil, err
	}
	all, err := d.Stream("stdin", io.MultiReader(bytes.NewReader(head), rest))
	return &streamed{Source: r.choose(all, ""), first: r.choose(first, "")}, err
}

// streamed is a source that can be read only once, and its head.
type streamed struct {
	connectors.Source
	first connectors.Source
}

// head reads the head of the standard input.
func (a *app) head(ctx context.Context) (head []byte, rest io.Reader, err error) {
	head, rest = make([]byte, headSize), &stoppable{ctx: ctx, r: a.in}
	n, err := io.ReadFull(rest, head)
	if err == io.EOF || err == io.ErrUnexpectedEOF { //nolint:errorlint // io.ReadFull returns them bare
		err = nil
	}
	return head[:n], rest, err
}

// stoppable reads until ctx ends. Waiting for a terminal or a pipe cannot be interrupted, so it is done aside.
type stoppable struct {
	ctx  context.Context
	r    io.Reader
	buf  []byte
	left []byte // of buf: read and not handed out yet
	err  error
}

func (s *stoppable) Read(p []byte) (int, error) {
	if len(s.left) == 0 && s.err == nil {
		s.left, s.err = s.read()
	}
	if len(s.left) == 0 {
		return 0, s.err
	}
	n := copy(p, s.left)
	s.left = s.left[n:]
	return n, nil
}

func (s *stoppable) read() ([]byte, error) {
	type result struct {
		n   int
		err error
	}
	if s.buf == nil {
		s.buf = make([]byte, 1<<18)
	}
	got := make(chan result, 1)
	go func() {
		n, err := s.r.Read(s.buf)
		got <- result{n, err}
	}()
	select {
	case g := <-got:
		return s.buf[:g.n], g.err
	case <-s.ctx.Done():
		return nil, s.ctx.Err() // and buf is never looked at again
	}
}
