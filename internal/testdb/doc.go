// Package testdb gives tests empty databases of their own, on SQLite,
// PostgreSQL and MariaDB or MySQL.
//
//	testdb.Each(t, func(t *testing.T, dialect string) {
//		db := testdb.Open(t, dialect) // a *gorm.DB on a fresh, empty database
//	})
//
// [Postgres] and [MySQL] return a DSN instead, for tests that open the
// database themselves. Every database is dropped when its test ends, so tests
// may run in parallel and leave nothing behind.
//
// # Servers
//
// The first test that wants a server starts one, from the binaries that are
// installed on the machine: in a temporary folder (in /dev/shm if there is
// room, otherwise in TMPDIR or /tmp), reachable only through a socket in it, as
// an ordinary user when the tests run as root, and with everything off that
// makes a database survive a crash. It serves the whole test binary. The script
// server.sh, which starts it, ends it and removes its folder as soon as the
// test binary is gone, also when that was killed.
//
// A start takes about a second, for every package that is tested, and a
// database 20 ms on PostgreSQL and one on MariaDB. Where that is too slow, or where another version is
// to be tested, these variables name a server that runs already, by the DSN of
// a user who may create databases:
//
//	LIMBECK_TEST_POSTGRES='host=localhost user=postgres password=secret'
//	LIMBECK_TEST_MYSQL='root:secret@tcp(localhost:3306)/'
//
// The script scripts/servers starts both servers and prints the variables.
//
// [NewPool] lends databases to tests that run by the hundred.
//
// # Where there is no server
//
// A test is skipped, and says what to install, unless the environment has
// CI=true: there it fails, because a test that is always skipped is a promise
// that nobody keeps. A server that is installed and does not start, or that is
// named and does not answer, always fails the test.
package testdb
