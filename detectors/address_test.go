package detectors

import (
	"fmt"
	"strings"
	"testing"
)

// marked takes a text apart in which ⟦ and ⟧ stand around what is to be found.
func marked(text string) (plain string, want []string) {
	for {
		before, rest, ok := strings.Cut(text, "⟦")
		plain += before
		if !ok {
			return plain, want
		}
		inside, after, _ := strings.Cut(rest, "⟧")
		plain += inside
		want = append(want, inside)
		text = after
	}
}

// checkMarked holds a kind to marked texts: what stands between the marks is reported, and nothing else.
func checkMarked(t *testing.T, kind Kind, texts string) {
	t.Helper()
	for _, line := range strings.Split(strings.TrimSpace(texts), "\n") {
		plain, want := marked(strings.NewReplacer(`\n`, "\n", `~`, "\u00a0").Replace(strings.TrimSpace(line)))
		f, a := found(plain)
		var got []string
		for _, x := range f {
			if x.Kind == kind && x.Score >= Report {
				got = append(got, string(a[x.Start:x.End]))
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%q:\n got  %q\n want %q\n all  %q", plain, got, want, describe(f, a))
		}
	}
}

func TestAddressInRunningText(t *testing.T) {
	checkMarked(t, "address", `
		Прошу направить ответ по адресу: 143005, ⟦Московская область, г. Одинцово, ул. Маршала Неделина, д. 9, кв. 45⟧.
		я живу на ⟦ул. Пушкина 10, кв. 5⟧, приезжайте
		Привезите пожалуйста на ⟦Ленинский проспект 45 корп 2 кв 118⟧, домофон 118
		Зайцев Олег Львович, ⟦г. Самара, ул. Ново-Садовая, д. 106, кв. 33⟧, тел. +7 927 123-45-67
		Пострадавший проживает в ⟦Казани на улице Баумана, дом 12⟧.
		Он прописан в ⟦городе Рязани, на улице Новосёлов, в доме 17, квартира 40⟧.
		ДТП произошло на ⟦ул. Советской, 45⟧.
		магазин на ⟦улице Тверской, 18⟧ закрыт
		адрес доставки ⟦Ленина 5, кв 7⟧
		по адресу ⟦Невский 28⟧
		проживаю ⟦Мира 14, 25⟧
		я на ⟦гагарина 15⟧, выходи
		с ⟦ул. Ленина, 5⟧ на ⟦ул. Мира, 7⟧
		забрать: ⟦ул. Ленина 5⟧ (магазин), отвезти: ⟦Садовая ул. 12, кв. 5⟧
		куда везти? ⟦ул. Розы Люксембург 24б, 3 подъезд, 5 этаж⟧
		живу ⟦г казань ул баумана д 12 кв 5⟧
		адрес был ⟦лен. обл, гатчина, ул рощинская 15 к2 кв 44⟧, перезвоните
		2024-05-12 10:11:12 INFO delivery to ⟦ул. Победы, д. 14, кв. 3⟧ confirmed
		кв. 14, ⟦Щорса 103-14⟧ – 4 бут.`)
}

func TestAddressForms(t *testing.T) {
	checkMarked(t, "address", `
		⟦ул.Ленина 5-12⟧
		⟦г Москва ул Тверская д 7 кв 12⟧
		⟦г.Пермь,ул.Ленина,58-14⟧
		⟦Москва, Тверская, 7⟧
		⟦Москва, Б. Никитская, 12⟧
		⟦Казань, Баумана 12-5⟧
		⟦СПб, Литейный пр., 20⟧
		⟦Бердск, ул. Островского, 67⟧
		⟦Новосибирская обл., Бердск, ул. Островского, 67⟧
		⟦г. Санкт-Петербург, Невский пр., д. 28, лит. А, кв. 14⟧
		⟦респ. Татарстан, г. Набережные Челны, пр-кт Мира, д. 49/13, кв. 8⟧
		⟦Ханты-Мансийский автономный округ - Югра, г. Сургут, ул. Университетская, д. 11, кв. 4⟧
		⟦Респ. Саха /Якутия/, г. Якутск, ул. Кирова, д. 18⟧
		⟦Чувашская Республика - Чувашия, г. Чебоксары, ул. Гагарина, 40⟧
		620014, ⟦Свердловская обл, Екатеринбург г, Малышева ул, дом № 36, кв. 412⟧
		⟦обл. Московская, р-н Мытищинский, д. Беляниново, д. 15⟧
		⟦Московская область, м.р-н Красногорский, г. Красногорск, ул. Успенская, д. 5, офис 300⟧
		⟦г. Москва, вн.тер.г. муниципальный округ Арбат, ул. Новый Арбат, д. 21⟧
		⟦с. Тюбук, ул. Революции, 10 - 4⟧
		⟦р.п. Кольцово, д. 20, кв. 4⟧
		⟦ст-ца Каневская, ул. Горького, 62⟧
		⟦СНТ "Ромашка", участок 45⟧
		⟦5 мкр, д. 10, кв. 3⟧
		⟦Тюменская обл., г. Тобольск, 7А мкр., д. 12, кв. 44⟧
		⟦г. Химки, мкр. Сходня, ул. Папанина, д. 38, корп. 2, кв. 55⟧
		⟦Зеленоград, корпус 1640, кв. 55⟧
		⟦УЛ. ЛЕНИНА, Д. 5, КВ. 12⟧
		⟦Г. НОВОСИБИРСК, УЛ. КРАСНЫЙ ПРОСПЕКТ, Д. 161, КВ. 40⟧
		⟦г.~Москва, ул.~Тверская, д.~7⟧
		⟦г. Москва,\nул. Ленина, д. 5⟧
		Город: ⟦Москва\nУлица: Ленина\nДом: 5\nКвартира: 12⟧
		⟦ул. Ленина, д. 5⟧\n⟦ул. Мира, д. 7⟧
		⟦Россия, г. Тула, ул. Металлургов, д. 5⟧
		РФ, 300041, ⟦г. Тула, ул. Металлургов, д. 5⟧
		⟦г. Москва, 127006, ул. Ленина, д. 8⟧
		119021, ⟦г. Москва, а/я 15⟧`)
}

func TestAddressStreetNames(t *testing.T) {
	checkMarked(t, "address", `
		⟦ул. 40 лет Победы, д. 18, кв. 2⟧
		⟦ул. 50-летия Октября, 4⟧
		⟦ул. 26 Бакинских Комиссаров, 12, кв. 4⟧
		⟦ул. 1905 года, д. 7⟧
		⟦8 Марта ул., 15⟧
		⟦ул. А.С. Пушкина, д. 12, кв. 1⟧
		⟦ул. Ст. Разина, 3⟧
		⟦ул. им. Чернышевского Н.Г., д. 100, кв. 4⟧
		⟦ул. Бакинских комиссаров, 12⟧
		⟦2-й Тверской-Ямской пер., д. 10, стр. 3⟧
		⟦9-я линия В.О., д. 22, кв. 5⟧
		⟦наб. реки Фонтанки, д. 64, кв. 3⟧
		⟦Варшавское ш., д. 125, стр. 1, оф. 20⟧
		⟦б-р Дмитрия Донского, 6⟧
		⟦ул. Республики, 143⟧
		⟦г. Омск, ул. Енисейская 3-я, д. 32⟧
		⟦Красноярск, 60 лет Октября 92, кв 7⟧`)
}

func TestAddressHouseNumbers(t *testing.T) {
	checkMarked(t, "address", `
		⟦ул. Мира, д. 7/2, стр. 1⟧
		⟦ул. Мира, 7к2с1⟧
		⟦ул. Мира, 7 корп. 2 стр. 1⟧
		⟦ул. Мира, 7 А, кв. 3⟧
		⟦ул. Мира, д. 7 "А", кв. 3⟧
		⟦ул. Мира, влад. 7⟧
		⟦улица Мира, дом №7, кв.№3⟧
		⟦ул. Мира, № 7⟧
		⟦ул. Мира, 98–14⟧
		⟦ул. Мира, 5⟧ 8 916 123-45-67
		⟦г. Москва, проспект Мира д.95 стр.1 этаж 3 пом. IV ком. 15⟧
		ул. Мира, 12-34-56
		ул. Мира 2.5 км
		ул. Мира, 50 кв. м
		ул. Мира 15 000 руб.`)
}

func TestAddressInEnglishOrder(t *testing.T) {
	checkMarked(t, "address", `
		⟦prem. 1-N, bld. 12-14, Lit. A, Khersonskaya st., St. Petersburg, Russia⟧, 191024
		⟦12 Tverskaya Street, Moscow⟧, 125009
		⟦7 Lenin Ave., Apt 5, Kazan, Russia⟧
		⟦apt. 45, 12 Lomonosova Street, Arkhangelsk, Russia⟧
		⟦ul. Lenina, d. 5, kv. 12⟧
		⟦Bolshaya Morskaya st., 18, office 5, Saint Petersburg, Russia⟧
		Wall Street 2: Money Never Sleeps
		21 Jump Street
		st.execute(5)
		apt install nginx 1.18`)
}

func TestNoAddress(t *testing.T) {
	checkMarked(t, "address", `
		на ул. Ленина 3 человека пострадали
		на улице минус 5
		улица была пуста, 5 машин стояли у дома 7
		дом 1985 года постройки
		Дом-2 вышел в эфир
		4 квартал 2024
		в 1 квартале 5 компаний вышли на рынок
		Продаётся квартира 54 кв.м, этаж 5/9
		Площадь помещения 120
		горячая линия 8 800 555 35 35
		пер. с нем. В. Иванова. М., 2010. 320 с.
		СПб.: Питер, 2012. 5 с.
		Москва, Красноярск, 5
		Анна, Москва, 36
		Казань, Рубин, 2
		доставка Почтой России 7 дней
		доставка: Самовывоз 5 пунктов
		IP адрес 10.0.0.1
		адрес: 0x7ffe12
		проживает 5 человек
		живет в Москве 12 лет
		зарегистрировано Минюстом России 12.03.2020 № 12345
		дело № 5, л. д. 12, стр. 5
		корпус 5, 3 этаж
		Красная площадь 9 мая 1945
		встреча с девушкой с улицы Марэ - 1 сентября 1753 года
		Человек с бульвара Капуцинов
		нового скоростного шоссе А 121
		ул., д., кв. (нужное подчеркнуть)
		улица Гагарина тянется от вокзала до набережной. Автобус № 233 следует по улицам
		зарегистрирован, свидетельство № 234094. На улице Чайковского меняют трубы до 2 апреля
		Республика Татарстан, 12 районов
		street, house, flat = 5`)
}

// A street named after somebody is an address, and somebody beside an address stays a person.
func TestAddressAndNames(t *testing.T) {
	for text, want := range map[string]string{
		"ул. Ивана Ивановича Петрова, д. 7":                          "address",
		"Иванов Иван Иванович, ул. Академика Королёва, д. 5, кв. 12": "person_name address",
		"ул. Ленина, д. 5, кв. 12, Иванов И.И.":                      "address person_name",
		"Кузнецова Мария Петровна, Садовая ул. 5":                    "person_name address",
		"Адвокат Ленский Владимир, г. Смоленск, ул. Мира, д. 21":     "person_name address",
	} {
		f, a := found(text)
		var got []string
		for _, x := range f {
			if x.Score >= Mask {
				got = append(got, string(x.Kind))
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %q, want %s", text, describe(f, a), want)
		}
	}
}

// Levels make the score: what is masked and what is reported.
func TestAddressLevels(t *testing.T) {
	for _, tt := range []struct {
		text      string
		low, high uint8
	}{
		{"г. Казань, ул. Баумана, д. 5, кв. 12", 90, 99},
		{"г. Казань, ул. Баумана, д. 5", 90, 99},
		{"ул. Баумана, д. 5, кв. 12", 90, 99},
		{"ул. Баумана, д. 5", 80, 84},
		{"проживает: ул. Баумана, д. 5", 85, 89},
		{"проживает: г. Казань, ул. Баумана", 80, 84},
		{"г. Казань, ул. Баумана, рядом с домом 5", 0, 0},
		{"Казань, Рубин, 2", 30, 79},
		{"ул. Баумана", 0, 0},
		{"г. Казань", 0, 0},
	} {
		f, a := found(tt.text)
		score := uint8(0)
		for _, x := range f {
			if x.Kind == "address" {
				score = x.Score
			}
		}
		if score < tt.low || score > tt.high {
			t.Errorf("%q: %d, want %d to %d; %q", tt.text, score, tt.low, tt.high, describe(f, a))
		}
	}
}

// TestHouseless looks at streets in the middle of a text: where the sentence ends behind the name, what follows is read
// only if it may belong to the address.
func TestHouseless(t *testing.T) {
	const before, behind = "Вчера долго ждали возле остановки и никуда так и не уехали. ", " Потом ещё 15 минут шли пешком."
	for text, want := range map[string]bool{
		"Казань, ул. Баумана.":                            false,
		"Казань, ул. Баумана;":                            false,
		"Проживает: Казань, ул. Баумана.":                 true,
		"прож. г. Казань, ул. Баумана.":                   true,
		"Адрес доставки: Казань, ул. Баумана.":            true,
		"Казань, ул. Баумана. Дом 5, квартира 12.":        true,
		"Казань, ул. Баумана; д. 5.":                      true,
		"Казань, ул. Ак. Королёва, д. 5.":                 true,
		"Казань, ул. Героя Советского Союза Орлова, 12.":  true,
		"Казань, на улице Баумана. Мы там 5 лет не были.": false,
		"127006, ул. Баумана. Дом 5.":                     true,
		"ул. Баумана. Казань, дом 5.":                     true,
	} {
		f, a := found(before + text + behind)
		got := false
		for _, x := range f {
			got = got || x.Kind == "address"
		}
		if got != want {
			t.Errorf("%q: %v, want %v; %q", text, got, want, describe(f, a))
		}
	}
}

func TestFitsAddress(t *testing.T) {
	for value, want := range map[string]bool{
		"127006, г. Москва, ул. Краснопролетарская, д. 7": true,
		"Казань, Баумана 12-5":                            true,
		"Ленина 5-12":                                     true,
		"Московская обл, Химки г, Ленина ул, д. 5":        true,
		"12 Tverskaya St, Moscow":                         true,
		"г. Казань":                                       false,
		"ул. Ленина":                                      false,
		"Иванов Иван Иванович":                            false,
		"10.0.0.1":                                        false,
		"ivan@mail.ru":                                    false,
		"":                                                false,
	} {
		if Address.Fits([]byte(value)) != want {
			t.Errorf("%q: not %v", value, want)
		}
	}
}

// Every word of the lists is found, with at least its roles, also in capitals.
func TestAddressWords(t *testing.T) {
	r := addressReader{words: addressLexicon()}
	for _, l := range addressLists {
		for _, w := range strings.Fields(l.words) {
			r.a = append([]byte("\x00"+strings.ToUpper(strings.ReplaceAll(w, "_", " "))), make([]byte, 20)...)
			if got := r.word(1); got.roles&l.roles != l.roles {
				t.Errorf("%q: roles %b, want %b", w, got.roles, l.roles)
			}
		}
	}
	for _, w := range []string{"Казани", "Москвой", "Нижний Новгород", "Химках", "Грозного", "Твери", "Санкт-Петербург"} {
		r.a = append([]byte("\x00"+w), make([]byte, 20)...)
		if r.word(1).roles&roleCity == 0 {
			t.Errorf("%q is no town", w)
		}
	}
	for _, w := range []string{"Кирова", "Пушкина", "Владимира", "стол", "пришёл", "который"} {
		r.a = append([]byte("\x00"+w), make([]byte, 20)...)
		if r.word(1).roles&roleCity != 0 {
			t.Errorf("%q is a town", w)
		}
	}
}

// A text of nothing but markers takes time in proportion to its length.
func TestAddressOfManyMarkers(t *testing.T) {
	a := pad(strings.Repeat("ул. кв. 5 пер Наб ", 20000))
	s := NewScanner([]*Detector{Address})
	if f := s.Find(nil, a); len(f) > 20000 {
		t.Errorf("%d findings", len(f))
	}
}

func TestPostcode(t *testing.T) {
	checkMarked(t, "postcode", `
		⟦127006⟧, г. Москва, ул. Краснопролетарская, д. 7
		⟦143000⟧,Московская обл,,Одинцово г,,Ленина ул,дом № 5
		⟦420111⟧ г.Казань
		Индекс - ⟦420111⟧, город Казань
		Россия, ⟦603005⟧, Нижний Новгород
		г. Самара, ⟦443001⟧
		ОКПО 23881167; ⟦634050⟧, г. Томск, пл. Батенькова, д. 2
		⟦125009⟧, Moscow, Tverskaya st. 7
		ZIP: ⟦125009⟧
		Мой индекс ⟦664003⟧
		Адрес: ⟦454080⟧, Челябинск
		Биржевой индекс вырос до 275761
		индекс Мосбиржи 275761
		заказ 127006, Москва
		127006, Иванов
		127006, 127007, 127008
		тираж 127006 экз.
		127006, с 5 мая
		127006 г
		свидетельство № 377963. Территория общего пользования
		код поставщика на 480038. Город Пенза
		индекс\n3182 619367
		id=127006
		127006.50`)
}
