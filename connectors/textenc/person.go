package textenc

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Person says whether a single word looks like the name of a person: a Russian surname or patronymic by its ending,
// or a usual given name, with a capital letter first or only capitals. Whoever takes words for the names of columns
// or keys, and prints them, asks. It answers by the word alone, so that it says the same wherever the word stands.
// In doubt it says yes, but for nouns that are known to name things.
func Person(word string) bool {
	first, n := utf8.DecodeRuneInString(word)
	if !unicode.IsUpper(first) {
		return false
	}
	small := word[n:] == strings.ToLower(word[n:])
	if !small && word != strings.ToUpper(word) { // neither Иванов nor ИВАНОВ
		return false
	}
	w := strings.ReplaceAll(strings.ToLower(word), "ё", "е")
	if given[w] {
		return true
	}
	if things[w] {
		return false
	}
	letters := 0
	for _, r := range w {
		if !unicode.IsLetter(r) {
			return false
		}
		letters++
	}
	endings := russianNames
	if first < utf8.RuneSelf {
		endings = latinNames
	}
	for _, e := range endings {
		if letters >= 4 && letters <= 20 && len(w) > len(e)+len("a") && strings.HasSuffix(w, e) {
			for _, not := range adjectives {
				if strings.HasSuffix(w, not) {
					return false
				}
			}
			return true
		}
	}
	return false
}

var (
	russianNames = strings.Fields(`ов ев ин ын ова ева ина ына ский ская цкий цкая ской цкой ко юк чук щук чак ян янц дзе швили
		оглы кызы ович евич ична овна евна инична`)
	latinNames = strings.Fields("ov ova ev eva enko sky skiy skyi skaya chuk shvili ovich evich ovna evna yan")
	adjectives = strings.Fields("ческий ческая")
)

// given are usual given names, with the short forms that people sign with.
var given = words(`александр александра алексей алена алина алиса алла анастасия анатолий ангелина андрей анна антон анжелика арина
	аркадий арсений артем артур богдан борис вадим валентин валентина валерий валерия варвара василий вера вероника виктор виктория
	виталий владимир владислав всеволод вячеслав галина геннадий георгий герман глеб григорий дарья денис диана дмитрий ева
	евгений евгения егор екатерина елена елизавета жанна захар зинаида зоя иван игнат игорь илья инна ирина карина кира кирилл
	клавдия константин кристина ксения лариса лев леонид лидия лилия любовь людмила майя максим маргарита марина мария марк
	марьяна матвей милана мирон мирослав михаил надежда наталия наталья никита николай нина оксана олег олеся ольга павел петр
	полина раиса ренат римма роман руслан рустам савелий светлана святослав семен сергей снежана софия софья станислав степан
	таисия тамара татьяна тимофей тимур ульяна федор фаина филипп эдуард элина эльвира эмилия эмма юлиан юлия юрий яна ярослав
	саша маша даша наташа катя лена оля таня света ира юля аня настя сережа дима коля миша паша леша женя вова толя
	айгуль алмаз азат айдар булат гульнара дамир ильдар ильнур камила мурат нурлан руслана тагир фарид шамиль
	anna maria elena olga ivan sergey alexey dmitry andrey mikhail alexander natalia ekaterina tatiana irina svetlana john mary
	james robert michael david william richard thomas elizabeth jennifer linda susan jessica sarah peter paul anton boris viktor`)

// things are words that end like surnames and name things, in the forms that columns and keys have.
var things = words(`магазин логин админ бензин витамин термин рубин апельсин мандарин аспирин инсулин гражданин хозяин господин
	один плагин чин дельфин камин кувшин аршин протеин кофеин никотин клин блин джин пин корзина машина причина
	величина длина ширина глубина толщина старшина половина середина картина кабина витрина резина вакцина
	медицина доктрина дисциплина пружина вершина родина община мужчина женщина долина равнина пластина турбина
	шина глина мина вина тина година горловина древесина паутина плотина скотина тишина истина новина остров улов
	кров ров готов часов заказов клиентов контактов номеров файлов отзывов визитов просмотров кликов показов
	баллов бонусов товаров адресов телефонов чеков отказов входов звонков документов счетов процентов метров
	литров голосов символов отделов сотрудников подписчиков лайков комментов постов репостов вопросов ответов
	основа корова голова слова снова обнова половина королева слева дева посев нагрев отсев сев гнев хлев русский
	русская английский английская немецкий немецкая французский испанский китайский украинский городской
	городская мужской мужская женский женская морской морская детский детская сельский сельская заводской
	складской банковский банковская абонентский абонентская клиентский клиентская пользовательский учительская
	гражданский гражданская российский российская советский казанский московский московская пермский тульский
	юридическая молоко яблоко только далеко ушко облако очко окошко сколько несколько каюк крюк тюк баян крестьян
	урюк dev prev rev kiev`)

func words(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}
