package detectors

// What stands behind a key or a word for it: password = "…", "пароль: …", device_id=…, тг — ….

// A keyed is such a value. Start and end are of the bare value, without quotes and without what ends the phrase.
type keyed struct {
	start, end int
	link       link
	quoted     bool
	tight      bool // no space stands around the sign
	key        bool // a colon ended it: it is a key itself
}

// A link is what joins a value to its word.
type link uint8

const (
	noLink    link = iota
	spaceLink      // nothing but space
	dashLink       // a dash
	wordLink       // «это», is
	signLink       // a colon, an equals sign, an arrow, the end of a tag
)

// maxKeyed bounds a value in bytes: longer ones are a matter of their own form.
const maxKeyed = 512

// valueAfter reads the value that belongs to a word which ends at i; ok is false where none does.
func valueAfter(a []byte, i int) (v keyed, ok bool) {
	j, closed := closeKey(a, i)
	if closed && a[i-1]-'0' > 9 && a[j] == '>' {
		return v, false // an attribute: name="password">
	}
	k := skipBlanks(a, j)
	v.link, j = linkAt(a, k, k > i)
	switch {
	case v.link == noLink || closed && v.link == spaceLink:
		return v, false
	case v.link == spaceLink && k == i:
		return v, false
	}
	from := j
	j = skipBlanks(a, j)
	v.tight = k == i && j == from && v.link == signLink
	if v.link == signLink && a[from-1] == ':' {
		if n := lineEnd(a, j); n > 0 {
			v, ok = readValue(a, skipBlanks(a, j+n), v)
			v.tight = false
			return v, ok && (v.quoted || lineEnd(a, v.end) > 0 || a[v.end] == 0) // the whole line
		}
	}
	return readValue(a, j, v)
}

// readValue reads the value that begins at j, quoted or bare.
func readValue(a []byte, j int, v keyed) (keyed, bool) {
	closing, n := openQuote(a, j)
	if n > 0 {
		v.start, v.quoted = j+n, true
		for v.end = v.start; v.end-v.start < maxKeyed; v.end++ {
			switch b := a[v.end]; {
			case b == 0 || b == '\n':
				return v, false
			case hasAt(a, v.end, closing):
				return v, v.end > v.start
			}
		}
		return v, false
	}
	v.start = j
	for v.end = j; !mayEnd[a[v.end]] || !ends(a, v.end, v); v.end++ {
		if v.end-v.start == maxKeyed {
			return v, false
		}
	}
	v.trim(a)
	return v, v.end > v.start
}

// mayEnd says of which bytes ends says anything but false.
var mayEnd = func() (t [256]bool) {
	for b := range ' ' + 1 {
		t[b] = true
	}
	for _, b := range []byte("\"`<>;|'\\&,\xC2\xE2") {
		t[b] = true
	}
	return t
}()

// ends says whether a bare value ends in front of i.
func ends(a []byte, i int, v keyed) bool {
	switch b := a[i]; b {
	case '"', '`', '<', '>', ';', '|', '\'', '\\':
		return true
	case '&':
		return v.link == signLink && v.tight
	case ',':
		return v.tight || a[i+1] <= ' '
	case 0xC2: // no-break space, «»
		return a[i+1] == 0xA0 || a[i+1] == 0xAB || a[i+1] == 0xBB
	case 0xE2: // quotes, an ellipsis, dashes
		return a[i+1] == 0x80
	default:
		return b <= ' '
	}
}

// trim takes off what ends a phrase.
func (v *keyed) trim(a []byte) {
	for v.end > v.start {
		switch b := a[v.end-1]; b {
		case '.', ',', '?':
		case ':':
			v.key = true
		case ')', ']', '}':
			open := byte('(')
			if b != ')' {
				open = b - 2
			}
			for _, c := range a[v.start : v.end-1] {
				if c == open {
					return
				}
			}
		default:
			return
		}
		v.end--
	}
}

