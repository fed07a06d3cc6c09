package detectors

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// taken are words that flags, policies and rules take beside kinds: classes, roles, all and none of them, validators.
var taken = append(append([]string{"any", "none", "plain", "luhn", "mod97"}, classNames[:]...), roleNames[:]...)

// joint is what foldWord makes of the dot and the slash that join two letters: р/с.
const joint = 63

// longestWord is how many letters a word of a text has at most that may be a context word.
const longestWord = 24

// words says what is wrong with the name of the rule, its keywords and its columns: the index of context words holds words
// of Russian and Latin letters, and would leave out anything else.
func (r *Rule) words() *RuleError {
	if slices.Contains(taken, string(r.Kind)) {
		return r.fault("name", fmt.Sprintf("%q is a word for classes, roles or choices of kinds", string(r.Kind)), "choose another name")
	}
	for _, w := range r.Keywords {
		stem, prefix := strings.CutSuffix(w, "*")
		folded := string(foldWord(nil, []byte(stem)))
		joined := len(folded) == 3 && strings.IndexByte(folded, joint) == 1 && folded[2] != joint && !prefix
		least := 2
		if prefix {
			least = 3
		}
		switch {
		case strings.ContainsFunc(strings.TrimSpace(w), unicode.IsSpace):
			return r.fault("keywords", fmt.Sprintf("the keyword %q is more than one word", w), "name its words one by one: [номер, пропуск*]; what must stand together belongs into the pattern")
		case strings.ContainsRune(folded, 0) || strings.ContainsRune(folded, joint) && !joined:
			return r.fault("keywords", fmt.Sprintf("the keyword %q holds something else than Russian and Latin letters", w), "name words; digits and signs that must stand there belong into the pattern")
		case len(folded) < least:
			return r.fault("keywords", fmt.Sprintf("the keyword %q is too short to say anything", w), "two letters at least, and three before a *")
		case len(folded) > longestWord:
			return r.fault("keywords", fmt.Sprintf("the keyword %q is longer than %d letters", w, longestWord), "longer words are not looked up: name another one")
		}
	}
	for _, c := range r.Columns {
		if columnName(c) == "" {
			return r.fault("columns", fmt.Sprintf("there is no word in the column name %q", c), "columns are known by the words in their names")
		}
	}
	return nil
}

// columnName is the name of a column as names are looked for: words in small letters joined by "_", without digits and
// signs, whether it was written as "Badge No.", "badgeNo" or "badge_no".
func columnName(name string) string { return strings.Join(splitName(name).tokens, "_") }
