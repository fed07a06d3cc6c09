package detectors

// VehiclePlate is the state registration plate of a vehicle (GOST R 50577-2018): a letter, three digits, two letters
// and the code of a region, the letters those that look alike in Cyrillic and Latin. Plates of taxis, trailers,
// motorcycles, the police, the army and of diplomats are looked for behind a word only.
var VehiclePlate = declare(Detector{
	Kind:   "vehicle_plate",
	Class:  Quasi,
	Doc:    Doc{RU: "госномер автомобиля", EN: "vehicle registration plate"},
	Prefix: "госномер",
	Near:   []string{"госномер*", "госзнак*", "грз", "г.н", "plate*", "gosnomer*"},
	Cues:   []string{"госномер*", "госзнак*", "грз", "г.н", "gosnomer*", "гос", "рег", "регистрационн*", "прицеп*", "полуприцеп*", "мотоцикл*", "автобус*", "такси"},
	Names: []string{"госномер", "гос_номер", "госзнак", "гос_знак", "грз", "г_н", "номер_авто", "номер_автомобиля", "номер_машины", "номер_тс", "автономер",
		"авто_номер", "номерной_знак", "регистрационный_знак", "рег_знак", "рег_номер_тс", "государственный_номер", "госномер_тс", "gosnomer", "gos_nomer",
		"gosznak", "gos_znak", "grz", "nomer_avto", "avto_nomer", "avtonomer", "nomer_mashiny", "nomer_ts", "reg_znak", "plate", "plate_number", "plate_no",
		"license_plate", "licence_plate", "number_plate", "car_number", "car_plate", "car_no", "vehicle_plate", "vehicle_number", "vehicle_no",
		"registration_plate", "reg_plate", "registration_mark"},
	Telling: true,
	Company: 82,
	Find:    findVehiclePlate,
	Reach:   512,
	Fits: func(value []byte) bool {
		var buf [72]byte
		s := bordered(buf[:0], value)
		if s == nil {
			return false
		}
		end, shape := s.plateShape(1)
		if rest := s[end : len(value)+1]; end > 0 && len(rest) <= 4 && russia(trimSpace(rest)) {
			end = len(value) + 1
		}
		return end == len(value)+1 && shape != plateOfNone
	},
	Normal: normalPlate,
	Good: []string{
		"А123ВС77",
		"Лада Гранта, госномер М 456 ОР 197",
		"машина х789ку 116, стоит во дворе",
		"Автомобиль KIA RIO A123BC177 белого цвета",
		"пропуск на авто к321мн, завтра",
		"г/н Е555КХ750RUS",
		"грз: такси АВ 123 77",
		"прицеп АВ1234 50",
		"гос. номер 1234 АВ 77",
	},
	Bad: []string{
		"артикул А123ВС77",
		"const key = \"A123BC77\"",
		"ГОСТ Р 50577-2018",
		"каб. А123, комната Е200",
		"СКИДКА С 100 НА 150 РУБЛЕЙ",
		"с 100 на 77 процентов",
		"А123БЩ77",
		"АА123ВС77",
		"А000АА77",
		"рейс СУ 1234 77",
	},
})

// A plate is what was read around three digits.
type plate struct {
	start, end               int
	region                   int // 0 is none
	cyrillic, small, capital int // letters
	spaced, uneven           bool
	pair                     [2]byte // the second and third letter, as Latin capitals
}

func findVehiclePlate(dst []Finding, t *Text) []Finding {
	a := t.Arena
	for _, p := range t.Threes {
		if a[p-1]|0x20-'a' < 26 && inName(a[p-2]) {
			continue // most are a part of something longer
		}
		if f, ok := plateAround(t, int(p)); ok {
			dst = append(dst, f)
		}
	}
	from := len(dst)
	for _, c := range t.Cues(t.current) {
		f, ok := plateAfter(sheet(t.Arena), int(c.End))
		for ok && (len(dst) == from || dst[len(dst)-1].Start < f.Start) {
			dst = append(dst, f)
			f, ok = plateAfter(sheet(t.Arena), int(f.End)) // КН 271 61, МО 305 61
		}
	}
	return dst
}

// plateAround judges the plate around three digits at p.
func plateAround(t *Text, p int) (f Finding, ok bool) {
	s := sheet(t.Arena)
	x, ok := s.plate(p)
	if !ok {
		return f, false
	}
	f = Finding{Start: uint32(x.start), End: uint32(x.end), Evidence: Format}
	if x.region > 0 && issued(x.region) {
		f.Evidence |= Structure
	}
	if t.Whole(f.Start, f.End) {
		f.Evidence |= Whole
	}
	alone := x.alone(f.Evidence)
	if s[x.start-1] == '-' && alphanumeric(s[x.start-2]) || s[x.end] == '-' && alphanumeric(s[x.end+1]) || s[x.end] == '/' || s[x.start-1] == '/' {
		alone = min(alone, 25) // part of a longer code
	}
	c := t.words.find(t, f.Start, f.End, leftWindow)
	switch {
	case c.speaks(t.current, leftWindow), !c.negative && (x.region > 0 || !x.spaced || x.small == 0) && s.driven(&x):
		f.Score = 90
		if x.region == 0 {
			f.Score = 85
		}
		f.Evidence |= Keyword
	case alone == 0:
		return f, false
	case c.negative || s.goods(x.end):
		f.Score = min(alone, 25)
		f.Evidence |= Negative
	default:
		f.Score = alone
	}
	return f, true
}

