package rules

import (
	"slices"
	"strings"

	"bezlik/detectors"
)

// reserved are the kinds that policies may name, found by a detector or not yet: a policy outlives a release.
var reserved = strings.Fields(`person_name phone email inn inn_org snils passport passport_foreign ogrn ogrnip kpp bik bank_account
corr_account card oms birth_date address postcode driver_license vehicle_plate vin military_id birth_certificate telegram
vk nickname ip mac imei device_id cookie geo edrpou okpo rnokpp kz_iin kz_bin by_personal by_unp secret special_health
special_ethnicity special_politics special_religion special_intimate special_criminal biometric ambiguous`)

// Kinds lists the kinds that policies, maps and profiles may name.
func Kinds() []string {
	all := slices.Clone(reserved)
	for _, d := range detectors.All() {
		all = append(all, string(d.Kind))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// known says whether a kind is one of Kinds.
func known(k detectors.Kind) bool {
	return detectors.Find(k) != nil || slices.Contains(reserved, string(k))
}

// Plain is the class a person gives in a map to a column that says nothing about anybody.
const Plain = "plain"

// ClassOf returns the class of a kind: its detector's, or what the reserved word is known to be.
func ClassOf(k detectors.Kind) detectors.Class {
	if k == "ambiguous" { // one of several kinds: nobody has said which
		return detectors.Unknown
	}
	if d := detectors.Find(k); d != nil {
		return d.Class
	}
	switch k {
	case "inn_org", "ogrn", "kpp", "bik", "corr_account", "okpo", "edrpou", "kz_bin", "by_unp":
		return detectors.Organisation
	case "ip", "mac", "imei", "device_id", "cookie", "secret":
		return detectors.Technical
	case "birth_date", "postcode", "geo":
		return detectors.Quasi
	case "biometric":
		return detectors.Special
	case "":
		return detectors.Unknown
	}
	if strings.HasPrefix(string(k), "special_") {
		return detectors.Special
	}
	if slices.Contains(reserved, string(k)) {
		return detectors.Direct
	}
	return detectors.Unknown
}

// same compares names as people write them.
func same(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) }

func contains(list []string, word string) bool { return slices.Contains(list, word) }
