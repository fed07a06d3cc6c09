package rules

import (
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
