package migrate

import (
	"context"
	"encoding/json"
	"errors"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// DoStep is a Go function as an operation, made with [Do].
type DoStep struct {
	name    string
	outside bool
	// A pointer, so that two steps can be compared at all.
	run *func(context.Context, *gorm.DB) error
}

var _ op.Operation = DoStep{}

// Do returns an operation that runs a Go function, for data that SQL alone does
// not bring into shape:
//
//	migrate.Do("fill isbn", func(ctx context.Context, tx *gorm.DB) error { … })
//
// tx is in the transaction of the revision; on databases that commit each change
// to a table by itself, in one of the step's own, together with the record that
// it is done. A transaction that the function opens on tx is a savepoint. The
// function must use tx and nothing else for the database, and may be called
// again: where the transaction was rolled back because it met a lock, and
// whenever the revision is applied again.
//
// The name is what the step is to comparisons, to checksums and to people: a
// function under another name is another step. What the function does is not
// known to them, so name no model type in it that will change: declare the few
// columns that it needs beside it.
func Do(name string, fn func(ctx context.Context, tx *gorm.DB) error) DoStep {
	return DoStep{name: name, run: &fn}
}

// OutsideTransaction returns the step for work that is too long for one
// transaction, or opens some of its own. The whole revision then runs without
// one, as op.Revision.NoTransaction has it. A step that was interrupted is called
// again from its beginning: it has to find out what it has done.
func (s DoStep) OutsideTransaction() DoStep {
	s.outside = true
	return s
}

// Name returns the name.
func (s DoStep) Name() string { return s.name }

// Kind returns "do".
func (DoStep) Kind() string { return "do" }

// String describes the step.
func (s DoStep) String() string {
	if s.outside {
		return "do " + s.name + " (outside a transaction)"
	}
	return "do " + s.name
}

// Apply leaves the schema as it is.
func (DoStep) Apply(*op.Schema) error { return nil }

// Equal compares by name, and by whether the step runs in a transaction.
func (s DoStep) Equal(other DoStep) bool { return s.name == other.name && s.outside == other.outside }

// MarshalJSON encodes what Equal compares.
func (s DoStep) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Name    string `json:"name"`
		Outside bool   `json:"outside_transaction,omitzero"`
	}{s.name, s.outside})
}

// call runs the function on a connection. In a transaction it can neither commit
// nor roll back.
func (s DoStep) call(ctx context.Context, db *gorm.DB, q ddl.Querier, inside bool) error {
	if s.name == "" {
		return errors.New("the step has no name, by which checksums know it; give it one")
	}
	if db == nil {
		return errors.New("there is no *gorm.DB for a Go step")
	}
	if s.run == nil || *s.run == nil {
		return errors.New("the step has no function")
	}
	return (*s.run)(ctx, on(ctx, db, q, inside))
}

// on returns a session of db that works on a connection.
func on(ctx context.Context, db *gorm.DB, q ddl.Querier, inside bool) *gorm.DB {
	session := db.Session(&gorm.Session{NewDB: true, Context: ctx})
	if inside {
		session.Statement.ConnPool = &transaction{q}
	} else {
		session.Statement.ConnPool = q
	}
	return session
}

// transaction is a connection (a pointer to one, which GORM asks for) that GORM takes for one in a transaction, which it
// is: then a transaction of the user's becomes a savepoint.
type transaction struct{ ddl.Querier }

var errOwnTransaction = errors.New("the transaction belongs to the revision; return an error to undo it, or open one of your own on tx, which is a savepoint")

// Commit refuses.
func (*transaction) Commit() error { return errOwnTransaction }

// Rollback refuses.
func (*transaction) Rollback() error { return errOwnTransaction }
