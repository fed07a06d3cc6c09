package detectors

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// What the nearest context word says of a number: the walk over the text. The index of the words is in keywords.go.

// How far context words are looked for, in characters: to the left and to the right; and in bytes, how long
// the cell to the left may be.
const (
	leftWindow  = 100
	longWindow  = 160 // for kinds that stand far behind their word: passports
	rightWindow = 40
	labelWindow = 64
)

// A context is what the nearest context word on either side of a place says. It is small, so that it is handed on in registers.
type context struct {
	kinds    *Kinds // that the word belongs to
	distance uint8  // characters between
	negative bool   // the word speaks against: an order, an article number, or another kind of number
	right    bool   // it stands behind
}

// silent is the context of a place that no context word stands near.
var silent = context{kinds: new(Kinds)}

// speaks says whether the word is one of d's, within so many characters.
func (c *context) speaks(d *Detector, within int) bool {
	return c.kinds.Has(int(d.index)) && int(c.distance) <= within
}

// taken says that the word is one of some kind, no further away than that: where it does not speak for d, it speaks for another.
func (c *context) taken(within int) bool { return !c.kinds.Empty() && int(c.distance) < within }

// Near says whether the context word nearest to a place is one of d's, and how many characters stand between.
// A word on the left is nearer than one on the right; a word with another number between belongs to that number.
func (t *Text) Near(d *Detector, start, end uint32) (dist int, ok bool) {
	if t.words == nil {
		return 0, false
	}
	c := t.words.find(t, start, end, leftWindow)
	return int(c.distance), c.kinds.Has(int(d.index))
}

// context is Near for a number, for every kind at once; the answer is kept.
func (t *Text) context(n *Num) *context {
	if n.seen == 0 {
		limit := leftWindow
		if n.N == 10 {
			limit = longWindow
		}
		t.contexts = append(t.contexts, t.words.find(t, n.Start, n.End, limit))
		n.seen = uint32(len(t.contexts) - 1)
	}
	return &t.contexts[n.seen]
}

// find looks for the nearest context word around [start, end), so many characters to the left.
func (k *keywords) find(t *Text, start, end uint32, limit int) context {
	a := t.Arena
	c := k.left(t, int(start), int(end), limit)
	if c.kinds.Empty() && !c.negative && end < uint32(len(a)) && a[end] != 0 {
		if r := k.right(a, int(end)); !r.kinds.Empty() {
			return r
		}
	}
	return c
}

// left walks back from p word by word. It stops at the first context word, at a number that would have it
// first, at the second line, far back at the end of a sentence, and at the cell's border; from the begin of a cell it steps over the border into
// a short cell on the left, for that may be a key or a label.
func (k *keywords) left(t *Text, p, end, limit int) context {
	a := t.Arena
	weak := silent
	chars, digits, words := 0, 0, 0
	crossed := false // a line or cell was crossed: only the nearest words count
	border := 0      // end of the cell on the left, once there
	listed := false  // a comma or the like stands between
	ended := -1      // words when the end of a sentence was passed
	for i := p; i > 0 && chars <= limit; {
		b := a[i-1]
		switch {
		case b == ' ':
			chars++
			i--
		case b|0x20-'a' < 26 || b >= 0x80 && b < 0xC0 && i >= 2 && a[i-2]&0xFC == 0xD0:
			begin, letters := t.wordBefore(i)
			if letters <= 24 && k.begins.may(eightBytes(a[begin:]), i-begin) {
				if e := t.labels.lookup(k, a, begin, i); e != nil {
					if border > 0 && !isLabel(a, border) {
						return weak
					}
					e = k.chain(a, begin, e)
					if e.negative && ended >= 0 && (words > ended || letters > 3) {
						// the sentence before has no vote against a number; «арт. 123» is an abbreviation
						digits, words, i = 0, words+1, begin
						chars += letters
						continue
					}
					c := context{kinds: &e.kinds, negative: e.negative, distance: uint8(min(chars, 255))}
					if !e.weak {
						return c
					}
					if weak.kinds.Empty() {
						weak = c
						limit = min(limit, chars+60)
					}
				}
			}
			digits = 0
			chars += letters
			words++
			i = begin
			if crossed {
				if words == 2 {
					return weak
				}
				continue
			}
			if chars < limit && a[i-1] == ' ' {
				i, chars, words, ended = k.plainWords(t, i, chars, words, ended, limit)
			}
		case b-'0' <= 9:
			if words == 0 && digits == 0 && listed {
				// 8916…, 8926…: a number of as many digits in a list leaves its word to the next one, too.
				if j := skipNumber(a, i, p, end); j > 0 {
					i, listed = j, false
					continue
				}
			}
			for ; a[i-1]-'0' <= 9; i-- {
				if digits++; digits == 9 {
					return weak
				}
				chars++
			}
		case b == '\n':
			if words > 0 || crossed {
				return weak
			}
			crossed = true
			words = 1 // one word of the line before is looked at
			for i--; a[i-1] == ' ' || a[i-1] == '\r'; i-- {
			}
			if a[i-1] == ':' {
				words = -1 // three of a label: «Укажите ИНН физического лица:»
			}
		case b == 0:
			if words > 0 || crossed || digits > 0 {
				return weak
			}
			if i = leftCell(a, i-1); i == 0 {
				return weak
			}
			crossed, border = true, i
		case b == '@':
			return weak // the address has the words before it
		case (b == '.' || b == '!' || b == '?') && chars > 40 && a[i] == ' ' && words > 0:
			return weak // a sentence further back says little
		default:
			listed = listed || b == ',' || b == ';' || b == '/'
			if ended < 0 && (b == '.' || b == '!' || b == '?') && a[i] == ' ' {
				ended = words
			}
			if b < 0x80 || b >= 0xC0 {
				chars++
			}
			i--
		}
	}
	return weak
}

