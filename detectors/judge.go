package detectors

import (
	"math"
	"slices"
	"strings"
)

// The thresholds of a column's verdict (detectors.md, 1 and 11). Shares are of sampled distinct values.
const (
	fewDistinct  = 8    // fewer distinct values prove nothing: the name has to speak
	profileTail  = 1e-6 // check digits: the chance that random values of this shape pass as often
	chanceTail   = 0.01 // and above it, those that pass do so by chance: lower than this costs values that are left unmasked
	shareUnnamed = 0.6  // check digits, no name: this share has to pass besides
	shareSelf    = 0.8  // no check digits, no name: share of well-formed values
	shareNamed   = 0.3  // no check digits, a clear name
	shareWeak    = 0.5  // no check digits, a name that is also one of other things
	shareRival   = 0.6  // share at which another kind contradicts a clear name
	shareHeld    = 0.8  // values that hold the kind beside something else

	scoreProfile = 97 // every value of the column, also the damaged ones
	scoreBoth    = 99 // values and name agree
	scoreNamed   = 95 // the name, and single values that pass
	scoreDoubted = 60 // the name alone: values do not pass
	scoreLost    = 10 // a candidate that the column speaks against
)

// Judge says what a column holds.
//
// Kinds with check digits are labelled when the binomial tail P(X ≥ passed | sample, Chance) is below 1e-6 and most
// values pass; a column where a tenth passes INN is what random numbers give. Kinds without check digits are labelled
// by the share of well-formed values, without a name only where the form is telling. A column named after a kind
// whose values all fail the check is held at scoreDoubted: damaged data is data. Kinds that appear at the rate of
// chance are listed, so that Weigh takes their candidates down.
func Judge(f *Facts) Verdict {
	v := Verdict{Distinct: f.Distinct}
	c := column{Facts: f, native: nativeClass(f.Native), hints: readHintsIn(f.Object, f.Name)}
	c.timed = c.native == nativeTime || c.timeName()
	best := claim{}
	for _, d := range declared {
		if x := c.claims(d); x.better(&best) {
			best = x
		}
	}
	free, attribute := c.freeText(), AttributeRole(f.Name)
	switch {
	case best.detector != nil && (!free || best.score >= scoreProfile || best.held || best.detector.Class == Special):
		v.Label, v.Part, v.Score, v.Evidence = best.detector, best.part, best.score, best.evidence
		v.FreeText = free && best.detector.Class == Special
		v.Passed, v.Of, v.Held = c.passed(best.detector), f.Sample, best.held
		if best.held {
			v.Passed += c.Holds[best.detector.Kind]
		}
	case free && (attribute == Safe || c.share(c.Inside+c.Mostly) >= shareText):
		v.FreeText = true
	default:
		v.Attribute = attribute
	}
	if h, ok := c.hint(PersonName); ok && h.Weak && h.Part != WholeValue {
		v.wordless, v.running = c.letters() < shareRival, v.FreeText
	}
	v.Chance = c.chance(&v)
	return v
}

// Weigh gives a candidate its final score now that its column has spoken. whole says that it fills its cell.
//
// Our own tokens stay at 0. In a labelled column the label's candidates get the column's score and others lose,
// unless they have a keyword of their own; in other columns candidates of a kind that appears at the rate of chance
// fall below Mask, unless they have one.
func (v *Verdict) Weigh(f *Finding, whole bool) (score uint8, e Evidence) {
	switch {
	case f.Evidence&Synthetic != 0:
		return 0, f.Evidence
	case v.Label == nil:
		if f.Evidence&Keyword == 0 && slices.Contains(v.Chance, f.Kind) {
			return min(f.Score, scoreLost), f.Evidence | Negative
		}
		return f.Score, f.Evidence
	case v.Label.Kind == f.Kind:
		e := f.Evidence | v.Evidence&(Profile|Column)
		if v.Evidence&ChecksumFailed != 0 && f.Evidence&Checksum == 0 {
			e |= ChecksumFailed
		}
		if v.Score < scoreProfile {
			return max(v.Score, f.Score), e
		}
		return v.Score, e
	case whole && v.Stands(f):
		return max(scoreNamed, f.Score), f.Evidence | v.Evidence&Column
	case f.Evidence&Keyword != 0:
		return f.Score, f.Evidence
	}
	return min(f.Score, scoreLost), f.Evidence | Negative
}

