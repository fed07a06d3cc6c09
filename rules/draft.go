package rules

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"bezlik/anonymize"
	"bezlik/detectors"
)

// DraftMap makes a map out of what a scan has seen, for a person to review. Columns that neither a detector nor
// their name explains get no category: they stay behind until somebody says what they are.
func DraftMap(p *Policy, seen []Seen) *Map {
	m := &Map{Schema: "pdmap/v1", Policy: p.ID}
	for _, s := range seen {
		o := m.object(s.Object)
		if o == nil {
			m.Objects = append(m.Objects, MapObject{Object: s.Object})
			o = &m.Objects[len(m.Objects)-1]
		}
		o.Columns = append(o.Columns, p.draftColumn(s))
	}
	for i := range m.Objects {
		m.Objects[i].Subject = subjectOf(&m.Objects[i])
	}
	return m
}

func (p *Policy) draftColumn(s Seen) MapColumn {
	c := MapColumn{Column: s.Field, Kind: string(s.Kind), FreeText: s.FreeText}
	if s.Kind != "" && s.Score > 0 && s.Score < detectors.Mask {
		c.Kind = ""
	}
	if c.Kind != "" && s.Class != detectors.Unknown {
		c.Class = s.Class.String()
	}
	words := nameWords(s.Field)
	c.Attribute = attributeOf(s.Field)
	if s.Kind != "" && c.Attribute == "" && s.Part != detectors.WholeValue {
		c.Attribute = map[detectors.Part]string{detectors.Surname: "last_name", detectors.GivenName: "first_name",
			detectors.Patronymic: "patronymic"}[s.Part]
	}
	object := nameWords(s.Object)
	table := tableOf(s.Object)
	subject := slices.Contains(subjectNames, words) && words != "id" || words == "to_id" || words == "id" && userTable(table)
	if c.Kind == "" && (c.Attribute == "" || c.Attribute == "user_id") && subject {
		c.Attribute, c.Domain = "user_id", "user"
	}
	c.flag(p, words, table)
	c.saw = sawInside(s.Inside)
	if cat := p.categoryFor(c.Attribute, c.Kind, object); cat != nil && c.Class != "organisation" {
		c.Category = cat.ID
		if origin := p.originOf(object); origin != cat.Origin {
			c.Origin = origin
		}
		c.FreeText = c.FreeText || cat.FreeText
		c.Quasi = cat.Class == "quasi" && !c.FreeText
		if c.Class == "" {
			c.Class = cat.Class
		}
	}
	return c
}

func sawInside(kinds []detectors.Kind) string {
	words := make([]string, len(kinds))
	for i, k := range kinds {
		words[i] = string(k)
	}
	return strings.Join(words, ", ")
}

// flag says what a column tells about the subject of its row, judging by its name.
func (c *MapColumn) flag(p *Policy, words, table string) {
	switch c.Attribute {
	case "last_activity":
		c.LastActivity = true
	case "blocked":
		c.Blocked = true
	case "deleted":
		c.Deleted = true
	case "birth_date":
		c.BirthDate = true
	}
	if c.Kind == "birth_date" {
		c.BirthDate = true
	}
	for _, g := range p.Grounds {
		if g.Kind != "consent" {
			continue
		}
		short := strings.TrimPrefix(g.ID, "consent_")
		if words == g.ID || words == short+"_consent" || strings.Contains(table, "consent") && (words == short || words == "granted") {
			c.Consent = g.ID
			c.Attribute = "consent"
		}
	}
}

// categoryFor finds the declared category of an attribute or kind, one that names the object first.
func (p *Policy) categoryFor(attribute, kind, object string) *Category {
	var other *Category
	for _, word := range []string{attribute, kind} {
		for i := range p.Categories {
			c := &p.Categories[i]
			if word == "" || !contains(c.Fields, word) {
				continue
			}
			if c.keeps(object) {
				return c
			}
			if len(c.Stores) == 0 && other == nil {
				other = c
			}
		}
	}
	return other
}

// keeps says whether an object is of the kind that the category is bound to.
func (c *Category) keeps(object string) bool {
	return slices.ContainsFunc(c.Stores, func(s string) bool { return strings.Contains(object, s) })
}

// originOf returns the origin of everything in an object that has categories of its own, or "".
func (p *Policy) originOf(object string) string {
	for i := range p.Categories {
		if p.Categories[i].keeps(object) {
			return p.Categories[i].Origin
		}
	}
	return ""
}

