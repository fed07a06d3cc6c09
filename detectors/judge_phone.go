package detectors

import "math"

// A Lead is how a value that is nothing but ten or eleven digits begins, where it could be a telephone number of Russia:
// its trunk prefix, the first two digits of the national number, and whether the plan gives its area code to anybody.
// 0 is any other value.
type Lead uint16

// leadAssigned is set in a Lead whose code is in use; the tens hold the trunk prefix, 0, 7 or 8, and the rest the digits.
const leadAssigned Lead = 1 << 15

// LeadOf reads the Lead of a value.
func LeadOf(value []byte) Lead {
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
	l := 100*trunk + Lead(value[0]-'0')*10 + Lead(value[1]-'0')
	if areas.has(value) || services.has(value) || value[0] == '9' && !idle.has(value) {
		l |= leadAssigned
	}
	return l
}

func (l Lead) trunk() Lead { return l &^ leadAssigned / 100 }

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
)

// barePhones says whether the values that are bare digits are telephone numbers, judged by their beginnings: nearly all
// codes are in use, more than random numbers with the same first digits would have, and they are of different places.
func (c *column) barePhones() bool {
	var counts [1000]int64
	var trunks [10]int64
	n, used, chance := int64(len(c.Leads)), int64(0), 0.0
	spread, top := 0, int64(0)
	for _, l := range c.Leads {
		if l&leadAssigned != 0 {
			used++
		}
		chance += leadChance[l&^leadAssigned%100/10]
		trunks[l.trunk()]++
		at := &counts[l&^leadAssigned%100]
		if *at == 0 {
			spread++
		}
		*at++
		top = max(top, *at)
	}
	if n < fewDistinct || spread < leadsSpread || float64(top) > leadsTop*float64(n) {
		return false
	}
	if float64(min(trunks[7], trunks[8])) >= leadsBoth*float64(n) && float64(used) >= leadsUsed*float64(n) {
		return true
	}
	return logTail(used, n, chance/float64(n)) < math.Log(profileTail)
}

// randomLeads says that most values are bare numbers with codes as random numbers have them.
func (c *column) randomLeads() bool {
	used := 0
	for _, l := range c.Leads {
		if l&leadAssigned != 0 {
			used++
		}
	}
	return len(c.Leads) >= 32 && float64(used) < leadsRandom*float64(len(c.Leads)) && !c.barePhones()
}
