package rules

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"bezlik/anonymize"
	"bezlik/detectors"

	"pgregory.net/rapid"
)

func key(t testing.TB) *anonymize.Key {
	t.Helper()
	k, err := anonymize.ParseKey([]byte(strings.Repeat("5a", 32)))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func researchPlan(t testing.TB) (*Decision, *Plan) {
	t.Helper()
	m := sensMap(t)
	p := sens(t)
	d := Decide(p, Request{Export: "research", Recipient: "internal", Map: m, Profile: withAct(p), Now: noon})
	plan, err := NewPlan(d, m, nil, key(t))
	if err != nil {
		t.Fatal(err)
	}
	return d, plan
}

func (p *Plan) column(t testing.TB, object, field string) ColumnPlan {
	t.Helper()
	o := p.Objects[object]
	if o == nil {
		t.Fatalf("no object %s", object)
	}
	i := slices.IndexFunc(o.Columns, func(c ColumnPlan) bool { return c.Field == field })
	if i < 0 {
		t.Fatalf("no column %s.%s", object, field)
	}
	return o.Columns[i]
}

func apply(t testing.TB, m anonymize.Method, k detectors.Kind, value string) string {
	t.Helper()
	out, err := m.Append(nil, detectors.Find(k), []byte(value))
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestPlanOfResearch(t *testing.T) {
	_, plan := researchPlan(t)
	if plan.Gates != (Gates{Residual: 0, K: 5, Suppression: 0.1}) { // 47, 48
		t.Errorf("gates %+v", plan.Gates)
	}
	users := plan.Objects["users"]
	if users.Subject != "id" || plan.Objects["profiles"].Subject != "user_id" || users.Rest != Drop {
		t.Errorf("subject %q, rest %v", users.Subject, users.Rest)
	}
	if want := []string{"birth_date", "gender", "city", "country"}; !slices.Equal(users.Quasi, want) {
		t.Errorf("quasi %v, want %v", users.Quasi, want)
	}
	for _, f := range []string{"photo_url", "blocked_at"} {
		if c := plan.column(t, "users", f); c.Action != Drop || c.Method != nil {
			t.Errorf("%s: %+v", f, c)
		}
	}
	if c := plan.column(t, "messages", "text"); c.Action != Drop {
		t.Errorf("03 %+v", c)
	}
	id := apply(t, plan.column(t, "users", "id").Method, "", "1017")
	if id != apply(t, plan.column(t, "profiles", "user_id").Method, "", "1017") || id == "1017" {
		t.Error("columns of one domain share identifiers")
	}
	phone := apply(t, plan.column(t, "users", "phone").Method, "phone", "+7 900 000-00-00")
	if !detectors.IsToken([]byte(phone)) {
		t.Errorf("a phone became %q", phone)
	}
	if got := apply(t, plan.column(t, "profiles", "height").Method, "", "172"); strings.Contains(got, "172") || got == "" {
		t.Errorf("a height became %q", got)
	}
	for _, d := range detectors.All() { // nothing personal stays inside cells that stay
		if d.Class != detectors.Organisation && plan.Clear(d.Kind) {
			t.Errorf("47 values of kind %s would stay", d.Kind)
		}
	}
}

func TestPlanOfMailing(t *testing.T) {
	m := sensMap(t)
	d := Decide(sens(t), Request{Export: "mailing", Recipient: "sms_aero", Columns: cols("users.phone users.first_name"), Map: m, Now: noon})
	plan, err := NewPlan(d, m, nil, key(t))
	if err != nil {
		t.Fatal(err)
	}
	if c := plan.column(t, "users", "phone"); c.Action != Keep {
		t.Errorf("04 %+v", c)
	}
	if c := plan.column(t, "users", "first_name"); c.Action != Drop {
		t.Errorf("05 %+v", c)
	}
	if !plan.Clear("phone") || plan.Clear("email") || plan.Clear("person_name") {
		t.Error("only what a column lets out may stay")
	}
	consents := plan.Objects["consents"]
	if consents == nil || len(consents.Columns) != 0 || consents.Rest != Drop || consents.Subject != "user_id" || len(consents.Rows) != 1 || !consents.Rows[0].Require {
		t.Errorf("06 %+v", consents)
	}
}

func TestNoPlanWithoutPermission(t *testing.T) {
	p, m := sens(t), sensMap(t)
	for name, r := range map[string]Request{
		"refused": {Export: "research", Recipient: "nobody"},
		"held":    {Export: "mailing", Recipient: "infobip", Columns: cols("users.phone")},
	} {
		r.Map, r.Now = m, noon
		if plan, err := NewPlan(Decide(p, r), m, nil, key(t)); err == nil || plan != nil {
			t.Errorf("%s: a plan", name)
		}
	}
	if plan, err := NewPlan(nil, m, nil, key(t)); err == nil || plan != nil {
		t.Error("no decision: a plan")
	}
	if plan, err := NewPlan(&Decision{}, m, nil, key(t)); err == nil || plan != nil {
		t.Error("zero decision: a plan")
	}
	d := Decide(p, Request{Export: "research", Recipient: "internal", Map: m, Profile: withAct(p), Now: noon})
	if _, err := NewPlan(d, m, nil, nil); err == nil {
		t.Error("identifiers without a key")
	}
	if _, err := NewPlan(d, m, MaskProfile(), key(t)); err == nil {
		t.Error("another profile than the one of the decision")
	}
}

func TestHashOfPlan(t *testing.T) {
	p, m := sens(t), sensMap(t)
	plan := func(at time.Time, k *anonymize.Key, columns string) string {
		d := Decide(p, Request{Export: "research", Recipient: "internal", Columns: cols(columns), Map: m, Profile: withAct(p), Now: at})
		x, err := NewPlan(d, m, nil, k)
		if err != nil {
			t.Fatal(err)
		}
		return x.Hash
	}
	base := plan(noon, key(t), "users")
	if len(base) != 64 || base != plan(noon.Add(time.Hour), key(t), "users") {
		t.Error("the same plan an hour later has another hash")
	}
	if base == plan(noon.AddDate(0, 0, 1), key(t), "users") {
		t.Error("other row filters, the same hash")
	}
	if base == plan(noon, anonymize.RandomKey(), "users") {
		t.Error("another key, the same hash")
	}
	if base == plan(noon, key(t), "users profiles") {
		t.Error("other columns, the same hash")
	}
}

func TestMaskPlan(t *testing.T) {
	seen := []Seen{
		{Object: "u.csv", Field: "phone", Kind: "phone", Class: detectors.Direct, Score: 97},
		{Object: "u.csv", Field: "note", FreeText: true, Inside: []detectors.Kind{"phone"}},
		{Object: "u.csv", Field: "city"},
		{Object: "u.csv", Field: "firm", Kind: "inn_org", Class: detectors.Organisation, Score: 97},
	}
	plan, err := MaskPlan(MaskProfile(), seen, nil)
	if err != nil {
		t.Fatal(err)
	}
	for field, want := range map[string]Action{"phone": Change, "note": Keep, "city": Keep, "firm": Keep} {
		if c := plan.column(t, "u.csv", field); c.Action != want {
			t.Errorf("%s: %v, want %v", field, c.Action, want)
		}
	}
	if got := apply(t, plan.column(t, "u.csv", "phone").Method, "phone", "+7 900 000-00-00"); strings.ContainsAny(got, "0123456789") || !strings.Contains(got, "*") {
		t.Errorf("a phone became %q", got)
	}
	for _, d := range detectors.All() {
		want := d.Class != detectors.Organisation
		if plan.Clear(d.Kind) == want {
			t.Errorf("%s: clear %t", d.Kind, !want)
		}
	}
	if plan.All == nil || plan.All.Rest != Keep || plan.Objects["u.csv"].Rest != Keep {
		t.Error("what nobody has seen is looked into, not left out")
	}
}

func TestProfileWithoutColumnsChangesNothing(t *testing.T) {
	plan, err := MaskPlan(profile(t, ""), []Seen{{Object: "o", Field: "phone", Kind: "phone", Class: detectors.Direct, Score: 99}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if c := plan.column(t, "o", "phone"); c.Action != Keep || len(plan.Values) != 0 || plan.Other != nil || !plan.Clear("phone") {
		t.Errorf("%+v", plan)
	}
}

func TestDraft(t *testing.T) {
	p := sens(t)
	seen := func(object, field string, kind detectors.Kind) Seen {
		s := Seen{Object: object, Field: field, Kind: kind}
		if kind != "" {
			s.Class, s.Score = ClassOf(kind), 97
		}
		return s
	}
	m := DraftMap(p, []Seen{
		seen("public.users", "id", ""), seen("public.users", "firstName", "person_name"), seen("public.users", "birth_date", "birth_date"),
		seen("public.users", "phone", "phone"), seen("public.users", "city", ""), seen("public.users", "last_login_at", ""),
		seen("public.users", "blocked_at", ""), seen("public.users", "deleted_at", ""), seen("public.users", "рост", ""), seen("public.users", "x17", ""),
		seen("profiles.csv", "user_id", ""), seen("profiles.csv", "about", ""), seen("profiles.csv", "company inn", "inn_org"),
		seen("messages", "text", ""), seen("consents", "user_id", ""), seen("consents", "ads", ""),
		seen("support_requests", "user_id", ""), seen("support_requests", "passport", "passport"), seen("support_requests", "phone", "phone"),
		seen("orders", "snils", "snils"),
	})
	for _, c := range []struct {
		object, field string
		want          MapColumn
	}{
		{"public.users", "id", MapColumn{Category: "user_id", Attribute: "user_id", Domain: "user", Class: "technical"}},
		{"public.users", "firstName", MapColumn{Kind: "person_name", Class: "direct", Category: "identity", Attribute: "first_name"}},
		{"public.users", "birth_date", MapColumn{Kind: "birth_date", Class: "quasi", Category: "birth", Attribute: "birth_date", Quasi: true, BirthDate: true}},
		{"public.users", "city", MapColumn{Class: "quasi", Category: "place", Attribute: "city", Quasi: true}},
		{"public.users", "last_login_at", MapColumn{Class: "technical", Category: "activity", Attribute: "last_activity", LastActivity: true}},
		{"public.users", "blocked_at", MapColumn{Class: "technical", Category: "activity", Attribute: "blocked", Blocked: true}},
		{"public.users", "deleted_at", MapColumn{Class: "technical", Category: "activity", Attribute: "deleted", Deleted: true}},
		{"public.users", "рост", MapColumn{Class: "quasi", Category: "body", Attribute: "height", Quasi: true}},
		{"public.users", "x17", MapColumn{}},
		{"profiles.csv", "user_id", MapColumn{Category: "user_id", Attribute: "user_id", Domain: "user", Class: "technical"}},
		{"profiles.csv", "about", MapColumn{Class: "quasi", Category: "about", Attribute: "about", FreeText: true}},
		{"profiles.csv", "company inn", MapColumn{Kind: "inn_org", Class: "organisation"}},
		{"messages", "text", MapColumn{Class: "direct", Category: "chat", Attribute: "chat_text", FreeText: true}},
		{"consents", "ads", MapColumn{Class: "technical", Category: "activity", Attribute: "consent", Consent: "consent_ads"}},
		{"support_requests", "passport", MapColumn{Kind: "passport", Class: "direct", Category: "support_identity"}},
		{"support_requests", "phone", MapColumn{Kind: "phone", Class: "direct", Category: "support_contact", Attribute: "phone"}},
		{"support_requests", "user_id", MapColumn{Class: "technical", Category: "user_id", Attribute: "user_id", Domain: "user", Origin: "request"}},
		{"orders", "snils", MapColumn{Kind: "snils", Class: "direct"}},
	} {
		c.want.Column = c.field
		if got := m.column(c.object, c.field); got == nil || *got != c.want {
			t.Errorf("%s.%s:\n got %+v\nwant %+v", c.object, c.field, got, c.want)
		}
	}
	for object, want := range map[string]string{"public.users": "id", "profiles.csv": "user_id", "consents": "user_id", "orders": ""} {
		if got := m.object(object).Subject; got != want {
			t.Errorf("subject of %s: %q, want %q", object, got, want)
		}
	}
	back, err := ReadMap("draft.yaml", m.YAML())
	if err != nil {
		t.Fatal(err)
	}
	a, _ := json.Marshal(m)
	b, _ := json.Marshal(back)
	if string(a) != string(b) {
		t.Errorf("read back:\n%s\n%s", a, b)
	}
	if err := back.Check(p); err != nil {
		t.Error(err)
	}
	if err := validate(t, compiled(t, "pdmap/v1"), m.YAML()); err != nil {
		t.Error(err)
	}
	pr := DraftProfile(p, m)
	if d := Decide(p, Request{Export: "research", Recipient: "internal", Map: m, Profile: pr, Now: noon}); d.Outcome != Refuse || !d.says("local_act", "5.1", Refuses, "") {
		t.Errorf("46 a drafted profile has no act numbers yet: %v", d.Outcome)
	}
	pr.Acts.M4 = "1"
	read, err := ReadProfile("draft.yaml", pr.YAML())
	if err != nil {
		t.Fatalf("%v\n%s", err, pr.YAML())
	}
	d := Decide(p, Request{Export: "research", Recipient: "internal", Map: m, Profile: read, Now: noon})
	if d.Outcome != AllowWithObligations {
		b, _ := d.JSON()
		t.Fatalf("%s", b)
	}
	if _, err := NewPlan(d, m, read, key(t)); err != nil {
		t.Error(err)
	}
}

// TestDraftedMapDecides: the scan's own verdict is a map.
func TestDraftedMapDecides(t *testing.T) {
	p := sens(t)
	m := DraftMap(p, []Seen{{Object: "users.csv", Field: "phone", Kind: "phone", Class: detectors.Direct, Score: 99}, {Object: "users.csv", Field: "height"}})
	if d := Decide(p, Request{Export: "research", Recipient: "internal", Map: m, Profile: withAct(p), Now: noon}); d.Outcome != AllowWithObligations {
		t.Error(d.Outcome)
	}
}

// TestNamesReadBack: whatever an object or a column is called, its map reads back as it was.
func TestNamesReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringN(1, 30, -1).Filter(func(s string) bool { return strings.TrimSpace(s) != "" && strings.ToValidUTF8(s, "") == s }).Draw(t, "name")
		m := &Map{Schema: "pdmap/v1", Policy: "sens", Objects: []MapObject{{Object: name, Subject: name, Columns: []MapColumn{{Column: name, Quasi: true}}}}}
		back, err := ReadMap("m", m.YAML())
		if err != nil {
			t.Fatalf("%v\n%s", err, m.YAML())
		}
		if o := back.Objects[0]; o.Object != name || o.Subject != name || o.Columns[0].Column != name || !o.Columns[0].Quasi {
			t.Fatalf("%q became %+v", name, o)
		}
	})
}

func TestDiff(t *testing.T) {
	a, b := sens(t), sens(t)
	if lines := Diff(a, b); len(lines) != 0 {
		t.Errorf("%v", lines)
	}
	b.Title = "another"
	b.Rules = b.Rules[1:]
	b.Recipients[0].Country = "US"
	b.Purposes = append(b.Purposes, Purpose{ID: "new"})
	want := []string{`~ title: "SENS, a dating service" → "another"`, "+ purposes new", `~ recipients internal, country: "RU" → "US"`, "- rules support_secrecy"}
	if lines := Diff(a, b); !slices.Equal(lines, want) {
		t.Errorf("got %q", lines)
	}
}

func TestMethodThatCannotBeMade(t *testing.T) {
	failing := func(anonymize.Spec, *detectors.Detector, *anonymize.Key, string) (anonymize.Method, error) {
		return nil, errors.New("no")
	}
	if _, err := maskPlan(MaskProfile(), nil, nil, failing); len(detectors.All()) > 0 && (err == nil || !strings.Contains(err.Error(), "m4.mask")) {
		t.Errorf("%v", err)
	}
}
