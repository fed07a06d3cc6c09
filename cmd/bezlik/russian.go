package main

import (
	"bytes"
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"bezlik/rules"
)

// Packages below cmd speak English. What they say is turned into Russian here, where it is printed; JSON, reports of
// machines and the ledger keep the English. A phrase that is not in the book stays English: a test holds the book to the
// sources.

// plain gives a text from below in the language of the user.
func (a *app) plain(text string) string {
	if a.lang != "ru" {
		return text
	}
	return russian(text)
}

// russian translates a text: as a whole, or the phrases that it is joined of.
func russian(text string) string {
	ru, _ := translate(text)
	return ru
}

func translate(text string) (string, bool) {
	if ru, ok := phrase(text); ok {
		return ru, true
	}
	for _, sep := range []string{"\n", "; ", " — ", ": "} {
		for at := 0; ; {
			i := strings.Index(text[at:], sep)
			if i < 0 {
				break
			}
			i += at
			at = i + len(sep)
			if ru, ok := phrase(text[:i]); ok || i == 0 {
				return ru + sep + russian(text[at:]), true
			}
		}
	}
	for _, sep := range []string{": ", "; "} { // whom it is about, and what
		if name, rest, ok := strings.Cut(text, sep); ok {
			if ru, ok := translate(rest); ok {
				return name + sep + ru, true
			}
		}
	}
	return text, false
}

// phrase translates a single phrase, which a place in brackets may follow.
func phrase(text string) (string, bool) {
	book := openBook()
	if ru, ok := book.exact[text]; ok {
		return ru, true
	}
	for _, p := range book.formats {
		m := p.like.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		args := make([]any, len(m)-1)
		for i, s := range m[1:] {
			args[i] = russian(s)
		}
		return fmt.Sprintf(p.ru, args...), true
	}
	if i := strings.LastIndex(text, " ("); i >= 0 && strings.HasSuffix(text, ")") {
		if ru, ok := phrase(text[:i]); ok {
			return ru + " (" + clauseRu(text[i+2:len(text)-1]) + ")", true
		}
	}
	return text, false
}

// A book is the phrases, ready for use.
type book struct {
	exact   map[string]string
	formats []format // those that say most come first
}

type format struct {
	like    *regexp.Regexp
	ru      string
	letters int // that do not vary
}

var verb = regexp.MustCompile(`%[0-9]*[a-zA-Z%]`)

var openBook = sync.OnceValue(func() *book {
	b := &book{exact: map[string]string{}}
	for _, id := range rules.BuiltinIDs() {
		if p, err := rules.Builtin(id); err == nil {
			for _, c := range p.Clauses {
				if c.GistRu != "" {
					b.exact[c.Gist] = c.GistRu
				}
			}
		}
	}
	for _, p := range phrasebook {
		if !strings.Contains(p.en, "%") {
			b.exact[p.en] = p.ru
			continue
		}
		f, at := format{ru: p.ru}, 0
		var like strings.Builder
		for _, v := range verb.FindAllStringIndex(p.en, -1) {
			like.WriteString(regexp.QuoteMeta(p.en[at:v[0]]))
			f.letters += v[0] - at
			at = v[1]
			switch p.en[v[1]-1] {
			case '%':
				like.WriteString("%")
			case 'q':
				like.WriteString(`("(?:[^"\\]|\\.)*")`)
			case 'd', 'o', 'g':
				like.WriteString(`(-?[0-9][0-9.]*)`)
			default:
				like.WriteString(`(.*?)`)
			}
		}
		like.WriteString(regexp.QuoteMeta(p.en[at:]))
		f.letters += len(p.en) - at
		f.like = regexp.MustCompile("^" + like.String() + "$")
		b.formats = append(b.formats, f)
	}
	slices.SortStableFunc(b.formats, func(x, y format) int { return cmp.Compare(y.letters, x.letters) })
	return b
})

// fileErrors prints what is wrong in a file of ours, with its lines.
func (a *app) fileErrors(all rules.FileErrors) string {
	var lines []string
	for _, e := range all {
		e := *e
		e.Text, e.Hint = a.plain(e.Text), a.plain(e.Hint)
		text := e.Error()
		if at := strings.LastIndex(text, "\n  hint: "); at >= 0 && e.Hint != "" {
			text = text[:at] + a.say("\n  подсказка: ", "\n  hint: ") + e.Hint
		}
		lines = append(lines, text)
	}
	return strings.Join(lines, "\n")
}

// asked is the language that a command line asks for: help is printed before flags are read.
func asked(args []string, otherwise string) string {
	for i, arg := range args {
		if arg == "--" {
			break
		}
		word, ok := strings.CutPrefix(arg, "--lang=")
		if arg == "--lang" && i+1 < len(args) {
			word, ok = args[i+1], true
		}
		if ok && (word == "ru" || word == "en") {
			otherwise = word
		}
	}
	return otherwise
}

// russianHelp turns the texts of commands and flags into Russian, and the words that the libraries put around them.
func russianHelp(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	root.InitDefaultVersionFlag()
	var turn func(c *cobra.Command)
	turn = func(c *cobra.Command) {
		c.InitDefaultHelpFlag()
		c.Short = russian(c.Short)
		if c.Name() == "completion" || c.Parent() != nil && c.Parent().Name() == "completion" || c.Name() == "help" {
			c.Long = c.Short // cobra's own is a page of English
		} else {
			c.Long = russian(c.Long)
		}
		for _, m := range flagName.FindAllStringSubmatch(c.LocalFlags().FlagUsages(), -1) {
			switch f := c.LocalFlags().Lookup(m[1]); f.Name {
			case "help":
				f.Usage = "эта справка"
			case "version":
				f.Usage = "показать версию"
			default:
				f.Usage = russian(f.Usage)
			}
		}
		for _, sub := range c.Commands() {
			turn(sub)
		}
	}
	turn(root)
	english := root.HelpFunc()
	root.SetHelpFunc(func(c *cobra.Command, args []string) {
		out, b := c.OutOrStdout(), bytes.Buffer{}
		c.SetOut(&b)
		english(c, args)
		c.SetOut(out)
		text := valueWord.ReplaceAllStringFunc(helpWords.Replace(b.String()), func(s string) string {
			m := valueWord.FindStringSubmatch(s)
			word := map[string]string{"string": "СТРОКА", "strings": "СПИСОК", "int": "N", "float": "N"}[m[2]]
			width := utf8.RuneCountInString(s)
			return fmt.Sprintf("%-*s", width, m[1]+word+" ")
		})
		fmt.Fprint(out, text)
	})
}

// flagName finds the flags in a list of them.
var flagName = regexp.MustCompile(`(?m)^ +(?:-\w, )?--([a-z-]+)`)

// valueWord is the word for a flag's value, with the space behind it.
var valueWord = regexp.MustCompile(`(?m)(^ +(?:-\w, )?--[a-z-]+ )(strings|string|int|float) +`)

// helpWords are cobra's and pflag's own.
var helpWords = strings.NewReplacer("Usage:", "Вызов:", "Available Commands:", "Команды:", "Global Flags:", "Общие флаги:", "Flags:", "Флаги:",
	"[flags]", "[флаги]", "[command]", "[команда]", "(default ", "(по умолчанию ", "SOURCE…", "ИСТОЧНИК…", "SOURCE —", "ИСТОЧНИК —", " FILE", " ФАЙЛ", " POLICY", " ПОЛИТИКА",
	"Use \"", "Подробнее о команде: \"", " --help\" for more information about a command.", " --help\".")

// many says a number with its word: the forms are those of 1, 2 and 5 in Russian, of 1 and 2 in English.
func (a *app) many(n int64, ru, en string) string {
	forms := strings.Split(a.say(ru, en), "|")
	form := 0
	switch {
	case a.lang != "ru":
		if n != 1 {
			form = 1
		}
	case n%10 == 1 && n%100 != 11:
	case n%10 >= 2 && n%10 <= 4 && (n%100 < 12 || n%100 > 14):
		form = 1
	default:
		form = 2
	}
	return thousands(n) + " " + forms[form]
}

// clause writes the place of a clause: "3.4" and "App. 2 table 3 row 1" are Russian too.
func (a *app) clause(at string) string {
	if a.lang != "ru" {
		return at
	}
	return clauseRu(at)
}

func clauseRu(at string) string {
	if at != "" && strings.Trim(at, "0123456789.") == "" {
		return "п. " + at
	}
	return places.Replace(at)
}

var places = strings.NewReplacer("App. ", "прил. ", " table ", ", табл. ", " row ", ", строка ", " col ", ", столбец ",
	"152-FZ 3(1)", "152-ФЗ, ст. 3 п. 1", "Order 140, ", "приказ № 140, ", "annex ", "прил. ", " cl. ", " п. ", "152-FZ", "152-ФЗ")

