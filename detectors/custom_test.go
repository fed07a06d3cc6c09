package detectors

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// badge is a rule that the tests vary.
func badge() Rule {
	return Rule{Kind: "badge", Class: Direct, Doc: Doc{RU: "номер пропуска", EN: "badge number"}, Keywords: []string{"пропуск*", "badge"},
		Columns: []string{"пропуск", "badge_no"}, Pattern: `\bBG-[0-9]{6}\b`, Score: 90, Alone: 50,
		Good: []string{"пропуск BG-123456"}, Bad: []string{"деталь BG-123456"}}
}

// added declares rules for one test.
func added(t *testing.T, rules ...Rule) {
	t.Helper()
	undo, err := Add(rules)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(undo)
}

func TestCustomKind(t *testing.T) {
	r := badge()
	added(t, r)
	if wrong := Check([]Rule{r}); len(wrong) > 0 {
		t.Fatal(wrong)
	}
	f, a := found("Выдан пропуск BG-654321\nи ещё BG-111111 другому", "BG-222222")
	var got []string
	for _, x := range f {
		if x.Kind == "badge" {
			got = append(got, string(a[x.Start:x.End])+" "+itoa(int(x.Score)))
		}
	}
	// The second line has no word of its own: the one of the line before belongs to its number.
	if want := []string{"BG-654321 90", "BG-111111 50", "BG-222222 50"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	v := Judge(&Facts{Name: "badge_no", Cells: 50, Distinct: 50, Sample: 50, Passed: map[Kind]int64{"badge": 50}})
	if v.Label == nil || v.Label.Kind != "badge" {
		t.Errorf("the column is not labelled: %+v", v)
	}
}

func TestCustomKindVariants(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Rule)
		text   string
		want   string
	}{
		"group":          {func(r *Rule) { r.Pattern = `BG-(?P<value>[0-9]{6})` }, "пропуск BG-123456", "123456"},
		"keyword needed": {func(r *Rule) { r.Required = true }, "пропуск BG-123456", "BG-123456"},
		"and not there":  {func(r *Rule) { r.Required, r.Alone = true, 90 }, "деталь BG-123456", ""},
		"look-behind":    {func(r *Rule) { r.Backtrack, r.Pattern = true, `(?<=№\s)BG-[0-9]{6}(?!\d)` }, "пропуск № BG-123456", "BG-123456"},
		"group of .NET":  {func(r *Rule) { r.Backtrack, r.Pattern = true, `№ (?<value>BG-[0-9]{6})` }, "пропуск № BG-123456", "BG-123456"},
		"Luhn passes":    {func(r *Rule) { r.Pattern, r.Validator = `[0-9]{8}`, "luhn" }, "пропуск 12345674", "12345674"},
		"Luhn fails":     {func(r *Rule) { r.Pattern, r.Validator = `[0-9]{8}`, "luhn" }, "пропуск 12345675", ""},
		// the example of the IBAN registry
		"mod97 passes": {func(r *Rule) { r.Pattern, r.Validator = `[A-Z]{2}[0-9A-Z ]{15,30}`, "mod97" }, "пропуск GB82 WEST 1234 5698 7654 32", "GB82 WEST 1234 5698 7654 32"},
		"mod97 fails":  {func(r *Rule) { r.Pattern, r.Validator = `[A-Z]{2}[0-9A-Z ]{15,30}`, "mod97" }, "пропуск GB82 WEST 1234 5698 7654 33", ""},
		"a kind":       {func(r *Rule) { r.Pattern, r.Validator = `[0-9]{12}`, "inn" }, "пропуск 771234500140", ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := badge()
			c.change(&r)
			added(t, r)
			f, a := found(c.text)
			got := ""
			for _, x := range f {
				if x.Kind == "badge" && x.Score >= Report {
					got += string(a[x.Start:x.End])
				}
			}
			if got != c.want {
				t.Errorf("got %q, want %q; all %q", got, c.want, describe(f, a))
			}
		})
	}
}

