package detectors

import "strings"

// SpecialIntimate is somebody's sexual orientation and intimate life.
var SpecialIntimate = declare(Detector{
	Kind:   "special_intimate",
	Class:  Special,
	Doc:    Doc{RU: "интимная жизнь", EN: "sex life and orientation"},
	Prefix: "интимное",
	Cues:   intimateCues.words,
	Names: strings.Fields(`сексуальная_ориентация ориентация сексуальность сексуальные_предпочтения интимная_жизнь половая_жизнь предпочтения_в_сексе
		seksualnaya_orientaciya orientaciya orientacia sexual_orientation orientation sexuality sexual_preference sexual_preferences sex_life kinks
		fetish fetishes`),
	Find:   findSpecialIntimate,
	Reach:  768,
	Fits:   func(value []byte) bool { return fitsWord(value, orientationWords) },
	Normal: lowered,
	Good: []string{
		"Мой брат гей, родители не знают",
		"Сексуальная ориентация: бисексуал",
		"она лесбиянка и живёт с девушкой",
		"у меня проблемы в интимной жизни с мужем",
		"Алексей Ветров открытый гей",
		"Ищу мужчину для секса без обязательств, мне 35",
		"My brother is gay",
		"у моего коллеги нетрадиционная ориентация",
		"Вера, 29, Псков. Би, ищу подругу для встреч",
		"мы с мужем пробовали секс втроём",
		"В анкете: семейная пара ищет девушку, Тверь",
	},
	Bad: []string{
		"Закон Гей-Люссака описывает газы",
		"ориентация экрана альбомная",
		"закон о нетрадиционной ориентации обсудили депутаты",
		"гей-парад запретили в городе",
		"сексуальное просвещение в школах: статья",
		"сведения об интимной жизни не собираются",
		"ориентация на клиента — наш принцип",
		"интимная гигиена, гель 200 мл",
		"Группа Би-2, ищу билеты на концерт",
		"пара ищет квартиру у метро",
		"живём втроём в двушке",
		"пара ищет третьего игрока для дубля",
	},
})

// How the cues of intimate life are read.
const (
	intimatePerson = iota // a noun for one person
	intimateAdjective
	intimateOrientation
	intimateLife // intimate, sexual: with life, relations, preferences
	intimateSex
	intimateWord
	intimateBi
	intimateThree  // втроём
	intimateCouple // пара ищет пару
)

var intimateCues = newCueList(
	cueGroup{intimatePerson, "", `гей гея гею геем лесбиянка лесбиянку лесбиянкой лесби бисексуал бисексуала бисексуалом бисексуалка гомосексуал
		гомосексуала гомосексуалист гомосексуалистом гетеросексуал
		гетеросексуалка трансгендер трансгендерная трансгендерный трансгендером трансвестит асексуал асексуалка пансексуал gay lesbian bisexual
		heterosexual homosexual asexual pansexual queer`},
	cueGroup{intimateAdjective, "ый ая ен ьна ного ной", `гомосексуальн бисексуальн гетеросексуальн`},
	cueGroup{intimateOrientation, "я и ю ей", `ориентаци`},
	cueGroup{intimateOrientation, "", `orientation`},
	cueGroup{intimateLife, "ая ой ую ые ых ое ого", `интимн сексуальн полов`},
	cueGroup{intimateLife, "", `sexual`},
	cueGroup{intimateSex, "- а е ом", `секс`},
	cueGroup{intimateBi, "", `би`},
	cueGroup{intimateThree, "", `втроем вчетвером`},
	cueGroup{intimateCouple, "", `пара`},
	cueGroup{intimateWord, "", `любовница любовницу любовницей любовником бдсм фетиш фетиши девственница девственник свингер*`},
)

// orientationWords are what a column of orientations holds.
var orientationWords = newVocabulary(`гетеро* гомо* гей геи лесби* би бисекс* пан пансекс* асекс* трансгендер* трансекс* квир натурал натуралка
		традиционн* нетрадиционн*
	hetero* homo* gay lesbian* bi bisex* pan pansex* asex* trans* queer straight`)

func findSpecialIntimate(dst []Finding, t *Text) []Finding {
	for _, c := range t.Cues(t.current) {
		rule, ok := intimateCues.rule(t.Arena, c)
		if !ok {
			continue
		}
		p := factAt(t, c, 0)
		p.force = strong
		switch rule {
		case intimatePerson, intimateAdjective:
			ok = p.lover()
		case intimateOrientation:
			ok = p.orientation()
		case intimateLife:
			ok = p.intimateLife()
		case intimateSex:
			ok = p.sex()
		case intimateWord:
			p.force = middling
		case intimateBi:
			ok = p.seeking()
		case intimateThree:
			b := p.before()
			if ok = p.listed(&b, threeWords); ok {
				p.start = b.start
				p.adjectives()
			}
		case intimateCouple:
			ok = p.couple()
		}
		if ok {
			dst = p.appendTo(dst)
		}
	}
	return dst
}

// lover reads a noun for one person: «гей», «открытая лесбиянка».
func (p *fact) lover() bool {
	if w := p.after(); w.there() && (w.marks == markHyphen || w.marks&^markGap == 0 && thingsGay.has(p.word(&w))) || p.before().marks == markHyphen {
		return false
	}
	if b := p.before(); p.listed(&b, openlyWords) {
		p.start = b.start
	}
	said := p.predicate() || p.orientationBefore()
	if said {
		p.own += 2
	}
	// In English these are adjectives, and the most frequent one was merry once and is a surname.
	return said && p.alone() || p.a[p.start] >= 0x80
}

