package detectors

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// saidOf returns the kinds reported in a text, in order.
func saidOf(cells ...string) (kinds []string) {
	f, a := found(cells...)
	for _, x := range f {
		if x.Score >= Report && x.Kind != "person_name" {
			kinds = append(kinds, string(x.Kind)+":"+string(a[x.Start:x.End]))
		}
	}
	return kinds
}

func TestReported(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"each word binds the next number", "ИНН 7707123000 КПП 770701001 БИК 044525225 р/с 40702810900000002851", []string{"inn_org:7707123000", "kpp:770701001", "bik:044525225"}},
		{"two words for two numbers", "ИНН/КПП: 7707123000/770701001", []string{"inn_org:7707123000", "kpp:770701001"}},
		{"person and registration number", "TIN 771234500149, OGRNIP 304770000000020", []string{"inn:771234500149", "ogrnip:304770000000020"}},
		{"registration number is nothing", "registration no. 77-25-517688, № 2300-1, № 152-ФЗ, п. 5.2", nil},
		{"two phones with a comma", "тел. +7 916 123-45-67, 8 926 765-43-21", []string{"phone:+7 916 123-45-67", "phone:8 926 765-43-21"}},
		{"two phones with a slash", "тел.: 89161234567/89267654321", []string{"phone:89161234567", "phone:89267654321"}},
		{"two phones with a space", "8 916 123 45 67 8 926 765 43 21", []string{"phone:8 916 123 45 67", "phone:8 926 765 43 21"}},
		{"extension stays out", "+7(495)123-45-67 доб. 123", []string{"phone:+7(495)123-45-67"}},
		{"short tail of a phone", "+7 916 123-45-67/68", []string{"phone:+7 916 123-45-67"}},
		{"links", "wa.me/79161234567 tel:+79267654321 ?phone=%2B79035556677", []string{"phone:79161234567", "phone:+79267654321", "phone:79035556677"}},
		{"passport with words", "Паспорт серия 45 10 номер 123458 выдан 12.03.2010 код подразделения 770-001", []string{"passport:45 10 номер 123458"}},
		{"a word that says nothing behind another", "BIC code 044525225, order code 771234500149", []string{"bik:044525225"}},
		{"a work permit is no passport", "паспорт AA1928374, патент 45 № 1012345888", []string{"passport_foreign:AA1928374"}},
		{"a folder", `C:\zip\630099`, nil},
		{"a card far behind a word of trade", "деньги за товар прошу вернуть на 2200 1234 5678 9019", []string{"card:2200 1234 5678 9019"}},
		{"the code of a card", "карта 2200 1234 5678 9019 срок 09/27 код 418", []string{"card:2200 1234 5678 9019", "secret:418"}},
		{"a mark behind a mark", "('Зотов Егор', '1982-04-19')", []string{"birth_date:1982-04-19"}},
		{"driving licence is no passport", "водительское удостоверение 77 16 123456", []string{"driver_license:77 16 123456"}},
		{"foreign passport is another kind", "Загранпаспорт 75 1234567", []string{"passport_foreign:75 1234567"}},
		{"word on the right", "45 12 884920, паспорт выдан", []string{"passport:45 12 884920"}},
		{"value on the next line", "СНИЛС:\n112 233 445 95", []string{"snils:112 233 445 95"}},
		{"value below a label", "Назовите ИНН заявителя полностью:\n771234500149", []string{"inn:771234500149"}},
		{"the line before does not vote", "Мой СНИЛС потерян\n4510 678234", nil},
		{"soft hyphen inside", "ИНН 77\u00ad07123000", []string{"inn_org:77\u00ad07123000"}},
		{"zero width inside", "ИНН 7707\u200b123000", []string{"inn_org:7707\u200b123000"}},
		{"byte order mark and marks of direction", "\ufeffИНН \u202a7707123000\u202c", []string{"inn_org:7707123000"}},
		{"full-width digits", "ИНН ７７０７１２３０００", []string{"inn_org:７７０７１２３０００"}},
		{"arabic-indic digits", "ИНН ٧٧٠٧١٢٣٠٠٠", []string{"inn_org:٧٧٠٧١٢٣٠٠٠"}},
		{"decomposed letter in a word", "мобильныи\u0306 9161234567", []string{"phone:9161234567"}},
		{"decomposed letter in an address", "почта: сергеи\u0306@почта.рф", []string{"email:сергеи\u0306@почта.рф"}},
		{"full-width at sign", "ivan＠mail.ru", []string{"email:ivan＠mail.ru"}},
		{"no-break spaces and hyphens", "+7\u00a0916\u00a0123\u201145\u201167", []string{"phone:+7\u00a0916\u00a0123\u201145\u201167"}},
		{"thin spaces", "карта 2200\u20091234\u20095678\u20099019", []string{"card:2200\u20091234\u20095678\u20099019"}},
		{"uuid", "550e8400-e29b-41d4-a716-771234500149", nil},
		{"hex and base64", "a1b2c37707123000 eyJ771234500149abc", nil},
		{"address and decimals", "10.0.0.1 7707123000.50 1.771234500149", nil},
		{"path", "/orders/771234500149/x", nil},
		{"money", "сумма 9161234567 руб.", nil},
		{"all the same", "ИНН 0000000000, СНИЛС 000-000-000 00, тел 77777777777", nil},
		{"too many separators", "паспорт 4 5 1 0 6 7 8 2 3 4", nil},
		{"order", "заказ 771234500149", nil},
		{"article", "артикул 4111123456789013", nil},
		{"wrong check digit is not reported", "СНИЛС 112-233-445 96", nil},
		{"letter case", "СнИлС 08765430300", []string{"snils:08765430300"}},
		{"ё is е", "Приём по телефону 89161234567", []string{"phone:89161234567"}},
		{"two addresses", "a.b@mail.ru,c@почта.рф;", []string{"email:a.b@mail.ru", "email:c@почта.рф"}},
		{"sentence after an address", "Пишите на ivan@mail.ru. Ждём", []string{"email:ivan@mail.ru"}},
		{"connection string", "postgres://ivan:secret@db.host.ru/base", nil},
		{"birth dates", "родился 12 марта 1985 г., жена 01.02.1990 г.р.", []string{"birth_date:12 марта 1985", "birth_date:01.02.1990"}},
		{"a day as a program writes it", "дата рождения: 1990-02-01T00:00:00", []string{"birth_date:1990-02-01T00:00:00"}},
		{"no such day", "дата рождения 29.02.2023", nil},
		{"tomorrow's child", "дата рождения 01.01.2199", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := saidOf(c.text); !slices.Equal(got, c.want) {
				f, a := found(c.text)
				t.Errorf("%q:\n got %q\nwant %q\nall  %q", c.text, got, c.want, describe(f, a))
			}
		})
	}
}

