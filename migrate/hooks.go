package migrate

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// Hooks are functions of the caller's. Each may be nil. An error ends the work
// as that of a statement would: in a transaction, all of it is undone.
type Hooks struct {
	// BeforeRevision and AfterRevision are called in the transaction of the
	// revision, where it has one: what they do with Event.DB belongs to it. That
	// after it is called when the history has been written and nothing is
	// committed yet.
	BeforeRevision, AfterRevision func(context.Context, Event) error
	// BeforeStep and AfterStep are called around each step, which is one operation
	// or several that run as one.
	BeforeStep, AfterStep func(context.Context, Event) error
	// Done is called when a revision is committed.
	Done func(context.Context, Done)
	// Waiting is called once, before waiting for another migration, with who it
	// is as far as the server tells.
	Waiting func(ctx context.Context, holder string)
}

// Event is what hooks are told.
type Event struct {
	Revision op.Revision
	// Down says that it is being taken back.
	Down bool
	// Number counts the revisions of the call from 1; Of is how many there are.
	Number, Of int

	// First and Last are the places of the step's operations in the list, from
	// 1. They are 0 for a revision as a whole.
	First, Last int
	// Step is empty for a revision as a whole, and has no statements before a
	// step that was not planned yet.
	Step ddl.Step
	// Rows are how many rows the step, or the whole revision, has added, changed
	// or removed, as far as the driver says; those that a rebuild copies count.
	Rows int64
	// Duration is how long it took.
	Duration time.Duration

	// DB works on the connection, in the transaction where there is one. It must
	// not be used when the hook has returned.
	DB *gorm.DB
}

// Done is one revision that was applied or taken back.
type Done struct {
	Revision op.Revision
	// Down says that it was taken back.
	Down bool
	// Number counts the revisions of the call from 1; Of is how many there are.
	Number, Of int
	// Steps are how many there were, and Rows how many rows they have added,
	// changed or removed, as far as the driver says.
	Steps int
	Rows  int64
	// Duration is how long its operations took, without waiting for the lock.
	Duration time.Duration
}

func call(hook func(context.Context, Event) error, ctx context.Context, e Event) error {
	if hook == nil {
		return nil
	}
	return hook(ctx, e)
}
