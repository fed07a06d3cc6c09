package main

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"bezlik/pipeline"
)

// TestStateInUse scans with a state that another scan has open: it refuses, and the state stays as it is.
func TestStateInUse(t *testing.T) {
	dir := t.TempDir()
	source, state, key := filepath.Join(dir, "words.csv"), filepath.Join(dir, "state"), filepath.Join(dir, "k")
	write(t, source, []byte("id,word\n1,снег\n2,дождь\n"))
	write(t, key, []byte(strings.Repeat("07", 32)+"\n"))
	k, err := readKey(key)
	if err != nil {
		t.Fatal(err)
	}
	first, err := pipeline.OpenState(state, version, k)
	if err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(state)
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"--lang", "en", "scan", "--state", state, "--key-file", key, source}
	if code, out, complaint := do(t, dir, args...); code != exitIncomplete || !strings.Contains(complaint, state+": another scan is using this state") {
		t.Errorf("exit code %d: %s%s", code, out, complaint)
	}
	if after, err := os.ReadFile(state); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the state was changed: %v", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if code, out, complaint := do(t, dir, args...); code != exitClean {
		t.Errorf("once it is free, exit code %d: %s%s", code, out, complaint)
	}
}

// TestUnaccountedExport breaks the ledger while an export is at work: what was published must not be called unpublished.
func TestUnaccountedExport(t *testing.T) {
	d := newDesk(t, 2_000, large...)
	for try := range 10 {
		if err := os.RemoveAll(filepath.Dir(d.ledger)); err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(t.TempDir(), "research")
		done := make(chan struct{})
		broken := make(chan bool)
		go func() {
			for {
				select {
				case <-done:
					broken <- false
					return
				default:
				}
				if b, err := os.ReadFile(d.ledger); err == nil && bytes.HasSuffix(b, []byte("\n")) { // the scope is written
					broken <- os.WriteFile(d.ledger, []byte("{}\n"), 0o600) == nil
					return
				}
			}
		}()
		code, out, complaint := do(t, d.home, d.args(to, d.key[0], "csv")...)
		close(done)
		if !<-broken || code == exitClean {
			continue // too late: the export was faster
		}
		if code != exitIncomplete || !strings.Contains(complaint, "the export IS published ("+to+")") || !strings.Contains(complaint, d.ledger) {
			t.Fatalf("try %d, exit code %d: %s%s", try, code, out, complaint)
		}
		if err := verify(files(t, to)); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Fatal("the ledger was never broken in time")
}

// One worker is one core while the command runs, and no longer.
func TestUseCores(t *testing.T) {
	all := runtime.GOMAXPROCS(2)
	defer runtime.GOMAXPROCS(all)
	for asked, want := range map[int]int{1: 1, 2: 2, 8: 2, 0: 2, -1: 2} {
		back := useCores(asked)
		if got := runtime.GOMAXPROCS(0); got != want {
			t.Errorf("%d: %d cores, want %d", asked, got, want)
		}
		if back(); runtime.GOMAXPROCS(0) != 2 {
			t.Errorf("%d: not given back", asked)
		}
	}
}
