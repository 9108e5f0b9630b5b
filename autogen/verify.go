package autogen

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/go-limbeck/limbeck/dialect"
	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// verify runs the plan on a scratch copy of the current schema: Up leads to
// the models, Down back to where it began, and Up works again. It returns the
// steps of the first Up with their SQL. The error is a *[VerifyError] where
// the plan is to blame, and wraps [ddl.ErrNoScratch] where there is nowhere to
// run it. What the caller's hook has taken out of the plan is noted in it.
func (s *states) verify(ctx context.Context, plan *diff.Plan, o Options) ([]ddl.Step, error) {
	if err := s.checkDependents(ctx, plan.Up); err != nil {
		return nil, err
	}
	if o.NoVerify {
		return nil, errSwitchedOff
	}
	after, err := plan.Up.Apply(s.current)
	if err != nil {
		return nil, &VerifyError{Stage: "up", Err: err}
	}
	var steps []ddl.Step
	err = s.rehearse(ctx, plan.Up, func(p place) error {
		if err := s.build(ctx, p); err != nil {
			return err
		}
		steps, err = s.upDownUp(ctx, p, *plan, s.current, after)
		return err
	})
	if errors.Is(err, ddl.ErrNoScratch) && s.live != nil {
		// At least nothing is written that this database has no way to do.
		supported := onConn(ctx, s.live, func(conn *sql.Conn) error { return migrate.Supported(ctx, s.dialect, conn, plan.Up) })
		if supported != nil {
			return nil, fmt.Errorf("planning for this database: %w; nothing was written", supported)
		}
	}
	if err != nil {
		return nil, err
	}
	left, err := s.shortOfModels(after, *plan)
	if err != nil {
		return nil, err
	}
	if o.Rewrite == nil && len(left) > 0 {
		return nil, &VerifyError{Stage: "up", Left: left}
	}
	for _, step := range left {
		plan.Incomparable = append(plan.Incomparable, fmt.Sprintf("%s: it was rewritten away", step))
	}
	return steps, nil
}

// checkDependents refuses operations that what stands beside the tables of the
// live database forbids, such as a view over a column that is dropped. No copy
// of the tables would show that.
func (s *states) checkDependents(ctx context.Context, up op.List) error {
	checker, ok := s.dialect.(dialect.DependentsChecker)
	if !ok || s.live == nil {
		return nil
	}
	err := onConn(ctx, s.live, func(conn *sql.Conn) error { return checker.CheckDependents(ctx, conn, up) })
	if err != nil {
		return fmt.Errorf("nothing was written: %w", err)
	}
	return nil
}

// verifyFirst runs the plan of a first revision on an empty database.
func (s *states) verifyFirst(ctx context.Context, plan diff.Plan, after op.Schema, o Options) error {
	if o.NoVerify {
		return errSwitchedOff
	}
	return s.rehearse(ctx, plan.Up, func(p place) error {
		_, err := s.upDownUp(ctx, p, plan, op.Schema{}, after)
		return err
	})
}

// upDownUp runs the plan and compares the schema after each list with what it
// should be. It returns the steps of the first Up.
func (s *states) upDownUp(ctx context.Context, p place, plan diff.Plan, before, after op.Schema) (steps []ddl.Step, err error) {
	for _, stage := range []struct {
		name    string
		ops     op.List
		want    op.Schema
		observe func(ddl.Step)
	}{
		{"up", plan.Up, after, func(step ddl.Step) { steps = append(steps, ddl.AsLive(p.q, step)) }},
		{"down", plan.Down, before, nil},
		{"up again", plan.Up, after, nil},
	} {
		if err := p.run(ctx, s.dialect, stage.ops, stage.observe); err != nil {
			return nil, &VerifyError{Stage: stage.name, Err: err}
		}
		if err := s.expect(ctx, p.q, stage.name, stage.want); err != nil {
			return nil, err
		}
	}
	return steps, nil
}

// expect compares a schema on the scratch database with what it should be.
func (s *states) expect(ctx context.Context, q ddl.Querier, stage string, want op.Schema) error {
	// What cannot be compared there either has run at least.
	got, err := s.look(ctx, q, ddl.Inquiry{Words: []op.Schema{want}})
	if err != nil {
		return err
	}
	// Everything may be dropped in this comparison: nothing may be left over.
	left, err := diff.Compare(got.Schema, want, diff.Options{Owned: got.Schema})
	if err != nil {
		return err
	}
	if len(left.Up) > 0 {
		return &VerifyError{Stage: stage, Left: left.Up}
	}
	if len(left.Incomparable) > 0 {
		return &VerifyError{Stage: stage, Err: errors.New(strings.Join(left.Incomparable, "; "))}
	}
	return nil
}

// shortOfModels returns what is left to do after the plan, beside what the plan
// itself said could not be done.
func (s *states) shortOfModels(after op.Schema, plan diff.Plan) (op.List, error) {
	recorded, err := plan.Up.Apply(s.recorded)
	if err != nil {
		// The database has drifted from its revisions, so the operations do not
		// fit what they say. What was to be dropped is seen to by expect.
		recorded = op.Schema{}
	}
	desired, _ := s.want(after)
	left, err := diff.Compare(after, desired, diff.Options{Owned: recorded})
	return left.Up, err
}