// alone is the score of a plate without a word.
func (x *plate) alone(e Evidence) uint8 {
	full, plain := x.region > 0, x.small == 0 || x.capital == 0
	switch {
	case !full && x.cyrillic == 3 && x.small == 0 && !x.spaced:
		return 35
	case !full || x.spaced && (shortWord(x.pair) || x.small > 0 || x.cyrillic == 0):
		return 0
	case x.cyrillic == 0 && x.small == 0:
		return 50 // article numbers look like that
	case x.cyrillic == 0:
		return 20
	case e&Structure == 0 || !plain || x.uneven:
		return 60
	case x.spaced || x.small > 0:
		return 80
	}
	return 85
}

// shortWord says whether two letters are a word or a unit: С 100 НА 150.
func shortWord(pair [2]byte) bool {
	const words = " HA HE BO CO KO TO HY OH TY OT CM MM KM CT "
	for i := 1; i < len(words); i += 3 {
		if words[i] == pair[0] && words[i+1] == pair[1] {
			return true
		}
	}
	return false
}

// issued says whether a code of a region is in use: two digits, or one of those digits that stand before them by now.
func issued(region int) bool {
	if region%100 == 0 {
		return false
	}
	switch region / 100 {
	case 0, 1, 2, 3, 5, 7, 9:
		return true
	}
	return false
}

// plate reads a letter, the three digits at p, two letters, and a region if there is one.
func (s sheet) plate(p int) (x plate, ok bool) {
	if s[p] == '0' && s[p+1] == '0' && s[p+2] == '0' {
		return x, false
	}
	i := p
	if s[i-1] == ' ' {
		i--
		x.spaced = true
	}
	x.start = s.letter(i)
	if x.start == i || x.add(s, x.start) == 0 || !s.freeBefore(x.start) {
		return x, false
	}
	j := p + 3
	x.uneven = x.spaced != (s[j] == ' ')
	if s[j] == ' ' {
		j++
		x.spaced = true
	}
	for k := range x.pair {
		n := x.add(s, j)
		if n == 0 {
			return x, false
		}
		x.pair[k] = s.twin(j)
		j += n
	}
	x.end = j
	r := j
	for n := 0; n < 2 && (s[r] == ' ' || s[r] == '|'); n++ {
		r++
	}
	if r == j && s[r] == 0xC2 && s[r+1] == 0xA0 {
		r += 2
	}
	if n := s.digits(r); (n == 2 || n == 3) && s.plateEnds(r+n) {
		for _, b := range s[r : r+n] {
			x.region = x.region*10 + int(b-'0')
		}
		if x.region > 0 {
			x.end = r + n
			return x, true
		}
	}
	return x, s.freeAfter(j)
}

// add counts the letter at i, if plates have it, and returns its length.
func (x *plate) add(s sheet, i int) int {
	n := s.letterAt(i)
	if n == 0 || s.twin(i) == 0 {
		return 0
	}
	if n == 2 {
		x.cyrillic++
	}
	if s.capitalAt(i) {
		x.capital++
	} else {
		x.small++
	}
	return n
}

// plateEnds says whether a plate may end at i: RUS may follow.
func (s sheet) plateEnds(i int) bool {
	if s.freeAfter(i) {
		return true
	}
	end, letters := wordAfter(s, i)
	return letters == 3 && russia(s[i:end]) && s.freeAfter(end)
}

// russia says whether a word is the state's name on a plate, or nothing.
func russia(w []byte) bool {
	switch string(w) {
	case "", "RUS", "rus", "Rus", "РУС", "рус":
		return true
	}
	return false
}

// driven says whether words of cars stand around.
func (s sheet) driven(x *plate) bool {
	if n, ok := s.wordsLeft(x.start, 6, plateCars); ok && (n > 0 || !x.spaced) {
		return true
	}
	_, ok := s.wordsRight(x.end, 4, plateCars)
	return ok
}

// goods says whether a standard or a measure follows: no plate stands before one.
func (s sheet) goods(i int) bool {
	_, ok := s.wordsRight(i, 1, standards)
	return ok
}

var standards = newVocabulary("гост ту ост мм см кг шт штук руб рублей")

