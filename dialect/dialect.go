package dialect

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/dialect/mysql"
	"github.com/go-limbeck/limbeck/dialect/postgres"
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
	// Version names the database and its version for people: "postgres 15.18",
	// "mariadb 10.11.6".
	Version(ctx context.Context, q ddl.Querier) (string, error)

	// SpellType returns the column type that a portable type stands for.
	SpellType(op.Type) string
	// CheckName returns an error for a name of a table, column, key or index
	// that the database would cut off or not take, and nil otherwise.
	CheckName(name string) error
	// Inspect reads the live schema and changes nothing. What could not be
	// compared with the words of the inquiry is said in them and reported.
	Inspect(ctx context.Context, q ddl.Querier, inquiry ddl.Inquiry) (ddl.Reading, error)
	// Look begins to do what Inspect does, so that the database can be read while
	// models are. The words that are known by then may name other schemas.
	Look(ctx context.Context, q ddl.Querier, said []op.Schema) (ddl.Finish, error)
	// Rephrase returns schemas in words as [ddl.Reading.Words] has them, as far as
	// that can be told without a database.
	Rephrase(said []op.Schema) []op.Schema
	// HasTables reports of each name whether there is an ordinary table of it, in
	// one trip.
	HasTables(ctx context.Context, q ddl.Querier, names ...string) ([]bool, error)

	// Plan plans the operations at the head of the list that belong together.
	// It may read how the database stands now, so that a step must have run
	// before the next is planned; through a [ddl.Unseen] what does not depend on
	// that is planned, and the rest fails. An operation that the database cannot
	// carry out gives an error that wraps [ddl.ErrUnsupported].
	Plan(ctx context.Context, q ddl.Querier, ops op.List) (ddl.Step, error)
	// Lock keeps other migrations of the database away until the lock is
	// released. q is one connection, or a transaction of the caller's, to which
	// the lock then belongs. Where somebody else keeps it for too long, the error
	// wraps [ddl.ErrLocked]; where no lock of a session would protect anything,
	// [ddl.ErrPooled].
	Lock(ctx context.Context, q ddl.Querier, o ddl.LockOptions) (ddl.Lock, error)
	// Transact runs fn in a transaction on q, which is one connection: all of it
	// happens, or nothing (but see Transactional). Inside a transaction of the
	// caller's it is a savepoint. Where somebody else holds what fn needs, the
	// error wraps [ddl.ErrLocked].
	Transact(ctx context.Context, q ddl.Querier, fn func() error) error
	// Limit sets how long the statements on a connection may take, and returns
	// what puts the settings back, beside an error too.
	Limit(ctx context.Context, q ddl.Querier, l ddl.Limits) (restore func(context.Context) error, err error)
	// Locked reports whether an error means that somebody else held what a
	// statement needed, so that trying again may help.
	Locked(err error) bool
	ddl.Recoverer
	ddl.Locator

	// Transactional reports whether a revision that fails leaves nothing behind.
	Transactional() bool
	// Script returns how the database's own client takes a script.
	Script() ddl.Script
	// Bind returns the placeholder of argument n, from 1, in a statement.
	Bind(n int) string
	// QuoteTable returns the name of a table, qualified or not, as it stands in
	// a statement.
	QuoteTable(name string) string

	// Rehearse gives fn an empty place of this kind of database that disturbs
	// nobody and is gone afterwards; transact runs a piece of work there as
	// Transact would. Disposable says that the pool is an empty database that
	// the user has named for this: it is used as it is, and left empty. Where
	// there is no such place, the error wraps [ddl.ErrNoScratch].
	Rehearse(ctx context.Context, pool *sql.DB, disposable bool, fn func(q ddl.Querier, transact func(func() error) error) error) error
}

// SchemaCopier is a dialect that can copy a live schema as it is, with things
// that op has no words for.
type SchemaCopier interface {
	// CopySchema makes in an empty database what another one holds, without
	// the rows.
	CopySchema(ctx context.Context, from, to ddl.Querier) error
}

// DependentsChecker is a dialect whose server refuses changes that something of
// the user's beside the tables rests on, a view for example.
type DependentsChecker interface {
	// CheckDependents returns a *[ddl.DependentsError] where the server would
	// refuse an operation for that. It only reads.
	CheckDependents(ctx context.Context, q ddl.Querier, ops op.List) error
}

var (
	_ SchemaCopier      = sqlite.Dialect{}
	_ DependentsChecker = postgres.Dialect{}
	_ ddl.Prompt        = sqlite.Dialect{}
)

// Converter is a dialect of a database that cannot turn the values of every
// type into those of every other.
type Converter interface {
	// Convert reports whether it can, with the values that fit. Otherwise it
	// suggests expressions over the column that make sense, if it knows any.
	Convert(column string, from, to op.Type) (ok bool, using []string)
}

var _ Converter = postgres.Dialect{}

// Rememberer is a dialect that asks its session for what it is before it plans a
// step.
type Rememberer interface {
	// Remember asks once: Plan, Mark and Recover ask q for everything and its
	// result only for what steps change. It holds until statements run that were
	// not planned.
	Remember(ctx context.Context, q ddl.Querier) (ddl.Querier, error)
}

var (
	_ Rememberer = sqlite.Dialect{}
	_ Rememberer = mysql.Dialect{}
)

// TablesMarker is a dialect of a database that commits each table which is made or
// dropped, and can tell of many at once whether they are there.
type TablesMarker interface {
	// MarkTables returns how many statements at the head of the list each make a
	// table of which there is none, or else each drop one that is there, and do
	// nothing else; and the Mark that all of those have. It takes one trip.
	MarkTables(ctx context.Context, q ddl.Querier, statements []string) (n int, mark string, err error)
	// HadNoEffect reports whether an error says that a statement made no table
	// because there is something of that name, or dropped none because there is
	// nothing.
	HadNoEffect(err error) bool
}

var _ TablesMarker = mysql.Dialect{}

// MissingTeller is a dialect in which reading a table that is not there costs
// nothing but an error: no transaction fails with it, and no server writes it down.
type MissingTeller interface {
	// IsMissing reports whether an error says that a table is not there.
	IsMissing(err error) bool
}

var _ MissingTeller = mysql.Dialect{}

// InsideRefuser is a dialect that cannot run all statements inside a transaction
// of the caller's.
type InsideRefuser interface {
	// MayRunInside returns an error where a statement is not safe there.
	MayRunInside(ctx context.Context, q ddl.Querier, statements []ddl.Statement) error
}

var _ InsideRefuser = sqlite.Dialect{}

// For returns the dialect of a database. An unknown one gives an error that
// wraps [ErrUnknown].
func For(db *gorm.DB) (Dialect, error) {
	if db == nil || db.Config == nil || db.Dialector == nil {
		return nil, fmt.Errorf("choosing a dialect: %w: the *gorm.DB has no dialector; open it with gorm.Open", ErrUnknown)
	}
	switch name := db.Dialector.Name(); name {
	case sqlite.Name:
		return sqlite.Dialect{}, nil
	case postgres.Name:
		return postgres.Dialect{}, nil
	case mysql.Name:
		return mysql.Dialect{}, nil
	default:
		return nil, fmt.Errorf("choosing a dialect: %w: %q; this version knows sqlite, postgres and mysql", ErrUnknown, name)
	}
}
