package detectors

import (
	"bytes"
	"time"
)

// Passport is the internal passport of a citizen of Russia: a series of four digits (OKATO code of the region and
// year of the blank) and six more. There are no check digits, so words, columns and the way it is written decide.
// Its machine-readable zone is found by its form: there the last digit of the series stands apart (order of the
// Ministry of the Interior 851 of 13.11.2017).
var Passport = declare(Detector{
	Kind:   "passport",
	Class:  Direct,
	Doc:    Doc{RU: "паспорт гражданина РФ", EN: "passport of the Russian Federation"},
	Prefix: "паспорт",
	Near: []string{"паспорт*", "пасп", "серия", "серии", "сер", "удостоверяющ*", "уфмс", "овд", "passport*", "pasport*", "pasp", "paspor*", "series",
		"seriya"},
	Cues: []string{"паспорт*", "passport*", "pasport*", "пасп", "загран*", "серия", "серии", "сер", "удостоверяющ*", "уфмс", "овд", "paspor*", "pasp", "series",
		"seriya", "pnrus*", "rus"},
	Names: []string{"паспорт", "серия_номер", "серия_и_номер", "паспорт_серия_номер", "серия_и_номер_паспорта", "паспортные_данные", "паспорт_рф", "дул",
		"документ_удостоверяющий_личность", "удостоверение_личности", "удостоверяющий_личность", "док_уд_личности", "уд_личности", "уд_личность",
		"удост_личности", "удост_личность", "документ", "pasport", "passport", "passport_no", "passport_number", "passport_rf", "passport_ru",
		"passport_data", "pass_no", "nomer_pasporta", "pasp", "pasp_dannye", "id_doc", "identity_document", "dul"},
	Parts: []PartNames{
		{Part: Series, Names: "паспорт_серия серия_паспорта passport_series passport_seria pasp_ser pass_ser ser_pasp pasp_seria passport_ser дул_серия dul_ser doc_ser doc_series document_series"},
		{Part: Number, Names: "паспорт_номер номер_паспорта pasp_num pass_num num_pasp pasp_nom passport_num passport_nomer дул_номер dul_num doc_num"},
		{Part: Number, Names: "passport_number passport_no doc_number document_number", Weak: true},
		{Part: Series, Names: "серия seria series ser", Context: "паспорт passport pasport pasp дул dul документ document doc"},
		{Part: Number, Names: "номер nomer number num no", Context: "паспорт passport pasport pasp дул dul"},
		{Part: Series, Names: "серия seria s_doc s_dul s_pasp", Weak: true},
		{Part: Number, Names: "n_doc n_dul n_pasp", Weak: true}, // of any paper, but beside a series of a passport
		{Part: Number, Names: "номер nomer number no num", Loose: true},
	},
	Split:   2,
	Twin:    "passport_foreign",
	Digits:  1 << 10,
	Company: 82,
	Find:    findPassport,
	Reach:   768,
	Fits: func(value []byte) bool {
		var buf [24]byte
		d := onlyDigits(value, &buf, 10, 10)
		return d != nil && !trivial(d) && plausiblePassport(d, thisYear())
	},
	Normal: normalPassport,
	Good: []string{
		"паспорт 4510 678234",
		"серия 4509 номер 123456",
		"паспорт: 45 08 № 123456, выдан ОВД",
		"45 12 884920, паспорт выдан 12.03.2013",
		"Паспорт 4510123458",
		"Документ, удостоверяющий личность: паспорт гражданина РФ 4510-123458",
		"серия и номер паспорта: 4510 678234",
		"паспорт РФ 45 10 №678234",
		"паспорт серии 4510 за номером 678234, выдан",
		"Серия паспорта: 45 10\nНомер паспорта: 678234",
		"Passport No. 4510 678234",
		"snils_zl:0675|ser_pasp:6914|nom_pasp:553018",
		`{"passport_series":"6914","passport_number":"553018"}`,
		"pasp_ser=69 14;pasp_num=553018",
		"Оператор: продиктуйте паспорт, пожалуйста.\nКлиент: 45 10 678234",
		"PNRUSZIMIN<<OLEG<PETROVI3<<<<<<<<<<<<<<<<<<<\n4516782342RUS8503127M<<<<<<<0100425770001<74",
	},
	Bad: []string{
		"заказ 4510123458",
		"45 10 000000",
		"водительское удостоверение серия 77 16 № 123456",
		"регистрационный номер 77-25-517688",
		"счёт 4510 678234",
		"Паспорт прибора ПС 4512-318640",
		"паспорт качества № 4510 678234",
		"паспорт безопасности объекта 4510 678234",
		"свидетельство о регистрации ТС серия 99 12 № 123456",
		"Технический паспорт № 4510 678234",
	},
})

