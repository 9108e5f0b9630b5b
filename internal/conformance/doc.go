// Package conformance holds Limbeck to GORM's own migrator: the tests here run
// AutoMigrate and a generated revision on fresh databases, of SQLite, PostgreSQL
// and MariaDB or MySQL, and compare what the catalogues say. It has no code that
// other packages use.
//
// A row of the table is a set of models, or one column with a tag ("lines").
// For each row and each database:
//
//   - the schema after upgrading an empty database with the generated revision
//     equals the schema after AutoMigrate on an empty database;
//   - autogenerate finds nothing after AutoMigrate, and nothing after the
//     upgrade, against the database and against the revisions alone;
//   - the downgrade to base leaves an empty database, and upgrading again
//     makes the same schema again;
//   - the revision that is generated on SQLite makes that schema too, or says
//     that it is for SQLite only and is refused elsewhere.
//
// Where AutoMigrate fails, or does what users report as a bug, the row says so
// for the database, with GORM's issue number or the section of
// reference/gorm-ddl.md that measured it, and states what Limbeck does instead:
// a refusal that names the field or the step, or a schema. Where a database has
// no such thing, both refuse. Such a row fails when GORM changes, so that the
// exception goes when the bug does. exceptions_test.go has the list; rows in
// the words of one database (native) may be refused on others without being in
// it.
//
// TestConformance ends with one table: per database the rows run, equal, known
// GORM bugs, refused by both and unexplained. It prints with -v; -short runs
// every eighth row.
//
// The catalogues are read by package internal/catalogue, which shares nothing
// with package dialect.
package conformance
