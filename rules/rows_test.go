package rules

import (
	"slices"
	"strings"
	"testing"

	"bezlik/anonymize"
	"bezlik/detectors"
)

// TestTokensOfTwoPolicies: two exports of one name and one key, under two policies, share no token.
func TestTokensOfTwoPolicies(t *testing.T) {
	token := func(id string) string {
		p, m := sens(t), sensMap(t)
		p.ID, m.Policy = id, id
		d := Decide(p, Request{Export: "research", Recipient: "internal", Map: m, Profile: withAct(p), Now: noon})
		plan, err := NewPlan(d, m, nil, key(t))
		if err != nil {
			t.Fatal(err)
		}
		return apply(t, plan.column(t, "users", "id").Method, "", "1017") + apply(t, plan.column(t, "users", "phone").Method, "phone", "+7 900 000-00-00")
	}
	if token("sens") == token("other") {
		t.Error("the tokens of one can be joined with those of the other")
	}
	if token("sens") != token("sens") {
		t.Error("the same policy and export, other tokens")
	}
}

// TestWhatFiltersRestOn lists what must be in the source for the mailing's filters to leave anybody out.
func TestWhatFiltersRestOn(t *testing.T) {
	m := sensMap(t)
	d := Decide(sens(t), Request{Export: "mailing", Recipient: "sms_aero", Columns: cols("users.phone profiles.height"), Map: m, Now: noon})
	plan, err := NewPlan(d, m, nil, key(t))
	if err != nil {
		t.Fatal(err)
	}
	want := cols("consents.ads consents.user_id users.birth_date users.blocked_at users.deleted_at users.id users.last_login_at")
	if got := plan.RestsOn(); !slices.Equal(got, want) { // nothing of the profiles leaves
		t.Errorf("got %v, want %v", got, want)
	}
	_, research := researchPlan(t)
	if got := research.RestsOn(); !slices.Contains(got, ColumnRef{"profiles", "user_id"}) {
		t.Errorf("%v: rows of profiles are left out by their subject", got)
	}
	for _, o := range research.Objects {
		o.Rows = nil
	}
	if got := research.RestsOn(); len(got) != 0 {
		t.Errorf("%v, but no row is left out", got)
	}
}

// TestWhoseRowsNobodyKnows changes what the map says of subjects.
func TestWhoseRowsNobodyKnows(t *testing.T) {
	p := sens(t)
	for _, c := range []struct {
		name    string
		columns string
		change  func(m *Map)
		want    []string // missing
	}{
		{"as it is", "users profiles misc.company misc.price", func(*Map) {}, nil},
		{"profiles of anybody", "users profiles", func(m *Map) { m.object("profiles").Subject = "" }, []string{"map:subject:profiles"}},
		{"of nobody, but with ids of users", "users profiles", func(m *Map) { o := m.object("profiles"); o.Subject, o.Nobody = "", true }, []string{"map:subject:profiles"}},
		{"of nobody", "users profiles", func(m *Map) {
			o := m.object("profiles")
			o.Subject, o.Nobody = "", true
			for i := range o.Columns {
				o.Columns[i].Domain = ""
			}
		}, nil},
		{"another column for the subject", "users profiles", func(m *Map) { m.object("profiles").Subject = "height" }, []string{"map:subject:profiles"}},
		{"firms of anybody", "users misc.company", func(m *Map) { m.object("misc").Nobody = false }, []string{"map:subject:misc"}},
		{"of which nothing leaves", "users misc.snils", func(m *Map) { m.object("misc").Nobody = false }, nil},
		{"users of anybody, who are left out", "users profiles", func(m *Map) { m.object("users").Subject = "" }, []string{"map:subject:users"}},
		{"users alone know who is left out", "users", func(m *Map) { m.object("users").Subject = "" }, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := sensMap(t)
			c.change(m)
			d := Decide(p, Request{Export: "research", Recipient: "internal", Columns: cols(c.columns), Map: m, Profile: withAct(p), Now: noon})
			want := AllowWithObligations
			if len(c.want) > 0 {
				want = Hold
			}
			if d.Outcome != want || !slices.Equal(d.Missing, append([]string{}, c.want...)) {
				t.Errorf("%v, missing %v", d.Outcome, d.Missing)
			}
			for _, object := range c.want {
				name := strings.TrimPrefix(object, "map:subject:")
				if !slices.ContainsFunc(d.Deciding(), func(r Reason) bool {
					return r.Rule == "subject_unknown" && strings.HasPrefix(r.Note, name+":") && r.Clause != "" && r.Gist != ""
				}) {
					t.Errorf("no reason names %s: %+v", name, d.Deciding())
				}
			}
		})
	}
}

