package detectors

import (
	"bytes"
	"slices"
	"strings"
)

// Nickname is a name that somebody goes by online: a login, a pseudonym, an account in networks that have no kind of
// their own. Only a word for it, a link to a profile or the name of a column tells it from other words.
var Nickname = declare(Detector{
	Kind:   "nickname",
	Class:  Direct,
	Doc:    Doc{RU: "никнейм, логин или псевдоним", EN: "nickname, login or pseudonym"},
	Prefix: "ник",
	Cues:   slices.Concat(profileHosts, nicknameWords, networkNames, ownerWords),
	Names: []string{"ник", "никнейм", "логин", "псевдоним", "юзернейм", "имя_пользователя", "nik", "nikneim", "login", "psevdonim", "username",
		"user_name", "user_login", "nickname", "nick", "nick_name", "screen_name", "login_name", "account", "account_name", "аккаунт",
		"учетная_запись", "user_nick", "handle", "instagram", "insta", "twitter", "facebook", "discord", "steam", "tiktok", "github_login",
		"инстаграм", "from_username", "skype"},
	Find:  findNickname,
	Reach: 256,
	Fits: func(value []byte) bool {
		name := bytes.TrimPrefix(value, []byte("@"))
		l := lookOf(name)
		if n := l.letters() + l.digits + l.marks; n < 2 || n > maxHandle || l.letters() == 0 {
			return false
		}
		return !noName(name) && !bytes.ContainsAny(name, " \t@,;:/\\()[]{}<>\"=")
	},
	Normal: func(dst, value []byte) []byte { return lowered(dst, bytes.TrimPrefix(value, []byte("@"))) },
	Good: []string{
		"Логин: grisha_sokol",
		"мой ник DarkLord99",
		"писала под ником «Котофея»",
		"login=zhenya.z",
		"username: \"kotofey-77\"",
		"инстаграм @kotofey_77",
		"публиковался под псевдонимом Змейгор",
		"https://www.instagram.com/kotofey.77/",
		"ник в игре: Лесник_007",
		"Вход под учёткой t.kornev с 10.20.30.41",
		"учётная запись: kotofey77",
		"из-под учётки kotofey77 удалены файлы",
	},
	Bad: []string{
		"Логин и пароль не подходят",
		"login: required",
		"username = request.form['username']",
		"Login failed for user",
		"логин: ivan.petrov@mail.ru",
		"введите логин",
		"username: string",
		"псевдоним таблицы задаётся словом AS",
		"Ник пришёл домой",
		"login=${LOGIN}",
		"учётная запись заблокирована",
		"под учётной записью root",
		"учётная запись Office365",
		"учётка на google.com не нужна",
	},
})

// The cues of Nickname, in this order.
var (
	profileHosts  = strings.Fields("instagram facebook tiktok linkedin profile") // of links, and words besides
	nicknameWords = strings.Fields(`ник ника ником никнейм* логин логином логина псевдоним псевдонимом юзернейм* юзер username login nickname nick screenname`)
	networkNames  = strings.Fields("инстаграм* инста insta дискорд discord стим steam твиттер twitter тикток")
	// ownerWords are words for whoever has one: only what looks like nothing else is a nickname behind them.
	ownerWords = strings.Fields("user пользователь пользователя пользователю пользователем аккаунт аккаунта аккаунту бан анкета анкету " +
		"учетка учетки учетке учетку учеткой учетная учетной учетную")
)

func findNickname(dst []Finding, t *Text) []Finding {
	a := t.Arena
	for _, p := range t.Marks {
		h, ok := handleAt(a, int(p))
		if !ok {
			continue
		}
		switch networkOf(a, h.start, h.end) {
		case otherNetwork:
			dst = append(dst, t.findingOf(h.start, h.end, 86, Format|Keyword))
		case codeHub:
			dst = append(dst, t.findingOf(h.start, h.end, 60, Format|Keyword))
		}
	}
	for _, p := range t.Quads {
		if f, ok := accessUser(t, int(p)); ok {
			dst = append(dst, f)
		}
	}
	for _, p := range t.Colons {
		if f, ok := accessUser(t, int(p)); ok {
			dst = append(dst, f)
		}
	}
	for _, c := range t.Cues(t.current) {
		n := int(c.Word)
		f, ok := Finding{}, false
		if n < len(profileHosts) {
			f, ok = profileLink(t, int(c.Start), int(c.End))
		}
		switch words := len(profileHosts) + len(nicknameWords); {
		case ok:
		case n >= words+len(networkNames):
			f, ok = ownerCue(t, c)
		case n == 0 || n >= words: // instagram is a network, and a host
			f, ok = nicknameCue(t, c, true)
		case n >= len(profileHosts):
			f, ok = nicknameCue(t, c, false)
		}
		if ok {
			dst = append(dst, f)
		}
	}
	return dst
}

