package cli

import (
	"strings"

	"github.com/go-limbeck/limbeck/migrate"
)

// edited returns the revisions that are not what they were when they were
// applied.
func edited(g *migrate.Graph, status migrate.Status) []entry {
	var list []entry
	for _, e := range status.Entries {
		if e.Edited {
			list = append(list, entryOf(g, e))
		}
	}
	return list
}

// nextForEdited says what can be done about edited revisions. To stamp where
// the database is anyway keeps what is applied and takes the new checksums.
func nextForEdited(g *migrate.Graph, status migrate.Status) string {
	target := allHeads(g)
	if len(status.Pending()) > 0 {
		var ids []string
		for _, e := range status.Current() {
			ids = append(ids, e.Revision.ID)
		}
		target = strings.Join(ids, " ")
	}
	return "put the revision back as it was and write a new one for what is new; or, if the edit is meant, stamp " + target + " --purge"
}

// sayEdited tells of edited revisions where nothing else does.
func (c Config) sayEdited(g *migrate.Graph, status migrate.Status) {
	list := edited(g, status)
	for _, e := range list {
		c.say("%s", e.editedLine())
	}
	if len(list) > 0 {
		c.say("next: %s", nextForEdited(g, status))
	}
}

func (e entry) editedLine() string {
	return "edited since it was applied: " + e.ID + "  " + oneLine(e.Message)
}
