package corpus

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean is the kind of text in which there is no personal data at all: source code, logs, configurations, price
// lists, tables of numbers, and prose about things. Its numbers are random, so that some of them pass the check
// digits of any kind: whatever is reported in it is a false alarm. Only forms that a careful reader would take for a
// person's number too, such as sixteen digits in groups of four that pass as a card, are not among them.
const Clean = "clean"

// streamClean is far from the streams in corpus.go, which count up from 1.
const streamClean = 100

func (o *output) clean(opt Options) {
	c := newCleaner(opt.Seed)
	for o.more(&opt) {
		c.text = c.text[:0]
		c.block()
		for line := range bytes.SplitSeq(c.text, []byte{'\n'}) {
			o.buf = append(o.buf, line...)
			o.newline()
		}
	}
}

// A cleaner writes clean text by rules. A rule is a list of patterns, one of which is taken. In a pattern
//
//	‹name›        is what the rule or maker of that name writes
//	‹name:3-9›    is a maker with numbers to it
//	‹^name›       begins with a capital letter
//	‹1=name›      is kept, to be repeated as ‹1› in the same pattern
//	‹(a|b|c)›     is one of these words
//
// and all else stands for itself.
type cleaner struct {
	dice
	text  []byte
	rules map[string]*cleanRule
	kept  [4][2]int // places in text
}

type cleanRule struct{ patterns [][]cleanNode }

// A cleanNode is one piece of a pattern: literal, rule or maker.
type cleanNode struct {
	literal string
	rule    *cleanRule
	write   func(c *cleaner, a, b int)
	a, b    int
	capital bool
	keep    int // number of the place to keep it in, from 1
	repeat  int // number of the place to repeat, from 1
}

// newCleaner compiles the rules. It panics when they do not fit together: a test makes one.
func newCleaner(seed uint64) *cleaner {
	c := &cleaner{dice: newDice(seed, streamClean), rules: map[string]*cleanRule{}}
	for _, b := range cleanBlocks {
		for _, name := range []string{b.head, b.line, b.foot} {
			if name != "" {
				c.rule(name)
			}
		}
	}
	return c
}

// rule finds or compiles a rule.
func (c *cleaner) rule(name string) *cleanRule {
	if r := c.rules[name]; r != nil {
		return r
	}
	r := &cleanRule{}
	c.rules[name] = r
	var patterns []string
	if words, ok := cleanWords[name]; ok {
		patterns = strings.Fields(words)
	} else if lines, ok := cleanLines[name]; ok {
		patterns = strings.Split(strings.Trim(lines, "\n"), "\n")
	} else if pieces, ok := cleanPieces[name]; ok {
		patterns = strings.Split(strings.Trim(pieces, "\n"), "\n====\n")
	} else {
		panic("corpus: no rule " + name)
	}
	for _, p := range patterns {
		r.patterns = append(r.patterns, c.compile(p))
	}
	return r
}

func (c *cleaner) compile(pattern string) (nodes []cleanNode) {
	for {
		before, rest, found := strings.Cut(pattern, "‹")
		if before != "" {
			nodes = append(nodes, cleanNode{literal: before})
		}
		if !found {
			return nodes
		}
		inside, after, closed := strings.Cut(rest, "›")
		if !closed {
			panic("corpus: an open bracket in " + pattern)
		}
		nodes = append(nodes, c.node(inside))
		pattern = after
	}
}

func (c *cleaner) node(s string) (n cleanNode) {
	if len(s) == 1 && s[0] >= '1' && s[0] <= '4' {
		return cleanNode{repeat: int(s[0] - '0')}
	}
	if len(s) > 2 && s[1] == '=' {
		n.keep = int(s[0] - '0')
		s = s[2:]
	}
	s, n.capital = strings.CutPrefix(s, "^")
	if list, ok := strings.CutPrefix(s, "("); ok {
		n.rule = &cleanRule{}
		for word := range strings.SplitSeq(strings.TrimSuffix(list, ")"), "|") {
			n.rule.patterns = append(n.rule.patterns, []cleanNode{{literal: word}})
		}
		return n
	}
	name, args, _ := strings.Cut(s, ":")
	if n.write = cleanMakers[name]; n.write == nil {
		n.rule = c.rule(s)
		return n
	}
	from, to, _ := strings.Cut(args, "-")
	n.a, _ = strconv.Atoi(from) // a maker without numbers has none
	n.b, _ = strconv.Atoi(to)
	return n
}

