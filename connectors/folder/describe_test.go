package folder_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"bezlik/connectors"
	"bezlik/connectors/folder"
)

// named is a driver whose files say "NAMES " and the names of their fields, and hold an object beside themselves.
func named(asked *[]int) folder.Driver {
	return folder.Driver{
		Name:  "named",
		Match: func(string, []byte) bool { return true },
		Names: func(name string, magic []byte) bool {
			*asked = append(*asked, len(magic))
			return strings.HasSuffix(name, ".names") || bytes.HasPrefix(magic, []byte("NAMES "))
		},
		Holds: true,
		Open: func(path, object string) (connectors.Source, error) {
			return &namedSource{wordSource{path: path, object: object}}, nil
		},
	}
}

type namedSource struct{ wordSource }

func (s *namedSource) Describe(context.Context) ([]connectors.Described, error) {
	b, err := os.ReadFile(s.path)
	if err != nil {
		return nil, err
	}
	var fields []connectors.Field
	for _, f := range strings.Fields(string(b))[1:] {
		fields = append(fields, connectors.Field{Name: f})
	}
	return []connectors.Described{{Object: s.object + "!/a", Fields: fields}, {Object: s.object + "!/b", Unknown: true}}, nil
}

func TestDescribe(t *testing.T) {
	dir := tree(t, map[string]string{"x.names": "NAMES id phone", "by/content": "NAMES email, and much else behind the first bytes", "words": "WORDS of a person", "note.txt": "12"})
	if err := os.Symlink(filepath.Join(dir, "x.names"), filepath.Join(dir, "link.names")); err != nil {
		t.Fatal(err)
	}
	fields := func(names ...string) (f []connectors.Field) {
		for _, n := range names {
			f = append(f, connectors.Field{Name: n})
		}
		return f
	}
	byContent := fields("email,", "and", "much", "else", "behind", "the", "first", "bytes")
	for _, c := range []struct {
		what     string
		o        folder.Options
		want     []connectors.Described
		excluded []string
	}{
		{"all", folder.Options{}, []connectors.Described{{Object: "by/content!/a", Fields: byContent}, {Object: "by/content!/b", Unknown: true},
			{Object: "note.txt", Unknown: true}, {Object: "words", Unknown: true}, {Object: "x.names!/a", Fields: fields("id", "phone")}, {Object: "x.names!/b", Unknown: true}}, nil},
		{"what is held", folder.Options{Include: []string{"a"}}, []connectors.Described{{Object: "by/content!/a", Fields: byContent},
			{Object: "x.names!/a", Fields: fields("id", "phone")}}, []string{"by/content!/b", "link.names", "note.txt", "words", "x.names!/b"}},
		{"left out", folder.Options{Exclude: []string{"by/**", "*.txt", "b"}}, []connectors.Described{{Object: "words", Unknown: true},
			{Object: "x.names!/a", Fields: fields("id", "phone")}}, []string{"by/content", "note.txt", "x.names!/b"}},
		{"a format that names nothing", folder.Options{As: "words", Include: []string{"words", "*.names"}}, []connectors.Described{{Object: "words", Unknown: true},
			{Object: "x.names", Unknown: true}}, []string{"by/content", "note.txt"}},
	} {
		var asked []int
		c.o.Drivers = []folder.Driver{words, named(&asked)}
		s, err := folder.Open(dir, c.o)
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.Describe(context.Background())
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, %v\nwant %+v", c.what, got, err, c.want)
		}
		excluded := s.Excluded()
		slices.Sort(excluded)
		if !slices.Equal(excluded, c.excluded) || len(s.Problems()) > 0 {
			t.Errorf("%s: left out %q, want %q; problems %v", c.what, excluded, c.excluded, s.Problems())
		}
		if len(asked) > 0 && slices.Max(asked) > folder.MagicSize {
			t.Errorf("%s: a driver saw %d bytes of a file", c.what, slices.Max(asked))
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestDescribeTellsProblems: a file that fails is told, and the others are described.
func TestDescribeTellsProblems(t *testing.T) {
	dir := tree(t, map[string]string{"a.names": "NAMES id", "b.names": "NAMES id"})
	var asked []int
	d := named(&asked)
	open := d.Open
	d.Open = func(path, object string) (connectors.Source, error) {
		if object == "a.names" {
			return nil, &connectors.Problem{Object: object, Kind: "damaged"}
		}
		return open(path, object)
	}
	s, err := folder.Open(dir, folder.Options{Drivers: []folder.Driver{d}})
	if err != nil {
		t.Fatal(err)
	}
	got, err := s.Describe(context.Background())
	if err != nil || len(got) != 2 || got[0].Object != "b.names!/a" || len(s.Problems()) != 1 || s.Problems()[0].Kind != "damaged" {
		t.Errorf("%v, %v, %v", got, err, s.Problems())
	}
}
