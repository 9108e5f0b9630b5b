package ddl

import (
	"fmt"

	"github.com/go-limbeck/limbeck/op"
)

// UserSQL returns the SQL that an operation was given for a dialect by its
// author, that of an [op.Exec] or [op.Custom], and whether it is one of these.
// The error wraps [ErrUnsupported].
func UserSQL(o op.Operation, dialect string) (sql string, ok bool, err error) {
	switch o := o.(type) {
	case op.Exec:
		return o.SQL, true, nil
	case op.Custom:
		if sql, err = o.SQL(dialect); err != nil {
			err = fmt.Errorf("%w on %s: operation %q: %w", ErrUnsupported, dialect, o, err)
		}
		return sql, true, err
	}
	return "", false, nil
}

// IsUserSQL reports whether the SQL of an operation is that of its author, which
// may do anything.
func IsUserSQL(o op.Operation) bool {
	switch o.(type) {
	case op.Exec, op.Custom:
		return true
	}
	return false
}

// UnknownOperation returns the error for an operation that a database has no
// plan for.
func UnknownOperation(o op.Operation, database string) error {
	return fmt.Errorf("%w on %s: operations of kind %q; one of your own needs a method SQL, as op.Custom has it", ErrUnsupported, database, o.Kind())
}
