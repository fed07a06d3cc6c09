package postgres

import (
	"fmt"
	"strings"
	"unicode"
)

// display writes a qualified name as SQL would, on one line: quoted if a name is not plain, and with
// escapes (U&"a\000Ab") if it holds what cannot be printed. Different names are written differently.
func display(names ...string) string {
	var b strings.Builder
	for i, n := range names {
		if i > 0 {
			b.WriteByte('.')
		}
		switch {
		case plain(n):
			b.WriteString(n)
		case strings.ContainsFunc(n, hidden):
			b.WriteString(`U&"`)
			for _, r := range n {
				switch {
				case hidden(r) && r > 0xffff:
					fmt.Fprintf(&b, `\+%06X`, r)
				case hidden(r):
					fmt.Fprintf(&b, `\%04X`, r)
				case r == '\\':
					b.WriteString(`\\`)
				case r == '"':
					b.WriteString(`""`)
				default:
					b.WriteRune(r)
				}
			}
			b.WriteByte('"')
		default:
			b.WriteString(`"` + strings.ReplaceAll(n, `"`, `""`) + `"`)
		}
	}
	return b.String()
}

// plain says that a name needs no quotes: small letters of any alphabet, digits, _ and $.
func plain(n string) bool {
	for i, r := range n {
		switch {
		case r == '_', r >= 'a' && r <= 'z', r >= 0x80 && unicode.IsLower(r):
		case i > 0 && (r == '$' || r >= '0' && r <= '9'):
		default:
			return false
		}
	}
	return n != ""
}

func hidden(r rune) bool {
	return r != ' ' && !unicode.IsGraphic(r) || unicode.Is(unicode.Zs, r) && r != ' '
}
