package detectors

import (
	"strings"
	"sync"
)

// The words of addresses, and how they are looked up. A word's hash is made while it is read, so that telling what a
// word may be costs one look into a table.

// addressRole is what a word may be in an address.
type addressRole uint32

const (
	roleCountry    addressRole = 1 << iota
	roleRegion                 // область, край
	roleRegionName             // Татарстан
	roleDistrict               // район, городской округ
	roleTown                   // город, село
	roleCity                   // Москва
	roleStreet                 // улица, проспект
	roleArea                   // микрорайон, СНТ: stands where a street does
	roleHouse                  // дом, владение
	roleBuild                  // корпус, строение
	roleFlat                   // квартира, офис, этаж
	roleBox                    // а/я
	roleKnown                  // the name of many streets: Ленина
	roleFull                   // a word, not an abbreviation: it stands in prose, too
	roleAfter                  // a marker that only follows its name: Street
	roleLead                   // an address may begin with it in English order
	rolePlain                  // no marker of ours: what it names is told by other marks than ours (Baker Street)
	roleFiller                 // inside names: лет, имени
	roleLink                   // joins two levels in prose: в, на
	roleAside                  // may follow a house number in prose
	roleCounted                // after a number says that it counts something: 5 мая, 3 человека
	roleKeyword                // says that an address follows
	roleBetween                // may stand between a keyword and the address
	roleFirst                  // the first of two words
	roleLarge                  // a town that is known in small letters, too
	roleSite                   // a centre of shops or offices
	roleCapital                // Moscow and St. Petersburg, which are regions, too
)

const roleMarker = roleRegion | roleDistrict | roleTown | roleStreet | roleArea | roleHouse | roleBuild | roleFlat | roleBox

// roleLeads are the roles of words that an address may begin or go on with behind the end of a sentence.
const roleLeads = roleMarker | roleSite | roleCity | roleRegionName | roleLink

// addressTable finds the roles of a word by its hash. A slot is empty while its roles are 0.
type addressTable struct {
	slots [1 << 13]struct {
		check uint32
		roles addressRole
	}
	leads begins // of words with one of roleLeads
}

const (
	addressSeed  = 0x9E3779B97F4A7C15
	addressPrime = 0x9FB21C651E98DF25
	joined       = 62 // the code of a hyphen, or of the space between two words that are looked up as one
	slashed      = 63 // the code of a dot or slash between single letters
)

// addressHash goes on with a hash: with the code of a mark, or with up to four letters of six bits each, the first one
// lowest. A word's letters are taken four at a time.
func addressHash(h, codes uint64) uint64 { return (h ^ codes) * addressPrime }

// find returns the roles of the word with a hash.
func (t *addressTable) find(h uint64) addressRole {
	check := uint32(h >> 16)
	for i := h >> 51; ; i = (i + 1) & (1<<13 - 1) {
		s := &t.slots[i]
		if s.roles == 0 || s.check == check {
			return s.roles
		}
	}
}

// add gives a word roles. A hyphen or underscore joins two words.
func (t *addressTable) add(word string, roles addressRole) {
	h := uint64(addressSeed)
	letters, n := uint64(0), 0
	flush := func() {
		if n > 0 {
			h = addressHash(h, letters)
		}
		letters, n = 0, 0
	}
	for _, c := range foldWord(nil, []byte(word)) {
		switch c {
		case 0:
			flush()
			if strings.Contains(word, "_") {
				t.put(h, roleFirst)
			}
			h = addressHash(h, joined)
		case slashed:
			flush()
			h = addressHash(h, slashed)
		default:
			letters |= uint64(c) << (6 * n)
			if n++; n == 4 {
				flush()
			}
		}
	}
	flush()
	t.put(h, roles)
	if roles&roleLeads != 0 {
		first := strings.FieldsFunc(word, func(c rune) bool { return c == '_' || c == '-' || c == '/' })[0]
		t.leads.add(&entry{word: string(foldWord(nil, []byte(first)))})
	}
}

func (t *addressTable) put(h uint64, roles addressRole) {
	check := uint32(h >> 16)
	i := h >> 51
	for t.slots[i].roles != 0 && t.slots[i].check != check {
		i = (i + 1) & (1<<13 - 1)
	}
	t.slots[i].check = check
	t.slots[i].roles |= roles
}

