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
	// roles
	"sensitive": "чувствительный", "free_text": "свободный текст", "safe": "безопасный",
	// evidence
	"profile": "колонка в целом", "column": "имя колонки", "checksum": "контрольные цифры", "format": "запись", "keyword": "слово рядом",
	"structure": "строение", "dictionary": "словарь", "grammar": "грамматика", "composite": "из нескольких ячеек", "whole": "вся ячейка",
	"checksum_failed": "контрольные цифры неверны", "negative": "слово против", "synthetic": "наш идентификатор", "beside": "рядом данные человека",
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
