package detectors

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// documentKinds are the kinds of this group.
var documentKinds = []Kind{"passport", "passport_foreign", "driver_license", "vehicle_plate", "vin", "military_id", "birth_certificate", "oms"}

// documentsIn returns what of the group is reported in a text, as kind:value.
func documentsIn(text string) (said []string) {
	f, a := found(text)
	for _, x := range f {
		if x.Score >= Report && slices.Contains(documentKinds, x.Kind) {
			said = append(said, string(x.Kind)+":"+string(a[x.Start:x.End]))
		}
	}
	return said
}

func TestDocuments(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		// Series and number, and what stands between and around.
		{"паспорт: серия 45 10, № 678234", []string{"passport:45 10, № 678234"}},
		{"мой паспорт 4510/678234", []string{"passport:4510/678234"}},
		{"пасп. 4510 № 678234, выд. УВД г. Твери", []string{"passport:4510 № 678234"}},
		{"паспорт № 678234 серия 4510", []string{"passport:678234 серия 4510"}},
		{`{"doc":"паспорт","ser":"4510","num":"678234"}`, []string{`passport:4510","num":"678234`}},
		{"<passport><series>4510</series><number>678234</number></passport>", []string{"passport:4510</series><number>678234"}},
		{"Паспорт гражданина РФ\nСерия 4510\nНомер 678234\nДата выдачи 25.04.2010", []string{"passport:4510\nНомер 678234"}},
		{"паспорт на имя Петрова 4510 678234", []string{"passport:4510 678234"}},
		{"[12:03] Маша: скинь паспорт\n[12:04] Оля: 4509 882477", []string{"passport:4509 882477"}},
		{"Зимин Олег Петрович — 80 16 370579", []string{"passport:80 16 370579"}},
		{"фото паспорта во вложении IMG_4510678234.jpg", nil},
		{"Паспорт мы приложили к делу 678234.\nСумма: 4509 882477", nil},
		// Things have passports, and other papers a series.
		{"Паспорт на насос ЦНС 4510 678234", nil},
		{"паспорт прибора, заводской № 4510678234", nil},
		{"Паспорт транспортного средства серия 77 10 № 678234", nil},
		{"К договору приложен паспорт оборудования (зав. № 4510678234)", nil},
		{"диплом серия 4510 № 678234", nil},
		{"вкладыш к трудовой книжке серия 4510 № 678234", nil},
		{"Мы заказали паспорт качества. Мой паспорт 4510 678234", []string{"passport:4510 678234"}},
		{"Паспорт № 45 10 678234 действителен, паспорт изделия 4509 112233 не нужен", []string{"passport:45 10 678234"}},
		// Machine-readable zones, with a right and with a wrong check digit, and one line alone.
		{"скан: 4516782342RUS8503127M<<<<<<<0100425770001<74 далее", []string{"passport:4516782342RUS8503127M<<<<<<<0100425770001<74"}},
		{"4516782345RUS8503127F<<<<<<<0100425770001<74", []string{"passport:4516782345RUS8503127F<<<<<<<0100425770001<74"}},
		{"PNRUSKUZNECOVA<<ANNA<SERGEEVNA<<<<<<<<<<<<<<", []string{"passport:PNRUSKUZNECOVA<<ANNA<SERGEEVNA<<<<<<<<<<<<<<"}},
		{"7512345672RUS8503127M3003127<<<<<<<<<<<<<<06", []string{"passport_foreign:7512345672RUS8503127M3003127<<<<<<<<<<<<<<06"}},
		{"RUS team won 4516782342 times", nil},
		// Passports for travelling and of foreigners.
		{"Паспорт: 4510 678234; загранпаспорт: 75 1928374", []string{"passport:4510 678234", "passport_foreign:75 1928374"}},
		{"по паспорту 71 2938475 (загран)", []string{"passport_foreign:71 2938475"}},
		{"паспорт иностранного гражданина (Таджикистан) 400192837", []string{"passport_foreign:400192837"}},
		{"паспорт гражданина Украины СН 192837", []string{"passport_foreign:СН 192837"}},
		{"Гражданин КНР, паспорт EA1928374", []string{"passport_foreign:EA1928374"}},
		{"паспорт в отделении 770001001", nil},
		{"Паспорт ПС 1928374", nil},
		{"загранпаспорт забыл, мой тел 9161234567", nil},
		// Licences; other papers of a car are of no kind.
		{"в/у 77 16 123459; СТС 99 12 654321", []string{"driver_license:77 16 123459"}},
		{"паспорт 4510 678234, в/у 7716 123459", []string{"passport:4510 678234", "driver_license:7716 123459"}},
		{"Вид документа: водительское удостоверение\nСерия: 7716\nНомер: 123459", []string{"driver_license:7716\nНомер: 123459"}},
		{"водительские права 50 УН №718293", []string{"driver_license:50 УН №718293"}},
		{"Driver’s License Number 9912654321", []string{"driver_license:9912654321"}},
		{`"license": "50 36 143445"`, []string{"driver_license:50 36 143445"}},
		{"скинь номер прав\n– 23 19 199690, выданы", []string{"driver_license:23 19 199690"}},
		{"защита прав потребителей, дело 77 16 123459", nil},
		{"регистрация права 77-АБ 123459 от 12.03.2012", nil},
		{"license key: 5036143445", nil},
		{"служебное удостоверение 52 35 465471", nil},
		// Plates.
		{"машина а 123 вс 77", []string{"vehicle_plate:а 123 вс 77"}},
		{"Кто перекрыл выезд на х001ам77??", []string{"vehicle_plate:х001ам77"}},
		{"Номера: а111аа, в222вв, с333сс - чьи?", []string{"vehicle_plate:а111аа", "vehicle_plate:в222вв", "vehicle_plate:с333сс"}},
		{"Х345ЕК799RUS", []string{"vehicle_plate:Х345ЕК799"}},
		{"Водитель такси АР 604 22 не уступил", []string{"vehicle_plate:АР 604 22"}},
		{"автобусы ВА 118 34, ВЕ 540 34", []string{"vehicle_plate:ВА 118 34", "vehicle_plate:ВЕ 540 34"}},
		{"дипломатический госномер 001CD177", []string{"vehicle_plate:001CD177"}},
		{"Болт К123ММ45 ГОСТ 7798", nil},
		{"Шкаф А123 ВС 45 мм", nil},
		{"аудитория В302 АМ 12", nil},
		{"id=a123bc77", nil},
		{"Замена фильтра В105НТ и лампы. Авто позже", nil},
		{"X-А123ВС77-Y", nil},
		// VIN.
		{"1HGCM82633A004352", []string{"vin:1HGCM82633A004352"}},
		{"vin номер wvwzzz3czee012345", []string{"vin:wvwzzz3czee012345"}},
		{"Номер кузова X7LLSRB2HBH512345", []string{"vin:X7LLSRB2HBH512345"}},
		{"трек RA123456789RU1234", nil},
		{"DEADBEEF123456789", nil},
		{"token WVW8ZZZ1KZ6WABCDE", nil},
		// Military cards and certificates.
		{"выдан военный билет АМ-6253417", []string{"military_id:АМ-6253417"}},
		{"военный билет НД №7654321, военкомат Тверского р-на", []string{"military_id:НД №7654321"}},
		{"АО «Военная книга», накладная АБ 1234567", nil},
		{"Свидетельство о рождении III - ТН № 827364", []string{"birth_certificate:III - ТН № 827364"}},
		{"свидетельство о рождении ХII-БА № 837465", []string{"birth_certificate:ХII-БА № 837465"}},
		{"II МЮ 504938", nil},
		{"тип V-AB 123456", nil},
		// Policies.
		{"карта Сбер 2200 1234 5678 9019, полис ОМС 5012345678901236", []string{"oms:5012345678901236"}},
		{"номер полиса медицинского страхования: 7800556677889907", []string{"oms:7800556677889907"}},
		{"полис ОМС: временное свидетельство № 192837465", []string{"oms:192837465"}},
		{"Полис есть?\nДа: 7751123456789011", []string{"oms:7751123456789011"}},
		{"договор страхования жизни 7751123456789011", nil},
		{"полис выезжающих за рубеж 7751123456789011", nil},
		{"тариф ОМС 2024 году 1928374", nil},
		// All at once.
		{"ДТП: водитель Сидоров, в/у 77 16 123459, Киа Рио, г/н А123ВС77, VIN Z94CB41AAGR323020, СТС 99 12 654321, полис ОСАГО ХХХ 0123456789",
			[]string{"driver_license:77 16 123459", "vehicle_plate:А123ВС77", "vin:Z94CB41AAGR323020"}},
		{"Ребёнок: свидетельство о рождении IV-МЮ № 718273, полис ОМС 5012345678901236, СНИЛС 112-233-445 95",
			[]string{"birth_certificate:IV-МЮ № 718273", "oms:5012345678901236"}},
	} {
		if got := documentsIn(c.text); !slices.Equal(got, c.want) {
			f, a := found(c.text)
			t.Errorf("%q:\n got %q\nwant %q\nall  %q", c.text, got, c.want, describe(f, a))
		}
	}
}

