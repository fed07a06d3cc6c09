package detectors

import (
	"errors"
	"fmt"
	"regexp"
	"time"

	"github.com/dlclark/regexp2/v2"
)

// A matcher calls do for every match of a pattern in a text, until it says no.
type matcher interface {
	each(text []byte, do func(m hit) bool) error
}

// A hit is where a pattern matches, and where the value in it stands, which is not empty.
type hit struct{ start, end, from, to int }

// errSlow says that a pattern has more matches than there is time for.
var errSlow = errors.New("takes too long")

// matcher makes the matcher of the rule's pattern.
func (r *Rule) matcher() (matcher, error) {
	if !r.Backtrack {
		re, err := regexp.Compile(r.Pattern)
		if err != nil {
			return nil, fmt.Errorf("its pattern is not RE2 (ask for backtracking if it needs look-around): %w", err)
		}
		return linear{re, max(re.SubexpIndex("value"), 0)}, nil
	}
	re, err := regexp2.Compile(r.Pattern, regexp2.OptionMaxBacktrackingStackSize(maxBacktrack))
	if err != nil {
		return nil, fmt.Errorf("its pattern is no regular expression: %w", err)
	}
	re.MatchTimeout = matchTimeout
	return backtracking{re, max(re.GroupNumberFromName("value"), 0)}, nil
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
