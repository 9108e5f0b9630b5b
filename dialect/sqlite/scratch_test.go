package sqlite

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestScratchAndCopySchema(t *testing.T) {
	ctx := context.Background()
	from := estate(t, "ON")
	exec(t, from, "CREATE VIEW w AS SELECT * FROM v", "CREATE TRIGGER inst INSTEAD OF INSERT ON v BEGIN SELECT 1; END")
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	scratch, err := Dialect{}.Scratch(ctx, db)
	if err != nil {
		t.Fatal(err)
	}
	defer scratch.Close()
	if err := (Dialect{}).CopySchema(ctx, from, scratch); err != nil {
		t.Fatal(err)
	}
	const objects = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
	if diff := cmp.Diff(dump(t, from, objects), dump(t, scratch, objects)); diff != "" {
		t.Errorf("(-from +to):\n%s", diff)
	}
	if diff := cmp.Diff(inspect(t, from), inspect(t, scratch)); diff != "" {
		t.Error(diff)
	}
	if got := dump(t, scratch, "SELECT * FROM t"); len(got) > 0 {
		t.Errorf("rows came along: %v", got)
	}
	if got := dump(t, db, "SELECT 1 FROM sqlite_master"); len(got) > 0 {
		t.Errorf("the original got %v", got)
	}
}

func TestCopySchemaLeavesVirtualTables(t *testing.T) {
	from, to := openMemory(t), openMemory(t)
	exec(t, from, "CREATE TABLE t (a)")
	if _, err := from.ExecContext(context.Background(), "CREATE VIRTUAL TABLE r USING rtree(id, x0, x1)"); err != nil {
		t.Skipf("NOT TESTED: this build of SQLite has no rtree: %v", err)
	}
	if err := (Dialect{}).CopySchema(context.Background(), from, to); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{`"t"`}, dump(t, to, "SELECT name FROM sqlite_master")); diff != "" {
		t.Error(diff)
	}
	if err := (Dialect{}).CopySchema(context.Background(), from, to); err == nil || !strings.Contains(err.Error(), `copying table "t"`) {
		t.Errorf("copying twice: %v", err)
	}
}

func TestVersion(t *testing.T) {
	got, err := Dialect{}.Version(context.Background(), openMemory(t))
	if err != nil || !strings.HasPrefix(got, "sqlite 3.") {
		t.Errorf("%q, %v", got, err)
	}
	if (Dialect{}).Name() != "sqlite" {
		t.Error("another name than GORM's")
	}
}
