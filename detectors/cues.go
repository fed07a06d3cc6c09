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

// A filter has a bit for every code of a cue, and the cues by their codes and fifth letters.
type filter struct {
	bits   wordCodes
	place  [1 << 16]cuePlace // by placeOf
	choice []uint16          // of places: the index of a cue, or of a group of cues
	cues   []cueEntry        // the first one is that of places without any
	group  []uint16          // indexes of cues
	asked  []asked           // of all cues, but for the first ones
}

// A cuePlace has a single choice, or 32 of them for five bits of a byte of the text: which byte that is, the bits, and where the first
// choice is.
type cuePlace uint32

const (
	choiceByte  = 0xF
	choiceBits  = 4 // the shift
	choiceFirst = 9
)

// choose returns the index of the only cue of a place, or group of cues, that text may be like.
func (f *filter) choose(place uint64, text *[16]byte) uint16 {
	c := f.place[place&0xFFFF]
	bits := cuePlace(text[c&choiceByte]) & (c >> choiceBits) & 0x1F
	return f.choice[c>>choiceFirst+bits]
}

// wordCodes is a set of codes.
type wordCodes [1 << 20 / 64]uint64

// placeOf is the place of a word by a hash of its first five letters: most words that begin with four letters of a cue do not go
// on like it.
func placeOf(letters uint64) uint64 { return letters * hashFactor >> 48 }

// fiveLetters are the first five letters of the Russian word that t begins with, five bits each. The fifth one is lowest.
func fiveLetters(t *[16]byte) uint64 {
	x, y := binary.LittleEndian.Uint64(t[:8]), uint64(binary.LittleEndian.Uint16(t[8:10]))
	other := x&0x00FC00FC00FC00FC ^ 0x00D000D000D000D0 // not zero where there is no letter
	x &= (other - 1) &^ other & 0x1F001F001F001F00
	other |= y&0xFC ^ 0xD0
	return x | y>>8&0x1F&-((other-1)>>63) // the fifth one counts if no other is missing
}

// sift keeps those of words that look like cues in their first sixteen bytes. It returns how many there are, and writes to
// found the indexes of the cues. All words are compared alike, whatever comes of it: a processor guesses badly here.
func (f *filter) sift(found, words []uint32, text *stretchText) (n int) {
	found = found[:len(words)]
	for _, p := range words {
		t := text.word(p)
		i := f.choose(placeOf(fiveLetters(t)), t)
		words[n], found[n] = p, uint32(i)
		n += f.cues[i].like(t)
	}
	return n
}

