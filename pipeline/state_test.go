package pipeline

import (
	"path/filepath"
	"testing"

	"bezlik/anonymize"
)

func stateKey(t failer, text string) *anonymize.Key {
	t.Helper()
	k, err := anonymize.ParseKey([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

const (
	oneKey   = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
	otherKey = "ff0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
)

// memoryState is a state that was not there before: its key is the same each time, and so are estimates.
func memoryState(t testing.TB) *State {
	t.Helper()
	s, err := OpenState(filepath.Join(t.TempDir(), "state"), "test", stateKey(t, oneKey))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}
