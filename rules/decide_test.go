package rules

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

func sensMap(t testing.TB) *Map {
	t.Helper()
	m, err := ReadMap("sens.map.yaml", testFile(t, "sens.map.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func cols(list string) []ColumnRef {
	var refs []ColumnRef
	for _, s := range strings.Fields(list) {
		object, field, _ := strings.Cut(s, ".")
		refs = append(refs, ColumnRef{Object: object, Field: field})
	}
	return refs
}

func profile(t testing.TB, text string) *Profile {
	t.Helper()
	pr, err := ReadProfile("p.yaml", []byte("schema: pdprofile/v1\nid: p\n"+text))
	if err != nil {
		t.Fatal(err)
	}
	return pr
}

// withAct is the profile that comes with a policy, with the number of a made-up local act.
func withAct(p *Policy) *Profile {
	pr := DefaultProfile(p)
	pr.Acts.M4 = "1"
	return pr
}

// reason says whether there is a reason of this rule, clause and effect (and column, if given).
func (d *Decision) says(rule, clause string, effect Effect, column string) bool {
	return slices.ContainsFunc(d.Reasons, func(r Reason) bool {
		return r.Rule == rule && r.Clause == clause && r.Effect == effect && (column == "" || r.Column == column)
	})
}

func (d *Decision) method(column string) string {
	for _, c := range d.Columns {
		if c.Object+"."+c.Field == column {
			return c.Do
		}
	}
	return "not listed"
}

// TestSens are decisions of the acceptance table that a request alone decides, with the clause that decided.
func TestSens(t *testing.T) {
	p, m := sens(t), sensMap(t)
	strict := "acts: {m4: \"1\"}\ncolumns:\n  - {match: {class: [direct, technical, quasi]}, do: m2.identifier}\n"
	for _, c := range []struct {
		name    string
		r       Request
		want    Outcome
		rule    string
		clause  string
		effect  Effect
		column  string
		law     []LawRef
		missing []string
		harm    string
	}{
		{name: "01 research inside, depersonalized", r: Request{Export: "research", Recipient: "internal", Columns: cols("users.* profiles.*")},
			want: AllowWithObligations, rule: "research", clause: "5.1", effect: Permits,
			law: []LawRef{{"fz-152", "6 p.1 cl.9"}, {"rkn-140", "annex 2"}}, harm: "medium"},
		{name: "02 research with the data as they are", r: Request{Export: "research", Recipient: "internal", Columns: cols("users.* profiles.*"), Identifiable: true},
			want: Refuse, rule: "depersonalization_required", clause: "5.1", effect: Refuses, law: []LawRef{{"fz-152", "6 p.1 cl.9"}}},
		{name: "02 research with a profile that changes nothing", r: Request{Export: "research", Recipient: "internal", Profile: profile(t, "")},
			want: Refuse, rule: "depersonalization_required", clause: "5.1", effect: Refuses},
		{name: "02 research with a profile that keeps names", r: Request{Export: "research", Recipient: "internal",
			Profile: profile(t, "columns:\n  - {match: {class: [direct, quasi, technical]}, do: keep}\n")},
			want: Refuse, rule: "profile_insufficient", clause: "5.1", effect: Refuses, law: []LawRef{{"rkn-140", "annex 1 cl. 1(4)"}}},
		{name: "03 research with chats", r: Request{Export: "research", Recipient: "internal", Columns: cols("users.* messages.text")},
			want: AllowWithObligations, rule: "research_without_chats", clause: "5.1", effect: Drops, column: "messages.text", law: []LawRef{{"fz-152", "10"}}},
		{name: "04 mailing with consent", r: Request{Export: "mailing", Recipient: "SMS Aero", Columns: cols("users.phone users.email")},
			want: Allow, rule: "sms_aero", clause: "App. 2 table 2 row 1", effect: Permits, law: []LawRef{{"fz-152", "6 p.1 cl.1"}}, harm: "low"},
		{name: "05 mailing with first names", r: Request{Export: "mailing", Recipient: "sms_aero", Columns: cols("users.phone users.email users.first_name")},
			want: AllowWithObligations, rule: "scope_of_recipient", clause: "App. 2 table 2 row 1", effect: Drops, column: "users.first_name"},
		{name: "06 mailing, consent withdrawn", r: Request{Export: "mailing", Recipient: "sms_aero", Columns: cols("users.phone")},
			want: Allow, rule: "consent_withdrawn", clause: "6.4", effect: Filters},
		{name: "07 mailing from London", r: Request{Export: "mailing", Recipient: "infobip", Columns: cols("users.phone users.email")},
			want: Hold, rule: "cross_border", clause: "App. 2 table 2 row 2", effect: Holds, law: []LawRef{{"fz-152", "12"}, {"rkn-178", "2.1"}},
			missing: []string{"crossborder_record"}, harm: "high"},
		{name: "07 mailing from London, with the record", r: Request{Export: "mailing", Recipient: "infobip", Columns: cols("users.phone users.email"), Documents: []string{"crossborder_record"}},
			want: AllowWithObligations, rule: "infobip", clause: "App. 2 table 2 row 2", effect: Permits, harm: "high"},
		{name: "08 profiles to Google", r: Request{Export: "login", Recipient: "Google", Columns: cols("profiles.height profiles.weight")},
			want: Hold, rule: "not_adequate", clause: "App. 2 table 1 row 4", effect: Holds, law: []LawRef{{"rkn-128", "the list"}},
			missing: []string{"crossborder_permission", "crossborder_record"}, harm: "high"},
		{name: "08 profiles to Apple, with the record only", r: Request{Export: "login", Recipient: "apple", Columns: cols("profiles.height"), Documents: []string{"crossborder_record"}},
			want: Hold, rule: "not_adequate", clause: "App. 2 table 1 row 3", effect: Holds, missing: []string{"crossborder_permission"}},
		{name: "08 profiles to Microsoft", r: Request{Export: "login", Recipient: "Microsoft", Columns: cols("profiles.height")},
			want: Hold, rule: "not_adequate", clause: "App. 2 table 1 row 9", effect: Holds},
		{name: "09 device logs to Selectel", r: Request{Export: "cloud", Recipient: "selectel", Columns: cols("device_logs.device_id device_logs.ip device_logs.ts")},
			want: Hold, rule: "automatic_scope", clause: "App. 2 table 3 row 1", effect: Holds, column: "device_logs.ip", missing: []string{"scope_confirmation"}},
		{name: "09 device logs to Yandex", r: Request{Export: "cloud", Recipient: "Yandex Cloud", Columns: cols("device_logs.device_id device_logs.ip")},
			want: Hold, rule: "automatic_scope", clause: "App. 2 table 3 row 1", effect: Holds, missing: []string{"scope_confirmation"}},
		{name: "10 cookies to a cloud", r: Request{Export: "cloud", Recipient: "selectel", Columns: cols("cookies.cookie"), Documents: []string{"scope_confirmation"}},
			want: Hold, rule: "cookies_scope", clause: "1.2.4", effect: Holds, column: "cookies.cookie", missing: []string{"cookie_clause"}},
		{name: "10 cookies to research", r: Request{Export: "research", Recipient: "internal", Columns: cols("cookies.cookie")},
			want: Hold, rule: "cookies_scope", clause: "1.2.4", effect: Holds, missing: []string{"cookie_clause"}},
		{name: "11 unnamed analytics vendor", r: Request{Export: "research", Recipient: "Best Analytics", Columns: cols("users.*")},
			want: Refuse, rule: "recipient_unknown", clause: "3.4", effect: Refuses},
		{name: "12 research data for targeted ads", r: Request{Export: "research", Recipient: "internal", Purpose: "ads", Columns: cols("users.*")},
			want: Refuse, rule: "purpose_not_of_export", clause: "5.1", effect: Refuses, law: []LawRef{{"fz-152", "15"}, {"fz-152", "6 p.1 cl.9"}}},
		{name: "12 a purpose nobody wrote down", r: Request{Export: "research", Recipient: "internal", Purpose: "targeting", Columns: cols("users.*")},
			want: Refuse, rule: "purpose_unknown", clause: "2.4.4", effect: Refuses},
		{name: "15 under 18", r: Request{Export: "research", Recipient: "internal", Columns: cols("users.*")},
			want: AllowWithObligations, rule: "under_age", clause: "4.8", effect: Filters},
		{name: "16 blocked", r: Request{Export: "mailing", Recipient: "sms_aero", Columns: cols("users.phone")},
			want: Allow, rule: "blocked", clause: "4.6", effect: Filters},
		{name: "17 support mailbox to research", r: Request{Export: "research", Recipient: "internal", Columns: cols("support_requests.*")},
			want: Refuse, rule: "support_secrecy", clause: "7.6", effect: Drops, column: "support_requests.passport"},
		{name: "18 cards in chats", r: Request{Export: "research", Recipient: "internal", Columns: cols("users.city messages.card")},
			want: AllowWithObligations, rule: "no_payment_data", clause: "3.5", effect: Drops, column: "messages.card"},
		{name: "19 exact coordinates", r: Request{Export: "research", Recipient: "internal", Columns: cols("users.city device_logs.lat_lon")},
			want: AllowWithObligations, rule: "no_exact_place", clause: "App. 1 row 3", effect: Drops, column: "device_logs.lat_lon"},
		{name: "44 result inside the source's folder", r: Request{Export: "research", Recipient: "internal", Source: "/srv/sens/users.csv", Target: "/srv/sens/out/users.csv"},
			want: Refuse, rule: "stored_together", clause: "5.1", effect: Refuses, law: []LawRef{{"rkn-140", "annex 1 cl. 1(6)"}}},
		{name: "44 same database", r: Request{Export: "research", Recipient: "internal", Source: "postgres://a:b@db/sens", Target: "postgresql://c@DB:5432/sens?search_path=out"},
			want: Refuse, rule: "stored_together", clause: "5.1", effect: Refuses},
		{name: "44 key beside the data", r: Request{Export: "research", Recipient: "internal", Source: "/srv/sens/users.csv", Target: "/srv/out/users.csv", KeyPlace: "/srv/sens/key"},
			want: Refuse, rule: "key_beside", clause: "5.1", effect: Refuses, law: []LawRef{{"rkn-140", "annex 2 cl. 3"}}},
		{name: "45 bundle with the profile", r: Request{Export: "research", Recipient: "public", Purpose: "publications", Bundle: []BundleFile{{Name: "readme", Text: []byte("see pdprofile/v1")}}},
			want: Refuse, rule: "bundle_tells", clause: "5.1", effect: Refuses, law: []LawRef{{"rkn-140", "annex 1 cl. 2(2)"}}},
		{name: "46 method of clause 4 without an act", r: Request{Export: "research", Recipient: "internal", Columns: cols("users.city users.phone"),
			Profile: profile(t, "columns:\n  - {match: {class: [direct, quasi]}, do: m4.mask}\ngates: {k: 5}\n")},
			want: Refuse, rule: "local_act", clause: "5.1", effect: Refuses, law: []LawRef{{"rkn-140", "annex 1 cl. 2(3)"}}},
		{name: "46 method of clause 10 without an act", r: Request{Export: "research", Recipient: "internal", Columns: cols("users.city users.phone"),
			Profile: profile(t, "acts: {m4: \"1\"}\ncolumns:\n  - {match: {class: [direct, quasi]}, do: m10.shuffle}\ngates: {k: 5}\n")},
			want: Refuse, rule: "local_act", clause: "5.1", effect: Refuses, law: []LawRef{{"rkn-140", "annex 1 cl. 2(4)"}}},
		{name: "46 method of clause 11 without an act", r: Request{Export: "research", Recipient: "internal", Columns: cols("users.city users.phone"),
			Profile: profile(t, "acts: {m4: \"1\", m10: \" \"}\ncolumns:\n  - {match: {class: [direct, quasi]}, do: m11.decompose}\ngates: {k: 5}\n")},
			want: Refuse, rule: "local_act", clause: "5.1", effect: Refuses, law: []LawRef{{"rkn-140", "annex 1 cl. 2(5)"}}},
		{name: "46 the act is there", r: Request{Export: "research", Recipient: "internal", Columns: cols("users.city users.phone"),
			Profile: profile(t, "acts: {m4: \"7\"}\ncolumns:\n  - {match: {class: [direct, quasi]}, do: m4.mask}\ngates: {k: 5}\n")},
			want: AllowWithObligations, rule: "research", clause: "5.1", effect: Permits},
		{name: "47 a profile that lets findings pass", r: Request{Export: "research", Recipient: "internal", Profile: profile(t, strict+"gates: {residual_pd: 1, k: 5}\n")},
			want: Refuse, rule: "residual_gate", clause: "5.1", effect: Refuses, law: []LawRef{{"rkn-140", "annex 1 cl. 1(4)"}}},
		{name: "48 a profile without k", r: Request{Export: "research", Recipient: "internal", Profile: profile(t, strict)},
			want: Refuse, rule: "k_gate", clause: "5.1", effect: Refuses},
		{name: "50 a kind nobody knows", r: Request{Export: "research", Recipient: "internal", Columns: cols("users.city misc.riddle")},
			want: Hold, rule: "kind_unknown", clause: "3.1", effect: Holds, column: "misc.riddle", missing: []string{"map:misc.riddle"}},
		{name: "a column that is not in the map", r: Request{Export: "research", Recipient: "internal", Columns: cols("users.city users.shoe")},
			want: Hold, rule: "column_unknown", clause: "3.1", effect: Holds, missing: []string{"map:users.shoe"}},
		{name: "a column nobody has explained", r: Request{Export: "research", Recipient: "internal", Columns: cols("users.city misc.notes")},
			want: Hold, rule: "category_unknown", clause: "3.1", effect: Holds, missing: []string{"map:misc.notes"}},
		{name: "undeclared kind", r: Request{Export: "research", Recipient: "internal", Columns: cols("users.city misc.snils")},
			want: AllowWithObligations, rule: "undeclared", clause: "3.1", effect: Drops, column: "misc.snils"},
		{name: "an export nobody wrote down", r: Request{Export: "resarch", Recipient: "internal"},
			want: Refuse, rule: "export_unknown", clause: "3.1", effect: Refuses},
		{name: "nothing said", r: Request{}, want: Refuse, rule: "recipient_unknown", clause: "3.4", effect: Refuses},
		{name: "support for support", r: Request{Export: "research", Recipient: "internal", Purpose: "support", Columns: cols("support_requests.*")},
			want: Refuse, rule: "purpose_not_of_export", clause: "5.1", effect: Refuses},
		{name: "state body without a request", r: Request{Export: "state", Recipient: "state_body", Columns: cols("users.phone")},
			want: Hold, rule: "document_required", clause: "5.2.3", effect: Holds, missing: []string{"state_request"}},
		{name: "chats to a cloud", r: Request{Export: "cloud", Recipient: "selectel", Columns: cols("messages.text")},
			want: Hold, rule: "chats_of_others", clause: "App. 1 row 2", effect: Holds, missing: []string{"chat_clause"}},
		{name: "research profile for a mailing is not used", r: Request{Export: "mailing", Recipient: "sms_aero", Columns: cols("users.phone"), Profile: withAct(p)},
			want: Allow, rule: "mailing", clause: "6.2", effect: Permits},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.r.Map, c.r.Now = m, noon
			if c.r.Profile == nil {
				c.r.Profile = withAct(p)
			}
			d := Decide(p, c.r)
			if d.Outcome != c.want {
				t.Errorf("decided %v, want %v", d.Outcome, c.want)
			}
			if !d.says(c.rule, c.clause, c.effect, c.column) {
				t.Errorf("no reason %s by clause %s", c.rule, c.clause)
			}
			for _, l := range c.law {
				if !slices.Contains(d.Law, l) {
					t.Errorf("no law %v", l)
				}
			}
			if c.missing != nil && !slices.Equal(d.Missing, c.missing) {
				t.Errorf("missing %v, want %v", d.Missing, c.missing)
			}
			if c.harm != "" && d.Harm != c.harm {
				t.Errorf("harm %s, want %s", d.Harm, c.harm)
			}
			if d.Outcome == Hold && len(d.Missing) == 0 {
				t.Error("a hold names what is missing")
			}
			if t.Failed() {
				b, _ := d.JSON()
				t.Logf("%s", b)
			}
		})
	}
}