// A value over the border of two pieces of a very long line is found, and found once.
func TestCustomKindInLongLine(t *testing.T) {
	r := badge()
	r.Pattern, r.Alone = `BG-[0-9]{6}`, 85
	added(t, r)
	for shift := range 30 {
		text := strings.Repeat("я", (longestLine-20)/2) + strings.Repeat("x", shift) + "BG-123456" + strings.Repeat(" конец", 9000)
		f, _ := found(text)
		n := 0
		for _, x := range f {
			if x.Kind == "badge" {
				n++
			}
		}
		if n != 1 {
			t.Fatalf("shift %d: found %d times", shift, n)
		}
	}
}

// What is found in a very long line is what the pattern finds in it, wherever the pieces end that it is looked at in.
func TestLongLineIsLookedAtAsOne(t *testing.T) {
	ends := []int{longestLine - lineBehind, longestLine, longestLine + lineAhead, 2*longestLine - lineBehind, 2 * longestLine}
	for _, c := range []struct {
		pattern, value string
		back           bool
	}{
		{pattern: `\bBG-[0-9]{6}\b`, value: "xBG-123456 BG-1234567 BG-123456"},
		{pattern: `^BG-[0-9]{6}`, value: "BG-123456"},
		{pattern: `BG-[0-9]{6}$`, value: "BG-123456"},
		{pattern: `[0-9]+`, value: " 123456789 "},
		{pattern: `BG`, value: "BGBGB"},
		{pattern: `№ *(?P<value>[0-9]+)`, value: "№   123456"},
		{pattern: `BEGIN.*?END`, value: "BEGIN " + strings.Repeat("я", 4000) + " END"},
		{pattern: `(?<![a-z])BG-[0-9]{6}(?![0-9])`, value: "xBG-123456 BG-1234567 BG-123456", back: true},
		{pattern: `BEGIN.*?END`, value: "BEGIN " + strings.Repeat("я", 4000) + " END", back: true},
	} {
		r := badge()
		r.Pattern, r.Backtrack = c.pattern, c.back
		undo, err := Add([]Rule{r})
		if err != nil {
			t.Fatal(err)
		}
		s := NewScanner([]*Detector{Find("badge")})
		for _, end := range ends {
			for _, shift := range []int{0, 1, 2, 3, len(c.value) / 2, len(c.value) - 1, len(c.value)} {
				line := strings.Repeat("ж", (end-shift)/2) + strings.Repeat("-", (end-shift)%2) + c.value + strings.Repeat("ж", longestLine/2)
				var want, got []string
				_ = Find("badge").custom.matcher.each([]byte(line), func(m hit) bool {
					want = append(want, fmt.Sprint(m.from, m.to))
					return true
				})
				watch := NewWatch()
				for _, f := range s.Find(nil, pad(line)) {
					got = append(got, fmt.Sprint(f.Start-1, f.End-1))
				}
				if !slices.Equal(got, want) || watch.Cut(Find("badge"))+watch.Long(Find("badge")) > 0 {
					t.Errorf("%s, %d bytes before %d: found %v, want %v", c.pattern, shift, end, got, want)
				}
			}
		}
		undo()
	}
}

// A match that goes on behind all that is looked at is found to its end where the pattern goes on with it; where it
// does not, that is told.
func TestMatchLongerThanItsPiece(t *testing.T) {
	for _, c := range []struct {
		pattern string
		size    uint32
		long    int
	}{
		{`[a-z]+`, 3 * longestLine, 0},
		{`:[a-z]+`, longestLine, 1},
	} {
		r := badge()
		r.Pattern = c.pattern
		undo, err := Add([]Rule{r})
		if err != nil {
			t.Fatal(err)
		}
		watch := NewWatch()
		f := NewScanner([]*Detector{Find("badge")}).Find(nil, pad(strings.Repeat(" ", 100)+":"+strings.Repeat("a", 3*longestLine)))
		if len(f) != 1 || f[0].End-f[0].Start < c.size || watch.Long(Find("badge")) != c.long {
			t.Errorf("%s: found %d, %d ends were not seen", c.pattern, len(f), watch.Long(Find("badge")))
		}
		undo()
	}
}