// labels is a memory of the last context words before numbers: few words stand there, again and again.
type labels [64]struct {
	first, last uint64 // bytes of the word
	size        int
	entry       *entry
}

// lookup is that of k for the word at begin to end.
func (l *labels) lookup(k *keywords, a []byte, begin, end int) *entry {
	size := end - begin
	if size > 16 || end < 8 {
		return k.lookup(a[begin:end])
	}
	other := 64 - 8*min(size, 8) // bits that are not the word's
	first, last := eightBytes(a[begin:])<<other, eightBytes(a[end-8:])>>other
	m := &l[(first^last*3)*hashFactor>>58]
	if m.first != first || m.last != last || m.size != size {
		m.first, m.last, m.size, m.entry = first, last, size, k.lookup(a[begin:end])
	}
	return m.entry
}

// plainWords is a part of left's walk, without what is rare: it steps over Russian words that are no context words and stand
// behind another word, a space and perhaps a mark. Most words do.
func (k *keywords) plainWords(t *Text, i, chars, words, ended, limit int) (int, int, int, int) {
	a := t.Arena
	for chars+1 < limit && i > 4 && a[i-1] == ' ' {
		mark := marksBetween[a[i-2]]
		if mark == otherMark || mark == endMark && chars >= 40 {
			break
		}
		e := i - 1 - int(mark&1)
		if binary.LittleEndian.Uint16(a[e-2:])&0xC0FC != 0x80D0 {
			break
		}
		begin := t.lastStart(e)
		size := e - begin
		if x := eightBytes(a[begin:]); x&0x80 == 0 || size > 48 || k.begins.may(x, size) {
			break
		}
		if c := a[begin-1]; (c == '.' || c == '/') && size == 2 {
			break // joined letters
		}
		if mark == endMark && ended < 0 {
			ended = words
		}
		chars += 1 + int(mark&1) + size/2
		words++
		i = begin
	}
	return i, chars, words, ended
}

// What may stand between two words and a space: nothing, a comma or the end of a sentence. Bit 0 says that it is one byte.
const (
	noMark    = 0
	commaMark = 1
	endMark   = 3
	otherMark = 4
)

var marksBetween = func() (t [256]uint8) {
	for b := range t {
		t[b] = otherMark
		if b >= 0x80 && b < 0xC0 {
			t[b] = noMark // of a letter, perhaps
		}
	}
	t[','], t[';'] = commaMark, commaMark
	t['.'], t['!'], t['?'] = endMark, endMark, endMark
	return t
}()

