package ddl

import (
	"context"
	"database/sql"
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
