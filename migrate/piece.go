package migrate

import (
	"errors"
	"slices"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// These end a piece of work that another program has done.
var (
	errElsewhere = errors.New("another program has done the revision")
	errAhead     = errors.New("another program has done a part of the step")
)

// piece runs fn in a transaction of its own, in which it first writes down what the
// rows of steps before do not say yet.
func (x *stepwise) piece(fn func() error) error {
	err := x.alone(func() error {
		if x.last != nil {
			last := *x.last
			if err := x.journal.save(x.ctx, &last); err != nil {
				return err
			}
		}
		if x.announced != nil {
			if err := x.journal.settle(x.ctx, x.ID, x.announced.done); err != nil {
				return err
			}
		}
		return fn()
	})
	if err == nil {
		x.last, x.announced = nil, nil
	}
	return err
}

// alone runs fn in a transaction of its own, under the lock, and again where it
// meets another lock.
func (x *stepwise) alone(fn func() error) error {
	return x.again(x.ctx, func() error {
		return x.transact(x.ctx, func() error {
			if err := x.lock.Check(x.ctx); err != nil {
				return err
			}
			if x.unlocked() {
				if open, err := x.isOpen(x.ctx, x.work); err != nil || !open {
					return errors.Join(err, errElsewhere)
				}
			}
			return fn()
		})
	})
}

// inRow reports whether nothing but planned steps and reading comes between two
// steps, so that the row of the one says that the other has ended. A statement of
// such a database commits by itself, and with it the row that was written before:
// that needs no transaction of its own.
func (x *stepwise) inRow() bool {
	return !x.dialect.Transactional() && !x.unlocked() && !x.runner.hooked
}

// isPlanned reports whether a row is of a step that was planned. What the user's
// own statements have done cannot always be found out later, so that it is written
// down at once.
func (x *stepwise) isPlanned(row *page) bool { return !ddl.IsUserSQL(x.ops()[row.First-1]) }

// ahead writes down that the next statement of a step is about to be sent, with
// what the catalogue says before.
func (x *stepwise) ahead(row *page, mark string) error {
	begin := func(p *page) { p.Doubt, p.Mark = true, mark }
	if !x.inRow() || !x.isPlanned(row) || row.stored && (x.announced != nil || x.last != nil && x.last.First != row.First) {
		if err := x.commit(row, begin, nil); err != nil {
			return err
		}
		return x.lock.Check(x.ctx)
	}
	if err := x.lock.Check(x.ctx); err != nil {
		return err
	}
	after := *row
	begin(&after)
	if err := x.journal.save(x.ctx, &after); err != nil {
		return err
	}
	*row, x.last, x.announced = after, nil, nil
	return nil
}

// behind says that the statement has taken effect: at once, or with what is
// written down next.
func (x *stepwise) behind(row *page, ended func(*page)) error {
	if !x.inRow() || !x.isPlanned(row) {
		return x.commit(row, ended, nil)
	}
	ended(row)
	last := *row
	x.last = &last
	return nil
}

// unlocked reports whether another program may be at the same revision, since
// no lock lasts longer than a transaction.
func (x *stepwise) unlocked() bool { return x.lock == (ddl.NoLock{}) }

// commit runs fn, which may be nil, and changes a step's row, in one transaction.
// Where another program is ahead with the step, the row becomes what that has
// written, and the error is errAhead.
func (x *stepwise) commit(row *page, change func(*page), fn func() error) error {
	var after page
	err := x.piece(func() error {
		after = *row
		if x.unlocked() {
			pages, err := x.journal.read(x.ctx)
			if err != nil {
				return err
			}
			at := slices.IndexFunc(pages, func(p page) bool { return p.Revision == row.Revision && p.First == row.First })
			if at >= 0 && (pages[at].Done > row.Done || pages[at].Ended) {
				after = pages[at]
				return errAhead
			}
			after.stored = at >= 0
		}
		change(&after)
		if fn != nil {
			if err := fn(); err != nil {
				return err
			}
		}
		return x.journal.save(x.ctx, &after)
	})
	if err == nil || errors.Is(err, errAhead) {
		*row = after
	}
	return err
}
