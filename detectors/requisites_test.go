package detectors

import (
	"bytes"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// requisites are the kinds of what stands at the end of contracts, and their neighbours abroad.
var requisites = []Kind{"bank_account", "bik", "by_personal", "by_unp", "corr_account", "edrpou", "kpp", "kz_bin", "kz_iin", "ogrn", "ogrnip", "okpo",
	"rnokpp"}

// requisitesIn lists what is reported of those kinds, and of INN, as "kind value".
func requisitesIn(cells ...string) (s []string) {
	f, a := found(cells...)
	for _, x := range f {
		if x.Score >= Report && (slices.Contains(requisites, x.Kind) || x.Kind == "inn" || x.Kind == "inn_org") {
			s = append(s, string(x.Kind)+" "+string(a[x.Start:x.End]))
		}
	}
	return s
}

func TestRequisites(t *testing.T) {
	const inn, kpp, ogrn, bik = "inn_org 7707123000", "kpp 770701001", "ogrn 1157746123457", "bik 044030827"
	const rs, ks = "bank_account 40702810900000002851", "corr_account 30101810200000000827"
	for _, c := range []struct {
		text string
		want []string
	}{
		{"ИНН 7707123000 КПП 770701001", []string{inn, kpp}},
		{"ИНН/КПП 7707123000/770701001", []string{inn, kpp}},
		{"ИНН/КПП: 7707123000 770701001", []string{inn, kpp}},
		{"ИНН/КПП 7707123000 / 770701001", []string{inn, kpp}},
		{"ИНН 7707123000 / КПП 770701001", []string{inn, kpp}},
		{"ИНН\u00a07707123000, КПП\u00a0770701001", []string{inn, kpp}},
		{"ИНН № 7707123000\nКПП № 770701001", []string{inn, kpp}},
		{"ИНН\t7707123000\tКПП\t770701001\tБИК\t044030827", []string{inn, kpp, bik}},
		{"ИНН/КПП банка 7707123000/770701001", []string{inn, kpp}},
		{"ИНН/КПП/ОГРН 7707123000/770701001/1157746123457", []string{inn, kpp, ogrn}},
		{"ОГРН/КПП 1157746123457 / 770701001", []string{ogrn, kpp}},
		{"БИК/КПП 044030827/770701001", []string{bik, kpp}},
		{"КПП/БИК 770701001/044030827", []string{kpp, bik}},
		{"ПлательщикКПП=770701001\nПлательщикСчет=40702810900000002851\nПлательщикБИК=044030827", []string{kpp, rs, bik}},
		{"VALUES ('7707123000','770701001','40702810900000002851')", []string{kpp, rs}},
		{"ОГРН: 115 7746 123 457, дата регистрации 12.03.2015", []string{"ogrn 115 7746 123 457"}},
		{"рег. номер 1157746123457", []string{ogrn}},
		{"ООО «Ромашка», ИНН 7707123000, КПП 770701001, ОГРН 1157746123457, р/с 40702810900000002851 в банке, к/с 30101810200000000827, БИК 044030827",
			[]string{inn, kpp, ogrn, rs, ks, bik}},
		{"ИНН:\u00a07707123000\nКПП:\u00a0770701001\nОГРН:\u00a01157746123457\nРасчётный счёт:\u00a040702810900000002851\nБИК:\u00a0044030827\nКорр. счёт:\u00a030101810200000000827",
			[]string{inn, kpp, ogrn, rs, bik, ks}},
		{"КПП:770701001,БИК:044030827,Р/С:40702810900000002851,К/С:30101810200000000827", []string{kpp, bik, rs, ks}},
		{"р\\с 40702810900000002851, к\\с 30101810200000000827, бик 044030827", []string{rs, ks, bik}},
		{"Р/сч. №40702810900000002851 К/сч. №30101810200000000827 БИК №044030827", []string{rs, ks, bik}},
		{"Р/С40702810900000002851БИК044030827", []string{rs, bik}},
		{"Сч. № 40702810900000002851", []string{rs}},
		{"р/с 40702.810.9.0000.0002851", []string{"bank_account 40702.810.9.0000.0002851"}},
		{"р/с 4070 2810 9000 0000 2851, БИК: 044 030 827", []string{"bank_account 4070 2810 9000 0000 2851", "bik 044 030 827"}},
		{"TIN 7707123000, KPP 770701001, PSRN 1157746123457, BIC 044030827, acc. 40702810900000002851, corr. acc. 30101810200000000827",
			[]string{inn, kpp, ogrn, bik, rs, ks}},
		{`"inn":"7707123000","kpp":"770701001","ogrn":"1157746123457","bik":"044030827","account":"40702810900000002851"`,
			[]string{inn, kpp, ogrn, bik, rs}},
		{"ИП Петров, ИНН 771234500149, ОГРН 319774600123453, р/с 40802810400000012345, БИК 044525974",
			[]string{"inn 771234500149", "ogrnip 319774600123453", "bank_account 40802810400000012345", "bik 044525974"}},
		{"счёт 40102810445370000059, казначейский счёт 03100643000000018500, БИК ТОФК 017003983, КБК 18201061201010000510",
			[]string{"corr_account 40102810445370000059", "bank_account 03100643000000018500", "bik 017003983"}},
		{"скинь на 40817810200000067890, а не на карту", []string{"bank_account 40817810200000067890"}},
		{"ОКПО 00186447, ОКАТО 45286580000, ОКТМО 45382000, ОКФС 16", []string{"okpo 00186447"}},
		{"ТОВ «Ромашка», ЄДРПОУ 32855961, ІПН 3012345670", []string{"edrpou 32855961", "rnokpp 3012345670"}},
		{"ТОО «Ромашка», БИН 940140000385, директор ИИН 850312300121", []string{"kz_bin 940140000385", "kz_iin 850312300121"}},
		{"УНП МА1953005, личный номер 4311290С034РВ1", []string{"by_unp МА1953005", "by_personal 4311290С034РВ1"}},
	} {
		if got := requisitesIn(c.text); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
	if got := requisitesIn("КПП", "770701001"); !slices.Equal(got, []string{kpp}) {
		t.Errorf("a label in the cell on the left: %q", got)
	}
}

func TestNoRequisites(t *testing.T) {
	for _, text := range []string{
		"КБК 18210102010011000110, ОКТМО 45382000",
		"УИН 18810277230012345678",
		"УИН: 0318690908000000012345678",
		"ICCID 8970199900001234567, IMEI 356357629487830",
		"20260117120000123456",
		"12345678901234567890",
		"pi=3.14159265358979323846",
		"sha 40702810900000002851abcdef",
		"https://example.ru/item/40817810200000067890",
		"Ваш заказ № 770701001 готов, трек 80088770701001",
		"артикул 044525225, партия 00186447",
		"EAN 1157746123457",
		`{"ts":1700000000006,"id":1157746123457,"session":770701001}`,
		"req 770701001 took 044525225 ns at 20240117",
		"на КПП стоит охрана, на вахте 123 человека",
		"КПП механика, пробег 123456 км, заказ 770701001 от 12.03.2024",
		"ISBN 978-5-00186-447-3",
		"баланс 30101810 руб., на счету 40702810 руб.",
		"ОГРН проверен, заявка 1157746123457",
		"/usr/bin/940140000385",
		"р/с 4070281090000000285",
		"р/с 407028109000000028511",
		"бланк: р/с 40702810000000000000",
	} {
		if got := requisitesIn(text); len(got) > 0 {
			t.Errorf("%q: %q", text, got)
		}
	}
}

func TestAccountKeys(t *testing.T) {
	for _, c := range []struct {
		text   string
		scores []uint8 // of the accounts, in order
	}{
		{"р/с 40702810900000002851, БИК 044030827", []uint8{99}},
		{"БИК 044030827, р/с 40702810900000002851", []uint8{99}},
		{"р/с 40702810900000002861, БИК 044030827", []uint8{60}},
		{"р/с 40702810900000002861", []uint8{92}},
		{"40702810900000002861", []uint8{90}},
		// Each account has a BIK of its own.
		{"р/с 40702810900000002851, БИК 044030827; р/с 40817810200000067890, БИК 044525225", []uint8{99, 99}},
		// Two columns of a contract.
		{"р/с 40702810900000002851      р/с 40817810200000067890\nБИК 044030827      БИК 044525225", []uint8{99, 99}},
		// The BIK is the second account's and says nothing of the first.
		{"р/с 40702810900000002861; р/с 40817810200000067890, БИК 044525225", []uint8{92, 99}},
		// What looks like a BIK is another number.
		{"р/с 40702810900000002861, КПП 044101001", []uint8{92}},
		// The unit of the Bank of Russia counts.
		{"р/с 40602810700000000025, БИК 049805746; к/с 30101810800000000746, БИК 049805000", []uint8{99, 99}},
	} {
		f, a := found(c.text)
		var got []uint8
		for _, x := range f {
			if x.Kind == "bank_account" || x.Kind == "corr_account" {
				got = append(got, x.Score)
			}
		}
		if !slices.Equal(got, c.scores) {
			t.Errorf("%q: %v, want %v: %q", c.text, got, c.scores, describe(f, a))
		}
	}
}

// What is quick must say the same as what is plain.
func TestRegisterAndBankChecks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(n int) []byte { return drawDigits(t, n, "") }
		for length, divisor := range map[int]int64{13: 11, 15: 13} {
			d := draw(length)
			n, _ := new(big.Int).SetString(string(d[:length-1]), 10)
			rest := n.Mod(n, big.NewInt(divisor)).String()
			if got := digitRegistered(d); got != rest[len(rest)-1] {
				t.Errorf("register %s: %c, rest %s", d, got, rest)
			}
		}
		d := draw(20)
		copy(d, rapid.SampledFrom([]string{"40702", "40817", "30101", "40102"}).Draw(t, "balance"))
		copy(d[5:], "810")
		bik := draw(9)
		prefix := string(bik[6:])
		if strings.HasPrefix(string(d), "301") || strings.HasPrefix(string(d), "40102") || prefix < "020" {
			prefix = "0" + string(bik[4:6])
		}
		sum := 0
		for i, b := range prefix + string(d) {
			product := strconv.Itoa(int(b-'0') * []int{7, 1, 3}[i%3])
			sum += int(product[len(product)-1] - '0')
		}
		if got := keyFits(bik, d); got != (sum%10 == 0) {
			t.Errorf("account %s, BIK %s: %v, sum %d", d, bik, got, sum)
		}
	})
}

