package token

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"bezlik/connectors"
	"bezlik/connectors/textenc"
)

// Limits of names made of keys. Objects used as maps ({"<id>": …}) would make endless fields.
const (
	maxFields = 4096 // of an object, all in all
	maxKids   = 512  // different keys of one object
	maxKey    = 64   // bytes of a key that may be part of a name
)

// Any stands in a path for keys that look like data, or of which there are too many.
const Any = "*"

// A node is a place in the tree of key paths.
type node struct {
	key   string // decoded
	head  uint64 // the first 8 bytes of key,
	mask  uint64 // and which of them there are
	path  string
	field uint16
	named bool  // field is set
	rows  bool  // elements standing here are rows
	inRow bool  // below such a place
	next  int32 // the key that followed this one last time; -1 is unknown
	first int32 // the first key of an object standing here, last time; -1 is unknown
	elem  int32 // the elements of an array standing here; 0 is not made yet
	any   int32 // the child that collects keys, 0 is not made yet
	kids  map[string]int32
}

// paths turns keys into fields. Keys mostly follow each other as they did in the row before.
type paths struct {
	nodes  []node
	fields []connectors.Field
	rowsAt func(path string) (prefix string, ok bool)
}

func (p *paths) init(rowsAt func(string) (string, bool)) {
	p.rowsAt = rowsAt
	p.nodes = append(p.nodes[:0], node{next: -1, first: -1})
}

// kid returns the child of parent with a decoded key.
func (p *paths) kid(parent int32, key []byte) int32 {
	n := &p.nodes[parent]
	if id, ok := n.kids[string(key)]; ok {
		return id
	}
	if len(n.kids) >= maxKids || len(p.nodes) >= 2*maxFields || looksLikeData(key) {
		if n.any == 0 {
			id := p.add(parent, Any)
			p.nodes[parent].any = id
		}
		return p.nodes[parent].any
	}
	id := p.add(parent, string(key))
	n = &p.nodes[parent] // add may have moved it
	if n.kids == nil {
		n.kids = make(map[string]int32)
	}
	n.kids[string(key)] = id
	return id
}

// add makes a child. At the end of all names everything ends in one last place, its own child.
func (p *paths) add(parent int32, key string) int32 {
	if len(p.nodes) >= 3*maxFields {
		return parent
	}
	n := &p.nodes[parent]
	path := key
	if n.path != "" {
		path = n.path + "." + key
	}
	kid := node{key: key, path: path, next: -1, first: -1, inRow: n.inRow}
	for i := range min(len(key), 8) {
		kid.head |= uint64(key[i]) << (8 * i)
		kid.mask |= 0xff << (8 * i)
	}
	p.nodes = append(p.nodes, kid)
	return int32(len(p.nodes) - 1)
}

// elements returns the place of the elements of an array that stands at id.
func (p *paths) elements(id int32) int32 {
	n := &p.nodes[id]
	if n.elem != 0 {
		return n.elem
	}
	if len(p.nodes) >= 4*maxFields {
		return id
	}
	e := node{path: n.path + "[]", next: -1, first: -1, inRow: n.inRow}
	if !e.inRow && p.rowsAt != nil {
		if prefix, ok := p.rowsAt(e.path); ok {
			e.path, e.rows, e.inRow = prefix, true, true
		}
	}
	n.elem = int32(len(p.nodes))
	p.nodes = append(p.nodes, e)
	return n.elem
}

// field returns the field of a place.
func (p *paths) field(id int32) uint16 {
	n := &p.nodes[id]
	if !n.named {
		n.named, n.field = true, p.name(n.path)
	}
	return n.field
}

// name returns the field of a path: several places may share one, as the messages of all chats do.
func (p *paths) name(path string) uint16 {
	if path == "" {
		path = "value"
	}
	for i := range p.fields {
		if p.fields[i].Name == path {
			return uint16(i)
		}
	}
	if len(p.fields) >= maxFields {
		return uint16(maxFields - 1)
	}
	if len(p.fields) == maxFields-1 {
		path = Any
	}
	p.fields = append(p.fields, connectors.Field{Name: path})
	return uint16(len(p.fields) - 1)
}

// looksLikeData says that a key had better not become part of a name that reports print: an address,
// a number, a person's name, a text. The key itself is a cell and is scanned all the same.
func looksLikeData(key []byte) bool {
	if len(key) > maxKey || !utf8.Valid(key) {
		return true
	}
	for word := range strings.FieldsFuncSeq(string(key), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if textenc.Person(word) { // by the word alone, so that a key is treated alike in the whole file
			return true
		}
	}
	digits, capitals, spaces, start := 0, 0, 0, true
	for len(key) > 0 {
		r, n := utf8.DecodeRune(key)
		word := key
		key = key[n:]
		switch {
		case r == '@' || r < ' ':
			return true
		case r == ' ':
			spaces++
		case r >= '0' && r <= '9':
			digits++
		case start && unicode.Is(unicode.Cyrillic, r) && unicode.IsUpper(r):
			if end := bytes.IndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }); end >= 0 {
				word = word[:end]
			}
			if !acronyms[string(word)] {
				capitals++
			}
		}
		start = r == ' ' || r == '-'
	}
	return digits >= 5 || capitals >= 2 || spaces > 6
}

// acronyms are words in capitals that are nobody's name: «Полис ОМС».
var acronyms = map[string]bool{"ОМС": true, "ДМС": true, "ИНН": true, "СНИЛС": true, "ФИО": true, "ОГРН": true, "ОГРНИП": true, "КПП": true, "БИК": true,
	"ОКПО": true, "ОКАТО": true, "ОКТМО": true, "РФ": true, "ПТС": true, "СТС": true, "ЕГРЮЛ": true, "ЕГРИП": true, "ТС": true}
