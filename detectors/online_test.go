package detectors

import (
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"strings"
	"testing"
)

// onlineKinds are the kinds that these tests are about.
var onlineKinds = []Kind{"telegram", "vk", "nickname", "ip", "mac", "imei", "device_id", "cookie", "secret"}

// What is found in a text, and where exactly: "kind value", in order, at Report and above.
func TestOnlineTexts(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []string
	}{
		{"Пишите мне в тг @marusya_lis", []string{"telegram @marusya_lis"}},
		{"Контакты: @oleg_vesna, @marusya_lis, @petya_kot", []string{"telegram @oleg_vesna", "telegram @marusya_lis", "telegram @petya_kot"}},
		{"телеграм: marusya_lis", []string{"telegram marusya_lis"}},
		{"тг OlegVesna77 если что", []string{"telegram OlegVesna77"}},
		{"https://telegram.me/oleg_vesna?start=1", []string{"telegram https://telegram.me/oleg_vesna"}},
		{`"from": "Олег", "from_id": "user5123456781"`, []string{"telegram user5123456781"}},
		{"insta @marusya_lis тг @masha_l", []string{"nickname @marusya_lis", "telegram @masha_l"}},
		{"вк @marusya_lis", []string{"vk @marusya_lis"}},
		{"t.me/+79161234567", nil},
		{"Наш канал @novosti_dnya", nil},
		{"<a @click=\"go\">", nil},
		{"SELECT @@version, @user_count := 1", nil},
		{"npm i @vue/cli", nil},
		{"телеграм-канал сообщил", nil},
		{"thanks @octocat on github", nil},
		{"моя страница вк: vk.com/marusya_lis", []string{"vk vk.com/marusya_lis"}},
		{"m.vk.com/marusya_lis", []string{"vk m.vk.com/marusya_lis"}},
		{"[id210485760|Маруся], привет", []string{"vk id210485760"}},
		{"api.vk.com/method/users.get", nil},
		{"https://vk.com/wall210485760_11", nil},
		{"Логин: oleg77, пароль: Vesna!2021", []string{"nickname oleg77", "secret Vesna!2021"}},
		{"логин/пароль: oleg77/vesna21", []string{"secret vesna21"}},
		{"login: oleg77\npassword: hunter2", []string{"nickname oleg77", "secret hunter2"}},
		{"мой логин в Steam: vesna_oleg", []string{"nickname vesna_oleg"}},
		{"пишет под псевдонимом Дед Егор", []string{"nickname Дед Егор"}},
		{"https://ok.ru/profile/571234567890", []string{"nickname https://ok.ru/profile/571234567890"}},
		{"Username: {{ user.name }}", nil},
		{"Логин не найден", nil},
		{"POST /login HTTP/1.1", nil},
		{"X-Forwarded-For: 95.31.18.119, 46.138.201.7", []string{"ip 95.31.18.119", "ip 46.138.201.7"}},
		{"client: 95.31.18.119:52144", []string{"ip 95.31.18.119"}},
		{"http://[2a02:6b8:c08::17]:8080/", []string{"ip 2a02:6b8:c08::17"}},
		{"peer fe80::1c2b:3aff:fe4d:5e6f%eth0", []string{"ip fe80::1c2b:3aff:fe4d:5e6f%eth0"}},
		{"Обновление с 1.2.3.4 до 1.2.4.0", nil},
		{"версия приложения 8.14.3.22", nil},
		{"package-1.22.33.44.tar.gz", nil},
		{"10.5.2.1 Общие положения", nil},
		{"cafe::babe", nil},
		{"aa:bb:cc:dd:ee:f1 d4:6a:6a:11:2f:9c 0a:1b:2c:3d:4e:5f", []string{"mac aa:bb:cc:dd:ee:f1", "mac d4:6a:6a:11:2f:9c", "mac 0a:1b:2c:3d:4e:5f"}},
		{"адрес 00:1b:44:11:3a:b7: занят", []string{"mac 00:1b:44:11:3a:b7"}},
		{"10:15 11:20 12:30 13:40 14:50", nil},
		{"IMEI телефона: 357009123461584", []string{"imei 357009123461584"}},
		{"трек 357009123461584", nil},
		{"X-Device-Id: 6D92078A-8246-4BA4-AE5B-76104861E7DC", []string{"device_id 6D92078A-8246-4BA4-AE5B-76104861E7DC"}},
		{"git push origin 3f0a97c1d4b26e85", nil},
		{"_ym_uid=1712345678123456789; _ym_d=1712345678", []string{"cookie 1712345678123456789"}},
		{"etag: 5f1c9a7e3b2d4c8e9f601a2b3c4d5e6f", nil},
		{"пароль от вайфая: solnce2015", []string{"secret solnce2015"}},
		{"пароль от почты Murzik77", []string{"secret Murzik77"}},
		{"Пароль:\nZx81kq", []string{"secret Zx81kq"}},
		{"Server=db;User Id=sa;Password=Zx81kq;", []string{"secret Zx81kq"}},
		{"<password>Zx81kq</password>", []string{"secret Zx81kq"}},
		{`\"password\":\"Zx81kq\"`, []string{"secret Zx81kq"}},
		{"mysql --password=Zx81kq db", []string{"secret Zx81kq"}},
		{"кодовое слово: ромашка", []string{"secret ромашка"}},
		{"redis://:Zx81kq@cache:6379/0", []string{"secret Zx81kq"}},
		{"-H \"Authorization: Token 9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c4d3e2f1a0b\"", []string{"secret 9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c4d3e2f1a0b"}},
		{"2200123456789019|12|2027|481", []string{"secret 481"}},
		{"4829 — код подтверждения для входа", []string{"secret 4829"}},
		{"Код: 4817. Никому не говорите!", []string{"secret 4817"}},
		{"Пароль: минимум 8 знаков, A-Z", nil},
		{"пароль 8 символов", nil},
		{"пароль SHA256", nil},
		{"'password': 'required|min:8'", nil},
		{"\"password\": \"Введите пароль\"", nil},
		{"password VARCHAR(255) NOT NULL", nil},
		{"--- PASS: TestIssue11 (0.05s)", nil},
		{"PrivateKey: testRSA2048PrivateKey}", nil},
		{"primary_key=9a8b7c6d5e4f3a2b1c0d", nil},
		{"код подтверждения состоит из 6 цифр", nil},
		{"пароль: секрет_" + strings.Repeat("k7", TokenLength/2), nil},
	} {
		f, a := found(tt.text)
		var got []string
		for _, x := range f {
			if x.Score >= Report && slices.Contains(onlineKinds, x.Kind) {
				got = append(got, string(x.Kind)+" "+string(a[x.Start:x.End]))
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q: %q, want %q; all: %q", tt.text, got, tt.want, describe(f, a))
		}
	}
}

