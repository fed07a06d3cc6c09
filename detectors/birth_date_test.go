package detectors

import "testing"

func TestStamped(t *testing.T) {
	for text, want := range map[string]bool{
		"2006 15:04, Иван":    true,
		"2006-01-02T15:04:05": true,
		"2006-01-02 15:04:05": true,
		"2006-01-02T00:00:00": false,
		"2006-01-02T00:12:00": false, // looked at more closely
		"2006-01-02, 15:04":   false,
		"2006.01.02 15:04":    false,
		"2006-01-02":          false,
		"2006 г. 15:04":       false,
		"2006 15 04":          false,
	} {
		if got := stamped([]byte(text + "\x00\x00\x00\x00\x00\x00")); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
