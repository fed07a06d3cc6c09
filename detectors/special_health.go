package detectors

import "strings"

// SpecialHealth is what is known of somebody's health: a diagnosis, a disability, a pregnancy, an allergy, a blood group,
// a code of МКБ-10 (ICD-10), being on the books of a dispensary.
var SpecialHealth = declare(Detector{
	Kind:   "special_health",
	Class:  Special,
	Doc:    Doc{RU: "сведения о здоровье", EN: "health data"},
	Prefix: "здоровье",
	Cues:   healthCues.words,
	Names: strings.Fields(`диагноз диагноза диагнозы основной_диагноз сопутствующий_диагноз предварительный_диагноз диагноз_при_поступлении мкб мкб_10 код_мкб
		заболевание заболевания хронические_заболевания перенесенные_заболевания болезнь болезни группа_крови резус_фактор резус инвалидность
		группа_инвалидности категория_инвалидности категория_годности группа_годности годность_к_службе годность_к_военной_службе аллергии аллергия аллергоанамнез аллергологический_анамнез анамнез анамнез_жизни
		анамнез_заболевания состояние_здоровья группа_здоровья прививки прививка вакцинация беременность срок_беременности противопоказания
		медицинские_показания вич гепатит туберкулез результат_анализа результаты_анализов медицинское_заключение показания_здоровья нозология овз
		хронические_болезни diagnoz diagnozy osnovnoy_diagnoz mkb mkb10 kod_mkb zabolevanie zabolevaniya gruppa_krovi rezus invalidnost
		gruppa_invalidnosti allergii allergiya anamnez sostoyanie_zdorovya privivki vakcinaciya beremennost vich diagnosis diagnoses
		primary_diagnosis icd icd10 icd_code icd10_code disease diseases chronic_diseases illness medical_condition health_condition medical_history
		anamnesis blood_group rh_factor disability disabilities disability_group allergies allergy vaccination vaccinations pregnancy hiv`),
	Find:   findSpecialHealth,
	Reach:  768,
	Fits:   fitsFact,
	Normal: lowered,
	Good: []string{
		"Ds: K29.3 Гастродуоденит поверхностный",
		"Пациентка жалуется на слабость. Сахарный диабет 2 типа, стаж 8 лет.",
		"у меня ВИЧ, принимаю терапию с 2019 года",
		"Сын болеет, у него бронхиальная астма",
		"Сидоров П.А., инвалид II группы, просит перенести отпуск",
		"жена беременна, 20 недель, можно ли перенести вылет?",
		"Диагноз: хронический тонзиллит",
		"Состоит на учёте в ПНД с 2011 года",
		"Группа крови: A(II) Rh+",
		"She was diagnosed with type 2 diabetes last year",
		"Категория годности «В», призывник Рябухин Олег",
		"У племянника плоскостопие II степени",
		"Юлдашева Камила — аллергия на бобовые; суп отдельно",
		"Мальцев Егор, 4 года, непереносимость лактозы",
		"Диагноз: M17.1 гонартроз справа",
		`{"fio":"Мальцев Егор Ильич","mkb":"G40.1"}`,
		"Особенности ребёнка: астма, ремиссия 3 года",
		"Бабушка: артрит, принимает метотрексат 10 мг",
		"Сопутствующее: диабетическая ретинопатия",
		"Направление в центр диагностики: Мальцева Нина Львовна, 12 кабинет, цирроз печени",
		"в молодости лечился от туберкулёза",
		"Страховое событие: перелом лучевой кости, 04.02.2026",
		"Стоял на учёте в диспансере с диагнозом псориаз",
	},
	Bad: []string{
		"Статистика заболеваемости диабетом в регионе выросла на 3 процента",
		"Здоровый образ жизни и правильное питание",
		"Диагностика двигателя и ходовой, диагноз бесплатно",
		"Гепатит в мире: 300 миллионов случаев",
		"обработка специальных категорий персональных данных: состояние здоровья, инвалидность, диагноз",
		"Всемирный день борьбы с туберкулёзом",
		"Рецепт борща с чесноком",
		"парковка для инвалидов 1 группы",
		"Психолог объяснил ему многое. Алкоголизм — болезнь.",
		"срок годности «В» указан на крышке",
		"непереносимость лактозы встречается у многих людей",
		"Основной: склад на Лесной, запасной: Речная",
		"перелом в ходе матча наступил после перерыва",
		"Осложнения: задержка поставки, рост цен",
		"разрыв договора и растяжение сроков",
		"Астма, ремиссия и обострение: статья для родителей",
	},
})

// How the cues of health are read.
const (
	healthIllness   = iota // the name of an illness
	healthIll              // a word that is also one of other things
	healthCrab             // a word that is much more often one of other things: рак, спид
	healthShort            // an abbreviation that needs a type or stage: СД 2 типа
	healthHead             // illness, syndrome: with an adjective or a name
	healthAdjective        // mental, cardiac: with such a noun
	healthDisabled
	healthPregnant
	healthBlood
	healthAllergy
	healthVaccine
	healthBooks  // dispensaries
	healthDoctor // whom nobody goes to without a reason
	healthDrug
	healthDiagnosis
	healthCode
	healthSuffers // somebody is ill
	healthCarrier // a word for a person who has it
	healthFeeble
	healthFitness    // of conscripts, with a category
	healthIntolerant // of lactose
	healthInjury     // of a part of the body
	healthHeading    // what a diagnosis stands behind: сопутствующий
)

