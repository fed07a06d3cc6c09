// Command gencorpus makes benchmark data with known items in it. See package corpus.
//
//	go run ./benchmarks/cmd/gencorpus -kind log -size 256000000 -out chat.log
package main

import (
	"flag"
	"fmt"
	"os"
	"reflect"
	"strconv"
	"strings"

	"bezlik/benchmarks/corpus"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "gencorpus:", err)
		os.Exit(2)
	}
}

func run(args []string) error {
	fs := flag.NewFlagSet("gencorpus", flag.ContinueOnError)
	kind := fs.String("kind", "", "what to make: "+strings.Join(corpus.Kinds(), ", ")+", clean, copywide, world")
	seed := fs.Uint64("seed", corpus.Seed, "random seed; "+strconv.Itoa(corpus.HeldOutSeed)+" is held out for checks")
	size := fs.String("size", "", "stop at this many bytes of UTF-8: 16000000, 16MB, 1GB")
	rows := fs.Int64("rows", 0, "stop after this many records instead")
	out := fs.String("out", "", "file to write; OUT.meta.json describes it (world: a folder)")
	truth := fs.String("truth", "", "file for the list of planted items, JSON lines")
	with := fs.String("with", "", "comma-separated: "+strings.Join(traits(), ", "))
	ddl := fs.String("ddl", "", "copy, copywide: file for the CREATE TABLE statement of public.users")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if *out == "" || *kind == "" {
		return fmt.Errorf("-kind and -out are needed")
	}
	o := corpus.Options{Kind: *kind, Seed: *seed, Rows: *rows}
	var err error
	if o.Size, err = parseSize(*size); err != nil {
		return err
	}
	if err := setTraits(&o.With, *with); err != nil {
		return err
	}
	if *ddl != "" {
		if err := os.WriteFile(*ddl, []byte(corpus.DDL("public.users", *kind == "copywide")), 0o644); err != nil {
			return err
		}
	}
	switch *kind {
	case "world":
		if o.Rows == 0 {
			o.Rows = 1000
		}
		_, err = corpus.World(*out, o.Seed, o.Rows)
	case "copywide":
		err = wide(*out, o)
	default:
		_, err = corpus.Save(*out, *truth, o)
	}
	return err
}

func wide(path string, o corpus.Options) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if _, err := corpus.WriteWide(f, o); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// traits lists the names of the fields of corpus.With, as in JSON.
func traits() (names []string) {
	for i, t := 0, reflect.TypeFor[corpus.With](); i < t.NumField(); i++ {
		names = append(names, strings.TrimSuffix(t.Field(i).Tag.Get("json"), ",omitempty"))
	}
	return names
}

func setTraits(w *corpus.With, list string) error {
	v := reflect.ValueOf(w).Elem()
	all := traits()
next:
	for name := range strings.SplitSeq(list, ",") {
		if name == "" {
			continue
		}
		for i := range all {
			if all[i] == name {
				v.Field(i).SetBool(true)
				continue next
			}
		}
		return fmt.Errorf("unknown -with %q; there are %s", name, strings.Join(all, ", "))
	}
	return nil
}

func parseSize(s string) (int64, error) {
	if s == "" {
		return 0, nil
	}
	unit := int64(1)
	for _, u := range []struct {
		suffix string
		n      int64
	}{{"GB", 1e9}, {"MB", 1e6}, {"KB", 1e3}} {
		if t, ok := strings.CutSuffix(s, u.suffix); ok {
			s, unit = t, u.n
		}
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n <= 0 {
		return 0, fmt.Errorf("-size: want a number of bytes such as 16000000 or 16MB")
	}
	return n * unit, nil
}
