package migrate

import (
	"context"
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// Status is where a database stands.
type Status struct {
	// Entries are the program's revisions, the oldest first.
	Entries []Entry
	// Foreign are the revisions that the database has and the program has not.
	Foreign []Record
	// Unfinished is the revision that was begun and has not come to its end, nil
	// where there is none.
	Unfinished *Unfinished
}

// Entry is a revision and what the database says of it.
type Entry struct {
	Revision op.Revision
	// Record is the row in the history, nil where it is not applied.
	Record *Record
	// Head says that no other revision builds on it.
	Head bool
	// Current says that it is applied and nothing that builds on it is.
	Current bool
	// Edited says that the revision is not what it was when it was applied.
	Edited bool
}

// Current returns the entries where the database is: none at base, several on
// branches.
func (s Status) Current() []Entry {
	var list []Entry
	for _, e := range s.Entries {
		if e.Current {
			list = append(list, e)
		}
	}
	return list
}

// ForeignError returns nil where the program has all revisions of the database,
// and otherwise an error that wraps [ErrForeignRevision] and says what can be
// done.
func (s Status) ForeignError() error {
	if len(s.Foreign) == 0 {
		return nil
	}
	return foreignError(s.Foreign[0])
}

// UnfinishedError returns nil where no revision is half done, and otherwise an
// error that wraps [ErrUnfinished] and says what can be done.
func (s Status) UnfinishedError() error {
	if s.Unfinished == nil {
		return nil
	}
	return *s.Unfinished
}

// Pending returns the revisions that are not applied, in the order in which
// they would be.
func (s Status) Pending() []op.Revision {
	var list []op.Revision
	for _, e := range s.Entries {
		if e.Record == nil {
			list = append(list, e.Revision)
		}
	}
	return list
}

// AtHeads reports whether all revisions are applied and no others.
func (s Status) AtHeads() bool { return len(s.Foreign) == 0 && len(s.Pending()) == 0 }

// Applied returns the ids of the program's revisions that are applied.
func (s Status) Applied() map[string]bool {
	applied := map[string]bool{}
	for _, e := range s.Entries {
		if e.Record != nil {
			applied[e.Revision.ID] = true
		}
	}
	return applied
}

// Status reads where the database stands. It writes nothing, not even the
// history table, and a revision that the program does not have is no error.
func (m *Migrator) Status(ctx context.Context) (Status, error) {
	status, err := m.Position(ctx)
	if err != nil {
		return Status{}, err
	}
	return status.withEdits()
}

// Position is [Migrator.Status] for who does not ask whether revisions were
// edited: Edited is false in all entries, and no checksums are taken.
func (m *Migrator) Position(ctx context.Context) (Status, error) {
	var status Status
	err := m.with(ctx, func(s *session) error {
		s.tables.onlyRead = true
		history, err := s.readHistory(ctx)
		if err != nil {
			return err
		}
		status = s.graph.position(history)
		status.Unfinished, err = s.journal.unfinished(ctx)
		return err
	})
	return status, err
}

// Pending returns the revisions that are not applied. It reads the history and
// nothing else, so that a program can ask at every start.
func (m *Migrator) Pending(ctx context.Context) ([]op.Revision, error) {
	var status Status
	err := m.with(ctx, func(s *session) error {
		s.tables.names, s.tables.onlyRead = []string{s.history.table}, true
		history, err := s.readHistory(ctx)
		status = s.graph.position(history)
		return err
	})
	if err != nil {
		return nil, err
	}
	return status.Pending(), nil
}

// readHistory reads the history, as often as others are in the way.
func (s *session) readHistory(ctx context.Context) (history []Record, err error) {
	err = s.again(ctx, func() error {
		s.tables.forget()
		history, err = s.history.read(ctx)
		return err
	})
	return history, err
}

// Status puts a history beside the revisions. It does no I/O; with no history
// it shows the revisions alone.
func (g *Graph) Status(history []Record) (Status, error) {
	return g.position(history).withEdits()
}

func (g *Graph) position(history []Record) Status {
	status := Status{Entries: slices.Grow([]Entry(nil), len(g.order))}
	records := make(map[string]*Record, len(history))
	applied := make(map[string]bool, len(history))
	for i, record := range history {
		if _, ok := g.Revision(record.ID); !ok {
			status.Foreign = append(status.Foreign, record)
			continue
		}
		records[record.ID], applied[record.ID] = &history[i], true
	}
	current := map[string]bool{}
	for _, r := range g.HeadsOf(applied) {
		current[r.ID] = true
	}
	for i, r := range g.order {
		status.Entries = append(status.Entries, Entry{Revision: r, Record: records[r.ID], Head: len(g.children[i]) == 0, Current: current[r.ID]})
	}
	return status
}

// withEdits finds the revisions that are not what they were.
func (s Status) withEdits() (Status, error) {
	for i := range s.Entries {
		e := &s.Entries[i]
		if e.Record == nil {
			continue
		}
		checksum, err := e.Revision.Checksum()
		if err != nil {
			return Status{}, err
		}
		e.Edited = checksum != e.Record.Checksum
	}
	return s, nil
}
