package detectors

import (
	"encoding/binary"
	"strings"
	"sync"
)

// What words say in and around a fact of special.go, and how a text is read word by word from a place on.

// A sense is what a word says in or around such a phrase.
type sense uint32

const (
	saysMe      sense = 1 << iota // I, my
	saysThird                     // he, her
	saysKin                       // somebody's mother, and people who are named by what they are to somebody
	saysPerson                    // one client, one worker
	saysPatient                   // one patient
	saysIll                       // suffers, diagnosed: of one person
	saysTried                     // convicted, detained: of one person
	saysMany                      // people
	saysGeneral                   // research, law, statistics
	saysPerhaps                   // a little of that
	saysAbout                     // prepositions of what is talked about
	saysDoctor                    // the name behind is not the patient's
	saysLimit                     // ends what a phrase may reach to: verbs, prepositions, conjunctions
	saysNot                       // looks like an adjective and is none of the phrase's
	saysUnit                      // type, degree, group, stage, week
	saysNumber                    // first, II
	saysOrgan                     // of what the illness is
	saysHead                      // illness, disorder, attack: behind an adjective
	saysTested                    // positive, not found: at the end
	saysFiller                    // main, clinical, at admission: between a label and its value
	saysAt                        // the preposition of whom it is with
	saysFor                       // prepositions of what is done about an illness
	saysModal                     // may, must
)

// A senses is the index of words that have a sense: the bits of Kinds are senses in it. Most words are turned away by
// their first four letters.
type senses struct {
	*keywords
	first wordCodes
}

