package detectors

// Text is an arena after the lexer has run over it once. Detectors look at it and at nothing else.
// They see no cells: a zero byte before and after every cell is its border, and the lexer never joins
// digits or words over a zero byte.
type Text struct {
	Arena []byte // UTF-8: words are told by lead bytes alone
	// Nums holds the numbers with n digits at index n, ordered by Start. Digits of one number may be separated
	// by what the lexer accepts (space, NBSP, thin spaces, every dash, dot, brackets, slash; see number.go).
	// Where digits can be read in more than one way, every reading is there: readings may overlap. The one exception
	// is a phone number with its 7 or 8, which is not read a second time without it (see national).
	Nums   [24][]Num
	packed []byte   // their digits without what separates them
	picked []uint32 // memory of mayBePhones
	// Numbers of six to nine digits are here only when the digits are adjacent; those of ten and more may be grouped.
	// Caps holds positions of capital letters that begin a word standing next to another such word or initial.
	Caps []uint32
	// Lones holds the positions of Russian capitals that begin a word which is worth a look although none beside it has a
	// capital, Plain those of all others, with the first three letters above. Those of Caps are in neither, but for a few.
	Lones []uint32
	Plain []uint64
	// Marks holds the positions of '@'.
	Marks []uint32
	// Years holds the positions of four-digit runs that begin with 19 or 20, but those of times in logs; Shorts those of dd.mm.yy.
	Years, Shorts []uint32
	// Quads holds the first dot of three between digits that stand close: 192.168.0.1. Fracs holds dots between digits
	// with at least four digits behind: 55.7512.
	Quads, Fracs []uint32
	// Colons holds colons that stand in pairs or where five or more stand within 40 bytes.
	Colons []uint32
	// Threes holds the begin of three adjacent digits with a letter on either side, or a space and a letter: А123ВС.
	Threes []uint32
	// Codes holds the begin of runs of exactly seventeen digits and Latin capitals.
	Codes []uint32
	cues  [][]Cue // by Detector.Index
	// words is the scanner's index of context words, contexts what was found in it for numbers already asked about,
	// labels the last words that were looked up.
	words    *keywords
	contexts []context
	labels   labels
	starts   []uint64    // a bit for every byte of the arena: a word begins there
	current  *Detector   // whose turn it is
	reader   *nameReader // what findPersonName has in hand
	today    uint32      // yyyymmdd, the last day of birth that is believed
}

// A Cue is a word of the text that a detector asked to be told about.
type Cue struct {
	Start, End uint32 // of the whole word
	Word       uint16 // index in Detector.Cues
}

// Cues lists the words that d asked for, in order.
func (t *Text) Cues(d *Detector) []Cue { return t.cues[d.index] }

// A Num is a run of digits with its separators. Start and End are arena offsets: first digit to behind the last one.
type Num struct {
	Start, End uint32
	N          uint8 // digits
	Groups     uint8 // groups of adjacent digits
	Flags      NumFlags
	// Shape holds the lengths of the groups as hexadecimal digits, first group first: 0x3332 for 112-233-445 95.
	// A group of more than 15 digits counts as 15.
	Shape uint32
	seen  uint32 // index in Text.contexts, 0 is not asked yet
	at    uint32 // where its digits stand in Text.packed
}

// NumFlags says what surrounds and separates the digits of a number.
type NumFlags uint16

// The flags.
const (
	Plus      NumFlags = 1 << iota // a plus sign stands before
	Glued                          // a letter, underscore or path separator stands before: part of a word
	Sticky                         // a letter stands behind
	Inner                          // a dash joins it to what stands before: part of a longer token
	Outer                          // a dash joins it to what stands behind
	Query                          // '=' or '&' stands before
	Dashed                         // groups are separated by dashes
	Spaced                         // ... by spaces
	Dotted                         // ... by dots
	Slashed                        // ... by slashes
	Bracketed                      // ... by brackets
	Wrapped                        // ... by a line end
	Worded                         // ... by № or the word number
	Wide                           // ... by two spaces or more, as columns are
)

