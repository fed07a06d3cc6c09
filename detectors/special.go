package detectors

import (
	"slices"
	"strings"
)

// What the kinds of art. 10 and 11 of 152-FZ share. A fact of theirs is a phrase around a cue: the cue, the adjectives
// before it, and what says more behind it. It is reported when it is said of a person: the words around the phrase are
// weighed, those that name somebody against those of talk in general. Without them it stays a candidate.

// A cueGroup is cues that are read in the same way.
type cueGroup struct {
	rule    uint8  // of the kind's own
	endings string // that words may have behind the stems of the list, - for none; empty where cues are written as in Detector.Cues
	words   string
}

// A cueList is what the groups of a kind come to.
type cueList struct {
	words []string // for Detector.Cues
	how   []howRead
}

type howRead struct {
	rule    uint8
	stem    int // bytes
	endings []string
}

// Endings of nouns in the singular, and of persons and things in the plural.
const (
	endsMan    = "- а у ом е"
	endsWoman  = "а ы е у ой ою"
	endsWomanK = "а и е у ой"
	endsIya    = "я и ю ей"
	endsSoft   = "ь и ью"
	endsNeuter = "е я ю ем и"
	endsEc     = "ец ца цу цем цом це"
)

func newCueList(groups ...cueGroup) *cueList {
	l := new(cueList)
	for _, g := range groups {
		for _, w := range strings.Fields(g.words) {
			h := howRead{rule: g.rule}
			if g.endings != "" {
				h.stem = len(w)
				for _, e := range strings.Fields(g.endings) {
					h.endings = append(h.endings, strings.Trim(e, "-"))
				}
				w += "*"
			}
			l.words = append(l.words, w)
			l.how = append(l.how, h)
		}
	}
	return l
}

// rule says how the word of a cue is read; ok is false where its ending is another word's.
func (l *cueList) rule(a []byte, c Cue) (rule uint8, ok bool) {
	h := &l.how[c.Word]
	if h.endings == nil {
		return h.rule, true
	}
	tail := a[int(c.Start)+h.stem : c.End]
	for _, e := range h.endings {
		if len(e) == len(tail) && equalFold(tail, e) {
			return h.rule, true
		}
	}
	return h.rule, false
}

// A fact is a phrase that is being read.
type fact struct {
	t          *Text
	a          []byte // the arena with some of its padding
	k          *senses
	start, end int
	force      force
	own        int   // what the phrase itself says of a person, see said
	less       uint8 // taken from the score: another reading of the same words is better
	kind       sense
	evidence   Evidence // beside that of words
}

// force is how much a cue says.
type force uint8

const (
	feeble force = iota
	middling
	strong
)

// factAt begins a phrase with a cue. kind is what verbs and nouns beside the common ones speak of a person.
func factAt(t *Text, c Cue, kind sense) fact {
	return fact{t: t, a: t.Arena[:len(t.Arena)+24], k: lexis(), start: int(c.Start), end: int(c.End), kind: kind}
}

// after and before read the pieces next to the phrase.
func (p *fact) after() piece  { return p.k.pieceAfter(p.a, p.end) }
func (p *fact) before() piece { return p.k.pieceBefore(p.a, p.start) }

// word is the text of a piece.
func (p *fact) word(w *piece) []byte { return p.a[w.start:w.end] }

// spells says that a piece stands a space away and is one of the words.
func (p *fact) spells(w *piece, words ...string) bool {
	if !w.there() || w.marks != markSpace {
		return false
	}
	for _, x := range words {
		if equalFold(p.word(w), x) {
			return true
		}
	}
	return false
}

// listed says that a piece stands a space away and is on the list.
func (p *fact) listed(w *piece, list *vocabulary) bool {
	return w.there() && w.marks == markSpace && list.has(p.word(w))
}

// adjectives takes the adjectives before the phrase into it, and says how many there are.
func (p *fact) adjectives() (n int) {
	for n < 4 {
		w := p.before()
		if !w.there() || w.digits || w.marks != markSpace || !p.adjective(&w) {
			break
		}
		p.start = w.start
		n++
	}
	return n
}

// adjective says whether a word is one by its ending. One with a capital in the middle of a sentence is a surname.
func (p *fact) adjective(w *piece) bool {
	if w.sense&saysNot != 0 || !adjectival(p.word(w)) {
		return false
	}
	if isCapital(p.a, w.start) && !isCapital(p.a, w.end-letterSize(p.a, w.end)) {
		b := p.k.pieceBefore(p.a, w.start)
		return !b.there() || b.digits || b.marks&^markGap != 0
	}
	return true
}

