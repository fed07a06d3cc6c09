package corpus

import "strings"

// Common names of people. Patronymics and the other gender's surnames follow from rules below.
var (
	maleNames = strings.Fields(`Александр Алексей Анатолий Андрей Антон Аркадий Артём Борис Вадим Валентин Валерий
Василий Виктор Виталий Владимир Владислав Вячеслав Геннадий Георгий Григорий Даниил Денис Дмитрий Евгений Егор Иван
Игорь Илья Кирилл Константин Лев Леонид Максим Марат Михаил Никита Николай Олег Павел Пётр Ренат Роман Руслан Савелий
Семён Сергей Станислав Степан Тимофей Тимур Фёдор Филипп Эдуард Юрий Яков Ярослав`)
	femaleNames = strings.Fields(`Алевтина Александра Алина Алла Анастасия Ангелина Анжела Анна Антонина Валентина Валерия
Варвара Василиса Вера Вероника Виктория Галина Дарья Диана Евгения Екатерина Елена Елизавета Жанна Зинаида Зоя Инна
Ирина Карина Кира Кристина Ксения Лариса Лидия Любовь Людмила Маргарита Марина Мария Надежда Наталья Нина Оксана Ольга
Полина Раиса Регина Светлана София Тамара Татьяна Ульяна Элина Эльвира Юлия Яна`)
	surnames = strings.Fields(`Абрамов Агафонов Аксёнов Алексеев Андреев Анисимов Антонов Артемьев Архипов Афанасьев Баранов
Белов Беляев Беспалов Бирюков Блинов Блохин Бобров Богданов Борисов Брагин Буров Быков Васильев Веселов Виноградов Власов
Волков Воробьёв Воронцов Гаврилов Герасимов Головин Горбунов Гордеев Горшков Григорьев Громов Гурьев Гусев Давыдов Данилов
Дементьев Денисов Дмитриев Доронин Дроздов Дьячков Евдокимов Егоров Елисеев Емельянов Ермаков Ершов Ефимов Жданов Жуков
Журавлёв Зайцев Захаров Зимин Зиновьев Зубов Зуев Зыков Иванов Ивашов Игнатьев Ильин Исаев Исаков Кабанов Казаков Калашников
Калинин Капустин Карпов Касаткин Киселёв Климов Князев Ковалёв Козлов Колесников Комаров Кондратьев Коновалов Константинов
Копылов Корнилов Королёв Котов Кошелев Кравцов Краснов Крылов Крюков Кудрявцев Кузнецов Кузьмин Кулагин Куликов Лазарев
Лапин Ларин Лебедев Левин Леонтьев Лихачёв Логинов Лукин Лыткин Макаров Максимов Малахов Мальцев Марков Мартынов Маслов
Матвеев Медведев Мельников Меркулов Миронов Михайлов Моисеев Молчанов Морозов Муравьёв Мухин Назаров Наумов Некрасов Нестеров
Никитин Никифоров Николаев Новиков Носов Овчинников Окунев Орехов Орлов Осипов Павлов Панов Панфилов Пахомов Петров Пименов
Платонов Поляков Пономарёв Попов Потапов Прохоров Рогов Родионов Рожков Романов Рубцов Рыбаков Рябов Савельев Савин Сазонов
Самойлов Сафонов Селезнёв Семёнов Сергеев Сидоров Симонов Ситников Смирнов Соболев Соколов Соловьёв Сорокин Степанов Суворов
Суханов Сычёв Тарасов Терентьев Тимофеев Титов Тихонов Третьяков Трофимов Туманов Уваров Ульянов Устинов Фадеев Федосеев
Филатов Фомин Фролов Харитонов Худяков Цветков Чернов Чистяков Шаповалов Шилов Широков Шубин Щербаков Юдин Яковлев
Боровский Вишневский Высоцкий Дубровский Заболоцкий Каменский Ковальский Лисовский Маевский Островский Покровский Раевский
Садовский Соколовский Чайковский Бондаренко Кравченко Лысенко Марченко Павленко Савченко Тимошенко Шевченко Гончарук
Ковальчук Мельничук Романюк Григорян Петросян Саркисян`)
	// Names that a list of common names is not likely to hold.
	rareMale   = strings.Fields(`Авдей Агафон Аристарх Вавила Варфоломей Евлампий Евстафий Елистрат Ефрем Зосима Ипполит Карп Лаврентий Мефодий Мирон Нестор Онисим Порфирий Спиридон Феофан`)
	rareFemale = strings.Fields(`Агафья Аглая Акулина Аполлинария Васса Евлалия Евпраксия Епистимия Капитолина Келестина Лукерья Меланья Митродора Неонила Пелагея Улита Феврония Фёкла Хавронья Ядвига`)
	rareHead   = strings.Fields(`Бар Гын Дрю Жук Зан Кош Лям Мур Ныр Пуш Рук Сын Тыч Хар Цап Чуб Шум Щек Ярч Вых`)
	rareMiddle = strings.Fields(`ат ен иг ол уд як ерт имб онд унч ахр ебл ырк юхт`)
	rareTail   = strings.Fields(`ов ев ин`)
)

