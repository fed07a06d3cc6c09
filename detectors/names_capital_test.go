package detectors

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// Words that no other word of a name stands beside.
func TestLoneNames(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"a rank", "спросите у мастера Олега завтра", "Олега"},
		{"a rank and a surname", "водитель Зайнуллин сдал смену", "Зайнуллин"},
		{"a rank and an adjective", "адвокат Вяземский просит отложить", "Вяземский"},
		{"a rank and a region", "депутат Вяземской думы, мэр Саратова", ""},
		{"a rank and goods", "водитель Газели, клиент Сбербанка, мастер Йода", ""},
		{"an abbreviation", "у гр. Зайцева изъят паспорт", "Зайцева"},
		{"a label", "Фамилия: Снежной; имя: Глаша", "Снежной|Глаша"},
		{"a key", `{"lastName":"Снежной","shop":"Олег"}`, "Снежной"},
		{"a label and a space that keeps together", "Фамилия:\u00a0Снежной", "Снежной"},
		{"a label and a tab", "Фамилия:\tСнежной", "Снежной"},
		{"a key of two words", `{"last_name": "Снежной", "shop": "Олег"}`, "Снежной"},
		{"labels in Latin letters", "Familiya: Bokshtel\nImya: Ruslan\nOtchestvo: Olegovich", "Bokshtel|Ruslan|Olegovich"},
		{"in whose name", "карта на имя егор зотов, и ещё имя егор", "егор зотов"},
		{"a Kazakh ending and a street", "Батыс Республикасының заңы, Абай даңғылы", ""},
		{"who speaks", "Олег: привет\nМарина: и тебе", "Олег|Марина"},
		{"who speaks, with times", "[12.05.2024 10:02] Олег: привет", ""},
		{"an address", "Глеб, добрый вечер! Спасибо, Карина.", "Глеб|Карина"},
		{"a phone", "Звонить: Руслан 8 (900) 000-11-22", "Руслан"},
		{"a surname and a phone", "кв. 5 – Зимина – +7 300 000-11-22", "Зимина"},
		{"in brackets", "тел. 8 912 000 11 22 (Тамара)", "Тамара"},
		{"in the middle of a sentence", "как сказал Зайцев, деньги вернут", "Зайцев"},
		{"at the begin of a sentence", "Пришли все. Заказов прибыло. Ольга осталась.", "Ольга"},
		{"a surname read before", "Олег Бокштель уехал. Бокштеля ждут. О Бокштеле писали.", "Олег Бокштель|Бокштеля|Бокштеле"},
		{"another word that begins so", "Пётр Москвин приехал. Москва ждёт Москвина.", "Пётр Москвин|Москвина"},
		{"a particle", "Людвиг фон Шварц и Томас де Вальер", "Людвиг фон Шварц|Томас де Вальер"},
		{"an Arabic article", "о Мохаммеде аль-Бадари", "Мохаммеде аль-Бадари"},
		{"a hyphenated cue", "Г-н Вяземский просит", "Вяземский"},
		{"glued initials", "проверил ЗайцевОЛ вчера", "ЗайцевОЛ"},
		{"towns", "рейс в Саратов, жил в Киеве, под Ростовом и на Лене", ""},
		{"a street", "на ул. Ленина, по улицам Лесная, Зайцева, Гагарина", ""},
		{"a law", "закон Кирхгофова, таблица Менделеева", ""},
		{"a quoted word", "кафе «Ольга», платье \"Алина\"", ""},
		{"goods", "платье Алина, торт Марина", ""},
		{"a queen", "королеву Елизавету II встретил мэр", ""},
		{"an adjective", "новой Дубовой рощей, тот Цифровой договор", ""},
		{"words that are also names", "Вера в людей. Роман понравился. Надежда есть. Любой скажет.", ""},
		{"a heading", "Отдел Кадров, Совет Директоров", ""},
		{"an address of mail", "Анна.Зайцева@example.invalid", ""},
		{"a nickname", "Жанна foo", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := nameArena(tt.text)
			if got := strings.Join(reported(a, namesIn(a)), "|"); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// A cell of its own is its column's business, and no name is known in another cell.
func TestLoneNamesCells(t *testing.T) {
	a := nameArena("Олег", "Зайцев.", "Олег Бокштель уехал", "Бокштеля ждут")
	if got := strings.Join(reported(a, namesIn(a)), "|"); got != "Олег Бокштель" {
		t.Errorf("%q", got)
	}
}

// What a given name begins with is known for each of its spellings.
func TestNameBegins(t *testing.T) {
	table := lexicon()
	for _, w := range strings.Fields(maleNames + " " + femaleNamesEast + " " + shortNames) {
		w, _, _ = strings.Cut(w, "/")
		for _, s := range []string{w, strings.ToUpper(w), strings.ToLower(w)} {
			a := pad(s)
			if table.begins.may(fiveLetters((*[16]byte)(a[1:17]))) == 0 {
				t.Errorf("%q", s)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOfN(rapid.RuneFrom([]rune("АБЯабвпря -.az")), 1, 6, -1).Draw(t, "word")
		a := pad(s)
		n := 0
		for n < 4 && a[1+2*n]&^1 == 0xD0 {
			n++
		}
		if r, _ := utf8.DecodeRuneInString(s); n >= 3 && r >= 'А' {
			key := packString(strings.ToLower(s[:6]))
			if threeLetters(fiveLetters((*[16]byte)(a[1:17]))) != threeOf(key&0x7FFF) {
				t.Fatalf("%q: three letters", s)
			}
		}
	})
}

// The lexer lists each capital that begins a word, those beside another one among Caps.
func TestLones(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOfN(rapid.RuneFrom([]rune("АбЯpQz1 .-\n«ёЁ")), 0, 200, -1).Draw(t, "text")
		a := pad(s)
		l := lexer{names: true}
		l.run(a)
		places := map[uint32]bool{}
		for _, p := range l.Lones {
			places[p] = true
		}
		for _, p := range l.Plain {
			places[uint32(p)] = true
		}
		for _, p := range l.Caps {
			if a[p] == 0xD0 {
				places[p] = true
			}
		}
		letter := false
		for p := 1; p < len(a); {
			c, size := letterAt(a, uint32(p))
			if got, want := places[uint32(p)], a[p] == 0xD0 && c&letterUpper != 0 && !letter; got != want {
				t.Fatalf("%q at %d: %v", s, p, got)
			}
			letter = c != 0
			p += int(size)
		}
	})
}

