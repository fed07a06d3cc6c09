package detectors

import (
	"math/bits"
	"slices"
)

// A block says what stands at each of 64 bytes of an arena, one bit a byte, lowest first.
// The kernels fill it; assembly knows the order of the fields.
type block struct {
	digit uint64 // 0-9
	at    uint64 // @
	space uint64 // what may stand between two words of a name: space, tab, newline, comma, hyphen, dot
	latin uint64 // A-Z, a-z
	upper uint64 // A-Z
	cyril uint64 // lead bytes D0..D3
	caps  uint64 // lead byte D0 of a capital: the next byte is 80..AF
	lead  uint64 // bytes from C0 up
	stop  uint64 // what ends a number: ASCII but digits and \t\n #(),-./Nno, which a number or № may hold
	dot   uint64 // .
	colon uint64 // :
}

// stretch is how many blocks are classified at a time: they and their text stay in the first cache.
const stretch = 96

// A lexer runs over an arena once and fills a Text. All its memory is reused.
type lexer struct {
	Text
	wanted uint32   // digit counts from ten up that some detector wants
	short  uint32   // digit counts below ten that some detector wants
	dates  bool     // some detector wants Years and Shorts
	places []uint32 // where words begin: memory of findCues
	joined []uint32 // likewise: single letters joined by a dot or a slash, д.р, р/с
	blocks [stretch + 1]block
	// odd holds spans of the arena that a normalised view is needed for, see normalise.go.
	odd []span
}

type span struct{ start, end uint32 }

// carry is what one block hands to the next.
type carry struct {
	digit, word, cyril, space uint64 // last bit of the block before
	small                     uint64
	run                       uint64 // a capitalised word reaches the end of the block
	gap                       [3]uint64
	last                      uint32 // begin of the last capitalised word
}

func (l *lexer) run(arena []byte) {
	l.Arena = arena
	for i := range l.Nums {
		l.Nums[i] = l.Nums[i][:0]
	}
	l.Caps, l.Marks, l.Years, l.Shorts = l.Caps[:0], l.Marks[:0], l.Years[:0], l.Shorts[:0]
	l.Quads, l.Colons, l.Threes, l.Fracs, l.Codes = l.Quads[:0], l.Colons[:0], l.Threes[:0], l.Fracs[:0], l.Codes[:0]
	for i := range l.cues {
		l.cues[i] = l.cues[i][:0]
	}
	l.contexts = append(l.contexts[:0], context{})
	l.odd = l.odd[:0]
	total := (len(arena) + 63) / 64
	l.starts = slices.Grow(l.starts[:0], total)[:total]
	full := arena[:total*64+1] // the padding that callers owe
	var c carry
	for first := 0; first < total; first += stretch {
		n := min(stretch, total-first)
		more := min(n+1, total-first)
		classify(l.blocks[:more], full[first*64:])
		if more == n {
			l.blocks[n] = block{}
		}
		for i := range n {
			l.block(&l.blocks[i], &l.blocks[i+1], uint32(first+i)*64, &c)
		}
		if l.words != nil && l.words.cues != nil {
			l.findCues(first, n)
		}
	}
}

// block takes what is needed from one block; next is the one behind it.
func (l *lexer) block(b, next *block, base uint32, c *carry) {
	if b.digit != 0 {
		l.numbers(b, next, base, c.digit)
	}
	c.digit = b.digit >> 63
	if b.upper|b.digit>>63 != 0 {
		if a := b.digit | b.upper; a&(a>>1)&(a>>2)&(a>>3) != 0 || a>>63 != 0 {
			l.codes(a, next.digit|next.upper, base)
		}
	}
	if cc := b.colon; cc&(cc>>1|next.colon<<63) != 0 || cc != 0 && bits.OnesCount64(cc)+bits.OnesCount64(next.colon) >= 5 {
		l.colons(cc, next.colon, base)
	}

	for m := b.at; m != 0; m &= m - 1 {
		l.Marks = append(l.Marks, base+uint32(bits.TrailingZeros64(m)))
	}

	space := b.space | c.space
	c.space = 0
	if rare := b.lead &^ b.cyril; rare != 0 {
		for ; rare != 0; rare &= rare - 1 {
			at := bits.TrailingZeros64(rare)
			if l.rare(base + uint32(at)) {
				space |= 3 << at
				if at == 63 {
					c.space = 1
				}
			}
		}
	}

	// A word is a run of letters. Adding the bit of its capital to the run leaves a bit behind its end.
	word := b.latin | b.cyril | b.cyril<<1 | c.cyril
	c.cyril = b.cyril >> 63
	begin := word &^ (word<<1 | c.word)
	small := b.latin &^ b.upper
	starts := begin | b.upper&(small<<1|c.small)
	l.starts[base>>6] = starts
	if one := begin & b.cyril &^ (word>>2 | (next.latin|next.cyril|next.cyril<<1|c.cyril)<<62); one != 0 {
		for m := one & (one>>3 | 7<<61); m != 0; m &= m - 1 {
			l.join(base + uint32(bits.TrailingZeros64(m)))
		}
	}
	c.small = small >> 63
	first := (b.caps | b.upper) & begin
	c.word = word >> 63
	sum, run := bits.Add64(word, first, c.run)
	c.run = run
	end := sum &^ word & space
	e1 := end<<1 | c.gap[0]
	e2 := (e1&space)<<1 | c.gap[1]
	e3 := (e2&space)<<1 | c.gap[2]
	c.gap = [3]uint64{end >> 63, e1 & space >> 63, e2 & space >> 63}
	if first == 0 {
		return
	}
	for m := first & (e1 | e2 | e3); m != 0; m &= m - 1 {
		at := bits.TrailingZeros64(m)
		before := c.last
		if f := first & (1<<at - 1); f != 0 {
			before = base + 63 - uint32(bits.LeadingZeros64(f))
		}
		if n := len(l.Caps); n == 0 || l.Caps[n-1] != before {
			l.Caps = append(l.Caps, before)
		}
		l.Caps = append(l.Caps, base+uint32(at))
	}
	c.last = base + 63 - uint32(bits.LeadingZeros64(first))
}

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
