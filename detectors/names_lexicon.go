package detectors

import (
	"iter"
	"math/bits"
	"strings"
	"sync"
	"unicode/utf8"
)

// lexicon returns the table of words and endings. It is made once, on first use.
var lexicon = sync.OnceValue(buildLexicon)

// A wordTable is a hash table from packed words and endings to what they may be. It is never changed once made.
type wordTable struct {
	slots [1 << tableBits]wordSlot
	maybe [1 << (filterBits - 6)]uint64 // a bit for every key: most words are turned away here, in the nearest cache
	ends  [2][1024]uint16               // by script and last two letters: bit n says that there are endings of n letters
	count int
	// What mayAnchor and maySynthetic ask.
	anchors    wordFilter     // given names and patronymics
	anchorEnds [2][512]uint64 // by script, a bit for the last three letters of patronymics
	familyEnds [2][512]uint64 // likewise, of surnames that are told by their endings
	stems      wordFilter
	begins     nameBegins
	labelEnds  [1024 / 64]uint64 // a bit for the last two letters of Russian labels, in the codes of codeOfRussian
}

// A wordFilter has two bits set for each of its keys, in one word, and by chance for some others.
type wordFilter [1 << (anchorBits - 6)]uint64

func (f *wordFilter) add(key uint64) {
	h := key * hashFactor >> (64 - anchorBits - 6)
	f[h>>12] |= 1<<(h&63) | 1<<(h>>6&63)
}

func (f *wordFilter) has(key uint64) bool {
	h := key * hashFactor >> (64 - anchorBits - 6)
	return f[h>>12]>>(h&63)&(f[h>>12]>>(h>>6&63))&1 != 0
}

// A wordSlot holds 32 bits of a key's hash instead of the key: half the memory, and one word in eight billion that is not
// there is taken for one that is.
type wordSlot struct {
	mark uint32 // 0 is an empty slot
	is   wordClass
}

const (
	tableBits  = 16
	filterBits = 18
	anchorBits = 18
)

// A packed word holds five bits a letter, the last letter lowest, and a one above the first letter, so that
// up to twelve letters are exact. Endings and Latin words are set apart by a bit each.
const (
	maxPacked  = 12
	packedEnd  = 1 << 62
	packedLat  = 1 << 63
	letterBits = 5
)

// A wordClass says what a word may be. The low twelve bits are its cases, nominative first, masculine and then
// feminine: two words agree when they share one.
type wordClass uint32

const (
	masculine wordClass = 0x03F
	feminine  wordClass = 0xFC0
	anyCase   wordClass = 0xFFF

	isGiven wordClass = 1 << (12 + iota - 3)
	isPatronymic
	isSurname
	isLikeSurname // the ending is also that of other words
	isStop
	isDoubtful // a name that is also a common word
	isForeign  // a name of another language: any word may be its surname
	isShort    // a pet name
	isTurkic   // oglu, kyzy
	isParticle // von, ibn
	isStreet
	isStreetAfter
	isFirm
	isCue
	isOblique    // a feminine patronymic in a case that adjectives share
	isPossessive // the ending is -ов, -ев, -ин or -ын
	isRole       // what a person is: a name follows
	isThing      // what goods, works and institutions are: the next word is their name
	isPlace      // a town, or a surname that is another word: it is no person unless a given name stands beside it
	isInto       // a preposition before places

	isTelling   = isSurname | isLikeSurname // an ending that only surnames have, whatever stands around
	isNameLabel = isCue | isRole            // Фамилия: what follows is a part of a name
	isTitle     = isNameLabel | isShort     // господин: any word with a capital that follows is a name
)

// cases are the endings of one noun in six cases.
type cases [6]string

