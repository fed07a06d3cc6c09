package anonymize

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bezlik/detectors"
)

const testDigits = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

func testKey(t testing.TB, digits string) *Key {
	t.Helper()
	k, err := ParseKey([]byte(digits))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestReadKey(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string, mode os.FileMode) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	t.Setenv("BEZLIK_TEST_KEY", testDigits)
	t.Setenv("BEZLIK_TEST_SHORT", testDigits[:63])
	good := write("good", testDigits+"\n", 0o600)
	crlf := write("crlf", strings.ToUpper(testDigits)+"\r\n", 0o400)
	canary := "c0ffee" // occurs in every bad key below and must be in no error
	bad := "c0ffee" + testDigits[6:]
	for _, c := range []struct{ name, spec, err string }{
		{"plain path", good, ""},
		{"file", "file:" + good, ""},
		{"upper case, CRLF, read-only", crlf, ""},
		{"env", "env:BEZLIK_TEST_KEY", ""},
		{"cmd", "cmd:cat " + good, ""},
		{"nothing", "", "place is empty"},
		{"missing file", filepath.Join(dir, "none"), "no such file"},
		{"folder", dir, "folder"},
		{"readable by the group", write("group", bad, 0o640), "others may read"},
		{"readable by all", write("all", bad, 0o604), "others may read"},
		{"writable by the group", write("gw", bad, 0o620), "others may read"},
		{"too short", write("short", bad[:60], 0o600), "60 characters"},
		{"too long", write("long", bad+"00", 0o600), "66 characters"},
		{"huge", write("huge", strings.Repeat(bad, 1000), 0o600), "4096 characters"},
		{"not hexadecimal", write("odd", bad[:62]+"zz", 0o600), "other characters"},
		{"zeros", write("zeros", strings.Repeat("0", 64), 0o600), "zeros"},
		{"empty file", write("empty", "", 0o600), "0 characters"},
		{"env not set", "env:BEZLIK_TEST_NONE", "not set"},
		{"env too short", "env:BEZLIK_TEST_SHORT", "63 characters"},
		{"cmd fails", "cmd:echo " + bad + "; echo " + bad + " >&2; exit 7", "exit code 7"},
		{"cmd prints a bad key", "cmd:echo " + bad[:50], "50 characters"},
	} {
		t.Run(c.name, func(t *testing.T) {
			k, err := ReadKey(c.spec)
			if c.err == "" {
				if err != nil {
					t.Fatal(err)
				}
				if hex.EncodeToString(k.secret()[:]) != testDigits {
					t.Error("another key was read")
				}
				return
			}
			if err == nil || k != nil {
				t.Fatal("no error")
			}
			if !strings.Contains(err.Error(), c.err) || strings.Contains(err.Error(), canary) {
				t.Errorf("error is %q, want one with %q", err, c.err)
			}
		})
	}
}

func TestPlace(t *testing.T) {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "key")
	os.WriteFile(path, nil, 0o600)
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	for spec, want := range map[string]string{
		path: dir, "file:" + path: dir, link: dir, filepath.Join(dir, "none"): dir,
		"env:X": "", "cmd:cat x": "", "": "",
	} {
		if got := Place(spec); got != want {
			t.Errorf("Place(%q) = %q, want %q", spec, got, want)
		}
	}
}

// A key, a method and structs around them print nothing of the secret, in hexadecimal or as numbers.
func TestKeyPrintsAsNothing(t *testing.T) {
	k := testKey(t, strings.Repeat("c7", 32))
	m, err := New(Spec{Do: "m2.identifier"}, detectors.Email, k, "")
	if err != nil {
		t.Fatal(err)
	}
	m.Append(nil, nil, []byte("canary@example.com"))
	derived := k.Derive("token", "domain", "", "")
	type around struct {
		k  Key
		K  Key
		kp *Key
		M  Method
	}
	values := []any{k, *k, around{k: *k, K: *k, kp: k, M: m}, &around{k: *k, K: *k, kp: k, M: m}, m, []Method{m}, []*Key{k}, map[string]Key{"a": *k}}
	var out bytes.Buffer
	for _, v := range values {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%X", "%q", "%d"} {
			fmt.Fprintf(&out, verb+"\n", v)
		}
	}
	for _, v := range []any{k, *k, around{K: *k}, []Key{*k}} {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(b)
	}
	text := strings.ToLower(out.String())
	for _, secret := range []string{"c7c7", "199 199", "0xc7, ", hex.EncodeToString(derived[:4]), "canary", "63616e617279", fmt.Sprint(derived[0], " ", derived[1], " ", derived[2])} {
		if strings.Contains(text, secret) {
			t.Errorf("printed %q in %s", secret, text)
		}
	}
	if k.String() != "<key>" || k.GoString() != "<key>" {
		t.Error("a key prints something else")
	}
}

// The derived keys are those of RFC 5869, computed here from HMAC alone.
func TestDerive(t *testing.T) {
	k := testKey(t, testDigits)
	mac := func(key []byte, text ...[]byte) []byte {
		h := hmac.New(sha256.New, key)
		for _, x := range text {
			h.Write(x)
		}
		return h.Sum(nil)
	}
	secret, _ := hex.DecodeString(testDigits)
	prk := mac(make([]byte, 32), secret)
	info := []byte("bezlik derived key v1\x00\x00\x00\x05token\x00\x00\x00\x03inn")
	want := mac(prk, info, []byte{1})
	got := k.Derive("token", "inn")
	if !bytes.Equal(got[:], want) {
		t.Errorf("Derive = %x, want %x", got, want)
	}
	seen := map[[32]byte][]string{}
	for _, labels := range [][]string{nil, {""}, {"", ""}, {"a"}, {"a", ""}, {"", "a"}, {"ab", "c"}, {"a", "bc"}, {"abc"}, {"token", "inn"}} {
		d := k.Derive(labels...)
		if other, ok := seen[d]; ok {
			t.Errorf("%q and %q have one key", labels, other)
		}
		seen[d] = labels
	}
}

func TestKeyID(t *testing.T) {
	a, b := testKey(t, testDigits), testKey(t, "ff"+testDigits[2:])
	if a.ID() != testKey(t, testDigits).ID() || a.ID() == b.ID() || len(a.ID()) != 16 {
		t.Errorf("IDs %q and %q", a.ID(), b.ID())
	}
	if strings.Contains(testDigits, a.ID()) {
		t.Error("the ID is a piece of the key")
	}
	if RandomKey().ID() == RandomKey().ID() {
		t.Error("two random keys are equal")
	}
}

func TestZeroKeyIsRefused(t *testing.T) {
	for _, k := range []*Key{nil, {}, newKey([32]byte{})} {
		if _, err := New(Spec{Do: "m2.identifier"}, nil, k, ""); err == nil {
			t.Error("a zero key was taken")
		}
	}
	if _, err := New(Spec{Do: "m4.mask"}, nil, nil, ""); err != nil {
		t.Error("a method without a key wants one:", err)
	}
}
