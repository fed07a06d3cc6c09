package pipeline

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"os"
	"slices"
	"sync"

	"bezlik/anonymize"
	"bezlik/connectors"
	"bezlik/detectors"
)

// A State keeps the finished parts of a scan, so that a later run need not read them again: a file of JSON
// lines, one for each finished part, synced before the part counts as done. It holds counts and keyed hashes,
// no values; the key lies elsewhere. A state of another tool version, key or set of detectors is started over.
type State struct {
	key  sketchKey
	mu   sync.Mutex
	file *os.File
	done map[connectors.Part]*storedPart
}

type stateHead struct {
	Schema string           `json:"schema"` // "bezlik-state/v1"
	Tool   string           `json:"tool"`
	Key    string           `json:"key"`
	Kinds  []detectors.Kind `json:"kinds"` // by Detector.Index
}

type storedPart struct {
	Part    connectors.Part `json:"part"`
	Rows    int64           `json:"rows"`
	Objects []storedObject  `json:"objects"`
}

type storedObject struct {
	Name    string         `json:"name"`
	Rows    int64          `json:"rows"`
	Columns []storedColumn `json:"columns"`
}

type storedColumn struct {
	Field   connectors.Field `json:"field"`
	Key     bool             `json:"key,omitempty"`
	Cells   int64            `json:"cells"`
	Empty   int64            `json:"empty"`
	Skipped int64            `json:"skipped,omitempty"`
	Sketch  []entry          `json:"sketch"`
	Tally   []storedShape    `json:"tally"`
}

type storedShape struct {
	Shape []candidate `json:"s"`
	Count int64       `json:"n"`
}

// ErrState says that a state file is not one of ours.
var ErrState = errors.New("this is not a state file of bezlik: choose another name or delete it")

// OpenState opens or begins a state file. Only one scan may use it at a time: a second one is a Problem "in_use".
func OpenState(path, tool string, key *anonymize.Key) (*State, error) {
	secret := key.Derive("scan state")
	s := &State{done: map[connectors.Part]*storedPart{}}
	for i := range 8 {
		s.key[0] |= uint64(secret[i]) << (8 * i)
		s.key[1] |= uint64(secret[8+i]) << (8 * i)
	}
	head := stateHead{Schema: "bezlik-state/v1", Tool: tool, Key: key.ID()}
	for i := range detectors.All() {
		head.Kinds = append(head.Kinds, detectors.At(i).Kind)
	}
	want, err := json.Marshal(head)
	if err != nil {
		return nil, err
	}
	if s.file, err = os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600); err != nil {
		return nil, err
	}
	if held(s.file) != nil {
		s.file.Close()
		return nil, &connectors.Problem{Object: path, Kind: "in_use", Message: "another scan is using this state file",
			Hint: "wait for it to end, or choose another file"}
	}
	good, err := s.load(want)
	if err == nil && good == 0 {
		if err = s.file.Truncate(0); err == nil {
			_, err = s.file.WriteAt(append(want, '\n'), 0)
			good = int64(len(want)) + 1
		}
	}
	if err == nil {
		err = s.file.Truncate(good) // a line that a crash has torn
	}
	if err == nil {
		_, err = s.file.Seek(good, io.SeekStart)
	}
	if err != nil {
		s.file.Close()
		return nil, err
	}
	return s, nil
}

// load reads what was stored and returns how many bytes of it are good; 0 starts over.
func (s *State) load(want []byte) (int64, error) {
	r := bufio.NewReaderSize(s.file, 1<<16)
	line, err := r.ReadBytes('\n')
	if errors.Is(err, io.EOF) && len(line) == 0 {
		return 0, nil
	}
	if err != nil && bytes.HasPrefix(want, line) { // torn before anything was stored
		return 0, nil
	}
	var head stateHead
	if json.Unmarshal(line, &head) != nil || head.Schema == "" {
		return 0, ErrState
	}
	if !bytes.Equal(bytes.TrimSuffix(line, []byte("\n")), want) {
		return 0, nil
	}
	good := int64(len(line))
	for {
		line, err := r.ReadBytes('\n')
		var p storedPart
		if err != nil || json.Unmarshal(line, &p) != nil || !p.valid() {
			return good, nil
		}
		good += int64(len(line))
		s.done[p.Part] = &p
	}
}

// part returns what was stored of a part, nil if it was not finished.
func (s *State) part(p connectors.Part) *storedPart {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.done[p]
}

// Parts lists the finished parts.
func (s *State) Parts() []connectors.Part {
	s.mu.Lock()
	defer s.mu.Unlock()
	var parts []connectors.Part
	for p := range s.done {
		parts = append(parts, p)
	}
	return parts
}

// add stores a finished part.
func (s *State) add(p *part, objects map[string]*Object) error {
	stored := &storedPart{Part: p.Part, Rows: p.rows}
	for _, o := range objects {
		so := storedObject{Name: o.Name, Rows: o.Rows}
		for _, c := range o.Columns {
			c.tally.settle()
			sc := storedColumn{Field: c.Field, Key: c.Key, Cells: c.Cells, Empty: c.Empty, Skipped: c.Skipped, Sketch: c.sketch}
			for shape, n := range c.tally.counts {
				k := 0
				for k < maxCluster && shape[k].Kind != 0 {
					k++
				}
				sc.Tally = append(sc.Tally, storedShape{Shape: shape[:k], Count: n})
			}
			so.Columns = append(so.Columns, sc)
		}
		stored.Objects = append(stored.Objects, so)
	}
	line, err := json.Marshal(stored)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.file.Write(append(line, '\n')); err != nil {
		return err
	}
	s.done[p.Part] = stored
	return s.file.Sync()
}

// Close closes the file.
func (s *State) Close() error { return s.file.Close() }

// valid says whether the numbers of a stored part can be ours.
func (p *storedPart) valid() bool {
	kinds := len(detectors.All())
	for _, o := range p.Objects {
		for _, c := range o.Columns {
			if len(c.Sketch) > sketchSize || !slices.IsSortedFunc(c.Sketch, func(a, b entry) int { return cmp.Compare(a.Hash, b.Hash) }) {
				return false
			}
			for _, s := range c.Tally {
				if s.Count < 1 || len(s.Shape) == 0 || len(s.Shape) > maxCluster {
					return false
				}
				for _, x := range s.Shape {
					if x.Kind == 0 || int(x.Kind) > kinds {
						return false
					}
				}
			}
		}
	}
	return true
}

// skipped says whether cells of settled columns were counted only.
func (p *storedPart) skipped() bool {
	for _, o := range p.Objects {
		for _, c := range o.Columns {
			if c.Skipped > 0 {
				return true
			}
		}
	}
	return false
}

// objects gives back what was stored.
func (p *storedPart) objects() map[string]*Object {
	m := map[string]*Object{}
	for _, so := range p.Objects {
		o := &Object{Name: so.Name, Rows: so.Rows}
		for _, sc := range so.Columns {
			c := &Column{Field: sc.Field, Key: sc.Key, Cells: sc.Cells, Empty: sc.Empty, Skipped: sc.Skipped, sketch: sc.Sketch}
			c.tally.counts = map[cluster]int64{}
			for _, s := range sc.Tally {
				var shape cluster
				copy(shape[:], s.Shape)
				c.tally.counts[shape] += s.Count
			}
			o.Columns = append(o.Columns, c)
		}
		m[o.Name] = o
	}
	return m
}
