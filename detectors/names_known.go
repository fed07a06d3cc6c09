package detectors

import (
	"bytes"
	"math/bits"
)

// knownNames are the surnames, and the given names that could be other words, of the last names that were found.
type knownNames struct {
	list   [8]knownName
	last   int
	begins [4]uint64 // bits for what they begin with
	until  uint32    // behind this place none is known
}

type knownName struct {
	key uint64
	at  uint32
	n   uint8
}

// knownReach is how far behind a name, in bytes, its surname alone is known.
const knownReach = 800

// maybe says whether one of the names may begin with three letters.
func (k *knownNames) maybe(begin uint64) bool {
	h := begin * hashFactor >> 56
	return k.begins[h>>6]>>(h&63)&1 != 0
}

// add remembers the words of a name.
func (k *knownNames) add(words []nameWord) {
	for i := range words {
		w := &words[i]
		if w.kind != proper || w.pieces || w.latin || w.n < 3 || w.n > maxPacked || w.is&isPatronymic != 0 || w.is&isGiven != 0 && w.is&isDoubtful == 0 {
			continue
		}
		k.last = (k.last + 1) % len(k.list)
		k.list[k.last] = knownName{key: wordKey(w.key, int(w.n)), at: w.end, n: w.n}
		if k.last == 0 {
			k.begins = [4]uint64{} // what fell out is forgotten now and then
			for i := range k.list {
				k.mark(&k.list[i])
			}
		}
		k.mark(&k.list[k.last])
		k.until = w.end + knownReach
	}
}

func (k *knownNames) mark(x *knownName) {
	if x.n > 0 {
		h := (x.key >> (letterBits * (x.n - 3)) & 0x7FFF) * hashFactor >> 56
		k.begins[h>>6] |= 1 << (h & 63)
	}
}

// any says whether a word of a run is one of the names but for its ending.
func (k *knownNames) any(a []byte, run []nameWord) bool {
	for i := range run {
		if k.has(a, &run[i]) {
			return true
		}
	}
	return false
}

// has says whether a word is one of the names but for its ending.
func (k *knownNames) has(a []byte, w *nameWord) bool {
	if w.pieces || w.n < 3 || w.n > maxPacked || w.latin || !k.maybe(w.key>>(letterBits*(w.n-3))&0x7FFF) {
		return false
	}
	for i := range k.list {
		x := &k.list[i]
		if x.n > 0 && w.start-x.at < knownReach && sameName(x.key, int(x.n), wordKey(w.key, int(w.n)), int(w.n)) && bytes.IndexByte(a[x.at:w.start], 0) < 0 {
			return true
		}
	}
	return false
}

// sameName says whether two words are cases of one name.
func sameName(x uint64, n int, y uint64, m int) bool {
	both := min(n, m)
	differ := x>>(letterBits*(n-both)) ^ y>>(letterBits*(m-both))
	same := both - (bits.Len64(differ)+letterBits-1)/letterBits
	if same < 3 || n-same > 3 || m-same > 3 {
		return false
	}
	return n == m && same == n || isNameCase(x, n-same) && isNameCase(y, m-same)
}

// isNameCase says whether the last n letters of a word are the ending of a case.
func isNameCase(key uint64, n int) bool {
	end := key&(1<<(letterBits*n)-1) | 1<<(letterBits*n)
	for _, e := range nameCaseEnds {
		if e == end {
			return true
		}
	}
	return false
}

var nameCaseEnds = func() (keys []uint64) {
	keys = append(keys, 1)
	for w := range lowerWords("а у ом ым е ой ы и ю я ь й ем ого ому им ая ую ий ие ей ию ия ии ием ья ью ью ою ею") {
		keys = append(keys, packString(w))
	}
	return keys
}()
