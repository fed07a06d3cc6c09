package detectors

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// Detectors name words that they want to be told about wherever they stand: Detector.Cues. Nearly all words of a text are
// none of them, which a hash of their first four letters says.

// A filter has a bit for every hash of the first letters of cues.
type filter [1 << 16 / 64]uint64

// wordBatch is how many words are looked at in one go: those of a stretch.
const wordBatch = stretch*64 + 8

// findCues tells detectors of the cues that begin in n blocks from the one numbered first.
func (l *lexer) findCues(first, n int) {
	l.places = slices.Grow(l.places[:0], 2*wordBatch)[:2*wordBatch]
	words := l.places[:flatten(l.places[:wordBatch], l.starts[first:first+n])]
	base := uint32(first * 64)
	maybe := l.places[wordBatch:]
	maybe = maybe[:filterWords(maybe, words, l.Arena[base:len(l.Arena)+8], &l.words.cues)]
	joined := l.joined
	for _, p := range maybe {
		for len(joined) > 0 && joined[0] < base+p {
			l.findJoined(joined[0])
			joined = joined[1:]
		}
		l.findCue(base + p)
	}
	for _, p := range joined {
		l.findJoined(p)
	}
	l.joined = l.joined[:0]
}

// findCue looks at the word that begins at p.
func (l *lexer) findCue(p uint32) {
	a := l.Arena[:len(l.Arena)+8] // zeros: no letter goes on there
	var first [3]byte
	list := [2][]entry{} // by the first three letters, and by less where the next word begins in camel case
	q := p
	for i := range first {
		c, n := foldLetter(a[q:])
		if c == 0 || c == 63 {
			break
		}
		if i > 0 && l.begins(q) {
			list[1] = l.words.list[l.words.bucket[slot(first[0], first[1], 0)]]
		}
		first[i] = c
		q += uint32(n)
	}
	list[0] = l.words.list[l.words.bucket[slot(first[0], first[1], first[2])]]
	end := l.wordEnd(p)
	for _, some := range list {
	next:
		for i := range some {
			e := &some[i]
			if len(e.asked) == 0 {
				continue
			}
			q := p
			for k := range len(e.word) {
				c, n := foldLetter(a[q:])
				if c != e.word[k] {
					continue next
				}
				q += uint32(n)
			}
			switch {
			case q == end || q < end && l.begins(q):
				l.tell(e, p, q)
			case e.prefix && q < end:
				l.tell(e, p, end)
			}
		}
	}
}

// begins says whether a word begins at p.
func (t *Text) begins(p uint32) bool { return t.starts[p>>6]>>(p&63)&1 != 0 }

// tell tells all who asked for the word of an entry.
func (l *lexer) tell(e *entry, start, end uint32) {
	for _, x := range e.asked {
		l.cues[x.detector] = append(l.cues[x.detector], Cue{Start: start, End: end, Word: x.word})
	}
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
		if e := &list[i]; len(e.asked) > 0 && string(folded) == e.word {
			l.tell(e, p, p+5)
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

// filterWordsPortable copies to maybe the words that f lets pass, and returns how many there are. text goes on for eight
// bytes behind the last word.
func filterWordsPortable(maybe, words []uint32, text []byte, f *filter) (n int) {
	for _, p := range words {
		h, camel := hashBegin(binary.LittleEndian.Uint64(text[p : p+8 : p+8]))
		maybe[n] = p
		n += int(f[h>>6]>>(h&63)&1 | camel)
	}
	return n
}

// hashBegin hashes the first four letters of the word that x begins with, of which five bits each are the same for both
// cases: the lower ones of the second byte of a Cyrillic letter, or of a Latin one. camel is 1 where another word begins
// among them in camel case: then the hash says nothing.
func hashBegin(x uint64) (h, camel uint64) {
	if x&0x80 != 0 {
		other := x&0x00FC00FC00FC00FC ^ 0x00D000D000D000D0 // not zero where there is no letter
		x &= (other - 1) &^ other
		x = x >> 8 & 0x001F001F001F001F
		x |= x >> 11
		x = x&0x3FF | x>>22&0xFFC00
	} else {
		const low, high = 0x7F7F7F7F, 0x80808080
		y := (x | 0x20202020) & low
		letter := (y + 0x1F1F1F1F) &^ (y + 0x05050505) &^ x & high
		small := letter & (x << 2)
		camel = letter &^ small & (small << 8)
		camel = (camel | -camel) >> 63
		ends := ^letter & high >> 7
		x &= (ends - 1) &^ ends & 0x1F1F1F1F
		x = x&0x001F001F | x>>3&0x03E003E0
		x = x&0x3FF | x>>6&0xFFC00
	}
	return x * 0x9E3779B1 >> 16 & 0xFFFF, camel
}

// add adds the word of an entry. A stem of less than four letters may go on in any way.
func (f *filter) add(e *entry) {
	word := e.word
	if len(word) == 3 && word[1] == 63 {
		return // joined letters do without
	}
	step, shift, lead := 8, 0, uint64(0)
	if word[0] <= 32 {
		step, shift, lead = 16, 8, 0x00D000D000D000D0
	}
	ways := []uint64{0}
	for i := range 4 {
		var codes []uint64
		switch {
		case i >= len(word) && !e.prefix:
			continue
		case i >= len(word):
			for c := range uint64(32) {
				codes = append(codes, c)
			}
		case word[i] == 6: // е, ё
			codes = []uint64{0x15, 0x11, 0x01}
		case word[i] <= 32:
			codes = []uint64{(0xB0 + uint64(word[i]) - 1) & 0x1F}
		default:
			codes = []uint64{uint64(word[i]) & 0x1F}
		}
		var more []uint64
		for _, x := range ways {
			for _, c := range codes {
				if lead == 0 {
					c |= 0x60
				}
				more = append(more, x|c<<(step*i+shift)|lead&(0xFF<<(16*i)))
			}
		}
		ways = more
	}
	for _, x := range ways {
		h, _ := hashBegin(x)
		f[h>>6] |= 1 << (h & 63)
	}
}
