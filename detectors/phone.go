package detectors

import (
	"bytes"
	"slices"
	"strings"
)

// Phone is a telephone number of Russia's plan or a neighbour's. There are no check digits: the plan, the way it is
// written and the words near decide. Numbers whose national part begins with 0, 1, 2, 5 or 6 are in no plan; our
// shaped tokens are such numbers.
var Phone = declare(Detector{
	Kind:   "phone",
	Class:  Direct,
	Doc:    Doc{RU: "номер телефона", EN: "telephone number"},
	Prefix: "тел",
	Near: []string{"т", "тел", "телефон*", "моб", "мобильн*", "сот", "сотов*", "звон*", "позвон*", "запиши", "запишите", "перезвон*", "набер*", "whatsapp", "ватсап*", "вотсап*",
		"вацап*", "viber", "вайбер*", "факс*", "контакт*", "абонент*", "phone*", "mobile*", "msisdn", "cell*", "contact*", "tel", "telefon*", "fax", "sms", "смс", "call"},
	Names: []string{"телефон", "тел", "моб", "мобильный", "сотовый", "контактный_номер", "номер_телефона", "telefon", "tel", "mob", "mobilniy", "sotoviy",
		"nomer_tel", "phone", "mobile", "cell", "msisdn", "phone_number", "contact_phone", "tel_no", "whatsapp", "fax", "факс", "контакт", "контакты", "contact", "contacts"},
	Digits:  1<<10 | 1<<11 | 1<<12 | 1<<13,
	Twin:    "email",
	Telling: true,
	Company: 85,
	Find:    findPhone,
	Reach:   512,
	Fits:    fitsPhone,
	Normal:  normalPhone,
	Good: []string{
		"+7 (916) 123-45-67",
		"звоните 8 (4742) 12-34-56 до вечера",
		"тел. +7 (342) 212-34-56",
		"дежурный 8 (8722) 12-34-56",
		"8-916-123-45-67",
		"тел. 89161234567",
		"мой номер +79161234567, пишите",
		"Телефон: (495) 123-45-67",
		"+375 29 491-19-11",
		"8.916.123.45.67",
		"+7 916 123‑45‑67",
	},
	Bad: []string{
		"+7 000 000-00-00",
		"+7 (016) 123-45-67",
		"заказ 89161234567",
		"8 900 000 000 руб.",
		"дата 8-12-2024 10:15:33",
		"трек 80081234567890",
		"112-233-445 95",
	},
})

// The plan of Russia by area code: geographic codes as in the numbering plan published with libphonenumber
// (October 2024), the non-geographic ones, and what its names of places leave out: 342 (Perm), 862 (Sochi), 866 (Nalchik),
// 872 (Makhachkala), and 856 and 857 (Donetsk, Luhansk). The plan itself: order 142 of 17.11.2006 of the Ministry of
// Communications, with its changes.
var (
	areas    = codeSet("301-302 341-347 349-353 365 381-389 381-385 388 390-391 394-395 401 411 413 415-416 421 423-424 426-427 471-475 481-487 491-496 498-499 811-818 820-821 831 833-836 840-848 851 855-857 861-867 869 871-879 850 929")
	services = codeSet("800 803-804 808-809")
	kazakh   = codeSet("700-708 710-729 747 760-764 771 775-778 785")
)

type codes [1000 / 64 * 2]uint64

func (c *codes) has(d []byte) bool {
	i := int(d[0]-'0')*100 + int(d[1]-'0')*10 + int(d[2]-'0')
	return c[i/64]>>(i%64)&1 != 0
}

func codeSet(list string) *codes {
	var c codes
	num := func(s string) int { return int(s[0]-'0')*100 + int(s[1]-'0')*10 + int(s[2]-'0') }
	for _, s := range strings.Fields(list) {
		for i := num(s[:3]); i <= num(s[len(s)-3:]); i++ {
			c[i/64] |= 1 << (i % 64)
		}
	}
	return &c
}

