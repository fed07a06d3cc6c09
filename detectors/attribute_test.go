package detectors

import "testing"

func TestAttributeRole(t *testing.T) {
	for name, want := range map[string]Role{"пол": QuasiRole, "Gender": QuasiRole, "client_city": QuasiRole, "зарплата": Sensitive, "diagnosis": Sensitive,
		"polis": Safe, "city_count": Safe, "product_weight": Safe, "total": Safe, "": Safe, "birthYear": QuasiRole,
		"avg_age": Safe, "city_code": Safe, "улица": QuasiRole, "кем выдан": QuasiRole, "oklad": Sensitive, "email_md5": QuasiRole, "pan_masked": QuasiRole,
		"file_md5": Safe, "job_title": QuasiRole, "вес брутто": Safe, "looking_for": Sensitive, "userAgent": QuasiRole} {
		if got := AttributeRole(name); got != want {
			t.Errorf("%q: %v, want %v", name, got, want)
		}
	}
}

// What spreadsheets do to numbers is undone before they are checked.
func TestPassesDamaged(t *testing.T) {
	for _, c := range []struct {
		kind  Kind
		value string
		want  bool
	}{
		{"inn_org", "7707083893", true},
		{"inn_org", "7707083893.0", true},
		{"inn_org", "7.707083893E+09", true},
		{"inn_org", "7,707083893E9", true},
		{"inn_org", "7.70708E+09", false}, // digits are lost for good
		{"inn_org", "108003670", true},    // 0108003670
		{"inn_org", "7707083894", false},
		{"inn", "23456789014", false},
		{"snils", "101989999", true}, // 001-019-899 99
		{"snils", "1E+99", false},
		{"inn_org", "E+9", false},
		{"inn_org", "", false},
		{"email", "7707083893.0", false},
	} {
		if got := Find(c.kind).Passes([]byte(c.value)); got != c.want {
			t.Errorf("%s %q: %v", c.kind, c.value, got)
		}
	}
}
