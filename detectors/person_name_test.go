package detectors

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"
)

// nameArena puts cells into an arena as connectors do.
func nameArena(cells ...string) []byte {
	a := []byte{0}
	for _, c := range cells {
		a = append(a, c...)
		a = append(a, 0)
	}
	return append(a, make([]byte, 128)...)[:len(a)]
}

// lexed is an arena as findPersonName gets it, without cues.
func lexed(a []byte) *Text {
	l := lexer{Text: Text{cues: make([][]Cue, len(declared)), current: PersonName}}
	l.run(a)
	return &l.Text
}

// namesIn finds the names of an arena, without other detectors.
func namesIn(a []byte) []Finding { return NewScanner([]*Detector{PersonName}).Find(nil, a) }

func reported(a []byte, f []Finding) (names []string) {
	for _, x := range f {
		if x.Score >= Report {
			names = append(names, string(a[x.Start:x.End]))
		}
	}
	return names
}

func TestPersonNameGood(t *testing.T) {
	if len(goodNames) < 80 {
		t.Fatalf("%d examples", len(goodNames))
	}
	for _, s := range goodNames {
		a := nameArena(s)
		if got := reported(a, namesIn(a)); len(got) != 1 {
			t.Errorf("%q: %q %s", s, got, scores(namesIn(a), a))
		}
	}
}

func TestPersonNameBad(t *testing.T) {
	if len(badNames) < 80 {
		t.Fatalf("%d examples", len(badNames))
	}
	for _, s := range badNames {
		a := nameArena(s)
		if got := reported(a, namesIn(a)); len(got) != 0 {
			t.Errorf("%q: %q", s, got)
		}
	}
}

func scores(f []Finding, a []byte) string {
	var b strings.Builder
	for _, x := range f {
		b.WriteString(string(a[x.Start:x.End]))
		b.WriteString(" ")
		b.WriteString(strings.Join(x.Evidence.Names(), "+"))
		b.WriteByte(' ')
		b.WriteByte('0' + x.Score/10)
		b.WriteByte('0' + x.Score%10)
		b.WriteString("; ")
	}
	return b.String()
}

func TestPersonNameSpans(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"in a sentence", "Вчера Олег Львович Зайцев пришёл.", "Олег Львович Зайцев"},
		{"after a title", "Президент Олег Львович Зайцев", "Олег Львович Зайцев"},
		{"initials with dots", "Подпись: Зайцев О.Л.", "Зайцев О.Л."},
		{"list with initials first", "О.Л. Зайцев, П.А. Кузнецов", "О.Л. Зайцев|П.А. Кузнецов"},
		{"list with initials last", "Зайцев О.Л., Кузнецов П.А.", "Зайцев О.Л.|Кузнецов П.А."},
		{"lines", "Зайцев Олег Львович\nКузнецова Анна Петровна\nБелый Семён Аркадьевич\nЧерных Ольга Юрьевна",
			"Зайцев Олег Львович|Кузнецова Анна Петровна|Белый Семён Аркадьевич|Черных Ольга Юрьевна"},
		{"long run of capitals", "ЗАЙЦЕВ ОЛЕГ ЛЬВОВИЧ КУЗНЕЦОВА АННА ПЕТРОВНА БЕЛЫЙ СЕМЁН АРКАДЬЕВИЧ ЧЕРНЫХ ОЛЬГА ЮРЬЕВНА",
			"ЗАЙЦЕВ ОЛЕГ ЛЬВОВИЧ|КУЗНЕЦОВА АННА ПЕТРОВНА|БЕЛЫЙ СЕМЁН АРКАДЬЕВИЧ|ЧЕРНЫХ ОЛЬГА ЮРЬЕВНА"},
		{"before a dash", "Олег Зайцев - инженер", "Олег Зайцев"},
		{"comma form", "Зайцев, Олег Львович", "Зайцев, Олег Львович"},
		{"two with initials", "получатель Зайнуллин В. Г. Ещё О.О. Зайцев", "Зайнуллин В. Г.|О.О. Зайцев"},
		{"oglu", "Алиев Рашид Мурад оглы родился", "Алиев Рашид Мурад оглы"},
		{"oglu in capitals", "ГРАЖДАНИН АЛИЕВ РАШИД МУРАД ОГЛЫ, РОДИЛСЯ", "АЛИЕВ РАШИД МУРАД ОГЛЫ"},
		{"a line of letters", "Зотов  Егор  Ильич\nИ Н Н 12", "Зотов  Егор  Ильич"},
		{"й in two code points", "Зайцев Андрей Львович", "Зайцев Андрей Львович"},
		{"address after the name", "Зайцев Олег Львович, ул. Ивана Франко", "Зайцев Олег Львович"},
		{"name after the address", "ул. Ленина, Зайцев Олег Львович", "Зайцев Олег Львович"},
		{"two persons", "Олег Зайцев и Анна Петровна", "Олег Зайцев|Анна Петровна"},
		{"a rank before the name", "Репетитор Глеб Ильич", "Глеб Ильич"},
		{"a verb before the name", "Перезвоните Анне Петровне сегодня", "Анне Петровне"},
		{"a surname first, a comma, and somebody else", "вдова Зайцева, Анна Петровна, пришла", "Зайцева|Анна Петровна"},
		{"a country before the name", "президент Португалии Жозе Бергаш", "Жозе Бергаш"},
		{"a sole trader", "ИП Зайцева Клара Маратовна", "Зайцева Клара Маратовна"},
		{"a particle", "Карл Людвиг ван Шварц и Эрих Мария фон Вебер", "Карл Людвиг ван Шварц|Эрих Мария фон Вебер"},
		{"an Arabic article", "вместе с Али Мохаммедом аль-Бадари", "Мохаммедом аль-Бадари"},
		{"a ticket", "1. ZAYTSEVA/ANNA MRS DOB 17.09.1971", "ZAYTSEVA/ANNA MRS"},
		{"a form", "Фамилия Бочкина Имя Глафира Отчество Прокофьевна", "Бочкина|Глафира|Прокофьевна"},
		{"a greeting", "Привет, Саша! Как дела", "Саша"},
		{"a rank and a surname", "Судья Зайцева удалилась", "Зайцева"},
		{"a quoted name", "«Олег Зайцев»", ""},
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

