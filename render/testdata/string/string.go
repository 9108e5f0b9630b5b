// Package string has the name of a type that every file may need.
package string

import "github.com/go-limbeck/limbeck/op"

// Lines is an operation that does nothing.
type Lines struct{ Texts []string }

func (Lines) Kind() string           { return "lines" }
func (Lines) String() string         { return "lines" }
func (Lines) Apply(*op.Schema) error { return nil }
