package sqlite

import (
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

func TestKind(t *testing.T) {
	for sql, want := range map[string]ddl.Kind{
		"INSERT INTO t VALUES (1)": ddl.Undoable, "CREATE TABLE t (a)": ddl.Undoable, "vacuum": ddl.Alone, "/* x */ VACUUM INTO 'f'": ddl.Alone,
		"DETACH x": ddl.Alone, "PRAGMA foreign_keys = ON": ddl.Setting, "ATTACH 'f' AS x": ddl.Setting, "": ddl.Undoable, "'": ddl.Undoable,
	} {
		if got := (Dialect{}).Kind(sql); got != want {
			t.Errorf("%q is of kind %v, want %v", sql, got, want)
		}
	}
}

// TestLimit sets the busy timeout and puts it back.
func TestLimit(t *testing.T) {
	conn := openMemory(t)
	exec(t, conn, "PRAGMA busy_timeout = 1234")
	restore, err := Dialect{}.Limit(t.Context(), conn, ddl.Limits{Lock: 5678e6})
	if err != nil {
		t.Fatal(err)
	}
	if got := dump(t, conn, "PRAGMA busy_timeout"); strings.Join(got, "") != "5678" {
		t.Errorf("busy_timeout is %v", got)
	}
	if err := restore(t.Context()); err != nil {
		t.Error(err)
	}
	if got := dump(t, conn, "PRAGMA busy_timeout"); strings.Join(got, "") != "1234" {
		t.Errorf("busy_timeout is %v afterwards", got)
	}
}
