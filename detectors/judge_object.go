package detectors

import (
	"bytes"
	"slices"
	"strings"
)

// Judged is a column of an object, for JudgeTogether.
type Judged struct {
	Name    string
	Verdict *Verdict
	// Firms is the share of values that are an organisation's by themselves (OfFirm).
	Firms float64
}

// JudgeTogether settles what the columns of an object tell of each other, once each has its verdict: an attribute that
// only stands for a person beside others (weight beside height, the day of issue beside a passport), and telephone
// numbers and addresses of a table of organisations, which identify nobody. Names of columns alone have made columns one value, by Composites: what holds no words is no part
// of a person's name.
func JudgeTogether(object string, columns []Judged) {
	for _, c := range columns {
		if v := c.Verdict; v.wordless && v.Label == PersonName && v.Evidence&Composite != 0 {
			v.Label, v.Part, v.Score, v.Evidence, v.FreeText = nil, WholeValue, 0, 0, v.running // first and last of a range
		}
	}
	var labels []Kind
	sexed, attributes := 0, 0
	for _, c := range columns {
		v := c.Verdict
		switch {
		case v.Label != nil:
			labels = append(labels, v.Label.Kind)
		case v.Attribute != Safe:
			attributes++
			if n := splitName(c.Name); n.has(bodyWords) {
				sexed++
			}
		}
	}
	among := func(kinds ...Kind) bool {
		return slices.ContainsFunc(labels, func(k Kind) bool { return slices.Contains(kinds, k) })
	}
	person := slices.ContainsFunc(labels, func(k Kind) bool {
		return Find(k).Class != Organisation && k != "postcode" && k != geoKind && k != "secret"
	})
	for _, c := range columns {
		v := c.Verdict
		if v.Label != nil || v.Attribute == Safe {
			continue
		}
		switch needs := attributeNeeds(c.Name); {
		case len(needs) == 0:
			if !person && attributes < 2 {
				v.Attribute = Safe // пол of a floor
			}
		case needs[0] == "":
			if sexed < 2 && !among(dateKind) {
				v.Attribute = Safe // the weight of a parcel
			}
		case !among(needs...):
			v.Attribute = Safe
		}
	}
	n := splitName(object)
	if !among("kpp", "ogrn", "okpo") && !n.has(firmObjects) || among(ownKinds...) {
		return
	}
	for _, c := range columns {
		if v := c.Verdict; v.Label != nil {
			switch v.Label.Kind {
			case phoneKind, "email", "bank_account":
				v.Firm = c.Firms >= 0.5
			case "address", "postcode", geoKind:
				v.Firm = true
			}
		}
	}
}

// ownKinds are numbers and names that people have and organisations have not; a table of organisations may well hold the
// name of who leads them.
var ownKinds = []Kind{"inn", "snils", "passport", "passport_foreign", "birth_date", "birth_certificate", "oms", "driver_license", "military_id", "card",
	"nickname", "kz_iin", "rnokpp", "by_personal", "ogrnip"}

// bodyWords are attributes of a body, which stand together.
const bodyWords = "пол pol sex gender возраст age рост rost height вес ves weight стать"

// firmObjects are names of tables whose rows are places and organisations.
const firmObjects = `организации organizations organisations companies компании юрлица юридические поставщики suppliers vendors firms фирмы отели отель hotels hoteli
	hotel гостиницы магазины магазин shops stores города cities регионы regions районы branches branch филиалы офисы offices склады warehouses банки banks
	аптеки pharmacies рестораны restaurants пвз pvz терминалы terminals станции stations аэропорты airports`

// attributeNeeds lists kinds of which one has to stand in the object for an attribute to be one; "" is a body's.
func attributeNeeds(name string) []Kind {
	n := splitName(name)
	for i := range dependent {
		for _, w := range dependent[i].names {
			if m, ok := n.find(w); ok && !m.weak {
				return dependent[i].beside
			}
		}
	}
	return nil
}

var dependent = []struct {
	names  []string
	beside []Kind
}{
	{strings.Fields("рост rost height вес ves weight"), []Kind{""}},
	{strings.Fields(documentNames), []Kind{"passport", "passport_foreign", "driver_license", "military_id", "birth_certificate", "person_name"}},
	{strings.Fields(validNames), []Kind{"passport", "passport_foreign", "driver_license", "military_id"}},
	{strings.Fields(cardNames), []Kind{"card"}},
	{strings.Fields(codeNames), []Kind{phoneKind}},
	{strings.Fields(houseNames), []Kind{"person_name", phoneKind, "email", "inn", "snils", "passport", dateKind}},
}

// Names of attributes that depend on what stands beside them.
const (
	documentNames = `кем_выдан kem_vydan issued_by дата_выдачи data_vydachi issue_date код_подразделения код_подр kod_podr kod_podrazdelenia`
	validNames    = `действителен_до действительно_до passport_expiry`
	cardNames     = `expiry expires exp_date expiration expiration_date card_exp card_expiry valid_thru срок_действия`
	codeNames     = `код_телефона телефон_код phone_code area_code`
	houseNames    = `дом dom house корпус корп строение квартира kvartira кв kv apartment apt flat`
)

// OfFirm says that a telephone number, a mailbox or an account is an organisation's by itself: no mobile number, a mailbox
// named for an office, an account that the chart of accounts (Bank of Russia, 809-P) gives to organisations.
func OfFirm(value []byte) bool {
	if at := bytes.IndexByte(value, '@'); at > 0 {
		var buf [16]byte
		return at <= len(buf) && officeBoxes.has(lowered(buf[:0], value[:at]))
	}
	var buf [24]byte
	d := onlyDigits(value, &buf, 10, 20)
	switch len(d) {
	case 10:
		return d[0] != '9'
	case 11:
		return (d[0] == '7' || d[0] == '8') && d[1] != '9'
	case 20:
		switch string(d[:3]) {
		case "401", "402", "403", "404", "405", "406", "407", "031", "032":
			return true
		}
	}
	return false
}

type wordSet map[string]bool

func (s wordSet) has(w []byte) bool { return s[string(w)] }

var officeBoxes = func() wordSet {
	s := wordSet{}
	for _, w := range strings.Fields(`info office sales reception booking support help mail zakaz order orders shop hello contact contacts admin hr job kadry
		buh buhgalter priem secretary pr marketing reklama service hotline feedback company director post inbox zayavka opt snab zakupki tender`) {
		s[w] = true
	}
	return s
}()
