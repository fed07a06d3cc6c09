package detectors

import "testing"

// What stands beside a value may be nothing: exports of spreadsheets leave spaces and apostrophes there.
func TestWholeButForQuotes(t *testing.T) {
	for _, cell := range []string{"05.11.1987", " 05.11.1987", "'05.11.1987", "\"05.11.1987\" ", "  05.11.1987  "} {
		found := NewScanner(All()).Find(nil, append(append(make([]byte, 1, 256), cell...), 0))
		if len(found) != 1 || found[0].Kind != "birth_date" {
			t.Errorf("%q: %d findings", cell, len(found))
		}
	}
	if found := NewScanner(All()).Find(nil, append(append(make([]byte, 1, 256), "к 05.11.1987"...), 0)); len(found) != 0 {
		t.Errorf("a date in a text: %d findings", len(found))
	}
}