// Words of Passport.Cues: the first ones, up to passportWords, name the document; those from machineWords on stand in a
// machine-readable zone. The others are there so that numbers far from all of them are known to have none.
const (
	passportWords = 3
	shortPassport = 3  // пасп
	latinPassport = 12 // pasp
	machineWords  = 15
)

// regions has a bit for every OKATO code of a region that issues blanks, the territories of 2014 and 2022 included.
var regions = func() (r [2]uint64) {
	for i := 1; i < 100; i++ {
		switch i {
		case 2, 6, 9, 13, 16, 31, 39, 48, 51, 55, 59, 62, 72:
		default:
			r[i/64] |= 1 << (i % 64)
		}
	}
	return r
}()

// plausiblePassport looks at region, year of the blank (1997 to year) and number (from 000101).
func plausiblePassport(d []byte, year int) bool {
	region := int(d[0]-'0')*10 + int(d[1]-'0')
	blank := int(d[2]-'0')*10 + int(d[3]-'0')
	low := d[4] == '0' && d[5] == '0' && d[6] == '0' && (d[7] == '0' || string(d[7:]) == "100")
	return regions[region/64]>>(region%64)&1 != 0 && (blank >= 97 || blank <= year%100+1) && !low
}

func thisYear() int { return time.Now().Year() }

// normalPassport is series and number as ten digits, also where the number stands first, and out of a machine-readable zone.
func normalPassport(dst, value []byte) []byte {
	from := len(dst)
	for i := 10; i+19 <= len(value); i++ {
		if string(value[i:i+3]) == "RUS" && value[i-1]-'0' <= 9 && value[i-10]-'0' <= 9 {
			return append(append(append(dst, value[i-10:i-7]...), value[i+18]), value[i-7:i-1]...)
		}
	}
	dst = appendDigits(dst, value)
	d := dst[from:]
	if len(d) == 0 {
		return append(dst, value...) // the first line of a machine-readable zone
	}
	if first := bytes.IndexFunc(value, func(r rune) bool { return r < '0' || r > '9' }); first == 6 && len(d) == 10 {
		var series [4]byte
		copy(series[:], d[6:])
		copy(d[4:], d[:6])
		copy(d, series[:])
	}
	return dst
}

func findPassport(dst []Finding, t *Text) []Finding {
	dst = findPassportNumbers(dst, t)
	from, next := len(dst), 0
	for _, c := range t.Cues(t.current) {
		f, ok := Finding{}, false
		switch {
		case c.Word >= machineWords:
			f, ok = machinePassport(t, int(c.Start))
		case c.Word < passportWords, c.Word == shortPassport, c.Word == latinPassport:
			f, ok = wordedPassport(t, &next, int(c.End))
		}
		if ok && (len(dst) == from || dst[len(dst)-1].Start != f.Start) {
			if t.Whole(f.Start, f.End) {
				f.Evidence |= Whole
			}
			dst = append(dst, f)
		}
	}
	return dst
}

