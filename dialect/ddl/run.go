package ddl

import (
	"context"
)

// Locator finds the place in a statement that an error complains of.
type Locator interface {
	// Locate returns the byte offset in sql, and whether it is known. It may
	// prepare statements through q and runs none.
	Locate(ctx context.Context, q Querier, sql string, err error) (offset int, ok bool)
}

// Run sends the statements of a step in order and stops at the first that
// fails, with a *[StatementError].
func Run(ctx context.Context, q Querier, l Locator, statements []Statement) error {
	for i, s := range statements {
		_, err := q.ExecContext(ctx, s.SQL)
		if err == nil {
			continue
		}
		e := &StatementError{SQL: s.SQL, Number: i + 1, Of: len(statements), Line: s.Line, Column: s.Column, Err: err}
		if offset, ok := l.Locate(ctx, q, s.SQL, err); ok {
			line, column := Position(s.SQL, offset)
			if e.Exact = true; line == 1 {
				column += s.Column - 1
			}
			e.Line, e.Column = s.Line+line-1, column
		}
		return e
	}
	return nil
}
