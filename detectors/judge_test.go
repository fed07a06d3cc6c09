package detectors

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"math/bits"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// factsOf counts what a column's values show, as the pipeline does.
func factsOf(name, native string, values []string) *Facts {
	f := &Facts{Name: name, Native: native, Passed: map[Kind]int64{}, Holds: map[Kind]int64{}}
	s := NewScanner(All())
	seen := map[string]bool{}
	for _, v := range values {
		if v == "" {
			f.Empty++
			continue
		}
		f.Cells++
		f.Lengths[bits.Len(uint(len(v)))]++
		if seen[v] {
			continue
		}
		seen[v] = true
		f.Distinct++
		f.Sample++
		a := nameArena(v)
		f.Digits[min(31, len(regexp.MustCompile(`\d`).FindAllString(v, -1)))]++
		if l := LeadOf([]byte(v)); l != 0 {
			f.Leads = append(f.Leads, l)
		}
		passed, holds := map[Kind]bool{}, map[Kind]bool{}
		held, end := 0, uint32(0)
		for _, x := range s.Find(nil, a) {
			if int(x.Start) == 1 && int(x.End) == len(v)+1 {
				if x.Evidence&(ChecksumFailed|Synthetic) == 0 {
					passed[x.Kind] = true
				}
			} else if x.Score >= Mask && x.Evidence&Synthetic == 0 {
				if x.Score >= Report {
					holds[x.Kind] = true
				}
				held += int(max(x.End, end) - max(x.Start, end))
				end = max(x.End, end)
			}
		}
		for _, d := range All() {
			if d.Fits != nil && d.Fits([]byte(v)) {
				passed[d.Kind] = true
			}
		}
		for k := range passed {
			f.Passed[k]++
		}
		for k := range holds {
			if !passed[k] {
				f.Holds[k]++
			}
		}
		switch {
		case len(holds) == 0:
		case 5*held >= 3*len(v):
			f.Mostly++
		default:
			f.Inside++
		}
		if json.Valid([]byte(v)) && strings.ContainsAny(v[:1], "{[") {
			f.Made++
		}
		if strings.IndexFunc(v, func(r rune) bool { return !unicode.IsLetter(r) && r != ' ' && r != '-' }) < 0 {
			f.Words++
		}
		if len(strings.Fields(v)) >= 3 {
			f.Spaced++
		}
	}
	return f
}

func many(n int, one func(r *rand.Rand, i int) string) []string {
	r := rand.New(rand.NewPCG(152, uint64(n)))
	v := make([]string, n)
	for i := range v {
		v[i] = one(r, i)
	}
	return v
}

func sealed(d *Detector, digits string) string {
	b := []byte(digits)
	d.Seal(b)
	return string(b)
}