// A key or label in the cell on the left counts, a row further up does not.
func TestLabels(t *testing.T) {
	for _, c := range []struct {
		name  string
		cells []string
		want  []string
	}{
		{"key", []string{"client_phone", "9161234567"}, []string{"phone:9161234567"}},
		{"camel case key", []string{"clientInn", "7707123000"}, []string{"inn_org:7707123000"}},
		{"label", []string{"Серия и номер паспорта:", "4510678234"}, []string{"passport:4510678234"}},
		{"two cells away", []string{"phone", "Москва", "9161234567"}, nil},
		{"value with a number of its own", []string{"тел 89161234567", "7707123000"}, []string{"phone:89161234567"}},
		{"never joined over a border", []string{"ИНН 77071", "23000"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := saidOf(c.cells...); !slices.Equal(got, c.want) {
				f, a := found(c.cells...)
				t.Errorf("got %q, want %q; all %q", got, c.want, describe(f, a))
			}
		})
	}
}

// Published numbers of organisations, test cards, and sums at the edges of the rules.
func TestFits(t *testing.T) {
	for _, c := range []struct {
		kind  Kind
		value string
		want  bool
	}{
		{"inn_org", "7707083893", true}, {"inn_org", "7830002293", true}, {"inn_org", "7700000070", true},
		{"inn_org", "7715964181", false}, {"inn_org", "0000000000", false}, {"inn_org", "7707 083 893", true},
		{"inn", "770000000300", true}, {"inn", "770000000220", true}, {"inn", "123456789037", false}, {"inn", "000000000000", false},
		{"snils", "112-233-445 95", true}, {"snils", "00101989999", true}, {"snils", "00101998900", true}, {"snils", "00101999800", true},
		{"snils", "00299998900", true}, {"snils", "00299999800", true}, {"snils", "112-233-445 98", false}, {"snils", "00000000000", false},
		{"card", "2200000000000053", true}, {"card", "4111111111111111", true}, {"card", "5555555555554444", true},
		{"card", "6390028880000000010", true}, {"card", "378282246310005", true}, {"card", "4111111111111112", false},
		{"phone", "+7 (916) 123-45-67", true}, {"phone", "8 4742 12-34-56", true}, {"phone", "9161234567", true}, {"phone", "375294911911", true},
		{"phone", "+7 000 000-00-00", false}, {"phone", "+7 216 123-45-67", false}, {"phone", "12345", false},
		{"passport", "4510 678234", true}, {"passport", "45 98 678234", true}, {"passport", "4550678234", false}, {"passport", "0210678234", false}, {"passport", "4510 000100", false},
		{"email", "ivan@почта.рф", true}, {"email", "a@xn--d1acufc.xn--p1ai", true}, {"email", "ivan@mail", false}, {"email", "x ivan@mail.ru", false},
		{"birth_date", "29.02.2024", true}, {"birth_date", "29.02.2023", false}, {"birth_date", "1985-03-12", true}, {"birth_date", "12 марта 1985", true},
		{"birth_date", "19850312", true}, {"birth_date", "12.03.85", true}, {"birth_date", "31.12.1899", false}, {"birth_date", "12.03.1985 г", false},
	} {
		if got := Find(c.kind).Fits([]byte(c.value)); got != c.want {
			t.Errorf("%s fits %q: %v, want %v", c.kind, c.value, got, c.want)
		}
	}
}

