package detectors

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/dlclark/regexp2/v2"
)

// A Rule is a kind of data that users add: what it is called, how its values look and what words name it. Its pattern
// is tried on one line of a cell at a time, so ^ and $ are the ends of the line.
type Rule struct {
	Kind  Kind
	Class Class
	Doc   Doc
	// Keywords are context words as in Detector.Near, Columns names of columns as in Detector.Names.
	Keywords, Columns []string
	// Pattern is a regular expression in the syntax of RE2. If it has a group named value, that group is the finding.
	Pattern string
	// Backtrack takes the pattern in the syntax of .NET, look-around included. Its time is limited by Limits.
	Backtrack bool
	// Required says that only lines with one of the keywords are looked at: much faster.
	Required bool
	// Validator names what a match must pass besides: luhn (its digits, whatever stands between), mod97 (ISO 7064), or a
	// kind, whose Fits then decides.
	Validator string
	// Score, in hundredths, is that of a match with a keyword near, and Alone that of one without.
	Score, Alone uint8
	// Good and Bad are examples: see Check.
	Good, Bad []string
}

// What a rule may cost. A match of a backtracking pattern that takes longer, or needs more memory, is cut off; after
// maxCuts of them the rule is not tried any more, until the next Watch begins. Every line and value it was not tried on
// is counted (Watch.Cut).
const (
	maxPattern   = 4096
	matchTimeout = 100 * time.Millisecond
	maxBacktrack = 1 << 20 // integers
	maxCuts      = 8
	longestLine  = 64 << 10
)

// Add declares users' own kinds. It is part of setting up a process: call it before any scanner is made and any policy
// read. undo takes them back, for those who set up more than once; nobody may be scanning then.
func Add(rules []Rule) (undo func(), err error) {
	before := declared
	undo = func() { declared = before }
	declared = slices.Clone(declared)
	for i := range rules {
		r := &rules[i]
		d, key, err := r.detector()
		if err == nil && Find(r.Kind) != nil {
			key, err = "name", errors.New("there is a kind of this name already")
		}
		if err == nil && len(declared) == MaxKinds {
			key, err = "", fmt.Errorf("there can be no more than %d kinds", MaxKinds)
		}
		if err != nil {
			undo()
			return nil, &RuleError{Kind: r.Kind, Key: key, Err: err}
		}
		declare(*d)
	}
	return undo, nil
}

// A RuleError says which rule is wrong, and how.
type RuleError struct {
	Kind    Kind
	Key     string // what of the rule: name, class, pattern, keywords, validator, score, good; empty for the whole
	Example int    // number of the example, from 1, bad ones behind good ones; 0 if it is not about one
	Err     error
}

func (e *RuleError) Error() string {
	if e.Example > 0 {
		return fmt.Sprintf("kind %s, example %d: %v", e.Kind, e.Example, e.Err)
	}
	return fmt.Sprintf("kind %s: %v", e.Kind, e.Err)
}

func (e *RuleError) Unwrap() error { return e.Err }

// Check tries the examples of rules that were added: every good one holds exactly one finding of its kind at Report or
// above, in bad ones there is none.
func Check(rules []Rule) []*RuleError {
	var wrong []*RuleError
	s := NewScanner(All())
	watch := NewWatch()
	for i := range rules {
		r := &rules[i]
		try := func(n int, text string, want int) {
			arena := append(append([]byte{0}, strings.ToValidUTF8(text, "\uFFFD")...), 0)
			arena = append(arena, make([]byte, 64)...)[:len(arena)]
			got := 0
			for _, f := range Resolve(s.Find(nil, arena)) {
				if f.Kind == r.Kind && f.Score >= Report {
					got++
				}
			}
			if got != want {
				wrong = append(wrong, &RuleError{Kind: r.Kind, Example: n, Err: fmt.Errorf("found %d times, not %d", got, want)})
			}
		}
		for n, text := range r.Good {
			try(n+1, text, 1)
		}
		for n, text := range r.Bad {
			try(len(r.Good)+n+1, text, 0)
		}
		if watch.Cut(Find(r.Kind)) > 0 {
			wrong = append(wrong, &RuleError{Kind: r.Kind, Err: errors.New("the pattern takes too long on its own examples")})
		}
	}
	return wrong
}