var (
	randomID   = func(r *rand.Rand, i int) string { return fmt.Sprintf("%010d", 1e9+r.Int64N(9e9-1)) }
	unixTime   = func(r *rand.Rand, i int) string { return fmt.Sprint(1_600_000_000 + r.Int64N(150_000_000)) }
	sequence   = func(r *rand.Rand, i int) string { return fmt.Sprint(7_701_000_000 + i) }
	phones     = func(r *rand.Rand, i int) string { return fmt.Sprintf("+7916%07d", r.IntN(1e7)) }
	personINN  = func(r *rand.Rand, i int) string { return sealed(INN, fmt.Sprintf("77%08d00", r.IntN(1e8))) }
	firmINN    = func(r *rand.Rand, i int) string { return sealed(INNOrg, fmt.Sprintf("77%07d0", r.IntN(1e7))) }
	damagedINN = func(r *rand.Rand, i int) string {
		b := []byte(personINN(r, i))
		if i%33 == 0 {
			b[11] = '0' + (b[11]-'0'+1)%10
		}
		return string(b)
	}
	ean13 = func(r *rand.Rand, i int) string {
		b := []byte(fmt.Sprintf("46%010d0", r.Int64N(1e10)))
		sum := 0
		for j, c := range b[:12] {
			sum += int(c-'0') * (1 + j%2*2)
		}
		b[12] = '0' + byte((10-sum%10)%10)
		return string(b)
	}
	fullNames = func(r *rand.Rand, i int) string {
		s := strings.Fields("Зайцев Кузнецов Белов Сухарев Лосев Шубин Гусаров Тарасов")
		g := strings.Fields("Олег Пётр Иван Семён Лев Фёдор Глеб Артём")
		p := strings.Fields("Львович Петрович Олегович Иванович Семёнович Глебович")
		return s[r.IntN(len(s))] + " " + g[r.IntN(len(g))] + " " + p[r.IntN(len(p))]
	}
	loneSurnames = func(r *rand.Rand, i int) string {
		s := strings.Fields("Зайцев Кузнецов Белов Сухарев Лосев Шубин Гусаров Тарасов Шмидт Вурм Ли Краснощёк Бондаренко Шевчук")
		return s[i%len(s)]
	}
	goods = func(r *rand.Rand, i int) string {
		a := strings.Fields("Стол Стул Шкаф Диван Кровать Полка Тумба Комод")
		b := strings.Fields("деревянный складной угловой белый детский кухонный")
		return a[r.IntN(len(a))] + " " + b[r.IntN(len(b))] + " модель"
	}
	freeTexts = func(r *rand.Rand, i int) string {
		return fmt.Sprintf("Клиент просил перезвонить по номеру +7916%07d после шести вечера, заказ собран и оплачен полностью %d", r.IntN(1e7), i)
	}
	emails   = func(r *rand.Rand, i int) string { return fmt.Sprintf("user%d@mail.example.ru", r.IntN(1e6)) }
	decimals = func(r *rand.Rand, i int) string { return fmt.Sprintf("%d.%02d", r.Int64N(1e10), r.IntN(100)) }
	dates    = func(r *rand.Rand, i int) string {
		return fmt.Sprintf("%d-%02d-%02d", 1950+r.IntN(55), 1+r.IntN(12), 1+r.IntN(28))
	}
	stamps = func(r *rand.Rand, i int) string { return dates(r, i) + " 12:30:45" }
	uuids  = func(r *rand.Rand, i int) string {
		return fmt.Sprintf("%08x-%04x-4%03x-8%03x-%012d", r.Uint32(), r.IntN(1<<16), r.IntN(1<<12), r.IntN(1<<12), r.Int64N(1e12))
	}
	passports = func(r *rand.Rand, i int) string {
		return fmt.Sprintf("45 %02d %06d", 1+r.IntN(20), 101000+r.IntN(800000))
	}
)

var (
	grouped = func(r *rand.Rand, i int) string {
		return fmt.Sprintf("%02d %02d %06d", r.IntN(100), r.IntN(100), r.IntN(1e6))
	}
	ungrouped  = func(r *rand.Rand, i int) string { return strings.ReplaceAll(passports(r, i), " ", "") }
	sheetDates = func(r *rand.Rand, i int) string {
		return fmt.Sprintf("%02d.%02d.%d 0:00:00", 1+r.IntN(28), 1+r.IntN(12), 1950+r.IntN(55))
	}
	anamneses = func(r *rand.Rand, i int) string {
		return fmt.Sprintf("Жалуется на боли в спине в течение %d дней. Живёт с мужем, работает продавцом, спит плохо. ", 2+i) +
			strings.Repeat("Назначены покой и тепло, осмотр через неделю. ", 1+i%3)
	}
)

