package main

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"bezlik/benchmarks/corpus"
)

// data makes what commands name in braces, when it is first named.
type data struct {
	o      options
	root   string
	log    io.Writer
	places map[string]string
	specs  map[string]spec // of corpora
	db     *databases
}

// spec is how a corpus was made, so that its truth can be made again.
type spec struct {
	corpus.Options
	meta corpus.Meta
}

func newData(o options, root string, log io.Writer) *data {
	return &data{o: o, root: root, log: log, places: map[string]string{}, specs: map[string]spec{}}
}

func (d *data) close() {
	if d.db != nil {
		d.db.close()
	}
}

// outputs are the places where commands write; they are emptied before each run.
var outputs = map[string]string{"csvcopy.out": "copy.csv", "masked": "masked.csv", "psql.out": "psql.csv", "exported": "exported", "ledger": "ledger.jsonl",
	"replaced": "replaced.log", "maskedtext": "masked.log", "tokenized": "tokenized.csv"}

// corpora lists kind, file name and size, full and quick: bytes, or rows of a database.
var corpora = map[string]struct {
	kind, file  string
	full, quick int64
}{
	"log":         {"log", "chat.log", 256 << 20, 2e6},
	"access":      {"access", "access.log", 64 << 20, 1e6},
	"csv":         {"csv", "users.csv", 256 << 20, 2e6},
	"telegram":    {"telegram", "result.json", 128 << 20, 2e6},
	"jsonl":       {"jsonl", "users.jsonl", 128 << 20, 2e6},
	"log.small":   {"log", "small/chat.log", 16e6, 1e6},
	"log.big":     {"log", "big/chat.log", 1e9, 4e6},
	"csv.small":   {"csv", "small/users.csv", 16e6, 1e6},
	"csv.big":     {"csv", "big/users.csv", 1e9, 4e6},
	"jsonl.small": {"jsonl", "small/users.jsonl", 16e6, 1e6},
	"jsonl.big":   {"jsonl", "big/users.jsonl", 1e9, 4e6},
	"pg":          {"copy", "", 2_000_000, 4000},
	"pg.small":    {"copy", "", 200_000, 1000},
}

// fixtures are the made-up policy under which goal 16 exports, the map of the table and the treatment of its columns;
// and a treatment with tokens for goal 21.
//
//go:embed fixtures/*.yaml
var fixtures embed.FS

var brace = regexp.MustCompile(`\{([a-z.]+)\}`)

// expand puts the places into strings.
func (d *data) expand(in ...string) ([]string, error) {
	var err error
	out := make([]string, len(in))
	for i, s := range in {
		out[i] = brace.ReplaceAllStringFunc(s, func(name string) string {
			place, e := d.place(name[1 : len(name)-1])
			if err == nil {
				err = e
			}
			return place
		})
	}
	return out, err
}

func (d *data) place(name string) (string, error) {
	if p, ok := d.places[name]; ok {
		return p, nil
	}
	p, err := d.prepare(name)
	if err != nil {
		return "", err
	}
	d.places[name] = p
	return p, nil
}

func (d *data) prepare(name string) (string, error) {
	if file, ok := outputs[name]; ok {
		dir := filepath.Join(d.o.dir, "out")
		return filepath.Join(dir, file), os.MkdirAll(dir, 0o755)
	}
	switch name {
	case "bezlik":
		return d.o.bezlik, nil
	case "portable":
		return d.portable()
	case "pdscan", "gitleaks":
		return d.foreign(name)
	case "rules":
		p := filepath.Join(d.o.dir, "rules.toml")
		return p, os.WriteFile(p, []byte(gitleaksRules()), 0o644)
	case "empty":
		p := filepath.Join(d.o.dir, "empty.txt")
		return p, os.WriteFile(p, nil, 0o644)
	case "patterns":
		return alternation(), nil
	case "spin":
		if d.o.quick {
			return "20", nil
		}
		return "500", nil
	case "policy", "map", "profile", "tokens":
		b, err := fixtures.ReadFile("fixtures/" + name + ".yaml")
		if err != nil {
			return "", err
		}
		p := filepath.Join(d.o.dir, name+".yaml")
		return p, os.WriteFile(p, b, 0o600)
	case "key": // in a folder of its own: an export refuses a key that lies beside its source or result
		dir := filepath.Join(d.o.dir, "key")
		p := filepath.Join(dir, "key.hex")
		return p, errors.Join(os.MkdirAll(dir, 0o700), os.WriteFile(p, []byte(strings.Repeat("c0ffee00", 8)+"\n"), 0o600))
	case "peers":
		return d.buildPeers()
	case "pg", "pg.small":
		return d.database(name)
	}
	c, ok := corpora[name]
	if !ok {
		return "", fmt.Errorf("a command names {%s}, which there is not", name)
	}
	size := c.full
	if d.o.quick {
		size = c.quick
	}
	path := filepath.Join(d.o.dir, strconv.FormatInt(size/1e6, 10)+"MB", filepath.FromSlash(c.file))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return "", err
	}
	fmt.Fprintf(d.log, "making %s, %d MB\n", filepath.Base(path), size/1e6)
	o := corpus.Options{Kind: c.kind, Seed: d.o.seed, Size: size, Object: filepath.Base(path)}
	o.With.Users = name == "access" // without them there is nothing to find
	meta, err := corpus.Save(path, "", o)
	d.specs[name] = spec{Options: o, meta: meta}
	return path, err
}

// size is the number of bytes behind a place.
func (d *data) size(name string) (int64, error) {
	if name == "" {
		return 0, nil
	}
	if _, err := d.place(name); err != nil {
		return 0, err
	}
	return d.specs[name].meta.Bytes, nil
}

// portable is the build without assembly, of the sources around the runner.
func (d *data) portable() (string, error) {
	if d.o.portable != "" {
		return d.o.portable, nil
	}
	fmt.Fprintln(d.log, "building the portable program")
	p := filepath.Join(d.o.dir, "bezlik-portable")
	c := exec.Command("go", "build", "-trimpath", "-tags", "purego", "-o", p, "./cmd/bezlik")
	c.Dir = d.root
	if out, err := c.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building the portable program: %w: %s", err, out)
	}
	return p, nil
}

func (d *data) buildPeers() (string, error) {
	dir := filepath.Join(d.o.dir, "peers")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	c := exec.Command("go", "build", "-o", dir+string(filepath.Separator), "./benchmarks/peers/...")
	c.Dir = d.root
	if out, err := c.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building the peers: %w: %s", err, out)
	}
	return dir, nil
}

func (d *data) removeOutputs() error {
	for name := range outputs {
		if p, ok := d.places[name]; ok {
			if err := os.RemoveAll(p); err != nil {
				return err
			}
		}
	}
	return nil
}
