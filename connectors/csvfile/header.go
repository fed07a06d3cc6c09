package csvfile

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bezlik/connectors"
	"bezlik/connectors/textenc"
)

// isHeader decides whether the first row of a table holds the names of its columns. Names are not scanned and reports
// print them, so whatever may be somebody's makes the row data: in doubt it is. rows are those that follow.
//
// A row with a value that names no column (a number, a date, an address, a person) is data, and so is one whose cells
// come again below. Otherwise it is a header if most of it are usual names of columns, or if it differs from what
// is below: no digits where nearly all rows have some.
func isHeader(names []string, rows [][]string) bool {
	filled, known, idents, under, people := 0, 0, 0, false, false
	seen := map[string]bool{}
	for _, n := range names {
		if n == "" && len(names) > 1 {
			continue
		}
		filled++
		usual := isKnown(n)
		switch {
		case isSign(n):
			known++
			continue
		case isDatum(n), isPerson(n), seen[n] && !usual:
			return false
		case usual:
			known++
		case looksLikeName(n):
			people = true
		}
		seen[n] = true
		under = under || strings.Contains(n, "_")
		if isIdent(n) {
			idents++
		}
	}
	if filled*2 < len(names) || filled == 0 || people && (filled < 4 || known*4 < filled*3) {
		return false
	}
	contrast := 0
	for j, n := range names {
		again, other := 0, 0
		for _, row := range rows {
			if j >= len(row) {
				continue
			}
			if sameShape(row[j], n) {
				again++
			}
			if strings.ContainsFunc(row[j], isFigure) {
				other++
			}
		}
		if n != "" && again > 0 && (known < filled || filled < 3) {
			return false
		}
		if n != "" && !strings.ContainsFunc(n, isFigure) && other*10 >= len(rows)*8 && len(rows) > 0 {
			contrast++
		}
	}
	ident := idents == filled
	switch {
	case known*2 > filled, isNumbered(names):
		return true
	case known > 0 && ident && under:
		return true
	case known*2 == filled && contrast > 0:
		return true
	case len(rows) < 3:
		return false
	}
	return contrast*2 >= filled || contrast > 0 && ident || contrast*3 >= filled && known > 0
}

// isFigure: what values are made of and names hardly ever.
func isFigure(c rune) bool { return unicode.IsDigit(c) || c == '@' }

// isSign: a name without a letter.
func isSign(n string) bool { return n == "№" || n == "#" || n == "%" }

// isDatum says that a cell is nothing that a column is named.
func isDatum(n string) bool {
	digits := strings.IndexFunc(n, unicode.IsDigit)
	letters := strings.IndexFunc(n, unicode.IsLetter)
	return letters < 0 || digits >= 0 && digits < letters || countDigits(n) > 4 || utf8.RuneCountInString(n) > 64 ||
		strings.ContainsAny(n, "@{}") || strings.Contains(n, `":`) || strings.Contains(n, "://")
}

// isPerson says that a cell has somebody's name in it: a word that is one, or initials.
func isPerson(n string) bool {
	for w := range strings.FieldsFuncSeq(n, func(c rune) bool { return !unicode.IsLetter(c) }) {
		if textenc.Person(w) {
			return true
		}
	}
	if isKnown(n) {
		return false // Ф.И.О.
	}
	runes := []rune(n)
	for i := 0; i+1 < len(runes); i++ {
		if unicode.IsUpper(runes[i]) && runes[i+1] == '.' && (i == 0 || !unicode.IsLetter(runes[i-1])) {
			return true
		}
	}
	return false
}

// looksLikeName: two or three capitalised words and nothing else.
func looksLikeName(s string) bool {
	words := strings.Fields(s)
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) {
			return false
		}
	}
	return len(words) == 2 || len(words) == 3
}

// sameShape says whether two cells are the same but for their digits and the case of their letters.
func sameShape(a, b string) bool {
	zero := func(c rune) rune {
		if unicode.IsDigit(c) {
			return '0'
		}
		return c
	}
	return len(a) == len(b) && strings.EqualFold(strings.Map(zero, a), strings.Map(zero, b))
}

// isNumbered: c0, c1, c2; "column 1", "column 2".
func isNumbered(names []string) bool {
	if len(names) < 2 {
		return false
	}
	stem := strings.TrimRightFunc(names[0], unicode.IsDigit)
	if !strings.ContainsFunc(stem, unicode.IsLetter) {
		return false
	}
	for i, n := range names {
		if n != fmt.Sprintf("%s%d", stem, i) && n != fmt.Sprintf("%s%d", stem, i+1) || i > 0 && n <= names[i-1] && len(n) <= len(names[i-1]) {
			return false
		}
	}
	return true
}

// isIdent: lower-case Latin letters, digits and signs as in user_id, or userId.
func isIdent(s string) bool {
	for i, c := range s {
		switch {
		case c >= 'a' && c <= 'z', c == '_':
		case i > 0 && (c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '[' || c == ']'):
		default:
			return false
		}
	}
	return strings.ContainsAny(s, "_.") || len(s) <= 24
}

func countDigits(s string) (n int) {
	for _, c := range s {
		if unicode.IsDigit(c) {
			n++
		}
	}
	return n
}

// isKnown: at most three words, one of them a usual name of a column, or a few more that begin with one.
func isKnown(s string) bool {
	words := split(s)
	if columnWords[strings.Join(words, "")] { // e-mail, Ф.И.О.
		return true
	}
	for i, w := range words {
		if columnWords[w] {
			return len(words) <= 3 || i == 0 && len(words) <= 6 && !strings.ContainsAny(s[len(s)-1:], ".!?")
		}
	}
	return strings.HasPrefix(s, "№ ")
}

