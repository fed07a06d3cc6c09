package detectors

import "strings"

// Biometric is what a person can be told by: prints of fingers, pictures of faces, samples of voices, and the templates
// and vectors that are computed from them.
var Biometric = declare(Detector{
	Kind:   "biometric",
	Class:  Special,
	Doc:    Doc{RU: "биометрические данные", EN: "biometric data"},
	Prefix: "биометрия",
	Cues:   biometricCues.words,
	Names: strings.Fields(`отпечаток отпечатки отпечаток_пальца отпечатки_пальцев дактилокарта биометрия биометрические_данные фото_лица фотография_лица
		изображение_лица шаблон_лица вектор_лица дескриптор_лица образец_голоса слепок_голоса запись_голоса шаблон_голоса голосовой_слепок радужка
		радужная_оболочка сетчатка селфи селфи_с_паспортом otpechatok otpechatki otpechatok_palca biometriya foto_lica foto_litsa vektor_lica
		slepok_golosa obrazec_golosa selfi fingerprints thumbprint palm_print face_vector face_embedding face_descriptor face_encoding
		facial_features faceprint voiceprint voice_print voice_sample voice_vector voice_embedding iris_code biometric biometrics biometric_data
		selfie selfie_with_passport liveness_video voice_template face_template fingerprint fingerprint_template face_image iris_scan`),
	Find:   findBiometric,
	Reach:  1024,
	Fits:   fitsBiometric,
	Normal: lowered,
	Good: []string{
		"у клиента сняли отпечаток пальца при входе",
		"Пациент Смирнов Пётр передал слепок голоса для колл-центра",
		"мне сделали фото лица для пропуска",
		`{"user":17,"face_vector":[0.0213,-0.1187,0.0042,0.2261,-0.0934,0.1175,0.0611,-0.0402]}`,
		"я сдала биометрию в банке на Ленина",
		"selfie=data:image/jpeg;base64,/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIUFRQ=",
		"His fingerprints were taken at the border",
		"у Лыкова П. А. записан рисунок вен ладони",
		"Мой голосовой слепок хранится в банке",
		"Иванова А. Б., отпечатки сданы 3 марта",
		`voice check user=81 ok template=[0.4412,-0.1180,0.0921,0.3310]`,
	},
	Bad: []string{
		"согласие на обработку биометрии подписано",
		"Биометрические турникеты: описание и цены",
		"отпечаток ключа SHA256:3f4a5b",
		"браузерный fingerprint, canvas fingerprint",
		"согласие на обработку биометрических персональных данных",
		"юридические лица и физические лица",
		"<img src=\"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4\">",
		"голоса избирателей подсчитаны",
		"голосовой помощник и голосовые сообщения",
		"варикоз: рисунок вен на ногах",
		"отпечатки на стекле протрите салфеткой",
		"template=[0.4412,-0.1180,0.0921,0.3310] of the page",
		"карта ладони в хиромантии",
		"font-face { src: url(a.woff) }",
	},
})

// How the cues of biometrics are read.
const (
	biometricPrint = iota // a print of a finger
	biometricCard         // dactyloscopy
	biometricFace         // «лица»: a picture of it
	biometricVoice        // «голоса»: a sample of it
	biometricEye
	biometricPalm   // palms and their veins
	biometricSpoken // «голосовой»: a print or template of a voice
	biometricWord   // biometrics
	biometricSelfie //
	biometricVector // face, voice, embedding: the name of a template or vector
	biometricData   // data:image/jpeg;base64
	biometricEnglish
)

var biometricCues = newCueList(
	cueGroup{biometricPrint, "ок ка ку ком ке ки ков ками", `отпечат`},
	cueGroup{biometricCard, "", `дактилоскоп* дактилокарт*`},
	cueGroup{biometricFace, "", `лица`},
	cueGroup{biometricVoice, "", `голоса`},
	cueGroup{biometricEye, "", `радужки радужка радужку радужной сетчатки сетчатку`},
	cueGroup{biometricPalm, "", `ладони ладоней вен`},
	cueGroup{biometricSpoken, "ой ого ые ых ым", `голосов`},
	cueGroup{biometricWord, "я и ю ей ческий ческого ческие ческих ческая ческую", `биометри`},
	cueGroup{biometricSelfie, "", `селфи selfie`},
	cueGroup{biometricVector, "", `face facial faceprint voice voiceprint iris embedding vector vektor template descriptor вектор эмбеддинг`},
	cueGroup{biometricData, "", `image audio`},
	cueGroup{biometricEnglish, "", `fingerprint fingerprints`},
)