func (c *cleaner) expand(r *cleanRule) {
	kept := c.kept
	nodes := r.patterns[c.n(len(r.patterns))]
	for i := range nodes {
		n := &nodes[i]
		from := len(c.text)
		switch {
		case n.repeat > 0:
			at := c.kept[n.repeat-1]
			c.text = append(c.text, c.text[at[0]:at[1]]...)
		case n.rule != nil:
			c.expand(n.rule)
		case n.write != nil:
			n.write(c, n.a, n.b)
		default:
			c.text = append(c.text, n.literal...)
		}
		if n.capital {
			c.capitalise(from)
		}
		if n.keep > 0 {
			c.kept[n.keep-1] = [2]int{from, len(c.text)}
		}
	}
	c.kept = kept
}

// capitalise makes the letter at from a capital one; in the alphabets used here it is as long as the small one.
func (c *cleaner) capitalise(from int) {
	if r, _ := utf8.DecodeRune(c.text[from:]); unicode.IsLower(r) {
		utf8.EncodeRune(c.text[from:], unicode.ToUpper(r))
	}
}

// block writes one piece: a source file, a stretch of a log, some paragraphs.
func (c *cleaner) block() {
	b := &cleanBlocks[c.n(len(cleanBlocks))]
	if b.head != "" {
		c.expand(c.rules[b.head])
		c.text = append(c.text, b.after...)
	}
	for i := range c.between(b.from, b.to) {
		if i > 0 {
			c.text = append(c.text, b.between...)
		}
		c.expand(c.rules[b.line])
	}
	if b.foot != "" {
		c.text = append(c.text, b.after...)
		c.expand(c.rules[b.foot])
	}
	c.text = append(c.text, '\n')
}

// A cleanBlock says how a piece is built: from so many to so many lines, between a head and a foot.
type cleanBlock struct {
	head, line, foot string
	after, between   string // after the head and before the foot; between lines
	from, to         int
}

// cleanBlocks lists the pieces; each is as likely as the others, so that what is common stands here more than once.
var cleanBlocks = []cleanBlock{
	{head: "go.head", line: "go.func", after: "\n\n", between: "\n\n", from: 3, to: 9},
	{line: "sql.query", between: "\n\n", from: 4, to: 12},
	{head: "sql.insert", line: "sql.row", foot: "sql.end", after: "\n", between: ",\n", from: 10, to: 40},
	{head: "py.head", line: "py.func", after: "\n\n\n", between: "\n\n\n", from: 3, to: 8},
	{head: "js.head", line: "js.func", after: "\n\n", between: "\n\n", from: 3, to: 8},
	{line: "yaml.part", between: "\n---\n", from: 2, to: 5},
	{line: "css.rule", between: "\n", from: 6, to: 20},
	{head: "package.head", line: "package.line", foot: "package.foot", after: "\n", between: ",\n", from: 8, to: 25},
	{line: "lock.entry", between: "\n", from: 8, to: 25},
	{line: "import.line", between: "\n", from: 8, to: 20},
	{line: "html.line", between: "\n", from: 6, to: 20},
	{line: "shell.line", between: "\n", from: 5, to: 15},
	{line: "log.iso", between: "\n", from: 30, to: 120},
	{line: "log.unix", between: "\n", from: 30, to: 120},
	{line: "log.json", between: "\n", from: 20, to: 60},
	{line: "log.db", between: "\n", from: 20, to: 60},
	{line: "log.build", between: "\n", from: 20, to: 60},
	{line: "log.ru", between: "\n", from: 20, to: 60},
	{line: "access.line", between: "\n", from: 20, to: 60},
	{line: "hash.line", between: "\n", from: 15, to: 50},
	{head: "base64.head", line: "base64.line", foot: "base64.foot", after: "\n", between: "\n", from: 8, to: 30},
	{head: "dump.head", line: "dump.line", after: "\n", between: "\n", from: 8, to: 30},
	{line: "git.commit", between: "\n", from: 15, to: 50},
	{head: "trace.head", line: "trace.line", foot: "trace.foot", after: "\n", between: "\n", from: 6, to: 20},
	{line: "metric.line", between: "\n", from: 15, to: 50},
	{head: "price.head", line: "price.line", foot: "price.foot", after: "\n", between: "\n", from: 15, to: 40},
	{head: "ean.head", line: "ean.line", after: "\n", between: "\n", from: 15, to: 40},
	{line: "order.line", between: "\n", from: 15, to: 40},
	{line: "bare.line", between: "\n", from: 15, to: 40},
	{line: "track.line", between: "\n", from: 10, to: 30},
	{head: "table.head", line: "table.line", after: "\n", between: "\n", from: 15, to: 50},
	{line: "numbers.line", between: "\n", from: 10, to: 30},
	{line: "times.line", between: "\n", from: 10, to: 30},
	{head: "geo.head", line: "geo.feature", foot: "geo.foot", after: "\n", between: ",\n", from: 6, to: 20},
	{line: "map.line", between: "\n", from: 6, to: 20},
	{head: "mini.head", line: "mini.item", foot: "mini.foot", between: ",", from: 20, to: 80},
	{head: "json.head", line: "json.item", foot: "json.foot", after: "\n", between: ",\n", from: 5, to: 20},
	{line: "ini.line", between: "\n", from: 15, to: 40},
	{line: "version.line", between: "\n", from: 10, to: 30},
	{line: "law.point", between: "\n", from: 8, to: 25},
	{line: "norm.line", between: "\n", from: 8, to: 25},
	{line: "weather.paragraph", between: "\n", from: 3, to: 9},
	{line: "machine.paragraph", between: "\n", from: 3, to: 9},
	{line: "garden.paragraph", between: "\n", from: 3, to: 9},
	{line: "economy.paragraph", between: "\n", from: 3, to: 9},
	{line: "product.paragraph", between: "\n", from: 3, to: 9},
	{line: "town.paragraph", between: "\n", from: 3, to: 9},
	{line: "firm.paragraph", between: "\n", from: 3, to: 9},
	{line: "manual.paragraph", between: "\n", from: 3, to: 9},
	{line: "office.paragraph", between: "\n", from: 3, to: 9},
	{line: "english.paragraph", between: "\n", from: 3, to: 9},
}

