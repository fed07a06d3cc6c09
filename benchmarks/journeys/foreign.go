package main

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/version"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"time"
)

// foreigners are programs of other projects, at the version that is measured. They are built by the Go that built us,
// outside our module.
var foreigners = map[string]struct{ Module, Version string }{
	"pdscan":   {Module: "github.com/ankane/pdscan", Version: "8e12133"},
	"gitleaks": {Module: "github.com/zricethezav/gitleaks/v8", Version: "v8.30.1"},
}

// peerMissing says why a peer could not be had. Its goals are then not reached, but the others are measured.
type peerMissing struct {
	name string
	err  error
}

// Error leaves out where the peer was looked for: results are read elsewhere.
func (p *peerMissing) Error() string {
	return p.name + " is not there: " + address.ReplaceAllString(p.err.Error(), "the module proxy")
}

var address = regexp.MustCompile(`https?://[^\s:]+(:\d+)?[^\s:]*`)

func (p *peerMissing) Unwrap() error { return p.err }

// foreign builds a program of another project.
func (d *data) foreign(name string) (string, error) {
	if d.o.quick {
		return "", &peerMissing{name: name, err: errors.New("a quick run builds no programs of others")}
	}
	f := foreigners[name]
	fmt.Fprintf(d.log, "building %s %s\n", name, f.Version)
	p, err := buildForeign(filepath.Join(d.o.dir, "foreign"), name, f.Module, f.Version)
	if err != nil {
		return "", &peerMissing{name: name, err: err}
	}
	return p, nil
}

// buildForeign builds a copy of a module's root package. A module that asks for a newer Go than ours gets ours: go
// install would refuse it. So does go mod download, but after it has fetched and verified the module.
func buildForeign(dir, name, module, revision string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	src, program := filepath.Join(dir, name+".src"), filepath.Join(dir, name)
	if err := errors.Join(os.RemoveAll(src), os.RemoveAll(program), os.MkdirAll(dir, 0o755)); err != nil {
		return "", err
	}
	out, err := goIn(ctx, os.TempDir(), "mod", "download", "-json", module+"@"+revision)
	var got struct{ Version, Zip, Error string }
	if e := json.Unmarshal(out, &got); e != nil || got.Zip == "" {
		if got.Error != "" {
			err = errors.New(strings.Join(strings.Fields(got.Error), " "))
		}
		return "", errors.Join(err, e)
	}
	if err := unzip(got.Zip, module+"@"+got.Version, src); err != nil {
		return "", err
	}
	if out, err = goIn(ctx, src, "mod", "edit", "-json"); err != nil {
		return "", err
	}
	var mod struct{ Go string }
	if err := json.Unmarshal(out, &mod); err != nil {
		return "", err
	}
	ours := runtime.Version()
	if version.Compare("go"+mod.Go, ours) > 0 {
		if _, err := goIn(ctx, src, "mod", "edit", "-go="+strings.TrimPrefix(version.Lang(ours), "go"), "-toolchain=none"); err != nil {
			return "", err
		}
	}
	_, err = goIn(ctx, src, "build", "-trimpath", "-o", program, ".")
	return program, errors.Join(err, os.RemoveAll(src))
}

// unzip copies a folder of an archive.
func unzip(archive, folder, to string) error {
	z, err := zip.OpenReader(archive)
	if err != nil {
		return err
	}
	defer z.Close()
	in, err := fs.Sub(z, folder)
	if err != nil {
		return err
	}
	return os.CopyFS(to, in)
}

// goIn runs the go command in a folder, without workspaces and without fetching another Go.
func goIn(ctx context.Context, dir string, args ...string) ([]byte, error) {
	c := exec.CommandContext(ctx, "go", args...)
	c.Dir, c.Env = dir, append(os.Environ(), "GOWORK=off", "GOTOOLCHAIN=local")
	out, err := c.Output()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		s := strings.TrimSpace(string(failed.Stderr))
		err = fmt.Errorf("go %s: %w: %s", args[0], err, s[max(0, len(s)-500):])
	}
	return out, err
}
