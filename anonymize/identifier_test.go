package anonymize

import (
	"bytes"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"math/big"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bezlik/detectors"
)

// Check digits, written down here from the rules and not from the detectors.

func checkSum(d string, weights ...int) (sum int) {
	for i, w := range weights {
		sum += int(d[i]-'0') * w
	}
	return sum
}

func innOf(payload string) string { // 10 digits
	a := payload + string(rune('0'+checkSum(payload, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10))
	return a + string(rune('0'+checkSum(a, 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10))
}

func innOrgOf(payload string) string { // 9 digits
	return payload + string(rune('0'+checkSum(payload, 2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10))
}

func snilsOf(payload string) string { // 9 digits
	return payload + fmt.Sprintf("%02d", checkSum(payload, 9, 8, 7, 6, 5, 4, 3, 2, 1)%101%100)
}

func luhnOf(payload string) string {
	sum := 0
	for i := range payload {
		n := int(payload[len(payload)-1-i] - '0')
		if i%2 == 0 {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum += n
	}
	return payload + string(rune('0'+(10-sum%10)%10))
}

func ogrnipOf(payload string) string { // 14 digits
	return payload + string(rune('0'+int(number([]byte(payload))%13%10)))
}

// sealed makes the Seal of a detector out of one of these functions.
func sealed(of func(string) string, checks int) func([]byte) {
	return func(d []byte) { copy(d, of(string(d[:len(d)-checks]))) }
}

// The kinds of numbers, with how to make the i-th right one. A few may not be declared yet: what the shape needs
// of them is written here.
var numbers = []struct {
	d      *detectors.Detector
	digits int
	of     func(payload string) string
	lead   string
}{
	{detectors.INN, 12, innOf, ""},
	{detectors.INNOrg, 10, innOrgOf, ""},
	{detectors.SNILS, 11, snilsOf, ""},
	{detectors.Card, 16, luhnOf, ""},
	{detectors.Card, 13, luhnOf, ""},
	{detectors.Card, 19, luhnOf, ""},
	{&detectors.Detector{Kind: "oms", Seal: sealed(luhnOf, 1), Checks: 1}, 16, luhnOf, ""},
	{&detectors.Detector{Kind: "ogrnip", Seal: sealed(ogrnipOf, 1), Checks: 1}, 15, ogrnipOf, "3"},
}

// spread is a permutation of the payloads, so that distinct i give distinct numbers.
func spread(i uint64, digits int) string {
	m := power(10, digits)
	const odd = 7_368_787 // a prime: it shares no divisor with powers of ten
	d := make([]byte, digits)
	putNumber(d, (i%m*odd+1_234_567_891%m)%m)
	return string(d)
}

func method(t testing.TB, face string, d *detectors.Detector, k *Key, export string) Method {
	t.Helper()
	m, err := New(Spec{Do: "m2.identifier", Face: face}, d, k, export)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func token(t testing.TB, m Method, d *detectors.Detector, value string) string {
	t.Helper()
	got, err := m.Append(nil, d, []byte(value))
	if err != nil {
		t.Fatal(err)
	}
	return string(got)
}

// Every spelling of a value has one token, in every run; and tokens have the form that the scanner knows as ours.
func TestOpaque(t *testing.T) {
	k := testKey(t, testDigits)
	for _, c := range []struct {
		d      *detectors.Detector
		prefix string
		equal  []string
	}{
		{detectors.Phone, "тел_", []string{"+7 (916) 123-45-67", "8 916 123 45 67", "79161234567", "9161234567", "8-916-123-45-67", "+7\u00a0916\u00a0123‑45‑67"}},
		{detectors.SNILS, "снилс_", []string{"112-233-445 95", "11223344595", "112 233 445 95"}},
		{detectors.INN, "инн_", []string{"500100732259", "5001 0073 2259"}},
		{detectors.Email, "почта_", []string{"Vasya@Example.com", "vasya@example.com", "VASYA@EXAMPLE.COM"}},
		{detectors.BirthDate, "дата_", []string{"12.03.1985", "1985-03-12", "12 марта 1985"}},
		{nil, "id_", []string{"vasya1985"}},
	} {
		want := token(t, method(t, "", c.d, k, "e"), c.d, c.equal[0])
		if !strings.HasPrefix(want, c.prefix) || !detectors.IsToken([]byte(want)) {
			t.Errorf("%s is no token of %s", want, c.prefix)
		}
		for _, spelling := range c.equal {
			if got := token(t, method(t, "opaque", c.d, testKey(t, testDigits), "e"), c.d, spelling); got != want {
				t.Errorf("%q has the token %s, %q has %s", c.equal[0], want, spelling, got)
			}
			// a method without a kind of its own serves every kind and says the same
			if got := token(t, method(t, "", nil, k, "e"), c.d, spelling); got != want {
				t.Errorf("through another method %q has the token %s, not %s", spelling, got, want)
			}
		}
	}
}

// The token of a value is what AES-256-CMAC gives, fixed here so that no change goes unnoticed: tokens of two
// versions must join.
func TestTokensStayTheSame(t *testing.T) {
	k := testKey(t, testDigits)
	for _, c := range []struct {
		face  string
		d     *detectors.Detector
		value string
		want  string
	}{
		{"opaque", detectors.Phone, "+79161234567", ""},
		{"shaped", detectors.Phone, "+79161234567", ""},
		{"shaped", detectors.INN, "500100732259", ""},
	} {
		normal := c.value
		derived := k.Derive("token", "kind", string(c.d.Kind), "research")
		switch {
		case c.face == "opaque":
			hi, lo := newPRF(derived).of(1, []byte(normal))
			raw := []byte{}
			for _, w := range []uint64{hi, lo} {
				for s := 56; s >= 0; s -= 8 {
					raw = append(raw, byte(w>>s))
				}
			}
			c.want = c.d.Prefix + "_" + strings.ToLower(base32.StdEncoding.EncodeToString(raw))[:20]
		case c.d == detectors.Phone:
			key := k.Derive("shape", "shaped", "phone", "research")
			c.want = "+76" + plainFF1(key[:], 10, []byte{9}, normal[3:], false)
		default:
			key := k.Derive("shape", "shaped", "inn", "research")
			right := innOf(plainFF1(key[:], 10, nil, normal[:10], false))
			c.want = right[:10] + string([]byte{'0' + (right[10]-'0'+5)%10, '0' + (right[11]-'0'+5)%10})
		}
		if got := token(t, method(t, c.face, c.d, k, "research"), c.d, c.value); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.face, c.d.Kind, got, c.want)
		}
	}
}

// Other keys, exports, kinds and domains have other tokens: nothing joins that must not.
func TestSeparation(t *testing.T) {
	k, other := testKey(t, testDigits), testKey(t, "ff"+testDigits[2:])
	const value = "500100732259"
	seen := map[string]string{}
	add := func(name, tok string) {
		tok = tok[strings.LastIndex(tok, "_")+1:]
		if was, ok := seen[tok]; ok {
			t.Errorf("%s and %s share the token %s", was, name, tok)
		}
		seen[tok] = name
	}
	for _, face := range []string{"opaque", "shaped"} {
		add(face, token(t, method(t, face, detectors.INN, k, ""), detectors.INN, value))
		add(face+" of an export", token(t, method(t, face, detectors.INN, k, "research"), detectors.INN, value))
		add(face+" of another export", token(t, method(t, face, detectors.INN, k, "ads"), detectors.INN, value))
		add(face+" of another key", token(t, method(t, face, detectors.INN, other, ""), detectors.INN, value))
	}
	add("another kind", token(t, method(t, "", detectors.Card, k, ""), detectors.Card, value))
	for _, domain := range []string{"", "inn", "login", "kind"} {
		m, err := New(Spec{Do: "m2.identifier", Domain: domain}, nil, k, "")
		if err != nil {
			t.Fatal(err)
		}
		add("domain "+domain, token(t, m, nil, value))
	}
}

// Damaged values have opaque tokens in every face, each its own.
func TestDamaged(t *testing.T) {
	k := testKey(t, testDigits)
	for _, c := range []struct {
		d      *detectors.Detector
		values []string
	}{
		{detectors.INN, []string{"нет", "12 лет", "12 м", "12", "500100732258", "50010073225", "5001007322591", "-"}},
		{detectors.Phone, []string{"нет", "не скажу", "123", "тел 5", "+375291234567", "+70001234567", "+71001234567", "9161234567 доб 12"}},
		{detectors.SNILS, []string{"11223344596", "112233445", "00000000000", "00100199700"}},
		{detectors.Email, []string{"нет", "vasya", "@", "vasya@", "@example.com"}},
	} {
		m := method(t, "shaped", c.d, k, "")
		seen := map[string]string{}
		for _, v := range c.values {
			got := token(t, m, c.d, v)
			if !detectors.IsToken([]byte(got)) {
				t.Errorf("%s: %q becomes %q", c.d.Kind, v, got)
			}
			if was, ok := seen[got]; ok {
				t.Errorf("%s: %q and %q share a token", c.d.Kind, v, was)
			}
			seen[got] = v
		}
	}
}

// A shaped number keeps its length, its lead and its punctuation; its check digits are all wrong by five.
func TestShapedNumbers(t *testing.T) {
	k := testKey(t, testDigits)
	for _, c := range numbers {
		shapedOnes, validOnes := method(t, "shaped", c.d, k, ""), method(t, "valid", c.d, k, "")
		for i := range uint64(2000) {
			checks := c.d.Checks
			source := c.of(c.lead + spread(i+1, c.digits-checks-len(c.lead)))
			if c.d == detectors.SNILS && source < "00100199900" {
				continue
			}
			got := token(t, shapedOnes, c.d, source)
			right := c.of(got[:c.digits-checks])
			if len(got) != c.digits || !strings.HasPrefix(got, c.lead) {
				t.Fatalf("%s: %s", c.d.Kind, got)
			}
			for j := c.digits - checks; j < c.digits; j++ {
				if (got[j]-'0'+10-(right[j]-'0'))%10 != 5 {
					t.Fatalf("%s: the check digits of %s are not wrong by five: %s is right", c.d.Kind, got, right)
				}
			}
			if ok := token(t, validOnes, c.d, source); ok != c.of(ok[:c.digits-checks]) || ok == source {
				t.Fatalf("%s: %s of the face valid", c.d.Kind, ok)
			}
		}
	}
}

func TestShapedSpelling(t *testing.T) {
	k := testKey(t, testDigits)
	digits := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, s)
	}
	for _, c := range []struct {
		d      *detectors.Detector
		values []string
		last   int // digits that are the person's
	}{
		{detectors.Phone, []string{"+79161234567", "+7 (916) 123-45-67", "8 916 123 45 67", "8(916)1234567", "9161234567", "8.916.123.45.67"}, 10},
		{detectors.SNILS, []string{"11223344595", "112-233-445 95", "112 233 445 95"}, 11},
		{detectors.Card, []string{"2200000000000053", "2200 0000 0000 0053", "2200-0000-0000-0053"}, 16},
	} {
		m := method(t, "shaped", c.d, k, "")
		want := digits(token(t, m, c.d, c.values[0]))
		want = want[len(want)-c.last:]
		for _, v := range c.values {
			got := token(t, m, c.d, v)
			if d := digits(got); d[len(d)-c.last:] != want {
				t.Errorf("%q becomes %q, want the digits %s", v, got, want)
			}
			if digitsAsNine(got) != digitsAsNine(v) {
				t.Errorf("%q becomes %q: another form", v, got)
			}
		}
	}
	// what the alphabet of results does not have is not kept
	if got := token(t, method(t, "shaped", detectors.Phone, k, ""), detectors.Phone, "+7\u00a0916\u00a0123–45–67"); len(got) != 12 || !strings.HasPrefix(got, "+76") {
		t.Errorf("%q", got)
	}
}

func digitsAsNine(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return '9'
		}
		return r
	}, s)
}

