package rules

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// A SourceClause is a piece of a policy's source document.
type SourceClause struct {
	At   string // "5.1", "App. 1 row 2", "App. 2 table 2 row 1"
	Text string // normalised
}

// Fingerprint returns the SHA-256 of the normalised text in hex.
func (c SourceClause) Fingerprint() string { return fingerprint(c.Text) }

func fingerprint(normal string) string {
	sum := sha256.Sum256([]byte(normal))
	return hex.EncodeToString(sum[:])
}

// Verify holds the policy to its source: every clause must stand there with the text that was read. Line breaks,
// kinds of spaces, quotes and dashes do not matter; letters and numbers do. The error is a VerifyError.
func (p *Policy) Verify(source []byte) error {
	e := &VerifyError{Policy: p.ID}
	there := map[string]string{}
	for _, c := range SplitSource(source) {
		there[c.At] = c.Fingerprint()
	}
	for _, c := range p.Clauses {
		switch sum, ok := there[c.At]; {
		case !ok:
			e.Missing = append(e.Missing, c.At)
		case sum != c.SHA256:
			e.Differ = append(e.Differ, c.At)
		}
	}
	e.Elsewhere = len(e.Missing)+len(e.Differ) == 0 && fingerprint(normalise(string(source))) != p.Source.SHA256
	if len(e.Missing)+len(e.Differ) == 0 && !e.Elsewhere {
		return nil
	}
	return e
}

// SourceFingerprint returns what Source.SHA256 holds for a document.
func SourceFingerprint(source []byte) string { return fingerprint(normalise(string(source))) }

// A VerifyError names the clauses a source does not hold as they were read.
type VerifyError struct {
	Policy          string
	Differ, Missing []string
	Elsewhere       bool // every clause is as it was, but the text around them is not
}

func (e *VerifyError) Error() string {
	var parts []string
	if len(e.Differ) > 0 {
		parts = append(parts, "another text in "+strings.Join(e.Differ, ", "))
	}
	if len(e.Missing) > 0 {
		parts = append(parts, "not in the source: "+strings.Join(e.Missing, ", "))
	}
	if e.Elsewhere {
		parts = append(parts, "the clauses are the same, but the text around them has changed")
	}
	return fmt.Sprintf("policy %s and its source differ: %s", e.Policy, strings.Join(parts, "; "))
}

