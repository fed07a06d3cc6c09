package corpus

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean is the kind of text in which there is no personal data at all: source code, logs, configurations, price
// lists, tables of numbers, and prose about things. Its numbers are random, so that some of them pass the check
// digits of any kind: whatever is reported in it is a false alarm. Only forms that a careful reader would take for a
// person's number too, such as sixteen digits in groups of four that pass as a card, are not among them.
const Clean = "clean"

// streamClean is far from the streams in corpus.go, which count up from 1.
const streamClean = 100

func (o *output) clean(opt Options) {
	c := newCleaner(opt.Seed)
	for o.more(&opt) {
		c.text = c.text[:0]
		c.block()
		for line := range bytes.SplitSeq(c.text, []byte{'\n'}) {
			o.buf = append(o.buf, line...)
			o.newline()
		}
	}
}

// A cleaner writes clean text by rules. A rule is a list of patterns, one of which is taken. In a pattern
//
//	‹name›        is what the rule or maker of that name writes
//	‹name:3-9›    is a maker with numbers to it
//	‹^name›       begins with a capital letter
//	‹1=name›      is kept, to be repeated as ‹1› in the same pattern
//	‹(a|b|c)›     is one of these words
//
// and all else stands for itself.
type cleaner struct {
	dice
	text  []byte
	rules map[string]*cleanRule
	kept  [4][2]int // places in text
}

type cleanRule struct{ patterns [][]cleanNode }

// A cleanNode is one piece of a pattern: literal, rule or maker.
type cleanNode struct {
	literal string
	rule    *cleanRule
	write   func(c *cleaner, a, b int)
	a, b    int
	capital bool
	keep    int // number of the place to keep it in, from 1
	repeat  int // number of the place to repeat, from 1
}

// newCleaner compiles the rules. It panics when they do not fit together: a test makes one.
func newCleaner(seed uint64) *cleaner {
	c := &cleaner{dice: newDice(seed, streamClean), rules: map[string]*cleanRule{}}
	for _, b := range cleanBlocks {
		for _, name := range []string{b.head, b.line, b.foot} {
			if name != "" {
				c.rule(name)
			}
		}
	}
	return c
}

// rule finds or compiles a rule.
func (c *cleaner) rule(name string) *cleanRule {
	if r := c.rules[name]; r != nil {
		return r
	}
	r := &cleanRule{}
	c.rules[name] = r
	var patterns []string
	if words, ok := cleanWords[name]; ok {
		patterns = strings.Fields(words)
	} else if lines, ok := cleanLines[name]; ok {
		patterns = strings.Split(strings.Trim(lines, "\n"), "\n")
	} else if pieces, ok := cleanPieces[name]; ok {
		patterns = strings.Split(strings.Trim(pieces, "\n"), "\n====\n")
	} else {
		panic("corpus: no rule " + name)
	}
	for _, p := range patterns {
		r.patterns = append(r.patterns, c.compile(p))
	}
	return r
}

func (c *cleaner) compile(pattern string) (nodes []cleanNode) {
	for {
		before, rest, found := strings.Cut(pattern, "‹")
		if before != "" {
			nodes = append(nodes, cleanNode{literal: before})
		}
		if !found {
			return nodes
		}
		inside, after, closed := strings.Cut(rest, "›")
		if !closed {
			panic("corpus: an open bracket in " + pattern)
		}
		nodes = append(nodes, c.node(inside))
		pattern = after
	}
}

func (c *cleaner) node(s string) (n cleanNode) {
	if len(s) == 1 && s[0] >= '1' && s[0] <= '4' {
		return cleanNode{repeat: int(s[0] - '0')}
	}
	if len(s) > 2 && s[1] == '=' {
		n.keep = int(s[0] - '0')
		s = s[2:]
	}
	s, n.capital = strings.CutPrefix(s, "^")
	if list, ok := strings.CutPrefix(s, "("); ok {
		n.rule = &cleanRule{}
		for word := range strings.SplitSeq(strings.TrimSuffix(list, ")"), "|") {
			n.rule.patterns = append(n.rule.patterns, []cleanNode{{literal: word}})
		}
		return n
	}
	name, args, _ := strings.Cut(s, ":")
	if n.write = cleanMakers[name]; n.write == nil {
		n.rule = c.rule(s)
		return n
	}
	from, to, _ := strings.Cut(args, "-")
	n.a, _ = strconv.Atoi(from) // a maker without numbers has none
	n.b, _ = strconv.Atoi(to)
	return n
}

func (c *cleaner) expand(r *cleanRule) {
	kept := c.kept
	nodes := r.patterns[c.n(len(r.patterns))]
	for i := range nodes {
		n := &nodes[i]
		from := len(c.text)
		switch {
		case n.repeat > 0:
			at := c.kept[n.repeat-1]
			c.text = append(c.text, c.text[at[0]:at[1]]...)
		case n.rule != nil:
			c.expand(n.rule)
		case n.write != nil:
			n.write(c, n.a, n.b)
		default:
			c.text = append(c.text, n.literal...)
		}
		if n.capital {
			c.capitalise(from)
		}
		if n.keep > 0 {
			c.kept[n.keep-1] = [2]int{from, len(c.text)}
		}
	}
	c.kept = kept
}

// capitalise makes the letter at from a capital one; in the alphabets used here it is as long as the small one.
func (c *cleaner) capitalise(from int) {
	if r, _ := utf8.DecodeRune(c.text[from:]); unicode.IsLower(r) {
		utf8.EncodeRune(c.text[from:], unicode.ToUpper(r))
	}
}

// block writes one piece: a source file, a stretch of a log, some paragraphs.
func (c *cleaner) block() {
	b := &cleanBlocks[c.n(len(cleanBlocks))]
	if b.head != "" {
		c.expand(c.rules[b.head])
		c.text = append(c.text, b.after...)
	}
	for i := range c.between(b.from, b.to) {
		if i > 0 {
			c.text = append(c.text, b.between...)
		}
		c.expand(c.rules[b.line])
	}
	if b.foot != "" {
		c.text = append(c.text, b.after...)
		c.expand(c.rules[b.foot])
	}
	c.text = append(c.text, '\n')
}

// A cleanBlock says how a piece is built: from so many to so many lines, between a head and a foot.
type cleanBlock struct {
	head, line, foot string
	after, between   string // after the head and before the foot; between lines
	from, to         int
}

// cleanBlocks lists the pieces; each is as likely as the others, so that what is common stands here more than once.
var cleanBlocks = []cleanBlock{
	{head: "go.head", line: "go.func", after: "\n\n", between: "\n\n", from: 3, to: 9},
	{line: "sql.query", between: "\n\n", from: 4, to: 12},
	{head: "sql.insert", line: "sql.row", foot: "sql.end", after: "\n", between: ",\n", from: 10, to: 40},
	{head: "py.head", line: "py.func", after: "\n\n\n", between: "\n\n\n", from: 3, to: 8},
	{head: "js.head", line: "js.func", after: "\n\n", between: "\n\n", from: 3, to: 8},
	{line: "yaml.part", between: "\n---\n", from: 2, to: 5},
	{line: "css.rule", between: "\n", from: 6, to: 20},
	{head: "package.head", line: "package.line", foot: "package.foot", after: "\n", between: ",\n", from: 8, to: 25},
	{line: "lock.entry", between: "\n", from: 8, to: 25},
	{line: "import.line", between: "\n", from: 8, to: 20},
	{line: "html.line", between: "\n", from: 6, to: 20},
	{line: "shell.line", between: "\n", from: 5, to: 15},
	{line: "log.iso", between: "\n", from: 30, to: 120},
	{line: "log.unix", between: "\n", from: 30, to: 120},
	{line: "log.json", between: "\n", from: 20, to: 60},
	{line: "log.db", between: "\n", from: 20, to: 60},
	{line: "log.build", between: "\n", from: 20, to: 60},
	{line: "log.ru", between: "\n", from: 20, to: 60},
	{line: "access.line", between: "\n", from: 20, to: 60},
	{line: "hash.line", between: "\n", from: 15, to: 50},
	{head: "base64.head", line: "base64.line", foot: "base64.foot", after: "\n", between: "\n", from: 8, to: 30},
	{head: "dump.head", line: "dump.line", after: "\n", between: "\n", from: 8, to: 30},
	{line: "git.commit", between: "\n", from: 15, to: 50},
	{head: "trace.head", line: "trace.line", foot: "trace.foot", after: "\n", between: "\n", from: 6, to: 20},
	{line: "metric.line", between: "\n", from: 15, to: 50},
	{head: "price.head", line: "price.line", foot: "price.foot", after: "\n", between: "\n", from: 15, to: 40},
	{head: "ean.head", line: "ean.line", after: "\n", between: "\n", from: 15, to: 40},
	{line: "order.line", between: "\n", from: 15, to: 40},
	{line: "bare.line", between: "\n", from: 15, to: 40},
	{line: "track.line", between: "\n", from: 10, to: 30},
	{head: "table.head", line: "table.line", after: "\n", between: "\n", from: 15, to: 50},
	{line: "numbers.line", between: "\n", from: 10, to: 30},
	{line: "times.line", between: "\n", from: 10, to: 30},
	{head: "geo.head", line: "geo.feature", foot: "geo.foot", after: "\n", between: ",\n", from: 6, to: 20},
	{line: "map.line", between: "\n", from: 6, to: 20},
	{head: "mini.head", line: "mini.item", foot: "mini.foot", between: ",", from: 20, to: 80},
	{head: "json.head", line: "json.item", foot: "json.foot", after: "\n", between: ",\n", from: 5, to: 20},
	{line: "ini.line", between: "\n", from: 15, to: 40},
	{line: "version.line", between: "\n", from: 10, to: 30},
	{line: "law.point", between: "\n", from: 8, to: 25},
	{line: "norm.line", between: "\n", from: 8, to: 25},
	{line: "weather.paragraph", between: "\n", from: 3, to: 9},
	{line: "machine.paragraph", between: "\n", from: 3, to: 9},
	{line: "garden.paragraph", between: "\n", from: 3, to: 9},
	{line: "economy.paragraph", between: "\n", from: 3, to: 9},
	{line: "product.paragraph", between: "\n", from: 3, to: 9},
	{line: "town.paragraph", between: "\n", from: 3, to: 9},
	{line: "firm.paragraph", between: "\n", from: 3, to: 9},
	{line: "manual.paragraph", between: "\n", from: 3, to: 9},
	{line: "office.paragraph", between: "\n", from: 3, to: 9},
	{line: "english.paragraph", between: "\n", from: 3, to: 9},
}