// Covers says whether whole values of kind d belong in the labelled column beside the label: a column "ИНН" holds
// numbers of persons and of organisations. The label does not stand for such a cell.
func (v *Verdict) Covers(d *Detector) bool {
	if v.Label == nil || v.Evidence&Column == 0 {
		return false
	}
	return d == v.Label || v.Label.Twin == d.Kind
}

// Stands says that a whole cell is not the label's but its twin's: by check digits or, where there are none, by its form.
func (v *Verdict) Stands(f *Finding) bool {
	return v.Covers(f.Detector) && f.Evidence&ChecksumFailed == 0 && (f.Evidence&Checksum != 0 || f.Chance == 0 && f.Evidence&(Structure|Format) != 0)
}

// A column is what Judge works on.
type column struct {
	*Facts
	native native
	hints  []namedHint
	timed  bool
}

// A claim is one kind's case for the column.
type claim struct {
	detector *Detector
	part     Part
	score    uint8
	evidence Evidence
	share    float64
	rank     int
	held     bool // values hold the kind beside something else
	first    int  // where the name speaks of it
}

// better orders claims: by score, then the name's word, then the share of passing values, then the rarer check.
func (x *claim) better(y *claim) bool {
	switch {
	case x.detector == nil || y.detector == nil:
		return x.detector != nil
	case x.score != y.score:
		return x.score > y.score
	case x.held && y.held && (x.detector.Kind == dateKind) != (y.detector.Kind == dateKind):
		return y.detector.Kind == dateKind // whose birthday it is says more
	case x.held && y.held && x.first != y.first:
		return x.first < y.first
	case x.detector.Kind == y.detector.Twin && x.share != y.share:
		return x.share > y.share
	case x.rank != y.rank:
		return x.rank > y.rank
	case math.Abs(x.share-y.share) > 0.02:
		return x.share > y.share
	case x.detector.Chance != y.detector.Chance:
		return x.detector.Chance > 0 && (y.detector.Chance == 0 || x.detector.Chance < y.detector.Chance)
	case x.detector.Class != y.detector.Class:
		return x.detector.Class > y.detector.Class
	}
	return x.detector.Kind < y.detector.Kind
}

func (c *column) passed(d *Detector) int64 { return c.Passed[d.Kind] }

// share is the share of n among the sampled values.
func (c *column) share(n int64) float64 { return float64(n) / float64(max(c.Sample, 1)) }

// pool is the number of sampled values that pass for d or for its twin, where the name stands for both.
func (c *column) pool(d *Detector) int64 {
	n := c.passed(d)
	if t := d.Twin; t != "" {
		if _, ok := c.hint(Find(t)); ok {
			n += c.Passed[t]
		}
	}
	return min(n, c.Sample)
}

// hint returns the best hint for d.
func (c *column) hint(d *Detector) (namedHint, bool) {
	if d == nil {
		return namedHint{}, false
	}
	for _, h := range c.hints {
		if h.Detector == d {
			return h, true
		}
	}
	return namedHint{}, false
}

// claims says what speaks for d.
func (c *column) claims(d *Detector) claim {
	h, named := c.hint(d)
	if !c.possible(d, named) {
		return claim{}
	}
	m, n := c.passed(d), c.Sample
	x := claim{detector: d, share: c.share(m)}
	if named {
		x.part, x.rank, x.evidence, x.first = h.Part, h.rank, Column, h.first
		if h.Weak {
			x.rank = 0
		}
	}
	if named && h.Part != WholeValue && d.Kind != nameKind {
		return c.partClaim(x, h)
	}
	if y, ok := c.heldClaim(x, h, named); ok {
		return y
	}
	pooled := c.share(c.pool(d))
	if d.Chance > 0 {
		return c.checkedClaim(x, h, named, m, n, pooled)
	}
	clear := named && !h.Weak
	many := n >= fewDistinct
	switch {
	case clear && n == 0:
		x.score = scoreDoubted
	case clear && x.share >= shareNamed, named && pooled >= shareWeak && x.share >= shareNamed && !c.plainNumbers(d, h):
		x.evidence |= Format
		x.score = scoreNamed
		if many {
			x.score = scoreProfile
			if pooled >= shareSelf {
				x.score, x.evidence = scoreBoth, x.evidence|Profile
			}
		}
	case clear && d.Kind == nameKind && c.letters() >= 0.6 && !c.rival(d):
		x.score, x.evidence = scoreNamed, x.evidence|Format // surnames of every form
	case clear && d.Class == Special && c.freeText():
		x.score = scoreNamed // an anamnesis is told in sentences
	case clear && !c.rival(d) && c.shaped(d) && !(h.short && m == 0 && (many || c.letters() > 0.5)):
		x.score = scoreDoubted
	case many && x.share >= shareSelf && d.Telling && !c.timed && !c.against(d),
		d.Kind == passportKind && x.share >= shareSelf && c.writtenPassports():
		x.score, x.evidence, x.part = scoreProfile, Profile|Format, WholeValue
	default:
		return claim{}
	}
	return x
}

