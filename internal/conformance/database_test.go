package conformance

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"gorm.io/driver/mysql"
	"gorm.io/driver/postgres"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/go-limbeck/limbeck/internal/testdb"
)

// A server is one kind of database. On PostgreSQL and MariaDB the rows take
// turns with a few databases, since a new one costs more than all the rest.
type server struct {
	dialect string
	// t is the test that all rows belong to: the databases are its.
	t testing.TB
	// dsns are of databases that are empty and that nobody is using.
	lock sync.Mutex
	dsns []string
}

// newServer returns a server with one database. Where there is no server, the
// test is skipped here, or fails; the rows, which run at the same time, could
// not say so.
func newServer(t testing.TB, dialect string) *server {
	t.Helper()
	s := &server{dialect: dialect, t: t}
	if dialect != "sqlite" {
		s.dsns = []string{s.take()}
	}
	return s
}

var dialects = []string{"sqlite", "postgres", "mysql"}

// open returns an empty database, with an empty cache of models, until t ends.
func (s *server) open(t testing.TB, config gorm.Config) *gorm.DB {
	t.Helper()
	return s.openWith(t, config, mysql.Config{})
}

func (s *server) openWith(t testing.TB, config gorm.Config, forMySQL mysql.Config) *gorm.DB {
	t.Helper()
	config.Logger = logger.Discard
	var dialector gorm.Dialector
	var dsn string
	switch s.dialect {
	case "sqlite":
		// Without waiting for the disk, which no test here cuts off.
		dialector = sqlite.Open(filepath.Join(t.TempDir(), "test.db") + "?_synchronous=OFF&_foreign_keys=on")
	case "postgres":
		dsn = s.take()
		dialector = postgres.Open(dsn)
	case "mysql":
		dsn = s.take()
		forMySQL.DSN = dsn
		dialector = mysql.New(forMySQL)
	}
	db, err := gorm.Open(dialector, &config)
	if err != nil {
		t.Fatal(err)
	}
	pool, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if dsn != "" {
			if err := empty(db); err != nil {
				t.Errorf("emptying a database for the next row: %v", err)
			}
			s.lock.Lock()
			s.dsns = append(s.dsns, dsn)
			s.lock.Unlock()
		}
		pool.Close()
	})
	return db
}

// onPool returns another *gorm.DB on the same MySQL database.
func onPool(t testing.TB, pool *sql.DB, config gorm.Config) *gorm.DB {
	t.Helper()
	config.Logger = logger.Discard
	db, err := gorm.Open(mysql.New(mysql.Config{Conn: pool}), &config)
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func (s *server) take() string {
	s.t.Helper()
	s.lock.Lock()
	defer s.lock.Unlock()
	if last := len(s.dsns) - 1; last >= 0 {
		dsn := s.dsns[last]
		s.dsns = slices.Delete(s.dsns, last, last+1)
		return dsn
	}
	if s.dialect == "postgres" {
		return testdb.Postgres(s.t)
	}
	return testdb.MySQL(s.t)
}

// empty drops all that is in a database.
func empty(db *gorm.DB) error {
	var statements []string
	if db.Dialector.Name() == "mysql" {
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