// cleanMakers write numbers and codes. Those with one number write so many characters, those with two a number
// between them.
var cleanMakers = map[string]func(c *cleaner, a, b int){
	"d": func(c *cleaner, a, _ int) { c.text = c.digits(c.text, a) },
	"D": func(c *cleaner, a, _ int) { // no leading zero
		c.text = append(c.text, '1'+byte(c.n(9)))
		c.text = c.digits(c.text, a-1)
	},
	"n":  func(c *cleaner, a, b int) { c.text = strconv.AppendInt(c.text, int64(c.between(a, b)), 10) },
	"n2": func(c *cleaner, a, b int) { c.text = two(c.text, c.between(a, b)) },
	"h":  func(c *cleaner, a, _ int) { c.from("0123456789abcdef", a) },
	"H":  func(c *cleaner, a, _ int) { c.from("0123456789ABCDEF", a) },
	"A":  func(c *cleaner, a, _ int) { c.from("ABCDEFGHJKLMNPRSTUVWXYZ", a) },
	"AN": func(c *cleaner, a, _ int) { c.from("0123456789ABCDEFGHJKLMNPRSTUVWXYZ", a) },
	"RU": func(c *cleaner, a, _ int) {
		c.text = append(c.text, string([]rune("АБВГДЖКЛМНПРСТ")[c.n(14)])...)
	},
	"b64": func(c *cleaner, a, _ int) {
		c.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", a)
	},
	"b64u": func(c *cleaner, a, _ int) {
		c.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", a)
	},
	"uuid": func(c *cleaner, _, _ int) {
		for i, n := range []int{8, 4, 3, 3, 12} {
			if i > 0 {
				c.text = append(c.text, '-')
			}
			switch i {
			case 2:
				c.text = append(c.text, '4')
			case 3:
				c.text = append(c.text, c.pickByte("89ab"))
			}
			c.from("0123456789abcdef", n)
		}
	},
	"pairs":  func(c *cleaner, a, _ int) { c.pairs("0123456789abcdef", ' ', a) },
	"print":  func(c *cleaner, a, _ int) { c.pairs("0123456789ABCDEF", ':', a) }, // of a certificate
	"ean":    func(c *cleaner, a, _ int) { c.ean(a) },
	"date":   func(c *cleaner, _, _ int) { c.text = c.isoDate(c.text, 2012, 2026) },
	"rudate": func(c *cleaner, _, _ int) { c.rudate(2012, 2026) },
	"year":   func(c *cleaner, _, _ int) { c.text = four(c.text, c.between(1995, 2026)) },
	"clock":  func(c *cleaner, _, _ int) { c.text = c.clock(c.text) },
	"hms": func(c *cleaner, _, _ int) {
		c.text = append(c.clock(c.text), ':')
		c.text = two(c.text, c.n(60))
	},
	"unix": func(c *cleaner, _, _ int) {
		c.text = strconv.AppendInt(c.text, int64(c.between(1420070400, 1796083200)), 10)
	},
	"money": func(c *cleaner, a, b int) { c.money(a, b, ',') },
	"sum":   func(c *cleaner, a, b int) { c.grouped(c.between(a, b), ' ') },
	"comma": func(c *cleaner, a, b int) { c.grouped(c.between(a, b), ',') },
	"lat":   func(c *cleaner, a, _ int) { c.decimal(c.between(43, 68), a) },
	"lon":   func(c *cleaner, a, _ int) { c.decimal(c.between(20, 160), a) },
	"float": func(c *cleaner, a, b int) { c.decimal(c.n(a), b) },
	"fl": func(c *cleaner, a, _ int) {
		c.text = append(strconv.AppendInt(c.text, int64(c.n(a)), 10), ',', '0'+byte(c.n(10)))
	},
	"ver":    func(c *cleaner, _, _ int) { c.dotted(12, 30, 20) },
	"ver2":   func(c *cleaner, _, _ int) { c.dotted(12, 30) },
	"ver4":   func(c *cleaner, _, _ int) { c.dotted(16, 20, 250, 250) },
	"verwin": func(c *cleaner, _, _ int) { c.dotted(11, 4, 22000, 4000) },
	"sec2":   func(c *cleaner, _, _ int) { c.dotted(20, 30) },
	"sec3":   func(c *cleaner, _, _ int) { c.dotted(20, 30, 30) },
	"sec4":   func(c *cleaner, _, _ int) { c.dotted(20, 30, 30, 12) },
}

// from appends n characters of an alphabet.
func (c *cleaner) from(alphabet string, n int) {
	r := c.src.Uint64()
	for i := range n {
		if i%8 == 7 {
			r = c.src.Uint64()
		}
		c.text = append(c.text, alphabet[r%uint64(len(alphabet))])
		r /= uint64(len(alphabet))
	}
}

func (c *cleaner) pairs(alphabet string, between byte, n int) {
	for i := range n {
		if i > 0 {
			c.text = append(c.text, between)
		}
		c.from(alphabet, 2)
	}
}

// ean appends a bar code of n digits: 8, 12 (UPC-A) or 13. The last digit makes the sum a multiple of ten, digits
// counting three times and once by turns, from the right (GS1 General Specifications, 7.9).
func (c *cleaner) ean(n int) {
	from := len(c.text)
	if n == 13 && c.percent(70) {
		c.text = append(c.text, '4', '6')
		c.text = c.digits(c.text, n-3)
	} else {
		c.text = c.digits(c.text, n-1)
	}
	sum := 0
	for i, d := range c.text[from:] {
		v := int(d - '0')
		if (n-1-i)%2 == 1 {
			v *= 3
		}
		sum += v
	}
	c.text = append(c.text, '0'+byte((10-sum%10)%10))
}

func (c *cleaner) rudate(from, to int) {
	c.text = append(two(c.text, c.between(1, 28)), '.')
	c.text = append(two(c.text, c.between(1, 12)), '.')
	c.text = four(c.text, c.between(from, to))
}

func (c *cleaner) money(from, to int, point byte) {
	c.grouped(c.between(from, to), ' ')
	c.text = append(c.text, point)
	c.text = c.digits(c.text, 2)
}

// grouped appends a number in groups of three digits.
func (c *cleaner) grouped(n int, between byte) {
	if n >= 1000 {
		c.grouped(n/1000, between)
		c.text = fmt.Appendf(append(c.text, between), "%03d", n%1000)
		return
	}
	c.text = strconv.AppendInt(c.text, int64(n), 10)
}

// decimal appends a number with so many digits after the point.
func (c *cleaner) decimal(whole, digits int) {
	c.text = append(strconv.AppendInt(c.text, int64(whole), 10), '.')
	c.text = c.digits(c.text, digits)
}

// dotted appends numbers below these, with points between them.
func (c *cleaner) dotted(below ...int) {
	for i, n := range below {
		if i > 0 {
			c.text = append(c.text, '.')
		}
		c.text = strconv.AppendInt(c.text, int64(c.n(n)), 10)
	}
}

// cleanWords are rules whose patterns are single words.
var cleanWords = map[string]string{
	"w": `order item stock batch queue worker buffer cache index price total node shard chunk frame packet route
task event metric sample window bucket label header payload cursor offset segment block page layout widget panel
button theme asset bundle module plugin driver engine socket stream pipe filter parser lexer schema table column
record field value range limit quota budget report chart ledger invoice cart basket parcel pallet shelf depot
sensor valve motor pump gauge signal pulse clock timer retry backoff circuit breaker gateway proxy router mesh
vertex edge graph tree leaf root branch commit patch release build target artifact image layer volume mount`,
	"verb": `load save parse build merge split scan flush reset apply render fetch push pull count check resize
encode decode validate publish rotate compact index trim drain resolve attach detach replay archive restore`,
	"type":  `int int64 string bool float64 []byte error time.Duration`,
	"level": `INFO INFO INFO INFO DEBUG DEBUG WARN ERROR TRACE`,
	"svc":   `billing gateway catalog orders delivery notify search export import storage metrics pricing stock shipping reports archive thumbnails scheduler`,
	"pkg":   `left-pad lodash react-dom webpack esbuild vite chalk commander debug express fastify rollup terser postcss tailwindcss eslint prettier typescript zod axios rxjs dayjs nanoid semver yargs glob rimraf mkdirp ws undici pino`,
	"scope": `@babel @types @nestjs @angular @vue @mui @rollup @vitejs @emotion @tanstack @fastify @aws-sdk @storybook`,
	"ext":   `go py js ts css sql yaml json md txt csv png svg woff2 proto sh toml`,
	"host":  `db01 db02 cache-a cache-b web-3 web-7 mq-1 mq-2 build-04 edge-11 node-17 store-2`,
	"mon":   `Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec`,
	"unit":  `ms s MB KB GB req/s ops pct bytes rows`,
	"month": `января февраля марта апреля мая июня июля августа сентября октября ноября декабря`,
	"mn": `насос станок котёл редуктор двигатель подшипник клапан фильтр конвейер кран погрузчик трактор комбайн
генератор трансформатор кабель датчик привод вентилятор компрессор радиатор нагреватель счётчик манометр пресс
бойлер стабилизатор выключатель контроллер сервер маршрутизатор принтер проектор монитор диск блок корпус кожух
стеллаж поддон ящик контейнер вагон прицеп самосвал экскаватор бульдозер каток резервуар бак трубопровод шланг`,
	"fn": `турбина муфта помпа лента крышка решётка форсунка прокладка шестерня рама балка ферма опора лестница
мачта антенна батарея панель плата шина камера линия установка печь сушилка мельница дробилка мешалка центрифуга
цистерна платформа тележка лебёдка дрель пила косилка сеялка теплица насадка линза лампа розетка колонка станция`,
	"nn": `реле колесо устройство оборудование крыло сопло кольцо зеркало сверло полотно стекло табло покрытие
основание соединение крепление изделие помещение здание хранилище отверстие уплотнение масло топливо сырьё`,
	"pl": `насосы станки фильтры клапаны кабели датчики панели доски трубы листы болты гайки шайбы саморезы плиты
кирпичи блоки мешки рулоны коробки паллеты лампы окна двери петли замки ключи ролики ремни цепи щётки`,
	"ma": `новый старый стальной чугунный медный резервный основной главный вспомогательный мощный лёгкий тяжёлый
центральный боковой верхний нижний правый левый исправный надёжный шумный тихий складской цеховой импортный`,
	"fa": `новая старая стальная чугунная медная резервная основная главная вспомогательная мощная лёгкая тяжёлая
центральная боковая верхняя нижняя правая левая исправная надёжная шумная тихая складская цеховая импортная`,
	"na": `новое старое стальное чугунное медное резервное основное главное вспомогательное мощное лёгкое тяжёлое
центральное боковое верхнее нижнее правое левое исправное надёжное цеховое импортное`,
	"pa": `новые старые стальные чугунные медные резервные основные главные мощные лёгкие тяжёлые центральные
боковые верхние нижние правые левые исправные надёжные складские цеховые импортные прочные гладкие`,
	"gen": `воды масла воздуха пара газа топлива раствора сырья металла бетона песка щебня зерна муки сахара соли
цемента угля торфа руды нефти краски клея бумаги картона стекла пластика резины дерева`,
	"adv": `медленно быстро ровно плавно заметно слегка резко постепенно непрерывно исправно стабильно почти
обычно редко часто вовремя повторно автоматически вручную отдельно`,
	"iv":    `работает стоит гудит вращается нагревается остывает охлаждается простаивает вибрирует включается отключается запускается останавливается`,
	"plant": `томаты огурцы перцы баклажаны кабачки тыквы редис морковь свёклу лук чеснок салат укроп петрушку горох фасоль кукурузу подсолнечник картофель капусту`,
	"tree":  `яблоня груша слива вишня черешня рябина калина облепиха ирга смородина малина крыжовник жимолость сирень туя липа берёза ель сосна лиственница`,
	"treeg": `яблони груши сливы вишни черешни рябины калины облепихи ирги смородины малины крыжовника жимолости сирени туи липы берёзы ели сосны`,
	"soil":  `суглинок супесь чернозём торфяник песчаник серозём краснозём подзол`,
	"wind":  `северный южный западный восточный северо-западный юго-восточный юго-западный северо-восточный`,
	"town": `Москва Самара Тверь Калуга Тула Рязань Пермь Омск Томск Казань Уфа Саратов Воронеж Липецк Орёл Курск
Псков Вологда Кострома Ярославль Иваново Пенза Ижевск Чебоксары Тюмень Сургут Барнаул Иркутск Чита Хабаровск
Мурманск Архангельск Петрозаводск Смоленск Брянск Белгород Ростов-на-Дону Краснодар Ставрополь Астрахань`,
	"townp": `Москве Самаре Твери Калуге Туле Рязани Перми Омске Томске Казани Уфе Саратове Воронеже Липецке Орле
Курске Пскове Вологде Костроме Ярославле Иванове Пензе Ижевске Чебоксарах Тюмени Сургуте Барнауле Иркутске`,
	"street": `Садовая Лесная Полевая Набережная Заречная Вокзальная Заводская Молодёжная Школьная Центральная
Луговая Речная Песчаная Каменная Парковая Солнечная Весенняя Северная Южная Пушкина Гагарина Чехова Чайковского
Ломоносова Менделеева Кутузова Суворова Некрасова Тургенева Гоголя Павлова Мичурина Циолковского`,
	"streetp": `Садовой Лесной Полевой Набережной Заречной Вокзальной Заводской Молодёжной Школьной Центральной
Луговой Речной Песчаной Каменной Парковой Солнечной Весенней Северной Южной Пушкина Гагарина Чехова Чайковского
Ломоносова Менделеева Кутузова Суворова Некрасова Тургенева Гоголя Павлова Мичурина Циолковского`,
	"towng": `Москвы Самары Твери Калуги Тулы Рязани Перми Омска Томска Казани Уфы Саратова Воронежа Липецка Орла
Курска Пскова Вологды Костромы Ярославля Иванова Пензы Ижевска Чебоксар Тюмени Сургута Барнаула Иркутска`,
	"brand": `Вектор Горизонт Маяк Рассвет Импульс Каскад Орбита Гранит Кристалл Парус Контур Сфера Родник Ладья
Компас Надежда Виктория Вера Любава Алёнка Светлана Руслан Богатырь Аврора Диана Лира Заря Победа Союз Весна
Северянка Волжанка Уралец Кубань Байкал Енисей Ангара Алтай Тайга Полюс Азимут Спектр Фотон Протон Атом`,
	"form":   `ООО АО ПАО ЗАО НПО ФГУП МУП ТСЖ СНТ`,
	"colour": `белый чёрный серый синий зелёный красный жёлтый бежевый графитовый бирюзовый прозрачный матовый`,
	"mat":    `сталь алюминий пластик дерево стекло резина хлопок лён керамика бетон фанера силикон латунь чугун`,
	"en": `system process value result table model method report design market energy water metal signal network
surface pressure temperature engine harbour bridge forest river season machine filter window margin ratio sample
layer channel module storage vector matrix kernel thread memory queue budget index harvest cargo vessel turbine`,
	"enadj":  `stable slow rapid local global internal external linear average large small initial final common rare useful simple robust seasonal annual`,
	"enverb": `improves reduces limits affects measures describes requires supports changes keeps reaches follows replaces contains shows`,
}

