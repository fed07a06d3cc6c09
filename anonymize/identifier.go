package anonymize

import (
	"bytes"
	"errors"
	"fmt"

	"bezlik/detectors"
)

// identifier is m2.identifier: a keyed token for the canonical form of a value. Equal values of a kind, or of
// a domain, get equal tokens in every table and every run that use one key and one export name; other kinds,
// domains, exports and keys get others. What does not have the form of its kind gets an opaque token in every
// face, made from the value as it is written.
type identifier struct {
	quiet
	key    *Key
	export string
	domain string
	kind   *detectors.Detector // values without a kind of their own are taken for this one
	face   string
	shape  shape // nil: opaque

	known   []*tokens // one per kind met, made when it is met first
	scratch []byte
}

// The faces of an identifier.
const (
	opaque = "opaque" // a prefix and 100 bits in base32
	shaped = "shaped" // the form of the kind, but nobody's: recognised as ours by the scanner
	valid  = "valid"  // right check digits; may be somebody's, so for test data only
)

func newIdentifier(s Spec, d *detectors.Detector, key *Key, export string) (Method, error) {
	if !key.usable() {
		return nil, errors.New("m2.identifier needs a key")
	}
	m := &identifier{key: key, export: export, domain: s.Domain, kind: d, face: s.Face}
	switch s.Face {
	case "", opaque:
		m.face = opaque
	case shaped:
	case valid:
		if export != "" {
			return nil, errors.New("m2.identifier: the face valid makes numbers that may be somebody's; an export under a policy takes opaque or shaped")
		}
	default:
		return nil, fmt.Errorf("m2.identifier: unknown face %q; known are opaque, shaped, valid", s.Face)
	}
	if m.face == opaque {
		return m, nil
	}
	var err error
	m.shape, err = newShape(m)
	return m, err
}

func (m *identifier) Append(dst []byte, d *detectors.Detector, value []byte) ([]byte, error) {
	if len(value) == 0 {
		return dst, nil
	}
	if d == nil {
		d = m.kind
	}
	t := m.tokens(d)
	if d == nil {
		return t.append(dst, asNormal, ID(value)), nil
	}
	m.scratch = d.Normalised(m.scratch[:0], value)
	normal := m.scratch
	if !faithful(d, normal, value) {
		return t.append(dst, asWritten, value), nil
	}
	if m.shape != nil && d == m.kind {
		if out, ok := m.shape.append(dst, normal, value); ok {
			return out, nil
		}
	}
	return t.append(dst, asNormal, normal), nil
}

func (m *identifier) Fork() Method {
	f := &identifier{key: m.key, export: m.export, domain: m.domain, kind: m.kind, face: m.face}
	if m.shape != nil {
		f.shape, _ = newShape(f) // it was made once, so it can be made again
	}
	return f
}

func (m *identifier) tokens(d *detectors.Detector) *tokens {
	for _, t := range m.known {
		if t.kind == d {
			return t
		}
	}
	t := &tokens{kind: d, prefix: detectors.PlainPrefix + "_"}
	if d == nil {
		t.prf = newPRF(m.key.Derive("token", "domain", m.domain, m.export))
	} else {
		t.prf = newPRF(m.key.Derive("token", "kind", string(d.Kind), m.export))
		if d.Prefix != "" {
			t.prefix = d.Prefix + "_"
		}
	}
	m.known = append(m.known, t)
	return t
}

// ID is an identifier without what tables write around one: spaces, and the .0 of an integer that a column of real
// numbers holds. It is a part of value.
func ID(value []byte) []byte {
	v := bytes.TrimSpace(value)
	whole, rest, ok := bytes.Cut(v, []byte("."))
	if !ok || len(rest) == 0 || len(bytes.Trim(rest, "0")) > 0 || len(whole) == 0 || len(bytes.Trim(whole, "0123456789")) > 0 {
		return v
	}
	return whole
}

// faithful says whether the normal form stands for the value: the value is well formed, or at least no letter
// and no digit of it was lost. Otherwise "12 лет" and "12 м" in a column of numbers would be one.
func faithful(d *detectors.Detector, normal, value []byte) bool {
	return marks(normal) >= marks(value) || d.Fits == nil || d.Fits(value)
}

// marks counts letters and digits; whatever is not ASCII is taken for one.
func marks(text []byte) (n int) {
	for _, b := range text {
		if '0' <= b && b <= '9' || 'a' <= b|0x20 && b|0x20 <= 'z' || b >= 0xC0 {
			n++
		}
	}
	return n
}

// tokens makes the opaque tokens of one kind or domain.
type tokens struct {
	kind   *detectors.Detector
	prefix string
	prf    *prf
}

// What a token is made from.
const (
	asNormal  byte = 1 // the canonical form
	asWritten byte = 2 // a damaged value as it is
)

func (t *tokens) append(dst []byte, mark byte, value []byte) []byte {
	dst = append(dst, t.prefix...)
	hi, lo := t.prf.of(mark, value)
	return appendToken(dst, hi, lo)
}