func TestDocumentFits(t *testing.T) {
	for _, c := range []struct {
		kind  Kind
		value string
		want  bool
	}{
		{"passport_foreign", "75 1928374", true}, {"passport_foreign", "751928374", true}, {"passport_foreign", "AA1928374", true},
		{"passport_foreign", "N12938475", true}, {"passport_foreign", "001928374", false}, {"passport_foreign", "7519283745", false},
		{"driver_license", "77 16 123459", true}, {"driver_license", "77АВ123459", true}, {"driver_license", "7716123459", true},
		{"driver_license", "0016123459", false}, {"driver_license", "77 АВС 123459", false}, {"driver_license", "77161234599", false},
		{"vehicle_plate", "А123ВС77", true}, {"vehicle_plate", "a 123 bc 777 rus", true}, {"vehicle_plate", "АВ123477", true}, {"vehicle_plate", "1234АВ77", true},
		{"vehicle_plate", "А123БВ77", false}, {"vehicle_plate", "А123ВС7777", false}, {"vehicle_plate", "123", false}, {"vehicle_plate", "А123ВС77 и", false},
		{"vin", "XTA210990Y1234567", true}, {"vin", "xta210990y1234567", true}, {"vin", "ХТА210990У1234567", true}, {"vin", "XTA210990O1234567", false},
		{"vin", "XTA210990Y123456", false}, {"vin", "12345678901234567", false},
		{"military_id", "АБ 1234567", true}, {"military_id", "АБ№1234567", true}, {"military_id", "АБВ 1234567", false}, {"military_id", "АБ 123456", false},
		{"birth_certificate", "II-МЮ № 123456", true}, {"birth_certificate", "VII-SHSH 333238", true}, {"birth_certificate", "II-МЮ 95013", false},
		{"birth_certificate", "77-МЮ 123456", false}, {"birth_certificate", "123456", false},
		{"oms", "7751 1234 5678 9011", true}, {"oms", "7751123456789012", false}, {"oms", "775112345678901", false},
	} {
		if got := Find(c.kind).Fits([]byte(c.value)); got != c.want {
			t.Errorf("%s fits %q: %v, want %v", c.kind, c.value, got, c.want)
		}
	}
}

