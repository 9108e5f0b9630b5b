// Package drivers holds Limbeck to both SQLite drivers that GORM programs use:
// mattn/go-sqlite3, which is SQLite's own C, and modernc.org/sqlite, which is
// that C translated to Go and needs no C compiler. It has no code that other
// packages use.
//
// The program in the folder below opens gorm.io/driver/sqlite over either, and
// works with one and the same folder of generated files. It has a go.mod of its
// own, because nobody who uses Limbeck should inherit the second driver. Where
// our go.mod asks for a change in that one, the test says so; it is mended with
//
//	go mod tidy -C internal/drivers/program
//
// The revisions there are what the program generates from its models, and the
// test holds them to it. They are written anew with
//
//	go run -C internal/drivers/program . generate mattn migrations
package drivers