func TestShapedMail(t *testing.T) {
	m := method(t, "shaped", detectors.Email, testKey(t, testDigits), "")
	a, b := token(t, m, detectors.Email, "Vasya@Example.com"), token(t, m, detectors.Email, "vasya@example.com")
	if a != b || len(a) != 20+len("@example.invalid") || !strings.HasSuffix(a, "@example.invalid") {
		t.Errorf("%s, %s", a, b)
	}
}

// Two keys have no token in common among 100,000 values, one key all of them; and no token is a hash of its value
// that anybody could compute.
func TestKeyDependence(t *testing.T) {
	k, other := testKey(t, testDigits), testKey(t, "ff"+testDigits[2:])
	for _, face := range []string{"opaque", "shaped"} {
		m, again, foreign := method(t, face, detectors.INN, k, ""), method(t, face, detectors.INN, testKey(t, testDigits), ""), method(t, face, detectors.INN, other, "")
		for i := range uint64(100_000) {
			v := innOf(spread(i, 10))
			tok := token(t, m, detectors.INN, v)
			if token(t, again, detectors.INN, v) != tok {
				t.Fatal("one key, two tokens")
			}
			if token(t, foreign, detectors.INN, v) == tok && face == "opaque" {
				t.Fatal("two keys, one token")
			}
			if i < 1000 && isHash(tok, v) {
				t.Fatal("a token is a hash without a key")
			}
		}
	}
	if !isHash("инн_"+strings.ToLower(base32.StdEncoding.EncodeToString(sum256("500100732259")))[:20], "500100732259") {
		t.Error("the search for hashes finds none")
	}
}