// closeKey steps over the quotes and brackets that end a key: "password", ['password'], \"password\".
func closeKey(a []byte, i int) (end int, closed bool) {
	if a[i] == '\\' || a[i] == ')' {
		i++
	}
	if a[i] != '"' && a[i] != '\'' && a[i] != '`' {
		return i, false
	}
	i++
	if a[i] == ']' {
		i++
	}
	return i, true
}

// linkAt reads what may stand between a word and its value, from i on; spaced says that a space stands before.
func linkAt(a []byte, i int, spaced bool) (l link, end int) {
	switch b := a[i]; b {
	case ':':
		switch a[i+1] {
		case ':':
			return noLink, i
		case '=':
			return signLink, i + 2
		}
		return signLink, i + 1
	case '=':
		switch a[i+1] {
		case '=', '~':
			return noLink, i // a comparison
		case '>':
			return signLink, i + 2
		}
		return signLink, i + 1
	case '>':
		return signLink, i + 1
	case '-':
		if a[i+1] == '>' {
			return signLink, i + 2
		}
		if a[i+1] == ' ' {
			return dashLink, i + 1
		}
		return noLink, i
	case 0xE2:
		if n := dashAt(a, i); n > 0 {
			return dashLink, i + n
		}
		if hasAt(a, i, "→") {
			return signLink, i + 3
		}
	}
	if !spaced {
		return noLink, i
	}
	for _, w := range [...]string{"это ", "is "} {
		if len(a)-i > len(w) && equalFold(a[i:i+len(w)], w) {
			return wordLink, i + len(w)
		}
	}
	return spaceLink, i
}

// dashAt is the length of the dash at i, a hyphen not among them.
func dashAt(a []byte, i int) int {
	if a[i] == 0xE2 && a[i+1] == 0x80 && a[i+2] >= 0x90 && a[i+2] <= 0x95 {
		return 3
	}
	return 0
}

// openQuote tells what closes the quote at j, and how long the quote is, 0 if there is none.
func openQuote(a []byte, j int) (closing string, n int) {
	switch a[j] {
	case '"':
		return `"`, 1
	case '\'':
		return "'", 1
	case '`':
		return "`", 1
	case '\\':
		if a[j+1] == '"' {
			return `\"`, 2
		}
	case 0xC2:
		if a[j+1] == 0xAB {
			return "»", 2
		}
	case 0xE2:
		if a[j+1] == 0x80 && a[j+2] == 0x9C {
			return "”", 3
		}
		if a[j+1] == 0x80 && a[j+2] == 0x9E {
			return "“", 3
		}
	}
	return "", 0
}

// skipBlanks steps over spaces, tabs and no-break spaces.
func skipBlanks(a []byte, i int) int {
	for {
		switch {
		case a[i] == ' ' || a[i] == '\t':
			i++
		case a[i] == 0xC2 && a[i+1] == 0xA0:
			i += 2
		default:
			return i
		}
	}
}

// lineEnd is the length of the line end at i.
func lineEnd(a []byte, i int) int {
	if a[i] == '\n' {
		return 1
	}
	if a[i] == '\r' && a[i+1] == '\n' {
		return 2
	}
	return 0
}

// hasAt says whether s stands at i.
func hasAt(a []byte, i int, s string) bool { return len(a)-i >= len(s) && string(a[i:i+len(s)]) == s }

// foldAt says whether lower stands at i in any case.
func foldAt(a []byte, i int, lower string) bool {
	return len(a)-i >= len(lower) && equalFold(a[i:i+len(lower)], lower)
}

// closedAt says whether the phrase ends at i: nothing but marks stand before the end of the line or cell, or a comma follows.
func closedAt(a []byte, i int) bool {
	for {
		switch b := a[i]; b {
		case 0, '\n', '\r', ',', ';', '&':
			return true
		case '.', '!':
			if i++; a[i] == ' ' {
				return true // the end of a sentence
			}
		case ')', '"', '\'', ' ', '\t':
			i++
		default:
			return false
		}
	}
}

