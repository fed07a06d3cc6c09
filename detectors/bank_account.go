package detectors

import "bytes"

// BankAccount is the number of an account of a client: twenty digits, which are the balance account (five), the
// currency (three), a key, the branch (four) and a serial number (Regulation of the Bank of Russia 809-P of
// 24.11.2022). The key can only be checked where the bank's BIK stands near; but of random numbers two in a hundred
// thousand have the balance account of a client and a usual currency.
//
// Accounts 408 02, 408 17, 408 20, 423 and 426 are of persons, 407 and others of organisations. One kind has one class,
// and that is Direct: whose account it is, the first digits say to whoever needs to tell them apart.
var BankAccount = declare(Detector{
	Kind:   "bank_account",
	Class:  Direct,
	Doc:    Doc{RU: "номер банковского счёта (и организации: её счета начинаются с 407)", EN: "bank account number (of organisations too: theirs begin with 407)"},
	Prefix: "счет",
	Near:   accountWords,
	Names: []string{"расчетный_счет", "расч_счет", "рас_счет", "р_счет", "р_сч", "р_с", "рс", "счет_получателя", "счет_плательщика", "банковский_счет",
		"лицевой_счет", "счет", "bank_account", "bank_acc", "settlement_account", "current_account", "ras_schet", "r_s", "rs", "schet", "account"},
	Digits:  1 << 20,
	Twin:    "corr_account",
	Telling: true,
	Find:    func(dst []Finding, t *Text) []Finding { return findAccounts(dst, t, false) },
	Reach:   768,
	Fits: func(value []byte) bool {
		var buf [24]byte
		d := onlyDigits(value, &buf, 20, 20)
		return d != nil && accountOf(d) > corrAccount
	},
	Normal: appendDigits,
	Good: []string{
		"р/с 40702810900000002851 БИК 044030827",
		"БИК 044525225, расчётный счёт 40817810200000067890 открыт в Сбербанке",
		"Переведи на 40817810200000067890, пожалуйста",
		"40817.810.2.0000.0067890",
		"р/сч № 40802 810 0 0000 0012345",
		"Account: 42306840700000000117",
		"казначейский счёт 03100643000000018500, БИК 017003983",
		"ссудный счет: 45507810100000000042",
	},
	Bad: []string{
		"р/с 40702810900000002861 БИК 044030827",
		"КБК 18210102010011000110",
		"УИН 18810277230012345678",
		"ICCID 89701990000012345678",
		"заказ 40817000000000067890",
		"20260117120000123456",
		"к/с 30101810400000000225",
		"45507810100000000042",
	},
})

// accountWords name accounts of clients and banks alike; the first digits tell these apart.
var accountWords = []string{"р.с", "к.с", "расчетн*", "корсч*", "рсч", "корреспондентск*"}

// accountLabels are words before an account that are not its alone, so they do not stand in Near.
var accountLabels = newVocabulary("р.с к.с л.с с.с рс кс лс сч счет* рсч* корсч* расч* корр* лицев* account* acct* acc a.c iban schet* рахун*")

// accountType is whose account a number is, as far as scores depend on it.
type accountType uint8

const (
	noAccount    accountType = iota
	corrAccount              // of a bank, or the single account of the treasury
	otherAccount             // accounts that seldom stand in texts: a word is needed
	clientAccount
)

// accountOf tells the type by the balance account and the currency of twenty digits.
func accountOf(d []byte) accountType {
	three, five, money := number(d[:3]), number(d[:5]), number(d[5:8])
	switch {
	case !currencyCode(money), same(d[8:]): // the latter in forms to fill in
	case three == 301 || five == 40102:
		return corrAccount
	case (three >= 401 && three <= 408 || three >= 420 && three <= 426) && d[3] <= '2': // 408 27, 423 15 are the last ones
		return clientAccount
	case (three == 31 || three == 32) && money == 643: // of the treasury
		return clientAccount
	case three >= 302 && three <= 306 || three >= 409 && three <= 458 || three >= 474 && three <= 476 || five == 20202:
		return otherAccount
	}
	return noAccount
}

// currencyCode says whether accounts are kept in the currency of a number: the code of the rouble in accounts, and codes
// of ISO 4217.
func currencyCode(n int) bool {
	switch n {
	case 810, 643, 840, 978, 156,
		36, 51, 124, 203, 208, 344, 348, 356, 364, 376, 392, 398, 410, 417, 498, 578, 682, 702, 704, 710, 752, 756, 764, 784, 826, 860, 933, 934, 944,
		946, 949, 972, 980, 981, 985, 986:
		return true
	}
	return false
}

