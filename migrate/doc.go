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
// # Without a transaction
//
// MySQL and MariaDB commit each change to a table by itself, and a revision may
// say that it needs that elsewhere (op.Revision.NoTransaction,
// op.CreateIndex.Concurrently, [DoStep.OutsideTransaction]). Its steps are then
// written down in a journal ([JournalTable]). A statement about rows, or a Go
// step, commits together with its line there; before a statement that commits by
// itself the line says what the catalogue holds, by which the next run can tell
// whether it took effect. So a run that was killed, or failed, is gone on with by
// running it again. What ran by then must not have been edited ([ErrEdited]), and
// until the revision is at its end nothing else runs ([ErrUnfinished]).
//
// What leaves no trace in the catalogue (VACUUM, CALL, GRANT) and a step outside
// a transaction run again when nobody knows whether they ended.
//
// # The lock
//
// PostgreSQL's is an advisory lock, MySQL's is GET_LOCK, and on SQLite each
// transaction keeps others from writing. Who waits too long is told who has it;
// the error wraps ErrLocked of package ddl. Behind a pooler that moves a
// connection from one of the server's to another, such as PgBouncer in
// transaction mode, such a lock protects nobody: the error wraps ErrPooled of that
// package. Options.SingleTransaction holds there too, and so does a transaction of
// the caller's, in which PostgreSQL and SQLite can migrate.
//
// # Targets
//
// A target names where a database is to be:
//
//	head           the revision that no other builds on, where there is one
//	heads          all of those, where branches have their own
//	base           none
//	3f9a1c         an id, or the beginning of one that begins no other
//	shop           a label: the revision that has it
//	+2  -1         steps from where the database is
//	3f9a+1  head-2 steps from a revision
//	current        where the database is
//	shop@head      of all that, what is on the branch of a label or an id;
//	shop@+1        so is shop@heads, shop@base, shop@-1, shop@3f9a …
//
// On a branch are the revisions that build on the one with the label, and those
// before it back to where branches part or meet: shop@base is the state without
// them. An id means the revision with all that leads to it for an upgrade, and
// what builds on it for a downgrade; other branches stay as they are, unless
// they depend on what goes (op.Revision.DependsOn).
//
// What could be several things is refused with a list of them
// ([ErrAmbiguousTarget]), what is nothing too ([ErrUnknownTarget]).
//
// # Without running
//
// [Migrator.PlanUpgrade] and [Migrator.PlanDowngrade] show the SQL of what would
// be done, and [Migrator.Script] writes it as a script for the database's own
// client, with the history.
//
// # Reading
//
// [Migrator.Status] and [Migrator.Pending] tell where a database stands. They
// write nothing. [NewGraph] puts revisions in order without any database.
package migrate
