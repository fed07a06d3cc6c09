package pipeline

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

func newLedger(t *testing.T, entries int) *Ledger {
	l := &Ledger{Path: filepath.Join(t.TempDir(), "sub", "ledger.jsonl")}
	for i := range entries {
		if err := l.Append(ActionExport, map[string]int{"rows": i}, time.Unix(int64(i), 0)); err != nil {
			t.Fatal(err)
		}
	}
	return l
}

func TestLedgerVerifies(t *testing.T) {
	l := newLedger(t, 5)
	if n, err := l.Each(nil); n != 5 || err != nil {
		t.Fatalf("got %d entries, %v", n, err)
	}
}

func TestLedgerEveryChangedByteIsSeen(t *testing.T) {
	l := newLedger(t, 3)
	good, err := os.ReadFile(l.Path)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 1))
	for i := range good {
		bad := bytes.Clone(good)
		for bad[i] == good[i] {
			bad[i] = byte(r.Uint32())
		}
		if err := os.WriteFile(l.Path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := l.Each(nil); err == nil {
			t.Errorf("byte %d changed from %q to %q: not seen", i, good[i], bad[i])
		}
	}
}

func TestLedgerCutIsSeenOnceAnEntryFollows(t *testing.T) {
	l := newLedger(t, 3)
	good, _ := os.ReadFile(l.Path)
	second := bytes.IndexByte(good, '\n') + 1
	third := second + bytes.IndexByte(good[second:], '\n') + 1
	if err := os.WriteFile(l.Path, append(bytes.Clone(good[:second]), good[third:]...), 0o600); err != nil {
		t.Fatal(err)
	}
	var broken *ErrLedger
	if _, err := l.Each(nil); !errors.As(err, &broken) || broken.Line != 2 {
		t.Fatalf("got %v", err)
	}
}

func TestLedgerTornLineIsOverwritten(t *testing.T) {
	l := newLedger(t, 2)
	f, err := os.OpenFile(l.Path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString(`{"seq":3,"at":`); err != nil {
		t.Fatal(err)
	}
	f.Close()
	if _, err := l.Each(nil); err == nil {
		t.Fatal("a torn line verifies")
	}
	if err := l.Append(ActionExport, nil, time.Unix(9, 0)); err != nil {
		t.Fatal(err)
	}
	if n, err := l.Each(nil); n != 3 || err != nil {
		t.Fatalf("got %d entries, %v", n, err)
	}
}

func TestLedgerTakesManyWriters(t *testing.T) {
	l := newLedger(t, 1)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 10 {
				if err := l.Append(ActionScope, nil, time.Unix(1, 0)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if n, err := l.Each(nil); n != 81 || err != nil {
		t.Fatalf("got %d entries, %v", n, err)
	}
}

// A line with one more field has a right hash all the same: the field is in no sum.
func TestLedgerForgedFieldIsSeen(t *testing.T) {
	for _, x := range []struct{ what, from, to string }{
		{"a field more", `{"seq":2,`, `{"extra":"forged","seq":2,`},
		{"a field twice", `{"seq":2,`, `{"seq":9,"seq":2,`},
		{"another case", `{"seq":2,`, `{"SEQ":2,`},
		{"a space more", `{"seq":2,`, `{ "seq":2,`},
		{"a space in the detail", `{"rows":1}`, `{"rows": 1}`},
	} {
		l := newLedger(t, 3)
		good, err := os.ReadFile(l.Path)
		if err != nil {
			t.Fatal(err)
		}
		bad := bytes.Replace(good, []byte(x.from), []byte(x.to), 1)
		if bytes.Equal(good, bad) {
			t.Fatalf("%s: nothing was forged", x.what)
		}
		if err := os.WriteFile(l.Path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		var broken *ErrLedger
		if _, err := l.Each(nil); !errors.As(err, &broken) || broken.Line != 2 || broken.Torn {
			t.Errorf("%s: got %v", x.what, err)
		}
	}
}

func TestLedgerThatIsMissing(t *testing.T) {
	l := &Ledger{Path: filepath.Join(t.TempDir(), "ledger")}
	if _, err := l.Each(nil); !errors.Is(err, os.ErrNotExist) {
		t.Fatalf("got %v", err)
	}
}

// The head that an entry was told with is the one that the file verifies to.
func TestLedgerTellsItsHead(t *testing.T) {
	l := newLedger(t, 2)
	h, err := l.Add(ActionExport, nil, time.Unix(3, 0))
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(l.Path)
	if err != nil || h.Entries != 3 || !bytes.HasSuffix(b, []byte(`"hash":"`+h.Hash+"\"}\n")) {
		t.Fatalf("%v, %v", h, err)
	}
	if now, err := l.Verify(nil); err != nil || now != h {
		t.Fatalf("%v, %v", now, err)
	}
}
