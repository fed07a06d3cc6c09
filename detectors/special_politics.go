package detectors

import "strings"

// SpecialPolitics is somebody's political views, membership of a party, vote, or part in a protest.
var SpecialPolitics = declare(Detector{
	Kind:   "special_politics",
	Class:  Special,
	Doc:    Doc{RU: "политические взгляды", EN: "political opinion"},
	Prefix: "взгляды",
	Cues:   politicsCues.words,
	Names: strings.Fields(`партия партийность партийная_принадлежность политическая_партия членство_в_партии член_партии политические_взгляды политические_убеждения
		политвзгляды полит_взгляды политические_предпочтения partiya partia partiynost polit_vzglyady politicheskie_vzglyady party political_party
		party_membership party_affiliation political_views political_view political_opinion political_opinions political_affiliation politics`),
	Find:   findSpecialPolitics,
	Reach:  768,
	Fits:   func(value []byte) bool { return fitsWord(value, politicsWords) },
	Normal: lowered,
	Good: []string{
		"тесть вступил в «Справедливую Россию»",
		"моя начальница — активистка «Яблока»",
		"был наблюдателем от ЛДПР",
		"Стажёр Лыков П. А. участвовал в мирном митинге у мэрии",
		"Отец всю жизнь голосовал за КПРФ",
		"Соискатель Ткачёв Илья — член партии «Единая Россия»",
		"я состою в ЛДПР с 2012 года",
		"Политические взгляды: либеральные",
		"Мою сестру задержали на митинге 12 июня",
		"Political views: conservative",
		"мой дед был убеждённым монархистом",
		"Белов Тимур: я голосовал за Крапивцова и снова пойду",
	},
	Bad: []string{
		"единая Россия от Калининграда до Камчатки",
		"«Единая Россия» внесла законопроект",
		"купил яблоко, член садового товарищества",
		"Партия товара прибыла на склад, вторую партию ждём",
		"депутаты КПРФ внесли законопроект",
		"политика конфиденциальности и политические взгляды как категория данных",
		"голосование за лучший проект открыто, голосовали за второй вариант",
		"Митинг состоится на площади в 12 часов",
		"партии шахмат и ничьи",
		"third-party cookies and voting widget",
		"я голосовала за Иванову на конкурсе красоты",
	},
})

// How the cues of politics are read.
const (
	politicsParty   = iota // the name of a party
	politicsOf             // the word party
	politicsVoted          // voted for
	politicsProtest        // meeting
	politicsPerson         // a noun for one person: communist
	politicsViews          // views
	politicsNamed          // the name of a party that is made of usual words
)

// The word party stands here itself: members of a party whose name is not known have no other cue.
var politicsCues = newCueList(
	cueGroup{politicsParty, "", `кпрф лдпр кпсс рсдрп парнас единорос единороса единоросом`},
	cueGroup{politicsOf, "и ю ей", `парти`},
	cueGroup{politicsOf, "ный ного ным", `партий`},
	cueGroup{politicsVoted, "", `голосовал голосовала голосую голосует голосовали голосуем voted votes`},
	cueGroup{politicsProtest, "- а е и ах", `митинг`},
	cueGroup{politicsProtest, "", `пикет пикете пикета пикетах`},
	cueGroup{politicsNamed, "", `единая единой единую справедливая справедливой справедливую яблоко яблока яблоку яблоком`},
	cueGroup{politicsPerson, "- а у ом ка ки кой", `коммунист анархист монархист националист либертариан социалист`},
	cueGroup{politicsPerson, "", `оппозиционер оппозиционерка беспартийный беспартийная либерал либералка communist libertarian republican democrat`},
	cueGroup{politicsViews, "ы ов ам ами", `взгляд`},
	cueGroup{politicsViews, "я ий ям ями", `убеждени`},
	cueGroup{politicsViews, "", `political`},
)

// politicsWords are what political views and parties are called.
var politicsWords = newVocabulary(`кпрф лдпр кпсс россия россию россии яблоко парнас коммунист* социал* либерал* либертари* консерват* монарх* анарх*
		националист* национал* демократ* республикан* умеренн* левые левых левый левая правые правых правый
	центрист* оппозици* провластн* патриот* аполитич* индифферент* нейтральн* беспартийн* единорос* справедливая справедливую зеленые родина новые
	communis* social* liberal* libertari* conservativ* monarch* anarch* nationalis* democrat* republican* moderate* left* right* centrist* centris*
		opposition* apolitical neutral independent green progressive`)

