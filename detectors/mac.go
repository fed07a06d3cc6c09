package detectors

// MAC is the hardware address of a network card (IEEE 802, EUI-48): six pairs of hexadecimal digits with colons or
// dashes, or three groups of four with dots. Only colons tell it from other codes; the rest needs a word.
var MAC = declare(Detector{
	Kind:   "mac",
	Class:  Technical,
	Doc:    Doc{RU: "MAC-адрес", EN: "MAC address"},
	Prefix: "мак",
	Cues:   []string{"mac", "мак", "макадрес*", "bssid", "hwaddr", "physical", "физический", "аппаратный", "arp", "dhcp*", "calling", "wifi", "fi", "wlan*", "ethernet", "bluetooth"},
	Names: []string{"мак", "мак_адрес", "mac_адрес", "mac", "mac_addr", "mac_address", "macaddr", "macaddress", "hw_addr", "hwaddr", "hw_address",
		"bssid", "wifi_mac", "wlan_mac", "eth_mac", "bluetooth_mac", "bt_mac", "device_mac", "physical_address", "ethernet_address"},
	Telling: true,
	Find:    findMAC,
	Reach:   128,
	Fits: func(value []byte) bool {
		padded := append(append([]byte{0}, value...), 0, 0)
		if len(value) == 12 {
			return bareMAC(padded, 1)
		}
		end := readMAC(padded, 1)
		return end == len(value)+1
	},
	Normal: func(dst, value []byte) []byte {
		for _, b := range value {
			if hexDigit(b) {
				if b-'A' < 26 {
					b |= 0x20
				}
				dst = append(dst, b)
			}
		}
		return dst
	},
	Good: []string{
		"телефон 4c:bc:e9:17:a0:5d в сети",
		"MAC-адрес 4C-BC-E9-17-A0-5D",
		"mac 4cbc.e917.a05d на порту 7",
		"HWaddr 4C:BC:E9:17:A0:5D",
		"Физический адрес. . . . . . . . . : 4C-BC-E9-17-A0-5D",
		"MAC: 4cbce917a05d",
		"link/ether d0:37:45:11:20:93 brd ff:ff:ff:ff:ff:ff",
		"ноутбук, wi-fi 4C-BC-E9-17-A0-5D",
	},
	Bad: []string{
		"00:00:00:00:00:00 и ff:ff:ff:ff:ff:ff",
		"время 10:15:33 и 12:00:00",
		"12:34:56:10:11:12",
		"4c:bc:e9:17:a0:5d:77:01",
		"10:2F:33-AC-29-C3",
		"код 4C-BC-E9-17-A0-5D",
		"SHA1 4c:bc:e9:17:a0:5d:77:01:4c:bc:e9:17:a0:5d:77:01:aa:bb:cc:dd",
		"MAC OS X 10.15.7",
		"MASK=FF:FF:FF:00:00:00",
	},
})

func findMAC(dst []Finding, t *Text) []Finding {
	a := t.Arena
	last := 0
	for i, p := range t.Colons {
		limit := int(p) + 41
		if i+1 < len(t.Colons) {
			limit = min(limit, int(t.Colons[i+1])+1)
		}
		for j := max(int(p), last); j < limit && a[j] != 0; j++ {
			if a[j] != ':' || j < 3 {
				continue
			}
			start := hexStart(a, j)
			if start < last {
				continue // a colon behind an address
			}
			end := readMAC(a, start)
			if end == 0 {
				for a[j+1] == ':' || hexDigit(a[j+1]) {
					j++ // no colon of this run begins another
				}
				last = j + 1
				continue
			}
			f := t.findingOf(start, end, 90, Format)
			if l := lookOf(a[start:end]); l.lower+l.upper == 0 {
				f.Score = 60 // digits alone may be times
			}
			dst = append(dst, f)
			last, j = end, end-1
		}
	}
	for _, c := range t.Cues(t.current) {
		if f, ok := macCue(t, int(c.End)); ok {
			dst = append(dst, f)
		}
	}
	return dst
}

// macCue looks for an address within 120 bytes behind a word that ends at i, in the same line.
func macCue(t *Text, i int) (f Finding, ok bool) {
	a := t.Arena
	for limit := i + 120; i < limit; i++ {
		b := a[i]
		if b == 0 || b == '\n' {
			break
		}
		if !hexDigit(b) || inName(a[i-1]) {
			continue
		}
		end := readMAC(a, i)
		if end == 0 && i < limit-80 && a[i-1] != '-' && bareMAC(a, i) { // the end of a UUID is none
			end = i + 12
		}
		if end > 0 {
			return t.findingOf(i, end, 92, Format|Keyword), true
		}
	}
	return f, false
}

// readMAC reads the address that begins at i and returns its end, 0 if there is none. The mark between is the same
// throughout; addresses of zeros and ones alone are nobody's,
// and neither are masks of a vendor: ff:ff:ff:00:00:00.
func readMAC(a []byte, i int) int {
	if i == 0 || len(a)-i < 6 || inName(a[i-1]) || a[i-1] == ':' || a[i-1] == '-' || a[i-1] == '.' {
		return 0
	}
	size, end, mark := 2, i+17, a[i+2]
	if mark != ':' && mark != '-' {
		size, end, mark = 4, i+14, '.'
	}
	if end >= len(a) {
		return 0
	}
	mask := true // nothing but zeros and ones
	for k := i; k < end; k++ {
		b := a[k]
		if (k-i)%(size+1) == size {
			if b != mark {
				return 0
			}
			continue
		}
		if !hexDigit(b) {
			return 0
		}
		mask = mask && (hexValue(b) == 0xF || hexValue(b) == 0)
	}
	switch b := a[end]; {
	case inName(b), b == mark && inName(a[end+1]), mask:
		return 0
	}
	return end
}

// bareMAC says whether twelve hexadecimal digits, letters and digits among them, stand at i and nothing joins them.
func bareMAC(a []byte, i int) bool {
	if len(a)-i <= 12 {
		return false
	}
	for _, b := range a[i : i+12] {
		if !hexDigit(b) {
			return false
		}
	}
	l := lookOf(a[i : i+12])
	return l.digits > 0 && l.digits < 12 && !inName(a[i+12]) && !inName(a[i-1]) && a[i+12] != '-'
}
