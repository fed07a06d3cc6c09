package detectors

import (
	"strings"
	"sync"
)

// SyntheticStems are the stems that shaped names are made of: invented, five letters each, beginnings of no name or
// word that we know of. A shaped word is one to four stems and an ending of SyntheticEndings. Every letter has one
// Latin letter of its own, so that the same holds for both scripts.
var SyntheticStems = strings.Fields(`гопаз пуфел зирап фапоз дафол зогуф пафиб зепол тузоп туфаз модаф зетив вазуг зурег пезоб
	зевип тенуз бамоф могуз дабуз тируф фубан зитеб зобид пибеф гифед зодуп пефаб фепун гибаз пифов зивуг фамод лебиз фузаб
	незиб бузод муфол дузип физат зопам гуфиб луфиг фебив вамуз пофун зефуд вифуг гипоз мубеф рефоб зареф ринеф фонуд фетув
	везаг меноф зилан патез вимеф гувоз зенум вепоз зидал фомип родез вефиб бинуф фитуб вопиз тидоз луваф багез зупам нуфег
	земиг нодиф бивез назуг тавоф лоруз мифез зотув гедуф вемаз фезоп нифуз вузаф фадег нозаф мизуд гамеф фобут летуз забум`)

// SyntheticEndings are the endings of shaped words: of a surname, a given name and a patronymic (Surname, GivenName,
// Patronymic minus Surname), masculine and feminine, in six cases from nominative to prepositional.
var SyntheticEndings = [3][2][6]string{
	{{"ов", "ова", "ову", "ова", "овым", "ове"}, {"ова", "овой", "овой", "ову", "овой", "овой"}},
	{{"", "а", "у", "а", "ом", "е"}, {"а", "ы", "е", "у", "ой", "е"}},
	{{"ович", "овича", "овичу", "овича", "овичем", "овиче"}, {"овна", "овны", "овне", "овну", "овной", "овне"}},
}

// SyntheticName says whether word is one of our shaped names, in any letter case, Cyrillic or Latin, also with a hyphen.
func SyntheticName(word []byte) bool {
	var letters [maxSynthetic]uint8
	n := 0
	var latin bool
	for p := 0; p < len(word); {
		l, size := uint8(0), 1
		switch b := word[p]; {
		case b < 0x80:
			l = asciiLetter[b]
		case b&^3 == 0xD0 && p+1 < len(word) && word[p+1]&0xC0 == 0x80:
			l, size = cyrillicLetter[uint32(b&3)<<6|uint32(word[p+1]&63)], 2
		}
		switch {
		case l == 0 && word[p] == '-' && n > 0:
			if !syntheticPart(letters[:n], latin) {
				return false
			}
			n = 0
		case l == 0 || n == len(letters) || n > 0 && latin != (size == 1):
			return false
		default:
			latin = size == 1
			letters[n] = l & letterCode
			n++
		}
		p += size
	}
	return n > 0 && syntheticPart(letters[:n], latin)
}

// mayShaped says whether a word of n letters begins as shaped names do. It is right whenever it says no, and spares nearly
// every name the letter by letter reading of SyntheticName.
func (t *wordTable) mayShaped(key uint64, n int) bool {
	return n >= stemLetters && t.stems.has(key&packedLat|wordKey(key&^packedLat>>(letterBits*(n-stemLetters)), stemLetters))
}

const (
	stemLetters   = 5
	maxSynthetic  = 4*stemLetters + 7
	longestEnding = 7
)

// syntheticPart says whether letters are stems and an ending.
func syntheticPart(letters []uint8, latin bool) bool {
	known := syntheticKeys()
	ending := len(letters) % stemLetters
	for ; ending <= longestEnding && ending < len(letters); ending += stemLetters {
		if !known.endings[packCodes(letters[len(letters)-ending:], latin)] {
			continue
		}
		ours := true
		for stems := letters[:len(letters)-ending]; len(stems) > 0; stems = stems[stemLetters:] {
			ours = ours && known.stems[packCodes(stems[:stemLetters], latin)]
		}
		if ours {
			return true
		}
	}
	return false
}

type syntheticSet struct{ stems, endings map[uint64]bool }

var syntheticKeys = sync.OnceValue(func() syntheticSet {
	s := syntheticSet{stems: map[uint64]bool{}, endings: map[uint64]bool{}}
	latin := func(w string) string { return romanSchemes[1].Replace(w) }
	s.endings[1], s.endings[1|packedLat] = true, true
	for _, w := range SyntheticStems {
		s.stems[packString(w)], s.stems[packString(latin(w))] = true, true
	}
	for _, part := range SyntheticEndings {
		for _, gender := range part {
			for _, e := range gender {
				s.endings[packString(e)], s.endings[packString(latin(e))] = true, true
			}
		}
	}
	return s
})

func packCodes(letters []uint8, latin bool) uint64 {
	var key uint64 = 1
	for _, l := range letters {
		key = key<<letterBits | uint64(l)
	}
	if latin {
		key |= packedLat
	}
	return key
}
