package anonymize

import (
	"slices"
	"strings"
	"testing"

	"bezlik/detectors"
)

// ptr makes a pointer to a number for Bottom and Top.
func ptr(v float64) *float64 { return &v }

func TestNewRefuses(t *testing.T) {
	k := testKey(t, testDigits)
	for _, c := range []struct {
		name   string
		spec   Spec
		d      *detectors.Detector
		export string
		want   string
	}{
		{"nothing", Spec{}, nil, "", "unknown method"},
		{"unknown", Spec{Do: "m10.shuffle"}, nil, "", "known are m2.identifier, m4.delete, m4.generalize, m4.mask, keep"},
		{"unknown face", Spec{Do: "m2.identifier", Face: "pretty"}, detectors.INN, "", "unknown face"},
		{"shaped without kind", Spec{Do: "m2.identifier", Face: "shaped"}, nil, "", "needs a kind"},
		{"shaped passport", Spec{Do: "m2.identifier", Face: "shaped"}, detectors.Passport, "", "only opaque"},
		{"valid passport", Spec{Do: "m2.identifier", Face: "valid"}, detectors.Passport, "", "only opaque"},
		{"valid phone", Spec{Do: "m2.identifier", Face: "valid"}, detectors.Phone, "", "only opaque"},
		{"valid under a policy", Spec{Do: "m2.identifier", Face: "valid"}, detectors.INN, "research", "may be somebody's"},
		{"foreign parameter", Spec{Do: "m4.delete", Keep: 4}, nil, "", `does not take "keep"`},
		{"face of a mask", Spec{Do: "m4.mask", Face: "shaped"}, nil, "", `does not take "face"`},
		{"bottom of an identifier", Spec{Do: "m2.identifier", Bottom: ptr(0)}, nil, "", `does not take "bottom"`},
		{"negative keep", Spec{Do: "m4.mask", Keep: -1}, nil, "", "negative"},
		{"generalize what", Spec{Do: "m4.generalize"}, nil, "", "needs to"},
		{"to month", Spec{Do: "m4.generalize", To: "month"}, nil, "", "unknown to"},
		{"to and round", Spec{Do: "m4.generalize", To: "year", Round: 5}, nil, "", "exclude"},
		{"half a year", Spec{Do: "m4.generalize", To: "year", Bottom: ptr(1940.5)}, nil, "", "are years"},
		{"bottom above top", Spec{Do: "m4.generalize", Round: 5, Bottom: ptr(200), Top: ptr(150)}, nil, "", "not below"},
		{"negative step", Spec{Do: "m4.generalize", Round: -5}, nil, "", "above zero"},
		{"region with top", Spec{Do: "m4.generalize", To: "region", Top: ptr(1)}, nil, "", "neither"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, err := New(c.spec, c.d, k, c.export)
			if err == nil || m != nil && c.spec.Face != "shaped" && c.spec.Face != "valid" {
				t.Fatalf("%v, %v", m, err)
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("%q lacks %q", err, c.want)
			}
		})
	}
}

func TestClauses(t *testing.T) {
	for _, c := range []struct{ do, clause, act string }{
		{"m2.identifier", "Order 140, annex 2, cl. 2-3", ""},
		{"m4.delete", "Order 140, annex 2, cl. 4, 5(1)", "m4"},
		{"m4.generalize", "Order 140, annex 2, cl. 4, 9(1)", "m4"},
		{"m4.mask", "Order 140, annex 2, cl. 4, 9(2)", "m4"},
		{"keep", "", ""},
		{"m10.shuffle", "", "m10"},
		{"m11.decompose", "", "m11"},
		{"m12.aggregate", "", ""},
		{"m40.other", "", ""},
	} {
		if got := Clause(c.do); got != c.clause {
			t.Errorf("Clause(%q) = %q", c.do, got)
		}
		if got := NeedsAct(c.do); got != c.act {
			t.Errorf("NeedsAct(%q) = %q", c.do, got)
		}
	}
	if want := []string{"m2.identifier", "m4.delete", "m4.generalize", "m4.mask", "keep"}; !slices.Equal(Known(), want) {
		t.Errorf("Known() = %v", Known())
	}
}

