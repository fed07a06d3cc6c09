// Package token cuts JSON into the cells of a batch, in place, and puts edits back.
//
// A tokenizer only reads; settle then decodes the cells and zeroes what lies between them. So a row
// that the end of the buffer cuts is simply read again. Values are cells of the field named by their
// path ("user.phones[]"); keys are cells too, since they may hold data.
package token

import (
	"bytes"
	"encoding/binary"
	"math/bits"

	"bezlik/connectors"
)

// MaxDepth is how many arrays and objects may lie in each other.
const MaxDepth = 512

// A status says why the tokenizer stopped.
type status uint8

const (
	rowEnd   status = iota // an element of rows is complete, or one begins while cells stand before it
	cut                    // a row is too long and ends here
	valueEnd               // the outermost value is complete
	more                   // the buffer ends inside a token or between two
	bad                    // this is not JSON
	deep                   // more than MaxDepth
)

// A state says what may come next.
type state uint8

const (
	wantValue state = iota
	wantFirstValue
	wantKey
	wantFirstKey
	wantNext
)

type kind uint8

const (
	top kind = iota
	object
	array
	rowArray // an array whose elements are rows
)

type frame struct {
	node  int32 // object: the place its keys hang from; array: the place of its elements
	last  int32 // object: the key before, -1 is none
	guess int32 // object: the key that probably comes next, -1 is unknown
	kind  kind
}

// A tokenizer walks through JSON. It can stop at any token and go on later.
type tokenizer struct {
	paths
	cells   []connectors.Cell // the batch's, while it is filled
	row     int               // cells before the current row
	from    int               // where the current row begins
	maxRow  int               // bytes of a row, 0 is no limit
	state   state
	cur     int32 // where the coming value stands
	depth   int
	stack   [MaxDepth + 1]frame
	scratch []byte // an escaped key
}

// newTokenizer returns a tokenizer. rowsAt is asked once for every array outside rows, by the path of
// its elements, whether they are rows, and how the names of what they hold shall begin; nil is never.
func newTokenizer(rowsAt func(path string) (prefix string, ok bool)) *tokenizer {
	t := &tokenizer{}
	t.init(rowsAt)
	t.begin()
	return t
}

// begin expects an outermost value.
func (t *tokenizer) begin() { t.depth, t.state, t.cur = 0, wantValue, 0 }

// A mark is a place to return to.
type mark struct {
	state state
	cur   int32
	stack []frame
}

// save remembers where t stands; m keeps its memory.
func (t *tokenizer) save(m *mark) {
	m.state, m.cur = t.state, t.cur
	m.stack = append(m.stack[:0], t.stack[1:t.depth+1]...)
}

// load returns to m.
func (t *tokenizer) load(m *mark) {
	t.state, t.cur, t.depth = m.state, m.cur, len(m.stack)
	copy(t.stack[1:], m.stack)
}

