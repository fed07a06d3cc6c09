package corpus

import (
	"bytes"
	"io"
	"regexp"
	"testing"
	"unicode/utf8"
)

// TestCleanPinned holds the bytes of 1 MB: figures of different days compare only while they stay.
func TestCleanPinned(t *testing.T) {
	b, meta, truth := make1(t, Options{Kind: Clean, Seed: Seed})
	const pin = "aa463cfcd01cd33bdad528946b4711a84255e31a1da74c6411f85716d88f3462"
	if got := sum(b); got != pin || got != meta.SHA256 {
		t.Errorf("sha256 %s, pinned is %s", got, pin)
	}
	if len(b) < 1_000_000 || len(b) > 1_050_000 {
		t.Errorf("%d bytes", len(b))
	}
	if len(truth) != 0 || meta.Total() != 0 || meta.Rows == 0 {
		t.Errorf("%d items in %d records", len(truth), meta.Rows)
	}
}

// TestCleanSizes: more text begins like less, and the seed decides.
func TestCleanSizes(t *testing.T) {
	short, _, _ := make1(t, Options{Kind: Clean, Seed: 7, Size: 300_000})
	long, _, _ := make1(t, Options{Kind: Clean, Seed: 7, Size: 900_000})
	other, _, _ := make1(t, Options{Kind: Clean, Seed: 8, Size: 300_000})
	if !bytes.HasPrefix(long, short) || len(long) < 900_000 {
		t.Error("more text does not begin like less")
	}
	if bytes.HasPrefix(long, other[:1000]) {
		t.Error("another seed gives the same text")
	}
}

// TestCleanIsText: no bracket of a rule is left, all is UTF-8 without zero bytes, and windows-1251 has every character.
func TestCleanIsText(t *testing.T) {
	b, _, _ := make1(t, Options{Kind: Clean, Seed: 3, Size: 3_000_000})
	if !utf8.Valid(b) || bytes.IndexByte(b, 0) >= 0 || bytes.ContainsAny(b, "‹›") {
		t.Error("not clean text")
	}
	make1(t, Options{Kind: Clean, Seed: 3, With: With{CP1251: true, CRLF: true}})
	for _, want := range []string{"INNER JOIN", "@media", "@app.route", "FeatureCollection", "Traceback", "ГОСТ Р", "ООО «", "[bot]", "Итого: "} {
		if !bytes.Contains(b, []byte(want)) {
			t.Errorf("no %q in 3 MB", want)
		}
	}
	// A mail address has a letter on both sides of its at sign and a domain of letters.
	if m := regexp.MustCompile(`[a-z0-9]@[a-z][a-z0-9-]*\.[a-z]{2,}`).Find(b); m != nil {
		t.Errorf("%q is a mail address", m)
	}
}

// TestBarCodes checks bar codes by the rule of GS1: digits times 1 and 3 by turns, so that the last counts once,
// make a multiple of ten. Published examples show that this test knows the rule.
func TestBarCodes(t *testing.T) {
	good := func(code string) bool {
		total := 0
		for i, r := range code {
			weight := 1
			if (len(code)-i)%2 == 0 {
				weight = 3
			}
			total += weight * int(r-'0')
		}
		return total%10 == 0
	}
	for _, published := range []string{"4006381333931", "036000291452", "96385074"} {
		if !good(published) {
			t.Errorf("%s does not pass", published)
		}
	}
	c := newCleaner(1)
	for range 300 {
		for _, n := range []int{8, 12, 13} {
			c.text = c.text[:0]
			c.ean(n)
			if len(c.text) != n || !good(string(c.text)) {
				t.Fatalf("%s of %d digits", c.text, n)
			}
		}
	}
}

func BenchmarkClean(b *testing.B) {
	b.SetBytes(8_000_000)
	for b.Loop() {
		if _, err := Write(io.Discard, Options{Kind: Clean, Size: 8_000_000}); err != nil {
			b.Fatal(err)
		}
	}
}