// TestColumnsOfTheDecision looks at the column plan of decisions 1 and 5.
func TestColumnsOfTheDecision(t *testing.T) {
	p, m := sens(t), sensMap(t)
	d := Decide(p, Request{Export: "mailing", Recipient: "sms_aero", Columns: cols("users.phone users.email users.first_name"), Map: m, Now: noon})
	for column, want := range map[string]string{"users.phone": "keep", "users.email": "keep", "users.first_name": "drop"} {
		if got := d.method(column); got != want {
			t.Errorf("05 %s: %s, want %s", column, got, want)
		}
	}
	d = Decide(p, Request{Export: "research", Recipient: "internal", Map: m, Profile: withAct(p), Now: noon}) // everything the map knows
	if d.Outcome != AllowWithObligations {
		t.Fatalf("01 got %v", d.Outcome)
	}
	for column, want := range map[string]string{"users.id": "m2.identifier", "users.first_name": "m2.identifier", "users.birth_date": "m4.generalize",
		"users.photo_url": "drop", "users.phone": "m2.identifier", "users.gender": "keep", "profiles.height": "m4.generalize", "profiles.about": "m4.delete",
		"messages.text": "drop", "cookies.cookie": "drop", "device_logs.ip": "drop", "support_requests.passport": "drop", "misc.company": "keep",
		"misc.price": "keep", "misc.notes": "drop", "misc.snils": "drop"} {
		if got := d.method(column); got != want {
			t.Errorf("01 %s: %s, want %s", column, got, want)
		}
	}
}

