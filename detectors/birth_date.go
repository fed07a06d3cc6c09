package detectors

import (
	"bytes"
	"slices"
)

// BirthDate is the date on which somebody was born. A date without a word or a column that says so is none.
var BirthDate = declare(Detector{
	Kind:   "birth_date",
	Class:  Quasi,
	Doc:    Doc{RU: "дата рождения", EN: "date of birth"},
	Prefix: "дата",
	Near:   birthWords,
	Cues:   birthWords,
	Names: []string{"дата_рождения", "день_рождения", "др", "data_rozhd", "data_rozhdeniya", "dr", "dob", "birth_date", "birthdate", "birthday", "bdate",
		"date_of_birth", "born", "birth_dt", "dt_birth", "date_birth", "birthdat", "dbirth", "d_birth", "dt_rozhd", "d_rozhd", "drozhd", "dat_rozhd", "datarozhd", "datar", "datr",
		"brth_dt", "bdt", "туған_күні", "туылған_күні", "tugan_kuni",
		"b_date", "дата_рожд", "рожден", "дата_народження", "день_народження", "data_narodzhennia", "дата_рожден"},
	Parts: []PartNames{
		{Part: Day, Names: "день_рождения_день birth_day_of_month birth_d dob_day bday_day b_day день_рожд birth_dd dob_d"},
		{Part: Day, Names: "day день den dd", Context: "birth dob bday рождения рожд rozhdenia rozhd"},
		{Part: Month, Names: "month месяц mesac mm", Context: "birth dob bday рождения рожд rozhdenia rozhd"},
		{Part: Year, Names: "year год god yyyy", Context: "birth dob bday рождения рожд rozhdenia rozhd"},
	},
	Split: 3,
	Find:  findBirthDate,
	Reach: 512,
	Fits: func(value []byte) bool {
		_, n, ok := readDate(value)
		return ok && (n == len(value) || isClock(value[n:]))
	},
	Normal: normalDate,
	Good: []string{
		"у Славика днюха 03.08.1989, собираем",
		"дата рождения: 12.03.1985",
		"родилась 1 мая 1990 года",
		"12 марта 1985 г.р.",
		"DOB 1985-03-12",
		"Иванов, 12.03.85 г.р., прописан",
		"д.р. 05/11/2001",
		"1985 г.р.",
		"BDAY:19831107",
		"тел. 89165550134, 02.06.1958, приёмная",
		"12;k.orlova@mail.ru;1979-10-21;да",
		"Исполнитель: Кораблина Таисия Львовна\n08.11.1991, паспорт 45 12 318640",
		"Кораблина Таисия|9161230045|08.11.1991|Тверь",
	},
	Bad: []string{
		"договор от 12.03.1985",
		"[12.03.2024 10:22] родился план",
		"дата рождения 31.02.1985",
		"СП 2.1.3678-20",
		"в 1985 году вышел фильм",
		"тел. 89165550134, 02.06.2018, приёмная",
		"тел. 89165550134, с 02.06.1998",
		"арт. 4512318640, 02.06.1958",
		"С уважением, Кораблина Таисия Львовна\n08.11.1991",
	},
})

var birthWords = []string{"рождени*", "родился", "родилась", "рожд", "д.р", "др", "г.р", "born", "birth*", "dob", "birthday", "bdate", "bday", "rozhd*", "род", "днюх*", "датарождения"}

func findBirthDate(dst []Finding, t *Text) []Finding {
	for _, p := range t.Years {
		if f, ok := dateAround(t, int(p)); ok {
			dst = append(dst, f)
		}
	}
	for _, p := range t.Shorts {
		if f, ok := dateShort(t, int(p)); ok {
			dst = append(dst, f)
		}
	}
	for i := range t.Nums[8] { // 19850312, as machines write it
		n := &t.Nums[8][i]
		d := t.Arena[n.Start:n.End]
		year := 100*pair(d) + pair(d[2:])
		if year < 1900 || n.Flags&^Query != 0 || !calendar(year, pair(d[4:]), pair(d[6:])) || !t.cueNear(t.current, n.Start, n.End) {
			continue
		}
		if x := t.context(n); x.speaks(t.current, 20) && !x.right {
			dst = append(dst, Finding{Start: n.Start, End: n.End, Score: 88, Evidence: Keyword | Structure})
		}
	}
	return dst
}