// letterSize is the size of the letter that ends at e.
func letterSize(a []byte, e int) int {
	if a[e-1] < 0x80 {
		return 1
	}
	return 2
}

// isCapital says whether the letter at i is one.
func isCapital(a []byte, i int) bool {
	return a[i]-'A' < 26 || a[i] == 0xD0 && (a[i+1] >= 0x90 && a[i+1] < 0xB0 || a[i+1] == 0x81)
}

var adjectiveEnds = strings.Fields(`ый ая ое ые ого ому ую ых ым ыми яя юю яго ский ского скому ским ском ской ские ческий
	тический ачью ичью кий кие ким ной енной льной чной ивной озной рной`)

// nounEnds are ends of nouns among those of adjectives.
var nounEnds = strings.Fields(`щий щая щего щее щие щих щую вший вшая вшего вшие вших`)

var adjectiveWords = newVocabulary(`chronic acute severe mild type clinical bipolar major malignant benign viral pulmonary bronchial congenital post traumatic manic gestational diabetic
	легкий тяжелый злокачественной сахарном злокачественном психическом бронхиальной рассеянном хроническом остром тяжелом сахарному вирусном открытом закрытом`)

// adjectival says whether a word ends like an adjective of the phrases meant here.
func adjectival(word []byte) bool {
	if word[0] < 0x80 {
		return adjectiveWords.has(word)
	}
	if len(word) < 10 || len(word) > 60 {
		return false
	}
	for _, e := range nounEnds {
		if len(word) > len(e) && equalFold(word[len(word)-len(e):], e) {
			return false
		}
	}
	for _, e := range adjectiveEnds {
		if len(word) > len(e) && equalFold(word[len(word)-len(e):], e) {
			return true
		}
	}
	return adjectiveWords.has(word)
}

// smallRoman says whether a word is a small Roman number.
func smallRoman(word []byte) bool {
	if len(word) > 4 {
		return false
	}
	for i := 0; i < len(word); i++ {
		switch b := word[i]; {
		case b == 'I' || b == 'V' || b == 'X':
		case b == 0xD0 && i+1 < len(word) && (word[i+1] == 0x86 || word[i+1] == 0xA5): // І, Х
			i++
		default:
			return false
		}
	}
	return true
}

// numeral reads a number of at most three digits, a Roman one or a word at i, with its ending (2-го) and range (20-21).
func (p *fact) numeral(i int, allowed marks) (end int) {
	w := p.k.pieceAfter(p.a, i)
	if !w.there() || w.marks&^allowed != 0 {
		return i
	}
	switch {
	case w.digits && w.end-w.start <= 3:
		end = w.end
	case smallRoman(p.word(&w)):
		end = w.end
	case w.sense&saysNumber != 0:
		return w.end
	default:
		return i
	}
	for range 2 {
		// -го, -й, -21, –3; 1.5 and 2а are something else
		x := p.k.pieceAfter(p.a, end)
		switch {
		case !x.there() || x.marks&^(markHyphen|markDash) != 0 || x.end-x.start > 6:
			return end
		case x.marks != 0 && (x.digits || smallRoman(p.word(&x))), !x.digits && p.a[x.start] >= 0x80 && x.end-x.start <= 6 && x.sense&saysUnit == 0 && x.marks != 0,
			x.marks == 0 && !x.digits && x.end-x.start <= 2:
			end = x.end
		default:
			return end
		}
	}
	return end
}

// grade reads «2 типа», «II группы», «тип 2», «20-й неделе» behind i. between says what may stand before it.
func (p *fact) grade(i int, between marks) (end int) {
	if n := p.numeral(i, between); n > i {
		u := p.k.pieceAfter(p.a, n)
		if u.there() && u.sense&saysUnit != 0 && u.marks&^(markSpace|markHyphen) == 0 {
			return u.end
		}
		return i
	}
	w := p.k.pieceAfter(p.a, i)
	if w.there() && w.marks&^between == 0 && w.sense&saysUnit != 0 {
		if n := p.numeral(w.end, markSpace|markStop|markColon); n > w.end {
			return n
		}
	}
	return i
}

// organs reads the words for a part of the body behind i.
func (p *fact) organs(i int) (end int) {
	for range 5 {
		w := p.k.pieceAfter(p.a, i)
		if !w.there() || w.marks&^markGap != 0 || w.sense&saysOrgan == 0 {
			break
		}
		i = w.end
	}
	return i
}