// findPassportNumbers looks at the numbers of ten digits.
func findPassportNumbers(dst []Finding, t *Text) []Finding {
	year := int(t.today / 10000)
	cues, next := t.Cues(t.current), 0
	for i := range t.Nums[10] {
		n := &t.Nums[10][i]
		f := Finding{Start: n.Start, End: n.End}
		if n.Flags&(Plus|Bracketed|Dotted|Sticky) != 0 {
			continue
		}
		alone := uint8(0) // the score without a word
		switch n.Shape {
		case 0xA:
			alone = 0
		case 0x226, 0x46:
			f.Evidence = Format
			switch {
			case n.Flags&Slashed != 0:
				alone = 0
			case n.Flags&Worded != 0:
				alone = 60
			case n.Flags&(Dashed|Wrapped) != 0:
				alone = 20
			case n.Shape == 0x226:
				alone = 50
			default:
				alone = 40
			}
		case 0x2233, 0x433:
			if n.Flags&(Dashed|Slashed) != 0 {
				continue
			}
		default:
			continue
		}
		if n.Flags&(Inner|Outer) != 0 {
			continue
		}
		told := within(cues, &next, n.Start) // a word may be near
		whole := t.Whole(n.Start, n.End)
		if !told && !whole && alone == 0 {
			continue
		}
		d := t.digits(n)
		if trivial(d) || trivial(d[4:]) && d[4] == '0' {
			continue
		}
		plausible := plausiblePassport(d, year)
		if plausible {
			f.Evidence |= Structure
		} else if !told {
			continue
		}
		if whole {
			f.Evidence |= Whole
		}
		x := t.context(n)
		near := x.speaks(t.current, longWindow) && (n.Flags&Glued == 0 || x.distance <= 3) // IMG_4510678234.jpg
		foreign := near && otherDocument(t, x, n.Start, n.End)
		switch near = near && !foreign; {
		case near && plausible:
			f.Score = 88
			if f.Evidence&Format != 0 {
				f.Score = 92
			}
			f.Evidence |= Keyword
		case near && x.distance <= 40 && !x.right:
			f.Score = 80 // blanks of older years, other forms of numbering
			f.Evidence |= Keyword
		case near:
			f.Score = 50
			f.Evidence |= Keyword
		case !plausible || n.Flags&Glued != 0:
			continue
		case foreign || x.negative || x.taken(20):
			f.Score = 10
			f.Evidence |= Negative
			if alone == 0 && !whole {
				continue
			}
		case told && sheet(t.Arena).asked(int(n.Start), passportName):
			f.Score = 85
			f.Evidence |= Keyword
		case alone == 0 && !whole:
			continue
		default:
			f.Score = max(alone, 15)
		}
		dst = append(dst, f)
	}
	return dst
}

// wordedPassport reads a passport behind a word for it at i, with more words between series and number than numbers
// are read over. *next is where begun goes on.
func wordedPassport(t *Text, next *int, i int) (f Finding, ok bool) {
	s := sheet(t.Arena)
	start, end, ok := s.seriesAndNumber(i)
	if !ok {
		if i = s.seriesWord(i); i > 0 {
			start, end, ok = s.seriesAndNumber(i)
		}
	}
	if !ok || begun(t.Nums[10], next, uint32(start)) {
		return f, false
	}
	f = Finding{Start: uint32(start), End: uint32(end), Evidence: Keyword}
	x := t.words.find(t, f.Start, f.End, longWindow)
	if !x.speaks(t.current, longWindow) || otherDocument(t, &x, f.Start, f.End) {
		return f, false
	}
	var buf [64]byte
	d := normalPassport(buf[:0], t.Arena[start:end])
	switch {
	case len(d) != 10 || trivial(d):
		return f, false
	case plausiblePassport(d, int(t.today/10000)):
		f.Score, f.Evidence = 90, Keyword|Structure
	default:
		f.Score = 60
	}
	return f, true
}

// otherDocument says that the word near a number is not about a person's passport: паспорт изделия, серия диплома.
func otherDocument(t *Text, x *context, start, end uint32) bool {
	s, cues := sheet(t.Arena), t.Cues(t.current)
	c, ok := s.cueBefore(cues, start, passportWords)
	if x.right {
		c, ok = s.cueAfter(cues, end, passportWords)
	}
	if ok {
		return s.thing(c)
	}
	_, ok = s.wordsLeft(int(start), 8, otherDocuments)
	return ok
}

// otherDocuments have a series and a number, too.
var otherDocuments = newVocabulary(`свидетельств* диплом* аттестат* удостоверение удостоверения удостоверению сертификат* билет билета билеты билету
	полис* тс стс птс псм осаго каско дмс купюр* банкнот* облигац* лотере* лицензи* патент* бланк* трудов* книжк* студенческ* зачетн* пропуск*
	накладн* справк* доверенност* разрешени* акци* вексел* чек чека чеки листок листка больничн* издели*`)