// skipNumber returns the begin of the number that ends at i when it has as many digits as a[p:end], else 0.
func skipNumber(a []byte, i, p, end int) int {
	n := 0
	for _, b := range a[p:end] {
		if b-'0' <= 9 {
			n++
		}
	}
	for ; i > 0 && n >= 0; i-- {
		switch b := a[i-1]; {
		case b-'0' <= 9:
			n--
		case b == ' ' || b == '-' || b == '(' || b == ')' || b == '+':
		default:
			if n == 0 {
				return i
			}
			return 0
		}
	}
	return 0
}

// chain looks at words joined by slashes before a context word that begins at i: in ИНН/КПП the first
// number belongs to the first word. So does it in «BIC code».
func (k *keywords) chain(a []byte, i int, e *entry) *entry {
	for i > 1 && a[i-1] == '/' {
		begin, letters := wordBefore(a, i-1)
		if letters == 0 || letters > 24 {
			break
		}
		first := k.lookup(a[begin : i-1])
		if first == nil {
			break
		}
		e, i = first, begin
	}
	if e.word == codeWord && i > 1 && a[i-1] == ' ' { // BIC code
		if begin, letters := wordBefore(a, i-1); letters > 0 && letters <= 24 {
			if first := k.lookup(a[begin : i-1]); first != nil && !first.kinds.Empty() {
				return first
			}
		}
	}
	return e
}

// codeWord is the folded word that says nothing behind the name of a number.
var codeWord = string(foldWord(nil, []byte("code")))

// leftCell steps over the border that ends at i, and returns the end of the cell on the left, 0 if there is
// none in this row (a line end between means that another row stands there) or if it ends with a digit: labels do not.
func leftCell(a []byte, i int) int {
	for n := 0; i > 0 && (a[i] == 0 || a[i] == ' ' || a[i] == '\t'); n++ {
		if n == 32 {
			return 0
		}
		i--
	}
	if a[i] == '\n' || a[i] == 0 || a[i]-'0' <= 9 {
		return 0
	}
	return i + 1
}

// isLabel says whether the cell that ends at e is short enough for a key or a label and holds no value of its own.
func isLabel(a []byte, e int) bool {
	cell := a[max(0, e-labelWindow):e]
	border := bytes.LastIndexByte(cell, 0)
	digits := uint8(0)
	for _, b := range cell[border+1:] {
		digits += isDigit[b]
		if b == '@' {
			return false
		}
	}
	return border >= 0 && digits <= 2
}

// wordBefore returns the begin of the word that ends at e, and its letters. A capital behind a small letter
// begins a word (clientInn); one-letter words joined by a dot or slash are one (д.р, р/с).
func wordBefore(a []byte, e int) (begin, letters int) {
	i := e
	// Four Cyrillic letters at a time: both bytes of each are looked at in one compare.
	for i >= 8 && letters <= 36 {
		x := binary.LittleEndian.Uint64(a[i-8:])&0xC0FCC0FCC0FCC0FC ^ 0x80D080D080D080D0
		n := bits.LeadingZeros64(x) / 16
		letters += n
		i -= 2 * n
		if n < 4 {
			break
		}
	}
	for i > 0 {
		b := a[i-1]
		if b|0x20-'a' < 26 {
			if i < e && b >= 'a' && a[i]-'A' < 26 {
				break
			}
			i--
		} else if b >= 0x80 && b < 0xC0 && i >= 2 && a[i-2]&0xFC == 0xD0 {
			i -= 2
		} else {
			break
		}
		if letters++; letters > 40 {
			break
		}
	}
	if letters == 1 && i > 2 && (a[i-1] == '.' || a[i-1] == '/') {
		j := i - 1
		if b := a[j-1]; b|0x20-'a' < 26 {
			j--
		} else if j >= 2 && a[j-2]&0xFC == 0xD0 && b >= 0x80 {
			j -= 2
		} else {
			return i, letters
		}
		if b := a[max(j-1, 0)]; j > 0 && (b|0x20-'a' < 26 || b >= 0x80) {
			return i, letters
		}
		return j, 3
	}
	return i, letters
}

