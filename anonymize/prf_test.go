package anonymize

import (
	"encoding/binary"
	"encoding/hex"
	"testing"
)

// The samples of NIST SP 800-38B for AES-256 (CMAC), but for the empty message: ours always has a mark.
func TestPRFSamples(t *testing.T) {
	key, _ := hex.DecodeString("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4")
	message, _ := hex.DecodeString("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51" +
		"30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710")
	p := newPRF([32]byte(key))
	for _, c := range []struct {
		n    int
		want string
	}{
		{16, "28a7023f452e8f82bd4bf28d8c37c35c"},
		{40, "aaf3d8f1de5640c232f5b169b9c911e6"},
		{64, "e1992190549f6ed5696a2c056c315410"},
	} {
		hi, lo := p.of(message[0], message[1:c.n])
		got := binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, hi), lo)
		if hex.EncodeToString(got) != c.want {
			t.Errorf("%d bytes: %x, want %s", c.n, got, c.want)
		}
	}
}

// A token is the first 100 bits in the base32 of RFC 4648, written independently of the loop.
func TestAppendToken(t *testing.T) {
	// 0x0842108421084210... is 00001 00001 00001 ...: letter b throughout.
	if got := string(appendToken(nil, 0x0842108421084210, 0x8421084210842108)); got != "bbbbbbbbbbbbbbbbbbbb" {
		t.Errorf("%s", got)
	}
	if got := string(appendToken(nil, 0xffffffffffffffff, 0xfffffffff0000000)); got != "77777777777777777777" {
		t.Errorf("%s", got)
	}
}