// split cuts a name into words in small letters: where it has a sign or a digit, and before a capital in userId.
func split(s string) (words []string) {
	start, last := -1, ' '
	for i, c := range s {
		letter := unicode.IsLetter(c)
		if start >= 0 && (!letter || unicode.IsUpper(c) && unicode.IsLower(last)) {
			words = append(words, strings.ToLower(s[start:i]))
			start = -1
		}
		if letter && start < 0 {
			start = i
		}
		last = c
	}
	if start >= 0 {
		words = append(words, strings.ToLower(s[start:]))
	}
	return words
}

// fieldsOf makes fields of names: one for each column, each with a name of its own. Two columns "phone" are phone
// and phone#2, so that records, which go by names, lose neither.
func fieldsOf(names []string) []connectors.Field {
	names = slices.Clone(names[:min(len(names), maxFields)])
	given, used := map[string]bool{}, map[string]bool{}
	for i, n := range names {
		if names[i] = strings.Join(strings.FieldsFunc(n, func(c rune) bool { return c == '\n' || c == '\r' }), " "); names[i] == "" {
			names[i] = fmt.Sprintf("column %d", i+1)
		}
		given[names[i]] = true
	}
	var fields []connectors.Field
	for _, n := range names {
		name := n
		for k := 2; used[name] || k > 2 && given[name]; k++ {
			name = fmt.Sprintf("%s#%d", n, k)
		}
		used[name] = true
		fields = append(fields, connectors.Field{Name: name})
	}
	return fields
}

// columnWords are words that name columns and are nobody's name.
//
//nolint:misspell // not all of them are English
var columnWords = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`id ids uid uuid guid pk no num nr number row index idx rank seq key hash ref code type kind class category group tag tags
		name names title nick nickname alias first last middle full firstname lastname middlename fullname surname patronymic initials salutation prefix suffix
		email mail emails phone phones tel telephone mobile cell fax contact contacts messenger telegram whatsapp viber skype vk site website
		address addr street house building apartment flat city town village region state province district country county zip zipcode postcode postal
		lat lon lng latitude longitude geo location coordinates place timezone language locale
		birth birthday birthdate dob born age sex gender date dates time timestamp datetime day month year week hour period start end begin finish
		created updated deleted modified changed registered expires expiry valid duration
		status stage result reason active enabled flag level priority role position job occupation profession company employer org organization organisation department
		dept division team branch office manager owner author editor sender recipient receiver assignee agent operator
		inn kpp ogrn snils passport oms document doc series issued issuer license licence vin plate okpo bik swift iban
		account acct bank card cards pan cvv balance currency amount sum total subtotal price cost fee tax vat discount rate percent qty quantity count
		order orders invoice contract deal product products item items sku article goods service brand model color colour size weight height width length unit units
		client clients customer customers user users username login password token secret session cookie device ip mac imei os browser agent ua referrer
		message messages text body subject topic comment comments note notes remark description desc summary content question answer feedback review rating score
		url link href path file filename format version source target channel campaign utm medium event action method
		value val values field column col data info details attributes properties parameter metric label unnamed
		income salary payment payments wage bonus credit debit
		diagnosis doctor patient department visit school university education degree course subject grade
		fio familiya imya otchestvo telefon pochta adres gorod data rozhdeniya pol vozrast summa dolzhnost otdel
		vorname nachname strasse ort plz land geburtsdatum nom prenom ville nombre apellido correo
		ид айди имя имена фио фамилия отчество инициалы псевдоним ник телефон телефоны тел моб мобильный сотовый факс почта мейл мэйл имейл контакт контакты мессенджер телеграм сайт
		адрес адреса улица дом корпус строение квартира кв помещение город населенный населённый пункт село деревня поселок посёлок район регион область край республика округ страна индекс местоположение
		широта долгота координаты прописка регистрация регистрации проживания
		дата даты время день месяц год неделя час период срок начало конец окончание окончания рождение рождения рожд др возраст создан создано обновлен обновлено изменен изменено
		статус состояние этап стадия результат итог причина тип вид категория класс группа метка теги признак флаг уровень приоритет роль
		код коды ключ значение номер номера порядковый артикул штрихкод идентификатор серия серии ссылка
		инн снилс паспорт паспортные паспорта документ документа документы удостоверение полис омс огрн огрнип кпп бик окпо оквэд выдан выдавший подразделение подразделения свидетельство
		пол гражданство национальность семейное образование специальность квалификация вуз школа курс факультет группы
		должность профессия работа отдел департамент управление филиал офис организация организации компания предприятие работодатель учреждение юрлицо контрагент поставщик покупатель заказчик исполнитель подрядчик
		сотрудник сотрудники работник менеджер ответственный куратор руководитель директор автор отправитель получатель оператор агент врач пациент диагноз отделение
		сумма суммы цена стоимость итого всего баланс остаток остатки валюта количество кол колво скидка ставка процент ндс налог выручка доход расход прибыль зарплата оклад премия аванс
		счет счёт счета карта карты банк банка платеж платёж оплата назначение
		заказ заказа заказы товар товара товары услуга услуги продукт позиция договор договора контракт сделка накладная наименование название модель марка бренд цвет размер вес рост высота ширина длина объем объём площадь этаж склад магазин
		клиент клиента клиенты пользователь пользователя абонент логин пароль токен устройство браузер
		текст сообщение сообщения тема комментарий комментарии примечание примечания заметка заметки описание содержание вопрос ответ отзыв оценка рейтинг балл баллы характеристика
		источник канал событие действие версия файл формат путь язык машина автомобиль авто госномер
		данные информация сведения поле параметр показатель столбец колонка строка пп
		прізвище ім'я телефону пошта адреса місто`) {
		m[w] = true
	}
	return m
}()
