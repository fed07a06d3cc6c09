package main

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// binary builds the command as its users have it, whatever the test binary was built with.
func binary(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bezlik")
	if out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return path
}

// number is a number of the environment, for runs longer than those of every day.
func number(t *testing.T, name string, usual int) int {
	t.Helper()
	s := os.Getenv(name)
	if s == "" {
		return usual
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		t.Fatalf("%s=%q is not a number", name, s)
	}
	return n
}

// A killing is an export as a process of its own, with its own folder for temporary files.
type killing struct {
	*desk
	bin, temp, out string
}

func (k *killing) command(key string) *exec.Cmd {
	c := exec.Command(k.bin, k.args(k.out, key, "csv")...)
	c.Env = append(os.Environ(), "TMPDIR="+k.temp, "BEZLIK_HOME="+k.home)
	return c
}

// whole runs an export to its end and returns what was published and how long it took.
func (k *killing) whole(t *testing.T, key string) (map[string][]byte, time.Duration) {
	t.Helper()
	c := k.command(key)
	start := time.Now()
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	took := time.Since(start)
	return files(t, k.out), took
}

// clean checks that nothing stands beside the target, and nothing in the folder for temporary files.
func (k *killing) clean(t *testing.T) {
	t.Helper()
	for _, c := range []struct {
		dir  string
		want []string
	}{{filepath.Dir(k.out), []string{filepath.Base(k.out)}}, {k.temp, nil}} {
		entries, err := os.ReadDir(c.dir)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, e := range entries {
			names = append(names, e.Name())
		}
		if !slices.Equal(names, c.want) {
			t.Fatalf("there stands %v, want %v", names, c.want)
		}
	}
}

// account verifies the ledger.
func (k *killing) account(t *testing.T) {
	t.Helper()
	if code, out, complaint := do(t, k.home, "ledger", "verify", "--ledger", k.ledger); code != exitClean {
		t.Fatalf("the ledger, exit code %d: %s%s", code, out, complaint)
	}
}

// TestKilledExport kills exports at random moments, half of them in the last fifth of a run, where checking and
// publishing are. BEZLIK_KILLS is how many.
func TestKilledExport(t *testing.T) {
	usual, people := 10, 25_000
	if testing.Short() {
		usual = 3
	}
	kills := number(t, "BEZLIK_KILLS", usual)
	k := &killing{desk: newDesk(t, people, large...), bin: binary(t), temp: t.TempDir(), out: filepath.Join(t.TempDir(), "research")}
	earlier, _ := k.whole(t, k.key[1])
	want, took := k.whole(t, k.key[0]) // takes the place of the other one
	if took < 300*time.Millisecond {
		t.Errorf("a run takes %v only: too short to hit its moments", took)
	}
	if same(earlier, want) || verify(earlier) != nil || verify(want) != nil {
		t.Fatal("the two exports are one, or not what their manifests say")
	}
	k.clean(t)
	r := rand.New(rand.NewPCG(4, uint64(kills)))
	ended := map[string]int{}
	for i := range kills {
		before := map[string][]byte(nil)
		if i/2%2 == 0 {
			if err := os.RemoveAll(k.out); err != nil {
				t.Fatal(err)
			}
		} else {
			before = earlier
			if err := os.RemoveAll(k.out); err != nil {
				t.Fatal(err)
			}
			for name, data := range earlier {
				path := filepath.Join(k.out, filepath.FromSlash(name))
				if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
					t.Fatal(err)
				}
				write(t, path, data)
			}
		}
		share := r.Float64()
		if i%2 == 1 {
			share = 0.8 + share/5
		}
		after := time.Duration(share * float64(took))
		c := k.command(k.key[0])
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(after)
		c.Process.Kill() //nolint:errcheck // it may have ended
		err := c.Wait()
		var killed *exec.ExitError
		if err != nil && !(errors.As(err, &killed) && killed.ExitCode() == -1) {
			t.Fatalf("kill %d: %v", i, err)
		}
		switch {
		case !exists(k.out):
			ended["nothing stands"]++
		default:
			got := files(t, k.out)
			if err := verify(got); err != nil {
				t.Fatalf("kill %d after %v: %v", i, after, err)
			}
			switch {
			case same(got, want):
				ended["the new one stands"]++
			case before != nil && same(got, before):
				ended["the earlier one stands"]++
			default:
				t.Fatalf("kill %d after %v: what stands is none of the exports", i, after)
			}
		}
		var again map[string][]byte
		if again, took = k.whole(t, k.key[0]); !same(again, want) { // the machine may be slower now, or faster
			t.Fatalf("kill %d after %v: the repeated run gave something else", i, after)
		}
		k.clean(t)
		k.account(t)
	}
	t.Logf("%d kills of runs of about %v: %v", kills, took.Round(10*time.Millisecond), ended)
}

