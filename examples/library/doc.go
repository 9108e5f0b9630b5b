// Command library keeps the books of a library: a small web service with a
// SQLite file, whose schema Limbeck takes care of.
//
//	library serve                    upgrade the file and serve HTTP
//	library migrate <command>        Limbeck's commands on the same file
//
// After a change to a model, from the root of the module:
//
//	go run ./examples/library migrate revision --autogenerate
//	go run ./examples/library serve
//
// The address and the file come from flags (-addr, -db) or from LIBRARY_ADDR
// and LIBRARY_DB.
package main
