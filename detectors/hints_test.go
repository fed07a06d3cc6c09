package detectors

import (
	"strings"
	"testing"
)

func TestHintFor(t *testing.T) {
	const (
		name    = "person_name"
		nothing = ""
	)
	tests := []struct {
		column string
		kind   Kind // of the best hint
		part   Part
	}{
		{"ФИО", name, WholeValue}, {"фио", name, WholeValue}, {"Ф.И.О.", name, WholeValue}, {"fio", name, WholeValue}, {"client_fio", name, WholeValue},
		{"clientFIO", name, WholeValue}, {"Полное имя", name, WholeValue}, {"full_name", name, WholeValue}, {"fullName", name, WholeValue},
		{"FULLNAME", name, WholeValue}, {"full-name", name, WholeValue}, {"Full Name", name, WholeValue}, {"Контактное лицо", name, WholeValue},
		{"customer_name", name, WholeValue}, {"name", name, WholeValue}, {"user.name", name, WholeValue}, {"фио_1", name, WholeValue},
		{"cardholder_name", name, WholeValue}, {"Фамилия", name, Surname}, {"familiya", name, Surname}, {"familia", name, Surname}, {"Familija", name, Surname},
		{"FamFL", name, Surname}, {"last_name", name, Surname}, {"lastName", name, Surname}, {"lname", name, Surname}, {"surname", name, Surname},
		{"family_name", name, Surname}, {"Имя", name, GivenName}, {"imya", name, GivenName}, {"ImFL", name, GivenName}, {"first_name", name, GivenName},
		{"firstName", name, GivenName}, {"given_name", name, GivenName}, {"Отчество", name, Patronymic}, {"otchestvo", name, Patronymic},
		{"OtchFL", name, Patronymic}, {"middle_name", name, Patronymic}, {"patronymic", name, Patronymic}, {"имя_клиента", name, WholeValue},
		{"Телефон", "phone", WholeValue}, {"тел.", "phone", WholeValue}, {"phone", "phone", WholeValue}, {"phone2", "phone", WholeValue},
		{"mobile_phone", "phone", WholeValue}, {"phoneNumber", "phone", WholeValue}, {"contacts[0].phone", "phone", WholeValue},
		{"client.contacts.phone", "phone", WholeValue}, {"msisdn", "phone", WholeValue}, {"nomer_tel", "phone", WholeValue}, {"telefon", "phone", WholeValue},
		{"Номер телефона", "phone", WholeValue}, {"e-mail", "email", WholeValue}, {"email", "email", WholeValue}, {"Email", "email", WholeValue},
		{"contactEmail", "email", WholeValue}, {"user/email", "email", WholeValue}, {"эл. почта", "email", WholeValue}, {"ИНН", "inn", WholeValue},
		{"inn", "inn", WholeValue}, {"inn_fl", "inn", WholeValue}, {"client_inn", "inn", WholeValue}, {"inn_ul", "inn_org", WholeValue},
		{"company_inn", "inn_org", WholeValue}, {"СНИЛС", "snils", WholeValue}, {"snils", "snils", WholeValue}, {"Паспорт", "passport", WholeValue},
		{"passport", "passport", WholeValue}, {"pasp_ser", "passport", Series}, {"pasp_num", "passport", Number}, {"Серия паспорта", "passport", Series},
		{"Номер паспорта", "passport", Number}, {"passport.series", "passport", Series}, {"passport.number", "passport", Number}, {"dul_ser", "passport", Series},
		{"дата рождения", "birth_date", WholeValue}, {"Дата Рождения", "birth_date", WholeValue}, {"dob", "birth_date", WholeValue},
		{"birthDate", "birth_date", WholeValue}, {"birth_date", "birth_date", WholeValue}, {"data_rozhdeniya", "birth_date", WholeValue},
		{"birth_day", "birth_date", WholeValue}, {"dob_day", "birth_date", Day}, {"birth_month", "birth_date", Month}, {"birth_year", "birth_date", Year}, {"card_number", "card", WholeValue},
		{"номер карты", "card", WholeValue},
		// Traps.
		{"hotel", nothing, 0}, {"inner", nothing, 0}, {"domain", nothing, 0}, {"description", nothing, 0}, {"winner", nothing, 0},
		{"innovation", nothing, 0}, {"skin", nothing, 0}, {"полка", nothing, 0}, {"created_at", nothing, 0}, {"updated", nothing, 0}, {"id", nothing, 0},
		{"phone_verified", nothing, 0}, {"phoneVerified", nothing, 0}, {"has_phone", nothing, 0}, {"is_email_sent", nothing, 0}, {"email_sent_at", nothing, 0},
		{"email_count", nothing, 0}, {"inn_status", nothing, 0}, {"passport_scan", nothing, 0}, {"passport_scan_url", nothing, 0}, {"card_type", nothing, 0},
		{"phone_type", nothing, 0}, {"количество телефонов", nothing, 0}, {"order_date", nothing, 0}, {"date", nothing, 0}, {"birth_date_confirmed_at", nothing, 0},
		{"телефонный", nothing, 0}, {"telemetry", nothing, 0}, {"telegraph", nothing, 0}, {"mobility", nothing, 0}, {"cellular_mode", nothing, 0},
		{"mailing_list_size", nothing, 0}, {"cardinality", nothing, 0}, {"discard", nothing, 0}, {"username_length", nothing, 0}, {"amount", nothing, 0},
		{"price", nothing, 0}, {"сумма", nothing, 0}, {"status", nothing, 0}, {"статус", nothing, 0}, {"year", nothing, 0}, {"month", nothing, 0},
		{"day", nothing, 0}, {"quantity", nothing, 0}, {"time", nothing, 0}, {"passports_total_sum", nothing, 0}, {"вариант", nothing, 0}, {"отчет", nothing, 0},
		{"отчетность", nothing, 0}, {"имитация", nothing, 0}, {"время", nothing, 0}, {"pane", nothing, 0}, {"span", nothing, 0}, {"title", nothing, 0},
		{"email_template", nothing, 0}, {"phone_comment", nothing, 0}, {"snils_valid", nothing, 0}, {"", nothing, 0}, {"123", nothing, 0}, {"___", nothing, 0},
		{"phone_code", nothing, 0}, {"phone_model", nothing, 0}, {"email_opened", nothing, 0}, {"inn_check_date", nothing, 0}, {"birthday_bonus", nothing, 0},
		{"card_token", nothing, 0}, {"address_id", nothing, 0}, {"avg_age", nothing, 0}, {"Дата выдачи паспорта", nothing, 0}, {"user_id", nothing, 0},
		{"passwordHash", "secret", WholeValue}, {"vk_url", "vk", WholeValue}, {"ПІБ", name, WholeValue}, {"Прізвище", name, Surname}, {"Ім'я", name, GivenName},
		{"По батькові", name, Patronymic}, {"Дата народження", "birth_date", WholeValue}, {"Дата рожд.", "birth_date", WholeValue},
		{"вод. удостоверение", "driver_license", WholeValue}, {"Тел./факс", "phone", WholeValue}, {"access_token", "secret", WholeValue},
		{"user.phone.id.hash", nothing, 0}, {"comment", nothing, 0}, {"финн", nothing, 0}, {"скинн", nothing, 0}, {"прокси", nothing, 0},
	}
	if len(tests) < 120 {
		t.Fatalf("%d names", len(tests))
	}
	for _, tt := range tests {
		hints := HintFor(tt.column)
		if tt.kind == nothing {
			if len(hints) != 0 {
				t.Errorf("%q: hint %s", tt.column, hints[0].Detector.Kind)
			}
			continue
		}
		if len(hints) == 0 {
			t.Errorf("%q: no hint", tt.column)
			continue
		}
		if h := hints[0]; h.Detector.Kind != tt.kind || h.Part != tt.part {
			t.Errorf("%q: %s part %d, want %s part %d", tt.column, h.Detector.Kind, h.Part, tt.kind, tt.part)
		}
	}
}