// Stems are chosen for beginnings that few other words have: every word that begins like a cue is looked at.
var healthCues = newCueList(
	cueGroup{healthIllness, endsMan, `диабет туберкулез гепатит цирроз инсульт инфаркт псориаз сифилис лейкоз аутизм алкоголизм панкреатит артрит артроз сколиоз
		атеросклероз склероз остеохондроз гастрит бронхит тромбоз гипотиреоз гипертиреоз эндометриоз психоз невроз хламидиоз герпес аппендицит холецистит
		цистит гайморит энцефалит
		миокардит нефрит тиреоидит муковисцидоз саркоидоз пиелонефрит стоматит остеопороз менингит варикоз отит ларингит фарингит аборт миелит дерматит
		уретрит кольпит тонзиллит`},
	cueGroup{healthIllness, endsIya, `эпилепси шизофрени гипертони гипертензи аритми анеми деменци пневмони гемофили лейкеми анорекси булими стенокарди
		тахикарди астени олигофрени наркомани токсикомани фибромиалги фенилкетонури гоноре`},
	cueGroup{healthIllness, endsWoman, `астм экзем миом лимфом карцином подагр меланом глауком катаракт сарком`},
	cueGroup{healthIllness, endsWomanK, `волчанк ветрянк скарлатин`},
	cueGroup{healthIllness, "е я ю ем и", `ожирени бесплоди слабоуми плоскостопи`},
	cueGroup{healthIllness, "", `вич hiv дцп хобл онмк ибс впч иппп зппп сдвг птср сма aids ковид ковидом ковида covid коронавирус* метастазы метастаз
		зпр гидроцефали*
		diabetes epilepsy schizophrenia autism dementia arthritis miscarriage abortion tuberculosis hepatitis cancer asthma leukemia alcoholism
		hypertension psoriasis anorexia bulimia pneumonia syphilis adhd
		melanoma lymphoma glaucoma`},
	cueGroup{healthIllness, "- а у ем е и ей", `выкидыш`},
	cueGroup{healthIll, endsIya, `депресси онкологи ишеми`},
	cueGroup{healthIll, "ь и ью ей", `опухол мигрен`},
	cueGroup{healthIll, endsWomanK, `ангин грыж краснух желтух`},
	cueGroup{healthIll, endsWoman, `язв кист травм`},
	cueGroup{healthIll, "", `орви орз грипп гриппом гриппа овз глухота слепота stroke depression ulcer tumor`},
	cueGroup{healthCrab, "", `рак рака раку раком раке спид спида спидом`},
	cueGroup{healthShort, "", `сд аг хсн`},
	cueGroup{healthHead, endsSoft, `болезн`},
	cueGroup{healthHead, endsNeuter, `заболевани`},
	cueGroup{healthHead, endsMan, `синдром`},
	cueGroup{healthAdjective, "ое ого ому ым ом ая ой ую ие их ые ых ий ый", `психическ биполярн депрессивн паническ онкологическ венерическ ишемическ
		гипертоническ язвенн мочекаменн эпилептическ
		умственн церебральн`},
	cueGroup{healthDisabled, "- а у ом е ы ов ам ами ность ности ностью", `инвалид`},
	cueGroup{healthDisabled, "", `disability`},
	cueGroup{healthPregnant, "", `беремен* pregnant pregnancy`},
	cueGroup{healthBlood, "", `крови blood`},
	cueGroup{healthAllergy, "я и ю ей к ка ку ком", `аллерги`},
	cueGroup{healthAllergy, "", `allergic allergy allergies`},
	cueGroup{healthVaccine, "", `привит привита вакцинирован вакцинирована вакцинировался вакцинировалась vaccinated`},
	cueGroup{healthBooks, "", `пнд наркодиспансер* кожвендиспансер* психдиспансер* психоневролог* тубдиспансер* онкодиспансер* диспансер*`},
	cueGroup{healthDoctor, "- а у ом е", `психиатр психотерапевт нарколог онколог фтизиатр`},
	cueGroup{healthDrug, "", `антидепрессант* нейролептик* химиотерапи* гемодиализ* антиретровирус* арвт инсулин инсулина инсулине insulin chemotherapy
		antidepressants`},
	cueGroup{healthDiagnosis, "- а у ом е ы", `диагноз`},
	cueGroup{healthDiagnosis, "", `ds dz дз`},
	cueGroup{healthDiagnosis, "", `диагностирован диагностирована диагностировано диагностировали diagnosis diagnosed`},
	cueGroup{healthCode, "", `мкб mkb icd`},
	cueGroup{healthSuffers, "", `болеет болею болен больна болел болела`},
	cueGroup{healthCarrier, "- а у ом ка ку кой", `эпилептик шизофреник диабетик астматик аутист наркоман наркозависим алкоголик гипертоник туберкулезник`},
	cueGroup{healthCarrier, "", `наркозависимый наркозависимая наркозависимого незрячий незрячая слабослышащий слабослышащая глухонемой глухонемая
		колясочник diabetic epileptic`},
	cueGroup{healthFitness, "", `годности`},
	cueGroup{healthIntolerant, "ь и ью", `непереносимост`},
	cueGroup{healthInjury, "- а у ом е ы", `перелом вывих ушиб разрыв растяжени`},
	cueGroup{healthHeading, "", `сопутствующий сопутствующее сопутствующие осложнение осложнения основной`},
	cueGroup{healthFeeble, "", `здоровье здоровья здоровьем здоровью больничный больничном больничного анализы анализов анализах прививка прививки прививку`},
)

