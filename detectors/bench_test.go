package detectors

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// A writer makes up texts and tables like those of goals 1 and 6: nothing in them is anybody's.
type writer struct {
	r *rand.Rand
	b strings.Builder
}

var commonWords = strings.Fields(`и в не на что с по это как из за от для мы вы они был была было быть есть можно нужно завтра сегодня вчера утром вечером после перед
	работа проект задача отчёт письмо клиент сервис заявка проверить отправить получить сделать посмотреть написать ответить позвонить согласовать документ
	таблица система ошибка сервер запрос ответ данные пользователь магазин доставка товар склад город улица встреча совещание обсуждение решение вопрос
	причина результат неделя месяц квартал план бюджет команда разработка тестирование установка настройка обновление версия модуль проблема поддержка`)

var surnames = strings.Fields("Иванов Петров Сидоров Кузнецов Смирнов Попов Васильев Соколов Михайлов Новиков Фёдоров Морозов Волков Алексеев Лебедев")
var givenNames = strings.Fields("Иван Пётр Сергей Алексей Дмитрий Андрей Михаил Николай Олег Павел Антон Кирилл Максим Роман Юрий")
var patronymics = strings.Fields("Иванович Петрович Сергеевич Алексеевич Дмитриевич Андреевич Михайлович Николаевич Олегович Павлович")

func pick(w *writer, list []string) string { return list[w.r.IntN(len(list))] }

func (w *writer) digits(n int) string {
	s := make([]byte, n)
	for i := range s {
		s[i] = '0' + byte(w.r.IntN(10))
	}
	return string(s)
}

func (w *writer) sealed(k Kind, n int, first string) string {
	s := []byte(first + w.digits(n-len(first)))
	Find(k).Seal(s)
	return string(s)
}

func (w *writer) phone() string {
	d := "9" + w.digits(9)
	switch w.r.IntN(5) {
	case 0:
		return "+7 (" + d[:3] + ") " + d[3:6] + "-" + d[6:8] + "-" + d[8:]
	case 1:
		return "8-" + d[:3] + "-" + d[3:6] + "-" + d[6:8] + "-" + d[8:]
	case 2:
		return "+7" + d
	case 3:
		return "8" + d
	}
	return "+7 " + d[:3] + " " + d[3:6] + " " + d[6:8] + " " + d[8:]
}

func (w *writer) name() string {
	switch w.r.IntN(3) {
	case 0:
		return pick(w, surnames) + " И. О."
	case 1:
		return pick(w, givenNames) + " " + pick(w, patronymics)
	}
	return pick(w, surnames) + " " + pick(w, givenNames) + " " + pick(w, patronymics)
}

func (w *writer) email() string {
	return pick(w, []string{"ivan", "petrov", "user", "a.b", "info.z"}) + w.digits(3) + "@" + pick(w, []string{"mail.ru", "yandex.ru", "gmail.com"})
}

func (w *writer) snils() string {
	d := w.sealed("snils", 11, "0")
	if w.r.IntN(4) == 0 {
		return d
	}
	return d[:3] + "-" + d[3:6] + "-" + d[6:9] + " " + d[9:]
}

func (w *writer) item() string {
	switch p := w.r.IntN(100); {
	case p < 25:
		return w.phone()
	case p < 50:
		return w.name()
	case p < 65:
		return w.email()
	case p < 75:
		return "паспорт серия 45" + fmt.Sprintf("%02d", w.r.IntN(24)) + " № 1" + w.digits(5)
	case p < 83:
		return "ИНН " + w.sealed("inn", 12, "77")
	case p < 88:
		return "ИНН " + w.sealed("inn_org", 10, "77")
	case p < 95:
		return w.snils()
	}
	d := w.sealed("card", 16, "2200")
	return d[:4] + " " + d[4:8] + " " + d[8:12] + " " + d[12:]
}

func (w *writer) distractor() string {
	switch w.r.IntN(12) {
	case 0:
		return "на сумму " + w.digits(5) + ",00 руб."
	case 1:
		return "от 12.0" + w.digits(1) + ".2024"
	case 2:
		return "заказ № " + w.digits(6)
	case 3:
		return "код " + w.digits(10)
	case 4:
		return "трек " + w.digits(14)
	case 5:
		return "10.0." + w.digits(2) + ".17"
	case 6:
		return "https://example.ru/a/" + w.digits(8) + "?x=" + w.digits(3)
	case 7:
		return "ООО «Ромашка» в городе Казань"
	case 8:
		return "на улице Ленина"
	case 9:
		return fmt.Sprintf("%016x", w.r.Uint64())
	case 10:
		return "в 12:" + w.digits(2)
	}
	return "deploy to production done"
}

