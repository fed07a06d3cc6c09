package token

import (
	"unicode/utf8"

	"bezlik/connectors"
)

// lap is how many bytes neighbouring batches of one text show of each other.
const lap = 1024

// Long is the name of the field of a row that is too long and was read as text.
const Long = "long"

// startText gives up on the row that begins at f.done: the rest of the line, or of the stream, is text.
func (r *Reader) startText(f *fill) {
	r.text, r.lead = true, 0
	r.t.cells = r.t.cells[:0]
	r.note(f)
	f.b.Notes[len(f.b.Notes)-1].Row = f.b.First
}

// piece makes a batch of one text cell. false asks for more data. The first piece begins as any batch;
// in the others a zero byte of ours and r.lead bytes that were shown before stand in front.
func (r *Reader) piece(f *fill) bool {
	const ahead = 16 // no escape or character is longer
	buf := f.arena
	first := r.lead == 0
	start, own := 1, 1+r.lead
	if first && f.base == 0 {
		for start < len(buf) && (buf[start-1] == '\xef' || buf[start-1] == '\xbb') { // a byte order mark
			start++
		}
		own = start
	}
	end, stop := len(buf), len(buf)-ahead // stop: where the text shown ends unless it ends by itself
	over := r.eof
	if r.opt.Lines {
		for i := own; i < len(buf); i++ {
			if buf[i] == '\n' {
				end, over = i, true
				break
			}
		}
	}
	if !over && stop < own+4*lap {
		return false
	}
	// Walk along the escapes: at, dec are the raw and decoded ends of what was seen.
	var lead, cutAt, cutDec, next int
	at, dec := start, 0
	for at < end && (over || at < stop || !utf8.RuneStart(buf[at])) {
		if at == own {
			lead = dec
		}
		if !over && utf8.RuneStart(buf[at]) {
			if next == 0 && at >= stop-2*lap {
				next = at
			}
			if cutAt == 0 && at >= stop-lap {
				cutAt, cutDec = at, dec
			}
		}
		n, d := Step(buf[at:end])
		at, dec = at+n, dec+d
	}
	b, t := f.b, r.t
	t.cells = append(t.cells[:0], connectors.Cell{Start: uint32(start), End: uint32(at), Field: t.name(Long), Form: connectors.Escaped})
	b.Rows, b.Bounds = append(b.Rows, 0), nil
	b.Lead = uint32(lead)
	if own >= at {
		b.Lead = uint32(dec)
	}
	shift := f.base // bytes at the start that are not in the source
	if !first {
		shift = 1
	}
	if over {
		if end < len(buf) {
			at = end + 1 // the line end
		}
		r.rest = append(r.rest[:0], buf[at:]...)
		r.off += int64(at - shift)
		r.text, r.lead = false, 0
		r.rows++
		t.begin()
		t.save(&r.mark)
	} else {
		b.Tail = uint32(dec - cutDec)
		r.rest = append(append(r.rest[:0], 0), buf[next:]...)
		r.off += int64(next - shift)
		r.lead = cutAt - next
	}
	r.settle(b, buf[:at])
	return true
}
