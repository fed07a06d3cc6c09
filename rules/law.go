package rules

import (
	"cmp"
	_ "embed"
	"slices"
	"sync"
)

// A LawTable holds the dated constants of the law: law.yaml.
type LawTable struct {
	Schema    string     `yaml:"schema" need:"yes" one:"pdlaw/v1"`
	Version   string     `yaml:"version" need:"yes" like:"date" about:"the day the table was checked"`
	Acts      []Act      `yaml:"acts" need:"yes"`
	Adequate  Adequate   `yaml:"adequate" need:"yes"`
	Documents []Document `yaml:"documents" need:"yes"`
	Leaks     Leaks      `yaml:"leaks" need:"yes"`
	Levels    Levels     `yaml:"levels" need:"yes"`
}

// An Act is a law or an order, with its dates and how well we know them.
type Act struct {
	ID      string `yaml:"id" need:"yes" like:"id" id:"act"`
	Title   string `yaml:"title" need:"yes" like:"text"`
	Date    string `yaml:"date" need:"yes" like:"date"`
	InForce string `yaml:"in_force" like:"date"`
	Until   string `yaml:"until" like:"date"`
	Status  string `yaml:"status" need:"yes" one:"in_force repealed under_replacement"`
	Mark    string `yaml:"mark" need:"yes" one:"official restated memory" about:"how it was read: official publication, a restatement, from memory"`
	Source  string `yaml:"source" need:"yes" like:"text"`
	Note    string `yaml:"note"`
}

// Adequate lists the countries that protect people's data adequately.
type Adequate struct {
	Act         string `yaml:"act" need:"yes" ref:"act"`
	Parties     Words  `yaml:"parties" need:"yes" like:"country" about:"part 1 of the list"`
	Others      Words  `yaml:"others" need:"yes" like:"country" about:"part 2 of the list"`
	NotAdequate string `yaml:"otherwise" need:"yes" like:"text" about:"what holds for every other country"`
}

// Leaks are the fines of a legal entity for a leak of personal data, by how much and what has leaked. They hold as
// long as the act does.
type Leaks struct {
	Act       string     `yaml:"act" need:"yes" ref:"act"`
	Article   string     `yaml:"article" need:"yes" like:"text" about:"of KoAP, the code of administrative offences"`
	Volume    []Bracket  `yaml:"volume" need:"yes" about:"by size, the smallest first"`
	Special   Fine       `yaml:"special" need:"yes" about:"special categories, whatever the size"`
	Biometric Fine       `yaml:"biometric" need:"yes" about:"biometrics, whatever the size"`
	Repeated  []Turnover `yaml:"repeated" need:"yes"`
}

// A Fine is in roubles.
type Fine struct {
	Part string `yaml:"part" need:"yes" like:"text" id:"part"`
	Min  int    `yaml:"min" need:"yes" min:"1"`
	Max  int    `yaml:"max" need:"yes" min:"1"`
}

// A Bracket is a fine for leaks of so many subjects or so many identifiers, and more. The two are dimensions of their
// own: either is enough, and they are never added up.
type Bracket struct {
	Fine        `yaml:",inline"`
	Subjects    int `yaml:"subjects" need:"yes" min:"1"`
	Identifiers int `yaml:"identifiers" need:"yes" min:"1"`
}

// A Turnover is the fine for repeating what some parts are about: a share of the yearly revenue, within bounds.
type Turnover struct {
	Fine        `yaml:",inline"`
	After       []string `yaml:"after" need:"yes" ref:"part"`
	PercentFrom int      `yaml:"percent_from" need:"yes" min:"1" max:"100"`
	PercentTo   int      `yaml:"percent_to" need:"yes" min:"1" max:"100"`
}

// Levels are the levels of protection that Decree 1119 asks for, 1 the strongest, where threats are of one type.
type Levels struct {
	Act       string `yaml:"act" need:"yes" ref:"act"`
	Threats   int    `yaml:"threats" need:"yes" min:"1" max:"3" about:"the type of threats that the levels are for"`
	Many      int    `yaml:"many" need:"yes" min:"1" about:"subjects, the operator's own staff not counted"`
	Other     Level  `yaml:"other" need:"yes"`
	Special   Level  `yaml:"special" need:"yes"`
	Biometric Level  `yaml:"biometric" need:"yes"`
}

