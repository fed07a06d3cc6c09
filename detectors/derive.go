package detectors

import "math/bits"

// derivePortable fills what follows from the classes of bytes of a stretch of n blocks. It is the portable kernel, tested
// like the others against a loop over bytes.
func derivePortable(p *planes, n int) {
	p.events = [kindsOfEvents]uint64{}
	for _, x := range [...]*plane{&p.tens, &p.dots, &p.fracs, &p.threes, &p.sixes, &p.years, &p.shorts} {
		clear(x[1 : n+1])
	}
	for i := 1; i <= n; i++ {
		p.words(i)
		p.numbers(i)
		p.links(i)
	}
}

// words says where words begin in block i.
func (p *planes) words(i int) {
	cyril, latin, upper := p.cyril[i], p.latin[i], p.upper[i]
	before := p.latin[i-1] | p.cyril[i-1] | p.cyril[i-1]<<1
	after := p.latin[i+1] | p.cyril[i+1] | p.cyril[i+1]<<1 | cyril>>63
	word := latin | cyril | cyril<<1 | p.cyril[i-1]>>63
	begin := word &^ (word<<1 | before>>63)
	p.word[i] = word
	p.first[i] = (p.caps[i] | upper&^(p.digit[i]<<1|p.digit[i-1]>>63)) & begin
	p.starts[i] = begin | upper&((latin&^upper)<<1|p.latin[i-1]&^p.upper[i-1]>>63)

	one := begin & cyril &^ (word>>2 | after<<62)
	p.joins[i] = one & (one>>3 | 7<<61) &^ p.apart(i)

	// Runs of two, four, eight, sixteen and seventeen.
	m, n := upper|p.digit[i], p.upper[i+1]|p.digit[i+1]
	m2, n2 := m&(m>>1|n<<63), n&(n>>1)
	m4, n4 := m2&(m2>>2|n2<<62), n2&(n2>>2)
	m8, n8 := m4&(m4>>4|n4<<60), n4&(n4>>4)
	m17 := m8 & (m8>>8 | n8<<56) & (m>>16 | n<<48)
	p.codes[i] = m17 &^ (m17 << 1)

	colon := p.colon[i]
	near := colon | colon<<1
	near |= near << 2
	near |= near << 1 // four behind
	pairs := colon&(near<<1) | colon>>59
	if p.joins[i]|p.codes[i]|pairs|p.at[i] == 0 {
		return // nearly always
	}
	p.note(joinEvent, i, p.joins[i])
	p.note(codeEvent, i, p.codes[i])
	p.note(colonEvent, i, pairs)
	p.note(markEvent, i, p.at[i])
}

// apart has a bit for every byte of block i that stands two bytes before a space, a comma, a hyphen, a colon or a Latin letter.
func (p *planes) apart(i int) uint64 {
	own, next := p.space[i]&^p.dot[i]|p.colon[i]|p.latin[i], p.space[i+1]&^p.dot[i+1]|p.colon[i+1]|p.latin[i+1]
	return own>>2 | next<<62
}

// links says where block i has capitalised words behind another one, with up to three bytes of space between.
func (p *planes) links(i int) {
	space := p.space[i]
	// A word is a run of letters. Adding the bit of its capital to the run leaves a bit behind its end.
	sum, run := bits.Add64(p.word[i], p.first[i], p.run)
	p.run = run
	first, before := p.first[i], p.first[i-1]
	near := first | first<<1
	near = near<<1 | near<<3 | before>>60 | before>>61 | before>>62 | before>>63 // four behind
	p.ends[i] = sum &^ p.word[i] & space &^ (p.dot[i] &^ near)
	one := p.ends[i]<<1 | p.ends[i-1]>>63
	p.ends1[i] = one & space
	two := p.ends1[i]<<1 | p.ends1[i-1]>>63
	p.ends2[i] = two & space
	three := p.ends2[i]<<1 | p.ends2[i-1]>>63
	p.linked[i] = p.first[i] & (one | two | three)
	p.note(linkEvent, i, p.linked[i])
}

