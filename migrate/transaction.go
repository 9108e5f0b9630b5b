package migrate

import (
	"context"
	"errors"
	"fmt"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// outside says why a list of operations cannot run in one transaction, or
// nothing.
func outside(r op.Revision, ops op.List) string {
	for i, o := range ops {
		switch o := o.(type) {
		case DoStep:
			if o.outside {
				return fmt.Sprintf("step %d, %s", i+1, o)
			}
		case op.CreateIndex:
			if o.Concurrently {
				return fmt.Sprintf("step %d, %s", i+1, o)
			}
		case op.DropIndex:
			if o.Concurrently {
				return fmt.Sprintf("step %d, %s", i+1, o)
			}
		}
	}
	if r.NoTransaction {
		return "it says NoTransaction"
	}
	return ""
}

// journalled reports whether the steps of a revision are committed one by one,
// and written down so.
func (s *session) journalled(w work) bool {
	return !s.dialect.Transactional() || outside(w.Revision, w.ops()) != ""
}

// mayBeInside refuses a path of which a revision cannot be part of a larger
// transaction.
func (s *session) mayBeInside(path []work) error {
	if !s.dialect.Transactional() {
		return fmt.Errorf("%w: %s commits each change to a table by itself; migrate without SingleTransaction", ErrTransaction, s.dialect.Name())
	}
	for _, w := range path {
		if why := outside(w.Revision, w.ops()); why != "" {
			return fmt.Errorf("%w: revision %q (%s) cannot: %s; migrate outside of one", ErrTransaction, w.ID, w.Message, why)
		}
	}
	return nil
}

// together carries out a whole path in one transaction, which the lock belongs
// to.
func (s *session) together(ctx context.Context, choose func() ([]work, error)) ([]Done, error) {
	var list []Done
	err := s.again(ctx, func() error {
		list = nil
		return s.transact(ctx, func() error {
			q := s.q
			if !s.inside() {
				q = ddl.Tx{Querier: q}
			}
			if !s.options.NoLock {
				if _, err := s.dialect.Lock(ctx, q, s.lockOptions(ctx)); err != nil {
					return err
				}
			}
			return s.limited(ctx, q, func() error {
				path, err := choose() // again, under the lock
				if err != nil {
					return err
				}
				for _, w := range path {
					if s.options.stopped() {
						return ErrStopped
					}
					if w.checksum, err = w.Checksum(); err != nil {
						return err
					}
					done, ran, err := s.carryOut(ctx, w)
					if err != nil {
						return &RevisionError{ID: w.ID, Message: w.Message, Down: w.down, Of: len(w.ops()), Together: true, Err: err}
					}
					if ran {
						list = append(list, done)
					}
				}
				return nil
			})
		})
	})
	if err != nil {
		return nil, err
	}
	for _, done := range list {
		s.finished(ctx, done)
	}
	return list, nil
}

// explain adds what to do where a statement failed that has to stand alone.
func (s *session) explain(err error) error {
	var statement *ddl.StatementError
	if errors.As(err, &statement) && s.dialect.Kind(statement.SQL) == ddl.Alone {
		return fmt.Errorf("%w; if the database does not run this inside a transaction, set NoTransaction in the revision", err)
	}
	return err
}