func findSpecialPolitics(dst []Finding, t *Text) []Finding {
	for _, c := range t.Cues(t.current) {
		rule, ok := politicsCues.rule(t.Arena, c)
		if !ok || rule == politicsNamed && !isCapital(t.Arena, int(c.Start)) {
			continue
		}
		p := factAt(t, c, 0)
		p.force = strong
		switch rule {
		case politicsParty:
			ok = p.ofParty(false)
		case politicsOf:
			ok = p.partyWord()
		case politicsVoted:
			ok = p.voted()
		case politicsProtest:
			ok = p.protest()
		case politicsPerson:
			ok = p.politician()
		case politicsViews:
			ok = p.politicalViews()
		case politicsNamed:
			ok = p.namedParty()
		}
		if ok {
			dst = p.appendTo(dst)
		}
	}
	return dst
}

// ofParty takes what somebody is to the party before it into the phrase: «состоит в КПРФ», «сторонник ЛДПР». Where the
// word party is the cue, nothing less will do.
func (p *fact) ofParty(must bool) bool {
	i := p.start
	for range 6 {
		w := p.k.pieceBefore(p.a, i)
		if !w.there() || w.marks&^(markGap|markQuote) != 0 {
			break
		}
		word := p.word(&w)
		i = w.start
		if joinsParty.has(word) {
			p.start = w.start
			p.own += 2
			return true
		}
		if !beforeParty.has(word) && !adjectival(word) && !w.digits {
			break
		}
	}
	if must {
		return false
	}
	if w := p.after(); w.there() && w.marks == markSpace && w.sense&saysLimit == 0 || p.before().sense&saysGeneral != 0 {
		p.own -= 2 // КПРФ внесла
	}
	p.force = middling
	p.own--
	return true
}

var (
	joinsParty = newVocabulary(`член члена членом членство состоит состою состоял состояла состоявший вступил вступила вступаю исключен исключена вышел
		вышла сторонник сторонника сторонница сторонником активист активистка активиста
		активистом наблюдатель наблюдателем кандидат кандидатом голосовал голосовала голосую голосует проголосовал проголосовала поддерживает поддерживаю поддерживал поддерживала симпатизирует
		симпатизирую избирался избиралась баллотировался баллотировалась
		избиратель функционер member supporter joined supports`)
	beforeParty = newVocabulary(`в во за из от of the партии партию партией фракции уже давно с года году всегда раньше бывший теперь сейчас по`)
)

// partyWord reads «член партии „Единая Россия“», «вступил в партию», «беспартийный».
func (p *fact) partyWord() bool {
	if !p.ofParty(true) {
		return false
	}
	// the name of the party, in quotes or with capitals
	quoted := false
	for n := range 4 {
		w := p.after()
		if !w.there() || w.digits || w.marks&^(markSpace|markQuote) != 0 || quoted && quoteBehind(p.a, p.end) > 0 {
			break
		}
		if n == 0 && w.marks&markQuote != 0 {
			quoted = true
		}
		if !quoted && !isCapital(p.a, w.start) && !politicsWords.has(p.word(&w)) {
			break
		}
		p.end = w.end
	}
	if quoted {
		p.end += quoteBehind(p.a, p.end)
	}
	return true
}

// namedParty reads «состоит в „Единой России“», «сторонник „Яблока“» from a capital on: without a word for what somebody is to it, it is none.
func (p *fact) namedParty() bool {
	if !foldAt(p.a, p.start, "яблок") {
		w := p.after()
		if !w.there() || w.marks != markSpace || !foldAt(p.a, w.start, "росси") {
			return false
		}
		p.end = w.end
	}
	p.end += quoteBehind(p.a, p.end)
	return p.ofParty(true)
}

// quoteBehind is the size of the quotation mark at i, 0 if there is none.
func quoteBehind(a []byte, i int) int {
	switch {
	case a[i] == '"':
		return 1
	case a[i] == 0xC2 && a[i+1] == 0xBB:
		return 2
	case a[i] == 0xE2 && a[i+1] == 0x80 && (a[i+2] == 0x9C || a[i+2] == 0x9D):
		return 3
	}
	return 0
}

// voted reads «голосовал за КПРФ», «voted for the Communist Party».
func (p *fact) voted() bool {
	w := p.after()
	if !w.there() || w.marks != markSpace || !votedFor.has(p.word(&w)) {
		return false
	}
	end, party, named := w.end, false, false
	for range 4 {
		w = p.k.pieceAfter(p.a, end)
		if !w.there() || w.digits || w.marks&^(markSpace|markQuote) != 0 {
			break
		}
		word := p.word(&w)
		known := politicsWords.has(word) || votedParty.has(word)
		if !known && !isCapital(p.a, w.start) && !equalFold(word, "the") && !adjectival(word) {
			break
		}
		party = party || known
		named = named || !known && isCapital(p.a, w.start) && p.surname(&w, isSurname)
		end = w.end
	}
	if !party && (!named || p.contest(end)) {
		return false
	}
	many := foldedEnd(p.a[p.start:p.end], "ли") || foldedEnd(p.a[p.start:p.end], "ем")
	p.end = end + quoteBehind(p.a, end)
	if !many {
		p.own += 2
	}
	return true
}

