package pipeline

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"bezlik/connectors"
)

// peak is the most memory in use while do runs, beyond what was in use before.
func peak(do func()) int64 {
	defer debug.SetGCPercent(debug.SetGCPercent(10)) // garbage is not what is measured
	now := func() int64 {
		s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		metrics.Read(s)
		return int64(s[0].Value.Uint64())
	}
	runtime.GC()
	before := now()
	most := before
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			most = max(most, now())
			select {
			case <-stop:
				return
			case <-time.After(time.Millisecond):
			}
		}
	}()
	do()
	close(stop)
	<-done
	return most - before
}

// A row of many megabytes is in memory a few times, not once for every step or worker.
func TestMemoryOfAHugeRow(t *testing.T) {
	size := 100 << 20
	if testing.Short() {
		size = 20 << 20
	}
	r := rand.New(rand.NewPCG(80, 80))
	words := "слово за словом, ни о чём; "
	text := strings.Repeat(words, size/len(words)) + " звоните " + phone(r)
	rows := [][]string{{"1", "привет"}, {"2", text}, {"3", "ИНН " + inn(r)}}
	source := func() connectors.Source {
		return &fake{objects: []fakeObject{{name: "t", fields: []string{"id", "text"}, rows: rows}}, cut: func() int { return 1 }}
	}
	check := func(what string, times int64, do func()) {
		t.Helper()
		start := time.Now()
		n := peak(do)
		t.Logf("%s: %d MB for a row of %d MB, %v", what, n>>20, len(text)>>20, time.Since(start).Round(time.Millisecond))
		if n > times*int64(len(text))+16<<20 {
			t.Errorf("%s: a row of %d MB took %d MB", what, len(text)>>20, n>>20)
		}
	}
	var survey *Result
	check("scan", 3, func() {
		found := 0
		var err error
		survey, err = (&Scan{Source: source(), Workers: 4, Findings: true, Emit: func(m *Message) error {
			if m.Finding != nil {
				found++
			}
			return nil
		}}).Run(t.Context())
		if err != nil || found != 2 {
			t.Errorf("%d findings, %v", found, err)
		}
	})
	check("mask", 5, func() {
		f := &Filter{Head: &fake{objects: []fakeObject{{name: "t", fields: []string{"id", "text"}, rows: rows[:1]}}}, Stream: source(), Workers: 4, Out: io.Discard, Plan: whatever(masking(t))}
		if out, err := f.Run(context.Background()); err != nil || out.Changed != 2 {
			t.Errorf("%+v, %v", out, err)
		}
	})
	text = text[len(text)-min(len(text), 40<<20):] // what a reader of CSV takes for one record
	rows[1][1] = text
	check("export to csv", 6, func() {
		x := &anExport{source: source(), survey: survey, plan: masking(t), form: "csv", workers: 4}
		x.discard = true
		if _, out, err := x.run(t.Context(), t); err != nil || out.Changed != 2 {
			t.Errorf("%+v, %v", out, err)
		}
	})
}

// The number of rows does not matter: what is kept of a column is bounded, and so are the batches on their way.
func TestMemoryOfManyRows(t *testing.T) {
	r := rand.New(rand.NewPCG(81, 81))
	rows := make([][]string, 1000)
	for i := range rows {
		rows[i] = []string{fmt.Sprint(i), inn(r), phone(r), anything(r), email(r)}
	}
	measure := func(parts int) int64 {
		var objects []fakeObject
		for range parts {
			objects = append(objects, fakeObject{name: "t", fields: []string{"id", "a", "b", "c", "d"}, rows: rows})
		}
		s := &Scan{Source: &fake{objects: objects, cut: func() int { return 50 }}, Workers: 2, Emit: func(*Message) error { return nil }}
		return peak(func() {
			if _, err := s.Run(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	few, many := measure(4), measure(80)
	if t.Logf("%d KB for 4 parts, %d KB for 80", few>>10, many>>10); many > 2*few+4<<20 {
		t.Errorf("%d KB for 4 parts, %d KB for 80", few>>10, many>>10)
	}
}
