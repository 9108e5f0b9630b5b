// Package conformance holds Limbeck to GORM's own migrator: the tests here run
// AutoMigrate and a generated revision on two fresh SQLite files and compare
// what the two catalogues say. It has no code that other packages use.
//
// A row of the table is a set of models. For each row:
//
//   - the schema after upgrading an empty database with the generated revision
//     equals the schema after AutoMigrate on an empty database;
//   - autogenerate finds nothing after AutoMigrate, and nothing after the
//     upgrade, against the database and against the revisions alone;
//   - the downgrade to base leaves an empty database, and upgrading again
//     makes the same schema again.
//
// Where AutoMigrate fails, or does what users report as a bug, the row says so
// with GORM's issue number or the place where it was measured, and states what
// Limbeck does instead: a refusal that names the field, or a schema. Such a row
// fails when GORM changes, so that the exception goes when the bug does.
//
// The catalogue is read by code of its own (catalogue_test.go and
// ddl_test.go), which shares nothing with package dialect: what both sides of
// a comparison overlook would otherwise go unseen. TestCatalogueSees proves
// what it does see.
package conformance
