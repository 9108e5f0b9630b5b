package migrate

import (
	"context"
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
	*ours
	table string
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

// read returns the applied revisions in the order in which they were applied;
// none where there is no history table yet. It writes nothing.
func (h history) read(ctx context.Context) ([]Record, error) {
	var list []Record
	err := h.rows(ctx, h.table, "id, message, checksum, applied_at, duration_ms, tool_version", " ORDER BY applied_at, id", nil, func(scan func(...any) error) error {
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
	err := h.rows(ctx, h.table, "id", rest, args, func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		applied[id] = true
		return err
	})
	return applied, err
}

// timeFormat has a fixed number of digits, so that text sorts as time does.
const timeFormat = "2006-01-02T15:04:05.000000000Z07:00"

// make makes the table where it is not there yet; q may be what is remembered.
func (h history) make(ctx context.Context, q ddl.Querier) error {
	return h.ours.make(ctx, q, h.columns())
}

// add writes a row, and makes the table first where it is not there yet.
func (h history) add(ctx context.Context, r Record) error {
	if err := h.make(ctx, h.q); err != nil {
		return err
	}
	_, err := h.q.ExecContext(ctx, "INSERT INTO "+h.dialect.QuoteTable(h.table)+" (id, message, checksum, applied_at, duration_ms, tool_version) VALUES ("+marks(h.dialect, 0, 6)+")",
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
	return s.tables.removeEmpty(ctx, s.history.table, s.journal.table)
}

// marks returns n placeholders, behind those before them.
func marks(d dialect.Dialect, before, n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = d.Bind(before + i + 1)
	}
	return strings.Join(list, ", ")
}
