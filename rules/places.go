package rules

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// together says whether target would be stored with source: in the same database or bucket, in the source's
// directory or below it, or in a directory that holds the source.
func together(source, target string) bool {
	s, t := whereIs(source), whereIs(target)
	if s.none || t.none {
		return false
	}
	if s.store != t.store {
		return false
	}
	if s.store != "" { // a database, a bucket
		return true
	}
	return within(t.dir, s.dir) || t.isDir && within(s.dir, t.dir)
}

// beside says whether a file lies in the directory of place, or below it.
func beside(file, place string) bool {
	f, p := whereIs(file), whereIs(place)
	if f.none || p.none || f.store != p.store {
		return false
	}
	return f.store != "" || within(f.dir, p.dir)
}

// A location is where a place is: a store, or a directory of this machine.
type location struct {
	none  bool   // a stream: nowhere
	store string // "postgres://host:5432/base", "s3://bucket"
	dir   string // absolute, links followed
	isDir bool   // the place is the directory itself
}

func whereIs(place string) location {
	if place == "" || place == "-" {
		return location{none: true}
	}
	scheme, rest, ok := strings.Cut(place, ":")
	if ok && len(scheme) > 1 && !strings.ContainsAny(scheme, `/\.`) {
		switch scheme {
		case "file":
			return onDisk(strings.TrimPrefix(rest, "//"))
		case "sqlite":
			path, _, _ := strings.Cut(strings.TrimPrefix(rest, "//"), "?")
			return onDisk(path)
		}
		if strings.HasPrefix(rest, "//") {
			return inStore(place)
		}
	}
	return onDisk(place)
}

var ports = map[string]string{"postgres": "5432", "mysql": "3306", "clickhouse": "9000", "mongodb": "27017"}

// inStore names a store without user and password.
func inStore(place string) location {
	u, err := url.Parse(place)
	if err != nil { // unreadable: the same as any other unreadable place of the scheme
		scheme, _, _ := strings.Cut(place, ":")
		return location{store: scheme}
	}
	scheme := strings.ToLower(u.Scheme)
	if scheme == "postgresql" {
		scheme = "postgres"
	}
	if scheme == "s3" || scheme == "gs" {
		return location{store: scheme + "://" + u.Host}
	}
	host, port, base := strings.ToLower(u.Hostname()), u.Port(), strings.Trim(u.Path, "/")
	q := u.Query()
	if h := q.Get("host"); h != "" {
		host = strings.ToLower(h)
	}
	if p := q.Get("port"); p != "" {
		port = p
	}
	if d := q.Get("dbname"); d != "" {
		base = d
	}
	if host == "" || host == "127.0.0.1" || host == "::1" || strings.HasPrefix(host, "/") {
		host = "localhost"
	}
	if port == "" {
		port = ports[scheme]
	}
	if base == "" && u.User != nil {
		base = u.User.Username()
	}
	return location{store: scheme + "://" + host + ":" + port + "/" + base}
}

func onDisk(place string) location {
	slash := strings.HasSuffix(place, "/") || strings.HasSuffix(place, string(filepath.Separator))
	abs, err := filepath.Abs(place)
	if err != nil {
		abs = filepath.Clean(place)
	}
	real := follow(abs)
	if info, err := os.Stat(real); err == nil {
		slash = info.IsDir()
	} else if filepath.Ext(real) == "" {
		slash = true
	}
	if slash {
		return location{dir: real, isDir: true}
	}
	return location{dir: filepath.Dir(real)}
}

// follow resolves links in as much of a path as is there.
func follow(path string) string {
	rest := ""
	for at := path; ; at = filepath.Dir(at) {
		if real, err := filepath.EvalSymlinks(at); err == nil {
			return filepath.Join(real, rest)
		}
		if filepath.Dir(at) == at {
			return path
		}
		rest = filepath.Join(filepath.Base(at), rest)
	}
}

// within says whether dir is outer or lies below it.
func within(dir, outer string) bool {
	rel, err := filepath.Rel(outer, dir)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}