func TestWeightedChecks(t *testing.T) {
	// check compares a detector's answer for every last digit with the right one, -1 where none is.
	check := func(t *rapid.T, what string, d []byte, want int, got func([]byte) bool) {
		d = bytes.Clone(d)
		for last := range 10 {
			d[len(d)-1] = '0' + byte(last)
			if got(d) != (last == want) {
				t.Errorf("%s %s: %v, want %d", what, d, got(d), want)
			}
		}
	}
	// twice is the rest by 11 of the sum of the first weights, where it is 10 that of the second ones.
	twice := func(d []byte, first, second []int) int {
		if r := weighted(d, first...) % 11; r < 10 {
			return r
		}
		return weighted(d, second...) % 11
	}
	rapid.Check(t, func(t *rapid.T) {
		d := drawDigits(t, 12, "")
		check(t, "OKPO", d[:8], twice(d, []int{1, 2, 3, 4, 5, 6, 7}, []int{3, 4, 5, 6, 7, 8, 9})%10, func(d []byte) bool { return checkOKPO(d) == right })
		check(t, "OKPO", d[:10], twice(d, []int{1, 2, 3, 4, 5, 6, 7, 8, 9}, []int{3, 4, 5, 6, 7, 8, 9, 10, 11})%10,
			func(d []byte) bool { return checkOKPO(d) == right })
		first, second := []int{1, 2, 3, 4, 5, 6, 7}, []int{3, 4, 5, 6, 7, 8, 9}
		if d[0] >= '3' && d[0] <= '5' {
			first, second = []int{7, 1, 2, 3, 4, 5, 6}, []int{9, 3, 4, 5, 6, 7, 8}
		}
		check(t, "EDRPOU", d[:8], twice(d, first, second)%10, func(d []byte) bool { return checkEDRPOU(d) == right })
		check(t, "RNOKPP", d[:10], (weighted(d, -1, 5, 7, 9, 4, 6, 10, 5, 7)%11+11)%11%10, func(d []byte) bool { return checkRNOKPP(d) == right })
		r := twice(d, []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, []int{3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2})
		if r == 10 {
			r = -1
		}
		check(t, "IIN", d, r, checkKZ)
		r = weighted(d, 29, 23, 19, 17, 13, 7, 5, 3) % 11
		if r == 10 || d[0] < '1' || d[0] > '7' {
			r = -1
		}
		check(t, "UNP", d[:9], r, func(d []byte) bool { return checkUNP(d) == right })
	})
}