// A plan says where a national number of ten digits belongs.
type plan uint8

const (
	noPlan plan = iota
	mobile
	fixed
	service   // 8-800 and the like: organisations
	kazakh7   // +7 7…
	shapedTok // no plan holds it: one of ours
)

func planOf(d []byte) plan {
	switch {
	case same(d[3:]):
		return noPlan
	case d[0] == '9':
		if string(d) == "9876543210" {
			return noPlan
		}
		return mobile
	case d[0] == '7':
		if kazakh.has(d) {
			return kazakh7
		}
	case services.has(d):
		return service
	case areas.has(d):
		return fixed
	case strings.IndexByte("01256", d[0]) >= 0:
		return shapedTok
	}
	return noPlan
}

// abroad says whether d is a number of a neighbour, country code first.
func abroad(d []byte) bool {
	if d[0] != '3' && d[0] != '9' {
		return false
	}
	behind := 0 // digits behind the code
	switch number(d[:3]) {
	case 375, 380, 992, 994, 995, 996, 998:
		behind = 9
	case 373, 374, 993:
		behind = 8
	}
	return len(d) == 3+behind && d[3] != '0' && !same(d[3:])
}

// plausiblePhone says whether d is a number with its country code or trunk prefix.
func plausiblePhone(d []byte) bool {
	if len(d) == 11 && (d[0] == '7' || d[0] == '8') {
		p := planOf(d[1:])
		return p == mobile || p == fixed || p == service || p == kazakh7
	}
	return len(d) == 10 && (planOf(d) == mobile || planOf(d) == fixed) || abroad(d)
}

func fitsPhone(value []byte) bool {
	var buf [24]byte
	d := onlyDigits(value, &buf, 10, 13)
	return d != nil && plausiblePhone(d)
}

func normalPhone(dst, value []byte) []byte {
	dst = append(dst, '+')
	from := len(dst)
	dst = appendDigits(dst, value)
	switch d := dst[from:]; {
	case len(d) == 11 && d[0] == '8':
		d[0] = '7'
	case len(d) == 10:
		dst = append(dst, 0)
		d = dst[from:]
		copy(d[1:], d)
		d[0] = '7'
	}
	return dst
}

// shapes is a set of shapes of numbers, each in the slot that a factor gives it alone.
type shapes struct {
	factor uint32
	slots  [1024]uint32
}

func newShapes(list ...uint32) *shapes {
	for factor := uint32(0x9E3779B1); ; factor += 2 {
		s := &shapes{factor: factor}
		for _, x := range list {
			s.slots[x*factor>>22] = x
		}
		if !slices.ContainsFunc(list, func(x uint32) bool { return !s.has(x) }) {
			return s
		}
	}
}

func (s *shapes) has(shape uint32) bool { return s.slots[shape*s.factor>>22] == shape }

// phoneShapes are those of eleven digits, trunk prefix first, and of ten.
var phoneShapes = newShapes(0x13322, 0x1334, 0x137, 0x1A, 0x13223, 0x1343, 0x13412, 0x14222, 0x1433, 0x146, 0x1424, 0x15122, 0x155, 0x1532, 0x4322, 0x434, 0x47,
	0x133112, 0x132221, 0x133211, 0x133121, 0x4331, 0x4223, 0x1352,
	0x3322, 0x334, 0x37, 0x3223, 0x343, 0x4222, 0x433, 0x46, 0x5122, 0x55, 0xA, 0xB)

func findPhone(dst []Finding, t *Text) []Finding {
	for _, count := range [...]int{11, 10, 12, 13} {
		nums := t.Nums[count]
		for _, i := range t.mayBePhones(nums, count) {
			n := &nums[i]
			plus := n.Flags&Plus != 0 || n.Flags&Glued != 0 && hiddenPlus(t.Arena[:n.Start])
			d := t.digits(n)
			if f, ok := judgePhone(t, n, d, plus); ok {
				f.Start, f.End = phoneStart(t.Arena, n, d), n.End
				if t.Whole(f.Start, f.End) {
					f.Evidence |= Whole
				}
				dst = append(dst, f)
			}
		}
	}
	return dst
}

