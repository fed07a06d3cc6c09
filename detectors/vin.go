package detectors

// VIN is the identification number of a vehicle: seventeen digits and Latin letters without I, O and Q (ISO 3779),
// first three for the maker (ISO 3780), the last four digits. The ninth is a check digit in North America only, so it
// is evidence and no condition.
var VIN = declare(Detector{
	Kind:   "vin",
	Class:  Quasi,
	Doc:    Doc{RU: "VIN автомобиля", EN: "vehicle identification number (VIN)"},
	Prefix: "вин",
	Near:   []string{"vin", "вин", "винкод*", "vincode"},
	Cues:   []string{"vin", "вин", "винкод*", "vincode", "шасси", "кузова", "кузов"},
	Names: []string{"vin", "vin_code", "vin_number", "vin_no", "vincode", "вин", "вин_код", "вин_номер", "номер_кузова", "номер_шасси", "шасси",
		"идентификационный_номер_тс", "идентификационный_номер_транспортного_средства", "car_vin", "vehicle_vin", "vehicle_identification_number", "chassis",
		"chassis_number", "chassis_no", "nomer_kuzova", "nomer_shassi", "kuzov_no", "body_number"},
	Telling: true,
	Company: 82,
	Find:    findVIN,
	Reach:   512,
	Fits: func(value []byte) bool {
		var code [17]byte
		var buf [72]byte
		s := bordered(buf[:0], value)
		return s != nil && s.vin(1, &code) == len(value)+1
	},
	Normal: normalVIN,
	Good: []string{
		"VIN XTA210990Y1234567",
		"VIN-код: WVWZZZ1KZ6W612305",
		"автомобиль Hyundai Solaris Z94CB41AAGR323020",
		"вин xta217030b0123456",
		"Идентификационный номер (VIN) ХТА21099051234567",
		"vin=X9LA1234567890123&color=red",
	},
	Bad: []string{
		"ABCDEFGH123456789",
		"код 8F3K2L9Q7X1Z5M4N0",
		"sha 0123456789ABCDEF0",
		"12345678901234567",
		"заказ XTA210990Y1234567",
		"vin XTA210990Y12345678",
		"FBGHTRWQPLKJHGFDS",
	},
})

