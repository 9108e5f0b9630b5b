// Package rivals puts an upgrade with nothing to do beside that of goose and of
// gormigrate, on the same history. It is a module of its own, so that nobody who
// uses Limbeck gets theirs:
//
//	cd internal/rivals && go test -bench .
package rivals