// cleanMakers write numbers and codes. Those with one number write so many characters, those with two a number
// between them.
var cleanMakers = map[string]func(c *cleaner, a, b int){
	"d": func(c *cleaner, a, _ int) { c.text = c.digits(c.text, a) },
	"D": func(c *cleaner, a, _ int) { // no leading zero
		c.text = append(c.text, '1'+byte(c.n(9)))
		c.text = c.digits(c.text, a-1)
	},
	"n":  func(c *cleaner, a, b int) { c.text = strconv.AppendInt(c.text, int64(c.between(a, b)), 10) },
	"n2": func(c *cleaner, a, b int) { c.text = two(c.text, c.between(a, b)) },
	"h":  func(c *cleaner, a, _ int) { c.from("0123456789abcdef", a) },
	"H":  func(c *cleaner, a, _ int) { c.from("0123456789ABCDEF", a) },
	"A":  func(c *cleaner, a, _ int) { c.from("ABCDEFGHJKLMNPRSTUVWXYZ", a) },
	"AN": func(c *cleaner, a, _ int) { c.from("0123456789ABCDEFGHJKLMNPRSTUVWXYZ", a) },
	"RU": func(c *cleaner, a, _ int) {
		c.text = append(c.text, string([]rune("АБВГДЖКЛМНПРСТ")[c.n(14)])...)
	},
	"b64": func(c *cleaner, a, _ int) {
		c.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", a)
	},
	"b64u": func(c *cleaner, a, _ int) {
		c.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", a)
	},
	"uuid": func(c *cleaner, _, _ int) {
		for i, n := range []int{8, 4, 3, 3, 12} {
			if i > 0 {
				c.text = append(c.text, '-')
			}
			switch i {
			case 2:
				c.text = append(c.text, '4')
			case 3:
				c.text = append(c.text, c.pickByte("89ab"))
			}
			c.from("0123456789abcdef", n)
		}
	},
	"pairs":  func(c *cleaner, a, _ int) { c.pairs("0123456789abcdef", ' ', a) },
	"print":  func(c *cleaner, a, _ int) { c.pairs("0123456789ABCDEF", ':', a) }, // of a certificate
	"ean":    func(c *cleaner, a, _ int) { c.ean(a) },
	"date":   func(c *cleaner, _, _ int) { c.text = c.isoDate(c.text, 2012, 2026) },
	"rudate": func(c *cleaner, _, _ int) { c.rudate(2012, 2026) },
	"year":   func(c *cleaner, _, _ int) { c.text = four(c.text, c.between(1995, 2026)) },
	"clock":  func(c *cleaner, _, _ int) { c.text = c.clock(c.text) },
	"hms": func(c *cleaner, _, _ int) {
		c.text = append(c.clock(c.text), ':')
		c.text = two(c.text, c.n(60))
	},
	"unix": func(c *cleaner, _, _ int) {
		c.text = strconv.AppendInt(c.text, int64(c.between(1420070400, 1796083200)), 10)
	},
	"money": func(c *cleaner, a, b int) { c.money(a, b, ',') },
	"sum":   func(c *cleaner, a, b int) { c.grouped(c.between(a, b), ' ') },
	"comma": func(c *cleaner, a, b int) { c.grouped(c.between(a, b), ',') },
	"lat":   func(c *cleaner, a, _ int) { c.decimal(c.between(43, 68), a) },
	"lon":   func(c *cleaner, a, _ int) { c.decimal(c.between(20, 160), a) },
	"float": func(c *cleaner, a, b int) { c.decimal(c.n(a), b) },
	"fl": func(c *cleaner, a, _ int) {
		c.text = append(strconv.AppendInt(c.text, int64(c.n(a)), 10), ',', '0'+byte(c.n(10)))
	},
	"ver":    func(c *cleaner, _, _ int) { c.dotted(12, 30, 20) },
	"ver2":   func(c *cleaner, _, _ int) { c.dotted(12, 30) },
	"ver4":   func(c *cleaner, _, _ int) { c.dotted(16, 20, 250, 250) },
	"verwin": func(c *cleaner, _, _ int) { c.dotted(11, 4, 22000, 4000) },
	"sec2":   func(c *cleaner, _, _ int) { c.dotted(20, 30) },
	"sec3":   func(c *cleaner, _, _ int) { c.dotted(20, 30, 30) },
	"sec4":   func(c *cleaner, _, _ int) { c.dotted(20, 30, 30, 12) },
}