func TestRowsOfTheDecision(t *testing.T) {
	p, m := sens(t), sensMap(t)
	has := func(d *Decision, want RowFilter) {
		t.Helper()
		if !slices.Contains(d.Rows, want) {
			t.Errorf("no %+v in %+v", want, d.Rows)
		}
	}
	d := Decide(p, Request{Export: "mailing", Recipient: "sms_aero", Columns: cols("users.phone"), Map: m, Now: noon})
	has(d, RowFilter{Object: "consents", Field: "ads", When: Falsy, Reason: "consent_withdrawn", Clause: "6.4", Require: true})
	has(d, RowFilter{Object: "users", Field: "blocked_at", When: NotEmpty, Reason: "blocked", Clause: "4.6"})
	has(d, RowFilter{Object: "users", Field: "deleted_at", When: NotEmpty, Reason: "deleted", Clause: "3.9"})
	has(d, RowFilter{Object: "users", Field: "birth_date", When: Under, Arg: "18", Reason: "under_age", Clause: "4.8"})
	has(d, RowFilter{Object: "users", Field: "last_login_at", When: Before, Arg: "2025-11-25", Reason: "retention", Clause: "App. 1 row 1"})
	d = Decide(p, Request{Export: "research", Recipient: "internal", Map: m, Profile: withAct(p), Now: noon})
	has(d, RowFilter{Object: "users", Field: "last_login_at", When: Before, Arg: "2025-10-26", Reason: "retention", Clause: "App. 1 row 1"})
	for _, f := range d.Rows {
		if f.Reason == "deleted" || f.Reason == "consent_withdrawn" {
			t.Errorf("research keeps deleted accounts, depersonalized, and asks no consent: %+v", f)
		}
	}
	d.RowsDropped()
	if d.Outcome != AllowWithObligations {
		t.Error(d.Outcome)
	}
}

