package csvfile

import (
	"bytes"
	"strings"
	"testing"

	"bezlik/connectors"
)

// sniffed returns what sniff makes of a table: the names of the fields, or nil where the first row is data.
func sniffed(text string) []string {
	b := append(make([]byte, 0, len(text)+connectors.Pad), text...)
	d := sniff(b, true, "t.csv", Options{Quote: '"'})
	if d.head == 0 {
		return nil
	}
	var names []string
	for _, f := range d.fields {
		names = append(names, f.Name)
	}
	return names
}

const below = "\n1;x y;79000000001;a@example.com;b\n2;z;79000000002;c@example.com;d\n"

// Headers as they are in the wild.
func TestHeaders(t *testing.T) {
	for _, h := range []string{
		"id;name;phone;email;city",
		"phone;phone;name",
		"ФИО;Телефон;Телефон",
		"c0;c1;c2",
		"column 1;column 2;column 3",
		"Column1;Column2",
		"user_id;login;created_at",
		"userId;firstName;lastName",
		"CustomerID;FullName;PhoneNumber",
		"ID;NAME;PHONE",
		"FIRST_NAME;LAST_NAME;BIRTH_DATE",
		"FIO;TELEFON;GOROD",
		"First Name;Last Name;Email Address",
		"Full Name;Job Title;Company",
		"Дата рождения;Место рождения;Телефон",
		"№ п/п;Фамилия, имя, отчество;Телефон (моб.)",
		"№;ФИО;Тел.",
		"#;Name",
		"Ф.И.О.;Д.р.;Адрес проживания",
		"Фамилия;Имя;Отчество",
		"Фамилия И.О.;Должность",
		"ФАМИЛИЯ;ИМЯ;ОТЧЕСТВО;ИНН;СНИЛС",
		"Серия и номер паспорта;Кем выдан;Код подразделения",
		"Номер телефона контактного лица;Адрес электронной почты",
		"Эл. почта;Моб. тел.;Комментарий",
		"E-mail;Сайт;Примечание",
		"Дата последнего входа в систему;Логин",
		"Наименование;Артикул;Цена, руб.;Остаток на складе",
		"Клиент;Менеджер;Сумма сделки, ₽;Этап",
		"Магазин;Корзина;Дата заказа;Статус",
		"Телефон 1;Телефон 2;Телефон 3",
		"address1;address2;zip;phone1",
		"Unnamed: 0;name;value",
		"инн;кпп;огрн;название организации",
		"дата;сумма;назначение платежа;контрагент",
		"lat;lon;timestamp;device_id",
		"utm_source;utm_medium;client_id",
		"order.id;order.total;customer.email",
		"\"Дата\nрождения\";\"Ф. И. О.\"",
		"phone",
		"Телефон",
		"Прізвище;Ім'я;Телефон",
		"Vorname;Nachname;Telefon",
		"Пол;Возраст;Город;Район",
		"Номер заказа;Дата создания;Имя клиента;Адрес доставки",
		"account_number;bank;bik;swift",
		"% скидки;Код клиента;Итого",
		"name;;phone;;email",
	} {
		width := strings.Count(h, ";") + 1
		rows := ""
		for _, row := range strings.Split(strings.Trim(below, "\n"), "\n") {
			cells := strings.Split(row, ";")
			for len(cells) < width {
				cells = append(cells, "текст")
			}
			rows += "\n" + strings.Join(cells[:width], ";")
		}
		for _, text := range []string{h + rows + "\n", h + "\n"} {
			if got := sniffed(text); len(got) != width {
				t.Errorf("taken for data: %q", text)
			}
		}
	}
}

