package migrate

import (
	"errors"
	"fmt"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// The errors that callers may want to tell apart. They are wrapped by errors
// that name the revisions and say what can be done.
var (
	// ErrUnknownTarget is for a target that names nothing in the collection.
	ErrUnknownTarget = errors.New("unknown target")
	// ErrAmbiguousTarget is for a target that could be several revisions.
	ErrAmbiguousTarget = errors.New("ambiguous target")
	// ErrBadCollection is for revisions that do not make a graph: an id used
	// twice, a parent that is missing, a cycle.
	ErrBadCollection = errors.New("the revisions do not fit together")
	// ErrForeignRevision is for a revision that the database has and the
	// program has not.
	ErrForeignRevision = errors.New("the database has a revision that this program does not have")
	// ErrNoDown is for a revision that cannot be taken back.
	ErrNoDown = errors.New("the revision has no Down")
	// ErrOtherDatabase is for a revision that was made for another kind of
	// database.
	ErrOtherDatabase = errors.New("the revision is for another database")
	// ErrInTransaction is for a *gorm.DB that is inside a transaction.
	ErrInTransaction = errors.New("the *gorm.DB is inside a transaction")
)

// RevisionError says which revision failed, and in which direction.
type RevisionError struct {
	ID, Message string
	Down        bool
	// Partial says that what ran before the failure stays, because the database
	// commits each change to a table by itself. Otherwise nothing of the
	// revision is left.
	Partial bool
	Err     error
}

// Error names the revision and what went wrong in it.
func (e *RevisionError) Error() string {
	verb, rest := "applying", "nothing of this revision was kept"
	if e.Down {
		verb = "taking back"
	}
	if e.Partial {
		rest = "what ran before the failing statement stays, earlier statements of the same step too, since this database commits each of them by itself; undo that by hand before the revision runs again"
	}
	return fmt.Sprintf("%s revision %q (%s): %v; %s", verb, e.ID, e.Message, e.Err, rest)
}

// Unwrap returns what went wrong.
func (e *RevisionError) Unwrap() error { return e.Err }

// StepError says which operations of a list failed.
type StepError struct {
	// First and Last are the places in the list, from 1, of operations that
	// run as one.
	First, Last int
	Ops         op.List
	// Err is a *ddl.StatementError where a statement failed.
	Err error
}

// Error names the step and what went wrong in it.
func (e *StepError) Error() string {
	lines := make([]string, len(e.Ops))
	for i, o := range e.Ops {
		lines[i] = o.String()
	}
	place := fmt.Sprintf("step %d", e.First)
	if e.Last > e.First {
		place = fmt.Sprintf("steps %d to %d", e.First, e.Last)
	}
	return fmt.Sprintf("%s, %s: %v", place, strings.Join(lines, "; "), e.Err)
}

// Unwrap returns what went wrong.
func (e *StepError) Unwrap() error { return e.Err }
