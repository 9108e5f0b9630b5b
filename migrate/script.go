package migrate

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/dialect"
	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// ErrGoStep is for a script of a revision that has a step in Go.
var ErrGoStep = errors.New("a step in Go cannot be in a script")

// ScriptOptions are what [Migrator.Script] may be told.
type ScriptOptions struct {
	// Scratch is a disposable, empty database of the same kind, where the
	// revisions are run to find out their SQL; it is left as empty as it was.
	// Default: what the dialect has of its own, which for SQLite is a database in
	// memory and for PostgreSQL a schema that is rolled back.
	Scratch *gorm.DB
	// Idempotent lets each revision run only where the history says that it has
	// not, so that a script can run again, or where some of it has been applied
	// already. SQLite cannot do that.
	Idempotent bool
}

// Script writes a text of SQL that does what an upgrade or a downgrade would do
// between two targets, with the history: for a database that this program does
// not reach. Targets has the form "from:to", where from is where that database
// is, "base" if it is left out, and "to" is the heads then; a target alone is
// where an empty database is to be brought. From may be "current", for which
// alone the database is read. It goes down where to is one that has run by
// then, or "base", or "-n".
//
// The revisions run on a scratch database to find out their SQL. Where there is
// none the error wraps [ddl.ErrNoScratch], unless no operation needs it. A
// revision with a step in Go gives an error that wraps [ErrGoStep].
func (m *Migrator) Script(ctx context.Context, w io.Writer, targets string, o ScriptOptions) error {
	g, err := NewGraph(m.revisions)
	if err != nil {
		return err
	}
	d, err := dialect.For(m.db)
	if err != nil {
		return err
	}
	if o.Idempotent && d.Script().Guard == nil {
		return fmt.Errorf("writing a script: %w on %s: it has no statement that runs on a condition; write one from where the database is (current:head), or let the program upgrade, which applies each revision once", ddl.ErrUnsupported, d.Name())
	}
	from, to, _ := strings.Cut(targets, ":")
	if !strings.Contains(targets, ":") {
		from, to = "", targets
	}
	applied, err := m.startOf(ctx, g, from)
	if err != nil {
		return err
	}
	way, err := g.way(applied, to)
	if err != nil {
		return err
	}
	if err := way.canBeScript(d.Name()); err != nil {
		return fmt.Errorf("writing a script: %w", err)
	}
	pool, err := Pool(m.db)
	if err != nil {
		return err
	}
	list, err := plan(ctx, d, pool, o.Scratch, way)
	if err != nil {
		return fmt.Errorf("writing a script: %w", err)
	}
	table, err := historyName(m.options.Table, d)
	if err != nil {
		return err
	}
	s := script{Script: d.Script(), graph: g, dialect: d, q: pool, history: history{newOurs(d, pool, table), table}, idempotent: o.Idempotent, applied: applied}
	if err := s.write(ctx, list); err != nil {
		return fmt.Errorf("writing a script: %w", err)
	}
	_, err = io.WriteString(w, s.text.String())
	return err
}

// canBeScript refuses what an upgrade or a downgrade would refuse, and steps
// that only a program can run.
func (w way) canBeScript(database string) error {
	if err := w.allowed(database); err != nil {
		return err
	}
	for _, r := range w.path {
		ops := Planned{Revision: r, Down: w.down}.ops()
		if i := slices.IndexFunc(ops, isGoStep); i >= 0 {
			return fmt.Errorf("%w: step %d of revision %s, %s; let the program run that revision, and write scripts of what is before and after it", ErrGoStep, i+1, named(r), ops[i])
		}
	}
	return nil
}

// startOf returns the ids of the revisions that have run where a script begins.
func (m *Migrator) startOf(ctx context.Context, g *Graph, from string) (map[string]bool, error) {
	if from == "" {
		from = "base"
	}
	if !UsesCurrent(from) {
		list, err := g.Resolve(from, nil)
		if err != nil {
			return nil, err
		}
		applied := map[string]bool{}
		for i, on := range g.needs.closure(g.placesOf(list)...) {
			if on {
				applied[g.order[i].ID] = true
			}
		}
		return applied, nil
	}
	if from != "current" {
		return nil, fmt.Errorf("%w %q: a script begins at a revision, at base or at current", ErrUnknownTarget, from)
	}
	status, err := m.Status(ctx)
	if err == nil {
		err = status.ForeignError()
	}
	return status.Applied(), err
}

func (g *Graph) placesOf(list []op.Revision) []int {
	var places []int
	for _, r := range list {
		places = append(places, g.place[r.ID])
	}
	return places
}

// way returns what leads from the applied revisions to a target: down where
// that has run already, and up otherwise.
func (g *Graph) way(applied map[string]bool, to string) (way, error) {
	w := way{before: g.at(where(g.marks(applied)))}
	if to == "" {
		to = "heads"
	}
	t, err := parseTarget(to)
	if err != nil {
		return w, err
	}
	if t.symbol == "current" {
		return w, fmt.Errorf("%w %q: a script may begin at current, and ends at base, a head, a revision, or steps from where it begins", ErrUnknownTarget, to)
	}
	if w.down = t.isBase() || t.walks() && t.steps < 0; !w.down {
		if w.path, err = g.UpgradePath(to, applied); err != nil || len(w.path) > 0 || t.symbol == "head" || t.symbol == "heads" {
			return w, err
		}
		w.down = true
	}
	w.path, err = g.DowngradePath(to, applied)
	return w, err
}
