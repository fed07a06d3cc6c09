package rules

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"bezlik/anonymize"
	"bezlik/detectors"
)

// NewPlan freezes what an allowing decision means for the cells. pr is the profile the request was decided with,
// nil for the export's own. An error means that nothing may be exported.
func NewPlan(d *Decision, m *Map, pr *Profile, key *anonymize.Key) (*Plan, error) {
	return newPlan(d, m, pr, key, anonymize.New)
}

// exportOf names an export for the tokens in it: exports of one name under two policies share none. Neither id holds
// a slash.
func exportOf(policy, export string) string { return policy + "/" + export }

type maker func(anonymize.Spec, *detectors.Detector, *anonymize.Key, string) (anonymize.Method, error)

func newPlan(d *Decision, m *Map, pr *Profile, key *anonymize.Key, make maker) (*Plan, error) {
	switch {
	case d == nil || !d.Outcome.Allows():
		return nil, errors.New("there is no plan without a decision that allows the export")
	case m == nil:
		return nil, errors.New("there is no plan without a map")
	case pr != nil && d.profile != nil && pr.ID != d.profile.ID:
		return nil, fmt.Errorf("the decision was made with profile %q, not %q", d.profile.ID, pr.ID)
	}
	pr = d.profile // what was decided is what is done
	b := &planner{maker: make, key: key, export: exportOf(d.Policy, d.Export), profile: pr, plan: &Plan{Objects: map[string]*ObjectPlan{}}}
	for _, c := range d.Columns {
		if err := b.column(c, m); err != nil {
			return nil, err
		}
	}
	for _, f := range d.Rows {
		o := b.object(f.Object, m)
		o.Rows = append(o.Rows, f)
	}
	if err := b.values(d); err != nil {
		return nil, err
	}
	if pr != nil {
		b.plan.Gates = Gates(pr.Gates)
	}
	b.plan.Hash = hash(d, m, pr, b.keyID)
	return b.plan, nil
}

type planner struct {
	maker   maker
	key     *anonymize.Key
	keyID   string // once a method has used the key
	export  string // see exportOf
	profile *Profile
	plan    *Plan
}

// make makes a method.
func (b *planner) make(s anonymize.Spec, d *detectors.Detector) (anonymize.Method, error) {
	m, err := b.maker(s, d, b.key, b.export)
	if err != nil {
		if !strings.HasPrefix(err.Error(), s.Do) {
			err = fmt.Errorf("%s: %w", s.Do, err)
		}
		return nil, err
	}
	if s.Do == "m2.identifier" {
		b.keyID = b.key.ID()
	}
	return m, nil
}

func (b *planner) object(name string, m *Map) *ObjectPlan {
	if o := b.plan.Objects[name]; o != nil {
		return o
	}
	o := &ObjectPlan{}
	if x := m.object(name); x != nil {
		o.Subject = x.Subject
	}
	b.plan.Objects[name] = o
	return o
}

func (b *planner) column(c ColumnPlan, m *Map) error {
	o := b.object(c.Object, m)
	col := m.column(c.Object, c.Field)
	if c.Action == Change {
		if b.profile == nil || col == nil {
			return fmt.Errorf("%s.%s: no profile says how to change it", c.Object, c.Field)
		}
		t := target{object: c.Object, column: c.Field, kind: string(c.Kind), class: c.Class, attribute: col.Attribute,
			category: c.Category, freeText: col.FreeText}
		spec := specOf(b.profile, t, col)
		if spec.Do != c.Do {
			return fmt.Errorf("%s.%s: decided as %s, but the profile says %s", c.Object, c.Field, c.Do, spec.Do)
		}
		method, err := b.make(spec, detectors.Find(c.Kind))
		if err != nil {
			return fmt.Errorf("%s.%s: %w", c.Object, c.Field, err)
		}
		c.Method, c.Spec = method, spec
	}
	o.Columns = append(o.Columns, c)
	if col != nil && c.Action != Drop && c.Do != "m2.identifier" && (col.Quasi || c.Class == "quasi") {
		o.Quasi = append(o.Quasi, c.Field)
	}
	return nil
}

