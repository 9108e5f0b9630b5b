package migrate

import (
	"context"
	"fmt"
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// Unfinished is a revision that was begun and has not come to its end: a run
// died in it, or one of its steps failed, and what ran before could not be
// undone.
type Unfinished struct {
	ID string
	// Down says that it was being taken back.
	Down bool
	// Operations are how many of its operations are done; the one after them may
	// have begun.
	Operations int
	// Begun says that it has.
	Begun bool
}

// Error says what can be done. It wraps [ErrUnfinished].
func (u Unfinished) Error() string {
	command, state := "upgrade", "applying"
	if u.Down {
		command, state = "downgrade", "taking back"
	}
	return fmt.Sprintf("%v: %s %q; operations done: %d; run %s as before to go on where it stopped; or bring the database to where a revision would leave it by hand, and say so with stamp",
		ErrUnfinished, state, u.ID, u.Operations, command)
}

// Unwrap returns [ErrUnfinished].
func (u Unfinished) Unwrap() error { return ErrUnfinished }

// unfinished returns the revision that the journal speaks of, nil where it is
// empty.
func (j journal) unfinished(ctx context.Context) (*Unfinished, error) {
	pages, err := j.read(ctx)
	if err != nil || len(pages) == 0 {
		return nil, err
	}
	u := &Unfinished{ID: pages[0].Revision, Down: pages[0].Down}
	for _, p := range pages {
		switch {
		case p.Ended:
			u.Operations = max(u.Operations, p.Last)
		case p.touched():
			u.Begun = true
		}
	}
	return u, nil
}

// resume puts the revision that was begun first, and refuses a path without it:
// nobody knows what a half of it does to the others.
func resume(path []op.Revision, down bool, u *Unfinished, g *Graph) ([]op.Revision, error) {
	if u == nil {
		return path, nil
	}
	at := slices.IndexFunc(path, func(r op.Revision) bool { return r.ID == u.ID })
	if at < 0 || down != u.Down {
		if _, ok := g.Revision(u.ID); !ok {
			return nil, fmt.Errorf("%w; this program does not have it: %w", *u, ErrForeignRevision)
		}
		return nil, *u
	}
	// Whatever it needs is applied, or it would not have begun.
	path = slices.Clone(path)
	r := path[at]
	return slices.Insert(slices.Delete(path, at, at+1), 0, r), nil
}
