package rules

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
)

// Diff says what differs between two policies, one line each: "+" stands in b only, "-" in a only, "~" in both but otherwise.
func Diff(a, b *Policy) []string {
	var lines []string
	x, y := reflect.ValueOf(a).Elem(), reflect.ValueOf(b).Elem()
	for _, f := range fieldsOf(x.Type()) {
		v, w := x.FieldByIndex(f.index), y.FieldByIndex(f.index)
		if v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Struct {
			lines = append(lines, diffLists(f.name, v, w)...)
		} else if text(v) != text(w) {
			lines = append(lines, "~ "+f.name+": "+text(v)+" → "+text(w))
		}
	}
	return lines
}

// diffLists compares two lists of things with ids.
func diffLists(name string, v, w reflect.Value) []string {
	var lines []string
	there := map[string]reflect.Value{}
	for i := range w.Len() {
		there[idOf(w.Index(i))] = w.Index(i)
	}
	var seen []string
	for i := range v.Len() {
		id := idOf(v.Index(i))
		seen = append(seen, id)
		other, ok := there[id]
		switch {
		case !ok:
			lines = append(lines, fmt.Sprintf("- %s %s", name, id))
		case text(v.Index(i)) != text(other):
			for _, f := range fieldsOf(other.Type()) {
				if p, q := text(v.Index(i).FieldByIndex(f.index)), text(other.FieldByIndex(f.index)); p != q {
					lines = append(lines, fmt.Sprintf("~ %s %s, %s: %s → %s", name, id, f.name, p, q))
				}
			}
		}
	}
	for i := range w.Len() {
		if id := idOf(w.Index(i)); !slices.Contains(seen, id) {
			lines = append(lines, fmt.Sprintf("+ %s %s", name, id))
		}
	}
	return lines
}

func idOf(v reflect.Value) string {
	if f := v.FieldByName("ID"); f.IsValid() {
		return f.String()
	}
	return text(v)
}

func text(v reflect.Value) string {
	b, err := json.Marshal(v.Interface())
	if err != nil { // plain data
		return "?"
	}
	return string(b)
}
