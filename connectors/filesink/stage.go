// Package filesink writes files in a place apart and publishes them whole: a stage beside the target folder
// is filled, checked and synced, and one rename makes it the target. Killed at any moment it leaves either
// nothing under the target's name or all of it.
package filesink

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"

	"bezlik/connectors"
)

// Manifest is the name of the file that makes a folder an export.
const Manifest = "manifest.json"

// Schema is what our manifests say they are.
const Schema = "export-manifest/v1"

// A Stage is the place apart: the folder ".NAME.partial" beside the target. What will be the target lies in a
// folder in it, unfinished files in another, so that no file's name can be taken for that of a piece. It is used
// by one goroutine, but for the creating of pieces.
//
// A target that is a symbolic link is followed: the export takes the place of the folder that the link leads to,
// is staged beside that one, on its disk, and the link stays.
type Stage struct {
	target    string // absolute, no link
	shown     string // as the user named it
	dir       string
	lock      *os.File
	created   atomic.Int64
	published bool
	notes     []connectors.Problem
}

// NewStage prepares the stage of a target folder, which may not exist yet, be empty, or hold an earlier
// export. What a killed run has left of the stage is removed.
func NewStage(target string) (*Stage, error) {
	s := &Stage{shown: target}
	var err error
	if s.target, err = s.resolve(); err != nil {
		return nil, err
	}
	parent, name := filepath.Split(s.target)
	s.dir = filepath.Join(parent, "."+name+".partial")
	if err := s.replaceable(s.target); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(parent, 0o700); err != nil {
		return nil, err
	}
	if err := s.hold(); err != nil {
		return nil, err
	}
	if err := s.prepare(); err != nil {
		return nil, errors.Join(err, s.Discard())
	}
	return s, nil
}

// resolve says where the target is.
func (s *Stage) resolve() (string, error) {
	target, err := filepath.Abs(s.shown)
	if err != nil {
		return "", err
	}
	if info, err := os.Lstat(target); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		if target, err = filepath.EvalSymlinks(target); err != nil {
			return "", &connectors.Problem{Object: s.shown, Kind: "bad_target", Message: "this is a symbolic link that leads nowhere",
				Hint: "make the folder it should lead to, or name another one"}
		}
	}
	if filepath.Dir(target) == target {
		return "", &connectors.Problem{Object: s.shown, Kind: "bad_target", Message: "an export cannot take the place of the root folder", Hint: "name a folder in it"}
	}
	return target, nil
}

// hold makes the stage's folder and locks it. One that is there and held by nobody is what a killed run has left.
func (s *Stage) hold() error {
	if err := os.Mkdir(s.dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	info, err := os.Lstat(s.dir)
	if err == nil && !info.IsDir() {
		return &connectors.Problem{Object: s.shown, Kind: "bad_target", Message: "something that is no folder stands where the stage of this export should be: " + filepath.Base(s.dir),
			Hint: "remove it, or choose another folder"}
	}
	if err == nil {
		s.lock, err = lock(s.dir)
	}
	if err == nil {
		// Another run may have removed the folder, and a third have made it anew, before it was locked.
		var held, now fs.FileInfo
		held, err = s.lock.Stat()
		if err == nil {
			now, err = os.Lstat(s.dir)
		}
		if err == nil && os.SameFile(held, now) {
			return nil
		}
		s.lock.Close()
		s.lock = nil
	}
	if errors.Is(err, fs.ErrPermission) {
		return err
	}
	return &connectors.Problem{Object: s.shown, Kind: "in_use", Message: "another run is writing this export", Hint: "wait for it to end, or choose another folder"}
}

// prepare empties the stage and finishes what a killed run has begun.
func (s *Stage) prepare() error {
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if err := os.RemoveAll(filepath.Join(s.dir, e.Name())); err != nil {
			return err
		}
	}
	if err := os.Chmod(s.dir, 0o700); err != nil { // whoever made it, nobody else writes into it
		return err
	}
	if _, err := os.Stat(s.target); errors.Is(err, fs.ErrNotExist) { // killed between the two renames of Publish
		if err := ignoreMissing(os.Rename(s.old(), s.target)); err != nil {
			return err
		}
	}
	if err := os.RemoveAll(s.old()); err != nil {
		return err
	}
	return errors.Join(os.Mkdir(s.Dir(), 0o700), os.Mkdir(s.pieces(), 0o700))
}

// replaceable says whether publishing may put a folder in the place of dir: it holds nothing, or nothing but an
// export of ours. A file that the export's manifest does not list is somebody's.
func (s *Stage) replaceable(dir string) error {
	problem := &connectors.Problem{Object: s.shown, Kind: "target_in_use", Message: "the folder holds files that are no export of ours",
		Hint: "name a folder that does not exist yet"}
	info, err := os.Lstat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.IsDir():
		problem.Message = "something that is no folder has this name"
		return problem
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) == 0 {
		return err
	}
	names, ok := listed(filepath.Join(dir, Manifest))
	if !ok {
		return problem
	}
	files, folders := map[string]bool{Manifest: true}, map[string]bool{".": true}
	for _, name := range names {
		files[name] = true
		for d := path.Dir(name); d != "." && d != "/"; d = path.Dir(d) {
			folders[d] = true
		}
	}
	return filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, p)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		if d.IsDir() && folders[name] || d.Type().IsRegular() && files[name] {
			return nil
		}
		problem.Message = fmt.Sprintf("the folder holds an earlier export and something else, which would be lost: %q", name)
		problem.Hint = "move it away, or name a folder that does not exist yet"
		return problem
	})
}

