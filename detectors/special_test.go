package detectors

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"
)

// factMarked splits a text with one {{span}} into the text and the span's bounds.
func factMarked(s string) (text string, start, end int) {
	before, rest, _ := strings.Cut(s, "{{")
	inside, after, _ := strings.Cut(rest, "}}")
	return before + inside + after, len(before), len(before) + len(inside)
}

// saidFacts are texts that say something about somebody; the phrase that does is factMarked.
var saidFacts = []struct {
	kind  Kind
	texts []string
}{
	{"special_health", []string{
		"Здравствуйте! У меня {{сахарный диабет 1 типа}} с детства, можно ли перенести экзамен?",
		"мама болеет, у неё {{рак молочной железы 3 стадии}}, нужна помощь",
		"В анамнезе {{вирусный гепатит С}}. Пациентка осмотрена.",
		"Она {{беременна}}, уходит в декрет в июне",
		"Пациентка 34 лет. {{Беременность 22 недели}}. Жалоб нет.",
		"Абонент сообщил, что он {{инвалид 1 группы}}, просит льготный тариф",
		"муж {{ВИЧ-положительный}}, а я нет",
		"у дочки {{аллергия на пенициллин}}, не колите ничего",
		"Код диагноза по МКБ-10: {{F20.0}}, пациент Рябов С.К.",
		"{{Состоит на учёте в наркодиспансере}} с 2010 г.",
		"Я {{наблюдаюсь у психиатра}} третий год",
		"моей бабушке 80, {{болезнь Альцгеймера}}, путает имена",
		"Сын родился с {{синдромом Дауна}}",
		"{{Группа крови: III (B) Резус фактор: Rh(+)}}",
		"{{Инвалидность: III группа}}",
		"ДИАГНОЗ: {{САХАРНЫЙ ДИАБЕТ 2 ТИПА}}. ПАЦИЕНТ: ИВАНОВ ИВАН",
		"Студент Егоров А. А. освобождён от физкультуры: {{бронхиальная астма}}, справка от 12.03",
		"у него обнаружили {{опухоль головного мозга}}, операция в среду",
		"Карта прививок: {{привита от гепатита B}} 12.05.2019. Ребёнок: Шилова Полина",
		"Заключение: {{хронический гастрит}}. Пациент Фомин Г.А.",
		"брат {{наркоман}}, вынес всё из дома",
		"My son has {{autism}} and we need a quiet seat",
		"Patient has {{type 2 diabetes}}, insulin at home",
		"She is {{pregnant}} and cannot fly",
	}},
	{"special_ethnicity", []string{
		"национальность — {{татарка}}, образование высшее",
		"Сосед Ашот {{армянин}}, хороший мастер",
		"сотрудник Бадмаев по национальности {{бурят}}",
		"Подозреваемый — мужчина {{кавказской национальности}}, рост 175",
		"я {{русская}}, а супруг приезжий",
		"Ученик Мамедов Эльчин, {{азербайджанец}}, плохо говорит по-русски",
		"Ethnic origin: {{Armenian}}",
	}},
	{"special_religion", []string{
		"Мы с мужем {{православные}}, венчались",
		"Религия — {{ислам}}, женат",
		"Тётя стала {{свидетелем Иеговы}} в 2001",
		"он {{принял ислам}} в 2015 году",
		"мой сын {{крещён в православии}}",
		"Он {{православный христианин}}, просит не ставить смены на Пасху",
		"Бабушка {{ходит в мечеть}} по пятницам",
		"She is a {{Muslim}} and prays five times a day",
	}},
	{"special_politics", []string{
		"он {{член партии «Яблоко»}} с 2003 года",
		"Соискатель {{состоит в КПРФ}}",
		"сосед {{участвовал в митинге оппозиции}}",
		"Пользователь {{придерживается либеральных взглядов}}",
		"мы с женой {{голосовали за Единую Россию}}",
		"моя мама {{коммунистка}} до мозга костей",
		"I {{voted for the Republican party}} last time",
	}},
	{"special_intimate", []string{
		"Коллега Антон оказался {{геем}}",
		"сексуальная ориентация - {{гей}}",
		"мужчина {{нетрадиционной ориентации}}, зовут Игорь",
		"Клиентка жалуется на проблемы в {{интимной жизни}}",
		"мой бывший — {{бисексуал}}",
		"Sexual orientation: {{bisexual}}",
	}},
	{"special_criminal", []string{
		"Кандидат Фролов имеет {{судимость по ст. 228 УК РФ}}",
		"сын {{отбывает наказание в исправительной колонии}}",
		"мужа {{приговорили к 3 годам лишения свободы}}",
		"Сосед {{вышел по УДО}} весной",
		"Дмитрий {{обвиняется в мошенничестве}}",
		"Гражданин Носов {{ранее не судим}}",
		"я {{привлекался к уголовной ответственности}} в 2009",
		"Водитель Ким {{судимости не имеет}}",
		"Подсудимый {{ранее судим по ч. 3 ст. 158 УК РФ}}, наказание отбыл",
		"She was {{convicted of theft}} in 2015",
	}},
	{"biometric", []string{
		"{{отпечаток указательного пальца}} клиента сохранён",
		"Записали {{образец голоса}} абонента Петровой А. И.",
		"voice_template = {{4f3a9c0d1e2b7788990011223344556677889900aabbccddeeff00112233445566}}",
		"face_embedding: {{[-0.0412, 0.1033, 0.0871, -0.2210, 0.0954]}}",
		"{{скан радужной оболочки глаза}} пациента",
		"Прикладываю {{селфи с паспортом}}, как просили. Артём",
	}},
}

