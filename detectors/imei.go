package detectors

import "bytes"

// IMEI is the number of a mobile device: fifteen digits, the last a Luhn check digit (3GPP TS 23.003, annex B); with the
// version of the software in place of the check digit it has sixteen.
var IMEI = declare(Detector{
	Kind:   "imei",
	Class:  Technical,
	Doc:    Doc{RU: "IMEI мобильного устройства", EN: "IMEI of a mobile device"},
	Prefix: "имей",
	Near:   []string{"imei", "imeisv", "имей", "имеи", "имэй", "meid"},
	Names: []string{"имей", "имеи", "imei", "imei_no", "imei_number", "imei_code", "nomer_imei", "номер_imei", "device_imei", "phone_imei", "imeisv",
		"meid"},
	Digits: 1<<15 | 1<<16,
	Chance: 0.0995,
	Find:   findIMEI,
	Reach:  512,
	Fits: func(value []byte) bool {
		var buf [24]byte
		d := onlyDigits(value, &buf, 15, 16)
		return d != nil && !trivial(d) && (len(d) == 16 && allocated(d) || len(d) == 15 && checkLuhn(d) == right)
	},
	Seal:   sealLuhn,
	Checks: 1,
	Normal: appendDigits,
	Good: []string{
		"IMEI 357142098731564",
		"imei: 86-440104-127733-1",
		"Телефон найден, IMEI1: 353910114412706",
		"IMEI 35 700912 346158 4",
		"IMEISV 3571420987315602",
		"имей 864401041277331",
		"набрал *#06# — показало 357142098731564",
	},
	Bad: []string{
		"заказ 357142098731564",
		"357142098731564",
		"IMEI 357142098731565",
		"ОГРНИП 357142098731564",
		"карта 3782 822463 10005",
		"imei 000000000000000",
		"набери *#06#\nзаказ 357142098731564",
	},
})

// imeiWords are looked for once more where another kind's word stands between.
var imeiWords = newVocabulary("imei имей имеи имэй")

// dialled says whether *#06# stands not far before i, in the same line: what a telephone answers to it is its IMEI.
func dialled(a []byte, i int) bool {
	line := a[max(0, i-64):i]
	line = line[bytes.LastIndexAny(line, "\x00\n")+1:]
	return bytes.Contains(line, []byte("#06#"))
}

// allocated says whether d begins like numbers that are given out today: by the reporting bodies 01, 35 and 86, and 99.
func allocated(d []byte) bool {
	switch string(d[:2]) {
	case "01", "35", "86", "99":
		return true
	}
	return false
}

func findIMEI(dst []Finding, t *Text) []Finding {
	for count := 15; count <= 16; count++ {
		for i := range t.Nums[count] {
			n := &t.Nums[count][i]
			e := Structure
			switch n.Shape {
			case 0xF:
				if n.Groups > 1 {
					continue
				}
			case 0x2661, 0x6261, 0x861, 0x681, 0x2662, 0x862:
				if n.Flags&^(Spaced|Dashed|Slashed|Glued|Sticky) != 0 {
					continue
				}
				e |= Format
			default:
				continue
			}
			if n.Flags&(Inner|Outer|Sticky|Plus) != 0 {
				continue
			}
			d := t.digits(n)
			if trivial(d) {
				continue
			}
			c := wrong
			if count == 15 {
				c = checkLuhn(d)
			}
			f := Finding{Start: n.Start, End: n.End}
			if t.Whole(n.Start, n.End) {
				e |= Whole
			}
			if c == wrong && (n.Flags&Glued != 0 || e&(Whole|Format) == Whole) {
				continue // no word speaks for it
			}
			near := false
			if x := t.context(n); x.speaks(t.current, leftWindow) {
				near = true
			} else if _, named := wordLeft(t.Arena, int(n.Start), imeiWords, 3, 48); named {
				near = true // «IMEI телефона: …»
			} else if c == right && dialled(t.Arena, int(n.Start)) {
				near = true
			} else if c == wrong || x.negative || x.taken(20) {
				continue
			}
			switch {
			case c == ours && (near || e&Whole != 0):
				f.Score, f.Evidence = 10, e|Synthetic
			case near && c == right:
				f.Score, f.Evidence = 95, e|Checksum|Keyword
			case near && count == 16 && allocated(d):
				f.Score, f.Evidence = 85, e|Keyword
			case near:
				f.Score, f.Evidence = 60, e|ChecksumFailed|Keyword
			case c != right || !allocated(d) || n.Flags&Glued != 0:
				continue
			case e&Format != 0:
				f.Score, f.Evidence = 60, e|Checksum
			default:
				f.Score, f.Evidence = 40, e|Checksum
			}
			dst = append(dst, f)
		}
	}
	return dst
}