// law names an article of an act.
func (a *app) law(act string, articles []string) string {
	if a.lang != "ru" {
		return act + ", " + strings.Join(articles, "; ")
	}
	list := strings.Join(articles, "; ")
	switch act {
	case "fz-152":
		for i, s := range articles {
			articles[i] = "ст. " + strings.NewReplacer(" p.", " ч. ", " cl.", " п. ").Replace(s)
		}
		list = strings.Join(articles, "; ")
	case "rkn-178":
		list = "п. " + list
	default:
		list = strings.ReplaceAll(places.Replace(list), "the list", "перечень")
	}
	return cmp.Or(acts[act], act) + ", " + list
}

var acts = map[string]string{"fz-152": "152-ФЗ", "rkn-140": "приказ Роскомнадзора № 140", "rkn-178": "приказ Роскомнадзора № 178",
	"rkn-128": "приказ Роскомнадзора № 128"}

// word translates a word of ours: an effect, evidence, a class, a reason. Kinds, categories and columns keep their
// names, since flags and files take them.
func (a *app) word(w string) string {
	if ru, ok := words[w]; ok && a.lang == "ru" {
		return ru
	}
	return w
}

func (a *app) words(list []string) string {
	said := make([]string, len(list))
	for i, w := range list {
		said[i] = a.word(w)
	}
	return strings.Join(said, ", ")
}

var words = map[string]string{
	// what a clause does, and the outcome of a decision
	"clause refuse": "запрещает", "clause hold": "откладывает", "clause drop": "не выпускает", "clause filter": "исключает строки", "clause allow": "разрешает",
	"refuse": "отказано", "hold": "отложено", "allow": "разрешено", "allow_with_obligations": "разрешено с обязательствами",
	// actions of the ledger
	"scope": "состав", "export": "выгрузка", "refused": "отказ", "failed": "сбой",
	// why a row is left out
	"blocked": "заблокированные", "deleted": "удалённые аккаунты", "under_age": "несовершеннолетние", "retention": "срок хранения истёк",
	"consent_withdrawn": "нет согласия",
	// harm
	"low": "низкая", "medium": "средняя", "high": "высокая",
	// classes
	"direct": "прямой", "quasi": "косвенный", "special": "особый", "technical": "технический", "organisation": "организация", "unknown": "неясно",
	// evidence
	"profile": "колонка в целом", "column": "имя колонки", "checksum": "контрольные цифры", "format": "запись", "keyword": "слово рядом",
	"structure": "строение", "dictionary": "словарь", "grammar": "грамматика", "composite": "из нескольких ячеек", "whole": "вся ячейка",
	"checksum_failed": "контрольные цифры неверны", "negative": "слово против", "synthetic": "наш идентификатор",
	// methods
	"keep": "без изменений", "m2.identifier": "идентификатор (m2.identifier)", "m4.delete": "удаление (m4.delete)", "m4.distort": "искажение (m4.distort)",
	"m4.generalize": "обобщение (m4.generalize)", "m4.mask": "маскирование (m4.mask)", "m4.substitute": "замена (m4.substitute)",
	"m10.shuffle": "перемешивание (m10.shuffle)", "m11.decompose": "декомпозиция (m11.decompose)", "m12.aggregate": "агрегирование (m12.aggregate)",
}

// missing says what a hold waits for: a document, or an answer that the map owes.
func (a *app) missing(id string, d *rules.Decision) string {
	if a.lang != "ru" {
		return id
	}
	what := ""
	switch {
	case strings.HasPrefix(id, "map:consent:"):
		what = "колонка карты с отметкой о согласии (consent: " + strings.TrimPrefix(id, "map:consent:") + ")"
	case strings.HasPrefix(id, "map:subject:"):
		what = "субъект объекта " + strings.TrimPrefix(id, "map:subject:") + " в карте (subject: КОЛОНКА)"
	case strings.HasPrefix(id, "map:"):
		what = "ответ карты о колонке " + strings.TrimPrefix(id, "map:")
	}
	for _, doc := range rules.Law().Documents {
		if doc.ID == id {
			what = russian(doc.What)
		}
	}
	if p, err := rules.Builtin(d.Policy); err == nil {
		for _, doc := range p.Documents {
			if doc.ID == id {
				what = russian(doc.What)
			}
		}
	}
	if what == "" {
		return id
	}
	return id + " — " + what
}

// remarks translates the remarks of a draft, line by line.
func (a *app) remarks(yaml []byte) []byte {
	if a.lang != "ru" {
		return yaml
	}
	lines := strings.Split(string(yaml), "\n")
	for i, l := range lines {
		if at := strings.LastIndex(l, "# "); at == 0 || at > 0 && l[at-1] == ' ' {
			lines[i] = l[:at+2] + russian(l[at+2:])
		}
	}
	return []byte(strings.Join(lines, "\n"))
}

