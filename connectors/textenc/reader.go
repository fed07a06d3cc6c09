package textenc

import (
	"encoding/binary"
	"io"
	"sync/atomic"
	"unicode/utf8"
)

// A Reader decodes a stream to UTF-8. It belongs to one goroutine, except for Encoding.
type Reader struct {
	r      io.Reader
	enc    atomic.Uint32
	auto   bool   // the encoding is not known yet: only ASCII has been seen
	src    []byte // src[at:] is read and not decoded yet
	at     int
	out    [4]byte // decoded bytes that did not fit
	nout   int
	err    error // of r, once src is used up
	broken int64
}

// NewReader decodes r from encoding e.
func NewReader(r io.Reader, e Encoding) *Reader {
	d := &Reader{r: r}
	d.enc.Store(uint32(e))
	return d
}

// NewAutoReader finds out the encoding by itself: from the first 64 KB, or, while these are plain ASCII,
// from the first 64 KB that begin with something else.
func NewAutoReader(r io.Reader) *Reader {
	return &Reader{r: r, auto: true}
}

// Encoding says what the stream is decoded from; UTF-8 while an auto reader has only seen ASCII.
// It may be called from any goroutine.
func (d *Reader) Encoding() Encoding { return Encoding(d.enc.Load()) }

// Broken counts UTF-16 units that were no text: lone surrogates and an odd last byte. They are decoded
// to bytes that are not valid UTF-8, and Encode brings them back.
func (d *Reader) Broken() int64 { return d.broken }

// Read fills p with UTF-8. Characters may be cut by the end of p.
func (d *Reader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if d.auto {
		return d.readAuto(p)
	}
	e := d.Encoding()
	if e == UTF8 {
		if d.at < len(d.src) {
			n := copy(p, d.src[d.at:])
			d.at += n
			return n, nil
		}
		if d.err != nil {
			return 0, d.err
		}
		return d.r.Read(p)
	}
	n := 0
	for {
		if d.nout > 0 {
			k := copy(p[n:], d.out[:d.nout])
			copy(d.out[:], d.out[k:d.nout])
			d.nout -= k
			n += k
		}
		if n == len(p) {
			return n, nil
		}
		if d.at == len(d.src) || d.err == nil && len(d.src)-d.at < 4 {
			if n > 0 && d.err == nil { // hand over what there is before waiting for more
				return n, nil
			}
			d.fill(64 << 10)
			if d.at == len(d.src) {
				return n, d.err
			}
		}
		switch {
		case len(p)-n < 4:
			d.spill(e)
		case e == UTF16LE || e == UTF16BE:
			n += d.decode16(p[n:], e)
		default:
			n += d.decode8(p[n:], tables[e])
		}
	}
}

// fill reads until there are 4 bytes to decode, or n when waiting for the sniffer, or the end.
func (d *Reader) fill(n int) {
	if cap(d.src) < n {
		d.src = make([]byte, 0, n)
	}
	k := copy(d.src[:n], d.src[d.at:])
	d.src, d.at = d.src[:k], 0
	for empty := 0; len(d.src) < 4 && d.err == nil; {
		var k int
		k, d.err = d.r.Read(d.src[len(d.src):n])
		d.src = d.src[:len(d.src)+k]
		if empty++; k > 0 {
			empty = 0
		} else if empty > 100 && d.err == nil {
			d.err = io.ErrNoProgress
		}
	}
}

// spill decodes one character into d.out, for want of room.
func (d *Reader) spill(e Encoding) {
	var one [4]byte
	keep := d.src
	if e == UTF16LE || e == UTF16BE {
		end := d.at + 2
		if end < len(keep) && end+2 <= len(keep) {
			end += 2
		}
		d.src = keep[:min(end, len(keep))]
		d.nout = d.decode16(one[:], e)
	} else {
		d.src = keep[:d.at+1]
		d.nout = d.decode8(one[:], tables[e])
	}
	d.src = keep
	copy(d.out[:], one[:d.nout])
}