func TestDocumentNormal(t *testing.T) {
	for _, c := range []struct {
		kind        Kind
		value, want string
	}{
		{"passport", "678234 серия 45 10", "4510678234"},
		{"passport", "4516782342RUS8503127M<<<<<<<0100425770001<74", "4510678234"},
		{"passport", "PNRUSZIMIN<<OLEG<<<<<<<<<<<<<<<<<<<<<<<<<<<<\n4516782342RUS8503127M<<<<<<<0100425770001<74", "4510678234"},
		{"passport_foreign", "75 № 1928374", "751928374"}, {"passport_foreign", "МР 1928374", "MP1928374"},
		{"passport_foreign", "7512345672RUS8503127M3003127<<<<<<<<<<<<<<06", "751234567"},
		{"driver_license", "77 ab № 123459", "77АВ123459"}, {"driver_license", "77 16 123459", "7716123459"},
		{"vehicle_plate", "a 123 bc 77 RUS", "А123ВС77"}, {"vehicle_plate", "х001ам77", "Х001АМ77"},
		{"vin", "хта210990у1234567", "XTA210990Y1234567"},
		{"military_id", "аб номер 1234567", "АБ1234567"},
		{"birth_certificate", "ІІ–мю № 123456", "II-МЮ 123456"}, {"birth_certificate", "vii - shsh 333238", "VII-SHSH 333238"},
		{"oms", "7751 1234 5678 9011", "7751123456789011"}, {"oms", "77 вв № 192837", "77ВВ192837"},
	} {
		d := Find(c.kind)
		got := string(d.Normalised([]byte("x"), []byte(c.value)))
		if got != "x"+c.want {
			t.Errorf("%s %q: %q, want %q", c.kind, c.value, got, "x"+c.want)
		}
		if again := string(d.Normalised(nil, []byte(c.want))); again != c.want {
			t.Errorf("%s: normal form %q of itself is %q", c.kind, c.want, again)
		}
	}
}

