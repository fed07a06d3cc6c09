package detectors

import "bytes"

// Secret is what opens something: a password, a key of an interface, a token, a private key, the code on a card's back,
// a code that was sent to confirm something. It is no personal data, and it leaves nobody's house. Only the value is
// the finding: of postgres://user:password@host the password alone.
var Secret = declare(Detector{
	Kind:   "secret",
	Class:  Technical,
	Doc:    Doc{RU: "пароль, ключ или токен", EN: "password, key or token"},
	Prefix: "секрет",
	Cues:   secretWords(),
	Names: []string{"пароль", "пароли", "парол", "пин", "пин_код", "пинкод", "код_подтверждения", "токен", "секрет", "секретный_ключ", "апи_ключ",
		"api_ключ", "ключ_api", "ключ_доступа", "parol", "password", "passwd", "passphrase", "pwd", "user_password", "user_pass", "password_digest",
		"hashed_password", "encrypted_password", "password_salt", "password_hash", "passwd_hash", "pass_hash", "pwd_hash", "хеш_пароля", "хэш_пароля", "pin", "pin_code", "pincode", "otp", "otp_code", "otp_secret", "totp_secret",
		"sms_code", "confirmation_code", "verification_code", "confirm_code", "activation_code", "one_time_code", "cvv", "cvc", "cvv_code",
		"cvc_code", "card_cvv", "card_cvc", "secret", "secret_key", "client_secret", "app_secret", "webhook_secret", "api_key", "apikey",
		"api_token", "api_secret", "access_key", "private_key", "ssh_key", "encryption_key", "token", "access_token", "refresh_token", "id_token",
		"auth_token", "oauth_token", "bearer_token", "bot_token", "session_token", "user_token", "reset_token", "reset_password_token",
		"remember_token", "confirmation_token", "jwt", "credentials", "authorization", "auth_key", "security_answer", "секретный_ответ",
		"кодовое_слово", "secret_word"},
	Digits: 1<<8 | 1<<9 | 1<<10 | 1<<16,
	Find:   findSecret,
	Reach:  1024,
	Fits:   fitsSecret,
	Good: []string{
		"Пароль: Kotofey_77",
		"пароль от вайфая solnyshko2019",
		"DB_PASSWORD=hG7kd92mz",
		`{"login": "grisha", "password": "lesnik-1984"}`,
		"postgres://app:Vx91kQ@db.internal:5432/main",
		"Authorization: Bearer q7Zk2LmN9pXv4RtB8wYc1DfG",
		"api_key=4f9b1c7d2e8a3b6c5d0e",
		"sk_live_51HqX9bKz0aWm3Tn7Rv",
		"AKIAQ4TZ7WNE2XK5MJ3R",
		"ghp_a9Zk3Lm7Qx2Vn5Rt8Yw1Bc4Df6Gh0JsKp2Lm",
		"xoxb-204817731552-kQ9zLm3XvT7p",
		"бот 7104857601:AAHq9Zk3Lm7Qx2Vn5Rt8Yw1Bc4Df6Gh0Js-",
		"-----BEGIN RSA PRIVATE KEY-----\nMIIEow",
		"key: -----BEGIN EC PRIVATE KEY-----\nqZk3Lm7Qx2Vn5Rt8Yw1Bc4Df6Gh0JsKp2LmA9sD8fG7hJ6kL5zX4cV3bN2mQ1wE0\nr8TyUi==\n-----END EC PRIVATE KEY-----\n",
		"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJnLnNva29sQG1haWwucnUifQ.k3Jq9ZmX2vLw7RtY5bNc8DfG1hP4sKa6",
		"CVV 481",
		"2200 1234 5678 9019 12/27 481",
		"Код подтверждения 4817. Никому его не сообщайте",
		"пин-код от карты 4817",
		"логин grisha, пароль: солнышко",
		"mysql -h10.2.0.5 -u report -pGorka77xx sales",
		"mysqldump -u root -p'kot ofey 77' shop > shop.sql",
		"mysql --user=app --password=Gorka77xx sales",
		"curl -s -u grisha:Gorka77xx https://api.zavod.ru/v1",
		"sshpass -p Gorka77xx ssh grisha@10.2.0.5",
	},
	Bad: []string{
		"забыл пароль",
		"password: required",
		"пароль должен содержать 8 символов",
		`password = os.getenv("X")`,
		"PASSWORD=${PASSWORD}",
		"пароль: ****",
		"password: <password>",
		"password: null",
		"password = user.password",
		"Failed password for root from 95.31.18.119 port 51234 ssh2",
		"token: string",
		"api_key=YOUR_API_KEY",
		"Bearer token required",
		"код подтверждения отправлен на +7 916 123-45-67",
		"next_page_token=CAUQAA8kX2m9ZqT4vLw7RtY5bNc",
		"key: value",
		"commit 4f9b1c7d2e8a3b6c5d0e4f9b1c7d2e8a3b6c5d0e",
		"пароль придёт в СМС",
		"PIN 13 подключён к земле",
		"mysql -u root -p sales",
		"mysql -u root -p$DB_PASS sales",
		"docker run mysql -p 3306:3306",
		"curl -u $USER:$PASS https://api.zavod.ru",
		"curl -u user:password https://api.zavod.ru",
		"curl https://zavod.ru:8080/a -u grisha",
	},
})

