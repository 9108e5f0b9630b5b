package testdb

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"

	"gorm.io/driver/mysql"
	"gorm.io/driver/postgres"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
)

// Pool lends databases of one dialect to many short tests, which take turns
// with a few of them: a new database on a server costs more than most of what
// is done in it. Make one with [NewPool]. It serves tests in parallel.
type Pool struct {
	dialect string
	// t is the test that all borrowers belong to: the databases are its.
	t   testing.TB
	dir string

	lock sync.Mutex
	made int
	// dsns are of databases that are empty and that nobody is using.
	dsns []string
}

// TB is the part of a test that [Pool.Open] uses. A *rapid.T has it too.
type TB interface {
	Helper()
	Fatalf(format string, args ...any)
	Errorf(format string, args ...any)
	Cleanup(func())
}

// NewPool returns a pool with one database in it. Where there is no server, t
// is skipped here, or fails if the environment has CI=true; the borrowers, which
// may run at the same time, could not say so.
func NewPool(t testing.TB, dialect string) *Pool {
	t.Helper()
	p := &Pool{dialect: dialect, t: t, dir: t.TempDir()}
	p.dsns = []string{p.take()}
	return p
}

// Open returns an empty database, with an empty cache of models, until t ends.
// Options are GORM's own, as for [Open].
func (p *Pool) Open(t TB, options ...gorm.Option) *gorm.DB {
	t.Helper()
	return p.OpenWith(t, p.dialector, options...)
}

// OpenWith is Open with a dialector of the caller's own for the DSN.
func (p *Pool) OpenWith(t TB, dialector func(dsn string) gorm.Dialector, options ...gorm.Option) *gorm.DB {
	t.Helper()
	dsn := p.take()
	db, err := gorm.Open(dialector(dsn), withDefaults(options)...)
	if err != nil {
		t.Fatalf("opening a %s database: %v", p.dialect, err)
	}
	pool, err := db.DB()
	if err != nil {
		t.Fatalf("opening a %s database: %v", p.dialect, err)
	}
	t.Cleanup(func() {
		defer pool.Close()
		if p.dialect == "sqlite" {
			return // a file is as good as new
		}
		if err := empty(db); err != nil {
			t.Errorf("emptying a database for the next test: %v", err)
			return
		}
		p.lock.Lock()
		p.dsns = append(p.dsns, dsn)
		p.lock.Unlock()
	})
	return db
}

func (p *Pool) dialector(dsn string) gorm.Dialector {
	switch p.dialect {
	case "postgres":
		return postgres.Open(dsn)
	case "mysql":
		return mysql.Open(dsn)
	default:
		return sqlite.Open(dsn)
	}
}

func (p *Pool) take() string {
	p.t.Helper()
	p.lock.Lock()
	defer p.lock.Unlock()
	if last := len(p.dsns) - 1; last >= 0 {
		dsn := p.dsns[last]
		p.dsns = slices.Delete(p.dsns, last, last+1)
		return dsn
	}
	switch p.dialect {
	case "postgres":
		return Postgres(p.t)
	case "mysql":
		return MySQL(p.t)
	case "sqlite":
		// Without waiting for the disk, which no test here cuts off.
		p.made++
		return filepath.Join(p.dir, strconv.Itoa(p.made)+".db") + "?_synchronous=OFF&_foreign_keys=on"
	default:
		p.t.Fatalf("no database is called %q; use one of %q", p.dialect, dialects())
		return ""
	}
}

// empty drops all that is in a database.
func empty(db *gorm.DB) error {
	var statements []string
	if db.Name() == "mysql" {
		name := db.Migrator().CurrentDatabase()
		statements = []string{"DROP DATABASE `" + name + "`", "CREATE DATABASE `" + name + "` CHARACTER SET utf8mb4"}
	} else {
		if err := db.Raw(`SELECT 'DROP SCHEMA ' || quote_ident(nspname) || ' CASCADE' FROM pg_namespace
			WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'`).Scan(&statements).Error; err != nil {
			return err
		}
		statements = append(statements, "CREATE SCHEMA public")
	}
	for _, statement := range statements {
		if err := db.Exec(statement).Error; err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	return nil
}
