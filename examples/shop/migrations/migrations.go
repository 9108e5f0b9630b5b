// Package migrations is the history of the shop's schema. Each file that
// `revision` writes into this folder adds itself to Revisions.
package migrations

import "github.com/go-limbeck/limbeck/op"

// Revisions are all revisions of this package.
var Revisions op.Revisions
