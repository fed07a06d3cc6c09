package main

import (
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"golang.org/x/term"

	"bezlik/pipeline"
)

// progress shows how far a scan is, on a terminal only. The function it returns wipes the line.
func (a *app) progress(s *pipeline.Scan) func() {
	show, done := a.meter()
	s.Progress = show
	return done
}

// meter returns a progress line: what to call with bytes as they are read, and what to call at the end.
func (a *app) meter() (show func(object string, bytes int64), done func()) {
	f, ok := a.err.(*os.File)
	if a.quiet || !ok || !term.IsTerminal(int(f.Fd())) {
		return nil, func() {}
	}
	var mu sync.Mutex
	var total int64
	start, last := time.Now(), time.Time{}
	show = func(object string, bytes int64) {
		mu.Lock()
		defer mu.Unlock()
		total += bytes
		if time.Since(last) < 200*time.Millisecond {
			return
		}
		last = time.Now()
		mb := float64(total) / 1e6
		fmt.Fprintf(f, "\r\x1b[K%.0f MB, %.0f MB/s, %s", mb, mb/time.Since(start).Seconds(), printable(object))
	}
	return show, func() { fmt.Fprint(f, "\r\x1b[K") }
}

// display is how a source is named to people: without a password.
func display(source string) string {
	if !strings.Contains(source, "://") {
		return source
	}
	u, err := url.Parse(source)
	if err != nil {
		scheme, _, _ := strings.Cut(source, "://")
		return scheme + "://…"
	}
	q := u.Query()
	if q.Has("password") {
		q.Set("password", "xxxxx")
		u.RawQuery = q.Encode()
	}
	return u.Redacted()
}