func TestPersonNameCells(t *testing.T) {
	a := nameArena("Зайцев", "Олег", "Львович")
	if f := namesIn(a); len(f) != 0 {
		t.Errorf("names across borders: %s", scores(f, a))
	}
}

// A cell that ends in half a letter once swallowed its border.
func TestPersonNameHalfLetter(t *testing.T) {
	a := nameArena("Олег Зайце\xd1", "Петрович")
	for _, f := range namesIn(a) {
		if bytes.IndexByte(a[f.Start:f.End], 0) >= 0 {
			t.Errorf("%q", a[f.Start:f.End])
		}
	}
	if l, _ := letterAt([]byte{0xD1, 0}, 0); l != 0 {
		t.Error("half a letter is taken for one")
	}
}

func TestPersonNameLowerCase(t *testing.T) {
	tests := []struct{ text, want string }{
		{"меня зовут олег зайцев, звоню по объявлению", "олег зайцев"},
		{"Меня зовут зайцева анна петровна", "зайцева анна петровна"},
		{"зовут алина, завтра будет", "алина"},
		{"зовут алина завтра", "алина"},
		{"кому: анне зайцевой", "анне зайцевой"},
		{"фио - олег зайцев", ""},
		{"фио: олег зайцев", "олег зайцев"},
		{"кому олег зайцев звонил", ""},
		{"его зовут на обед", ""},
		{"за нами олег зайцев пришёл", ""},
	}
	for _, tt := range tests {
		a := nameArena(tt.text)
		if got := strings.Join(reported(a, namesIn(a)), "|"); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestPersonNameEvidence(t *testing.T) {
	a := nameArena("Зайцев Олег Львович")
	f := namesIn(a)
	if len(f) != 1 || f[0].Score != 97 || f[0].Evidence != Grammar|Dictionary|Structure|Whole {
		t.Errorf("%s", scores(f, a))
	}
	a = nameArena("клиент: Зайцев Олег Львович, тел.")
	f = namesIn(a)
	if len(f) != 1 || f[0].Evidence&Keyword == 0 || f[0].Evidence&Whole != 0 {
		t.Errorf("%s", scores(f, a))
	}
}

func TestPersonNameFits(t *testing.T) {
	tests := map[string]bool{
		"Зайцев": true, "зайцева": true, "Олег": true, "ЛЬВОВНА": true, "иванов иван иванович": true, "Зайцев О.Л.": true,
		"Петров-Зайцев": true, "Зайцева (Кузнецова) Анна": true, "Zaytsev": true, "Ким": true, "Oleg": true, "Алиев Рашид Мурад оглы": true,
		"": false, "12345": false, "Зайцев 5": false, "a@b.c": false, "Стол": false, "Россия": false, "Лицо_abc": false,
		"Товар новый": false, "https://example.invalid": false,
	}
	for s, want := range tests {
		if got := fitsPersonName([]byte(s)); got != want {
			t.Errorf("%q: %v", s, got)
		}
	}
}

func TestPersonNameNormal(t *testing.T) {
	if got := string(normalPersonName([]byte("x"), []byte("  Зайцев\u00a0 Олег\n"))); got != "xЗайцев Олег" {
		t.Errorf("%q", got)
	}
}

func TestSyntheticName(t *testing.T) {
	if len(SyntheticStems) < 64 {
		t.Fatal("too few stems")
	}
	seen := map[string]bool{}
	for _, s := range SyntheticStems {
		if utf8.RuneCountInString(s) != stemLetters || seen[s] {
			t.Errorf("stem %q", s)
		}
		seen[s] = true
		for part := range SyntheticEndings {
			for gender := range SyntheticEndings[part] {
				for _, e := range SyntheticEndings[part][gender] {
					for _, w := range []string{s + e, strings.ToUpper(s + e), SyntheticStems[0] + s + e, romanSchemes[1].Replace(s + e)} {
						if !SyntheticName([]byte(w)) {
							t.Errorf("%q is not known as ours", w)
						}
					}
				}
			}
		}
	}
	for _, w := range append(strings.Fields(maleNames+" "+femaleNames+" "+plainSurnames+" "+stopNouns+" "+stopFixed), "", "-", "Иванов", "гопаз-Иванов", "гопазгопаз5") {
		if SyntheticName([]byte(w)) {
			t.Errorf("%q is taken for ours", w)
		}
	}
	a := nameArena("Гопазов Пуфел Зираповна", "Гопазов П.З.", "Гопазова Пуфела Дафоловна", "Gopazov Pufel Zirapovich", "ГОПАЗПУФЕЛОВ ЗИРАП ТУЗОПОВИЧ")
	for _, f := range namesIn(a) {
		if f.Score != 0 || f.Evidence != Synthetic|f.Evidence&Whole {
			t.Errorf("%s", scores([]Finding{f}, a))
		}
	}
}

func TestPersonNameAllocates(t *testing.T) {
	a := nameArena("Вчера Олег Львович Зайцев и Российская Федерация, Зайцев О.Л., ул. Ивана Франко")
	text := lexed(a)
	dst := make([]Finding, 0, 16)
	if n := testing.AllocsPerRun(100, func() { dst = findPersonName(dst[:0], text) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzPersonName(f *testing.F) {
	for _, s := range goodNames {
		f.Add([]byte(s))
	}
	for _, s := range badNames[:20] {
		f.Add([]byte(s))
	}
	f.Add([]byte("Олег Львович, добрый ден\xd1"))
	f.Add([]byte("Е\u0308жиков И\u0306 \xd0"))
	f.Fuzz(func(t *testing.T, text []byte) {
		text = bytes.ReplaceAll(text, []byte("|"), []byte{0})
		a := nameArena(string(text))
		last := uint32(0)
		for _, x := range findPersonName(nil, lexed(a)) {
			if x.Start < last || x.End <= x.Start || int(x.End) >= len(a) {
				t.Fatalf("span %d-%d after %d", x.Start, x.End, last)
			}
			if bytes.IndexByte(a[x.Start:x.End], 0) >= 0 {
				t.Fatal("a name across a border")
			}
			if utf8.Valid(text) && (!utf8.RuneStart(a[x.Start]) || !utf8.RuneStart(a[x.End])) {
				t.Fatal("a name cuts a letter")
			}
			last = x.End
		}
		fitsPersonName(text)
		normalPersonName(nil, text)
		SyntheticName(text)
	})
}

func BenchmarkPersonName(b *testing.B) {
	prose := strings.Repeat("Вчера Российская Федерация и Олег Львович Зайцев подписали договор. Совет Федерации, Государственная Дума и "+
		"Министерство Финансов сообщили, что Анна Кузнецова и П.А. Белов прибыли в Нижний Новгород. Почта России, Первый Канал. ", 200)
	a := nameArena(prose)
	text := lexed(a)
	var dst []Finding
	lexicon()
	b.ReportAllocs()
	for b.Loop() {
		dst = findPersonName(dst[:0], text)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(text.Caps)), "ns/position")
}

func BenchmarkLexicon(b *testing.B) {
	for b.Loop() {
		buildLexicon()
	}
}

// A surname alone is known from the name before it, whatever stood in cells before.
func TestKnownInItsOwnRun(t *testing.T) {
	for _, cells := range [][]string{{"Иван ЩЦК ЩЦК"}, {"ЩЦК Иван", "слово", "Иван ЩЦК ЩЦК"}} {
		a := pad(cells...)
		var got []Finding
		for _, f := range NewScanner(All()).Find(nil, a) {
			if int(f.Start) > bytes.LastIndexByte(a[:len(a)-1], 0) {
				got = append(got, f)
			}
		}
		if len(got) != 2 {
			t.Errorf("%q: %q", cells, describe(got, a))
		}
	}
}
