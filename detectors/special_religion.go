package detectors

import "strings"

// SpecialReligion is somebody's religion or that he has none.
var SpecialReligion = declare(Detector{
	Kind:   "special_religion",
	Class:  Special,
	Doc:    Doc{RU: "религиозные убеждения", EN: "religious belief"},
	Prefix: "вера",
	Cues:   religionCues.words,
	Names: strings.Fields(`религия религии вероисповедание вероисповедания конфессия религиозные_взгляды религиозные_убеждения религиозная_принадлежность
		отношение_к_религии религ_взгляды религ_убеждения мировоззрение religiya religia veroispovedanie konfessiya relig_vzglyady religion
		religious_views religious_beliefs religious_affiliation faith`),
	Find:   findSpecialReligion,
	Reach:  768,
	Fits:   func(value []byte) bool { return fitsWord(value, faithWords) },
	Normal: lowered,
	Good: []string{
		"родители исповедуют буддизм, в школу по субботам не ходит",
		"Я православный, пост соблюдаю",
		"Вероисповедание: ислам",
		"она мусульманка и не ест свинину",
		"Сотрудник Алиев Р. М. исповедует ислам, просит пятницу выходной",
		"моя бабушка — свидетель Иеговы",
		"религия: буддизм",
		"О себе: мировоззрение – атеизм",
		"Candidate is a practicing Muslim",
	},
	Bad: []string{
		"православная церковь построена в 1905 году",
		"Исламское искусство в Эрмитаже",
		"Ислам Каримов приехал на форум",
		"сведения о религиозных и философских убеждениях не обрабатываются",
		"в стране живут христиане, мусульмане и буддисты",
		"католическое Рождество 25 декабря",
		"Католический собор на Малой Грузинской",
		"Главные религии: ислам, иудаизм. Доклад сдала Вера, 7 класс",
	},
})

// How the cues of religion are read.
const (
	religionPerson    = iota // a noun for one person
	religionAdjective        // an adjective that is one, too
	religionFaith            // the faith itself
	religionLabel
	religionWitness
	religionBaptised
	religionMany
)

var religionCues = newCueList(
	cueGroup{religionPerson, "ин ина ину ином ка ки ке ку кой е", `мусульман христиан`},
	cueGroup{religionPerson, "- а у ом ы ка ки ке ку кой", `буддист атеист баптист пятидесятник адвентист старообрядец лютеранин кришнаит суннит шиит
		агностик сатанист католик`},
	cueGroup{religionPerson, "", `католичка католичку католичкой иудей иудея иудейка старообрядец лютеранка язычник язычница muslim christian buddhist
		atheist baptist catholic agnostic`},
	cueGroup{religionAdjective, "ый ая ые ого ой ому ую ым", `православн`},
	cueGroup{religionAdjective, "ий ая его ей ему ую им", `верующ неверующ`},
	cueGroup{religionFaith, "- а у ом е", `ислам буддизм иудаизм католицизм атеизм`},
	cueGroup{religionFaith, "о а у ом е", `христианств язычеств`},
	cueGroup{religionFaith, "е я ю ем и", `православи`},
	cueGroup{religionFaith, "", `islam christianity buddhism judaism orthodoxy`},
	cueGroup{religionLabel, "е я ю ем и", `вероисповедани`},
	cueGroup{religionLabel, "я и", `религи`},
	cueGroup{religionLabel, "", `religion`},
	cueGroup{religionWitness, "", `иеговы jehovah`},
	cueGroup{religionBaptised, "", `крещен крещена`},
	cueGroup{religionMany, "", `мечеть синагогу намаз рамадан`},
)

// faithWords are the words for faiths and those who have them.
var faithWords = newVocabulary(`православ* мусульман* ислам* христиан* будди* иуде* иудаи* атеи* атеист* католи* протестант* баптис* пятидесятн*
		адвентис* старообряд* лютеран* кришнаи* индуи* синтои* даоси* язычн* язычес* агности* суннит* суннизм шиит*
	шиизм свидетел* иегов* верующ* неверующ* мормон* сатани* растафари* светск* зороастр* армяно* греко* униат* шамани* тенгри*
	orthodox* muslim* islam* christian* buddhis* jewish judaism atheis* catholic* protestant* baptist* lutheran* hindu* agnostic* sunni shia* jehovah*
		mormon* pravoslav* musulman* believer*`)

func findSpecialReligion(dst []Finding, t *Text) []Finding {
	for _, c := range t.Cues(t.current) {
		rule, ok := religionCues.rule(t.Arena, c)
		if !ok {
			continue
		}
		p := factAt(t, c, 0)
		p.force = strong
		switch rule {
		case religionPerson:
			ok = p.believer()
		case religionAdjective:
			ok = p.predicate() && p.alone()
			if !ok && p.confessed() {
				ok = true
			}
			p.takes(believerWords)
		case religionFaith:
			ok = p.faith()
		case religionLabel:
			ok = p.religionLabel()
		case religionWitness:
			ok = p.witness()
		case religionBaptised:
			p.force = middling
			w := p.after()
			ok = p.predicate() || w.there() && equalFold(p.word(&w), "в")
			if n := p.k.pieceAfter(p.a, w.end); ok && p.spells(&w, "в") && p.listed(&n, faithWords) {
				p.end = n.end
				p.force = strong
				p.own++
			}
		case religionMany:
			ok = p.practises()
		}
		if ok {
			dst = p.appendTo(dst)
		}
	}
	return dst
}

