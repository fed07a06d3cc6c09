// Package folder is the source for files: one file, or a folder and all below it. It knows no format itself;
// drivers are given to it, and a file's format is known by content first, ending second.
package folder

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/bmatcuk/doublestar/v4"

	"bezlik/connectors"
)

// A Driver reads one format.
type Driver struct {
	Name string // as in --as: "csv"
	// Match says whether a file is of this format, by its name and first bytes. Drivers are asked in turn, so
	// the surest come first.
	Match func(name string, head []byte) bool
	// Open opens the file at path, which people call object.
	Open func(path, object string) (connectors.Source, error)
	// Stream opens what can be read only once; nil where the format needs a file.
	Stream func(object string, r io.Reader) (connectors.Source, error)
	// Names says whether a file is of this format, so that its source, a connectors.Describer, can name its fields; nil
	// where only values could. It is asked with the file's name alone, and then with its first MagicSize bytes.
	Names func(name string, magic []byte) bool
	// Holds says that a file holds objects of its own, named file!/object: tables of a database.
	Holds bool
}

// Options say what is read.
type Options struct {
	Drivers []Driver
	As      string   // name of the driver for every file; empty: by content
	Include []string // globs of names, of files and of what they hold; empty: all
	Exclude []string // see Wanted
}

// HeadSize is how many first bytes of a file a driver may look at.
const HeadSize = 64 << 10

// MagicSize is how many first bytes of a file may be looked at when values must not be: a database says there what it is.
const MagicSize = 16

// left are folders of version control.
var left = []string{".git", ".hg", ".svn", ".bzr", "CVS"}

// Source reads the files of a folder. It implements connectors.Source; its parts are those of the files,
// with the file's name below the folder as object.
type Source struct {
	root   string
	opts   Options
	naming bool // for Describe: see namer

	mu          sync.Mutex
	files       map[string]*file // by object
	names       []string
	walked      bool
	unsupported []string
	excluded    []string
	problems    []connectors.Problem
	notes       []connectors.Problem
	owners      map[connectors.Part]*file
}

type file struct {
	path   string
	object string
	driver *Driver           // nil where only values could tell the fields
	source connectors.Source // opened when first needed
}

// Open opens a file or a folder. It is an error if there is nothing at root.
func Open(root string, o Options) (*Source, error) {
	info, err := os.Stat(root)
	if err != nil {
		return nil, problem(root, err)
	}
	if !info.IsDir() && !info.Mode().IsRegular() { // opening a pipe would wait for its other end
		return nil, &connectors.Problem{Object: root, Kind: "not_a_file", Message: "this is no regular file or folder",
			Hint: "a pipe or a device is read as - from the standard input"}
	}
	for _, g := range append(slices.Clone(o.Include), o.Exclude...) {
		if !GoodGlob(g) {
			return nil, &connectors.Problem{Object: g, Kind: "bad_glob", Message: "this pattern of names is not well formed"}
		}
	}
	return &Source{root: root, opts: o, files: map[string]*file{}, owners: map[connectors.Part]*file{}}, nil
}

// Detect returns the driver for a file, nil if none matches.
func Detect(drivers []Driver, name string, head []byte) *Driver {
	for i := range drivers {
		if drivers[i].Match(name, head) {
			return &drivers[i]
		}
	}
	return nil
}

// Parts implements connectors.Source. A file that cannot be opened becomes a problem; the others are listed all the same.
func (s *Source) Parts(ctx context.Context, n int) ([]connectors.Part, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.walk(ctx); err != nil {
		return nil, err
	}
	var all []connectors.Part
	for _, name := range s.names {
		f := s.files[name]
		parts, err := s.parts(ctx, f, n)
		if err != nil {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			s.report(f.object, err)
			continue
		}
		for _, p := range parts {
			if !Wanted(p.Object, s.opts.Include, s.opts.Exclude) {
				s.exclude(p.Object)
				continue
			}
			s.owners[p] = f
			all = append(all, p)
		}
	}
	return all, nil
}

func (s *Source) parts(ctx context.Context, f *file, n int) ([]connectors.Part, error) {
	if f.source == nil {
		src, err := f.driver.Open(f.path, f.object)
		if err != nil {
			return nil, err // and no source, whatever was returned beside it
		}
		f.source = src
	}
	return f.source.Parts(ctx, n)
}

// Open implements connectors.Source.
func (s *Source) Open(ctx context.Context, p connectors.Part) (connectors.Reader, error) {
	s.mu.Lock()
	f := s.owners[p]
	s.mu.Unlock()
	if f == nil {
		return nil, &connectors.Problem{Object: p.Object, Kind: "changed", Message: "the file has changed since it was listed", Hint: "run it again"}
	}
	return f.source.Open(ctx, p)
}

// Close implements connectors.Source.
func (s *Source) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var err error
	for _, f := range s.files {
		if f.source != nil {
			err = errors.Join(err, f.source.Close())
		}
	}
	return err
}

// Unsupported lists the files whose format no driver reads, and the links, pipes and devices in the folder, which
// are never opened. It is complete once Parts has returned.
func (s *Source) Unsupported() []string { return s.unsupported }

// Excluded lists what globs have left out.
func (s *Source) Excluded() []string { return s.excluded }

// Notes say of what is Unsupported why, where it is not the format.
func (s *Source) Notes() []connectors.Problem { return s.notes }

// Problems lists what could not be opened or listed.
func (s *Source) Problems() []connectors.Problem { return s.problems }

