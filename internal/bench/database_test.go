package bench

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"net"
	"path/filepath"
	"testing"

	gomysql "github.com/go-sql-driver/mysql"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	gosqlite "github.com/mattn/go-sqlite3"
	"gorm.io/driver/mysql"
	"gorm.io/driver/postgres"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/go-limbeck/limbeck/internal/testdb"
)

// open returns a new, empty database, and the wire to it.
func open(tb testing.TB, dialect string) (*gorm.DB, *wire) {
	tb.Helper()
	w := &wire{}
	switch dialect {
	case "sqlite":
		file := filepath.Join(tb.TempDir(), "bench.db") + "?_foreign_keys=on&_journal_mode=WAL&_synchronous=OFF"
		w.Connector = connector{&gosqlite.SQLiteDriver{}, file}
	case "postgres":
		config, err := pgx.ParseConfig(testdb.Postgres(tb))
		if err != nil {
			tb.Fatal(err)
		}
		config.DialFunc = w.dial
		w.Connector = stdlib.GetConnector(*config)
	case "mysql":
		config, err := gomysql.ParseDSN(testdb.MySQL(tb))
		if err != nil {
			tb.Fatal(err)
		}
		network, counted := config.Net, fmt.Sprintf("wire%p", w)
		gomysql.RegisterDialContext(counted, func(ctx context.Context, address string) (net.Conn, error) { return w.dial(ctx, network, address) })
		config.Net = counted
		if w.Connector, err = gomysql.NewConnector(config); err != nil {
			tb.Fatal(err)
		}
	}
	pool := sql.OpenDB(w)
	tb.Cleanup(func() { pool.Close() })
	return onPool(tb, dialect, pool), w
}

// onPool returns a *gorm.DB that has parsed no model yet.
func onPool(tb testing.TB, dialect string, pool *sql.DB) *gorm.DB {
	tb.Helper()
	var dialector gorm.Dialector
	switch dialect {
	case "sqlite":
		dialector = &sqlite.Dialector{Conn: pool}
	case "postgres":
		dialector = postgres.New(postgres.Config{Conn: pool})
	case "mysql":
		dialector = mysql.New(mysql.Config{Conn: pool})
	}
	db, err := gorm.Open(dialector, &gorm.Config{Logger: logger.Discard})
	if err != nil {
		tb.Fatal(err)
	}
	return db
}

// connector is one for a driver that has none of its own.
type connector struct {
	driver driver.Driver
	name   string
}

func (c connector) Driver() driver.Driver { return c.driver }

func (c connector) Connect(context.Context) (driver.Conn, error) { return c.driver.Open(c.name) }