// phrasebook is what packages below cmd, the commands' help and the policies that come with the program say, in Russian. A
// phrase may be a format: what its verbs stood for is put into the Russian one as %s, in the same order unless numbered,
// and is translated itself if it is a phrase.
var phrasebook = []struct{ en, ru string }{
	// reading: whatever the format
	{"no such file or folder", "нет такого файла или папки"},
	{"no such file", "нет такого файла"},
	{"permission denied", "нет доступа"},
	{"no permission to read", "нет права читать"},
	{"run as a user who may read and write there", "запустите от имени пользователя, который может там читать и писать"},
	{"run as a user who may read it", "запустите от имени пользователя, который может его читать"},
	{"run as a user who may read it, or leave it out with --exclude", "запустите от имени пользователя, который может его читать, или исключите его через --exclude"},
	{"check the spelling", "проверьте, верно ли написано имя"},
	{"cannot be read", "не читается"},
	{"reading failed", "чтение прервалось ошибкой"},
	{"check the disk or the network drive and try again", "проверьте диск или сетевую папку и повторите"},
	{"reading could not be ended", "не удалось закончить чтение"},
	{"this is not a regular file", "это не обычный файл"},
	{"this is no regular file or folder", "это не обычный файл и не папка"},
	{"a pipe or a device is read as - from the standard input", "канал или устройство читают через стандартный ввод: вместо имени «-»"},
	{"a pipe or a device is not read", "каналы и устройства не читаются"},
	{"a symbolic link is not followed", "символическая ссылка не раскрывается"},
	{"name its target", "назовите то, на что она указывает"},
	{"this pattern of names is not well formed", "этот шаблон имён записан неверно"},
	{"the file has changed since it was listed", "файл изменился с тех пор, как был найден"},
	{"run it again", "запустите ещё раз"},
	{"the format of this file is not known", "формат этого файла неизвестен"},
	{"name it with --as", "назовите формат через --as"},
	{"files of a format we do not read", "файлы формата, который не читается"},
	{"a stream can be read once only", "поток можно прочитать лишь один раз"},
	{"save it to a file first", "сначала сохраните его в файл"},
	{"the input is of no format that can be read from a stream", "формат ввода не из тех, что читаются из потока"},
	{"more of the same kind; Row counts them", "есть ещё такие же, их число стоит на месте номера строки"},
	{"the source was closed", "источник закрыт"},
	{"ends too early", "обрывается раньше времени"},
	{"interrupted", "прервано"},
	{"took too long", "слишком долго"},
	{"internal error (%T in %s)", "внутренняя ошибка (%s, %s)"},
	{"a bug in bezlik: please report it", "это ошибка в bezlik: сообщите о ней"},
	{"failed (%T)", "сбой (%s)"},
	{"no space left on the device", "на диске нет места"},
	{"free some space or choose another place", "освободите место или выберите другое"},
	{"the database refused (SQLSTATE %s)", "база данных отказала (SQLSTATE %s)"},
	{"the host name is not known", "имя узла неизвестно"},
	{"check the address", "проверьте адрес"},
	{"the connection failed", "соединение не удалось"},
	{"the system says: %s", "система сообщает: %s"},
	{"a file operation failed", "операция с файлом не удалась"},
	{"a value could not be replaced", "значение не удалось заменить"},
	{"a column turned out to hold one kind only late in the stream: its first values were not all told", "то, что в колонке данные одного вида, выяснилось поздно: первые её значения названы не все"},
	{"scan a file instead of a stream", "сканируйте файл, а не поток"},
	{"another scan is using this state file", "этим файлом состояния пользуется другое сканирование"},
	{"wait for it to end, or choose another file", "дождитесь его конца или выберите другой файл"},
	{"this is not a state file of bezlik: choose another name or delete it", "это не файл состояния bezlik: выберите другое имя или удалите его"},

	// text, CSV, JSON
	{"a long run of zero bytes is left out", "длинная полоса нулевых байтов пропущена"},
	{"zero bytes stand in the text; it is read as if they did not", "в тексте нулевые байты; он читается так, будто их нет"},
	{"zero bytes stand in cells; they are read as if they did not", "в ячейках нулевые байты; читается так, будто их нет"},
	{"bytes that are no %s text; read around, kept as they were", "есть байты, которые не текст %s; они пропущены и оставлены как были"},
	{"a quote is opened and never closed; reading goes on with the next line", "кавычка открыта и не закрыта; чтение продолжено со следующей строки"},
	{"look at this row: a quote is missing or should be doubled", "посмотрите эту строку: кавычки не хватает, или её надо удвоить"},
	{"quotes inside quoted cells are not doubled; they are taken as they stand", "кавычки внутри ячеек в кавычках не удвоены; взяты как есть"},
	{"a row is in UTF-8 although the file is %s; rows like it are not read right", "строка в UTF-8, хотя файл в %s; такие строки прочитаны неверно"},
	{"split the file by encoding", "разделите файл по кодировкам"},
	{"a record is longer than %d bytes; it is read as running text", "запись длиннее %s байт; она читается как сплошной текст"},
	{"%d of the rows from here have more or fewer than %d cells", "строк, начиная отсюда, где ячеек больше или меньше %[2]s: %[1]s"},
	{"cells beyond column %d are counted as this column", "ячейки после колонки %s отнесены к ней же"},
	{"a row is too long to be looked at as a whole and was read in pieces", "строка слишком длинна, чтобы смотреть её целиком, и прочитана по частям"},
	{"JSON ends too early", "JSON обрывается раньше времени"},
	{"the file was cut: write or fetch it again", "файл обрезан: запишите или получите его заново"},
	{"too many arrays and objects in each other", "слишком много вложенных массивов и объектов"},
	{"the line is no JSON", "строка не является JSON"},
	{"the data is no JSON from here on", "отсюда и дальше данные не являются JSON"},
	{"json: a part of a number cannot be replaced by itself", "JSON: часть числа нельзя заменить отдельно"},
	{"json: nothing can be written in the place of null", "JSON: на место null ничего записать нельзя"},
	{"a zero byte cannot be written into a table", "нулевой байт нельзя записать в таблицу"},
	{"a delimiter, a quote or a line end cannot be written into a record that was cut as running text", "разделитель, кавычку или конец строки нельзя записать внутрь записи, которая читалась как сплошной текст"},
	{"this format cannot leave out single rows", "этот формат не позволяет исключать отдельные строки"},

	// SQLite
	{"the database cannot be read", "базу данных не прочитать"},
	{"the database cannot be opened", "базу данных не открыть"},
	{"check who may read the file and its folder", "проверьте, кто может читать файл и его папку"},
	{"the database could not be closed", "базу данных не удалось закрыть"},
	{"this is no SQLite database, or it is encrypted", "это не база SQLite, или она зашифрована"},
	{"decrypt it first", "сначала расшифруйте её"},
	{"the database is damaged", "база данных повреждена"},
	{"try .recover of the sqlite3 shell, and read what it saves", "попробуйте команду .recover программы sqlite3 и прочитайте то, что она спасёт"},
	{"another process holds the database", "база данных занята другим процессом"},
	{"stop it, or read a copy made with .backup", "остановите его или читайте копию, сделанную командой .backup"},
	{"the last write to the database was not finished", "последняя запись в базу данных не завершена"},
	{"open it once with the sqlite3 shell, which finishes it", "откройте её один раз программой sqlite3: она завершит запись"},
	{"the database was written to while it was read", "во время чтения в базу данных писали"},
	{"read it again, or read a copy made with .backup", "прочитайте ещё раз или читайте копию, сделанную командой .backup"},
	{"a virtual table: its rows are made by an extension of SQLite", "виртуальная таблица: её строки порождает расширение SQLite"},
	{"copy it into an ordinary table with the program that uses it, and read that", "скопируйте её в обычную таблицу той программой, что ею пользуется, и читайте копию"},
	{"the table has no such part any more", "такой части в таблице больше нет"},
	{"there is no such table any more", "такой таблицы больше нет"},
	{"read it again from the start", "прочитайте ещё раз с начала"},
	{"column %s and perhaps others: ", "колонка %s и, возможно, другие: "},
	{"%sbinary values are not looked into", "%sдвоичные значения не просматриваются"},
	{"%sbytes that are no text are read around", "%sбайты, которые не текст, пропущены"},
	{"%stext that is not UTF-8 is taken as windows-1251", "%sтекст не в UTF-8 принят за windows-1251"},
	{"%szero bytes stand in the text; it is read as if they did not", "%sв тексте нулевые байты; он читается так, будто их нет"},

	// PostgreSQL
	{"the host of the database is not known", "узел базы данных неизвестен"},
	{"check the name of the host in the address", "проверьте имя узла в адресе"},
	{"nothing answers at the host and port of the database", "на узле и порту базы данных никто не отвечает"},
	{"is the server running and listening there? check host and port", "запущен ли там сервер? проверьте узел и порт"},
	{"the server's socket is not there", "сокета сервера нет"},
	{"is the server running? check the folder of the socket", "запущен ли сервер? проверьте папку сокета"},
	{"the server did not answer in time", "сервер не ответил вовремя"},
	{"check host, port and firewall, or raise connect_timeout", "проверьте узел, порт и межсетевой экран или увеличьте connect_timeout"},
	{"no encrypted connection could be agreed on", "не удалось договориться о шифрованном соединении"},
	{"check sslmode and sslrootcert: the server may not offer TLS, or its certificate is not trusted", "проверьте sslmode и sslrootcert: сервер, возможно, не предлагает TLS, или его сертификату нет доверия"},
	{"no connection to the server", "нет соединения с сервером"},
	{"check the address, and that a PostgreSQL server answers there", "проверьте адрес и то, что по нему отвечает сервер PostgreSQL"},
	{"the connection to the server was lost", "соединение с сервером потеряно"},
	{"read it again; what came before is not the whole", "прочитайте ещё раз: полученное до сих пор — не всё"},
	{"the server does not accept this user and password", "сервер не принимает этого пользователя с этим паролем"},
	{"check the user in the address and the password in it, in PGPASSWORD or in PGPASSFILE", "проверьте пользователя в адресе и пароль — в адресе, в PGPASSWORD или в PGPASSFILE"},
	{"the server does not let this user in from here", "сервер не впускает этого пользователя отсюда"},
	{"check the user and sslmode; the server's pg_hba.conf decides who may connect from where", "проверьте пользователя и sslmode; кому и откуда можно входить, решает pg_hba.conf сервера"},
	{"there is no such database on the server", "такой базы данных на сервере нет"},
	{"check the name at the end of the address", "проверьте имя в конце адреса"},
	{"the server has no connection to spare", "у сервера нет свободных соединений"},
	{"use fewer workers, or try later", "уменьшите --workers или повторите позже"},
	{"the server is starting up or shutting down", "сервер запускается или останавливается"},
	{"try again in a moment", "повторите чуть позже"},
	{"this user may not read it", "у этого пользователя нет права это читать"},
	{"GRANT SELECT on the table and USAGE on its schema to the user", "дайте пользователю право: GRANT SELECT на таблицу и GRANT USAGE на её схему"},
	{"GRANT SELECT on the table to the user", "дайте пользователю право: GRANT SELECT на таблицу"},
	{"GRANT USAGE on the schema to the user", "дайте пользователю право: GRANT USAGE на схему"},
	{"the server ended the query: it took too long or was cancelled", "сервер прервал запрос: он шёл слишком долго или был отменён"},
	{"raise the statement timeout", "увеличьте statement_timeout"},
	{"somebody else holds a lock on it", "её удерживает чужая блокировка"},
	{"try again when the other transaction is over, or raise the lock timeout", "повторите, когда та транзакция закончится, или увеличьте lock_timeout"},
	{"a value holds characters that the server cannot turn into UTF-8", "в значении есть знаки, которые сервер не может перевести в UTF-8"},
	{"the database holds bytes that are not of its declared encoding", "в базе данных есть байты не той кодировки, что у неё объявлена"},
	{"the server does not support what a consistent reading needs", "сервер не умеет того, что нужно для согласованного чтения"},
	{"connect to PostgreSQL itself, not to a look-alike or a pooler", "подключитесь к самому PostgreSQL, а не к похожей базе или пулу соединений"},
	{"the table is not in a state to be read", "таблица сейчас в таком состоянии, что её не прочитать"},
	{"a materialized view may need REFRESH", "материализованному представлению может быть нужен REFRESH"},
	{"the server ended the connection", "сервер разорвал соединение"},
	{"the server cannot read its own data (SQLSTATE %s)", "сервер не может прочитать собственные данные (SQLSTATE %s)"},
	{"look into the server's log; the disk or the table may be damaged", "посмотрите журнал сервера: возможно, повреждён диск или таблица"},
	{"the server is out of memory, disk or connections (SQLSTATE %s)", "серверу не хватает памяти, диска или соединений (SQLSTATE %s)"},
	{"try again with fewer workers", "повторите, уменьшив --workers"},
	{"the server refused the query (SQLSTATE %s)", "сервер отклонил запрос (SQLSTATE %s)"},
	{"the server's log has the details", "подробности в журнале сервера"},
	{"the connection that held the snapshot is gone, and another moment is not mixed in", "пропало соединение, державшее снимок данных, а данные другого мгновения к нему не примешиваются"},
	{"start again: parts that are done belong to the old moment", "начните заново: прочитанные части относятся к прежнему мгновению"},
	{"the table was rewritten or altered meanwhile", "таблицу тем временем перезаписали или изменили"},
	{"a pattern of table names is not well formed", "шаблон имён таблиц записан неверно"},
	{"there is no such table in this database", "такой таблицы в этой базе данных нет"},
	{"the range of this part is not one of ours", "границы этой части не наши"},
	{"the address of the database cannot be read", "адрес базы данных не разобрать"},
	{"write postgres://user@host:port/database", "пишите postgres://user@host:port/database"},
	{"write special characters of the password as %%40 for @, %%2F for /, %%3F for ?, %%23 for #, %%25 for %%, %%20 for a space, or use PGPASSWORD or PGPASSFILE", "пишите особые знаки пароля как %%40 (@), %%2F (/), %%3F (?), %%23 (#), %%25 (%%), %%20 (пробел) или пользуйтесь PGPASSWORD или PGPASSFILE"},
	{"the port is a number from 1 to 65535", "порт — число от 1 до 65535"},
	{"the materialized view holds no rows yet", "в материализованном представлении ещё нет строк"},
	{"REFRESH MATERIALIZED VIEW, then read again", "выполните REFRESH MATERIALIZED VIEW и прочитайте ещё раз"},
	{"a foreign table: its rows live on another server", "внешняя таблица: её строки на другом сервере"},
	{"read that server itself, or ask for foreign tables too", "читайте тот сервер сам или попросите и внешние таблицы"},
	{"the database holds large objects, which are not read", "в базе данных есть большие объекты, они не читаются"},
	{"export them to files (lo_export) and scan those", "выгрузите их в файлы (lo_export) и сканируйте файлы"},
	{"this user may not read the columns %s", "у этого пользователя нет права читать колонки %s"},
	{"row security may hide rows of the table from this user", "защита строк может скрывать от этого пользователя часть строк таблицы"},
	{"read as the owner of the table or as a user with BYPASSRLS", "читайте от имени владельца таблицы или пользователя с BYPASSRLS"},
	{"the server sent a row of another width", "сервер прислал строку другой ширины"},
	{"the server sent a value of another length than its type has", "сервер прислал значение не той длины, что у его типа"},
	{"column %s holds binary values; they are not looked into", "в колонке %s двоичные значения; они не просматриваются"},
	{"values that are not UTF-8 are taken as windows-1251: the database does not know its encoding", "значения не в UTF-8 приняты за windows-1251: база данных не знает своей кодировки"},
	{"fewer rows came than the server says it sent", "строк пришло меньше, чем, по словам сервера, отправлено"},

	// writing
	{"this is a symbolic link that leads nowhere", "это символическая ссылка, ведущая в никуда"},
	{"make the folder it should lead to, or name another one", "создайте папку, на которую она указывает, или назовите другую"},
	{"an export cannot take the place of the root folder", "выгрузка не может встать на место корневой папки"},
	{"name a folder in it", "назовите папку внутри неё"},
	{"something that is no folder stands where the stage of this export should be: %s", "на месте рабочей папки выгрузки стоит не папка: %s"},
	{"remove it, or choose another folder", "уберите её или выберите другую папку"},
	{"another run is writing this export", "эту выгрузку уже пишет другой запуск"},
	{"wait for it to end, or choose another folder", "дождитесь его конца или выберите другую папку"},
	{"the folder holds files that are no export of ours", "в папке лежат файлы, которые не являются нашей выгрузкой"},
	{"name a folder that does not exist yet", "назовите папку, которой ещё нет"},
	{"something that is no folder has this name", "это имя носит не папка"},
	{"the folder holds an earlier export and something else, which would be lost: %q", "в папке лежит прежняя выгрузка и ещё что-то, что пропало бы: %s"},
	{"move it away, or name a folder that does not exist yet", "уберите это оттуда или назовите папку, которой ещё нет"},
	{"this name would leave the target folder", "это имя вывело бы за пределы папки выгрузки"},
	{"an export has its own %s, which this would become", "у выгрузки есть свой %s, им бы это и стало"},
	{"give the source another name, or leave it out with --exclude", "дайте источнику другое имя или исключите его через --exclude"},
	{"two objects would become the same file", "два объекта стали бы одним файлом"},
	{"export them into two folders", "выгрузите их в две папки"},
	{"no file can have this name", "файла с таким именем быть не может"},
	{"a name is longer than %d bytes, which is as long as a file's may be", "имя длиннее %s байт, а имени файла длиннее быть нельзя"},
	{"a part of %q was not committed", "часть объекта %s не завершена"},
	{"object %q was not accepted before", "объект %s не был принят"},
	{"the stage was discarded", "рабочая папка выгрузки удалена"},
	{"an unfinished file is left in the stage", "в рабочей папке выгрузки остался незаконченный файл"},
	{"the export is published, but the disk did not say that it is safe against a power cut", "выгрузка опубликована, но диск не подтвердил, что она переживёт отключение питания"},
	{"check the disk", "проверьте диск"},
	{"the export is published, but the earlier one could not be removed: %s", "выгрузка опубликована, но прежнюю не удалось удалить: %s"},
	{"remove it by hand: it holds data", "удалите её сами: в ней данные"},
	{"the export is published, but its stage could not be removed: %s", "выгрузка опубликована, но её рабочую папку не удалось удалить: %s"},
	{"remove it by hand", "удалите её сами"},

	// gates of an export, and the ledger
	{"this format cannot be written back byte for byte", "этот формат нельзя записать обратно байт в байт"},
	{"export to csv or jsonl", "выгружайте в csv или jsonl"},
	{"rows must be left out, and this format cannot leave out rows", "часть строк надо исключить, а этот формат исключать строки не позволяет"},
	{"column %q is not what its first rows said", "колонка %s — не то, чем казалась по первым строкам"},
	{"column %q turned out to be %s only later: do not use this result, run it again", "то, что в колонке %s — %s, выяснилось слишком поздно: этим результатом не пользуйтесь, запустите ещё раз"},
	{"column %q now holds %s, which the survey did not see: the source has changed, run the export again", "в колонке %s теперь есть %s, чего при первом чтении не было: источник изменился, повторите выгрузку"},
	{"column %q says whose rows are left out, and no such object was read: correct its name in the map, or read it too", "колонка %s решает, чьи строки исключить, а такой объект не прочитан: исправьте его имя в карте или прочитайте и его"},
	{"there is no column %q, which the map says decides whose rows are left out: correct its name in the map", "нет колонки %s, которая по карте решает, чьи строки исключить: исправьте её имя в карте"},
	{"%s: generalize %s further, or leave one out", "%s: обобщите сильнее %s или уберите что-то из этого"},
	{"%d of %d rows are in classes of fewer than %d; the profile lets %g %% be left out", "строк в группах меньше %[3]s похожих: %[1]s из %[2]s; профиль позволяет исключить %[4]s %%"},
	{"the finished result still holds %d findings, such as %s", "в готовом результате остались находки, %s, например %s"},
	{"%s in column %q", "%s в колонке %s"},
	{"no column of the source may leave", "ни одной колонке источника нельзя наружу"},
	{"compare the names in the map with those that a scan of the source shows", "сравните имена в карте с теми, что показывает сканирование источника"},
	{"ledger line %d", "учёт, запись %s"},
	{"last entry", "последняя запись"},
	{"last entry: %s", "последняя запись: %s"},
	{"the last line is torn", "последняя строка оборвана"},
	{"the chain is broken: an entry is missing or was moved", "цепочка нарушена: записи не хватает, или её переставили"},
	{"this is no entry", "это не запись учёта"},
	{"the entry was changed", "запись изменена"},
	{"the entry was changed: it is not written as it was", "запись изменена: она записана не так, как была"},
	{"somebody has changed the file, or a disk has; keep it and find out", "файл изменил кто-то или сам диск; сохраните его и выясните причину"},

	// keys and methods
	{"key: the place is empty; give a file, env:NAME or cmd:COMMAND", "ключ: место не названо; нужен файл, env:ИМЯ или cmd:КОМАНДА"},
	{"key: the environment variable %s is not set", "ключ: переменная окружения %s не задана"},
	{"key: this looks like a key itself, not like the place of one; write it to a file of mode 0600 and name that", "ключ: это похоже на сам ключ, а не на место, где он лежит; запишите его в файл с правами 0600 и назовите файл"},
	{"the key command", "команда ключа"},
	{"a key is 64 hexadecimal digits, this has %d characters", "ключ — 64 шестнадцатеричные цифры, а здесь знаков: %s"},
	{"a key is 64 hexadecimal digits, this has other characters", "ключ — 64 шестнадцатеричные цифры, а здесь есть другие знаки"},
	{"a key of zeros is no secret", "ключ из нулей — не секрет"},
	{"key: %w", "ключ: %s"},
	{"key: %s is a folder", "ключ: %s — папка"},
	{"key: others may read %s (mode %04o); run chmod 600 on it", "ключ: %s могут читать другие (права %s); выполните chmod 600"},
	{"key: cannot read %s", "ключ: не удаётся прочитать %s"},
	{"key: open %s: no such file or directory", "ключ: нет такого файла: %s"},
	{"key: open %s: permission denied", "ключ: нет доступа к %s"},
	{"key: the key command took too long", "ключ: команда ключа работала слишком долго"},
	{"key: the key command failed with exit code %d", "ключ: команда ключа закончилась с кодом %s"},
	{"key: the key command could not be started", "ключ: команду ключа не удалось запустить"},
	{"m2.identifier needs a key", "для m2.identifier нужен ключ"},
	{"%s.%s: m2.identifier needs a key: name one with --key-file", "%s.%s: для m2.identifier нужен ключ: назовите его через --key-file"},
	{"%s: m2.identifier needs a key: name one with --key-file", "%s: для m2.identifier нужен ключ: назовите его через --key-file"},
	{"name one with --key-file", "назовите его через --key-file"},
	{"m2.identifier: the face valid makes numbers that may be somebody's; an export under a policy takes opaque or shaped", "m2.identifier: вид valid даёт номера, которые могут кому-то принадлежать; для выгрузки по политике годятся opaque и shaped"},
	{"m2.identifier: unknown face %q; known are opaque, shaped, valid", "m2.identifier: неизвестный вид %s; есть opaque, shaped, valid"},
	{"m2.identifier: the face %s needs a kind", "m2.identifier: для вида %s нужно, чтобы был известен kind"},
	{"m2.identifier: %s has no face %s, only opaque", "m2.identifier: у %s нет вида %s, есть только opaque"},
	{"m4.generalize: to and round exclude each other", "m4.generalize: to и round исключают друг друга"},
	{"m4.generalize: bottom and top of dates are years", "m4.generalize: для дат bottom и top — годы"},
	{"m4.generalize: to region takes neither round nor bottom nor top", "m4.generalize: с to: region не бывает round, bottom и top"},
	{"m4.generalize needs to (year, year5, region), round, bottom or top", "m4.generalize: нужно одно из: to (year, year5, region), round, bottom, top"},
	{"m4.generalize: round is a step above zero", "m4.generalize: round — шаг больше нуля"},
	{"m4.generalize: unknown to %q; known are year, year5, region", "m4.generalize: неизвестное to %s; есть year, year5, region"},
	{"m4.generalize: bottom and top are finite numbers", "m4.generalize: bottom и top — конечные числа"},
	{"m4.generalize: bottom is not below top", "m4.generalize: bottom не меньше top"},
	{"m4.mask: keep is negative", "m4.mask: keep отрицательно"},
	{"%s does not take %q", "%s не принимает %s"},
	{"unknown method %q; known are %s", "неизвестный метод %s; есть %s"},
	{"ff1: radix, length or tweak out of range", "ff1: основание, длина или поправка вне пределов"},
	{"ff1: the domain is too large", "ff1: область слишком велика"},
	{"ff1: the domain is smaller than a million", "ff1: область меньше миллиона"},
	{"risk: the counter is closed", "счётчик групп закрыт"},
	{"risk: cannot write or read the temporary file of hashes; is the disk full?", "не удаётся записать или прочитать временный файл хешей; не полон ли диск?"},

	// files of rules
	{"the file is longer than %d KiB", "файл длиннее %s КиБ"},
	{"the file is not UTF-8", "файл не в UTF-8"},
	{"save the file as UTF-8", "сохраните файл в UTF-8"},
	{"this is not readable as YAML", "это не читается как YAML"},
	{"unexpected key name", "ключ стоит не на месте: проверьте отступ и двоеточие"},
	{"could not find expected ':'", "не хватает двоеточия"},
	{"found character '\t' that cannot start any token", "с этого знака ничего начинаться не может: отступают пробелами, не табуляцией"},
	{"found a tab character where an indentation space is expected", "отступают пробелами, не табуляцией"},
	{"sequence end token ']' not found", "нет закрывающей скобки ]"},
	{"could not find end character of double-quoted text", "нет закрывающей двойной кавычки"},
	{"could not find end character of single-quoted text", "нет закрывающей одинарной кавычки"},
	{"could not find flow mapping end token '}'", "нет закрывающей скобки }"},
	{"value is not allowed in this context", "значение стоит не на месте"},
	{"non-map value is specified", "здесь нужны ключи со значениями"},
	{"unexpected map key", "ключ стоит не на месте"},
	{"unexpected map key-value pair", "ключ со значением стоит не на месте"},
	{"could not find value for mapping key", "у ключа нет значения"},
	{"expected map key-value delimiter ':'", "не хватает двоеточия"},
	{"found an invalid key for this map", "такого ключа здесь быть не может"},
	{"map key definition includes an implicit line break", "ключ разорван переводом строки"},
	{"block sequence entries are not allowed in this context", "список стоит не на месте"},
	{"undefined alias name", "имя ссылки YAML не названо"},
	{"unexpected end content", "файл кончается раньше времени"},
	{"found unknown escape character %q", "неизвестный знак после обратной косой черты: %s"},
	{"mapping value is not allowed in this context", "ключ со значением стоит не на месте"},
	{"the file holds %d YAML documents instead of one", "документов YAML в файле %s, а должен быть один"},
	{"the line is too long", "строка слишком длинная"},
	{"the file is nested too deeply", "слишком глубокая вложенность"},
	{"%s is a text", "%s — текст"},
	{"put it between double quotes", "возьмите его в двойные кавычки"},
	{"%s is out of range", "%s вне допустимых пределов"},
	{"%s must be %s", "%s: здесь нужно: %s"},
	{"%s must be %s or more", "%s: не меньше %s"},
	{"%s must be %s or less", "%s: не больше %s"},
	{"%s is empty, expected %s", "%s: пусто, а здесь нужно: %s"},
	{"a text", "текст"},
	{"true or false", "true или false"},
	{"a whole number", "целое число"},
	{"a number", "число"},
	{"a list", "список"},
	{"keys with values", "ключи со значениями"},
	{"a word", "слово"},
	{"a key", "ключ"},
	{"the file", "файл"},
	{"anchors, aliases and tags are not read", "якоря, ссылки и теги YAML не читаются"},
	{"write it out", "запишите полностью"},
	{"leave the key out if there is nothing to say", "если сказать нечего, уберите ключ"},
	{"the %s %q stands in the list twice", "%s %s стоит в списке дважды"},
	{"unknown key %q", "неизвестный ключ %s"},
	{"the key %q stands here twice", "ключ %s стоит здесь дважды"},
	{"the key %q is missing%s", "нет ключа %s%s"},
	{" in %s", " в %s"},
	{"%s cannot be %q", "%s: значения %s не бывает"},
	{"%s is not of the right form", "%s: неверная запись"},
	{"there are two %s %q", "имя дано дважды: %s %s"},
	{"there is no %s %q", "нет такого имени: %s %s"},
	{"did you mean %q?", "может быть, %s?"},
	{"one of %s", "одно из: %s"},
	{"small Latin letters, digits, _ and -, beginning with a letter", "строчные латинские буквы, цифры, _ и -, начиная с буквы"},
	{"such as %s", "например, %s"},
	{"such as P1Y, P30D or P10BD (working days)", "например, P1Y, P30D или P10BD (рабочие дни)"},
	{"64 hex digits in lower case", "64 шестнадцатеричные цифры строчными буквами"},
	{"two capital letters of ISO 3166, such as RU", "две заглавные буквы по ISO 3166, например RU"},
	{"it may not be empty", "пустым быть не может"},
	{"an object about nobody has no subject", "у объекта ни о ком (nobody) нет субъекта"},
	{"leave out one of the two", "уберите одно из двух"},
	{"an object about nobody has no column %q that tells something about a person", "у объекта ни о ком (nobody) не может быть колонки %s, которая говорит о человеке"},
	{"name the subject: which column says whom a row is about?", "назовите субъект (subject): какая колонка говорит, о ком строка?"},
	{"columns of a kind share identifiers by their kind, not by a domain", "у колонок с kind идентификаторы общие по виду данных, а не по domain"},
	{"leave out domain, or kind if this is none", "уберите domain — или kind, если это не он"},
	{"there is no built-in %s %q", "встроенного имени нет: %s %s"},
	{"there are: %s", "есть: %s"},
	{"the map is made for policy %q, not %q", "карта сделана для политики %s, а не %s"},
	{"map, %s.%s: the policy has no %s %q", "карта, %s.%s: в политике нет: %s %s"},
	{"there is no plan without a decision that allows the export", "без разрешающего решения нет и плана"},
	{"there is no plan without a map", "без карты нет и плана"},
	{"the decision was made with profile %q, not %q", "решение принято с профилем %s, а не %s"},
	{"%s.%s: no profile says how to change it", "%s.%s: профиль не говорит, как это менять"},
	{"%s.%s: decided as %s, but the profile says %s", "%s.%s: решено %s, а в профиле %s"},
	{"values of kind %s: %w", "значения вида %s: %s"},
	{"values of kind %s", "значения вида %s"},
	{"other values: %w", "прочие значения: %s"},
	{"not an outcome", "это не исход решения"},
	{"policy %s and its source differ: %s", "политика %s расходится с источником: %s"},
	{"another text in %s", "другой текст в %s"},
	{"not in the source: %s", "нет в источнике: %s"},
	{"the clauses are the same, but the text around them has changed", "пункты те же, но текст вокруг них изменился"},

	// decisions
	{"the recipient is not named in the policy", "получатель в политике не назван"},
	{"there is no such export in the policy", "такой выгрузки в политике нет"},
	{"the purpose is not named in the policy", "цель в политике не названа"},
	{"the export is not made for this purpose", "выгрузка не для этой цели"},
	{"the export does not go to this recipient", "выгрузка не для этого получателя"},
	{"this recipient gets nothing for this purpose", "для этой цели получателю ничего не положено"},
	{"the map names no column that says who has consented", "карта не называет колонки, где видно, кто дал согласие"},
	{"no column is asked for that the map knows", "ни одна из запрошенных колонок в карте не значится"},
	{"the map does not know this column", "этой колонки в карте нет"},
	{"such data may not be here at all", "таких данных здесь быть не должно"},
	{"nobody has said which kind of data this is", "никто не сказал, какой это вид данных"},
	{"nobody has said what this is", "никто не сказал, что это"},
	{"nobody has said which category of the policy this is", "никто не сказал, какая это категория политики"},
	{"the policy declares no such data here", "таких данных политика здесь не объявляет"},
	{"the export does not hold this category", "этой категории в выгрузке нет"},
	{"collected for other purposes", "собрано для других целей"},
	{"the recipient may not have it", "получателю это не положено"},
	{"a special category or biometrics", "специальная категория или биометрия"},
	{"the recipient is in %s", "получатель находится в стране: %s"},
	{"a country the policy does not name", "политика её не называет"},
	{"keep the record of cross-border transfer to %s with the export", "хранить вместе с выгрузкой запись о трансграничной передаче (%s)"},
	{"%s: not in the list, so the regulator's answer to the notice is awaited before anything is sent", "%s: страны нет в перечне, поэтому до передачи надо дождаться ответа регулятора на уведомление"},
	{"every column asked for stays behind", "из запрошенных колонок не остаётся ни одной"},
	{"the map names no column for %q: leave these people's rows out by hand", "карта не называет колонки для признака %s: исключить строки этих людей вручную"},
	{"the map names no column for \"blocked\": leave these people's rows out by hand", "карта не называет колонки, где видно, кто заблокирован: исключить строки этих людей вручную"},
	{"the map names no column for \"deleted\": leave these people's rows out by hand", "карта не называет колонки, где видно, кто удалил аккаунт: исключить строки этих людей вручную"},
	{"the map names no column for \"under age\": leave these people's rows out by hand", "карта не называет колонки с датой рождения: исключить строки несовершеннолетних вручную"},
	{"%s: nobody has said whom its rows are about, so rows of people left out by %s would leave: write subject: COLUMN into the map%s", "%s: никто не сказал, о ком его строки, и строки людей, исключённых по %s, ушли бы наружу: впишите в карту subject: КОЛОНКА%s"},
	{", or nobody: true if they are about no person", " или nobody: true, если они ни о ком"},
	{", for a column of it holds ids of the same people: %s", ": идентификаторы тех же людей — в колонке %s"},
	{"the data may leave depersonalized only", "данные можно выпустить только обезличенными"},
	{"the profile is made for other exports", "профиль сделан для других выгрузок"},
	{"the profile says nothing about this column", "профиль об этой колонке ничего не говорит"},
	{"the profile leaves it out", "профиль её не выпускает"},
	{"the profile lets nothing of this out", "профиль ничего такого не выпускает"},
	{"%s would leave as it is", "%s ушло бы как есть"},
	{"the profile would let findings in the result pass", "профиль пропустил бы находки в результате"},
	{"the profile asks for smaller groups than the export does", "профиль требует групп меньше, чем выгрузка"},
	{"the profile leaves out more rows than the export allows", "профиль исключает больше строк, чем позволяет выгрузка"},
	{"the result would be stored with the source", "результат лёг бы рядом с источником"},
	{"the key lies beside the %s", "ключ лежит рядом: %s"},
	{"the key lies beside the source", "ключ лежит рядом с источником"},
	{"the key lies beside the result", "ключ лежит рядом с результатом"},
	{"the profile lies beside the result", "профиль лежит рядом с результатом"},
	{"what is handed over %s", "передаваемое выдаёт лишнее: %s"},
	{"holds the key", "в нём ключ"},
	{"holds the profile", "в нём профиль"},
	{"names the program", "в нём названа программа"},
	{"names a method", "в нём назван метод"},
	{"%s is a method of clause %s of annex 2 to Order 140, and %s demands your local act with %s: write its number into the profile, acts: {%s: \"…\"}", "%s — метод п. %s прил. 2 к приказу № 140, а %s требует вашего локального акта, где определены %s: впишите его номер в профиль, acts: {%s: \"…\"}"},
	{"the built-in profile names no act, so give a profile of your own", "встроенный профиль акта не называет, поэтому нужен ваш собственный"},
	{"; the built-in profile names no act, so give a profile of your own", "; встроенный профиль акта не называет, поэтому нужен ваш собственный"},
	{"annex 1 cl. %s", "прил. 1 п. %s"},
	{"the rules of changing, deleting and distorting data", "правила изменения, удаления и искажения данных"},
	{"the algorithm and the offset of the permutation", "алгоритм и сдвиг перемешивания"},
	{"the rules of division and the places of the parts", "правила разделения и места хранения частей"},
	{"record what is depersonalized before the start", "до начала записать, что обезличивается"},
	{"assess that the methods are sufficient", "оценить достаточность методов"},
	{"scan the result and test re-identification, and publish nothing that fails", "проверить результат сканированием и попыткой деобезличивания и не публиковать не прошедшее"},
	{"keep source, result, key and local acts in different places", "хранить источник, результат, ключ и локальные акты в разных местах"},
	{"account for every action, also later ones with the result", "учитывать каждое действие, и позднейшие с результатом тоже"},
	{"tell third parties nothing about methods, parameters and software", "не сообщать третьим лицам о методах, параметрах и программах"},

	// the law and the policies that come with the program
	{"the notice of cross-border transfer to this country (152-FZ art. 12) and the operator's assessment of the recipient", "уведомление о трансграничной передаче в эту страну (152-ФЗ, ст. 12) и оценка получателя оператором"},
	{"the regulator's answer that does not ban transfer to a country outside of the list of Order 128 (152-FZ art. 12)", "ответ регулятора, не запрещающий передачу в страну вне перечня приказа № 128 (152-ФЗ, ст. 12)"},
	{"the number and date of the state body's written request, with its legal basis", "номер и дата письменного запроса государственного органа с правовым основанием"},
	{"SENS, a dating service", "SENS, сервис знакомств"},
	{"the operator's written answer whether recipients of tables 1 and 3 may get what the service collects by itself", "письменный ответ оператора, можно ли получателям таблиц 1 и 3 то, что сервис собирает сам"},
	{"the operator's written answer which rules hold for cookies: the exclusion in 1.2.4 or the list in App. 1", "письменный ответ оператора, что верно для cookie: исключение в п. 1.2.4 или перечень в прил. 1"},
	{"the operator's written answer on what ground other people's words in chats are handed over, and who has looked for special categories in them", "письменный ответ оператора, на каком основании передаются чужие слова в переписке и кто искал в них специальные категории"},
	{"the written consent of the person who wrote to support", "письменное согласие того, кто писал в поддержку"},
	{"destroy the depersonalized copy when the earlier of two clocks of five years ends", "уничтожить обезличенную копию, когда истечёт первый из двух пятилетних сроков"},
	{"hand over the data of people who sign in through this very service only", "передавать данные лишь тех, кто входит именно через этот сервис"},
	{"hand over what the request asks for and no more", "передать то, о чём просит запрос, и не больше"},
	{"the policy leaves cookies out, and lists them as data", "политика и исключает cookie, и называет их среди данных"},
	{"five years begin when use stops, or when the data were depersonalized", "пять лет считаются то с прекращения пользования, то с обезличивания"},
	{"App. 1 leans on two clauses that are not there", "прил. 1 опирается на два пункта, которых нет"},
	{"recipients get what people provide; data the service collects are another class", "получателям — то, что люди ввели сами; собранное сервисом — другой класс данных"},
	{"chats hold other people's data and words", "в переписке чужие данные и чужие слова"},
	{"chats and wishes about partners may tell of intimate life, which is declared nowhere", "переписка и пожелания о партнёре могут говорить об интимной жизни, а она нигде не объявлена"},

	// drafts
	{"What our columns are. Drafted by a scan: review every line, then keep it with the policy.", "Что есть наши колонки. Набросок по сканированию: проверьте каждую строку и храните вместе с политикой."},
	{"A column without a category stays behind; class: plain says that it tells nothing about anybody.", "Колонка без category наружу не идёт; class: plain значит, что она ни о ком ничего не говорит."},
	{"subject: which column says whom a row is about? If its rows are about no person, nobody: true", "subject: какая колонка говорит, о ком строка? Если строки ни о ком, то nobody: true"},
	{"what is this? scan saw: %s", "что это? сканирование нашло: %s"},
	{"what is this?", "что это?"},
	{"How each kind and column is treated. Keep it secret: Order 140, annex 1 cl. 2(2).", "Как обезличивается каждый вид и каждая колонка. Храните в тайне: приказ № 140, прил. 1 п. 2(2)."},
	{"numbers of your local acts; a method of clause 4, 10 or 11 is refused without one", "номера ваших локальных актов; методы пп. 4, 10 и 11 без них не применяются"},
	{"the first match wins", "действует первое совпадение"},

	// the command line
	{"--lang is ru or en", "--lang: ru или en"},
	{"--policy is missing: name a built-in policy (bezlik policy list) or a file", "нет --policy: назовите встроенную политику (bezlik policy list) или файл"},
	{"policy %q: neither built in (%s) nor a file that can be read", "политика %s: нет ни среди встроенных (%s), ни среди файлов, которые можно прочитать"},
	{"%s: this is no %s: the line \"schema: %s\" is missing", "%s: это другой файл, %s не таков: нет строки «schema: %s»"},
	{"%s: this is no policy: the line \"schema: %s\" is missing", "%s: это не политика: нет строки «schema: %s»"},
	{"%s: this is no map: the line \"schema: %s\" is missing", "%s: это не карта: нет строки «schema: %s»"},
	{"%s: this is no profile: the line \"schema: %s\" is missing", "%s: это не профиль: нет строки «schema: %s»"},
	{"map %q cannot be read", "карту %s не прочитать"},
	{"profile %q cannot be read", "профиль %s не прочитать"},
	{"--now is a date like 2026-01-31", "--now — дата вида 2026-01-31"},
	{"--export is missing: policy %s has %s", "нет --export: в политике %s есть %s"},
	{"--export %s: policy %s has no such export; it has %s", "--export %s: в политике %s такой выгрузки нет; есть %s"},
	{"--recipient is missing: name who gets it", "нет --recipient: назовите получателя"},
	{"--with-document %s: no such document; known are %s", "--with-document %s: такого документа нет; есть %s"},
	{"decide needs --map: draft one with bezlik map draft SOURCE --policy %s", "для decide нужна карта (--map): её набросает bezlik map draft ИСТОЧНИК --policy %s"},
	{"--format is text or json", "--format: text или json"},
	{"--format is text or jsonl", "--format: text или jsonl"},
	{"--min-score is above 0 and at most 1", "--min-score больше 0 и не больше 1"},
	{"--fail-on %s: neither any, none, a class nor a kind", "--fail-on %s: это не any, не none, не класс и не вид"},
	{"--as %s: unknown format; known are %s", "--as %s: неизвестный формат; есть %s"},
	{"the pattern %q is not well formed", "шаблон %s записан неверно"},
	{"this file URL cannot be read", "этот адрес file: не разобрать"},
	{"unknown kind of source %q: known are paths, -, postgres://, sqlite:", "неизвестный вид источника %s: бывают пути, -, postgres://, sqlite:"},
	{"%s:%d: this is no line of a report", "%s:%s: это не строка отчёта"},
	{"%s %s is the source itself: name another file", "%s %s — сам источник: назовите другой файл"},
	{"%s %s lies inside the source %s: name a place outside of it", "%s %s лежит внутри источника %s: назовите место вне его"},
	{"--ledger %s lies inside the export, which a later one replaces: name a place outside of it", "--ledger %s лежит внутри выгрузки, а следующая её заменит: назовите место вне её"},
	{"--to is a folder: %s is none", "--to — папка, а %s — нет"},
	{"--to-format is csv, jsonl or own", "--to-format: csv, jsonl или own"},
	{"--entries is 1 or more", "--entries: 1 или больше"},
	{"--head is 64 hexadecimal digits", "--head: 64 шестнадцатеричные цифры"},
	{"--world %s: the only world so far is sens", "--world %s: пока есть только sens"},
	{"--people is between %d and 1000000: among fewer, too many rows are unlike any others to be let out", "--people — от %s до 1000000: среди меньшего числа людей слишком многие строки ни на кого не похожи и наружу не пойдут"},
	{"the demo expected exit code %d, and got %d", "demo ожидала код %s, а вышел %s"},
	{"unknown command %q for %q", "неизвестная команда %s для %s"},
	{"Did you mean this?", "Может быть, это?"},
	{"unknown flag: %s", "неизвестный флаг: %s"},
	{"unknown shorthand flag: %q in %s", "неизвестный короткий флаг: %s в %s"},
	{"unknown shorthand flag: %s in %s", "неизвестный короткий флаг: %s в %s"},
	{"bad flag syntax: %s", "флаг записан неверно: %s"},
	{"flag needs an argument: %s", "флагу нужно значение: %s"},
	{"invalid argument %q for %q flag: %s", "значение %s не годится для флага %s: %s"},
	{"required flag(s) %s not set", "не хватает обязательных флагов: %s"},
	{"accepts %d arg(s), received %d", "аргументов должно быть %s, а их %s"},
	{"requires at least %d arg(s), only received %d", "аргументов должно быть не меньше %s, а их %s"},

	// help
	{"Finds Russian personal data; lets out only what a privacy policy allows, depersonalized", "Находит персональные данные; выпускает лишь то, что позволяет политика, и обезличенным"},
	{"language of texts for people: ru or en", "язык текстов для людей: ru или en"},
	{"no notes and no progress on stderr", "без заметок и хода работы в stderr"},
	{"Help about any command", "Справка о командах"},
	{"Generate the autocompletion script for the specified shell", "Сценарий автодополнения для оболочки"},
	{"Generate the autocompletion script for %s", "Сценарий автодополнения для %s"},
	{"disable completion descriptions", "без пояснений к дополнениям"},
	{"The whole story on made-up data", "Вся дорога на выдуманных данных"},
	{"which service is made up", "какой сервис выдуман"},
	{"how many people are made up", "сколько людей выдумано"},
	{"Export what the policy allows, depersonalized, checked and accounted for", "Выгрузить то, что позволяет политика: обезличенным, проверенным и учтённым"},
	{"Export what the policy allows. The source is read twice: once to learn what it holds, once to transform it by the plan\n" +
		"that the policy, the map and the profile give. With a map, the first rows are enough to learn from, unless the rest\n" +
		"turns out to be different. The finished result is read again and checked before it is published under its name, whole,\n" +
		"or not at all.",
		"Выгрузить то, что позволяет политика. Источник читается дважды: сначала чтобы узнать, что в нём есть, потом чтобы\n" +
			"обезличить его по плану, который дают политика, карта и профиль. Если есть карта, для начала хватает первых строк —\n" +
			"разве что остальные окажутся другими. Готовый результат читается заново, проверяется и публикуется под своим именем\n" +
			"целиком или никак."},
	{"which column is which (the scan's own verdict if left out)", "карта: какая колонка что значит (без неё — по выводам сканирования)"},
	{"which column is which: a reviewed draft of bezlik map draft (required)", "карта: какая колонка что значит, проверенный набросок bezlik map draft (обязательно)"},
	{"which column is which", "карта: какая колонка что значит"},
	{"what is exported: a path or URL", "что выгружается: путь или адрес"},
	{"the folder that the export becomes; it must not exist, or hold an earlier export", "папка выгрузки; её не должно быть, или в ней прежняя выгрузка"},
	{"csv, jsonl, or own: the source's own format, byte for byte but for changed cells", "csv, jsonl или own — формат источника, байт в байт, кроме изменённых ячеек"},
	{"key of tokens: a file, env:NAME or cmd:COMMAND; 64 hex digits", "ключ идентификаторов: файл, env:ИМЯ или cmd:КОМАНДА; 64 шестнадцатеричные цифры"},
	{"where actions are accounted for (in your state folder if left out)", "учёт действий (по умолчанию — в вашей папке состояния)"},
	{"of the decision: text or json", "вид решения: text или json"},
	{"how many workers (one a core if left out)", "сколько потоков работает (по умолчанию — по одному на ядро)"},
	{"Show and verify the account of actions with personal data", "Показать и проверить учёт действий с персональными данными"},
	{"Show and verify the account of actions with personal data: JSON lines, each bound to the one before by its hash.\n" +
		"The chain has no key. Who may write the file can write a whole new chain, or cut the end off: a change shows only to\n" +
		"those who noted the head (number of entries and last hash) elsewhere. Every export and every verify tells it.",
		"Показать и проверить учёт действий с персональными данными: строки JSON, каждая связана с предыдущей хешем.\n" +
			"Ключа у цепочки нет. Кто может писать в файл, тот может написать всю цепочку заново или отрезать конец: подмену увидит\n" +
			"лишь тот, кто записал в другом месте число записей и последний хеш. Их называет каждая выгрузка и каждая проверка."},
	{"the ledger (in your state folder if left out: BEZLIK_HOME, else ~/.local/state/bezlik)", "файл учёта (по умолчанию — в вашей папке состояния: BEZLIK_HOME, иначе ~/.local/state/bezlik)"},
	{"Print the entries", "Показать записи"},
	{"Verify the chain of entries, and compare it with a head noted before", "Проверить цепочку записей и сравнить с тем, что было записано раньше"},
	{"Verify the chain of entries and print its head. --entries and --head compare it with a head noted elsewhere: the\n" +
		"entry of that number must have that hash; later entries may follow.",
		"Проверить цепочку записей и назвать их число и последний хеш. --entries и --head сравнивают её с записанным раньше:\n" +
			"у записи с этим номером должен быть этот хеш; после неё могут стоять новые."},
	{"how many entries the chain had", "сколько записей было в цепочке"},
	{"the hash of its last entry then", "хеш последней записи тогда"},
	{"Mask a stream in flight: text, CSV, JSONL, Telegram in, the same out", "Маскировать поток на лету: текст, CSV, JSONL, Telegram на входе, то же на выходе"},
	{"Mask a stream in flight. The first 4 MiB decide what the columns hold; every value found is masked by the profile.\n" +
		"When the rest of the stream shows that the decision came too late, the exit code is 3 and the output must not be used.",
		"Маскировать поток на лету. Что в колонках, решают первые 4 МиБ; каждое найденное значение маскируется по профилю.\n" +
			"Если остаток потока показал, что решение запоздало, код завершения — 3, и выводом пользоваться нельзя."},
	{"how each kind and column is treated (everything personal becomes *** if left out)", "профиль: что делать с каждым видом и колонкой (без него всё личное станет ***)"},
	{"the format of the stream, whatever it looks like", "формат потока, на что бы он ни был похож"},
	{"Draft which column is which", "Набросать карту: какая колонка что значит"},
	{"Draft a map from a scan, for a person to review", "Набросать карту по сканированию; проверяет её человек"},
	{"policy: a built-in id or a file", "политика: имя встроенной или файл"},
	{"Say whether an export would be allowed, and which clause decides", "Сказать, можно ли это выгрузить и какой пункт так решает"},
	{"text or json", "text или json"},
	{"text or jsonl", "text или jsonl"},
	{"which of the policy's exports", "какая из выгрузок политики"},
	{"who gets it", "кто получает"},
	{"what for (the export's own purpose if left out)", "для какой цели (по умолчанию — цель самой выгрузки)"},
	{"depersonalization profile (the policy's own if left out)", "профиль обезличивания (по умолчанию — профиль политики)"},
	{"columns asked for: table.column, comma-separated (all if left out)", "какие колонки: таблица.колонка, через запятую (по умолчанию все)"},
	{"id of a document that is at hand", "имя документа, который есть на руках"},
	{"ask for the data as they are, without depersonalization", "просить данные как есть, без обезличивания"},
	{"decide as of this date, 2006-01-02 (today if left out)", "решать на эту дату, 2006-01-02 (по умолчанию — на сегодня)"},
	{"List, show, check and verify policies", "Список политик, показ, проверка и сверка с источником"},
	{"List the built-in policies", "Список встроенных политик"},
	{"Print a policy as it is read", "Показать политику, как она читается"},
	{"Check that a policy file is well formed", "Проверить, верно ли записан файл политики"},
	{"Prove that the clauses a policy cites still stand in its source text", "Сверить: пункты, на которые ссылается политика, стоят в её источнике"},
	{"the policy's own text", "сам текст политики"},
	{"Say what differs between two policies", "Сказать, чем различаются две политики"},
	{"Check and draft depersonalization profiles", "Проверка и набросок профилей обезличивания"},
	{"Check that a profile is well formed", "Проверить, верно ли записан профиль"},
	{"Draft a profile for a policy and a map", "Набросать профиль для политики и карты"},
	{"Find personal data in files, folders, databases and chats", "Найти персональные данные в файлах, папках, базах данных и переписке"},
	{"Find personal data. SOURCE is a path, - for the standard input, or a URL: postgres://user@host/db, sqlite:FILE.\n" +
		"Passwords come from PGPASSWORD, a password file or the URL.",
		"Найти персональные данные. SOURCE — путь, «-» (стандартный ввод) или адрес: postgres://user@host/db, sqlite:ФАЙЛ.\n" +
			"Пароль берётся из PGPASSWORD, файла паролей или адреса."},
	{"read files as this format, whatever they look like", "читать файлы как этот формат, на что бы они ни были похожи"},
	{"read only what matches: '*.csv', 'logs/**', 'users', 'crm.db!/users', 'public.*'", "читать только подходящее: '*.csv', 'logs/**', 'users', 'crm.db!/users', 'public.*'"},
	{"leave out what matches: names as the inventory shows them for one source; a pattern\n" +
		"without a slash is about the last name; what matches a file matches all in it",
		"исключить подходящее: имена — как в описи одного источника; шаблон без косой черты —\n" +
			"о последнем имени; что подходит файлу, подходит всему в нём"},
	{"write the report to this file (mode 0600)", "писать отчёт в этот файл (права 0600)"},
	{"exit with 1 on findings: any (all but organisation and technical), none, a class, or a kind",
		"код 1 при находках: any (все, кроме organisation и technical), none, класс (direct — прямой,\nquasi — косвенный, special — особый, organisation, technical) или вид"},
	{"report findings from this score up", "сообщать о находках с этой уверенности"},
	{"say why each column was judged as it was", "сказать, почему о колонке так решено"},
	{"show the values found", "показывать найденные значения"},
	{"files of a format we do not read count as not read", "считать файлы неизвестного формата непрочитанными"},
	{"keep finished parts in this file, and do not read them again", "запоминать прочитанное в этом файле и не читать заново"},
	{"key of the state (one is made in your state folder if left out)", "ключ состояния (по умолчанию создаётся в вашей папке состояния)"},
	{"Show a stored scan again in another format", "Показать сохранённое сканирование в другом виде"},
	{"Show a stored scan (scan --format jsonl) again in another format. The exit code is 3 when the scan was incomplete,\n" +
		"or when the file ends before the scan did.",
		"Показать сохранённое сканирование (scan --format jsonl) в другом виде. Код завершения — 3, если оно было неполным\n" +
			"или файл обрывается раньше, чем закончилось сканирование."},
	{"show the values, if the scan was stored with them", "показывать значения, если сканирование сохранено с ними"},
	{"Print the version", "Показать версию"},
}
