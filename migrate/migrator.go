package migrate

import (
	"context"
	"database/sql"
	"fmt"
	"runtime/debug"
	"time"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/dialect"
	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// Migrator applies a collection of revisions to a database. Make one with
// [New].
type Migrator struct {
	db        *gorm.DB
	revisions op.Revisions
	options   Options
}

// Options are what a migrator may be told. The zero value is useful.
type Options struct {
	// Observe is given each step after it has run, while the revision's
	// transaction is open: it must not use the database, and what it saw is
	// undone where a later step fails. Default: nobody is told.
	Observe func(op.Revision, ddl.Step)
	// Now tells the time for the history. Default: time.Now.
	Now func() time.Time
}

// New returns a migrator. It does not touch the database.
func New(db *gorm.DB, revisions op.Revisions) *Migrator {
	return &Migrator{db: db, revisions: revisions}
}

// With returns a copy of the migrator with other options.
func (m *Migrator) With(o Options) *Migrator {
	copied := *m
	copied.options = o
	return &copied
}

func (m *Migrator) now() time.Time {
	if m.options.Now != nil {
		return m.options.Now()
	}
	return time.Now()
}

// session is everything that work on the database needs.
type session struct {
	dialect dialect.Dialect
	graph   *Graph
	conn    *sql.Conn
}

// with runs fn with one connection of the pool.
func (m *Migrator) with(ctx context.Context, fn func(session) error) error {
	graph, err := NewGraph(m.revisions)
	if err != nil {
		return err
	}
	d, err := dialect.For(m.db)
	if err != nil {
		return err
	}
	pool, err := Pool(m.db)
	if err != nil {
		return err
	}
	conn, err := pool.Conn(ctx)
	if err != nil {
		return fmt.Errorf("connecting to the database: %w", err)
	}
	defer conn.Close()
	return fn(session{dialect: d, graph: graph, conn: conn})
}

// Pool returns the connection pool below a *gorm.DB. One that is inside a
// transaction gives an error that wraps [ErrInTransaction]: its connection is
// taken, and what a revision does has to be able to begin and end there.
func Pool(db *gorm.DB) (*sql.DB, error) {
	if db == nil || db.Statement == nil {
		return nil, fmt.Errorf("taking the connection pool: the *gorm.DB is not open; open it with gorm.Open")
	}
	if _, ok := db.Statement.ConnPool.(gorm.TxCommitter); ok {
		return nil, fmt.Errorf("%w; give the one that gorm.Open returned", ErrInTransaction)
	}
	pool, err := db.DB()
	if err != nil {
		return nil, fmt.Errorf("taking the connection pool: %w; give the *gorm.DB that gorm.Open returned", err)
	}
	return pool, nil
}

// Version is the version of the library that is linked in, as the build knows
// it: "(devel)" in a working copy.
func Version() string {
	const path = "github.com/go-limbeck/limbeck"
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if info.Main.Path == path {
		return orDevel(info.Main.Version)
	}
	for _, dep := range info.Deps {
		if dep.Path == path {
			return orDevel(dep.Version)
		}
	}
	return "(devel)"
}

func orDevel(version string) string {
	if version == "" {
		return "(devel)"
	}
	return version
}