// generalTalk holds the same words in talk in general, in rules, of things and in other senses.
var generalTalk = []string{
	"Статистика: в 2023 году диабетом в России болели 5 млн человек",
	"Инвалидам I и II группы скидка 50 % на проезд",
	"Диагноз ноутбука: сгорел блок питания",
	"рак по гороскопу, а муж телец",
	"Мой доклад о профилактике туберкулёза в школе",
	"Корм для собак с аллергией на курицу",
	"ПНД труба 32 мм, бухта 100 м",
	"Стоимость анализа на ВИЧ — 450 руб.",
	"Справочник МКБ-10: E11.9 Сахарный диабет 2 типа без осложнений",
	"Магазин «Диабет-сервис» на улице Ленина",
	"Вирусный гепатит у беременных — это группа инфекционных заболеваний",
	"У больного туберкулёзом необходимо взять мокроту на анализ",
	"Брат защитил диссертацию по диабету",
	"Доктор Смирнова А. В. ведёт приём: эпилепсия, мигрень, инсульт",
	"как стать донором: группы крови, резус-фактор",
	"Тест на ковид стоит 1500, запись через Елену",
	"World AIDS Day events in Moscow",
	"this mainly aids the user experience",
	"татарская кухня и башкирский мёд",
	"товары китайского происхождения",
	"Закон запрещает указывать национальность в объявлениях",
	"Русский музей, выставка еврейского художника",
	"Говорят, что татарки — хорошие жёны",
	"мусульманское кладбище расширят",
	"ислам — одна из мировых религий",
	"Ислам, добрый день! Отправил документы",
	"Католическая церковь Святого Людовика",
	"первая партия товара 300 шт.",
	"КПРФ предложила новый закон",
	"участвовал в митинге разработчиков по скраму",
	"Голосование в чате: кто за пиццу? Я голосовал за суши.",
	"взгляды Пети на архитектуру микросервисов",
	"Гей-Люссака закон, физика, 10 класс",
	"Гей, славяне! — гимн панславистов.",
	"ориентация документа: книжная",
	"Секс-просвет: лекция для родителей, вход свободный.",
	"a gay time with Tom",
	"судимость — препятствие для госслужбы",
	"Гражданин, имеющий непогашенную судимость, не может быть усыновителем",
	"судим по отзывам, товар хороший",
	"колония пингвинов в Антарктиде",
	"УК «Сфера», директор Павлов И.И.",
	"ст. 158 п. 3 договора с Петровым",
	"Возбуждено уголовное дело по факту пожара на складе",
	"бесплатная консультация по ст. 228 УК РФ",
	"Биометрическая система контроля доступа",
	"вектор скорости: [1.5, 2.5, 3.5, 4.5]",
	"Модель выдаёт embedding размером 512: [0.1, 0.2, 0.3, 0.4], cosine 0.92.",
	"Функция face_detect возвращает координаты [12.5, 33.1, 120.0, 140.2].",
	"ssh-keygen: The key fingerprint is: SHA256:abcd",
	"обработка данных о расовой и национальной принадлежности, политических взглядах, религиозных убеждениях, состоянии здоровья и интимной жизни не допускается",
}

func TestSpecialFacts(t *testing.T) {
	for _, group := range saidFacts {
		for _, s := range group.texts {
			text, start, end := factMarked(s)
			f, a := found(text)
			got := false
			for _, x := range f {
				got = got || x.Kind == group.kind && x.Score >= Report && int(x.Start) == start+1 && int(x.End) == end+1
			}
			if !got {
				t.Errorf("%s: %q: %q", group.kind, s, describe(f, a))
			}
		}
	}
}