func TestJudge(t *testing.T) {
	tests := []struct {
		name, column, native string
		values               []string
		label                Kind // "" is none
		least                uint8
		most                 uint8
		free                 bool
		chance               string // kinds that must be listed
	}{
		{name: "random ids", column: "id", values: many(200, randomID), chance: "inn_org"},
		{name: "random ids of a bigint column", column: "ref", native: "bigint", values: many(200, randomID), chance: "inn_org"},
		{name: "sequence", column: "number", values: many(200, sequence), chance: "inn_org"},
		{name: "unix times", column: "x", values: many(200, unixTime), chance: "inn_org"},
		{name: "unix times named so", column: "created_at", native: "int8", values: many(200, unixTime), chance: "inn_org phone"},
		{name: "EAN-13", column: "barcode", values: many(200, ean13)},
		{name: "persons' INN, no name", column: "x", values: many(100, personINN), label: "inn", least: 97, most: 97},
		{name: "persons' INN, named", column: "ИНН", values: many(100, personINN), label: "inn", least: 99, most: 99},
		{name: "persons' INN, 3 % damaged", column: "col7", values: many(200, damagedINN), label: "inn", least: 97, most: 97},
		{name: "persons' INN as bigint", column: "inn", native: "bigint", values: many(100, personINN), label: "inn", least: 99, most: 99},
		{name: "firms' INN, no name", column: "x", values: many(100, firmINN), label: "inn_org", least: 97, most: 97},
		{name: "few persons' INN, no name", column: "x", values: many(5, personINN)},
		{name: "few persons' INN, named", column: "инн", values: many(5, personINN), label: "inn", least: 95, most: 95},
		{name: "random ids named INN", column: "inn", values: many(200, randomID), label: "inn_org", least: 60, most: 60},
		{name: "words named inn", column: "inn", values: many(20, goods)},
		{name: "INN in a decimal column, no name", column: "x", native: "double precision", values: many(100, personINN)},
		{name: "decimals", column: "amount", native: "numeric(12,2)", values: many(100, decimals)},
		{name: "uuid", column: "x", native: "uuid", values: many(100, uuids)},
		{name: "phones, no name", column: "x", values: many(100, phones), label: "phone", least: 97, most: 97},
		{name: "phones, named", column: "phone", values: many(100, phones), label: "phone", least: 99, most: 99},
		{name: "phones, few", column: "телефон", values: many(3, phones), label: "phone", least: 95, most: 95},
		{name: "e-mails, no name", column: "x", values: many(100, emails), label: "email", least: 97, most: 97},
		{name: "full names, no name", column: "x", values: many(100, fullNames), label: "person_name", least: 97, most: 97},
		{name: "full names", column: "ФИО", values: many(100, fullNames), label: "person_name", least: 99, most: 99},
		{name: "surnames", column: "фамилия", values: many(60, loneSurnames), label: "person_name", least: 95, most: 99},
		{name: "names of goods", column: "name", values: many(100, goods)},
		{name: "names of goods, product_name", column: "product_name", values: many(100, goods)},
		{name: "full names in name", column: "name", values: many(100, fullNames), label: "person_name", least: 97, most: 99},
		{name: "free text", column: "comment", values: many(100, freeTexts), free: true},
		{name: "free text, no name", column: "x", values: many(100, freeTexts), free: true},
		{name: "dates of birth", column: "birth_date", native: "date", values: many(100, dates), label: "birth_date", least: 95, most: 99},
		{name: "dates of birth in Russian", column: "Дата рождения", values: many(100, dates), label: "birth_date", least: 95, most: 99},
		{name: "dates, no name", column: "x", values: many(100, dates)},
		{name: "created_at", column: "created_at", native: "timestamp with time zone", values: many(100, stamps)},
		{name: "created_at without a type", column: "created_at", values: many(100, dates)},
		{name: "passports, named", column: "паспорт", values: many(100, passports), label: "passport", least: 95, most: 99},
		{name: "passports in groups, no name", column: "x", values: many(200, passports), label: "passport", least: 97, most: 97},
		{name: "passports in groups, twenty", column: "x", values: many(20, passports), label: "passport", least: 97, most: 97},
		{name: "passports in groups, six", column: "x", values: many(6, passports)},
		{name: "random digits in groups", column: "x", values: many(200, grouped)},
		{name: "passports without groups, no name", column: "x", values: many(200, ungrouped)},
		{name: "documents", column: "Документ", values: many(6, passports), label: "passport", least: 95, most: 95},
		{name: "numbers of papers", column: "Документ", values: many(6, ungrouped)},
		{name: "passports, abbreviated", column: "Док-т, уд. личность", values: many(6, passports), label: "passport", least: 95, most: 95},
		{name: "dates of birth with times", column: "BIRTHDT", values: many(100, stamps), label: "birth_date", least: 95, most: 99},
		{name: "dates of birth of a sheet", column: "Дата рождения", values: many(100, sheetDates), label: "birth_date", least: 95, most: 99},
		{name: "anamneses", column: "anamnez", values: many(40, anamneses), label: "special_health", least: 95, most: 99, free: true},
		{name: "phone_verified", column: "phone_verified", native: "boolean", values: []string{"t", "f"}},
		{name: "empty", column: "x"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := factsOf(tt.column, tt.native, tt.values)
			v := Judge(f)
			var label Kind
			if v.Label != nil {
				label = v.Label.Kind
			}
			if label != tt.label || v.Score < tt.least || v.Score > tt.most || v.FreeText != tt.free {
				t.Errorf("label %q score %d free %v evidence %v, facts %+v", label, v.Score, v.FreeText, v.Evidence.Names(), f)
			}
			for _, k := range strings.Fields(tt.chance) {
				if !slices.Contains(v.Chance, Kind(k)) {
					t.Errorf("%s is not among %v; %v", k, v.Chance, f.Passed)
				}
			}
			if v.Explain("ru") == "" || v.Explain("en") == "" || v.Explain("ru") == v.Explain("en") {
				t.Error("no explanation")
			}
		})
	}
}

