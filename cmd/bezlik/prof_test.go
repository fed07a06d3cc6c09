package main

import (
	"os"
	"strings"
	"testing"
)

func TestProf(t *testing.T) {
	args := os.Getenv("PROF")
	if args == "" {
		t.Skip()
	}
	for range 8 {
		do(t, t.TempDir(), strings.Fields(args)...)
	}
}
