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

// What a rule may cost. A match of a backtracking pattern that takes longer, or needs more memory, is cut off, and so is
// a text with so many matches, of any pattern, that they take longer than textTimeout and hitTimeout for each. After
// maxCuts of them the rule is not tried any more, until the next Watch begins. Every line and value it was not tried on
// is counted (Watch.Cut).
const (
	maxPattern   = 4096
	matchTimeout = 100 * time.Millisecond
	textTimeout  = 500 * time.Millisecond
	hitTimeout   = 50 * time.Microsecond
	maxBacktrack = 1 << 20 // integers
	maxCuts      = 8
)

// Longer lines than longestLine are looked at in pieces, with so many bytes of the line ahead of each and behind it. A
// match that goes on further is counted (Watch.Long).
const (
	longestLine = 64 << 10
	lineAhead   = 16 << 10
	lineBehind  = 1 << 10
)

// Add declares users' own kinds. It is part of setting up a process: call it before any scanner is made and any policy
// read. undo takes them back, for those who set up more than once; nobody may be scanning then.
func Add(rules []Rule) (undo func(), err error) {
	before := declared
	undo = func() { declared = before }
	declared = slices.Clone(declared)
	for i := range rules {
		r := &rules[i]
		d, bad := r.detector()
		if bad == nil && Find(r.Kind) != nil {
			bad = r.fault("name", "there is a kind of this name already", "")
		}
		if bad == nil && len(declared) == MaxKinds {
			own := 0
			for _, d := range declared {
				if d.custom != nil {
					own++
				}
			}
			bad = r.fault("", fmt.Sprintf("there can be no more than %d kinds, and %d are built in", MaxKinds, MaxKinds-own), "")
		}
		if bad != nil {
			undo()
			return nil, bad
		}
		declare(*d)
	}
	return undo, nil
}

// A RuleError says which rule is wrong, and how.
type RuleError struct {
	Kind    Kind
	Key     string // what of the rule: name, class, pattern, keywords, validator, score, score_alone, good; empty for the whole
	Example int    // number of the example, from 1, bad ones behind good ones; 0 if it is not about one
	Err     error
	Hint    string // what to do about it; may be empty
}

