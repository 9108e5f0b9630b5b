package sqlite

import (
	"context"
	"fmt"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// checkDefaults refuses an expression for a default that SQLite does not know,
// such as now(). It would take the table all the same, and then fail each
// INSERT that leaves the column out. The expression is prepared and not run.
func checkDefaults(ctx context.Context, q ddl.Querier, columns ...op.Column) error {
	for _, c := range columns {
		text, own := c.Default.SpelledOn(Name)
		if !own && c.Default.Kind != op.DefaultExpr {
			continue
		}
		if !own {
			text = c.Default.Text
		}
		if tokens, err := tokenize(text); err == nil && len(tokens) == 1 {
			continue // a literal, or a bare word, which stands for its text there
		}
		statement, err := q.PrepareContext(ctx, "SELECT "+defaultTerm(text))
		if err != nil {
			return fmt.Errorf("the default of column %q, %s, would fail every INSERT on sqlite: %w; choose one that sqlite has, or give it one of its own with op.Expr(…).On(%q, …)", c.Name, text, err, Name)
		}
		if err := statement.Close(); err != nil {
			return fmt.Errorf("checking the default of column %q: %w", c.Name, err)
		}
	}
	return nil
}

// newDefaults returns the columns that an operation gives a default.
func newDefaults(o op.Operation) []op.Column {
	switch o := o.(type) {
	case op.CreateTable:
		return o.Columns
	case op.AddColumn:
		return []op.Column{o.Column}
	case op.AlterColumn:
		if !o.To.Default.Equal(o.From.Default) {
			return []op.Column{o.To}
		}
	}
	return nil
}
