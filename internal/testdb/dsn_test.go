package testdb

import (
	"strings"
	"testing"
)

func TestPostgresDSN(t *testing.T) {
	for _, test := range []struct{ dsn, want string }{
		{"host=/tmp/x user=postgres", "host=/tmp/x user=postgres dbname=new"},
		{"host=/tmp/x dbname=postgres", "host=/tmp/x dbname=postgres dbname=new"},
		{"postgres://me:secret@localhost:5433/postgres?sslmode=disable", "postgres://me:secret@localhost:5433/new?sslmode=disable"},
		{"postgresql://localhost", "postgresql://localhost/new"},
		{"postgres:///postgres?host=/tmp/x&dbname=old", "postgres:///new?host=%2Ftmp%2Fx"},
	} {
		got, err := postgresDSN(test.dsn, "new")
		if err != nil || got != test.want {
			t.Errorf("postgresDSN(%q) = %q, %v, want %q", test.dsn, got, err, test.want)
		}
	}
	if _, err := postgresDSN("postgres://%zz", "new"); err == nil || !strings.Contains(err.Error(), postgresVariable) {
		t.Errorf("postgresDSN of a broken URL gives the error %v, want one that names %s", err, postgresVariable)
	}
}

func TestMySQLDSN(t *testing.T) {
	for _, test := range []struct{ dsn, want string }{
		{"root@unix(/tmp/x/socket)/", "root@unix(/tmp/x/socket)/new?parseTime=true"},
		{"me:secret@tcp(localhost:3307)/old?charset=utf8mb4&parseTime=False", "me:secret@tcp(localhost:3307)/new?parseTime=true&charset=utf8mb4"},
	} {
		got, err := mysqlDSN(test.dsn, "new")
		if err != nil || got != test.want {
			t.Errorf("mysqlDSN(%q) = %q, %v, want %q", test.dsn, got, err, test.want)
		}
	}
	if _, err := mysqlDSN("no slash", "new"); err == nil || !strings.Contains(err.Error(), mysqlVariable) {
		t.Errorf("mysqlDSN of a broken DSN gives the error %v, want one that names %s", err, mysqlVariable)
	}
}

// Dropping a database must not wait for a transaction that a test left open.
func TestMySQLAdminDoesNotWaitForADay(t *testing.T) {
	MySQL(t) // or skip
	s, err := mysqlServer()
	if err != nil {
		t.Fatal(err)
	}
	var seconds int
	if err := s.admin.QueryRow("SELECT @@lock_wait_timeout").Scan(&seconds); err != nil || seconds != 20 {
		t.Errorf("the administrator waits %d seconds for a lock, %v, want 20", seconds, err)
	}
}