// decline adds a town and its forms in the other cases.
func (t *addressTable) decline(town string, roles addressRole) {
	t.add(town, roles)
	stem := town
	var endings string
	cut := func(s string, e string) bool {
		if !strings.HasSuffix(town, s) {
			return false
		}
		stem, endings = strings.TrimSuffix(town, s), e
		return true
	}
	switch {
	case strings.Contains(town, "_"), cut("ов", ""), cut("ев", ""), cut("ин", ""), town == "владимир":
		return // Кирова, Пушкина, Владимира are streets and persons
	case cut("ый", "ого ому ым ом"), cut("ий", "ого ому им ом"), cut("ая", "ой ую"):
	case cut("га", "ги ге гу"), cut("ка", "ки ке ку"), cut("ха", "хи хе ху"), cut("а", "ы е у ой"), cut("я", "и е ю"):
	case cut("ль", "ля лю ле лем"), cut("ь", "и ью"), cut("й", "я ю е"):
	case cut("и", "ах"), cut("ы", "ах"):
	case cut("о", ""), cut("е", ""), cut("у", ""):
		return
	default:
		endings = "а у е ом"
	}
	for _, e := range strings.Fields(endings) {
		t.add(stem+e, roles)
	}
}

// addressLexicon returns the table. It is made once, on first use.
var addressLexicon = sync.OnceValue(func() *addressTable {
	t := new(addressTable)
	for _, l := range addressLists {
		for _, w := range strings.Fields(l.words) {
			t.add(w, l.roles)
		}
	}
	for _, w := range [...]string{"москва", "санкт-петербург", "петербург", "спб", "moscow"} {
		t.add(w, roleCapital)
	}
	for _, w := range strings.Fields(largeTowns) {
		t.decline(w, roleCity|roleLarge)
	}
	for _, w := range strings.Fields(towns) {
		t.decline(w, roleCity)
	}
	return t
})