// A secretWord says what a word announces.
type secretWord uint8

const (
	ofPassword secretWord = iota
	ofPass                // pass and the like, which are other words, too
	ofToken
	ofKey // a key, where the word before says of what
	ofScheme
	ofPrefix // a token that begins with the word
	ofJWT
	ofPrivate
	ofCardCode
	ofPhrase // кодовое слово
	ofPIN
	ofCode   // a code for once
	ofNever  // «никому не сообщайте»: a code stands before
	ofClient // a program that takes its password among its arguments, right behind -p
	ofCaller // likewise, behind the login and a colon
)

var secretCues = [...]struct {
	means secretWord
	words string
}{
	{ofPassword, "пароль пароля паролем паролю пасс пасворд пассворд parol password passwd passphrase identified"},
	{ofPass, "pwd pass pw"},
	{ofToken, "token токен токена токеном secret apikey accesstoken authtoken apitoken secretkey accesskey clientsecret"},
	{ofKey, "key ключ"},
	{ofScheme, "bearer authorization"},
	{ofPrefix, "akia* asia* aiza* aqvn* ghp gho ghu ghs ghr github glpat xoxb xoxp xoxa xoxr xoxs sk rk hf npm dop shpat ya vk"},
	{ofJWT, "ey"},
	{ofPrivate, "private"},
	{ofCardCode, "cvv cvc цвв цвс обороте оборотной"},
	{ofPhrase, "кодовое секретное контрольное"},
	{ofPIN, "pin пин пинкод пинкода"},
	{ofCode, "otp puk одноразов* подтвержден* разблокировк* verification confirmation смс sms"},
	{ofNever, "никому"},
	{ofClient, "mysql mysqldump mysqladmin mariadb sshpass"},
	{ofCaller, "curl"},
}

// secretWords lists the words of secretCues; secretMeans says what each of them announces.
func secretWords() (words []string) {
	for _, c := range secretCues {
		for _, w := range bytes.Fields([]byte(c.words)) {
			words = append(words, string(w))
		}
	}
	return words
}

var secretMeans = func() (means []secretWord) {
	for _, c := range secretCues {
		for range bytes.Fields([]byte(c.words)) {
			means = append(means, c.means)
		}
	}
	return means
}()

