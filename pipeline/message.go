package pipeline

import (
	"encoding/json"
	"io"

	"bezlik/connectors"
	"bezlik/detectors"
)

// A Message is one line of a report. Exactly one field is set. Text, JSON and other formats are handlers
// over the stream of messages, and a stored stream can be replayed.
type Message struct {
	Start   *Start              `json:"start,omitempty"`
	Part    *PartEnd            `json:"part,omitempty"`
	Column  *ColumnLine         `json:"column,omitempty"`
	Finding *FindingLine        `json:"finding,omitempty"`
	Problem *connectors.Problem `json:"problem,omitempty"`
	End     *End                `json:"end,omitempty"`
}

// Start says what is about to be scanned and how.
type Start struct {
	Schema   string   `json:"schema"` // "bezlik-report/v1"
	Tool     string   `json:"tool"`
	At       string   `json:"at"` // RFC 3339
	Sources  []string `json:"sources"`
	MinScore float64  `json:"min_score"`
	Reveal   bool     `json:"reveal,omitempty"`
	Left     []string `json:"left_out,omitempty"`   // what the user excluded
	Names    bool     `json:"names_only,omitempty"` // columns are judged by name and declared type: no value was read
}

// PartEnd says how reading a part ended: complete, partial or failed. Not read never looks like clean.
type PartEnd struct {
	Object string               `json:"object"`
	Range  string               `json:"range,omitempty"`
	Status string               `json:"status"`
	Rows   int64                `json:"rows"`
	Stored bool                 `json:"stored,omitempty"` // finished by an earlier run
	Notes  []connectors.Problem `json:"notes,omitempty"`  // what was recovered
}

// ColumnLine is one column of the inventory.
type ColumnLine struct {
	Object   string     `json:"object"`
	Field    string     `json:"field"`
	Key      bool       `json:"key,omitempty"`
	Native   string     `json:"native,omitempty"`
	Label    string     `json:"label,omitempty"`
	FreeText bool       `json:"free_text,omitempty"`
	Role     string     `json:"role"` // direct, quasi, sensitive, free_text or safe
	Cells    int64      `json:"cells"`
	Empty    int64      `json:"empty"`
	Distinct int64      `json:"distinct"`
	Kinds    []KindLine `json:"kinds,omitempty"`
	Explain  string     `json:"explain,omitempty"`
}

// KindLine is how often one kind was found in a column at the reporting threshold.
type KindLine struct {
	Kind       string   `json:"kind"`
	Class      string   `json:"class"`
	Count      int64    `json:"count"`
	Candidates int64    `json:"candidates,omitempty"` // below the reporting threshold, masked in exports
	Score      float64  `json:"score"`                // the best
	Evidence   []string `json:"evidence"`
}

// FindingLine is one finding. Start and End are bytes in the cell as it stands in the source's text.
type FindingLine struct {
	Kind        string   `json:"kind"`
	Object      string   `json:"object"`
	Field       string   `json:"field"`
	Part        string   `json:"part,omitempty"` // the range of the object's part that rows are counted in
	Row         int64    `json:"row"`
	Start       int      `json:"start"`
	End         int      `json:"end"`
	Score       float64  `json:"score"`
	Class       string   `json:"class"`
	Evidence    []string `json:"evidence"`
	Sample      string   `json:"sample"`
	Fingerprint string   `json:"fingerprint"` // of the location, never of the value
	Value       *string  `json:"value,omitempty"`
	Normal      *string  `json:"normal,omitempty"`
}

// A QuasiSet lists the columns of an object that identify a person together: what a risk gate has to look at (k-anonymity).
type QuasiSet struct {
	Object string   `json:"object"`
	Fields []string `json:"fields"`
}

// End sums up. Complete is false when something that should have been read was not.
type End struct {
	Complete    bool             `json:"complete"`
	Objects     int              `json:"objects"`
	Rows        int64            `json:"rows"`
	Findings    int64            `json:"findings"`
	Kinds       map[string]int64 `json:"kinds,omitempty"`
	Classes     map[string]int64 `json:"classes,omitempty"`
	Problems    int              `json:"problems"`
	Unsupported []string         `json:"unsupported,omitempty"`
	LeftOut     []string         `json:"left_out,omitempty"`      // objects that the user excluded
	Unknown     []string         `json:"names_unknown,omitempty"` // with names only: objects whose columns only values would tell
	Quasi       []QuasiSet       `json:"quasi,omitempty"`
	Exposure    []*Exposure      `json:"exposure,omitempty"` // of each source in which there was something to read
}

// Lines returns an Emit that writes messages as JSON lines.
func Lines(w io.Writer) func(*Message) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return func(m *Message) error { return e.Encode(m) }
}

// Replay reads JSON lines and emits them again. It returns how many lines were good.
func Replay(r io.Reader, emit func(*Message) error) (n int, err error) {
	d := json.NewDecoder(r)
	d.DisallowUnknownFields()
	for {
		var m Message
		if err := d.Decode(&m); err == io.EOF { //nolint:errorlint // json.Decoder returns it bare
			return n, nil
		} else if err != nil {
			return n, err
		}
		if err := emit(&m); err != nil {
			return n, err
		}
		n++
	}
}

// line makes a report line of a column's verdict.
func (f *FieldVerdict) line(object string, min uint8, lang string) *ColumnLine {
	l := &ColumnLine{Object: object, Field: f.Field, Key: f.Key, Native: f.Native, FreeText: f.Verdict.FreeText, Role: f.Role().String(),
		Cells: f.Cells, Empty: f.Empty, Distinct: f.Distinct, Explain: f.Verdict.Explain(lang)}
	if f.Verdict.Label != nil {
		l.Label = string(f.Verdict.Label.Kind)
	}
	for _, k := range f.Kinds(detectors.Mask) {
		c := f.Counts[k]
		l.Kinds = append(l.Kinds, KindLine{Kind: string(k), Class: c.Class.String(), Count: c.From(min),
			Candidates: c.From(detectors.Mask) - c.From(max(min, detectors.Mask)), Score: float64(c.Best()) / 100, Evidence: c.Evidence.Names()})
	}
	return l
}
