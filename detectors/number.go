package detectors

import (
	"math/bits"
	"slices"
)

// maxDigits is the longest number that any detector may want, maxGroups the most groups it may come in.
const (
	maxDigits = 20
	maxGroups = 6
)

// tens looks for numbers of ten digits and more that begin in block i of a stretch, whose first byte is at base.
func (l *lexer) tens(i int, base uint32) {
	p := &l.planes
	digit, next := p.digit[i], p.digit[i+1]
	for s := p.tens[i]; s != 0; {
		at := bits.TrailingZeros64(s) & 63
		s &= s - 1
		up := (63 - at) & 63 // masked: the compiler sees that it is below 64
		window := digit>>at | next<<1<<up
		// Ten digits before anything that ends a number, or it is nothing: no byte is touched, and what begins before that
		// end is nothing either.
		gap := p.gaps[i]>>at | p.stop[i+1]<<1<<up
		if bits.OnesCount64(window&(gap&-gap-1)) < 10 {
			if gap != 0 {
				s &= ^uint64(0) << (at + bits.TrailingZeros64(gap))
			}
			continue
		}
		stop := p.stop[i]>>at | p.stop[i+1]<<1<<up
		window &= stop&-stop - 1
		if shape := window & 0x7FF; (shape == 0x36F || shape == 0x3DB) && dated(l.Arena[base+uint32(at):], shape) {
			s &= ^uint64(0) << (at + 10)
		} else if bits.OnesCount32(uint32(window)) >= 10 && l.number(base+uint32(at), window) && stop != 0 {
			s &= ^uint64(0) << (at + bits.TrailingZeros64(stop))
		}
	}
}

// dated says whether a begins with a day, 2006-01-02 or 02.01.2006, that a time may follow: no number begins in it.
// shape has a bit for every digit.
func dated(a []byte, shape uint64) bool {
	if shape == 0x3DB {
		return a[2] == '.' && a[5] == '.' && (a[6] == '2' && a[7] == '0' || a[6] == '1' && a[7] == '9')
	}
	return a[4] == '-' && a[7] == '-' && (a[0] == '2' && a[1] == '0' || a[0] == '1' && a[1] == '9')
}

// number appends every reading of the digits that begin at p; bit i of window says that p+i is a digit. done says
// that no detector would take what can be read from a later digit of window on.
func (l *lexer) number(p uint32, window uint64) (done bool) {
	a := l.Arena
	flags := edgeFlags[a[p-1]]
	if edges[a[p-1]] >= edgeMark { // hardly ever
		var ok bool
		if flags, ok = before(a, p); !ok {
			return false
		}
	}
	at := len(l.packed)
	l.packed = slices.Grow(l.packed, 2*maxDigits)
	digits, room := a[:len(a)+maxDigits], l.packed[at:at+2*maxDigits]
	q, shape, total := p, uint32(0), 0
	for groups := uint8(1); ; groups++ {
		n := bits.TrailingZeros64(^window) & 63
		total += n
		if total > maxDigits {
			return false
		}
		*(*[maxDigits]byte)(room[total-n:]) = *(*[maxDigits]byte)(digits[q:]) // and what follows: it is overwritten
		q += uint32(n)
		window >>= n
		shape = shape<<4 | uint32(min(n, 15))
		if l.wanted>>(total&31)&1 != 0 {
			l.add(p, q, total, groups, flags, shape, at)
		}
		if window == 0 {
			return total == 11 && national(a[p], shape, flags)
		}
		if groups == maxGroups {
			return false
		}
		gap := bits.TrailingZeros64(window) & 63
		var f NumFlags
		if gap == 1 {
			f = separators[a[q]]
		} else {
			f = separator(a[q:q+uint32(gap)], total, bits.TrailingZeros64(^(window >> gap)))
		}
		if f == 0 {
			return false
		}
		flags |= f
		q += uint32(gap)
		window >>= gap
	}
}

// shortNumber appends a run of n adjacent digits, six to nine, that begins at p.
func (l *lexer) shortNumber(p uint32, n int) {
	if l.short>>(n&31)&1 == 0 {
		return
	}
	flags := edgeFlags[l.Arena[p-1]]
	if edges[l.Arena[p-1]] >= edgeMark {
		var ok bool
		if flags, ok = before(l.Arena, p); !ok {
			return
		}
	}
	at := len(l.packed)
	l.packed = append(l.packed, l.Arena[p:p+uint32(n)]...)
	l.add(p, p+uint32(n), n, 1, flags, uint32(n), at)
}

// add appends a number of n digits if it may end at q. It is filled in place: what was just put together elsewhere is slow to copy.
// Its digits stand in packed from at on.
func (l *lexer) add(p, q uint32, n int, groups uint8, flags NumFlags, shape uint32, at int) {
	if !endsFreely(l.Arena, q) {
		f, ok := behind(l.Arena, q)
		if !ok {
			return
		}
		flags |= f
	}
	nums := append(l.Nums[n], Num{})
	l.Nums[n] = nums
	x := &nums[len(nums)-1]
	x.Start, x.End, x.N, x.Groups, x.Flags, x.Shape, x.at = p, q, uint8(n), groups, flags, shape, uint32(at)
	l.packed = l.packed[:at+n]
}

