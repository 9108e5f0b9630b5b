package migrate

import (
	"context"
	"time"

	"github.com/go-limbeck/limbeck/dialect"
	"github.com/go-limbeck/limbeck/op"
)

// mostAnnounced is how many steps are written down at once, and mostText how many
// bytes of statements, which have to fit into one message to the server.
const (
	mostAnnounced = 100
	mostText      = 512 << 10
)

// tablesInRow carries out the steps behind next that do nothing but make a table
// each, or drop one, where there are several in a row. Whether the tables are there
// tells afterwards which of the steps took effect, so that one look before, and one
// writing, serve them all. The result is how many operations are done then.
func (x *stepwise) tablesInRow(next int) (done int, err error) {
	if x.runner.known == nil {
		x.newTables = nil
	}
	d, ok := x.dialect.(dialect.TablesMarker)
	if !ok || !x.inRow() || x.isBegun(next) {
		return next, nil
	}
	steps, texts := x.tablesFrom(next)
	if len(steps) < 2 {
		return next, nil
	}
	n, mark, err := d.MarkTables(x.ctx, x.runner.asked(), texts)
	if err != nil {
		return next, steps[0].err(err)
	}
	if n < 2 {
		return next, nil
	}
	if err := x.announce(steps[:n], mark); err != nil {
		return next, steps[0].err(err)
	}
	for _, p := range steps[:n] {
		begin := time.Now()
		err := x.runner.goOn(x.ctx)
		if err == nil {
			err = x.again(x.ctx, func() error {
				_, err := x.runner.exec(x.ctx, p.step.Statements, 0)
				return err
			})
			if err != nil && x.tookEffect(d, p, mark, err) {
				x.announced, x.kept = p.first, p.last
			}
		}
		if err != nil {
			return done, p.err(err)
		}
		x.announced, x.kept, done = p.first, p.last, p.last
		if err := x.runner.end(p, 0, time.Since(begin)); err != nil {
			return done, err
		}
	}
	return done, nil
}

// isBegun reports whether there is a row of the operation behind next.
func (x *stepwise) isBegun(next int) bool {
	for _, p := range x.pages {
		if p.First == next+1 {
			return true
		}
	}
	return false
}

// tablesFrom plans the operations behind next that make or drop tables. What cannot
// be planned is left to who carries out the step by itself.
func (x *stepwise) tablesFrom(next int) (steps []planned, texts []string) {
	size := 0
	for i := next; i < len(x.ops()) && len(steps) < mostAnnounced && size < mostText; i++ {
		if !isWholeTable(x.ops()[i]) {
			break
		}
		p := planned{first: i + 1, last: i + 1, step: x.newTables[i]}
		if len(p.step.Statements) == 0 {
			var err error
			if p, err = x.runner.plan(x.ctx, x.ops(), i); err != nil {
				break
			}
		}
		if p.first != p.last || len(p.step.Statements) != 1 {
			break
		}
		text := p.step.Statements[0].SQL
		steps, texts, size = append(steps, p), append(texts, text), size+len(text)
	}
	return steps, texts
}

func isWholeTable(o op.Operation) bool {
	switch o.(type) {
	case op.CreateTable, op.DropTable:
		return true
	}
	return false
}

// announce writes down that steps are about to run.
func (x *stepwise) announce(steps []planned, mark string) error {
	sums, err := x.ops()[steps[0].first-1 : steps[len(steps)-1].last].Checksums()
	if err != nil {
		return err
	}
	rows := make([]page, len(steps))
	for i, p := range steps {
		rows[i] = page{Revision: x.ID, Down: x.down, First: p.first, Last: p.last, Checksum: sums[i], Statements: p.step.Statements, Doubt: true, announced: true, Mark: mark}
	}
	if x.isAnnounced && x.announcedMark != mark {
		// These may drop what those made, and then nobody could tell any more.
		if err := x.piece(func() error { return nil }); err != nil {
			return err
		}
	}
	if err := x.lock.Check(x.ctx); err != nil {
		return err
	}
	if err := x.journal.insert(x.ctx, rows); err != nil {
		return err
	}
	// That the step before has ended is said by the rows that come after it.
	x.last, x.isAnnounced, x.announced, x.announcedMark = nil, true, steps[0].first-1, mark
	return nil
}

// tookEffect reports whether a statement took effect, though there is an error.
// Where that cannot be found out, the rows stay, and the next run finds out.
func (x *stepwise) tookEffect(d dialect.TablesMarker, p planned, mark string, err error) bool {
	if d.HadNoEffect(err) {
		return false
	}
	tookEffect, err := x.dialect.Recover(context.WithoutCancel(x.ctx), x.q, p.step.Statements[0].SQL, mark)
	return err == nil && tookEffect
}
