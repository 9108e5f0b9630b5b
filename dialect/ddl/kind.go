package ddl

import "context"

// Kind says how a statement goes together with transactions.
type Kind int

const (
	// Undoable statements are part of a transaction, and undone with it.
	Undoable Kind = iota
	// Alone is for statements that commit by themselves, or that the database
	// does not run inside a transaction.
	Alone
	// Setting is for statements that change the session and nothing that is
	// stored. A new session has to be told again.
	Setting
)

// Recoverer finds out what became of a statement that stands alone, when the
// program that sent it died.
type Recoverer interface {
	// Kind says how a statement goes together with transactions.
	Kind(sql string) Kind
	// Mark describes, in a text to be kept, what the catalogue says before a
	// statement runs of what the statement may change.
	Mark(ctx context.Context, q Querier, sql string) (string, error)
	// Recover reports whether a statement took effect that may have run since
	// Mark described the state before it. What it has left half done is removed
	// first, so that it can run again.
	Recover(ctx context.Context, q Querier, sql, mark string) (tookEffect bool, err error)
}