func TestJudgeMixedINN(t *testing.T) {
	values := append(many(70, firmINN), many(30, personINN)...)
	v := Judge(factsOf("ИНН", "", values))
	if v.Label != INNOrg || v.Score != 99 || !v.Covers(INN) || slices.Contains(v.Chance, "inn") {
		t.Fatalf("%+v", v)
	}
	own := Finding{Detector: INN, Score: 85, Evidence: Checksum}
	if s, _ := v.Weigh(&own, true); s < 95 {
		t.Errorf("the other kind's valid number got %d", s)
	}
	values = append(many(30, firmINN), many(70, personINN)...)
	if v := Judge(factsOf("ИНН", "", values)); v.Label != INN {
		t.Errorf("label by majority: %+v", v)
	}
}

// TestLogTail compares with exact rational arithmetic.
func TestLogTail(t *testing.T) {
	for _, tt := range []struct {
		m, n int64
		num  int64 // p = num/10000
	}{{0, 10, 1000}, {1, 10, 1000}, {20, 20, 1000}, {30, 100, 1000}, {8, 8, 101}, {3, 200, 101}, {256, 256, 1000}, {60, 256, 1000}, {200, 256, 1000}, {1, 256, 24}} {
		p := big.NewRat(tt.num, 10000)
		q := new(big.Rat).Sub(big.NewRat(1, 1), p)
		pow := func(x *big.Rat, k int64) *big.Rat {
			r := big.NewRat(1, 1)
			for range k {
				r.Mul(r, x)
			}
			return r
		}
		sum := new(big.Rat)
		for k := tt.m; k <= tt.n; k++ {
			term := new(big.Rat).SetInt(new(big.Int).Binomial(tt.n, k))
			sum.Add(sum, term.Mul(term, new(big.Rat).Mul(pow(p, k), pow(q, tt.n-k))))
		}
		f := new(big.Float).SetPrec(200).SetRat(sum)
		mant := new(big.Float)
		exp := f.MantExp(mant)
		m, _ := mant.Float64()
		want := math.Log(m) + float64(exp)*math.Ln2
		if got := logTail(tt.m, tt.n, float64(tt.num)/10000); math.Abs(got-want) > 1e-6*math.Max(1, math.Abs(want)) {
			t.Errorf("P(X≥%d | %d, %d/10000): %v, want %v", tt.m, tt.n, tt.num, got, want)
		}
	}
}

