package rules

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"bezlik/anonymize"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// readStrict reads a YAML file of one document into the struct that into points to. Struct tags say what is
// allowed, and the published JSON Schemas are made from the same tags:
//
//	yaml:"name"       the key; ",inline" for an embedded struct
//	need:"yes"        the key must be there
//	one:"a b c"       the allowed words
//	like:"date"       the form of a string, see forms
//	id:"clause"       the string names a thing of this space; twice is an error
//	ref:"clause"      the string, or every string of a list, names a thing of this space
//	local:"yes"       the string differs within a list
//	min:"0" max:"1"   the bounds of a number
//	about:"…"         the schema's description
//
// Spaces given in known count as declared already. All errors are collected.
func readStrict(name string, data []byte, into any, known map[string][]string) error {
	r := &reader{name: name, ids: map[string][]string{}}
	for space, words := range known {
		r.ids[space] = slices.Clone(words)
	}
	root, err := r.parse(data)
	if err != nil {
		return FileErrors{err}
	}
	r.value(root, reflect.ValueOf(into).Elem(), "")
	for _, f := range r.refs {
		if !slices.Contains(r.ids[f.space], f.word) {
			r.fail(f.at, didYouMean(f.word, r.ids[f.space]), "there is no %s %q", f.space, f.word)
		}
	}
	return r.result()
}

// Limits of a file of rules. They keep the YAML reader's recursion and time in bounds.
const (
	maxFile  = 256 << 10
	maxLine  = 8 << 10
	maxDepth = 32
)

// forms are what strings with a like tag look like; the schemas publish the same patterns.
var forms = map[string]struct {
	pattern *regexp.Regexp
	hint    string
}{
	"id":       {regexp.MustCompile(`^[a-z][a-z0-9_-]{0,63}$`), "small Latin letters, digits, _ and -, beginning with a letter"},
	"date":     {regexp.MustCompile(`^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`), "such as 2025-08-30"},
	"duration": {regexp.MustCompile(`^P([0-9]{1,3}Y)?([0-9]{1,3}M)?([0-9]{1,4}D)?([0-9]{1,3}BD)?$`), "such as P1Y, P30D or P10BD (working days)"},
	"sha256":   {regexp.MustCompile(`^[0-9a-f]{64}$`), "64 hex digits in lower case"},
	"country":  {regexp.MustCompile(`^[A-Z]{2}$`), "two capital letters of ISO 3166, such as RU"},
	"text":     {regexp.MustCompile(`[^[:space:]]`), "it may not be empty"},
}

// Words is a list of strings that may be written as a single string.
type Words []string

type place struct{ line, col int }

type reference struct {
	space, word string
	at          place
}

type reader struct {
	name  string
	lines []string
	errs  FileErrors
	ids   map[string][]string // declared so far, by space
	refs  []reference
}

func (r *reader) fail(at place, hint, format string, args ...any) {
	r.errs = append(r.errs, r.problem(at, hint, fmt.Sprintf(format, args...)))
}

func (r *reader) problem(at place, hint, text string) *FileError {
	e := &FileError{File: r.name, Line: max(at.line, 1), Col: max(at.col, 1), Text: text, Hint: hint}
	if at.line >= 1 && at.line <= len(r.lines) {
		e.Source = strings.ReplaceAll(strings.TrimRight(r.lines[at.line-1], " \r"), "\t", " ")
		if cut := []rune(e.Source); len(cut) > 160 {
			e.Source = string(cut[:160]) + "…"
		}
	}
	return e
}

func (r *reader) result() error {
	if len(r.errs) == 0 {
		return nil
	}
	slices.SortStableFunc(r.errs, func(a, b *FileError) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col))
	})
	return r.errs
}

