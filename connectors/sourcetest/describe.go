package sourcetest

import (
	"context"
	"io"
	"slices"
	"testing"

	"bezlik/connectors"
)

// describe holds what a Describer tells to what reading brings: the same objects in the same order, and of those whose
// fields it knows the same fields, behind which reading may find more.
func (k *kit) describe(t *testing.T) {
	s := k.make(t)
	defer s.Close()
	d, ok := s.(connectors.Describer)
	if !ok {
		return
	}
	got, err := d.Describe(context.Background())
	if err != nil {
		t.Fatalf("describe: %v", err)
	}
	read := k.make(t)
	defer read.Close()
	var objects []string
	fields := map[string][]connectors.Field{}
	for _, p := range partsOf(t, read, 1) {
		if slices.Contains(objects, p.Object) {
			continue
		}
		objects = append(objects, p.Object)
		fields[p.Object] = firstFields(t, read, p)
	}
	var told []string
	for _, x := range got {
		if slices.Contains(objects, x.Object) || !x.Unknown { // what may be of no known format is told, too
			told = append(told, x.Object)
		}
		have := fields[x.Object]
		if x.Unknown && len(x.Fields) > 0 {
			t.Errorf("%s: its fields are unknown, and there are %d", x.Object, len(x.Fields))
		}
		same := func(a, b connectors.Field) bool { return a.Name == b.Name && a.Native == b.Native } // values may say a Type
		if n := len(x.Fields); have != nil && (n > len(have) || !slices.EqualFunc(x.Fields, have[:n], same)) {
			t.Errorf("%s: described with the fields %v, read with %v", x.Object, x.Fields, have)
		}
	}
	if !slices.Equal(told, objects) {
		t.Errorf("described are %q, read are %q", told, objects)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := k.make(t).(connectors.Describer).Describe(ctx); err == nil {
		t.Error("describe goes on although its context has ended")
	}
}

// firstFields are the fields of the first batch of a part, nil where there is none.
func firstFields(t *testing.T, s connectors.Source, p connectors.Part) []connectors.Field {
	t.Helper()
	r, err := s.Open(context.Background(), p)
	if err != nil {
		return nil // it cannot be read: it may be described all the same
	}
	defer r.Close()
	var b connectors.Batch
	if err := r.Next(&b); err == io.EOF {
		return nil
	} else if err != nil {
		t.Fatalf("next: %v", err)
	}
	return slices.Clone(b.Fields)
}
