package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bezlik/benchmarks/corpus"
)

// TestProfile does what users do, once on small corpora, and for `make profile` ten times on those of BEZLIK_PROFILE: the
// profile that leaves tells the compiler which paths are hot.
func TestProfile(t *testing.T) {
	dir, rounds := os.Getenv("BEZLIK_PROFILE"), 10
	if dir == "" {
		dir, rounds = t.TempDir(), 1
		for name, kind := range map[string]string{"chat.log": "log", "users.csv": "csv", "result.json": "telegram", "users.jsonl": "jsonl"} {
			if _, err := corpus.WriteFile(filepath.Join(dir, name), corpus.Options{Kind: kind, Seed: 1, Size: 1 << 20}); err != nil {
				t.Fatal(err)
			}
		}
	}
	home := t.TempDir()
	for range rounds {
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
