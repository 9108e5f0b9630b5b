package migrate

import (
	"context"
	"fmt"
)

// StampOptions are what Stamp may be told.
type StampOptions struct {
	// Purge forgets what the history says before, unknown revisions included.
	Purge bool
}

// Stamp writes into the history that the database is at the target (see the
// package comment), without running anything. It is for databases whose schema
// came there by other means. The history is then as an upgrade or a downgrade
// to the target would leave it: branches that do not lead to it and do not
// build on it stay, unless Purge forgets them. Several targets, one on each
// branch, have blanks in between. A revision that the program does not have
// gives an error that wraps [ErrForeignRevision], unless Purge forgets that.
//
// What the journal says of a revision that was begun is forgotten: this says
// where the database is.
func (m *Migrator) Stamp(ctx context.Context, target string, o StampOptions) error {
	if word := countsFromCurrent(target); o.Purge && word != "" {
		return fmt.Errorf("%w %q: it counts from where the database is, which purging forgets; name a revision", ErrUnknownTarget, word)
	}
	return m.with(ctx, func(s *session) error {
		return s.locked(ctx, func() error {
			return s.again(ctx, func() error {
				return s.transact(ctx, func() error {
					if err := s.lock.Check(ctx); err != nil {
						return err
					}
					if err := s.stamp(ctx, target, o); err != nil {
						return err
					}
					return s.tidy(ctx)
				})
			})
		})
	})
}

// stamp makes the history one of a database at the target. What stays keeps
// its record, unless it is purged.
func (s *session) stamp(ctx context.Context, target string, o StampOptions) error {
	history, err := s.history.read(ctx)
	if err != nil {
		return err
	}
	known := history
	if o.Purge {
		known = nil
	}
	applied, err := s.graph.applied(known)
	if err != nil {
		return err
	}
	list, err := s.graph.stamped(target, applied)
	if err != nil {
		return err
	}
	if len(list) > 0 {
		// First, since on some databases that commits what went before.
		if err := s.history.make(ctx, s.q); err != nil {
			return err
		}
	}
	wanted := map[string]bool{}
	for _, r := range list {
		wanted[r.ID] = applied[r.ID]
	}
	for _, record := range history {
		if wanted[record.ID] {
			continue
		}
		if err := s.history.delete(ctx, record.ID); err != nil {
			return err
		}
	}
	for _, r := range list {
		if wanted[r.ID] {
			continue
		}
		checksum, err := r.Checksum()
		if err != nil {
			return err
		}
		record := Record{ID: r.ID, Message: r.Message, Checksum: checksum, AppliedAt: s.options.now(), Version: Version()}
		if err := s.history.add(ctx, record); err != nil {
			return err
		}
	}
	return s.journal.close(ctx)
}
