package testdb

import (
	"fmt"
	"maps"
	"os"
	"sync"
	"testing"

	"gorm.io/driver/mysql"
	"gorm.io/gorm"
)

// Where a person names a MariaDB or MySQL server.
const mysqlVariable = "LIMBECK_TEST_MYSQL"

// One server serves all tests of a test binary.
var mysqlServer = sync.OnceValues(func() (*server, error) {
	return connect("mysql", mysqlVariable, mysqlAdmin)
})

// MySQL returns the DSN of a new, empty MariaDB or MySQL database, as
// gorm.io/driver/mysql takes it, with utf8mb4 and times read as time.Time. Its
// user may create other databases. The database is dropped when the test ends;
// the test has to have ended its transactions by then, which would hold the
// tables. Where there is no server the test is skipped, or fails if the
// environment has CI=true.
func MySQL(t testing.TB) string {
	t.Helper()
	s, err := mysqlServer()
	if err != nil {
		unavailable(t, mysqlVariable, os.Getenv("CI"), err)
		return ""
	}
	name := newName()
	if err := s.exec(fmt.Sprintf("CREATE DATABASE `%s` CHARACTER SET utf8mb4", name)); err != nil {
		t.Fatalf("creating a MySQL database: %v", err)
	}
	t.Cleanup(func() {
		if err := s.exec(fmt.Sprintf("DROP DATABASE `%s`", name)); err != nil {
			t.Errorf("dropping a MySQL database: %v; has the test left a transaction open?", err)
		}
	})
	dsn, err := mysqlDSN(s.dsn, name)
	if err != nil {
		t.Fatalf("naming a MySQL database: %v", err)
	}
	return dsn
}

// mysqlAdmin is how the administrator connects: without waiting for a day (the
// server's default) where a test has left a transaction open.
func mysqlAdmin(dsn string) (gorm.Dialector, error) {
	dialector, err := mysqlDialector(dsn)
	if err != nil {
		return nil, err
	}
	params := maps.Clone(dialector.DSNConfig.Params)
	if params == nil {
		params = map[string]string{}
	}
	params["lock_wait_timeout"] = "20"
	dialector.DSNConfig.Params = params
	return mysql.Open(dialector.DSNConfig.FormatDSN()), nil
}

// mysqlDSN returns the DSN with another database, and with what GORM needs to
// read times.
func mysqlDSN(dsn, database string) (string, error) {
	dialector, err := mysqlDialector(dsn)
	if err != nil {
		return "", err
	}
	dialector.DSNConfig.DBName = database
	dialector.DSNConfig.ParseTime = true
	return dialector.DSNConfig.FormatDSN(), nil
}

// mysqlDialector reads a DSN by means of GORM's driver, which drops the error.
func mysqlDialector(dsn string) (*mysql.Dialector, error) {
	dialector, ok := mysql.Open(dsn).(*mysql.Dialector)
	if !ok || dialector.DSNConfig == nil {
		return nil, fmt.Errorf("reading the DSN in %s: want one like %q", mysqlVariable, "user:password@tcp(localhost:3306)/")
	}
	return dialector, nil
}
