package sqlite

import (
	"context"
	"strings"

	"bezlik/connectors"
)

// Describe implements connectors.Describer: the tables as the schema declares them, which Open has read. No row is.
func (s *Source) Describe(ctx context.Context) ([]connectors.Described, error) {
	all := make([]connectors.Described, len(s.tables))
	for i := range s.tables {
		t := &s.tables[i]
		all[i] = connectors.Described{Object: t.object, Fields: t.fields(), Unknown: t.refuse != nil}
	}
	return all, ctx.Err()
}

// fields are the columns of a table.
func (t *table) fields() []connectors.Field {
	var fields []connectors.Field
	for _, c := range t.columns {
		fields = append(fields, connectors.Field{Name: display(c.name), Native: strings.ToLower(c.native)})
	}
	return fields
}
