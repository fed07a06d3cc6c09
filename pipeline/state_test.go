package pipeline

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dchest/siphash"

	"bezlik/anonymize"
)

func stateKey(t failer, text string) *anonymize.Key {
	t.Helper()
	k, err := anonymize.ParseKey([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

const (
	oneKey   = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
	otherKey = "ff0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
)

// memoryState is a state that was not there before: its key is the same each time, and so are estimates.
func memoryState(t testing.TB) *State {
	t.Helper()
	s, err := OpenState(filepath.Join(t.TempDir(), "state"), "test", stateKey(t, oneKey))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// stateOf scans a source with a state and returns the file's bytes.
func stateOf(t *testing.T, path string, source *fake) ([]byte, []string) {
	t.Helper()
	s, err := OpenState(path, "test", stateKey(t, oneKey))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	lines, _, _ := scanned(t, &Scan{Source: source, Workers: 2, State: s})
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b, lines
}

func threeParts() *fake {
	r := rand.New(rand.NewPCG(90, 90))
	return &fake{objects: []fakeObject{people(r, "a", 12), people(r, "b", 7), people(r, "a", 9)}, cut: func() int { return 4 }}
}

// A state that was cut anywhere is as good as its whole lines, and takes new ones.
func TestStateCutAnywhere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state")
	b, want := stateOf(t, path, threeParts())
	if n := bytes.Count(b, []byte{'\n'}); n != 4 {
		t.Fatalf("%d lines", n)
	}
	step := max(1, len(b)/300)
	for cut := 0; cut <= len(b); cut += step {
		if cut+step > len(b) {
			cut = len(b)
		}
		if err := os.WriteFile(path, b[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := OpenState(path, "test", stateKey(t, oneKey))
		if err != nil {
			t.Fatalf("cut at %d: %v", cut, err)
		}
		whole := max(0, bytes.Count(b[:cut], []byte{'\n'})-1)
		if n := len(s.Parts()); n != whole {
			t.Fatalf("cut at %d: %d parts, want %d", cut, n, whole)
		}
		s.Close()
		if cut%(10*step) == 0 || cut == len(b) {
			after, got := stateOf(t, path, threeParts())
			if d := differ(want, got); d != "" {
				t.Fatalf("cut at %d: %s", cut, d)
			}
			if bytes.Count(after, []byte{'\n'}) != 4 {
				t.Fatalf("cut at %d: the state was not made whole again", cut)
			}
		}
	}
}

// A state of another key or tool, or with what no run of ours has written, counts for nothing; a file that is no state
// is left alone.
func TestStateOfOthers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state")
	b, _ := stateOf(t, path, threeParts())
	lines := bytes.SplitAfter(b, []byte{'\n'})
	spoil := func(old, new string) []byte {
		if n := bytes.Count(lines[2], []byte(old)); n == 0 {
			t.Fatalf("no %s in the state", old)
		}
		return slices.Concat(lines[0], lines[1], bytes.Replace(lines[2], []byte(old), []byte(new), 1), lines[3])
	}
	for name, x := range map[string]struct {
		file      []byte
		tool, key string
		parts     int
		foreign   bool
	}{
		"ours":                         {file: b, parts: 3},
		"another key":                  {file: b, key: otherKey},
		"another tool":                 {file: b, tool: "next"},
		"an empty file":                {file: nil},
		"another set of detectors":     {file: bytes.Replace(b, []byte(`"inn"`), []byte(`"ninn"`), 1)},
		"a damaged line":               {file: spoil(`"part"`, `"part`), parts: 1},
		"a kind that there is not":     {file: spoil(`{"Kind":`, `{"Kind":22`), parts: 1},
		"a negative count":             {file: spoil(`"n":`, `"n":-`), parts: 1},
		"text":                         {file: []byte("привет\n"), foreign: true},
		"text without an end":          {file: []byte("привет"), foreign: true},
		"another's JSON":               {file: []byte(`{"name":"x"}` + "\n"), foreign: true},
		"a report of ours":             {file: []byte(`{"start":{"schema":"bezlik-report/v1"}}` + "\n"), foreign: true},
		"the head alone":               {file: lines[0]},
		"the head without its end":     {file: lines[0][:len(lines[0])-1]},
		"half of the head":             {file: lines[0][:len(lines[0])/2]},
		"half of another key's head":   {file: append(bytes.Clone(lines[0][:len(lines[0])/2]), "x"...), foreign: true},
		"a part of the source changed": {file: spoil(`"identity":"1"`, `"identity":"2"`), parts: 3},
	} {
		t.Run(name, func(t *testing.T) {
			if err := os.WriteFile(path, x.file, 0o600); err != nil {
				t.Fatal(err)
			}
			s, err := OpenState(path, cmp.Or(x.tool, "test"), stateKey(t, cmp.Or(x.key, oneKey)))
			if x.foreign {
				after, _ := os.ReadFile(path)
				if !errors.Is(err, ErrState) || !bytes.Equal(after, x.file) {
					t.Errorf("got %v, and the file has now %d bytes of %d", err, len(after), len(x.file))
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if n := len(s.Parts()); n != x.parts {
				t.Errorf("%d parts, want %d", n, x.parts)
			}
			stored := 0
			scan := &Scan{Source: threeParts(), State: s, Emit: func(m *Message) error {
				if m.Part != nil && m.Part.Stored {
					stored++
				}
				return nil
			}}
			if _, err := scan.Run(t.Context()); err != nil {
				t.Fatal(err)
			}
			if want := x.parts - map[bool]int{true: 1}[strings.Contains(name, "changed")]; stored != want {
				t.Errorf("%d parts were not read again, want %d", stored, want)
			}
		})
	}
}

// A state holds no value, and no hash that anybody could make who does not have the key.
func TestStateHoldsNoValues(t *testing.T) {
	source := threeParts()
	b, _ := stateOf(t, filepath.Join(t.TempDir(), "state"), source)
	for _, o := range source.objects {
		for _, row := range o.rows {
			for _, v := range row {
				if len(v) > 4 && bytes.Contains(b, []byte(v)) {
					t.Errorf("%q stands in the state", v)
				}
				if h := fmt.Sprintf(`{"h":%d,`, siphash.Hash(0, 0, []byte(v))); bytes.Contains(b, []byte(h)) {
					t.Error("a hash without a key stands in the state")
				}
			}
		}
	}
	other, err := OpenState(filepath.Join(t.TempDir(), "state"), "test", stateKey(t, otherKey))
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if other.key == memoryState(t).key {
		t.Error("two keys hash alike")
	}
}

// A part that was not read whole is not stored.
func TestStateKeepsWholePartsOnly(t *testing.T) {
	source := threeParts()
	source.next = func(object string, n int) error {
		if object == "b" && n == 1 {
			return errPlain
		}
		return nil
	}
	s := memoryState(t)
	if _, err := (&Scan{Source: source, State: s, Emit: func(*Message) error { return nil }}).Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, p := range s.Parts() {
		if p.Object == "b" {
			t.Error("a failed part was stored")
		}
	}
	if len(s.Parts()) != 2 {
		t.Errorf("%d parts", len(s.Parts()))
	}
}

// Whatever stands in a state file, reading it panics nowhere and reading it again says the same.
func FuzzState(f *testing.F) {
	path := filepath.Join(f.TempDir(), "seed")
	s, err := OpenState(path, "test", stateKey(f, oneKey))
	if err != nil {
		f.Fatal(err)
	}
	if _, err := (&Scan{Source: threeParts(), State: s, Emit: func(*Message) error { return nil }}).Run(context.Background()); err != nil {
		f.Fatal(err)
	}
	s.Close()
	b, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	head, rest, _ := bytes.Cut(b, []byte{'\n'})
	f.Add(rest)
	f.Add([]byte(`{"part":{"object":"a"},"objects":[{"name":"a","columns":[{"field":{"Name":"x"},"sketch":[{"h":1,"k":2,"f":3,"b":200}],"tally":[{"s":[{"Kind":1,"Score":255,"From":9,"To":2}],"n":1}]}]}]}` + "\n"))
	f.Add([]byte("null\n{}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "state")
		if err := os.WriteFile(path, slices.Concat(head, []byte{'\n'}, data), 0o600); err != nil {
			t.Fatal(err)
		}
		said := ""
		for range 2 {
			s, err := OpenState(path, "test", stateKey(t, oneKey))
			if err != nil {
				t.Fatal(err)
			}
			s.Close()
			var parts []string
			for _, p := range s.Parts() {
				parts = append(parts, fmt.Sprint(p)+judgedAs(t, s.part(p).objects()))
			}
			slices.Sort(parts)
			if now := strings.Join(parts, "\n"); said == "" {
				said = now + "."
			} else if said != now+"." {
				t.Fatalf("first %s, then %s", said, now)
			}
		}
	})
}

// Whatever stands in a ledger file, reading it panics nowhere, and an entry is appended only to what verifies at its end.
func FuzzLedger(f *testing.F) {
	at := time.Unix(1_700_000_000, 0)
	path := filepath.Join(f.TempDir(), "seed")
	l := &Ledger{Path: path}
	for range 3 {
		if err := l.Append(ActionExport, map[string]int{"rows": 3}, at); err != nil {
			f.Fatal(err)
		}
	}
	b, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add(b[:len(b)-5])
	f.Add([]byte("{}\n"))
	f.Add([]byte("null\n\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		l := &Ledger{Path: filepath.Join(t.TempDir(), "ledger")}
		if err := os.WriteFile(l.Path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		n, err := l.Each(nil)
		var broken *ErrLedger
		if err != nil && !errors.As(err, &broken) {
			t.Fatal(err)
		}
		if l.Append(ActionScope, nil, at) != nil {
			if err == nil {
				t.Fatal("what verifies cannot be appended to")
			}
			return
		}
		after, err2 := l.Each(nil)
		if err == nil && (err2 != nil || after != n+1) {
			t.Fatalf("%d entries, then %d and %v", n, after, err2)
		}
	})
}
