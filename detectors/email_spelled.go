package detectors

// Addresses whose @ is written in another way, and things that look like addresses and are none.

// The cues of Email: words for the sign and for a dot, and from spelledHosts on parts of addresses that stand beside other
// spellings of it, and keys of forms.
var emailCues = []string{"собака", "собакой", "собачка", "dot", "mail", "email", "gmail", "yandex", "rambler", "inbox", "bk", "icloud", "outlook", "hotmail", "login"}

const (
	spelledDot   = 3
	spelledHosts = 4
)

// Scores of addresses that people read and programs do not. A sign in brackets is there to hide an address from robots;
// without them it may be a word of the sentence, and the address is only masked.
const (
	spelledScore   = 70
	bracketedScore = 85
)

// findSpelled appends addresses such as ivan(собака)mail.ru, ivan [at] mail [dot] ru and ivan%40mail.ru.
func findSpelled(dst []Finding, t *Text) []Finding {
	a := t.Arena
	last := 0
	for _, c := range t.Cues(t.current) {
		from, to := int(c.Start), int(c.End) // of the sign
		if from < last {
			continue
		}
		score := uint8(spelledScore)
		switch {
		case c.Word < spelledDot:
			if from, to = bracketed(a, from, to); from < int(c.Start) {
				score = bracketedScore
			}
		case c.Word == spelledDot:
			if from, to = atBefore(a, from); from == 0 {
				continue
			}
			score = bracketedScore
		default:
			if hasAt(a, from-min(from, 3), "%40") {
				from, to, score = from-3, from, 92
			} else if a[to] == '=' { // mail=ivan%40zavod.ru
				i := to + 1
				for i-to < maxLocal && spelledByte(a[i]) {
					i++
				}
				if i == to+1 || !hasAt(a, i, "%40") {
					continue
				}
				from, to, score = i, i+3, 92
			} else if from, to = atBefore(a, from); from == 0 {
				continue
			} else {
				score = bracketedScore
			}
		}
		if f, ok := spelledAddress(t, from, to, score); ok {
			dst = append(dst, f)
			last = int(f.End)
		}
	}
	return dst
}

// spelledAddress reads the address around a sign at from to to.
func spelledAddress(t *Text, from, to int, score uint8) (f Finding, ok bool) {
	a := t.Arena
	encoded := a[from] == '%'
	start := from
	for i := from; ; {
		begin := i
		if !encoded {
			for begin > 1 && a[begin-1] == ' ' && from-begin < maxLocal {
				begin--
			}
		}
		end := begin
		for begin > 1 && end-begin < maxLocal && spelledByte(a[begin-1]) {
			begin--
		}
		if begin == end {
			return f, false
		}
		start = begin
		if i = dotBefore(a, begin); encoded || i == 0 || from-i > maxLocal {
			break
		}
	}
	for a[start] == '.' || a[start] == '-' {
		start++
	}
	if start >= from || !encoded && endsLetter(a, start) {
		return f, false
	}
	end, dots := to, 0
	for i := to; ; dots++ {
		if !encoded {
			i = skipBlanks(a, i)
		}
		label := i
		for i-to < maxDomain && (inName(a[i]) && a[i] != '_' || a[i] == '-') {
			i++
		}
		if i == label {
			break
		}
		end = i
		if a[i] == '.' && inName(a[i+1]) {
			i++
		} else if e := dotAfter(a, i); e > 0 && !encoded {
			i = e
		} else {
			dots++
			break
		}
	}
	begin := end
	for begin > to && inName(a[begin-1]) {
		begin--
	}
	if dots < 2 || !topLevel(a[begin:end]) || cyrillicAt(a, end) {
		return f, false
	}
	return t.findingOf(start, end, score, Format|Structure), true
}

// spelledByte says what may stand in the name of a spelled address.
func spelledByte(b byte) bool { return inName(b) || b == '.' || b == '-' || b == '+' }

