package folder

import (
	"context"

	"bezlik/connectors"
)

// Describe implements connectors.Describer. A format is known by the file's name, or by MagicSize bytes at its beginning;
// files of which only values could tell more are listed as unknown, whatever they are. Unsupported, Excluded, Notes and
// Problems are about this listing then.
func (s *Source) Describe(ctx context.Context) ([]connectors.Described, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w := &Source{root: s.root, opts: s.opts, naming: true, files: map[string]*file{}} // the files that Parts finds are others
	if err := w.walk(ctx); err != nil {
		return nil, err
	}
	var all []connectors.Described
	for _, name := range w.names {
		f := w.files[name]
		found, err := f.describe(ctx)
		if err != nil {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			w.report(f.object, err)
			continue
		}
		for _, d := range found {
			if !Wanted(d.Object, w.opts.Include, w.opts.Exclude) {
				w.exclude(d.Object)
				continue
			}
			all = append(all, d)
		}
	}
	s.unsupported, s.excluded, s.problems, s.notes = w.unsupported, w.excluded, w.problems, w.notes
	return all, nil
}

// describe opens the file for as long as that takes.
func (f *file) describe(ctx context.Context) ([]connectors.Described, error) {
	unknown := []connectors.Described{{Object: f.object, Unknown: true}}
	if f.driver == nil {
		return unknown, nil
	}
	src, err := f.driver.Open(f.path, f.object)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	if d, ok := src.(connectors.Describer); ok {
		return d.Describe(ctx)
	}
	return unknown, nil
}

// namer finds the driver that can name the fields of a file, nil for none.
func (s *Source) namer(p, object string) (*Driver, error) {
	drivers := s.opts.Drivers
	for i := range drivers {
		switch d := &drivers[i]; {
		case d.Names == nil:
		case d.Name == s.opts.As, s.opts.As == "" && d.Names(object, nil):
			return d, nil
		}
	}
	if s.opts.As != "" {
		return nil, nil
	}
	magic, err := head(p, MagicSize)
	if err != nil {
		return nil, err
	}
	for i := range drivers {
		if d := &drivers[i]; d.Names != nil && d.Names(object, magic) {
			return d, nil
		}
	}
	return nil, nil
}