func TestNormal(t *testing.T) {
	for _, c := range []struct {
		kind        Kind
		value, want string
	}{
		{"phone", "8 (916) 123-45-67", "+79161234567"}, {"phone", "+7 916 123 45 67", "+79161234567"}, {"phone", "9161234567", "+79161234567"},
		{"phone", "+375 29 491-19-11", "+375294911911"},
		{"email", "Ivan@Почта.РФ", "ivan@почта.рф"}, {"snils", "112-233-445 95", "11223344595"}, {"card", "2200 0000 0000 0053", "2200000000000053"},
		{"passport", "серия 45 10 № 123458", "4510123458"}, {"birth_date", "5/3/1985", "1985-03-05"}, {"birth_date", "12 марта 1985 г.р.", "1985-03-12"},
		{"birth_date", "1985-03-12T00:00:00", "1985-03-12"},
	} {
		d := Find(c.kind)
		got := string(d.Normalised([]byte("x"), []byte(c.value)))
		if got != "x"+c.want {
			t.Errorf("%s %q: %q, want %q", c.kind, c.value, got, "x"+c.want)
		}
		if again := string(d.Normalised(nil, []byte(c.want))); again != c.want {
			t.Errorf("%s: normal form %q of itself is %q", c.kind, c.want, again)
		}
	}
}

// sealable are kinds with check digits, and how texts name them.
var sealable = map[Kind]struct {
	word   string
	length int
	first  string
}{"inn": {"ИНН", 12, ""}, "inn_org": {"ИНН", 10, ""}, "snils": {"СНИЛС", 11, ""}, "card": {"карта", 16, "2200"},
	"ogrn": {"ОГРН", 13, "10277"}, "ogrnip": {"ОГРНИП", 15, "30477"}, "oms": {"полис ОМС", 16, "45"}, "imei": {"IMEI", 15, "35"}}

func TestEverySealIsTried(t *testing.T) {
	for _, d := range All() {
		if _, ok := sealable[d.Kind]; ok != (d.Seal != nil) {
			t.Errorf("%s: seal %v, tried %v", d.Kind, d.Seal != nil, ok)
		}
	}
}

func drawDigits(t *rapid.T, n int, first string) []byte {
	d := []byte(first)
	for len(d) < n {
		d = append(d, '0'+byte(rapid.IntRange(0, 9).Draw(t, "digit")))
	}
	return d
}

