package detectors

import "bytes"

// IP is an internet address of either version. A version number looks the same: words, the numbers themselves and what
// stands around decide. Addresses that are nobody's, those of documentation (RFC 5737, RFC 3849) among them, are low.
var IP = declare(Detector{
	Kind:   "ip",
	Class:  Technical,
	Doc:    Doc{RU: "IP-адрес", EN: "IP address"},
	Prefix: "айпи",
	Names: []string{"айпи", "ип_адрес", "айпи_адрес", "ip_адрес", "ip", "ip_adr", "ip_addr", "ip_address", "ipaddress", "ipv", "ip_v", "client_ip",
		"user_ip", "remote_ip", "remote_addr", "remote_address", "remote_host", "source_ip", "src_ip", "dst_ip", "real_ip", "x_real_ip", "last_ip",
		"login_ip", "last_login_ip", "reg_ip", "registration_ip", "signup_ip", "created_ip", "forwarded_for", "x_forwarded_for", "xff", "peer_ip",
		"visitor_ip", "inet_addr", "host_ip", "ip_from", "ip_to"},
	Telling: true,
	Find:    findIP,
	Reach:   128,
	Fits:    fitsIP,
	Normal:  lowered,
	Good: []string{
		"вход с IP 95.31.18.119",
		"95.31.18.119 - - [12/Mar/2025:10:15:33 +0300] \"GET / HTTP/1.1\" 200",
		"client_ip=192.168.14.77",
		"remote_addr: 10.77.140.12",
		"[2a02:6b8:c08:e126::1:77]:443 подключился",
		"адрес ::ffff:95.31.18.119",
		"Accepted publickey for ivan from 185.71.64.206 port 51234 ssh2",
		"айпишник 46.138.201.7",
		"MULTI: primary virtual IP for kostya_lipatov/188.162.43.207:51820",
		"клиент 188.162.43.207/32",
		"inet 95.31.18.119/24 scope global",
	},
	Bad: []string{
		"версия 95.31.18.119",
		"v1.2.3.4",
		"п. 1.2.3.4 договора",
		"OID 1.3.6.1.4.1.311",
		"Chrome/120.0.0.0 Safari/537.36",
		"Agent/95.31.18.119 (Linux)",
		"сеть 188.162.43.192/26",
		"маска 255.255.255.0",
		"std::vector и 12:34:56",
		"пример 192.0.2.44 и 2001:db8::7",
		"код ОКПД2 26.20.11.110",
		"Report Framework 4.13.237.244",
		"256.18.44.7",
		"127.0.0.1 и ::1",
	},
})

// A netScope says for whom an address stands.
type netScope uint8

const (
	nobodys    netScope = iota // loopback, broadcast, masks, multicast
	documented                 // reserved for examples
	resolver                   // a public name server, known by heart
	private                    // of a network of one's own
	public
)

func findIP(dst []Finding, t *Text) []Finding {
	a := t.Arena
	for _, p := range t.Quads {
		q, ok := readQuad(a, int(p))
		if ok {
			if f, ok := judgeQuad(t, &q); ok {
				dst = append(dst, f)
			}
		}
	}
	last := 0
	for i, p := range t.Colons {
		limit := int(p) + 41
		if i+1 < len(t.Colons) {
			limit = min(limit, int(t.Colons[i+1])+1)
		}
		for j := max(int(p), last); j < limit && a[j] != 0; j++ {
			if a[j] != ':' {
				continue
			}
			start := hexStart(a, j)
			if start < last {
				continue // a colon behind an address
			}
			end, scope := readSix(a, start)
			if end == 0 {
				for a[j+1] == ':' || hexDigit(a[j+1]) {
					j++ // no colon of this run begins another
				}
				last = j + 1
				continue
			}
			if f, ok := judgeSix(t, start, end, scope); ok {
				dst = append(dst, f)
			}
			last, j = end, end-1
		}
	}
	return dst
}

// A quad is a dotted quad as written.
type quad struct {
	start, end int
	octet      [4]uint8
}

