package pipeline

import (
	"testing"
	"time"

	"bezlik/rules"
)

// Only a yes is a consent.
func TestConsent(t *testing.T) {
	f := rules.RowFilter{When: rules.Falsy}
	for _, yes := range []string{"1", "1.0", "t", "TRUE", "yes", "Да", " да ", "дано", "on", "2025-03-01", "01.03.2025 12:00"} {
		if holds(f, []byte(yes), time.Now()) {
			t.Errorf("%q is taken for a no", yes)
		}
	}
	for _, no := range []string{"", "0", "0.0", "f", "нет", "отозвано", "не дано", "без согласия", "withdrawn", "off", "-", "-1", "2", "NULL", "?", "не да"} {
		if !holds(f, []byte(no), time.Now()) {
			t.Errorf("%q is taken for a consent", no)
		}
	}
}

// A person who is left out is left out however another table writes the identifier.
func TestSubjectsWrittenOtherwise(t *testing.T) {
	x := &transform{key: sketchKey{1, 2}}
	x.dropped = []uint64{x.alike([]byte("24"))}
	for _, same := range []string{"24", " 24", "24 ", "\u00a024", "24.0", "+24", "024", "24.00"} {
		if !x.out([]byte(same)) {
			t.Errorf("%q is let go", same)
		}
	}
	for _, other := range []string{"240", "2", "24.5", "24a", "-24"} {
		if x.out([]byte(other)) {
			t.Errorf("%q is somebody else", other)
		}
	}
	x.dropped = []uint64{x.alike([]byte("3F2504E0-4f89-11d3-9a0c-0305e82c3301"))}
	if !x.out([]byte("3f2504e0-4F89-11D3-9A0C-0305E82C3301")) {
		t.Error("the case of a UUID matters")
	}
	y := &transform{key: sketchKey{1, 2}}
	y.required = [][]uint64{{y.same([]byte("24"))}}
	for id, out := range map[string]bool{"24": false, "24.0": false, " 24": false, "024": true, "25": true} {
		if y.out([]byte(id)) != out {
			t.Errorf("%q with a consent of 24: %v", id, !out)
		}
	}
}
