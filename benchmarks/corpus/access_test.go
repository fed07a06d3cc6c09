package corpus

import (
	"bytes"
	"testing"
)

// TestAccessLogWithUsers: every thousandth line has one item, where the truth says, and the other lines have none.
func TestAccessLogWithUsers(t *testing.T) {
	b, meta, truth := make1(t, Options{Kind: "access", Seed: Seed, Rows: 40_000, With: With{Users: true}})
	lines := bytes.Split(b, []byte("\n"))
	if meta.Total() != 40 || len(truth) != 40 || meta.Planted[Phone] == 0 || meta.Planted[Email] == 0 {
		t.Fatalf("planted %v, %d in the truth; wanted 40 of two kinds", meta.Planted, len(truth))
	}
	for i, p := range truth {
		line := lines[p.Row-1]
		if p.Row != int64(i*1000+500) || !bytes.Equal(line[p.Start:p.End], p.Text) || p.End != len(line) || !p.Counted() {
			t.Errorf("row %d, %q at %d of %q", p.Row, p.Text, p.Start, line)
		}
	}
	if n := bytes.Count(b, []byte(" user=")) + bytes.Count(b, []byte(" phone=")); n != 40 {
		t.Errorf("%d fields, wanted 40", n)
	}
}
