package detectors

import "bytes"

// tokenAt reads the token or key that belongs to a word for it at start to end; key says that the word names a key of
// any kind, so that what stands before has to tell which.
func tokenAt(t *Text, start, end int, key bool) (f Finding, ok bool) {
	a := t.Arena
	russian := a[start] >= 0x80
	i := end
	for {
		from, e, ok := partAt(a, i, false)
		if !ok {
			break
		}
		if !keyTails.has(a[from:e]) {
			return f, false
		}
		i = e
	}
	v, ok := passwordValue(a, i, !russian)
	if !ok || v.key {
		return f, false
	}
	owner := a[start:start] // the word that is put together with this one
	if b := a[start-1]; b == '_' || b == '-' || b == ' ' && russian {
		begin, letters := wordBefore(a, start-1)
		if letters > 0 && begin < start-1 {
			owner = a[begin : start-1]
		}
	} else if endsLetter(a, start) {
		begin, _ := wordBefore(a, start)
		owner = a[begin:start]
	}
	n, known := 0, false
	if len(owner) > 0 {
		n, known = keyOwners.find(owner)
	}
	if known && n >= ownersOfNothing || key && !known && !russian {
		return f, false
	}
	value := a[v.start:v.end]
	least := 16
	if known || key {
		least = 12
	}
	score := randomScore(a, v, least)
	if score == 0 || IsToken(value) {
		return f, false
	}
	return t.findingOf(v.start, v.end, score, Keyword), true
}

// keyOwners are words that make a secret of a key or token, and behind "page" those that make something else of it.
var (
	keyOwners = newVocabulary(`api апи secret секретн* access private приватн* encryption signing auth master client app consumer service bot webhook ssh jwt oauth
		refresh bearer user account dadata integration
		page csrf xsrf cancellation continuation sync push device fcm apns gcm next prev previous max eos bos pad unk registration cache primary foreign
		sort partition public публичн* открыт* hash object routing idempotency row`)
	ownersOfNothing = func() int { n, _ := keyOwners.find([]byte("page")); return n }()
	keyTails        = newVocabulary("key token value secret access")
)

// randomScore judges whether a value is put together at random, as keys are: 0 if it is not, or shorter than least.
func randomScore(a []byte, v keyed, least int) uint8 {
	value := a[v.start:v.end]
	l := lookOf(value)
	n := len(value)
	if l.cyrillic > 0 || n > 512 || placeholder(value) || !v.quoted && expression(value, l) || located(a, v.start, v.end) {
		return 0
	}
	for _, b := range value {
		if !inName(b) && bytes.IndexByte([]byte("-+/=.:~"), b) < 0 {
			return 0
		}
	}
	if l.digits < 2 || l.letters() < 3 || namesKey(value) {
		return 0
	}
	random := l.turns >= 5 && (6*l.digits >= n || l.lower > 0 && l.upper > 1 && 3*l.turns >= n)
	switch {
	case random && n >= max(least, 20):
		return 92
	case random && n >= least:
		return 86
	case least < 16 && n >= 8 && l.turns >= 2 && l.marks == 0 && v.link == signLink && (v.tight || v.quoted):
		return 82
	}
	return 0
}

// namesKey says whether a value ends with a word for a secret, as names in programs do: testRSA2048PrivateKey.
func namesKey(value []byte) bool {
	e := len(value)
	for e > 0 && value[e-1]-'0' <= 9 {
		e--
	}
	if e == 0 || !endsLetter(value, e) {
		return false
	}
	begin, letters := wordBefore(value, e)
	return letters >= 3 && sayNothing.has(value[begin:e])
}

// schemeAt reads what stands behind Bearer, or in a header Authorization behind its scheme.
func schemeAt(t *Text, start, end int) (f Finding, ok bool) {
	a := t.Arena
	v, ok := valueAfter(a, end)
	if !ok {
		return f, false
	}
	i, least := v.start, 16
	if a[start]|0x20 == 'a' { // authorization
		e, letters := wordAfter(a, i)
		if letters > 0 && a[e] == ' ' && schemes.has(a[i:e]) {
			if foldAt(a, i, "bearer") {
				return f, false // a cue of its own
			}
			if foldAt(a, i, "basic") {
				least = 8
			}
			i = skipBlanks(a, e)
		} else if v.link != signLink {
			return f, false
		}
	}
	to := i
	for inName(a[to]) || a[to] == '-' || a[to] == '.' || a[to] == '+' || a[to] == '/' || a[to] == '=' || a[to] == '~' {
		to++
	}
	for to > i && a[to-1] == '.' {
		to--
	}
	value := a[i:to]
	l := lookOf(value)
	if a[to] == '(' || a[to] == '[' || len(value) < least || l.digits == 0 && (l.upper < 2 || l.turns < 5) || l.turns < 3 || placeholder(value) {
		return f, false
	}
	return t.findingOf(i, to, 94, Keyword), true
}

