package detectors

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// HintFor says what the name of a column or key says about its values, best first. A name is a column name, a CSV
// header or a JSON path; it is cut into tokens at separators, letter cases and digits, and tokens are compared as
// wholes: "inner" is not "inn". Cyrillic names are also known in transliteration. Cache the answer.
func HintFor(name string) []Hint { return HintIn("", name) }

// HintIn is HintFor of a column of an object whose name may say more: user_id of tg_users.
func HintIn(object, name string) []Hint {
	var hints []Hint
	for _, h := range readHintsIn(object, name) {
		hints = append(hints, h.Hint)
	}
	return hints
}

// A namedHint is a hint and how much it says.
type namedHint struct {
	Hint
	rank int
	// first is the token that the hint begins with; short names mean much else, too: nothing well-formed, and they say nothing.
	first int
	short bool
	// letter says that the name is one letter, as "Ф", "И", "О" are; paper that it may be one of any document.
	letter, paper bool
	// rest is what the name says beside the hint, so that the parts of one value find each other.
	rest string
}

func readHints(name string) []namedHint { return readHintsIn("", name) }

func readHintsIn(object, name string) []namedHint {
	n := splitName(name)
	var around splitted
	if len(n.tokens) == 0 {
		return nil
	}
	lone := utf8.RuneCountInString(strings.Trim(name, " .")) == 1
	var found []namedHint
	add := func(d *Detector, part Part, m match, known string, weak bool) {
		if n.about(m) {
			return
		}
		foreign := n.foreign(m) && !slices.Contains(surelyPersonal, known)
		h := namedHint{Hint: Hint{Detector: d, Part: part, Weak: weak || m.weak || foreign || n.guarded(known, m), Foreign: foreign},
			rank: m.rank, first: m.from, short: slices.Contains(loneNames, known), rest: n.without(m.from, m.to),
			letter: utf8.RuneCountInString(known) == 1, paper: known == "документ"}
		for i := range found {
			if found[i].Detector == d && found[i].Part == part {
				if found[i].rank < h.rank || found[i].rank == h.rank && found[i].Weak {
					found[i] = h
				}
				return
			}
		}
		found = append(found, h)
	}
	for _, d := range declared {
		for _, known := range d.Names {
			if m, ok := n.find(known); ok {
				add(d, WholeValue, m, known, false)
			}
		}
	}
	for _, d := range declared {
		for _, p := range d.Parts {
			if p.Context != "" && around.tokens == nil && object != "" {
				around = splitName(object)
			}
			if p.Loose || p.Context != "" && !n.has(p.Context) && !(p.Part == WholeValue && around.has(p.Context)) {
				continue
			}
			for _, known := range strings.Fields(p.Names) {
				if utf8.RuneCountInString(known) == 1 && !lone {
					continue // "Серия и номер", f4
				}
				if m, ok := n.find(known); ok && !(p.Last && m.to < len(n.tokens)) {
					m.rank += 3
					add(d, p.Part, m, known, p.Weak)
				}
			}
		}
	}
	slices.SortStableFunc(found, func(x, y namedHint) int {
		switch {
		case x.Weak != y.Weak:
			if y.Weak {
				return -1
			}
			return 1
		case x.rank != y.rank:
			return y.rank - x.rank
		}
		return strings.Compare(string(x.Detector.Kind), string(y.Detector.Kind))
	})
	return found
}

// A splitted name: tokens in lower case, with the segment of the path that each belongs to.
type splitted struct {
	tokens    []string
	skeletons []string // of the tokens in Latin letters
	segment   []int
	segments  int
}

// splitName cuts a name into tokens: separators, camelCase, digits; ё becomes е.
func splitName(name string) splitted {
	var n splitted
	var b strings.Builder
	segment := 0
	flush := func() {
		if b.Len() > 0 {
			token, bones := b.String(), ""
			if token[0] < 0x80 {
				bones = skeleton(token)
			}
			n.tokens, n.skeletons, n.segment = append(n.tokens, token), append(n.skeletons, bones), append(n.segment, segment)
			b.Reset()
		}
	}
	r := []rune(name)
	dotted := strings.Contains(name, "ф.и.о") || strings.Contains(strings.ToLower(name), "ф.и.о")
	for i, c := range r {
		if !unicode.IsLetter(c) {
			flush()
			if (c == '.' && !dotted || c == '/' || c == '[' || c == '>') && len(n.tokens) > 0 && i+1 < len(r) && abbreviation(r, i) {
				segment++
			}
			continue
		}
		if unicode.IsUpper(c) && i > 0 && unicode.IsLetter(r[i-1]) &&
			(unicode.IsLower(r[i-1]) || i+1 < len(r) && unicode.IsLower(r[i+1]) && unicode.IsUpper(r[i-1])) {
			flush()
		}
		c = unicode.ToLower(c)
		if c == 'ё' {
			c = 'е'
		}
		b.WriteRune(c)
	}
	flush()
	n.segments = segment + 1
	// Segments that hold nothing but an index are none: the last one with tokens is the last.
	if len(n.segment) > 0 {
		n.segments = n.segment[len(n.segment)-1] + 1
	}
	return n
}

