package pipeline

import (
	"context"
	"io"
	"time"

	"bezlik/connectors"
	"bezlik/detectors"
	"bezlik/rules"
)

// A Filter masks a stream in flight. The head of the stream, which the caller has kept, decides what the columns
// hold; values inside are masked from detectors.Mask up throughout. When the rest of the stream would have
// decided more strictly, Run says so at the end: what was written by then has to be thrown away.
type Filter struct {
	Head    connectors.Source // the head of the stream alone
	Stream  connectors.Source // all of it, in one part, the head included
	Plan    func(seen []rules.Seen) (*rules.Plan, error)
	Workers int
	Now     time.Time
	Out     io.Writer
}

// Run filters.
func (f *Filter) Run(ctx context.Context) (*Outcome, error) {
	head := &Scan{Source: f.Head, Workers: f.Workers, MinScore: detectors.Report, Emit: func(*Message) error { return nil }}
	survey, err := head.Survey(ctx)
	if err != nil {
		return nil, err
	}
	survey.Problems = nil // the head ends in the middle of something; the stream itself will tell
	plan, err := f.Plan(survey.Seen())
	if err != nil {
		return nil, err
	}
	parts, err := f.Stream.Parts(ctx, partsPerObject)
	if err != nil {
		return nil, err
	}
	t := &transform{plan: plan, verdicts: newVerdicts(survey.Inventories), now: f.Now, key: randomKey()}
	tr := &transformer{source: f.Stream, sink: streamSink{f.Out}, exact: true, workers: f.Workers, survey: survey, late: true}
	out := &Outcome{}
	return out, tr.run(ctx, t, parts, out)
}

// streamSink writes to a stream: what is written is out.
type streamSink struct{ io.Writer }

func (streamSink) Accepts(string, []connectors.Field) error { return nil }
func (s streamSink) Create(context.Context, connectors.Part) (connectors.Writer, error) {
	return streamWriter{s.Writer}, nil
}
func (streamSink) Publish(context.Context, []connectors.Part) error { return nil }
func (streamSink) Close() error                                     { return nil }

type streamWriter struct{ w io.Writer }

func (s streamWriter) Write(_ *connectors.Batch, raw []byte) error {
	_, err := s.w.Write(raw)
	return err
}
func (streamWriter) Commit() error { return nil }
func (streamWriter) Close() error  { return nil }

// Seen tells rules what the survey says about each column.
func (r *Result) Seen() []rules.Seen {
	var seen []rules.Seen
	for _, inv := range r.Inventories {
		for i := range inv.Fields {
			f := &inv.Fields[i]
			if f.Key {
				continue
			}
			s := rules.Seen{Object: inv.Object, Field: f.Field, Native: f.Native, Part: f.Verdict.Part, FreeText: f.Verdict.FreeText,
				Cells: f.Cells, Distinct: f.Distinct}
			if d := f.Verdict.Label; d != nil {
				s.Kind, s.Class, s.Score = d.Kind, d.Class, f.Verdict.Score
			}
			for _, k := range f.Kinds(detectors.Mask) {
				if k != s.Kind {
					s.Inside = append(s.Inside, k)
				}
			}
			seen = append(seen, s)
		}
	}
	return seen
}
