package detectors

import "strings"

// SpecialCriminal is somebody's criminal record: a conviction, a sentence, a charge with its article of the Criminal Code,
// that he has none included.
var SpecialCriminal = declare(Detector{
	Kind:   "special_criminal",
	Class:  Special,
	Doc:    Doc{RU: "судимость и уголовное преследование", EN: "criminal record"},
	Prefix: "судимость",
	Cues:   criminalCues.words,
	Names: strings.Fields(`судимость судимости сведения_о_судимости данные_о_судимости судим уголовное_прошлое статья_ук приговор приговоры прежние_судимости sudimost sudimosti svedeniya_o_sudimosti
		statya_uk criminal_record criminal_records criminal_history criminal_background conviction convictions felony felonies`),
	Find:   findSpecialCriminal,
	Reach:  768,
	Fits:   fitsFact,
	Normal: lowered,
	Good: []string{
		"Соискатель Громов А. В. имеет судимость по ст. 158 УК РФ",
		"муж отбывает наказание в колонии",
		"Ранее судим, освободился в 2018 году",
		"Мой брат осуждён по ч. 2 ст. 228 УК РФ на 5 лет",
		"Кандидат не судим",
		"Судимость: нет",
		"Applicant has a criminal record, see file",
		"зятю дали реальный срок за драку",
		"У соискателя тюремный срок по ст. 160 УК РФ",
		"Рябов Н. Н. лишён права управления приговором суда по ст. 264 УК РФ",
		"Охранник находится под следствием по ч. 2 ст. 159 УК РФ",
		"Кравцов О. П. приговорён к обязательным работам по ст. 158 УК РФ",
		"Сын сейчас под подпиской о невыезде",
		"Деверь получил 4 года колонии за разбой",
	},
	Bad: []string{
		"предусмотрена ответственность по ст. 159 УК РФ",
		"приговор суда отменён, компания выплатит компенсацию",
		"колония бактерий в чашке Петри",
		"сведения о судимости обрабатываются в случаях, предусмотренных законом",
		"УК «Уютный дом» начисляет за отопление",
		"лица, имеющие судимость, не допускаются",
		"справка об отсутствии судимости: как получить",
		"срок по договору и испытательный срок",
		"предусмотрен реальный срок по ст. 160 УК РФ",
		"реальный срок за взятку: когда суды его дают",
		"Получил срок поставки и счёт",
		"решение под следствием понимает иное",
		"Нужен экспедитор, права A, B. Без судимости. График 2/2",
	},
})

// How the cues of criminal records are read.
const (
	criminalRecord    = iota // судимость
	criminalConvicted        // судим, осуждён
	criminalSentence         // приговор, приговорён
	criminalPlace            // колония, СИЗО, тюрьма
	criminalServing          // отбывает, отсидел
	criminalArticle          // УК
	criminalParole           // УДО
	criminalCase             // уголовное дело
	criminalTerm             // лишение свободы
	criminalSpell            // срок
	criminalInquiry          // следствие, подписка
	criminalAccused
	criminalEnglish
)

var criminalCues = newCueList(
	cueGroup{criminalRecord, "ь и ью ей ям", `судимост`},
	cueGroup{criminalConvicted, "- а ый ая ого ому ым", `судим`},
	cueGroup{criminalConvicted, "", `осужден осуждена осудили осужденный осужденного осужденная`},
	cueGroup{criminalSentence, "- ен ён ена ить или ом у", `приговор`},
	cueGroup{criminalPlace, "", `колония колонии колонию колонией`},
	cueGroup{criminalPlace, "ы е у", `тюрьм`},
	cueGroup{criminalPlace, "", `сизо икт лтп`},
	cueGroup{criminalServing, "", `отбывает отбывал отбывала отбывающий отбыл отсидел отсидела отсидевший`},
	cueGroup{criminalArticle, "", `ук`},
	cueGroup{criminalParole, "", `удо`},
	cueGroup{criminalCase, "ое ого ому ом ым ые ых ой ую", `уголовн`},
	cueGroup{criminalTerm, "я ю ем ие", `лишени`},
	cueGroup{criminalSpell, "", `срок срока`},
	cueGroup{criminalInquiry, "", `следствием подпиской`},
	cueGroup{criminalAccused, "ый ая ого ой ому ым ется лся лась", `обвиня обвиняем подсудим`},
	cueGroup{criminalEnglish, "", `convicted felony criminal imprisoned`},
)

