package pipeline

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bezlik/connectors"
	"bezlik/detectors"
)

// gathered tallies a piece of a table in one worker.
func gathered(o *fakeObject, from, to int) map[string]*Object {
	w := NewWorker(testKey)
	part := fakeObject{name: o.name, fields: o.fields, rows: o.rows[from:to]}
	r := &fakeReader{ctx: noContext, fake: &fake{cut: func() int { return 11 }}, object: &part}
	var b connectors.Batch
	for r.Next(&b) == nil {
		b.First += int64(from)
		w.Tally(&b, w.Scan(&b))
	}
	return w.Take(0)
}

// judgedAs tells all that an inventory says, whatever the order of its maps.
func judgedAs(t failer, objects map[string]*Object) string {
	t.Helper()
	var s strings.Builder
	for _, name := range keysOf(objects) {
		inv := objects[name].Judge()
		fmt.Fprintln(&s, inv.Object, inv.Rows)
		for i := range inv.Fields {
			f := &inv.Fields[i]
			b, err := json.Marshal(f.line(name, detectors.Mask, "en"))
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&s, "%s %v %v\n", b, f.skipped, f.settled())
			for _, k := range keysOf(f.Counts) {
				fmt.Fprintln(&s, k, f.Counts[k].Scores, f.Counts[k].Evidence)
			}
		}
		for _, c := range objects[name].Columns {
			fmt.Fprintln(&s, c.Field.Name, c.Key, c.Facts())
		}
	}
	return s.String()
}

// The inventory of a whole is that of its parts, merged in any order, and stored in between or not.
func TestPartsMergeToTheWhole(t *testing.T) {
	dir := t.TempDir()
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "seed")
		rows := rapid.IntRange(0, 700).Draw(t, "rows") // more distinct values than a sketch holds
		cuts := rapid.SliceOfN(rapid.IntRange(0, rows), 0, 5).Draw(t, "cuts")
		stored := rapid.Bool().Draw(t, "stored")
		r := rand.New(rand.NewPCG(seed, 0))
		o := people(r, "t", rows)
		for i, row := range o.rows { // lengths are a matter of order, too
			row[5] = strings.Repeat("слово ", 1+i/10) + row[5]
		}
		slices.Sort(cuts)
		cuts = append(cuts, rows)
		var parts []map[string]*Object
		for from := 0; len(cuts) > 0; cuts = cuts[1:] {
			parts = append(parts, gathered(&o, from, cuts[0]))
			from = cuts[0]
		}
		r.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
		if stored {
			n++
			parts = throughState(t, filepath.Join(dir, fmt.Sprint(n)), parts)
		}
		merged := map[string]*Object{}
		for _, p := range parts {
			merge(merged, p)
		}
		whole := map[string]*Object{}
		merge(whole, gathered(&o, 0, rows))
		if rows == 0 {
			return
		}
		if d := differ(strings.Split(judgedAs(t, whole), "\n"), strings.Split(judgedAs(t, merged), "\n")); d != "" {
			t.Fatal(d)
		}
	})
}

// throughState stores parts in a state file and reads them back.
func throughState(t *rapid.T, path string, parts []map[string]*Object) []map[string]*Object {
	open := func() *State {
		s, err := OpenState(path, "test", stateKey(t, oneKey))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	s := open()
	for i, p := range parts {
		if err := s.add(&part{Part: connectors.Part{Object: "t", Range: fmt.Sprint(i)}}, p); err != nil {
			t.Fatal(err)
		}
	}
	s.Close()
	s = open()
	defer os.Remove(path)
	defer s.Close()
	if len(s.Parts()) != len(parts) {
		t.Fatalf("stored %d parts, found %d", len(parts), len(s.Parts()))
	}
	back := make([]map[string]*Object, len(parts))
	for i := range parts {
		back[i] = s.part(connectors.Part{Object: "t", Range: fmt.Sprint(i)}).objects()
	}
	return back
}

// A column is settled or not by rows that are sampled: with rows apart and folded it says the same.
func TestFoldedColumnsSayTheSame(t *testing.T) {
	r := rand.New(rand.NewPCG(20, 20))
	o := people(r, "t", denseRows+500)
	want := gathered(&o, 0, len(o.rows))
	w := NewWorker(testKey)
	w.apart = true
	reader := &fakeReader{ctx: noContext, fake: &fake{cut: func() int { return 100 }}, object: &o}
	var b connectors.Batch
	for reader.Next(&b) == nil {
		w.Tally(&b, w.Scan(&b))
	}
	got := w.Take(0)
	(&head{}).fold(got)
	if d := differ(strings.Split(judgedAs(t, want), "\n"), strings.Split(judgedAs(t, got), "\n")); d != "" {
		t.Error(d)
	}
}

// The shape of a cluster settles as the cluster does, if it is of no more candidates than a shape tells apart.
func TestShapesSettleAsClusters(t *testing.T) {
	all := detectors.All()
	rapid.Check(t, func(t *rapid.T) {
		var f []Found
		for range rapid.IntRange(1, maxCluster).Draw(t, "candidates") {
			start := rapid.Uint32Range(1, 20).Draw(t, "start")
			f = append(f, Found{Finding: detectors.Finding{Detector: rapid.SampledFrom(all).Draw(t, "kind"), Start: start,
				End: start + rapid.Uint32Range(1, 12).Draw(t, "length"), Score: uint8(rapid.SampledFrom([]int{40, 85, 90}).Draw(t, "score")),
				Evidence: rapid.SampledFrom([]detectors.Evidence{detectors.Structure, detectors.Keyword, detectors.Checksum}).Draw(t, "evidence")}})
		}
		slices.SortFunc(f, func(a, b Found) int { return int(a.Start) - int(b.Start) })
		clusters(f, func(f []Found) {
			shape := shapeOf(f)
			var s settler
			list := func(found []Found) (s2 []string) {
				for _, x := range s.cluster(found, &silent) {
					s2 = append(s2, fmt.Sprint(x.Kind, x.Score, x.Evidence))
				}
				s.out = s.out[:0]
				return s2
			}
			if a, b := list(f), list(shape.findings(nil)); !slices.Equal(a, b) {
				t.Fatalf("the cluster gives %v, its shape %v", a, b)
			}
		})
	})
}
