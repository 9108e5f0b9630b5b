// Package ddl is what the dialects have in common below the SQL: the
// connection they read and write through, and the error that points into a
// statement.
package ddl
