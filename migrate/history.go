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

// Table is the name of the history table.
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

// historyTable is the table in words, so that every database makes its own of
// it. Times are text, RFC 3339 in UTC: the only form that all of them keep.
var historyTable = op.CreateTable{
	Name: Table,
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

// readHistory returns the applied revisions in the order in which they were
// applied; none where there is no history table yet. It writes nothing.
func readHistory(ctx context.Context, d dialect.Dialect, q ddl.Querier) ([]Record, error) {
	there, err := d.HasTable(ctx, q, Table)
	if err != nil {
		return nil, fmt.Errorf("reading the history: %w", err)
	}
	if !there {
		return nil, nil
	}
	rows, err := q.QueryContext(ctx, "SELECT id, message, checksum, applied_at, duration_ms, tool_version FROM "+Table+" ORDER BY applied_at, id")
	if err != nil {
		// Another program may have gone back to base in between.
		if there, again := d.HasTable(ctx, q, Table); again == nil && !there {
			return nil, nil
		}
		return nil, fmt.Errorf("reading table %q: %w", Table, err)
	}
	defer rows.Close()
	var list []Record
	for rows.Next() {
		var r Record
		var at string
		var milliseconds int64
		if err := rows.Scan(&r.ID, &r.Message, &r.Checksum, &at, &milliseconds, &r.Version); err != nil {
			return nil, fmt.Errorf("reading table %q: %w", Table, err)
		}
		if r.AppliedAt, err = time.Parse(time.RFC3339Nano, at); err != nil {
			return nil, fmt.Errorf("reading table %q: revision %q: %w", Table, r.ID, err)
		}
		r.Duration = time.Duration(milliseconds) * time.Millisecond
		list = append(list, r)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading table %q: %w", Table, err)
	}
	return list, nil
}

// applied reads the ids of the applied revisions. It refuses what
// [Graph.applied] refuses.
func (s session) applied(ctx context.Context) (map[string]bool, error) {
	history, err := readHistory(ctx, s.dialect, s.conn)
	if err != nil {
		return nil, err
	}
	return s.graph.applied(history)
}

// applied returns the ids in a history and refuses any that the program does
// not have: nobody can tell what that revision did.
func (g *Graph) applied(history []Record) (map[string]bool, error) {
	applied := make(map[string]bool, len(history))
	for _, r := range history {
		if _, ok := g.Revision(r.ID); !ok {
			return nil, foreign(r)
		}
		applied[r.ID] = true
	}
	return applied, nil
}

// foreign says that the program does not have a revision, and what can be done.
func foreign(r Record) error {
	return fmt.Errorf("%w: %q (%s), applied %s; run a program that has it, restore its file, or, if the schema is known to be that of another revision, stamp that one with --purge",
		ErrForeignRevision, r.ID, r.Message, r.AppliedAt.Format(time.DateTime))
}

// timeFormat has a fixed number of digits, so that text sorts as time does.
const timeFormat = "2006-01-02T15:04:05.000000000Z07:00"

// addRecord writes a row, and makes the table first where it is not there yet.
func addRecord(ctx context.Context, d dialect.Dialect, q ddl.Querier, r Record) error {
	there, err := d.HasTable(ctx, q, Table)
	if err == nil && !there {
		err = Run(ctx, d, q, op.List{historyTable}, nil)
	}
	if err != nil {
		return fmt.Errorf("making the history table: %w", err)
	}
	marks := make([]string, 6)
	for i := range marks {
		marks[i] = d.Bind(i + 1)
	}
	_, err = q.ExecContext(ctx, "INSERT INTO "+Table+" (id, message, checksum, applied_at, duration_ms, tool_version) VALUES ("+strings.Join(marks, ", ")+")",
		r.ID, r.Message, r.Checksum, r.AppliedAt.UTC().Format(timeFormat), r.Duration.Milliseconds(), r.Version)
	if err != nil {
		return fmt.Errorf("recording revision %q in table %q: %w", r.ID, Table, err)
	}
	return nil
}

// deleteRecord removes a row, and the table with the last one: a database that
// is back at base holds nothing of ours.
func deleteRecord(ctx context.Context, d dialect.Dialect, q ddl.Querier, id string) error {
	if _, err := q.ExecContext(ctx, "DELETE FROM "+Table+" WHERE id = "+d.Bind(1), id); err != nil {
		return fmt.Errorf("removing revision %q from table %q: %w", id, Table, err)
	}
	var left int
	if err := q.QueryRowContext(ctx, "SELECT count(*) FROM "+Table).Scan(&left); err != nil {
		return fmt.Errorf("reading table %q: %w", Table, err)
	}
	if left > 0 {
		return nil
	}
	if err := Run(ctx, d, q, op.List{op.DropTable{Name: Table}}, nil); err != nil {
		return fmt.Errorf("removing the history table: %w", err)
	}
	return nil
}
