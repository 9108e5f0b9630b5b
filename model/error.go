package model

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
)

// ErrNotModel is wrapped by the error of [Load] for a value that is no struct,
// no pointer to one and no slice of them.
var ErrNotModel = errors.New("not a model")

// ErrTableConflict is wrapped by the error of [Load] for two models, or a
// model and a join table, that want the same table and disagree about it. GORM
// would create what the last of them says.
var ErrTableConflict = errors.New("conflict about a table")

// Error is a model that cannot become a table. All errors of [Load] about a
// particular model are of this type.
type Error struct {
	// Model is the struct with its package's name: "shop.Book".
	Model string
	// Field is the Go field, dotted where it is embedded, or empty.
	Field string
	// Err is the reason: GORM's own error, or one of this package.
	Err error
}

// Error returns the reason with the names of the struct and the field.
func (e *Error) Error() string {
	text := fmt.Sprintf("loading model %q", e.Model)
	if e.Field != "" {
		text += fmt.Sprintf(", field %q", e.Field)
	}
	return text + ": " + e.Err.Error()
}

// Unwrap returns the reason.
func (e *Error) Unwrap() error { return e.Err }

// guard runs fn and turns a panic into an error. GORM calls methods of the
// models on zero values (TableName, Value, GormDataType), and these methods
// are code that nobody tried so.
func guard(model string, fn func() error) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = &Error{Model: model, Err: fmt.Errorf("panic in %s: %v", panickedIn(), cause)}
		}
	}()
	return fn()
}

// panickedIn returns the function that panicked; it runs in guard's deferred
// function, where the frames of the panic are still on the stack.
func panickedIn() string {
	pcs := make([]uintptr, 32)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	for {
		frame, more := frames.Next()
		if !strings.HasPrefix(frame.Function, "runtime.") || !more {
			return frame.Function
		}
	}
}
