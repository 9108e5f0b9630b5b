package op

import (
	"errors"
	"fmt"
)

// Operation is one step of a migration. The types of this package are the
// built-in ones; other packages may add their own, as plain struct values that
// encode to a JSON object and say in SQL what they do (see [Custom]).
type Operation interface {
	// Kind names the operation in JSON and in checksums, in snake case. It
	// never changes once revisions with it exist.
	Kind() string
	// String describes the step in one line for people to read.
	String() string
	// Apply makes the change in a schema in memory. Where the schema is not
	// one that the step fits, it leaves it as it is and returns an error that
	// wraps [ErrConflict].
	// Steps that do not change a schema, such as [Exec], leave it alone.
	Apply(*Schema) error
}

// ErrConflict is wrapped by the errors of [Operation.Apply] and [List.Apply]
// for a step that does not fit the schema: a table that is already there, a
// column that is not.
var ErrConflict = errors.New("the step does not fit the schema")

func missing(what, name string) error {
	return fmt.Errorf("%w: there is no %s %q", ErrConflict, what, name)
}

func exists(what, name string) error {
	return fmt.Errorf("%w: %s %q is there already", ErrConflict, what, name)
}

func tableOf(s *Schema, name string) (*Table, error) {
	if t := s.Table(name); t != nil {
		return t, nil
	}
	return nil, missing("table", name)
}

// List is operations in the order they run.
type List []Operation

// Apply returns the schema that the list makes of s, which stays as it is. The
// error of a step that does not fit names the step and wraps [ErrConflict].
func (l List) Apply(s Schema) (Schema, error) {
	s = s.Clone()
	for i, o := range l {
		if o == nil {
			return Schema{}, fmt.Errorf("applying step %d: it is nil; take it out of the list", i+1)
		}
		if err := o.Apply(&s); err != nil {
			return Schema{}, fmt.Errorf("applying step %d, %s: %w", i+1, o, err)
		}
	}
	return s, nil
}