// parse returns the only document of data. What the YAML reader panics about is an error like any other.
func (r *reader) parse(data []byte) (root ast.Node, bad *FileError) {
	if len(data) > maxFile {
		return nil, r.problem(place{}, "", fmt.Sprintf("the file is longer than %d KiB", maxFile>>10))
	}
	if !utf8.Valid(data) {
		return nil, r.problem(place{}, "save the file as UTF-8", "the file is not UTF-8")
	}
	data = []byte(strings.ReplaceAll(string(data), "\r\n", "\n"))
	r.lines = strings.Split(string(data), "\n")
	if e := r.shape(); e != nil {
		return nil, e
	}
	defer func() {
		if recover() != nil {
			root, bad = nil, r.problem(place{line: 1}, "", "this is not readable as YAML")
		}
	}()
	file, err := parser.ParseBytes(data, 0)
	if err != nil {
		at, text := place{line: 1}, "this is not readable as YAML"
		var syntax *yaml.SyntaxError
		if errors.As(err, &syntax) {
			text = syntax.Message
			if syntax.Token != nil {
				at = placeOf(syntax.Token)
			}
		}
		return nil, r.problem(at, "", text)
	}
	var docs []*ast.DocumentNode
	for _, d := range file.Docs {
		if d != nil && d.Body != nil {
			docs = append(docs, d)
		}
	}
	if len(docs) != 1 {
		return nil, r.problem(place{line: 1}, "", fmt.Sprintf("the file holds %d YAML documents instead of one", len(docs)))
	}
	return docs[0].Body, nil
}

// shape refuses what only an attack looks like: endless lines and endless nesting.
func (r *reader) shape() *FileError {
	flow := 0
	for i, l := range r.lines {
		if len(l) > maxLine {
			return r.problem(place{line: i + 1}, "", "the line is too long")
		}
		indent := len(l) - len(strings.TrimLeft(l, " -?"))
		flow += strings.Count(l, "[") + strings.Count(l, "{") - strings.Count(l, "]") - strings.Count(l, "}")
		if indent > 4*maxDepth || flow > maxDepth || strings.Count(l, "[")+strings.Count(l, "{") > 8*maxDepth {
			return r.problem(place{line: i + 1}, "", "the file is nested too deeply")
		}
		flow = max(flow, 0)
	}
	return nil
}

func placeOf(t *token.Token) place {
	if t == nil || t.Position == nil {
		return place{}
	}
	return place{t.Position.Line, t.Position.Column}
}

func at(n ast.Node) place {
	if m, ok := n.(*ast.MappingNode); ok && !m.IsFlowStyle && len(m.Values) > 0 {
		return at(m.Values[0].Key)
	}
	if l, ok := n.(*ast.LiteralNode); ok {
		return placeOf(l.Start)
	}
	return placeOf(n.GetToken())
}

// value reads node n into v. what names the thing in messages.
func (r *reader) value(n ast.Node, v reflect.Value, what string) {
	switch v.Kind() {
	case reflect.Pointer:
		p := reflect.New(v.Type().Elem())
		before := len(r.errs)
		r.value(n, p.Elem(), what)
		if len(r.errs) == before {
			v.Set(p)
		}
	case reflect.Struct:
		r.object(n, v, what)
	case reflect.Slice:
		r.list(n, v, what)
	case reflect.String:
		switch s := n.(type) {
		case *ast.StringNode:
			v.SetString(s.Value)
		case *ast.LiteralNode:
			v.SetString(strings.TrimSpace(s.Value.Value))
		case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
			r.fail(at(n), "put it between double quotes", "%s is a text", what)
		default:
			r.mismatch(n, what, "a text")
		}
	case reflect.Bool:
		if b, ok := n.(*ast.BoolNode); ok {
			v.SetBool(b.Value)
		} else {
			r.mismatch(n, what, "true or false")
		}
	case reflect.Int:
		switch i := n.(type) {
		case *ast.IntegerNode:
			switch x := i.Value.(type) {
			case uint64:
				if x < 1<<31 {
					v.SetInt(int64(x))
					return
				}
			case int64:
				if x > -1<<31 && x < 1<<31 {
					v.SetInt(x)
					return
				}
			}
			r.fail(at(n), "", "%s is out of range", what)
		default:
			r.mismatch(n, what, "a whole number")
		}
	case reflect.Float64:
		switch f := n.(type) {
		case *ast.FloatNode:
			v.SetFloat(f.Value)
		case *ast.IntegerNode:
			switch x := f.Value.(type) {
			case uint64:
				v.SetFloat(float64(x))
			case int64:
				v.SetFloat(float64(x))
			}
		default:
			r.mismatch(n, what, "a number")
		}
	default:
		panic("rules: no reader for " + v.Type().String())
	}
}