// attributes are names of columns that no detector needs to know, in English, transliteration and Russian.
var attributes = map[string]string{
	"first_name": "first_name", "firstname": "first_name", "given_name": "first_name", "imya": "first_name", "имя": "first_name",
	"last_name": "last_name", "lastname": "last_name", "surname": "last_name", "familiya": "last_name", "фамилия": "last_name",
	"patronymic": "patronymic", "middle_name": "patronymic", "otchestvo": "patronymic", "отчество": "patronymic",
	"birth_date": "birth_date", "birthdate": "birth_date", "birthday": "birth_date", "dob": "birth_date", "дата_рождения": "birth_date",
	"phone": "phone", "email": "email", "height": "height", "rost": "height", "рост": "height", "height_cm": "height",
	"weight": "weight", "ves": "weight", "вес": "weight", "weight_kg": "weight", "city": "city", "gorod": "city", "город": "city",
	"country": "country", "страна": "country", "gender": "gender", "sex": "gender", "пол": "gender", "children": "children",
	"has_children": "children", "kids": "children", "дети": "children", "profession": "profession", "occupation": "profession",
	"job": "profession", "position": "profession", "профессия": "profession", "должность": "profession", "interests": "interests",
	"hobbies": "interests", "values": "interests", "интересы": "interests", "about": "about", "bio": "about", "about_me": "about",
	"о_себе": "about", "photo": "photo", "photo_url": "photo", "avatar": "photo", "avatar_url": "photo", "picture": "photo", "фото": "photo",
	"media": "chat_media", "voice": "chat_media", "attachment": "chat_media", "attachments": "chat_media",
	"ip": "ip", "ip_address": "ip", "device_id": "device_id", "serial": "device_serial", "serial_number": "device_serial",
	"isp": "isp", "provider": "isp", "ua": "user_agent", "user_agent": "user_agent", "browser": "user_agent", "os": "device_os",
	"os_version": "device_os", "jailbreak": "jailbreak", "rooted": "jailbreak", "device_model": "device_model",
	"cookie": "cookie", "cookies": "cookie", "cookie_id": "cookie", "browser_history": "browser_history", "history": "browser_history",
	"user_id": "user_id", "event": "event", "event_type": "event", "action": "event", "event_name": "event", "ts": "activity_time",
	"sent_at": "activity_time", "event_time": "activity_time", "created_at": "created_at", "created": "created_at", "registered_at": "created_at",
	"updated_at": "activity_time", "last_login": "last_activity", "last_login_at": "last_activity", "last_seen": "last_activity",
	"last_seen_at": "last_activity", "last_active_at": "last_activity", "blocked": "blocked", "blocked_at": "blocked", "is_blocked": "blocked",
	"deleted": "deleted", "deleted_at": "deleted", "is_deleted": "deleted", "login_provider": "login_provider",
	"lat": "geo", "lon": "geo", "lng": "geo", "latitude": "geo", "longitude": "geo", "ad_id": "advertising_id", "idfa": "advertising_id",
	"gaid": "advertising_id", "advertising_id": "advertising_id", "subject": "request_subject", "request": "request_text",
	"body": "request_text", "request_text": "request_text", "question": "request_text",
}

// attributeOf says what the name of a column means, "" if it says nothing. Texts of chats are told by their name only
// together with a table's, so a plain "text" or "message" is taken for one.
func attributeOf(field string) string {
	words := nameWords(field)
	if a := attributes[words]; a != "" {
		return a
	}
	if words == "text" || words == "message" || words == "message_text" || words == "msg" || words == "сообщение" || words == "текст" {
		return "chat_text"
	}
	return ""
}

// nameWords writes a name in lower case with one _ between its words: "firstName" and "First name" become "first_name".
func nameWords(name string) string {
	var b strings.Builder
	last := '_'
	for _, r := range name {
		switch {
		case r == 'ё' || r == 'Ё':
			b.WriteRune('е')
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if unicode.IsUpper(r) && unicode.IsLower(last) {
				b.WriteByte('_')
			}
			b.WriteRune(unicode.ToLower(r))
		case last != '_':
			b.WriteByte('_')
			r = '_'
		default:
			r = '_'
		}
		last = r
	}
	return strings.Trim(b.String(), "_")
}

// tableOf takes the schema in front and the ending behind from an object's name: "public.users" and "dump/users.csv" are "users".
func tableOf(object string) string {
	object = object[strings.LastIndexAny(object, "/!\\")+1:]
	for _, end := range []string{".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".xlsx", ".txt", ".eml"} {
		object = strings.TrimSuffix(object, end)
	}
	return nameWords(object[strings.LastIndexByte(object, '.')+1:])
}

func userTable(table string) bool {
	return table == "users" || table == "user" || table == "accounts" || table == "account" || table == "clients" || table == "customers" ||
		table == "пользователи" || table == "клиенты"
}

// subjectNames are names of columns that say whom a row is about, the surest first.
var subjectNames = []string{"user_id", "uid", "account_id", "id", "from_id", "sender_id", "author_id"}