// lexis returns the index. It is made once, on first use.
var lexis = sync.OnceValue(func() *senses {
	words := entries{}
	add := func(s sense, list ...string) {
		for _, l := range list {
			for _, w := range strings.Fields(l) {
				if e := words.of(w); e != nil {
					e.kinds[0] |= uint64(s)
				}
			}
		}
	}
	one := func(list string, gender wordClass) string { // in all cases of the singular
		var b strings.Builder
		for _, w := range strings.Fields(list) {
			stem, c := paradigm(w, gender)
			for _, e := range c {
				b.WriteString(stem + e + " ")
			}
			if c[4] == "ой" || c[4] == "ей" {
				b.WriteString(stem + c[4][:2] + "ю ")
			}
		}
		return b.String()
	}
	add(saysMe, `я меня мне мной мною мой моя мое мои моих моим моего моей моему мою моим моем my me myself im mine`)
	add(saysThird, `мы нас нам нами наш наша он она нему него нее ней ним нею его ее ему ей he she him his her`)
	add(saysKin, one(`сын муж брат внук дед дядя племянник дедушка папа отчим свекор тесть зять парень друг сосед ухажер бойфренд
		однокурсник одноклассник дедуля папуля`, masculine), one(`жена мама бабушка сестра тетя внучка дочка подруга девушка племянница свекровь теща
		невестка мачеха соседка
		супруга доченька мамочка бабуля мамуля`, feminine), one(`супруг коллега`, masculine),
		`отец отца отцу отцом отце дочь дочери дочерью родители сынок сынка бывший бывшая муженек благоверный
		son daughter husband wife mother father brother sister child boyfriend girlfriend friend uncle aunt grandmother grandfather mom mum dad`)
	add(saysPerson, one(`клиент сотрудник работник заявитель гражданин соискатель кандидат ученик студент абонент истец ответчик военнослужащий призывник
		жилец должник заемщик страхователь пользователь водитель покупатель собеседник подсудимый обвиняемый осужденный подозреваемый задержанный потерпевший
		воспитанник учащийся пенсионер подопечный новобранец преподаватель инженер менеджер бухгалтер охранник курьер слесарь токарь учитель
		солдат заключенный потерпевший мигрант беженец застрахованный анкетируемый респондент подписчик ребенок мужчина мальчик малыш младенец подросток
		директор начальник тренер актер депутат певец
		повар продавец прораб бригадир стажер пассажир посетитель житель участник арендатор квартирант хозяин товарищ гость`, masculine),
		one(`клиентка сотрудница работница гражданка ученица студентка заявительница пенсионерка кандидатка подсудимая обвиняемая осужденная учительница
		воспитанница застрахованная потерпевшая роженица должница соискательница женщина девочка начальница директриса актриса певица мать
		квартирантка пассажирка посетительница жительница участница хозяйка гостья медсестра воспитательница секретарша`, feminine),
		`гр мать матери матерью ребенка ребенку ребенком ребенке гражданина гражданину гражданином подсудимого подсудимому подсудимым подсудимой
		обвиняемого обвиняемому обвиняемой осужденного осужденному
		осужденным осужденной подозреваемого задержанного потерпевшего потерпевшей застрахованного застрахованной истца истцу ответчика заявителя должника ребенок фио
		employee client customer applicant mr mrs ms suspect defendant person candidate student tenant user man woman boy girl respondent`)
	add(saysPatient, one(`пациент`, masculine), one(`пациентка роженица`, feminine), `больной больного больному больная больную пац patient patient's`)
	add(saysIll, `диагноз диагноза диагнозом диагнозу анамнез* жалобы жалуется диагностирован* диагностировал* выявлен выявлена выявлено выявили обнаружен
		обнаружена обнаружено обнаружили страдает страдаю страдал страдала страдающий страдающая страдающего страдающей страдающему болеет болею болел
		болела болен больна переболел*
		заболел заболела перенес перенесла перенесенный перенесенного лечится лечусь лечился лечилась пролечен* наблюдается наблюдаюсь наблюдался
		наблюдалась госпитализирован
		госпитализирована госпитализировали прооперирован прооперирована обследован обследована эпикриз* медкарт* поставили поставлен подтвержден
		подтвердили подтвердился умер умерла скончался скончалась принимаю принимает поступил поступила
		привит привита привился привилась диагнозы ds выписан выписана осмотрен осмотрена отрицает
		diagnosed diagnosis suffers suffering suffered hospitalized hospitalised treated tested contracted`)
	add(saysTried, `судим судима судимый осужден осуждена осудили приговорен приговорена приговорили отбывает отбывал отбывала отбывающий отсидел
		отсидела сидел сидела сидит
		арестован арестована задержан задержана обвиняется обвинялся обвинялась привлекался привлекалась привлечен привлечена признан признана освобожден освобождена
		освободился освободилась вышел вышла convicted sentenced arrested served charged jailed imprisoned`)
	add(saysMany, `люди людей людям людьми пациенты пациентов пациентам пациентами больные больных больными дети детей детям женщины женщин женщинам мужчины
		мужчин мужчинам граждане граждан гражданам гражданами лица лиц лицам лицами россиян* жителей жители населени* подростки подростков сотрудники сотрудников
		сотрудникам работники работников работникам клиентов клиенты клиентам студенты студентов студентам инвалиды инвалидам заключенных осужденных
		осужденные осужденным
		мигрантов родителей многие некоторые каждый каждая каждого каждому любой любого любому любая страдают болеют верующих верующие
		people patients women men children persons citizens adults users individuals anyone employees customers population`)
	add(saysGeneral, `статистик* профилактик* заболеваемост* эпидеми* исследовани* исследовател* ученые ученых ученым научн* миллион* млн тысяч тыс процент* закон
		закона законе законом законы законов законопроект* законодательств* кодекс* федеральн* постановлен* приказ* категори* персональн* политик* запрещ*
		допускается предусмотрен* предусматрив* лекци* конференци*
		вебинар* статья статью статье статьи статей симптом* методик* клиник* центр центра центре фонд фонда фонде программ* курс курсы книг* фильм* роман
		романе роману роман
		всемирн* международн* борьб* ассоциац* рынк* рынок вакцины риски препарат* лекарств* аптек* диагностик* причин* признак* лечебн* сайт* журнал* газет*
		выставк* музе* реклам* магазин* компани* статистич* регион* регионе район* страны стране странах россии мире мира европе москве городе область
		области правил* инструкци* пособи* льгот* выплат* соцподдержк* учебник* энциклопед* истори* история раздел* глава сериал* диссертац* доклад*
		сервера рынка экономик* лечат лечим сыграл сыграла роль роли персонаж* герой героя приема прием спектакл* песн*
		термин* определени* означает называется понятие понятия пример например новости новость новостей министерств* минздрав* правительств* госдум* дума
		депутат* партии
		statistics research study studies article law laws prevention awareness foundation policy policies regulation categories category gdpr market book movie risk
		symptoms program programs global world worldwide million percent drug drugs`)
	add(saysPerhaps, `если при от для против или либо ли можно нельзя лечение лечения лечению бывает нужно следует может могут обычно часто как чем такое чтобы
		when if can should may often vs or`)
	add(saysAbout, `о об обо про тему теме about regarding on`)
	add(saysDoctor, `врач врача врачу врачом доктор доктора доктору профессор* академик* психолог* терапевт* хирург* онколог онкологу судья судьи судье
		следователь следователя
		прокурор адвокат адвокаты режисс* писатель журналист* doctor dr professor judge имени им памяти св святого`)
	add(saysLimit, `и а но или что который которая которые которого как если когда где то не на в во с со у к ко от до из за по для при без над под через
		после перед был была было были быть есть стал стала является это так же уже ещё еще только тоже также пока теперь сейчас сегодня вчера потом
		and or but that which who with in at of from to for is was are were has had`)
	add(saysNot, `который которая которое которые которого которому которую которым которых каждый каждая каждого любой любая любого этой этого этому
		этих самый самая
		самое самого такой такая такое такого какой какая какое какого никакого никакой другой другая другие другого моего моему моей моих своего своему своей своих
		наших нашего вашего всего ничего много немного кого чего него нового новый новая новые больной больная больного больному больные больных страдая болея
		имеющий имеющая имеющие имеющих знакомый знакомая знакомого заключенный подсудимый первый первая целый целая весь вся все обычный обычная настоящий
		возможный возможное возможная известный известная данный данная данное данного указанный указанная последний последняя последние главная главный
		родной родная двоюродный двоюродная двоюродного младший
		младшая старший старшая старшего дежурный дежурная лечащий лечащая районный районная мое мои твое свое ваше наше ваши наши некоторые многие бывший бывшая
		молодой молодая пожилой пожилая взрослый взрослая взрослого маленький маленькая двухлетний пятилетний однако какие таких такие некий некая главное второе
		потерпевший потерпевшая задержанный русский русская белый белая`)
	add(saysUnit, `тип типа типу типом степень степени группа группы группу группой групп стадия стадии стадию стадией ст гр фк класс класса недель
		неделя неделе недели неделю
		нед месяц месяца месяце месяцев триместр триместре триместра риск разряд type stage grade group weeks week months month trimester degree`)
	add(saysNumber, `первый первая первой первую первого второй вторая вторую второго третий третья третьей третью третьего четвертый четвертая
		четвертой четвертого
		пятый пятая пятом шестом седьмом восьмом девятом`)
	add(saysOrgan, `желудка желудк* печени печен* почек почки почк* легкого легких легкие легочн* груди грудн* молочн* железы предстательн* простаты
		мозга головного спинного кожи крови кишечника кишки кишк*
		двенадцатиперстн* прямой толст* матки шейки шейк* бедра бедренн* позвоночника позвоночн* диска межпозвоночн* сердца сердечн* миокарда щитовидн*
		глаза глаз яичника яичников горла гортани
		пищевода поджелудочн* сустава суставов тазобедренн* коленн* колена плеча руки ноги ребра ребер носа пазухи кости костей костн* лодыжки предплечья голени
		ключицы стопы кисти пальца челюсти мочевого пузыря желчного зрения слуха органов клапана аорты сосудов нижних верхних конечностей правой левой
		правого левого правом левом
		двусторонн* дыхательн* нервн* системы волокнист* тела`)
	add(saysHead, `заболевание заболевания заболеванием заболеванию заболеваний заболевании болезнь болезни болезнью расстройство расстройства
		расстройством расстройстве недостаточность недостаточности
		недостаточностью атаки атак атаками эпизод эпизода эпизодом криз криза кризом кризы приступ приступы приступов приступами паралич параличом
		паралича зависимость
		зависимости зависимостью опухоль опухоли опухолью синдром синдрома синдромом инфекция инфекции инфекцией отсталость отсталости отсталостью диатез
		реакция реакцию реакции
		ринит ринита ринитом психоз психоза психозом отек шок шоком шока процесс процесса сосудов кома комой стопа склероз
		disease disorder syndrome episode attack attacks failure infection condition illness dependence addiction palsy`)
	add(saysTested, `положительн* отрицательн* полож отриц обнаружен обнаружена обнаружено обнаружены выявлен выявлена выявлено подтвержден подтверждена
		positive negative`)
	add(saysFiller, `основной клинический предварительный заключительный сопутствующий сопутствующие окончательный поступлении направлении выписке мкб
		по при на код кодом клин осн
		установлен поставлен установили поставили установленный поставленный мне ему ей ребенку сыну дочери дочке маме отцу папе мужу жене нам врачи врач
		is was of my his her final main primary the a an уже`)
	add(saysAt, `у`)
	add(saysFor, `к ко по при против для на`)
	add(saysModal, `может могут можно нужно необходимо следует должен должна должны должно вправе обязан обязана обязаны положен положена положены
		имеющий имеющая имеющее считается называется требуется требования
		рекомендуется проводится проводят назначается измеряют выявляется определяется определяют используют лечат памятка вероятность нельзя запрещено
		разрешено какая какие каких будет будут подлежит признан признается
		must may should would might could`)
	add(saysLimit, `у`)
	k := &senses{keywords: words.index()}
	for _, e := range words {
		k.first.add(e)
	}
	return k
})