var (
	hardMale   = cases{"", "а", "у", "а", "ом", "е"}
	hissMale   = cases{"", "а", "у", "а", "ем", "е"}
	softMale   = cases{"ь", "я", "ю", "я", "ем", "е"}
	iotMale    = cases{"й", "я", "ю", "я", "ем", "е"}
	iyMale     = cases{"ий", "ия", "ию", "ия", "ием", "ии"}
	aNoun      = cases{"а", "ы", "е", "у", "ой", "е"}
	aNounBack  = cases{"а", "и", "е", "у", "ой", "е"}
	yaNoun     = cases{"я", "и", "е", "ю", "ей", "е"}
	iyaNoun    = cases{"ия", "ии", "ии", "ию", "ией", "ии"}
	softFemale = cases{"ь", "и", "и", "ь", "ью", "и"}
	ecMale     = cases{"ец", "ца", "цу", "ца", "цом", "це"}

	possessiveMale   = cases{"", "а", "у", "а", "ым", "е"}
	possessiveFemale = cases{"а", "ой", "ой", "у", "ой", "ой"}
	adjectiveMale    = cases{"", "ого", "ому", "ого", "ым", "ом"}
	adjectiveFemale  = cases{"ая", "ой", "ой", "ую", "ой", "ой"}
	velarMale        = cases{"ий", "ого", "ому", "ого", "им", "ом"}
)

func buildLexicon() *wordTable {
	t := new(wordTable)
	t.nouns(maleNames+" "+maleNamesEast, masculine, isGiven)
	t.nouns(femaleNames+" "+femaleNamesEast, feminine, isGiven)
	t.nouns(foreignMale, masculine, isGiven|isForeign)
	t.nouns(foreignFemale, feminine, isGiven|isForeign)
	t.fixed(asianSurnames, anyCase|isGiven|isForeign|isDoubtful)
	t.nouns(shortNames, masculine, isGiven|isShort)
	t.nouns(shortNamesFemale, feminine, isGiven|isShort)
	for _, w := range strings.Fields(doubtfulNames) {
		t.doubt(w)
	}
	t.nouns(patronymicsShort, masculine, isPatronymic)
	for _, w := range strings.Fields(patronymicsFemale) {
		t.decline(w, aNoun, feminine, isPatronymic)
	}
	t.nouns(plainSurnames, masculine, isLikeSurname|isPlace)
	t.fixed(plainSurnames, feminine|isLikeSurname|isPlace)
	t.fixed(plainSurnamesFixed, anyCase|isLikeSurname|isPlace)
	t.nouns(roleNouns, masculine, isRole)
	t.nouns(roleNounsFemale, feminine, isRole)
	for w := range lowerWords(roleStems) {
		t.adjective(w, isRole)
	}
	t.nouns(stopNouns, masculine, isStop)
	t.nouns(stopNounsFemale, feminine, isStop)
	t.fixed(stopFixed, isStop)
	t.nouns(thingNouns, masculine, isThing)
	t.nouns(thingNounsFemale, feminine, isThing)
	t.fixed(thingFixed, isThing|nominatives)
	t.nouns(nameTowns, masculine, isPlace)
	t.fixed(nameTownsFixed, isPlace)
	t.fixed(streetWords, isStreet)
	t.nouns(streetNouns, masculine, isStreet)
	t.nouns(streetNounsFemale, feminine, isStreet)
	t.fixed(streetWordsAfter, isStreetAfter)
	t.fixed(firmWords, isFirm)
	t.nouns(firmNouns, masculine, isFirm)
	t.nouns(firmNounsFemale, feminine, isFirm)
	t.fixed(cueWords, isCue)
	t.fixed(labelWords, isNameLabel)
	t.fixed(titleWords, isTitle)
	t.fixed(intoWords, isInto)
	for w := range lowerWords(doubtfulForms) {
		t.doubtForm(w)
	}
	t.fixed(turkicWords, isTurkic)
	t.fixed(nameParticles, isParticle)
	t.latinNames()
	t.endings()
	for _, w := range SyntheticStems {
		t.stems.add(packString(w))
		t.stems.add(packString(romanSchemes[1].Replace(w)))
	}
	return t
}

// nouns adds a list of nominatives in all their cases.
func (t *wordTable) nouns(list string, gender, is wordClass) {
	for w := range lowerWords(list) {
		nominative, stem, irregular := strings.Cut(w, "/")
		if irregular {
			c := hardMale
			c[0] = ""
			t.decline(stem, c, gender, is)
			t.add(nominative, gender&nominatives|is)
			continue
		}
		stem, c := paradigm(nominative, gender)
		t.decline(stem, c, gender, is)
		if gender == feminine && is&isGiven != 0 && strings.HasSuffix(nominative, "ь") {
			t.add(nominative, gender|is) // Гузель is not declined by everybody
		}
	}
}