// mayBePhones lists those of nums, all of so many digits, that begin and are written like phone numbers. Nobody can foresee
// which are, so there is no jump.
func (t *Text) mayBePhones(nums []Num, count int) []uint32 {
	a, picked := t.Arena, slices.Grow(t.picked[:0], len(nums))[:len(nums)]
	plain, signed, free, known := firstDigits[count], signedDigits[count], freeDigits[count], phoneShapes
	k := uint64(0)
	for i := range nums {
		n := &nums[i]
		first := (a[n.Start] - '0') & 15
		begins := plain>>first | signed>>first&one(n.Flags&Plus != 0)
		written := free>>first | one(n.Flags&(Plus|Glued) != 0) | one(known.has(n.Shape))
		picked[k] = uint32(i)
		k += begins & written & one(n.Flags&(Worded|Inner) == 0)
	}
	t.picked = picked
	return picked[:k]
}

// one is 1 for true.
func one(is bool) uint64 {
	if is {
		return 1
	}
	return 0
}

// firstDigits has a bit for every digit that a number of so many digits may begin with, signedDigits for those with a plus
// before them, and freeDigits for those that may be written in any groups.
var (
	firstDigits = [14]uint64{
		10: 1<<3 | 1<<4 | 1<<8 | 1<<9,
		11: 1<<3 | 1<<7 | 1<<8,
		12: 1<<3 | 1<<9,
		13: 1<<3 | 1<<9,
	}
	signedDigits = [14]uint64{11: 0x3FF, 12: 0x3FF, 13: 0x3FF}
	freeDigits   = [14]uint64{11: 1 << 3, 12: 0x3FF, 13: 0x3FF}
)

// hiddenPlus says whether before ends with what stands for a plus in a URL.
func hiddenPlus(before []byte) bool {
	return bytes.HasSuffix(before, []byte("%2B")) || bytes.HasSuffix(before, []byte("%2b")) || bytes.HasSuffix(before, []byte("wa.me/"))
}

// prefixed says whether a trunk prefix or country code stands before the number at p, which then is a part of a longer one.
func prefixed(a []byte, p int) bool {
	for p > 1 && (a[p-1] == ' ' || a[p-1] == '-' || a[p-1] == '(' || a[p-1] == ')' || a[p-1] == '.' || a[p-1] == '\t' || a[p-1] >= 0x80) {
		p--
	}
	return p > 1 && (a[p-1] == '7' || a[p-1] == '8') && a[p-2]-'0' > 9
}

// phoneStart is where the written number begins: at the plus, or at the bracket round the area code.
func phoneStart(a []byte, n *Num, d []byte) uint32 {
	if n.Flags&Plus != 0 {
		return n.Start - 1
	}
	if len(d) == 10 && n.Flags&Bracketed != 0 && a[n.Start-1] == '(' {
		if a[n.Start-2] == '+' {
			return n.Start - 2
		}
		return n.Start - 1
	}
	return n.Start
}

