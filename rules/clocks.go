package rules

import (
	"regexp"
	"strconv"
	"time"
)

// A Due is an end of a time of keeping that has been reached.
type Due struct {
	Clock  string    `json:"clock"`
	Clause string    `json:"clause"`
	Then   string    `json:"then"`
	End    time.Time `json:"end"`    // keeping ends
	Act    time.Time `json:"act_by"` // to be done by
}

// Due says which clock of data in a form ("identifiable", "depersonalized") has run out by now. events says
// when each start of a clock happened ("last_activity", "use_stopped"); missing ones have not. Of several
// clocks the earliest end wins. It is nil as long as the data may be kept.
func (p *Policy) Due(form string, events map[string]time.Time, now time.Time) *Due {
	var due *Due
	for i := range p.Retention {
		k := &p.Retention[i]
		start, ok := events[k.Start]
		if !ok || k.Applies != form {
			continue
		}
		end := after(start, k.Keep)
		if now.Before(end) || due != nil && !end.Before(due.End) {
			continue
		}
		due = &Due{Clock: k.ID, Clause: p.clause(k.Clause).At, Then: k.Then, End: end, Act: after(end, k.Grace)}
	}
	return due
}

var durationParts = regexp.MustCompile(`([0-9]+)(BD|Y|M|D)`)

// after adds a duration to a time; before takes it away. Working days are counted from Monday to Friday: holidays are
// a calendar of their own.
func after(t time.Time, duration string) time.Time  { return shift(t, duration, 1) }
func before(t time.Time, duration string) time.Time { return shift(t, duration, -1) }

func shift(t time.Time, duration string, sign int) time.Time {
	for _, m := range durationParts.FindAllStringSubmatch(duration, -1) {
		n, err := strconv.Atoi(m[1])
		if err != nil {
			continue
		}
		switch m[2] {
		case "Y":
			t = t.AddDate(sign*n, 0, 0)
		case "M":
			t = t.AddDate(0, sign*n, 0)
		case "D":
			t = t.AddDate(0, 0, sign*n)
		case "BD":
			for n > 0 {
				t = t.AddDate(0, 0, sign)
				if w := t.Weekday(); w != time.Saturday && w != time.Sunday {
					n--
				}
			}
		}
	}
	return t
}
