package detectors

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
)

// Numbers of organisations are published ones, test cards are those of payment systems, examples of the Bank of Russia
// are from its order 515; all others are computed for their property, apart from this package. An account stands with the
// BIK of its bank.
var vectors = []struct {
	kind           Kind
	valid, invalid []string
}{
	{
		kind: "inn_org",
		valid: strings.Fields(`0108003670 0273074555 0279111370 0716007984 5190187770 6223002330 6440019934 6672238301 6903022126 6908012650 6911001698
			7609000881 7709442668 7716450028 7724051595 7726485118 7727705694 7728127936 7813045547 7825498171 8614008550 8906008726 8906008740
			1234567894 7827004526 7707083893 7830002293 7715964180 7727855555 9707041424
			7700000070`), // the rest is 10
		invalid: strings.Fields(`1234567895 8827004526 7827004536 7715964181
			0000000000`), // passes the check and is nobody's
	},
	{
		kind:    "inn",
		valid:   strings.Fields("771234500149 502900012380 165077700118 644912398765 770000000300 770000000220"), // the last two: rests of 10
		invalid: strings.Fields("771234500139 771234500159 871234500149 644912398764 000000000000"),
	},
	{
		kind: "snils",
		valid: []string{"112-233-445 95", "11223344595", "160-123-987 34", "08765430300", "045-678-912 00",
			// sums of 99, 100, 101, 201 and 202, and 100 and 101 where the law asks for no check digits
			"00101989999", "00101998900", "00101999800", "00299998900", "00299999800", "00002999900", "00003899900"},
		invalid: []string{"112-233-445 98", "112-233-445 96", "18765430300", "08865430300", "08766430300", "08765440300", "08765430400", "08765430301",
			"11223344566", "00002999901", "00000000000", "001-001-999 00"},
	},
	{
		kind: "ogrn",
		valid: strings.Fields(`1022200525819 1022500001325 1022300000502 1022300001811 1022400007508 1022500000566 1022600000092 1027100000311
			1027739552642 1027700132195 1027739244741 1027812400868 1247700829650
			1027700000020`), // the rest is 10
		invalid: strings.Fields(`1022500001328 1027739244742 2027812400868 1027812400869
			1700000000006 4670089126241`), // they pass the check: milliseconds, whose year would be 70, and a bar code
	},
	{
		kind: "ogrnip",
		valid: strings.Fields(`304774600123458 312502904600120 307760324100992
			304770000000020 304770000000031 304770000000042`), // rests of 10, 11 and 12: their last digit counts
		invalid: strings.Fields(`304774600123459 307760324100993 385768585941234
			385768585941235 356357629400080`), // they pass the check: the years would be 85 and 56, the second is an IMEI
	},
	{
		kind:    "kpp",
		valid:   strings.Fields("773642301 773642001 775001001 773643301 0000AZ000 770701001"),
		invalid: strings.Fields("0000aZ000 0000A-000"),
	},
	{
		kind:    "bik",
		valid:   strings.Fields("044525225 044525012 044525677 017003983 044501002"),
		invalid: strings.Fields("054525225 104525225 044525030"),
	},
	{
		kind: "corr_account",
		valid: strings.Fields(`30101810800000000746|049805000 30101810200000000827|044030827 30101810400000000225|044525225
			40102810445370000059|017003983`),
		// The second one is right when the first digits of the BIK are taken for those of the unit.
		invalid: strings.Fields("30101810200000000837|044030827 30101810800000000451|044525451"),
	},
	{
		kind:    "bank_account",
		valid:   strings.Fields("40602810700000000025|049805746 40702810900000002851|044030827"),
		invalid: strings.Fields("40702810900000002861|044030827 40802810900000002851|044030827"),
	},
	{
		kind: "card",
		valid: strings.Fields(`2200000000000053 2200111753579001 2200117996077364 2200119066335755 2200113704697015 2200119753612540 2202208311110010
			4111111111111111 5555555555554444 5555555555555599 4282529780951108 5324619129671504 6390028880000000010 378282246310005
			4512345678901234`), // it may be a policy just as well
		invalid: strings.Fields("4111111111111112"),
	},
	{
		kind: "edrpou",
		valid: strings.Fields(`32855961 00022438 43808820 20077720
			30000005 30000440`), // the rest is 10 once, and twice
		invalid: strings.Fields("32855968"),
	},
	{
		kind: "rnokpp",
		valid: strings.Fields(`1759013718 2530414007 3451517617
			3012300060`), // the rest is 10
		invalid: strings.Fields("1759013710"),
	},
	{
		kind: "okpo",
		valid: strings.Fields(`00032537 00186447
			23124687 20000090 0129456713`), // the rest is 10 once, and twice; ten digits
	},
	{
		kind: "kz_iin",
		valid: strings.Fields(`061211600129 680503250123 760212350125 871008401239
			850312300305`), // the second weights
		invalid: strings.Fields("821214240120 000813159890"),
	},
	{
		kind:    "kz_bin",
		valid:   strings.Fields("070941024691 940140000385 950341000052 961141000023"),
		invalid: strings.Fields("940140000380"),
	},
	{
		kind: "by_personal",
		valid: strings.Fields(`3270287A034PB2 4041088A042PB9 5120305H001BA9 6311202M999BI1
			3270287А034РВ2`), // in Cyrillic letters
		invalid: strings.Fields(`3270287A034PB3
			0000000A000PB2`), // passes the check and is nobody's
	},
	{
		kind:    "by_unp",
		valid:   strings.Fields("100217004 190658008 591705008 MA1953005 BT1234567 HK7654320"),
		invalid: strings.Fields("200988009 991705003"),
	},
}