// usualCurrency says whether an account is kept in roubles, dollars, euros or yuan, as nearly all are.
func usualCurrency(d []byte) bool {
	switch number(d[5:8]) {
	case 810, 643, 840, 978, 156:
		return true
	}
	return false
}

// findAccounts looks for accounts of banks, or for those of clients.
func findAccounts(dst []Finding, t *Text, corr bool) []Finding {
	for i := range t.Nums[20] {
		n := &t.Nums[20][i]
		d := t.digits(n)
		kind := accountOf(d)
		if kind == noAccount || (kind == corrAccount) != corr || n.Flags&(Slashed|Bracketed|Worded|Plus) != 0 {
			continue
		}
		f := Finding{Start: n.Start, End: n.End, Evidence: Structure}
		if t.Whole(n.Start, n.End) {
			f.Evidence |= Whole
		}
		x := t.context(n)
		near := spokenFor(t, x) || anyWordBefore(t, n.Start, 5, accountLabels)
		if near {
			f.Evidence |= Keyword
		}
		loose := n.Flags&(Glued|Inner|Outer|Sticky|Wrapped) != 0
		key, known := keyOf(t, i, d)
		switch {
		case known && key == right:
			f.Score, f.Evidence = 99, f.Evidence|Checksum
		case known && near:
			f.Score, f.Evidence = 60, f.Evidence|ChecksumFailed
		case known:
			f.Score, f.Evidence = 50, f.Evidence|ChecksumFailed
		case near:
			f.Score = 92
		case loose || kind == otherAccount || !usualCurrency(d):
			f.Score = 35
		default:
			f.Score = 90
		}
		dst = append(dst, f)
	}
	return dst
}

// bikReach is how many bytes a BIK may stand away from its account: the name and the town of the bank stand between.
const bikReach = 400

// keyOf checks the key of the account t.Nums[20][i], whose digits are d, with a BIK near in its cell, on either side.
// Of several one has to be right; wrong it is only when no other account of the kind stands before the BIK, for then
// the BIK may be that one's. known says that there is anything to say.
func keyOf(t *Text, i int, d []byte) (key check, known bool) {
	if d[0] == '0' {
		return wrong, false // accounts of the treasury have no such key
	}
	n := &t.Nums[20][i]
	nines := t.Nums[9]
	lo, hi := 0, len(nines)
	for lo < hi {
		if m := (lo + hi) / 2; nines[m].Start < n.Start {
			lo = m + 1
		} else {
			hi = m
		}
	}
	for step := -3; step < 3; step++ {
		if lo+step < 0 || lo+step >= len(nines) {
			continue
		}
		m := &nines[lo+step]
		from, to := m.End, n.Start
		if step >= 0 {
			from, to = n.End, m.Start
		}
		if to-from > bikReach || bytes.IndexByte(t.Arena[from:to], 0) >= 0 {
			continue
		}
		bik := t.Arena[m.Start:m.End]
		if !fitsBIK(bik) {
			continue
		}
		if x := t.context(m); !x.kinds.Empty() && !x.kinds.Has(BIK.Index()) {
			continue
		}
		if keyFits(bik, d) {
			return right, true
		}
		known = known || !accountBetween(t, i, from, to)
	}
	return wrong, known
}

// accountBetween says whether another account of the type of t.Nums[20][i] stands in a part of the arena beside it.
func accountBetween(t *Text, i int, from, to uint32) bool {
	own := accountOf(t.digits(&t.Nums[20][i])) == corrAccount
	for j := max(0, i-6); j < min(i+7, len(t.Nums[20])); j++ {
		m := &t.Nums[20][j]
		if j == i || m.Start < from || m.End > to {
			continue
		}
		if kind := accountOf(t.digits(m)); kind != noAccount && (kind == corrAccount) == own {
			return true
		}
	}
	return false
}

// keyFits checks the key of an account by the rule of the Bank of Russia, order 515 of 08.09.1997: three digits of the
// BIK and the account, times 7, 1 and 3 in turn, of every product the last digit; the sum ends with 0. The three are the
// last ones of the BIK; for accounts of banks and in the Bank of Russia, zero and the number of its unit.
func keyFits(bik, d []byte) bool {
	x, y, z := bik[6], bik[7], bik[8]
	if accountOf(d) == corrAccount || x == '0' && (y == '0' || y == '1') {
		x, y, z = '0', bik[4], bik[5]
	}
	sum := 7*int(x-'0') + int(y-'0') + 3*int(z-'0')
	for i, b := range d {
		sum += int(b-'0') * [3]int{7, 1, 3}[i%3]
	}
	return sum%10 == 0
}
