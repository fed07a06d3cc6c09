package detectors

import "bytes"

// passwordAt reads the password that belongs to a word for it at start to end; other says that the word has other
// meanings, too.
func passwordAt(t *Text, start, end int, other bool) (f Finding, ok bool) {
	a := t.Arena
	i := end
	if start > 5 && hasAt(a, start-5, "/etc/") || other && hasAt(a, start-min(start, 4), "--- ") {
		return f, false // /etc/passwd, --- PASS: TestX
	}
	if from, e, ok := partAt(a, i, false); ok || a[i] == '_' {
		if !passwordTails.has(a[from:e]) {
			return f, false
		}
		i = e
	}
	if a[i]-'0' <= 9 && !inName(a[i+1]) {
		i++ // password2
	}
	if foldAt(a, start, "identified") {
		if !foldAt(a, end, " by ") {
			return f, false
		}
		i = end + len(" by")
	}
	var v keyed
	if start > 2 && a[start-1] == '-' && a[start-2] == '-' { // --password value
		if v, ok = valueAfter(a, i); v.link == spaceLink {
			v.link = signLink
		}
	} else {
		v, ok = passwordValue(a, i, other)
	}
	if !ok || v.key {
		return f, false
	}
	if v.start, v.end = behindLogin(a, start, v); v.start == v.end {
		return f, false
	}
	score := passwordScore(a, v, a[start] >= 0x80, other)
	variable := a[start] < 0x80 && !v.tight && a[skipBlanks(a, i)] == '='
	if score >= 40 && score < Report && !v.quoted && !variable && v.link == signLink && closedAt(a, v.end) {
		// only letters, but a login stands beside
		if _, near := wordLeft(a, start, loginWords, 4, 60); near {
			score = 84
		}
	}
	return t.findingOf(v.start, v.end, score, Keyword), score > 0
}

var (
	passwordTails = newVocabulary("hash confirmation confirm repeat new old plain value again code")
	loginWords    = newVocabulary("логин* login user username юзер юзернейм пользователь учетка ник")
)

// passwordValue finds the value that belongs to a word for a password which ends at i: behind it at once, behind some
// words and a sign, «пароль от вайфая: …», or behind a preposition and what it governs, «пароль от вайфая …».
// signed says that only a sign counts.
func passwordValue(a []byte, i int, signed bool) (v keyed, ok bool) {
	next := proseWord(a, i)
	if next == 0 {
		v, ok = valueAfter(a, i)
		if v.link != spaceLink || signed {
			return v, ok && v.link != spaceLink
		}
		if ok && (v.quoted || codeLike(a, v)) {
			return v, true
		}
	} else if signed {
		return v, false
	}
	governed := false // a preposition stands first
	for from, words := i, 0; words < 6 && i-from < 80; {
		if next > 0 { // most words of prose
			word, to := a[i+1:next], next
			if next = proseWord(a, to); next > 0 {
				if requirements.has(word) {
					return v, false
				}
				words++
				governed = governed || words == 1 && prepositions.has(word)
				i = to
				continue
			}
		}
		i = skipBlanks(a, i)
		if a[i] == '(' {
			for last := i + 96; i < last && a[i] != ')' && a[i] != 0 && a[i] != '\n'; {
				i++
			}
			if a[i] != ')' {
				return v, false
			}
			i++
			continue
		}
		to := i
		for beginsLetter(a, to) || inName(a[to]) || a[to]&0xC0 == 0x80 ||
			(a[to] == '-' || a[to] == '.' || a[to] == '@') && (inName(a[to+1]) || cyrillicAt(a, to+1)) {
			to++
		}
		if to == i {
			return v, false
		}
		word := a[i:to]
		if requirements.has(word) {
			return v, false
		}
		words++
		governed = governed || words == 1 && prepositions.has(word)
		v, ok = valueAfter(a, to)
		switch {
		case v.link == noLink || a[skipBlanks(a, to)] == '=' || v.tight && !endsLetter(a, to):
			return v, false
		case v.link != spaceLink || ok && v.quoted:
			return v, ok
		case ok && (governed && words == 2 || words < 4 && word[0] >= 0x80 && closedAt(a, v.end) || announcers.has(word)) && codeLike(a, v):
			return v, true
		}
		i = to
	}
	return v, false
}

