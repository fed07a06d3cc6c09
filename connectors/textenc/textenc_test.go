package textenc

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

var all = []Encoding{UTF8, CP1251, KOI8R, CP866, UTF16LE, UTF16BE}

const sample = "Договор № 17 от 03.02.2024, «Ромашка» — Ёлкин Пётр, тел. +7 900 000-00-00; ok 😀"

func decode(t testing.TB, b []byte, e Encoding) []byte {
	t.Helper()
	out, err := io.ReadAll(NewReader(bytes.NewReader(b), e))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestEveryByteComesBack(t *testing.T) {
	every := make([]byte, 256)
	for i := range every {
		every[i] = byte(i)
	}
	for _, e := range all {
		got, err := e.Encode(nil, decode(t, every, e))
		if err != nil || !bytes.Equal(got, every) {
			t.Errorf("%v: %x %v", e, got, err)
		}
	}
	if got := decode(t, []byte{0x98}, CP1251); string(got) != "\u0098" {
		t.Errorf("cp1251 0x98: %q", got)
	}
}

// The tables against another implementation's, byte by byte.
func TestTablesAgreeWithCharmap(t *testing.T) {
	for e, m := range map[Encoding]encoding.Encoding{CP1251: charmap.Windows1251, KOI8R: charmap.KOI8R, CP866: charmap.CodePage866} {
		for i := range 256 {
			if e == CP1251 && i == 0x98 {
				continue
			}
			want, err := m.NewDecoder().Bytes([]byte{byte(i)})
			if err != nil {
				t.Fatal(err)
			}
			if got := decode(t, []byte{byte(i)}, e); !bytes.Equal(got, want) {
				t.Errorf("%v %#x: %q, want %q", e, i, got, want)
			}
		}
	}
}

func TestUTF16AgreesWithStandard(t *testing.T) {
	for e, end := range map[Encoding]unicode.Endianness{UTF16LE: unicode.LittleEndian, UTF16BE: unicode.BigEndian} {
		b, err := unicode.UTF16(end, unicode.IgnoreBOM).NewEncoder().Bytes([]byte(sample))
		if err != nil {
			t.Fatal(err)
		}
		if got := decode(t, b, e); string(got) != sample {
			t.Errorf("%v: %q", e, got)
		}
		got, err := e.Encode([]byte("x"), []byte(sample))
		if err != nil || !bytes.Equal(got, append([]byte("x"), b...)) {
			t.Errorf("%v: encode %x %v", e, got, err)
		}
	}
}

func TestBroken16(t *testing.T) {
	for name, units := range map[string][]uint16{
		"lone high at the end":   {'a', 0xD83D},
		"lone high before text":  {0xD83D, 'a', 'b'},
		"lone low":               {0xDE00, 'a'},
		"two highs and a low":    {0xD83D, 0xD83D, 0xDE00},
		"swapped":                {0xDE00, 0xD83D},
		"byte order mark inside": {'a', 0xFEFF, 0xFFFE, 0xFFFF},
	} {
		for _, odd := range [][]byte{nil, {0x5A}} {
			var le []byte
			for _, u := range units {
				le = append(le, byte(u), byte(u>>8))
			}
			le = append(le, odd...)
			for size := 1; size < 9; size++ {
				d := NewReader(iotest.OneByteReader(bytes.NewReader(le)), UTF16LE)
				var text []byte
				for buf := make([]byte, size); ; {
					n, err := d.Read(buf)
					text = append(text, buf[:n]...)
					if err == io.EOF {
						break
					}
				}
				got, err := UTF16LE.Encode(nil, text)
				if err != nil || !bytes.Equal(got, le) {
					t.Fatalf("%s, reads of %d: %x → %x → %x %v", name, size, le, text, got, err)
				}
				lone := int64(bytes.Count([]byte(string(utf16.Decode(units))), []byte("\uFFFD")) + len(odd))
				if d.Broken() != lone {
					t.Errorf("%s: %d broken, want %d", name, d.Broken(), lone)
				}
			}
		}
	}
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := rapid.SampledFrom(all).Draw(t, "encoding")
		b := rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")
		size := rapid.IntRange(1, 20).Draw(t, "read")
		var r io.Reader = bytes.NewReader(b)
		if rapid.Bool().Draw(t, "slow") {
			r = iotest.OneByteReader(r)
		}
		d := NewReader(r, e)
		var text []byte
		for buf := make([]byte, size); ; {
			n, err := d.Read(buf)
			text = append(text, buf[:n]...)
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal("read failed")
			}
		}
		got, err := e.Encode(nil, text)
		if err != nil || !bytes.Equal(got, b) {
			t.Fatalf("%v: %x → %x → %x %v", e, b, text, got, err)
		}
		tail, err := e.EncodeTail(append([]byte("head"), text...), 4)
		if err != nil || !bytes.Equal(tail, append([]byte("head"), b...)) {
			t.Fatalf("%v in place: %x %v", e, tail, err)
		}
	})
}