// cleanLines are rules whose patterns are single lines.
var cleanLines = map[string]string{
	"id": `
‹w›‹^w›
‹w›
‹verb›‹^w›
‹w›‹^w›‹n:1-9›`,
	"Id": `
‹^w›‹^w›
‹^verb›‹^w›
‹^w›`,
	"snake": `
‹w›_‹w›
‹verb›_‹w›
‹w›_‹w›_‹w›`,
	"path": `
/‹w›/‹w›
/v‹n:1-3›/‹w›/‹n:1-99999›
/api/‹w›/‹D:10›
/‹w›/‹uuid›
/static/‹w›.‹h:8›.‹ext›
/‹w›/‹w›?page=‹n:1-90›&limit=50
/‹w›/‹D:12›/‹w›
/images/‹w›@2x.png`,
	"import.line": `
import { ‹Id› } from '‹scope›/‹w›';
import ‹id› from '../‹w›/‹w›';
import "‹w›.org/x/‹w›/v‹n:2-9›"
from ‹w›.‹w› import ‹Id›, ‹Id› as ‹^w›
#include <‹w›/‹w›.h>
using ‹^w›.‹^w›.‹Id›;
import org.‹w›.‹w›.‹Id›;
require('‹pkg›@‹ver›');
use ‹w›::‹w›::{‹Id›, ‹Id›};
npm install ‹pkg›@‹ver› ‹scope›/‹w›@^‹ver› --save-exact
go get example.com/‹w›/‹w›@v‹ver›
docker pull registry.example.com/‹svc›@sha256:‹h:64›
pip install ‹w›==‹ver› ‹w›>=‹ver2›,<‹n:3-9›
yarn add ‹scope›/‹w›@npm:‹pkg›@‹ver›`,
	"html.line": `
<div class="‹w› ‹w›-‹w›" id="‹w›-‹n:1-900›" data-‹w›="‹D:10›">
<img src="/static/‹w›-‹h:8›.png" srcset="/static/‹w›@2x.png 2x, /static/‹w›@3x.png 3x" width="‹n:16-900›" height="‹n:16-900›" alt="">
<td>‹sum:1000-9000000›</td><td>‹rudate›</td><td>‹D:10›</td>
<path d="M‹float:90-3› ‹float:90-3›L‹float:90-3› ‹float:90-3›C‹float:90-2› ‹float:90-2› ‹float:90-2› ‹float:90-2› ‹float:90-2› ‹float:90-2›z"/>
<a href="https://docs.example.com‹path›">‹^ma› ‹mn›</a>
<script src="https://cdn.example.net/npm/‹pkg›@‹ver›/dist/‹w›.min.js" integrity="sha384-‹b64:64›"></script>
<option value="‹D:12›">‹(серый|синий|белый)› ‹mn›, ‹n:2-90› кг</option>
<rect x="‹n:0-900›" y="‹n:0-900›" width="‹n:1-300›" height="‹n:1-300›" fill="#‹h:6›"/>
<meta name="build" content="‹ver›+‹h:12›">
<p>‹machine›</p>`,
	"shell.line": `
curl -sS https://mirror.example.com/‹w›/‹w›-‹ver›.tar.gz | tar xz -C /opt/‹w›
sha256sum -c <<< "‹h:64›  ‹w›-‹ver›.tar.gz"
for i in $(seq ‹n:1-9› ‹n:10-99›); do ./‹verb›.sh --‹w› $i --offset ‹D:10›; done
kubectl -n ‹svc› rollout restart deploy/‹svc› && kubectl get pods -o wide
export ‹^w›_LIMIT=‹D:9› BUILD=‹D:11› STAMP=‹unix›
psql -h ‹host› -c "select count(*) from ‹w›_‹w› where id > ‹D:10›"
find /var/log/‹svc› -name '*.gz' -mtime +‹n:5-90› -size +‹n:1-900›M -delete
git tag -f v‹ver› ‹h:40› && git push --tags
awk -F'\t' '$‹n:1-9› > ‹D:8› {s += $‹n:1-9›} END {print s}' ‹w›-‹date›.tsv
date -d @‹unix› +%FT%T; stat -c %Y ‹w›.‹ext›
rsync -a --bwlimit=‹n:100-9000› ‹host›:/srv/‹w›/ /mnt/‹w›/‹date›/`,
	"log.what": `
request done method=GET path=‹path› status=‹(200|200|204|301|404|500)› ms=‹n:1-4000›
‹verb› ‹w› finished in ‹n:1-900›ms rows=‹D:7› bytes=‹D:10›
cache miss key=‹w›:‹D:11› ttl=‹n:10-900›
order ‹D:10› moved to state ‹(packed|shipped|paid|closed)›
invoice ‹D:12› generated total=‹float:90000-2› items=‹n:1-40›
‹w› ‹uuid› queued at position ‹n:1-900›
checksum ‹h:32› matches, size ‹D:10›
retry ‹n:1-9› of 9 after ‹n:100-9000›ms, next at ‹unix›
slow query ‹D:13› took ‹float:90-3›s plan=‹h:16›
partition ‹w›-‹n:0-63› offset ‹D:11› lag ‹n:0-90000›
heartbeat seq=‹D:14› epoch=‹D:4›
gc ‹n:1-9000› @‹float:9000-3›s ‹n:0-9›%: ‹float:2-3›+‹float:9-2›+‹float:2-3› ms clock
upload ‹w›_‹D:8›.‹ext› part ‹n:1-99› etag "‹h:32›"
batch ‹D:16› committed, ‹n:1-900› records
flushed ‹n:1-900› events, last id ‹D:19›
span=‹h:16› trace=‹h:32› parent=‹h:16›
message ‹D:12›-‹D:4› acked by ‹host›
rate limit ‹w› ‹n:10-900›/‹n:1000-9000› window=‹D:5›
disk ‹host›:/dev/sd‹(a|b|c)› ‹n:10-99›% used, ‹comma:1000000-99999999› KB free
rollup ‹w› hour=‹date›T‹n2:0-23› count=‹D:11›`,
	"log.iso": `
‹date›T‹hms›.‹d:3›Z ‹level› ‹svc› [req=‹h:16›] ‹log.what›
‹date› ‹hms›,‹d:3› ‹level› [‹svc›-‹n:1-40›] ‹w›.‹Id› - ‹log.what›
‹date›T‹hms›.‹d:6›+03:00 ‹host› ‹svc›[‹n:100-60000›]: ‹log.what›
[‹date› ‹hms›] ‹level› rid=‹uuid› ‹log.what›
‹n2:1-28›/‹mon›/2026 ‹hms› ‹level› ‹log.what›`,
	"log.unix": `
‹unix› ‹level› ‹svc› ‹log.what›
‹unix›‹d:3› ‹host› ‹log.what›
‹unix›.‹d:6› [‹n:1-99›] ‹log.what›
ts=‹unix›‹d:3› lvl=‹level› id=‹D:10› msg="‹log.what›"
‹unix›‹d:6› ‹svc› ‹D:10› ‹D:11› ‹D:12›
I‹n2:1-12›‹n2:1-28› ‹hms›.‹d:6› ‹n:1-60000› ‹w›.go:‹n:1-900›] ‹log.what›`,
	"log.json": `
{"ts":‹unix›.‹d:3›,"level":"‹(info|warn|error)›","svc":"‹svc›","req":"‹h:24›","msg":"‹verb› ‹w›","bytes":‹D:9›}
{"time":"‹date›T‹hms›.‹d:3›Z","logger":"‹svc›.‹w›","order_id":‹D:10›,"batch":‹D:12›,"ok":true}
{"@timestamp":"‹date›T‹hms›.‹d:9›Z","event":"‹w›.‹verb›","seq":‹D:14›,"trace":"‹uuid›","took_ms":‹n:1-900›}
{"t":‹unix›‹d:3›,"k":"‹w›","v":[‹float:900-3›,‹float:900-3›,‹D:10›],"host":"‹host›"}
{"level":"debug","ts":"‹date›T‹hms›+0300","caller":"‹w›/‹w›.go:‹n:1-900›","msg":"‹log.what›"}`,
	"log.db": `
‹date› ‹hms›.‹d:3› MSK [‹n:100-60000›] LOG:  duration: ‹float:9000-3› ms  statement: SELECT ‹w›, ‹w› FROM ‹snake› WHERE ‹w›_id = ‹D:10›
‹date› ‹hms›.‹d:3› MSK [‹n:100-60000›] LOG:  checkpoint complete: wrote ‹D:5› buffers (‹float:90-1›%); lsn=‹n:1-99›/‹H:8›
‹date› ‹hms› UTC [‹n:100-60000›]: [‹n:1-99›-1] ERROR:  duplicate key value violates unique constraint "‹snake›_key" DETAIL:  Key (id)=(‹D:11›) already exists.
‹date› ‹hms› UTC [‹n:100-60000›]: LOG:  automatic vacuum of table "‹w›.public.‹snake›": pages: ‹D:4› removed, ‹D:6› remain, tuples: ‹D:7› removed, oldest xmin: ‹D:9›
# Query_time: ‹float:9-6›  Lock_time: ‹float:2-6› Rows_sent: ‹n:1-900›  Rows_examined: ‹D:8› SET timestamp=‹unix›;
1:M ‹n2:1-28› ‹mon› 2026 ‹hms›.‹d:3› * ‹D:4› changes in ‹n:10-900› seconds. Saving... fork ‹n:100-60000›`,
	"log.build": `
[‹n:1-300›/300] Compiling ‹w›-‹w› v‹ver›
  CC      drivers/‹w›/‹w›.o
#‹n:1-40› [‹w› ‹n:1-9›/9] RUN ‹verb› --‹w› ‹w›@‹ver›
#‹n:1-40› sha256:‹h:64› ‹float:90-2›MB / ‹float:90-2›MB ‹float:90-1›s done
ok  	example.com/‹w›/‹w›	‹float:90-3›s	coverage: ‹float:99-1›% of statements
--- PASS: Test‹Id›/‹w›_‹n:1-90› (‹float:9-2›s)
Downloading ‹w›-‹ver›-cp312-cp312-manylinux_2_17_x86_64.whl (‹float:90-1› MB)
warning: ‹w›/‹w›.c:‹n:1-900›:‹n:1-90›: unused variable '‹id›' [-Wunused-variable]
+ ‹pkg›@‹ver› added ‹n:1-900› packages, changed ‹n:1-90› in ‹n:1-90›s
Step ‹n:1-40›/40 : COPY --from=‹w› /out/‹w› /usr/bin/ ---> ‹h:12›
Benchmark‹Id›-8   	‹D:8›	‹float:900-1› ns/op	‹float:900-2› MB/s	‹n:0-900› B/op	‹n:0-9› allocs/op
npm warn deprecated ‹pkg›@‹ver›: use ‹scope›/‹w›@‹ver› instead`,
	"log.ru": `
[‹rudate› ‹hms›] Загрузка прайса завершена: строк ‹n:10-90000›, ошибок ‹n:0-40›, файл №‹D:8›
‹rudate› ‹clock› Заказ ‹D:10› собран на складе ‹n:1-40›, мест: ‹n:1-12›, вес ‹fl:90› кг
‹rudate› ‹hms›.‹d:3› ПРЕДУПРЕЖДЕНИЕ Датчик ‹n:1-900›: показание ‹float:90-2› вне диапазона, код ‹D:6›
‹rudate› ‹hms› Обмен с кассой: смена ‹n:1-900›, чеков ‹n:1-900›, сумма ‹money:1000-900000›
‹rudate› ‹hms› Документ Реализация ‹RU›‹RU›‹D:9› от ‹rudate› проведён
‹rudate› ‹hms› Отправлено в очередь: пакет ‹uuid›, байт ‹D:7›
‹date› ‹hms› Накладная ‹D:12› принята, позиций ‹n:1-90›, расхождений ‹n:0-3›
‹date› ‹hms› Сверка остатков: артикул ‹D:10›, учёт ‹n:1-900›, факт ‹n:1-900›
‹rudate› ‹clock› Печать этикеток: штрихкод ‹ean:13›, копий ‹n:1-90›
‹rudate› ‹clock› ФН ‹D:16› ФД ‹D:6› ФП ‹D:10›, чек № ‹n:1-900›, итог ‹money:50-90000›`,
	"access.line": `
‹host› - - [‹n2:1-28›/‹mon›/2026:‹hms› +0300] "GET ‹path› HTTP/1.1" ‹(200|200|304|404)› ‹n:100-900000› "-" rt=‹float:9-3›
‹unix›.‹d:3› ‹n:1-900› TCP_MISS/200 ‹D:6› GET https://cdn.example.net‹path› - HIER_DIRECT text/html
h=‹host› t=‹unix›‹d:3› u=‹path› s=‹(200|302|500)› b=‹D:7› id=‹b64u:22›`,
	"hash.line": `
‹h:64›  ‹w›/‹w›-‹ver›.‹ext›
‹h:32›  ‹w›_‹D:10›.‹ext›
‹h:40› refs/tags/v‹ver›
SHA1(‹w›.bin)= ‹h:40›
MD5 (‹w›.iso) = ‹h:32›
‹h:128› *‹w›-‹ver›.tar.xz
sha256:‹h:64›
Fingerprint SHA1: ‹print:20›
Fingerprint SHA256: ‹print:32›
crc32 ‹H:8› adler ‹D:10› size ‹D:11› ‹w›.‹ext›
‹uuid› ‹uuid› ‹D:12›
etag: W/"‹h:8›-‹b64u:27›"
"integrity": "sha512-‹b64:86›=="`,
	"base64.head": `
Content-Transfer-Encoding: base64
data:image/png;base64,
-- ‹w›.‹ext›, ‹n:100-90000› bytes, base64 --`,
	"base64.line": `
‹b64:76›`,
	"base64.foot": `
‹b64:22›==
‹b64:35›=`,
	"dump.head": `
$ xxd ‹w›.bin | head
$ hexdump -C /dev/‹w› -n ‹n:100-900›
Offset    0  1  2  3  4  5  6  7  8  9  A  B  C  D  E  F`,
	"dump.line": `
‹h:8›  ‹pairs:8›  ‹pairs:8›  |................|
‹h:8›: ‹h:4› ‹h:4› ‹h:4› ‹h:4› ‹h:4› ‹h:4› ‹h:4› ‹h:4›  ................
‹H:8›  ‹pairs:16›
0x‹h:8›: 0x‹h:8› 0x‹h:8› 0x‹h:8› 0x‹h:8›`,
	"git.what": `
chore(deps): bump ‹pkg› from ‹ver› to ‹ver›
chore(deps): bump ‹scope›/‹w› from ‹ver› to ‹ver› (#‹n:1-9000›)
fix(‹w›): ‹verb› ‹w› before ‹w› (#‹n:1-9000›)
feat(‹w›): ‹verb› ‹w› by ‹w›
Merge branch 'release/‹ver2›' into main
ci: pin image ‹svc›@sha256:‹h:12›
Исправлена загрузка: ‹mn› не попадал в отчёт, задача ‹A:3›-‹n:1-9000›
Обновлены зависимости, сборка ‹D:8›
revert "‹verb› ‹w›", see ‹h:40›`,
	"git.commit": `
‹h:8› ‹date› ‹git.what›
* ‹h:7› - ‹git.what› (‹n:1-30› days ago) <release-bot>
commit ‹h:40› (tag: v‹ver›)
index ‹h:7›..‹h:7› 100644
@@ -‹n:1-900›,‹n:1-40› +‹n:1-900›,‹n:1-40› @@ func ‹Id›(‹id› ‹type›) error {
 ‹w›/‹w›.‹ext› | ‹n:1-900› ‹(++++|++--|+-|-----)›
 ‹n:1-90› files changed, ‹n:1-900› insertions(+), ‹n:1-900› deletions(-)
-	‹id› = ‹D:10›
+	‹id› = ‹D:11›
Signed-off-by: renovate[bot]`,
	"trace.head": `
panic: runtime error: index out of range [‹n:1-90›] with length ‹n:1-90›
Exception in thread "‹w›-‹n:1-40›" java.lang.IllegalStateException: ‹w› ‹D:10› is closed
Traceback (most recent call last):
TypeError: Cannot read properties of undefined (reading '‹id›')
Unhandled exception. System.ArgumentException: ‹^w› ‹D:12› was not found`,
	"trace.line": `
	at org.‹w›.‹w›.‹Id›.‹verb›(‹Id›.java:‹n:1-900›)
    at ‹Id›.‹id› (/srv/‹svc›/node_modules/‹pkg›/lib/‹w›.js:‹n:1-900›:‹n:1-90›)
  File "/opt/‹svc›/‹w›/‹w›.py", line ‹n:1-900›, in ‹snake›
	/usr/local/go/src/‹w›/‹w›.go:‹n:1-900› +0x‹h:3›
example.com/‹w›/‹w›.(*‹Id›).‹Id›(0xc‹h:9›, {0xc‹h:9›, 0x‹h:4›, 0x‹h:4›})
   at ‹Id›.‹Id›(Int64 id = ‹D:11›) in /src/‹w›/‹Id›.cs:line ‹n:1-900›
#‹n:0-40›  0x‹h:16› in ‹snake› (‹w›=0x‹h:12›, len=‹n:1-9000›) at ‹w›.c:‹n:1-900›`,
	"trace.foot": `
exit status 2
	... ‹n:1-90› more
ValueError: ‹w› ‹D:10› out of range
goroutine ‹n:1-9000› [running]:
Segmentation fault (core dumped) ‹h:16›`,
	"metric.line": `
‹snake›_total{svc="‹svc›",code="‹(200|404|500)›"} ‹D:9› ‹unix›‹d:3›
‹snake›_seconds_bucket{le="‹float:9-2›"} ‹D:10›
‹svc›.‹w›.‹w›:‹n:1-9000›|c|@0.1
‹w›,host=‹host›,dc=m‹n:1-4› value=‹float:900-4›,count=‹D:8›i ‹unix›‹d:9›
put sys.‹w›.‹w› ‹unix› ‹float:900-2› host=‹host›
‹snake›{quantile="0.99"} ‹float:9-9›e+‹n2:1-12›`,
	"price.head": `
Прайс-лист на ‹rudate›, цены в рублях с НДС
артикул;наименование;количество;цена;сумма
Спецификация № ‹D:6› к заказу ‹D:10›`,
	"price.line": `
‹D:10›;‹^ma› ‹mn›, ‹n:1-90› кг;‹n:1-900›;‹money:100-90000›;‹money:1000-900000›
‹n:1-90›. ‹^fa› ‹fn›, арт. ‹D:8› – ‹n:1-90› шт. по ‹money:100-9000› руб. = ‹money:1000-900000› руб.
‹A:2›-‹D:6›	‹^pa› ‹pl›	‹n:1-900› шт	‹sum:100-900000› р.
‹^na› ‹nn›, код ‹D:11›, ‹sum:1000-9000000› рублей
арт. ‹AN:10›, ‹mat›, ‹colour›: ‹sum:100-90000› руб. за ‹n:1-90› шт.
‹D:12›;‹^pl› ‹n:1-90›х‹n:1-90›х‹n:100-900›;‹n:1-900›;‹n:10-900›,‹d:2›;‹n:1000-90000›,‹d:2›`,
	"price.foot": `
Итого: ‹money:10000-9000000› руб., в том числе НДС ‹money:1000-900000› руб.
Всего позиций ‹n:10-90›, на сумму ‹sum:10000-90000000› рублей ‹d:2› копеек`,
	"ean.head": `
штрихкод;товар;остаток
EAN-13 / UPC-A / EAN-8
barcode,sku,qty`,
	"ean.line": `
‹ean:13›;‹^ma› ‹mn›;‹n:0-900›
‹ean:13›,‹A:3›‹D:7›,‹n:0-900›
‹ean:12›,‹AN:8›,‹n:0-900›
‹ean:8›;‹^fn› ‹colour›;‹n:0-900›
‹ean:13› ‹ean:13› ‹ean:12›
(01)0‹ean:13›(17)‹n:24-30›‹n2:1-12›‹n2:1-28›(10)‹AN:8›
штрихкод ‹ean:13›, ‹mat›, партия ‹D:10›
GTIN 0‹ean:13›, коробка ‹n:6-48› шт.`,
	"order.line": `
Заказ № ‹D:10› от ‹rudate› на сумму ‹money:1000-900000› руб.
Заказ ‹D:11›: ‹pl›, ‹n:1-900› шт., отгрузка ‹rudate›
Артикул ‹D:10›, в наличии ‹n:1-900› шт.
Арт. ‹D:12›. ‹^ma› ‹mn› для ‹gen›
Счёт на оплату № ‹D:6› от ‹rudate› по договору ‹n:1-900›/‹n:20-26›-‹RU›
Счёт-фактура ‹D:9› от ‹n:1-28› ‹month› ‹year› г.
Накладная ТОРГ-12 № ‹D:8›, мест ‹n:1-40›, брутто ‹fl:900› кг
Трек-номер ‹D:14›, ожидаемая доставка ‹rudate›
Инвентарный номер ‹D:10›, ‹^mn›, введён в эксплуатацию в ‹year› году
Партия ‹D:8›, смена ‹n:1-4›, линия ‹n:1-12›, годен до ‹rudate›
Тендер № ‹D:19›, начальная цена ‹money:100000-90000000› руб.
Код товара ‹D:10›, группа ‹n:1-90›, единица: ‹(шт|кг|м|л|упаковка)›
Заявка ‹D:7› закрыта ‹rudate› в ‹clock›
Реестровый номер ‹d:10›, запись ‹D:9›
Серийный номер ‹D:10›, модель ‹A:2›-‹n:100-900›
Номер партии ‹D:12›, номер паллеты ‹d:18›
Order #‹D:10›, SKU ‹AN:10›, qty ‹n:1-900›, total ‹comma:1000-900000›.‹d:2› RUB
Invoice INV-‹year›-‹D:6›, PO ‹D:10›, due ‹date›
Ticket ‹A:3›-‹n:1-90000›, build ‹D:10›`,
	"bare.line": `
‹D:10›
‹D:12›
‹D:11› ‹D:11›
‹D:10›, ‹D:10›, ‹D:10›
‹D:16›
‹D:9›	‹D:13›	‹D:15›
‹D:20›
‹D:6›-‹D:4›-‹D:4›
‹D:4›-‹D:4›-‹D:4›-‹D:4›-‹D:4›
‹D:3›-‹d:3›-‹d:2›-‹d:3›
‹D:13› ‹D:10› ‹D:12›
‹D:15›`,
	"track.line": `
‹A:2›‹D:9›‹A:2› – принято в отделении, ‹rudate› ‹clock›
‹D:14› – сортировка, ‹town›, ‹rudate› ‹clock›
‹D:13› прибыло в пункт выдачи ‹rudate›
track ‹AN:16› status=‹(in_transit|delivered|customs)› eta=‹date›
Отправление ‹D:11›, вес ‹n:1-30› кг, объём ‹float:2-3› куб. м
Контейнер ‹A:4›‹D:7›, рейс ‹A:2› ‹n:100-9000›, причал ‹n:1-40›
Вагон ‹D:8›, станция ‹town›-Товарная, путь ‹n:1-40›`,
	"table.head": `
год	объём	доля, %	прирост	индекс
месяц;план;факт;отклонение
x,y,z,w,n
| показатель | ‹year› | ‹year› | ‹year› |`,
	"table.line": `
‹year›	‹sum:1000-9000000›	‹fl:99›	‹fl:20›	‹n:80-130›,‹d:1›
‹month›;‹n:1000-900000›;‹n:1000-900000›;-‹n:1-9000›
‹float:900-4›,-‹float:900-4›,‹D:10›,‹float:2-6›,‹D:7›
| ‹^gen› | ‹sum:1000-90000000› | ‹sum:1000-90000000› | ‹sum:1000-90000000› |
‹D:4›	‹D:6›	‹D:8›	‹D:10›	‹D:12›
‹n:1-900›  ‹n:1-900›  ‹n:1-900›  ‹D:5›  ‹D:5›  ‹float:99-2›`,
	"numbers.line": `
‹D:2› ‹D:2› ‹D:6›   ‹D:2› ‹D:2› ‹D:6›
‹D:4› ‹D:6›; ‹D:4› ‹D:6›; ‹D:4› ‹D:6›
‹n:1-9000› ‹n:1-9000› ‹n:1-9000› ‹n:1-9000› ‹n:1-9000› ‹n:1-9000›
‹float:9-12› ‹float:9-12› ‹float:9-12› ‹float:9-12›
[‹D:10›, ‹D:10›, ‹D:11›, ‹D:12›, ‹D:9›, ‹D:10›]
‹d:3› ‹d:3› ‹d:3› ‹d:2› ‹d:3› ‹d:2›
0x‹H:8› 0x‹H:8› ‹D:10› ‹D:10›
‹D:3› ‹D:3›-‹d:2›-‹d:2› из ‹D:5›
‹comma:1000000-900000000› ‹comma:1000000-900000000› ‹comma:1000-900000›
rand: ‹D:18› ‹D:19› ‹D:17›`,
	"times.line": `
‹clock› ‹clock› ‹clock› ‹clock› ‹clock› ‹clock›
‹hms›:‹n2:0-24› --> ‹hms›:‹n2:0-24›
00:‹n2:0-59›:‹n2:0-59›,‹d:3› --> 00:‹n2:0-59›:‹n2:0-59›,‹d:3›
рейс ‹n:100-900›: отправление ‹clock›, прибытие ‹clock›, в пути ‹n:1-20› ч ‹n:1-59› мин
расписание: ‹clock›–‹clock›, перерыв ‹clock›–‹clock›
lap ‹n:1-90› ‹n:0-3›:‹n2:0-59›.‹d:3› split ‹n:0-3›:‹n2:0-59›.‹d:3›
TC ‹hms›:‹n2:0-24› reel ‹n:1-40› frame ‹D:6›
цикл ‹n:1-90›-‹n:1-90›-‹n:1-90›, старт ‹hms›, стоп ‹hms›
‹date› ‹hms›/‹date› ‹hms› P‹n:1-9›DT‹n:1-23›H
cron: ‹n:0-59› ‹n:0-23› * * ‹n:1-6›  next ‹unix›`,
	"geo.head": `
{"type":"FeatureCollection","features":[`,
	"geo.feature": `
{"type":"Feature","properties":{"shop":"‹brand›","code":‹D:6›,"open":"‹clock›"},"geometry":{"type":"Point","coordinates":[‹lon:6›,‹lat:6›]}}
{"type":"Feature","id":‹D:10›,"properties":{"kind":"‹(store|depot|pickup)›","area":‹n:20-900›},"geometry":{"type":"Polygon","coordinates":[[[‹lon:6›,‹lat:6›],[‹lon:6›,‹lat:6›],[‹lon:6›,‹lat:6›]]]}}
{"type":"Feature","properties":{"road":"‹street›","lanes":‹n:1-6›},"geometry":{"type":"LineString","coordinates":[[‹lon:5›,‹lat:5›],[‹lon:5›,‹lat:5›]]}}`,
	"geo.foot": `
]}`,
	"map.line": `
center: [‹lat:6›, ‹lon:6›]
zoom: ‹n:3-18›, tiles: https://tiles.example.com/‹n:3-18›/‹n:100-9000›/‹n:100-9000›.png
bbox = ‹lon:4›,‹lat:4›,‹lon:4›,‹lat:4›
map.setView([‹lat:5›, ‹lon:5›], ‹n:3-18›);
POINT (‹lon:6› ‹lat:6›)
склад «‹brand›»: ‹lat:4›, ‹lon:4›; радиус ‹n:1-40› км
<trkpt lat="‹lat:6›" lon="‹lon:6›"><ele>‹float:900-1›</ele></trkpt>
layer: ‹w›, opacity: 0.‹d:1›, extent: [‹D:7›.‹d:2›, ‹D:7›.‹d:2›]`,
	"mini.head": `
{"v":‹n:1-9›,"items":[
[
{"ok":true,"ts":‹unix›‹d:3›,"data":[`,
	"mini.item": `
{"id":‹D:10›,"sku":"‹AN:8›","qty":‹n:1-90›,"price":‹float:9000-2›}
{"a":‹D:12›,"b":"‹h:16›","c":[‹n:1-900›,‹n:1-900›],"d":null}
{"k":"‹w›","v":‹D:11›,"t":‹unix›}
[‹D:10›,‹float:900-3›,"‹b64u:12›"]
{"rid":"‹uuid›","n":‹D:9›,"f":false}
"‹D:10›"
{"title":"‹^ma› ‹mn›","code":"‹D:13›"}`,
	"mini.foot": `
]}
]`,
	"json.head": `
{
[`,
	"json.item": `
  "‹id›": ‹D:10›
  "‹id›": "‹w›-‹h:8›"
  "‹id›": {"min": ‹n:1-900›, "max": ‹D:8›, "unit": "‹unit›"}
  "‹id›": ["‹w›", "‹w›", "‹ver›"]
  "‹id›": "‹date›T‹hms›Z"
  "‹id›": "‹^fa› ‹fn›"
  "‹id›": "https://api.example.com‹path›"`,
	"json.foot": `
}
]`,
	"ini.line": `
[‹w›.‹w›]
‹snake› = ‹D:8›
‹w›.‹w›.size=‹n:1-900›‹(k|m|g)›
‹w›.timeout = ‹n:1-900›s
; ‹machine›
‹snake›=https://‹svc›.example.com:‹n:1024-9999›‹path›
‹w›.range = ‹n:1-900›-‹n:900-9000›
‹w›.id=‹D:12›
‹snake›_version = "‹ver4›"
‹w›.mask = 0x‹H:8›
‹w›.seed = ‹D:10›`,
	"version.line": `
‹w› ‹ver› (build ‹D:10›)
‹^w› Framework ‹ver4›
version ‹ver4›-rc‹n:1-9›
Windows build ‹verwin›
прошивка v‹ver4› от ‹rudate›
обновление ‹ver› на ‹ver›
chrome/‹n:80-140›.0.‹n:1000-7000›.‹n:10-250›
lib‹w›.so.‹ver› => /usr/lib/lib‹w›.so.‹n:1-9›
rev. ‹n:1-40›.‹n:1-40›, схема ‹A:3›.‹D:6›.‹d:3›
‹A:4›.‹D:6›.‹d:3› ПЗ, лист ‹n:1-90›
ревизия ‹h:7›, сборка ‹D:6›, ядро ‹n:3-6›.‹n:1-20›.‹n:1-300›-‹n:1-300›-generic`,
	"law.point": `
‹sec2›. ‹law›
‹sec3›. ‹law›
‹sec4›. ‹law›
‹n:1-40›) ‹law›
Статья ‹n:1-400›. ‹law›
‹(а|б|в|г|д)›) ‹law›`,
	"law": `
Положения пункта ‹sec2› настоящих Правил применяются к отношениям, возникшим после ‹rudate›.
Срок хранения документов составляет ‹n:1-75› лет и исчисляется с 1 января года, следующего за годом их составления.
Изготовитель обязан нанести на ‹mn› маркировку, содержащую номер партии и дату выпуска.
Плата вносится не позднее ‹n:1-28›-го числа месяца, следующего за отчётным кварталом.
Внести в постановление от ‹rudate› № ‹n:1-2000› изменения согласно приложению ‹n:1-9›.
Федеральный закон от ‹rudate› № ‹n:1-500›-ФЗ вступает в силу по истечении ‹n:10-180› дней после опубликования.
Требования к качеству ‹gen› устанавливаются техническим регламентом ТР ТС ‹d:3›/‹year›.
Под поставкой понимается передача товара в количестве, указанном в спецификации № ‹D:6›.
В случае просрочки начисляется неустойка в размере 0,‹d:1› % от суммы ‹money:1000-900000› руб. за каждый день.
Ссылки на статьи ‹n:1-400›, ‹n:1-400› и ‹n:1-400›.‹n:1-9› Кодекса сохраняют силу до ‹rudate›.
Размер уставного капитала не может быть менее ‹sum:10000-900000› рублей.
Код бюджетной классификации ‹D:3› ‹d:1› ‹d:2› ‹d:5› ‹d:2› ‹d:4› ‹d:3› применяется для перечисления сбора.
Техническое обслуживание проводится через каждые ‹n:100-900› моточасов работы.
Декларация о соответствии ЕАЭС N RU Д-RU.РА0‹n:1-9›.В.‹D:5›/‹n:20-26› действует по ‹rudate›.
Ввод объекта в эксплуатацию оформляется актом по форме № КС-‹n:2-14›.
Нормы расхода ‹gen› утверждаются ежегодно до ‹n:1-28› ‹month›.
Документ составляется в ‹n:2-5› экземплярах, имеющих равную силу.
Признать утратившим силу приказ от ‹n:1-28› ‹month› ‹year› г. № ‹n:1-900›/‹n:1-90›.
Допускается отклонение массы нетто не более ‹fl:9› % от указанной на упаковке.
Решение принимается в течение ‹n:3-45› рабочих дней со дня поступления заявки.
Сведения о тарифах размещаются в открытом доступе не реже одного раза в ‹(месяц|квартал|год)›.
Предельная высота зданий в зоне ‹(Ж|П|Т)›-‹n:1-9› составляет ‹n:10-90› метров.
Территория общего пользования благоустраивается за счёт средств бюджета.
Коды ОКПД2 ‹n:10-99›.‹n:10-99›.‹n:10-99›.‹d:3›, ОКВЭД ‹n:10-99›.‹n:10-99›, ТН ВЭД ‹D:10›.
Контрольный срок исполнения – ‹rudate›, вид контроля – плановый.`,
	"norm.line": `
ГОСТ ‹n:100-60000›-‹n:70-99› Трубы стальные. Технические условия
ГОСТ Р ‹n:50000-60000›-‹year› «‹^ma› ‹mn›. Общие требования»
ГОСТ Р ИСО ‹n:1000-30000›-‹n:1-9›-‹year›
ISO/IEC ‹n:1000-30000›-‹n:1-9›:‹year›
СП ‹n:10-500›.13330.‹year›, таблица ‹sec2›
СНиП ‹n:1-4›.‹n2:1-12›.‹n2:1-12›-‹n:80-99›*
ТУ ‹D:4›-‹d:3›-‹D:8›-‹year›
RFC ‹n:700-9700›, section ‹sec3›
EN ‹n:100-60000›-‹n:1-9›:‹year›+A‹n:1-3›
СанПиН ‹n:1-3›.‹n:1-9›.‹D:4›-‹n2:1-24›, п. ‹sec2›
РД ‹n:10-99›-‹d:3›-‹n:80-99› Методика расчёта расхода ‹gen›
ПУЭ, изд. 7, п. ‹sec3›, см. рис. ‹sec2› и табл. ‹sec3›
см. раздел ‹sec3›, стр. ‹n:1-900›, формула (‹sec2›)
ISBN 978-5-‹D:5›-‹d:3›-‹d:1›, ББК ‹n:10-90›.‹n:1-90›, УДК ‹n:100-900›.‹n:1-90›
CVE-‹year›-‹D:5›, CVSS ‹fl:9›, CWE-‹n:1-900›
DOI 10.‹D:4›/‹w›.‹year›.‹D:6›`,
	"thing": `
‹ma› ‹mn›
‹fa› ‹fn›
‹na› ‹nn›
‹ma› ‹mn› № ‹n:1-90›
‹fa› ‹fn› типа ‹A:2›-‹n:1-900›
‹mn› с запасом ‹gen›
‹fn› для ‹gen›`,
	"when": `
в начале недели
к утру
после обеда
в ‹clock›
‹rudate›
‹n:1-28› ‹month›
за последние ‹n:2-30› дней
в течение ‹n:2-20› часов
летом ‹year› года
во втором квартале
с ‹n:1-28› по ‹n:1-28› ‹month›
накануне
ближе к вечеру
через ‹n:2-50› минут`,
	"where": `
в цехе ‹n:1-40›
на складе № ‹n:1-40›
у входа
на третьей линии
под навесом
в машинном зале
на северной площадке
в подвале
за стеной
на крыше
в теплице
возле причала
на станции ‹town›-Сортировочная
в хранилище`,
	"machine": `
‹^thing› ‹iv› ‹when›, запас ‹gen› – ‹n:1-900› ‹(кг|л|т)›.
‹^where› ‹iv› ‹thing›.
‹^thing› ‹adv› ‹iv›, хотя нагрузка не превышает ‹n:10-99› %.
Если ‹thing› ‹iv› ‹adv›, проверьте уровень ‹gen› и затяните болты моментом ‹n:5-300› Н м.
По журналу ‹thing› наработал ‹sum:100-90000› моточасов, следующий осмотр ‹rudate›.
Замена: ‹mn›, код ‹D:10›, ‹n:1-40› шт., остаток на складе ‹n:0-900›.
‹^when› ‹where› установили ‹pa› ‹pl›, всего ‹n:10-900› штук.
Давление ‹gen› держится на уровне ‹fl:16› бар, температура ‹n:20-180› градусов.
Частота вращения ‹sum:600-9000› об/мин, ток ‹fl:90› А, напряжение ‹n:12-690› В.
‹^pa› ‹pl› хранятся ‹where›, срок годности до ‹rudate›.
Шум исчез после чистки: ‹thing› снова ‹iv› ‹adv›.
Расход ‹gen› вырос с ‹n:10-90› до ‹n:91-300› литров в час.
Вибрация на опоре ‹n:1-8› составила ‹fl:9› мм/с при норме ‹fl:9› мм/с.
Схема ‹A:3›.‹D:6›.‹d:3›: ‹mn› подключён через ‹(реле|муфту|фильтр|шину)›.
Гарантия на ‹mn› – ‹n:12-60› месяцев, заводской номер ‹D:9›.
Смазка заложена ‹rudate›, следующая – через ‹n:100-900› часов.
Перед пуском ‹mn› ‹adv› прогревают ‹n:5-60› минут.
Линия ‹n:1-12› остановлена ‹when›: закончился запас ‹gen›.
В комплекте ‹pl›, ‹pl› и ключ на ‹n:8-46›.
Манометр показывал ‹fl:25›, затем стрелка ‹adv› опустилась до нуля.
Производительность – ‹n:10-900› тонн ‹gen› в сутки.`,
	"weather": `
‹^when› ожидается ‹(дождь|снег|туман|гроза|метель|град|ясная погода)›, ветер ‹wind›, ‹n:1-25› м/с.
‹^wind› ветер принёс ‹(тепло|холод|сырость|пыль|запах моря)›.
Температура воздуха ночью ‹n:1-30› градусов, днём до ‹n:1-35›.
Влажность ‹n:30-99› %, давление ‹n:720-790› мм рт. ст.
К вечеру облака разошлись, и над рекой встал туман.
За сутки выпало ‹n:1-60› мм осадков – ‹n:10-200› % месячной нормы.
Снежный покров достигает ‹n:5-120› см, лёд на озере – ‹n:5-90› см.
Уровень воды у моста поднялся на ‹n:1-300› см и составил ‹n:100-900› см.
Город ‹town› встретил утро инеем и тихой дымкой.
В ‹townp› прошёл ливень, улицы местами залило.
На дорогах гололёд, видимость ‹n:50-900› метров.
Весна в этом году запоздала на ‹n:3-20› дней.
Метеостанция ‹D:5› передала сводку в ‹clock›.
Атмосферный фронт смещается на ‹(север|юг|восток|запад)› со скоростью ‹n:10-70› км/ч.
Солнце взошло в ‹clock›, зашло в ‹clock›.
Первый снег лёг ‹n:1-28› ‹month› и растаял к полудню.
Море спокойно, волна ‹fl:4› м, вода ‹n:5-27› градусов.
Гроза задела ‹where›, молниеотвод сработал ‹n:1-9› раз.
В лесу пахло мокрой корой и грибами.
Ветер к ночи ‹adv› стих.`,
	"garden": `
‹^plant› сеют ‹n:1-28› ‹month›, когда почва прогреется до ‹n:5-18› градусов.
Под ‹plant› вносят ‹n:20-90› г золы на квадратный метр.
Почва здесь – ‹soil›, её рыхлят на глубину ‹n:5-30› см.
‹^tree› любит солнце и не терпит застоя воды.
Саженцы ‹treeg› ставят через ‹n:1-6› м, поливают по ‹n:5-40› л.
Рассаду пикируют в фазе ‹n:2-5› листьев и держат при ‹n:12-22› градусах.
С грядки сняли ‹n:3-90› кг, ещё ‹n:3-90› кг оставили на семена.
Сорт «‹brand›» созревает за ‹n:45-130› дней, всхожесть ‹n:70-99› %.
Обрезку ‹treeg› заканчивают до ‹n:1-28› ‹month›.
Капельный полив включается в ‹clock› на ‹n:5-60› минут.
Теплицу проветривают ‹adv›, когда внутри выше ‹n:25-38› градусов.
Пакет семян, артикул ‹D:10›, масса ‹fl:9› г, партия ‹D:6›.
Компост перелопачивают ‹n:2-6› раза за сезон.
Лунки проливают тёплой водой и мульчируют опилками.
‹^tree› зацвела ‹n:1-28› ‹month›, на неделю позже обычного.
Между рядами оставляют ‹n:20-120› см, в ряду – ‹n:5-60› см.
Удобрение NPK ‹n:5-25›-‹n:5-25›-‹n:5-25›, мешок ‹n:5-50› кг, ‹sum:300-9000› руб.
Осенью стволы белят, приствольный круг укрывают лапником.
Сливают воду из бочек до первых заморозков.
На южном склоне ‹plant› убирают на декаду раньше.`,
	"economy": `
Объём рынка ‹gen› вырос на ‹fl:30› % и достиг ‹n:10-900› млрд руб.
Индекс цен в ‹(январе|марте|мае|июле|октябре)› составил ‹n:99-104›,‹d:2› %.
Выручка за квартал – ‹sum:1000000-900000000› рублей, себестоимость – ‹sum:1000000-900000000› рублей.
Экспорт ‹gen› сократился с ‹n:100-900› до ‹n:10-99› тыс. тонн.
Ставка по кредитам для предприятий – ‹n:5-25›,‹d:1› % годовых.
Курс на ‹rudate›: ‹n:60-110›,‹d:4› за доллар, ‹n:60-120›,‹d:4› за евро.
Дефицит бюджета оценивают в ‹fl:9› % валового продукта.
Цена фьючерса на тонну ‹gen› – ‹sum:1000-900000› рублей.
Запасы на складах покрывают ‹n:10-120› дней спроса.
Капитальные вложения распределены так: ‹n:10-60› % – оборудование, ‹n:10-30› % – здания, остальное – сети.
Налог исчислен с базы ‹money:100000-90000000› руб. по ставке ‹n:5-25› %.
Рентабельность снизилась на ‹fl:9› процентного пункта.
Доля импорта в потреблении ‹gen› – около ‹n:3-80› %.
Тариф на перевозку вагона – ‹sum:10000-300000› руб. за рейс.
Амортизация начислена за ‹n:3-240› месяцев линейным способом.
По итогам торгов лот № ‹n:1-900› ушёл за ‹sum:100000-90000000› руб.
План на ‹year› год: ‹sum:1000-90000› единиц, факт – ‹sum:1000-90000›.
Строка ‹d:4› формы: ‹sum:1000-9000000›, строка ‹d:4›: ‹sum:1000-9000000›.
Инфляция замедлилась третий месяц подряд.
Закупка № ‹D:11› признана состоявшейся, экономия ‹fl:30› %.
Среднегодовой темп роста с ‹year› года – ‹fl:15› %.`,
	"product": `
‹^ma› ‹mn› «‹brand›»: ‹mat›, цвет ‹colour›, вес ‹n:1-90› кг.
‹^fa› ‹fn› «‹brand›-‹n:1-900›», артикул ‹D:8›, гарантия ‹n:12-60› мес.
Размер ‹n:10-300› х ‹n:10-300› х ‹n:10-300› мм, объём ‹n:1-900› л.
Цена ‹sum:500-900000› р., со скидкой ‹n:5-70› % – ‹sum:300-90000› руб.
Материал корпуса – ‹mat›, покрытие – ‹colour› лак.
Мощность ‹n:100-9000› Вт, питание 220 В, кабель ‹fl:5› м.
В упаковке ‹n:2-48› шт., штрихкод ‹ean:13›.
Подходит для ‹gen›, ‹gen› и ‹gen›.
Код производителя ‹AN:12›, страна – ‹(Россия|Беларусь|Китай|Турция|Сербия)›.
Чехол стирают при ‹n:30-60› градусах, не отбеливают.
Модель ‹A:3›‹n:100-9000›/‹A:2› снята с производства в ‹year› году.
Рейтинг ‹fl:5› из 5, отзывов ‹n:1-9000›.
Доставка по городу ‹town› от ‹n:100-900› руб., срок ‹n:1-14› дней.
Набор: ‹pl›, ‹pl›, инструкция.
‹^pa› ‹pl› из материала «‹mat›», ‹n:10-900› штук в коробке.
Уровень шума ‹n:20-70› дБ, класс защиты IP‹n:20-68›.
Аккумулятор ‹sum:1000-9000› мАч, зарядка ‹n:1-9› ч.
Хранить при температуре от ‹n:1-5› до ‹n:15-30› градусов.
Состав: хлопок ‹n:50-95› %, полиэстер ‹n:5-50› %.
Новинка сезона: ‹thing› по цене ‹sum:500-90000› руб.`,
	"townline": `
Улица ‹street› тянется от вокзала до набережной.
На улице ‹streetp› меняют трубы и бордюры до ‹n:1-28› ‹month›.
Город ‹town› стоит на двух берегах реки.
Проезд по улице ‹streetp› закрыт для грузовых машин с ‹clock› до ‹clock›.
Из города ‹towng› в ‹(Самару|Тверь|Пермь|Казань|Уфу|Рязань)› ходит поезд № ‹n:1-900›, в пути ‹n:1-30› ч.
В ‹townp› открыли парк площадью ‹n:1-90› га.
Площадь у театра вымощена гранитом, фонтаны включают в ‹clock›.
Трамвай ‹n:1-40› идёт мимо рынка, дальше – к порту.
Мост через реку построен в ‹year› году, длина ‹n:100-900› м.
Кинотеатр «‹brand›» на улице ‹streetp› закрыли на ремонт.
Население района – ‹n:10-900› тыс., плотность ‹n:100-9000› на кв. км.
От станции метро «‹street›» до музея ‹n:5-40› минут пешком.
Во дворах высадили ‹n:10-900› деревьев, в основном ‹(липы|клёны|рябины|берёзы)›.
Автобус № ‹n:1-900› следует по улицам ‹street›, ‹street›, ‹street›.
Аэропорт города ‹towng› принял ‹n:10-900› рейсов.
Библиотека на бульваре работает с ‹clock› до ‹clock›.
Микрорайон «‹brand›» застроят к ‹year› году.
В ‹townp› прошёл фестиваль воздушных змеев.
Памятник архитектуры на улице ‹streetp› отреставрирован.
Развязка у города ‹towng› обошлась в ‹n:1-90› млрд руб.`,
	"firm": `
‹form› «‹brand›» поставило ‹n:10-900› тонн ‹gen› по договору № ‹n:1-900›/‹n:20-26›.
Завод «‹brand›» выпускает ‹pl› и ‹pl›.
Магазин «‹brand›» перешёл на летнее расписание: ‹clock›–‹clock›.
‹form› «‹brand›-‹brand›» увеличило выпуск на ‹n:2-60› %.
Между ‹form› «‹brand›» и ‹form› «‹brand›» заключён договор поставки на ‹sum:100000-90000000› руб.
Комбинат «‹brand›» (г. ‹town›) остановил линию на ремонт.
Гостиница «‹brand›» рассчитана на ‹n:20-300› номеров.
Фабрика «‹brand›» закупила ‹n:2-40› станков модели ‹A:2›‹n:100-900›.
Турбаза «‹brand›» открывает сезон ‹n:1-28› ‹month›.
Акции ПАО «‹brand›» подорожали до ‹n:10-9000›,‹d:2› руб.
Агрофирма «‹brand›» засеяла ‹sum:100-90000› га.
Порт «‹brand›» обработал ‹n:10-900› судов.
Кафе «‹brand›» и столовая «‹brand›» работают без выходных.
Торговая сеть «‹brand›» изменила код поставщика на ‹D:6›.
Издательство «‹brand›» выпустило атлас дорог тиражом ‹sum:1000-90000›.
Бренд «‹brand›» зарегистрирован, свидетельство № ‹D:6›.
Карьер «‹brand›» отгрузил ‹n:100-9000› вагонов щебня.
Тендер выиграло ‹form› «‹brand›», цена ‹money:100000-9000000› руб.`,
	"manual": `
Нажмите кнопку ‹n:1-9› и удерживайте ‹n:2-15› секунд.
Снимите крышку, отверните ‹n:2-12› винтов М‹n:3-20›.
Код ошибки E‹n:10-99›: ‹thing› не отвечает.
Установите параметр P‹sec2› равным ‹n:1-900›.
Шаг ‹n:1-20›. Закрепите ‹mn› на раме, как показано на рис. ‹sec2›.
Введите код изделия ‹D:10› и подтвердите.
Не включайте прибор, если ‹thing› ‹iv› ‹adv›.
Промойте ‹mn› тёплой водой без растворителей.
Подключите провод ‹n:1-12› к клемме X‹n:1-9›.‹n:1-24›.
Проверьте показания счётчика: ‹d:5›,‹d:3›.
Прошивку ‹ver4› устанавливают через разъём USB.
После замены сбросьте счётчик ресурса (меню ‹sec3›).
При первом пуске слейте ‹fl:9› л ‹gen›.
Таблица ‹sec2›: зазоры и допуски, мм.
Индикатор мигает ‹n:2-9› раз – батарея разряжена.
Сверьте номер на шильдике (‹D:9›) с паспортом изделия № ‹D:6›.
Момент затяжки ‹n:5-300› Н м, порядок – крест-накрест.
Раз в ‹n:2-24› месяца меняйте ‹mn› и прокладку.
Запишите режим ‹n:1-9› в память, дождитесь сигнала.
Номинальный ресурс – ‹sum:1000-90000› циклов.`,
	"office": `
Совещание по складу перенесли на ‹rudate›, ‹clock›, переговорная ‹n:1-40›.
Отчёт за ‹(январь|март|июнь|сентябрь)› собран, файл ‹w›_‹date›.xlsx, ‹n:1-90› листов.
Просьба сверить остатки по артикулам ‹D:10› и ‹D:10›.
Заказ ‹D:11› оплачен, отгрузка ‹when›.
Принтер на ‹n:2-9› этаже печатает полосами, заявка ‹D:7›.
В таблице ‹n:1-40› строк без цены, проверьте столбец ‹A:1›.
Итого по смете ‹money:10000-9000000› руб., резерв ‹n:3-15› %.
Пропуска на груз выдают с ‹clock› до ‹clock›.
Согласован график: поставка ‹rudate›, монтаж ‹rudate›, пуск ‹rudate›.
Номер версии документа ‹ver2›, предыдущая хранится в архиве.
По накладной ‹D:9› не хватает ‹n:1-40› мест.
План закупок: ‹pl›, ‹pl›, ‹pl›; бюджет ‹sum:10000-9000000› руб.
Задача ‹A:4›-‹n:1-9000› закрыта, сборка ‹D:8› выложена.
Инвентаризация ‹where› идёт до ‹rudate›.
Договор № ‹D:3›/‹D:4› продлён до ‹rudate›.
Счёт № ‹D:8› на ‹sum:1000-900000› руб. ждёт оплаты.
Код проекта ‹D:10›, этап ‹sec2›, статус – в работе.
Срок сдачи раздела ‹sec3› – ‹n:1-28› ‹month›.
Ключ от серверной лежит у охраны, ячейка ‹n:1-90›.
Коробки подписаны: ‹A:1›-‹n:1-90›, вес ‹n:1-30› кг.`,
	"english": `
The ‹enadj› ‹en› ‹enverb› the ‹en› by ‹n:2-90› percent.
A ‹enadj› ‹en› ‹enverb› each ‹en› in section ‹sec3›.
Between ‹year› and ‹year› the ‹en› grew from ‹comma:1000-900000› to ‹comma:1000-9000000› units.
See table ‹n:1-40› for the ‹enadj› ‹en› and its ‹en›.
Part number ‹D:10›, revision ‹n:1-40›, lot ‹D:8›.
The ‹en› of a ‹en› ‹enverb› its ‹enadj› ‹en›; figure ‹n:1-90› shows why.
Each ‹en› costs $‹comma:10-90000›.‹d:2› and weighs ‹float:90-1› kg.
We measured ‹n:10-900› samples on ‹date› at ‹clock›.
Set the ‹en› to ‹n:1-900› and wait ‹n:1-90› seconds.
Release ‹ver› ‹enverb› the ‹en› parser and drops ‹w›@‹ver›.
In ‹(winter|summer|spring|autumn)› the ‹en› ‹enverb› the ‹enadj› ‹en›.
Catalogue entry ‹D:12› lists ‹n:2-90› kinds of ‹en›.`,
	"weather.paragraph": "\n‹weather› ‹weather› ‹weather›\n‹weather› ‹weather› ‹weather› ‹townline› ‹weather›",
	"machine.paragraph": "\n‹machine› ‹machine› ‹machine›\n‹machine› ‹manual› ‹machine› ‹machine› ‹machine›",
	"garden.paragraph":  "\n‹garden› ‹garden› ‹garden›\n‹garden› ‹weather› ‹garden› ‹garden› ‹garden›",
	"economy.paragraph": "\n‹economy› ‹economy› ‹economy›\n‹economy› ‹firm› ‹economy› ‹economy› ‹economy›",
	"product.paragraph": "\n‹product› ‹product› ‹product›\n‹product› ‹product› ‹product› ‹product› ‹firm›",
	"town.paragraph":    "\n‹townline› ‹townline› ‹townline›\n‹townline› ‹weather› ‹townline› ‹townline› ‹firm› ‹townline›",
	"firm.paragraph":    "\n‹firm› ‹firm› ‹economy›\n‹firm› ‹firm› ‹product› ‹firm› ‹law›",
	"manual.paragraph":  "\n‹manual› ‹manual› ‹manual›\n‹manual› ‹machine› ‹manual› ‹manual› ‹law›",
	"office.paragraph":  "\n‹office› ‹office› ‹office›\n‹office› ‹office› ‹machine› ‹office› ‹office›",
	"english.paragraph": "\n‹english› ‹english› ‹english›\n‹english› ‹english› ‹english› ‹english› ‹english›",
	"sql.row": `
  (‹D:10›, '‹^ma› ‹mn›', ‹n:1-900›, ‹float:9000-2›, '‹date› ‹hms›')
  (‹D:10›, '‹^fa› ‹fn›', NULL, ‹float:9000-2›, '‹date› ‹hms›')
  (‹D:11›, '‹w›-‹h:8›', ‹n:1-900›, 0.‹d:2›, '‹date› ‹hms›.‹d:6›')`,
	"sql.insert": `
INSERT INTO ‹snake› (id, title, qty, price, updated_at) VALUES
INSERT INTO warehouse.‹snake› (‹w›_id, title, amount, rate, at) VALUES`,
	"sql.end": `
ON CONFLICT (id) DO NOTHING;
;`,
	"package.head": `
{ "name": "‹pkg›-‹w›", "version": "‹ver›", "dependencies": {`,
	"package.line": `
    "‹pkg›": "^‹ver›"
    "‹scope›/‹w›": "~‹ver›"
    "‹scope›/‹w›-‹w›": "npm:‹pkg›@‹ver›"
    "‹w›": "workspace:*"`,
	"package.foot": `
} }`,
}