// partAt reads the word that is joined to i by a line, a dash or a capital, as in device_id, Device-Id and deviceId; by a
// space, too, if spaces says so.
func partAt(a []byte, i int, spaces bool) (from, end int, ok bool) {
	from = i
	switch b := a[i]; {
	case b == '_' || b == '-' || b == ' ' && spaces:
		from++
	case b-'A' >= 26 || i == 0 || a[i-1]-'a' >= 26:
		return i, i, false
	}
	end = from
	for beginsLetter(a, end) && (end == from || a[end]-'A' >= 26 || a[end-1]-'a' >= 26) {
		if end++; a[end-1] >= 0x80 {
			end++
		}
	}
	return from, end, end > from
}

// wordLeft looks for the nearest word of v on the left of start: so many words and bytes back, in the same cell. It
// goes on to the line before only from the begin of a line.
func wordLeft(a []byte, start int, v *vocabulary, words, reach int) (n int, ok bool) {
	first := words
	for i := start; i > 0 && start-i <= reach && words > 0; {
		switch b := a[i-1]; {
		case b == 0, b == '\n' && words < first:
			return 0, false
		case endsLetter(a, i):
			begin, _ := wordBefore(a, i)
			if n, ok := v.find(a[begin:i]); ok && !ofHost(a, begin, i) {
				return n, true
			}
			words--
			i = begin
		default:
			i--
		}
	}
	return 0, false
}

// ofHost says whether the word at start to end is a part of a host's name: vk.com.
func ofHost(a []byte, start, end int) bool {
	return a[end] == '.' && a[end+1]|0x20-'a' < 26 || a[start-1] == '.' && start > 1 && a[start-2]|0x20-'a' < 26
}

// wordRight looks for the nearest word of v on the right of end: so many words and bytes on, in the same line.
func wordRight(a []byte, end int, v *vocabulary, words, reach int) (n int, ok bool) {
	for i := end; i-end <= reach && words > 0; {
		switch b := a[i]; {
		case b == 0 || b == '\n':
			return 0, false
		case beginsLetter(a, i):
			e, _ := wordAfter(a, i)
			if n, ok := v.find(a[i:e]); ok && !ofHost(a, i, e) {
				return n, true
			}
			words--
			i = e
		default:
			i++
		}
	}
	return 0, false
}

// endsLetter says whether a letter ends at i, beginsLetter whether one begins there.
func endsLetter(a []byte, i int) bool {
	b := a[i-1]
	return b|0x20-'a' < 26 || b&0xC0 == 0x80 && i >= 2 && a[i-2]&0xFC == 0xD0
}

func beginsLetter(a []byte, i int) bool { return a[i]|0x20-'a' < 26 || cyrillicAt(a, i) }

// inName says whether the byte belongs to an identifier of ASCII.
func inName(b byte) bool { return b|0x20-'a' < 26 || b-'0' <= 9 || b == '_' }

// A look counts what a value is made of.
type look struct {
	lower, upper, cyrillic, digits, marks int
	turns                                 int // changes between letters of one case, digits and marks
}

func (l look) letters() int { return l.lower + l.upper + l.cyrillic }

func lookOf(v []byte) (l look) {
	last := 0
	for i := 0; i < len(v); i++ {
		kind := 0
		switch b := v[i]; {
		case b-'a' < 26:
			l.lower++
			kind = 1
		case b-'A' < 26:
			l.upper++
			kind = 2
		case b-'0' <= 9:
			l.digits++
			kind = 3
		case b >= 0xC0:
			l.cyrillic++
			kind = 4
		case b >= 0x80:
			continue
		default:
			l.marks++
			kind = 5
		}
		if last != 0 && kind != last {
			l.turns++
		}
		last = kind
	}
	return l
}

// findingOf makes a finding of a value.
func (t *Text) findingOf(start, end int, score uint8, e Evidence) Finding {
	f := Finding{Start: uint32(start), End: uint32(end), Score: score, Evidence: e}
	if t.Whole(f.Start, f.End) {
		f.Evidence |= Whole
	}
	return f
}