// bracketed widens a word to the brackets around it.
func bracketed(a []byte, from, to int) (int, int) {
	i, j := from, to
	for a[i-1] == ' ' && from-i < 2 {
		i--
	}
	for a[j] == ' ' && j-to < 2 {
		j++
	}
	if b, c := a[i-1], a[j]; b == '(' && c == ')' || b == '[' && c == ']' || b == '{' && c == '}' || b == '<' && c == '>' {
		return i - 1, j + 1
	}
	return from, to
}

// atBefore returns the bracketed «at» before the host whose word begins at i, zeros if there is none.
func atBefore(a []byte, i int) (from, to int) {
	for n := 0; n < 48 && i > 5; n++ {
		switch b := a[i-1]; {
		case b == ')' || b == ']' || b == '}':
			j := i - 1
			for a[j-1] == ' ' {
				j--
			}
			if foldAt(a, j-2, "at") && !endsLetter(a, j-2) {
				if from, to = bracketed(a, j-2, j); to > j {
					return from, to
				}
			}
			if !foldAt(a, max(j-3, 1), "dot") {
				return 0, 0
			}
			i = j - 3
		case b == ' ' || b == '.' || b == '-' || b == '(' || b == '[' || b == '{' || inName(b):
			i--
		default:
			return 0, 0
		}
	}
	return 0, 0
}

// dotBefore returns the begin of a spelled dot that ends at i, spaces before it included, 0 if there is none; dotAfter
// the end of one that begins there.
func dotBefore(a []byte, i int) int {
	for i > 12 && (a[i-1] == ' ' || a[i-1] == ')' || a[i-1] == ']' || a[i-1] == '}') {
		i--
	}
	if i <= 12 || !endsLetter(a, i) {
		return 0
	}
	begin, _ := wordBefore(a, i)
	if !spelledDots.has(a[begin:i]) {
		return 0
	}
	for begin > 1 && (a[begin-1] == ' ' || a[begin-1] == '(' || a[begin-1] == '[' || a[begin-1] == '{') {
		begin--
	}
	return begin
}

func dotAfter(a []byte, i int) int {
	for a[i] == ' ' || a[i] == '(' || a[i] == '[' || a[i] == '{' {
		i++
	}
	if !beginsLetter(a, i) {
		return 0
	}
	end, _ := wordAfterLetter(a, i)
	if !spelledDots.has(a[i:end]) {
		return 0
	}
	for a[end] == ' ' || a[end] == ')' || a[end] == ']' || a[end] == '}' {
		end++
	}
	return end
}

var spelledDots = newVocabulary("dot точка")

// ofMessage says whether what looks like an address is the name of a message or of a part of one (RFC 5322, 3.6.4; RFC
// 2392): «Message-ID: <…>», «References: <…> <…>», cid:….
func ofMessage(a []byte, f *Finding) bool {
	i := int(f.Start)
	if a[i-1] == ':' && i > 4 && (foldAt(a, i-4, "cid:") || foldAt(a, i-4, "mid:")) {
		return true
	}
	if a[f.End] != '>' {
		return false
	}
	for limit := max(i-512, 1); ; {
		for i > limit && a[i-1] != '<' && a[i-1] > ' ' && a[i-1] != '>' {
			i--
		}
		if a[i-1] != '<' {
			return false
		}
		for i--; i > limit && (a[i-1] <= ' ' && a[i-1] > 0 || a[i-1] == '"' || a[i-1] == ','); {
			i--
		}
		if a[i-1] != '>' {
			break
		}
		i--
	}
	if a[i-1] != ':' && a[i-1] != '=' {
		return false
	}
	if i--; a[i-1] == '"' {
		i--
	}
	begin := i
	for begin > 1 && i-begin < 32 && (inName(a[begin-1]) || a[begin-1] == '-') {
		begin--
	}
	var buf [32]byte
	switch string(lowered(buf[:0], a[begin:i])) {
	case "message-id", "message_id", "messageid", "msgid", "msg-id", "msg_id", "content-id", "content_id", "references", "in-reply-to", "in_reply_to",
		"inreplyto", "resent-message-id", "original-message-id", "thread-id":
		return true
	}
	return false
}
