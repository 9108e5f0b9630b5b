// Package golden compares what a test produced with a file that a person has
// read and committed.
//
//	golden.Check(t, "testdata/create_table.golden", got)
//
// After a change that is meant, run the tests of that package with -update,
// which writes the files anew, and read the difference in git:
//
//	go test ./render -update
package golden