// Names of things are weak: values have to confirm them.
func TestHintsWeak(t *testing.T) {
	for _, s := range strings.Fields("product_name file_name company.name city_name hostname_name address.street.name name holder tariff_name tableName owner_name_ru_role_name") {
		for _, h := range readHints(s) {
			if h.Detector == PersonName && !h.Weak {
				t.Errorf("%q is a clear name of a person", s)
			}
		}
	}
	for _, s := range strings.Fields("фио full_name first_name фамилия phone email inn birth_date") {
		if h := readHints(s); len(h) == 0 || h[0].Weak {
			t.Errorf("%q is weak", s)
		}
	}
}

// The name of an object may say what its columns hold, and Foreign which weak names are of things.
func TestHintIn(t *testing.T) {
	if h := HintIn("tg_users.csv", "user_id"); len(h) == 0 || h[0].Detector != Telegram {
		t.Errorf("user_id of Telegram: %v", h)
	}
	if h := HintIn("users", "user_id"); len(h) != 0 {
		t.Errorf("user_id: %v", h)
	}
	for name, want := range map[string]bool{"product_name": true, "file_name": true, "tariff_name": true, "name": false, "клиент": false} {
		if h := HintFor(name); len(h) == 0 || !h[0].Weak || h[0].Foreign != want {
			t.Errorf("%s: %+v", name, h)
		}
	}
}

