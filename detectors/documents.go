package detectors

import "slices"

// Documents have a series and a number, and people write words, marks and line ends between them.

// A sheet is an arena read for documents. Its methods never pass a zero byte: every cell ends with one.
type sheet []byte

// documentLabels are words between a document and its number; the first ones, up to seriesLabels, announce a series.
var documentLabels = newVocabulary(`серия серии серию серией сер series seriya seria ser
	номер номером номера номеру ном за под с n no nr num number nomer nom и паспорт* passport* pasport* пасп pasp рф россии российской федерации гражданина
	гражданки гр rf russian federation of the водительск* удостоверени* удост уд загранпаспорт* заграничн* личности данные документ* имеет имеющий загран
	бланк бланка выданный`)

const seriesLabels = 9

// numberLabels are words that stand right before a number.
var numberLabels = newVocabulary("номер номером номера номеру ном за под n no nr num number nomer серия серии серию сер")

// freeBefore says whether no letter and no digit stands before i.
func (s sheet) freeBefore(i int) bool {
	if b := s[i-1]; b < 0x80 {
		return b-'0' > 9 && b|0x20-'a' >= 26 && b != '_'
	}
	return i < 2 || s[i-2]&0xFC != 0xD0
}

// freeAfter says whether no letter, no digit and no decimal stands at i.
func (s sheet) freeAfter(i int) bool {
	switch b := s[i]; {
	case b == '.' || b == ',':
		return s[i+1]-'0' > 9
	case b < 0x80:
		return b-'0' > 9 && b|0x20-'a' >= 26 && b != '_'
	default:
		return b&0xFC != 0xD0
	}
}

// digits counts the digits from i on, up to 20.
func (s sheet) digits(i int) int {
	n := 0
	for n < 20 && s[i+n]-'0' <= 9 {
		n++
	}
	return n
}

// letter returns the begin of the letter that ends at i, i if there is none.
func (s sheet) letter(i int) int {
	if b := s[i-1]; b|0x20-'a' < 26 {
		return i - 1
	} else if b >= 0x80 && b < 0xC0 && i >= 2 && s[i-2]&0xFC == 0xD0 {
		return i - 2
	}
	return i
}

// letterAt is the length of the letter that begins at i, Latin or Russian, 0 if there is none.
func (s sheet) letterAt(i int) int {
	if s[i]|0x20-'a' < 26 {
		return 1
	} else if s[i]&0xFE == 0xD0 && s[i+1] >= 0x80 {
		return 2
	}
	return 0
}

// letters returns the begin of the letters that end at i and how many there are, not more than six.
func (s sheet) letters(i int) (begin, n int) {
	for n < 6 {
		j := s.letter(i)
		if j == i {
			break
		}
		i = j
		n++
	}
	return i, n
}

// gap is the length of one space or dash at i, 0 if there is none.
func (s sheet) gap(i int) int {
	switch {
	case s[i] == ' ' || s[i] == '-':
		return 1
	case s[i] == 0xC2 && s[i+1] == 0xA0:
		return 2
	case s[i] == 0xE2 && s[i+1] == 0x80 && s[i+2] >= 0x90 && s[i+2] <= 0x95:
		return 3
	}
	return 0
}

// gapBefore is the length of one space or dash that ends at i, 0 if there is none.
func (s sheet) gapBefore(i int) int {
	switch b := s[i-1]; {
	case b == ' ' || b == '-':
		return 1
	case b == 0xA0 && i >= 2 && s[i-2] == 0xC2:
		return 2
	case b >= 0x90 && b <= 0x95 && i >= 3 && s[i-2] == 0x80 && s[i-3] == 0xE2:
		return 3
	}
	return 0
}

// beforeNumber goes back from a number at i over spaces, marks, № and words for it, and returns where something else ends.
func (s sheet) beforeNumber(i int) int {
	for from, words := i, 0; from-i < 40; {
		switch b := s[i-1]; {
		case b == ',' || b == ':' || b == '.' || b == '\t' || b == '\n' || b == '#':
			i--
		case b == 0x96 && i >= 3 && s[i-2] == 0x84 && s[i-3] == 0xE2: // №
			i -= 3
		case s.gapBefore(i) > 0:
			i -= s.gapBefore(i)
		case s.letter(i) < i:
			begin, letters := wordBefore(s, i)
			if words == 2 || letters > 8 || !numberLabels.has(s[begin:i]) {
				return i
			}
			words++
			i = begin
		default:
			return i
		}
	}
	return i
}