// lowerWords goes over the words of a list in lower case. It knows only the letters that lists are made of. With
// strings.Fields and strings.ToLower the table takes 1.2 ms to make instead of 0.7.
func lowerWords(list string) iter.Seq[string] {
	return func(yield func(string) bool) {
		var buf [64]byte
		n := 0
		for i := 0; i <= len(list); i++ {
			b := byte(' ')
			if i < len(list) {
				b = list[i]
			}
			switch {
			case b == ' ' || b == '\n' || b == '\t':
				if n > 0 && !yield(string(buf[:n])) {
					return
				}
				n = 0
				continue
			case b >= 'A' && b <= 'Z':
				b += 'a' - 'A'
			case b < 0x90 || b > 0xAF || n == 0 || buf[n-1] != 0xD0:
				if b == 0x81 && n > 0 && buf[n-1] == 0xD0 { // Ё
					buf[n-1], b = 0xD1, 0x91
				}
			case b < 0xA0:
				b += 0x20
			default:
				buf[n-1], b = 0xD1, b-0x20
			}
			buf[n] = b
			n++
		}
	}
}

const nominatives wordClass = 1 | 1<<6

// paradigm says how a nominative is declined.
func paradigm(w string, gender wordClass) (string, cases) {
	cut := func(end string) (string, bool) { return strings.CutSuffix(w, end) }
	if s, ok := cut("ия"); ok {
		return s, iyaNoun
	}
	if s, ok := cut("я"); ok {
		return s, yaNoun
	}
	if s, ok := cut("а"); ok {
		if strings.ContainsAny(s[len(s)-2:], "гкхжшчщ") {
			return s, aNounBack
		}
		return s, aNoun
	}
	if s, ok := cut("ь"); ok {
		if gender == feminine {
			return s, softFemale
		}
		return s, softMale
	}
	if strings.ContainsAny(w[len(w)-2:], "оеёиуыэю") || gender == feminine {
		return w, cases{}
	}
	if s, ok := cut("ий"); ok {
		return s, iyMale
	}
	if s, ok := cut("й"); ok {
		return s, iotMale
	}
	if s, ok := cut("ец"); ok && len(s) > 4 {
		return s, ecMale
	}
	if strings.ContainsAny(w[len(w)-2:], "жшчщц") {
		return w, hissMale
	}
	return w, hardMale
}

func (t *wordTable) decline(stem string, c cases, gender, is wordClass) {
	key, n := packOn(1, 0, stem)
	for i, end := range c {
		class := gender&(nominatives<<i) | is
		full, letters := packOn(key, n, end)
		t.putWord(full, letters, class)
		if i == 4 && (end == "ой" || end == "ей") { // the longer form: Анною
			full, letters = packOn(key, n, end[:2]+"ю")
			t.putWord(full, letters, class)
		}
	}
}

// adjective adds the forms of an adjective or participle by its stem.
func (t *wordTable) adjective(stem string, is wordClass) {
	soft := strings.HasSuffix(stem, "ш") || strings.HasSuffix(stem, "щ")
	ends := strings.Fields("ый ого ому ым ом ая ой ую ые ых")
	if soft {
		ends = strings.Fields("ий его ему им ем ая ей ую ие их")
	}
	key, n := packOn(1, 0, stem)
	for _, end := range ends {
		full, letters := packOn(key, n, end)
		t.putWord(full, letters, is)
	}
}

func (t *wordTable) fixed(list string, is wordClass) {
	for w := range lowerWords(list) {
		t.add(w, is)
	}
}

// doubt marks a name that is already there, in all its cases.
func (t *wordTable) doubt(w string) {
	nominative, oblique, irregular := strings.Cut(w, "/")
	for _, gender := range []wordClass{masculine, feminine} {
		stem, c := paradigm(nominative, gender)
		for _, end := range c {
			t.doubtForm(stem + end)
			if irregular {
				t.doubtForm(oblique + end)
			}
		}
	}
}

// doubtForm marks one form.
func (t *wordTable) doubtForm(w string) {
	if s := t.slot(packString(w)); s.mark != 0 {
		s.is |= isDoubtful
	}
}

