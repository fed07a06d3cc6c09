package anonymize

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bezlik/detectors"
)

func generalized(t testing.TB, s Spec, d *detectors.Detector, value string) string {
	t.Helper()
	s.Do = "m4.generalize"
	m, err := New(s, d, nil, "")
	if err != nil {
		t.Fatal(err)
	}
	got, err := m.Append(nil, d, []byte(value))
	if err != nil {
		t.Fatal(err)
	}
	return string(got)
}

func TestYears(t *testing.T) {
	for value, want := range map[string]string{
		"12.03.1985": "1985", "1.3.1985": "1985", "1985-03-12": "1985", "12/03/1985": "1985", "03/25/1985": "1985",
		"12-03-1985": "1985", "1985/03/12": "1985", "1985.03.12": "1985", "19850312": "1985", "29.02.2000": "2000",
		"1985-03-12T10:20:30Z": "1985", "1985-03-12 10:20:30.123+03": "1985", "12.03.1985 10:20": "1985", "1985-03-12 00:00:00 UTC": "1985",
		"19850312T102030Z": "1985", "12 марта 1985": "1985", "12 Марта 1985 г.": "1985", "12 МАРТА 1985 года": "1985", "1 мая 2001г.": "2001",
		"3 сент. 1990": "1990", "12 Mar 1985": "1985", "March 12, 1985": "1985", "12-Mar-1985": "1985", "март 1985": "1985",
		" 12.03.1985\u00a0": "1985", "12\u00a0марта 1985 г.": "1985", "1985": "1985", "1985 г.": "1985", "12.03.1985 г.р.": "1985",
		// not read: nothing is let out
		"": "", "не помню": "", "31.02.1985": "", "29.02.1900": "", "00.03.1985": "", "12.13.1985": "", "13/13/1985": "", "12.03.85": "",
		"1985-13-01": "", "0001-01-01": "", "9999-12-31": "", "12.03.1985, Томск": "", "1985-03-12 Иванов": "", "12 мартобря 1985": "",
		"19851301": "", "123456789": "", "12.03": "", "12": "", "-": "", "12.03-1985": "", "31 ноября 1985": "", "12.03.1985-14.03.1985": "",
	} {
		if got := generalized(t, Spec{To: "year"}, nil, value); got != want {
			t.Errorf("%q becomes %q, want %q", value, got, want)
		}
	}
}

func TestSpans(t *testing.T) {
	s := Spec{To: "year5", Bottom: ptr(1940), Top: ptr(2006)}
	for value, want := range map[string]string{
		"01.01.1985": "1985-1989", "31.12.1989": "1985-1989", "01.01.1990": "1990-1994", "01.01.1941": "1940-1944",
		"01.01.1940": "≤1940", "01.01.1901": "≤1940", "01.01.2006": "≥2006", "01.01.2019": "≥2006", "01.01.2005": "2005-2009",
	} {
		if got := generalized(t, s, detectors.BirthDate, value); got != want {
			t.Errorf("%q becomes %q, want %q", value, got, want)
		}
	}
}

