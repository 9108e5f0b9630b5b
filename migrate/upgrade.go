package migrate

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// Result is what a call did. It is valid beside an error too: then it holds
// what was done before.
type Result struct {
	// Done are the revisions that this call applied or took back, in the order
	// in which it did.
	Done []Done
}

// Done is one revision that was applied or taken back.
type Done struct {
	Revision op.Revision
	// Duration is how long its operations took, without waiting for the lock.
	Duration time.Duration
}

// Upgrade applies what is missing up to the target (see the package comment).
// Nothing to do is no error. When a revision fails, the error is a
// *[RevisionError]; those before it stay applied.
func (m *Migrator) Upgrade(ctx context.Context, target string) (Result, error) {
	return m.walk(ctx, false, func(g *Graph, applied map[string]bool) ([]op.Revision, error) {
		return g.UpgradePath(target, applied)
	})
}

// Downgrade takes back what builds on the target (see the package comment), the
// newest first. When a revision fails, the error is a *[RevisionError]; those
// before it stay taken back. It refuses, before it does anything, to pass a
// revision that has no Down; the error wraps [ErrNoDown].
func (m *Migrator) Downgrade(ctx context.Context, target string) (Result, error) {
	return m.walk(ctx, true, func(g *Graph, applied map[string]bool) ([]op.Revision, error) {
		path, err := g.DowngradePath(target, applied)
		if err != nil {
			return nil, err
		}
		for _, r := range path {
			if len(r.Down) == 0 && len(r.Up) > 0 {
				return nil, fmt.Errorf("downgrading to %q: %w: %q (%s); write one in its file first", target, ErrNoDown, r.ID, r.Message)
			}
		}
		return path, nil
	})
}

func (m *Migrator) walk(ctx context.Context, down bool, choose func(*Graph, map[string]bool) ([]op.Revision, error)) (Result, error) {
	var result Result
	err := m.with(ctx, func(s session) error {
		applied, err := s.applied(ctx)
		if err != nil {
			return err
		}
		path, err := choose(s.graph, applied)
		if err != nil {
			return err
		}
		if err := s.isFor(path, down); err != nil {
			return err
		}
		for _, r := range path {
			done, ran, err := m.one(ctx, s, r, down)
			if err != nil {
				return &RevisionError{ID: r.ID, Message: r.Message, Down: down, Partial: !s.dialect.Transactional() && begun(err), Err: err}
			}
			if ran {
				result.Done = append(result.Done, done)
			}
		}
		return nil
	})
	return result, err
}

// isFor refuses revisions that name another database than this one, before
// anything of the path has run.
func (s session) isFor(path []op.Revision, down bool) error {
	for _, r := range path {
		if r.Database == "" || r.Database == s.dialect.Name() {
			continue
		}
		ops := r.Up
		if down {
			ops = r.Down
		}
		why := ""
		if step, what := ops.Bound(); step > 0 {
			why = fmt.Sprintf(" (step %d, %s: %s)", step, ops[step-1], what)
		}
		return fmt.Errorf("%w: %q (%s) is for %s%s, and this is %s; write a revision for this one, or take the field Database out if its text serves here too",
			ErrOtherDatabase, r.ID, r.Message, r.Database, why, s.dialect.Name())
	}
	return nil
}

// begun reports whether a statement of the revision ran before the one that
// failed.
func begun(err error) bool {
	var step *StepError
	if !errors.As(err, &step) {
		return false
	}
	var statement *ddl.StatementError
	if !errors.As(err, &statement) {
		return step.First > 1 && !errors.Is(err, ddl.ErrUnsupported) // which is found before anything runs
	}
	return step.First > 1 || statement.Number > 1
}

// one applies or takes back one revision, unless somebody else has done so
// since the path was chosen. Without an error, ran says whether it did.
func (m *Migrator) one(ctx context.Context, s session, r op.Revision, down bool) (done Done, ran bool, err error) {
	if err := ctx.Err(); err != nil {
		return Done{}, false, err
	}
	checksum, err := r.Checksum()
	if err != nil {
		return Done{}, false, err
	}
	err = s.dialect.Transact(ctx, s.conn, func() error {
		applied, err := s.applied(ctx)
		if err != nil {
			return err
		}
		if applied[r.ID] != down {
			return nil
		}
		if err := s.graph.fits(r, applied, down); err != nil {
			return err
		}
		start, ops := m.now(), r.Up
		if down {
			ops = r.Down
		}
		if !s.dialect.Transactional() {
			if err := Supported(ctx, s.dialect, s.conn, ops); err != nil {
				return err
			}
		}
		err = Run(ctx, s.dialect, s.conn, ops, func(step ddl.Step) {
			if m.options.Observe != nil {
				m.options.Observe(r, step)
			}
		})
		if err != nil {
			return err
		}
		end := m.now()
		done, ran = Done{Revision: r, Duration: end.Sub(start)}, true
		if down {
			return deleteRecord(ctx, s.dialect, s.conn, r.ID)
		}
		return addRecord(ctx, s.dialect, s.conn, Record{
			ID: r.ID, Message: r.Message, Checksum: checksum,
			AppliedAt: end, Duration: done.Duration, Version: Version(),
		})
	})
	return done, ran, err
}