// thing says that the passport which a cue speaks of is not a person's: that of a product, a building, a project.
func (s sheet) thing(c Cue) bool {
	i := int(c.End)
	for n := 0; n < 3; n++ {
		i += s.gap(i)
		if s[i] == 0xC2 && s[i+1] == 0xAB { // «
			i += 2
		}
	}
	if s.letterAt(i) > 0 {
		end, _ := wordAfter(s, i)
		if passportThings.has(s[i:end]) {
			return true
		}
		if ontoThing.has(s[i:end]) && s[end] == ' ' {
			if next, _ := wordAfter(s, end+1); !s.capitalAt(end+1) && !ownName.has(s[end+1:next]) {
				return true // на насос, but not на имя and not на Иванова
			}
		}
	}
	j := int(c.Start)
	if g := s.gapBefore(j); g > 0 && s.letter(j-g) < j-g {
		begin, _ := wordBefore(s, j-g)
		return thingPassports.has(s[begin : j-g])
	}
	return false
}

// Words behind паспорт and before it that say that it is a thing's; на says so, too, unless имя or a name follows.
var (
	passportThings = newVocabulary(`издели* безопасност* качеств* продук* оборудован* прибор* устройств* объект* проект* програм* сделк* отход* скважин* здани*
		дома дом домов фасад* помещен* земельн* лифт* котл* котел трубопровод* сосуд* кран крана кранов насос* счетчик* датчик* станк* станок двигател* изготовител* завод*
		транспортн* самоходн* шасси автомобил* тс машин* мотоцикл* трактор* прицеп* антитеррор* антитеррористическ* территор* муниципальн* здоровь* вакцин* привив* болельщик*
		животн* собак* кошк* кота питом* ветеринар* товар* партии материал* химич* веществ* цвета маршрут* дорог* моста мостов колодц* доступност* услуг* организаци*
		учрежден* предприяти* школ* кабинет* район* город* регион* поставк* кабел* трансформатор* аккумулятор* инструмент* весов огнетушител* баллон*
		модел* плавк* груза грузов контейнер* судна судов вагон* локомотив* самолет* вертолет* комплекс* систем* издат* мощност* значени* характеристик* скорост*
		расход* производительност* режим* нагрузк* номинал* схем* задани* национальн* государственн* инициатив* рисков риска
		процесс* инвестицион* стол стола столу столе столом контрол* центр* служб* участка квартир* бпла дрона ружья оруж* фонда проб* сырья сорт* семян саженц* вина
		product* device item equipment project pet vehicle building strategy authentication auth middleware js local module`)
	thingPassports = newVocabulary(`техническ* энергетическ* санитарн* ветеринарн* кадастров* экологическ* социальн* инвестиц* генетическ* реестров* строительн*
		радиационн* противопожарн* пожарн* лесн* водн* дорожн* товарн* инвентарн* заводск* эксплуатационн* технологическ* метрологическ* цветов* ковидн*
		product pet vehicle building health vaccine digital technical`)
	ontoThing = newVocabulary("на")
	ownName   = newVocabulary("имя")
)

// passportName are the words for a passport.
var passportName = newVocabulary("паспорт* passport* pasport* пасп загран*")

// machinePassport reads the machine-readable zone around a word at p: RUS in its second line, or the begin of the first
// one where it stands alone.
func machinePassport(t *Text, p int) (f Finding, ok bool) {
	s := sheet(t.Arena)
	if start, end, ok := s.machineLine(p); ok {
		if string(s[start+21:start+27]) != "<<<<<<" {
			return f, false // a passport that expires is one for travelling abroad
		}
		f = Finding{Start: uint32(s.firstLine(start)), End: uint32(end), Score: 88, Evidence: Format | Structure}
		if machineDigit(s[start:start+9]) == s[start+9] {
			f.Score, f.Evidence = 97, Format|Structure|Checksum
		}
		return f, true
	}
	if s[p] != 'P' || !s.freeBefore(p) {
		return f, false
	}
	end, fillers := p, 0
	for ; machine(s[end]) && end-p < 50; end++ {
		if s[end] == '<' {
			fillers++
		}
	}
	if fillers < 3 || end-p < 20 {
		return f, false
	}
	next := end
	for n := 0; n < 3 && (s[next] == '\n' || s[next] == '\r' || s[next] == ' '); n++ {
		next++
	}
	if s.digits(next) == 10 && string(s[next+10:next+13]) == "RUS" {
		return f, false // found with its second line
	}
	return Finding{Start: uint32(p), End: uint32(end), Score: 85, Evidence: Format | Structure}, true
}
