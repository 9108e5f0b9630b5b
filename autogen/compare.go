package autogen

import (
	"context"
	"errors"
	"slices"

	"github.com/go-limbeck/limbeck/dialect"
	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

// Compare returns what separates the database, or the revisions, from the
// models; with Options.To the database and the revisions that are applied to it
// from each other. It writes nothing anywhere. A database that lacks revisions
// gives an error that wraps [ErrNotAtHead] where it is compared with models.
func Compare(ctx context.Context, o Options) (diff.Plan, error) {
	if o.toModels() != nil {
		return byHand(ctx, o)
	}
	s, err := read(ctx, o)
	if err != nil {
		return diff.Plan{}, err
	}
	return s.compare(ctx, o)
}

func (s *states) compare(ctx context.Context, o Options) (diff.Plan, error) {
	desired, excluded := s.want(s.current)
	plan, err := diff.Compare(s.current, desired, diff.Options{
		Owned: s.recorded, Renames: o.Renames, Drops: o.Drops, Backfills: o.Backfills, BackfillsDown: o.BackfillsDown,
		Usings: o.Usings, UsingsDown: o.UsingsDown, Convert: s.convert(),
		Hints: s.renames(), JoinTables: s.hints.JoinTables, Zeros: s.zeros(),
	})
	if err != nil {
		return diff.Plan{}, err
	}
	plan.Excluded = excluded
	plan.Incomparable = append(plan.Incomparable, s.misnamed(plan.Up)...)
	questions, err := s.unrecorded(ctx, plan)
	plan.Questions = append(plan.Questions, questions...)
	plan.Incomparable = s.incomparable(plan)
	return plan, err
}

// renames returns those that the models state themselves.
func (s *states) renames() []diff.Rename {
	var list []diff.Rename
	for _, r := range s.hints.Renames {
		list = append(list, diff.Rename(r))
	}
	return list
}

// zeros returns those that the models tell.
func (s *states) zeros() map[string]op.Default {
	zeros := map[string]op.Default{}
	for _, z := range s.hints.Zeros {
		zeros[z.Table+"."+z.Column] = z.Value
	}
	return zeros
}

// convert returns what the database says of changes of type, or nil where it
// can make them all.
func (s *states) convert() func(column string, from, to op.Type) (bool, []string) {
	if c, ok := s.dialect.(dialect.Converter); ok {
		return c.Convert
	}
	return nil
}

// Preview is a comparison with the SQL that its operations run.
type Preview struct {
	diff.Plan
	// Steps are the operations of Up with their statements, as they ran on a
	// scratch copy of the schema.
	Steps []ddl.Step
	// Message is the message that a revision would get.
	Message string
	// Verified says on what Up, Down and Up were run, or is empty.
	Verified string
	// NotVerified says why they were not; then there are no steps either.
	NotVerified string
}

// Diff returns what [Generate] would write, and the SQL of it, and writes
// nothing. With open questions there is no SQL yet, and with Options.To there
// is none at all: nobody would run it.
func Diff(ctx context.Context, o Options) (Preview, error) {
	if o.toModels() != nil {
		plan, err := byHand(ctx, o)
		return Preview{Plan: plan}, err
	}
	s, err := read(ctx, o)
	if err != nil {
		return Preview{}, err
	}
	plan, err := s.compare(ctx, o)
	if err != nil {
		return Preview{}, err
	}
	r := op.Revision{ID: o.newID(), Created: o.created(), Message: message(o, plan.Up)}
	for _, head := range s.graph.Heads() {
		r.Parents = append(r.Parents, head.ID)
	}
	if err := o.rewrite(&plan, &r); err != nil {
		return Preview{}, err
	}
	p := Preview{Plan: plan, Message: r.Message}
	if plan.Empty() || len(plan.Questions) > 0 {
		return p, nil
	}
	p.Steps, err = s.verify(ctx, &plan, o)
	if p.Plan = plan; err == nil {
		p.Verified, err = s.verified(ctx)
	} else if errors.Is(err, errSwitchedOff) || errors.Is(err, ddl.ErrNoScratch) {
		p.NotVerified, err = err.Error(), nil
	}
	return p, err
}

// incomparable returns what a comparison and the reading before it could not
// compare.
func (s *states) incomparable(plan diff.Plan) []string {
	list := slices.Concat(plan.Incomparable, s.notCompared)
	slices.Sort(list)
	return list
}

// verified names what a revision was verified on.
func (s *states) verified(ctx context.Context) (string, error) {
	return s.dialect.Version(ctx, s.scratch)
}