// Sealed numbers are found; the same numbers as shaped tokens are ours, whatever stands around.
func TestSealedNumbersAreFound(t *testing.T) {
	s := NewScanner(All())
	rapid.Check(t, func(t *rapid.T) {
		for kind, c := range sealable {
			d := Find(kind)
			digits := drawDigits(t, c.length, c.first)
			d.Seal(digits)
			if trivial(digits) {
				continue
			}
			a := pad(c.word + " " + string(digits))
			if !slices.ContainsFunc(Resolve(s.Find(nil, a)), func(f Finding) bool { return f.Detector == d && f.Score >= Report }) {
				t.Fatalf("%s %s is not found", kind, digits)
			}
			if !d.Fits(digits) || Off(d, digits) {
				t.Fatalf("%s %s does not fit", kind, digits)
			}
			Unseal(d, digits)
			if !Off(d, digits) || d.Fits(digits) {
				t.Fatalf("%s %s is not ours", kind, digits)
			}
			for _, text := range []string{string(digits), c.word + " " + string(digits), c.word + ": " + string(digits) + ", далее"} {
				a := pad(text)
				for _, f := range s.Find(nil, a) {
					if f.Score >= Report || f.Detector == d && (f.Score >= Mask || f.Evidence&Synthetic == 0) {
						t.Fatalf("%q: %q", text, describe([]Finding{f}, a))
					}
				}
			}
		}
	})
}

// Shaped phone numbers are in no plan and opaque tokens are nothing, so that a second scan of an export finds nothing.
func TestTokensAreNotFound(t *testing.T) {
	s := NewScanner(All())
	rapid.Check(t, func(t *rapid.T) {
		first := rapid.SampledFrom([]string{"0", "1", "2", "5", "6"}).Draw(t, "first")
		n := drawDigits(t, 10, first)
		token := rapid.StringOfN(rapid.RuneFrom([]rune(TokenLetters)), TokenLength, TokenLength, -1).Draw(t, "token")
		for _, text := range []string{"+7" + string(n), "8" + string(n), "тел. +7 (" + string(n[:3]) + ") " + string(n[3:6]) + "-" + string(n[6:8]) + "-" + string(n[8:]),
			"тел_" + token, "инн_" + token + " снилс_" + token, token + "@example.invalid"} {
			for _, cells := range [][]string{{text}, {"phone", text}, {"Пишу: " + text + "."}} {
				a := pad(cells...)
				for _, f := range s.Find(nil, a) {
					if f.Score >= Report {
						t.Fatalf("%q: %q", text, describe([]Finding{f}, a))
					}
				}
			}
		}
	})
}

var pieces = []string{"ИНН ", "7707123000", "771234500149", "тел. ", "+7 916 123-45-67", "89161234567", " ", ", ", "\n", "паспорт ", "4510 678234", "серия ", " № ", "12.03.1985", "г.р.",
	"12 марта ", "1985", "ivan@mail.ru", "иван@почта.рф", "112-233-445 95", "2200 1234 5678 9019", "заказ ", "\u00ad", "\u200b", "\u00a0", "и\u0306", "е\u0308", "７", "٧", "—", "Иванов ",
	"Иван ", "И. ", "abc", "_", "/", "(", ")", ".", "@", "\xd0", "\xe2\x80", "\xff", "слово "}

// drawRow draws the cells of a row; the first is a name in words, so that nothing looks over the border of rows.
func drawRow(t *rapid.T) []string {
	row := []string{"строка"}
	for range rapid.IntRange(1, 4).Draw(t, "cells") {
		cell := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 12).Draw(t, "cell"), "")
		row = append(row, strings.ToValidUTF8(cell, "\ufffd")) // what readers owe: an arena is UTF-8
	}
	return row
}

// How rows are cut into arenas does not change what is found.
func TestCutsDoNotMatter(t *testing.T) {
	s := NewScanner(All())
	rapid.Check(t, func(t *rapid.T) {
		var all []string
		var apart []string
		at := uint32(0)
		for range rapid.IntRange(1, 6).Draw(t, "rows") {
			row := drawRow(t)
			a := pad(row...)
			for _, f := range s.Find(nil, a) {
				f.Start += at
				f.End += at
				apart = append(apart, fmt.Sprint(f.Kind, f.Start, f.End, f.Score, f.Evidence))
			}
			at += uint32(len(a) - 1)
			all = append(all, row...)
		}
		var together []string
		for _, f := range s.Find(nil, pad(all...)) {
			together = append(together, fmt.Sprint(f.Kind, f.Start, f.End, f.Score, f.Evidence))
		}
		if !slices.Equal(apart, together) {
			t.Fatalf("apart:\n%s\ntogether:\n%s\n%q", strings.Join(apart, "\n"), strings.Join(together, "\n"), all)
		}
	})
}