func TestUnencodable(t *testing.T) {
	for _, c := range []struct{ text, class string }{
		{"ә", "Cyrillic letter outside"}, {"é", "another alphabet"}, {"😀", "a symbol"}, {"\xff", "no UTF-8"},
		{"\u0301", "combining"}, {"٣", "digit of another"}, {"\u2028", "kind of space"}, {"\uFFFD", "a symbol"},
	} {
		for _, e := range []Encoding{CP1251, KOI8R, CP866} {
			out, err := e.Encode([]byte("kept"), []byte("ab"+c.text))
			var ee *EncodeError
			if !errors.As(err, &ee) || !strings.Contains(err.Error(), c.class) || strings.Contains(err.Error(), c.text) {
				t.Errorf("%v %q: %v", e, c.text, err)
			}
			if string(out) != "kept" {
				t.Errorf("%v %q: dst is %q", e, c.text, out)
			}
		}
	}
}

func TestParse(t *testing.T) {
	for name, want := range map[string]Encoding{"UTF-8": UTF8, "utf8": UTF8, "cp1251": CP1251, "Windows-1251": CP1251,
		"KOI8-R": KOI8R, "koi8_r": KOI8R, "IBM866": CP866, "cp866": CP866, "utf-16": UTF16LE, "UTF-16BE": UTF16BE} {
		if got, ok := Parse(name); !ok || got != want {
			t.Errorf("%s: %v %v", name, got, ok)
		}
	}
	if _, ok := Parse("latin-1"); ok {
		t.Error("latin-1 is known")
	}
}

