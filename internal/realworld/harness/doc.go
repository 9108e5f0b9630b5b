// Package harness is what the programs below internal/realworld have in
// common. Each of them describes a [Project] and calls [Run] with its
// arguments:
//
//	program conform DIALECT FOLDER DSN DSN [SCRATCH]
//	program begin   DIALECT FOLDER DSN [SCRATCH]
//	program follow  DIALECT FOLDER DSN DSN [SCRATCH]
//
// Every DSN is that of an empty database, but for the first of follow: there it
// is the one that begin has worked on. SCRATCH is one more, where the dialect
// cannot try a revision out without: on MySQL and MariaDB. FOLDER is where the migrations package
// of the project stands; it holds revisions.json too, the same revisions as
// data, so that another program can go on with them.
//
// Conform makes the tables by AutoMigrate in the first database, and by a
// generated revision in the second. They have to be the same, autogenerate has
// to find nothing in either, and the revision has to lead back to nothing.
//
// Begin generates the first revision, applies it and inserts rows. Follow, run
// by the program of a later version, generates the next revision from there to
// its own models. Up has to make what AutoMigrate makes in the second database
// and to keep the rows; down has to bring back what there was.
//
// A program that finds differences writes them to standard error and exits
// with 1. Standard output is left to the projects, some of which write there
// when they are imported.
package harness
