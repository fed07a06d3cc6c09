package folder_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"bezlik/connectors"
	"bezlik/connectors/folder"
	"bezlik/connectors/sourcetest"
)

// words is a driver of a toy format: files that begin with "WORDS ", one row a word.
var words = folder.Driver{
	Name:  "words",
	Match: func(_ string, head []byte) bool { return bytes.HasPrefix(head, []byte("WORDS ")) || len(head) == 0 },
	Open: func(path, object string) (connectors.Source, error) {
		return &wordSource{path: path, object: object}, nil
	},
}

type wordSource struct{ path, object string }

func (s *wordSource) Parts(context.Context, int) ([]connectors.Part, error) {
	return []connectors.Part{{Object: s.object}}, nil
}

func (s *wordSource) Open(ctx context.Context, _ connectors.Part) (connectors.Reader, error) {
	b, err := os.ReadFile(s.path)
	return &wordReader{ctx: ctx, s: s, words: strings.Fields(string(b))}, err
}

func (s *wordSource) Close() error { return nil }

type wordReader struct {
	ctx   context.Context
	s     *wordSource
	words []string
}

func (r *wordReader) Next(b *connectors.Batch) error {
	b.Reset()
	if err := r.ctx.Err(); err != nil {
		return err
	}
	if len(r.words) == 0 {
		return io.EOF
	}
	b.Object, b.Fields, b.First = r.s.object, []connectors.Field{{Name: "word"}}, 1
	b.Arena = append(append(append(b.Arena, 0), r.words[0]...), 0)
	b.Arena = connectors.Padded(b.Arena)
	b.Cells = append(b.Cells, connectors.Cell{Start: 1, End: uint32(len(b.Arena) - 1)})
	b.Rows = append(b.Rows, 0)
	r.words = r.words[1:]
	return nil
}

func (r *wordReader) Close() error { return nil }

