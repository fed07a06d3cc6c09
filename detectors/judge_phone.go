package detectors

import "math"

// A Lead is how a value that is nothing but ten or eleven digits begins, where it could be a telephone number of Russia:
// its trunk prefix, the area code, and whether the plan gives that to anybody. Of other values only one thing is known:
// leadPassport says that ten digits are written in the groups of a passport, and could be one. 0 is any other value.
type Lead uint16

const (
	// leadAssigned is set in a Lead whose code is in use; the thousands hold the trunk prefix, 0, 7 or 8, and the rest the code.
	leadAssigned Lead = 1 << 15
	leadPassport Lead = 1 << 14
)

// LeadOf reads the Lead of a value.
func LeadOf(value []byte) Lead {
	if passportGroups(value) {
		return leadPassport
	}
	if n := len(value); n != 10 && n != 11 || !digits(value) {
		return 0
	}
	trunk := Lead(0)
	if len(value) == 11 {
		if value[0] != '7' && value[0] != '8' {
			return 0
		}
		trunk = Lead(value[0] - '0')
		value = value[1:]
	}
	if leadChance[value[0]-'0'] == 0 {
		return 0
	}
	l := 1000*trunk + Lead(value[0]-'0')*100 + Lead(value[1]-'0')*10 + Lead(value[2]-'0')
	if areas.has(value) || services.has(value) || value[0] == '9' && !idle.has(value) {
		l |= leadAssigned
	}
	return l
}

func (l Lead) trunk() Lead { return l &^ leadAssigned / 1000 }

// code is the area code.
func (l Lead) code() Lead { return l &^ leadAssigned % 1000 }

// passportGroups says that a value is written "45 10 678234" or "4510 678234", with a region and a year that passports
// have. Series that begin with 99 are left out: licences of drivers have them, and hardly any passport.
func passportGroups(value []byte) bool {
	var d [10]byte
	n := 0
	for i, b := range value {
		switch {
		case b-'0' <= 9 && n < len(d):
			d[n] = b
			n++
		case b == ' ' && (n == 4 || n == 2 && i == 2):
		default:
			return false
		}
	}
	spaces := len(value) - n
	return n == len(d) && (spaces == 1 && value[4] == ' ' || spaces == 2 && value[2] == ' ' && value[5] == ' ') &&
		string(d[:2]) != "99" && !trivial(d[:]) && plausiblePassport(d[:], thisYear())
}

// idle are codes beginning with 9 that no mobile network is known to have. They are from memory: each moves the share of
// codes in use, 84 %, by a hundredth.
var idle = codeSet("907-907 935-935 942-948 957-957 972-976 998-998")

// leadChance is the share of numbers with this first digit whose code is in use, which random numbers have, too.
var leadChance = func() (p [10]float64) {
	for _, first := range [...]byte{3, 4, 8, 9} {
		used := 0
		for i := range byte(100) {
			code := []byte{'0' + first, '0' + i/10, '0' + i%10}
			if areas.has(code) || services.has(code) || first == 9 && !idle.has(code) {
				used++
			}
		}
		p[first] = float64(used) / 100
	}
	return p
}()

// The thresholds for columns of bare numbers that no name calls phones.
const (
	leadsSpread = 4    // two-digit beginnings at least: numbers of orders and parties share theirs
	leadsTop    = 0.7  // share of the most frequent one, at most
	leadsBoth   = 0.1  // share of the rarer trunk prefix, 7 or 8, from which two of them are no coincidence
	leadsUsed   = 0.97 // and share of codes in use
	leadsRandom = 0.95 // a smaller share of codes in use is what random numbers have
	leadsCodes  = 3    // codes of mobile networks at least: numbers counted up share theirs, and so do blocks of one series
	// leadsNine is the chance at which numbers that all begin with 9 and are random behind it are taken for mobiles. 84 %
	// of the codes are in use, so 31 in a row hit one with 0.84³¹ ≈ 0.0045; that random numbers all begin with 9 is rare
	// already. Forty distinct mobiles leave that many: one in ten looks like a made-up INN of ours and is not sampled.
	leadsNine = 5e-3
)

// bare lists the leads of values that are nothing but digits.
func (c *column) bare(yield func(Lead) bool) {
	for _, l := range c.Leads {
		if l != leadPassport && !yield(l) {
			return
		}
	}
}

// barePhones says whether the values that are bare digits are telephone numbers, judged by their beginnings: nearly all
// codes are in use, more than random numbers with the same first digits would have, and they are of different places.
func (c *column) barePhones() bool {
	var counts [900]int64
	var trunks [10]int64
	n, used, chance := int64(0), int64(0), 0.0
	spread, top := 0, int64(0)
	for l := range c.bare {
		n++
		if l&leadAssigned != 0 {
			used++
		}
		chance += leadChance[l.code()/100]
		trunks[l.trunk()]++
		at := &counts[(10*l.trunk()+l.code()/100)*10+l.code()/10%10]
		if *at == 0 {
			spread++
		}
		*at++
		top = max(top, *at)
	}
	if c.bareMobiles(spread) {
		return true
	}
	if n < fewDistinct || spread < leadsSpread || float64(top) > leadsTop*float64(n) {
		return false
	}
	if float64(min(trunks[7], trunks[8])) >= leadsBoth*float64(n) && float64(used) >= leadsUsed*float64(n) {
		return true
	}
	return logTail(used, n, chance/float64(n)) < math.Log(profileTail)
}

// bareMobiles says that all values are bare and begin like mobile numbers of several networks. Of random numbers with
// eleven digits 2 of 90 begin with 79 or 89, so eight that all do are none (2·10⁻¹³); what is numbered behind such a
// beginning counts up within few codes, and what is random there misses the codes in use, if not at once. Numbers of ten
// digits begin with 9 more easily: there the codes have to tell, see leadsNine. spread is how many two-digit beginnings
// there are.
func (c *column) bareMobiles(spread int) bool {
	var codes [1000]bool
	long, n, used, different := int64(0), int64(0), int64(0), 0
	for l := range c.bare {
		if l.code()/100 != 9 {
			continue
		}
		n++
		if l.trunk() != 0 {
			long++
		}
		if l&leadAssigned != 0 {
			used++
			if !codes[l.code()] {
				different++
			}
			codes[l.code()] = true
		}
	}
	if n < fewDistinct || float64(n) < leadsUsed*float64(c.Sample) || different < leadsCodes || float64(used) < leadsUsed*float64(n) {
		return false
	}
	return long == n || spread >= leadsSpread && logTail(used, n, leadChance[9]) < math.Log(leadsNine)
}

// randomLeads says that most values are bare numbers with codes as random numbers have them.
func (c *column) randomLeads() bool {
	n, used := 0, 0
	for l := range c.bare {
		n++
		if l&leadAssigned != 0 {
			used++
		}
	}
	return n >= 32 && float64(used) < leadsRandom*float64(n) && !c.barePhones()
}

// writtenPassports says whether the values are passports by the way they are written alone. A quarter of random digits
// (24.6 %) have a region and a year of passports, so the tail of profileTail is reached by ten values that all have.
func (c *column) writtenPassports() bool {
	m := c.inGroups()
	return m >= fewDistinct && float64(m) >= groupsShare*float64(c.Sample) && logTail(m, c.Sample, groupsChance) < math.Log(profileTail)
}

// inGroups counts the values that are written like passports.
func (c *column) inGroups() (n int64) {
	for _, l := range c.Leads {
		if l == leadPassport {
			n++
		}
	}
	return n
}

const (
	groupsChance = 0.246
	groupsShare  = 0.9
)
