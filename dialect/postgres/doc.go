// Package postgres is Limbeck's dialect for PostgreSQL 12 and later.
//
// The live schema is read with five flat queries over the catalogue, whatever
// the number of tables. What the catalogue shows is the server's own spelling:
// character varying(100) for varchar(100), (age > 13) for age>13. Words are
// brought into that form in two ways. Types, literal defaults and keys are
// computed here. Text that only the server can rewrite (checks, expressions,
// predicates, types of extensions) is asked of it: the columns and conditions
// of those tables are created as temporary tables in a transaction that is
// rolled back, and read with the same queries. No index and no generated
// column is created for that, because they can run functions of the user's; a
// check over the expression gives the same text and runs nothing.
//
// A type in the words of the user may carry constraints: `type:varchar(10) NOT
// NULL`, or the GENERATED … AS IDENTITY of GORM's tag generated. Such text is
// taken apart by a tokenizer that follows the server's own (see expand.go), and
// an identity column of the live database is said in the same way.
//
// Tables of the session's current schema have plain names, those of other
// schemas stand as "schema.table". Other schemas are read only where words
// name a table in them. Partitions, tables that inherit, tables of extensions,
// foreign tables are left alone, and so are views, but for those that words name.
// How the server writes their queries is asked by temporary views.
package postgres