func TestHintEveryName(t *testing.T) {
	for _, d := range All() {
		for _, n := range d.Names {
			found := false
			for _, h := range HintFor(n) {
				found = found || h.Detector == d
			}
			if !found {
				t.Errorf("%s: its own name %q gives no hint", d.Kind, n)
			}
		}
	}
}

func FuzzHintFor(f *testing.F) {
	for _, s := range []string{"ФИО", "clientFIO", "a.b[0].phone", "дата рождения", "ИИИ", "\xff_"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, h := range HintFor(s) {
			if h.Detector == nil {
				t.Fatal("a hint of nothing")
			}
		}
		Composites([]string{s, "фамилия", "имя", s})
	})
}

func TestComposites(t *testing.T) {
	tests := []struct{ name, columns, want string }{
		{"Russian", "id Фамилия Имя Отчество телефон", "person_name 1:1 2:2 3:3"},
		{"English", "id first_name last_name email", "person_name 1:2 2:1"},
		{"surname and name", "surname name city", "person_name 0:1 1:2"},
		{"two persons", "client_surname client_name manager_surname manager_name", "person_name 0:1 1:2; person_name 2:1 3:2"},
		{"1C", "FamFL ImFL OtchFL", "person_name 0:1 1:2 2:3"},
		{"translit", "familiya imya otchestvo", "person_name 0:1 1:2 2:3"},
		{"passport", "pasp_ser pasp_num", "passport 0:4 1:5"},
		{"passport in words", "Серия_паспорта Номер_паспорта", "passport 0:4 1:5"},
		{"passport by path", "passport.series passport.number", "passport 0:4 1:5"},
		{"series and a number sign", "Паспорт_серия Паспорт_№", "passport 0:4 1:5"},
		{"series and number", "серия номер", "passport 0:4 1:5"},
		{"birth in parts", "birth_day birth_month birth_year", "birth_date 0:6 1:7 2:8"},
		{"everything", "familia imya otchestvo pasp_ser pasp_num phone", "person_name 0:1 1:2 2:3; passport 3:4 4:5"},
		{"English, short", "lead_id first last", "person_name 1:2 2:1"},
		{"of a contact", "contact_first contact_last", "person_name 0:2 1:1"},
		{"abbreviated", "Фам Им Отч", "person_name 0:1 1:2 2:3"},
		{"letters", "Ф И О тел", "person_name 0:1 1:2 2:3"},
		{"letters of a sheet", "A B C D E F G H I J K L M N O", ""},
		{"numbered columns", "f1 i1 o1", ""},
		{"times", "first_seen last_seen", ""},
		{"Kazakh", "Тегі Аты", "person_name 0:1 1:2"},
		{"documents", "S_DOC N_DOC", "passport 0:4 1:5"},
		{"numbers of papers", "n_doc data_doc", ""},
		{"one part", "surname city", ""},
		{"whole names", "fio passport", ""},
		{"two owners, a part each", "client_surname manager_name", ""},
		{"nothing", "id created_at amount", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var s []string
			for _, g := range Composites(strings.Fields(tt.columns)) {
				line := string(g.Detector.Kind)
				for _, m := range g.Members {
					line += " " + string(rune('0'+m.Index)) + ":" + string(rune('0'+m.Part))
				}
				s = append(s, line)
			}
			if got := strings.Join(s, "; "); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