func findSpecialHealth(dst []Finding, t *Text) []Finding {
	for _, c := range t.Cues(t.current) {
		rule, ok := healthCues.rule(t.Arena, c)
		if !ok {
			continue
		}
		p := factAt(t, c, saysIll)
		if string(t.Arena[c.Start:c.End]) == "aids" {
			continue // helps
		}
		switch rule {
		case healthIllness, healthIll:
			ok = p.illness(rule == healthIllness)
		case healthCrab:
			ok = p.crab()
		case healthShort:
			p.force = strong
			ok = isCapital(t.Arena, int(c.Start)) && p.complement()
		case healthHead:
			ok = p.namedIllness()
		case healthAdjective:
			ok = p.adjectiveIllness()
		case healthDisabled:
			ok = p.disability()
		case healthPregnant:
			ok = p.pregnancy()
		case healthBlood:
			ok = p.bloodGroup()
		case healthAllergy:
			ok = p.allergy()
		case healthVaccine:
			p.vaccination()
		case healthBooks:
			ok = p.books()
		case healthDoctor:
			ok = p.treatedBy()
		case healthDrug:
			p.force = middling
		case healthDiagnosis:
			if p.end-p.start <= len("дз") && (p.a[p.end] != ':' || alphanumeric(p.a[p.start-1])) {
				continue // Ds is a label or something else
			}
			q := p
			if ok = p.diagnosis(); !ok || p.evidence&Format == 0 {
				dst = q.codes(dst)
			}
		case healthHeading:
			ok = p.labelled(p.end) && p.diagnosis() && p.force == strong
		case healthInjury:
			ok = p.injury()
		case healthCode:
			if p.labelled(p.end) || p.a[p.end] == '"' && p.labelled(p.end+1) {
				p.own += 2
			}
			dst = p.codes(dst)
			ok = false
		case healthSuffers:
			ok = p.suffers()
		case healthCarrier:
			p.force = strong
			p.adjectives()
		case healthFitness:
			ok = p.fitness()
		case healthIntolerant:
			ok = p.intolerance()
		}
		if ok && rule <= healthAdjective {
			p.course()
			p.codeBefore()
			if p.headed(illnessHeads) {
				p.own += 2
			}
		}
		if ok {
			dst = p.appendTo(dst)
			if rule == healthIllness || rule == healthHead || rule == healthAdjective {
				dst = p.codes(dst)
			}
		}
	}
	return dst
}

// illnessHeads are labels that the illness of one person stands behind.
var illnessHeads = newVocabulary(`особенности анамнез основной сопутствующий сопутствующие сопутствующее осложнение осложнения медотвод здоровье годность жалобы
		состояние событие противопоказания ограничения заболевания диагноз ds`)

// course takes what is told of an illness behind it into the phrase: «, ремиссия полгода», «, обострение», «, на инсулине»,
// «, принимает метформин».
func (p *fact) course() {
	w := p.after()
	if !w.there() || w.digits || w.marks&^(markSpace|markComma|markOpen) != 0 || w.marks&(markComma|markOpen) == 0 && !courseClose.has(p.word(&w)) {
		return
	}
	end := w.end
	switch word := p.word(&w); {
	case courseWords.has(word):
	case equalFold(word, "в"):
		x := p.k.pieceAfter(p.a, end)
		if p.spells(&x, "стадии", "фазе", "состоянии") {
			x = p.k.pieceAfter(p.a, x.end)
		}
		if !x.there() || x.marks != markSpace || !courseWords.has(p.word(&x)) {
			return
		}
		end = x.end
	case equalFold(word, "на"):
		x := p.k.pieceAfter(p.a, end)
		if !p.listed(&x, therapyWords) {
			return
		}
		end = x.end
	case takesWords.has(word):
		p.own += 2
		x := p.k.pieceAfter(p.a, end)
		if !x.there() || x.digits || x.marks != markSpace || x.sense&saysLimit != 0 {
			return
		}
		if end = x.end; p.a[end] == '-' {
			if y := p.k.pieceAfter(p.a, end); y.there() && y.marks == markHyphen {
				end = y.end // D-пеницилламин
			}
		}
	default:
		return
	}
	// 2 года, 850 мг
	if n := p.k.pieceAfter(p.a, end); n.there() && n.digits && n.marks == markSpace {
		if u := p.k.pieceAfter(p.a, n.end); u.there() && u.marks&^markSpace == 0 && courseUnits.has(p.word(&u)) {
			end = u.end
		}
	}
	if w.marks&markOpen != 0 {
		if p.a[end] != ')' {
			return
		}
		end++
	}
	p.end = end
}

var (
	courseWords = newVocabulary(`ремиссия ремиссии ремиссию декомпенсация декомпенсации компенсация субкомпенсация обострение обострения обострении
		рецидив рецидива рецидивирующее прогрессирование`)
	courseClose  = newVocabulary(`в на`)
	therapyWords = newVocabulary(`инсулине инсулинотерапии химиотерапии гемодиализе диализе диете терапии таблетках гормонах метадоне учете`)
	takesWords   = newVocabulary(`принимает принимаю принимал принимала пьет пью получает колет колю`)
	courseUnits  = newVocabulary(`год года лет месяц месяца месяцев недели недель мг мкг мл г ед`)
)