func sum256(s string) []byte { h := sha256.Sum256([]byte(s)); return h[:] }

// isHash says whether a token holds a digest of value in one of the usual writings.
func isHash(tok, value string) bool {
	tok = strings.ToLower(tok[strings.LastIndex(tok, "_")+1:])
	for _, in := range []string{value, value + "\n", "инн" + value, "+" + value} {
		b := []byte(in)
		d5, d1, d224, d256, d384, d512 := md5.Sum(b), sha1.Sum(b), sha256.Sum224(b), sha256.Sum256(b), sha512.Sum384(b), sha512.Sum512(b)
		for _, d := range [][]byte{d5[:], d1[:], d224[:], d256[:], d384[:], d512[:]} {
			for _, text := range []string{hex.EncodeToString(d), base32.StdEncoding.EncodeToString(d), base32.HexEncoding.EncodeToString(d), base64.StdEncoding.EncodeToString(d)} {
				if text = strings.ToLower(text); strings.HasPrefix(text, tok) || strings.HasSuffix(strings.TrimRight(text, "="), tok) {
					return true
				}
			}
			if number := fmt.Sprintf("%020d", new(big.Int).SetBytes(d)); strings.HasSuffix(number, tok) {
				return true
			}
		}
	}
	return false
}

// Any two values with different normal forms have different tokens; results hold no character that a format
// would have to escape.
func TestInjectiveProperty(t *testing.T) {
	k := testKey(t, testDigits)
	kinds := []*detectors.Detector{nil, detectors.INN, detectors.Phone, detectors.SNILS, detectors.Email, detectors.PersonName, detectors.Card}
	rapid.Check(t, func(r *rapid.T) {
		d := rapid.SampledFrom(kinds).Draw(r, "kind")
		face := "opaque"
		if d != nil && d != detectors.PersonName {
			face = rapid.SampledFrom([]string{"opaque", "shaped"}).Draw(r, "face")
		}
		m := method(t, face, d, k, "")
		texts := rapid.OneOf(rapid.String(), rapid.StringMatching(`[0-9]{9,20}`), rapid.StringMatching(`\+?[78][ (-]?[3-9][0-9]{2}[ )-][0-9]{3}-?[0-9]{4}`),
			rapid.StringMatching(`[a-z]{1,5}@[a-z]{2,6}\.(com|ru)`))
		a, b := texts.Draw(r, "a"), texts.Draw(r, "b")
		if a == "" || b == "" {
			return
		}
		ta, tb := token(t, m, d, a), token(t, m, d, b)
		if d == nil && (a == b) != (ta == tb) {
			r.Fatalf("%q, %q: %s, %s", a, b, ta, tb)
		}
		if d != nil {
			na, nb := d.Normalised(nil, []byte(a)), d.Normalised(nil, []byte(b))
			if !bytes.Equal(na, nb) && ta == tb {
				r.Fatalf("%q and %q share %s", a, b, ta)
			}
		}
		for _, c := range ta {
			if !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789 -_.@*+()", c) && (c < 'А' || c > 'я') {
				r.Fatalf("%q is outside the alphabet of results", c)
			}
		}
	})
}

