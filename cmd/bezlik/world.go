package main

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the driver of database/sql

	"bezlik/detectors"
)

// A world is a small made-up dating service, shaped like the one that SENS' policy is about: people who do not
// exist, with numbers that are computed and belong to nobody.
type world struct {
	r    *rand.Rand
	dir  string
	made []person
}

type person struct {
	id                                 int
	first, last, gender, city, country string
	born, created, seen, blocked       string
	phone, email                       string
	ads                                bool
}

var (
	worldMen    = []string{"Алексей", "Борис", "Виктор", "Глеб", "Денис", "Егор", "Игорь", "Кирилл", "Максим", "Никита", "Олег", "Павел", "Роман", "Сергей", "Тимур", "Фёдор"}
	worldWomen  = []string{"Алиса", "Вера", "Галина", "Дарья", "Елена", "Жанна", "Инна", "Ксения", "Лариса", "Марина", "Нина", "Ольга", "Полина", "Софья", "Татьяна", "Ульяна"}
	worldStems  = []string{"Берез", "Ветр", "Горлов", "Дубров", "Жарков", "Зимин", "Калинин", "Ларин", "Мороз", "Орлов", "Полянск", "Рябинин", "Соколов", "Тихонов", "Ушаков", "Чернов"}
	worldCities = []string{"Москва", "Москва", "Москва", "Санкт-Петербург", "Санкт-Петербург", "Казань", "Екатеринбург", "Новосибирск"}
	worldWork   = []string{"инженер", "врач", "учитель", "дизайнер"}
	worldLove   = []string{"горы и палатки", "кино, особенно старое", "шахматы", "бег по утрам", "выпечка", "настольные игры"}
)

// makeWorld writes the world into dir and says what lies where.
func makeWorld(dir string, people int) error {
	w := &world{r: rand.New(rand.NewPCG(2026, 11)), dir: dir}
	for i := range people {
		w.made = append(w.made, w.person(i+1))
	}
	return errors.Join(w.database(), w.chat(), w.sheet())
}

func pick(r *rand.Rand, words []string) string { return words[r.IntN(len(words))] }

func (w *world) person(id int) person {
	r := w.r
	p := person{id: id, gender: "м", first: pick(r, worldMen), city: pick(r, worldCities), country: "Россия"}
	end := "ов"
	if r.IntN(2) == 0 {
		p.gender, p.first, end = "ж", pick(r, worldWomen), "ова"
	}
	stem := pick(r, worldStems)
	switch {
	case strings.HasSuffix(stem, "ов"), strings.HasSuffix(stem, "ин"):
		p.last = stem + strings.TrimPrefix(end, "ов")
	case strings.HasSuffix(stem, "ск"):
		p.last = stem + map[string]string{"м": "ий", "ж": "ая"}[p.gender]
	default:
		p.last = stem + end
	}
	day := func(from, days int) string {
		return time.Date(from, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, r.IntN(days)).Format(time.DateOnly)
	}
	p.born = day(1971, 35*365)
	p.created = day(2024, 500)
	p.seen = day(2026, 320)
	if r.IntN(40) == 0 {
		p.blocked = day(2026, 300)
	}
	p.phone = fmt.Sprintf("+7 (9%02d) 000-%02d-%02d", r.IntN(100), id/100%100, id%100)
	p.email = fmt.Sprintf("user%d@mail%d.example.com", id, r.IntN(9))
	p.ads = r.IntN(3) > 0
	return p
}