// walk finds the files, once.
func (s *Source) walk(ctx context.Context) error {
	if s.walked {
		return nil
	}
	s.walked = true
	root, err := filepath.EvalSymlinks(s.root) // a link that the user has named is followed
	if err != nil {
		return problem(s.root, err)
	}
	info, err := os.Stat(root)
	if err != nil {
		return problem(s.root, err)
	}
	if !info.IsDir() {
		s.add(root, valid(filepath.Base(s.root)), true)
		return nil
	}
	return filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		name, relErr := filepath.Rel(root, p)
		if relErr != nil {
			name = p
		}
		name = valid(filepath.ToSlash(name))
		if err != nil {
			s.report(name, err)
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			if slices.Contains(left, d.Name()) && name != "." {
				return fs.SkipDir
			}
			return nil
		}
		if !d.Type().IsRegular() {
			s.skip(name, d.Type())
			return nil
		}
		s.add(p, name, false)
		return nil
	})
}

// skip lists what is no file. A link may lead out of the folder, in circles, or to what is read anyway; pipes and
// devices have no end.
func (s *Source) skip(object string, t fs.FileMode) {
	if !Wanted(object, s.opts.Include, s.opts.Exclude) {
		s.exclude(object)
		return
	}
	note := connectors.Problem{Object: object, Kind: "not_a_file", Message: "a pipe or a device is not read"}
	if t&fs.ModeSymlink != 0 {
		note.Kind, note.Message, note.Hint = "link", "a symbolic link is not followed", "name its target"
	}
	s.unsupported = append(s.unsupported, object)
	s.notes = append(s.notes, note)
}

// valid writes bytes of a file's name that are no UTF-8 as %FF: reports and manifests are UTF-8.
func valid(name string) string {
	if utf8.ValidString(name) {
		return name
	}
	var b strings.Builder
	for i, r := range name {
		if r == utf8.RuneError && !strings.HasPrefix(name[i:], "\uFFFD") {
			fmt.Fprintf(&b, "%%%02X", name[i])
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// add lists a file by its format, unless it is left out. A file that no glob of Include matches may still hold
// objects that one matches.
func (s *Source) add(p, object string, named bool) {
	if !Wanted(object, nil, s.opts.Exclude) {
		s.exclude(object)
		return
	}
	wanted := Wanted(object, s.opts.Include, nil)
	d, err := s.driver(p, object)
	if !wanted && (d == nil || !d.Holds) {
		s.exclude(object)
		return
	}
	if err != nil {
		s.report(object, err)
		return
	}
	if d == nil && !s.naming {
		s.unsupported = append(s.unsupported, object)
		if named {
			s.report(object, &connectors.Problem{Object: object, Kind: "unsupported", Message: "the format of this file is not known",
				Hint: "name it with --as"})
		}
		return
	}
	for n, name := 2, object; s.files[object] != nil; n++ { // another file's name is written so
		object = fmt.Sprintf("%s#%d", name, n)
	}
	s.files[object] = &file{path: p, object: object, driver: d}
	s.names = append(s.names, object)
}

// driver finds the driver of a file, nil for none.
func (s *Source) driver(p, object string) (*Driver, error) {
	if s.naming {
		return s.namer(p, object)
	}
	for i := range s.opts.Drivers {
		if s.opts.Drivers[i].Name == s.opts.As {
			return &s.opts.Drivers[i], nil
		}
	}
	head, err := head(p, HeadSize)
	if err != nil || s.opts.As != "" {
		return nil, err
	}
	return Detect(s.opts.Drivers, object, head), nil
}

func (s *Source) exclude(object string) {
	if !strings.Contains(object, "!/") || !slices.Contains(s.excluded, object) { // a big table has many parts
		s.excluded = append(s.excluded, object)
	}
}

// GoodGlob says whether a glob is well formed.
func GoodGlob(g string) bool { return doublestar.ValidatePattern(g) }

// Wanted applies globs to the name of an object: all of include, none of exclude. A glob with a slash is about the
// whole name, one without about the last name. What matches a file matches all that it holds: "crm.db", "*.db",
// "crm.db!/users" and "users" all match the object crm.db!/users.
func Wanted(name string, include, exclude []string) bool {
	names := []string{name}
	if file, _, ok := strings.Cut(name, "!/"); ok {
		names = append(names, file)
	}
	match := func(globs []string) bool {
		for _, g := range globs {
			for _, target := range names {
				if !strings.Contains(g, "/") {
					target = path.Base(target)
				}
				if ok, _ := doublestar.Match(g, target); ok {
					return true
				}
			}
		}
		return false
	}
	return (len(include) == 0 || match(include)) && !match(exclude)
}

func (s *Source) report(object string, err error) {
	var p *connectors.Problem
	if !errors.As(err, &p) {
		p = problem(object, err)
	}
	for _, have := range s.problems {
		if have.Object == p.Object && have.Kind == p.Kind {
			return
		}
	}
	s.problems = append(s.problems, *p)
}

// problem tells a file system's error in our words.
func problem(object string, err error) *connectors.Problem {
	p := &connectors.Problem{Object: object, Kind: "failed", Message: "cannot be read"}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		p.Kind, p.Message, p.Hint = "missing", "no such file or folder", "check the spelling"
	case errors.Is(err, fs.ErrPermission):
		p.Kind, p.Message, p.Hint = "no_permission", "permission denied", "run as a user who may read it, or leave it out with --exclude"
	}
	return p
}

func head(p string, size int) ([]byte, error) {
	f, err := os.Open(p)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b := make([]byte, size)
	n, err := io.ReadFull(f, b)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return b[:n], err
}
