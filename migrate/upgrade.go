package migrate

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// Result is what a call did. It is valid beside an error too: then it holds
// what was done before.
type Result struct {
	// Done are the revisions that this call applied or took back, in the order
	// in which it did.
	Done []Done
	// Foreign are revisions that the database has and the program has not. Where
	// there was something to do, they are an error instead.
	Foreign []Record
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
	err := m.with(ctx, func(s *session) error {
		path := func() ([]work, error) { return s.path(ctx, down, choose, &result) }
		var list []work
		err := s.again(ctx, func() (err error) {
			list, err = path()
			return err
		})
		if err != nil || len(list) == 0 {
			return err // what needs nothing done needs no lock
		}
		if s.options.SingleTransaction || s.inside() && s.dialect.Transactional() {
			if err := s.mayBeInside(list); err != nil {
				return err
			}
		}
		if s.options.SingleTransaction {
			result.Done, err = s.together(ctx, path)
			return err
		}
		return s.locked(ctx, func() error {
			// Another program may have done it all while this one waited.
			if s.lock != (ddl.NoLock{}) || s.inside() {
				if list, err = path(); err != nil {
					return err
				}
			}
			return s.walk(ctx, list, &result)
		})
	})
	return result, err
}

// walk carries out a path, each revision by itself.
func (s *session) walk(ctx context.Context, path []work, result *Result) error {
	for i, w := range path {
		if s.options.stopped() {
			return fmt.Errorf("%w: %d of %d revisions are done; run it again to go on", ErrStopped, i, len(path))
		}
		done, ran, err := s.apply(ctx, w)
		if err != nil {
			return revisionError(w, err)
		}
		if ran {
			result.Done = append(result.Done, done)
			s.finished(ctx, done)
		}
	}
	if s.lock == (ddl.NoLock{}) || !slices.ContainsFunc(path, s.journalled) {
		return nil // or another program may be about to write there
	}
	return s.tables.removeEmpty(ctx, s.journal.table)
}

// path chooses what is to be done, from how the database stands now. Revisions
// that the program does not have forbid to do anything, since nobody can tell
// what they did; where nothing is to be done they forbid nothing.
func (s *session) path(ctx context.Context, down bool, choose func(*Graph, map[string]bool) ([]op.Revision, error), result *Result) ([]work, error) {
	s.tables.forget()
	applied, err := s.history.ids(ctx)
	if err != nil {
		return nil, err
	}
	foreign := s.graph.foreign(applied)
	list, err := choose(s.graph, applied)
	if err != nil {
		records, lost := s.foreignRecords(ctx, foreign)
		return nil, errors.Join(withForeign(err, records), lost)
	}
	unfinished, err := s.journal.unfinished(ctx)
	if err != nil {
		return nil, err
	}
	if list, err = resume(list, down, unfinished, s.graph); err != nil {
		return nil, err
	}
	if result.Foreign, err = s.foreignRecords(ctx, foreign); err != nil {
		return nil, err
	}
	if len(result.Foreign) > 0 && len(list) > 0 {
		return nil, foreignError(result.Foreign[0])
	}
	if err := s.isFor(list, down); err != nil {
		return nil, err
	}
	path := make([]work, len(list))
	for i, r := range list {
		path[i] = work{Revision: r, down: down, number: i + 1, of: len(list)}
	}
	return path, nil
}

// foreignRecords returns the rows of revisions that the program does not have.
func (s *session) foreignRecords(ctx context.Context, ids []string) ([]Record, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	history, err := s.history.read(ctx)
	return slices.DeleteFunc(history, func(r Record) bool { return !slices.Contains(ids, r.ID) }), err
}

// isFor refuses revisions that name another database than this one, before
// anything of the path has run.
func (s *session) isFor(path []op.Revision, down bool) error {
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
