package cli

import (
	"context"
	"fmt"

	"github.com/go-limbeck/limbeck/migrate"
)

// status reads where the database is.
func (p *program) status(ctx context.Context) (migrate.Status, error) {
	db, closeDB, err := p.openDatabase()
	if err != nil {
		return migrate.Status{}, err
	}
	defer closeDB()
	status, err := p.migrator(db).Status(ctx)
	if err == nil && status.Unfinished != nil {
		p.config.say("%v", status.UnfinishedError())
	}
	return status, err
}

func (p *program) graphAndStatus(ctx context.Context) (*migrate.Graph, migrate.Status, error) {
	graph, err := migrate.NewGraph(p.config.Revisions)
	if err != nil {
		return nil, migrate.Status{}, err
	}
	status, err := p.status(ctx)
	return graph, status, err
}

func foreignEntries(status migrate.Status) []entry {
	var list []entry
	for _, r := range status.Foreign {
		list = append(list, entry{ID: r.ID, Message: r.Message, AppliedAt: &r.AppliedAt, Foreign: true, record: &r})
	}
	return list
}

// sayForeign tells of revisions that are in nobody's way.
func (c Config) sayForeign(list []migrate.Record) {
	for _, r := range list {
		c.say("not in this program: %s  %s", r.ID, oneLine(r.Message))
	}
}

// allHeads is the target that is everything.
func allHeads(g *migrate.Graph) string {
	if len(g.Heads()) > 1 {
		return "heads"
	}
	return "head"
}

// count says how many revisions are or were something.
func count(n int) string {
	if n == 1 {
		return "1 revision is"
	}
	return fmt.Sprintf("%d revisions are", n)
}
