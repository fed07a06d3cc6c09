package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"bezlik/detectors"
)

// A span is a place in a text and the kind of what stands there. Start and End are bytes.
type span struct {
	Start int            `json:"start"`
	End   int            `json:"end"`
	Kind  detectors.Kind `json:"kind"`
	// Optional labels may be found or not, as the catalogue of kinds has it: offices' addresses and numbers, and mistyped
	// values that only exports mask. They count for leaks, and for nothing else.
	Optional bool `json:"optional,omitempty"`
}

// overlap is how many bytes two spans share.
func (s span) overlap(t span) int { return max(0, min(s.End, t.End)-max(s.Start, t.Start)) }

// A labelledText is one text and all that is to be found in it.
type labelledText struct {
	ID    string `json:"id"`
	Text  string `json:"text"`
	Spans []span `json:"spans"`
	Note  string `json:"note"`
}

// A labelledTable is one table and what its columns hold.
type labelledTable struct {
	ID     string              `json:"id"`
	Note   string              `json:"note"`
	Object string              `json:"object"`
	Fields []labelledField     `json:"fields"`
	Rows   [][]json.RawMessage `json:"rows"`
}

// A labelledField is what a scan should say about a column.
type labelledField struct {
	Name     string           `json:"name"`
	Native   string           `json:"native"`
	Kind     detectors.Kind   `json:"kind"` // empty: the column has no label
	FreeText bool             `json:"free_text"`
	Role     string           `json:"role"` // not judged if empty
	Also     []detectors.Kind `json:"also"` // labels that are as good as Kind; an empty one is no label
}

// readTexts reads labelled texts. Offsets count bytes, or characters if runes is set; in what it returns they are bytes.
func readTexts(paths []string, runes bool) (texts []labelledText, err error) {
	err = eachLine(paths, func(line []byte) error {
		var t labelledText
		if err := decode(line, &t); err != nil {
			return err
		}
		if runes {
			at := runeOffsets(t.Text)
			for i := range t.Spans {
				s := &t.Spans[i]
				if s.Start < 0 || s.End >= len(at) || s.Start > s.End {
					return fmt.Errorf("text %s: characters %d to %d do not exist", t.ID, s.Start, s.End)
				}
				s.Start, s.End = at[s.Start], at[s.End]
			}
		}
		if err := t.check(); err != nil {
			return fmt.Errorf("text %s: %w", t.ID, err)
		}
		texts = append(texts, t)
		return nil
	})
	return texts, err
}

// runeOffsets lists where each character of s begins, and where s ends.
func runeOffsets(s string) []int {
	at := make([]int, 0, len(s)+1)
	for i := range s {
		at = append(at, i)
	}
	return append(at, len(s))
}

// check refuses what a reader of texts would change, since offsets would move, and spans that hold no whole characters.
func (t *labelledText) check() error {
	if t.Text == "" || strings.ContainsRune(t.Text, 0) || strings.HasPrefix(t.Text, "\ufeff") {
		return fmt.Errorf("a text is not empty, has no zero bytes and no byte order mark")
	}
	for _, s := range t.Spans {
		switch {
		case s.Start < 0 || s.Start >= s.End || s.End > len(t.Text):
			return fmt.Errorf("no bytes %d to %d in a text of %d", s.Start, s.End, len(t.Text))
		case !utf8.RuneStart(t.Text[s.Start]) || s.End < len(t.Text) && !utf8.RuneStart(t.Text[s.End]):
			return fmt.Errorf("bytes %d to %d cut a character", s.Start, s.End)
		case s.Kind == "":
			return fmt.Errorf("bytes %d to %d have no kind", s.Start, s.End)
		}
	}
	return nil
}

// readTables reads labelled tables.
func readTables(paths []string) (tables []labelledTable, err error) {
	err = eachLine(paths, func(line []byte) error {
		var t labelledTable
		if err := decode(line, &t); err != nil {
			return err
		}
		seen := map[string]bool{}
		for _, f := range t.Fields {
			if seen[f.Name] {
				return fmt.Errorf("table %s: two columns are called %q", t.ID, f.Name)
			}
			seen[f.Name] = true
		}
		for i, row := range t.Rows {
			if len(row) > len(t.Fields) {
				return fmt.Errorf("table %s: row %d has %d cells for %d columns", t.ID, i+1, len(row), len(t.Fields))
			}
		}
		if len(t.Fields) == 0 || len(t.Rows) == 0 {
			return fmt.Errorf("table %s is empty", t.ID)
		}
		tables = append(tables, t)
		return nil
	})
	return tables, err
}

func decode(line []byte, to any) error {
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields() // a misspelt name would be a label that nobody looks at
	return d.Decode(to)
}

// eachLine calls do for every line that is not empty, and says where it went wrong.
func eachLine(paths []string, do func([]byte) error) error {
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		n := 0
		for line := range bytes.Lines(b) {
			n++
			if line = bytes.TrimSpace(line); len(line) == 0 {
				continue
			}
			if err := do(line); err != nil {
				return fmt.Errorf("%s:%d: %w", path, n, err)
			}
		}
	}
	return nil
}

// files turns a list of patterns between commas into paths; every pattern names a file.
func files(list string) (paths []string, err error) {
	for pattern := range strings.SplitSeq(list, ",") {
		found, err := filepath.Glob(pattern)
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			return nil, fmt.Errorf("no file %s", pattern)
		}
		paths = append(paths, found...)
	}
	return paths, nil
}