// accessUser reads who asked in the line of an access log whose address holds p: 1.2.3.4 - name [12/Mar/2025…
func accessUser(t *Text, p int) (f Finding, ok bool) {
	a := t.Arena
	for limit := p + longestIP; p < limit && ipByte[a[p]]; {
		p++
	}
	if !hasAt(a, p, " - ") || a[p+3] == '-' || a[p+3] == '[' {
		return f, false
	}
	from := p + len(" - ")
	to := from
	for inName(a[to]) || a[to] == '.' || a[to] == '-' || a[to] == '@' {
		to++
	}
	if to-from < 2 || to-from > maxHandle || !hasAt(a, to, " [") || a[to+2]-'0' > 9 || bytes.IndexByte(a[from:to], '@') >= 0 || office(a[from:to]) {
		return f, false
	}
	return t.findingOf(from, to, 86, Format), true
}

// ownerCue reads the nickname behind a word for whoever has one: user=kot77, «пользователь kot77».
func ownerCue(t *Text, c Cue) (f Finding, ok bool) {
	a := t.Arena
	i := int(c.End)
	russian := a[c.Start] >= 0x80
	if a[c.Start-1] == '_' {
		return f, false // lo_user
	}
	if foldAt(a, int(c.Start), "учетн") || foldAt(a, int(c.Start), "учётн") { // учётная запись
		if a[i] != ' ' || !foldAt(a, i+1, "запис") {
			return f, false
		}
		i, _ = wordAfterLetter(a, i+1)
	}
	if from, e, joined := partAt(a, i, false); joined { // user-name
		if !foldAt(a, from, "name") || e-from != len("name") {
			return f, false
		}
		i = e
	}
	v, ok := valueAfter(a, i)
	if !ok || v.key {
		return f, false
	}
	name := a[v.start:v.end]
	l := lookOf(name)
	if !russian && v.link == spaceLink && foldAt(a, v.end, " from ") && digitsEnd(a, v.end+6) > v.end+6 && allName(name) && !office(name) {
		return t.findingOf(v.start, v.end, 83, Keyword), true // sshd: invalid user kot from 1.2.3.4
	}
	if l.digits+l.marks == 0 || !beginsLetter(a, v.start) || l.letters() < 2 || len(name) > 2*maxHandle || !allName(name) {
		return f, false
	}
	initial := len(name) > 4 && name[1] == '.' && l.marks == 1 && l.upper == 0 // k.ilin
	telling := l.digits > 0 && l.turns < 4 || bytes.IndexByte(name, '_') > 0 || initial && foldAt(a, int(c.Start), "уч")
	switch {
	case !russian && v.link == signLink && (v.tight || v.quoted) && (telling || initial):
	case !russian && v.link == signLink && telling && (l.digits > 0 || amongRussian(a, v.start, v.end)), russian && telling && l.turns < 6:
	default:
		return f, false
	}
	if letters, _ := wordAfter(name, 0); russian && letters < len(name) && name[letters]-'0' <= 9 && things.has(name[:letters]) {
		return f, false // учётная запись Office365
	}
	if b := a[v.end]; !v.quoted && (b == '(' || b == '[' || b == '=' || b == '@') ||
		l.digits == 0 && (noName(name) || placeholder(name)) || office(name) || IsToken(name) {
		return f, false
	}
	return t.findingOf(v.start, v.end, 83, Keyword), true
}

// allName says whether a word holds nothing but letters, digits, lines, dots and dashes.
func allName(word []byte) bool {
	for _, b := range word {
		if b < 0x80 && !inName(b) && b != '.' && b != '-' {
			return false
		}
	}
	return true
}

