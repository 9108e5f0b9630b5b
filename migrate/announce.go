package migrate

import (
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
	if _, isBegun := x.begun(next); !ok || isBegun || !x.inRow() {
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
	rows, err := x.announce(steps[:n], mark)
	if err != nil {
		return next, steps[0].err(err)
	}
	for i, p := range steps[:n] {
		begin := time.Now()
		err := x.runner.goOn(x.ctx)
		if err == nil {
			err = x.again(x.ctx, func() error {
				_, err := x.runner.exec(x.ctx, p.step.Statements, 0)
				return err
			})
			if err != nil {
				x.failed(&rows[i], texts[i], err)
			}
		}
		if err != nil {
			return done, p.err(err)
		}
		x.announced.done, x.kept, done = p.last, p.last, p.last
		if err := x.runner.end(p, 0, time.Since(begin)); err != nil {
			return done, err
		}
	}
	return done, nil
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

// announcement are steps that were written down at once, or several such rows of
// steps with one mark.
type announcement struct {
	mark string
	// done is the last operation that has ended.
	done int
}

// failed says what became of the step that an announcement ends with. Where nobody
// can tell, the rows stay as they are, and the next run finds out.
func (x *stepwise) failed(row *page, text string, failure error) {
	switch tookEffect, err := x.tookEffect(row, text, failure); {
	case err != nil:
		x.announced = nil
	case tookEffect:
		x.announced.done, x.kept = row.Last, row.Last
	}
}

// announce writes down that steps are about to run.
func (x *stepwise) announce(steps []planned, mark string) ([]page, error) {
	sums, err := x.ops()[steps[0].first-1 : steps[len(steps)-1].last].Checksums()
	if err != nil {
		return nil, err
	}
	rows := make([]page, len(steps))
	for i, p := range steps {
		rows[i] = page{Revision: x.ID, Down: x.down, First: p.first, Last: p.last, Checksum: sums[i], Statements: p.step.Statements, Doubt: true, announced: true, Mark: mark}
	}
	if x.announced != nil && x.announced.mark != mark {
		// These may drop what those made, and then nobody could tell any more.
		if err := x.piece(func() error { return nil }); err != nil {
			return nil, err
		}
	}
	if err := x.lock.Check(x.ctx); err != nil {
		return nil, err
	}
	if err := x.journal.insert(x.ctx, rows); err != nil {
		return nil, err
	}
	// That the step before has ended is said by the rows that come after it.
	x.last, x.announced = nil, &announcement{mark, steps[0].first - 1}
	return rows, nil
}
