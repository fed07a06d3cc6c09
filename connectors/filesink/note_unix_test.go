//go:build unix

package filesink_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"bezlik/connectors"
	"bezlik/connectors/filesink"
)

// The new export stands although the earlier one cannot be removed: that is a note.
func TestPublishedWithANote(t *testing.T) {
	if os.Getuid() == 0 { // who may remove everything
		asNobody(t)
		return
	}
	dir := filepath.Join(t.TempDir(), "out")
	makeTree(t, dir, map[string]string{"manifest.json": ours("sub/a"), "sub/a": "old"})
	s := sink(t, dir, filesink.Format{})
	accept(t, s, "a")
	write(t, s, connectors.Part{Object: "a"}, "new")
	if err := os.Chmod(filepath.Join(dir, "sub"), 0o500); err != nil {
		t.Fatal(err)
	}
	old := filepath.Join(filepath.Dir(dir), ".out.replaced", "sub")
	defer os.Chmod(old, 0o700)
	if err := s.Publish(context.Background(), []connectors.Part{{Object: "a"}}); err != nil {
		t.Errorf("published, but: %v", err)
	}
	if n := s.Notes(); len(n) != 1 || n[0].Kind != "left_behind" {
		t.Errorf("%v", n)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if got := files(t, dir); got["a"] != "new" {
		t.Errorf("%q", got)
	}
}

// asNobody runs the test at hand once more, as a user who may not do everything.
func asNobody(t *testing.T) {
	t.Helper()
	dir, err := os.MkdirTemp("", "bezlik-nobody-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "filesink.test")
	if err := os.WriteFile(path, program, 0o755); err != nil {
		t.Fatal(err)
	}
	c := exec.Command(path, "-test.run=^"+t.Name()+"$", "-test.v")
	c.Dir, c.Env = dir, append(os.Environ(), "TMPDIR="+dir, "GOCOVERDIR=")
	c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	if out, err := c.CombinedOutput(); err != nil {
		t.Errorf("as user 65534: %v: %s", err, out)
	}
}
