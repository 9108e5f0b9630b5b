package migrate

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"regexp"
	"slices"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/dialect"
	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// Planned is a revision and the SQL that it would run.
type Planned struct {
	Revision op.Revision
	// Down says that it would be taken back.
	Down bool
	// Steps are its operations with their statements. They are missing, and
	// NoSQL says why, where only the revision is known.
	Steps []ddl.Step
	NoSQL string
}

// ops are the operations that would run.
func (p Planned) ops() op.List {
	if p.Down {
		return p.Revision.Down
	}
	return p.Revision.Up
}

// way is what is to be done with a database where some revisions have run.
type way struct {
	// before are the revisions that have run, in order. Copy, where it is not
	// nil, makes what they made, and what else there is.
	before []op.Revision
	copy   func(to ddl.Querier) error
	path   []op.Revision
	down   bool
}

// allowed refuses what an upgrade or a downgrade would refuse.
func (w way) allowed(database string) error {
	for _, r := range w.path {
		if w.down && len(r.Down) == 0 && len(r.Up) > 0 {
			return fmt.Errorf("%w: %s; write one in its file first", ErrNoDown, named(r))
		}
		if r.Database != "" && r.Database != database {
			return fmt.Errorf("%w: %s is for %s, and this is %s", ErrOtherDatabase, named(r), r.Database, database)
		}
	}
	return nil
}

// plan returns the revisions of a way with their SQL. Since the SQL may depend
// on how tables stand, the revisions run in a place that disturbs nobody: in
// scratch, where it is given, or what the dialect has of its own. Where there
// is none, what can be planned without looking at tables is; the error wraps
// [ddl.ErrNoScratch] where that is not all, and the list says so, too.
func plan(ctx context.Context, d dialect.Dialect, pool *sql.DB, scratch *gorm.DB, w way) ([]Planned, error) {
	place := pool
	if scratch != nil {
		var err error
		if place, err = Pool(scratch); err != nil {
			return nil, err
		}
		if kind := scratch.Name(); kind != d.Name() {
			return nil, fmt.Errorf("the scratch database is %s, and the database that it stands for is %s; name one of the same kind", kind, d.Name())
		}
	}
	var list []Planned
	err := d.Rehearse(ctx, place, scratch != nil, func(q ddl.Querier, transact func(func() error) error) (err error) {
		list, err = w.rehearse(ctx, d, q, transact)
		return err
	})
	if !errors.Is(err, ddl.ErrNoScratch) {
		return list, err
	}
	list = nil
	for _, r := range w.path {
		p := Planned{Revision: r, Down: w.down}
		var unseen error
		if p.Steps, unseen = planUnseen(ctx, d, pool, p.ops()); unseen != nil {
			p.Steps, p.NoSQL = nil, err.Error()
		}
		list = append(list, p)
	}
	if !slices.ContainsFunc(list, func(p Planned) bool { return p.NoSQL != "" }) {
		err = nil
	}
	return list, err
}

// rehearse brings an empty place to where the way begins, and goes it.
func (w way) rehearse(ctx context.Context, d dialect.Dialect, q ddl.Querier, transact func(func() error) error) ([]Planned, error) {
	if w.copy != nil {
		if err := w.copy(q); err != nil {
			return nil, err
		}
	} else {
		for _, r := range w.before {
			err := replay(ctx, d, q, transact, r, r.Up, func(ddl.Step) {})
			if err != nil {
				return nil, fmt.Errorf("replaying revision %s on a scratch database: %w", named(r), err)
			}
		}
	}
	var list []Planned
	for _, r := range w.path {
		p := Planned{Revision: r, Down: w.down}
		err := replay(ctx, d, q, transact, r, p.ops(), func(step ddl.Step) { p.Steps = append(p.Steps, ddl.AsLive(q, step)) })
		if err != nil {
			return nil, fmt.Errorf("planning revision %s on a scratch database: %w", named(r), err)
		}
		list = append(list, p)
	}
	return list, nil
}