// readQuad reads the dotted quad whose first dot stands at p. Numbers longer than an octet, with a zero in front or with
// a fifth group are none, and neither is what is glued to a word: v1.2.3.4, Chrome/1.2.3.4, 1.2.3.4-beta.
func readQuad(a []byte, p int) (q quad, ok bool) {
	q.start = p
	for q.start > p-3 && a[q.start-1]-'0' <= 9 {
		q.start--
	}
	if q.start == p || !quadBegins(a, q.start) {
		return q, false
	}
	if q.end = q.octets(a, q.start); q.end == 0 {
		return q, false
	}
	switch b := a[q.end]; {
	case b == 0 || b == ' ':
	case inName(b), b == '+', b >= 0xD0 && b <= 0xD3:
		return q, false
	case b == '.' || b == '-' || b == '*' || b == '@':
		if c := a[q.end+1]; b == '-' && c-'0' <= 9 {
			var to quad
			return q, to.octets(a, q.end+1) > 0 // a range
		} else if inName(c) || c == '*' {
			return q, false
		}
	}
	return q, true
}

// octets reads four octets from i on and returns their end, 0 if they are none.
func (q *quad) octets(a []byte, i int) int {
	for k := range q.octet {
		n, from := 0, i
		for ; i-from < 3 && a[i]-'0' <= 9; i++ {
			n = 10*n + int(a[i]-'0')
		}
		if i == from || n > 255 || a[from] == '0' && i-from > 1 || a[i]-'0' <= 9 {
			return 0
		}
		q.octet[k] = uint8(n)
		if k < 3 {
			if a[i] != '.' {
				return 0
			}
			i++
		}
	}
	return i
}

// quadBegins says whether an address may begin at i.
func quadBegins(a []byte, i int) bool {
	b := a[i-1]
	switch {
	case b == 0 || b == ' ':
		return true
	case inName(b), b == '.', b == '#', b == '~', b == '^', b == '+':
		return false
	case b >= 0x80:
		return !endsLetter(a, i) && !(i > 3 && a[i-3] == 0xE2 && a[i-2] == 0x84) // №
	}
	c := a[i-2]
	switch b {
	case '/':
		return c == '/' || !inName(c) && c < 0x80 || port(a, i) // //1.2.3.4, user/1.2.3.4:51820, but no Chrome/1.2.3.4
	case '-':
		return c-'0' <= 9 || !inName(c) && c < 0x80
	case '=':
		return c != '=' && c != '~' && c != '<' && c != '>' && c != '!'
	}
	return true
}

// port says whether a port stands behind the digits and dots at i: a colon and two to five digits.
func port(a []byte, i int) bool {
	for a[i]-'0' <= 9 || a[i] == '.' {
		i++
	}
	if a[i] != ':' {
		return false
	}
	end := digitsEnd(a, i+1)
	return end-i > 2 && end-i <= 6 && !inName(a[end])
}

// prefix reads the length of a network's prefix behind the address: an address of a network has no bits beyond it, and
// one with /32 is a host's.
func (q *quad) prefix(a []byte) (network, host bool) {
	if a[q.end] != '/' {
		return false, true
	}
	end := digitsEnd(a, q.end+1)
	if n := end - q.end - 1; n < 1 || n > 2 || inName(a[end]) || a[end] == '.' {
		return false, false
	}
	bits := number(a[q.end+1 : end])
	address := uint32(q.octet[0])<<24 | uint32(q.octet[1])<<16 | uint32(q.octet[2])<<8 | uint32(q.octet[3])
	network = bits < 32 && address<<bits == 0
	return network, !network && bits <= 32
}

// scope says for whom the address stands: RFC 6890 and the registries of IANA.
func (q *quad) scope() netScope {
	o := &q.octet
	switch o[0] {
	case 0, 127:
		return nobodys
	case 10:
		return private
	case 100:
		if o[1]&0xC0 == 64 {
			return private
		}
	case 169:
		if o[1] == 254 {
			return private
		}
	case 172:
		if o[1]&0xF0 == 16 {
			return private
		}
	case 192:
		switch {
		case o[1] == 168:
			return private
		case o[1] == 0 && o[2] == 2:
			return documented
		}
	case 198:
		if o[1] == 51 && o[2] == 100 {
			return documented
		}
		if o[1]&0xFE == 18 {
			return private
		}
	case 203:
		if o[1] == 0 && o[2] == 113 {
			return documented
		}
	}
	if o[0] >= 224 {
		return nobodys
	}
	switch *o {
	case [4]uint8{8, 8, 8, 8}, [4]uint8{8, 8, 4, 4}, [4]uint8{1, 1, 1, 1}, [4]uint8{1, 0, 0, 1}, [4]uint8{9, 9, 9, 9}, [4]uint8{77, 88, 8, 8},
		[4]uint8{77, 88, 8, 1}, [4]uint8{4, 4, 4, 4}, [4]uint8{208, 67, 222, 222}:
		return resolver
	}
	return public
}