func (r *reader) mismatch(n ast.Node, what, want string) {
	if what == "" {
		what = "the file"
	}
	switch n.(type) {
	case *ast.AliasNode, *ast.AnchorNode, *ast.TagNode, *ast.MergeKeyNode:
		r.fail(at(n), "write it out", "anchors, aliases and tags are not read")
	case *ast.NullNode:
		r.fail(at(n), "leave the key out if there is nothing to say", "%s is empty, expected %s", what, want)
	default:
		r.fail(at(n), "", "%s must be %s", what, want)
	}
}

func (r *reader) list(n ast.Node, v reflect.Value, what string) {
	s, ok := n.(*ast.SequenceNode)
	if !ok {
		if _, words := v.Interface().(Words); words {
			if _, ok := n.(*ast.SequenceNode); !ok {
				v.Set(reflect.MakeSlice(v.Type(), 1, 1))
				r.value(n, v.Index(0), what)
				return
			}
		}
		r.mismatch(n, what, "a list")
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(s.Values), len(s.Values)))
	var local []field
	if v.Type().Elem().Kind() == reflect.Struct {
		local = slices.DeleteFunc(fieldsOf(v.Type().Elem()), func(f field) bool { return !f.local })
	}
	seen := map[string]bool{}
	for i, e := range s.Values {
		r.value(e, v.Index(i), what)
		for _, f := range local {
			word := strings.ToLower(v.Index(i).FieldByIndex(f.index).String())
			if seen[word] && word != "" {
				r.fail(at(e), "", "the %s %q stands in the list twice", f.name, word)
			}
			seen[word] = true
		}
	}
}

func (r *reader) object(n ast.Node, v reflect.Value, what string) {
	var pairs []*ast.MappingValueNode
	switch m := n.(type) {
	case *ast.MappingNode:
		pairs = m.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{m}
	default:
		r.mismatch(n, what, "keys with values")
		return
	}
	fields := fieldsOf(v.Type())
	seen, values, faults := map[string]bool{}, map[string]ast.Node{}, len(r.errs)
	for _, p := range pairs {
		key, ok := p.Key.(*ast.StringNode)
		if !ok {
			r.mismatch(p.Key, "a key", "a word")
			continue
		}
		i := slices.IndexFunc(fields, func(f field) bool { return f.name == key.Value })
		if i < 0 {
			var names []string
			for _, f := range fields {
				names = append(names, f.name)
			}
			r.fail(at(key), didYouMean(key.Value, names), "unknown key %q", key.Value)
			seen[nearest(key.Value, names)] = true // one slip of the pen is one error
			continue
		}
		if seen[key.Value] {
			r.fail(at(key), "", "the key %q stands here twice", key.Value)
			continue
		}
		seen[key.Value], values[key.Value] = true, p.Value
		f := fields[i]
		to := v.FieldByIndex(f.index)
		before := len(r.errs)
		r.value(p.Value, to, f.name)
		if len(r.errs) == before {
			r.check(p.Value, to, f)
		}
	}
	for _, f := range fields {
		if f.need && !seen[f.name] {
			in := ""
			if what != "" {
				in = " in " + what
			}
			r.fail(at(n), "", "the key %q is missing%s", f.name, in)
		}
	}
	if j, ok := v.Addr().Interface().(judge); ok && len(r.errs) == faults {
		for _, m := range j.mistakes() {
			where := values[m.key]
			if where == nil {
				where = n
			}
			r.fail(at(where), m.hint, "%s", m.text)
		}
	}
}

