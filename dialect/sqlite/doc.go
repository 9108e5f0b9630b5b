// Package sqlite is Limbeck's dialect for SQLite 3.37 and later.
//
// It reads the schema from the stored CREATE statements, which say everything
// that the pragmas say and much that they do not: names of constraints, checks,
// collations, sizes. Statements are taken apart by a tokenizer that follows
// SQLite's own, into pieces that keep their text.
//
// An enum is plain text here, without a check; its name and values are believed
// where words say them. Views are read where words name them.
//
// SQLite's ALTER TABLE can do little, so most changes rebuild the table after
// the procedure of https://sqlite.org/lang_altertable.html#otheralter: the
// stored statement is edited where the change asks for it and left as it is
// everywhere else, comments included; rows are copied; indexes, triggers,
// temporary ones too, the AUTOINCREMENT counter and what ANALYZE found out are
// put back. Neighbouring operations on one table share one rebuild. Rows that
// the new table does not take are counted and named, see [Dialect.Explain].
//
// All work on a database goes through one connection and one transaction; see
// [Dialect.Transact] for what is switched off and on around it, and why.
package sqlite
