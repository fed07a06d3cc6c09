package detectors

import (
	"bytes"
	"math/bits"
)

// knownNames are the surnames, and the given names that could be other words, of the names that were found: the last two
// for each hash of what they begin with.
type knownNames struct {
	list [1 << 8][2]knownName
	// What they begin with, as bits by another hash, of those since turned and of those before: most words are turned away by them.
	now, old, both [8]uint64
	turned         uint32
	// The last zero byte before searched stands before border.
	searched, border uint32
}

type knownName struct {
	key uint64
	at  uint32
	n   uint8
}

// knownReach is how far behind a name, in bytes, its surname alone is known: some pages.
const knownReach = 8192

// of returns the names that may begin with three letters.
func (k *knownNames) of(begin uint64) *[2]knownName { return &k.list[begin*hashFactor>>56] }

// put remembers a word of a name.
func (k *knownNames) put(x knownName) {
	both := k.of(x.begin())
	if both[0].key != x.key {
		both[1] = both[0]
	}
	both[0] = x
	if x.at-k.turned > knownReach {
		k.old, k.now, k.both, k.turned = k.now, [8]uint64{}, k.now, x.at
	}
	h := threeOf(x.begin()) * hashFactor >> 55
	k.now[h>>6] |= 1 << (h & 63)
	k.both[h>>6] |= 1 << (h & 63)
}

// remember keeps the words of a name.
func (r *nameReader) remember(words []nameWord) {
	for i := range words {
		w := &words[i]
		if w.kind != proper || w.pieces || w.latin || w.n < 3 || w.n > maxPacked || w.is&isPatronymic != 0 && len(words) > 2 || w.is&isGiven != 0 && w.is&isDoubtful == 0 {
			continue
		}
		x := knownName{key: wordKey(w.key, int(w.n)), at: w.end, n: w.n}
		r.named = append(r.named, x)
		r.known.put(x)
	}
}

// begin is the first three letters.
func (x *knownName) begin() uint64 { return x.key >> (letterBits * (x.n - 3)) & 0x7FFF }

// mayBegin says whether a name may begin as threeLetters says. It is right whenever it says no.
func (k *knownNames) mayBegin(letters uint64) bool {
	h := letters * hashFactor >> 55
	return k.both[h>>6]>>(h&63)&1 != 0
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
	return !w.pieces && !w.latin && k.hasWord(a, w.start, w.key, int(w.n))
}

// hasWord says so of a Russian word of n letters.
func (k *knownNames) hasWord(a []byte, start uint32, key uint64, n int) bool {
	if n < 3 || n > maxPacked {
		return false
	}
	begin := key >> (letterBits * (n - 3)) & 0x7FFF
	if !k.mayBegin(threeOf(begin)) {
		return false
	}
	both := k.of(begin)
	for i := range both {
		x := &both[i]
		if x.n > 0 && start-x.at < knownReach && sameName(x.key, int(x.n), wordKey(key, n), n) && x.at >= k.cell(a, start) {
			return true
		}
	}
	return false
}

// cell returns where the cell begins that p stands in. Places come in order, but for some of one run.
func (k *knownNames) cell(a []byte, p uint32) uint32 {
	const chunk = 256
	for end := p; end > k.searched; { // back, by chunks: the search from the left is the quick one
		from := max(end, k.searched+chunk) - chunk
		if bytes.IndexByte(a[from:end], 0) >= 0 {
			k.border = from + uint32(bytes.LastIndexByte(a[from:end], 0)) + 1
			break
		}
		end = from
	}
	k.searched = max(k.searched, p)
	return k.border
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
