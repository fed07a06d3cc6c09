package detectors

// CorrAccount is the correspondent account of a bank, 301, or the single account of the treasury, 40102. It says which
// bank a person uses and no more.
var CorrAccount = declare(Detector{
	Kind:   "corr_account",
	Class:  Organisation,
	Doc:    Doc{RU: "корреспондентский счёт банка", EN: "correspondent account of a bank"},
	Prefix: "корсчет",
	Near:   accountWords,
	Names: []string{"корр_счет", "кор_счет", "корсчет", "корреспондентский_счет", "к_с", "к_сч", "кс", "corr_account", "corr_acc", "correspondent_account",
		"kor_schet", "korr_schet", "korschet", "k_s", "ks"},
	Digits:  1 << 20,
	Twin:    "bank_account",
	Telling: true,
	Find:    func(dst []Finding, t *Text) []Finding { return findAccounts(dst, t, true) },
	Reach:   768,
	Fits: func(value []byte) bool {
		var buf [24]byte
		d := onlyDigits(value, &buf, 20, 20)
		return d != nil && accountOf(d) == corrAccount
	},
	Normal: appendDigits,
	Good: []string{
		"к/с 30101810400000000225",
		"Корр. счёт: 30101810200000000827, БИК 044030827",
		"р/с 40702810900000002851 в банке, к/с 30101810200000000827, БИК 044030827",
		"corr. acc. 30101 810 4 0000 0000225",
		"единый казначейский счёт 40102810445370000059, БИК 017003983",
		"БИК 044525225 30101810400000000225",
	},
	Bad: []string{
		"к/с 30101810200000000837, БИК 044030827",
		"р/с 40702810900000002851",
		"заказ 30101000400000000225",
		"КБК 30110302990010000130",
		"30101810",
	},
})