// profileLink reads the link whose host or folder stands at start to end: instagram.com/name, ok.ru/profile/1.
func profileLink(t *Text, start, end int) (f Finding, ok bool) {
	a := t.Arena
	if a[start]|0x20 == 'p' { // profile
		if a[end] != '/' || start < 7 || !foldAt(a, start-6, "ok.ru/") || inName(a[start-7]) {
			return f, false
		}
		to := digitsEnd(a, end+1)
		return t.findingOf(linkStart(a, start-6), to, 86, Format), to > end+5
	}
	if !foldAt(a, end, ".com/") || a[start-1] == '@' || inName(a[start-1]) {
		return f, false
	}
	from := end + len(".com/")
	if a[start]|0x20 == 'l' {
		if !foldAt(a, from, "in/") {
			return f, false
		}
		from += len("in/")
	}
	if a[from] == '@' {
		from++
	}
	to := from
	for inName(a[to]) || (a[to] == '.' || a[to] == '-') && inName(a[to+1]) {
		to++
	}
	if to-from < 4 || to-from > 40 {
		return f, false
	}
	var buf [40]byte
	switch string(lowered(buf[:0], a[from:to])) {
	case "explore", "reel", "reels", "stories", "direct", "accounts", "about", "developer", "legal", "groups", "events", "pages", "watch", "marketplace",
		"sharer", "sharer.php", "share", "profile.php", "login", "help", "privacy", "policies", "dialog", "plugins", "business", "tag", "music", "video",
		"embed", "discover", "foryou", "docs", "permalink.php", "photo.php":
		return f, false
	}
	if a[to] == '/' && inName(a[to+1]) {
		return f, false // what somebody posted
	}
	if a[to] == '/' {
		to++
	}
	return t.findingOf(linkStart(a, start), to, 86, Format), true
}

// nicknameCue reads the value that belongs to a word for a nickname, or to the name of a network.
func nicknameCue(t *Text, c Cue, network bool) (f Finding, ok bool) {
	a := t.Arena
	i := int(c.End)
	if network {
		i, _ = accountKey(a, i)
	} else if _, _, joined := partAt(a, i, false); joined || a[i] == '_' || a[c.Start-1] == '-' && endsLetter(a, int(c.Start)-1) {
		return f, false
	}
	v, ok := valueAfter(a, i)
	if !ok || v.link == noLink {
		return f, false
	}
	if v.link == spaceLink && !v.quoted {
		// «ник в игре: …», «логин от почты …»: a preposition and what it governs
		e := 0
		if a[c.Start] >= 0x80 {
			e = ownerEnd(a, v.start)
		}
		if e == 0 {
			e = objectEnd(a, v.start)
		}
		if e > 0 {
			if v, ok = valueAfter(a, e); !ok {
				return f, false
			}
		}
	}
	return judgeNickname(t, v, a[c.Start] >= 0x80, network)
}

// objectEnd is the end of a short phrase that begins at i with a preposition, «в игре», «от почты», 0 if there is none.
func objectEnd(a []byte, i int) int {
	e, _ := wordAfter(a, i)
	if !beginsLetter(a, i) || !prepositions.has(a[i:e]) {
		return 0
	}
	j := skipBlanks(a, e)
	if j == e || !beginsLetter(a, j) {
		return 0
	}
	for beginsLetter(a, j) || inName(a[j]) || a[j] == '-' && beginsLetter(a, j+1) {
		e, _ = wordAfter(a, j)
		j = max(j+1, e)
	}
	return j
}

// ownerEnd is the end of the Russian words between a word for a login and the sign behind them: «логин пользователя: …»,
// «ник тут и в телеге: …»; 0 if there is no sign.
func ownerEnd(a []byte, i int) int {
	for range 5 {
		if !cyrillicAt(a, i) || hasAt(a, i, "или") {
			return 0
		}
		e, _ := wordAfter(a, i)
		i = skipBlanks(a, e)
		if a[e] == ':' || i > e && (dashAt(a, i) > 0 || a[i] == '-' && a[i+1] == ' ') {
			return e
		}
	}
	return 0
}

var prepositions = newVocabulary("в во на от для к по из for on in to from at")

// judgeNickname gives a value its score: russian says that the word is Russian, network that it names a network.
func judgeNickname(t *Text, v keyed, russian, network bool) (f Finding, ok bool) {
	a := t.Arena
	name := a[v.start:v.end]
	l := lookOf(name)
	n := l.letters() + l.digits + l.marks
	if v.key || n < 3 || n > maxHandle || l.letters() == 0 {
		return f, false
	}
	if !allName(name) || name[0] == '.' || name[0] == '-' {
		return f, false
	}
	if b := a[v.end]; !v.quoted && (b == '(' || b == '[' || b == '=' || b == '@' || b == '\\') {
		return f, false
	}
	latin := l.cyrillic == 0
	telling := l.digits > 0 || bytes.IndexByte(name, '_') >= 0 || latin && l.upper > 1 && l.lower > 0
	closed := v.quoted || closedAt(a, v.end)
	score := uint8(0)
	switch {
	case !v.quoted && v.link == signLink && !v.tight && !russian && (dotted(name) || a[v.end] == ',' && lineEnd(a, v.end+1) > 0):
		score = 40 // user.name of a program
	case v.quoted && v.link != signLink:
		if v.link != spaceLink || russian {
			score = 83
		}
	case v.link == signLink && network && !telling && l.cyrillic > 0:
	case v.link == signLink && telling:
		score = 86
	case v.link == signLink && closed && (russian || v.tight || v.quoted):
		score = 83
	case v.link == signLink && closed && l.upper == 0 && latin:
		score = 81
	case v.link == signLink:
		score = 40
	case (v.link == dashLink || v.link == wordLink) && (telling || russian && (latin || capital(name))):
		score = 83
	case v.link == spaceLink && russian && latin && (telling || !network):
		score = 83
	case v.link == spaceLink && !russian && latin && telling && !network && passwordFollows(a, v.end):
		score = 83 // login name / password …
	case v.link == spaceLink && russian && !network && capital(name) && underName(a, v):
		score = 81 // под псевдонимом Змейгор
	}
	if score == 0 || noName(name) || hexNumber(name) || IsToken(name) {
		return f, false
	}
	if office(name) {
		score = min(score, 50)
	}
	if !v.quoted && russian && (v.link == dashLink || v.link == spaceLink && underName(a, v)) {
		v.end = moreCapitals(a, v.end)
	}
	return t.findingOf(v.start, v.end, score, Keyword), true
}