func findBiometric(dst []Finding, t *Text) []Finding {
	for _, c := range t.Cues(t.current) {
		rule, ok := biometricCues.rule(t.Arena, c)
		if !ok {
			continue
		}
		if rule == biometricData {
			if a := t.Arena; string(a[c.Start-1:c.Start]) == ":" && c.Start > 5 && equalFold(a[c.Start-5:c.Start-1], "data") {
				dst = inlineData(dst, t, int(c.Start)-5)
			}
			continue
		}
		if rule == biometricVector {
			if !maybeVector(t.Arena, int(c.Start), int(c.End)) {
				continue
			}
		}
		p := factAt(t, c, 0)
		p.force = strong
		switch rule {
		case biometricPrint:
			ok = p.fingerprint()
		case biometricCard:
			w := p.after()
			if p.listed(&w, cardWords) {
				p.end = w.end
			}
		case biometricFace:
			ok = p.imageOf(facePictures)
		case biometricVoice:
			if ok = p.imageOf(voiceRecords); ok {
				p.force = middling
			} else {
				ok = p.imageOf(voiceSamples)
			}
		case biometricEye:
			if ok = p.imageOf(facePictures); ok {
				w := p.after()
				if p.spells(&w, "оболочки", "глаза") {
					p.end = w.end
				}
				if w = p.after(); p.spells(&w, "глаза", "глаз") {
					p.end = w.end
				}
			}
		case biometricPalm:
			ok = p.palm()
		case biometricSpoken:
			w := p.after()
			if ok = p.listed(&w, voiceSamples); ok {
				p.end = w.end
			}
		case biometricWord:
			ok = p.biometrics()
		case biometricSelfie:
			p.selfie()
		case biometricVector:
			ok = p.vector()
		case biometricEnglish:
			ok = p.vector() || p.fingerprintEnglish()
		}
		if ok {
			dst = p.appendTo(dst)
		}
	}
	return dst
}

// fingerprint reads «отпечаток пальца», «отпечатки пальцев рук»; a print of anything else is none.
func (p *fact) fingerprint() bool {
	if p.printsTaken() {
		return true
	}
	i := p.end
	for range 4 {
		w := p.k.pieceAfter(p.a, i)
		if !w.there() || w.digits || w.marks&^markGap != 0 {
			return false
		}
		i = w.end
		if fingerWords.has(p.word(&w)) {
			p.end = i
			if h := p.after(); p.listed(&h, handWords) {
				p.end = h.end
				if r := p.after(); p.listed(&r, handWords) {
					p.end = r.end
				}
			}
			p.adjectives()
			return true
		}
		if !adjectival(p.word(&w)) {
			return false
		}
	}
	return false
}

// printsTaken says that somebody gives prints, whatever they are of: «отпечатки сданы», «биометрия: отпечаток снят».
func (p *fact) printsTaken() bool {
	w := p.after()
	if w.there() && w.marks == markSpace && takenWords.has(p.word(&w)) || w.there() && w.marks&^(markSpace|markColon|markDash) == 0 && w.marks&(markColon|markDash) != 0 && takenWords.has(p.word(&w)) {
		p.own++
		return true
	}
	if b := p.before(); p.listed(&b, handsOver) && (!w.there() || w.marks&(markEnd|markComma|markClose) != 0) {
		p.own++
		return true
	}
	return false
}

var takenWords = newVocabulary(`снят сняты снята сдан сданы сдана взят взяты собраны откатаны получены`)

// palm reads «рисунок вен ладони», «скан ладони», «вены ладони» being what gates look at.
func (p *fact) palm() bool {
	if foldAt(p.a, p.start, "ладон") {
		return p.imageOf(palmPictures)
	}
	w := p.after()
	if !p.listed(&w, veinsOf) || !p.imageOf(palmPictures) {
		return false
	}
	p.end = w.end
	return true
}