// Resolve depends neither on the order of what it is given nor leaves overlaps.
func TestResolveIsStable(t *testing.T) {
	kinds := All()
	rapid.Check(t, func(t *rapid.T) {
		f := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Finding {
			start := rapid.Uint32Range(1, 40).Draw(t, "start")
			return Finding{Detector: rapid.SampledFrom(kinds).Draw(t, "kind"), Start: start, End: start + rapid.Uint32Range(1, 12).Draw(t, "length"),
				Score: uint8(rapid.IntRange(0, 3).Draw(t, "score")), Evidence: Evidence(rapid.IntRange(0, 1<<13-1).Draw(t, "evidence"))}
		}), 0, 12).Draw(t, "findings")
		other := rapid.Permutation(f).Draw(t, "other")
		one, two := Resolve(slices.Clone(f)), Resolve(slices.Clone(other))
		if !slices.Equal(one, two) {
			t.Fatalf("%v and %v", one, two)
		}
		for i := 1; i < len(one); i++ {
			if one[i].Start < one[i-1].End {
				t.Fatalf("overlap: %v", one)
			}
		}
		for _, x := range f {
			if !slices.ContainsFunc(one, func(y Finding) bool { return x.Start < y.End && y.Start < x.End && byRank(y, x) <= 0 }) {
				t.Fatalf("%v lost to nothing better in %v", x, one)
			}
		}
	})
}

// The order in which detectors run never changes what is found: texts put together from the examples of all kinds.
func TestOrderOfDetectorsIsNothing(t *testing.T) {
	kinds := All()
	var examples []string
	for _, d := range kinds {
		examples = append(append(examples, d.Good...), d.Bad...)
	}
	usual := NewScanner(kinds)
	told := func(s *Scanner, a []byte) (lines []string) {
		f := s.Find(nil, a)
		for _, f := range [][]Finding{f, Resolve(slices.Clone(f))} {
			lines = append(lines, "")
			for _, x := range f {
				lines = append(lines, fmt.Sprint(x.Kind, x.Start, x.End, x.Score, x.Evidence))
			}
		}
		return lines
	}
	rapid.Check(t, func(t *rapid.T) {
		other := NewScanner(rapid.Permutation(kinds).Draw(t, "order"))
		for range 8 {
			cells := rapid.SliceOfN(rapid.SampledFrom(examples), 1, 6).Draw(t, "examples")
			if by := rapid.SampledFrom([]string{" ", ", ", "\n", "", "\x00"}).Draw(t, "between"); by != "\x00" {
				cells = []string{strings.Join(cells, by)}
			}
			a := pad(cells...)
			if one, two := told(usual, a), told(other, a); !slices.Equal(one, two) {
				t.Fatalf("%q\n%s\nin the other order:\n%s", a, strings.Join(one, "\n"), strings.Join(two, "\n"))
			}
		}
	})
}

func checkFind(t *testing.T, s *Scanner, a []byte) {
	t.Helper()
	last := uint32(0)
	for _, f := range s.Find(nil, a) {
		if f.Detector == nil || f.Start < last || f.Start < 1 || f.End <= f.Start || int(f.End) > len(a)-1 {
			t.Fatalf("span %d-%d of %d after %d", f.Start, f.End, len(a), last)
		}
		last = f.Start
		v := a[f.Start:f.End]
		if bytes.IndexByte(v, 0) >= 0 {
			t.Fatalf("%s %q crosses a border", f.Kind, v)
		}
		if !utf8.RuneStart(v[0]) || int(f.End) < len(a) && !utf8.RuneStart(a[f.End]) && utf8.Valid(a) {
			t.Fatalf("%s %q is cut inside a character", f.Kind, v)
		}
	}
}

func FuzzFind(f *testing.F) {
	s := NewScanner(All())
	for _, d := range All() {
		for _, x := range append(d.Good, d.Bad...) {
			f.Add([]byte(x))
		}
	}
	f.Add([]byte(strings.Join(pieces, "")))
	f.Add([]byte(strings.Join(pieces, "\x00")))
	f.Fuzz(func(t *testing.T, text []byte) {
		text = bytes.ToValidUTF8(text, []byte("\uFFFD")) // the contract: readers decode around what is damaged
		checkFind(t, s, pad(string(text)))
		checkFind(t, s, pad(strings.Repeat("слово ", 170)+string(text), string(text)))
	})
}

func TestFindAnything(t *testing.T) {
	s := NewScanner(All())
	rapid.Check(t, func(t2 *rapid.T) {
		checkFind(t, s, pad(drawRow(t2)...))
	})
	if got := s.Find(nil, nil); got != nil {
		t.Error("something in nothing")
	}
	checkFind(t, s, pad())
	checkFind(t, s, pad(""))
}
