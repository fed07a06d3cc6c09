package detectors

import (
	"bytes"
	"slices"
)

// Email is an e-mail address, also with letters beyond ASCII on either side of the @.
var Email = declare(Detector{
	Kind:   "email",
	Class:  Direct,
	Doc:    Doc{RU: "адрес электронной почты", EN: "e-mail address"},
	Prefix: "почта",
	Near:   []string{"почта", "почту", "почте", "почты", "почтой", "почтов*", "имейл*", "мейл*", "мыло", "email*", "mail", "pochta", "login"},
	Names: []string{"почта", "эл_почта", "электронная_почта", "имейл", "pochta", "el_pochta", "email_adr", "email", "e_mail", "mail", "login_email",
		"contact_email", "контакт", "контакты", "contact", "contacts", "эл_адрес"},
	Cues:    emailCues,
	Twin:    "phone",
	Telling: true,
	Find:    findEmail,
	Reach:   512,
	Fits: func(value []byte) bool {
		at := bytes.IndexByte(value, '@')
		if at < 0 {
			return false
		}
		padded := make([]byte, 0, len(value)+3)
		padded = append(append(append(padded, 0), value...), 0, 0)
		f, ok := address(padded, at+1)
		return ok && f.Start == 1 && int(f.End) == len(value)+1
	},
	Normal: lowered,
	Good: []string{
		"ivan.petrov@mail.ru",
		"Пишите на ivan+shop@почта.рф.",
		"иван@почта.рф",
		"a@xn--d1acufc.xn--p1ai",
		"Иван <ivan_1985@yandex.ru>, до связи",
		"mailto:Ivan@Mail.RU?subject=x",
		"почта:o'brien@sub.example.co.uk;",
		"From: Иван <ivan_1985@yandex.ru>",
		"GET /feedback?mail=k.zhuk%40ngs.ru&ok=1 HTTP/1.1",
		"login=lena.orlik%40gmail.com",
		"*ivan.petrov@mail.ru*",
		"o.kern (at) proton (dot) me",
		"почта zoya_77[собака]bk[точка]ru",
		"client_id: <ivan.petrov@mail.ru>",
	},
	Bad: []string{
		"Message-ID: <20240517041209.4F1C2@mx7.zavod.ru>",
		"References: <CABx-=9kQ@mail.gmail.com>\n <1187.448@list.zavod.ru>",
		"cleanup[811]: 4F1C2: message-id=<7719.20240517@mx7.zavod.ru>",
		`<img src="cid:part1.A8B0@zavod.ru">`,
		"почта k***@mail.ru",
		"скидка 20%40 штук",
		"logo@2x.png",
		"pkg@1.2.3",
		"git@github.com:org/repo.git",
		"postgres://user:pw@host.ru/db",
		"info@presidio.",
		"user@host",
		"@mention",
		"k7q2@example.invalid",
		"support@company.ru",
	},
})

// ownDomain is where our tokens of e-mail addresses live: reserved by RFC 2606, it is nobody's.
const ownDomain = "example.invalid"

// role says whether a name before the @, in lower case, stands for an office and not for a person.
func role(name []byte) bool {
	switch string(name) {
	case "abuse", "admin", "billing", "buh", "contact", "donotreply", "feedback", "help", "hello", "hr", "info", "mailer-daemon", "marketing",
		"no-reply", "noreply", "office", "postmaster", "press", "robot", "sales", "security", "service", "shop", "support", "webmaster":
		return true
	}
	return false
}

// file says whether an ending in lower case is that of file names, where a top-level domain would stand.
func file(ending []byte) bool {
	switch string(ending) {
	case "css", "gif", "html", "ico", "jpeg", "jpg", "js", "json", "jsx", "mp4", "pdf", "png", "svg", "ts", "tsx", "txt", "webp", "xml", "yaml", "yml":
		return true
	}
	return false
}

// topLevels are the top-level domains in Cyrillic.
var topLevels = []string{"рф", "рус", "бел", "укр", "қаз", "москва", "дети", "онлайн", "сайт", "орг", "ком", "бг", "мкд", "срб", "мон", "ею", "католик"}

func findEmail(dst []Finding, t *Text) []Finding {
	for _, p := range t.Marks {
		if f, ok := address(t.Arena, int(p)); ok && !ofMessage(t.Arena, &f) {
			if t.Whole(f.Start, f.End) {
				f.Evidence |= Whole
			}
			dst = append(dst, f)
		}
	}
	return findSpelled(dst, t)
}

const (
	maxLocal  = 64
	maxDomain = 255
)

// address reads the address around the @ at p; zero bytes stand somewhere on both sides.
func address(a []byte, p int) (f Finding, ok bool) {
	end, ascii := domain(a, p+1)
	if end == 0 {
		return f, false
	}
	start := local(a, p, ascii)
	if start == p {
		return f, false
	}
	switch b := a[start-1]; b {
	case ':', '/':
		// user:password@host of a URL, or a path
		from := max(0, start-maxLocal)
		token := a[from:start]
		if i := bytes.LastIndexAny(token, " \t\n\x00\"'<>()"); i >= 0 {
			token = token[i+1:]
		}
		if bytes.Contains(token, []byte("://")) {
			return f, false
		}
	case '@':
		return f, false
	}
	if end < len(a) {
		// git@host:path; a port or a colon at the end of a phrase is no path
		if a[end] == ':' && end+1 < len(a) && (a[end+1]|0x20-'a' < 26 || a[end+1] == '/' || a[end+1] == '~') {
			return f, false
		}
		if a[end] == '@' {
			return f, false
		}
	}
	f = Finding{Start: uint32(start), End: uint32(end), Score: 97, Evidence: Format | Structure}
	name := a[start:p]
	if bytes.IndexByte(name, '*') >= 0 {
		return f, false // somebody masked it
	}
	var buf [16]byte
	switch {
	case equalFold(a[p+1:end], ownDomain):
		f.Score, f.Evidence = 5, Format|Synthetic
	case len(name) <= 16 && name[len(name)-1]-'0' > 9 && role(lowered(buf[:0], name)): // no office ends with a digit
		f.Score = 50
	}
	return f, true
}

