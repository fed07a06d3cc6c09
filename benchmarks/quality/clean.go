package main

import (
	"bytes"
	"cmp"
	"context"
	"maps"
	"slices"

	"bezlik/benchmarks/corpus"
	"bezlik/detectors"
	"bezlik/pipeline"
)

// A cleanScore is what was found in text that holds nothing.
type cleanScore struct {
	Bytes   int64                  `json:"bytes"`
	Seed    uint64                 `json:"seed"`
	Total   int                    `json:"findings"`
	Per10MB float64                `json:"per_10_mb"`
	Kinds   map[detectors.Kind]int `json:"kinds"`
	alarms  []alarm
}

// An alarm is one finding in clean text.
type alarm struct {
	kind       detectors.Kind
	line       int64
	start, end int // in the line
	score      int
	evidence   []string
	text       string // the line, once it has been made again
}

// examples is how many alarms of a kind are kept to be shown.
const examples = 25

// scanClean scans size bytes of clean text while they are made; if shown is set, some alarms come with their lines.
func scanClean(ctx context.Context, size int64, seed uint64, least int, shown bool) (*cleanScore, error) {
	o := corpus.Options{Kind: corpus.Clean, Seed: seed, Size: size}
	s := &cleanScore{Bytes: size, Seed: seed, Kinds: map[detectors.Kind]int{}}
	err := told(ctx, cleanSource{o: o}, uint8(least), true, func(m *pipeline.Message) error {
		l := m.Finding
		if l == nil {
			return nil
		}
		k := detectors.Kind(l.Kind)
		s.Total++
		s.Kinds[k]++
		if s.Kinds[k] <= examples {
			s.alarms = append(s.alarms, alarm{kind: k, line: l.Row, start: l.Start, end: l.End, score: hundredths(l.Score), evidence: l.Evidence})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	s.Per10MB = float64(s.Total) * 1e7 / float64(size)
	if shown && len(s.alarms) > 0 {
		if err := s.fetch(o); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// fetch makes the text once more, to read the lines that alarms stand in.
func (s *cleanScore) fetch(o corpus.Options) error {
	wanted := map[int64]string{}
	for i := range s.alarms {
		wanted[s.alarms[i].line] = ""
	}
	w := &lineKeeper{line: 1, wanted: wanted}
	if _, err := corpus.Write(w, o); err != nil {
		return err
	}
	for i := range s.alarms {
		s.alarms[i].text = wanted[s.alarms[i].line]
	}
	slices.SortStableFunc(s.alarms, func(a, b alarm) int { return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.line, b.line)) })
	return nil
}

// kinds lists the kinds found, the most frequent first.
func (s *cleanScore) kinds() []detectors.Kind {
	return slices.SortedFunc(maps.Keys(s.Kinds), func(a, b detectors.Kind) int {
		return cmp.Or(cmp.Compare(s.Kinds[b], s.Kinds[a]), cmp.Compare(a, b))
	})
}

// A lineKeeper keeps the lines that are wanted of what is written to it.
type lineKeeper struct {
	line   int64 // number of the line at hand
	begun  []byte
	wanted map[int64]string
}

func (k *lineKeeper) Write(b []byte) (int, error) {
	n := len(b)
	for {
		i := bytes.IndexByte(b, '\n')
		if i < 0 {
			k.begun = append(k.begun, b...)
			return n, nil
		}
		if _, ok := k.wanted[k.line]; ok {
			k.wanted[k.line] = string(k.begun) + string(b[:i])
		}
		k.begun = k.begun[:0]
		k.line++
		b = b[i+1:]
	}
}