func (w *writer) sentence() {
	for i := range 5 + w.r.IntN(10) {
		word := pick(w, commonWords)
		if i == 0 {
			r := []rune(word)
			word = strings.ToUpper(string(r[:1])) + string(r[1:])
		} else {
			w.b.WriteByte(' ')
		}
		w.b.WriteString(word)
	}
	if w.r.IntN(100) < 26 {
		w.b.WriteString(" " + w.item())
	}
	if w.r.IntN(100) < 64 {
		w.b.WriteString(" " + w.distractor())
	}
	w.b.WriteString(". ")
}

// text makes about n bytes of logs, chats and prose: one item in 500 bytes, one distractor in 150.
func text(n int) string {
	w := &writer{r: rand.New(rand.NewPCG(7, 7))}
	for w.b.Len() < n {
		switch p := w.r.IntN(100); {
		case p < 25:
			fmt.Fprintf(&w.b, "2024-05-%02d 10:%02d:%02d.%s INFO [worker-%d] ", 1+w.r.IntN(28), w.r.IntN(60), w.r.IntN(60), w.digits(3), w.r.IntN(9))
			w.sentence()
		case p < 75:
			fmt.Fprintf(&w.b, "[%02d.05.2024 10:%02d] %s: ", 1+w.r.IntN(28), w.r.IntN(60), pick(w, givenNames))
			w.sentence()
			w.sentence()
		default:
			for range 5 {
				w.sentence()
			}
		}
		w.b.WriteByte('\n')
	}
	return w.b.String()
}

// table makes about n bytes of rows of twelve cells.
func table(n int) (cells []string) {
	w := &writer{r: rand.New(rand.NewPCG(8, 8))}
	for id := 1; n > 0; id++ {
		w.b.Reset()
		comment := ""
		if w.r.IntN(10) >= 4 {
			w.sentence()
			comment = w.b.String()
		}
		row := []string{fmt.Sprint(id), pick(w, surnames) + " " + pick(w, givenNames) + " " + pick(w, patronymics),
			fmt.Sprintf("%d-%02d-%02d", 1950+w.r.IntN(50), 1+w.r.IntN(12), 1+w.r.IntN(28)), pick(w, []string{"м", "ж"}), w.phone(), w.email(),
			w.sealed("inn", 12, "77"), w.snils(), "45 0" + w.digits(1) + " 1" + w.digits(5), "г. Казань, ул. Ленина, д. " + w.digits(2), comment,
			"2024-05-12 10:" + w.digits(2) + ":11"}
		for _, c := range row {
			n -= len(c) + 1
		}
		cells = append(cells, row...)
	}
	return cells
}

func bench(b *testing.B, set []*Detector, a []byte) {
	s := NewScanner(set)
	f := s.Find(nil, a)
	n := len(f)
	b.SetBytes(int64(len(a)))
	b.ReportAllocs()
	for b.Loop() {
		f = s.Find(f[:0], a)
	}
	b.ReportMetric(float64(len(a))/float64(n), "B/candidate")
}

// own leaves out the names of persons, whose cost is another matter.
func own() (set []*Detector) {
	for _, d := range All() {
		if d.Kind != "person_name" {
			set = append(set, d)
		}
	}
	return set
}

func BenchmarkFindText(b *testing.B)         { bench(b, All(), pad(text(1<<20))) }
func BenchmarkFindTextNoNames(b *testing.B)  { bench(b, own(), pad(text(1<<20))) }
func BenchmarkFindTable(b *testing.B)        { bench(b, All(), pad(table(1<<20)...)) }
func BenchmarkFindTableNoNames(b *testing.B) { bench(b, own(), pad(table(1<<20)...)) }
func BenchmarkLexText(b *testing.B)          { bench(b, nil, pad(text(1<<20))) }

// A warm scanner allocates nothing, also where text must be normalised.
func TestFindAllocatesNothing(t *testing.T) {
	for name, a := range map[string][]byte{"text": pad(text(1 << 16)), "table": pad(table(1 << 16)...),
		"views": pad(strings.ReplaceAll(text(1<<14), "й", "и\u0306"))} {
		s := NewScanner(All())
		f := s.Find(nil, a)
		if n := testing.AllocsPerRun(3, func() { f = s.Find(f[:0], a) }); n != 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}
