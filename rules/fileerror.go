package rules

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A FileError says what is wrong in a policy, map or profile, and where. It may quote the file, which holds
// rules and no people's data.
type FileError struct {
	File      string
	Line, Col int    // from 1; Col counts characters
	Text      string // what is wrong
	Source    string // the line, cut to a readable length
	Hint      string // what to do about it; may be empty
}

func (e *FileError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s:%d:%d: %s", e.File, e.Line, e.Col, e.Text)
	if e.Source != "" {
		number := strconv.Itoa(e.Line)
		fmt.Fprintf(&b, "\n  %s | %s", number, e.Source)
		fmt.Fprintf(&b, "\n  %s | %s^", strings.Repeat(" ", len(number)), strings.Repeat(" ", e.caret()))
	}
	if e.Hint != "" {
		fmt.Fprintf(&b, "\n  hint: %s", e.Hint)
	}
	return b.String()
}

// caret counts the characters before the caret.
func (e *FileError) caret() int {
	return min(max(e.Col-1, 0), utf8.RuneCountInString(e.Source))
}

// FileErrors are all that is wrong in one file, in order of lines. It is never empty.
type FileErrors []*FileError

func (e FileErrors) Error() string {
	s := make([]string, len(e))
	for i, x := range e {
		s[i] = x.Error()
	}
	return strings.Join(s, "\n")
}

// nearest returns the known word that word was most likely meant to be, or "".
func nearest(word string, known []string) string {
	best, far := "", 1+max(1, len([]rune(word))/3)
	for _, k := range known {
		if d := distance(strings.ToLower(word), strings.ToLower(k)); d < far || d == far && best != "" && k < best {
			best, far = k, d
		}
	}
	return best
}

// distance counts the insertions, deletions, replacements and swaps of neighbours that make b out of a.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	if len(x) > 64 || len(y) > 64 {
		return 64
	}
	var rows [3][65]int
	older, last, now := &rows[0], &rows[1], &rows[2]
	for j := range y {
		last[j+1] = j + 1
	}
	for i := range x {
		now[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			now[j+1] = min(last[j]+cost, last[j+1]+1, now[j]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				now[j+1] = min(now[j+1], older[j-1]+1)
			}
		}
		older, last, now = last, now, older
	}
	return last[len(y)]
}