// Whole says whether the span fills its cell, but for spaces and quotes.
func (t *Text) Whole(start, end uint32) bool {
	a := t.Arena
	for a[start-1] == ' ' || a[start-1] == '\'' || a[start-1] == '"' {
		start--
	}
	if a[start-1] != 0 {
		return false
	}
	for a[end] == ' ' || a[end] == '\'' || a[end] == '"' {
		end++
	}
	return a[end] == 0
}

// prose says whether a Russian word stands beside a span, before it or behind it, with nothing but a space, a comma, a
// bracket or a dash between: numbers of machines stand among other things.
func (t *Text) prose(start, end uint32) bool {
	a := t.Arena
	for n := 0; n < 3 && start > 1; n++ {
		b := a[start-1]
		if b >= 0x80 && b < 0xC0 && a[start-2]&0xFE == 0xD0 {
			// «номер партии 12…» is the number of something else
			begin, _ := wordBefore(a, int(start))
			return !numbered(a[:begin])
		}
		if b == 0x96 && start > 3 && a[start-2] == 0x84 && a[start-3] == 0xE2 {
			return false // № 12… is the number of something else
		}
		if b != ' ' && b != ',' && b != '(' && b != '-' {
			break
		}
		start--
	}
	for n := 0; n < 3 && end+1 < uint32(len(a)); n++ {
		b := a[end]
		if b&0xFE == 0xD0 && a[end+1] >= 0x80 {
			return true
		}
		if b != ' ' && b != ',' && b != ')' && b != '-' && b != '.' {
			break
		}
		end++
	}
	return false
}

// rowed says whether more digits stand before or behind a number, with nothing but spaces between: a row of a table.
func (t *Text) rowed(n *Num) bool {
	a, start, end := t.Arena, n.Start-1, n.End
	for a[start] == ' ' || a[start] == '\t' {
		start--
	}
	for int(end) < len(a) && (a[end] == ' ' || a[end] == '\t') {
		end++
	}
	return start < n.Start-1 && a[start]-'0' <= 9 || end > n.End && int(end) < len(a) && a[end]-'0' <= 9
}

// digits are those of n as ASCII, without what separates them.
func (t *Text) digits(n *Num) []byte { return t.packed[n.at:][:n.N] }

var isDigit = func() (t [256]uint8) {
	for b := '0'; b <= '9'; b++ {
		t[b] = 1
	}
	return t
}()

// same says that digits are all the same.
func same(d []byte) bool {
	for _, b := range d {
		if b != d[0] {
			return false
		}
	}
	return true
}

// trivial says that digits are all the same or count up or down: nobody's number.
func trivial(d []byte) bool {
	// In such a row the second digit lies midway between its neighbours, modulo ten: nine numbers in ten go here.
	if len(d) > 2 && (2*uint32(d[1])-uint32(d[0])-uint32(d[2])+20)%10 != 0 {
		return false
	}
	same, up, down := true, true, true
	for i := 1; i < len(d); i++ {
		same = same && d[i] == d[0]
		up = up && (d[i]-d[i-1] == 1 || d[i] == '0' && d[i-1] == '9')
		down = down && (d[i-1]-d[i] == 1 || d[i] == '9' && d[i-1] == '0')
		if !same && !up && !down {
			return false
		}
	}
	return true
}

// onlyDigits copies the digits of a value to buf when it holds nothing but digits and separators, and min to max
// of them; otherwise it returns nil. It is what Fits functions begin with.
func onlyDigits(value []byte, buf *[24]byte, min, max int) []byte {
	k := 0
	for i, b := range value {
		switch {
		case b-'0' <= 9:
			if k == len(buf) {
				return nil
			}
			buf[k] = b
			k++
		case b == ' ' || b == '-' || b == '(' || b == ')' || b == '.' || b == '\t' || b == '+' && i == 0 || b >= 0x80:
		default:
			return nil
		}
	}
	if k < min || k > max {
		return nil
	}
	return buf[:k]
}

// appendDigits appends the digits of value: the canonical form of most numbers.
func appendDigits(dst, value []byte) []byte {
	for _, b := range value {
		if b-'0' <= 9 {
			dst = append(dst, b)
		}
	}
	return dst
}
