package cli

import (
	"fmt"
	"strings"
	"time"

	"github.com/go-limbeck/limbeck/migrate"
)

// entry is a revision as --json shows it.
type entry struct {
	ID        string   `json:"id"`
	Parents   []string `json:"parents,omitzero"`
	DependsOn []string `json:"depends_on,omitzero"`
	Labels    []string `json:"labels,omitzero"`
	// Branches are the labels of the branches that the revision is on.
	Branches  []string   `json:"branches,omitzero"`
	Message   string     `json:"message"`
	Created   string     `json:"created,omitzero"`
	AppliedAt *time.Time `json:"applied_at,omitzero"`
	Head      bool       `json:"head,omitzero"`
	Current   bool       `json:"current,omitzero"`
	Edited    bool       `json:"edited,omitzero"`
	// Children are there with branches.
	Children []entry `json:"children,omitzero"`
	// Foreign says that the program does not have the revision.
	Foreign bool   `json:"foreign,omitzero"`
	File    string `json:"file,omitzero"`

	record *migrate.Record
}

func entryOf(g *migrate.Graph, e migrate.Entry) entry {
	r := e.Revision
	out := entry{
		ID: r.ID, Parents: r.Parents, DependsOn: r.DependsOn, Labels: r.Labels, Branches: g.BranchLabels(r.ID),
		Message: r.Message, Created: r.Created, File: r.File,
		Head: e.Head, Current: e.Current, Edited: e.Edited,
		record: e.Record,
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
	}{
		{len(e.Branches) > 0, "on " + strings.Join(e.Branches, " and ")},
		{len(e.Parents) > 1, "merge"},
		{e.Head, "head"},
		{e.Current, "current"},
		{e.Edited, "edited since it was applied"},
		{e.Foreign, "not in this program"},
	} {
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
func (p *program) list(entries []entry, f listing) error {
	if f.json {
		if entries == nil {
			entries = []entry{}
		}
		return printJSON(p.config.Stdout, entries)
	}
	for i, e := range entries {
		switch {
		case !f.verbose:
			fmt.Fprintln(p.config.Stdout, e)
		case i > 0:
			fmt.Fprintf(p.config.Stdout, "\n")
			fallthrough
		default:
			p.detail(e)
		}
	}
	return nil
}
