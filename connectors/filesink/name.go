package filesink

import (
	"fmt"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"bezlik/connectors"
)

// maxName is how many bytes a name may have on the usual file systems.
const maxName = 255

// A claim says whose a name in the target is. A folder may be many objects'; the manifest is no object's.
type claim struct {
	object string
	folder bool
}

// claim takes a file's name for an object. Names that some file system does not tell apart are the same.
func (s *Sink) claim(object, file string) error {
	key := fold(file)
	if c, taken := s.claims[key]; taken && (c.folder || c.object != object) {
		return s.taken(object, c)
	}
	for d := path.Dir(key); d != "."; d = path.Dir(d) {
		if c, taken := s.claims[d]; taken && !c.folder {
			return s.taken(object, c)
		}
	}
	s.claims[key] = claim{object: object}
	for d := path.Dir(key); d != "."; d = path.Dir(d) {
		s.claims[d] = claim{object: object, folder: true}
	}
	return nil
}

func (s *Sink) taken(object string, c claim) error {
	if c == (claim{}) {
		return &connectors.Problem{Object: object, Kind: "reserved_name", Message: "an export has its own " + Manifest + ", which this would become",
			Hint: "give the source another name, or leave it out with --exclude"}
	}
	return &connectors.Problem{Object: object, Kind: "same_name", Message: "two objects would become the same file",
		Hint: "export them into two folders"}
}

// fileName makes a file's name of an object's: folders stay, what no file system likes does not. Two objects may
// become one name so, which claim refuses.
func fileName(name, suffix string) (string, error) {
	bad := func(kind, message string) error {
		return &connectors.Problem{Object: name, Kind: kind, Message: message, Hint: "give the source another name, or leave it out with --exclude"}
	}
	var b strings.Builder
	for rest := strings.ReplaceAll(name, "!/", "/"); rest != ""; {
		r, n := utf8.DecodeRuneInString(rest)
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, "%%%02X", rest[0])
		case r < ' ' || r == 0x7f || strings.ContainsRune(`<>:"\|?*`, r):
			b.WriteByte('_')
		default:
			b.WriteRune(r)
		}
		rest = rest[n:]
	}
	file := strings.TrimPrefix(path.Clean("/"+b.String()), "/")
	if file == "" {
		return "", bad("bad_name", "no file can have this name")
	}
	if suffix != "" && !strings.HasSuffix(strings.ToLower(file), suffix) {
		file += suffix
	}
	words := strings.Split(file, "/")
	for i, w := range words {
		if t := strings.TrimRight(w, ". "); t != w { // Windows takes them away
			w = t + strings.Repeat("_", len(w)-len(t))
		}
		if device(w) {
			w = "_" + w
		}
		if len(w) > maxName {
			return "", bad("name_too_long", fmt.Sprintf("a name is longer than %d bytes, which is as long as a file's may be", maxName))
		}
		words[i] = w
	}
	return strings.Join(words, "/"), nil
}

// device says whether Windows takes a name for that of a device, whatever its ending.
func device(name string) bool {
	stem, _, _ := strings.Cut(strings.ToLower(name), ".")
	switch stem = strings.TrimRight(stem, " "); stem {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(stem) == 4 && (stem[:3] == "com" || stem[:3] == "lpt") && stem[3] >= '1' && stem[3] <= '9'
}

// fold makes one of the names that file systems of macOS and Windows do not tell apart: small and capital letters,
// and letters with a mark, written as one character or as two.
func fold(name string) string {
	name = strings.Map(func(r rune) rune { return unicode.ToLower(unicode.ToUpper(r)) }, name)
	return composed.Replace(name)
}

// composed puts letters and marks together: those of Russian, its neighbours, and Western Europe.
var composed = func() *strings.Replacer {
	var pairs []string
	for mark, letters := range map[rune]string{
		'\u0306': "ийуўаӑеӗжӂ", '\u0308': "еёіїаӓеёзӟиӥоӧуӱыӹaäeëiïoöuüyÿ", '\u0300': "aàeèiìoòuùеѐиѝ", '\u0301': "aáeéiíoóuúyýгѓкќcćnńsśzź",
		'\u0302': "aâeêiîoôuû", '\u0303': "aãnñoõ", '\u030a': "aåuů", '\u0327': "cçsş", '\u030c': "cčsšzžrřeěnň",
	} {
		l := []rune(letters)
		for i := 0; i+1 < len(l); i += 2 {
			pairs = append(pairs, string([]rune{l[i], mark}), string(l[i+1]))
		}
	}
	return strings.NewReplacer(pairs...)
}()