// complement takes what specifies an illness into the phrase: parts of the body, type, stage, result of a test.
func (p *fact) complement() (found bool) {
	from := p.end
	for range 4 {
		end := p.grade(p.end, markSpace|markComma)
		if end == p.end {
			end = p.organs(p.end)
		}
		if end == p.end {
			break
		}
		p.end = end
	}
	return p.end > from
}

// tested takes «положительный», «не обнаружен» into the phrase.
func (p *fact) tested() bool {
	w := p.after()
	end := w.end
	if w.there() && w.marks&^(markGap|markHyphen|markDash|markColon) == 0 && equalFold(p.word(&w), "не") {
		w = p.k.pieceAfter(p.a, end)
	}
	if w.there() && w.marks&^(markGap|markHyphen|markDash|markColon) == 0 && w.sense&saysTested != 0 {
		p.end = w.end
		return true
	}
	return false
}

// clause reads a value behind a label: words up to the next mark that ends it, at most so many. It begins behind marks
// that may follow a label; ok is false where there is no value.
func (p *fact) clause(i, limit int) (start, end int, ok bool) {
	quoted := false
	for n := range limit {
		w := p.k.pieceAfter(p.a, i)
		switch {
		case n == 0:
			quoted = w.marks&markQuote != 0
			if w.marks&^markLabel != 0 {
				w.end = w.start
			}
		case quoted && w.marks&markQuote != 0:
			w.end = w.start
		case w.there() && w.marks&^(markSpace|markHyphen|markQuote|markSlash|markPlus) != 0:
			w.end = w.start
		case w.sense&(saysLimit&^saysAbout) != 0 && len(p.word(&w)) > 2 && !p.within(&w):
			w.end = w.start
		}
		if !w.there() {
			break
		}
		if n == 0 {
			start = w.start
		}
		i, end = w.end, w.end
	}
	return start, end, end > 0
}

// within says of a limiting word that it is short and holds a value together: «по», «на».
func (p *fact) within(w *piece) bool {
	word := p.word(w)
	return equalFold(word, "по") || equalFold(word, "на") || equalFold(word, "of")
}

// labelled says whether a colon or an equals sign stands behind i, and a value behind that. A dash may begin a sentence
// about the word.
func (p *fact) labelled(i int) bool {
	w := p.k.pieceAfter(p.a, i)
	return w.there() && w.marks&markColon != 0 && w.marks&^(markLabel|markClose) == 0
}

// factScores are by force: said of a person, perhaps, without a sign of one, in general.
var factScores = [...][4]uint8{feeble: {40, 0, 0, 0}, middling: {85, 50, 40, 0}, strong: {90, 70, 60, 40}}

// appendTo appends the phrase as a finding, scored by what it says and what stands around.
func (p *fact) appendTo(dst []Finding) []Finding {
	f := Finding{Start: uint32(p.start), End: uint32(p.end), Evidence: Dictionary | p.evidence}
	at := 3
	switch said := p.said(); {
	case said >= 2:
		at = 0
		f.Evidence |= Keyword
	case said == 1:
		at = 1
	case said == 0:
		at = 2
	}
	if f.Score = factScores[p.force][at]; f.Score == 0 {
		return dst
	}
	f.Score -= p.less
	if p.t.Whole(f.Start, f.End) {
		f.Evidence |= Whole
	}
	return append(dst, f)
}

// How far the words around a phrase are read, in bytes.
const (
	saidLeft  = 360
	saidRight = 200
)

// An opinion is what the words around a phrase say, each sort of them at its strongest or added up.
type opinion struct {
	named   int // somebody in particular: I, my brother, a name
	role    int // one person, who may stand for many: the patient, he
	general int // talk in general
	modal   int // rules: may, must, it is usual; they say nothing where somebody in particular stands
	doctor  bool
}

