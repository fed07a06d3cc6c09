package detectors

import "strings"

// SpecialEthnicity is somebody's race, nationality in the ethnic sense, or origin. The words are also adjectives of
// languages, dishes and museums: only nouns for one person count, and what stands with the word nationality.
var SpecialEthnicity = declare(Detector{
	Kind:   "special_ethnicity",
	Class:  Special,
	Doc:    Doc{RU: "национальность, раса", EN: "race or ethnic origin"},
	Prefix: "этнос",
	Cues:   ethnicCues.words,
	Names: strings.Fields(`национальность национальности национальная_принадлежность этническая_принадлежность этническое_происхождение этнос народность раса
		расовая_принадлежность nacionalnost natsionalnost nationalnost narodnost etnos rasa nationality ethnicity ethnic_group ethnic_origin
		ethnic_background race racial_origin`),
	Find:   findSpecialEthnicity,
	Reach:  768,
	Fits:   func(value []byte) bool { return fitsWord(value, peopleWords) },
	Normal: lowered,
	Good: []string{
		"Национальность: башкир",
		"Муж у меня татарин, свекровь строгая",
		"Соискатель Ахметов И. Р., по национальности казах",
		"мой отец — еврей, родился в Одессе",
		"{\"name\":\"Анна\",\"национальность\":\"чувашка\"}",
		"Ethnicity: Tatar",
	},
	Bad: []string{
		"Русский язык и татарская кухня",
		"еврейский музей открыт по воскресеньям",
		"национальная экономика растёт",
		"перевод на армянский язык, 5 страниц",
		"обработка сведений о расовой, национальной принадлежности не допускается",
		"Татары и башкиры живут в Поволжье",
		"корейка по-китайски с рисом",
	},
})

// How the cues of ethnicity are read.
const (
	ethnicNoun        = iota // a noun for one person
	ethnicRussian            // an adjective that is one, too
	ethnicNationality        // the word nationality
	ethnicOrigin             // of Jewish origin, of Slavic looks
	ethnicRace
	ethnicEnglish
)

var ethnicCues = newCueList(
	cueGroup{ethnicNoun, endsMan, `татарин осетин грузин армянин хакас мордвин молдаванин болгарин башкир чуваш калмык бурят якут удмурт ингуш лезгин
		кумык казах узбек таджик киргиз кыргыз туркмен
		белорус эвенк адыг абхаз курд цыган поляк латыш грек серб румын`},
	cueGroup{ethnicNoun, "й я ю ем е", `евре`},
	cueGroup{ethnicNoun, endsEc, `чечен дагестан коре украин азербайджан кабардин балкар авар даргин тувин нен нем литов эстон китай японец`},
	cueGroup{ethnicNoun, endsWomanK, `татарк осетинк грузинк армянк хакаск мордовк башкирк чувашк калмычк бурятк якутк удмуртк ингушк кумычк казашк
		узбечк таджичк киргизк туркменк белоруск цыганк еврейк
		чеченк дагестанк украинк азербайджанк кабардинк балкарк аварк ненк немк литовк эстонк китаянк кореянк гречанк турчанк абхазк`},
	cueGroup{ethnicRussian, "", `русский русская русским русской`},
	cueGroup{ethnicNationality, endsSoft, `национальност`},
	cueGroup{ethnicNationality, "", `nationality ethnicity ethnic`},
	cueGroup{ethnicOrigin, "е я", `происхождени`},
	cueGroup{ethnicOrigin, "и ь", `внешност`},
	cueGroup{ethnicRace, "ый ая ого ой ому ую ым", `темнокож чернокож`},
	cueGroup{ethnicRace, "ой ая ый", `негроидн монголоидн европеоидн`},
	cueGroup{ethnicEnglish, "", `jewish jew tatar hispanic`},
)

var raceWords = newVocabulary(`раса расы расе тип типа мужчина женщина парень девушка man woman`)

