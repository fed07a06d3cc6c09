package detectors

import "slices"

// Some characters hide values from a reader of bytes: soft hyphens and zero-width characters inside numbers,
// full-width and Arabic-Indic digits, й and ё written as two characters. The lexer notes where they stand;
// the text around is rewritten without them and scanned a second time, and what is found there is carried
// back to the bytes of the arena. Ordinary text pays for the notes only.

// reachAround is how much text on either side of a strange character is looked at again; longest is the
// largest piece looked at in one go.
const (
	reachAround = 1024
	longest     = 8192
)

// A view is a piece of an arena in normalised form.
type view struct {
	lexer
	text     []byte
	from, to []uint32 // of every byte of text: the begin and end of what it stands for in the arena
	found    []Finding
}

// strange notes that a normalised view is needed around p. Places come in order.
func (l *lexer) strange(p uint32) {
	if n := len(l.odd); n > 0 && p < l.odd[n-1].end {
		l.odd[n-1].end = max(l.odd[n-1].end, p+1)
		return
	}
	l.odd = append(l.odd, span{p, p + 1})
	if n := len(l.odd); n > 1 && p-l.odd[n-2].end < 2*reachAround && p-l.odd[n-2].start < longest-2*reachAround {
		l.odd[n-2].end = p + 1
		l.odd = l.odd[:n-1]
	}
}

// views scans the noted pieces in normalised form and adds to dst[from:] what is new.
func (s *Scanner) views(dst []Finding, from int, arena []byte) []Finding {
	v := &s.view
	plain := len(dst)
	for _, o := range s.main.odd {
		start, end := around(arena, o)
		v.write(arena, start, end)
		v.run(v.text)
		v.found = s.detect(v.found[:0], &v.Text)
		for _, f := range v.found {
			f.Start, f.End = v.from[f.Start], v.to[f.End-1]
			// Findings far from any strange character are the first scan's; those at a cut of the piece may be halves.
			if f.End+reachAround/2 < o.start || f.Start > o.end+reachAround/2 {
				continue
			}
			dst = append(dst, f)
		}
	}
	if len(dst) == plain {
		return dst
	}
	all := dst[from:]
	slices.SortStableFunc(all, byStart)
	// The same span of the same kind twice: the better one stays.
	kept := 0
	for i := range all {
		if kept > 0 && byStart(all[kept-1], all[i]) == 0 {
			if byRank(all[i], all[kept-1]) < 0 {
				all[kept-1] = all[i]
			}
			continue
		}
		all[kept] = all[i]
		kept++
	}
	return dst[:from+kept]
}

// around widens a noted span to the text that a decision about it may depend on. It cuts at rune borders.
func around(a []byte, o span) (start, end uint32) {
	start = o.start - min(o.start, reachAround)
	for start < o.start && a[start]&0xC0 == 0x80 {
		start++
	}
	end = min(o.end+reachAround, uint32(len(a)))
	for end > o.end && end < uint32(len(a)) && a[end]&0xC0 == 0x80 {
		end--
	}
	for end < uint32(len(a)) && a[end]&0xC0 == 0x80 {
		end++
	}
	return start, end
}

// write fills the view with the normalised form of a[start:end], between zero bytes and with padding behind.
func (v *view) write(a []byte, start, end uint32) {
	v.text, v.from, v.to = v.text[:0], v.from[:0], v.to[:0]
	put := func(b byte, from, to uint32) {
		v.text = append(v.text, b)
		v.from = append(v.from, from)
		v.to = append(v.to, to)
	}
	put(0, start, start)
	for i := start; i < end; {
		b := a[i]
		if b < 0x80 {
			put(b, i, i+1)
			i++
			continue
		}
		size := runeSize(a[i:end])
		n := uint32(len(v.text))
		switch r := a[i : i+size]; {
		case hidden(r):
		case size == 2 && b == 0xD9 && r[1] >= 0xA0 && r[1] <= 0xA9:
			put(r[1]-0xA0+'0', i, i+2)
		case size == 2 && b == 0xDB && r[1] >= 0xB0 && r[1] <= 0xB9:
			put(r[1]-0xB0+'0', i, i+2)
		case size == 3 && b == 0xEF && r[1] == 0xBC && r[2] >= 0x81 && r[2] <= 0xBF:
			put(r[2]-0x81+'!', i, i+3)
		case size == 3 && b == 0xEF && r[1] == 0xBD && r[2] >= 0x80 && r[2] <= 0x9E:
			put(r[2]-0x80+'`', i, i+3)
		case size == 2 && b == 0xCC && r[1] == 0x86 && v.joins(n, 0xB8, 0x98):
			v.join(n, i+2, 0xB9, 0x99)
		case size == 2 && b == 0xCC && r[1] == 0x88 && v.joins(n, 0xB5, 0x95):
			if v.text[n-1] == 0xB5 {
				v.text[n-2], v.text[n-1] = 0xD1, 0x91
			} else {
				v.text[n-2], v.text[n-1] = 0xD0, 0x81
			}
			v.to[n-1] = i + 2
		default:
			for j, c := range r {
				put(c, i+uint32(j), i+uint32(j)+1)
			}
			v.from[n] = i
			for j := n; j < uint32(len(v.text)); j++ {
				v.from[j], v.to[j] = i, i+size
			}
		}
		i += size
	}
	put(0, end, end)
	v.text = append(v.text, make([]byte, 64)...)[:len(v.text)]
}

// joins says whether the last letter written is D0 followed by one of two bytes.
func (v *view) joins(n uint32, small, capital byte) bool {
	return n >= 2 && v.text[n-2] == 0xD0 && (v.text[n-1] == small || v.text[n-1] == capital)
}

// join turns и into й and И into Й; the letter now reaches to end.
func (v *view) join(n, end uint32, small, capital byte) {
	if v.text[n-1] == small-1 {
		v.text[n-1] = small
	} else {
		v.text[n-1] = capital
	}
	v.to[n-1] = end
}

// hidden says whether a rune shows nothing: soft hyphen, zero-width characters, marks of direction, byte order mark.
func hidden(r []byte) bool {
	switch {
	case len(r) == 2:
		return r[0] == 0xC2 && r[1] == 0xAD
	case len(r) != 3:
		return false
	case r[0] == 0xE2 && r[1] == 0x80:
		return r[2] >= 0x8B && r[2] <= 0x8F || r[2] >= 0xAA && r[2] <= 0xAE
	case r[0] == 0xE2 && r[1] == 0x81:
		return r[2] == 0xA0 || r[2] >= 0xA6 && r[2] <= 0xA9
	}
	return r[0] == 0xEF && r[1] == 0xBB && r[2] == 0xBF
}

// runeSize is the length of the rune that s begins with, 1 where s is damaged.
func runeSize(s []byte) uint32 {
	n := 1
	switch b := s[0]; {
	case b >= 0xF0:
		n = 4
	case b >= 0xE0:
		n = 3
	case b >= 0xC0:
		n = 2
	}
	for i := 1; i < n; i++ {
		if i == len(s) || s[i]&0xC0 != 0x80 {
			return 1
		}
	}
	return uint32(n)
}
