package autogen

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/go-limbeck/limbeck/dialect"
	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// byHand compares a database with the revisions that are applied to it: what
// separates them was done by hand. The models have no part in it. Tables that
// no revision made are nobody's drift, since they may be another program's; in
// the tables of the revisions everything counts.
func byHand(ctx context.Context, o Options) (diff.Plan, error) {
	made, err := readApplied(ctx, o)
	if err != nil {
		return diff.Plan{}, err
	}
	live := *made
	if live.live, err = migrate.Pool(o.DB); err != nil {
		return diff.Plan{}, err
	}
	if err := onConn(ctx, live.live, func(conn *sql.Conn) error { return live.inspect(ctx, conn, o, live.dialect.Inspect) }); err != nil {
		return diff.Plan{}, err
	}
	unmanaged := live.leaveOthers(made.current)

	current, desired := made.current, live.current
	if o.To == ToRevisions {
		current, desired = desired, current
	}
	desired, excluded := made.filter.apply(current, desired)
	// Nothing of it is to be done, so there is nothing to ask.
	plan, err := diff.Compare(current, desired, diff.Options{Owned: current})
	if err != nil {
		return diff.Plan{}, err
	}
	plan.Questions, plan.Unmanaged, plan.Excluded = nil, unmanaged, excluded
	plan.Incomparable = slices.Concat(plan.Incomparable, made.notCompared, live.notCompared)
	slices.Sort(plan.Incomparable)
	plan.Incomparable = slices.Compact(plan.Incomparable)
	return plan, nil
}

// readApplied reads what the revisions that are applied to the database build.
func readApplied(ctx context.Context, o Options) (*states, error) {
	if err := o.validate(); err != nil {
		return nil, err
	}
	s := &states{db: o.DB, own: o.ownTables(), disposable: o.Scratch != nil}
	var err error
	if s.filter, err = newFilter(o); err != nil {
		return nil, err
	}
	if s.dialect, err = dialect.For(o.DB); err != nil {
		return nil, err
	}
	status, err := migrate.New(o.DB, o.Revisions).With(migrate.Options{Table: o.Table}).Status(ctx)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(status.ForeignError(), status.UnfinishedError()); err != nil {
		return nil, err
	}
	var applied op.Revisions
	for _, e := range status.Entries {
		if e.Record != nil {
			applied = append(applied, e.Revision)
		}
	}
	if s.graph, err = migrate.NewGraph(applied); err != nil {
		return nil, err
	}
	if s.recorded, s.rawSQL, err = replay(s.graph.Revisions()); err != nil {
		return nil, err
	}
	if s.scratch, err = migrate.Pool(cmp.Or(o.Scratch, o.DB)); err != nil {
		return nil, err
	}
	err = s.rehearse(ctx, nil, func(p place) error {
		if err := s.build(ctx, p); err != nil {
			return err
		}
		return s.inspect(ctx, p.q, o, s.dialect.Inspect)
	})
	switch {
	case errors.Is(err, ddl.ErrNoScratch) && s.rawSQL:
		return nil, fmt.Errorf("replaying the revisions: %w; some of them run SQL or Go of yours, and what that makes only a database can tell", err)
	case errors.Is(err, ddl.ErrNoScratch):
		s.current = s.recorded.Clone()
	case err != nil:
		return nil, err
	}
	return s, nil
}

// leaveOthers takes out of the database what is not of these revisions, and
// returns it.
func (s *states) leaveOthers(made op.Schema) []diff.Object {
	var others []diff.Object
	s.current.Tables = slices.DeleteFunc(s.current.Tables, func(t op.Table) bool {
		if made.Table(t.Name) != nil {
			return false
		}
		others = append(others, diff.Object{Kind: "table", Name: t.Name})
		return true
	})
	s.current.Enums = slices.DeleteFunc(s.current.Enums, func(e op.Enum) bool {
		if made.Enum(e.Name) != nil {
			return false
		}
		others = append(others, diff.Object{Kind: "enum", Name: e.Name})
		return true
	})
	return others
}
