package testdb

import (
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

// Where a person names a PostgreSQL server.
const postgresVariable = "LIMBECK_TEST_POSTGRES"

// One server serves all tests of a test binary.
var postgresServer = sync.OnceValues(func() (*server, error) {
	return connect("postgres", postgresVariable, func(dsn string) (gorm.Dialector, error) {
		return postgres.Open(dsn), nil
	})
})

// Postgres returns the DSN of a new, empty PostgreSQL database, as
// gorm.io/driver/postgres takes it. Its user owns the database and may create
// others. The database is dropped when the test ends, with whoever is still
// connected to it. Where there is no server the test is skipped, or fails if
// the environment has CI=true.
func Postgres(t testing.TB) string {
	t.Helper()
	s, err := postgresServer()
	if err != nil {
		unavailable(t, postgresVariable, os.Getenv("CI"), err)
		return ""
	}
	name := newName()
	// template0 holds nothing that a server's administrator may have put into
	// the default template, and takes any encoding.
	if err := s.exec(fmt.Sprintf(`CREATE DATABASE %q TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'`, name)); err != nil {
		t.Fatalf("creating a PostgreSQL database: %v", err)
	}
	t.Cleanup(func() {
		if err := s.exec(fmt.Sprintf(`DROP DATABASE %q WITH (FORCE)`, name)); err != nil {
			t.Errorf("dropping a PostgreSQL database: %v", err)
		}
	})
	dsn, err := postgresDSN(s.dsn, name)
	if err != nil {
		t.Fatalf("naming a PostgreSQL database: %v", err)
	}
	return dsn
}

// postgresDSN returns the DSN, a URL or a list of settings, with another
// database.
func postgresDSN(dsn, database string) (string, error) {
	if !strings.HasPrefix(dsn, "postgres://") && !strings.HasPrefix(dsn, "postgresql://") {
		// Of two settings of the same name the last one counts.
		return dsn + " dbname=" + database, nil
	}
	u, err := url.Parse(dsn)
	if err != nil {
		return "", fmt.Errorf("reading the DSN in %s: %w", postgresVariable, err)
	}
	// Settings in the query count more than the path.
	query := u.Query()
	query.Del("dbname")
	query.Del("database")
	u.RawQuery = query.Encode()
	u.Path = "/" + database
	return u.String(), nil
}