// codeBefore takes the code of МКБ-10 right before the phrase into it: N20.0 камень почки.
func (p *fact) codeBefore() {
	i := p.start
	for n := 0; n < 3 && (p.a[i-1] == ' ' || p.a[i-1] == '-' || p.a[i-1] == ':'); n++ {
		i--
	}
	end := i
	for n := 0; i < p.start && n < 7 && (alphanumeric(p.a[i-1]) || p.a[i-1] == '.'); n++ {
		i--
	}
	if i < end && icdCode(p.a, i) == end {
		p.start = i
		p.evidence |= Format
	}
}

// injury reads «вывих плеча», «разрыв связок колена»: of a part of the body, or none.
func (p *fact) injury() bool {
	p.force = strong
	p.adjectives()
	if w := p.after(); p.spells(&w, "связок", "связки", "мениска", "мышцы", "сухожилия", "шейки") {
		p.end = w.end
		p.complement()
	} else {
		if w.there() && w.marks == markSpace && w.sense&saysOrgan == 0 && (adjectival(p.word(&w)) || foldedEnd(p.word(&w), "ой")) {
			p.end = w.end // лучевой кости
		}
		if !p.complement() {
			return false
		}
	}
	if p.headed(illnessHeads) {
		p.own += 2
	}
	return true
}

// gluedHealth are words that go on behind a hyphen: ВИЧ-инфекция.
var gluedHealth = newVocabulary(`инфекц* инфицирован* положительн* позитивн* отрицательн* негативн* статус* ассоциирован* positive negative зависим*
		носител* колясочник* 19 тест теста пневмони*`)

// illness reads a phrase around the name of an illness.
func (p *fact) illness(sure bool) bool {
	p.force = middling
	if sure {
		p.force = strong
	}
	at := p.start
	adjectives := p.adjectives()
	if b := p.before(); p.spells(&b, "от") {
		if v := p.k.pieceBefore(p.a, b.start); v.there() && v.marks == markSpace && v.sense&saysIll != 0 {
			p.own++ // лечился от алкоголизма
		}
	}
	if p.a[p.start] < 0x80 {
		p.gradeBefore()
	}
	more := p.hyphened()
	if p.complement() {
		more = true
	}
	if w := p.after(); w.there() && w.marks == markSpace && hepatitisLetter(p.word(&w)) &&
		(equalFold(p.a[at:at+len("гепатит")], "гепатит") || equalFold(p.a[at:at+len("hepatitis")], "hepatitis")) {
		p.end = w.end // гепатит C
		more = true
	}
	if p.tested() {
		p.own++
	} else if p.a[p.end] == '+' && !alphanumeric(p.a[p.end+1]) {
		p.end++ // ВИЧ+
		p.own++
	}
	if (adjectives > 0 || more) && p.force < strong {
		p.force = strong
	}
	if w := p.after(); w.there() && w.marks&markDash != 0 && w.marks&^(markDash|markSpace) == 0 && (w.sense&saysHead != 0 || definesIllness.has(p.word(&w))) {
		p.own -= 4 // Алкоголизм — болезнь
	}
	return true
}

// definesIllness are words that a sentence about an illness in general goes on with behind the dash, beside those for any illness.
var definesIllness = newVocabulary(`это хроническое тяжелое опасное распространенное инфекционное наследственное серьезное состояние патология недуг группа
		нарушение воспаление поражение`)

// fitness reads «категория годности „В“»: how fit a conscript is.
func (p *fact) fitness() bool {
	b := p.before()
	if !p.listed(&b, fitnessWords) {
		return false
	}
	p.start = b.start
	w := p.after()
	if w.there() && w.marks&^markLabel == 0 && fitnessService.has(p.word(&w)) { // годности к военной службе
		for range 3 {
			if n := p.after(); n.there() && n.marks == markSpace && !n.digits && fitnessService.has(p.word(&n)) {
				p.end = n.end
			}
		}
		w = p.after()
	}
	if !w.there() || w.digits || w.marks&^markLabel != 0 || !fitnessGrades.has(p.word(&w)) || !isCapital(p.a, w.start) && w.marks&(markQuote|markColon) == 0 {
		return false
	}
	p.end = w.end
	if n := p.after(); n.digits && n.marks&^markHyphen == 0 && n.end-n.start == 1 {
		p.end = n.end // Б-3
	}
	p.end += quoteBehind(p.a, p.end)
	p.force = strong
	p.own += 2
	return true
}

var (
	fitnessWords   = newVocabulary(`категория категории категорию категорией группа группы группу`)
	fitnessService = newVocabulary(`к военной службе`)
	fitnessGrades  = newVocabulary(`а б в г д`)
)

// intolerance reads «непереносимость лактозы».
func (p *fact) intolerance() bool {
	p.adjectives()
	e := p.substances(p.end)
	if e == 0 {
		return false
	}
	p.end = e
	p.force = strong
	p.own++
	return true
}

// crab reads «рак»: with a part of the body or a stage, or where somebody has it, dies of it, fights it.
func (p *fact) crab() bool {
	from := p.start
	p.illness(false)
	if p.force == strong {
		return true
	}
	i := from
	for n := range 3 {
		w := p.k.pieceBefore(p.a, i)
		if !w.there() || w.digits || w.marks&^(markSpace|markDash|markColon) != 0 {
			break
		}
		if n == 0 && hasIt.has(p.word(&w)) || n > 0 && w.sense&saysAt != 0 {
			return true
		}
		i = w.start
	}
	p.own -= 3
	return true
}

