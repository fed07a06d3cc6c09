package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/encoding/charmap"

	"bezlik/anonymize"
	"bezlik/rules"
)

func cp1251(s string) ([]byte, error) { return charmap.Windows1251.NewEncoder().Bytes([]byte(s)) }

func (a *app) demoCommand() *cobra.Command {
	var worldName string
	var people int
	c := &cobra.Command{Use: "demo", Short: "The whole story on made-up data", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		if worldName != "sens" {
			return wrong("--world %s: the only world so far is sens", worldName)
		}
		if people < leastPeople || people > 1_000_000 {
			return wrong("--people is between %d and 1000000: among fewer, too many rows are unlike any others to be let out", leastPeople)
		}
		dir, err := os.MkdirTemp("", "bezlik-demo-")
		if err != nil {
			return err
		}
		d := &demo{app: a, dir: dir, ctx: cmd.Context()}
		return d.tell(people)
	}}
	c.Flags().StringVar(&worldName, "world", "sens", "which service is made up")
	c.Flags().IntVar(&people, "people", 2000, "how many people are made up")
	return c
}

// leastPeople is how many it takes that groups of demoK can be made without leaving out more rows than the profile allows.
const leastPeople = 1500

// demoK is how many rows of the result must be alike, and demoDay the day as of which is decided: the world does not grow older.
const (
	demoK   = 5
	demoDay = "2026-12-01"
)

// A demo runs real commands on a made-up world and says in plain words what happens.
type demo struct {
	app  *app
	ctx  context.Context
	dir  string
	step int
}

func (d *demo) tell(people int) error {
	a := d.app
	world := filepath.Join(d.dir, "world")
	keys := filepath.Join(d.dir, "keys")
	for _, p := range []string{world, keys} {
		if err := os.Mkdir(p, 0o700); err != nil {
			return err
		}
	}
	if err := makeWorld(world, people); err != nil {
		return err
	}
	key := filepath.Join(keys, "research.key")
	var b [32]byte
	rand.Read(b[:]) //nolint:errcheck // never fails
	if err := os.WriteFile(key, []byte(hex.EncodeToString(b[:])+"\n"), 0o600); err != nil {
		return err
	}
	profile := filepath.Join(keys, "profile.yaml")
	if err := d.profile(profile); err != nil {
		return err
	}
	db, mapFile, ledger, out := filepath.Join(world, "sens.db"), filepath.Join(d.dir, "map.yaml"), filepath.Join(d.dir, "account", "ledger.jsonl"), filepath.Join(d.dir, "research")

	fmt.Fprintf(a.out, a.say("Bezlik: вся дорога на выдуманных данных. Людей этих нет, номера вычислены.\nМир: %s (SQLite с users, profiles, device_logs; чат поддержки из Telegram; CSV в windows-1251), людей %d.\n",
		"Bezlik: the whole way on made-up data. These people do not exist, their numbers are computed.\nThe world: %s (SQLite with users, profiles, device_logs; a Telegram support chat; a windows-1251 CSV), %d people.\n"), world, people)

	d.say("Что где лежит: сканируем всё подряд. Код 1: персональные данные есть, прочитано всё.",
		"What lies where: scan it all. Exit 1: there are personal data, and everything was read.")
	if err := d.run(exitFindings, "scan", world); err != nil {
		return err
	}
	fmt.Fprint(a.out, a.say("IP-адреса и номера устройств в device_logs — тоже персональные данные: класс technical, сами по себе они человека не называют.\n",
		"IP addresses and device ids in device_logs are personal data too: class technical, by themselves they name nobody.\n"))
	d.say("Карта: какая колонка что значит. Её набросал скан, дальше её читает человек.",
		"The map: which column means what. A scan has drafted it; from here on a person reads it.")
	if err := d.draft(mapFile, db); err != nil {
		return err
	}
	d.say("Четыре решения политики SENS. Первое: телефон и почта рассылке, согласие спрашивается построчно.",
		"Four decisions of the SENS policy. First: phone and e-mail to the mailing company; consent is asked row by row.")
	ask := func(code int, more ...string) error {
		return d.run(code, append([]string{"decide", "--policy", "sens", "--now", demoDay, "--map", mapFile}, more...)...)
	}
	if err := ask(exitClean, "--export", "mailing", "--recipient", "sms_aero", "--columns", "users.phone,users.email"); err != nil {
		return err
	}
	d.say("Второе: те же данные неназванному поставщику аналитики. Политика его не знает: отказ, код 5.",
		"Second: the same to an analytics vendor that the policy does not name: refused, exit 5.")
	if err := ask(exitRefused, "--export", "mailing", "--recipient", "metrics_vendor", "--columns", "users.phone"); err != nil {
		return err
	}
	d.say("Третье: журнал устройств облаку. Политика обещает облаку лишь данные, введённые человеком: ждём ответа оператора, код 6.",
		"Third: the device log to the cloud. The policy gives the cloud what people typed in, not what was collected: on hold, exit 6.")
	if err := ask(exitHeld, "--export", "cloud", "--recipient", "selectel", "--columns", "device_logs.ip,device_logs.device_id"); err != nil {
		return err
	}
	d.say(fmt.Sprintf("Четвёртое: исследование. Разрешено, но только обезличенное и с обязательствами; выгружаем, проверяем готовое, публикуем целиком.\nПрофиль требует k = %d: каждое сочетание города, года рождения и прочих примет должно быть хотя бы у %d строк;\nстроки, что реже, в выгрузку не попадают («подавлено»).", demoK, demoK),
		fmt.Sprintf("Fourth: research. Allowed, but depersonalized and with obligations; transform, check the finished result, publish it whole.\nThe profile asks for k = %d: every combination of city, year of birth and other marks must be shared by %d rows at least;\nrarer rows are left out (\"suppressed\").", demoK, demoK))
	err := d.run(exitClean, "export", "--policy", "sens", "--now", demoDay, "--export", "research", "--recipient", "internal", "--profile", profile, "--map", mapFile,
		"--from", db, "--to", out, "--key-file", key, "--ledger", ledger)
	if err != nil {
		return err
	}
	if err := d.show(filepath.Join(out, "sens.db", "users.csv"), filepath.Join(out, "sens.db", "profiles.csv")); err != nil {
		return err
	}
	d.say("Проверка: в выгрузке не осталось ничего, что можно найти (код 0), и цепочка учёта цела.",
		"The check: nothing is left in the export that could be found (exit 0), and the chain of the account holds.")
	if err := d.run(exitClean, "scan", out); err != nil {
		return err
	}
	if err := d.run(exitClean, "ledger", "verify", "--ledger", ledger); err != nil {
		return err
	}
	fmt.Fprintf(a.out, a.say("\nГотово. Выгрузка: %s\nУчёт действий: %s\nКлюч и профиль: %s (отдельно от данных, получателю не отдаются)\nСтереть всё: rm -r %s\n",
		"\nDone. The export: %s\nThe account of actions: %s\nKey and profile: %s (apart from the data, never handed over)\nTo wipe it all: rm -r %s\n"), out, ledger, keys, d.dir)
	return nil
}

