package detectors

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// Words with a capital that have none beside them: «сказал Зайцев», «Ольга осталась дома». At the begin of a sentence every
// word has one. There only those are read that may be given names, that a label announces, or that begin as a name does that
// was found before.

// findLones lists the capitals of n blocks from the one numbered first.
func (l *lexer) findLones(first, n int) {
	l.places = slices.Grow(l.places[:0], wordBatch)[:wordBatch]
	l.Lones, l.Plain = slices.Grow(l.Lones, wordBatch), slices.Grow(l.Plain, wordBatch)
	lones, plain := (*[wordBatch]uint32)(l.Lones[len(l.Lones):][:wordBatch]), (*[wordBatch]uint64)(l.Plain[len(l.Plain):][:wordBatch])
	n, m := partLones(lones, plain, l.places, l.planes.first[1:n+1], l.planes.caps[1:n+1], l.Arena[:len(l.Arena)+16], uint32(first*64), &lexicon().begins)
	l.Lones, l.Plain = l.Lones[:len(l.Lones)+n], l.Plain[:len(l.Plain)+m]
}

// partLonesPortable parts words into those worth a look and all others, and says how many there are of both. Words begin where both
// starts and letters have a bit; the first bit is that of base. They are listed first: both loops at once are slower.
func partLonesPortable(lones *[wordBatch]uint32, plain *[wordBatch]uint64, words []uint32, starts, letters []uint64, a []byte, base uint32, begins *nameBegins) (n, m int) {
	words = words[:flattenPortable((*[wordBatch]uint32)(words), starts, letters)]
	for _, p := range words { // each is written to both lists, and stays in one
		p += base
		t := (*[16]byte)(a[p:])
		letters := fiveLetters(t)
		lones[n], plain[m] = p, uint64(p)|threeLetters(letters)<<32
		worth := int(begins.may(letters)&twoLetters(t) | midSentence(a, p))
		n += worth
		m += 1 - worth
	}
	return n, m
}

// flattenPortable lists the places of bits that both starts and letters have, and returns how many there are. Few blocks
// have more than two: that many are written always.
func flattenPortable(places *[wordBatch]uint32, starts, letters []uint64) (n int) {
	letters = letters[:len(starts)]
	for i, s := range starts {
		s &= letters[i]
		base := uint32(i * 64)
		places[n] = base + uint32(bits.TrailingZeros64(s))
		n += int((s | -s) >> 63)
		s &= s - 1
		places[n] = base + uint32(bits.TrailingZeros64(s))
		n += int((s | -s) >> 63)
		for s &= s - 1; s != 0; s &= s - 1 {
			places[n] = base + uint32(bits.TrailingZeros64(s))
			n++
		}
	}
	return n
}

// worthLook says whether a word with a capital at p may be a given name, or stands in the middle of a sentence.
func (t *wordTable) worthLook(a []byte, p uint32) bool {
	text := (*[16]byte)(a[p:])
	return t.begins.may(fiveLetters(text))&twoLetters(text)|midSentence(a, p) != 0
}

// midSentence is one if what stands before a word at p says that a sentence has begun.
func midSentence(a []byte, p uint32) uint32 {
	q := max(p, 2) // what begins the arena has a zero before it
	here := beforeLone[a[q-1]] & beforeThat[a[q-2]]
	return uint32(here|here>>1) & inSentence
}

// What the two bytes before a word say of it, if both have the bit.
const (
	inSentence = 1 << iota // «сказал Зайцев»
	inBrackets             // «пришли (Зайцев»
)

// beforeLone has the bits of the byte before a word, beforeThat those of the one before that.
var beforeLone, beforeThat = func() (x, y [256]uint8) {
	x[' '], x['('] = inSentence, inSentence|inBrackets
	for b := range y {
		if b >= 0x80 && b < 0xC0 || asciiLetter[b&127] != 0 && b < 0x80 || b == ',' {
			y[b] = inSentence
		}
	}
	y[' '] |= inBrackets
	return x, y
}()