// Every day of the calendar in every spelling gives its year, and no day that is not in the calendar does.
func TestYearOfEveryDay(t *testing.T) {
	for day := time.Date(1896, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2105; day = day.AddDate(0, 0, 1) {
		for _, layout := range []string{"02.01.2006", "2006-01-02", "02/01/2006", "20060102", "2 January 2006", "Jan 2, 2006", time.RFC3339} {
			year, ok := yearOf([]byte(day.Format(layout)))
			if !ok || year != day.Year() {
				t.Fatalf("%s is read as %d, %v", day.Format(layout), year, ok)
			}
		}
	}
	for month := range 14 {
		for d := range 33 {
			text := fmt.Sprintf("%02d.%02d.1999", d, month)
			_, err := time.Parse("02.01.2006", text)
			if _, ok := yearOf([]byte(text)); ok != (err == nil) {
				t.Errorf("%s: %v", text, ok)
			}
		}
	}
}

func TestNumbers(t *testing.T) {
	height := Spec{Round: 5, Bottom: ptr(150), Top: ptr(200)}
	for _, c := range []struct {
		spec        Spec
		value, want string
	}{
		{height, "173", "175"}, {height, "172.4", "170"}, {height, "172,5", "175"}, {height, "150", "≤150"}, {height, "12", "≤150"},
		{height, "151", "150"}, {height, "200", "≥200"}, {height, "1 000", "≥200"}, {height, " 173 ", "175"}, {height, "-3", "≤150"},
		{height, "высокий", ""}, {height, "173 см", ""}, {height, "1.7e2", ""}, {height, "", ""}, {height, "17 3", ""}, {height, "173.", ""},
		{height, ".5", ""}, {height, "1,2,3", ""}, {height, "NaN", ""}, {height, "--5", ""}, {height, "1234567890123456789", ""}, {Spec{Round: 5}, "99888998888888816", ""}, // once came out unrounded
		{Spec{Round: 5}, "998889988888888", "998889988888890"}, {height, "172.39999999999998", "170"}, {Spec{Round: 1}, "123456789012345.9", "123456789012345"},
		{Spec{Round: 0.1}, "0.26", "0.3"}, {Spec{Round: 0.1}, "0.3", "0.3"}, {Spec{Round: 0.25}, "1.13", "1.25"}, {Spec{Round: 0.1}, "-0.01", "0.0"},
		{Spec{Round: 1000}, "85 400,50", "85000"}, {Spec{Round: 1000}, "1\u00a0234\u202f567", "1235000"}, {Spec{Round: 10}, "-14", "-10"},
		{Spec{Round: 10}, "-4", "0"}, {Spec{Top: ptr(90)}, "91", "≥90"}, {Spec{Top: ptr(90)}, "42.50", "42.5"},
	} {
		if got := generalized(t, c.spec, nil, c.value); got != c.want {
			t.Errorf("%q becomes %q, want %q", c.value, got, c.want)
		}
	}
}

func TestRegions(t *testing.T) {
	for value, want := range map[string]string{
		"Москва": "Москва", "г. Москва": "Москва", "г.Москва": "Москва", "город МОСКВА ": "Москва", "Moscow": "Москва",
		"Санкт-Петербург": "Санкт-Петербург", "СПб": "Санкт-Петербург", "королев": "Московская область", "Королёв": "Московская область",
		"Орёл": "Орловская область", "Ростов-на-Дону": "Ростовская область", "Ростов на Дону": "Ростовская область", "Нижний  Тагил": "Свердловская область",
		"Казань": "Республика Татарстан", "Комсомольск-на-Амуре": "Хабаровский край", "Томская область": "Томская область",
		"Сочи": "Краснодарский край", "Якутск": "Республика Саха (Якутия)",
		"Урюпинск": "другое", "ул. Ленина, 5": "другое", "": "", "  ": "",
	} {
		if got := generalized(t, Spec{To: "region"}, nil, value); got != want {
			t.Errorf("%q becomes %q, want %q", value, got, want)
		}
	}
}

// The table names no city twice and has the 89 subjects at most.
func TestCityTable(t *testing.T) {
	seen, subjects := map[string]string{}, 0
	for line := range strings.Lines(cities) {
		subject, list, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok {
			continue
		}
		subjects++
		for city := range strings.SplitSeq(list, ", ") {
			key := string(cityKey(nil, []byte(city)))
			if other, ok := seen[key]; ok {
				t.Errorf("%s lies in %s and in %s", city, other, subject)
			}
			seen[key] = subject
		}
	}
	if subjects > 89 || len(seen) < 150 {
		t.Errorf("%d subjects, %d names", subjects, len(seen))
	}
}

// Whatever the value, what comes out is one of the classes and never a piece of the value.
func FuzzGeneralize(f *testing.F) {
	for _, s := range []string{"12.03.1985", "12 марта 1985 г.", "173,5", "1 234", "г. Томск", "\xd0", "1985-", "00", "٣"} {
		f.Add(s)
	}
	k := []Spec{{Do: "m4.generalize", To: "year5"}, {Do: "m4.generalize", Round: 5}, {Do: "m4.generalize", To: "region"}}
	f.Fuzz(func(t *testing.T, value string) {
		for _, s := range k {
			for _, d := range []*detectors.Detector{nil, detectors.BirthDate} {
				got := generalized(t, s, d, value)
				var ok bool
				switch {
				case got == "" || got == elsewhere:
					ok = true
				case s.To == "year5":
					var a, b int
					n, _ := fmt.Sscanf(got, "%4d-%4d", &a, &b)
					ok = n == 2 && len(got) == 9 && a%5 == 0 && b == a+4
				case s.To == "region":
					ok = strings.Contains(cities, "\n"+got+": ")
				default:
					ok = strings.HasSuffix(got, "0") || strings.HasSuffix(got, "5")
				}
				if !ok {
					t.Errorf("%+v makes %q", s, got)
				}
			}
		}
	})
}

// A rounded number is within half a step of the number.
func TestRounding(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		hundredths := rapid.IntRange(-1_000_000_000, 1_000_000_000).Draw(r, "value")
		step := rapid.IntRange(1, 10_000).Draw(r, "step")
		text := fmt.Sprintf("%.2f", float64(hundredths)/100)
		var got int
		if _, err := fmt.Sscan(generalized(t, Spec{Round: float64(step)}, nil, text), &got); err != nil {
			r.Fatal(err)
		}
		if off := got*100 - hundredths; got%step != 0 || 2*max(off, -off) > 100*step {
			r.Fatalf("%s to %d", text, got)
		}
	})
}
