package detectors

// Private keys in text (RFC 7468, RFC 4880 6.2): a line that begins one, lines of base64, a line that ends it.

// maxPrivate bounds a private key in bytes: one of 16384 bits for RSA has about 13000.
const maxPrivate = 16 << 10

// privateLine is the least length of what counts as a line of a key by itself: the last line may be shorter.
const privateLine = 16

// inSight is how far beyond its own text a batch sees: a key that begins in it and ends before that is whole.
const inSight = 1024

// appendPrivate appends the private key whose "PRIVATE" stands at start to end: one finding from its first line to its
// last one. Where the border of a cell cuts it, which may be that of a batch of running text, every line is one, so that
// what belongs to the neighbour can be told from the rest.
func appendPrivate(dst []Finding, t *Text, start, end int) []Finding {
	a := t.Arena
	if !hasAt(a, end, " KEY") {
		return dst
	}
	begin := start
	for begin > 1 && start-begin < 40 && (a[begin-1]-'A' < 26 || a[begin-1] == ' ' || a[begin-1]-'0' <= 9) {
		begin--
	}
	if begin < 6 || !hasAt(a, begin-5, "-----") {
		return dst
	}
	to := end + len(" KEY")
	if hasAt(a, to, " BLOCK") {
		to += len(" BLOCK")
	}
	for a[to] == '-' {
		to++
	}
	switch {
	case hasAt(a, begin, "BEGIN "):
		begin -= len("-----")
		last, next := privateBody(a, to)
		switch {
		case hasAt(a, next, "-----END "):
			for next += len("-----END "); a[next] == ' ' || a[next]-'A' < 26 || a[next]-'0' <= 9; next++ {
			}
			for a[next] == '-' {
				next++
			}
			return append(dst, t.findingOf(begin, next, 97, Format))
		case a[next] != 0 && next-to < maxPrivate || last-begin < inSight:
			return append(dst, t.findingOf(begin, last, 97, Format))
		}
		dst = append(dst, t.findingOf(begin, to, 97, Format))
		for i := to; i < last; {
			from, e := privateToken(a, i)
			if i = e; e > from && e <= last && !(e-from < privateLine && e < last) {
				dst = append(dst, t.findingOf(from, e, 97, Format))
			}
		}
	case hasAt(a, begin, "END "):
		dst = appendCutPrivate(dst, t, begin-len("-----"))
	}
	return dst
}

// appendCutPrivate appends the lines before the last line of a key, at i, whose first line lies beyond the border of the
// cell or further off than any key is long.
func appendCutPrivate(dst []Finding, t *Text, i int) []Finding {
	a := t.Arena
	from := i
	for a[from-1] != 0 && i-from < maxPrivate {
		if b := a[from-1]; !privateByte[b] && !privateBetween(b) {
			return dst // the first line is in sight, or these are no lines of a key
		}
		from--
	}
	seen := false
	for from < i {
		begin, e := privateToken(a, from)
		if e > i {
			break
		}
		if seen = seen || e-begin >= privateLine; seen && e > begin {
			dst = append(dst, t.findingOf(begin, e, 97, Format))
		}
		from = max(e, from+1)
	}
	return dst
}

// privateBody reads the lines of a key from i on: they end at last, and what stands at next is none of them.
func privateBody(a []byte, i int) (last, next int) {
	last = i
	first, short := i, 0
	for limit := i + maxPrivate; i < limit; {
		begin, end := privateToken(a, i)
		if end == begin {
			return last, begin
		}
		if b := a[end]; b == ':' || b == '-' && a[end+1] != '-' { // Proc-Type: 4,ENCRYPTED
			for i = end; a[i] != '\n' && a[i] != 0 && !(a[i] == '\\' && a[i+1] == 'n'); i++ {
			}
			continue
		}
		switch long := end-begin >= privateLine; {
		case long:
			short, last = 0, end
		case short == 2:
			return last, begin // words
		default:
			if short++; a[end] == ' ' { // a word, or the last line of many in one
			} else if last > first || begin > first && (a[begin-1] == '\n' || a[begin-1] == 'n' && a[begin-2] == '\\') {
				last = end
			}
		}
		i = end
	}
	return last, i
}

// privateToken returns the next run of base64 at or behind i; an empty one stands where something else follows.
func privateToken(a []byte, i int) (begin, end int) {
	for privateBetween(a[i]) || a[i] == '+' && privateBetween(a[i+1]) {
		if a[i] == '\\' && (a[i+1] == 'n' || a[i+1] == 'r') {
			i++
		}
		i++
	}
	for end = i; privateByte[a[end]]; end++ {
	}
	return i, end
}

// privateBetween says whether a byte may stand between the lines of a key: as text, in quotes, in a quoted mail.
func privateBetween(b byte) bool {
	return b == '\n' || b == '\r' || b == ' ' || b == '\t' || b == '"' || b == '\'' || b == '\\' || b == ',' || b == '>' || b == '|'
}

var privateByte = func() (t [256]bool) {
	for b := range 256 {
		t[b] = byte(b)|0x20-'a' < 26 || byte(b)-'0' <= 9 || b == '+' || b == '/' || b == '='
	}
	return t
}()