func (t *wordTable) latinNames() {
	add := func(list string, gender wordClass) {
		for w := range lowerWords(list) {
			w, _, _ = strings.Cut(w, "/")
			is := gender | isGiven
			if s := t.slot(packString(w)); s.mark != 0 {
				is |= s.is & (isDoubtful | isForeign | isShort)
			}
			for i := range romanSchemes {
				key, n := romanSchemes[i].pack(w)
				t.putWord(key, n, is)
			}
			if strings.HasPrefix(w, "е") || strings.HasPrefix(w, "ё") { // Yevgeniy, Yerlan
				key, n := romanSchemes[1].pack("й" + w)
				t.putWord(key, n, is)
			}
		}
	}
	add(maleNames, masculine)
	add(maleNamesEast, masculine)
	add(femaleNames, feminine)
	add(femaleNamesEast, feminine)
	t.fixed(latinExtra, masculine|isGiven)
	t.fixed(latinExtraFemale, feminine|isGiven)
	for _, w := range []string{"roman", "vera", "victoria", "diana", "regina", "alexandria", "julia", "peter", "michael", "eugene", "max", "mark", "mart", "marta", "martin", "natalie", "sophia", "rada", "lada", "karen", "islam"} {
		t.doubtForm(w)
	}
}

// romanSchemes are the ways from Cyrillic to Latin: passports (ICAO), the BGN one, and GOST 7.79.
var romanSchemes = []romanScheme{
	roman("a b v g d e zh z i i k l m n o p r s t u f kh ts ch sh shch - y - e iu ia"),
	roman("a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya"),
	roman("a b v g d e zh z i j k l m n o p r s t u f h c ch sh shh - y - e yu ya"),
}

// A romanScheme has what stands for each letter from а to я.
type romanScheme [32]string

func roman(letters string) (s romanScheme) {
	copy(s[:], strings.Fields(letters))
	for i := range s {
		s[i] = strings.Trim(s[i], "-")
	}
	return s
}

// Replace spells a word in lower case in Latin letters.
func (s *romanScheme) Replace(word string) string {
	buf := make([]byte, 0, 32)
	for _, r := range word {
		switch {
		case r >= 'а' && r <= 'я':
			buf = append(buf, s[r-'а']...)
		case r == 'ё':
			buf = append(buf, 'e')
		case r < 0x80:
			buf = append(buf, byte(r))
		}
	}
	return string(buf)
}

// pack packs the Latin spelling of a word.
func (s *romanScheme) pack(word string) (key uint64, n int) {
	key = 1
	for _, r := range word {
		if r == 'ё' {
			r = 'е'
		}
		if r < 'а' || r > 'я' {
			continue
		}
		for _, b := range []byte(s[r-'а']) {
			key = key<<letterBits | uint64(b-'a')
			n++
		}
	}
	return key | packedLat, n
}

