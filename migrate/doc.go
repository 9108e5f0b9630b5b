// Package migrate applies revisions to a database. It is what production
// binaries import: it knows the revisions that are compiled in, the history
// table, and the dialect of the database, and nothing of models.
//
//	res, err := migrate.New(db, migrations.Revisions).Upgrade(ctx, "head")
//
// Each revision runs in a transaction of its own together with its row in the
// history table, so that it has happened whole or not at all. Programs that
// start together apply each revision once: the history is read again under the
// database's lock. One connection is enough, and it is given back as it was.
//
// # Targets
//
// Upgrade takes "head", "heads" where there are several, a revision's id or
// the beginning of one, and "+2" for the next two. Downgrade takes "base", an
// id to go back to, and "-1" for the last one. Stamp takes "head", "heads",
// "base" and ids.
//
// On branches, an id means the revision with all that leads to it for an
// upgrade, and what builds on it for a downgrade; other branches stay as they
// are.
//
// # Reading
//
// [Migrator.Status] and [Migrator.Pending] tell where a database stands. They
// write nothing. [NewGraph] puts revisions in order without any database.
package migrate
