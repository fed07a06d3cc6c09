package detectors

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"time"

	"github.com/dlclark/regexp2/v2"
)

// A matcher calls do for every match of a pattern in a text, until it says no.
type matcher interface {
	each(text []byte, do func(m hit) bool) error
}

// A hit is where a pattern matches, and where the value in it stands, which is not empty.
type hit struct{ start, end, from, to int }

// errSlow says that a pattern takes more time than it is given, or was given up.
var errSlow = errors.New("took too long")

// matcher makes the matcher of the rule's pattern. A pattern that matches where nothing stands is refused: it says nothing
// of a text, and matches at each of its characters.
func (r *Rule) matcher() (matcher, *RuleError) {
	empty := r.fault("pattern", "its pattern matches where nothing stands", "say what must stand there at least: + instead of *, {1,9} instead of {0,9}")
	if !r.Backtrack {
		re, err := regexp.Compile(r.Pattern)
		if err != nil {
			return nil, r.fault("pattern", fmt.Sprintf("its pattern is not RE2 (ask for backtracking if it needs look-around): %v", err), "")
		}
		if tree, err := syntax.Parse(r.Pattern, syntax.Perl); err != nil || shortest(tree) == 0 {
			return nil, empty
		}
		return linear{re, max(re.SubexpIndex("value"), 0)}, nil
	}
	re, err := regexp2.Compile(r.Pattern, regexp2.OptionMaxBacktrackingStackSize(maxBacktrack))
	if err != nil {
		return nil, r.fault("pattern", fmt.Sprintf("its pattern is no regular expression: %v", err), "")
	}
	re.MatchTimeout = matchTimeout
	// What such a pattern may match is not seen from it, only from what it does match.
	for _, text := range append(append([]string{"", "1", "a", "я"}, r.Good...), r.Bad...) {
		m, err := re.FindStringMatch(text)
		for ; m != nil && err == nil; m, err = re.FindNextMatch(m) {
			if m.RuneLength == 0 {
				return nil, empty
			}
		}
	}
	return backtracking{re, max(re.GroupNumberFromName("value"), 0)}, nil
}

// shortest is how many characters a pattern matches at least.
func shortest(re *syntax.Regexp) int {
	n := 0
	switch re.Op {
	case syntax.OpLiteral:
		return len(re.Rune)
	case syntax.OpCharClass, syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return 1
	case syntax.OpCapture, syntax.OpPlus:
		return shortest(re.Sub[0])
	case syntax.OpRepeat:
		return re.Min * shortest(re.Sub[0])
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			n += shortest(sub)
		}
	case syntax.OpAlternate:
		n = shortest(re.Sub[0])
		for _, sub := range re.Sub[1:] {
			n = min(n, shortest(sub))
		}
	}
	return n
}

// linear is a pattern whose time grows with the text only, for each of its matches.
type linear struct {
	re    *regexp.Regexp
	group int
}

func (l linear) each(text []byte, do func(m hit) bool) error {
	begin := time.Now()
	for done, n := 0, 64; ; n *= 4 {
		all := l.re.FindAllSubmatchIndex(text, n)
		for _, m := range all[done:] {
			if from, to := m[2*l.group], m[2*l.group+1]; from < to && !do(hit{m[0], m[1], from, to}) {
				return nil
			}
		}
		if done = len(all); done < n {
			return nil
		}
		if time.Since(begin) > textTimeout+time.Duration(n)*hitTimeout {
			return errSlow
		}
	}
}

// backtracking is a pattern with look-around, and with limits.
type backtracking struct {
	re    *regexp2.Regexp
	group int
}

func (b backtracking) each(text []byte, do func(m hit) bool) error {
	begin, tried := time.Now(), time.Duration(0)
	m, err := b.re.FindStringMatch(string(text))
	for ; m != nil && err == nil; m, err = b.re.FindNextMatch(m) {
		if tried++; time.Since(begin) > textTimeout+tried*hitTimeout {
			return errSlow
		}
		g := m.GroupByNumber(b.group)
		if g == nil || len(g.Captures) == 0 {
			continue
		}
		start, length := m.ByteRange()
		if from, n := g.ByteRange(); n > 0 && !do(hit{start, start + length, from, from + n}) {
			break
		}
	}
	return err
}