func findSecret(dst []Finding, t *Text) []Finding {
	a := t.Arena
	for _, p := range t.Marks {
		if f, ok := beforeMark(t, int(p)); ok {
			dst = append(dst, f)
		}
	}
	for _, c := range t.Cues(t.current) {
		var f Finding
		ok := false
		start, end := int(c.Start), int(c.End)
		means := secretMeans[c.Word]
		if means <= ofKey && a[start] >= 0x80 && onlyProse(a, start, end) { // nearly always
			continue
		}
		switch means {
		case ofPassword, ofPass:
			f, ok = passwordAt(t, start, end, means == ofPass)
		case ofToken, ofKey:
			f, ok = tokenAt(t, start, end, means == ofKey)
		case ofScheme:
			f, ok = schemeAt(t, start, end)
		case ofPrefix:
			f, ok = prefixedAt(t, start, end)
		case ofJWT:
			f, ok = jwtAt(t, start)
		case ofPrivate:
			dst = appendPrivate(dst, t, start, end)
		case ofCardCode:
			f, ok = cardCodeAt(t, start, end)
		case ofPhrase:
			f, ok = phraseAt(t, start, end)
		case ofPIN:
			f, ok = pinAt(t, start, end)
		case ofCode:
			f, ok = codeAt(t, start, end)
		case ofClient, ofCaller:
			f, ok = argumentAt(t, end, means)
		case ofNever:
			if f, ok = codeBefore(t, start); !ok {
				if n, near := wordRight(a, end, codeWords, 3, 40); near && n < digitsWord {
					f, ok = digitsAfter(t, end, 4, 8, 4, 84)
				}
			}
		}
		if ok {
			dst = append(dst, f)
		}
	}
	for count := 8; count <= 10; count++ { // bots of Telegram: number:AA…
		for i := range t.Nums[count] {
			n := &t.Nums[count][i]
			if a[n.End] == ':' && n.Groups == 1 && a[n.End+1] == 'A' && a[n.End+2] == 'A' {
				if end := tokenEnd(a, int(n.End)+1); end-int(n.End)-1 == 35 {
					dst = append(dst, t.findingOf(int(n.Start), end, 95, Format))
				}
			}
		}
	}
	for i := range t.Nums[16] {
		if f, ok := afterCard(t, &t.Nums[16][i]); ok {
			dst = append(dst, f)
		}
	}
	return dst
}

// fitsSecret says whether a value of a column of secrets may be one: a word or code without spaces that says nothing else.
func fitsSecret(value []byte) bool {
	n := len(value)
	if n < 3 || n > 4096 || bytes.HasPrefix(value, []byte("-----BEGIN")) {
		return n > 3
	}
	if bytes.ContainsAny(value, " \t\n") {
		return bytes.HasPrefix(value, []byte("Bearer ")) || bytes.HasPrefix(value, []byte("Basic "))
	}
	l := lookOf(value)
	if l.digits == n {
		return n <= 12
	}
	return !placeholder(value) && (l.digits > 0 || l.marks > 0 || l.lower > 0 && l.upper > 0 && l.turns > 1 || l.letters() >= 8)
}

// beforeMark reads a password in front of the @ at p: user:password@host of a URL.
func beforeMark(t *Text, p int) (f Finding, ok bool) {
	a := t.Arena
	colon := 0
	for i := p - 1; p-i <= 160; i-- {
		if !loginEnds[a[i]] {
			continue
		}
		switch b := a[i]; b {
		case 0, ' ', '\n', '\t', '"', '\'', '<', '>', '(', ')', ',':
			return f, false
		case ':':
			if a[i+1] != '/' {
				colon = i
			}
		case '@':
			return f, false
		case '/':
			if a[i-1] != '/' || a[i-2] != ':' || colon == 0 || colon+1 == p {
				return f, false
			}
			value := a[colon+1 : p]
			switch {
			case len(value) < 2 || value[0] == '$' || value[0] == '{' || value[0] == '%' && value[len(value)-1] == '%' || masked(value):
				return f, false
			case placeholder(value):
				return t.findingOf(colon+1, p, 50, Format), true
			}
			return t.findingOf(colon+1, p, 93, Format), true
		}
	}
	return f, false
}

// loginEnds are the bytes that beforeMark looks at.
var loginEnds = func() (t [256]bool) {
	for _, b := range []byte("\x00 \n\t\"'<>(),:@/") {
		t[b] = true
	}
	return t
}()

// argumentAt reads a password among the arguments of a program whose name ends at i.
func argumentAt(t *Text, i int, program secretWord) (f Finding, ok bool) {
	a := t.Arena
	spaced := hasAt(a, i-min(i, len("sshpass")), "sshpass")
	for limit := i + 240; i < limit && a[i] != 0 && a[i] != '\n' && a[i] != ';'; i++ {
		if a[i] != ' ' || a[i+1] != '-' {
			continue
		}
		j := i + 1
		switch {
		case program == ofCaller && hasAt(a, j, "-u "), program == ofClient && spaced && hasAt(a, j, "-p "):
			j += len("-u ")
		case program == ofCaller && hasAt(a, j, "--user "):
			j += len("--user ")
		case program == ofClient && hasAt(a, j, "-p"):
			if j += len("-p"); a[j] <= ' ' {
				continue
			}
		default:
			continue
		}
		v, ok := readValue(a, j, keyed{})
		if !ok {
			return f, false
		}
		if program == ofCaller {
			colon := bytes.IndexByte(a[v.start:v.end], ':')
			if colon < 1 {
				return f, false
			}
			v.start += colon + 1
		}
		value := a[v.start:v.end]
		if len(value) < 3 || value[0] == '$' || value[0] == '%' || len(value) < 6 && allDigits(value) || placeholder(value) {
			return f, false
		}
		return t.findingOf(v.start, v.end, 90, Format|Keyword), true
	}
	return f, false
}

