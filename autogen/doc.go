// Package autogen is the conductor: it puts models, revisions and database
// side by side and writes the difference as a revision file.
//
//	res, err := autogen.Generate(ctx, autogen.Options{
//		DB: db, Models: models, Revisions: migrations.Revisions, Dir: "migrations",
//	})
//
// What happens, in this order: the folder is compared with the compiled
// revisions; the models are loaded; the current schema is read, from the
// database or from a replay of the revisions; the two are compared; the
// operations are run up, down and up again on a scratch database; the file is
// written. Nothing is written where any of that fails, and nothing is ever
// applied: that is package migrate's part.
//
// A rename is never guessed. The models may state it (see [model.Loader.Hints]),
// or Options.Renames; where something goes and something new could be the same
// under another name, the error is a *[QuestionsError] that lists the answers.
//
// [Compare] is the same without the writing, and [Baseline] takes over a
// database that other means have made.
package autogen
