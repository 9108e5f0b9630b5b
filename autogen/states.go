package autogen

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/dialect"
	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/model"
	"github.com/go-limbeck/limbeck/op"
)

// states are the schemas that are put side by side, all in one normal form.
type states struct {
	// db is the *gorm.DB whose settings count.
	db      *gorm.DB
	dialect dialect.Dialect
	graph   *migrate.Graph
	// live is the database that current was read from, nil where it is a replay.
	live *sql.DB
	// scratch is where things are tried out, or lead to; disposable says that
	// it is an empty database for just that.
	scratch    *sql.DB
	disposable bool
	// recorded is what the revisions say that they made.
	recorded op.Schema
	// own are the names of the tables of package migrate.
	own []string
	// rawSQL says that they may have made more than that.
	rawSQL  bool
	desired op.Schema
	hints   model.Hints
	current op.Schema
	// filter and settled say which differences count; see want.
	filter  filter
	settled []settled
	// notCompared has a sentence for each part of current of which it is not
	// known whether it is what its words say.
	notCompared []string
}

// read takes in all sides.
func read(ctx context.Context, o Options) (_ *states, err error) {
	if err := o.validate(); err != nil {
		return nil, err
	}
	s := &states{disposable: o.Scratch != nil}
	if s.filter, err = newFilter(o); err != nil {
		return nil, err
	}
	if s.graph, err = migrate.NewGraph(o.Revisions); err != nil {
		return nil, err
	}
	s.db = o.source()
	if s.dialect, err = dialect.For(s.db); err != nil {
		return nil, err
	}
	s.own = o.ownTables()
	if o.From == FromRevisions {
		if err := s.replay(); err != nil {
			return nil, err
		}
		if err := s.loadModels(o); err != nil {
			return nil, err
		}
		if s.scratch, err = migrate.Pool(cmp.Or(o.Scratch, o.DB)); err != nil {
			return nil, err
		}
		return s, s.readRevisions(ctx, o)
	}
	return s, s.readBoth(ctx, o)
}

// loadModels takes in what the models ask for.
func (s *states) loadModels(o Options) (err error) {
	loader := model.Loader{DB: s.db, Spell: s.dialect.SpellType, CheckName: s.dialect.CheckName}
	if s.desired, s.hints, err = loader.LoadWithHints(o.Models...); err != nil {
		return err
	}
	for _, name := range s.own {
		if s.desired.Table(name) != nil {
			return fmt.Errorf("loading models: a model has the table %q, which holds the history of revisions", name)
		}
	}
	return s.tablesCanBeUsed()
}

// tablesCanBeUsed refuses tables that could be made and never used: on SQLite
// GORM looks for the table "a.b" in the attached database a, and revisions are
// about the main one.
func (s *states) tablesCanBeUsed() error {
	for _, t := range s.desired.Tables {
		if s.dialect.Name() == "sqlite" && strings.Contains(t.Name, ".") {
			return fmt.Errorf("loading models: the table name %q has a dot, and sqlite has no schemas; give the model a TableName without one", t.Name)
		}
	}
	return nil
}

// replay takes in what the revisions say that they made.
func (s *states) replay() (err error) {
	s.recorded, s.rawSQL, err = replay(s.graph.Revisions())
	return err
}

// replay applies revisions in memory: what they own, in their words. What
// raw SQL made is nobody's, so a step that changes it finds nothing there and
// is passed over; without raw SQL before it, a step that does not fit is an
// error, since it would fail on every new database too.
func replay(revisions []op.Revision) (s op.Schema, rawSQL bool, err error) {
	if n := countTables(revisions); n > 0 {
		s.Tables = make([]op.Table, 0, n)
	}
	for _, r := range revisions {
		for i, o := range r.Up {
			if o == nil {
				return op.Schema{}, false, fmt.Errorf("replaying revision %q (%s): step %d is nil; take it out of the list", r.ID, r.Message, i+1)
			}
			if isOpaque(o) {
				rawSQL = true
			}
			if err := o.Apply(&s); err != nil && !rawSQL {
				return op.Schema{}, false, fmt.Errorf("replaying revision %q (%s): step %d, %s: %w; the revisions before it do not make what it changes, so it would fail on a new database too: mend the file", r.ID, r.Message, i+1, o, err)
			}
		}
	}
	takeApart(&s)
	return s, rawSQL, nil
}

// countTables returns how many tables revisions make.
func countTables(revisions []op.Revision) (n int) {
	for _, r := range revisions {
		for _, o := range r.Up {
			if _, ok := o.(op.CreateTable); ok {
				n++
			}
		}
	}
	return n
}

// takeApart puts the columns of revisions into the form of the models', where
// an op.Raw says more than a type.
func takeApart(s *op.Schema) {
	for i := range s.Tables {
		t := &s.Tables[i]
		cloned := false
		for j := range t.Columns {
			if t.Columns[j].Type.Word != op.WordRaw {
				continue
			}
			c := t.Columns[j]
			whole := model.TakeApart(c)
			if whole.Type.Equal(c.Type) {
				continue
			}
			if !cloned { // the revision keeps its own words
				t.Columns, cloned = slices.Clone(t.Columns), true
			}
			t.Columns[j] = whole
		}
	}
}