// heldClaim is the case of a column whose values hold the kind beside something else: «ФИО, телефон», a passport with
// who has issued it, ИП before a name. Without a name it must be the only kind there, and values hold little else.
func (c *column) heldClaim(x claim, h namedHint, named bool) (claim, bool) {
	d := x.detector
	if named && d.Kind == nameKind && c.besideDates() {
		x.held, x.score, x.evidence = true, scoreNamed, Column|Format
		return x, true
	}
	share, mostly := c.share(c.passed(d)+c.Holds[d.Kind]), c.share(c.Mostly+c.passed(d))
	if c.Holds[d.Kind] == 0 || x.share >= shareSelf || share < shareHeld && (!named || share < shareWeak || mostly < shareRival) {
		return x, false
	}
	x.held = true
	if named && (!h.Weak || mostly >= shareRival) {
		x.score, x.evidence = scoreNamed, Column|Format
		return x, true
	}
	if c.Sample < fewDistinct || !d.Telling || mostly < shareHeld {
		return x, false
	}
	for k, n := range c.Holds {
		if k != d.Kind && c.share(n) >= shareText {
			return x, false
		}
	}
	x.score, x.evidence, x.part = scoreNamed, Profile|Format, WholeValue
	return x, true
}

// besideDates says that the name speaks of dates, too, that values hold one, and that candidates make up most of them,
// which a date does not do alone: "Ребёнок, д.р." holds names that are not sure enough to stand by themselves.
func (c *column) besideDates() bool {
	_, named := c.hint(BirthDate)
	return named && c.share(c.Holds[dateKind]) >= shareHeld && c.share(c.Mostly) >= shareRival
}

// checkedClaim is the case of a kind with check digits: m of n values pass, pooled is the share with the twin's.
func (c *column) checkedClaim(x claim, h namedHint, named bool, m, n int64, pooled float64) claim {
	p := math.Exp(logTail(m, n, x.detector.Chance))
	certain := n >= fewDistinct && p < profileTail
	switch {
	case certain && named && (pooled >= shareNamed || x.share >= shareNamed):
		x.score, x.evidence = scoreBoth, x.evidence|Profile|Checksum
	case certain && x.share >= shareUnnamed && c.native != nativeDecimal && c.native != nativeUUID && !c.timed:
		x.score, x.evidence, x.part = scoreProfile, Profile|Checksum, WholeValue
	case !named || h.Weak && m == 0:
		return claim{}
	case m > 0 && 2*pooled >= 1:
		x.score, x.evidence = scoreNamed, x.evidence|Checksum
	case h.Weak || c.rival(x.detector) || !c.shaped(x.detector):
		return claim{}
	case h.short && n >= fewDistinct && m == 0:
		return claim{}
	default:
		x.score, x.evidence = scoreDoubted, x.evidence|ChecksumFailed
	}
	return x
}

// partClaim is the case of a column that holds a part: a series, a number, a day. Values cannot be checked alone;
// the length has to fit.
func (c *column) partClaim(x claim, h namedHint) claim {
	short := 0.0
	if total := c.lengthsTotal(); total > 0 {
		short = float64(c.Lengths[0]+c.Lengths[1]+c.Lengths[2]+c.Lengths[3]+c.Lengths[4]) / float64(total)
	} else {
		short = 1
	}
	if h.Weak || short < 0.5 || c.rival(x.detector) {
		return claim{}
	}
	x.score, x.share = scoreNamed, 0
	return x
}

// possible leaves out what the declared type forbids.
func (c *column) possible(d *Detector, named bool) bool {
	date := d.Kind == dateKind
	switch c.native {
	case nativeBool, nativeUUID:
		return c.native == nativeUUID && d.Digits == 0 && named
	case nativeTime:
		return date && named
	case nativeDecimal:
		return named && (d.Digits != 0 || d.Kind == geoKind)
	case nativeInteger:
		return d.Digits != 0 || named && (d.Digits != 0 || date)
	}
	return !date || named
}