// peopleWords are the words for peoples, of persons and as adjectives; those of Russia and its neighbours.
var peopleWords = newVocabulary(`русск* славян* татар* башкир* чуваш* чечен* ингуш* дагестан* авар* лезгин* кумык* кумыч* даргин* лак лакец лачка
		осетин* кабардин* балкар* черкес* карачаев* адыг* абхаз* абазин* ногае* ногай*
	калмы* бурят* якут* саха тувин* хакас* алта* удмурт* марие* марий* мордв* мордов* эрзя* мокш* коми карел* вепс* ненец* ненк* чукч* эвенк* эвен*
		хант* манси нанай* коряк* долган* евре* иудей* цыган* армян* азербайджан* грузин* украин*
	белорус* беларус* молдав* гагауз* казах* казаш* узбек* узбеч* таджи* киргиз* кыргыз* туркмен* каракалпак* уйгур* литов* латыш* эстон* нем* немец*
		поляк* польк* польск* чех* словак* болгар* серб* румын* венгр* греч* грек* турок* турч* турец*
	турк* курд* курдск* араб* перс* иран* афган* индус* индийц* коре* кита* японе* японк* вьетнам* монгол* француз* итальян* испан* англич* америк*
		финн* финск* швед* ассири* негр* негроид* монголоид* европеоид* метис* мулат* кавказ* азиат* африкан*
	russian slav* tatar* bashkir* chuvash* chechen* ingush* dagestan* avar* ossetian* kalmyk* buryat* yakut* tuvan* jew* roma romani armenian*
		azerbaijan* georgian* ukrainian* belarus* moldovan* kazakh* uzbek* tajik* kyrgyz* turkmen*
	lithuanian* latvian* estonian* german* polish pole korean* chinese japanese vietnamese mongol* turk* kurd* arab* asian* african* black white
		caucasian* hispanic* latino* latina mixed indian*
	tatarin tatarka bashkirka russkij russkiy russkaya evrej evrey ukrainec armyanin`)

func findSpecialEthnicity(dst []Finding, t *Text) []Finding {
	for _, c := range t.Cues(t.current) {
		rule, ok := ethnicCues.rule(t.Arena, c)
		if !ok {
			continue
		}
		p := factAt(t, c, 0)
		switch rule {
		case ethnicNoun:
			ok = p.ethnicNoun()
		case ethnicRussian:
			ok = p.predicate() && p.alone()
			p.force = strong
		case ethnicNationality:
			ok = p.nationality()
		case ethnicOrigin:
			ok = p.origin()
		case ethnicRace:
			p.force = middling
			ok = p.alone() || p.takes(raceWords)
		case ethnicEnglish:
			ok = p.predicate() && p.alone()
			p.force = strong
		}
		if ok {
			dst = p.appendTo(dst)
		}
	}
	return dst
}

// ethnicNoun reads a noun for one person.
func (p *fact) ethnicNoun() bool {
	w := p.after()
	if w.there() && w.marks == markHyphen || p.before().marks == markHyphen {
		return false
	}
	p.force = strong
	if p.spells(&w, "по") {
		if n := p.k.pieceAfter(p.a, w.end); n.there() && nationalityWord.has(p.word(&n)) {
			p.own += 2
		}
	}
	if b := p.before(); p.listed(&b, nationalityWord) {
		p.own += 2
	}
	switch {
	case p.headed(nationalityLabel):
		p.own += 3
	case p.predicate():
		p.own += 2
	case p.apart(), w.there() && w.marks == markSpace && isCapital(p.a, w.start) && p.name(&w):
	case foldedEnd(p.a[p.start:p.end], "ки"):
		p.own -= 3 // many of them
	default:
		p.own -= 2 // a person who stands somewhere near is not said to be one
	}
	return true
}

var nationalityLabel = newVocabulary(`национальность национальности нация народность происхождение`)

var nationalityWord = newVocabulary(`национальности происхождению рождению крови`)

