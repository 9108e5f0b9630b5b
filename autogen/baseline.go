package autogen

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// Baseline takes over a database that was made by other means, AutoMigrate for
// example: it writes the first revision, which describes what the models and
// the database have in common, and stamps the database with it. Nothing of it
// is executed there. What the two do not have in common is for the next
// [Generate] to find, or not ours (Result.Plan.Unmanaged).
//
// The revision is tried on an empty scratch database before it is written,
// because that is where it will run: on every database but this one.
//
// It refuses where there are revisions already ([ErrNotFirst]) and where there
// is nothing to describe ([ErrNothingInCommon]).
func Baseline(ctx context.Context, o Options) (Result, error) {
	if err := o.toModels(); err != nil {
		return Result{}, err
	}
	if o.From == FromRevisions {
		return Result{}, errors.New("writing a baseline: it describes a database, so it cannot be taken from revisions")
	}
	if len(o.Revisions) > 0 {
		return Result{}, fmt.Errorf("%w: the program has %d; take them out, or stamp the database with the one that it matches", ErrNotFirst, len(o.Revisions))
	}
	f, err := openFolder(o)
	if err != nil {
		return Result{}, err
	}
	s, err := read(ctx, o)
	if err != nil {
		return Result{}, err
	}
	// What does not take part is not described either.
	taking, _ := s.want(op.Schema{})
	shared := common(s.current, taking)
	if len(shared.Tables) == 0 {
		return Result{}, fmt.Errorf("%w; write an ordinary first revision instead", ErrNothingInCommon)
	}
	plan, err := diff.Compare(op.Schema{}, shared, diff.Options{})
	if err != nil {
		return Result{}, err
	}
	desired, excluded := s.want(s.current)
	rest, err := diff.Compare(s.current, desired, diff.Options{Owned: shared})
	if err != nil {
		return Result{}, err
	}
	plan.Unmanaged, plan.Excluded, plan.Incomparable = rest.Unmanaged, excluded, s.notCompared
	if o.Message == "" {
		o.Message = "baseline"
	}
	r, err := o.placed(s.graph)
	if err != nil {
		return Result{}, err
	}
	r.Message, r.Up, r.Down = message(o, plan.Up), plan.Up, plan.Down
	result := Result{Plan: plan, Revision: r}
	comment := "Describes what the models had in common with a database that was there\nbefore; it was stamped there and not run. Down drops these tables with all\n" +
		"their rows, there as well: take it out where nobody shall go back that far.\n"
	if err := result.verified(ctx, s, s.verifyFirst(ctx, plan, shared, o)); err != nil {
		return Result{Plan: plan}, err
	}
	comment += result.verification()
	database, bound := s.boundTo(plan)
	if result.Revision.Database = database; bound != "" {
		comment += "\n" + bound
	}
	if result.File, err = f.add(result.Revision, comment); err != nil {
		return Result{}, err
	}
	err = migrate.New(o.DB, op.Revisions{result.Revision}).With(migrate.Options{Table: o.Table}).Stamp(ctx, "head", migrate.StampOptions{})
	if err != nil {
		// A revision that no database has would only be in the way.
		return Result{}, errors.Join(fmt.Errorf("stamping the database: %w", err), os.Remove(result.File))
	}
	return result, nil
}
