package rules

import (
	"errors"
	"strings"
	"testing"
)

func TestBrackets(t *testing.T) {
	for _, c := range []struct {
		subjects, identifiers int64
		part                  string
	}{
		{0, 0, ""}, {999, 9_999, ""}, {1_000, 0, "12"}, {0, 10_000, "12"}, {9_999, 99_999, "12"},
		{10_000, 0, "13"}, {1_000, 100_000, "13"}, {100_000, 1_000_000, "13"}, // more than, says part 14
		{100_001, 0, "14"}, {0, 1_000_001, "14"}, {50_000_000, 50_000_000, "14"},
		{999, 9_002, ""}, // the two are not added up
	} {
		part := ""
		if b := Law().Leaks.Bracket(c.subjects, c.identifiers); b != nil {
			part = b.Part
		}
		if part != c.part {
			t.Errorf("%d subjects, %d identifiers: part %q, want %q", c.subjects, c.identifiers, part, c.part)
		}
	}
	for part, again := range map[string]string{"12": "15", "13": "15", "14": "15", "16": "18", "17": "18"} {
		if f := Law().Leaks.Again(part); f == nil || f.Part != again {
			t.Errorf("part %s again: %+v", part, f)
		}
	}
	if Law().Leaks.Again("15") != nil {
		t.Error("a share of the revenue is repeated as what?")
	}
}

func TestLevels(t *testing.T) {
	for _, c := range []struct {
		subjects           int64
		special, biometric bool
		level              int
	}{
		{100_000, false, false, 4}, {100_001, false, false, 3}, {100_000, true, false, 3}, {100_001, true, false, 2},
		{1, false, true, 3}, {100_001, false, true, 3}, {1, true, true, 3}, {100_001, true, true, 2},
	} {
		if got := Law().Levels.Level(c.subjects, c.special, c.biometric); got != c.level {
			t.Errorf("%+v: level %d", c, got)
		}
	}
}

func TestActsHold(t *testing.T) {
	for _, c := range []struct {
		act, day string
		holds    bool
	}{
		{"fz-420", "2025-05-29", false}, {"fz-420", "2025-05-30", true}, {"fz-420", "2030-01-01", true},
		{"pp-1119", "2012-11-01", true}, {"pp-1119", "2012-10-31", false},
		{"rkn-178", "2029-02-28", true}, {"rkn-178", "2029-03-01", false}, {"rkn-996", "2025-09-01", false},
	} {
		if got := Law().Act(c.act).Holds(c.day); got != c.holds {
			t.Errorf("%s on %s: %v", c.act, c.day, got)
		}
	}
	if Law().Act("fz-1") != nil {
		t.Error("there is no such act")
	}
}

// TestLawIsReadStrictly edits the good table and looks for the complaint.
func TestLawIsReadStrictly(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{`{part: "13", subjects: 10000,`, `{part: "13", subjects: 1000,`, "larger leak"},
		{"identifiers: 100000, min: 5000000", "identifiers: 100000, min: 2000000", "larger leak"},
		{`{part: "16", min: 10000000`, `{part: "16", min: 20000000`, "highest fine"},
		{`percent_to: 3, min: 20000000, max: 500000000`, `percent_to: 3, min: 20000000, max: 5000000`, "highest fine"},
		{`after: ["16", "17"], percent_from: 1, percent_to: 3`, `after: ["16", "17"], percent_from: 4, percent_to: 3`, "highest share"},
		{`after: ["16", "17"]`, `after: ["16", "19"]`, `no part "19"`},
		{`biometric: {part: "17"`, `biometric: {part: "16"`, `two part "16"`},
		{"other: {up_to: 4, over: 3}", "other: {up_to: 3, over: 4}", "weaker level"},
		{"other: {up_to: 4, over: 3}", "other: {up_to: 5, over: 3}", "4 or less"},
		{"threats: 3", "threats: 4", "3 or less"},
		{"act: fz-420", "act: fz-421", `no act "fz-421"`},
		{"    in_force: 2025-05-30\n", "", "no day of coming into force"},
		{"  many: 100000\n", "", `"many" is missing`},
		{`article: "13.11"`, "article: 13.11", "double quotes"},
	} {
		if !strings.Contains(string(lawFile), c.old) {
			t.Fatalf("the table has no %q", c.old)
		}
		err := readStrict("law.yaml", []byte(strings.Replace(string(lawFile), c.old, c.new, 1)), &LawTable{}, nil)
		var all FileErrors
		if !errors.As(err, &all) || !strings.Contains(all.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.new, err, c.want)
		}
	}
}
