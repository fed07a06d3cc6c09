package detectors

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// stretch is how many blocks of 64 bytes are looked at in one go: what is known of them stays in the first cache.
const stretch = 64

// A plane is a bitmap of a stretch, one word for 64 bytes, lowest bit first. Word 0 is of the block before the stretch,
// the last one of the block behind.
type plane [stretch + 2]uint64

// planes say what stands at each byte of a stretch. The kernels fill them: classify those of classes of bytes, derive what
// follows from these. Assembly knows the order of the fields.
type planes struct {
	digit plane // 0-9
	at    plane // @
	space plane // what may stand between two words of a name: space, tab, newline, comma, hyphen, dot
	latin plane // A-Z, a-z
	upper plane // A-Z
	cyril plane // lead bytes D0..D3
	caps  plane // lead byte D0 of a capital: the next byte is 80..AF
	lead  plane // bytes from C0 up
	stop  plane // what ends a number: ASCII but digits and \t\n #(),-./Nno, which a number or № may hold
	dot   plane // .
	colon plane // :

	word   plane // letters
	first  plane // capitals that begin a word, but for Latin ones behind a digit: 15:04:05Z
	starts plane // where words begin, and parts of words in camel case
	ends   plane // what stands behind capitalised words, if it is a space; a dot only behind the short ones that may be initials
	ends1  plane // the space behind that
	ends2  plane // the space behind that
	linked plane // capitals that begin a word up to three bytes of space behind another such word
	joins  plane // single Cyrillic letters that three other bytes follow, a dot or a slash perhaps first
	codes  plane // begins of exactly seventeen digits and Latin capitals
	tens   plane // begins of digits where ten digits stand in these eight bytes and the next 32, and no gap in the next ten; no day before a time
	gaps   plane // what ends a number, and where no digit stands at the last 24 bytes
	dots   plane // dots between digits
	fracs  plane // those that four digits follow, and not those of a date
	threes plane // begins of exactly three digits that letters stand around
	sixes  plane // begins of six to nine digits
	years  plane // begins of exactly four digits
	shorts plane // begins of exactly two digits, and two more, and two more, a dot or a slash perhaps between

	events [kindsOfEvents]uint64 // a bit for every block that has something of a kind
	run    uint64                // one where a capitalised word reaches the end of the stretch
}

// The kinds of events, in the order that assembly knows.
const (
	markEvent = iota
	joinEvent
	codeEvent
	colonEvent // colons of which two stand within six bytes, or one near the end of the block
	tenEvent
	dotEvent // three dots, or dots in two blocks
	fracEvent
	threeEvent
	sixEvent
	yearEvent
	shortEvent
	linkEvent
	kindsOfEvents
)

// A lexer runs over an arena once and fills a Text. All its memory is reused.
type lexer struct {
	Text
	wanted uint32   // digit counts from ten up that some detector wants
	short  uint32   // digit counts below ten that some detector wants
	dates  bool     // some detector wants Years and Shorts
	names  bool     // some detector wants Lones and Plain
	places []uint32 // where words begin: memory of findCues
	joined []uint32 // likewise: single letters joined by a dot or a slash, д.р, р/с
	planes planes
	tail   stretchText // memory of textFrom
	// odd holds spans of the arena that a normalised view is needed for, see normalise.go.
	odd []span
}

type span struct{ start, end uint32 }

func (l *lexer) run(arena []byte) {
	l.Arena = arena
	for i := range l.Nums {
		l.Nums[i] = l.Nums[i][:0]
	}
	l.Caps, l.Lones, l.Plain, l.Marks, l.Years, l.Shorts = l.Caps[:0], l.Lones[:0], l.Plain[:0], l.Marks[:0], l.Years[:0], l.Shorts[:0]
	l.Quads, l.Colons, l.Threes, l.Fracs, l.Codes = l.Quads[:0], l.Colons[:0], l.Threes[:0], l.Fracs[:0], l.Codes[:0]
	for i := range l.cues {
		l.cues[i] = l.cues[i][:0]
	}
	l.contexts = append(l.contexts[:0], context{})
	l.odd, l.joined, l.packed = l.odd[:0], l.joined[:0], l.packed[:0]
	total := (len(arena) + 63) / 64
	l.starts = slices.Grow(l.starts[:0], total)[:total]
	full := arena[:total*64+1] // the padding that callers owe
	p := &l.planes
	p.forget(0)
	p.run = 0
	inside, last := uint64(0), uint32(0)
	for first := 0; first < total; first += stretch {
		n := min(stretch, total-first)
		if first > 0 {
			p.advance()
		}
		more := min(n+1, total-first)
		classify(p, more, full[first*64:])
		if more == n {
			p.forget(n + 1)
		}
		p.space[1] |= inside
		base := uint32(first) * 64
		inside = l.rares(n, base)
		derive(p, n)
		copy(l.starts[first:], p.starts[1:n+1])
		last = l.link(n, base, last)
		l.events(base)
		if l.names {
			l.findLones(first, n)
		}
		if l.words != nil && l.words.cues != nil {
			l.findCues(first, n)
		}
	}
}

