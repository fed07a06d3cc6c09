package token

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// escaped draws what may stand between quotes: escapes of all kinds, broken ones, and plain text.
func escaped() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		parts := rapid.SliceOf(rapid.OneOf(
			rapid.SampledFrom([]string{`\n`, `\"`, `\\`, `\u0418`, `\ud83d\ude00`, `\ud83d`, `\u0000`, "\x00", `\x1F`, `\xD0\x98`, `\xff`, `\q`, `\u12`, "я", "+7 999", "😀"}),
			rapid.String(),
		)).Draw(t, "parts")
		return strings.ReplaceAll(strings.Join(parts, ""), `"`, "")
	})
}

// The walk by Step and decoding in place are two ways through the same bytes.
func TestStepIsDecode(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := []byte(escaped().Draw(t, "raw"))
		dec := append([]byte(nil), raw...)
		dec = dec[:decode(dec)]
		n := 0
		for i := 0; i < len(raw); {
			nr, nd := Step(raw[i:])
			if nr <= 0 || nd > nr || i+nr > len(raw) {
				t.Fatalf("a step of %d for %d at %d of %q", nr, nd, i, raw)
			}
			i, n = i+nr, n+nd
		}
		if n != len(dec) {
			t.Fatalf("%q: %d bytes by steps, %d decoded", raw, n, len(dec))
		}
		if utf8.Valid(raw) && !utf8.Valid(dec) {
			t.Fatalf("%q became broken text", raw)
		}
	})
}

func TestDecodeIsEncodingJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := escaped().Draw(t, "raw")
		var want string
		if json.Unmarshal([]byte(`"`+raw+`"`), &want) != nil {
			return
		}
		dec := []byte(raw)
		if dec = dec[:decode(dec)]; string(dec) != strings.ReplaceAll(want, "\x00", "") {
			t.Fatalf("%q: %q, want %q", raw, dec, want)
		}
	})
}

func TestEscapedReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		out := AppendString(nil, []byte(text))
		var back string
		if err := json.Unmarshal(out, &back); err != nil || back != text {
			t.Fatalf("%q became %q: %v", text, out, err)
		}
		dec := out[1 : len(out)-1]
		if dec = dec[:decode(dec)]; string(dec) != strings.ReplaceAll(text, "\x00", "") {
			t.Fatalf("%q reads back as %q", text, dec)
		}
	})
}

func TestIsNumber(t *testing.T) {
	for _, s := range strings.Fields("0 -0 1 12 -12 0.5 1e5 1E+5 1.25e-10 -0.0e0 01 -01 1. .5 + - 1e 1e+ 0x1 1a NaN Infinity --1 1.e5 00 1_0 ١") {
		if got, want := IsNumber([]byte(s)), json.Valid([]byte(s)); got != want {
			t.Errorf("%s: %v", s, got)
		}
	}
}

func TestLook(t *testing.T) {
	for _, c := range []struct {
		head  string
		whole bool
		want  Shape
	}{
		{"", true, Lines},
		{" \n", false, Unknown},
		{`{"a":1}`, true, Lines},
		{"{\"a\":1}\n{\"a\":2}", false, Lines},
		{`{"a":1`, false, Unknown},
		{"{\"a\":1,\n", false, Unknown},
		{"{\"a\":1,\n\"b\":2}\n", true, One},
		{"{\"a\":1,\n\"b\":2}\n{\"a\":1,", false, One},
		{"{\"a\":1,\n{\"a\":2}\n", true, NotJSON},
		{"{\"a\":\"x\n{\"a\":2}\n", true, NotJSON},
		{"{\"a\" \n:1}", true, One},
		{"[{\"a\":1}]", true, Values},
		{"[{\"a\":1}]", false, Unknown},
		{"[1]\n[2]", false, Lines},
		{"[\n{\"a\":1},\n", true, Values},
		{"[2025-01-15] x", false, NotJSON},
		{"12\n13", false, Lines},
	} {
		if got := Look([]byte(c.head), c.whole); got != c.want {
			t.Errorf("%q: %d, want %d", c.head, got, c.want)
		}
	}
}

func TestLooksLikeData(t *testing.T) {
	for _, key := range []string{"a@b.ru", "+79990000001", "Тестов Тест", "Тестов Тест ИНН", "x/ОМС Тестов Тест", "a\nb", "\xff", "2025-01-15", strings.Repeat("я", 40),
		"Петров", "Иванов", "ИВАНОВА", "Ткачук", "Шевченко", "Достоевская", "Анна", "Сергеевна", "тел. Петрова", "Петров-Водкин", "Ivanov", "Птицын (мама)"} {
		if !looksLikeData([]byte(key)) {
			t.Errorf("%q becomes a name", key)
		}
	}
	for _, key := range []string{"", "phone", "Дата рождения", "Полис ОМС", "Серия СТС", "Full Name", "address_line_2", "ИНН", "ФИО клиента",
		"Телефон", "Имя", "Фамилия", "Отчество", "Адрес", "Магазин", "Корзина", "Причина", "Цена", "Основа", "Логин", "Клиентов", "Город",
		"Количество", "Остаток", "МАГАЗИН", "Пол", "Менеджер", "петров", "Status", "Origin", "createdAt", "Комментарий клиента"} {
		if looksLikeData([]byte(key)) {
			t.Errorf("%q becomes no name", key)
		}
	}
}