func TestOnlineColumns(t *testing.T) {
	hexes := func(r *rand.Rand, n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = "0123456789abcdef"[r.IntN(16)]
		}
		return string(b)
	}
	address := func(r *rand.Rand, _ int) string {
		return fmt.Sprintf("%d.%d.%d.%d", 31+r.IntN(160), r.IntN(256), r.IntN(256), 1+r.IntN(254))
	}
	uuid := func(r *rand.Rand, _ int) string {
		return hexes(r, 8) + "-" + hexes(r, 4) + "-4" + hexes(r, 3) + "-a" + hexes(r, 3) + "-" + hexes(r, 12)
	}
	login := func(r *rand.Rand, i int) string {
		return []string{"lisa", "oleg.v", "kot", "sokol_g", "marusya"}[r.IntN(5)] + fmt.Sprint(i)
	}
	email := func(r *rand.Rand, i int) string { return login(r, i) + "@mail.ru" }
	number := func(low, high int) func(*rand.Rand, int) string {
		return func(r *rand.Rand, _ int) string { return fmt.Sprint(low + r.IntN(high-low)) }
	}
	for _, tt := range []struct {
		name, native string
		one          func(r *rand.Rand, i int) string
		want         Kind
	}{
		{"client_ip", "", address, "ip"},
		{"x", "", address, "ip"},
		{"remote_addr", "inet", address, "ip"},
		{"mac", "", func(r *rand.Rand, i int) string {
			h := hexes(r, 12)
			return h[:2] + ":" + h[2:4] + ":" + h[4:6] + ":" + h[6:8] + ":" + h[8:10] + ":" + h[10:]
		}, "mac"},
		{"imei", "", func(r *rand.Rand, i int) string {
			return sealed(IMEI, fmt.Sprint(35, 1000000000000+r.Int64N(9e12)-1e12)[:2]+fmt.Sprintf("%012d0", r.Int64N(1e12)))
		}, "imei"},
		{"device_id", "uuid", uuid, "device_id"},
		{"gaid", "", uuid, "device_id"},
		{"request_id", "", uuid, ""},
		{"session_id", "", uuid, "cookie"},
		{"session_id", "", number(1, 5000), ""},
		{"ym_uid", "", func(r *rand.Rand, i int) string {
			return fmt.Sprint(1700000000+r.IntN(9e7)) + fmt.Sprintf("%09d", r.IntN(1e9))
		}, "cookie"},
		{"username", "", login, "nickname"},
		{"login", "", login, "nickname"},
		{"login", "", email, "email"},
		{"screen_name", "", login, "nickname"},
		{"telegram", "", func(r *rand.Rand, i int) string { return "@" + strings.ReplaceAll(login(r, i), ".", "_") + "_x" }, "telegram"},
		{"tg_id", "bigint", number(100000000, 7000000000), "telegram"},
		{"from_id", "", func(r *rand.Rand, i int) string { return "user" + number(100000000, 7000000000)(r, i) }, "telegram"},
		{"vk_id", "integer", number(1000000, 800000000), "vk"},
		{"vk", "", func(r *rand.Rand, i int) string { return "https://vk.com/id" + number(1000000, 800000000)(r, i) }, "vk"},
		{"password", "", func(r *rand.Rand, i int) string { return login(r, i) + "!" }, "secret"},
		{"password", "", func(r *rand.Rand, i int) string { return "$2b$12$" + hexes(r, 53) }, "secret"},
		{"cvv", "integer", number(100, 1000), "secret"},
		{"pin_code", "", number(1000, 10000), "secret"},
		{"api_key", "", func(r *rand.Rand, i int) string { return hexes(r, 32) }, "secret"},
		{"count", "integer", number(100, 1000), ""},
		{"ref", "bigint", number(100000000, 7000000000), ""},
	} {
		v := Judge(factsOf(tt.name, tt.native, many(200, tt.one)))
		got := Kind("")
		if v.Label != nil && v.Score >= Report && (tt.want != "" || slices.Contains(onlineKinds, v.Label.Kind)) {
			got = v.Label.Kind
		}
		if got != tt.want {
			t.Errorf("%s %s: %q %d, want %q", tt.name, tt.native, got, v.Score, tt.want)
		}
	}
}