func findSpecialCriminal(dst []Finding, t *Text) []Finding {
	for _, c := range t.Cues(t.current) {
		rule, ok := criminalCues.rule(t.Arena, c)
		if !ok || rule == criminalSpell && !spellOfPrison(t.Arena[:len(t.Arena)+lookAhead], c) {
			continue
		}
		p := factAt(t, c, saysTried)
		p.force = strong
		switch rule {
		case criminalRecord:
			ok = p.record()
		case criminalConvicted:
			ok = p.convicted()
		case criminalSentence:
			ok = p.sentence()
		case criminalPlace:
			ok = p.prison()
		case criminalServing:
			ok = p.serving()
		case criminalArticle:
			ok = p.criminalArticle()
		case criminalParole:
			ok = p.parole()
		case criminalCase:
			ok = p.criminalCase()
		case criminalTerm:
			ok = p.term()
		case criminalSpell:
			ok = p.spell()
		case criminalInquiry:
			ok = p.inquiry()
		case criminalAccused:
			ok = p.accused()
		case criminalEnglish:
			ok = p.criminalEnglish()
		}
		if ok {
			dst = p.appendTo(dst)
		}
	}
	return dst
}

// charge takes «по ч. 2 ст. 228 УК РФ», «за кражу» behind the phrase into it.
func (p *fact) charge() bool {
	if e := p.article(p.end); e > 0 {
		p.end = e
		if w := p.after(); w.there() && w.marks&^(markSpace|markComma) == 0 && equalFold(p.word(&w), "условно") {
			p.end = w.end
		}
		return true
	}
	w := p.after()
	if p.spells(&w, "за", "в", "of", "for") {
		x := p.k.pieceAfter(p.a, w.end)
		if x.there() && x.marks == markSpace && adjectival(p.word(&x)) {
			x = p.k.pieceAfter(p.a, x.end)
		}
		if p.listed(&x, crimeWords) {
			p.end = x.end
			return true
		}
	}
	return false
}

var crimeWords = newVocabulary(`краж* грабеж* разбо* мошенничеств* убийств* наркотик* наркоторговл* изнасиловани* взятк* хулиганств* угон*
		вымогательств* сбыт* хранени* драк* побо* дтп растрат* хищени* экстремизм* преступлени* уклонени* клевет*
	fraud theft murder robbery assault burglary drug* manslaughter`)

// article returns the end of a reference to the Criminal Code behind i, 0 if there is none: по ч. 2 ст. 228.1 УК РФ.
func (p *fact) article(i int) (end int) {
	article, number := false, false
	for n := 0; n < 12; n++ {
		w := p.k.pieceAfter(p.a, i)
		if !w.there() || w.marks&(markLine|markOther|markQuote|markColon) != 0 {
			break
		}
		word := p.word(&w)
		switch {
		case w.digits && len(word) <= 3:
			number = true
			if article && end == 0 || end > 0 && !articleEnded(p.a, end) {
				end = w.end
			}
		case articleWords.has(word):
			article = true
			if number && (equalFold(word, "ук") || equalFold(word, "рф")) {
				end = w.end
			}
			if end > 0 && equalFold(word, "рф") {
				return end
			}
		case n == 0 && equalFold(word, "по"), end == 0 && articleBetween.has(word):
		default:
			return end
		}
		i = w.end
	}
	return end
}

// articleEnded says that the reference that ends at i has come to the name of the code.
func articleEnded(a []byte, i int) bool { return a[i-1]-'0' > 9 }

var (
	articleWords   = newVocabulary(`ст статья статье статьи статью статьям ч часть части п пункт пункту ук рф`)
	articleBetween = newVocabulary(`и а б в г кодекса уголовного россии прим`)
)