// dateAround reads the date whose year stands at p.
func dateAround(t *Text, p int) (f Finding, ok bool) {
	a := t.Arena
	start, end := p, p+4
	year := 100*pair(a[p:]) + pair(a[p+2:])
	var day, month int
	switch sep := a[p-1]; {
	case (sep == '.' || sep == '/' || sep == '-') && p >= 4: // dd.mm.yyyy
		if month, start = numberBefore(a, p-1); month < 0 || start < 2 || a[start-1] != sep {
			return f, false
		}
		if day, start = numberBefore(a, start-1); day < 0 {
			return f, false
		}
		if b := a[start-1]; b-'0' <= 9 || b == '.' || b == '-' || b == '/' {
			return f, false
		}
		if end < len(a) && (a[end] == '-' || a[end] == '/') {
			return f, false
		}
	case end+5 < len(a) && (a[end] == '-' || a[end] == '.' || a[end] == '/') && a[end+3] == a[end] && a[end+1]-'0' <= 9 && a[end+2]-'0' <= 9 && a[end+4]-'0' <= 9 && a[end+5]-'0' <= 9: // yyyy-mm-dd
		if clock(a[end+6:]) && !midnight(a[end+6:]) {
			return f, false // the time of something, of which tables are full
		}
		month, day = pair(a[end+1:]), pair(a[end+4:])
		end += 6
		if midnight(a[end:]) {
			end += len("T00:00:00")
		} else if end < len(a) && (a[end]-'0' <= 9 || a[end] == 'T' || a[end] == '-') {
			return f, false
		}
	case sep == ' ' || sep == 0xA0:
		day, month, start = wordDate(a, p)
		if start == p {
			// a year alone, if it says what it is
			if !bornYear(a[end:]) {
				return f, false
			}
			day, month = 1, 1
			start = p
		}
	case bornYear(a[end:]):
		day, month = 1, 1
	default:
		return f, false
	}
	if end < len(a) && a[end]-'0' <= 9 || !calendar(year, month, day) || uint32(year*10000+month*100+day) > t.today {
		return f, false
	}
	return judgeDate(t, start, end, year)
}

// dateShort reads dd.mm.yy at p.
func dateShort(t *Text, p int) (f Finding, ok bool) {
	a := t.Arena
	day, month, year := number(a[p:p+2]), number(a[p+3:p+5]), 1900+number(a[p+6:p+8])
	if b := a[p-1]; b == '.' || b == '/' || b == '-' || p+8 < len(a) && (a[p+8] == '/' || a[p+8] == '-' || a[p+8] == '.' && p+9 < len(a) && a[p+9]-'0' <= 9) {
		return f, false
	}
	if !calendar(year, month, day) && !calendar(year+100, month, day) {
		return f, false
	}
	if f, ok = judgeDate(t, p, p+8, 0); f.Evidence&Keyword == 0 {
		return f, false
	}
	f.Score -= 5
	return f, ok
}

// judgeDate gives a date its score: a word near, or at least a cell of its own. year is 0 where it is not sure.
func judgeDate(t *Text, start, end, year int) (f Finding, ok bool) {
	f = Finding{Start: uint32(start), End: uint32(end), Evidence: Structure}
	whole := t.Whole(f.Start, f.End)
	if whole {
		f.Evidence |= Whole // and nothing stands behind
	} else if bornYear(t.Arena[end:]) {
		f.Score = 92
		f.Evidence |= Keyword
		return f, true
	}
	if !whole && clock(t.Arena[end:]) {
		return f, false
	}
	c := silent
	if t.cueNear(t.current, f.Start, f.End) { // most dates are those of letters and logs
		c = t.words.find(t, f.Start, f.End, 60)
	}
	switch {
	case c.speaks(t.current, 60) && !c.right || c.speaks(t.current, 12):
		f.Score = 90
		f.Evidence |= Keyword
	case whole:
		f.Score = 15
	case year > 0 && year <= int(t.today/10000)-3 && beforeDate(t.Arena, start, t.Arena[end] == ','), // younger dates are those of papers
		year > 0 && year <= lastBorn && listedBefore(t.Arena, start) > 0:
		f.Score = besideName
	default:
		return f, false
	}
	return f, true
}

// beforeDate says whether what stands before a date may be the end of a name: «Кораблина Таисия, 08.11.2018». lines says that it may
// stand on the line above.
func beforeDate(a []byte, p int, lines bool) bool {
	for n := 0; n < 5; n++ {
		switch b := a[p-1]; {
		case b >= 0x80 || b|0x20-'a' < 26 || b == '.' && n > 0:
			return true
		case b == ' ' || b == '\n' && lines || b == ',' || b == '(' || b == '\t' || b == '|' || b == ';' || b == '\'' || b == '"' || b == ':':
			p--
		default:
			return false
		}
	}
	return false
}