func encodeWith(t testing.TB, e Encoding, s string) []byte {
	t.Helper()
	b, err := e.Encode(nil, []byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestSniff(t *testing.T) {
	texts := map[string]string{
		"prose":     "Договор заключён между сторонами в двух экземплярах, имеющих одинаковую силу.",
		"names":     "id;ФИО;город\n1;Петрова Анна Сергеевна;Тула\n2;Кузнецов Олег Иванович;Пермь\n",
		"capitals":  "ПЕТРОВА АННА СЕРГЕЕВНА, ГОРОД ТУЛА, УЛИЦА ЛЕНИНА",
		"one name":  "id,name\n1,Смирнова Елена\n",
		"late":      strings.Repeat("id,value,plain ascii\n", 5000) + "Сидоров Николай, город Рязань\n",
		"with yo":   "Ёлкина Алёна живёт в Орле",
		"with code": "2024-01-02 12:00:01 INFO user=17 пользователь вошёл в систему, действие=просмотр",
	}
	for name, s := range texts {
		for _, e := range all {
			b := encodeWith(t, e, s)
			if got := Sniff(b); got != e && name != "late" {
				t.Errorf("%s in %v: %v", name, e, got)
			}
			got, err := SniffAt(bytes.NewReader(b), int64(len(b)))
			if err != nil || got != e {
				t.Errorf("%s in %v: %v %v", name, e, got, err)
			}
			r := NewAutoReader(iotest.HalfReader(bytes.NewReader(b)))
			if out, err := io.ReadAll(r); err != nil || string(out) != s || r.Encoding() != e {
				t.Errorf("%s in %v, from a stream: %v, %d bytes, %v", name, e, r.Encoding(), len(out), err)
			}
		}
		for _, e := range []Encoding{UTF8, UTF16LE, UTF16BE} {
			if got := Sniff(encodeWith(t, e, "\uFEFF"+s)); got != e {
				t.Errorf("%s in %v with a mark: %v", name, e, got)
			}
		}
	}
	for name, c := range map[string]struct {
		b    string
		want Encoding
	}{
		"empty":            {"", UTF8},
		"ascii":            {"a,b\n1,2\n", UTF8},
		"cut character":    {"привет"[:11], UTF8},
		"one broken byte":  {strings.Repeat("привет ", 20) + "\xff" + "пока", UTF8},
		"NUL in ascii":     {"a,b\x00\n1,2\n", UTF8},
		"nothing but NULs": {strings.Repeat("\x00", 100), UTF8},
	} {
		if got := Sniff([]byte(c.b)); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// Accuracy on short texts of common words, drawn at random: 95 of 100 at 20 letters, nearly all at 60.
func TestSniffShortTexts(t *testing.T) {
	words := strings.Fields(`договор клиент адрес улица дом квартира город область телефон почта паспорт выдан отдел
		дата рождения фамилия имя отчество Анна Мария Сергей Дмитрий Иванова Соколов Морозова Волков Казань Самара
		оплата счёт заказ доставка товар цена сумма скидка заявка принята отправлена получена комментарий работает`)
	rnd := rand.New(rand.NewPCG(1, 2))
	for _, c := range []struct{ letters, least int }{{20, 95}, {60, 99}} {
		for _, e := range []Encoding{CP1251, KOI8R, CP866} {
			right := 0
			for range 100 {
				s := ""
				for utf8.RuneCountInString(s) < c.letters {
					s += words[rnd.IntN(len(words))] + " "
				}
				if Sniff(encodeWith(t, e, s)) == e {
					right++
				}
			}
			if right < c.least {
				t.Errorf("%v, %d letters: %d of 100", e, c.letters, right)
			}
		}
	}
}

func TestValidAgreesWithStandard(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	pieces := []string{"a", "я", "€", "😀", "\x00", "\xff", "\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80", "\xf0\x80\x80\x80",
		"\xf4\x90\x80\x80", "\xf8", "\xe2\x82", "\xf0\x9f\x98", "\xd0", "\x80", "\xf4\x8f\xbf\xbf", "\xef\xbf\xbf"}
	for i := range 60000 {
		var b []byte
		for n := rnd.IntN(160); len(b) < n; {
			k := 4
			if rnd.IntN(40) == 0 {
				k = len(pieces)
			}
			b = append(b, pieces[rnd.IntN(k)]...)
		}
		if i%3 == 0 && len(b) > 0 {
			b = b[:len(b)-1]
		}
		if Valid(b) != utf8.Valid(b) {
			t.Fatalf("%x: %v", b, Valid(b))
		}
	}
}

func TestClean(t *testing.T) {
	for _, c := range []struct {
		in, want string
		bad      int
	}{
		{"", "", 0}, {"ok привет", "ok привет", 0}, {"a\xffb", "a\x1ab", 1}, {"\xd0", "\x1a", 1},
		{"\xed\xa0\x80", "\x1a\x1a\x1a", 3}, {"я\xe2\x82я", "я\x1a\x1aя", 2}, {"\uFFFD", "\uFFFD", 0},
	} {
		b := []byte(c.in)
		if bad := Clean(b); string(b) != c.want || bad != c.bad {
			t.Errorf("%q: %q %d", c.in, b, bad)
		}
	}
}

func TestInput(t *testing.T) {
	ctx := context.Background()
	in := FileInput("gone.csv", t.TempDir()+"/gone.csv")
	if _, _, err := in.Open(ctx); err == nil || err.Error() != "gone.csv: no such file or folder" {
		t.Error(err)
	}
	in = FileInput("folder", t.TempDir())
	if _, _, err := in.Open(ctx); err == nil {
		t.Error("a folder was opened")
	}
	in = StreamInput("-", strings.NewReader("abc"))
	if _, _, err := in.Open(ctx); err != nil {
		t.Error(err)
	}
	if _, _, err := in.Open(ctx); err == nil {
		t.Error("a stream was opened twice")
	}
	a, b := MemoryInput("a", strings.NewReader("same"), 4), MemoryInput("a", strings.NewReader("some"), 4)
	pa, _ := a.Part(ctx)
	pb, _ := b.Part(ctx)
	if pa.Identity == pb.Identity || pa.Size != 4 {
		t.Errorf("%+v %+v", pa, pb)
	}
}

func FuzzEncoding(f *testing.F) {
	for _, s := range []string{"", "abc", sample, "\xff\xfea\x00", "\x3d\xd8", "\xed\xa0\x80", "\x98", "a\x00b"} {
		f.Add([]byte(s), 3)
	}
	f.Fuzz(func(t *testing.T, b []byte, size int) {
		for _, e := range all {
			d := NewReader(bytes.NewReader(b), e)
			var text []byte
			for buf := make([]byte, 1+uint(size)%16); ; {
				n, err := d.Read(buf)
				text = append(text, buf[:n]...)
				if err != nil {
					break
				}
			}
			if got, err := e.Encode(nil, text); err != nil || !bytes.Equal(got, b) {
				t.Fatalf("%v: %x → %x → %x %v", e, b, text, got, err)
			}
		}
		d := NewAutoReader(bytes.NewReader(b))
		text, err := io.ReadAll(d)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := d.Encoding().Encode(nil, text); err != nil || !bytes.Equal(got, b) {
			t.Fatalf("auto %v: %x → %x → %x %v", d.Encoding(), b, text, got, err)
		}
		if Valid(b) != utf8.Valid(b) {
			t.Fatal("Valid is wrong")
		}
	})
}

var cyrillic = []byte(strings.Repeat("Договор с клиентом 1234, улица Мира; ", 30000))

func BenchmarkValid(b *testing.B) {
	b.SetBytes(int64(len(cyrillic)))
	for b.Loop() {
		Valid(cyrillic)
	}
}

func BenchmarkDecode(b *testing.B) {
	for _, e := range []Encoding{CP1251, UTF16LE} {
		b.Run(e.String(), func(b *testing.B) {
			src := encodeWith(b, e, string(cyrillic))
			buf := make([]byte, 1<<20)
			b.SetBytes(int64(len(src)))
			for b.Loop() {
				d := NewReader(bytes.NewReader(src), e)
				for {
					if _, err := d.Read(buf); err != nil {
						break
					}
				}
			}
		})
	}
}

func BenchmarkEncode(b *testing.B) {
	src := encodeWith(b, CP1251, string(cyrillic))
	out := make([]byte, 0, len(cyrillic))
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		out, _ = CP1251.Encode(out[:0], cyrillic)
	}
}

// A file is text by its characters; zero bytes between them are padding, and what is mostly zeros is none.
func TestHead(t *testing.T) {
	padded := strings.Repeat("anna\x00\x00\x00\x00,+79000000000\x00\x00\n", 50)
	for _, c := range []struct {
		name, head string
		text       bool
	}{
		{"empty", "", true},
		{"text", "id,name\n1,anna\n", true},
		{"padded cells", padded, true},
		{"one zero in a small file", "phone\n+7900000\x000001\n", true},
		{"a log that a crash has padded", "started\nstopped\n" + strings.Repeat("\x00", 40), true},
		{"zeros only", strings.Repeat("\x00", 100), false},
		{"a page of zeros behind a word", "word" + strings.Repeat("\x00", 4000), false},
		{"small integers", strings.Repeat("\x01\x00\x00\x00\x02\x00\x00\x00", 50), false},
		{"a picture", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00\x00\x00\x01\x00\x08\x06\x00\x00\x00", false},
		{"a program", "\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\x3e\x00\x01\x00\x00\x00", false},
	} {
		if _, ok := Head([]byte(c.head)); ok != c.text {
			t.Errorf("%s: %v", c.name, ok)
		}
	}
}

// Words in UTF-8 inside a text in another encoding are seen; a text in one encoding has none.
func TestMixed(t *testing.T) {
	texts := []string{sample, "Договор заключён между сторонами в двух экземплярах, имеющих одинаковую силу.", "СЁМИН СЕМЁН РОМАНОВИЧ, ГОРОД РОСТОВ",
		"её моё твоё, СССР №1, Р° и С", "", "ascii"}
	for _, e := range []Encoding{CP1251, KOI8R, CP866} {
		for _, text := range texts {
			text := strings.NewReplacer("😀", "", "«", "", "»", "", "—", "-", "№", "N").Replace(text)
			b, err := e.Encode(nil, []byte(text))
			if err != nil {
				t.Fatal(err)
			}
			if at := e.Mixed(decode(t, b, e)); at >= 0 {
				t.Errorf("%v: %q at %d", e, text, at)
			}
			for _, word := range []string{"Анна", "Петров", "Ольга", "ТЕЛЕФОН и почта"} {
				got := e.Mixed(decode(t, append(slices.Clone(b), word...), e))
				if want := len(text); got < want {
					t.Errorf("%v: %q behind %q: at %d, want %d or more", e, word, text, got, want)
				}
			}
		}
	}
	if UTF8.Mixed([]byte("РђРЅРЅР°")) >= 0 {
		t.Error("UTF-8 cannot hold UTF-8")
	}
}

// A file with rows in two encodings is read in that of most.
func TestSniffMixed(t *testing.T) {
	row := "1;Петрова Анна Сергеевна;город Тула\n"
	for _, e := range []Encoding{CP1251, KOI8R, CP866} {
		other := string(encodeWith(t, e, row))
		if got := Sniff([]byte(row + row + other)); got != UTF8 {
			t.Errorf("two of three in UTF-8, one in %v: %v", e, got)
		}
		if got := Sniff([]byte(other + other + row)); got != e {
			t.Errorf("two of three in %v: %v", e, got)
		}
	}
}

// Names of persons, and words that columns and keys are named by.
func TestPerson(t *testing.T) {
	for _, w := range strings.Fields(`Петров Иванов Иванова Соловьёв Соловьева Ильин Ильина Птицын Птицына Достоевский Вяземская Шевченко Ткачук
		Ковальчук Саркисян Гонгадзе Саакашвили Трубецкой Крупская ПЕТРОВ ИВАНОВА Усов Юдин Зуев Иванович Петровна Ильинична
		Анна Сергей Алёна МАРИЯ Гульнара Ivanov Petrova Shevchenko Dostoevsky Anna`) {
		if !Person(w) {
			t.Errorf("%s is nobody", w)
		}
	}
	for _, w := range strings.Fields(`Телефон Имя Фамилия Отчество Адрес Магазин Логин Корзина Причина Основа Цена Страна Город Область
		Улица Дом Сумма Дата Статус Комментарий Почта Пол Возраст Должность Отдел Заказ Клиент Клиентов Заказов Просмотров Остаток Количество
		Машина Длина Ширина Величина Технический Логическая Женский Городской Русский Мужчина Женщина Половина Картина Витрина
		Название Описание Регион Индекс Паспорт СНИЛС ИНН ФИО МАГАЗИН Менеджер Этаж Вес Рост Ставка Оценка Отзывов Выручка Заметки
		петров иванова анна АО ООО Phone Name Email Address Dev Status Value Origin Login Admin ПетровИван x`) {
		if Person(w) {
			t.Errorf("%s is somebody", w)
		}
	}
}