var (
	openlyWords = newVocabulary(`открытый открытая открытым скрытый скрытая openly`)
	thingsGay   = newVocabulary(`клуб парад пропаганд* движени* сообществ* бар бары marriage rights pride community movement bar club`)
)

// orientationBefore says that «ориентация:» stands right before.
func (p *fact) orientationBefore() bool {
	b := p.before()
	return b.there() && b.marks&^markLabel == 0 && orientationLabel.has(p.word(&b))
}

var orientationLabel = newVocabulary(`ориентация ориентации orientation sexuality`)

// orientation reads «ориентация: гей», «нетрадиционной ориентации».
func (p *fact) orientation() bool {
	from := p.start
	for range 2 {
		if b := p.before(); p.listed(&b, orientationKind) {
			p.start = b.start
		}
	}
	kind := p.start < from
	w := p.after()
	if w.there() && w.marks&^markLabel == 0 && equalFold(p.word(&w), "is") {
		w = p.k.pieceAfter(p.a, w.end)
	}
	if w.there() && w.marks&^markLabel == 0 && orientationWords.has(p.word(&w)) && w.end-w.start > 2 {
		p.start, p.end = w.start, w.end // the label stays
		p.own += 3
		return true
	}
	if kind && foldAt(p.a, p.start, "нетрадиционн") && p.before().marks&markHyphen == 0 {
		p.own++
		return true
	}
	if kind && foldedEnd(p.a[p.start:p.end], "и") {
		b := p.a[p.start:from]
		p.own++
		return !foldedEnd(b[:len(b)-1], "сексуальной") || len(b) > len("сексуальной ")
	}
	return false
}

var orientationKind = newVocabulary(`сексуальная сексуальной сексуальную нетрадиционная нетрадиционной традиционной гомосексуальной бисексуальной
		гетеросексуальной sexual`)

// intimateLife reads «интимная жизнь», «сексуальные предпочтения».
func (p *fact) intimateLife() bool {
	w := p.after()
	if !w.there() || w.marks&^markGap != 0 || !intimateNouns.has(p.word(&w)) {
		return false
	}
	p.end = w.end
	p.force = middling
	if b := p.before(); p.listed(&b, lackOf) {
		p.start = b.start
	}
	if p.labelled(p.end) {
		if _, e, ok := p.clause(p.end, 4); ok {
			p.end = e
			p.own++
		}
	}
	return true
}

var lackOf = newVocabulary(`отсутствие отсутствия отсутствии нерегулярная нерегулярной беспорядочная беспорядочной`)

var intimateNouns = newVocabulary(`жизнь жизни жизнью отношения отношений отношениях отношениями связь связи связях близость близости близостью
		партнер партнера партнеры партнеров партнерами предпочтения предпочтений фантазии фантазиями
	дисфункция зависимость проблемы насилие насилия контакт контакты preference preferences life partner partners relationship relations`)

// sex reads «секс без обязательств», «секса не было»: of somebody, or nothing.
func (p *fact) sex() bool {
	p.force = middling
	w := p.after()
	if w.there() && w.marks == markHyphen || p.before().marks == markHyphen {
		return false
	}
	if b := p.before(); p.spells(&b, "для", "занимался", "занималась") {
		if v := p.k.pieceBefore(p.a, b.start); v.there() && v.marks == markSpace && (v.sense&(saysKin|saysPerson) != 0 || soughtWord.has(p.word(&v))) {
			p.own++
		}
	}
	return true
}

// seeking reads «Би, ищу девушку» in what people write of themselves.
func (p *fact) seeking() bool {
	if b := p.before(); b.there() && b.marks&(markEnd|markComma|markDash|markSlash) == 0 {
		return false
	}
	w := p.after()
	if !w.there() || w.marks&(markComma|markStop|markDash|markSlash) == 0 || !seekWord.has(p.word(&w)) {
		return false
	}
	p.end = w.end
	for range 3 {
		n := p.after()
		if !n.there() || n.marks != markSpace || !soughtWord.has(p.word(&n)) && !adjectival(p.word(&n)) {
			break
		}
		p.end = n.end
	}
	p.own += 3
	return true
}

var threeWords = newVocabulary(`секс секса сексом отношения отношений отношениях близость близости любовь`)

// couple reads «пара ищет пару», «семейная пара познакомится с девушкой».
func (p *fact) couple() bool {
	if b := p.before(); p.listed(&b, coupleKinds) {
		p.start = b.start
	}
	w := p.after()
	if !p.spells(&w, "ищет", "ищем", "познакомится", "пригласит") {
		return false
	}
	x := p.k.pieceAfter(p.a, w.end)
	if p.spells(&x, "с") {
		x = p.k.pieceAfter(p.a, x.end)
	}
	if x.there() && x.marks == markSpace && !thirdWord.has(p.word(&x)) && adjectival(p.word(&x)) {
		x = p.k.pieceAfter(p.a, x.end)
	}
	if !p.listed(&x, thirdWord) {
		return false
	}
	p.end = x.end
	if n := p.after(); n.there() && n.marks == markSpace && thirdIs.has(p.word(&n)) {
		return false // третьего участника, девушку-няню
	}
	p.own += 3
	return true
}

var (
	coupleKinds = newVocabulary(`семейная молодая открытая женатая наша взрослая`)
	thirdWord   = newVocabulary(`третьего третью третьим третьей девушку девушкой парня парнем мужчину мужчиной женщину женщиной пару парой`)
	thirdIs     = newVocabulary(`участника партнера игрока ребенка няню для соседа соседку домработницу помощницу`)
)

var seekWord = newVocabulary(`ищу ищем познакомлюсь хочу актив пассив универсал`)

var soughtWord = newVocabulary(`девушку мужчину парня женщину партнера партнершу ищу`)
