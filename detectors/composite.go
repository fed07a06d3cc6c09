package detectors

import (
	"slices"
	"strings"
)

// A Group is a value that is split over columns: surname, given name and patronymic, or series and number.
type Group struct {
	Detector *Detector
	Members  []Member // in the order of the columns
}

// A Member is one column of a group: its index among the names, and the part it holds.
type Member struct {
	Index int
	Part  Part
}

// Composites says which columns of an object form one value. Columns belong together when their names agree in what
// is left beside the part ("client_surname" and "client_name", not "manager_name"); a column is in one group at most.
func Composites(names []string) []Group {
	type entry struct {
		index int
		hints []namedHint
	}
	var groups []Group
	used := make([]bool, len(names))
	letters := make([]bool, len(names)) // columns whose name is one letter
	columns := make([]entry, len(names))
	for i, name := range names {
		columns[i] = entry{index: i, hints: readHints(name)}
	}
	for _, d := range declared {
		if d.Split == 0 {
			continue
		}
		// By what is left of the name: which column holds which part.
		parts := map[string]map[Part]int{}
		var order []string
		put := func(rest string, p Part, i int) {
			if parts[rest] == nil {
				parts[rest] = map[Part]int{}
				order = append(order, rest)
			}
			if _, taken := parts[rest][p]; !taken {
				parts[rest][p] = i
			}
		}
		for _, c := range columns {
			if used[c.index] {
				continue
			}
			for _, h := range c.hints {
				if h.Detector == d && h.Part != WholeValue {
					letters[c.index] = h.letter
					put(ownerOf(h.rest), h.Part, c.index)
				}
			}
		}
		// "name" beside a surname is the given name, "number" beside a series the number.
		for _, c := range columns {
			if used[c.index] {
				continue
			}
			n := splitName(names[c.index])
			for _, h := range c.hints { // «Паспорт №» beside «Паспорт серия»
				if h.Detector == d && h.Part == WholeValue && strings.ContainsAny(names[c.index], "№#") {
					if rest := ownerOf(h.rest); parts[rest] != nil {
						if _, anchored := parts[rest][Series]; anchored {
							put(rest, Number, c.index)
						}
					}
				}
			}
			for _, p := range d.Parts {
				if !p.Loose {
					continue
				}
				for _, known := range strings.Fields(p.Names) {
					m, ok := n.find(known)
					if !ok {
						continue
					}
					rest := ownerOf(n.without(m.from, m.to))
					if _, anchored := parts[rest][d.Parts[0].Part]; anchored {
						put(rest, p.Part, c.index)
					}
				}
			}
		}
		for _, rest := range order {
			g := Group{Detector: d}
			for p := Surname; p <= Year; p++ {
				if i, ok := parts[rest][p]; ok && !used[i] && !slices.ContainsFunc(g.Members, func(m Member) bool { return m.Index == i }) {
					g.Members = append(g.Members, Member{Index: i, Part: p})
				}
			}
			if len(g.Members) < d.Split {
				continue
			}
			slices.SortFunc(g.Members, func(x, y Member) int { return x.Index - y.Index })
			if letters[g.Members[0].Index] && !spelt(g.Members) {
				continue
			}
			for _, m := range g.Members {
				used[m.Index] = true
			}
			groups = append(groups, g)
		}
	}
	slices.SortFunc(groups, func(x, y Group) int { return x.Members[0].Index - y.Members[0].Index })
	return groups
}

// spelt says that columns of one letter spell Ф, И, О, side by side: sheets without a header have letters for names, too.
func spelt(members []Member) bool {
	return len(members) == 3 && members[1].Index == members[0].Index+1 && members[2].Index == members[0].Index+2
}

// ownerOf drops from what is left of a name the words that only repeat the kind.
func ownerOf(rest string) string {
	words := strings.FieldsFunc(rest, func(r rune) bool { return r == '_' || r == '|' })
	words = slices.DeleteFunc(words, func(w string) bool { return slices.Contains(kindWords, w) })
	return strings.Join(words, "_")
}

var kindWords = strings.Fields(`fio фио fl passport pasport pasp паспорт паспорта дул dul doc document документ документа birth dob bday b рождения рожд
	rozhdeniya rozhd date дата`)