// contest says whether a word behind i says that nobody was elected to anything: на конкурсе, в чате.
func (p *fact) contest(i int) bool {
	for range 4 {
		w := p.k.pieceAfter(p.a, i)
		if !w.there() || w.marks&markEnd != 0 {
			return false
		}
		if contestWords.has(p.word(&w)) {
			return true
		}
		i = w.end
	}
	return false
}

var contestWords = newVocabulary(`конкурс* чат* шоу опрос* рейтинг* премии премию номинаци* финале старост* капитан* староста фестивал* проект* группе классе голос собрани* председател* кружк*`)

var (
	votedFor   = newVocabulary(`за for`)
	votedParty = newVocabulary(`партию коммунистов единую новых яблоко оппозицию либералов демократов кандидата party labour tories republicans democrats`)
)

// protest reads «участвовал в митинге», «задержан на митинге».
func (p *fact) protest() bool {
	i := p.start
	for n := range 4 {
		w := p.k.pieceBefore(p.a, i)
		if !w.there() || w.marks != markSpace {
			return false
		}
		word := p.word(&w)
		if protestWords.has(word) {
			p.start = w.start
			p.own += 2
			if x := p.after(); x.there() && x.marks == markSpace && foldedEnd(p.word(&x), "ов") {
				p.own -= 3 // of developers
			} else if p.listed(&x, politicsWords) {
				p.end = x.end // митинг оппозиции, пикет КПРФ
			}
			return true
		}
		if n == 3 || w.sense&saysLimit == 0 && !adjectival(word) && !foldedEnd(word, "ом") {
			return false
		}
		i = w.start
	}
	return false
}

var protestWords = newVocabulary(`участвовал участвовала участвую участвует участие ходил ходила хожу вышел вышла выходил выходила был была задержан
		задержана задержали арестован арестована арестовали организовал организовала стоял стояла`)

// politician reads a noun for one person: «убеждённый коммунист».
func (p *fact) politician() bool {
	if w := p.after(); w.there() && w.marks == markHyphen || p.before().marks == markHyphen {
		return false
	}
	if p.a[p.start] < 0x80 {
		if w := p.after(); p.spells(&w, "party") {
			p.end = w.end
			return p.ofParty(true)
		}
		if !p.alone() {
			return false
		}
	}
	if b := p.before(); p.listed(&b, convincedPolitics) {
		p.start = b.start
	}
	if p.predicate() || p.headed(viewsLabel) {
		p.own += 2
	} else {
		p.own--
	}
	return true
}

var convincedPolitics = newVocabulary(`убежденный убежденная убежденным ярый ярая ярым идейный идейная бывший staunch`)

var viewsLabel = newVocabulary(`партийность взглядам взгляды убеждения убеждениям предпочтения views opinion`)

// politicalViews reads «политические взгляды: либеральные», «придерживается левых взглядов».
func (p *fact) politicalViews() bool {
	if p.a[p.start] < 0x80 {
		w := p.after()
		if !w.there() || w.marks != markSpace || !englishViews.has(p.word(&w)) {
			return false
		}
		p.end = w.end
	} else {
		b := p.before()
		if !b.there() || b.marks != markSpace {
			return false
		}
		political := politicalWord.has(p.word(&b))
		if !political && !politicsWords.has(p.word(&b)) {
			return false
		}
		p.start = b.start
		if !political {
			if v := p.before(); p.listed(&v, holdsViews) {
				p.start = v.start
				p.own += 2
			}
			p.own++
			return true
		}
	}
	if w := p.after(); w.there() && w.marks&^markLabel == 0 && w.marks&(markDash|markHyphen) != 0 && politicsWords.has(p.word(&w)) {
		p.start, p.end = w.start, w.end // the label stays
		p.own += 2
		return true
	}
	if !p.labelled(p.end) {
		return false
	}
	s, e, ok := p.clause(p.end, 3)
	if !ok || s == 0 {
		return false
	}
	p.start, p.end = s, e
	p.own += 2
	return true
}

var (
	englishViews  = newVocabulary(`views view opinion opinions affiliation party beliefs`)
	politicalWord = newVocabulary(`политические политических политическим`)
	holdsViews    = newVocabulary(`придерживается придерживаюсь придерживался придерживалась разделяет разделяю`)
)
