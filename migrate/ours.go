package migrate

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/go-limbeck/limbeck/dialect"
	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// ours are the tables of Limbeck itself in a database: history and journal. Which
// of them are there is asked of both at once, and asked again after forget.
type ours struct {
	dialect dialect.Dialect
	q       ddl.Querier
	journal string
	// names are those that are asked for.
	names []string
	there map[string]bool
	// onlyRead says that nothing is written: then a table may be read without asking
	// whether it is there, where the dialect can tell from the error.
	onlyRead bool
}

func newOurs(d dialect.Dialect, q ddl.Querier, history string) *ours {
	journal := JournalTable(history)
	return &ours{dialect: d, q: q, journal: journal, names: []string{history, journal}, there: map[string]bool{}}
}

// forget is called where somebody else may have made or removed one since, and
// where what was made may have been rolled back.
func (o *ours) forget() { clear(o.there) }

// has reports whether there is a table of that name.
func (o *ours) has(ctx context.Context, name string) (bool, error) {
	if there, known := o.there[name]; known {
		return there, nil
	}
	found, err := o.dialect.HasTables(ctx, o.q, o.names...)
	if err != nil {
		return false, err
	}
	for i, name := range o.names {
		o.there[name] = found[i]
	}
	return o.there[name], nil
}

// rows runs a query for columns of a table and gives each row to scan. A table
// that is not there has none.
func (o *ours) rows(ctx context.Context, table, columns, rest string, args []any, scan func(func(...any) error) error) error {
	_, known := o.there[table]
	teller, isTold := o.dialect.(dialect.MissingTeller)
	if tries := o.onlyRead && !known && isTold; !tries {
		there, err := o.has(ctx, table)
		if err != nil {
			return fmt.Errorf("reading the history: %w", err)
		}
		if !there {
			return nil
		}
	}
	rows, err := o.q.QueryContext(ctx, "SELECT "+columns+" FROM "+o.dialect.QuoteTable(table)+rest, args...)
	if err != nil && isTold && teller.IsMissing(err) {
		o.there[table] = false
		return nil
	}
	if err != nil {
		// Another program may have gone back to base in between.
		o.forget()
		if there, again := o.has(ctx, table); again == nil && !there {
			return nil
		}
		return fmt.Errorf("reading table %q: %w", table, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows.Scan); err != nil {
			return fmt.Errorf("reading table %q: %w", table, err)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("reading table %q: %w", table, err)
	}
	return nil
}

// make makes a table through q where it is not there yet.
func (o *ours) make(ctx context.Context, q ddl.Querier, table op.CreateTable) error {
	there, err := o.has(ctx, table.Name)
	if err == nil && !there {
		err = Run(ctx, o.dialect, nil, q, op.List{table}, nil)
		o.there[table.Name] = err == nil
	}
	if err != nil {
		return fmt.Errorf("making table %q: %w", table.Name, err)
	}
	return nil
}

// removeEmpty removes the given ones, unless one of them has a row.
func (o *ours) removeEmpty(ctx context.Context, tables ...string) error {
	var empty []string
	for _, table := range tables {
		there, err := o.has(ctx, table)
		if err != nil {
			return fmt.Errorf("looking for table %q: %w", table, err)
		}
		if !there {
			continue
		}
		var one int
		switch err := o.q.QueryRowContext(ctx, "SELECT 1 FROM "+o.dialect.QuoteTable(table)+" LIMIT 1").Scan(&one); {
		case err == nil:
			return nil
		case !errors.Is(err, sql.ErrNoRows):
			return fmt.Errorf("reading table %q: %w", table, err)
		}
		empty = append(empty, table)
	}
	o.forget()
	for _, table := range empty {
		var err error
		if table == o.journal {
			// It comes and goes, so that nothing rests on it that would be asked for.
			_, err = o.q.ExecContext(ctx, "DROP TABLE "+o.dialect.QuoteTable(table))
		} else {
			err = Run(ctx, o.dialect, nil, o.q, op.List{op.DropTable{Name: table}}, nil)
		}
		if err != nil {
			return fmt.Errorf("removing the tables of the history: %w", err)
		}
	}
	return nil
}