// bornYear says whether rest begins with г.р., г. р., года рождения and the like.
func bornYear(rest []byte) bool {
	rest = rest[:min(len(rest), 48)]
	rest = trimSpace(rest)
	if !bytes.HasPrefix(rest, []byte("г")) {
		return false
	}
	rest = rest[2:]
	if bytes.HasPrefix(rest, []byte("ода")) {
		rest = rest[6:]
	} else if len(rest) > 0 && (rest[0] == '.' || rest[0] == '/') {
		rest = rest[1:]
	}
	rest = trimSpace(rest)
	if !bytes.HasPrefix(rest, []byte("р")) {
		return false
	}
	rest = rest[2:]
	return len(rest) == 0 || rest[0] == '.' || rest[0] < 0x80 && rest[0]|0x20-'a' >= 26 || bytes.HasPrefix(rest, []byte("ожд"))
}

func trimSpace(s []byte) []byte {
	for len(s) > 0 && (s[0] == ' ' || s[0] == 0xC2 && len(s) > 1 && s[1] == 0xA0) {
		if s[0] == 0xC2 {
			s = s[1:]
		}
		s = s[1:]
	}
	return s
}

// clock says whether rest begins with a time of day: then the date is when something happened.
func clock(rest []byte) bool {
	if len(rest) > 0 && (rest[0] == ' ' || rest[0] == 'T' || rest[0] == ',') {
		rest = rest[1:]
	}
	if len(rest) > 0 && rest[0] == ' ' {
		rest = rest[1:]
	}
	return len(rest) >= 5 && rest[2] == ':' && digits(rest[:2]) && digits(rest[3:5]) || len(rest) >= 4 && rest[1] == ':' && digits(rest[:1]) && digits(rest[2:4])
}

// isClock says whether rest is nothing but a time of day behind a date, as databases and spreadsheets write one of any
// column of dates: " 0:00:00", "T21:00:00.000Z", " 12:30:45+03".
func isClock(rest []byte) bool {
	return clock(rest) && len(rest) <= len("T00:00:00.000000+03:00") &&
		!slices.ContainsFunc(rest[1:], func(b byte) bool { return b-'0' > 9 && !bytes.ContainsRune([]byte(":.+-Z "), rune(b)) })
}

// midnight says whether rest begins with T00:00:00: how programs write a day.
func midnight(rest []byte) bool {
	return len(rest) >= 9 && (rest[0] == 'T' || rest[0] == ' ') && string(rest[1:9]) == "00:00:00"
}

var months = [...][]string{
	{"января", "январь", "янв", "january", "jan"},
	{"февраля", "февраль", "фев", "february", "feb"},
	{"марта", "март", "мар", "march", "mar"},
	{"апреля", "апрель", "апр", "april", "apr"},
	{"мая", "май", "may"},
	{"июня", "июнь", "июн", "june", "jun"},
	{"июля", "июль", "июл", "july", "jul"},
	{"августа", "август", "авг", "august", "aug"},
	{"сентября", "сентябрь", "сен", "сент", "september", "sep", "sept"},
	{"октября", "октябрь", "окт", "october", "oct"},
	{"ноября", "ноябрь", "ноя", "november", "nov"},
	{"декабря", "декабрь", "дек", "december", "dec"},
}

// monthWord returns the month that a word names, 0 if none.
func monthWord(w []byte) int {
	for i, names := range months {
		for _, n := range names {
			if equalFold(w, n) {
				return i + 1
			}
		}
	}
	return 0
}

// wordDate reads "12 марта " before the year at p; start is p if it is not there.
func wordDate(a []byte, p int) (day, month, start int) {
	i := p - 1
	if a[i] == 0xA0 {
		i--
	}
	if i > 0 && a[i-1] == ',' { // March 12, 1985
		if day, start = numberBefore(a, i-1); day < 0 || start < 4 || a[start-1] != ' ' {
			return 0, 0, p
		}
		begin, letters := wordBefore(a, start-1)
		if month = monthWord(a[begin : start-1]); letters < 3 || month == 0 {
			return 0, 0, p
		}
		return day, month, begin
	}
	e := i
	if e > 0 && a[e-1] == '.' {
		e--
	}
	begin, letters := wordBefore(a, e)
	if letters < 3 || letters > 9 || begin < 2 {
		return 0, 0, p
	}
	if month = monthWord(a[begin:e]); month == 0 {
		return 0, 0, p
	}
	i = begin - 1
	if a[i] == 0xA0 && a[i-1] == 0xC2 {
		i--
	} else if a[i] != ' ' {
		return 0, 0, p
	}
	if a[i-1] == '"' {
		i--
	}
	if day, start = numberBefore(a, i); day < 0 || a[start-1]-'0' <= 9 || a[start-1] == '.' {
		return 0, 0, p
	}
	return day, month, start
}

