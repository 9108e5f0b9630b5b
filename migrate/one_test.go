package migrate

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/go-limbeck/limbeck/op"
)

// TestReadAgain: what another program did between the choice of the path and
// the lock is seen under the lock.
func TestReadAgain(t *testing.T) {
	db, err := gorm.Open(sqlite.Open(filepath.Join(t.TempDir(), "test.db")), &gorm.Config{Logger: logger.Discard})
	if err != nil {
		t.Fatal(err)
	}
	pool, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pool.Close() })
	a := op.Revision{ID: "a", Up: op.List{op.Exec{SQL: "CREATE TABLE a (x)"}}, Down: op.List{op.Exec{SQL: "DROP TABLE a"}}}
	b := op.Revision{ID: "b", Parents: []string{"a"}, Up: op.List{op.Exec{SQL: "CREATE TABLE b (x)"}}, Down: op.List{op.Exec{SQL: "DROP TABLE b"}}}
	m := New(db, op.Revisions{a, b})
	for _, step := range []struct {
		r    op.Revision
		down bool
		ran  bool
		err  string
	}{
		{b, false, false, `revision "a" is not applied any more: another program migrates this database the other way`},
		{a, false, true, ""}, {a, false, false, ""}, {b, false, true, ""},
		{a, true, false, `revision "b" is applied by now: another program migrates this database the other way`},
		{b, true, true, ""}, {b, true, false, ""}, {a, true, true, ""}, {a, true, false, ""},
	} {
		err := m.with(t.Context(), func(s *session) error {
			_, ran, err := s.apply(t.Context(), work{Revision: step.r, down: step.down})
			if ran != step.ran {
				t.Errorf("%q, down %v: ran %v", step.r.ID, step.down, ran)
			}
			return err
		})
		if step.err == "" && err != nil || step.err != "" && (err == nil || !strings.Contains(err.Error(), step.err)) {
			t.Errorf("%q, down %v: %v\nwant %s", step.r.ID, step.down, err, step.err)
		}
	}
	// Nor is anything begun when it is too late.
	err = m.with(t.Context(), func(s *session) error {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, _, err := s.apply(ctx, work{Revision: a})
		return err
	})
	if err != context.Canceled {
		t.Errorf("error %v", err)
	}
}
