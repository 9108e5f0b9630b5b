package ddl

import (
	"context"
	"database/sql"
	"slices"
)

// Querier runs SQL: *sql.Conn, *sql.Tx and *sql.DB are ones.
type Querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	PrepareContext(ctx context.Context, query string) (*sql.Stmt, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// Mapper is a [Querier] of a place to try things out in, where tables have
// other names than in the live database.
type Mapper interface {
	// AsLive returns a statement with the names of the live database.
	AsLive(sql string) string
}

// AsLive returns a step with the statements that it has on the live database,
// where q is a [Mapper].
func AsLive(q Querier, step Step) Step {
	m, ok := q.(Mapper)
	if !ok {
		return step
	}
	step.Statements = slices.Clone(step.Statements)
	for i := range step.Statements {
		step.Statements[i].SQL = m.AsLive(step.Statements[i].SQL)
	}
	return step
}

// Unseen is a server whose tables are not those that something is planned for.
// It may be asked what it is; whatever else is asked fails.
type Unseen struct {
	Server Querier
	// Querier is one that fails.
	Querier
}
