package detectors

import (
	"encoding/binary"
	"maps"
	"math/bits"
	"slices"
)

// Detectors name words that they want to be told about wherever they stand: Detector.Cues. Nearly all words of a text are
// none of them, which a hash of their first four letters says: their code.

// A filter has a bit for every code of a cue, and the cues in the order of their codes.
type filter struct {
	bits  wordCodes
	first [1<<12 + 1]uint16 // by the upper twelve bits of a code: index in list of the first cue
	list  []cueEntry
}

// wordCodes is a set of codes.
type wordCodes [1 << 16 / 64]uint64

// may says whether the word that x begins with may be one whose codes are in the set.
func (s *wordCodes) may(x uint64) bool {
	c := codeOf(x)
	return s[c>>6]>>(c&63)&1 != 0 || camelCase(x)
}

// add adds the codes of a word.
func (s *wordCodes) add(e *entry) {
	for _, c := range codesOf(e) {
		s[c>>6] |= 1 << (c & 63)
	}
}

// A cueEntry is a cue that one detector asked for, and what its first letters look like in eight bytes of text, as far as
// both cases agree.
type cueEntry struct {
	mask, begin uint64
	small       []byte // the word in small letters
	prefix      bool
	asked
}

// anyCode stands for the code of a word in which another one begins, in camel case, among the first four letters.
const anyCode = 1 << 31

// wordBatch is how many words are looked at in one go: those of a stretch.
const wordBatch = stretch*64 + 8

// findCues tells detectors of the cues that begin in n blocks from the one numbered first.
func (l *lexer) findCues(first, n int) {
	l.places = slices.Grow(l.places[:0], 2*wordBatch)[:2*wordBatch]
	words := l.places[:flatten(l.places[:wordBatch], l.starts[first:first+n])]
	base := uint32(first * 64)
	maybe := l.places[wordBatch:]
	maybe = maybe[:filterWords(maybe, words, l.Arena[base:len(l.Arena)+8], l.words.cues)]
	joined := l.joined
	for _, m := range maybe {
		p := base + m>>16&(1<<15-1)
		for len(joined) > 0 && joined[0] < p {
			l.findJoined(joined[0])
			joined = joined[1:]
		}
		if m&anyCode == 0 {
			l.findCue(p, m&0xFFFF)
			continue
		}
		// As a whole, and as far as the next word.
		x := binary.LittleEndian.Uint64(l.Arena[p : p+8 : p+8])
		whole, short := codeOf(x), codeOf(x&(1<<(8*l.small(p))-1))
		l.findCue(p, whole)
		if short>>4 != whole>>4 {
			l.findCue(p, short)
		}
	}
	for _, p := range joined {
		l.findJoined(p)
	}
	l.joined = l.joined[:0]
}

// small is how many Latin letters begin at p before a capital.
func (t *Text) small(p uint32) (n int) {
	for n = 1; !t.begins(p + uint32(n)); n++ {
	}
	return n
}

// findCue compares the word that begins at p with the cues of about the same code.
func (l *lexer) findCue(p, code uint32) {
	f := l.words.cues
	list := f.list[f.first[code>>4]:f.first[code>>4+1]]
	a := l.Arena[:len(l.Arena)+8] // zeros: no letter goes on there
	x := binary.LittleEndian.Uint64(a[p : p+8 : p+8])
next:
	for i := range list {
		e := &list[i]
		if x&e.mask != e.begin {
			continue
		}
		q, small := p, e.small
		for len(small) > 0 {
			if len(small) > 1 && a[q] == small[0] && a[q+1] == small[1] { // a letter, or two
				q, small = q+2, small[2:]
				continue
			}
			c, n := foldLetter(a[q:])
			own, m := foldLetter(small)
			if c != own {
				continue next
			}
			q, small = q+uint32(n), small[m:]
		}
		switch b := a[q]; {
		case b|0x20-'a' >= 26 && b&0xFC != 0xD0 || l.begins(q):
			l.tell(e.asked, p, q)
		case e.prefix:
			l.tell(e.asked, p, l.wordEnd(q))
		}
	}
}

// begins says whether a word begins at p.
func (t *Text) begins(p uint32) bool { return t.starts[p>>6]>>(p&63)&1 != 0 }

// tell tells a detector of a word.
func (l *lexer) tell(who asked, start, end uint32) {
	l.cues[who.detector] = append(l.cues[who.detector], Cue{Start: start, End: end, Word: who.index})
}

// join notes two single letters that a dot or a slash joins, the first one at p.
func (l *lexer) join(p uint32) {
	a := l.Arena[:len(l.Arena)+8]
	if a[p+2] != '.' && a[p+2] != '/' || a[p+3]&0xFC != 0xD0 {
		return
	}
	if b := a[p+5]; b|0x20-'a' >= 26 && b&0xFC != 0xD0 {
		l.joined = append(l.joined, p)
	}
}

// findJoined looks at the joined letters at p.
func (l *lexer) findJoined(p uint32) {
	var buf [8]byte
	folded := foldWord(buf[:0], l.Arena[:len(l.Arena)+8][p:p+5])
	list := l.words.list[l.words.bucketOf(folded)]
	for i := range list {
		if e := &list[i]; string(folded) == e.word {
			for _, who := range e.asked {
				l.tell(who, p, p+5)
			}
		}
	}
}