// Nouns that do not follow the rules: patronymic stem with its masculine and feminine endings, and dative.
var (
	fathers = map[string][2]string{
		"Илья": {"Ильич", "Ильинична"}, "Никита": {"Никитич", "Никитична"}, "Вавила": {"Вавилич", "Вавилична"},
		"Зосима": {"Зосимич", "Зосимична"}, "Павел": {"Павлович", "Павловна"}, "Пётр": {"Петрович", "Петровна"},
		"Лев": {"Львович", "Львовна"}, "Яков": {"Яковлевич", "Яковлевна"}, "Михаил": {"Михайлович", "Михайловна"},
		"Дмитрий": {"Дмитриевич", "Дмитриевна"}, "Георгий": {"Георгиевич", "Георгиевна"},
	}
	datives = map[string]string{"Павел": "Павлу", "Пётр": "Петру", "Лев": "Льву", "Любовь": "Любови"}
)

// patronymic is what the children of a man of this name are called.
func patronymic(father string, female bool) string {
	if p, ok := fathers[father]; ok {
		if female {
			return p[1]
		}
		return p[0]
	}
	stem, end := father, "ов"
	switch {
	case strings.HasSuffix(father, "ий"):
		stem, end = strings.TrimSuffix(father, "ий")+"ь", "ев"
	case strings.HasSuffix(father, "й"):
		stem, end = strings.TrimSuffix(father, "й"), "ев"
	case strings.HasSuffix(father, "ь"):
		stem, end = strings.TrimSuffix(father, "ь"), "ев"
	}
	if female {
		return stem + end + "на"
	}
	return stem + end + "ич"
}

// feminine is a woman's form of a man's surname.
func feminine(surname string) string {
	switch {
	case strings.HasSuffix(surname, "ий"):
		return strings.TrimSuffix(surname, "ий") + "ая"
	case hasSuffix(surname, "ов", "ев", "ёв", "ин", "ын"):
		return surname + "а"
	}
	return surname
}

// dativeSurname declines a surname: кому?
func dativeSurname(s string, female bool) string {
	switch {
	case strings.HasSuffix(s, "ий"):
		return strings.TrimSuffix(s, "ий") + "ому"
	case strings.HasSuffix(s, "ая"):
		return strings.TrimSuffix(s, "ая") + "ой"
	case female && hasSuffix(s, "ова", "ева", "ёва", "ина", "ына"):
		return strings.TrimSuffix(s, "а") + "ой"
	case !female && !strings.HasSuffix(s, "ко"):
		return s + "у"
	}
	return s
}

// dative declines a first name or a patronymic.
func dative(s string) string {
	if d, ok := datives[s]; ok {
		return d
	}
	switch {
	case strings.HasSuffix(s, "ия"):
		return strings.TrimSuffix(s, "я") + "и"
	case strings.HasSuffix(s, "а"):
		return strings.TrimSuffix(s, "а") + "е"
	case strings.HasSuffix(s, "я"):
		return strings.TrimSuffix(s, "я") + "е"
	case strings.HasSuffix(s, "й"):
		return strings.TrimSuffix(s, "й") + "ю"
	case strings.HasSuffix(s, "ь"):
		return strings.TrimSuffix(s, "ь") + "ю"
	}
	return s + "у"
}

func hasSuffix(s string, ends ...string) bool {
	for _, e := range ends {
		if strings.HasSuffix(s, e) {
			return true
		}
	}
	return false
}

// A person is one gender's forms of every name, worked out once.
type gender struct {
	first, last, middle, rareFirst, rareMiddle  []string
	firstTo, lastTo, middleTo                   []string // dative, same indices
	firstInitial, middleInitial, rareFI, rareMI []string // "И."
	latinFirst, latinLast                       []string
}

func newGender(female bool) *gender {
	g := &gender{first: maleNames, last: surnames, rareFirst: rareMale}
	if female {
		g.first, g.rareFirst, g.last = femaleNames, rareFemale, each(surnames, feminine)
	}
	father := func(s string) string { return patronymic(s, female) }
	g.middle, g.rareMiddle = each(maleNames, father), each(rareMale, father)
	g.firstTo, g.middleTo = each(g.first, dative), each(g.middle, dative)
	g.lastTo = each(g.last, func(s string) string { return dativeSurname(s, female) })
	g.firstInitial, g.middleInitial = each(g.first, initial), each(g.middle, initial)
	g.rareFI, g.rareMI = each(g.rareFirst, initial), each(g.rareMiddle, initial)
	g.latinFirst, g.latinLast = each(g.first, latin), each(g.last, latin)
	return g
}

func initial(s string) string { return string([]rune(s)[:1]) + "." }

func each(list []string, f func(string) string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = f(s)
	}
	return out
}

var latinLetters = strings.NewReplacer("а", "a", "б", "b", "в", "v", "г", "g", "д", "d", "е", "e", "ё", "e", "ж", "zh",
	"з", "z", "и", "i", "й", "y", "к", "k", "л", "l", "м", "m", "н", "n", "о", "o", "п", "p", "р", "r", "с", "s", "т", "t",
	"у", "u", "ф", "f", "х", "kh", "ц", "ts", "ч", "ch", "ш", "sh", "щ", "sch", "ъ", "", "ы", "y", "ь", "", "э", "e", "ю", "yu", "я", "ya")

func latin(s string) string { return latinLetters.Replace(strings.ToLower(s)) }