// abbreviation says that the separator at i begins a new segment of a path: "р/с", "тел./факс" and "тел. раб." are no paths.
func abbreviation(r []rune, i int) bool {
	if i+1 < len(r) && r[i+1] == ' ' || i > 0 && r[i-1] == '.' {
		return false
	}
	letters := 0
	for j := i - 1; j >= 0 && unicode.IsLetter(r[j]); j-- {
		letters++
	}
	return letters != 1
}

// A match says which tokens a known name took.
type match struct {
	from, to, rank int
	weak           bool
}

// find looks for the words of a known name among the tokens.
func (n *splitted) find(known string) (match, bool) {
	k := hintNameOf(known)
	words := k.words
	best := match{rank: -1}
	try := func(from, to, weight int) {
		last := n.segments - 1
		if n.segment[from] != n.segment[to-1] {
			return
		}
		m := match{from: from, to: to, rank: 10 * weight}
		switch n.segment[from] {
		case last:
			m.rank += 8
		case last - 1:
			m.weak = true
			m.rank += 1
		default:
			return
		}
		if to == len(n.tokens) {
			m.rank += 2
		}
		if from == 0 || n.segment[from-1] != n.segment[from] {
			m.rank++
			if to == len(n.tokens) {
				m.rank += 4 // the whole name
			}
		}
		if m.rank > best.rank {
			best = m
		}
	}
	for i := range n.tokens {
		if n.segment[i] < n.segments-2 {
			continue // the way to it
		}
		if len(words) > 1 && n.same(&k.joined, i) {
			try(i, i+1, len(words))
		}
		if i+len(words) > len(n.tokens) {
			continue
		}
		same := true
		for j := range words {
			same = same && n.same(&words[j], i+j)
		}
		if same {
			try(i, i+len(words), len(words))
		}
		// camelCase and capitals cut "OtchFL" in two.
		if len(words) == 1 && i+2 <= len(n.tokens) && n.tokens[i]+n.tokens[i+1] == known {
			try(i, i+2, 1)
		}
	}
	return best, best.rank >= 0
}

// A hintWord is one of a known name, with what it is compared by.
type hintWord struct {
	text     string
	skeleton string // none: no other spelling is the same word
}

func hintWordOf(w string) hintWord {
	k := hintWord{text: w}
	if w[0] < 0x80 && len(w) > 4 || w[0] >= 0x80 && len(w) >= 6 { // three Russian letters
		k.skeleton = skeleton(w)
	}
	return k
}

// A hintName is a known name cut into words, and these without a gap.
type hintName struct {
	words  []hintWord
	joined hintWord
}

// hintNames holds a *hintName for every name that detectors declare: a table may have thousands of columns, and each is compared with all.
var hintNames sync.Map

func hintNameOf(name string) *hintName {
	if k, ok := hintNames.Load(name); ok {
		return k.(*hintName)
	}
	k := &hintName{joined: hintWordOf(strings.ReplaceAll(name, "_", ""))}
	for w := range strings.SplitSeq(name, "_") {
		k.words = append(k.words, hintWordOf(w))
	}
	hintNames.Store(name, k)
	return k
}

// same compares a known word with token i: a Cyrillic one of three letters or more also in transliteration.
func (n *splitted) same(known *hintWord, i int) bool {
	return known.text == n.tokens[i] || known.skeleton != "" && known.skeleton == n.skeletons[i]
}

// skeleton folds the ways of writing a Russian word in Latin letters into one.
func skeleton(w string) string {
	if w[0] >= 0x80 {
		w = romanSchemes[1].Replace(w)
	}
	return skeletonFold.Replace(strings.ReplaceAll(skeletonFirst.Replace(w), "''", ""))
}

var (
	skeletonFirst = strings.NewReplacer("shch", "w", "sch", "w", "shh", "w", "zh", "q", "kh", "h", "ts", "c", "ya", "ia", "ja", "ia", "yu", "iu", "ju", "iu",
		"ye", "e", "yo", "e", "ij", "i", "iy", "i", "yi", "i", "'", "")
	skeletonFold = strings.NewReplacer("iia", "ia", "iiu", "iu", "y", "i", "j", "i", "ks", "x", "ss", "s")
)

// without returns the tokens that a match leaves over.
func (n *splitted) without(from, to int) string {
	return strings.Join(n.tokens[:from], "_") + "|" + strings.Join(n.tokens[to:], "_")
}

// has says whether one of the words is among the tokens.
func (n *splitted) has(words string) bool {
	for w := range strings.FieldsSeq(words) {
		k := hintNameOf(w)
		for i := range n.tokens {
			if n.same(&k.joined, i) {
				return true
			}
		}
	}
	return false
}

