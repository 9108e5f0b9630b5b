package autogen

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

// A revision is read off one database and runs on all of them. So it has to
// fit what the revisions before it make, and what the models want has to be
// made by some revision, not only to be there.

// fits refuses operations that would not fit a database which the revisions
// alone have made.
func (s *states) fits(ctx context.Context, up op.List) error {
	_, err := up.Apply(s.recorded)
	if err == nil {
		return nil
	}
	if s.rawSQL {
		// What raw SQL has made only a database can tell.
		err = s.rehearseFromStart(ctx, up)
		if err == nil || errors.Is(err, ddl.ErrNoScratch) {
			return nil
		}
	}
	if len(s.graph.Revisions()) == 0 {
		return fmt.Errorf("%w: there are no revisions yet, and the database has tables of the models already (%w); take it over first: revision --baseline", ErrDrift, err)
	}
	return fmt.Errorf("%w, so a revision with this difference would fail on every other one: %w; mend this database by hand (diff shows the difference and its SQL), or, where it is right and the revisions lack something, write that with --from revisions and stamp this database with it", ErrDrift, err)
}

// rehearseFromStart runs all revisions and then the operations on an empty
// scratch database.
func (s *states) rehearseFromStart(ctx context.Context, up op.List) error {
	alone := *s
	alone.live = nil
	return alone.rehearse(ctx, up, func(p place) error {
		if err := alone.build(ctx, p); err != nil {
			return err
		}
		return p.run(ctx, s.dialect, up, nil)
	})
}

// unrecorded asks about what the models want and the database has, but no
// revision makes: on every other database it would be missing. A database
// without any revision has simply not been taken over yet.
func (s *states) unrecorded(ctx context.Context, plan diff.Plan) ([]diff.Question, error) {
	if s.live == nil || len(s.graph.Revisions()) == 0 {
		return nil, nil
	}
	lacking, err := s.lacking(s.recorded, plan)
	if err != nil || len(lacking) == 0 {
		return nil, err
	}
	if s.rawSQL {
		// Raw SQL may have made it.
		alone := *s
		alone.live = nil
		err := alone.readRevisions(ctx, Options{})
		if err != nil {
			return nil, err
		}
		if lacking, err = s.lacking(alone.current, plan); err != nil || len(lacking) == 0 {
			return nil, err
		}
	}
	return []diff.Question{{
		About: "revisions",
		Text: fmt.Sprintf("The models ask for it and this database has it, but no revision makes it: %s. Write a revision with --from revisions, and stamp this database with head.",
			strings.Join(lacking, "; ")),
	}}, nil
}

// lacking describes what the models ask for beyond what is made and what the
// plan, which starts at the database, adds to that.
func (s *states) lacking(made op.Schema, plan diff.Plan) ([]string, error) {
	if len(plan.Up) > 0 {
		made = made.Clone()
	}
	for _, o := range plan.Up {
		_ = o.Apply(&made) // where it does not fit, fits has its word
	}
	desired, _ := s.want(made)
	rest, err := diff.Compare(made, desired, diff.Options{})
	if err != nil {
		return nil, err
	}
	list := make([]string, len(rest.Up))
	for i, o := range rest.Up {
		list[i] = o.String()
	}
	return list, nil
}
