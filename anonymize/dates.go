package anonymize

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// yearOf reads the year of a date: 31.12.1985, 31/12/1985, 12/31/1985, 1985-12-31, 19851231, 31 декабря 1985 г.,
// 31 Dec 1985, December 31, 1985, with or without a time behind it, or a year alone. Years of two digits and
// dates that no calendar has are not read.
func yearOf(text []byte) (year int, ok bool) {
	text = trimSpace(text)
	a, n, rest := leadingNumber(text)
	switch {
	case n == 0:
		return yearAfterMonth(text)
	case n == 8:
		year = a / 10000
		return year, calendar(year, a/100%100, a%100) && timeOnly(rest)
	case n == 4 && yearMark(rest):
		return a, calendar(a, 1, 1)
	case n > 4 || len(rest) == 0:
		return 0, false
	case gap(rest) > 0 || n <= 2 && isLetter(rest):
		return yearAfterDay(a, trimSpace(rest))
	}
	sep := rest[0]
	if sep != '.' && sep != '-' && sep != '/' {
		return 0, false
	}
	b, nb, rest := leadingNumber(rest[1:])
	if nb == 0 && n <= 2 { // 31-дек-1985
		return yearAfterDay(a, rest)
	}
	if nb < 1 || nb > 2 || len(rest) == 0 || rest[0] != sep {
		return 0, false
	}
	c, nc, rest := leadingNumber(rest[1:])
	switch {
	case n == 4 && nc >= 1 && nc <= 2:
		return a, calendar(a, b, c) && timeOnly(rest)
	case n <= 2 && nc == 4:
		return c, (calendar(c, b, a) || sep == '/' && calendar(c, a, b)) && (timeOnly(rest) || yearMark(rest))
	}
	return 0, false
}

// yearAfterDay reads what stands behind a day: "декабря 1985 г.", "-Dec-1985".
func yearAfterDay(day int, text []byte) (int, bool) {
	month, rest := leadingMonth(text)
	if month == 0 {
		return 0, false
	}
	year, n, rest := leadingNumber(trimLeft(rest, " .,-\u00a0"))
	return year, n == 4 && calendar(year, month, day) && (timeOnly(rest) || yearMark(rest))
}

// yearAfterMonth reads "December 31, 1985" and "декабрь 1985".
func yearAfterMonth(text []byte) (int, bool) {
	month, rest := leadingMonth(text)
	if month == 0 {
		return 0, false
	}
	day, n, rest := leadingNumber(trimLeft(rest, " .,-\u00a0"))
	if n == 4 {
		return day, calendar(day, month, 1) && yearMark(rest)
	}
	if n < 1 || n > 2 {
		return 0, false
	}
	year, n, rest := leadingNumber(trimLeft(rest, " ,-\u00a0"))
	return year, n == 4 && calendar(year, month, day) && timeOnly(rest)
}

// leadingNumber reads the digits that text begins with, nine at most.
func leadingNumber(text []byte) (value, n int, rest []byte) {
	for n < len(text) && n < 9 && text[n] >= '0' && text[n] <= '9' {
		value = value*10 + int(text[n]-'0')
		n++
	}
	return value, n, text[n:]
}

// calendar says whether the date exists, and is of a time that data are about.
func calendar(year, month, day int) bool {
	if year < 1800 || year > 2199 || month < 1 || month > 12 || day < 1 {
		return false
	}
	days := [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[month-1]
	if month == 2 && year%4 == 0 && (year%100 != 0 || year%400 == 0) {
		days++
	}
	return day <= days
}

// timeOnly says whether text is empty or looks like a time of day: it has nothing but what times are made of.
func timeOnly(text []byte) bool {
	if len(text) == 0 {
		return true
	}
	if n := gap(text); n == 0 && text[0] != 'T' && text[0] != 't' && text[0] != ',' && text[0] != 'Z' && text[0] != '+' {
		return false
	}
	for _, c := range text {
		if strings.IndexByte("0123456789:.,+- TZUCtzuc", c) < 0 {
			return false
		}
	}
	return true
}

// yearMark says whether text is empty or a word for year.
func yearMark(text []byte) bool {
	text = trimSpace(text)
	for _, word := range [...]string{"", "г", "г.", "год", "года", "г.р.", "г. р.", "y"} {
		if string(text) == word {
			return true
		}
	}
	return false
}

func trimLeft(text []byte, cutset string) []byte { return bytes.TrimLeft(text, cutset) }

func isLetter(text []byte) bool {
	r, _ := utf8.DecodeRune(text)
	return unicode.IsLetter(r)
}

// months lists the names of months: nominative, genitive, short, English, short English.
var months = [12][5]string{
	{"январь", "января", "янв", "january", "jan"}, {"февраль", "февраля", "фев", "february", "feb"},
	{"март", "марта", "мар", "march", "mar"}, {"апрель", "апреля", "апр", "april", "apr"},
	{"май", "мая", "май", "may", "may"}, {"июнь", "июня", "июн", "june", "jun"},
	{"июль", "июля", "июл", "july", "jul"}, {"август", "августа", "авг", "august", "aug"},
	{"сентябрь", "сентября", "сен", "september", "sep"}, {"октябрь", "октября", "окт", "october", "oct"},
	{"ноябрь", "ноября", "ноя", "november", "nov"}, {"декабрь", "декабря", "дек", "december", "dec"},
}

// leadingMonth reads the word that text begins with as a month, in any letter case; 0 if it is none.
func leadingMonth(text []byte) (month int, rest []byte) {
	var buf [32]byte
	word := buf[:0]
	rest = text
	for len(rest) > 0 {
		r, size := utf8.DecodeRune(rest)
		if !unicode.IsLetter(r) {
			break
		}
		if len(word) > len(buf)-utf8.UTFMax {
			return 0, text
		}
		word = utf8.AppendRune(word, unicode.ToLower(r))
		rest = rest[size:]
	}
	for i := range months {
		for _, name := range months[i] {
			if string(word) == name {
				return i + 1, rest
			}
		}
	}
	if string(word) == "сент" || string(word) == "sept" {
		return 9, rest
	}
	return 0, text
}