var (
	palmPictures = newVocabulary(`скан скана скану сканы снимок снимка рисунок рисунка рисунку рисунком шаблон шаблона шаблоны геометрия геометрии модель
		образец образца изображение изображения узор узора узору`)
	veinsOf = newVocabulary(`ладони ладоней пальца пальцев кисти руки`)
)

var (
	fingerWords  = newVocabulary(`пальца пальцев ладони ладоней пальчиков`)
	handWords    = newVocabulary(`рук руки правой левой обеих`)
	cardWords    = newVocabulary(`карта карту карты регистрация регистрацию регистрации`)
	facePictures = newVocabulary(`фото фотография фотографию фотографии фотографий снимок снимка изображение изображения изображений скан скана скану
		сканы сканирование шаблон шаблона шаблоны вектор вектора векторы дескриптор дескриптора дескрипторы
		эмбеддинг эмбеддинги геометрия геометрии слепок слепка селфи видео биометрия биометрию биометрии модель рисунок`)
	voiceRecords = newVocabulary(`запись записи записей`)
	voiceSamples = newVocabulary(`слепок слепка образец образца образцы шаблон шаблона отпечаток отпечатка биометрия биометрию биометрии вектор вектора эмбеддинг`)
)

// imageOf reads «фото лица», «слепок голоса»: a noun of the list right before, an adjective between.
func (p *fact) imageOf(nouns *vocabulary) bool {
	i := p.start
	for range 2 {
		b := p.k.pieceBefore(p.a, i)
		if !b.there() || b.marks != markSpace {
			return false
		}
		i = b.start
		if nouns.has(p.word(&b)) {
			p.start = i
			p.adjectives()
			return true
		}
		if !adjectival(p.word(&b)) {
			return false
		}
	}
	return false
}

// biometrics reads «сдал биометрию», «биометрический шаблон».
func (p *fact) biometrics() bool {
	p.force = middling
	if foldedEnd(p.a[p.start:p.end], "ческий") || len(p.a[p.start:p.end]) > 2*len("метрия") && adjectival(p.a[p.start:p.end]) {
		w := p.after()
		if !w.there() || w.marks&^markGap != 0 || !biometricNouns.has(p.word(&w)) {
			return false
		}
		p.end = w.end
		return true
	}
	switch b := p.before(); {
	case p.listed(&b, dealsWith):
		return false // согласие на обработку биометрии
	case p.listed(&b, handsOver):
		p.own++
	}
	w := p.after()
	if p.spells(&w, "лица", "голоса") {
		p.end = w.end
	}
	return true
}

var (
	biometricNouns = newVocabulary(`шаблон шаблона шаблоны вектор вектора образец образца образцы слепок слепка профиль данные`)
	dealsWith      = newVocabulary(`обработка обработку обработке обработки обработкой защита защиту защите использование использования сбор сбора хранение хранения`)
	handsOver      = newVocabulary(`сдал сдала сдали сдаю сдать снял сняли взяли`)
)

// selfie reads «селфи с паспортом».
func (p *fact) selfie() {
	p.force = middling
	w := p.after()
	if p.spells(&w, "с", "with") {
		x := p.k.pieceAfter(p.a, w.end)
		for range 2 {
			if x.there() && x.marks == markSpace && (adjectival(p.word(&x)) || x.sense&saysMe != 0) {
				x = p.k.pieceAfter(p.a, x.end)
			}
		}
		if p.listed(&x, documentsHeld) {
			p.end = x.end
			p.own++
		}
	}
}

var documentsHeld = newVocabulary(`паспортом документом документами правами удостоверением passport document id`)

// fingerprintEnglish reads «fingerprint template», «his fingerprints»; keys and browsers have some, too.
func (p *fact) fingerprintEnglish() bool {
	p.force = middling
	b, w := p.before(), p.after()
	if b.there() && notFingers.has(p.word(&b)) || w.there() && (notFingers.has(p.word(&w)) || w.digits || w.marks&(markColon|markPlus|markOther) != 0) {
		return false
	}
	if w.there() && w.marks&^markGap == 0 && templateWords.has(p.word(&w)) {
		p.end = w.end
		p.force = strong
	}
	return true
}

