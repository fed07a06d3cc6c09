package anonymize

import (
	"bytes"
	"fmt"

	"bezlik/detectors"
)

// A shape makes tokens in the form of one kind. Its append says false, and appends nothing, where the value
// does not have the exact form of the kind; otherwise different normal forms get different tokens.
type shape interface {
	append(dst, normal, value []byte) ([]byte, bool)
}

// newShape returns the shape of a method's kind and face.
func newShape(m *identifier) (shape, error) {
	if m.kind == nil {
		return nil, fmt.Errorf("m2.identifier: the face %s needs a kind", m.face)
	}
	f, numbered := forms[m.kind.Kind]
	switch {
	case numbered && m.kind.Seal != nil && m.kind.Checks > 0:
		return newNumberShape(m, f)
	case m.face == shaped && m.kind.Kind == "phone":
		return newPhoneShape(m)
	case m.face == shaped && m.kind.Kind == "email":
		return &mailShape{tokens: m.tokens(m.kind), fits: m.kind.Fits}, nil
	}
	return nil, fmt.Errorf("m2.identifier: %s has no face %s, only opaque", m.kind.Kind, m.face)
}

// A form says how numbers of a kind look.
type form struct {
	least, most int // digits
	lead        int // digits at the start that are the same for all persons and stay
	floor       uint64
}

// forms lists the kinds whose check digits follow from the other digits of the number. The check digits of an
// account depend on a bank's number that stands elsewhere, so accounts are not among them.
var forms = map[detectors.Kind]form{
	"inn":     {least: 12, most: 12},
	"inn_org": {least: 10, most: 10},
	"snils":   {least: 11, most: 11, floor: 1001999}, // smaller numbers have no check digits
	"ogrn":    {least: 13, most: 13, lead: 1},
	"ogrnip":  {least: 15, most: 15, lead: 1},
	"card":    {least: 13, most: 19},
	"oms":     {least: 16, most: 16},
}

// numberShape permutes the payload of numbers with check digits, and writes check digits that are all wrong by
// detectors.Offset, or right ones for the face valid.
type numberShape struct {
	form
	kind    *detectors.Detector
	valid   bool
	perm    []*ff1 // by number of digits, from least
	scratch []byte
}

func newNumberShape(m *identifier, f form) (*numberShape, error) {
	s := &numberShape{form: f, kind: m.kind, valid: m.face == valid}
	block := newAES(m.key.Derive("shape", m.face, string(m.kind.Kind), m.export))
	for n := f.least; n <= f.most; n++ {
		p, err := newFF1(block, 10, n-f.lead-m.kind.Checks, nil)
		if err != nil {
			return nil, err
		}
		s.perm = append(s.perm, p)
	}
	return s, nil
}

func (s *numberShape) append(dst, normal, value []byte) ([]byte, bool) {
	n := len(normal)
	if n < s.least || n > s.most || !allDigits(normal) {
		return dst, false
	}
	s.scratch = append(s.scratch[:0], normal...)
	d := s.scratch
	s.kind.Seal(d)
	payload := d[s.lead : n-s.kind.Checks]
	if !bytes.Equal(d, normal) || number(payload) < s.floor {
		return dst, false // a typo has no token in this form: its payload may be another's
	}
	perm := s.perm[n-s.least]
	for perm.digits(payload); number(payload) < s.floor; { // walk on until the form is right again
		perm.digits(payload)
	}
	if s.valid {
		s.kind.Seal(d)
	} else {
		detectors.Unseal(s.kind, d)
	}
	if out, ok := spell(dst, value, d); ok {
		return out, true
	}
	return append(dst, d...), true
}

// phoneShape maps the first national digit of Russian and Kazakh numbers to one that no numbering plan holds,
// and permutes the other nine.
type phoneShape struct {
	perm [10]*ff1 // by first digit
	d    [10]byte
}

// unassigned maps the first digit, 0 where the plan has no such number.
var unassigned = [10]byte{3: '0', 4: '1', 7: '2', 8: '5', 9: '6'}

func newPhoneShape(m *identifier) (*phoneShape, error) {
	s := &phoneShape{}
	block := newAES(m.key.Derive("shape", m.face, string(m.kind.Kind), m.export))
	for first, to := range unassigned {
		if to == 0 {
			continue
		}
		var err error
		if s.perm[first], err = newFF1(block, 10, 9, []byte{byte(first)}); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (s *phoneShape) append(dst, normal, value []byte) ([]byte, bool) {
	if len(normal) != 12 || normal[0] != '+' || normal[1] != '7' || !allDigits(normal[1:]) {
		return dst, false
	}
	d := s.d[:]
	copy(d, normal[2:])
	perm := s.perm[d[0]-'0']
	if perm == nil {
		return dst, false
	}
	d[0] = unassigned[d[0]-'0']
	perm.digits(d[1:])
	if out, ok := spell(dst, value, d); ok {
		return out, true
	}
	return append(append(dst, "+7"...), d...), true
}

// mailShape writes the letters of the opaque token before a domain that can never exist (RFC 2606).
type mailShape struct {
	tokens *tokens
	fits   func([]byte) bool
}

func (s *mailShape) append(dst, normal, value []byte) ([]byte, bool) {
	if bytes.IndexByte(normal, '@') < 1 || s.fits != nil && !s.fits(value) {
		return dst, false
	}
	hi, lo := s.tokens.prf.of(asNormal, normal)
	return append(appendToken(dst, hi, lo), "@example.invalid"...), true
}

// spell appends value with its last digits replaced by d. A value may have one digit more than d, the 7 or 8
// before a phone. It says false where value has other characters than those of written numbers.
func spell(dst, value, d []byte) ([]byte, bool) {
	digits := 0
	for _, c := range value {
		switch c {
		case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
			digits++
		case ' ', '-', '.', '(', ')', '+':
		default:
			return dst, false
		}
	}
	more := digits - len(d)
	if more != 0 && more != 1 || len(value) > 3*len(d) {
		return dst, false
	}
	for _, c := range value {
		if '0' <= c && c <= '9' {
			if more > 0 {
				more--
			} else {
				c, d = d[0], d[1:]
			}
		}
		dst = append(dst, c)
	}
	return dst, true
}

func allDigits(text []byte) bool {
	for _, c := range text {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}
