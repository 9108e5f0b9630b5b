// Package schematest makes random schemas for property tests.
//
// [Schema] draws a schema that SQLite can execute: portable types, literal
// defaults, foreign keys to unique columns of the same types, checks such as
// length(c) < 100, and circles of foreign keys. [Change] draws a neighbour of
// it: a few things added, dropped, changed or moved to another table under the
// same name.
//
//	rapid.Check(t, func(t *rapid.T) {
//		a := schematest.Schema(t)
//		b := schematest.Change(t, a)
//		// what leads from a to b?
//	})
//
// Names come from small pools, so that they meet again: in the neighbour, and
// on another table. Names of tables, indexes and unique constraints are unique
// in the whole schema, as SQLite and Postgres want it, and so are those of
// foreign keys and checks, as MySQL wants it. Column comments, table options
// and generated columns, which not every database has, are not drawn.
package schematest
