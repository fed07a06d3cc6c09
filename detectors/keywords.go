package detectors

import (
	"maps"
	"slices"
	"strings"
)

// keywords is the scanner's index of context words, by their first three letters. It is read-only once made.
type keywords struct {
	bucket [1 << 13]uint16 // index in list by the first three letters, 0 is empty
	list   [][]entry
	begins begins  // of context words
	cues   *filter // of words that detectors want to be told about, nil if there are none
}

type entry struct {
	word     string // letters folded to one byte each
	prefix   bool
	weak     bool // counts only when no other word is found further on: series
	negative bool
	packed   uint64 // as twelveLetters packs the word, noLetters if it cannot
	kinds    Kinds
	asked    []asked // of cues: who wants to be told
}

// noLetters is packed for words that are not Russian or longer than twelve letters.
const noLetters = ^uint64(0)

// asked is a detector and the index in its Cues of the word it asked for.
type asked struct {
	detector uint8
	index    uint16
}

// against are words that speak against every kind here: things that are counted, and other kinds of numbers.
var against = strings.Fields(`заказ заказа заказу заказом заказе заказы заказов заказам заявк* счет счета счету счетом счете счетов счетам фактур* артикул* арт верси* гост трек* накладн* договор* тикет* обращени*
	инцидент* коммит* товар товара товару товаром товары товаров товарн* чек чека квитанц* гост ту снип штрихкод* посылк* диплом* аттестат* дмс осаго каско отправлен* рецепт* лот
	огрн* кпп бик окпо окато октмо оквэд кбк уин полис* енп омс р.с к.с л.с корр* расчетн* водительск* в.у стс птс гибдд загран*
	лиценз* патент* кадастр* код кода кодом парти* паллет* закупк* тендер* извещени* вагон* контейнер* пломб* аукцион* партномер* imei imsi iccid edrpou едрпоу рнокпп иин бин унп
	booking* reservation* code codes order orders ordernumber orderid invoice* sku ticket* version commit sha track* tracking barcode ean gtin upc article build request trace span
	psrn ogrn* kpp bik okpo oktmo enp oms polis account acc timestamp ts unixtime uuid guid hash id uid pid session port`)

// weak words belong to a kind only when nothing more telling stands near.
var weakWords = []string{"серия", "серии", "сер", "series", "seriya"}

func newKeywords(set []*Detector) *keywords {
	words := entries{}
	for _, d := range set {
		for _, w := range d.Near {
			if e := words.of(w); e != nil {
				e.kinds.Add(d.Index())
			}
		}
	}
	for _, w := range against {
		if e := words.of(w); e != nil && e.kinds.Empty() {
			e.negative = true
		}
	}
	for _, d := range set {
		for i, w := range d.Cues {
			if e := words.of(w); e != nil {
				e.asked = append(e.asked, asked{d.index, uint16(i)})
			}
		}
	}
	k := words.index()
	words.keepAsked()
	if len(words) > 0 {
		k.cues = newFilter(words)
	}
	return k
}

// entries are the words of an index that is being made, by how they are written in it.
type entries map[string]*entry

// of returns the entry of a word, nil if it is no word of letters or one that could be anything.
func (words entries) of(w string) *entry {
	prefix := strings.HasSuffix(w, "*")
	folded := string(foldWord(nil, []byte(strings.TrimSuffix(w, "*"))))
	if folded == "" || strings.ContainsRune(folded, 0) || prefix && len(folded) < 3 {
		return nil
	}
	key := folded
	if prefix {
		key += "*"
	}
	e := words[key]
	if e == nil {
		e = &entry{word: folded, prefix: prefix, weak: slices.Contains(weakWords, w), packed: packFolded(folded)}
		words[key] = e
	}
	return e
}

// packFolded packs a folded word.
func packFolded(word string) (packed uint64) {
	for _, c := range []byte(word) {
		if c > 32 || len(word) > maxPacked {
			return noLetters
		}
		packed = packed<<letterBits | uint64(c-1)
	}
	return packed
}

// keepAsked drops the words that nobody asked for.
func (words entries) keepAsked() {
	maps.DeleteFunc(words, func(_ string, e *entry) bool { return len(e.asked) == 0 })
}