// judgePhone gives a number its score.
func judgePhone(t *Text, n *Num, d []byte, plus bool) (f Finding, ok bool) {
	split := n.Groups > 1
	e := Structure
	if split && n.Flags&(Bracketed|Dashed) != 0 || plus {
		e |= Format
	}
	switch len(d) {
	case 11:
		if d[0] != '7' && d[0] != '8' {
			break
		}
		if split && !plus && !phoneShapes.has(n.Shape) {
			return f, false
		}
		switch p := planOf(d[1:]); {
		case p == noPlan:
			return f, false
		case p == shapedTok:
			if plus || t.Whole(n.Start, n.End) {
				return Finding{Score: 0, Evidence: e | Synthetic}, true
			}
			return f, false
		case p == service:
			return Finding{Score: 60, Evidence: e}, true
		case plus && n.Flags&Sticky == 0:
			return Finding{Score: 95, Evidence: e}, true
		case n.Flags&Wide != 0, n.Flags&^Spaced == 0 && split && n.Shape>>(4*(n.Groups-1)) != 1 && t.rowed(n):
			return weakPhone(t, n, e, 90, 50) // columns of figures
		case !split || n.Flags&(Glued|Sticky|Outer|Query|Wrapped) != 0 || n.Shape == 0x1A || n.Flags&(Slashed|Dotted) != 0 && p != mobile:
			return weakPhone(t, n, e, 95, 70)
		case p == kazakh7 && d[0] == '8':
			return weakPhone(t, n, e, 90, 60)
		}
		return Finding{Score: 95, Evidence: e | Format}, true
	case 10:
		if split && (!phoneShapes.has(n.Shape) || prefixed(t.Arena, int(n.Start))) || plus || n.Flags&Sticky != 0 {
			return f, false
		}
		p := planOf(d)
		switch {
		case p != mobile && p != fixed:
			return f, false
		case !split && p == fixed:
			return weakPhone(t, n, e, 85, 0)
		case !split:
			return weakPhone(t, n, e, 90, 40)
		case n.Flags&Bracketed != 0 && t.Arena[n.Start-1] == '(' && (n.Shape == 0x3322 || n.Shape == 0x334 || n.Shape == 0x4222 || n.Shape == 0x37):
			return weakPhone(t, n, e, 95, 85)
		case n.Shape == 0x3322 && p == mobile && n.Flags&Dashed != 0:
			return weakPhone(t, n, e, 95, 70)
		case n.Shape == 0x46 || n.Shape == 0x433 || n.Shape == 0x4222 || n.Flags&Dotted != 0:
			return weakPhone(t, n, e, 85, 0)
		}
		return weakPhone(t, n, e, 90, 50)
	}
	// Neighbours, and with a plus any country.
	switch known := abroad(d); {
	case known && plus:
		return Finding{Score: 92, Evidence: e}, true
	case known:
		return weakPhone(t, n, e, 85, 0)
	case plus && len(d) >= 11 && d[0] != '0' && d[0] != '7' && d[0] != '8':
		return weakPhone(t, n, e, 85, 40)
	}
	return f, false
}

// weakPhone is a number that a word near makes a phone: with and without are its scores. Without 0 it is none.
func weakPhone(t *Text, n *Num, e Evidence, with, without uint8) (f Finding, ok bool) {
	x := t.context(n)
	switch near := x.speaks(t.current, leftWindow); {
	case near:
		return Finding{Score: with, Evidence: e | Keyword}, true
	case without == 0 || n.Flags&Glued != 0 || n.Groups == 1 && currency(t.Arena, n.End):
		return f, false
	case x.negative:
		return Finding{Score: min(without, 20), Evidence: e | Negative}, true
	case x.taken(20):
		return Finding{Score: min(without, 45), Evidence: e}, true
	case n.Flags&(Query|Outer|Sticky|Slashed|Wrapped) != 0:
		return Finding{Score: min(without, 40), Evidence: e}, true
	}
	if without >= 70 && numbered(t.Arena[:n.Start]) {
		return Finding{Score: 85, Evidence: e | Keyword}, true
	}
	return Finding{Score: without, Evidence: e}, true
}

// numbered says whether before ends with the word номер, in any case: мой номер 8916…
func numbered(before []byte) bool {
	s := bytes.TrimRight(before, " :\t")
	if len(before)-len(s) > 3 {
		return false
	}
	var buf [24]byte
	folded := foldWord(buf[:0], s[max(0, len(s)-16):])
	for _, w := range numberEndings {
		if bytes.HasSuffix(folded, w) {
			return true
		}
	}
	return false
}

var numberEndings = func() (w [][]byte) {
	for _, s := range []string{"номер", "номера", "номеру", "номером"} {
		w = append(w, foldWord(nil, []byte(s)))
	}
	return w
}()
