package detectors

import (
	"cmp"
	"encoding/binary"
	"maps"
	"math/bits"
	"slices"
)

// Detectors name words that they want to be told about wherever they stand: Detector.Cues. Nearly all words of a text are
// none of them, which their first four letters say, as a code of twenty bits.

// A filter has a bit for every code of a cue, and the cues in the order of their codes.
type filter struct {
	bits  wordCodes
	fifth fifthLetters
	first [1<<12 + 1]uint16 // by slotOf a code: index in list of the first cue
	list  []cueEntry
}

// wordCodes is a set of codes.
type wordCodes [1 << 20 / 64]uint64

// fifthLetters is a set of Cyrillic codes with a fifth letter, by a hash: most words that begin with four letters of a cue do not
// go on like it.
type fifthLetters [1 << 16 / 64]uint64

// placeOf is where a code and a fifth letter are in the set.
func placeOf(code, letter uint32) uint32 { return (code<<5 | letter) * 0x9E3779B1 >> 16 }

// filter copies to maybe the words that the set may hold, and returns how many there are. text goes on for ten bytes behind the
// last word.
func (s *fifthLetters) filter(maybe, words []uint32, text []byte) (n int) {
	for _, p := range words {
		t := text[p : p+10 : p+10]
		x, y := binary.LittleEndian.Uint64(t), uint32(binary.LittleEndian.Uint16(t[8:]))
		other := x&0x00FC00FC00FC00FC ^ 0x00D000D000D000D0 | uint64(y&0xFC^0xD0)
		five := uint32((other - 1) >> 63) // no byte is other than a Cyrillic one
		h := placeOf(codeOfRussian(x), y>>8&0x1F&-five)
		maybe[n] = p
		n += int(s[h>>6&1023] >> (h & 63) & 1)
	}
	return n
}

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

// add adds the codes of a Cyrillic word with each fifth letter that it may have.
func (s *fifthLetters) add(e *entry) {
	if e.word[0] > 32 {
		return
	}
	letters := []uint32{0}
	if len(e.word) > 4 || e.prefix {
		letters = lettersAt(e, 4)
	}
	for _, c := range codesOf(e) {
		for _, letter := range letters {
			h := placeOf(c, letter)
			s[h>>6] |= 1 << (h & 63)
		}
	}
}

// A cueEntry is a cue that one detector asked for, and what its letters look like in sixteen bytes of text, as far as both
// cases agree.
type cueEntry struct {
	mask, begin [2]uint64
	size        uint8 // in bytes
	prefix      bool
	asked
	rest []byte // letters behind the sixteen bytes, in small
}

// wordBatch is how many words are looked at in one go: those of a stretch. The kernels write what will be overwritten behind them.
const wordBatch = stretch*64 + 64

// findCues tells detectors of the cues that begin in n blocks from the one numbered first.
func (l *lexer) findCues(first, n int) {
	l.places = slices.Grow(l.places[:0], 3*wordBatch)[:3*wordBatch]
	words, cyrillic, latin := l.places[:wordBatch], l.places[wordBatch:2*wordBatch], l.places[2*wordBatch:]
	text := l.Arena[first*64 : len(l.Arena)+16]
	f := l.words.cues
	starts := l.planes.starts[1 : n+1]
	k := flatten(words, starts, l.planes.cyril[1:n+1])
	cyrillic = cyrillic[:filterCyrillic(cyrillic, words[:k], text, &f.bits)]
	cyrillic = cyrillic[:f.fifth.filter(cyrillic, cyrillic, text)]
	k = flatten(words, starts, l.planes.latin[1:n+1])
	latin = latin[:filterLatin(latin, words[:k], text, &f.bits)]
	base := uint32(first * 64)
	joined := l.joined
	for len(cyrillic)+len(latin)+len(joined) > 0 { // in the order of the text
		c, a, j := ^uint32(0), ^uint32(0), ^uint32(0)
		if len(cyrillic) > 0 {
			c = base + cyrillic[0]
		}
		if len(latin) > 0 {
			a = base + latin[0]
		}
		if len(joined) > 0 {
			j = joined[0]
		}
		switch {
		case c < a && c < j:
			l.findCue(c, codeOf(binary.LittleEndian.Uint64(l.Arena[c:c+8:c+8])))
			cyrillic = cyrillic[1:]
		case a < j:
			l.findLatin(a)
			latin = latin[1:]
		default:
			l.findJoined(j)
			joined = joined[1:]
		}
	}
	l.joined = l.joined[:0]
}