// wordEnd returns where the letters end that begin at p.
func (t *Text) wordEnd(p uint32) uint32 {
	a := t.Arena[:len(t.Arena)+8]
	for q := p + 1; ; q++ {
		if b := a[q]; b|0x20-'a' >= 26 && b&0xFC != 0xD0 && (b < 0x80 || b >= 0xC0) {
			return q
		}
	}
}

// flattenPortable lists the places of the bits of starts and returns how many there are. places has room for eight more.
func flattenPortable(places []uint32, starts []uint64) (n int) {
	for i, s := range starts {
		for ; s != 0; s &= s - 1 {
			places[n] = uint32(i*64 + bits.TrailingZeros64(s))
			n++
		}
	}
	return n
}

// filterWordsPortable writes to maybe, for each word that f lets pass, its place times 1<<16 and its code, or anyCode
// instead of a code. It returns how many there are. text goes on for eight bytes behind the last word.
func filterWordsPortable(maybe, words []uint32, text []byte, f *filter) (n int) {
	for _, p := range words {
		x := binary.LittleEndian.Uint64(text[p : p+8 : p+8])
		if camelCase(x) {
			maybe[n] = p<<16 | anyCode
			n++
			continue
		}
		code := codeOf(x)
		maybe[n] = p<<16 | code
		n += int(f.bits[code>>6] >> (code & 63) & 1)
	}
	return n
}

// codeOf is the code of the word that x begins with. Of each of the first four letters it takes five bits, which are the
// same for both cases: the lower ones of the second byte of a Cyrillic letter, or of a Latin one.
func codeOf(x uint64) uint32 {
	if x&0x80 != 0 {
		other := x&0x00FC00FC00FC00FC ^ 0x00D000D000D000D0 // not zero where there is no letter
		x &= (other - 1) &^ other
		x = x >> 8 & 0x001F001F001F001F
		x |= x >> 11
		return mix(uint32(x&0x3FF | x>>22&0xFFC00))
	}
	ends := ^latinLetters(uint32(x)) & 0x80808080 >> 7
	y := uint32(x) & (ends - 1) &^ ends & 0x1F1F1F1F
	y = y&0x001F001F | y>>3&0x03E003E0
	return mix(y&0x3FF | y>>6&0xFFC00)
}

// mix makes a code of twenty bits.
func mix(x uint32) uint32 { return uint32(uint64(x) * 0x9E3779B1 >> 16 & 0xFFFF) }

// latinLetters has the upper bit of each byte of x that is a Latin letter.
func latinLetters(x uint32) uint32 {
	const low, high = 0x7F7F7F7F, 0x80808080
	y := (x | 0x20202020) & low
	return (y + 0x1F1F1F1F) &^ (y + 0x05050505) &^ x & high
}

// camelCase says whether a capital follows a small letter among the first four letters.
func camelCase(x uint64) bool {
	if x&0x80 != 0 {
		return false
	}
	letter := latinLetters(uint32(x))
	small := letter & (uint32(x) << 2)
	return letter&^small&(small<<8) != 0
}

// newFilter makes a filter of the words that detectors asked for.
func newFilter(words entries) *filter {
	f := &filter{}
	byCode := make([][]cueEntry, 1<<12)
	for _, key := range slices.Sorted(maps.Keys(words)) {
		e := words[key]
		if len(e.word) == 3 && e.word[1] == 63 {
			continue // joined letters do without
		}
		c := cueEntry{mask: 0x80, small: []byte(unfold(e.word)), prefix: e.prefix}
		if e.word[0] <= 32 {
			c.begin = 0x80
		}
		for i := range min(len(e.word), 4) {
			switch x := uint64(e.word[i]); {
			case x > 32:
				c.mask |= 0x1F << (8 * i)
				c.begin |= x & 0x1F << (8 * i)
			case x != 6: // е may be ё
				c.mask |= 0x1F00 << (16 * i)
				c.begin |= (0xB0 + x - 1) & 0x1F << (16*i + 8)
			}
		}
		f.bits.add(e)
		in := map[uint32]bool{}
		for _, code := range codesOf(e) {
			if in[code>>4] {
				continue
			}
			in[code>>4] = true
			for _, who := range e.asked {
				c.asked = who
				byCode[code>>4] = append(byCode[code>>4], c)
			}
		}
	}
	for code, list := range byCode {
		f.list = append(f.list, list...)
		f.first[code+1] = uint16(len(f.list))
	}
	return f
}

// codesOf lists the codes that a word may have: a stem of less than four letters goes on in any way.
func codesOf(e *entry) []uint32 {
	all := []uint32{0}
	for i := range 4 {
		var letters []uint32
		switch {
		case i >= len(e.word) && !e.prefix:
			continue
		case i >= len(e.word):
			for c := range uint32(32) {
				letters = append(letters, c)
			}
		case e.word[i] == 6: // е, ё
			letters = []uint32{0x15, 0x11, 0x01}
		case e.word[i] <= 32:
			letters = []uint32{(0xB0 + uint32(e.word[i]) - 1) & 0x1F}
		default:
			letters = []uint32{uint32(e.word[i]) & 0x1F}
		}
		var more []uint32
		for _, x := range all {
			for _, c := range letters {
				more = append(more, x|c<<(5*i))
			}
		}
		all = more
	}
	for i, x := range all {
		all[i] = mix(x)
	}
	return all
}

// unfold is the word in small letters that foldWord has folded.
func unfold(word string) string {
	var s []rune
	for _, c := range []byte(word) {
		if c > 32 {
			s = append(s, rune(c-32)|0x60)
		} else {
			s = append(s, 'а'+rune(c)-1)
		}
	}
	return string(s)
}
