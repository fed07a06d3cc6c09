package pipeline_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"bezlik/connectors"
	"bezlik/detectors"
	"bezlik/pipeline"
)

// catalogue is a Describer and nothing else: there is nothing to read.
type catalogue []connectors.Described

func (c catalogue) Describe(context.Context) ([]connectors.Described, error) { return c, nil }

// columns makes fields of "name:declared type".
func columns(names ...string) (f []connectors.Field) {
	for _, n := range names {
		name, native, _ := strings.Cut(n, ":")
		f = append(f, connectors.Field{Name: name, Native: native})
	}
	return f
}

// judge returns a line for each column: name, label, role, and kind with its score and evidence.
func judge(t *testing.T, s pipeline.Scan, c catalogue) (lines []string, explained map[string]string, n *pipeline.Naming) {
	t.Helper()
	explained = map[string]string{}
	s.Emit = func(m *pipeline.Message) error {
		if m.Column == nil || m.Column.Cells+m.Column.Empty+m.Column.Distinct > 0 {
			t.Fatalf("not a column of a name alone: %+v", m)
		}
		line := fmt.Sprintf("%s %s %s %s", m.Column.Object, m.Column.Field, m.Column.Label, m.Column.Role)
		for _, k := range m.Column.Kinds {
			line += fmt.Sprintf(" %s/%s %.2f %v %d", k.Kind, k.Class, k.Score, k.Evidence, k.Count+k.Candidates)
		}
		lines, explained[m.Column.Field] = append(lines, line), m.Column.Explain
		return nil
	}
	n, err := s.Names(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	return lines, explained, n
}

func TestNames(t *testing.T) {
	lines, explained, n := judge(t, pipeline.Scan{Prefix: "db/", Lang: "en"}, catalogue{
		{Object: "users", Fields: columns("id:bigint", "surname:text", "name:text", "phone:boolean", "email:text", "inn:numeric(12)", "passport_series:text",
			"birth_date:date", "city:text", "gender:text", "salary:numeric(10,2)", "zzz:text")},
		{Object: "goods", Fields: columns("name:text", "is_name:boolean", "holder:boolean")},
		{Object: "chat.json", Unknown: true},
		{Object: "empty"},
	})
	want := []string{
		"db/users id  safe",
		"db/users surname person_name direct person_name/direct 0.60 [column composite] 0",
		"db/users name person_name direct person_name/direct 0.60 [column composite] 0", // a name beside a surname
		"db/users phone  safe", // no number is a boolean
		"db/users email email direct email/direct 0.60 [column] 0",
		"db/users inn inn direct inn/direct 0.60 [column] 0", // no check digit was wrong: none was looked at
		"db/users passport_series passport direct passport/direct 0.60 [column] 0",
		"db/users birth_date birth_date quasi birth_date/quasi 0.60 [column] 0",
		"db/users city  quasi",
		"db/users gender  quasi",
		"db/users salary  sensitive",
		"db/users zzz  safe",
		"db/goods name  safe person_name/direct 0.30 [column] 0", // of people, or of anything
		"db/goods is_name  safe",
		"db/goods holder  safe",
	}
	if !slices.Equal(lines, want) {
		t.Errorf("%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
	var clear []string
	for _, d := range n.Clear {
		clear = append(clear, string(d.Kind))
	}
	if n.Objects != 3 || !slices.Equal(n.Unknown, []string{"db/chat.json"}) ||
		!slices.Equal(clear, []string{"person_name", "person_name", "email", "inn", "passport", "birth_date"}) ||
		!reflect.DeepEqual(n.Quasi, []pipeline.QuasiSet{{Object: "db/users", Fields: []string{"birth_date", "city", "gender"}}}) {
		t.Errorf("%+v, %q", n, clear)
	}
	for field, want := range map[string]string{
		"inn":  "taxpayer number (INN) of a person: the name of the column says so; confidence 60 %",
		"zzz":  "the name of the column does not tell what it holds",
		"city": "by its name an attribute of a person and no identifier: alone it names nobody",
		"name": "name of a person: a name of other things too, values would tell",
	} {
		if got := explained[field]; !strings.HasSuffix(got, want[strings.Index(want, ":")+1:]) {
			t.Errorf("%s: %q, want %q", field, got, want)
		}
	}
	_, explained, _ = judge(t, pipeline.Scan{Lang: "ru"}, catalogue{{Object: "goods", Fields: columns("name:text", "zzz")}})
	if !strings.HasSuffix(explained["name"], "так называют и другое, решили бы значения") || explained["zzz"] != "имя колонки не говорит, что в ней" {
		t.Errorf("in Russian: %q", explained)
	}
}

// TestNameScore: the score is the one that columns have whose values do not bear a clear name out.
func TestNameScore(t *testing.T) {
	if v := detectors.Judge(&detectors.Facts{Name: "email"}); v.Label == nil || v.Score != pipeline.NameScore {
		t.Errorf("a clear name has %d, want %d", v.Score, pipeline.NameScore)
	}
}

func TestNamesEndsWithItsSource(t *testing.T) {
	failed := errors.New("no catalogue")
	s := pipeline.Scan{Emit: func(*pipeline.Message) error { return failed }}
	if _, err := s.Names(context.Background(), broken{failed}); !errors.Is(err, failed) {
		t.Errorf("a source that fails: %v", err)
	}
	if _, err := s.Names(context.Background(), catalogue{{Object: "t", Fields: columns("id")}}); !errors.Is(err, failed) {
		t.Errorf("a report that fails: %v", err)
	}
}

type broken struct{ err error }

func (b broken) Describe(context.Context) ([]connectors.Described, error) { return nil, b.err }