// TestShippedProfileNamesNoAct: an act that nobody has signed must not satisfy Order 140.
func TestShippedProfileNamesNoAct(t *testing.T) {
	p, m := sens(t), sensMap(t)
	for _, id := range BuiltinProfileIDs() {
		pr, err := BuiltinProfile(id)
		if err != nil || pr.Acts != (Acts{}) {
			t.Errorf("%s: %+v %v", id, pr.Acts, err)
		}
	}
	d := Decide(p, Request{Export: "research", Recipient: "internal", Map: m, Now: noon})
	i := slices.IndexFunc(d.Reasons, func(r Reason) bool { return r.Rule == "local_act" })
	if d.Outcome != Refuse || i < 0 {
		t.Fatalf("%v", d.Outcome)
	}
	for _, word := range []string{"clause 4 of annex 2", "annex 1 cl. 2(3)", `acts: {m4: "…"}`, "profile of your own"} {
		if !strings.Contains(d.Reasons[i].Note, word) {
			t.Errorf("%q does not say %q", d.Reasons[i].Note, word)
		}
	}
}

// TestActForValues: values inside cells that stay are changed by a method, too.
func TestActForValues(t *testing.T) {
	p, m := sens(t), sensMap(t)
	text := "columns:\n  - {match: {kind: email}, do: m4.mask}\n  - {match: {class: [direct, technical]}, do: m2.identifier}\n  - {match: {class: quasi}, do: keep}\ngates: {k: 5}\n"
	for act, want := range map[string]Outcome{"": Refuse, "acts: {m4: \"1\"}\n": AllowWithObligations} {
		d := Decide(p, Request{Export: "research", Recipient: "internal", Columns: cols("users.phone users.gender"), Map: m, Profile: profile(t, act+text), Now: noon})
		if d.Outcome != want || d.says("local_act", "5.1", Refuses, "") != (want == Refuse) {
			t.Errorf("%q: %v", act, d.Outcome)
		}
	}
}

// TestMethodsAreTried: what a plan cannot be made with is refused by the decision, not found out by the export.
func TestMethodsAreTried(t *testing.T) {
	p, m := sens(t), sensMap(t)
	for _, c := range []struct{ entry, says string }{
		{"{match: {class: [direct, quasi]}, do: m10.shuffle}", `users.phone: unknown method "m10.shuffle"`},
		{"{match: {class: [direct, quasi]}, do: m2.identifier, face: valid}", "users.phone: m2.identifier: the face valid"},
		{"{match: {column: city}, do: m2.identifier, face: shaped}", "users.city: m2.identifier: the face shaped needs a kind"},
	} {
		pr := profile(t, "acts: {m4: \"1\", m10: \"2\"}\ncolumns:\n  - "+c.entry+"\n  - {match: {class: direct}, do: m2.identifier}\ngates: {k: 5}\n")
		d := Decide(p, Request{Export: "research", Recipient: "internal", Columns: cols("users.phone users.city"), Map: m, Profile: pr, Now: noon})
		if d.Outcome != Refuse || !slices.ContainsFunc(d.Reasons, func(r Reason) bool { return r.Rule == "profile_method" && strings.HasPrefix(r.Note, c.says) }) {
			t.Errorf("%s: %v %+v", c.entry, d.Outcome, d.Deciding())
		}
	}
}