// addressLists are the words with their roles; a word may stand in several lists. A slash stands for the dot or slash
// between single letters, an underscore for the space between two words.
var addressLists = []struct {
	roles addressRole
	words string
}{
	{roleCountry, `россия россии рф российская_федерация российской_федерации russia rf russian_federation беларусь казахстан украина украины
		belarus kazakhstan`},
	{roleRegion, `обл респ ао обл-ть а/о obl oblast krai kray region resp republic`},
	{roleRegion | roleFull, `область области областью край края крае республика республики республике автономный_округ автономного_округа
		автономная_область федеральный_округ`},
	{roleRegionName, `татарстан татарстана башкортостан башкортостана башкирия дагестан дагестана бурятия якутия саха саха_якутия чувашия чувашии
		удмуртия удмуртии карелия карелии коми марий_эл мордовия мордовии хакасия хакасии калмыкия калмыкии ингушетия ингушетии адыгея адыгеи тыва чечня
		чечни крым крыма алтай алтая северная_осетия алания югра хмао хмао-югра янао нао мо ло рт рб кбр кчр
		цао сао свао вао ювао юао юзао сзао зелао тинао подмосковье tatarstan bashkortostan crimea`},
	{roleDistrict, `р-н рн г/о м/о с/п с/о с/с г/п р-он r-n rayon`},
	{roleDistrict | roleFull, `район района районе округ городской_округ городского_округа муниципальный_округ муниципального_округа муниципальный_район
		муниципального_района административный_округ административного_округа внутригородской_район городской_район городское_поселение
		сельское_поселение сельского_поселения муниципальное_образование сельсовет поселение district`},
	{roleTown, `г гор пгт п/г/т пос п с дер д ст ст-ца х аул рп р/п нп н/п к/п д/п ж/д_ст г-д п-к g gor gorod pgt pos selo der`},
	{roleTown | roleFull, `город города городе городу поселок поселка поселке село села селе деревня деревни деревне станица станицы станице хутор
		хутора хуторе аула слобода населенный_пункт рабочий_поселок дачный_поселок коттеджный_поселок городского_типа city town village settlement`},
	{roleStreet, `ул ул-ца пр-т пр-кт просп пр прт пркт п-кт пр-д прд пр-зд пер наб наб-я б-р бул бульв пл пл-дь ш туп ал тр-т ul ulitsa ulica
		prosp prospekt prospect pr pr-t pr-kt per pereulok nab naberezhnaya shosse bulvar ploshchad proezd b-r str tupik alleya`},
	{roleStreet | roleFull, `улица улицы улице улицу улицей проспект проспекта проспекте проспекту проезд проезда проезде переулок переулка переулке
		набережная набережной набережную бульвар бульвара бульваре площадь площади шоссе тупик тупика тупике аллея аллее аллеи тракт тракта тракте
		спуск спуска линия линии просека`},
	{roleStreet | roleAfter | rolePlain, `street st ave avenue av lane ln boulevard blvd square sq road rd highway hwy embankment emb drive`},
	{roleArea, `мкр мкрн мкр-н м-н м/р кв-л снт днт днп снп дпк гск сот тер тсн с/т жк кп mkr mkrn snt mikrorayon kvartal`},
	{roleArea | roleFull, `микрорайон микрорайона микрорайоне квартал квартала квартале территория промзона массив жилой_комплекс
		садовое_товарищество садоводческое_товарищество`},
	{roleArea | roleFull | roleCounted, `комплекс комплекса`},
	{roleHouse | roleLead, `д вл влад зд уч з/у соор двлд д-влад bld bldg build d dom h`},
	{roleHouse | roleFull | roleLead, `дом дома доме владение здание здания домовладение участок сооружение building house`},
	{roleBuild, `корп к стр лит с к-с korp k str lit`},
	{roleBuild | roleFull | roleLead, `корпус корпуса корпусе строение строения литера литер секция блок korpus stroenie litera`},
	{roleBuild | roleLead, `lit liter`},
	{roleFlat, `эт под п-д ком комн каб ап апарт пав бокс этаж этаже подъезд подъезде подьезд комната комнаты комнате кабинет апартаменты гараж fl floor`},
	{roleFlat | roleLead, `кв кварт квартира квартиры квартире квартиру оф офис офиса офисе пом помещ помещение помещения помещении kv kvartira apt apartment
		app flat room office off prem premises suite unit pom`},
	{roleFlat | roleFull, `склад ячейка павильон`},
	{roleSite, `бц тц трц тк`},
	{roleBox, `а/я абонентский_ящик po_box`},
	{roleFiller, `вн тер лет года годов летия летие имени им и на de`},
	{roleLink, `в во на по in at`},
	{roleAside, `в во на и с со у к по до от из за или а но не тел телефон моб где там возле рядом около напротив домофон код вход между есть для через прошу
		нужно можно тут здесь подъезд этаж пожалуйста инн огрн кпп это прож паспорт проживает проживающий тц тк бц жк`},
	{roleCounted, `января февраля марта апреля мая июня июля августа сентября октября ноября декабря лет год года году годов летний мин минут минуты минута час
		часа часов ч сек секунд м метр метра метров км километр километра километров кг руб рублей рубля рубль р тыс тысяч млн млрд шт штук чел человек
		человека человеку людей раз раза дней дня день дни суток недель недели неделя месяцев месяца процент процента процентов градус градуса градусов
		этажей этажа этажный домов дома квартир квартиры машин машины машина автомобиля автомобилей автомобиль магазинов магазина магазин школ школы детей
		ребенка женщин женщины мужчин мужчины девушек девушки студента студентов га гектара гектаров сотка сотки соток рабочих баллов балла минутах
		часах метрах шагах остановки остановок остановка поста постов станции станций станция полос полосы тонн тонны баков бака вагона вагонов
		вечера утра ночи ночей ночь суток звонков звонка мг мл гр л комнат комнаты пунктов пункта позиций позиции бутылок бутылки
		kg km min hours days people minutes years`},
	{roleKeyword, `адрес адреса адресу адресе адресом адр проживает проживал проживала проживающий проживающая проживающего проживающей проживающему проживаю
		проживаем проживают проживания проживание прожив прож прописан прописана прописаны прописка прописке прописки зарегистрирован зарегистрирована
		зарегистрированы зарегистрировано зарегистрированный зарегистрированная зарегистрированного зарегистрированной регистрация регистрации доставка доставки
		доставку доставке доставить доставьте доставят привезти привезите живу живет живем живут живешь жительства жительство жил жила
		находится находящийся находящаяся находящееся находящегося находящейся расположен расположена расположено расположенный расположенная
		расположенного расположенной расположенное местонахождение нахождения
		address addr resides residing residence lives delivery registered deliver ship adres adresu`},
	{roleBetween, `по на в во адрес адресу адреса г доставки доставка регистрации проживания места место жительства постоянно временно фактически фактический
		юридический почтовый домашний мой наш его ее я мы он она это сейчас по-прежнему курьером курьера заказа клиента получателя отправителя нахождения
		постоянной временной постоянного прописки пребывания постоянная гр гражданин рф и`},
	{roleKnown, `ленина мира советская советской гагарина пушкина пушкинская пушкинской кирова октябрьская октябрьской победы молодежная молодежной
		центральная центральной школьная школьной садовая садовой лесная лесной новая новой набережная набережной заречная заречной зеленая зеленой
		комсомольская комсомольской пионерская пионерской первомайская первомайской полевая полевой луговая солнечная солнечной юбилейная юбилейной
		строителей космонавтов рабочая рабочей железнодорожная железнодорожной гоголя горького калинина куйбышева дзержинского чапаева фрунзе свердлова
		маяковского лермонтова чехова некрасова толстого островского крупской энгельса маркса жукова суворова кутузова ломоносова менделеева королева
		матросова титова терешковой чкалова щорса свободы труда революции коммунистическая красноармейская партизанская парковая парковой вокзальная
		вокзальной речная речной северная северной южная южной восточная западная спортивная спортивной студенческая университетская московская московской
		ленинградская ленинградской тверская тверской арбат невский невском ленинский ленинском кутузовский баумана энтузиастов ветеранов партизан дружбы
		мичурина тимирязева павлова попова ватутина урицкого володарского луначарского красная красной кооперативная заводская заводской
		пролетарская пролетарской интернациональная интернациональной степная степная горная горной трудовая больничная почтовая кольцевая дачная дачной
		академика маршала генерала адмирала героя героев профессора летчика космонавта капитана
		lenina mira sovetskaya gagarina pushkina tverskaya nevsky nevskiy`},
}