// run reads buf from i up to n and stops with the place it came to. Pad bytes lie in buf behind n, and
// buf[n] is white space or zero. last says that nothing comes after n, so that a number may end there.
func (t *tokenizer) run(buf []byte, i, n int, last bool) (int, status) {
	var (
		cells = t.cells
		f     = &t.stack[t.depth]
		st    = t.state
		cur   = t.cur
		at    = i // where the token began
		end   status
		c     byte
		field = t.nodes[t.cur].field // of a value in an object
		limit = n                    // where a row may have become too long
	)
	if t.maxRow > 0 {
		limit = min(n, t.from+min(t.maxRow, maxLoose))
	}
loop:
	for {
		at = i
		for c = buf[i]; c <= ' '; c = buf[i] {
			if i >= n {
				at, end = i, more
				break loop
			}
			if c != ' ' && c != '\n' && c != '\r' && c != '\t' {
				end = bad
				break loop
			}
			i++
		}
		switch st {
		case wantKey, wantFirstKey:
			if c != '"' {
				if c == '}' && st == wantFirstKey {
					i++
					goto pop
				}
				end = bad
				break loop
			}
			start, stop, form := i+1, 0, connectors.Quoted
			id := f.guess
			if id >= 0 {
				nd := &t.nodes[id]
				stop = start + len(nd.key)
				if stop >= n || buf[stop] != '"' || binary.LittleEndian.Uint64(buf[start:])&nd.mask != nd.head ||
					len(nd.key) > 8 && string(buf[start+8:stop]) != nd.key[8:] {
					id = -1
				}
			}
			if id < 0 {
				var escaped bool
				if stop, escaped = quote(buf, start, n); stop >= n {
					end = more
					break loop
				}
				if escaped {
					form = connectors.Escaped
				}
				id = t.key(f, buf[start:stop], escaped)
			}
			i = stop + 1
			for c = buf[i]; c != ':'; c = buf[i] {
				if i >= n {
					end = more
					break loop
				}
				if c != ' ' && c != '\n' && c != '\r' && c != '\t' {
					end = bad
					break loop
				}
				i++
			}
			i++
			nd := &t.nodes[id]
			cells = grown(cells)
			p := &cells[len(cells)-1]
			p.Start, p.End, p.Field, p.Type, p.Form = uint32(start), uint32(stop), nd.field, connectors.Key, form
			f.last, f.guess = id, nd.next
			cur, st, field = id, wantValue, nd.field
			if c = buf[i]; c <= ' ' {
				continue
			}
			at = i
			fallthrough

		case wantValue, wantFirstValue:
			if c == ']' && st == wantFirstValue {
				i++
				goto pop
			}
			if f.kind == rowArray && len(cells) > t.row {
				i, end = at, rowEnd
				break loop
			}
			if f.kind != object && c != '{' && c != '[' {
				field = t.field(cur)
			}
			switch c {
			case '"':
				start := i + 1
				stop, escaped := quote(buf, start, n)
				if stop >= n {
					end = more
					break loop
				}
				form := connectors.Quoted
				if escaped {
					form = connectors.Escaped
				}
				cells = grown(cells)
				p := &cells[len(cells)-1]
				p.Start, p.End, p.Field, p.Type, p.Form = uint32(start), uint32(stop), field, connectors.Text, form
				i = stop + 1
				if f.kind == object && buf[i] == ',' && i < limit {
					i++
					st = wantKey
					continue
				}
			case '{', '[':
				if t.depth == MaxDepth {
					end = deep
					break loop
				}
				i++
				t.depth++
				f = &t.stack[t.depth]
				if c == '{' {
					*f = frame{node: cur, last: -1, guess: t.nodes[cur].first, kind: object}
					st = wantFirstKey
					continue
				}
				cur = t.elements(cur)
				*f = frame{node: cur, last: -1, guess: -1, kind: array}
				if t.nodes[cur].rows {
					f.kind = rowArray
				}
				st = wantFirstValue
				continue
			default:
				start := i
				for word[buf[i]] {
					i++
				}
				if i >= n && !last {
					end = more
					break loop
				}
				if i == start {
					end = bad
					break loop
				}
				typ, ok := literal(buf[start:i])
				if !ok {
					if end = bad; i >= n && unfinished(buf[start:i]) {
						end = more
					}
					break loop
				}
				stop := i
				if typ == connectors.Null {
					stop = start
				}
				cells = grown(cells)
				p := &cells[len(cells)-1]
				p.Start, p.End, p.Field, p.Type, p.Form = uint32(start), uint32(stop), field, typ, connectors.Plain
			}
			st = wantNext
			if f.kind == rowArray {
				end = rowEnd
				break loop
			}
			if f.kind == top {
				st, end = wantValue, valueEnd
				break loop
			}

		case wantNext:
			if i >= limit && len(cells) > t.row && t.tooLong(i) {
				end = cut
				break loop
			}
			switch {
			case c == ',' && f.kind == object:
				st = wantKey
			case c == ',':
				st, cur = wantValue, f.node
			case c == '}' && f.kind == object, c == ']' && f.kind != object:
				i++
				goto pop
			default:
				end = bad
				break loop
			}
			i++
		}
		continue
	pop:
		t.depth--
		f = &t.stack[t.depth]
		st = wantNext
		if f.kind == rowArray {
			end = rowEnd
			break
		}
		if f.kind == top {
			st, cur, end = wantValue, 0, valueEnd
			break
		}
	}
	if end >= more {
		i = at
	}
	t.cells, t.state, t.cur = cells, st, cur
	return i, end
}