// say begins a step.
func (d *demo) say(ru, en string) {
	d.step++
	fmt.Fprintf(d.app.out, "\n── %d. %s\n", d.step, d.app.say(ru, en))
}

// run runs a command as its user would, and checks its exit code.
func (d *demo) run(want int, args ...string) error {
	a := d.app
	shown := make([]string, len(args))
	for i, x := range args {
		shown[i] = strings.ReplaceAll(x, d.dir+string(filepath.Separator), "")
	}
	fmt.Fprintf(a.out, "$ bezlik %s\n", strings.Join(shown, " "))
	sub := &app{in: strings.NewReader(""), out: a.out, err: a.out, env: d.env}
	code := run(d.ctx, append([]string{"--lang", a.lang}, args...), sub)
	if code != want {
		return &exit{code: exitIncomplete, err: clean(fmt.Sprintf("the demo expected exit code %d, and got %d", want, code))}
	}
	return nil
}

// env keeps the demo's own state in its own folder.
func (d *demo) env(name string) string {
	if name == "BEZLIK_HOME" {
		return filepath.Join(d.dir, "account")
	}
	return d.app.env(name)
}

// draft drafts the map and shows the head of it.
func (d *demo) draft(mapFile, db string) error {
	a := d.app
	fmt.Fprintf(a.out, "$ bezlik map draft %s --policy sens > map.yaml\n", filepath.Join("world", "sens.db"))
	policy, err := rules.Builtin("sens")
	if err != nil {
		return err
	}
	seen, err := a.seen(d.ctx, db, &reading{})
	if err != nil {
		return err
	}
	text := a.remarks(rules.DraftMap(policy, seen).YAML())
	lines := strings.SplitAfter(string(text), "\n")
	fmt.Fprintf(a.out, "%s  …\n", strings.Join(lines[:min(14, len(lines))], ""))
	return os.WriteFile(mapFile, text, 0o600)
}

// profile writes the policy's own profile with the number of a made-up local act.
func (d *demo) profile(path string) error {
	policy, err := rules.Builtin("sens")
	if err != nil {
		return err
	}
	p := rules.DefaultProfile(policy)
	p.Acts.M4 = "ЛА-07/2026"
	p.Gates.K = demoK
	coarse := func(round, bottom, top float64) anonymize.Spec {
		return anonymize.Spec{Do: "m4.generalize", Round: round, Bottom: &bottom, Top: &top}
	}
	p.Columns = append([]rules.ProfileColumn{
		{Match: rules.Match{Attribute: rules.Words{"height"}}, Spec: coarse(10, 160, 180)},
		{Match: rules.Match{Attribute: rules.Words{"weight"}}, Spec: coarse(20, 60, 90)},
	}, p.Columns...)
	return os.WriteFile(path, p.YAML(), 0o600)
}

// show prints the first lines of files.
func (d *demo) show(paths ...string) error {
	for _, p := range paths {
		b, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		lines := strings.SplitAfterN(string(b), "\n", 4)
		fmt.Fprintf(d.app.out, "$ head -3 %s\n%s", strings.TrimPrefix(p, d.dir+string(filepath.Separator)), strings.Join(lines[:min(3, len(lines))], ""))
	}
	return nil
}