func TestConsentStoreMissing(t *testing.T) {
	p, m := sens(t), sensMap(t)
	m.Objects = slices.DeleteFunc(m.Objects, func(o MapObject) bool { return o.Object == "consents" })
	d := Decide(p, Request{Export: "mailing", Recipient: "sms_aero", Columns: cols("users.phone"), Map: m, Now: noon})
	if d.Outcome != Hold || !slices.Equal(d.Missing, []string{"map:consent:consent_ads"}) {
		t.Errorf("%v %v", d.Outcome, d.Missing)
	}
}

// TestRefusalsAreCollected: everything wrong with a request is said at once.
func TestRefusalsAreCollected(t *testing.T) {
	d := Decide(sens(t), Request{Export: "research", Recipient: "nobody", Purpose: "ads", Identifiable: true, Map: sensMap(t), Now: noon,
		Source: "/a/b.csv", Target: "/a/c.csv"})
	for _, rule := range []string{"recipient_unknown", "purpose_not_of_export", "depersonalization_required", "stored_together"} {
		if !slices.ContainsFunc(d.Reasons, func(r Reason) bool { return r.Rule == rule && r.Effect == Refuses }) {
			t.Errorf("no %s", rule)
		}
	}
	if d.Outcome != Refuse || d.Outcome.Exit() != 5 || len(d.Obligations) != 0 {
		t.Errorf("%v", d.Outcome)
	}
}