// advance keeps of a full stretch what the next one needs to know of it.
func (p *planes) advance() {
	for _, x := range p.classes() {
		x[0] = x[stretch]
	}
	for _, x := range [...]*plane{&p.first, &p.ends, &p.ends1, &p.ends2} {
		x[0] = x[stretch]
	}
}

// forget makes block i one that holds nothing.
func (p *planes) forget(i int) {
	for _, x := range p.classes() {
		x[i] = 0
	}
	p.first[i], p.ends[i], p.ends1[i], p.ends2[i] = 0, 0, 0, 0
}

// classes are the planes of classes of bytes.
func (p *planes) classes() [11]*plane {
	return [...]*plane{&p.digit, &p.at, &p.space, &p.latin, &p.upper, &p.cyril, &p.caps, &p.lead, &p.stop, &p.dot, &p.colon}
}

// rares looks at lead bytes outside Cyrillic. It returns one if a no-break space has its second byte behind the stretch.
func (l *lexer) rares(n int, base uint32) (inside uint64) {
	p := &l.planes
	blocks := uint64(0) // that have any: nearly none
	for i := range n {
		m := p.lead[i+1] &^ p.cyril[i+1]
		blocks |= (m | -m) >> 63 << (i & 63)
	}
	for ; blocks != 0; blocks &= blocks - 1 {
		i := bits.TrailingZeros64(blocks)&63 + 1
		for rare := p.lead[i] &^ p.cyril[i]; rare != 0; rare &= rare - 1 {
			at := bits.TrailingZeros64(rare)
			if !l.rare(base + uint32((i-1)*64+at)) {
				continue
			}
			p.space[i] |= 3 << at
			if at == 63 && i < n {
				p.space[i+1] |= 1
			} else if at == 63 {
				inside = 1
			}
		}
	}
	return inside
}

// link notes capitalised words that stand beside each other, and takes them out of caps. last is where the last one begins
// before the stretch; it returns where the last one begins in it.
func (l *lexer) link(n int, base, last uint32) uint32 {
	p := &l.planes
	lastOf := func(i int) uint32 { // of all blocks up to i
		for ; i > 0; i-- {
			if f := p.first[i]; f != 0 {
				return base + uint32(i*64-1-bits.LeadingZeros64(f))
			}
		}
		return last
	}
	for e := p.events[linkEvent]; e != 0; e &= e - 1 {
		i := bits.TrailingZeros64(e)&63 + 1
		for m := p.linked[i]; m != 0; m &= m - 1 {
			var before uint32
			if f := p.first[i] & (m&-m - 1); f != 0 {
				before = base + uint32(i*64-1-bits.LeadingZeros64(f))
			} else {
				before = lastOf(i - 1)
			}
			if n := len(l.Caps); n == 0 || l.Caps[n-1] != before {
				l.Caps = append(l.Caps, before)
				if at := before - base; before >= base {
					p.caps[at/64+1] &^= 1 << (at & 63)
				}
			}
			l.Caps = append(l.Caps, base+uint32((i-1)*64+bits.TrailingZeros64(m)))
		}
		p.caps[i] &^= p.linked[i]
	}
	return lastOf(n)
}

// events takes from a stretch what its blocks are said to hold.
func (l *lexer) events(base uint32) {
	p := &l.planes
	l.Marks = spread(l.Marks, p.events[markEvent], &p.at, base)
	l.Threes = spread(l.Threes, p.events[threeEvent], &p.threes, base)
	l.Fracs = spread(l.Fracs, p.events[fracEvent], &p.fracs, base)
	l.joined = sift(spread(l.joined, p.events[joinEvent], &p.joins, base), len(l.joined), l.Arena, joinedLetters)
	l.Codes = sift(spread(l.Codes, p.events[codeEvent], &p.codes, base), len(l.Codes), l.Arena, lonely)
	if l.dates {
		l.Years = recent(l.Years, p.events[yearEvent], &p.years, base, l.Arena)
		l.Shorts = sift(spread(l.Shorts, p.events[shortEvent], &p.shorts, base), len(l.Shorts), l.Arena, twoMarks)
	}
	for e := p.events[colonEvent]; e != 0; e &= e - 1 {
		i := bits.TrailingZeros64(e) + 1
		l.colons(p.colon[i], p.colon[i+1], base+uint32(i-1)*64)
	}
	for e := p.events[dotEvent]; e != 0; e &= e - 1 {
		i := bits.TrailingZeros64(e) + 1
		l.dots(p.dots[i], p.dot[i+1]&(p.digit[i+1]<<1|p.digit[i]>>63)&(p.digit[i+1]>>1), base+uint32(i-1)*64)
	}
	for e := p.events[tenEvent]; e != 0; e &= e - 1 {
		i := bits.TrailingZeros64(e) + 1
		l.tens(i, base+uint32(i-1)*64)
	}
	if l.short == 0 {
		return
	}
	for e := p.events[sixEvent]; e != 0; e &= e - 1 {
		i := bits.TrailingZeros64(e) + 1
		for m := p.sixes[i]; m != 0; m &= m - 1 {
			at := bits.TrailingZeros64(m) & 63
			run := p.digit[i]>>at | p.digit[i+1]<<1<<((63-at)&63)
			l.shortNumber(base+uint32((i-1)*64+at), bits.TrailingZeros64(^run))
		}
	}
}

