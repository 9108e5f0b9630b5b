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
func (m *Migrator) Stamp(ctx context.Context, target string, o StampOptions) error {
	if word := countsFromCurrent(target); o.Purge && word != "" {
		return fmt.Errorf("%w %q: it counts from where the database is, which purging forgets; name a revision", ErrUnknownTarget, word)
	}
	return m.with(ctx, func(s session) error {
		return s.dialect.Transact(ctx, s.conn, func() error {
			history, err := readHistory(ctx, s.dialect, s.conn)
			if err != nil {
				return err
			}
			if o.Purge {
				for _, record := range history {
					if err := deleteRecord(ctx, s.dialect, s.conn, record.ID); err != nil {
						return err
					}
				}
				history = nil
			}
			return m.stamp(ctx, s, target, history)
		})
	})
}

// stamp makes the history one of a database at the target. What stays keeps
// its record.
func (m *Migrator) stamp(ctx context.Context, s session, target string, history []Record) error {
	applied, err := s.graph.applied(history)
	if err != nil {
		return err
	}
	list, err := s.graph.stamped(target, applied)
	if err != nil {
		return err
	}
	wanted := map[string]bool{}
	for _, r := range list {
		wanted[r.ID] = true
		if applied[r.ID] {
			continue
		}
		checksum, err := r.Checksum()
		if err != nil {
			return err
		}
		record := Record{ID: r.ID, Message: r.Message, Checksum: checksum, AppliedAt: m.now(), Version: Version()}
		if err := addRecord(ctx, s.dialect, s.conn, record); err != nil {
			return err
		}
	}
	for _, record := range history {
		if wanted[record.ID] {
			continue
		}
		if err := deleteRecord(ctx, s.dialect, s.conn, record.ID); err != nil {
			return err
		}
	}
	return nil
}