// Long lines with a match at every byte, and with a search to the end for each match.
func TestCostOfLongLines(t *testing.T) {
	for _, c := range []struct {
		pattern, unit string
		size          int
		cut           bool
	}{
		{".", "a", 1 << 20, false},
		{`\s`, " ", 1 << 20, false},
		{"a.*b|a", "a", 1 << 17, true},
	} {
		r := badge()
		r.Pattern = c.pattern
		undo, err := Add([]Rule{r})
		if err != nil {
			t.Fatal(err)
		}
		start, watch := time.Now(), NewWatch()
		f := NewScanner([]*Detector{Find("badge")}).Find(nil, pad(strings.Repeat(c.unit, c.size)))
		if took := time.Since(start); took > time.Minute {
			t.Errorf("%q takes %v", c.pattern, took)
		}
		if n := watch.Cut(Find("badge")); n > 0 != c.cut || !c.cut && len(f) != c.size {
			t.Errorf("%q is found %d times, %d were cut off", c.pattern, len(f), n)
		}
		undo()
	}
}

// A hostile pattern is cut off and counted, and the scan goes on.
func TestHostilePattern(t *testing.T) {
	r := badge()
	r.Backtrack, r.Pattern, r.Good, r.Bad = true, `(a+a+)+b|BG-[0-9]{6}`, []string{"пропуск BG-123456"}, nil
	added(t, r)
	s, watch := NewScanner(All()), NewWatch()
	line := strings.Repeat("a", 5000) + "\n"
	start := time.Now()
	f := Resolve(s.Find(nil, pad(strings.Repeat(line, 100)+"тел. +7 916 123-45-67")))
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("took %v", took)
	}
	if n := watch.Cut(Find("badge")); n < 90 {
		t.Errorf("%d lines were cut off", n)
	}
	if len(f) != 1 || f[0].Kind != "phone" {
		t.Errorf("%d findings", len(f))
	}
}

// What asks for whole values is cut off and counted like what looks for them, and for them together.
func TestHostilePatternOnValues(t *testing.T) {
	r, other := badge(), badgeTwo()
	r.Backtrack, r.Pattern, r.Good, r.Bad = true, `(a+a+)+b|BG-[0-9]{6}`, []string{"пропуск BG-123456"}, nil
	other.Pattern, other.Validator = `[A-Za-z]+-[0-9]+|a+`, "badge"
	added(t, r, other)
	value := []byte(strings.Repeat("a", 5000))
	d, asks := Find("badge"), Find("badge_two")
	watch := NewWatch()
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 5 {
				if d.Fits(value) {
					t.Error("a value fits that was not looked at")
				}
			}
		})
	}
	all.Wait()
	if n := watch.Cut(d); n != 20 {
		t.Errorf("%d values were cut off, not 20", n)
	}
	if d.Fits([]byte("BG-123456")) || watch.Cut(d) != 21 {
		t.Errorf("the rule is tried after %d cut-offs", watch.Cut(d))
	}
	// A rule that asks the other one knows as little.
	if asks.Fits([]byte("BG-123456")) || watch.Cut(asks) != 1 {
		t.Errorf("%d values were cut off for the rule that asks, not 1", watch.Cut(asks))
	}
	NewScanner(All()).Find(nil, pad("BG-123456\nBG-123457"))
	if n := watch.Cut(d); n != 26 { // two lines, and the values of the other rule on them
		t.Errorf("%d cut-offs, not 26", n)
	}
	if n := watch.Cut(asks); n != 3 {
		t.Errorf("%d cut-offs of the rule that asks, not 3", n)
	}
	if watch.Cut(INN) != 0 {
		t.Error("a kind that is built in was cut off")
	}
}