// isOpaque reports whether an operation may change the schema in ways that
// only a database can tell.
func isOpaque(o op.Operation) bool {
	switch o.(type) {
	case op.CreateTable, op.DropTable, op.RenameTable, op.SetTableComment,
		op.AddColumn, op.DropColumn, op.RenameColumn, op.AlterColumn,
		op.CreateIndex, op.DropIndex, op.RenameIndex,
		op.AddUnique, op.DropUnique, op.AddForeignKey, op.DropForeignKey,
		op.AddCheck, op.DropCheck, op.RenameConstraint,
		op.AddPrimaryKey, op.DropPrimaryKey,
		op.CreateEnum, op.DropEnum, op.RenameEnum,
		op.AddEnumValue, op.RenameEnumValue, op.AlterEnum,
		op.CreateView, op.DropView, op.AlterView:
		return false
	}
	return true
}

// readBoth takes in the revisions and the models, and the live database at the
// same time: a server works while the models are parsed. No connection is kept
// from code of the models' that may want one, so that a pool of one is enough
// for both.
func (s *states) readBoth(ctx context.Context, o Options) error {
	var finish ddl.Finish
	var live error
	looking, cancel := context.WithCancel(ctx)
	defer cancel()
	replayed, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		finish, live = s.lookAtDatabase(looking, o, replayed)
	}()
	err := s.replay()
	if err == nil {
		close(replayed)
		err = s.loadModels(o)
	}
	if err != nil {
		cancel()
	}
	<-done
	// What is wrong with the revisions and the models comes first, whoever was
	// faster.
	if err := cmp.Or(err, live); err != nil {
		return err
	}
	return onConn(ctx, s.live, func(conn *sql.Conn) error {
		return s.inspect(ctx, conn, o, finish)
	})
}

// lookAtDatabase reads of the live database what needs no models. It has to be
// at head: a revision that is written but not applied would be written a second
// time. What the revisions have made is known when replayed is closed.
func (s *states) lookAtDatabase(ctx context.Context, o Options, replayed <-chan struct{}) (finish ddl.Finish, err error) {
	if s.scratch, err = migrate.Pool(cmp.Or(o.Scratch, o.DB)); err != nil {
		return nil, err
	}
	if s.live, err = migrate.Pool(o.DB); err != nil {
		return nil, err
	}
	status, err := migrate.New(o.DB, o.Revisions).With(migrate.Options{Table: o.Table}).Position(ctx)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(status.ForeignError(), status.UnfinishedError()); err != nil {
		return nil, err
	}
	if pending := status.Pending(); len(pending) > 0 {
		text := "these revisions are not applied:"
		for _, r := range pending {
			text += fmt.Sprintf("\n  %s  %s", r.ID, r.Message)
		}
		all := "head"
		if len(s.graph.Heads()) > 1 {
			all = "heads"
		}
		return nil, fmt.Errorf("%w: %s\neither apply them (upgrade %s), or, if the schema is there already, say so (stamp %s)", ErrNotAtHead, text, all, all)
	}
	select {
	case <-replayed:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	err = onConn(ctx, s.live, func(conn *sql.Conn) (err error) {
		finish, err = s.dialect.Look(ctx, conn, []op.Schema{s.recorded})
		return inspecting(err)
	})
	return finish, err
}

// inspecting says of an error what was being done.
func inspecting(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("inspecting the schema: %w", err)
}

// readRevisions runs the revisions on a scratch database and reads that. Where
// there is none to be had, what the revisions say that they made has to do.
func (s *states) readRevisions(ctx context.Context, o Options) error {
	err := s.rehearse(ctx, nil, func(p place) error {
		if err := s.build(ctx, p); err != nil {
			return err
		}
		return s.inspect(ctx, p.q, o, s.dialect.Inspect)
	})
	if errors.Is(err, ddl.ErrNoScratch) {
		s.current = s.recorded.Clone()
		s.desired = s.dialect.Rephrase([]op.Schema{s.recorded, s.desired})[1]
		return nil
	}
	return err
}

// inspect reads the current schema, by a dialect's Inspect or by what its Look
// has returned.
func (s *states) inspect(ctx context.Context, q ddl.Querier, o Options, read ddl.Finish) (err error) {
	inquiry := ddl.Inquiry{Words: append([]op.Schema{s.recorded, s.desired}, s.formerly(o)...)}
	if s.live != nil && s.disposable {
		inquiry.Scratch = s.scratch // a replay is read in it already
	}
	reading, err := s.read(ctx, q, inquiry, read)
	if err != nil {
		return err
	}
	s.current, s.notCompared = reading.Schema, reading.NotCompared
	s.desired = reading.Words[1] // a later spelling of what the revisions say is no change
	return s.opinions(ctx, q, o)
}

// look reads a schema without the tables of package migrate.
func (s *states) look(ctx context.Context, q ddl.Querier, inquiry ddl.Inquiry) (ddl.Reading, error) {
	return s.read(ctx, q, inquiry, s.dialect.Inspect)
}

func (s *states) read(ctx context.Context, q ddl.Querier, inquiry ddl.Inquiry, read ddl.Finish) (ddl.Reading, error) {
	r, err := read(ctx, q, inquiry)
	if err != nil {
		return ddl.Reading{}, inspecting(err)
	}
	r.Schema.Tables = slices.DeleteFunc(r.Schema.Tables, func(t op.Table) bool { return slices.Contains(s.own, t.Name) })
	return r, nil
}

// onConn runs fn with one connection, so that a pool of one is enough.
func onConn(ctx context.Context, pool *sql.DB, fn func(*sql.Conn) error) error {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return fmt.Errorf("connecting to the database: %w", err)
	}
	defer conn.Close()
	return fn(conn)
}
