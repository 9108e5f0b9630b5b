// Package diff compares two schemas and says which operations lead from the
// one to the other, and back.
//
// It is pure: no I/O, no clock, no map order. [Compare] takes the current and
// the desired schema, both in the same normal form (which is somebody else's
// work), and returns a [Plan]:
//
//	plan, err := diff.Compare(current, desired, diff.Options{Owned: owned})
//	// plan.Up, plan.Down:  operations, ready to be rendered
//	// plan.Unmanaged:      what is in the database and not ours; left alone
//	// plan.Questions:      what a person must answer before a file is written
//	// plan.Incomparable:   differences that no operation can remove
//
// # How it works
//
// Four steps, each in files of its own:
//
//  1. Answers (options.go, answers.go, rename*.go, namespace.go). Renames that
//     the user gave, or that the models hint at, are carried out on a copy of
//     the current schema, in an order in which each name is free, and with them
//     those that follow: of join columns, and of indexes and constraints that
//     are the same but for the name. Nothing after this step knows of them.
//  2. Merge (merge*.go, hold*.go, question.go). The desired schema and the
//     current one become the goal: what the database should look like when Up
//     has run. Here ownership is decided: what the desired schema lacks goes
//     only if the replay of our own revisions made it; anything else stays in
//     the goal and is reported.
//  3. Changes (change*.go, enum.go, facet.go, backfill.go, cycle.go). The operations
//     from one schema to another, as a set. It asks no more questions of
//     ownership, so the same code makes Up (current to goal) and Down (what Up
//     leaves, back to current).
//  4. Order (order.go, resources.go, graph.go). Each operation says what it
//     creates, needs, removes and lets go; a stable topological sort does the
//     rest.
package diff