// Entries of the register have years from 2002, those of entrepreneurs from 2004, to this one.
func TestYearsOfTheRegister(t *testing.T) {
	year := thisYear()
	for y := range 100 {
		org, person := []byte(fmt.Sprintf("1%02d7700123450", y)), []byte(fmt.Sprintf("3%02d770000123450", y))
		OGRN.Seal(org)
		OGRNIP.Seal(person)
		if got, want := OGRN.Fits(org), y >= 2 && y <= year%100; got != want {
			t.Errorf("OGRN of year %02d: %v", y, got)
		}
		if got, want := OGRNIP.Fits(person), y >= 4 && y <= year%100; got != want {
			t.Errorf("OGRNIP of year %02d: %v", y, got)
		}
	}
}

// Days of RNOKPP are counted from the last day of 1899.
func TestDaysOfRNOKPP(t *testing.T) {
	for _, c := range []struct {
		digits string
		today  uint32
		want   bool
	}{
		{"00001", 20260131, false}, {"03652", 20260131, false}, {"03653", 20260131, true}, {"17590", 20260131, true},
		{"46053", 20260131, true}, {"47000", 20260131, false}, {"99999", 20260131, false},
	} {
		if got := bornRNOKPP([]byte(c.digits), c.today); got != c.want {
			t.Errorf("day %s: %v", c.digits, got)
		}
	}
}