// onlyProse says that Russian words and nothing else stand between the one at start to end and the end of its sentence or a
// comma: no password and no key, but for one that «логин и пароль» share.
func onlyProse(a []byte, start, end int) bool {
	i := proseEnd(a, end)
	_, pair := pairedWith(a, start)
	return !pair && (a[i] == '.' || a[i] == ',' || a[i] == ';' || a[i] == '?') && a[i+1] <= ' '
}

// proseWord is the end of a Russian word of the sentence, followed by a space, that a space and nothing else separates from
// what ends at i: no password, no sign and no quote. It is 0 where something else stands there.
func proseWord(a []byte, i int) int {
	if a[i] != ' ' {
		return 0
	}
	i++
	e := russianEnd(a, i)
	if e == i || a[e] != ' ' || e-i == len("это") && equalFold(a[i:e], "это") {
		return 0
	}
	return e
}

var (
	// requirements are words behind a word for a password that speak of passwords and tell none.
	requirements = newVocabulary(`должен должн* содерж* состо* состав* минимум не менее более длин* символ* требован* сложност* восстанов* сброс* сброш* забы* смен* измен* поменя*
		неверн* неправильн* отправ* выслан* прид* истек* введ* ввод* повтор* подтверд* хран* хеш* шифр* утек* поле must should contain* min length least characters
		policy reset change* forgot expire* expiration hash* field input column required requir* failed incorrect invalid attempts manager protected prompt`)
	// announcers are words that a value follows.
	announcers = newVocabulary("такой теперь новый будет вот стал временный простой старый")
)

// codeLike says whether a bare value behind a space looks like a password and like no word, number or name of a thing.
func codeLike(a []byte, v keyed) bool {
	value := a[v.start:v.end]
	l := lookOf(value)
	if l.digits+l.marks == 0 {
		return false // a word
	}
	if bytes.ContainsAny(value, "()[]{}<>=/:") || value[0] == '*' || value[0] == '&' {
		return false
	}
	if l.letters()+l.marks == 0 {
		return l.digits >= 4 && l.digits <= 10 && free(a, v.start, v.end) && !counted(a, v.end)
	}
	if len(value) < 5 || l.letters() == 0 {
		return false
	}
	strong := strongMarks(value)
	if value[len(value)-1] == '@' {
		strong--
	}
	if l.digits == 0 && strong == 0 || value[len(value)-1] == '%' {
		return false
	}
	letters, _ := wordAfter(value, 0)
	return !beginsLetter(value, 0) || letters == len(value) || !things.has(value[:letters]) || strong > 0
}

// things are words that a number makes names of: SHA256, iPhone14, Office365.
var things = newVocabulary("sha md wpa utf base ios win windows iphone ipad office android argon bcrypt pbkdf aes rsa http oauth ipv rc id usb ps v ntlm microsoft galaxy")

// strongMarks counts the marks of a value that do not put words together.
func strongMarks(v []byte) (n int) {
	for i, b := range v {
		if b < 0x80 && b > ' ' && !inName(b) && b != '-' && b != '.' && b != '\'' && b != ',' && !(b == '!' && i == len(v)-1) {
			n++
		}
	}
	return n
}

// behindLogin narrows a value to its second half where the word for the password shares it with one for the login:
// «логин/пароль: ivan / qwerty1». It returns nothing where there is no second half.
func behindLogin(a []byte, start int, v keyed) (from, to int) {
	i, pair := pairedWith(a, start)
	if !pair || i == start || !endsLetter(a, i) || v.quoted {
		return v.start, v.end
	}
	begin, _ := wordBefore(a, i)
	if !loginWords.has(a[begin:i]) {
		return v.start, v.end
	}
	if k := bytes.IndexAny(a[v.start:v.end], "/:|"); k >= 0 {
		return v.start + k + 1, v.end
	}
	j := v.end
	for a[j] == ' ' || a[j] == '/' || a[j] == ',' || a[j] == ':' || a[j] == '|' || a[j] == ';' {
		j++
	}
	second, ok := readValue(a, j, v)
	if !ok {
		return v.start, v.start
	}
	return second.start, second.end
}