// small says that every group is small, as in versions and sections of a document; zeros that a group behind the first
// is zero, and okpd that it is written like a code of the classification of products.
func (q *quad) small() bool {
	low := 0
	for _, o := range &q.octet {
		if o <= 20 {
			low++
		}
	}
	return max(q.octet[0], q.octet[1], q.octet[2], q.octet[3]) <= 30 || low >= 3 && q.octet[0] < 100
}

func (q *quad) zeros() bool { return q.octet[1] == 0 || q.octet[2] == 0 || q.octet[3] == 0 }

func (q *quad) okpd() bool {
	o := &q.octet
	return o[0] >= 10 && o[0] < 100 && o[1] >= 10 && o[1] < 100 && o[2] >= 10 && o[2] < 100 && o[3] >= 110 && o[3]%10 == 0
}

// The words in front of an address, by how much they say.
const ipNames = "ip айпи айпишник* ipv ipaddr addr remote forwarded xff айпиадрес dhcp*"

var ipStrong = newVocabulary(ipNames)

var ipWords = newVocabulary(ipNames + `
	адрес адреса адресом адресу адресов address host хост хоста client клиент клиента server сервер сервера from ssh ping rdp vpn peer src dst source gateway шлюз
	версия версии версию версией верси* version ver versions v build сборка билд релиз* release обновлени* update firmware прошивк* драйвер* driver patch rev ред
	редакци* sdk chrome firefox android ios windows linux окпд окпд2 окпо оквэд ктру п пп пункт* подпункт* раздел* ст стать* гост снип глава гл рис табл таблиц*
	приложени* счет счета артикул* арт sku кат каталожн* oid asn код`)

const (
	strongIP = iota // the address is named
	weakIP          // something that has one is named
	noIP            // a version or a section is named
)

func ipWord(n int) int {
	switch {
	case n < ipWeakFrom:
		return strongIP
	case n < ipNoneFrom:
		return weakIP
	}
	return noIP
}

var (
	ipWeakFrom = ipNumber("адрес")
	ipNoneFrom = ipNumber("версия")
)

func ipNumber(word string) int {
	n, _ := ipWords.find([]byte(word))
	return n
}

// judgeQuad gives a dotted quad its score.
func judgeQuad(t *Text, q *quad) (f Finding, ok bool) {
	a := t.Arena
	f = t.findingOf(q.start, q.end, 0, Structure)
	scope := q.scope()
	whole := f.Evidence&Whole != 0
	if scope == nobodys {
		f.Score = 10
		return f, whole && q.octet[0] == 127
	}
	version := q.octet[0] <= 20 && q.octet[1] <= 20 || q.octet[0] < 130 && named(a, q.start)
	if hasAt(a, q.end, " - - [") || foldAt(a, q.end, " port ") {
		f.Score, f.Evidence = 90, f.Evidence|Format
		if scope < private {
			f.Score = 40
		}
		return f, true
	}
	n, near := wordLeft(a, q.start, ipWords, 2, 40)
	network, host := q.prefix(a)
	word := -1
	if near {
		if word = ipWord(n); word == weakIP && (q.small() || version) { // «IP-адрес клиента: …»
			if _, strong := wordLeft(a, q.start, ipStrong, 4, 60); strong {
				word = strongIP
			}
		}
	}
	switch {
	case word == noIP:
		return f, false
	case q.octet[3] == 0, network:
		f.Score = 40
		return f, !whole || !q.small()
	case scope == documented:
		f.Score = 20
		if word == strongIP {
			f.Score, f.Evidence = 60, f.Evidence|Keyword
		}
	case scope == resolver:
		f.Score = 40
	case word == strongIP, word == weakIP && (!q.small() && !version || scope == private) && host:
		f.Score, f.Evidence = 90, f.Evidence|Keyword
		if scope == private {
			f.Score = 86
		}
	case word == weakIP:
		f.Score, f.Evidence = 60, f.Evidence|Keyword
	case scope == private && macNear(a, q.start, q.end):
		f.Score, f.Evidence = 85, f.Evidence|Format
	case scope != private && whole && (q.small() || version):
		return f, false // it is not to make a column of addresses out of one of versions
	case q.small():
		f.Score = 40
	case scope == private:
		f.Score = 50
	case version || q.zeros() || q.okpd() || a[q.start-1] == '@':
		f.Score = 60
	default:
		f.Score = 82
	}
	return f, true
}