// specs are methods with the values that each is for.
var specs = []struct {
	name  string
	spec  Spec
	kind  *detectors.Detector
	value string
}{
	{"keep", Spec{Do: "keep"}, nil, "Томск"},
	{"delete", Spec{Do: "m4.delete"}, nil, "Томск"},
	{"mask", Spec{Do: "m4.mask"}, detectors.Phone, "+7 (916) 123-45-67"},
	{"mask4", Spec{Do: "m4.mask", Keep: 4}, detectors.Phone, "+7 (916) 123-45-67"},
	{"year", Spec{Do: "m4.generalize", To: "year"}, detectors.BirthDate, "12.03.1985"},
	{"year5", Spec{Do: "m4.generalize", To: "year5", Bottom: ptr(1940), Top: ptr(2006)}, detectors.BirthDate, "12 марта 1985 г."},
	{"round", Spec{Do: "m4.generalize", Round: 5, Bottom: ptr(150), Top: ptr(200)}, nil, "173.4"},
	{"region", Spec{Do: "m4.generalize", To: "region"}, nil, "г. Нижний Тагил"},
	{"opaque/plain", Spec{Do: "m2.identifier", Domain: "login"}, nil, "vasya1985"},
	{"opaque/phone", Spec{Do: "m2.identifier"}, detectors.Phone, "+7 (916) 123-45-67"},
	{"opaque/inn", Spec{Do: "m2.identifier"}, detectors.INN, "500100732259"},
	{"opaque/email", Spec{Do: "m2.identifier"}, detectors.Email, "Vasya.Pupkin1985@example.com"},
	{"opaque/name", Spec{Do: "m2.identifier"}, detectors.PersonName, "Иванов Иван Иванович"},
	{"shaped/phone", Spec{Do: "m2.identifier", Face: "shaped"}, detectors.Phone, "+7 (916) 123-45-67"},
	{"shaped/inn", Spec{Do: "m2.identifier", Face: "shaped"}, detectors.INN, "500100732259"},
	{"shaped/snils", Spec{Do: "m2.identifier", Face: "shaped"}, detectors.SNILS, "112-233-445 95"},
	{"shaped/card", Spec{Do: "m2.identifier", Face: "shaped"}, detectors.Card, "2200 0000 0000 0053"},
	{"shaped/email", Spec{Do: "m2.identifier", Face: "shaped"}, detectors.Email, "Vasya.Pupkin1985@example.com"},
	{"valid/inn", Spec{Do: "m2.identifier", Face: "valid"}, detectors.INN, "500100732259"},
}

// No method allocates once it is warm, an empty value stays empty, and a fork does the same.
func TestMethods(t *testing.T) {
	k := testKey(t, testDigits)
	for _, c := range specs {
		t.Run(c.name, func(t *testing.T) {
			m, err := New(c.spec, c.kind, k, "")
			if err != nil {
				t.Fatal(err)
			}
			value := []byte(c.value)
			first, err := m.Append([]byte("x"), c.kind, value)
			if err != nil || first[0] != 'x' || string(value) != c.value {
				t.Fatalf("%q, %v; the value is now %q", first, err, value)
			}
			again, _ := m.Fork().Append([]byte("x"), c.kind, value)
			if string(again) != string(first) {
				t.Errorf("a fork says %q, not %q", again, first)
			}
			if empty, err := m.Append(nil, c.kind, nil); len(empty) != 0 || err != nil {
				t.Errorf("nothing becomes %q, %v", empty, err)
			}
			dst := make([]byte, 0, 256)
			if n := testing.AllocsPerRun(100, func() { m.Append(dst, c.kind, value) }); n != 0 {
				t.Errorf("%v allocations", n)
			}
		})
	}
}

func BenchmarkAppend(b *testing.B) {
	k := testKey(b, testDigits)
	for _, c := range specs {
		b.Run(c.name, func(b *testing.B) {
			m, err := New(c.spec, c.kind, k, "")
			if err != nil {
				b.Fatal(err)
			}
			value, dst := []byte(c.value), make([]byte, 0, 256)
			b.ReportAllocs()
			for b.Loop() {
				m.Append(dst, c.kind, value)
			}
		})
	}
}