var (
	notFingers = newVocabulary(`key keys ssh gpg pgp rsa browser browsers device canvas tls ssl sha md cert certificate audio webgl server host
		digital build tree ja`)
	templateWords = newVocabulary(`template templates vector embedding descriptor descriptors encoding scan scans sample samples image data minutiae print id`)
)

// maybeVector says cheaply whether what stands behind a word may go on as the name of a template.
func maybeVector(a []byte, start, end int) bool {
	switch b := a[end]; {
	case b == ' ':
		next, _ := wordAfterLetter(a, end+1)
		if c := a[next]; next > end+1 && (c == '.' || c == ',' || c == ';' || c == '\n' || c == 0) { // no value follows
			return templateWords.has(a[end+1 : next])
		}
		return true
	case b == '_' || b == '-' || b == '"' || b == '\'' || b == '=' || b == ':' || b == '[' || b == '(':
		return true
	default:
		return b-'A' < 26 || a[start-1] == '_'
	}
}

// vector reads the value behind a name like face_vector, voice_template: an array of numbers, or a long run of base64.
func (p *fact) vector() bool {
	about, kind := false, false
	note := func(w []byte) {
		about = about || biometricOf.has(w)
		kind = kind || templateWords.has(w) || vectorWords.has(w)
	}
	note(p.a[p.start:p.end])
	for i, n := p.start, 0; n < 2; n++ {
		w := p.k.pieceBefore(p.a, i)
		if !w.there() || w.digits || w.marks&^(markSpace|markOther|markHyphen) != 0 {
			break
		}
		note(p.word(&w))
		i = w.start
	}
	i := p.end
	for n := 0; n < 3; n++ {
		w := p.k.pieceAfter(p.a, i)
		if !w.there() || w.digits || w.marks&^(markSpace|markOther|markHyphen) != 0 || i == w.start && !isCapital(p.a, i) {
			break
		}
		note(p.word(&w))
		i = w.end
	}
	if !kind {
		return false
	}
	start, end := templateBehind(p.a, i)
	if !about && (end == 0 || !p.matched()) { // voice … template=[…]
		return false
	}
	if end == 0 {
		if p.a[p.start] < 0x80 && p.a[p.end] == ' ' {
			return p.spokenTemplate()
		}
		return false
	}
	p.start, p.end = start, end
	p.own += 9 // the name says whose kind it is, whatever stands around
	return true
}

// matched says that a word for a face, a voice or the like stands before the phrase in the line.
func (p *fact) matched() bool {
	for i, n := p.start, 0; n < 10 && p.start-i < 120; n++ {
		w := p.k.pieceBefore(p.a, i)
		if !w.there() || w.marks&markLine != 0 {
			return false
		}
		if biometricOf.has(p.word(&w)) {
			return true
		}
		i = w.start
	}
	return false
}

// spokenTemplate reads «face template» in a sentence.
func (p *fact) spokenTemplate() bool {
	w := p.after()
	if !w.there() || w.marks != markSpace || !templateWords.has(p.word(&w)) || equalFold(p.word(&w), "id") || equalFold(p.word(&w), "data") {
		return false
	}
	p.end = w.end
	p.force = middling
	return true
}

var (
	biometricOf = newVocabulary(`face facial faces faceprint voice voiceprint speaker iris retina fingerprint finger palm biometric biometrics лица
		голоса пальца радужки face lica golosa`)
	vectorWords = newVocabulary(`vector vec vektor faceprint voiceprint features feature embeddings encodings hash code вектор эмбеддинг дескриптор шаблон`)
)