// numberBefore reads the one or two digits that end at e; n is negative if there are none or more.
func numberBefore(a []byte, e int) (n, start int) {
	if e < 2 || a[e-1]-'0' > 9 {
		return -1, e
	}
	if a[e-2]-'0' > 9 {
		return int(a[e-1] - '0'), e - 1
	}
	if e >= 3 && a[e-3]-'0' <= 9 {
		return -1, e
	}
	return number(a[e-2 : e]), e - 2
}

// pair is the number that the first two digits of d are.
func pair(d []byte) int {
	_ = d[1]
	return int(d[0])*10 + int(d[1]) - 11*'0'
}

func number(d []byte) (n int) {
	for _, b := range d {
		n = n*10 + int(b-'0')
	}
	return n
}

func digits(s []byte) bool {
	for _, b := range s {
		if b-'0' > 9 {
			return false
		}
	}
	return true
}

// calendar says whether a day exists, from 1900 on.
func calendar(year, month, day int) bool {
	if year < 1900 || month < 1 || month > 12 || day < 1 {
		return false
	}
	last := 31
	switch month {
	case 4, 6, 9, 11:
		last = 30
	case 2:
		last = 28
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			last = 29
		}
	}
	return day <= last
}

// A date is a day as it was read. A year alone has no month.
type date struct{ year, month, day int }

// readDate reads the date that s begins with: dd.mm.yyyy, dd.mm.yy, yyyy-mm-dd, yyyymmdd, 12 марта 1985. n is its length.
func readDate(s []byte) (d date, n int, ok bool) {
	run := func(i int) int {
		for n = i; n < len(s) && s[n]-'0' <= 9; n++ {
		}
		return n - i
	}
	switch first := run(0); {
	case first == 8:
		d = date{number(s[:4]), number(s[4:6]), number(s[6:8])}
		n = 8
	case first == 4 && len(s) >= 8 && (s[4] == '-' || s[4] == '.' || s[4] == '/'):
		second := run(5)
		if second == 0 || second > 2 || 5+second >= len(s) || s[5+second] != s[4] {
			return d, 0, false
		}
		third := run(6 + second)
		if third == 0 || third > 2 {
			return d, 0, false
		}
		d = date{number(s[:4]), number(s[5 : 5+second]), number(s[6+second : 6+second+third])}
		n = 6 + second + third
		if midnight(s[n:]) {
			n += 9
			if n < len(s) && s[n] == 'Z' {
				n++
			}
		}
	case first == 1 || first == 2:
		if first == len(s) {
			return d, 0, false
		}
		d.day = number(s[:first])
		if sep := s[first]; sep == '.' || sep == '/' || sep == '-' {
			second := run(first + 1)
			third := 0
			at := first + 2 + second
			if second == 1 || second == 2 {
				if at-1 < len(s) && s[at-1] == sep {
					third = run(at)
				}
			}
			if third != 2 && third != 4 {
				return d, 0, false
			}
			d.month, d.year = number(s[first+1:first+1+second]), number(s[at:at+third])
			if third == 2 {
				d.year += 1900
				if d.year <= 1900+int(today()/10000)%100 {
					d.year += 100
				}
			}
			n = at + third
			break
		}
		rest := trimSpace(s[first:])
		e, _ := wordAfterLetter(rest, 0)
		d.month = monthWord(rest[:e])
		rest = trimSpace(rest[e:])
		at := len(s) - len(rest)
		if d.month == 0 || run(at) != 4 {
			return d, 0, false
		}
		d.year = number(s[at : at+4])
		n = at + 4
	default:
		return d, 0, false
	}
	return d, n, calendar(d.year, d.month, d.day) && uint32(d.year*10000+d.month*100+d.day) <= today()
}

// normalDate appends the ISO form; what is no date is copied.
func normalDate(dst, value []byte) []byte {
	d, _, ok := readDate(value)
	if !ok {
		return append(dst, value...)
	}
	two := func(v int) { dst = append(dst, '0'+byte(v/10), '0'+byte(v%10)) }
	two(d.year / 100)
	two(d.year % 100)
	dst = append(dst, '-')
	two(d.month)
	dst = append(dst, '-')
	two(d.day)
	return dst
}
