package cli

import "github.com/go-limbeck/limbeck/migrate"

// edited returns the revisions that are not what they were when they were
// applied.
func edited(status migrate.Status) []entry {
	var list []entry
	for _, e := range status.Entries {
		if e.Edited {
			list = append(list, entryOf(e))
		}
	}
	return list
}

// nextForEdited says what can be done about edited revisions. To stamp where
// the database is anyway keeps what is applied and takes the new checksums;
// where no one target says that, only the other way is named.
func nextForEdited(status migrate.Status) string {
	const text = "put the revision back as it was and write a new one for what is new"
	target, current := "heads", status.Current()
	switch atHead := len(status.Pending()) == 0; {
	case len(current) == 1 && atHead:
		target = "head"
	case len(current) == 1:
		target = current[0].Revision.ID
	case !atHead:
		return text
	}
	return text + "; or, if the edit is meant, stamp " + target + " --purge"
}

// sayEdited tells of edited revisions where nothing else does.
func (c Config) sayEdited(status migrate.Status) {
	list := edited(status)
	for _, e := range list {
		c.say("%s", e.editedLine())
	}
	if len(list) > 0 {
		c.say("next: %s", nextForEdited(status))
	}
}

func (e entry) editedLine() string {
	return "edited since it was applied: " + e.ID + "  " + oneLine(e.Message)
}