// skipLabels goes on from i over spaces, marks and documentLabels, and returns where something else begins. series says that
// a series was announced.
func (s sheet) skipLabels(i int) (at int, series bool) {
	for from := i; i-from < 96; {
		switch b := s[i]; {
		case b == 0 || b-'0' <= 9:
			return i, series
		case s.letterAt(i) > 0:
			end, letters := wordAfter(s, i)
			if letters > 16 {
				return i, series
			}
			n, ok := documentLabels.find(s[i:end])
			if !ok {
				return i, series
			}
			series = series || n < seriesLabels
			i = end
		case b < 0x80:
			i++
		case b&0xE0 == 0xC0 && s[i+1] >= 0x80: // no-break space, quotes
			i += 2
		case b&0xF0 == 0xE0 && s[i+1] >= 0x80 && s[i+2] >= 0x80: // №, dashes, quotes
			i += 3
		default:
			return i, series
		}
	}
	return i, series
}

// four returns the end of four digits at i, alone or two by two, 0 if they are not there.
func (s sheet) four(i int) int {
	switch s.digits(i) {
	case 4:
		return i + 4
	case 2:
		if g := s.gap(i + 2); g > 0 && s.digits(i+2+g) == 2 {
			return i + 4 + g
		}
	}
	return 0
}

// six returns the end of six digits at i, alone or three by three, 0 if they are not there.
func (s sheet) six(i int) int {
	switch s.digits(i) {
	case 6:
		return i + 6
	case 3:
		if g := s.gap(i + 3); g > 0 && s.digits(i+3+g) == 3 {
			return i + 6 + g
		}
	}
	return 0
}

// seriesAndNumber reads a series of four digits and a number of six behind i, in either order. Labels and marks may
// stand before and between; adjacent digits are none.
func (s sheet) seriesAndNumber(i int) (start, end int, ok bool) {
	start, _ = s.skipLabels(i)
	if e := s.four(start); e > 0 {
		if j, _ := s.skipLabels(e); j > e {
			end = s.six(j)
		}
	} else if e := s.six(start); e > 0 {
		if j, series := s.skipLabels(e); series {
			end = s.four(j)
		}
	}
	return start, end, end > 0 && s.freeAfter(end)
}

// seriesWord returns the end of the first word for a series within 160 bytes behind i, before any digit, 0 if there is none.
func (s sheet) seriesWord(i int) int {
	for from := i; i-from < 160 && s[i] != 0 && s[i]-'0' > 9; {
		if s.letterAt(i) == 0 {
			i++
			continue
		}
		end, _ := wordAfter(s, i)
		if n, ok := documentLabels.find(s[i:end]); ok && n < seriesLabels {
			return end
		}
		i = end
	}
	return 0
}

// wordsLeft looks for a word of v among so many words before i, in the same cell.
func (s sheet) wordsLeft(i, words int, v *vocabulary) (n int, ok bool) {
	for from := i; words > 0 && from-i < 200 && s[i-1] != 0; {
		if s.letter(i) == i {
			i--
			continue
		}
		begin, _ := wordBefore(s, i)
		if n, ok = v.find(s[begin:i]); ok {
			return n, true
		}
		i = begin
		words--
	}
	return 0, false
}

// wordsRight looks for a word of v among so many words behind i, in the same sentence.
func (s sheet) wordsRight(i, words int, v *vocabulary) (n int, ok bool) {
	for from := i; words > 0 && i-from < 80 && s[i] != 0 && s[i] != '\n'; {
		if s[i] == '.' && s[i+1] == ' ' {
			break
		}
		if s.letterAt(i) == 0 {
			i++
			continue
		}
		end, _ := wordAfter(s, i)
		if n, ok = v.find(s[i:end]); ok {
			return n, true
		}
		i = end
		words--
	}
	return 0, false
}