// numbers says where numbers begin in block i.
func (p *planes) numbers(i int) {
	d, n := p.digit[i], p.digit[i+1]
	if d == 0 {
		p.gaps[i] = p.stop[i] | ^(uint64(1)<<24 - 1)
		return
	}
	behind := d<<1 | p.digit[i-1]>>63 // a digit stands before
	begin := d &^ behind
	// A number of ten digits has them in 32 bytes: in the eight that it begins in, and the next 32. Each byte of sum counts the
	// digits of so many.
	own, after := bitsOfBytes(d), bitsOfBytes(n)
	sum := own + (own>>8 | after<<56) + (own>>16 | after<<48) + (own>>24 | after<<40) + (own>>32 | after<<32)
	const each = 0x0101010101010101
	dense := (sum + (128-10)*each) >> 7 & each * 0xFF
	near := d | d<<1
	near |= near << 2
	near |= near << 4
	near |= near << 8
	near |= near << 9 // 24 behind
	p.gaps[i] = p.stop[i] | ^near>>24<<24

	gap, stop := p.gaps[i], p.stop[i+1]
	gap, stop = gap|gap>>1|stop<<63, stop|stop>>1 // in two bytes
	last := gap>>8 | stop<<56
	gap, stop = gap|gap>>2|stop<<62, stop|stop>>2 // in four
	gap |= gap>>4 | stop<<60

	d1 := d>>1 | n<<63
	pairs, n2 := d&d1, n&(n>>1)
	d2 := d>>2 | n<<62
	triples := pairs & d2
	d3, d4 := d>>3|n<<61, d>>4|n<<60
	four := triples & d3
	n4 := n2 & (n2 >> 2)

	// 2006-01-02T and 01.2006 15: have eight digits; 02.01.2006 15: has ten, but no number ends before a colon and a digit.
	day := (p.stop[i]>>10 | p.stop[i+1]<<54) &^ (four & d4)
	clock := (p.colon[i]>>13 | p.colon[i+1]<<51) & (d>>14 | n<<50) &^ (d2 | d>>5 | n<<59 | d>>10 | n<<54)
	p.tens[i] = begin & dense &^ (gap | last | day | clock)
	p.note(tenEvent, i, p.tens[i])

	dots := p.dot[i] & behind & d1
	p.dots[i] = dots
	p.fracs[i] = dots & (four>>1 | n4<<63) &^ (dots << 3)
	p.note(fracEvent, i, p.fracs[i])
	more := p.dot[i+1] & (n<<1 | d>>63) & (n >> 1)
	if more != 0 {
		more = dots
	}
	pair := dots & (dots - 1)
	p.note(dotEvent, i, pair&(pair-1)|more)

	// Three digits between letters. What stands before the block is looked at by the detector.
	letter, space := p.latin[i]|p.cyril[i]|p.cyril[i]<<1, p.space[i]
	lead, after := p.latin[i]|p.cyril[i], p.latin[i+1]|p.cyril[i+1]
	p.threes[i] = triples & begin &^ d3 & (letter<<1 | space<<1&(letter<<2) | 7) &
		(lead>>3 | after<<61 | (space>>3|p.space[i+1]<<61)&(lead>>4|after<<60))
	p.note(threeEvent, i, p.threes[i])

	six := four & (pairs>>4 | n2<<60)
	p.sixes[i] = six & begin &^ (six & (four>>6 | n4<<58))
	p.note(sixEvent, i, p.sixes[i])
	p.years[i] = four & begin &^ d4
	p.note(yearEvent, i, p.years[i])
	lone, next := pairs&^d2, n2&^(n>>2)
	p.shorts[i] = lone & begin & (lone>>3 | next<<61) & (lone>>6 | next<<58) &^ p.apart(i)
	p.note(shortEvent, i, p.shorts[i])
}

// bitsOfBytes counts the bits of each byte.
func bitsOfBytes(x uint64) uint64 {
	x -= x >> 1 & 0x5555555555555555
	x = x&0x3333333333333333 + x>>2&0x3333333333333333
	return (x + x>>4) & 0x0F0F0F0F0F0F0F0F
}

// note says that block i has something of a kind if m is not zero.
func (p *planes) note(event, i int, m uint64) { p.events[event] |= (m | -m) >> 63 << ((i - 1) & 63) }