// index makes an index of the words.
func (words entries) index() *keywords {
	k := &keywords{list: make([][]entry, 1)}
	for _, e := range words {
		var first [3]byte
		copy(first[:], e.word)
		h := slot(first[0], first[1], first[2])
		if k.bucket[h] == 0 {
			k.bucket[h] = uint16(len(k.list))
			k.list = append(k.list, nil)
		}
		k.list[k.bucket[h]] = append(k.list[k.bucket[h]], *e)
		if e.context() {
			k.begins.add(e)
		}
	}
	for _, b := range k.list {
		// Context words first, the longest one first; a whole word before a prefix.
		slices.SortFunc(b, func(x, y entry) int {
			if x.context() != y.context() {
				if x.context() {
					return -1
				}
				return 1
			}
			if len(x.word) != len(y.word) {
				return len(y.word) - len(x.word)
			}
			if x.prefix != y.prefix {
				if y.prefix {
					return -1
				}
				return 1
			}
			return strings.Compare(x.word, y.word)
		})
	}
	return k
}

// slot is the bucket of a folded word by its first letters, 0 where there are less than three.
func slot(x, y, z byte) int {
	return int((uint32(x)<<12 | uint32(y)<<6 | uint32(z)) * 0x9E3779B1 >> 19)
}

// lookup finds the entry of a word as it stands in the text.
func (k *keywords) lookup(word []byte) *entry {
	if len(word) >= 6 && cap(word) >= 24 {
		if packed, n, _ := twelveLetters(word[:24]); 2*n == len(word) {
			return k.lookupRussian(packed, n)
		}
	}
	// The first letters send most words away.
	var y, z byte
	x, n := foldLetter(word)
	if n < len(word) {
		var m int
		y, m = foldLetter(word[n:])
		if n += m; n < len(word) {
			z, _ = foldLetter(word[n:])
		}
	}
	b := k.bucket[slot(x, y, z)]
	if b == 0 {
		return nil
	}
	var buf [32]byte
	folded := foldWord(buf[:0], word)
	for i := range k.list[b] {
		if e := &k.list[b][i]; e.context() && e.matches(folded) {
			return e
		}
	}
	return nil
}

// lookupRussian is lookup for a packed word of n letters, three at least.
func (k *keywords) lookupRussian(packed uint64, n int) *entry {
	first := packed >> (letterBits * (n - 3) & 63)
	list := k.list[k.bucket[slot(byte(first>>10&31+1), byte(first>>5&31+1), byte(first&31+1))]]
	for i := range list {
		e := &list[i]
		if !e.context() {
			break // only cues follow
		}
		if more := n - len(e.word); more >= 0 && packed>>(letterBits*more&63) == e.packed && (more == 0 || e.prefix) {
			return e
		}
	}
	return nil
}

// context says that the word speaks for a kind or against all: others are cues only.
func (e *entry) context() bool { return e.negative || !e.kinds.Empty() }

// matches says whether a folded word is the entry's.
func (e *entry) matches(folded []byte) bool {
	return len(folded) >= len(e.word) && (e.prefix || len(folded) == len(e.word)) && string(folded[:len(e.word)]) == e.word
}

// bucketOf is the place in list of a folded word.
func (k *keywords) bucketOf(folded []byte) uint16 {
	var first [3]byte
	copy(first[:], folded)
	return k.bucket[slot(first[0], first[1], first[2])]
}

// foldWord appends one byte below 64 for every letter of word: case is dropped, ё becomes е.
func foldWord(dst, word []byte) []byte {
	for i := 0; i < len(word); {
		c, n := foldLetter(word[i:])
		dst = append(dst, c)
		i += n
	}
	return dst
}

// foldLetter returns a byte below 64 for the letter that w begins with, 0 if it is none, and its length.
func foldLetter(w []byte) (c byte, n int) {
	b := w[0]
	if b < 0x80 || len(w) < 2 {
		return foldASCII[b&0x7F], 1
	}
	if b&0xFE == 0xD0 {
		return foldCyrillic[b&1][w[1]&0x3F], 2
	}
	return 0, 2
}

var foldASCII = func() (t [128]byte) {
	for b := byte('a'); b <= 'z'; b++ {
		t[b], t[b-32] = b&0x1F+32, b&0x1F+32
	}
	t['.'], t['/'] = 63, 63
	return t
}()

var foldCyrillic = func() (t [2][64]byte) {
	for i := range byte(32) {
		t[0][0x10+i] = i + 1 // capitals
		small := 0x30 + i
		t[small>>6][small&0x3F] = i + 1
	}
	t[0][0x01], t[1][0x11] = 6, 6 // Ёё
	return t
}()