func TestWeigh(t *testing.T) {
	labelled := Verdict{Label: INN, Score: 97, Evidence: Profile}
	doubted := Verdict{Label: INN, Score: 60, Evidence: Column | ChecksumFailed}
	chance := Verdict{Chance: []Kind{"inn_org"}}
	free := Verdict{FreeText: true}
	tests := []struct {
		name    string
		verdict *Verdict
		finding Finding
		want    uint8
		has     Evidence
	}{
		{"nothing known", &Verdict{}, Finding{Detector: INN, Score: 85}, 85, 0},
		{"ours", &labelled, Finding{Detector: INN, Score: 85, Evidence: Synthetic}, 0, Synthetic},
		{"the label's", &labelled, Finding{Detector: INN, Score: 35}, 97, Profile},
		{"another kind in a labelled column", &labelled, Finding{Detector: Phone, Score: 70}, 10, Negative},
		{"another kind with its own keyword", &labelled, Finding{Detector: Phone, Score: 95, Evidence: Keyword}, 95, Keyword},
		{"damaged", &doubted, Finding{Detector: INN, Score: 35}, 60, ChecksumFailed},
		{"chance", &chance, Finding{Detector: INNOrg, Score: 45, Evidence: Checksum}, 10, Negative},
		{"chance with a keyword", &chance, Finding{Detector: INNOrg, Score: 95, Evidence: Checksum | Keyword}, 95, Keyword},
		{"not by chance", &chance, Finding{Detector: INN, Score: 85}, 85, 0},
		{"free text", &free, Finding{Detector: Phone, Score: 70}, 70, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, e := tt.verdict.Weigh(&tt.finding, true)
			if s != tt.want || e&tt.has != tt.has {
				t.Errorf("%d %v", s, e.Names())
			}
		})
	}
}

// TestBareNumbers: nameless numbers of ten and eleven digits are telephone numbers only if they begin like such.
func TestBareNumbers(t *testing.T) {
	codes := strings.Fields("903 905 906 910 915 916 917 921 925 926 929 937 950 961 962 964 977 981 985 987 999")
	mobile := func(prefixes ...string) func(r *rand.Rand, i int) string {
		return func(r *rand.Rand, i int) string {
			return prefixes[r.IntN(len(prefixes))] + codes[r.IntN(len(codes))] + fmt.Sprintf("%07d", r.IntN(1e7))
		}
	}
	random := func(prefix string, n int) func(r *rand.Rand, i int) string {
		return func(r *rand.Rand, i int) string {
			return prefix + fmt.Sprintf("%0*d", n, r.Int64N(int64(math.Pow10(n))))
		}
	}
	for _, tt := range []struct {
		name   string
		values []string
		phone  bool
	}{
		{"mobiles", many(150, mobile("")), true},
		{"mobiles behind an 8", many(150, mobile("8")), true},
		{"mobiles behind a 7 or an 8, few", many(20, mobile("7", "8")), true},
		{"mobiles behind a 7, few", many(24, mobile("7")), true},
		{"mobiles behind an 8, eight", many(8, mobile("8")), true},
		{"mobiles, forty", many(40, mobile("")), true},
		{"mobiles, twelve", many(12, mobile("")), false},
		{"one block of one network", many(40, random("7916", 7)), false},
		{"orders 99…, few", many(40, random("99", 8)), false},
		{"orders 9…, few", many(40, random("9", 9)), false},
		{"orders 79…, few", many(40, random("79", 9)), false},
		{"orders 9…", many(400, random("9", 9)), false},
		{"orders 89…", many(400, random("89", 9)), false},
		{"orders 8…", many(400, random("8", 9)), false},
		{"orders 99…", many(400, random("99", 8)), false},
		{"orders 7…", many(400, random("7", 10)), false},
		{"a sequence", many(300, func(r *rand.Rand, i int) string { return fmt.Sprint(9_160_000_000 + 17*i) }), false},
		{"a sequence behind an 8", many(300, func(r *rand.Rand, i int) string { return fmt.Sprint(89_160_000_000 + 17*i) }), false},
	} {
		for _, name := range []string{"x", "order_no"} {
			v := Judge(factsOf(name, "", tt.values))
			if got := v.Label == Phone; got != tt.phone {
				t.Errorf("%s, %s: %v", tt.name, name, v.Label)
			}
		}
		if v := Judge(factsOf("phone", "", tt.values)); v.Label != Phone {
			t.Errorf("%s, named: %v", tt.name, v.Label)
		}
	}
	if v := Judge(factsOf("x", "", many(400, random("89", 9)))); !slices.Contains(v.Chance, "phone") {
		t.Error("random numbers keep their scores as phones")
	}
}

