package sqlite

import (
	"context"
	"database/sql"
	"testing"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// counted counts the queries that go through it.
type counted struct {
	ddl.Querier
	queries int
}

func (c *counted) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	c.queries++
	return c.Querier.QueryContext(ctx, query, args...)
}

func (c *counted) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	c.queries++
	return c.Querier.QueryRowContext(ctx, query, args...)
}

// TestInspectStaysFlat: the number of queries does not depend on the number of
// tables, and what a table costs does not either.
func TestInspectStaysFlat(t *testing.T) {
	allocations := map[int]float64{}
	for _, n := range []int{10, 200} {
		conn := openMemory(t)
		many(t, conn, n)
		q := &counted{Querier: conn}
		inspect(t, q)
		if q.queries != 2 {
			t.Errorf("%d tables: %d queries, want 2", n, q.queries)
		}
		allocations[n] = testing.AllocsPerRun(3, func() { inspect(t, conn) }) / float64(n)
	}
	if allocations[200] > allocations[10]*1.1 || allocations[200] > 200 {
		t.Errorf("%.0f allocations a table of 10, %.0f of 200", allocations[10], allocations[200])
	}
}