// asked says whether the line before asks for what stands at i: it has a word of v and no number of its own, and nothing
// but the name of who speaks stands before i in its line.
func (s sheet) asked(i int, v *vocabulary) bool {
	if b := s[i-1]; b != ' ' && b != '\n' && b != '>' && b != ':' {
		return false
	}
	line, words := i, 0
	for ; s[line-1] != '\n'; line-- {
		if s[line-1] == ' ' && s.letterAt(line) > 0 {
			words++
		}
		if s[line-1] == 0 || i-line > 48 || words > 3 {
			return false
		}
	}
	end := line - 1
	for s[end-1] == '\n' || s[end-1] == '\r' {
		end--
	}
	begin, digits := end, 0
	for ; s[begin-1] != 0 && s[begin-1] != '\n' && end-begin < 240; begin-- {
		if digits++; s[begin-1]-'0' > 9 {
			digits = 0
		} else if digits == 6 {
			return false
		}
	}
	for begin < end && s[begin]&0xC0 == 0x80 {
		begin++
	}
	return s.mentions(begin, end, v)
}

// mentions says whether a word of v stands in s[from:to].
func (s sheet) mentions(from, to int, v *vocabulary) bool {
	for i := from; i < to; {
		if s.letterAt(i) == 0 {
			i++
			continue
		}
		end, _ := wordAfter(s, i)
		if v.has(s[i:end]) {
			return true
		}
		i = end
	}
	return false
}

// foundAt says whether one of f, in order, begins at p.
func foundAt(f []Finding, p uint32) bool {
	_, ok := slices.BinarySearchFunc(f, p, func(x Finding, p uint32) int { return int(x.Start) - int(p) })
	return ok
}

// within says whether a cue stands at most 400 bytes before p or 120 behind it: no context word is further away.
// Places are asked about in order, and *next is where the search goes on.
func within(cues []Cue, next *int, p uint32) bool {
	for *next < len(cues) && cues[*next].Start+400 < p {
		*next++
	}
	return *next < len(cues) && cues[*next].Start < p+120
}

// begun says whether one of nums begins at p. *next is where the search goes on: most places are asked about in order.
func begun(nums []Num, next *int, p uint32) bool {
	i := *next
	for i > 0 && nums[i-1].Start >= p {
		i--
	}
	for i < len(nums) && nums[i].Start < p {
		i++
	}
	*next = i
	return i < len(nums) && nums[i].Start == p
}

// cueBefore returns the last cue that ends at p or before, in the same cell or in the one to the left, 200 bytes away at
// most; words is how many of the first words of Detector.Cues count.
func (s sheet) cueBefore(cues []Cue, p uint32, words uint16) (c Cue, ok bool) {
	i, _ := slices.BinarySearchFunc(cues, p, func(c Cue, p uint32) int {
		if c.End <= p {
			return -1
		}
		return 1
	})
	for i--; i >= 0 && p-cues[i].End <= 200; i-- {
		if cues[i].Word < words {
			return cues[i], s.borders(cues[i].End, p) <= 1
		}
	}
	return c, false
}

// cueAfter is the first cue that begins at p or behind, in the same line, 80 bytes away at most.
func (s sheet) cueAfter(cues []Cue, p uint32, words uint16) (c Cue, ok bool) {
	i, _ := slices.BinarySearchFunc(cues, p, func(c Cue, p uint32) int {
		if c.Start < p {
			return -1
		}
		return 1
	})
	for ; i < len(cues) && cues[i].Start <= p+80; i++ {
		if cues[i].Word < words {
			return cues[i], s.borders(p, cues[i].Start) == 0
		}
	}
	return c, false
}

// borders counts the zero bytes between two places.
func (s sheet) borders(from, to uint32) (n int) {
	for _, b := range s[from:to] {
		if b == 0 {
			n++
		}
	}
	return n
}

// twins are the letters of plates, and of series, in Latin, by what foldLetter makes of the letter or of its twin.
var twins = func() (t [64]byte) {
	for i, r := range []rune("авекмнорстух") {
		var c [4]byte
		copy(c[:], string(r))
		fold, _ := foldLetter(c[:2])
		latin := "ABEKMHOPCTYX"[i]
		t[fold], t[latin&0x1F+32] = latin, latin
	}
	return t
}()

// twin is the letter of plates that stands at i, as a Latin capital, 0 if there is none.
func (s sheet) twin(i int) byte {
	fold, _ := foldLetter(s[i:])
	return twins[fold]
}