// detector makes a detector of the rule; key names what of it is wrong.
func (r *Rule) detector() (d *Detector, key string, err error) {
	switch {
	case !kindName.MatchString(string(r.Kind)):
		return nil, "name", errors.New("a kind is named with small Latin letters, digits and _, beginning with a letter, 40 at most")
	case r.Class == Unknown:
		return nil, "class", errors.New("its class is missing")
	case r.Pattern == "" || len(r.Pattern) > maxPattern:
		return nil, "pattern", fmt.Errorf("its pattern is missing or longer than %d bytes", maxPattern)
	case r.Required && len(r.Keywords) == 0:
		return nil, "keywords", errors.New("it asks for keywords and has none")
	case r.Score > 100 || r.Alone > r.Score:
		return nil, "score", errors.New("a match without a keyword scores more than one with")
	case len(r.Good) == 0:
		return nil, "good", errors.New("it has no good example")
	}
	m, err := r.matcher()
	if err != nil {
		return nil, "pattern", err
	}
	valid, err := r.validator()
	if err != nil {
		return nil, "validator", err
	}
	d = &Detector{Kind: r.Kind, Class: r.Class, Doc: r.Doc, Prefix: string(r.Kind), Near: r.Keywords, Names: r.Columns, Reach: 1024,
		Good: r.Good, Bad: r.Bad}
	if r.Required {
		d.Cues = r.Keywords
	}
	c := &custom{rule: r, matcher: m, valid: valid}
	d.custom, d.Find = c, c.find
	d.Fits = func(value []byte) bool {
		ok, _ := c.fits(value) // a cut-off is counted
		return ok
	}
	return d, "", nil
}

var kindName = regexp.MustCompile(`^[a-z][a-z0-9_]{1,39}$`)

// A matcher calls do for every match of a pattern in a line, until it says no.
type matcher interface {
	each(line []byte, do func(start, end int) bool) error
}

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

// linear is a pattern whose time grows with the text only.
type linear struct {
	re    *regexp.Regexp
	group int
}

func (l linear) each(line []byte, do func(start, end int) bool) error {
	for _, m := range l.re.FindAllSubmatchIndex(line, -1) {
		if start, end := m[2*l.group], m[2*l.group+1]; start < end && !do(start, end) {
			break
		}
	}
	return nil
}

// backtracking is a pattern with look-around, and with limits.
type backtracking struct {
	re    *regexp2.Regexp
	group int
}

func (b backtracking) each(line []byte, do func(start, end int) bool) error {
	text := string(line)
	m, err := b.re.FindStringMatch(text)
	for ; m != nil && err == nil; m, err = b.re.FindNextMatch(m) {
		g := m.GroupByNumber(b.group)
		if g == nil || len(g.Captures) == 0 {
			continue
		}
		if start, n := g.ByteRange(); n > 0 && !do(start, start+n) {
			break
		}
	}
	return err
}

// validator finds what a match must pass besides its pattern, nil if nothing. It fails where another rule that it asks
// was cut off.
func (r *Rule) validator() (func([]byte) (bool, error), error) {
	sure := func(fits func([]byte) bool) func([]byte) (bool, error) {
		return func(v []byte) (bool, error) { return fits(v), nil }
	}
	switch r.Validator {
	case "":
		return nil, nil
	case "luhn":
		return sure(func(v []byte) bool {
			d := appendDigits(nil, v)
			return len(d) > 1 && checkLuhn(d) == right
		}), nil
	case "mod97":
		return sure(mod97), nil
	}
	switch d := Find(Kind(r.Validator)); {
	case d == nil || d.Fits == nil:
	case d.custom != nil:
		return d.custom.fits, nil
	default:
		return sure(d.Fits), nil
	}
	return nil, fmt.Errorf("there is no validator %q: luhn, mod97 or a kind", r.Validator)
}