// about says that the column holds something about what was matched, not the thing itself: phone_verified, has_email,
// inn_check_date. A known name that ends or begins with such a word means it: birth_date, password_hash.
func (n *splitted) about(m match) bool {
	last := len(n.tokens) - 1
	first := 0
	for i, s := range n.segment {
		if s == n.segments-1 {
			first = i
			break
		}
	}
	if m.to <= last && slices.Contains(aboutLast, n.tokens[last]) || m.from > first && slices.Contains(aboutFirst, n.tokens[first]) {
		return true
	}
	for _, pair := range aboutPairs {
		if m.from > 0 && m.to == m.from+1 && n.tokens[m.from-1] == pair[0] && n.tokens[m.from] == pair[1] {
			return true
		}
	}
	return false
}

var (
	aboutLast = strings.Fields(`type status count cnt flag verified confirmed valid checked enabled sent at template length len format mask masked hash url
		uri link scan file path image photo icon label placeholder hint title description text comment template provider domain consent subscribed
		subscribers subscription тип статус количество кол флаг признак подтвержден проверен ссылка скан файл фото копия согласие формат шаблон длина
		комментарий примечание rank version error errors message id ids uuid guid ид date дата dt code код model модель os brand color price cost цена
		bonus бонус discount скидка level уровень opened opens clicked clicks accuracy precision точность speed altitude read delivered bounced uploaded загружен campaign budget limit лимит
		region регион country страна operator оператор carrier name token md sha crc digest выдачи vydachi issued expiry expires
		order sort source источник channel канал sold total sum visible hidden required optional changed updated added deleted`)
	aboutFirst = strings.Fields(`is has can need needs allow require required show hide enable disable count num_of есть имеется наличие количество кол признак
		флаг no without show avg min max total mean median share средний средняя среднее срок код code id тип type вид дата date data кем kem когда
		статус status число`)
	// aboutPairs are words of which the second names a kind elsewhere: the token of a card is what stands for it, and no key.
	aboutPairs = [...][2]string{{"card", "token"}, {"payment", "token"}, {"pan", "token"}, {"next", "token"}, {"page", "token"}, {"csrf", "token"}}
)

// guarded says that a known name is weak here: it is also a name of other things.
func (n *splitted) guarded(known string, m match) bool {
	if slices.Contains(loneNames, known) {
		// Two letters that mean much else: only when the segment holds nothing else.
		from, to := m.from, m.to
		for from > 0 && n.segment[from-1] == n.segment[m.from] {
			from--
		}
		for to < len(n.tokens) && n.segment[to] == n.segment[m.from] {
			to++
		}
		if to-from != m.to-m.from {
			return true
		}
	}
	return slices.Contains(weakNames, known)
}

var (
	loneNames = strings.Fields("im ot dr др ks rs кс рс от им kv кв mac pan ip tel mob fam им отч otch hid gn b_day tg vk lat lon lng")
	weakNames = strings.Fields(`name клиент заявитель плательщик получатель владелец абонент пациент сотрудник klient zayavitel platelshik poluchatel
		vladelec abonent sotrudnik person holder recipient patient employee born age возраст vozrast mail почта pochta т card карта karta account счет schet
		bank банк policy полис polis address адрес код code индекс city город number номер cell fax contact имя_клиента_организации url pass plate point
		serial session location geo party партия health policy nick ник login social права prava права exp vat series серия seria tin second_name
		display_name displayname исполнитель ответственный ответств директор ген_директор руководитель врач родитель водитель студент ученик менеджер
		представитель работник бухгалтер доверитель страхователь застрахованный арендатор заемщик должник участник гость гражданин физлицо ребенок
		мать отец супруг супруга опекун подписант агент кассир курьер преподаватель учитель начальник кандидат соискатель собственник
		индивидуальный_предприниматель driver doctor manager student teacher author candidate insured guest tenant borrower debtor representative
		director signer applicant child parent performer owner responsible ispolnitel otvetstvennyi direktor rukovoditel vrach voditel student
		uchenik menedzher rabotnik контакт контакты contacts стать документ`)
	surelyPersonal = strings.Fields(`фио fio ф_и_о инн inn снилс snils first_name last_name surname middle_name patronymic фамилия отчество familia otchestvo
		full_name fullname phone телефон email e_mail паспорт passport dob birth_date дата_рождения`)
)

// foreign says that the name speaks of things, firms or places, beside what was matched.
func (n *splitted) foreign(m match) bool {
	for i, t := range n.tokens {
		if (i < m.from || i >= m.to) && slices.Contains(thingWords, t) {
			return true
		}
	}
	return false
}

var thingWords = strings.Fields(`product products item items goods товар товара tovar sku brand бренд model модель category категория company компания компании
	org organization organisation организация организации firm фирма город city страна country region регион street улица улицы file файл файла host
	hostname server сервер domain домен table column field db schema event событие job task plan тариф tariff service услуга услуги course курс project
	проект проекта department отдел отдела position должность должности store shop магазин hotel отель tag group группа role роль page страница
	channel канал campaign kampaniya app application device устройство bank банк банка school школа clinic клиника currency валюта method metod
	template шаблон drug препарат диагноз status warehouse склад vendor brand class metric unit package module function index key theme book книга
	книги film фильм song title publisher издательство genre жанр package пакет упаковка упаковки брутто нетто gross net цена цены price лояльности
	loyalty скидки скидочная бонусная bonus gift подарочная fuel топливная работ услуг`)