func TestOutcomes(t *testing.T) {
	for o, want := range map[Outcome]struct {
		name string
		exit int
	}{Refuse: {"refuse", 5}, Hold: {"hold", 6}, AllowWithObligations: {"allow_with_obligations", 0}, Allow: {"allow", 0}} {
		b, err := json.Marshal(o)
		if err != nil || string(b) != `"`+want.name+`"` || o.Exit() != want.exit {
			t.Errorf("%s %d", b, o.Exit())
		}
		var back Outcome
		if err := json.Unmarshal(b, &back); err != nil || back != o {
			t.Errorf("%v %v", back, err)
		}
	}
	var zero Decision
	if zero.Outcome != Refuse {
		t.Error("the zero value refuses")
	}
}

// TestDecisionJSON holds the names of the stable object.
func TestDecisionJSON(t *testing.T) {
	d := Decide(sens(t), Request{Export: "research", Recipient: "internal", Map: sensMap(t), Now: noon})
	a, err := d.JSON()
	if err != nil {
		t.Fatal(err)
	}
	b, _ := Decide(sens(t), Request{Export: "research", Recipient: "internal", Map: sensMap(t), Now: noon}).JSON()
	if string(a) != string(b) {
		t.Error("the same request gives other bytes")
	}
	var o map[string]any
	if err := json.Unmarshal(a, &o); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"decision", "export", "recipient", "purpose", "reasons", "law", "obligations", "column_plan", "rows", "harm_grade", "missing",
		"policy_sha256", "law_version", "at"} {
		if _, ok := o[key]; !ok {
			t.Errorf("no %q", key)
		}
		if o[key] == nil {
			t.Errorf("%q is null", key)
		}
	}
	if o["at"] != "2026-11-25T12:00:00Z" || o["law_version"] != "2026-11-27" {
		t.Errorf("%v %v", o["at"], o["law_version"])
	}
}

