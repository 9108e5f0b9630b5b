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

// piece runs fn in a transaction of its own, under the lock, and again where it
// meets another lock.
func (x *stepwise) piece(fn func() error) error {
	return x.again(x.ctx, func() error {
		return x.dialect.Transact(x.ctx, x.q, func() error {
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
