package postgres

import (
	"context"

	"bezlik/connectors"
)

// Describe implements connectors.Describer: the tables as the catalogue declares them, foreign ones and those that this
// user may not read included. No table is read.
func (s *source) Describe(ctx context.Context) ([]connectors.Described, error) {
	c, err := s.tables(ctx)
	if err != nil {
		return nil, err
	}
	var all []connectors.Described
	for _, t := range c.tables {
		all = append(all, connectors.Described{Object: t.object, Fields: t.declared, Unknown: t.object == largeObjects})
	}
	return all, nil
}
