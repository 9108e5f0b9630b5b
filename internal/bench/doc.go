// Package bench measures how long things take as schemas grow, side by side
// with the floor (the catalogue's queries and GORM's own parsing of the models,
// with nothing made of either) and with AutoMigrate:
//
//	go test -run '^$' -bench Check ./internal/bench
//
// scripts/benchmark runs all of it and prints the tables of docs/performance.md.
// Ordinary tests count trips to the database and allocations, which do not depend
// on the machine.
package bench