// database writes the service's own tables.
func (w *world) database() (err error) {
	db, err := sql.Open("sqlite", filepath.Join(w.dir, "sens.db"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	for _, q := range []string{
		`CREATE TABLE users (id INTEGER PRIMARY KEY, first_name TEXT, last_name TEXT, birth_date TEXT, gender TEXT, phone TEXT, email TEXT,
			city TEXT, country TEXT, created_at TEXT, last_login_at TEXT, blocked_at TEXT, deleted_at TEXT, consent_ads INTEGER)`,
		`CREATE TABLE profiles (user_id INTEGER PRIMARY KEY, height INTEGER, weight INTEGER, children INTEGER, profession TEXT, about TEXT)`,
		`CREATE TABLE device_logs (user_id INTEGER, device_id TEXT, isp TEXT, ip TEXT, user_agent TEXT, city TEXT, ts TEXT)`,
	} {
		if _, err := db.Exec(q); err != nil {
			return err
		}
	}
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after Commit there is nothing to roll back
	null := func(s string) any {
		if s == "" {
			return nil
		}
		return s
	}
	r := w.r
	for _, p := range w.made {
		about := "Люблю " + pick(r, worldLove) + "."
		if r.IntN(12) == 0 { // a number where it should not be
			about += " Пишите: " + p.phone
		}
		_, err1 := tx.Exec(`INSERT INTO users VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)`, p.id, p.first, p.last, p.born, p.gender, p.phone, p.email,
			p.city, p.country, p.created, p.seen, null(p.blocked), nil, p.ads)
		_, err2 := tx.Exec(`INSERT INTO profiles VALUES (?,?,?,?,?,?)`, p.id, 150+r.IntN(50), 45+r.IntN(60), r.IntN(2), pick(r, worldWork), about)
		_, err3 := tx.Exec(`INSERT INTO device_logs VALUES (?,?,?,?,?,?,?)`, p.id, fmt.Sprintf("%08x-%04x-4%03x-8%03x-%012x", r.Uint32(), r.Uint32()>>16, r.Uint32()>>20, r.Uint32()>>20, r.Uint64()>>16),
			"Пример-Телеком", fmt.Sprintf("198.51.100.%d", r.IntN(256)), "Mozilla/5.0 (Android 15)", p.city, p.seen+"T10:20:30Z")
		if err := errors.Join(err1, err2, err3); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// chat writes a Telegram Desktop export of the support chat.
func (w *world) chat() error {
	type entity struct {
		Type string `json:"type"`
		Text string `json:"text"`
	}
	type message struct {
		ID       int      `json:"id"`
		Type     string   `json:"type"`
		Date     string   `json:"date"`
		Unix     string   `json:"date_unixtime"`
		From     string   `json:"from"`
		FromID   string   `json:"from_id"`
		Text     any      `json:"text"`
		Entities []entity `json:"text_entities"`
	}
	var ms []message
	at := time.Date(2026, 10, 1, 9, 0, 0, 0, time.UTC)
	for i, p := range w.made[:min(40, len(w.made))] {
		at = at.Add(37 * time.Minute)
		m := message{ID: i + 1, Type: "message", Date: at.Format("2006-01-02T15:04:05"), Unix: fmt.Sprint(at.Unix()), From: p.first + " " + p.last, FromID: fmt.Sprintf("user%d", 5_000_000_000+p.id)}
		before, after := "Здравствуйте, мой номер ", ", не приходит код."
		m.Text = []any{before, entity{"phone", p.phone}, after}
		m.Entities = []entity{{"plain", before}, {"phone", p.phone}, {"plain", after}}
		if i%3 == 0 {
			text := fmt.Sprintf("Это %s %s, почта %s", p.last, p.first, p.email)
			m.Text, m.Entities = text, []entity{{"plain", text}}
		}
		ms = append(ms, m)
	}
	b, err := json.MarshalIndent(map[string]any{"name": "Поддержка", "type": "private_supergroup", "id": 4_100_000_001, "messages": ms}, "", " ")
	if err != nil {
		return err
	}
	dir := filepath.Join(w.dir, "support")
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "result.json"), b, 0o600)
}

// sheet writes a list of partners as Excel saves it in Russia: semicolons, windows-1251.
func (w *world) sheet() error {
	var s strings.Builder
	s.WriteString("ФИО;Телефон;ИНН;СНИЛС;Примечание\r\n")
	inn, snils := detectors.Find("inn"), detectors.Find("snils")
	for i, p := range w.made[:min(60, len(w.made))] {
		patronymic := map[string]string{"м": "Олегович", "ж": "Олеговна"}[p.gender]
		tax := fmt.Appendf(nil, "77%08d00", 10_000_000+i*7919)
		inn.Seal(tax)
		pension := fmt.Appendf(nil, "%09d00", 900_000_000+i*104_729%99_000_000)
		snils.Seal(pension)
		fmt.Fprintf(&s, "%s %s %s;%s;%s;%s-%s-%s %s;договор № %d\r\n", p.last, p.first, patronymic, p.phone, tax, pension[:3], pension[3:6], pension[6:9], pension[9:], 100+i)
	}
	b, err := cp1251(s.String())
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(w.dir, "partners.csv"), b, 0o600)
}