var schemes = newVocabulary("basic bearer token oauth apikey digest negotiate iam")

// prefixedAt reads a token whose issuer gives it a prefix, of which the word at start to end is the begin.
func prefixedAt(t *Text, start, end int) (f Finding, ok bool) {
	a := t.Arena
	if b := a[start-1]; inName(b) && b != '_' || b == '-' || b == '.' {
		return f, false
	}
	to := tokenEnd(a, start)
	value := a[start:to]
	l := lookOf(value)
	n := len(value)
	rest := func(mark string) bool { return hasAt(a, end, mark) }
	switch word := a[start:end]; {
	case hasAt(a, start, "AKIA"), hasAt(a, start, "ASIA"):
		ok = n == 20 && l.lower == 0 && l.marks == 0 && l.digits > 0
	case hasAt(a, start, "AIza"):
		ok = n == 39 && l.digits > 0
	case hasAt(a, start, "AQVN"):
		ok = n >= 38 && l.digits > 0
	case len(word) == 3 && (word[0] == 'g' && word[1] == 'h' || string(word) == "npm"):
		ok = rest("_") && n >= 40 && l.digits > 0
	case string(word) == "github":
		ok = rest("_pat_") && n >= 33 && l.digits > 0
	case string(word) == "glpat":
		ok = rest("-") && n >= 26 && l.digits > 0
	case len(word) == 4 && string(word[:3]) == "xox":
		ok = rest("-") && n >= 15 && l.digits > 1
	case string(word) == "sk" || string(word) == "rk":
		ok = (rest("_live_") || rest("_test_")) && n >= 18 && l.digits > 0 || rest("-") && n >= 23 && l.digits > 1 && l.upper > 1
	case string(word) == "hf":
		ok = rest("_") && n >= 33 && l.digits > 0
	case string(word) == "dop":
		ok = rest("_v1_") && n >= 71
	case string(word) == "shpat":
		ok = rest("_") && n >= 38 && l.digits > 0
	case string(word) == "ya" && rest("29."), string(word) == "vk" && rest("1.a."):
		from := to
		if word[0] == 'v' {
			from = end + len("1.a.") - 1
		}
		to = tokenEnd(a, from+1)
		ok = to-from > 30
	}
	if !ok {
		return f, false
	}
	return t.findingOf(start, to, 95, Format), true
}

// tokenEnd is the end of the letters, digits, lines and dashes that begin at i, as far as longestToken.
func tokenEnd(a []byte, i int) int {
	for last := i + longestToken; i < last && (inName(a[i]) || a[i] == '-'); {
		i++
	}
	return i
}

// longestToken is how far a token is read: text may be made of nothing but their prefixes.
const longestToken = 2048

// jwtAt reads a JSON Web Token (RFC 7519) that begins at start: three parts with dots between, the first two of them
// objects in base64url. With an address of a person inside it is the surer.
func jwtAt(t *Text, start int) (f Finding, ok bool) {
	a := t.Arena
	if b := a[start-1]; inName(b) && b != '_' || b == '-' {
		return f, false
	}
	head := tokenEnd(a, start)
	if head-start < 16 || a[head] != '.' || !hasAt(a, head+1, "eyJ") {
		return f, false
	}
	body := tokenEnd(a, head+1)
	if body-head < 12 || a[body] != '.' {
		return f, false
	}
	score := uint8(95)
	if holdsMail(a[head+1 : body]) {
		score = 97
	}
	return t.findingOf(start, tokenEnd(a, body+1), score, Format|Structure), true
}

// holdsMail says whether what a text in base64url stands for holds an e-mail address: letters, an @, letters and a dot.
func holdsMail(s []byte) bool {
	bits, held := uint32(0), 0
	seen := 0 // letters, @, letters behind it
	for _, b := range s {
		v := base64Value[b]
		if v > 63 {
			return false
		}
		bits, held = bits<<6|uint32(v), held+6
		if held < 8 {
			continue
		}
		held -= 8
		switch c := byte(bits >> held); {
		case c == '@':
			if seen == 1 {
				seen = 2
			} else {
				seen = 0
			}
		case c == '.' && seen == 3:
			return true
		case inName(c) || c == '-' || c == '.' || c == '+' || c >= 0x80:
			if seen == 0 || seen == 2 {
				seen++
			}
		default:
			seen = 0
		}
	}
	return false
}

// base64Value are the values of the letters of base64url (RFC 4648, 5); others are 64.
var base64Value = func() (t [256]byte) {
	for i := range t {
		t[i] = 64
	}
	for i, b := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") {
		t[b] = byte(i)
	}
	return t
}()