// replay runs a revision in a transaction, or outside where it has to be, but for
// its steps in Go.
func replay(ctx context.Context, d dialect.Dialect, q ddl.Querier, transact func(func() error) error, r op.Revision, ops op.List, observe func(ddl.Step)) error {
	if outside(r, ops) == "" {
		return transact(func() error { return runSQL(ctx, d, q, ops, observe) })
	}
	return inPieces(ctx, runner{dialect: d, q: q}, transact, ops, func(p planned) (bool, error) {
		observe(p.step)
		return p.do != nil, nil
	})
}

// runSQL runs operations in a place without rows. Observed only are those that
// are about rows where the place does not take them: steps in Go anywhere, and
// SQL of the user's inside a live database.
func runSQL(ctx context.Context, d dialect.Dialect, q ddl.Querier, ops op.List, observe func(ddl.Step)) error {
	for len(ops) > 0 {
		n := slices.IndexFunc(ops, func(o op.Operation) bool { return ddl.IsUserSQL(o) || isGoStep(o) })
		if n < 0 {
			return Run(ctx, d, nil, q, ops, observe)
		}
		if err := Run(ctx, d, nil, q, ops[:n], observe); err != nil {
			return err
		}
		if step, ok := aboutRows(ctx, d, q, ops[n:n+1]); isGoStep(ops[n]) {
			observe(ddl.Step{Ops: ops[n : n+1]})
		} else if err := Run(ctx, d, nil, q, ops[n:n+1], observe); errors.Is(err, ddl.ErrNoScratch) && ok {
			observe(step)
		} else if err != nil {
			return err
		}
		ops = ops[n+1:]
	}
	return nil
}

// aboutRows returns the statements of the user's SQL, and whether none of them
// can change the schema.
func aboutRows(ctx context.Context, d dialect.Dialect, q ddl.Querier, ops op.List) (ddl.Step, bool) {
	steps, err := planUnseen(ctx, d, q, ops)
	if err != nil {
		return ddl.Step{}, false
	}
	return steps[0], !slices.ContainsFunc(steps[0].Statements, func(s ddl.Statement) bool { return !forRows.MatchString(s.SQL) })
}

// forRows matches statements that begin, after comments, with a word for
// changing rows.
var forRows = regexp.MustCompile(`(?is)^(\s|--[^\n]*\n|/\*.*?\*/)*(INSERT|UPDATE|DELETE|MERGE)\b`)

// isGoStep reports whether an operation has no SQL at all.
func isGoStep(o op.Operation) bool { _, ok := o.(DoStep); return ok }

// planUnseen plans operations without looking at any table. It fails where one
// is planned from how its table stands.
func planUnseen(ctx context.Context, d dialect.Dialect, server ddl.Querier, ops op.List) ([]ddl.Step, error) {
	nothing := sql.OpenDB(noDatabase{})
	defer nothing.Close()
	q := ddl.Unseen{Server: server, Querier: nothing}
	var steps []ddl.Step
	for done := 0; done < len(ops); {
		if isGoStep(ops[done]) {
			steps = append(steps, ddl.Step{Ops: ops[done : done+1]})
			done++
			continue
		}
		step, err := d.Plan(ctx, q, ops[done:])
		if err != nil {
			return nil, err
		}
		steps = append(steps, step)
		done += max(1, len(step.Ops))
	}
	return steps, nil
}

// errNoDatabase is what is read from no database.
var errNoDatabase = errors.New("there is no database to look at")

// noDatabase connects to nothing.
type noDatabase struct{}

func (noDatabase) Connect(context.Context) (driver.Conn, error) { return nil, errNoDatabase }

func (n noDatabase) Driver() driver.Driver { return n }

func (noDatabase) Open(string) (driver.Conn, error) { return nil, errNoDatabase }