func TestPlaces(t *testing.T) {
	dir := t.TempDir()
	at := func(s string) string { return filepath.Join(dir, s) }
	for _, c := range []struct {
		source, target string
		together       bool
	}{
		{at("a/u.csv"), at("b/u.csv"), false},
		{at("a/u.csv"), at("a/v.csv"), true},
		{at("a"), at("a/out/v.csv"), true},
		{at("a/b/u.csv"), at("a") + "/", true}, // the target holds the source
		{at("a/u.csv"), at("v.csv"), false},
		{at("ab/u.csv"), at("a/v.csv"), false},
		{"sqlite:" + at("a/x.db"), at("a/v.csv"), true},
		{"postgres://u:p@h/base", "postgres://v@h:5432/base?sslmode=disable", true},
		{"postgres://u:p@h/base", "postgres://u:p@h/other", false},
		{"postgres://127.0.0.1/base", "postgres://localhost/base", true},
		{"s3://bucket/a", "s3://bucket/b", true},
		{"s3://bucket/a", "s3://other/a", false},
		{"-", "-", false},
		{"postgres://h/base", at("v.csv"), false},
	} {
		if got := together(c.source, c.target); got != c.together {
			t.Errorf("%s and %s: %t", filepath.Base(c.source), filepath.Base(c.target), got)
		}
	}
	if !beside(at("a/key"), at("a/u.csv")) || !beside(at("a/k/key"), at("a/u.csv")) || beside(at("k/key"), at("a/u.csv")) {
		t.Error("beside")
	}
}

