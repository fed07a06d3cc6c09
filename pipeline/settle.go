package pipeline

import (
	"bezlik/connectors"
	"bezlik/detectors"
)

// A settler turns candidates into findings: it weighs them with the verdict of their column and resolves overlaps.
type settler struct {
	work []detectors.Finding
	out  []Found
}

// cell settles the candidates of one cell. In a labelled column the whole cell is one finding, unless nothing
// is written in it or it holds one of our own tokens. The result is valid until the next call.
func (s *settler) cell(number uint32, c connectors.Cell, value []byte, found []Found, v *detectors.Verdict) []Found {
	s.out = s.out[:0]
	if v.Label == nil {
		clusters(found, func(f []Found) { s.cluster(f, v) })
		return s.out
	}
	if !written(value) || detectors.IsToken(value) {
		return s.out
	}
	if f, ok := labelled(found, v); ok {
		f.Cell, f.Start, f.End = number, c.Start, c.End
		s.out = append(s.out, f)
	}
	return s.out
}

// labelled is the one finding of a cell in a labelled column: of the label, with the column's score and evidence, or
// of its twin with right check digits (ИНН of people and of firms in one column). ok is false for one of our own tokens.
func labelled(found []Found, v *detectors.Verdict) (best Found, ok bool) {
	best = Found{Whole: true, Finding: detectors.Finding{Detector: v.Label, Score: v.Score, Evidence: v.Evidence | detectors.Whole}}
	for i := range found {
		f := &found[i]
		switch {
		case !f.Whole:
		case f.Evidence&detectors.Synthetic != 0:
			if f.Detector == v.Label || v.Covers(f.Detector) {
				return best, false
			}
		case v.Stands(&f.Finding):
			score, e := v.Weigh(&f.Finding, true)
			best.Detector, best.Score, best.Evidence = f.Detector, score, e|detectors.Whole
			return best, true
		}
	}
	if v.Score < detectors.Report { // the name alone says so: what is clear of itself is not doubted for it
		for i := range found {
			if f := &found[i]; f.Score > best.Score && f.Evidence&detectors.Synthetic == 0 {
				best.Detector, best.Score, best.Evidence = f.Detector, f.Score, f.Evidence|v.Evidence&detectors.Column
			}
		}
	}
	return best, true
}

// cluster settles one group of overlapping candidates and appends the findings to what the settler returns.
func (s *settler) cluster(f []Found, v *detectors.Verdict) []Found {
	from := len(s.out)
	if len(f) == 1 {
		x := f[0]
		x.Score, x.Evidence = v.Weigh(&x.Finding, x.Whole)
		if x.Score > 0 {
			s.out = append(s.out, x)
		}
		return s.out[from:]
	}
	s.work = s.work[:0]
	for i := range f {
		x := f[i].Finding
		x.Score, x.Evidence = v.Weigh(&x, f[i].Whole)
		if x.Score > 0 {
			s.work = append(s.work, x)
		}
	}
	for _, x := range detectors.Resolve(s.work) {
		whole := false
		for i := range f {
			whole = whole || f[i].Start == x.Start && f[i].End == x.End && f[i].Whole
		}
		s.out = append(s.out, Found{Finding: x, Cell: f[0].Cell, Whole: whole})
	}
	return s.out[from:]
}

// written says whether a value holds a letter or a digit; "-", "—" and "***" hold nothing to find.
func written(value []byte) bool {
	if len(value) == 0 || value[0] == 0 { // blanked by Skip or Whole
		return false
	}
	for i := 0; i < len(value); i++ {
		b := value[i]
		switch {
		case b >= '0' && b <= '9', b|0x20 >= 'a' && b|0x20 <= 'z', b >= 0xC3 && b != 0xE2:
			return true
		case b >= 0xE0:
			i += 2
		case b >= 0xC0:
			i++
		}
	}
	return false
}
