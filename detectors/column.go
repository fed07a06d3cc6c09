package detectors

// A Hint is what the name of a column or key says about its values.
type Hint struct {
	Detector *Detector
	Part     Part // which part of a composite the column holds
	Weak     bool // also a name of other things: values have to confirm it
	Foreign  bool // weak, since the name speaks of a thing, a firm or a place: product_name
}

// Part says which part of a value split over columns a column holds.
type Part uint8

// The parts of split values.
const (
	WholeValue Part = iota
	Surname
	GivenName
	Patronymic
	Series
	Number
	Day
	Month
	Year
)

// PartNames are names of columns, separated by spaces, that hold a part of a value.
type PartNames struct {
	Part  Part
	Names string
	// Context, where there is one, lists words of which one stands somewhere in the name, too, or in that of its object.
	Context string
	// Weak names are also those of other things: the neighbours have to confirm them.
	Weak bool
	// Loose names hold the part only beside a column of the first part of Detector.Parts: "name" beside a surname.
	Loose bool
	// Last names hold the part only where nothing follows them: contact_first, not first_seen.
	Last bool
}

// Facts are what is known about the values of one column when it is judged: they are counts only, no values.
type Facts struct {
	Object string // the table, file or key that the column belongs to
	Name   string // as in the source
	Native string // declared type, where there is one
	Cells  int64  // non-empty cells
	Empty  int64
	// Distinct estimates the number of distinct values; Sample is how many distinct values were looked at
	// closely (a uniform sample of them), and Passed how many of those were, as a whole cell, a candidate
	// of the kind: check digits right, or well formed where there are none.
	Distinct int64
	Sample   int64
	Passed   map[Kind]int64
	// Holds counts the sampled distinct values in which a candidate of the kind at Report or above stands without filling
	// the cell; Inside those that hold one of any kind, but are mostly other text, and Mostly those that candidates make up.
	Holds          map[Kind]int64
	Inside, Mostly int64
	// Lengths is a histogram of value lengths: index is bits.Len of the length in bytes. Digits is one of the number of
	// digits in a value: the last index stands for more, too.
	Lengths, Digits [32]int64
	// Words counts sampled values made of letters only; Spaced those with three words or more; Made those that are JSON.
	Words, Spaced, Made int64
	// Firms counts those that are an organisation's by themselves (OfFirm).
	Firms int64
	// Leads are those of the sampled values that have one: bare numbers of ten or eleven digits, and passports.
	Leads []Lead
}

// A Verdict is what a column holds. The zero value says that nothing is known: candidates keep their scores.
type Verdict struct {
	// Label is the dominant kind, nil if there is none. Every non-empty cell of a labelled column is a
	// finding of it, also the damaged ones.
	Label    *Detector
	Part     Part
	Score    uint8    // of every value of the labelled column
	Evidence Evidence // why
	// FreeText says that values are running text: candidates inside keep their own scores. With a label, which only a
	// special category has there, every cell is a finding all the same: an anamnesis told in sentences.
	FreeText bool
	// Chance lists kinds that appear at the rate of chance, or contradict the label: their candidates
	// without a keyword of their own fall below Mask.
	Chance []Kind
	// Passed and Of say how many of the sampled distinct values passed for Label, and Held that most of them hold it
	// beside something else: for the explanation.
	Passed, Of int64
	Held       bool
	// Attribute is the role of a column without a label that only its name tells.
	Attribute Role
	// Firm says that the label's values are those of organisations: they identify no person.
	Firm bool
	// Distinct is the estimated number of distinct values.
	Distinct int64
	// wordless says that the name is one of other things, too, and values are no words, so that neighbours make no part of
	// a person's name of it; running is FreeText as the column itself has it.
	wordless, running bool
}
