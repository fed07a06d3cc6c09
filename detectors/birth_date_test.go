package detectors

import "testing"

func TestYearsThatAreLookedAt(t *testing.T) {
	for text, want := range map[string]bool{
		"2006 15:04, Иван":    false,
		"2006-01-02T15:04:05": false,
		"1999-12-31 15:04:05": false,
		"2006-01-02T00:00:00": true,
		"2006-01-02T00:12:00": true, // looked at more closely
		"2006-01-02, 15:04":   true,
		"2006.01.02 15:04":    true,
		"2006-01-02":          true,
		"2006 г. 15:04":       true,
		"2006 15 04":          true,
		"1950":                true,
		"1899-12-31":          false,
		"2106":                false,
	} {
		if got := len(recent(nil, 1, &plane{1: 1}, 0, append([]byte(text), make([]byte, lookAhead)...))) == 1; got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
