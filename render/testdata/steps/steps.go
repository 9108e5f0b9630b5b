// Package steps has operations as users of the library write them.
package steps

import "github.com/go-limbeck/limbeck/op"

// Mode is how a Fill goes about it.
type Mode string

// Base is what all steps here have.
type Base struct{ Reason string }

// None is an operation whose schema part is empty.
type None struct{}

func (None) Apply(*op.Schema) error { return nil }

// Fill has a field of every kind that a file can hold.
type Fill struct {
	None `json:"-"`
	Base
	Table   string
	Mode    Mode
	Retries int8
	Limit   uint64
	Ratio   float64
	Force   bool
	Tags    []string
	Codes   [2]int
	Default op.Default
	Columns []op.Column
	Value   any
	Values  []any
	Nested  op.List
}

func (Fill) Kind() string     { return "fill" }
func (o Fill) String() string { return "fill " + o.Table }

// Bad has fields that no file can hold.
type Bad struct {
	None    `json:"-"`
	Func    func()
	Map     map[string][]int
	Chan    chan int
	Pointer *int
	Inner   struct{ Deep []any }
	Ratio   float64
	private int
}

// WithPrivate is a Bad with an unexported field set.
func WithPrivate() Bad { return Bad{private: 1} }

func (Bad) Kind() string     { return "bad" }
func (o Bad) String() string { return "bad step" }

// Of has a type parameter.
type Of[T any] struct {
	None
	Value T
}

func (Of[T]) Kind() string     { return "of" }
func (o Of[T]) String() string { return "of" }

// Spoken writes its own Go syntax.
type Spoken struct {
	None  `json:"-"`
	Go    string `json:"-"`
	Table string
}

// Spell makes a Spoken, as its Go syntax does.
func Spell(table string) Spoken { return Spoken{Table: table} }

func (Spoken) Kind() string     { return "spoken" }
func (o Spoken) String() string { return "spoken" }

// GoString is Go, unless the test wants something else.
func (o Spoken) GoString() string {
	if o.Go != "" {
		return o.Go
	}
	return "steps.Spell(\"" + o.Table + "\")"
}

// LongKeys has fields with names of all lengths.
type LongKeys struct {
	None                                              `json:"-"`
	A                                                 string
	AnotherFieldThatHasANameOfFarMoreThanFortyLetters string
	B                                                 string
	AFieldThatHasANameOfJustAboutFortyLetters         string
	C                                                 string
}

func (LongKeys) Kind() string   { return "long_keys" }
func (LongKeys) String() string { return "long keys" }