// TestLeadOf takes codes from the numbering plan.
func TestLeadOf(t *testing.T) {
	for value, want := range map[string]Lead{"9161234567": leadAssigned | 916, "89161234567": leadAssigned | 8916, "79421234567": 7942, "9741234567": 974,
		"84951234567": leadAssigned | 8495, "45 12 678234": leadPassport, "4512 678234": leadPassport, "45 45 678234": 0, "451 2678234": 0,
		"99 12 678234": 0, "45 12 67823": 0, "45-12-678234": 0, "5161234567": 0, "916123456": 0, "+79161234567": 0, "99161234567": 0, "": 0, "916123456x": 0} {
		if got := LeadOf([]byte(value)); got != want {
			t.Errorf("%q: %d, want %d", value, got, want)
		}
	}
}

// TestJudgeHeld: values that hold a kind beside something else.
func TestJudgeHeld(t *testing.T) {
	contacts := many(60, func(r *rand.Rand, i int) string { return fullNames(r, i) + ", " + phones(r, i) })
	sole := many(60, func(r *rand.Rand, i int) string { return "ИП " + fullNames(r, i) })
	children := func(r *rand.Rand, i int) string {
		f := strings.Fields(fullNames(r, i))
		return fmt.Sprintf("%s %s, %02d.%02d.%d", f[0], f[1], 1+r.IntN(28), 1+r.IntN(12), 2012+r.IntN(10))
	}
	mixed := many(60, func(r *rand.Rand, i int) string {
		if i%2 == 0 {
			return emails(r, i)
		}
		return phones(r, i)
	})
	for _, tt := range []struct {
		column string
		values []string
		label  *Detector
	}{
		{"ФИО, телефон", contacts, PersonName},
		{"Телефон, ФИО", contacts, Phone},
		{"x", contacts, nil},
		{"Индивидуальный предприниматель", sole, PersonName},
		{"x", sole, PersonName},
		{"comment", many(60, freeTexts), nil},
		{"Ребёнок, д.р.", many(60, children), PersonName},
		{"Д.р., ребёнок", many(60, children), PersonName},
	} {
		v := Judge(factsOf(tt.column, "", tt.values))
		if v.Label != tt.label || v.FreeText != (tt.column == "comment") || v.Label != nil && !v.Held {
			t.Errorf("%q: label %v, free %v, held %v", tt.column, v.Label, v.FreeText, v.Held)
		}
		if v.Held && !strings.Contains(v.Explain("en"), "beside something else") {
			t.Error(v.Explain("en"))
		}
	}
	v := Judge(factsOf("Контакт", "", mixed))
	if v.Label != Phone && v.Label != Email || !v.Covers(Phone) || !v.Covers(Email) {
		t.Errorf("contacts: %+v", v)
	}
	mail := Finding{Detector: Email, Score: 97, Evidence: Format | Structure}
	if s, _ := v.Weigh(&mail, true); s < 95 {
		t.Errorf("an address among contacts: %d", s)
	}
	corr := Finding{Detector: CorrAccount, Score: 45, Evidence: Structure}
	accounts := Verdict{Label: BankAccount, Score: 99, Evidence: Column | Profile}
	if s, _ := accounts.Weigh(&corr, true); s < 95 {
		t.Errorf("a correspondent account among accounts: %d", s)
	}
	wrong := Finding{Detector: INNOrg, Score: 60, Evidence: Structure | ChecksumFailed}
	if s, _ := (&Verdict{Label: INN, Score: 99, Evidence: Column}).Weigh(&wrong, true); s > scoreLost {
		t.Errorf("a damaged number of the twin: %d", s)
	}
}