// TestCrashWhilePublishing makes what a crash leaves between the two renames that replace an earlier export, and
// between two of its other steps, and exports again.
func TestCrashWhilePublishing(t *testing.T) {
	k := &killing{desk: newDesk(t, 400, large...), bin: binary(t), temp: t.TempDir(), out: filepath.Join(t.TempDir(), "research")}
	want, _ := k.whole(t, k.key[0])
	partial, replaced := filepath.Join(filepath.Dir(k.out), ".research.partial"), filepath.Join(filepath.Dir(k.out), ".research.replaced")
	move := func(t *testing.T, from, to string) {
		t.Helper()
		if err := os.Rename(from, to); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name  string
		crash func(t *testing.T)
	}{
		{"the stage is whole, nothing stands", func(t *testing.T) { move(t, k.out, partial) }},
		{"the earlier one is put aside, the stage is whole", func(t *testing.T) {
			move(t, k.out, partial)
			k.aside(t, replaced)
		}},
		{"the new one stands, the earlier one is put aside", func(t *testing.T) { k.aside(t, replaced) }},
		{"the earlier one stands, the stage has pieces", func(t *testing.T) {
			if err := os.MkdirAll(filepath.Join(partial, "sens.db"), 0o700); err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(partial, "sens.db", "users.csv.0.piece"), []byte("id,first_name\nid_x"))
			write(t, filepath.Join(partial, "manifest.json.new"), []byte("{"))
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.crash(t)
			if got, _ := k.whole(t, k.key[0]); !same(got, want) {
				t.Error("the run after the crash gave something else")
			}
			k.clean(t)
			k.account(t)
		})
	}
}

// aside puts another export, with the other key, into a folder.
func (k *killing) aside(t *testing.T, to string) {
	t.Helper()
	other := *k
	other.out = filepath.Join(t.TempDir(), "other")
	other.whole(t, k.key[1])
	if err := os.Rename(other.out, to); err != nil {
		t.Fatal(err)
	}
}

// TestTornLedger tears the last line of a ledger at every byte: it does not verify, the next entry repairs it, and
// what stands before stays as it is.
func TestTornLedger(t *testing.T) {
	d := newDesk(t, 400, large...)
	out := filepath.Join(t.TempDir(), "research")
	d.export(t, out, d.key[0], "csv")
	book, err := os.ReadFile(d.ledger)
	if err != nil {
		t.Fatal(err)
	}
	first := bytes.IndexByte(book, '\n') + 1
	if first == 0 || first == len(book) {
		t.Fatal("an export has two entries")
	}
	for _, cut := range []int{first + 1, first + (len(book)-first)/2, len(book) - 1} {
		write(t, d.ledger, book[:cut])
		code, _, complaint := do(t, d.home, "ledger", "verify", "--lang", "en", "--ledger", d.ledger)
		if code != exitIncomplete || !strings.Contains(complaint, "line 2") {
			t.Errorf("torn at byte %d: exit code %d: %s", cut, code, complaint)
		}
		d.export(t, out, d.key[0], "csv")
		now, err := os.ReadFile(d.ledger)
		if err != nil {
			t.Fatal(err)
		}
		code, report, complaint := do(t, d.home, "ledger", "verify", "--lang", "en", "--ledger", d.ledger)
		if code != exitClean || !strings.HasPrefix(report, "3 entries") || !bytes.HasPrefix(now, book[:first]) {
			t.Errorf("torn at byte %d and written on: exit code %d: %s%s", cut, code, report, complaint)
		}
	}
}