// The kernel parts capitals as the portable loop does.
func TestPartLones(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOfN(rapid.RuneFrom([]rune("АПОИРаповлиёpQz1 .,-(\n«Ё")), 0, 300, -1).Draw(t, "text")
		a := pad(s)
		base := rapid.Uint32Range(0, 1).Draw(t, "base")
		starts := make([]uint64, len(s)/64+1)
		for p := max(base, 1); p < uint32(len(s)); p++ {
			if a[p]&^1 == 0xD0 {
				starts[(p-base)/64] |= 1 << ((p - base) % 64)
			}
		}
		words := make([]uint32, wordBatch)
		var lones, lonesWant [wordBatch]uint32
		var plain, plainWant [wordBatch]uint64
		begins := &lexicon().begins
		n, m := partLones(&lones, &plain, words, starts, starts, a[:len(a)+16], base, begins)
		nWant, mWant := partLonesPortable(&lonesWant, &plainWant, words, starts, starts, a[:len(a)+16], base, begins)
		if n != nWant || m != mWant || !slices.Equal(lones[:n], lonesWant[:n]) || !slices.Equal(plain[:m], plainWant[:m]) {
			t.Fatalf("%q: %d and %d words, want %d and %d", s, n, m, nWant, mWant)
		}
	})
}