// pairedWith returns where the word ends that stands before the one at start, and whether a sign or «и» between them says that
// they share a value: «логин/пароль», «логин и пароль».
func pairedWith(a []byte, start int) (i int, pair bool) {
	i = start
	for i > 1 && (a[i-1] == ' ' || a[i-1] == '/' || a[i-1] == '+' || a[i-1] == ':' || a[i-1] == '&') {
		pair = pair || a[i-1] != ' '
		i--
	}
	if !pair && i > 3 && (hasAt(a, i-3, " и") || i > 4 && hasAt(a, i-4, " and")) {
		pair = true
		for a[i-1] != ' ' {
			i--
		}
		i--
	}
	return i, pair
}

// passwordScore judges a value by what it is made of and how it is joined to its word.
func passwordScore(a []byte, v keyed, russian, other bool) uint8 {
	value := a[v.start:v.end]
	l := lookOf(value)
	n := l.letters() + l.digits + l.marks
	switch {
	case n < 3 || n > 128 || bytes.IndexByte(value, ' ') >= 0 || other && bytes.ContainsAny(value, "/["):
		return 0
	case (!v.quoted || v.link == spaceLink) && expression(value, l), located(a, v.start, v.end), placeholder(value), IsToken(value):
		return 0
	}
	if k := bytes.IndexByte(value, '|'); k > 0 && placeholder(value[:k]) {
		return 0 // rules of a form: required|min:8
	}
	signed := v.link == signLink
	strong := strongMarks(value)
	switch {
	case l.letters()+l.marks == 0: // digits
		switch {
		case n > 16 || counted(a, v.end):
			return 0
		case n == 3 || other && !russian:
			return 60
		case signed:
			return 88
		}
		return 81
	case l.letters() == 0:
		if n < 6 || !signed || strong == 0 || value[0] == '+' || value[0] == '-' {
			return 0 // dates, ranges
		}
		return 84
	case l.digits > 0 || strong > 0 || l.lower > 0 && l.upper > 0 && l.turns > 2 && (russian || v.quoted):
		switch {
		case signed && !other:
			return 92
		case signed || v.link == dashLink || v.link == wordLink:
			return 88
		}
		return 85
	case l.marks > 0: // words put together
		if v.quoted && signed {
			return 84
		}
		return 50
	}
	// Letters only: a word, or a simple password.
	latin := l.cyrillic == 0
	closed := closedAt(a, v.end)
	plain := l.upper == 0 || l.lower == 0
	switch {
	case v.quoted && latin && (russian || signed):
		return 84
	case v.quoted && russian && !capital(value):
		return 83
	case v.quoted:
		return 50
	case russian && latin && closed && (signed || v.link == dashLink):
		return 83
	case signed && v.tight && latin && plain && n >= 5 && !other:
		return 82
	case signed && closed:
		return 45
	}
	return 0
}

// expression says whether a bare value is one of a program: a call, a variable, a path of names.
func expression(v []byte, l look) bool {
	switch v[0] {
	case '{', '<', '&', '(', '[':
		return true
	case '$', '%':
		if len(v) > 1 && (v[1] == '{' || v[1] == '(') || l.digits == 0 && strongMarks(v[1:]) == 0 || l.lower == 0 {
			return true
		}
		if v[0] == '%' && v[len(v)-1] == '%' {
			return true
		}
	case '!':
		return l.digits == 0 && l.marks == 1 // !vault
	}
	if last := v[len(v)-1]; l.digits == 0 && l.marks == 1 && (last == '=' || last == ':') {
		return true // another key
	}
	if i := bytes.IndexAny(v, "([{"); i > 0 && inName(v[i-1]) || hexNumber(v) {
		return true
	}
	return bytes.Contains(v, []byte("->")) || bytes.Contains(v, []byte("::")) || l.digits == 0 && l.cyrillic == 0 && dotted(v)
}

