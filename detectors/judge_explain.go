package detectors

import (
	"fmt"
	"strings"
)

// Explain says to people why the verdict is what it is, in Russian ("ru") or English. It holds counts, no values.
func (v *Verdict) Explain(lang string) string {
	ru := lang == "ru"
	say := func(r, e string) string {
		if ru {
			return r
		}
		return e
	}
	var s []string
	switch {
	case v.Label != nil:
		head := say(v.Label.Doc.RU, v.Label.Doc.EN)
		if v.Part != WholeValue && int(v.Part) < len(partWords) {
			head += say(", "+partWords[v.Part][0], ", "+partWords[v.Part][1])
		}
		switch {
		case v.Of > 0 && v.Held:
			s = append(s, fmt.Sprintf(say("это есть в %d из %d разных значений выборки, рядом с другим", "%d of %d distinct values sampled hold it, beside something else"), v.Passed, v.Of))
		case v.Of > 0:
			s = append(s, fmt.Sprintf(say("проверку прошли %d из %d разных значений выборки", "%d of %d distinct values sampled pass"), v.Passed, v.Of))
		}
		switch {
		case v.Evidence&Profile == 0:
		case v.Held:
			s = append(s, say("кроме этого в значениях почти ничего нет", "there is hardly anything else in the values"))
		case v.Evidence&Checksum == 0:
			s = append(s, say("почти все значения записаны по форме этого вида", "nearly all values are written in the form of this kind"))
		default:
			s = append(s, say("случайные числа столько не дают", "random values would not pass as often"))
		}
		if v.Evidence&Composite != 0 {
			s = append(s, say("соседние колонки дополняют значение", "columns beside it complete the value"))
		}
		if v.Evidence&Column != 0 {
			s = append(s, say("на это указывает имя колонки", "the name of the column says so"))
		}
		if v.Firm {
			s = append(s, say("это данные организаций: человека они не называют", "these are organisations': they name no person"))
		}
		if v.Evidence&ChecksumFailed != 0 {
			s = append(s, say("контрольные цифры не сходятся: опечатки или вымышленные данные", "check digits are wrong: typos or made-up data"))
		}
		s = append(s, fmt.Sprintf(say("уверенность %d %%", "confidence %d %%"), v.Score))
		return head + ": " + strings.Join(s, "; ") + v.explainChance(ru)
	case v.FreeText:
		s = append(s, say("свободный текст: значения внутри ячеек оцениваются по отдельности", "running text: values inside cells are judged one by one"))
	case v.Attribute == Sensitive:
		s = append(s, say("по имени колонки это чувствительный признак человека: никого не называет, но его раскрытие вредит", "by its name a sensitive attribute of a person: it names nobody, but telling it does harm"))
	case v.Attribute != Safe:
		s = append(s, say("по имени колонки это признак человека, а не идентификатор: сам по себе он никого не называет", "by its name an attribute of a person and no identifier: alone it names nobody"))
	default:
		s = append(s, say("колонка ничего не говорит о виде данных: значения оцениваются по отдельности", "the column does not tell a kind: values are judged one by one"))
	}
	return strings.Join(s, "; ") + v.explainChance(ru)
}

func (v *Verdict) explainChance(ru bool) string {
	if len(v.Chance) == 0 || v.Label != nil {
		return ""
	}
	names := make([]string, 0, len(v.Chance))
	for _, k := range v.Chance {
		names = append(names, string(k))
	}
	if ru {
		return "; совпадения случайны или противоречат типу колонки: " + strings.Join(names, ", ")
	}
	return "; matches are chance or contradict the type of the column: " + strings.Join(names, ", ")
}

var partWords = [...][2]string{
	Surname: {"фамилия", "surname"}, GivenName: {"имя", "given name"}, Patronymic: {"отчество", "patronymic"},
	Series: {"серия", "series"}, Number: {"номер", "number"}, Day: {"день", "day"}, Month: {"месяц", "month"}, Year: {"год", "year"},
}