// Addresses are read as net/netip reads them.
func TestAddressesAgainstNetip(t *testing.T) {
	r := rand.New(rand.NewPCG(152, 6))
	group := func() string {
		return []string{"", "0", "1", "db8", "2a02", "fe80", "ffff", "2001", "12345", "g1", "192.168.4.77", "6b8"}[r.IntN(12)]
	}
	agreed := 0
	for range 300000 {
		var parts []string
		for range 2 + r.IntN(8) {
			parts = append(parts, group())
		}
		s := []string{"2a02:", "fe80::", "2001:", ""}[r.IntN(4)] + strings.Join(parts, ":")
		addr, err := netip.ParseAddr(s)
		padded := append(append([]byte{0}, s...), 0, 0, 0, 0)
		end, scope := readSix(padded, 1)
		whole := end == len(s)+1
		if whole && err != nil {
			t.Fatalf("%q: read, and it is none", s)
		}
		if err == nil && addr.Is6() && !whole {
			first := addr.As16()[0]
			if first>>5 == 1 && addr.As16()[1] > 0 && strings.Count(s, ":") > 2 && !strings.HasPrefix(s, "2001::") && !strings.HasPrefix(s, "2000") {
				t.Fatalf("%q: not read, scope %d", s, scope)
			}
		}
		if whole {
			agreed++
		}
	}
	if agreed < 1000 {
		t.Errorf("%d addresses only", agreed)
	}
	for range 100000 {
		var parts []string
		for range 3 + r.IntN(3) {
			parts = append(parts, []string{"0", "7", "44", "04", "255", "256", "199", "1000"}[r.IntN(8)])
		}
		s := strings.Join(parts, ".")
		_, err := netip.ParseAddr(s)
		var q quad
		if end := q.octets(append(append([]byte{0}, s...), 0, 0), 1); (end == len(s)+1) != (err == nil) {
			t.Fatalf("%q: %d, %v", s, end, err)
		}
	}
}

