package detectors

import "bytes"

// TokenLetters is the alphabet of opaque tokens: base32 of RFC 4648 in lower case.
const TokenLetters = "abcdefghijklmnopqrstuvwxyz234567"

// TokenLength is how many letters follow the prefix of an opaque token: 100 bits.
const TokenLength = 20

// PlainPrefix starts tokens of attributes that no detector knows.
const PlainPrefix = "id"

// IsToken says whether value is one of our own opaque tokens: the prefix of a kind, an underscore and
// TokenLength letters. A residual scan may meet it anywhere without it being a finding.
func IsToken(value []byte) bool {
	i := len(value) - TokenLength - 1
	if i < 1 || value[i] != '_' {
		return false
	}
	for _, b := range value[i+1:] {
		if (b < 'a' || b > 'z') && (b < '2' || b > '7') {
			return false
		}
	}
	prefix := value[:i]
	if string(prefix) == PlainPrefix {
		return true
	}
	for _, d := range declared {
		if bytes.Equal(prefix, []byte(d.Prefix)) {
			return true
		}
	}
	return false
}
