package detectors

import (
	"bytes"
	"slices"
	"strings"
)

// DeviceID is an identifier of a device or of its SIM card: an advertising identifier, an Android or vendor's one, a push
// token, IMSI, ICCID. They have no form of their own: a key or the words for it tell them from other codes.
var DeviceID = declare(Detector{
	Kind:   "device_id",
	Class:  Technical,
	Doc:    Doc{RU: "идентификатор устройства", EN: "device identifier"},
	Prefix: "устройство",
	Cues:   slices.Concat(deviceNames, deviceWords),
	Names: []string{"ид_устройства", "id_устройства", "идентификатор_устройства", "устройство_ид", "серийный_номер_устройства", "device_id",
		"deviceid", "device_uuid", "device_guid", "device_token", "device_identifier", "device_serial", "device_fingerprint", "android_id",
		"androidid", "idfa", "idfv", "ifa", "gaid", "aaid", "oaid", "adid", "ad_id", "advertising_id", "advertiser_id", "google_aid", "google_ad_id",
		"udid", "hwid", "hardware_id", "imsi", "iccid", "sim_serial", "push_token", "push_id", "fcm_token", "fcm_id", "apns_token", "gcm_token",
		"gcm_id", "registration_token", "installation_id", "install_id", "appmetrica_device_id", "appsflyer_id", "adjust_id", "machine_id",
		"browser_fingerprint", "onesignal_id"},
	Find:  findDeviceID,
	Reach: 512,
	Fits: func(value []byte) bool {
		return deviceForm(value) >= serialForm
	},
	Normal: lowered,
	Good: []string{
		"IDFA: 6D92078A-8246-4BA4-AE5B-76104861E7DC",
		`{"device_id": "9774d56d682e549c"}`,
		"gaid=38400000-8cf0-11bd-b23e-10b96e40000d",
		"android_id: 3f0a97c1d4b26e85",
		"ID устройства 6D92078A-8246-4BA4-AE5B-76104861E7DC",
		"IMSI 250017734120956",
		"ICCID: 89701012345678901230",
		"fcm_token=dJ3kLm9QRzE:APA91bHq7vW2xY4tU8sR6pN0mK1jI5hG3fD",
		"deviceId = 'a81bc81b-dead-4e5d-abff-90865d1e13b1'",
	},
	Bad: []string{
		"request_id=6D92078A-8246-4BA4-AE5B-76104861E7DC",
		"device id is required",
		"device_id = getDeviceId()",
		"trace 9774d56d682e549c9774d56d682e549c",
		"устройства 2024 года",
		"push token expired",
		"device_id: null",
		"device_id=00000000-0000-0000-0000-000000000000",
		"commit 3f0a97c1d4b26e85",
	},
})

func findDeviceID(dst []Finding, t *Text) []Finding {
	a := t.Arena
	for _, c := range t.Cues(t.current) {
		i, ok := deviceKey(a, c)
		if !ok {
			continue
		}
		v, ok := valueAfter(a, i)
		if !ok || v.key {
			continue
		}
		value := a[v.start:v.end]
		form := deviceForm(value)
		loose := v.link == spaceLink || a[c.Start] >= 0x80 // «устройство: SM-G991B» names a model
		if form < serialForm || loose && form < uuidForm || IsToken(value) {
			continue
		}
		score := uint8(90)
		if form == serialForm {
			score = 84
		}
		dst = append(dst, t.findingOf(v.start, v.end, score, Keyword))
	}
	return dst
}

// The cues of DeviceID: words that name an identifier by themselves, and words that do with another one.
var (
	deviceNames = strings.Fields(`idfa idfv gaid aaid oaid adid udid hwid imsi iccid deviceid devicetoken deviceuuid androidid pushtoken fcmtoken apnstoken
		advertisingid устройство`)
	deviceWords = strings.Fields("device android push fcm apns advertising устройства пуш рекламный appmetrica installation")
)

// deviceTails are what makes a key of a word that is none by itself: device_id, push-token, «ID устройства».
var deviceTails = newVocabulary("id ids uuid guid udid token identifier ид айди токен идентификатор serial registration")

// deviceKey is the end of the key that a cue belongs to, ok is false where it is none.
func deviceKey(a []byte, c Cue) (end int, ok bool) {
	i := int(c.End)
	word := a[c.Start:c.End]
	if int(c.Word) < len(deviceNames) {
		return i, true
	}
	for range 2 {
		from, e, joined := partAt(a, i, true)
		if !joined || !deviceTails.has(a[from:e]) {
			break
		}
		i, ok = e, true
	}
	if !ok && word[0] >= 0x80 { // ID устройства, идентификатор устройства
		begin, letters := wordBefore(a, int(c.Start)-1)
		ok = letters > 0 && deviceTails.has(a[begin:c.Start-1])
	}
	return i, ok
}

// A codeForm is the form of an identifier, the less telling ones first.
type codeForm uint8

const (
	noForm     codeForm = iota
	serialForm          // letters and digits
	uuidForm            // RFC 9562, or sixteen hexadecimal digits and more
	simForm             // IMSI, ICCID, a long number
	tokenForm           // a long token
)

// deviceForm tells the form of an identifier.
func deviceForm(v []byte) codeForm {
	n := len(v)
	if n < 8 || n > 300 {
		return noForm
	}
	l := lookOf(v)
	if l.cyrillic > 0 || l.digits < 2 || bytes.ContainsAny(v, " ()[]{}<>$@,;\"'/\\=") {
		return noForm
	}
	switch {
	case isUUID(v):
		if l.letters() == 0 {
			return noForm // of zeros
		}
		return uuidForm
	case l.letters() == 0 && l.marks == 0:
		if n < 15 || n > 21 || trivial(v) {
			return noForm
		}
		return simForm
	case allHex(v) && n >= 16 && n%4 == 0 && l.turns >= 4:
		return uuidForm
	case l.letters() == 0:
		return noForm
	case n >= 32 && l.digits >= 3 && l.upper > 0 && l.lower > 0:
		return tokenForm
	case l.turns >= 3 && l.digits >= 3 && bytes.IndexByte(v, '.') < 0 && bytes.IndexByte(v, ':') < 0:
		return serialForm
	}
	return noForm
}

// isUUID says whether v is written like an UUID: 8-4-4-4-12 hexadecimal digits.
func isUUID(v []byte) bool {
	if len(v) != 36 {
		return false
	}
	for i, b := range v {
		if i == 8 || i == 13 || i == 18 || i == 23 {
			if b != '-' {
				return false
			}
		} else if !hexDigit(b) {
			return false
		}
	}
	return true
}

func allHex(v []byte) bool {
	for _, b := range v {
		if !hexDigit(b) {
			return false
		}
	}
	return len(v) > 0
}