// domain returns the end of the domain that begins at i, 0 if there is none, and whether it is ASCII.
func domain(a []byte, i int) (end int, ascii bool) {
	ascii = true
	begin, label, labels := i, i, 0
	for ; i < len(a) && i-begin <= maxDomain; i++ {
		switch b := a[i]; {
		case localMark[b] == plain:
		case b == '-':
			if i == label {
				return 0, false
			}
		case b >= 0x80 && cyrillicAt(a, i):
			ascii = false
			i++
		case b == '.' && i > label && i+1 < len(a) && (a[i+1]|0x20-'a' < 26 || a[i+1]-'0' <= 9 || cyrillicAt(a, i+1)):
			labels++
			label = i + 1
		default:
			goto done
		}
	}
done:
	for i > label && a[i-1] == '-' {
		i--
	}
	for labels > 0 {
		if topLevel(a[label:i]) {
			if a[begin]-'0' <= 9 && begin+2 < len(a) && a[begin+1] == 'x' && a[begin+2] == '.' {
				return 0, false // logo@2x.png
			}
			return i, ascii
		}
		// ivan@mail.ru.Далее: what follows the last good label is the next sentence
		if ascii {
			return 0, false
		}
		i = label - 1
		label = bytes.LastIndexByte(a[begin:i], '.') + begin + 1
		labels--
		ascii = !slices.ContainsFunc(a[begin:i], func(b byte) bool { return b >= 0x80 })
	}
	return 0, false
}

// topLevel says whether a label may be a top-level domain.
func topLevel(s []byte) bool {
	if len(s) < 2 || len(s) > 24 {
		return false
	}
	if s[0] >= 0x80 {
		return slices.ContainsFunc(topLevels, func(t string) bool { return equalFold(s, t) })
	}
	if len(s) > 4 && equalFold(s[:4], "xn--") {
		return true
	}
	for _, b := range s {
		if b|0x20-'a' >= 26 {
			return false
		}
	}
	if len(s) > 5 {
		return true // longer than any ending of a file
	}
	var buf [8]byte
	for i, b := range s {
		buf[i&7] = b | 0x20
	}
	return !file(buf[:len(s)])
}

// local returns the begin of the name that ends at p. Before an ASCII domain, Cyrillic letters glued to an
// ASCII name are the end of a word and not part of the name.
func local(a []byte, p int, ascii bool) int {
	i, mixed := p, false
	for i > 0 && p-i < maxLocal {
		if b := a[i-1]; localMark[b] != 0 {
			i--
			mixed = true
		} else if b >= 0x80 && b < 0xC0 && i >= 2 && cyrillicAt(a, i-2) && !(ascii && mixed) {
			i -= 2
		} else {
			break
		}
	}
	for i < p && (a[i] == '.' || a[i] == '-' || a[i] == '\'' || a[i] == '=' || a[i] == '/' || a[i] == '*' || a[i] == '_' && p-i > 3 && a[i+1] == '_') {
		i++
	}
	if i < p && a[p-1] == '.' {
		return p
	}
	return i
}

// localMark tells what may stand in a name before the @: plain letters and digits of ASCII, and some marks.
var localMark = func() (t [256]uint8) {
	for _, b := range []byte("._%+-'~!#$^*") {
		t[b] = 2
	}
	for b := range byte(26) {
		t['a'+b], t['A'+b] = plain, plain
	}
	for b := range byte(10) {
		t['0'+b] = plain
	}
	return t
}()

const plain = 1

// cyrillicAt says whether a Cyrillic letter stands at i.
func cyrillicAt(a []byte, i int) bool {
	return a[i]&0xFC == 0xD0 && i+1 < len(a) && a[i+1]&0xC0 == 0x80
}

// equalFold compares a text with a lower-case word; case does not count, ё is a letter of its own.
func equalFold(s []byte, lower string) bool {
	if len(s) != len(lower) {
		return false
	}
	for i := 0; i < len(s); {
		b := s[i]
		if b < 0x80 {
			if b-'A' < 26 {
				b |= 0x20
			}
			if b != lower[i] {
				return false
			}
			i++
			continue
		}
		if i+1 == len(s) {
			return b == lower[i]
		}
		x, y := lowerCyrillic(b, s[i+1])
		if x != lower[i] || y != lower[i+1] {
			return false
		}
		i += 2
	}
	return true
}

// lowerCyrillic returns the small form of a two-byte letter of the Russian alphabet; others stay.
func lowerCyrillic(x, y byte) (byte, byte) {
	switch {
	case x != 0xD0:
	case y >= 0x90 && y < 0xA0:
		return 0xD0, y + 0x20
	case y >= 0xA0 && y < 0xB0:
		return 0xD1, y - 0x20
	case y == 0x81:
		return 0xD1, 0x91
	}
	return x, y
}

// lowered appends value in lower case.
func lowered(dst, value []byte) []byte {
	for i := 0; i < len(value); i++ {
		b := value[i]
		switch {
		case b-'A' < 26:
			dst = append(dst, b|0x20)
		case b == 0xD0 && i+1 < len(value):
			x, y := lowerCyrillic(b, value[i+1])
			dst = append(dst, x, y)
			i++
		default:
			dst = append(dst, b)
		}
	}
	return dst
}
