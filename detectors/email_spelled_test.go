package detectors

import "testing"

// Addresses that are written for people's eyes are masked, and nothing more of the sentence.
func TestSpelledEmail(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Пишите: olga.kern [at] proton [dot] me или звоните", "olga.kern [at] proton [dot] me"},
		{"olgakern(собака)mail.ru, звонки не принимаю", "olgakern(собака)mail.ru"},
		{"почта ivan собака mail точка ru", "ivan собака mail точка ru"},
		{"lena точка orlik собака mail точка ru", "lena точка orlik собака mail точка ru"},
		{"ivan_77 (at) yandex.ru", "ivan_77 (at) yandex.ru"},
		{"ivan_77[at]gmail.com.", "ivan_77[at]gmail.com"},
		{"kotofey (собачка) bk.ru", "kotofey (собачка) bk.ru"},
		{"k.ilin {at} zavod {dot} com", "k.ilin {at} zavod {dot} com"},
		{"?q=k.zhuk%40mail.ru&x=1", "k.zhuk%40mail.ru"},
		{"email=k.zhuk%40sub.ngs.ru&x=1", "k.zhuk%40sub.ngs.ru"},
		{"собака лает, mail.ru работает", ""},
		{"моя собака Rex mail.ru не читает", ""},
		{"Tuzik собака добрая", ""},
		{"connect the dot (at) once", ""},
		{"we met at mail dot ru", ""},
		{"email=admin&x=%40", ""},
		{"пёс, собака mail точка ru", ""},
	} {
		a := pad(c.text)
		got := ""
		for _, f := range Resolve(NewScanner(All()).Find(nil, a)) {
			if f.Detector == Email && f.Score >= Mask {
				got += string(a[f.Start:f.End])
			}
		}
		if got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}