// phraseAt reads the word that somebody answers a bank with: «кодовое слово: ромашка».
func phraseAt(t *Text, start, end int) (f Finding, ok bool) {
	const word = " слово"
	if !foldAt(t.Arena, end, word) {
		return f, false
	}
	if f, ok = passwordAt(t, start, end+len(word), false); ok && f.Score >= 40 {
		f.Score = max(f.Score, 83)
	}
	return f, ok
}

// cardCodeAt reads the three or four digits that belong to a word for the code on a card's back.
func cardCodeAt(t *Text, start, end int) (f Finding, ok bool) {
	a := t.Arena
	i := end
	if a[i] == '2' {
		i++
	}
	if a[start] >= 0x80 && end-start > 8 { // «три цифры на обороте»
		if n, near := wordLeft(a, start, codeWords, 3, 40); !near || n != digitsWord {
			return f, false
		}
	}
	return digitsAfter(t, i, 3, 4, 4, 90)
}

// afterCard reads what stands behind a card's number: the month it ends with, and the code.
func afterCard(t *Text, n *Num) (f Finding, ok bool) {
	a := t.Arena
	i := int(n.End)
	if a[i] == 0 || a[i]|0x20-'a' < 26 || n.Flags&(Glued|Plus) != 0 {
		return f, false
	}
	i = skipCardWords(a, i)
	to := digitsEnd(a, i)
	if to-i != 2 || a[i] > '1' {
		return f, false
	}
	i = to
	if a[i] != '/' && a[i] != '.' && a[i] != '-' && a[i] != '|' && a[i] != ' ' {
		return f, false
	}
	i++
	to = digitsEnd(a, i)
	if to-i != 2 && to-i != 4 {
		return f, false
	}
	i = skipCardWords(a, to)
	if i == to {
		return f, false
	}
	to = digitsEnd(a, i)
	if to-i != 3 || inName(a[to]) || a[to] == '-' || a[to] == '.' && a[to+1]-'0' <= 9 {
		return f, false
	}
	if d := t.digits(n); cardSystem(d) == noSystem || checkLuhn(d) != right {
		return f, false
	}
	return t.findingOf(i, to, 88, Structure), true
}

// skipMarks steps over what separates the fields of a card.
func skipMarks(a []byte, i int) int {
	for a[i] == ' ' || a[i] == ',' || a[i] == '|' || a[i] == ';' || a[i] == '/' || a[i] == '\t' {
		i++
	}
	return i
}

// skipCardWords skips marks and up to two words between the number of a card, its date and its code: «срок 09/27 код 418».
func skipCardWords(a []byte, i int) int {
	i = skipMarks(a, i)
	for range 2 {
		if !beginsLetter(a, i) {
			break
		}
		end, _ := wordAfter(a, i)
		if !besideCard.has(a[i:end]) {
			break
		}
		if i = end; a[i] == ':' {
			i++
		}
		i = skipMarks(a, i)
	}
	return i
}

var besideCard = newVocabulary("срок действия до годна годен код exp expires valid thru code")

// pinAt reads the four to six digits that belong to a word for a PIN.
func pinAt(t *Text, start, end int) (f Finding, ok bool) {
	if b := t.Arena[start-1]; b == '_' || b == '-' || b == '/' {
		return f, false
	}
	return digitsAfter(t, end, 4, 6, 4, 86)
}

// codeAt reads a code for once that belongs to one of its words.
func codeAt(t *Text, start, end int) (f Finding, ok bool) {
	a := t.Arena
	sure := foldAt(a, start, "otp") || foldAt(a, start, "puk")
	if !sure {
		// «код подтверждения», «одноразовый пароль», «смс-код», verification code: the word for the code stands beside
		n, near := wordLeft(a, start, codeWords, 2, 24)
		if sure = near && n < digitsWord; !sure {
			n, near = wordRight(a, end, codeWords, 1, 24)
			sure = near && n < digitsWord
		}
	}
	if !sure {
		return f, false
	}
	if f, ok = digitsAfter(t, end, 4, 8, 4, 86); ok {
		return f, true
	}
	return codeBefore(t, start)
}

