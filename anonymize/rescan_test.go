package anonymize

import (
	"fmt"
	"testing"

	"bezlik/detectors"
)

// A scan of what we made finds nothing: neither in cells that tokens fill, nor in text beside the words that
// usually stand before such values.
func TestRescan(t *testing.T) {
	k := testKey(t, testDigits)
	s := detectors.NewScanner(detectors.All())
	seven := func(i uint64) string { return "+7" + string("34789"[i%5]) + spread(i, 9) }
	for _, c := range []struct {
		d    *detectors.Detector
		face string
		word string
		of   func(i uint64) string
	}{
		{nil, "opaque", "логин", func(i uint64) string { return "login" + spread(i, 6) }},
		{detectors.INN, "opaque", "ИНН", func(i uint64) string { return innOf(spread(i, 10)) }},
		{detectors.Phone, "opaque", "тел.", seven},
		{detectors.Passport, "opaque", "паспорт", func(i uint64) string { return "4510 " + spread(i, 6) }},
		{detectors.PersonName, "opaque", "клиент", func(i uint64) string { return "Иванов Иван " + spread(i, 6) }},
		{detectors.BirthDate, "opaque", "дата рождения", func(i uint64) string { return fmt.Sprintf("%02d.%02d.%d", i%28+1, i%12+1, 1930+i%80) }},
		{detectors.Email, "opaque", "почта", func(i uint64) string { return "a" + spread(i, 6) + "@example.com" }},
		{detectors.Email, "shaped", "почта", func(i uint64) string { return "a" + spread(i, 6) + "@example.com" }},
		{detectors.Phone, "shaped", "тел.", seven},
		{detectors.Phone, "shaped", "телефон", func(i uint64) string {
			p := seven(i)
			return fmt.Sprintf("8 (%s) %s-%s-%s", p[2:5], p[5:8], p[8:10], p[10:])
		}},
		{detectors.INN, "shaped", "ИНН", func(i uint64) string { return innOf(spread(i, 10)) }},
		{detectors.INNOrg, "shaped", "ИНН", func(i uint64) string { return innOrgOf(spread(i, 9)) }},
		{detectors.SNILS, "shaped", "СНИЛС", func(i uint64) string { return snilsOf(spread(i, 9)) }},
		{detectors.SNILS, "shaped", "СНИЛС", func(i uint64) string {
			d := snilsOf(spread(i, 9))
			return d[:3] + "-" + d[3:6] + "-" + d[6:9] + " " + d[9:]
		}},
		{detectors.Card, "shaped", "карта", func(i uint64) string { return luhnOf("2200" + spread(i, 11)) }},
	} {
		name := "attribute"
		if c.d != nil {
			name = string(c.d.Kind)
		}
		t.Run(name+"/"+c.face, func(t *testing.T) {
			m := method(t, c.face, c.d, k, "")
			find := func(text string) []detectors.Finding {
				arena := make([]byte, 1, len(text)+2+64)
				return detectors.Resolve(s.Find(nil, append(append(arena, text...), 0)))
			}
			findings, n := 0, uint64(3000)
			originals := uint64(0) // the control: the scan does see what the tokens stand for
			for i := range n {
				for _, f := range find(c.word + ": " + c.of(i+1)) {
					if f.Detector == c.d && f.Score >= detectors.Report {
						originals++
						break
					}
				}
				tok := token(t, m, c.d, c.of(i+1))
				for _, text := range []string{tok, c.word + ": " + tok, "Прошу проверить " + c.word + " " + tok + ", ответ не пришёл."} {
					for _, f := range find(text) {
						if f.Score >= detectors.Report {
							if findings++; findings <= 5 {
								t.Errorf("%q: %s at %d, %v", text, f.Kind, f.Score, f.Evidence.Names())
							}
						}
					}
				}
			}
			if c.d != nil && originals < n/3 { // half of the phones are in no numbering plan
				t.Errorf("the scan sees only %d of %d originals", originals, n)
			}
			if findings > 0 {
				t.Errorf("%d findings in %d texts", findings, 3*n)
			}
		})
	}
}
