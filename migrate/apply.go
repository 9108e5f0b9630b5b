package migrate

import (
	"context"
	"fmt"
	"time"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// work is one revision of a path.
type work struct {
	op.Revision
	down bool
	// number counts the revisions of the path from 1.
	number, of int
	checksum   string
}

func (w work) ops() op.List {
	if w.down {
		return w.Down
	}
	return w.Up
}

func (w work) event() Event {
	return Event{Revision: w.Revision, Down: w.down, Number: w.number, Of: w.of}
}

func (w work) done() Done {
	return Done{Revision: w.Revision, Down: w.down, Number: w.number, Of: w.of}
}

// apply applies or takes back one revision, unless somebody else has done so
// since the path was chosen. Without an error, ran says whether it did.
func (s *session) apply(ctx context.Context, w work) (done Done, ran bool, err error) {
	if err := ctx.Err(); err != nil {
		return Done{}, false, err
	}
	if w.checksum, err = w.Checksum(); err != nil {
		return Done{}, false, err
	}
	if s.journalled(w) {
		return s.applyInSteps(ctx, w)
	}
	err = s.again(ctx, func() error {
		// Programs that have no lock to wait for look first: a transaction costs
		// more.
		if s.lock == (ddl.NoLock{}) {
			if applied, err := s.history.ids(ctx, w.ID); err != nil || applied[w.ID] != w.down {
				ran = false
				return err
			}
		}
		return s.transact(ctx, func() error {
			if err := s.lock.Check(ctx); err != nil {
				return err
			}
			done, ran, err = s.carryOut(ctx, w)
			return err
		})
	})
	return done, ran && err == nil, err
}

// isOpen reports whether a revision is still to be applied or taken back, and
// refuses where the database is not as the path needs it. It reads that one
// revision and its neighbours, so that n revisions cost n looks.
func (s *session) isOpen(ctx context.Context, w work) (bool, error) {
	applied, err := s.history.ids(ctx, append(s.graph.neighbours(w.Revision, w.down), w.ID)...)
	if err != nil || applied[w.ID] != w.down {
		return false, err
	}
	return true, s.graph.fits(w.Revision, applied, w.down)
}

// carryOut does the work of one revision in the transaction that is open, with
// its row in the history.
func (s *session) carryOut(ctx context.Context, w work) (done Done, ran bool, err error) {
	if open, err := s.isOpen(ctx, w); err != nil || !open {
		return Done{}, false, err
	}
	e := w.event()
	e.DB = on(ctx, s.db, s.q, true)
	if err := call(s.options.Hooks.BeforeRevision, ctx, e); err != nil {
		return Done{}, false, fmt.Errorf("in the hook before the revision: %w", err)
	}
	done = w.done()
	start := s.options.now()
	r := s.runner(ctx, w, &done, true)
	if err := r.run(ctx, w.ops()); err != nil {
		return Done{}, false, s.explain(err)
	}
	end := s.options.now()
	done.Duration = end.Sub(start)
	if err := s.record(ctx, w, end, done.Duration); err != nil {
		return Done{}, false, err
	}
	if w.down {
		if err := s.tidy(ctx); err != nil {
			return Done{}, false, err
		}
	}
	e.Rows, e.Duration = done.Rows, done.Duration
	if err := call(s.options.Hooks.AfterRevision, ctx, e); err != nil {
		return Done{}, false, fmt.Errorf("in the hook after the revision: %w", err)
	}
	return done, true, nil
}

// record writes or removes the revision's row.
func (s *session) record(ctx context.Context, w work, at time.Time, duration time.Duration) error {
	if w.down {
		return s.history.delete(ctx, w.ID)
	}
	return s.history.add(ctx, Record{ID: w.ID, Message: w.Message, Checksum: w.checksum, AppliedAt: at, Duration: duration, Version: Version()})
}

// runner returns one that tells the hooks and counts into done.
func (s *session) runner(ctx context.Context, w work, done *Done, inside bool) runner {
	event := func(p planned) Event {
		e := w.event()
		e.First, e.Last, e.Step, e.DB = p.first, p.last, p.step, on(ctx, s.db, s.q, inside)
		return e
	}
	hooks := s.options.Hooks
	r := runner{
		dialect: s.dialect, db: s.db, q: s.q, stopped: s.options.stopped,
		hooked: hooks.BeforeStep != nil || hooks.AfterStep != nil,
		after: func(p planned, rows int64, d time.Duration) error {
			done.Steps++
			done.Rows += rows
			if s.options.Logger != nil {
				s.log(ctx, levelDebug, "step", "id", w.ID, "first", p.first, "last", p.last, "statements", texts(p.step.Statements), "rows", rows, "duration", d)
			}
			if hooks.AfterStep == nil {
				return nil
			}
			e := event(p)
			e.Rows, e.Duration = rows, d
			return hooks.AfterStep(ctx, e)
		},
	}
	if hooks.BeforeStep != nil {
		r.before = func(p planned) error { return hooks.BeforeStep(ctx, event(p)) }
	}
	return r
}