// record reads «судимость по ст. 158 УК РФ», «непогашенная судимость», «судимость: нет», «не имеет судимости».
func (p *fact) record() bool {
	p.adjectives()
	if !p.charge() && p.labelled(p.end) {
		if _, e, ok := p.clause(p.end, 5); ok {
			p.end = e
			p.own += 2
			return true
		}
	}
	w := p.after()
	if p.listed(&w, expungedWords) {
		p.end = w.end
		p.own++
		w = p.after()
		if equalFold(p.word(&w), "имеет") || equalFold(p.word(&w), "имел") || equalFold(p.word(&w), "имею") {
			p.end = w.end
			p.own++
		}
	}
	// имеет судимость, судимостей не имею
	i := p.start
	for range 2 {
		b := p.k.pieceBefore(p.a, i)
		if !b.there() || b.marks != markSpace {
			break
		}
		if ownsRecord.has(p.word(&b)) {
			if equalFold(p.word(&b), "без") {
				p.own-- // what advertisements ask for
			} else {
				p.own++
			}
			if n := p.k.pieceBefore(p.a, b.start); p.spells(&n, "не") {
				p.start = n.start
			}
			break
		}
		if b.sense&saysAbout != 0 || absenceWords.has(p.word(&b)) {
			p.own -= 2
			break
		}
		i = b.start
	}
	return true
}

var (
	expungedWords = newVocabulary(`погашена снята не отсутствует отсутствуют нет`)
	ownsRecord    = newVocabulary(`имеет имею имел имела нет была есть без`)
	absenceWords  = newVocabulary(`отсутствии наличии отсутствие наличие справка сведения данные`)
)

// convicted reads «ранее судим», «не судим», «осуждён по ст. 228 УК РФ».
func (p *fact) convicted() bool {
	if word := p.a[p.start:p.end]; !foldedEnd(word, "ым") && !foldedEnd(word, "ого") && !foldedEnd(word, "ому") && !foldedEnd(word, "ый") && !foldedEnd(word, "ая") {
		p.own += 2
	}
	for range 3 {
		b := p.before()
		if !b.there() || b.marks&^markGap != 0 || !convictedBefore.has(p.word(&b)) {
			break
		}
		p.start = b.start
		p.own = max(p.own, 2) // ранее судимого
	}
	if w := p.after(); p.listed(&w, convictedAfter) {
		p.end = w.end
	}
	if p.charge() {
		p.yearsOf()
		return true
	}
	if w := p.after(); p.spells(&w, "по", "о") {
		return false // judging by
	}
	p.yearsOf()
	p.charge()
	return true
}

var (
	convictedBefore = newVocabulary(`ранее не дважды трижды неоднократно ни разу раньше`)
	convictedAfter  = newVocabulary(`условно ранее`)
)

// yearsOf takes «на 5 лет», «к 3 годам лишения свободы», «условно» behind the phrase into it.
func (p *fact) yearsOf() {
	w := p.after()
	if p.spells(&w, "к", "на") {
		w = p.k.pieceAfter(p.a, w.end)
	}
	if !w.there() || w.marks&^markGap != 0 || !w.digits && !sentenceNumber.has(p.word(&w)) {
		return
	}
	for w.there() && w.marks&^markGap == 0 && (w.digits || sentenceNumber.has(p.word(&w)) || sentenceUnit.has(p.word(&w))) {
		if !w.digits && sentenceUnit.has(p.word(&w)) {
			p.end = w.end
		}
		w = p.k.pieceAfter(p.a, w.end)
	}
}

var (
	sentenceNumber = newVocabulary(`одному двум трем четырем пяти шести семи восьми девяти десяти год два три четыре пять шесть семь восемь девять десять полтора`)
	sentenceUnit   = newVocabulary(`год годам лет года годов месяцам месяцев месяца лишения свободы условно колонии общего строгого режима исправительных работ`)
)

// sentence reads «приговорён к 3 годам лишения свободы».
func (p *fact) sentence() bool {
	switch word := p.a[p.start:p.end]; {
	case equalFold(word, "приговор"):
		p.force = feeble
		return true
	case foldedEnd(word, "ом"), foldedEnd(word, "ору"):
		return p.verdict()
	}
	p.own++
	end := p.end
	if w := p.after(); p.spells(&w, "к") {
		// к штрафу, к обязательным работам
		x := p.k.pieceAfter(p.a, w.end)
		if x.there() && x.marks == markSpace && !x.digits && (adjectival(p.word(&x)) || foldedEnd(p.word(&x), "ным")) {
			x = p.k.pieceAfter(p.a, x.end)
		}
		if p.listed(&x, penaltyWords) {
			p.end = x.end
		}
	}
	p.yearsOf()
	p.charge()
	if p.end > end {
		p.own++
	}
	return true
}

var penaltyWords = newVocabulary(`штрафу работам заключению сроку лишению аресту ограничению пожизненному`)