// A column of versions holds no candidate that would make addresses of it.
func TestVersionsAreNoAddresses(t *testing.T) {
	s := NewScanner([]*Detector{IP})
	for _, v := range many(200, func(r *rand.Rand, _ int) string {
		return fmt.Sprintf("%d.%d.%d.%d", 1+r.IntN(9), r.IntN(20), r.IntN(20), r.IntN(30))
	}) {
		if f := s.Find(nil, pad(v)); len(f) > 0 {
			t.Errorf("%s: %d", v, f[0].Score)
		}
	}
}

func TestScopes(t *testing.T) {
	for _, tt := range []struct {
		address string
		want    netScope
	}{
		{"10.0.0.1", private}, {"172.16.0.1", private}, {"172.31.255.1", private}, {"172.32.0.1", public}, {"192.168.9.9", private}, {"100.64.1.1", private},
		{"100.128.1.1", public}, {"169.254.1.1", private}, {"198.18.0.1", private}, {"192.0.2.1", documented}, {"198.51.100.7", documented},
		{"203.0.113.7", documented}, {"203.0.114.7", public}, {"127.0.0.1", nobodys}, {"0.0.0.0", nobodys}, {"224.0.0.1", nobodys}, {"255.255.255.255", nobodys},
		{"8.8.8.8", resolver}, {"95.31.18.119", public},
	} {
		var q quad
		if q.octets(append([]byte(tt.address), 0), 0); q.scope() != tt.want {
			t.Errorf("%s: %d, want %d", tt.address, q.scope(), tt.want)
		}
	}
}

// The check digit of IMEI, once more as annex B of 3GPP TS 23.003 tells it: digits at even places doubled, digits added up.
func TestIMEICheckDigit(t *testing.T) {
	r := rand.New(rand.NewPCG(152, 15))
	for range 1000 {
		d := make([]byte, 15)
		sum := 0
		for i := range 14 {
			v := r.IntN(10)
			d[i] = '0' + byte(v)
			if i%2 == 1 {
				sum += v*2/10 + v*2%10
			} else {
				sum += v
			}
		}
		d[14] = '0'
		want := byte('0' + (10-sum%10)%10)
		if IMEI.Seal(d); d[14] != want {
			t.Fatalf("%s, want %c", d, want)
		}
		if got := IMEI.Fits(d); got != !trivial(d) {
			t.Fatalf("%s fits: %v", d, got)
		}
	}
}

func TestPayloads(t *testing.T) {
	for _, tt := range []struct {
		payload string
		want    bool
	}{
		{`{"sub":"g.sokol@mail.ru"}`, true}, {`{"email":"lisa+x@sub.почта.рф"}`, true}, {`{"sub":"1234567890"}`, false}, {`{"v":"pkg@1"}`, false},
		{`{"a":"@b.ru"}`, false}, {`{"a":"x@y"}`, false}, {`{"n":12.5,"m":"a@b","k":1}`, false}, {`{"id":7,"mail":"k@l.ru","z":0}`, true},
	} {
		for pad := range 4 {
			s := base64.RawURLEncoding.EncodeToString([]byte(tt.payload + strings.Repeat(" ", pad)))
			if got := holdsMail([]byte(s)); got != tt.want {
				t.Errorf("%s: %v", tt.payload, got)
			}
		}
	}
}

// The examples, found one after the other, allocate nothing.
func TestOnlineAllocatesNothing(t *testing.T) {
	var cells []string
	var set []*Detector
	for _, k := range onlineKinds {
		d := Find(k)
		set = append(set, d, Email)
		cells = append(append(cells, d.Good...), d.Bad...)
	}
	a := pad(cells...)
	s := NewScanner(set)
	f := s.Find(nil, a)
	if n := testing.AllocsPerRun(20, func() { f = s.Find(f[:0], a) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// Whatever is cut off behind or in front, nothing is read beyond the arena.
func TestOnlineCuts(t *testing.T) {
	var set []*Detector
	for _, k := range onlineKinds {
		set = append(set, Find(k))
	}
	s := NewScanner(set)
	var f []Finding
	for _, d := range set {
		for _, text := range slices.Concat(d.Good, d.Bad) {
			for i := range text { // at the borders of runes
				for _, cut := range []string{text[:i], text[i:]} {
					a := pad(cut)
					for _, x := range s.Find(f[:0], a[:len(a):len(a)+64]) {
						if x.Start < 1 || x.End > uint32(len(a))-1 || x.Start >= x.End {
							t.Fatalf("%q: %d to %d", cut, x.Start, x.End)
						}
					}
				}
			}
		}
	}
}