// dots looks at dots between digits: m has a bit for each, after those of the block behind.
func (l *lexer) dots(m, after uint64, base uint32) {
	for q := m; q != 0; {
		at := bits.TrailingZeros64(q) & 63
		if window := (m>>at | after<<1<<((63-at)&63)) & 0x1FF; bits.OnesCount64(window) >= 3 {
			l.Quads = append(l.Quads, base+uint32(at))
			q &= ^uint64(0) << at << (64 - bits.LeadingZeros64(window)) // the dots of this one begin no other
			continue
		}
		q &= q - 1
	}
}

// colons notes where MAC and IPv6 addresses may stand: two colons in a row, or five within 40 bytes.
func (l *lexer) colons(m, after uint64, base uint32) {
	if m&(m>>1|after<<63) == 0 && bits.OnesCount64(m)+bits.OnesCount64(after) < 5 {
		return // a time of day
	}
	for q := m; q != 0; {
		at := bits.TrailingZeros64(q) & 63
		window := m>>at | after<<1<<((63-at)&63)
		if window&3 == 3 || bits.OnesCount64(window&(1<<40-1)) >= 5 {
			p := base + uint32(at)
			if n := len(l.Colons); n == 0 || p > l.Colons[n-1]+40 || window&3 == 3 {
				l.Colons = append(l.Colons, p)
			}
		}
		q &= q - 1
	}
}

// alphanumeric says whether b is a digit, a Latin letter or a byte of a Cyrillic one.
func alphanumeric(b byte) bool { return b-'0' <= 9 || b|0x20-'a' < 26 || b >= 0x80 }

// national says whether eleven digits are 7 or 8 and ten digits written like a phone number and like nothing else:
// the ten alone are none, for they have a prefix.
func national(first byte, shape uint32, flags NumFlags) bool {
	if first != '7' && first != '8' || flags&(Slashed|Wrapped|Worded) != 0 {
		return false
	}
	switch shape {
	case 0x13322, 0x1334, 0x13223, 0x1343, 0x14222, 0x1532:
		return true
	}
	return false
}

// separators are the single bytes that may separate groups of digits.
var separators = [256]NumFlags{' ': Spaced, '\t': Spaced, '-': Dashed, '.': Dotted, '/': Slashed, '(': Bracketed, ')': Bracketed, '\n': Wrapped}

// separator judges longer ones. total is how many digits stand before, next how many stand adjacent behind.
func separator(s []byte, total, next int) NumFlags {
	if len(s) <= 6 {
		var f NumFlags
		marks := 0
		for i := 0; i < len(s); {
			g, size := separators[s[i]], 1
			if s[i] >= 0x80 {
				g, size = wideSeparator(s[i:])
			}
			if g == 0 || marks == 3 {
				f = 0
				break
			}
			f |= g
			marks++
			i += size
		}
		// "45 67 / 89" and "45. 67" are two numbers; "45 - 67" is one.
		if f != 0 && f&(Slashed|Wrapped) == 0 && (f&Dotted == 0 || f&Bracketed != 0) {
			if f == Spaced {
				f |= Wide
			}
			return f
		}
	}
	if total == 4 && next == 6 && len(s) <= 24 && numberWord(s) {
		return Worded
	}
	return 0
}

// wideSeparator judges the rune that s begins with: no-break and thin spaces, dashes.
func wideSeparator(s []byte) (NumFlags, int) {
	switch {
	case len(s) >= 2 && s[0] == 0xC2 && s[1] == 0xA0:
		return Spaced, 2
	case len(s) >= 3 && s[0] == 0xE2 && s[1] == 0x80:
		switch b := s[2]; {
		case b == 0xAF || b == 0x87 || b == 0x89:
			return Spaced, 3
		case b >= 0x90 && b <= 0x95:
			return Dashed, 3
		}
	case len(s) >= 3 && s[0] == 0xE2 && s[1] == 0x88 && s[2] == 0x92:
		return Dashed, 3
	}
	return 0, 1
}

// numberWord says whether s is №, N, no. or the word number, with spaces and punctuation around it.
func numberWord(s []byte) bool {
	found := false
	for i := 0; i < len(s); {
		switch b := s[i]; {
		case b == ' ' || b == ',' || b == '.' || b == '-' || b == '\t' || b == '\n':
			i++
		case b == 0xC2 && i+1 < len(s) && s[i+1] == 0xA0:
			i += 2
		case found:
			return false
		default:
			n := 0
			for _, w := range numberWords {
				if len(s)-i >= len(w) && string(s[i:i+len(w)]) == w {
					n = len(w)
					break
				}
			}
			if n == 0 {
				return false
			}
			found = true
			i += n
		}
	}
	return found
}

var numberWords = [...]string{"№", "номер", "Номер", "НОМЕР", "ном", "no", "No", "N", "n", "#", "нмр"}