// vinMakers are the first letters of numbers of makers whose vehicles are common in Russia: three, or two that all belong to one.
var vinMakers = func() map[string]bool {
	m := map[string]bool{}
	for _, list := range []string{
		// Russia and its neighbours
		"XTA XTB XTC XTD XTE XTF XTH XTJ XTK XTM XTP XTT XTU XTY XTZ XT2 XUF XUS XUU XUV XUW XU1 XU2 XU4 XU5 XU6 XW7 XW8 XWB XWE XWF XWK",
		"X1D X1E X1F X1M X1P X3W X4X X5L X6D X6S X7L X7M X7W X7Y X78 X81 X83 X89 X8J X8U X9F X9L X9P X9W X9X X95 X96 XZG XZD XD2 XDE",
		"Z0X Z6F Z7C Z7G Z8A Z8N Z8S Z8T Z8U Z8X Z9M Z9Z Z94 Z95 Y3K Y3M Y39 Y6D Y6J Y6L Y6U Y7A Y7B Y7C Y7F Y9A Y9L Y9T XWV EAA E00 MXX",
		// Europe
		"WBA WBS WBX WBY WB1 WB3 WB5 WAU WA1 WUA WVW WVG WV1 WV2 WV3 WP0 WP1 WDB WDC WDD WDF WDZ W1K W1N W1V W1W W1X WMA WME WMW WMX WMZ WF0 W0L W0V W0S WEB WKK WSM W09",
		"VF1 VF2 VF3 VF4 VF6 VF7 VF8 VF9 VNE VNK VNV VR1 VR3 VR7 VSS VSE VSX VS6 VS7 VWV VSK VWA ZFA ZFC ZFF ZAR ZAM ZHW ZCF ZDM ZLA ZGA",
		"TMB TMA TMK TRU TSM TYA TYB SAJ SAL SAR SAT SB1 SCA SCB SCC SCF SHH SHS SJN SUD SUU SUL SUZ SU9 YV1 YV2 YV3 YV4 YS2 YS3 YS4 YH2 YE2 XLR XLE XLB XL9 UU1 UU6 UUX U5Y U6Y NMT NMB NMA NLH NM0 NM4 NLA NLN",
		// Asia
		"JA3 JA4 JAA JAL JAM JDA JE3 JF1 JF2 JH2 JH4 JHB JHD JHF JHG JHL JHM JKA JKB JL5 JMA JMB JMY JMZ JM0 JM1 JM3 JM6 JM7 JNA JNC JNE JNK JNR JNT JNX JN1 JN3 JN6 JN8 JPC JSA JSF JSL JS1 JS2 JS3 JSY JTD JTE JTF JTG JTH JTJ JTK JTL JTM JTN JTR JTY JT1 JT2 JT3 JT4 JT6 JT7 JT8 JYA",
		"KLA KLY KL1 KL3 KL5 KL7 KMC KME KMF KMH KMJ KMT KMY KM8 KNA KNC KND KNE KNF KNM KPA KPB KPT LB1 LB2 LB3 LBE LBV LC0 LDC LDN LDP LDY LE4 LEF LFM LFP LFV LFW LGB LGG LGJ LGW LGX LHG LJ1 LJC LJD LJN LJS LJV LKC LLV LMG LMV LNB LPA LRD LRB LRW LS4 LS5 LSG LSJ LSV LSY LTA LTV LUC LUX LVG LVH LVR LVS LVT LVV LVZ LWV LXG LYV LZE LZG LZW LZY LZZ L6T L1N HJR HLX HES MAL MA1 MA3 MMB MMC MMM MNT MPA MR0 RF3 RFB",
		// America
		"1C3 1C4 1C6 1D7 1FA 1FB 1FC 1FD 1FM 1FT 1FU 1FV 1G1 1G6 1GC 1GK 1GN 1GT 1HD 1HG 1HT 1J4 1J8 1LN 1M1 1M2 1N4 1N6 1XK 1XP 1VW 2C3 2C4 2FA 2FM 2G1 2GN 2HG 2HK 2HM 2T1 2T2 2T3 3C4 3C6 3FA 3GN 3HG 3KP 3N1 3N6 3VW 3VV 4A3 4A4 4JG 4S3 4S4 4T1 4T3 4T4 4US 4V4 5FN 5J6 5J8 5LM 5N1 5NM 5NP 5TD 5TF 5UX 5XX 5XY 5YJ 5YM 7SA 9BW 9BD",
	} {
		for i := 0; i+3 <= len(list); i += 4 {
			m[list[i:i+3]] = true
		}
	}
	return m
}()

func findVIN(dst []Finding, t *Text) []Finding {
	s := sheet(t.Arena)
	var code [17]byte
	for _, p := range t.Codes {
		if s.vin(int(p), &code) == 0 || s[p-1] == '-' && alphanumeric(s[p-2]) || s[p+17] == '-' && alphanumeric(s[p+18]) {
			continue
		}
		f := Finding{Start: p, End: p + 17, Evidence: Format}
		known, counted := vinMakers[string(code[:3])], fourDigits(&code)
		if known {
			f.Evidence |= Structure
		}
		checked := code[8] == vinCheck(&code)
		if checked {
			f.Evidence |= Checksum
		}
		if t.Whole(p, f.End) {
			f.Evidence |= Whole
		}
		x := t.words.find(t, p, f.End, leftWindow)
		near := x.speaks(t.current, leftWindow)
		if !near && counted {
			n, ok := s.wordsLeft(int(p), 5, vinWords)
			near = ok && (n < 2 || !x.negative) // VIN-код
		}
		switch {
		case near:
			f.Score = 95
			f.Evidence |= Keyword
		case !counted && !(known && checked):
			continue
		case x.negative:
			f.Score = 25
			f.Evidence |= Negative
		case known && checked:
			f.Score = 92
		case known:
			f.Score = 85
		case checked:
			f.Score = 50
		default:
			f.Score = 35
		}
		dst = append(dst, f)
	}
	for _, c := range t.Cues(t.current) {
		p := s.vinBegin(int(c.End))
		end := s.vin(p, &code)
		if end == 0 || !fourDigits(&code) || end == p+17 && !s.small(p, end) {
			continue // nothing, or found above
		}
		f := Finding{Start: uint32(p), End: uint32(end), Score: 90, Evidence: Keyword | Format}
		if t.Whole(f.Start, f.End) {
			f.Evidence |= Whole
		}
		dst = append(dst, f)
	}
	return dst
}