func TestVectors(t *testing.T) {
	for _, v := range vectors {
		for _, value := range v.valid {
			if !isValid(t, v.kind, value) {
				t.Errorf("%s %s is valid", v.kind, value)
			}
		}
		for _, value := range v.invalid {
			if isValid(t, v.kind, value) {
				t.Errorf("%s %s is not valid", v.kind, value)
			}
		}
	}
}

// isValid says whether the kind's detector takes the value for a right one: an account, with the BIK behind it, in a
// text; others by Fits.
func isValid(t *testing.T, kind Kind, value string) bool {
	d := Find(kind)
	account, bik, pair := strings.Cut(value, "|")
	if !pair {
		return d.Fits([]byte(value))
	}
	if !d.Fits([]byte(account)) {
		t.Errorf("%s %s has not the form", kind, account)
	}
	f, a := found("р/с " + account + " БИК " + bik)
	n := 0
	for _, x := range f {
		if x.Detector == d && string(a[x.Start:x.End]) == account && x.Score >= Report && x.Evidence&Checksum != 0 {
			n++
		}
	}
	return n == 1
}

// A larger list, with numbers collected from published libraries, may lie beside the repository. Some may be of
// living persons, so it is no part of the project; the table above covers every case in it.
const collected = "../../shared/data/vectors.tsv"

func TestCollectedVectors(t *testing.T) {
	text, err := os.ReadFile(collected)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]Kind{"inn10": "inn_org", "inn12": "inn", "okpo8": "okpo", "account": "bank_account"}
	rows := 0
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		kind, ok := kinds[f[0]]
		if !ok {
			kind = Kind(f[0])
		}
		if len(f) < 3 || Find(kind) == nil {
			t.Fatalf("row %d is of no known kind", rows+1)
		}
		want := f[2] == "valid"
		// Here we know better than the libraries: a year that is none, a form to fill in, letters that look alike.
		for _, note := range []string{"structurally impossible", "placeholder", "we normalise and accept"} {
			if strings.Contains(line, note) {
				want = !want
			}
		}
		if isValid(t, kind, f[1]) != want {
			t.Errorf("row %d, %s: valid is not %v", rows+1, kind, want)
		}
		rows++
	}
	t.Logf("%d rows", rows)
}
