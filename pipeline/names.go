package pipeline

import (
	"context"
	"fmt"

	"bezlik/connectors"
	"bezlik/detectors"
)

// The scores of columns of which nothing but the name and the declared type is known. A clear name is as sure as Judge
// holds a column whose values do not bear its name out; a name that is also one of other things is worth a look.
const (
	NameScore   = 60
	unsureScore = detectors.Mask
)

// A Naming is what the names of a source's columns tell.
type Naming struct {
	Objects int                   // whose columns are known
	Clear   []*detectors.Detector // what the columns with a clear name are named for, one entry a column
	Quasi   []QuasiSet
	Unknown []string // objects whose columns only their values would tell
}

// Names judges the columns of a source by name and declared type alone: no value is read. Emit gets a line for every
// column, with the kind that its name speaks of, and no count of anything.
func (s *Scan) Names(ctx context.Context, source connectors.Describer) (*Naming, error) {
	all, err := source.Describe(ctx)
	if err != nil {
		return nil, err
	}
	n := &Naming{}
	for _, d := range all {
		if d.Unknown {
			n.Unknown = append(n.Unknown, s.Prefix+d.Object)
			continue
		}
		n.Objects++
		quasi := QuasiSet{Object: s.Prefix + d.Object}
		for _, l := range nameLines(&d, s.Lang) {
			if l.Label != "" {
				n.Clear = append(n.Clear, detectors.Find(detectors.Kind(l.Label)))
			}
			if l.Role == detectors.QuasiRole.String() {
				quasi.Fields = append(quasi.Fields, l.Field)
			}
			l.Object = s.Prefix + d.Object
			if err := s.Emit(&Message{Column: l}); err != nil {
				return n, err
			}
		}
		if len(quasi.Fields) > 1 {
			n.Quasi = append(n.Quasi, quasi)
		}
	}
	return n, nil
}

// nameLines lets the columns of an object speak, and each other's neighbours: a name beside a surname is one.
func nameLines(d *connectors.Described, lang string) []*ColumnLine {
	o := Object{Name: d.Object}
	for _, f := range d.Fields {
		o.Columns = append(o.Columns, &Column{Field: f})
	}
	var lines []*ColumnLine
	for _, f := range o.Judge().Fields {
		v := &f.Verdict
		v.Score = min(v.Score, NameScore)
		v.Evidence &^= detectors.ChecksumFailed // no digit was looked at
		v.Chance = nil                          // nor was anything found
		l := f.line(d.Object, NameScore, lang)
		kind := v.Label
		if kind == nil {
			v.Score, v.Evidence = unsureScore, detectors.Column
			kind = unsure(f.Field, f.Native)
		}
		if kind != nil {
			l.Kinds = []KindLine{{Kind: string(kind.Kind), Class: kind.Class.String(), Score: float64(v.Score) / 100, Evidence: v.Evidence.Names()}}
		}
		switch {
		case v.Label != nil || v.Attribute != detectors.Safe:
		case kind == nil:
			l.Explain = inLang(lang, "имя колонки не говорит, что в ней", "the name of the column does not tell what it holds")
		default:
			l.Explain = fmt.Sprintf(inLang(lang, "%s: так называют и другое, решили бы значения", "%s: a name of other things too, values would tell"),
				inLang(lang, kind.Doc.RU, kind.Doc.EN))
		}
		lines = append(lines, l)
	}
	return lines
}

// unsure is the kind that a name which is also one of other things may speak of: the one that the column would be of if
// all its values were. A declared type that rules the kind out rules it out so, too.
func unsure(name, native string) *detectors.Detector {
	for _, h := range detectors.HintFor(name) {
		if h.Part != detectors.WholeValue || h.Foreign {
			continue // a part of a value is told by its neighbours; product_name is nobody's name
		}
		const enough = 64
		v := detectors.Judge(&detectors.Facts{Name: name, Native: native, Cells: enough, Distinct: enough, Sample: enough,
			Passed: map[detectors.Kind]int64{h.Detector.Kind: enough}})
		if v.Label == h.Detector {
			return h.Detector
		}
	}
	return nil
}

func inLang(lang, ru, en string) string {
	if lang == "ru" {
		return ru
	}
	return en
}
