package ddl_test

import (
	"context"
	"database/sql"
	"testing"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

type patient struct{}

func (patient) Locate(context.Context, ddl.Querier, string, error) (int, bool) { return 0, false }

type prompt struct{ patient }

func (prompt) Prompt() {}

// recorder keeps the context of the last statement.
type recorder struct {
	ddl.Querier
	ctx context.Context
}

func (r *recorder) ExecContext(ctx context.Context, _ string, _ ...any) (sql.Result, error) {
	r.ctx = ctx
	return nil, nil
}

// TestWhatCanBeInterrupted: whatever may last can be, and nothing is asked for
// that has no use.
func TestWhatCanBeInterrupted(t *testing.T) {
	type key struct{}
	ctx := context.WithValue(t.Context(), key{}, "value")
	for _, test := range []struct {
		dialect ddl.Locator
		noRows  bool
		want    bool
	}{{patient{}, false, true}, {patient{}, true, true}, {prompt{}, false, true}, {prompt{}, true, false}} {
		var r recorder
		if _, err := ddl.Exec(ctx, &r, test.dialect, []ddl.Statement{{SQL: "CREATE TABLE t (a int)", NoRows: test.noRows}}, 0); err != nil {
			t.Fatal(err)
		}
		if got := r.ctx.Done() != nil; got != test.want || r.ctx.Value(key{}) != "value" {
			t.Errorf("%T without rows %v: it can be interrupted: %v", test.dialect, test.noRows, got)
		}
	}
}