// A scan begins with nothing cut off, and the one before it still knows of its own.
func TestWatchBeginsAnew(t *testing.T) {
	r := badge()
	r.Backtrack, r.Pattern, r.Good, r.Bad = true, `(a+a+)+b|BG-[0-9]{6}`, []string{"пропуск BG-123456"}, nil
	added(t, r)
	d, first := Find("badge"), NewWatch()
	for range maxCuts {
		d.Fits([]byte(strings.Repeat("a", 5000)))
	}
	if d.Fits([]byte("BG-123456")) {
		t.Error("the rule is tried after all cut-offs it has")
	}
	second := NewWatch()
	if !d.Fits([]byte("BG-123456")) || second.Cut(d) != 0 {
		t.Errorf("%d cut-offs before anything was looked at", second.Cut(d))
	}
	if n := first.Cut(d); n != maxCuts+1 {
		t.Errorf("%d cut-offs of the first, not %d", n, maxCuts+1)
	}
}

func TestRulesThatAreWrong(t *testing.T) {
	for want, change := range map[string]func(*Rule){
		"small Latin letters":         func(r *Rule) { r.Kind = "Мой" },
		"class is missing":            func(r *Rule) { r.Class = Unknown },
		"already":                     func(r *Rule) { r.Kind = "inn" },
		"not RE2":                     func(r *Rule) { r.Pattern = `(?<=x)y` },
		"nothing stands":              func(r *Rule) { r.Pattern = `x*` },
		"its pattern matches":         func(r *Rule) { r.Backtrack, r.Pattern = true, `x*` },
		"no regular expression":       func(r *Rule) { r.Backtrack, r.Pattern = true, `(` },
		"pattern is missing":          func(r *Rule) { r.Pattern = "" },
		"has none":                    func(r *Rule) { r.Required, r.Keywords = true, nil },
		"scores more":                 func(r *Rule) { r.Alone = 95 },
		"without keywords no match":   func(r *Rule) { r.Keywords = nil },
		"no match has the score":      func(r *Rule) { r.Score, r.Alone = 79, 79 },
		"no good example":             func(r *Rule) { r.Good = nil },
		"there is no validator \"x\"": func(r *Rule) { r.Validator = "x" },
	} {
		r := badge()
		change(&r)
		if undo, err := Add([]Rule{badgeTwo(), r}); err == nil {
			undo()
			t.Errorf("%s: no error", want)
		} else if !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
		if Find("badge_two") != nil {
			t.Fatal("a failed Add leaves something behind")
		}
	}
	for _, name := range []Kind{"any", "none", "plain", "unknown", "technical", "organisation", "quasi", "direct", "special", "sensitive", "free_text", "safe", "luhn", "mod97"} {
		r := badge()
		r.Kind = name
		if _, err := Add([]Rule{r}); err == nil || !strings.Contains(err.Error(), "is a word for classes") {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, d := range All() {
		r := badge()
		if r.Kind = d.Kind; len(d.Kind) < 2 {
			continue
		}
		if _, err := Add([]Rule{r}); err == nil || !strings.Contains(err.Error(), "already") {
			t.Errorf("%s: %v", d.Kind, err)
		}
	}
	loud, alone := badge(), badge() // just enough
	loud.Score, alone.Alone, alone.Keywords = 80, 80, nil
	for _, r := range []Rule{loud, alone} {
		undo, err := Add([]Rule{r})
		if err != nil {
			t.Fatal(err)
		}
		undo()
	}
	for _, pattern := range []string{`\b`, `^`, `a?b*`, `(a|b?)`, `(?:ab){0,3}`, `$|x`, `(x{0})+`} {
		r := badge()
		r.Pattern = pattern
		if _, err := Add([]Rule{r}); err == nil || !strings.Contains(err.Error(), "nothing stands") {
			t.Errorf("%s: %v", pattern, err)
		}
		r.Backtrack = true
		if _, err := Add([]Rule{r}); err == nil || !strings.Contains(err.Error(), "nothing stands") {
			t.Errorf("%s, backtracking: %v", pattern, err)
		}
	}
	r := badge()
	r.Good, r.Bad = append(r.Good, "нет ничего"), append(r.Bad, "badge BG-123456")
	added(t, r)
	wrong := Check([]Rule{r})
	if len(wrong) != 2 || wrong[0].Example != 2 || wrong[1].Example != 4 {
		t.Errorf("got %v", wrong)
	}
}

// There is room for so many kinds, and one more is told how many there are already.
func TestTooManyKinds(t *testing.T) {
	builtin := len(All())
	var rules []Rule
	for i := builtin; i < MaxKinds; i++ {
		r := badge()
		r.Kind = Kind("badge_" + itoa(i))
		rules = append(rules, r)
	}
	undo, err := Add(rules)
	if err != nil {
		t.Fatal(err)
	}
	undo()
	_, err = Add(append(rules, badge()))
	if want := fmt.Sprintf("no more than 128 kinds, and %d are built in", builtin); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%v, want %s", err, want)
	}
	if len(All()) != builtin {
		t.Error("a failed Add leaves something behind")
	}
}

// A keyword is what the index of words can hold, and is heard where it stands; anything else is an error and not left out.
func TestKeywords(t *testing.T) {
	for word, want := range map[string]string{
		"номер пропуска": "more than one word", "badge\u00a0no": "more than one word", "a4": "Russian and Latin letters", "табель-номер": "Russian and Latin letters",
		"№": "Russian and Latin letters", "ідентифікатор": "Russian and Latin letters", "проп*уск": "Russian and Latin letters", "р/с*": "Russian and Latin letters",
		"номер.": "Russian and Latin letters", "*": "too short", "п": "too short", "п*": "too short", "пр*": "too short", "**": "Russian and Latin letters",
		"электроэнцефалографический": "longer than 24", "электроэнцефалографическ": "", "про*": "", "id": "", "ид": "", "р/с": "", "т.н": "", "Badge": "", "учёт*": "",
	} {
		r := badge()
		r.Keywords = []string{"пропуск*", word}
		undo, err := Add([]Rule{r})
		switch {
		case want != "":
			var e *RuleError
			if !errors.As(err, &e) || e.Key != "keywords" || e.Hint == "" || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v, want %s", word, err, want)
			}
		case err != nil:
			t.Errorf("%s: %v", word, err)
		}
		if err != nil {
			continue
		}
		for _, required := range []bool{false, true} {
			undo()
			r.Keywords, r.Required = []string{word}, required
			if undo, err = Add([]Rule{r}); err != nil {
				t.Fatal(err)
			}
			heard := false
			f, _ := found(strings.ToLower(strings.TrimSuffix(word, "*")) + " BG-123456")
			for _, x := range f {
				heard = heard || x.Kind == "badge" && x.Score == r.Score
			}
			if !heard && want == "" {
				t.Errorf("%s is not heard, required %v", word, required)
			}
		}
		undo()
	}
}

// A column is known by its name however the rule and the table write it.
func TestColumnsOfRules(t *testing.T) {
	for _, written := range []string{"badge_no", "Badge No.", "badgeNo", "BADGE-NO", "badge_no2"} {
		r := badge()
		r.Columns = []string{written}
		undo, err := Add([]Rule{r})
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"badge_no", "badgeNo", "Badge no"} {
			if h := HintFor(name); len(h) == 0 || h[0].Detector.Kind != "badge" {
				t.Errorf("%s does not know %s: %v", written, name, h)
			}
		}
		undo()
	}
	r := badge()
	r.Columns = []string{"№ 1"}
	if _, err := Add([]Rule{r}); err == nil || !strings.Contains(err.Error(), "no word in the column name") {
		t.Error(err)
	}
}

func badgeTwo() Rule {
	r := badge()
	r.Kind = "badge_two"
	return r
}