// siftLatin is sift for Latin words. It keeps all in which another one begins early, in camel case.
func (f *filter) siftLatin(found, words []uint32, text *stretchText) (n int) {
	for _, p := range words {
		t := text.word(p)
		x := binary.LittleEndian.Uint64(t[:8])
		i := f.choose(placeOf(uint64(codeOf(x))), t)
		words[n], found[n] = p, uint32(i)
		like := f.cues[i].like(t)
		if camelCase(x) {
			like = 1
		}
		n += like
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

// placesOf appends where the codes of a word are, those of a Cyrillic one with each fifth letter that it may have.
func placesOf(places []uint64, e *entry) []uint64 {
	letters := []uint32{0}
	if e.word[0] <= 32 && (len(e.word) > 4 || e.prefix) {
		letters = lettersAt(e, 4)
	}
	for _, c := range codesOf(e) {
		for _, letter := range letters {
			x := uint64(c)
			if e.word[0] <= 32 { // as fiveLetters has it
				x = (x&0x1F|x&0x3E0<<11|x&0x7C00<<22|x&0xF8000<<33)<<8 | uint64(letter)
			}
			places = append(places, placeOf(x))
		}
	}
	return places
}

// A cueEntry is a cue, and what its letters look like in sixteen bytes of text, as far as both cases agree. One that is like
// anything is a group of cues.
type cueEntry struct {
	mask, begin [2]uint64
	who         asked  // the first one who asked for it
	from, to    uint16 // in filter.asked: who else did; of a group in filter.group
	size        uint8  // in bytes; 0 is a group
	prefix      bool
	rest        string // letters behind the sixteen bytes, in small
}

// like is one if text looks like the cue.
func (e *cueEntry) like(text *[16]byte) int {
	x, y := binary.LittleEndian.Uint64(text[:8]), binary.LittleEndian.Uint64(text[8:])
	other := (x&e.mask[0] ^ e.begin[0]) | (y&e.mask[1] ^ e.begin[1])
	if other == 0 {
		return 1
	}
	return 0
}

// allows is one if byte i of a word that is like the cue may have these lower five bits.
func (e *cueEntry) allows(i int, bits uint64) int {
	shift := i & 7 * 8
	other := (bits&(e.mask[i>>3&1]>>shift) ^ e.begin[i>>3&1]>>shift) & 0x1F
	return int((other - 1) >> 63)
}

// wordBatch is how many words are looked at in one go: those of a stretch. The kernels write what will be overwritten behind them.
const wordBatch = stretch*64 + 64

// findCues tells detectors of the cues that begin in n blocks from the one numbered first.
func (l *lexer) findCues(first, n int) {
	l.places = slices.Grow(l.places[:0], 4*wordBatch)[:4*wordBatch]
	words, cyrillic := l.places[:wordBatch], l.places[wordBatch:2*wordBatch]
	found, latin := l.places[2*wordBatch:3*wordBatch], l.places[3*wordBatch:]
	text := l.textFrom(first)
	f := l.words.cues
	starts := l.planes.starts[1 : n+1]
	k, m := pickWords(cyrillic, latin, words, starts, l.planes.cyril[1:n+1], l.planes.latin[1:n+1], text, &f.bits)
	cyrillic = cyrillic[:f.sift(found, cyrillic[:k], text)]
	latin = latin[:f.siftLatin(words, latin[:m], text)]
	base := uint32(first * 64)
	others := otherWords{latin: latin, found: words, joined: l.joined, base: base}
	others.look()
	for i, p := range cyrillic { // in the order of the text
		if p += base; others.next <= p {
			l.findOthers(&others, p)
		}
		l.findCue(p, &f.cues[found[i]])
	}
	l.findOthers(&others, ^uint32(0)-1)
	l.joined = l.joined[:0]
}

// otherWords are the words of a stretch that may be cues, but for plain Cyrillic ones.
type otherWords struct {
	latin, joined []uint32
	found         []uint32 // what sift found for those in latin
	base          uint32   // of the places in latin
	next          uint32   // the first place of all
}

// look looks for the first of the words.
func (o *otherWords) look() {
	o.next = ^uint32(0)
	if len(o.latin) > 0 {
		o.next = o.base + o.latin[0]
	}
	if len(o.joined) > 0 {
		o.next = min(o.next, o.joined[0])
	}
}

// findOthers looks at the words up to a place.
func (l *lexer) findOthers(o *otherWords, last uint32) {
	for o.next <= last {
		if len(o.joined) > 0 && o.next == o.joined[0] {
			l.findJoined(o.next)
			o.joined = o.joined[1:]
		} else {
			l.findLatin(o.next, o.found[0])
			o.latin, o.found = o.latin[1:], o.found[1:]
		}
		o.look()
	}
}

// findLatin looks at the Latin word at p that may be a cue, and where the next word begins in camel case, at what stands before that.
func (l *lexer) findLatin(p, cue uint32) {
	f := l.words.cues
	t := (*[16]byte)(l.Arena[:len(l.Arena)+16][p:])
	if e := &f.cues[cue]; e.like(t) != 0 { // in camel case it need not be
		l.findCue(p, e)
	}
	if x := binary.LittleEndian.Uint64(t[:8]); camelCase(x) {
		short := f.choose(placeOf(uint64(codeOf(x&(1<<(8*l.small(p))-1)))), t)
		if e := &f.cues[short]; uint32(short) != cue && e.like(t) != 0 {
			l.findCue(p, e)
		}
	}
}

// small is how many Latin letters begin at p before a capital.
func (t *Text) small(p uint32) (n int) {
	for n = 1; !humped(t.Arena, p+uint32(n)); n++ {
	}
	return n
}

// findCue tells detectors of the word that begins at p and is like a cue, if it is one, or compares it with those of a group.
func (l *lexer) findCue(p uint32, e *cueEntry) {
	f := l.words.cues
	a := l.Arena[:len(l.Arena)+16]
	if e.size == 0 {
		for _, i := range f.group[e.from:e.to] {
			if c := &f.cues[i]; c.like((*[16]byte)(a[p:])) != 0 {
				l.findCue(p, c)
			}
		}
		return
	}
	q := p + uint32(e.size)
	if len(e.rest) > 0 && (int(q) >= len(a) || !sameLetters(a[p+16:q], e.rest)) {
		return
	}
	end := q
	if b := a[q]; (b|0x20-'a' < 26 || b&0xFC == 0xD0) && !humped(a, q) { // the word goes on
		if !e.prefix {
			return
		}
		end = l.wordEnd(q)
	}
	l.tell(e.who, p, end)
	if e.from != e.to {
		for _, who := range f.asked[e.from:e.to] {
			l.tell(who, p, end)
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
func sameLetters(text []byte, small string) bool {
	for len(small) > 0 {
		c, n := foldLetter(text)
		own, m := foldLetter([]byte(small[:min(len(small), 2)]))
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

// pickWordsPortable lists the places of the words whose code is in the set, the Cyrillic ones and the Latin ones, and returns how
// many there are of both. Of the latter it lets all pass in which another word begins early, in camel case.
func pickWordsPortable(cyrillic, latin []uint32, starts []uint64, text *stretchText, set *wordCodes) (n, m int) {
	all := 0
	for i, s := range starts {
		for ; s != 0; s &= s - 1 { // each is written to both lists, and stays in one or none
			p := uint32(i*64 + bits.TrailingZeros64(s))
			x := binary.LittleEndian.Uint64(text.word(p)[:8])
			code := codeOfRussian(x)
			russian := x >> 7 & 1
			cyrillic[n], latin[all] = p, p
			n += int(set[code>>6] >> (code & 63) & russian)
			all += int(russian ^ 1)
		}
	}
	for _, p := range latin[:all] {
		x := binary.LittleEndian.Uint64(text.word(p)[:8])
		code := codeOfLatin(x)
		latin[m] = p
		if set[code>>6]>>(code&63)&1 != 0 || camelCase(x) {
			m++
		}
	}
	return n, m
}

// A stretchText is a stretch and what may be read behind it of a word that begins there. The compiler sees that nothing else is.
type stretchText [stretch*64 + 16]byte

// word is what stands at p.
func (t *stretchText) word(p uint32) *[16]byte {
	at := p & (stretch*64 - 1)
	return (*[16]byte)(t[at : at+16])
}

// textFrom is the text from a block on; where the arena ends earlier, zeros stand behind it: no letter goes on there.
func (l *lexer) textFrom(first int) *stretchText {
	if rest := l.Arena[first*64:]; len(rest) >= len(l.tail) {
		return (*stretchText)(rest)
	}
	clear(l.tail[copy(l.tail[:], l.Arena[first*64:]):])
	return &l.tail
}

// latinCode tells codes of Latin words from those of Cyrillic ones.
const latinCode = 0xA5A5A

// codeOf is the code of the word that x begins with. Of each of the first four letters it takes five bits, which are the
// same for both cases: the lower ones of the second byte of a Cyrillic letter, or of a Latin one.
func codeOf(x uint64) uint32 {
	if x&0x80 != 0 {
		return codeOfRussian(x)
	}
	return codeOfLatin(x)
}

// codeOfLatin is codeOf for a word that begins with a Latin letter.
func codeOfLatin(x uint64) uint32 {
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
	f := &filter{cues: make([]cueEntry, 1)}
	f.cues[0].begin[0] = 1 // nothing is like it, since its mask is empty
	var places []uint64    // and the index of the cue in the lower half
	for _, key := range slices.Sorted(maps.Keys(words)) {
		e := words[key]
		if len(e.word) == 3 && e.word[1] == 63 {
			continue // joined letters do without
		}
		small := unfold(e.word)
		c := cueEntry{size: uint8(len(small)), prefix: e.prefix, rest: small[min(len(small), 16):], who: e.asked[0], from: uint16(len(f.asked))}
		f.asked = append(f.asked, e.asked[1:]...)
		c.to = uint16(len(f.asked))
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
		from := len(places)
		places = placesOf(places, e)
		for i := range places[from:] {
			places[from+i] = places[from+i]<<16 | uint64(len(f.cues))
		}
		f.cues = append(f.cues, c)
	}
	for i := range f.cues {
		f.choice = append(f.choice, uint16(i))
	}
	slices.Sort(places)
	places = slices.Compact(places)
	known := map[string]cuePlace{} // many places have the same cues
	groups := map[string]uint16{}
	var list []uint16
	for len(places) > 0 {
		h := places[0] >> 16
		list = list[:0]
		for ; len(places) > 0 && places[0]>>16 == h; places = places[1:] {
			list = append(list, uint16(places[0]))
		}
		if f.place[h] = cuePlace(list[0]) << choiceFirst; len(list) == 1 {
			continue
		}
		key := keyOfList(list)
		if _, ok := known[key]; !ok {
			known[key] = f.placeFor(list, groups)
		}
		f.place[h] = known[key]
	}
	return f
}

// keyOfList is a list of numbers as a key of a map.
func keyOfList(list []uint16) string {
	var key []byte
	for _, x := range list {
		key = binary.LittleEndian.AppendUint16(key, x)
	}
	return string(key)
}

// placeFor makes the place of a list of cues. It chooses by the byte that leaves the fewest together.
func (f *filter) placeFor(list []uint16, groups map[string]uint16) cuePlace {
	at, least := 0, float64(len(list))
	for i := 1; i < 16; i += 2 { // second bytes of letters
		all, squares := 0, 0
		for bits := range uint64(32) {
			n := 0
			for _, c := range list {
				n += f.cues[c].allows(i, bits)
			}
			all += n
			squares += n * n
		}
		if size := float64(squares) / float64(all); size < least {
			at, least = i, size
		}
	}
	place := cuePlace(len(f.choice)<<choiceFirst | 0x1F<<choiceBits | at)
	var part []uint16
	for bits := range uint64(32) {
		part = part[:0]
		for _, c := range list {
			if f.cues[c].allows(at, bits) != 0 {
				part = append(part, c)
			}
		}
		f.choice = append(f.choice, f.groupOf(part, groups))
	}
	return place
}

// groupOf returns the index of a group of cues, of the cue if there is one only.
func (f *filter) groupOf(list []uint16, groups map[string]uint16) uint16 {
	if len(list) == 0 {
		return 0
	}
	if len(list) == 1 {
		return list[0]
	}
	key := keyOfList(list)
	if groups[key] == 0 {
		groups[key] = uint16(len(f.cues))
		n := len(f.group)
		f.group = append(f.group, list...)
		f.cues = append(f.cues, cueEntry{from: uint16(n), to: uint16(n + len(list))})
	}
	return groups[key]
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