// Kinds that have rules of their own: any column of dates passes dateKind, and only the name tells a birth date from
// created_at; coordinates are fractions; surnames have every form; versions look like addresses.
const (
	dateKind  = "birth_date"
	geoKind   = "geo"
	nameKind  = "person_name"
	phoneKind = "phone"
	ipKind    = "ip"
	// passports have no check digits, but groups that few other numbers are written in
	passportKind = "passport"
)

// against says that well-formed values tell nothing here: the name calls them versions, or they are bare digits as
// numbers of orders are.
func (c *column) against(d *Detector) bool {
	switch d.Kind {
	case ipKind:
		n := splitName(c.Name)
		return n.has(versionWords)
	case phoneKind:
		bare := int64(len(c.Leads)) - c.inGroups()
		return bare > 0 && c.share(c.passed(d)-bare) < shareNamed && !c.barePhones()
	}
	return false
}

// plainNumbers says that a name that is also one of papers («Документ») stands over numbers without the groups of a
// passport: those may be of anything.
func (c *column) plainNumbers(d *Detector, h namedHint) bool {
	return d.Kind == passportKind && h.paper && c.share(c.inGroups()) < shareWeak
}

const versionWords = "version versions ver versiya версия версии fw firmware прошивка release релиз build сборка revision ревизия oid окпд okpd оквэд okved"

// rival says that the values are clearly of another kind, or of another nature.
func (c *column) rival(d *Detector) bool {
	if c.Sample == 0 {
		return false
	}
	for _, o := range declared {
		if o == d || o.Kind == d.Twin {
			continue
		}
		if c.share(c.passed(o)) >= shareRival && (o.Chance > 0 || o.Telling) {
			return true
		}
	}
	return c.longText() || d.Digits != 0 && c.letters() > 0.5
}

// shaped says whether values have about as many digits as numbers of d.
func (c *column) shaped(d *Detector) bool { return c.fitting(d) >= 0.5 }

// shapes estimates how many sampled values could be numbers of d at all.
func (c *column) shapes(d *Detector) int64 {
	return min(c.Sample-min(c.Words, c.Sample), int64(math.Round(c.fitting(d)*float64(c.Sample))))
}

// fitting is the share of values that have about as many digits as numbers of d: zeros in front are lost, .0 is added.
// Telephone numbers are also written without the code of their town.
func (c *column) fitting(d *Detector) float64 {
	if d.Digits == 0 || c.Sample == 0 {
		return 1
	}
	want := d.Digits
	if d.Kind == phoneKind {
		want |= 1<<6 | 1<<7
	} else {
		want |= want>>1 | want>>2 | want<<1 | want<<2
	}
	var fit int64
	for n, k := range c.Digits {
		if want>>n&1 != 0 {
			fit += k
		}
	}
	return c.share(fit)
}

func (c *column) lengthsTotal() (n int64) {
	for _, x := range c.Lengths {
		n += x
	}
	return n
}

// longer is the share of values of at least 1<<b bytes.
func (c *column) longer(b int) float64 {
	total := c.lengthsTotal()
	if total == 0 {
		return 0
	}
	var n int64
	for _, x := range c.Lengths[b+1:] {
		n += x
	}
	return float64(n) / float64(total)
}

// letters is the share of values made of letters.
func (c *column) letters() float64 {
	return c.share(c.Words)
}

// shareText is the share of values with candidates inside from which a column is running text.
const shareText = 0.2

// freeText recognises running text: long values of several words, or values inside others.
func (c *column) freeText() bool {
	if c.Sample == 0 || c.share(c.Made) >= 0.5 || c.share(c.Mostly) >= 0.5 {
		return false
	}
	spaced, inside := c.share(c.Spaced), c.share(c.Inside)
	if n := splitName(c.Name); n.has(remarkWords) {
		inside += c.share(c.Mostly) // «спросить Олега, 8 916 …» among words
	}
	return c.longText() && spaced >= 0.3 || spaced >= 0.3 && c.longer(6) >= 0.3 || inside >= shareText && spaced >= 0.1
}

// remarkWords are names of columns that people write into what they like.
const remarkWords = "комментарий комментарии примечание примечания заметка заметки пожелания сообщение comment comments note notes remark remarks message kommentarij primechanie"

// longText recognises values that are too long for anything but text.
func (c *column) longText() bool { return c.longer(8) >= 0.2 }