// said weighs the words around a phrase: from 2 on, it is said of a person; below 0, it is talk in general.
func (p *fact) said() int {
	var o opinion
	sentences, words := 0, 0
	for i := p.start; p.start-i < saidLeft; {
		w := p.k.pieceBefore(p.a, i)
		if !w.there() {
			break
		}
		if w.marks&markEnd != 0 && p.ends(&w, i) {
			if sentences++; sentences == 3 || o.named > 2 || o.role > 2 {
				break
			}
		}
		if w.marks&markColon != 0 && o.named >= byName {
			break // what stands before the colon is the heading of somebody's line
		}
		i = w.start
		words++
		p.hear(&o, &w, words, sentences)
	}
	words, sentences = 1, 0
	for i := p.end; i-p.end < saidRight; {
		w := p.k.pieceAfter(p.a, i)
		if !w.there() {
			break
		}
		if w.marks&markEnd != 0 && (w.marks&markLine != 0 || isCapital(p.a, w.start)) {
			if sentences++; sentences == 2 || o.named > 2 || o.role > 2 {
				break
			}
		}
		i = w.end
		words++
		distance := words
		if w.sense&(saysAbout|saysPerhaps) != 0 {
			distance = 100 // prepositions behind are of something else
		}
		if sentences == 0 || w.sense&(saysPatient|saysPerson) != 0 {
			p.hear(&o, &w, distance, sentences)
		}
	}
	if o.doctor && o.named == byName {
		o.named = 0
	}
	person := o.named
	if person == 0 {
		person = o.role - min(o.modal, 3)
	} else if o.role > 1 {
		person++
	}
	return p.own + person - min(o.general, 5)
}

// byName is what a name counts: one more than that is somebody whom a doctor does not hide.
const byName = 3

// ends says whether the marks between w and the text at i end a sentence, and not an abbreviation.
func (p *fact) ends(w *piece, i int) bool {
	if w.marks&markLine != 0 {
		return true
	}
	if w.end-w.start <= 4 || w.digits {
		return false
	}
	for j := w.end; j < i; j++ {
		if p.a[j] == '!' || p.a[j] == '?' {
			return true
		}
	}
	return isCapital(p.a, i) || p.a[i]-'0' <= 9
}

// hear takes one word into account. It stands so many words from the phrase, behind so many ends of sentences.
func (p *fact) hear(o *opinion, w *piece, distance, sentences int) {
	if w.digits || p.a[w.end] == '_' || p.a[w.start-1] == '_' {
		return // a number, or a name of programs
	}
	s := w.sense
	big := isCapital(p.a, w.start)
	if big && w.end-w.start <= 2 && p.a[w.end] == '.' {
		s = 0 // an initial
	}
	if s&saysPatient != 0 {
		o.role = max(o.role, 3)
	}
	if s&p.kind != 0 {
		o.role = max(o.role, 2)
	}
	if sentences > 0 {
		switch {
		case big && s == 0 && p.name(w):
			o.named = max(o.named, 2)
		case s&saysMe != 0 && sentences == 1:
			o.named = max(o.named, 1)
		case s&saysPerson != 0:
			if n := p.k.pieceAfter(p.a, w.end); n.there() && n.marks&^(markGap|markColon) == 0 && isCapital(p.a, n.start) {
				o.role = max(o.role, 2) // Призывник Жуков
			}
		}
		return
	}
	switch {
	case s&(saysMe|saysKin) != 0:
		o.named = max(o.named, byName+1)
	case s&saysPerson != 0:
		o.role = max(o.role, 2)
	case s&saysThird != 0:
		if o.role = max(o.role, 1); distance <= 3 {
			o.role = max(o.role, 2)
		}
	case s&saysAt != 0 && distance <= 4:
		// у бабули, у Петровой
		if n := p.k.pieceAfter(p.a, w.end); n.there() && n.marks == markSpace && n.sense&(saysMany|saysGeneral) == 0 && !manyEnd(p.word(&n)) {
			o.role = max(o.role, 2)
		}
	case s == 0 && big && p.name(w):
		if p.addressed(w) {
			o.role = max(o.role, 1)
		} else {
			o.named = max(o.named, byName)
		}
	case s == 0 && big && distance <= 6 && p.surname(w, isSurname):
		o.role = max(o.role, 1)
	case s == 0 && len(p.word(w)) > 10 && (foldedEnd(p.word(w), "аю") || foldedEnd(p.word(w), "яю")) && !notVerb.has(p.word(w)):
		o.named = max(o.named, 2) // прикладываю
	case p.a[w.start] == 'I' && w.end-w.start == 1 && p.a[w.end] == ' ' && p.a[w.end+1]-'a' < 26:
		o.named = max(o.named, byName+1)
	}
	switch {
	case s&p.kind != 0 && s&(saysGeneral|saysMany) == 0:
	case s&(saysMany|saysGeneral) != 0:
		if b := p.k.pieceBefore(p.a, w.start); !equalFold(p.word(w), "лица") || !facePictures.has(p.word(&b)) {
			o.general += 2
		}
	case s&saysAbout != 0 && distance <= 2:
		o.general += 2
	case s&saysFor != 0 && distance == 1 && p.kind == saysIll && p.a[p.start]-'0' > 9:
		if b := p.k.pieceBefore(p.a, w.start); b.sense&saysIll == 0 { // жалуется на
			o.general += 3
		}
	case s&saysPerhaps != 0 && distance <= 2:
		o.general++
	case s&saysModal != 0:
		o.modal += 2
	case s&saysDoctor != 0:
		o.doctor = true
	case s == 0 && (foldedEnd(p.word(w), "яют") || foldedEnd(p.word(w), "ают") || foldedEnd(p.word(w), "уют") || foldedEnd(p.word(w), "ются")):
		o.modal++
	}
}