// verdict reads «уволен по приговору суда по ст. 290 УК РФ»: what a sentence has done to somebody, and its article.
func (p *fact) verdict() bool {
	if w := p.after(); p.spells(&w, "суда") {
		p.end = w.end
	}
	if !p.charge() {
		return false
	}
	i := p.start
	for range 4 {
		w := p.k.pieceBefore(p.a, i)
		if !w.there() || w.digits || w.marks&^markGap != 0 {
			break
		}
		if verdictWords.has(p.word(&w)) {
			p.start = w.start
			p.own += 2
			return true
		}
		i = w.start
	}
	p.own++
	return true
}

var verdictWords = newVocabulary(`лишен лишена осужден осуждена признан признана освобожден освобождена уволен уволена дисквалифицирован
		дисквалифицирована отстранен отстранена оштрафован оштрафована наказан наказана отбывает отбывал отбывала`)

// spellOfPrison says by what stands beside the word whether a spell may be one of prison: most are those of papers and goods,
// «срок 07.06.2023», «срок годности».
func spellOfPrison(a []byte, c Cue) bool {
	if i := int(c.End) + 1; a[c.End] == ' ' && cyrillicAt(a, i) {
		if end, _ := wordAfterLetter(a, i); spellNext.has(a[i:end]) {
			return true
		}
	}
	i := int(c.Start) - 1
	if unusualSpace(a[c.End]) || unusualSpace(a[i]) {
		return true // let the phrase decide
	}
	if a[i] != ' ' || a[i-1] < 0x80 {
		return false
	}
	begin, _ := wordBefore(a, i)
	return spellBefore.has(a[begin:i])
}

// unusualSpace says whether b is a tab or belongs to a no-break space.
func unusualSpace(b byte) bool { return b == '\t' || b == 0xC2 || b == 0xA0 }

// spell reads «дали реальный срок за разбой», «тюремный срок по ст. 162 УК РФ», «мотает срок».
func (p *fact) spell() bool {
	kind := false
	if b := p.before(); p.listed(&b, spellKinds) {
		p.start, kind = b.start, true
	}
	if b := p.before(); p.listed(&b, spellGiven) {
		p.start = b.start
		p.own += 2
	} else if b.there() && b.marks == markSpace && spellOnly.has(p.word(&b)) {
		p.start = b.start
		p.own += 2
		kind = true
	}
	charged := p.charge()
	if charged {
		p.own++
	}
	return charged || kind
}

var (
	yearWords  = newVocabulary(`год года лет годам годами`)
	spellKinds = newVocabulary(kindsOfSpell)
	spellGiven = newVocabulary(givenSpell)
	spellOnly  = newVocabulary(onlySpell)
	// What stands before a spell of prison, and what behind it.
	spellBefore = newVocabulary(kindsOfSpell + " " + givenSpell + " " + onlySpell)
	spellNext   = newVocabulary(`по за в ст статья статье статьи статью статьям ч часть части п пункт пункту прим`)
)

const (
	kindsOfSpell = `условный условного реальный реального тюремный тюремного пожизненный`
	givenSpell   = `получил получила получили дали имеет имел имела отбывает отбывал отбывала отбыл отбыла`
	onlySpell    = `мотает мотал отмотал отсидел отсидела досиживает`
)

// inquiry reads «был под следствием по ст. 290 УК РФ», «под подпиской о невыезде».
func (p *fact) inquiry() bool {
	b := p.before()
	if !p.spells(&b, "под") {
		return false
	}
	if foldedEnd(p.a[p.start:p.end], "кой") {
		w := p.after()
		if !p.spells(&w, "о") {
			return false
		}
		if w = p.k.pieceAfter(p.a, w.end); !p.spells(&w, "невыезде") {
			return false
		}
		p.end = w.end
	}
	p.start = b.start
	p.force = middling
	if v := p.before(); p.listed(&v, inquiryWords) {
		p.start = v.start
		p.own++
	}
	if p.charge() {
		p.force = strong
		p.own += 2
	}
	return true
}

var inquiryWords = newVocabulary(`находится находился находилась состоит был была сидит ходит отпущен отпущена`)