// tree makes files; a name that ends in "/" is a folder.
func tree(t *testing.T, names map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range names {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

var some = map[string]string{
	"a.words":            "WORDS one",
	"sub/deep/b":         "WORDS two three",
	"sub/empty":          "",
	"sub/photo.jpg":      "\xff\xd8\xff",
	".git/config":        "WORDS hidden",
	"sub/.git/x":         "WORDS hidden",
	"sub/.hidden/c":      "WORDS four",
	"node.svn/d":         "WORDS five",
	"letters/anna.words": "WORDS six",
}

func source(t *testing.T, dir string, o folder.Options) *folder.Source {
	t.Helper()
	o.Drivers = []folder.Driver{words}
	s, err := folder.Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func objects(t *testing.T, s *folder.Source) (names []string) {
	t.Helper()
	parts, err := s.Parts(context.Background(), 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range parts {
		names = append(names, p.Object)
	}
	return names
}

func TestSource(t *testing.T) {
	dir := tree(t, some)
	sourcetest.Run(t, func(t *testing.T) connectors.Source { return source(t, dir, folder.Options{}) }, sourcetest.Options{})
}

func TestWalk(t *testing.T) {
	dir := tree(t, some)
	for name, to := range map[string]string{"link": "a.words", "loop": ".", "broken": "nowhere"} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	s := source(t, dir, folder.Options{})
	defer s.Close()
	want := []string{"a.words", "letters/anna.words", "node.svn/d", "sub/.hidden/c", "sub/deep/b", "sub/empty"}
	if got := objects(t, s); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	// Links are not followed, and not silently.
	if got := s.Unsupported(); !slices.Equal(got, []string{"broken", "link", "loop", "sub/photo.jpg"}) {
		t.Errorf("unsupported: %q", got)
	}
	if n := s.Notes(); len(n) != 3 || n[1].Object != "link" || n[1].Kind != "link" || n[1].Hint == "" {
		t.Errorf("notes: %v", n)
	}
	if p := s.Problems(); len(p) > 0 {
		t.Errorf("%v", p)
	}
}

func TestGlobs(t *testing.T) {
	dir := tree(t, some)
	for _, c := range []struct {
		name             string
		include, exclude []string
		want             []string
	}{
		{"by ending", []string{"*.words"}, nil, []string{"a.words", "letters/anna.words"}},
		{"by folder", []string{"sub/**"}, nil, []string{"sub/.hidden/c", "sub/deep/b", "sub/empty"}},
		{"all but", nil, []string{"sub/**", "node.svn/*"}, []string{"a.words", "letters/anna.words"}},
		{"exclude wins", []string{"*.words"}, []string{"anna*"}, []string{"a.words"}},
	} {
		s := source(t, dir, folder.Options{Include: c.include, Exclude: c.exclude})
		if got := objects(t, s); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if len(s.Excluded()) == 0 {
			t.Errorf("%s: nothing is listed as excluded", c.name)
		}
	}
	if _, err := folder.Open(dir, folder.Options{Include: []string{"[a"}}); err == nil {
		t.Error("a broken pattern was taken")
	}
}

func TestOneFile(t *testing.T) {
	dir := tree(t, some)
	s := source(t, filepath.Join(dir, "a.words"), folder.Options{})
	if got := objects(t, s); !slices.Equal(got, []string{"a.words"}) {
		t.Errorf("%q", got)
	}
	// Named directly, an unsupported file is a problem.
	s = source(t, filepath.Join(dir, "sub/photo.jpg"), folder.Options{})
	if got := objects(t, s); len(got) > 0 || len(s.Problems()) != 1 || s.Problems()[0].Kind != "unsupported" {
		t.Errorf("%q %v", got, s.Problems())
	}
	if got := objects(t, source(t, filepath.Join(dir, "sub/photo.jpg"), folder.Options{As: "words"})); len(got) != 1 {
		t.Errorf("%q", got)
	}
	var p *connectors.Problem
	if _, err := folder.Open(filepath.Join(dir, "gone"), folder.Options{}); !errors.As(err, &p) || p.Hint == "" {
		t.Errorf("%v", err)
	}
}

func TestDriversInTurn(t *testing.T) {
	drivers := []folder.Driver{words, {Name: "rest", Match: func(string, []byte) bool { return true }}}
	if d := folder.Detect(drivers, "x", []byte("WORDS a")); d == nil || d.Name != "words" {
		t.Error("the surest driver was not first")
	}
	if d := folder.Detect(drivers, "x", []byte("y")); d == nil || d.Name != "rest" {
		t.Error("the last driver was not asked")
	}
	if folder.Detect(drivers[:1], "x", []byte("y")) != nil {
		t.Error("matched")
	}
}

// A file that fails to open is a problem with its place; the others are read all the same. A driver's error
// may quote values, so its words are not shown.
func TestOneFileFails(t *testing.T) {
	dir := tree(t, map[string]string{"a": "WORDS x", "b": "WORDS y"})
	failing := words
	failing.Open = func(path, object string) (connectors.Source, error) {
		if object == "a" {
			return nil, errors.New("secret value inside")
		}
		return words.Open(path, object)
	}
	s, err := folder.Open(dir, folder.Options{Drivers: []folder.Driver{failing}})
	if err != nil {
		t.Fatal(err)
	}
	if got := objects(t, s); !slices.Equal(got, []string{"b"}) {
		t.Errorf("%q", got)
	}
	p := s.Problems()
	if len(p) != 1 || p[0].Object != "a" || strings.Contains(p[0].Error(), "secret") {
		t.Errorf("%v", p)
	}
}

func TestNoPermission(t *testing.T) {
	if os.Getuid() == 0 {
		// The administrator may read everything; the translation is what can be tested.
		if _, err := folder.Open("/proc/1/root/nowhere/at/all", folder.Options{}); err == nil {
			t.Error("opened")
		}
		return
	}
	dir := tree(t, map[string]string{"a": "WORDS x", "closed/b": "WORDS y"})
	if err := os.Chmod(filepath.Join(dir, "closed"), 0); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(filepath.Join(dir, "closed"), 0o700)
	s := source(t, dir, folder.Options{})
	if got := objects(t, s); !slices.Equal(got, []string{"a"}) {
		t.Errorf("%q", got)
	}
	if p := s.Problems(); len(p) != 1 || p[0].Kind != "no_permission" || p[0].Object != "closed" || p[0].Hint == "" {
		t.Errorf("%v", p)
	}
}

// A link that the user has named is followed, to a folder and to a file; links in it are not.
func TestNamedLink(t *testing.T) {
	dir := tree(t, some)
	links := t.TempDir()
	if err := errors.Join(os.Symlink(dir, filepath.Join(links, "dir")), os.Symlink(filepath.Join(dir, "a.words"), filepath.Join(links, "b.words")),
		os.Symlink("a.words", filepath.Join(dir, "again"))); err != nil {
		t.Fatal(err)
	}
	s := source(t, filepath.Join(links, "dir"), folder.Options{})
	want := []string{"a.words", "letters/anna.words", "node.svn/d", "sub/.hidden/c", "sub/deep/b", "sub/empty"}
	if got := objects(t, s); !slices.Equal(got, want) || !slices.Contains(s.Unsupported(), "again") {
		t.Errorf("%q, unsupported %q", got, s.Unsupported())
	}
	s = source(t, filepath.Join(links, "b.words"), folder.Options{})
	if got := objects(t, s); !slices.Equal(got, []string{"b.words"}) {
		t.Errorf("%q", got)
	}
}

// A link that globs leave out is left out, as a file would be.
func TestExcludedLink(t *testing.T) {
	dir := tree(t, some)
	if err := os.Symlink("a.words", filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	s := source(t, dir, folder.Options{Exclude: []string{"link"}})
	objects(t, s)
	if slices.Contains(s.Unsupported(), "link") || !slices.Contains(s.Excluded(), "link") {
		t.Errorf("%q %q", s.Unsupported(), s.Excluded())
	}
}

// Names that are no UTF-8 are written so that they are, and none is another's.
func TestNamesThatAreNotUTF8(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"bad\xff\xfe.words", "bad%FF%FE.words", "\uFFFD\xff.words", "good.words"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("WORDS x"), 0o600); err != nil {
			if runtime.GOOS == "linux" {
				t.Fatal(err)
			}
			t.Skip("the file systems of macOS and Windows know no such names")
		}
	}
	s := source(t, dir, folder.Options{})
	want := []string{"bad%FF%FE.words", "bad%FF%FE.words#2", "good.words", "\uFFFD%FF.words"}
	if got := objects(t, s); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if rows := sourcetest.Read(t, s); len(rows) != 8 { // the mark of the format is a word too
		t.Errorf("%v", rows)
	}
}
