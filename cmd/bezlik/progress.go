package main

import (
	"fmt"
	"net/url"
	"os"
	"regexp"
	"strconv"
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
		fmt.Fprintf(f, a.say("\r\x1b[K%.0f МБ, %.0f МБ/с, %s", "\r\x1b[K%.0f MB, %.0f MB/s, %s"), mb, mb/time.Since(start).Seconds(), printable(object))
	}
	return show, func() { fmt.Fprint(f, "\r\x1b[K") }
}

// display is how a source is named to people: without a password. A mistyped address must not show one either, and a
// password with an @, /, ? or # in it makes any address look like another one; in doubt nothing is shown.
func display(source string) string {
	if exists(source) {
		return source
	}
	scheme, rest, ok := strings.Cut(source, "://")
	if !ok {
		source = givenPassword.ReplaceAllString(source, "${1}…")
		if colon, at := strings.IndexByte(source, ':'), strings.LastIndexByte(source, '@'); colon >= 0 && colon < at {
			return source[:colon+1] + "…" + source[at:]
		}
		return source
	}
	u, err := url.Parse(source)
	authority := rest
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		authority = rest[:i]
	}
	if err != nil || strings.Count(rest, "@") != strings.Count(authority, "@") || strings.Count(rest, "@") > 1 || strings.Contains(rest, "#") {
		return scheme + "://…"
	}
	if u.RawQuery != "" {
		u.RawQuery = "…"
	}
	return u.Redacted()
}

// givenPassword is the password of a connection string of keys and values.
var givenPassword = regexp.MustCompile(`(?i)(password\s*=\s*)('(?:[^'\\]|\\.)*'?|[^\s&]+)`)

// hidePasswords takes the passwords of a command line out of a text about it.
func hidePasswords(text string, args []string) string {
	for _, arg := range args {
		if name, value, ok := strings.Cut(arg, "="); ok && strings.HasPrefix(name, "-") {
			arg = value
		}
		shown := display(arg)
		if shown == arg {
			continue
		}
		quoted := strconv.Quote(arg)
		text = strings.ReplaceAll(text, arg, shown)
		text = strings.ReplaceAll(text, quoted[1:len(quoted)-1], shown)
	}
	return text
}
