package main

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// floors says for every package which of ours and which of others' modules it may import. The standard library
// is free for all.
var floors = map[string]string{
	"detectors":                  "golang.org/x/sys github.com/dlclark/regexp2/v2",
	"connectors":                 "",
	"connectors/sourcetest":      "connectors",
	"connectors/textenc":         "connectors golang.org/x/text golang.org/x/sys",
	"connectors/filesink":        "connectors",
	"connectors/folder":          "connectors github.com/bmatcuk/doublestar/v4",
	"connectors/csvfile":         "connectors connectors/textenc connectors/filesink connectors/folder connectors/textfile golang.org/x/sys",
	"connectors/textfile":        "connectors connectors/textenc connectors/folder",
	"connectors/jsonl":           "connectors connectors/textenc connectors/filesink connectors/folder connectors/jsonl/token",
	"connectors/jsonl/token":     "connectors connectors/textenc",
	"connectors/telegram":        "connectors connectors/textenc connectors/folder connectors/jsonl/token",
	"connectors/sqlite":          "connectors connectors/folder connectors/textenc modernc.org/sqlite",
	"connectors/postgres":        "connectors connectors/textenc github.com/jackc/pgx/v5",
	"connectors/postgres/pgtest": "github.com/jackc/pgx/v5",
	"anonymize":                  "detectors",
	"anonymize/risk":             "",
	"rules":                      "detectors anonymize github.com/goccy/go-yaml",
	"pipeline":                   "connectors detectors anonymize anonymize/risk rules golang.org/x/sync github.com/dchest/siphash github.com/rogpeppe/go-internal github.com/jackc/pgx/v5",
	"cmd/bezlik":                 "connectors connectors/... detectors anonymize rules pipeline github.com/spf13/cobra golang.org/x/term golang.org/x/text modernc.org/sqlite",
	"benchmarks/...":             "connectors connectors/... pipeline detectors github.com/jackc/pgx/v5 golang.org/x/text modernc.org/sqlite",
}

func TestImportFloors(t *testing.T) {
	out, err := exec.Command("go", "list", "-pgo=off", "-json=ImportPath,Imports", "bezlik/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(strings.NewReader(string(out)))
	seen := 0
	for d.More() {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := d.Decode(&p); err != nil {
			t.Fatal(err)
		}
		seen++
		name := strings.TrimPrefix(p.ImportPath, "bezlik/")
		allowed, known := floors[name]
		if !known {
			for pattern, a := range floors {
				if prefix, ok := strings.CutSuffix(pattern, "..."); ok && strings.HasPrefix(name+"/", prefix) {
					allowed, known = a+" "+pattern, true
				}
			}
		}
		if !known {
			t.Errorf("%s: a new package needs a line in floors", name)
			continue
		}
		for _, i := range p.Imports {
			if !permitted(strings.TrimPrefix(i, "bezlik/"), strings.Fields(allowed), strings.HasPrefix(i, "bezlik/")) {
				t.Errorf("%s must not import %s", name, i)
			}
		}
	}
	if seen < 15 {
		t.Fatalf("only %d packages were looked at", seen)
	}
}

// permitted says whether an import is of the standard library or among those allowed.
func permitted(path string, allowed []string, ours bool) bool {
	first, _, _ := strings.Cut(path, "/")
	if !ours && !strings.Contains(first, ".") {
		return true
	}
	return slices.ContainsFunc(allowed, func(a string) bool {
		if prefix, ok := strings.CutSuffix(a, "..."); ok {
			return strings.HasPrefix(path, prefix)
		}
		return path == a || !ours && strings.HasPrefix(path, a+"/")
	})
}