// First rows that are data, each above a row like it, and alone.
func TestFirstRowsOfData(t *testing.T) {
	for _, rows := range [][2]string{
		{"Петров;client", "Иванов;client"},
		{"Петров;client", "Сидорова;admin"},
		{"Петрова;заказ;почта", "Иванов;звонок;сайт"},
		{"Петров;Пётр;Петрович", "Иванов;Иван;Иванович"},
		{"Иванов Иван;город Тула", "Петров Пётр;город Орёл"},
		{"ИВАНОВ ИВАН;ГОРОД ТУЛА", "ПЕТРОВ ПЁТР;ГОРОД ОРЁЛ"},
		{"Иванов И.И.;менеджер", "Петров П.П.;директор"},
		{"И. И. Тест;менеджер", "П. П. Проба;директор"},
		{"Анна;Тула", "Олег;Орёл"},
		{"Клиент Петров;телефон", "Клиент Иванова;почта"},
		{"anna;client", "oleg;client"},
		{"anna;tula", "oleg;orel"},
		{"user12;client", "user13;client"},
		{"client 1;order", "client 2;order"},
		{"Ivanov;manager;email", "Petrova;director;phone"},
		{"John Smith;Sales", "Mary Jones;Support"},
		{"Maria;phone", "Elena;email"},
		{"1;anna", "2;oleg"},
		{"79000000001;name", "79000000002;name"},
		{"+7 900 000-00-01;телефон", "+7 900 000-00-02;телефон"},
		{"a@example.com;email", "b@example.com;email"},
		{"01.02.1990;дата", "02.03.1991;дата"},
		{"1990-02-01;birth", "1991-03-02;birth"},
		{"name;a@example.org", "x;b@example.org"},
		{"телефон 79000000001;клиент", "телефон 79000000002;клиент"},
		{"паспорт 4500 000001;Москва", "паспорт 4500 000002;Тверь"},
		{"https://example.com/a;url", "https://example.com/b;url"},
		{"{\"id\":1};json", "{\"id\":2};json"},
		{"да;да;нет", "нет;да;да"},
		{"yes;yes;no", "no;no;yes"},
		{"Тула;клиент", "Орёл;клиент"},
		{"Мужской;Москва;Москва", "Женский;Тверь;Тверь"},
		{"Шевченко;Киев", "Ткачук;Львов"},
		{"Достоевский;автор;книга", "Вяземская;автор;книга"},
		{"Саркисян;клиент;телефон", "Гонгадзе;клиент;почта"},
		{"Петров-Водкин;художник", "Римский-Корсаков;композитор"},
		{"ул. Ленина, 5;адрес", "ул. Мира, 7;адрес"},
		{"5;5;5", "6;6;6"},
		{"-;-;name", "-;-;name"},
		{"Ольга К.;клиент;заказ", "Анна П.;клиент;заказ"},
		{"anna_k;oleg_p", "ivan_s;olga_m"},
		{"Заказ оформлен, клиент Иванова перезвонит;статус", "Заказ отменён;статус"},
		{"Петров", "Иванов"},
		{"Анна", "Ольга"},
	} {
		text := rows[0] + "\n" + rows[1] + "\n"
		for _, text := range []string{text, text + text + text, rows[0] + "\n"} {
			if text == rows[0]+"\n" && (strings.Contains(rows[0], ";client") || strings.Contains(rows[0], "client ")) {
				continue // alone, nothing tells it from names of columns
			}
			if got := sniffed(text); got != nil {
				t.Errorf("taken for names: %q", text)
			}
		}
	}
}

// Columns of the same name are told apart, and no name is another's.
func TestSameNames(t *testing.T) {
	for h, want := range map[string]string{
		"ФИО;Телефон;Телефон":       "ФИО|Телефон|Телефон#2",
		"phone;phone#2;phone;phone": "phone|phone#2|phone#3|phone#4",
		"name;;phone;column 2":      "name|column 2|phone|column 2#2",
		"\"Дата\r\nрождения\";\"Дата\nрождения\";Имя": "Дата рождения|Дата рождения#2|Имя",
	} {
		if got := strings.Join(sniffed(h+"\n"), "|"); got != want {
			t.Errorf("%q: %q, want %q", h, got, want)
		}
	}
	// The same in records: both cells come, under names that differ.
	d := sniffed("Телефон;Телефон\n79000000001;79000000002\n")
	var head bytes.Buffer
	text, err := Format.Head(nil, []connectors.Field{{Name: d[0]}, {Name: d[1]}})
	head.Write(text)
	if err != nil || head.String() != "Телефон,Телефон#2\n" {
		t.Errorf("%q %v", head.String(), err)
	}
}