// readKnown looks for words of a list that are names which were found before. They begin sentences, or are no names else.
func (t *wordTable) readKnown(dst []Finding, x *Text, list []uint64, r *nameReader) []Finding {
	r.known = knownNames{}
	a := x.Arena[:len(x.Arena)+24]
	i := 0
	for k, name := range r.named {
		r.known.put(name)
		next := uint32(len(a))
		if k+1 < len(r.named) {
			next = r.named[k+1].at
		}
		for i < len(list) && uint32(list[i]) < name.at {
			i++
		}
		for i = r.known.after(list, i, next); i < len(list) && uint32(list[i]) < next; i = r.known.after(list, i+1, next) {
			p, w := uint32(list[i]), &r.run[0]
			if a[p-1] == 0 {
				continue
			}
			if t.readWord(w, a, p); w.kind != proper || !r.known.has(a, w) {
				continue
			}
			if _, linked := slices.BinarySearch(x.Caps, p); !linked { // or it has been read with its neighbours
				dst = t.weighLone(dst, a, w, r)
			}
		}
	}
	return dst
}

// after returns the index of the first word from i on that begins as a name may, or stands at end or behind it. Its caller has
// too few registers for a loop as tight.
//
//go:noinline
func (k *knownNames) after(list []uint64, i int, end uint32) int {
	for i < len(list) {
		if x := list[i]; uint32(x) >= end || k.mayBegin(x>>32) {
			break
		}
		i++
	}
	return i
}

// labelled looks at the word with a capital that a label or an abbreviation before it announces: Фамилия: Зайцев, гр. Зайцев.
func (t *wordTable) labelled(dst []Finding, x *Text, p uint32, r *nameReader) []Finding {
	a, start := x.Arena[:len(x.Arena)+24], p
	for p-start < 6 {
		if a[p] == 0xC2 && a[p+1] == 0xA0 { // a no-break space
			p++
		} else if a[p] != ' ' && a[p] != '.' && a[p] != ':' && a[p] != '=' && a[p] != '"' && a[p] != '\t' {
			break
		}
		p++
	}
	if p == start || p == r.label || !isCapital(a, int(p)) || t.worthLook(a, p) {
		return dst // or the whole label and its last word are told: lastName
	}
	r.label = p
	if _, linked := slices.BinarySearch(x.Caps, p); linked {
		return dst
	}
	return t.readLone(dst, a, p, r)
}

// readLone looks at a word with a capital that begins at p and has none beside it.
func (t *wordTable) readLone(dst []Finding, a []byte, p uint32, r *nameReader) []Finding {
	w := &r.run[0]
	if !t.readCapital(w, a, p, &r.memo) {
		t.readWord(w, a, p)
		w.may = t.quick(w)
	}
	switch {
	case w.kind != proper:
		return dst
	case speaks(a, p, w.end) && w.is&givenOnly == isGiven && !w.shaped:
		return w.appendTo(dst, nameMark{loneStamped, Dictionary | Structure})
	case w.may == 0 && !r.known.has(a, w) && !t.behindLabel(a, p):
		return dst
	}
	// Томас де Вальер, ЗайцевОЛ
	if w.may&mayGiven != 0 && a[w.end] == ' ' && mayTail(a, w.end+1) || w.may&mayFamily != 0 && a[w.end]&^1 == 0xD0 {
		return t.readNames(dst, a, p, r)
	}
	return t.weighLone(dst, a, w, r)
}

// appendTo appends a word. It is filled in place: what was just put together elsewhere is slow to copy.
func (w *nameWord) appendTo(dst []Finding, m nameMark) []Finding {
	dst = append(dst, Finding{})
	f := &dst[len(dst)-1]
	f.Start, f.End, f.Score, f.Evidence = w.start, w.end, m.score, m.evidence
	return dst
}

