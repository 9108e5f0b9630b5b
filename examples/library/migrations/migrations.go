// Package migrations is the history of the library's schema. The other files
// here are revisions: `library migrate revision --autogenerate` writes them,
// people review them.
package migrations

import "github.com/go-limbeck/limbeck/op"

// Revisions is what the files of this package add themselves to.
var Revisions op.Revisions