// before looks at what stands before a number that begins at p, where edgeFlags does not tell, and says whether a number may begin there.
func before(a []byte, p uint32) (NumFlags, bool) {
	b := a[p-1]
	switch edges[b] {
	case edgeVeto:
		return 0, false
	case edgeWide:
		return wideEdge(a, p)
	}
	c := a[p-2] // p-1 holds a mark, so p-2 exists
	switch b {
	case '\\':
		return Glued, true
	case '-':
		if c-'0' <= 9 || c|0x20-'a' < 26 || c == '_' {
			return Inner, true
		}
	case '/':
		if c-'0' <= 9 && !longRun(a, p-1) {
			return 0, false
		}
		if c|0x20-'a' < 26 || c == '/' {
			return Glued, true
		}
	case ',', '.':
		if c-'0' <= 9 && (b == '.' || !longRun(a, p-1)) {
			return 0, false
		}
	case ':':
		if c-'0' <= 9 {
			return 0, false
		}
	}
	return 0, true
}

// wideEdge judges the rune in front of p when it is not ASCII.
func wideEdge(a []byte, p uint32) (NumFlags, bool) {
	if p >= 3 && a[p-1] < 0xC0 {
		switch a[p-2] {
		case 0xD0, 0xD1, 0xD2, 0xD3:
			return Glued, true
		}
		if a[p-3] == 0xE2 && a[p-2] == 0x82 { // currency signs
			return 0, false
		}
	}
	return 0, true
}

// longRun says whether the digits that end at p are seven or more: then a comma or slash behind them
// separates two numbers and is no decimal point.
func longRun(a []byte, p uint32) bool {
	n := uint32(0)
	for n < 7 && p > n && a[p-n-1]-'0' <= 9 {
		n++
	}
	if n >= 7 {
		return true
	}
	// 123-45-67, 123 45 67
	return n == 2 && p > 6 && a[p-4]-'0' <= 9 && a[p-5]-'0' <= 9
}

// endsFreely says whether what stands behind a number that ends at q means nothing, as nearly always. Zeros are behind the arena.
func endsFreely(a []byte, q uint32) bool {
	next := a[q : q+2]
	return endsFree[next[0]]|endsBefore[next[0]]&^isDigit[next[1]] != 0
}

// endsFree has 1 for the bytes that may stand behind a number whatever follows, endsBefore for those that may if no digit does.
var endsFree, endsBefore = func() (free, before [256]uint8) {
	for b, edge := range edges {
		if edge == edgeFree || edge == edgePlus || edge == edgeQuery {
			free[b] = 1
		}
	}
	before['.'], before[':'], before[','], free['/'] = 1, 1, 1, 1
	return free, before
}()

// behind looks at what stands behind a number that ends at q, where it does not end freely, and says whether it may end there.
func behind(a []byte, q uint32) (NumFlags, bool) {
	b := a[q]
	switch edges[b] {
	case edgeLetter:
		return Sticky, true
	case edgeVeto:
		return 0, false
	case edgeWide:
		switch {
		case b >= 0xD0 && b <= 0xD3:
			return Sticky, true
		case b == 0xE2 && q+2 < uint32(len(a)) && a[q+1] == 0x82:
			return 0, false
		}
		return 0, true
	}
	if q+1 >= uint32(len(a)) {
		return 0, true
	}
	c := a[q+1]
	switch b {
	case '-':
		if c-'0' <= 9 || c|0x20-'a' < 26 {
			return Outer, true
		}
	case '.', ':':
		if c-'0' <= 9 {
			return 0, false
		}
	case ',':
		if c-'0' <= 9 {
			for i := q + 1; i < q+7; i++ {
				if i >= uint32(len(a)) || a[i]-'0' > 9 && a[i] != ' ' && a[i] != '-' && a[i] != '(' {
					return 0, false
				}
			}
		}
	}
	return 0, true
}

// What a byte means at the edge of a number.
const (
	edgeFree = iota
	edgeLetter
	edgePlus
	edgeQuery
	edgeMark // depends on the byte beyond
	edgeVeto
	edgeWide // not ASCII
)

// edgeFlags is what the bytes up to edgeQuery say of a number behind them.
var edgeFlags = func() (t [256]NumFlags) {
	for b, edge := range edges {
		t[b] = [...]NumFlags{edgeLetter: Glued, edgePlus: Plus, edgeQuery: Query, edgeWide: 0}[edge]
	}
	return t
}()

var edges = func() (t [256]uint8) {
	for b := range t {
		switch {
		case b >= 0x80:
			t[b] = edgeWide
		case b|0x20 >= 'a' && b|0x20 <= 'z' || b == '_':
			t[b] = edgeLetter
		case b >= '0' && b <= '9' || b == '$' || b == '%' || b == '@':
			t[b] = edgeVeto
		}
	}
	t['+'], t['='], t['&'] = edgePlus, edgeQuery, edgeQuery
	t['-'], t['/'], t[','], t['.'], t[':'], t['\\'] = edgeMark, edgeMark, edgeMark, edgeMark, edgeMark, edgeMark
	return t
}()