// TestJudgeForms: names and values that do not go together, and columns that are no running text.
func TestJudgeForms(t *testing.T) {
	digest := func(r *rand.Rand, i int) string {
		return fmt.Sprintf("%016x%016x%016x%016x", r.Uint64(), r.Uint64(), r.Uint64(), r.Uint64())
	}
	version := func(r *rand.Rand, i int) string {
		return fmt.Sprintf("%d.%d.%d.%d", 1+r.IntN(20), r.IntN(40), r.IntN(99), r.IntN(250))
	}
	fraction := func(r *rand.Rand, i int) string { return fmt.Sprintf("%.5f", 41+r.Float64()*35) }
	short := func(r *rand.Rand, i int) string { return fmt.Sprint(4000 + i) }
	document := func(r *rand.Rand, i int) string { return fmt.Sprintf(`{"a": %d, "b": "x y z", "c": "one two"}`, i) }
	for _, tt := range []struct {
		column, native string
		values         []string
		label          Kind
		attribute      Role
	}{
		{"lat", "double precision", many(60, fraction), "geo", Safe},
		{"longitude", "numeric(9,6)", many(60, fraction), "geo", Safe},
		{"rate", "double precision", many(60, fraction), "", Safe},
		{"version", "", many(60, version), "", Safe},
		{"host", "", many(60, func(r *rand.Rand, i int) string { return fmt.Sprintf("95.31.%d.%d", r.IntN(250), 1+r.IntN(250)) }), "ip", Safe},
		{"tel", "", many(60, short), "", Safe},
		{"phone_model", "", many(60, short), "", Safe},
		{"sha256", "", many(60, digest), "", Safe},
		{"email_sha256", "", many(60, digest), "", QuasiRole},
		{"headers", "jsonb", many(60, document), "", Safe},
		{"карта лояльности", "", many(60, ean13), "", Safe},
	} {
		v := Judge(factsOf(tt.column, tt.native, tt.values))
		var label Kind
		if v.Label != nil {
			label = v.Label.Kind
		}
		if label != tt.label || v.FreeText || v.Attribute != tt.attribute {
			t.Errorf("%s: label %q, free %v, role %v", tt.column, label, v.FreeText, v.Attribute)
		}
	}
	v := Judge(factsOf("version", "", many(60, version)))
	address := Finding{Detector: IP, Score: 85}
	if s, _ := v.Weigh(&address, true); s >= Mask {
		t.Errorf("a version is an address with %d", s)
	}
	if v := Judge(factsOf("x", "bigint", many(60, randomID))); slices.Contains(v.Chance, "by_personal") {
		t.Error("numbers with letters in a column of integers")
	}
}