// decode8 decodes until src is used up or fewer than 4 bytes are free.
func (d *Reader) decode8(p []byte, t *table) int {
	n, src := 0, d.src[d.at:]
	i := 0
	for i+8 <= len(src) && n+32 <= len(p) {
		w := binary.LittleEndian.Uint64(src[i:])
		if w&0x8080808080808080 == 0 {
			binary.LittleEndian.PutUint64(p[n:], w)
			i, n = i+8, n+8
			continue
		}
		for range 8 { // four bytes each, without asking how many count: the next write covers the rest
			c := t.to[byte(w)]
			binary.LittleEndian.PutUint32(p[n:], c)
			n += int(c >> 24)
			w >>= 8
		}
		i += 8
	}
	for i < len(src) && n+4 <= len(p) {
		c := t.to[src[i]]
		binary.LittleEndian.PutUint32(p[n:], c)
		n += int(c >> 24)
		i++
	}
	d.at += i
	return n
}

// decode16 is decode8 for UTF-16. It leaves a high surrogate at the very end of src for the next call.
func (d *Reader) decode16(p []byte, e Encoding) int {
	n, src := 0, d.src[d.at:]
	end := d.err != nil // nothing follows src
	i := 0
	for i < len(src) && n+4 <= len(p) {
		if i+1 == len(src) { // an odd last byte
			if !end {
				break
			}
			d.broken++
			p[n], p[n+1], p[n+2] = oddByte, 0x80|src[i]>>4, 0x80|src[i]&0x0F
			i, n = i+1, n+3
			break
		}
		u := unit(src[i:], e)
		switch {
		case u < 0x80:
			p[n] = byte(u)
			n++
		case u < 0x800:
			p[n], p[n+1] = 0xC0|byte(u>>6), 0x80|byte(u&0x3F)
			n += 2
		case u >= 0xD800 && u < 0xDC00 && i+4 <= len(src) && unit(src[i+2:], e)&0xFC00 == 0xDC00:
			n += utf8.EncodeRune(p[n:], 0x10000+rune(u&0x3FF)<<10+rune(unit(src[i+2:], e)&0x3FF))
			i += 2
		default:
			if u&0xF800 == 0xD800 {
				if u < 0xDC00 && i+4 > len(src) && !end {
					d.at += i
					return n
				}
				d.broken++
			}
			p[n], p[n+1], p[n+2] = 0xE0|byte(u>>12), 0x80|byte(u>>6&0x3F), 0x80|byte(u&0x3F)
			n += 3
		}
		i += 2
	}
	d.at += i
	return n
}

func unit(b []byte, e Encoding) uint16 {
	if e == UTF16LE {
		return uint16(b[0]) | uint16(b[1])<<8
	}
	return uint16(b[1]) | uint16(b[0])<<8
}

// readAuto hands ASCII through until something else comes, and then decides.
func (d *Reader) readAuto(p []byte) (int, error) {
	first := d.src == nil
	if d.at == len(d.src) {
		if first {
			d.more()
		} else {
			d.fill(sniffSize)
		}
		if d.at == len(d.src) {
			d.auto = false
			return 0, d.err
		}
	}
	rest := d.src[d.at:]
	n := highByte(rest)
	if n == 0 || first && (n < len(rest) || wide(rest) != UTF8) {
		d.more() // the sniffer wants to see as much as it can get
		d.enc.Store(uint32(Sniff(d.src[d.at:])))
		d.auto = false
		return d.Read(p)
	}
	n = copy(p, rest[:n])
	d.at += n
	return n, nil
}

// more reads on until src holds sniffSize bytes or the stream ends.
func (d *Reader) more() {
	d.fill(sniffSize)
	for idle := 0; len(d.src) < sniffSize && d.err == nil; {
		k, err := d.r.Read(d.src[len(d.src):sniffSize])
		d.src, d.err = d.src[:len(d.src)+k], err
		if idle++; k > 0 {
			idle = 0
		} else if idle > 100 && err == nil {
			d.err = io.ErrNoProgress
		}
	}
}
