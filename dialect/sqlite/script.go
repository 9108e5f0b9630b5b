package sqlite

import "github.com/go-limbeck/limbeck/dialect/ddl"

// Script returns how the shell sqlite3 takes a script. It stops at the first
// error, and closes the connection, which undoes the transaction that is open.
// As in [Dialect.Transact], foreign keys are off, and rows whose parent is not
// there may not become more; views and triggers are not looked at.
// SQLite has no statement that runs on a condition.
func (Dialect) Script() ddl.Script {
	return ddl.Script{
		Client: "sqlite3 FILE",
		Open:   ".bail on\n",
		Begin: []string{
			"PRAGMA foreign_keys = OFF",
			"PRAGMA legacy_alter_table = OFF",
			"BEGIN IMMEDIATE",
			"CREATE TEMP TABLE limbeck_orphans AS SELECT count(*) AS n FROM pragma_foreign_key_check",
		},
		Commit: append(
			demand("(SELECT count(*) FROM pragma_foreign_key_check) <= (SELECT n FROM limbeck_orphans)", "rows refer to others that are not there"),
			"DROP TABLE limbeck_orphans",
			"COMMIT",
		),
		Now:    "strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now')",
		Quote:  quoteString,
		Demand: demand,
		End:    func(statement string) string { return statement + ";" },
	}
}

// demand fails through a constraint, whose name SQLite shows.
func demand(condition, message string) []string {
	return []string{
		"CREATE TEMP TABLE limbeck_demand (holds CONSTRAINT " + quoteName(message) + " CHECK (holds))",
		"INSERT INTO limbeck_demand SELECT " + condition,
		"DROP TABLE limbeck_demand",
	}
}