// templateBehind reads an array of three numbers or more with fractions, or at least forty letters of base64 or hexadecimal
// digits, behind i. It returns no end where there is none.
func templateBehind(a []byte, i int) (start, end int) {
	for n := 0; n < 16; n++ {
		switch b := a[i]; {
		case b == ' ' || b == ':' || b == '=' || b == '"' || b == '\'' || b == '>' || b == '\\' || b == '\t':
			i++
			continue
		case b == '[' || b == '(' || b == '{':
			return i, arrayEnd(a, i)
		case b-'0' <= 9 || b == '-':
			if e := arrayEnd(a, i-1); e > 0 {
				return i, e
			}
			return i, runEnd(a, i)
		case alphanumeric(b) && b < 0x80 || b == '/' || b == '+':
			return i, runEnd(a, i)
		}
		break
	}
	return 0, 0
}

// arrayEnd returns the end of the array of numbers whose bracket stands at i, 0 if it is none.
func arrayEnd(a []byte, i int) (end int) {
	bracket := a[i] == '[' || a[i] == '(' || a[i] == '{'
	fractions := 0
	for i++; ; i++ {
		switch b := a[i]; {
		case b == '.' && a[i+1]-'0' <= 9:
			fractions++
		case b-'0' <= 9:
			end = i + 1
		case b == '-' || b == '+' || b == 'e' || b == ',' || b == ' ' || b == '.' || b == '\n' || b == ';':
		case b == 0xE2 && a[i+1] == 0x80 && a[i+2] == 0xA6: // …
			i += 2
		case b == 0xE2 && a[i+1] == 0x88 && a[i+2] == 0x92: // −
			i += 2
		case bracket && (b == ']' || b == ')' || b == '}'):
			if fractions < 3 {
				return 0
			}
			return i + 1
		default:
			if fractions < 3 {
				return 0
			}
			return end
		}
	}
}

// runEnd returns the end of a run of at least forty letters of base64 at i, 0 if it is shorter.
func runEnd(a []byte, i int) int {
	j := i
	for a[j]-'0' <= 9 || a[j]|0x20-'a' < 26 || a[j] == '+' || a[j] == '/' || a[j] == '=' || a[j] == '_' || a[j] == '-' {
		j++
	}
	if j-i < 40 {
		return 0
	}
	return j
}

// inlineData appends a data: URL at i that holds the picture of a face or the sample of a voice. Its bytes say nothing
// of that: a word before it does. A large photograph is a candidate without one.
func inlineData(dst []Finding, t *Text, i int) []Finding {
	a := t.Arena[:len(t.Arena)+24]
	const marker = ";base64,"
	j := i + len("data:image/")
	for n := 0; a[j] != ';' && n < 16; n++ {
		if !alphanumeric(a[j]) && a[j] != '-' && a[j] != '+' && a[j] != '.' {
			return dst
		}
		j++
	}
	if string(a[j:j+len(marker)]) != marker {
		return dst
	}
	photo := a[i+len("data:image/")]|0x20 == 'j' || a[i+len("data:image/")]|0x20 == 'w' || a[i+5] == 'a'
	end := runEnd(a, j+len(marker))
	if end == 0 {
		return dst
	}
	f := Finding{Start: uint32(i), End: uint32(end), Evidence: Format}
	k := lexis()
	for at, n := i, 0; n < 6 && i-at < 80; n++ {
		w := k.pieceBefore(a, at)
		if !w.there() {
			break
		}
		if facesWord.has(a[w.start:w.end]) {
			f.Score = 88
			f.Evidence |= Keyword
			break
		}
		at = w.start
	}
	if f.Score == 0 && photo && end-i > 4096 {
		f.Score = 40
	}
	if f.Score == 0 {
		return dst
	}
	if t.Whole(f.Start, f.End) {
		f.Evidence |= Whole
	}
	return append(dst, f)
}

var facesWord = newVocabulary(`selfie selfi face facial portrait passport pasport biometric* voice voiceprint foto photo userpic селфи лицо лица фото
		портрет паспорт* голос* биометри*`)

// fitsBiometric says whether a value is short text, an array of numbers, or a long run of base64 or hexadecimal digits.
func fitsBiometric(value []byte) bool {
	if fitsFact(value) {
		return true
	}
	padded := append(append([]byte{0}, value...), make([]byte, 8)...)
	start, end := templateBehind(padded, 1)
	return end > start || len(value) > 240 && len(value) > 5 && string(value[:5]) == "data:"
}
