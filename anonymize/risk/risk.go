// Package risk counts, in bounded memory, how many rows of a finished result are equal in the attributes that
// identify a person when put together, and says which rows are too few of a kind (k-anonymity).
//
// It sees keyed hashes only. The key lives as long as the counter, so hashes that were written to disk mean
// nothing once it is gone.
package risk

import (
	"cmp"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"slices"
	"sync"
)

// A Class names the rows that are equal in all quasi-identifiers: 128 bits of a keyed hash of their values.
// Classes of different counters have nothing in common.
type Class struct{ hi, lo uint64 }

func compare(a, b Class) int {
	if c := cmp.Compare(a.hi, b.hi); c != 0 {
		return c
	}
	return cmp.Compare(a.lo, b.lo)
}

// A Counter counts the rows of classes. The zero value is not ready: use New. Its methods may be called from any
// goroutine. Close it: runs on disk go with it.
type Counter struct {
	key   [32]byte
	dir   string
	limit int // classes in memory

	mu     sync.Mutex
	recent []Class
	runs   *runs
	rows   int64
	failed error
}

// inMemory is how many classes are sorted in memory at a time: 4 MiB of them.
const inMemory = 1 << 18

// New returns a counter with a fresh key. What does not fit into memory goes into a file of mode 0600 in dir
// ("" is the system's folder for temporary files) that has no name once it is open, where the system allows it.
func New(dir string) *Counter {
	c := &Counter{dir: dir, limit: inMemory}
	rand.Read(c.key[:])
	return c
}

// Hasher returns a hasher of this counter for one goroutine.
func (c *Counter) Hasher() *Hasher { return &Hasher{mac: hmac.New(sha256.New, c.key[:])} }

// A Hasher turns values into classes. It belongs to one goroutine.
type Hasher struct {
	mac hash.Hash
	buf []byte
}

// Class returns the class of a row with these values of its quasi-identifiers, in the order of the plan. It keeps
// nothing of them.
func (h *Hasher) Class(values ...[]byte) Class {
	h.buf = h.buf[:0]
	for _, v := range values { // lengths keep ("ab", "c") and ("a", "bc") apart
		h.buf = binary.AppendUvarint(h.buf, uint64(len(v)))
		h.buf = append(h.buf, v...)
	}
	h.mac.Reset()
	h.mac.Write(h.buf)
	h.buf = h.mac.Sum(h.buf[:0])
	return Class{hi: binary.BigEndian.Uint64(h.buf), lo: binary.BigEndian.Uint64(h.buf[8:])}
}

// Add counts one row for each class given. After an error, which is always about the file, the counter is of no
// more use: every later call returns the same error.
func (c *Counter) Add(rows ...Class) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.failed != nil {
		return c.failed
	}
	if c.recent == nil {
		c.recent = make([]Class, 0, c.limit)
	}
	for len(rows) > 0 {
		n := min(len(rows), c.limit-len(c.recent))
		c.recent = append(c.recent, rows[:n]...)
		c.rows += int64(n)
		rows = rows[n:]
		if len(c.recent) == c.limit {
			if c.failed = c.spill(); c.failed != nil {
				return c.failed
			}
		}
	}
	return nil
}

// Rows returns how many rows were counted.
func (c *Counter) Rows() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.rows
}

// Small lists the classes of fewer than k rows: leave their rows out, and every class that remains has k rows at
// least. Where that would leave out more than the share budget of all rows, the error is an *OverBudget. Rows
// may be added before and after. The list takes 16 bytes for each class, and is never longer than the budget
// in rows.
func (c *Counter) Small(k int, budget float64) (*Small, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.failed != nil {
		return nil, c.failed
	}
	if !(budget >= 0) { // NaN too
		budget = 0
	}
	most := int64(min(budget, 1) * float64(c.rows))
	if most < c.rows && float64(most+1)/float64(c.rows) <= budget { // 0.29 · 100 is less than 29
		most++
	}
	s := &Small{Of: c.rows}
	err := c.each(func(x Class, rows int64) {
		s.Classes++
		if s.Least == 0 || rows < s.Least {
			s.Least = rows
		}
		if rows >= int64(k) {
			return
		}
		s.Rows += rows
		if s.Rows <= most {
			s.small = append(s.small, x)
		}
	})
	if err != nil {
		c.failed = err
		return nil, err
	}
	if s.Rows > most {
		return nil, &OverBudget{K: k, Rows: s.Rows, Of: c.rows, Budget: budget}
	}
	return s, nil
}

// Close removes what is on disk.
func (c *Counter) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.recent = nil
	if c.failed == nil {
		c.failed = errors.New("risk: the counter is closed")
	}
	return c.runs.close()
}

// Small is what Counter.Small found.
type Small struct {
	Rows    int64 // rows of the small classes
	Of      int64 // all rows
	Classes int64 // all classes
	Least   int64 // rows of the smallest class; 0 without rows
	small   []Class
}

// Has says whether rows of the class must be left out. It may be called from several goroutines.
func (s *Small) Has(x Class) bool {
	_, ok := slices.BinarySearchFunc(s.small, x, compare)
	return ok
}

// Len is how many classes are small.
func (s *Small) Len() int { return len(s.small) }

// OverBudget says that too many rows would have to be left out.
type OverBudget struct {
	K        int
	Rows, Of int64
	Budget   float64
}

func (e *OverBudget) Error() string {
	return fmt.Sprintf("%d of %d rows are in classes of fewer than %d; the profile lets %g %% be left out",
		e.Rows, e.Of, e.K, 100*e.Budget)
}
