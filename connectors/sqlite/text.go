package sqlite

import "unicode/utf8"

// isWindows1251 says what text that is not UTF-8 is better taken for: windows-1251, or UTF-8 that was cut or
// damaged, which holds more characters of several bytes than bytes that fit nowhere. Russian words in
// windows-1251 hardly ever look like UTF-8: two letters in a row never do, unless the second is Ё or ё.
func isWindows1251(v string) bool {
	good, bad := 0, 0
	for i := 0; i < len(v); {
		r, n := utf8.DecodeRuneInString(v[i:])
		switch {
		case n > 1:
			good++
		case r == utf8.RuneError:
			bad++
		}
		i += n
	}
	return bad >= good
}
