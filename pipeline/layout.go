package pipeline

import (
	"bezlik/connectors"
	"bezlik/rules"
)

// A layout says which fields of an object a record export writes, in which order. It is shared by workers.
type layout struct {
	fields []connectors.Field
	index  map[string]uint16
}

// newLayout lays out the fields that the plan does not drop; all of them where the form of the source stays.
func newLayout(inv *Inventory, t *transform, exact bool) *layout {
	l := &layout{index: map[string]uint16{}}
	for i := range inv.Fields {
		f := &inv.Fields[i]
		if f.Key {
			continue
		}
		if !exact && t.action(inv.Object, f.Field) == rules.Drop {
			continue
		}
		l.index[f.Field] = uint16(len(l.fields))
		l.fields = append(l.fields, connectors.Field{Name: f.Field, Native: f.Native})
	}
	return l
}

// bare says whether no field of an object may leave: then there is nothing to publish of it but blank lines.
func (t *transform) bare(inv *Inventory) bool {
	for i := range inv.Fields {
		if f := &inv.Fields[i]; !f.Key && t.action(inv.Object, f.Field) != rules.Drop {
			return false
		}
	}
	return true
}

// action is what the plan does with a field.
func (t *transform) action(object, field string) rules.Action {
	o := t.object(object)
	if o == nil {
		return rules.Drop
	}
	for i := range o.Columns {
		if o.Columns[i].Field == field {
			return o.Columns[i].Action
		}
	}
	return o.Rest
}

// apply makes the edited record batch out of b, with the layout's fields only.
func (l *layout) apply(out, b *connectors.Batch, edits []connectors.Edit, drop []uint32) error {
	connectors.Apply(out, b, edits, drop)
	if l == nil {
		out.Cells, out.Rows = out.Cells[:0], out.Rows[:0]
		return nil
	}
	cells := out.Cells[:0]
	row := 0
	for i := range out.Cells {
		for row < len(out.Rows) && out.Rows[row] == uint32(i) {
			out.Rows[row] = uint32(len(cells))
			row++
		}
		c := out.Cells[i]
		if c.Type == connectors.Key || c.Type == connectors.Echo {
			continue
		}
		to, ok := l.index[b.Fields[c.Field].Name]
		if !ok {
			continue
		}
		c.Field = to
		cells = append(cells, c)
	}
	for ; row < len(out.Rows); row++ {
		out.Rows[row] = uint32(len(cells))
	}
	out.Cells, out.Fields = cells, l.fields
	return nil
}
