package detectors

import "bytes"

// Telegram is an account of Telegram: @name, a link to t.me, and the number of a user where a key says so. Channels,
// bots and invitations are nobody's account.
var Telegram = declare(Detector{
	Kind:   "telegram",
	Class:  Direct,
	Doc:    Doc{RU: "аккаунт в Telegram", EN: "Telegram account"},
	Prefix: "тг",
	Cues:   []string{"me", "tg", "telegram", "telegramid", "tgid", "chat", "chatid", "тг", "телеграм*", "телега", "телеге", "телегу"},
	Names: []string{"телеграм", "телеграмм", "тг_ник", "ник_тг", "аккаунт_тг", "telegram", "tg", "tg_id", "tg_user_id", "tg_username", "tg_nick",
		"tg_name", "tg_login", "tg_account", "telegram_id", "telegram_user_id", "telegram_username", "telegram_name", "telegram_nick",
		"telegram_account", "telegram_login", "telegramid", "tgid", "chat_id", "from_id", "actor_id", "телега", "telegram_url", "telegram_link", "tg_link", "tg_url"},
	Parts:   []PartNames{{Part: WholeValue, Names: "user_id userid uid пользователь_ид", Context: "tg telegram телеграм тг tgbot telegrambot"}},
	Digits:  1<<7 | 1<<8 | 1<<9 | 1<<10,
	Company: 82,
	Find:    findTelegram,
	Reach:   256,
	Fits: func(value []byte) bool {
		padded := append(append([]byte{0}, value...), 0, 0, 0)
		if h, ok := handleAt(padded, 1); ok {
			return h.end == len(value)+1
		}
		if h, ok := telegramLink(padded, bytes.Index(padded, []byte("me/"))); ok {
			return h.start == 1 && h.end == len(value)+1
		}
		d := bytes.TrimPrefix(value, []byte("user"))
		if len(d) >= 5 && len(d) <= 12 && allDigits(d) {
			return d[0] != '0' && !trivial(d)
		}
		end := nameEnd(padded, 1)
		return end == len(value)+1 && len(value) >= 5 && len(value) <= maxHandle && value[0]|0x20-'a' < 26 && !plainWord(value)
	},
	Normal: func(dst, value []byte) []byte {
		value = value[bytes.LastIndexAny(value, "/@=")+1:]
		return lowered(dst, bytes.TrimPrefix(value, []byte("user")))
	},
	Good: []string{
		"мой тг @kotofey_77, пишите",
		"Связь: https://t.me/masha_lisa",
		"@grisha_sokol привет, когда созвон?",
		"телега — lesnik_v",
		"напишите в личку @Zhenya_Z.",
		`"from_id": "user104857601"`,
		"tg://user?id=104857603",
		"telegram_id=104857605",
		"chat_id: 104857607",
	},
	Bad: []string{
		"@Override\npublic void run() {}",
		"@media (max-width: 600px) { }",
		"import x from '@babel/core'",
		"инстаграм @kotofey_77",
		"вступайте: t.me/joinchat/AAAAAE7xq1",
		"t.me/c/1234567/89",
		"ivan.petrov@mail.ru",
		"chat_id: -1001234567890",
		"@everyone собрание в пять",
		"пост t.me/kanal_novostey/1532",
		"бот @pogoda_bot подскажет",
	},
})

const (
	minHandle = 5
	maxHandle = 32
)

// A handle is an account's name as written; name begins behind the @ or the link.
type handle struct {
	start, name, end int
}

// handleAt reads a handle whose @ stands at p. What belongs to an address, a package, a decorator or a variable is none.
func handleAt(a []byte, p int) (h handle, ok bool) {
	if a[p] != '@' || a[p+1]|0x20-'a' >= 26 {
		return h, false
	}
	switch b := a[p-1]; {
	case b|0x20-'a' < 26, b-'0' <= 9, b >= 0x80 && endsLetter(a, p):
		return h, false
	case b == '_' || b == '.' || b == '-' || b == '+' || b == '@' || b == '/' || b == '\\' || b == '%' || b == '#' || b == '$' || b == '&' || b == '*':
		return h, false
	}
	h = handle{start: p, name: p + 1, end: nameEnd(a, p+1)}
	n := h.end - h.name
	if n < minHandle || n > maxHandle || a[h.end-1] == '_' {
		return h, false
	}
	switch b, c := a[h.end], a[h.end+min(1, int(a[h.end]))]; {
	case b == '@' || b == '/' || b == '(' || b == '{' || b == '=' || b == '[' || b == '\\':
		return h, false
	case b == '.' || b == '-' || b == ':':
		if inName(c) || c >= 0xD0 && c <= 0xD1 || c == ':' {
			return h, false
		}
	case b >= 0xD0 && b <= 0xD3: // a name is not half Latin
		return h, false
	}
	return h, !reserved(a[h.name:h.end])
}