func TestDocumentColumns(t *testing.T) {
	plateLetters := []rune("АВЕКМНОРСТУХ")
	letter := func(r *rand.Rand) string { return string(plateLetters[r.IntN(12)]) }
	plates := func(r *rand.Rand, i int) string {
		return fmt.Sprintf("%s%03d%s%s%02d", letter(r), 1+r.IntN(999), letter(r), letter(r), 1+r.IntN(99))
	}
	latin := strings.NewReplacer("А", "A", "В", "B", "Е", "E", "К", "K", "М", "M", "Н", "H", "О", "O", "Р", "P", "С", "C", "Т", "T", "У", "Y", "Х", "X")
	vins := func(r *rand.Rand, i int) string { return fmt.Sprintf("XTA%06dK%07d", r.IntN(1e6), r.IntN(1e7)) }
	tens := func(r *rand.Rand, i int) string { return fmt.Sprintf("77%02d%06d", r.IntN(25), 101+r.IntN(999000)) }
	nines := func(r *rand.Rand, i int) string { return fmt.Sprintf("7%d%07d", r.IntN(7), r.IntN(1e7)) }
	policies := func(r *rand.Rand, i int) string { return sealed(OMS, fmt.Sprintf("77%013d0", r.Int64N(1e13))) }
	cards := func(r *rand.Rand, i int) string { return sealed(Card, fmt.Sprintf("4276%011d0", r.Int64N(1e11))) }
	births := func(r *rand.Rand, i int) string {
		return fmt.Sprintf("%s-М%s № %06d", []string{"I", "II", "IV"}[r.IntN(3)], letter(r), r.IntN(1e6))
	}
	military := func(r *rand.Rand, i int) string { return fmt.Sprintf("А%s %07d", letter(r), r.IntN(1e7)) }
	skus := func(r *rand.Rand, i int) string {
		return fmt.Sprintf("%c%03d%c%c%02d", 'A'+rune(r.IntN(26)), r.IntN(1000), 'A'+rune(r.IntN(26)), 'A'+rune(r.IntN(26)), r.IntN(100))
	}
	for _, c := range []struct {
		name   string
		values func(*rand.Rand, int) string
		want   Kind // "" is none of the group
	}{
		{"Госномер", plates, "vehicle_plate"},
		{"c7", plates, "vehicle_plate"},
		{"car_number", func(r *rand.Rand, i int) string { return latin.Replace(plates(r, i)) }, "vehicle_plate"},
		{"sku", skus, ""},
		{"c7", vins, "vin"},
		{"Номер ВУ", tens, "driver_license"},
		{"driver_license", tens, "driver_license"},
		{"паспорт", tens, "passport"},
		{"c7", tens, ""},
		{"Загранпаспорт", nines, "passport_foreign"},
		{"c7", nines, ""},
		{"Полис ОМС", policies, "oms"},
		{"enp", policies, "oms"},
		{"c7", policies, "oms"},
		{"c7", cards, "card"},
		{"card_number", cards, "card"},
		{"свидетельство о рождении", births, "birth_certificate"},
		{"c7", births, "birth_certificate"},
		{"Военный билет", military, "military_id"},
		{"c7", military, ""},
	} {
		v := Judge(factsOf(c.name, "", many(60, c.values)))
		var got Kind
		if v.Label != nil && v.Score >= Report && (c.want != "" || slices.Contains(documentKinds, v.Label.Kind)) {
			got = v.Label.Kind
		}
		if got != c.want {
			t.Errorf("column %q: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestDocumentParts(t *testing.T) {
	for _, c := range []struct {
		names []string
		want  Kind
	}{
		{[]string{"id", "vu_series", "dl_series", "dl_num"}, "driver_license"},
		{[]string{"серия_ву", "ву_номер"}, "driver_license"},
		{[]string{"svid_ser", "svid_num"}, "birth_certificate"},
		{[]string{"polis_ser", "polis_num"}, "oms"},
		{[]string{"passport_series", "passport_num"}, "passport"},
	} {
		g := Composites(c.names)
		if len(g) != 1 || g[0].Detector.Kind != c.want || len(g[0].Members) != 2 {
			t.Errorf("%q: %+v, want one group of %s", c.names, g, c.want)
		}
	}
}

// The rule of the fund: the digits at odd places from the right as one number, doubled; those at even places before it;
// what the sum of all digits lacks to a full ten.
func TestPolicyDigitIsThatOfTheFund(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := []byte(rapid.StringMatching("[0-9]{16}").Draw(t, "digits"))
		odd, even := int64(0), ""
		for i := 14; i >= 0; i-- {
			if i%2 == 0 {
				odd = odd*10 + int64(d[i]-'0')
			} else {
				even += string(d[i])
			}
		}
		sum := 0
		for _, c := range even + fmt.Sprint(2*odd) {
			sum += int(c - '0')
		}
		OMS.Seal(d)
		if want := byte('0' + (10-sum%10)%10); d[15] != want {
			t.Errorf("%s: want %c", d, want)
		}
	})
}

// 49 CFR 565.15, letter by letter; the numbers are those of the rule's own example and of a sum of ones.
func TestVINCheck(t *testing.T) {
	values := map[rune]int{'A': 1, 'B': 2, 'C': 3, 'D': 4, 'E': 5, 'F': 6, 'G': 7, 'H': 8, 'J': 1, 'K': 2, 'L': 3, 'M': 4, 'N': 5, 'P': 7, 'R': 9,
		'S': 2, 'T': 3, 'U': 4, 'V': 5, 'W': 6, 'X': 7, 'Y': 8, 'Z': 9}
	weights := []int{8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2}
	for _, code := range []string{"1M8GDM9AXKP042788", "11111111111111111"} {
		if got := vinCheck((*[17]byte)([]byte(code))); got != code[8] {
			t.Errorf("%s: %c", code, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		code := rapid.StringMatching("[0-9A-HJ-NPR-Z]{17}").Draw(t, "code")
		sum := 0
		for i, c := range code {
			v, ok := values[c]
			if !ok {
				v = int(c - '0')
			}
			sum += v * weights[i]
		}
		if want := "0123456789X"[sum%11]; vinCheck((*[17]byte)([]byte(code))) != want {
			t.Errorf("%s: want %c", code, want)
		}
	})
}

// Dates of the examples of ICAO Doc 9303.
func TestMachineDigit(t *testing.T) {
	for _, c := range []struct {
		digits string
		want   byte
	}{{"520727", '3'}, {"690806", '1'}, {"940623", '6'}} {
		if got := machineDigit([]byte(c.digits)); got != c.want {
			t.Errorf("%s: %c, want %c", c.digits, got, c.want)
		}
	}
}
