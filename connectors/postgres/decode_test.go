package postgres

import (
	"math"
	"strings"
	"testing"
	"time"
	"unicode"

	"pgregory.net/rapid"
)

var epoch = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// TestDatesAgreeWithTime compares with the standard library over the years that it writes alike.
func TestDatesAgreeWithTime(t *testing.T) {
	for days := int32(-730119); days <= 2921939; days += 13 { // 0001-01-01 to 9999-12-31
		want := epoch.AddDate(0, 0, int(days)).Format("2006-01-02")
		if got := string(appendDate(nil, days)); got != want {
			t.Fatalf("day %d: got %s, want %s", days, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		us := rapid.Int64Range(-63082281600000000, 252455615999999999).Draw(t, "us")
		at := time.Unix(epoch.Unix()+us/1_000_000, us%1_000_000*1000).UTC()
		if got, want := string(appendStamp(nil, us, true)), at.Format("2006-01-02 15:04:05.999999")+"+00"; got != want {
			t.Fatalf("%d: got %s, want %s", us, got, want)
		}
	})
}

func TestExtremesDoNotPanic(t *testing.T) {
	for _, us := range []int64{math.MinInt64 + 1, math.MaxInt64 - 1, 0, -1} {
		appendStamp(nil, us, true)
	}
	for _, d := range []int32{math.MinInt32 + 1, math.MaxInt32 - 1} {
		appendDate(nil, d)
	}
}

func TestDisplayIsOneLineAndOneToOne(t *testing.T) {
	name := rapid.StringOf(rapid.SampledFrom([]rune("aбЖ.\"\\_$1 \n\u202e\u00a0\U000e0041u&U0A+")))
	rapid.Check(t, func(t *rapid.T) {
		a, b := name.Draw(t, "a"), name.Draw(t, "b")
		c, d := name.Draw(t, "c"), name.Draw(t, "d")
		x, y := display(a, b), display(c, d)
		if (x == y) != (a == c && b == d) {
			t.Fatalf("%q and %q are both %s", []string{a, b}, []string{c, d}, x)
		}
		if strings.ContainsFunc(x, func(r rune) bool { return r != ' ' && !unicode.IsPrint(r) }) {
			t.Fatalf("%q", x)
		}
	})
}

func TestDisplayExamples(t *testing.T) {
	for _, c := range []struct{ want, a, b string }{
		{`public.users`, "public", "users"}, {`public."Users"`, "public", "Users"}, {`public.клиенты`, "public", "клиенты"},
		{`public."a.b"`, "public", "a.b"}, {`"a""b".c`, `a"b`, "c"}, {`public.U&"a\000Ab\\"`, "public", "a\nb\\"}, {`public."1a"`, "public", "1a"},
	} {
		if got := display(c.a, c.b); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

func FuzzAppendValue(f *testing.F) {
	f.Add([]byte{0, 0, 0, 1}, uint8(int4))
	f.Add([]byte("0123456789abcdef"), uint8(uuid))
	f.Add([]byte{0x80, 0, 0, 0, 0, 0, 0, 1}, uint8(stampZone))
	f.Fuzz(func(t *testing.T, v []byte, w uint8) {
		if out, ok := appendValue([]byte{'x'}, v, wire(w)); len(out) < 1 || out[0] != 'x' || !ok && len(out) != 1 {
			t.Fatal("what was there is not left alone")
		}
	})
}

func FuzzAddress(f *testing.F) {
	f.Add("bezlik", "p@ss", "localhost", "db")
	f.Add("u", "a/b?c#d%e f", "h:1", "")
	f.Fuzz(func(t *testing.T, user, password, host, db string) {
		if len(password) < 6 || strings.Contains(user+host+db+"postgres localhost", password) {
			return
		}
		_, place, p := configure("postgres://"+user+":"+password+"@"+host+"/"+db, Options{})
		shown := place
		if p != nil {
			shown = p.Error()
		}
		if p == nil && strings.Contains(shown, password) {
			t.Fatalf("%q shows a password", shown)
		}
	})
}
