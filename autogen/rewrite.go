package autogen

import (
	"fmt"
	"slices"

	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

// rewrite lets the caller's hook change a revision, and its plan with it.
func (o Options) rewrite(plan *diff.Plan, r *op.Revision) error {
	r.Up, r.Down = plan.Up, plan.Down
	if o.Rewrite == nil || plan.Empty() || len(plan.Questions) > 0 {
		return nil
	}
	if err := o.Rewrite(r); err != nil {
		return fmt.Errorf("rewriting revision %q: %w; nothing was written", r.ID, err)
	}
	for _, list := range []op.List{r.Up, r.Down} {
		if i := slices.Index(list, nil); i >= 0 {
			return fmt.Errorf("rewriting revision %q: step %d of a list is nil; nothing was written", r.ID, i+1)
		}
	}
	plan.Up, plan.Down = r.Up, r.Down
	return nil
}
