package ddl

import (
	"context"
	"database/sql"
)

// Locator finds the place in a statement that an error complains of.
type Locator interface {
	// Locate returns the byte offset in sql, and whether it is known. It may
	// prepare statements through q and runs none.
	Locate(ctx context.Context, q Querier, sql string, err error) (offset int, ok bool)
}

// Explainer is a dialect that can say more of a failed statement than the
// database does.
type Explainer interface {
	// Explain returns an error that wraps err, or err itself where there is
	// nothing to add. It may read through q, which is as the failed statement
	// left it but for a [Guard], and leaves it so.
	Explain(ctx context.Context, q Querier, sql string, err error) error
}

// Guard is an [Explainer] of a database that takes no query in a transaction in
// which a statement has failed.
type Guard interface {
	// Guard is called before a statement runs that rows may stand in the way of,
	// and makes ready for Explain. What it returns, if anything, is called where
	// the statement has not failed.
	Guard(ctx context.Context, q Querier, sql string) (release func())
}

// Detailer is a dialect whose database says more than the message of an error.
type Detailer interface {
	// Details returns what the database says beside its message, or "".
	Details(err error) (detail, hint string)
}

// Prompt is a dialect whose statements, in a transaction of ours, wait for nobody
// and are done at once where they meet no rows ([Statement.NoRows]). They are sent
// so that nothing can interrupt them, for which the drivers of such a database
// start a goroutine each time; who sends them looks at the context in between.
type Prompt interface {
	// Prompt does nothing but tell such a dialect.
	Prompt()
}

// Run sends the statements of a step in order and stops at the first that
// fails, with a *[StatementError]. A locator that is an [Explainer] is asked what
// there is to say.
func Run(ctx context.Context, q Querier, l Locator, statements []Statement) error {
	for i := range statements {
		if _, err := Exec(ctx, q, l, statements, i); err != nil {
			return err
		}
	}
	return nil
}

// Exec sends one statement of a step, counted from 0. The error is as that of
// [Run].
func Exec(ctx context.Context, q Querier, l Locator, statements []Statement, i int) (sql.Result, error) {
	s := statements[i]
	var release func()
	if g, ok := l.(Guard); ok && !s.NoRows {
		release = g.Guard(ctx, q, s.SQL)
	}
	sending := ctx
	if _, ok := l.(Prompt); ok && s.NoRows && !Inside(q) {
		sending = context.WithoutCancel(ctx)
	}
	result, err := q.ExecContext(sending, s.SQL)
	if err == nil {
		if release != nil {
			release()
		}
		return result, nil
	}
	e := &StatementError{SQL: s.SQL, Number: i + 1, Of: len(statements), Line: s.Line, Column: s.Column, Err: err}
	if offset, ok := l.Locate(ctx, q, s.SQL, err); ok {
		line, column := Position(s.SQL, offset)
		if e.Exact = true; line == 1 {
			column += s.Column - 1
		}
		e.Line, e.Column = s.Line+line-1, column
	}
	if x, ok := l.(Explainer); ok {
		e.Err = x.Explain(ctx, q, s.SQL, err)
	}
	if x, ok := l.(Detailer); ok {
		e.Detail, e.Hint = x.Details(err)
	}
	return nil, e
}
