// Package mysql is Limbeck's dialect for MySQL 8.0 and MariaDB 10.3 and later.
// The server's version string says which of the two it is and what it can do.
//
// The catalogue is read with a constant number of queries. Servers rewrite the
// text of expressions: checks, defaults, generated columns. Where there is such
// text, what the words would be stored as is asked from the server itself, by a
// temporary table under a name of our own, which SHOW CREATE TABLE shows in the
// same spelling as the real one. A session that may make none (the privilege
// CREATE TEMPORARY TABLES, a read-only transaction) is not asked; the scratch
// database is, and without one such text counts as the same and is reported as
// not compared, unless it stands there as it was said.
//
// Names of columns, keys and constraints are the same in any letter case. Those
// of tables are where the server says so (lower_case_table_names).
//
// An enum is a column's type here, so that its name is believed where words say
// it, and its values are those of each column. There are no temporary views: the
// query of a view is compared in the scratch database, or reported as not
// compared.
//
// What the server makes by itself is not read: the index that InnoDB makes for
// a foreign key, and the check json_valid by which MariaDB keeps JSON. Unique
// constraints and unique indexes are one thing here; a live one is called what
// the words call it.
//
// Each statement that changes a table commits by itself, so that a revision
// which fails stays half done ([Dialect.Transactional]). What goes and comes
// back changed (a primary key, an index, a check) is one statement, so that a
// failure leaves the old one; but for foreign keys, whose names the server gives
// free too late for that. A lock by GET_LOCK keeps two programs apart.
//
// There are no partial indexes. A plain index loses its predicate, as in GORM,
// and is only larger than it has to be. A unique one without its predicate
// would refuse rows, so it is an error.
package mysql
