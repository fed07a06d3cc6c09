package detectors

import (
	"bytes"
	"slices"
	"strings"
)

// Cookie is the identifier of a browser or of a session that a site keeps in a cookie: those of Yandex.Metrica and
// Google Analytics, and session numbers. The name of the cookie has to stand before it.
var Cookie = declare(Detector{
	Kind:   "cookie",
	Class:  Technical,
	Doc:    Doc{RU: "идентификатор cookie или сессии", EN: "cookie or session identifier"},
	Prefix: "куки",
	Cues:   slices.Concat(counterNames, sessionNames, halfNames),
	Names: []string{"куки", "ид_сессии", "идентификатор_сессии", "cookie", "cookies", "cookie_id", "cookieid", "cookie_value", "ym_uid", "ymuid",
		"yandexuid", "yandex_uid", "yandex_client_id", "ya_client_id", "metrika_client_id", "metrica_client_id", "ym_client_id", "ga_client_id",
		"ga_cid", "google_client_id", "yclid", "gclid", "fbclid", "fbp", "session", "session_id", "sessionid", "session_key", "sess_id", "sid",
		"phpsessid", "jsessionid", "visitor_id", "visitorid", "browser_id", "анонимный_ид", "anonymous_id", "kuki"},
	Find:  findCookie,
	Reach: 256,
	Fits: func(value []byte) bool {
		return isUUID(value) || cookieForm(value) >= counterCookie || cookieForm(value) == sessionCookie && lookOf(value).turns >= 4
	},
	Good: []string{
		"_ym_uid=1712345678901234567",
		"Cookie: _ga=GA1.2.1033501218.1712345678",
		"yandexuid=4815162341712345678",
		"Set-Cookie: PHPSESSID=q8v2k1m0f7d3h5j9l4n6p2r1t0; path=/",
		`"session_id": "f3a9c1d7e5b24680a1c3e5f7092b4d6e"`,
		"ClientID: 1712345678123456789",
		"JSESSIONID=5E7F0A1B2C3D4E5F60718293A4B5C6D7.node1",
	},
	Bad: []string{
		"session_id=12",
		"session started at 10:15",
		"PHPSESSID=; path=/",
		"ClientID: 1024",
		"request_id=f3a9c1d7e5b24680a1c3e5f7092b4d6e",
		"_ga=${GA}",
		"session_id = get_session()",
		"GA 2024 отчёт",
	},
})

func findCookie(dst []Finding, t *Text) []Finding {
	a := t.Arena
	for _, c := range t.Cues(t.current) {
		i, ok := cookieName(a, c)
		if !ok {
			continue
		}
		for range 4 { // «ClientID пользователя в Метрике …»: some words may stand between
			f, found := cookieAt(t, i, int(c.Word) < len(counterNames) || equalFold(a[c.Start:c.End], "client"))
			if found {
				dst = append(dst, f)
			}
			i = skipBlanks(a, i)
			if found || !cyrillicAt(a, i) {
				break
			}
			i, _ = wordAfter(a, i)
		}
	}
	return dst
}

// cookieAt reads the value that belongs to a name which ends at i; counter says that the name is a counter's.
func cookieAt(t *Text, i int, counter bool) (f Finding, ok bool) {
	a := t.Arena
	v, ok := valueAfter(a, i)
	if !ok || v.key {
		return f, false
	}
	value := a[v.start:v.end]
	if i := bytes.IndexByte(value, '%'); i > 20 {
		value = value[:i] // signed: the rest is a signature
	}
	switch cookieForm(value) {
	case noCookie:
		return f, false
	case sessionCookie:
		if counter || v.link != signLink || value[0] == 'S' && value[1] == '-' || IsToken(value) { // S-1-5-… of Windows
			return f, false
		}
	}
	return t.findingOf(v.start, v.start+len(value), 90, Keyword), true
}

// cookieName is the end of the name that a cue belongs to: _ym_uid, connect.sid, session_id, ClientID.
func cookieName(a []byte, c Cue) (i int, ok bool) {
	b := a[c.Start-1]
	switch n := int(c.Word); {
	case n >= len(counterNames)+len(sessionNames):
	case c.End-c.Start < 4 && n < len(counterNames):
		ok = b == '_' // _ga, _fbp
	case c.End-c.Start < 4:
		return int(c.End), b == '.' || b == ' ' || b == '_' || b == ';' || b == '"' // connect.sid
	default:
		ok = true
	}
	for i = int(c.End); !ok || a[i] == '_'; {
		from, e, joined := partAt(a, i, false)
		if !joined || !cookieTails.has(a[from:e]) {
			return i, ok && a[i] != '_'
		}
		i, ok = e, true
	}
	return i, ok
}

// The cues of Cookie: names of counters' cookies, names of sessions, and words that are a name with another one.
var (
	counterNames = strings.Fields("ym ymuid ymclid yclid ga gid fbp fbc tmr yandexuid yuidss clientid cookieid visitorid")
	sessionNames = strings.Fields("sid sessid sessionid phpsessid jsessionid aspxauth aspsessionid*")
	halfNames    = strings.Fields("session client visitor yandex laravel")
)

var cookieTails = newVocabulary("uid ua id key session client clientid lvid aw au token login cookie")

// A cookieKind is the form of a cookie's value.
type cookieKind uint8

const (
	noCookie      cookieKind = iota
	sessionCookie            // letters and digits at random
	counterCookie            // of Metrica, Analytics and their like
)

func cookieForm(v []byte) cookieKind {
	n := len(v)
	if n < 15 || n > 256 {
		return noCookie
	}
	if allDigits(v) {
		if n <= 21 && !trivial(v) {
			return counterCookie // seconds and a random number
		}
		return noCookie
	}
	l := lookOf(v)
	if l.cyrillic > 0 || l.digits < 2 {
		return noCookie
	}
	if v[0] == 'G' && v[1] == 'A' || v[0] == 'f' && v[1] == 'b' && v[2] == '.' || l.letters() == 0 && bytes.Count(v, []byte(".")) == 1 {
		for i, b := range v {
			if i > 2 && b != '.' && b-'0' > 9 && v[0] != 'f' {
				return noCookie
			}
		}
		return counterCookie // GA1.2.number.seconds, number.seconds
	}
	for _, b := range v {
		if !inName(b) && b != '-' && b != '.' && b != ',' && b != '%' && b != ':' {
			return noCookie
		}
	}
	if l.letters() >= 2 && l.turns >= 4 && n >= 16 {
		return sessionCookie
	}
	return noCookie
}
