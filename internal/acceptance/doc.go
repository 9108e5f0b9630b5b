// Package acceptance proves changes of models one by one: the tests here take a
// set of models, and what it becomes, and carry the change out on SQLite,
// PostgreSQL and MariaDB or MySQL. It has no code that other packages use.
//
// There is a file of cases for each topic (columns_*_test.go, keys_*_test.go, …).
// For each case and each database:
//
//   - the tables of the models before are made by a generated revision, and
//     rows are put into all of them;
//   - the revision that is generated for the models after is verified, and
//     equals the one that is generated with the models in another order;
//   - upgrading makes the schema that the models after make of an empty
//     database, as the catalogue tells it (internal/catalogue), and autogenerate
//     finds nothing more;
//   - every value in a column that both sides have is as it was, or as the case
//     says;
//   - downgrading makes the schema that was there before, with the values, and
//     upgrading works again.
//
// Among the cases are all transitions that GORM's AutoMigrate does not make
// (reference/gorm-ddl.md, section 3.1) and, as far as models can say it, what
// Alembic does not see or gets wrong (reference/alembic.md, sections 1.2, 1.5).
//
// The operations of up and down stand in testdata, one file for each topic,
// which -update writes. What one database does otherwise stands below its name
// there; what a database has no way to do is refused with the words that the
// case gives (refused), and a case in the words of one database (home) says
// whether the others refuse it from the start. Models in other schemas (apart)
// are in other databases of the server on MySQL.
//
// At the end all files that were written are compiled, and hold the revisions
// that were run. With -short every eighth case is run. TestProperty holds random
// schemas to the same; scripts/soak draws more of them.
package acceptance
