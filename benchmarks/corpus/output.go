package corpus

import (
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"unicode/utf8"
)

// output counts, hashes, encodes and writes what the kinds append to buf.
type output struct {
	buf   []byte // UTF-8, whole records
	utf8  int64  // bytes of UTF-8 that left buf
	enc   []byte
	w     io.Writer
	gz    *gzip.Writer
	sum   *summer
	with  With
	truth func(*Planted)
	item  Planted
	meta  Meta
	hard  [16]int64
	err   error
}

// summer counts and hashes the bytes of the file.
type summer struct {
	w io.Writer
	h hash.Hash
	n int64
}

func (s *summer) Write(b []byte) (int, error) {
	s.h.Write(b)
	n, err := s.w.Write(b)
	s.n += int64(n)
	return n, err
}

func newOutput(w io.Writer, o Options) *output {
	out := &output{with: o.With, truth: o.Truth, sum: &summer{w: w, h: sha256.New()}}
	out.item.Object = o.Object
	out.meta = Meta{Kind: o.Kind, Seed: o.Seed, With: o.With, Planted: map[string]int64{}}
	out.w = out.sum
	if o.With.Gzip {
		out.gz, _ = gzip.NewWriterLevel(out.sum, gzip.BestSpeed) // the level is a valid one
		out.w = out.gz
	}
	if o.With.UTF16 || o.With.BOM {
		out.buf = append(out.buf, "\ufeff"...)
	}
	return out
}

// size is how many bytes of UTF-8 have been made.
func (o *output) size() int64 { return o.utf8 + int64(len(o.buf)) }

// more says whether another record is wanted.
func (o *output) more(opt *Options) bool {
	if len(o.buf) > 1<<18 {
		o.flush()
	}
	if o.err != nil || opt.Rows > 0 && o.meta.Rows >= opt.Rows || opt.Rows <= 0 && o.size() >= opt.Size {
		return false
	}
	o.meta.Rows++
	return true
}

func (o *output) newline() {
	if o.with.CRLF {
		o.buf = append(o.buf, '\r')
	}
	o.buf = append(o.buf, '\n')
}

// note records the items of a maker. base is where the cell begins in the maker's text.
func (o *output) note(m *maker, row int64, field func(int) (name string, base int)) {
	for i := range m.items {
		it := &m.items[i]
		if it.kind == BirthDate || it.kind == Address {
			if o.meta.Also == nil {
				o.meta.Also = map[string]int64{}
			}
			o.meta.Also[it.kind]++
		} else {
			o.meta.Planted[it.kind]++
			for b := range noteNames {
				if it.note&(1<<b) != 0 {
					o.hard[b]++
				}
			}
		}
		if o.truth == nil {
			continue
		}
		name, base := field(it.field)
		p := &o.item
		p.Row, p.Field, p.Kind, p.note = row, name, it.kind, it.note
		p.Value, p.Text = m.norm[it.normal:it.normalTo], m.text[it.start:it.end]
		p.Start, p.End = it.start-base+it.move, it.end-base+it.move
		p.counted = it.kind != BirthDate && it.kind != Address
		o.truth(p)
	}
}

func (o *output) flush() {
	b := o.buf
	switch {
	case o.with.UTF16:
		o.enc = utf16le(o.enc[:0], b)
		b = o.enc
	case o.with.CP1251:
		var ok bool
		if o.enc, ok = windows1251(o.enc[:0], b); !ok && o.err == nil {
			o.err = errors.New("corpus: a character that windows-1251 does not have")
		}
		b = o.enc
	}
	if o.err == nil {
		_, o.err = o.w.Write(b)
	}
	o.utf8 += int64(len(o.buf))
	o.buf = o.buf[:0]
}

func (o *output) finish() (Meta, error) {
	o.flush()
	if o.gz != nil && o.err == nil {
		o.err = o.gz.Close()
	}
	o.meta.Bytes, o.meta.SHA256 = o.sum.n, hex.EncodeToString(o.sum.h.Sum(nil))
	o.meta.Hard = hardCounts(&o.hard)
	return o.meta, o.err
}

func hardCounts(counts *[16]int64) map[string]int64 {
	var hard map[string]int64
	for i, name := range noteNames {
		if counts[i] > 0 {
			if hard == nil {
				hard = map[string]int64{}
			}
			hard[name] = counts[i]
		}
	}
	return hard
}

// utf16le re-encodes; everything here lies in the basic plane.
func utf16le(dst, src []byte) []byte {
	for len(src) > 0 {
		r, n := utf8.DecodeRune(src)
		src = src[n:]
		dst = append(dst, byte(r), byte(r>>8))
	}
	return dst
}

// windows1251 re-encodes; it says whether every character had a place.
func windows1251(dst, src []byte) ([]byte, bool) {
	ok := true
	for len(src) > 0 {
		r, n := utf8.DecodeRune(src)
		src = src[n:]
		switch {
		case r < 0x80:
			dst = append(dst, byte(r))
		case r >= 'А' && r <= 'я':
			dst = append(dst, byte(r-'А'+0xC0))
		case r == 'ё':
			dst = append(dst, 0xB8)
		case r == 'Ё':
			dst = append(dst, 0xA8)
		case r == '«' || r == '»' || r == '\u00a0':
			dst = append(dst, byte(r))
		case r == '№':
			dst = append(dst, 0xB9)
		case r == '–':
			dst = append(dst, 0x96)
		default:
			ok = false
		}
	}
	return dst, ok
}

func (o *output) log(opt Options) {
	m := newMaker(opt.Seed, streamLog, opt.With)
	whole := func(int) (string, int) { return "", 0 }
	const chunk = 1 << 16
	for o.more(&opt) {
		m.reset()
		row := o.meta.Rows
		room := chunk - int(o.size()%chunk)
		switch {
		case opt.With.Huge && row == 3:
			m.longLine(1<<20 + 1<<12)
		case opt.With.Long && row%2000 == 500:
			m.longLine(1<<16 + 1<<10)
		case opt.With.Straddle && room < 4000:
			m.straddleLine(room)
		default:
			m.logLine()
		}
		o.buf = append(o.buf, m.text...)
		o.newline()
		o.note(m, row, whole)
	}
}
