package migrations

import "github.com/go-limbeck/limbeck/op"

// Revisions are all there are.
var Revisions op.Revisions
