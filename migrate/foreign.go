package migrate

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// applied returns the ids in a history and refuses any that the program does
// not have: nobody can tell what that revision did.
func (g *Graph) applied(history []Record) (map[string]bool, error) {
	applied := make(map[string]bool, len(history))
	for _, r := range history {
		if _, ok := g.Revision(r.ID); !ok {
			return nil, foreignError(r)
		}
		applied[r.ID] = true
	}
	return applied, nil
}

// foreign takes out of the applied ids, and returns, those that the program does
// not have.
func (g *Graph) foreign(applied map[string]bool) []string {
	var list []string
	for id := range applied {
		if _, ok := g.Revision(id); !ok {
			list = append(list, id)
		}
	}
	slices.Sort(list)
	for _, id := range list {
		delete(applied, id)
	}
	return list
}

// foreignError says that the program does not have a revision, and what can be
// done.
func foreignError(r Record) error {
	return fmt.Errorf("%w: %q (%s), applied %s; run a program that has it, restore its file, or, if the schema is known to be that of another revision, stamp that one with --purge",
		ErrForeignRevision, r.ID, r.Message, r.AppliedAt.Format(time.DateTime))
}

// withForeign returns the error of a target that means nothing, behind the
// revisions of the database that the program does not have: steps cannot be
// counted from them, and the target may be one of them.
func withForeign(err error, foreign []Record) error {
	if len(foreign) == 0 || !errors.Is(err, ErrUnknownTarget) && !errors.Is(err, ErrAmbiguousTarget) {
		return err
	}
	return fmt.Errorf("%w; without it: %w", foreignError(foreign[0]), err)
}
