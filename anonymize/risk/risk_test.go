package risk

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// bruteForce compares every row with every other.
func bruteForce(rows [][]string, k int) (small []bool, n int64) {
	small = make([]bool, len(rows))
	for i, a := range rows {
		equal := 0
		for _, b := range rows {
			same := len(a) == len(b)
			for j := 0; same && j < len(a); j++ {
				same = a[j] == b[j]
			}
			if same {
				equal++
			}
		}
		if equal < k {
			small[i] = true
			n++
		}
	}
	return small, n
}

func values(row []string) [][]byte {
	v := make([][]byte, len(row))
	for i, s := range row {
		v[i] = []byte(s)
	}
	return v
}

// The counter agrees with a checker that compares all pairs, in memory and with runs on disk.
func TestAgainstBruteForce(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for set := range 100 {
		rows := make([][]string, 1+r.IntN(400))
		spread := 1 + r.IntN(8)
		for i := range rows {
			for range 1 + set%4 {
				rows[i] = append(rows[i], strings.Repeat("a", r.IntN(spread)*r.IntN(2)+r.IntN(2)))
			}
		}
		c := New(t.TempDir())
		c.limit = []int{inMemory, 5, 7, 64, 100}[set%5]
		h := c.Hasher()
		for _, row := range rows {
			if err := c.Add(h.Class(values(row)...)); err != nil {
				t.Fatal(err)
			}
		}
		for _, k := range []int{0, 1, 2, 3, 5, 10, 50, 1000} {
			want, n := bruteForce(rows, k)
			s, err := c.Small(k, 1)
			if err != nil {
				t.Fatal(err)
			}
			if s.Rows != n || s.Of != int64(len(rows)) {
				t.Fatalf("set %d, k %d: %d of %d rows, want %d of %d", set, k, s.Rows, s.Of, n, len(rows))
			}
			for i, row := range rows {
				if got := s.Has(h.Class(values(row)...)); got != want[i] {
					t.Fatalf("set %d, k %d, row %d: %v, want %v", set, k, i, got, want[i])
				}
			}
			left := float64(n) / float64(len(rows))
			for _, budget := range []float64{0, 0.05, 0.3} {
				_, err := c.Small(k, budget)
				var over *OverBudget
				if errors.As(err, &over) != (left > budget) || err != nil && over == nil {
					t.Fatalf("set %d, k %d, budget %v, %v to be left out: %v", set, k, budget, left, err)
				}
				if over != nil && (over.Rows != n || over.Of != int64(len(rows))) {
					t.Fatalf("set %d: error counts %d of %d", set, over.Rows, over.Of)
				}
			}
		}
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestClass(t *testing.T) {
	c := New("")
	h, other := c.Hasher(), c.Hasher()
	b := func(s string) []byte { return []byte(s) }
	if h.Class(b("a"), b("bc")) == h.Class(b("ab"), b("c")) || h.Class() == h.Class(nil) || h.Class(b("a")) == h.Class(b("a"), nil) {
		t.Error("different rows have one class")
	}
	if h.Class(b("a"), b("b")) != other.Class(b("a"), b("b")) {
		t.Error("hashers of one counter disagree")
	}
	if h.Class(b("a")) == New("").Hasher().Class(b("a")) {
		t.Error("two counters share a key")
	}
	row := [][]byte{b("1985-1989"), b("Томская область"), b("170")}
	if n := testing.AllocsPerRun(100, func() { h.Class(row...) }); n != 0 {
		t.Errorf("Class allocates %v times", n)
	}
}

func TestEmpty(t *testing.T) {
	c := New("")
	defer c.Close()
	s, err := c.Small(5, 0)
	if err != nil || s.Rows != 0 || s.Of != 0 || s.Least != 0 || s.Len() != 0 {
		t.Errorf("%+v, %v", s, err)
	}
}

// Nothing is left in the folder, not even while the counter works, and the file is closed to others.
func TestTemporaryFile(t *testing.T) {
	dir := t.TempDir()
	c := New(dir)
	c.limit = 10
	for i := range 100 {
		c.Add(Class{uint64(i), 1})
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 0 {
		t.Errorf("%v in the folder: %v", left, err)
	}
	info, err := c.runs.file.Stat()
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v: %v", info.Mode(), err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if c.Add(Class{}) == nil {
		t.Error("a closed counter counts")
	}
	if _, err := c.Small(2, 1); err == nil {
		t.Error("a closed counter answers")
	}
}

// What goes to disk holds none of the values.
func TestFileHoldsHashesOnly(t *testing.T) {
	c := New(t.TempDir())
	c.limit = 4
	h := c.Hasher()
	for i := range 100 {
		c.Add(h.Class([]byte("CANARY-VALUE"), fmt.Appendf(nil, "canary %d", i)))
	}
	info, _ := c.runs.file.Stat()
	all := make([]byte, info.Size())
	if _, err := c.runs.file.ReadAt(all, 0); err != nil {
		t.Fatal(err)
	}
	if len(all) != 100*recordSize || bytes.Contains(bytes.ToLower(all), []byte("canary")) {
		t.Errorf("%d bytes", len(all))
	}
}

func TestFileErrors(t *testing.T) {
	c := New("/nonexistent/folder")
	c.limit = 2
	if c.Add(Class{1, 1}, Class{2, 2}) == nil {
		t.Error("no error without a folder")
	}
	if c.Add(Class{3, 3}) == nil {
		t.Error("the error is forgotten")
	}
	c = New(t.TempDir())
	c.limit = 2
	c.Add(Class{1, 1}, Class{2, 2}, Class{3, 3})
	c.runs.file.Truncate(recordSize)
	if _, err := c.Small(2, 1); err == nil {
		t.Error("a file that lost its end is taken for whole")
	}
	c.Close()
}

// Workers add at once, and nothing is lost.
func TestConcurrentAdd(t *testing.T) {
	c := New(t.TempDir())
	c.limit = 1000
	defer c.Close()
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			h := c.Hasher()
			for i := range 5000 {
				c.Add(h.Class(binary.AppendUvarint(nil, uint64(i%2500))))
			}
		})
	}
	wg.Wait()
	s, err := c.Small(9, 1)
	if err != nil || s.Of != 20000 || s.Classes != 2500 || s.Least != 8 || s.Rows != 20000 {
		t.Errorf("%+v, %v", s, err)
	}
}

// Ten times the rows take the same memory.
func TestMemoryIsFlat(t *testing.T) {
	heap := func(rows int) uint64 {
		c := New(t.TempDir())
		c.limit = 1 << 14
		defer c.Close()
		r := rand.New(rand.NewPCG(3, 4))
		most := uint64(0)
		look := func() {
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc)
		}
		for i := range rows {
			c.Add(Class{r.Uint64(), 0})
			if i%(rows/4) == 0 {
				look()
			}
		}
		s, err := c.Small(1, 0) // every class is its own; none is below 1
		if err != nil || s.Classes != int64(rows) || s.Rows != 0 {
			t.Fatalf("%+v, %v", s, err)
		}
		look()
		return most
	}
	small, large := heap(100_000), heap(1_000_000)
	if large > small+256<<10 {
		t.Errorf("heap grew from %d to %d bytes", small, large)
	}
}

func BenchmarkAdd(b *testing.B) {
	c := New(b.TempDir())
	defer c.Close()
	h := c.Hasher()
	row := [][]byte{[]byte("1985-1989"), []byte("Томская область"), make([]byte, 8)}
	b.ReportAllocs()
	n := uint64(0)
	for b.Loop() {
		binary.LittleEndian.PutUint64(row[2], n)
		n++
		c.Add(h.Class(row...))
	}
}