// plateCars are words that plates stand with; the first one alone is not enough for letters and digits that stand apart.
var plateCars = newVocabulary(`номер* автомобил* автомашин* машин* авто тачк* тачил* а.м т.с тс гос госномер* рег регистрационн* номерн* такси водител* парков* пропуск* шлагбаум* стоянк* въезд* заезд*
	эвакуатор* прицеп* грузовик* фура фуры тягач* мотоцикл* дтп припаркован* штраф* угон* угнан* каско осаго кроссовер* седан* универсал* хэтчбек*
	лада лады ладу ладе ваз газель* камаз* уаз* маз газ паз приора* гранта* веста* весту калина* нива ниву тойот* киа хендай* хендэ* хундай* хёндай* мерседес* бмв ауди фольксваген* шкода* шкоду рено
	ниссан* мазда* мазду форд* опель* шевроле хонда* хонду субару лексус* мицубиси* митсубиси* чери хавал* хавейл* джили омода* москвич* солярис* поло рио октави* рапид* камри королл* логан* дастер*
	крузак* крета крету туксон* спортейдж* вольво пежо ситроен* сузуки рав порше
	car cars auto vehicle* truck taxi kia hyundai toyota lada bmw audi mercedes* volkswagen vw skoda renault nissan mazda ford opel chevrolet honda subaru lexus
	mitsubishi chery haval geely exeed omoda volvo peugeot citroen suzuki porsche gaz uaz kamaz solaris rio polo camry logan duster creta parking`)

// plateAfter reads a plate of another class behind a word for plates that ends at i.
func plateAfter(s sheet, i int) (f Finding, ok bool) {
	for from := i; i-from < 64; {
		switch b := s[i]; {
		case b == 0:
			return f, false
		case b-'0' <= 9 || s.letterAt(i) > 0:
			if s.digitNext(i) {
				if end, shape := s.plateShape(i); end > 0 && shape == plateOfClass {
					return Finding{Start: uint32(i), End: uint32(end), Score: 88, Evidence: Keyword | Format}, true
				}
			}
			if b-'0' <= 9 {
				return f, false
			}
			end, _ := wordAfter(s, i)
			if !plateLabels.has(s[i:end]) {
				return f, false
			}
			i = end
		case b < 0x80:
			i++
		case b&0xE0 == 0xC0 && s[i+1] >= 0x80:
			i += 2
		case b&0xF0 == 0xE0 && s[i+1] >= 0x80 && s[i+2] >= 0x80:
			i += 3
		default:
			return f, false
		}
	}
	return f, false
}

// digitNext says whether a digit stands behind two letters at i, or less, as in all plates but those of cars.
func (s sheet) digitNext(i int) bool {
	for range 2 {
		if i += s.letterAt(i); s[i] == ' ' {
			i++
		}
	}
	return s[i]-'0' <= 9
}

var plateLabels = newVocabulary(`номер* знак* рег регистрационн* государственн* гос тс автомобил* авто машин* прицеп* полуприцеп* такси полици* полицейск*
	мотоцикл* военн* дипломатическ* транзитн* number no n с это и маршрутк* автобус*`)

// What plateShape finds.
const (
	plateOfNone  = iota
	plateOfCar   // the common one
	plateOfClass // of taxis, trailers, motorcycles, the police, the army, diplomats
)

// plateShape reads letters, digits and single spaces from i on, and returns the end of the longest plate that they are.
func (s sheet) plateShape(i int) (end, shape int) {
	var buf [12]byte
	var digits [12]byte
	n := 0
	if !s.freeBefore(i) {
		return 0, plateOfNone
	}
	for n < len(buf) {
		switch b := s[i]; {
		case b-'0' <= 9:
			buf[n], digits[n] = '9', b
			i++
		case b == 'D' || b == 'd':
			buf[n] = 'D'
			i++
		case s.letterAt(i) > 0 && s.twin(i) != 0:
			buf[n] = 'A'
			i += s.letterAt(i)
		case b == ' ' && n > 0:
			i++
			if s[i] == ' ' {
				return end, shape
			}
			continue
		default:
			return end, shape
		}
		n++
		k, long := shapeOfPlate(string(buf[:n]))
		if k != plateOfNone && s.plateEnds(i) && (!long || digits[n-3] == '1' || digits[n-3] == '7') {
			end, shape = i, k
		}
	}
	return end, shape
}

// shapeOfPlate knows the plates: A is a letter, 9 a digit, D the letter of diplomats. long says that the code of the
// region has three digits, and is not that of a car.
func shapeOfPlate(s string) (shape int, long bool) {
	switch s {
	case "A999AA", "A999AA99", "A999AA999":
		return plateOfCar, false
	case "AA9999999", "A9999999", "9999AA999", "AA999A999":
		return plateOfClass, true
	case "AA99999", "AA999999", "A999999", "9999AA99", "AA999A99", "999AD999", "999AD9999", "999D99999", "999D999999":
		return plateOfClass, false
	}
	return plateOfNone, false
}

// normalPlate is a plate in Cyrillic capitals, without spaces and the state's name.
func normalPlate(dst, value []byte) []byte {
	var buf [72]byte
	s := bordered(buf[:0], value)
	if s == nil {
		return append(dst, value...)
	}
	end, _ := s.plateShape(1)
	if end == 0 {
		return append(dst, value...)
	}
	for i := 1; i < end; i++ {
		switch b := s[i]; {
		case b-'0' <= 9:
			dst = append(dst, b)
		case s.letterAt(i) > 0:
			dst = appendCyrillic(dst, s, &i)
		}
	}
	return dst
}
