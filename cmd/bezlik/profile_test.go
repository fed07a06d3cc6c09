package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestProfile does what users do on the corpora of BEZLIK_PROFILE, for `make profile`: the profile it leaves tells the
// compiler which paths are hot.
func TestProfile(t *testing.T) {
	dir := os.Getenv("BEZLIK_PROFILE")
	if dir == "" {
		t.Skip("BEZLIK_PROFILE names no folder of corpora")
	}
	home := t.TempDir()
	for range 10 {
		for _, name := range []string{"chat.log", "users.csv", "result.json", "users.jsonl"} {
			if code, _, complaint := do(t, home, "scan", "--quiet", "--workers", "1", filepath.Join(dir, name)); code != exitFindings {
				t.Fatalf("%s: exit code %d: %s", name, code, complaint)
			}
		}
		f, err := os.Open(filepath.Join(dir, "users.csv"))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		var complaint bytes.Buffer
		a := &app{in: f, out: io.Discard, err: &complaint, env: func(string) string { return "" }}
		if code := run(context.Background(), strings.Fields("mask --quiet --workers 1"), a); code != exitClean {
			t.Fatalf("mask: exit code %d: %s", code, complaint.String())
		}
	}
}