func TestSpecialTalk(t *testing.T) {
	for _, s := range generalTalk {
		f, a := found(s)
		for _, x := range f {
			if x.Class == Special && x.Score >= Report {
				t.Errorf("%q: %q", s, describe(f, a))
			}
		}
	}
}

// A strong word without a person is a candidate: masked, not reported; what is said of people in general is less.
func TestSpecialCandidates(t *testing.T) {
	for _, c := range []struct {
		text string
		want uint8
	}{
		{"сахарный диабет 2 типа", 60},
		{"Пациентам с диабетом положены льготы", 40},
		{"у меня болит голова, сдал анализы", 40},
		{"анализы крови натощак", 0},
	} {
		f, a := found(c.text)
		best := uint8(0)
		for _, x := range f {
			if x.Class == Special {
				best = max(best, x.Score)
			}
		}
		if best != c.want {
			t.Errorf("%q: %d, want %d: %q", c.text, best, c.want, describe(f, a))
		}
	}
}

func TestCodeOfDisease(t *testing.T) {
	for _, c := range []struct {
		code string
		want int
	}{
		{"E11.9", 5}, {"F20", 3}, {"J45.01", 6}, {"Е11.9", 6}, // the last one with a Cyrillic letter
		{"U07.1", 0}, {"E1", 0}, {"E115", 0}, {"E11-24A", 0}, {"АБ12", 0}, {"ГОСТ", 0},
	} {
		a := pad(c.code)
		if got := max(icdCode(a[:len(a)+24], 1)-1, 0); got != c.want {
			t.Errorf("%q: %d, want %d", c.code, got, c.want)
		}
	}
}

func TestSpecialFits(t *testing.T) {
	long := strings.Repeat("Qm9y", 40)
	for _, c := range []struct {
		kind      Kind
		good, bad []string
	}{
		{"special_health", []string{"E11.9", "сахарный диабет", "II", "B(III) Rh+", "нет"}, []string{"", "1", strings.Repeat("долгий рассказ ", 40)}},
		{"special_ethnicity", []string{"русский", "Татарин", "armenian"}, []string{"RU", "не указано", "Monaco GP"}},
		{"special_politics", []string{"КПРФ", "Единая Россия", "либеральные"}, []string{"А-123", "партия 45"}},
		{"special_religion", []string{"православие", "Islam", "атеист"}, []string{"light", "нет"}},
		{"special_intimate", []string{"гетеро", "гей", "straight"}, []string{"landscape", "на запад"}},
		{"special_criminal", []string{"нет", "ст. 158"}, []string{"0", ""}},
		{"biometric", []string{"[0.1, 0.2, 0.3, 0.4]", "0.12,0.33,-0.4,0.5", long, "data:image/jpeg;base64," + long}, []string{"12", ""}},
	} {
		d := Find(c.kind)
		for _, v := range c.good {
			if !d.Fits([]byte(v)) {
				t.Errorf("%s: %q does not fit", c.kind, v)
			}
		}
		for _, v := range c.bad {
			if d.Fits([]byte(v)) {
				t.Errorf("%s: %q fits", c.kind, v)
			}
		}
	}
}

// Wherever a text ends and whatever stands beside it in other cells, findings lie within one cell and on the borders of runes.
func TestSpecialCut(t *testing.T) {
	s := NewScanner(All())
	var f []Finding
	for _, group := range saidFacts {
		for _, m := range group.texts {
			text, _, _ := factMarked(m)
			for i := range text {
				a := pad(text[:i], text[i:])
				f = s.Find(f[:0], a)
				for _, x := range f {
					if v := a[x.Start:x.End]; x.Class == Special && (len(v) == 0 || bytes.IndexByte(v, 0) >= 0 || !utf8.Valid(v)) {
						t.Fatalf("%q cut at %d: %s %q", text, i, x.Kind, v)
					}
				}
			}
		}
	}
}

func TestSpecialAllocatesNothing(t *testing.T) {
	var cells []string
	for _, group := range saidFacts {
		for _, m := range group.texts {
			text, _, _ := factMarked(m)
			cells = append(cells, text)
		}
	}
	a := pad(append(cells, generalTalk...)...)
	s := NewScanner(All())
	f := s.Find(nil, a)
	if n := testing.AllocsPerRun(3, func() { f = s.Find(f[:0], a) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