// largeTowns and towns are the larger towns of Russia and some of its neighbours. Those that are also surnames are in,
// for a town is one level only and proves nothing by itself.
const largeTowns = `москва санкт-петербург петербург спб питер новосибирск екатеринбург казань нижний_новгород челябинск красноярск самара уфа ростов-на-дону омск
	краснодар воронеж пермь волгоград саратов тюмень тольятти барнаул махачкала ижевск хабаровск ульяновск иркутск владивосток ярославль севастополь
	томск ставрополь кемерово оренбург новокузнецк рязань балашиха пенза набережные_челны липецк чебоксары калининград астрахань тула сочи киров
	курск улан-удэ тверь магнитогорск симферополь иваново брянск белгород сургут владимир нижний_тагил архангельск чита калуга волжский смоленск
	подольск саранск череповец курган вологда орел якутск владикавказ мурманск тамбов грозный стерлитамак петрозаводск кострома нижневартовск`

const towns = `новороссийск йошкар-ола химки таганрог комсомольск-на-амуре сыктывкар нальчик мытищи нижнекамск шахты дзержинск братск орск ангарск
	благовещенск люберцы псков бийск энгельс прокопьевск рыбинск балаково армавир северодвинск абакан норильск петропавловск-камчатский королев
	сызрань волгодонск новочеркасск каменск-уральский златоуст электросталь керчь миасс альметьевск пятигорск копейск одинцово салават
	находка кисловодск хасавюрт рубцовск невинномысск майкоп коломна березники новомосковск черкесск муром элиста нефтекамск нефтеюганск
	дербент ковров щелково новый_уренгой первоуральск кызыл ачинск каспийск долгопрудный серпухов новочебоксарск домодедово арзамас назрань
	орехово-зуево раменское обнинск батайск жуковский димитровград красногорск октябрьский реутов камышин евпатория великий_новгород пушкино сергиев_посад
	ногинск дмитров видное лобня ивантеевка клин егорьевск чехов ступино павловский_посад наро-фоминск фрязино лыткарино дзержинский солнечногорск
	воскресенск кашира можайск истра котельники троицк зеленоград щербинка московский апрелевка сестрорецк колпино кронштадт пушкин петергоф гатчина
	выборг всеволожск сосновый_бор тихвин кириши кингисепп волхов луга мурино кудрово новая_ладога шлиссельбург ржев вышний_волочек кимры конаково
	александров гусь-хрустальный кольчугино вязники суздаль ростов переславль-залесский углич тутаев кинешма шуя буй шарья галич котлас северодвинск новодвинск
	коряжма ухта воркута инта печора усинск апатиты мончегорск кандалакша великие_луки остров старая_русса боровичи валдай вязьма рославль сафоново
	клинцы новозыбков елец грязи мичуринск моршанск губкин старый_оскол валуйки шебекино железногорск курчатов ливны мценск ефремов
	алексин узловая донской щекино касимов скопин сасово балахна бор выкса павлов кстово саров городец кулебаки
	канаш алатырь рузаевка кузнецк заречный инза зеленодольск бугульма елабуга чистополь лениногорск заинск азнакаево нурлат менделеевск
	сарапул воткинск глазов можга кунгур соликамск чайковский лысьва краснокамск чусовой серов асбест полевской ревда краснотурьинск
	верхняя_пышма березовский новоуральск лесной ирбит качканар алапаевск тавда сухой_лог кушва шадринск тобольск ишим ялуторовск заводоуковск
	ханты-мансийск когалым нягань мегион лангепас радужный пыть-ях урай лянтор югорск ноябрьск салехард надым муравленко лабытнанги губкинский
	снежинск озерск трехгорный южноуральск троицк чебаркуль аша сатка кыштым бузулук бугуруслан новотроицк гай соль-илецк кумертау белорецк
	туймазы ишимбай белебей сибай учалы мелеуз бирск янаул чапаевск новокуйбышевск жигулевск отрадный кинель похвистнево маркс вольск ртищево балашов
	петровск михайловка урюпинск фролово калач-на-дону ахтубинск знаменск азов аксай каменск-шахтинский новошахтинск гуково донецк сальск белая_калитва
	ейск кропоткин анапа геленджик туапсе крымск славянск-на-кубани тихорецк лабинск тимашевск белореченск горячий_ключ кореновск адлер
	ессентуки железноводск минеральные_воды георгиевск буденновск михайловск изобильный светлоград лермонтов прохладный баксан беслан моздок аргун гудермес
	урус-мартан шали буйнакск избербаш кизляр кизилюрт дагестанские_огни магас карабулак малгобек ялта феодосия алушта судак джанкой бахчисарай
	саки симеиз бердск искитим куйбышев обь линево юрга анжеро-судженск киселевск ленинск-кузнецкий междуреченск мыски белово осинники
	тайга северск стрежевой асино минусинск канск лесосибирск зеленогорск дивногорск назарово шарыпово черногорск саяногорск горно-алтайск камень-на-оби
	заринск новоалтайск славгород тара усть-илимск усть-кут черемхово тулун шелехов саянск усолье-сибирское зима бодайбо краснокаменск
	нерюнгри мирный ленск алдан белогорск свободный тында зея биробиджан амурск советская_гавань николаевск-на-амуре уссурийск артем арсеньев
	спасск-дальний партизанск дальнегорск лесозаводск фокино южно-сахалинск корсаков холмск оха магадан анадырь елизово вилючинск северобайкальск
	гусиноозерск байконур минск алматы астана бишкек ташкент ереван баку тбилиси киев харьков одесса донецк луганск мариуполь мелитополь херсон бердянск
	arkhangelsk murmansk ulyanovsk saransk lipetsk kursk belgorod bryansk vladimir kaluga tambov smolensk pskov vologda petrozavodsk barnaul surgut
	makhachkala grozny nalchik stavropol sevastopol simferopol yakutsk chita ulan-ude cheboksary izhevsk kirov kurgan naberezhnye_chelny togliatti
	zelenograd korolev mytishchi podolsk lyubertsy balashikha odintsovo
	moscow st_petersburg saint_petersburg saint-petersburg sankt-peterburg sankt-petersburg spb novosibirsk ekaterinburg yekaterinburg kazan samara
	nizhny_novgorod nizhniy_novgorod omsk ufa chelyabinsk krasnoyarsk perm voronezh volgograd krasnodar saratov tyumen izhevsk irkutsk khabarovsk
	vladivostok yaroslavl tomsk kemerovo orenburg ryazan astrakhan penza tula sochi kaliningrad rostov-on-don tver moskva khimki`

// commonTowns are told to the detector wherever they stand, for many an address has no other mark: Москва, Тверская, 7.
const commonTowns = `москва санкт спб екатеринбург казань омск уфа воронеж тюмень ижевск иркутск хабаровск ярославль томск пермь краснодар красноярск`