// nameEnd is the end of the letters, digits and underscores of ASCII that begin at i.
func nameEnd(a []byte, i int) int {
	for inName(a[i]) {
		i++
	}
	return i
}

// reserved says whether a name behind an @ is a word of a programming language, a markup or a messenger.
func reserved(name []byte) bool {
	if len(name) > 16 {
		return false
	}
	var buf [16]byte
	switch string(lowered(buf[:0], name)) {
	case "media", "import", "charset", "keyframes", "supports", "namespace", "layer", "container", "property", "apply", "tailwind", "include", "mixin",
		"extend", "param", "params", "return", "returns", "throws", "exception", "inheritdoc", "internal", "private", "public", "protected", "static",
		"since", "author", "version", "deprecated", "override", "overload", "final", "abstract", "async", "await", "class", "interface", "component",
		"service", "controller", "entity", "table", "column", "inject", "injectable", "module", "autowired", "bean", "value", "configuration", "getter",
		"setter", "builder", "slf4j", "query", "transactional", "requestmapping", "getmapping", "postmapping", "pathvariable", "requestbody",
		"requestparam", "valid", "notnull", "nullable", "nonnull", "notblank", "size", "email", "staticmethod", "classmethod", "dataclass", "pytest",
		"click", "change", "submit", "input", "keyup", "section", "yield", "extends", "foreach", "endforeach", "endif", "csrf", "method", "error",
		"mention", "username", "nickname", "everyone", "channel", "here", "online", "admin", "admins", "all", "nobody", "gmail", "yandex",
		"example", "suppresswarnings", "functionalinterface", "beforeeach", "aftereach", "parameterizedtest", "test", "before", "after",
		"rownum", "identity", "rowcount", "trancount", "fetch_status", "spotify", "article", "book", "misc", "inproceedings", "string", "todo", "link",
		"example_user", "your_username", "user_name":
		return true
	}
	return false
}

// plainWord says whether a name is a word that stands for no account.
func plainWord(name []byte) bool {
	if len(name) > 16 {
		return reserved(name)
	}
	var buf [16]byte
	switch string(lowered(buf[:0], name)) {
	case "https", "telegram", "whatsapp", "viber", "vkontakte", "instagram", "desktop", "premium", "channel", "group", "false", "undefined", "unknown",
		"null", "none", "empty", "token", "login", "username", "password", "required", "optional", "number", "integer", "object", "array",
		"video", "music", "messenger", "android", "iphone", "client", "support", "private", "public":
		return true
	}
	return reserved(name)
}

// isBot says whether a name is that of a bot: Telegram lets nobody else end like that.
func isBot(name []byte) bool {
	n := len(name)
	return n > 3 && equalFold(name[n-3:], "bot")
}

// A network is where an account lives, as far as the words near tell.
type network int

const (
	noNetwork network = iota
	inTelegram
	inVK
	otherNetwork
	codeHub  // where programs are written
	channels // a channel, chat or group, which is no person
)

// networkWords are in the order of networks: their numbers tell which, see networkOf.
var (
	networkWords = newVocabulary(`тг тлг телега телеге телегу телегой телеграм* telegram* tg пишите пиши писать напишите напиши написать личку личка личке лс
		личные связь связи связаться контакт* обращайтесь обращаться юзернейм* аккаунт акк ник никнейм
		вк vk вконтакте vkontakte
		инстаграм* инста инсте инсту инстой instagram insta твиттер* твитер* twitter тикток* tiktok ютуб* youtube дискорд*
		discord тредс* threads pinterest пинтерест* твич* twitch фейсбук* facebook стим* steam reddit реддит* снапчат* snapchat mastodon
		гитхаб* github gitlab гитлаб*
		канал канала канале каналу каналом чат чате чата чату чатик chat chats группа группу группе группы паблик* channel бот бота боту боте ботом чатбот*`)
	networkFrom = [...]struct {
		word    int
		network network
	}{{networkNumber("вк"), inVK}, {networkNumber("инстаграм"), otherNetwork}, {networkNumber("гитхаб"), codeHub}, {networkNumber("канал"), channels}}
)

func networkNumber(word string) int {
	n, _ := networkWords.find([]byte(word))
	return n
}

// networkOf tells where the account at start to end lives, by the nearest word on its left or else on its right.
func networkOf(a []byte, start, end int) network {
	n, ok := wordLeft(a, start, networkWords, 6, 80)
	if !ok {
		if n, ok = wordRight(a, end, networkWords, 3, 40); !ok {
			return noNetwork
		}
	}
	w := inTelegram
	for _, f := range &networkFrom {
		if n < f.word {
			break
		}
		w = f.network
	}
	return w
}

