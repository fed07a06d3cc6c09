package detectors

// Card is the number of a bank card: 13 to 19 digits of a known payment system, the last a Luhn check digit.
var Card = declare(Detector{
	Kind:   "card",
	Class:  Direct,
	Doc:    Doc{RU: "номер банковской карты", EN: "payment card number"},
	Prefix: "карта",
	Near: []string{"карта", "карту", "карты", "карте", "картой", "карт", "карточк*", "сбер*", "тинькофф*", "тбанк*", "мир", "visa", "виза", "mastercard*", "мастеркард*",
		"maestro", "card*", "cvv", "cvc", "pan", "cardnumber", "karta", "karty", "перевод*", "перевед*", "переведи*", "скинь*", "скинуть"},
	Names:   []string{"карта", "номер_карты", "karta", "nomer_karty", "card", "card_number", "cardnumber", "pan", "cc_num", "card_no", "cc_number"},
	Digits:  1<<13 | 1<<15 | 1<<16 | 1<<17 | 1<<18 | 1<<19,
	Chance:  0.0995,
	Company: 82,
	Find:    findCard,
	Reach:   512,
	Fits: func(value []byte) bool {
		var buf [24]byte
		d := onlyDigits(value, &buf, 13, 19)
		return d != nil && cardSystem(d) != noSystem && !trivial(d) && checkLuhn(d) == right
	},
	Seal:   sealLuhn,
	Checks: 1,
	Normal: appendDigits,
	Good: []string{
		"2200 1234 5678 9019",
		"карта 2202201111222234",
		"переведи на 4111-1111-1111-1111",
		"Visa 4111123456789013",
		"Amex 3782 822463 10005, карта жены",
		"карта 6390028880000000010",
		"5469123456789018 11/28 cvv 814",
		"FOP 5469123456789018 CVC 814",
	},
	Bad: []string{
		"4111 1111 1111 1112",
		"заказ 4111123456789013",
		"полис ОМС 4512345678901234",
		"0000 0000 0000 0000",
		"id=4111123456789013",
	},
})

func sealLuhn(d []byte) {
	if len(d) > 1 {
		d[len(d)-1] = luhnDigit(d)
	}
}

// luhnDigit is the right last digit of d.
func luhnDigit(d []byte) byte {
	sum := 0
	double := true
	for i := len(d) - 2; i >= 0; i-- {
		v := int(d[i] - '0')
		if double {
			if v *= 2; v > 9 {
				v -= 9
			}
		}
		sum += v
		double = !double
	}
	return '0' + byte((10-sum%10)%10)
}

func checkLuhn(d []byte) check { return judgeChecks(d[len(d)-1:], luhnDigit(d)) }

// A system is a payment system, as far as scores depend on it.
type system uint8

const (
	noSystem system = iota
	mirSystem
	wideSystem // known numbers
	otherSystem
)

// cardSystem tells the payment system by the first digits and the length.
func cardSystem(d []byte) system {
	four := int(d[0]-'0')*1000 + int(d[1]-'0')*100 + int(d[2]-'0')*10 + int(d[3]-'0')
	two, n := four/100, len(d)
	switch {
	case four >= 2200 && four <= 2204 && n >= 16:
		return mirSystem
	case d[0] == '4' && (n == 16 || n == 13 || n == 19):
		return wideSystem
	case (two >= 51 && two <= 55 || four >= 2221 && four <= 2720) && n == 16:
		return wideSystem
	case (two == 34 || two == 37) && n == 15:
		return wideSystem
	case (two == 50 || two >= 56 && two <= 69 || two == 81) && n >= 16, four >= 3528 && four <= 3589 && n == 16:
		return otherSystem
	case (four == 8600 || four == 9860 || four == 9112) && n == 16:
		return otherSystem
	}
	return noSystem
}

// farWord is how many characters away a word says little of a number that is written like a card: «за товар верните на 2204 2727 …».
const farWord = 12

func findCard(dst []Finding, t *Text) []Finding {
	for count := 13; count <= 19; count++ {
		for i := range t.Nums[count] {
			n := &t.Nums[count][i]
			var e Evidence
			switch n.Shape {
			case 0xD, 0xE, 0xF:
				if n.Groups > 1 {
					continue
				}
			case 0x4444, 0x465, 0x44443, 0x44442, 0x4F, 0x88:
				if n.Flags&^(Spaced|Wide|Dashed|Glued|Sticky|Inner|Outer|Query) != 0 || n.Flags&(Spaced|Dashed) == Spaced|Dashed {
					continue
				}
				e = Format
			default:
				continue
			}
			d := t.digits(n)
			s := cardSystem(d)
			if s == noSystem {
				continue
			}
			c := checkLuhn(d)
			f := Finding{Start: n.Start, End: n.End}
			if t.Whole(n.Start, n.End) {
				e |= Whole
			}
			if n.Flags&(Inner|Outer|Sticky|Plus) != 0 || trivial(d) {
				continue
			}
			x := t.context(n)
			near := x.speaks(t.current, leftWindow)
			e |= Structure
			switch {
			case c == ours && (near || e&(Whole|Format) != 0):
				f.Score, f.Evidence = 10, e|Synthetic
			case near && c == right:
				f.Score, f.Evidence = 95, e|Checksum|Keyword
			case near && x.distance <= 40 && (len(d) == 16 || s == mirSystem):
				f.Score, f.Evidence = 60, e|ChecksumFailed|Keyword
			case c != right || n.Flags&Glued != 0:
				continue
			case paid(t.Arena, n.End):
				f.Score, f.Evidence = 90, e|Checksum|Keyword
			case n.Flags&Spaced != 0 && (n.Flags&Wide != 0 || t.rowed(n)):
				f.Score, f.Evidence = 45, e|Checksum // four groups of a row of more
			case x.negative && (e&Format == 0 || x.distance < farWord):
				f.Score, f.Evidence = 25, e|Checksum|Negative
			case x.taken(20):
				f.Score, f.Evidence = 45, e|Checksum
			case n.Flags&Query != 0:
				f.Score, f.Evidence = 40, e|Checksum
			case e&Format != 0:
				f.Score, f.Evidence = 88, e|Checksum
			case s == mirSystem && len(d) == 16:
				f.Score, f.Evidence = 85, e|Checksum
			case s == wideSystem && len(d) >= 15:
				f.Score, f.Evidence = 45, e|Checksum
			default:
				f.Score, f.Evidence = 25, e|Checksum
			}
			dst = append(dst, f)
		}
	}
	return dst
}

// paid says whether what a payment needs besides stands behind a number: month and year, or the word for the code.
func paid(a []byte, end uint32) bool {
	i := int(end)
	for n := 0; n < 3 && i < len(a) && (a[i] == ' ' || a[i] == ',' || a[i] == ';' || a[i] == '|'); n++ {
		i++
	}
	a = a[i:min(i+8, len(a))]
	if len(a) >= 5 && digits(a[:2]) && (a[2] == '/' || a[2] == '-') && digits(a[3:5]) {
		month := pair(a)
		return month >= 1 && month <= 12
	}
	return len(a) >= 3 && (equalFold(a[:3], "cvv") || equalFold(a[:3], "cvc"))
}
