package rules

import (
	"errors"
	"math"

	"bezlik/detectors"
)

// A KindFile holds kinds of data that users add: pdkinds/v1.
type KindFile struct {
	Schema string     `yaml:"schema" need:"yes" one:"pdkinds/v1"`
	Kinds  []KindRule `yaml:"kinds" need:"yes" about:"128 at most, together with those that are built in"`
}

// A KindRule is one of them: see detectors.Rule.
type KindRule struct {
	Name      string   `yaml:"name" need:"yes" like:"id" id:"kind"`
	Class     string   `yaml:"class" need:"yes" one:"technical organisation quasi direct special" about:"what the kind is under Federal Law 152-FZ"`
	Title     string   `yaml:"title" need:"yes" like:"text" about:"in Russian"`
	TitleEN   string   `yaml:"title_en" like:"text" about:"in English; the title if left out"`
	Keywords  Words    `yaml:"keywords" like:"text" about:"context words, Russian or Latin letters only; one that ends in * stands for every word that begins so"`
	Required  bool     `yaml:"keyword_required" about:"only lines with a keyword are looked at: much faster"`
	Columns   Words    `yaml:"columns" like:"text" about:"words of column names, joined by _"`
	Pattern   string   `yaml:"pattern" need:"yes" like:"text" about:"a regular expression, tried on one line at a time, that matches something; a group named value is the finding"`
	Syntax    string   `yaml:"syntax" one:"re2 backtracking" about:"re2 if left out; backtracking allows look-around, and its time is limited"`
	Validator string   `yaml:"validator" like:"id" about:"luhn, mod97 or a kind whose check digits and form a match must have"`
	Score     *float64 `yaml:"score" min:"0.01" max:"1" about:"of a match with a keyword near; 0.85 if left out, or score_alone if that is more"`
	Alone     *float64 `yaml:"score_alone" min:"0.01" max:"1" about:"of a match without one; 0.5 if left out, or the score if that is less"`
	Good      Words    `yaml:"good" need:"yes" like:"text" about:"texts in which the kind is found exactly once"`
	Bad       Words    `yaml:"bad" like:"text" about:"texts in which it is not found"`
}

// rule is what the detectors take.
func (k *KindRule) rule() detectors.Rule {
	r := detectors.Rule{Kind: detectors.Kind(k.Name), Class: detectors.ParseClass(k.Class), Doc: detectors.Doc{RU: k.Title, EN: k.TitleEN},
		Keywords: k.Keywords, Required: k.Required, Columns: k.Columns, Pattern: k.Pattern, Backtrack: k.Syntax == "backtracking",
		Validator: k.Validator, Score: 85, Alone: 50, Good: k.Good, Bad: k.Bad}
	if r.Doc.EN == "" {
		r.Doc.EN = k.Title
	}
	if k.Score != nil {
		r.Score = uint8(math.Round(*k.Score * 100))
		r.Alone = min(r.Alone, r.Score)
	}
	if k.Alone != nil {
		r.Alone = uint8(math.Round(*k.Alone * 100))
	}
	if k.Score == nil {
		r.Score = max(r.Score, r.Alone)
	}
	return r
}

// mistakes tries the rule on its own examples, beside the kinds that there are.
func (k *KindRule) mistakes() []mistake {
	r := []detectors.Rule{k.rule()}
	undo, err := detectors.Add(r)
	if err != nil {
		return []mistake{k.mistake(err)}
	}
	defer undo()
	var all []mistake
	for _, e := range detectors.Check(r) {
		m := mistake{key: "good", text: e.Error(), hint: e.Hint}
		if e.Example > len(k.Good) {
			m.key = "bad"
		}
		all = append(all, m)
	}
	return all
}

// mistake places an error at the key it is about.
func (k *KindRule) mistake(err error) mistake {
	var e *detectors.RuleError
	if errors.As(err, &e) && e.Key != "" {
		return mistake{key: e.Key, text: e.Err.Error(), hint: e.Hint}
	}
	return mistake{text: err.Error()}
}

// ReadKinds reads a file of users' kinds, and tries every one on its examples. name stands in errors, which are
// FileErrors. It adds kinds for a moment: nobody may be scanning.
func ReadKinds(name string, data []byte) ([]detectors.Rule, error) {
	f := &KindFile{}
	if err := readStrict(name, data, f, nil); err != nil {
		return nil, err
	}
	all := make([]detectors.Rule, len(f.Kinds))
	for i := range f.Kinds {
		all[i] = f.Kinds[i].rule()
	}
	return all, nil
}