// amongRussian says whether the letter nearest to start or end in the same line is Cyrillic; other handles are stepped over.
func amongRussian(a []byte, start, end int) bool {
	for i, steps := start, 0; steps < 16 && start-i < 400; steps++ {
		b := a[i-1]
		if b == 0 || b == '\n' {
			break
		}
		if inName(b) {
			for inName(a[i-1]) {
				i--
			}
			if a[i-1] != '@' {
				break
			}
			steps = 0
		} else if endsLetter(a, i) {
			return true
		}
		i--
	}
	for i, steps := end, 0; steps < 16 && i-end < 400; steps++ {
		switch b := a[i]; {
		case b == 0 || b == '\n':
			return false
		case b == '@':
			i = nameEnd(a, i+1)
			continue
		case inName(b):
			return false
		case cyrillicAt(a, i):
			return true
		}
		i++
	}
	return false
}

func findTelegram(dst []Finding, t *Text) []Finding {
	a := t.Arena
	for _, p := range t.Marks {
		if h, ok := handleAt(a, int(p)); ok {
			if f, ok := judgeMark(t, h); ok {
				dst = append(dst, f)
			}
		}
	}
	for _, c := range t.Cues(t.current) {
		if f, ok := telegramCue(t, int(c.Start), int(c.End)); ok {
			dst = append(dst, f)
		}
	}
	for count := 7; count <= 10; count++ { // "from_id": "user104857601", as Telegram Desktop exports
		for i := range t.Nums[count] {
			n := &t.Nums[count][i]
			p := int(n.Start)
			if n.Flags&Glued == 0 || n.Groups > 1 || a[p-1] != 'r' || p < 12 || !hasAt(a, p-4, "user") || a[p-5] != '"' {
				continue
			}
			if bytes.HasSuffix(bytes.TrimRight(a[p-12:p-5], `": `), []byte("_id")) {
				dst = append(dst, t.findingOf(p-4, int(n.End), 88, Keyword))
			}
		}
	}
	return dst
}

// judgeMark gives an @name its score.
func judgeMark(t *Text, h handle) (f Finding, ok bool) {
	a := t.Arena
	f = t.findingOf(h.start, h.end, 0, Format)
	switch networkOf(a, h.start, h.end) {
	case inVK, otherNetwork, codeHub:
		return f, false
	case inTelegram:
		f.Score = 90
		f.Evidence |= Keyword
	case channels:
		f.Score = 60
	default:
		switch {
		case amongRussian(a, h.start, h.end):
			f.Score = 80
		case f.Evidence&Whole != 0:
			if f.Score = 80; camel(a[h.name:h.end]) {
				f.Score = 60 // @RestController
			}
		case lineStart(a, h.start):
			f.Score = 20 // a decorator, as well
		default:
			f.Score = 50
		}
	}
	if isBot(a[h.name:h.end]) {
		f.Score = min(f.Score, 40)
	}
	return f, true
}

// camel says whether a name is nothing but words put together by their capitals.
func camel(name []byte) bool {
	l := lookOf(name)
	return l.upper > 1 && l.lower > 1 && l.digits+l.marks == 0
}

// lineStart says whether nothing but blanks and stars stands before i in its line.
func lineStart(a []byte, i int) bool {
	for a[i-1] == ' ' || a[i-1] == '\t' || a[i-1] == '*' || a[i-1] == '/' {
		i--
	}
	return a[i-1] == '\n' || a[i-1] == 0
}

// telegramCue reads what a word of Telegram stands at: a link, a key, or a name without @.
func telegramCue(t *Text, start, end int) (f Finding, ok bool) {
	a := t.Arena
	if a[end] == '/' {
		h, ok := telegramLink(a, start)
		if !ok {
			return f, false
		}
		f = t.findingOf(h.start, h.end, 90, Format)
		switch w, near := wordLeft(a, h.start, networkWords, 3, 40); {
		case isBot(a[h.name:h.end]), a[h.end] == '/' && a[h.end+1]-'0' <= 9:
			f.Score = 40
		case near && w >= networkFrom[3].word:
			f.Score = 60
		}
		return f, true
	}
	if end-start == 2 && a[start]|0x20 == 'm' {
		return f, false // me
	}
	if hasAt(a, end, "://") {
		if i := end + len("://"); hasAt(a, i, "user?id=") {
			from := i + len("user?id=")
			if to := digitsEnd(a, from); to-from >= 5 && to-from <= 12 {
				return t.findingOf(from, to, 91, Format), true
			}
		} else if hasAt(a, i, "resolve?domain=") {
			from := i + len("resolve?domain=")
			if to := nameEnd(a, from); to-from >= minHandle && to-from <= maxHandle && !isBot(a[from:to]) {
				return t.findingOf(start, to, 91, Format), true
			}
		}
		return f, false
	}
	last := a[end-1] | 0x20
	id := last == 'd' // telegramId
	i := end
	if !id {
		i, id = accountKey(a, end)
	}
	if !id && last == 't' && a[start]|0x20 == 'c' {
		return f, false // chat, and no number
	}
	v, ok := valueAfter(a, i)
	if !ok || v.key {
		return f, false
	}
	if id {
		d := a[v.start:v.end]
		if len(d) < 5 || len(d) > 12 || !allDigits(d) || d[0] == '0' || trivial(d) {
			return f, false
		}
		return t.findingOf(v.start, v.end, 88, Keyword), true
	}
	return nameAfter(t, v, 88, 85)
}

