package sqlite

import (
	"context"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// mainOnly are the facts of a connection that has the main database alone, and
// no temporary table.
type mainOnly struct{}

// Remember asks for the databases of the connection. One that has others beside
// the main one is asked for each step, as their tables may hide those of the
// step.
func (Dialect) Remember(ctx context.Context, q ddl.Querier) (ddl.Querier, error) {
	if place, err := readPlace(ctx, q, ""); err != nil || place != "" {
		return q, err
	}
	return ddl.Remembered{Querier: q, Facts: mainOnly{}}, nil
}
