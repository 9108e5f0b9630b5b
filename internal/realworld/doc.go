// Package realworld holds Limbeck to the models of programs that people run:
// gotify, one-api, goval-dictionary and the GORM adapter of casbin. It has no
// code that other packages use.
//
// Each version of a project is a small program in a folder below this one,
// with a go.mod of its own: two versions of a module cannot be linked into one
// program, and nobody who uses Limbeck should inherit what these projects
// require. A program says how its project opens the database and which models
// it migrates; what is then done with them is in package harness, which also
// describes how the test here tells a program what to do.
//
// A program requires this module by a replace directive, so a change in our
// go.mod can ask for one in theirs. The test says which; it is mended with
//
//	go mod tidy -C internal/realworld/NAME
//
// The first run downloads and compiles what the projects require, which takes
// minutes; go test -short leaves the test out.
package realworld
