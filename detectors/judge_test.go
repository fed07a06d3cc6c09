package detectors

import (
	"fmt"
	"math"
	"math/big"
	"math/bits"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// factsOf counts what a column's values show, as the pipeline does.
func factsOf(name, native string, values []string) *Facts {
	f := &Facts{Name: name, Native: native, Passed: map[Kind]int64{}}
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
		passed := map[Kind]bool{}
		inside := false
		for _, x := range s.Find(nil, a) {
			if int(x.Start) == 1 && int(x.End) == len(v)+1 {
				if x.Evidence&(ChecksumFailed|Synthetic) == 0 {
					passed[x.Kind] = true
				}
			} else if x.Score >= Report {
				inside = true
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
		if inside {
			f.Inside++
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
