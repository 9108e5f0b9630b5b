package migrate

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// JournalTable returns the name of the journal beside a history table:
// limbeck_journal beside limbeck_revisions, and beside any other x, x_journal.
func JournalTable(history string) string {
	return strings.TrimSuffix(history, "_revisions") + "_journal"
}

// journal is the table in which revisions write down their steps that run
// without a transaction around them. It is made when it is first needed, and
// goes when nothing is under way any more.
type journal struct {
	*ours
	table string
	// prepared are the statements that are kept, nil where none is to be.
	prepared map[string]*sql.Stmt
}

// page is a row of the journal: one step.
type page struct {
	Revision string
	Down     bool
	// First and Last are the step's operations, from 1.
	First, Last int
	// Checksum is that of its operations when it was planned.
	Checksum string
	// Statements are what was planned then: what a step has half done, it would
	// plan in another way.
	Statements []ddl.Statement
	// Done is how many of them took effect.
	Done int
	// Doubt says that the next one was sent, and Mark is what the catalogue said
	// before. Where the step was announced with others, it may not have been sent.
	Doubt, announced bool
	Mark             string
	// Ended says that the step is done.
	Ended bool
	// stored says that the row is in the table, and unsaved that it says less there.
	stored, unsaved bool
}

// end says that the step is done.
func (p *page) end() {
	p.Done, p.Doubt, p.announced, p.Mark, p.Ended = len(p.Statements), false, false, "", true
}

// touched reports whether anything of the step may have taken effect.
func (p page) touched() bool { return p.Done > 0 || p.Doubt || p.Ended }

func (j journal) columns() op.CreateTable {
	return op.CreateTable{
		Name: j.table,
		Columns: []op.Column{
			{Name: "revision", Type: op.String(191), NotNull: true},
			{Name: "direction", Type: op.String(4), NotNull: true},
			{Name: "first_operation", Type: op.Int(64), NotNull: true},
			{Name: "last_operation", Type: op.Int(64), NotNull: true},
			{Name: "checksum", Type: op.String(100), NotNull: true},
			{Name: "statements", Type: op.Text(), NotNull: true},
			{Name: "done", Type: op.Int(64), NotNull: true},
			{Name: "state", Type: op.String(10), NotNull: true},
			{Name: "mark", Type: op.Text(), NotNull: true},
		},
		PrimaryKey: op.Columns("revision", "first_operation"),
	}
}

// make makes the table where it is not there yet; q may be what is remembered.
func (j journal) make(ctx context.Context, q ddl.Querier) error {
	return j.ours.make(ctx, q, j.columns())
}

// The states of a step.
const (
	stateBegun = "begun"
	stateDoubt = "in doubt"
	// It was written down together with steps before it or behind it.
	stateAnnounced = "announced"
	stateEnded     = "ended"
)

func (p page) state() string {
	switch {
	case p.Ended:
		return stateEnded
	case p.announced:
		return stateAnnounced
	case p.Doubt:
		return stateDoubt
	}
	return stateBegun
}

func direction(down bool) string {
	if down {
		return "down"
	}
	return "up"
}

// read returns the rows, in order; none where there is no table. A step is begun
// when those before it have ended: their rows may not say so yet. What became of
// steps that were announced is found out.
func (j journal) read(ctx context.Context) ([]page, error) {
	var list []page
	err := j.rows(ctx, j.table, "revision, direction, first_operation, last_operation, checksum, statements, done, state, mark", " ORDER BY revision, first_operation", nil, func(scan func(...any) error) error {
		p := page{stored: true}
		var direction, statements, state string
		if err := scan(&p.Revision, &direction, &p.First, &p.Last, &p.Checksum, &statements, &p.Done, &state, &p.Mark); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(statements), &p.Statements); err != nil {
			return fmt.Errorf("the statements of step %d of revision %q: %w", p.First, p.Revision, err)
		}
		p.Down, p.announced, p.Ended = direction == "down", state == stateAnnounced, state == stateEnded
		p.Doubt = p.announced || state == stateDoubt
		if p.First < 1 || p.Last < p.First || p.Done < 0 || p.Done > len(p.Statements) {
			return fmt.Errorf("step %d of revision %q: the row is not one that this program writes", p.First, p.Revision)
		}
		list = append(list, p)
		return nil
	})
	if err != nil || len(list) == 0 {
		return list, err
	}
	begun := len(list) - 1 // the one that may not have ended
	for begun >= 0 && list[begun].announced {
		begun--
	}
	announced := begun + 1
	if announced < len(list) {
		begun++ // then the one before those has
	}
	for i := range list[:begun] {
		if p := &list[i]; !p.Ended && p.Revision == list[len(list)-1].Revision {
			p.end()
			p.unsaved = true
		}
	}
	return list, j.findOut(ctx, list[announced:])
}

