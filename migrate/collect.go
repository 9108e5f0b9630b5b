package migrate

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/go-limbeck/limbeck/op"
)

// collect returns the revisions by their ids. It refuses those that cannot be
// told apart, whose parents are not there, or that cannot be run.
func collect(revisions op.Revisions) (map[string]op.Revision, error) {
	byID := make(map[string]op.Revision, len(revisions))
	for _, r := range revisions {
		if err := checkID(r.ID); err != nil {
			return nil, fmt.Errorf("revision %q (%s): %w", r.ID, r.Message, err)
		}
		if other, ok := byID[r.ID]; ok {
			return nil, fmt.Errorf("the id %q is used twice, by %q and %q; give one of them another id", r.ID, other.Message, r.Message)
		}
		byID[r.ID] = r
	}
	for _, r := range revisions {
		for i, parent := range r.Parents {
			if _, ok := byID[parent]; !ok {
				return nil, fmt.Errorf("revision %q (%s) has the parent %q, which is not there; was its file deleted or not committed?", r.ID, r.Message, parent)
			}
			if slices.Contains(r.Parents[:i], parent) {
				return nil, fmt.Errorf("revision %q (%s) names the parent %q twice", r.ID, r.Message, parent)
			}
		}
		for _, list := range []struct {
			name string
			ops  op.List
		}{{"Up", r.Up}, {"Down", r.Down}} {
			if i := slices.Index(list.ops, nil); i >= 0 {
				return nil, fmt.Errorf("revision %q (%s): operation %d of %s is nil", r.ID, r.Message, i+1, list.name)
			}
		}
	}
	return byID, nil
}

// checkID refuses ids that a target could not name.
func checkID(id string) error {
	switch {
	case id == "":
		return errors.New("the id is empty")
	case strings.ContainsAny(id, "@:+-") || strings.ContainsFunc(id, unicode.IsSpace):
		return errors.New("an id has no blanks and none of @ : + -")
	case slices.Contains([]string{"head", "heads", "base", "current"}, id):
		return errors.New("the id is a word that targets use")
	}
	return nil
}