// findLatin compares a Latin word, and where the next word begins in camel case, what stands before that.
func (l *lexer) findLatin(p uint32) {
	x := binary.LittleEndian.Uint64(l.Arena[p : p+8 : p+8])
	whole := codeOf(x)
	l.findCue(p, whole)
	if camelCase(x) {
		if short := codeOf(x & (1<<(8*l.small(p)) - 1)); slotOf(short) != slotOf(whole) {
			l.findCue(p, short)
		}
	}
}

// small is how many Latin letters begin at p before a capital.
func (t *Text) small(p uint32) (n int) {
	for n = 1; !humped(t.Arena, p+uint32(n)); n++ {
	}
	return n
}

// findCue compares the word that begins at p with the cues of about its code.
func (l *lexer) findCue(p, code uint32) {
	f := l.words.cues
	slot := slotOf(code)
	list := f.list[f.first[slot]:f.first[slot+1]]
	a := l.Arena[:len(l.Arena)+16] // zeros: no letter goes on there
	x, y := binary.LittleEndian.Uint64(a[p:p+8:p+8]), binary.LittleEndian.Uint64(a[p+8:p+16:p+16])
	for i := range list {
		e := &list[i]
		if x&e.mask[0] != e.begin[0] || y&e.mask[1] != e.begin[1] {
			continue
		}
		q := p + uint32(e.size)
		if len(e.rest) > 0 && (int(q) >= len(a) || !sameLetters(a[p+16:q], e.rest)) {
			continue
		}
		switch b := a[q]; {
		case b|0x20-'a' >= 26 && b&0xFC != 0xD0 || humped(a, q):
			l.tell(e.asked, p, q)
		case e.prefix:
			l.tell(e.asked, p, l.wordEnd(q))
		}
	}
}

// cueNear says whether one of d's cues stands near a span, so that context words which are cues as well may be near.
func (t *Text) cueNear(d *Detector, start, end uint32) bool {
	const left, right = 4 * leftWindow, 4 * rightWindow
	list := t.cues[d.index]
	i, _ := slices.BinarySearchFunc(list, start-min(start, left), func(c Cue, p uint32) int { return cmp.Compare(c.Start, p) })
	return i < len(list) && list[i].Start < end+right
}

// sameLetters compares letters, whatever their case and ё as е.
func sameLetters(text, small []byte) bool {
	for len(small) > 0 {
		c, n := foldLetter(text)
		own, m := foldLetter(small)
		if c != own || n != m {
			return false
		}
		text, small = text[n:], small[m:]
	}
	return true
}

// humped says whether another word begins at p within letters, in camel case.
func humped(a []byte, p uint32) bool { return a[p]-'A' < 26 && a[p-1]-'a' < 26 }

// tell tells a detector of a word.
func (l *lexer) tell(who asked, start, end uint32) {
	l.cues[who.detector] = append(l.cues[who.detector], Cue{Start: start, End: end, Word: who.index})
}

