package detectors

import "bytes"

// Candidates that are too weak to be reported alone are believed where a person's name, address or number stands in the
// same line: «Кораблин Т. – 89165550134 – на вторник».

// companyReach is how many bytes may stand between.
const companyReach = 160

// besideName marks a candidate that is kept only right behind a name: a date without a word of its own.
const besideName = 1

// lastBorn is the last year of birth that is believed behind a person's number or mailbox, where younger dates are those of
// papers and accounts.
const lastBorn = 2000

// company raises what stands beside a person to Detector.Company, and drops what nobody stands beside. The findings are
// in order, and the result does not depend on which detector found them first.
func company(a []byte, f []Finding) []Finding {
	kept := 0
	last := -1   // index of the last one kept that identifies a person,
	looked := -1 // as far as this one
	for i := range f {
		x := &f[i]
		switch {
		case weak[x.Score]&(x.Company|0x80) == 0: // nearly always
		case x.Score == besideName:
			if !behindName(a, f[:i], x) && !behindNumber(a, f[:i], x) {
				continue
			}
			x.Score, x.Evidence = 85, x.Evidence|Beside
		case x.Evidence&(Negative|ChecksumFailed|Synthetic) == 0:
			for k := kept - 1; k > looked; k-- {
				if personal(&f[k]) {
					last = k
					break
				}
			}
			looked = kept - 1
			if last >= 0 && near(a, f[last].End, x.Start) || after(a, f[i+1:], x.End) {
				x.Score, x.Evidence = x.Company, x.Evidence|Beside
			}
		}
		if kept < i {
			f[kept] = *x
		}
		kept++
	}
	return f[:kept]
}

// weak says which bits of a kind's Company make a candidate with a score worth a look; the highest one makes any.
var weak = func() (t [256]uint8) {
	for score := 40; score < Report; score++ {
		t[score] = 0x7F
	}
	t[besideName] = 0x80
	return t
}()

// personal says whether a finding is sure to be about a person by itself.
func personal(f *Finding) bool {
	return f.Score >= Report && f.Evidence&Beside == 0 && (f.Detector == PersonName || f.Detector == Email || f.Detector == Phone || f.Detector == SNILS)
}

// after says whether one that identifies a person follows.
func after(a []byte, rest []Finding, end uint32) bool {
	for i := range rest {
		if rest[i].Start > end+companyReach {
			return false
		}
		if rest[i].Start >= end && personal(&rest[i]) {
			return near(a, end, rest[i].Start)
		}
	}
	return false
}

// near says whether two places are close, in one line of one cell.
func near(a []byte, from, to uint32) bool {
	return to >= from && to-from <= companyReach && bytes.IndexByte(a[from:to], '\n') < 0 && bytes.IndexByte(a[from:to], 0) < 0
}

// behindName says whether a name ends right before x, with no more than a comma, a bracket or the like between.
func behindName(a []byte, before []Finding, x *Finding) bool {
	for i := len(before) - 1; i >= 0 && before[i].Start+200 > x.Start; i-- {
		y := &before[i]
		if y.Detector != PersonName || y.Score < 60 || y.End > x.Start || x.Start-y.End > 5 {
			continue
		}
		for _, b := range a[y.End:x.Start] {
			if b != ' ' && b != ',' && b != '(' && b != '\t' && b != '|' && b != ';' && b != '.' && b != '\'' && b != '"' && b != ':' && b != '\n' {
				return false
			}
		}
		return true
	}
	return false
}

// behindNumber says whether x, a date in a list, comes right after a number or a mailbox of a person, and is too old to be anything
// but a birthday: «паспорт 4512 318640, 02.06.1958».
func behindNumber(a []byte, before []Finding, x *Finding) bool {
	end := uint32(listedBefore(a, int(x.Start)))
	if end == 0 {
		return false
	}
	if d, _, ok := readDate(a[x.Start:x.End]); !ok || d.year > lastBorn {
		return false
	}
	for i := len(before) - 1; i >= 0 && before[i].Start+80 > x.Start; i-- {
		y := &before[i]
		if y.End == end && y.Score >= 60 && y.Detector.Class == Direct && (y.Evidence&Beside == 0 || y.Detector == Phone) {
			return true
		}
	}
	return false
}

// listedBefore returns where the entry of a list ends that stands before the one at p, 0 if no mark between them says that it is a list.
func listedBefore(a []byte, p int) int {
	mark := false
	for from := p; from-p < 4; p-- {
		switch a[p-1] {
		case ',', ';', '|', '\t':
			mark = true
		case ' ', '"', '\'':
		default:
			if !mark {
				return 0
			}
			return p
		}
	}
	return 0
}