// cleanPieces are rules whose patterns have several lines, with ==== between them.
var cleanPieces = map[string]string{
	"go.head": `
// Package ‹w› ‹verb›s ‹w›s.
package ‹w›

import (
	"context"
	"fmt"

	"example.com/‹w›/‹w›/v‹n:2-9›"
)

const max‹^w› = ‹D:10›
====
package ‹w›_test

import "testing"

var ‹id›s = []int64{‹D:10›, ‹D:11›, ‹D:9›, ‹D:12›}`,
	"go.func": `
// ‹1=Id› ‹verb›s the ‹w›; see section ‹sec3›.
func (‹(s|r|w)› *‹Id›) ‹1›(ctx context.Context, ‹2=id› ‹type›) (‹type›, error) {
	if ‹2› == nil {
		return nil, fmt.Errorf("‹w›: no ‹w› %v", ‹2›)
	}
	const limit = ‹D:8›
	return s.‹id›.‹Id›(ctx, ‹2›, limit)
}
====
func Test‹Id›(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"‹D:10›", "‹h:8›"},
		{"‹D:12›", "‹w›"},
		{"‹uuid›", "‹ver›"},
	} {
		if got := ‹verb›(c.in); got != c.want {
			t.Errorf("%q: %q", c.in, got)
		}
	}
}
====
type ‹Id› struct {
	‹^w›   int64     ` + "`json:\"‹w›_id\" db:\"‹w›\"`" + `
	‹^w›At time.Time ` + "`json:\"‹w›_at,omitempty\"`" + `
	‹^w›   []‹Id›
}
====
func ‹verb›‹^w›(b []byte) uint64 {
	h := uint64(0x‹h:16›)
	for _, c := range b {
		h = (h ^ uint64(c)) * ‹D:13›
	}
	return h >> ‹n:1-60› // ‹D:19›
}`,
	"sql.query": `
SELECT ‹(a|o|t)›.‹w›_id, b.‹w›, sum(b.‹w›) AS ‹w›
FROM ‹snake› a
INNER JOIN ‹snake› b ON b.‹w›_id = a.id
LEFT OUTER JOIN ‹snake› c ON c.‹w› = a.‹w›
WHERE a.created_at >= '‹date›' AND b.‹w›_id IN (‹D:10›, ‹D:10›, ‹D:11›)
GROUP BY 1, 2 HAVING count(*) > ‹n:1-90›
ORDER BY 3 DESC LIMIT ‹n:1-900›;
====
CREATE TABLE IF NOT EXISTS ‹snake› (
    id bigint PRIMARY KEY DEFAULT nextval('‹w›_seq'),
    ‹w› numeric(12,2) NOT NULL CHECK (‹w› > 0),
    ‹w›_at timestamptz DEFAULT now()
);
CREATE INDEX CONCURRENTLY ‹w›_‹h:4›_idx ON ‹snake› USING btree (‹w›_at DESC);
====
UPDATE ‹snake› SET ‹w› = ‹w› * 1.‹d:2›, ‹w›_id = ‹D:12› WHERE id BETWEEN ‹D:8› AND ‹D:9›;
-- ‹n:1-9000› rows, ‹float:90-3› s, txid ‹D:9›
====
WITH RECURSIVE ‹1=w›_tree AS (
    SELECT id, parent_id FROM ‹snake› WHERE id = ‹D:10›
    UNION ALL
    SELECT c.id, c.parent_id FROM ‹snake› c JOIN ‹1›_tree t ON t.id = c.parent_id
)
SELECT count(*) FROM ‹1›_tree;`,
	"py.head": `
#!/usr/bin/env python3
"""‹^verb› ‹w›s of the ‹w› service."""
import logging
from dataclasses import dataclass, field
from ‹w›.‹w› import ‹Id›

‹^w›_LIMIT = ‹D:10›
====
# -*- coding: utf-8 -*-
# ‹machine›
import re, sys, struct

MAGIC = b"\x‹h:2›\x‹h:2›\x‹h:2›\x‹h:2›"`,
	"py.func": `
@app.route("‹path›", methods=["GET"])
@cached(ttl=‹n:10-900›)
def ‹snake›(‹1=w›: int = ‹D:9›) -> dict:
    """Return ‹w›; ‹1› is at most ‹D:10›."""
    return {"‹w›": ‹1› // ‹n:2-90›, "total": round(‹float:900-2› * ‹1›, 2)}
====
@dataclass(frozen=True)
class ‹Id›:
    ‹w›_id: int
    ‹w›: float = ‹float:90-4›
    ‹w›s: list[str] = field(default_factory=list)

    @property
    def ‹snake›(self) -> bool:
        return self.‹w›_id % ‹n:2-99› == ‹n:0-1›
====
@pytest.mark.parametrize("value,expected", [
    ("‹D:10›", ‹D:10›),
    ("‹date›", "‹rudate›"),
    ("‹uuid›", None),
])
def test_‹snake›(value, expected):
    assert ‹snake›(value) == expected
====
async def ‹snake›(‹1=w›s):
    async for ‹1› in ‹1›s:
        if ‹1›["‹w›"] > ‹D:8›:
            yield ‹1›`,
	"js.head": `
import { ‹Id›, ‹Id› } from '‹scope›/‹w›';
import ‹id› from '../‹w›/‹w›.js';

export const ‹id› = ‹D:10›;
====
'use strict';
const ‹id› = require('‹pkg›'); // ‹pkg›@‹ver›`,
	"js.func": `
@Injectable()
export class ‹Id›Service {
  @Input() ‹id›: number = ‹D:10›;
  constructor(private readonly ‹id›: ‹Id›) {}
  ‹id›(‹1=w›) { return this.‹id›.get(` + "`/‹w›/${‹1›}?v=‹D:8›`" + `); }
}
====
export function ‹id›(‹1=w›s, limit = ‹n:10-900›) {
  return ‹1›s.filter((x) => x.id !== '‹D:12›').map((x) => ({ ...x, at: ‹unix›‹d:3› })).slice(0, limit);
}
====
describe('‹w› ‹w›', () => {
  it('‹verb›s ‹w›', async () => {
    expect(await ‹id›('‹uuid›')).toEqual({ code: ‹D:10›, size: ‹n:1-900› });
  });
});
====
const ‹id› = { '‹w›-‹w›': '#‹h:6›', width: ‹n:1-900›, key‹n:1-9›: 0x‹h:8›, big: ‹D:16›n };`,
	"yaml.part": `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ‹1=svc›, labels: {app: ‹1›, rev: "‹D:10›"}}
spec:
  replicas: ‹n:1-20›
  template:
    spec:
      containers:
        - image: registry.example.com/‹1›@sha256:‹h:64›
          resources: {limits: {cpu: ‹n:100-900›m, memory: ‹n:64-900›Mi}}
====
name: ‹w›
on: {schedule: [{cron: "‹n:0-59› ‹n:0-23› * * *"}]}
jobs:
  ‹verb›:
    runs-on: ubuntu-‹n:20-26›.04
    steps:
      - uses: actions/‹w›@v‹n:1-6›
      - uses: ‹w›/‹w›@‹h:40›
      - run: npm ci && npm run ‹verb› -- --seed=‹D:10›
====
‹w›:
  ‹w›_id: ‹D:12›
  version: ‹ver4›
  window: ‹clock›-‹clock›
  ranges: [‹D:5›-‹D:6›, ‹D:8›]
  note: "‹machine›"
====
openapi: 3.‹n:0-1›.‹n:0-3›
paths:
  /‹w›/{id}:
    get: {operationId: ‹verb›‹^w›, responses: {"200": {description: ok}}}
components: {schemas: {‹Id›: {type: integer, example: ‹D:10›, maximum: ‹D:12›}}}`,
	"css.rule": `
.‹w›-‹w› { color: #‹h:6›; margin: ‹n:0-40›px ‹n:0-40›px; transition: all .‹d:1›s; z-index: ‹n:1-9999›; }
====
@media (min-width: ‹n:300-900›px) and (max-width: ‹n:901-2000›px) {
  .‹w› > .‹w›:nth-child(‹n:2-9›n+1) { width: ‹float:99-3›%; }
}
====
@font-face { font-family: '‹^w›'; src: url('/fonts/‹w›.‹h:20›.woff2') format('woff2'); unicode-range: U+0400-045F, U+0490-0491; }
====
@import url("‹w›/‹w›.css"); @supports (display: grid) { .‹w› { gap: ‹n:1-40›px; } }
====
@keyframes ‹w› { from { transform: translate(‹float:90-2›px, -‹float:90-2›px); } to { opacity: 0.‹d:2›; } }
====
#‹w›-‹n:1-900›::after { content: "\‹h:4›"; background: url(data:image/gif;base64,‹b64:60›); }`,
	"lock.entry": `
"‹1=pkg›@^‹2=ver›":
  version "‹2›"
  resolved "https://registry.example.com/‹1›/-/‹1›-‹2›.tgz#‹h:40›"
  integrity sha512-‹b64:86›==
====
"‹scope›/‹w›@npm:‹ver›":
  checksum: 10c0/‹h:128›
====
example.com/‹1=w›/‹2=w› v‹ver› h1:‹b64:43›=
example.com/‹1›/‹2› v0.0.0-‹year›‹n2:1-12›‹n2:1-28›‹n2:0-23›‹d:4›-‹h:12›/go.mod h1:‹b64:43›=
====
[[package]]
name = "‹w›-‹w›"
version = "‹ver›"
checksum = "‹h:64›"`,
}