// A Level is for at most that many subjects, and for more.
type Level struct {
	UpTo int `yaml:"up_to" need:"yes" min:"1" max:"4"`
	Over int `yaml:"over" need:"yes" min:"1" max:"4"`
}

//go:embed law.yaml
var lawFile []byte

// Law returns the dated constants of the law. It is shared: nobody changes it.
var Law = sync.OnceValue(func() *LawTable {
	l := &LawTable{}
	if err := readStrict("law.yaml", lawFile, l, nil); err != nil {
		panic(err) // part of the program, and held by a test
	}
	return l
})

// AdequateCountry says whether a country is in the list of Order 128.
func (l *LawTable) AdequateCountry(country string) bool {
	return slices.Contains(l.Adequate.Parties, country) || slices.Contains(l.Adequate.Others, country)
}

func (l *LawTable) documentIDs() []string {
	var ids []string
	for _, d := range l.Documents {
		ids = append(ids, d.ID)
	}
	return ids
}

// Act returns an act, nil if it is not in the table.
func (l *LawTable) Act(id string) *Act {
	return find(l.Acts, func(a *Act) bool { return a.ID == id })
}

// Holds says whether an act is in force on a day such as 2026-11-27. Where the day it came into force is not in the
// table, that of the act counts.
func (a *Act) Holds(day string) bool {
	return cmp.Or(a.InForce, a.Date) <= day && (a.Until == "" || day < a.Until)
}

// Bracket returns the fine for a leak of that size, nil below the first bracket. Where two parts name the same number
// as end and as start, the heavier is returned.
func (l *Leaks) Bracket(subjects, identifiers int64) *Bracket {
	for i := len(l.Volume) - 1; i >= 0; i-- {
		if b := &l.Volume[i]; subjects >= int64(b.Subjects) || identifiers >= int64(b.Identifiers) {
			return b
		}
	}
	return nil
}

// Again returns the fine for repeating what a part is about, nil if there is none.
func (l *Leaks) Again(part string) *Turnover {
	return find(l.Repeated, func(t *Turnover) bool { return slices.Contains(t.After, part) })
}

// Level returns the level for a store with so many subjects: the strongest that any of its categories asks for.
func (l *Levels) Level(subjects int64, special, biometric bool) int {
	level := l.Other.of(subjects, l.Many)
	if special {
		level = min(level, l.Special.of(subjects, l.Many))
	}
	if biometric {
		level = min(level, l.Biometric.of(subjects, l.Many))
	}
	return level
}

func (l Level) of(subjects int64, many int) int {
	if subjects > int64(many) {
		return l.Over
	}
	return l.UpTo
}

func (l *LawTable) mistakes() []mistake {
	if a := l.Act(l.Leaks.Act); a != nil && a.InForce == "" {
		return []mistake{{"leaks", "the act of the fines has no day of coming into force", "add in_force to the act"}}
	}
	return nil
}

func (l *Leaks) mistakes() []mistake {
	for i := 1; i < len(l.Volume); i++ {
		a, b := l.Volume[i-1], l.Volume[i]
		if b.Subjects <= a.Subjects || b.Identifiers <= a.Identifiers || b.Min < a.Min || b.Max < a.Max {
			return []mistake{{"volume", "a larger leak has a later bracket and no smaller fine", "sort them by size"}}
		}
	}
	return nil
}

func (f *Fine) mistakes() []mistake {
	if f.Max < f.Min {
		return []mistake{{"max", "the highest fine is below the lowest", ""}}
	}
	return nil
}

func (t *Turnover) mistakes() []mistake {
	if t.PercentTo < t.PercentFrom {
		return []mistake{{"percent_to", "the highest share is below the lowest", ""}}
	}
	return t.Fine.mistakes()
}

func (l *Level) mistakes() []mistake {
	if l.Over > l.UpTo {
		return []mistake{{"over", "data of more people need no weaker level", "1 is the strongest level, 4 the weakest"}}
	}
	return nil
}