// TestNoPlaceInADecision: places may hold passwords.
func TestNoPlaceInADecision(t *testing.T) {
	d := Decide(sens(t), Request{Export: "research", Recipient: "internal", Map: sensMap(t), Now: noon,
		Source: "postgres://root:hunter2@h/b", Target: "postgres://root:hunter2@h/b", KeyPlace: "postgres://root:hunter2@h/b"})
	b, _ := d.JSON()
	if strings.Contains(string(b), "hunter2") || d.Outcome != Refuse {
		t.Errorf("%s", b)
	}
}

func TestBundle(t *testing.T) {
	p, m := sens(t), sensMap(t)
	for _, c := range []struct {
		name, text string
		refuse     bool
	}{
		{"a description", "what the columns are, and how many rows", false},
		{"a method", "phones went through M4.mask", true},
		{"the program", "made with Bezlik", true},
		{"a key", strings.Repeat("0a", 32) + "\n", true},
		{"a profile", "schema: pdprofile/v1", true},
	} {
		d := Decide(p, Request{Export: "research", Recipient: "public", Purpose: "publications", Map: m, Profile: withAct(p), Now: noon, Bundle: []BundleFile{{Name: "x", Text: []byte(c.text)}}})
		if (d.Outcome == Refuse) != c.refuse {
			t.Errorf("45 %s: %v", c.name, d.Outcome)
		}
	}
}

// answers asks everything there is to ask of a policy until say stops it. The policy's own fingerprint is left out.
func answers(p *Policy, m *Map, pr *Profile, say func(string) bool) {
	ask := func(r Request) bool {
		r.Map, r.Now, r.Profile = m, noon, pr
		d := Decide(p, r)
		d.PolicySHA = ""
		j, _ := json.Marshal(d)
		return say(string(j))
	}
	for _, x := range p.Exports {
		for _, r := range p.Recipients {
			if !ask(Request{Export: x.ID, Recipient: r.ID}) {
				return
			}
		}
		for _, u := range p.Purposes {
			for _, r := range p.Recipients {
				if !ask(Request{Export: x.ID, Recipient: r.ID, Purpose: u.ID, Columns: cols("users profiles cookies messages.text device_logs support_requests")}) {
					return
				}
			}
		}
	}
}