var (
	vinWords  = newVocabulary("vin вин шасси кузов* рама рамы chassis тс автомобил* автомашин* vehicle car")
	vinLabels = newVocabulary("код кода номер номером номера n no num number code и id тс авто автомобиля машины это шасси кузов* рамы vin вин")
)

// vinBegin goes on from a word for a number to where it begins: words for it, spaces and marks stand between.
func (s sheet) vinBegin(i int) int {
	for from := i; i-from < 48; {
		switch b := s[i]; {
		case b == 0 || b-'0' <= 9:
			return i
		case s.letterAt(i) > 0:
			end, _ := wordAfter(s, i)
			if s[end]-'0' <= 9 || !vinLabels.has(s[i:end]) {
				return i
			}
			i = end
		default:
			i++
		}
	}
	return i
}

// vin copies seventeen characters of a number that begins at i to code, in Latin capitals, and returns its end, 0 if
// there is none: three digits and two letters at least, no more characters behind.
func (s sheet) vin(i int, code *[17]byte) (end int) {
	if !s.freeBefore(i) {
		return 0
	}
	digits, letters := 0, 0
	for k := range code {
		switch b := s[i]; {
		case b-'0' <= 9:
			code[k] = b
			digits++
			i++
			continue
		case b|0x20-'a' < 26:
			code[k] = b &^ 0x20
			i++
		case s.letterAt(i) > 0:
			code[k] = s.twin(i)
			i += 2
		default:
			return 0
		}
		letters++
		if c := code[k]; c == 0 || c == 'I' || c == 'O' || c == 'Q' {
			return 0
		}
	}
	if digits < 3 || letters < 2 || !s.freeAfter(i) {
		return 0
	}
	return i
}

// fourDigits says whether the last four characters are digits.
func fourDigits(code *[17]byte) bool {
	return code[13]-'0' <= 9 && code[14]-'0' <= 9 && code[15]-'0' <= 9 && code[16]-'0' <= 9
}

// small says whether a small Latin letter is in s[from:to].
func (s sheet) small(from, to int) bool {
	for _, b := range s[from:to] {
		if b-'a' < 26 {
			return true
		}
	}
	return false
}

// vinCheck is the right ninth character of a number (49 CFR 565.15).
func vinCheck(code *[17]byte) byte {
	const values, weights = "12345678012345070923456789", "\x08\x07\x06\x05\x04\x03\x02\x0a\x00\x09\x08\x07\x06\x05\x04\x03\x02"
	sum := 0
	for i, c := range code {
		v := c
		if c >= 'A' {
			v = values[c-'A']
		}
		sum += int(v-'0') * int(weights[i])
	}
	if sum%11 == 10 {
		return 'X'
	}
	return '0' + byte(sum%11)
}

func normalVIN(dst, value []byte) []byte {
	var code [17]byte
	var buf [72]byte
	if s := bordered(buf[:0], value); s != nil && s.vin(1, &code) > 0 {
		return append(dst, code[:]...)
	}
	return append(dst, value...)
}
