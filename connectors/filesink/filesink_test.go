package filesink_test

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
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
	put("out/manifest.json", "old")
	put(".out.partial/a.0.piece", "half")
	put(".out.replaced/a", "older")
	s := sink(t, dir, filesink.Format{})
	accept(t, s, "a")
	write(t, s, connectors.Part{Object: "a"}, "whole")
	if err := s.Put(filesink.Manifest, []byte("new")); err != nil {
		t.Fatal(err)
	}
	if got := files(t, dir); got["manifest.json"] != "old" {
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
	if err := errors.Join(os.Mkdir(old, 0o700), os.WriteFile(filepath.Join(old, filesink.Manifest), []byte("old"), 0o600)); err != nil {
		t.Fatal(err)
	}
	if err := sink(t, dir, filesink.Format{}).Close(); err != nil {
		t.Fatal(err)
	}
	if got := files(t, dir); got[filesink.Manifest] != "old" {
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

func TestForeignFolderIsNotReplaced(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "diary.txt"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	var p *connectors.Problem
	if _, err := filesink.NewStage(dir); !errors.As(err, &p) || p.Kind != "target_in_use" {
		t.Errorf("%v", err)
	}
	if got := files(t, dir); got["diary.txt"] != "mine" {
		t.Errorf("%q", got)
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
	if _, err := s.Stage.Create("../x"); err == nil {
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
