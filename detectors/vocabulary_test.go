package detectors

import "testing"

func TestVocabulary(t *testing.T) {
	v := newVocabulary("диабет* ёлка ВИЧ вича* type диабетик* диабетики а в.у ab* диабет")
	for word, want := range map[string]int{"Диабета": 0, "диабет": 10, "ЕЛКА": 1, "ёлка": 1, "вич": 2, "вичами": 3, "TYPE": 4, "types": -1, "диабе": -1, "": -1,
		"диабетика": 5, "ДИАБЕТИКИ": 6, "диабети": 0, "А": 7, "ба": -1, "В.У": 8, "abc": 9, "a": -1, "AB": 9, "диабет\xD0": 0} {
		n, ok := v.find([]byte(word))
		if !ok {
			n = -1
		}
		if n != want {
			t.Errorf("%q: %d, want %d", word, n, want)
		}
	}
	word := []byte("Диабетом")
	if n := testing.AllocsPerRun(100, func() { v.find(word) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
