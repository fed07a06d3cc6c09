// Package detectors finds personal data in a value, a row, a column: what data means.
//
// There is one file per kind. A detector is a value, declared with its examples; adding a kind adds a
// file and touches no other. The package does no I/O, starts no goroutines and keeps no state between calls, but for the
// kinds that users add and what of them was cut off (Add, Watch).
//
// Scanning is two steps. Scanner.Find lists every candidate in an arena, each with a score from its own
// evidence (check digits, nearest keyword, format). When the whole column is known, Judge says what the
// column holds, Verdict.Weigh gives each candidate its final score, and Resolve settles overlaps.
package detectors

import "slices"

// Kind names what was found, as in policies, reports and flags: "inn", "phone", "person_name".
type Kind string

// Class says what a kind is under Federal Law 152-FZ. The zero value is unknown, and unknown is held, never let out.
type Class uint8

// The classes of kinds.
const (
	Unknown      Class = iota
	Technical          // about devices and sessions; personal in context; secrets too
	Organisation       // about a legal entity: not personal data by itself
	Quasi              // identifies together with other attributes
	Direct             // identifies a person
	Special            // art. 10 and 11: special categories and biometrics
)

var classNames = [...]string{"unknown", "technical", "organisation", "quasi", "direct", "special"}

func (c Class) String() string { return classNames[c] }

// ParseClass is the inverse of String; an unknown word is Unknown.
func ParseClass(s string) Class { return Class(max(0, slices.Index(classNames[:], s))) }

// Evidence is a set of reasons for a finding.
type Evidence uint32

// The reasons, strongest first.
const (
	Profile        Evidence = 1 << iota // the values of the column, taken together, are of this kind
	Column                              // the name of the column or key says so
	Checksum                            // check digits are right
	Format                              // written in the kind's canonical form
	Keyword                             // a context word stands near, and no other number is nearer to it
	Structure                           // region, year, numbering plan, BIN are plausible
	Dictionary                          // a word of a known list
	Grammar                             // endings agree
	Composite                           // made of several cells of the row
	Whole                               // fills its cell
	ChecksumFailed                      // a keyword or column says so, but the check digits are wrong: a typo, or made-up data
	Negative                            // a context word speaks against it
	Synthetic                           // one of our own tokens
	Beside                              // a person's name, address or number stands in the same line
)

var evidenceNames = [...]string{"profile", "column", "checksum", "format", "keyword", "structure", "dictionary",
	"grammar", "composite", "whole", "checksum_failed", "negative", "synthetic", "beside"}

// Names lists the reasons as words, strongest first.
func (e Evidence) Names() []string {
	var s []string
	for i, n := range evidenceNames {
		if e&(1<<i) != 0 {
			s = append(s, n)
		}
	}
	return s
}

// Report and Mask are the two thresholds, in hundredths: a finding is reported from Report up, and masked
// in an export from Mask up. Over-masking is cheap, leaking is not.
const (
	Report = 80
	Mask   = 30
)

// A Detector finds one kind. It is a value without state.
type Detector struct {
	Kind  Kind
	Class Class
	Doc   Doc
	// Prefix starts the opaque token that stands for a value: "тел" gives "тел_k7q2…".
	Prefix string
	// Near lists context words in lower case, ё as е, in Russian, English and transliteration. A word ending
	// in * matches as a prefix of a word; others match whole words.
	Near []string
	// Cues lists words that Find wants to be told about wherever they stand (Text.Cues), written like those of Near.
	Cues []string
	// Names lists tokens of column names and keys in lower case, ё as е; several words are joined by "_".
	Names []string
	// Digits has bit n set when the detector wants numbers of n digits; the lexer sorts them once.
	Digits uint32
	// Chance is the share of random values of the right shape that pass the check digits (detectors.md 3),
	// 0 where there are none.
	Chance float64
	// Parts are names of columns that hold a part of a value, and Split says how many such columns at least form one.
	Parts []PartNames
	Split int
	// Twin is the kind that shares its column names with this one: persons' and organisations' numbers stand in one column.
	Twin Kind
	// Telling says that well-formed values are hardly anything else: a column of them is of this kind whatever its name.
	Telling bool
	// Company is the score of a weak candidate (40 and up) beside a person's name, e-mail address, phone number or SNILS;
	// 0 leaves it as it is.
	Company uint8
	// Find appends candidates: it keeps neither argument and allocates nothing. It may leave Finding.Detector
	// to the scanner, which fills it in.
	Find func(dst []Finding, t *Text) []Finding
	// Reach is how many bytes on either side a decision may depend on; 1024 at most.
	Reach int
	// Fits says whether a whole value, in a column known to be of this kind, is a well-formed value of it.
	Fits func(value []byte) bool
	// Seal rewrites the check digits of a run of digits in place; nil where there are none.
	Seal func(digits []byte)
	// Checks is how many digits at the end Seal rewrites.
	Checks int
	// Normal appends the canonical form of a value: digits only, phones as +7XXXXXXXXXX, e-mails in lower case,
	// dates in ISO form. Equal persons' values written differently have the same normal form. Nil copies.
	Normal func(dst, value []byte) []byte
	// Good and Bad are the detector's own examples, each a text: every Good one holds exactly one finding of this
	// kind at Report or above, in Bad ones there is none. Numbers are computed, never a living person's.
	Good, Bad []string

	custom *custom // of a user's kind
	index  uint8
}

// Index numbers the declared detectors from 0 within this process; it is below MaxKinds.
func (d *Detector) Index() int { return int(d.index) }

// MaxKinds is how many kinds there can be, users' own ones included.
const MaxKinds = 128

// Kinds is a set of kinds, by Detector.Index.
type Kinds [MaxKinds / 64]uint64

// Has says whether the kind with an index is in the set.
func (k *Kinds) Has(index int) bool { return k[index>>6&1]>>(index&63)&1 != 0 }

// Add puts the kind with an index into the set.
func (k *Kinds) Add(index int) { k[index>>6&1] |= 1 << (index & 63) }

// Join adds another set.
func (k *Kinds) Join(o Kinds) { k[0], k[1] = k[0]|o[0], k[1]|o[1] }

// Empty says that no kind is in the set.
func (k *Kinds) Empty() bool { return k[0]|k[1] == 0 }

// Doc describes a kind to people.
type Doc struct{ RU, EN string }

// A Finding is one candidate. Start and End are offsets in the arena.
type Finding struct {
	*Detector
	Start, End uint32
	Score      uint8 // hundredths
	Evidence   Evidence
}

var declared []*Detector

// declare puts a detector in the list. It is called by the package's variables only.
func declare(d Detector) *Detector {
	d.index = uint8(len(declared))
	declared = append(declared, &d)
	return &d
}

// All lists every detector, sorted by kind, so that nothing depends on the order of files.
func All() []*Detector {
	all := slices.Clone(declared)
	slices.SortFunc(all, func(a, b *Detector) int {
		if a.Kind < b.Kind {
			return -1
		}
		return 1
	})
	return all
}

// At returns the detector with an Index.
func At(index int) *Detector { return declared[index] }

// Find returns the detector of a kind, or nil.
func Find(k Kind) *Detector {
	for _, d := range declared {
		if d.Kind == k {
			return d
		}
	}
	return nil
}

// Normalised appends the canonical form of value to dst.
func (d *Detector) Normalised(dst, value []byte) []byte {
	if d.Normal == nil {
		return append(dst, value...)
	}
	return d.Normal(dst, value)
}