var hasIt = newVocabulary(`от болен больна болеет болел болела нашли обнаружили выявили победил победила перенес перенесла диагностировали диагноз на
		против есть умер умерла лечит`)

// gradeBefore takes «type 2», «stage III» before the phrase into it.
func (p *fact) gradeBefore() {
	n := p.before()
	if !n.there() || n.marks != markSpace || !n.digits && !smallRoman(p.word(&n)) {
		return
	}
	if u := p.k.pieceBefore(p.a, n.start); u.there() && u.marks == markSpace && u.sense&saysUnit != 0 {
		p.start = u.start
	}
}

// hyphened takes what is markGap to the phrase by hyphens: ВИЧ-инфекция, ребёнок-инвалид, COVID-19. Words that it does
// not know make the cue a name of something else: ВИЧ-центр, диабет-школа.
func (p *fact) hyphened() bool {
	w := p.after()
	if w.there() && w.marks == markHyphen {
		if !w.digits && !gluedHealth.has(p.word(&w)) {
			p.own -= 2
			return false
		}
		p.end = w.end
		return true
	}
	b := p.before()
	if b.there() && b.marks == markHyphen && !b.digits {
		p.start = b.start
	}
	return false
}

// hepatitisLetter says whether a word is A to E, in either script.
func hepatitisLetter(w []byte) bool {
	switch string(w) {
	case "A", "B", "C", "D", "E", "А", "В", "С", "Е", "Д", "Б":
		return true
	}
	return false
}

// namedIllness reads a noun for any illness with an adjective or a name: психическое расстройство, болезнь Паркинсона.
func (p *fact) namedIllness() bool {
	p.force = feeble
	if p.adjectives() > 0 {
		p.force = strong
	}
	w := p.after()
	if w.there() && !w.digits && w.marks == markSpace && isCapital(p.a, w.start) && w.end-w.start >= 8 && !p.name(&w) {
		p.end = w.end
		p.force = strong
		if w = p.after(); w.there() && w.marks == markHyphen && isCapital(p.a, w.start) {
			p.end = w.end // Шегрена-Ларссона
		}
	}
	if p.complement() {
		p.force = strong
	}
	return p.force > feeble
}

// adjectiveIllness reads an adjective that waits for its noun: паническая атака, детский церебральный паралич.
func (p *fact) adjectiveIllness() bool {
	p.adjectives()
	for range 3 {
		w := p.after()
		if !w.there() || w.digits || w.marks&^markGap != 0 {
			return false
		}
		p.end = w.end
		if w.sense&saysHead != 0 {
			p.force = strong
			p.complement()
			return true
		}
		if !adjectival(p.word(&w)) {
			return false
		}
	}
	return false
}

// disability reads «инвалид II группы», «инвалидность 2 группы», «вторая группа инвалидности», «ребёнок-инвалид».
func (p *fact) disability() bool {
	p.force = strong
	word := p.a[p.start:p.end]
	noun := foldedEnd(word, "ность") || foldedEnd(word, "ности") || foldedEnd(word, "ностью") || word[0] < 0x80
	many := foldedEnd(word, "ы") || foldedEnd(word, "ов") || foldedEnd(word, "ам") || foldedEnd(word, "ами")
	before := p.end
	if e := p.grade(p.end, markSpace|markOpen); e > p.end {
		p.end = e
		if p.a[e] == ')' {
			p.end++
		}
	}
	p.complement()
	if p.end == before {
		// с детства, детства, войны, по зрению
		w := p.after()
		if w.there() && w.marks == markSpace && len(p.word(&w)) <= 4 && w.sense&saysLimit != 0 {
			w = p.k.pieceAfter(p.a, w.end)
		}
		if p.listed(&w, disabledBy) {
			p.end = w.end
			p.complement()
		}
	}
	graded := p.end > before
	if noun {
		if b := p.before(); b.there() && b.marks == markSpace && b.sense&saysUnit != 0 {
			// вторая группа инвалидности
			n := p.k.pieceBefore(p.a, b.start)
			if n.there() && n.marks == markSpace && (n.digits || n.sense&saysNumber != 0 || smallRoman(p.word(&n))) {
				p.start, graded = n.start, true
			} else if n.there() && n.marks == markHyphen && !n.digits && n.end-n.start <= 4 {
				if m := p.k.pieceBefore(p.a, n.start); m.digits && m.marks <= markHyphen {
					p.start, graded = m.start, true // 2-я группа
				}
			} else {
				p.start = b.start
			}
		}
		if !graded && p.labelled(p.end) {
			if s, e, ok := p.clause(p.end, 4); ok && s > 0 {
				p.end = e
				p.own += 2
				return true
			}
		}
		if graded {
			p.own++
		}
	} else if many {
		p.own -= 4
	} else {
		if b := p.before(); b.there() && b.marks == markHyphen {
			p.start = b.start
			if b.sense&saysMany != 0 {
				p.own -= 2
			} else {
				p.own++
			}
		}
		if w := p.after(); w.there() && w.marks == markHyphen {
			p.end = w.end
			p.own++
		}
		if graded {
			p.own += 2
		}
	}
	if !graded && !noun {
		p.adjectives()
	}
	return true
}

var disabledBy = newVocabulary(`детства зрению слуху войны труда вов рождения афганистана общему`)

