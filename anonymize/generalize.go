package anonymize

import (
	"errors"
	"fmt"
	"math"
	"strconv"

	"bezlik/detectors"
)

// newGeneralize returns m4.generalize: dates become years or spans of five years, numbers multiples of a step,
// cities subjects of the federation; what lies at or beyond bottom and top becomes one class at either end.
// A value that cannot be read becomes nothing; it is never left in clear.
func newGeneralize(s Spec, _ *detectors.Detector, _ *Key, _ string) (Method, error) {
	e, err := newEnds(s)
	if err != nil {
		return nil, err
	}
	switch s.To {
	case "year", "year5":
		if s.Round != 0 {
			return nil, errors.New("m4.generalize: to and round exclude each other")
		}
		if !whole(s.Bottom) || !whole(s.Top) {
			return nil, errors.New("m4.generalize: bottom and top of dates are years")
		}
		span := 1
		if s.To == "year5" {
			span = 5
		}
		return &generalDate{span: span, ends: e}, nil
	case "region":
		if s.Round != 0 || s.Bottom != nil || s.Top != nil {
			return nil, errors.New("m4.generalize: to region takes neither round nor bottom nor top")
		}
		return &generalCity{}, nil
	case "":
		if s.Round == 0 && s.Bottom == nil && s.Top == nil {
			return nil, errors.New("m4.generalize needs to (year, year5, region), round, bottom or top")
		}
		if !(s.Round >= 0) || math.IsInf(s.Round, 0) {
			return nil, errors.New("m4.generalize: round is a step above zero")
		}
		return &generalNumber{step: s.Round, decimals: decimals(s.Round), ends: e}, nil
	}
	return nil, fmt.Errorf("m4.generalize: unknown to %q; known are year, year5, region", s.To)
}

// ends are the classes at the bottom and the top.
type ends struct {
	bottom, top         float64
	hasBottom, hasTop   bool
	bottomText, topText string
}

func newEnds(s Spec) (e ends, err error) {
	if s.Bottom != nil {
		e.bottom, e.hasBottom = *s.Bottom, true
		e.bottomText = "≤" + strconv.FormatFloat(e.bottom, 'f', -1, 64)
	}
	if s.Top != nil {
		e.top, e.hasTop = *s.Top, true
		e.topText = "≥" + strconv.FormatFloat(e.top, 'f', -1, 64)
	}
	switch {
	case e.bottom-e.bottom != 0 || e.top-e.top != 0: // NaN and infinities
		err = errors.New("m4.generalize: bottom and top are finite numbers")
	case e.hasBottom && e.hasTop && e.bottom >= e.top:
		err = errors.New("m4.generalize: bottom is not below top")
	}
	return e, err
}

// of returns the class of a value at or beyond an end, or "".
func (e *ends) of(v float64) string {
	switch {
	case e.hasBottom && v <= e.bottom:
		return e.bottomText
	case e.hasTop && v >= e.top:
		return e.topText
	}
	return ""
}

// generalDate turns dates into years or spans of years.
type generalDate struct {
	quiet
	ends
	span    int
	scratch []byte
}

func (m *generalDate) Append(dst []byte, d *detectors.Detector, value []byte) ([]byte, error) {
	year, ok := yearOf(value)
	if !ok && d != nil && len(value) > 0 {
		m.scratch = d.Normalised(m.scratch[:0], value)
		year, ok = yearOf(m.scratch)
	}
	if !ok {
		return dst, nil
	}
	if end := m.of(float64(year)); end != "" {
		return append(dst, end...), nil
	}
	first := year - year%m.span
	dst = strconv.AppendInt(dst, int64(first), 10)
	if m.span > 1 {
		dst = append(dst, '-')
		dst = strconv.AppendInt(dst, int64(first+m.span-1), 10)
	}
	return dst, nil
}

func (m *generalDate) Fork() Method { return &generalDate{span: m.span, ends: m.ends} }

// generalNumber rounds numbers to multiples of a step; a step of 0 leaves those between the ends as they are.
type generalNumber struct {
	ends
	step     float64
	decimals int
}

func (m *generalNumber) Append(dst []byte, _ *detectors.Detector, value []byte) ([]byte, error) {
	v, ok := numberOf(value)
	if !ok {
		return dst, nil
	}
	if end := m.of(v); end != "" {
		return append(dst, end...), nil
	}
	if m.step == 0 {
		return strconv.AppendFloat(dst, v, 'f', -1, 64), nil
	}
	v = math.Round(v/m.step)*m.step + 0 // + 0 turns -0 into 0
	return strconv.AppendFloat(dst, v, 'f', m.decimals, 64), nil
}

func (m *generalNumber) Fork() Method {
	return &generalNumber{ends: m.ends, step: m.step, decimals: m.decimals}
}

// decimals is how many digits after the point a step has.
func decimals(step float64) int {
	text := strconv.FormatFloat(step, 'f', -1, 64)
	for i := range text {
		if text[i] == '.' {
			return len(text) - i - 1
		}
	}
	return 0
}

func whole(v *float64) bool { return v == nil || *v == math.Trunc(*v) }

// exact is how many digits a float64 surely holds.
const exact = 15

// numberOf reads a decimal number with a point or a comma, and spaces between groups of three digits. Digits
// behind the point that a float64 does not hold are cut off; longer whole numbers are not read.
func numberOf(text []byte) (float64, bool) {
	text = trimSpace(text)
	negative := false
	if len(text) > 0 && (text[0] == '-' || text[0] == '+') {
		negative = text[0] == '-'
		text = text[1:]
	}
	if len(text) == 0 || text[len(text)-1] < '0' || text[len(text)-1] > '9' {
		return 0, false
	}
	var n uint64
	digits, scale, fraction, group := 0, 1.0, false, -1 // group: digits since the last space, -1 before one
	for len(text) > 0 {
		c := text[0]
		switch size := gap(text); {
		case c >= '0' && c <= '9':
			text = text[1:]
			if digits++; digits > exact {
				if fraction {
					continue
				}
				return 0, false
			}
			n = n*10 + uint64(c-'0')
			if fraction {
				scale *= 10
			} else if group >= 0 {
				group++
			}
		case (c == '.' || c == ',') && !fraction && digits > 0 && (group < 0 || group == 3):
			fraction, group = true, -1
			text = text[1:]
		case size > 0 && !fraction && (group < 0 && digits > 0 && digits <= 3 || group == 3):
			group = 0
			text = text[size:]
		default:
			return 0, false
		}
	}
	if group >= 0 && group != 3 {
		return 0, false
	}
	v := float64(n) / scale
	if negative {
		v = -v
	}
	return v, true
}

// gap is the length of the space that text begins with, 0 if it does not.
func gap(text []byte) int {
	switch {
	case len(text) == 0:
		return 0
	case text[0] == ' ' || text[0] == '\t' || text[0] == '\n' || text[0] == '\r':
		return 1
	case len(text) > 1 && text[0] == 0xC2 && text[1] == 0xA0: // no-break space
		return 2
	case len(text) > 2 && text[0] == 0xE2 && text[1] == 0x80 && (text[2] == 0xAF || text[2] == 0x89): // narrow, thin
		return 3
	}
	return 0
}

func trimSpace(text []byte) []byte {
	for n := gap(text); n > 0; n = gap(text) {
		text = text[n:]
	}
	for len(text) > 0 {
		n := 1
		for n < 3 && n < len(text) && text[len(text)-n]&0xC0 == 0x80 {
			n++
		}
		if gap(text[len(text)-n:]) != n {
			break
		}
		text = text[:len(text)-n]
	}
	return text
}
