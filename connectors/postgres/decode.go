package postgres

import (
	"encoding/binary"
	"encoding/hex"
	"strconv"
	"unicode/utf8"

	"bezlik/connectors"
)

// A wire says in which form a column is asked for and how it becomes text.
type wire uint8

const (
	text wire = iota // as the server prints it; the others are binary
	boolean
	int2
	int4
	int8
	oid
	date
	stamp
	stampZone
	uuid
	bytea
)

// wireOf chooses for a type, and says what may be written in place of its values. Binary is asked for
// only where a decoder is here.
func wireOf(typ uint32, category byte) (wire, connectors.Type) {
	switch typ {
	case 16:
		return boolean, connectors.Bool
	case 21:
		return int2, connectors.Int
	case 23:
		return int4, connectors.Int
	case 20:
		return int8, connectors.Int
	case 26:
		return oid, connectors.Int
	case 700, 701, 1700: // float4, float8, numeric
		return text, connectors.Number
	case 1082:
		return date, connectors.Date
	case 1114:
		return stamp, connectors.Time
	case 1184:
		return stampZone, connectors.Time
	case 2950:
		return uuid, connectors.Opaque
	case 17:
		return bytea, connectors.Opaque
	}
	switch category {
	case 'B', 'D', 'E', 'G', 'I', 'N', 'R', 'T', 'V': // enum, geometry, address, money, range, interval, bits
		return text, connectors.Opaque
	}
	return text, connectors.Text // strings, arrays, composites, json, xml and what extensions bring
}

// appendValue appends the text of a binary value; ok is false if its length is wrong.
func appendValue(dst, v []byte, w wire) (_ []byte, ok bool) {
	switch w {
	case text:
		return append(dst, v...), true
	case int8:
		if len(v) == 8 {
			return strconv.AppendInt(dst, int64(binary.BigEndian.Uint64(v)), 10), true
		}
	case int4:
		if len(v) == 4 {
			return strconv.AppendInt(dst, int64(int32(binary.BigEndian.Uint32(v))), 10), true
		}
	case int2:
		if len(v) == 2 {
			return strconv.AppendInt(dst, int64(int16(binary.BigEndian.Uint16(v))), 10), true
		}
	case oid:
		if len(v) == 4 {
			return strconv.AppendUint(dst, uint64(binary.BigEndian.Uint32(v)), 10), true
		}
	case boolean:
		if len(v) == 1 {
			return append(dst, "ft"[v[0]&1]), true
		}
	case date:
		if len(v) == 4 {
			return appendDate(dst, int32(binary.BigEndian.Uint32(v))), true
		}
	case stamp, stampZone:
		if len(v) == 8 {
			return appendStamp(dst, int64(binary.BigEndian.Uint64(v)), w == stampZone), true
		}
	case uuid:
		if len(v) == 16 {
			for i, b := range v {
				if i == 4 || i == 6 || i == 8 || i == 10 {
					dst = append(dst, '-')
				}
				dst = append(dst, digits[b>>4], digits[b&15])
			}
			return dst, true
		}
	case bytea:
		if readable(v) {
			for _, c := range v {
				if c == '\\' {
					dst = append(dst, c)
				}
				dst = append(dst, c)
			}
			return dst, true
		}
		return hex.AppendEncode(append(dst, `\x`...), v), true
	}
	return dst, false
}

const digits = "0123456789abcdef"

const (
	plusInfinity  = 1<<31 - 1
	minusInfinity = -1 << 31
	dayLength     = 24 * 60 * 60 * 1_000_000 // in microseconds
)

// appendDate appends a date given in days since 2000-01-01, in ISO form.
func appendDate(dst []byte, days int32) []byte {
	switch days {
	case plusInfinity:
		return append(dst, "infinity"...)
	case minusInfinity:
		return append(dst, "-infinity"...)
	}
	y, m, d := civil(int64(days))
	dst = appendCivil(dst, y, m, d)
	if y <= 0 {
		dst = append(dst, " BC"...)
	}
	return dst
}

// appendStamp appends a point in time given in microseconds since 2000-01-01.
func appendStamp(dst []byte, us int64, zone bool) []byte {
	switch us {
	case 1<<63 - 1:
		return append(dst, "infinity"...)
	case -1 << 63:
		return append(dst, "-infinity"...)
	}
	days := us / dayLength
	us -= days * dayLength
	if us < 0 {
		us += dayLength
		days--
	}
	y, m, d := civil(days)
	dst = append(appendCivil(dst, y, m, d), ' ')
	s := int(us / 1_000_000)
	dst = append(two(dst, s/3600), ':')
	dst = append(two(dst, s/60%60), ':')
	dst = two(dst, s%60)
	if f := int(us % 1_000_000); f != 0 {
		dst = append(dst, '.')
		dst = two(two(two(dst, f/10000), f/100%100), f%100)
		for dst[len(dst)-1] == '0' {
			dst = dst[:len(dst)-1]
		}
	}
	if zone {
		dst = append(dst, "+00"...)
	}
	if y <= 0 {
		dst = append(dst, " BC"...)
	}
	return dst
}

// civil turns days since 2000-01-01 into a date of the Gregorian calendar, extended in both directions.
// Years are counted from 1 March, so that the leap day is the last one.
func civil(days int64) (year, month, day int) {
	const era = 146097 // days in 400 years
	days += 730425     // days from 0000-03-01 to 2000-01-01
	e := days / era
	if days < 0 {
		e = (days - era + 1) / era
	}
	n := days - e*era                                // 0 to 146096
	y := (n - n/1460 + n/36524 - n/146096) / 365     // 0 to 399
	n -= 365*y + y/4 - y/100                         // day of that year
	m := (5*n + 2) / 153                             // month, from March
	day, month = int(n-(153*m+2)/5)+1, int(m+2)%12+1 // 153 days in five months from March
	year = int(y + e*400)
	if month <= 2 {
		year++
	}
	return year, month, day
}

func appendCivil(dst []byte, y, m, d int) []byte {
	if y <= 0 {
		y = 1 - y
	}
	if y < 10000 {
		dst = two(two(dst, y/100), y%100)
	} else {
		dst = strconv.AppendInt(dst, int64(y), 10)
	}
	return two(append(two(append(dst, '-'), m), '-'), d)
}

func two(dst []byte, n int) []byte { return append(dst, byte('0'+n/10), byte('0'+n%10)) }

// readable says that bytes are likely text: UTF-8, not empty, without control characters.
func readable(v []byte) bool {
	for i := 0; i < len(v); {
		if c := v[i]; c < utf8.RuneSelf {
			if c < ' ' && c != '\n' && c != '\r' && c != '\t' || c == 0x7f {
				return false
			}
			i++
			continue
		}
		r, n := utf8.DecodeRune(v[i:])
		if r == utf8.RuneError && n == 1 || r < 0xa0 {
			return false
		}
		i += n
	}
	return len(v) > 0
}
