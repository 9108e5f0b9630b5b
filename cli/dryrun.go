package cli

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/go-limbeck/limbeck/migrate"
)

// planned is a revision that would run, in the form of --json.
type planned struct {
	ID      string        `json:"id"`
	Message string        `json:"message"`
	Down    bool          `json:"down,omitzero"`
	Steps   []plannedStep `json:"steps,omitzero"`
	// NoSQL says why there are no steps.
	NoSQL string `json:"no_sql,omitzero"`
}

type plannedStep struct {
	Operations []string `json:"operations"`
	SQL        []string `json:"sql,omitzero"`
}

// dryRun shows what a migration would do.
func (p *program) dryRun(ctx context.Context, target string, asJSON bool, plan plan) error {
	db, scratch, closeAll, err := p.openForSQL(true)
	if err != nil {
		return err
	}
	defer closeAll()
	m := p.migrator(db)
	list, err := plan(m, ctx, target, scratch)
	if err != nil {
		return err
	}
	status, err := m.Status(ctx)
	if err != nil {
		return err
	}
	if status.Unfinished != nil {
		p.config.say("%v", status.UnfinishedError())
	}
	if asJSON {
		out := []planned{}
		for _, r := range list {
			out = append(out, plannedOf(r))
		}
		return printJSON(p.config.Stdout, out)
	}
	for i, r := range list {
		if i > 0 {
			fmt.Fprintln(p.config.Stdout)
		}
		p.showPlanned(r)
	}
	if len(list) == 0 {
		p.config.say("nothing to do")
		p.config.sayForeign(status.Foreign)
		return nil
	}
	var last string
	for _, r := range list {
		if r.NoSQL != "" && r.NoSQL != last {
			p.config.say("not all SQL can be shown: %s", r.NoSQL)
		}
		last = cmp.Or(r.NoSQL, last)
	}
	p.config.say("nothing was run")
	return nil
}

func plannedOf(r migrate.Planned) planned {
	out := planned{ID: r.Revision.ID, Message: r.Revision.Message, Down: r.Down, NoSQL: r.NoSQL}
	for _, step := range r.Steps {
		var s plannedStep
		for _, o := range step.Ops {
			s.Operations = append(s.Operations, o.String())
		}
		for _, statement := range step.Statements {
			s.SQL = append(s.SQL, statement.SQL)
		}
		out.Steps = append(out.Steps, s)
	}
	return out
}

func (p *program) showPlanned(r migrate.Planned) {
	out, verb, ops := p.config.Stdout, "would apply", r.Revision.Up
	if r.Down {
		verb, ops = "would take back", r.Revision.Down
	}
	fmt.Fprintf(out, "%s %s  %s\n", verb, r.Revision.ID, oneLine(r.Revision.Message))
	if r.NoSQL != "" {
		printLines(out, ops)
		return
	}
	for _, step := range r.Steps {
		if len(step.Statements) == 0 {
			for _, o := range step.Ops { // a step in Go, or a comment that SQLite does not keep
				fmt.Fprintf(out, "-- %s\n", oneLine(o.String()))
			}
		}
		for _, s := range step.Statements {
			fmt.Fprintf(out, "%s;\n", strings.TrimSuffix(s.SQL, ";"))
		}
	}
}
