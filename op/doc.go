// Package op is the vocabulary of migrations: the nouns of a database schema
// and the verbs that change one.
//
// Generated revision files import this package and nothing else of Limbeck,
// for as long as they exist. It therefore depends on the standard library
// only, and a word that a revision once used keeps its meaning.
//
// # Nouns
//
// A [Schema] holds tables, enums and views; a [Table] holds columns, keys, indexes and
// checks. All of them are plain values: comparable with go-cmp, printable as
// the Go literals they were written as, and representable in JSON.
//
// A column's [Type] is a portable word such as [Int], [String] or [Time],
// which each database spells from its own table, or [Raw] text for one
// database. A [Default] says which kind it is: [Literal] or [Expr].
//
// # Verbs
//
// An [Operation] is one step of a migration: [CreateTable], [AddColumn],
// [DropIndex], [Exec] and so on, one file each. An operation describes itself
// in a line (String) and can be applied to a schema in memory (Apply). How it
// becomes SQL is each database's own affair, in the dialect packages. The
// interface is open: other packages may add operations of their own (see [Custom]).
//
// # Revisions
//
// A [Revision] is the unit of history: an id, its parents, and the two lists
// Up and Down. A migrations package collects its revisions in a variable of
// type [Revisions]:
//
//	var Revisions op.Revisions
//
//	func init() {
//		Revisions.Add(op.Revision{ID: "3f9a1c07b2d4", Up: …, Down: …})
//	}
package op
