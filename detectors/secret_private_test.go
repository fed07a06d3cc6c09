package detectors

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"
)

// privateKey makes up the text of a key whose body has so many bytes: base64 of a simple sequence.
func privateKey(size int) string {
	body := make([]byte, size)
	x := uint32(7)
	for i := range body {
		x = x*1664525 + 1013904223
		body[i] = byte(x >> 24)
	}
	b := strings.Builder{}
	b.WriteString("-----BEGIN RSA PRIVATE KEY-----\n")
	for text := base64.StdEncoding.EncodeToString(body); text != ""; {
		n := min(64, len(text))
		b.WriteString(text[:n] + "\n")
		text = text[n:]
	}
	b.WriteString("-----END RSA PRIVATE KEY-----")
	return b.String()
}

// A private key that is in sight as a whole is one finding, however it is written down.
func TestPrivateKey(t *testing.T) {
	small, large := privateKey(300), privateKey(2400)
	for _, c := range []struct{ name, before, key, behind string }{
		{"small", "ключ:\n", small, "\nконец"},
		{"large", "", large, ""},
		{"with CR", "x ", strings.ReplaceAll(small, "\n", "\r\n"), "\r\n"},
		{"escaped", `{"private_key": "`, strings.ReplaceAll(small, "\n", `\n`), `\n", "id": 7}`},
		{"in one line", "ключ ", strings.ReplaceAll(small, "\n", " "), " и ещё слова"},
		{"quoted mail", "> ", strings.ReplaceAll(small, "\n", "\n> "), "\n> С уважением"},
		{"encrypted", "", strings.Replace(small, "-----\n", "-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,8F3C91D2\n\n", 1), "\n"},
		{"PGP", "", "-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: GnuPG v2\n\n" + strings.Split(small, "-----\n")[1][:64] + "\n=aB3d\n-----END PGP PRIVATE KEY BLOCK-----", "\nслова"},
		{"header only", "файл начинается с ", "-----BEGIN PRIVATE KEY-----", ", дальше идёт ключ"},
		{"end is missing", "", small[:strings.Index(small, "\n-----END")], "\n\nДальше слова письма."},
		{"end is missing before prose", "", small[:strings.Index(small, "\n-----END")], "\n\nthis is the end of the letter"},
	} {
		a := pad(c.before + c.key + c.behind)
		got := secrets(a)
		want := Finding{Start: uint32(1 + len(c.before)), End: uint32(1 + len(c.before) + len(c.key))}
		if len(got) != 1 || got[0].Start != want.Start || got[0].End != want.End {
			t.Errorf("%s: %q, want %q", c.name, describe(got, a), c.key)
		}
	}
}

// What a border cuts off is found line by line, whichever side of it is in sight: every byte of base64 is covered.
func TestPrivateKeyCut(t *testing.T) {
	key := privateKey(2400)
	for cut := 40; cut < len(key)-30; cut += 61 {
		for i, part := range []string{key[:cut], key[cut:]} {
			a := pad(part)
			got := secrets(a)
			covered := make([]bool, len(a))
			for _, f := range got {
				for k := f.Start; k < f.End; k++ {
					covered[k] = true
				}
			}
			for line := range strings.Lines(part) {
				line = strings.TrimSpace(line)
				if strings.HasPrefix(line, "-") || strings.HasSuffix(line, "-") || len(line) < privateLine {
					continue // the rest of a line is in the neighbour's sight
				}
				if at := bytes.Index(a, []byte(line)); !covered[at] || !covered[at+len(line)-1] {
					t.Fatalf("cut at %d, part %d: line %q is not covered", cut, i, line)
				}
			}
		}
	}
	for _, text := range []string{"-----END PRIVATE KEY-----", "всё после строки -----END PRIVATE KEY----- не нужно", "-----END CERTIFICATE-----"} {
		if got := secrets(pad(text)); len(got) > 0 {
			t.Errorf("%q: %d findings", text, len(got))
		}
	}
}

// secrets scans an arena for secrets.
func secrets(a []byte) (f []Finding) {
	for _, x := range Resolve(NewScanner(All()).Find(nil, a)) {
		if x.Detector == Secret {
			f = append(f, x)
		}
	}
	return f
}