// normalise makes one line of a text: runs of white space become a space, quotes and dashes lose their shape,
// invisible characters go. The case of letters stays.
func normalise(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch r {
		case '«', '»', '“', '”', '„', '‟', '″':
			r = '"'
		case '’', '‘', '‚', '‛', '′', '`':
			r = '\''
		case '–', '—', '−', '‐', '‑', '‒', '―':
			r = '-'
		case '\u00ad', '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff':
			continue
		}
		if unicode.IsSpace(r) || r == '\u00a0' || r == '\u202f' {
			space = b.Len() > 0
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

var (
	numberPattern   = regexp.MustCompile(`[0-9]{1,2}(\.[0-9]{1,2}){0,4}\.? `)
	appendixPattern = regexp.MustCompile(`(Appendix|Annex|Приложение)( №| No\.?)? ([0-9]{1,2}) `)
)

// SplitSource cuts a document into numbered clauses and the rows of its appendices' tables. It leans on numbers
// that follow each other and on ends of sentences, not on line breaks.
func SplitSource(source []byte) []SourceClause {
	text := normalise(string(source)) + " "
	body, appendices := text, ""
	for _, m := range appendixPattern.FindAllStringSubmatchIndex(text, -1) {
		if text[m[6]:m[7]] == "1" && afterSentence(text[:m[0]]) && strings.Contains(text[m[1]:], "|") {
			body, appendices = text[:m[0]], text[m[0]:]
			break
		}
	}
	return append(splitNumbers(body), splitAppendices(appendices)...)
}

func splitNumbers(body string) []SourceClause {
	var cs []SourceClause
	var now []int
	start := 0
	finish := func(end int) {
		if now != nil {
			cs = append(cs, SourceClause{At: dotted(now), Text: strings.TrimSpace(body[start:end])})
		}
	}
	for i := 0; i < len(body); {
		m := numberPattern.FindStringIndex(body[i:])
		if m == nil {
			break
		}
		from, to := i+m[0], i+m[1]
		word := strings.TrimSuffix(body[from:to], " ")
		n := parts(word)
		if (from == 0 || body[from-1] == ' ') && follows(now, n, strings.HasSuffix(word, "."), body[:from], body[start:from]) {
			finish(from)
			now, start = n, to
			i = to
			continue
		}
		i = from + 1
		for i < len(body) && body[i-1] != ' ' {
			i++
		}
	}
	finish(len(body))
	return cs
}

// follows says whether a number begins the clause after now: it is the first child, or the next of now or of a
// parent with at most two numbers left out, and stands behind the end of a sentence or the heading of a section.
func follows(now, n []int, dot bool, before, since string) bool {
	if len(n) == 1 && !dot {
		return false
	}
	if now == nil {
		return n[0] == 1 && (len(n) == 1 || len(n) == 2 && n[1] == 1)
	}
	next := false
	if len(n) == len(now)+1 && dotted(n[:len(now)]) == dotted(now) {
		next = n[len(now)] >= 1 && n[len(now)] <= 3
	} else if len(n) <= len(now) && len(n) > 0 {
		k := len(n) - 1
		next = dotted(n[:k]) == dotted(now[:k]) && n[k] > now[k] && n[k] <= now[k]+3
	}
	if !next {
		return false
	}
	heading := len(now) == 1 && len(n) == 2 && len([]rune(since)) < 120
	return heading || afterSentence(before)
}

func afterSentence(before string) bool {
	before = strings.TrimRight(before, " \"')")
	return before == "" || strings.ContainsRune(".;:!?|", rune(before[len(before)-1]))
}

func parts(word string) []int {
	var n []int
	for _, s := range strings.Split(strings.TrimSuffix(word, "."), ".") {
		i, _ := strconv.Atoi(s) // the pattern allows digits only
		n = append(n, i)
	}
	return n
}

func dotted(n []int) string {
	s := make([]string, len(n))
	for i, x := range n {
		s[i] = strconv.Itoa(x)
	}
	return strings.Join(s, ".")
}

// splitAppendices cuts tables: cells stand between bars, an empty cell ends a row, and a row that begins like
// the first one of the appendix is the head of another table.
func splitAppendices(text string) []SourceClause {
	var cs []SourceClause
	var starts [][2]int // offset, number
	for _, m := range appendixPattern.FindAllStringSubmatchIndex(text, -1) {
		n, _ := strconv.Atoi(text[m[6]:m[7]])
		if n == len(starts)+1 && afterSentence(text[:m[0]]) {
			starts = append(starts, [2]int{m[0], n})
		}
	}
	for i, s := range starts {
		end := len(text)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		cs = append(cs, splitTables(fmt.Sprintf("App. %d", s[1]), text[s[0]:end])...)
	}
	return cs
}

func splitTables(at, text string) []SourceClause {
	title, table, _ := strings.Cut(text, "|")
	cs := []SourceClause{{At: at, Text: strings.TrimSpace(title)}}
	var rows [][]string
	open := false
	for _, cell := range strings.Split(table, "|") {
		if cell = strings.TrimSpace(cell); cell == "" {
			open = false
			continue
		}
		if !open {
			rows = append(rows, nil)
			open = true
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], cell)
	}
	tables := 0
	for _, r := range rows {
		if r[0] == rows[0][0] {
			tables++
		}
	}
	number, row := 0, 0
	for _, r := range rows {
		if r[0] == rows[0][0] {
			number, row = number+1, 0
			continue
		}
		row++
		place := fmt.Sprintf("%s row %d", at, row)
		if tables > 1 {
			place = fmt.Sprintf("%s table %d row %d", at, number, row)
		}
		cs = append(cs, SourceClause{At: place, Text: strings.Join(r, " | ")})
		for i, cell := range r {
			cs = append(cs, SourceClause{At: fmt.Sprintf("%s col %d", place, i+1), Text: cell})
		}
	}
	return cs
}