// TestMistakesHavePlaces reads entries whose keys are all known, and are wrong together.
func TestMistakesHavePlaces(t *testing.T) {
	for _, c := range []struct{ entry, key, text string }{
		{`{match: {class: quasi}, do: m4.generalize, to: year10}`, "year10", `m4.generalize: unknown to "year10"`},
		{`{match: {class: quasi}, do: m4.generalize}`, "m4.generalize", "m4.generalize needs to"},
		{`{match: {class: quasi}, do: m4.generalize, bottom: 7, top: 5}`, "7", "m4.generalize: bottom is not below top"},
		{`{match: {class: quasi}, do: m4.generalize, to: year, round: 5}`, "year", "m4.generalize: to and round"},
		{`{match: {class: quasi}, do: m4.mask, to: year}`, "year", `m4.mask does not take "to"`},
		{`{match: {class: direct}, do: m4.mask, face: opaque}`, "opaque", `m4.mask does not take "face"`},
		{`{match: {kind: passport}, do: m2.identifier, face: shaped}`, "shaped", "m2.identifier: passport has no face shaped"},
		{`{match: {kind: phone}, do: m2.identifier, domain: user}`, "user", "columns of a kind"},
		{`{match: {kind: phone}, do: m2.identifier, face: shaped}`, "", ""},
		{`{match: {class: direct}, do: m2.identifier, face: shaped}`, "", ""},
		{`{match: {class: technical}, do: m2.identifier, domain: user}`, "", ""},
	} {
		text := "schema: pdprofile/v1\nid: p\ncolumns:\n  - " + c.entry + "\n"
		_, err := ReadProfile("p.yaml", []byte(text))
		if c.text == "" {
			if err != nil {
				t.Errorf("%s: %v", c.entry, err)
			}
			continue
		}
		errs, _ := err.(FileErrors)
		col := 5 + strings.Index(c.entry, c.key)
		if len(errs) != 1 || errs[0].Line != 4 || errs[0].Col != col || !strings.HasPrefix(errs[0].Text, c.text) {
			t.Errorf("%s: want column %d, got %v", c.entry, col, err)
		}
	}
}

// TestMistakesAreToldOnce: an error of a method names the method once.
func TestMistakesAreToldOnce(t *testing.T) {
	b := &planner{maker: anonymize.New}
	if _, err := b.make(anonymize.Spec{Do: "m4.generalize", To: "year10"}, nil); err == nil || strings.Count(err.Error(), "m4.generalize") != 1 {
		t.Error(err)
	}
}

// TestDraftedProfile drafts one for the reviewed map: no entry twice, flags leave, times and places become coarse.
func TestDraftedProfile(t *testing.T) {
	p, m := sens(t), sensMap(t)
	m.object("messages").Columns = append(m.object("messages").Columns, MapColumn{Column: "held", Class: "technical", Category: "activity", Blocked: true})
	pr := DraftProfile(p, m)
	seen := map[string]bool{}
	for i := range pr.Columns {
		k := pr.Columns[i].Match.keys()
		if seen[k] {
			t.Errorf("{%s} stands there twice", k)
		}
		seen[k] = true
	}
	for column, want := range map[string]anonymize.Spec{
		"users.created_at": {Do: "m4.generalize", To: "year"}, "users.last_login_at": {Do: "m4.generalize", To: "year"}, "device_logs.ts": {Do: "m4.generalize", To: "year"},
		"users.blocked_at": {Do: "m4.delete"}, "users.deleted_at": {Do: "m4.delete"}, "consents.ads": {Do: "m4.delete"}, "messages.held": {Do: "m4.delete"},
		"users.city": {Do: "m4.generalize", To: "region"}, "users.gender": {Do: "keep"}, "users.phone": {Do: "m2.identifier"}, "users.id": {Do: "m2.identifier"},
		"device_logs.ip": {Do: "m2.identifier"}, "misc.company": {Do: "keep"}, "misc.price": {Do: "keep"},
	} {
		object, field, _ := strings.Cut(column, ".")
		if got, ok := pr.spec(targetOf(object, m.column(object, field), p)); !ok || got != want {
			t.Errorf("%s: %+v, want %+v", column, got, want)
		}
	}
}

// TestDraftTellsWhatWasSeen: what a scan saw inside stands beside the question what a column is.
func TestDraftTellsWhatWasSeen(t *testing.T) {
	m := DraftMap(sens(t), []Seen{
		{Object: "chat.json", Field: "actor", Inside: []detectors.Kind{"person_name", "phone"}},
		{Object: "chat.json", Field: "x17"},
		{Object: "chat.json", Field: "about", Inside: []detectors.Kind{"phone"}}, // the policy says what this is
	})
	text := string(m.YAML())
	for _, want := range []string{"column: actor} # what is this? scan saw: person_name, phone\n", "column: x17} # what is this?\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.Count(text, "scan saw") != 1 {
		t.Error(text)
	}
}
