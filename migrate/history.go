package migrate

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/go-limbeck/limbeck/dialect"
	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// Table is the name of the history table, unless [Options] give another one.
const Table = "limbeck_revisions"

// Record is a row of the history table: one applied revision.
type Record struct {
	ID, Message string
	// Checksum is that of the revision when it was applied (op.Revision.Checksum).
	Checksum  string
	AppliedAt time.Time
	Duration  time.Duration
	// Version is that of the tool that applied it.
	Version string
}

// history is the history table of a database.
type history struct {
	dialect dialect.Dialect
	q       ddl.Querier
	table   string
}

// historyName returns the name that the options give.
func historyName(table string, d dialect.Dialect) (string, error) {
	if table == "" {
		return Table, nil
	}
	schema, name, qualified := strings.Cut(table, ".")
	if qualified && d.Name() == "sqlite" {
		return "", fmt.Errorf("using the history table %q: sqlite has no schemas; give it a name without a dot", table)
	}
	parts := []string{schema}
	if qualified {
		parts = append(parts, name)
	}
	for _, part := range parts {
		if part == "" {
			return "", fmt.Errorf("using the history table %q: a part of the name is empty", table)
		}
		if err := d.CheckName(part); err != nil {
			return "", fmt.Errorf("using the history table %q: %w", table, err)
		}
	}
	return table, nil
}

// columns are the table in words, so that every database makes its own of it.
// Times are text, RFC 3339 in UTC: the only form that all of them keep.
func (h history) columns() op.CreateTable {
	return op.CreateTable{
		Name: h.table,
		Columns: []op.Column{
			{Name: "id", Type: op.String(191), NotNull: true},
			{Name: "message", Type: op.Text(), NotNull: true},
			{Name: "checksum", Type: op.String(100), NotNull: true},
			{Name: "applied_at", Type: op.String(40), NotNull: true},
			{Name: "duration_ms", Type: op.Int(64), NotNull: true},
			{Name: "tool_version", Type: op.String(100), NotNull: true},
		},
		PrimaryKey: op.Columns("id"),
	}
}

// rows runs a query for the columns of the table and gives each row to scan. A
// table that is not there has none.
func (h history) rows(ctx context.Context, columns, rest string, args []any, scan func(func(...any) error) error) error {
	there, err := h.dialect.HasTable(ctx, h.q, h.table)
	if err != nil {
		return fmt.Errorf("reading the history: %w", err)
	}
	if !there {
		return nil
	}
	rows, err := h.q.QueryContext(ctx, "SELECT "+columns+" FROM "+h.dialect.QuoteTable(h.table)+rest, args...)
	if err != nil {
		// Another program may have gone back to base in between.
		if there, again := h.dialect.HasTable(ctx, h.q, h.table); again == nil && !there {
			return nil
		}
		return fmt.Errorf("reading table %q: %w", h.table, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows.Scan); err != nil {
			return fmt.Errorf("reading table %q: %w", h.table, err)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("reading table %q: %w", h.table, err)
	}
	return nil
}

// read returns the applied revisions in the order in which they were applied;
// none where there is no history table yet. It writes nothing.
func (h history) read(ctx context.Context) ([]Record, error) {
	var list []Record
	err := h.rows(ctx, "id, message, checksum, applied_at, duration_ms, tool_version", " ORDER BY applied_at, id", nil, func(scan func(...any) error) error {
		var r Record
		var at string
		var milliseconds int64
		err := scan(&r.ID, &r.Message, &r.Checksum, &at, &milliseconds, &r.Version)
		if err != nil {
			return err
		}
		if r.AppliedAt, err = time.Parse(time.RFC3339Nano, at); err != nil {
			return fmt.Errorf("revision %q: %w", r.ID, err)
		}
		r.Duration = time.Duration(milliseconds) * time.Millisecond
		list = append(list, r)
		return nil
	})
	return list, err
}

// ids returns the ids of the applied revisions, or of those among the given ones
// that are.
func (h history) ids(ctx context.Context, among ...string) (map[string]bool, error) {
	rest, args := "", []any{}
	for i, id := range among {
		separator := ", "
		if i == 0 {
			separator = " WHERE id IN ("
		}
		rest += separator + h.dialect.Bind(i+1)
		args = append(args, id)
	}
	if rest != "" {
		rest += ")"
	}
	applied := map[string]bool{}
	err := h.rows(ctx, "id", rest, args, func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		applied[id] = true
		return err
	})
	return applied, err
}

// timeFormat has a fixed number of digits, so that text sorts as time does.
const timeFormat = "2006-01-02T15:04:05.000000000Z07:00"

// make makes the table where it is not there yet.
func (h history) make(ctx context.Context) error { return makeTable(ctx, h.dialect, h.q, h.columns()) }

func makeTable(ctx context.Context, d dialect.Dialect, q ddl.Querier, table op.CreateTable) error {
	there, err := d.HasTable(ctx, q, table.Name)
	if err == nil && !there {
		err = Run(ctx, d, nil, q, op.List{table}, nil)
	}
	if err != nil {
		return fmt.Errorf("making table %q: %w", table.Name, err)
	}
	return nil
}

// add writes a row, and makes the table first where it is not there yet.
func (h history) add(ctx context.Context, r Record) error {
	if err := h.make(ctx); err != nil {
		return err
	}
	_, err := h.q.ExecContext(ctx, "INSERT INTO "+h.dialect.QuoteTable(h.table)+" (id, message, checksum, applied_at, duration_ms, tool_version) VALUES ("+marks(h.dialect, 6)+")",
		r.ID, r.Message, r.Checksum, r.AppliedAt.UTC().Format(timeFormat), r.Duration.Milliseconds(), r.Version)
	if err != nil {
		return fmt.Errorf("recording revision %q in table %q: %w", r.ID, h.table, err)
	}
	return nil
}

// delete removes a row.
func (h history) delete(ctx context.Context, id string) error {
	if _, err := h.q.ExecContext(ctx, "DELETE FROM "+h.dialect.QuoteTable(h.table)+" WHERE id = "+h.dialect.Bind(1), id); err != nil {
		return fmt.Errorf("removing revision %q from table %q: %w", id, h.table, err)
	}
	return nil
}

// tidy removes our tables from a database that is back at base, which then
// holds nothing of ours.
func (s *session) tidy(ctx context.Context) error {
	return s.removeEmpty(ctx, s.history.table, s.journal.table)
}

// removeEmpty removes tables of ours, unless one of them has a row.
func (s *session) removeEmpty(ctx context.Context, tables ...string) error {
	var list op.List
	for _, table := range tables {
		there, err := s.dialect.HasTable(ctx, s.q, table)
		if err != nil {
			return fmt.Errorf("looking for table %q: %w", table, err)
		}
		if !there {
			continue
		}
		var one int
		switch err := s.q.QueryRowContext(ctx, "SELECT 1 FROM "+s.dialect.QuoteTable(table)+" LIMIT 1").Scan(&one); {
		case err == nil:
			return nil
		case !errors.Is(err, sql.ErrNoRows):
			return fmt.Errorf("reading table %q: %w", table, err)
		}
		list = append(list, op.DropTable{Name: table})
	}
	if err := Run(ctx, s.dialect, nil, s.q, list, nil); err != nil {
		return fmt.Errorf("removing the tables of the history: %w", err)
	}
	return nil
}

// marks returns n placeholders.
func marks(d dialect.Dialect, n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = d.Bind(i + 1)
	}
	return strings.Join(list, ", ")
}
