package cli

import (
	"context"
	"errors"

	"github.com/go-limbeck/limbeck/migrate"
)

// The exit codes. Under `go run` every code but 0 becomes 1; a built binary
// keeps them.
const (
	// ExitOK says that all is done, or that there was nothing to do.
	ExitOK = 0
	// ExitError says that something failed; what, stands on standard error.
	ExitError = 1
	// ExitDifferent says that check or diff found differences or revisions that
	// are not applied.
	ExitDifferent = 2
	// ExitUsage says that the command line could not be understood.
	ExitUsage = 64
	// ExitInterrupted says that an interrupt ended the work.
	ExitInterrupted = 130
)

// errDifferent ends a command whose finding has been printed.
var errDifferent = errors.New("there are differences")

// usageError is an error of the command line.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// ExitCode returns the code for the error of a command of [Command]'s tree that
// ran under ctx.
func ExitCode(ctx context.Context, err error) int {
	var usage usageError
	switch {
	case err == nil:
		return ExitOK
	case errors.Is(err, errDifferent):
		return ExitDifferent
	case errors.As(err, &usage):
		return ExitUsage
	case ctx.Err() != nil, errors.Is(err, migrate.ErrStopped):
		return ExitInterrupted
	default:
		return ExitError
	}
}
