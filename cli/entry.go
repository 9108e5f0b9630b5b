package cli

import (
	"fmt"
	"strings"
	"time"

	"github.com/go-limbeck/limbeck/migrate"
)

// entry is a revision as --json shows it.
type entry struct {
	ID        string     `json:"id"`
	Parents   []string   `json:"parents,omitzero"`
	Message   string     `json:"message"`
	Created   string     `json:"created,omitzero"`
	AppliedAt *time.Time `json:"applied_at,omitzero"`
	Head      bool       `json:"head,omitzero"`
	Current   bool       `json:"current,omitzero"`
	Edited    bool       `json:"edited,omitzero"`
	// Foreign says that the program does not have the revision.
	Foreign bool `json:"foreign,omitzero"`
}

func entryOf(e migrate.Entry) entry {
	out := entry{
		ID: e.Revision.ID, Parents: e.Revision.Parents, Message: e.Revision.Message, Created: e.Revision.Created,
		Head: e.Head, Current: e.Current, Edited: e.Edited,
	}
	if e.Record != nil {
		out.AppliedAt = &e.Record.AppliedAt
	}
	return out
}

// String is the entry's line: id, message, marks.
func (e entry) String() string { return e.ID + "  " + oneLine(e.Message) + e.marks() }

func (e entry) marks() string {
	var marks []string
	for _, mark := range []struct {
		on   bool
		text string
	}{{e.Head, "head"}, {e.Current, "current"}, {e.Edited, "edited since it was applied"}, {e.Foreign, "not in this program"}} {
		if mark.on {
			marks = append(marks, mark.text)
		}
	}
	if len(marks) == 0 {
		return ""
	}
	return " (" + strings.Join(marks, ", ") + ")"
}

// list prints entries, as lines or as JSON.
func (p *program) list(entries []entry, asJSON bool) error {
	if asJSON {
		if entries == nil {
			entries = []entry{}
		}
		return printJSON(p.config.Stdout, entries)
	}
	for _, e := range entries {
		fmt.Fprintln(p.config.Stdout, e)
	}
	return nil
}