// nationality reads «национальность: башкир», «кавказской национальности», «ethnicity: Tatar».
func (p *fact) nationality() bool {
	p.force = strong
	word := p.a[p.start:p.end]
	if b := p.before(); p.listed(&b, peopleWords) && word[0] >= 0x80 {
		p.start = b.start // кавказской национальности
		if foldedEnd(word, "ности") {
			p.own += 1
			return true
		}
		return false
	}
	if equalFold(word, "ethnic") {
		w := p.after()
		if !w.there() || !ethnicGroup.has(p.word(&w)) {
			return false
		}
		p.end = w.end
	}
	w := p.after()
	if w.there() && w.marks&^markLabel == 0 && equalFold(p.word(&w), "is") {
		w = p.k.pieceAfter(p.a, w.end)
	}
	if !w.there() || w.marks&^markLabel != 0 || !peopleWords.has(p.word(&w)) {
		return false
	}
	if b := p.before(); p.spells(&b, "по") {
		p.start, p.end = w.start, w.end // по национальности татарин
		p.own += 2
		return true
	}
	if w.marks&(markColon|markDash) == 0 && word[0] >= 0x80 && !isCapital(p.a, p.start) && w.marks&markQuote == 0 {
		p.own--
	}
	p.start, p.end = w.start, w.end // the label stays
	p.own += 3
	return true
}

var ethnicGroup = newVocabulary(`group origin background`)

// origin reads «еврейского происхождения», «славянской внешности».
func (p *fact) origin() bool {
	b := p.before()
	if !b.there() || b.marks != markSpace || !peopleWords.has(p.word(&b)) && !lookWords.has(p.word(&b)) || !adjectival(p.word(&b)) {
		return false
	}
	if w := p.after(); w.there() && w.marks == markSpace && w.sense == 0 && !isCapital(p.a, w.start) && foldedEnd(p.word(&w), "ов") {
		return false // товаров, слов
	}
	p.start = b.start
	p.force = middling
	return true
}

var lookWords = newVocabulary(`восточной южной неславянской неславянского среднеазиатской арабской`)

// predicate says that the phrase is said of somebody named right before it: «он татарин», «муж — гей», «я православный».
func (p *fact) predicate() bool {
	i := p.start
	for n := range 4 {
		w := p.k.pieceBefore(p.a, i)
		if !w.there() || w.marks&^(markSpace|markDash|markHyphen|markComma|markColon|markQuote) != 0 && w.end-w.start > 3 { // Mr. Brown is
			return false
		}
		if w.sense&(saysMe|saysThird|saysKin|saysPerson|saysPatient) != 0 && w.sense&saysNot == 0 {
			return true
		}
		word := p.word(&w)
		if isCapital(p.a, w.start) && w.sense == 0 && (p.name(&w) || p.surname(&w, isSurname|isLikeSurname)) {
			return true
		}
		if w.end-w.start == 1 && p.a[w.start] == 'I' {
			return true
		}
		if n == 3 || !copula.has(word) && !(word[0]-'A' < 26 && len(word) > 2) {
			return false
		}
		i = w.start
	}
	return false
}

// apart says that the phrase stands between commas or the like: «…, татарин, …».
func (p *fact) apart() bool {
	const ends = markComma | markColon | markDash | markOpen | markClose | markStop | markBorder
	b, w := p.before(), p.after()
	return b.there() && b.marks&ends != 0 && w.marks&(ends&^markDash) != 0
}

// copula are words between a person and what is said of him.
var copula = newVocabulary(`это является был была стал стала тоже же сам сама чистокровный чистокровная наполовину убежденный убежденная глубоко
		очень верующий верующая открытый открытая скрытый
	считает считаю себя оказался оказалась вырос выросла как воспитан воспитана всегда по вере религии убеждениям вероисповеданию ориентации у меня
	родители дети
	is am was are a an devout practicing openly who identifies identify as myself himself herself`)

// alone says that no noun follows that the phrase would be an adjective of.
func (p *fact) alone() bool {
	w := p.after()
	if !w.there() || w.marks&^markGap != 0 || w.digits {
		return true
	}
	return w.sense&saysLimit != 0 || isCapital(p.a, w.start) || aloneBefore.has(p.word(&w))
}

var aloneBefore = newVocabulary(`человек человека христианин христианка мусульманин семья семье вере верующий верующая мама папа отец мать муж жена
		женщина мужчина девушка парень ходит ходил верит соблюдает молится
	живет живу родом из вырос себя`)

// takes takes the next word into the fact when it is on a list.
func (p *fact) takes(list *vocabulary) bool {
	w := p.after()
	if !w.there() || w.marks&^markGap != 0 || !list.has(p.word(&w)) {
		return false
	}
	p.end = w.end
	return true
}