// from appends n characters of an alphabet.
func (c *cleaner) from(alphabet string, n int) {
	r := c.src.Uint64()
	for i := range n {
		if i%8 == 7 {
			r = c.src.Uint64()
		}
		c.text = append(c.text, alphabet[r%uint64(len(alphabet))])
		r /= uint64(len(alphabet))
	}
}

func (c *cleaner) pairs(alphabet string, between byte, n int) {
	for i := range n {
		if i > 0 {
			c.text = append(c.text, between)
		}
		c.from(alphabet, 2)
	}
}

// ean appends a bar code of n digits: 8, 12 (UPC-A) or 13. The last digit makes the sum a multiple of ten, digits
// counting three times and once by turns, from the right (GS1 General Specifications, 7.9).
func (c *cleaner) ean(n int) {
	from := len(c.text)
	if n == 13 && c.percent(70) {
		c.text = append(c.text, '4', '6')
		c.text = c.digits(c.text, n-3)
	} else {
		c.text = c.digits(c.text, n-1)
	}
	sum := 0
	for i, d := range c.text[from:] {
		v := int(d - '0')
		if (n-1-i)%2 == 1 {
			v *= 3
		}
		sum += v
	}
	c.text = append(c.text, '0'+byte((10-sum%10)%10))
}

func (c *cleaner) rudate(from, to int) {
	c.text = append(two(c.text, c.between(1, 28)), '.')
	c.text = append(two(c.text, c.between(1, 12)), '.')
	c.text = four(c.text, c.between(from, to))
}

func (c *cleaner) money(from, to int, point byte) {
	c.grouped(c.between(from, to), ' ')
	c.text = append(c.text, point)
	c.text = c.digits(c.text, 2)
}

// grouped appends a number in groups of three digits.
func (c *cleaner) grouped(n int, between byte) {
	if n >= 1000 {
		c.grouped(n/1000, between)
		c.text = fmt.Appendf(append(c.text, between), "%03d", n%1000)
		return
	}
	c.text = strconv.AppendInt(c.text, int64(n), 10)
}

// decimal appends a number with so many digits after the point.
func (c *cleaner) decimal(whole, digits int) {
	c.text = append(strconv.AppendInt(c.text, int64(whole), 10), '.')
	c.text = c.digits(c.text, digits)
}

// dotted appends numbers below these, with points between them.
func (c *cleaner) dotted(below ...int) {
	for i, n := range below {
		if i > 0 {
			c.text = append(c.text, '.')
		}
		c.text = strconv.AppendInt(c.text, int64(c.n(n)), 10)
	}
}
