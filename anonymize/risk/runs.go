package risk

import (
	"bufio"
	"container/heap"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"slices"
)

// errFile stands for errors of the temporary file.
var errFile = errors.New("risk: cannot write or read the temporary file of hashes; is the disk full?")

// runs is a file of sorted runs. A record is a class and how many rows of it the run has.
type runs struct {
	file  *os.File
	named string  // to be removed at the end, where an open file cannot be unlinked
	ends  []int64 // offsets
}

const recordSize = 24

// spill sorts what is in memory and writes it as a run.
func (c *Counter) spill() error {
	if c.runs == nil {
		f, err := os.CreateTemp(c.dir, ".bezlik-risk-*") // mode 0600
		if err != nil {
			return errFile
		}
		c.runs = &runs{file: f}
		if os.Remove(f.Name()) != nil {
			c.runs.named = f.Name()
		}
	}
	end := int64(0)
	if n := len(c.runs.ends); n > 0 {
		end = c.runs.ends[n-1]
	}
	w := bufio.NewWriterSize(io.NewOffsetWriter(c.runs.file, end), 1<<16)
	slices.SortFunc(c.recent, compare)
	var record [recordSize]byte
	grouped(c.recent, func(x Class, rows int64) {
		binary.LittleEndian.PutUint64(record[:], x.hi)
		binary.LittleEndian.PutUint64(record[8:], x.lo)
		binary.LittleEndian.PutUint64(record[16:], uint64(rows))
		w.Write(record[:]) //nolint:errcheck // Flush returns the first error
		end += recordSize
	})
	if w.Flush() != nil {
		return errFile
	}
	c.runs.ends = append(c.runs.ends, end)
	c.recent = c.recent[:0]
	return nil
}

// each calls f for every class in order with the number of its rows.
func (c *Counter) each(f func(Class, int64)) error {
	slices.SortFunc(c.recent, compare)
	if c.runs == nil {
		grouped(c.recent, f)
		return nil
	}
	var h merge
	begin := int64(0)
	size := max(4<<10, min(64<<10, (16<<20)/len(c.runs.ends)))
	for _, end := range c.runs.ends {
		r := &run{in: bufio.NewReaderSize(io.NewSectionReader(c.runs.file, begin, end-begin), size), left: (end - begin) / recordSize}
		begin = end
		if err := r.next(); err != nil {
			return err
		}
		h = append(h, r)
	}
	if len(c.recent) > 0 {
		r := &run{memory: c.recent}
		if err := r.next(); err != nil {
			return err
		}
		h = append(h, r)
	}
	heap.Init(&h)
	x, rows := h[0].class, int64(0)
	for len(h) > 0 {
		top := h[0]
		if top.class != x {
			f(x, rows)
			x, rows = top.class, 0
		}
		rows += top.rows
		switch err := top.next(); {
		case err == nil:
			heap.Fix(&h, 0)
		case errors.Is(err, io.EOF):
			heap.Pop(&h)
		default:
			return err
		}
	}
	f(x, rows)
	return nil
}

// grouped calls f for every class of a sorted list.
func grouped(sorted []Class, f func(Class, int64)) {
	for i := 0; i < len(sorted); {
		n := 1
		for i+n < len(sorted) && sorted[i+n] == sorted[i] {
			n++
		}
		f(sorted[i], int64(n))
		i += n
	}
}

func (r *runs) close() error {
	if r == nil || r.file == nil {
		return nil
	}
	err := r.file.Close()
	r.file = nil
	if r.named != "" {
		err = errors.Join(err, os.Remove(r.named))
	}
	return err
}

// run is a sorted run that is being read, from the file or from memory.
type run struct {
	in     *bufio.Reader
	left   int64
	memory []Class
	class  Class
	rows   int64
}

// next moves to the next record; io.EOF means that there is none.
func (r *run) next() error {
	if r.in == nil {
		if len(r.memory) == 0 {
			return io.EOF
		}
		n := 1
		for n < len(r.memory) && r.memory[n] == r.memory[0] {
			n++
		}
		r.class, r.rows, r.memory = r.memory[0], int64(n), r.memory[n:]
		return nil
	}
	if r.left == 0 {
		return io.EOF
	}
	r.left--
	var record [recordSize]byte
	if _, err := io.ReadFull(r.in, record[:]); err != nil {
		return errFile // also where the file is shorter than it was written
	}
	r.class = Class{hi: binary.LittleEndian.Uint64(record[:]), lo: binary.LittleEndian.Uint64(record[8:])}
	r.rows = int64(binary.LittleEndian.Uint64(record[16:]))
	return nil
}

// merge is a heap of runs, the smallest class on top.
type merge []*run

func (m merge) Len() int           { return len(m) }
func (m merge) Less(i, j int) bool { return compare(m[i].class, m[j].class) < 0 }
func (m merge) Swap(i, j int)      { m[i], m[j] = m[j], m[i] }
func (m *merge) Push(x any)        { *m = append(*m, x.(*run)) }
func (m *merge) Pop() any {
	old := *m
	last := old[len(old)-1]
	*m = old[:len(old)-1]
	return last
}