// chance lists the kinds that pass no more often than random values do, or that the declared type or the label
// contradicts.
func (c *column) chance(v *Verdict) []Kind {
	if v.FreeText && v.Label == nil {
		return nil
	}
	var kinds []Kind
	for _, d := range declared {
		m := c.passed(d)
		if d == v.Label || v.Label != nil && v.Covers(d) {
			continue
		}
		_, named := c.hint(d)
		contradicted := !c.possible(d, named) || c.timed && d.Digits != 0 || m > 0 && !named && c.disproved(d)
		if v.Label == nil && named && !contradicted {
			continue
		}
		n := max(c.shapes(d), m)
		atChance := d.Chance > 0 && (d.Digits != 0 || m > 0) && n >= fewDistinct && logTail(m, n, d.Chance) >= math.Log(chanceTail)
		beside := v.Label != nil && d.Digits != 0 && v.Label.Digits != 0
		if contradicted && (m > 0 || d.Digits != 0) || atChance || beside && m > 0 {
			kinds = append(kinds, d.Kind)
		}
	}
	slices.Sort(kinds)
	return kinds
}

// disproved says that candidates of d are something else, by the name or by how they begin.
func (c *column) disproved(d *Detector) bool {
	return d.Kind == ipKind && c.against(d) || d.Kind == phoneKind && c.randomLeads()
}

// timeName says that the column is named as a time: its numbers count seconds.
func (c *column) timeName() bool {
	if len(c.hints) > 0 && !c.hints[0].Weak {
		return false
	}
	n := splitName(c.Name)
	for i, t := range n.tokens {
		if n.segment[i] == n.segments-1 && slices.Contains(timeWords, t) {
			return true
		}
	}
	return false
}

var timeWords = strings.Fields(`ts at time timestamp created updated modified deleted date datetime unixtime epoch expires время дата создан создано
	обновлен изменен vremya sozdan seconds millis ms`)

// native is what a declared type says.
type native uint8

const (
	nativeUnknown native = iota
	nativeText
	nativeInteger
	nativeDecimal
	nativeUUID
	nativeTime
	nativeBool
)

// nativeClass reads the type names of the databases we know; case and arguments are free.
func nativeClass(name string) native {
	t := strings.ToLower(strings.TrimSpace(name))
	args := ""
	if i := strings.IndexByte(t, '('); i >= 0 {
		t, args = strings.TrimSpace(t[:i]), t[i:]
	}
	switch {
	case t == "":
		return nativeUnknown
	case t == "uuid", t == "uniqueidentifier", t == "bytea", t == "blob":
		return nativeUUID
	case strings.HasPrefix(t, "bool"), t == "bit":
		return nativeBool
	case strings.HasPrefix(t, "timestamp"), strings.HasPrefix(t, "date"), strings.HasPrefix(t, "time"), t == "interval", t == "year":
		return nativeTime
	case strings.HasPrefix(t, "numeric"), strings.HasPrefix(t, "decimal"), t == "number":
		if args != "" && !strings.Contains(args, ",") || strings.HasSuffix(strings.ReplaceAll(args, " ", ""), ",0)") {
			return nativeInteger
		}
		return nativeDecimal
	case strings.HasPrefix(t, "double"), strings.HasPrefix(t, "float"), t == "real", t == "money", t == "smallmoney":
		return nativeDecimal
	case strings.Contains(t, "int") && !strings.Contains(t, "point"), strings.HasSuffix(t, "serial"):
		return nativeInteger
	}
	return nativeText
}

// logTail is the logarithm of P(X ≥ m) for X binomial of n and p.
func logTail(m, n int64, p float64) float64 {
	if m <= 0 {
		return 0
	}
	if m > n || p <= 0 {
		return math.Inf(-1)
	}
	if p >= 1 {
		return 0
	}
	fact := func(k int64) float64 {
		x, _ := math.Lgamma(float64(k) + 1)
		return x
	}
	lp, lq, top := math.Log(p), math.Log1p(-p), fact(n)
	largest, sum := math.Inf(-1), 0.0
	for k := m; k <= n; k++ {
		x := top - fact(k) - fact(n-k) + float64(k)*lp + float64(n-k)*lq
		switch {
		case x > largest:
			sum = sum*math.Exp(largest-x) + 1
			largest = x
		default:
			sum += math.Exp(x - largest)
		}
		if x < largest-40 && float64(k) > float64(n)*p {
			break // what follows is nothing
		}
	}
	return math.Min(largest+math.Log(sum), 0)
}