// A judge is a struct that can be wrong as a whole, though every key of it is right.
type judge interface{ mistakes() []mistake }

// A mistake stands at the value of a key, or at the struct if it has no such key.
type mistake struct{ key, text, hint string }

// check holds the strings of a field to the field's tags.
func (r *reader) check(n ast.Node, v reflect.Value, f field) {
	if v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.String {
		if s, ok := n.(*ast.SequenceNode); ok {
			for i, e := range s.Values {
				r.word(e, v.Index(i).String(), f)
			}
			return
		}
		r.word(n, v.Index(0).String(), f)
		return
	}
	v = reflect.Indirect(v)
	switch v.Kind() {
	case reflect.String:
		r.word(n, v.String(), f)
	case reflect.Int:
		r.bounds(n, float64(v.Int()), f)
	case reflect.Float64:
		r.bounds(n, v.Float(), f)
	}
}

func (r *reader) bounds(n ast.Node, x float64, f field) {
	if low, err := strconv.ParseFloat(f.min, 64); err == nil && !(x >= low) {
		r.fail(at(n), "", "%s must be %s or more", f.name, f.min)
	}
	if high, err := strconv.ParseFloat(f.max, 64); err == nil && !(x <= high) {
		r.fail(at(n), "", "%s must be %s or less", f.name, f.max)
	}
}

func (r *reader) word(n ast.Node, s string, f field) {
	if f.one != nil && !slices.Contains(f.one, s) {
		hint := didYouMean(s, f.one)
		if hint == "" {
			hint = "one of " + strings.Join(f.one, ", ")
		}
		r.fail(at(n), hint, "%s cannot be %q", f.name, s)
	}
	if f.like != "" && !forms[f.like].pattern.MatchString(s) {
		r.fail(at(n), forms[f.like].hint, "%s is not of the right form", f.name)
	}
	if f.id != "" {
		if slices.Contains(r.ids[f.id], s) {
			r.fail(at(n), "", "there are two %s %q", f.id, s)
		}
		r.ids[f.id] = append(r.ids[f.id], s)
	}
	if f.ref != "" {
		r.refs = append(r.refs, reference{f.ref, s, at(n)})
	}
}

func didYouMean(word string, known []string) string {
	if k := nearest(word, known); k != "" {
		return fmt.Sprintf("did you mean %q?", k)
	}
	return ""
}

// A field is a key of a struct, as its tags describe it.
type field struct {
	name, like, id, ref, about string
	min, max                   string
	need, local                bool
	one                        []string
	index                      []int
	typ                        reflect.Type
}

// fieldsOf lists the keys of a struct type, those of inline structs included.
func fieldsOf(t reflect.Type) []field {
	var fs []field
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if options == "inline" {
			for _, in := range fieldsOf(f.Type) {
				if x := specRules[in.name]; f.Type == reflect.TypeFor[anonymize.Spec]() {
					in.need, in.one, in.like, in.min = x.need, x.one, x.like, x.min
				}
				in.index = append([]int{i}, in.index...)
				fs = append(fs, in)
			}
			continue
		}
		if name == "" || name == "-" {
			continue
		}
		x := field{name: name, like: f.Tag.Get("like"), id: f.Tag.Get("id"), ref: f.Tag.Get("ref"), about: f.Tag.Get("about"),
			min: f.Tag.Get("min"), max: f.Tag.Get("max"), need: f.Tag.Get("need") != "", local: f.Tag.Get("local") != "", index: []int{i}, typ: f.Type}
		if one := f.Tag.Get("one"); one != "" {
			x.one = strings.Fields(one)
		}
		fs = append(fs, x)
	}
	return fs
}