// findOut says which of the steps that were announced took effect. They run in
// order, so that none did behind the first that did not.
func (j journal) findOut(ctx context.Context, announced []page) error {
	went := true
	for i := range announced {
		p := &announced[i]
		if went {
			var err error
			if went, err = j.dialect.Recover(ctx, j.q, p.Statements[0].SQL, p.Mark); err != nil {
				return fmt.Errorf("finding out whether step %d of revision %q took effect: %w", p.First, p.Revision, err)
			}
		}
		if went {
			p.end()
			p.unsaved = true
		} else {
			p.Doubt, p.announced, p.Mark = false, false, ""
		}
	}
	return nil
}

// save writes a row.
func (j journal) save(ctx context.Context, p *page) error {
	table := j.dialect.QuoteTable(j.table)
	if p.stored {
		_, err := j.exec(ctx, "UPDATE "+table+" SET done = "+j.dialect.Bind(1)+", state = "+j.dialect.Bind(2)+", mark = "+j.dialect.Bind(3)+
			" WHERE revision = "+j.dialect.Bind(4)+" AND first_operation = "+j.dialect.Bind(5), p.Done, p.state(), p.Mark, p.Revision, p.First)
		if err != nil {
			return fmt.Errorf("writing down step %d of revision %q in table %q: %w", p.First, p.Revision, j.table, err)
		}
		p.unsaved = false
		return nil
	}
	rows := []page{*p}
	if err := j.insert(ctx, rows); err != nil {
		return err
	}
	*p = rows[0]
	return nil
}

// insert writes rows that are new.
func (j journal) insert(ctx context.Context, rows []page) error {
	const columns = 9
	values := make([]string, len(rows))
	args := make([]any, 0, columns*len(rows))
	for i, p := range rows {
		statements, err := json.Marshal(p.Statements)
		if err != nil {
			return fmt.Errorf("writing down step %d of revision %q in table %q: %w", p.First, p.Revision, j.table, err)
		}
		values[i] = "(" + marks(j.dialect, columns*i, columns) + ")"
		args = append(args, p.Revision, direction(p.Down), p.First, p.Last, p.Checksum, string(statements), p.Done, p.state(), p.Mark)
	}
	_, err := j.exec(ctx, "INSERT INTO "+j.dialect.QuoteTable(j.table)+" (revision, direction, first_operation, last_operation, checksum, statements, done, state, mark) VALUES "+
		strings.Join(values, ", "), args...)
	if err != nil {
		return fmt.Errorf("writing down step %d of revision %q in table %q: %w", rows[0].First, rows[0].Revision, j.table, err)
	}
	for i := range rows {
		rows[i].stored, rows[i].unsaved = true, false
	}
	return nil
}

// settle says of the steps that were announced that those up to an operation have
// ended, and forgets the others.
func (j journal) settle(ctx context.Context, revision string, last int) error {
	table, of := j.dialect.QuoteTable(j.table), " revision = "+j.dialect.Bind(1)+" AND first_operation"
	_, err := j.q.ExecContext(ctx, "DELETE FROM "+table+" WHERE"+of+" > "+j.dialect.Bind(2)+" AND state = '"+stateAnnounced+"'", revision, last)
	if err == nil {
		_, err = j.q.ExecContext(ctx, "UPDATE "+table+" SET done = 1, state = '"+stateEnded+"', mark = '' WHERE"+of+" <= "+j.dialect.Bind(2)+" AND state = '"+stateAnnounced+"'", revision, last)
	}
	if err != nil {
		return fmt.Errorf("writing down the steps up to %d of revision %q in table %q: %w", last, revision, j.table, err)
	}
	return nil
}

// exec sends a statement, by the prepared one where there is one.
func (j journal) exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if s := j.prepared[query]; s != nil {
		return s.ExecContext(ctx, args...)
	}
	if j.prepared == nil {
		return j.q.ExecContext(ctx, query, args...)
	}
	s, err := j.q.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	j.prepared[query] = s
	return s.ExecContext(ctx, args...)
}

// keeping returns a journal that keeps its statements prepared until it is told
// to let them go. A driver that prepares each one anew sends each in two trips.
func (j journal) keeping() (_ journal, letGo func()) {
	j.prepared = map[string]*sql.Stmt{}
	return j, func() {
		for _, s := range j.prepared {
			_ = s.Close()
		}
	}
}

// forget removes a step's row.
func (j journal) forget(ctx context.Context, p *page) error {
	if _, err := j.q.ExecContext(ctx, "DELETE FROM "+j.dialect.QuoteTable(j.table)+" WHERE revision = "+j.dialect.Bind(1)+" AND first_operation = "+j.dialect.Bind(2), p.Revision, p.First); err != nil {
		return fmt.Errorf("removing step %d of revision %q from table %q: %w", p.First, p.Revision, j.table, err)
	}
	p.stored = false
	return nil
}

// close removes the rows of all revisions.
func (j journal) close(ctx context.Context) error {
	there, err := j.has(ctx, j.table)
	if err != nil || !there {
		return err
	}
	if _, err := j.q.ExecContext(ctx, "DELETE FROM "+j.dialect.QuoteTable(j.table)); err != nil {
		return fmt.Errorf("emptying table %q: %w", j.table, err)
	}
	return nil
}