// endings adds what surnames and patronymics end in.
func (t *wordTable) endings() {
	for _, s := range []string{"ов", "ев"} {
		t.ending(s, possessiveMale, masculine, isSurname|isPossessive)
		t.ending(s, possessiveFemale, feminine, isSurname|isPossessive)
		t.ending(s+"ич", hissMale, masculine, isPatronymic)
		t.ending(s+"н", aNoun, feminine, isPatronymic)
		for _, oblique := range []string{"ны", "не", "ну", "ной"} {
			t.slot(packEnd(s + oblique)).is |= isOblique
		}
	}
	for _, s := range []string{"ин", "ын"} {
		t.ending(s, possessiveMale, masculine, isLikeSurname|isPossessive)
		t.ending(s, possessiveFemale, feminine, isLikeSurname|isPossessive)
	}
	for _, s := range []string{"кин", "хин", "шин", "жин", "ицын", "сын", "тин", "лин", "рин", "ьин"} {
		t.ending(s, possessiveMale, masculine, isLikeSurname|isPossessive)
		t.ending(s, possessiveFemale, feminine, isLikeSurname|isPossessive)
	}
	for _, s := range []string{"ск", "цк"} {
		t.ending(s, velarMale, masculine, isSurname)
		t.ending(s, adjectiveFemale, feminine, isSurname)
		t.addEnd(s+"ой", masculine&nominatives|isSurname)
	}
	for _, s := range []string{"н", "т", "л", "р", "м", "в", "д"} {
		male := adjectiveMale
		male[0] = "ой"
		t.ending(s, male, masculine, isLikeSurname)
		male[0] = "ый"
		t.ending(s, male, masculine, isLikeSurname)
		t.ending(s, adjectiveFemale, feminine, isLikeSurname)
	}
	for _, s := range []string{"енко", "швили", "дзе", "янц"} {
		t.ending(s, cases{}, anyCase, isTelling)
	}
	for _, s := range []string{"заде", "оглу"} {
		t.ending(s, cases{}, anyCase, isSurname)
	}
	for _, s := range []string{"ко", "их", "ых", "иани", "ли", "ло", "уа", "иа", "аго"} {
		t.ending(s, cases{}, anyCase, isLikeSurname)
	}
	for _, s := range []string{"чук", "щук", "юк", "нюк", "ян", "янц", "штейн", "берг", "сян", "нян", "рян", "тян", "дян", "лян", "кян", "пян", "бян", "гян"} {
		is := isSurname
		if len(s) > 4 && s != "щук" && s != "нюк" && s != "штейн" && s != "берг" {
			is = isTelling
		}
		t.ending(s, hardMale, masculine, is)
		t.ending(s, cases{}, feminine, is)
	}
	for _, s := range []string{"ук", "як", "ик", "ак", "ман", "сон", "ас", "ис", "ус", "ер", "ец", "юн", "ан", "ин", "хан", "бай", "бек", "ай", "ей", "ий", "уй", "ель", "арь"} {
		stem, c := paradigm(s, masculine)
		if s == "ец" {
			stem, c = "", ecMale
		}
		t.ending(stem, c, masculine, isLikeSurname)
		t.ending(s, cases{}, feminine, isLikeSurname)
	}
	t.ending("ич", hissMale, masculine, isLikeSurname)
	t.ending("ич", cases{}, feminine, isLikeSurname)
	for _, s := range []string{"ав", "уш", "ейк", "айк"} {
		stem, c := paradigm(s+"а", feminine)
		t.ending(stem, c, anyCase, isLikeSurname)
	}
	t.ending("", iyaNoun, anyCase, isLikeSurname)
	for _, s := range []string{"ний", "няя", "нее", "него", "ней", "нюю", "щий", "щая"} {
		t.addEnd(s, nominatives|isThing) // Зимний Владимир
	}

	for _, s := range []string{"ивн", "аун", "еун"} { // Петрівна, Іванаўна, Васільеўна
		t.ending(s, aNoun, feminine, isPatronymic)
	}
	t.addEnd("улы", anyCase|isPatronymic) // Маратұлы
	t.addEnd("кызы", anyCase|isPatronymic)
	for _, s := range strings.Fields("ov ev in yn") {
		t.addEnd(s, masculine|isPossessive)
	}
	for _, s := range strings.Fields("ova eva ina yna") {
		t.addEnd(s, feminine|isPossessive)
	}
	for _, s := range strings.Fields("ov ev sky skiy skii skij enko chuk shvili dze zade") {
		t.addEnd(s, masculine|isSurname)
	}
	for _, s := range strings.Fields("ova eva skaya skaia skaja enko chuk shvili dze zade") {
		t.addEnd(s, feminine|isSurname)
	}
	for _, s := range strings.Fields("in yn off eff ski ian yan ich iuk yuk ko ak ik uk iy ii oy oi ykh ikh") {
		t.addEnd(s, masculine|isLikeSurname)
	}
	for _, s := range strings.Fields("ina yna ian yan ich iuk yuk ko ak ik uk aya aia ykh ikh") {
		t.addEnd(s, feminine|isLikeSurname)
	}
	for _, s := range strings.Fields("ovich evich ovitch evitch yich") {
		t.addEnd(s, masculine|isPatronymic)
	}
	for _, s := range strings.Fields("ovna evna ichna inichna") {
		t.addEnd(s, feminine|isPatronymic)
	}
	t.fixed("ilyich ilich kuzmich lukich fomich nikitich savvich", masculine|isPatronymic)
}

func (t *wordTable) ending(stem string, c cases, gender, is wordClass) {
	for i, end := range c {
		t.addEnd(stem+end, gender&(nominatives<<i)|is)
	}
}

func (t *wordTable) add(w string, is wordClass) {
	key, n := packOn(1, 0, w)
	t.putWord(key, n, is)
}

func (t *wordTable) putWord(key uint64, n int, is wordClass) {
	if n > 0 && n <= maxPacked {
		t.put(key, is)
	}
}