// accountKey steps over what makes a key or phrase of a network's word: _id, -username, « айди», « ник»; id says that a
// number follows.
func accountKey(a []byte, end int) (i int, id bool) {
	i = end
	for range 3 {
		from, e, ok := partAt(a, i, true)
		if !ok {
			break
		}
		n, known := accountKeys.find(a[from:e])
		if !known {
			break
		}
		i, id = e, n < 4
	}
	return i, id
}

var accountKeys = newVocabulary(`id ид айди uid user username usr name nick nickname login account handle acc аккаунт аккаунта акк ник никнейм логин юзернейм
	user профиль chat чат from contact контакт`)

// nameAfter judges the name of an account that stands without @ behind a word of its network: with is the score for
// one that looks like nothing else, plain for letters alone.
func nameAfter(t *Text, v keyed, with, plain uint8) (f Finding, ok bool) {
	a := t.Arena
	name := a[v.start:v.end]
	if len(name) < minHandle || len(name) > maxHandle || name[0]|0x20-'a' >= 26 || nameEnd(a, v.start) < v.end || name[len(name)-1] == '_' || plainWord(name) {
		return f, false
	}
	if b := a[v.end]; !v.quoted && (b == '=' || b == '(' || b == '[' || b == '\\') {
		return f, false
	}
	l := lookOf(name)
	telling := l.digits+l.marks > 0
	switch {
	case telling && (v.link != spaceLink || amongRussian(a, v.start, v.end)):
	case !telling && l.upper == 0 && (v.link == signLink || v.link == dashLink) && closedAt(a, v.end):
		with = plain
	default:
		return f, false
	}
	if isBot(name) {
		with = 40
	}
	return t.findingOf(v.start, v.end, with, Keyword), true
}

// telegramLink reads t.me/name around its "me" at p; what does not lead to an account is no link here.
func telegramLink(a []byte, p int) (h handle, ok bool) {
	if p < 3 || a[p-1] != '.' {
		return h, false
	}
	host := p - 1 - len("t")
	if a[p-2]|0x20 != 't' || inName(a[p-3]) {
		if host = p - 1 - len("telegram"); host < 1 || !foldAt(a, host, "telegram") || inName(a[host-1]) {
			return h, false
		}
	}
	h.start, h.name = linkStart(a, host), p+len("me/")
	if a[h.name] == '@' {
		h.name++
	}
	h.end = nameEnd(a, h.name)
	n := h.end - h.name
	if n < 4 || n > maxHandle || a[h.name]|0x20-'a' >= 26 {
		return h, false
	}
	var buf [32]byte
	switch string(lowered(buf[:0], a[h.name:h.end])) {
	case "joinchat", "addstickers", "addemoji", "share", "proxy", "socks", "setlanguage", "login", "confirmphone", "invoice", "boost", "addlist",
		"contact", "addtheme", "giftcode", "telegram", "iv", "bg":
		return h, false
	}
	return h, a[h.end] != '.' && a[h.end] != '-'
}

// linkStart steps back over the scheme and www of a link whose host begins at i.
func linkStart(a []byte, i int) int {
	if i >= 5 && foldAt(a, i-4, "www.") {
		i -= 4
	}
	if i >= 8 && foldAt(a, i-7, "http://") {
		return i - 7
	}
	if i >= 9 && foldAt(a, i-8, "https://") {
		return i - 8
	}
	return i
}

func digitsEnd(a []byte, i int) int {
	for a[i]-'0' <= 9 {
		i++
	}
	return i
}

func allDigits(d []byte) bool {
	for _, b := range d {
		if b-'0' > 9 {
			return false
		}
	}
	return len(d) > 0
}
