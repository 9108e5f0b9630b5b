package testdb

import (
	"os"
	"strings"
	"testing"
)

// PgBouncer returns the DSN of a new, empty PostgreSQL database behind a
// PgBouncer of its own with that pool_mode ("session", "transaction"), and the
// DSN of the database itself. Both are gone when the test ends. Where there is no
// server or no PgBouncer the test is skipped, or fails if the environment has
// CI=true.
func PgBouncer(t testing.TB, mode string) (pooled, direct string) {
	t.Helper()
	direct = Postgres(t)
	s, err := postgresServer()
	if err != nil {
		t.Fatal(err)
	}
	var sockets, port, name string
	if err := s.admin.QueryRow("SELECT current_setting('unix_socket_directories'), current_setting('port')").Scan(&sockets, &port); err != nil {
		t.Fatalf("asking the PostgreSQL server for its sockets: %v", err)
	}
	sockets, _, _ = strings.Cut(sockets, ",")
	dsn, alive, err := start(serverScript, "pgbouncer", mode, sockets, port)
	if err != nil {
		unavailable(t, "PATH", os.Getenv("CI"), err)
		return "", ""
	}
	t.Cleanup(func() { alive.Close() })
	name = direct[strings.LastIndex(direct, "dbname=")+len("dbname="):]
	return dsn + " dbname=" + name, direct
}