// joinedLetters says whether two single letters stand at p, and a dot or a slash between.
func joinedLetters(a []byte, p uint32) bool {
	a = a[:len(a)+8]
	if a[p+2] != '.' && a[p+2] != '/' || a[p+3]&0xFC != 0xD0 {
		return false
	}
	b := a[p+5]
	return b|0x20-'a' >= 26 && b&0xFC != 0xD0
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

// flattenPortable lists the places of words that begin with one of some letters, and returns how many there are. places has
// room for 64 more.
func flattenPortable(places []uint32, starts, letters []uint64) (n int) {
	for i, s := range starts {
		for s &= letters[i]; s != 0; s &= s - 1 {
			places[n] = uint32(i*64 + bits.TrailingZeros64(s))
			n++
		}
	}
	return n
}

// filterCyrillicPortable copies to maybe the words whose code is in the set, and returns how many there are. text goes on
// for eight bytes behind the last word.
func filterCyrillicPortable(maybe, words []uint32, text []byte, set *wordCodes) (n int) {
	for _, p := range words {
		code := codeOf(binary.LittleEndian.Uint64(text[p : p+8 : p+8]))
		maybe[n] = p
		n += int(set[code>>6] >> (code & 63) & 1)
	}
	return n
}

// filterLatinPortable does the same for Latin words; it lets all pass in which another one begins early, in camel case.
func filterLatinPortable(maybe, words []uint32, text []byte, set *wordCodes) (n int) {
	for _, p := range words {
		x := binary.LittleEndian.Uint64(text[p : p+8 : p+8])
		code := codeOf(x)
		maybe[n] = p
		if set[code>>6]>>(code&63)&1 != 0 || camelCase(x) {
			n++
		}
	}
	return n
}

// latinCode tells codes of Latin words from those of Cyrillic ones.
const latinCode = 0xA5A5A

// codeOf is the code of the word that x begins with. Of each of the first four letters it takes five bits, which are the
// same for both cases: the lower ones of the second byte of a Cyrillic letter, or of a Latin one.
func codeOf(x uint64) uint32 {
	if x&0x80 != 0 {
		return codeOfRussian(x)
	}
	ends := ^latinLetters(uint32(x)) & 0x80808080 >> 7
	y := uint32(x) & (ends - 1) &^ ends & 0x1F1F1F1F
	y = y&0x001F001F | y>>3&0x03E003E0
	return (y&0x3FF | y>>6&0xFFC00) ^ latinCode
}

// codeOfRussian is codeOf for a word that begins with a Cyrillic letter.
func codeOfRussian(x uint64) uint32 {
	other := x&0x00FC00FC00FC00FC ^ 0x00D000D000D000D0 // not zero where there is no letter
	x &= (other - 1) &^ other
	x = x >> 8 & 0x001F001F001F001F
	x |= x >> 11
	return uint32(x&0x3FF | x>>22&0xFFC00)
}

// slotOf is the place of a code in filter.first.
func slotOf(code uint32) uint32 { return code * 0x9E3779B1 >> 20 }

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
	bySlot := make([][]cueEntry, 1<<12)
	for _, key := range slices.Sorted(maps.Keys(words)) {
		e := words[key]
		if len(e.word) == 3 && e.word[1] == 63 {
			continue // joined letters do without
		}
		small := []byte(unfold(e.word))
		c := cueEntry{size: uint8(len(small)), prefix: e.prefix, rest: small[min(len(small), 16):]}
		for i, at := 0, 0; i < len(e.word) && at < 16; i++ {
			x, shift := uint64(e.word[i]), at%8*8
			if x > 32 {
				c.mask[at/8] |= 0xDF << shift
				c.begin[at/8] |= (0x40 | x&0x1F) << shift
				at++
				continue
			}
			c.mask[at/8] |= 0xFC << shift
			c.begin[at/8] |= 0xD0 << shift
			if x != 6 { // е may be ё
				c.mask[at/8] |= 0x1F00 << shift
				c.begin[at/8] |= (0xB0 + x - 1) & 0x1F << (shift + 8)
			}
			at += 2
		}
		f.bits.add(e)
		f.fifth.add(e)
		in := map[uint32]bool{}
		for _, code := range codesOf(e) {
			slot := slotOf(code)
			if in[slot] {
				continue
			}
			in[slot] = true
			for _, who := range e.asked {
				c.asked = who
				bySlot[slot] = append(bySlot[slot], c)
			}
		}
	}
	for slot, list := range bySlot {
		f.list = append(f.list, list...)
		f.first[slot+1] = uint16(len(f.list))
	}
	return f
}

// codesOf lists the codes that a word may have: a stem of less than four letters goes on in any way.
func codesOf(e *entry) []uint32 {
	all := []uint32{0}
	for i := range 4 {
		if i >= len(e.word) && !e.prefix {
			continue
		}
		letters := lettersAt(e, i)
		var more []uint32
		for _, x := range all {
			for _, c := range letters {
				more = append(more, x|c<<(5*i))
			}
		}
		all = more
	}
	if e.word[0] > 32 {
		for i := range all {
			all[i] ^= latinCode
		}
	}
	return all
}

// lettersAt lists what a code may have for letter i of a word, or of what goes on behind a stem.
func lettersAt(e *entry, i int) []uint32 {
	switch {
	case i >= len(e.word):
		all := make([]uint32, 32)
		for c := range all {
			all[c] = uint32(c)
		}
		return all
	case e.word[i] == 6: // е, ё; a capital Ё is not looked for: it has the code of с
		return []uint32{0x15, 0x11}
	case e.word[i] <= 32:
		return []uint32{(0xB0 + uint32(e.word[i]) - 1) & 0x1F}
	}
	return []uint32{uint32(e.word[i]) & 0x1F}
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