// speaks says whether a word is who speaks in a line of a chat: «[12.05.2024 10:02] Олег: привет».
func speaks(a []byte, start, end uint32) bool {
	return a[end] == ':' && a[start-1] == ' ' && a[start-2] == ']'
}

// A word that has only isGiven of givenOnly is a given name and nothing else.
const givenOnly = isGiven | isDoubtful | isPlace

// weighLone appends a word with a capital if it is a name.
func (t *wordTable) weighLone(dst []Finding, a []byte, w *nameWord, r *nameReader) []Finding {
	t.look(w)
	if speaks(a, w.start, w.end) && w.is&givenOnly == isGiven && !w.shaped {
		return w.appendTo(dst, nameMark{loneStamped, Dictionary | Structure})
	}
	left := t.before(a, w.start)
	if m := t.lone(a, w, &left, false, &r.known); m.score > 0 {
		dst = w.appendTo(dst, m)
	}
	return dst
}

// behindLabel says whether a label stands before p.
func (t *wordTable) behindLabel(a []byte, p uint32) bool {
	if b := a[p-1]; b != ' ' && b != ':' && b != '=' && b != '"' {
		return false
	}
	q := p
	for nameGaps[a[q-1]] != 0 {
		q--
	}
	if q >= 4 {
		x := binary.LittleEndian.Uint32(a[q-4 : q : q])
		if pair := x>>8&0x1F<<letterBits | x>>24&0x1F; x&0xC0FEC0FE == 0x80D080D0 && t.labelEnds[pair>>6]>>(pair&63)&1 == 0 {
			return false
		}
	}
	b := t.before(a, p)
	return b.is&isNameLabel == isNameLabel
}

// threeLetters are the first three of fiveLetters, the first one lowest.
func threeLetters(letters uint64) uint64 {
	return letters>>8&0x1F | letters>>19&0x3E0 | letters>>30&0x7C00
}

// threeOf turns three packed letters into threeLetters.
func threeOf(packed uint64) uint64 {
	return (packed>>10 | packed&0x3E0 | packed&0x1F<<10) ^ 0x4210
}

// eightBytes are the first eight bytes of a, lowest first.
func eightBytes(a []byte) uint64 { return binary.LittleEndian.Uint64(a[:8:8]) }

// nameBegins is a set of what given names and patronymics begin with. In a word by a hash of four letters it has a bit for
// these and one for five.
type nameBegins [1 << 12]uint64

// placesOf are the word, and the bits in it, of what five letters begin with.
func (s *nameBegins) placesOf(letters uint64) (word *uint64, four, five uint64) {
	four, five = letters&^0x1F*hashFactor, letters*hashFactor
	return &s[four>>52], four >> 46 & 63, five >> 58
}

// may is one if a given name may begin with five letters.
func (s *nameBegins) may(letters uint64) uint32 {
	word, four, five := s.placesOf(letters)
	return uint32(*word>>four&(*word>>five)) & 1
}

// twoLetters is one if a second letter stands behind the Russian one that text begins with: no name has one letter.
func twoLetters(text *[16]byte) uint32 { return (uint32(text[2]&0xFC^0xD0) - 1) >> 31 }

// add adds a packed word.
func (s *nameBegins) add(key uint64) {
	n := (bits.Len64(key) - 1) / letterBits
	s.spell(key>>(letterBits*max(n-5, 0)), min(n, 5), 0, 0)
}

// spell adds a packed word of n letters, of which the first i are in letters already; е may be written as ё.
func (s *nameBegins) spell(key uint64, n, i int, letters uint64) {
	for ; i < n; i++ {
		code, at := key>>(letterBits*(n-1-i))&letterCode, (16*i+8)%72 // as fiveLetters has them
		if code == 'е'-'а' {
			s.spell(key, n, i+1, letters|0x11<<at) // ё
			s.spell(key, n, i+1, letters|0x01<<at) // Ё
		}
		letters |= (code + 0x10) & 0x1F << at
	}
	word, four, five := s.placesOf(letters)
	*word |= 1<<four | 1<<five
}