// values says what replaces values inside cells that stay. In a depersonalized export that is every kind but
// organisations' and what the profile keeps; in an identifiable one, every kind that no column lets out.
func (b *planner) values(d *Decision) error {
	b.plan.Values, b.plan.Specs = map[detectors.Kind]anonymize.Method{}, map[detectors.Kind]anonymize.Spec{}
	var clear []detectors.Kind
	if !d.depersonalized {
		for _, c := range d.Columns {
			if c.Action == Keep && c.Kind != "" {
				clear = append(clear, c.Kind)
			}
		}
	}
	for _, det := range detectors.All() {
		if slices.Contains(clear, det.Kind) || det.Class == detectors.Organisation {
			b.plan.Values[det.Kind] = stay{}
			continue
		}
		if b.profile == nil {
			continue
		}
		spec, ok := b.profile.inside(det.Kind)
		if !ok {
			continue // Other
		}
		if spec.Do == "keep" {
			b.plan.Values[det.Kind] = stay{}
			continue
		}
		method, err := b.make(spec, det)
		if err != nil {
			return fmt.Errorf("values of kind %s: %w", det.Kind, err)
		}
		b.plan.Values[det.Kind], b.plan.Specs[det.Kind] = method, spec
	}
	other := anonymize.Spec{Do: "m4.mask"}
	if d.depersonalized && !b.profile.Acts.has("m4") { // the act is missing, so clause 4 is not used
		other = anonymize.Spec{Do: "m2.identifier", Domain: "other"}
	}
	method, err := b.make(other, nil)
	if err != nil {
		return fmt.Errorf("other values: %w", err)
	}
	b.plan.Other, b.plan.Specs[""] = method, other
	return nil
}

// MaskPlan is the plan of a filter, which knows no policy: columns of a kind are changed as the profile says,
// values inside others too, and what the profile does not match stays. Identifiers are made without an export's name,
// so that masked files of one key can be joined.
func MaskPlan(pr *Profile, seen []Seen, key *anonymize.Key) (*Plan, error) {
	return maskPlan(pr, seen, key, anonymize.New)
}

func maskPlan(pr *Profile, seen []Seen, key *anonymize.Key, make maker) (*Plan, error) {
	b := &planner{maker: make, key: key, profile: pr, plan: &Plan{
		Objects: map[string]*ObjectPlan{}, All: &ObjectPlan{Rest: Keep}, Values: map[detectors.Kind]anonymize.Method{}}}
	for _, s := range seen {
		o := b.plan.Objects[s.Object]
		if o == nil {
			o = &ObjectPlan{Rest: Keep}
			b.plan.Objects[s.Object] = o
		}
		c := ColumnPlan{Object: s.Object, Field: s.Field, Kind: s.Kind, Class: s.Class.String(), Action: Keep, Do: "keep"}
		t := target{object: s.Object, column: s.Field, kind: string(s.Kind), class: c.Class, attribute: attributeOf(s.Field), freeText: s.FreeText}
		if s.Kind == "" && t.class == "unknown" {
			t.class = Plain // nothing was found here
		}
		spec, ok := pr.spec(t)
		switch {
		case !ok || spec.Do == "keep":
		case spec.Do == "drop" || spec.Do == "refuse" || spec.Do == "m4.delete":
			c.Action, c.Do = Drop, spec.Do
		default:
			spec = specOf(pr, t, &MapColumn{Kind: string(s.Kind)})
			method, err := b.make(spec, detectors.Find(s.Kind))
			if err != nil {
				return nil, fmt.Errorf("%s.%s: %w", s.Object, s.Field, err)
			}
			c.Action, c.Do, c.Method = Change, spec.Do, method
		}
		o.Columns = append(o.Columns, c)
	}
	for _, det := range detectors.All() {
		spec, ok := pr.spec(kindTarget(det.Kind))
		if !ok || spec.Do == "keep" {
			continue
		}
		if spec.Do == "drop" || spec.Do == "refuse" || spec.Do == "m4.delete" {
			spec = anonymize.Spec{Do: "m4.mask"} // a value inside a text cannot be left out without a trace
		}
		method, err := b.make(spec, det)
		if err != nil {
			return nil, fmt.Errorf("values of kind %s: %w", det.Kind, err)
		}
		b.plan.Values[det.Kind] = method
	}
	b.plan.Gates = Gates(pr.Gates)
	b.plan.Hash = hash(nil, seen, pr, b.keyID)
	return b.plan, nil
}

// stay leaves a value as it is.
type stay struct{}

func (stay) Append(dst []byte, _ *detectors.Detector, value []byte) ([]byte, error) {
	return append(dst, value...), nil
}
func (s stay) Fork() anonymize.Method { return s }

// hash is over everything a plan is made from, but for the time of the decision and the key itself.
func hash(d *Decision, columns any, pr *Profile, key string) string {
	if d != nil {
		timeless := *d
		timeless.At = time.Time{}
		d = &timeless
	}
	b, err := json.Marshal([]any{d, columns, pr, key})
	if err != nil { // plain data: it cannot happen, and must not look like a plan
		panic(err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func (m *Map) object(name string) *MapObject {
	return find(m.Objects, func(o *MapObject) bool { return o.Object == name })
}

func (m *Map) column(object, field string) *MapColumn {
	o := m.object(object)
	if o == nil {
		return nil
	}
	return find(o.Columns, func(c *MapColumn) bool { return c.Column == field })
}