// moreCapitals is the end of the capitalised words that follow at i, two at most: «под псевдонимом Змей Горыныч».
func moreCapitals(a []byte, i int) int {
	for range 2 {
		if a[i] != ' ' || !beginsLetter(a, i+1) || a[i+1] < 0x80 && a[i+1]-'A' >= 26 || a[i+1] >= 0x80 && !capital(a[i+1:]) {
			break
		}
		i, _ = wordAfter(a, i+1)
	}
	return i
}

// capital says whether a word begins with a Russian capital.
func capital(word []byte) bool { return word[0] == 0xD0 && word[1] >= 0x90 && word[1] < 0xB0 }

// passwordFollows says whether a word for a password stands behind i, with one word between at most.
func passwordFollows(a []byte, i int) bool {
	_, ok := wordRight(a, i, passwordNames, 2, 24)
	return ok
}

var passwordNames = newVocabulary("password pass passwd pwd пароль пасс")

// underName says whether the word for it stands in the instrumental, as behind «под»: a name follows.
func underName(a []byte, v keyed) bool {
	begin, _ := wordBefore(a, v.start-1)
	word := a[begin : v.start-1]
	return len(word) > 4 && equalFold(word[len(word)-4:], "ом")
}

// dotted says whether a name is made of letters and dots alone, and holds a dot.
func dotted(name []byte) bool {
	dots := 0
	for _, b := range name {
		if b == '.' {
			dots++
		} else if b-'0' <= 9 {
			return false
		}
	}
	return dots > 0
}

// office says whether a login stands for a part and not for a person.
func office(name []byte) bool {
	if len(name) > 16 {
		return false
	}
	var buf [16]byte
	switch low := lowered(buf[:0], name); string(low) {
	case "root", "user", "test", "guest", "postgres", "mysql", "ubuntu", "nginx", "apache", "www-data", "default", "demo", "system", "operator", "anonymous",
		"administrator", "админ", "администратор", "гость", "пользователь", "admin1", "user1", "oracle", "jenkins", "deploy", "git", "nobody", "daemon":
		return true
	default:
		return role(low)
	}
}

// noName says whether a word is none that anybody goes by: what forms, programs and sentences say instead.
func noName(name []byte) bool { return noNames.has(name) || reserved(name) && len(name) < 9 }

var noNames = newVocabulary(`null none nil undefined true false yes no да нет не или и от для это как ваш ваша вашего мой моего свой свою required requir* optional string str
	text varchar char int integer bool number type object array value name field input label placeholder username login logins nickname nick user_name password
	passwd email mail phone telegram unknown empty missing invalid incorrect wrong failed failure success* ok error errors page form forms button token
	request* response session require* restrict* auth* attempt* screen route url link http https api
	пароль* логин* ник никнейм* почт* телефон* обязат* необязат* неверн* неправильн* некоррект* введи* указ* укаж* отсутств* занят* свобод* пуст* неизвест* любой
	ошибк* должен должн* может можно нужн* строк* поле пол* пользоват* аккаунт* таблиц* клиент* сотрудник* адрес* имя номер* состо* содерж* совпад* зарегистр*
	сообщ* придум* выбер* вход* доступ* тот такой будет был была есть теперь больше меньше латин* уникаль* символ* букв* цифр* сайт* систем* вконтакте
	телеграм* инстаграм* instagram* twitter* facebook* tiktok* discord* steam youtube* google* yandex* apple* github* вк тг в на по с к из у о за до`)
