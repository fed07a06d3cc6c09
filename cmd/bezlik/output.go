package main

import (
	"cmp"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"bezlik/pipeline"
)

// apart refuses a file to be written that is one of the sources or lies among them: writing it would destroy what is
// to be read, or be read itself by the next run.
func apart(flag, path string, sources []string) error {
	target, _ := os.Stat(path)
	for _, source := range sources {
		place := localPath(source)
		if place == "" {
			continue
		}
		info, err := os.Stat(place)
		if err != nil {
			continue // there is nothing to destroy
		}
		if target != nil && os.SameFile(info, target) {
			return wrong("%s %s is the source itself: name another file", flag, path)
		}
		for dir := resolved(path); info.IsDir() && dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
			if in, err := os.Stat(filepath.Dir(dir)); err == nil && os.SameFile(in, info) {
				return wrong("%s %s lies inside the source %s: name a place outside of it", flag, path, source)
			}
		}
	}
	return nil
}

// localPath is the path of a source that is a file or a folder, "" for others.
func localPath(source string) string {
	scheme, rest, ok := strings.Cut(source, ":")
	switch {
	case source == "-":
		return ""
	case exists(source) || !ok:
		return source
	case scheme == "sqlite":
		return strings.TrimPrefix(rest, "//")
	case scheme == "file":
		if u, err := url.Parse(source); err == nil {
			return u.Path
		}
	}
	return ""
}

// resolved is a path without links, of which the last name need not exist.
func resolved(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	if dir, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
		return filepath.Join(dir, filepath.Base(path))
	}
	return path
}

// An output is a file that gets its name only when it is whole: until then it lies beside, for its owner's eyes.
type output struct {
	faithful
	path string // as people call it
	to   string // without links; "" for devices and pipes, which are written to as they are
	file *os.File
}

func newOutput(path string) (*output, error) {
	o := &output{path: path, to: resolved(path)}
	var err error
	if info, failed := os.Stat(path); failed == nil && !info.Mode().IsRegular() {
		o.to = ""
		o.file, err = os.OpenFile(path, os.O_WRONLY, 0)
	} else {
		o.file, err = os.CreateTemp(filepath.Dir(o.to), "."+filepath.Base(o.to)+".*.partial") // mode 0600
	}
	if err != nil {
		return nil, pipeline.Sanitize(path, err)
	}
	o.w = o.file
	return o, nil
}

// finish gives the file its name if keep is set and all was written, and removes it otherwise.
func (o *output) finish(keep bool) error {
	err := o.err
	if o.to == "" {
		err = cmp.Or(err, o.file.Close())
	} else {
		if err == nil && keep {
			err = o.file.Sync()
		}
		err = cmp.Or(err, o.file.Close())
		if err == nil && keep {
			err = os.Rename(o.file.Name(), o.to)
		}
		if err != nil || !keep {
			os.Remove(o.file.Name()) //nolint:errcheck // the first error is the one to tell
		}
	}
	if err != nil {
		return pipeline.Sanitize(o.path, err)
	}
	return nil
}

var _ io.Writer = (*output)(nil)