func (r *Rule) fault(key, text, hint string) *RuleError {
	return &RuleError{Kind: r.Kind, Key: key, Err: errors.New(text), Hint: hint}
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

// detector makes a detector of the rule, or says what is wrong with it.
func (r *Rule) detector() (*Detector, *RuleError) {
	switch {
	case !kindName.MatchString(string(r.Kind)):
		return nil, r.fault("name", "a kind is named with small Latin letters, digits and _, beginning with a letter, 40 at most", "")
	case r.Class == Unknown:
		return nil, r.fault("class", "its class is missing", "")
	case r.Pattern == "" || len(r.Pattern) > maxPattern:
		return nil, r.fault("pattern", fmt.Sprintf("its pattern is missing or longer than %d bytes", maxPattern), "")
	case r.Required && len(r.Keywords) == 0:
		return nil, r.fault("keywords", "it asks for keywords and has none", "")
	case r.Score > 100 || r.Alone > r.Score:
		return nil, r.fault("score", "a match without a keyword scores more than one with", "")
	case len(r.Good) == 0:
		return nil, r.fault("good", "it has no good example", "")
	}
	if bad := r.words(); bad != nil {
		return nil, bad
	}
	if bad := r.reportable(); bad != nil {
		return nil, bad
	}
	m, bad := r.matcher()
	if bad != nil {
		return nil, bad
	}
	valid, bad := r.validator()
	if bad != nil {
		return nil, bad
	}
	d := &Detector{Kind: r.Kind, Class: r.Class, Doc: r.Doc, Prefix: string(r.Kind), Near: r.Keywords, Reach: 1024,
		Good: r.Good, Bad: r.Bad}
	for _, c := range r.Columns {
		d.Names = append(d.Names, columnName(c))
	}
	if r.Required {
		d.Cues = r.Keywords
	}
	c := &custom{rule: r, matcher: m, valid: valid}
	d.custom, d.Find = c, c.find
	d.Fits = func(value []byte) bool {
		ok, _ := c.fits(value) // a cut-off is counted
		return ok
	}
	return d, nil
}

// reportable says what is wrong when no match can ever be reported.
func (r *Rule) reportable() *RuleError {
	switch {
	case len(r.Keywords) == 0 && r.Alone < Report:
		return r.fault("score_alone", "without keywords no match has the score of 0.80 from which findings are reported", "name keywords, or set score_alone to 0.8 or more")
	case r.Score < Report:
		return r.fault("score", "no match has the score of 0.80 from which findings are reported", "set score to 0.8 or more, or leave it out")
	}
	return nil
}

var kindName = regexp.MustCompile(`^[a-z][a-z0-9_]{1,39}$`)

// validator finds what a match must pass besides its pattern, nil if nothing. It fails where another rule that it asks
// was cut off.
func (r *Rule) validator() (func([]byte) (bool, error), *RuleError) {
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
	return nil, r.fault("validator", fmt.Sprintf("there is no validator %q: luhn, mod97 or a kind", r.Validator), "")
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

// fits says whether the rule matches a whole value.
func (c *custom) fits(value []byte) (whole bool, err error) {
	if c.cuts.spent() {
		return false, errSlow
	}
	var unsure error
	err = c.matcher.each(value, func(m hit) bool {
		whole = m.from == 0 && m.to == len(value)
		if whole && c.valid != nil {
			whole, unsure = c.valid(value)
		}
		return !whole
	})
	switch {
	case err != nil:
		c.cuts.cut()
	case unsure != nil:
		c.cuts.slow.Add(1)
	default:
		return whole, nil
	}
	return false, errSlow
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

// line looks at one line; very long ones in pieces. A piece is looked at with some text on either side of it, and a match
// belongs to the piece that it begins in.
func (c *custom) line(dst []Finding, t *Text, start, end uint32) []Finding {
	l := looking{custom: c, text: t, start: start, end: end, found: dst}
	for l.at = start; l.at < end && !c.cuts.spent(); l.at = l.stop {
		l.left, l.stop, l.right = l.at, end, end
		if end-l.at > longestLine {
			l.stop = runeBefore(t.Arena, l.at+longestLine)
			l.right = runeBefore(t.Arena, min(end, l.stop+lineAhead))
		}
		if l.at > start {
			l.left = runeBefore(t.Arena, l.at-lineBehind)
		}
		before := l.open
		l.open, l.joined = false, false
		if c.matcher.each(t.Arena[l.left:l.right], l.take) != nil {
			c.cuts.cut()
		}
		if before && !l.joined {
			c.cuts.long.Add(1)
		}
	}
	if l.unsure {
		c.cuts.slow.Add(1)
	}
	return l.found
}

// runeBefore is p, or the begin of the character that p stands in.
func runeBefore(a []byte, p uint32) uint32 {
	for int(p) < len(a) && !utf8.RuneStart(a[p]) {
		p--
	}
	return p
}

// looking is the work on one line.
type looking struct {
	*custom
	text        *Text
	start, end  uint32 // of the line
	at, stop    uint32 // of the piece at hand
	left, right uint32 // of the text that is looked at for it
	found       []Finding
	covered     uint32 // where what was found in this line ends
	open        bool   // the last match ends where the text does: it may go on
	joined      bool   // a match goes on where the piece before had to stop
	unsure      bool   // the validator was cut off
	trimmed     bool   // first and last are known:
	first, last uint32 // what stands in the line without spaces and quotes around
}

// take takes a match.
func (l *looking) take(m hit) bool {
	t := l.text
	f := Finding{Start: l.left + uint32(m.from), End: l.left + uint32(m.to), Evidence: Format}
	later := l.at > l.start
	joins := later && f.Start < l.covered
	switch {
	case l.left+uint32(m.start) >= l.stop:
		return true // the next piece's
	case later && f.End <= max(l.at, l.covered):
		return true // told with the piece before
	case later && m.start == 0 && !joins:
		return true // it seems to begin here, for what stands before is not seen
	}
	open := l.left+uint32(m.end) == l.right && l.right < l.end
	if l.valid != nil {
		ok, err := l.valid(t.Arena[f.Start:f.End])
		if !ok && open {
			l.custom.cuts.long.Add(1)
		}
		if !ok {
			l.unsure = l.unsure || err != nil
			return true
		}
		f.Evidence |= Checksum
	}
	l.covered, l.open = f.End, open
	if joins {
		l.found[len(l.found)-1].End, l.joined = f.End, true
		return true
	}
	f.Score = l.rule.Alone
	if _, near := t.Near(t.current, f.Start, f.End); near {
		f.Score, f.Evidence = l.rule.Score, f.Evidence|Keyword
	}
	if l.fills(&f) {
		f.Evidence |= Whole
	}
	l.found = append(l.found, f)
	return true
}

// fills says whether a finding fills its cell. That is asked of what fills the line only: a line of spaces, each of them
// a match, would be walked through for each.
func (l *looking) fills(f *Finding) bool {
	if !l.trimmed {
		line := l.text.Arena[l.start:l.end]
		l.trimmed, l.first = true, l.start+uint32(len(line)-len(bytes.TrimLeft(line, ` '"`)))
		if l.last = l.start + uint32(len(bytes.TrimRight(line, ` '"`))); l.first == l.end {
			l.first = l.start
		}
	}
	return f.Start <= l.first && f.End >= l.last && l.text.Whole(f.Start, f.End)
}