// TestEveryRuleMatters flips each rule and scope of the policy: at least one decision must change.
func TestEveryRuleMatters(t *testing.T) {
	m := sensMap(t)
	misc := m.object("misc") // a column of an unknown kind holds up all exports: without it there is more to see
	misc.Columns = slices.DeleteFunc(misc.Columns, func(c MapColumn) bool { return c.Kind == "ambiguous" })
	p := sens(t)
	pr := withAct(p)
	var before []string
	answers(p, m, pr, func(s string) bool { before = append(before, s); return true })
	try := func(name string, change func(p *Policy)) {
		p, i, same := sens(t), 0, true
		change(p)
		answers(p, m, pr, func(s string) bool { same = s == before[i]; i++; return same })
		if same {
			t.Errorf("%s changes nothing", name)
		}
	}
	without := func(w Words, i int) Words { return slices.Delete(slices.Clone(w), i, i+1) }
	for i, r := range p.Rules {
		try("no rule "+r.ID, func(p *Policy) { p.Rules = slices.Delete(p.Rules, i, i+1) })
		try("effect of "+r.ID, func(p *Policy) {
			p.Rules[i].Effect = map[string]string{"drop": "hold", "hold": "drop", "refuse": "hold"}[r.Effect]
		})
		try("clause of "+r.ID, func(p *Policy) { p.Rules[i].Clause = "c1_1" })
	}
	for i, r := range p.Rows {
		try("no row rule "+r.ID, func(p *Policy) { p.Rows = slices.Delete(p.Rows, i, i+1) })
	}
	for i, f := range p.Forbidden {
		for k := range f.Kinds {
			if f.Kinds[k] == "bank_account" { // the map has none
				continue
			}
			try("forbidden "+f.ID, func(p *Policy) { p.Forbidden[i].Kinds = without(f.Kinds, k) })
		}
	}
	for i, c := range p.Conflicts {
		if c.Resolution == "hold" {
			try("no conflict "+c.ID, func(p *Policy) { p.Conflicts = slices.Delete(p.Conflicts, i, i+1) })
		}
	}
	for i, r := range p.Recipients {
		try("country of "+r.ID, func(p *Policy) {
			p.Recipients[i].Country, p.Recipients[i].Role = map[bool]string{true: "US", false: "RU"}[r.Country != "US" && r.Country != "GB" && r.Country != "CN"], "processor"
		})
		for k := range r.Scope.Origins {
			try(fmt.Sprintf("origin %s of %s", r.Scope.Origins[k], r.ID), func(p *Policy) { p.Recipients[i].Scope.Origins = without(r.Scope.Origins, k) })
		}
		for k := range r.Scope.Fields {
			try(fmt.Sprintf("field %s of %s", r.Scope.Fields[k], r.ID), func(p *Policy) { p.Recipients[i].Scope.Fields = without(r.Scope.Fields, k) })
		}
		for k := range r.Purposes {
			try(fmt.Sprintf("purpose %s of %s", r.Purposes[k], r.ID), func(p *Policy) { p.Recipients[i].Purposes = without(r.Purposes, k) })
		}
		try("clause of "+r.ID, func(p *Policy) { p.Recipients[i].Clause = "c1_1" })
	}
	for i, x := range p.Exports {
		for k, c := range x.Categories {
			try(x.ID+" without "+c, func(p *Policy) { p.Exports[i].Categories = without(x.Categories, k) })
		}
		for k, r := range x.Recipients {
			try(x.ID+" not to "+r, func(p *Policy) { p.Exports[i].Recipients = without(x.Recipients, k) })
		}
		for k, u := range x.Purposes {
			if len(x.Purposes) > 1 {
				try(x.ID+" not for "+u, func(p *Policy) { p.Exports[i].Purposes = without(x.Purposes, k) })
			}
		}
		try("form of "+x.ID, func(p *Policy) {
			p.Exports[i].Depersonalize = map[string]string{"mandatory": "no", "no": "mandatory"}[x.Depersonalize]
		})
		try("clause of "+x.ID, func(p *Policy) { p.Exports[i].Clause = "c1_1" })
		if x.BeyondCollection != "" {
			try("beyond collection of "+x.ID, func(p *Policy) { p.Exports[i].BeyondCollection = "" })
		}
		for k := range x.Requires {
			try("document of "+x.ID, func(p *Policy) { p.Exports[i].Requires = without(x.Requires, k) })
		}
		if len(x.Obligations) > 0 && x.ID != "state" { // on hold without the request, and then without obligations
			try("obligations of "+x.ID, func(p *Policy) { p.Exports[i].Obligations = nil })
		}
	}
	for i, c := range p.Categories {
		if c.ID == "ad_id" { // the map has none
			continue
		}
		try("origin of "+c.ID, func(p *Policy) {
			p.Categories[i].Origin = map[bool]string{true: "request", false: "automatic"}[c.Origin != "request"]
		})
		for k, u := range c.Purposes {
			if !contains([]string{"registration", "functionality", "operation", "ads"}, u) || c.Origin == "automatic" && u != "operation" {
				continue // no export is made for it, or none holds the category
			}
			try(c.ID+" not collected for "+u, func(p *Policy) { p.Categories[i].Purposes = without(c.Purposes, k) })
		}
	}
	for i, k := range p.Retention {
		if k.Start == "last_activity" {
			try("clock "+k.ID, func(p *Policy) { p.Retention[i].Keep = "P2Y" })
			try("grace of "+k.ID, func(p *Policy) { p.Retention[i].Grace = "P60D" })
		}
	}
	for i, g := range p.Grounds {
		try("ground "+g.ID, func(p *Policy) {
			p.Grounds[i].Kind = map[string]string{"consent": "contract"}[g.Kind]
			if p.Grounds[i].Kind == "" {
				p.Grounds[i].Kind = "consent"
			}
		})
	}
	for i, u := range p.Purposes {
		try("ground of "+u.ID, func(p *Policy) {
			p.Purposes[i].Ground = map[bool]string{true: "agreement", false: "consent_ads"}[u.Ground == "consent_ads"]
		})
	}
}