// believer reads a noun for one person: «мусульманка», «убеждённый атеист».
func (p *fact) believer() bool {
	if w := p.after(); w.there() && w.marks == markHyphen || p.before().marks == markHyphen {
		return false
	}
	if p.a[p.start] < 0x80 && !p.alone() {
		return false // Muslim countries
	}
	said := p.predicate()
	if word := p.a[p.start:p.end]; !said && (foldedEnd(word, "ане") || foldedEnd(word, "ты")) {
		return false // many
	}
	if p.headed(confessions) {
		p.own += 3
		return true
	}
	if b := p.before(); b.there() && b.marks == markSpace && (faithWords.has(p.word(&b)) || convincedWords.has(p.word(&b))) {
		p.start = b.start // православный христианин
	}
	if said || p.predicate() {
		p.own += 2
	} else if !p.apart() {
		p.own--
	}
	return true
}

var convincedWords = newVocabulary(`убежденный убежденная убежденным воинствующий правоверный правоверная practicing devout`)

// confessed says that «вероисповедание», «по вере» and the like stand right before.
func (p *fact) confessed() bool {
	b := p.before()
	if b.there() && b.marks&^markLabel == 0 && confessions.has(p.word(&b)) {
		p.own += 3
		return true
	}
	return false
}

var believerWords = newVocabulary(`христианин христианка человек`)

var confessions = newVocabulary(`вероисповедание вероисповедания вероисповеданию религия религии вере вера конфессия принадлежность мировоззрение взгляды убеждения
		religion faith`)

// faith reads «исповедует ислам», «принял христианство», «религия — ислам».
func (p *fact) faith() bool {
	b := p.before()
	if !b.there() || b.marks&^markLabel != 0 {
		return false
	}
	switch {
	case confessWords.has(p.word(&b)):
		p.start = b.start
		p.own += 2
	case equalFold(p.word(&b), "в"):
		v := p.k.pieceBefore(p.a, b.start)
		if !v.there() || v.marks != markSpace || !convertWords.has(p.word(&v)) {
			return false
		}
		p.start = v.start
		p.own++
	case b.marks&(markColon|markDash|markHyphen) != 0 && confessions.has(p.word(&b)): // убеждения — атеизм
		if n := p.after(); n.there() && n.marks&markComma != 0 && faithWords.has(p.word(&n)) {
			return false
		}
		p.own += 3
	default: // a label before reads it
		return false
	}
	return true
}

var (
	confessWords = newVocabulary(`исповедует исповедую исповедуют исповедуем исповедовал исповедовала принял приняла приняли практикует практикую практикуют practices professes follows`)
	convertWords = newVocabulary(`перешел перешла крещен крещена обратился обратилась воспитан воспитана`)
)

// religionLabel reads «вероисповедание: православный», «религия: ислам».
func (p *fact) religionLabel() bool {
	w := p.after()
	if !w.there() || w.marks&^markLabel != 0 || !faithWords.has(p.word(&w)) {
		// православного вероисповедания
		if b := p.before(); p.listed(&b, faithWords) && foldedEnd(p.a[p.start:p.end], "ания") {
			p.start = b.start
			p.own++
			return true
		}
		return false
	}
	if w.marks&(markColon|markDash|markQuote) == 0 && !isCapital(p.a, p.start) {
		return false
	}
	if n := p.k.pieceAfter(p.a, w.end); foldedEnd(p.a[p.start:p.end], "ии") && n.there() && n.marks&markComma != 0 && faithWords.has(p.word(&n)) {
		return false // «Традиции: ислам, иудаизм» names faiths, nobody's
	}
	p.start, p.end = w.start, w.end // the label stays
	if n := p.after(); p.listed(&n, faithWords) {
		p.end = n.end // православное христианство
	}
	p.own += 3
	return true
}

// witness reads «свидетель Иеговы».
func (p *fact) witness() bool {
	b := p.before()
	word := p.word(&b)
	if p.a[p.start] < 0x80 {
		w := p.k.pieceAfter(p.a, p.end+2)
		if w.there() && equalFold(p.word(&w), "witness") {
			p.end = w.end
			return true
		}
		return false
	}
	if b.marks&^(markSpace|markQuote) != 0 {
		return false
	}
	if equalFold(word, "свидетель") || equalFold(word, "свидетеля") || equalFold(word, "свидетелем") || equalFold(word, "свидетельница") {
		p.start = b.start
		if p.predicate() {
			p.own += 2
		}
		return true
	}
	return false
}

// practises reads «ходит в мечеть», «совершает намаз».
func (p *fact) practises() bool {
	p.force = middling
	i := p.start
	for range 3 {
		w := p.k.pieceBefore(p.a, i)
		if !w.there() || w.marks != markSpace {
			return false
		}
		if practiceWords.has(p.word(&w)) {
			p.start = w.start
			p.own++
			return true
		}
		if w.sense&saysLimit == 0 && len(p.word(&w)) > 8 && !adjectival(p.word(&w)) {
			return false
		}
		i = w.start
	}
	return false
}

var practiceWords = newVocabulary(`ходит хожу посещает посещаю посещал совершает совершаю соблюдает соблюдаю держит держу читает читаю молится`)
