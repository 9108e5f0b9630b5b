package migrate

import (
	"context"
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
	// ErrTransaction is for work that cannot be one transaction, or part of one.
	ErrTransaction = errors.New("not all of it can run in one transaction")
	// ErrUnfinished is for a revision that was begun and has not come to its end.
	// [Unfinished] says how far it came.
	ErrUnfinished = errors.New("a revision was begun and has not come to its end")
	// ErrEdited is for a revision that was begun, and edited since.
	ErrEdited = errors.New("the revision was edited since it was begun")
	// ErrStopped is for work that Options.Stop has ended.
	ErrStopped = errors.New("stopped, as asked")
)

// RevisionError says which revision failed, and in which direction.
type RevisionError struct {
	ID, Message string
	Down        bool
	// Partial says that some of the revision stays, since it did not run in one
	// transaction: it is written down, and the next run goes on behind it. Kept is
	// how many of its operations are done whole, and Of how many it has. Otherwise
	// nothing of the revision is left.
	Partial  bool
	Kept, Of int
	// Together says that all revisions of the call were one transaction, so that
	// nothing of them is left either.
	Together bool
	Err      error
}

func revisionError(w work, err error) *RevisionError {
	e := &RevisionError{ID: w.ID, Message: w.Message, Down: w.down, Of: len(w.ops()), Err: err}
	var kept *keptError
	if errors.As(err, &kept) {
		e.Partial, e.Kept, e.Err = kept.kept > 0 || kept.partly, kept.kept, kept.err
	}
	return e
}

// Error names the revision, what went wrong in it, and what is left of it.
func (e *RevisionError) Error() string {
	verb := "applying"
	if e.Down {
		verb = "taking back"
	}
	return fmt.Sprintf("%s revision %q (%s): %v; %s", verb, e.ID, e.Message, e.Err, e.rest())
}

func (e *RevisionError) rest() string {
	next := "; that is written down: when the cause is mended, run it again, and it goes on from there"
	if errors.Is(e.Err, context.Canceled) { // somebody stopped it, and there is no other cause
		next = "; that is written down: run it again, and it goes on from there"
	}
	switch {
	case e.Together:
		return "nothing of this call was kept"
	case !e.Partial:
		return "nothing of this revision was kept"
	case e.Kept == 0:
		return "a part of the failing step stays" + next
	case e.Kept == 1:
		return fmt.Sprintf("step 1 of %d stays", e.Of) + next
	default:
		return fmt.Sprintf("steps 1 to %d of %d stay", e.Kept, e.Of) + next
	}
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
