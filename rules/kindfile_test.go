package rules

import (
	"os"
	"strings"
	"testing"

	"bezlik/detectors"
)

func TestReadKinds(t *testing.T) {
	all, err := ReadKinds("kinds.yaml", testFile(t, "kinds.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 3 || all[0].Kind != "badge" || all[1].Class != detectors.Quasi || all[1].Score != 90 || all[2].Alone != 50 {
		t.Errorf("%+v", all)
	}
	if detectors.Find("badge") != nil {
		t.Error("reading declares kinds")
	}
}

// What is wrong is told with its line and a reason.
func TestReadKindsWrong(t *testing.T) {
	good := string(testFile(t, "kinds.yaml"))
	for _, c := range []struct{ old, new, line, want string }{
		{"pattern: '\\bBG-[0-9]{6}\\b'", "pattern: '(?<=x)BG'", "k.yaml:9:", "not RE2"},
		{"pattern: '[0-9]{8}'", "pattern: '[0-9]{0,8}'", "k.yaml:30:", "nothing stands"},
		{"pattern: '[0-9]{8}'", "pattern: '[0-9]{0,8}'", "k.yaml:30:", "hint: say what must stand"},
		{"    keywords: [читательск*]\n", "", "k.yaml:26:", "hint: name keywords, or set score_alone"},
		{"score: 0.9", "score: 0", "k.yaml:23:", "score must be 0.01 or more"},
		{"score: 0.9", "score: 0.0", "k.yaml:23:", "score must be 0.01 or more"},
		{"score: 0.9", "score: -0.5", "k.yaml:23:", "score must be 0.01 or more"},
		{"score: 0.9", "score: .nan", "k.yaml:23:", "score must be"},
		{"score: 0.9", "score: 1.01", "k.yaml:23:", "score must be 1 or less"},
		{"score: 0.9", "score:", "k.yaml:23:", "score is empty"},
		{"score: 0.9", "score_alone: 0", "k.yaml:23:", "score_alone must be 0.01 or more"},
		{"score: 0.9", "score_alone: 0.004", "k.yaml:23:", "score_alone must be 0.01 or more"},
		{"score: 0.9", "score: 0.7", "k.yaml:23:", "no match has the score of 0.80"},
		{"syntax: backtracking", "syntax: re2", "k.yaml:21:", "not RE2"},
		{"validator: luhn", "validator: lune", "k.yaml:31:", "no validator"},
		{"name: contract", "name: badge", "k.yaml:16:", "two kind"},
		{"name: contract", "name: inn", "k.yaml:16:", "already"},
		{"деталь BG-123456", "пропуск BG-123456", "k.yaml:14:", "found 1 times, not 0"},
		{"Выдан пропуск BG-123456.", "Выдан пропуск.", "k.yaml:11:", "found 0 times, not 1"},
		{"class: quasi", "class: none", "k.yaml:17:", "class cannot be"},
		{"score: 0.9", "score: 9", "k.yaml:23:", "1 or less"},
		{"score: 0.9", "score: 0.1\n    score_alone: 0.2", "k.yaml:23:", "scores more"},
		{"[читательск*]", "[чит*, 12]", "k.yaml:29:", "is a text"},
		{"[читательск*]", "[читательск*]\n    keyword_needed: true", "k.yaml:30:", "unknown key"},
	} {
		if !strings.Contains(good, c.old) {
			t.Fatalf("the good file has no %q", c.old)
		}
		_, err := ReadKinds("k.yaml", []byte(strings.Replace(good, c.old, c.new, 1)))
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), c.line) {
			t.Errorf("%s -> %s: got %v\nwant %s %s", c.old, c.new, err, c.line, c.want)
		}
	}
	for _, k := range []detectors.Kind{"badge", "contract", "library_card"} {
		if detectors.Find(k) != nil {
			t.Errorf("%s stays declared", k)
		}
	}
}

// A score that is left out is the usual one, and nothing else is.
func TestScoresOfKinds(t *testing.T) {
	for text, want := range map[string][2]uint8{
		"": {85, 50}, "score: 0.95": {95, 50}, "score_alone: 0.01": {85, 1}, "score_alone: 0.85": {85, 85}, "score_alone: 0.95": {95, 95}, "score: 1\n    score_alone: 1": {100, 100},
		"score: 1.0\n    score_alone: 0.3": {100, 30},
	} {
		data := strings.Replace(string(testFile(t, "kinds.yaml")), "score: 0.9", text, 1)
		all, err := ReadKinds("k.yaml", []byte(data))
		if err != nil {
			t.Errorf("%q: %v", text, err)
		} else if got := [2]uint8{all[1].Score, all[1].Alone}; got != want {
			t.Errorf("%q: scores are %d, want %d", text, got, want)
		}
	}
}

// What the README shows works as it stands, in both languages.
func TestKindsOfTheReadme(t *testing.T) {
	for _, name := range []string{"../README.md", "../README.ru.md"} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		_, block, ok := strings.Cut(string(text), "```\nschema: pdkinds/v1")
		block, _, closed := strings.Cut(block, "```")
		if !ok || !closed {
			t.Fatalf("%s shows no kind", name)
		}
		if all, err := ReadKinds(name, []byte("schema: pdkinds/v1"+block)); err != nil || len(all) != 1 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzKinds(f *testing.F) {
	f.Add(testFile(f, "kinds.yaml"))
	f.Add([]byte("schema: pdkinds/v1\nkinds:\n  - {name: x1, class: direct, title: x, pattern: '(a+)+$', syntax: backtracking, score_alone: 0.9, good: [aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab]}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		before := len(detectors.All())
		all, err := ReadKinds("k.yaml", data)
		if len(detectors.All()) != before {
			t.Fatal("kinds stay declared")
		}
		if err != nil {
			return
		}
		undo, err := detectors.Add(all)
		if err != nil {
			return // two that exclude each other, or too many
		}
		undo()
	})
}