// prison reads «сидит в тюрьме», «отбывает наказание в колонии строгого режима», «вышел из колонии».
func (p *fact) prison() bool {
	p.force = middling
	if b := p.before(); p.listed(&b, yearWords) {
		// получил 5 лет колонии за грабёж
		if n := p.k.pieceBefore(p.a, b.start); n.there() && n.marks == markSpace && (n.digits || sentenceNumber.has(p.word(&n))) {
			p.start = n.start
			if v := p.before(); p.listed(&v, spellGiven) {
				p.start = v.start
				p.own += 2
			}
			p.yard()
			if p.charge() {
				p.own++
			}
			p.force = strong
			return true
		}
	}
	i := p.start
	if p.before().marks == markSpace {
		p.adjectivesPrison()
		i = p.start
	}
	inside := p.start
	for n := range 6 {
		b := p.k.pieceBefore(p.a, i)
		if !b.there() || b.marks&^markGap != 0 {
			break
		}
		word := p.word(&b)
		if n == 0 && equalFold(word, "в") {
			inside = b.start
		}
		if imprisonedWords.has(word) {
			p.start = b.start
			p.force = strong
			p.own += 2
			break
		}
		if n == 5 || !servingBetween.has(word) && !adjectival(word) && !b.digits {
			break
		}
		i = b.start
	}
	if p.force < strong {
		if inside == p.start {
			return false
		}
		p.start = inside // в СИЗО: of somebody, or nothing
		p.own--
	}
	p.yard()
	return true
}

// adjectivesPrison takes «исправительной» and the like before a colony into the phrase.
func (p *fact) adjectivesPrison() {
	if b := p.before(); b.there() && b.marks == markSpace && adjectival(p.word(&b)) && b.sense&saysNot == 0 {
		p.start = b.start
	}
}

// yard takes «строгого режима» into the phrase.
func (p *fact) yard() {
	w := p.after()
	if !w.there() || w.marks != markSpace || w.digits {
		return
	}
	if foldedEnd(p.word(&w), "ого") || foldedEnd(p.word(&w), "его") {
		if r := p.k.pieceAfter(p.a, w.end); r.there() && equalFold(p.word(&r), "режима") {
			p.end = r.end
		}
	} else if equalFold(p.word(&w), "поселении") || equalFold(p.word(&w), "поселение") {
		p.end = w.end
	}
}

var (
	imprisonedWords = newVocabulary(`отбывает отбывал отбывала отбывающий отбыл сидел сидела сидит сижу отсидел отсидела вышел вышла освободился
		освободилась освобожден освобождена попал попала находится находился находилась содержится провел провела посадили отправлен`)
	servingBetween = newVocabulary(`наказание срок в во из под года лет год месяцев свой второй первый уже сейчас там стражей за`)
)

// serving reads «отбывает наказание», «отсидел 5 лет».
func (p *fact) serving() bool {
	p.own++
	w := p.after()
	if !w.there() || w.marks != markSpace {
		return false
	}
	if equalFold(p.word(&w), "наказание") || equalFold(p.word(&w), "срок") {
		p.end = w.end
		p.own++
		// в колонии строгого режима
		v := p.after()
		if p.spells(&v, "в") {
			x := p.k.pieceAfter(p.a, v.end)
			if x.there() && x.marks == markSpace && adjectival(p.word(&x)) {
				x = p.k.pieceAfter(p.a, x.end)
			}
			if p.listed(&x, prisonWords) {
				p.end = x.end
				p.yard()
				if n := p.after(); n.digits && n.marks&^(markHyphen|markSpace|markOther) == 0 {
					p.end = n.end // ИК-5
				}
			}
		}
		p.charge()
		return true
	}
	end := p.end
	p.yearsOf()
	if p.end > end {
		p.own++
		p.charge()
		return true
	}
	return p.charge()
}

var prisonWords = newVocabulary(`колонии тюрьме сизо ик лтп лагере`)

// criminalArticle reads the article that stands before «УК»: «ст. 158 УК РФ», with what somebody has to do with it.
func (p *fact) criminalArticle() bool {
	named := false
	if w := p.after(); w.there() && w.marks&(markQuote|markHyphen) != 0 {
		return false // УК «Уютный дом»
	} else if p.spells(&w, "рф") {
		p.end, named = w.end, true
	}
	b := p.before()
	if !b.there() || b.marks&^markGap != 0 || !b.digits {
		return false
	}
	p.force = middling
	i := b.start
	p.start = i
	for n := 0; n < 10; n++ {
		w := p.k.pieceBefore(p.a, i)
		if !w.there() || w.marks&(markLine|markOther|markQuote|markColon) != 0 && !articleWords.has(p.word(&w)) {
			break
		}
		word := p.word(&w)
		switch {
		case articleWords.has(word) || w.digits:
			p.start = w.start
			named = named || !w.digits
		case chargedWord.has(word):
			p.start = w.start
			p.force = strong
			p.own += 2
			return true
		case !chargeBetween.has(word):
			return named
		}
		i = w.start
	}
	return named
}