// listed returns the names of the files that a manifest lists. ok says that it is one of ours.
func listed(manifest string) (names []string, ok bool) {
	if info, err := os.Lstat(manifest); err != nil || !info.Mode().IsRegular() || info.Size() > 64<<20 {
		return nil, false
	}
	b, err := os.ReadFile(manifest)
	if err != nil {
		return nil, false
	}
	var m struct {
		Schema                             string
		Policy, Export, Recipient, Purpose string
		Files                              []struct {
			Name    string
			Rows    int64
			Columns []string
			Bytes   int64
			SHA256  string
		}
	}
	d := json.NewDecoder(strings.NewReader(string(b)))
	d.DisallowUnknownFields()
	if d.Decode(&m) != nil || m.Schema != Schema {
		return nil, false
	}
	if _, err := d.Token(); err != io.EOF { //nolint:errorlint // Token returns it bare
		return nil, false
	}
	for _, f := range m.Files {
		names = append(names, f.Name)
	}
	return names, true
}

// Path is where a staged file lies.
func (s *Stage) Path(name string) string { return filepath.Join(s.Dir(), name) }

// Dir is the folder of the staged files.
func (s *Stage) Dir() string { return filepath.Join(s.dir, "files") }

func (s *Stage) pieces() string { return filepath.Join(s.dir, "pieces") }

// piece begins an unfinished file. It is safe to call concurrently. The file is new and no link: nobody else may
// write into the folder it is in.
func (s *Stage) piece() (*os.File, error) {
	name := filepath.Join(s.pieces(), strconv.FormatInt(s.created.Add(1), 10))
	return os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
}

// finish gives a piece its name.
func (s *Stage) finish(piece, name string) error {
	if !filepath.IsLocal(name) {
		return &connectors.Problem{Object: name, Kind: "bad_name", Message: "this name would leave the target folder"}
	}
	if err := os.MkdirAll(filepath.Dir(s.Path(name)), 0o700); err != nil {
		return err
	}
	return os.Rename(piece, s.Path(name))
}

// Join puts files together under one name, in order, syncs it and removes the pieces.
func (s *Stage) Join(name string, head []byte, pieces []string) error {
	if len(pieces) == 1 && len(head) == 0 {
		if err := syncPath(pieces[0]); err != nil {
			return err
		}
		return s.finish(pieces[0], name)
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
	f, err := s.piece()
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
	if err == nil {
		err = s.finish(f.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// Files lists the staged files by name, sorted.
func (s *Stage) Files() ([]string, error) {
	var names []string
	err := filepath.WalkDir(s.Dir(), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(s.Dir(), path)
		names = append(names, filepath.ToSlash(name))
		return err
	})
	return names, err
}

// Publish makes the stage the target. An earlier export there is put aside first and removed last. Once the new
// one stands, what goes wrong is a note: Publish has done what it is for.
func (s *Stage) Publish() error {
	if s.published {
		return nil
	}
	if s.lock == nil {
		return errors.New("the stage was discarded")
	}
	if left, err := os.ReadDir(s.pieces()); err != nil || len(left) > 0 {
		return errors.Join(err, errors.New("an unfinished file is left in the stage"))
	}
	if err := syncTree(s.Dir()); err != nil {
		return err
	}
	if err := s.replaceable(s.target); err != nil {
		return err
	}
	err := os.Rename(s.target, s.old())
	if err == nil {
		err = s.replaceable(s.old()) // somebody may have put a file there meanwhile; now nobody can
	}
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		err = os.Rename(s.Dir(), s.target)
	}
	if err != nil {
		return errors.Join(err, ignoreMissing(os.Rename(s.old(), s.target)))
	}
	s.published = true
	note := func(err error, kind, message, hint string) {
		if err != nil {
			s.notes = append(s.notes, connectors.Problem{Object: s.shown, Kind: kind, Message: message, Hint: hint})
		}
	}
	note(syncPath(filepath.Dir(s.target)), "not_synced", "the export is published, but the disk did not say that it is safe against a power cut", "check the disk")
	note(os.RemoveAll(s.old()), "left_behind", "the export is published, but the earlier one could not be removed: "+filepath.Base(s.old()), "remove it by hand: it holds data")
	note(os.RemoveAll(s.dir), "left_behind", "the export is published, but its stage could not be removed: "+filepath.Base(s.dir), "remove it by hand")
	return nil
}

// Notes say what went wrong after the export was published.
func (s *Stage) Notes() []connectors.Problem { return s.notes }

// Discard removes what was staged and lets go of the stage. After Publish there is nothing to remove: what has the
// stage's name now is another run's.
func (s *Stage) Discard() error {
	if s.lock == nil {
		return nil
	}
	var err error
	if !s.published {
		err = os.RemoveAll(s.dir)
	}
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

// syncTree syncs files first, then the folders that name them, the outermost last.
func syncTree(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		if e.IsDir() {
			err = syncTree(path)
		} else {
			err = syncPath(path)
		}
		if err != nil {
			return err
		}
	}
	return syncPath(dir)
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
