package postgres

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/op"
)

// TestInspectLeavesOut: tables that inherit and what belongs to an extension are
// nobody's, with all that hangs on them, and do not get into the tables beside
// them.
func TestInspectLeavesOut(t *testing.T) {
	db := open(t)
	run(t, db.conn, "CREATE TYPE strange AS ENUM ('a')",
		"CREATE TABLE own (id bigint NOT NULL, CONSTRAINT positive CHECK (id > 0))", "COMMENT ON COLUMN own.id IS 'ours'", "CREATE INDEX own_id ON own (id)",
		"CREATE TABLE heir (more text NOT NULL DEFAULT 'x') INHERITS (own)", "CREATE INDEX heir_more ON heir (more)",
		"CREATE TABLE member (id bigserial PRIMARY KEY, s strange, CONSTRAINT negative CHECK (id < 0))",
		"COMMENT ON TABLE member IS 'theirs'", "COMMENT ON COLUMN member.s IS 'theirs'", "CREATE INDEX member_s ON member (s)",
		"ALTER EXTENSION plpgsql ADD TABLE member", "ALTER EXTENSION plpgsql ADD TYPE strange")
	want := op.Schema{Tables: []op.Table{{
		Name:    "own",
		Columns: []op.Column{{Name: "id", Type: op.Raw("bigint"), NotNull: true, Comment: "ours"}},
		Checks:  []op.Check{{Name: "positive", Expr: "id > 0"}},
		Indexes: []op.Index{{Name: "own_id", Columns: op.Columns("id")}},
	}}}
	if d := cmp.Diff(want, mustInspect(t, db.conn)); d != "" {
		t.Errorf("(-want +inspected):\n%s", d)
	}
}