// pregnancy reads «беременна», «беременность 20 недель», «на 7 месяце беременности».
func (p *fact) pregnancy() bool {
	p.force = strong
	word := p.a[p.start:p.end]
	state := foldedEnd(word, "ность") || foldedEnd(word, "ности") || foldedEnd(word, "ностью") || word[0]|0x20 == 'p' && foldedEnd(word, "cy")
	switch {
	case state:
		if b := p.before(); b.there() && b.marks == markSpace && b.sense&saysUnit != 0 {
			if n := p.k.pieceBefore(p.a, b.start); n.there() && n.marks&^(markSpace|markHyphen) == 0 && (n.digits || n.sense&saysNumber != 0) {
				p.start = n.start
				p.own++
			} else if n.there() && n.marks == markSpace && n.end-n.start <= 4 {
				if m := p.k.pieceBefore(p.a, n.start); m.digits && m.marks == markHyphen {
					p.start = m.start
					p.own++
				}
			}
		}
		p.adjectives()
	case foldedEnd(word, "менна"):
		p.own += 2
	case foldedEnd(word, "ные"), foldedEnd(word, "ных"), foldedEnd(word, "ным"), foldedEnd(word, "ными"):
		p.own -= 4
	case foldedEnd(word, "ная"), foldedEnd(word, "ной"), foldedEnd(word, "ную"), word[0]|0x20 == 'p':
	default:
		return false
	}
	// 20 недель, на 5 месяце, сроком 12 недель, двойней
	at, allowed := p.end, markSpace|markComma|markColon|markDash|markOpen
	for range 3 {
		if e := p.grade(at, allowed); e > at {
			p.end = e
			p.own++
			break
		}
		w := p.k.pieceAfter(p.a, at)
		if !w.there() || w.digits || w.marks&^allowed != 0 || !pregnancyWords.has(p.word(&w)) {
			break
		}
		at = w.end
		if w.sense == 0 && foldedEnd(p.word(&w), "ней") {
			p.end = w.end
			break
		}
	}
	return true
}

var pregnancyWords = newVocabulary(`на срок сроком сроке двойней тройней`)

// bloodGroup reads «группа крови A(II) Rh+», «blood type: O negative». Without a group there is no fact.
func (p *fact) bloodGroup() bool {
	p.force = strong
	if p.a[p.start] < 0x80 {
		w := p.after()
		if !w.there() || w.marks&^markGap != 0 || !(equalFold(p.word(&w), "type") || equalFold(p.word(&w), "group")) {
			return false
		}
		p.end = w.end
	} else {
		b := p.before()
		if !b.there() || b.marks&^markGap != 0 || b.sense&saysUnit == 0 {
			return false
		}
		p.start = b.start
		// первая группа крови, II группа крови
		if n := p.before(); n.there() && n.marks == markSpace && (n.sense&saysNumber != 0 || n.digits || smallRoman(p.word(&n))) {
			p.start = n.start
			p.own += 2
			if e := p.bloodValue(p.end); e > 0 {
				p.end = e
			}
			return true
		}
	}
	e := p.bloodValue(p.end)
	if e == 0 {
		return false
	}
	p.end = e
	p.own += 2
	return true
}

var bloodWords = newVocabulary(`перва* втора* трет* четверт* положительн* отрицательн* полож полож* отриц* резус* фактор rh rhesus factor группа гр
		positive negative plus minus d
	a b ab o а в о ав i ii iii iv`)

// bloodValue reads the value of a blood group behind i and returns its end, 0 if there is none.
func (p *fact) bloodValue(i int) (end int) {
	rhesus := false // a word for it was the last one: a colon may follow
	group := false
	for n := 0; n < 6; n++ {
		w := p.k.pieceAfter(p.a, i)
		if !w.there() || w.marks&(markLine|markStop|markOther) != 0 || n > 0 && w.marks&markColon != 0 && !rhesus {
			break
		}
		word := p.word(&w)
		if w.digits && len(word) > 1 || !w.digits && !bloodWords.has(word) && !smallRoman(word) {
			break
		}
		if len(word) == 2 && (equalFold(word, "а") || equalFold(word, "в") || equalFold(word, "о")) && !isCapital(p.a, w.start) {
			break // words
		}
		i = w.end
		group = group || !rhesusWords.has(word)
		rhesus = len(word) > 2 && !smallRoman(word) || equalFold(word, "rh")
		// closing bracket and sign: A(II), Rh+, Rh(−)
		for {
			switch b := p.a[i]; {
			case b == '+' || b == ')' && n > 0:
				i++
				continue
			case b == '(' && (p.a[i+1] == '+' || p.a[i+1] == '-'):
				i += 2
				continue
			case b == '-' && (p.a[i+1] == 0 || p.a[i+1] == ' ' || p.a[i+1] == ',' || p.a[i+1] == '.' || p.a[i+1] == ')' || p.a[i+1] == '\n'):
				i++
				continue
			case b == 0xE2 && (p.a[i+1] == 0x88 && p.a[i+2] == 0x92 || p.a[i+1] == 0x80 && (p.a[i+2] == 0x93 || p.a[i+2] == 0x94)):
				i += 3
				continue
			}
			break
		}
		if group {
			end = i
		}
	}
	return end
}

var rhesusWords = newVocabulary(`резус* фактор rh rhesus factor группа гр d`)