func (t *wordTable) addEnd(w string, is wordClass) {
	key := packEnd(w)
	t.put(key, is)
	script := key >> 63
	t.ends[script][key&1023] |= 1 << utf8.RuneCountInString(w)
	if is&isPatronymic != 0 {
		markEnding(&t.anchorEnds[script], w, key)
	}
	if is&isPossessive != 0 || is&isTelling == isTelling || is&isSurname != 0 && is&nominatives != 0 {
		markEnding(&t.familyEnds[script], w, key)
	}
}

// markEnding sets the bits of the last three letters that words may have whose ending is w.
func markEnding(ends *[512]uint64, w string, key uint64) {
	tail := key & (1<<(letterBits*3) - 1)
	if utf8.RuneCountInString(w) > 2 {
		ends[tail>>6] |= 1 << (tail & 63)
		return
	}
	tail &= 1<<(letterBits*2) - 1
	for before := range uint64(32) {
		any := before<<(letterBits*2) | tail
		ends[any>>6] |= 1 << (any & 63)
	}
}

func (t *wordTable) put(key uint64, is wordClass) {
	s := t.slot(key)
	if s.mark == 0 {
		t.count++
		if t.count > len(t.slots)/4*3 {
			panic("the table of words is too small")
		}
	}
	s.mark = slotMark(key)
	s.is |= is
	if s.is&isNameLabel == isNameLabel && key&(packedLat|packedEnd) == 0 {
		pair := key&1023 ^ 0x210
		t.labelEnds[pair>>6] |= 1 << (pair & 63)
	}
	if is&(isGiven|isPatronymic) != 0 {
		t.anchors.add(key)
		if key&(packedLat|packedEnd) == 0 {
			t.begins.add(key)
		}
	}
	h := key * hashFactor >> (64 - filterBits)
	t.maybe[h>>6] |= 1 << (h & 63)
}

const (
	hashFactor = 0x9E3779B97F4A7C15
	markFactor = 0xD6E8FEB86659FD93
)

func slotMark(key uint64) uint32 { return uint32(key*markFactor>>32) | 1 }

// get returns what a key may be.
func (t *wordTable) get(key uint64) wordClass {
	h := key * hashFactor >> (64 - filterBits)
	if t.maybe[h>>6]>>(h&63)&1 == 0 {
		return 0
	}
	return t.slot(key).is
}

// slot returns the place of a key: either it is there, or the slot is empty.
func (t *wordTable) slot(key uint64) *wordSlot {
	mark := slotMark(key)
	for i := key * hashFactor >> (64 - tableBits); ; i = (i + 1) % (1 << tableBits) {
		if s := &t.slots[i]; s.mark == mark || s.mark == 0 {
			return s
		}
	}
}

// word returns what a whole word may be.
func (t *wordTable) word(key uint64, n int) wordClass {
	if n == 0 || n > maxPacked {
		return 0
	}
	return t.get(wordKey(key, n))
}

// wordKey is the packed form of the last n letters of key.
func wordKey(key uint64, n int) uint64 {
	one := uint64(1) << (letterBits * uint(n) & 63)
	return key&(packedLat|(one-1)) | one
}

// end returns what a word of n letters may be by its longest known ending, which leaves at least two letters.
func (t *wordTable) end(key uint64, n int) wordClass {
	lengths := t.ends[key>>63][key&1023] & (1<<max(n-1, 0) - 1)
	for lengths != 0 {
		k := bits.Len16(lengths) - 1
		if is := t.get(key&packedLat | packedEnd | key&(1<<(letterBits*k)-1) | 1<<(letterBits*k)); is != 0 {
			return is
		}
		lengths &^= 1 << k
	}
	return 0
}

// packString packs a word in lower case.
func packString(w string) uint64 {
	key, _ := packOn(1, 0, w)
	return key
}

// packOn goes on packing: key holds n letters already.
func packOn(key uint64, n int, w string) (uint64, int) {
	latin := key & packedLat
	key &^= packedLat
	for _, r := range w {
		switch {
		case r >= 'а' && r <= 'я':
			key = key<<letterBits | uint64(r-'а')
		case r >= 'a' && r <= 'z':
			key = key<<letterBits | uint64(r-'a')
			latin = packedLat
		case r == 'ё':
			key = key<<letterBits | uint64('е'-'а')
		default:
			continue
		}
		n++
	}
	return key | latin, n
}

func packEnd(w string) uint64 { return packString(w) | packedEnd }