// hexNumber says whether v is a number of a program: 0x3EE.
func hexNumber(v []byte) bool { return len(v) > 2 && v[0] == '0' && v[1]|0x20 == 'x' && allHex(v[2:]) }

// located says whether the value at start to end is a place or an address: a path, a link, an e-mail address.
func located(a []byte, start, end int) bool {
	v := a[start:end]
	if v[0] == '/' || v[0] == '~' && len(v) > 1 && v[1] == '/' || v[0] == '.' && len(v) > 1 && v[1] == '/' || bytes.Contains(v, []byte("://")) {
		return true
	}
	at := bytes.IndexByte(v, '@')
	if at < 1 {
		return false
	}
	f, ok := address(a, start+at)
	return ok && int(f.Start) <= start && int(f.End) >= end
}

// masked says whether a value was made unreadable: stars, dots, one sign over and over.
func masked(v []byte) bool {
	run := 1
	for i := 1; i < len(v); i++ {
		if v[i] != v[i-1] {
			run = 1
			continue
		}
		if run++; run >= 3 && (v[i] == '*' || v[i] == '.' || v[i] == '_' || v[i] == '#' || v[i] == '?' || v[i] == '-') || run >= 4 && v[i]|0x20 == 'x' {
			return true
		}
	}
	return run == len(v) && v[0]-'0' > 9 || bytes.Contains(v, []byte("•")) || bytes.Contains(v, []byte("●")) || bytes.Contains(v, []byte("…"))
}

// placeholder says whether a value only stands where one would: null, YOUR_API_KEY, <password>, ****.
func placeholder(v []byte) bool {
	if masked(v) || v[0] == '{' && v[len(v)-1] == '}' || bytes.ContainsAny(v, "<>") {
		return true
	}
	for _, mark := range [...]string{"${", "{{", "%(", "%s"} {
		if bytes.Contains(v, []byte(mark)) {
			return true
		}
	}
	// Words put together by case, lines and dashes: all of them say nothing.
	for i := 0; i < len(v); {
		if !beginsLetter(v, i) {
			if b := v[i]; b != '_' && b != '-' && b != '.' && b != '/' && b != ' ' {
				return false
			}
			i++
			continue
		}
		e := i
		for e < len(v) && beginsLetter(v, e) && !(e > i && v[e]-'A' < 26 && v[e-1]-'a' < 26) {
			if e++; v[e-1] >= 0x80 {
				e++
			}
		}
		if !sayNothing.has(v[i:e]) {
			return false
		}
		i = e
	}
	return true
}

var sayNothing = newVocabulary(`password passwords pass passwd pwd pw passphrase secret secrets token key keys api app user username login your my the new old db database access private
	public client auth value string str text varchar char int integer bool boolean object null none nil undefined true false yes no empty blank requir* optional hidden
	redacted masked filtered removed protected encrypt* secure* here enter input type insert change changed changeme example sample dummy fake todo tbd na n field
	form default env environment config settings os process req request body data params args self this get set post hash hashed salt plain raw current confirm*
	reset forgot* invalid incorrect wrong expire* missing unset unknown not is are was has have must should min max length least any file path name id email phone
	number code and or for from to with in on of a an if then else function return const let var def class chars characters too short long weak strong placeholder
	bearer basic cookie session page authorization header vault external
	пароль парол* ваш* мой моя мое новый новы* старый стар* неверн* неправильн* некорректн* неизвест* обязат* отсутств* пуст* нет не да или и от для как это есть
	был была будет указ* введ* введи* ввод* ввест* задан* задай* измен* измени* смени* сменит* смен* сброш* сброс* утерян* забыт* забы* придума* нужен нужно нужна должен
	должн* может можно минимум максимум длин* символ* букв* цифр* латин* сложн* надежн* слаб* сильн* скрыт* секрет* строк* поле полей тот такой такая же тем там
	свой своя свои без по на в с к у о до после при чтобы если только любой любые любая отправ* прид* прише* выслан* выс* прислан* спрос* узна* уточн* подойд* верн* верный действ* истек*
	временн* одноразов* стандарт* общ* един* ниже выше см смотри смотрите здесь тут через вместо логин* ключ* токен* код так или ни н`)
