package anonymize

import (
	"errors"
	"unicode"
	"unicode/utf8"

	"bezlik/detectors"
)

// stars stand for what is masked, whatever its length.
const stars = "***"

// mask is m4.mask: stars for the value, and its last letters and digits where the profile leaves some. They
// are those of the canonical form, so that every spelling gives one result. At most half of a value is left.
type mask struct {
	quiet
	keep    int
	scratch []byte
}

func newMask(s Spec, _ *detectors.Detector, _ *Key, _ string) (Method, error) {
	if s.Keep < 0 {
		return nil, errors.New("m4.mask: keep is negative")
	}
	return &mask{keep: s.Keep}, nil
}

func (m *mask) Append(dst []byte, d *detectors.Detector, value []byte) ([]byte, error) {
	if len(value) == 0 {
		return dst, nil
	}
	dst = append(dst, stars...)
	if m.keep == 0 {
		return dst, nil
	}
	if d != nil {
		m.scratch = d.Normalised(m.scratch[:0], value)
		value = m.scratch
	}
	total := 0
	for rest := value; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		rest = rest[size:]
		if shown(r) {
			total++
		}
	}
	hidden := total - min(m.keep, total/2)
	for rest := value; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		if shown(r) {
			if hidden == 0 {
				dst = append(dst, rest[:size]...)
			} else {
				hidden--
			}
		}
		rest = rest[size:]
	}
	return dst, nil
}

func (m *mask) Fork() Method { return &mask{keep: m.keep} }

func shown(r rune) bool {
	if r < utf8.RuneSelf {
		return '0' <= r && r <= '9' || 'a' <= r|0x20 && r|0x20 <= 'z'
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}
