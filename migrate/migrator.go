package migrate

import (
	"database/sql"
	"fmt"
	"runtime/debug"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/op"
)

// Migrator applies a collection of revisions to a database. Make one with
// [New].
type Migrator struct {
	db        *gorm.DB
	revisions op.Revisions
	options   Options
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