// many is how many values the large tests look at: a million, or ten with BEZLIK_LARGE set.
func many() int {
	if os.Getenv("BEZLIK_LARGE") != "" {
		return 10_000_000
	}
	return 1_000_000
}

// No two of many numbers share a token, in either face. A token is compared by 64 bits.
func TestInjectiveLarge(t *testing.T) {
	k := testKey(t, testDigits)
	keys := make([]uint64, many())
	var buf, out []byte
	for _, c := range []struct {
		name string
		d    *detectors.Detector
		of   func(dst []byte, i uint64) []byte
	}{
		{"inn", detectors.INN, func(dst []byte, i uint64) []byte {
			const m, odd = 10_000_000_000, 7_368_787
			dst = append(dst, "000000000000"...)
			putNumber(dst[:10], i*odd%m)
			a := 0
			for j, w := range [...]int{7, 2, 4, 10, 3, 5, 9, 4, 6, 8} {
				a += w * int(dst[j]-'0')
			}
			dst[10] = byte('0' + a%11%10)
			a = 0
			for j, w := range [...]int{3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8} {
				a += w * int(dst[j]-'0')
			}
			dst[11] = byte('0' + a%11%10)
			return dst
		}},
		{"phone", detectors.Phone, func(dst []byte, i uint64) []byte {
			const m, odd = 5_000_000_000, 7_368_787
			n := i * odd % m
			dst = append(dst, "+70000000000"...)
			dst[2] = "34789"[n/1_000_000_000]
			putNumber(dst[3:], n%1_000_000_000)
			return dst
		}},
	} {
		for _, face := range []string{"opaque", "shaped"} {
			t.Run(c.name+"/"+face, func(t *testing.T) {
				m := method(t, face, c.d, k, "")
				fallbacks := 0
				for i := range keys {
					buf = c.of(buf[:0], uint64(i))
					out, _ = m.Append(out[:0], c.d, buf)
					if opaqueToken := bytes.IndexByte(out, '_'); opaqueToken >= 0 {
						if face == "shaped" {
							fallbacks++
						}
						keys[i] = letters(out[opaqueToken+1:])
					} else {
						keys[i] = number(bytes.TrimPrefix(out, []byte("+")))
					}
				}
				slices.Sort(keys)
				for i := 1; i < len(keys); i++ {
					if keys[i] == keys[i-1] {
						t.Fatal("two values share a token")
					}
				}
				if fallbacks > 0 && c.name == "inn" {
					t.Errorf("%d of %d have no shape", fallbacks, len(keys))
				}
			})
		}
	}
}

// letters packs the first twelve letters of a token, 60 bits.
func letters(tok []byte) (n uint64) {
	for _, c := range tok[:12] {
		n = n<<5 | uint64(strings.IndexByte(detectors.TokenLetters, c))
	}
	return n
}