// sense says what a word may say.
func (k *senses) sense(word []byte) sense {
	if !k.first.may(binary.LittleEndian.Uint64(word[:8:8])) {
		return 0
	}
	if e := k.lookup(word); e != nil {
		return sense(e.kinds[0])
	}
	return 0
}

// A piece is a word or a number of the text. An empty one is the border of the cell, or of what is read at all.
type piece struct {
	start, end int
	marks      marks // between it and the place it was looked for from
	sense      sense
	digits     bool
}

// there says that the piece is no border.
func (p *piece) there() bool { return p.end > p.start }

// marks is a set of what stands between two pieces.
type marks uint16

const (
	markSpace marks = 1 << iota
	markHyphen
	markDash
	markColon // and =
	markComma // and ;
	markStop  // . ! ? …
	markQuote
	markOpen
	markClose
	markLine
	markSlash
	markPlus
	markOther
	markBorder
)

// Marks that leave words of one phrase together.
const (
	markGap   = markSpace | markLine
	markLabel = markSpace | markColon | markDash | markQuote | markHyphen
	markEnd   = markStop | markLine
)

var markOf = func() (t [128]marks) {
	for b := range t {
		t[b] = markOther
	}
	for s, m := range map[string]marks{" \t\r": markSpace, "-": markHyphen, ":=": markColon, ",;": markComma, ".!?": markStop, "\"'`": markQuote, "([{": markOpen, ")]}": markClose,
		"\n": markLine, "/\\|": markSlash, "+": markPlus, "\x00": markBorder} {
		for _, b := range []byte(s) {
			t[b] = m
		}
	}
	return t
}()

