package migrate

import (
	"context"
	"errors"

	"github.com/go-limbeck/limbeck/dialect"
	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// Run carries out operations in order through q, without a transaction of its
// own and without history. Observe, if it is not nil, is given each step after
// it has run. Run stops between steps when ctx is done. The error is a
// *[StepError].
func Run(ctx context.Context, d dialect.Dialect, q ddl.Querier, ops op.List, observe func(ddl.Step)) error {
	for done := 0; done < len(ops); {
		var step ddl.Step
		// Drivers do not all look at the context of a statement that is short.
		err := ctx.Err()
		if err == nil {
			step, err = d.Plan(ctx, q, ops[done:])
		}
		if err == nil {
			err = ddl.Run(ctx, q, d, step.Statements)
		}
		last := done + max(1, len(step.Ops))
		if err != nil {
			return &StepError{First: done + 1, Last: last, Ops: ops[done:last], Err: err}
		}
		if observe != nil {
			observe(step)
		}
		done = last
	}
	return nil
}

// Supported returns the error of the first operation that the database cannot
// carry out at all ([ddl.ErrUnsupported]), as a *[StepError]. Nothing runs. It
// is for databases that take nothing back, where finding that out half way is
// too late; what else may go wrong shows only when the steps run.
func Supported(ctx context.Context, d dialect.Dialect, q ddl.Querier, ops op.List) error {
	for i := range ops {
		if _, err := d.Plan(ctx, q, ops[i:i+1]); errors.Is(err, ddl.ErrUnsupported) {
			return &StepError{First: i + 1, Last: i + 1, Ops: ops[i : i+1], Err: err}
		}
	}
	return nil
}