// right walks on from p. A word that the next number follows at once belongs to that one.
func (k *keywords) right(a []byte, p int) context {
	chars := 0
	for i := p; i < len(a) && chars <= rightWindow; {
		b := a[i]
		switch {
		case b|0x20-'a' < 26 || b&0xFC == 0xD0:
			e, letters := wordAfter(a, i)
			if letters <= 24 && k.begins.may(eightBytes(a[i:]), e-i) {
				if w := k.lookup(a[i:e]); w != nil {
					if w.weak || w.negative || bindsNext(a, e) {
						return silent
					}
					return context{kinds: &w.kinds, distance: uint8(min(chars, 255)), right: true}
				}
			}
			chars += letters
			i = e
		case b == '\n' || b == 0 || b == ';' || b-'0' <= 9:
			return silent
		case b == '.' && i+1 < len(a) && a[i+1] == ' ':
			return silent // the next sentence
		default:
			if b < 0x80 || b >= 0xC0 {
				chars++
			}
			i++
		}
	}
	return silent
}

// wordAfter returns the end of the word that begins at i, and its letters.
func wordAfter(a []byte, i int) (end, letters int) {
	start := i
	i, letters = lettersAfter(a, i, 41)
	if i == start {
		return i + 1, 1
	}
	if letters == 1 && i+1 < len(a) && (a[i] == '.' || a[i] == '/') {
		if j, n := wordAfterLetter(a, i+1); n == 1 {
			return j, 3
		}
	}
	return i, letters
}

// wordAfterLetter is wordAfter without the joining of one-letter words.
func wordAfterLetter(a []byte, i int) (end, letters int) {
	begin := i
	i = russianEnd(a, i)
	end, letters = lettersAfter(a, i, len(a))
	return end, (i-begin)/2 + letters
}

// lettersAfter steps over letters from i on, so many at most.
func lettersAfter(a []byte, i, most int) (end, letters int) {
	for ; i < len(a) && letters < most; letters++ {
		if b := a[i]; b|0x20-'a' < 26 {
			i++
		} else if b&0xFC == 0xD0 && i+1 < len(a) && a[i+1] >= 0x80 {
			i += 2
		} else {
			break
		}
	}
	return i, letters
}

// russianEnd is the end of the Russian letters that begin at i.
func russianEnd(a []byte, i int) int {
	for i+8 <= len(a) { // four letters at a time
		n := bits.TrailingZeros64(eightBytes(a[i:i+8])&0xC0FEC0FEC0FEC0FE^0x80D080D080D080D0) / 16
		if i += 2 * n; n < 4 {
			break
		}
	}
	return i
}

// russianBegin is the begin of the Russian letters that end at e.
func russianBegin(a []byte, e int) int {
	for e >= 8 { // four letters at a time
		n := bits.LeadingZeros64(eightBytes(a[e-8:])&0xC0FEC0FEC0FEC0FE^0x80D080D080D080D0) / 16
		if e -= 2 * n; n < 4 {
			break
		}
	}
	return e
}

// spaces are eight of them.
const spaces = 0x2020202020202020

// proseEnd is where something else than Russian letters and spaces stands behind i, within 192 bytes.
func proseEnd(a []byte, i int) int {
	const one, low, top = 0x0101010101010101, 0x7F7F7F7F7F7F7F7F, 0x8080808080808080
	for last := i + 192; i < last && i+8 <= len(a); i += 8 {
		x := eightBytes(a[i : i+8])
		sign := ^x & ((x^spaces)&low + low)                         // ASCII, but no space
		other := x & (x << 1) & ((x&(0xFE*one)^0xD0*one)&low + low) // begins a rune, but no Russian letter
		if found := (sign | other) & top; found != 0 {
			return i + bits.TrailingZeros64(found)/8
		}
	}
	return i
}

// bindsNext says whether a number follows a word that ends at e, with nothing but marks between.
func bindsNext(a []byte, e int) bool {
	for i := e; i < len(a) && i < e+12; i++ {
		switch b := a[i]; {
		case b-'0' <= 9:
			return true
		case b|0x20-'a' < 26 || b == 0 || b == '\n' || b&0xFC == 0xD0:
			return false
		}
	}
	return false
}
