// Package bench measures how long things take as schemas grow, side by side
// with the floor (the catalogue's queries and GORM's own parsing of the models,
// with nothing made of either) and with AutoMigrate:
//
//	go test -run '^$' -bench . ./internal/bench
//
// An ordinary test counts the trips to the database, which do not depend on the
// machine.
package bench
