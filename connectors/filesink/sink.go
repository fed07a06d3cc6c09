package filesink

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"sync"

	"bezlik/connectors"
)

// A Format turns records into bytes.
type Format struct {
	// Suffix is added to an object's name: ".csv". Objects that have it already keep their name.
	Suffix string
	// Head appends what stands before the records of an object, once; nil for nothing.
	Head func(dst []byte, f []connectors.Field) ([]byte, error)
	// Append appends the records of a batch; fields are those that Head was given, in their order. A cell's
	// Field is an index into them. Nil writes the raw bytes that Write is given: the format of the source.
	Append func(dst []byte, b *connectors.Batch, fields []connectors.Field) ([]byte, error)
}

// A Sink writes one file for each object into a stage. It implements connectors.Sink.
type Sink struct {
	*Stage
	format  Format
	mu      sync.Mutex
	objects map[string]*object
	pieces  map[connectors.Part]string
	order   []string         // names of objects as they were accepted
	claims  map[string]claim // by fold of a name in the target
	sealed  bool
}

type object struct {
	file   string
	fields []connectors.Field
	head   []byte
}

// New returns a sink of a format into a stage.
func New(stage *Stage, format Format) *Sink {
	return &Sink{Stage: stage, format: format, objects: map[string]*object{}, pieces: map[connectors.Part]string{},
		claims: map[string]claim{fold(Manifest): {}}}
}

// Accepts implements connectors.Sink.
func (s *Sink) Accepts(name string, fields []connectors.Field) error {
	file, err := fileName(name, s.format.Suffix)
	if err != nil {
		return err
	}
	o := &object{file: file, fields: fields}
	if s.format.Head != nil {
		if o.head, err = s.format.Head(nil, fields); err != nil {
			return err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.claim(name, file); err != nil {
		return err
	}
	if s.objects[name] == nil {
		s.order = append(s.order, name)
	}
	s.objects[name] = o
	return nil
}

// File is the name of the file that an object becomes.
func (s *Sink) File(object string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if o := s.objects[object]; o != nil {
		return o.file
	}
	return ""
}

// Create implements connectors.Sink.
func (s *Sink) Create(_ context.Context, p connectors.Part) (connectors.Writer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	o := s.objects[p.Object]
	if o == nil {
		return nil, fmt.Errorf("object %q was not accepted before", p.Object)
	}
	f, err := s.piece()
	if err != nil {
		return nil, err
	}
	s.pieces[p] = ""
	return &writer{sink: s, part: p, object: o, file: f, buf: bufio.NewWriterSize(f, 1<<18), path: f.Name()}, nil
}

// Seal joins the pieces of each object into its file, in the order of done, and syncs it. The files then
// lie in the stage under their own names, to be checked.
func (s *Sink) Seal(done []connectors.Part) error {
	if s.sealed {
		return nil
	}
	for _, name := range s.order {
		o := s.objects[name]
		var pieces []string
		for _, p := range done {
			if p.Object != name {
				continue
			}
			piece := s.pieces[p]
			if piece == "" {
				return fmt.Errorf("a part of %q was not committed", name)
			}
			pieces = append(pieces, piece)
		}
		if err := s.Join(o.file, o.head, pieces); err != nil {
			return err
		}
	}
	s.sealed = true
	return nil
}

// Publish implements connectors.Sink.
func (s *Sink) Publish(_ context.Context, done []connectors.Part) error {
	if err := s.Seal(done); err != nil {
		return err
	}
	return s.Stage.Publish()
}

// Close implements connectors.Sink: without Publish it discards.
func (s *Sink) Close() error { return s.Discard() }

type writer struct {
	sink   *Sink
	part   connectors.Part
	object *object
	file   *os.File
	buf    *bufio.Writer
	path   string
	out    []byte
	kept   bool
}

func (w *writer) Write(b *connectors.Batch, raw []byte) error {
	if w.sink.format.Append != nil {
		var err error
		if w.out, err = w.sink.format.Append(w.out[:0], b, w.object.fields); err != nil {
			return err
		}
		raw = w.out
	}
	_, err := w.buf.Write(raw)
	return err
}

func (w *writer) Commit() error {
	if err := w.buf.Flush(); err != nil {
		return err
	}
	w.sink.mu.Lock()
	defer w.sink.mu.Unlock()
	w.sink.pieces[w.part] = w.path
	w.kept = true
	return nil
}

// Close without Commit discards: the part may be written again.
func (w *writer) Close() error {
	err := w.file.Close()
	if w.kept {
		return err
	}
	return os.Remove(w.path)
}