// allergy reads «аллергия на пенициллин», «Аллергии: арахис», «аллергик».
func (p *fact) allergy() bool {
	p.force = strong
	word := p.a[p.start:p.end]
	if foldedEnd(word, "к") || foldedEnd(word, "ка") || foldedEnd(word, "ку") || foldedEnd(word, "ком") {
		p.force = middling
		return true
	}
	if b := p.before(); word[0] < 0x80 && b.there() && b.marks == markSpace && b.sense == 0 && p.a[b.start]-'a' < 26 {
		p.start = b.start // peanut allergy
	}
	p.adjectives()
	w := p.after()
	if !w.there() || w.digits {
		return true
	}
	if w.marks&^markGap == 0 && (equalFold(p.word(&w), "на") || equalFold(p.word(&w), "to")) {
		if e := p.substances(w.end); e > 0 {
			p.end = e
			p.own++
		}
		return true
	}
	if p.labelled(p.end) {
		if _, e, ok := p.clause(p.end, 4); ok {
			p.end = e
			p.own += 2
		}
	}
	return true
}

// substances reads nouns with their adjectives, markGap by a conjunction, behind i; 0 if there are none.
func (p *fact) substances(i int) (end int) {
	for n := 0; n < 6; n++ {
		w := p.k.pieceAfter(p.a, i)
		switch {
		case n == 1 && end == 0 && (!w.there() || w.marks&(markComma|markEnd|markClose) != 0):
			return i // бобовые: a noun in the form of an adjective
		case !w.there() || w.digits || w.marks&^(markSpace|markQuote|markHyphen) != 0:
			return end
		case end > 0 && (equalFold(p.word(&w), "и") || equalFold(p.word(&w), "and")):
			i = w.end
			continue
		case w.sense&(saysLimit|saysOrgan|saysNot|saysMe|saysThird|saysIll) != 0:
			return end
		}
		if end > 0 && w.marks&markHyphen == 0 && p.a[end] == ' ' && i == end {
			return end // a second noun without a conjunction
		}
		i = w.end
		if !adjectival(p.word(&w)) {
			end = w.end
			if l := p.k.pieceAfter(p.a, i); l.there() && l.marks == markSpace && hepatitisLetter(p.word(&l)) && !isCapital(p.a, w.start) {
				i, end = l.end, l.end
			}
		}
	}
	return end
}

// vaccination reads «привит от кори», «вакцинирована „Спутником V“».
func (p *fact) vaccination() {
	p.force = middling
	w := p.after()
	if p.spells(&w, "от", "против", "against") {
		if e := p.substances(w.end); e > 0 {
			p.end = e
			p.force = strong
			p.own += 2
		}
	}
}

// books reads «состоит на учёте в ПНД», «стоял на учете у нарколога».
func (p *fact) books() bool {
	p.force = middling
	p.adjectives()
	if p.onBooks() {
		p.force = strong
		p.own += 2
	}
	if w := p.after(); p.spells(&w, "с") {
		if d := p.k.pieceAfter(p.a, w.end); p.spells(&d, "диагнозом") {
			for range 4 {
				n := p.k.pieceAfter(p.a, d.end)
				if !n.there() || n.marks != markSpace || n.sense&saysLimit != 0 {
					break
				}
				d, p.end = n, n.end
			}
		}
	}
	return true
}

// onBooks takes «состоит на учёте в» before the phrase into it.
func (p *fact) onBooks() bool {
	i := p.start
	for range 6 {
		w := p.k.pieceBefore(p.a, i)
		if !w.there() || w.marks&^markGap != 0 {
			return false
		}
		i = w.start
		if !accountWord.has(p.word(&w)) {
			continue
		}
		w = p.k.pieceBefore(p.a, i)
		if !w.there() || !equalFold(p.word(&w), "на") && !equalFold(p.word(&w), "с") {
			return false
		}
		p.start = w.start
		for range 2 {
			if w = p.before(); w.there() && w.marks&^markGap == 0 && standsWord.has(p.word(&w)) {
				p.start = w.start
			}
		}
		return true
	}
	return false
}

var (
	accountWord = newVocabulary(`учете учета учет учёте учёта учёт`)
	standsWord  = newVocabulary(`состоит состою состоял состояла состоящий стоит стою стоял стояла поставлен поставлена находится находился находилась
		снят снята не`)
)

// treatedBy reads «лечился у психиатра», «наблюдается у нарколога», «на учёте у фтизиатра».
func (p *fact) treatedBy() bool {
	word := p.a[p.start:p.end]
	if p.onBooks() {
		p.force = strong
		p.own += 2
		return true
	}
	b := p.before()
	if !b.there() || b.marks&^markGap != 0 || !(equalFold(p.word(&b), "у") || equalFold(p.word(&b), "к")) || foldedEnd(word, "р") {
		return false
	}
	v := p.k.pieceBefore(p.a, b.start)
	if v.there() && v.marks&^markGap == 0 && visitsWord.has(p.word(&v)) {
		p.start = v.start
		p.force = middling
		p.own += 2
		return true
	}
	p.force = feeble
	return true
}

var visitsWord = newVocabulary(`лечится лечусь лечился лечилась лечиться наблюдается наблюдаюсь наблюдался наблюдалась хожу ходит ходил ходила
		обратился обратилась обращался обращалась обращаюсь
	лечение записан записана записался записалась`)

