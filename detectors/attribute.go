package detectors

import "strings"

// Role says what a column means for the risk of re-identification (the terms of ISO/IEC 20889: direct identifier,
// quasi-identifier, sensitive attribute). The zero value is safe to read as "not known to be personal".
type Role uint8

// The roles.
const (
	Safe       Role = iota
	FreeText        // running text: anything may stand in it
	QuasiRole       // identifies together with others
	Sensitive       // special categories, biometrics, secrets
	DirectRole      // identifies a person
)

var roleNames = [...]string{"safe", "free_text", "quasi", "sensitive", "direct"}

func (r Role) String() string { return roleNames[r] }

// RoleOf is the role of a column of a kind.
func RoleOf(d *Detector) Role {
	switch {
	case d.Class == Direct:
		return DirectRole
	case d.Class == Special || d.Kind == "secret":
		return Sensitive
	case d.Class == Quasi || d.Class == Technical: // device ids and addresses of machines link records
		return QuasiRole
	}
	return Safe
}

// AttributeRole is the role of an attribute that no value can tell, only the name of its column: sex, age, city,
// profession, income. It is Safe where the name says nothing.
func AttributeRole(name string) Role {
	n := splitName(name)
	if len(n.tokens) == 0 {
		return Safe
	}
	for _, known := range attributes {
		for _, w := range known.names {
			if m, ok := n.find(w); ok && !m.weak && !n.foreign(m) && !n.about(m) {
				return known.role
			}
		}
	}
	if n.has(derivedWords) {
		for _, d := range declared {
			for _, w := range d.Names {
				if m, ok := n.find(w); ok && !m.weak && d.Class == Direct && n.about(m) {
					return QuasiRole
				}
			}
		}
	}
	return Safe
}

// derivedWords say that a column holds what an identifier was turned into: equal persons have equal ones.
const derivedWords = "hash md sha digest mask masked маска хеш хэш"

// attributes are detectors.md 8 and 10: what is known of a person besides identifiers.
var attributes = []struct {
	role  Role
	names []string
}{
	{QuasiRole, strings.Fields(`пол pol sex gender возраст vozrast age год_рождения god_rozhdenia birth_year year_of_birth город gorod city town регион region
		область oblast район raion district населенный_пункт место_рождения mesto_rozhdenia birth_place place_of_birth гражданство grazhdanstvo citizenship
		профессия professia profession occupation должность dolzhnost job_title job работодатель место_работы mesto_raboty employer workplace company_position
		образование obrazovanie education вуз vuz university школа семейное_положение marital_status marital дети deti children количество_детей рост rost height
		вес ves weight телосложение язык native_language язык_общения user_agent useragent браузер browser
		стаж staz звание zvanie разряд класс_обучения school_class учебная_группа улица ulica street ул нас_пункт вид_деятельности position вус driving_since
		стаж_вождения стать громадянство місто wallet кошелек wallet_address photo фото avatar аватар фотография стс sts птс pts
		` + documentNames + " " + validNames + " " + codeNames + " " + houseNames)},
	{Sensitive, strings.Fields(cardNames)},
	{Sensitive, strings.Fields(`зарплата zarplata оклад oklad salary доход dohod income заработок wage кредитный_рейтинг credit_score долг долга сумма_долга задолженность debt
		диагноз diagnoz diagnosis группа_крови blood_type blood_group инвалидность invalidnost disability национальность nacionalnost nationality ethnicity race
		религия religia religion вероисповедание судимость sudimost criminal_record conviction ориентация orientacia orientation looking_for ищет партия partia
		политические_взгляды political_views отпечаток fingerprints face_vector face_embedding voiceprint фото_лица`)},
}

// Passes says whether a whole value of a column named after d is a well-formed value of it, as it stands or with what
// spreadsheets do to numbers undone: 7707083893.0, 7.707083893E+09, a lost zero in front.
func (d *Detector) Passes(value []byte) bool {
	if d.Fits == nil {
		return false
	}
	if d.Fits(value) {
		return true
	}
	if d.Digits == 0 || len(value) > 30 {
		return false
	}
	var buf [32]byte
	number := integer(buf[:0], value)
	if number == nil {
		return false
	}
	if len(number) != len(value) && d.Fits(number) {
		return true
	}
	if d.Digits>>min(len(number), 31)&1 != 0 {
		return false // long enough, and wrong
	}
	// One or two zeros in front are lost: regions 01 to 09, and numbers that begin with 00.
	for range 2 {
		number = append(number, 0)
		copy(number[1:], number)
		number[0] = '0'
		if d.Digits>>min(len(number), 31)&1 != 0 && d.Fits(number) {
			return true
		}
	}
	return false
}

// integer appends the digits of a whole number written as digits, as 770.0 or as 7.7E+02; it returns nil for anything else.
func integer(dst, value []byte) []byte {
	point, exponent := -1, 0
	i := 0
	for ; i < len(value); i++ {
		switch b := value[i]; {
		case b-'0' <= 9:
			dst = append(dst, b)
			continue
		case (b == '.' || b == ',') && point < 0 && i > 0:
			point = len(dst)
			continue
		}
		break
	}
	if len(dst) == 0 || len(dst) > 24 {
		return nil
	}
	if i < len(value) {
		if value[i]|0x20 != 'e' || i+1 >= len(value) {
			return nil
		}
		rest := value[i+1:]
		if rest[0] == '+' {
			rest = rest[1:]
		}
		if len(rest) == 0 || len(rest) > 2 {
			return nil
		}
		for _, b := range rest {
			if b-'0' > 9 {
				return nil
			}
			exponent = exponent*10 + int(b-'0')
		}
	}
	if point < 0 {
		point = len(dst)
	}
	point += exponent
	if point > 24 {
		return nil
	}
	for len(dst) < point {
		dst = append(dst, '0')
	}
	for _, b := range dst[point:] {
		if b != '0' {
			return nil // a fraction
		}
	}
	return dst[:point]
}