// spread appends to dst the places of the bits of a plane. A bit of blocks says which of its words have any.
func spread(dst []uint32, blocks uint64, p *plane, base uint32) []uint32 {
	for ; blocks != 0; blocks &= blocks - 1 {
		i := bits.TrailingZeros64(blocks) & 63
		for m := p[i+1]; m != 0; m &= m - 1 {
			dst = append(dst, base+uint32(i*64+bits.TrailingZeros64(m)))
		}
	}
	return dst
}

// sift keeps those places from index n on where a is what a detector asks for.
func sift(places []uint32, n int, a []byte, is func(a []byte, p uint32) bool) []uint32 {
	for _, p := range places[n:] {
		places[n] = p
		if is(a, p) {
			n++
		}
	}
	return places[:n]
}

// recent is spread for places where a year of this century or the last one stands, and not one of the times that
// logs are full of: 2006 15:04 or 2006-01-02T15:04, but midnight, which may be how a program writes a day. Nobody can foresee
// which of these it is, so all are computed without a jump; a difference is 0 where the bytes are as they should be.
func recent(dst []uint32, blocks uint64, years *plane, base uint32, a []byte) []uint32 {
	n := len(dst)
	dst = slices.Grow(dst, stretch*64/5+1) // all that there may be
	dst = dst[:cap(dst)]
	for ; blocks != 0; blocks &= blocks - 1 {
		i := bits.TrailingZeros64(blocks) & 63
		for m := years[i+1]; m != 0; m &= m - 1 {
			p := base + uint32(i*64+bits.TrailingZeros64(m))
			dst[n] = p
			c := (*[lookAhead]byte)(a[p : p+lookAhead])
			century := uint32(binary.LittleEndian.Uint16(c[:]))
			differs := uint64(min(century^0x3931, century^0x3032))      // 19, 20
			x := binary.LittleEndian.Uint64(c[4:])                      // where it has to be a digit, the upper half of the byte is looked at
			clock := x&0x0000F0F0FFF0F0FF ^ 0x0000_30303A303020         // _00:00
			day := x&0xF000F0F0FFF0F0FF ^ 0x3000_30302D30302D           // -00-00?0
			between := (x>>48&0xFF ^ 'T') * (x>>48&0xFF ^ ' ')          // either
			hour := uint64(binary.LittleEndian.Uint16(c[11:])) ^ 0x3030 // not 00
			day |= between | uint64(c[13]^':') | (hour-1)>>63
			timed := min(clock, day)
			n += int((differs - 1) & (timed | -timed) >> 63)
		}
	}
	return dst[:n]
}

// twoMarks says whether dots or slashes separate the numbers of two digits at p.
func twoMarks(a []byte, p uint32) bool { return (a[p+2] == '.' || a[p+2] == '/') && a[p+5] == a[p+2] }

// lonely says whether the seventeen characters at p are all there are.
func lonely(a []byte, p uint32) bool { return !alphanumeric(a[p-1]) && !alphanumeric(a[p+17]) }

// rare looks at a lead byte outside Cyrillic: it notes what a normalised view is needed for, and says
// whether a no-break space stands there.
func (l *lexer) rare(p uint32) bool {
	a := l.Arena
	if p+2 >= uint32(len(a)) {
		return false
	}
	switch a[p] {
	case 0xC2:
		if a[p+1] == 0xA0 {
			return true
		}
		if a[p+1] != 0xAD {
			return false
		}
	case 0xE2:
		switch a[p+1] {
		case 0x80:
			if b := a[p+2]; b < 0x8B || b > 0x8F && b < 0xAA || b > 0xAE {
				return false
			}
		case 0x81:
			if b := a[p+2]; b != 0xA0 && (b < 0xA6 || b > 0xA9) {
				return false
			}
		default:
			return false
		}
	case 0xCC:
		if a[p+1] != 0x86 && a[p+1] != 0x88 {
			return false
		}
	case 0xEF:
		if a[p+1] != 0xBC && a[p+1] != 0xBD && !(a[p+1] == 0xBB && a[p+2] == 0xBF) {
			return false
		}
	case 0xD9:
		if a[p+1] < 0xA0 || a[p+1] > 0xA9 {
			return false
		}
	case 0xDB:
		if a[p+1] < 0xB0 || a[p+1] > 0xB9 {
			return false
		}
	default:
		return false
	}
	l.strange(p)
	return false
}
