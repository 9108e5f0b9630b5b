// Package bench measures how long things take as schemas grow, side by side
// with the floor (the catalogue's queries and GORM's own parsing of the models,
// with nothing made of either) and with AutoMigrate:
//
//	go test -run '^$' -bench . ./internal/bench
//
// The numbers that docs/performance.md shows are made with the command that
// stands there. Ordinary tests count queries and allocations, which do not
// depend on the machine.
package bench