// suffers reads «болеет тонзиллитом»: an illness by the form of its name.
func (p *fact) suffers() bool {
	p.force = middling
	i := p.end
	for range 3 {
		w := p.k.pieceAfter(p.a, i)
		if !w.there() || w.digits || w.marks&^markGap != 0 {
			return false
		}
		word := p.word(&w)
		if illnessByForm(word) && (foldedEnd(word, "ом") || foldedEnd(word, "ей") || foldedEnd(word, "ой")) {
			p.start, p.end = w.start, w.end
			p.adjectives()
			p.complement()
			p.own += 2
			return true
		}
		if !adjectival(word) {
			return false
		}
		i = w.end
	}
	return false
}

var (
	illnessEnds = strings.Fields(`ит оз ома емия емии емию емией патия патии патию патией алгия алгии алгией френия плегия пения трофия эктазия стеноз
		ритмия рея реи спазм вирус токсикоз криптоз инфекция перелом
		вывих ушиб разрыв травма порок невус полип отит ларингит язва грыжа киста опухоль криз ожог здоров здорова здорова норма`)
	caseEnds = strings.Fields(`а у ом е ы и ей ой`)
)

// illnessByForm says whether a word has the ending of names of illnesses.
func illnessByForm(word []byte) bool {
	if len(word) < 8 || len(word) > 60 {
		return false
	}
	for _, e := range illnessEnds {
		if foldedEnd(word, e) || equalFold(word, e) {
			return true
		}
	}
	for _, c := range caseEnds {
		if !foldedEnd(word, c) {
			continue
		}
		stem := word[:len(word)-len(c)]
		for _, e := range illnessEnds {
			if foldedEnd(stem, e) || equalFold(stem, e) {
				return true
			}
		}
	}
	return false
}

// diagnosis reads what stands behind «диагноз», up to the end of the clause.
func (p *fact) diagnosis() bool {
	label := p.labelled(p.end)
	i, code := p.end, 0
	for n := 0; n < 8; n++ { // fillers: установлен, по МКБ-10, E11.9
		w := p.k.pieceAfter(p.a, i)
		if w.there() && w.marks&^(markLabel|markOpen|markClose) == 0 && icdCode(p.a, w.start) > 0 {
			code, i = w.start, icdCode(p.a, w.start)
			continue
		}
		if !w.there() || w.marks&(markStop|markComma|markOther) != 0 && n > 0 || w.marks&markStop != 0 {
			return false
		}
		if w.sense&saysFiller == 0 && !w.digits && !(w.end-w.start <= 2 && p.a[w.end]-'0' <= 9) {
			break
		}
		i = w.end
		label = label || p.labelled(i)
	}
	start, end, ok := p.clause(i, 7)
	if !ok {
		return false
	}
	sure := false
	for j := start; j < end; {
		w := p.k.pieceAfter(p.a, j)
		if !w.there() {
			break
		}
		sure = sure || !w.digits && illnessByForm(p.word(&w)) || w.sense&saysHead != 0
		j = w.end
	}
	p.start, p.end = start, end
	p.codeBefore()
	if p.start == code {
		sure = true
	}
	p.less = 2 // the illness itself, where it is known, has the better borders
	switch {
	case sure:
		p.force = strong
		p.own += 2
		if !label {
			p.own--
		}
		if p.evidence&Format != 0 {
			p.less = 0
		}
	case label:
		p.force = middling
	default:
		return false
	}
	return true
}

// codes appends the codes of МКБ-10 that stand behind the phrase, or right before it: E11.9.
func (p *fact) codes(dst []Finding) []Finding {
	add := func(w *piece, end int) {
		c := *p
		c.start, c.end, c.force = w.start, end, strong
		c.own = max(p.own, 0)
		n := len(dst)
		if dst = c.appendTo(dst); len(dst) > n {
			dst[n].Evidence |= Format
		}
	}
	i := p.end
	for n := 0; n < 6 && i-p.end < 60; n++ {
		w := p.k.pieceAfter(p.a, i)
		if !w.there() || w.marks&markLine != 0 {
			break
		}
		if end := icdCode(p.a, w.start); end > 0 {
			add(&w, end)
			i = end
			continue
		}
		i = w.end
	}
	// E11.9 Сахарный диабет
	for i, n := p.start, 0; n < 3; n++ {
		w := p.k.pieceBefore(p.a, i)
		if !w.there() || w.marks&markLine != 0 || p.start-w.start > 24 {
			break
		}
		if end := icdCode(p.a, w.start); end > 0 {
			add(&w, end)
			break
		}
		i = w.start
	}
	return dst
}

// icdCode returns the end of the code of МКБ-10 that begins at i, 0 if there is none: a letter but U, two digits, and
// one or two more behind a dot. The letter may be a Cyrillic one that looks like it.
func icdCode(a []byte, i int) (end int) {
	j := i
	switch b := a[i]; {
	case b-'A' < 26 && b != 'U' || b-'a' < 26 && b != 'u':
		j++
	case b == 0xD0 && (a[i+1] == 0x90 || a[i+1] == 0x92 || a[i+1] == 0x95 || a[i+1] >= 0x9A && a[i+1] <= 0xA5): // А В Е К-Х
		j += 2
	default:
		return 0
	}
	if a[j]-'0' > 9 || a[j+1]-'0' > 9 || alphanumeric(a[i-1]) {
		return 0
	}
	j += 2
	if a[j] == '.' && a[j+1]-'0' <= 9 {
		j += 2
		if a[j]-'0' <= 9 {
			j++
		}
	}
	if alphanumeric(a[j]) || a[j] == '-' && alphanumeric(a[j+1]) {
		return 0
	}
	return j
}