// subjectOf guesses the column that says whom a row is about: user_id, the id of a table of users, the sender.
func subjectOf(o *MapObject) string {
	for _, want := range subjectNames {
		for _, c := range o.Columns {
			if nameWords(c.Column) == want && (want != "id" || userTable(tableOf(o.Object))) {
				return c.Column
			}
		}
	}
	return ""
}

// DraftProfile makes a profile for a map, with one entry for every kind and attribute there, strict enough to pass
// the policy's mandatory depersonalization. Act numbers are the operator's: they are left empty.
func DraftProfile(p *Policy, m *Map) *Profile {
	pr := &Profile{Schema: "pdprofile/v1", ID: p.ID + "-draft", Gates: ProfileGates{K: 5, Suppression: 0.1}}
	for _, e := range p.Exports {
		if e.Depersonalize == "mandatory" {
			pr.Exports = append(pr.Exports, e.ID)
		}
	}
	yes := true
	pr.Columns = append(pr.Columns,
		ProfileColumn{Match: Match{Class: Words{"special"}}, Spec: anonymize.Spec{Do: "refuse"}},
		ProfileColumn{Match: Match{FreeText: &yes}, Spec: anonymize.Spec{Do: "m4.delete"}})
	seen := map[string]bool{}
	for _, o := range m.Objects {
		for i := range o.Columns {
			c := &o.Columns[i]
			class := c.class(p)
			if c.FreeText || class == "special" || class == "organisation" || class == Plain {
				continue // the first and last entries are for it
			}
			match, spec := c.draftMatch(), c.draftSpec(class)
			if key := match.keys(); key != "" && !seen[key] {
				seen[key] = true
				pr.Columns = append(pr.Columns, ProfileColumn{Match: match, Spec: spec})
			}
		}
	}
	pr.Columns = append(pr.Columns, ProfileColumn{Match: Match{Class: Words{"direct", "technical"}}, Spec: anonymize.Spec{Do: "m2.identifier"}},
		ProfileColumn{Match: Match{Class: Words{"organisation", "plain"}}, Spec: anonymize.Spec{Do: "keep"}})
	return pr
}

// draftMatch names a column by what it holds; one that only tells something about the subject of its row, by its name.
func (c *MapColumn) draftMatch() (m Match) {
	switch {
	case c.Kind != "":
		m.Kind = Words{c.Kind}
	case c.Attribute != "":
		m.Attribute = Words{c.Attribute}
	case c.tells():
		m.Column = Words{c.Column}
	}
	return m
}

// draftSpec chooses the mildest method that keeps a column useful and says of nobody who it is: flags leave, times and
// places become coarse.
func (c *MapColumn) draftSpec(class string) anonymize.Spec {
	has := func(attributes ...string) bool { return contains(attributes, c.Attribute) }
	switch {
	case c.Kind == "birth_date" || c.BirthDate || has("birth_date"):
		return anonymize.Spec{Do: "m4.generalize", To: "year5"}
	case c.Kind != "":
		return anonymize.Spec{Do: "m2.identifier"}
	case c.Blocked || c.Deleted || c.Consent != "" || has("blocked", "deleted", "consent", "jailbreak", "photo", "chat_media"):
		return anonymize.Spec{Do: "m4.delete"}
	case c.LastActivity || has("activity_time", "last_activity", "created_at"):
		return anonymize.Spec{Do: "m4.generalize", To: "year"}
	case has("height", "weight"):
		return anonymize.Spec{Do: "m4.generalize", Round: 5}
	case has("city"):
		return anonymize.Spec{Do: "m4.generalize", To: "region"}
	case class == "quasi" || has("event"):
		return anonymize.Spec{Do: "keep"}
	}
	return anonymize.Spec{Do: "m2.identifier"}
}

// YAML writes the map with comments for whoever reviews it.
func (m *Map) YAML() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# What our columns are. Drafted by a scan: review every line, then keep it with the policy.\n"+
		"# A column without a category stays behind; class: plain says that it tells nothing about anybody.\n"+
		"schema: pdmap/v1\npolicy: %s\nobjects:\n", quoted(m.Policy))
	for _, o := range m.Objects {
		fmt.Fprintf(&b, "  - object: %s\n", quoted(o.Object))
		if o.Subject != "" {
			fmt.Fprintf(&b, "    subject: %s\n", quoted(o.Subject))
		} else if !o.Nobody {
			b.WriteString("    # subject: which column says whom a row is about? If its rows are about no person, nobody: true\n")
		}
		if o.Nobody {
			b.WriteString("    nobody: true\n")
		}
		b.WriteString("    columns:\n")
		for _, c := range o.Columns {
			b.WriteString("      - {column: " + quoted(c.Column) + c.keys() + "}" + c.remark() + "\n")
		}
	}
	return b.Bytes()
}

