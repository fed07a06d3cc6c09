package detectors

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// Words with a capital that have none beside them: «сказал Зайцев», «Ольга осталась дома». At the begin of a sentence every
// word has one. There only those are read that may be given names, or begin as a name does that was found before.

// findLones lists the capitals of n blocks from the one numbered first.
func (l *lexer) findLones(first, n int) {
	l.places = slices.Grow(l.places[:0], 3*wordBatch)[:3*wordBatch]
	words := l.places[:wordBatch]
	words = words[:flatten(words, l.planes.first[1:n+1], l.planes.caps[1:n+1])]
	a, base, begins := l.Arena[:len(l.Arena)+16], uint32(first*64), &lexicon().begins
	l.Lones = slices.Grow(l.Lones, len(words))
	for _, p := range words {
		p += base
		if p < lookBack {
			l.Lones = append(l.Lones, p<<1|1)
			continue
		}
		b := (*[lookBack + 8]byte)(a[p-lookBack:])
		here := uint32(beforeLone[b[lookBack-1]] & beforeThat[b[lookBack-2]])
		worth := begins.may(eightBytes(b[lookBack:])) | (here|here>>1)&inSentence
		// Rarely a dot stands behind a word of two or three letters, or a colon behind a word like surname.
		short := (uint32(b[lookBack-7])-' '-1)>>31 | (uint32(b[lookBack-9])-' '-1)>>31
		if here&afterDot&(short*afterDot)|here&(afterLabel|afterColon) != 0 && worth == 0 &&
			(here&(afterLabel|afterColon) != 0 && endsLabel(a, p) || here&afterDot != 0 && abbreviated(b)) {
			worth = 1
		}
		l.Lones = append(l.Lones, p<<1|worth)
	}
}

// lookBack is how far before a word it is looked at what it stands behind.
const lookBack = 9

// What the two bytes before a word say of it, if both have the bit.
const (
	inSentence = 1 << iota // «сказал Зайцев», «пришли (Зайцев»
	inBrackets
	afterLabel // Фамилия: Зайцев, "lastName":"Зайцев"
	afterColon
	afterDot // гр. Зайцев
)

// beforeLone has the bits of the byte before a word, beforeThat those of the one before that.
var beforeLone, beforeThat = func() (x, y [256]uint8) {
	x[' '], x['('] = inSentence|afterColon|afterDot, inSentence|inBrackets
	for b := range y {
		if b >= 0x80 && b < 0xC0 || asciiLetter[b&127] != 0 && b < 0x80 || b == ',' {
			y[b] = inSentence
		}
	}
	y[' '] |= inBrackets
	y['.'] = afterDot
	for _, b := range ":=\"" {
		x[b] |= afterLabel
		y[b] |= afterLabel | afterColon
	}
	y[' '] |= afterLabel
	return x, y
}()

// endsLabel says whether what stands before p ends like a label: Фамилия, "lastName". Most words before a colon do not.
func endsLabel(a []byte, p uint32) bool {
	p--
	for n := 0; n < 6 && (a[p] == ' ' || a[p] == ':' || a[p] == '=' || a[p] == '"'); n++ {
		p--
	}
	switch a[p] {
	case 0x8F, 0xBE, 0x8E, 'e', 'E': // я, о, ю
		return true
	}
	return false
}

// abbreviated says whether a word for a person, with a dot, stands before the space at the end of what stands before a word:
// гр. Петров.
func abbreviated(b *[lookBack + 8]byte) bool {
	switch string(b[lookBack-6 : lookBack-2]) {
	case "гр", "Гр":
		return b[lookBack-7] <= ' '
	case "ов", "нж", "оц", "ач", "ам", "ав", "сп", "тв", "ук", "еж": // тов, инж, доц, нач, зам, зав, исп, отв, рук, деж
		return b[lookBack-9] <= ' '
	}
	return false
}

// readLone looks at a word with a capital that begins at p and has none beside it. known says that it is worth that only if
// it is a name that was found before.
func (t *wordTable) readLone(dst []Finding, a []byte, p uint32, known bool, r *nameReader) []Finding {
	codes, n, capitals := twelveLetters(a[p:])
	w := &r.run[0]
	if plainEnd[a[p+2*uint32(n)]] && capitals == 1 {
		*w = nameWord{start: p, end: p + 2*uint32(n), key: codes, n: uint8(n), kind: proper}
	} else if t.readWord(w, a, p); w.kind != proper {
		return dst
	}
	w.may = t.quick(w)
	switch {
	case known:
		if !r.known.has(a, w) {
			return dst
		}
	case w.may == 0 && !r.known.has(a, w) && !t.labelled(a, p):
		return dst
	case w.may&mayGiven != 0 && a[w.end] == ' ' && mayTail(a, w.end+1): // Томас де Вальер
		return t.readNames(dst, a, p, r)
	case w.may&mayFamily != 0 && a[w.end]&^1 == 0xD0: // ЗайцевОЛ
		return t.readNames(dst, a, p, r)
	}
	t.look(w)
	if a[w.end] == ':' && a[p-1] == ' ' && a[p-2] == ']' && w.is&(isGiven|isDoubtful|isPlace) == isGiven && !t.maySynthetic(w) {
		return append(dst, Finding{Start: w.start, End: w.end, Score: loneStamped, Evidence: Dictionary | Structure}) // each line of a chat
	}
	left := t.before(a, p)
	if m := t.lone(a, w, &left, false, &r.known); m.score > 0 {
		dst = append(dst, Finding{Start: w.start, End: w.end, Score: m.score, Evidence: m.evidence})
	}
	return dst
}

// labelled says whether a label stands before p.
func (t *wordTable) labelled(a []byte, p uint32) bool {
	if beforeLone[a[p-1]]&beforeThat[a[max(p, 2)-2]]&(afterLabel|afterColon) == 0 || !endsLabel(a, p) {
		return false
	}
	b := t.before(a, p)
	return b.is&isNameLabel == isNameLabel
}

// threeLetters are the first three letters of the Russian word that x begins with, packed.
func threeLetters(x uint64) uint64 {
	return (x<<2&0x7C00 | x>>19&0x3E0 | x>>40&0x1F) ^ 0x4210
}

// eightBytes are the first eight bytes of a, lowest first.
func eightBytes(a []byte) uint64 { return binary.LittleEndian.Uint64(a[:8:8]) }

// nameBegins is a set of what given names and patronymics begin with, by a hash of codes.
type nameBegins [1 << 16 / 64]uint64

// may is one if a given name may begin as x does, which is Russian.
func (s *nameBegins) may(x uint64) uint32 {
	h := codeOfRussian(x) * 0x9E3779B1 >> 16
	return uint32(s[h>>6&1023]>>(h&63)) & 1
}

// add adds a packed word; е may be written as ё.
func (s *nameBegins) add(key uint64) {
	n := (bits.Len64(key) - 1) / letterBits
	ways := []uint64{0}
	for i := range min(n, 4) {
		code := key >> (letterBits * (n - 1 - i)) & letterCode
		letter := 0xD0 | code>>4 | (0x80|(code+0x30)&0x3F)<<8 // in UTF-8
		for k, x := range ways {
			ways[k] = x | letter<<(16*i)
			if code == 'е'-'а' {
				ways = append(ways, x|0x91D1<<(16*i), x|0x81D0<<(16*i)) // ё, Ё
			}
		}
	}
	for _, x := range ways {
		h := codeOfRussian(x) * 0x9E3779B1 >> 16
		s[h>>6] |= 1 << (h & 63)
	}
}