// named says whether a Latin word with a capital stands right in front: the name of a product, whose version follows.
func named(a []byte, i int) bool {
	if a[i-1] != ' ' || i < 5 || a[i-2]-'a' >= 26 {
		return false
	}
	i -= 2
	for a[i]-'a' < 26 {
		i--
	}
	return a[i]-'A' < 26 && !inName(a[i-1])
}

// macNear says whether a hardware address stands within 48 bytes in the same line.
func macNear(a []byte, start, end int) bool {
	if !longCode(a, start-1, -1) && !longCode(a, end, 1) {
		return false
	}
	for i := start - 1; i > 0 && start-i < 48 && a[i] != '\n' && a[i] != 0; i-- {
		if (a[i] == ':' || a[i] == '-' || a[i] == '.') && readMAC(a, hexStart(a, i)) > 0 {
			return true
		}
	}
	for i := end; i-end < 48 && a[i] != '\n' && a[i] != 0; i++ {
		if (a[i] == ':' || a[i] == '-' || a[i] == '.') && readMAC(a, hexStart(a, i)) > 0 {
			return true
		}
	}
	return false
}

// longCode says whether fourteen bytes or more that addresses of hardware may hold stand together within 60 bytes from i
// on, in the direction that step tells; what stands on the other side of i does not count.
func longCode(a []byte, i, step int) bool {
	const shortest = 14 // 4cbc.e917.a05d: one byte in so many is looked at
	for k := 0; k < 60; k += shortest {
		p := i + k*step
		if p <= 0 || p >= len(a) {
			return false
		}
		if !macByte[a[p]] {
			continue
		}
		begin, end, first, last := p, p, 1, len(a)
		if step > 0 {
			first = i
		} else {
			last = i + 1
		}
		for begin > first && macByte[a[begin-1]] && p-begin < shortest {
			begin--
		}
		for end < last && macByte[a[end]] && end-begin < shortest {
			end++
		}
		if end-begin >= shortest {
			return true
		}
	}
	return false
}

// macByte and ipByte are bytes that addresses of hardware hold, and those of the internet.
var macByte, ipByte = func() (mac, ip [256]bool) {
	for _, b := range []byte("0123456789abcdefABCDEF:-.") {
		mac[b], ip[b] = true, b != '-'
	}
	return mac, ip
}()

// hexStart is the begin of the run of hexadecimal digits, colons and dots that holds i.
func hexStart(a []byte, i int) int {
	for first := max(1, i-longestIP); i > first && (hexDigit(a[i-1]) || a[i-1] == ':'); {
		i--
	}
	return i
}

// longestIP bounds what digits, letters a to f and colons are read together: no address is longer.
const longestIP = 64

func hexDigit(b byte) bool { return b-'0' <= 9 || b|0x20-'a' < 6 }