func TestJudgeTogether(t *testing.T) {
	type column struct {
		name      string
		label     *Detector
		attribute Role
		firms     float64
	}
	for _, tt := range []struct {
		object  string
		columns []column
		want    string // roles, as they are after
	}{
		{"goods", []column{{name: "pol", attribute: QuasiRole}, {name: "price"}}, "safe safe"},
		{"people", []column{{name: "pol", attribute: QuasiRole}, {name: "city", attribute: QuasiRole}}, "quasi quasi"},
		{"parcels", []column{{name: "fio", label: PersonName}, {name: "weight", attribute: QuasiRole}}, "direct safe"},
		{"profiles", []column{{name: "nick", label: Nickname}, {name: "weight", attribute: QuasiRole}, {name: "height", attribute: QuasiRole}}, "direct quasi quasi"},
		{"loans", []column{{name: "phone", label: Phone}, {name: "issue_date", attribute: QuasiRole}}, "direct safe"},
		{"staff", []column{{name: "passport", label: Passport}, {name: "issue_date", attribute: QuasiRole}}, "direct quasi"},
		{"x", []column{{name: "kpp", label: KPP}, {name: "phone", label: Phone, firms: 0.9}, {name: "email", label: Email, firms: 0.1}}, "safe safe direct"},
		{"suppliers", []column{{name: "phone", label: Phone, firms: 0.9}, {name: "address", label: Address}}, "safe safe"},
		{"suppliers", []column{{name: "phone", label: Phone, firms: 0.9}, {name: "snils", label: SNILS}}, "direct direct"},
		{"calls", []column{{name: "phone", label: Phone, firms: 0.9}}, "direct"},
	} {
		verdicts := make([]Verdict, len(tt.columns))
		var judged []Judged
		for i, c := range tt.columns {
			verdicts[i] = Verdict{Label: c.label, Attribute: c.attribute}
			judged = append(judged, Judged{Name: c.name, Verdict: &verdicts[i], Firms: c.firms})
		}
		JudgeTogether(tt.object, judged)
		var roles []string
		for i := range verdicts {
			switch v := &verdicts[i]; {
			case v.Firm:
				roles = append(roles, Safe.String())
			case v.Label != nil:
				roles = append(roles, RoleOf(v.Label).String())
			default:
				roles = append(roles, v.Attribute.String())
			}
		}
		if got := strings.Join(roles, " "); got != tt.want {
			t.Errorf("%s %+v: %s, want %s", tt.object, tt.columns, got, tt.want)
		}
	}
}

// TestFirstAndLast: names that make two columns a person's name make none of a range's, and none of texts.
func TestFirstAndLast(t *testing.T) {
	page := func(r *rand.Rand, i int) string { return fmt.Sprint(1 + r.IntN(400)) }
	given := func(r *rand.Rand, i int) string { return strings.Fields(fullNames(r, i))[1] }
	for _, tt := range []struct {
		values []string
		label  *Detector
		free   bool
	}{{many(40, loneSurnames), PersonName, false}, {many(40, given), PersonName, false}, {many(40, page), nil, false}, {many(40, freeTexts), nil, true}} {
		v := Judge(factsOf("last", "", tt.values))
		if v.Label == nil || v.Score < Report { // as columns of one value are labelled
			v.Label, v.Part, v.FreeText, v.Score, v.Evidence = PersonName, Surname, false, 95, v.Evidence|Composite|Column
		}
		JudgeTogether("x", []Judged{{Name: "last", Verdict: &v}})
		if v.Label != tt.label || v.FreeText != tt.free {
			t.Errorf("%q: label %v, free %v", tt.values[0], v.Label, v.FreeText)
		}
	}
}

func TestOfFirm(t *testing.T) {
	for value, want := range map[string]bool{"info@a.example": true, "Sales@a.example": true, "o.belov@a.example": false, "8 (800) 555-12-44": true,
		"+7 495 123-45-67": true, "89161234567": false, "9161234567": false, "40702810100000000001": true, "40817810100000000001": false,
		"40802810100000000001": false, "": false, "г. Тверь": false} {
		if got := OfFirm([]byte(value)); got != want {
			t.Errorf("%q: %v", value, got)
		}
	}
}
