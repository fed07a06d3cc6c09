package rules

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

var update = flag.Bool("update", false, "write the published schemas anew")

var formats = []struct {
	format string
	typ    reflect.Type
	read   func(string, []byte) error
}{
	{"pdpolicy/v1", reflect.TypeFor[Policy](), func(n string, b []byte) error { _, err := ReadPolicy(n, b); return err }},
	{"pdmap/v1", reflect.TypeFor[Map](), func(n string, b []byte) error { _, err := ReadMap(n, b); return err }},
	{"pdkinds/v1", reflect.TypeFor[KindFile](), func(n string, b []byte) error { _, err := ReadKinds(n, b); return err }},
	{"pdprofile/v1", reflect.TypeFor[Profile](), func(n string, b []byte) error { _, err := ReadProfile(n, b); return err }},
}

// TestPublishedSchemas holds the schemas on disk to the struct tags that the reader goes by.
func TestPublishedSchemas(t *testing.T) {
	for _, f := range formats {
		s := schemaOf(f.typ)
		s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
		s["title"] = f.format
		want, err := json.MarshalIndent(s, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, '\n')
		name := filepath.Join("schemas", strings.ReplaceAll(f.format, "/", "-")+".json")
		if *update {
			if err := os.WriteFile(name, want, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		got, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what the tags say: go test ./rules -run PublishedSchemas -update", name)
		}
	}
}

func schemaOf(t reflect.Type) map[string]any {
	switch t.Kind() {
	case reflect.Pointer:
		return schemaOf(t.Elem())
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int:
		return map[string]any{"type": "integer"}
	case reflect.Float64:
		return map[string]any{"type": "number"}
	case reflect.String:
		return map[string]any{"type": "string"}
	case reflect.Slice:
		return map[string]any{"type": "array", "items": schemaOf(t.Elem())}
	case reflect.Struct:
		properties, required := map[string]any{}, []string{}
		for _, f := range fieldsOf(t) {
			properties[f.name] = f.schema()
			if f.need {
				required = append(required, f.name)
			}
		}
		s := map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
		if len(required) > 0 {
			s["required"] = required
		}
		return s
	}
	panic("no schema for " + t.String())
}

func (f field) schema() map[string]any {
	t := f.typ
	if t == reflect.TypeFor[Words]() {
		one := f.word()
		s := map[string]any{"anyOf": []any{one, map[string]any{"type": "array", "items": one}}}
		if f.about != "" {
			s["description"] = f.about
		}
		return s
	}
	s := schemaOf(t)
	if t.Kind() == reflect.String {
		s = f.word()
	}
	for key, text := range map[string]string{"minimum": f.min, "maximum": f.max} {
		if x, err := strconv.ParseFloat(text, 64); err == nil {
			s[key] = x
		}
	}
	if f.about != "" {
		s["description"] = f.about
	}
	return s
}

func (f field) word() map[string]any {
	s := map[string]any{"type": "string"}
	if f.one != nil {
		s["enum"] = f.one
	}
	if f.like != "" {
		pattern := forms[f.like].pattern.String()
		s["pattern"] = strings.ReplaceAll(pattern, "[^[:space:]]", `\S`)
	}
	return s
}

func compiled(t *testing.T, format string) *jsonschema.Schema {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("schemas", strings.ReplaceAll(format, "/", "-")+".json"))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("s.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("s.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func validate(t *testing.T, s *jsonschema.Schema, data []byte) error {
	t.Helper()
	j, err := yaml.YAMLToJSON(data)
	if err != nil {
		return err
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(j))
	if err != nil {
		return err
	}
	return s.Validate(doc)
}

func TestShippedFilesKeepTheirSchemas(t *testing.T) {
	check := func(format, name string, data []byte) {
		if err := validate(t, compiled(t, format), data); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, id := range BuiltinIDs() {
		data, err := BuiltinFile(id)
		if err != nil {
			t.Fatal(err)
		}
		check("pdpolicy/v1", id, data)
		if p, err := Builtin(id); err != nil || p.ID != id {
			t.Errorf("%s: %v", id, err)
		}
	}
	for _, id := range BuiltinProfileIDs() {
		data, err := shipped.ReadFile("policies/profiles/" + id + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		check("pdprofile/v1", id, data)
		if pr, err := BuiltinProfile(id); err != nil || pr.ID != id {
			t.Errorf("%s: %v", id, err)
		}
	}
	check("pdmap/v1", "testdata/sens.map.yaml", testFile(t, "sens.map.yaml"))
	check("pdkinds/v1", "testdata/kinds.yaml", testFile(t, "kinds.yaml"))
	check("pdpolicy/v1", "testdata/library.yaml", testFile(t, "library.yaml"))
}

func testFile(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestReaderAndSchemaAgree edits a good file and asks both. Names that must exist elsewhere in the file, and names
// that may stand there once, are the reader's alone: a schema cannot say them.
func TestReaderAndSchemaAgree(t *testing.T) {
	good := map[string]string{
		"pdpolicy/v1":  string(testFile(t, "library.yaml")),
		"pdmap/v1":     string(testFile(t, "sens.map.yaml")),
		"pdkinds/v1":   string(testFile(t, "kinds.yaml")),
		"pdprofile/v1": "schema: pdprofile/v1\nid: x\nacts: {m4: \"1\"}\ncolumns:\n  - {match: {class: direct, kind: [phone]}, do: m4.mask, keep: 2}\ngates: {residual_pd: 0, k: 5, max_suppression: 0.1}\n",
	}
	for _, c := range []struct {
		name, format, old, new string
		ok                     bool
	}{
		{"as it is", "pdpolicy/v1", "", "", true},
		{"unknown key", "pdpolicy/v1", "title:", "titel:", false},
		{"missing key", "pdpolicy/v1", "title: A library\n", "", false},
		{"wrong schema", "pdpolicy/v1", "pdpolicy/v1", "pdpolicy/v2", false},
		{"bad date", "pdpolicy/v1", "2024-02-29", "2024-13-01", false},
		{"number for a text", "pdpolicy/v1", "title: A library", "title: 12", false},
		{"text for a number", "pdpolicy/v1", "age: 14", "age: old", false},
		{"age below zero", "pdpolicy/v1", "age: 14", "age: -1", false},
		{"a word for a list of words", "pdpolicy/v1", "purposes: [lending]", "purposes: lending", true},
		{"unknown effect", "pdpolicy/v1", "effect: refuse", "effect: forbid", false},
		{"bad fingerprint", "pdpolicy/v1", "sha256: \"", "sha256: \"x", false},
		{"id with capitals", "pdpolicy/v1", "id: library", "id: Library", false},
		{"bad duration", "pdpolicy/v1", "keep: P1Y", "keep: 1 year", false},
		{"bad country", "pdpolicy/v1", "country: RU", "country: Russia", false},
		{"null", "pdpolicy/v1", "title: A library", "title:", false},
		{"as it is", "pdmap/v1", "", "", true},
		{"unknown key", "pdmap/v1", "subject: id", "subjekt: id", false},
		{"bad class", "pdmap/v1", "class: direct", "class: straight", false},
		{"text for true", "pdmap/v1", "blocked: true", "blocked: \"yes\"", false},
		{"no columns", "pdmap/v1", "columns:", "colums:", false},
		{"as it is", "pdkinds/v1", "", "", true},
		{"unknown key", "pdkinds/v1", "keyword_required", "keyword_needed", false},
		{"no class", "pdkinds/v1", "    class: quasi\n", "", false},
		{"score above one", "pdkinds/v1", "score: 0.9", "score: 9", false},
		{"unknown syntax", "pdkinds/v1", "syntax: backtracking", "syntax: perl", false},
		{"as it is", "pdprofile/v1", "", "", true},
		{"unknown method", "pdprofile/v1", "m4.mask", "m4.hide", false},
		{"no method", "pdprofile/v1", "do: m4.mask, ", "", false},
		{"no match", "pdprofile/v1", "match: {class: direct, kind: [phone]}, ", "", false},
		{"share above one", "pdprofile/v1", "0.1", "1.5", false},
		{"whole number as a share", "pdprofile/v1", "0.1", "1", true},
		{"k is no whole number", "pdprofile/v1", "k: 5", "k: 5.5", false},
		{"keep below zero", "pdprofile/v1", "keep: 2", "keep: -2", false},
		{"a list where a text is", "pdprofile/v1", "id: x", "id: [x]", false},
		{"keys where a list is", "pdprofile/v1", "kind: [phone]", "kind: {phone: 1}", false},
	} {
		t.Run(c.format+" "+c.name, func(t *testing.T) {
			text := good[c.format]
			if !strings.Contains(text, c.old) {
				t.Fatalf("the good file has no %q", c.old)
			}
			text = strings.Replace(text, c.old, c.new, 1)
			schema := validate(t, compiled(t, c.format), []byte(text))
			var reader error
			for _, f := range formats {
				if f.format == c.format {
					reader = f.read("x.yaml", []byte(text))
				}
			}
			if (schema == nil) != c.ok {
				t.Errorf("schema: %v", schema)
			}
			if (reader == nil) != c.ok {
				t.Errorf("reader: %v", reader)
			}
		})
	}
}