// readSix reads an address of version six that begins at start (RFC 4291, 2.2) and returns its end, the zone included,
// 0 if there is none. Two colons alone are common in programs, so the first group has to be one that is in use.
func readSix(a []byte, start int) (end int, scope netScope) {
	if b := a[start-1]; inName(b) || b == '.' || b == ':' || b >= 0x80 && endsLetter(a, start) {
		return 0, nobodys
	}
	var group [8]uint16
	n, gap, i := 0, -1, start
	if a[i] == ':' {
		if a[i+1] != ':' {
			return 0, nobodys
		}
		gap = 0
		i += 2
	}
	for n < 8 && hexDigit(a[i]) {
		from, v := i, uint32(0)
		for ; hexDigit(a[i]); i++ {
			v = v<<4 | uint32(hexValue(a[i]))
			if i-from == 4 {
				return 0, nobodys
			}
		}
		if a[i] == '.' && a[i+1]-'0' <= 9 && n <= 6 && (gap >= 0 || n == 6) {
			var q quad
			if i = q.octets(a, from); i == 0 {
				return 0, nobodys
			}
			group[n], group[n+1] = uint16(q.octet[0])<<8|uint16(q.octet[1]), uint16(q.octet[2])<<8|uint16(q.octet[3])
			n += 2
			break
		}
		group[n] = uint16(v)
		n++
		if a[i] != ':' || n == 8 {
			break
		}
		if a[i+1] == ':' {
			if gap >= 0 {
				return 0, nobodys
			}
			gap = n
			i += 2
			continue
		}
		if !hexDigit(a[i+1]) {
			break // a colon of the sentence
		}
		i++
	}
	if gap < 0 && n != 8 || gap >= 0 && n > 7 {
		return 0, nobodys
	}
	if b := a[i]; inName(b) || b == ':' && (hexDigit(a[i+1]) || a[i+1] == ':') || b == '-' && inName(a[i+1]) || b >= 0xD0 && b <= 0xD3 {
		return 0, nobodys
	}
	if a[i] == '.' && inName(a[i+1]) {
		return 0, nobodys
	}
	if scope = scopeSix(&group, n, gap); scope == nobodys {
		return 0, nobodys
	}
	if a[i] == '%' && inName(a[i+1]) {
		i = nameEnd(a, i+1)
	}
	return i, scope
}

func hexValue(b byte) byte {
	if b-'0' <= 9 {
		return b - '0'
	}
	return b | 0x20 - 'a' + 10
}

// scopeSix says for whom an address stands whose first n groups are written, with the gap behind so many of them.
func scopeSix(group *[8]uint16, n, gap int) netScope {
	g := group[0]
	switch {
	case gap == 0:
		if n == 3 && g == 0xFFFF { // ::ffff:1.2.3.4
			q := quad{octet: [4]uint8{uint8(group[1] >> 8), uint8(group[1]), uint8(group[2] >> 8), uint8(group[2])}}
			return q.scope()
		}
	case g == 0x2001 && group[1] == 0xDB8 && (gap < 0 || gap > 1):
		return documented
	case g == 0x3FFF && group[1] < 0x1000:
		return documented
	case g>>12 == 2 || g>>12 == 3:
		if g >= 0x2001 && n >= 2 {
			return public
		}
	case g&0xFFC0 == 0xFE80 || g&0xFE00 == 0xFC00:
		return private
	case g == 0x64 && group[1] == 0xFF9B:
		return public
	}
	return nobodys
}

// judgeSix gives an address of version six its score.
func judgeSix(t *Text, start, end int, scope netScope) (f Finding, ok bool) {
	f = t.findingOf(start, end, 0, Structure|Format)
	n, near := wordLeft(t.Arena, start, ipWords, 2, 40)
	near = near && ipWord(n) != noIP
	if near {
		f.Evidence |= Keyword
	}
	switch {
	case scope == documented || scope == resolver:
		f.Score = 20
	case hasAt(t.Arena, end-2, "::"):
		f.Score = 40 // a network
	case near:
		f.Score = 90
	case scope == private:
		f.Score = 50
	default:
		f.Score = 85
	}
	return f, true
}

// fitsIP says whether a value is an address, with a port or a network's length behind, or several of them.
func fitsIP(value []byte) bool {
	for len(value) > 0 {
		one := value
		if i := bytes.IndexByte(value, ','); i >= 0 {
			one, value = value[:i], bytes.TrimLeft(value[i+1:], " ")
		} else {
			value = nil
		}
		if !fitsOneIP(bytes.Trim(one, "[] ")) {
			return false
		}
		if value == nil {
			return true
		}
	}
	return false
}

func fitsOneIP(value []byte) bool {
	padded := append(append([]byte{0}, value...), 0, 0, 0, 0)
	var q quad
	if end := q.octets(padded, 1); end > 0 {
		rest := value[end-1:]
		return len(rest) == 0 || (rest[0] == ':' || rest[0] == '/') && allDigits(rest[1:])
	}
	end, _ := readSix(padded, 1)
	rest := value[max(end-1, 0):]
	return end > 0 && (len(rest) == 0 || rest[0] == '/' && allDigits(rest[1:]) || rest[0] == ']')
}
