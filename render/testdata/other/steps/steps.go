// Package steps shares its name with another one.
package steps

import "github.com/go-limbeck/limbeck/op"

// Note is an operation that does nothing.
type Note struct{ Text string }

func (Note) Kind() string           { return "note" }
func (o Note) String() string       { return "note " + o.Text }
func (Note) Apply(*op.Schema) error { return nil }
