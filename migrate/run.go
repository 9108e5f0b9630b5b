package migrate

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/dialect"
	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// Run carries out operations in order through q, without a transaction of its
// own and without history. Steps made with [Do] get a session of db, as if q were
// in a transaction; db may be nil where there are none. Observe, if it is not nil,
// is given each step after it has run. Run stops between steps when ctx is done.
// The error is a *[StepError].
func Run(ctx context.Context, d dialect.Dialect, db *gorm.DB, q ddl.Querier, ops op.List, observe func(ddl.Step)) error {
	r := runner{dialect: d, db: db, q: q, after: func(p planned, _ int64, _ time.Duration) error {
		if observe != nil {
			observe(p.step)
		}
		return nil
	}}
	return r.run(ctx, ops)
}

// Supported returns the error of the first operation that the database cannot
// carry out at all ([ddl.ErrUnsupported]), as a *[StepError]. Nothing runs. It
// is for databases that take nothing back, where finding that out half way is
// too late; what else may go wrong shows only when the steps run. Any other error
// is one of asking the database what it is.
func Supported(ctx context.Context, d dialect.Dialect, q ddl.Querier, ops op.List) error {
	asked, err := remember(ctx, d, q)
	if err != nil {
		return err
	}
	return supported(ctx, d, asked, ops, func(int, ddl.Step) {})
}

// supported is [Supported], which gives away what it plans.
func supported(ctx context.Context, d dialect.Dialect, asked ddl.Querier, ops op.List, take func(i int, step ddl.Step)) error {
	for i := range ops {
		if _, ok := ops[i].(DoStep); ok {
			continue
		}
		step, err := d.Plan(ctx, asked, ops[i:i+1])
		if errors.Is(err, ddl.ErrUnsupported) {
			return &StepError{First: i + 1, Last: i + 1, Ops: ops[i : i+1], Err: err}
		}
		if err == nil {
			take(i, step)
		}
	}
	return nil
}

// runner carries out one list of operations, from its head on, on one connection.
type runner struct {
	dialect dialect.Dialect
	db      *gorm.DB
	q       ddl.Querier
	// stopped, before and after may be nil.
	stopped func() bool
	before  func(planned) error
	after   func(planned, int64, time.Duration) error
	// goStep is the place of the next Go function that was found, or behind the list:
	// nothing that is planned moves past it.
	goStep int
	// hooked says that statements of the caller's may run between steps.
	hooked bool
	// known is q with what its session was asked, nil where it has to be asked
	// again.
	known ddl.Querier
	// made are the tables that steps have made since statements of the user's last
	// ran: nobody has written to them.
	made map[string]bool
}

// remember returns q with what the dialect asks of its session.
func remember(ctx context.Context, d dialect.Dialect, q ddl.Querier) (ddl.Querier, error) {
	if r, ok := d.(dialect.Rememberer); ok {
		return r.Remember(ctx, q)
	}
	return q, nil
}

// asked returns q with what is known of its session, if anything is.
func (r *runner) asked() ddl.Querier {
	if r.known == nil || r.hooked {
		return r.q
	}
	return r.known
}

// forget is called where statements have run that were not planned.
func (r *runner) forget() { r.known, r.made = nil, nil }

// planned is a step and its place in the list: operations first to last, from 1.
type planned struct {
	first, last int
	step        ddl.Step
	// do is the Go function, where the step is one.
	do *DoStep
}

func (p planned) err(err error) error {
	return &StepError{First: p.first, Last: p.last, Ops: p.step.Ops, Err: err}
}

// run carries out a list as if in a transaction.
func (r *runner) run(ctx context.Context, ops op.List) error {
	for done := 0; done < len(ops); {
		p, err := r.plan(ctx, ops, done)
		if err != nil {
			return err
		}
		begin := time.Now()
		if err := r.begin(p); err != nil {
			return err
		}
		var rows int64
		if p.do != nil {
			err = p.do.call(ctx, r.db, r.q, true)
		}
		statements := r.withoutRows(p.step)
		for i := 0; i < len(statements) && err == nil; i++ {
			var n int64
			n, err = r.exec(ctx, statements, i)
			rows += n
		}
		if err != nil {
			return p.err(err)
		}
		if err := r.end(p, rows, time.Since(begin)); err != nil {
			return err
		}
		done = p.last
	}
	return nil
}

// plan plans the operations at the head of ops[done:] that belong together. The
// error is a *[StepError].
func (r *runner) plan(ctx context.Context, ops op.List, done int) (planned, error) {
	p := planned{first: done + 1, last: done + 1, step: ddl.Step{Ops: ops[done : done+1]}}
	if err := r.goOn(ctx); err != nil {
		return p, p.err(err)
	}
	if do, ok := ops[done].(DoStep); ok {
		r.forget()
		p.do = &do
		return p, nil
	}
	if r.goStep <= done {
		r.goStep = done + 1
		for r.goStep < len(ops) && !isGoStep(ops[r.goStep]) {
			r.goStep++
		}
	}
	if r.known == nil || r.hooked {
		known, err := remember(ctx, r.dialect, r.q)
		if err != nil {
			return p, p.err(err)
		}
		r.known = known
	}
	step, err := r.dialect.Plan(ctx, r.known, ops[done:r.goStep])
	if len(step.Ops) > 0 {
		p.last, p.step.Ops = done+len(step.Ops), step.Ops
	}
	if err != nil {
		return p, p.err(err)
	}
	p.step = step
	if ddl.IsUserSQL(step.Ops[0]) {
		r.forget()
	}
	if refuser, ok := r.dialect.(dialect.InsideRefuser); ok && ddl.Inside(r.q) {
		if err := refuser.MayRunInside(ctx, r.q, step.Statements); err != nil {
			return p, p.err(err)
		}
	}
	return p, nil
}

// goOn returns an error where the work is to end here. Drivers do not all look at
// the context of a statement that is short.
func (r *runner) goOn(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if r.stopped != nil && r.stopped() {
		return ErrStopped
	}
	return nil
}

func (r *runner) begin(p planned) error {
	if r.before == nil {
		return nil
	}
	if err := r.before(p); err != nil {
		return p.err(fmt.Errorf("in the hook before the step: %w", err))
	}
	return nil
}

func (r *runner) end(p planned, rows int64, d time.Duration) error {
	if r.after == nil {
		return nil
	}
	if err := r.after(p, rows, d); err != nil {
		return p.err(fmt.Errorf("in the hook after the step: %w", err))
	}
	return nil
}

// exec sends one statement of a step, and returns how many rows it changed as far
// as the driver says. Drivers repeat the number of the statement before for those
// that change tables, so that only statements about rows are asked.
func (r *runner) exec(ctx context.Context, statements []ddl.Statement, i int) (rows int64, err error) {
	if err := r.goOn(ctx); err != nil {
		return 0, err
	}
	begin := time.Now()
	result, err := ddl.Exec(ctx, r.q, r.dialect, statements, i)
	if err != nil {
		return 0, err
	}
	if changesRows(statements[i].SQL) {
		if n, err := result.RowsAffected(); err == nil {
			rows = max(n, 0)
		}
	}
	r.trace(ctx, begin, statements[i].SQL, rows)
	return rows, nil
}

func changesRows(sql string) bool {
	word, _, _ := strings.Cut(strings.TrimSpace(sql), " ")
	switch strings.ToUpper(strings.TrimSpace(word)) {
	case "INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "WITH", "COPY":
		return true
	}
	return false
}
