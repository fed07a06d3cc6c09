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
		if v.Of > 0 {
			s = append(s, fmt.Sprintf(say("проверку прошли %d из %d разных значений выборки", "%d of %d distinct values sampled pass"), v.Passed, v.Of))
		}
		if v.Evidence&Profile != 0 {
			s = append(s, say("случайные числа столько не дают", "random values would not pass as often"))
			if v.Evidence&Checksum == 0 {
				s[len(s)-1] = say("почти все значения записаны по форме этого вида", "nearly all values are written in the form of this kind")
			}
		}
		if v.Evidence&Column != 0 {
			s = append(s, say("на это указывает имя колонки", "the name of the column says so"))
		}
		if v.Evidence&ChecksumFailed != 0 {
			s = append(s, say("контрольные цифры не сходятся: опечатки или вымышленные данные", "check digits are wrong: typos or made-up data"))
		}
		s = append(s, fmt.Sprintf(say("уверенность %d %%", "confidence %d %%"), v.Score))
		return head + ": " + strings.Join(s, "; ") + v.explainChance(ru)
	case v.FreeText:
		s = append(s, say("свободный текст: значения внутри ячеек оцениваются по отдельности", "running text: values inside cells are judged one by one"))
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
