package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"bezlik/connectors"
	"bezlik/detectors"
	"bezlik/pipeline"
)

// A finding is what a scan told, at its place in the text.
type finding struct {
	span
	Score    int // hundredths
	Evidence []string
}

// told runs the scan that the command runs and calls do for each message. What was not read whole is an error:
// figures over half of the texts would look like figures.
func told(ctx context.Context, source connectors.Source, threshold uint8, findings bool, do func(*pipeline.Message) error) error {
	s := &pipeline.Scan{Source: source, MinScore: threshold, Findings: findings, Reveal: findings, Lang: "en", Emit: do}
	res, err := s.Run(ctx)
	if err != nil {
		return err
	}
	if !res.Complete() {
		return fmt.Errorf("not everything was read: %w", errors.Join(&res.Problems[0]))
	}
	return nil
}

// scanTexts lists the findings of each text from the masking threshold up, in order of their places.
func scanTexts(ctx context.Context, texts []labelledText) ([][]finding, error) {
	source := textSource{texts: texts}
	number := map[string]int{}
	for i := range texts {
		number[source.object(i)] = i
	}
	found := make([][]finding, len(texts))
	err := told(ctx, source, detectors.Mask, true, func(m *pipeline.Message) error {
		l := m.Finding
		if l == nil {
			return nil
		}
		i, ok := number[l.Object]
		if !ok {
			return fmt.Errorf("a finding in %q, which is none of the texts", l.Object)
		}
		line, ok := lineStart(texts[i].Text, l.Row)
		f := finding{span: span{Start: line + l.Start, End: line + l.End, Kind: detectors.Kind(l.Kind)}, Score: hundredths(l.Score), Evidence: l.Evidence}
		if !ok || l.Start < 0 || f.End > len(texts[i].Text) || l.Value != nil && texts[i].Text[f.Start:f.End] != *l.Value {
			return fmt.Errorf("text %s: row %d, bytes %d to %d do not hold the value that was found there", texts[i].ID, l.Row, l.Start, l.End)
		}
		found[i] = append(found[i], f)
		return nil
	})
	for _, f := range found {
		slices.SortFunc(f, func(a, b finding) int {
			if a.Start != b.Start {
				return a.Start - b.Start
			}
			return b.End - a.End
		})
	}
	return found, err
}

func hundredths(score float64) int { return int(math.Round(score * 100)) }

// lineStart says where a line begins; the first has number 1.
func lineStart(text string, line int64) (int, bool) {
	at := 0
	for ; line > 1; line-- {
		i := strings.IndexByte(text[at:], '\n')
		if i < 0 {
			return 0, false
		}
		at += i + 1
	}
	return at, line == 1
}

// A spoken column is what a scan said about a column. Role is nil where columns have none.
type spoken struct {
	Object   string         `json:"object"`
	Field    string         `json:"field"`
	Key      bool           `json:"key"`
	Label    detectors.Kind `json:"label"`
	FreeText bool           `json:"free_text"`
	Role     *string        `json:"role"`
	Explain  string         `json:"explain"`
}

// scanTables lists what was said about columns, by object and field.
func scanTables(ctx context.Context, tables []labelledTable) (map[[2]string]spoken, error) {
	said := map[[2]string]spoken{}
	err := told(ctx, tableSource{tables: tables}, detectors.Report, false, func(m *pipeline.Message) error {
		if m.Column == nil || m.Column.Key {
			return nil
		}
		b, err := json.Marshal(m.Column)
		if err != nil {
			return err
		}
		var s spoken
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		said[[2]string{s.Object, s.Field}] = s
		return nil
	})
	return said, err
}