// grown returns cells with one more, to be filled in place: a cell that is put together elsewhere and
// copied costs several times as much.
func grown(cells []connectors.Cell) []connectors.Cell {
	if len(cells) < cap(cells) {
		return cells[:len(cells)+1]
	}
	return append(cells, connectors.Cell{})
}

// maxLoose is how many bytes outside rows make a row of their own.
const maxLoose = 1 << 20

// tooLong says whether the row ends at i because of its length.
func (t *tokenizer) tooLong(i int) bool {
	if t.maxRow == 0 || i-t.from < min(t.maxRow, maxLoose) {
		return false
	}
	if i-t.from >= t.maxRow {
		return true
	}
	for d := t.depth; d > 0; d-- {
		if t.stack[d].kind == rowArray {
			return false
		}
	}
	return true
}

// key finds the place of a key that was not guessed and remembers what follows what.
func (t *tokenizer) key(f *frame, key []byte, escaped bool) int32 {
	if escaped || bytes.IndexByte(key, 0) >= 0 {
		t.scratch = append(t.scratch[:0], key...)
		key = t.scratch[:decode(t.scratch)]
	}
	id := t.kid(f.node, key)
	t.field(id)
	if f.last >= 0 {
		t.nodes[f.last].next = id
	} else {
		t.nodes[f.node].first = id
	}
	return id
}

// word holds the bytes that numbers and bare words are made of.
var word = func() (w [256]bool) {
	for _, c := range "0123456789+-.abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_" {
		w[c] = true
	}
	return w
}()

// quote returns where the string that begins at i ends, or n or more if it does not end before n.
func quote(buf []byte, i, n int) (end int, escaped bool) {
	for ; i < n; i += 32 {
		// Most strings end within these 32 bytes: one branch that is nearly always the same.
		b := buf[i : i+32 : i+32]
		hit := stops(b[0:8]) | stops(b[8:16])<<8 | stops(b[16:24])<<16 | stops(b[24:32])<<24
		if hit == 0 {
			continue
		}
		i += bits.TrailingZeros64(hit)
		if buf[i] == '"' {
			return i, escaped
		}
		escaped = true
		i += 2 - 32
	}
	return n, escaped
}

// stops has a bit for each of the 8 bytes of b that is a quote or a backslash. Only the lowest bit is
// sure: above it there may be bits too many.
func stops(b []byte) uint64 {
	const (
		ones  = 0x0101010101010101
		tops  = 0x8080808080808080
		pack  = 0x0102040810204080 // brings bit 8k to bit 56+k
		quote = '"' * ones
		slash = '\\' * ones
	)
	v := binary.LittleEndian.Uint64(b)
	q, s := v^quote, v^slash
	return ((q-ones)&^q | (s-ones)&^s) & tops >> 7 * pack >> 56
}

// settle decodes the cells, in arena order, and zeroes everything between them.
func settle(arena []byte, cells []connectors.Cell) {
	at := uint32(0)
	for i := range cells {
		c := &cells[i]
		switch gap := arena[at:c.Start]; {
		case len(gap) > 16:
			clear(gap)
		case len(gap) >= 8:
			binary.LittleEndian.PutUint64(gap, 0)
			binary.LittleEndian.PutUint64(gap[len(gap)-8:], 0)
		case len(gap) >= 4:
			binary.LittleEndian.PutUint32(gap, 0)
			binary.LittleEndian.PutUint32(gap[len(gap)-4:], 0)
		case len(gap) >= 2:
			binary.LittleEndian.PutUint16(gap, 0)
			binary.LittleEndian.PutUint16(gap[len(gap)-2:], 0)
		case len(gap) == 1:
			gap[0] = 0
		}
		at = c.End
		if c.Form == connectors.Escaped {
			c.End = c.Start + uint32(decode(arena[c.Start:c.End]))
			clear(arena[c.End:at])
		}
	}
	clear(arena[at:])
}

// hideNUL makes cells with zero bytes Escaped, so that settle takes these out, and says whether there were any.
func hideNUL(arena []byte, cells []connectors.Cell) (any bool) {
	for i := range cells {
		if c := &cells[i]; bytes.IndexByte(arena[c.Start:c.End], 0) >= 0 {
			c.Form = connectors.Escaped
			any = true
		}
	}
	return any
}
