// Package filesink writes files in a place apart and publishes them whole: a stage beside the target folder
// is filled, checked and synced, and one rename makes it the target. Killed at any moment it leaves either
// nothing under the target's name or all of it.
package filesink

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"bezlik/connectors"
)

// Manifest is the name of the file that makes a folder an export; a folder without it is never replaced.
const Manifest = "manifest.json"

// A Stage is the place apart: the folder ".NAME.partial" beside the target. It holds whole files only between
// Seal and Publish. It is used by one goroutine, but for Create.
type Stage struct {
	target string
	dir    string
	lock   *os.File
}

// NewStage prepares the stage of a target folder, which may not exist yet, be empty, or hold an earlier
// export. What a killed run has left of the stage is removed.
func NewStage(target string) (*Stage, error) {
	target = filepath.Clean(target)
	parent, name := filepath.Split(target)
	s := &Stage{target: target, dir: filepath.Join(parent, "."+name+".partial")}
	if err := replaceable(target); err != nil {
		return nil, err
	}
	if held, err := lock(s.dir); err == nil { // what a killed run has left
		err = os.RemoveAll(s.dir)
		held.Close()
		if err != nil {
			return nil, err
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, &connectors.Problem{Object: target, Kind: "in_use", Message: "another run is writing this export", Hint: "wait for it to end, or choose another folder"}
	}
	if _, err := os.Stat(target); errors.Is(err, fs.ErrNotExist) { // killed between the two renames of Publish
		if err := ignoreMissing(os.Rename(s.old(), target)); err != nil {
			return nil, err
		}
	}
	if err := os.RemoveAll(s.old()); err != nil {
		return nil, err
	}
	if parent != "" {
		if err := os.MkdirAll(parent, 0o700); err != nil {
			return nil, err
		}
	}
	if err := os.Mkdir(s.dir, 0o700); err != nil {
		return nil, err
	}
	var err error
	s.lock, err = lock(s.dir)
	return s, err
}

// replaceable says whether publishing may put a folder in the target's place.
func replaceable(target string) error {
	entries, err := os.ReadDir(target)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	}
	for _, e := range entries {
		if e.Name() == Manifest {
			return nil
		}
	}
	if len(entries) > 0 {
		return &connectors.Problem{Object: target, Kind: "target_in_use", Message: "the folder holds files that are no export of ours",
			Hint: "name a folder that does not exist yet"}
	}
	return nil
}

// Path is where a staged file lies.
func (s *Stage) Path(name string) string { return filepath.Join(s.dir, name) }

// Dir is the stage's folder.
func (s *Stage) Dir() string { return s.dir }

// Create begins a staged file; names may contain slashes. It is safe to call concurrently.
func (s *Stage) Create(name string) (*os.File, error) {
	if !filepath.IsLocal(name) {
		return nil, &connectors.Problem{Object: name, Kind: "bad_name", Message: "this name would leave the target folder"}
	}
	path := s.Path(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	return os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
}

// Join puts files together under one name, in order, syncs it and removes the pieces.
func (s *Stage) Join(name string, head []byte, pieces []string) error {
	if len(pieces) == 1 && len(head) == 0 {
		if err := syncPath(pieces[0]); err != nil {
			return err
		}
		return os.Rename(pieces[0], s.Path(name))
	}
	return s.Replace(name, func(w io.Writer) error {
		if _, err := w.Write(head); err != nil {
			return err
		}
		for _, p := range pieces {
			if err := appendFile(w, p); err != nil {
				return err
			}
			if err := os.Remove(p); err != nil {
				return err
			}
		}
		return nil
	})
}

// Put writes a staged file.
func (s *Stage) Put(name string, data []byte) error {
	return s.Replace(name, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// Replace writes a staged file anew: write may read the one it replaces.
func (s *Stage) Replace(name string, write func(io.Writer) error) error {
	f, err := s.Create(name + ".new")
	if err != nil {
		return err
	}
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return errors.Join(err, os.Remove(s.Path(name+".new")))
	}
	return os.Rename(s.Path(name+".new"), s.Path(name))
}

// Files lists the staged files by name, sorted.
func (s *Stage) Files() ([]string, error) {
	var names []string
	err := filepath.WalkDir(s.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(s.dir, path)
		names = append(names, filepath.ToSlash(name))
		return err
	})
	return names, err
}

// Publish makes the stage the target. An earlier export there is put aside first and removed last.
func (s *Stage) Publish() error {
	err := filepath.WalkDir(s.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if !d.IsDir() && (strings.HasSuffix(path, ".new") || strings.HasSuffix(path, pieceSuffix)) {
			return fmt.Errorf("an unfinished file is left in the stage")
		}
		return syncPath(path)
	})
	if err != nil {
		return err
	}
	if err := replaceable(s.target); err != nil {
		return err
	}
	err = os.Rename(s.target, s.old())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(s.dir, s.target); err != nil {
		return errors.Join(err, ignoreMissing(os.Rename(s.old(), s.target)))
	}
	if err := syncPath(filepath.Dir(s.target)); err != nil {
		return err
	}
	return os.RemoveAll(s.old())
}

// Discard removes what was staged and lets go of the stage. After Publish nothing is left to remove.
func (s *Stage) Discard() error {
	if s.lock == nil {
		return nil
	}
	err := os.RemoveAll(s.dir)
	s.lock.Close()
	s.lock = nil
	return err
}

func (s *Stage) old() string { return strings.TrimSuffix(s.dir, ".partial") + ".replaced" }

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func appendFile(w io.Writer, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(w, f)
	return err
}

// syncPath syncs a file or a folder.
func syncPath(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}