// notVerb are words that end like verbs of the first person.
var notVerb = newVocabulary(`случаю урожаю обычаю`)

// manyEnd says whether a word ends like a genitive of many.
func manyEnd(word []byte) bool {
	return foldedEnd(word, "ов") || foldedEnd(word, "ых") || foldedEnd(word, "их") || foldedEnd(word, "ей")
}

// addressed says that a name is that of somebody spoken to: it begins the sentence and has a comma behind.
func (p *fact) addressed(w *piece) bool {
	if p.a[w.end] != ',' || p.a[w.end+1] != ' ' || isCapital(p.a, w.end+2) || p.a[w.end+2]-'0' <= 9 {
		return false
	}
	b := p.k.pieceBefore(p.a, w.start)
	return !b.there() || b.marks&markEnd != 0 || b.marks&markComma != 0 && !isCapital(p.a, b.start)
}

// foldedEnd says whether a word ends so, whatever its case.
func foldedEnd(word []byte, end string) bool {
	return len(word) > len(end) && equalFold(word[len(word)-len(end):], end)
}

// name says whether a word with a capital is a given name, a patronymic, or the initial of a surname beside it.
func (p *fact) name(w *piece) bool {
	var n nameWord
	l := lexicon()
	l.readWord(&n, p.a, uint32(w.start))
	switch n.kind {
	case initial:
		if !n.dotted {
			return false
		}
		x, y := p.k.pieceBefore(p.a, w.start), p.k.pieceAfter(p.a, w.end)
		return x.there() && !x.digits && x.marks == markSpace && isCapital(p.a, x.start) && x.end-x.start >= 6 ||
			y.there() && !y.digits && y.marks&^(markSpace|markStop) == 0 && isCapital(p.a, y.start) && y.end-y.start >= 6 && x.marks&^markGap != 0 && !afterLetter.has(p.word(&y))
	case proper:
		l.look(&n)
		return n.is&(isGiven|isPatronymic) != 0 && n.is&(isDoubtful|isStop) == 0
	}
	return false
}

// afterLetter are words that begin a sentence behind a single letter: «категории B, C. Без …».
var afterLetter = newVocabulary("без для при под над про они все это как где")

// surname says whether a word with a capital has the form of a surname, of the given sorts.
func (p *fact) surname(w *piece, sorts wordClass) bool {
	var n nameWord
	l := lexicon()
	l.readWord(&n, p.a, uint32(w.start))
	l.look(&n)
	return n.kind == proper && n.is&sorts != 0 && n.is&isStop == 0
}

// headed says that a colon stands right before the phrase, and one of the labels not far before that.
func (p *fact) headed(list *vocabulary) bool {
	for i, n := p.start, 0; n < 3; n++ {
		w := p.k.pieceBefore(p.a, i)
		if !w.there() || n == 0 && w.marks&markColon == 0 || w.marks&^(markLabel|markGap) != 0 {
			return false
		}
		if list.has(p.word(&w)) {
			return true
		}
		i = w.start
	}
	return false
}

// fitsFact says whether a value is short text: what a column named after a kind holds.
func fitsFact(value []byte) bool {
	if len(value) == 0 || len(value) > 240 {
		return false
	}
	return slices.ContainsFunc(value, func(b byte) bool { return b|0x20-'a' < 26 || b >= 0x80 })
}

// fitsWord says whether a short value holds a word of a list.
func fitsWord(value []byte, list *vocabulary) bool {
	if len(value) > 160 {
		return false
	}
	for i := 0; i < len(value); {
		if b := value[i]; b|0x20-'a' >= 26 && b&0xFC != 0xD0 {
			i++
			continue
		}
		end, _ := wordAfterLetter(value, i)
		if end == i {
			return false // half a letter
		}
		if list.has(value[i:end]) {
			return true
		}
		i = end
	}
	return false
}
