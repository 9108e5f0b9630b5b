package conformance

import (
	"database/sql"
	"testing"

	"gorm.io/driver/mysql"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/go-limbeck/limbeck/internal/catalogue"
	"github.com/go-limbeck/limbeck/internal/testdb"
)

// A server is one kind of database, which the rows take turns with.
type server struct {
	dialect string
	pool    *testdb.Pool
}

func newServer(t testing.TB, dialect string) *server {
	t.Helper()
	return &server{dialect: dialect, pool: testdb.NewPool(t, dialect)}
}

var dialects = []string{"sqlite", "postgres", "mysql"}

// open returns an empty database, with an empty cache of models, until t ends.
func (s *server) open(t testing.TB, config gorm.Config) *gorm.DB {
	t.Helper()
	return s.openWith(t, config, mysql.Config{})
}

func (s *server) openWith(t testing.TB, config gorm.Config, forMySQL mysql.Config) *gorm.DB {
	t.Helper()
	if s.dialect != "mysql" {
		return s.pool.Open(t, &config)
	}
	return s.pool.OpenWith(t, func(dsn string) gorm.Dialector {
		forMySQL.DSN = dsn
		return mysql.New(forMySQL)
	}, &config)
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

// read returns what a database holds.
func read(t testing.TB, db *gorm.DB) []string {
	t.Helper()
	lines, err := catalogue.Read(db)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}