// capitalAt says whether the letter at i is a capital one.
func (s sheet) capitalAt(i int) bool {
	return s[i]-'A' < 26 || s[i] == 0xD0 && (s[i+1]-0x90 < 0x20 || s[i+1] == 0x81)
}

// appendCode appends letters and digits only: letters as capitals, in Cyrillic where they have a twin there, without
// the words for a number.
func appendCode(dst, value []byte) []byte {
	var buf [72]byte
	s := bordered(buf[:0], value)
	if s == nil {
		return append(dst, value...)
	}
	for i := 1; i <= len(value); {
		switch b := s[i]; {
		case b-'0' <= 9:
			dst = append(dst, b)
			i++
		case s.letterAt(i) > 0:
			end, _ := wordAfter(s, i)
			if !numberLabels.has(s[i:end]) {
				for ; i < end; i++ {
					dst = appendCyrillic(dst, s, &i)
				}
			}
			i = end
		default:
			i++
		}
	}
	return dst
}

// appendCyrillic appends the letter at *i as a Cyrillic capital if there is one, and leaves *i at its last byte.
func appendCyrillic(dst []byte, s sheet, i *int) []byte {
	switch b := s[*i]; {
	case b|0x20-'a' < 26:
		if fold, _ := foldLetter(s[*i:]); twins[fold] != 0 {
			for j, latin := range []byte("ABEKMHOPCTYX") {
				if latin == twins[fold] {
					return append(dst, "АВЕКМНОРСТУХ"[2*j:2*j+2]...)
				}
			}
		}
		return append(dst, b&^0x20)
	case b&0xFE == 0xD0:
		*i++
		c := s[*i]
		switch {
		case b == 0xD1 && c == 0x91:
			return append(dst, 0xD0, 0x81)
		case b == 0xD1 && c < 0x90:
			return append(dst, 0xD0, c+0x20)
		case b == 0xD0 && c >= 0xB0:
			return append(dst, 0xD0, c-0x20)
		}
		return append(dst, b, c)
	default:
		return dst // a dot or slash within a word
	}
}

// bordered puts a value between zero bytes, as it stands in an arena; it returns nil for one that is too long for a
// document.
func bordered(buf, value []byte) sheet {
	if len(value) == 0 || len(value) > 64 {
		return nil
	}
	return append(append(append(buf, 0), value...), 0, 0, 0, 0)
}

// machineLine reads the second line of a machine-readable zone around the word RUS at p (ICAO Doc 9303-4): nine
// characters of the number and a check digit, the state, the birthday and its check digit, the sex. Lines that were
// copied by hand have more or less fillers than they should.
func (s sheet) machineLine(p int) (start, end int, ok bool) {
	if p < 11 {
		return 0, 0, false
	}
	start = p - 10
	for _, b := range s[start:p] {
		if b-'0' > 9 {
			return 0, 0, false
		}
	}
	if b := s[start-1]; machine(b) || b >= 0x80 {
		return 0, 0, false
	}
	if s.digits(p+3) != 7 || s[p+10] != 'M' && s[p+10] != 'F' && s[p+10] != '<' {
		return 0, 0, false
	}
	for end = p + 11; machine(s[end]) && end-start < 50; end++ {
	}
	return start, end, end-start >= 28
}

// machine says whether b is a character of machine-readable zones.
func machine(b byte) bool { return b-'0' <= 9 || b-'A' < 26 || b == '<' }

// firstLine returns the begin of the first line of a machine-readable zone whose second one begins at start: start if
// it is not there.
func (s sheet) firstLine(start int) int {
	i := start
	for n := 0; n < 3 && (s[i-1] == '\n' || s[i-1] == '\r' || s[i-1] == ' '); n++ {
		i--
	}
	end := i
	for machine(s[i-1]) && end-i < 50 {
		i--
	}
	if i == start || end-i < 20 || s[i] != 'P' || string(s[i+2:i+5]) != "RUS" {
		return start
	}
	return i
}

// machineDigit is the check digit of digits in a machine-readable zone: weights 7, 3, 1, modulo 10.
func machineDigit(d []byte) byte {
	sum := 0
	for i, b := range d {
		sum += int(b-'0') * [...]int{7, 3, 1}[i%3]
	}
	return '0' + byte(sum%10)
}