func (c *MapColumn) keys() string {
	var b strings.Builder
	for _, k := range []struct{ key, value string }{{"kind", c.Kind}, {"class", c.Class}, {"category", c.Category}, {"attribute", c.Attribute},
		{"domain", c.Domain}, {"origin", c.Origin}, {"consent", c.Consent}} {
		if k.value != "" {
			b.WriteString(", " + k.key + ": " + quoted(k.value))
		}
	}
	for _, k := range []struct {
		key string
		on  bool
	}{{"free_text", c.FreeText}, {"quasi", c.Quasi}, {"last_activity", c.LastActivity}, {"birth_date", c.BirthDate},
		{"blocked", c.Blocked}, {"deleted_at", c.Deleted}} {
		if k.on {
			b.WriteString(", " + k.key + ": true")
		}
	}
	return b.String()
}

func (c *MapColumn) remark() string {
	switch {
	case c.Category != "" || c.Class == Plain || c.Class == "organisation":
		return ""
	case c.Kind != "":
		return " # the policy declares no such data here"
	}
	if c.saw != "" {
		return " # what is this? scan saw: " + c.saw
	}
	return " # what is this?"
}

// quoted writes a string as YAML: bare where that is safe, else between double quotes.
func quoted(s string) string {
	safe := s != "" && !slices.Contains([]string{"true", "false", "null", "yes", "no", "on", "off", "y", "n"}, strings.ToLower(s))
	for i, r := range s {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_'
		if !letter && (i == 0 || !(r >= '0' && r <= '9' || r == '-' || r == '.')) {
			safe = false
		}
	}
	if safe {
		return s
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case !unicode.IsPrint(r):
			if r > 0xffff {
				fmt.Fprintf(&b, `\U%08X`, r)
			} else {
				fmt.Fprintf(&b, `\u%04X`, r)
			}
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// YAML writes the profile.
func (pr *Profile) YAML() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# How each kind and column is treated. Keep it secret: Order 140, annex 1 cl. 2(2).\nschema: pdprofile/v1\nid: %s\n", quoted(pr.ID))
	if pr.Title != "" {
		fmt.Fprintf(&b, "title: %s\n", quoted(pr.Title))
	}
	if len(pr.Exports) > 0 {
		fmt.Fprintf(&b, "exports: %s\n", flow(pr.Exports))
	}
	b.WriteString("# numbers of your local acts; a method of clause 4, 10 or 11 is refused without one\n")
	fmt.Fprintf(&b, "acts: {m4: %s, m10: %s, m11: %s}\n", quoted(pr.Acts.M4), quoted(pr.Acts.M10), quoted(pr.Acts.M11))
	b.WriteString("columns: # the first match wins")
	if len(pr.Columns) == 0 {
		b.WriteString("\n  []")
	}
	b.WriteByte('\n')
	for _, c := range pr.Columns {
		b.WriteString("  - {match: {" + c.Match.keys() + "}" + specKeys(c.Spec) + "}\n")
	}
	fmt.Fprintf(&b, "gates: {residual_pd: %d, k: %d, max_suppression: %s}\n", pr.Gates.Residual, pr.Gates.K, number(pr.Gates.Suppression))
	return b.Bytes()
}

func (m *Match) keys() string {
	var s []string
	for _, k := range []struct {
		key  string
		list Words
	}{{"class", m.Class}, {"kind", m.Kind}, {"attribute", m.Attribute}, {"category", m.Category}, {"column", m.Column}} {
		if len(k.list) > 0 {
			s = append(s, k.key+": "+flow(k.list))
		}
	}
	if m.FreeText != nil {
		s = append(s, fmt.Sprintf("free_text: %t", *m.FreeText))
	}
	return strings.Join(s, ", ")
}

func specKeys(s anonymize.Spec) string {
	var b strings.Builder
	for _, k := range []struct{ key, value string }{{"do", s.Do}, {"face", s.Face}, {"domain", s.Domain}, {"to", s.To}} {
		if k.value != "" {
			b.WriteString(", " + k.key + ": " + quoted(k.value))
		}
	}
	if s.Keep != 0 {
		fmt.Fprintf(&b, ", keep: %d", s.Keep)
	}
	if s.Round != 0 {
		b.WriteString(", round: " + number(s.Round))
	}
	if s.Bottom != nil {
		b.WriteString(", bottom: " + number(*s.Bottom))
	}
	if s.Top != nil {
		b.WriteString(", top: " + number(*s.Top))
	}
	return b.String()
}

func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

func flow(list []string) string {
	if len(list) == 1 {
		return quoted(list[0])
	}
	q := make([]string, len(list))
	for i, s := range list {
		q[i] = quoted(s)
	}
	return "[" + strings.Join(q, ", ") + "]"
}
