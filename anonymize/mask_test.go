package anonymize

import (
	"testing"

	"bezlik/detectors"
)

func TestMask(t *testing.T) {
	for _, c := range []struct {
		name  string
		keep  int
		kind  *detectors.Detector
		value string
		want  string
	}{
		{"all", 0, nil, "Иванов", "***"},
		{"length is hidden", 0, nil, "Александр Константинович", "***"},
		{"one letter", 0, nil, "Я", "***"},
		{"last four", 4, nil, "2200000000000053", "***0053"},
		{"letters, not bytes", 2, nil, "Кузнецов", "***ов"},
		{"marks are not counted", 4, nil, "123-45-67, доб. \"8\"", "***доб8"},
		{"spelling does not matter", 4, detectors.Phone, "8 (916) 123-45-67", "***4567"},
		{"canonical spelling", 4, detectors.Phone, "+79161234567", "***4567"},
		{"half at most", 4, nil, "12345", "***45"},
		{"half of a short name", 2, nil, "Ким", "***м"},
		{"one is all", 1, nil, "7", "***"},
		{"keep more than there is", 100, nil, "abcd", "***cd"},
		{"no letters", 3, nil, "---", "***"},
		{"not UTF-8", 2, nil, "\xff\xfe\xfdab", "***b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, err := New(Spec{Do: "m4.mask", Keep: c.keep}, c.kind, nil, "")
			if err != nil {
				t.Fatal(err)
			}
			got, err := m.Append(nil, c.kind, []byte(c.value))
			if err != nil || string(got) != c.want {
				t.Errorf("%q, %v; want %q", got, err, c.want)
			}
		})
	}
}