// mod97 is the check of ISO 7064 MOD 97-10 as IBAN uses it: the first four characters moved behind the others, letters
// counted from ten, the remainder is 1.
func mod97(v []byte) bool {
	v = bytes.ReplaceAll(v, []byte(" "), nil)
	if len(v) < 5 {
		return false
	}
	rest := 0
	for i := range v {
		switch b := v[(i+4)%len(v)]; {
		case b-'0' <= 9:
			rest = (rest*10 + int(b-'0')) % 97
		case b|0x20-'a' < 26:
			rest = (rest*100 + int(b|0x20-'a') + 10) % 97
		default:
			return false
		}
	}
	return rest == 1
}

// custom finds the values of a rule. Any number of goroutines may use it.
type custom struct {
	rule    *Rule
	matcher matcher
	valid   func([]byte) (bool, error)
	cuts    cuts
}

// errCut says that a rule was cut off, or is not tried any more.
var errCut = errors.New("cut off")

// fits says whether the rule matches a whole value.
func (c *custom) fits(value []byte) (whole bool, err error) {
	if c.cuts.spent() {
		c.cuts.add()
		return false, errCut
	}
	var unsure error
	err = c.matcher.each(value, func(start, end int) bool {
		whole = start == 0 && end == len(value)
		if whole && c.valid != nil {
			whole, unsure = c.valid(value)
		}
		return !whole
	})
	if err != nil || unsure != nil {
		c.cuts.add()
		return false, errCut
	}
	return whole, nil
}

func (c *custom) find(dst []Finding, t *Text) []Finding {
	d := t.current
	if c.rule.Required {
		done := uint32(0)
		for _, cue := range t.Cues(d) {
			if cue.Start < done {
				continue
			}
			start, end := lineAround(t.Arena, cue.Start)
			dst = c.line(dst, t, start, end)
			done = end
		}
		return dst
	}
	a := t.Arena
	for i := 0; i < len(a); {
		if a[i] == 0 || a[i] == '\n' {
			i++
			continue
		}
		n := bytes.IndexAny(a[i:], "\x00\n")
		if n < 0 {
			n = len(a) - i
		}
		dst = c.line(dst, t, uint32(i), uint32(i+n))
		i += n
	}
	return dst
}

// lineAround is the line of a cell that p stands in.
func lineAround(a []byte, p uint32) (start, end uint32) {
	start, end = p, p
	for start > 0 && a[start-1] != 0 && a[start-1] != '\n' {
		start--
	}
	for end < uint32(len(a)) && a[end] != 0 && a[end] != '\n' {
		end++
	}
	return start, end
}

// line looks at one line; very long ones in pieces that overlap.
func (c *custom) line(dst []Finding, t *Text, start, end uint32) []Finding {
	if c.cuts.spent() {
		c.cuts.add()
		return dst
	}
	d, whole := t.current, true // whole: nothing of the line is lost
	for {
		stop := min(end, start+longestLine)
		for stop < end && !utf8.RuneStart(t.Arena[stop]) {
			stop--
		}
		err := c.matcher.each(t.Arena[start:stop], func(from, to int) bool {
			f := Finding{Start: start + uint32(from), End: start + uint32(to), Evidence: Format}
			value := t.Arena[f.Start:f.End]
			if n := len(dst); n > 0 && dst[n-1].Start == f.Start && dst[n-1].End == f.End {
				return true // seen in the piece before
			}
			if c.valid != nil {
				ok, err := c.valid(value)
				if !ok {
					whole = whole && err == nil
					return true
				}
				f.Evidence |= Checksum
			}
			f.Score = c.rule.Alone
			if _, near := t.Near(d, f.Start, f.End); near {
				f.Score, f.Evidence = c.rule.Score, f.Evidence|Keyword
			}
			if t.Whole(f.Start, f.End) {
				f.Evidence |= Whole
			}
			dst = append(dst, f)
			return true
		})
		whole = whole && err == nil
		if stop == end {
			break
		}
		start = stop - 1024
		for !utf8.RuneStart(t.Arena[start]) {
			start--
		}
	}
	if !whole {
		c.cuts.add()
	}
	return dst
}
