package filesink_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"bezlik/connectors"
	"bezlik/connectors/filesink"
)

// files lists what is in dir with its contents.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	m := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		m[filepath.ToSlash(rel)] = string(b)
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return m
}

// ours is a manifest as an export writes it.
func ours(files ...string) string {
	m := map[string]any{"schema": "export-manifest/v1", "policy": "p", "export": "e", "recipient": "r", "purpose": "u"}
	var list []map[string]any
	for _, f := range files {
		list = append(list, map[string]any{"name": f, "rows": 1, "columns": []string{"a"}, "bytes": 3, "sha256": strings.Repeat("0", 64)})
	}
	m["files"] = list
	b, _ := json.Marshal(m)
	return string(b)
}

// makeTree writes files; an empty text at a name that ends in / makes a folder.
func makeTree(t *testing.T, dir string, tree map[string]string) {
	t.Helper()
	for name, text := range tree {
		path := filepath.Join(dir, name)
		if strings.HasSuffix(name, "/") {
			if err := os.MkdirAll(path, 0o700); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
}

func sink(t *testing.T, dir string, f filesink.Format) *filesink.Sink {
	t.Helper()
	stage, err := filesink.NewStage(dir)
	if err != nil {
		t.Fatal(err)
	}
	return filesink.New(stage, f)
}

func write(t *testing.T, s *filesink.Sink, p connectors.Part, texts ...string) {
	t.Helper()
	w, err := s.Create(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range texts {
		if err := w.Write(&connectors.Batch{Object: p.Object}, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Commit(), w.Close()); err != nil {
		t.Fatal(err)
	}
}

func accept(t *testing.T, s *filesink.Sink, objects ...string) {
	t.Helper()
	for _, o := range objects {
		if err := s.Accepts(o, nil); err != nil {
			t.Fatal(err)
		}
	}
}

func TestPartsInOrder(t *testing.T) {
	ctx := context.Background()
	dir := filepath.Join(t.TempDir(), "new", "out")
	s := sink(t, dir, filesink.Format{})
	accept(t, s, "sub/a.txt", "b.txt")
	var parts []connectors.Part
	for i := range 10 {
		parts = append(parts, connectors.Part{Object: "sub/a.txt", Range: fmt.Sprint(i)})
	}
	var wg sync.WaitGroup
	for _, p := range slices.Backward(parts) {
		wg.Go(func() { write(t, s, p, p.Range, " ") })
	}
	wg.Wait()
	parts = append(parts, connectors.Part{Object: "b.txt"})
	write(t, s, parts[10], "b")
	if got := files(t, dir); len(got) != 0 {
		t.Errorf("visible before publishing: %v", got)
	}
	if err := s.Put(filesink.Manifest, []byte("{}")); err != nil {
		t.Fatal(err)
	}
	if err := s.Publish(ctx, parts); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	got := files(t, dir)
	if len(got) != 3 || got["sub/a.txt"] != "0 1 2 3 4 5 6 7 8 9 " || got["b.txt"] != "b" {
		t.Errorf("%q", got)
	}
	for name, want := range map[string]fs.FileMode{"": 0o700, "sub": 0o700, "sub/a.txt": 0o600, "b.txt": 0o600} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm() != want {
			t.Errorf("%q: %v %v", name, info.Mode(), err)
		}
	}
	if entries, _ := os.ReadDir(filepath.Dir(dir)); len(entries) != 1 {
		t.Errorf("left beside the target: %v", entries)
	}
}

// A part that failed is written again: its first try left a file that stopped publishing, and took the name
// of another part's.
func TestPartIsWrittenAgain(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	s := sink(t, dir, filesink.Format{})
	accept(t, s, "a")
	parts := []connectors.Part{{Object: "a", Range: "0"}, {Object: "a", Range: "1"}}
	w, err := s.Create(context.Background(), parts[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Write(&connectors.Batch{}, []byte("half")), w.Close()); err != nil {
		t.Fatal(err)
	}
	write(t, s, parts[0], "whole,")
	write(t, s, parts[1], "second")
	if err := s.Publish(context.Background(), parts); err != nil {
		t.Fatal(err)
	}
	if got := files(t, dir); len(got) != 1 || got["a"] != "whole,second" {
		t.Errorf("%q", got)
	}
}

func TestMissingPartPublishesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	s := sink(t, dir, filesink.Format{})
	accept(t, s, "a", "b")
	write(t, s, connectors.Part{Object: "a"}, "x")
	if err := s.Publish(context.Background(), []connectors.Part{{Object: "a"}, {Object: "b"}}); err == nil {
		t.Error("published")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if entries, _ := os.ReadDir(filepath.Dir(dir)); len(entries) != 0 {
		t.Errorf("left behind: %v", entries)
	}
}

// What a killed run left is removed, and what was published before stays until the new export is whole.
func TestAfterACrash(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	put := func(path, text string) {
		path = filepath.Join(filepath.Dir(dir), path)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	put("out/manifest.json", ours("before"))
	put("out/before", "old")
	put(".out.partial/a.0.piece", "half")
	put(".out.replaced/a", "older")
	s := sink(t, dir, filesink.Format{})
	accept(t, s, "a")
	write(t, s, connectors.Part{Object: "a"}, "whole")
	if err := s.Put(filesink.Manifest, []byte("new")); err != nil {
		t.Fatal(err)
	}
	if got := files(t, dir); len(got) != 2 || got["before"] != "old" {
		t.Errorf("the earlier export has changed: %q", got)
	}
	if err := s.Publish(context.Background(), []connectors.Part{{Object: "a"}}); err != nil {
		t.Fatal(err)
	}
	if got := files(t, filepath.Dir(dir)); len(got) != 2 || got["out/a"] != "whole" || got["out/manifest.json"] != "new" {
		t.Errorf("%q", got)
	}
}

// Killed between putting the earlier export aside and moving the new one in: the earlier one comes back.
func TestCrashBetweenRenames(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	old := filepath.Join(filepath.Dir(dir), ".out.replaced")
	if err := errors.Join(os.Mkdir(old, 0o700), os.WriteFile(filepath.Join(old, filesink.Manifest), []byte(ours()), 0o600)); err != nil {
		t.Fatal(err)
	}
	if err := sink(t, dir, filesink.Format{}).Close(); err != nil {
		t.Fatal(err)
	}
	if got := files(t, dir); got[filesink.Manifest] != ours() {
		t.Errorf("the earlier export is lost: %q", got)
	}
}

func TestOneRunAtATime(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	s := sink(t, dir, filesink.Format{})
	var p *connectors.Problem
	if _, err := filesink.NewStage(dir); !errors.As(err, &p) || p.Kind != "in_use" {
		t.Errorf("%v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := sink(t, dir, filesink.Format{}).Close(); err != nil {
		t.Fatal(err)
	}
}

// Only an export of ours, with nothing of anybody else's in it, is replaced.
func TestForeignFolderIsNotReplaced(t *testing.T) {
	for _, c := range []struct {
		name  string
		tree  map[string]string
		names string // what the problem names
	}{
		{"somebody's file", map[string]string{"diary.txt": "mine"}, ""},
		{"somebody's manifest", map[string]string{"manifest.json": `{"name":"app"}`, "data.txt": "mine"}, ""},
		{"a manifest like ours", map[string]string{"manifest.json": strings.Replace(ours("a"), "{", `{"version":2,`, 1), "a": "x"}, ""},
		{"of another schema", map[string]string{"manifest.json": strings.Replace(ours("a"), "/v1", "/v2", 1), "a": "x"}, ""},
		{"two manifests in one file", map[string]string{"manifest.json": ours("a") + ours("a"), "a": "x"}, ""},
		{"no JSON", map[string]string{"manifest.json": "old", "a": "x"}, ""},
		{"a file beside an export", map[string]string{"manifest.json": ours("a"), "a": "x", "b.txt": "mine"}, "b.txt"},
		{"notes in an export", map[string]string{"manifest.json": ours("a", "sub/b"), "a": "x", "sub/b": "x", "notes/mine.txt": "mine"}, "notes"},
		{"a file in a folder of the export", map[string]string{"manifest.json": ours("sub/b"), "sub/b": "x", "sub/c": "mine"}, "sub/c"},
		{"an empty folder", map[string]string{"manifest.json": ours("a"), "a": "x", "empty/": ""}, "empty"},
		{"a manifest below", map[string]string{"manifest.json": ours("a"), "a": "x", "sub/manifest.json": ours()}, "sub"},
		{"a folder with the name of a file", map[string]string{"manifest.json": ours("a"), "a/b": "mine"}, "a"},
	} {
		dir := filepath.Join(t.TempDir(), "out")
		makeTree(t, dir, c.tree)
		before := files(t, dir)
		var p *connectors.Problem
		if _, err := filesink.NewStage(dir); !errors.As(err, &p) || p.Kind != "target_in_use" || c.names != "" && !strings.Contains(p.Message, `"`+c.names+`"`) {
			t.Errorf("%s: %v", c.name, err)
		}
		if got := files(t, dir); !maps.Equal(got, before) {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}

// A link among the files of an export is nobody's but the user's.
func TestLinkInAnExportIsForeign(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	makeTree(t, dir, map[string]string{"manifest.json": ours("a"), "b": "x"})
	if err := errors.Join(os.Rename(filepath.Join(dir, "b"), dir+"b"), os.Symlink(dir+"b", filepath.Join(dir, "a"))); err != nil {
		t.Fatal(err)
	}
	var p *connectors.Problem
	if _, err := filesink.NewStage(dir); !errors.As(err, &p) || p.Kind != "target_in_use" {
		t.Errorf("%v", err)
	}
}

// What comes into the folder while an export runs stops it from being published, and stays.
func TestForeignFileComesLater(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	makeTree(t, dir, map[string]string{"manifest.json": ours("a"), "a": "old"})
	s := sink(t, dir, filesink.Format{})
	accept(t, s, "a")
	write(t, s, connectors.Part{Object: "a"}, "new")
	makeTree(t, dir, map[string]string{"mine.txt": "mine"})
	var p *connectors.Problem
	if err := s.Publish(context.Background(), []connectors.Part{{Object: "a"}}); !errors.As(err, &p) || p.Kind != "target_in_use" {
		t.Errorf("%v", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if got := files(t, filepath.Dir(dir)); len(got) != 3 || got["out/mine.txt"] != "mine" || got["out/a"] != "old" {
		t.Errorf("%q", got)
	}
}

// Discard after Publish leaves alone the stage that another run has made since.
func TestDiscardAfterPublishIsNotAnothersStage(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	first := sink(t, dir, filesink.Format{})
	if err := errors.Join(first.Put(filesink.Manifest, []byte(ours())), first.Publish(context.Background(), nil)); err != nil {
		t.Fatal(err)
	}
	second := sink(t, dir, filesink.Format{})
	accept(t, second, "a")
	write(t, second, connectors.Part{Object: "a"}, "second")
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := filesink.NewStage(dir); err == nil {
		t.Error("the second run's stage is not its own")
	}
	if err := errors.Join(second.Publish(context.Background(), []connectors.Part{{Object: "a"}}), second.Close()); err != nil {
		t.Fatal(err)
	}
	if got := files(t, filepath.Dir(dir)); len(got) != 1 || got["out/a"] != "second" {
		t.Errorf("%q", got)
	}
	if err := first.Publish(context.Background(), nil); err != nil { // idempotent
		t.Error(err)
	}
}

// A target that is a link is followed, and the link stays.
func TestTargetIsALink(t *testing.T) {
	far, near := t.TempDir(), t.TempDir()
	link := filepath.Join(near, "out")
	makeTree(t, far, map[string]string{"disk/manifest.json": ours("a"), "disk/a": "old"})
	if err := os.Symlink(filepath.Join(far, "disk"), link); err != nil {
		t.Fatal(err)
	}
	s := sink(t, link, filesink.Format{})
	accept(t, s, "a")
	write(t, s, connectors.Part{Object: "a"}, "new")
	if entries, _ := os.ReadDir(near); len(entries) != 1 {
		t.Errorf("staged beside the link: %v", entries)
	}
	if err := errors.Join(s.Publish(context.Background(), []connectors.Part{{Object: "a"}}), s.Close()); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v %v", info, err)
	}
	if got := files(t, far); len(got) != 1 || got["disk/a"] != "new" {
		t.Errorf("%q", got)
	}
	if err := os.Remove(filepath.Join(far, "disk", "a")); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(far, "disk")); err != nil {
		t.Fatal(err)
	}
	var p *connectors.Problem
	if _, err := filesink.NewStage(link); !errors.As(err, &p) || p.Kind != "bad_target" {
		t.Errorf("a link to nowhere: %v", err)
	}
}

// Links that were put where the stage will be are not followed.
func TestPlantedLinks(t *testing.T) {
	dir, victim := filepath.Join(t.TempDir(), "out"), t.TempDir()
	makeTree(t, victim, map[string]string{"files/a": "mine", "pieces/1": "mine"})
	stage := filepath.Join(filepath.Dir(dir), ".out.partial")
	if err := os.Symlink(victim, stage); err != nil {
		t.Fatal(err)
	}
	var p *connectors.Problem
	if _, err := filesink.NewStage(dir); !errors.As(err, &p) || p.Kind != "bad_target" {
		t.Errorf("%v", err)
	}
	// In a folder that is there, they are removed as links, and it is closed to others.
	if err := errors.Join(os.Remove(stage), os.Mkdir(stage, 0o777), os.Symlink(filepath.Join(victim, "files"), filepath.Join(stage, "files")),
		os.Symlink(filepath.Join(victim, "pieces"), filepath.Join(stage, "pieces"))); err != nil {
		t.Fatal(err)
	}
	s := sink(t, dir, filesink.Format{})
	if info, err := os.Stat(stage); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	accept(t, s, "a")
	write(t, s, connectors.Part{Object: "a"}, "new")
	if err := errors.Join(s.Publish(context.Background(), []connectors.Part{{Object: "a"}}), s.Close()); err != nil {
		t.Fatal(err)
	}
	if got := files(t, victim); len(got) != 2 || got["files/a"] != "mine" || got["pieces/1"] != "mine" {
		t.Errorf("%q", got)
	}
	if got := files(t, dir); got["a"] != "new" {
		t.Errorf("%q", got)
	}
}

// Names that cannot be, or that some file system takes for another's.
func TestNamesRefused(t *testing.T) {
	for _, c := range []struct {
		first, name, kind string
	}{
		{"", "manifest.json", "reserved_name"},
		{"", "Manifest.JSON", "reserved_name"},
		{"", "x/../manifest.json", "reserved_name"},
		{"", "/manifest.json", "reserved_name"},
		{"", "manifest.json!/users", "reserved_name"},
		{"", "", "bad_name"},
		{"", "..", "bad_name"},
		{"", "../..", "bad_name"},
		{"", strings.Repeat("я", 128), "name_too_long"},
		{"", "a/" + strings.Repeat("x", 256) + "/b", "name_too_long"},
		{"a.csv", "A.CSV", "same_name"},
		{"ёлка.csv", "Е\u0308лка.csv", "same_name"},
		{"café", "cafe\u0301", "same_name"},
		{"a", "../a", "same_name"},
		{"a", "/a", "same_name"},
		{`a\b`, "a_b", "same_name"},
		{"a.", "a_", "same_name"},
		{"a", "a/b", "same_name"},
		{"a/b", "A", "same_name"},
		{"\xff", "%FF", "same_name"},
	} {
		s := sink(t, filepath.Join(t.TempDir(), "out"), filesink.Format{})
		if c.first != "" {
			accept(t, s, c.first)
		}
		var p *connectors.Problem
		if err := s.Accepts(c.name, nil); !errors.As(err, &p) || p.Kind != c.kind || p.Hint == "" {
			t.Errorf("%q: %v, want %s", c.name, err, c.kind)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// Names that would once have been taken for those of pieces, or overwritten, come out.
func TestNamesThatLookLikeOurs(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	s := sink(t, dir, filesink.Format{})
	objects := []string{"a.new", "a", "b.piece", "a.0.piece", "pieces/1", "files/a", "sub/manifest.json", "manifest.json.new", "con.txt", "a.b. ", "й\xffx",
		strings.Repeat("я", 127)}
	want := map[string]string{}
	var parts []connectors.Part
	for _, o := range objects {
		accept(t, s, o)
		p := connectors.Part{Object: o}
		write(t, s, p, "of "+o)
		want[s.File(o)] = "of " + o
		parts = append(parts, p)
	}
	for o, file := range map[string]string{"con.txt": "_con.txt", "a.b. ": "a.b__", "й\xffx": "й%FFx", "b.piece": "b.piece"} {
		if s.File(o) != file {
			t.Errorf("%q becomes %q", o, s.File(o))
		}
	}
	if err := s.Seal(parts); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Put(filesink.Manifest, []byte(ours())), s.Publish(context.Background(), parts), s.Close()); err != nil {
		t.Fatal(err)
	}
	want[filesink.Manifest] = ours()
	if got := files(t, dir); len(want) != len(objects)+1 || !maps.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestNames(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	s := sink(t, dir, filesink.Format{Suffix: ".csv"})
	defer s.Close()
	for object, want := range map[string]string{"users.csv": "users.csv", "public.users": "public.users.csv", "a.zip!/b.csv": "a.zip/b.csv",
		"../../etc/passwd": "etc/passwd.csv", `c:\x`: "c__x.csv", "a\nb": "a_b.csv", "B.CSV": "B.CSV"} {
		if err := s.Accepts(object, nil); err != nil || s.File(object) != want {
			t.Errorf("%q: %q %v, want %q", object, s.File(object), err, want)
		}
	}
	if err := s.Accepts("/users.CSV", nil); err == nil {
		t.Error("two objects in one file")
	}
	if err := s.Put("../x", nil); err == nil {
		t.Error("a file outside the target")
	}
}

func TestFailedReplaceLeavesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	s := sink(t, dir, filesink.Format{})
	broken := errors.New("broken")
	if err := s.Replace("a", func(w io.Writer) error { w.Write([]byte("half")); return broken }); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
	if err := s.Put("a", []byte("whole")); err != nil {
		t.Fatal(err)
	}
	if err := s.Stage.Publish(); err != nil {
		t.Fatal(err)
	}
	if got := files(t, dir); len(got) != 1 || got["a"] != "whole" {
		t.Errorf("%q", got)
	}
}

// A format with a head: it stands once before all parts.
func TestHead(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	s := sink(t, dir, filesink.Format{Suffix: ".csv",
		Head: func(dst []byte, f []connectors.Field) ([]byte, error) { return append(dst, f[0].Name+"\n"...), nil },
		Append: func(dst []byte, b *connectors.Batch, _ []connectors.Field) ([]byte, error) {
			return append(dst, "row\n"...), nil
		}})
	if err := s.Accepts("t", []connectors.Field{{Name: "id"}}); err != nil {
		t.Fatal(err)
	}
	parts := []connectors.Part{{Object: "t", Range: "1"}, {Object: "t", Range: "2"}}
	write(t, s, parts[1], "ignored")
	write(t, s, parts[0], "ignored", "ignored")
	if err := s.Publish(context.Background(), parts); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(files(t, dir)["t.csv"])).ReadAll()
	if err != nil || len(rows) != 4 || rows[0][0] != "id" {
		t.Errorf("%q %v", rows, err)
	}
}