// wideMark judges the rune that begins at i and is no letter.
func wideMark(a []byte, i int) marks {
	switch x, y := a[i+1], a[i+2]; a[i] {
	case 0xC2:
		switch x {
		case 0xA0:
			return markSpace
		case 0xAB, 0xBB:
			return markQuote
		}
	case 0xE2:
		switch {
		case x == 0x80 && (y == 0x90 || y == 0x91):
			return markHyphen
		case x == 0x80 && y >= 0x92 && y <= 0x95, x == 0x88 && y == 0x92:
			return markDash
		case x == 0x80 && y >= 0x98 && y <= 0x9F:
			return markQuote
		case x == 0x80 && y == 0xA6:
			return markStop
		case x == 0x80 && (y == 0xAF || y == 0x89 || y == 0x87):
			return markSpace
		}
	}
	return markOther
}

// maxMarks is how many marks may stand between two pieces.
const maxMarks = 8

// pieceAfter reads the piece at or behind i.
func (k *senses) pieceAfter(a []byte, i int) (p piece) {
	for n := 0; ; n++ {
		b := a[i]
		switch {
		case b|0x20-'a' < 26 || b&0xFC == 0xD0 && a[i+1]&0xC0 == 0x80:
			end, letters := wordAfterLetter(a, i)
			p.start, p.end = i, end
			if letters <= 24 {
				p.sense = k.sense(a[i:end])
			}
			return p
		case b-'0' <= 9:
			p.start, p.digits = i, true
			for a[i]-'0' <= 9 {
				i++
			}
			p.end = i
			return p
		case b == 0 || n == maxMarks:
			p.marks |= markBorder
			p.start, p.end = i, i
			return p
		case b < 0x80:
			p.marks |= markOf[b]
			i++
		default:
			p.marks |= wideMark(a, i)
			i += int(runeSize(a[i : i+4]))
		}
	}
}

// pieceBefore reads the piece that ends at or before i.
func (k *senses) pieceBefore(a []byte, i int) (p piece) {
	for n := 0; ; n++ {
		b := a[i-1]
		switch {
		case b|0x20-'a' < 26 || b&0xC0 == 0x80 && a[i-2]&0xFC == 0xD0:
			p.end = i
			letters := 0
			for ; letters <= 40; letters++ {
				if b := a[i-1]; b|0x20-'a' < 26 {
					i--
				} else if b&0xC0 == 0x80 && a[i-2]&0xFC == 0xD0 {
					i -= 2
				} else {
					break
				}
			}
			p.start = i
			if letters <= 24 {
				p.sense = k.sense(a[i:p.end])
			}
			return p
		case b-'0' <= 9:
			p.end, p.digits = i, true
			for a[i-1]-'0' <= 9 {
				i--
			}
			p.start = i
			return p
		case b == 0 || n == maxMarks:
			p.marks |= markBorder
			p.start, p.end = i, i
			return p
		case b < 0x80:
			p.marks |= markOf[b]
			i--
		default:
			i--
			for size := 1; size < 4 && a[i]&0xC0 == 0x80 && a[i-1] >= 0x80; size++ {
				i--
			}
			p.marks |= wideMark(a, i)
		}
	}
}