var (
	chargedWord = newVocabulary(`судим судима осужден осуждена осудили обвиняется обвинялся обвинялась привлекался привлекалась привлечен привлечена
		приговорен приговорена арестован арестована задержан задержана отсидел отсидела сидел сидела сидит отбывает судимость судимости судимостью
		обвинение обвиняемый обвиняемая подозревается подозреваемый`)
	chargeBetween = newVocabulary(`по и а б в г за к уголовной ответственности совершении преступления предусмотренного года лет на условно`)
)

// parole reads «вышел по УДО».
func (p *fact) parole() bool {
	b := p.before()
	if !b.there() || b.marks != markSpace || !equalFold(p.word(&b), "по") && !equalFold(p.word(&b), "на") {
		return false
	}
	if v := p.k.pieceBefore(p.a, b.start); v.there() && v.marks == markSpace && (imprisonedWords.has(p.word(&v)) || equalFold(p.word(&v), "подал") || equalFold(p.word(&v), "подала")) {
		p.start = v.start
		p.own += 2
		return true
	}
	return false
}

// criminalCase reads «возбуждено уголовное дело», «привлекался к уголовной ответственности».
func (p *fact) criminalCase() bool {
	w := p.after()
	if !w.there() || w.marks&^markGap != 0 || !caseNouns.has(p.word(&w)) {
		return false
	}
	p.end = w.end
	p.force = middling
	p.own--
	i := p.start
	for range 4 {
		b := p.k.pieceBefore(p.a, i)
		if !b.there() || b.marks&^markGap != 0 {
			break
		}
		if prosecutedWords.has(p.word(&b)) {
			p.start = b.start
			p.own += 2
			if n := p.before(); p.spells(&n, "не", "ранее") {
				p.start = n.start
			}
			break
		}
		i = b.start
	}
	p.charge()
	return true
}

var (
	caseNouns       = newVocabulary(`дело дела делу ответственности ответственность преследование преследованию прошлое`)
	prosecutedWords = newVocabulary(`привлекался привлекалась привлекаюсь привлечен привлечена заведено возбуждено возбудили завели проходит проходил
		фигурант фигурантом`)
)

// term reads «3 года лишения свободы»: years before, somebody around.
func (p *fact) term() bool {
	w := p.after()
	if !w.there() || w.marks&^markGap != 0 || !equalFold(p.word(&w), "свободы") {
		return false
	}
	p.end = w.end
	p.force = middling
	b := p.before()
	if !b.there() || b.marks&^markGap != 0 || !sentenceUnit.has(p.word(&b)) {
		return false
	}
	n := p.k.pieceBefore(p.a, b.start)
	if !n.there() || n.marks&^markGap != 0 || !n.digits && !sentenceNumber.has(p.word(&n)) {
		return false
	}
	p.start = n.start
	if e := p.k.pieceAfter(p.a, p.end); p.spells(&e, "условно") {
		p.end = e.end
	}
	return true
}

// accused reads «обвиняется в мошенничестве», «обвиняемый по ст. 159 УК РФ».
func (p *fact) accused() bool {
	p.own += 2
	return p.charge()
}

// criminalEnglish reads «convicted of fraud», «criminal record».
func (p *fact) criminalEnglish() bool {
	word := p.a[p.start:p.end]
	w := p.after()
	switch {
	case equalFold(word, "convicted"):
		p.own++
		p.charge()
	case equalFold(word, "criminal"):
		if !w.there() || w.marks != markSpace || !(equalFold(p.word(&w), "record") || equalFold(p.word(&w), "history") || equalFold(p.word(&w), "conviction")) {
			return false
		}
		p.end = w.end
		if p.labelled(p.end) {
			if _, e, ok := p.clause(p.end, 4); ok {
				p.end = e
				p.own += 2
			}
		}
	}
	return true
}