// codeBefore reads a code in front of i: «4817 — код подтверждения», «Код: 4817. Никому его не сообщайте».
func codeBefore(t *Text, i int) (f Finding, ok bool) {
	a := t.Arena
	from := i
	coded := false
	to := 0
	for words := 0; i > 1 && from-i < 140 && words < 9; {
		b := a[i-1]
		switch {
		case b == 0, b == '\n' && to == 0 && words > 0:
			return f, false
		case b-'0' <= 9:
			end := i
			for i > 1 && a[i-1]-'0' <= 9 {
				i--
			}
			if to != 0 || end-i < 4 || end-i > 8 || !free(a, i, end) {
				return f, false
			}
			to = end
			start := i
			if coded { // 4817 — код подтверждения
				return t.findingOf(start, to, 84, Keyword), true
			}
			if n, near := wordLeft(a, start, codeWords, 3, 40); near && n < digitsWord {
				return t.findingOf(start, to, 84, Keyword), true
			}
			return f, false
		case endsLetter(a, i):
			begin, _ := wordBefore(a, i)
			n, known := codeWords.find(a[begin:i])
			coded = coded || known && n < digitsWord
			words++
			i = begin
		default:
			i--
		}
	}
	return f, false
}

// codeWords are words for a code, and behind them those of other things that stand near one.
var (
	codeWords  = newVocabulary("код кода коды кодом code пароль пароля password passcode pin пин цифр* digits")
	digitsWord = func() int { n, _ := codeWords.find([]byte("цифры")); return n }()
)

// digitsAfter reads a run of low to high digits behind i, with at most so many words between.
func digitsAfter(t *Text, i, low, high, words int, score uint8) (f Finding, ok bool) {
	a := t.Arena
	for from := i; i-from < 64; {
		b := a[i]
		switch {
		case b == 0:
			return f, false
		case b-'0' <= 9:
			to := digitsEnd(a, i)
			if n := to - i; n < low || n > high || !free(a, i, to) || counted(a, to) {
				return f, false
			}
			return t.findingOf(i, to, score, Keyword), true
		case beginsLetter(a, i):
			e, _ := wordAfter(a, i)
			if words--; words < 0 || noCode.has(a[i:e]) {
				return f, false
			}
			i = e
		case b == '\n' && (a[i-1] != ':' && a[i-1] != '\r'), b == '+', b == '(' && a[i+1] == ')', b == '_' || b == '$' || b == '{':
			return f, false
		default:
			i++
		}
	}
	return f, false
}

// noCode are words that no code follows.
var noCode = newVocabulary(`отправ* выслан* прид* истек* действ* недейств* неверн* неправ* невер* запрош* запрос* повтор* введи* ввод* ввест* состо* содерж* длин* должен
	получ* нужен нужно без более менее через тел телефон* номер* заказ* заявк* договор* дата года год expired expires sent length must invalid mode number
	header connector`)

// free says whether digits at start to end are joined to nothing: no part of a longer number, a date or a sum.
func free(a []byte, start, end int) bool {
	b, c := a[start-1], a[end]
	if inName(b) || inName(c) || b == '+' || b == '#' || c == '%' || b == '$' {
		return false
	}
	if (b == '.' || b == ',' || b == '-' || b == '/' || b == ':') && a[start-2]-'0' <= 9 {
		return false
	}
	if (c == '.' || c == ',' || c == '-' || c == '/' || c == ':') && a[end+1]-'0' <= 9 {
		return false
	}
	return !(c == ' ' && a[end+1]-'0' <= 9 && digitsEnd(a, end+1)-end > 2) && !currency(a, uint32(end))
}

// counted says whether a number that ends at i counts something: «4 символа», «2024 года».
func counted(a []byte, i int) bool {
	i = skipBlanks(a, i)
	if !beginsLetter(a, i) {
		return false
	}
	e, _ := wordAfter(a, i)
	return units.has(a[i:e])
}

var units = newVocabulary(`символ* знак* цифр* букв* раз раза разы дней дня день минут* мин час* сек* месяц* год года г лет руб* р тыс* шт штук* процент* человек* пользовател*
	characters chars symbols digits times days minutes hours seconds years users byte bytes bit bits px ms мб гб кб`)
