package autogen

import (
	"errors"
	"fmt"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

// The errors that callers may want to tell apart.
var (
	// ErrNotAtHead is for a database that lacks revisions of the program.
	ErrNotAtHead = errors.New("the database is not at head")
	// ErrStale is for a folder and a program that hold different revisions.
	ErrStale = errors.New("the folder and the program do not hold the same revisions")
	// ErrFolder is for a folder that cannot take a revision.
	ErrFolder = errors.New("the migrations folder cannot be used")
	// ErrSeveralHeads is for revisions with more than one head: there is no
	// telling which one a new revision follows.
	ErrSeveralHeads = errors.New("the revisions have several heads")
	// ErrNotHead is for a new revision that would build on one which is not a
	// head: that begins a branch, which has to be said.
	ErrNotHead = errors.New("the revision is not a head")
	// ErrNothingToMerge is for a merge of less than two heads.
	ErrNothingToMerge = errors.New("there is nothing to merge")
	// ErrOtherBranch is for a difference that changes what another branch made:
	// the revision could come before that.
	ErrOtherBranch = errors.New("the difference is about what another branch makes")
	// ErrNothingInCommon is for a baseline of a database that has no table of
	// the models.
	ErrNothingInCommon = errors.New("the models and the database have no table in common")
	// ErrDrift is for differences that no revision can carry to other databases:
	// they change what the revisions did not make, or make what they made
	// already. The database and its revisions have come apart.
	ErrDrift = errors.New("the database is not what its revisions make")
	// ErrNotFirst is for a baseline where there are revisions already.
	ErrNotFirst = errors.New("a baseline has to be the first revision")
)

// QuestionsError holds what a person has to decide before a revision can be
// written.
type QuestionsError struct{ Questions []diff.Question }

// Error lists the questions and the answers that may be given.
func (e *QuestionsError) Error() string {
	var b strings.Builder
	b.WriteString("nothing was written, because this has to be decided first:")
	for _, q := range e.Questions {
		fmt.Fprintf(&b, "\n  %s", q.Text)
		for _, answer := range q.Answers {
			fmt.Fprintf(&b, "\n    %s", answer)
		}
	}
	return b.String()
}

// VerifyError is for operations that did not do on a scratch database what
// they should. It is a bug of this library, or of what stands in the database
// beside the tables (a view, a trigger), and nothing was written.
type VerifyError struct {
	// Stage is "up", "down" or "up again".
	Stage string
	// Left are the differences that remained, where all steps ran.
	Left op.List
	// Err is the error of the step that failed, if one did.
	Err error
}

// Error says in which stage what went wrong.
func (e *VerifyError) Error() string {
	text := fmt.Sprintf("verifying on a scratch database, %s: ", e.Stage)
	if errors.Is(e.Err, ddl.ErrNoScratch) {
		return text + e.Err.Error() // with which the file is written, unverified
	}
	if e.Err != nil {
		return text + e.Err.Error() + "; nothing was written"
	}
	lines := make([]string, len(e.Left))
	for i, o := range e.Left {
		lines[i] = o.String()
	}
	return text + "these differences remained: " + strings.Join(lines, "; ") + "; nothing was written"
}

// Unwrap returns the error of the step that failed.
func (e *VerifyError) Unwrap() error { return e.Err }
