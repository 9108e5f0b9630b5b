package dialect

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/dialect/sqlite"
	"github.com/go-limbeck/limbeck/op"
)

// ErrUnknown is wrapped by the error of [For] for a database that Limbeck has
// no dialect for.
var ErrUnknown = errors.New("no dialect for this database")

// Dialect is one kind of database.
type Dialect interface {
	// Name is the name that GORM's dialector gives: "sqlite".
	Name() string
	// Version returns the server's version as it gives it itself.
	Version(ctx context.Context, q ddl.Querier) (string, error)

	// SpellType returns the column type that a portable type stands for.
	SpellType(op.Type) string
	// Inspect reads the live schema and changes nothing. Where a schema in
	// words would come out as what is there, the result uses its words; the
	// first that fits counts.
	Inspect(ctx context.Context, q ddl.Querier, words ...op.Schema) (op.Schema, error)
	// HasTable reports whether there is an ordinary table of that name.
	HasTable(ctx context.Context, q ddl.Querier, name string) (bool, error)

	// Plan plans the operations at the head of the list that belong together.
	// It may read how the database stands now, so that a step must have run
	// before the next is planned. An operation that the database cannot carry
	// out gives an error that wraps [ddl.ErrUnsupported].
	Plan(ctx context.Context, q ddl.Querier, ops op.List) (ddl.Step, error)
	// Transact runs fn in a transaction on conn that is alone with the
	// database: all of it happens, or nothing. Where somebody else holds the
	// database, the error wraps [ddl.ErrLocked].
	Transact(ctx context.Context, conn *sql.Conn, fn func() error) error
	ddl.Locator

	// Scratch opens an empty database of the same kind that disturbs nobody.
	// Closing it removes it.
	Scratch(ctx context.Context, db *sql.DB) (*sql.DB, error)
	// CopySchema makes in an empty database what another one holds, without
	// the rows.
	CopySchema(ctx context.Context, from, to ddl.Querier) error
}

// For returns the dialect of a database. An unknown one gives an error that
// wraps [ErrUnknown].
func For(db *gorm.DB) (Dialect, error) {
	if db == nil || db.Config == nil || db.Dialector == nil {
		return nil, fmt.Errorf("choosing a dialect: %w: the *gorm.DB has no dialector; open it with gorm.Open", ErrUnknown)
	}
	switch name := db.Dialector.Name(); name {
	case sqlite.Name:
		return sqlite.Dialect{}, nil
	default:
		return nil, fmt.Errorf("choosing a dialect: %w: %q; this version knows sqlite", ErrUnknown, name)
	}
}
